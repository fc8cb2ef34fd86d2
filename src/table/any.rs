//! A table of coefficients alone, and a table of either kind.

use super::read::watched::{Told, Watched};
use super::{Classification, Coefficients, Deflators, Kind, Meta, Table, embedded, read};
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use nalgebra::DVector;
use std::path::Path;

/// A table of coefficients without flows: demand shocks, multipliers, price and mixed forms work on
/// it; what needs flows (balances, final-demand items, household closure) does not. With the output of
/// its sectors, shortages and national averages do too.
#[derive(Debug, Clone)]
pub struct CoefficientTable {
    coefficients: Coefficients,
    pub(super) content_hash: String,
    output: Option<DVector<f64>>,
    pub(super) deflators: Option<Deflators>,
}

impl CoefficientTable {
    /// A table of given coefficients.
    pub fn new(coefficients: Coefficients, content_hash: String) -> Self {
        CoefficientTable {
            coefficients,
            content_hash,
            output: None,
            deflators: None,
        }
    }

    /// The same table with the output of its sectors, n, in its unit of money.
    ///
    /// # Errors
    /// Another number of sectors, or an output below zero or not finite.
    pub fn with_output(mut self, output: Option<DVector<f64>>) -> Result<Self> {
        if let Some(output) = &output {
            let (id, sectors) = (&self.meta().id, self.coefficients.sectors());
            if output.len() != sectors.len() {
                return Err(Error::invalid(said!(
                    "table {id}: output has {found} sectors, not {n}",
                    "산업연관표 {id}: 총산출의 부문이 {found}개입니다. {n}개여야 합니다",
                    found = output.len(),
                    n = sectors.len()
                )));
            }
            let wrong = (output.iter()).position(|x| !(*x >= 0.0 && x.is_finite()));
            if let Some(at) = wrong {
                return Err(Error::invalid(said!(
                    "table {id}: output of sector {sector} is {x}: it must be 0 or more",
                    "산업연관표 {id}: {sector} 부문의 총산출이 {x}입니다. 0 이상이어야 합니다",
                    sector = sectors.get(at),
                    x = output[at]
                )));
            }
        }
        self.output = output;
        Ok(self)
    }

    /// The same table with price indices of its own.
    pub fn with_deflators(mut self, deflators: Option<Deflators>) -> Self {
        self.deflators = deflators;
        self
    }

    /// What the table says of itself.
    pub fn meta(&self) -> &Meta {
        self.coefficients.meta()
    }

    /// The coefficients.
    pub fn coefficients(&self) -> &Coefficients {
        &self.coefficients
    }

    /// x: gross output, n, where the table holds it.
    pub fn output(&self) -> Option<&DVector<f64>> {
        self.output.as_ref()
    }
}

/// A table of either kind, as read.
#[derive(Debug, Clone)]
pub enum AnyTable {
    /// With flows.
    Flows(Box<Table>),
    /// With coefficients only.
    Coefficients(Box<CoefficientTable>),
}

impl From<Table> for AnyTable {
    fn from(table: Table) -> Self {
        AnyTable::Flows(Box::new(table))
    }
}

impl From<CoefficientTable> for AnyTable {
    fn from(table: CoefficientTable) -> Self {
        AnyTable::Coefficients(Box::new(table))
    }
}

impl AnyTable {
    /// Opens a built-in table by its id, or a folder in the project's format, a table in one file
    /// (feature `files`) or others' workbooks and texts (feature `import`, see
    #[cfg_attr(feature = "import", doc = "[`import`](super::import))")]
    #[cfg_attr(not(feature = "import"), doc = "`table::import`)")]
    /// by its path.
    ///
    /// ```
    /// let table = leontief::AnyTable::open("kr-2023-33")?;
    /// assert_eq!(table.sectors().len(), 33);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// An unknown name, an unreadable folder or file, or figures that do not hold together: see
    /// [`read::native`].
    pub fn open(name_or_path: &str) -> Result<Self> {
        AnyTable::open_with(name_or_path, true, None, None)
    }

    /// As [`AnyTable::open`], told of while files are read.
    ///
    /// # Errors
    /// As [`AnyTable::open`].
    pub fn open_watched(name_or_path: &str, told: Told) -> Result<Self> {
        AnyTable::open_with(name_or_path, true, None, Some(told))
    }

    /// One country of a table of several, whatever it is opened from: what its sectors and its final demand buy at home and
    /// abroad, by product; what others buy of it is its exports. `None` for the table as it is.
    ///
    /// # Errors
    /// As [`AnyTable::open`]; a table of one economy, a country that is not in it.
    #[cfg(feature = "import")]
    pub fn open_country(
        name_or_path: &str,
        country: Option<&str>,
        told: Option<Told>,
    ) -> Result<Self> {
        AnyTable::open_asked(name_or_path, true, country, None, told)
    }

    /// One country of a table of several as a national table: see [`AnyTable::open_country`].
    ///
    /// # Errors
    /// A table of one economy or of coefficients, one that imports from beyond its regions, a country that is not in it.
    #[cfg(feature = "import")]
    pub fn country(&self, country: &str) -> Result<Self> {
        super::import::country_of(self.flows(said!("a country of it", "국가 분리"))?, country)
    }

    /// As [`AnyTable::open`], of others' files that do not say their year; whether it balances or, where that is
    /// not asked, not.
    ///
    /// # Errors
    /// As [`AnyTable::open`] or [`read::native::read_unbalanced`]; a year that is not that of the table.
    #[cfg(feature = "cli")]
    pub(crate) fn open_of_year(
        name_or_path: &str,
        balanced: bool,
        country: Option<&str>,
        year: Option<i32>,
        told: Told,
    ) -> Result<Self> {
        let table = AnyTable::open_asked(name_or_path, balanced, country, year, Some(told))?;
        let (id, of) = (&table.meta().id, table.meta().year);
        match year.filter(|year| *year != of) {
            None => Ok(table),
            Some(year) => Err(Error::invalid(said!(
                "table {id} is of {of}, not of {year}: a year is given for files that do not say theirs",
                "산업연관표 {id}은(는) {of}년 표입니다({year}년 아님). 연도는 파일에 연도가 없을 때 지정합니다"
            ))),
        }
    }

