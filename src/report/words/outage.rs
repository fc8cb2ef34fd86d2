//! What there is to know of an outage's result.

use super::say;
use crate::analysis::outage::OutageNote;
use crate::lang::Text;

impl OutageNote {
    /// What it says, in both languages.
    pub fn text(&self) -> Text {
        match self {
            OutageNote::NotRecovered { share } => say!(
                "The economy has not recovered within the horizon: on its last day {share:.2} % of all output is lost. \
                 The loss grows with the horizon.",
                "분석 기간 안에 회복되지 않음: 마지막 날 전체 산출의 {share:.2}%가 감소한 상태이며, 분석 기간을 늘리면 \
                 손실이 더 커짐.",
                share = 100.0 * share
            ),
            OutageNote::BeyondSupplyDriven {
                lost,
                supply_driven,
                in_proportion,
            } => say!(
                "Warning: as inputs are missing, others lose {lost:.2} of output for each unit of capacity lost: more than \
                 the {supply_driven:.2} of the supply-driven model (every user in proportion: {in_proportion:.2}). Inputs \
                 run out that nothing replaces; with short stocks this follows from the assumptions, as an upper bound.",
                "주의: 투입 부족으로 상실 생산능력 1단위당 타 부문 생산이 {lost:.2} 감소하여 공급유도형 모형의 \
                 {supply_driven:.2}을(를) 넘음(모든 수요 부문의 비례 감산: {in_proportion:.2}). 대체할 수 없는 투입이 \
                 바닥난 결과로, 재고가 짧다는 가정에 따른 상한으로 볼 것.",
                lost,
                supply_driven,
                in_proportion
            ),
            OutageNote::RestockingCrowdsOut { share } => say!(
                "Warning: {share:.0} % of the final demand that is not met falls after the outage: making stocks good takes \
                 capacity and inputs that would serve it.",
                "주의: 미충족 최종수요의 {share:.0}%는 차질이 끝난 뒤의 것으로, 재고 보충에 생산능력과 투입이 쓰여 생김.",
                share = 100.0 * share
            ),
            OutageNote::FinalDemandAbsorbs { share } => say!(
                "Final demand takes {share:.1} % of the product, more than is out, and goes without first: producers get \
                 all they need, and only suppliers lose beside the sector, as in the mixed model.",
                "최종수요가 해당 생산물의 {share:.1}%를 차지하여 차질분보다 크고 먼저 줄어들므로, 생산자는 필요한 양을 \
                 모두 받고 공급 부문만 영향을 받음(혼합모형과 같음).",
                share = 100.0 * share
            ),
            OutageNote::StocksNotTold => Text::new(
                "The table does not tell by changes in inventories which products are stocked: all are taken to be.",
                "산업연관표에 재고증감이 없어 재고를 두는 생산물을 구분할 수 없으므로 모든 생산물에 재고가 있다고 봄.",
            ),
        }
    }
}
