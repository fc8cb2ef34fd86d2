//! A sheet of one's own, or of an office that the project does not know: labels beside and above figures.
//!
//! The square is where a row of labels and a column of labels are the same ([`square`]); what stands beside
//! and under it is told by labels and by what adds up ([`lines`], [`words`]). Where that is not clear, a map
//! says it ([`map`]). Of several sheets the one is read that holds flows which balance.

mod about;
mod lines;
mod map;
mod rounded;
mod square;
mod suggest;
mod words;

#[cfg(test)]
mod tests;

use super::draft::{Category, Counted, Draft, Origins, Other, Part};
use super::sheets::Sheet;
use super::{LeftOut, Options, RowOrColumn};
use crate::error::{Error, Place, Result};
use crate::lang::{Text, said};
use crate::table::{Account, FinalDemandRole, OtherInputRole, PrimaryInputRole};
use about::Found;
use lines::{Line, Reading, Side};
use map::Map;
use nalgebra::{DMatrix, DVector};
use words::Role;

/// Whether a sheet has a square of figures.
pub(super) fn recognises(sheets: &[Sheet]) -> bool {
    sheets
        .iter()
        .any(|sheet| square::find(sheet, None).is_some())
}

/// The table of the sheets, by the sheet and the map that are asked for where any are.
///
/// # Errors
/// A sheet that there is none of; a map that cannot be read; figures that are none, totals that are no sums,
/// lines of which it is not clear what they are.
pub(super) fn read(sheets: &[Sheet], options: &Options) -> Result<Draft> {
    let (map, sheet) = asked(options)?;
    draft(sheets, &map, sheet.as_deref())
}

/// A map of what is believed of the sheets, as a text to correct.
///
/// # Errors
/// As [`read`], but for what is not clear.
pub(super) fn suggest(sheets: &[Sheet], options: &Options) -> Result<String> {
    let (map, sheet) = asked(options)?;
    let (reading, _) = choose(sheets, &map, sheet.as_deref())?;
    let found = Found::of(sheets, &reading, &map);
    Ok(suggest::text(&reading, &found))
}

/// All cells of the square and of the lines around it that are no numbers, of the sheet that is read or, where none
/// can be, of the first with a square: so many as are worth reading.
///
/// Totals that are no sums and lines that tell nothing come after it, when all cells are numbers.
pub(super) fn faults(sheets: &[Sheet], options: &Options) -> Vec<Text> {
    const SAID: usize = 20;
    let (map, wanted) = match asked(options) {
        Ok(asked) => asked,
        Err(error) => return vec![error.text()],
    };
    let why = match draft(sheets, &map, wanted.as_deref()) {
        Ok(_) => return Vec::new(),
        Err(error) => error.text(),
    };
    let mut squares = sheets
        .iter()
        .filter_map(|sheet| Some((sheet, square::find(sheet, map.labels)?)));
    let Some((sheet, square)) = squares.next() else {
        return vec![why];
    };
    let mut faults = Vec::new();
    for &row in &square.rows {
        for column in square.columns.first().copied().unwrap_or(0)..sheet.width(row) {
            if let Err(error) = sheet.number(row, column) {
                faults.push(error.text());
            }
        }
    }
    let more = faults.len().saturating_sub(SAID);
    faults.truncate(SAID);
    if more > 0 {
        faults.push(said!("and {more} more cells", "외 {more}칸"));
    }
    if !faults.contains(&why) {
        faults.push(why);
    }
    faults
}

fn asked(options: &Options) -> Result<(Map, Option<String>)> {
    let map = match &options.map {
        Some(path) => Map::read(path)?,
        None => Map::default(),
    };
    let sheet = options.sheet.clone().or_else(|| map.sheet.clone());
    Ok((map, sheet))
}

