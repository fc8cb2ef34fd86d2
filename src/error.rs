//! What can go wrong, said so that the user can mend it.
//!
//! An error carries its words, in both languages, from where it arises: unlike a result, which the report
//! words, it must be said by a library that is built without one. It names keys, files and figures, never
//! an option of the command line; the program adds those.
//!
//! A fault is one sentence that begins with file, line and key, as compilers' are, so that an editor goes there
//! and a log keeps it whole. `ariadne` (3 crates) or `miette` (54 with its drawing) would draw the text below
//! it, from byte ranges and texts kept for every fault; most of what is read here are rows of CSV, hundreds of
//! figures wide, where the header of the column says more than a caret.

mod remedy;

pub use remedy::Remedy;

use crate::lang::{Lang, Text, is_control, said};
use std::fmt;
use std::path::PathBuf;

/// The result of every fallible function of the crate.
pub type Result<T> = std::result::Result<T, Error>;

/// Everything that can go wrong in the library.
///
/// The message of each variant is a sentence for the person at the keyboard: it names the file, the
/// line and the field, or the sector meant. [`Error::say`] says it in either language; `Display` is
/// the English.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// A file could not be read or written.
    Io {
        /// What was tried: "read", "write", ...
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// A file was read, but what it says cannot be right.
    Data {
        /// Where it stands.
        place: Place,
        /// What is wrong, and what was expected.
        message: Text,
    },
    /// No built-in table or folder has this name.
    UnknownTable {
        /// What was asked for.
        name: String,
        /// The tables that are built in.
        known: Vec<String>,
    },
    /// A sector was named that the table does not have, or that could be several.
    UnknownSector {
        /// What was asked for.
        query: String,
        /// The table's id.
        table: String,
        /// Sectors that may have been meant, best first, as "31 Semiconductors (반도체)".
        candidates: Vec<String>,
        /// Whether the name fits several sectors equally well.
        ambiguous: bool,
    },
    /// The question needs flows, and the table holds coefficients only.
    NeedsFlows {
        /// The table's id.
        table: String,
        /// What was asked for.
        what: Text,
    },
    /// The economy cannot reproduce itself: an output would need more than itself as input.
    NotProductive {
        /// Spectral radius of the coefficient matrix.
        radius: f64,
        /// The sectors that use up what they make, or nearly, those with the largest part first.
        sectors: Vec<String>,
    },
    /// An amount of money that cannot be read.
    Amount {
        /// What was written.
        text: String,
        /// Why it is not an amount.
        reason: Text,
    },
    /// A request that contradicts itself or the table.
    Invalid(Text),
}

/// The kind of an [`Error`], for a program that treats one differently from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// [`Error::Io`].
    Io,
    /// [`Error::Data`].
    Data,
    /// [`Error::UnknownTable`].
    UnknownTable,
    /// [`Error::UnknownSector`].
    UnknownSector,
    /// [`Error::NeedsFlows`].
    NeedsFlows,
    /// [`Error::NotProductive`].
    NotProductive,
    /// [`Error::Amount`].
    Amount,
    /// [`Error::Invalid`].
    Invalid,
}

impl Error {
    /// The kind, without what belongs to it.
    ///
    /// ```
    /// use leontief::{AnyTable, ErrorKind};
    /// let error = AnyTable::open("kr-1066-33").unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::UnknownTable);
    /// ```
    pub fn kind(&self) -> ErrorKind {
        match self {
            Error::Io { .. } => ErrorKind::Io,
            Error::Data { .. } => ErrorKind::Data,
            Error::UnknownTable { .. } => ErrorKind::UnknownTable,
            Error::UnknownSector { .. } => ErrorKind::UnknownSector,
            Error::NeedsFlows { .. } => ErrorKind::NeedsFlows,
            Error::NotProductive { .. } => ErrorKind::NotProductive,
            Error::Amount { .. } => ErrorKind::Amount,
            Error::Invalid(_) => ErrorKind::Invalid,
        }
    }

    /// Where in the user's files the fault stands, for an editor to go to: every [`Error::Data`] has a
    /// place, no other error has.
    ///
    /// ```
    /// use leontief::{AnyTable, Scenario, ScenarioFile, scenario::Overrides};
    /// let text = "[parameters]\nshare = 0.5\ncapex = \"3조 * shore\"\n";
    /// let file = ScenarioFile::parse("mine.toml", text)?;
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let error = Scenario::new(file, &table, &Overrides::default()).unwrap_err();
    /// let place = error.position().expect("it stands in the file");
    /// assert_eq!((place.file.as_str(), place.line), ("mine.toml", Some(3)));
    /// assert_eq!(place.field.as_deref(), Some("capex"));
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn position(&self) -> Option<&Place> {
        match self {
            Error::Data { place, .. } => Some(place),
            _ => None,
        }
    }

