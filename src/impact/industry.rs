//! A new industry: inside the Leontief system, and by the simpler final-demand approach.
//!
//! *Complete inclusion* (Miller & Blair, 3rd ed., sec. 14.3.2; [`crate::model::new_industry`]): what
//! it buys per unit of its sales is a new column, what it sells to sectors a new row, and the
//! system is solved with and without it. *Final demand* (sec. 14.3.1): its purchases are a demand
//! like any other, its own sales are added, and nobody's inputs change.
//!
//! Sectors that buy from it and replace nothing spend more per unit of their output: their own value
//! added falls by as much, so that every column still adds up to 1. Final use of the new product
//! abroad and at home is new demand. Type I; as if the phase happens.

use crate::error::{Error, Result};
use crate::lang::{Lang, Text, said};
use crate::model::new_industry::{NewIndustry, include};
use crate::model::{ByRecipe, Model};
use crate::report::Scale;
use crate::report::{Block, Cell, Column, Row, Table, Unit};
use crate::scenario::plan::Industry;
use crate::scenario::{Note, Phase};
use crate::table::{AnyTable, PrimaryInputRole};
use nalgebra::{DMatrix, DVector};
use serde::{Deserialize, Serialize};

/// What a new industry does in a full year; money in millions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct IndustryImpact {
    /// What it is.
    pub name: Text,
    /// Its sales as planned.
    pub sales: f64,
    /// Its purchases from domestic producers.
    pub domestic_inputs: f64,
    /// Its purchases of imports.
    pub imported_inputs: f64,
    /// Taxes on the products it buys.
    pub product_tax: f64,
    /// Its own value added: sales less all purchases.
    pub own_value_added: f64,
    /// Compensation of its employees.
    pub compensation: f64,
    /// The rest of its value added.
    pub surplus: f64,
    /// The part of the surplus that belongs to owners abroad, with what suppliers by recipe pay them.
    pub foreign_surplus: f64,
    /// Sales abroad.
    pub exports: f64,
    /// Sales to final users at home.
    pub final_sales: f64,
    /// Sales to sectors.
    pub intermediate_sales: f64,
    /// With it inside the system.
    pub included: Difference,
    /// By the final-demand approach.
    pub as_final_demand: Difference,
    /// What must be said of it.
    pub notes: Vec<Note>,
}

/// The economy with the new industry against the economy without it.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Difference {
    /// Output of the new industry.
    pub own_output: f64,
    /// Output of all other sectors.
    pub other_output: f64,
    /// Value added of the new industry.
    pub own_value_added: f64,
    /// Value added of all other sectors.
    pub other_value_added: f64,
    /// Imported inputs, its own among them.
    pub imports: f64,
    /// Jobs in all other sectors; its own staff is not known.
    pub jobs: f64,
    /// Value added that stays: without the surplus of owners abroad.
    pub national_income: f64,
}

/// Suppliers of a new industry that are made up by recipes.
struct Suppliers {
    output: f64,
    value_added: f64,
    imports: f64,
    jobs: f64,
}

impl Difference {
    /// The change of GDP: value added of the new industry and of all others.
    pub fn gdp(&self) -> f64 {
        self.own_value_added + self.other_value_added
    }
}

