//! How large the sectors of regions are: jobs, output or value added by region and sector.

use super::read::sizes::{self, Row};
use super::{Classification, Table, embedded, words};
use crate::error::{Error, Place, Result};
use crate::lang::{Text, said};
use nalgebra::DVector;
use std::collections::HashSet;

/// What the rows of the whole country are called.
const NATION: &str = "nation";

/// How far above the nation a region may be: figures of surveys are rounded.
const ROUNDING: f64 = 1e-4;

/// Sizes by region and sector, of one measure.
///
/// ```
/// use leontief::{AnyTable, Text, table::RegionalSizes};
///
/// let table = AnyTable::open("kr-2020-83")?;
/// let sizes = RegionalSizes::parse("jobs.csv", "region,code,jobs\nIsland,50+51,2000\n", table.sectors())?;
/// assert_eq!(sizes.measure(), "jobs");
/// // A region with a row for two sectors alone: the others are asked for.
/// assert!(sizes.share("Island", table.flows(Text::same("shares"))?).is_err());
/// # Ok::<(), leontief::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct RegionalSizes {
    file: String,
    measure: String,
    rows: Vec<Row>,
    /// The sectors of each row.
    sectors: Vec<Vec<usize>>,
}

/// A region of [`RegionalSizes`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SizedRegion {
    /// What its rows are called.
    pub key: String,
    /// What the codes of its sectors begin with.
    pub code: String,
    /// Its name.
    pub name: Text,
}

impl RegionalSizes {
    /// A file of `region,code,<measure>`: the third column is named after what it counts ("jobs", "output",
    /// "value_added"). A row may be of several sectors, `50+51`: they have one share of the nation. Rows of the
    /// region `nation` say what the country has in the same figures; without them it is what the
    /// table says under the same name.
    ///
    /// # Errors
    /// With line and column: another header, a code that is not one of `sectors`, a sector twice in a region,
    /// a figure below zero or none at all.
    pub fn parse(file: &str, text: &str, sectors: &Classification) -> Result<Self> {
        let (measure, rows) = sizes::read(file, text)?;
        let mut positions: Vec<Vec<usize>> = Vec::with_capacity(rows.len());
        let mut seen = HashSet::new();
        for row in &rows {
            let fail = |field: &str, message: Text| {
                Error::at(Place::file(file).line(row.line).field(field), message)
            };
            let mut own = Vec::new();
            for code in row.codes.split('+').map(str::trim) {
                let sector = match sectors.position(code) {
                    Some(sector) => sector,
                    None => (sectors.find(code)).map_err(|unknown| fail("code", unknown.text()))?,
                };
                if !seen.insert((row.region.as_str(), sector)) {
                    return Err(fail(
                        "code",
                        said!(
                            "sector {sector} stands twice in region '{region}'",
                            "'{region}' 지역에 {sector} 부문이 두 번 나옵니다",
                            sector = sectors.get(sector),
                            region = row.region
                        ),
                    ));
                }
                own.push(sector);
            }
            if !(row.value >= 0.0 && row.value.is_finite()) {
                return Err(fail(
                    &measure,
                    said!(
                        "{value} cannot be a size: write a figure of 0 or more",
                        "{value}은(는) 규모가 될 수 없습니다. 0 이상의 값을 쓰십시오",
                        value = row.value
                    ),
                ));
            }
            positions.push(own);
        }
        Ok(RegionalSizes {
            file: file.to_owned(),
            measure,
            rows,
            sectors: positions,
        })
    }

    /// Value added of 17 provinces by 25 activities in 2020, of the 83 sectors of the built-in tables: shares of
    /// Statistics Korea's regional accounts.
    ///
    /// # Errors
    /// Sectors that are not those 83.
    pub fn built_in(sectors: &Classification) -> Result<Self> {
        let name = "value_added.csv";
        let text = embedded::find("kr-2020-regions").and_then(|folder| folder.text(name));
        let file = format!("kr-2020-regions/{name}");
        let same = embedded::regions()?.sectors().iter().map(|s| &s.code);
        if !same.eq(sectors.iter().map(|s| &s.code)) {
            return Err(Error::invalid(said!(
                "the built-in sizes of provinces are of 83 sectors (bok-83), not of this table's: regroup it, or give \
                 your own figures as a CSV file region,code,jobs",
                "내장된 시도별 규모는 중분류 83부문(bok-83) 기준입니다. 표를 재분류하거나 region,code,jobs 형식의 CSV를 \
                 지정하십시오"
            )));
        }
        RegionalSizes::parse(&file, text.unwrap_or_default(), sectors)
    }

    /// What is counted: "jobs".
    pub fn measure(&self) -> &str {
        &self.measure
    }

    /// The regions, in the order of the file, without the nation.
    pub fn regions(&self) -> Vec<&str> {
        let mut regions: Vec<&str> = Vec::new();
        for row in self.rows.iter().filter(|row| !is_nation(&row.region)) {
            if !regions.contains(&row.region.as_str()) {
                regions.push(&row.region);
            }
        }
        regions
    }

