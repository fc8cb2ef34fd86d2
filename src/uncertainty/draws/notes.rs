//! What the reader of an ensemble must know.

use super::engine::{Engine, Part};
use crate::scenario::{Note, Sharing};
use crate::uncertainty::coefficients::KEPT;

impl Engine<'_> {
    pub(super) fn notes(&self, parts: &[Part]) -> Vec<Note> {
        let mut notes = Vec::new();
        let count = self.draws.count;
        if !self.uncertain.is_empty() {
            notes.push(Note::IndependentDraws {
                draws: count,
                seed: self.draws.seed,
                uncertain_figures: self.uncertain.len(),
            });
        }
        for phase in self.events() {
            notes.push(Note::EventInDraws {
                phase: phase.name.clone(),
                probability: phase.probability,
            });
        }
        if let Some(spread) = self.draws.coefficient_spread.filter(|s| *s > 0.0) {
            notes.push(Note::CoefficientsDrawn {
                shared: self.draws.coefficient_sharing,
                spread,
                least_value_added_kept: match self.draws.coefficient_sharing {
                    Sharing::Dirichlet | Sharing::Balanced => 0.0,
                    _ => KEPT,
                },
            });
        }
        if let Some(measured) = &self.table.meta().split_error {
            notes.push(match &self.split {
                Some(split) => Note::SplitDrawn {
                    share: split.share_error(),
                    measured: measured.share,
                    level: measured.level,
                    stated: split.share_error() != measured.expected_share(),
                },
                None => Note::SplitCertain {
                    table: self.table.meta().id.clone(),
                },
            });
        }
        if let Some(scenario) = self.scenario {
            for (at, figure) in self.shares.iter().enumerate() {
                let times: usize = parts.iter().map(|p| p.clamped[at]).sum();
                if times > 0 {
                    notes.push(Note::DrawsAtBounds {
                        figure: scenario.figures[*figure].label.clone().into(),
                        draws_at_bound: times,
                        draws: count,
                    });
                }
            }
        }
        notes
    }
}
