//! What stays in a province and what goes to the rest of the country.
//!
//! BOK's regional tables (2020, 17 provinces, 83 sectors) give, for one unit of final demand for a
//! region's product, the effect in the region and elsewhere. Two ways to use them: their in-region
//! *share* applied to the national result of the model's table (the default), or the regional
//! multipliers themselves, in the prices and structure of 2020; what is made elsewhere then comes from
//! the national table of that year ([`embedded::NATIONAL_OF_REGIONS`]), so that no two years are
//! mixed. Both are Type I: where households spend their income is not known.

use super::Labour;
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::model::{ByRecipe, Demand, Model};
use crate::scenario::{Line, Phase, PhaseKind, Place, Plan};
use crate::table::regions::{InOut, Region};
use crate::table::{AnyTable, Regions, embedded};
use crate::units::Measures;
use nalgebra::DVector;
use serde::{Deserialize, Serialize};

/// How regional multipliers are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// Their in-region share applied to the national result.
    #[default]
    Shares,
    /// The multipliers themselves.
    Multipliers,
}

/// What stays and what goes, by phase.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RegionalImpact {
    /// How it was computed.
    pub method: Method,
    /// The year of the regional multipliers.
    pub year: i32,
    /// Their source line.
    pub attribution: Text,
    /// Phase by phase, and region by region where its lines are in several.
    pub phases: Vec<PhaseInRegion>,
}

/// One phase in one region. Money in millions, jobs in job-years or jobs by the kind of the phase.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PhaseInRegion {
    /// The phase.
    pub phase: Text,
    /// Once, or every year.
    pub kind: PhaseKind,
    /// The region.
    pub region: Text,
    /// Demand for domestic products placed there.
    pub demand: f64,
    /// Demand of the phase for products that are made in the rest of the country.
    pub elsewhere: f64,
    /// Output (Type I).
    pub output: Split,
    /// Value added (Type I).
    pub value_added: Split,
    /// Persons (Type I).
    pub jobs: Split,
}

/// A figure in the region and in the rest of the country.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Split {
    /// In the region.
    pub inside: f64,
    /// In the rest of the country.
    pub outside: f64,
}

impl Split {
    fn plus(self, other: Split) -> Split {
        Split {
            inside: self.inside + other.inside,
            outside: self.outside + other.outside,
        }
    }

    /// Both.
    pub fn total(self) -> f64 {
        self.inside + self.outside
    }

    /// The share that stays.
    pub fn share(self) -> f64 {
        if self.total() == 0.0 {
            0.0
        } else {
            self.inside / self.total()
        }
    }
}

/// Whether a table's sectors are those of the regional multipliers.
pub(super) fn can_split(table: &AnyTable) -> Result<bool> {
    Ok(table.meta().classification == embedded::regions()?.meta().classification)
}

/// The regional split of a plan; `None` where no line has a region.
///
/// # Errors
/// A table whose sectors are not those of the regional multipliers; demand for a sector that does
/// not exist in the region.
pub fn of_plan(
    table: &AnyTable,
    model: &Model,
    plan: &Plan,
    method: Method,
) -> Result<Option<RegionalImpact>> {
    let placed = plan
        .phases
        .iter()
        .any(|p| p.lines.iter().any(|l| l.region.is_some()));
    if !placed {
        return Ok(None);
    }
    let regions = embedded::regions()?;
    let multipliers = National::of(table, model, regions, plan, method)?;
    let mut phases = Vec::new();
    let n = table.sectors().len();
    for phase in &plan.phases {
        let placed = |there: &dyn Fn(&Place) -> bool| -> Demand {
            let is_there = |line: &Line| line.region.as_ref().is_some_and(there);
            demand(phase, n, is_there).scaled(phase.probability)
        };
        let of_lines = phase.lines.iter().filter_map(|l| l.region.as_ref());
        let places = of_lines.chain(&phase.region);
        let mut provinces: Vec<usize> = places.filter_map(Place::region).collect();
        provinces.sort_unstable();
        provinces.dedup();
        // What is made elsewhere belongs to the phase's own province, as bought from outside it.
        let own = phase.region.as_ref().and_then(Place::region);
        let home = own.or(provinces.first().copied());
        let mut elsewhere = placed(&Place::is_elsewhere);
        for at in provinces {
            let Some(region) = regions.get(at) else {
                continue;
            };
            let here = placed(&|place| place.region() == Some(at));
            let outside = if Some(at) == home {
                std::mem::replace(&mut elsewhere, Demand::none(n))
            } else {
                Demand::none(n)
            };
            phases.push(multipliers.split(phase, region, [&here, &outside], method)?);
        }
    }
    Ok(Some(RegionalImpact {
        method,
        year: regions.meta().year,
        attribution: regions.meta().attribution.clone(),
        phases,
    }))
}

