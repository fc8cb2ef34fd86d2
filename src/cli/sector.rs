//! `leontief sector`: all that a table tells of one sector, or of several as one.

use super::input::TableArgs;
use super::output::Output;
use crate::analysis::SectorStudy;
use crate::error::{Error, Result};
use crate::lang::said;
use crate::model::{Closure, ImportTreatment, Model};
use crate::table::{AnyTable, Regrouping, embedded};

const EXAMPLES: &str = "\
Examples:
  leontief sector 45
  leontief sector electricity --table kr-2023-33 --lang ko
  leontief sector 17 18 --table kr-2023-33 -o power.html";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The sector, by code, name or an everyday word; several are taken together, in the shares of their output
    #[arg(value_name = "SECTOR", required = true)]
    sectors: Vec<String>,
    /// Only these years of the tables with the same sectors, as in 2020,2023 [default: all]
    #[arg(long, value_name = "YEARS", value_delimiter = ',', value_parser = super::input::year)]
    compare: Option<Vec<i32>>,
    /// How many sectors each list shows
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = super::input::count)]
    top: usize,
    #[command(flatten)]
    table: TableArgs,
}

pub(super) fn run(args: &Args, out: &Output) -> Result<()> {
    let opened = args.table.open_regrouped(out)?;
    let mut table = opened.table.clone();
    let mut others = of_other_years(&table, args.compare.as_deref())?;
    let sector = match args.sectors.as_slice() {
        [one] => table.sectors().find(one)?,
        several => {
            let block = together(several, &table)?;
            for table in &mut others {
                *table = table.regrouped(&block)?;
            }
            table = table.regrouped(&block)?;
            // What stays stands first: the block is the last.
            table.sectors().len() - 1
        }
    };
    let model = Model::with(&table, ImportTreatment::Domestic, Closure::Open)?;
    let study = SectorStudy::of_model(&table, &model, sector)?.with_years(&others)?;
    out.course.solved(&model);
    out.show(&study.document(out.lang, args.top), &study)?;
    opened.remark(None, out)
}

/// The sectors as one, the others as they are.
fn together(words: &[String], table: &AnyTable) -> Result<Regrouping> {
    let sectors = table.sectors();
    let mut codes: Vec<String> = Vec::new();
    for word in words {
        let code = &sectors.get(sectors.find(word)?).code;
        if !codes.contains(code) {
            codes.push(code.clone());
        }
    }
    let name = codes.join("+");
    Regrouping::parse_group(&format!("{name}={name}"), sectors)
}

/// The other built-in tables with the same sectors, those of some years or all.
fn of_other_years(table: &AnyTable, years: Option<&[i32]>) -> Result<Vec<AnyTable>> {
    let meta = table.meta();
    let ids = embedded::of_classification(&meta.classification)?;
    let mut tables = ids
        .iter()
        .filter(|id| **id != meta.id)
        .map(|id| AnyTable::open(id))
        .collect::<Result<Vec<AnyTable>>>()?;
    let Some(years) = years else {
        return Ok(tables);
    };
    let mut there: Vec<i32> = tables.iter().map(|table| table.meta().year).collect();
    there.push(meta.year);
    there.sort_unstable();
    if let Some(year) = years.iter().find(|year| !there.contains(year)) {
        let there: Vec<String> = there.iter().map(i32::to_string).collect();
        return Err(Error::invalid(said!(
            "there is no table of {year} with the sectors of {id} ({classification}), but of {there}",
            "{id}({classification})와(과) 부문이 같은 {year}년 산업연관표가 없습니다. 있는 연도: {there}",
            id = meta.id,
            classification = meta.classification,
            there = there.join(", ")
        )));
    }
    tables.retain(|table| years.contains(&table.meta().year));
    Ok(tables)
}
