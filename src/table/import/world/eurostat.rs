//! Eurostat's symmetric tables of a country, a line a figure: product by product (`naio_10_cp1700`) and industry by industry
//! (`naio_10_cp1750`), as the bulk download gives them (TSV, a column a year) or as SDMX-CSV.
//!
//! Source: Eurostat data browser, "Symmetric input-output table at basic prices"; dimensions `unit`, `stk_flow` (DOM, IMP,
//! TOTAL), `prd_use` or `ind_use` (`induse` before 2023), `prd_ava` or `ind_ava` (`prod_na`), `geo`.

use super::World;
use super::block::Key;
use super::files::{Files, Lines, clean};
use super::flat::Flat;
use super::labels;
use super::national::{self, ABROAD};
use crate::error::{Error, Result};
use crate::lang::{excerpt, said};
use crate::table::PriceBasis;
use crate::table::import::Options;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What a total is of: where both are in the file, the first is left out, or the others where `parts` is false.
const TOTALS: [(&str, &[&str], bool); 8] = [
    ("P3", &["P3_S14"], true),
    ("P5", &["P51G"], true),
    ("P5M", &["P52", "P53"], false),
    ("D1", &["D11", "D12"], false),
    ("D29X39", &["D29", "D39"], false),
    ("B2A3G", &["B2A3N", "P51C"], true),
    ("L68", &["L68A", "L68B"], false),
    ("L", &["L68A", "L68B"], false),
];

/// Totals that follow from the rest in any case, and what only stands beside.
const BESIDE: [&str; 10] = [
    "TOTAL", "TU", "TFU", "P2", "P7", "TS_BP", "IMP", "TI", "P5A6", "P3_P5",
];

/// Where the dimensions are among the fields of a line.
struct Header {
    unit: usize,
    flow: usize,
    used: usize,
    of: usize,
    geo: usize,
    values: Values,
}

/// Where figures are.
enum Values {
    /// In one field, with the year in another.
    One { year: usize, value: usize },
    /// In a column a year, behind the dimensions in one field.
    Years(Vec<Option<i32>>),
}

impl Header {
    fn of(line: &str) -> Option<Self> {
        let (dimensions, years) = match line.split_once('\t') {
            Some((dimensions, years)) => (dimensions, Some(years)),
            None => (line, None),
        };
        let fields: Vec<&str> = dimensions
            .split(',')
            .map(|field| clean(field).split(['\\', ':']).next().unwrap_or_default())
            .collect();
        let at = |names: &[&str]| fields.iter().position(|field| names.contains(field));
        Some(Header {
            unit: at(&["unit"])?,
            flow: at(&["stk_flow"])?,
            used: at(&["prd_use", "ind_use", "induse"])?,
            of: at(&["prd_ava", "ind_ava", "prod_na"])?,
            geo: at(&["geo"])?,
            values: match years {
                Some(years) => {
                    Values::Years(years.split('\t').map(|y| y.trim().parse().ok()).collect())
                }
                None => Values::One {
                    year: at(&["TIME_PERIOD"])?,
                    value: at(&["OBS_VALUE"])?,
                },
            },
        })
    }
}

/// A figure, with the codes of its dimensions.
struct Figure<'a> {
    unit: &'a str,
    flow: &'a str,
    used: &'a str,
    of: &'a str,
    geo: &'a str,
    year: i32,
    /// None where the office does not tell it.
    value: Option<f64>,
}

/// "CPA_A01" of "CPA_A01:Products of agriculture", as files with codes and names have it.
fn code(field: &str) -> &str {
    let field = clean(field);
    field.split_once(':').map_or(field, |(code, _)| code)
}

/// The figure without its flags: "12.5 p" is 12.5, ": c" is none.
fn figure(field: &str) -> std::result::Result<Option<f64>, ()> {
    match field.split_whitespace().next() {
        None => Ok(None),
        Some(field) if field.starts_with(':') => Ok(None),
        Some(field) => match field.parse() {
            Ok(value) if f64::is_finite(value) => Ok(Some(value)),
            _ => Err(()),
        },
    }
}

