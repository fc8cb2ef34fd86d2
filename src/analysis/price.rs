//! What dearer products do to the prices of all sectors and of what households, investors and
//! foreigners buy: the price model ([`crate::model::price`]) on a table.

use crate::error::{Error, Result};
use crate::impact::SectorName;
use crate::lang::{Lang, Text, said};
use crate::model::{ImportTreatment, Model, price};
use crate::report::{Block, Cell, Column, Document, Row, Table};
use crate::table::{AnyTable, FinalDemandRole};
use nalgebra::DVector;
use serde::{Deserialize, Serialize};

/// Price changes that follow from given ones; shares of the base price.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct PriceStudy {
    /// The table.
    pub table: String,
    /// Its title.
    pub table_title: Text,
    /// How certain its least certain block is, where it says so.
    pub table_status: Option<crate::table::Status>,
    /// Its source line.
    pub attribution: Text,
    /// The sectors.
    pub sectors: Vec<SectorName>,
    /// What was given: position and change.
    pub given: Vec<(usize, f64)>,
    /// Changes of the prices of imported products that were given: position and change.
    #[serde(default)]
    pub given_imports: Vec<(usize, f64)>,
    /// Changes of primary cost that were given, as parts of the price: position and change.
    #[serde(default)]
    pub given_costs: Vec<(usize, f64)>,
    /// The change of every sector's price, n.
    pub prices: Vec<f64>,
    /// The change of the price of each item of final demand, imports in it included as far as their
    /// prices are given; empty where the table has no flows.
    pub baskets: Vec<(FinalDemandRole, f64)>,
    /// The change of the price of all gross output; `None` where the table has no flows.
    pub output: Option<f64>,
    /// The part of that which the sectors bring whose price is not given: what Korean studies print
    /// (물가파급효과, others weighted by output over all output). `None` without given prices.
    #[serde(default)]
    pub through_others: Option<f64>,
    /// The change of the price of the output of those other sectors alone.
    #[serde(default)]
    pub others: Option<f64>,
}

/// Price changes that are given, each by position and as a share (0.2 is 20 % dearer).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Given {
    /// Of sectors: their price comes out as given.
    pub prices: Vec<(usize, f64)>,
    /// Of imported products.
    pub imports: Vec<(usize, f64)>,
    /// Of primary cost per unit of output, as a part of the price: all who use the sector pay for it.
    pub costs: Vec<(usize, f64)>,
}

impl PriceStudy {
    /// The changes that follow from given prices, import prices and costs together. Sectors whose
    /// price is given keep it whatever their costs do.
    ///
    /// # Errors
    /// Nothing given, or a sector given twice; a model that does not set imported inputs apart as they are
    /// bought (see [`PriceStudy::of`]).
    pub fn with(table: &AnyTable, model: &Model, given: Given) -> Result<Self> {
        if given.prices.is_empty() && given.imports.is_empty() && given.costs.is_empty() {
            return Err(Error::invalid(said!(
                "no price change is given: --shock 45=+20%, --import-price 06=+30% or --cost 53=+2%",
                "가격 변화가 지정되지 않았습니다. --shock 45=+20%, --import-price 06=+30%, --cost 53=+2% 중 \
                 하나를 쓰십시오"
            )));
        }
        let n = model.sectors().len();
        let vector = |pairs: &[(usize, f64)]| -> Result<DVector<f64>> {
            let mut v = DVector::zeros(n);
            for (at, (sector, change)) in pairs.iter().enumerate() {
                if pairs[..at].iter().any(|(other, _)| other == sector) {
                    let name = model.sectors().get(*sector);
                    return Err(Error::invalid(said!(
                        "sector {name} is given twice",
                        "{name} 부문이 두 번 지정되었습니다"
                    )));
                }
                v[*sector] = *change;
            }
            Ok(v)
        };
        let imports = vector(&given.imports)?;
        let pushed = price::from_import_prices(model, &imports).prices
            + price::from_costs(model, &vector(&given.costs)?).prices;
        // What is missing to the given prices is added on top of what costs already bring.
        let missing: Vec<(usize, f64)> = given
            .prices
            .iter()
            .map(|(sector, change)| (*sector, change - pushed[*sector]))
            .collect();
        let mut study = Self::of(table, model, &missing)?;
        for (price, pushed) in study.prices.iter_mut().zip(pushed.iter()) {
            *price += pushed;
        }
        let prices = DVector::from_column_slice(&study.prices);
        if let AnyTable::Flows(flows) = table {
            for (role, change) in &mut study.baskets {
                let domestic = flows.domestic_demand_for(*role);
                let imported = flows.imported_demand_for(*role);
                let all = domestic.sum() + imported.sum();
                *change = (prices.dot(&domestic) + imports.dot(&imported)) / all;
            }
            study.output = Some(prices.dot(flows.output()) / flows.output().sum());
            study.weigh_others(flows.output(), &given.prices);
        }
        study.given = given.prices;
        study.given_imports = given.imports;
        study.given_costs = given.costs;
        Ok(study)
    }

