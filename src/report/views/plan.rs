//! What a table needs, as a page: the verdict, what lacks with its remedy, then all of it.

use crate::lang::{Lang, Text, said};
use crate::report::{Block, Cell, Column, Document, Row, Table};
use crate::table::plan::{Plan, State};

impl Plan {
    /// The page.
    pub fn document(&self, lang: Lang) -> Document {
        let lacking = self.lacking().count();
        let path = &self.path;
        let verdict: Text = match lacking {
            0 => said!(
                "{path}: all that a table needs is there",
                "{path}: 필요한 자료가 모두 있음"
            ),
            n => said!(
                "{path}: missing or wrong: {n}",
                "{path}: 없거나 잘못된 것 {n}건"
            ),
        };
        let mut doc = Document::new(
            verdict.get(lang),
            lang.pick("What a table needs", "표에 필요한 자료"),
        );
        if lacking > 0 {
            let columns = vec![
                Column::text("what", lang.pick("What", "항목")),
                Column::text("state", lang.pick("State", "상태")),
                Column::text("place", lang.pick("Where", "위치")),
                Column::text("why", lang.pick("Why", "필요한 이유")),
                Column::text("put", lang.pick("What to put", "넣을 것")),
            ];
            let rows = self.lacking().map(|item| {
                Row::new(vec![
                    Cell::from(item.need.title().get(lang)),
                    Cell::from(item.state.title().get(lang)),
                    Cell::Text(item.place.clone()),
                    Cell::from(item.need.why().get(lang)),
                    Cell::from(
                        match item.state {
                            State::Wrong => lang.pick("see below", "아래 참조").to_owned(),
                            _ => item.need.put(self.native).get(lang).to_owned(),
                        }
                        .as_str(),
                    ),
                ])
            });
            let table = Table {
                columns,
                rows: rows.collect(),
            };
            let title = lang.pick("Missing or wrong", "없거나 잘못된 것");
            doc.section("lacking", title, vec![Block::Table(table)]);
        }
        let faults: Vec<String> = (self.items.iter())
            .flat_map(|item| {
                let faults = item.faults.iter();
                faults.map(|fault| {
                    let (place, fault) = (&item.place, fault.get(lang));
                    // An error names its file itself.
                    match fault.starts_with(place.as_str()) {
                        true => fault.to_owned(),
                        false => format!("{place}: {fault}"),
                    }
                })
            })
            .collect();
        if !faults.is_empty() {
            let title = lang.pick("What is wrong", "잘못된 것");
            doc.section("faults", title, vec![Block::Notes(faults)]);
        }
        let columns = vec![
            Column::text("what", lang.pick("What", "항목")),
            Column::text("state", lang.pick("State", "상태")),
            Column::text("found", lang.pick("What is there", "있는 것")),
            Column::text("place", lang.pick("Where", "위치")),
        ];
        let rows = self.items.iter().map(|item| {
            Row::new(vec![
                Cell::from(item.need.title().get(lang)),
                Cell::from(item.state.title().get(lang)),
                Cell::Text(item.found.clone()),
                Cell::Text(item.place.clone()),
            ])
        });
        let table = Table {
            columns,
            rows: rows.collect(),
        };
        let title = lang.pick("All of it", "전체");
        doc.section("items", title, vec![Block::Table(table)]);
        if !self.said.is_empty() {
            let texts = self.said.iter().map(|text| text.get(lang).to_owned());
            let title = lang.pick("Derived, assumed, left out", "유도·가정·제외");
            doc.section("said", title, vec![Block::Notes(texts.collect())]);
        }
        let next = match lacking {
            0 => lang.pick(
                format!("leontief check {path} examines the figures"),
                format!("leontief check {path} --lang ko 로 수치를 점검"),
            ),
            _ => lang.pick(
                format!("leontief check --plan {path} again when these are mended"),
                format!("고친 뒤 다시 leontief check --plan {path} --lang ko"),
            ),
        };
        doc.section(
            "next",
            lang.pick("Next", "다음"),
            vec![Block::Notes(vec![next])],
        );
        doc
    }
}
