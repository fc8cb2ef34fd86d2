//! How amounts of another year are brought to the prices of the table's.

use super::Builder;
use crate::error::Result;
use crate::lang::{Text, said};
use crate::scenario::file::{DeflatorOrigin, Located};
use crate::scenario::note::Note;
use crate::scenario::schedule::YEARS;
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
        let note = Note::assumption(
            "deflated",
            format!(
                "Amounts in prices of {year} are brought to {table_year} by the deflator '{key}': times \
                 {factor:.4}."
            ),
            format!(
                "{year}년 가격 금액은 디플레이터 '{key}'로 {table_year}년 가격으로 환산함({factor:.4}배)."
            ),
        )
        .with("price_year", year)
        .with("table_year", table_year)
        .with("deflator", key)
        .with("factor", factor);
        self.note_once(note);
        Ok(factor)
    }

    fn warn_of_no_deflator(&mut self, year: i32) {
        let table_year = self.table.meta().year;
        let (asked, has) = (
            self.file.deflators.origin == Some(DeflatorOrigin::Table),
            self.table.deflators().is_some(),
        );
        let (en, ko) = match (asked, has) {
            (true, _) => (
                "it has no deflators of its own",
                "표에 자체 디플레이터가 없어",
            ),
            (false, true) => (
                "no deflator is given (deflators = \"table\" takes the table's own)",
                "디플레이터가 지정되지 않아(deflators = \"table\"로 지정하면 표의 디플레이터 적용)",
            ),
            (false, false) => ("no deflator is given", "디플레이터가 없어"),
        };
        let note = Note::warning(
            "no_deflator",
            format!(
                "Amounts are in prices of {year}, the table is of {table_year}, and {en}: no price \
                 change is assumed."
            ),
            format!(
                "금액은 {year}년 가격, 산업연관표는 {table_year}년 기준이나 {ko} 가격 변동이 없다고 가정함."
            ),
        )
        .with("price_year", year)
        .with("table_year", table_year);
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
            let [en_how, ko_how] = how.map_or([String::new(), String::new()], |how| {
                [format!(" {}", how.en), format!(" {}", how.ko)]
            });
            let factors = if format!("{least:.3}") == format!("{greatest:.3}") {
                [format!("times {least:.3}"), format!("{least:.3}배")]
            } else {
                [
                    format!("times {least:.3} to {greatest:.3} by sector"),
                    format!("부문별 {least:.3}~{greatest:.3}배"),
                ]
            };
            let note = Note::assumption(
                "deflated_by_table",
                format!(
                    "Amounts in prices of {year} are brought to {table_year} by the table's own \
                     deflators, {}.{en_how}",
                    factors[0]
                ),
                format!(
                    "{year}년 가격 금액은 표의 부문별 디플레이터로 {table_year}년 가격으로 환산함({}).{ko_how}",
                    factors[1]
                ),
            )
            .with("price_year", *year)
            .with("table_year", table_year)
            .with("least", *least)
            .with("greatest", *greatest);
            self.notes.push(note);
            for missing in [*year, table_year] {
                if years.contains(&missing) {
                    continue;
                }
                let nearest = missing.clamp(*years.start(), *years.end());
                let (first, last) = (years.start(), years.end());
                let note = Note::warning(
                    "deflators_end",
                    format!(
                        "The table's deflators are of {first} to {last}: prices of {missing} are taken to \
                         be those of {nearest}."
                    ),
                    format!(
                        "표의 디플레이터는 {first}~{last}년치임: {missing}년 가격은 {nearest}년과 같다고 봄."
                    ),
                )
                .with("year", missing)
                .with("nearest", nearest);
                if !self.notes.contains(&note) {
                    self.notes.push(note);
                }
            }
        }
    }
}
