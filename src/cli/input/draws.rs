//! Arguments that say how a table, and what is uncertain of a scenario, is drawn.

use crate::scenario::Sharing;
use crate::uncertainty::Draws;

/// How often is drawn, and what of the table.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Uncertainty")]
pub(in crate::cli) struct DrawArgs {
    /// Draw what is uncertain this often: medians, 5-95 % bands, what drives them
    #[arg(
        long,
        value_name = "N",
        allow_hyphen_values = true,
        value_parser = super::count
    )]
    pub(in crate::cli) draws: Option<usize>,
    /// The seed: the same seed gives the same draws on any number of cores
    #[arg(long, value_name = "N", default_value_t = 1, requires = "draws", value_parser = super::seed)]
    seed: u64,
    /// Draw coefficients of Ad and of labour too: standard deviation of their logarithm, as in 0.1
    #[arg(
        long,
        value_name = "SD",
        requires = "draws",
        allow_hyphen_values = true,
        value_parser = super::number
    )]
    coefficient_spread: Option<f64>,
    /// Which coefficients are drawn with one factor
    #[arg(
        long,
        value_enum,
        value_name = "BY",
        default_value_t = SharedArg::Column,
        requires = "coefficient_spread"
    )]
    coefficient_shared: SharedArg,
    /// Draw coefficients so that the table stays balanced instead of by factors
    #[arg(
        long,
        value_enum,
        value_name = "HOW",
        requires = "coefficient_spread",
        conflicts_with = "coefficient_shared"
    )]
    coefficient_draws: Option<BalancedArg>,
    /// What import shares are off on average where the table only estimates its split into domestic and
    /// imported; default the scenario's, or what was measured; 0 takes the split as certain
    #[arg(
        long,
        value_name = "SHARE",
        requires = "draws",
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
    /// So many draws, as the arguments say.
    pub(in crate::cli) fn asked(&self, count: usize) -> Draws {
        Draws {
            count,
            seed: self.seed,
            coefficient_spread: self.coefficient_spread,
            coefficient_sharing: match self.coefficient_draws {
                None => self.coefficient_shared.into(),
                Some(BalancedArg::Dirichlet) => Sharing::Dirichlet,
                Some(BalancedArg::Ras) => Sharing::Balanced,
            },
            split_error: self.split_error,
            ..Draws::default()
        }
    }
}
