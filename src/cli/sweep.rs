//! `leontief sweep`: a scenario over a grid of its parameters.

use super::input::SubjectArgs;
use super::output::Output;
use crate::error::{Error, Result};
use crate::report::Format;
use crate::report::format::json;
use crate::uncertainty::sweep::{Axis, Sweep, TidyRow};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

const EXAMPLES: &str = "\
Examples:
  leontief sweep ai-hub --vary capex=1조..30조/10
  leontief sweep ai-hub --vary capex=1조..30조/10 --vary gpu_domestic=0..0.5/6 -o grid.csv
The parameters of a scenario: leontief presets ai-hub";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    #[command(flatten)]
    subject: SubjectArgs,
    /// Vary a parameter evenly, both ends included, as in capex=1조..30조/10; repeatable: all combinations
    #[arg(
        long,
        value_name = "NAME=FROM..TO/STEPS",
        required = true,
        help_heading = "Grid"
    )]
    vary: Vec<String>,
    /// How many cells to show; files hold all
    #[arg(long, value_name = "N", default_value_t = 200, help_heading = "Grid", value_parser = super::input::count)]
    top: usize,
}

pub(super) fn run(args: &Args, out: &Output) -> Result<()> {
    let axes = args
        .vary
        .iter()
        .map(|text| Axis::parse(text))
        .collect::<Result<Vec<_>>>()?;
    if args.subject.scenario.is_none() {
        return Err(Error::invalid(
            "a sweep varies the parameters of a scenario: leontief sweep ai-hub --vary capex=1조..30조/10",
        ));
    }
    if let Some(scenario) = args.subject.open()?.scenario() {
        axes.iter().try_for_each(|axis| axis.check(scenario))?;
    }
    let settings: Vec<(String, String)> = axes.iter().map(Axis::setting).collect();
    let is_set = |name: &str| {
        let mut set = args.subject.set.iter().filter_map(|s| s.split_once('='));
        set.any(|(set, _)| set.trim() == name)
    };
    if let Some((name, _)) = settings.iter().find(|(name, _)| is_set(name)) {
        return Err(Error::invalid(format!(
            "'{name}' is both set and varied: leave out one of --set and --vary"
        )));
    }
    let subject = args.subject.open_with(&settings)?;
    let impact = subject.impact()?;
    let Some(scenario) = subject.scenario() else {
        return Err(Error::invalid(
            "a sweep varies the parameters of a scenario",
        ));
    };
    let factor = subject.factor(&scenario.plan()?)?;
    let sweep = Sweep::of(
        &subject.table,
        &subject.model,
        scenario,
        &impact,
        axes,
        factor,
    )?;
    match out.format {
        Format::Csv => out.text(&sweep.csv()?),
        Format::Json => out.text(&json(&Tidy::of(&sweep))?),
        Format::Parquet => out.bytes(&parquet(&sweep)?),
        _ => {
            let most = if out.format == Format::Table {
                args.top
            } else {
                usize::MAX
            };
            out.show(&sweep.document(out.lang, most), &sweep)
        }
    }
}

/// A sweep as JSON: what it was computed with, and one object for each figure of each cell.
#[derive(Serialize)]
struct Tidy<'a> {
    name: &'a crate::lang::Text,
    receipt: &'a crate::impact::Receipt,
    rows: Vec<Object<'a>>,
}

struct Object<'a> {
    names: &'a [Axis],
    row: TidyRow<'a>,
}

impl<'a> Tidy<'a> {
    fn of(sweep: &'a Sweep) -> Self {
        let names = sweep.axes.as_slice();
        Tidy {
            name: &sweep.name,
            receipt: &sweep.receipt,
            rows: sweep.rows().map(|row| Object { names, row }).collect(),
        }
    }
}

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (axis, value) in self.names.iter().zip(self.row.parameters) {
            map.serialize_entry(&axis.name, value)?;
        }
        map.serialize_entry("phase", self.row.phase())?;
        map.serialize_entry("figure", &self.row.figure.id)?;
        map.serialize_entry("value", &self.row.value)?;
        map.serialize_entry("unit", &self.row.figure.unit.en)?;
        map.end()
    }
}

#[cfg(feature = "parquet")]
fn parquet(sweep: &Sweep) -> Result<Vec<u8>> {
    use crate::report::parquet::{Values, render};
    let mut columns: Vec<(&str, Values)> = Vec::new();
    for (at, axis) in sweep.axes.iter().enumerate() {
        let values = sweep.rows().map(|row| row.parameters[at]).collect();
        columns.push((&axis.name, Values::Numbers(values)));
    }
    let texts = |of: fn(TidyRow<'_>) -> &str| Values::Texts(sweep.rows().map(of).collect());
    columns.push(("phase", texts(|row| row.phase())));
    columns.push(("figure", texts(|row| &row.figure.id)));
    let values = sweep.rows().map(|row| row.value).collect();
    columns.push(("value", Values::Numbers(values)));
    columns.push(("unit", texts(|row| &row.figure.unit.en)));
    render(&columns)
}

#[cfg(not(feature = "parquet"))]
fn parquet(_: &Sweep) -> Result<Vec<u8>> {
    Err(Error::invalid(
        "this program was built without Parquet: cargo install --path . --features parquet, \
         or write -o sweep.csv, which holds the same rows",
    ))
}
