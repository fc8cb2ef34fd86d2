//! What follows from spending: output, value added, jobs, imports, by sector, stage and year.
//!
//! The meaning of every figure (Miller & Blair, ch. 2 and 6):
//! *direct* is the domestic final demand itself, *indirect* what its suppliers and theirs produce,
//! (L - I) f, *induced* what the households who earned the income then buy. What is imported at once
//! never enters the economy and is reported as leakage.

pub mod comparison;
pub mod constrained;
mod effects;
pub mod energy;
mod exogenous;
mod figure;
pub mod financing;
pub mod industry;
mod labour;
pub mod leakage;
mod mix;
mod notes;
pub mod people;
pub mod policy;
pub mod ranking;
mod receipt;
pub mod regional;
mod shock;
pub mod taxes;
pub mod tiers;
pub mod web;
mod years;

pub use effects::{AccountEffects, Effects, Spending, Stages, Sums, effects};
pub use exogenous::{Exogenous, ExogenousFigure};
pub use figure::{FigureName, FigureTitle, FigureType};
pub use labour::Labour;
use receipt::driver;
pub use receipt::{Driver, Receipt};
pub use shock::{ShockShare, of_output_shock, of_shock};
pub use years::{Year, YearFigures};

use notes::{is_default_share, standard_notes};

use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::model::mix::MixEffect;
use crate::model::{Households, Model};
use crate::scenario::{ByKind, Line, Note, NoteKind, PhaseKind, Place, Plan, Scenario};
pub use crate::table::SectorName;
use crate::table::{AnyTable, Coefficients, EnergyUse};
use nalgebra::DVector;
use serde::{Deserialize, Serialize};

/// What follows from a scenario or a shock.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Impact {
    /// The title.
    pub name: Text,
    /// A sentence or two.
    pub description: Option<Text>,
    /// Why the size of what is spent stands in for one that is not known.
    #[serde(default)]
    pub stand_in: Option<Text>,
    /// What it was computed with.
    pub receipt: Receipt,
    /// The sectors of all vectors, in their order.
    pub sectors: Vec<SectorName>,
    /// Phase by phase, each times its probability.
    pub phases: Vec<PhaseImpact>,
    /// All phases of a kind together, where there are any: the one-off ones with money in all and jobs as
    /// job-years, the recurring ones of a full year with jobs as jobs.
    #[serde(flatten)]
    pub effects: ByKind<Option<Effects>>,
    /// Year by year, where the phases have dates.
    pub years: Vec<Year>,
    /// Further figures of the scenario.
    pub indicators: Vec<Indicator>,
    /// What stays in the province, where one is given.
    pub regional: Option<regional::RegionalImpact>,
    /// What leaves the country, by product and tier: of the one-off and of the recurring phases.
    #[serde(default)]
    pub leakage: Vec<leakage::Leakage>,
    /// What domestic-content policies change, where they raise a share.
    #[serde(default)]
    pub policy: Option<policy::PolicyEffect>,
    /// What the mixes of a scenario change for the whole economy, where it has any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mix: Option<MixEffect>,
    /// What is left under caps on the output of sectors.
    #[serde(default)]
    pub constrained: Option<constrained::Constrained>,
    /// The sectors whose output is given, and all others, where a shock is to output or recurring phases give
    /// outputs.
    #[serde(default)]
    pub exogenous: Option<Exogenous>,
    /// The same of one-off phases: jobs are job-years.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exogenous_one_off: Option<Exogenous>,
    /// What is left net of the use that the money is taken from, where that is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub financing: Option<financing::Financing>,
    /// The new industry inside the Leontief system.
    #[serde(default)]
    pub industry: Option<industry::IndustryImpact>,
    /// Energy use by industry, where it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub energy: Option<energy::EnergyImpact>,
    /// Taxes by kind, where they were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taxes: Option<taxes::TaxImpact>,
    /// Jobs by group of people, for each profile.
    #[serde(default)]
    pub people: Vec<people::PeopleImpact>,
    /// Positions of the sectors that the scenario watches, each with the name it is watched by.
    #[serde(default)]
    pub watched: Vec<(usize, Text)>,
    /// Assumptions and warnings.
    pub notes: Vec<Note>,
}

