//! Effects of a demand: by sector, by stage (direct, indirect, induced).

use crate::error::{Error, Result};
use crate::lang::said;
use crate::model::{ByRecipe, Demand, Households, Model};
use crate::table::{Account, PrimaryInputRole, counts_persons};
use crate::units::{Measures, Money};
use nalgebra::DVector;
use serde::{Deserialize, Serialize};

/// Effects by sector (n each), money in millions, accounts in their unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Effects {
    /// What is spent and where it goes first.
    pub spending: Spending,
    /// Gross output by producing sector.
    pub output: Stages,
    /// Value added by producing sector.
    pub value_added: Stages,
    /// The parts of value added, where the table has them.
    pub parts: Vec<(PrimaryInputRole, Stages)>,
    /// Imported inputs by product; in the induced stage also what households import themselves. One entry
    /// more than sectors, the last, where the table has imports whose product is not told: those.
    pub imports: Stages,
    /// Taxes less subsidies on the products that sectors use, in the induced stage also those that households
    /// pay themselves; `None` where the table does not set them apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product_taxes: Option<Sums>,
    /// The satellite accounts: jobs first of all.
    pub accounts: Vec<AccountEffects>,
    /// What recipes make, and with what: a part of the direct stage.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_recipe: Vec<ByRecipe>,
}

/// Where spending goes first.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Spending {
    /// All of it.
    pub total: Money,
    /// Demand for domestic products, margins included: what the model takes on.
    pub domestic: Money,
    /// Imported at once.
    pub imported: Money,
    /// Taxes on products.
    pub tax: Money,
    /// Paid for no product: income of capital.
    #[serde(default)]
    pub capital_income: Money,
    /// Of capital income, and of the operating surplus of recipes: what belongs to owners abroad.
    #[serde(default)]
    pub income_abroad: Money,
}

/// A satellite account's effects.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct AccountEffects {
    /// Which.
    pub account: Account,
    /// Its effects by sector.
    pub effects: Stages,
}

/// A figure by sector and stage.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
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

    fn scaled(self, by: f64) -> Self {
        Sums {
            direct: self.direct * by,
            indirect: self.indirect * by,
            induced: self.induced * by,
        }
    }

    fn plus(self, other: Self) -> Self {
        Sums {
            direct: self.direct + other.direct,
            indirect: self.indirect + other.indirect,
            induced: self.induced + other.induced,
        }
    }
}

impl Stages {
    pub(super) fn new(direct: DVector<f64>, indirect: DVector<f64>, induced: DVector<f64>) -> Self {
        let vec = |v: DVector<f64>| v.data.into();
        Stages {
            direct: vec(direct),
            indirect: vec(indirect),
            induced: vec(induced),
        }
    }

