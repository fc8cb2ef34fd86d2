//! The files of a database: those of a folder, or the members of an archive, read line by line.

use crate::error::{Error, Place, Result};
use crate::files::{self, GZIP};
use crate::lang::{Text, said};
use crate::table::read::watched::{Counted, Told};
use flate2::bufread::MultiGzDecoder;
use std::borrow::Cow;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use zip::ZipArchive;

/// How many files of a folder and its subfolders are looked at.
const MOST_FILES: usize = 10_000;

/// The longest line, in bytes: two million figures.
const LONGEST_LINE: u64 = 64 << 20;

/// The files of a database by their names, "satellite/F.txt"; those of an archive are never unpacked, and
/// their names never paths.
pub(super) struct Files {
    at: PathBuf,
    names: Vec<String>,
    is_archive: bool,
    /// What is told of bytes that are read, and how long all files are that were opened for it.
    told: Option<Told>,
    opened: AtomicU64,
}

impl Files {
    /// Those of a folder, down to its subfolders' subfolders, of an archive, or one file alone.
    pub(super) fn of(path: &Path) -> Result<Self> {
        let mut names = Vec::new();
        let mut is_archive = false;
        if path.is_dir() {
            walk(path, "", 3, &mut names)?;
        } else if let Some(archive) = archive(path)? {
            is_archive = true;
            names.extend(archive.file_names().flatten().map(Cow::into_owned));
        } else if let Some(name) = path.file_name() {
            let name = name.to_string_lossy();
            // A file alone may be a text whatever its name is.
            let known = ["txt", "csv", "tsv", "json", "xls", "ods", "parquet"];
            names.push(match known.contains(&&*ending(&name)) {
                true => name.into_owned(),
                false => format!("{name}.csv"),
            });
        }
        names.sort();
        Ok(Files {
            at: path.to_owned(),
            names,
            is_archive,
            told: None,
            opened: AtomicU64::new(0),
        })
    }

    /// The same, told of from here on while they are read.
    pub(super) fn watched(mut self, told: Option<Told>) -> Self {
        self.told = told;
        self
    }

    /// The first file whose stem, its name without folder and ending, is one that is wanted.
    pub(super) fn find(&self, wanted: impl Fn(&str) -> bool) -> Option<&str> {
        self.all(wanted).next()
    }

    /// All texts whose stem is wanted.
    pub(super) fn all(&self, wanted: impl Fn(&str) -> bool) -> impl Iterator<Item = &str> {
        let names = self.names.iter().map(String::as_str);
        names.filter(move |name| {
            ["txt", "csv", "tsv"].contains(&&*ending(name)) && wanted(stem(name))
        })
    }

    /// All texts and, in a folder, Parquet files whose stem is wanted.
    pub(super) fn tables(&self, wanted: impl Fn(&str) -> bool) -> impl Iterator<Item = &str> {
        let names = self.names.iter().map(String::as_str);
        names.filter(move |name| {
            ["txt", "csv", "tsv", "parquet"].contains(&&*ending(name)) && wanted(stem(name))
        })
    }

    /// Where a file of a folder is; none of an archive.
    pub(super) fn of_folder(&self, name: &str) -> Option<PathBuf> {
        self.at.is_dir().then(|| self.at.join(name))
    }

    /// The first workbook of a folder whose stem is one that is wanted; none in an archive.
    pub(super) fn workbook(&self, wanted: impl Fn(&str) -> bool) -> Option<PathBuf> {
        let mut names = self.names.iter().filter(|name| name.ends_with(".xlsx"));
        let name = names.find(|name| wanted(stem(name)) && self.at.is_dir())?;
        Some(self.at.join(name))
    }

    /// How messages name a file.
    pub(super) fn place(&self, name: &str) -> String {
        match (self.is_archive, self.at.is_dir()) {
            (true, _) => format!("{}: {name}", self.at.display()),
            (false, true) => self.at.join(name).display().to_string(),
            (false, false) => self.at.display().to_string(),
        }
    }

    /// That a file of a name, which the database cannot do without, is not there.
    pub(super) fn lacking(&self, what: &str) -> Error {
        let place = self.at.display();
        Error::invalid(said!(
            "{place}: there is no {what}",
            "{place}: {what}이(가) 없습니다"
        ))
    }

    /// The path that was given, where a year may stand.
    pub(super) fn path(&self) -> &Path {
        &self.at
    }

    /// The last year, 1950 to 2100, in the name of a file, before which that of an edition may stand, or the first in that
    /// of the folder.
    pub(super) fn year(&self, name: &str) -> Option<i32> {
        let folder = self.at.file_stem().unwrap_or_default().to_string_lossy();
        years_in(stem(name)).last().or_else(|| year_in(&folder))
    }

