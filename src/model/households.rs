//! The household closure: labour income is spent, and the spending induces more (Type II).
//!
//! Miller & Blair, 3rd ed., ch. 2 and 6. The closed system
//!
//! ```text
//! | I - Ad   -c | | x |   | f |     c: domestic products bought per unit that households spend
//! |  -s w'    1 | | h | = | 0 |     w: compensation of employees per unit of output, s: share spent
//! ```
//!
//! differs from the open one by one column and one row, so it needs no factorisation of its own:
//! h = s w'L f / (1 - s w'Lc), and what is induced is L c h. The household-household cell is 0.

use super::{Closure, Earnings, ImportTreatment, IncomeKind, Model};
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::table::{AnyTable, FinalDemandRole, PrimaryInputRole, Table};
use crate::units::number;
use nalgebra::DVector;
use std::ops::RangeInclusive;

/// The shares of labour income that households may spend: above 1 where other income pays as well.
pub(crate) const SHARES_SPENT: RangeInclusive<f64> = 0.0..=1.5;

/// How households earn and spend: what [`Model::close`] makes [`Households`] of.
#[derive(Debug, Clone)]
pub struct Habits {
    share_spent: f64,
    income: DVector<f64>,
    domestic: DVector<f64>,
    imported: DVector<f64>,
    imports_not_told: f64,
    product_taxes: f64,
    earnings: Earnings,
}

/// The households of a closed model ([`Model::households`]): what they spend in all rounds is solved.
#[derive(Debug, Clone)]
pub struct Households {
    habits: Habits,
    /// L c: output of every sector per unit that households spend.
    output_per_spending: DVector<f64>,
    /// s / (1 - s w'Lc): spending in all rounds per unit of first income.
    multiplier: f64,
}

/// What household spending adds.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Induced {
    /// Output by sector, n.
    pub output: DVector<f64>,
    /// Imported products that households buy themselves, by product, n.
    pub imported: DVector<f64>,
    /// All that households spend.
    pub spending: f64,
}

impl Habits {
    /// Habits as given: the share `share_spent` of `income` (compensation per unit of
    /// output, n) is spent, on `domestic` and `imported` products (n each, per unit spent).
    ///
    /// ```
    /// use leontief::model::Habits;
    /// let (income, basket) = (vec![0.25, 0.45], vec![0.2, 0.7]);
    /// let habits = |share| Habits::new(share, income.clone().into(), basket.clone().into(), vec![0.0, 0.1].into());
    /// assert!(habits(0.8).is_ok()); // the basket is .9 of domestic and .1 of imported products
    /// assert!(habits(1.6).is_err()); // more than could be meant
    /// ```
    ///
    /// # Errors
    /// Vectors of unequal length or with values that are not finite; a share outside `[0, 1.5]`, or a
    /// consumption pattern that adds up to more than 1.
    pub fn new(
        share_spent: f64,
        income: DVector<f64>,
        domestic: DVector<f64>,
        imported: DVector<f64>,
    ) -> Result<Self> {
        Households::check_share(share_spent)?;
        let n = income.len();
        if domestic.len() != n || imported.len() != n {
            return Err(Error::invalid(said!(
                "households earn in {n} sectors and buy {domestic} domestic and {imported} imported products: \
                 these must be the same",
                "가계의 소득 부문은 {n}개, 소비하는 국산품은 {domestic}개, 수입품은 {imported}개입니다. 모두 같아야 \
                 합니다",
                domestic = domestic.len(),
                imported = imported.len()
            )));
        }
        if [&income, &domestic, &imported]
            .into_iter()
            .any(|v| v.iter().any(|v| !v.is_finite()))
        {
            return Err(Error::invalid(said!(
                "the income or the basket of households holds a value that is not finite",
                "가계의 소득이나 소비 구성에 유한하지 않은 값이 있습니다"
            )));
        }
        let basket = domestic.sum() + imported.sum();
        if !(basket <= 1.0 + 1e-9) {
            return Err(Error::invalid(said!(
                "households buy {basket} of products per unit spent; that cannot be above 1",
                "가계의 소비 구성 합이 지출 1단위당 {basket}입니다. 1을 넘을 수 없습니다"
            )));
        }
        Ok(Habits {
            share_spent,
            income,
            domestic,
            imported,
            imports_not_told: 0.0,
            product_taxes: 0.0,
            earnings: Earnings::of_compensation(Some(share_spent)),
        })
    }

