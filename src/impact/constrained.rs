//! Constraints: what is left of a programme where a sector cannot produce all that it asks for.
//!
//! The mixed model (Miller & Blair, 3rd ed., ch. 14; [`crate::model::given_output`]): a programme with
//! final demand f (n) wishes sector k to add x_k = (L f)_k to its output. Where that is above what the
//! sector can add, its output is fixed there and its final demand follows: what is missing, u_k, has
//! to be imported or done without. For one sector u_k = (x_k - cap_k) / l_kk, and one more unit of
//! output of the sector is worth v'L_k / l_kk of value added and meets 1 / l_kk of demand: its shadow
//! values.
//!
//! A cap is on what the sector's average producers add; what a recipe makes is new, and its inputs press on
//! the caps of others. A cap is on the output of a year, so demand is compared year by year where phases have dates.
//! Type I: what households induce does not press on the cap.

use super::{Labour, PhaseImpact, SectorName};
use crate::error::{Error, Result};
use crate::lang::said;
use crate::model::given_output::{self, Mixed};
use crate::model::{ByRecipe, Demand, Model};
use crate::scenario::{Note, PhaseKind};
use crate::units::Measures;
use nalgebra::{DMatrix, DVector};
use serde::{Deserialize, Serialize};

/// A programme under caps on the output of sectors.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Constrained {
    /// Year by year, then what has no dates.
    pub periods: Vec<Period>,
}

/// A year, or all that has no dates. Money in millions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Period {
    /// The year; `None` for phases without dates.
    pub year: Option<i32>,
    /// The capped sectors.
    pub sectors: Vec<Capped>,
    /// As if nothing were capped.
    pub wished: Totals,
    /// With imports in the place of what is short: all final demand is met.
    pub possible: Totals,
    /// With nothing in place of what is short: all demand is cut alike until it fits.
    pub rationed: Totals,
    /// The share of all domestic final demand that home output carries in `possible`: all of it less what
    /// has to be imported in the place of capped output.
    pub share_from_home: f64,
    /// The share of all demand that is left in `rationed`.
    pub share_rationed: f64,
}

/// A capped sector in a period.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Capped {
    /// Its position.
    pub sector: usize,
    /// Output that the programme wishes it to add.
    pub wished: f64,
    /// Output that it can add.
    pub cap: f64,
    /// u: its product that is missing.
    pub short: f64,
    /// The part of it that the programme's own final demand for the product cannot absorb: it is
    /// missing as an input of others.
    pub short_of_inputs: f64,
    /// Value added that one more unit of its output makes possible; 0 where the cap does not bind.
    pub shadow_value_added: f64,
    /// Final demand that one more unit of its output meets; 0 where the cap does not bind.
    pub shadow_demand: f64,
    /// Value added that one more unit of its output makes possible where all demand is rationed.
    pub shadow_rationed: f64,
}

/// What follows in a period (Type I).
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Totals {
    /// Output.
    pub output: f64,
    /// Value added.
    pub value_added: f64,
    /// Imported inputs, and what is imported in the place of capped output: with value added, all that
    /// is spent.
    pub imports: f64,
    /// The part of it that is imported in the place of capped output.
    pub replacing: f64,
    /// Job-years of the one-off phases in this period.
    pub job_years: f64,
    /// Jobs of the recurring phases.
    pub jobs: f64,
}

impl Totals {
    fn of(model: &Model, one_off: &DVector<f64>, recurring: &DVector<f64>, persons: f64) -> Self {
        let of = |x: &DVector<f64>| model.measures_of(x).scaled(1.0, persons);
        Totals::of_kinds(of(one_off), of(recurring))
    }

    /// What recipes make, once and every year.
    fn by_recipe(one_off: &Demand, recurring: &Demand, persons: f64) -> Self {
        let of = |demand: &Demand| {
            let made = demand.by_recipe.iter().map(ByRecipe::measures);
            made.sum::<Measures<f64>>().scaled(1.0, persons)
        };
        Totals::of_kinds(of(one_off), of(recurring))
    }

    /// Money of both kinds of phases together, persons apart.
    fn of_kinds(one_off: Measures<f64>, recurring: Measures<f64>) -> Self {
        let both = one_off + recurring;
        Totals {
            output: both.output,
            value_added: both.value_added,
            imports: both.imports,
            replacing: 0.0,
            job_years: one_off.jobs,
            jobs: recurring.jobs,
        }
    }

