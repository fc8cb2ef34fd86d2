//! The tables that are compiled in, as `build.rs` prepares them. To add one: a folder under `tables/` and
//! its name in `build.rs`.

use super::read::native::{self, Contents, Folder};
use super::{Kind, Regions};
use crate::error::Result;
use crate::lang::said;
use nalgebra::DMatrix;
use std::borrow::Cow;
use std::sync::OnceLock;

/// A table folder that is compiled in: texts as they stand, figures packed.
#[derive(Debug)]
pub struct Embedded {
    id: &'static str,
    kind: Kind,
    files: &'static [File],
    /// The content hash of the table.
    hash: &'static str,
    /// The index of the words that lead to its sectors.
    pub(super) words: &'static str,
}

#[derive(Debug)]
struct File {
    name: &'static str,
    held: Held,
}

#[derive(Debug)]
enum Held {
    Text(&'static str),
    /// Row by row; see `build.rs`.
    Figures {
        columns: usize,
        decimals: usize,
        packed: &'static [u8],
    },
}

include!(concat!(env!("OUT_DIR"), "/tables.rs"));

/// The table that is used where none is asked for.
pub const DEFAULT: &str = "kr-2023-83";

/// The national table of the year and the sectors of [`regions`].
pub const NATIONAL_OF_REGIONS: &str = "kr-2020-83";

impl Embedded {
    fn held(&self, name: &str) -> Option<&'static File> {
        self.files.iter().find(|file| file.name == name)
    }

    /// The text of a file that is held as a text.
    pub(super) fn text(&self, name: &str) -> Option<&'static str> {
        match self.held(name)?.held {
            Held::Text(text) => Some(text),
            Held::Figures { .. } => None,
        }
    }
}

/// The figures that `build.rs` packed: each is a whole number, exact as a float, over a power of ten that
/// is as well, and so the float nearest to what the text says.
fn unpack(columns: usize, decimals: usize, packed: &[u8]) -> DMatrix<f64> {
    let power = (0..decimals).fold(1.0, |power, _| 10.0 * power);
    let mut figures = Vec::with_capacity(packed.len());
    let (mut whole, mut bits) = (0_u64, 0);
    for byte in packed {
        whole |= u64::from(byte & 0x7f) << bits;
        bits += 7;
        if *byte < 0x80 {
            let signed = (whole >> 1) as i64 ^ -((whole & 1) as i64);
            figures.push(signed as f64 / power);
            (whole, bits) = (0, 0);
        }
    }
    DMatrix::from_row_slice(figures.len() / columns.max(1), columns, &figures)
}

impl Folder for Embedded {
    fn place(&self, file: &str) -> String {
        format!("{}/{file}", self.id)
    }

    fn file(&self, name: &str) -> Result<Option<Cow<'_, str>>> {
        Ok(self.text(name).map(Cow::Borrowed))
    }

    fn open(&self, name: &str) -> Result<Option<Contents<'_>>> {
        Ok(self.held(name).map(|file| match file.held {
            Held::Text(text) => Contents::from(Cow::Borrowed(text)),
            Held::Figures {
                columns,
                decimals,
                packed,
            } => Contents::figures(unpack(columns, decimals, packed)),
        }))
    }

    fn content_hash(&self) -> Option<String> {
        Some(self.hash.to_owned())
    }

    fn built_in(&self) -> Option<&Embedded> {
        Some(self)
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
/// ```
/// use leontief::table::embedded;
/// let ids = embedded::of_classification("bok-2020-33")?;
/// assert!(ids.iter().any(|id| id == "kr-2023-33") && ids.len() >= 4);
/// # Ok::<(), leontief::Error>(())
/// ```
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
/// ```
/// let regions = leontief::table::embedded::regions()?;
/// assert_eq!((regions.iter().len(), regions.sectors().len()), (17, 83));
/// # Ok::<(), leontief::Error>(())
/// ```
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::AnyTable;
    use std::path::PathBuf;

    fn folder(id: &str) -> native::Directory {
        let tables = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tables");
        native::Directory::new(tables.join(id))
    }

    fn bits<'a>(figures: impl IntoIterator<Item = &'a f64>) -> Vec<u64> {
        figures.into_iter().map(|v| v.to_bits()).collect()
    }

    #[test]
    fn what_is_prepared_of_a_table_is_what_its_files_say_bit_for_bit() {
        let ids = ids(&[Kind::Flows, Kind::Coefficients]);
        assert_eq!(ids.len(), 7);
        for id in ids {
            let built_in = AnyTable::open(&id).expect("built in");
            let read = native::read(&folder(&id)).expect("the files");
            assert_eq!(built_in.content_hash(), read.content_hash(), "{id}");
            assert_eq!(built_in.meta(), read.meta());
            assert_eq!(built_in.deflators(), read.deflators());
            let sectors =
                |table: &AnyTable| format!("{:?}", table.sectors().iter().collect::<Vec<_>>());
            assert_eq!(sectors(&built_in), sectors(&read));
            match (&built_in, &read) {
                (AnyTable::Flows(a), AnyTable::Flows(b)) => {
                    let (a, b) = (a.flows(), b.flows());
                    assert_eq!(a, b, "{id}");
                    assert_eq!(bits(a.domestic.dense()), bits(b.domestic.dense()));
                    assert_eq!(bits(a.imported.dense()), bits(b.imported.dense()));
                    assert_eq!(bits(&a.primary_inputs), bits(&b.primary_inputs));
                }
                _ => {
                    let (a, b) = (built_in.coefficients(), read.coefficients());
                    assert_eq!(
                        bits(a.domestic().dense()),
                        bits(b.domestic().dense()),
                        "{id}"
                    );
                    assert_eq!(bits(a.imported().dense()), bits(b.imported().dense()));
                    assert_eq!(bits(a.value_added()), bits(b.value_added()));
                    assert_eq!(a.accounts(), b.accounts());
                    assert_eq!(built_in.output(), read.output());
                }
            }
        }
        let read = native::read_regions(&folder("kr-2020-regions")).expect("the files");
        let built_in = regions().expect("built in");
        assert_eq!(
            format!("{:?}", built_in.iter().collect::<Vec<_>>()),
            format!("{:?}", read.iter().collect::<Vec<_>>())
        );
    }

    #[test]
    fn the_words_that_are_prepared_lead_where_those_of_the_files_do() {
        for table in TABLES {
            let files = folder(table.id);
            let aliases = files.file("aliases.csv").expect("read").expect("aliases");
            let aliases = native::aliases("aliases.csv", &aliases).expect("aliases");
            assert!(aliases.len() > 200);
            let built_in = native::read_sectors(table).expect("built in");
            let read = native::read_sectors(&files).expect("the files");
            for k in 0..read.len() {
                assert!(built_in.aliases(k).eq(read.aliases(k)), "{}", table.id);
            }
            for (alias, _) in &aliases {
                assert_eq!(built_in.find(alias).ok(), read.find(alias).ok(), "{alias}");
            }
            for query in ["semicond", "반도채", "전", "a", ""] {
                assert_eq!(built_in.search(query), read.search(query), "{query}");
            }
        }
    }
}
