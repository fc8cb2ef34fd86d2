//! Where a value stands in the texts that a scenario was read from.

use super::{ScenarioFile, SourceText};
use crate::error::{Error, Place};
use crate::lang::Text;
use crate::table::read::toml::line_at;
use serde::{Deserialize, Deserializer};

/// A value with the place in the file that it was read from.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Byte offset in its file.
    pub offset: usize,
    /// Which of the texts of the scenario that file is.
    pub(crate) origin: usize,
}

impl<T> From<T> for Located<T> {
    fn from(value: T) -> Self {
        Located {
            value,
            offset: 0,
            origin: 0,
        }
    }
}

impl<T> Located<T> {
    /// A value that stands in no file: given from outside.
    #[cfg(feature = "cli")]
    pub(crate) fn nowhere(value: T) -> Self {
        Located {
            origin: usize::MAX,
            ..Located::from(value)
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Located<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let spanned = toml::Spanned::<T>::deserialize(deserializer)?;
        let offset = spanned.span().start;
        Ok(Located {
            value: spanned.into_inner(),
            offset,
            origin: 0,
        })
    }
}

impl ScenarioFile {
    /// The place of an offset in one of the texts.
    pub(crate) fn place(&self, origin: usize, offset: usize) -> Place {
        match self.sources.get(origin) {
            Some(source) => Place::file(&source.name).line(line_at(&source.text, offset)),
            None => Place::file("scenario"),
        }
    }

    /// An error at a place of the file.
    pub(crate) fn error(
        &self,
        origin: usize,
        offset: usize,
        field: &str,
        message: impl Into<Text>,
    ) -> Error {
        Error::at(self.place(origin, offset).field(field), message)
    }

    /// An error at a value of the file.
    pub(crate) fn error_at<T>(
        &self,
        at: &Located<T>,
        field: &str,
        message: impl Into<Text>,
    ) -> Error {
        self.error(at.origin, at.offset, field, message)
    }

    /// An error that the value of a key leads to later on, with its place where it stands in a file and the error
    /// has none.
    pub(crate) fn led_to_by<T>(&self, at: &Located<T>, field: &str, error: Error) -> Error {
        match error {
            Error::Invalid(_) | Error::NeedsFlows { .. } if at.origin < self.sources.len() => {
                self.error_at(at, field, error)
            }
            other => other,
        }
    }

    /// The first source and the place in it where a text stands, as a table's header; the beginning of
    /// the first source where it stands nowhere.
    pub(crate) fn place_of(&self, text: &str) -> Located<()> {
        let found = |(origin, source): (usize, &SourceText)| {
            let offset = source.text.find(text)?;
            Some(Located {
                value: (),
                offset,
                origin,
            })
        };
        let mut sources = self.sources.iter().enumerate();
        sources.find_map(found).unwrap_or_default()
    }
}
