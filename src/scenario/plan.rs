//! A scenario worked out: what demand meets which sector, and when.

use super::file::Certainty;
use super::note::Note;
use super::recipe::Recipe;
use super::{EventKind, PhaseKind, Place};
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::model::{Demand, ImportTreatment};
use crate::scenario::amount::LARGEST_RATIO;
use crate::table::ShareBasis;
use nalgebra::DVector;
use serde::{Deserialize, Serialize};

/// What is spent, in the table's unit of money and at the prices of its year.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Plan {
    /// Phase by phase.
    pub phases: Vec<Phase>,
    /// Indicators: the value of each, in the order of the file.
    pub indicators: Vec<f64>,
    /// Share of labour income that households spend, where the scenario states it.
    pub household_share: Option<f64>,
    /// Yearly growth of labour productivity.
    pub productivity_growth: f64,
    /// Yearly discount rate.
    pub discount_rate: f64,
    /// Capped sectors, with the output that each can add to the table's own in a year.
    pub caps: Vec<(usize, f64)>,
    /// The form of imports that demand for given outputs was worked out in; `None` where no output is given.
    pub imports: Option<ImportTreatment>,
    /// A new industry, whose purchases are one of the phases.
    pub industry: Option<Industry>,
    /// Assumptions and warnings met on the way.
    pub notes: Vec<Note>,
}

/// A new industry: what it sells in a year and to whom. Its purchases are those of a phase.
#[derive(Debug, Clone, PartialEq)]
pub struct Industry {
    /// What it is.
    pub name: Text,
    /// The position of the recurring phase that is its budget of purchases.
    pub phase: usize,
    /// Sales in a full year, in the table's unit.
    pub sales: f64,
    /// The share of sales that goes abroad.
    pub exports: f64,
    /// The share of sales that goes to final users at home.
    pub final_demand: f64,
    /// Sectors that buy the rest, with their shares of it.
    pub buyers: Vec<(usize, f64)>,
    /// The product that they buy less of, and how much of their purchases replaces it.
    pub replaces: Option<(usize, f64)>,
    /// Compensation of its employees over its value added; `None` for the table's average.
    pub labour_share: Option<f64>,
    /// The share of its operating surplus that belongs to owners abroad.
    pub foreign_ownership: f64,
    /// Persons that it employs itself; `None` where the scenario does not say.
    pub staff: Option<f64>,
}

/// One phase of a plan.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Phase {
    /// Its name.
    pub name: Text,
    /// Once, or every year.
    pub kind: PhaseKind,
    /// Calendar years with the share spent (one-off) or the share of the year that it runs
    /// (recurring); empty where it has no dates.
    pub schedule: Vec<(i32, f64)>,
    /// The chance that it happens; amounts are as if it does.
    pub probability: f64,
    /// The province, as named.
    pub region: Option<Place>,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// One line of spending, split into what it is demand for; money in the table's unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Line {
    /// What it is called.
    pub item: Text,
    /// The position of the product's sector.
    pub sector: usize,
    /// What the amount of the scenario was; here it is brought to demand.
    #[serde(default, skip_serializing_if = "EventKind::is_demand")]
    pub event: EventKind,
    /// All that is spent, at the table's prices.
    pub amount: f64,
    /// The share of the product, net of margins and taxes, that is bought from domestic producers.
    pub domestic_share: f64,
    /// Where that share comes from.
    pub share_origin: ShareOrigin,
    /// What the table's share is taken from, where it is the table's.
    #[serde(default)]
    pub share_basis: Option<ShareBasis>,
    /// What the share would be without the policy that raised it.
    #[serde(default)]
    pub share_without_policy: Option<f64>,
    /// Demand for the domestic product; of a recipe without its capital income.
    pub domestic: f64,
    /// What is imported at once.
    pub imported: f64,
    /// Trade margin: the sector and the amount.
    pub trade: Option<(usize, f64)>,
    /// Transport margin: the sector and the amount.
    pub transport: Option<(usize, f64)>,
    /// Taxes on the product that come on top of the table's prices.
    pub tax: f64,
    /// What the domestic product is made with, where a recipe says so; `None` for the average inputs of
    /// its sector.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipe: Option<Recipe>,
    /// The province that makes it, as named, or "elsewhere".
    pub region: Option<Place>,
    /// Where the figure comes from.
    pub source: Option<Text>,
    /// How certain it is.
    pub certainty: Option<Certainty>,
    /// A remark.
    pub note: Option<Text>,
}

