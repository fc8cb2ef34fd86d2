//! What others' files hold of a table, and what lacks: all of it at once.

use super::draft::{Draft, Origins};
use super::sheets::Sheet;
use super::{LAYOUTS, Options, exported, named, own, sheets, world};
use crate::lang::{Text, said};
use crate::table::AnyTable;
use crate::table::meta::Status;
use crate::table::plan::{Item, Need, Plan, State};
use crate::table::read::native;
use std::path::Path;

/// The year that stands in for one that is not told, so that what else lacks is seen.
const STAND_IN: i32 = 2000;

/// What a table needs of the files at a path.
pub(in crate::table) fn plan(path: &Path, year: Option<i32>) -> Plan {
    let options = Options {
        year,
        unbalanced: true,
        ..Options::default()
    };
    let options = named(&[path], &options);
    let mut plan = Plan {
        path: path.display().to_string(),
        native: false,
        items: Vec::new(),
        said: Vec::new(),
    };
    let draft = match world::read(path, &options) {
        Ok(Some(draft)) => Some(draft),
        Ok(None) => of_files(path, &options, &mut plan.items),
        Err(error) => {
            let file = Item::new(Need::File, State::Wrong, &plan.path);
            plan.items.push(file.faults(vec![error.text()]));
            None
        }
    };
    plan.native = draft.is_none() && plan.items.iter().any(|item| item.need == Need::Kind);
    if let Some(draft) = draft {
        plan.items.extend(of_draft(&draft, year, &plan.path));
        let mut options = options;
        options.year = year.or(draft.year).or(Some(STAND_IN));
        match draft.finish(&options) {
            Ok(import) => {
                derived(&import.table, &mut plan.items);
                plan.said = import.said;
            }
            Err(error) => {
                let all = Item::new(Need::Table, State::Wrong, &plan.path);
                plan.items.push(all.faults(vec![error.text()]));
            }
        }
    }
    plan
}

/// What the files hold together; of each that holds nothing, or what cannot be read, why.
fn of_files(path: &Path, options: &Options, items: &mut Vec<Item>) -> Option<Draft> {
    let item = |file: &Path, faults: Vec<Text>| {
        Item::new(Need::File, State::There, file.display().to_string()).faults(faults)
    };
    let files = match sheets::files_of(path) {
        Ok(files) => files,
        Err(error) => {
            items.push(item(path, vec![error.text()]));
            return None;
        }
    };
    if let [file] = files.as_slice()
        && let Ok(sheets) = sheets::open(file)
        && let Some(folder) = exported::Workbook::of(&sheets)
    {
        items.extend(native::plan(&folder));
        return None;
    }
    let mut of_layout: Vec<Vec<Sheet>> = LAYOUTS.iter().map(|_| Vec::new()).collect();
    for file in &files {
        let sheets = match sheets::open(file) {
            Ok(sheets) => sheets,
            Err(error) => {
                items.push(item(file, vec![error.text()]));
                continue;
            }
        };
        match LAYOUTS
            .iter()
            .position(|layout| (layout.recognises)(&sheets))
        {
            Some(at) => {
                let faults = match LAYOUTS[at].id {
                    "sheet" => own::faults(&sheets, options),
                    _ => Vec::new(),
                };
                items.push(item(file, faults).found(sheets::seen(&sheets)));
                of_layout[at].extend(sheets);
            }
            None => {
                let seen = sheets::seen(&sheets);
                let mut item = item(file, Vec::new()).found(seen);
                item.state = State::Optional;
                items.push(item);
            }
        }
    }
    let mut all: Option<Draft> = None;
    for (layout, sheets) in LAYOUTS.iter().zip(&of_layout) {
        if sheets.is_empty() {
            continue;
        }
        let before = all.take();
        let merged = (layout.read)(sheets, options).and_then(|read| match before.clone() {
            Some(draft) => draft.merge(read),
            None => Ok(read),
        });
        all = match merged {
            Ok(draft) => Some(draft),
            Err(error) => {
                let said = items
                    .iter()
                    .flat_map(|item| &item.faults)
                    .any(|fault| *fault == error.text());
                if !said {
                    items.push(item(path, vec![error.text()]));
                }
                before
            }
        };
    }
    if all.is_none() && items.iter().all(|item| item.state != State::Wrong) {
        items.push(Item::new(
            Need::Sectors,
            State::Missing,
            path.display().to_string(),
        ));
    }
    all
}

