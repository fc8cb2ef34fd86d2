//! The economy with a new industry against the economy without it.

use super::account::{Buyers, Purchases, Sales, ValueAdded};
use super::{AtShare, Difference, SHARES};
use crate::error::Result;
use crate::lang::said;
use crate::model::new_industry::{Included, NewIndustry, include};
use crate::model::{ByRecipe, Model};
use crate::scenario::Note;
use crate::scenario::plan::Industry;
use crate::table::{AnyTable, Matrix};
use crate::units::Measures;
use nalgebra::{DMatrix, DVector};

/// Suppliers of a new industry that are made up by recipes.
struct Suppliers {
    made: Measures<f64>,
    import_taxes: f64,
}

/// What all ways of working a new industry out have in common; its own purchases for its sales as planned.
pub(super) struct Study<'a> {
    model: &'a Model,
    /// Domestic products it buys, n.
    bought: DVector<f64>,
    sales: f64,
    imported: f64,
    value_added: f64,
    /// Surplus that belongs to owners abroad.
    foreign_surplus: f64,
    /// Taxes on products that it pays: set aside, and in its imports.
    product_taxes: Option<f64>,
    suppliers: Suppliers,
    /// Taxes on the imports of each product over what it costs, n.
    tax_rates: Option<DVector<f64>>,
    persons: f64,
    /// What each sector buys of it per unit of its own output, n.
    row: DVector<f64>,
    /// Final demand for the existing products, n, and for its own beyond what sectors buy.
    demand: DVector<f64>,
    own_demand: f64,
}

/// What buyers buy less of one product, per unit of their own output.
pub(super) struct Replaced {
    product: usize,
    domestic: DVector<f64>,
    imported: DVector<f64>,
}

impl<'a> Study<'a> {
    /// The study of an account; `persons` brings the table's labour coefficients to its years.
    pub(super) fn new(
        table: &AnyTable,
        model: &'a Model,
        bought: &Purchases,
        sold: &Sales,
        buyers: Buyers,
        own: &ValueAdded,
        persons: f64,
    ) -> Self {
        let tax_rates = table.import_tax_rates();
        let taxes_on = |imports: &DVector<f64>| tax_rates.as_ref().map(|rates| rates.dot(imports));
        let made = bought.at_home.by_recipe.iter().map(ByRecipe::measures);
        Study {
            model,
            bought: bought.at_home.of_average_columns(),
            sales: sold.all,
            imported: bought.imported(),
            value_added: own.all,
            foreign_surplus: own.foreign_surplus,
            product_taxes: match taxes_on(&bought.imports) {
                None if model.coefficients().product_taxes().is_none() => None,
                in_imports => Some(in_imports.unwrap_or_default() + bought.tax),
            },
            suppliers: Suppliers {
                made: made.sum::<Measures<f64>>().scaled(1.0, persons),
                import_taxes: bought.by_recipe(|made| {
                    let imports = DVector::from_column_slice(&made.imports);
                    taxes_on(&imports).unwrap_or_default()
                }),
            },
            tax_rates,
            persons,
            row: buyers.row,
            demand: buyers.demand,
            own_demand: sold.exports + sold.final_use,
        }
    }

    /// What buyers buy less of `product` if it is replaced by a share of what they pay: at most all of
    /// it, split into domestic and imported as their purchases are.
    pub(super) fn replacing(&self, product: usize, share: f64) -> Replaced {
        let c = self.model.coefficients();
        let less = |of: &Matrix| {
            DVector::from_fn(self.row.len(), |buyer, _| {
                let all = self.bought_by(product, buyer);
                if all > 0.0 {
                    (self.row[buyer] * share).min(all) * of[(product, buyer)] / all
                } else {
                    0.0
                }
            })
        };
        Replaced {
            product,
            domestic: less(c.domestic()),
            imported: less(c.imported()),
        }
    }

    /// What a sector buys of a product at home and abroad, per unit of its output.
    fn bought_by(&self, product: usize, buyer: usize) -> f64 {
        let c = self.model.coefficients();
        (c.domestic()[(product, buyer)] + c.imported()[(product, buyer)]).max(0.0)
    }

    /// The largest share that every buyer can replace.
    pub(super) fn most_replaced(&self, product: usize) -> f64 {
        let buyers = (0..self.row.len()).filter(|buyer| self.row[*buyer] > 0.0);
        buyers
            .map(|buyer| self.bought_by(product, buyer) / self.row[buyer])
            .fold(1.0, f64::min)
    }

