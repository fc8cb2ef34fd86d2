//! How near each quotient comes to the Bank of Korea's regional multipliers.
//!
//! Every province is regionalized by every method and its multipliers held against the published ones: what a
//! won of final demand for the province's product sets off in it and in the rest of the country. Sectors that
//! a province does not have are left out.

use super::{Method, Quotient, TwoRegions, multipliers};
use crate::analysis::Provenance;
use crate::error::Result;
use crate::table::regions::Region;
use crate::table::{RegionalSizes, Regions, Table};
use serde::{Deserialize, Serialize};

/// The errors of each method.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Judged {
    /// The national table that was regionalized.
    pub provenance: Provenance,
    /// How many regions it was.
    pub regions: usize,
    /// How many multipliers were compared: sectors that there are in the regions.
    pub compared: usize,
    /// The errors, in the order of the methods.
    pub methods: Vec<MethodError>,
}

/// How far a method is from the published multipliers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MethodError {
    /// The quotient and its delta.
    pub method: Method,
    /// Production multiplier in the region: mean of what it is off, either way, over the published one.
    pub inside: f64,
    /// The same, sectors weighted by the region's output, every region alike.
    pub inside_weighted: f64,
    /// The same with its sign: above 0 where the method keeps too much in the region.
    pub inside_bias: f64,
    /// Production multiplier in the rest of the country: mean of what it is off, either way, in won per won.
    pub outside: f64,
    /// Value added in the region: mean of what it is off, either way, in won per won.
    pub value_added: f64,
    /// Jobs in the region: mean of what it is off, either way, over the published one, weighted by output.
    pub jobs: f64,
}

impl Judged {
    /// The methods that are compared: each quotient, with each delta from 0.05 to 0.5.
    pub fn methods() -> Vec<Method> {
        let mut all = Vec::new();
        for quotient in Quotient::ALL {
            match quotient.has_delta() {
                true => all.extend((1..=10).map(|step| Method {
                    quotient,
                    delta: Some(f64::from(step) / 20.0),
                })),
                false => all.push(Method {
                    quotient,
                    delta: None,
                }),
            }
        }
        all
    }

    /// Holds methods against published multipliers of the same sectors as a table's.
    ///
    /// # Errors
    /// Sizes that lack one of the regions; a table that is not productive.
    pub fn of(
        table: &Table,
        sizes: &RegionalSizes,
        published: &Regions,
        methods: &[Method],
    ) -> Result<Self> {
        let mut sums: Vec<Sums> = methods.iter().map(|_| Sums::default()).collect();
        for region in published.iter() {
            let share = sizes.share(&region.code, table)?;
            let place = sizes.region(&region.code)?;
            for (method, sums) in methods.iter().zip(&mut sums) {
                let both = TwoRegions::of(table, place.clone(), share.clone(), *method)?;
                sums.add(region, &both)?;
            }
        }
        let compared = sums.first().map_or(0, |sums| sums.count);
        let errors = sums.iter().zip(methods);
        Ok(Judged {
            provenance: Provenance::of(table.meta()),
            regions: published.iter().len(),
            compared,
            methods: errors.map(|(sums, method)| sums.error(*method)).collect(),
        })
    }

    /// The method that is least off in the region, sectors weighted by output.
    pub fn best(&self) -> Option<&MethodError> {
        let by =
            |a: &&MethodError, b: &&MethodError| a.inside_weighted.total_cmp(&b.inside_weighted);
        self.methods.iter().min_by(by)
    }
}

/// Sums over regions and sectors.
#[derive(Default)]
struct Sums {
    count: usize,
    regions: f64,
    inside: f64,
    inside_weighted: f64,
    inside_bias: f64,
    outside: f64,
    value_added: f64,
    jobs: f64,
}

impl Sums {
    fn add(&mut self, published: &Region, both: &TwoRegions) -> Result<()> {
        let [inside, outside] = multipliers(&both.built(false)?)?;
        let output = both.nation().output().component_mul(both.share());
        let there: Vec<usize> = (0..output.len())
            .filter(|j| published.has(*j) && output[*j] > 0.0)
            .collect();
        let all: f64 = there.iter().map(|j| output[*j]).sum();
        let billion = 1e9 / both.nation().meta().unit;
        for j in there {
            let weight = output[j] / all;
            let own = published.production.inside[j];
            let off = inside.output[j] / own - 1.0;
            self.inside += off.abs();
            self.inside_weighted += weight * off.abs();
            self.inside_bias += weight * off;
            self.outside += (outside.output[j] - published.production.outside[j]).abs();
            self.value_added += (inside.value_added[j] - published.value_added.inside[j]).abs();
            let jobs = published.jobs.inside[j];
            if jobs > 0.0 {
                self.jobs += weight * (inside.jobs[j] * billion / jobs - 1.0).abs();
            }
            self.count += 1;
        }
        self.regions += 1.0;
        Ok(())
    }

    fn error(&self, method: Method) -> MethodError {
        let each = (self.count as f64).max(1.0);
        let regions = self.regions.max(1.0);
        MethodError {
            method,
            inside: self.inside / each,
            inside_weighted: self.inside_weighted / regions,
            inside_bias: self.inside_bias / regions,
            outside: self.outside / each,
            value_added: self.value_added / each,
            jobs: self.jobs / regions,
        }
    }
}
