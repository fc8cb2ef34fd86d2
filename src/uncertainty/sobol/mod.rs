//! Sobol indices: what part of a figure's variance each source of uncertainty explains.
//!
//! Of a figure y of independent sources, with V its variance:
//!
//! ```text
//! first-order  S_i = V(E(y | x_i)) / V         what x_i explains by itself
//! total        T_i = 1 - V(E(y | all but x_i)) / V   and together with others
//! ```
//!
//! All draws are made twice, A and B; A_i is A with source i as in B. With f less its mean, N draws and sums
//! over them, as Saltelli and others (2010, table 2, b and f; the total index is Jansen's of 1999):
//!
//! ```text
//! S_i = 1/N sum f(B) (f(A_i) - f(A)) / V       T_i = 1/2N sum (f(A) - f(A_i))² / V
//! ```
//!
//! V is that of A and B together. N (k + 2) draws are worked out for k sources; each leaves nothing but sums over
//! groups of draws, of which bootstrap samples are made for the intervals.

use super::draws::FigureUnit;
use super::sampler::Streams;
use crate::impact::FigureTitle;
use crate::scenario::{Label, PhaseKind};
use rand::Rng;
use serde::{Deserialize, Serialize};

/// Bootstrap samples that intervals rest on.
pub(super) const RESAMPLES: usize = 500;

/// Groups of draws that are kept apart, at most: bootstrap samples are made of groups.
const MOST_GROUPS: usize = 256;

/// The part of a figure's own size that its standard deviation must have: less is rounding.
const LEAST_SPREAD: f64 = 1e-12;

/// Indices of every headline figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Sobol {
    /// Draws that were worked out: so many times (number of sources + 2).
    pub evaluations: usize,
    /// Bootstrap samples that the intervals rest on.
    pub resamples: usize,
    /// Those that vary.
    pub figures: Vec<SobolFigure>,
}

impl Sobol {
    /// A figure by its name; an indicator's stands under no kind.
    ///
    /// ```
    /// use leontief::uncertainty::{Draws, draws};
    /// use leontief::scenario::{PhaseKind, Value};
    /// # use leontief::{AnyTable, Model, Scenario, impact};
    /// # let table = AnyTable::open("kr-2023-33")?;
    /// # let model = Model::new(&table)?;
    /// // Triangles 40 and 60 wide: 40² and 60² of their variances, 1,600 and 3,600 of 5,200.
    /// let hub = Scenario::builder("Hub")
    ///     .parameter("halls", Value::from("100억").range("80억", "120억"))
    ///     .parameter("plant", Value::from("100억").range("70억", "130억"))
    ///     .phase("Build", PhaseKind::OneOff)
    ///     .spend("건설", "halls")
    ///     .spend("건설", "plant")
    ///     .build(&table)?;
    /// let written = impact::of_scenario(&table, &model, &hub)?;
    /// let asked = Draws { count: 2_000, sobol: true, ..Draws::default() };
    /// let (ensemble, _) = draws::of_scenario(&table, &model, &hub, &written, &asked, &|_| ())?;
    /// let sobol = ensemble.sobol.as_ref().expect("asked for");
    /// let output = sobol.figure(Some(PhaseKind::OneOff), "output_type1").expect("a headline");
    /// let plant = &output.sources[0]; // the one that explains most
    /// assert!((plant.first_order.value - 3_600.0 / 5_200.0).abs() < 0.08);
    /// assert!((plant.total.value - plant.first_order.value).abs() < 0.08); // nothing together with others
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn figure(&self, kind: Option<PhaseKind>, id: &str) -> Option<&SobolFigure> {
        self.figures.iter().find(|f| f.kind == kind && f.id == id)
    }
}

