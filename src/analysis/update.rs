//! How a table was brought to the totals of another year, and how near that comes where the answer is known.
//!
//! Nearness as in Temurshoev, Webb & Yamano (2011), per cent, e estimated and t true:
//!
//! ```text
//! WAPE = 100 sum |e - t| / sum |t|          weighted absolute percentage error
//! SWAD = 100 sum |t| |e - t| / sum t^2      large cells count for more
//! ```
//!
//! each beside that of the table in proportion ([`Table::in_proportion`]), which is what one has without
//! balancing.

use super::Provenance;
use super::trend::positions;
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::model::Model;
use crate::table::update::{Derived, Totals, Updated};
use crate::table::{AnyTable, Flows, OtherInputRole, Table};
use nalgebra::{DMatrix, DVector};
use serde::{Deserialize, Serialize};

/// A table of another year, as an account of how it was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Update {
    /// The table that was updated.
    pub from: Provenance,
    /// The table that was made.
    pub to: Provenance,
    /// Where the totals are from.
    pub source: String,
    /// Totals that were not given, and how many of each kind.
    pub derived: Vec<(Derived, usize)>,
    /// Cells that were given.
    pub known_cells: usize,
    /// Cells that were given bounds.
    #[serde(default)]
    pub bounded_cells: usize,
    /// Those of them that stand at one.
    #[serde(default)]
    pub at_bounds: usize,
    /// Totals that need not hold exactly.
    #[serde(default)]
    pub loose_totals: usize,
    /// The most that one of them was moved, as a share of what was given.
    #[serde(default)]
    pub moved: f64,
    /// Sweeps over all rows and columns until they were met.
    pub sweeps: usize,
    /// Sums of the table, before and after, in its unit.
    pub sums: Vec<Sum>,
    /// The published table that it is held against.
    pub against: Option<Against>,
}

/// A sum over a table before and after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Sum {
    /// Of what: "output", "value_added", "imports" (those of which no product is told among them), "final_demand".
    pub measure: String,
    /// In the old table.
    pub before: f64,
    /// In the new one.
    pub after: f64,
}

/// How far a table that was made is from the published one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Against {
    /// The published table.
    pub table: Provenance,
    /// By block.
    pub errors: Vec<Errors>,
}

/// Errors of a block, per cent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Errors {
    /// The block, as files name it; "output_multipliers", "value_added_multipliers".
    pub block: String,
    /// Weighted absolute percentage error.
    pub wape: f64,
    /// Weighted by the size of the cell once more.
    pub swad: f64,
    /// The first of the table in proportion.
    pub proportional_wape: f64,
    /// The second of it.
    pub proportional_swad: f64,
}

impl Update {
    /// The account of an update; `published` is the table that it should be, where that is known.
    ///
    /// ```
    /// use leontief::analysis::Update;
    /// use leontief::{AnyTable, Text, table::update::Totals};
    ///
    /// let (old, new) = (AnyTable::open("kr-2020-33")?, AnyTable::open("kr-2023-33")?);
    /// let (old, new) = (old.flows(Text::same("old"))?, new.flows(Text::same("new"))?);
    /// let totals = Totals::of_table(new, old)?;
    /// let update = Update::of(old, &totals, &old.updated(&totals)?, Some(new))?;
    /// let flows = &update.against.expect("compared").errors[0];
    /// // 2020 brought to the totals of 2023 is nearer than 2020 in proportion.
    /// assert!(flows.wape < flows.proportional_wape);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A published table of other sectors; a table that is not productive, which totals make of cells that are far from
    /// them.
    pub fn of(
        old: &Table,
        totals: &Totals,
        updated: &Updated,
        published: Option<&Table>,
    ) -> Result<Self> {
        let new = &updated.table;
        is_productive(new)?;
        type Of = fn(&Table) -> f64;
        let sums: [(&str, Of); 4] = [
            ("output", |t| t.output().sum()),
            ("value_added", |t| t.value_added().sum()),
            ("imports", |t| {
                let flows = t.flows();
                let rows = t.meta().other_inputs.iter().enumerate();
                let rows = rows.filter(|(_, row)| row.role == OtherInputRole::Imports);
                let untold = rows.map(|(i, _)| {
                    flows.other_inputs.row(i).sum() + flows.other_final_demand.row(i).sum()
                });
                flows.imported.sum() + flows.imported_final_demand.sum() + untold.sum::<f64>()
            }),
            ("final_demand", |t| {
                let flows = t.flows();
                flows.domestic_final_demand.sum()
                    + flows.imported_final_demand.sum()
                    + flows.other_final_demand.sum()
            }),
        ];
        let against = match published {
            Some(published) => Some(Against {
                table: Provenance::of(published.meta()),
                errors: errors(new, &old.in_proportion(totals)?, published)?,
            }),
            None => None,
        };
        Ok(Update {
            from: Provenance::of(old.meta()),
            to: Provenance::of(new.meta()),
            source: totals.source().to_owned(),
            derived: updated.derived.clone(),
            known_cells: updated.known_cells,
            bounded_cells: updated.bounded_cells,
            at_bounds: updated.at_bounds,
            loose_totals: updated.loose_totals,
            moved: updated.moved,
            sweeps: updated.sweeps,
            sums: sums
                .map(|(measure, of)| Sum {
                    measure: measure.to_owned(),
                    before: of(old),
                    after: of(new),
                })
                .into(),
            against,
        })
    }
}

