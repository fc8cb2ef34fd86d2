//! `leontief report`: a report to hand over, as a page, a workbook or a text.

use super::impact::UncertaintyArgs;
use super::input::{Subject, SubjectArgs};
use super::output::Output;
use crate::error::Result;
use crate::report::Format;
use crate::report::brief::Brief;
use crate::report::{html, workbook};

const EXAMPLES: &str = "\
Examples:
  leontief report ai-hub -o hub.html --lang ko
  leontief report ai-hub -o hub.xlsx --draws 2000
  leontief report ai-hub --beside ai-hub-delayed -o both.html";

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
    let mut brief = brief(&args.subject.open()?, &args.uncertainty)?;
    for name in &args.beside {
        brief.beside.push(args.subject.other(name)?.impact()?);
    }
    match out.format {
        Format::Html => out.text(&html::render(&brief, out.lang)?),
        Format::Xlsx => out.workbook(&workbook::of_brief(&brief, out.lang)),
        _ => out.show(&brief.document(out.lang), &brief),
    }
}

/// The report on a subject, with the texts and the command that lead to it.
pub(super) fn brief(subject: &Subject, uncertainty: &UncertaintyArgs) -> Result<Brief> {
    let scenario = subject.scenario();
    let plan = scenario.map(|s| subject.plan(s)).transpose()?;
    let mut impact = subject.impact()?;
    uncertainty.add(subject, &mut impact, 10)?;
    let mut brief = Brief::new(&subject.table, &subject.model, impact, plan.as_ref())?;
    if let Some(scenario) = scenario {
        let sources = scenario.sources().iter();
        brief.sources = sources.map(|s| (s.name.clone(), s.text.clone())).collect();
    }
    brief.command = command();
    Ok(brief)
}

/// The command line as it can be given to a shell again.
fn command() -> String {
    let words = std::env::args().skip(1).map(|word| {
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
