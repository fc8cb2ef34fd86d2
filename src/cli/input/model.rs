//! Which model of a table: how imports enter it, and what households do.

use super::{
    HouseholdArgs, add_accounts, can_be_closed, multiplier_type, no_households, number,
    read_accounts,
};
use crate::error::Result;
use crate::model::{Closure, ImportTreatment, Model};
use crate::table::{AnyTable, FinalDemandRole};
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
}

impl From<FinancedByArg> for FinalDemandRole {
    fn from(arg: FinancedByArg) -> Self {
        match arg {
            FinancedByArg::Government => FinalDemandRole::Government,
            FinancedByArg::Households => FinalDemandRole::Household,
            FinancedByArg::Exports => FinalDemandRole::Exports,
        }
    }
}

impl ModelArgs {
    pub(super) fn closure(&self, otherwise: Closure, table: &AnyTable) -> Result<Closure> {
        let given = self.households.share(self.household_share, table)?;
        // A share that a scenario states is that of the income that is asked for.
        let share = given.or(match otherwise {
            Closure::Share(share) => Some(share),
            _ => None,
        });
        if let Some(earnings) = self.households.earnings(share)? {
            return match self.ty {
                Some(1) => Err(no_households()),
                _ => Ok(Closure::Earning(earnings)),
            };
        }
        match (self.ty, given) {
            (Some(1), Some(_)) => Err(no_households()),
            (Some(1), None) => Ok(Closure::Open),
            (_, Some(share)) => Ok(Closure::Share(share)),
            (_, None) => Ok(otherwise),
        }
    }

    /// The model of a table, where no scenario says otherwise.
    pub(in crate::cli) fn model(&self, table: &AnyTable) -> Result<Model> {
        self.model_or(table, ImportTreatment::Domestic, Closure::Default)
    }

    pub(super) fn model_or(
        &self,
        table: &AnyTable,
        imports: ImportTreatment,
        closure: Closure,
    ) -> Result<Model> {
        let imports = self.imports.map_or(imports, ImportTreatment::from);
        let mut model = Model::with(table, imports, self.closure(closure, table)?)?;
        for accounts in read_accounts(&self.accounts, table)? {
            add_accounts(&mut model, &accounts)?;
        }
        if self.ty == Some(2) && model.households().is_none() {
            can_be_closed(table)?;
        }
        Ok(model)
    }
}
