//! What follows from spending: output, value added, jobs, imports, by sector, stage and year.
//!
//! The meaning of every figure (Miller & Blair, ch. 2 and 6):
//! *direct* is the domestic final demand itself, *indirect* what its suppliers and theirs produce,
//! (L - I) f, *induced* what the households who earned the income then buy. What is imported at once
//! never enters the economy and is reported as leakage.

pub mod comparison;
pub mod constrained;
pub mod document;
pub mod industry;
pub mod leakage;
pub mod people;
pub mod policy;
pub mod regional;
mod summary;
pub mod tiers;
pub mod web;

use crate::error::{Error, Result};
use crate::lang::{Lang, Text};
use crate::model::{ImportTreatment, Model};
use crate::scenario::{Line, Note, PhaseKind, Plan, Scenario, ShareOrigin};
use crate::table::{Account, AnyTable, Coefficients, PrimaryInputRole, Use};
use crate::uncertainty::Ensemble;
use crate::units::Money;
use nalgebra::DVector;
use serde::{Deserialize, Serialize};

/// What follows from a scenario or a shock.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Impact {
    /// The title.
    pub name: Text,
    /// A sentence or two.
    pub description: Option<Text>,
    /// What it was computed with.
    pub receipt: Receipt,
    /// The sectors of all vectors, in their order.
    pub sectors: Vec<SectorName>,
    /// Phase by phase, each times its probability.
    pub phases: Vec<PhaseImpact>,
    /// All one-off phases together: money in all, jobs as job-years.
    pub one_off: Option<Effects>,
    /// All recurring phases together: of a full year, jobs as jobs.
    pub recurring: Option<Effects>,
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
    /// What is left under caps on the output of sectors.
    #[serde(default)]
    pub constrained: Option<constrained::Constrained>,
    /// The new industry inside the Leontief system.
    #[serde(default)]
    pub industry: Option<industry::IndustryImpact>,
    /// Jobs by group of people, for each profile.
    #[serde(default)]
    pub people: Vec<people::PeopleImpact>,
    /// How sure the figures are, where draws were asked for.
    pub uncertainty: Option<Ensemble>,
    /// Assumptions and warnings.
    pub notes: Vec<Note>,
}

/// What a result was computed with, so that it can be computed again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Receipt {
    /// The program's version.
    pub version: String,
    /// The table's id.
    pub table: String,
    /// The table's title.
    pub table_title: Text,
    /// SHA-256 over the table's files.
    pub table_hash: String,
    /// The year of its flows and prices.
    pub table_year: i32,
    /// Its prices.
    pub price_basis: Text,
    /// ISO 4217 code of the currency of all money, which is in millions.
    pub currency: String,
    /// Its source line.
    pub attribution: Text,
    /// How imports enter the inverse.
    pub imports: ImportTreatment,
    /// The share of labour income that households spend; `None` for an open model (Type I).
    pub household_share: Option<f64>,
    /// Whether that share is the table's own.
    pub household_share_default: bool,
    /// Final demand, or outputs that were given (`--output-shock`).
    pub driven_by: Driver,
    /// Yearly growth of labour productivity.
    pub productivity_growth: f64,
    /// Yearly discount rate, and the year discounted to.
    pub discount: Option<(f64, i32)>,
    /// The blocks of the table that are estimated, by name.
    pub estimated_blocks: Vec<String>,
}

/// What a shock is to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Driver {
    /// Final demand.
    #[default]
    FinalDemand,
    /// Gross output: column j of L over l_jj.
    Output,
}

/// The name of a sector in a result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectorName {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Text,
}

/// One phase and what follows from it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    pub region: Option<String>,
    /// Line by line, as if it happens.
    pub lines: Vec<Line>,
    /// What follows: of the whole phase, or of a full year.
    pub effects: Effects,
}

/// Effects by sector (n each), money in millions, accounts in their unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Effects {
    /// What is spent and where it goes first.
    pub spending: Spending,
    /// Gross output by producing sector.
    pub output: Stages,
    /// Value added by producing sector.
    pub value_added: Stages,
    /// The parts of value added, where the table has them.
    pub parts: Vec<(PrimaryInputRole, Stages)>,
    /// Imported inputs by product; in the induced stage also what households import themselves.
    pub imports: Stages,
    /// The satellite accounts: jobs first of all.
    pub accounts: Vec<AccountEffects>,
}

