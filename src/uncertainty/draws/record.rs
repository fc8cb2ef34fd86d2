//! A record: the figures of each draw, column by column, and how an ensemble tells them.

use super::certain::Effect;
use super::demand::Demand;
use super::engine::Engine;
use super::figure::{Figure, FigureUnit};
use crate::error::Result;
use crate::impact::{FigureName, FigureTitle, FigureType, Labour, PhaseImpact};
use crate::lang::Text;
use crate::scenario::PhaseKind;
use crate::scenario::amount::Quantity;
use crate::scenario::formula::Number;
use crate::uncertainty::ensemble::{EachDraw, FigureSpread, SectorSpread, Spread, YearSpread};
use crate::uncertainty::lanes::Lanes;
use crate::units::Measures;

/// What the columns of a record are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::uncertainty) enum Column {
    Figure(Option<PhaseKind>, &'static str),
    Indicator(usize),
    Sector(PhaseKind, usize),
    /// A figure of a year.
    Year(i32, &'static str),
    /// The drawn value of an uncertain figure.
    Drawn,
}

/// What the phases of one kind come to.
#[derive(Default)]
struct OfKind {
    spending: Lanes,
    imported: Lanes,
    type1: Measures<Lanes>,
    total: Measures<Lanes>,
}

impl OfKind {
    /// As columns, with their names.
    fn columns(&self) -> [(&'static str, Lanes); 12] {
        let (type1, total) = (&self.type1, &self.total);
        [
            ("spending", self.spending),
            ("imported", self.imported),
            ("output_type1", type1.output),
            ("value_added_type1", type1.value_added),
            ("imports_type1", type1.imports),
            ("jobs_type1", type1.jobs),
            ("leakage_type1", self.imported + type1.imports),
            ("output", total.output),
            ("value_added", total.value_added),
            ("imports", total.imports),
            ("jobs", total.jobs),
            ("leakage", self.imported + total.imports),
        ]
    }
}

/// What all phases come to in a year: of Type I, or of all stages.
#[derive(Default)]
struct Stages {
    output: Lanes,
    value_added: Lanes,
    /// Of one-off phases.
    job_years: Lanes,
    /// Of recurring ones.
    jobs: Lanes,
}

/// What all phases come to in a year.
#[derive(Default)]
struct OfYear {
    type1: Stages,
    total: Stages,
}

impl OfYear {
    /// As columns, with their names.
    fn columns(&self) -> [(&'static str, Lanes); 8] {
        let (type1, total) = (&self.type1, &self.total);
        [
            ("output_type1", type1.output),
            ("value_added_type1", type1.value_added),
            ("job_years_type1", type1.job_years),
            ("jobs_type1", type1.jobs),
            ("output", total.output),
            ("value_added", total.value_added),
            ("job_years", total.job_years),
            ("jobs", total.jobs),
        ]
    }
}

/// Value added of all years, discounted.
#[derive(Default)]
struct Discounted {
    type1: Lanes,
    total: Lanes,
}

impl Discounted {
    /// As columns, with their names.
    fn columns(&self) -> [(&'static str, Lanes); 2] {
        [
            ("value_added_discounted_type1", self.type1),
            ("value_added_discounted", self.total),
        ]
    }
}

impl Engine<'_> {
    /// What a record holds, in its order.
    pub(super) fn columns(&self) -> Vec<Column> {
        let mut columns = Vec::new();
        for (kind, _) in &self.kinds {
            let of_kind = OfKind::default().columns();
            columns.extend(of_kind.map(|(id, _)| Column::Figure(Some(*kind), id)));
        }
        if self.discounting().is_some() {
            let discounted = Discounted::default().columns();
            columns.extend(discounted.map(|(id, _)| Column::Figure(None, id)));
        }
        let indicators = self.scenario.map_or(0, |s| s.indicators.len());
        columns.extend((0..indicators).map(Column::Indicator));
        for (kind, sectors) in &self.kinds {
            columns.extend(sectors.iter().map(|s| Column::Sector(*kind, *s)));
        }
        for year in &self.impact.years {
            let of_year = OfYear::default().columns();
            columns.extend(of_year.map(|(id, _)| Column::Year(year.year, id)));
        }
        columns.extend(self.uncertain.iter().map(|_| Column::Drawn));
        columns
    }

    /// The figure of the discount rate and the year discounted to.
    fn discounting(&self) -> Option<(usize, i32)> {
        let at = self.scenario?.settings.discount_rate?;
        let (_, year) = self.impact.receipt.discount?;
        Some((at, year))
    }

    /// Sums phases into the columns of a record, in the order of [`Engine::columns`].
    pub(super) fn collect(
        &self,
        given: &[(usize, Lanes)],
        values: &[Quantity<Lanes>],
        demands: &[Demand],
        effects: &[Effect],
    ) -> Result<Vec<Lanes>> {
        let setting = |at: Option<usize>| at.map_or(Lanes::ZERO, |at| values[at].value);
        let growth = setting(self.scenario.and_then(|s| s.settings.productivity_growth));
        let rate = self
            .discounting()
            .map(|(at, year)| (values[at].value, year));
        if let Some(scenario) = self.scenario {
            scenario.check_rates(values)?;
        }
        let shapes = || self.impact.phases.iter().zip(demands).zip(effects);
        let persons = |shape: &PhaseImpact, schedule: &[(i32, f64)]| {
            let year = self.table.meta().year;
            let factor = |g: f64| Labour::new(year, g).of_phase(shape.kind, schedule);
            match growth.uniform() {
                Some(g) => Lanes::constant(factor(g)),
                None => growth.map(factor),
            }
        };
        let mut columns = Vec::with_capacity(self.columns.len());
        for (kind, _) in &self.kinds {
            let mut sums = OfKind::default();
            for ((shape, demand), effect) in shapes().filter(|((s, _), _)| s.kind == *kind) {
                let jobs = demand.weight * persons(shape, &shape.schedule);
                sums.spending.add_product(&demand.spending, &demand.weight);
                sums.imported.add_product(&demand.imported, &demand.weight);
                for (sums, of) in [
                    (&mut sums.type1, &effect.type1),
                    (&mut sums.total, &effect.total),
                ] {
                    sums.output.add_product(&of.output, &demand.weight);
                    sums.value_added
                        .add_product(&of.value_added, &demand.weight);
                    sums.imports.add_product(&of.imports, &demand.weight);
                    sums.jobs.add_product(&of.jobs, &jobs);
                }
            }
            columns.extend(sums.columns().map(|(_, value)| value));
        }
        let mut years = Vec::new();
        let mut discounted = Discounted::default();
        for year in &self.impact.years {
            let mut sums = OfYear::default();
            for ((shape, demand), effect) in shapes() {
                let Some((_, share)) = shape.schedule.iter().find(|(y, _)| *y == year.year) else {
                    continue;
                };
                let weight = demand.weight * Lanes::constant(*share);
                let persons = weight * persons(shape, &[(year.year, 1.0)]);
                for (sums, of) in [
                    (&mut sums.type1, &effect.type1),
                    (&mut sums.total, &effect.total),
                ] {
                    sums.output.add_product(&of.output, &weight);
                    sums.value_added.add_product(&of.value_added, &weight);
                    match shape.kind {
                        PhaseKind::OneOff => sums.job_years.add_product(&of.jobs, &persons),
                        PhaseKind::Recurring => sums.jobs.add_product(&of.jobs, &persons),
                    }
                }
            }
            if let Some((rate, to)) = rate {
                let factor = rate.map(|r| (1.0 + r).powi(to - year.year));
                discounted
                    .type1
                    .add_product(&sums.type1.value_added, &factor);
                discounted
                    .total
                    .add_product(&sums.total.value_added, &factor);
            }
            years.extend(sums.columns().map(|(_, value)| value));
        }
        if rate.is_some() {
            columns.extend(discounted.columns().map(|(_, value)| value));
        }
        let indicators = self.scenario.map_or(&[][..], |s| &s.indicators);
        columns.extend(indicators.iter().map(|at| values[*at].value));
        for (kind, told) in &self.kinds {
            let mut sums = vec![Lanes::ZERO; told.len()];
            for ((_, demand), effect) in shapes().filter(|((s, _), _)| s.kind == *kind) {
                for (sum, output) in sums.iter_mut().zip(&effect.sectors) {
                    sum.add_product(output, &demand.weight);
                }
            }
            columns.extend(sums);
        }
        columns.extend(years);
        // As written, a figure that could be drawn stands among the values.
        columns.extend(self.uncertain.iter().map(|(at, _)| {
            let drawn = given.iter().find(|(figure, _)| figure == at);
            drawn.map_or(values[*at].value, |(_, drawn)| *drawn)
        }));
        debug_assert_eq!(columns.len(), self.columns.len());
        Ok(columns)
    }

    /// Whether column `at` is looked at again, by its ranks, for what drives the results.
    pub(super) fn is_ranked(&self, at: usize) -> bool {
        matches!(
            self.columns[at],
            Column::Drawn | Column::Figure(_, "value_added_type1")
        )
    }

    /// Whether every draw of column `at` goes into the ensemble.
    pub(super) fn is_kept(&self, at: usize) -> bool {
        let told = matches!(
            self.columns[at],
            Column::Drawn | Column::Figure(..) | Column::Indicator(_)
        );
        self.draws.keep && told
    }

    /// The headline figures and indicators, with the columns that they stand in.
    pub(in crate::uncertainty) fn headline(&self) -> Vec<(usize, Figure)> {
        let has_jobs = self.model.coefficients().account("jobs").is_some();
        self.columns
            .iter()
            .enumerate()
            .filter_map(|(at, column)| match *column {
                Column::Figure(kind, id) => {
                    let jobs = matches!(id, "jobs" | "jobs_type1");
                    let unit = match jobs {
                        true => FigureUnit::Persons(kind.unwrap_or(PhaseKind::Recurring)),
                        false => self.money_unit(),
                    };
                    let figure = Figure {
                        kind,
                        id: id.to_owned(),
                        title: title(id, self.impact.receipt.household_share.is_some()),
                        unit,
                        money: !jobs,
                    };
                    (has_jobs || !jobs).then_some((at, figure))
                }
                Column::Indicator(number) => {
                    let file = &self.scenario?.file.indicator[number];
                    let figure = Figure {
                        kind: None,
                        id: file.name.en.clone(),
                        title: file.name.clone().into(),
                        unit: file.unit.clone().into(),
                        money: false,
                    };
                    Some((at, figure))
                }
                _ => None,
            })
            .collect()
    }

    pub(super) fn figures(&self, spreads: &[Spread]) -> Vec<FigureSpread> {
        self.headline()
            .into_iter()
            .map(|(at, figure)| FigureSpread {
                kind: figure.kind,
                id: figure.id,
                title: figure.title,
                unit: figure.unit,
                money: figure.money,
                spread: spreads[at],
            })
            .collect()
    }

    pub(super) fn sectors(&self, spreads: &[Spread]) -> Vec<SectorSpread> {
        let columns = self.columns.iter().zip(spreads);
        columns
            .filter_map(|(column, spread)| match *column {
                Column::Sector(kind, sector) => Some(SectorSpread {
                    kind,
                    sector,
                    output: *spread,
                }),
                _ => None,
            })
            .collect()
    }

    pub(super) fn years(&self, spreads: &[Spread]) -> Vec<YearSpread> {
        let find = |year: i32, id: &'static str| {
            let wanted = Column::Year(year, id);
            let at = self.columns.iter().position(|c| *c == wanted)?;
            Some(spreads[at])
        };
        self.impact
            .years
            .iter()
            .filter_map(|year| {
                let of = |id| find(year.year, id);
                Some(YearSpread {
                    year: year.year,
                    output_type1: of("output_type1")?,
                    value_added_type1: of("value_added_type1")?,
                    job_years_type1: of("job_years_type1")?,
                    jobs_type1: of("jobs_type1")?,
                    output: of("output")?,
                    value_added: of("value_added")?,
                    job_years: of("job_years")?,
                    jobs: of("jobs")?,
                })
            })
            .collect()
    }

    /// Every draw of the headline figures and of what was drawn, where the draws are kept.
    pub(super) fn each(&self, mut kept: Vec<Vec<f64>>) -> Result<Vec<EachDraw>> {
        if !self.draws.keep {
            return Ok(Vec::new());
        }
        let mut each = Vec::new();
        for (at, figure) in self.headline() {
            each.push(EachDraw {
                kind: figure.kind,
                id: figure.id,
                drawn: false,
                unit: figure.unit,
                money: figure.money,
                values: std::mem::take(&mut kept[at]),
            });
        }
        if let Some(scenario) = self.scenario {
            let written = scenario.values::<f64>(&[])?;
            let first = kept.len() - self.uncertain.len();
            for ((at, _), values) in self.uncertain.iter().zip(kept.drain(first..)) {
                let money = written[*at].money == 1;
                each.push(EachDraw {
                    kind: None,
                    id: scenario.figures[*at].key.clone(),
                    drawn: true,
                    unit: match money {
                        true => self.money_unit(),
                        false => Text::default().into(),
                    },
                    money,
                    values: match money {
                        true => values.iter().map(|v| v / 1e6).collect(),
                        false => values,
                    },
                });
            }
        }
        Ok(each)
    }

    /// Millions of the table's currency.
    fn money_unit(&self) -> FigureUnit {
        let currency = &self.model.coefficients().meta().currency;
        FigureUnit::Millions(currency.clone())
    }
}

/// The title of a figure; `closed` where households add to it.
fn title(id: &'static str, closed: bool) -> FigureTitle {
    let Some(name) = FigureName::of(id) else {
        return FigureTitle::Given(Text::same(id));
    };
    let of = match id.ends_with("_type1") {
        true => Some(FigureType::Type1),
        false if closed && !name.is_of_demand() => Some(FigureType::Type2),
        false => None,
    };
    FigureTitle::Of(name, of)
}
