//! Impacts side by side: figures, differences and ratios against one of them.

mod figures;
mod years;

use super::{FigureName, FigureTitle, Impact, Receipt};
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::model::{Earnings, IncomeKind};
use crate::scenario::{Note, PhaseKind};
use serde::{Deserialize, Serialize};

/// Two or more impacts side by side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Comparison {
    /// Which of the impacts the others are held against.
    pub base: usize,
    /// What is compared.
    pub compared: Vec<Compared>,
    /// Headline figures of each kind of phase, then those over all years.
    pub figures: Vec<ComparedFigure>,
    /// What mixes change for the whole economy in a year, where any of the impacts has some; no spending is in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mixes: Vec<ComparedFigure>,
    /// Year by year, where phases have dates: all years that any of them runs in.
    pub years: Vec<ComparedYear>,
    /// What makes the comparison less than fair.
    pub notes: Vec<Note>,
}

/// One of the impacts compared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Compared {
    /// The name it was asked for by.
    pub id: String,
    /// Its title.
    pub name: Text,
    /// What it was computed with.
    pub receipt: Receipt,
}

/// One figure of each impact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ComparedFigure {
    /// Of which phases; `None` for figures over all years.
    pub kind: Option<PhaseKind>,
    /// A stable name: "value_added", of all stages, "value_added_type1", "cumulative_output_type1", "peak_year".
    pub id: String,
    /// The title.
    #[cfg_attr(feature = "report", schemars(with = "Text"))]
    pub title: FigureTitle,
    /// What it is counted in.
    pub measure: Measure,
    /// Its value in each impact; `None` where an impact has no such phases.
    pub values: Vec<Option<f64>>,
}

/// What a figure is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Money, in millions of the currency.
    Money,
    /// Persons: job-years of one-off phases, jobs of recurring ones.
    Persons,
    /// A calendar year.
    Year,
}

/// One year of each impact; money in millions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ComparedYear {
    /// The calendar year.
    pub year: i32,
    /// Output, all phases, of each impact.
    pub output: Vec<f64>,
    /// Value added, all phases.
    pub value_added: Vec<f64>,
    /// Value added of this year and all before.
    pub cumulative_value_added: Vec<f64>,
    /// Job-years of one-off phases.
    pub job_years: Vec<f64>,
    /// Jobs of recurring phases.
    pub jobs: Vec<f64>,
    /// Output, Type I: without what households add.
    #[serde(default)]
    pub output_type1: Vec<f64>,
    /// Value added, Type I.
    #[serde(default)]
    pub value_added_type1: Vec<f64>,
    /// Value added of this year and all before, Type I.
    #[serde(default)]
    pub cumulative_value_added_type1: Vec<f64>,
    /// Job-years, Type I.
    #[serde(default)]
    pub job_years_type1: Vec<f64>,
    /// Jobs, Type I.
    #[serde(default)]
    pub jobs_type1: Vec<f64>,
}

impl ComparedFigure {
    /// Whether it counts nothing of what households add.
    pub fn is_of_type1(&self) -> bool {
        let name = FigureName::of(&self.id);
        let of_demand = name.is_some_and(FigureName::is_of_demand);
        of_demand || name == Some(FigureName::PeakYear) || self.id.ends_with("_type1")
    }

    /// Each value less the base's.
    pub fn differences(&self, base: usize) -> Vec<Option<f64>> {
        let base = self.values[base];
        self.values.iter().map(|v| Some((*v)? - base?)).collect()
    }

    /// Each value over the base's; `None` where that is 0, where one is below 0 and one above, and for years.
    pub fn ratios(&self, base: usize) -> Vec<Option<f64>> {
        let base = self.values[base].filter(|b| *b != 0.0 && self.measure != Measure::Year);
        let ratio = |v: &Option<f64>| Some((*v)? / base?).filter(|ratio| *ratio >= 0.0);
        self.values.iter().map(ratio).collect()
    }
}

