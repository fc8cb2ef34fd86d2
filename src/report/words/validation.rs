//! What the checks of a validation are called.

use super::{list, say, sum};
use crate::analysis::validation::{Check, CheckOf, Validation};
use crate::lang::{Lang, Text};
use crate::table::{FigureKind, SectorName};

impl Check {
    /// What is checked, in both languages.
    pub fn title(&self, of: &Validation) -> Text {
        let (kind, measure, demand, amount, sectors) = match &self.of {
            CheckOf::Rows => {
                return Text::new(
                    "uses of each product and its output: the largest residual, 1 being tolerated",
                    "품목별 국산 수요와 총산출: 허용치(1) 대비 최대 잔차",
                );
            }
            CheckOf::Columns => {
                return Text::new(
                    "inputs of each sector and its output: the largest residual, 1 being tolerated",
                    "부문별 총투입과 총산출: 허용치(1) 대비 최대 잔차",
                );
            }
            CheckOf::Imports => {
                return Text::new(
                    "uses of imports and imports by product: the largest residual, 1 being tolerated",
                    "품목별 수입품 수요와 수입: 허용치(1) 대비 최대 잔차",
                );
            }
            CheckOf::Gdp => {
                return Text::new(
                    "GDP by production, income and expenditure: the spread over GDP, a millionth being tolerated",
                    "생산·소득·지출 GDP의 격차(GDP 대비, 허용 100만분의 1)",
                );
            }
            CheckOf::Identity => {
                return Text::new(
                    "value added and imports set off by a unit of demand, farthest from 1 (tolerated: 0.00001)",
                    "수요 1단위의 부가가치유발과 수입유발의 합(1에서 가장 먼 부문, 허용 0.00001)",
                );
            }
            CheckOf::Faults => {
                return Text::new(
                    "faults found by the table doctor",
                    "산업연관표 점검에서 발견된 오류",
                );
            }
            CheckOf::Figure {
                kind,
                measure,
                demand,
                amount,
                sectors,
                ..
            } => (*kind, measure, names(demand), *amount, sectors),
        };
        let what = measure_name(measure, kind, of);
        let within = names(sectors);
        match kind {
            FigureKind::Total if sectors.is_empty() => {
                say!("{what} in all", "{what} 합계", what)
            }
            FigureKind::Total => say!("{what} of {within}", "{within}의 {what}", what, within),
            FigureKind::Share => say!(
                "share of {within} in {what}",
                "{what} 중 {within}의 비중",
                what,
                within
            ),
            FigureKind::InputShare => say!("{what} over output", "총산출 대비 {what}", what),
            FigureKind::Average => say!(
                "{what} set off by final demand as it is made up",
                "최종수요 전체의 {what} 유발계수",
                what
            ),
            FigureKind::Multiplier => say!(
                "{what} set off by demand for {demand}",
                "{demand} 수요의 {what} 유발계수",
                what,
                demand
            ),
            FigureKind::MeanMultiplier => say!(
                "{what} set off by a unit of demand, mean of all sectors",
                "{what} 유발계수의 부문 단순평균",
                what
            ),
            FigureKind::Effect if sectors.is_empty() => say!(
                "{what} set off by {amount} for {demand}",
                "{demand} 수요 {amount}의 {what} 유발",
                what,
                demand,
                amount = sum(amount, &of.provenance.currency)
            ),
            FigureKind::Effect => say!(
                "{what} in {within} set off by {amount} for {demand}",
                "{demand} 수요 {amount}의 {within} {what} 유발",
                what,
                within,
                demand,
                amount = sum(amount, &of.provenance.currency)
            ),
            FigureKind::Multipliers => {
                let worst = names(self.sector.as_slice());
                say!(
                    "{what} set off by demand for each of {n} sectors; farthest off in {worst}",
                    "부문별 {what} 유발계수 {n}개(최대 오차: {worst})",
                    what,
                    worst,
                    n = self.figures
                )
            }
        }
    }

    /// The unit of its figures; empty for a pure number.
    pub fn unit(&self, of: &Validation, lang: Lang) -> String {
        let CheckOf::Figure {
            kind,
            measure,
            scale,
            ..
        } = &self.of
        else {
            return String::new();
        };
        let account = of.accounts.iter().find(|account| account.id == *measure);
        let currency = of.provenance.currency_name(lang);
        match (kind, account) {
            (FigureKind::Share | FigureKind::InputShare, _) => "%".to_owned(),
            (FigureKind::Total | FigureKind::Effect, Some(account)) => {
                let unit = account.unit.get(lang);
                match *scale {
                    1.0 => unit.to_owned(),
                    1e6 => lang.pick(format!("million {unit}"), format!("백만 {unit}")),
                    scale => format!("{scale} {unit}"),
                }
            }
            (FigureKind::Total | FigureKind::Effect, None) => match *scale {
                1.0 => crate::units::million(&of.provenance.currency, lang),
                1e3 => crate::units::billion(&of.provenance.currency, lang),
                1e6 => lang.pick(format!("trillion {currency}"), format!("조 {currency}")),
                scale => lang.pick(
                    format!("{scale} million {currency}"),
                    format!("{scale}백만 {currency}"),
                ),
            },
            (_, Some(account)) => of.provenance.per_billion(account, lang),
            (_, None) => of.provenance.ratio_unit(lang),
        }
    }
}

/// A few sectors by name, many by the first and the last.
fn names(sectors: &[SectorName]) -> Text {
    const NAMED: usize = 3;
    match sectors {
        [first, .., last] if sectors.len() > NAMED => say!(
            "{first} to {last} ({n} sectors)",
            "{first}부터 {last}까지 {n}개 부문",
            first = Text::from(first),
            last = Text::from(last),
            n = sectors.len()
        ),
        few => {
            let names: Vec<Text> = few.iter().map(Text::from).collect();
            list(&names)
        }
    }
}

/// A sum of it, or what is set off of it.
fn measure_name(measure: &str, kind: FigureKind, of: &Validation) -> Text {
    let summed = matches!(kind, FigureKind::Total | FigureKind::Share);
    match measure {
        "output" if summed => Text::new("output", "총산출"),
        "jobs" if summed => Text::new("jobs", "취업자"),
        "employees" if summed => Text::new("employees", "피용자"),
        "output" => Text::new("output", "생산"),
        "value_added" => Text::new("value added", "부가가치"),
        "imports" => Text::new("imports", "수입"),
        "exports" => Text::new("exports", "수출"),
        "total_supply" => Text::new("total supply", "총공급"),
        "inputs" => Text::new("inputs", "중간투입"),
        "domestic_inputs" => Text::new("domestic inputs", "국산 중간투입"),
        "imported_inputs" => Text::new("imported inputs", "수입 중간투입"),
        "jobs" => Text::new("jobs", "취업"),
        "employees" => Text::new("employees", "고용"),
        other => match of.accounts.iter().find(|account| account.id == other) {
            Some(account) => account.title.clone(),
            None => Text::same(other),
        },
    }
}
