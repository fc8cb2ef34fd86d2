//! How two tables of the same sectors differ, and what taking sectors together does to multipliers.

use super::multipliers::{MultiplierType, Multipliers};
use super::provenance::Provenance;
use super::trend::positions;
use crate::error::Result;
use crate::lang::said;
use crate::model::{Closure, Model};
use crate::scenario::Note;
use crate::table::{AnyTable, Regrouping, Sector, SectorName, Table};
use nalgebra::DVector;
use serde::{Deserialize, Serialize};

/// What taking sectors together does to multipliers: those of a summed table are not the means of the
/// sectors' own (aggregation bias; Miller & Blair, 3rd ed., ch. 4).
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct AggregationBias {
    /// The groups, m.
    pub groups: Vec<SectorName>,
    /// Their output multipliers, m.
    pub grouped: Vec<f64>,
    /// Those of their sectors in the table as it was, weighted by output, m.
    pub weighted: Vec<f64>,
}

impl AggregationBias {
    /// Of a table, and the model of what it was regrouped to: Type I, with imports as the model has them.
    ///
    /// ```
    /// use leontief::analysis::AggregationBias;
    /// use leontief::{AnyTable, Model, table::Regrouping};
    /// let table = AnyTable::open("kr-2020-83")?;
    /// let groups = Regrouping::named("construction=50+51", &table)?;
    /// let model = Model::new(&table.regrouped(&groups)?)?;
    /// let bias = AggregationBias::of(&table, &groups, &model)?;
    /// assert!(bias.relative(81) < 1e-3); // the two build with nearly the same inputs
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A table without output, or that is not productive; a regrouping of other sectors, or to others than
    /// those of the model.
    pub fn of(table: &AnyTable, regrouping: &Regrouping, grouped: &Model) -> Result<Self> {
        let multipliers = |model: &Model| {
            let ones = DVector::from_element(model.sectors().len(), 1.0);
            model.inducement_row(&ones)
        };
        let output = table.needed_output(said!("regrouping", "부문 재분류"))?;
        regrouping.check(table.sectors(), grouped.sectors())?;
        let fine = multipliers(&Model::with(table, grouped.imports(), Closure::Open)?);
        let sums = regrouping.sum(&output.component_mul(&fine));
        let weights = regrouping.sum(output);
        let (groups, grouped) = (SectorName::all(grouped.sectors()), multipliers(grouped));
        let weighted = sums.zip_map(&weights, |sum, weight| match weight > 0.0 {
            true => sum / weight,
            false => 0.0,
        });
        Ok(AggregationBias {
            groups,
            grouped: grouped.data.into(),
            weighted: weighted.data.into(),
        })
    }

    /// By how much the multiplier of group `at` is off, as a share; 0 of one that makes nothing.
    pub fn relative(&self, at: usize) -> f64 {
        match self.weighted[at] == 0.0 {
            true => 0.0,
            false => (self.grouped[at] / self.weighted[at] - 1.0).abs(),
        }
    }

    /// As a note: the mean over groups, and the largest.
    pub fn note(&self, table: &AnyTable) -> Option<Note> {
        let n = self.groups.len();
        let largest = (0..n).max_by(|a, b| self.relative(*a).total_cmp(&self.relative(*b)))?;
        Some(Note::Regrouped {
            table: table.meta().id.clone(),
            sectors: table.sectors().len(),
            groups: n,
            mean: (0..n).map(|at| self.relative(at)).sum::<f64>() / n as f64,
            largest: self.relative(largest),
            group: self.groups[largest].clone(),
        })
    }
}

/// How two tables of the same sectors differ.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Comparison {
    /// The first table.
    pub left: Provenance,
    /// The second table.
    pub right: Provenance,
    /// Every cell of Ad that differs, the largest difference first.
    pub cells: Vec<CellDifference>,
    /// Every Type I multiplier of every sector, by measure, the largest difference first.
    pub multipliers: Vec<MultiplierDifference>,
    /// Sums over the table, where both have flows.
    pub totals: Vec<TotalDifference>,
}

/// A cell of Ad in two tables.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CellDifference {
    /// The supplying sector.
    pub row: Sector,
    /// The using sector.
    pub column: Sector,
    /// In the first table.
    pub left: f64,
    /// In the second table.
    pub right: f64,
}

/// A multiplier in two tables.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MultiplierDifference {
    /// A column of [`Multipliers`]: "output", "jobs".
    pub measure: String,
    /// The sector.
    pub sector: Sector,
    /// In the first table.
    pub left: f64,
    /// In the second table.
    pub right: f64,
}

/// A sum over a table, in two tables: money in the table's unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct TotalDifference {
    /// What is summed: "output", "value_added", an account's id.
    pub measure: String,
    /// In the first table.
    pub left: f64,
    /// In the second table.
    pub right: f64,
}

