//! What an error tells to do, where that is done in another way in every program.

use crate::lang::{Text, said};

/// A way out that an error names: a setting of the library here, an option or a command in a program, which
/// puts its own words in the place of [`Remedy::text`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Remedy {
    /// To allow the folder of a file: [`crate::files::Allowed`].
    AllowFiles,
    /// To draw coefficients: `coefficient_spread` of draws.
    CoefficientSpread,
    /// To look at all faults of a table: [`crate::table::balance`].
    Check,
    /// To say in a map what the lines of a sheet are: `Options::map` of an import.
    Map,
    /// To let a run take more memory: [`crate::memory::limit_to`].
    Memory,
    /// To say the year of files that do not: `Options::year` of an import.
    Year,
}

impl Remedy {
    /// All of them.
    pub const ALL: [Remedy; 6] = [
        Remedy::AllowFiles,
        Remedy::CoefficientSpread,
        Remedy::Check,
        Remedy::Map,
        Remedy::Memory,
        Remedy::Year,
    ];

    /// As the errors of the library have it.
    pub fn text(self) -> Text {
        match self {
            Remedy::AllowFiles => Text::same("(allow-files)"),
            Remedy::CoefficientSpread => Text::same("(coefficient-spread 0.1)"),
            Remedy::Map => Text::same("(import map)"),
            Remedy::Memory => Text::same("(memory 64GiB)"),
            Remedy::Year => Text::same("(year 2020)"),
            Remedy::Check => said!(
                "a check of it shows all",
                "점검(check)하면 전부 볼 수 있습니다"
            ),
        }
    }
}
