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
    Note::RunsBeforeBuilt {
        phase: runs.name.clone(),
        built_by: built.name.clone(),
        begins: runs.begins,
        last: built.ends.minus_one(),
    }
}

fn horizon_cuts(span: &Span) -> Option<Note> {
    let (horizon, months) = span.cut?;
    Some(Note::HorizonCuts {
        phase: span.name.clone(),
        months,
        horizon,
        counted: span.ends.months_since(span.begins),
    })
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
        let last_of = |note: &Note| match note {
            Note::RunsBeforeBuilt { last, .. } => Some(last.to_string()),
            _ => None,
        };
        assert_eq!(last_of(&said[0]).as_deref(), Some("2029-12"), "{said:?}");
    }

    #[test]
    fn a_delay_before_a_fixed_horizon_is_said_as_a_loss() {
        let mut runs = span(PhaseKind::Recurring, 2031, 2040);
        runs.cut = Some((2039, 12));
        let said = notes(&[runs]);
        // Nine years are counted of the ten that it would have run without the delay of one.
        let Note::HorizonCuts {
            months, counted, ..
        } = said[0]
        else {
            panic!("{said:?}")
        };
        assert_eq!((months, counted), (12, 108));
    }
}