    /// An [`Error::Data`] at a place.
    ///
    /// ```
    /// use leontief::error::{Error, Place};
    /// use leontief::{Lang, Text};
    /// let place = Place::file("mine.toml").line(3).field("capex");
    /// let error = Error::at(place, Text::new("it is below zero", "0보다 작습니다"));
    /// assert_eq!(error.position().and_then(|place| place.line), Some(3));
    /// assert_eq!(error.text().en, "mine.toml:3: capex: it is below zero");
    /// ```
    pub fn at(place: Place, message: impl Into<Text>) -> Self {
        Error::Data {
            place,
            message: message.into(),
        }
    }

    /// An [`Error::Invalid`].
    pub fn invalid(message: impl Into<Text>) -> Self {
        Error::Invalid(message.into())
    }

    /// That a format cannot hold what is to be written, in the words of the library that writes it.
    pub(crate) fn unwritable(format: &str, why: impl fmt::Display) -> Self {
        Error::Invalid(said!(
            "cannot write {format}: {why}",
            "{format} 형식으로 쓸 수 없습니다: {why}"
        ))
    }

    /// The message in a language, fit for a terminal: control characters are shown as what they are,
    /// and a message longer than a screen is cut in its middle.
    ///
    /// ```
    /// use leontief::{AnyTable, Lang};
    /// let error = AnyTable::open("kr-1066-33").unwrap_err();
    /// assert!(error.say(Lang::En).starts_with("unknown table 'kr-1066-33'; built in are kr-"));
    /// assert!(error.say(Lang::Ko).starts_with("산업연관표 'kr-1066-33'을(를) 찾을 수 없습니다."));
    /// ```
    pub fn say(&self, lang: Lang) -> String {
        let text = self.text();
        fit(&lang.pick(text.en, text.ko))
    }

    /// The message in both languages.
    pub fn text(&self) -> Text {
        match self {
            Error::Io {
                action,
                path,
                source,
            } => {
                let path = path.display();
                let (tried, why) = (tried(action), reason(source));
                said!(
                    "cannot {action} {path}: {source}",
                    "{path} {tried} 수 없습니다: {why}"
                )
            }
            Error::Data { place, message } => Text::new(
                format!("{place}: {}", message.en),
                format!("{place}: {}", message.ko),
            ),
            Error::UnknownTable { name, known } => {
                let known = known.join(", ");
                said!(
                    "unknown table '{name}'; built in are {known}; a folder is given by its path",
                    "산업연관표 '{name}'을(를) 찾을 수 없습니다. 내장된 표: {known}. 직접 만든 표는 폴더 경로로 지정하십시오"
                )
            }
            Error::UnknownSector {
                query,
                table,
                candidates,
                ambiguous,
            } => unknown_sector(query, table, candidates, *ambiguous),
            Error::NeedsFlows { table, what } => {
                let (en, ko) = (&what.en, &what.ko);
                said!(
                    "table {table} holds coefficients without flows, and {en} needs flows: use a table of \
                     flows such as kr-2023-33 or kr-2023-83",
                    "{table}은(는) 거래표 없이 계수만 있는 표이므로 이 분석({ko})을 할 수 없습니다. \
                     kr-2023-33, kr-2023-83 등 거래표가 있는 표를 사용하십시오"
                )
            }
            Error::NotProductive { radius, sectors } => {
                not_productive(*radius, &sectors.join(", "))
            }
            Error::Amount { text, reason } => Text::new(
                format!("amount '{text}': {}", reason.en),
                format!("금액 '{text}': {}", reason.ko),
            ),
            Error::Invalid(message) => message.clone(),
        }
    }
}

impl From<Text> for Error {
    /// [`Error::Invalid`].
    fn from(message: Text) -> Self {
        Error::Invalid(message)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(Lang::En))
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// How many characters of a message are kept at its beginning and at its end.
const KEPT: (usize, usize) = (900, 300);

/// A message fit for a terminal; see [`Error::say`].
pub(crate) fn fit(message: &str) -> String {
    let mut clean = String::with_capacity(message.len());
    for c in message.chars() {
        if c != '\n' && is_control(c) {
            clean.extend(c.escape_unicode());
        } else {
            clean.push(c);
        }
    }
    let length = clean.chars().count();
    if length <= KEPT.0 + KEPT.1 {
        return clean;
    }
    let head: String = clean.chars().take(KEPT.0).collect();
    let tail: String = clean.chars().skip(length - KEPT.1).collect();
    format!("{head} … {tail}")
}

/// What was tried with a file, in Korean: the verb before "수 없습니다".
fn tried(action: &str) -> &'static str {
    match action {
        "read" => "파일을 읽을",
        "create" => "파일을 만들",
        "list" => "폴더를 열",
        _ => "파일에 쓸",
    }
}

/// What the operating system said, in Korean where it is one of the everyday reasons.
fn reason(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "파일이나 폴더가 없습니다".to_owned(),
        ErrorKind::PermissionDenied => "권한이 없습니다".to_owned(),
        ErrorKind::IsADirectory => "폴더입니다".to_owned(),
        ErrorKind::NotADirectory => "경로 중간이 폴더가 아닙니다".to_owned(),
        ErrorKind::StorageFull => "저장 공간이 부족합니다".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "읽기 전용 파일 시스템입니다".to_owned(),
        ErrorKind::InvalidData => "UTF-8 텍스트가 아닙니다".to_owned(),
        _ => error.to_string(),
    }
}

