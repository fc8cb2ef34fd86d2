//! A workbook to fill in: a table of one's own, with its checks as formulas.

use crate::error::{Error, Result};
use crate::lang::{Lang, said};
use crate::report::xlsx::undated;
use rust_xlsxwriter::{
    ConditionalFormatFormula, Format, FormatBorder, Formula, Workbook, Worksheet, XlsxError,
};

/// How many sectors a template may have: a sheet has 16,384 columns.
pub const MOST_SECTORS: usize = 4_000;

/// Where the first sector stands, from 0.
const FIRST_ROW: u32 = 8;
const FIRST_COLUMN: u16 = 2;

/// The columns after the sectors, English and Korean; the last is output.
const COLUMNS: [[&str; 2]; 6] = [
    ["Household consumption", "민간소비"],
    ["Government consumption", "정부소비"],
    ["Fixed capital formation", "고정자본형성"],
    ["Changes in inventories", "재고증감"],
    ["Exports", "수출"],
    ["Output", "총산출"],
];

/// The rows after the sectors.
const ROWS: [[&str; 2]; 6] = [
    ["Imports", "수입"],
    ["Taxes less subsidies on products", "순생산물세"],
    ["Compensation of employees", "피용자보수"],
    ["Operating surplus", "영업잉여"],
    ["Consumption of fixed capital", "고정자본소모"],
    ["Net taxes on production", "순생산세"],
];

/// The workbook for a number of sectors.
///
/// # Errors
/// Fewer than 2 sectors, or more than [`MOST_SECTORS`].
pub fn workbook(sectors: usize, lang: Lang) -> Result<Vec<u8>> {
    if !(2..=MOST_SECTORS).contains(&sectors) {
        return Err(Error::invalid(said!(
            "a template has 2 to {MOST_SECTORS} sectors, not {sectors}",
            "서식의 부문은 2~{MOST_SECTORS}개입니다. {sectors}개는 만들 수 없습니다"
        )));
    }
    let n = u16::try_from(sectors).map_err(|e| Error::unwritable("XLSX", e))?;
    let written = sheet(n, lang).and_then(|table| save(table, lang));
    written.map_err(|e| Error::unwritable("XLSX", e))
}

/// The workbook of a sheet and of what must be known to fill it in.
fn save(table: Worksheet, lang: Lang) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&undated()?);
    workbook.push_worksheet(table);
    let help = workbook.add_worksheet();
    help.set_name(lang.pick("How to fill in", "작성 방법"))?;
    help.set_column_width(0, 110)?;
    for (row, line) in (0..).zip(notes(lang)) {
        help.write_string(row, 0, *line)?;
    }
    workbook.save_to_buffer()
}

