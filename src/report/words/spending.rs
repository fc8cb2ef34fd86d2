//! Notes of what is spent.

use super::{list, say};
use crate::lang::Text;
use crate::table::{SectorName, ShareBasis, SplitBy};
use crate::units::number;

pub(super) fn not_made_at_home(sector: &SectorName, table: &String) -> Text {
    say!(
        "{sector} has no output in {table}: its product is not made at home, and all of this spending is \
         imported, whatever domestic share is asked for.",
        "{sector}은(는) {table}에 산출이 없어 국내에서 생산되지 않음. 지정한 국산 비율과 관계없이 지출 전액을 수입으로 봄.",
        sector = Text::from(sector),
        table
    )
}

pub(super) fn shared_among(what: &Text, by: SplitBy, shares: &[(SectorName, f64)]) -> Text {
    let share = |(sector, share): &(SectorName, f64)| {
        say!(
            "{sector} {percent} %",
            "{sector} {percent}%",
            sector = Text::from(sector),
            percent = number(share * 100.0, 1)
        )
    };
    let shares: Vec<Text> = shares.iter().map(share).collect();
    let of = match by {
        SplitBy::Output => Text::new("their output", "산출"),
        SplitBy::Demand => Text::new("final demand for them", "국산품 최종수요"),
    };
    say!(
        "{what}: shared among its products in the proportion of {of}: {shares}. The table is as it is; merged to \
         one industry they would have other multipliers.",
        "{what}: 금액을 {of} 비중으로 배분함({shares}). 표는 재분류하지 않으며, 한 부문으로 통합하면 유발계수가 달라짐.",
        what,
        of,
        shares = list(&shares)
    )
}

pub(super) fn horizon_cuts(phase: &Text, months: i32, horizon: i32, counted: i32) -> Text {
    let years = |months: i32| number(f64::from(months) / 12.0, 1);
    say!(
        "\"{phase}\" starts {months} months later and still ends with {horizon}: {counted} years of it are \
         counted, not {would_be}. What is late is counted as lost.",
        "‘{phase}’은(는) {months}개월 늦게 시작하나 분석기간은 {horizon}년까지로 같음: {would_be}년이 아닌 \
         {counted}년만 계상하며, 늦어진 기간은 미뤄진 것이 아니라 제외됨.",
        phase,
        months,
        horizon,
        counted = years(counted),
        would_be = years(counted + months)
    )
}

pub(super) fn domestic_shares_of_table(
    lines: usize,
    of: usize,
    by_basis: &[(ShareBasis, usize)],
    estimated: bool,
) -> Text {
    let counts: Vec<Text> = by_basis
        .iter()
        .map(|(basis, count)| {
            say!(
                "{share} ({count})",
                "{share} {count}개",
                share = share_of(*basis),
                count
            )
        })
        .collect();
    let estimated = match estimated {
        true => Text::new(
            " They are estimated, not published.",
            " 공표치가 아닌 추정치임.",
        ),
        false => Text::default(),
    };
    say!(
        "Domestic shares of {lines} of {of} lines are the table's own: {counts}.{estimated}",
        "{of}개 항목 중 {lines}개의 국산 비율은 산업연관표 값임: {counts}.{estimated}",
        lines,
        of,
        counts = list(&counts),
        estimated
    )
}

/// What the table's share is the share of.
fn share_of(basis: ShareBasis) -> Text {
    match basis {
        ShareBasis::FixedCapital => Text::new("of fixed capital formation", "고정자본형성 기준"),
        ShareBasis::Intermediate => Text::new("of intermediate use", "중간수요 기준"),
        ShareBasis::Household => Text::new("of household consumption", "민간소비 기준"),
        ShareBasis::NotUsed => Text::new(
            "1, as the table shows no use at home",
            "국내 수요가 없어 1로 봄",
        ),
        ShareBasis::NotMade => Text::new(
            "0, as the product is not made at home",
            "국내 생산이 없어 0으로 봄",
        ),
    }
}