/// Where spending goes first.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Spending {
    /// All of it.
    pub total: Money,
    /// Demand for domestic products, margins included: what the model takes on.
    pub domestic: Money,
    /// Imported at once.
    pub imported: Money,
    /// Taxes on products.
    pub tax: Money,
}

/// A satellite account's effects.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AccountEffects {
    /// Which.
    pub account: Account,
    /// Its effects by sector.
    pub effects: Stages,
}

/// A figure by sector and stage.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Stages {
    /// Of the demand itself.
    pub direct: Vec<f64>,
    /// Of the suppliers and theirs.
    pub indirect: Vec<f64>,
    /// Of household spending; all zero in an open model.
    pub induced: Vec<f64>,
}

/// The sums of [`Stages`] over sectors.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Sums {
    /// Of the demand itself.
    pub direct: f64,
    /// Of the suppliers and theirs.
    pub indirect: f64,
    /// Of household spending.
    pub induced: f64,
}

impl Sums {
    /// Direct and indirect: what Type I counts.
    pub fn type1(self) -> f64 {
        self.direct + self.indirect
    }

    /// All three.
    pub fn total(self) -> f64 {
        self.direct + self.indirect + self.induced
    }
}

impl Stages {
    fn new(direct: DVector<f64>, indirect: DVector<f64>, induced: DVector<f64>) -> Self {
        let vec = |v: DVector<f64>| v.data.into();
        Stages {
            direct: vec(direct),
            indirect: vec(indirect),
            induced: vec(induced),
        }
    }

    /// The three sums over sectors.
    pub fn sums(&self) -> Sums {
        Sums {
            direct: self.direct.iter().sum(),
            indirect: self.indirect.iter().sum(),
            induced: self.induced.iter().sum(),
        }
    }

    /// All stages of one sector.
    pub fn of(&self, sector: usize) -> f64 {
        self.direct[sector] + self.indirect[sector] + self.induced[sector]
    }

    fn scaled(&self, by: f64) -> Self {
        let scale = |v: &[f64]| v.iter().map(|x| x * by).collect();
        Stages {
            direct: scale(&self.direct),
            indirect: scale(&self.indirect),
            induced: scale(&self.induced),
        }
    }

    fn add(&mut self, other: &Stages) {
        let add = |a: &mut Vec<f64>, b: &[f64]| a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
        add(&mut self.direct, &other.direct);
        add(&mut self.indirect, &other.indirect);
        add(&mut self.induced, &other.induced);
    }
}

impl Effects {
    /// A satellite account by its id: "jobs".
    pub fn account(&self, id: &str) -> Option<&Stages> {
        self.accounts
            .iter()
            .find(|a| a.account.id == id)
            .map(|a| &a.effects)
    }

    /// All that leaves the country: imported at once, as inputs, and by households; in millions.
    pub fn leakage(&self) -> f64 {
        self.spending.imported.as_millions() + self.imports.sums().total()
    }

    /// All of it times a factor: a share of a year, a probability.
    pub fn scaled(&self, by: f64) -> Self {
        self.scaled_with_labour(by, by)
    }

    /// All of it times a factor, and what counts persons times another.
    fn scaled_with_labour(&self, by: f64, persons: f64) -> Self {
        let s = self.spending;
        Effects {
            spending: Spending {
                total: s.total * by,
                domestic: s.domestic * by,
                imported: s.imported * by,
                tax: s.tax * by,
            },
            output: self.output.scaled(by),
            value_added: self.value_added.scaled(by),
            parts: self
                .parts
                .iter()
                .map(|(role, stages)| (*role, stages.scaled(by)))
                .collect(),
            imports: self.imports.scaled(by),
            accounts: self
                .accounts
                .iter()
                .map(|a| {
                    let by = if is_labour(&a.account) { persons } else { by };
                    AccountEffects {
                        account: a.account.clone(),
                        effects: a.effects.scaled(by),
                    }
                })
                .collect(),
        }
    }