/// A plan placed in each region in turn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Comparison {
    /// ISO 4217 code of the currency of all money, which is in millions.
    pub currency: String,
    /// Where it can be placed, the region that keeps most value added first.
    pub able: Vec<RegionalImpact>,
    /// Regions that lack sectors of the plan, with those sectors.
    pub unable: Vec<(Text, Vec<String>)>,
}

/// The same plan placed wholly in each region in turn: where most would stay, best first by value
/// added. Regions that lack a sector of the plan are listed with the sectors that they lack.
///
/// ```
/// use leontief::impact::regional::{Method, compare};
/// # use leontief::{AnyTable, Model, Scenario, scenario::PhaseKind};
/// # let table = AnyTable::open("kr-2023-83")?;
/// # let model = Model::new(&table)?;
/// let plan = Scenario::builder("Hall")
///     .phase("Build", PhaseKind::OneOff)
///     .spend("50", "1조")
///     .build(&table)?
///     .plan()?;
/// let compared = compare(&table, &model, &plan, Method::Shares)?;
/// assert_eq!(compared.able.len() + compared.unable.len(), 17);
/// # Ok::<(), leontief::Error>(())
/// ```
///
/// # Errors
/// A table whose sectors are not those of the regional multipliers.
pub fn compare(table: &AnyTable, model: &Model, plan: &Plan, method: Method) -> Result<Comparison> {
    let regions = embedded::regions()?;
    let multipliers = National::of(table, model, regions, plan, method)?;
    let n = table.sectors().len();
    let (mut able, mut unable) = (Vec::new(), Vec::new());
    for region in regions.iter() {
        let mut lacking: Vec<String> = Vec::new();
        for line in plan.phases.iter().flat_map(|p| &p.lines) {
            let label = table.sectors().get(line.sector).to_string();
            // What a recipe makes needs no sector of its product that is there already.
            let here = !made_elsewhere(line) && line.domestic != 0.0 && line.recipe.is_none();
            if here && !region.has(line.sector) && !lacking.contains(&label) {
                lacking.push(label);
            }
        }
        if !lacking.is_empty() {
            unable.push((region.name.clone(), lacking));
            continue;
        }
        let phases = plan
            .phases
            .iter()
            .map(|phase| {
                let here = demand(phase, n, |l| !made_elsewhere(l)).scaled(phase.probability);
                let outside = demand(phase, n, made_elsewhere).scaled(phase.probability);
                multipliers.split(phase, region, [&here, &outside], method)
            })
            .collect::<Result<Vec<_>>>()?;
        able.push(RegionalImpact {
            method,
            year: regions.meta().year,
            attribution: regions.meta().attribution.clone(),
            phases,
        });
    }
    let kept = |r: &RegionalImpact| {
        let sum = |f: fn(&PhaseInRegion) -> f64| r.phases.iter().map(f).sum::<f64>();
        sum(|p| p.value_added.inside) / sum(|p| p.value_added.total())
    };
    able.sort_by(|a, b| kept(b).total_cmp(&kept(a)));
    Ok(Comparison {
        currency: table.meta().currency.clone(),
        able,
        unable,
    })
}

/// National Type I multipliers by demand sector.
struct National<'a> {
    table: &'a AnyTable,
    type1: &'a Measures<DVector<f64>>,
    /// Those of the year of the regional multipliers, where these are used as published: persons per
    /// billion, as they have them.
    of_regions_year: Option<Measures<DVector<f64>>>,
    /// Labour productivity after the table's year, and after the year of the regional multipliers.
    labour: Labour,
    regional_labour: Labour,
}

impl<'a> National<'a> {
    fn of(
        table: &'a AnyTable,
        model: &'a Model,
        regions: &Regions,
        plan: &Plan,
        method: Method,
    ) -> Result<Self> {
        if table.meta().classification != regions.meta().classification {
            return Err(Error::invalid(said!(
                "a region needs the sectors of the regional multipliers ({needed}); table {id} has {own}: \
                 take table kr-2023-83, or no region",
                "지역 분석에는 지역별 승수의 부문분류({needed})가 필요하나 산업연관표 {id}의 분류는 {own}입니다. \
                 kr-2023-83 표를 사용하거나 지역을 지정하지 마십시오",
                needed = regions.meta().classification,
                id = table.meta().id,
                own = table.meta().classification
            )));
        }
        let of_regions_year = match method {
            Method::Shares => None,
            Method::Multipliers => Some(of_regions_year()?),
        };
        Ok(National {
            table,
            type1: &model.rows().type1,
            of_regions_year,
            labour: Labour::of(table, plan),
            regional_labour: Labour::new(regions.meta().year, plan.productivity_growth),
        })
    }

