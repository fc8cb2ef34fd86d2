//! Once or every year: the two kinds of phases. Money of both may be added within a year; job-years and
//! jobs never.

use serde::{Deserialize, Serialize};

/// Whether spending happens once or every year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub enum PhaseKind {
    /// Once, over years: jobs are job-years.
    OneOff,
    /// Every year: amounts are a year's, jobs are jobs.
    Recurring,
}

impl PhaseKind {
    /// Both, in the order that results have them.
    pub const BOTH: [PhaseKind; 2] = [PhaseKind::OneOff, PhaseKind::Recurring];

    /// A stable name: "one_off", "recurring".
    pub fn id(self) -> &'static str {
        match self {
            PhaseKind::OneOff => "one_off",
            PhaseKind::Recurring => "recurring",
        }
    }
}

/// Something of the one-off phases and the same of the recurring ones.
///
/// ```
/// use leontief::scenario::{ByKind, PhaseKind};
///
/// let years = ByKind { one_off: 3, recurring: 10 };
/// assert_eq!(*years.get(PhaseKind::Recurring), 10);
/// let kinds = ByKind { one_off: Some("build"), recurring: None };
/// assert_eq!(kinds.present().count(), 1);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct ByKind<T> {
    /// Of the one-off phases: in all, persons as job-years.
    pub one_off: T,
    /// Of the recurring phases: of a full year, persons as jobs.
    pub recurring: T,
}

impl<T> ByKind<T> {
    /// Both from their kinds.
    pub fn of(mut of: impl FnMut(PhaseKind) -> T) -> Self {
        ByKind {
            one_off: of(PhaseKind::OneOff),
            recurring: of(PhaseKind::Recurring),
        }
    }

    /// That of a kind.
    pub fn get(&self, kind: PhaseKind) -> &T {
        match kind {
            PhaseKind::OneOff => &self.one_off,
            PhaseKind::Recurring => &self.recurring,
        }
    }

    /// That of a kind, to be changed.
    pub fn get_mut(&mut self, kind: PhaseKind) -> &mut T {
        match kind {
            PhaseKind::OneOff => &mut self.one_off,
            PhaseKind::Recurring => &mut self.recurring,
        }
    }

    /// Both by reference.
    pub fn as_ref(&self) -> ByKind<&T> {
        ByKind {
            one_off: &self.one_off,
            recurring: &self.recurring,
        }
    }

    /// Each changed alike.
    pub fn map<U>(self, mut of: impl FnMut(T) -> U) -> ByKind<U> {
        ByKind {
            one_off: of(self.one_off),
            recurring: of(self.recurring),
        }
    }
}

impl<T> ByKind<Option<T>> {
    /// Those that there are, with their kinds.
    pub fn present(&self) -> impl DoubleEndedIterator<Item = (PhaseKind, &T)> {
        let both = PhaseKind::BOTH.into_iter();
        both.filter_map(|kind| Some((kind, self.get(kind).as_ref()?)))
    }

    /// Whether there are phases of both kinds.
    pub fn are_both(&self) -> bool {
        self.one_off.is_some() && self.recurring.is_some()
    }
}
