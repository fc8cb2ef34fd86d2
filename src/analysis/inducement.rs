//! What each item of final demand sets off (최종수요 항목별 유발): the set that BOK prints.
//!
//! For an item with domestic final demand f (n): production L f, value added v^ L f, imports Am L f
//! and accounts e^ L f. Each as a *value* (유발액), as a *coefficient* (유발계수: the value over the
//! item's domestic final demand) and as a *dependence* (유발의존도: the item's share of all items).
//! Products that the item buys from abroad itself (Fm) set nothing off at home; they are stated
//! beside the induced imports and never mixed with them.

use super::provenance::Provenance;
use crate::error::Result;
use crate::lang::Lang;
use crate::model::Model;
use crate::report::{Block, Cell, Column, Document, Row, Scale, Table as Grid};
use crate::table::{Account, FinalDemandRole, Sector, Table};
use nalgebra::DVector;
use serde::{Deserialize, Serialize};

/// What every item of final demand sets off.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Inducement {
    /// The table.
    pub provenance: Provenance,
    /// The sectors of [`Induced::by_sector`].
    pub sectors: Vec<Sector>,
    /// The satellite accounts, in the order of [`Item::accounts`].
    pub accounts: Vec<Account>,
    /// The items that the table has, in the order of [`ROLES`].
    pub items: Vec<Item>,
    /// All of them together.
    pub total: Item,
}

/// The items in the order of print.
pub const ROLES: [FinalDemandRole; 5] = [
    FinalDemandRole::Household,
    FinalDemandRole::Government,
    FinalDemandRole::FixedCapital,
    FinalDemandRole::Inventories,
    FinalDemandRole::Exports,
];

/// What one item of final demand sets off. Money in the table's unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Item {
    /// The item; `None` for the total.
    pub role: Option<FinalDemandRole>,
    /// Its demand for domestic products, over which coefficients are taken.
    pub domestic_demand: f64,
    /// Its own purchases of imported products: not part of the induced imports.
    pub imported_demand: f64,
    /// Output, by producing sector.
    pub production: Induced,
    /// Value added, by producing sector.
    pub value_added: Induced,
    /// Imported inputs, by imported product.
    pub imports: Induced,
    /// Satellite accounts by sector, in the account's own unit; coefficients per billion of the
    /// currency.
    pub accounts: Vec<Induced>,
}

/// One thing that an item sets off.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Induced {
    /// In all (유발액).
    pub value: f64,
    /// Over the item's domestic final demand (유발계수); `None` where there is none.
    pub coefficient: Option<f64>,
    /// Share of all items (유발의존도); the shares add up to 1. `None` where nothing is induced.
    pub dependence: Option<f64>,
    /// The value by sector, n.
    pub by_sector: Vec<f64>,
}

/// One thing of an item: its production, its value added, ...
type Measure = fn(&Item) -> &Induced;

impl Inducement {
    /// What the items of a table set off, by the domestic inverse.
    ///
    /// ```
    /// use leontief::analysis::Inducement;
    /// let table = leontief::AnyTable::open("kr-2023-33")?;
    /// let all = Inducement::of(table.flows(leontief::Text::same("inducement by item"))?)?;
    /// // BOK, 2023: 1.827 of output and .752 of value added per won of final demand.
    /// assert!((all.total.production.coefficient.unwrap() - 1.8269).abs() < 5e-5);
    /// assert!((all.total.value_added.coefficient.unwrap() - 0.7524).abs() < 5e-5);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A table that is not productive.
    pub fn of(table: &Table) -> Result<Self> {
        let model = Model::from_coefficients(table.coefficients())?;
        let provenance = Provenance::of(table.meta());
        let total = item(
            &model,
            &provenance,
            None,
            &table.domestic_final_demand_total(),
            table.flows().imported_final_demand.sum(),
        );
        let there = |role: &FinalDemandRole| {
            let categories = &table.meta().final_demand;
            categories.iter().any(|category| category.role == *role)
        };
        let items = ROLES
            .into_iter()
            .filter(there)
            .map(|role| {
                let demand = table.domestic_demand_for(role);
                let imported = table.imported_demand_for(role).sum();
                let item = item(&model, &provenance, Some(role), &demand, imported);
                with_dependence(item, &total)
            })
            .collect();
        Ok(Inducement {
            sectors: table.sectors().iter().cloned().collect(),
            accounts: table.meta().accounts.clone(),
            items,
            total: with_dependence(total.clone(), &total),
            provenance,
        })
    }

    /// The items, then the total.
    pub fn rows(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().chain([&self.total])
    }

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

