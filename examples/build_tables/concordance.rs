//! `tables/concordance`: which wider sector holds each sector. Those of BOK's own levels; the groups of
//! the 33 and the sections of KSIC are written by hand.

use super::files::{File, lines_file};
use super::sources::{Result, Sector, Sources};

/// One file a step, and one over two steps: `code,group,name_ko,name_en`, the names of the group.
pub fn files(sources: &Sources) -> Result<Vec<File>> {
    let (small, medium, large) = (
        &sources.sectors_165,
        &sources.sectors_83,
        &sources.sectors_33,
    );
    let over_two = |at: &usize| sources.group[*at];
    let groups_33: Vec<usize> = sources.group_165.iter().map(over_two).collect();
    Ok(vec![
        file("bok-165-to-83", small, medium, &sources.group_165)?,
        file("bok-165-to-33", small, large, &groups_33)?,
        file("bok-83-to-33", medium, large, &sources.group)?,
    ])
}

fn file(name: &str, sectors: &[Sector], wider: &[Sector], group: &[usize]) -> Result<File> {
    let lines = sectors.iter().zip(group).map(|(sector, at)| {
        let group = &wider[*at];
        vec![&sector.code, &group.code, &group.name_ko, &group.name_en]
    });
    let header = ["code", "group", "name_ko", "name_en"];
    Ok((
        format!("concordance/{name}.csv"),
        lines_file(&header, lines)?,
    ))
}
