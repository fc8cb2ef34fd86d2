//! Satellite accounts that a scenario or the command line brings: energy, emissions, water, ...

use super::file::Per;
use super::note::Note;
use super::sector_csv::SectorCsv;
use crate::error::{Error, Place, Result};
use crate::lang::{Text, said};
use crate::table::{Account, AnyTable};
use nalgebra::DVector;

/// Accounts read from one file, each with its figure per unit of the table's money of output (n).
#[derive(Debug, Clone, PartialEq)]
pub struct Accounts {
    /// The accounts.
    pub accounts: Vec<(Account, DVector<f64>)>,
    /// Where the figures come from.
    pub source: Option<Text>,
    /// Whether they only illustrate the method.
    pub illustrative: bool,
}

impl Accounts {
    /// What must be said with results: that figures are illustrative, and where they come from.
    pub fn notes(&self) -> Vec<Note> {
        let accounts = self.accounts.iter().map(|(a, _)| a.id.clone()).collect();
        let source = self.source.clone().unwrap_or_else(|| Text::same("-"));
        vec![if self.illustrative {
            Note::IllustrativeAccounts { accounts, source }
        } else {
            Note::AccountsBrought { accounts, source }
        }]
    }

    /// Reads all columns of a CSV file `code,<id [unit]>,...` with a row for each sector. A remark
    /// `# per: total` (the default), `million_won` or `billion_won` says what the figures are per.
    ///
    /// `Ok(None)` where the file says (`# classification: ...`) that its codes are not the table's.
    ///
    /// ```
    /// use leontief::scenario::account::Accounts;
    /// # use leontief::{Model, table::{FinalDemandRole::Household, PrimaryInputRole::*, Table}};
    /// # // Miller & Blair (2022), Table 2.3: A = [.15 .25; .2 .05], x = (1000, 2000).
    /// # let table = Table::builder("two", 2022)
    /// #     .sectors([("1", "Agriculture"), ("2", "Manufacturing")])
    /// #     .domestic_flows([[150.0, 500.0], [200.0, 100.0]])
    /// #     .final_demand(Household, [350.0, 1700.0])
    /// #     .value_added(Compensation, [250.0, 900.0])
    /// #     .value_added(OperatingSurplus, [400.0, 500.0])
    /// #     .jobs([300.0, 500.0])
    /// #     .build()?;
    /// let text = "code,water [t]\n1,3000\n2,0\n"; // totals of the year
    /// let read = Accounts::parse("water.csv", text, &table)?.expect("of this table's sectors");
    /// let (account, per_output) = &read.accounts[0];
    /// assert_eq!((account.id.as_str(), per_output[0]), ("water", 3.0)); // 3,000 t over 1,000 million
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// With file and line: a cell that is not a number, an unknown or missing code; totals where the
    /// table has no output to divide them by.
    pub fn parse(file: &str, text: &str, table: &AnyTable) -> Result<Option<Self>> {
        let csv = SectorCsv::parse(file, text)?;
        let per = match csv.remark("per") {
            None | Some("total") => Per::Total,
            Some("million_won") => Per::MillionWon,
            Some("billion_won") => Per::BillionWon,
            Some(other) => {
                let message = said!(
                    "'# per: {other}': write total, million_won or billion_won",
                    "'# per: {other}': total, million_won, billion_won 중 하나를 쓰십시오"
                );
                return Err(Error::at(Place::file(file), message));
            }
        };
        let columns: Vec<Account> = csv.columns().iter().map(|c| account_of(c)).collect();
        Self::from_csv(file, &csv, per, table, columns)
    }

    /// Reads the column of one account.
    ///
    /// # Errors
    /// As [`Accounts::parse`], and a file without that column.
    pub fn parse_one(
        file: &str,
        text: &str,
        account: &Account,
        per: Per,
        table: &AnyTable,
    ) -> Result<Option<Self>> {
        let csv = SectorCsv::parse(file, text)?;
        let mut columns: Vec<Account> = csv.columns().iter().map(|c| account_of(c)).collect();
        let Some(at) = columns.iter().position(|c| c.id == account.id) else {
            let there: Vec<&str> = columns.iter().map(|c| c.id.as_str()).collect();
            let (id, there) = (&account.id, there.join(", "));
            let message = said!(
                "{file} has no column '{id}'; there are {there}",
                "{file}에 '{id}' 열이 없습니다. 열: {there}"
            );
            return Err(Error::invalid(message));
        };
        columns[at] = account.clone();
        let all = Self::from_csv(file, &csv, per, table, columns)?;
        Ok(all.map(|all| Accounts {
            accounts: vec![all.accounts[at].clone()],
            ..all
        }))
    }

    fn from_csv(
        file: &str,
        csv: &SectorCsv,
        per: Per,
        table: &AnyTable,
        columns: Vec<Account>,
    ) -> Result<Option<Self>> {
        if !csv.fits(table) {
            return Ok(None);
        }
        let figures = csv.by_sector(table.sectors(), false)?;
        let unit = table.meta().unit;
        let per_output = match per {
            Per::MillionWon => figures * (unit / 1e6),
            Per::BillionWon => figures * (unit / 1e9),
            Per::Total => {
                let flows = table
                    .flows(said!(
                        "an account of totals (write # per: billion_won for coefficients)",
                        "총량 계정. 계수이면 # per: billion_won을 쓰십시오"
                    ))
                    .map_err(|e| Error::at(Place::file(file), e))?;
                let output = flows.before_mixes().unwrap_or(flows).output();
                let mut figures = figures;
                for (mut row, x) in figures.row_iter_mut().zip(output.iter()) {
                    row *= if *x > 0.0 { 1.0 / x } else { 0.0 };
                }
                figures
            }
        };
        Ok(Some(Accounts {
            accounts: columns
                .into_iter()
                .zip(per_output.column_iter())
                .map(|(account, column)| (account, column.into_owned()))
                .collect(),
            source: csv.source(),
            illustrative: csv.is_illustrative(),
        }))
    }
}

/// "co2 [kt]": an id with its unit.
fn account_of(header: &str) -> Account {
    let (id, unit) = match header.split_once('[') {
        Some((id, unit)) => (id.trim(), unit.trim_end().trim_end_matches(']').trim()),
        None => (header, ""),
    };
    Account {
        id: id.to_owned(),
        title: Text::same(id),
        unit: Text::same(unit),
    }
}
