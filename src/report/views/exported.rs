//! A table as a workbook: a sheet for each block, what they are, and where they come from.

use crate::error::{Error, Result};
use crate::lang::{Lang, said};
use crate::report::words::block_title;
use crate::report::xlsx::undated;
use crate::table::AnyTable;
use crate::table::write::native::{Block, blocks, texts};
use rust_xlsxwriter::{Format, Workbook, XlsxError};

/// The workbook.
///
/// # Errors
/// More sectors than a sheet has columns.
pub(crate) fn workbook(table: &AnyTable, lang: Lang) -> Result<Vec<u8>> {
    let (most, n) = (16_000, table.sectors().len());
    if n > most {
        return Err(Error::invalid(said!(
            "{n} sectors do not go on a sheet of 16,384 columns: -o table.zip",
            "부문 {n}개는 16,384열인 시트에 담을 수 없습니다: -o table.zip"
        )));
    }
    let deflators = table.deflators();
    let texts = texts(table.meta(), table.sectors(), deflators)?;
    save(table, &texts, lang).map_err(|e| Error::unwritable("XLSX", e))
}

fn save(
    table: &AnyTable,
    texts: &[(String, String)],
    lang: Lang,
) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&undated()?);
    let bold = Format::new().set_bold().set_text_wrap();
    let meta = table.meta();
    let blocks = blocks(table);
    let contents = workbook.add_worksheet();
    contents.set_name(lang.pick("Contents", "차례"))?;
    contents.set_column_width(0, 28)?;
    contents.set_column_width(1, 24)?;
    contents.set_column_width(2, 90)?;
    contents.write_string_with_format(0, 0, meta.title.get(lang), &bold)?;
    let unit = lang.pick("million", "백만");
    let about = [
        (lang.pick("Table", "표"), meta.id.clone()),
        (lang.pick("Year", "연도"), meta.year.to_string()),
        (
            lang.pick("Unit", "단위"),
            format!("{unit} {}", meta.currency),
        ),
        (
            lang.pick("Prices", "가격"),
            meta.price_basis.get(lang).to_owned(),
        ),
        (
            lang.pick("Source", "출처"),
            meta.attribution.get(lang).to_owned(),
        ),
        (
            lang.pick("Modified", "변경"),
            meta.modifications.get(lang).to_owned(),
        ),
        ("SHA-256", table.content_hash().to_owned()),
    ];
    let mut row = 2;
    for (what, value) in &about {
        contents.write_string(row, 0, *what)?;
        contents.write_string(row, 1, value)?;
        row += 1;
    }
    row += 1;
    for block in &blocks {
        contents.write_string_with_format(row, 0, block.name, &bold)?;
        contents.write_string(row, 1, block_title(block.name, lang))?;
        if let Some(origin) = meta.block(block.name) {
            let how = format!("{}: {}", origin.status.of_block(lang), origin.how.get(lang));
            contents.write_string(row, 2, how)?;
        }
        row += 1;
    }
    for block in &blocks {
        sheet(workbook.add_worksheet(), block, table, lang, &bold)?;
    }
    // The texts of the folder, line by line: with them the workbook is read back as the table that it is.
    for (name, text) in texts {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name)?;
        for (row, line) in (0..).zip(text.lines()) {
            sheet.write_string(row, 0, line)?;
        }
    }
    workbook.save_to_buffer()
}

/// Codes and names in the first two rows and columns, then the figures.
fn sheet(
    sheet: &mut rust_xlsxwriter::Worksheet,
    block: &Block<'_>,
    table: &AnyTable,
    lang: Lang,
    bold: &Format,
) -> std::result::Result<(), XlsxError> {
    let sectors = table.sectors();
    let meta = table.meta();
    let titles = (meta.final_demand.iter().map(|c| (&c.id, &c.title)))
        .chain(meta.primary_inputs.iter().map(|p| (&p.id, &p.title)))
        .chain(meta.other_inputs.iter().map(|o| (&o.id, &o.title)))
        .chain(meta.accounts.iter().map(|a| (&a.id, &a.title)));
    let titles: std::collections::HashMap<&str, &str> = titles
        .map(|(id, title)| (id.as_str(), title.get(lang)))
        .collect();
    let name = |code: &str| match sectors.position(code) {
        Some(at) => sectors.get(at).name.get(lang),
        None => titles.get(code).copied().unwrap_or(""),
    };
    sheet.set_name(block.name)?;
    sheet.set_freeze_panes(2, 2)?;
    sheet.set_column_width(1, 28)?;
    sheet.write_string(0, 0, block.corner)?;
    for (column, code) in (2..).zip(&block.columns) {
        sheet.write_string_with_format(0, column, *code, bold)?;
        sheet.write_string_with_format(1, column, name(code), bold)?;
    }
    for (i, code) in block.rows.iter().enumerate() {
        let row = i as u32 + 2;
        sheet.write_string_with_format(row, 0, *code, bold)?;
        sheet.write_string(row, 1, name(code))?;
        for (j, column) in (0..block.columns.len()).zip(2..) {
            sheet.write_number(row, column, block.figures.at(i, j))?;
        }
    }
    Ok(())
}
