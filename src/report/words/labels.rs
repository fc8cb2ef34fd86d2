//! What the figures of a scenario, and what a policy raises, are called.

use super::say;
use crate::impact::policy::RaisedItem;
use crate::lang::Text;
use crate::scenario::{Entry, Label};
use std::sync::LazyLock;

/// Imports that a table tells by user only: their line among products.
pub(crate) static IMPORTS_NOT_TOLD: LazyLock<Text> =
    LazyLock::new(|| Text::new("Imports, product not told", "수입(품목 미상)"));

impl Entry {
    /// What it is called, beside the name of what it belongs to.
    pub fn text(&self) -> Text {
        match self {
            Entry::Fx => Text::new("won per dollar", "원/달러 환율"),
            Entry::HouseholdShare => {
                Text::new("share of labour income spent", "노동소득 중 소비 비율")
            }
            Entry::ProductivityGrowth => {
                Text::new("growth of labour productivity", "노동생산성 증가율")
            }
            Entry::DiscountRate => Text::new("discount rate", "할인율"),
            Entry::SplitError => Text::new(
                "split into domestic and imported (leakage)",
                "국산·수입 구분(수입 유출률)",
            ),
            Entry::Coefficients => Text::new("coefficients of the table", "표의 계수"),
            Entry::Event => Text::new("happens or not", "실현 여부"),
            Entry::Probability => Text::new("probability", "확률"),
            Entry::Amount => Text::new("amount", "금액"),
            Entry::DomesticShare => Text::new("domestic share", "국산 비율"),
            Entry::TradeMargin => Text::new("trade margin", "상업마진"),
            Entry::TransportMargin => Text::new("transport margin", "운송마진"),
            Entry::Vat => Text::new("vat", "부가가치세율"),
            Entry::ProductTax => Text::new("product tax", "생산물세"),
            Entry::Share => Text::new("share", "비율"),
            Entry::Compensation => Text::new("compensation", "피용자보수"),
            Entry::Depreciation => Text::new("depreciation", "고정자본소모"),
            Entry::Taxes => Text::new("taxes", "순생산세"),
            Entry::CapitalIncome => Text::new("capital income", "자본소득"),
            Entry::ForeignOwnership => Text::new("foreign ownership", "외국인 지분"),
            Entry::Jobs => Text::new("own staff per billion", "10억 원당 직접 고용"),
            Entry::Sales => Text::new("sales", "매출"),
            Entry::Exports => Text::new("share exported", "수출 비율"),
            Entry::FinalDemand => Text::new("share sold to final users", "최종수요 판매 비율"),
            Entry::ReplacedShare => Text::new("share that replaces", "대체 비율"),
            Entry::LabourShare => Text::new("labour share", "노동소득 비율"),
            Entry::Staff => Text::new("staff", "자체 종사자"),
            Entry::Named(name) => name.clone(),
        }
    }
}

impl Label {
    /// What the figure is called, in both languages.
    pub fn text(&self) -> Text {
        let entry = self.entry.text();
        match &self.of {
            Some(of) => say!("{of}: {entry}", "{of}: {entry}", of, entry),
            None => entry,
        }
    }
}

impl From<Label> for Text {
    fn from(label: Label) -> Self {
        label.text()
    }
}

impl RaisedItem {
    /// What is raised, in both languages.
    pub fn text(&self) -> Text {
        match self {
            RaisedItem::Line(line) => line.clone(),
            RaisedItem::Input { product, line } => {
                say!(
                    "{product}, for {line}",
                    "{product}({line} 투입)",
                    product,
                    line
                )
            }
        }
    }
}

impl From<RaisedItem> for Text {
    fn from(item: RaisedItem) -> Self {
        item.text()
    }
}
