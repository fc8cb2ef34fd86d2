//! What a folder in the project's format lacks, file by file and key by key, all of it at once.

use super::files::Files;
use super::grid::{csv_reader, number, unknown};
use super::matrix::Kept;
use super::{Contents, Folder, read_unbalanced};
use crate::lang::{Text, said};
use crate::table::plan::{Item, Need, State};
use crate::table::{Kind, Meta};
use std::collections::HashSet;
use toml::{Table, Value};

/// So many faults of a file are said; the rest is counted.
const SAID: usize = 20;

/// The keys of `table.toml` without which a table is none, and what could stand there.
const KEYS: [(&str, Need, &str); 12] = [
    ("id", Need::Id, "\"x\""),
    ("kind", Need::Kind, "\"flows\""),
    ("title", Need::Title, "{ en = \"x\", ko = \"x\" }"),
    ("year", Need::Year, "2020"),
    ("country", Need::Country, "{ en = \"x\", ko = \"x\" }"),
    ("classification", Need::Classification, "\"x\""),
    ("currency", Need::Currency, "\"XXX\""),
    ("unit", Need::Unit, "1000000"),
    ("price_basis", Need::Prices, "{ en = \"x\", ko = \"x\" }"),
    (
        "attribution",
        Need::Attribution,
        "{ en = \"x\", ko = \"x\" }",
    ),
    (
        "modifications",
        Need::Modifications,
        "{ en = \"x\", ko = \"x\" }",
    ),
    ("final_demand", Need::Categories, "[]"),
];

/// What a table in a folder needs.
pub(in crate::table) fn plan(folder: &dyn Folder) -> Vec<Item> {
    let mut items = Vec::new();
    let Some(meta) = keys(folder, &mut items) else {
        return items;
    };
    let files = Files::new(folder);
    let codes = sectors(&files, &meta, &mut items);
    figures(folder, &meta, &codes, &mut items);
    let ready = |item: &Item| !matches!(item.state, State::Missing | State::Wrong);
    if items.iter().all(ready)
        && let Err(error) = read_unbalanced(folder)
    {
        let item = Item::new(Need::Table, State::Wrong, folder.place(""));
        items.push(item.faults(vec![error.text()]));
    }
    items
}

/// The keys of `table.toml`; in the place of each that is missing or wrong one that could be.
fn keys(folder: &dyn Folder, items: &mut Vec<Item>) -> Option<Meta> {
    let stands_in: Table = KEYS
        .iter()
        .filter_map(|(key, _, value)| Some(((*key).to_owned(), value_of(value)?)))
        .collect();
    let placeholder = || stands_in.clone().try_into::<Meta>().ok();
    let place = |key: &str| format!("{}: {key}", folder.place("table.toml"));
    let file = || Item::new(Need::File, State::Missing, folder.place("table.toml"));
    let text = match folder.file("table.toml") {
        Ok(Some(text)) => text,
        Ok(None) => {
            items.push(file());
            std::borrow::Cow::Borrowed("")
        }
        Err(error) => {
            items.push(file().faults(vec![error.text()]));
            std::borrow::Cow::Borrowed("")
        }
    };
    let table: Table = match text.parse() {
        Ok(table) => table,
        Err(error) => {
            let why =
                crate::table::read::toml::toml_error(folder.place("table.toml"), &text, &error);
            items.push(file().faults(vec![why.text()]));
            Table::new()
        }
    };
    let mut sound = stands_in.clone();
    // Alone among keys that could be, a key shows its own fault.
    let mut tried = |key: &str, value: &Value| -> Vec<Text> {
        let mut alone = stands_in.clone();
        alone.insert(key.to_owned(), value.clone());
        match alone.try_into::<Meta>() {
            Ok(_) => {
                sound.insert(key.to_owned(), value.clone());
                Vec::new()
            }
            Err(error) => vec![Text::same(error.message())],
        }
    };
    for (key, need, _) in KEYS {
        let item = match table.get(key) {
            Some(value) => {
                let found = value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned);
                let found = match value {
                    Value::Array(all) => all.len().to_string(),
                    Value::Table(_) => String::new(),
                    _ => found,
                };
                Item::new(need, State::There, place(key))
                    .found(found)
                    .faults(tried(key, value))
            }
            None if key == "final_demand" => continue,
            None => Item::new(need, State::Missing, place(key)),
        };
        items.push(item);
    }
    let others = table
        .iter()
        .filter(|(key, _)| !KEYS.iter().any(|(known, ..)| known == key));
    for (key, value) in others {
        let faults = tried(key, value);
        if !faults.is_empty() {
            let need = match key.as_str() {
                "primary_input" => Need::Parts,
                "other_input" => Need::OtherInputs,
                "account" => Need::Accounts,
                _ => Need::Key,
            };
            items.push(Item::new(need, State::Wrong, place(key)).faults(faults));
        }
    }
    let meta = sound.try_into::<Meta>().ok().or_else(placeholder)?;
    let flows = meta.kind == Kind::Flows;
    let lists = [
        (
            "final_demand",
            Need::Categories,
            meta.final_demand.is_empty(),
        ),
        ("primary_input", Need::Parts, meta.primary_inputs.is_empty()),
    ];
    for (key, need, empty) in lists {
        let said = items
            .iter()
            .any(|item| item.place == place(key) && item.state == State::Wrong);
        if flows && empty && !said {
            items.retain(|item| item.place != place(key));
            items.push(Item::new(need, State::Missing, place(key)));
        }
    }
    if !(meta.unit > 0.0 && meta.unit.is_finite())
        && let Some(item) = items.iter_mut().find(|item| item.need == Need::Unit)
    {
        item.state = State::Wrong;
        item.faults.push(said!(
            "the unit must be above 0",
            "단위는 0보다 커야 합니다"
        ));
    }
    Some(meta)
}

