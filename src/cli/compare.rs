//! `leontief compare`: scenarios side by side.

use super::input::{ModelArgs, SubjectArgs, TableArgs};
use super::output::Output;
use crate::error::{Error, Result};
use crate::impact::comparison::Comparison;
use crate::lang::said;

const EXAMPLES: &str = "\
Examples:
  leontief compare ai-hub ai-hub-delayed
  leontief compare ai-hub mine.toml other.toml --base mine.toml -o compared.xlsx";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Two or more presets or scenario files
    #[arg(value_name = "SCENARIO", required = true, num_args = 2..)]
    scenarios: Vec<String>,
    /// The one that the others are held against [default: the first]
    #[arg(long, value_name = "SCENARIO")]
    base: Option<String>,
    #[command(flatten)]
    table: TableArgs,
    #[command(flatten)]
    model: ModelArgs,
}

pub(super) fn run(args: &Args, out: &Output) -> Result<()> {
    let base = match &args.base {
        None => 0,
        Some(base) => args
            .scenarios
            .iter()
            .position(|s| s == base)
            .ok_or_else(|| {
                Error::invalid(said!(
                    "--base '{base}' is not among the scenarios compared: {compared}",
                    "--base '{base}'이(가) 비교 대상 시나리오에 없습니다: {compared}",
                    compared = args.scenarios.join(", ")
                ))
            })?,
    };
    let impacts = args
        .scenarios
        .iter()
        .map(|name| {
            let subject = SubjectArgs::scenario(name, &args.table, &args.model).open(out)?;
            let impact = subject.impact()?;
            out.course.solved(&subject.model);
            Ok((short(name).to_owned(), impact))
        })
        .collect::<Result<Vec<_>>>()?;
    let comparison = Comparison::of(&impacts, base)?;
    out.show(&comparison.document(&impacts, out.lang), &comparison)
}

/// A file's name without its folders and ending.
fn short(name: &str) -> &str {
    let path = std::path::Path::new(name);
    path.file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or(name)
}