/// Cells have the totals, and yet a sector may use up more of its own product than it makes, where by-products weigh
/// against it.
fn is_productive(table: &Table) -> Result<()> {
    let model = Model::from_coefficients(table.coefficients());
    let what = |Text { en, ko }: Text| {
        Error::invalid(said!(
            "the table that these totals make is of no use, as they are too far from its structure: {en}",
            "이 합계로 만든 표는 기준 표의 구조와 너무 달라 쓸 수 없습니다: {ko}"
        ))
    };
    model.map(|_| ()).map_err(|why| what(why.text()))
}

/// The errors of each block of an estimate, and of the table in proportion.
fn errors(made: &Table, proportional: &Flows, published: &Table) -> Result<Vec<Errors>> {
    let order = positions(
        &AnyTable::from(made.clone()),
        &AnyTable::from(published.clone()),
    )?;
    let n = order.len();
    let square = |of: &DMatrix<f64>| DMatrix::from_fn(n, n, |i, j| of[(order[i], order[j])]);
    let tall = |of: &DMatrix<f64>| DMatrix::from_fn(n, of.ncols(), |i, j| of[(order[i], j)]);
    // Totals of the published table are of its categories.
    let categories = made.meta().categories_in(published.meta());
    let categories = categories.unwrap_or_else(|| (0..made.meta().final_demand.len()).collect());
    let demand = |of: &DMatrix<f64>| {
        DMatrix::from_fn(n, categories.len(), |i, j| of[(order[i], categories[j])])
    };
    let (e, t) = (made.flows(), published.flows());
    let mut all = Vec::new();
    let mut block =
        |name: &str, made: &DMatrix<f64>, in_proportion: &DMatrix<f64>, real: &DMatrix<f64>| {
            all.push(Errors {
                block: name.to_owned(),
                wape: wape(made, real),
                swad: swad(made, real),
                proportional_wape: wape(in_proportion, real),
                proportional_swad: swad(in_proportion, real),
            });
        };
    let p = proportional;
    block(
        "domestic_flows",
        e.domestic.dense(),
        p.domestic.dense(),
        &square(t.domestic.dense()),
    );
    block(
        "imported_flows",
        e.imported.dense(),
        p.imported.dense(),
        &square(t.imported.dense()),
    );
    block(
        "domestic_final_demand",
        &e.domestic_final_demand,
        &p.domestic_final_demand,
        &demand(&t.domestic_final_demand),
    );
    block(
        "imported_final_demand",
        &e.imported_final_demand,
        &p.imported_final_demand,
        &demand(&t.imported_final_demand),
    );
    // Multipliers in proportion are those of the old table: its coefficients.
    let (made_row, value_row) = rows(made, e)?;
    let (old_row, old_value) = rows(made, p)?;
    let (real_row, real_value) = rows(published, t)?;
    block("output_multipliers", &made_row, &old_row, &tall(&real_row));
    block(
        "value_added_multipliers",
        &value_row,
        &old_value,
        &tall(&real_value),
    );
    Ok(all)
}

/// Output and value-added multipliers of flows, one column each; `table` says of which sectors.
fn rows(table: &Table, flows: &Flows) -> Result<(DMatrix<f64>, DMatrix<f64>)> {
    let inverse = flows.output.map(|x| if x > 0.0 { 1.0 / x } else { 0.0 });
    let coefficients = table.coefficients().with_inputs(
        flows.domestic.per_column(&inverse),
        flows.imported.per_column(&inverse),
    );
    let model = Model::from_coefficients(coefficients)?;
    let n = inverse.len();
    let value_added = flows.primary_inputs.row_sum().transpose();
    let column = |of: DVector<f64>| DMatrix::from_column_slice(n, 1, of.as_slice());
    Ok((
        column(model.inducement_row(&DVector::from_element(n, 1.0))),
        column(model.inducement_row(&value_added.component_mul(&inverse))),
    ))
}

