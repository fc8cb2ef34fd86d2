//! A table of another year, from the totals that are known of it.
//!
//! Domestic and imported flows and final demand are one matrix, balanced together by GRAS
//! ([`balancing`](super::balancing)):
//!
//! ```text
//!             sectors   final demand   in all
//! domestic      Zd          Fd           x        output of each sector
//! imported      Zm          Fm           m        imports of each product, with the taxes on them
//! in all      x - v          y
//! ```
//!
//! Value added v keeps the parts of each sector, accounts their amount per output, where they are not given. Where a
//! part is below zero, or v changes its sign, no factor keeps wages above zero: operating surplus, the balancing item
//! of the accounts (SNA 2008, 7.9), takes what the others at their old amount per output leave.
//! Rows of other inputs, whose totals are not told, take what the columns leave them.

mod bounds;
mod supply_use;
mod totals;

pub use supply_use::{MovedCell, UpdatedSupplyUse, UseBlock};
pub use totals::{Derived, Totals};

use super::balancing::{Balancing, Unbalanced};
use super::meta::{Block, Known};
use super::write::native;
use super::{Flows, Imports, PrimaryInputRole, Status, Table};
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use bounds::Loose;
use nalgebra::{DMatrix, DVector};

/// A table brought to the totals of another year.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Updated {
    /// The table.
    pub table: Table,
    /// Which totals were not given, and how many of each kind.
    pub derived: Vec<(Derived, usize)>,
    /// Cells that were given.
    pub known_cells: usize,
    /// Cells that were given bounds.
    pub bounded_cells: usize,
    /// Those of them that stand at one.
    pub at_bounds: usize,
    /// Totals that need not hold exactly.
    pub loose_totals: usize,
    /// The most that one of them was moved, as a share of what was given.
    pub moved: f64,
    /// Sweeps over all rows and columns.
    pub sweeps: usize,
}

impl Table {
    /// The table of the year of these totals that is nearest to this one.
    ///
    /// ```
    /// use leontief::{AnyTable, Text, table::update::Totals};
    ///
    /// let (old, new) = (AnyTable::open("kr-2020-33")?, AnyTable::open("kr-2023-33")?);
    /// let (old, new) = (old.flows(Text::same("old"))?, new.flows(Text::same("new"))?);
    /// let updated = old.updated(&Totals::of_table(new, old)?)?;
    /// let (made, published) = (updated.table.flows(), new.flows());
    /// let off = (made.domestic.dense() - published.domestic.dense()).abs().sum();
    /// assert!(off / published.domestic.sum() < 0.12); // the structure is that of 2020
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// Totals that contradict each other, named by sector or category; value added of a sector that had none.
    pub fn updated(&self, totals: &Totals) -> Result<Updated> {
        let (n, k) = (self.sectors().len(), self.meta().final_demand.len());
        let (mut settled, derived) = totals.settled(self)?;
        let old = self.flows();
        let q = old.other_inputs.nrows();
        let rows = 2 * n + q;
        let prior = DMatrix::from_fn(rows, n + k, |i, j| match (i, j < n) {
            (i, true) if i < n => old.domestic.at(i, j),
            (i, true) if i < 2 * n => old.imported.at(i - n, j),
            (i, true) => old.other_inputs[(i - 2 * n, j)],
            (i, false) if i < n => old.domestic_final_demand[(i, j - n)],
            (i, false) if i < 2 * n => old.imported_final_demand[(i - n, j - n)],
            (i, false) => old.other_final_demand[(i - 2 * n, j - n)],
        });
        let name = |total: usize| self.total_name(total, totals);
        let named = |why: Unbalanced| why.named(name);
        let mut balancing = Balancing::new(prior.as_slice().to_vec()).map_err(named)?;
        for i in 0..n {
            balancing.total((0..n + k).map(|j| i + j * rows), settled.output[i]);
        }
        for i in 0..n {
            let looseness = totals.looseness(Loose::Imports, i);
            let cells = (0..n + k).map(|j| n + i + j * rows);
            balancing.loose_total(cells, settled.imports[i], looseness);
        }
        for j in 0..n {
            let value_added = settled.value_added[j];
            let inputs = settled.output[j] - value_added;
            // Of inputs, which it is the rest beside.
            let looseness = match inputs == 0.0 {
                true => 0.0,
                false => totals.looseness(Loose::ValueAdded, j) * (value_added / inputs).abs(),
            };
            balancing.loose_total(j * rows..(j + 1) * rows, inputs, looseness);
        }
        for j in 0..k {
            let column = n + j;
            let looseness = totals.looseness(Loose::FinalDemand, j);
            let cells = column * rows..(column + 1) * rows;
            balancing.loose_total(cells, settled.final_demand[j], looseness);
        }
        for (i, value) in &totals.intermediate_demand {
            let both = |j: usize| [i + j * rows, n + i + j * rows];
            balancing.total((0..n).flat_map(both), *value);
        }
        for cell in totals.cells() {
            let row = cell.row + if cell.is_imported { n } else { 0 };
            let at = row + cell.column * rows;
            balancing.fix(at, cell.value).map_err(named)?;
        }
        let cell = |is_imported: bool, row: usize, column: usize| {
            row + if is_imported { n } else { 0 } + column * rows
        };
        let bounds = totals.bounds.iter().map(|of| {
            let at = cell(of.is_imported, of.row, of.column);
            (at, of.both(prior[at]))
        });
        let bounds: Vec<(usize, (f64, f64))> = bounds.collect();
        for (at, (least, most)) in &bounds {
            balancing.bound(*at, *least, *most).map_err(named)?;
        }
        let balanced = balancing.solve().map_err(named)?;
        let at_bounds = bounds.iter().filter(|(at, (least, most))| {
            let value = balanced.cells[*at];
            value == *least || value == *most
        });
        let at_bounds = at_bounds.count();
        let all = balanced.matrix(rows);
        let moved = settled.moved_to(totals, &all);
        let part = |row: usize, of: usize, column: usize, wide: usize| {
            all.view((row, column), (of, wide)).into_owned()
        };
        let imports = old.imports.as_ref().map(|_| Imports {
            cif: &settled.imports - &settled.import_taxes,
            taxes: settled.import_taxes.clone(),
        });
        let flows = Flows {
            domestic: part(0, n, 0, n).into(),
            imported: part(n, n, 0, n).into(),
            domestic_final_demand: part(0, n, n, k),
            imported_final_demand: part(n, n, n, k),
            primary_inputs: self.parts_of(&settled.value_added, &settled.output)?,
            other_inputs: part(2 * n, q, 0, n),
            other_final_demand: part(2 * n, q, n, k),
            output: settled.output,
            imports,
            satellites: settled.accounts,
        };
        let meta = self.meta_updated(totals);
        let table = Table::new(meta, self.sectors().clone(), flows, String::new())?;
        let mut table = table.with_deflators(self.deflators().cloned());
        table.content_hash = native::hash(&table)?;
        Ok(Updated {
            table,
            derived,
            known_cells: totals.cells().len(),
            bounded_cells: bounds.len(),
            at_bounds,
            loose_totals: totals.loose.len(),
            moved,
            sweeps: balanced.sweeps,
        })
    }