impl Comparison {
    /// Puts impacts side by side, each with the name it was asked for by; `base` is one of them.
    ///
    /// ```
    /// use leontief::impact::comparison::Comparison;
    /// # use leontief::{AnyTable, Model, Money, Scenario, impact, scenario::PhaseKind};
    /// # let table = AnyTable::open("kr-2023-33")?;
    /// # let model = Model::new(&table)?;
    /// let of = |amount: &str| {
    ///     let hub = Scenario::builder("Hub").phase("Build", PhaseKind::OneOff).spend("건설", amount);
    ///     impact::of_scenario(&table, &model, &hub.build(&table)?)
    /// };
    /// let impacts = [("small".to_owned(), of("1조")?), ("large".to_owned(), of("3조")?)];
    /// let compared = Comparison::of(&impacts, 0)?;
    /// assert_eq!(compared.figures[0].ratios(0), [Some(1.0), Some(3.0)]);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// Fewer than two impacts, or two in different currencies.
    pub fn of(impacts: &[(String, Impact)], base: usize) -> Result<Self> {
        if impacts.len() < 2 || base >= impacts.len() {
            return Err(Error::invalid(said!(
                "a comparison needs two scenarios or more, and one of them as its base",
                "비교하려면 시나리오가 둘 이상 필요하고 그중 하나가 기준이어야 합니다"
            )));
        }
        let currency = |i: usize| impacts[i].1.receipt.currency.as_str();
        if let Some(other) = (0..impacts.len()).find(|&i| currency(i) != currency(base)) {
            return Err(Error::invalid(said!(
                "{one} is in {of_one} and {two} in {of_two}: they cannot be held side by side",
                "{one}의 통화는 {of_one}, {two}의 통화는 {of_two}이므로 비교할 수 없습니다",
                one = impacts[base].0,
                of_one = currency(base),
                two = impacts[other].0,
                of_two = currency(other)
            )));
        }
        let mut figures = Vec::new();
        for kind in PhaseKind::BOTH {
            figures.extend(figures::headline(impacts, kind));
        }
        if impacts.iter().any(|(_, impact)| !impact.years.is_empty()) {
            figures.extend(figures::over_time(impacts));
        }
        Ok(Comparison {
            base,
            compared: impacts
                .iter()
                .map(|(id, impact)| Compared {
                    id: id.clone(),
                    name: impact.name.clone(),
                    receipt: impact.receipt.clone(),
                })
                .collect(),
            figures,
            mixes: figures::mixes(impacts),
            years: years::years(impacts),
            notes: notes(impacts),
        })
    }
}