    /// A region by what the file calls it, or a province by any of its names.
    ///
    /// # Errors
    /// A name that none has, with the names there are.
    pub fn region(&self, query: &str) -> Result<SizedRegion> {
        let wanted = words::fold(query);
        let provinces = embedded::regions()?;
        let province = provinces.position(query).ok();
        let known = |key: &str| provinces.position(key).ok();
        let regions = self.regions();
        let found = regions.iter().find(|key| {
            words::fold(key) == wanted || (province.is_some() && known(key) == province)
        });
        let Some(key) = found else {
            let there = regions.join(", ");
            return Err(Error::at(
                Place::file(&self.file),
                said!(
                    "there is no region '{query}'; there are {there}",
                    "'{query}' 지역이 없습니다. 지역: {there}"
                ),
            ));
        };
        let place = known(key).and_then(|at| provinces.get(at));
        Ok(SizedRegion {
            key: (*key).to_owned(),
            code: place.map_or_else(|| (*key).to_owned(), |place| place.code.clone()),
            name: place.map_or_else(|| Text::same(*key), |place| place.name.clone()),
        })
    }

    /// The share of the nation's sectors that a region has, n, in `[0, 1]`. Sectors of one row have one
    /// share; a sector of which the nation has nothing has that of the region as a whole.
    ///
    /// # Errors
    /// As [`RegionalSizes::region`]; a sector of the nation without a row; a region larger than the nation; no
    /// rows of the nation, and nothing of that name in the table.
    pub fn share(&self, region: &str, table: &Table) -> Result<DVector<f64>> {
        let key = self.region(region)?.key;
        let nation = self.nation(table)?;
        let sectors = table.sectors();
        let mut share: Vec<Option<f64>> = vec![None; sectors.len()];
        let mut listed = vec![false; sectors.len()];
        let (mut own, mut all) = (0.0, 0.0);
        for (row, of) in self.rows.iter().zip(&self.sectors) {
            if row.region != key {
                continue;
            }
            let there: f64 = of.iter().map(|s| nation[*s]).sum();
            if row.value > there * (1.0 + ROUNDING) {
                return Err(Error::at(
                    Place::file(&self.file).line(row.line).field(&self.measure),
                    said!(
                        "{value} is more than the nation has in sector {codes} ({there}): use one source for both, \
                         with rows of the region 'nation'",
                        "{value}은(는) {codes} 부문의 전국 값({there})보다 큽니다. 같은 출처의 전국 값을 'nation' 지역의 \
                         행으로 함께 쓰십시오",
                        value = row.value,
                        codes = row.codes
                    ),
                ));
            }
            own += row.value;
            all += there;
            for s in of {
                listed[*s] = true;
                share[*s] = (there > 0.0).then(|| (row.value / there).min(1.0));
            }
        }
        let missing: Vec<String> = (0..sectors.len())
            .filter(|s| nation[*s] > 0.0 && !listed[*s])
            .map(|s| sectors.get(s).code.clone())
            .collect();
        if !missing.is_empty() {
            let count = missing.len();
            let shown = missing[..count.min(8)].join(", ");
            return Err(Error::at(
                Place::file(&self.file),
                said!(
                    "region '{key}' has no row for {count} sectors: {shown}; write 0 where there is none of it",
                    "'{key}' 지역에 {count}개 부문의 행이 없습니다: {shown}. 없는 부문은 0으로 쓰십시오"
                ),
            ));
        }
        if !(own > 0.0 && own < all) {
            return Err(Error::at(
                Place::file(&self.file),
                said!(
                    "region '{key}' has all of the nation or nothing of it: there is no rest, or no region",
                    "'{key}' 지역이 전국 전체이거나 규모가 0입니다. 지역과 나머지로 나눌 수 없습니다"
                ),
            ));
        }
        let whole = own / all;
        Ok(DVector::from_iterator(
            sectors.len(),
            share.into_iter().map(|share| share.unwrap_or(whole)),
        ))
    }

    /// What the nation has, n: its own rows, those of several sectors shared out by output, or what the table
    /// says.
    fn nation(&self, table: &Table) -> Result<DVector<f64>> {
        let n = table.sectors().len();
        if self.rows.iter().any(|row| is_nation(&row.region)) {
            let mut nation = DVector::zeros(n);
            for (row, of) in self.rows.iter().zip(&self.sectors) {
                if is_nation(&row.region) {
                    let output: f64 = of.iter().map(|s| table.output()[*s]).sum();
                    for s in of {
                        nation[*s] = row.value
                            * match output > 0.0 {
                                true => table.output()[*s] / output,
                                false => 1.0 / of.len() as f64,
                            };
                    }
                }
            }
            return Ok(nation);
        }
        match self.measure.as_str() {
            "output" => Ok(table.output().clone()),
            "value_added" => Ok(table.value_added()),
            account => table.satellite(account).cloned().ok_or_else(|| {
                Error::at(
                    Place::file(&self.file),
                    said!(
                        "the table counts no '{account}' that the regions could be held against: add rows of the \
                         region 'nation', or name the column jobs, output or value_added",
                        "표에 지역과 견줄 '{account}' 항목이 없습니다. 'nation' 지역의 행을 추가하거나 열 이름을 jobs, \
                         output, value_added 중 하나로 쓰십시오"
                    ),
                )
            }),
        }
    }
}

fn is_nation(region: &str) -> bool {
    region.eq_ignore_ascii_case(NATION)
}
