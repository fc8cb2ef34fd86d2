//! GLORIA: figures without labels in CSV files of transactions, final demand, value added and satellites, industries and
//! products of each region one after the other, and a workbook that says what they are.
//!
//! Source: Global MRIO Lab, ielab.info, "GLORIA" (releases 55 to 60): `..._T-Results_YYYY_0VV_Markup001(full).csv`, `Y`, `V`
//! and `TQ`, and `GLORIA_ReadMe_0VV.xlsx`; thousand US dollars, basic prices. Each industry makes its own product alone, so
//! that what industries use of products is the table of industries as well.

use super::files::{Files, Lines};
use super::{LeftOut, RowOrColumn, World, labels};
use crate::error::{Error, Result};
use crate::lang::{Text, excerpt, said};
use crate::memory;
use crate::table::PriceBasis;
use crate::table::import::Options;
use crate::table::import::sheets::{self, Sheet};
use nalgebra::{DMatrix, DVector};

/// How much of supply may be of products of other industries.
const OF_OTHERS: f64 = 1e-6;

/// A file of figures at basic prices: "T", "Y", "V", "TQ".
fn named<'a>(files: &'a Files, block: &str) -> Option<&'a str> {
    let wanted = format!("_{block}-Results_");
    files.find(|stem| stem.contains(&wanted) && stem.contains("Markup001"))
}

pub(super) fn recognises(files: &Files) -> Result<bool> {
    Ok(named(files, "T").is_some() && named(files, "Y").is_some())
}

/// The cells under a heading of the workbook.
fn listed(sheets: &[Sheet], heading: &str) -> Vec<String> {
    let found = sheets.iter().find_map(|sheet| {
        let mut rows = 0..sheet.height().min(6);
        rows.find_map(|row| {
            let mut columns = 0..sheet.width(row);
            let column = columns.find(|column| sheet.text(row, *column) == heading)?;
            Some((sheet, row, column))
        })
    });
    let Some((sheet, row, column)) = found else {
        return Vec::new();
    };
    let below = (row + 1..sheet.height()).map(|row| sheet.label(row, column));
    below.take_while(|label| !label.is_empty()).collect()
}

/// What the rows and columns are.
struct Lists {
    regions: Vec<(String, String)>,
    sectors: Vec<String>,
    demand: Vec<String>,
    value_added: Vec<String>,
    /// Kind, name and unit of each satellite.
    satellites: Vec<[String; 3]>,
}

impl Lists {
    fn of(files: &Files) -> Result<Self> {
        let read_me = files.workbook(|stem| stem.contains("ReadMe"));
        let Some(path) = read_me else {
            return Err(files.lacking("GLORIA_ReadMe_0VV.xlsx"));
        };
        let sheets = sheets::open(&path)?;
        let list = |heading: &str| match listed(&sheets, heading) {
            list if list.is_empty() => {
                let place = path.display();
                Err(Error::invalid(said!(
                    "{place}: there is no column '{heading}'",
                    "{place}: '{heading}' 열이 없습니다"
                )))
            }
            list => Ok(list),
        };
        let codes = list("Region_acronyms")?.into_iter();
        let kinds = listed(&sheets, "Sat_head_indicator").into_iter();
        let names = listed(&sheets, "Sat_indicator").into_iter();
        let units = listed(&sheets, "Sat_unit").into_iter();
        let satellites = kinds.zip(names).zip(units);
        Ok(Lists {
            regions: codes.zip(list("Region_names")?).collect(),
            sectors: list("Sector_names")?,
            demand: list("Final_demand_names")?,
            value_added: list("Value_added_names")?,
            satellites: satellites
                .map(|((kind, name), unit)| [kind, name, unit])
                .collect(),
        })
    }

    /// Whether a line or column of all industries and products is of a product, and where its sector stands.
    fn at(&self, line: usize) -> (bool, usize) {
        let s = self.sectors.len();
        let (region, of) = (line / (2 * s), line % (2 * s));
        (of >= s, region * s + of % s)
    }
}

