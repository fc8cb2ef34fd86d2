//! `leontief suppliers`: which industries supply a scenario or a shock, tier by tier.

use super::input::{Subject, SubjectArgs};
use super::output::Output;
use crate::error::Result;
use crate::impact::tiers::Suppliers;

const EXAMPLES: &str = "\
Examples:
  leontief suppliers ai-hub --top 10
  leontief suppliers --shock 변압기=1000억 --paths 5
  leontief suppliers --shock construction=5조 --paths 10 --by jobs
  leontief suppliers --shock construction=5조 --paths --to electricity";

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
    /// What chains are measured by: output, value_added, imports, income, jobs or another account
    #[arg(
        long,
        value_name = "MEASURE",
        default_value = "output",
        requires = "paths",
        help_heading = "View"
    )]
    by: String,
    /// Only chains that lead to this sector, by code, name or an everyday word
    #[arg(long, value_name = "SECTOR", requires = "paths", help_heading = "View")]
    to: Option<String>,
}

/// Which chains of suppliers to show.
pub(super) struct Chains<'a> {
    limit: usize,
    by: &'a str,
    to: Option<&'a str>,
}

pub(super) fn run(args: &Args, out: &Output) -> Result<()> {
    let chains = args.paths.map(|limit| Chains {
        limit,
        by: &args.by,
        to: args.to.as_deref(),
    });
    show(&args.subject.open(out)?, args.top, chains, out)
}

pub(super) fn show(
    subject: &Subject,
    top: usize,
    chains: Option<Chains>,
    out: &Output,
) -> Result<()> {
    let impact = subject.impact()?;
    let mut suppliers = Suppliers::of(&subject.model, &impact);
    if let Some(Chains { limit, by, to }) = chains {
        let sectors = subject.model.sectors();
        let to = to.map(|word| sectors.find(word)).transpose()?;
        suppliers = suppliers.with_paths_of(&subject.model, &impact, limit, by, to)?;
    }
    out.course.solved(&subject.model);
    out.show(&suppliers.document(out.lang, top), &suppliers)
}