    /// Each with the same of another.
    fn zip(self, other: Self, of: impl Fn(f64, f64) -> f64) -> Self {
        Totals {
            output: of(self.output, other.output),
            value_added: of(self.value_added, other.value_added),
            imports: of(self.imports, other.imports),
            replacing: of(self.replacing, other.replacing),
            job_years: of(self.job_years, other.job_years),
            jobs: of(self.jobs, other.jobs),
        }
    }

    fn plus(self, other: Self) -> Self {
        self.zip(other, |a, b| a + b)
    }

    fn scaled(self, by: f64) -> Self {
        self.zip(self, |a, _| a * by)
    }

    /// With imports in the place of output that is missing.
    fn with_replacing(self, missing: f64) -> Self {
        Totals {
            imports: self.imports + missing,
            replacing: missing,
            ..self
        }
    }

    #[cfg(feature = "report")]
    pub(crate) fn minus(self, other: Self) -> Self {
        self.zip(other, |a, b| a - b)
    }
}

impl Period {
    /// The period of a demand: of one-off and of recurring phases (vectors, n, or demands that recipes
    /// meet a part of), with `persons` as the
    /// factor that brings the table's labour coefficients to its year.
    ///
    /// ```
    /// use leontief::impact::constrained::Period;
    /// use nalgebra::DVector;
    /// # use leontief::{Model, table::{FinalDemandRole::Household, PrimaryInputRole::*, Table}};
    /// # // Miller & Blair (2022), Table 2.3: A = [.15 .25; .2 .05], x = (1000, 2000).
    /// # let table = Table::builder("two", 2022)
    /// #     .sectors([("1", "Agriculture"), ("2", "Manufacturing")])
    /// #     .domestic_flows([[150.0, 500.0], [200.0, 100.0]])
    /// #     .final_demand(Household, [350.0, 1700.0])
    /// #     .value_added(Compensation, [250.0, 900.0])
    /// #     .value_added(OperatingSurplus, [400.0, 500.0])
    /// #     .jobs([300.0, 500.0])
    /// #     .build()?;
    /// let model = Model::from_coefficients(table.coefficients())?;
    /// let (none, demand) = (DVector::zeros(2), DVector::from(vec![1.0, 0.0]));
    /// // A unit of agriculture needs .26403 of manufactures; .2 can be made.
    /// let period = Period::of(&model, None, none, demand, &[(1, 0.2)], 1.0)?;
    /// let capped = &period.sectors[0];
    /// assert!((capped.wished - 0.26403).abs() < 1e-5);
    /// assert!((capped.short - 0.05706).abs() < 1e-5); // (.26403 - .2) / 1.12211
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A sector that the model does not have, a cap below zero, a sector capped twice, caps that cannot hold together.
    pub fn of(
        model: &Model,
        year: Option<i32>,
        one_off: impl Into<Demand>,
        recurring: impl Into<Demand>,
        caps: &[(usize, f64)],
        persons: f64,
    ) -> Result<Self> {
        model.check_sectors(caps.iter().map(|(sector, _)| *sector))?;
        if let Some((sector, cap)) = caps.iter().find(|(_, cap)| cap.is_nan() || *cap < 0.0) {
            return Err(Error::invalid(said!(
                "sector {sector} cannot add an output of {cap}: a cap is zero or more",
                "{sector} 부문의 산출 증가 상한이 {cap}입니다. 상한은 0 이상이어야 합니다",
                sector = model.sectors().get(*sector)
            )));
        }
        let (one_off, recurring) = (one_off.into(), recurring.into());
        let asked = [one_off.of_average_columns(), recurring.of_average_columns()];
        let f = &asked[0] + &asked[1];
        let x = asked.each_ref().map(|f| model.output_for(f));
        // As final demand: without what recipes buy.
        let wanted = &one_off.average + &recurring.average;
        let wished = &x[0] + &x[1];
        let (binding, mixed) = binding(model, &f, &wished, caps)?;
        let short = &f - &mixed.final_demand;

        // Columns of L of the binding sectors, and how much each kind of phase loses of them: in
        // proportion to what it asks of the sector.
        let n = f.len();
        let mut units = DMatrix::zeros(n, binding.len());
        for (column, (sector, _)) in binding.iter().enumerate() {
            units[(*sector, column)] = 1.0;
        }
        let columns = model.outputs_for(&units);
        let left = |kind: usize| {
            let mut output = x[kind].clone();
            for (column, (sector, _)) in binding.iter().enumerate() {
                let weight = x[kind][*sector] / wished[*sector];
                output -= columns.column(column) * (short[*sector] * weight);
            }
            output
        };
        let shadows = shadows(&binding, &columns, &model.rows().type1.value_added)?;
        let share_rationed = caps
            .iter()
            .filter(|(sector, cap)| wished[*sector] > *cap)
            .map(|(sector, cap)| cap / wished[*sector])
            .fold(1.0, f64::min);
        let by_recipe = Totals::by_recipe(&one_off, &recurring, persons);
        let wished_totals = Totals::of(model, &x[0], &x[1], persons).plus(by_recipe);
        let sectors = caps
            .iter()
            .map(|&(sector, cap)| {
                let at = binding.iter().position(|(s, _)| *s == sector);
                let (shadow_value_added, shadow_demand) = at.map_or((0.0, 0.0), |at| shadows[at]);
                let tightest = wished[sector] > cap && cap / wished[sector] <= share_rationed;
                Capped {
                    sector,
                    wished: wished[sector],
                    cap,
                    short: at.map_or(0.0, |_| short[sector]),
                    short_of_inputs: at
                        .map_or(0.0, |_| (short[sector] - wanted[sector].max(0.0)).max(0.0)),
                    shadow_value_added,
                    shadow_demand,
                    shadow_rationed: if tightest {
                        wished_totals.value_added / wished[sector]
                    } else {
                        0.0
                    },
                }
            })
            .collect();
        let missing: f64 = binding.iter().map(|(sector, _)| short[*sector]).sum();
        let demand = one_off.output().sum() + recurring.output().sum();
        Ok(Period {
            year,
            sectors,
            wished: wished_totals,
            possible: Totals::of(model, &left(0), &left(1), persons)
                .plus(by_recipe)
                .with_replacing(missing),
            rationed: wished_totals.scaled(share_rationed),
            share_from_home: if demand > 0.0 {
                1.0 - missing / demand
            } else {
                1.0
            },
            share_rationed,
        })
    }

