//! How sure the figures are: bands by year, and what they depend on.

use super::{Figure, Maker};
use crate::report::chart::{Fan, Swing, Tornado};
use crate::report::document::number;
use crate::report::{Cell, Column, Row, Table};
use crate::scenario::PhaseKind;
use crate::uncertainty::ensemble::{Driver, Spread};

/// Swings of the tornado.
const SWINGS: usize = 12;

impl Maker<'_> {
    pub(super) fn fan(&self) -> Option<Figure> {
        let lang = self.lang;
        let ensemble = self.brief.estimate.uncertainty.as_ref()?;
        if ensemble.years.is_empty() {
            return None;
        }
        let four = |s: &Spread| [s.p5, s.median, s.p95, s.as_written].map(|v| self.scale.money(v));
        let places: Vec<String> = ensemble.years.iter().map(|y| y.year.to_string()).collect();
        let values: Vec<[f64; 4]> = ensemble
            .years
            .iter()
            .map(|y| four(&y.value_added_type1))
            .collect();
        let names = lang.pick(
            ["5–95 % of draws", "Median", "As written"],
            ["5~95% 구간", "중앙값", "기준값"],
        );
        let columns = vec![
            Column::text("year", lang.pick("Year", "연도")),
            self.money_column("p5", lang.pick("5 %", "5%")),
            self.money_column("median", names[1]).with_bar(),
            self.money_column("p95", lang.pick("95 %", "95%")),
            self.money_column("as_written", names[2]),
        ];
        let rows = places
            .iter()
            .zip(&values)
            .map(|(place, v)| {
                let mut cells = vec![Cell::from(place.clone())];
                cells.extend(v.map(Cell::Number));
                Row::new(cells)
            })
            .collect();
        Some(Figure {
            id: "fan".to_owned(),
            chapter: "certainty",
            title: lang
                .pick(
                    "Value added by year (Type I), with its uncertainty",
                    "연도별 부가가치(1형)와 불확실성",
                )
                .to_owned(),
            description: lang.pick(
                format!(
                    "Median and the range of nine draws in ten, over {} draws of the uncertain figures (seed {}).",
                    number(ensemble.draws as f64, 0),
                    ensemble.seed
                ),
                format!(
                    "불확실한 수치를 {}회 추출한 결과의 중앙값과 90% 구간(시드 {}).",
                    number(ensemble.draws as f64, 0),
                    ensemble.seed
                ),
            ),
            unit: self.scale.money_unit(),
            source: self.source(),
            table: Table { columns, rows },
            lang,
            chart: Box::new(Fan {
                places,
                values,
                names: names.map(str::to_owned),
                decimals: self.scale.money_decimals(),
            }),
        })
    }

    pub(super) fn tornado(&self, kind: PhaseKind) -> Option<Figure> {
        let lang = self.lang;
        let ensemble = self.brief.estimate.uncertainty.as_ref()?;
        let effects = self
            .brief
            .estimate
            .impact
            .effects
            .present()
            .find(|(k, _)| *k == kind)?
            .1;
        let mut drivers: Vec<_> = ensemble.drivers.iter().filter(|d| d.kind == kind).collect();
        let width = |d: &Driver| (d.value_added_type1[1] - d.value_added_type1[0]).abs();
        drivers.sort_by(|a, b| width(b).total_cmp(&width(a)));
        let widest = drivers.first().map_or(0.0, |d| width(d));
        drivers.retain(|d| width(d) > widest * 1e-3);
        drivers.truncate(SWINGS);
        if drivers.is_empty() {
            return None;
        }
        let swings: Vec<Swing> = drivers
            .iter()
            .map(|d| Swing {
                label: d.label.text().get(lang).to_owned(),
                range: d.written_range().map(|v| self.short(v, d.money)).join("–"),
                result: d.value_added_type1.map(|v| self.scale.money(v)),
            })
            .collect();
        let columns = vec![
            Column::text("figure", lang.pick("Uncertain figure", "불확실한 수치")),
            Column::text("range", lang.pick("5–95 %", "5~95%")),
            self.money_column(
                "low",
                lang.pick("Value added at its low", "하한일 때 부가가치"),
            ),
            self.money_column(
                "high",
                lang.pick("Value added at its high", "상한일 때 부가가치"),
            ),
            Column::number(
                "rank_correlation",
                lang.pick("Rank correlation", "순위상관"),
                "",
                2,
            ),
        ];
        let rows = swings
            .iter()
            .zip(&drivers)
            .map(|(s, d)| {
                Row::new(vec![
                    s.label.clone().into(),
                    s.range.clone().into(),
                    s.result[0].into(),
                    s.result[1].into(),
                    d.rank_correlation.into(),
                ])
            })
            .collect();
        Some(Figure {
            id: self.id("tornado", kind),
            chapter: "certainty",
            title: self.title(
                lang.pick(
                    "What value added (Type I) depends on most",
                    "부가가치(1형)를 좌우하는 요인",
                ),
                kind,
            ),
            description: lang
                .pick(
                    "Value added (Type I) with one uncertain figure at its 5th and 95th percentile and all others as \
                     written; the line in the middle is the scenario as written.",
                    "불확실한 수치 하나를 5%·95% 분위수로 두고 나머지는 그대로 둘 때의 부가가치(1형). 가운데 선은 \
                     기준값(시나리오 그대로).",
                )
                .to_owned(),
            unit: self.scale.money_unit(),
            source: self.source(),
            table: Table { columns, rows },
            lang,
            chart: Box::new(Tornado {
                centre: self.scale.money(effects.value_added.sums().type1()),
                swings,
                ends: lang
                    .pick(
                        ["Figure at its low end", "Figure at its high end"],
                        ["하한(5%)일 때", "상한(95%)일 때"],
                    )
                    .map(str::to_owned),
                decimals: self.scale.money_decimals(),
            }),
        })
    }

    /// An uncertain figure in a few digits: 0.42, 7.35 trillion won.
    fn short(&self, value: f64, money: bool) -> String {
        if money {
            return self.scale.in_words(value / 1e6);
        }
        let decimals = match value.abs() {
            v if v >= 100.0 => 0,
            v if v >= 10.0 => 1,
            _ => 2,
        };
        number(value, decimals)
    }
}
