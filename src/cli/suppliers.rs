//! `leontief suppliers`: which industries supply a scenario or a shock, tier by tier.

use super::input::{Subject, SubjectArgs};
use super::output::Output;
use crate::error::Result;
use crate::impact::tiers::Suppliers;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    subject: SubjectArgs,
    /// How many industries to show
    #[arg(long, value_name = "N", default_value_t = 20)]
    top: usize,
}

pub(super) fn run(args: &Args, out: &Output) -> Result<()> {
    show(&args.subject.open()?, args.top, out)
}

pub(super) fn show(subject: &Subject, top: usize, out: &Output) -> Result<()> {
    let impact = subject.impact()?;
    let suppliers = Suppliers::of(&subject.model, &impact);
    out.show(&suppliers.document(out.lang, top), &suppliers)
}
