//! `leontief tables`: the tables that are built in, or one of them.

use super::input::open;
use super::output::Output;
use crate::analysis::checkup;
use crate::error::Result;
use crate::report::data::{ListedTable, Tables};
use crate::report::words::block_title;
use crate::report::{Block, Cell, Column, Document, Row, Table};
use crate::table::{AnyTable, Kind, Meta, embedded};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A built-in table, a folder in the project's format, or a table in one file
    #[arg(value_name = "ID|PATH")]
    table: Option<String>,
    /// Say where each block of figures comes from
    #[arg(long, requires = "table")]
    provenance: bool,
}

pub(super) fn run(args: &Args, out: &Output) -> Result<()> {
    let Some(id) = &args.table else {
        return list(out);
    };
    let lang = out.lang;
    if embedded::ids(&[Kind::Regions]).contains(id) {
        let regions = embedded::regions()?;
        let mut doc = about(regions.meta(), out);
        if args.provenance {
            provenance(regions.meta(), &mut doc, out);
        }
        let listed = ListedTable {
            sectors: regions.sectors().len(),
            meta: regions.meta(),
        };
        return out.show(
            &doc,
            &Tables {
                tables: vec![listed],
            },
        );
    }
    let table = open(id, out)?;
    let mut doc = about(table.meta(), out);
    let hash = format!("SHA-256 {}", table.content_hash());
    doc.section(
        "hash",
        lang.pick("Content", "내용"),
        vec![Block::Text(hash)],
    );
    if args.provenance {
        provenance(table.meta(), &mut doc, out);
    } else {
        let checkup = checkup::check(&table);
        doc.sections
            .extend(super::check::document(&checkup, &table.meta().currency, lang).sections);
    }
    let listed = ListedTable {
        sectors: table.sectors().len(),
        meta: table.meta(),
    };
    out.show(
        &doc,
        &Tables {
            tables: vec![listed],
        },
    )
}

fn list(out: &Output) -> Result<()> {
    let lang = out.lang;
    let mut metas: Vec<(Meta, usize)> = Vec::new();
    for id in embedded::ids(&[Kind::Flows, Kind::Coefficients]) {
        let table = AnyTable::open(&id)?;
        metas.push((table.meta().clone(), table.sectors().len()));
    }
    let regions = embedded::regions()?;
    metas.push((regions.meta().clone(), regions.sectors().len()));
    let columns = vec![
        Column::text("id", lang.pick("Table", "표")),
        Column::text("title", lang.pick("Title", "제목")),
        Column::number("year", lang.pick("Year", "연도"), "", 0),
        Column::number("sectors", lang.pick("Sectors", "부문 수"), "", 0),
        Column::text("kind", lang.pick("Holds", "내용")),
    ];
    let rows = metas
        .iter()
        .map(|(meta, sectors)| {
            Row::new(vec![
                meta.id.as_str().into(),
                meta.title.get(lang).into(),
                Cell::Text(meta.year.to_string()),
                (*sectors as f64).into(),
                kind(meta.kind, out).into(),
            ])
        })
        .collect();
    let mut doc = Document::new(
        lang.pick("Built-in tables", "내장 산업연관표"),
        metas[0].0.attribution.get(lang),
    );
    let estimates = metas
        .iter()
        .filter_map(|(meta, _)| {
            let names: Vec<&str> = meta
                .estimated()
                .map(|b| block_title(&b.name, lang))
                .collect();
            let estimated = lang.pick("estimated, not published", "공표치가 아닌 추정치");
            (!names.is_empty()).then(|| format!("{}: {estimated}: {}", meta.id, names.join(", ")))
        })
        .collect();
    doc.section(
        "tables",
        "",
        vec![
            Block::Table(Table { columns, rows }),
            Block::Notes(estimates),
        ],
    );
    doc.section(
        "hint",
        "",
        vec![Block::Text(
            lang.pick(
                "leontief tables ID shows one with its checks; --provenance says where each block comes from.",
                "leontief tables ID: 표의 정보와 점검 결과. --provenance: 블록별 출처.",
            )
            .to_owned(),
        )],
    );
    let tables = metas
        .iter()
        .map(|(meta, sectors)| ListedTable {
            sectors: *sectors,
            meta,
        })
        .collect();
    out.show(&doc, &Tables { tables })
}

fn kind(kind: Kind, out: &Output) -> &'static str {
    match kind {
        Kind::Flows => out.lang.pick("flows", "거래액"),
        Kind::Coefficients => out.lang.pick("coefficients", "계수"),
        Kind::Regions => out.lang.pick("regional multipliers", "지역 승수"),
    }
}

fn about(meta: &Meta, out: &Output) -> Document {
    let lang = out.lang;
    let mut doc = Document::new(
        format!("{} · {}", meta.id, meta.title.get(lang)),
        meta.attribution.get(lang),
    );
    let rows = [
        (
            lang.pick("Economy", "국가"),
            meta.country.get(lang).to_owned(),
        ),
        (lang.pick("Year", "연도"), meta.year.to_string()),
        (lang.pick("Holds", "내용"), kind(meta.kind, out).to_owned()),
        (
            lang.pick("Classification", "분류"),
            meta.classification.clone(),
        ),
        (
            lang.pick("Unit", "단위"),
            match (meta.unit == 1e6, meta.currency.as_str()) {
                (true, currency) => crate::units::million(currency, lang),
                _ => format!(
                    "{} {}",
                    crate::report::document::number(meta.unit, 0),
                    meta.currency
                ),
            },
        ),
    ]
    .map(|(name, value)| Row::new(vec![name.into(), value.into()]));
    let columns = vec![
        Column::text("key", lang.pick("Property", "항목")),
        Column::text("value", lang.pick("Value", "값")),
    ];
    let notes = vec![
        format!(
            "{}: {}",
            lang.pick("Prices", "가격"),
            meta.price_basis.get(lang)
        ),
        format!(
            "{}: {}",
            lang.pick("Modified", "수정"),
            meta.modifications.get(lang)
        ),
    ];
    doc.section(
        "about",
        "",
        vec![
            Block::Table(Table {
                columns,
                rows: rows.to_vec(),
            }),
            Block::Notes(notes),
        ],
    );
    doc
}

fn provenance(meta: &Meta, doc: &mut Document, out: &Output) {
    let lang = out.lang;
    let blocks = meta
        .blocks
        .iter()
        .map(|block| {
            let status = block.status.of_block(lang);
            format!(
                "{} [{status}]: {}",
                block_title(&block.name, lang),
                block.how.get(lang)
            )
        })
        .collect();
    doc.section(
        "blocks",
        lang.pick("Blocks", "블록별 출처"),
        vec![Block::Notes(blocks)],
    );
    let sources = meta
        .sources
        .iter()
        .map(|s| {
            format!(
                "{}: {} (tables/source/{})",
                s.code,
                s.title.get(lang),
                s.file
            )
        })
        .collect();
    doc.section(
        "sources",
        lang.pick("Sources", "원자료"),
        vec![Block::Notes(sources)],
    );
}