/// What a draft holds.
fn of_draft(draft: &Draft, year: Option<i32>, from: &str) -> Vec<Item> {
    let item = |need, found: Option<String>, otherwise| match found {
        Some(found) => Item::new(need, State::There, from).found(found),
        None => Item::new(need, otherwise, from),
    };
    let n = draft.sectors.len();
    let square = |there: bool| there.then(|| format!("{n} x {n}"));
    let column = |there: bool| there.then(|| n.to_string());
    let Origins {
        total,
        domestic,
        imported,
    } = &draft.flows;
    let per_unit = &draft.per_unit;
    let has_flows = total.is_some() || domestic.is_some() || imported.is_some();
    let mut items = vec![
        item(
            Need::Sectors,
            (n > 0).then(|| n.to_string()),
            State::Missing,
        ),
        item(
            Need::Year,
            year.or(draft.year).map(|year| year.to_string()),
            State::Missing,
        ),
        item(
            Need::Currency,
            draft.currency.clone().filter(|code| code != "XXX"),
            State::Derived,
        ),
        item(
            Need::Unit,
            draft.unit.map(|unit| unit.to_string()),
            State::Derived,
        ),
        item(
            Need::Prices,
            draft.prices.map(|prices| prices.name().en),
            State::Derived,
        ),
    ];
    if !has_flows {
        let inputs = &per_unit.inputs;
        items.extend([
            item(
                Need::DomesticCoefficients,
                square(inputs.domestic.is_some()),
                State::Missing,
            ),
            item(
                Need::ImportCoefficients,
                square(inputs.imported.is_some()),
                State::Missing,
            ),
            item(
                Need::ValueAddedCoefficients,
                column(per_unit.value_added.is_some()),
                State::Missing,
            ),
        ]);
        return items;
    }
    let categories = |of: fn(&Origins<nalgebra::DVector<f64>>) -> bool| {
        let there = draft
            .final_demand
            .iter()
            .filter(|category| of(&category.demand));
        let titles: Vec<&str> = there.map(|category| category.title.en.as_str()).collect();
        (!titles.is_empty()).then(|| titles.join(", "))
    };
    let parts: Vec<&str> = draft
        .primary_inputs
        .iter()
        .map(|part| part.title.en.as_str())
        .collect();
    let others: Vec<&str> = draft
        .other_inputs
        .iter()
        .map(|part| part.title.en.as_str())
        .collect();
    let accounts: Vec<&str> = draft
        .accounts
        .iter()
        .map(|counted| counted.account.title.en.as_str())
        .collect();
    let some = |titles: Vec<&str>| (!titles.is_empty()).then(|| titles.join(", "));
    let parts = some(parts).or_else(|| {
        draft
            .value_added
            .as_ref()
            .map(|_| said!("in one", "합계").en)
    });
    if total.is_some() && (domestic.is_none() || imported.is_none()) {
        items.push(item(Need::TotalFlows, square(true), State::Optional));
    }
    items.extend([
        item(
            Need::DomesticFlows,
            square(domestic.is_some()),
            State::Missing,
        ),
        item(
            Need::ImportedFlows,
            square(imported.is_some()),
            State::Missing,
        ),
        item(
            Need::DomesticFinalDemand,
            categories(|of| of.domestic.is_some()),
            State::Missing,
        ),
        item(
            Need::ImportedFinalDemand,
            categories(|of| of.imported.is_some()),
            State::Missing,
        ),
        item(Need::PrimaryInputs, parts, State::Missing),
        item(Need::Output, column(draft.output.is_some()), State::Missing),
        item(
            Need::Imports,
            column(draft.imports.is_some() || draft.imports_cif.is_some()),
            State::Optional,
        ),
        item(Need::Accounts, some(accounts), State::Optional),
    ]);
    if let Some(others) = some(others) {
        items.push(item(Need::OtherInputs, Some(others), State::Optional));
    }
    items
}

/// What is not there and was derived after all.
fn derived(table: &AnyTable, items: &mut [Item]) {
    let file = |need: Need| match need {
        Need::DomesticFlows => Some("domestic_flows"),
        Need::ImportedFlows => Some("imported_flows"),
        Need::DomesticFinalDemand => Some("domestic_final_demand"),
        Need::ImportedFinalDemand => Some("imported_final_demand"),
        Need::PrimaryInputs => Some("primary_inputs"),
        Need::Output => Some("output"),
        Need::DomesticCoefficients => Some("domestic_coefficients"),
        Need::ImportCoefficients => Some("import_coefficients"),
        Need::ValueAddedCoefficients => Some("value_added_coefficients"),
        _ => None,
    };
    for item in items.iter_mut().filter(|item| item.state == State::Missing) {
        let Some(name) = file(item.need) else {
            continue;
        };
        // A table was made: what was lacking followed from the rest.
        item.state = State::Derived;
        if let Some(block) = table
            .meta()
            .block(name)
            .filter(|block| block.status != Status::Published)
        {
            item.found.clone_from(&block.how.en);
        }
    }
}
