//! What households, government, investment and exports set off.

use super::provenance::split_in_short;
use crate::analysis::Inducement;
use crate::analysis::inducement::{DemandGroup, Induced, Item};
use crate::lang::Lang;
use crate::report::{Block, Cell, Column, Document, Row, Scale, Table};
use crate::table::{Account, FinalDemandRole};

/// One thing of an item: its production, its value added, ...
type Measure = fn(&Item) -> &Induced;

impl Inducement {
    /// Final demand, then a table each of production, value added, imports and the accounts.
    pub fn document(&self, lang: Lang) -> Document {
        let mut document = Document::new(
            lang.pick(
                "Inducement by item of final demand",
                "최종수요 항목별 유발효과",
            ),
            self.provenance.line(lang),
        );
        document.section(
            "final_demand",
            lang.pick("Final demand", "최종수요"),
            vec![Block::Table(self.demand_table(lang))],
        );
        let measures: [(&str, &str, Measure); 3] = [
            (
                "production",
                lang.pick("Production", "생산유발"),
                |item| &item.production,
            ),
            (
                "value_added",
                lang.pick("Value added", "부가가치유발"),
                |item| &item.value_added,
            ),
            ("imports", lang.pick("Imports", "수입유발"), |item| {
                &item.imports
            }),
        ];
        for (id, title, measure) in measures {
            let table = self.money_table(lang, measure, id == "imports");
            document.section(id, title, vec![Block::Table(table)]);
        }
        for (at, account) in self.accounts.iter().enumerate() {
            let title = match (account.id.as_str(), lang) {
                ("jobs", Lang::Ko) => "취업유발".to_owned(),
                ("employees", Lang::Ko) => "고용유발".to_owned(),
                ("jobs", Lang::En) => "Jobs".to_owned(),
                ("employees", Lang::En) => "Employees".to_owned(),
                _ => account.title.get(lang).to_owned(),
            };
            let table = self.account_table(lang, at, account);
            document.section(&account.id, &title, vec![Block::Table(table)]);
        }
        document.section("notes", "", vec![Block::Notes(self.notes(lang))]);
        document
    }

    fn demand_table(&self, lang: Lang) -> Table {
        let columns = vec![
            item_column(lang),
            self.money_column("domestic", lang.pick("Domestic products", "국산"), lang),
            self.money_column("imported", lang.pick("Imported products", "수입"), lang),
        ];
        self.grid(lang, columns, |item| {
            vec![
                self.money(item.domestic_demand, lang),
                self.money(item.imported_demand, lang),
            ]
        })
    }

    fn money_table(&self, lang: Lang, measure: Measure, imports: bool) -> Table {
        let per_unit = self.provenance.ratio_unit(lang);
        let mut columns = vec![
            item_column(lang),
            self.money_column("value", value_title(lang), lang)
                .with_bar(),
            coefficient_column(lang, &per_unit, 3),
            dependence_column(lang),
        ];
        if imports {
            columns.push(self.money_column(
                "final_imports",
                lang.pick(
                    "Imported final products (not induced)",
                    "최종재 직접수입(유발 제외)",
                ),
                lang,
            ));
        }
        self.grid(lang, columns, |item| {
            let induced = measure(item);
            let mut cells = vec![
                self.money(induced.value, lang),
                optional(induced.coefficient),
                optional(induced.dependence.map(|share| 100.0 * share)),
            ];
            if imports {
                cells.push(self.money(item.imported_demand, lang));
            }
            cells
        })
    }

    fn account_table(&self, lang: Lang, at: usize, account: &Account) -> Table {
        let columns = vec![
            item_column(lang),
            Column::number("value", value_title(lang), account.unit.get(lang), 0)
                .additive()
                .with_bar(),
            coefficient_column(lang, &self.provenance.per_billion(account, lang), 1),
            dependence_column(lang),
        ];
        self.grid(lang, columns, |item| {
            let induced = &item.accounts[at];
            vec![
                induced.value.into(),
                optional(induced.coefficient),
                optional(induced.dependence.map(|share| 100.0 * share)),
            ]
        })
    }

    fn grid(
        &self,
        lang: Lang,
        columns: Vec<Column>,
        numbers: impl Fn(&Item) -> Vec<Cell>,
    ) -> Table {
        let row = |item: &Item| {
            let title = match item.group {
                Some(group) => group_title(group, lang),
                None => item_title(item.role, lang),
            };
            let mut cells = vec![Cell::from(title)];
            cells.extend(numbers(item));
            match (item.role, item.group) {
                (None, None) => Row::total(cells),
                _ => Row::new(cells),
            }
        };
        Table {
            columns,
            rows: self.rows().map(row).collect(),
        }
    }

