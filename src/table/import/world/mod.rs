//! Tables of many countries, as databases publish them: read as a whole, or one country's own taken out.
//!
//! Such files are read as they stream: a matrix of 10,000 sectors would not do as cells of a sheet. To add a
//! database: a file here, and a line in [`DATABASES`].

mod block;
mod cells;
mod country;
mod eora;
mod eurostat;
mod files;
mod flat;
mod gloria;
mod held;
mod isic;
mod labelled;
pub(super) mod labels;
mod matrix;
mod national;
mod oecd;
#[cfg(feature = "parquet")]
mod parquet;
mod pymrio;
pub(super) mod wide;

use super::draft::{Category, Counted, Draft, Origins, Other, Part, Regions};
use super::{LeftOut, Options, RowOrColumn};
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::table::{Account, FinalDemandRole, OtherInputRole, PriceBasis, PrimaryInputRole, Table};
use files::Files;
use nalgebra::{DMatrix, DVector};
use std::collections::HashMap;
use std::path::Path;

/// A database that is known.
pub(super) struct Database {
    /// As it is asked for: "pymrio".
    pub(super) id: &'static str,
    /// Whether the files are its.
    recognises: fn(&Files) -> Result<bool>,
    read: fn(&Files, &Options) -> Result<World>,
}

/// The databases, the most particular first.
pub(super) const DATABASES: [Database; 7] = [
    Database {
        id: "eora26",
        recognises: eora::recognises,
        read: eora::read,
    },
    Database {
        id: "gloria",
        recognises: gloria::recognises,
        read: gloria::read,
    },
    Database {
        id: "pymrio",
        recognises: pymrio::recognises,
        read: pymrio::read,
    },
    Database {
        id: "eurostat",
        recognises: eurostat::recognises,
        read: eurostat::read,
    },
    Database {
        id: "flat",
        recognises: flat::recognises,
        read: flat::read,
    },
    Database {
        id: "oecd",
        recognises: oecd::recognises,
        read: oecd::read,
    },
    Database {
        id: "matrix",
        recognises: matrix::recognises,
        read: matrix::read,
    },
];

/// How far columns may be from adding up, against all output, to be put right with a row that says so.
const ROUNDING: f64 = 0.005;

/// A column of final demand.
#[derive(Debug, Clone, PartialEq)]
struct Demand {
    region: usize,
    id: String,
    title: Text,
    role: FinalDemandRole,
    /// By product and origin, n.
    values: DVector<f64>,
}

/// A row under the flows of which only the users are told: taxes on products, margins of carriers.
#[derive(Debug, Clone, PartialEq)]
struct Untold {
    role: OtherInputRole,
    /// What each sector has of it, n.
    values: DVector<f64>,
    /// What each category of final demand has of it, in their order; none where there are fewer.
    bought: Vec<f64>,
}

/// A table of many countries; money in `unit`. Rows supply, columns use.
#[derive(Debug, Clone, Default, PartialEq)]
struct World {
    from: Vec<String>,
    title: Text,
    attribution: Text,
    year: Option<i32>,
    currency: Option<String>,
    unit: Option<f64>,
    prices: Option<PriceBasis>,
    /// Code and name of each region and of each sector; both stand once.
    regions: Vec<(String, Text)>,
    sectors: Vec<(String, Text)>,
    /// The region and the sector of each row and column, n.
    keys: Vec<(usize, usize)>,
    /// n x n.
    flows: DMatrix<f64>,
    demand: Vec<Demand>,
    /// The parts of value added by role, n each.
    primary_inputs: Vec<(PrimaryInputRole, DVector<f64>)>,
    /// Value added in all, where it has no parts.
    value_added: Option<DVector<f64>>,
    /// Taxes on the products used, and what else only the users are told of.
    others: Vec<Untold>,
    output: Option<DVector<f64>>,
    accounts: Vec<(Account, DVector<f64>)>,
    /// The country that alone the table is of, where the other region is all that its imports come from.
    home: Option<usize>,
    /// Everyday words that lead to the codes of sectors.
    words: Vec<(String, String)>,
    said: Vec<Text>,
    /// The lines that were left out.
    left_out: Vec<LeftOut>,
}

