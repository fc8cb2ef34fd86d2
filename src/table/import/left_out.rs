//! What the files hold that has no place in a table: said in words where it is found, and here as figures.

use serde::Serialize;

/// A line of the files that is left out, with what stands in it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct LeftOut {
    /// The file or sheet.
    pub place: String,
    /// Whether it is a row or a column.
    pub line: RowOrColumn,
    /// Its label.
    pub label: String,
    /// The sum of its figures, without anything of what they are: in millions where they are money.
    pub amount: f64,
}

/// Which way a line of figures lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum RowOrColumn {
    /// Across.
    Row,
    /// Down.
    Column,
}

impl RowOrColumn {
    /// As machine formats name it: "row".
    pub fn id(self) -> &'static str {
        match self {
            RowOrColumn::Row => "row",
            RowOrColumn::Column => "column",
        }
    }
}

impl LeftOut {
    pub(super) fn new(
        place: impl Into<String>,
        line: RowOrColumn,
        label: &str,
        amount: f64,
    ) -> Self {
        LeftOut {
            place: place.into(),
            line,
            label: label.to_owned(),
            amount,
        }
    }
}