    /// The same habits where a part of each unit spent goes to imports whose product is not told, and a part
    /// to taxes less subsidies on products.
    ///
    /// ```
    /// use leontief::model::Habits;
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
    /// let (income, basket) = (vec![0.25, 0.45], vec![0.2, 0.65]);
    /// let habits = Habits::new(0.5, income.into(), basket.into(), vec![0.0, 0.0].into())?;
    /// let mut model = Model::from_coefficients(table.coefficients())?;
    /// model.close(habits.with_other_purchases(0.1, 0.05)?)?;
    /// assert_eq!(model.households().expect("closed").imports_per_spending(), 0.1);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// Parts that are not finite, or a basket that they bring above 1.
    pub fn with_other_purchases(mut self, imports: f64, product_taxes: f64) -> Result<Self> {
        let basket = self.domestic.sum() + self.imported.sum() + imports + product_taxes;
        if !(basket <= 1.0 + 1e-9) || !imports.is_finite() || !product_taxes.is_finite() {
            return Err(Error::invalid(said!(
                "households buy {basket} of products per unit spent; that cannot be above 1",
                "가계의 소비 구성 합이 지출 1단위당 {basket}입니다. 1을 넘을 수 없습니다"
            )));
        }
        (self.imports_not_told, self.product_taxes) = (imports, product_taxes);
        Ok(self)
    }

    /// The habits of a table's households: they spend on what the table's households consume. Where no share
    /// is stated, [`Households::default_share`].
    ///
    /// ```
    /// use leontief::model::{Habits, ImportTreatment};
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
    /// let flows = table.flows(leontief::Text::same("households"))?;
    /// let mut model = Model::from_coefficients(table.coefficients())?;
    /// model.close(Habits::of(flows, Some(0.5), ImportTreatment::Domestic)?)?;
    /// let spending = model.household_spending_row().expect("closed");
    /// assert!((spending[1] - 0.40823).abs() < 1e-5);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A table without compensation of employees or household consumption, or a share outside
    /// `[0, 1.5]`.
    pub fn of(table: &Table, share: Option<f64>, imports: ImportTreatment) -> Result<Self> {
        Habits::earning(table, &Earnings::of_compensation(share), imports)
    }

    /// The same, with what they earn told.
    pub(super) fn of_earnings(mut self, earnings: Earnings) -> Self {
        self.earnings = earnings;
        self
    }
}

impl Model {
    /// Lets the households of a table spend what they earn, as `closure` says; left open where the default is.
    pub(crate) fn close_for(&mut self, table: &AnyTable, closure: Closure) -> Result<()> {
        let earnings = match (closure, table) {
            (Closure::Open, _) | (Closure::Default, AnyTable::Coefficients(_)) => return Ok(()),
            (Closure::Default, AnyTable::Flows(table)) => match Households::default_share(table) {
                Ok(share) if share > 0.0 && SHARES_SPENT.contains(&share) => Earnings::default(),
                _ => return Ok(()),
            },
            (Closure::Share(share), _) => Earnings::of_compensation(Some(share)),
            (Closure::Earning(earnings), _) => earnings,
        };
        let flows = table.flows(said!("household closure (Type II)", "가계 내생화(Type II)"))?;
        self.close(Habits::earning(flows, &earnings, self.imports())?)
    }
}

impl Households {
    /// Whether households can spend this share of labour income.
    pub(crate) fn check_share(share: f64) -> Result<()> {
        if SHARES_SPENT.contains(&share) {
            return Ok(());
        }
        Err(Error::invalid(said!(
            "the share of labour income that households spend is {share}; \
             it must be in 0..1.5 (above 1 only where other income pays for consumption)",
            "노동소득 중 소비 비율이 {share}입니다. 0과 1.5 사이여야 합니다(다른 소득으로도 소비할 \
             때만 1을 넘음)"
        )))
    }

    /// Household consumption over compensation and operating surplus: .722 in Korea in 2023.
    ///
    /// Consumption over compensation alone would be 1.03 there, because property and mixed income
    /// pay for consumption too, and would overstate what labour income induces.
    ///
    /// ```
    /// use leontief::{AnyTable, Text, model::Households};
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let share = Households::default_share(table.flows(Text::same("households"))?)?;
    /// assert!((share - 0.722).abs() < 5e-4);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A table without these figures.
    pub fn default_share(table: &Table) -> Result<f64> {
        let table = table.before_mixes().unwrap_or(table);
        let part = |role| {
            table.primary_input(role).map(|v| v.sum()).ok_or_else(|| {
                Error::invalid(said!(
                    "table {id} does not have compensation and operating surplus: \
                     state the share of labour income that households spend",
                    "산업연관표 {id}에 피용자보수와 영업잉여가 없습니다. 노동소득 중 소비 비율을 지정하십시오",
                    id = table.meta().id
                ))
            })
        };
        let consumption = table.demand_in_all(FinalDemandRole::Household);
        let income =
            part(PrimaryInputRole::Compensation)? + part(PrimaryInputRole::OperatingSurplus)?;
        Ok(consumption / income)
    }

