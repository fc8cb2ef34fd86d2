//! What holds for every result and must be said with it.

use crate::lang::Lang;
use crate::model::{Households, ImportTreatment, Model};
use crate::scenario::{Note, Phase, PhaseKind, Plan};
use crate::table::{AnyTable, ShareBasis, Status};
use crate::units::Scale;

pub(super) fn is_default_share(table: &AnyTable, model: &Model) -> bool {
    match (model.households(), table) {
        (Some(households), AnyTable::Flows(table)) => Households::default_share(table)
            .is_ok_and(|default| default == households.share_spent()),
        _ => false,
    }
}

/// The share from which a product, or a phase, counts as largely imported.
pub(super) const MUCH_IMPORTED: f64 = 1.0 / 3.0;

/// A phase of which a third or more is imported at once, and the line most of it is.
fn mostly_imported(phase: &Phase) -> Option<Note> {
    let imported: f64 = phase.lines.iter().map(|l| l.imported).sum();
    let share = imported / phase.amount();
    let most = phase
        .lines
        .iter()
        .max_by(|a, b| a.imported.total_cmp(&b.imported))?;
    // Of amounts of both signs, which may sum to nothing, there is no share to speak of.
    (MUCH_IMPORTED..=1.0 + 1e-9).contains(&share).then(|| {
        let percent = share * 100.0;
        let part = most.imported / imported * 100.0;
        Note::warning(
            "mostly_imported",
            format!(
                "{}: {percent:.0} % of the spending is imported at once, {part:.0} % of that as \"{}\".",
                phase.name.en, most.item.en
            ),
            format!(
                "{}: 지출의 {percent:.0}%가 직접 수입되며, 그중 {part:.0}%는 ‘{}’임.",
                phase.name.ko, most.item.ko
            ),
        )
        .with("phase", &phase.name)
        .with("share", share)
        .with("line", &most.item)
        .with("share_of_line", most.imported / imported)
    })
}

/// Which domestic shares are the table's own, and what each is the share of.
fn shares_of_table(table: &AnyTable, plan: &Plan) -> Option<Note> {
    let lines = || plan.phases.iter().flat_map(|p| &p.lines);
    let kinds = [
        (
            ShareBasis::FixedCapital,
            "fixed_capital",
            "of fixed capital formation",
            "고정자본형성 기준",
        ),
        (
            ShareBasis::Intermediate,
            "intermediate",
            "of intermediate use",
            "중간수요 기준",
        ),
        (
            ShareBasis::Household,
            "household",
            "of household consumption",
            "민간소비 기준",
        ),
        (
            ShareBasis::NotUsed,
            "not_used",
            "1, as the table shows no use at home",
            "국내 수요가 없어 1로 봄",
        ),
        (
            ShareBasis::NotMade,
            "not_made",
            "0, as the product is not made at home",
            "국내 생산이 없어 0으로 봄",
        ),
    ];
    let counted = kinds.map(|(basis, code, en, ko)| {
        let count = lines().filter(|l| l.share_basis == Some(basis)).count();
        (count, code, en, ko)
    });
    let by_table: usize = counted.iter().map(|(count, ..)| count).sum();
    if by_table == 0 {
        return None;
    }
    let present = || counted.iter().filter(|(count, ..)| *count > 0);
    let list = |said: &dyn Fn(usize, &str, &str) -> String| -> String {
        let parts: Vec<String> = present().map(|(n, _, en, ko)| said(*n, en, ko)).collect();
        parts.join(", ")
    };
    let all = lines().count();
    // Where the imports of final demand are not published by category, all categories have one share.
    let final_use = |code: &str| matches!(code, "fixed_capital" | "household");
    let block = table.meta().block("imported_final_demand");
    let one_share = block.is_some_and(|b| b.status == Status::Estimated)
        && present().any(|(_, code, ..)| final_use(code));
    let (en_share, ko_share) = match one_share {
        true => (
            " The table estimates one share for all final demand but exports.",
            " 최종수요의 국산 비율은 수출 외 모든 항목에 동일하게 추정한 값임.",
        ),
        false => ("", ""),
    };
    let mut note = Note::assumption(
        "domestic_shares_of_table",
        format!(
            "Domestic shares of {by_table} of {all} lines are the table's own: {}.{en_share}",
            list(&|count, en, _| format!("{en} ({count})"))
        ),
        format!(
            "{all}개 항목 중 {by_table}개의 국산 비율은 산업연관표 값임: {}.{ko_share}",
            list(&|count, _, ko| format!("{ko} {count}개"))
        ),
    )
    .with("lines", by_table)
    .with("of", all);
    for (count, code, ..) in present() {
        note = note.with(code, *count);
    }
    Some(note)
}

