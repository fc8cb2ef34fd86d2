//! What the amount of a line is: demand for a product, or an event that demand follows from.

use serde::{Deserialize, Serialize};

/// What the amount of a line of spending stands for.
///
/// Events that give an *output* (`output`, `jobs`, `labour_income`, `contribution`) are the mixed model
/// (Miller & Blair, 3rd ed., ch. 14): the sectors K of a phase make what is given, what they and their
/// suppliers buy of them included, so that none is counted in another. Final demand is f = L_KK^-1 x_K.
///
/// ```
/// use leontief::{AnyTable, Model, Scenario, impact, scenario::PhaseKind};
/// let table = AnyTable::open("kr-2023-33")?;
/// let model = Model::new(&table)?;
/// let plant = Scenario::builder("A plant")
///     .phase("Runs", PhaseKind::Recurring)
///     .spend("11", 1000.0) // persons who make computing, electronic and optical equipment
///     .set("event", "jobs")
///     .build(&table)?;
/// let found = impact::of_scenario(&table, &model, &plant)?;
/// let exogenous = found.exogenous.as_ref().expect("its output is given");
/// let jobs = exogenous.figures.iter().find(|of| of.measure == "jobs").expect("a figure");
/// assert_eq!((jobs.itself.round(), jobs.others.round()), (1000.0, 1533.0));
/// # Ok::<(), leontief::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub enum EventKind {
    /// Final demand for the product.
    #[default]
    Demand,
    /// Gross output of the sector.
    Output,
    /// Persons that work in the sector: its output at the table's jobs per output.
    Jobs,
    /// Compensation of employees that the sector pays: its output at the table's compensation per output.
    LabourIncome,
    /// Income of households: what they spend of it goes to what the table's households buy.
    HouseholdIncome,
    /// Purchases as the sector makes them for its production, without production of its own.
    SpendingPattern,
    /// A share of the output that the sector has in the table: what an existing industry contributes.
    Contribution,
}

impl EventKind {
    /// All of them.
    pub const ALL: [EventKind; 7] = [
        EventKind::Demand,
        EventKind::Output,
        EventKind::Jobs,
        EventKind::LabourIncome,
        EventKind::HouseholdIncome,
        EventKind::SpendingPattern,
        EventKind::Contribution,
    ];

    /// Its name in scenarios: "labour_income".
    pub fn id(self) -> &'static str {
        match self {
            EventKind::Demand => "demand",
            EventKind::Output => "output",
            EventKind::Jobs => "jobs",
            EventKind::LabourIncome => "labour_income",
            EventKind::HouseholdIncome => "household_income",
            EventKind::SpendingPattern => "spending_pattern",
            EventKind::Contribution => "contribution",
        }
    }

    /// Whether it gives the output of a sector.
    pub fn gives_output(self) -> bool {
        matches!(
            self,
            EventKind::Output | EventKind::Jobs | EventKind::LabourIncome | EventKind::Contribution
        )
    }

    /// Whether this is demand, as a line is where it does not say.
    pub(crate) fn is_demand(&self) -> bool {
        *self == EventKind::Demand
    }
}