impl IndustryImpact {
    /// Works a new industry out; `phase` is its budget of purchases, `persons` the factor that brings
    /// the table's labour coefficients to the years of the phase.
    ///
    /// # Errors
    /// Sales of nothing; buyers on a table without outputs, or a buyer without output; a system with
    /// it that is not productive.
    pub fn of(
        table: &AnyTable,
        model: &Model,
        industry: &Industry,
        phase: &Phase,
        persons: f64,
    ) -> Result<Self> {
        let n = model.sectors().len();
        let c = model.coefficients();
        let sales = industry.sales;
        if sales.is_nan() || sales <= 0.0 {
            return Err(Error::invalid(said!(
                "a new industry must sell something",
                "신산업의 매출은 0보다 커야 합니다"
            )));
        }
        let mut notes = Vec::new();
        let bought = phase.demand(n);
        // Suppliers with recipes stand between the industry and theirs.
        let by_recipe = |amount: &dyn Fn(&ByRecipe) -> f64| -> f64 {
            bought.by_recipe.iter().map(amount).sum()
        };
        let (domestic, domestic_inputs) = (bought.of_average_columns(), bought.output().sum());
        let capital_income = by_recipe(&|made| made.capital_income);
        let (imported, tax) = (phase.imported(n).sum(), phase.tax());
        // Income of capital is paid out of value added: it is no purchase.
        let own_value_added = sales - domestic_inputs - imported - tax;

        let to_sectors = sales * (1.0 - industry.exports - industry.final_demand).max(0.0);
        let named: f64 = industry.buyers.iter().map(|(_, share)| share).sum();
        let intermediate_sales = to_sectors * named;
        let unsold = to_sectors - intermediate_sales;
        if unsold > 1e-9 * sales {
            notes.push(Note::assumption(
                "unsold_to_final_users",
                format!(
                    "{}: the {:.1} % of its sales that no buyer is named for goes to final users at home.",
                    industry.name.en,
                    unsold / sales * 100.0
                ),
                format!(
                    "{}: 구매자가 지정되지 않은 매출 {:.1}%는 국내 최종수요로 봄.",
                    industry.name.ko,
                    unsold / sales * 100.0
                ),
            )
            .with("industry", &industry.name)
            .with("share", unsold / sales));
        }
        if intermediate_sales == 0.0 && !industry.buyers.is_empty() {
            notes.push(Note::warning(
                "buyers_change_nothing",
                format!(
                    "{}: its buyers change nothing: exports and final_demand take all that is sold.",
                    industry.name.en
                ),
                format!(
                    "{}: 구매자 지정의 효과 없음: 매출 전부가 수출과 최종수요임.",
                    industry.name.ko
                ),
            )
            .with("industry", &industry.name));
        }
        let exports = sales * industry.exports;
        let final_sales = sales * industry.final_demand + unsold;

        // What each buyer spends on it, per unit of its output; and what it then buys less of.
        let mut row = DVector::zeros(n);
        let mut less_domestic = DMatrix::zeros(n, n);
        let mut less_imported = DVector::zeros(n);
        let mut demand = DVector::zeros(n);
        if intermediate_sales > 0.0 {
            let flows = table.flows(said!(
                "sales of a new industry to sectors",
                "신산업의 부문별 판매"
            ))?;
            demand = model.final_demand_for(flows.output());
            for &(buyer, share) in &industry.buyers {
                let x = flows.output()[buyer];
                if x <= 0.0 {
                    return Err(Error::invalid(said!(
                        "sector {sector} has no output and cannot buy from the new industry",
                        "{sector} 부문은 산출이 없어 신산업의 생산물을 구매할 수 없습니다",
                        sector = model.sectors().get(buyer)
                    )));
                }
                row[buyer] = to_sectors * share / x;
                let Some((product, replaced)) = industry.replaces else {
                    continue;
                };
                let (ad, am) = (
                    c.domestic()[(product, buyer)],
                    c.imported()[(product, buyer)],
                );
                let wanted = row[buyer] * replaced;
                let all = (ad + am).max(0.0);
                let less = wanted.min(all);
                if less < wanted {
                    let (s, p) = (model.sectors().get(buyer), model.sectors().get(product));
                    let said = |lang| {
                        let scale = Scale::new(lang, &c.meta().currency, [wanted * x]);
                        [scale.amount(all * x), scale.amount(wanted * x)]
                    };
                    let ([has, asked], [has_ko, asked_ko]) = (said(Lang::En), said(Lang::Ko));
                    notes.push(Note::warning(
                        "replaces_all_bought",
                        format!(
                            "{} buys only {has} of {}, not the {asked} that would be replaced: \
                             it replaces all of it.",
                            s.name.en, p.name.en
                        ),
                        format!(
                            "{}의 {} 구입액은 {has_ko}으로 대체 대상 {asked_ko}보다 작아 전액만 대체함.",
                            s.name.ko, p.name.ko
                        ),
                    )
                    .with("sector", &s.code)
                    .with("product", &p.code)
                    .with("bought", all * x)
                    .with("asked", wanted * x));
                }
                if all > 0.0 {
                    less_domestic[(product, buyer)] = -less * ad / all;
                    less_imported[buyer] = less * am / all;
                }
            }
        }
        let inputs = &domestic / sales;
        let new = NewIndustry {
            inputs,
            sales: row.clone(),
            own_use: 0.0,
            replaced: Some(less_domestic.clone()),
        };
        let with = include(model, &new, &demand, exports + final_sales)?;
        let before = model.output_for(&demand);
        let change = &with.output - &before;
        // What buyers spend more on inputs per unit of output is missing in their value added.
        let squeezed = &row + less_domestic.row_sum().transpose() - &less_imported;
        let value_added = c.value_added() - &squeezed;
        let import_row = c.imports_per_output();
        let jobs = |x: &DVector<f64>| c.account("jobs").map_or(0.0, |e| e.dot(x) * persons);

        let economy = compensation_share(model, table);
        let labour_share = match (industry.labour_share, economy) {
            (Some(stated), _) => stated,
            (None, Some(average)) => {
                notes.push(Note::assumption(
                    "labour_share_of_economy",
                    format!(
                        "{}: no labour_share given; compensation is {average:.3} of value added, as in the \
                         whole economy.",
                        industry.name.en
                    ),
                    format!(
                        "{}: labour_share가 없어 경제 전체의 피용자보수/부가가치 {average:.3}을 적용함.",
                        industry.name.ko
                    ),
                )
                .with("industry", &industry.name)
                .with("share", average));
                average
            }
            (None, None) => {
                notes.push(Note::warning(
                    "labour_share_unknown",
                    format!(
                        "{}: neither the scenario nor the table says what part of value added is paid to \
                         employees; all of it is taken as surplus.",
                        industry.name.en
                    ),
                    format!("{}: 피용자보수 비율을 알 수 없어 부가가치 전액을 잉여로 봄.", industry.name.ko),
                )
                .with("industry", &industry.name));
                0.0
            }
        };
        let compensation = own_value_added * labour_share;
        let surplus = own_value_added - compensation;
        let own_surplus = (surplus - capital_income).max(0.0);
        let foreign_surplus =
            own_surplus * industry.foreign_ownership + by_recipe(&|made| made.income_abroad);
        let scale = with.own_output / sales;
        let suppliers = Suppliers {
            output: by_recipe(&|made| made.output),
            value_added: by_recipe(&ByRecipe::value_added),
            imports: by_recipe(&|made| made.imports.iter().sum()),
            jobs: by_recipe(&|made| made.account("jobs")) * persons,
        };
        let other_value_added = value_added.dot(&with.output) - c.value_added().dot(&before)
            + suppliers.value_added * scale;
        let other_imports = (&import_row - &less_imported).dot(&with.output)
            - import_row.dot(&before)
            + suppliers.imports * scale;
        let included = Difference {
            own_output: with.own_output,
            other_output: change.sum() + suppliers.output * scale,
            own_value_added: own_value_added * scale,
            other_value_added,
            imports: other_imports + imported * scale,
            jobs: jobs(&change) + suppliers.jobs * scale,
            national_income: other_value_added + (own_value_added - foreign_surplus) * scale,
        };
        let simple = model.output_for(&domestic);
        let simple_value_added = c.value_added().dot(&simple) + suppliers.value_added;
        let as_final_demand = Difference {
            own_output: sales,
            other_output: simple.sum() + suppliers.output,
            own_value_added,
            other_value_added: simple_value_added,
            imports: import_row.dot(&simple) + suppliers.imports + imported,
            jobs: jobs(&simple) + suppliers.jobs,
            national_income: simple_value_added + own_value_added - foreign_surplus,
        };
        Ok(IndustryImpact {
            name: industry.name.clone(),
            sales,
            domestic_inputs,
            imported_inputs: imported,
            product_tax: tax,
            own_value_added,
            compensation,
            surplus,
            foreign_surplus,
            exports,
            final_sales,
            intermediate_sales,
            included,
            as_final_demand,
            notes,
        })
    }

