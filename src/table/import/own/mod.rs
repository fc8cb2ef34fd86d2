//! A sheet of one's own, or of an office that the project does not know: labels beside and above figures.
//!
//! The square is where a row of labels and a column of labels are the same ([`square`]); what stands beside
//! and under it is told by labels and by what adds up ([`lines`], [`words`]). Where that is not clear, a map
//! says it ([`map`]). Of several sheets the one is read that holds flows which balance.

mod about;
mod checks;
mod choose;
mod coefficients;
mod imports;
mod lines;
mod map;
mod origin;
mod pieces;
mod rounded;
mod square;
mod suggest;
mod words;

#[cfg(test)]
mod tests;

use super::draft::{Category, Counted, Draft, Origins, Other, Part};
use super::sheets::Sheet;
use super::{LeftOut, Options, RowOrColumn};
use crate::error::Result;
use crate::lang::{Text, said};
use crate::table::{Account, FinalDemandRole, OtherInputRole, PrimaryInputRole};
use about::Found;
use choose::{Chosen, choose};
use imports::Partner;
use lines::{Line, Reading, Side};
use map::Map;
use nalgebra::{DMatrix, DVector};
use origin::Origin;
use words::Role;

/// Whether a sheet has a square of figures, or of what should be figures.
pub(super) fn recognises(sheets: &[Sheet]) -> bool {
    let is_square = |sheet: &Sheet| square::find(sheet, None).is_some();
    sheets.iter().any(is_square) || sheets.iter().any(choose::is_of_texts)
}

/// The table of the sheets, by the sheet and the map that are asked for where any are.
///
/// # Errors
/// A sheet that there is none of; a map that cannot be read; figures that are none, totals that are no sums,
/// lines of which it is not clear what they are.
pub(super) fn read(sheets: &[Sheet], options: &Options) -> Result<Draft> {
    let (map, sheet) = asked(options)?;
    draft(sheets, &map, sheet.as_deref(), options)
}