/// The table of a database at a path, of one country or of all; `None` where it is no database that is known.
///
/// # Errors
/// Files that cannot be read or contradict each other; a country that is not in it.
pub(super) fn read(path: &Path, options: &Options) -> Result<Option<Draft>> {
    let files = Files::of(path)?;
    for database in &DATABASES {
        let is_it = match options.layout.as_deref() {
            Some(id) => id == database.id,
            None => (database.recognises)(&files)?,
        };
        if is_it {
            let files = files.watched(options.watcher.0.clone());
            return (database.read)(&files, options)?.drafted(options).map(Some);
        }
    }
    Ok(None)
}

/// The table of one country of a table of several that is held already.
///
/// # Errors
/// A table of one economy, or one that imports from beyond its regions; a country that is not in it.
pub(super) fn country_of(table: &Table, options: &Options) -> Result<Draft> {
    World::of_table(table)?.drafted(options)
}

/// Whether there is a database that is known at a path.
pub(super) fn is_there(path: &Path) -> Result<bool> {
    let files = Files::of(path)?;
    for database in &DATABASES {
        if (database.recognises)(&files)? {
            return Ok(true);
        }
    }
    Ok(false)
}

impl World {
    /// What is said of a database whose figures are millions of a currency at basic prices.
    fn in_millions(
        from: String,
        title: &str,
        attribution: Text,
        year: Option<i32>,
        currency: &str,
    ) -> Self {
        World {
            from: vec![from],
            title: Text::same(title),
            attribution,
            year,
            currency: Some(currency.to_owned()),
            unit: Some(1e6),
            prices: Some(PriceBasis::Basic),
            said: vec![said!(
                "Taken as millions of {currency} at basic prices, as {title} is",
                "{title}와 같이 백만 {currency}, 기초가격으로 봄"
            )],
            ..World::default()
        }
    }

    /// The table of one country or of all.
    ///
    /// # Errors
    /// Columns that do not add up; a country that is not there.
    fn drafted(mut self, options: &Options) -> Result<Draft> {
        let country = match (self.home, options.country.as_deref()) {
            (Some(home), _) => Some(home),
            (None, country) => country.map(|country| self.region(country)).transpose()?,
        };
        self.settle(country, options)?;
        isic::name(&mut self.sectors);
        Ok(match country {
            Some(country) => {
                self.words.extend(isic::words(
                    self.sectors.iter().map(|(code, _)| code.as_str()),
                ));
                self.country(country)
            }
            None => self.whole(),
        })
    }

    /// Takes the rows and columns in the order in which their labels come: a region and a sector each.
    ///
    /// # Errors
    /// A pair of labels that stands twice.
    fn label(
        &mut self,
        labels: impl IntoIterator<Item = (String, String)>,
        place: &str,
    ) -> Result<()> {
        let (mut regions, mut sectors) = (HashMap::new(), HashMap::new());
        let mut seen: HashMap<(usize, usize), ()> = HashMap::new();
        for (region, sector) in labels {
            let of = |known: &mut HashMap<String, usize>,
                      list: &mut Vec<(String, Text)>,
                      label: String| {
                *known.entry(label.clone()).or_insert_with(|| {
                    list.push((label.clone(), Text::same(&label)));
                    list.len() - 1
                })
            };
            let key = (
                of(&mut regions, &mut self.regions, region),
                of(&mut sectors, &mut self.sectors, sector),
            );
            if seen.insert(key, ()).is_some() {
                let (region, sector) = (&self.regions[key.0].0, &self.sectors[key.1].0);
                return Err(Error::invalid(said!(
                    "{place}: {region} {sector} stands twice",
                    "{place}: {region} {sector}이(가) 두 번 나옵니다"
                )));
            }
            self.keys.push(key);
        }
        Ok(())
    }

    /// The place of each label pair.
    fn places(&self) -> HashMap<(&str, &str), usize> {
        let keys = self.keys.iter().enumerate();
        keys.map(|(at, (r, s))| {
            (
                (self.regions[*r].0.as_str(), self.sectors[*s].0.as_str()),
                at,
            )
        })
        .collect()
    }

