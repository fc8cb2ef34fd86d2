//! Figures that the publisher prints of a table: what ours are laid beside.

use crate::lang::Text;
use serde::{Deserialize, Serialize};

/// A figure as printed, or one of each sector; see `tables/README.md` for the file.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct PublishedFigure {
    /// A stable name in lower case, unique within the table: "jobs_per_billion_construction".
    pub code: String,
    /// What is worked out.
    pub figure: FigureKind,
    /// Of what: "output", "value_added", "imports", "jobs", or another account.
    pub measure: String,
    /// The codes of the sectors whose products are demanded, in the shares of their output.
    pub demand: Vec<String>,
    /// How much is demanded, in millions of the currency ([`FigureKind::Effect`]).
    pub amount: f64,
    /// The codes of the sectors that it is summed over; empty for all.
    pub sectors: Vec<String>,
    /// The concordance by which the table is summed first; its codes are then meant.
    pub groups: Option<String>,
    /// How many millions of the currency, or persons, make one of what is printed.
    pub scale: f64,
    /// As printed; several where each sector has one.
    pub printed: Vec<Printed>,
    /// How far ours may be from it, where that is not half a unit of the last digit.
    pub tolerance: Option<f64>,
    /// Who prints it, and where.
    pub source: Text,
}

/// A printed number.
#[derive(Debug, Clone, PartialEq)]
pub struct Printed {
    /// The sector it is of, where each has one.
    pub sector: Option<String>,
    /// The number.
    pub value: f64,
    /// Its decimals.
    pub decimals: u8,
}

impl Printed {
    /// Half a unit of the last digit.
    ///
    /// ```
    /// use leontief::table::Printed;
    /// let printed = Printed { sector: None, value: 25.3, decimals: 1 };
    /// assert_eq!(printed.half_a_digit(), 0.05);
    /// ```
    pub fn half_a_digit(&self) -> f64 {
        0.5 / 10f64.powi(i32::from(self.decimals))
    }
}

/// What kind of figure is printed. Multipliers are those of the domestic inverse, accounts per billion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FigureKind {
    /// The sum over sectors.
    Total,
    /// The share of sectors in the sum of all, percent.
    Share,
    /// Inputs over output, percent: all `inputs`, `domestic_inputs`, `imported_inputs`.
    InputShare,
    /// What a unit of final demand sets off as it is made up.
    Average,
    /// What a unit of final demand for the products of some sectors sets off.
    Multiplier,
    /// The unweighted mean of all multipliers.
    MeanMultiplier,
    /// What an amount of final demand for the products of some sectors sets off in some sectors.
    Effect,
    /// The multiplier of each sector.
    Multipliers,
}

impl FigureKind {
    /// All of them.
    pub const ALL: [FigureKind; 8] = [
        FigureKind::Total,
        FigureKind::Share,
        FigureKind::InputShare,
        FigureKind::Average,
        FigureKind::Multiplier,
        FigureKind::MeanMultiplier,
        FigureKind::Effect,
        FigureKind::Multipliers,
    ];

    /// As files name it: "mean_multiplier".
    pub fn id(self) -> &'static str {
        match self {
            FigureKind::Total => "total",
            FigureKind::Share => "share",
            FigureKind::InputShare => "input_share",
            FigureKind::Average => "average",
            FigureKind::Multiplier => "multiplier",
            FigureKind::MeanMultiplier => "mean_multiplier",
            FigureKind::Effect => "effect",
            FigureKind::Multipliers => "multipliers",
        }
    }
}