    /// Adds the effects of another phase of the same kind.
    fn add(&mut self, other: &Effects) {
        self.spending.total += other.spending.total;
        self.spending.domestic += other.spending.domestic;
        self.spending.imported += other.spending.imported;
        self.spending.tax += other.spending.tax;
        self.output.add(&other.output);
        self.value_added.add(&other.value_added);
        for ((_, own), (_, other)) in self.parts.iter_mut().zip(&other.parts) {
            own.add(other);
        }
        self.imports.add(&other.imports);
        for (own, other) in self.accounts.iter_mut().zip(&other.accounts) {
            own.effects.add(&other.effects);
        }
    }
}

/// Accounts that labour productivity applies to.
fn is_labour(account: &Account) -> bool {
    matches!(account.id.as_str(), "jobs" | "employees")
}

/// What happens in one year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Year {
    /// The calendar year.
    pub year: i32,
    /// What money of this year is worth in the base year of discounting.
    pub discount_factor: f64,
    /// Of the one-off phases; jobs are job-years spent in this year.
    pub one_off: YearFigures,
    /// Of the recurring phases; jobs are jobs held over the year.
    pub recurring: YearFigures,
}

/// The figures of one year, undiscounted; money in millions.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct YearFigures {
    /// Spent.
    pub spending: f64,
    /// Output, all stages.
    pub output: f64,
    /// Value added, all stages.
    pub value_added: f64,
    /// All that is imported.
    pub imports: f64,
    /// Persons, all stages; job-years or jobs.
    pub jobs: f64,
}

/// A figure that the scenario computes from its parameters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    pub source: Option<String>,
}

/// Effects of a demand `f` (n) for domestic products, with `imported` (n) leaving at once, in the
/// table's unit (millions).
///
/// # Errors
/// Demand that is not finite; negative output from demand that is nowhere negative, which no
/// productive table gives.
pub fn effects(
    model: &Model,
    f: &DVector<f64>,
    imported: &DVector<f64>,
    tax: f64,
) -> Result<Effects> {
    if f.iter().chain(imported.iter()).any(|v| !v.is_finite()) || !tax.is_finite() {
        return Err(Error::invalid("demand holds a value that is not finite"));
    }
    let c = model.coefficients();
    let output = model.output_for(f);
    let scale = f.amax().max(1.0);
    if f.iter().all(|v| *v >= 0.0)
        && let Some(worst) = (0..output.len()).find(|&i| output[i] < -0.01 * scale)
    {
        return Err(Error::invalid(format!(
            "demand that is nowhere negative gives sector {} a negative output of {:.1}: the table's \
             by-products (negative inputs) outweigh its other uses",
            model.sectors().get(worst),
            output[worst]
        )));
    }
    let indirect = &output - f;
    let (induced, household_imports) = match model.households() {
        Some(households) => {
            let induced = households.induced_by(&output);
            (induced.output, induced.imported)
        }
        None => (DVector::zeros(f.len()), DVector::zeros(f.len())),
    };
    let stages = |per_output: &DVector<f64>| {
        Stages::new(
            per_output.component_mul(f),
            per_output.component_mul(&indirect),
            per_output.component_mul(&induced),
        )
    };
    let imports = Stages::new(
        c.imported() * f,
        c.imported() * &indirect,
        c.imported() * &induced + household_imports,
    );
    let domestic = f.sum();
    let money = Money::from_millions;
    Ok(Effects {
        spending: Spending {
            total: money(domestic + imported.sum() + tax),
            domestic: money(domestic),
            imported: money(imported.sum()),
            tax: money(tax),
        },
        value_added: stages(c.value_added()),
        parts: c
            .primary_inputs()
            .iter()
            .map(|(role, v)| (*role, stages(v)))
            .collect(),
        imports,
        accounts: c
            .accounts()
            .iter()
            .map(|(account, v)| AccountEffects {
                account: account.clone(),
                effects: stages(v),
            })
            .collect(),
        output: Stages::new(f.clone(), indirect, induced),
    })
}

