//! Fewer sectors: a table summed to a wider classification, and the differences of two tables.
//!
//! With S (m x n) one where a sector belongs to a wider one: S Z S', S F, V S', S x (Miller & Blair,
//! 3rd ed., ch. 4). Multipliers of a summed table are not weighted means of the detailed ones:
//! [`compare`] shows how far they are apart.

use super::multipliers::{MultiplierType, Multipliers};
use super::provenance::Provenance;
use super::trend::positions;
use crate::error::{Error, Result};
use crate::lang::said;
use crate::model::Model;
use crate::table::{AnyTable, Classification, Flows, Imports, Sector, Table};
use nalgebra::{DMatrix, DVector};
use serde::{Deserialize, Serialize};

/// A table summed to the sectors `to`: sector i of the table becomes part of `to[map[i]]`.
///
/// Names and aliases of the sectors that are summed lead to the wider ones.
///
/// # Errors
/// A map of the wrong length or beyond the end of `to`; a wider sector that nothing belongs to, or
/// whose code stands twice.
pub fn aggregate(table: &Table, to: &[Sector], map: &[usize]) -> Result<Table> {
    let (n, m) = (table.sectors().len(), to.len());
    if map.len() != n || map.iter().any(|&at| at >= m) {
        return Err(Error::invalid(said!(
            "to aggregate table {id}, each of its {n} sectors needs one of the {m} wider ones",
            "{id}을(를) 통합하려면 {n}개 부문이 각각 상위 부문 {m}개 중 하나에 속해야 합니다",
            id = table.meta().id
        )));
    }
    if let Some(empty) = (0..m).find(|at| !map.contains(at)) {
        return Err(Error::invalid(said!(
            "no sector of table {id} belongs to {wider}",
            "{id}에 {wider} 부문으로 통합되는 부문이 없습니다",
            id = table.meta().id,
            wider = to[empty]
        )));
    }
    let mut meta = table.meta().clone();
    meta.id = format!("{}-to-{m}", meta.id);
    meta.classification = format!("{}-to-{m}", meta.classification);
    meta.title.en = format!("{}, summed to {m} sectors", meta.title.en);
    meta.title.ko = format!("{}, {m}부문으로 통합", meta.title.ko);
    meta.modifications.en = format!("{} Summed to {m} sectors.", meta.modifications.en);
    meta.modifications.ko = format!("{} {m}부문으로 통합함.", meta.modifications.ko);
    for role in [&mut meta.roles.trade, &mut meta.roles.transport] {
        let sector = role
            .as_deref()
            .and_then(|code| table.sectors().position(code));
        *role = sector.map(|at| to[map[at]].code.clone());
    }

    let f = table.flows();
    let rows = |block: &DMatrix<f64>| sum_rows(block, map, m);
    let columns = |block: &DMatrix<f64>| sum_rows(&block.transpose(), map, m).transpose();
    let vector = |v: &DVector<f64>| {
        let mut sum = DVector::zeros(m);
        for (value, &at) in v.iter().zip(map) {
            sum[at] += value;
        }
        sum
    };
    let flows = Flows {
        domestic: columns(&rows(&f.domestic)),
        imported: columns(&rows(&f.imported)),
        domestic_final_demand: rows(&f.domestic_final_demand),
        imported_final_demand: rows(&f.imported_final_demand),
        primary_inputs: columns(&f.primary_inputs),
        output: vector(&f.output),
        imports: f.imports.as_ref().map(|imports| Imports {
            cif: vector(&imports.cif),
            taxes: vector(&imports.taxes),
        }),
        satellites: f.satellites.iter().map(vector).collect(),
    };
    let sectors = Classification::new(&meta.id, to.to_vec(), &aliases(table, to, map))?;
    // What was within its tolerance sector by sector may be beyond it in sum.
    Table::of_blocks(meta, sectors, flows, table.content_hash().to_owned())
}

/// A table summed to the wider sectors that its own name as their group, with the names that
/// `wider` gives them, in its order: `kr-2023-83` with the sectors of `kr-2023-33`.
///
/// ```
/// use leontief::{AnyTable, Text, analysis};
/// let fine = AnyTable::open("kr-2023-83")?;
/// let wide = AnyTable::open("kr-2023-33")?;
/// let summed = analysis::aggregate_by_group(fine.flows(Text::same("aggregation"))?, wide.sectors())?;
/// let published = wide.flows(Text::same("aggregation"))?.output();
/// assert!((summed.output() - published).amax() < 0.01);
/// # Ok::<(), leontief::Error>(())
/// ```
///
/// # Errors
/// A sector without a group, or with one that is not in `wider`; as [`aggregate`].
pub fn aggregate_by_group(table: &Table, wider: &Classification) -> Result<Table> {
    let map = table
        .sectors()
        .iter()
        .map(|sector| {
            let group = sector.group.as_deref().ok_or_else(|| {
                Error::invalid(said!(
                    "table {id}: sector {sector} has no group to be summed to",
                    "산업연관표 {id}: {sector} 부문에 통합할 상위 부문(group)이 없습니다",
                    id = table.meta().id
                ))
            })?;
            wider.position(group).ok_or_else(|| {
                Error::invalid(said!(
                    "table {id}: sector {sector} belongs to '{group}', which is not among the wider \
                     sectors",
                    "산업연관표 {id}: {sector} 부문의 상위 부문 '{group}'이(가) 통합 분류에 없습니다",
                    id = table.meta().id
                ))
            })
        })
        .collect::<Result<Vec<usize>>>()?;
    let to: Vec<Sector> = wider.iter().cloned().collect();
    aggregate(table, &to, &map)
}

