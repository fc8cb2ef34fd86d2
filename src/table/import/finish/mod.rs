//! A draft becomes a table: what is lacking is derived and said.

mod description;
mod inducement;
mod origins;
mod published;
mod split;

use super::draft::{Counted, Draft, Origins, Part};
use super::{Import, Options};
use crate::error::{Error, Remedy, Result};
use crate::lang::{Text, said};
use crate::table::builder::columns;
use crate::table::meta::{Block, Status};
use crate::table::write::native;
use crate::table::{
    AnyTable, CoefficientTable, Coefficients, Flows, Imports, Kind, PrimaryInputRole, Table,
};
use nalgebra::{DMatrix, DVector};

impl Draft {
    /// The table, with all that had to be derived for it.
    ///
    /// # Errors
    /// What is lacking and cannot be derived; parts that contradict each other; figures that do not add up.
    pub(crate) fn finish(mut self, options: &Options) -> Result<Import> {
        if self.sectors.is_empty() {
            let files = self.names();
            return Err(Error::invalid(said!(
                "{files}: no sectors were found",
                "{files}: 부문을 찾을 수 없습니다"
            )));
        }
        let year = options.year.or(self.year);
        let Some(year) = year else {
            let files = self.names();
            let year = Remedy::Year.text().en;
            return Err(Error::invalid(said!(
                "{files}: the year is not in the files: give it {year}",
                "{files}: 파일에 연도가 없습니다. 연도를 지정하십시오 {year}"
            )));
        };
        self.year = Some(year);
        if options.currency.is_some() {
            self.currency.clone_from(&options.currency);
        }
        if options.unit.is_some() {
            self.unit = options.unit;
        }
        let factor = self.unit.unwrap_or(1e6) / 1e6;
        if !(factor > 0.0 && factor.is_finite()) {
            return Err(Error::invalid(said!(
                "the unit of money must be above 0, as in 1000000 for millions",
                "금액 단위는 0보다 커야 합니다. 예: 백만은 1000000"
            )));
        }
        if options.residual_value_added {
            self.primary_inputs.clear();
            self.value_added = None;
            self.said.push(said!(
                "Value added is what output leaves after all inputs",
                "부가가치는 총산출에서 중간투입을 뺀 나머지임"
            ));
        }
        let mut blocks = Blocks::default();
        self.complete(&mut blocks)?;
        self.scale_money(factor);
        self.unit = Some(1e6);
        self.accounts_of(year);
        let has_flows = self.flows.total.is_some() || self.flows.domestic.is_some();
        let table = if has_flows {
            self.flows_table(options, &mut blocks)?
        } else {
            self.coefficient_table(options, &mut blocks)?
        };
        Ok(Import {
            table,
            said: self.said,
            left_out: self.left_out,
            sheets: self.from,
        })
    }

    /// Keeps what was counted in the year of the table, or in no year that is said.
    fn accounts_of(&mut self, year: i32) {
        let (kept, other): (Vec<_>, Vec<_>) = std::mem::take(&mut self.accounts)
            .into_iter()
            .partition(|c| c.year.is_none_or(|y| y == year));
        self.accounts = kept;
        for counted in other {
            let (of, sum) = (counted.year.unwrap_or(year), counted.values.sum());
            let Text { en, ko } = counted.account.title;
            let (unit_en, unit_ko) = (counted.account.unit.en, counted.account.unit.ko);
            self.said.push(said!(
                "{en} of {of} are left out ({sum:.0} {unit_en}): the table is of {year}",
                "{of}년 {ko}({sum:.0}{unit_ko})는 {year}년 표이므로 제외함"
            ));
        }
    }

