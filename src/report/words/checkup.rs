//! What the table doctor finds.

use super::say;
use crate::analysis::checkup::{Finding, Flow, KnownTotal};
use crate::lang::{Text, said};

impl Finding {
    /// What was found, in both languages.
    pub fn text(&self) -> Text {
        match self {
            Finding::Refused(why) => why.clone(),
            Finding::Caused(cause) => cause.text(),
            Finding::GdpDiffers(gdp) => said!(
                "GDP differs by side: production {production:.0}, income {income:.0}, expenditure \
                 {expenditure:.0}",
                "GDP 세 면이 일치하지 않음: 생산 {production:.0}, 소득 {income:.0}, 지출 {expenditure:.0}",
                production = gdp.production,
                income = gdp.income,
                expenditure = gdp.expenditure
            ),
            Finding::FarFromTotal(total) => say!(
                "{title} is {computed:.0} in all, {times:.3} times the published {published:.0}: a wrong unit?",
                "{title} 합계({computed:.0})가 공표치({published:.0})의 {times:.3}배임: 단위 오류로 보임",
                title = total.title(),
                computed = total.computed,
                published = total.published,
                times = total.computed / total.published
            ),
            Finding::InputAboveOutput {
                count,
                largest,
                output,
            } => say!(
                "coefficients above 1 in {count} cells of domestic_flows + imported_flows: an input costs more than all \
                 that is made with it. The farthest is {largest}, of an output of {output:.0}",
                "투입계수가 1을 넘는 칸 {count}개(domestic_flows + imported_flows): 한 품목의 투입액이 총산출보다 큼. 최대는 \
                 {largest}, 총산출 {output:.0}",
                count,
                largest = largest.text(),
                output
            ),
            Finding::IdentityFails { sector, sum } => said!(
                "v'L + m'L is {sum:.6} in sector {sector}, not 1",
                "{sector} 부문의 v'L + m'L이 1이 아닌 {sum:.6}임"
            ),
            Finding::NoOutput(sector) => said!(
                "sector {sector} has no output: nothing of its product is made at home",
                "{sector} 부문은 산출이 없음: 국내에서 생산되지 않는 품목임"
            ),
            Finding::NegativeFlows { count, largest } => say!(
                "{count} negative domestic flows, of what a sector received on balance rather than bought \
                 (by-products and scrap; insurance claims above premiums), largest {largest}",
                "음(-)의 국산 거래 {count}개(구입액보다 수취액이 큰 경우: 부산물·잔폐물, 보험료를 초과한 보험금 등), \
                 최대 {largest}",
                count,
                largest = largest.text()
            ),
            Finding::ImportsAboveFlow { count, largest } => say!(
                "0 <= Ad <= A fails in {count} cells (imports above the whole flow, whose domestic part is \
                 negative), largest {largest}",
                "0 ≤ Ad ≤ A를 벗어난 칸 {count}개(국산 거래가 음수여서 수입이 전체 거래액을 초과), 최대 {largest}",
                count,
                largest = largest.text()
            ),
            Finding::ScrapSold { sector, value } => said!(
                "sector {sector}: negative domestic fixed capital formation ({value:.0}): scrap and used goods \
                 sold on balance",
                "{sector} 부문: 국산 고정자본형성이 음수({value:.0}), 잔폐물·중고품의 순매각"
            ),
            Finding::NegativeValueAdded { sector, per_output } => said!(
                "sector {sector}: negative value added, {v:.4} per unit of output. Its inputs cost \
                 {inputs:.1} % of what it makes: it runs at a loss or on subsidies, or a by-product is entered \
                 in its column. Demand for it lowers value added there",
                "{sector} 부문: 부가가치가 음수(산출 1단위당 {v:.4}). 중간투입이 산출의 {inputs:.1}%로, 적자·보조금 \
                 부문이거나 부산물이 해당 열에 계상된 경우임. 이 부문의 수요는 자체 부가가치를 줄임",
                sector = sector,
                v = per_output,
                inputs = 100.0 * (1.0 - per_output)
            ),
        }
    }
}

impl From<Finding> for Text {
    fn from(finding: Finding) -> Self {
        finding.text()
    }
}

impl Flow {
    fn text(&self) -> Text {
        say!(
            "row {row}, column {column}: {value:.0}",
            "{row}행 {column}열: {value:.0}",
            row = Text::from(&self.row),
            column = Text::from(&self.column),
            value = self.value
        )
    }
}

impl KnownTotal {
    /// What it is, for people.
    pub fn title(&self) -> Text {
        let ko = match self.name {
            "output" => "총산출",
            "value added" => "부가가치",
            "total supply" => "총공급",
            "jobs" => "취업자",
            other => other,
        };
        Text::new(self.name, ko)
    }
}