fn each(mut lines: Lines<'_>, mut work: impl FnMut(Figure<'_>)) -> Result<()> {
    let header = lines.next()?.and_then(Header::of);
    let Some(header) = header else {
        return Err(lines.at(said!(
            "these are not the dimensions of a symmetric table of Eurostat",
            "유럽통계청 대칭표의 차원이 아닙니다"
        )));
    };
    let comma = match header.values {
        Values::One { .. } => b',',
        Values::Years(_) => b'\t',
    };
    let mut records = lines.records(Some(comma));
    while let Some(fields) = records.next()? {
        let packed: Vec<&str>;
        let dimension = match &header.values {
            Values::One { .. } => {
                packed = fields.iter().collect();
                &packed
            }
            Values::Years(_) => {
                packed = fields.get(0).unwrap_or_default().split(',').collect();
                &packed
            }
        };
        let of = |at: usize| code(dimension.get(at).copied().unwrap_or_default());
        let mut give = |year: i32, value: &str| match figure(value) {
            Ok(value) => {
                work(Figure {
                    unit: of(header.unit),
                    flow: of(header.flow),
                    used: of(header.used),
                    of: of(header.of),
                    geo: of(header.geo),
                    year,
                    value,
                });
                None
            }
            Err(()) => Some(excerpt(value)),
        };
        let wrong = match &header.values {
            Values::One { year, value } => match of(*year).parse() {
                Ok(year) => give(year, fields.get(*value).unwrap_or_default()),
                Err(_) => None,
            },
            Values::Years(years) => {
                let figures = years.iter().zip(fields.iter().skip(1));
                let mut figures = figures.filter_map(|(year, value)| Some(((*year)?, value)));
                figures.find_map(|(year, value)| give(year, value))
            }
        };
        if let Some(value) = wrong {
            return Err(records.at(said!(
                "'{value}' is not a finite number",
                "'{value}'은(는) 유한한 수가 아닙니다"
            )));
        }
    }
    Ok(())
}

