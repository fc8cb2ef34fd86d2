//! `leontief report`: a report to hand over, as a page, a workbook or a text.

use super::impact::UncertaintyArgs;
use super::input::{Subject, SubjectArgs};
use super::output::Output;
use crate::error::Result;
use crate::report::Format;
use crate::report::brief::Brief;
use crate::report::{html, workbook};
use crate::scenario::Scenario;

const EXAMPLES: &str = "\
Examples:
  leontief report ai-hub -o hub.html --lang ko
  leontief report ai-hub -o hub.xlsx --draws 2000
  leontief report ai-hub --beside ai-hub-delayed -o both.html";
use std::path::Path;

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    #[command(flatten)]
    subject: SubjectArgs,
    #[command(flatten)]
    uncertainty: UncertaintyArgs,
    /// Another scenario to set beside it; repeatable
    #[arg(long, value_name = "SCENARIO", help_heading = "View")]
    beside: Vec<String>,
}

pub(super) fn run(args: &Args, out: &Output) -> Result<()> {
    let mut brief = brief(&args.subject.open(out)?, &args.uncertainty, out)?;
    for name in &args.beside {
        let other = args.subject.other(name, out)?;
        brief.beside.push(other.impact()?);
        out.course.solved(&other.model);
    }
    match out.format {
        Format::Html => out.text(&html::render(&brief, out.lang)?),
        Format::Xlsx => out.workbook(&workbook::of_brief(&brief, out.lang)),
        _ => out.show(&brief.document(out.lang), &brief),
    }
}

/// The report on a subject, with the texts and the command that lead to it.
pub(super) fn brief(
    subject: &Subject,
    uncertainty: &UncertaintyArgs,
    out: &Output,
) -> Result<Brief> {
    let scenario = subject.scenario();
    let plan = scenario.map(Scenario::plan).transpose()?;
    let estimate = uncertainty.estimate(subject, 10, out)?;
    let mut brief = Brief::new(&subject.table, &subject.model, estimate, plan.as_ref())?;
    if let Some(scenario) = scenario {
        let sources = scenario.sources().iter();
        brief.sources = sources
            .map(|s| (without_folders(&s.name), s.text.clone()))
            .collect();
    }
    brief.command = command();
    out.course.solved(&subject.model);
    Ok(brief)
}

/// A path, alone or after a =, without the folders that lead to it from the root: a report that is handed
/// on does not tell whose machine it was made on.
fn without_folders(word: &str) -> String {
    let (option, path) = match word.split_once('=') {
        Some((option, path)) => (format!("{option}="), Path::new(path)),
        None => (String::new(), Path::new(word)),
    };
    match path.file_name() {
        Some(name) if path.is_absolute() => option + &name.to_string_lossy(),
        _ => word.to_owned(),
    }
}

/// The command line as it can be given to a shell again, in the folder of its files.
fn command() -> String {
    let words = std::env::args_os().skip(1).map(|word| {
        let word = without_folders(&word.to_string_lossy());
        let plain = |c: char| c.is_alphanumeric() || "-_=./,%:+".contains(c);
        if !word.is_empty() && word.chars().all(plain) {
            word
        } else {
            format!("'{}'", word.replace('\'', "'\\''"))
        }
    });
    let words: Vec<String> = std::iter::once("leontief".to_owned())
        .chain(words)
        .collect();
    words.join(" ")
}
