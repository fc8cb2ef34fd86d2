//! The program: one file a subcommand, no economics here.

mod check;
mod compare;
mod decompose;
#[cfg(feature = "ecos")]
mod ecos;
mod explain;
mod export;
mod extract;
mod help;
mod impact;
mod import;
mod inducement;
mod input;
mod linkages;
mod multipliers;
mod new;
mod outage;
mod output;
mod plot;
mod presets;
mod price;
mod progress;
mod regionalize;
mod regions;
mod regroup;
mod report;
mod sam;
mod schema;
mod sector;
mod sectors;
mod shortage;
mod suppliers;
mod supply_use;
mod sweep;
mod tables;
mod trade;
mod update;
mod usage;

use crate::error::Result;
use crate::lang::Lang;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

/// Input-output analysis of what an investment does to the Korean economy.
///
/// From a shock or a scenario to output, value added, jobs, imports and the supplying industries, on
/// the Bank of Korea's input-output tables.
#[derive(Debug, Parser)]
#[command(name = "leontief", version, after_help = FIRST_STEPS)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    output: output::OutputArgs,
}

const FIRST_STEPS: &str = "\
Three commands to try:
  leontief impact ai-hub                        an AI data-centre hub and its renewable power
  leontief impact --shock construction=5조      5 trillion won of demand for construction
  leontief multipliers --sort jobs              which sectors give most jobs per billion won

Amounts: 2.5조, 300억, 3tn, 40bn, KRW or USD (with --fx). Sectors: code, name or an everyday word,
in Korean or English. Every command takes --lang ko and --format table|csv|json|markdown.";

#[derive(Debug, Subcommand)]
enum Command {
    /// What follows from a scenario, a preset or a shock
    Impact(impact::Args),
    /// A scenario over a grid of its parameters
    Sweep(sweep::Args),
    /// Scenarios side by side: figures, differences, ratios
    Compare(compare::Args),
    /// A report to hand over: a page (-o x.html), a workbook, a text
    Report(report::Args),
    /// One chart of a report, as .svg or .png
    Plot(plot::Args),
    /// Which industries supply a scenario or a shock, tier by tier
    Suppliers(suppliers::Args),
    /// What a unit of demand for each sector sets off
    Multipliers(multipliers::Args),
    /// How sectors pull and push one another; key sectors
    Linkages(linkages::Args),
    /// All that a table tells of one sector
    Sector(sector::Args),
    /// What households, government, investment and exports set off
    Inducement(inducement::Args),
    /// What dearer products do to all prices (cost-push)
    Price(price::Args),
    /// A social accounting matrix: its multipliers and paths
    Sam(sam::Args),
    /// What others lose where one product is short (supply-driven)
    Shortage(shortage::Args),
    /// Why output, value added, jobs or imports changed between tables
    Decompose(decompose::Args),
    /// What hangs on a sector, or on each (hypothetical extraction)
    Extract(extract::Args),
    /// What an outage costs day by day: stocks, rationing, recovery
    Outage(outage::Args),
    /// Footprints, value added in trade and chains between countries
    Trade(trade::Args),
    /// The tables that are built in, or one of them
    Tables(tables::Args),
    /// A region and the rest of its country from a national table
    Regionalize(regionalize::Args),
    /// A symmetric table from supply (or make) and use tables
    SupplyUse(supply_use::Args),
    /// A table with its sectors regrouped (-o FOLDER)
    Regroup(regroup::Args),
    /// A table of another year, from its totals (-o FOLDER)
    Update(update::Args),
    /// A table as a file (-o x.zip, x.xlsx) or a folder (-o FOLDER)
    Export(export::Args),
    /// A table from files of others or a sheet of one's own
    Import(import::Args),
    /// Tables from the Bank of Korea's open interface, with your own key
    #[cfg(feature = "ecos")]
    Ecos(ecos::Args),
    /// A table of one's own to fill in, as a workbook
    New(new::Args),
    /// Examine a table: balances, GDP three ways, units, signs
    Check(check::Args),
    /// Sectors and the words that lead to them
    Sectors(sectors::Args),
    /// The provinces, or where a scenario would keep most at home
    Regions(regions::Args),
    /// The scenarios that are built in, or the file of one
    Presets(presets::Args),
    /// The JSON Schema of scenario files, or of a result (--of impact)
    Schema(schema::Args),
    /// Completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// The manual page, for man
    Man,
}

/// Runs the program on its arguments and says on standard error what it cannot do, in the language
/// that results would have: what there is to print before the process ends with the code returned.
pub fn main(args: Vec<OsString>) -> ExitCode {
    let lang = output::lang_of(&args);
    // A reader of others' that gives up ends the program, with the sentence that there is for it.
    let otherwise = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| match crate::table::import::ended() {
        Some(error) => {
            let _ = writeln!(
                std::io::stderr(),
                "leontief: {}",
                usage::with_options(&error, lang)
            );
            std::process::exit(1);
        }
        None => otherwise(panic),
    }));
    run(args).unwrap_or_else(|error| {
        // Where nobody listens, the exit code still tells.
        let _ = writeln!(
            std::io::stderr(),
            "leontief: {}",
            usage::with_options(&error, lang)
        );
        ExitCode::FAILURE
    })
}