/// How a shock is meant.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum ShockShare {
    /// Demand for the domestic product, as a multiplication by an inducement coefficient is.
    #[default]
    Domestic,
    /// The table's share of domestic origin in intermediate use; the rest is imported.
    Table,
    /// A stated share.
    Stated(f64),
}

/// What follows from shocks to final demand: `(sector, amount)`.
///
/// ```
/// use leontief::{AnyTable, Model, Money, impact};
///
/// let table = AnyTable::open("kr-2023-33")?;
/// let model = Model::new(&table)?;
/// let construction = table.sectors().find("19")?;
/// let shock = [(construction, Money::units(5e12))];
/// let impact = impact::of_shock(&table, &model, &shock, impact::ShockShare::Domestic)?;
/// let effects = impact.recurring.as_ref().expect("a shock has effects");
/// // As the published column of construction says: 2.058383 x 5 trillion won.
/// assert_eq!((effects.output.sums().type1() / 1e3 * 10.0).round() / 10.0, 10_291.9);
/// # Ok::<(), leontief::Error>(())
/// ```
///
/// # Errors
/// A share outside `[0, 1]`, or one that the table does not have; see [`effects`].
pub fn of_shock(
    table: &AnyTable,
    model: &Model,
    shocks: &[(usize, Money)],
    share: ShockShare,
) -> Result<Impact> {
    let unit = table.meta().unit;
    let mut lines = Vec::new();
    for (sector, amount) in shocks {
        let share = match share {
            ShockShare::Domestic => 1.0,
            ShockShare::Stated(share) if (0.0..=1.0).contains(&share) => share,
            ShockShare::Stated(share) => {
                return Err(Error::invalid(format!(
                    "a domestic share of {share} is not in 0..1"
                )));
            }
            ShockShare::Table => table
                .flows("the table's own import shares")?
                .domestic_share(*sector, Use::Intermediate),
        };
        let amount = amount.as_units() / unit;
        lines.push(shock_line(table, *sector, amount, share));
    }
    let note = match share {
        ShockShare::Domestic => Note::assumption(
            "The shock is demand for domestic products: nothing of it is imported at once \
             (--domestic-share changes that).",
            "충격은 국산품에 대한 수요임: 직접 수입되는 부분은 없음(--domestic-share로 변경 가능).",
        ),
        ShockShare::Table => Note::assumption(
            "Of the shock, the table's own share of intermediate use is bought at home.",
            "충격 중 국산 비율은 산업연관표의 중간수요 국산 비율을 적용함.",
        ),
        ShockShare::Stated(share) => Note::assumption(
            format!("Of the shock, a share of {share} is bought at home (--domestic-share)."),
            format!("충격 중 국산 비율은 {share}로 지정함(--domestic-share)."),
        ),
    };
    shock_impact(table, model, lines, Driver::FinalDemand, note)
}

/// What follows from given *outputs* of sectors: `(sector, output)`; what they use of themselves is
/// counted in these outputs, not on top of them.
///
/// # Errors
/// Outputs that cannot be given together; see [`effects`].
pub fn of_output_shock(
    table: &AnyTable,
    model: &Model,
    shocks: &[(usize, Money)],
) -> Result<Impact> {
    let unit = table.meta().unit;
    let outputs: Vec<(usize, f64)> = shocks
        .iter()
        .map(|(sector, amount)| (*sector, amount.as_units() / unit))
        .collect();
    let demand = model.demand_for_outputs(&outputs)?;
    let lines = outputs
        .iter()
        .map(|(sector, _)| shock_line(table, *sector, demand[*sector], 1.0))
        .collect();
    let note = Note::assumption(
        "The shock is to gross output (column j of L over l_jj): what the sector uses of its own \
         product is part of the output given, so the direct effect is the final demand left over.",
        "충격은 총산출에 대한 것임(L의 j열을 l_jj로 나눔): 자기 생산물 투입분은 주어진 산출에 포함되며, \
         직접효과는 남는 최종수요임.",
    );
    shock_impact(table, model, lines, Driver::Output, note)
}

