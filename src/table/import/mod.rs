//! Tables that others made, from the files as they are: [`open`].
//!
//! Files become sheets of cells (`sheets`); a layout recognises its own among them and reads a draft
//! (`draft`), what one of several files holds; drafts of one table are merged by the codes of the sectors,
//! and what is lacking is derived (`finish`), each time said.
//!
//! To add a layout: a file here, and a line in `LAYOUTS`.

mod bok;
mod draft;
mod ecos;
mod exported;
mod finish;
mod left_out;
mod own;
mod plan;
mod sheets;
mod sums;
pub mod supply_use;
mod world;

use super::read::native;
use super::read::single::SingleFile;
use super::read::watched::Told;
use super::{AnyTable, Table};
use crate::error::{Error, Place, Result};
use crate::lang::{Text, said};
use draft::Draft;
pub use left_out::{LeftOut, RowOrColumn};
pub(super) use plan::plan;
use sheets::Sheet;
use std::path::{Path, PathBuf};

/// A way in which figures stand in files.
struct Layout {
    /// As it is asked for: "bok".
    id: &'static str,
    /// Whether the sheets of a file stand in it.
    recognises: fn(&[Sheet]) -> bool,
    /// What the sheets hold, those of all files that are recognised.
    read: fn(&[Sheet], &Options) -> Result<Draft>,
}

/// The layouts, the most particular first.
const LAYOUTS: [Layout; 4] = [
    Layout {
        id: "ecos",
        recognises: ecos::recognises,
        read: ecos::read,
    },
    Layout {
        id: "bok",
        recognises: bok::recognises,
        read: bok::read,
    },
    Layout {
        id: "wiod",
        recognises: world::wide::recognises,
        read: world::wide::read,
    },
    Layout {
        id: "sheet",
        recognises: own::recognises,
        read: own::read,
    },
];

/// What the files do not say, or say otherwise.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Options {
    /// The layout, one of [`layouts`]; default the one that recognises the files.
    pub layout: Option<String>,
    /// The id of the table; default the name of the first file.
    pub id: Option<String>,
    /// The year of flows and prices; default as in the files.
    pub year: Option<i32>,
    /// ISO 4217 code of the currency; default as in the files.
    pub currency: Option<String>,
    /// Whole currency units in one unit of the figures; default as in the files.
    pub unit: Option<f64>,
    /// The sheet to read, of a workbook with several; only for the layout "sheet".
    pub sheet: Option<String>,
    /// A map that says what the lines of a sheet are; only for the layout "sheet".
    pub map: Option<PathBuf>,
    /// Whether the table is taken as it is where it does not balance, for who looks at that on his own.
    pub(super) unbalanced: bool,
    /// Who is told of bytes while they are read.
    pub(crate) watcher: Watcher,
    /// The country to take out of a table of many: its code or name, "KOR".
    pub country: Option<String>,
    /// Value added is what output leaves after all inputs, whatever the files say of it.
    pub residual_value_added: bool,
}

/// Who is told of bytes while they are read, if anybody.
#[derive(Clone, Default)]
pub(crate) struct Watcher(pub(crate) Option<Told>);

impl std::fmt::Debug for Watcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.0.is_some() {
            "watched"
        } else {
            "unwatched"
        })
    }
}

/// A table that was read from others' files.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Import {
    /// The table.
    pub table: AnyTable,
    /// What was derived, estimated, left out or assumed.
    pub said: Vec<Text>,
    /// Lines of the files that have no place in the table, with their amounts.
    pub left_out: Vec<LeftOut>,
    /// The sheets that were read.
    pub sheets: Vec<String>,
}

/// Why the file that this thread reads cannot be read, where its reader is about to end the program.
#[cfg(feature = "cli")]
pub(crate) fn ended() -> Option<Error> {
    sheets::ended()
}

/// The layouts that are known, by the ids that [`Options::layout`] takes.
pub fn layouts() -> impl Iterator<Item = &'static str> {
    let of_many = world::DATABASES.iter().map(|database| database.id);
    LAYOUTS.iter().map(|layout| layout.id).chain(of_many)
}

/// Whether what is at a path is in another's format, not in the project's own: a workbook or a text, or a
/// folder with such files and without any of a table.
///
/// # Errors
/// A file that cannot be read, an archive that is damaged.
pub(super) fn is_others(path: &Path) -> Result<bool> {
    if path.is_dir() {
        let own = ["table.toml", "sectors.csv"].map(|file| path.join(file).exists());
        let is_own = own.contains(&true);
        return Ok(!is_own && (sheets::files_of(path).is_ok() || world::is_there(path)?));
    }
    if !path.is_file() {
        return Ok(false);
    }
    Ok(match SingleFile::open(path)? {
        Some(archive) => {
            let members = ["xl/workbook.xml", "xl/workbook.bin", "content.xml"];
            let is_workbook = members.iter().any(|member| archive.holds(member));
            !archive.holds("table.toml") && (is_workbook || world::is_there(path)?)
        }
        None => true,
    })
}

