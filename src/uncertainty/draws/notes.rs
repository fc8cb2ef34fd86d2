//! What the reader of an ensemble must know.

use super::Draws;
use super::engine::{Engine, Part};
use crate::scenario::{Note, Sharing};
use crate::table::AnyTable;
use crate::uncertainty::coefficients::KEPT;
use crate::uncertainty::split::SplitDraws;

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
        notes.extend(notes_of_table(self.table, &self.draws, self.split.as_ref()));
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

/// How a table is drawn.
pub(in crate::uncertainty) fn notes_of_table(
    table: &AnyTable,
    draws: &Draws,
    split: Option<&SplitDraws>,
) -> Vec<Note> {
    let mut notes = Vec::new();
    if let Some(spread) = draws.coefficient_spread.filter(|s| *s > 0.0) {
        notes.push(Note::CoefficientsDrawn {
            shared: draws.coefficient_sharing,
            spread,
            least_value_added_kept: match draws.coefficient_sharing {
                Sharing::Dirichlet | Sharing::Balanced => 0.0,
                _ => KEPT,
            },
        });
    }
    if let Some(measured) = &table.meta().split_error {
        notes.push(match split {
            Some(split) => Note::SplitDrawn {
                share: split.share_error(),
                measured: measured.share,
                level: measured.level,
                stated: split.share_error() != measured.expected_share(),
            },
            None => Note::SplitCertain {
                table: table.meta().id.clone(),
            },
        });
    }
    notes
}