    /// Reads a file line by line.
    pub(super) fn read<T>(
        &self,
        name: &str,
        work: impl FnOnce(Lines<'_>) -> Result<T>,
    ) -> Result<T> {
        let place = self.place(name);
        if self.is_archive {
            let mut archive = archive(&self.at)?.ok_or_else(|| missing(&place))?;
            let at = archive
                .index_for_name(name)
                .ok_or_else(|| missing(&place))?;
            let member = archive.by_index(at).map_err(|e| damaged(&place, e))?;
            let length = member.size();
            return work(Lines::of(place, self.counted(member, length)));
        }
        let path = match self.at.is_dir() {
            true => self.at.join(name),
            false => self.at.clone(),
        };
        let opened = files::open(&path, files::LONGEST_MATRIX)?;
        let (file, length) = opened.ok_or_else(|| missing(&place))?;
        let mut file = BufReader::new(self.counted(file, length));
        // Told by its first bytes, not by its name.
        let first = file.fill_buf().map_err(|e| damaged(&place, e))?;
        match first.starts_with(&GZIP) {
            true => work(Lines::of(place, MultiGzDecoder::new(file))),
            false => work(Lines::of(place, file)),
        }
    }

    /// Bytes that are told of where somebody listens.
    fn counted<'a>(&self, from: impl Read + 'a, length: u64) -> Box<dyn Read + 'a> {
        match &self.told {
            None => Box::new(from),
            Some(told) => {
                let all = self.opened.fetch_add(length, Ordering::Relaxed) + length;
                Box::new(Counted::new(from, all, told.clone()))
            }
        }
    }
}

/// Bytes that end with an error, not in silence, where they are more than a text may be: what is packed says little of what it
/// unpacks to.
struct Bounded<R> {
    from: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        let read = self.from.read(to)?;
        let left = self.left.checked_sub(read as u64);
        self.left = left.ok_or_else(|| {
            let most = files::LONGEST_MATRIX >> 30;
            std::io::Error::other(format!("more than {most} GiB unpacked"))
        })?;
        Ok(read)
    }
}

fn missing(place: &str) -> Error {
    Error::at(
        Place::file(place),
        said!("there is no such file", "파일이 없습니다"),
    )
}

fn damaged(place: &str, error: impl std::fmt::Display) -> Error {
    Error::at(
        Place::file(place),
        said!(
            "it is damaged ({error}): download it again",
            "파일이 손상되었습니다({error}). 다시 내려받으십시오"
        ),
    )
}

fn archive(path: &Path) -> Result<Option<ZipArchive<BufReader<File>>>> {
    let Some((mut file, _)) = files::open(path, files::LONGEST_MATRIX)? else {
        return Ok(None);
    };
    let place = path.display().to_string();
    let mut first = [0; 4];
    let is_archive = file.read_exact(&mut first).is_ok() && first == *b"PK\x03\x04";
    if !is_archive {
        return Ok(None);
    }
    let archive = ZipArchive::new(BufReader::new(file));
    archive.map(Some).map_err(|e| damaged(&place, e))
}

fn walk(folder: &Path, before: &str, depth: usize, names: &mut Vec<String>) -> Result<()> {
    let failed = |source| Error::Io {
        action: "read",
        path: folder.to_owned(),
        source,
    };
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') || names.len() >= MOST_FILES {
            continue;
        }
        let path = entry.path();
        if path.is_file() {
            names.push(format!("{before}{name}"));
        } else if path.is_dir() && depth > 1 {
            walk(&path, &format!("{before}{name}/"), depth - 1, names)?;
        }
    }
    Ok(())
}

/// The name of what is packed: "x.tsv" of "x.tsv.gz".
fn unpacked(name: &str) -> &str {
    name.strip_suffix(".gz").unwrap_or(name)
}