/// 100 sum |e - t| / sum |t|; nothing where both are nothing.
fn wape(estimated: &DMatrix<f64>, real: &DMatrix<f64>) -> f64 {
    share((estimated - real).abs().sum(), real.abs().sum())
}

/// 100 sum |t| |e - t| / sum t^2.
fn swad(estimated: &DMatrix<f64>, real: &DMatrix<f64>) -> f64 {
    let weighted = (estimated - real).abs().component_mul(&real.abs());
    share(weighted.sum(), real.component_mul(real).sum())
}

fn share(part: f64, of: f64) -> f64 {
    match of > 0.0 {
        true => 100.0 * part / of,
        false => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nalgebra::dmatrix;

    #[test]
    fn errors_are_weighted_once_and_twice_by_the_true_cell() {
        let (e, t) = (dmatrix![1.0, 6.0; 0.0, 1.0], dmatrix![2.0, 4.0; 1.0, -1.0]);
        assert_eq!(wape(&e, &t), 100.0 * (1.0 + 2.0 + 1.0 + 2.0) / 8.0);
        assert_eq!(swad(&e, &t), 100.0 * (2.0 + 8.0 + 1.0 + 2.0) / 22.0);
        assert_eq!(wape(&(&t * 0.0), &(&t * 0.0)), 0.0);
    }

    /// Ten units are made of 15 of their own kind, with what lies in store and a by-product of ten taken in.
    #[test]
    fn a_table_that_uses_up_more_than_it_makes_is_refused_once_it_is_made() {
        use crate::table::FinalDemandRole::*;
        use crate::table::PrimaryInputRole::*;
        let table = Table::builder("two", 2020)
            .sectors([("1", "Farming"), ("2", "Making")])
            .domestic_flows([[10.0, -5.0], [20.0, 10.0]])
            .final_demand(Household, [95.0, 100.0])
            .final_demand(Inventories, [0.0, -30.0])
            .value_added(Compensation, [70.0, 95.0])
            .build()
            .expect("balanced");
        let AnyTable::Flows(table) = table else {
            panic!("flows");
        };
        let text = "total,code,value,user\noutput,1,100,\noutput,2,10,\nvalue_added,1,70,\nvalue_added,2,5,\n\
                    domestic_flows,2,15,2\n";
        let totals = Totals::parse("totals.csv", text, 2024, &table).expect("right");
        let updated = table.updated(&totals).expect("its totals can be had");
        let why = Update::of(&table, &totals, &updated, None).expect_err("of no use");
        assert!(
            why.to_string().contains("too far from its structure"),
            "{why}"
        );
    }

    #[test]
    fn rows_of_imports_and_taxes_are_in_the_sums_and_in_what_is_in_proportion() {
        use crate::table::FinalDemandRole::*;
        use crate::table::OtherInputRole::*;
        use crate::table::PrimaryInputRole::*;
        let table = Table::builder("two", 2020)
            .sectors([("1", "Farming"), ("2", "Making")])
            .domestic_flows([[15.0, 25.0], [20.0, 5.0]])
            .final_demand(Household, [60.0, 75.0])
            .value_added(Compensation, [50.0, 40.0])
            .other_inputs(Imports, [10.0, 26.0], [(Household, 9.0)])
            .other_inputs(ProductTaxes, [5.0, 4.0], [(Household, 6.0)])
            .build()
            .expect("balanced");
        let AnyTable::Flows(table) = table else {
            panic!("flows");
        };
        let totals = Totals::of_table(&table, &table).expect("its own");
        let updated = table.updated(&totals).expect("the same");
        let update = Update::of(&table, &totals, &updated, Some(&table)).expect("compared");
        let sums: Vec<f64> = update.sums.iter().map(|sum| sum.after).collect();
        // Value added 90, with taxes of 15 what final demand of 150 leaves after imports of 45.
        for (ours, theirs) in sums.iter().zip([200.0, 90.0, 45.0, 150.0]) {
            assert!((ours - theirs).abs() < 1e-9, "{sums:?}");
        }
        for block in update.against.expect("compared").errors {
            assert!(block.proportional_wape < 1e-9, "{}", block.block);
        }
    }
}
