//! `leontief sweep`: a scenario over a grid of its parameters.

use super::input::{SubjectArgs, in_option};
use super::output::Output;
use crate::error::{Error, Result};
use crate::lang::said;
use crate::report::Format;
use crate::report::data::Grid;
use crate::uncertainty::sweep::{Axis, MOST_CELLS, Sweep};

/// Pages and sheets are put together whole: a longer one is for programs, and goes out row by row.
const MOST_ON_A_PAGE: usize = 100_000;

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
    if args.subject.scenario.is_none() {
        return Err(Error::invalid(said!(
            "a sweep varies the parameters of a scenario: leontief sweep ai-hub --vary capex=1조..30조/10",
            "매개변수를 바꿀 시나리오를 지정하십시오. 예: leontief sweep ai-hub --vary capex=1조..30조/10"
        )));
    }
    let subject = args.subject.open()?;
    let currency = &subject.table.meta().currency;
    let axes = args
        .vary
        .iter()
        .map(|text| Axis::parse(text, currency).map_err(|error| in_option("--vary", error)))
        .collect::<Result<Vec<_>>>()?;
    if let Some(scenario) = subject.scenario() {
        axes.iter().try_for_each(|axis| axis.check(scenario))?;
    }
    fits_format(&axes, out.format)?;
    let settings: Vec<(String, String)> = axes.iter().map(Axis::setting).collect();
    let is_set = |name: &str| {
        let mut set = args.subject.set.iter().filter_map(|s| s.split_once('='));
        set.any(|(set, _)| set.trim() == name)
    };
    if let Some((name, _)) = settings.iter().find(|(name, _)| is_set(name)) {
        return Err(Error::invalid(said!(
            "'{name}' is both set and varied: leave out one of --set and --vary",
            "'{name}'이(가) --set과 --vary에 모두 있습니다. 하나를 빼십시오"
        )));
    }
    let subject = args.subject.open_with(&settings)?;
    let impact = subject.impact()?;
    let Some(scenario) = subject.scenario() else {
        return Err(Error::invalid(said!(
            "a sweep varies the parameters of a scenario",
            "매개변수를 바꿀 시나리오를 지정하십시오"
        )));
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
    let most = match out.format {
        Format::Table => args.top,
        // The grid goes out row by row, not as a document.
        Format::Csv | Format::Json | Format::Parquet => 0,
        _ => usize::MAX,
    };
    out.show(&sweep.document(out.lang, most), &Grid::of(&sweep))
}

/// Whether the format holds so many cells.
fn fits_format(axes: &[Axis], format: Format) -> Result<()> {
    let cells = axes.iter().fold(1, |cells: usize, axis| {
        cells.saturating_mul(axis.values.len())
    });
    // What is more than any sweep may have is said by the sweep.
    let whole = matches!(format, Format::Markdown | Format::Xlsx);
    if !whole || !(MOST_ON_A_PAGE + 1..=MOST_CELLS).contains(&cells) {
        return Ok(());
    }
    Err(Error::invalid(said!(
        "a grid of {cells} cells is too long for {format}: {MOST_ON_A_PAGE} at most; -o sweep.csv or \
         -o sweep.json hold all",
        "격자의 칸이 {cells}개로 {format} 형식에는 너무 많습니다. {MOST_ON_A_PAGE}개까지 담을 수 있습니다. \
         -o sweep.csv 또는 -o sweep.json에는 모두 들어갑니다"
    )))
}
