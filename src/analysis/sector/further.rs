//! What other questions say of the sector.

use super::{OUTAGE, OUTAGE_DAYS, STOPPED};
use crate::analysis::import_stop::{CRITICAL, ImportStop, StopCase};
use crate::analysis::linkages::{Linkages, Pairs};
use crate::analysis::multipliers::{Form, MultiplierForm};
use crate::analysis::outage::{Outage, OutageOptions, Yardstick};
use crate::analysis::sam::{Sam, SamMultipliers, SamOptions};
use crate::analysis::sheet::Sheet;
use crate::analysis::structural_path::{Options, Paths};
use crate::analysis::{MultiplierType, outage};
use crate::error::Result;
use crate::lang::{Text, said};
use crate::model::{Closure, Demand, Model};
use crate::table::AnyTable;
use nalgebra::DVector;
use serde::{Deserialize, Serialize};

/// How many chains of suppliers, and of final demand, are listed.
const CHAINS: usize = 10;

/// How many coefficients that matter are listed.
const COEFFICIENTS: usize = 10;

/// What an outage of the sector takes, by static models and from day to day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct OutageSums {
    /// The share of its capacity that is out.
    pub loss: f64,
    /// For how many days.
    pub days: u32,
    /// What it cannot make, in the table's unit of money.
    pub capacity_lost: f64,
    /// Output that all sectors lose by static models.
    pub yardsticks: Vec<Yardstick>,
    /// What is lost from day to day; in full only.
    pub by_day: Option<OutageByDay>,
}

/// What an outage takes from day to day, over its horizon, in the table's unit of money.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct OutageByDay {
    /// How many days are gone through.
    pub horizon: u32,
    /// Output that all sectors lose, less what is made up for.
    pub output: f64,
    /// Of it, the sector's own.
    pub own: f64,
    /// That of others, as less is ordered of them.
    pub upstream: f64,
    /// That of others, as inputs are missing.
    pub downstream: f64,
    /// Value added lost.
    pub value_added: f64,
    /// Final demand that is not met.
    pub unmet: f64,
    /// The day, from 1, on which most output is lost.
    pub worst_day: u32,
    /// The first day from which on next to nothing is lost.
    pub recovered: Option<u32>,
}

/// What follows where imports of the sector's product stop.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct StopSums {
    /// All that is imported of the product, in the table's unit of money.
    pub imports: f64,
    /// The share of it that stops.
    pub share: f64,
    /// What is missing.
    pub amount: f64,
    /// What an input must be of its user's output to limit it.
    pub critical: f64,
    /// The cases; that of fixed coefficients in full only.
    pub cases: Vec<StopSum>,
}

/// What changes in all sectors together: less is negative.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct StopSum {
    /// What is assumed.
    pub case: StopCase,
    /// Output, in the table's unit of money.
    pub output: f64,
    /// Value added.
    pub value_added: f64,
}

/// The sector, and how much is asked of it.
pub(super) struct Asked<'a> {
    pub(super) table: &'a AnyTable,
    /// The open model in the domestic form.
    pub(super) model: &'a Model,
    pub(super) sector: usize,
    pub(super) in_full: bool,
}

