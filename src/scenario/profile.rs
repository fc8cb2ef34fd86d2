//! Profiles of people: how the jobs of each sector are split by skill, age, occupation, gender, ...

use super::sector_csv::SectorCsv;
use crate::error::{Error, Place, Result};
use crate::lang::{Text, said};
use crate::table::AnyTable;
use nalgebra::DMatrix;
use std::collections::BTreeMap;

/// Shares of groups in the jobs of each sector.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// What the groups are.
    pub name: Text,
    /// Where the shares come from.
    pub source: Option<Text>,
    /// Whether they only illustrate the method.
    pub illustrative: bool,
    /// The groups.
    pub groups: Vec<Text>,
    /// n x g: the share of each group in the jobs of each sector; every row sums to 1.
    pub shares: DMatrix<f64>,
}

/// How far a row may be from 1 in all: shares printed with three decimals.
const TOLERANCE: f64 = 2e-3;

impl Profile {
    /// Reads a profile from the text of a CSV file `code,<group>,...`: a row for each sector, or for
    /// some of them and a row `*` for all others; each row sums to 1 and is scaled to do so exactly.
    ///
    /// `Ok(None)` where the file says (`# classification: ...`) that its codes are not the table's.
    ///
    /// ```
    /// use leontief::{Text, scenario::profile::Profile};
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
    /// let text = "code,young,old\n1,0.25,0.75\n*,0.5,0.5\n";
    /// let (name, groups) = (Text::same("Age"), Default::default());
    /// let read = Profile::parse("age.csv", text, name, &groups, &table)?.expect("of its sectors");
    /// assert_eq!((read.shares[(0, 1)], read.shares[(1, 1)]), (0.75, 0.5));
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// With file and line: a cell that is not a number, a share outside `[0, 1]`, a row that does not
    /// sum to 1, a code that is unknown or stands twice, sectors without a row. Without them: a name
    /// in `groups` for a column that is not there.
    pub fn parse(
        file: &str,
        text: &str,
        name: Text,
        groups: &BTreeMap<String, Text>,
        table: &AnyTable,
    ) -> Result<Option<Self>> {
        let csv = SectorCsv::parse(file, text)?;
        if !csv.fits(table) {
            return Ok(None);
        }
        let named = |column: &str, group: &str| {
            let both = Text::of_line(column);
            group == column || group == both.en || group == both.ko
        };
        let columns = csv.columns();
        if let Some(unknown) = groups.keys().find(|g| !columns.iter().any(|c| named(c, g))) {
            let there = columns.join(", ");
            let message = said!(
                "{file} has no column '{unknown}'; there are {there}",
                "{file}에 '{unknown}' 열이 없습니다. 열: {there}"
            );
            return Err(Error::invalid(message));
        }
        for (line, code, shares) in csv.rows() {
            let fail = |field: &str, message: Text| {
                Err(Error::at(
                    Place::file(file).line(line).field(field),
                    message,
                ))
            };
            for (share, group) in shares.iter().zip(csv.columns()) {
                if !(0.0..=1.0).contains(share) {
                    let message = said!(
                        "it is {share}; a share must be in 0..1",
                        "{share}입니다. 비율은 0과 1 사이여야 합니다"
                    );
                    return fail(group, message);
                }
            }
            let sum: f64 = shares.iter().sum();
            if (sum - 1.0).abs() > TOLERANCE {
                return fail(
                    code,
                    said!(
                        "the shares of the row sum to {sum:.4}, not 1",
                        "행의 비율 합이 {sum:.4}입니다. 1이어야 합니다"
                    ),
                );
            }
        }
        let mut shares = csv.by_sector(table.sectors(), true)?;
        for mut row in shares.row_iter_mut() {
            let sum = row.sum();
            row /= sum;
        }
        Ok(Some(Profile {
            name,
            source: csv.source(),
            illustrative: csv.is_illustrative(),
            groups: csv
                .columns()
                .iter()
                .map(|column| {
                    let own = groups.iter().find(|(group, _)| named(column, group));
                    own.map_or_else(|| Text::of_line(column), |(_, name)| name.clone())
                })
                .collect(),
            shares,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Option<Profile>> {
        let table = AnyTable::open("kr-2023-33").expect("built in");
        Profile::parse("age.csv", text, Text::same("age"), &BTreeMap::new(), &table)
    }

    #[test]
    fn a_default_row_stands_for_sectors_that_are_not_listed() {
        let text =
            "# illustrative\n# source: made up\ncode,Youth|청년,older\n*,0.2,0.8\n19,0.1,0.9\n";
        let profile = parse(text).expect("valid").expect("fits");
        let table = AnyTable::open("kr-2023-33").expect("built in");
        let construction = table.sectors().position("19").expect("19");
        assert_eq!(profile.shares[(construction, 0)], 0.1);
        assert_eq!(profile.shares[(0, 0)], 0.2);
        assert_eq!(profile.groups[0], Text::new("Youth", "청년"));
        assert!(profile.illustrative);
        assert_eq!(profile.source, Some(Text::same("made up")));
    }

    #[test]
    fn what_cannot_be_a_profile_says_where() {
        for (text, place) in [
            (
                "code,a,b\n*,0.5,0.6\n",
                "age.csv:2: *: the shares of the row sum to 1.1000",
            ),
            ("# r\n\ncode,a,b\n*,1.5,-0.5\n", "age.csv:4: a: it is 1.5"),
            (
                "code,a\n99,1\n",
                "age.csv:2: code: '99' is not a sector code",
            ),
            ("code,a\n19,1\n19,1\n", "age.csv:3: code: '19' stands twice"),
            ("code,a\n19,1\n", "age.csv: 32 sectors have no row"),
            ("code,a\n*,x\n", "age.csv:2: a: 'x' is not a number"),
            ("code,a,b\n*,1\n", "2 fields where the header has 3"),
            ("code,a,a\n*,1,0\n", "stands twice"),
            ("code\n*\n", "no column beside the codes"),
            ("", "empty"),
        ] {
            let message = parse(text).expect_err(text).to_string();
            assert!(message.contains(place), "{text}: {message}");
        }
    }

    #[test]
    fn a_file_for_other_sectors_is_left_out() {
        let text = "# classification: bok-2020-83\ncode,a\n45,1\n";
        assert_eq!(parse(text).expect("no error"), None);
    }
}
