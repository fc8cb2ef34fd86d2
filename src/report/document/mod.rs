//! A result in a form that every format can show.

mod rounding;
mod units;

pub use crate::units::number;
pub use rounding::round_to_sum;

use serde::{Deserialize, Serialize};

/// A result as it is shown: titles, tables, notes, in one language.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Document {
    /// What it is about.
    pub title: String,
    /// One line under the title: the table, its year, the model.
    pub subtitle: String,
    /// Its parts, in the order of reading.
    pub sections: Vec<Section>,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Section {
    /// A stable name in lower case, for machines: "headline".
    pub id: String,
    /// Its heading; empty for none.
    pub title: String,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Block {
    /// A paragraph.
    Text(String),
    /// A list of notes.
    Notes(Vec<String>),
    /// Figures.
    Table(Table),
    /// A picture as SVG, for pages; elsewhere the figures stand alone.
    Chart(String),
}

/// Figures with typed columns.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Table {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// A stable name for machines: "value_added".
    pub id: String,
    /// The heading.
    pub title: String,
    /// What its cells hold.
    pub kind: Kind,
    /// The unit of all its cells, as shown under the heading and in tidy files.
    pub unit: String,
    /// Whether a bar of the cell's size may be drawn beside it.
    pub bar: bool,
    /// What the cells of a row, or those above, add up to in it.
    #[serde(default)]
    pub adds: Adds,
}

/// Which other cells a column adds up: then what is shown adds up as well.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Adds {
    /// None.
    #[default]
    Nothing,
    /// In each row the columns of these ids, as far as the table has them.
    Across(Vec<String>),
    /// The column of this id, from the first row to its own.
    SoFar(String),
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// Names and codes: the key of the row.
    Text,
    /// A number shown with so many decimals.
    Number {
        /// Decimals shown.
        decimals: u8,
        /// Whether the rows add up to the row marked as total: then what is shown adds up as well.
        additive: bool,
    },
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// One cell for each column.
    pub cells: Vec<Cell>,
    /// Whether it is the sum of the rows between it and the total (or the top) before it.
    pub total: bool,
    /// Whether, as a total, it also carries that earlier total forward.
    pub carries: bool,
    /// A row that stands out.
    pub strong: bool,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Cell {
    /// A name.
    Text(String),
    /// A number in the column's unit, unrounded.
    Number(f64),
    /// A number with a unit of its own, where rows of one column differ in unit.
    Measure(f64, Unit),
    /// Nothing to show.
    Empty,
}

/// A unit with its decimals.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unit {
    /// As shown after the number.
    pub name: String,
    /// Decimals shown.
    pub decimals: u8,
}

impl Document {
    /// An empty document.
    pub fn new(title: impl Into<String>, subtitle: impl Into<String>) -> Self {
        Document {
            title: title.into(),
            subtitle: subtitle.into(),
            sections: Vec::new(),
        }
    }

    /// Adds a section.
    pub fn section(&mut self, id: &str, title: &str, blocks: Vec<Block>) -> &mut Self {
        self.sections.push(Section {
            id: id.to_owned(),
            title: title.to_owned(),
            blocks,
        });
        self
    }
}

impl Column {
    /// Names or codes.
    pub fn text(id: &str, title: &str) -> Self {
        Column {
            id: id.to_owned(),
            title: title.to_owned(),
            kind: Kind::Text,
            unit: String::new(),
            bar: false,
            adds: Adds::Nothing,
        }
    }

    /// Numbers with so many decimals.
    pub fn number(id: &str, title: &str, unit: &str, decimals: u8) -> Self {
        Column {
            kind: Kind::Number {
                decimals,
                additive: false,
            },
            unit: unit.to_owned(),
            ..Column::text(id, title)
        }
    }

    /// The rows add up to the total row.
    pub fn additive(mut self) -> Self {
        if let Kind::Number { additive, .. } = &mut self.kind {
            *additive = true;
        }
        self
    }

    /// In each row it is the sum of the columns of these ids.
    pub fn sum_of<'a>(mut self, ids: impl IntoIterator<Item = &'a str>) -> Self {
        self.adds = Adds::Across(ids.into_iter().map(str::to_owned).collect());
        self
    }

    /// It is the sum of the column of this id so far.
    pub fn so_far(mut self, id: &str) -> Self {
        self.adds = Adds::SoFar(id.to_owned());
        self
    }

    /// May be drawn with bars.
    pub fn with_bar(mut self) -> Self {
        self.bar = true;
        self
    }
}

impl Row {
    /// An ordinary row.
    pub fn new(cells: Vec<Cell>) -> Self {
        Row {
            cells,
            total: false,
            carries: false,
            strong: false,
        }
    }

    /// The sum of the rows above it, back to the total before.
    pub fn total(cells: Vec<Cell>) -> Self {
        Row {
            cells,
            total: true,
            carries: false,
            strong: true,
        }
    }

    /// The sum of the total before it and the rows since.
    pub fn running_total(cells: Vec<Cell>) -> Self {
        Row {
            carries: true,
            ..Row::total(cells)
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Cell::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Cell::Text(text)
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Cell::Number(number)
    }
}