/// Hands on each line with its figures, of which there must be `width`, in `height` lines.
fn each(
    mut lines: Lines<'_>,
    (height, width): (usize, usize),
    mut work: impl FnMut(usize, &[f64]),
) -> Result<()> {
    let (mut figures, mut row) = (Vec::with_capacity(width), 0);
    while let Some(line) = lines.next()? {
        if line.is_empty() {
            continue;
        }
        figures.clear();
        let mut wrong = None;
        for field in line.split(',') {
            match field.trim().parse::<f64>() {
                Ok(value) if value.is_finite() => figures.push(value),
                _ => wrong = wrong.or(Some(excerpt(field))),
            }
        }
        if let Some(field) = wrong {
            return Err(lines.at(said!(
                "'{field}' is not a finite number",
                "'{field}'은(는) 유한한 수가 아닙니다"
            )));
        }
        let is = figures.len();
        if is != width || row >= height {
            return Err(lines.at(said!(
                "{is} figures in line {row}, where the lists of the workbook make {height} lines of {width}",
                "{row}번째 줄에 수치가 {is}개입니다. 통합문서의 목록에 따르면 {width}개씩 {height}줄이어야 합니다"
            )));
        }
        work(row, &figures);
        row += 1;
    }
    match row == height {
        true => Ok(()),
        false => Err(lines.at(said!(
            "there are {row} lines, where the lists of the workbook make {height}",
            "{row}줄입니다. 통합문서의 목록에 따르면 {height}줄이어야 합니다"
        ))),
    }
}

pub(super) fn read(files: &Files, _: &Options) -> Result<World> {
    let lists = Lists::of(files)?;
    let (Some(flows), Some(demand)) = (named(files, "T"), named(files, "Y")) else {
        return Err(files.lacking("..._T-Results_..., ..._Y-Results_..."));
    };
    let (g, s) = (lists.regions.len(), lists.sectors.len());
    let (n, lines) = (g * s, 2 * g * s);
    let mut world = World {
        from: vec![files.place(flows), files.place(demand)],
        title: Text::same("GLORIA"),
        attribution: said!(
            "GLORIA, Global MRIO Lab (ielab.info)",
            "GLORIA, Global MRIO Lab(ielab.info)"
        ),
        year: files.year(flows),
        currency: Some("USD".to_owned()),
        unit: Some(1e3),
        prices: Some(PriceBasis::Basic),
        ..World::default()
    };
    let code = |at: usize| format!("{:03}", at + 1);
    let keys = lists
        .regions
        .iter()
        .flat_map(|(region, _)| (0..s).map(move |at| (region.clone(), code(at))));
    world.label(keys, &files.place(flows))?;
    for ((_, name), (_, known)) in world.regions.iter_mut().zip(&lists.regions) {
        *name = Text::same(known);
    }
    for ((_, name), known) in world.sectors.iter_mut().zip(&lists.sectors) {
        *name = Text::same(known);
    }
    memory::check_reading((n as u64) * (n as u64) * 8, &files.place(flows))?;
    let mut used = DMatrix::zeros(n, n);
    let (mut of_own, mut of_others) = (0.0, 0.0);
    files.read(flows, |text| {
        each(text, (lines, lines), |row, figures| {
            let (is_product, i) = lists.at(row);
            for (column, value) in figures
                .iter()
                .enumerate()
                .filter(|(_, value)| **value != 0.0)
            {
                match (is_product, lists.at(column)) {
                    (true, (false, j)) => used[(i, j)] = *value,
                    (false, (true, j)) if i == j => of_own += value,
                    (false, (true, _)) => of_others += value.abs(),
                    _ => {}
                }
            }
        })
    })?;
    if of_others > OF_OTHERS * of_own {
        let place = files.place(flows);
        let percent = of_others / (of_own + of_others) * 100.0;
        return Err(Error::invalid(said!(
            "{place}: {percent:.2} % of supply is of products of other industries: these are supply and use tables, which \
             have to be made a symmetric table first",
            "{place}: 공급의 {percent:.2} %가 다른 산업의 생산물입니다. 공급·사용표이므로 먼저 대칭표로 전환해야 합니다"
        )));
    }
    world.flows = used;
    let k = lists.demand.len();
    let mut bought = DMatrix::zeros(n, g * k);
    files.read(demand, |text| {
        each(text, (lines, g * k), |row, figures| {
            if let (true, i) = lists.at(row) {
                bought.row_mut(i).copy_from_slice(figures);
            }
        })
    })?;
    for (at, values) in bought.column_iter().enumerate() {
        let (region, category) = (&lists.regions[at / k].0, &lists.demand[at % k]);
        world.take_demand(
            region,
            category,
            None,
            values.into_owned(),
            &files.place(demand),
        )?;
    }
    if let Some(name) = named(files, "V") {
        let p = lists.value_added.len();
        let mut rows = vec![DVector::zeros(n); p];
        files.read(name, |text| {
            each(text, (g * p, lines), |row, figures| {
                for (column, value) in figures.iter().enumerate() {
                    let (is_product, j) = lists.at(column);
                    if !is_product {
                        rows[row % p][j] += *value;
                    }
                }
            })
        })?;
        world.from.push(files.place(name));
        for (label, values) in lists.value_added.iter().zip(rows) {
            match labels::row(label) {
                Some(row) => world.take_row(row, values, Vec::new()),
                None => {
                    let left =
                        LeftOut::new(files.place(name), RowOrColumn::Row, label, values.sum());
                    let sum = left.amount / 1e3;
                    world.left_out.push(left);
                    world.said.push(said!(
                        "Row {label} ({sum:.1} million in all) is left out",
                        "{label}행(합계 {sum:.1}백만)은 제외함"
                    ));
                }
            }
        }
    }
    if let Some(name) = named(files, "TQ").filter(|_| !lists.satellites.is_empty()) {
        satellites(files, name, &lists, &mut world)?;
    }
    Ok(world)
}

