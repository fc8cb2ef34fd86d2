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
    #[arg(long, value_enum, default_value = "summary")]
    by: ByArg,
    /// How many sectors to show
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// Show every line of spending with its source
    #[arg(long)]
    details: bool,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum ByArg {
    Summary,
    Sector,
    Phase,
    Year,
    Tier,
}

pub(super) fn run(args: &Args, out: &Output) -> Result<()> {
    let subject = args.subject.open()?;
    let by = match args.by {
        ByArg::Summary => By::Summary,
        ByArg::Sector => By::Sector,
        ByArg::Phase => By::Phase,
        ByArg::Year => By::Year,
        ByArg::Tier => {
            return super::suppliers::show(&subject, args.top.unwrap_or(20), None, out);
        }
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