/// Compares Ad, Type I multipliers and totals of two tables whose sectors have the same codes.
///
/// ```
/// use leontief::{AnyTable, analysis};
/// let a = AnyTable::open("kr-2022-33")?;
/// let b = AnyTable::open("kr-2023-33")?;
/// let largest = &analysis::compare(&a, &b)?.cells[0];
/// assert!((largest.left - largest.right).abs() > 0.01);
/// # Ok::<(), leontief::Error>(())
/// ```
///
/// # Errors
/// Different sectors; a table that is not productive.
pub fn compare(left: &AnyTable, right: &AnyTable) -> Result<Comparison> {
    let order = positions(left, right)?;
    let (a, b) = (left.coefficients(), right.coefficients());
    let n = order.len();
    let sector = |i: usize| left.sectors().get(i).clone();
    let mut cells: Vec<CellDifference> = (0..n)
        .flat_map(|i| (0..n).map(move |j| (i, j)))
        .map(|(i, j)| (i, j, b.domestic()[(order[i], order[j])]))
        .filter(|&(i, j, other)| a.domestic()[(i, j)] != other)
        .map(|(i, j, other)| CellDifference {
            row: sector(i),
            column: sector(j),
            left: a.domestic()[(i, j)],
            right: other,
        })
        .collect();
    by_size(&mut cells, |c| c.left - c.right);

    let of = |coefficients| {
        let model = Model::from_coefficients(coefficients)?;
        Multipliers::of(&model, MultiplierType::Type1)
    };
    let (ours, theirs) = (of(a)?, of(b)?);
    let mut multipliers = Vec::new();
    for measure in ours.columns() {
        let (Some(own), Some(other)) = (ours.column(measure), theirs.column(measure)) else {
            continue;
        };
        let mut differences: Vec<MultiplierDifference> = (0..n)
            .map(|i| MultiplierDifference {
                measure: measure.to_owned(),
                sector: sector(i),
                left: own[i],
                right: other[order[i]],
            })
            .collect();
        by_size(&mut differences, |d| d.left - d.right);
        multipliers.extend(differences);
    }
    let totals = match (left, right) {
        (AnyTable::Flows(left), AnyTable::Flows(right)) => totals(left, right),
        _ => Vec::new(),
    };
    Ok(Comparison {
        left: ours.provenance,
        right: theirs.provenance,
        cells,
        multipliers,
        totals,
    })
}

/// Sorts by the size of a difference, the largest first; a NaN is larger than any number.
fn by_size<T>(differences: &mut [T], difference: impl Fn(&T) -> f64) {
    differences.sort_by(|a, b| difference(b).abs().total_cmp(&difference(a).abs()));
}

fn totals(left: &Table, right: &Table) -> Vec<TotalDifference> {
    type Sum = fn(&Table) -> f64;
    let sums: [(&str, Sum); 6] = [
        ("output", |t| t.output().sum()),
        ("domestic_inputs", |t| t.flows().domestic.sum()),
        ("imported_inputs", |t| t.flows().imported.sum()),
        ("value_added", |t| t.value_added().sum()),
        ("domestic_final_demand", |t| {
            t.flows().domestic_final_demand.sum()
        }),
        ("imported_final_demand", |t| {
            t.flows().imported_final_demand.sum()
        }),
    ];
    let money = sums.iter().map(|(measure, sum)| TotalDifference {
        measure: (*measure).to_owned(),
        left: sum(left),
        right: sum(right),
    });
    let accounts = left.meta().accounts.iter().filter_map(|account| {
        Some(TotalDifference {
            measure: account.id.clone(),
            left: left.satellite(&account.id)?.sum(),
            right: right.satellite(&account.id)?.sum(),
        })
    });
    money.chain(accounts).collect()
}

impl Comparison {
    /// The largest difference of a cell of Ad in size; 0 where none differs.
    pub fn largest_cell(&self) -> f64 {
        let first = self.cells.first();
        first.map_or(0.0, |cell| (cell.left - cell.right).abs())
    }

    /// The largest difference of a multiplier in size, with its sector; `None` for an unknown one.
    pub fn largest_multiplier(&self, measure: &str) -> Option<&MultiplierDifference> {
        self.multipliers.iter().find(|d| d.measure == measure)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    fn open(id: &str) -> AnyTable {
        AnyTable::open(id).expect("built in")
    }

    fn summed() -> AnyTable {
        let (fine, wide) = (open("kr-2023-83"), open("kr-2023-33"));
        let groups = Regrouping::by_group(fine.sectors(), wide.sectors()).expect("groups");
        fine.regrouped(&groups).expect("flows")
    }

    #[test]
    fn the_83_sectors_summed_are_the_33() {
        let comparison = compare(&summed(), &open("kr-2023-33")).expect("same");
        assert!(
            comparison.largest_cell() < 3e-6,
            "{:?}",
            comparison.cells[0]
        );
        for (measure, bound) in [("output", 2e-5), ("value_added", 1e-5), ("jobs", 2e-4)] {
            let worst = comparison.largest_multiplier(measure).expect("a measure");
            let gap = (worst.left - worst.right).abs();
            assert!(gap < bound, "{measure}: {worst:?}");
        }
        for total in &comparison.totals {
            assert_relative_eq!(total.left, total.right, max_relative = 1e-5);
        }
        assert_eq!(comparison.totals.len(), 8);
    }

    #[test]
    fn comparison_goes_by_code_and_shows_the_largest_first() {
        let (a, b) = (open("kr-2022-33"), open("kr-2023-33"));
        let comparison = compare(&a, &b).expect("same sectors");
        let size = |c: &CellDifference| (c.left - c.right).abs();
        assert!(
            comparison
                .cells
                .windows(2)
                .all(|w| size(&w[0]) >= size(&w[1]))
        );
        let largest =
            (a.coefficients().domestic().dense() - b.coefficients().domestic().dense()).amax();
        assert_relative_eq!(comparison.largest_cell(), largest);
        assert!(comparison.totals.is_empty(), "2022 has no flows");
        assert!(compare(&a, &a).expect("itself").cells.is_empty());
        assert!(compare(&a, &open("kr-2023-83")).is_err());
    }
}
