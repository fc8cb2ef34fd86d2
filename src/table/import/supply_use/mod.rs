//! Supply, make and use tables as offices print them: workbooks and texts with labelled blocks.
//!
//! Which table a sheet is, its name says, or that of its file: *supply* (Eurostat, ONS: products in rows), *make*
//! or V (BEA, USEEIO: industries in rows), *use* or U, *domestic use* or U_d. Industries are the columns that
//! supply and use share, products the rows; what else there is, codes and labels tell: final demand, value
//! added, imports, margins, taxes, totals. Codes of Eurostat (P3_S14, D21X31, OTTM ...) and of BEA (F01000,
//! V00100, MCIF, T007 ...) are known.

mod grid;
mod labels;

use self::grid::{Grid, Label};
use self::labels::{Column, Extra};
use super::Options;
use super::sheets::{self, Sheet};
use super::world::labels as world;
use crate::error::{Error, Place, Result};
use crate::lang::{Text, said};
use crate::table::supply_use::{Printed, SupplyUse};
use crate::table::{OtherInputRole, PrimaryInputRole};
use nalgebra::{DMatrix, DVector};
use std::path::Path;

/// Supply and use tables that were read.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct SupplyUseImport {
    /// The tables at basic prices.
    pub tables: SupplyUse,
    /// What was derived or left out.
    pub said: Vec<Text>,
    /// The sheets that were read.
    pub sheets: Vec<String>,
}

/// Which table a sheet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Supply,
    Make,
    Use,
    DomesticUse,
}

impl Kind {
    /// What a name says: "Use_2020", "V", "U_d".
    fn of(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        let words: Vec<&str> = name
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let is = |names: &[&str]| words.iter().any(|word| names.contains(word));
        let has = |part: &str| name.contains(part);
        let uses = is(&["use", "uses", "u", "iouse"]) || has(labels::USE);
        match () {
            () if uses && (is(&["domestic", "dom", "d"]) || has(labels::DOMESTIC)) => {
                Some(Kind::DomesticUse)
            }
            () if uses => Some(Kind::Use),
            () if is(&["make", "iomake", "v"]) => Some(Kind::Make),
            () if is(&["supply", "sup"]) || has(labels::SUPPLY) => Some(Kind::Supply),
            () => None,
        }
    }
}

/// Reads supply and use tables from files, or from all workbooks and texts of folders.
///
/// # Errors
/// Files that cannot be read; none that is a supply or make table, or a use table; labels that are not
/// understood, with the cell; a product or an industry that does not add up.
pub fn open(paths: &[&Path], options: &Options) -> Result<SupplyUseImport> {
    let mut all = Vec::new();
    for path in paths {
        for file in sheets::files_of(path)? {
            all.extend(sheets::open(&file)?);
        }
    }
    read(&all, options)
}

/// The same of files in memory, each under a name for messages.
///
/// ```
/// use leontief::table::import::{Options, supply_use};
///
/// let supply = ",farms,works\ngrain,90,10\ngoods,0,100\n";
/// let uses = ",farms,works,households\ngrain,12,8,80\ngoods,10,7,83\nwages,68,95,\n";
/// let files = [("supply.csv", supply), ("use.csv", uses)].map(|(name, text)| (name.to_owned(), text.into()));
/// let read = supply_use::of_bytes(&files, &Options::default())?;
/// assert_eq!(read.tables.product_output().as_slice(), [100.0, 100.0]);
/// assert_eq!(read.tables.market_shares()[(0, 1)], 0.1);
/// # Ok::<(), leontief::Error>(())
/// ```
///
/// # Errors
/// As [`open`].
pub fn of_bytes(files: &[(String, Vec<u8>)], options: &Options) -> Result<SupplyUseImport> {
    let mut all = Vec::new();
    for (name, bytes) in files {
        all.extend(sheets::of_bytes(name, bytes)?);
    }
    read(&all, options)
}

