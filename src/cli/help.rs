//! The list of subcommands in the program's help, by what one wants.

use clap::Command;

/// The groups in their order, each with its subcommands.
const GROUPS: [(&str, &[&str]); 4] = [
    (
        "What follows from spending",
        &["impact", "suppliers", "compare", "sweep", "report", "plot"],
    ),
    (
        "Questions to a table",
        &[
            "multipliers",
            "sector",
            "linkages",
            "inducement",
            "price",
            "shortage",
            "extract",
            "outage",
            "decompose",
            "trade",
            "sam",
        ],
    ),
    (
        "Tables and data",
        &[
            "tables",
            "check",
            "import",
            "ecos",
            "new",
            "supply-use",
            "update",
            "regroup",
            "regionalize",
            "export",
            "sectors",
            "regions",
            "presets",
        ],
    ),
    (
        "For programs and shells",
        &["schema", "completions", "man", "help"],
    ),
];

/// The program's arguments with its subcommands listed by group.
pub(super) fn grouped(program: Command) -> Command {
    // Adds `help` to the subcommands.
    let mut program = program.override_usage("leontief [OPTIONS] [COMMAND]");
    program.build();
    let mut list = String::new();
    for (heading, names) in GROUPS {
        list += &format!("{heading}:\n");
        // `ecos` is not in every build.
        for command in names.iter().filter_map(|n| program.find_subcommand(n)) {
            let about = command.get_about().cloned().unwrap_or_default();
            list += &format!("  {:11}  {about}\n", command.get_name());
        }
        list.push('\n');
    }
    let template = format!(
        "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{list}{{all-args}}{{after-help}}"
    );
    // What is hidden is left out of `{all-args}` only: it is parsed, suggested and explained.
    program
        .mut_subcommands(|command| command.hide(true))
        .help_template(template)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn every_subcommand_is_listed_once_on_a_line() {
        let mut program = super::super::Cli::command();
        program.build();
        let help = grouped(super::super::Cli::command())
            .render_help()
            .to_string();
        for command in program.get_subcommands() {
            let start = format!("  {} ", command.get_name());
            let lines: Vec<_> = help.lines().filter(|l| l.starts_with(&start)).collect();
            assert_eq!(lines.len(), 1, "{}: {lines:?}", command.get_name());
            assert!(
                lines[0].chars().count() <= 80,
                "over 80 columns: {}",
                lines[0]
            );
        }
    }
}