fn value_of(text: &str) -> Option<Value> {
    let table: Table = format!("x = {text}").parse().ok()?;
    table.get("x").cloned()
}

/// The codes of the sectors, as far as they can be read.
fn sectors(files: &Files, meta: &Meta, items: &mut Vec<Item>) -> Vec<String> {
    let name = "sectors.csv";
    let place = files.folder.place(name);
    match files.text(name) {
        Ok(Some(text)) => {
            let (codes, _) = rows_of(&text);
            let faults = match files.sectors(meta) {
                Ok(_) => Vec::new(),
                // A role in table.toml that is no sector is not of this file.
                Err(error) => vec![error.text()],
            };
            let item = Item::new(Need::Sectors, State::There, place);
            items.push(item.found(codes.len().to_string()).faults(faults));
            codes
        }
        Ok(None) => {
            items.push(Item::new(Need::Sectors, State::Missing, place));
            Vec::new()
        }
        Err(error) => {
            let item = Item::new(Need::Sectors, State::Wrong, place);
            items.push(item.faults(vec![error.text()]));
            Vec::new()
        }
    }
}

/// The codes in the first column of a text, and its header.
fn rows_of(text: &str) -> (Vec<String>, Vec<String>) {
    let mut reader = csv_reader(text);
    let header = reader
        .headers()
        .map(|header| header.iter().map(|h| h.trim().to_owned()).collect());
    let header = header.unwrap_or_default();
    let rows = reader.into_records().flatten();
    let codes = rows.filter_map(|row| row.get(0).map(|code| code.trim().to_owned()));
    (codes.collect(), header)
}

/// The files of figures.
fn figures(folder: &dyn Folder, meta: &Meta, codes: &[String], items: &mut Vec<Item>) {
    use Need::{
        Accounts, DomesticCoefficients, DomesticFinalDemand, DomesticFlows, ImportCoefficients,
        ImportedFinalDemand, ImportedFlows, Imports, OtherInputs, Output, PrimaryInputs,
        ValueAddedCoefficients,
    };
    let ids = |ids: &mut dyn Iterator<Item = &String>| -> Vec<String> { ids.cloned().collect() };
    let categories = ids(&mut meta.final_demand.iter().map(|c| &c.id));
    let parts = ids(&mut meta.primary_inputs.iter().map(|p| &p.id));
    let others = ids(&mut meta.other_inputs.iter().map(|p| &p.id));
    let accounts = ids(&mut meta.accounts.iter().map(|a| &a.id));
    let column = |name: &str| vec![name.to_owned()];
    let codes = codes.to_vec();
    let must = State::Missing;
    let may = State::Optional;
    let needed_if = |any: bool| if any { must } else { may };
    let mut files = match meta.kind {
        Kind::Coefficients => vec![
            (
                DomesticCoefficients,
                "domestic_coefficients.csv",
                &codes,
                codes.clone(),
                must,
            ),
            (
                ImportCoefficients,
                "import_coefficients.csv",
                &codes,
                codes.clone(),
                must,
            ),
            (
                ValueAddedCoefficients,
                "value_added_coefficients.csv",
                &codes,
                column("value_added"),
                must,
            ),
            (
                OtherInputs,
                "other_input_coefficients.csv",
                &others,
                codes.clone(),
                needed_if(!others.is_empty()),
            ),
            (Output, "output.csv", &codes, column("output"), may),
            (
                Accounts,
                "satellite_coefficients.csv",
                &codes,
                accounts.clone(),
                needed_if(!accounts.is_empty()),
            ),
        ],
        _ => vec![
            (
                DomesticFlows,
                "domestic_flows.csv",
                &codes,
                codes.clone(),
                must,
            ),
            (
                ImportedFlows,
                "imported_flows.csv",
                &codes,
                codes.clone(),
                must,
            ),
            (
                DomesticFinalDemand,
                "domestic_final_demand.csv",
                &codes,
                categories.clone(),
                must,
            ),
            (
                ImportedFinalDemand,
                "imported_final_demand.csv",
                &codes,
                categories.clone(),
                must,
            ),
            (
                PrimaryInputs,
                "primary_inputs.csv",
                &parts,
                codes.clone(),
                must,
            ),
            (
                OtherInputs,
                "other_inputs.csv",
                &others,
                codes.clone(),
                needed_if(!others.is_empty()),
            ),
            (Output, "output.csv", &codes, column("output"), must),
            (
                Imports,
                "imports.csv",
                &codes,
                vec!["imports_cif".to_owned(), "import_taxes".to_owned()],
                may,
            ),
            (
                Accounts,
                "satellites.csv",
                &codes,
                accounts.clone(),
                needed_if(!accounts.is_empty()),
            ),
        ],
    };
    // Rows of which only the users are told are there where the table says so.
    files.retain(|(need, ..)| *need != OtherInputs || !others.is_empty());
    for (need, name, rows, columns, lacking) in files {
        let place = folder.place(name);
        let item = Item::new(need, State::There, &place);
        items.push(match folder.open(name) {
            Ok(None) => Item::new(need, lacking, place),
            Err(error) => item.faults(vec![error.text()]),
            Ok(Some(contents)) => {
                let (found, faults) = of_file(folder, name, contents, rows, &columns);
                item.found(found).faults(faults)
            }
        });
    }
}

