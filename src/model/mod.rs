//! How demand propagates: coefficients, the Leontief model, its household closure, prices, limits.
//!
//! A [`Model`] is built once from a table and asked by right-hand sides; it forms the inverse only
//! where the inverse itself is wanted.

mod columns;
pub mod earnings;
pub mod ghosh;
pub mod given_output;
pub mod households;
mod imports;
pub mod mix;
pub mod new_industry;
pub mod price;
mod radius;
pub mod recipe;
mod rows;
mod solver;

pub use earnings::{Earnings, IncomeKind};
pub use households::{Habits, Households, Induced};
pub use imports::{ImportTreatment, import_shares};
use imports::{competitive, total};
pub use radius::spectral_radius;
pub(crate) use radius::spectral_radius_of;
pub use recipe::{ByRecipe, Demand};
pub use rows::{HouseholdRows, Rows};
pub use solver::{LARGEST_MULTIPLIER, Solves};

use crate::error::{Error, Result};
use crate::lang::said;
use crate::memory;
use crate::table::{AnyTable, Classification, Coefficients};
use crate::units::Measures;
use nalgebra::{DMatrix, DVector};
use solver::Solver;
use std::sync::{Arc, OnceLock};

/// Whether, and how, households spend what they earn.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Closure {
    /// Households are outside: Type I.
    Open,
    /// Households spend the table's share of labour income (see [`Habits::of`]): Type II. On a
    /// table without flows, without what the share is taken from, or with a share above 1.5, the model stays
    /// open.
    #[default]
    Default,
    /// Households spend a stated share of labour income: Type II.
    Share(f64),
    /// Households earn what is stated, and spend of it: Type II.
    Earning(Earnings),
}

/// The Leontief model of an economy of `n` sectors: x = (I - A)^-1 f (Miller & Blair, ch. 2).
///
/// ```
/// use leontief::{AnyTable, Model};
/// use nalgebra::DVector;
///
/// let table = AnyTable::open("kr-2023-33")?;
/// let model = Model::new(&table)?;
/// // BOK's production inducement coefficient of construction (sector 19) in 2023 is 2.058383.
/// let construction = table.sectors().find("건설")?;
/// let mut demand = DVector::zeros(33);
/// demand[construction] = 1.0;
/// assert!((model.output_for(&demand).sum() - 2.058383).abs() < 1e-5);
/// # Ok::<(), leontief::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Model {
    coefficients: Coefficients,
    imports: ImportTreatment,
    solver: Arc<Solver>,
    households: Option<Households>,
    /// Solved for when they are first asked for.
    rows: OnceLock<Rows>,
}

impl Model {
    /// The model of a table with the defaults: domestic inverse, households closed where the table
    /// has flows, with their income and consumption among them.
    ///
    /// ```
    /// use leontief::{AnyTable, Model};
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let construction = table.sectors().find("건설")?;
    /// let model = Model::new(&table)?;
    /// // The published inducement coefficient of construction.
    /// assert!((model.rows().type1.output[construction] - 2.058383).abs() < 1e-5);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Model::with`].
    pub fn new(table: &AnyTable) -> Result<Self> {
        Model::with(table, ImportTreatment::Domestic, Closure::Default)
    }