/// One phase and what follows from it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PhaseImpact {
    /// Its name.
    pub name: Text,
    /// Once, or every year.
    pub kind: PhaseKind,
    /// Calendar years with the share spent, or the share of the year that it runs.
    pub schedule: Vec<(i32, f64)>,
    /// The chance that it happens; all figures are already times it.
    pub probability: f64,
    /// The province.
    pub region: Option<Place>,
    /// Line by line, as if it happens.
    pub lines: Vec<Line>,
    /// What follows: of the whole phase, or of a full year.
    pub effects: Effects,
}

/// A figure that the scenario computes from its parameters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Indicator {
    /// What it is.
    pub name: Text,
    /// Its value.
    pub value: f64,
    /// Its unit.
    pub unit: Text,
    /// Decimals shown.
    pub decimals: u8,
    /// Where the method comes from.
    pub source: Option<Text>,
}

/// What follows from a scenario, as written.
///
/// ```
/// # use leontief::{AnyTable, Model, Money, Scenario, impact, scenario::PhaseKind};
/// # let table = AnyTable::open("kr-2023-33")?;
/// # let model = Model::new(&table)?;
/// let hub = Scenario::builder("Hub")
///     .phase("Build", PhaseKind::OneOff)
///     .spend("건설", Money::units(1e12))
///     .build(&table)?;
/// let impact = impact::of_scenario(&table, &model, &hub)?;
/// let built = impact.effects.one_off.expect("it builds");
/// // Construction's published inducement coefficient is 2.058383; money is in millions.
/// assert!((built.output.sums().type1() / 1e6 - 2.058383).abs() < 1e-5);
/// # Ok::<(), leontief::Error>(())
/// ```
///
/// # Errors
/// A scenario that cannot be worked out; see [`Scenario::plan`] and [`effects`].
pub fn of_scenario(table: &AnyTable, model: &Model, scenario: &Scenario) -> Result<Impact> {
    of_scenario_plan(table, model, scenario, &scenario.plan()?)
}

/// What follows from a plan of a scenario, resized or drawn: with the scenario's title, indicators
/// and year of discounting.
///
/// ```
/// # use leontief::{AnyTable, Model, Money, Scenario, impact, scenario::PhaseKind};
/// # let table = AnyTable::open("kr-2023-33")?;
/// # let model = Model::new(&table)?;
/// let hub = Scenario::builder("Hub")
///     .phase("Build", PhaseKind::OneOff)
///     .spend("건설", Money::units(1e12))
///     .build(&table)?;
/// let twice = hub.plan()?.scaled(2.0)?;
/// let impact = impact::of_scenario_plan(&table, &model, &hub, &twice)?;
/// let built = impact.effects.one_off.expect("it builds");
/// assert!((built.output.sums().type1() / 2e6 - 2.058383).abs() < 1e-5);
/// # Ok::<(), leontief::Error>(())
/// ```
///
/// # Errors
/// As [`of_plan`].
pub fn of_scenario_plan(
    table: &AnyTable,
    model: &Model,
    scenario: &Scenario,
    plan: &Plan,
) -> Result<Impact> {
    let mut impact = of_plan(table, model, plan)?;
    impact.add_scenario_studies(table, model, scenario, plan)?;
    impact.name = scenario.name().clone();
    impact.description = scenario.description().cloned();
    impact.stand_in = scenario.stand_in().cloned();
    impact.watched = scenario.watched().to_vec();
    impact.indicators = scenario.indicators(plan);
    if impact.receipt.discount.is_some()
        && let Some(year) = scenario.discount_year()
    {
        impact.discount_to(year);
    }
    Ok(impact)
}

