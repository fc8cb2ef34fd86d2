//! Supplier tiers: the power series f + Ad f + Ad^2 f + ... one term at a time.
//!
//! Tier 0 is the demand itself, tier 1 what is bought to meet it, tier 2 what those suppliers buy
//! (Waugh 1950; Miller & Blair, ch. 2). What lies beyond the tiers shown is the rest, so that
//! tiers and rest add up to L f.

use super::ranking::by_size;
use super::{Impact, Receipt, SectorName};
use crate::analysis::structural_path::{Options, Paths};
use crate::error::Result;
use crate::lang::Text;
use crate::model::{Demand, Model};
use crate::scenario::{Note, PhaseKind};
use serde::{Deserialize, Serialize};

/// Output by sector and tier.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Tiers {
    /// Output of tier 0, 1, ..., each by sector (n), in the unit of the demand.
    pub tiers: Vec<Vec<f64>>,
    /// What lies beyond them, by sector.
    pub rest: Vec<f64>,
    /// The sectors.
    pub sectors: Vec<SectorName>,
}

impl Tiers {
    /// The first `count` tiers of a demand (a vector f, n, or one that recipes meet a part of).
    ///
    /// ```
    /// use leontief::impact::tiers::Tiers;
    /// use nalgebra::dvector;
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
    /// let tiers = Tiers::of(&model, dvector![100.0, 0.0], 2);
    /// assert_eq!(tiers.tiers[1], [15.0, 20.0]); // what the suppliers of 100 of sector 1 make
    /// assert!((tiers.total(0) - 125.41).abs() < 0.01);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn of(model: &Model, demand: impl Into<Demand>, count: usize) -> Self {
        let demand = demand.into();
        let domestic = model.coefficients().domestic();
        let mut rest = model.output_for(&demand.of_average_columns()) + demand.output_by_recipe();
        let mut tier = demand.output();
        let mut next = demand.first_suppliers(domestic);
        let mut tiers = Vec::with_capacity(count);
        for _ in 0..count {
            rest -= &tier;
            tiers.push(tier.iter().copied().collect());
            let after = domestic * &next;
            tier = std::mem::replace(&mut next, after);
        }
        Tiers {
            tiers,
            rest: rest.iter().copied().collect(),
            sectors: SectorName::all(model.sectors()),
        }
    }

    /// Output of a sector in all tiers.
    pub fn total(&self, sector: usize) -> f64 {
        self.tiers.iter().map(|t| t[sector]).sum::<f64>() + self.rest[sector]
    }

    /// What a sector supplies to others' production: all but tier 0.
    pub fn supplied(&self, sector: usize) -> f64 {
        self.tiers.iter().skip(1).map(|t| t[sector]).sum::<f64>() + self.rest[sector]
    }

    /// Sectors by what they supply, the largest rise or fall first.
    pub fn ranked(&self) -> Vec<usize> {
        by_size(self.rest.len(), |sector| self.supplied(sector))
    }
}

/// Supplier industries of an impact: the one-off and the recurring phases apart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Suppliers {
    /// The title of the impact.
    pub name: Text,
    /// What it was computed with.
    pub receipt: Receipt,
    /// Of each kind of phase there is.
    pub kinds: Vec<(PhaseKind, Tiers)>,
    /// The largest chains of suppliers of each kind, where they were asked for.
    #[serde(default)]
    pub paths: Vec<(PhaseKind, Paths)>,
    /// Positions of the sectors that the scenario watches, each with the name it is watched by.
    #[serde(default)]
    pub watched: Vec<(usize, Text)>,
    /// What the impact warns of.
    #[serde(default)]
    pub warnings: Vec<Note>,
}

/// How many tiers are shown one by one: demand itself and three rounds of suppliers.
pub const SHOWN: usize = 4;

impl Suppliers {
    /// The suppliers of an impact.
    ///
    /// ```
    /// use leontief::impact::tiers::Suppliers;
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
    /// let suppliers = Suppliers::of(&model, &impact);
    /// let (_, tiers) = &suppliers.kinds[0];
    /// // Column 1 of A, then A times that.
    /// assert!((tiers.tiers[1][0] - 0.15).abs() < 1e-12 && (tiers.tiers[1][1] - 0.2).abs() < 1e-12);
    /// assert!((tiers.tiers[2][0] - 0.0725).abs() < 1e-12); // .15 x .15 + .25 x .2
    /// assert!((tiers.supplied(1) - 0.26403).abs() < 1e-5);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn of(model: &Model, impact: &Impact) -> Self {
        let kinds = impact
            .effects
            .present()
            .map(|(kind, effects)| (kind, Tiers::of(model, effects.demand(), SHOWN)))
            .collect();
        Suppliers {
            name: impact.name.clone(),
            receipt: impact.receipt.clone(),
            kinds,
            paths: Vec::new(),
            watched: impact.watched.clone(),
            warnings: impact.warnings().cloned().collect(),
        }
    }

    /// The same with the `limit` largest chains of suppliers of the impact, by output; the demand itself is none.
    ///
    /// ```
    /// use leontief::impact::tiers::Suppliers;
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
    /// let suppliers = Suppliers::of(&model, &impact).with_paths(&model, &impact, 2)?;
    /// let (_, chains) = &suppliers.paths[0];
    /// // Manufactures bought directly, then agriculture of its own.
    /// assert_eq!(chains.paths[0].sectors, [0, 1]);
    /// assert!((chains.paths[0].value - 0.2).abs() < 1e-12 && (chains.paths[1].value - 0.15).abs() < 1e-12);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Paths::of`].
    pub fn with_paths(self, model: &Model, impact: &Impact, limit: usize) -> Result<Self> {
        self.with_paths_of(model, impact, limit, "output", None)
    }

    /// The same by another measure ("value_added", "jobs"), or only the chains that lead to the sector at a
    /// position.
    ///
    /// # Errors
    /// As [`Paths::of_measure`].
    pub fn with_paths_of(
        mut self,
        model: &Model,
        impact: &Impact,
        limit: usize,
        measure: &str,
        to: Option<usize>,
    ) -> Result<Self> {
        let options = Options {
            min_depth: 1,
            least_share: 1e-5,
            limit,
            ..Options::default()
        };
        self.paths = impact
            .effects
            .present()
            .map(|(kind, effects)| {
                let demand = effects.demand();
                let paths = Paths::of_measure(model, &demand, measure, to, &options)?;
                Ok((kind, paths))
            })
            .collect::<Result<_>>()?;
        Ok(self)
    }
}
