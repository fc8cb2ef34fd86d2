//! How amounts of another year are brought to the prices of the table's.

use super::Builder;
use crate::error::Result;
use crate::lang::{Text, said};
use crate::scenario::file::{DeflatorOrigin, Located};
use crate::scenario::schedule::YEARS;
use crate::scenario::{NoDeflator, Note};
use std::collections::BTreeMap;

/// What the table's own indices were used for: the year of prices, the least and the greatest factor.
pub(super) type ByTable = BTreeMap<i32, (f64, f64)>;

impl Builder<'_> {
    /// Whether every series is of a sector that there is, with indices that can be meant.
    pub(super) fn check_deflators(&self) -> Result<()> {
        let mut seen: Vec<(usize, &str)> = Vec::new();
        for (key, series) in &self.file.deflators.series {
            let fail = |message: Text| {
                let at = self.file.place_of("[deflators]");
                Err(self
                    .file
                    .error_at(&at, &format!("deflators.{key}"), message))
            };
            if key != "all" {
                let sector = match self.table.sectors().find(key) {
                    Ok(sector) => sector,
                    Err(unknown) => return fail(unknown.text()),
                };
                if let Some((_, other)) = seen.iter().find(|(s, _)| *s == sector) {
                    return fail(said!(
                        "it is the same sector as '{other}'",
                        "'{other}'와(과) 같은 부문입니다"
                    ));
                }
                seen.push((sector, key));
            }
            for (year, index) in series {
                if !year.parse().is_ok_and(|year| YEARS.contains(&year)) {
                    return fail(said!(
                        "'{year}' is not a year",
                        "'{year}'은(는) 연도가 아닙니다"
                    ));
                }
                if !(index.is_finite() && *index > 0.0) {
                    return fail(said!(
                        "the index of {year} is {index}; it must be above 0",
                        "{year}년 지수가 {index}입니다. 0보다 커야 합니다"
                    ));
                }
            }
        }
        Ok(())
    }

    /// The factor that brings an amount to the prices of the table's year: by the series of its
    /// sector, else by the one of all, else by the table's own; the place is that of the amount, for
    /// messages.
    pub(super) fn deflator<T>(
        &mut self,
        at: &Located<T>,
        sector: Option<usize>,
        year: Option<i32>,
    ) -> Result<f64> {
        let table_year = self.table.meta().year;
        let Some(year) = year.filter(|year| *year != table_year) else {
            return Ok(1.0);
        };
        let given = &self.file.deflators;
        let own = given.series.iter().find(|(key, _)| {
            key.as_str() != "all"
                && sector.is_some()
                && self.table.sectors().find(key).ok() == sector
        });
        let Some((key, series)) = own.or_else(|| given.series.get_key_value("all")) else {
            if given.origin == Some(DeflatorOrigin::Table)
                && let Some(deflators) = self.table.deflators()
            {
                let factor = deflators.factor(sector, year, table_year);
                let (least, greatest) = self.by_table.entry(year).or_insert((factor, factor));
                *least = least.min(factor);
                *greatest = greatest.max(factor);
                return Ok(factor);
            }
            self.warn_of_no_deflator(year);
            return Ok(1.0);
        };
        let index = |year: i32| -> Result<f64> {
            match series.get(&year.to_string()) {
                Some(index) if *index > 0.0 && index.is_finite() => Ok(*index),
                Some(index) => Err(said!(
                    "the index of {year} is {index}; it must be above 0",
                    "{year}년 지수가 {index}입니다. 0보다 커야 합니다"
                )),
                None => Err(said!(
                    "there is no index of {year}, which is needed to reach the table's year",
                    "산업연관표의 연도로 환산하는 데 필요한 {year}년 지수가 없습니다"
                )),
            }
            .map_err(|message| self.file.error_at(at, &format!("deflators.{key}"), message))
        };
        let factor = index(table_year)? / index(year)?;
        let note = Note::Deflated {
            price_year: year,
            table_year,
            deflator: key.clone(),
            factor,
        };
        self.note_once(note);
        Ok(factor)
    }

    fn warn_of_no_deflator(&mut self, year: i32) {
        let table_year = self.table.meta().year;
        let (asked, has) = (
            self.file.deflators.origin == Some(DeflatorOrigin::Table),
            self.table.deflators().is_some(),
        );
        let why = match (asked, has) {
            (true, _) => NoDeflator::TableHasNone,
            (false, true) => NoDeflator::TableHasOwn,
            (false, false) => NoDeflator::NoneGiven,
        };
        let note = Note::NoDeflator {
            price_year: year,
            table_year,
            why,
        };
        self.note_once(note);
    }

    fn note_once(&mut self, note: Note) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// Says once a year of prices what the table's own indices did, and where they do not reach.
    pub(super) fn say_deflated(&mut self) {
        let Some(deflators) = self.table.deflators() else {
            return;
        };
        let (meta, years) = (self.table.meta(), deflators.years());
        let table_year = meta.year;
        let how = meta.block("deflators").map(|block| &block.how);
        let last = self.by_table.keys().next_back().copied();
        for (year, (least, greatest)) in &self.by_table {
            // Where they come from is said once.
            let how = how.filter(|_| last == Some(*year));
            let note = Note::DeflatedByTable {
                price_year: *year,
                table_year,
                least: *least,
                greatest: *greatest,
                how: how.cloned(),
            };
            self.notes.push(note);
            for missing in [*year, table_year] {
                if years.contains(&missing) {
                    continue;
                }
                let note = Note::DeflatorsEnd {
                    year: missing,
                    nearest: missing.clamp(*years.start(), *years.end()),
                    first: *years.start(),
                    last: *years.end(),
                };
                if !self.notes.contains(&note) {
                    self.notes.push(note);
                }
            }
        }
    }
}