/// The sheet to read, and the others that could have been: titles.
fn choose<'a>(
    sheets: &'a [Sheet],
    map: &Map,
    wanted: Option<&str>,
) -> Result<(Reading<'a>, Vec<String>)> {
    if let Some(wanted) = wanted {
        let named = sheets.iter().find(|sheet| sheet.name() == wanted);
        let sheet = named.ok_or_else(|| {
            let known: Vec<&str> = sheets.iter().map(Sheet::name).collect();
            let (file, known) = (sheets.first().map_or("", Sheet::file), known.join(", "));
            Error::at(
                Place::file(file),
                said!(
                    "there is no sheet '{wanted}': {known}",
                    "'{wanted}' 시트가 없습니다. 있는 시트: {known}"
                ),
            )
        })?;
        let square = square::find(sheet, map.labels).ok_or_else(|| no_square(sheet))?;
        return Ok((Reading::of(sheet, square, map)?, Vec::new()));
    }
    let mut found = Vec::new();
    let mut first_error = None;
    for sheet in sheets {
        let Some(square) = square::find(sheet, map.labels) else {
            continue;
        };
        match Reading::of(sheet, square, map) {
            Ok(reading) => found.push(reading),
            Err(error) => first_error = first_error.or(Some(error)),
        }
    }
    // Flows that balance before those that do not, domestic ones first; coefficients are no flows.
    let rank = |reading: &Reading| {
        let (rows, columns) = reading.off();
        let closes = |off: Option<f64>| off.is_some_and(|off| off < 1e-3);
        let around = reading.columns.len() + reading.rows.len();
        let title = format!("{} {}", reading.sheet.name(), heading(reading).join(" "));
        (
            closes(columns) && rows.is_none_or(|off| off < 1e-3),
            closes(columns) || closes(rows),
            reading.output().is_some() && around > 1,
            around > 0,
            words::is_domestic(&title),
        )
    };
    let best = found.iter().map(rank).max();
    let at = best.and_then(|best| found.iter().position(|reading| rank(reading) == best));
    let Some(at) = at else {
        let file = sheets.first();
        return Err(first_error.unwrap_or_else(|| match file {
            Some(sheet) => no_square(sheet),
            None => Error::invalid(said!("there are no sheets", "시트가 없습니다")),
        }));
    };
    let reading = found.swap_remove(at);
    if let (None, Some(error)) = (reading.output(), first_error) {
        return Err(error);
    }
    let others = found.iter().map(|reading| reading.sheet.name().to_owned());
    let others = others.collect();
    Ok((reading, others))
}

fn no_square(sheet: &Sheet) -> Error {
    sheet.wrong(
        0,
        0,
        said!(
            "no block is found whose row of labels and column of labels are the same: sectors need the same codes or \
             names in both",
            "행 표제와 열 표제가 같은 블록을 찾지 못했습니다. 부문의 코드나 이름이 행과 열에 똑같이 있어야 합니다"
        ),
    )
}

/// The texts above the figures, without the labels of sectors.
fn heading(reading: &Reading) -> Vec<String> {
    let (sheet, square) = (reading.sheet, &reading.square);
    let (first, _) = square.start();
    let mut texts = Vec::new();
    for row in 0..first {
        let filled = |column: &&usize| !sheet.label(row, **column).is_empty();
        let of_sectors = square.columns.iter().filter(filled).count() * 2 > square.len();
        for column in 0..sheet.width(row) {
            let of_sector = of_sectors && square.columns.contains(&column);
            let label = sheet.label(row, column);
            if !of_sector && !label.is_empty() {
                texts.push(label);
            }
        }
    }
    texts
}

fn draft(sheets: &[Sheet], map: &Map, wanted: Option<&str>) -> Result<Draft> {
    let (reading, others) = choose(sheets, map, wanted)?;
    let unclear = reading.unclear();
    if !unclear.is_empty() {
        return Err(reading.ambiguous(&unclear));
    }
    let found = Found::of(sheets, &reading, map);
    let mut draft = Draft {
        from: vec![reading.sheet.title()],
        title: found.title.map(Text::same),
        year: found.year,
        currency: Some(found.currency.clone().unwrap_or_else(|| "XXX".to_owned())),
        unit: Some(found.unit.unwrap_or(1e6)),
        prices: found.prices,
        sectors: found.sectors,
        ..Draft::default()
    };
    let name = reading.sheet.name();
    if !others.is_empty() {
        let others = others.join(", ");
        draft.said.push(said!(
            "Of the sheets with a square of sectors, {name} is read, which holds flows that balance; not read: {others}",
            "부문 행렬이 있는 시트 중 수급이 맞는 거래표인 {name}을(를) 읽음. 읽지 않은 시트: {others}"
        ));
    }
    if found.currency.is_none() {
        draft.said.push(said!(
            "The file does not say the currency: XXX stands for it",
            "파일에 통화가 없어 XXX로 표시함"
        ));
    }
    if found.unit.is_none() {
        draft.said.push(said!(
            "The file does not say the unit of money: figures are taken as millions",
            "파일에 금액 단위가 없어 백만 단위로 봄"
        ));
    }
    fill(&mut draft, &reading);
    rounded::close(&mut draft, reading.step());
    Ok(draft)
}