/// Where a share comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ShareOrigin {
    /// The scenario states it.
    Stated,
    /// The table's own share of the product.
    Table,
    /// The line is made by a recipe, which is a domestic producer's.
    Recipe,
    /// A domestic-content policy raised it.
    Policy,
}

impl ShareOrigin {
    /// Its name: "stated".
    pub fn id(self) -> &'static str {
        match self {
            ShareOrigin::Stated => "stated",
            ShareOrigin::Table => "table",
            ShareOrigin::Recipe => "recipe",
            ShareOrigin::Policy => "policy",
        }
    }
}

impl Phase {
    /// Demand for domestic products of `sectors` sectors; of a whole one-off phase, or of a full year.
    ///
    /// ```
    /// # use leontief::{AnyTable, Money, Scenario, scenario::PhaseKind};
    /// # let table = AnyTable::open("kr-2023-33")?;
    /// let hub = Scenario::builder("Hub")
    ///     .phase("Build", PhaseKind::OneOff)
    ///     .spend("건설", Money::units(1e12))
    ///     .build(&table)?;
    /// let plan = hub.plan()?;
    /// let (phase, construction) = (&plan.phases[0], table.sectors().find("건설")?);
    /// let (demand, imported) = (phase.demand(33).output(), phase.imported(33));
    /// // What is not made at home leaves at once.
    /// assert!((demand[construction] + imported[construction] - 1e6).abs() < 1e-6);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn demand(&self, sectors: usize) -> Demand {
        let mut demand = Demand::none(sectors);
        for line in &self.lines {
            line.add_to(&mut demand);
        }
        demand
    }

    /// What leaves as imports at once, by product, n.
    pub fn imported(&self, sectors: usize) -> DVector<f64> {
        let mut m = DVector::zeros(sectors);
        for line in &self.lines {
            m[line.sector] += line.imported;
        }
        m
    }

    /// Taxes on products.
    pub fn tax(&self) -> f64 {
        self.lines.iter().map(|l| l.tax).sum()
    }

    /// All that is spent.
    pub fn amount(&self) -> f64 {
        self.lines.iter().map(|l| l.amount).sum()
    }

    /// The sum of the schedule: 1 for a one-off phase, the years of running for a recurring one
    /// (1 where it has no dates).
    pub fn scheduled(&self) -> f64 {
        match self.schedule.as_slice() {
            [] => 1.0,
            years => years.iter().map(|(_, share)| share).sum(),
        }
    }
}

impl Plan {
    /// The positions of all sectors that it names.
    pub(crate) fn sectors(&self) -> impl Iterator<Item = usize> {
        let lines = self.phases.iter().flat_map(|phase| &phase.lines);
        let spent_on = lines.flat_map(|line| {
            let margins = [line.trade, line.transport].into_iter().flatten();
            let inputs = line.recipe.iter().flat_map(|recipe| &recipe.inputs);
            std::iter::once(line.sector)
                .chain(margins.map(|(sector, _)| sector))
                .chain(inputs.map(|input| input.product))
        });
        let industry = self.industry.iter();
        let buyers = industry.flat_map(|new| new.buyers.iter().chain(&new.replaces));
        spent_on.chain(self.caps.iter().chain(buyers).map(|(sector, _)| *sector))
    }