    /// Whether a cap holds anything back.
    pub fn binds(&self) -> bool {
        self.sectors.iter().any(|s| s.short > 0.0)
    }

    fn missing(&self) -> f64 {
        self.sectors.iter().map(|s| s.short).sum()
    }
}

/// The caps that hold something back, and the outputs under them.
///
/// Of a capped sector either nothing is missing and its output is within the cap, or its output is
/// at the cap: a complementarity problem, solved by trying which caps bind.
fn binding(
    model: &Model,
    f: &DVector<f64>,
    wished: &DVector<f64>,
    caps: &[(usize, f64)],
) -> Result<(Vec<(usize, f64)>, Mixed)> {
    let mut bind: Vec<(usize, f64)> = Vec::new();
    let mut mixed = Mixed {
        output: wished.clone(),
        final_demand: f.clone(),
    };
    let tolerance = 1e-9 * wished.amax().max(1.0);
    for _ in 0..=2 * caps.len() + 8 {
        let next: Vec<(usize, f64)> = caps
            .iter()
            .copied()
            .filter(|cap| {
                if bind.contains(cap) {
                    mixed.final_demand[cap.0] < f[cap.0]
                } else {
                    mixed.output[cap.0] > cap.1 + tolerance
                }
            })
            .collect();
        if next == bind {
            return Ok((bind, mixed));
        }
        mixed = given_output::solve(model, f, &next)?;
        bind = next;
    }
    Err(Error::invalid(said!(
        "these caps cannot be met together: no set of sectors at their cap leaves the others within theirs",
        "이 상한들을 동시에 충족할 수 없습니다. 일부 부문을 상한에 고정하면 다른 부문이 상한을 넘습니다"
    )))
}

