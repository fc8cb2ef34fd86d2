//! Sobol indices of an impact: its draws made twice, and mixed.

use super::engine::{Block, Engine};
use super::{AT_WORK, cores, in_parallel};
use crate::error::Result;
use crate::lang::said;
use crate::memory;
use crate::scenario::{Entry, Label};
use crate::uncertainty::lanes::{Lanes, WIDTH};
use crate::uncertainty::sampler::Streams;
use crate::uncertainty::sobol::{
    Sobol, SobolFigure, SobolIndex, SobolSource, Sums, bytes, draws_of_group,
};

/// What the draws of an impact differ by, each drawn independently of the others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::uncertainty) enum Source {
    /// An uncertain figure of the scenario, by its number.
    Figure(usize),
    /// Whether a phase happens, by its number.
    Event(usize),
    /// The split of the table, all of its purchases.
    Split,
    /// The coefficients of the table, all of them.
    Coefficients,
}

/// A part of the variance that rounding makes.
const ROUNDING: f64 = 1e-24;

impl Source {
    /// Whether the table is another with it.
    fn is_of_table(self) -> bool {
        matches!(self, Source::Split | Source::Coefficients)
    }
}

/// Which sources are taken from the second draws.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(in crate::uncertainty) enum Halves {
    /// None.
    #[default]
    First,
    /// All.
    Second,
    /// One, all others from the first.
    Swapped(Source),
}

