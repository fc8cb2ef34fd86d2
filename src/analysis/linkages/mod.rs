//! Linkages: how far a sector's buying and selling pulls and pushes the others.
//!
//! Backward linkages go to suppliers, by columns of A and L = (I - A)^-1; forward ones to users, by rows of the
//! Ghosh inverse G = x^-1 L x^ (row sums of L, the sensitivity index, ask what a sector makes where one unit of
//! *every* product is demanded, and say little of who uses it).
//!
//! | method | of sector j | source |
//! | --- | --- | --- |
//! | Rasmussen | column and row sums of L over their means, and how unevenly each is spread | Rasmussen 1957; Miller & Blair, 3rd ed., ch. 12 |
//! | Hirschman | direct: sums of A and of B = x^-1 Z; total: of L and of G | Chenery and Watanabe 1958; ch. 12 |
//! | pure | what the sector's own production asks of the others and theirs of it, in money, feedbacks taken out | Guilhoto, Sonis and Hewings 2005 |
//! | propagation | rounds until what is set off arrives, on average | Dietzenbacher, Romero and Bosma 2005 |
//! | network | degrees, strengths, centralities and what passes through | Carvalho 2014; Liang, Qu and Xu 2016 |
//! | influence | which coefficients matter, and by how much each may change | Sonis and Hewings 1992; Schintke and Stäglin 1984 |
//!
//! Sums and averages come of a few solves; cells of L are asked for column by column and not held, but for
//! pairs of sectors.

mod graph;
mod indices;
mod pairs;

pub use pairs::{Pair, Pairs};

use super::provenance::Provenance;
use super::sheet::{FigureUnit, Sheet};
use crate::error::{Error, Result};
use crate::lang::said;
use crate::model::Model;
use crate::scenario::Note;
use crate::table::{AnyTable, SectorName};
use nalgebra::DVector;
use serde::{Deserialize, Serialize};

/// Which linkages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Method {
    /// Power and sensitivity of dispersion (영향력·감응도계수) with their coefficients of variation.
    #[default]
    Rasmussen,
    /// Direct and total, backward by the Leontief and forward by the Ghosh inverse.
    Hirschman,
    /// Pure backward, forward and total linkages, in money.
    Pure,
    /// Average propagation lengths.
    Propagation,
    /// Degrees, strengths, centralities.
    Network,
    /// Inverse-important coefficients, their fields of influence and tolerable limits.
    Influence,
}

impl Method {
    /// A stable name: "rasmussen".
    pub fn id(self) -> &'static str {
        match self {
            Method::Rasmussen => "rasmussen",
            Method::Hirschman => "hirschman",
            Method::Pure => "pure",
            Method::Propagation => "propagation",
            Method::Network => "network",
            Method::Influence => "influence",
        }
    }

    /// The columns of the two indices whose mean is 1 that tell key sectors: backward, forward.
    pub fn axes(self) -> Option<[&'static str; 2]> {
        match self {
            Method::Rasmussen => Some(["influence", "sensitivity"]),
            Method::Hirschman | Method::Pure => Some(["backward_index", "forward_index"]),
            _ => None,
        }
    }
}

/// How linkages are worked out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Options {
    /// Whether a unit of each product counts by its share: backward by final demand, forward by primary inputs
    /// (by final demand in Rasmussen's). Else each counts the same.
    pub weighted: bool,
    /// Which measure what passes through is counted in (network): "output", "jobs".
    pub measure: String,
    /// The least input coefficient that counts as a connection (network).
    pub connection: f64,
    /// The change of any sector's output that is tolerated (influence), as a share.
    pub tolerated: f64,
    /// Up to which change of itself a coefficient counts as important (influence), as a share.
    pub important: f64,
    /// How many pairs of sectors to list at most, the strongest first (propagation, influence).
    pub pairs: usize,
}

impl Default for Options {
    /// Unweighted, by output; connections from 1 % of output; 1 % of output tolerated, important up to 20 %;
    /// no pairs.
    fn default() -> Self {
        Options {
            weighted: false,
            measure: "output".to_owned(),
            connection: 0.01,
            tolerated: 0.01,
            important: 0.2,
            pairs: 0,
        }
    }
}

/// Linkages of every sector of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Linkages {
    /// The table.
    pub provenance: Provenance,
    /// Which linkages.
    pub method: Method,
    /// How.
    pub options: Options,
    /// A column a figure; sectors that make nothing have none. With two axes "class" tells key sectors: 1 both
    /// above their mean (key), 2 backward alone, 3 forward alone, 4 neither.
    #[serde(flatten)]
    pub figures: Sheet,
    /// The strongest pairs of sectors, where they were asked for.
    pub pairs: Pairs,
    /// What must be said of the table.
    #[serde(default)]
    pub notes: Vec<Note>,
}

