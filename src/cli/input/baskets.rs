//! Several products bought together.

use super::split_pair;
use crate::error::Result;
use crate::lang::Text;
use crate::table::SplitBy;

/// Several products bought together.
#[derive(Debug, Default, Clone, clap::Args)]
pub(in crate::cli) struct BasketArgs {
    /// Several products together under a name, as in construction=50+51; the table stays as it is, where --groups
    /// makes one industry of them; repeatable
    #[arg(long, value_name = "NAME=SECTORS")]
    basket: Vec<String>,
    /// In which proportion several products are bought together [default: output]
    #[arg(long, value_enum, value_name = "BY")]
    basket_by: Option<SplitArg>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum SplitArg {
    /// of their gross output
    Output,
    /// of final demand for the domestic products
    Demand,
}

impl BasketArgs {
    /// In which proportion.
    pub(in crate::cli) fn by(&self) -> SplitBy {
        match self.basket_by {
            Some(SplitArg::Demand) => SplitBy::Demand,
            Some(SplitArg::Output) | None => SplitBy::Output,
        }
    }

    /// The names with the sectors of each.
    pub(in crate::cli) fn read(&self) -> Result<Vec<(String, String)>> {
        let baskets = self.basket.iter();
        baskets
            .map(|text| split_pair(text, Text::same("--basket"), "NAME=SECTOR+SECTOR"))
            .collect()
    }

    pub(in crate::cli) fn is_asked(&self) -> bool {
        !self.basket.is_empty() || self.basket_by.is_some()
    }
}
