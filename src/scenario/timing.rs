//! When phases run, against each other and against the horizon: what a careful reader would ask.

use super::PhaseKind;
use super::note::Note;
use super::schedule::YearMonth;
use crate::lang::Text;

/// From when to when a phase runs.
#[derive(Debug, Clone)]
pub(super) struct Span {
    /// The phase.
    pub(super) name: Text,
    /// Once, or every year.
    pub(super) kind: PhaseKind,
    /// The first month.
    pub(super) begins: YearMonth,
    /// The month after the last.
    pub(super) ends: YearMonth,
    /// The last year of the horizon, where that is what ends it, and by how many months a delay
    /// shortens it.
    pub(super) cut: Option<(i32, i32)>,
}

/// Warnings of plants that run before they are built, and of delays that a fixed horizon turns into losses.
pub(super) fn notes(spans: &[Span]) -> Vec<Note> {
    let of = |kind| spans.iter().filter(move |s: &&Span| s.kind == kind);
    let early = of(PhaseKind::Recurring).filter_map(|runs| {
        let built = of(PhaseKind::OneOff).max_by_key(|s| s.ends)?;
        (runs.begins < built.ends).then(|| runs_before_built(runs, built))
    });
    let cut = spans.iter().filter_map(horizon_cuts);
    early.chain(cut).collect()
}

fn runs_before_built(runs: &Span, built: &Span) -> Note {
    let last = built.ends.minus_one();
    Note::warning(
        "runs_before_built",
        format!(
            "\"{}\" begins in {}, before \"{}\" ends in {last}: both are counted in the years between.",
            runs.name.en, runs.begins, built.name.en
        ),
        format!(
            "‘{}’은(는) {}에 시작하나 ‘{}’은(는) {last}에 끝남: 그 사이 연도에는 둘 다 계상함.",
            runs.name.ko, runs.begins, built.name.ko
        ),
    )
    .with("phase", &runs.name)
    .with("built_by", &built.name)
}

fn horizon_cuts(span: &Span) -> Option<Note> {
    let (horizon, months) = span.cut?;
    let runs = span.ends.months_since(span.begins);
    let years = |months: i32| crate::units::number(f64::from(months) / 12.0, 1);
    let (runs_now, ran) = (years(runs), years(runs + months));
    let note = Note::warning(
        "horizon_cuts",
        format!(
            "\"{}\" starts {months} months later and still ends with {horizon}: {runs_now} years of it are counted, \
             not {ran}. What is late is counted as lost.",
            span.name.en
        ),
        format!(
            "‘{}’은(는) {months}개월 늦게 시작하나 분석기간은 {horizon}년까지로 같음: {ran}년이 아닌 {runs_now}년만 \
             계상하며, 늦어진 기간은 미뤄진 것이 아니라 제외됨.",
            span.name.ko
        ),
    );
    Some(
        note.with("phase", &span.name)
            .with("months", months)
            .with("horizon", horizon),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(kind: PhaseKind, begins: i32, ends: i32) -> Span {
        Span {
            name: Text::same(format!("{kind:?} {begins}")),
            kind,
            begins: YearMonth::january(begins),
            ends: YearMonth::january(ends),
            cut: None,
        }
    }

    #[test]
    fn a_plant_that_runs_before_it_is_built_is_said() {
        let build = span(PhaseKind::OneOff, 2027, 2030);
        let late = span(PhaseKind::Recurring, 2030, 2040);
        assert!(notes(&[build.clone(), late]).is_empty());
        let early = span(PhaseKind::Recurring, 2029, 2040);
        let said = notes(&[build, early]);
        assert_eq!(said[0].code, "runs_before_built");
        assert!(said[0].text.en.contains("ends in 2029-12"), "{said:?}");
    }

    #[test]
    fn a_delay_before_a_fixed_horizon_is_said_as_a_loss() {
        let mut runs = span(PhaseKind::Recurring, 2031, 2040);
        runs.cut = Some((2039, 12));
        let said = notes(&[runs]);
        assert_eq!(said[0].code, "horizon_cuts");
        assert!(
            said[0]
                .text
                .en
                .contains("9.0 years of it are counted, not 10.0"),
            "{said:?}"
        );
    }
}
