//! Monte Carlo: an impact worked out for many draws of its uncertain figures.
//!
//! The model is linear in demand, so with certain coefficients nothing is solved per draw: value
//! added is v'L f, jobs are e'L f, output of sector i is row i of L times f, and households add
//! h (L c) with h = s w'L f / (1 - s w'L c) (Miller & Blair, ch. 2 and 6). The rows are solved
//! for once; a draw is a handful of products over the sectors that the scenario spends in. Where
//! coefficients are drawn as well, or the split into domestic and imported purchases that a table only
//! estimates, each draw solves (I - Ad) X = [f, c] once, for the demand of each phase and the basket of
//! households, and forms no inverse. Where its variance is split among what is uncertain, most draws differ by their
//! demand alone: their tables are worked out once.

mod certain;
mod demand;
mod drawn;
mod drivers;
mod engine;
mod figure;
mod given;
mod notes;
mod record;
mod rows;
mod sobol;
mod table;

pub(super) use engine::{Chance, Engine, in_draw};
pub use figure::{Figure, FigureUnit};
pub(super) use notes::notes_of_table;

use crate::error::{Error, Result};
use crate::impact::Impact;
use crate::lang::said;
use crate::model::Model;
use crate::scenario::{Note, Scenario, Sharing};
use crate::table::AnyTable;
use crate::uncertainty::ensemble::Ensemble;

/// How an ensemble is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Draws {
    /// How many draws.
    pub count: usize,
    /// The seed.
    pub seed: u64,
    /// Standard deviation of the logarithm of each positive coefficient of Ad and each labour
    /// coefficient, for columns that are drawn whole their coefficient of variation; `None` (or 0) where
    /// coefficients are taken as certain.
    pub coefficient_spread: Option<f64>,
    /// How coefficients are drawn: which share a factor, or what holds in every draw.
    pub coefficient_sharing: Sharing,
    /// What import shares of purchases are off on average, where the table only estimates its split into domestic
    /// and imported ones; `None` for what the scenario says, or was measured of the table; 0 where the split is
    /// taken as certain.
    pub split_error: Option<f64>,
    /// What every amount is multiplied by.
    pub scale: f64,
    /// For how many sectors of each kind of phase output is told.
    pub sectors: usize,
    /// Whether the ensemble holds every draw of the headline figures and of what was drawn.
    pub keep: bool,
    /// Whether the variance of each headline figure is split among what is uncertain
    /// ([`sobol`](crate::uncertainty::sobol)): all is drawn as many times more as there are sources, and twice.
    pub sobol: bool,
}

impl Default for Draws {
    fn default() -> Self {
        Draws {
            count: 10_000,
            seed: 1,
            coefficient_spread: None,
            coefficient_sharing: Sharing::default(),
            split_error: None,
            scale: 1.0,
            sectors: 10,
            keep: false,
            sobol: false,
        }
    }
}

impl Draws {
    /// The draws that a scenario asks for in `[draws]`; `None` where it asks for none.
    ///
    /// ```
    /// use leontief::uncertainty::Draws;
    /// # use leontief::{AnyTable, Scenario, scenario::PhaseKind};
    /// # let table = AnyTable::open("kr-2023-33")?;
    /// let hub = Scenario::builder("Hub")
    ///     .further("[draws]\ncount = 500\ncoefficient_spread = 0.1")
    ///     .phase("Build", PhaseKind::OneOff)
    ///     .spend("건설", "1조")
    ///     .build(&table)?;
    /// let asked = Draws::asked_by(&hub).expect("it does");
    /// assert_eq!((asked.count, asked.seed, asked.coefficient_spread), (500, 1, Some(0.1)));
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn asked_by(scenario: &Scenario) -> Option<Self> {
        let asked = &scenario.file.draws;
        let count = asked.count.as_ref().map_or(0, |count| count.value as usize);
        let default = Draws::default();
        (count > 0).then(|| Draws {
            count,
            seed: asked.seed.unwrap_or(default.seed),
            coefficient_spread: asked.coefficient_spread.as_ref().map(|spread| spread.value),
            coefficient_sharing: asked
                .coefficient_draws
                .as_ref()
                .map_or(default.coefficient_sharing, |how| how.value),
            sobol: asked.sobol.unwrap_or(default.sobol),
            ..default
        })
    }
}

/// How many columns of draws a core works with beside those that are held: the one it looks at, and what
/// is sorted of it. Measured, and rounded up.
pub(super) const AT_WORK: usize = 5;