impl Linkages {
    /// The linkages of a table by the open model of it.
    ///
    /// ```
    /// use leontief::analysis::linkages::{Linkages, Method, Options};
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
    /// // Two sectors: column sums of L 1.5182 and 1.4521, row sums of G 1.9142 and 1.2541.
    /// let linkages = Linkages::of(&table, &model, Method::Hirschman, &Options::default())?;
    /// let of = |id| linkages.figures.column(id).expect("a column").values[0].expect("made");
    /// assert!((of("backward") - 1.51815).abs() < 1e-5 && (of("forward") - 1.91419).abs() < 1e-5);
    /// assert_eq!(of("class"), 1.0); // both above their mean: a key sector
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A method or weights that need output of a table without; options out of their range; a measure that the
    /// table does not have.
    pub fn of(table: &AnyTable, model: &Model, method: Method, options: &Options) -> Result<Self> {
        check(options)?;
        let work = Work::of(table, model, options);
        let mut figures = Sheet::of(SectorName::all(model.sectors()));
        let mut pairs = Pairs::default();
        match method {
            Method::Rasmussen => work.rasmussen(&mut figures)?,
            Method::Hirschman => work.hirschman(&mut figures)?,
            Method::Pure => work.pure(&mut figures)?,
            Method::Propagation => {
                work.propagation(&mut figures)?;
                if options.pairs > 0 {
                    pairs = work.strongest()?;
                }
            }
            Method::Network => work.network(&mut figures)?,
            Method::Influence => pairs = work.influence(&mut figures, None)?,
        }
        for column in &mut figures.columns {
            let values = column.values.iter_mut().zip(&work.made);
            values.for_each(|(value, made)| *value = value.filter(|v| *made && v.is_finite()));
        }
        if let Some(axes) = method.axes() {
            let class = classes(&figures, axes);
            figures.add(("class", ""), FigureUnit::Count, class);
        }
        Ok(Linkages {
            provenance: Provenance::of(table.meta()),
            method,
            options: options.clone(),
            figures,
            pairs,
            notes: Vec::new(),
        })
    }

    /// The most important coefficients of the column and the row of the sector at a position.
    pub(crate) fn important_of(
        table: &AnyTable,
        model: &Model,
        sector: usize,
        count: usize,
    ) -> Result<Pairs> {
        let options = Options {
            pairs: count,
            ..Options::default()
        };
        let work = Work::of(table, model, &options);
        work.influence(&mut Sheet::default(), Some(sector))
    }
}

fn check(options: &Options) -> Result<()> {
    let shares = [
        ("connection", "연결", options.connection),
        ("tolerated", "허용", options.tolerated),
        ("important", "중요", options.important),
    ];
    match shares.iter().find(|(_, _, v)| !(*v > 0.0 && *v <= 1.0)) {
        None => Ok(()),
        Some((name, name_ko, value)) => Err(Error::invalid(said!(
            "linkages: the share '{name}' is {value}; it must be above 0, up to 1",
            "연쇄효과: '{name_ko}' 기준이 {value}입니다. 0보다 크고 1 이하여야 합니다"
        ))),
    }
}

/// 1 both above 1, 2 backward alone, 3 forward alone, 4 neither.
fn classes(figures: &Sheet, [backward, forward]: [&str; 2]) -> Vec<Option<f64>> {
    let values = |id: &str| figures.column(id).map_or(&[][..], |c| &c.values);
    let both = values(backward).iter().zip(values(forward));
    both.map(|(backward, forward)| {
        Some(match ((*backward)? > 1.0, (*forward)? > 1.0) {
            (true, true) => 1.0,
            (true, false) => 2.0,
            (false, true) => 3.0,
            (false, false) => 4.0,
        })
    })
    .collect()
}

/// What all methods are worked out from.
struct Work<'a> {
    table: &'a AnyTable,
    model: &'a Model,
    options: &'a Options,
    made: Vec<bool>,
}

impl<'a> Work<'a> {
    fn of(table: &'a AnyTable, model: &'a Model, options: &'a Options) -> Self {
        let made = |j| model.coefficients().is_made(j);
        Work {
            table,
            model,
            options,
            made: (0..model.sectors().len()).map(made).collect(),
        }
    }

    fn n(&self) -> usize {
        self.made.len()
    }

    /// How many sectors make something.
    fn count(&self) -> f64 {
        self.made.iter().filter(|made| **made).count() as f64
    }

    fn ones(&self) -> DVector<f64> {
        DVector::from_element(self.n(), 1.0)
    }

    fn output(&self) -> Result<&'a DVector<f64>> {
        self.table
            .needed_output(said!("this form of linkages", "이 연쇄효과"))
    }

    /// f over its sum, n; ones where linkages are not weighted.
    fn demand_weights(&self) -> Result<DVector<f64>> {
        if !self.options.weighted {
            return Ok(self.ones());
        }
        let f = self.model.final_demand_for(self.output()?);
        let all = f.sum();
        Ok(f / all)
    }

    /// Primary inputs (all that is not bought from sectors at home) over their sum, n; ones where linkages are
    /// not weighted.
    fn input_weights(&self) -> Result<DVector<f64>> {
        if !self.options.weighted {
            return Ok(self.ones());
        }
        let x = self.output()?;
        let bought = self.model.coefficients().domestic().row_sum().transpose();
        let primary = x.zip_map(&bought, |x, bought| x * (1.0 - bought));
        let all = primary.sum();
        Ok(primary / all)
    }

    /// Each over the mean of those of sectors that make something.
    fn over_mean(&self, values: &DVector<f64>) -> Vec<Option<f64>> {
        let made = values.iter().zip(&self.made).filter(|(_, made)| **made);
        let mean = made.map(|(v, _)| v).sum::<f64>() / self.count();
        values.iter().map(|v| Some(v / mean)).collect()
    }
}

fn all(values: &DVector<f64>) -> Vec<Option<f64>> {
    values.iter().map(|v| Some(*v)).collect()
}

/// What is less of a whole than this is rounding.
const NOTHING: f64 = 1e-12;

/// A part of a whole, 0 where it is nothing but rounding.
fn part(value: f64, of: f64) -> f64 {
    match value.abs() <= NOTHING * of.abs() {
        true => 0.0,
        false => value,
    }
}

/// Each over its own, where that is not 0.
fn over(values: &DVector<f64>, by: &DVector<f64>) -> Vec<Option<f64>> {
    let both = values.iter().zip(by.iter());
    both.map(|(v, by)| (*by != 0.0).then(|| v / by)).collect()
}

#[cfg(test)]
mod tests;
