//! Which model of a table: how imports enter it, and what households do.

use super::{
    HouseholdArgs, add_accounts, can_be_closed, multiplier_type, no_households, number,
    read_accounts,
};
use crate::error::Result;
use crate::model::{Closure, ImportTreatment, Model};
use crate::scenario::FinancedBy;
use crate::scenario::file::{Header, Input};
use crate::table::AnyTable;
use std::path::PathBuf;

/// Which model.
#[derive(Debug, Default, Clone, clap::Args)]
#[command(next_help_heading = "Table and model")]
pub(in crate::cli) struct ModelArgs {
    /// 1: suppliers only; 2: with what households spend [default: 2 where the table has flows]
    #[arg(long = "type", value_name = "1|2", value_parser = multiplier_type)]
    pub(in crate::cli) ty: Option<u8>,
    /// Share of labour income that households spend [default: the table's]
    #[arg(long, value_name = "SHARE", allow_hyphen_values = true, value_parser = number)]
    pub(in crate::cli) household_share: Option<f64>,
    #[command(flatten)]
    pub(in crate::cli) households: HouseholdArgs,
    /// How imports enter the inverse [default: domestic]
    #[arg(long, value_enum)]
    pub(in crate::cli) imports: Option<ImportsArg>,
    /// Satellite accounts (energy, emissions) from a CSV: code,<id [unit]>,...; repeatable
    #[arg(long, value_name = "FILE.csv")]
    pub(in crate::cli) accounts: Vec<PathBuf>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(in crate::cli) enum ImportsArg {
    /// (I - Ad)^-1, BOK's convention
    Domestic,
    /// (I - (I - m)A)^-1
    Competitive,
    /// (I - A)^-1
    Total,
}

impl From<ImportsArg> for ImportTreatment {
    fn from(arg: ImportsArg) -> Self {
        match arg {
            ImportsArg::Domestic => ImportTreatment::Domestic,
            ImportsArg::Competitive => ImportTreatment::Competitive,
            ImportsArg::Total => ImportTreatment::Total,
        }
    }
}

/// Where the money is taken from.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(in crate::cli) enum FinancedByArg {
    /// government consumption
    Government,
    /// household consumption
    Households,
    /// exports
    Exports,
    /// gross effects only, whatever a scenario says
    None,
}

impl From<FinancedByArg> for FinancedBy {
    fn from(arg: FinancedByArg) -> Self {
        match arg {
            FinancedByArg::Government => FinancedBy::Government,
            FinancedByArg::Households => FinancedBy::Households,
            FinancedByArg::Exports => FinancedBy::Exports,
            FinancedByArg::None => FinancedBy::None,
        }
    }
}

impl ModelArgs {
    /// What households do in the model of a table, where no scenario says otherwise.
    fn closure(&self, table: &AnyTable) -> Result<Closure> {
        let share = self.households.share(self.household_share, table)?;
        let earnings = self.households.earnings(share)?;
        match (self.ty, earnings, share) {
            (Some(1), Some(_), _) | (Some(1), _, Some(_)) => Err(no_households()),
            (Some(1), None, None) => Ok(Closure::Open),
            (_, Some(earnings), _) => Ok(Closure::Earning(earnings)),
            (_, None, Some(share)) => Ok(Closure::Share(share)),
            (_, None, None) => Ok(Closure::Default),
        }
    }

    /// The model of a table, where no scenario says otherwise.
    pub(in crate::cli) fn model(&self, table: &AnyTable) -> Result<Model> {
        let imports = self
            .imports
            .map_or(ImportTreatment::Domestic, ImportTreatment::from);
        let model = Model::with(table, imports, self.closure(table)?)?;
        self.with_accounts(model, table)
    }

    /// A model with the accounts that are given; one of Type II in so many words has to be that.
    pub(super) fn with_accounts(&self, mut model: Model, table: &AnyTable) -> Result<Model> {
        for accounts in read_accounts(&self.accounts, table)? {
            add_accounts(&mut model, &accounts)?;
        }
        if self.ty == Some(2) && model.households().is_none() {
            can_be_closed(table)?;
        }
        Ok(model)
    }

    /// What is asked for as keys of a scenario: they go before its own.
    pub(super) fn keys(&self, scenario: &Header, table: &AnyTable) -> Result<Header> {
        let share = self.households.share(self.household_share, table)?;
        let mut header = Header {
            imports: self.imports.map(ImportTreatment::from),
            household_share: share.map(|share| Input {
                origin: usize::MAX,
                ..Input::from(share)
            }),
            ..Header::default()
        };
        self.households.write(&mut header, scenario)?;
        let households = share.is_some() || header.households.is_some();
        header.induced = match self.ty {
            Some(1) if households => return Err(no_households()),
            Some(ty) => Some(ty == 2),
            None => None,
        };
        Ok(header)
    }
}