fn shock_line(table: &AnyTable, sector: usize, amount: f64, share: f64) -> Line {
    Line {
        item: table.sectors().get(sector).name.clone(),
        sector,
        amount,
        domestic_share: share,
        share_origin: ShareOrigin::Stated,
        share_without_policy: None,
        domestic: amount * share,
        imported: amount * (1.0 - share),
        trade: None,
        transport: None,
        tax: 0.0,
        region: None,
        source: None,
        certainty: None,
        note: None,
    }
}

fn shock_impact(
    table: &AnyTable,
    model: &Model,
    lines: Vec<Line>,
    driver: Driver,
    note: Note,
) -> Result<Impact> {
    let phase = crate::scenario::Phase {
        name: Text::new("Demand of one year", "1년간 수요"),
        kind: PhaseKind::Recurring,
        schedule: Vec::new(),
        probability: 1.0,
        region: None,
        lines,
    };
    let plan = Plan {
        phases: vec![phase],
        indicators: Vec::new(),
        household_share: None,
        productivity_growth: 0.0,
        discount_rate: 0.0,
        caps: Vec::new(),
        industry: None,
        notes: vec![note],
    };
    let mut impact = of_plan(table, model, &plan)?;
    impact.name = Text::new("Shock to final demand", "최종수요 충격");
    if driver == Driver::Output {
        impact.name = Text::new("Shock to gross output", "총산출 충격");
        impact.receipt.driven_by = driver;
    }
    Ok(impact)
}

/// What follows from a scenario, as written.
///
/// # Errors
/// A scenario that cannot be worked out; see [`Scenario::plan`] and [`effects`].
pub fn of_scenario(table: &AnyTable, model: &Model, scenario: &Scenario) -> Result<Impact> {
    of_scenario_plan(table, model, scenario, &scenario.plan()?)
}