/// What holds for every result and must be said with it.
pub(super) fn standard_notes(table: &AnyTable, model: &Model, plan: &Plan) -> Vec<Note> {
    let mut notes = Vec::new();
    notes.extend(shares_of_table(table, plan));
    notes.extend(unlikely_size(table, plan));
    notes.extend(plan.phases.iter().filter_map(mostly_imported));
    match model.households() {
        Some(households) => {
            let share = households.share_spent();
            let (en, ko) = if is_default_share(table, model) {
                (
                    "the table's household consumption over compensation and operating surplus",
                    "산업연관표의 민간소비 ÷ (피용자보수+영업잉여)",
                )
            } else {
                ("as given", "지정값")
            };
            notes.push(Note::assumption(
                "induced_household_share",
                format!("Induced effects: households spend {share:.3} of compensation of employees ({en})."),
                format!("유발효과: 피용자보수 중 가계가 소비하는 비중 {share:.3}({ko})."),
            )
            .with("share", share)
            .with("default", if is_default_share(table, model) { "table" } else { "stated" }));
        }
        None => notes.push(Note::assumption(
            "households_open",
            "Type I: household spending is not counted.",
            "1형(개방모형): 가계소비 유발효과는 포함하지 않음.",
        )),
    }
    notes.push(match model.imports() {
        ImportTreatment::Domestic => Note::assumption(
            "domestic_inverse",
            "Domestic inverse (I - Ad)^-1: imported inputs do not propagate.",
            "국산 생산유발계수 (I-Ad)^-1(비경쟁수입형): 수입 중간재는 파급되지 않음.",
        ),
        ImportTreatment::Competitive => Note::assumption(
            "competitive_imports",
            "Competitive-import form (I - (I - m)A)^-1: every use of a product is imported in its average share.",
            "경쟁수입형 (I-(I-m)A)^-1: 모든 용도의 수입 비율이 품목별 평균과 같음.",
        ),
        ImportTreatment::Total => Note::warning(
            "total_inverse",
            "Total form (I - A)^-1: as if every input were made at home. An upper bound, not an estimate.",
            "총거래형 (I-A)^-1: 모든 투입을 국내에서 생산한다고 봄. 추정치가 아니라 상한임.",
        ),
    });
    for phase in plan.phases.iter().filter(|p| p.probability < 1.0) {
        let percent = phase.probability * 100.0;
        notes.push(Note::assumption(
            "expected_value",
            format!(
                "\"{}\" is counted at its probability of {percent:.0} %: its figures are expected values.",
                phase.name.en
            ),
            format!("‘{}’은 실현 확률 {percent:.0}%를 곱한 기댓값임.", phase.name.ko),
        )
        .with("phase", &phase.name)
        .with("probability", phase.probability));
    }
    if plan.productivity_growth == 0.0 {
        notes.push(
            Note::assumption(
                "no_productivity_growth",
                format!(
                    "Jobs use the labour coefficients of {}: no productivity growth.",
                    table.meta().year
                ),
                format!(
                    "취업자는 {}년 취업계수 기준: 노동생산성 증가는 반영하지 않음.",
                    table.meta().year
                ),
            )
            .with("table_year", table.meta().year),
        );
    } else {
        let percent = plan.productivity_growth * 100.0;
        notes.push(
            Note::assumption(
                "productivity_growth",
                format!(
                    "Labour productivity grows by {percent:.1} % a year after {}.",
                    table.meta().year
                ),
                format!(
                    "노동생산성은 {}년 이후 연 {percent:.1}% 증가.",
                    table.meta().year
                ),
            )
            .with("rate", plan.productivity_growth)
            .with("table_year", table.meta().year),
        );
    }
    if table.meta().estimated().next().is_some() {
        let estimated = |lang| {
            let blocks = table.meta().estimated();
            let titles: Vec<&str> = blocks
                .map(|b| crate::table::meta::block_title(&b.name, lang))
                .collect();
            titles.join(", ")
        };
        notes.push(
            Note::warning(
                "estimated_blocks",
                format!(
                    "Estimated, not published, in {}: {}.",
                    table.meta().id,
                    estimated(Lang::En)
                ),
                format!(
                    "{}에서 공표치가 아닌 추정치: {}.",
                    table.meta().id,
                    estimated(Lang::Ko)
                ),
            )
            .with("table", &table.meta().id)
            .with(
                "blocks",
                table
                    .meta()
                    .estimated()
                    .map(|b| b.name.as_str())
                    .collect::<Vec<_>>()
                    .join(", "),
            ),
        );
    }
    notes.push(Note::assumption(
        "fixed_prices_no_limits",
        "Input-output analysis: fixed prices and coefficients, no capacity limits; gross effects, not net of \
         what else the money could have done.",
        "산업연관분석의 한계: 가격·투입계수 고정, 생산능력 제약 없음. 대체효과를 뺀 순효과가 아닌 총효과임.",
    ));
    notes
}

