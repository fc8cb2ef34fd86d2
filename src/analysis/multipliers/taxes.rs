//! The taxes of a table as measures of production.

use super::measures::Measure;
use crate::analysis::sheet::FigureUnit;
use crate::model::{Households, Model};
use crate::table::{AnyTable, TaxBase};

/// Each tax that a table tells: its rows, and taxes on imports by the rates of products, in the form of imports of the
/// model.
pub(super) fn measures(table: &AnyTable, model: &Model) -> Vec<Measure> {
    let rows = table.tax_rows();
    let households = model.households();
    let on_products: f64 = rows.iter().map(|row| row.by_households).sum();
    let per_spending = households.map_or(0.0, Households::product_taxes);
    let rows = rows.into_iter().map(|row| Measure {
        id: row.id,
        unit: FigureUnit::Ratio,
        own: row.per_output,
        // In the table's proportions of its rows.
        per_spending: match row.on == TaxBase::Products && on_products != 0.0 {
            true => per_spending * row.by_households / on_products,
            false => 0.0,
        },
    });
    let mut all: Vec<Measure> = rows.collect();
    all.extend(table.import_tax_rates().map(|rates| Measure {
        id: "import_taxes".to_owned(),
        unit: FigureUnit::Ratio,
        own: model.coefficients().imported().tr_mul(&rates),
        per_spending: households.map_or(0.0, |of| of.imported_basket().dot(&rates)),
    }));
    all
}

#[cfg(test)]
mod tests {
    use crate::analysis::multipliers::{Form, MultiplierForm, MultiplierType};
    use crate::impact::taxes::tests::two;
    use crate::impact::{ShockShare, of_shock};
    use crate::model::{Closure, ImportTreatment, Model};
    use crate::units::Money;

    /// L = [1.254125 .330033; .264026 1.122112]; property tax is .03 and .025 of output, VAT .015 and .005.
    #[test]
    fn each_tax_is_what_an_impact_of_one_unit_has_of_it() {
        let table = two();
        let closure = Closure::Share(0.5);
        let model = Model::with(&table, ImportTreatment::Domestic, closure).expect("made");
        let of = |kind| MultiplierForm::of(&table, &model, kind, Form::ByTax).expect("told");
        let (type1, type2) = (of(MultiplierType::Type1), of(MultiplierType::Type2));
        let value = |of: &MultiplierForm, id: &str, sector: usize| {
            of.figures.column(id).expect(id).values[sector].expect("made")
        };
        let near = |is: f64, should: f64| assert!((is - should).abs() < 1e-6, "{is} {should}");
        near(
            value(&type1, "property_tax", 1),
            0.03 * 0.330033 + 0.025 * 1.122112,
        );
        near(value(&type1, "vat", 0), 0.015 * 1.254125 + 0.005 * 0.264026);
        // A tenth of imports is taxes.
        near(
            value(&type1, "import_taxes", 0),
            0.1 * (0.04 * 1.254125 + 0.05 * 0.264026),
        );
        let shock = [(0, Money::from_millions(1.0))];
        let mut impact = of_shock(&table, &model, &shock, ShockShare::Domestic).expect("made");
        impact.add_taxes(&table).expect("told");
        let taxes = &impact.taxes.expect("added").kinds[0].taxes;
        let mut all = 0.0;
        for tax in taxes {
            near(value(&type1, &tax.id, 0), tax.type1());
            near(value(&type2, &tax.id, 0), tax.total());
            all += tax.total();
        }
        near(value(&type2, "all_taxes", 0), all);
        assert_eq!(type1.taxes.len(), 4);
        assert_eq!(type1.figures.columns.len(), 6);
    }
}