fn sum_rows(block: &DMatrix<f64>, map: &[usize], m: usize) -> DMatrix<f64> {
    let mut sum = DMatrix::zeros(m, block.ncols());
    for (row, &at) in block.row_iter().zip(map) {
        let mut into = sum.row_mut(at);
        into += row;
    }
    sum
}

/// The words that led to a sector, and its names, leading to the wider one; each word once a sector.
fn aliases(table: &Table, to: &[Sector], map: &[usize]) -> Vec<(String, String)> {
    let mut words: Vec<(String, String)> = table
        .sectors()
        .iter()
        .enumerate()
        .flat_map(|(i, sector)| {
            let code = &to[map[i]].code;
            [sector.name.en.as_str(), sector.name.ko.as_str()]
                .into_iter()
                .chain(table.sectors().aliases(i))
                .map(|word| (word.to_owned(), code.clone()))
                .collect::<Vec<_>>()
        })
        .collect();
    words.sort();
    words.dedup();
    words
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
    use crate::lang::Lang;
    use crate::report::Block;
    use approx::assert_relative_eq;

    fn open(id: &str) -> AnyTable {
        AnyTable::open(id).expect("built in")
    }

    fn summed() -> Table {
        let (fine, wide) = (open("kr-2023-83"), open("kr-2023-33"));
        aggregate_by_group(
            fine.flows(crate::lang::Text::same("test")).expect("flows"),
            wide.sectors(),
        )
        .expect("groups")
    }

    #[test]
    fn sums_hold_and_the_table_balances() {
        let (fine, table) = (open("kr-2023-83"), summed());
        let fine = fine.flows(crate::lang::Text::same("test")).expect("flows");
        let (a, b) = (fine.flows(), table.flows());
        assert_relative_eq!(a.domestic.sum(), b.domestic.sum(), max_relative = 1e-12);
        assert_relative_eq!(a.imported.sum(), b.imported.sum(), max_relative = 1e-12);
        // Semiconductors, code by code: what 33-sector 12 buys of itself is the block's sum.
        let wide = table.sectors().position("12").expect("a code");
        let members: Vec<usize> = (0..83)
            .filter(|&i| fine.sectors().get(i).group.as_deref() == Some("12"))
            .collect();
        assert!(!members.is_empty());
        let block: f64 = members
            .iter()
            .flat_map(|&i| members.iter().map(move |&j| (i, j)))
            .map(|cell| a.domestic[cell])
            .sum();
        assert_relative_eq!(b.domestic[(wide, wide)], block, max_relative = 1e-12);
        let balance = crate::table::balance::Balance::of(&table);
        assert!(balance.faults().is_empty(), "{:?}", balance.worst());
        assert_eq!(table.sectors().find("반도체").expect("alias"), {
            let group = &fine
                .sectors()
                .get(fine.sectors().find("반도체").expect("83"))
                .group;
            let code = group.as_deref().expect("a group");
            table.sectors().position(code).expect("a code")
        });
    }

    #[test]
    fn the_83_sectors_summed_are_the_33() {
        let comparison =
            compare(&AnyTable::Flows(Box::new(summed())), &open("kr-2023-33")).expect("same");
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
        assert_eq!(comparison.totals.len(), 7);
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
        let largest = (a.coefficients().domestic() - b.coefficients().domestic()).amax();
        assert_relative_eq!(comparison.largest_cell(), largest);
        assert!(comparison.totals.is_empty(), "2022 has no flows");
        assert!(compare(&a, &a).expect("itself").cells.is_empty());
        assert!(compare(&a, &open("kr-2023-83")).is_err());
        let document = comparison.document(Lang::Ko, 5);
        let Block::Table(table) = &document.sections[0].blocks[0] else {
            panic!("a table");
        };
        assert_eq!(table.rows.len(), 5);
        assert!(document.sections.iter().any(|s| s.id == "multipliers_jobs"));
    }

    #[test]
    fn a_map_that_does_not_fit_is_refused() {
        let fine = open("kr-2023-33");
        let fine = fine.flows(crate::lang::Text::same("test")).expect("flows");
        let to: Vec<Sector> = fine.sectors().iter().take(2).cloned().collect();
        assert!(
            aggregate(fine, &to, &[0; 33]).is_err(),
            "nothing in the second"
        );
        assert!(aggregate(fine, &to, &[0, 1]).is_err());
        assert!(aggregate(fine, &to, &[2; 33]).is_err());
        // Already the widest: no groups.
        let error = aggregate_by_group(fine, fine.sectors()).expect_err("no groups");
        assert!(error.to_string().contains("no group"), "{error}");
    }
}