    /// Output where it is not given, and whether the columns, those of one country or all, add up to it. What they lack by rounding stands in
    /// operating surplus, said.
    ///
    /// # Errors
    /// Columns that are far off, naming the sector that is farthest.
    fn settle(&mut self, country: Option<usize>, options: &Options) -> Result<()> {
        let n = self.keys.len();
        let sold = self
            .demand
            .iter()
            .fold(self.flows.column_sum(), |sum, d| sum + &d.values);
        // Of other countries nothing is asked.
        let is_own = |at: usize| country.is_none_or(|country| self.keys[at].0 == country);
        let own = |values: &DVector<f64>| {
            DVector::from_fn(n, |at, _| if is_own(at) { values[at] } else { 0.0 })
        };
        if let Some(output) = self.output.as_ref().filter(|_| !options.unbalanced) {
            self.add_up(&own(output), &own(&sold), &said!("what is sold", "판매액"))?;
        }
        // Rows are what a table is solved by: output is what they add up to.
        let output = sold;
        let inputs = self.flows.row_sum().transpose();
        let others = self.others.iter().map(|row| &row.values);
        let left = others.fold(&output - inputs, |left, row| left - row);
        let parts = self.primary_inputs.iter().map(|(_, part)| part);
        let parts = parts.cloned().reduce(|sum, part| sum + part);
        let given = parts.or_else(|| self.value_added.clone());
        if let Some(given) = given.filter(|_| !options.residual_value_added && !options.unbalanced)
        {
            let (left, given) = (own(&left), own(&given));
            let off = &left - &given;
            self.add_up(&left, &given, &said!("value added", "부가가치"))?;
            let sum = off.lp_norm(1);
            if sum > 0.0 {
                let has_no_parts = self.primary_inputs.is_empty();
                let is_surplus = |(role, _): &&mut (PrimaryInputRole, _)| {
                    *role == PrimaryInputRole::OperatingSurplus
                };
                match self.primary_inputs.iter_mut().find(is_surplus) {
                    Some((_, surplus)) => *surplus += &off,
                    None if has_no_parts => self.value_added = Some(left),
                    None => self
                        .primary_inputs
                        .push((PrimaryInputRole::OperatingSurplus, off)),
                }
                if sum > 1e-6 * output.lp_norm(1) {
                    let unit = self.unit.unwrap_or(1e6) / 1e6;
                    self.said.push(said!(
                        "Columns were off by {sum:.1} million in all, without signs: operating surplus takes it up",
                        "열의 합이 절댓값 합계 {sum:.1}백만만큼 어긋나 영업잉여에 반영함",
                        sum = sum * unit
                    ));
                }
            }
        }
        self.output = Some(output);
        Ok(())
    }

    fn add_up(&self, a: &DVector<f64>, b: &DVector<f64>, what: &Text) -> Result<()> {
        let off = a - b;
        let all = a.lp_norm(1).max(b.lp_norm(1));
        if !(off.lp_norm(1) <= ROUNDING * all) {
            let at = off.iamax();
            let (region, sector) = self.keys[at];
            let (region, sector) = (&self.regions[region].0, &self.sectors[sector].0);
            let (share, files) = (off.lp_norm(1) / all * 100.0, self.from.join(", "));
            let (is, due) = (b[at], a[at]);
            let (en, ko) = (&what.en, &what.ko);
            return Err(Error::invalid(said!(
                "{files}: {en} does not add up, by {share:.1} % of it in all: {region} {sector} has {is} where the other \
                 figures leave {due}. Read it with residual value added, what output leaves after all inputs \
                 (docs/import.md)",
                "{files}: {ko}의 합이 맞지 않습니다(전체의 {share:.1} %). {region} {sector}: {is}, 다른 값에 따르면 {due}. \
                 부가가치를 총산출에서 투입을 뺀 나머지(residual)로 읽으십시오(docs/import.md)"
            )));
        }
        Ok(())
    }

