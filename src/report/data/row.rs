//! One figure, with all that tells it from the others.

use crate::lang::Text;
use crate::scenario::PhaseKind;
use crate::table::{Account, counts_persons};

/// The columns of every table of rows, in their order; parameters of a sweep follow.
pub const COLUMNS: [&str; 17] = [
    "scenario", "table", "phase", "kind", "year", "region", "code", "name_en", "name_ko", "item",
    "measure", "stage", "tier", "stat", "draw", "value", "unit",
];

/// One figure. What is empty is not told apart: a row without a code is of all sectors, one without a
/// phase of all phases of its kind, one without a year of the whole phase or of a full year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row<'a> {
    /// The scenario or shock, by its English name; in a comparison by the name it was asked for by.
    pub scenario: &'a str,
    /// The table's id.
    pub table: &'a str,
    /// The phase, by its English name.
    pub phase: &'a str,
    /// Of which phases.
    pub kind: Option<PhaseKind>,
    /// The calendar year.
    pub year: Option<i32>,
    /// The province.
    pub region: &'a str,
    /// The sector: code and name.
    pub sector: Option<(&'a str, &'a Text)>,
    /// What else it is of: a line of spending, a group of people, an item of final demand.
    pub item: &'a str,
    /// What is measured: "output".
    pub measure: &'a str,
    /// Direct, indirect, induced; of spending domestic, imported, tax.
    pub stage: &'a str,
    /// The tier of suppliers: "0", "1", and "4+" for all from the fourth on.
    pub tier: &'a str,
    /// Which statistic: "point", or over draws "median", "p5", "p95", "mean", "standard_error".
    pub stat: &'a str,
    /// The number of the draw, from 0.
    pub draw: Option<u64>,
    /// The figure, unrounded.
    pub value: f64,
    /// Its unit: "million KRW", "jobs", "job-years".
    pub unit: &'a str,
    /// The values of [`parameters`](super::Data::parameters).
    pub parameters: &'a [f64],
}

impl Default for Row<'_> {
    fn default() -> Self {
        Row {
            scenario: "",
            table: "",
            phase: "",
            kind: None,
            year: None,
            region: "",
            sector: None,
            item: "",
            measure: "",
            stage: "",
            tier: "",
            stat: "point",
            draw: None,
            value: 0.0,
            unit: "",
            parameters: &[],
        }
    }
}

/// What stands in one column of a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// A code or a name; empty where there is none.
    Text(&'a str),
    /// A year or the number of a draw.
    Whole(Option<i64>),
    /// The figure, or a parameter.
    Number(f64),
}

impl<'a> Row<'a> {
    /// The cells in the order of [`COLUMNS`], then the parameters.
    pub fn cells(&self) -> impl Iterator<Item = Cell<'a>> + use<'a> {
        let (code, name_en, name_ko) = match self.sector {
            Some((code, name)) => (code, name.en.as_str(), name.ko.as_str()),
            None => ("", "", ""),
        };
        [
            Cell::Text(self.scenario),
            Cell::Text(self.table),
            Cell::Text(self.phase),
            Cell::Text(self.kind.map_or("", kind_name)),
            Cell::Whole(self.year.map(i64::from)),
            Cell::Text(self.region),
            Cell::Text(code),
            Cell::Text(name_en),
            Cell::Text(name_ko),
            Cell::Text(self.item),
            Cell::Text(self.measure),
            Cell::Text(self.stage),
            Cell::Text(self.tier),
            Cell::Text(self.stat),
            Cell::Whole(self.draw.and_then(|draw| i64::try_from(draw).ok())),
            Cell::Number(self.value),
            Cell::Text(self.unit),
        ]
        .into_iter()
        .chain(self.parameters.iter().map(|value| Cell::Number(*value)))
    }
}

/// As scenario files write it.
pub(super) fn kind_name(kind: PhaseKind) -> &'static str {
    match kind {
        PhaseKind::OneOff => "one-off",
        PhaseKind::Recurring => "recurring",
    }
}

/// What persons of a kind of phase are counted in.
pub(super) fn persons(kind: PhaseKind) -> &'static str {
    match kind {
        PhaseKind::OneOff => "job-years",
        PhaseKind::Recurring => "jobs",
    }
}

/// What an account is counted in where it is lost over days: persons in job-years.
pub(super) fn lost_unit(account: &Account) -> &str {
    match counts_persons(&account.id) {
        true => persons(PhaseKind::OneOff),
        false => account.unit.en.as_str(),
    }
}
