//! People: whose jobs they are, by a profile of each sector's jobs.
//!
//! jobs of group g = sum over sectors of share(sector, g) x jobs(sector), for each stage; job-years of
//! one-off phases and jobs of recurring ones stay apart.

use super::{Effects, Sums};
use crate::lang::Text;
use crate::scenario::profile::Profile;
use crate::scenario::{ByKind, PhaseKind};
use serde::{Deserialize, Serialize};

/// Jobs by group of people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PeopleImpact {
    /// What the groups are: "age".
    pub name: Text,
    /// Where the shares come from.
    pub source: Option<Text>,
    /// Whether the shares only illustrate the method.
    pub illustrative: bool,
    /// The groups.
    pub groups: Vec<Text>,
    /// Job-years (one-off) and jobs (recurring) by group, as far as there are such phases.
    pub kinds: Vec<(PhaseKind, Vec<Sums>)>,
}

impl PeopleImpact {
    /// Splits the jobs of effects; without jobs in the table there is nothing to split.
    pub fn of(profile: &Profile, effects: &ByKind<Option<Effects>>) -> Self {
        let split = |jobs: &[f64], group: usize| -> f64 {
            let shares = profile.shares.column(group);
            jobs.iter().zip(shares.iter()).map(|(j, s)| j * s).sum()
        };
        let kinds = effects
            .present()
            .filter_map(|(kind, effects)| Some((kind, effects.account("jobs")?)))
            .map(|(kind, jobs)| {
                let groups = (0..profile.groups.len())
                    .map(|g| Sums {
                        direct: split(&jobs.direct, g),
                        indirect: split(&jobs.indirect, g),
                        induced: split(&jobs.induced, g),
                    })
                    .collect();
                (kind, groups)
            })
            .collect();
        PeopleImpact {
            name: profile.name.clone(),
            source: profile.source.clone(),
            illustrative: profile.illustrative,
            groups: profile.groups.clone(),
            kinds,
        }
    }
}
