//! `leontief check`: the table doctor.

use super::input::{open, open_of_year, open_unbalanced};
use super::output::Output;
use crate::analysis::checkup::{self, Checkup, Finding, IDENTITY_TOLERANCE};
use crate::analysis::{Validation, compare};
use crate::error::Result;
use crate::lang::Lang;
use crate::report::data::{Examined, Needed, Validated};
use crate::report::document::number;
use crate::report::views::validation;
use crate::report::words::unseen;
use crate::report::{Block, Cell, Column, Document, Row, Table};
use crate::table::balance::TOLERANCE;
use crate::table::plan::Plan;
use crate::table::read::native::read_published;
use crate::table::{AnyTable, Kind, Regrouping, embedded};
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A built-in table, a folder in the project's format, or a table in one file
    #[arg(value_name = "ID|PATH", default_value = embedded::DEFAULT, conflicts_with = "all")]
    table: String,
    /// Every built-in table beside what is published of it: balances, totals, multipliers
    #[arg(long, conflicts_with = "against")]
    all: bool,
    /// Compare with another table instead; one with groups is summed to the sectors of the other first
    #[arg(long, value_name = "ID|PATH")]
    against: Option<String>,
    /// What a table needs, what of it is there, what is missing or wrong and what to put: all at once
    #[arg(long, conflicts_with_all = ["all", "against"])]
    plan: bool,
    /// The year of a table whose files do not say it
    #[arg(long, value_name = "YEAR", value_parser = super::input::year, conflicts_with = "all")]
    year: Option<i32>,
    /// How many of the largest differences to show, with --against
    #[arg(long, value_name = "N", default_value_t = 10, requires = "against", value_parser = super::input::count)]
    top: usize,
}

/// Exit code 1 where something is wrong with the table.
pub(super) fn run(args: &Args, out: &Output) -> Result<ExitCode> {
    if args.all {
        return all(out);
    }
    if let Some(other) = &args.against {
        return against(args, other, out);
    }
    if args.plan {
        let plan = Plan::of(&args.table, args.year)?;
        out.show(&plan.document(out.lang), &Needed::of(&plan))?;
        return Ok(code(plan.is_ready()));
    }
    let table = open_unbalanced(&args.table, args.year, out)?;
    let checkup = checkup::check(&table);
    let page = document(&checkup, &table.meta().currency, out.lang);
    out.show(&page, &Examined::of(&table, &checkup))?;
    Ok(code(checkup.is_clean()))
}

