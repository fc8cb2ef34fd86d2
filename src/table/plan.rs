//! What a table needs, and what of it is at a path: all that is missing or wrong at once.

use super::read;
use super::{Kind, embedded};
use crate::error::{Error, Result};
use crate::lang::Text;
use serde::Serialize;
use std::path::Path;

/// What a table is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Need {
    /// Its title.
    Title,
    /// The economy.
    Country,
    /// The classification of its sectors.
    Classification,
    /// The source line that every output shows.
    Attribution,
    /// What was changed against the source.
    Modifications,
    /// Another key of `table.toml`.
    Key,
    /// The name that it is asked for by.
    Id,
    /// Flows or coefficients.
    Kind,
    /// The year of flows and prices.
    Year,
    /// The currency.
    Currency,
    /// Whole currency units in one unit of the figures.
    Unit,
    /// Whose prices.
    Prices,
    /// What the columns of final demand are.
    Categories,
    /// What the rows of primary inputs are.
    Parts,
    /// Codes and names of the sectors.
    Sectors,
    /// Flows of domestic and imported products together, of which the two can be split.
    TotalFlows,
    /// Zd.
    DomesticFlows,
    /// Zm.
    ImportedFlows,
    /// Fd.
    DomesticFinalDemand,
    /// Fm.
    ImportedFinalDemand,
    /// V.
    PrimaryInputs,
    /// Imports and taxes of which only the users are told.
    OtherInputs,
    /// x.
    Output,
    /// Imports by product.
    Imports,
    /// What is counted by sector, jobs first.
    Accounts,
    /// Ad.
    DomesticCoefficients,
    /// Am.
    ImportCoefficients,
    /// v.
    ValueAddedCoefficients,
    /// A file as it is: a workbook, a text.
    File,
    /// All of it together.
    Table,
}

impl Need {
    /// Its name in data: "domestic_flows".
    pub fn id(self) -> &'static str {
        match self {
            Need::Title => "title",
            Need::Country => "country",
            Need::Classification => "classification",
            Need::Attribution => "attribution",
            Need::Modifications => "modifications",
            Need::Key => "key",
            Need::Id => "id",
            Need::Kind => "kind",
            Need::Year => "year",
            Need::Currency => "currency",
            Need::Unit => "unit",
            Need::Prices => "prices",
            Need::Categories => "categories",
            Need::Parts => "parts",
            Need::Sectors => "sectors",
            Need::TotalFlows => "total_flows",
            Need::DomesticFlows => "domestic_flows",
            Need::ImportedFlows => "imported_flows",
            Need::DomesticFinalDemand => "domestic_final_demand",
            Need::ImportedFinalDemand => "imported_final_demand",
            Need::PrimaryInputs => "primary_inputs",
            Need::OtherInputs => "other_inputs",
            Need::Output => "output",
            Need::Imports => "imports",
            Need::Accounts => "accounts",
            Need::DomesticCoefficients => "domestic_coefficients",
            Need::ImportCoefficients => "import_coefficients",
            Need::ValueAddedCoefficients => "value_added_coefficients",
            Need::File => "file",
            Need::Table => "table",
        }
    }
}

/// How far a need is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum State {
    /// It is there.
    There,
    /// It is not there and follows from what is, or is taken to be something.
    Derived,
    /// It is not there, and only some questions need it.
    Optional,
    /// It is not there and nothing can be answered without it.
    Missing,
    /// It is there and cannot be read, or contradicts itself.
    Wrong,
}

/// A need, and what is there of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Item {
    /// What is needed.
    pub need: Need,
    /// How far that is met.
    pub state: State,
    /// Where it is, or would be looked for: a file, `table.toml: year`, a sheet.
    pub place: String,
    /// What is there: "83 x 83", "2020"; empty where nothing is.
    pub found: String,
    /// All that is wrong with it, each with line and field or with the cell.
    pub faults: Vec<Text>,
}

impl Item {
    pub(in crate::table) fn new(need: Need, state: State, place: impl Into<String>) -> Self {
        Item {
            need,
            state,
            place: place.into(),
            found: String::new(),
            faults: Vec::new(),
        }
    }

    pub(in crate::table) fn found(mut self, found: impl Into<String>) -> Self {
        self.found = found.into();
        self
    }

    /// With what is wrong, where anything is.
    pub(in crate::table) fn faults(mut self, faults: Vec<Text>) -> Self {
        if !faults.is_empty() {
            self.state = State::Wrong;
        }
        self.faults = faults;
        self
    }
}

/// What a table needs, item by item.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Plan {
    /// What was looked at, as it was named.
    pub path: String,
    /// Whether it is a folder in the project's format, or a table in one file of it.
    pub native: bool,
    /// The needs, those of `table.toml` first.
    pub items: Vec<Item>,
    /// What is derived, assumed or left out, as an import says it.
    pub said: Vec<Text>,
}

impl Plan {
    /// What a table needs and what of it is at a path: a folder in the project's format, a table in one file, or
    /// others' workbooks and texts. A year stands for one that these do not say.
    ///
    /// # Errors
    /// Nothing at the path, or nothing that is a table in any way.
    pub fn of(path: &str, year: Option<i32>) -> Result<Plan> {
        let plan = |folder: &dyn read::native::Folder| Plan {
            path: path.to_owned(),
            native: true,
            items: read::native::plan(folder),
            said: Vec::new(),
        };
        if let Some(built_in) = embedded::find(path) {
            return Ok(plan(built_in));
        }
        let at = Path::new(path);
        #[cfg(feature = "import")]
        if super::import::is_others(at)? {
            return Ok(super::import::plan(at, year));
        }
        // Without the import a year is of nothing.
        let _ = year;
        if at.is_dir() {
            return Ok(plan(&read::native::Directory::new(at)));
        }
        #[cfg(feature = "files")]
        if at.is_file()
            && let Some(file) = read::single::SingleFile::open(at)?
        {
            return Ok(plan(&file));
        }
        Err(Error::UnknownTable {
            name: path.to_owned(),
            known: embedded::ids(&[Kind::Flows, Kind::Coefficients]),
        })
    }

    /// Whether nothing is missing or wrong.
    pub fn is_ready(&self) -> bool {
        self.lacking().next().is_none()
    }

    /// What is missing or wrong.
    pub fn lacking(&self) -> impl Iterator<Item = &Item> {
        let lacks = |item: &&Item| matches!(item.state, State::Missing | State::Wrong);
        self.items.iter().filter(lacks)
    }
}
