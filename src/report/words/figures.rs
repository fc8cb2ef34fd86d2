//! What the figures of results are called, and what they are counted in.

use super::say;
use crate::impact::{FigureName, FigureTitle, FigureType};
use crate::lang::{Lang, Text};
use crate::report::views::labour_unit;
use crate::uncertainty::draws::FigureUnit;
use crate::units::million;

impl FigureName {
    /// What it is called.
    pub fn text(self) -> Text {
        match self {
            FigureName::Spending => Text::new("Spent", "지출"),
            FigureName::Imported => Text::new("Imported at once", "직접 수입"),
            FigureName::Output => Text::new("Output", "생산"),
            FigureName::ValueAdded => Text::new("Value added", "부가가치"),
            FigureName::Imports => Text::new("Imported inputs", "수입유발"),
            FigureName::Leakage => Text::new("All imports", "수입 합계"),
            FigureName::Jobs => Text::new("Jobs", "취업"),
            FigureName::CumulativeSpending => Text::new("Spent, all years", "지출 누계"),
            FigureName::CumulativeOutput => Text::new("Output, all years", "생산 누계"),
            FigureName::CumulativeValueAdded => {
                Text::new("Value added, all years", "부가가치 누계")
            }
            FigureName::NetOutput => Text::new("Net output", "생산 순효과"),
            FigureName::NetValueAdded => Text::new("Net value added", "부가가치 순효과"),
            FigureName::NetJobs => Text::new("Net jobs", "취업 순효과"),
            FigureName::JobYears => Text::new("Job-years of one-off phases", "일회성 단계 인년"),
            FigureName::PeakYear => Text::new("Peak year of output", "생산 정점 연도"),
            FigureName::PeakOutput => Text::new("Output in the peak year", "정점 연도 생산"),
            FigureName::PresentValue(None) => {
                Text::new("Value added, present value", "부가가치 현재가치")
            }
            FigureName::PresentValue(Some(year)) => say!(
                "Value added, present value of {year}",
                "부가가치 현재가치({year}년)",
                year
            ),
        }
    }
}

impl FigureTitle {
    /// What the figure is called, with its type where it has one.
    ///
    /// ```
    /// use leontief::Text;
    /// use leontief::impact::{FigureName, FigureTitle, FigureType};
    /// let title = FigureTitle::Of(FigureName::ValueAdded, Some(FigureType::Type1));
    /// assert_eq!(title.text(), Text::new("Value added (Type I)", "부가가치(1형)"));
    /// ```
    pub fn text(&self) -> Text {
        match self {
            FigureTitle::Of(name, None) => name.text(),
            FigureTitle::Of(name, Some(FigureType::Type1)) => {
                say!("{name} (Type I)", "{name}(1형)", name = name.text())
            }
            FigureTitle::Of(name, Some(FigureType::Type2)) => {
                say!("{name} (Type II)", "{name}(2형)", name = name.text())
            }
            FigureTitle::Given(title) => title.clone(),
        }
    }
}

impl From<FigureTitle> for Text {
    fn from(title: FigureTitle) -> Self {
        title.text()
    }
}

impl FigureUnit {
    /// What the unit is called.
    pub fn text(&self) -> Text {
        let both = |said: &dyn Fn(Lang) -> String| Text::new(said(Lang::En), said(Lang::Ko));
        match self {
            FigureUnit::Millions(currency) => both(&|lang| million(currency, lang)),
            FigureUnit::Persons(kind) => both(&|lang| labour_unit(*kind, lang).to_owned()),
            FigureUnit::Given(unit) => unit.clone(),
        }
    }
}

impl From<FigureUnit> for Text {
    fn from(unit: FigureUnit) -> Self {
        unit.text()
    }
}
