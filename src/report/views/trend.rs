//! What changed between years, and why.

use super::provenance::{account_title, sector_cells, sector_columns, split_in_short};
use crate::analysis::Trend;
use crate::analysis::trend::{ConstantPrices, Step};
use crate::lang::Lang;
use crate::report::{Block, Cell, Column, Document, Row, Table};
use crate::table::Account;

impl Trend {
    /// A table of multipliers for each measure, a column a year; then the change of each step.
    pub fn document(&self, lang: Lang) -> Document {
        let years: Vec<String> = self
            .years
            .iter()
            .map(|m| m.provenance.year.to_string())
            .collect();
        let mut document = Document::new(
            lang.pick("Multipliers over the years", "유발계수의 추이"),
            years.join(", "),
        );
        let per_unit = self.years[0].provenance.ratio_unit(lang);
        let measures = [
            ("output", lang.pick("Output", "생산유발계수")),
            ("value_added", lang.pick("Value added", "부가가치유발계수")),
            ("imports", lang.pick("Imports", "수입유발계수")),
        ];
        for (id, title) in measures {
            let table = self.side_by_side(lang, id, &per_unit, 3);
            document.section(id, title, vec![Block::Table(table)]);
        }
        if let Some(account) = &self.account {
            let unit = self.years[0].provenance.per_billion(account, lang);
            let title = account_title(account, lang);
            let table = self.side_by_side(lang, &account.id, &unit, 1);
            document.section(&account.id, &title, vec![Block::Table(table)]);
            for step in &self.steps {
                let id = format!("change_{}_{}", step.from, step.to);
                let title = step.title(&title, lang);
                let table = Block::Table(step.table(lang, &unit));
                document.section(&id, &title, vec![table]);
            }
        }
        for account in self.other_accounts() {
            let unit = self.years[0].provenance.per_billion(account, lang);
            let table = self.side_by_side(lang, &account.id, &unit, 1);
            let title = account_title(account, lang);
            document.section(&account.id, &title, vec![Block::Table(table)]);
        }
        if let Some(constant) = &self.constant {
            self.constant_sections(constant, &mut document, lang);
        }
        document.section("notes", "", vec![Block::Notes(self.notes(lang))]);
        document
    }

    /// Output, accounts and the changes of the one that is split, in the prices of one year.
    fn constant_sections(&self, constant: &ConstantPrices, document: &mut Document, lang: Lang) {
        let base = constant.base;
        let first = &self.years[0].provenance;
        let at_prices = |title: &str| {
            lang.pick(
                format!("{title}, in prices of {base}"),
                format!("{title}({base}년 불변가격)"),
            )
        };
        let output: Vec<Option<&[f64]>> = constant
            .years
            .iter()
            .map(|year| Some(year.output.as_slice()))
            .collect();
        let title = at_prices(lang.pick("Output", "생산유발계수"));
        let table = self.columns_of_years(lang, "output", &first.ratio_unit(lang), 3, &output);
        let id = format!("output_prices_{base}");
        document.section(&id, &title, vec![Block::Table(table)]);
        for account in self.account.iter().chain(self.other_accounts()) {
            let by_year: Vec<Option<&[f64]>> = self
                .years
                .iter()
                .zip(&constant.years)
                .map(|(year, values)| {
                    let at = year.accounts.iter().position(|of| of.id == account.id)?;
                    Some(values.accounts.get(at)?.as_slice())
                })
                .collect();
            let unit = first.per_billion(account, lang);
            let table = self.columns_of_years(lang, &account.id, &unit, 1, &by_year);
            let title = account_title(account, lang);
            let id = format!("{}_prices_{base}", account.id);
            document.section(&id, &at_prices(&title), vec![Block::Table(table)]);
            if self.account.as_ref() == Some(account) {
                for step in &constant.steps {
                    let id = format!("change_{}_{}_prices_{base}", step.from, step.to);
                    let title = at_prices(&step.title(&title, lang));
                    document.section(&id, &title, vec![Block::Table(step.table(lang, &unit))]);
                }
            }
        }
    }

    /// The accounts of any year but the one whose change is split; a year without one has empty cells.
    fn other_accounts(&self) -> Vec<&Account> {
        let mut others: Vec<&Account> = Vec::new();
        for account in self.years.iter().flat_map(|year| &year.accounts) {
            let split = self.account.iter().any(|of| of.id == account.id);
            if !split && !others.iter().any(|of| of.id == account.id) {
                others.push(account);
            }
        }
        others
    }

    fn side_by_side(&self, lang: Lang, measure: &str, unit: &str, decimals: u8) -> Table {
        let by_year: Vec<Option<Vec<f64>>> = self.years.iter().map(|m| m.column(measure)).collect();
        let by_year: Vec<Option<&[f64]>> = by_year.iter().map(Option::as_deref).collect();
        self.columns_of_years(lang, measure, unit, decimals, &by_year)
    }

    /// The values of each year by sector, a column a year.
    fn columns_of_years(
        &self,
        lang: Lang,
        measure: &str,
        unit: &str,
        decimals: u8,
        by_year: &[Option<&[f64]>],
    ) -> Table {
        let mut columns = sector_columns(lang);
        columns.extend(self.years.iter().map(|m| {
            let year = m.provenance.year.to_string();
            Column::number(&format!("{measure}_{year}"), &year, unit, decimals)
        }));
        let rows = self.years[0]
            .sectors
            .iter()
            .enumerate()
            .map(|(at, s)| {
                let mut cells = sector_cells(&s.sector, lang);
                let values = by_year.iter().map(|values| values.map(|values| values[at]));
                cells.extend(values.map(|value| value.map_or(Cell::Empty, Cell::from)));
                Row::new(cells)
            })
            .collect();
        Table { columns, rows }
    }