/// Runs the program on its arguments.
///
/// # Errors
/// Whatever the subcommand cannot do, as a sentence for the user.
pub fn run(args: impl IntoIterator<Item = OsString>) -> Result<ExitCode> {
    let args: Vec<OsString> = args.into_iter().collect();
    let lang = output::lang_of(&args);
    let parsed = help::grouped(Cli::command()).try_get_matches_from(args);
    let cli = match parsed.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(error) => {
            let code = u8::try_from(error.exit_code()).unwrap_or(2);
            // A closed pipe is no reason to fail, a full disk is.
            let is_lost = |e: &std::io::Error| e.kind() != std::io::ErrorKind::BrokenPipe;
            let korean = match lang {
                Lang::Ko => usage::in_korean(&error),
                Lang::En => None,
            };
            let printed = match korean {
                Some(message) => std::io::stderr().write_all(message.as_bytes()),
                None => error.print(),
            };
            return Ok(match printed {
                Err(e) if is_lost(&e) => ExitCode::FAILURE,
                _ => ExitCode::from(code),
            });
        }
    };
    let any_name = match &cli.command {
        Some(Command::Presets(args)) => args.prints_a_file(),
        Some(
            Command::Man
            | Command::Completions { .. }
            | Command::Regroup(_)
            | Command::Export(_)
            | Command::Import(_),
        ) => true,
        Some(Command::Update(_) | Command::SupplyUse(_) | Command::Regionalize(_)) => {
            cli.output.is_of_a_table()
        }
        _ => false,
    };
    let out = output::Output::new(&cli.output, any_name)?;
    let code = answer(cli.command, &out)?;
    out.course.end(out.lang);
    Ok(code)
}

/// What a subcommand was asked for.
fn answer(command: Option<Command>, out: &output::Output) -> Result<ExitCode> {
    match command {
        None => {
            let help = help::grouped(Cli::command()).render_long_help();
            out.text(&help.to_string())?;
        }
        Some(Command::Impact(args)) => impact::run(&args, out)?,
        Some(Command::Sweep(args)) => sweep::run(&args, out)?,
        Some(Command::Compare(args)) => compare::run(&args, out)?,
        Some(Command::Report(args)) => report::run(&args, out)?,
        Some(Command::Plot(args)) => plot::run(&args, out)?,
        Some(Command::Suppliers(args)) => suppliers::run(&args, out)?,
        Some(Command::Multipliers(args)) => multipliers::run(&args, out)?,
        Some(Command::Linkages(args)) => linkages::run(&args, out)?,
        Some(Command::Sector(args)) => sector::run(&args, out)?,
        Some(Command::Inducement(args)) => inducement::run(&args, out)?,
        Some(Command::Price(args)) => price::run(&args, out)?,
        Some(Command::Sam(args)) => sam::run(&args, out)?,
        Some(Command::Shortage(args)) => shortage::run(&args, out)?,
        Some(Command::Decompose(args)) => decompose::run(&args, out)?,
        Some(Command::Extract(args)) => extract::run(&args, out)?,
        Some(Command::Outage(args)) => outage::run(&args, out)?,
        Some(Command::Trade(args)) => trade::run(&args, out)?,
        Some(Command::Tables(args)) => tables::run(&args, out)?,
        Some(Command::Regionalize(args)) => regionalize::run(&args, out)?,
        Some(Command::SupplyUse(args)) => supply_use::run(&args, out)?,
        Some(Command::Regroup(args)) => regroup::run(&args, out)?,
        Some(Command::Update(args)) => update::run(&args, out)?,
        Some(Command::Export(args)) => export::run(&args, out)?,
        #[cfg(feature = "ecos")]
        Some(Command::Ecos(args)) => ecos::run(&args, out)?,
        Some(Command::Import(args)) => import::run(&args, out)?,
        Some(Command::New(args)) => new::run(&args, out)?,
        Some(Command::Check(args)) => return check::run(&args, out),
        Some(Command::Sectors(args)) => sectors::run(&args, out)?,
        Some(Command::Regions(args)) => regions::run(&args, out)?,
        Some(Command::Presets(args)) => presets::run(&args, out)?,
        Some(Command::Schema(args)) => schema::run(&args, out)?,
        Some(Command::Completions { shell }) => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "leontief", &mut script);
            out.bytes(&script)?;
        }
        Some(Command::Man) => {
            let mut page = Vec::new();
            clap_mangen::Man::new(Cli::command())
                .render(&mut page)
                .map_err(|source| crate::Error::Io {
                    action: "write",
                    path: "man".into(),
                    source,
                })?;
            out.bytes(&page)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_consistent() {
        Cli::command().debug_assert();
    }
}