/// What follows from a plan.
///
/// ```
/// # use leontief::{AnyTable, Model, Money, Scenario, impact, scenario::PhaseKind};
/// # let table = AnyTable::open("kr-2023-33")?;
/// # let model = Model::new(&table)?;
/// let hub = Scenario::builder("Hub")
///     .parameter("capex", "1조")
///     .phase("Build", PhaseKind::OneOff)
///     .spend("건설", "capex")
///     .build(&table)?;
/// let twice = impact::of_plan(&table, &model, &hub.plan_with(&[("capex", 2e12)])?)?;
/// let output = twice.effects.one_off.expect("it builds").output.sums().type1();
/// assert!((output / 1e6 - 2.0 * 2.058383).abs() < 2e-5);
/// # Ok::<(), leontief::Error>(())
/// ```
///
/// # Errors
/// See [`effects`]; a plan of other sectors than the model's; a region that the table cannot be split by; a
/// table built in memory whose unit of money is not millions, in which results are stated.
pub fn of_plan(table: &AnyTable, model: &Model, plan: &Plan) -> Result<Impact> {
    if table.meta().unit != 1e6 {
        return Err(Error::invalid(said!(
            "impacts are counted in millions, and table {id} in units of {unit}: build it with unit = 1e6",
            "파급효과는 백만 단위로 계산하나 산업연관표 {id}의 단위는 {unit}입니다. unit = 1e6으로 만드십시오",
            id = table.meta().id,
            unit = table.meta().unit
        )));
    }
    model.check_sectors(plan.sectors())?;
    let n = model.sectors().len();
    let mut notes = plan.notes.clone();
    let labour = Labour::of(table, plan);
    let mut phases = Vec::with_capacity(plan.phases.len());
    for phase in &plan.phases {
        let as_planned = effects(model, phase.demand(n), &phase.imported(n), phase.tax())?;
        let persons = labour.of_phase(phase.kind, &phase.schedule);
        phases.push(PhaseImpact {
            name: phase.name.clone(),
            kind: phase.kind,
            schedule: phase.schedule.clone(),
            probability: phase.probability,
            region: phase.region.clone(),
            lines: phase.lines.clone(),
            effects: as_planned.scaled_with_labour(phase.probability, phase.probability * persons),
        });
    }
    let of_kinds = ByKind::of(|kind| {
        let mut of_kind = phases.iter().filter(|p| p.kind == kind).map(|p| &p.effects);
        let first = of_kind.next()?.clone();
        Some(of_kind.fold(first, |mut sum, effects| {
            sum.add(effects);
            sum
        }))
    });
    let leakage = of_kinds
        .present()
        .map(|(kind, effects)| {
            let mut direct = DVector::zeros(n);
            for phase in plan.phases.iter().filter(|p| p.kind == kind) {
                direct += phase.imported(n) * phase.probability;
            }
            leakage::Leakage::of(model, kind, effects, &direct).with_taxes(table)
        })
        .collect();
    notes.extend(standard_notes(table, model, plan));
    let placed = plan
        .phases
        .iter()
        .any(|p| p.lines.iter().any(|l| l.region.is_some()));
    let regional = if placed && !regional::can_split(table)? {
        notes.push(Note::ProvinceLeftOut {
            table: table.meta().id.clone(),
        });
        None
    } else {
        regional::of_plan(table, model, plan, regional::Method::Shares)?
    };
    let years = years::years(&phases, labour);
    let discount = (plan.discount_rate != 0.0)
        .then(|| years.first().map(|y| (plan.discount_rate, y.year)))
        .flatten();
    let meta = table.meta();
    let households = model.households();
    let mut impact = Impact {
        name: Text::default(),
        description: None,
        stand_in: None,
        receipt: Receipt {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            table: meta.id.clone(),
            table_title: meta.title.clone(),
            mixed: table.is_mixed(),
            table_status: meta.status(),
            table_hash: table.content_hash().to_owned(),
            table_year: meta.year,
            price_basis: meta.price_basis.clone(),
            currency: meta.currency.clone(),
            attribution: meta.attribution.clone(),
            imports: model.imports(),
            household_share: households.map(|h| h.share_spent()),
            households: households.and_then(Households::stated_earnings),
            household_share_default: is_default_share(table, model),
            driven_by: driver(plan),
            productivity_growth: plan.productivity_growth,
            discount,
            estimated_blocks: meta.estimated().map(|b| b.name.clone()).collect(),
            split_error: meta.split_error.clone(),
        },
        sectors: SectorName::all(model.sectors()),
        phases,
        effects: of_kinds,
        years,
        indicators: Vec::new(),
        regional,
        leakage,
        policy: None,
        mix: None,
        constrained: None,
        exogenous: exogenous::of_plan(model, plan, labour, PhaseKind::Recurring)?,
        exogenous_one_off: exogenous::of_plan(model, plan, labour, PhaseKind::OneOff)?,
        financing: None,
        industry: None,
        energy: None,
        taxes: None,
        people: Vec::new(),
        watched: Vec::new(),
        notes,
    };
    if let Some((_, year)) = discount {
        impact.discount_to(year);
    }
    Ok(impact)
}

