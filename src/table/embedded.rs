//! The tables that are compiled in. To add one: a folder under `tables/` and a line here.

use super::read::native::{self, Folder};
use super::{Kind, Regions};
use crate::error::Result;
use crate::lang::said;
use std::borrow::Cow;
use std::sync::OnceLock;

/// A table folder that is compiled in.
#[derive(Debug)]
pub struct Embedded {
    id: &'static str,
    kind: Kind,
    files: &'static [(&'static str, &'static str)],
}

macro_rules! folder {
    ($id:literal, $kind:ident: $($file:literal)+) => {
        Embedded {
            id: $id,
            kind: Kind::$kind,
            files: &[$(($file, include_str!(concat!("../../tables/", $id, "/", $file)))),+],
        }
    };
}

macro_rules! flows {
    ($id:literal $($more:literal)*) => {
        folder!($id, Flows:
            "table.toml" "sectors.csv" "aliases.csv" "domestic_flows.csv" "imported_flows.csv"
            "domestic_final_demand.csv" "imported_final_demand.csv" "primary_inputs.csv"
            "output.csv" "imports.csv" "satellites.csv" "deflators.csv" "published.csv" $($more)*)
    };
}

macro_rules! coefficients {
    ($id:literal) => {
        folder!($id, Coefficients:
            "table.toml" "sectors.csv" "aliases.csv" "domestic_coefficients.csv"
            "import_coefficients.csv" "value_added_coefficients.csv" "satellite_coefficients.csv"
            "output.csv" "deflators.csv" "published.csv" "published_multipliers.csv")
    };
}

/// The table that is used where none is asked for.
pub const DEFAULT: &str = "kr-2023-83";

/// The national table of the year and the sectors of [`regions`].
pub const NATIONAL_OF_REGIONS: &str = "kr-2020-83";

static TABLES: &[Embedded] = &[
    flows!("kr-2023-83"),
    flows!("kr-2023-33" "published_multipliers.csv"),
    coefficients!("kr-2022-33"),
    coefficients!("kr-2021-33"),
    flows!("kr-2020-165"),
    flows!("kr-2020-83" "published_multipliers.csv"),
    flows!("kr-2020-33" "published_multipliers.csv"),
    folder!("kr-2020-regions", Regions:
        "table.toml" "sectors.csv" "aliases.csv" "regions.csv" "multipliers.csv"),
];

impl Folder for Embedded {
    fn place(&self, file: &str) -> String {
        format!("{}/{file}", self.id)
    }

    fn file(&self, name: &str) -> Result<Option<Cow<'_, str>>> {
        let found = self.files.iter().find(|(file, _)| *file == name);
        Ok(found.map(|(_, text)| Cow::Borrowed(*text)))
    }
}

/// A built-in table by its id.
pub fn find(id: &str) -> Option<&'static Embedded> {
    TABLES.iter().find(|table| table.id == id)
}

/// The ids of the built-in tables of some kinds.
///
/// ```
/// use leontief::table::{Kind, embedded};
/// let ids = embedded::ids(&[Kind::Flows]);
/// assert!(ids.iter().any(|id| id == embedded::DEFAULT));
/// ```
pub fn ids(kinds: &[Kind]) -> Vec<String> {
    TABLES
        .iter()
        .filter(|table| kinds.contains(&table.kind))
        .map(|table| table.id.to_owned())
        .collect()
}

/// The ids of the built-in tables with the sectors of a classification: "bok-2020-33".
///
/// # Errors
/// None for the files that are compiled in; a test reads them.
pub fn of_classification(classification: &str) -> Result<Vec<String>> {
    let mut ids = Vec::new();
    for table in TABLES.iter().filter(|table| table.kind != Kind::Regions) {
        if native::read_meta(table)?.classification == classification {
            ids.push(table.id.to_owned());
        }
    }
    Ok(ids)
}

/// BOK's regional multipliers of 2020: 17 provinces, 83 sectors. Read once.
///
/// # Errors
/// None for the files that are compiled in; a test reads them.
pub fn regions() -> Result<&'static Regions> {
    // A scenario in a province asks several times.
    static READ: OnceLock<Regions> = OnceLock::new();
    if let Some(regions) = READ.get() {
        return Ok(regions);
    }
    let folder = find("kr-2020-regions").ok_or_else(|| {
        crate::Error::invalid(said!(
            "the regional multipliers are not compiled in",
            "지역별 승수가 내장되어 있지 않습니다"
        ))
    })?;
    let regions = native::read_regions(folder)?;
    Ok(READ.get_or_init(|| regions))
}