    /// The flows in the proportions of this table, which is what one has without balancing: the coefficients
    /// of its sectors and the shares of its categories of final demand, with the totals of each.
    ///
    /// # Errors
    /// As [`Table::updated`].
    pub fn in_proportion(&self, totals: &Totals) -> Result<Flows> {
        let (settled, _) = totals.settled(self)?;
        let old = self.flows();
        let grown = |now: &DVector<f64>, then: &DVector<f64>| {
            now.zip_map(then, |now, then| if then == 0.0 { 0.0 } else { now / then })
        };
        let by_sector = grown(&settled.output, &old.output);
        let demanded: DVector<f64> = (old.domestic_final_demand.row_sum()
            + old.imported_final_demand.row_sum()
            + old.other_final_demand.row_sum())
        .transpose();
        let by_category = grown(&settled.final_demand, &demanded);
        let scaled = |block: &DMatrix<f64>, by: &DVector<f64>| block * DMatrix::from_diagonal(by);
        Ok(Flows {
            domestic: old.domestic.per_column(&by_sector),
            imported: old.imported.per_column(&by_sector),
            domestic_final_demand: scaled(&old.domestic_final_demand, &by_category),
            imported_final_demand: scaled(&old.imported_final_demand, &by_category),
            primary_inputs: scaled(&old.primary_inputs, &by_sector),
            other_inputs: scaled(&old.other_inputs, &by_sector),
            other_final_demand: scaled(&old.other_final_demand, &by_category),
            output: settled.output,
            imports: old.imports.clone(),
            satellites: settled.accounts,
        })
    }

    /// Value added in the parts that each sector had, or with operating surplus as the rest.
    fn parts_of(&self, value_added: &DVector<f64>, output: &DVector<f64>) -> Result<DMatrix<f64>> {
        let old = OldParts {
            parts: self.flows().primary_inputs.clone(),
            roles: self.meta().primary_inputs.iter().map(|p| p.role).collect(),
            output: self.output(),
        };
        old.updated(value_added, output, |j| {
            let sector = self.sectors().get(j);
            said!("{sector}", "{sector}")
        })
    }