/// Draws an ensemble of a scenario, of which `impact` is the impact as written (and resized by
/// `draws.scale`). Returns it with what the reader must know of it.
///
/// `progress` is told of draws done, from any thread.
///
/// ```
/// use leontief::uncertainty::{Draws, draws};
/// use leontief::scenario::Value;
/// # use leontief::{AnyTable, Model, Scenario, impact, scenario::PhaseKind};
/// # let table = AnyTable::open("kr-2023-33")?;
/// # let model = Model::new(&table)?;
/// let hub = Scenario::builder("Hub")
///     .parameter("capex", Value::from("1조").range("8,000억", "1.5조"))
///     .phase("Build", PhaseKind::OneOff)
///     .spend("건설", "capex")
///     .build(&table)?;
/// let written = impact::of_scenario(&table, &model, &hub)?;
/// let asked = Draws { count: 1_000, ..Draws::default() };
/// let (ensemble, _) = draws::of_scenario(&table, &model, &hub, &written, &asked, &|_| ())?;
/// let output = &ensemble.figure(Some(PhaseKind::OneOff), "output_type1").expect("a headline").spread;
/// // The mean of the triangle is 1.1 trillion won, and construction's multiplier 2.0584.
/// assert!((output.mean / 1e6 / 2.0584 - 1.1).abs() < 0.02);
/// assert!(output.p5 < output.median && output.median < output.p95);
/// # Ok::<(), leontief::Error>(())
/// ```
///
/// # Errors
/// Nothing that is uncertain; a spread that is negative or absurd; no draws, or more than fit into memory
/// ([`crate::memory`]); a draw that cannot be worked out, named by its number.
pub fn of_scenario(
    table: &AnyTable,
    model: &Model,
    scenario: &Scenario,
    impact: &Impact,
    draws: &Draws,
    progress: &(dyn Fn(usize) + Sync),
) -> Result<(Ensemble, Vec<Note>)> {
    Engine::new(table, model, Some(scenario), impact, draws)?.run(progress)
}

/// Draws an ensemble of a shock: its demand is given, its coefficients are drawn.
///
/// ```
/// use leontief::uncertainty::{Draws, draws};
/// # use leontief::{AnyTable, Model, Money, impact};
/// # let table = AnyTable::open("kr-2023-33")?;
/// # let model = Model::new(&table)?;
/// let shock = [(table.sectors().find("건설")?, Money::units(1e12))];
/// let written = impact::of_shock(&table, &model, &shock, impact::ShockShare::Domestic)?;
/// let asked = Draws { count: 1_000, coefficient_spread: Some(0.05), ..Draws::default() };
/// let (ensemble, _) = draws::of_shock(&table, &model, &written, &asked, &|_| ())?;
/// let output = &ensemble.figures.iter().find(|f| f.id == "output_type1").expect("a headline").spread;
/// // Around construction's multiplier, 2.0584.
/// assert!((output.mean / 1e6 - 2.0584).abs() < 0.02 && output.p5 < output.p95);
/// # Ok::<(), leontief::Error>(())
/// ```
///
/// # Errors
/// As [`of_scenario`]; a shock to output, whose demand depends on the coefficients.
pub fn of_shock(
    table: &AnyTable,
    model: &Model,
    impact: &Impact,
    draws: &Draws,
    progress: &(dyn Fn(usize) + Sync),
) -> Result<(Ensemble, Vec<Note>)> {
    if impact.receipt.driven_by == crate::impact::Driver::Output {
        return Err(Error::invalid(said!(
            "the demand behind a shock to output depends on the coefficients: draws go with a shock to demand \
             or a scenario",
            "산출 충격에 해당하는 최종수요는 계수에 따라 달라집니다. 추출은 최종수요 충격이나 시나리오에 쓰십시오"
        )));
    }
    Engine::new(table, model, None, impact, draws)?.run(progress)
}

/// On how many cores [`in_parallel`] works.
pub(super) fn cores() -> usize {
    #[cfg(feature = "parallel")]
    {
        rayon::current_num_threads()
    }
    #[cfg(not(feature = "parallel"))]
    1
}

/// `f` of 0, 1, ..., on all cores where the crate may use them; the results are in order.
pub(super) fn in_parallel<T: Send>(count: usize, f: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        (0..count).into_par_iter().map(f).collect()
    }
    #[cfg(not(feature = "parallel"))]
    (0..count).map(f).collect()
}

#[cfg(test)]
mod tests;