    /// The changes that follow from `given`: (position, change as a share).
    ///
    /// # Errors
    /// A sector given twice. A model in the competitive or total form: prices go from seller to buyer, so
    /// that what a sector pays at home and abroad must be apart as it buys it. The total form has no
    /// imports whose price could be given, and would make imports dearer with home products; the
    /// competitive form gives every buyer the same import share.
    pub fn of(table: &AnyTable, model: &Model, given: &[(usize, f64)]) -> Result<Self> {
        if model.imports() != ImportTreatment::Domestic {
            return Err(Error::invalid(Text::new(
                "prices need imported inputs apart from domestic ones, as each sector buys them: take the model \
                 in the domestic form, not the competitive or the total one",
                "가격 분석에는 부문별 국산 투입과 수입 투입의 구분이 필요합니다. 경쟁수입형이나 총거래형이 아닌 \
                 비경쟁수입형(국산 투입계수) 모형을 쓰십시오",
            )));
        }
        let change = price::from_prices(model, given)?;
        let mut study = PriceStudy {
            table: table.meta().id.clone(),
            table_title: table.meta().title.clone(),
            table_status: table.meta().status(),
            attribution: table.meta().attribution.clone(),
            sectors: SectorName::all(model.sectors()),
            given: given.to_vec(),
            given_imports: Vec::new(),
            given_costs: Vec::new(),
            prices: change.prices.iter().copied().collect(),
            baskets: Vec::new(),
            output: None,
            through_others: None,
            others: None,
        };
        if let AnyTable::Flows(flows) = table {
            use FinalDemandRole::{Exports, FixedCapital, Government, Household};
            for role in [Household, Government, FixedCapital, Exports] {
                let domestic = flows.domestic_demand_for(role);
                let all = domestic.sum() + flows.imported_demand_for(role).sum();
                if all > 0.0 {
                    study
                        .baskets
                        .push((role, change.prices.dot(&domestic) / all));
                }
            }
            study.output = Some(change.of_basket(flows.output()));
            study.weigh_others(flows.output(), given);
        }
        Ok(study)
    }

    /// What the sectors bring whose price is not given.
    fn weigh_others(&mut self, output: &DVector<f64>, given: &[(usize, f64)]) {
        let other = |at: &usize| given.iter().all(|(sector, _)| sector != at);
        let (mut change, mut weight) = (0.0, 0.0);
        for at in (0..self.prices.len()).filter(other) {
            change += self.prices[at] * output[at];
            weight += output[at];
        }
        if !given.is_empty() && weight > 0.0 {
            self.through_others = Some(change / output.sum());
            self.others = Some(change / weight);
        }
    }