/// Reads a table from files, or from all workbooks and texts of folders.
///
/// ```
/// use leontief::table::import;
///
/// let domestic = "국산거래표,,,,,\n2020년,,,,,(백만원)\n,,01,02,민간소비지출,수출\n,,농산물,공산품,,\n\
///                 01,농산물,\"1,000\",\"2,000\",\"6,500\",500\n02,공산품,\"2,000\",\"6,000\",\"8,000\",\"4,000\"\n";
/// let total = "총거래표,,,,,\n2020년,,,,,(백만원)\n,,01,02,민간소비지출,수출\n,,농산물,공산품,,\n\
///              01,농산물,\"1,100\",\"2,900\",\"7,000\",500\n02,공산품,\"2,400\",\"8,100\",\"9,000\",\"4,000\"\n\
///              ,피용자보수,\"6,500\",\"9,000\",,\n,총투입계,\"10,000\",\"20,000\",,\n";
/// let files = [("d.csv", domestic), ("t.csv", total)].map(|(name, text)| (name.to_owned(), text.into()));
/// let import = import::of_bytes(&files, &import::Options::default())?;
/// let flows = import.table.flows(leontief::Text::same("flows"))?.flows();
/// assert_eq!(flows.imported.dense()[(0, 1)], 900.0); // 2,900 less 2,000
/// # Ok::<(), leontief::Error>(())
/// ```
///
/// # Errors
/// Files that cannot be read or are recognised by no layout; what they hold amiss, with file, sheet and
/// cell or line; what a table needs and none of them holds.
pub fn open(paths: &[&Path], options: &Options) -> Result<Import> {
    if let [path] = paths
        && let Some(draft) = world::read(path, options)?
    {
        return draft.finish(&named(paths, options));
    }
    let mut files = Vec::new();
    for path in paths {
        for file in sheets::files_of(path)? {
            files.push((sheets::open(&file)?, path.is_dir()));
        }
    }
    read(files, &named(paths, options))
}

/// With the name of the first file as the id, and that of the country, where none is given.
fn named(paths: &[&Path], options: &Options) -> Options {
    let mut options = options.clone();
    if options.id.is_none() {
        let name = paths.first().and_then(|path| path.file_stem());
        let name = name.map(|name| name.to_string_lossy().into_owned());
        options.id = name.map(|name| match &options.country {
            Some(country) => format!("{name}-{country}"),
            None => name,
        });
    }
    options
}

/// A map of what is believed of the lines of a sheet, as a text to correct and to give as
/// [`Options::map`].
///
/// # Errors
/// Files that cannot be read, or without a block whose rows and columns have the same labels.
pub fn suggest(paths: &[&Path], options: &Options) -> Result<String> {
    let mut sheets = Vec::new();
    for path in paths {
        for file in sheets::files_of(path)? {
            sheets.extend(sheets::open(&file)?);
        }
    }
    own::suggest(&sheets, options)
}

/// As [`open`], of files in memory, each with its name.
///
/// # Errors
/// As [`open`].
pub fn of_bytes(files: &[(String, Vec<u8>)], options: &Options) -> Result<Import> {
    let sheets = files.iter().map(|(name, bytes)| {
        let sheets = sheets::of_bytes(name, bytes)?;
        Ok((sheets, false))
    });
    read(sheets.collect::<Result<Vec<_>>>()?, options)
}

/// The table of one country of a table of several.
///
/// # Errors
/// As [`world::country_of`].
pub(super) fn country_of(table: &Table, country: &str) -> Result<AnyTable> {
    let options = Options {
        country: Some(country.to_owned()),
        id: Some(format!("{}-{country}", table.meta().id)),
        ..Options::default()
    };
    Ok(world::country_of(table, &options)?.finish(&options)?.table)
}

/// The table of a file or a folder, of one country of it where one is asked for, whether it balances or, where that is not
/// asked, not.
pub(super) fn table(
    path: &Path,
    country: Option<&str>,
    balanced: bool,
    year: Option<i32>,
    told: Option<Told>,
) -> Result<AnyTable> {
    let options = Options {
        country: country.map(str::to_owned),
        unbalanced: !balanced,
        year,
        watcher: Watcher(told),
        ..Options::default()
    };
    Ok(open(&[path], &options)?.table)
}