    /// The three sums over sectors.
    ///
    /// ```
    /// use leontief::{Money, impact};
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
    /// # let model = Model::new(&table)?;
    /// let shock = [(0, Money::from_millions(1.0))]; // a million of agriculture
    /// let impact = impact::of_shock(&table, &model, &shock, impact::ShockShare::Domestic)?;
    /// let effects = impact.effects.recurring.as_ref().expect("of a year");
    /// let output = effects.output.sums();
    /// assert!((output.direct - 1.0).abs() < 1e-9 && (output.type1() - 1.51815).abs() < 1e-5);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn sums(&self) -> Sums {
        Sums {
            direct: self.direct.iter().sum(),
            indirect: self.indirect.iter().sum(),
            induced: self.induced.iter().sum(),
        }
    }

    /// Direct and indirect of one sector: what Type I counts.
    pub fn type1(&self, sector: usize) -> f64 {
        self.direct[sector] + self.indirect[sector]
    }

    /// As [`Stages::type1`] of what stands after `sectors` sectors: imports whose product is not told.
    #[cfg(feature = "report")]
    pub(crate) fn type1_beyond(&self, sectors: usize) -> Option<f64> {
        Some(self.direct.get(sectors)? + self.indirect.get(sectors)?)
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
    ///
    /// ```
    /// use leontief::{Money, impact};
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
    /// # let model = Model::new(&table)?;
    /// let shock = [(0, Money::from_millions(1.0))]; // a million of agriculture
    /// let impact = impact::of_shock(&table, &model, &shock, impact::ShockShare::Domestic)?;
    /// let effects = impact.effects.recurring.as_ref().expect("of a year");
    /// let jobs = effects.account("jobs").expect("the table counts them");
    /// // .3 a million of agriculture, .25 of manufactures.
    /// assert!((jobs.direct[0] - 0.3).abs() < 1e-9 && (jobs.type1(1) - 0.06601).abs() < 1e-5);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn account(&self, id: &str) -> Option<&Stages> {
        self.accounts
            .iter()
            .find(|a| a.account.id == id)
            .map(|a| &a.effects)
    }

    /// The demand that these are the effects of.
    pub fn demand(&self) -> Demand {
        let mut average = DVector::from_column_slice(&self.output.direct);
        for made in &self.by_recipe {
            average[made.sector] -= made.output;
        }
        Demand {
            average,
            by_recipe: self.by_recipe.clone(),
        }
    }

    /// The measures of Type I, summed over sectors; imports are all that leaves the country
    /// ([`Effects::leakage_type1`]).
    ///
    /// ```
    /// use leontief::{Money, impact};
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
    /// # let model = Model::new(&table)?;
    /// let shock = [(0, Money::from_millions(1.0))]; // a million of agriculture
    /// let impact = impact::of_shock(&table, &model, &shock, impact::ShockShare::Domestic)?;
    /// let effects = impact.effects.recurring.as_ref().expect("of a year");
    /// let all = effects.type1();
    /// assert!((all.output - 1.51815).abs() < 1e-5 && (all.jobs - 0.44224).abs() < 1e-5);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn type1(&self) -> Measures<f64> {
        Measures {
            imports: self.leakage_type1(),
            ..self.sums().map(Sums::type1)
        }
    }

    /// The measures of all stages, summed over sectors; imports are all that leaves the country
    /// ([`Effects::leakage`]).
    pub fn total(&self) -> Measures<f64> {
        Measures {
            imports: self.leakage(),
            ..self.sums().map(Sums::total)
        }
    }

    /// The sums over sectors of each measure; imports are imported inputs, jobs 0 where the table has none.
    pub fn sums(&self) -> Measures<Sums> {
        Measures {
            output: self.output.sums(),
            value_added: self.value_added.sums(),
            imports: self.imports.sums(),
            jobs: self.account("jobs").map(Stages::sums).unwrap_or_default(),
        }
    }

    /// All that is imported at once and as inputs (Type I); in millions.
    pub fn leakage_type1(&self) -> f64 {
        self.spending.imported.as_millions() + self.imports.sums().type1()
    }

    /// All that leaves the country: imported at once, as inputs, and by households; in millions.
    pub fn leakage(&self) -> f64 {
        self.spending.imported.as_millions() + self.imports.sums().total()
    }

    /// All of it times a factor: a share of a year, a probability.
    ///
    /// ```
    /// use leontief::{Money, impact};
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
    /// # let model = Model::new(&table)?;
    /// let shock = [(0, Money::from_millions(1.0))]; // a million of agriculture
    /// let impact = impact::of_shock(&table, &model, &shock, impact::ShockShare::Domestic)?;
    /// let effects = impact.effects.recurring.as_ref().expect("of a year");
    /// assert!((effects.scaled(3.0).type1().output - 3.0 * 1.51815).abs() < 1e-4);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn scaled(&self, by: f64) -> Self {
        self.scaled_with_labour(by, by)
    }

    /// All of it times a factor, and what counts persons times another.
    pub(super) fn scaled_with_labour(&self, by: f64, persons: f64) -> Self {
        let s = self.spending;
        Effects {
            spending: Spending {
                total: s.total * by,
                domestic: s.domestic * by,
                imported: s.imported * by,
                tax: s.tax * by,
                capital_income: s.capital_income * by,
                income_abroad: s.income_abroad * by,
            },
            output: self.output.scaled(by),
            value_added: self.value_added.scaled(by),
            parts: self
                .parts
                .iter()
                .map(|(role, stages)| (*role, stages.scaled(by)))
                .collect(),
            imports: self.imports.scaled(by),
            product_taxes: self.product_taxes.map(|taxes| taxes.scaled(by)),
            accounts: self
                .accounts
                .iter()
                .map(|a| {
                    let by = if counts_persons(&a.account.id) {
                        persons
                    } else {
                        by
                    };
                    AccountEffects {
                        account: a.account.clone(),
                        effects: a.effects.scaled(by),
                    }
                })
                .collect(),
            by_recipe: self
                .by_recipe
                .iter()
                .map(|made| made.scaled(by, persons))
                .collect(),
        }
    }

    /// Adds the effects of another phase of the same kind.
    pub(crate) fn add(&mut self, other: &Effects) {
        let mut demand = self.demand();
        demand.add(&other.demand());
        self.by_recipe = demand.by_recipe;
        self.spending.total += other.spending.total;
        self.spending.domestic += other.spending.domestic;
        self.spending.imported += other.spending.imported;
        self.spending.tax += other.spending.tax;
        self.spending.capital_income += other.spending.capital_income;
        self.spending.income_abroad += other.spending.income_abroad;
        self.output.add(&other.output);
        self.value_added.add(&other.value_added);
        for ((_, own), (_, other)) in self.parts.iter_mut().zip(&other.parts) {
            own.add(other);
        }
        self.imports.add(&other.imports);
        if let (Some(own), Some(other)) = (&mut self.product_taxes, &other.product_taxes) {
            *own = own.plus(*other);
        }
        for (own, other) in self.accounts.iter_mut().zip(&other.accounts) {
            own.effects.add(&other.effects);
        }
    }
}