    #[cfg(feature = "import")]
    fn open_asked(
        name_or_path: &str,
        balanced: bool,
        country: Option<&str>,
        year: Option<i32>,
        told: Option<Told>,
    ) -> Result<Self> {
        let path = Path::new(name_or_path);
        let Some(country) = country else {
            return AnyTable::open_with(name_or_path, balanced, year, told);
        };
        if embedded::find(name_or_path).is_none() && super::import::is_others(path)? {
            return super::import::table(path, Some(country), balanced, year, told);
        }
        AnyTable::open_with(name_or_path, balanced, year, told)?.country(country)
    }

    fn open_with(
        name_or_path: &str,
        balanced: bool,
        year: Option<i32>,
        told: Option<Told>,
    ) -> Result<Self> {
        // Without the import a year is of nothing.
        let _ = year;
        let reader: fn(&dyn read::native::Folder) -> Result<Self> = match balanced {
            true => read::native::read,
            false => read::native::read_unbalanced,
        };
        if let Some(built_in) = embedded::find(name_or_path) {
            return reader(built_in);
        }
        let path = Path::new(name_or_path);
        #[cfg(feature = "import")]
        if super::import::is_others(path)? {
            return super::import::table(path, None, balanced, year, told);
        }
        if path.is_dir() {
            let folder = read::native::Directory::new(path);
            return match told {
                Some(told) => reader(&Watched::new(folder, told)),
                None => reader(&folder),
            };
        }
        #[cfg(feature = "files")]
        if path.is_file()
            && let Some(file) = read::single::SingleFile::open_told(path, told)?
        {
            return reader(&file);
        }
        Err(Error::UnknownTable {
            name: name_or_path.to_owned(),
            known: embedded::ids(&[Kind::Flows, Kind::Coefficients]),
        })
    }

    /// What the table says of itself.
    pub fn meta(&self) -> &Meta {
        match self {
            AnyTable::Flows(table) => table.meta(),
            AnyTable::Coefficients(table) => table.meta(),
        }
    }

    /// Its sectors.
    pub fn sectors(&self) -> &Classification {
        match self {
            AnyTable::Flows(table) => table.sectors(),
            AnyTable::Coefficients(table) => table.coefficients().sectors(),
        }
    }

    /// SHA-256 of the files it was read from.
    pub fn content_hash(&self) -> &str {
        match self {
            AnyTable::Flows(table) => table.content_hash(),
            AnyTable::Coefficients(table) => &table.content_hash,
        }
    }

    /// Whether mixes of inputs made it of another.
    pub fn is_mixed(&self) -> bool {
        matches!(self, AnyTable::Flows(table) if table.before_mixes().is_some())
    }

    /// x: gross output, n; a table of coefficients may not hold it.
    pub fn output(&self) -> Option<&DVector<f64>> {
        match self {
            AnyTable::Flows(table) => Some(table.output()),
            AnyTable::Coefficients(table) => table.output(),
        }
    }

    /// Its own price indices, where it has any.
    pub fn deflators(&self) -> Option<&Deflators> {
        match self {
            AnyTable::Flows(table) => table.deflators(),
            AnyTable::Coefficients(table) => table.deflators.as_ref(),
        }
    }

    /// Whether the product of each sector is made at home at all, n: see [`Coefficients::is_made`].
    pub fn made(&self) -> Vec<bool> {
        match self {
            AnyTable::Flows(table) => table.output().iter().map(|x| *x != 0.0).collect(),
            AnyTable::Coefficients(table) => (0..self.sectors().len())
                .map(|sector| table.coefficients().is_made(sector))
                .collect(),
        }
    }

    /// The coefficients, which both kinds have.
    ///
    /// ```
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
    /// // Sector 2 uses 500 of sector 1 for an output of 2,000.
    /// assert_eq!(table.coefficients().domestic()[(0, 1)], 0.25);
    /// assert_eq!(table.coefficients().account("jobs").expect("counted")[0], 0.3);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn coefficients(&self) -> Coefficients {
        match self {
            AnyTable::Flows(table) => table.coefficients(),
            AnyTable::Coefficients(table) => table.coefficients().clone(),
        }
    }

    /// The flows; `what` is the analysis that needs them, as an error names it.
    ///
    /// ```
    /// use leontief::{AnyTable, ErrorKind, Text};
    /// let flows = AnyTable::open("kr-2023-33")?;
    /// assert_eq!(flows.flows(Text::same("GDP"))?.output().len(), 33);
    /// let error = AnyTable::open("kr-2022-33")?.flows(Text::same("GDP")).unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::NeedsFlows); // its table holds coefficients only
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::NeedsFlows`], naming what was asked for, where the table has coefficients only.
    pub fn flows(&self, what: Text) -> Result<&Table> {
        match self {
            AnyTable::Flows(table) => Ok(table),
            AnyTable::Coefficients(table) => Err(Error::NeedsFlows {
                table: table.meta().id.clone(),
                what,
            }),
        }
    }

    /// As [`AnyTable::output`], where `what` cannot do without.
    pub(crate) fn needed_output(&self, what: Text) -> Result<&DVector<f64>> {
        self.output().ok_or_else(|| Error::NeedsFlows {
            table: self.meta().id.clone(),
            what,
        })
    }
}