/// A map of what is believed of the sheets, as a text to correct.
///
/// # Errors
/// As [`read`], but for what is not clear.
pub(super) fn suggest(sheets: &[Sheet], options: &Options) -> Result<String> {
    let (map, sheet) = asked(options)?;
    let pieces = pieces::of(sheets, &map);
    let chosen = choose(&pieces, &map, sheet.as_deref(), options)?;
    let found = Found::of(sheets, &chosen.reading, &map)?;
    // What is not clear of another sheet is asked for when the map is read.
    let partner = imports::find(&chosen, &map).ok().flatten();
    let partner = partner.filter(|_| chosen.reading.again.is_empty());
    let partner = partner.map(|partner| partner.name);
    Ok(suggest::text(&chosen.reading, &found, partner.as_deref()))
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
    let why = match draft(sheets, &map, wanted.as_deref(), options) {
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
            if let Err(error) = sheet.figure(row, column) {
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

fn draft(sheets: &[Sheet], map: &Map, wanted: Option<&str>, options: &Options) -> Result<Draft> {
    let pieces = pieces::of(sheets, map);
    let mut chosen = choose(&pieces, map, wanted, options)?;
    let unclear = chosen.reading.unclear();
    if !unclear.is_empty() {
        return Err(chosen.reading.ambiguous(&unclear));
    }
    let found = Found::of(sheets, &chosen.reading, map)?;
    let mut draft = Draft {
        from: vec![chosen.reading.sheet.title()],
        title: found.title.map(Text::same),
        year: found.year,
        currency: Some(found.currency.clone().unwrap_or_else(|| "XXX".to_owned())),
        unit: Some(found.unit.unwrap_or(1e6)),
        prices: found.prices,
        sectors: found.sectors,
        ..Draft::default()
    };
    let per_unit = coefficients::of(&chosen.reading);
    let flows = chosen.reading.output().is_some();
    let partner = match per_unit {
        None => imports::find(&chosen, map)?,
        Some(_) => None,
    };
    which(&mut draft, &chosen, partner.as_ref());
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
    if let Some(holds) = per_unit {
        if !flows {
            coefficients::fill(&mut draft, &chosen.reading, &chosen.others, holds)?;
            return Ok(draft);
        }
        coefficients::to_flows(&mut chosen.reading);
        draft.said.push(said!(
            "The square holds coefficients: flows are these times output",
            "행렬이 투입계수이므로 총산출을 곱해 거래액으로 바꿈"
        ));
    }
    fill(&mut draft, &chosen.reading, partner.as_ref());
    rounded::close(&mut draft, chosen.reading.step());
    Ok(draft)
}

/// Says which sheet is read and which are not, how it lies, and what marks of the publisher stand in it.
fn which(draft: &mut Draft, chosen: &Chosen, partner: Option<&Partner>) {
    const SHOWN: usize = 8;
    let reading = &chosen.reading;
    let name = reading.sheet.name();
    let with = |other: &&Reading| partner.is_none_or(|partner| partner.name != other.sheet.name());
    let mut others: Vec<&str> = (chosen.others.iter())
        .filter(with)
        .map(|other| other.sheet.name())
        .collect();
    others.dedup();
    if !others.is_empty() {
        let others = others.join(", ");
        draft.said.push(said!(
            "Of the sheets with a square of sectors, {name} is read, which holds flows that balance; not read: {others}",
            "부문 행렬이 있는 시트 중 수급이 맞는 거래표인 {name}을(를) 읽음. 읽지 않은 시트: {others}"
        ));
    }
    if reading.sheet.is_hidden() {
        draft.said.push(said!(
            "The sheet {name} is hidden in the workbook, and is read since no visible one holds flows",
            "{name}은(는) 숨겨진 시트이나 보이는 시트 중에 거래표가 없어 읽음"
        ));
    }
    if reading.sheet.is_transposed() {
        draft.said.push(said!(
            "In {name} users stand in rows and suppliers in columns: it is read the other way",
            "{name}은(는) 행이 수요, 열이 공급이므로 행과 열을 바꾸어 읽음"
        ));
    }
    for Text { en, ko } in &chosen.failed {
        draft.said.push(said!("Not read: {en}", "읽지 않음: {ko}"));
    }
    if let Some(partner) = partner {
        draft.from.push(partner.name.clone());
        let other = &partner.name;
        draft.said.push(match (partner.first, partner.own) {
            (Origin::Total, Origin::Domestic) => said!(
                "{name} holds domestic and imported flows together, {other} the domestic ones",
                "{name}은(는) 국산과 수입을 합한 거래, {other}은(는) 국산 거래로 읽음"
            ),
            (Origin::Total, _) => said!(
                "{name} holds domestic and imported flows together, {other} the imported ones",
                "{name}은(는) 국산과 수입을 합한 거래, {other}은(는) 수입 거래로 읽음"
            ),
            (_, Origin::Total) => said!(
                "{name} holds domestic flows, {other} domestic and imported ones together",
                "{name}은(는) 국산 거래, {other}은(는) 국산과 수입을 합한 거래로 읽음"
            ),
            _ => said!(
                "{name} holds domestic flows, {other} imported ones",
                "{name}은(는) 국산 거래, {other}은(는) 수입 거래로 읽음"
            ),
        });
    }
    let shown = |cells: &[String]| {
        let first = cells.iter().take(SHOWN).cloned().collect::<Vec<_>>();
        match cells.len().saturating_sub(SHOWN) {
            0 => first.join(", "),
            more => format!("{}, +{more}", first.join(", ")),
        }
    };
    let [beside, in_place] = checks::marks(reading);
    if !beside.is_empty() {
        let (n, cells) = (beside.len(), shown(&beside));
        draft.said.push(said!(
            "Marks beside {n} figures, of footnotes and of what is provisional, are left off: {cells}",
            "각주나 잠정치 표시가 붙은 값 {n}개에서 표시를 떼고 읽음: {cells}"
        ));
    }
    if !in_place.is_empty() {
        let (n, cells) = (in_place.len(), shown(&in_place));
        draft.said.push(said!(
            "{n} figures are not given (.., n.a., x) and count as 0: {cells}",
            "값이 공표되지 않은 칸(.., n.a., x) {n}개는 0으로 봄: {cells}"
        ));
    }
}

/// The figures of a sheet.
fn fill(draft: &mut Draft, reading: &Reading, partner: Option<&Partner>) {
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
    let with_imports = partner.is_none()
        && (by_product.is_some() || (!categories.is_empty() && !told_by_user && beyond > 1e-3));
    let origins = |line: Option<&Line>, values: &DVector<f64>| match (partner, with_imports) {
        (Some(partner), _) => {
            let bought = line.and_then(|line| partner.demand.as_ref()?.get(&line.at));
            let otherwise = match partner.own {
                Origin::Total | Origin::Domestic => values.clone(),
                Origin::Imported => DVector::zeros(n),
            };
            let bought = bought.cloned().unwrap_or(otherwise);
            of_both(partner, values.clone(), bought)
        }
        (None, true) => Origins {
            total: Some(values.clone()),
            domestic: None,
            imported: None,
        },
        (None, false) => Origins {
            total: Some(values.clone()),
            domestic: Some(values.clone()),
            imported: Some(DVector::zeros(n)),
        },
    };
    draft.flows = match (partner, with_imports) {
        (Some(partner), _) => of_both(partner, reading.cells.clone(), partner.cells.clone()),
        (None, true) => Origins {
            total: Some(reading.cells.clone()),
            domestic: None,
            imported: None,
        },
        (None, false) => Origins {
            total: Some(reading.cells.clone()),
            domestic: Some(reading.cells.clone()),
            imported: Some(DMatrix::zeros(n, n)),
        },
    };
    draft.imports = by_product.filter(|_| partner.is_none());
    if partner.is_some_and(|partner| partner.demand.is_none()) && !categories.is_empty() {
        draft.said.push(said!(
            "Imports of final demand are not by product in the files: all that it buys is taken as domestic",
            "파일에 최종수요의 생산물별 수입이 없어 최종수요를 모두 국산으로 봄"
        ));
    }
    for (id, title, role, line) in &categories {
        draft.final_demand.push(Category {
            id: id.clone(),
            title: title.clone(),
            role: *role,
            demand: origins(Some(line), &line.values),
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
            demand: origins(None, &demand),
        });
    }
    if !with_imports && !told_by_user && partner.is_none() {
        draft.said.push(said!(
            "No imports are in the sheet: all inputs are taken as domestic",
            "시트에 수입이 없어 모든 투입을 국산으로 봄"
        ));
    }
    draft.output = output;
    rows(draft, reading, &categories, partner);
}

/// A block of the first square and of the other, each at its origin.
fn of_both<T>(partner: &Partner, first: T, other: T) -> Origins<T> {
    let mut origins = Origins::default();
    let place = |origins: &mut Origins<T>, of: Origin, block: T| match of {
        Origin::Domestic => origins.domestic = Some(block),
        Origin::Imported => origins.imported = Some(block),
        Origin::Total => origins.total = Some(block),
    };
    place(&mut origins, partner.first, first);
    place(&mut origins, partner.own, other);
    origins
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
    partner: Option<&Partner>,
) {
    // Rows of imports are the sums of what another square tells by product.
    let imports = |role| role == Role::Other(OtherInputRole::Imports);
    let told_by_product = partner.is_some_and(|partner| {
        let by_product = partner.imported_inputs(&reading.cells);
        let rows = reading.sum(Side::Rows, imports);
        (by_product - &rows).amax() <= 1e-3 * rows.amax().max(f64::MIN_POSITIVE)
    });
    for line in &reading.rows {
        if told_by_product && line.role.is_some_and(imports) {
            continue;
        }
        let title = line.title();
        let bought = |line: &Line| -> Vec<(String, f64)> {
            let cell = |column: usize| reading.sheet.figure(line.at, column).ok().flatten();
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
                let (row, sum) = (reading.sheet.row_name(line.at), line.values.sum());
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
