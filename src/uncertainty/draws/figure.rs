//! A figure that is told of every draw: its name, its title, its unit.

use crate::impact::FigureTitle;
use crate::lang::Text;
use crate::scenario::PhaseKind;
use serde::{Deserialize, Serialize};

/// A figure that a column of a record holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Figure {
    /// Of which phases; `None` for an indicator of the scenario.
    pub kind: Option<PhaseKind>,
    /// A stable name, as of [`FigureSpread::id`](crate::uncertainty::ensemble::FigureSpread::id).
    pub id: String,
    /// The title.
    pub title: FigureTitle,
    /// The unit; money is in millions of the currency.
    pub unit: FigureUnit,
    /// Whether the unit is money.
    pub money: bool,
}

/// What a figure is counted in. In files it is its text in both languages, and its stable name where the
/// library is built without the report, which has the words.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(from = "Text", into = "Text")]
#[non_exhaustive]
pub enum FigureUnit {
    /// Millions of a currency (ISO 4217).
    Millions(String),
    /// Job-years of one-off phases, jobs of recurring ones.
    Persons(PhaseKind),
    /// As a scenario calls that of its own figure, or a file had it.
    Given(Text),
}

impl From<Text> for FigureUnit {
    fn from(unit: Text) -> Self {
        FigureUnit::Given(unit)
    }
}

/// Without the report there are no words: a unit goes by its stable name.
#[cfg(not(feature = "report"))]
impl From<FigureUnit> for Text {
    fn from(unit: FigureUnit) -> Self {
        match unit {
            FigureUnit::Millions(currency) => Text::same(format!("million {currency}")),
            FigureUnit::Persons(PhaseKind::OneOff) => Text::same("job-years"),
            FigureUnit::Persons(PhaseKind::Recurring) => Text::same("jobs"),
            FigureUnit::Given(unit) => unit,
        }
    }
}

/// Two units are the same if they say the same, however they came.
impl PartialEq for FigureUnit {
    fn eq(&self, other: &FigureUnit) -> bool {
        Text::from(self.clone()) == Text::from(other.clone())
    }
}