    /// The industry as blocks of a document.
    pub fn blocks(&self, scale: Scale) -> Vec<Block> {
        let lang = scale.lang();
        let percent = |of: f64| Cell::Number(of / self.sales * 100.0);
        let account = [
            (lang.pick("Sales", "매출"), self.sales),
            (lang.pick("· abroad", "· 수출"), self.exports),
            (
                lang.pick("· to final users at home", "· 국내 최종수요"),
                self.final_sales,
            ),
            (
                lang.pick("· to sectors", "· 산업(중간수요)"),
                self.intermediate_sales,
            ),
            (
                lang.pick("Purchases at home", "국산 구입"),
                self.domestic_inputs,
            ),
            (
                lang.pick("Purchases of imports", "수입 구입"),
                self.imported_inputs,
            ),
            (
                lang.pick("Taxes on purchases", "구입 생산물세"),
                self.product_tax,
            ),
            (
                lang.pick("Its own value added", "자체 부가가치"),
                self.own_value_added,
            ),
            (
                lang.pick("· compensation of employees", "· 피용자보수"),
                self.compensation,
            ),
            (lang.pick("· surplus", "· 영업잉여 등"), self.surplus),
            (
                lang.pick("·· of owners abroad", "·· 외국인 귀속"),
                self.foreign_surplus,
            ),
        ];
        let rows = account
            .into_iter()
            .map(|(name, value)| {
                Row::new(vec![name.into(), scale.money(value).into(), percent(value)])
            })
            .collect();
        let money = |id: &str, title: &str| scale.column(id, title);
        let columns = vec![
            Column::text("account", self.name.get(lang)),
            money("amount", lang.pick("A full year", "연간")),
            Column::number("of_sales", lang.pick("Of sales", "매출 대비"), "%", 1),
        ];
        let own = Block::Table(Table { columns, rows });

        let persons = |value: f64| {
            let unit = Unit {
                name: lang.pick("jobs", "명").to_owned(),
                decimals: 0,
            };
            Cell::Measure(value, unit)
        };
        type Pick = fn(&Difference) -> f64;
        let lines: [(&str, Pick, bool); 8] = [
            (
                lang.pick("Its own output", "자체 산출"),
                |d| d.own_output,
                true,
            ),
            (
                lang.pick("Output of other sectors", "타 부문 생산"),
                |d| d.other_output,
                true,
            ),
            (
                lang.pick("Its own value added", "자체 부가가치"),
                |d| d.own_value_added,
                true,
            ),
            (
                lang.pick("Value added of others", "타 부문 부가가치"),
                |d| d.other_value_added,
                true,
            ),
            (
                lang.pick("Value added in all", "부가가치 합계"),
                Difference::gdp,
                true,
            ),
            (
                lang.pick(
                    "· stays at home (before depreciation)",
                    "· 국내 귀속(감가상각 차감 전)",
                ),
                |d| d.national_income,
                true,
            ),
            (
                lang.pick("Imported inputs", "중간재 수입"),
                |d| d.imports,
                true,
            ),
            (
                lang.pick("Jobs in other sectors", "타 부문 취업"),
                |d| d.jobs,
                false,
            ),
        ];
        let (a, b) = (&self.included, &self.as_final_demand);
        let rows = lines
            .into_iter()
            .map(|(name, pick, is_money)| {
                let cell = |v: f64| {
                    if is_money {
                        scale.measure(v)
                    } else {
                        persons(v)
                    }
                };
                Row::new(vec![
                    name.into(),
                    cell(pick(a)),
                    cell(pick(b)),
                    cell(pick(a) - pick(b)),
                ])
            })
            .collect();
        let columns = vec![
            Column::text(
                "figure",
                lang.pick("Against today (Type I)", "현재 대비(1형)"),
            ),
            Column::number(
                "included",
                lang.pick("Inside the system", "체계 내 포함"),
                "",
                0,
            ),
            Column::number(
                "as_final_demand",
                lang.pick("As final demand", "최종수요 방식"),
                "",
                0,
            ),
            Column::number("difference", lang.pick("Difference", "차이"), "", 0),
        ];
        let both = Block::Table(Table { columns, rows });
        let said = lang.pick(
            "Inside the system, sectors that buy from it change what they use: sales to them that replace \
             nothing come out of their own value added, sales that replace a product take demand from its \
             producers, and only sales abroad and to final users are new. The final-demand approach counts \
             its purchases and its own value added in full. Its own staff is not in the jobs.",
            "체계 내 포함: 구매 산업의 투입구조가 바뀌므로, 기존 투입을 대체하지 않는 구매는 그 산업의 부가가치에서 \
             나가고 대체하는 구매는 기존 공급자의 수요를 줄이며, 수출과 최종수요 판매만 새로운 수요임. 최종수요 방식은 \
             구입액의 파급과 자체 부가가치를 모두 더함. 자체 종사자는 취업에 포함되지 않음.",
        );
        vec![own, both, Block::Text(said.to_owned())]
    }
}

/// Compensation over value added of the whole economy, where the table has both.
fn compensation_share(model: &Model, table: &AnyTable) -> Option<f64> {
    let AnyTable::Flows(flows) = table else {
        return None;
    };
    let c = model.coefficients();
    let w = c.primary_input(PrimaryInputRole::Compensation)?;
    Some(w.dot(flows.output()) / c.value_added().dot(flows.output()))
}
