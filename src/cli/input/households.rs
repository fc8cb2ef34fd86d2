//! What households are taken to earn.

use super::{in_option, parse_share};
use crate::error::{Error, Result};
use crate::lang::said;
use crate::model::{Earnings, Households, IncomeKind};
use crate::scenario::amount::Currency;
use crate::scenario::file::{Header, Located};
use crate::table::AnyTable;

/// Which income of households is spent again.
#[derive(Debug, Default, Clone, clap::Args)]
#[command(next_help_heading = "Table and model")]
pub(in crate::cli) struct HouseholdArgs {
    /// What households earn and spend again (Type II) [default: compensation]
    #[arg(long, value_enum, value_name = "INCOME")]
    households: Option<IncomeArg>,
    /// Income taxes over disposable households' income before them, as in 5%
    #[arg(long, value_name = "RATE", value_parser = parse_share)]
    income_tax: Option<f64>,
    /// Contributions to social insurance over the same income, as in 9%
    #[arg(long, value_name = "RATE", value_parser = parse_share)]
    contributions: Option<f64>,
    /// Mixed income as a share of operating surplus [default: the self-employed earn as employees do]
    #[arg(long, value_name = "SHARE", value_parser = parse_share)]
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

impl From<IncomeKind> for IncomeArg {
    fn from(of: IncomeKind) -> Self {
        match of {
            IncomeKind::Compensation => IncomeArg::Compensation,
            IncomeKind::Mixed => IncomeArg::Mixed,
            IncomeKind::Disposable => IncomeArg::Disposable,
        }
    }
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
            if let Some(share) = given {
                Households::check_share(share)
                    .map_err(|error| in_option("--household-share", error))?;
            }
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

    /// The same with what a scenario says of the rest: rates go with the income that they are of.
    fn over(&self, header: &Header) -> Self {
        let said = header
            .households
            .as_ref()
            .map(|of| IncomeArg::from(of.value));
        let households = self.households.or(said);
        let rate = |own: Option<f64>, said: &Option<Located<f64>>, goes: &[IncomeArg]| {
            let goes = households.is_some_and(|of| goes.contains(&of));
            own.or(said.as_ref().map(|rate| rate.value).filter(|_| goes))
        };
        use IncomeArg::{Disposable, Mixed};
        HouseholdArgs {
            households,
            income_tax: rate(self.income_tax, &header.income_tax, &[Disposable]),
            contributions: rate(self.contributions, &header.contributions, &[Disposable]),
            mixed_share: rate(self.mixed_share, &header.mixed_share, &[Mixed, Disposable]),
            household_income: None,
        }
    }

    /// Writes what is asked for into what is said of a scenario: the options go before its keys.
    pub(super) fn write(&self, header: &mut Header, scenario: &Header) -> Result<()> {
        let rates = [self.income_tax, self.contributions, self.mixed_share];
        if self.households.is_none() && rates.iter().all(Option::is_none) {
            return Ok(());
        }
        self.over(scenario).earnings(None)?;
        let located = |rate: Option<f64>| rate.map(Located::nowhere);
        header.households = match self.households {
            None => None,
            Some(IncomeArg::Mixed) => Some(Located::nowhere(IncomeKind::Mixed)),
            Some(IncomeArg::Disposable) => Some(Located::nowhere(IncomeKind::Disposable)),
            Some(IncomeArg::Compensation | IncomeArg::All) => {
                Some(Located::nowhere(IncomeKind::Compensation))
            }
        };
        header.income_tax = located(self.income_tax);
        header.contributions = located(self.contributions);
        header.mixed_share = located(self.mixed_share);
        Ok(())
    }

    /// What is asked for with a share spent; `None` where nothing is said.
    pub(in crate::cli) fn earnings(&self, share: Option<f64>) -> Result<Option<Earnings>> {
        let rates = self.income_tax.is_some() || self.contributions.is_some();
        let Some(asked) = self.households else {
            return match rates || self.mixed_share.is_some() {
                false => Ok(None),
                true => Err(Error::invalid(said!(
                    "--income-tax, --contributions and --mixed-share say what households earn: add --households \
                     disposable (or mixed)",
                    "--income-tax, --contributions, --mixed-share는 가계소득을 정하는 옵션입니다. --households \
                     disposable(또는 mixed)을 추가하십시오"
                ))),
            };
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
