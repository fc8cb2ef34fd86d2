//! Cells of another year that are bounded: `block,code,user,least,most`; totals that need not hold exactly.

use super::totals::{Settled, Totals};
use crate::error::{Error, Place, Result};
use crate::lang::{Text, said};
use crate::table::Table;
use crate::table::read::native::Records;
use nalgebra::DMatrix;

/// A cell of the new table that is at least and at most so much.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct BoundedCell {
    pub(super) is_imported: bool,
    pub(super) row: usize,
    /// Among the sectors, then the categories of final demand.
    pub(super) column: usize,
    pub(super) least: Option<f64>,
    pub(super) most: Option<f64>,
}

impl BoundedCell {
    /// Both bounds, where one that is not given is the sign of what was there before.
    pub(super) fn both(&self, before: f64) -> (f64, f64) {
        let least = if before < 0.0 { f64::NEG_INFINITY } else { 0.0 };
        let most = if before > 0.0 { f64::INFINITY } else { 0.0 };
        // A bound beyond the sign takes the other with it.
        let (least, most) = (self.least.unwrap_or(least), self.most.unwrap_or(most));
        (
            if self.least.is_none() {
                least.min(most)
            } else {
                least
            },
            if self.most.is_none() {
                most.max(least)
            } else {
                most
            },
        )
    }
}

/// A total that need not hold exactly.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct LooseTotal {
    pub(super) of: Loose,
    /// The sector, or the category.
    pub(super) at: usize,
    /// As [`Balancing::loose_total`](crate::table::balancing::Balancing::loose_total) has it.
    pub(super) looseness: f64,
}

/// Totals that can be loose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Loose {
    ValueAdded,
    Imports,
    FinalDemand,
}

