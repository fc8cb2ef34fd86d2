//! Arguments that say how a table, and what is uncertain of a scenario, is drawn.

use crate::error::{Error, Result};
use crate::lang::said;
use crate::scenario::Sharing;
use crate::uncertainty::Draws;

/// How often is drawn, and what of the table.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Uncertainty")]
pub(in crate::cli) struct DrawArgs {
    /// Draw what is uncertain this often: medians, 5-95 % bands, what drives them; 0 for not at all [default: the
    /// scenario's]
    #[arg(
        long,
        value_name = "N",
        allow_hyphen_values = true,
        value_parser = super::count_or_none
    )]
    pub(in crate::cli) draws: Option<usize>,
    /// The seed: the same seed gives the same draws on any number of cores [default: 1, or the scenario's]
    #[arg(long, value_name = "N", value_parser = super::seed)]
    seed: Option<u64>,
    /// Draw coefficients of Ad and of labour too: standard deviation of their logarithm, as in 0.1
    #[arg(
        long,
        value_name = "SD",
        allow_hyphen_values = true,
        value_parser = super::number
    )]
    coefficient_spread: Option<f64>,
    /// Which coefficients are drawn with one factor [default: column, or the scenario's]
    #[arg(long, value_enum, value_name = "BY")]
    coefficient_shared: Option<SharedArg>,
    /// Draw coefficients so that the table stays balanced instead of by factors
    #[arg(
        long,
        value_enum,
        value_name = "HOW",
        conflicts_with = "coefficient_shared"
    )]
    coefficient_draws: Option<BalancedArg>,
    /// What import shares are off on average where the table only estimates its split into domestic and
    /// imported; default the scenario's, or what was measured; 0 takes the split as certain
    #[arg(
        long,
        value_name = "SHARE",
        allow_hyphen_values = true,
        value_parser = super::number
    )]
    split_error: Option<f64>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum SharedArg {
    /// none: each cell its own, which averages out over the cells
    Cell,
    /// all domestic inputs of a sector
    Column,
    /// all uses of a product
    Row,
    /// all of them
    All,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum BalancedArg {
    /// each column whole, with imports and primary inputs: columns stay 1
    Dirichlet,
    /// each cell, then back to the table's totals of rows and columns
    Ras,
}

impl From<SharedArg> for Sharing {
    fn from(arg: SharedArg) -> Self {
        match arg {
            SharedArg::Cell => Sharing::Cell,
            SharedArg::Column => Sharing::Column,
            SharedArg::Row => Sharing::Row,
            SharedArg::All => Sharing::All,
        }
    }
}

impl DrawArgs {
    /// The draws of a scenario as these arguments change them; `None` where there are to be none.
    pub(in crate::cli) fn over(&self, scenario: Option<Draws>) -> Result<Option<Draws>> {
        let is_scenario = scenario.is_some();
        let draws = scenario.unwrap_or_default();
        let count = match self.draws {
            None if !is_scenario => 0,
            asked => asked.unwrap_or(draws.count),
        };
        if count == 0 {
            return match self.first_given() {
                None => Ok(None),
                Some(option) => Err(goes_with(option, "--draws N")),
            };
        }
        let spread = self.coefficient_spread.or(draws.coefficient_spread);
        let sharing = match self.coefficient_draws {
            None => self.coefficient_shared.map(Sharing::from),
            Some(BalancedArg::Dirichlet) => Some(Sharing::Dirichlet),
            Some(BalancedArg::Ras) => Some(Sharing::Balanced),
        };
        if sharing.is_some() && spread.is_none() {
            let option = match self.coefficient_draws {
                None => "--coefficient-shared",
                Some(_) => "--coefficient-draws",
            };
            return Err(goes_with(option, "--coefficient-spread SD"));
        }
        Ok(Some(Draws {
            count,
            seed: self.seed.unwrap_or(draws.seed),
            coefficient_spread: spread,
            coefficient_sharing: sharing.unwrap_or(draws.coefficient_sharing),
            split_error: self.split_error,
            ..draws
        }))
    }

    /// The first option that says how is drawn.
    fn first_given(&self) -> Option<&'static str> {
        let options = [
            ("--seed", self.seed.is_some()),
            ("--coefficient-spread", self.coefficient_spread.is_some()),
            ("--coefficient-shared", self.coefficient_shared.is_some()),
            ("--coefficient-draws", self.coefficient_draws.is_some()),
            ("--split-error", self.split_error.is_some()),
        ];
        let mut given = options.iter().filter(|(_, given)| *given);
        given.next().map(|(option, _)| *option)
    }
}

/// That an option says nothing without another.
pub(in crate::cli) fn goes_with(option: &str, with: &str) -> Error {
    Error::invalid(said!(
        "{option} goes with {with}: add it, or leave {option} out",
        "{option}은(는) {with}와 함께 쓰는 옵션입니다. {with}를 추가하거나 {option}을(를) 빼십시오"
    ))
}