impl Asked<'_> {
    /// By effect: with what households consume where a model of the table is closed for them by default.
    pub(super) fn effects(&self) -> Result<Sheet> {
        // Its factors are shared.
        let mut closed = self.model.clone();
        let closes = closed.close_for(self.table, Closure::Default).is_ok();
        let (model, kind) = match closes && closed.households().is_some() {
            true => (&closed, MultiplierType::Type2),
            false => (self.model, MultiplierType::Type1),
        };
        let all = MultiplierForm::of(self.table, model, kind, Form::ByEffect)?;
        all.figures.only(&[self.sector])
    }

    pub(super) fn net(&self) -> Result<Sheet> {
        let kind = MultiplierType::Type1;
        let all = MultiplierForm::of(self.table, self.model, kind, Form::Net)?;
        all.figures.only(&[self.sector])
    }

    /// The taxes with what they are called; none where the table tells of none.
    pub(super) fn taxes(&self) -> Result<(Sheet, Vec<(String, Text)>)> {
        let table = self.table;
        if table.tax_rows().is_empty() && table.import_tax_rates().is_none() {
            return Ok(Default::default());
        }
        let kind = MultiplierType::Type1;
        let all = MultiplierForm::of(table, self.model, kind, Form::ByTax)?;
        Ok((all.figures.only(&[self.sector])?, all.taxes))
    }

    /// `None` where the table tells too little of households, or all that they get comes back to them.
    pub(super) fn sam(&self) -> Option<SamMultipliers> {
        let sam = Sam::of_model(self.table, self.model, SamOptions::default()).ok()?;
        sam.multipliers.into_iter().nth(self.sector)
    }

    pub(super) fn important(&self) -> Result<Option<Pairs>> {
        if !self.in_full {
            return Ok(None);
        }
        let pairs = Linkages::important_of(self.table, self.model, self.sector, COEFFICIENTS)?;
        Ok(Some(pairs))
    }

    pub(super) fn supplied_by(&self) -> Result<Paths> {
        let mut unit = DVector::zeros(self.model.sectors().len());
        unit[self.sector] = 1.0;
        self.chains(unit, None)
    }

    pub(super) fn works_for(&self) -> Result<Option<Paths>> {
        if !self.in_full {
            return Ok(None);
        }
        let x = self.needed_output()?;
        let f = self.model.final_demand_for(x);
        self.chains(f, Some(self.sector)).map(Some)
    }

    fn chains(&self, demand: DVector<f64>, to: Option<usize>) -> Result<Paths> {
        let options = Options {
            min_depth: 1,
            least_share: 1e-5,
            limit: CHAINS,
            ..Options::default()
        };
        Paths::of_measure(self.model, &Demand::from(demand), "output", to, &options)
    }

    pub(super) fn outage(&self) -> Result<OutageSums> {
        let (table, model, sector) = (self.table, self.model, self.sector);
        let options = OutageOptions::new(OUTAGE, OUTAGE_DAYS);
        if self.in_full {
            let of = Outage::of(table, model, sector, &options)?;
            let sum = |values: &[f64]| values.iter().sum();
            return Ok(OutageSums {
                loss: OUTAGE,
                days: OUTAGE_DAYS,
                capacity_lost: of.capacity_lost,
                by_day: Some(OutageByDay {
                    horizon: of.options.horizon,
                    output: of.output_lost(),
                    own: of.output[sector],
                    upstream: sum(&of.upstream),
                    downstream: sum(&of.downstream),
                    value_added: sum(&of.value_added),
                    unmet: sum(&of.unmet),
                    worst_day: of.worst_day,
                    recovered: of.recovered,
                }),
                yardsticks: of.yardsticks,
            });
        }
        let x = self.needed_output()?;
        let capacity_lost = OUTAGE * f64::from(OUTAGE_DAYS) * x[sector] / outage::YEAR;
        Ok(OutageSums {
            loss: OUTAGE,
            days: OUTAGE_DAYS,
            capacity_lost,
            yardsticks: outage::yardsticks(table, model, sector, x, capacity_lost)?,
            by_day: None,
        })
    }

    /// `None` where nothing of the product is imported, or the table does not tell of which products imports are.
    pub(super) fn import_stop(&self) -> Result<Option<StopSums>> {
        let (table, model, sector) = (self.table, self.model, self.sector);
        if ImportStop::imports_of(table, sector).is_err() {
            return Ok(None);
        }
        let of = |rationed| ImportStop::asked(table, model, sector, STOPPED, CRITICAL, rationed);
        let of = match self.in_full {
            // Cuts that do not come to rest leave the other cases as they are.
            true => of(true).or_else(|_| of(false))?,
            false => of(false)?,
        };
        let cases = of.cases.iter().map(|change| StopSum {
            case: change.case,
            output: change.output.iter().sum(),
            value_added: change.value_added.iter().sum(),
        });
        Ok(Some(StopSums {
            imports: of.imports,
            share: of.share,
            amount: of.amount,
            critical: of.critical,
            cases: cases.collect(),
        }))
    }

    fn needed_output(&self) -> Result<&DVector<f64>> {
        self.table
            .needed_output(said!("the page of a sector", "부문별 종합 분석"))
    }
}
