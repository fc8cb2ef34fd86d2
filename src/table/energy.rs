//! Energy use by industry, of another year and by wider industries than a table's: set against output.
//!
//! Of industry b, which holds some sectors: energy use over their output, both of the year that they are
//! known of, in the prices of that year. What a table's output in other prices uses is worked out by its
//! deflators. All sectors of an industry have its one figure: by sector nothing is known, so results are by
//! industry.

use super::read::energy as read;
use super::{AnyTable, SectorName};
use crate::error::{Error, Place, Result};
use crate::lang::{Text, said};
use nalgebra::DVector;

/// What industries used of energy in a year.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct EnergyUse {
    /// The year of the figures.
    pub year: i32,
    /// The classification that the sectors of industries are of: "bok-2020-83".
    pub classification: String,
    /// The built-in table whose output they are set against.
    pub output: String,
    /// Where they come from.
    pub source: Text,
    /// The industries.
    pub industries: Vec<EnergyIndustry>,
}

/// An industry with its use of energy in a year.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct EnergyIndustry {
    /// What it is called.
    pub name: SectorName,
    /// The codes of the sectors that it holds.
    pub sectors: Vec<String>,
    /// Final energy, TJ.
    pub energy: f64,
    /// Electricity, a part of it, GWh.
    pub electricity: f64,
}

/// Energy use per output of the sectors of one table.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct EnergyPerOutput {
    /// The year of the energy.
    pub year: i32,
    /// The year of the output that it is set against, and of its prices.
    pub output_year: i32,
    /// Where the figures come from.
    pub source: Text,
    /// The industries.
    pub industries: Vec<SectorName>,
    /// The industry that holds each sector, n; `None` where nothing is known.
    pub of: Vec<Option<usize>>,
    /// Final energy, TJ per unit of the table's money of output, n.
    pub energy: DVector<f64>,
    /// Electricity, GWh likewise, n.
    pub electricity: DVector<f64>,
}

impl EnergyUse {
    /// Korea 2019: 14 industries of the energy balance (KESIS).
    ///
    /// ```
    /// use leontief::table::EnergyUse;
    /// let energy = EnergyUse::korea()?;
    /// let steel = energy.industries.iter().find(|i| i.name.code == "steel").expect("there");
    /// assert_eq!((energy.year, steel.energy), (2019, 426_022.0)); // TJ
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// None for the file that is compiled in; a test reads it.
    pub fn korea() -> Result<Self> {
        let text = include_str!("../../tables/energy/industry-2019.csv");
        EnergyUse::parse("energy/industry-2019.csv", text)
    }

    /// Reads `code,name_en,name_ko,sectors,energy_tj,electricity_gwh` with the remarks `# year: 2019`,
    /// `# classification: bok-2020-83` (of the sectors), `# output: kr-2020-83` (the built-in table whose
    /// output the figures are set against) and `# source: ...`.
    ///
    /// # Errors
    /// With line and column: a remark or column that is missing, a figure that is no number of 0 or more.
    pub fn parse(file: &str, text: &str) -> Result<Self> {
        let remark = |key: &str| read::remark(file, text, key);
        let industries = read::read(file, text)?
            .into_iter()
            .map(|row| EnergyIndustry {
                name: SectorName {
                    code: row.code,
                    name: row.name,
                },
                sectors: row.sectors,
                energy: row.figures[0],
                electricity: row.figures[1],
            });
        let year = remark("year")?;
        Ok(EnergyUse {
            year: year.parse().map_err(|_| {
                Error::at(
                    Place::file(file).field("year"),
                    said!("'{year}' is not a year", "'{year}'은(는) 연도가 아닙니다"),
                )
            })?,
            classification: remark("classification")?.to_owned(),
            output: remark("output")?.to_owned(),
            source: Text::of_line(remark("source")?),
            industries: industries.collect(),
        })
    }

    /// Per output of a table of its sectors, or of finer ones that name them as their group.
    ///
    /// ```
    /// use leontief::{AnyTable, table::EnergyUse};
    /// let table = AnyTable::open("kr-2020-83")?;
    /// let per = EnergyUse::korea()?.per_output(&table)?;
    /// // Fishing: 52,711 TJ over 8.8 trillion won of 2020; per million won.
    /// assert_eq!(format!("{:.5}", per.energy[table.sectors().find("04")?]), "0.00597");
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// Sectors that cannot be told apart by industry, among them regrouped ones; a table of another year's
    /// prices without deflators; a table of another currency.
    pub fn per_output(&self, table: &AnyTable) -> Result<EnergyPerOutput> {
        let base = AnyTable::open(&self.output)?;
        let output = base.needed_output(said!("energy per output", "산출당 에너지"))?;
        let (meta, base_year) = (table.meta(), base.meta().year);
        let n = table.sectors().len();
        let other_sectors = || {
            Error::invalid(said!(
                "energy use is known by industries of the sectors {known}, which those of {id} ({own}) cannot be told \
                 apart by: ask on a table of 83 or 165 sectors that is not regrouped",
                "에너지 사용량은 {known} 부문을 묶은 산업별 자료이므로 {id}({own})의 부문으로는 나눌 수 없습니다. 재분류하지 \
                 않은 83부문이나 165부문 표를 쓰십시오",
                known = self.classification,
                id = meta.id,
                own = meta.classification
            ))
        };
        if meta.regrouped_from.is_some() || meta.currency != base.meta().currency {
            return Err(other_sectors());
        }
        let same = meta.classification == self.classification;
        let industry = |code: &str| {
            let holds = |i: &EnergyIndustry| i.sectors.iter().any(|s| s == code);
            self.industries.iter().position(holds)
        };
        let known = |code: &str| base.sectors().position(code).is_some();
        let mut of = Vec::with_capacity(n);
        for sector in table.sectors().iter() {
            let code = match (same, &sector.group) {
                (true, _) => &sector.code,
                (false, Some(group)) if known(group) && n > base.sectors().len() => group,
                _ => return Err(other_sectors()),
            };
            of.push(industry(code));
        }
        let mut outputs = vec![0.0; self.industries.len()];
        for (x, sector) in output.iter().zip(base.sectors().iter()) {
            if let Some(at) = industry(&sector.code) {
                outputs[at] += x * base.meta().unit;
            }
        }
        let deflators = table.deflators();
        if deflators.is_none() && meta.year != base_year {
            return Err(Error::invalid(said!(
                "energy use is per output in prices of {base_year}, and table {id} of {year} has no deflators to bring \
                 its output there",
                "에너지 사용량은 {base_year}년 가격 산출액 기준이나 {year}년 산업연관표 {id}에는 환산할 디플레이터가 없습니다",
                id = meta.id,
                year = meta.year
            )));
        }
        let per_output = |figure: fn(&EnergyIndustry) -> f64| {
            DVector::from_fn(n, |i, _| match of[i] {
                Some(at) if outputs[at] > 0.0 => {
                    let factor = deflators.map_or(1.0, |d| d.factor(Some(i), meta.year, base_year));
                    figure(&self.industries[at]) / outputs[at] * factor * meta.unit
                }
                _ => 0.0,
            })
        };
        Ok(EnergyPerOutput {
            year: self.year,
            output_year: base_year,
            source: self.source.clone(),
            industries: self.industries.iter().map(|i| i.name.clone()).collect(),
            energy: per_output(|i| i.energy),
            electricity: per_output(|i| i.electricity),
            of,
        })
    }
}