/// A figure and what its variance comes from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SobolFigure {
    /// Of which phases; `None` for an indicator of the scenario.
    pub kind: Option<PhaseKind>,
    /// The name of the figure ([`FigureSpread::id`](super::ensemble::FigureSpread::id)).
    pub id: String,
    /// The title.
    #[cfg_attr(feature = "report", schemars(with = "crate::lang::Text"))]
    pub title: FigureTitle,
    /// The unit; money is in millions of the currency.
    #[cfg_attr(feature = "report", schemars(with = "crate::lang::Text"))]
    pub unit: FigureUnit,
    /// Whether the unit is money.
    pub money: bool,
    /// Its standard deviation over the draws, in the unit.
    pub standard_deviation: f64,
    /// The sum of the first-order indices.
    pub first_order: SobolIndex,
    /// 1 less that sum: what sources do only together.
    pub interactions: SobolIndex,
    /// The sources that move it, the one of the largest total index first.
    pub sources: Vec<SobolSource>,
}

/// A source of uncertainty and its indices.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SobolSource {
    /// The key of the figure ([`Driver::key`](super::ensemble::Driver::key)); "split_error" for the split of the
    /// table, "coefficients" for its coefficients, "event.PHASE" for a phase that happens or does not.
    pub key: String,
    /// Its name for people.
    #[cfg_attr(feature = "report", schemars(with = "crate::lang::Text"))]
    pub label: Label,
    /// What it explains by itself.
    pub first_order: SobolIndex,
    /// What it explains by itself and together with others.
    pub total: SobolIndex,
}

/// An index, which is a share of the variance, and its interval; an estimate may lie a little outside 0..1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SobolIndex {
    /// The estimate.
    pub value: f64,
    /// 2.5th percentile of the bootstrap samples.
    pub low: f64,
    /// 97.5th percentile.
    pub high: f64,
}

/// Sums over groups of draws, of which indices are made.
#[derive(Debug, Clone)]
pub(super) struct Sums {
    figures: usize,
    sources: usize,
    /// Group after group.
    groups: Vec<f64>,
}

/// What is summed of a figure: draws, its values in A and B, their squares; then of each source [`OF_SOURCE`].
const OF_FIGURE: usize = 3;

/// f(B) (f(A_i) - f(A)), f(A_i) - f(A), (f(A_i) - f(A))².
const OF_SOURCE: usize = 3;

/// How many draws a group has: a power of 2, so that groups and blocks fit into each other.
pub(super) fn draws_of_group(draws: usize) -> usize {
    draws.div_ceil(MOST_GROUPS).next_power_of_two()
}

/// What the sums of so many draws take, in bytes.
pub(super) fn bytes(draws: usize, figures: usize, sources: usize) -> u64 {
    let groups = draws.div_ceil(draws_of_group(draws)) as u64;
    // Once as they come, once together.
    2 * 8 * groups * (figures * (OF_FIGURE + OF_SOURCE * sources)) as u64
}

impl Sums {
    pub(super) fn new(figures: usize, sources: usize) -> Self {
        Sums {
            figures,
            sources,
            groups: Vec::new(),
        }
    }

    fn width(&self) -> usize {
        OF_FIGURE + OF_SOURCE * self.sources
    }

    /// Begins a group.
    pub(super) fn begin(&mut self) {
        let more = self.groups.len() + self.figures * self.width();
        self.groups.resize(more, 0.0);
    }