    /// The model of a table.
    ///
    /// ```
    /// use leontief::model::{Closure, ImportTreatment};
    /// use leontief::{AnyTable, Model};
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let domestic = Model::with(&table, ImportTreatment::Domestic, Closure::Open)?;
    /// let total = Model::with(&table, ImportTreatment::Total, Closure::Share(0.5))?;
    /// assert!(domestic.households().is_none());
    /// // As if all inputs were made at home: an upper bound.
    /// assert!(total.leontief_inverse().sum() > domestic.leontief_inverse().sum());
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::NotProductive`]; [`Error::NeedsFlows`] where a stated closure or the competitive form
    /// is asked of a table without flows; the competitive or the total form of a table that tells imports by
    /// user only; a share spent that is not in `[0, 1.5]`.
    pub fn with(table: &AnyTable, imports: ImportTreatment, closure: Closure) -> Result<Self> {
        if imports != ImportTreatment::Domestic {
            let what = said!("this form of imports", "이 수입 처리 방식에");
            let made = 1 + usize::from(imports == ImportTreatment::Competitive);
            memory::check_matrices(made, table.sectors().len(), &what)?;
        }
        let coefficients = match imports {
            ImportTreatment::Domestic => table.coefficients(),
            ImportTreatment::Total => total(&table.coefficients())?,
            ImportTreatment::Competitive => {
                competitive(table.flows(said!("the competitive-import form", "경쟁수입형"))?)?
            }
        };
        let mut model = Model::from_coefficients(coefficients)?;
        model.imports = imports;
        model.close_for(table, closure)?;
        Ok(model)
    }

    /// An open model of given coefficients.
    ///
    /// ```
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
    /// assert!(model.households().is_none());
    /// assert!((model.leontief_inverse()[(0, 0)] - 1.2541).abs() < 5e-5);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::NotProductive`] where the spectral radius of Ad is 1 or more, or so near to 1 that rounding
    /// decides ([`LARGEST_MULTIPLIER`]).
    pub fn from_coefficients(coefficients: Coefficients) -> Result<Self> {
        let solver = Solver::new(coefficients.domestic()).map_err(|radius| {
            let sectors = radius::closed_loop(coefficients.domestic().dense());
            let name = |at: usize| coefficients.sectors().get(at).to_string();
            Error::NotProductive {
                radius,
                sectors: sectors.into_iter().map(name).collect(),
            }
        })?;
        Ok(Model {
            coefficients,
            imports: ImportTreatment::Domestic,
            solver: Arc::new(solver),
            households: None,
            rows: OnceLock::new(),
        })
    }

    /// Lets households spend what they earn.
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
    /// let mut model = Model::from_coefficients(table.coefficients())?; // open: Type I
    /// // Half of compensation (.25 and .45 of output) is spent, on what the table's households buy.
    /// let (income, basket) = (vec![0.25, 0.45], vec![350.0 / 2050.0, 1700.0 / 2050.0]);
    /// model.close(Habits::new(0.5, income.into(), basket.into(), vec![0.0, 0.0].into())?)?;
    /// let spending = model.household_spending_row().expect("closed");
    /// assert!((spending[0] - 0.30044).abs() < 1e-5);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// Habits of another number of sectors; a closed model that is not productive: each unit of income would lead to a unit of income or
    /// more.
    pub fn close(&mut self, habits: Habits) -> Result<()> {
        self.households = Some(Households::of(habits, self)?);
        self.rows = OnceLock::new();
        Ok(())
    }

    /// Adds a satellite account per unit of the table's money of output (n), or replaces the one of
    /// the same id; how demand propagates does not change.
    ///
    /// ```
    /// use leontief::{Text, table::Account};
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
    /// let mut model = Model::new(&table)?;
    /// let water = Account {
    ///     id: "water".to_owned(),
    ///     title: Text::same("Water"),
    ///     unit: Text::same("t"),
    /// };
    /// model.set_account(water, vec![2.0, 0.0].into())?; // two tonnes a million of agriculture
    /// let per_output = model.coefficients().account("water").expect("it was set");
    /// // A million of manufactures needs .3300 of agriculture.
    /// assert!((model.inducement_row(per_output)[1] - 0.66007).abs() < 1e-5);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Coefficients::set_account`].
    pub fn set_account(
        &mut self,
        account: crate::table::Account,
        per_unit: DVector<f64>,
    ) -> Result<()> {
        self.rows = OnceLock::new();
        self.coefficients.set_account(account, per_unit)
    }

    /// The coefficients that propagate: for the competitive and the total form already changed.
    pub fn coefficients(&self) -> &Coefficients {
        &self.coefficients
    }

    /// The sectors of its vectors.
    pub fn sectors(&self) -> &Classification {
        self.coefficients.sectors()
    }

    /// How imports enter.
    pub fn imports(&self) -> ImportTreatment {
        self.imports
    }

    /// The household closure; `None` for an open model.
    pub fn households(&self) -> Option<&Households> {
        self.households.as_ref()
    }

