//! `groups` and `[[group]]`: sectors of the scenario's own, and the table that it is computed on.

use super::ScenarioFile;
use super::input::Shares;
use super::places::Located;
use crate::error::Result;
use crate::lang::{Text, said};
use crate::table::groups::Members;
use crate::table::{AnyTable, Classification, Regrouping, embedded};
use serde::Deserialize;
use std::collections::BTreeSet;

/// `[[group]]`: a sector made of others, or of shares of them, which they no longer have.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct GroupFile {
    /// Its code: what lines name it by. That of a sector that stays joins the others to it.
    pub code: Located<String>,
    /// Its name; default the code.
    pub name: Option<Text>,
    /// The sectors that it is made of: `["50", "51"]`, or shares of them: `{ 61 = "30%", 62 = "10%" }`.
    pub of: Located<GroupSectors>,
}

/// What a group is made of: sectors by code, name or alias.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(
    untagged,
    expecting = "expected sectors, as in [\"50\", \"51\"], or shares of them, as in { 61 = 0.3, 62 = \"10%\" }\u{1f}\
                 [\"50\", \"51\"]처럼 부문을 쓰거나 { 61 = 0.3, 62 = \"10%\" }처럼 부문별 비율을 쓰십시오"
)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub enum GroupSectors {
    /// All of these.
    Whole(Vec<String>),
    /// A share of each, in `(0, 1]`; the rest of a sector stays as it is.
    Shares(Shares),
}

impl GroupFile {
    /// As a scenario that extends another changes its group of the same code.
    pub(super) fn change_to(&mut self, own: GroupFile) {
        let name = self.name.take();
        *self = own;
        if self.name.is_none() {
            self.name = name;
        }
    }

    fn parts(&self) -> Vec<(&str, f64)> {
        match &self.of.value {
            GroupSectors::Whole(sectors) => sectors.iter().map(|s| (s.as_str(), 1.0)).collect(),
            GroupSectors::Shares(Shares(shares)) => shares
                .iter()
                .map(|(s, share)| (s.as_str(), *share))
                .collect(),
        }
    }
}

