//! What the figures of a result are, as data: how they are called in each language, `report` says.

use super::comparison::Measure;
use crate::lang::Text;
use serde::{Deserialize, Serialize};

/// A figure that results are told by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FigureName {
    /// What is spent.
    Spending,
    /// What of it is imported at once.
    Imported,
    /// Output.
    Output,
    /// Value added.
    ValueAdded,
    /// Imported inputs.
    Imports,
    /// All that is imported, at once and as inputs.
    Leakage,
    /// Jobs.
    Jobs,
    /// Output, net of what the money set off where it is taken from.
    NetOutput,
    /// Value added, net of the same.
    NetValueAdded,
    /// Jobs, net of the same.
    NetJobs,
    /// What is spent in all years.
    CumulativeSpending,
    /// Output of all years.
    CumulativeOutput,
    /// Value added of all years.
    CumulativeValueAdded,
    /// Job-years of one-off phases, in all years.
    JobYears,
    /// The year of the largest output.
    PeakYear,
    /// Output in that year.
    PeakOutput,
    /// Value added of all years, discounted; to which year, where that is said.
    PresentValue(Option<i32>),
}

impl FigureName {
    const ALL: [FigureName; 17] = [
        FigureName::Spending,
        FigureName::Imported,
        FigureName::Output,
        FigureName::ValueAdded,
        FigureName::Imports,
        FigureName::Leakage,
        FigureName::Jobs,
        FigureName::NetOutput,
        FigureName::NetValueAdded,
        FigureName::NetJobs,
        FigureName::CumulativeSpending,
        FigureName::CumulativeOutput,
        FigureName::CumulativeValueAdded,
        FigureName::JobYears,
        FigureName::PeakYear,
        FigureName::PeakOutput,
        FigureName::PresentValue(None),
    ];

    /// A stable name: "value_added".
    pub fn id(self) -> &'static str {
        match self {
            FigureName::Spending => "spending",
            FigureName::Imported => "imported",
            FigureName::Output => "output",
            FigureName::ValueAdded => "value_added",
            FigureName::Imports => "imports",
            FigureName::Leakage => "leakage",
            FigureName::Jobs => "jobs",
            FigureName::NetOutput => "net_output",
            FigureName::NetValueAdded => "net_value_added",
            FigureName::NetJobs => "net_jobs",
            FigureName::CumulativeSpending => "cumulative_spending",
            FigureName::CumulativeOutput => "cumulative_output",
            FigureName::CumulativeValueAdded => "cumulative_value_added",
            FigureName::JobYears => "job_years",
            FigureName::PeakYear => "peak_year",
            FigureName::PeakOutput => "peak_output",
            FigureName::PresentValue(_) => "value_added_discounted",
        }
    }

    /// The figure of a stable name, whether of Type I or of all stages.
    pub(crate) fn of(id: &str) -> Option<FigureName> {
        let id = id.strip_suffix("_type1").unwrap_or(id);
        FigureName::ALL.into_iter().find(|name| name.id() == id)
    }

    /// What it is counted in.
    pub(crate) fn measure(self) -> Measure {
        match self {
            FigureName::Jobs | FigureName::NetJobs | FigureName::JobYears => Measure::Persons,
            FigureName::PeakYear => Measure::Year,
            _ => Measure::Money,
        }
    }

    /// Whether it comes before all that is produced for it, and so is the same with and without households.
    pub(crate) fn is_of_demand(self) -> bool {
        matches!(
            self,
            FigureName::Spending | FigureName::Imported | FigureName::CumulativeSpending
        )
    }
}

/// Whether what households spend is counted in a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureType {
    /// It is not.
    Type1,
    /// It is.
    Type2,
}

/// What a figure is called. In files it is its text in both languages, and its stable name where the
/// library is built without the report, which has the words.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(from = "Text", into = "Text")]
pub enum FigureTitle {
    /// A figure of the model, and its type where there is another.
    Of(FigureName, Option<FigureType>),
    /// As a scenario calls its own, or a file had it.
    Given(Text),
}

impl From<Text> for FigureTitle {
    fn from(title: Text) -> Self {
        FigureTitle::Given(title)
    }
}

/// Without the report there are no words: a figure goes by its stable name.
#[cfg(not(feature = "report"))]
impl From<FigureTitle> for Text {
    fn from(title: FigureTitle) -> Self {
        match title {
            FigureTitle::Of(name, Some(FigureType::Type1)) => {
                Text::same(format!("{}_type1", name.id()))
            }
            FigureTitle::Of(name, _) => Text::same(name.id()),
            FigureTitle::Given(title) => title,
        }
    }
}

/// Two titles are the same if they say the same, however they came.
impl PartialEq for FigureTitle {
    fn eq(&self, other: &FigureTitle) -> bool {
        Text::from(self.clone()) == Text::from(other.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_found_by_its_stable_name_of_either_type() {
        for name in FigureName::ALL {
            assert_eq!(FigureName::of(name.id()), Some(name));
            assert_eq!(FigureName::of(&format!("{}_type1", name.id())), Some(name));
        }
        assert_eq!(FigureName::of("profit"), None);
    }
}