    /// Whether all of these are positions of sectors, for functions that take them from a caller.
    pub(crate) fn check_sectors(&self, sectors: impl IntoIterator<Item = usize>) -> Result<()> {
        let n = self.sectors().len();
        match sectors.into_iter().find(|sector| *sector >= n) {
            None => Ok(()),
            Some(outside) => Err(Error::invalid(said!(
                "there is no sector at position {outside}: the model has {n}, from 0",
                "위치 {outside}에 부문이 없습니다. 모형의 부문은 {n}개이고 위치는 0부터 셉니다"
            ))),
        }
    }

    /// x = L f: the output that a final demand for domestic products needs, n, in the unit of f.
    ///
    /// ```
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
    /// // Two sectors: A = [.15 .25; .2 .05].
    /// let x = model.output_for(&vec![600.0, 1500.0].into());
    /// assert!((x[0] - 1247.52).abs() < 0.01 && (x[1] - 1841.58).abs() < 0.01);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Panics
    /// If `demand` does not have n entries.
    pub fn output_for(&self, demand: &DVector<f64>) -> DVector<f64> {
        self.solver.solve(demand)
    }

    /// f = x - A x: the final demand that goes with outputs, n, in the form of this model. Of the table's
    /// own output it is the table's domestic final demand in the domestic form only: the competitive and
    /// the total form have another A, and so another f.
    ///
    /// ```
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
    /// // Two sectors: A = [.15 .25; .2 .05].
    /// let f = model.final_demand_for(&vec![1000.0, 2000.0].into());
    /// assert!((f[0] - 350.0).abs() < 1e-9 && (f[1] - 1700.0).abs() < 1e-9);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Panics
    /// If `output` does not have n entries.
    pub fn final_demand_for(&self, output: &DVector<f64>) -> DVector<f64> {
        output - self.coefficients.domestic() * output
    }

    /// L F: outputs for several demands at once, n x m.
    ///
    /// ```
    /// use nalgebra::dmatrix;
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
    /// // Two sectors: A = [.15 .25; .2 .05].
    /// let outputs = model.outputs_for(&dmatrix![600.0, 1.0; 1500.0, 0.0]); // a column a demand
    /// assert!((outputs[(1, 0)] - 1841.58).abs() < 0.01);
    /// assert!((outputs[(1, 1)] - 0.2640).abs() < 1e-4);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Panics
    /// If `demands` does not have n rows.
    pub fn outputs_for(&self, demands: &DMatrix<f64>) -> DMatrix<f64> {
        self.solver.solve_many(demands)
    }

    /// v'L for any coefficients per unit of output: what a unit of final demand for each sector
    /// induces (유발계수), n. With ones it gives the output multipliers.
    ///
    /// ```
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
    /// // Jobs per unit of output are .3 and .25; per unit of final demand:
    /// let jobs = model.inducement_row(model.coefficients().account("jobs").expect("counted"));
    /// assert!((jobs[0] - 0.44224).abs() < 1e-5 && (jobs[1] - 0.37954).abs() < 1e-5);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Panics
    /// If `per_output` does not have n entries.
    pub fn inducement_row(&self, per_output: &DVector<f64>) -> DVector<f64> {
        self.solver.solve_transposed(per_output)
    }

    /// As [`Model::inducement_row`] for several rows at once: n x m to n x m.
    ///
    /// ```
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
    /// let (output, jobs) = (vec![1.0, 1.0].into(), vec![0.3, 0.25].into());
    /// let rows = model.inducement_rows(&nalgebra::DMatrix::from_columns(&[output, jobs]));
    /// assert!((rows[(0, 0)] - 1.51815).abs() < 1e-5); // 1'L
    /// assert!((rows[(1, 1)] - 0.37954).abs() < 1e-5); // e'L
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Panics
    /// If `per_output` does not have n rows.
    pub fn inducement_rows(&self, per_output: &DMatrix<f64>) -> DMatrix<f64> {
        self.solver.solve_transposed_many(per_output)
    }

