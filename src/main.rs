//! The command-line program: arguments in, a result out, errors to an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    match leontief::cli::run(std::env::args_os()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("leontief: {error}");
            ExitCode::FAILURE
        }
    }
}
