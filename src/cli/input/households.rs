//! What households are taken to earn.

use super::{in_option, parse_share};
use crate::error::{Error, Result};
use crate::lang::said;
use crate::model::{Earnings, Households, IncomeKind};
use crate::scenario::amount::Currency;
use crate::table::AnyTable;

/// Which income of households is spent again.
#[derive(Debug, Default, Clone, clap::Args)]
#[command(next_help_heading = "Table and model")]
pub(in crate::cli) struct HouseholdArgs {
    /// What households earn and spend again (Type II) [default: compensation]
    #[arg(long, value_enum, value_name = "INCOME")]
    households: Option<IncomeArg>,
    /// Income taxes over disposable households' income before them, as in 5%
    #[arg(long, value_name = "RATE", value_parser = parse_share, requires = "households")]
    income_tax: Option<f64>,
    /// Contributions to social insurance over the same income, as in 9%
    #[arg(long, value_name = "RATE", value_parser = parse_share, requires = "households")]
    contributions: Option<f64>,
    /// Mixed income as a share of operating surplus [default: the self-employed earn as employees do]
    #[arg(long, value_name = "SHARE", value_parser = parse_share, requires = "households")]
    mixed_share: Option<f64>,
    /// All that households earn, as in 156241m: they spend their consumption over it of each unit of pay (Type II)
    #[arg(long, value_name = "AMOUNT", conflicts_with_all = ["households", "household_share"])]
    household_income: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, clap::ValueEnum)]
enum IncomeArg {
    /// compensation of employees
    Compensation,
    /// and mixed income of the self-employed
    Mixed,
    /// the same after --income-tax and --contributions
    Disposable,
    /// all three side by side (multipliers)
    All,
}

impl HouseholdArgs {
    /// Whether all definitions are asked for side by side.
    pub(in crate::cli) fn all(&self) -> bool {
        self.households == Some(IncomeArg::All)
    }

    /// The share of pay that is spent, as it is given or as the households of the table spend of the income given.
    pub(in crate::cli) fn share(
        &self,
        given: Option<f64>,
        table: &AnyTable,
    ) -> Result<Option<f64>> {
        let Some(text) = &self.household_income else {
            return Ok(given);
        };
        let flows = table.flows(said!("household closure (Type II)", "가계 내생화(Type II)"))?;
        let currency = Currency::of(&flows.meta().currency);
        let income = super::values::amount_of(text, currency);
        let share = income.and_then(|income| Households::share_of_income(flows, income.as_units()));
        let share = share.map_err(|error| in_option("--household-income", error))?;
        Ok(Some(share))
    }

    /// Whether an income is given, of which they spend.
    pub(in crate::cli) fn has_income(&self) -> bool {
        self.household_income.is_some()
    }

    /// Rates and shares as they are given, whatever the definition.
    pub(in crate::cli) fn given(&self, share: Option<f64>) -> Earnings {
        Earnings {
            of: IncomeKind::Compensation,
            mixed_share: self.mixed_share,
            taxes: self.income_tax.unwrap_or(0.0),
            contributions: self.contributions.unwrap_or(0.0),
            share,
        }
    }

    /// What is asked for with a share spent; `None` where nothing is said.
    pub(in crate::cli) fn earnings(&self, share: Option<f64>) -> Result<Option<Earnings>> {
        let Some(asked) = self.households else {
            return Ok(None);
        };
        let of = match asked {
            IncomeArg::Compensation => IncomeKind::Compensation,
            IncomeArg::Mixed => IncomeKind::Mixed,
            IncomeArg::Disposable => IncomeKind::Disposable,
            IncomeArg::All => {
                return Err(Error::invalid(said!(
                    "--households all stands with multipliers: name one of them here",
                    "--households all은 multipliers에만 쓸 수 있습니다. 여기서는 하나를 지정하십시오"
                )));
            }
        };
        let rates = self.income_tax.is_some() || self.contributions.is_some();
        if (of == IncomeKind::Disposable) != rates {
            return Err(Error::invalid(said!(
                "--households disposable and --income-tax or --contributions go together",
                "--households disposable은 --income-tax나 --contributions와 함께 쓰십시오"
            )));
        }
        if of == IncomeKind::Compensation && self.mixed_share.is_some() {
            return Err(Error::invalid(said!(
                "--mixed-share is of mixed income: ask for --households mixed or disposable",
                "--mixed-share는 혼합소득에 대한 것입니다. --households mixed나 disposable을 쓰십시오"
            )));
        }
        Ok(Some(Earnings {
            of,
            ..self.given(share)
        }))
    }
}
