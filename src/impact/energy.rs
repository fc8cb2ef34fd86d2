//! Energy use of what follows, by industry.
//!
//! energy of industry b = sum over its sectors of energy per output x output, for each stage.

use super::{Effects, Sums};
use crate::lang::Text;
use crate::scenario::{ByKind, PhaseKind};
use crate::table::{EnergyPerOutput, SectorName};
use serde::{Deserialize, Serialize};

/// Energy use by industry, as far as it is known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct EnergyImpact {
    /// The year of the energy.
    pub year: i32,
    /// The year of the output that it is set against.
    pub output_year: i32,
    /// Where the figures come from.
    pub source: Text,
    /// The industries.
    pub industries: Vec<SectorName>,
    /// One-off phases in all, recurring ones a year, as far as there are such phases.
    pub kinds: Vec<EnergyOfKind>,
}

/// What the phases of a kind use.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct EnergyOfKind {
    /// Once, or every year.
    pub kind: PhaseKind,
    /// The share of the output set off (Type I) that is of industries with a figure.
    pub covered: f64,
    /// Final energy by industry, TJ.
    pub energy: Vec<Sums>,
    /// Electricity, a part of it, by industry, GWh.
    pub electricity: Vec<Sums>,
}

impl EnergyImpact {
    /// Of effects in the table that the figures are per output of.
    pub fn of(per_output: &EnergyPerOutput, effects: &ByKind<Option<Effects>>) -> Self {
        let kinds = effects.present().map(|(kind, effects)| {
            let output = &effects.output;
            let by_industry = |of: &[f64]| {
                let mut sums = vec![Sums::default(); per_output.industries.len()];
                for (i, industry) in per_output.of.iter().enumerate() {
                    if let Some(industry) = industry {
                        let sum = &mut sums[*industry];
                        sum.direct += of[i] * output.direct[i];
                        sum.indirect += of[i] * output.indirect[i];
                        sum.induced += of[i] * output.induced[i];
                    }
                }
                sums
            };
            let known = (0..per_output.of.len()).filter(|i| per_output.of[*i].is_some());
            let covered: f64 = known.map(|i| output.type1(i)).sum();
            let all = output.sums().type1();
            EnergyOfKind {
                kind,
                covered: if all == 0.0 { 0.0 } else { covered / all },
                energy: by_industry(per_output.energy.as_slice()),
                electricity: by_industry(per_output.electricity.as_slice()),
            }
        });
        EnergyImpact {
            year: per_output.year,
            output_year: per_output.output_year,
            source: per_output.source.clone(),
            industries: per_output.industries.clone(),
            kinds: kinds.collect(),
        }
    }
}
