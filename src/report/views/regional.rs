//! What stays in a province, and in which province most would stay.

use super::effects::labour_unit;
use crate::impact::regional::{Comparison, Method, PhaseInRegion, RegionalImpact};
use crate::lang::{Lang, Text};
use crate::report::{Block, Cell, Column, Document, Row, Scale, Table};
use crate::scenario::PhaseKind;

impl RegionalImpact {
    /// The split as blocks of a document.
    pub fn blocks(&self, scale: Scale) -> Vec<Block> {
        let lang = scale.lang();
        let money = |id: &str, title: &str| scale.column(id, title);
        let columns = vec![
            Column::text("phase", lang.pick("Phase", "단계")),
            Column::text("region", lang.pick("Province", "지역")),
            money("output_inside", lang.pick("Output here", "지역내 생산")),
            money("output_outside", lang.pick("elsewhere", "타지역")),
            money(
                "value_added_inside",
                lang.pick("Value added here", "지역내 부가가치"),
            ),
            money("value_added_outside", lang.pick("elsewhere", "타지역")),
            Column::number(
                "jobs_inside",
                lang.pick("Jobs here", "지역내 취업"),
                lang.pick("persons", "명"),
                0,
            ),
            Column::number(
                "jobs_outside",
                lang.pick("elsewhere", "타지역"),
                lang.pick("persons", "명"),
                0,
            ),
        ];
        let rows = self
            .phases
            .iter()
            .map(|p| {
                Row::new(vec![
                    Cell::Text(format!(
                        "{} ({})",
                        p.phase.get(lang),
                        labour_unit(p.kind, lang)
                    )),
                    p.region.get(lang).into(),
                    scale.money(p.output.inside).into(),
                    scale.money(p.output.outside).into(),
                    scale.money(p.value_added.inside).into(),
                    scale.money(p.value_added.outside).into(),
                    p.jobs.inside.into(),
                    p.jobs.outside.into(),
                ])
            })
            .collect();
        let method = match self.method {
            Method::Shares => lang.pick(
                format!(
                    "In-region shares of BOK's {} regional tables applied to the national result; without \
                     induced effects.",
                    self.year
                ),
                format!("한국은행 {}년 지역산업연관표의 지역내 비중을 전국 결과에 적용. 소비 유발효과 제외.", self.year),
            ),
            Method::Multipliers => lang.pick(
                format!("BOK's {0} regional multipliers as published: prices and structure of {0}.", self.year),
                format!("한국은행 {0}년 지역산업연관표 승수를 그대로 적용({0}년 가격·구조).", self.year),
            ),
        };
        vec![Block::Table(Table { columns, rows }), Block::Text(method)]
    }
}

impl Comparison {
    /// How all amounts are shown.
    fn scale(&self, lang: Lang) -> Scale<'_> {
        let outputs = self.able.iter().flat_map(|r| &r.phases);
        let main = outputs.map(|p| p.output.total());
        Scale::new(lang, &self.currency, main)
    }

    /// The ranking as a document; `name` is what is placed.
    pub fn document(&self, name: &Text, lang: Lang) -> Document {
        let mut doc = Document::new(
            lang.pick(
                format!("Where would it stay? {}", name.en),
                format!("지역별 비교: {}", name.ko),
            ),
            "",
        );
        let scale = self.scale(lang);
        let money = |id: &str, title: &str| scale.column(id, title);
        let share = |id: &str, title: &str| Column::number(id, title, "%", 1);
        let mut phases: Vec<(Text, PhaseKind)> = Vec::new();
        for p in self.able.iter().flat_map(|r| &r.phases) {
            if !phases.iter().any(|(name, _)| *name == p.phase) {
                phases.push((p.phase.clone(), p.kind));
            }
        }
        for (at, (phase, kind)) in phases.iter().enumerate() {
            let columns = vec![
                Column::text("region", lang.pick("Province", "지역")),
                money(
                    "value_added_inside",
                    lang.pick("Value added there", "지역내 부가가치"),
                )
                .with_bar(),
                share("value_added_share", lang.pick("of all", "비중")),
                money("output_inside", lang.pick("Output there", "지역내 생산")),
                share("output_share", lang.pick("of all", "비중")),
                Column::number(
                    "jobs_inside",
                    lang.pick("Jobs there", "지역내 취업"),
                    labour_unit(*kind, lang),
                    0,
                ),
                share("jobs_share", lang.pick("of all", "비중")),
            ];
            let mut ranked: Vec<&PhaseInRegion> = self
                .able
                .iter()
                .filter_map(|r| r.phases.iter().find(|p| p.phase == *phase))
                .collect();
            ranked.sort_by(|a, b| b.value_added.share().total_cmp(&a.value_added.share()));
            let rows = ranked
                .into_iter()
                .map(|p| {
                    Row::new(vec![
                        p.region.get(lang).into(),
                        scale.money(p.value_added.inside).into(),
                        (p.value_added.share() * 100.0).into(),
                        scale.money(p.output.inside).into(),
                        (p.output.share() * 100.0).into(),
                        p.jobs.inside.into(),
                        (p.jobs.share() * 100.0).into(),
                    ])
                })
                .collect();
            let id = format!("phase_{}", at + 1);
            let title = lang.pick(
                format!("{} (Type I)", phase.en),
                format!("{}(1형)", phase.ko),
            );
            doc.section(&id, &title, vec![Block::Table(Table { columns, rows })]);
        }
        if !self.unable.is_empty() {
            let notes = self
                .unable
                .iter()
                .map(|(region, lacking)| {
                    format!(
                        "{}: {} {}",
                        region.get(lang),
                        lang.pick("lacks", "없는 부문:"),
                        lacking.join(", ")
                    )
                })
                .collect();
            let title = lang.pick(
                "Not possible there as it stands",
                "현 구조로는 불가능한 지역",
            );
            doc.section("unable", title, vec![Block::Notes(notes)]);
        }
        if let Some(first) = self.able.first() {
            let method = lang.pick(
                format!(
                    "Regional tables of {}; provinces keep different shares because their industries \
                     differ, not because the project would. Type I.",
                    first.year
                ),
                format!("{}년 지역산업연관표 기준. 지역별 산업구조 차이에 따른 것임. 1형.", first.year),
            );
            let source = first.attribution.get(lang).to_owned();
            doc.section("source", "", vec![Block::Notes(vec![method, source])]);
        }
        doc
    }
}
