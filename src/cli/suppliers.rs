//! `leontief suppliers`: which industries supply a scenario or a shock, tier by tier.

use super::input::{Subject, SubjectArgs};
use super::output::Output;
use crate::error::Result;
use crate::impact::tiers::Suppliers;

const EXAMPLES: &str = "\
Examples:
  leontief suppliers ai-hub --top 10
  leontief suppliers --shock 변압기=1000억 --paths 5";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    #[command(flatten)]
    subject: SubjectArgs,
    /// How many industries to show
    #[arg(long, value_name = "N", default_value_t = 20, help_heading = "View", value_parser = super::input::count)]
    top: usize,
    /// Show the N largest chains of suppliers (construction <- fabricated metal <- basic steel) as well
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "10", help_heading = "View", value_parser = super::input::count)]
    paths: Option<usize>,
}

pub(super) fn run(args: &Args, out: &Output) -> Result<()> {
    show(&args.subject.open(out)?, args.top, args.paths, out)
}

pub(super) fn show(
    subject: &Subject,
    top: usize,
    paths: Option<usize>,
    out: &Output,
) -> Result<()> {
    let impact = subject.impact()?;
    let mut suppliers = Suppliers::of(&subject.model, &impact);
    if let Some(limit) = paths {
        suppliers = suppliers.with_paths(&subject.model, &impact, limit)?;
    }
    out.course.solved(&subject.model);
    out.show(&suppliers.document(out.lang, top), &suppliers)
}
