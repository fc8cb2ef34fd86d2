//! `leontief impact`: what follows from a scenario, a preset or a shock.

use super::input::SubjectArgs;
use super::output::Output;
use crate::error::Result;
use crate::impact::document::{By, View};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    subject: SubjectArgs,
    /// What to show beside the headline
    #[arg(long, value_enum, default_value = "sector")]
    by: ByArg,
    /// How many sectors to show
    #[arg(long, value_name = "N", default_value_t = 10)]
    top: usize,
    /// Show every line of spending with its source
    #[arg(long)]
    details: bool,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum ByArg {
    Sector,
    Phase,
    Year,
    Tier,
    Leakage,
}

pub(super) fn run(args: &Args, out: &Output) -> Result<()> {
    let subject = args.subject.open()?;
    let by = match args.by {
        ByArg::Sector => By::Sector,
        ByArg::Phase => By::Phase,
        ByArg::Year => By::Year,
        ByArg::Leakage => By::Leakage,
        ByArg::Tier => return super::suppliers::show(&subject, args.top, out),
    };
    let impact = subject.impact()?;
    let view = View {
        lang: out.lang,
        by,
        top: args.top,
        details: args.details,
    };
    out.show(&impact.document(&view), &impact)
}