fn read(all: &[Sheet], options: &Options) -> Result<SupplyUseImport> {
    let mut found: Vec<(Kind, &Sheet)> = Vec::new();
    for sheet in all {
        let file = Path::new(sheet.file()).file_stem().unwrap_or_default();
        let named = options.sheet.as_deref() == Some(sheet.name());
        let several = all.iter().filter(|s| s.file() == sheet.file()).count() > 1;
        let of_file = Kind::of(&file.to_string_lossy());
        let kind = match Kind::of(sheet.name()) {
            Some(kind) if sheet.name() != sheet.file() => Some(kind),
            // A workbook with a sheet a year.
            _ if several && !named => None,
            _ => of_file,
        };
        if let Some(kind) = kind {
            if let Some((_, first)) = found.iter().find(|(other, _)| *other == kind) {
                let (a, b) = (first.title(), sheet.title());
                return Err(Error::invalid(said!(
                    "two sheets may be the same table: {a} and {b}; give the file of one, or name the sheet",
                    "같은 표로 보이는 시트가 둘입니다: {a}, {b}. 한 파일만 지정하거나 시트 이름을 지정하십시오"
                )));
            }
            found.push((kind, sheet));
        }
    }
    let of = |kind: Kind| {
        found
            .iter()
            .find(|(k, _)| *k == kind)
            .map(|(_, sheet)| *sheet)
    };
    let seen = sheets::seen(all);
    let lacking = |what: Text| {
        let (en, ko) = (what.en, what.ko);
        Error::invalid(said!(
            "no sheet is a {en}: its name, or that of its file, has to say so; there are {seen}. With a sheet a \
             year, name the sheet",
            "{ko}가 없습니다. 시트나 파일 이름으로 알아볼 수 있어야 합니다. 시트: {seen}. 연도별 시트이면 시트를 \
             지정하십시오"
        ))
    };
    let supply = match (of(Kind::Supply), of(Kind::Make)) {
        (Some(sheet), _) => Grid::of(sheet)?,
        (None, Some(sheet)) => Grid::of(sheet)?.turned(),
        (None, None) => return Err(lacking(said!("supply or make table", "공급표(make표)"))),
    };
    let uses = of(Kind::Use).ok_or_else(|| lacking(said!("use table", "사용표")))?;
    let uses = Grid::of(uses)?;
    let domestic = of(Kind::DomesticUse).map(Grid::of).transpose()?;
    let mut made = Reading::default();
    let printed = made.printed(&supply, &uses, domestic.as_ref())?;
    let mut tables = printed.at_basic_prices()?;
    tables.year = options.year.unwrap_or_default();
    if let Some(currency) = &options.currency {
        tables.currency.clone_from(currency);
    }
    if let Some(unit) = options.unit {
        if !(unit > 0.0 && unit.is_finite()) {
            return Err(Error::invalid(said!(
                "a unit of {unit} is none: write how many of the currency are one in the figures, 1000000 for millions",
                "단위가 {unit}일 수 없습니다. 표의 1단위가 통화 몇 단위인지 쓰십시오(백만이면 1000000)"
            )));
        }
        tables.millions = unit / 1e6;
    }
    tables.title = Text::same(&supply.title);
    if let Some(id) = &options.id {
        tables.id.clone_from(id);
        tables.title = Text::same(id);
    }
    tables.check()?;
    if printed.domestic.is_none() && printed.imports.is_some() {
        made.said.push(said!(
            "imports are spread over all uses but exports in proportion; what they do not hold is re-exported",
            "수입은 수출을 제외한 모든 수요에 비례하여 배분하고, 이를 넘는 부분은 재수출로 봄"
        ));
    }
    if printed.taxes.is_some() || printed.margins.is_some() {
        made.said.push(said!(
            "taxes on products are taken out of all uses but exports, margins out of all uses, in proportion",
            "순생산물세는 수출을 제외한 수요에서, 유통마진은 모든 수요에서 비례하여 제외함"
        ));
    }
    Ok(SupplyUseImport {
        tables,
        said: made.said,
        sheets: found.iter().map(|(_, sheet)| sheet.title()).collect(),
    })
}

#[derive(Default)]
struct Reading {
    said: Vec<Text>,
}

