//! `leontief sectors`: codes, names, and the words that lead to them.

use super::input::TableArgs;
use super::output::Output;
use crate::error::{Error, Result};
use crate::lang::said;
use crate::report::data::{ListedSector, Sectors};
use crate::report::{Block, Cell, Column, Document, Row, Table};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Only those whose name or search words resemble this
    #[arg(long, value_name = "WORD")]
    search: Option<String>,
    #[command(flatten)]
    table: TableArgs,
}

pub(super) fn run(args: &Args, out: &Output) -> Result<()> {
    let table = args.table.open(out)?;
    let sectors = table.sectors();
    let lang = out.lang;
    let found: Vec<usize> = match &args.search {
        Some(word) => sectors.search(word),
        None => (0..sectors.len()).collect(),
    };
    if let (true, Some(word)) = (found.is_empty(), &args.search) {
        return Err(Error::invalid(said!(
            "no sector of {id} resembles '{word}'",
            "{id}에 '{word}'와(과) 비슷한 부문이 없습니다",
            id = table.meta().id
        )));
    }
    let listed: Vec<ListedSector> = found
        .iter()
        .map(|&i| {
            let sector = sectors.get(i);
            ListedSector {
                position: i,
                code: &sector.code,
                name: &sector.name,
                group: sector.group.as_deref(),
                words: sectors.aliases(i).collect(),
            }
        })
        .collect();
    let mut columns = vec![
        Column::text("code", lang.pick("Code", "코드")),
        Column::text("name_en", "English"),
        Column::text("name_ko", "한국어"),
    ];
    if args.search.is_some() {
        columns.push(Column::text(
            "words",
            lang.pick("Words that lead here", "검색어"),
        ));
    }
    let rows = listed
        .iter()
        .map(|s| {
            let mut cells = vec![
                Cell::from(s.code),
                s.name.en.as_str().into(),
                s.name.ko.as_str().into(),
            ];
            if args.search.is_some() {
                cells.push(s.words.join(", ").into());
            }
            Row::new(cells)
        })
        .collect();
    let mut doc = Document::new(
        lang.pick(
            format!("Sectors of {}", table.meta().id),
            format!("{} 부문 분류", table.meta().id),
        ),
        table.meta().title.get(lang),
    );
    doc.section("sectors", "", vec![Block::Table(Table { columns, rows })]);
    let listed = Sectors {
        table: &table.meta().id,
        sectors: listed,
    };
    out.show(&doc, &listed)
}