impl Impact {
    /// The notes that warn.
    pub fn warnings(&self) -> impl Iterator<Item = &Note> {
        self.notes.iter().filter(|n| n.kind() == NoteKind::Warning)
    }

    /// What a scenario asks for beyond its effects: policies, caps, a new industry, people, net effects, taxes.
    fn add_scenario_studies(
        &mut self,
        table: &AnyTable,
        model: &Model,
        scenario: &Scenario,
        plan: &Plan,
    ) -> Result<()> {
        if let Some(base) = plan.without_policies() {
            let base = of_plan(table, model, &base)?;
            self.policy = Some(policy::PolicyEffect::of(self, &base));
        }
        self.constrain(model, &plan.caps)?;
        if let Some(industry) = &plan.industry {
            let phase = &plan.phases[industry.phase];
            let persons = Labour::of(table, plan).of_phase(phase.kind, &phase.schedule);
            let study = industry::IndustryImpact::of(table, model, industry, phase, persons)?;
            self.notes.extend(study.notes.iter().cloned());
            self.industry = Some(study);
        }
        for profile in scenario.profiles() {
            self.add_people(profile);
        }
        for accounts in scenario.accounts() {
            self.notes.extend(accounts.notes());
        }
        let file = &scenario.file;
        if let Some(at) = &file.scenario.financed_by
            && let Some(by) = at.value.role()
        {
            self.finance(table, model, by)
                .map_err(|why| file.led_to_by(at, "financed_by", why))?;
        }
        if let Some(at) = file.scenario.energy.as_ref().filter(|at| at.value) {
            let per_output = EnergyUse::korea().and_then(|of| of.per_output(table));
            self.add_energy(&per_output.map_err(|why| file.led_to_by(at, "energy", why))?);
        }
        if let Some(at) = file.scenario.taxes.as_ref().filter(|at| at.value) {
            self.add_taxes(table)
                .map_err(|why| file.led_to_by(at, "taxes", why))?;
        }
        Ok(())
    }

    /// Adds what is left under caps on the output of sectors: `(sector, output it can add in a year)`,
    /// in the table's unit.
    ///
    /// ```
    /// # use leontief::{AnyTable, Model, Money, impact};
    /// # let table = AnyTable::open("kr-2023-33")?;
    /// # let model = Model::new(&table)?;
    /// let electricity = table.sectors().find("전력")?;
    /// let shock = [(electricity, Money::units(1e11))];
    /// let mut impact = impact::of_shock(&table, &model, &shock, impact::ShockShare::Domestic)?;
    /// impact.constrain(&model, &[(electricity, 5e4)])?; // at most 50 billion won more, in millions
    /// assert!(impact.constrained.expect("asked").worst().expect("it binds").binds());
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// See [`constrained::Constrained::of`].
    pub fn constrain(&mut self, model: &Model, caps: &[(usize, f64)]) -> Result<()> {
        let labour = self.receipt.labour();
        self.constrained = constrained::Constrained::of(model, &self.phases, caps, labour)?;
        if let Some(constrained) = &self.constrained {
            self.notes
                .extend(constrained.notes(&self.sectors, &self.receipt.currency));
            if self.phases.iter().any(|p| p.probability < 1.0) {
                self.notes.push(Note::CapsAgainstExpectedDemand);
            }
        }
        Ok(())
    }

    /// Adds what is used of energy, by figures per output of the same table.
    ///
    /// ```
    /// use leontief::table::EnergyUse;
    /// # use leontief::{AnyTable, Model, Money, impact};
    /// let table = AnyTable::open("kr-2020-83")?;
    /// let steel = [(table.sectors().find("27")?, Money::units(1e12))];
    /// let model = Model::new(&table)?;
    /// let mut impact = impact::of_shock(&table, &model, &steel, impact::ShockShare::Domestic)?;
    /// impact.add_energy(&EnergyUse::korea()?.per_output(&table)?);
    /// let of = &impact.energy.expect("asked").kinds[0];
    /// // 426,022 TJ over 94.7 trillion won of output in 2020; what steel uses of its own comes on top.
    /// assert_eq!(of.energy[9].direct.round(), 4500.0); // TJ
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn add_energy(&mut self, per_output: &crate::table::EnergyPerOutput) {
        self.energy = Some(energy::EnergyImpact::of(per_output, &self.effects));
    }

