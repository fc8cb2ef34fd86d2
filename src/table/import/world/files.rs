//! The files of a database: those of a folder, or the members of an archive, read line by line.

use super::cells::Cells;
use crate::error::{Error, Place, Result};
use crate::files;
use crate::lang::{Text, excerpt, said};
use std::borrow::Cow;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use zip::ZipArchive;

/// How many files of a folder and its subfolders are looked at.
const MOST_FILES: usize = 10_000;

/// The longest line, in bytes: two million figures.
const LONGEST_LINE: u64 = 64 << 20;

/// The lines among which those of labels are looked for.
const FIRST_LINES: usize = 6;

/// The files of a database by their names, "satellite/F.txt"; those of an archive are never unpacked, and
/// their names never paths.
pub(super) struct Files {
    at: PathBuf,
    names: Vec<String>,
    is_archive: bool,
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
            names.push(name.to_string_lossy().into_owned());
        }
        names.sort();
        Ok(Files {
            at: path.to_owned(),
            names,
            is_archive,
        })
    }

    /// The first file whose stem, its name without folder and ending, is one that is wanted.
    pub(super) fn find(&self, wanted: impl Fn(&str) -> bool) -> Option<&str> {
        self.all(wanted).next()
    }

    /// All texts whose stem is wanted.
    pub(super) fn all(&self, wanted: impl Fn(&str) -> bool) -> impl Iterator<Item = &str> {
        let names = self.names.iter().map(String::as_str);
        names.filter(move |name| {
            let is_text = [".txt", ".csv", ".tsv"]
                .iter()
                .any(|end| name.ends_with(end));
            is_text && wanted(stem(name))
        })
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

    /// The first year, 1950 to 2100, in the name of a file or of the folder.
    pub(super) fn year(&self, name: &str) -> Option<i32> {
        let folder = self.at.file_stem().unwrap_or_default().to_string_lossy();
        year_in(stem(name)).or_else(|| year_in(&folder))
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
            return work(Lines::of(place, member.take(files::LONGEST_MATRIX)));
        }
        let path = match self.at.is_dir() {
            true => self.at.join(name),
            false => self.at.clone(),
        };
        let opened = files::open(&path, files::LONGEST_MATRIX)?;
        let (file, _) = opened.ok_or_else(|| missing(&place))?;
        work(Lines::of(place, file))
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

/// The name without its folder and ending.
pub(super) fn stem(name: &str) -> &str {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

pub(super) fn year_in(text: &str) -> Option<i32> {
    let digits = text.split(|c: char| !c.is_ascii_digit());
    let years = digits.filter(|run| run.len() == 4);
    years
        .filter_map(|run| run.parse().ok())
        .find(|year| (1950..=2100).contains(year))
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
        Lines {
            place,
            from: Box::new(BufReader::with_capacity(1 << 20, from)),
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

    fn at_line(&self, number: usize, why: Text) -> Error {
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

/// Figures with the labels of their rows and columns, as pandas writes them.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Labelled {
    /// The labels of each row, in as many columns as stand before the figures.
    pub(super) rows: Vec<Vec<String>>,
    /// The labels of each column, from as many lines as stand above them.
    pub(super) columns: Vec<Vec<String>>,
    /// The figures.
    pub(super) cells: Cells,
}

impl Labelled {
    /// Reads labels and figures; so many columns are labels, where that is known.
    ///
    /// # Errors
    /// Lines of different lengths; what is no finite number; a file without figures.
    pub(super) fn read(
        mut lines: Lines<'_>,
        separator: char,
        labels: Option<usize>,
    ) -> Result<Self> {
        let mut first: Vec<String> = Vec::new();
        while first.len() < FIRST_LINES
            && let Some(line) = lines.next()?
        {
            if !line.is_empty() {
                first.push(line.to_owned());
            }
        }
        let cut = |line: &String| -> Vec<String> {
            let fields = line.split(separator).map(|field| clean(field).to_owned());
            fields.collect()
        };
        let mut head: Vec<Vec<String>> = first.iter().map(cut).collect();
        let Some((above, labels)) = layout(&head, labels) else {
            return Err(lines.at(said!(
                "there are no figures with labels before them and above",
                "앞과 위에 이름이 있는 수치가 없습니다"
            )));
        };
        head.truncate(above);
        let width = head.iter().map(Vec::len).max().unwrap_or(0);
        let (mut rows, mut cells) = (Vec::new(), Vec::new());
        for (at, line) in first[above..].iter().enumerate() {
            let taken = take(line, separator, labels, width, &mut rows, &mut cells);
            taken.map_err(|why| lines.at_line(above + at + 1, why))?;
        }
        while let Some(line) = lines.next()? {
            if !line.is_empty() {
                let taken = take(line, separator, labels, width, &mut rows, &mut cells);
                taken.map_err(|why| lines.at(why))?;
            }
        }
        let figures = width - labels;
        // The names that pandas gives to the columns of labels stand in a line of their own.
        head.retain(|line| line.iter().skip(labels).any(|label| !label.is_empty()));
        let columns = (0..figures).map(|j| {
            let label = |line: &Vec<String>| line.get(labels + j).cloned().unwrap_or_default();
            head.iter().map(label).collect()
        });
        Ok(Labelled {
            columns: columns.collect(),
            cells: Cells::new(figures, cells),
            rows,
        })
    }

    /// Figures without any labels: those come from files of their own.
    pub(super) fn plain(mut lines: Lines<'_>, separator: char, width: usize) -> Result<Cells> {
        let mut cells = Vec::new();
        while let Some(line) = lines.next()? {
            if line.is_empty() {
                continue;
            }
            let before = cells.len();
            let mut wrong = None;
            for field in line.trim_end_matches(separator).split(separator) {
                match number(field) {
                    Some(value) => cells.push(value),
                    None => wrong = wrong.or(Some(excerpt(field))),
                }
            }
            if let Some(field) = wrong {
                return Err(lines.at(said!(
                    "'{field}' is not a finite number",
                    "'{field}'은(는) 유한한 수가 아닙니다"
                )));
            }
            let count = cells.len() - before;
            if count != width {
                return Err(lines.at(said!(
                    "the line has {count} figures, and the labels are of {width} columns",
                    "이 줄의 수치는 {count}개인데 이름은 {width}열입니다"
                )));
            }
        }
        Ok(Cells::new(width, cells))
    }
}

/// How many lines of labels stand above the figures, and how many columns of them before. A line of names ends the labels
/// where there is one, as pandas writes it: a code may be a number.
fn layout(first: &[Vec<String>], labels: Option<usize>) -> Option<(usize, usize)> {
    let filled = |line: &[String]| line.iter().take_while(|field| !field.is_empty()).count();
    let is_names = |line: &Vec<String>| {
        let names = filled(line);
        names > 0 && names + 1 < line.len() && line[names..].iter().all(String::is_empty)
    };
    if let Some(at) = first.iter().position(is_names) {
        return Some((at + 1, filled(&first[at])));
    }
    for (at, line) in first.iter().enumerate().skip(1) {
        let figures = line.iter().rev().take_while(|f| number(f).is_some());
        let before = labels.unwrap_or(line.len() - figures.count());
        let is_row = (1..line.len()).contains(&before)
            && filled(line) >= before
            && line[before..].iter().all(|field| number(field).is_some());
        if is_row {
            return Some((at, before));
        }
    }
    None
}

/// Takes a line of labels and figures.
fn take(
    line: &str,
    separator: char,
    labels: usize,
    width: usize,
    rows: &mut Vec<Vec<String>>,
    cells: &mut Vec<f64>,
) -> std::result::Result<(), Text> {
    let mut fields = line.split(separator);
    let before = fields.by_ref().take(labels);
    let label: Vec<String> = before.map(|f| clean(f).to_owned()).collect();
    let (mut count, mut wrong) = (labels, None);
    for field in fields {
        count += 1;
        match number(field) {
            Some(value) => cells.push(value),
            None => wrong = wrong.or(Some((count, excerpt(field)))),
        }
    }
    if let Some((column, field)) = wrong {
        return Err(said!(
            "field {column} is '{field}': it must be a finite number",
            "{column}번째 값이 '{field}'입니다. 유한한 수여야 합니다"
        ));
    }
    if count != width {
        return Err(said!(
            "the line has {count} fields where those before have {width}",
            "이 줄의 값은 {count}개인데 앞 줄들은 {width}개입니다"
        ));
    }
    rows.push(label);
    Ok(())
}

/// A label without quotation marks and blanks around it.
pub(super) fn clean(field: &str) -> &str {
    field.trim().trim_matches('"').trim()
}

/// A finite number; nothing is 0.
fn number(field: &str) -> Option<f64> {
    match clean(field) {
        "" => Some(0.0),
        field => field.parse().ok().filter(|value: &f64| value.is_finite()),
    }
}