/// Where in the user's files something stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The file as the user named it.
    pub file: String,
    /// Its line, counted from 1.
    pub line: Option<usize>,
    /// The field: a column header or a key.
    pub field: Option<String>,
}

impl Place {
    /// A file as a whole.
    pub fn file(file: impl Into<String>) -> Self {
        Place {
            file: file.into(),
            ..Place::default()
        }
    }

    /// The same file at a line.
    pub fn line(mut self, line: usize) -> Self {
        self.line = Some(line);
        self
    }

    /// The same place at a field.
    pub fn field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(field) = &self.field {
            write!(f, ": {field}")?;
        }
        Ok(())
    }
}

fn not_productive(radius: f64, sectors: &str) -> Text {
    if radius.is_nan() {
        return said!(
            "the coefficients are not productive: those of {sectors} are not all finite numbers, so that \
             A has no spectral radius",
            "투입계수가 생산가능 조건을 충족하지 않습니다. {sectors} 부문의 계수에 유한하지 않은 수가 있어 \
             A의 스펙트럼 반경을 구할 수 없습니다"
        );
    }
    if (radius - 1.0).abs() < 1e-6 {
        return said!(
            "the coefficients are not productive: the spectral radius of A is {radius:.12}, 1 to rounding, \
             so that no multiplier is believed; {sectors} use up nearly all that they make among themselves",
            "투입계수가 생산가능 조건을 충족하지 않습니다. A의 스펙트럼 반경이 {radius:.12}로 반올림 오차 \
             안에서 1과 같아 승수를 신뢰할 수 없습니다. 산출을 거의 모두 서로의 투입으로 쓰는 부문: {sectors}"
        );
    }
    said!(
        "the coefficients are not productive: the spectral radius of A is {radius:.6} and must be below 1; \
         {sectors} use up more than they make among themselves",
        "투입계수가 생산가능 조건을 충족하지 않습니다. A의 스펙트럼 반경은 1 미만이어야 하나 {radius:.6}입니다. \
         산출보다 많은 투입을 서로 쓰는 부문: {sectors}"
    )
}

fn unknown_sector(query: &str, table: &str, candidates: &[String], ambiguous: bool) -> Text {
    match (ambiguous, candidates) {
        (true, _) => {
            let fits = candidates.join(", ");
            said!(
                "'{query}' fits several sectors of {table}: {fits}; give the code",
                "{table}에는 '{query}'에 해당하는 부문이 여럿 있습니다: {fits}. 부문 코드로 지정하십시오"
            )
        }
        (false, []) => said!(
            "unknown sector '{query}' in {table}, and no code or name is like it",
            "{table}에 '{query}' 부문이 없고 비슷한 코드나 이름도 없습니다"
        ),
        (false, _) => {
            let (en, ko) = (candidates.join(" or "), candidates.join(", "));
            said!(
                "unknown sector '{query}' in {table}; did you mean {en}?",
                "{table}에 '{query}' 부문이 없습니다. 혹시 {ko}을(를) 뜻하십니까?"
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one_of_each() -> [(Error, ErrorKind); 8] {
        let text = || Text::same("x");
        let source = std::io::Error::from(std::io::ErrorKind::NotFound);
        let io = Error::Io {
            action: "read",
            path: "a.toml".into(),
            source,
        };
        let unknown_sector = Error::UnknownSector {
            query: "x".to_owned(),
            table: "t".to_owned(),
            candidates: Vec::new(),
            ambiguous: false,
        };
        let unknown_table = Error::UnknownTable {
            name: "x".to_owned(),
            known: Vec::new(),
        };
        let needs_flows = Error::NeedsFlows {
            table: "t".to_owned(),
            what: text(),
        };
        let not_productive = Error::NotProductive {
            radius: 1.5,
            sectors: Vec::new(),
        };
        let amount = Error::Amount {
            text: "x".to_owned(),
            reason: text(),
        };
        let data = Error::at(Place::file("a.toml").line(3).field("capex"), text());
        [
            (io, ErrorKind::Io),
            (data, ErrorKind::Data),
            (unknown_table, ErrorKind::UnknownTable),
            (unknown_sector, ErrorKind::UnknownSector),
            (needs_flows, ErrorKind::NeedsFlows),
            (not_productive, ErrorKind::NotProductive),
            (amount, ErrorKind::Amount),
            (Error::invalid(text()), ErrorKind::Invalid),
        ]
    }

    #[test]
    fn every_error_has_a_kind_of_its_own() {
        for (error, kind) in one_of_each() {
            assert_eq!(error.kind(), kind, "{error}");
        }
    }

    #[test]
    fn an_error_of_data_has_a_position_and_no_other_has() {
        for (error, kind) in one_of_each() {
            let place = error.position();
            assert_eq!(place.is_some(), kind == ErrorKind::Data, "{error}");
            if let Some(place) = place {
                assert_eq!(place.to_string(), "a.toml:3: capex");
            }
        }
    }
}