/// The size of a file of figures and all that is wrong in it.
fn of_file(
    folder: &dyn Folder,
    name: &str,
    contents: Contents,
    rows: &[String],
    columns: &[String],
) -> (String, Vec<Text>) {
    if let Kept::Figures(figures) = contents.0 {
        let (m, n) = figures.shape();
        let faults = match (m, n) == (rows.len(), columns.len()) {
            true => Vec::new(),
            false => vec![said!(
                "it holds {m} x {n} figures where the table has {p} x {q}",
                "수치가 {m} x {n}개입니다. {p} x {q}개여야 합니다",
                p = rows.len(),
                q = columns.len()
            )],
        };
        return (format!("{m} x {n}"), faults);
    }
    match folder.file(name) {
        Ok(Some(text)) => scan(&text, rows, columns),
        Ok(None) => (String::new(), Vec::new()),
        Err(error) => (String::new(), vec![error.text()]),
    }
}

/// All that is wrong with codes and figures of a text: the first of them, and how many more there are.
fn scan(text: &str, rows: &[String], columns: &[String]) -> (String, Vec<Text>) {
    let (there, header) = rows_of(text);
    let header = header.get(1..).unwrap_or_default().to_vec();
    let mut faults = Vec::new();
    // Where the codes are not known, what is wrong with them is not either.
    for (what, due, is) in [("column", columns, &header), ("row", rows, &there)] {
        if !due.is_empty() {
            codes(what, due, is, &mut faults);
        }
    }
    let mut reader = csv_reader(text);
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                faults.push(Text::same(error.to_string()));
                continue;
            }
        };
        let line = super::grid::line_of(text, &record);
        for (value, column) in record.iter().skip(1).zip(&header) {
            if let Err(Text { en, ko }) = number(value) {
                faults.push(said!(
                    "line {line}, field '{column}': {en}",
                    "{line}행 '{column}' 항목: {ko}"
                ));
            }
        }
    }
    if faults.len() > SAID {
        let more = faults.len() - SAID;
        faults.truncate(SAID);
        faults.push(said!("and {more} more", "외 {more}건"));
    }
    (format!("{} x {}", there.len(), header.len()), faults)
}

/// Codes that are missing, unknown or stand twice.
fn codes(what: &str, due: &[String], is: &[String], faults: &mut Vec<Text>) {
    let known: HashSet<&String> = due.iter().collect();
    let mut seen = HashSet::new();
    for code in is {
        if !known.contains(code) {
            faults.push(unknown(
                what,
                code,
                said!("is not known", "은(는) 분류에 없습니다"),
            ));
        } else if !seen.insert(code) {
            faults.push(unknown(
                what,
                code,
                said!("stands twice", "이(가) 두 번 나옵니다"),
            ));
        }
    }
    for code in due.iter().filter(|code| !seen.contains(code)) {
        faults.push(unknown(what, code, said!("is missing", "이(가) 없습니다")));
    }
}
