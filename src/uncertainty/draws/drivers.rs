//! What drives value added.

use super::engine::{Chance, Engine, Part};
use super::in_parallel;
use super::record::Column;
use crate::error::Result;
use crate::scenario::{Entry, PhaseKind};
use crate::uncertainty::ensemble::Driver;
use crate::uncertainty::lanes::{Lanes, WIDTH};
use crate::uncertainty::statistics;

impl Engine<'_> {
    /// What drives value added: rank correlations, and each figure alone at the ends of its band.
    pub(super) fn drivers(&self, ranks: &[Vec<f64>], parts: &[Part]) -> Result<Vec<Driver>> {
        let Some(scenario) = self.scenario else {
            return Ok(Vec::new());
        };
        let written = scenario.values::<f64>(&[])?;
        let of_figures = &ranks[ranks.len() - self.uncertain.len()..];
        let alone = self.split_alone()?;
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
            of_kind.extend(self.split_driver(*kind, &alone, parts));
            of_kind.sort_by(|a, b| {
                let size = |d: &Driver| d.rank_correlation.abs();
                size(b).total_cmp(&size(a))
            });
            drivers.extend(of_kind);
        }
        Ok(drivers)
    }

    /// Draws of the split alone, all figures as written: a column each; none where it is not drawn.
    fn split_alone(&self) -> Result<Vec<Vec<f64>>> {
        if self.split.is_none() {
            return Ok(Vec::new());
        }
        let count = self.draws.count.min(ALONE);
        let blocks = in_parallel(count.div_ceil(WIDTH), |block| {
            let split = Some(block * WIDTH);
            self.record(
                &[],
                Chance {
                    split,
                    ..Chance::default()
                },
            )
        });
        let blocks = blocks.into_iter().collect::<Result<Vec<_>>>()?;
        let column = |at: usize| {
            let lanes = blocks.iter().flat_map(|block| block.columns[at].0);
            lanes.take(count).collect()
        };
        Ok((0..self.columns.len()).map(column).collect())
    }

    /// The split as a driver. Its figure is what leaks away of the spending: imports, at once and as inputs.
    fn split_driver(&self, kind: PhaseKind, alone: &[Vec<f64>], parts: &[Part]) -> Option<Driver> {
        let of = |id| {
            let wanted = Column::Figure(Some(kind), id);
            let at = self.columns.iter().position(|c| *c == wanted)?;
            Some((at, alone.get(at)?))
        };
        let (at, type1) = of("value_added_type1")?;
        let ((_, all), (_, leaks), (_, spent)) =
            (of("value_added")?, of("leakage_type1")?, of("spending")?);
        let shares: Vec<f64> = leaks.iter().zip(spent).map(|(l, s)| l / s).collect();
        let drawn: Vec<f64> = self.first_draws(at, alone[at].len(), parts);
        let correlation =
            statistics::correlation(&statistics::ranks(&shares), &statistics::ranks(&drawn));
        let ends = |draws: &[f64]| {
            let spread = statistics::spread(draws, 0.0);
            [spread.p5, spread.p95]
        };
        // More that leaks away is less value added, or less of it lost.
        let lost = spent[0] < 0.0;
        let at_ends = |[low, high]: [f64; 2]| if lost { [low, high] } else { [high, low] };
        let range = ends(&shares);
        let moves = range[0] < range[1] && range.iter().all(|share| share.is_finite());
        moves.then(|| Driver {
            kind,
            key: Entry::SplitError.key().to_owned(),
            label: Entry::SplitError.into(),
            money: false,
            rank_correlation: correlation,
            range,
            value_added_type1: at_ends(ends(type1)),
            value_added: at_ends(ends(all)),
        })
    }

    /// The first draws of a column.
    fn first_draws(&self, column: usize, count: usize, parts: &[Part]) -> Vec<f64> {
        let of_part = |part: &Part| {
            let each = part.columns.len() / self.columns.len();
            part.columns[column * each..][..each].to_vec()
        };
        parts.iter().flat_map(of_part).take(count).collect()
    }
}

/// Draws of the split alone: rank correlations then have a standard error of .02.
const ALONE: usize = 2_000;