    /// The same where it can be a share that is spent, for whoever asks for Type II in so many words.
    ///
    /// # Errors
    /// As [`Households::default_share`]; consumption that is no such share of what is earned.
    #[cfg(any(feature = "cli", test))]
    pub(crate) fn usual_share(table: &Table) -> Result<f64> {
        let share = Self::default_share(table)?;
        if share > 0.0 && SHARES_SPENT.contains(&share) {
            return Ok(share);
        }
        let id = &table.meta().id;
        let share = number(100.0 * share, 1);
        Err(Error::invalid(said!(
            "households of table {id} consume {share} % of compensation and operating surplus, which is no share that \
             they could spend: state the share of labour income that households spend",
            "산업연관표 {id}의 민간소비가 피용자보수와 영업잉여의 {share}%여서 소비 비율로 쓸 수 없습니다. 노동소득 중 소비 비율을 \
             지정하십시오"
        )))
    }

    /// Household consumption over all that households earn, in units of the currency: the share that is spent of each
    /// unit of pay where the income row holds compensation alone and the column what a unit of total income buys, as
    /// national offices close their tables (Scottish Government, *Input-Output Methodology Guide*, Type II).
    ///
    /// ```
    /// use leontief::{AnyTable, Text, model::Households};
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let flows = table.flows(Text::same("households"))?;
    /// let share = Households::share_of_income(flows, 2e15)?; // 2,000 trillion won, of which 1,203 are spent
    /// assert!((share - 0.6016).abs() < 5e-4);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A table without household consumption; an income of which more than one and a half would be spent.
    pub fn share_of_income(table: &Table, income: f64) -> Result<f64> {
        let consumption = table.demand_in_all(FinalDemandRole::Household) * table.meta().unit;
        let share = consumption / income;
        if consumption > 0.0 && share > 0.0 && SHARES_SPENT.contains(&share) {
            return Ok(share);
        }
        let (currency, id) = (&table.meta().currency, &table.meta().id);
        let [consumption, income] = [consumption, income].map(|v| number(v / 1e6, 0));
        Err(Error::invalid(said!(
            "households of table {id} consume {consumption} million {currency} and cannot earn {income} million in \
             all: what they spend of it must be above 0 and at most 1.5",
            "산업연관표 {id}의 민간소비는 {consumption}백만 {currency}이므로 가계 총소득이 {income}백만일 수 없습니다. \
             소비 비율은 0보다 크고 1.5 이하여야 합니다"
        )))
    }

    /// Habits in one model: the round of spending solved once.
    pub(super) fn of(habits: Habits, model: &Model) -> Result<Self> {
        let n = model.sectors().len();
        if habits.income.len() != n {
            return Err(Error::invalid(said!(
                "households earn in {sectors} sectors, the model has {n}",
                "가계의 소득 부문은 {sectors}개이나 모형의 부문은 {n}개입니다",
                sectors = habits.income.len()
            )));
        }
        let output_per_spending = model.output_for(&habits.domestic);
        let again = habits.share_spent * habits.income.dot(&output_per_spending);
        if !(again < 1.0 - 1.0 / super::LARGEST_MULTIPLIER) {
            return Err(Error::invalid(explodes(again)));
        }
        Ok(Households {
            multiplier: habits.share_spent / (1.0 - again),
            output_per_spending,
            habits,
        })
    }

    /// Whether they spend on what the households of a table spend on, in the domestic form.
    #[cfg(feature = "ensembles")]
    pub(crate) fn are_of(&self, table: &Table) -> bool {
        let share = Some(self.habits.share_spent);
        Habits::of(table, share, ImportTreatment::Domestic).is_ok_and(|own| {
            let bought = |of: &Habits| (of.imports_not_told, of.product_taxes);
            (&own.domestic, &own.imported) == (&self.habits.domestic, &self.habits.imported)
                && bought(&own) == bought(&self.habits)
        })
    }