    /// What a total of the balancing is of.
    fn total_name(&self, total: usize, totals: &Totals) -> Text {
        let (n, k) = (self.sectors().len(), self.meta().final_demand.len());
        let sector = |at: usize| self.sectors().get(at);
        match total {
            of if of < n => {
                let sector = sector(of);
                said!("the output of {sector}", "{sector}의 총산출")
            }
            of if of < 2 * n => {
                let sector = sector(of - n);
                said!("the imports of {sector}", "{sector}의 수입")
            }
            of if of < 3 * n => {
                let sector = sector(of - 2 * n);
                said!(
                    "the inputs (output less value added) of {sector}",
                    "{sector}의 중간투입(총산출 - 부가가치)"
                )
            }
            of if of < 3 * n + k => {
                let Text { en, ko } = &self.meta().final_demand[of - 3 * n].title;
                said!("final demand: {en}", "최종수요: {ko}")
            }
            of => match totals.intermediate_demand.get(of - 3 * n - k) {
                Some((at, _)) => {
                    let sector = sector(*at);
                    said!(
                        "the intermediate demand for {sector}",
                        "{sector}의 중간수요"
                    )
                }
                None => said!("total {of}", "{of}번째 합계"),
            },
        }
    }

    /// What the table says of itself once it is of another year.
    fn meta_updated(&self, totals: &Totals) -> super::Meta {
        let mut meta = self.meta().clone();
        let (was, now) = (meta.year.to_string(), totals.year().to_string());
        let id = meta.id.clone();
        meta.year = totals.year();
        meta.id = match was != now && meta.id.contains(&was) {
            true => meta.id.replace(&was, &now),
            false => format!("{}-{now}", meta.id),
        };
        meta.title = meta.title.map(|title| title.replace(&was, &now));
        meta.price_basis = meta.price_basis.map(|basis| basis.replace(&was, &now));
        meta.title.en.push_str(" (updated)");
        meta.title.ko.push_str("(갱신)");
        let source = totals.source();
        meta.modifications = said!(
            "Flows of {id} brought to totals of {now} ({source}) by GRAS.",
            "{id}의 거래를 {now}년 합계({source})에 맞추어 GRAS로 갱신함."
        );
        meta.known = Known::default();
        meta.blocks.retain(|block| block.name == "deflators");
        let balanced = || {
            said!(
                "Balanced by GRAS from the table of {was} to the totals of {now}.",
                "{was}년 표를 {now}년 합계에 맞추어 GRAS로 조정함."
            )
        };
        let in_parts = || {
            said!(
                "Totals of {now} in the proportions of {was}, where no more is given.",
                "{now}년 합계에 {was}년 구성비를 적용함(별도로 주어진 값 제외)."
            )
        };
        let blocks = [
            "domestic_flows",
            "imported_flows",
            "domestic_final_demand",
            "imported_final_demand",
        ];
        let block = |name: &str, how: Text| Block {
            name: name.to_owned(),
            status: Status::Estimated,
            how,
        };
        meta.blocks
            .extend(blocks.map(|name| block(name, balanced())));
        let blocks = ["primary_inputs", "imports", "satellites"];
        meta.blocks
            .extend(blocks.map(|name| block(name, in_parts())));
        meta.blocks.push(Block {
            name: "output".to_owned(),
            status: Status::Derived,
            how: said!("As given ({source}).", "주어진 값({source})."),
        });
        meta
    }
}

/// Value added by part (rows) and producer (columns), with what each of them made.
struct OldParts<'a> {
    parts: DMatrix<f64>,
    roles: Vec<PrimaryInputRole>,
    output: &'a DVector<f64>,
}

impl OldParts<'_> {
    fn updated(
        self,
        value_added: &DVector<f64>,
        output: &DVector<f64>,
        name: impl Fn(usize) -> Text,
    ) -> Result<DMatrix<f64>> {
        let (mut parts, old) = (self.parts.clone(), self.parts.row_sum());
        let mut roles = self.roles.iter();
        let surplus = roles.position(|role| *role == PrimaryInputRole::OperatingSurplus);
        for (j, mut column) in parts.column_iter_mut().enumerate() {
            let (was, now) = (old[j], value_added[j]);
            let one_sign = |v: &f64| v * was >= 0.0;
            if was != 0.0 && was * now >= 0.0 && column.iter().all(one_sign) {
                column *= now / was;
                continue;
            }
            let made = self.output[j];
            match surplus {
                Some(rest) if made > 0.0 && column.amax() > 0.0 => {
                    column *= output[j] / made;
                    column[rest] += now - column.sum();
                }
                _ if column.len() == 1 => column[0] = now,
                _ if now == 0.0 => column.fill(0.0),
                _ => {
                    let Text { en, ko } = name(j);
                    return Err(Error::invalid(said!(
                        "value added of sector {en} is to be {now} and was {was} in the old table, from whose parts \
                         that does not follow: give value added of its old sign, or an old table whose parts have \
                         operating surplus among them",
                        "{ko} 부문의 부가가치가 기준 표의 {was}에서 {now}(으)로 바뀌어 항목 구성을 정할 수 없습니다. \
                         부호가 같은 부가가치를 주거나 영업잉여 항목이 있는 기준 표를 쓰십시오"
                    )));
                }
            }
        }
        Ok(parts)
    }
}

#[cfg(test)]
mod tests;
