//! Phases: what they are called, when they run, what they spend.

use super::Builder;
use crate::error::Result;
use crate::lang::{Text, said};
use crate::scenario::file::{PhaseFile, SpendingFile};
use crate::scenario::note::Note;
use crate::scenario::schedule::{self, Months, YEARS, YearMonth};
use crate::scenario::timing::Span;
use crate::scenario::{BoundLine, BoundPhase, Place};
use crate::scenario::{Entry, Label, PhaseKind};
use std::collections::BTreeMap;

impl Builder<'_> {
    /// The phases, of which there is one at least where nothing else is changed, each with a name of its own.
    pub(super) fn phases(&mut self, named: &BTreeMap<String, usize>) -> Result<Vec<BoundPhase>> {
        let phase_files = self.file.phase.clone();
        if phase_files.is_empty() && !self.file.mixes_inputs() {
            return Err(self.file.error(
                0,
                0,
                "phase",
                said!(
                    "the scenario has no [[phase]]: nothing is spent",
                    "시나리오에 [[phase]]가 없어 지출이 없습니다"
                ),
            ));
        }
        let mut phases: Vec<BoundPhase> = Vec::new();
        for phase in &phase_files {
            let bound = self.phase(phase, named)?;
            let same = |p: &BoundPhase| p.name.en == bound.name.en || p.name.ko == bound.name.ko;
            if phases.iter().any(same) {
                let (en, ko) = (&bound.name.en, &bound.name.ko);
                let message = said!("two phases are named '{en}'", "'{ko}' 단계가 둘입니다");
                let at = phase.name.clone().unwrap_or_default();
                return Err(self.file.error_at(&at, "name", message));
            }
            phases.push(bound);
        }
        Ok(phases)
    }

    fn phase(
        &mut self,
        phase: &PhaseFile,
        recipes: &BTreeMap<String, usize>,
    ) -> Result<BoundPhase> {
        let Some(name) = phase.name.clone() else {
            // The first of its lines is the nearest place that is known.
            let at = phase.spending.iter().find_map(|l| l.what.clone());
            let message = said!(
                "a [[phase]] has no name",
                "[[phase]]에 이름(name)이 없습니다"
            );
            return Err(self
                .file
                .error_at(&at.unwrap_or_default(), "phase", message));
        };
        let fail = |this: &Self, field: &str, message: Text| {
            let field = format!("{}: {field}", name.value.en);
            this.file.error_at(&name, &field, message)
        };
        self.check_name(&name.value, &name, "name")?;
        if phase.drop.value {
            let others = self.file.phase.iter().filter(|p| !p.drop.value);
            let names = others.filter_map(|p| Some(p.name.as_ref()?.value.en.as_str()));
            let message = nothing_to_drop(said!("phase", "단계"), names);
            let field = format!("{}: drop", name.value.en);
            return Err(self.file.error_at(&phase.drop, &field, message));
        }
        let Some(kind) = phase.kind else {
            return Err(fail(
                self,
                "kind",
                said!(
                    "it is missing: one-off or recurring",
                    "지정되지 않았습니다. one-off(일회성)나 recurring(매년)을 쓰십시오"
                ),
            ));
        };
        let key = name.value.en.clone();
        let probability = self.add_optional(
            &format!("{key}/probability"),
            Label::of(&name.value, Entry::Probability),
            &phase.probability,
        )?;
        let region = self.region(phase.region.as_ref())?;
        let schedule = self.schedule(&name.value, phase, kind)?;
        if phase.spending.is_empty() {
            return Err(fail(
                self,
                "spending",
                said!("the phase spends nothing", "단계에 지출 항목이 없습니다"),
            ));
        }
        let items = phase.spending.iter().filter_map(|l| l.item.as_ref());
        let mut called: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for item in items {
            *called.entry((&item.en, &item.ko)).or_default() += 1;
        }
        let mut lines: Vec<BoundLine> = Vec::new();
        for line in &phase.spending {
            if line.drop.value {
                let others = phase.spending.iter().filter(|l| !l.drop.value);
                let others = others.filter_map(SpendingFile::key);
                let message = nothing_to_drop(said!("line", "항목"), others);
                let field = format!("{}: drop", line.key().unwrap_or(&key));
                return Err(self.file.error_at(&line.drop, &field, message));
            }
            if let (Some(item), Some(what)) = (&line.item, &line.what)
                && called[&(item.en.as_str(), item.ko.as_str())] > 1
            {
                let (en, ko) = (&item.en, &item.ko);
                let message = said!("two lines are called '{en}'", "'{ko}' 항목이 둘입니다");
                return Err(self.file.error_at(what, &format!("{key}: item"), message));
            }
            lines.extend(self.line(&key, kind, line, region.as_ref(), &name, recipes)?);
        }
        let lines = self.driven(lines, &name)?;
        let elsewhere = |l: &BoundLine| l.region.as_ref().is_some_and(Place::is_elsewhere);
        if lines.iter().any(elsewhere) && lines.iter().all(|l| l.region.is_none() || elsewhere(l)) {
            self.notes.push(Note::ElsewhereWithoutProvince {
                phase: name.value.clone(),
            });
        }
        Ok(BoundPhase {
            name: name.value.clone(),
            kind,
            schedule,
            probability,
            region,
            lines,
        })
    }

    /// Calendar years with the share of spending (one-off) or of the year that it runs (recurring).
    fn schedule(
        &mut self,
        name: &Text,
        phase: &PhaseFile,
        kind: PhaseKind,
    ) -> Result<Vec<(i32, f64)>> {
        if let (PhaseKind::Recurring, Some(profile)) = (kind, &phase.profile) {
            let message = said!(
                "a recurring phase spends the same every year: a profile goes with kind = \"one-off\"",
                "매년 반복되는 단계(recurring)의 지출은 해마다 같습니다. profile은 kind = \"one-off\"에만 쓰십시오"
            );
            return Err(self.file.error_at(profile, "profile", message));
        }
        let Some(start) = phase.start.as_ref() else {
            let fail = |field: &str, origin: usize, offset: usize| {
                let message = said!(
                    "without a start there are no dates: add start = ..., or leave it out",
                    "시작(start)이 없으면 날짜를 정할 수 없습니다. start = ...를 추가하거나 이 키를 빼십시오"
                );
                Err(self.file.error(origin, offset, field, message))
            };
            return match (&phase.duration, &phase.profile, &phase.delay) {
                (Some(l), _, _) => fail("duration", l.origin, l.offset),
                (_, Some(l), _) => fail("profile", l.origin, l.offset),
                (_, _, Some(l)) => fail("delay", l.origin, l.offset),
                (None, None, None) => Ok(Vec::new()),
            };
        };
        let delay = phase.delay.as_ref().map_or(Months(0), |d| d.value);
        let begins = start.value.plus(delay);
        let duration = phase.duration.as_ref().map(|d| d.value);
        if let Some(zero) = phase.duration.as_ref().filter(|d| d.value == Months(0)) {
            let message = said!(
                "a phase lasts at least a month",
                "단계의 기간은 1개월 이상이어야 합니다"
            );
            return Err(self.file.error_at(zero, "duration", message));
        }
        // What moves the phase too far is named, at its own line: not the start beside it.
        let too_late = |from: YearMonth, latest: YearMonth, message: Text| {
            Err(match (&phase.delay, &phase.duration) {
                (Some(delay), _) if from < latest && begins >= latest => {
                    self.file.error_at(delay, "delay", message)
                }
                (_, Some(duration)) if begins < latest => {
                    self.file.error_at(duration, "duration", message)
                }
                _ => self.file.error_at(start, "start", message),
            })
        };
        let mut span = Span {
            name: name.clone(),
            kind,
            begins,
            ends: begins.plus(duration.unwrap_or(Months(12))),
            cut: None,
        };
        let schedule = match kind {
            PhaseKind::OneOff => {
                let profile = phase.profile.clone().unwrap_or_default().value;
                profile.by_year(begins, duration.unwrap_or(Months(12)))
            }
            PhaseKind::Recurring => {
                let horizon = self.file.scenario.horizon;
                let end = match (duration, horizon) {
                    (Some(duration), _) => begins.plus(duration),
                    (None, Some(year)) => YearMonth::january(year.saturating_add(1)),
                    (None, None) => begins.plus(Months(120)),
                };
                if end <= begins {
                    let last = horizon.unwrap_or_default();
                    let message = said!(
                        "it starts in {begins}, after the horizon {last} at which it ends",
                        "{begins}에 시작하여 분석 종료 연도(horizon) {last}년보다 늦습니다"
                    );
                    return too_late(start.value, end, message);
                }
                span.ends = end;
                let by_horizon = horizon.filter(|_| duration.is_none() && delay != Months(0));
                span.cut = by_horizon.map(|year| (year, delay.0 as i32));
                schedule::running_by_year(begins, end)
            }
        };
        match schedule.last() {
            Some((last, _)) if !YEARS.contains(last) => {
                let end = YEARS.end();
                let message = said!(
                    "the phase runs to {last}; years end with {end}",
                    "단계가 {last}년까지 이어집니다. 연도는 {end}년까지 쓸 수 있습니다"
                );
                too_late(start.value, YearMonth::january(end + 1), message)
            }
            _ => {
                self.spans.push(span);
                Ok(schedule)
            }
        }
    }
}

/// Why nothing is dropped by `drop = true`.
fn nothing_to_drop<'a>(what: Text, others: impl Iterator<Item = &'a str>) -> Text {
    let others: Vec<&str> = others.collect();
    let (en, ko) = (what.en, what.ko);
    let message = said!(
        "drop = true is for a {en} of the scenario that this one extends, which has none of this name",
        "drop = true는 extends로 물려받은 시나리오의 {ko}을(를) 제외하는 것인데, 이 이름의 {ko}이(가) 없습니다"
    );
    match others.as_slice() {
        [] => message,
        names => {
            let (names, en, ko) = (names.join(", "), message.en, message.ko);
            said!("{en}; there are {names}", "{ko}. 있는 이름: {names}")
        }
    }
}