    fn flows_table(&mut self, options: &Options, blocks: &mut Blocks) -> Result<AnyTable> {
        let n = self.sectors.len();
        self.output_and_value_added(blocks)?;
        self.split_by_imports(blocks)?;
        let (Some(domestic), Some(imported)) =
            (self.flows.domestic.take(), self.flows.imported.take())
        else {
            return Err(self.lacking(said!(
                "table of domestic or imported flows",
                "국산거래표 또는 수입거래표"
            )));
        };
        let mut demand = Vec::new();
        for category in &mut self.final_demand {
            let Origins {
                domestic, imported, ..
            } = std::mem::take(&mut category.demand);
            demand.push((
                domestic.unwrap_or_else(|| DVector::zeros(n)),
                imported.unwrap_or_else(|| DVector::zeros(n)),
            ));
        }
        let Some(output) = self.output.take() else {
            return Err(self.lacking(said!("output", "총산출")));
        };
        let imports = match (self.imports_cif.take(), self.import_taxes.take()) {
            (Some(cif), taxes) => Some(Imports {
                taxes: taxes.unwrap_or_else(|| DVector::zeros(n)),
                cif,
            }),
            (None, _) => None,
        };
        blocks.published("domestic_flows");
        blocks.published("imported_flows");
        blocks.published("domestic_final_demand");
        blocks.published("imported_final_demand");
        blocks.published("primary_inputs");
        blocks.published("output");
        if !self.other_inputs.is_empty() {
            blocks.published("other_inputs");
            blocks.published("other_final_demand");
        }
        if imports.is_some() {
            blocks.published("imports");
        }
        if !self.accounts.is_empty() {
            blocks.published("satellites");
        }
        let parts: Vec<_> = (self.primary_inputs.iter())
            .map(|p| p.values.transpose())
            .collect();
        let (domestic_demand, imported_demand): (Vec<_>, Vec<_>) = demand.into_iter().unzip();
        let flows = Flows {
            domestic: domestic.into(),
            imported: imported.into(),
            domestic_final_demand: columns(n, &domestic_demand),
            imported_final_demand: columns(n, &imported_demand),
            primary_inputs: match parts.as_slice() {
                [] => DMatrix::zeros(0, n),
                parts => DMatrix::from_rows(parts),
            },
            other_inputs: match self.other_inputs.as_slice() {
                [] => DMatrix::zeros(0, n),
                rows => {
                    let rows: Vec<_> = rows.iter().map(|row| row.values.transpose()).collect();
                    DMatrix::from_rows(&rows)
                }
            },
            other_final_demand: self.other_demand(),
            output,
            imports,
            satellites: self.accounts.iter().map(|c| c.values.clone()).collect(),
        };
        self.compare(&flows);
        let (meta, sectors) = self.description(Kind::Flows, options, blocks)?;
        let mut table = match options.unbalanced {
            true => Table::of_blocks(meta, sectors, flows, String::new())?,
            false => Table::new(meta, sectors, flows, String::new())?,
        };
        table.content_hash = native::hash(&table)?;
        Ok(AnyTable::from(table))
    }

    /// What categories of final demand buy of which the product is not told, q x k.
    fn other_demand(&self) -> DMatrix<f64> {
        let (rows, categories) = (&self.other_inputs, &self.final_demand);
        DMatrix::from_fn(rows.len(), categories.len(), |row, column| {
            let of_category = |(id, _): &&(String, f64)| *id == categories[column].id;
            let bought = rows[row].demand.iter().filter(of_category);
            bought.map(|(_, value)| value).sum()
        })
    }

    /// A table of coefficients: as they are given, or from what is induced.
    fn coefficient_table(&mut self, options: &Options, blocks: &mut Blocks) -> Result<AnyTable> {
        let n = self.sectors.len();
        let (domestic, imported, accounts) = self.coefficients(blocks)?;
        let inputs = (domestic.row_sum() + imported.row_sum()).transpose();
        let value_added = match self.per_unit.value_added.take() {
            Some(given) => {
                blocks.published("value_added_coefficients");
                given
            }
            None => {
                blocks.derived(
                    "value_added_coefficients",
                    said!(
                        "What is left of 1 after all inputs.",
                        "1에서 중간투입계수를 뺀 나머지."
                    ),
                );
                inputs.map(|inputs| 1.0 - inputs)
            }
        };
        let mut per_unit = Vec::new();
        for (account, per_billion) in accounts {
            self.accounts.push(Counted {
                account,
                year: None,
                values: DVector::zeros(n),
            });
            per_unit.push(per_billion * 1e-3);
        }
        let output = self.output.take();
        // What needs flows has no place in it.
        self.final_demand.clear();
        self.primary_inputs.clear();
        self.other_inputs.clear();
        let (meta, sectors) = self.description(Kind::Coefficients, options, blocks)?;
        let coefficients =
            Coefficients::new(meta, sectors, domestic, imported, value_added, per_unit)?;
        let mut table = CoefficientTable::new(coefficients, String::new()).with_output(output)?;
        table.content_hash = native::hash_of_coefficients(&table)?;
        Ok(AnyTable::from(table))
    }