    /// The economy with it against the economy without, and what buyers pay that replaces nothing.
    pub(super) fn included(&self, replaced: Option<&Replaced>) -> Result<(Difference, f64)> {
        let n = self.row.len();
        let mut less_domestic = DMatrix::zeros(n, n);
        let mut less_imported = DVector::zeros(n);
        let mut less_taxes = DVector::zeros(n);
        if let Some(replaced) = replaced {
            let row = -replaced.domestic.transpose();
            less_domestic.set_row(replaced.product, &row);
            less_imported.copy_from(&replaced.imported);
            if let Some(rates) = &self.tax_rates {
                less_taxes = &replaced.imported * rates[replaced.product];
            }
        }
        // What buyers spend more on inputs per unit of output is missing in their value added.
        let squeezed = &self.row + less_domestic.row_sum().transpose() - &less_imported;
        let new = NewIndustry {
            inputs: &self.bought / self.sales,
            sales: self.row.clone(),
            own_use: 0.0,
            replaced: Some(less_domestic),
        };
        let Included { output, own_output } =
            include(self.model, &new, &self.demand, self.own_demand)?;
        let before = self.model.output_for(&self.demand);
        let (change, scale) = (&output - &before, own_output / self.sales);
        let unreplaced = squeezed.dot(&output);
        let suppliers = self.suppliers.made.scaled(scale, scale);
        let others = self.model.measures_of(&change).scaled(1.0, self.persons) + suppliers;
        let other_value_added = others.value_added - unreplaced;
        let imports = others.imports - less_imported.dot(&output) + self.imported * scale;
        let product_taxes = self.product_taxes.and_then(|own| {
            let others = self.taxes_on_products(&change)? - less_taxes.dot(&output);
            Some(others + (self.suppliers.import_taxes + own) * scale)
        });
        let difference = Difference {
            own_output,
            other_output: others.output,
            own_value_added: self.value_added * scale,
            other_value_added,
            imports,
            product_taxes,
            jobs: others.jobs,
            national_income: other_value_added + (self.value_added - self.foreign_surplus) * scale,
        };
        Ok((difference, unreplaced))
    }

    /// Its purchases as a demand like any other, and its own sales beside them.
    pub(super) fn as_final_demand(&self) -> Difference {
        let output = self.model.output_for(&self.bought);
        let of = self.model.measures_of(&output).scaled(1.0, self.persons) + self.suppliers.made;
        let product_taxes = self.product_taxes.and_then(|own| {
            Some(self.taxes_on_products(&output)? + self.suppliers.import_taxes + own)
        });
        Difference {
            own_output: self.sales,
            other_output: of.output,
            own_value_added: self.value_added,
            other_value_added: of.value_added,
            imports: of.imports + self.imported,
            product_taxes,
            jobs: of.jobs,
            national_income: of.value_added + self.value_added - self.foreign_surplus,
        }
    }

    fn taxes_on_products(&self, output: &DVector<f64>) -> Option<f64> {
        let c = self.model.coefficients();
        let on_imports = (self.tax_rates.as_ref()).map(|rates| (c.imported() * output).dot(rates));
        let set_apart = c.product_taxes().map(|taxes| taxes.dot(output));
        match (on_imports, set_apart) {
            (None, None) => None,
            (on_imports, set_apart) => {
                Some(on_imports.unwrap_or_default() + set_apart.unwrap_or_default())
            }
        }
    }

    /// For several shares that are replaced; `included` is for the scenario's own.
    pub(super) fn by_replaced_share(
        &self,
        product: usize,
        own_share: f64,
        included: Difference,
    ) -> Result<Vec<AtShare>> {
        let most = self.most_replaced(product);
        let is_own = |share: f64| (share - own_share).abs() < 1e-9;
        let mut shares = SHARES.to_vec();
        if !shares.iter().any(|share| is_own(*share)) {
            shares.push(own_share);
            shares.sort_by(f64::total_cmp);
        }
        let at_share = |share: f64| {
            let included = if is_own(share) {
                Some(included)
            } else if share <= most + 1e-9 {
                Some(self.included(Some(&self.replacing(product, share)))?.0)
            } else {
                None
            };
            Ok(AtShare {
                share,
                own: is_own(share),
                included,
            })
        };
        shares.into_iter().map(at_share).collect()
    }

    /// A warning for each buyer who buys less of the replaced product than his purchases would replace.
    pub(super) fn replaces_all_bought(
        &self,
        table: &AnyTable,
        industry: &Industry,
        product: usize,
        share: f64,
    ) -> Result<Vec<Note>> {
        let flows = table.flows(said!(
            "sales of a new industry to sectors",
            "신산업의 부문별 판매"
        ))?;
        let output = flows.output();
        let sectors = self.model.sectors();
        let mut notes = Vec::new();
        for &(buyer, _) in &industry.buyers {
            let (all, wanted) = (self.bought_by(product, buyer), self.row[buyer] * share);
            if wanted <= all {
                continue;
            }
            notes.push(Note::ReplacesAllBought {
                sector: sectors.get(buyer).into(),
                product: sectors.get(product).into(),
                bought: all * output[buyer],
                asked: wanted * output[buyer],
                currency: table.meta().currency.clone(),
            });
        }
        Ok(notes)
    }
}