    /// The changes as a document, the `top` largest.
    pub fn document(&self, lang: Lang, top: usize) -> Document {
        let named = |what: &str, given: &[(usize, f64)]| -> Vec<String> {
            given
                .iter()
                .map(|(s, change)| {
                    let name = &self.sectors[*s];
                    let percent = change * 100.0;
                    let (code, name) = (&name.code, name.name.get(lang));
                    lang.pick(
                        format!("{what}{code} {name} {percent:+.1} %"),
                        format!("{what}{code} {name} {percent:+.1}%"),
                    )
                })
                .collect()
        };
        let mut given = named("", &self.given);
        let imports = lang.pick("imports of ", "수입 ");
        given.extend(named(imports, &self.given_imports));
        given.extend(named(lang.pick("costs of ", "비용 "), &self.given_costs));
        let mut doc = Document::new(
            lang.pick(
                format!("If prices change: {}", given.join(", ")),
                format!("가격 변화: {}", given.join(", ")),
            ),
            crate::table::heading(&self.table_title, &self.table, self.table_status, lang),
        );
        let percent = |id: &str, title: &str| Column::number(id, title, "%", 3);
        let role = |role: FinalDemandRole| match role {
            FinalDemandRole::Household => lang.pick("Household consumption", "민간소비"),
            FinalDemandRole::Government => lang.pick("Government consumption", "정부소비"),
            FinalDemandRole::FixedCapital => lang.pick("Fixed capital formation", "고정자본형성"),
            FinalDemandRole::Inventories => lang.pick("Inventories", "재고증감"),
            FinalDemandRole::Exports => lang.pick("Exports", "수출"),
        };
        if !self.baskets.is_empty() {
            let mut rows: Vec<Row> = self
                .baskets
                .iter()
                .map(|(r, change)| Row::new(vec![role(*r).into(), (change * 100.0).into()]))
                .collect();
            if let Some(output) = self.output {
                rows.push(Row::new(vec![
                    lang.pick("All gross output", "총산출 전체").into(),
                    (output * 100.0).into(),
                ]));
            }
            let others = [
                (
                    lang.pick(
                        "· of it through the other sectors",
                        "· 그중 타 부문 파급분(물가파급효과)",
                    ),
                    self.through_others,
                ),
                (
                    lang.pick("Gross output of the other sectors", "타 부문 총산출"),
                    self.others,
                ),
            ];
            rows.extend(others.into_iter().filter_map(|(name, change)| {
                Some(Row::new(vec![name.into(), (change? * 100.0).into()]))
            }));
            let columns = vec![
                Column::text("basket", lang.pick("What is bought", "구매 항목")),
                percent("change", lang.pick("Price change", "가격 변화")),
            ];
            let title = lang.pick("Baskets", "최종수요 항목별 가격 변화");
            doc.section(
                "baskets",
                title,
                vec![Block::Table(Table { columns, rows })],
            );
        }
        let mut order: Vec<usize> = (0..self.prices.len()).collect();
        order.sort_by(|&a, &b| {
            self.prices[b]
                .abs()
                .total_cmp(&self.prices[a].abs())
                .then(a.cmp(&b))
        });
        let rows = order
            .iter()
            .take(top)
            .map(|&s| {
                let name = &self.sectors[s];
                let cells: Vec<Cell> = vec![
                    name.code.as_str().into(),
                    name.name.get(lang).into(),
                    (self.prices[s] * 100.0).into(),
                ];
                let mut row = Row::new(cells);
                row.strong = self.given.iter().any(|(g, _)| *g == s);
                row
            })
            .collect();
        let columns = vec![
            Column::text("code", lang.pick("Code", "코드")),
            Column::text("sector", lang.pick("Sector", "부문")),
            percent("change", lang.pick("Price change", "가격 변화")).with_bar(),
        ];
        let title = lang.pick("Sectors whose prices change most", "가격 변화가 큰 부문");
        doc.section(
            "sectors",
            title,
            vec![Block::Table(Table { columns, rows })],
        );
        let notes = [
            lang.pick(
                "Cost-push: every cost increase is passed on in full, quantities and coefficients stay. \
                 An upper bound of what reaches the buyer; no substitution, no change of margins or wages.",
                "비용상승 가격모형: 비용 증가가 전부 전가되고 물량·투입계수는 불변이라고 가정. 대체·마진·임금 변화가 \
                 없는 상한 추정임.",
            ),
            lang.pick(
                "The price of a sector that is given comes out as asked, whatever it pays more for itself. \
                 Imported products keep their prices unless theirs are given.",
                "가격 변화를 지정한 부문은 자체 비용 변화와 관계없이 지정한 값을 따름. 수입품 가격은 지정하지 \
                 않는 한 불변.",
            ),
            self.attribution.get(lang),
        ];
        doc.section(
            "notes",
            "",
            vec![Block::Notes(notes.map(str::to_owned).to_vec())],
        );
        doc
    }
}