/// What follows from a plan of a scenario, resized or drawn: with the scenario's title, indicators
/// and year of discounting.
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
/// # Errors
/// See [`effects`]; a region that the table cannot be split by; a table built in memory whose unit of
/// money is not millions, in which results are stated.
pub fn of_plan(table: &AnyTable, model: &Model, plan: &Plan) -> Result<Impact> {
    if table.meta().unit != 1e6 {
        return Err(Error::invalid(format!(
            "impacts are counted in millions, and table {} in units of {}: build it with unit = 1e6",
            table.meta().id,
            table.meta().unit
        )));
    }
    let n = model.sectors().len();
    let mut notes = plan.notes.clone();
    let mut phases = Vec::with_capacity(plan.phases.len());
    for phase in &plan.phases {
        let as_planned = effects(model, &phase.demand(n), &phase.imported(n), phase.tax())?;
        let persons = labour_factor(phase.kind, &phase.schedule, table, plan.productivity_growth);
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
    let sum = |kind: PhaseKind| {
        let mut of_kind = phases.iter().filter(|p| p.kind == kind).map(|p| &p.effects);
        let first = of_kind.next()?.clone();
        Some(of_kind.fold(first, |mut sum, effects| {
            sum.add(effects);
            sum
        }))
    };
    let (one_off, recurring) = (sum(PhaseKind::OneOff), sum(PhaseKind::Recurring));
    let leakage = [
        (PhaseKind::OneOff, &one_off),
        (PhaseKind::Recurring, &recurring),
    ]
    .into_iter()
    .filter_map(|(kind, effects)| {
        let mut direct = DVector::zeros(n);
        for phase in plan.phases.iter().filter(|p| p.kind == kind) {
            direct += phase.imported(n) * phase.probability;
        }
        Some(leakage::Leakage::of(
            model,
            kind,
            effects.as_ref()?,
            &direct,
        ))
    })
    .collect();
    notes.extend(standard_notes(table, model, plan));
    let placed = plan
        .phases
        .iter()
        .any(|p| p.lines.iter().any(|l| l.region.is_some()));
    let regional = if placed && !regional::can_split(table)? {
        notes.push(Note::warning(
            format!(
                "The province is left out: the regional multipliers have 83 sectors, {} does not.",
                table.meta().id
            ),
            format!(
                "지역 분석은 제외함: 지역 승수는 83부문이며 {}와 분류가 다름.",
                table.meta().id
            ),
        ));
        None
    } else {
        regional::of_plan(table, model, plan, regional::Method::Shares)?
    };
    let years = years(&phases, table, plan);
    let discount = (plan.discount_rate != 0.0)
        .then(|| years.first().map(|y| (plan.discount_rate, y.year)))
        .flatten();
    let meta = table.meta();
    let households = model.households();
    let mut impact = Impact {
        name: Text::default(),
        description: None,
        receipt: Receipt {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            table: meta.id.clone(),
            table_title: meta.title.clone(),
            table_hash: table.content_hash().to_owned(),
            table_year: meta.year,
            price_basis: meta.price_basis.clone(),
            currency: meta.currency.clone(),
            attribution: meta.attribution.clone(),
            imports: model.imports(),
            household_share: households.map(|h| h.share_spent()),
            household_share_default: is_default_share(table, model),
            driven_by: Driver::FinalDemand,
            productivity_growth: plan.productivity_growth,
            discount,
            estimated_blocks: meta.estimated().map(|b| b.name.clone()).collect(),
        },
        sectors: model
            .sectors()
            .iter()
            .map(|s| SectorName {
                code: s.code.clone(),
                name: s.name.clone(),
            })
            .collect(),
        phases,
        one_off,
        recurring,
        years,
        indicators: Vec::new(),
        regional,
        leakage,
        policy: None,
        constrained: None,
        industry: None,
        people: Vec::new(),
        uncertainty: None,
        notes,
    };
    if let Some((_, year)) = discount {
        impact.discount_to(year);
    }
    Ok(impact)
}

impl Impact {
    /// Effects by kind of phase: one-off in all, recurring in a full year.
    fn kinds(&self) -> Vec<(PhaseKind, &Effects)> {
        let kinds = [
            (PhaseKind::OneOff, &self.one_off),
            (PhaseKind::Recurring, &self.recurring),
        ];
        kinds
            .into_iter()
            .filter_map(|(kind, effects)| Some((kind, effects.as_ref()?)))
            .collect()
    }

    /// What a scenario asks for beyond its effects: policies, caps, a new industry, people.
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
            let growth = plan.productivity_growth;
            let persons = labour_factor(phase.kind, &phase.schedule, table, growth);
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
        Ok(())
    }

    /// Adds what is left under caps on the output of sectors: `(sector, output it can add in a year)`,
    /// in the table's unit.
    ///
    /// # Errors
    /// See [`constrained::Constrained::of`].
    pub fn constrain(&mut self, model: &Model, caps: &[(usize, f64)]) -> Result<()> {
        let r = &self.receipt;
        self.constrained = constrained::Constrained::of(
            model,
            &self.phases,
            caps,
            r.productivity_growth,
            r.table_year,
        )?;
        if let Some(constrained) = &self.constrained {
            self.notes.extend(constrained.notes(&self.sectors));
            if self.phases.iter().any(|p| p.probability < 1.0) {
                self.notes.push(Note::warning(
                    "The caps are compared with expected demand: if the uncertain phases do happen, they ask \
                     more of the capped sectors.",
                    "생산 상한은 기댓값 수요와 비교함: 불확실한 단계가 실현되면 상한 부문에 대한 수요는 더 큼.",
                ));
            }
        }
        Ok(())
    }

    /// Adds the jobs by group of a profile.
    pub fn add_people(&mut self, profile: &crate::scenario::profile::Profile) {
        let people = people::PeopleImpact::of(profile, &self.kinds());
        if people.illustrative {
            self.notes.push(Note::warning(
                format!(
                    "Jobs by {} are illustrative: their shares are not statistics.",
                    people.name.en
                ),
                format!(
                    "{}별 취업은 예시용 비율에 따른 것으로 통계가 아님.",
                    people.name.ko
                ),
            ));
        }
        self.people.push(people);
    }

    /// The year in which a figure is largest, the first of them; `None` where it is never above 0.
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

/// Persons per unit of output, against the table's year: of the whole phase, or of its first full
/// year.
pub(crate) fn labour_factor(
    kind: PhaseKind,
    schedule: &[(i32, f64)],
    table: &AnyTable,
    growth: f64,
) -> f64 {
    let factor = |year: i32| (1.0 + growth).powi(table.meta().year - year);
    match kind {
        _ if schedule.is_empty() || growth == 0.0 => 1.0,
        PhaseKind::OneOff => schedule
            .iter()
            .map(|(year, share)| share * factor(*year))
            .sum(),
        PhaseKind::Recurring => {
            let fullest = schedule.iter().map(|(_, share)| *share).fold(0.0, f64::max);
            schedule
                .iter()
                .find(|(_, share)| *share >= fullest)
                .map_or(1.0, |(year, _)| factor(*year))
        }
    }
}

fn years(phases: &[PhaseImpact], table: &AnyTable, plan: &Plan) -> Vec<Year> {
    let mut all: Vec<i32> = phases
        .iter()
        .flat_map(|p| p.schedule.iter().map(|(year, _)| *year))
        .collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter()
        .map(|year| {
            let mut figures = Year {
                year,
                discount_factor: 1.0,
                one_off: YearFigures::default(),
                recurring: YearFigures::default(),
            };
            for phase in phases {
                let Some((_, share)) = phase.schedule.iter().find(|(y, _)| *y == year) else {
                    continue;
                };
                let into = match phase.kind {
                    PhaseKind::OneOff => &mut figures.one_off,
                    PhaseKind::Recurring => &mut figures.recurring,
                };
                let e = &phase.effects;
                let whole =
                    labour_factor(phase.kind, &phase.schedule, table, plan.productivity_growth);
                let here =
                    labour_factor(phase.kind, &[(year, 1.0)], table, plan.productivity_growth);
                into.spending += e.spending.total.as_millions() * share;
                into.output += e.output.sums().total() * share;
                into.value_added += e.value_added.sums().total() * share;
                into.imports += e.leakage() * share;
                into.jobs +=
                    e.account("jobs").map_or(0.0, |j| j.sums().total()) * share * here / whole;
            }
            figures
        })
        .collect()
}

fn is_default_share(table: &AnyTable, model: &Model) -> bool {
    match (model.households(), table) {
        (Some(households), AnyTable::Flows(table)) => {
            crate::model::Households::default_share(table)
                .is_ok_and(|default| default == households.share_spent())
        }
        _ => false,
    }
}

/// A phase of which a third or more is imported at once, and the line most of it is.
fn mostly_imported(phase: &crate::scenario::Phase) -> Option<Note> {
    let imported: f64 = phase.lines.iter().map(|l| l.imported).sum();
    let share = imported / phase.amount();
    let most = phase
        .lines
        .iter()
        .max_by(|a, b| a.imported.total_cmp(&b.imported))?;
    (share >= 1.0 / 3.0).then(|| {
        let percent = share * 100.0;
        let part = most.imported / imported * 100.0;
        Note::warning(
            format!(
                "{}: {percent:.0} % of the spending is imported at once, {part:.0} % of that as \"{}\".",
                phase.name.en, most.item.en
            ),
            format!(
                "{}: 지출의 {percent:.0}%가 직접 수입되며, 그중 {part:.0}%는 ‘{}’임.",
                phase.name.ko, most.item.ko
            ),
        )
    })
}

/// What holds for every result and must be said with it.
fn standard_notes(table: &AnyTable, model: &Model, plan: &Plan) -> Vec<Note> {
    let mut notes = Vec::new();
    let lines = || plan.phases.iter().flat_map(|p| &p.lines);
    let by_table = lines()
        .filter(|l| l.share_origin == ShareOrigin::Table)
        .count();
    if by_table > 0 {
        notes.push(Note::assumption(
            format!(
                "Domestic shares of {by_table} of {} lines are the table's own: of fixed capital formation \
                 in one-off phases, of intermediate use in recurring ones.",
                lines().count()
            ),
            format!(
                "{}개 항목 중 {by_table}개의 국산 비율은 산업연관표 값임: 일회성 단계는 고정자본형성, \
                 반복 단계는 중간수요 기준.",
                lines().count()
            ),
        ));
    }
    notes.extend(plan.phases.iter().filter_map(mostly_imported));
    match model.households() {
        Some(households) => {
            let share = households.share_spent();
            let (en, ko) = if is_default_share(table, model) {
                (
                    "the table's household consumption over compensation and operating surplus",
                    "산업연관표의 민간소비 ÷ (피용자보수+영업잉여)",
                )
            } else {
                ("as given", "지정값")
            };
            notes.push(Note::assumption(
                format!("Induced effects: households spend {share:.3} of compensation of employees ({en})."),
                format!("유발효과: 가계가 피용자보수의 {share:.3}을 소비함({ko})."),
            ));
        }
        None => notes.push(Note::assumption(
            "Type I: household spending is not counted.",
            "1형(개방모형): 가계소비 유발효과는 포함하지 않음.",
        )),
    }
    notes.push(match model.imports() {
        ImportTreatment::Domestic => Note::assumption(
            "Domestic inverse (I - Ad)^-1: imported inputs do not propagate.",
            "국산 생산유발계수 (I-Ad)^-1(비경쟁수입형): 수입 중간재는 파급되지 않음.",
        ),
        ImportTreatment::Competitive => Note::assumption(
            "Competitive-import form (I - (I - m)A)^-1: every use of a product is imported in its average share.",
            "경쟁수입형 (I-(I-m)A)^-1: 모든 용도의 수입 비율이 품목별 평균과 같음.",
        ),
        ImportTreatment::Total => Note::warning(
            "Total form (I - A)^-1: as if every input were made at home. An upper bound, not an estimate.",
            "총거래형 (I-A)^-1: 모든 투입을 국내에서 생산한다고 봄. 추정치가 아니라 상한임.",
        ),
    });
    for phase in plan.phases.iter().filter(|p| p.probability < 1.0) {
        let percent = phase.probability * 100.0;
        notes.push(Note::assumption(
            format!(
                "\"{}\" is counted at its probability of {percent:.0} %: its figures are expected values.",
                phase.name.en
            ),
            format!("‘{}’은 실현 확률 {percent:.0}%를 곱한 기댓값임.", phase.name.ko),
        ));
    }
    if plan.productivity_growth == 0.0 {
        notes.push(Note::assumption(
            format!(
                "Jobs use the labour coefficients of {}: no productivity growth.",
                table.meta().year
            ),
            format!(
                "취업자는 {}년 취업계수 기준: 노동생산성 증가는 반영하지 않음.",
                table.meta().year
            ),
        ));
    } else {
        let percent = plan.productivity_growth * 100.0;
        notes.push(Note::assumption(
            format!(
                "Labour productivity grows by {percent:.1} % a year after {}.",
                table.meta().year
            ),
            format!(
                "노동생산성은 {}년 이후 연 {percent:.1}% 증가.",
                table.meta().year
            ),
        ));
    }
    if table.meta().estimated().next().is_some() {
        let estimated = |lang| {
            let blocks = table.meta().estimated();
            let titles: Vec<&str> = blocks
                .map(|b| crate::analysis::provenance::block_title(&b.name, lang))
                .collect();
            titles.join(", ")
        };
        notes.push(Note::warning(
            format!(
                "Estimated, not published, in {}: {}.",
                table.meta().id,
                estimated(Lang::En)
            ),
            format!(
                "{}에서 공표치가 아닌 추정치: {}.",
                table.meta().id,
                estimated(Lang::Ko)
            ),
        ));
    }
    notes.push(Note::assumption(
        "Input-output analysis: fixed prices and coefficients, no capacity limits; gross effects, not net of \
         what else the money could have done.",
        "산업연관분석의 한계: 가격·투입계수 고정, 생산능력 제약 없음. 대체효과를 뺀 순효과가 아닌 총효과임.",
    ));
    notes
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
pub fn per_billion(coefficients: &Coefficients, account: &str) -> Option<DVector<f64>> {
    let factor = 1e9 / coefficients.meta().unit;
    coefficients.account(account).map(|v| v * factor)
}
