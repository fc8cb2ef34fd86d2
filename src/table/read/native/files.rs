//! The files of a folder, each read as what it holds.

use super::grid::{Grid, Records};
use super::matrix::{self, Kept};
use super::{Folder, WHOLE_ECONOMY};
use crate::error::{Error, Place, Result};
use crate::lang::{Text, said};
use crate::memory;
use crate::table::read::toml::{line_at, toml_error};
use crate::table::{Classification, Deflators, Matrix, Meta, Sector};
use nalgebra::{DMatrix, DVector};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};

/// The files of a folder as they are read, and the hash of all that was read.
pub(super) struct Files<'a> {
    pub(super) folder: &'a dyn Folder,
    pub(super) read: RefCell<BTreeMap<String, [u8; 32]>>,
    /// The hash of it all, where the folder knows it.
    known: Option<String>,
}

impl<'a> Files<'a> {
    pub(super) fn new(folder: &'a dyn Folder) -> Self {
        Files {
            folder,
            read: RefCell::default(),
            known: folder.content_hash(),
        }
    }

    pub(super) fn text(&self, name: &str) -> Result<Option<Cow<'a, str>>> {
        let text = self.folder.file(name)?;
        if let Some(text) = &text {
            self.note(name, || digest(text));
        }
        Ok(text)
    }

    /// Keeps the digest of a file that is read, where it is needed.
    fn note(&self, name: &str, digest: impl FnOnce() -> [u8; 32]) {
        if self.known.is_none() {
            self.read.borrow_mut().insert(name.to_owned(), digest());
        }
    }

    pub(super) fn required(&self, name: &str) -> Result<Cow<'a, str>> {
        self.text(name)?.ok_or_else(|| self.missing(name))
    }

    fn missing(&self, name: &str) -> Error {
        Error::at(
            Place::file(self.folder.place(name)),
            said!("the file is missing", "파일이 없습니다"),
        )
    }

    /// [`content_hash`] of all that was read.
    pub(super) fn hash(&self) -> String {
        if let Some(known) = &self.known {
            return known.clone();
        }
        let read = self.read.borrow();
        content_hash(read.iter().map(|(name, digest)| (name.as_str(), *digest)))
    }

    pub(super) fn meta(&self) -> Result<Meta> {
        let text = self.required("table.toml")?;
        toml::from_str(&text).map_err(|e| toml_error(self.folder.place("table.toml"), &text, &e))
    }

    pub(super) fn sectors(&self, meta: &Meta) -> Result<Classification> {
        let text = self.required("sectors.csv")?;
        let head = text.lines().next().unwrap_or_default();
        let has_regions = head.split(',').any(|title| title.trim() == "region");
        let titles = ["code", "name_ko", "name_en", "group", "region"];
        let titles = if has_regions {
            &titles[..]
        } else {
            &titles[..4]
        };
        let records = Records::parse(self.folder.place("sectors.csv"), &text, titles)?;
        let regions = records.rows.iter().filter_map(|(_, r)| r.get(4).cloned());
        let regions: Vec<String> = regions.collect();
        let sectors = records
            .rows
            .iter()
            .map(|(_, r)| Sector {
                code: r[0].clone(),
                name: Text::new(&r[2], &r[1]),
                group: (!r[3].is_empty()).then(|| r[3].clone()),
            })
            .collect();
        let text = self.text("aliases.csv")?;
        let sectors = match (self.folder.built_in(), text) {
            (Some(table), _) => {
                let unread = table.text("aliases.csv").unwrap_or_default();
                Classification::prepared(&meta.id, sectors, table.words, unread)
            }
            (None, Some(text)) => {
                let aliases = aliases(&self.folder.place("aliases.csv"), &text)?;
                Classification::new(&meta.id, sectors, &aliases)
            }
            (None, None) => Classification::new(&meta.id, sectors, &[]),
        }
        .and_then(|sectors| match has_regions {
            true => sectors.with_regions(regions),
            false => Ok(sectors),
        })
        .map_err(|e| Error::at(Place::file(self.folder.place("sectors.csv")), e))?;
        match meta.roles.fault(&sectors) {
            None => Ok(sectors),
            Some((key, why)) => Err(Error::at(self.place_of_role(key)?, why)),
        }
    }

    /// Where `table.toml` gives a role.
    fn place_of_role(&self, key: &str) -> Result<Place> {
        #[derive(serde::Deserialize)]
        struct Places {
            roles: BTreeMap<String, toml::Spanned<String>>,
        }
        let text = self.required("table.toml")?;
        let place = Place::file(self.folder.place("table.toml")).field(format!("roles.{key}"));
        let places = toml::from_str::<Places>(&text).ok();
        Ok(match places.as_ref().and_then(|p| p.roles.get(key)) {
            Some(code) => place.line(line_at(&text, code.span().start)),
            None => place,
        })
    }

    pub(super) fn records(&self, name: &str, columns: &[&str]) -> Result<Records> {
        Records::parse(self.folder.place(name), &self.required(name)?, columns)
    }

    pub(super) fn optional(&self, name: &str) -> Result<Option<Grid>> {
        match self.text(name)? {
            Some(text) => Grid::parse(self.folder.place(name), &text).map(Some),
            None => Ok(None),
        }
    }

    /// The figures of a file in the order of the codes asked for, where there is such a file.
    pub(super) fn figures(
        &self,
        name: &str,
        rows: &[String],
        columns: &[String],
    ) -> Result<Option<Matrix>> {
        let Some(contents) = self.folder.open(name)? else {
            return Ok(None);
        };
        let place = self.folder.place(name);
        let source = match contents.0 {
            Kept::Text(source) => {
                let cells = rows.len() as u64 * columns.len() as u64;
                memory::check_reading(cells.saturating_mul(8), &place)?;
                source
            }
            Kept::Figures(figures) => {
                let (is, due) = (figures.shape(), (rows.len(), columns.len()));
                if is != due {
                    let why = said!(
                        "it holds {rows} x {columns} figures where the table has {p} x {q}",
                        "수치가 {rows} x {columns}개입니다. {p} x {q}개여야 합니다",
                        rows = is.0,
                        columns = is.1,
                        p = due.0,
                        q = due.1
                    );
                    return Err(Error::at(Place::file(place), why));
                }
                self.note(name, || digest_of(&figures));
                return Ok(Some(figures));
            }
        };
        if let Some((figures, digest)) = matrix::read(&place, source, rows, columns)? {
            self.note(name, || digest);
            return Ok(Some(figures.into()));
        }
        let grid = Grid::parse(place, &self.required(name)?)?;
        Ok(Some(grid.matrix(rows, columns)?.into()))
    }

    /// The figures of a file that are kept as numbers, as they stand.
    pub(super) fn prepared(&self, name: &str) -> Result<Option<DMatrix<f64>>> {
        Ok(match self.folder.open(name)?.map(|contents| contents.0) {
            Some(Kept::Figures(figures)) => Some(figures.into_dense()),
            _ => None,
        })
    }

    pub(super) fn matrix(&self, name: &str, rows: &[String], columns: &[String]) -> Result<Matrix> {
        self.figures(name, rows, columns)?
            .ok_or_else(|| self.missing(name))
    }

    /// The same as one of nalgebra's: a block with few rows or few columns.
    pub(super) fn block(
        &self,
        name: &str,
        rows: &[String],
        columns: &[String],
    ) -> Result<DMatrix<f64>> {
        Ok(self.matrix(name, rows, columns)?.into_dense())
    }

    pub(super) fn vector(&self, name: &str, rows: &[String], column: &str) -> Result<DVector<f64>> {
        let columns = [column.to_owned()];
        Ok(self.matrix(name, rows, &columns)?.column(0))
    }

    pub(super) fn accounts(
        &self,
        name: &str,
        rows: &[String],
        accounts: &[String],
        factor: f64,
    ) -> Result<Vec<DVector<f64>>> {
        if accounts.is_empty() {
            return Ok(Vec::new());
        }
        let all = self.block(name, rows, accounts)? * factor;
        Ok(all.column_iter().map(|c| c.into_owned()).collect())
    }

    /// `deflators.csv`: a row a sector and one of the economy as a whole, `*`; a column a year, from
    /// the first to the last without a gap. Sectors without a row take that of the whole.
    pub(super) fn deflators(&self, sectors: &[String]) -> Result<Option<Deflators>> {
        let name = "deflators.csv";
        let Some(grid) = self.optional(name)? else {
            return Ok(None);
        };
        let place = || Place::file(self.folder.place(name));
        let first = grid.columns.first().and_then(|year| year.parse().ok());
        let first: i32 = first.ok_or_else(|| {
            let message = said!(
                "the columns are years: code,2020,2021,...",
                "열은 연도여야 합니다: code,2020,2021,..."
            );
            Error::at(place().line(1), message)
        })?;
        for (at, column) in grid.columns.iter().enumerate() {
            let year = first + at as i32;
            if *column != year.to_string() {
                let message = said!(
                    "'{column}' stands where the year {year} is due",
                    "{year}년이 와야 할 열에 '{column}'이(가) 있습니다"
                );
                return Err(Error::at(place().line(1), message));
            }
        }
        let known: HashSet<&str> = sectors.iter().map(String::as_str).collect();
        let mut rows: HashMap<&str, &[f64]> = HashMap::new();
        for (line, code, indices) in grid.rows() {
            let at = |field: &str| place().line(line).field(field);
            if code != WHOLE_ECONOMY && !known.contains(code) {
                return Err(Error::at(
                    at("code"),
                    said!("'{code}' is not a sector", "'{code}' 부문이 없습니다"),
                ));
            }
            if let Some(k) = indices.iter().position(|index| *index <= 0.0) {
                let message = said!(
                    "the index is {index}; it must be above 0",
                    "지수가 {index}입니다. 0보다 커야 합니다",
                    index = indices[k]
                );
                return Err(Error::at(at(&grid.columns[k]), message));
            }
            if rows.insert(code, indices).is_some() {
                return Err(Error::at(
                    at("code"),
                    said!("'{code}' stands twice", "'{code}'이(가) 두 번 나옵니다"),
                ));
            }
        }
        let Some(whole) = rows.get(WHOLE_ECONOMY) else {
            let message = said!(
                "the row '*', of the economy as a whole, is missing",
                "경제 전체를 나타내는 '*' 행이 없습니다"
            );
            return Err(Error::at(place(), message));
        };
        let all = sectors
            .iter()
            .map(|code| rows.get(code.as_str()).unwrap_or(whole))
            .chain([whole])
            .flat_map(|indices| indices.iter().copied());
        let indices = DMatrix::from_row_iterator(sectors.len() + 1, grid.columns.len(), all);
        Ok(Deflators::new(first, indices))
    }
}

