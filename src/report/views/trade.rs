//! What regions make for each other.

use crate::analysis::Trade;
use crate::analysis::trade::Footprint;
use crate::impact::ranking::by_size;
use crate::lang::Lang;
use crate::report::{Block, Cell, Column, Document, Row, Scale, Table};

impl Trade {
    /// The regions as a document, with the `top` sectors that are farthest from final demand.
    pub fn document(&self, lang: Lang, top: usize) -> Document {
        let title = lang.pick("Trade between regions", "지역간 교역");
        let mut doc = Document::new(title, self.provenance.line(lang));
        for footprint in &self.footprints {
            let of = footprint.account.title.get(lang);
            let title = lang.pick(
                format!("{of}: where it is made and for whom"),
                format!("{of}: 생산 기준과 소비 기준"),
            );
            let table = self.footprint(footprint, lang);
            doc.section(&footprint.account.id, &title, vec![Block::Table(table)]);
        }
        doc.section(
            "exports",
            lang.pick("What is in gross exports", "총수출의 내역"),
            vec![Block::Table(self.content(lang))],
        );
        doc.section(
            "spillover",
            lang.pick(
                "What final demand for a region's own products sets off",
                "자기 지역 생산물에 대한 최종수요의 생산유발",
            ),
            vec![Block::Table(self.spillover(lang))],
        );
        doc.section(
            "positions",
            lang.pick(
                "Stages to final demand and from value added",
                "가치사슬상 위치",
            ),
            vec![Block::Table(self.position(lang, top))],
        );
        let notes = [
            lang.pick(
                "Each unit of final demand is value added somewhere: what output leaves after all products used, taxes on \
                 products among it where the table has them apart, is what exports are parted into.",
                "최종수요 1단위는 어느 지역의 부가가치가 됨. 수출의 분해에는 산출에서 모든 중간재를 뺀 나머지(생산물세가 \
                 따로 있으면 이를 포함)를 씀.",
            ),
            lang.pick(
                "Counted again: what crosses the exporter's border more than once (Borin and Mancini, the exporting country's \
                 perimeter, by source). Backward: all that is of others or was counted before; forward: domestic value added \
                 that others send on.",
                "이중계산: 수출국 국경을 두 번 이상 넘는 부분(Borin·Mancini의 수출국 경계, 원천 기준). 후방 참여는 외국분과 \
                 이중계산의 합, 전방 참여는 다른 나라가 다시 내보내는 국내 부가가치.",
            ),
            lang.pick(
                "Stages: 1 upstream where all is sold to final demand, 1 downstream where nothing is bought; means by output.",
                "단계 수: 전량 최종수요로 판매하면 상류도 1, 중간재를 쓰지 않으면 하류도 1. 지역 값은 산출 가중평균.",
            ),
        ];
        let mut notes: Vec<String> = notes.map(str::to_owned).to_vec();
        notes.push(self.provenance.attribution.get(lang).to_owned());
        doc.section("notes", "", vec![Block::Notes(notes)]);
        doc
    }

    fn millions(&self, value: f64) -> f64 {
        value * self.provenance.unit / 1e6
    }

