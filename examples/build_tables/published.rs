//! Multipliers of each sector as BOK prints them: what `leontief check --all` lays those of the tables
//! beside.

use std::path::Path;

use super::files::{File, lines_file};
use super::sources::{Result, Sector, YEARS, records};

/// `published_multipliers.csv` of each table with published column sums, digit for digit.
pub fn files(folder: &Path, large: &[Sector]) -> Result<Vec<File>> {
    let mut files = Vec::new();
    for year in YEARS {
        let blocks = [("output", 'L'), ("imports", 'M'), ("jobs", 'E')];
        let header = ["code", blocks[0].0, blocks[1].0, blocks[2].0];
        let sums = blocks.map(|(_, letter)| column_sums(folder, letter, year, large));
        let [output, imports, jobs] = sums;
        let (output, imports, jobs) = (output?, imports?, jobs?);
        let lines = large.iter().enumerate().map(|(at, sector)| {
            vec![
                sector.code.clone(),
                output[at].clone(),
                imports[at].clone(),
                jobs[at].clone(),
            ]
        });
        let path = format!("kr-{year}-33/published_multipliers.csv");
        files.push((path, lines_file(&header, lines)?));
    }
    let source = records(folder, "L2020_83_sums.csv")?;
    let lines = source[1..].iter().map(|record| record.iter().collect());
    files.push((
        "kr-2020-83/published_multipliers.csv".into(),
        lines_file(&["code", "output", "imports", "value_added"], lines)?,
    ));
    Ok(files)
}

/// 열합: what stands behind the figures of a demand sector.
fn column_sums(folder: &Path, letter: char, year: u16, sectors: &[Sector]) -> Result<Vec<String>> {
    let file = format!("{letter}{year}_33.csv");
    let records = records(folder, &file)?;
    let sums = sectors.iter().map(|sector| {
        let line = records.iter().find(|line| line[0] == sector.name_ko);
        let sum = line.and_then(|line| line.get(1 + sectors.len()));
        sum.map(str::to_owned)
            .ok_or_else(|| format!("{file}: no sum of '{}'", sector.name_ko).into())
    });
    sums.collect()
}
