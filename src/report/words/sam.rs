//! Accounts of a social accounting matrix, and what is assumed of them.

use super::say;
use crate::analysis::sam::{SamAccount, SamOptions};
use crate::lang::Text;
use crate::model::IncomeKind;
use crate::table::SectorName;
use crate::units::number;

/// What an account is called.
pub(crate) fn account(account: SamAccount, sectors: &[SectorName]) -> Text {
    match account {
        SamAccount::Sector(at) => sectors.get(at).map_or_else(|| Text::same(""), Text::from),
        SamAccount::Activities => Text::new("Sectors", "생산활동"),
        SamAccount::Labour => Text::new("Labour", "노동"),
        SamAccount::MixedIncome => Text::new("Mixed income", "혼합소득"),
        SamAccount::Capital => Text::new("Capital", "자본"),
        SamAccount::Households => Text::new("Households", "가계"),
        SamAccount::Government => Text::new("Government", "정부"),
        SamAccount::SavingInvestment => Text::new("Saving, investment", "저축·투자"),
        SamAccount::RestOfWorld => Text::new("Rest of the world", "해외"),
    }
}

/// What is assumed of households.
pub(crate) fn assumed(assumed: &SamOptions, share_spent: f64) -> Vec<Text> {
    let mut said = Vec::new();
    if share_spent == 0.0 {
        said.push(Text::new(
            "Households spend nothing of what they get: the open model, Type I.",
            "가계가 소득을 지출하지 않는 것으로 봄(1형, 개방모형).",
        ));
        return said;
    }
    if assumed.earnings.of != IncomeKind::Compensation {
        said.push(super::households_earn(&assumed.earnings));
    }
    let whose = match assumed.earnings.share {
        None => Text::new("the average of the table", "표의 평균"),
        Some(_) => Text::new("as stated", "지정한 값"),
    };
    let share = number(100.0 * share_spent, 1);
    said.push(say!(
        "All households are one account. Of each unit that they get {share} % is spent ({whose}), on what the table's \
         households buy.",
        "가계는 하나의 계정이며, 소득의 {share}%({whose})를 표의 민간소비 구성대로 지출함.",
        share,
        whose = &whose
    ));
    let part = number(100.0 * assumed.capital_share, 1);
    said.push(match assumed.capital_share == 0.0 {
        true => Text::new(
            "Operating surplus of capital reaches households by way of the capital account, whatever is produced: \
             output is that of Type II.",
            "자본의 영업잉여는 생산과 무관하게 저축·투자 계정을 거쳐 가계에 귀속되는 것으로 봄. 생산 승수는 2형 승수와 같음.",
        ),
        false => say!(
            "Households get {part} % of the operating surplus of capital as output rises, and the rest by way of the \
             capital account.",
            "자본의 영업잉여 중 {part}%는 생산에 따라 가계에 귀속되고, 나머지는 저축·투자 계정을 거치는 것으로 봄.",
            part
        ),
    });
    said
}