impl ScenarioFile {
    /// Opens the table that it names, or the default one, with the sectors and the mixes that it asks for.
    ///
    /// ```
    /// use leontief::ScenarioFile;
    /// let text = "[[group]]\ncode = 'DC'\nof = { 61 = '30%', 62 = '10%', 69 = '5%' }\n";
    /// let table = ScenarioFile::parse("mine.toml", text)?.open_table()?;
    /// assert_eq!((table.sectors().len(), table.sectors().find("DC")?), (84, 83));
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`ScenarioFile::open_ungrouped_table`], [`ScenarioFile::regroup`] and [`ScenarioFile::mixed`].
    pub fn open_table(&self) -> Result<AnyTable> {
        let table = self.open_ungrouped_table()?;
        let table = match self.regroup(&table)? {
            Some((regrouped, _)) => regrouped,
            None => table,
        };
        Ok(match self.mixed(&table)? {
            Some((mixed, _)) => mixed,
            None => table,
        })
    }

    /// Opens the table that it names, or the default one, as it is.
    ///
    /// ```
    /// use leontief::ScenarioFile;
    /// let text = "[[group]]\ncode = 'DC'\nof = { 61 = '30%', 62 = '10%', 69 = '5%' }\n";
    /// let file = ScenarioFile::parse("mine.toml", text)?;
    /// assert_eq!(file.open_ungrouped_table()?.sectors().len(), 83);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`AnyTable::open`], with file and line.
    pub fn open_ungrouped_table(&self) -> Result<AnyTable> {
        self.open_ungrouped_by(&AnyTable::open)
    }

    /// The same, opened in a way of one's own.
    pub(crate) fn open_ungrouped_by(
        &self,
        open: &dyn Fn(&str) -> Result<AnyTable>,
    ) -> Result<AnyTable> {
        match &self.scenario.table {
            None => open(embedded::DEFAULT),
            Some(table) => open(&table.value).map_err(|e| self.error_at(table, "table", e)),
        }
    }

    /// Whether it asks for other sectors than a table's own.
    pub fn regroups(&self) -> bool {
        self.scenario.groups.is_some() || !self.group.is_empty()
    }

    /// A table with the sectors that the scenario asks for, first by its `groups`, then by each `[[group]]`,
    /// and the one regrouping that it comes to; `None` where it asks for none.
    ///
    /// ```
    /// use leontief::{AnyTable, ScenarioFile};
    /// let text = "[[group]]\ncode = 'ICT'\nof = ['26', '27']\n";
    /// let file = ScenarioFile::parse("mine.toml", text)?;
    /// let (table, by) = file.regroup(&AnyTable::open("kr-2023-33")?)?.expect("it asks for a group");
    /// assert_eq!((table.sectors().len(), by.sectors().len()), (32, 32)); // two have become one
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// With file and line: groups that are neither built in nor a file that was read, an unknown sector, a
    /// share outside `(0, 1]`, more than all of a sector; as [`AnyTable::regrouped`].
    pub fn regroup(&self, table: &AnyTable) -> Result<Option<(AnyTable, Regrouping)>> {
        let by_groups =
            match &self.scenario.groups {
                None => None,
                Some(groups) => Some(self.step(groups, "groups", table, |table| {
                    match &self.scenario.groups_text {
                        Some(csv) => Regrouping::parse(&csv.name, &csv.text, table.sectors()),
                        None => Regrouping::named(&groups.value, table),
                    }
                })?),
            };
        let Some(last) = self.group.last() else {
            return Ok(by_groups);
        };
        let between = by_groups.as_ref().map_or(table, |(between, _)| between);
        let own = |table: &AnyTable| self.own_groups(table.sectors());
        let (regrouped, own) = self.step(&last.code, "group", between, own)?;
        let all = match &by_groups {
            Some((_, first)) => first.then(&own)?,
            None => own,
        };
        Ok(Some((regrouped, all)))
    }

    /// One regrouping and what it makes of a table, failing at its place in the file.
    fn step<T>(
        &self,
        at: &Located<T>,
        key: &str,
        table: &AnyTable,
        by: impl FnOnce(&AnyTable) -> Result<Regrouping>,
    ) -> Result<(AnyTable, Regrouping)> {
        let step = by(table).and_then(|by| Ok((table.regrouped(&by)?, by)));
        // What already has a place keeps it.
        step.map_err(|why| match why.position() {
            Some(_) => why,
            None => self.error_at(at, key, why),
        })
    }

    /// The sectors of `[[group]]`, out of those that there are.
    fn own_groups(&self, from: &Classification) -> Result<Regrouping> {
        let mut members = Members::of(from);
        let mut codes = BTreeSet::new();
        for group in &self.group {
            let code = group.code.value.trim();
            let fail = |message: Text| {
                let field = format!("group {code}: of");
                self.error_at(&group.of, &field, message)
            };
            if code.is_empty() {
                let message = said!("the code is empty", "코드가 비어 있습니다");
                return Err(self.error_at(&group.code, "group.code", message));
            }
            if !codes.insert(code) {
                let message = said!(
                    "there are two groups '{code}'",
                    "'{code}' 재분류 부문이 둘입니다"
                );
                return Err(self.error_at(&group.code, "group.code", message));
            }
            let parts = group.parts();
            if parts.is_empty() {
                return Err(fail(said!(
                    "it is made of no sector: of = [\"50\", \"51\"]",
                    "구성 부문이 없습니다. of = [\"50\", \"51\"]처럼 쓰십시오"
                )));
            }
            for (word, share) in parts {
                let sector = from.find(word).map_err(|unknown| fail(unknown.text()))?;
                members
                    .add(sector, code, group.name.clone(), share)
                    .map_err(fail)?;
            }
        }
        members.regrouping()
    }

    /// Leaves the sectors of a table as they are.
    pub fn clear_groups(&mut self) {
        self.scenario.groups = None;
        self.scenario.groups_text = None;
        self.group.clear();
    }

    /// Whether a table has been given the sectors that the scenario asks for.
    pub(crate) fn check_regrouped(&self, table: &AnyTable) -> Result<()> {
        let at = match (&self.scenario.groups, self.group.first()) {
            (Some(groups), _) => groups,
            (None, Some(group)) => &group.code,
            (None, None) => return Ok(()),
        };
        if table.meta().regrouped_from.is_some() {
            return Ok(());
        }
        let id = &table.meta().id;
        let message = said!(
            "the scenario regroups sectors, and those of table {id} are not regrouped: \
             `ScenarioFile::open_table` opens its table with them, `ScenarioFile::regroup` gives them to any",
            "시나리오는 부문을 재분류하지만 산업연관표 {id}은(는) 재분류되지 않았습니다. `ScenarioFile::open_table`로 \
             표를 열거나 `ScenarioFile::regroup`으로 재분류하십시오"
        );
        Err(self.error_at(at, "groups", message))
    }
}