/// Persons employed and carbon dioxide of the satellites.
fn satellites(files: &Files, name: &str, lists: &Lists, world: &mut World) -> Result<()> {
    let (n, lines) = (world.keys.len(), 2 * world.keys.len());
    let (mut jobs, mut carbon) = (DVector::zeros(n), DVector::zeros(n));
    let (mut with_jobs, mut with_carbon) = (0, 0);
    files.read(name, |text| {
        each(text, (lists.satellites.len(), lines), |row, figures| {
            let [kind, indicator, unit] = &lists.satellites[row];
            let (kind, indicator) = (kind.to_lowercase(), indicator.to_lowercase());
            let (to, factor) = if kind.contains("employment") {
                with_jobs += 1;
                (&mut jobs, 1.0)
            } else if indicator.contains("co2_excl_short_cycle_org_c_total_edgar") {
                with_carbon += 1;
                (&mut carbon, if unit.starts_with('k') { 1e3 } else { 1.0 })
            } else {
                return;
            };
            for (column, value) in figures.iter().enumerate() {
                let (is_product, j) = lists.at(column);
                if !is_product {
                    to[j] += value * factor;
                }
            }
        })
    })?;
    world.from.push(files.place(name));
    if with_jobs > 0 {
        world.take_account(
            "jobs",
            said!("Jobs", "취업자"),
            said!("persons", "명"),
            jobs,
        );
    }
    if with_carbon > 0 {
        let title = said!("Carbon dioxide", "이산화탄소");
        world.take_account("co2", title, Text::same("t"), carbon);
    }
    let left = lists.satellites.len() - with_jobs - with_carbon;
    if left > 0 {
        world.said.push(said!(
            "{left} satellites are left out: only people employed and carbon dioxide (EDGAR, total) are taken",
            "위성계정 {left}개는 제외함. 취업자와 이산화탄소(EDGAR, 총계)만 읽음"
        ));
    }
    Ok(())
}