/// Reads a table from the sheets of files; of a folder, those that no layout recognises are left out.
fn read(files: Vec<(Vec<Sheet>, bool)>, options: &Options) -> Result<Import> {
    if let [(sheets, _)] = files.as_slice()
        && options.layout.is_none()
        && let Some(folder) = exported::Workbook::of(sheets)
    {
        return Ok(Import {
            table: match options.unbalanced {
                true => native::read_unbalanced(&folder)?,
                false => native::read(&folder)?,
            },
            said: Vec::new(),
            left_out: Vec::new(),
            sheets: sheets.iter().map(|sheet| sheet.name().to_owned()).collect(),
        });
    }
    // A sheet and a map are asked for of sheets that no other layout knows.
    let of_a_sheet = options.sheet.is_some() || options.map.is_some();
    let chosen = options.layout.as_deref().or(of_a_sheet.then_some("sheet"));
    if let Some(id) = chosen.filter(|id| !layouts().any(|known| known == *id)) {
        let known = layouts().collect::<Vec<_>>().join(", ");
        return Err(Error::invalid(said!(
            "'{id}' is not a layout: {known}",
            "'{id}' 형식은 없습니다. 사용할 수 있는 형식: {known}"
        )));
    }
    let mut of_layout: Vec<Vec<Sheet>> = LAYOUTS.iter().map(|_| Vec::new()).collect();
    let mut left_out = Vec::new();
    let mut seen = Vec::new();
    for (sheets, in_folder) in files {
        let found = LAYOUTS.iter().position(|layout| match chosen {
            Some(id) => layout.id == id,
            None => (layout.recognises)(&sheets),
        });
        match found {
            Some(at) => of_layout[at].extend(sheets),
            None => {
                left_out.push((sheets.first().map(|s| s.file().to_owned()), in_folder));
                seen.extend(sheets);
            }
        }
    }
    let mut draft: Option<Draft> = None;
    for (layout, sheets) in LAYOUTS.iter().zip(&of_layout) {
        if !sheets.is_empty() {
            if let Some(country) = options.country.as_ref().filter(|_| layout.id != "wiod") {
                return Err(Error::invalid(said!(
                    "'{country}' cannot be taken out: these files are no table of many countries that is known",
                    "'{country}'을(를) 분리할 수 없습니다. 알려진 다국가 산업연관표가 아닙니다"
                )));
            }
            let read = (layout.read)(sheets, options)?;
            draft = Some(match draft {
                Some(draft) => draft.merge(read)?,
                None => read,
            });
        }
    }
    let must = left_out.iter().any(|(_, in_folder)| !in_folder);
    let Some(mut draft) = draft.filter(|_| !must) else {
        return Err(unrecognised(&seen));
    };
    for (file, _) in left_out {
        let file = file.unwrap_or_default();
        draft.said.push(said!(
            "{file} holds no part of a table that is recognised, and is left out",
            "{file}: 인식할 수 있는 표가 없어 제외함"
        ));
    }
    draft.finish(options)
}

/// Whether a sheet has no more figures than its labels may be: a form that is not filled in.
fn is_unfilled(sheet: &Sheet) -> bool {
    let rows = 0..sheet.height();
    let widest = rows.clone().map(|row| sheet.width(row)).max().unwrap_or(0);
    let cells = rows.flat_map(|row| (0..sheet.width(row)).map(move |column| (row, column)));
    let is_figure = |(row, column): &(usize, usize)| matches!(sheet.number(*row, *column), Ok(Some(value)) if value != 0.0);
    cells.filter(is_figure).count() <= sheet.height() + widest
}

fn unrecognised(seen: &[Sheet]) -> Error {
    let file = seen.first().map_or("", Sheet::file);
    let what = sheets::seen(seen);
    let known = layouts().collect::<Vec<_>>().join(", ");
    let unfilled = match seen.iter().all(is_unfilled) {
        true => said!(
            ". They hold hardly a figure beside labels: fill in flows, final demand and value added first",
            ". 항목명 외에 수치가 거의 없습니다. 거래액, 최종수요, 부가가치를 먼저 채우십시오"
        ),
        false => Text::default(),
    };
    let (en, ko) = (unfilled.en, unfilled.ko);
    Error::at(
        Place::file(file),
        said!(
            "no table is recognised in the sheets {what}: there is no block of sector codes as in the known layouts \
             ({known}); docs/import.md shows them{en}",
            "시트 {what}에서 표를 인식하지 못했습니다. 알려진 형식({known})의 부문 코드 블록이 없습니다. 형식은 \
             docs/import.md에 있습니다{ko}"
        ),
    )
}
