//! Which table, with which sectors.

use super::read_text;
use crate::analysis::AggregationBias;
use crate::cli::output::Output;
use crate::cli::progress::Progress;
use crate::error::Result;
use crate::lang::said;
use crate::model::Model;
use crate::model::mix::MixEffect;
use crate::report::words::Part;
use crate::scenario::Note;
use crate::table::read::watched::Told;
use crate::table::{AnyTable, Regrouping, embedded};
use std::path::Path;
use std::sync::Arc;

/// Which table.
#[derive(Debug, Default, Clone, clap::Args)]
#[command(next_help_heading = "Table and model")]
pub(in crate::cli) struct TableArgs {
    /// A built-in table, a folder in the project's format, or a table in one file [default: kr-2023-83, or the scenario's]
    #[arg(long, value_name = "ID|PATH")]
    pub(in crate::cli) table: Option<String>,
    /// The year of a table whose files do not say it
    #[arg(long, value_name = "YEAR", value_parser = super::year)]
    pub(in crate::cli) year: Option<i32>,
    /// Regroup its sectors first, by a CSV file (code,group[,share]), one group as in construction=50+51 or
    /// DC=61:30%+62:10%, or built in: bok-83, bok-33, bok-13, bok-6, ksic; repeatable
    #[arg(long, value_name = "FILE|NAME=SECTORS|NAME")]
    pub(in crate::cli) groups: Vec<String>,
    /// One country of a table of many, as a national table with its imports and exports: KOR
    #[arg(long, value_name = "CODE|NAME")]
    pub(in crate::cli) country: Option<String>,
}

impl TableArgs {
    /// The table, regrouped as asked.
    pub(in crate::cli) fn open(&self, out: &Output) -> Result<AnyTable> {
        Ok(self.open_regrouped(out)?.table)
    }

    /// The same, with what it was before.
    pub(in crate::cli) fn open_regrouped(&self, out: &Output) -> Result<Opened> {
        let table = self.named(self.table.as_deref().unwrap_or(embedded::DEFAULT), out)?;
        let regrouped = self.regroup(&table)?;
        out.course.done(Part::Reading);
        Ok(Opened::of(table, regrouped))
    }

    /// The table of a name or a path, or the country of it that is asked for.
    pub(super) fn named(&self, name_or_path: &str, out: &Output) -> Result<AnyTable> {
        let country = self.country.as_deref();
        let table = AnyTable::open_of_year(name_or_path, true, country, self.year, told(out));
        out.course.done(Part::Reading);
        table
    }

    /// A table with the sectors that are asked for, and the one regrouping that they come to.
    pub(super) fn regroup(&self, table: &AnyTable) -> Result<Option<(AnyTable, Regrouping)>> {
        let mut made: Option<(AnyTable, Regrouping)> = None;
        for groups in &self.groups {
            let from = made.as_ref().map_or(table, |(table, _)| table);
            let path = Path::new(groups);
            let step = match path.exists() {
                true => Regrouping::parse(groups, &read_text(path)?, from.sectors())?,
                false => Regrouping::named(groups, from)?,
            };
            let regrouped = from.regrouped(&step)?;
            let all = match &made {
                Some((_, first)) => first.then(&step)?,
                None => step,
            };
            made = Some((regrouped, all));
        }
        Ok(made)
    }
}

/// A table, told of while it is read.
pub(in crate::cli) fn open(name_or_path: &str, out: &Output) -> Result<AnyTable> {
    open_of_year(name_or_path, None, out)
}

/// The same of files that do not say their year.
pub(in crate::cli) fn open_of_year(
    name_or_path: &str,
    year: Option<i32>,
    out: &Output,
) -> Result<AnyTable> {
    let table = AnyTable::open_of_year(name_or_path, true, None, year, told(out));
    out.course.done(Part::Reading);
    table
}

/// The same, whether it balances or not.
pub(in crate::cli) fn open_unbalanced(
    name_or_path: &str,
    year: Option<i32>,
    out: &Output,
) -> Result<AnyTable> {
    let table = AnyTable::open_of_year(name_or_path, false, None, year, told(out));
    out.course.done(Part::Reading);
    table
}

/// Who tells of bytes that are read.
pub(in crate::cli) fn told(out: &Output) -> Told {
    let progress = Progress::of(said!("reading", "읽는 중"), out);
    Arc::new(move |more, of| progress.add(more, of))
}

/// A table as it was opened, and what its sectors were before they were regrouped.
pub(in crate::cli) struct Opened {
    pub(in crate::cli) table: AnyTable,
    before: Option<(AnyTable, Regrouping)>,
    /// The table before mixes of a scenario changed it, and what they change.
    pub(super) mix: Option<(AnyTable, MixEffect)>,
}

impl Opened {
    pub(super) fn of(table: AnyTable, regrouped: Option<(AnyTable, Regrouping)>) -> Self {
        match regrouped {
            Some((regrouped, by)) => Opened {
                table: regrouped,
                before: Some((table, by)),
                mix: None,
            },
            None => Opened {
                table,
                before: None,
                mix: None,
            },
        }
    }

    /// The same with another mix of inputs.
    pub(super) fn mix(&mut self, mixed: AnyTable, effect: MixEffect) {
        let before = std::mem::replace(&mut self.table, mixed);
        self.mix = Some((before, effect));
    }

    /// The table before it was mixed, where what regrouping did to it is told.
    pub(super) fn unmixed(&self) -> Option<&AnyTable> {
        self.before
            .as_ref()
            .and(self.mix.as_ref())
            .map(|(before, _)| before)
    }

    /// What regrouping does to multipliers, of the model that they are of: by default the open domestic one.
    pub(in crate::cli) fn notes(&self, model: Option<&Model>) -> Result<Vec<Note>> {
        let Some((before, by)) = &self.before else {
            return Ok(Vec::new());
        };
        let bias = match model {
            Some(model) => AggregationBias::of(before, by, model)?,
            None => {
                let model = Model::from_coefficients(self.table.coefficients())?;
                AggregationBias::of(before, by, &model)?
            }
        };
        Ok(bias.note(before).into_iter().collect())
    }

    /// The same on standard error, with a result that holds no notes.
    pub(in crate::cli) fn remark(&self, model: Option<&Model>, out: &Output) -> Result<()> {
        for note in self.notes(model)? {
            out.remark(note.text().get(out.lang));
        }
        Ok(())
    }
}