    /// How its systems were solved so far: by factors, or by passes over A with what bound of the error.
    ///
    /// ```
    /// let table = leontief::AnyTable::open("kr-2023-33")?;
    /// let model = leontief::Model::new(&table)?;
    /// let solves = model.solves();
    /// // 33 sectors are factorised at once; the round of households' spending was one right-hand side.
    /// assert!(solves.factorised && solves.passes == 0 && solves.right_hand_sides == 1);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn solves(&self) -> Solves {
        self.solver.solves()
    }

    /// The measures of outputs (n): their sum, and the value added, imported inputs and jobs in them.
    ///
    /// ```
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
    /// let all = model.measures_of(&vec![1000.0, 2000.0].into()); // the table's own output
    /// assert!((all.value_added - 2050.0).abs() < 1e-9 && (all.jobs - 800.0).abs() < 1e-9);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn measures_of(&self, output: &DVector<f64>) -> Measures<f64> {
        let per_output = self.rows().per_output.as_ref();
        per_output.map(|row| row.dot(output))
    }

    /// What a unit of final demand for each sector sets off of each measure: solved for once.
    ///
    /// ```
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
    /// let rows = model.rows();
    /// assert!((rows.type1.output[0] - 1.51815).abs() < 1e-5);
    /// assert!((rows.type1.jobs[0] - 0.44224).abs() < 1e-5); // .3 x 1.2541 + .25 x .2640
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn rows(&self) -> &Rows {
        self.rows.get_or_init(|| Rows::of(self))
    }

    /// As [`Model::inducement_row`], with what households spend of their income added (Type II).
    /// `None` for an open model.
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
    /// let ones = nalgebra::DVector::from_element(2, 1.0);
    /// let type2 = model.inducement_row_type2(&ones).expect("households spend half of their pay");
    /// assert!((model.inducement_row(&ones)[0] - 1.51815).abs() < 1e-5);
    /// assert!((type2[0] - 1.95782).abs() < 1e-5);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn inducement_row_type2(&self, per_output: &DVector<f64>) -> Option<DVector<f64>> {
        let households = self.households.as_ref()?;
        let per_spending = per_output.dot(households.output_per_spending());
        let first = self.inducement_row(per_output);
        Some(first + self.household_spending_row()? * per_spending)
    }

    /// What households spend after one unit of final demand for each sector, n, all rounds. `None`
    /// for an open model.
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
    /// let spending = model.household_spending_row().expect("closed");
    /// assert!((spending[0] - 0.30044).abs() < 1e-5 && (spending[1] - 0.40823).abs() < 1e-5);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn household_spending_row(&self) -> Option<DVector<f64>> {
        let households = self.rows().households.as_ref()?;
        Some(&households.income * households.multiplier)
    }

    /// L = (I - Ad)^-1, n x n: the production inducement coefficients (생산유발계수). Column j is
    /// what a unit of final demand for product j makes every sector produce.
    ///
    /// ```
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
    /// // Two sectors: A = [.15 .25; .2 .05].
    /// let l = model.leontief_inverse();
    /// assert!((l[(0, 1)] - 0.3300).abs() < 1e-4 && (l[(1, 0)] - 0.2640).abs() < 1e-4);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn leontief_inverse(&self) -> DMatrix<f64> {
        self.solver.inverse()
    }

    /// The output-driven form: what it takes for sectors to *produce* given outputs, including
    /// those outputs themselves. For one sector it is column j of L over l_jj times the output
    /// (Miller & Blair, 3rd ed., ch. 6 "output-to-output multipliers"); for several at once
    /// none is counted in another.
    ///
    /// Returns the final demand that brings these outputs about, n.
    ///
    /// ```
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
    /// // For sector 1 to make 100, what it uses of itself included, users must ask for 100 / 1.2541.
    /// let demand = model.demand_for_outputs(&[(0, 100.0)])?;
    /// assert!((demand[0] - 79.7368).abs() < 1e-4);
    /// assert!((model.output_for(&demand)[0] - 100.0).abs() < 1e-9);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// Outputs that cannot be reached together by demand for these sectors alone.
    pub fn demand_for_outputs(&self, outputs: &[(usize, f64)]) -> Result<DVector<f64>> {
        let n = self.sectors().len();
        let fixed: Vec<(usize, f64)> = outputs.to_vec();
        let mixed = given_output::solve(self, &DVector::zeros(n), &fixed)?;
        Ok(mixed.final_demand)
    }
}