/// The text whose first line has the dimensions.
fn listed(files: &Files) -> Result<Option<&str>> {
    for name in files.all(|_| true) {
        let is_it = files.read(name, |mut lines| {
            let first = lines.next().ok().flatten();
            Ok(first.is_some_and(|line| Header::of(line).is_some()))
        })?;
        if is_it {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

pub(super) fn recognises(files: &Files) -> Result<bool> {
    Ok(listed(files)?.is_some())
}

/// The country, the unit and the year of a table.
struct Chosen {
    geo: String,
    unit: String,
    year: i32,
}

/// What is asked for, else what there alone is: the last year, euro.
fn chosen(files: &Files, name: &str, options: &Options) -> Result<Chosen> {
    let place = files.place(name);
    let mut years: BTreeMap<String, BTreeMap<String, BTreeSet<i32>>> = BTreeMap::new();
    files.read(name, |lines| {
        each(lines, |figure| {
            if figure.value.is_some() && figure.flow != "TOTAL" {
                let of = match years.get_mut(figure.geo) {
                    Some(of) => of,
                    None => years.entry(figure.geo.to_owned()).or_default(),
                };
                match of.get_mut(figure.unit) {
                    Some(years) => {
                        years.insert(figure.year);
                    }
                    None => {
                        of.insert(figure.unit.to_owned(), BTreeSet::from([figure.year]));
                    }
                }
            }
        })
    })?;
    let known = years.keys().cloned().collect::<Vec<_>>().join(", ");
    let wanted = options.country.as_deref();
    let found = match (wanted, years.len()) {
        (Some(wanted), _) => years
            .iter()
            .find(|(geo, _)| geo.eq_ignore_ascii_case(wanted)),
        (None, 1) => years.first_key_value(),
        (None, _) => None,
    };
    let Some((geo, units)) = found else {
        return Err(Error::invalid(match wanted {
            Some(wanted) => said!(
                "{place}: there is no table of '{wanted}' with domestic or imported products apart; there are those of \
                 {known}",
                "{place}: 국산·수입이 나뉜 '{wanted}' 표가 없습니다. 있는 국가: {known}"
            ),
            None => said!(
                "{place}: there are tables of {known}: say which country",
                "{place}: {known}의 표가 있습니다. 국가를 지정하십시오"
            ),
        }));
    };
    let own = options
        .currency
        .as_deref()
        .is_some_and(|currency| currency != "EUR");
    let order = if own {
        ["MIO_NAC", "MIO_EUR"]
    } else {
        ["MIO_EUR", "MIO_NAC"]
    };
    let unit = order.into_iter().find(|unit| units.contains_key(*unit));
    let (unit, years) = match unit.map(|unit| (unit, &units[unit])) {
        Some(("MIO_NAC", _)) if options.currency.is_none() => {
            return Err(Error::invalid(said!(
                "{place}: the table of {geo} is in national currency only: say which currency that is, as SEK",
                "{place}: {geo} 표는 자국 통화로만 있습니다. SEK와 같이 통화를 지정하십시오"
            )));
        }
        Some(found) => found,
        None => {
            let units = units.keys().cloned().collect::<Vec<_>>().join(", ");
            return Err(Error::invalid(said!(
                "{place}: the table of {geo} is in {units}: give one in MIO_EUR or MIO_NAC",
                "{place}: {geo} 표의 단위가 {units}입니다. MIO_EUR 또는 MIO_NAC인 파일을 지정하십시오"
            )));
        }
    };
    let year = options.year.filter(|year| years.contains(year));
    let last = years.last().copied().filter(|_| options.year.is_none());
    let Some(year) = year.or(last) else {
        let all: Vec<String> = years.iter().map(i32::to_string).collect();
        let all = all.join(", ");
        return Err(Error::invalid(said!(
            "{place}: the table of {geo} is there for {all}",
            "{place}: {geo} 표가 있는 연도: {all}"
        )));
    };
    Ok(Chosen {
        geo: geo.clone(),
        unit: unit.to_owned(),
        year,
    })
}

pub(super) fn read(files: &Files, options: &Options) -> Result<World> {
    let Some(name) = listed(files)? else {
        return Err(files.lacking("naio_10_cp1700"));
    };
    let place = files.place(name);
    let chosen = chosen(files, name, options)?;
    // By flow, supplying code and using code.
    let mut figures: BTreeMap<(String, String), HashMap<String, Option<f64>>> = BTreeMap::new();
    let mut order: [Vec<String>; 2] = Default::default();
    files.read(name, |lines| {
        each(lines, |figure| {
            let is_it = figure.geo == chosen.geo && figure.unit == chosen.unit;
            if !is_it || figure.year != chosen.year {
                return;
            }
            let bare = |code: &str| code.strip_prefix("CPA_").unwrap_or(code).to_owned();
            let (of, used) = (bare(figure.of), bare(figure.used));
            for (order, code) in order.iter_mut().zip([&of, &used]) {
                if !order.contains(code) {
                    order.push(code.clone());
                }
            }
            let row = figures.entry((figure.flow.to_owned(), of)).or_default();
            row.insert(used, figure.value);
        })
    })?;
    let [rows, columns] = order.map(kept);
    let (columns, unknown): (Vec<String>, Vec<String>) = columns
        .into_iter()
        .partition(|used| rows.contains(used) || labels::demand(used).is_some());
    let home = chosen.geo.as_str();
    let at = |flow: &str, of: &str, used: &str| {
        let row = figures.get(&(flow.to_owned(), of.to_owned()))?;
        row.get(used).copied()
    };
    let mut flat = Flat::default();
    let mut untold = 0;
    for of in &rows {
        let is_product = columns.contains(of);
        for used in &columns {
            let column = Key::new(Some(home), used);
            let [domestic, imported, total] =
                ["DOM", "IMP", "TOTAL"].map(|flow| at(flow, of, used).flatten());
            if !is_product {
                // Rows of no product are those of the whole table, or of its domestic part.
                if let Some(value) = total.or(domestic) {
                    flat.put(&Key::new(None, of), &column, value);
                }
                continue;
            }
            let (made, bought) = match (domestic, imported, total) {
                (Some(made), Some(bought), _) => (made, bought),
                (Some(made), None, Some(total)) => (made, total - made),
                (None, Some(bought), Some(total)) => (total - bought, bought),
                (made, bought, total) => {
                    untold += usize::from(total.is_some_and(|total| total != 0.0));
                    (made.unwrap_or(0.0), bought.unwrap_or(0.0))
                }
            };
            flat.put(&Key::new(Some(home), of), &column, made);
            flat.put(&Key::new(Some(ABROAD), of), &column, bought);
        }
    }
    let year = chosen.year;
    let mut about = World {
        from: vec![place.clone()],
        title: said!(
            "{home} {year}: symmetric input-output table of Eurostat",
            "{home} {year}: 유럽통계청 대칭 산업연관표"
        ),
        attribution: said!(
            "Eurostat, naio_10_cp1700 / naio_10_cp1750",
            "유럽통계청(Eurostat), naio_10_cp1700 / naio_10_cp1750"
        ),
        year: Some(year),
        currency: Some(match (chosen.unit.as_str(), &options.currency) {
            ("MIO_NAC", Some(currency)) => currency.clone(),
            _ => "EUR".to_owned(),
        }),
        unit: Some(1e6),
        prices: Some(PriceBasis::Basic),
        ..World::default()
    };
    if !unknown.is_empty() {
        let unknown = unknown.join(", ");
        about.said.push(said!(
            "Columns {unknown} are left out: they are no product and no category of final demand that is known",
            "{unknown}열은 생산물도 알려진 최종수요 항목도 아니므로 제외함"
        ));
    }
    if untold > 0 {
        about.said.push(said!(
            "{untold} figures are told neither as domestic nor as imported (confidential) and are taken as 0",
            "국산·수입 구분이 공표되지 않은 값(비공개) {untold}개를 0으로 봄"
        ));
    }
    national::world(flat, home, about, &place)
}

/// The codes without totals of others and without what only stands beside.
fn kept(codes: Vec<String>) -> Vec<String> {
    let there = |code: &str| codes.iter().any(|known| known == code);
    let mut left_out: Vec<&str> = BESIDE.to_vec();
    for (total, parts, of_parts) in TOTALS {
        if there(total) && parts.iter().all(|part| there(part)) {
            match of_parts {
                true => left_out.push(total),
                false => left_out.extend(parts),
            }
        }
    }
    // Exports by where they go, consumption by what it is.
    let parts = [("P6", "P6_"), ("P3_S13", "P31_"), ("P3_S13", "P32_")];
    let is_part = |code: &str| {
        let mut parts = parts.iter();
        parts.any(|(total, part)| there(total) && code.starts_with(part))
    };
    let is_kept = |code: &String| !left_out.contains(&code.as_str()) && !is_part(code);
    codes.iter().filter(|code| is_kept(code)).cloned().collect()
}