    /// Adds draws of a figure to the last group: in A, in B, and in A with each source as in B. All are less
    /// something near their mean, so that no digits are lost.
    pub(super) fn add<'v>(
        &mut self,
        figure: usize,
        a: &[f64],
        b: &[f64],
        swapped: impl Iterator<Item = &'v [f64]>,
    ) {
        let width = self.width();
        let from = self.groups.len() - (self.figures - figure) * width;
        let (own, of_sources) = self.groups[from..from + width].split_at_mut(OF_FIGURE);
        for (a, b) in a.iter().zip(b) {
            own[0] += 1.0;
            own[1] += a + b;
            own[2] += a * a + b * b;
        }
        for (sums, swapped) in of_sources.chunks_exact_mut(OF_SOURCE).zip(swapped) {
            for ((a, b), swapped) in a.iter().zip(b).zip(swapped) {
                let moved = swapped - a;
                sums[0] += b * moved;
                sums[1] += moved;
                sums[2] += moved * moved;
            }
        }
    }

    /// Takes the groups of others behind its own.
    pub(super) fn append(&mut self, others: &Sums) {
        self.groups.extend_from_slice(&others.groups);
    }

    /// The indices of each figure: those of all draws, and their bootstrap intervals. `shift` is what values were
    /// less of, by figure.
    pub(super) fn indices(
        &self,
        streams: &Streams,
        shift: &[f64],
        in_parallel: impl Fn(usize, &(dyn Fn(usize) -> Vec<f64> + Sync)) -> Vec<Vec<f64>>,
    ) -> Vec<Indices> {
        let size = self.figures * self.width();
        let count = self.groups.len() / size.max(1);
        let mut all = vec![0.0; size];
        for group in self.groups.chunks_exact(size) {
            add_times(&mut all, 1.0, group);
        }
        let samples = in_parallel(RESAMPLES, &|number| {
            let mut rng = streams.resample(number);
            let mut times = vec![0u32; count];
            for _ in 0..count {
                // The high half of 64 bits times a number is evenly below it.
                let at = (u128::from(rng.next_u64()) * count as u128) >> 64;
                times[at as usize] += 1;
            }
            let mut sums = vec![0.0; size];
            for (group, times) in self.groups.chunks_exact(size).zip(times) {
                if times > 0 {
                    add_times(&mut sums, f64::from(times), group);
                }
            }
            let of_figures = sums.chunks_exact(self.width());
            of_figures
                .flat_map(|sums| Shares::of(sums).flat())
                .collect()
        });
        let shares = 2 * self.sources + 1;
        all.chunks_exact(self.width())
            .zip(shift)
            .enumerate()
            .map(|(figure, (sums, shift))| {
                let point = Shares::of(sums);
                let flat = point.flat();
                let index = |at: usize| {
                    let column = figure * shares + at;
                    let mut drawn: Vec<f64> = samples.iter().map(|s| s[column]).collect();
                    drawn.sort_unstable_by(f64::total_cmp);
                    let [low, high] = [0.025, 0.975].map(|share| {
                        let place = share * (drawn.len() - 1) as f64;
                        let (below, part) = (place as usize, place.fract());
                        drawn[below] + part * (drawn[below + 1] - drawn[below])
                    });
                    SobolIndex {
                        value: flat[at],
                        low,
                        high,
                    }
                };
                let mean = shift + point.mean;
                let varies = point.variance.sqrt() > LEAST_SPREAD * mean.abs();
                Indices {
                    standard_deviation: if varies { point.variance.sqrt() } else { 0.0 },
                    sum: index(0),
                    sources: (0..self.sources)
                        .map(|source| [index(1 + 2 * source), index(2 + 2 * source)])
                        .collect(),
                }
            })
            .collect()
    }
}

fn add_times(sums: &mut [f64], times: f64, group: &[f64]) {
    for (sum, value) in sums.iter_mut().zip(group) {
        *sum += times * value;
    }
}

/// The indices of one figure.
#[derive(Debug, Clone)]
pub(super) struct Indices {
    /// 0 where the figure does not vary.
    pub(super) standard_deviation: f64,
    /// Of the first-order indices.
    pub(super) sum: SobolIndex,
    /// First-order and total, by source.
    pub(super) sources: Vec<[SobolIndex; 2]>,
}

/// The indices that sums of a figure come to.
struct Shares {
    mean: f64,
    variance: f64,
    /// First-order and total.
    sources: Vec<[f64; 2]>,
}

impl Shares {
    fn of(sums: &[f64]) -> Self {
        let (own, of_sources) = sums.split_at(OF_FIGURE);
        let n = own[0];
        let mean = own[1] / (2.0 * n);
        let variance = (own[2] / (2.0 * n) - mean * mean).max(0.0);
        let of = |sums: &[f64]| {
            let together = (sums[0] - mean * sums[1]) / n;
            match variance > 0.0 {
                true => [together / variance, sums[2] / (2.0 * n) / variance],
                false => [0.0; 2],
            }
        };
        Shares {
            mean,
            variance,
            sources: of_sources.chunks_exact(OF_SOURCE).map(of).collect(),
        }
    }

    /// The sum of the first-order indices, then both of each source.
    fn flat(&self) -> Vec<f64> {
        let sum = self.sources.iter().map(|[first, _]| first).sum();
        let both = self.sources.iter().flatten().copied();
        std::iter::once(sum).chain(both).collect()
    }
}

#[cfg(test)]
mod tests;
