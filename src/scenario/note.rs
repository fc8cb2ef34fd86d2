//! What a reader must know of a result: a stable code with its figures, and the sentence.

use crate::lang::Text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Something the reader must know.
///
/// Programs read [`code`](Note::code) and [`figures`](Note::figures), which stay the same when the sentence is
/// put better; people read the text.
///
/// ```
/// use leontief::scenario::{Note, NoteFigure};
///
/// let note = Note::warning("mostly_imported", "Half is imported.", "절반이 수입됨.").with("share", 0.5);
/// assert_eq!(note.figures["share"], NoteFigure::Number(0.5));
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct Note {
    /// What it says, as a name that does not change: `mostly_imported`.
    pub code: String,
    /// Assumption or warning.
    pub kind: NoteKind,
    /// The figures of the sentence by name: shares as fractions, money in millions, sectors by code,
    /// phases and lines by their English name.
    #[serde(default)]
    pub figures: BTreeMap<String, NoteFigure>,
    /// The sentence.
    pub text: Text,
}

/// How a note is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum NoteKind {
    /// Taken for granted, by default or by the scenario.
    Assumption,
    /// May mislead if overlooked.
    Warning,
}

/// A figure of a note.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum NoteFigure {
    /// A number: a share, a year, an amount in millions.
    Number(f64),
    /// A code or a name.
    Text(String),
}

impl Note {
    /// An assumption, by its code in `snake_case`.
    pub fn assumption(
        code: impl Into<String>,
        en: impl Into<String>,
        ko: impl Into<String>,
    ) -> Self {
        Self::new(code.into(), NoteKind::Assumption, Text::new(en, ko))
    }

    /// A warning, by its code in `snake_case`.
    pub fn warning(code: impl Into<String>, en: impl Into<String>, ko: impl Into<String>) -> Self {
        Self::new(code.into(), NoteKind::Warning, Text::new(en, ko))
    }

    fn new(code: String, kind: NoteKind, text: Text) -> Self {
        Note {
            code,
            kind,
            figures: BTreeMap::new(),
            text,
        }
    }

    /// The note with one more of the figures it speaks of.
    #[must_use]
    pub fn with(mut self, name: &str, figure: impl Into<NoteFigure>) -> Self {
        self.figures.insert(name.to_owned(), figure.into());
        self
    }
}

impl From<f64> for NoteFigure {
    fn from(value: f64) -> Self {
        NoteFigure::Number(value)
    }
}

impl From<i32> for NoteFigure {
    fn from(value: i32) -> Self {
        NoteFigure::Number(value.into())
    }
}

impl From<usize> for NoteFigure {
    fn from(count: usize) -> Self {
        NoteFigure::Number(count as f64)
    }
}

impl From<&str> for NoteFigure {
    fn from(text: &str) -> Self {
        NoteFigure::Text(text.to_owned())
    }
}

impl From<&String> for NoteFigure {
    fn from(text: &String) -> Self {
        NoteFigure::Text(text.clone())
    }
}

impl From<String> for NoteFigure {
    fn from(text: String) -> Self {
        NoteFigure::Text(text)
    }
}

/// A name: its English form, whatever the language of the output.
impl From<&Text> for NoteFigure {
    fn from(name: &Text) -> Self {
        NoteFigure::Text(name.en.clone())
    }
}
