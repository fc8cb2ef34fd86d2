//! How coefficients are drawn, and which together: said with an ensemble, and asked of one.

use serde::{Deserialize, Serialize};

/// How coefficients are drawn: which share a factor, or what holds in every draw.
///
/// Factors of their own average out over thousands of cells: a spread of 10 % a cell leaves less than 1 %
/// of a total and reads as certainty. A table is wrong by industries rather than by cells, so the default
/// is by column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub enum Sharing {
    /// Each cell has its own.
    Cell,
    /// All domestic inputs of a using sector share one: how much an industry buys at home.
    #[default]
    Column,
    /// All uses of a product share one: how much of a product is bought at home.
    Row,
    /// The whole of Ad shares one, and all labour coefficients another.
    All,
    /// None: each column is drawn whole, with its imports and primary inputs, from a Dirichlet distribution.
    Dirichlet,
    /// Each cell has its own, and rows and columns are brought back to the totals of the table (RAS).
    #[serde(rename = "ras")]
    Balanced,
}

impl Sharing {
    /// Its name: "cell", "column", "row", "all", "dirichlet", "ras".
    pub fn id(self) -> &'static str {
        match self {
            Sharing::Cell => "cell",
            Sharing::Column => "column",
            Sharing::Row => "row",
            Sharing::All => "all",
            Sharing::Dirichlet => "dirichlet",
            Sharing::Balanced => "ras",
        }
    }
}
