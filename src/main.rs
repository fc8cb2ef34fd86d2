//! The command-line program: arguments in, a result out, errors to an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    leontief::cli::main(std::env::args_os().collect())
}