    /// What a reader must know: the tables, their sources, prices, the method.
    pub fn notes(&self, lang: Lang) -> Vec<String> {
        let mut notes: Vec<String> = self.years.iter().map(|m| m.provenance.line(lang)).collect();
        let mut sources: Vec<String> = self
            .years
            .iter()
            .map(|m| m.provenance.attribution.get(lang).to_owned())
            .collect();
        sources.dedup();
        notes.extend(sources);
        let errors = self.years.iter().map(|m| &m.provenance.split_error);
        notes.extend(split_in_short(errors, lang));
        notes.push(
            lang.pick(
                "Type I. Each table is at the prices of its own year: what labour coefficients \
                 explain holds the rise of prices as well.",
                "1형 승수. 각 표는 해당 연도의 경상가격 기준이므로 취업계수 요인에는 물가 변동이 \
                 포함됨.",
            )
            .to_owned(),
        );
        if let Some(ConstantPrices { base, .. }) = self.constant {
            notes.push(lang.pick(
                format!(
                    "In prices of {base}: each flow is divided by the output deflator of the sector that makes \
                     the product, each output by its own, before inverting; persons and quantities stay as \
                     they are. Tables have no import prices: imported inputs are divided by the deflator of \
                     the domestic product, which shifts between structure and imports what import prices \
                     did otherwise (crude oil). So value added and imports are given at current prices alone."
                ),
                format!(
                    "{base}년 불변가격: 거래액은 공급 부문의 산출 디플레이터로, 총산출은 해당 부문의 산출 \
                     디플레이터로 나눈 뒤 역행렬을 구함. 취업자 등 물량은 그대로 둠. 수입품 디플레이터가 없어 \
                     수입투입은 같은 부문 국산품의 디플레이터를 적용하였으므로, 수입가격이 국산품과 달리 움직인 \
                     부분(원유 등)은 투입구조와 수입투입 요인에 서로 반대 부호로 나타남. 부가가치와 수입 \
                     유발계수는 경상가격으로만 제시함."
                ),
            ));
        }
        if !self.steps.is_empty() {
            notes.push(
                lang.pick(
                    "The change is split exactly (structural decomposition, mean of both forms): \
                     labour coefficients, inputs in all (structure), share of inputs from abroad \
                     (imports).",
                    "변화분은 구조분해(양방향 평균)로 취업계수, 투입구조, 수입투입 요인에 남김없이 \
                     나누어짐.",
                )
                .to_owned(),
            );
        }
        notes
    }
}

impl Step {
    fn title(&self, account: &str, lang: Lang) -> String {
        let (from, to) = (self.from, self.to);
        lang.pick(
            format!("{account}: change {from} to {to}"),
            format!("{account}의 변화, {from}~{to}년"),
        )
    }

    fn table(&self, lang: Lang, unit: &str) -> Table {
        let mut columns = sector_columns(lang);
        let numbers = [
            ("before", self.from.to_string()),
            ("after", self.to.to_string()),
            ("change", lang.pick("Change", "변화").to_owned()),
            (
                "labour",
                lang.pick("Labour coefficients", "취업계수").to_owned(),
            ),
            (
                "structure",
                lang.pick("Input structure", "투입구조").to_owned(),
            ),
            ("imports", lang.pick("Imports", "수입투입").to_owned()),
        ];
        columns.extend(
            numbers
                .iter()
                .map(|(id, title)| Column::number(id, title, unit, 2)),
        );
        let rows = self
            .changes
            .iter()
            .map(|change| {
                let mut cells = sector_cells(&change.sector, lang);
                let values = [
                    change.before,
                    change.after,
                    change.after - change.before,
                    change.labour,
                    change.structure,
                    change.imports,
                ];
                cells.extend(values.map(Cell::from));
                Row::new(cells)
            })
            .collect();
        Table { columns, rows }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::AnyTable;

    #[test]
    fn the_document_has_a_table_a_measure_and_a_step() {
        let open = |id: &str| AnyTable::open(id).expect("built in");
        let tables = ["kr-2023-33", "kr-2020-33", "kr-2022-33"].map(open);
        let trend = Trend::of(&tables.each_ref()).expect("three years");
        let document = trend.document(Lang::Ko);
        let ids: Vec<&str> = document.sections.iter().map(|s| s.id.as_str()).collect();
        assert_eq!(
            ids,
            [
                "output",
                "value_added",
                "imports",
                "jobs",
                "change_2020_2022",
                "change_2022_2023",
                "change_2020_2023",
                "employees",
                "ghg",
                "output_prices_2020",
                "jobs_prices_2020",
                "change_2020_2022_prices_2020",
                "change_2022_2023_prices_2020",
                "change_2020_2023_prices_2020",
                "employees_prices_2020",
                "ghg_prices_2020",
                "notes"
            ]
        );
        for section in &document.sections[..document.sections.len() - 1] {
            let Block::Table(table) = &section.blocks[0] else {
                panic!("a table");
            };
            assert_eq!(table.rows.len(), 33);
            let full = |row: &Row| row.cells.len() == table.columns.len();
            assert!(table.rows.iter().all(full), "{}", section.id);
        }
        let text = serde_json::to_string(&trend).expect("JSON");
        assert_eq!(serde_json::from_str::<Trend>(&text).expect("read"), trend);
    }
}
