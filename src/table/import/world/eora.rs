//! Eora26: figures without labels (`Eora26_YYYY_bp_T.txt`, FD, VA, Q) and labels in files of their own
//! (`labels_T.txt` ...), in a folder or an archive.
//!
//! Source: worldmrio.com, "Eora26" (thousand US dollars, basic prices).

use super::World;
use super::files::{Files, clean};
use super::labelled::Labelled;
use super::labels;
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::table::PriceBasis;
use crate::table::import::Options;

pub(super) fn recognises(files: &Files) -> Result<bool> {
    Ok(named(files, "T").is_some())
}

/// "Eora26_2015_bp_T".
fn named<'a>(files: &'a Files, block: &str) -> Option<&'a str> {
    let end = format!("_{block}");
    files.find(|stem| stem.starts_with("Eora") && stem.ends_with(&end))
}

/// The lines of labels, each in its columns.
fn labels_of(files: &Files, block: &str) -> Result<Vec<Vec<String>>> {
    let wanted = format!("labels_{block}");
    let Some(name) = files.find(|stem| stem == wanted) else {
        let place = files.path().display();
        return Err(Error::invalid(said!(
            "{place}: there is no {wanted}.txt: it is in indices.zip beside the tables of a year; unpack both into one folder",
            "{place}: {wanted}.txt가 없습니다. 연도별 표와 함께 제공되는 indices.zip에 있으니 둘을 한 폴더에 푸십시오"
        )));
    };
    files.read(name, |mut lines| {
        let mut labels = Vec::new();
        while let Some(line) = lines.next()? {
            let line = line.trim_end_matches('\t');
            if !line.is_empty() {
                labels.push(
                    line.split('\t')
                        .map(|label| clean(label).to_owned())
                        .collect(),
                );
            }
        }
        Ok(labels)
    })
}

pub(super) fn read(files: &Files, _: &Options) -> Result<World> {
    let Some(flows) = named(files, "T") else {
        return Err(files.lacking("Eora26_YYYY_bp_T.txt"));
    };
    let mut world = World {
        from: vec![files.place(flows)],
        title: Text::same("Eora26"),
        attribution: said!("Eora26 (worldmrio.com)", "Eora26 (worldmrio.com)"),
        year: files.year(flows),
        currency: Some("USD".to_owned()),
        unit: Some(1e3),
        prices: Some(PriceBasis::Basic),
        ..World::default()
    };
    let of_flows = labels_of(files, "T")?;
    let place = |block: &str| files.place(&format!("labels_{block}.txt"));
    // Region name, region code, kind, sector.
    let pair = |labels: &Vec<String>| match &labels[..] {
        [_, region, .., sector] => (region.clone(), sector.clone()),
        _ => Default::default(),
    };
    world.label(of_flows.iter().map(pair), &place("T"))?;
    for labels in &of_flows {
        if let [name, code, ..] = &labels[..]
            && let Some((_, known)) = world.regions.iter_mut().find(|(known, _)| known == code)
        {
            *known = Text::same(name);
        }
    }
    let n = world.keys.len();
    let figures = |name: &str, rows: usize, width: usize| {
        let cells = files.read(name, |lines| Labelled::plain(lines, '\t', width))?;
        match cells.height() == rows {
            true => Ok(cells),
            false => {
                let (place, is) = (files.place(name), cells.height());
                Err(Error::invalid(said!(
                    "{place}: {is} rows of figures, and labels of {rows}",
                    "{place}: 수치가 {is}행인데 이름은 {rows}행입니다"
                )))
            }
        }
    };
    let all: Vec<usize> = (0..n).collect();
    world.flows = figures(flows, n, n)?.pick(&all, &all);
    if let Some(name) = named(files, "FD") {
        let of_demand = labels_of(files, "FD")?;
        let demand = figures(name, n, of_demand.len())?;
        world.from.push(files.place(name));
        for (at, labels) in of_demand.iter().enumerate() {
            let (region, category) = pair(labels);
            let values = demand.column_of(at, &all);
            world.take_demand(&region, &category, None, values, &place("FD"))?;
        }
    }
    for block in ["VA", "Q"] {
        let Some(name) = named(files, block) else {
            continue;
        };
        let of_rows = labels_of(files, block)?;
        let rows = figures(name, of_rows.len(), n)?;
        world.from.push(files.place(name));
        for (at, labels) in of_rows.iter().enumerate() {
            let values = rows.row_of(at, &all);
            let label = labels.last().map_or("", String::as_str);
            match labels::row(label) {
                Some(row) => world.take_row(row, values, Vec::new()),
                None => {
                    let first = labels.first().map_or("", String::as_str);
                    let unit = first
                        .rsplit_once('(')
                        .map_or("1", |(_, unit)| unit.trim_end_matches(')'));
                    let title = Text::same(label);
                    world.take_account(&labels::id(label), title, Text::same(unit), values);
                }
            }
        }
    }
    Ok(world)
}