    /// Output and the parts of value added, where they are not given.
    fn output_and_value_added(&mut self, blocks: &mut Blocks) -> Result<()> {
        let n = self.sectors.len();
        let total = self.flows.summed(|flows| flows.row_sum().transpose());
        let others = self.other_inputs.iter().map(|row| &row.values);
        let others = others.fold(DVector::zeros(n), |sum, row| sum + row);
        let inputs = total.map(|total| total + others);
        let parts = self.primary_inputs.iter().map(|p| &p.values);
        let parts = parts.cloned().reduce(|sum, part| sum + part);
        let value_added = parts.or_else(|| self.value_added.clone());
        if self.output.is_none() {
            let sold = self.flows.domestic.as_ref().map(|domestic| {
                let demand = self.final_demand.iter();
                let demand = demand.filter_map(|c| c.demand.domestic.as_ref());
                demand.fold(domestic.column_sum(), |sum, column| sum + column)
            });
            let made = inputs.as_ref().zip(value_added.as_ref());
            let (output, how) = match (sold, made) {
                (_, Some((inputs, value_added))) => (
                    inputs + value_added,
                    said!(
                        "Inputs and value added in all.",
                        "중간투입과 부가가치의 합."
                    ),
                ),
                (Some(sold), None) => {
                    (sold, said!("Domestic sales in all.", "국산품 판매액의 합."))
                }
                (None, None) => return Err(self.lacking(said!("output", "총산출"))),
            };
            let Text { en, ko } = &how;
            self.said
                .push(said!("Output is derived: {en}", "총산출은 유도치임: {ko}"));
            blocks.derived("output", how);
            self.output = Some(output);
        }
        if self.primary_inputs.is_empty() {
            let (Some(inputs), Some(output)) = (inputs, self.output.as_ref()) else {
                return Err(self.lacking(said!("value added", "부가가치")));
            };
            let values = value_added.unwrap_or_else(|| output - inputs);
            blocks.derived(
                "primary_inputs",
                said!(
                    "Value added in one row, under operating surplus: its parts are not in the files.",
                    "파일에 부가가치 항목 구분이 없어 전액을 영업잉여 한 행으로 수록함."
                ),
            );
            self.said.push(said!(
                "Value added ({sum:.0} million) has no parts in the files and stands in one row, as operating \
                 surplus: households cannot be closed in",
                "파일에 부가가치 항목 구분이 없어 전액({sum:.0}백만)을 영업잉여 한 행으로 수록함. 가계 내생화는 할 수 없음",
                sum = values.sum()
            ));
            self.primary_inputs.push(Part {
                id: "value_added".to_owned(),
                title: said!("Value added", "부가가치"),
                role: PrimaryInputRole::OperatingSurplus,
                values,
            });
        }
        debug_assert!(self.output.as_ref().is_none_or(|x| x.len() == n));
        Ok(())
    }

    fn lacking(&self, what: Text) -> Error {
        let (files, en, ko) = (self.names(), what.en, what.ko);
        Error::invalid(said!(
            "{files}: there is no {en}, nor does it follow from what is there: add the file that holds it \
             (docs/import.md)",
            "{files}: {ko}이(가) 없고 다른 자료에서 유도할 수도 없습니다. 해당 파일을 함께 지정하십시오(docs/import.md)"
        ))
    }
}

/// Where the blocks of the table come from.
#[derive(Default)]
struct Blocks(Vec<Block>);

impl Blocks {
    fn add(&mut self, name: &str, status: Status, how: Text) {
        if !self.0.iter().any(|block| block.name == name) {
            let name = name.to_owned();
            self.0.push(Block { name, status, how });
        }
    }

    /// As in the files, unless something else was said before.
    fn published(&mut self, name: &str) {
        let how = said!("As in the files.", "파일의 값 그대로.");
        self.add(name, Status::Published, how);
    }

    fn derived(&mut self, name: &str, how: Text) {
        self.add(name, Status::Derived, how);
    }

    fn estimated(&mut self, name: &str, how: Text) {
        self.add(name, Status::Estimated, how);
    }
}
