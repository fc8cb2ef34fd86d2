//! An impact and how sure it is: what reports show and programs read.

use super::Ensemble;
use crate::impact::Impact;
use crate::scenario::Note;
use serde::{Deserialize, Serialize};

/// An impact with the ensemble that was drawn around it, where one was; in JSON the impact's own fields
/// and `uncertainty`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Estimate {
    /// What follows, as written.
    #[serde(flatten)]
    pub impact: Impact,
    /// How sure the figures are, where draws were asked for.
    pub uncertainty: Option<Ensemble>,
}

impl From<Impact> for Estimate {
    fn from(impact: Impact) -> Self {
        Estimate {
            impact,
            uncertainty: None,
        }
    }
}

impl Estimate {
    /// An impact with what [`draws::of_scenario`](super::draws::of_scenario) or
    /// [`draws::of_shock`](super::draws::of_shock) drew around it; what they must tell stands with what the
    /// impact tells.
    pub fn drawn(mut impact: Impact, (ensemble, notes): (Ensemble, Vec<Note>)) -> Self {
        impact.notes.extend(notes);
        Estimate {
            impact,
            uncertainty: Some(ensemble),
        }
    }
}
