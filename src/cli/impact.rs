//! `leontief impact`: what follows from a scenario, a preset or a shock.

use super::input::{DrawArgs, Subject, SubjectArgs, What, goes_with};
use super::output::Output;
use super::progress::Progress;
use crate::error::{Error, Result};
use crate::impact::Impact;
use crate::lang::said;
use crate::report::views::{By, View};
use crate::report::{Format, workbook};
use crate::table::EnergyUse;
use crate::uncertainty::{Draws, Estimate, draws};

const EXAMPLES: &str = "\
Examples:
  leontief impact ai-hub --by year
  leontief impact ai-hub --set capex=7조 --region 전남
  leontief impact ai-hub --draws 2000 --seed 1
  leontief impact --shock 31=1.5조 --shock construction=300억 --table kr-2023-33
  leontief impact --shock construction=5조 --taxes
  leontief impact scenario.toml -o result.xlsx";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    #[command(flatten)]
    subject: SubjectArgs,
    /// What to show [default: summary in a terminal, phase in files]
    #[arg(long, value_enum, help_heading = "View")]
    by: Option<ByArg>,
    /// How many sectors to show
    #[arg(long, value_name = "N", value_parser = super::input::count, help_heading = "View")]
    top: Option<usize>,
    /// Show final energy use of 2019 by industry, where that is known (tables of 83 and 165 sectors)
    #[arg(long, help_heading = "View")]
    energy: bool,
    /// Show taxes by kind, as far as the table tells them
    #[arg(long, help_heading = "View")]
    taxes: bool,
    /// Show every line of spending with its source
    #[arg(long, help_heading = "View")]
    details: bool,
    #[command(flatten)]
    uncertainty: UncertaintyArgs,
}

/// How sure the figures are to be.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Uncertainty")]
pub(super) struct UncertaintyArgs {
    #[command(flatten)]
    draws: DrawArgs,
    /// Tell every draw of the headline figures and of what was drawn, in CSV, JSON and Parquet
    #[arg(long)]
    all_draws: bool,
    /// Split the variance of the headline figures among what is uncertain (Sobol indices): so many sources, so
    /// many times more draws
    #[arg(long)]
    sobol: bool,
}

impl UncertaintyArgs {
    /// The impact of a subject with an ensemble around it, where draws are asked for, that also tells of so
    /// many sectors.
    pub(super) fn estimate(
        &self,
        subject: &Subject,
        sectors: usize,
        out: &Output,
    ) -> Result<Estimate> {
        let draws = self
            .draws
            .over(subject.scenario().and_then(Draws::asked_by))?;
        let Some(draws) = draws else {
            return match (self.all_draws, self.sobol) {
                (true, _) => Err(goes_with("--all-draws", "--draws N")),
                (_, true) => Err(goes_with("--sobol", "--draws N")),
                _ => Ok(subject.impact()?.into()),
            };
        };
        let draws = Draws {
            sectors,
            keep: self.all_draws,
            sobol: self.sobol || draws.sobol,
            ..draws
        };
        draw(subject, subject.impact()?, draws, out)
    }
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum ByArg {
    Summary,
    Sector,
    Phase,
    Year,
    Tier,
    Leakage,
}

pub(super) fn run(args: &Args, out: &Output) -> Result<()> {
    let subject = args.subject.open(out)?;
    // One screen for a reader; everything for files that are read on.
    let default = match out.format {
        Format::Table => ByArg::Summary,
        _ => ByArg::Phase,
    };
    let by = match args.by.unwrap_or(default) {
        ByArg::Summary => By::Summary,
        ByArg::Sector => By::Sector,
        ByArg::Phase => By::Phase,
        ByArg::Year => By::Year,
        ByArg::Tier => {
            return super::suppliers::show(&subject, args.top.unwrap_or(20), None, out);
        }
        ByArg::Leakage => By::Leakage,
    };
    let mut estimate = args
        .uncertainty
        .estimate(&subject, args.top.unwrap_or(10), out)?;
    // A scenario may have asked for them already.
    if args.energy && estimate.impact.energy.is_none() {
        let per_output = EnergyUse::korea()?.per_output(&subject.table)?;
        estimate.impact.add_energy(&per_output);
    }
    if args.taxes && estimate.impact.taxes.is_none() {
        estimate.impact.add_taxes(&subject.table)?;
    }
    out.course.solved(&subject.model);
    let view = View {
        lang: out.lang,
        by,
        top: args.top,
        details: args.details,
    };
    if out.format == Format::Xlsx {
        out.workbook(&workbook::of_impact(&estimate, out.lang))
    } else {
        out.show(&estimate.document(&view), &estimate)
    }
}

/// Draws around an impact, with progress where somebody watches.
fn draw(subject: &Subject, impact: Impact, draws: Draws, out: &Output) -> Result<Estimate> {
    let bar = Progress::of(said!("drawing", "추출 중"), out);
    let progress = |more: usize| bar.add(more as u64, draws.count as u64);
    let (table, model) = (&subject.table, &subject.model);
    let drawn = match &subject.what {
        What::Scenario(scenario) => {
            draws::of_scenario(table, model, scenario, &impact, &draws, &progress)
        }
        What::Output(_) => Err(Error::invalid(said!(
            "the demand behind a shock to output depends on the coefficients: draws go with --shock, --event output:31=1조 or a scenario",
            "산출 충격에 해당하는 최종수요는 계수에 따라 달라집니다. 추출은 --shock, --event output:31=1조, 시나리오에 쓰십시오"
        ))),
        What::Shock(..) => draws::of_shock(table, model, &impact, &draws, &progress),
    };
    drop(bar);
    Ok(Estimate::drawn(impact, drawn?))
}