fn code(passes: bool) -> ExitCode {
    match passes {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

/// Every built-in table beside what is published of it.
fn all(out: &Output) -> Result<ExitCode> {
    let mut tables = Vec::new();
    for id in embedded::ids(&[Kind::Flows, Kind::Coefficients]) {
        let published = match embedded::find(&id) {
            Some(folder) => read_published(folder)?,
            None => Vec::new(),
        };
        tables.push(Validation::of(&AnyTable::open(&id)?, &published)?);
    }
    let validated = Validated::of(&tables);
    out.show(&validation::document(&tables, out.lang), &validated)?;
    Ok(code(validated.passes))
}

/// How two tables differ, the finer one summed to the sectors of the other.
fn against(args: &Args, other: &str, out: &Output) -> Result<ExitCode> {
    let (mut table, other) = (
        open_of_year(&args.table, args.year, out)?,
        open(other, out)?,
    );
    if table.sectors().len() > other.sectors().len() {
        table = table.regrouped(&Regrouping::by_group(table.sectors(), other.sectors())?)?;
    }
    let comparison = compare(&table, &other)?;
    out.show(&comparison.document(out.lang, args.top), &comparison)?;
    Ok(ExitCode::SUCCESS)
}

/// What was found as a page: the verdict first, then what it rests on.
pub(super) fn document(checkup: &Checkup, currency: &str, lang: Lang) -> Document {
    let million = crate::units::million(currency, lang);
    let losing: Vec<&str> = checkup
        .negative_value_added
        .iter()
        .map(|(code, _)| code.as_str())
        .collect();
    let verdict = match checkup.faults.len() {
        0 if losing.is_empty() => lang.pick("in order".to_owned(), "이상 없음".to_owned()),
        0 => {
            let codes = losing.join(", ");
            lang.pick(
                format!("adds up, with negative value added in sector {codes}"),
                format!("합계는 일치하나 부가가치가 음수인 부문이 있음: {codes}"),
            )
        }
        1 => lang.pick("1 fault".to_owned(), "오류 1건".to_owned()),
        n => lang.pick(format!("{n} faults"), format!("오류 {n}건")),
    };
    let mut doc = Document::new(
        format!("{}: {verdict}", checkup.table),
        lang.pick("Table check-up", "산업연관표 점검"),
    );
    if !checkup.is_clean() {
        let title = lang.pick("Faults, worst first", "오류(큰 순서)");
        doc.section("faults", title, vec![texts(&checkup.faults, lang)]);
    }
    let mut rows: Vec<Row> = Vec::new();
    let mut add = |name: &str, value: String, meaning: String| {
        rows.push(Row::new(vec![
            Cell::from(name),
            Cell::Text(value),
            Cell::Text(meaning),
        ]));
    };
    if let Some(balance) = &checkup.balance {
        let (worst, place) = balance.worst();
        let place_ko = place
            .replace("imports, ", "수입 ")
            .replace("row", "행")
            .replace("column", "열");
        add(
            lang.pick("largest residual", "최대 잔차"),
            format!("{worst:+.6}"),
            lang.pick(
                format!("{million}, {place}; tolerated: {TOLERANCE:.0e} of output, at least 1"),
                format!("{million}, {place_ko}. 허용 범위: 산출의 {TOLERANCE:.0e}, 최소 1"),
            ),
        );
    }
    if let Some(gdp) = &checkup.gdp {
        let sides = [
            (
                lang.pick("GDP, production", "GDP(생산)"),
                gdp.production,
                lang.pick("output less intermediate inputs", "총산출 - 중간투입"),
            ),
            (
                lang.pick("GDP, income", "GDP(소득)"),
                gdp.income,
                lang.pick("sum of value added", "부가가치 합계"),
            ),
            (
                lang.pick("GDP, expenditure", "GDP(지출)"),
                gdp.expenditure,
                lang.pick(
                    "final demand less imports and taxes on them",
                    "최종수요 - 수입(수입품세 포함)",
                ),
            ),
        ];
        for (name, value, meaning) in sides {
            add(name, number(value, 0), format!("{million}: {meaning}"));
        }
        if let Some(taxes) = gdp.product_taxes {
            add(
                lang.pick("with taxes on products", "순생산물세 포함"),
                number(
                    gdp.production + taxes + gdp.import_taxes.unwrap_or_default(),
                    0,
                ),
                format!("{million}: {}", lang.pick("at market prices", "시장가격")),
            );
        } else if let Some(taxes) = gdp.import_taxes {
            add(
                lang.pick("with taxes on imports", "수입품세 포함"),
                number(gdp.production + taxes, 0),
                format!("{million}: {}", lang.pick("at market prices", "시장가격")),
            );
        }
    }
    for total in &checkup.known_totals {
        add(
            total.title().get(lang),
            number(total.computed, 0),
            lang.pick(
                format!("published {}", number(total.published, 0)),
                format!("공표치 {}", number(total.published, 0)),
            ),
        );
    }
    add(
        lang.pick("spectral radius of Ad", "Ad의 스펙트럼 반경"),
        format!("{:.4}", checkup.spectral_radius),
        lang.pick("below 1: productive", "1 미만: 생산가능")
            .to_owned(),
    );
    if let Some((worst, sector)) = &checkup.identity {
        add(
            "v'L + m'L − 1",
            format!("{worst:.1e}"),
            lang.pick(
                format!("largest, in {sector}; tolerated {IDENTITY_TOLERANCE:.0e}"),
                format!("최대, {sector}. 허용 {IDENTITY_TOLERANCE:.0e}"),
            ),
        );
    }
    if let Some(condition) = checkup.condition {
        let digits = condition.log10().ceil().max(0.0);
        add(
            lang.pick("condition number of I − Ad", "I − Ad의 조건수"),
            format!("{condition:.3}"),
            lang.pick(
                format!("1-norm: about {digits} of 16 digits are lost in solving"),
                format!("1-노름: 풀이에서 16자리 중 약 {digits}자리를 잃음"),
            ),
        );
    }
    let columns = vec![
        Column::text("check", lang.pick("Check", "점검 항목")),
        Column::text("value", lang.pick("Value", "값")),
        Column::text("meaning", lang.pick("Meaning", "설명")),
    ];
    doc.section(
        "checks",
        lang.pick("Checks", "점검"),
        vec![Block::Table(Table { columns, rows })],
    );
    if !checkup.remarks.is_empty() {
        let title = lang.pick("Worth knowing, and no fault", "참고(오류 아님)");
        doc.section("remarks", title, vec![texts(&checkup.remarks, lang)]);
    }
    let unseen = unseen().map(|text| text.get(lang).to_owned());
    let title = lang.pick("What no sum shows", "합계로는 알 수 없는 것");
    doc.section("unseen", title, vec![Block::Notes(unseen.to_vec())]);
    doc
}

fn texts(findings: &[Finding], lang: Lang) -> Block {
    let texts = findings.iter().map(|f| f.text().get(lang).to_owned());
    Block::Notes(texts.collect())
}