impl Totals {
    /// The same totals with bounds of cells from a text with the columns `block,code,user,least,most`: `block` is
    /// `domestic_flows` or `imported_flows`, `code` the product, `user` a sector or a category of final demand; a
    /// bound that is left empty is the sign that the cell had.
    ///
    /// ```
    /// use leontief::{AnyTable, Text, table::update::Totals};
    ///
    /// let old = AnyTable::open("kr-2020-33")?;
    /// let old = old.flows(Text::same("old"))?;
    /// let new = AnyTable::open("kr-2023-33")?;
    /// let totals = Totals::of_table(new.flows(Text::same("new"))?, old)?;
    /// // Construction buys at most 20 trillion won of non-metallic products at home.
    /// let bounds = "block,code,user,least,most\ndomestic_flows,08,19,,20000000\n";
    /// let updated = old.updated(&totals.with_bounds("bounds.csv", bounds, old)?)?;
    /// assert_eq!((updated.bounded_cells, updated.at_bounds), (1, 1));
    /// assert!((updated.table.flows().domestic.at(7, 18) - 2e7).abs() < 1e-3);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A line that is none of these, stands twice, is of a cell that is known already or has no bound; bounds that
    /// cross or are no finite numbers.
    pub fn with_bounds(mut self, file: &str, text: &str, table: &Table) -> Result<Self> {
        let columns = ["block", "code", "user", "least", "most"];
        let records = Records::parse(file.to_owned(), text, &columns)?;
        let (sectors, categories) = (table.sectors(), &table.meta().final_demand);
        for (line, fields) in records.rows {
            let fail = |field: &str, message: Text| {
                Error::at(Place::file(file).line(line).field(field), message)
            };
            let [block, code, user, least, most] =
                [0, 1, 2, 3, 4].map(|at| fields.get(at).map_or("", |field| field.trim()));
            let is_imported = match block {
                "domestic_flows" => false,
                "imported_flows" => true,
                _ => {
                    return Err(fail(
                        "block",
                        said!(
                            "'{block}' has no bounds: domestic_flows or imported_flows",
                            "'{block}'에는 상·하한을 줄 수 없습니다: domestic_flows 또는 imported_flows"
                        ),
                    ));
                }
            };
            let row = sectors.position(code).ok_or_else(|| {
                fail(
                    "code",
                    said!(
                        "'{code}' is not a sector code of the table",
                        "'{code}'은(는) 표의 부문 코드가 아닙니다"
                    ),
                )
            })?;
            let category = || categories.iter().position(|c| c.id == user);
            let column =
                (sectors.position(user)).or_else(|| category().map(|at| sectors.len() + at));
            let column = column.ok_or_else(|| {
                fail(
                    "user",
                    said!(
                        "'{user}' is neither a sector nor a category of final demand of the table",
                        "'{user}'은(는) 표의 부문도 최종수요 항목도 아닙니다"
                    ),
                )
            })?;
            let bound = |field: &'static str, value: &str| match value {
                "" => Ok(None),
                value => {
                    let number = value.parse().ok().filter(|v: &f64| v.is_finite());
                    number.map(Some).ok_or_else(|| {
                        fail(
                            field,
                            said!(
                                "'{value}' is not a finite number",
                                "'{value}'은(는) 유한한 수가 아닙니다"
                            ),
                        )
                    })
                }
            };
            let (least, most) = (bound("least", least)?, bound("most", most)?);
            if (least, most) == (None, None) || matches!((least, most), (Some(l), Some(m)) if l > m)
            {
                return Err(fail(
                    "least",
                    said!(
                        "a cell has a least value, a most value or both, and the least is not above the most",
                        "셀에는 하한이나 상한이 있어야 하며, 하한이 상한보다 클 수 없습니다"
                    ),
                ));
            }
            let is_there =
                |imported: bool, i: usize, j: usize| (imported, i, j) == (is_imported, row, column);
            let known = self.cells().iter();
            let known = known.map(|cell| (cell.is_imported, cell.row, cell.column));
            let bounded = self.bounds.iter();
            let bounded = bounded.map(|cell| (cell.is_imported, cell.row, cell.column));
            if known
                .chain(bounded)
                .any(|(imported, i, j)| is_there(imported, i, j))
            {
                return Err(fail(
                    "code",
                    said!(
                        "the cell of '{code}' and '{user}' is known or bounded already",
                        "'{code}'와(과) '{user}'의 셀은 이미 값이나 상·하한이 주어졌습니다"
                    ),
                ));
            }
            self.bounds.push(BoundedCell {
                is_imported,
                row,
                column,
                least,
                most,
            });
        }
        Ok(self)
    }

    /// How loose a total is: 0 where it must hold.
    pub(super) fn looseness(&self, of: Loose, at: usize) -> f64 {
        let mut loose = self.loose.iter();
        let found = loose.find(|total| (total.of, total.at) == (of, at));
        found.map_or(0.0, |total| total.looseness)
    }
}

impl Settled {
    /// Takes loose totals from the cells (a row a product at home and abroad, a column a user); the most that one of them
    /// was moved, as a share of it.
    pub(super) fn moved_to(&mut self, totals: &Totals, cells: &DMatrix<f64>) -> f64 {
        let n = self.output.len();
        let mut most = 0.0_f64;
        for loose in &totals.loose {
            let at = loose.at;
            let now = match loose.of {
                Loose::Imports => cells.row(n + at).sum(),
                Loose::ValueAdded => self.output[at] - cells.column(at).sum(),
                Loose::FinalDemand => cells.column(n + at).sum(),
            };
            let total = match loose.of {
                Loose::Imports => &mut self.imports[at],
                Loose::ValueAdded => &mut self.value_added[at],
                Loose::FinalDemand => &mut self.final_demand[at],
            };
            if *total != 0.0 {
                most = most.max((now / *total - 1.0).abs());
                if loose.of == Loose::Imports {
                    self.import_taxes[at] *= now / *total;
                }
            }
            *total = now;
        }
        most
    }
}