/// The name without its folder and ending.
pub(super) fn stem(name: &str) -> &str {
    let name = unpacked(name).rsplit(['/', '\\']).next().unwrap_or(name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// What stands behind the last point, in small letters: "csv" of "ICIO2018_2010.CSV" and of "x.csv.gz".
pub(super) fn ending(name: &str) -> String {
    let ending = unpacked(name).rsplit_once('.');
    ending.map_or_else(String::new, |(_, ending)| ending.to_ascii_lowercase())
}

/// The first year in a text.
pub(super) fn year_in(text: &str) -> Option<i32> {
    years_in(text).next()
}

fn years_in(text: &str) -> impl Iterator<Item = i32> {
    let digits = text.split(|c: char| !c.is_ascii_digit());
    let years = digits.filter(|run| run.len() == 4);
    years
        .filter_map(|run| run.parse().ok())
        .filter(|year| (1950..=2100).contains(year))
}

/// A text, line by line.
pub(super) struct Lines<'a> {
    place: String,
    from: Box<dyn BufRead + 'a>,
    line: Vec<u8>,
    number: usize,
}

impl<'a> Lines<'a> {
    fn of(place: String, from: impl Read + 'a) -> Self {
        let left = files::LONGEST_MATRIX;
        let from = BufReader::with_capacity(1 << 20, Bounded { from, left });
        Lines {
            place,
            from: Box::new(from),
            line: Vec::new(),
            number: 0,
        }
    }

    /// The next line without its end; `None` after the last.
    pub(super) fn next(&mut self) -> Result<Option<&str>> {
        self.line.clear();
        let failed = |e: std::io::Error| damaged(&self.place, e);
        let mut bounded = (&mut self.from).take(LONGEST_LINE);
        let read = bounded.read_until(b'\n', &mut self.line).map_err(failed)?;
        if read == 0 {
            return Ok(None);
        }
        self.number += 1;
        while matches!(self.line.last(), Some(b'\n' | b'\r')) {
            self.line.pop();
        }
        let mut line = &self.line[..];
        if self.number == 1 {
            line = line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line);
        }
        let not_text = || {
            self.at(said!(
                "it is not UTF-8 text: save it as UTF-8",
                "UTF-8 텍스트가 아닙니다. UTF-8로 저장하십시오"
            ))
        };
        std::str::from_utf8(line).map(Some).map_err(|_| not_text())
    }

    /// The rest as records of fields that commas, semicolons or tabs part; where that is not known, whichever the first line
    /// has most of.
    pub(super) fn records(mut self, delimiter: Option<u8>) -> Records<'a> {
        let first = self.from.fill_buf().unwrap_or_default();
        let first = first.split(|b| *b == b'\n').next().unwrap_or_default();
        let count = |byte: &u8| first.iter().filter(|b| *b == byte).count();
        let most = [b'\t', b';', b','].into_iter().max_by_key(count);
        let delimiter = delimiter.or(most);
        let records = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter.unwrap_or(b','))
            .from_reader(self.from);
        Records {
            place: self.place,
            records,
            record: csv::StringRecord::new(),
        }
    }

    /// An error at the line that was read last.
    pub(super) fn at(&self, why: Text) -> Error {
        self.at_line(self.number, why)
    }

    pub(super) fn at_line(&self, number: usize, why: Text) -> Error {
        Error::at(Place::file(&self.place).line(number), why)
    }
}

/// A text, record by record.
pub(super) struct Records<'a> {
    place: String,
    records: csv::Reader<Box<dyn BufRead + 'a>>,
    record: csv::StringRecord,
}

impl Records<'_> {
    /// The next record; `None` after the last.
    pub(super) fn next(&mut self) -> Result<Option<&csv::StringRecord>> {
        match self.records.read_record(&mut self.record) {
            Ok(true) => Ok(Some(&self.record)),
            Ok(false) => Ok(None),
            Err(error) => Err(damaged(&self.place, error)),
        }
    }

    /// An error at the record that was read last.
    pub(super) fn at(&self, why: Text) -> Error {
        let line = self.record.position().map_or(1, csv::Position::line);
        Error::at(Place::file(&self.place).line(line as usize), why)
    }
}

/// A label without quotation marks and blanks around it.
pub(super) fn clean(field: &str) -> &str {
    field.trim().trim_matches('"').trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_unpacks_to_more_than_it_may_ends_with_an_error_and_not_in_silence() {
        let read = |left| {
            let mut text = Vec::new();
            let from: &[u8] = b"1,2,3\n";
            Bounded { from, left }.read_to_end(&mut text).map(|_| text)
        };
        assert_eq!(read(6).expect("just as long"), b"1,2,3\n");
        let error = read(5).expect_err("one too many").to_string();
        assert_eq!(error, "more than 16 GiB unpacked");
    }

    #[test]
    fn a_name_tells_its_ending_and_its_year_whatever_packed_it() {
        for (name, ended, bare) in [
            ("ICIO2018_2010.CSV", "csv", "ICIO2018_2010"),
            ("a/naio_10_cp1700.tsv.gz", "tsv", "naio_10_cp1700"),
            ("plain", "", "plain"),
        ] {
            assert_eq!((ending(name).as_str(), stem(name)), (ended, bare));
        }
        let files = |at: &str| Files {
            at: PathBuf::from(at),
            names: Vec::new(),
            is_archive: false,
            told: None,
            opened: AtomicU64::new(0),
        };
        // The edition stands before the year, a version behind it; of a folder's name the first counts.
        for (at, name, year) in [
            ("x", "ICIO2018_2010.CSV", Some(2010)),
            (
                "x",
                "matrix_eu-ic-io_ind-by-ind_25ed_2015_v2.csv",
                Some(2015),
            ),
            ("IOT_2019_ixi.zip", "Z.txt", Some(2019)),
            ("x", "20240111_T-Results_2022_059.csv", Some(2022)),
            ("x", "Z.txt", None),
        ] {
            assert_eq!(files(at).year(name), year, "{at} {name}");
        }
    }
}