    fn draft(&self) -> Draft {
        Draft {
            from: self.from.clone(),
            year: self.year,
            currency: self.currency.clone(),
            unit: self.unit,
            prices: self.prices,
            attribution: Some(self.attribution.clone()),
            said: self.said.clone(),
            left_out: self.left_out.clone(),
            ..Draft::default()
        }
    }

    /// All countries as one economy that imports nothing: the sectors of each are sectors of their own.
    fn whole(mut self) -> Draft {
        let n = self.keys.len();
        let name = |(region, sector): &(usize, usize)| {
            let ((r, region), (s, sector)) = (&self.regions[*region], &self.sectors[*sector]);
            (
                format!("{r}_{s}"),
                Text::new(
                    format!("{}: {}", region.en, sector.en),
                    format!("{}: {}", region.ko, sector.ko),
                ),
            )
        };
        let sectors = self.keys.iter().map(name).collect();
        let bought = std::mem::take(&mut self.demand);
        let of_demand = bought.iter().map(|d| d.region).collect();
        let demand = |d: Demand| {
            let (code, region) = &self.regions[d.region];
            Category {
                id: format!("{code}_{}", d.id),
                title: Text::new(
                    format!("{}: {}", region.en, d.title.en),
                    format!("{}: {}", region.ko, d.title.ko),
                ),
                role: d.role,
                demand: Origins {
                    total: None,
                    domestic: Some(d.values),
                    imported: Some(DVector::zeros(n)),
                },
            }
        };
        let final_demand: Vec<Category> = bought.into_iter().map(demand).collect();
        let ids: Vec<_> = final_demand
            .iter()
            .map(|c| c.id.clone())
            .enumerate()
            .collect();
        Draft {
            title: Some(self.title.clone()),
            country: Some(said!("World", "세계")),
            sectors,
            final_demand,
            other_inputs: self.untold(|values| values.clone(), &ids),
            regions: Some(Regions {
                names: self.regions.clone(),
                sectors: self.keys.iter().map(|(region, _)| *region).collect(),
                demand: of_demand,
            }),
            primary_inputs: self.parts(|values| values.clone()),
            value_added: self.value_added.clone(),
            output: self.output.clone(),
            accounts: self.counted(|values| values.clone()),
            flows: Origins {
                total: None,
                imported: Some(DMatrix::zeros(n, n)),
                domestic: Some(std::mem::take(&mut self.flows)),
            },
            ..self.draft()
        }
    }

    fn parts(&self, own: impl Fn(&DVector<f64>) -> DVector<f64>) -> Vec<Part> {
        let part = |(role, values): &(PrimaryInputRole, DVector<f64>)| Part {
            id: role.id().to_owned(),
            title: role.title(),
            role: *role,
            values: own(values),
        };
        self.primary_inputs.iter().map(part).collect()
    }

    /// The rows of which only the users are told, with what each category has of them, by its place and id.
    fn untold(
        &self,
        own: impl Fn(&DVector<f64>) -> DVector<f64>,
        ids: &[(usize, String)],
    ) -> Vec<Other> {
        let other = |row: &Untold| {
            let bought = |at: usize| row.bought.get(at).copied().unwrap_or(0.0);
            let demand = ids.iter().map(|(at, id)| (id.clone(), bought(*at)));
            Other {
                id: row.role.id().to_owned(),
                title: match row.role {
                    OtherInputRole::ProductTaxes => row.role.title(),
                    OtherInputRole::Imports => said!(
                        "Carriers' margins and adjustments abroad",
                        "국제운송마진·해외 조정"
                    ),
                },
                role: row.role,
                values: own(&row.values),
                demand: demand.collect(),
            }
        };
        self.others.iter().map(other).collect()
    }

    fn counted(&self, own: impl Fn(&DVector<f64>) -> DVector<f64>) -> Vec<Counted> {
        let counted = |(account, values): &(Account, DVector<f64>)| Counted {
            account: account.clone(),
            year: None,
            values: own(values),
        };
        self.accounts.iter().map(counted).collect()
    }
}

#[cfg(test)]
mod tests;