    /// What demand in a region, and demand elsewhere that belongs to it, sets off in the region and
    /// outside; persons as labour productivity has them in the years of the phase.
    fn split(
        &self,
        phase: &Phase,
        region: &Region,
        [here, outside]: [&Demand; 2],
        method: Method,
    ) -> Result<PhaseInRegion> {
        let [f, elsewhere] = of_average_columns(here, outside, region);
        if let Some(missing) = (0..f.len()).find(|&j| f[j] != 0.0 && !region.has(j)) {
            return Err(Error::invalid(said!(
                "sector {sector} does not exist in {ko} ({en}) in the regional tables: place the line elsewhere \
                 (region = \"...\" on the line)",
                "지역산업연관표에 따르면 {ko}({en})에는 {sector} 부문이 없습니다. 항목의 region = \"...\"에 다른 \
                 지역을 지정하십시오",
                sector = self.table.sectors().get(missing),
                ko = region.name.ko,
                en = region.name.en
            )));
        }
        type Of = fn(&Measures<DVector<f64>>) -> &DVector<f64>;
        let figure = |own: &InOut, of: Of, [unit, own_unit]: [f64; 2]| {
            let national = of(self.type1);
            let outside = match &self.of_regions_year {
                Some(multipliers) => elsewhere.dot(of(multipliers)) * own_unit,
                None => elsewhere.dot(national) * unit,
            };
            let mut sum = Split {
                inside: 0.0,
                outside,
            };
            for (j, &demand) in f.iter().enumerate().filter(|(_, d)| **d != 0.0) {
                match method {
                    Method::Shares => {
                        let share = own.share_inside(j).unwrap_or(1.0);
                        sum.inside += demand * unit * national[j] * share;
                        sum.outside += demand * unit * national[j] * (1.0 - share);
                    }
                    Method::Multipliers => {
                        sum.inside += demand * own.inside[j] * own_unit;
                        sum.outside += demand * own.outside[j] * own_unit;
                    }
                }
            }
            sum
        };
        let persons = |labour: Labour| labour.of_phase(phase.kind, &phase.schedule);
        // Regional job multipliers are per billion won, demand is in the table's unit.
        let per_billion = self.table.meta().unit / 1e9;
        let of_labour = [
            persons(self.labour),
            persons(self.regional_labour) * per_billion,
        ];
        // What recipes make is made where their lines are.
        let by_recipe = |amount: &dyn Fn(&ByRecipe) -> f64| {
            let sum = |made: &[ByRecipe]| made.iter().map(amount).sum();
            Split {
                inside: sum(&here.by_recipe),
                outside: sum(&outside.by_recipe),
            }
        };
        Ok(PhaseInRegion {
            phase: phase.name.clone(),
            kind: phase.kind,
            region: region.name.clone(),
            demand: here.output().sum(),
            elsewhere: outside.output().sum(),
            output: figure(&region.production, |m| &m.output, [1.0; 2])
                .plus(by_recipe(&|made| made.output)),
            value_added: figure(&region.value_added, |m| &m.value_added, [1.0; 2])
                .plus(by_recipe(&ByRecipe::value_added)),
            jobs: figure(&region.jobs, |m| &m.jobs, of_labour)
                .plus(by_recipe(&|made| made.account("jobs") * of_labour[0])),
        })
    }
}

/// National Type I multipliers of the year of the regional tables, persons per billion.
fn of_regions_year() -> Result<Measures<DVector<f64>>> {
    let table = AnyTable::open(embedded::NATIONAL_OF_REGIONS)?;
    let mut type1 = Model::new(&table)?.rows().type1.clone();
    type1.jobs *= 1e9 / table.meta().unit;
    Ok(type1)
}

fn made_elsewhere(line: &Line) -> bool {
    line.region.as_ref().is_some_and(Place::is_elsewhere)
}

/// What the lines that are in a place ask of domestic producers.
fn demand(phase: &Phase, n: usize, is_there: impl Fn(&Line) -> bool) -> Demand {
    let lines = phase
        .lines
        .iter()
        .filter(|l| is_there(l))
        .cloned()
        .collect();
    Phase {
        lines,
        ..phase.clone()
    }
    .demand(n)
}

/// What average columns have to meet for demand in a region and outside it, n each: what a recipe in
/// the region buys is bought there too, but for products that are not made there.
fn of_average_columns(here: &Demand, outside: &Demand, region: &Region) -> [DVector<f64>; 2] {
    let (mut inside, mut elsewhere) = (here.average.clone(), outside.of_average_columns());
    for (product, asked) in here.of_average_columns().into_iter().enumerate() {
        let inputs = asked - here.average[product];
        if region.has(product) {
            inside[product] += inputs;
        } else {
            elsewhere[product] += inputs;
        }
    }
    [inside, elsewhere]
}
