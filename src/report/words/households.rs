//! What households are taken to earn.

use super::say;
use crate::lang::Text;
use crate::model::{Earnings, IncomeKind};
use crate::scenario::ShareOrigin;
use crate::table::FinalDemandRole;
use crate::units::number;

/// The income that households spend a share of, as a result states it.
pub(crate) fn spent_income(earnings: Option<&Earnings>) -> Text {
    income(earnings.map_or_else(IncomeKind::default, |earnings| earnings.of))
}

/// What an income of households is called.
pub(crate) fn income(of: IncomeKind) -> Text {
    match of {
        IncomeKind::Compensation => Text::new("compensation of employees", "피용자보수"),
        IncomeKind::Mixed => Text::new("compensation and mixed income", "피용자보수와 혼합소득"),
        IncomeKind::Disposable => Text::new("disposable income", "처분가능소득"),
    }
}

/// What households spend of what they earn, and whose share that is.
pub(super) fn spent(share: f64, default: ShareOrigin, of: IncomeKind) -> Text {
    let origin = match (default, of) {
        (ShareOrigin::Table, IncomeKind::Disposable) => Text::new(
            "the table's household consumption over what taxes and contributions leave of compensation and operating \
             surplus",
            "산업연관표의 민간소비 ÷ 세후 (피용자보수+영업잉여)",
        ),
        (ShareOrigin::Table, _) => Text::new(
            "the table's household consumption over compensation and operating surplus",
            "산업연관표의 민간소비 ÷ (피용자보수+영업잉여)",
        ),
        _ => Text::new("as given", "지정값"),
    };
    say!(
        "Induced effects: households spend {share:.3} of {income} ({origin}).",
        "유발효과: {income} 중 가계가 소비하는 비중 {share:.3}({origin}).",
        share,
        origin,
        income = income(of)
    )
}

/// What becomes of a category of final demand that money is taken from; where less is spent, it gets it.
pub(crate) fn financed_by(role: FinalDemandRole, less_is_spent: bool) -> Text {
    let (en, ko) = match role {
        FinalDemandRole::Household => ("consumption", "민간소비"),
        FinalDemandRole::Government => ("government", "정부소비"),
        FinalDemandRole::FixedCapital => ("investment", "투자"),
        FinalDemandRole::Inventories => ("stocks", "재고"),
        FinalDemandRole::Exports => ("exports", "수출"),
    };
    match less_is_spent {
        false => Text::new(format!("Less {en}"), format!("{ko} 감소")),
        true => Text::new(format!("More {en}"), format!("{ko} 증가")),
    }
}

/// What the money is taken from, in a sentence.
pub(crate) fn taken_from(role: FinalDemandRole) -> Text {
    match role {
        FinalDemandRole::Household => Text::new("household consumption", "민간소비"),
        FinalDemandRole::Government => Text::new("government consumption", "정부소비"),
        FinalDemandRole::FixedCapital => Text::new("fixed capital formation", "고정자본형성"),
        FinalDemandRole::Inventories => Text::new("inventories", "재고"),
        FinalDemandRole::Exports => Text::new("exports", "수출"),
    }
}

pub(super) fn financed(by: FinalDemandRole) -> Text {
    let from = taken_from(by);
    say!(
        "Net effects: the same money is taken from {from}, in the proportions of the table, domestic and imported.",
        "순효과: 같은 금액을 {from}에서 표의 국산·수입 구성대로 줄인 것으로 봄.",
        from = &from
    )
}

/// What households earn, by a definition.
pub(crate) fn earn(earnings: &Earnings) -> Text {
    let Earnings {
        of,
        mixed_share,
        taxes,
        contributions,
        ..
    } = *earnings;
    let mixed = match mixed_share {
        Some(share) => say!(
            "{percent} % of operating surplus",
            "영업잉여의 {percent}%",
            percent = number(share * 100.0, 1)
        ),
        None => Text::new(
            "imputed: the self-employed of a sector earn as its employees do, at most its operating surplus",
            "자영업자가 같은 부문 피용자와 같은 소득을 얻는다고 보아 추정하며 영업잉여를 한도로 함",
        ),
    };
    match of {
        IncomeKind::Disposable => say!(
            "Households earn compensation of employees and mixed income ({mixed}), and pay {taxes} % of it in income \
             taxes and {contributions} % in contributions. The table's own average share of spending is what they \
             spend of what is left: taxes then cancel out; a marginal share is stated.",
            "가계소득은 피용자보수와 혼합소득({mixed})이며, 그중 소득세 {taxes}%, 사회보험료 {contributions}%를 냄. 표의 \
             평균 소비 비율은 세후 소득에 대한 것이어서 세율의 효과가 상쇄되며, 한계소비 비율은 별도로 지정함.",
            mixed = &mixed,
            taxes = number(taxes * 100.0, 1),
            contributions = number(contributions * 100.0, 1)
        ),
        _ => say!(
            "Households earn compensation of employees and mixed income ({mixed}).",
            "가계소득은 피용자보수와 혼합소득({mixed})임.",
            mixed = &mixed
        ),
    }
}