/// Effects of a demand for domestic products (a vector f, n, or one that recipes meet a part of), with
/// `imported` (n) leaving at once, in the table's unit (millions).
///
/// # Errors
/// Demand that is not finite, or for the product of a sector without output, which is not made at home
/// and has to stand in `imported`; negative output from demand that is nowhere negative, which no
/// productive table gives.
pub fn effects(
    model: &Model,
    demand: impl Into<Demand>,
    imported: &DVector<f64>,
    tax: f64,
) -> Result<Effects> {
    let demand = demand.into();
    let direct = demand.output();
    let asked = demand.of_average_columns();
    let finite = |v: &DVector<f64>| v.iter().all(|v| v.is_finite());
    if !(finite(&direct) && finite(&asked) && finite(imported) && tax.is_finite()) {
        return Err(Error::invalid(said!(
            "demand holds a value that is not finite",
            "최종수요에 유한하지 않은 값이 있습니다"
        )));
    }
    let c = model.coefficients();
    if let Some(sector) = (0..asked.len()).find(|&i| asked[i] != 0.0 && !c.is_made(i)) {
        return Err(Error::invalid(said!(
            "sector {sector} has no output in this table: its product is not made at home, and demand for it is \
             imported",
            "{sector} 부문은 이 표에 산출이 없어 국내에서 생산되지 않으며 수요는 모두 수입입니다",
            sector = model.sectors().get(sector)
        )));
    }
    let output = model.output_for(&asked);
    let scale = asked.amax().max(1.0);
    if asked.iter().all(|v| *v >= 0.0)
        && let Some(worst) = (0..output.len()).find(|&i| output[i] < -0.01 * scale)
    {
        return Err(Error::invalid(said!(
            "demand that is nowhere negative gives sector {sector} a negative output of {x:.1}: the table's \
             by-products (negative inputs) outweigh its other uses",
            "최종수요가 모두 0 이상인데 {sector} 부문의 산출이 {x:.1}로 음수입니다. 표의 부산물(음의 투입)이 \
             다른 사용보다 큽니다",
            sector = model.sectors().get(worst),
            x = output[worst]
        )));
    }
    // What average columns produce directly is f; the rest of what they produce is for others.
    let indirect = &output - &demand.average;
    let of_recipes =
        |amount: &dyn Fn(&ByRecipe) -> f64| -> f64 { demand.by_recipe.iter().map(amount).sum() };
    let (induced, household_imports, spent) = match model.households() {
        Some(households) => {
            let pay = of_recipes(&|made| made.part(PrimaryInputRole::Compensation));
            let income = households.income().dot(&output) + pay * households.earnings().kept();
            let induced = households.induced_by_income(income);
            (induced.output, induced.imported, induced.spending)
        }
        None => {
            let none = DVector::zeros(direct.len());
            (none.clone(), none, 0.0)
        }
    };
    let household_share = |of: fn(&Households) -> f64| model.households().map_or(0.0, of) * spent;
    let stages = |per_output: &DVector<f64>, of_recipe: &dyn Fn(&ByRecipe) -> f64| {
        let mut direct = per_output.component_mul(&demand.average);
        for made in &demand.by_recipe {
            direct[made.sector] += of_recipe(made);
        }
        Stages::new(
            direct,
            per_output.component_mul(&indirect),
            per_output.component_mul(&induced),
        )
    };
    let mut induced_imports = c.imports_of(&induced);
    for (sum, more) in induced_imports.iter_mut().zip(household_imports.iter()) {
        *sum += more;
    }
    if let Some(not_told) = induced_imports.get_mut(direct.len()) {
        *not_told += household_share(Households::imports_not_told);
    }
    let imports = Stages::new(
        demand.direct_imports(c),
        c.imports_of(&indirect),
        induced_imports,
    );
    let product_taxes = c.product_taxes().map(|per_output| Sums {
        direct: per_output.dot(&demand.average),
        indirect: per_output.dot(&indirect),
        induced: per_output.dot(&induced) + household_share(Households::product_taxes),
    });
    let domestic = direct.sum();
    let capital_income = of_recipes(&|made| made.capital_income);
    let money = Money::from_millions;
    Ok(Effects {
        spending: Spending {
            total: money(domestic + imported.sum() + tax + capital_income),
            domestic: money(domestic),
            imported: money(imported.sum()),
            tax: money(tax),
            capital_income: money(capital_income),
            income_abroad: money(of_recipes(&|made| made.income_abroad)),
        },
        value_added: stages(c.value_added(), &ByRecipe::value_added),
        parts: c
            .primary_inputs()
            .iter()
            .map(|(role, v)| (*role, stages(v, &|made| made.part(*role))))
            .collect(),
        imports,
        product_taxes,
        accounts: c
            .accounts()
            .iter()
            .map(|(account, v)| AccountEffects {
                account: account.clone(),
                effects: stages(v, &|made| made.account(&account.id)),
            })
            .collect(),
        output: Stages::new(direct, indirect, induced),
        by_recipe: demand.by_recipe,
    })
}