/// What differs in how the impacts were computed, and so is no effect of the scenarios.
fn notes(impacts: &[(String, Impact)]) -> Vec<Note> {
    let differ = |of: &dyn Fn(&Receipt) -> String| -> Option<String> {
        let said: Vec<String> = impacts.iter().map(|(_, i)| of(&i.receipt)).collect();
        let alike = said.iter().all(|s| *s == said[0]);
        let named = impacts
            .iter()
            .zip(&said)
            .map(|((id, _), s)| format!("{id} {s}"));
        (!alike).then(|| named.collect::<Vec<_>>().join(", "))
    };
    let share = |r: &Receipt| match r.household_share {
        Some(share) => {
            // "Type II (0.600 of disposable, tax 0.05, contributions 0.09)".
            let mut said = format!("{share:.3}");
            if let Some(Earnings {
                of,
                mixed_share,
                taxes,
                contributions,
                ..
            }) = r.households
            {
                said += &format!(" of {}", of.id());
                if let Some(mixed) = mixed_share {
                    said += &format!(", mixed_share {mixed}");
                }
                if of == IncomeKind::Disposable {
                    said += &format!(", income_tax {taxes}, contributions {contributions}");
                }
            }
            format!("Type II ({said})")
        }
        None => "Type I".to_owned(),
    };
    let discount = |r: &Receipt| match r.discount {
        Some((rate, _)) => format!("{:.1} %", rate * 100.0),
        None => "0 %".to_owned(),
    };
    let table = |r: &Receipt| format!("{} {}", r.table, &r.table_hash[..r.table_hash.len().min(8)]);
    let imports = |r: &Receipt| format!("{:?}", r.imports).to_lowercase();
    let growth = |r: &Receipt| format!("{:.2} %", r.productivity_growth * 100.0);
    let paid = |(id, impact): &(String, Impact)| {
        let by = impact.financing.as_ref().map_or("-", |of| of.by.id());
        (by, format!("{id} {by}"))
    };
    let paid: Vec<(&str, String)> = impacts.iter().map(paid).collect();
    let alike = paid.iter().all(|(by, _)| *by == paid[0].0);
    let named: Vec<String> = paid.into_iter().map(|(_, named)| named).collect();
    let financed = (!alike).then(|| Note::DifferentFinancing {
        differs: named.join(", "),
    });
    let notes = [
        differ(&table).map(|differs| Note::DifferentTables { differs }),
        differ(&imports).map(|differs| Note::DifferentImports { differs }),
        differ(&share).map(|differs| Note::DifferentHouseholds { differs }),
        financed,
        differ(&growth).map(|differs| Note::DifferentProductivity { differs }),
        differ(&discount).map(|differs| Note::DifferentDiscount { differs }),
    ];
    notes.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Model;
    use crate::scenario::{Overrides, Scenario, ScenarioFile};
    use crate::table::AnyTable;
    use approx::assert_relative_eq;

    fn impact(table: &AnyTable, text: &str) -> Impact {
        let file = ScenarioFile::parse("trial.toml", text).expect("readable");
        let scenario = Scenario::new(file, table, &Overrides::default()).expect("valid");
        let model = Model::new(table).expect("productive");
        crate::impact::of_scenario(table, &model, &scenario).expect("an impact")
    }

    fn text(amount: &str, start: i32, delay: &str) -> String {
        format!(
            "[scenario]\nname = \"X\"\ndiscount_rate = 0.05\n[[phase]]\nname = \"Build\"\n\
             kind = \"one-off\"\nstart = {start}\nduration = \"2 years\"\n{delay}\n[[phase.spending]]\n\
             what = \"건설\"\namount = \"{amount}\"\n"
        )
    }

    #[test]
    fn a_delay_shifts_years_and_costs_present_value_only() {
        let table = AnyTable::open("kr-2023-33").expect("built in");
        let on_time = impact(&table, &text("1조", 2027, ""));
        let delayed = impact(&table, &text("1조", 2027, "delay = \"12 months\""));
        let twice = impact(&table, &text("2조", 2027, ""));
        let impacts = [
            ("a".to_owned(), on_time),
            ("b".to_owned(), delayed),
            ("c".to_owned(), twice),
        ];
        let comparison = Comparison::of(&impacts, 0).expect("three");
        let figure = |id: &str| {
            let found = comparison.figures.iter().find(|f| f.id == id);
            found.expect("the figure")
        };
        let output = figure("output_type1");
        assert_eq!(output.differences(0)[1], Some(0.0));
        assert_relative_eq!(
            output.ratios(0)[2].expect("a ratio"),
            2.0,
            max_relative = 1e-12
        );
        let present = figure("value_added_discounted_type1").ratios(0);
        assert_relative_eq!(
            present[1].expect("a ratio"),
            1.0 / 1.05,
            max_relative = 1e-12
        );
        assert_eq!(figure("peak_year").ratios(0)[1], None);
        let years: Vec<i32> = comparison.years.iter().map(|y| y.year).collect();
        assert_eq!(years, [2027, 2028, 2029]);
        let [first, second, last] = &comparison.years[..] else {
            panic!("three years");
        };
        assert_eq!(first.output[1], 0.0);
        assert_eq!(second.output[0], second.output[1]);
        assert_eq!(last.output[0], 0.0);
        assert_relative_eq!(
            last.cumulative_value_added[0],
            last.cumulative_value_added[1],
            max_relative = 1e-12
        );
        assert!(comparison.notes.is_empty());
        let json = serde_json::to_string(&comparison).expect("JSON");
        assert_eq!(
            serde_json::from_str::<Comparison>(&json).expect("read"),
            comparison
        );
        #[cfg(feature = "report")]
        for section in comparison.document(&impacts, crate::Lang::Ko).sections {
            for block in section.blocks {
                if let crate::report::Block::Table(table) = block {
                    let width = table.columns.len();
                    let full = |row: &crate::report::Row| row.cells.len() == width;
                    assert!(table.rows.iter().all(full), "{}", section.id);
                }
            }
        }
        assert!(Comparison::of(&impacts[..1], 0).is_err());
        assert!(Comparison::of(&impacts, 3).is_err());
    }

    /// Sector 2 of Miller & Blair's two sells 50 of its 200 of sector 1's inputs no more: Ad* = [.15 .25; .15 .05] with
    /// a determinant of .77.
    #[test]
    fn what_mixes_change_stands_side_by_side_and_the_table_is_no_other() {
        use crate::table::{FinalDemandRole::Household, PrimaryInputRole::*, Table};
        let table: AnyTable = Table::builder("two", 2023)
            .sectors([("1", "Agriculture"), ("2", "Manufacturing")])
            .domestic_flows([[150.0, 500.0], [200.0, 100.0]])
            .final_demand(Household, [350.0, 1700.0])
            .value_added(Compensation, [250.0, 900.0])
            .value_added(OperatingSurplus, [400.0, 500.0])
            .build()
            .expect("it adds up");
        let text = text("1m", 2027, "").replace("건설", "1");
        let mix = "[[trade_mix]]\nwhat = '2'\nimported = 0.25\nusers = ['1']\n";
        let file = ScenarioFile::parse("trial.toml", &format!("{mix}{text}")).expect("readable");
        let (mixed, effect) = file.mixed(&table).expect("it can be").expect("asked");
        let scenario = Scenario::new(file, &mixed, &Overrides::default()).expect("valid");
        let model = Model::new(&mixed).expect("productive");
        let mut other = crate::impact::of_scenario(&mixed, &model, &scenario).expect("an impact");
        other.add_mix(&model, effect);
        let impacts = [
            ("as it is".to_owned(), impact(&table, &text)),
            ("mixed".to_owned(), other),
        ];
        let comparison = Comparison::of(&impacts, 0).expect("two");
        let change = (757.5 + 1497.5) / 0.77 - 3000.0;
        let found = &comparison.mixes[0];
        assert_eq!(
            (found.id.as_str(), found.values[0]),
            ("mix_output", Some(0.0))
        );
        assert_relative_eq!(
            found.values[1].expect("it has one"),
            change,
            max_relative = 1e-12
        );
        assert!(comparison.notes.is_empty(), "{:?}", comparison.notes);
        let json = serde_json::to_string(&comparison).expect("JSON");
        let read: Comparison = serde_json::from_str(&json).expect("read");
        assert_eq!(read.mixes[3].values, [Some(0.0), Some(0.0)]);
        #[cfg(feature = "report")]
        {
            let doc = comparison.document(&impacts, crate::Lang::Ko);
            assert!(doc.sections.iter().any(|section| section.id == "mixes"));
        }
    }

    #[test]
    fn different_tables_are_warned_of() {
        let open = |id: &str| AnyTable::open(id).expect("built in");
        let impacts = [
            (
                "a".to_owned(),
                impact(&open("kr-2023-33"), &text("1조", 2027, "")),
            ),
            (
                "b".to_owned(),
                impact(
                    &open("kr-2023-83"),
                    &text("1조", 2027, "").replace("건설", "50"),
                ),
            ),
        ];
        let comparison = Comparison::of(&impacts, 1).expect("two");
        let differ = |note: &Note| match note {
            Note::DifferentTables { differs } => differs.contains("kr-2023-33"),
            _ => false,
        };
        assert!(comparison.notes.iter().any(differ), "{comparison:?}");
    }
}