    /// How all amounts are shown: fit for the production that all items induce.
    fn scale(&self, lang: Lang) -> Scale<'_> {
        let production = self.total.production.value * self.provenance.unit / 1e6;
        Scale::new(lang, &self.provenance.currency, [production])
    }

    fn money_column(&self, id: &str, title: &str, lang: Lang) -> Column {
        self.scale(lang).column(id, title).additive()
    }

    fn money(&self, value: f64, lang: Lang) -> Cell {
        let millions = value * self.provenance.unit / 1e6;
        self.scale(lang).money(millions).into()
    }

    /// What a reader must know: the table, its source, the definitions, the estimates.
    pub fn notes(&self, lang: Lang) -> Vec<String> {
        let mut notes = vec![
            self.provenance.line(lang),
            self.provenance.attribution.get(lang).to_owned(),
            lang.pick(
                "Coefficient: value over the item's final demand for domestic products. Dependence: \
                 the item's share of all items.",
                "유발계수: 유발액을 해당 항목의 국산 최종수요로 나눈 값. 유발의존도: 전체 유발액 중 \
                 해당 항목의 비중.",
            )
            .to_owned(),
            lang.pick(
                "Induced imports are imported inputs of domestic production; what an item imports \
                 itself stands apart.",
                "수입유발은 국내 생산에 투입된 수입품이며, 최종수요가 직접 수입한 품목은 따로 표시함.",
            )
            .to_owned(),
        ];
        let all = lang.pick("all tables", "모든 표").to_owned();
        let jobs = lang.pick("jobs", "취업유발").to_owned();
        let blocks = vec![
            "domestic_flows",
            "imported_flows",
            "domestic_final_demand",
            "imported_final_demand",
        ];
        let employees = lang.pick("employees", "고용유발").to_owned();
        let columns = [
            (all, blocks),
            (jobs, vec!["satellites"]),
            (employees, vec!["satellites.employees"]),
        ];
        notes.extend(self.provenance.estimates(lang, &columns));
        notes.extend(split_in_short([&self.provenance.split_error], lang));
        notes
    }
}

/// The name of an item of final demand; `None` is the total.
pub(super) fn item_title(role: Option<FinalDemandRole>, lang: Lang) -> &'static str {
    match role {
        Some(FinalDemandRole::Household) => lang.pick("Household consumption", "민간소비"),
        Some(FinalDemandRole::Government) => lang.pick("Government consumption", "정부소비"),
        Some(FinalDemandRole::FixedCapital) => lang.pick("Fixed capital formation", "고정자본형성"),
        Some(FinalDemandRole::Inventories) => {
            lang.pick("Inventories and valuables", "재고증감·귀중품")
        }
        Some(FinalDemandRole::Exports) => lang.pick("Exports", "수출"),
        None => lang.pick("Total", "합계"),
    }
}

/// The name of one of the three items, with what it is the sum of.
fn group_title(group: DemandGroup, lang: Lang) -> &'static str {
    match group {
        DemandGroup::Consumption => lang.pick(
            "Consumption (households, government)",
            "소비(민간소비+정부소비)",
        ),
        DemandGroup::Investment => lang.pick(
            "Investment (fixed capital, inventories)",
            "투자(고정자본+재고·귀중품)",
        ),
        DemandGroup::Exports => lang.pick("Exports", "수출"),
    }
}

fn item_column(lang: Lang) -> Column {
    Column::text("item", lang.pick("Item", "항목"))
}

fn value_title(lang: Lang) -> &'static str {
    lang.pick("Value", "유발액")
}

fn coefficient_column(lang: Lang, unit: &str, decimals: u8) -> Column {
    let title = lang.pick("Coefficient", "유발계수");
    Column::number("coefficient", title, unit, decimals)
}

fn dependence_column(lang: Lang) -> Column {
    let title = lang.pick("Dependence", "유발의존도");
    Column::number("dependence", title, "%", 1).additive()
}

fn optional(value: Option<f64>) -> Cell {
    value.map_or(Cell::Empty, Cell::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::AnyTable;

    #[test]
    fn the_document_adds_up_as_shown() {
        let table = AnyTable::open("kr-2023-33").expect("built in");
        let table = table.flows(crate::lang::Text::same("test")).expect("flows");
        let all = Inducement::of(table).expect("inducement");
        let document = all.document(Lang::Ko);
        let ids: Vec<&str> = document.sections.iter().map(|s| s.id.as_str()).collect();
        let expected = [
            "final_demand",
            "production",
            "value_added",
            "imports",
            "jobs",
            "employees",
            "ghg",
            "notes",
        ];
        assert_eq!(ids, expected);
        let Block::Table(jobs) = &document.sections[4].blocks[0] else {
            panic!("a table");
        };
        let shown: Vec<f64> = jobs
            .shown()
            .iter()
            .map(|row| row[1].replace(',', "").parse().expect("a number"))
            .collect();
        assert_eq!(shown[..5].iter().sum::<f64>(), shown[5]);
        // 25.99 million in work, BOK 2023.
        assert!((shown[5] / 1e6 - 25.99).abs() < 0.005, "{}", shown[5]);
        let titles: Vec<&str> = jobs.columns.iter().map(|c| c.title.as_str()).collect();
        assert_eq!(titles, ["항목", "유발액", "유발계수", "유발의존도"]);
    }
}