/// The figures of a sheet.
fn fill(draft: &mut Draft, reading: &Reading) {
    let n = reading.square.len();
    let output = reading.output().cloned();
    let imports = Role::Other(OtherInputRole::Imports);
    let by_product = reading
        .line(Side::Columns, imports)
        .map(|line| line.values.abs());
    let demand = reading
        .columns
        .iter()
        .filter_map(|line| Some((line, category(line.role?)?)));
    let mut categories: Vec<(String, Text, FinalDemandRole, &Line)> = Vec::new();
    for (line, role) in demand {
        let title = line.title();
        let id = match categories.iter().any(|(id, ..)| id == role.id())
            || line.role == Some(Role::NonProfit)
        {
            false => role.id().to_owned(),
            true => unlike(&title, |id| {
                categories.iter().any(|(other, ..)| other == id)
            }),
        };
        categories.push((id, Text::same(title), role, line));
    }
    // Imports that are told by user leave the square domestic; a square that sells more than is made
    // holds imported products as well.
    let sold = categories
        .iter()
        .fold(reading.cells.column_sum(), |sum, (_, _, _, line)| {
            sum + &line.values
        });
    let beyond = output.as_ref().map_or(0.0, |output| {
        let size = output.amax().max(f64::MIN_POSITIVE);
        (&sold - output).max() / size
    });
    let told_by_user = reading.line(Side::Rows, imports).is_some();
    let with_imports =
        by_product.is_some() || (!categories.is_empty() && !told_by_user && beyond > 1e-3);
    let origins = |values: &DVector<f64>| match with_imports {
        true => Origins {
            total: Some(values.clone()),
            domestic: None,
            imported: None,
        },
        false => Origins {
            total: Some(values.clone()),
            domestic: Some(values.clone()),
            imported: Some(DVector::zeros(n)),
        },
    };
    draft.flows = match with_imports {
        true => Origins {
            total: Some(reading.cells.clone()),
            domestic: None,
            imported: None,
        },
        false => Origins {
            total: Some(reading.cells.clone()),
            domestic: Some(reading.cells.clone()),
            imported: Some(DMatrix::zeros(n, n)),
        },
    };
    draft.imports = by_product;
    for (id, title, role, line) in &categories {
        draft.final_demand.push(Category {
            id: id.clone(),
            title: title.clone(),
            role: *role,
            demand: origins(&line.values),
        });
        if line.role == Some(Role::NonProfit) {
            let (name, sum) = (&title.en, line.values.sum());
            draft.said.push(said!(
                "'{name}' ({sum:.0}) is counted with government consumption: no household income pays for it",
                "'{name}'({sum:.0})은 가계소득에서 지출되지 않으므로 정부소비에 포함함"
            ));
        }
        if line.role == Some(Role::AllDemand) {
            draft.said.push(said!(
                "Final demand is one column: it is kept as fixed capital formation, and households cannot be closed in",
                "최종수요가 한 열뿐이므로 고정자본형성으로 수록하며 가계를 내생화할 수 없음"
            ));
        }
    }
    if categories.is_empty()
        && let Some(output) = &output
    {
        let demand = output - reading.cells.column_sum();
        draft.said.push(said!(
            "Final demand is not in the sheet: output less what sectors buy, in one column kept as fixed capital \
             formation",
            "시트에 최종수요가 없어 총산출에서 중간수요를 뺀 값을 고정자본형성 한 열로 수록함"
        ));
        draft.final_demand.push(Category {
            id: "final_demand".to_owned(),
            title: said!("Final demand", "최종수요"),
            role: FinalDemandRole::FixedCapital,
            demand: origins(&demand),
        });
    }
    if !with_imports && !told_by_user {
        draft.said.push(said!(
            "No imports are in the sheet: all inputs are taken as domestic",
            "시트에 수입이 없어 모든 투입을 국산으로 봄"
        ));
    }
    draft.output = output;
    rows(draft, reading, &categories);
}

fn category(role: Role) -> Option<FinalDemandRole> {
    match role {
        Role::Demand(role) => Some(role),
        Role::NonProfit => Some(FinalDemandRole::Government),
        Role::AllDemand => Some(FinalDemandRole::FixedCapital),
        _ => None,
    }
}