    /// The same plan with every amount times a factor; indicators stay as they are, which is noted.
    ///
    /// ```
    /// # use leontief::{AnyTable, Money, Scenario, scenario::PhaseKind};
    /// # let table = AnyTable::open("kr-2023-33")?;
    /// let hub = Scenario::builder("Hub")
    ///     .phase("Build", PhaseKind::OneOff)
    ///     .spend("건설", Money::units(1e12))
    ///     .build(&table)?;
    /// assert_eq!(hub.plan()?.scaled(2.5)?.phases[0].amount(), 2.5e6); // millions
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A factor that is negative or above [`LARGEST_RATIO`].
    pub fn scaled(mut self, factor: f64) -> Result<Self> {
        if !(0.0..=LARGEST_RATIO).contains(&factor) {
            return Err(Error::invalid(said!(
                "a plan cannot be resized by {factor}: the factor must be in 0..1,000,000",
                "규모를 {factor}배로 조정할 수 없습니다. 배수는 0과 1,000,000 사이여야 합니다"
            )));
        }
        for line in self.phases.iter_mut().flat_map(|p| &mut p.lines) {
            for part in [
                &mut line.amount,
                &mut line.domestic,
                &mut line.imported,
                &mut line.tax,
            ] {
                *part *= factor;
            }
            for (_, margin) in line.trade.iter_mut().chain(&mut line.transport) {
                *margin *= factor;
            }
            if let Some(recipe) = &mut line.recipe {
                recipe.scale(factor);
            }
        }
        if let Some(industry) = &mut self.industry {
            industry.sales *= factor;
            industry.staff = industry.staff.map(|staff| staff * factor);
        }
        self.notes.push(Note::Resized { factor });
        Ok(self)
    }

    /// The same plan without domestic-content policies; `None` where none raised a share.
    pub fn without_policies(&self) -> Option<Plan> {
        let mut plan = self.clone();
        let mut raised = false;
        for line in plan.phases.iter_mut().flat_map(|p| &mut p.lines) {
            raised |= line.drop_policy();
        }
        raised.then_some(plan)
    }

    /// The factor by which its amounts must change so that its one-off phases (or, where it has none,
    /// a year of the recurring ones) spend `amount` in all, in the table's unit.
    ///
    /// ```
    /// # use leontief::{AnyTable, Money, Scenario, scenario::PhaseKind};
    /// # let table = AnyTable::open("kr-2023-33")?;
    /// let hub = Scenario::builder("Hub")
    ///     .phase("Build", PhaseKind::OneOff)
    ///     .spend("건설", Money::units(1e12))
    ///     .build(&table)?;
    /// assert_eq!(hub.plan()?.factor_to(3e6)?, 3.0); // from one trillion won to three
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A plan that spends nothing.
    pub fn factor_to(&self, amount: f64) -> Result<f64> {
        let spent = |kind: PhaseKind| -> f64 {
            self.phases
                .iter()
                .filter(|p| p.kind == kind)
                .map(Phase::amount)
                .sum()
        };
        let now = match spent(PhaseKind::OneOff) {
            0.0 => spent(PhaseKind::Recurring),
            one_off => one_off,
        };
        if now == 0.0 {
            return Err(Error::invalid(said!(
                "a scenario that spends nothing cannot be resized",
                "지출이 없는 시나리오의 규모는 조정할 수 없습니다"
            )));
        }
        Ok(amount / now)
    }

    /// The same plan resized by [`Plan::factor_to`].
    ///
    /// ```
    /// use leontief::{AnyTable, Scenario, scenario::PhaseKind};
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let plan = Scenario::builder("Hub")
    ///     .phase("Build", PhaseKind::OneOff)
    ///     .spend("건설", "3조")
    ///     .spend("컴퓨터", "1조")
    ///     .build(&table)?
    ///     .plan()?;
    /// let smaller = plan.scaled_to(1e6)?; // a trillion won, in millions
    /// assert_eq!(smaller.phases[0].lines[0].amount, 7.5e5);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A plan that spends nothing.
    pub fn scaled_to(self, amount: f64) -> Result<Self> {
        let factor = self.factor_to(amount)?;
        self.scaled(factor)
    }
}
