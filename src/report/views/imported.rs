//! What was read of others' files, and what was made of it.

use crate::lang::Lang;
use crate::table::AnyTable;
use crate::table::balance::{Balance, Gdp};
use crate::table::import::Import;
use crate::units::number;
use std::fmt::Write;

/// The lines that tell of an import; `to` is where the table was written.
pub fn text(import: &Import, to: Option<&str>, lang: Lang) -> String {
    let table = &import.table;
    let (meta, n) = (table.meta(), table.sectors().len());
    let (year, currency) = (meta.year, &meta.currency);
    let mut lines = vec![
        format!("{} ({})", meta.title.get(lang), meta.id),
        match lang {
            Lang::En => format!(
                "  {n} sectors, {year}, million {currency}, {}",
                meta.price_basis.en
            ),
            Lang::Ko => format!(
                "  {n}부문, {year}년, 백만 {currency}, {}",
                meta.price_basis.ko
            ),
        },
        format!("{}:", lang.pick("Read from", "읽은 시트")),
    ];
    lines.extend(import.sheets.iter().map(|sheet| format!("  {sheet}")));
    if !import.said.is_empty() {
        lines.push(format!("{}:", lang.pick("What was done", "처리 내용")));
        lines.extend(
            import
                .said
                .iter()
                .map(|said| format!("  - {}", said.get(lang))),
        );
    }
    lines.push(in_all(table, lang));
    match to {
        Some(to) => {
            let written = lang.pick("Written to", "저장한 곳");
            lines.push(format!("{written}: {to}"));
            lines.push(format!("  leontief check {to}"));
            lines.push(format!("  leontief multipliers --table {to}"));
        }
        None => lines.push(
            lang.pick(
                "Nothing is written: --to FOLDER writes the table",
                "저장하지 않았습니다. --to 폴더로 저장합니다",
            )
            .to_owned(),
        ),
    }
    let mut text = String::new();
    for line in lines {
        let _ = writeln!(text, "{line}");
    }
    text
}

/// Output, value added and whether it balances.
fn in_all(table: &AnyTable, lang: Lang) -> String {
    let AnyTable::Flows(table) = table else {
        return lang
            .pick(
                "A table of coefficients: every column adds up to 1.",
                "계수표임: 모든 열의 합이 1임.",
            )
            .to_owned();
    };
    let (gdp, balance) = (Gdp::of(table), Balance::of(table));
    let (worst, at) = balance.worst();
    let (output, value_added) = (number(table.output().sum(), 0), number(gdp.income, 0));
    match lang {
        Lang::En => format!(
            "Output {output}, value added {value_added} million; it balances, off by {worst:.3} at most ({at})."
        ),
        Lang::Ko => format!(
            "총산출 {output}백만, 부가가치 {value_added}백만. 수급이 일치함(최대 차이 {worst:.3}, {at})."
        ),
    }
}