    fn demand_table(&self, lang: Lang) -> Grid {
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

    fn money_table(&self, lang: Lang, measure: Measure, imports: bool) -> Grid {
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

    fn account_table(&self, lang: Lang, at: usize, account: &Account) -> Grid {
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

    fn grid(&self, lang: Lang, columns: Vec<Column>, numbers: impl Fn(&Item) -> Vec<Cell>) -> Grid {
        let row = |item: &Item| {
            let mut cells = vec![Cell::from(item_title(item.role, lang))];
            cells.extend(numbers(item));
            match item.role {
                Some(_) => Row::new(cells),
                None => Row::total(cells),
            }
        };
        Grid {
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
        let columns = [(all, blocks), (jobs, vec!["satellites"])];
        notes.extend(self.provenance.estimates(lang, &columns));
        notes
    }
}

fn item(
    model: &Model,
    provenance: &Provenance,
    role: Option<FinalDemandRole>,
    demand: &DVector<f64>,
    imported_demand: f64,
) -> Item {
    let coefficients = model.coefficients();
    let output = model.output_for(demand);
    let domestic_demand = demand.sum();
    let induced = |by_sector: DVector<f64>, scale: f64| {
        let value = by_sector.sum();
        Induced {
            value,
            coefficient: (domestic_demand != 0.0).then(|| value / domestic_demand * scale),
            dependence: None,
            by_sector: by_sector.iter().copied().collect(),
        }
    };
    Item {
        role,
        domestic_demand,
        imported_demand,
        value_added: induced(coefficients.value_added().component_mul(&output), 1.0),
        imports: induced(coefficients.imported() * &output, 1.0),
        accounts: coefficients
            .accounts()
            .iter()
            .map(|(_, per_unit)| {
                induced(
                    per_unit.component_mul(&output),
                    provenance.units_per_billion(),
                )
            })
            .collect(),
        production: induced(output, 1.0),
    }
}

fn with_dependence(mut item: Item, total: &Item) -> Item {
    let share = |induced: &mut Induced, all: &Induced| {
        induced.dependence = (all.value != 0.0).then(|| induced.value / all.value);
    };
    share(&mut item.production, &total.production);
    share(&mut item.value_added, &total.value_added);
    share(&mut item.imports, &total.imports);
    for (account, all) in item.accounts.iter_mut().zip(&total.accounts) {
        share(account, all);
    }
    item
}

/// The name of an item of final demand; `None` is the total.
pub fn item_title(role: Option<FinalDemandRole>, lang: Lang) -> &'static str {
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
    use approx::assert_relative_eq;

    fn of(table: &str) -> (Box<Table>, Inducement) {
        let AnyTable::Flows(table) = AnyTable::open(table).expect("built in") else {
            panic!("a table of flows");
        };
        let inducement = Inducement::of(&table).expect("productive");
        (table, inducement)
    }

    #[test]
    fn items_share_out_all_that_the_table_holds() {
        for id in ["kr-2023-33", "kr-2023-83"] {
            let (table, all) = of(id);
            let jobs = table.satellite("jobs").expect("jobs").sum();
            let sums: [(Measure, f64); 4] = [
                (|i| &i.production, table.output().sum()),
                (|i| &i.value_added, table.value_added().sum()),
                (|i| &i.imports, table.flows().imported.sum()),
                (|i| &i.accounts[0], jobs),
            ];
            for (measure, sum) in sums {
                let value: f64 = all.items.iter().map(|i| measure(i).value).sum();
                assert_relative_eq!(value, sum, max_relative = 1e-9);
                assert_relative_eq!(measure(&all.total).value, sum, max_relative = 1e-9);
                let shares: f64 = all.items.iter().filter_map(|i| measure(i).dependence).sum();
                assert_relative_eq!(shares, 1.0, epsilon = 1e-12);
            }
            for item in all.rows() {
                let parts = [&item.value_added, &item.imports];
                let both: f64 = parts.iter().filter_map(|m| m.coefficient).sum();
                assert_relative_eq!(both, 1.0, epsilon = 1e-8);
                let by_sector: f64 = item.production.by_sector.iter().sum();
                assert_relative_eq!(by_sector, item.production.value, max_relative = 1e-12);
            }
        }
    }

    #[test]
    fn own_imports_are_not_induced_imports() {
        let (table, all) = of("kr-2023-33");
        let household = &all.items[0];
        let own = table.imported_demand_for(FinalDemandRole::Household).sum();
        assert_relative_eq!(household.imported_demand, own);
        let output = DVector::from_column_slice(&household.production.by_sector);
        let inputs = (table.coefficients().imported() * output).sum();
        assert_relative_eq!(household.imports.value, inputs, max_relative = 1e-12);
        // Exports carry no imports of their own, and induce more of them than any other item.
        let exports = all.items.last().expect("items");
        assert_eq!(exports.role, Some(FinalDemandRole::Exports));
        assert_eq!(exports.imported_demand, 0.0);
        let most = all
            .items
            .iter()
            .map(|i| i.imports.value)
            .fold(0.0, f64::max);
        assert_eq!(exports.imports.value, most);
    }

    #[test]
    fn the_document_adds_up_as_shown() {
        let (_, all) = of("kr-2023-33");
        let document = all.document(Lang::Ko);
        let ids: Vec<&str> = document.sections.iter().map(|s| s.id.as_str()).collect();
        let expected = [
            "final_demand",
            "production",
            "value_added",
            "imports",
            "jobs",
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

    #[test]
    fn json_keeps_every_digit() {
        let (_, all) = of("kr-2023-33");
        let text = serde_json::to_string(&all).expect("JSON");
        let read: Inducement = serde_json::from_str(&text).expect("read");
        assert_eq!(read, all);
    }
}
