//! The taxes that a table tells: rows of them, and on imports a rate of each product.

use super::{AnyTable, FinalDemandRole, OtherInputRole, PrimaryInputRole, Table};
use crate::error::Error;
use crate::lang::{Text, said};
use nalgebra::DVector;
use serde::{Deserialize, Serialize};

/// What a tax is levied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub enum TaxBase {
    /// Production: a part of value added.
    Production,
    /// Products that are bought.
    Products,
    /// Products that are imported.
    Imports,
}

/// A row of a table that is a tax less subsidies of its kind.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct TaxRow {
    /// The row: "net_production_taxes".
    pub id: String,
    /// Its title.
    pub title: Text,
    /// On production or on products.
    pub on: TaxBase,
    /// Per unit of output of the sectors that pay it, n.
    pub per_output: DVector<f64>,
    /// What household consumption of the table pays of it, in the table's unit.
    pub by_households: f64,
}

impl Table {
    /// Taxes in what the imports of each product cost, n: taxes over imports c.i.f. and taxes, 0 of what is not
    /// imported. `None` where the table does not know them.
    ///
    /// ```
    /// use leontief::{AnyTable, Text};
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let rates = table.flows(Text::same("taxes"))?.import_tax_rates().expect("told");
    /// // Mined products: 213,115 billion won c.i.f. and 5,017 of taxes.
    /// assert!((rates[1] - 0.0230).abs() < 5e-5);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn import_tax_rates(&self) -> Option<DVector<f64>> {
        let imports = self.flows().imports.as_ref()?;
        Some(
            imports
                .cif
                .zip_map(&imports.taxes, |cif, taxes| match cif + taxes {
                    0.0 => 0.0,
                    all => taxes / all,
                }),
        )
    }

    /// Totals of sectors per unit of their output, n; 0 of what makes nothing.
    pub(crate) fn per_output(&self, totals: &DVector<f64>) -> DVector<f64> {
        let x = self.output();
        totals.zip_map(x, |total, x| if x > 0.0 { total / x } else { 0.0 })
    }
}

impl AnyTable {
    /// The rows that are taxes on production or on products, each by its name. Of coefficients those on products alone, and
    /// nothing of what households pay.
    ///
    /// ```
    /// use leontief::{AnyTable, table::TaxBase};
    /// let rows = AnyTable::open("kr-2023-33")?.tax_rows();
    /// // One row of taxes less subsidies on production; 0.0622 of the output of construction.
    /// assert_eq!((rows.len(), rows[0].on), (1, TaxBase::Production));
    /// assert!((rows[0].per_output[18] - 0.0622).abs() < 5e-5);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn tax_rows(&self) -> Vec<TaxRow> {
        let mut all = Vec::new();
        if let AnyTable::Flows(table) = self {
            let rows = table.flows().primary_inputs.row_iter();
            for (row, input) in rows.zip(&table.meta().primary_inputs) {
                if input.role == PrimaryInputRole::NetProductionTaxes {
                    all.push(TaxRow {
                        id: input.id.clone(),
                        title: input.title.clone(),
                        on: TaxBase::Production,
                        per_output: table.per_output(&row.transpose()),
                        by_households: 0.0,
                    });
                }
            }
        }
        let coefficients = self.coefficients();
        let rows = self
            .meta()
            .other_inputs
            .iter()
            .zip(coefficients.other_inputs());
        for (at, (input, (_, per_output))) in rows.enumerate() {
            if input.role == OtherInputRole::ProductTaxes {
                all.push(TaxRow {
                    id: input.id.clone(),
                    title: input.title.clone(),
                    on: TaxBase::Products,
                    per_output: per_output.clone(),
                    by_households: self.paid_by_households(at),
                });
            }
        }
        all
    }

    /// What household consumption pays of a row of other inputs.
    fn paid_by_households(&self, row: usize) -> f64 {
        let AnyTable::Flows(table) = self else {
            return 0.0;
        };
        let categories = table.meta().final_demand.iter().enumerate();
        let households = categories.filter(|(_, of)| of.role == FinalDemandRole::Household);
        let paid = households.map(|(column, _)| table.flows().other_final_demand[(row, column)]);
        paid.sum()
    }

    /// Why there are no taxes to tell.
    pub(crate) fn no_taxes(&self) -> Error {
        let id = &self.meta().id;
        Error::invalid(said!(
            "table {id} tells no taxes: it has no row of taxes on production or products, and no taxes on imports",
            "산업연관표 {id}에는 조세 항목이 없습니다(생산세·생산물세 행, 수입품세 모두 없음)"
        ))
    }

    /// As [`Table::import_tax_rates`]; `None` of coefficients.
    pub(crate) fn import_tax_rates(&self) -> Option<DVector<f64>> {
        match self {
            AnyTable::Flows(table) => table.import_tax_rates(),
            AnyTable::Coefficients(_) => None,
        }
    }
}