impl Reading {
    fn printed(&mut self, supply: &Grid, uses: &Grid, domestic: Option<&Grid>) -> Result<Printed> {
        let both = |a: &[Label], b: &[Label]| -> Vec<Label> {
            let there = a.iter().filter(|label| !labels::is_total(label));
            there
                .filter(|label| b.iter().any(|other| other.code == label.code))
                .cloned()
                .collect()
        };
        let industries = both(&uses.columns, &supply.columns);
        let products = both(&supply.rows, &uses.rows);
        if industries.is_empty() || products.is_empty() {
            let first = |labels: &[Label]| labels.first().map_or("", |l| &l.code).to_owned();
            let (a, b) = (first(&supply.columns), first(&uses.columns));
            return Err(Error::at(
                Place::file(&uses.title),
                said!(
                    "supply and use share no industries or no products by code: their columns begin with '{a}' and '{b}'",
                    "공급표와 사용표에 코드가 같은 산업이나 상품이 없습니다. 첫 열: '{a}', '{b}'"
                ),
            ));
        }
        let (m, n) = (products.len(), industries.len());
        let block = |grid: &Grid, rows: &[Label], columns: &[Label]| -> Result<DMatrix<f64>> {
            let mut cells = DMatrix::zeros(rows.len(), columns.len());
            for (i, row) in rows.iter().enumerate() {
                for (j, column) in columns.iter().enumerate() {
                    cells[(i, j)] = grid.value(&row.code, &column.code)?;
                }
            }
            Ok(cells)
        };
        let mut printed = Printed {
            products: named(&products, [&supply.rows, &uses.rows]),
            industries: named(&industries, [&uses.columns, &supply.columns]),
            supply: block(supply, &products, &industries)?,
            uses: block(uses, &products, &industries)?,
            ..Printed::default()
        };
        let is_industry = |label: &Label| industries.iter().any(|i| i.code == label.code);
        for label in supply.columns.iter().filter(|label| !is_industry(label)) {
            let column = block(supply, &products, std::slice::from_ref(label))?
                .column(0)
                .into_owned();
            let into = match labels::extra(label) {
                Some(Extra::Total) => continue,
                Some(Extra::Imports) => &mut printed.imports,
                Some(Extra::Margins) => &mut printed.margins,
                Some(Extra::Taxes) => &mut printed.taxes,
                Some(Extra::Subsidies) => {
                    let less = column.map(|v| -v.abs());
                    add(&mut printed.taxes, less);
                    continue;
                }
                None => return Err(supply.unknown_column(label)),
            };
            add(into, column);
        }
        let mut finals: Vec<Label> = Vec::new();
        for label in uses.columns.iter().filter(|label| !is_industry(label)) {
            match labels::column(label) {
                Some(Column::Total) => {}
                Some(Column::Demand(role)) => {
                    finals.push(label.clone());
                    printed.roles.push(role);
                }
                Some(Column::Imports) => {
                    let column = block(uses, &products, std::slice::from_ref(label))?;
                    add(&mut printed.imports, -column.column(0).into_owned());
                }
                None => return Err(uses.unknown_column(label)),
            }
        }
        printed.final_uses = block(uses, &products, &finals)?;
        let mut whole: Option<DVector<f64>> = None;
        let is_product = |label: &Label| products.iter().any(|p| p.code == label.code);
        for label in uses.rows.iter().filter(|label| !is_product(label)) {
            let own = std::slice::from_ref(label);
            let values = || -> Result<DVector<f64>> {
                Ok(block(uses, own, &industries)?.row(0).transpose())
            };
            // The gross surplus holds them.
            let gross = uses.rows.iter().any(|l| l.code == "B2A3G");
            if gross && matches!(label.code.as_str(), "P51C" | "B2A3N") {
                continue;
            }
            match labels::row(label) {
                Some(labels::Row::Left) => {}
                Some(labels::Row::Of(world::Row::Output | world::Row::Total)) => {}
                Some(labels::Row::Of(world::Row::ValueAdded)) => whole = Some(values()?),
                Some(labels::Row::Of(world::Row::Part(role))) => {
                    let values = values()?;
                    match printed.value_added.iter_mut().find(|(of, _)| *of == role) {
                        Some((_, sum)) => *sum += values,
                        None => printed.value_added.push((role, values)),
                    }
                }
                Some(labels::Row::Of(world::Row::Other(OtherInputRole::ProductTaxes))) => {
                    // At purchasers' prices they stand with supply.
                    if printed.taxes.is_none() {
                        let demand = block(uses, own, &finals)?.row(0).transpose();
                        printed.taxes_by_user = Some((values()?, demand));
                    }
                }
                Some(labels::Row::Of(world::Row::Other(OtherInputRole::Imports))) | None => {
                    return Err(uses.unknown_row(label));
                }
            }
        }
        if let (true, Some(whole)) = (printed.value_added.is_empty(), whole) {
            printed.value_added = vec![(PrimaryInputRole::OperatingSurplus, whole)];
        }
        if let Some(grid) = domestic {
            let at_home = (
                block(grid, &products, &industries)?,
                block(grid, &products, &finals)?,
            );
            if printed.imports.is_none() {
                let all = printed.uses.column_sum() + printed.final_uses.column_sum();
                printed.imports = Some(all - at_home.0.column_sum() - at_home.1.column_sum());
                self.said.push(said!(
                    "imports are what all uses are above those of domestic products",
                    "수입은 총사용에서 국산 사용을 뺀 값임"
                ));
            }
            printed.domestic = Some(at_home);
        }
        let left = supply
            .rows
            .iter()
            .filter(|l| !is_product(l) && !labels::is_total(l));
        let left: Vec<&str> = left.map(|l| l.code.as_str()).collect();
        if !left.is_empty() {
            let (count, shown) = (left.len(), left[..left.len().min(8)].join(", "));
            self.said.push(said!(
                "{count} rows of the supply table have no use and are left out: {shown}",
                "공급표의 {count}개 행은 사용표에 없어 제외함: {shown}"
            ));
        }
        debug_assert_eq!(printed.supply.shape(), (m, n));
        Ok(printed)
    }
}

fn add(into: &mut Option<DVector<f64>>, values: DVector<f64>) {
    match into {
        Some(sum) => *sum += values,
        None => *into = Some(values),
    }
}

/// Codes with the first name that is more than the code.
fn named(labels: &[Label], grids: [&[Label]; 2]) -> Vec<(String, Text)> {
    let name = |label: &Label| {
        let same = grids
            .into_iter()
            .flatten()
            .filter(|other| other.code == label.code);
        let mut names = same.map(|other| &other.name);
        names
            .find(|name| **name != label.code)
            .unwrap_or(&label.code)
            .clone()
    };
    labels
        .iter()
        .map(|label| (label.code.clone(), Text::same(name(label))))
        .collect()
}

#[cfg(test)]
mod tests;