    /// The share of labour income that is spent.
    pub fn share_spent(&self) -> f64 {
        self.habits.share_spent
    }

    /// Which income they earn, and what of it they keep.
    pub fn earnings(&self) -> &Earnings {
        &self.habits.earnings
    }

    /// The same, where it is not compensation of employees alone.
    pub(crate) fn stated_earnings(&self) -> Option<Earnings> {
        let stated = self.habits.earnings.of != IncomeKind::Compensation;
        stated.then_some(self.habits.earnings)
    }

    /// w: their income per unit of output, n; compensation of employees but where [`Households::earnings`] says
    /// otherwise.
    pub fn income(&self) -> &DVector<f64> {
        &self.habits.income
    }

    /// c: domestic products bought per unit spent, n.
    pub fn domestic_basket(&self) -> &DVector<f64> {
        &self.habits.domestic
    }

    /// Imported products bought per unit spent, n.
    pub fn imported_basket(&self) -> &DVector<f64> {
        &self.habits.imported
    }

    /// Imports whose product is not told, per unit spent.
    pub fn imports_not_told(&self) -> f64 {
        self.habits.imports_not_told
    }

    /// All imports per unit spent, by product or not.
    pub fn imports_per_spending(&self) -> f64 {
        self.habits.imported.sum() + self.habits.imports_not_told
    }

    /// Taxes less subsidies on products per unit spent, where the table sets them apart.
    pub fn product_taxes(&self) -> f64 {
        self.habits.product_taxes
    }

    /// L c: output per unit spent, n.
    pub fn output_per_spending(&self) -> &DVector<f64> {
        &self.output_per_spending
    }

    /// Spending in all rounds per unit of labour income of the open model.
    pub fn spending_per_first_income(&self) -> f64 {
        self.multiplier
    }

    /// What the income earned in producing `output` (Type I, n) induces.
    ///
    /// ```
    /// use leontief::model::{Closure, ImportTreatment};
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
    /// let model = Model::with(&table, ImportTreatment::Domestic, Closure::Share(0.5))?;
    /// let output = model.output_for(&vec![1.0, 0.0].into());
    /// let induced = model.households().expect("closed").induced_by(&output);
    /// assert!((induced.spending - 0.30044).abs() < 1e-5);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn induced_by(&self, output: &DVector<f64>) -> Induced {
        self.induced_by_income(self.habits.income.dot(output))
    }

    /// What labour income induces.
    ///
    /// ```
    /// use leontief::model::{Closure, ImportTreatment};
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
    /// let model = Model::with(&table, ImportTreatment::Domestic, Closure::Share(0.5))?;
    /// let induced = model.households().expect("closed").induced_by_income(1.0);
    /// // Half of it, and of what that leads to: .5 / (1 - .5 x .56098).
    /// assert!((induced.spending - 0.69492).abs() < 1e-5);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn induced_by_income(&self, income: f64) -> Induced {
        let spending = income * self.multiplier;
        Induced {
            output: &self.output_per_spending * spending,
            imported: &self.habits.imported * spending,
            spending,
        }
    }
}

/// Why households cannot be closed: each round of spending is as large as the last.
pub(crate) fn explodes(again: f64) -> Text {
    said!(
        "the household closure explodes: each unit that households spend leads to {again:.4} of further \
         spending; it must be below 1",
        "가계 내생화 모형이 발산합니다. 가계 지출 1단위가 {again:.4}의 추가 지출로 이어지는데, 1 미만이어야 합니다"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::AnyTable;
    use crate::table::PrimaryInputRole::*;

    #[test]
    fn who_consumes_more_than_all_that_is_earned_has_no_usual_share() {
        // 1,800 of consumption, which imports pay for, of 1,050 of wages and surplus.
        let table = Table::builder("two", 2020)
            .sectors([("1", "Farming"), ("2", "Making")])
            .domestic_flows([[150.0, 500.0], [200.0, 100.0]])
            .imported_flows([[200.0, 300.0], [0.0, 500.0]])
            .final_demand(FinalDemandRole::Household, [350.0, 1450.0])
            .final_demand(FinalDemandRole::Exports, [0.0, 250.0])
            .value_added(Compensation, [250.0, 500.0])
            .value_added(OperatingSurplus, [200.0, 100.0])
            .build()
            .expect("balanced");
        let AnyTable::Flows(table) = table else {
            panic!("flows");
        };
        let why = Households::usual_share(&table).expect_err("no share");
        assert!(why.to_string().contains("171.4 %"), "{why}");
    }
}
