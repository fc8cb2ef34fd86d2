//! `sectors.csv` and `aliases.csv` of a table, and the provinces.

use std::collections::BTreeMap;

use super::files::{FLOW_DECIMALS, File, decimal, lines_file};
use super::sources::{Result, Sector, Sources};

/// The three levels of BOK's classification, finest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// 통합소분류, 165 sectors.
    Small,
    /// 통합중분류, 83 sectors.
    Medium,
    /// 통합대분류, 33 sectors.
    Large,
}

impl Level {
    pub fn sectors(self, sources: &Sources) -> &[Sector] {
        match self {
            Level::Small => &sources.sectors_165,
            Level::Medium => &sources.sectors_83,
            Level::Large => &sources.sectors_33,
        }
    }

    /// The codes of the level that hold what a code of the 83 or, where it is told, of the 165 sectors
    /// does: several where a wide word meets the finest level.
    fn codes(self, sources: &Sources, code_83: &str, code_165: &str) -> Vec<String> {
        let in_83 = |sector: &&Sector| sector.group == code_83;
        match self {
            Level::Small if !code_165.is_empty() => vec![code_165.to_owned()],
            Level::Small => {
                let parts = sources.sectors_165.iter().filter(in_83);
                parts.map(|sector| sector.code.clone()).collect()
            }
            Level::Medium => vec![code_83.to_owned()],
            Level::Large => {
                let own = sources.sectors_83.iter().filter(|s| s.code == code_83);
                own.map(|sector| sector.group.clone()).collect()
            }
        }
    }
}

/// `sectors.csv` and `aliases.csv`.
///
/// Search words come from the names of BOK's basic sectors, from our own list, and from the names of the
/// other levels. A word that is the name of a sector is not repeated. A word with two meanings is left
/// out; a wide word at the finest level leads to all that it holds, for the program to ask which is meant.
pub fn classification_files(
    id: &str,
    sources: &Sources,
    level: Level,
    files: &mut Vec<File>,
    notes: &mut Vec<String>,
) -> Result<()> {
    let sectors = level.sectors(sources);
    let lines = sectors
        .iter()
        .map(|s| vec![s.code.as_str(), &s.name_ko, &s.name_en, &s.group]);
    files.push((
        format!("{id}/sectors.csv"),
        lines_file(&["code", "name_ko", "name_en", "group"], lines)?,
    ));

    let names_83 = sources.sectors_83.iter().filter(|_| level != Level::Medium);
    let names_83 = names_83.map(|s| (s, s.code.as_str(), ""));
    let names_165 = sources.sectors_165.iter().filter(|_| level != Level::Small);
    let names_165 = names_165.map(|s| (s, s.group.as_str(), s.code.as_str()));
    let names = names_83
        .chain(names_165)
        .flat_map(|(s, code_83, code_165)| {
            [&s.name_ko, &s.name_en].map(|name| (name, code_83, code_165))
        });
    let words = sources.basic_sectors.iter().chain(&sources.aliases);
    let words = words.map(|word| (&word.alias, word.code_83.as_str(), word.code_165.as_str()));

    // Lower-cased word -> word as written, and the codes that each of its meanings leads to.
    let mut found: BTreeMap<String, (String, Vec<Vec<String>>)> = BTreeMap::new();
    for (word, code_83, code_165) in words.chain(names) {
        let (_, meanings) = found
            .entry(word.to_lowercase())
            .or_insert_with(|| (word.clone(), Vec::new()));
        let codes = level.codes(sources, code_83, code_165);
        if !meanings.contains(&codes) {
            meanings.push(codes);
        }
    }
    for sector in sectors {
        for name in [&sector.name_ko, &sector.name_en] {
            if let Some((word, meanings)) = found.remove(&name.to_lowercase())
                && meanings != [vec![sector.code.clone()]]
            {
                notes.push(format!(
                    "{id}: '{word}' is the name of sector {}; not taken as an alias of {}",
                    sector.code,
                    meanings.concat().join(", ")
                ));
            }
        }
    }
    found.retain(|_, (word, meanings)| {
        if meanings.len() > 1 {
            notes.push(format!(
                "{id}: alias '{word}' leads to sectors {} and is left out",
                meanings.concat().join(", ")
            ));
        }
        meanings.len() == 1
    });
    let mut lines: Vec<(&str, &str)> = found
        .values()
        .flat_map(|(word, meanings)| {
            let codes = meanings.iter().flatten();
            codes.map(move |code| (code.as_str(), word.as_str()))
        })
        .collect();
    lines.sort_unstable();
    let lines = lines.into_iter().map(|(code, word)| vec![word, code]);
    files.push((
        format!("{id}/aliases.csv"),
        lines_file(&["alias", "code"], lines)?,
    ));
    Ok(())
}

/// kr-2020-regions: the published multipliers, provinces by their codes.
pub fn region_files(sources: &Sources, files: &mut Vec<File>) -> Result<()> {
    let regions = sources
        .regions
        .iter()
        .map(|r| vec![r.code.as_str(), &r.name_ko, &r.name_en, &r.aliases]);
    files.push((
        "kr-2020-regions/regions.csv".into(),
        lines_file(&["code", "name_ko", "name_en", "aliases"], regions)?,
    ));

    let mut lines = Vec::new();
    for region in &sources.regions {
        for sector in &sources.sectors_83 {
            let line = sources
                .regional
                .iter()
                .find(|line| line.region == region.source_name && line.sector == sector.code)
                .ok_or_else(|| {
                    format!(
                        "no regional multipliers for sector {} in {}",
                        sector.code, region.source_name
                    )
                })?;
            let mut fields = vec![region.code.clone(), sector.code.clone()];
            fields.extend(
                line.values
                    .iter()
                    .map(|&value| decimal(value, FLOW_DECIMALS)),
            );
            lines.push(fields);
        }
    }
    if lines.len() != sources.regional.len() {
        return Err(format!(
            "{} regional lines, {} of them used",
            sources.regional.len(),
            lines.len()
        )
        .into());
    }
    let header = [
        "region",
        "code",
        "production_in",
        "production_out",
        "value_added_in",
        "value_added_out",
        "jobs_in",
        "jobs_out",
    ];
    files.push((
        "kr-2020-regions/multipliers.csv".into(),
        lines_file(&header, lines)?,
    ));
    Ok(())
}