impl Engine<'_> {
    /// The random numbers of a source.
    pub(super) fn streams_of(&self, halves: Halves, source: Source) -> &Streams {
        match halves {
            Halves::First => &self.streams,
            Halves::Second => &self.seconds,
            Halves::Swapped(swapped) if swapped == source => &self.seconds,
            Halves::Swapped(_) => &self.streams,
        }
    }

    /// All sources, with their keys and names.
    fn sources(&self) -> Vec<(Source, String, Label)> {
        let figures = self.uncertain.iter().filter_map(|(at, _)| {
            let figure = &self.scenario?.figures[*at];
            Some((
                Source::Figure(*at),
                figure.key.clone(),
                figure.label.clone(),
            ))
        });
        let mut all: Vec<_> = figures.collect();
        let phases = self.impact.phases.iter().enumerate();
        let events: Vec<_> = self.events().map(std::ptr::from_ref).collect();
        all.extend(
            phases
                .filter(|(_, phase)| events.contains(&std::ptr::from_ref(*phase)))
                .map(|(number, phase)| {
                    let key = format!("event.{}", phase.name.en);
                    let label = Label::of(&phase.name, Entry::Event);
                    (Source::Event(number), key, label)
                }),
        );
        let groups = [
            (self.split.is_some(), Source::Split, Entry::SplitError),
            (
                self.factors_are_drawn(),
                Source::Coefficients,
                Entry::Coefficients,
            ),
        ];
        for (_, source, entry) in groups.into_iter().filter(|(drawn, ..)| *drawn) {
            all.push((source, entry.key().to_owned(), entry.into()));
        }
        all
    }

    /// The indices of every headline figure; `written` are the columns as written.
    pub(super) fn sobol(
        &self,
        written: &[Lanes],
        progress: &(dyn Fn(usize) + Sync),
    ) -> Result<Sobol> {
        let sources = self.sources();
        let headline = self.headline();
        let columns: Vec<usize> = headline.iter().map(|(at, _)| *at).collect();
        let shift: Vec<f64> = columns.iter().map(|at| written[*at].0[0]).collect();
        let count = self.draws.count;
        self.sobol_fits(columns.len(), sources.len())?;
        let group = draws_of_group(count);
        let part = group.max(WIDTH);
        let parts = in_parallel(count.div_ceil(part), |at| {
            let mut sums = Sums::new(columns.len(), sources.len());
            let draws = at * part..count.min((at + 1) * part);
            for first in draws.step_by(WIDTH) {
                let block = first / WIDTH;
                let tables = |halves| self.tables_of(block, halves);
                // Of the second draws, of those with one source of the table swapped; all others are those of the
                // first.
                let own = tables(Halves::First)?;
                let draw = |halves| match halves {
                    Halves::First => self.draw_halves(block, halves, Some(&own)),
                    Halves::Swapped(source) if !source.is_of_table() => {
                        self.draw_halves(block, halves, Some(&own))
                    }
                    _ => self.draw_halves(block, halves, Some(&tables(halves)?)),
                };
                let (a, b) = (draw(Halves::First)?, draw(Halves::Second)?);
                let swapped = sources
                    .iter()
                    .map(|(source, ..)| draw(Halves::Swapped(*source)))
                    .collect::<Result<Vec<Block>>>()?;
                let used = WIDTH.min(count - first);
                for from in (0..used).step_by(group.min(WIDTH)) {
                    if (first + from).is_multiple_of(group) {
                        sums.begin();
                    }
                    let lanes = from..used.min(from + group);
                    for (figure, (column, shift)) in columns.iter().zip(&shift).enumerate() {
                        let of = |block: &Block| block.columns[*column].map(|v| v - shift);
                        let (a, b) = (of(&a), of(&b));
                        let swapped: Vec<Lanes> = swapped.iter().map(of).collect();
                        let swapped = swapped.iter().map(|s| &s.0[lanes.clone()]);
                        sums.add(figure, &a.0[lanes.clone()], &b.0[lanes.clone()], swapped);
                    }
                }
                progress(used);
            }
            Ok(sums)
        })
        .into_iter()
        .collect::<Result<Vec<Sums>>>()?;
        let mut sums = Sums::new(columns.len(), sources.len());
        for part in &parts {
            sums.append(part);
        }
        let indices = sums.indices(&self.streams, &shift, |count, of| in_parallel(count, of));
        let figures = headline.into_iter().zip(indices);
        let figures = figures.filter(|(_, of)| of.standard_deviation > 0.0);
        Ok(Sobol {
            evaluations: count.saturating_mul(sources.len() + 2),
            resamples: crate::uncertainty::sobol::RESAMPLES,
            figures: figures
                .map(|((_, figure), of)| {
                    let named = sources.iter().zip(of.sources);
                    // What has no part in a figure is nothing to tell of it.
                    let mut of_sources: Vec<SobolSource> = named
                        .filter(|(_, [_, total])| total.value > ROUNDING)
                        .map(|((_, key, label), [first_order, total])| SobolSource {
                            key: key.clone(),
                            label: label.clone(),
                            first_order,
                            total,
                        })
                        .collect();
                    of_sources.sort_by(|a, b| b.total.value.total_cmp(&a.total.value));
                    SobolFigure {
                        kind: figure.kind,
                        id: figure.id,
                        title: figure.title,
                        unit: figure.unit,
                        money: figure.money,
                        standard_deviation: of.standard_deviation,
                        first_order: of.sum,
                        interactions: SobolIndex {
                            value: 1.0 - of.sum.value,
                            low: 1.0 - of.sum.high,
                            high: 1.0 - of.sum.low,
                        },
                        sources: of_sources,
                    }
                })
                .collect(),
        })
    }

    fn sobol_fits(&self, figures: usize, sources: usize) -> Result<()> {
        let blocks = 8 * (WIDTH * self.columns.len() * (sources + 2)) as u64;
        // Rows of two tables: of the first draws, and of those at work.
        let tables = match self.coefficients {
            Some(_) => 8 * (2 * 5 * WIDTH * self.model.sectors().len()) as u64,
            None => 0,
        };
        let blocks = blocks.saturating_add(tables);
        let at_work = blocks.saturating_mul((AT_WORK * cores()) as u64);
        let sums = bytes(self.draws.count, figures, sources);
        memory::check(sums.saturating_add(at_work), |_| {
            [
                said!(
                    "a split of the variance of {figures} figures among {sources} sources",
                    "지표 {figures}개의 분산을 불확실성 요인 {sources}개로 분해하는 데"
                ),
                said!(
                    "leave figures of the scenario without a range",
                    "시나리오 수치의 범위를 줄이거나"
                ),
            ]
        })
    }
}