/// The words of `aliases.csv`, each with a code.
///
/// # Errors
/// A file without its two columns, or that is no CSV file.
pub(in crate::table) fn aliases(place: &str, text: &str) -> Result<Vec<(String, String)>> {
    let mut aliases = Vec::new();
    Records::each(place, text, &["alias", "code"], |_, record| {
        aliases.push((record[0].to_owned(), record[1].to_owned()));
        Ok(())
    })?;
    Ok(aliases)
}

/// SHA-256 of figures: their bytes, least first, column by column.
fn digest_of(figures: &Matrix) -> [u8; 32] {
    let mut all = Sha256::new();
    for j in 0..figures.ncols() {
        let column = figures.column(j);
        column
            .iter()
            .for_each(|figure| all.update(figure.to_le_bytes()));
    }
    all.finalize().into()
}

/// SHA-256 of a file's contents.
pub(crate) fn digest(contents: &str) -> [u8; 32] {
    Sha256::digest(contents.as_bytes()).into()
}

/// SHA-256 over the names and digests of a table's files, which come in the order of their names.
pub(crate) fn content_hash<'a>(files: impl Iterator<Item = (&'a str, [u8; 32])>) -> String {
    let mut all = Sha256::new();
    for (name, digest) in files {
        all.update(name.as_bytes());
        all.update(digest);
    }
    all.finalize().iter().map(|b| format!("{b:02x}")).collect()
}
