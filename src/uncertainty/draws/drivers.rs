//! What drives value added.

use super::engine::{Chance, Engine};
use super::record::Column;
use crate::error::Result;
use crate::uncertainty::ensemble::Driver;
use crate::uncertainty::lanes::{Lanes, WIDTH};
use crate::uncertainty::statistics;

impl Engine<'_> {
    /// What drives value added: rank correlations, and each figure alone at the ends of its band.
    pub(super) fn drivers(&self, ranks: &[Vec<f64>]) -> Result<Vec<Driver>> {
        let Some(scenario) = self.scenario else {
            return Ok(Vec::new());
        };
        let written = scenario.values::<f64>(&[])?;
        let of_figures = &ranks[ranks.len() - self.uncertain.len()..];
        let mut drivers = Vec::new();
        for (kind, _) in &self.kinds {
            let find = |id| {
                let wanted = Column::Figure(Some(*kind), id);
                self.columns.iter().position(|c| *c == wanted)
            };
            let (Some(type1), Some(all)) = (find("value_added_type1"), find("value_added")) else {
                continue;
            };
            let mut of_kind = Vec::new();
            for ((at, sampler), of_figure) in self.uncertain.iter().zip(of_figures) {
                // The ends of its band first, then quantiles all over it.
                let mut u = Lanes::ZERO;
                for (lane, u) in u.0.iter_mut().enumerate() {
                    *u = (lane as f64 - 1.5) / (WIDTH - 2) as f64;
                }
                (u.0[0], u.0[1]) = (0.05, 0.95);
                let values = sampler.quantiles(u);
                let record = self.record(&[(*at, values)], Chance::default())?;
                let [alone, with_households] = [type1, all].map(|column| record.columns[column]);
                // Where it has no part, a correlation would be chance.
                let no_part = alone.uniform().is_some();
                if no_part && with_households.uniform().is_some() {
                    continue;
                }
                let figure = &scenario.figures[*at];
                of_kind.push(Driver {
                    kind: *kind,
                    key: figure.key.clone(),
                    label: figure.label.clone(),
                    money: written[*at].money == 1,
                    rank_correlation: if no_part {
                        0.0
                    } else {
                        statistics::correlation(of_figure, &ranks[type1])
                    },
                    range: [values.0[0], values.0[1]]
                        .map(|v| if written[*at].money == 1 { v / 1e6 } else { v }),
                    value_added_type1: [alone.0[0], alone.0[1]],
                    value_added: [with_households.0[0], with_households.0[1]],
                });
            }
            of_kind.sort_by(|a, b| {
                let size = |d: &Driver| d.rank_correlation.abs();
                size(b).total_cmp(&size(a))
            });
            drivers.extend(of_kind);
        }
        Ok(drivers)
    }
}