/// The share of the table's GDP above which spending is rather a slip of unit than meant.
const HUGE_SHARE: f64 = 0.1;
/// The amount (in whole units of the currency) and the share of GDP below which it is.
const TINY_AMOUNT: f64 = 1_000.0;
const TINY_SHARE: f64 = 1e-10;

/// Says so where the size of what is spent looks like a slip of unit.
fn unlikely_size(table: &AnyTable, plan: &Plan) -> Option<Note> {
    let unit = table.meta().unit;
    let spent = |kind| -> f64 {
        let of_kind = plan.phases.iter().filter(|p| p.kind == kind);
        let lines = of_kind.flat_map(|p| &p.lines);
        lines.map(|l| l.amount.abs()).sum::<f64>() * unit
    };
    let most = spent(PhaseKind::OneOff).max(spent(PhaseKind::Recurring));
    let gdp = match table {
        AnyTable::Flows(flows) => Some(flows.value_added().sum() * unit),
        _ => None,
    };
    let said = |lang| Scale::new(lang, &table.meta().currency, [most / 1e6]).in_words(most / 1e6);
    let (en, ko) = (said(Lang::En), said(Lang::Ko));
    if let Some(gdp) = gdp.filter(|gdp| *gdp > 0.0 && most > HUGE_SHARE * gdp) {
        let percent = most / gdp * 100.0;
        return Some(
            Note::warning(
                "huge_amount",
                format!(
                    "{en} is {percent:.0} % of the table's GDP: check the unit. Fixed prices and free capacity \
                     cannot be assumed for so much."
                ),
                format!(
                    "{ko}은 산업연관표 GDP의 {percent:.0}%에 해당: 금액 단위를 확인할 것. 이 규모에서는 가격 고정과 \
                     생산능력 무제약을 가정할 수 없음."
                ),
            )
            .with("amount", most / 1e6)
            .with("share", most / gdp),
        );
    }
    let tiny = gdp.map_or(0.0, |gdp| TINY_SHARE * gdp).max(TINY_AMOUNT);
    (most > 0.0 && most < tiny).then(|| {
        Note::warning(
            "tiny_amount",
            format!(
                "Only {en} is spent in all: check the unit. A bare number is in whole units of the currency; \
                 write 3억, 3bn or 3조 for more."
            ),
            format!(
                "전체 지출이 {ko}에 불과함: 금액 단위를 확인할 것. 단위 없는 수는 통화 1단위이며, 큰 금액은 3억, 3bn, \
                 3조처럼 씀."
            ),
        )
        .with("amount", most / 1e6)
    })
}
