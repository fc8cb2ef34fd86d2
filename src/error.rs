//! What can go wrong, said so that the user can mend it.

use std::fmt;
use std::path::PathBuf;

/// The result of every fallible function of the crate.
pub type Result<T> = std::result::Result<T, Error>;

/// Everything that can go wrong in the library.
///
/// The message of each variant is a sentence for the person at the keyboard: it names the file, the
/// line and the field, or the sector meant.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file could not be read or written.
    #[error("cannot {action} {}: {source}", path.display())]
    Io {
        /// What was tried: "read", "write", ...
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// A file was read, but what it says cannot be right.
    #[error("{place}: {message}")]
    Data {
        /// Where it stands.
        place: Place,
        /// What is wrong, and what was expected.
        message: String,
    },
    /// No built-in table or folder has this name.
    #[error("unknown table '{name}'; built in are {}; a folder is given by its path", known.join(", "))]
    UnknownTable {
        /// What was asked for.
        name: String,
        /// The tables that are built in.
        known: Vec<String>,
    },
    /// A sector was named that the table does not have, or that could be several.
    #[error("{}", unknown_sector(query, table, candidates, *ambiguous))]
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
    #[error(
        "table {table} holds coefficients without flows, and {what} needs flows: \
         use a table of flows such as kr-2023-33 or kr-2023-83"
    )]
    NeedsFlows {
        /// The table's id.
        table: String,
        /// What was asked for.
        what: &'static str,
    },
    /// The economy cannot reproduce itself: an output would need more than itself as input.
    #[error(
        "the coefficients are not productive: the spectral radius of A is {radius:.6} and must be below 1; \
         the largest column is sector {sector} with {column_sum:.4} of inputs per unit of output"
    )]
    NotProductive {
        /// Spectral radius of the coefficient matrix.
        radius: f64,
        /// The sector with the largest column sum.
        sector: String,
        /// Its column sum.
        column_sum: f64,
    },
    /// An amount of money that cannot be read.
    #[error("amount '{text}': {reason}")]
    Amount {
        /// What was written.
        text: String,
        /// Why it is not an amount.
        reason: String,
    },
    /// A request that contradicts itself or the table.
    #[error("{0}")]
    Invalid(String),
}

impl Error {
    /// An [`Error::Data`] at a place.
    pub fn at(place: Place, message: impl fmt::Display) -> Self {
        Error::Data {
            place,
            message: message.to_string(),
        }
    }

    /// An [`Error::Invalid`].
    pub fn invalid(message: impl fmt::Display) -> Self {
        Error::Invalid(message.to_string())
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

fn unknown_sector(query: &str, table: &str, candidates: &[String], ambiguous: bool) -> String {
    match (ambiguous, candidates) {
        (true, _) => format!(
            "'{query}' fits several sectors of {table}: {}; give the code",
            candidates.join(", ")
        ),
        (false, []) => {
            format!("unknown sector '{query}' in {table}; `leontief sectors` lists them")
        }
        (false, _) => format!(
            "unknown sector '{query}' in {table}; did you mean {}?",
            candidates.join(" or ")
        ),
    }
}