/// The sheet to fill in.
fn sheet(n: u16, lang: Lang) -> std::result::Result<Worksheet, XlsxError> {
    let pick = |text: [&'static str; 2]| lang.pick(text[0], text[1]);
    let head = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_border_bottom(FormatBorder::Thin);
    let check = Format::new().set_italic().set_font_color("#808080");
    let wrong = Format::new()
        .set_background_color("#F8CBAD")
        .set_font_color("#9C0006");
    let mut sheet = Worksheet::new();
    sheet.set_name(lang.pick("Table", "산업연관표"))?;
    sheet.set_column_width(0, 10)?;
    sheet.set_column_width(1, 34)?;
    let about = [
        (["Title", "제목"], ["", ""]),
        (["Year", "연도"], ["", ""]),
        (["Currency", "통화"], ["", "KRW"]),
        (["Unit", "단위"], ["million", "백만"]),
        (["Prices", "가격"], ["basic prices", "기초가격"]),
    ];
    for (row, (name, value)) in (0..).zip(about) {
        sheet.write_string_with_format(row, 0, pick(name), &Format::new().set_bold())?;
        sheet.write_string(row, 1, pick(value))?;
    }
    let above = lang.pick(
        "Domestic products: rows sell, columns buy",
        "국산품: 행은 판매, 열은 구매",
    );
    sheet.write_string(FIRST_ROW - 2, FIRST_COLUMN, above)?;
    sheet.write_string_with_format(FIRST_ROW - 1, 0, lang.pick("Code", "코드"), &head)?;
    sheet.write_string_with_format(FIRST_ROW - 1, 1, lang.pick("Name", "부문명"), &head)?;
    for sector in 0..n {
        let (row, column) = (FIRST_ROW + u32::from(sector), FIRST_COLUMN + sector);
        let code = (sector + 1).to_string();
        sheet.write_string_with_format(FIRST_ROW - 1, column, &code, &head)?;
        sheet.write_string(row, 0, &code)?;
        let name = lang.pick(format!("Sector {code}"), format!("부문 {code}"));
        sheet.write_string(row, 1, name)?;
    }
    let after_sectors = FIRST_COLUMN + n;
    for (column, name) in (after_sectors..).zip(COLUMNS) {
        sheet.write_string_with_format(FIRST_ROW - 1, column, pick(name), &head)?;
        sheet.set_column_width(column, 14)?;
    }
    let under = FIRST_ROW + u32::from(n);
    for (row, name) in (under..).zip(ROWS) {
        sheet.write_string(row, 1, pick(name))?;
    }
    let (output, checks) = (after_sectors + 5, after_sectors + 6);
    let (last_input, check_row) = (under + 5, under + 6);
    let said = lang.pick("Check: 0", "검산: 0");
    sheet.write_string_with_format(FIRST_ROW - 1, checks, said, &check)?;
    sheet.write_string_with_format(check_row, 1, said, &check)?;
    sheet.write_string(check_row + 1, 1, lang.pick("Jobs", "취업자"))?;
    let cell = |row: u32, column: u16| rust_xlsxwriter::utility::row_col_to_cell(row, column);
    for sector in 0..n {
        let (row, column) = (FIRST_ROW + u32::from(sector), FIRST_COLUMN + sector);
        let of = cell(row, output);
        let sold = format!("{}:{}", cell(row, FIRST_COLUMN), cell(row, output - 1));
        let spent = format!("{}:{}", cell(FIRST_ROW, column), cell(last_input, column));
        for (row, column, parts) in [(row, checks, sold), (check_row, column, spent)] {
            let formula = format!("=IF({of}=\"\",\"\",SUM({parts})-{of})");
            let formula = Formula::new(formula).set_result("");
            sheet.write_formula_with_format(row, column, formula, &check)?;
        }
    }
    let off = |row: u32, column: u16| {
        let at = cell(row, column);
        ConditionalFormatFormula::new()
            .set_rule(format!("=AND(ISNUMBER({at}),ABS({at})>0.5)").as_str())
            .set_format(&wrong)
    };
    let last_row = under - 1;
    sheet.add_conditional_format(FIRST_ROW, checks, last_row, checks, &off(FIRST_ROW, checks))?;
    let rule = off(check_row, FIRST_COLUMN);
    sheet.add_conditional_format(check_row, FIRST_COLUMN, check_row, after_sectors - 1, &rule)?;
    sheet.set_freeze_panes(FIRST_ROW, FIRST_COLUMN)?;
    Ok(sheet)
}

fn notes(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::En => &[
            "1. Above the table: its title, year, currency (ISO 4217: USD, KRW), unit (million, billion, thousand) and prices.",
            "2. Rows sell, columns buy. Codes and names may be changed: the codes of the rows and those of the columns must be the same, in one order.",
            "3. Where the table tells domestic products only, imports that sectors and final demand use go into the row 'Imports', taxes on what they buy into the row below it.",
            "4. Where it tells domestic and imported products together, leave these two rows empty: what is used beyond output is taken as imports, and the split is estimated.",
            "5. Lines that are not known stay empty or are deleted; other lines of value added or final demand may be inserted, with a name.",
            "6. 'Check: 0' is what a row sells, or a column costs, less output: it is 0 in a table that adds up, and coloured where it is not.",
            "7. Jobs are persons.",
            "Then: leontief check my.xlsx, and leontief multipliers --table my.xlsx",
        ],
        Lang::Ko => &[
            "1. 표 위쪽에 제목, 연도, 통화(ISO 4217: KRW, USD), 단위(백만, 십억, 천), 가격 기준을 적습니다.",
            "2. 행은 판매, 열은 구매입니다. 코드와 부문명은 바꿀 수 있으나 행의 코드와 열의 코드는 같은 순서로 같아야 합니다.",
            "3. 국산품만 나타낸 표이면 각 부문과 최종수요가 쓴 수입은 '수입' 행에, 구입한 생산물에 붙은 순생산물세는 그 아래 행에 적습니다.",
            "4. 국산과 수입을 합한 표이면 이 두 행을 비워 둡니다. 총산출을 넘는 사용액을 수입으로 보고 국산·수입 구분을 추정합니다.",
            "5. 모르는 항목은 비워 두거나 지웁니다. 부가가치나 최종수요의 다른 항목은 이름을 붙여 추가할 수 있습니다.",
            "6. '검산: 0'은 행의 판매액 또는 열의 비용에서 총산출을 뺀 값입니다. 표가 맞으면 0이고, 아니면 색이 칠해집니다.",
            "7. 취업자의 단위는 명입니다.",
            "작성 후: leontief check my.xlsx, leontief multipliers --table my.xlsx",
        ],
    }
}