    /// Adds the jobs by group of a profile.
    pub fn add_people(&mut self, profile: &crate::scenario::profile::Profile) {
        let people = people::PeopleImpact::of(profile, &self.effects);
        if people.illustrative {
            self.notes.push(Note::IllustrativePeople {
                profile: people.name.clone(),
            });
        }
        self.people.push(people);
    }

    /// The year in which a figure is largest, the first of them; `None` where it is never above 0.
    ///
    /// ```
    /// # use leontief::{AnyTable, Model, Money, Scenario, impact, scenario::PhaseKind};
    /// # let table = AnyTable::open("kr-2023-33")?;
    /// # let model = Model::new(&table)?;
    /// let hub = Scenario::builder("Hub")
    ///     .phase("Build", PhaseKind::OneOff)
    ///     .set("start", "2027-10")
    ///     .set("duration", "1 year")
    ///     .spend("건설", "1조")
    ///     .build(&table)?;
    /// let impact = impact::of_scenario(&table, &model, &hub)?;
    /// assert_eq!(impact.peak(|year| year.figures.one_off.spending), Some(2028)); // nine of twelve months
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn peak(&self, figure: impl Fn(&Year) -> f64) -> Option<i32> {
        let most = self.years.iter().map(&figure).fold(0.0, f64::max);
        // Years that differ by rounding only are equal.
        let peak = |y: &&Year| figure(y) >= most * (1.0 - 1e-9);
        if most <= 0.0 {
            return None;
        }
        self.years.iter().find(peak).map(|y| y.year)
    }

    /// The running sum of a figure, year by year; not for jobs of recurring phases, which are the
    /// same jobs year after year.
    ///
    /// ```
    /// # use leontief::{AnyTable, Model, Money, Scenario, impact, scenario::PhaseKind};
    /// # let table = AnyTable::open("kr-2023-33")?;
    /// # let model = Model::new(&table)?;
    /// let hub = Scenario::builder("Hub")
    ///     .phase("Build", PhaseKind::OneOff)
    ///     .set("start", "2027-10")
    ///     .set("duration", "1 year")
    ///     .spend("건설", "1조")
    ///     .build(&table)?;
    /// let impact = impact::of_scenario(&table, &model, &hub)?;
    /// assert_eq!(impact.cumulative(|year| year.figures.one_off.spending), [2.5e5, 1e6]);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn cumulative(&self, figure: impl Fn(&Year) -> f64) -> Vec<f64> {
        let mut sum = 0.0;
        self.years
            .iter()
            .map(|year| {
                sum += figure(year);
                sum
            })
            .collect()
    }

    /// Discounts to a year.
    fn discount_to(&mut self, to: i32) {
        if let Some((rate, year)) = &mut self.receipt.discount {
            *year = to;
            for y in &mut self.years {
                y.discount_factor = (1.0 + *rate).powi(to - y.year);
            }
        }
    }
}

impl Scenario {
    /// The indicators of a plan of this scenario.
    fn indicators(&self, plan: &Plan) -> Vec<Indicator> {
        self.file
            .indicator
            .iter()
            .zip(&plan.indicators)
            .map(|(file, value)| Indicator {
                name: file.name.clone(),
                value: *value,
                unit: file.unit.clone(),
                decimals: file.decimals,
                source: file.source.clone(),
            })
            .collect()
    }

    fn discount_year(&self) -> Option<i32> {
        self.file.scenario.discount_year
    }
}

/// Coefficients of an account per billion of currency, n: how jobs coefficients are printed.
///
/// ```
/// let table = leontief::AnyTable::open("kr-2023-33")?;
/// let jobs = leontief::impact::per_billion(&table.coefficients(), "jobs").expect("counted");
/// assert!(jobs[table.sectors().find("건설")?] > 1.0); // persons per billion won of output
/// # Ok::<(), leontief::Error>(())
/// ```
pub fn per_billion(coefficients: &Coefficients, account: &str) -> Option<DVector<f64>> {
    let factor = 1e9 / coefficients.meta().unit;
    coefficients.account(account).map(|v| v * factor)
}