/// Value added and final demand that one more unit of each binding sector makes possible: with y =
/// L_KK^-1 e_k, (v'L)_K y and 1'y.
fn shadows(
    binding: &[(usize, f64)],
    columns: &DMatrix<f64>,
    value_added: &DVector<f64>,
) -> Result<Vec<(f64, f64)>> {
    let k = binding.len();
    let own = DMatrix::from_fn(k, k, |a, b| columns[(binding[a].0, b)]);
    let inverse = own.try_inverse().ok_or_else(|| {
        Error::invalid(said!(
            "these caps cannot hold together: the system is singular",
            "이 상한들을 함께 적용할 수 없습니다. 연립방정식의 해가 없거나 하나로 정해지지 않습니다"
        ))
    })?;
    Ok((0..k)
        .map(|unit| {
            let y = inverse.column(unit);
            let gained = binding.iter().zip(y.iter());
            (gained.map(|((s, _), y)| value_added[*s] * y).sum(), y.sum())
        })
        .collect())
}

impl Constrained {
    /// What is left of phases under caps `(sector, output it can add in a year)`, in the table's unit.
    /// `None` without caps.
    ///
    /// # Errors
    /// As [`Period::of`].
    pub fn of(
        model: &Model,
        phases: &[PhaseImpact],
        caps: &[(usize, f64)],
        labour: Labour,
    ) -> Result<Option<Self>> {
        if caps.is_empty() {
            return Ok(None);
        }
        let n = model.sectors().len();
        let demand = |kind: PhaseKind, share: &dyn Fn(&PhaseImpact) -> f64| {
            let mut all = Demand::none(n);
            for phase in phases.iter().filter(|p| p.kind == kind) {
                all.add(&phase.effects.demand().scaled(share(phase)));
            }
            all
        };
        let period = |year: Option<i32>, share: &dyn Fn(&PhaseImpact) -> f64| {
            let persons = year.map_or(1.0, |year| labour.in_year(year));
            let one_off = demand(PhaseKind::OneOff, share);
            let recurring = demand(PhaseKind::Recurring, share);
            Period::of(model, year, one_off, recurring, caps, persons)
        };
        let mut years: Vec<i32> = phases
            .iter()
            .flat_map(|p| p.schedule.iter().map(|(year, _)| *year))
            .collect();
        years.sort_unstable();
        years.dedup();
        let mut periods = years
            .into_iter()
            .map(|year| {
                period(Some(year), &|p| {
                    let of_year = p.schedule.iter().find(|(y, _)| *y == year);
                    of_year.map_or(0.0, |(_, share)| *share)
                })
            })
            .collect::<Result<Vec<_>>>()?;
        if phases.iter().any(|p| p.schedule.is_empty()) {
            periods.push(period(None, &|p| {
                if p.schedule.is_empty() { 1.0 } else { 0.0 }
            })?);
        }
        Ok(Some(Constrained { periods }))
    }

    /// The period in which most is missing; the first of them.
    pub fn worst(&self) -> Option<&Period> {
        self.periods
            .iter()
            .filter(|p| p.binds())
            .rev()
            .max_by(|a, b| a.missing().total_cmp(&b.missing()))
    }

    /// Runs of years that wish the same of the capped sectors: the first and the last of each.
    #[cfg(feature = "report")]
    pub(crate) fn alike(&self) -> Vec<(&Period, &Period)> {
        let same = |a: &Period, b: &Period| {
            a.year.is_some() == b.year.is_some()
                && a.sectors
                    .iter()
                    .zip(&b.sectors)
                    .all(|(a, b)| (a.wished - b.wished).abs() <= 1e-9 * a.wished.abs())
        };
        let mut runs: Vec<(&Period, &Period)> = Vec::new();
        for period in &self.periods {
            match runs.last_mut() {
                Some((first, last)) if same(first, period) => *last = period,
                _ => runs.push((period, period)),
            }
        }
        runs
    }

    /// What the reader must know; `currency` (ISO 4217) is that of all money.
    pub fn notes(&self, sectors: &[SectorName], currency: &str) -> Vec<Note> {
        let Some(worst) = self.worst() else {
            return vec![Note::CapsHoldNothingBack];
        };
        let mut notes: Vec<Note> = worst
            .sectors
            .iter()
            .filter(|s| s.short > 0.0)
            .map(|s| Note::CapExceeded {
                sector: sectors[s.sector].clone(),
                wished: s.wished,
                cap: s.cap,
                short: s.short,
                year: worst.year,
                currency: currency.to_owned(),
            })
            .collect();
        if worst.sectors.iter().any(|s| s.short_of_inputs > 0.0) {
            notes.push(Note::CapShortOfInputs);
        }
        notes.push(Note::CapsApart);
        notes
    }
}