#[cfg(all(test, feature = "import"))]
mod tests {
    use super::*;
    use crate::lang::Text;
    use crate::model::Model;
    use crate::table::AnyTable;
    use crate::table::balance::Gdp;

    /// The template of two sectors filled in: with figures of Miller & Blair (2022), Table 2.3, as they are or as a
    /// domestic table with imports that final demand buys.
    fn filled(lang: Lang, imported_by_households: f64) -> AnyTable {
        let mut sheet = sheet(2, lang).expect("a sheet");
        let put = |sheet: &mut Worksheet, row: u32, column: u16, value: f64| {
            sheet.write_number(row, column, value).expect("a cell");
        };
        put(&mut sheet, 1, 1, 2022.0);
        let rows = [
            [150.0, 500.0, 350.0, 1000.0],
            [200.0, 100.0, 1700.0, 2000.0],
        ];
        for (row, [a, b, households, output]) in (FIRST_ROW..).zip(rows) {
            for (column, value) in [(2, a), (3, b), (4, households), (9, output)] {
                put(&mut sheet, row, column, value);
            }
        }
        if imported_by_households > 0.0 {
            put(&mut sheet, FIRST_ROW + 2, 4, imported_by_households);
            put(&mut sheet, FIRST_ROW + 2, 2, 0.0);
        }
        for (row, [a, b]) in [
            (4, [250.0, 900.0]),
            (5, [400.0, 500.0]),
            (9, [300.0, 500.0]),
        ] {
            put(&mut sheet, FIRST_ROW + row, 2, a);
            put(&mut sheet, FIRST_ROW + row, 3, b);
        }
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("my.xlsx");
        std::fs::write(&path, save(sheet, lang).expect("a workbook")).expect("written");
        AnyTable::open(&path.to_string_lossy()).expect("a table")
    }

    #[test]
    fn a_template_that_is_filled_in_is_a_table() {
        for lang in [Lang::En, Lang::Ko] {
            let table = filled(lang, 0.0);
            let rows = Model::new(&table).expect("productive").rows().type1.clone();
            assert!((rows.output[0] - 1.518152).abs() < 5e-7);
            assert!((rows.output[1] - 1.452145).abs() < 5e-7);
            assert_eq!(table.meta().year, 2022);
            let jobs = table.coefficients();
            assert_eq!(
                jobs.account("jobs").expect("counted").as_slice(),
                [0.3, 0.25]
            );
        }
        assert_eq!(filled(Lang::Ko, 0.0).meta().currency, "KRW");
    }

    #[test]
    fn its_row_of_imports_counts_for_final_demand_too() {
        let table = filled(Lang::En, 90.0);
        let flows = table.flows(Text::same("the test")).expect("flows");
        assert_eq!(flows.flows().other_final_demand[(0, 0)], 90.0);
        assert_eq!(Gdp::of(flows).expenditure, 2_050.0);
    }

    #[test]
    fn a_template_has_two_sectors_at_least() {
        assert!(workbook(1, Lang::En).is_err());
        assert!(workbook(MOST_SECTORS + 1, Lang::Ko).is_err());
        assert_eq!(workbook(12, Lang::Ko).ok(), workbook(12, Lang::Ko).ok());
    }
}