    /// One for all money, so that tables can be held against each other.
    fn scale(&self, lang: Lang) -> Scale<'_> {
        let of_own = self.spillovers.iter().map(|spillover| spillover.own);
        let sizes = of_own.chain(self.exports.iter().map(|content| content.exports));
        let sizes: Vec<f64> = sizes.map(|value| self.millions(value)).collect();
        Scale::new(lang, &self.provenance.currency, sizes)
    }

    /// A row of each region: its name, then the cells that are made of it.
    fn by_region(&self, lang: Lang, cells: impl Fn(usize) -> Vec<Cell>) -> Vec<Row> {
        let row = |at: usize| {
            let name = Cell::Text(self.regions[at].title.get(lang).to_owned());
            let mut all = vec![name];
            all.extend(cells(at));
            Row::new(all)
        };
        (0..self.regions.len()).map(row).collect()
    }

    fn region_column(lang: Lang) -> Column {
        Column::text("region", lang.pick("Region", "지역"))
    }

    fn footprint(&self, footprint: &Footprint, lang: Lang) -> Table {
        let titles = [
            ("production", lang.pick("Made there", "생산 기준")),
            (
                "consumption",
                lang.pick("For its final demand", "소비 기준"),
            ),
            ("exported", lang.pick("Made for others", "수출분")),
            ("imported", lang.pick("Made by others for it", "수입분")),
        ];
        let figures = |at: usize| {
            [
                footprint.production(at),
                footprint.consumption(at),
                footprint.exported(at),
                footprint.imported(at),
            ]
        };
        let regions = 0..self.regions.len();
        let is_money = footprint.account.id == "value_added";
        let scale = self.scale(lang);
        let few = regions
            .map(|at| footprint.production(at))
            .sum::<f64>()
            .abs()
            < 1000.0;
        let unit = footprint.account.unit.get(lang);
        let mut columns = vec![Self::region_column(lang)];
        columns.extend(titles.map(|(id, title)| match is_money {
            true => scale.column(id, title),
            false => Column::number(id, title, unit, if few { 2 } else { 0 }),
        }));
        let rows = self.by_region(lang, |at| {
            let cell = |value: f64| match is_money {
                true => Cell::Number(scale.money(self.millions(value))),
                false => Cell::Number(value),
            };
            figures(at).map(cell).to_vec()
        });
        Table { columns, rows }
    }

    fn content(&self, lang: Lang) -> Table {
        let scale = self.scale(lang);
        let percent = |id: &str, title: &str| Column::number(id, title, "%", 1);
        let columns = vec![
            Self::region_column(lang),
            scale.column("exports", lang.pick("Gross exports", "총수출")),
            percent(
                "absorbed_abroad",
                lang.pick("Domestic, absorbed abroad", "국내, 해외 귀착"),
            ),
            percent("returned", lang.pick("Domestic, returned", "국내, 회귀")),
            percent(
                "domestic_again",
                lang.pick("Domestic, again", "국내 이중계산"),
            ),
            percent("foreign_value_added", lang.pick("Foreign", "외국")),
            percent(
                "foreign_again",
                lang.pick("Foreign, again", "외국 이중계산"),
            ),
            percent("backward", lang.pick("Backward", "후방 참여")),
            percent("forward", lang.pick("Forward", "전방 참여")),
        ];
        let rows = self.by_region(lang, |at| {
            let content = &self.exports[at];
            let share = |value: f64| match content.exports == 0.0 {
                true => Cell::Empty,
                false => Cell::Number(value / content.exports * 100.0),
            };
            vec![
                Cell::Number(scale.money(self.millions(content.exports))),
                share(content.absorbed_abroad),
                share(content.returned),
                share(content.domestic_again),
                share(content.foreign),
                share(content.foreign_again),
                share(content.backward()),
                share(content.forward()),
            ]
        });
        Table { columns, rows }
    }

    fn spillover(&self, lang: Lang) -> Table {
        let scale = self.scale(lang);
        let columns = vec![
            Self::region_column(lang),
            scale.column("demand", lang.pick("Demand", "최종수요")),
            scale.column("own", lang.pick("Output by own chains", "역내 유발")),
            scale.column("feedback", lang.pick("Feedback", "환류")),
            scale.column(
                "spillover",
                lang.pick("Spill-over to others", "타지역 파급"),
            ),
        ];
        let rows = self.by_region(lang, |at| {
            let of = &self.spillovers[at];
            let figures = [of.demand, of.own, of.feedback, of.spillover];
            let money = |value: f64| Cell::Number(scale.money(self.millions(value)));
            figures.map(money).to_vec()
        });
        Table { columns, rows }
    }

    fn position(&self, lang: Lang, top: usize) -> Table {
        let columns = vec![
            Column::text("region", lang.pick("Region or sector", "지역·부문")),
            Column::number("upstreamness", lang.pick("Upstreamness", "상류도"), "", 3),
            Column::number(
                "downstreamness",
                lang.pick("Downstreamness", "하류도"),
                "",
                3,
            ),
        ];
        let mut rows = self.by_region(lang, |at| {
            let position = &self.positions[at];
            vec![
                Cell::Number(position.upstreamness),
                Cell::Number(position.downstreamness),
            ]
        });
        let upstreamness = |at: usize| self.sector_positions[at].map_or(0.0, |p| p.upstreamness);
        for at in by_size(self.sectors.len(), upstreamness)
            .into_iter()
            .take(top)
        {
            if let Some(position) = &self.sector_positions[at] {
                rows.push(Row::new(vec![
                    Cell::Text(self.sectors[at].title(lang)),
                    Cell::Number(position.upstreamness),
                    Cell::Number(position.downstreamness),
                ]));
            }
        }
        Table { columns, rows }
    }
}