/// The rows under the square.
fn rows(
    draft: &mut Draft,
    reading: &Reading,
    categories: &[(String, Text, FinalDemandRole, &Line)],
) {
    for line in &reading.rows {
        let title = line.title();
        let bought = |line: &Line| -> Vec<(String, f64)> {
            let cell = |column: usize| reading.sheet.number(line.at, column).ok().flatten();
            let of_column = categories.iter();
            of_column
                .filter_map(|(id, _, _, column)| Some((id.clone(), cell(column.at)?)))
                .collect()
        };
        match line.role {
            Some(Role::Part(role)) => {
                let taken = |id: &str| draft.primary_inputs.iter().any(|part| part.id == id);
                draft.primary_inputs.push(Part {
                    id: own_id(role.id(), &title, taken),
                    title: Text::same(title),
                    role,
                    values: line.values.clone(),
                });
            }
            Some(Role::Other(role)) => {
                let taken = |id: &str| draft.other_inputs.iter().any(|row| row.id == id);
                draft.other_inputs.push(Other {
                    id: own_id(role.id(), &title, taken),
                    title: Text::same(title),
                    role,
                    values: line.values.clone(),
                    demand: bought(line),
                });
            }
            Some(Role::ValueAdded) => draft.value_added = Some(line.values.clone()),
            Some(Role::Jobs) if !draft.accounts.iter().any(|c| c.account.id == "jobs") => {
                draft.accounts.push(Counted {
                    account: Account {
                        id: "jobs".to_owned(),
                        title: said!("Jobs", "취업자"),
                        unit: said!("persons", "명"),
                    },
                    year: None,
                    values: line.values.clone(),
                });
            }
            Some(Role::Ignored | Role::Jobs) => {
                let (row, sum) = (line.at + 1, line.values.sum());
                let left = LeftOut::new(reading.sheet.title(), RowOrColumn::Row, &title, sum);
                draft.left_out.push(left);
                draft.said.push(said!(
                    "Row {row} '{title}' ({sum:.0} in all) is left out",
                    "{row}행 '{title}'(합계 {sum:.0})은 제외함"
                ));
            }
            _ => {}
        }
    }
    rest_of_value_added(draft, reading);
    for line in reading
        .columns
        .iter()
        .filter(|line| line.role == Some(Role::Ignored))
    {
        let (title, sum) = (line.title(), line.values.sum());
        if sum != 0.0 {
            let left = LeftOut::new(reading.sheet.title(), RowOrColumn::Column, &title, sum);
            draft.left_out.push(left);
            draft.said.push(said!(
                "Column '{title}' ({sum:.0} in all) is left out",
                "'{title}' 열(합계 {sum:.0})은 제외함"
            ));
        }
    }
}

/// What value added in all holds beside the parts that are told: they may stand in it or beside it.
fn rest_of_value_added(draft: &mut Draft, reading: &Reading) {
    let (Some(all), false) = (&draft.value_added, draft.primary_inputs.is_empty()) else {
        return;
    };
    let parts = draft.primary_inputs.iter();
    let parts = parts.fold(DVector::zeros(all.len()), |sum, part| sum + &part.values);
    let near = |a: &DVector<f64>, b: &DVector<f64>| {
        let size = a.amax().max(b.amax());
        (a - b).amax() <= 1e-3 * size
    };
    if near(all, &parts) {
        return;
    }
    let others = draft.other_inputs.iter();
    let inputs = others.fold(reading.cells.row_sum().transpose(), |sum, row| {
        sum + &row.values
    });
    let left = draft.output.as_ref().map(|output| output - inputs);
    let beside = left.is_some_and(|left| near(&(all + &parts), &left));
    let values = if beside { all.clone() } else { all - &parts };
    let sum = values.sum();
    draft.said.push(said!(
        "Value added that no part tells ({sum:.0}) is kept as operating surplus",
        "항목 구분이 없는 부가가치({sum:.0})는 영업잉여로 수록함"
    ));
    draft.primary_inputs.push(Part {
        id: "value_added".to_owned(),
        title: said!("Value added, other", "기타 부가가치"),
        role: PrimaryInputRole::OperatingSurplus,
        values,
    });
}

/// The name of a row: that of its role, or where it is taken one made of the title.
fn own_id(role: &str, title: &str, taken: impl Fn(&str) -> bool) -> String {
    match taken(role) {
        false => role.to_owned(),
        true => unlike(title, taken),
    }
}

/// A name made of a title that is not taken: letters and digits, "_" between words.
fn unlike(title: &str, taken: impl Fn(&str) -> bool) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric());
    let words: Vec<String> = (words.filter(|word| !word.is_empty()))
        .map(str::to_lowercase)
        .take(6)
        .collect();
    let base = words.join("_");
    let mut id = base.clone();
    let mut more = 2;
    while taken(&id) {
        id = format!("{base}_{more}");
        more += 1;
    }
    id
}
