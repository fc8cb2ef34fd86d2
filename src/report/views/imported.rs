//! What was read of others' files, and what was made of it.

use crate::lang::Lang;
use crate::report::{Block, Document};
use crate::table::AnyTable;
use crate::table::balance::{Balance, Gdp};
use crate::table::import::Import;
use crate::units::number;

/// What an import read and did; `next` is what to do next.
pub fn document(import: &Import, next: Vec<String>, lang: Lang) -> Document {
    let table = &import.table;
    let (meta, n) = (table.meta(), table.sectors().len());
    let (year, currency) = (meta.year, &meta.currency);
    let mut document = Document::new(
        format!("{} ({})", meta.title.get(lang), meta.id),
        match lang {
            Lang::En => format!(
                "{n} sectors, {year}, million {currency}, {}",
                meta.price_basis.en
            ),
            Lang::Ko => format!(
                "{n}부문, {year}년, 백만 {currency}, {}",
                meta.price_basis.ko
            ),
        },
    );
    let sheets = import.sheets.clone();
    document.section(
        "sheets",
        lang.pick("Read from", "읽은 시트"),
        vec![Block::Notes(sheets)],
    );
    if !import.said.is_empty() {
        let said = import.said.iter().map(|said| said.get(lang).to_owned());
        document.section(
            "done",
            lang.pick("What was done", "처리 내용"),
            vec![Block::Notes(said.collect())],
        );
    }
    document.section(
        "result",
        lang.pick("The table", "산업연관표"),
        vec![Block::Text(in_all(table, lang)), Block::Notes(next)],
    );
    document
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
    let exactly = worst.abs() < 5e-4;
    match (lang, exactly) {
        (Lang::En, true) => {
            format!("Output {output}, value added {value_added} million; it balances exactly.")
        }
        (Lang::En, false) => format!(
            "Output {output}, value added {value_added} million; it balances, off by {worst:.3} at most ({at})."
        ),
        (Lang::Ko, true) => {
            format!("총산출 {output}백만, 부가가치 {value_added}백만. 수급이 정확히 일치함.")
        }
        (Lang::Ko, false) => format!(
            "총산출 {output}백만, 부가가치 {value_added}백만. 수급이 일치함(최대 차이 {worst:.3})."
        ),
    }
}
