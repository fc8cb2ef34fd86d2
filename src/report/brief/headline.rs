//! The answer on the first screen: four figures with their parts, and three sentences to quote.

use super::Brief;
use crate::impact::{Effects, Stages};
use crate::lang::Lang;
use crate::report::document::number;
use crate::report::views::Quote;
use crate::report::views::labour_unit;
use crate::report::{Cell, Column, Row, Scale, Table};
use crate::scenario::PhaseKind;

/// The headline of one kind of phase.
#[derive(Debug, Clone, PartialEq)]
pub struct Headline {
    /// Which.
    pub kind: PhaseKind,
    /// Its phases, how often and when: "Build: one-off, 2027–2029, in all".
    pub title: String,
    /// All that is spent, in millions.
    pub spending: f64,
    /// Output, value added, jobs, imports.
    pub figures: Vec<HeadlineFigure>,
}

/// One figure of a headline.
#[derive(Debug, Clone, PartialEq)]
pub struct HeadlineFigure {
    /// A stable name: "output", "value_added", "jobs", "leakage".
    pub id: &'static str,
    /// Its name.
    pub title: String,
    /// Direct, indirect and induced; of imports: at once, as inputs, by households. Money in millions.
    pub parts: [f64; 3],
    /// All parts before they were settled, for programs that read the page.
    pub unrounded: f64,
    /// The names of the parts.
    pub names: [String; 3],
    /// Their unit where it is no money.
    pub persons: Option<&'static str>,
    /// 5th and 95th percentile of the whole, where draws were asked for.
    pub band: Option<[f64; 2]>,
}

impl HeadlineFigure {
    /// All parts.
    pub fn total(&self) -> f64 {
        self.parts.iter().sum()
    }

    /// What is not induced by households.
    pub fn type1(&self) -> f64 {
        self.parts[0] + self.parts[1]
    }

    /// A value of it in words.
    pub fn say(&self, value: f64, scale: Scale) -> String {
        match self.persons {
            None => scale.in_words(value),
            Some(unit) => {
                let gap = scale.lang().pick(" ", "");
                format!("{}{gap}{unit}", number(value, 0))
            }
        }
    }
}

impl Brief {
    /// The question that the report answers.
    pub fn question(&self, lang: Lang) -> String {
        let name = self.estimate.impact.name.get(lang);
        lang.pick(
            format!("{name}: what does it do for the economy?"),
            format!("{name}: 경제적 파급효과"),
        )
    }

    /// The headline of each kind of phase.
    pub fn headlines(&self, lang: Lang) -> Vec<Headline> {
        let settled = self
            .estimate
            .impact
            .settled(self.estimate.impact.scale(lang));
        settled
            .effects
            .present()
            .map(|(kind, effects)| Headline {
                kind,
                title: self.estimate.impact.kind_title(kind, lang),
                spending: effects.spending.total.as_millions(),
                figures: self.settled_figures(kind, effects, lang),
            })
            .collect()
    }

    /// The figures of settled effects, with what they were before.
    fn settled_figures(
        &self,
        kind: PhaseKind,
        settled: &Effects,
        lang: Lang,
    ) -> Vec<HeadlineFigure> {
        let mut figures = self.headline_figures(kind, settled, lang);
        if let Some((_, exact)) = self
            .estimate
            .impact
            .effects
            .present()
            .find(|(k, _)| *k == kind)
        {
            let exact = self.headline_figures(kind, exact, lang);
            for (figure, exact) in figures.iter_mut().zip(exact) {
                figure.unrounded = exact.total();
            }
        }
        figures
    }

    fn headline_figures(&self, kind: PhaseKind, e: &Effects, lang: Lang) -> Vec<HeadlineFigure> {
        let band = |id: &str| {
            let ensemble = self.estimate.uncertainty.as_ref()?;
            let id = format!("{id}_type1");
            let figure = ensemble.figure(Some(kind), &id)?;
            Some([figure.spread.p5, figure.spread.p95])
        };
        let stages = |stages: &Stages| {
            let s = stages.sums();
            [s.direct, s.indirect, s.induced]
        };
        let names = || {
            [
                lang.pick("direct", "직접"),
                lang.pick("indirect", "간접"),
                lang.pick("induced", "소득유발"),
            ]
            .map(str::to_owned)
        };
        let figure = |id, title: &str, parts, persons| HeadlineFigure {
            id,
            title: title.to_owned(),
            parts,
            unrounded: 0.0,
            names: names(),
            persons,
            band: band(id),
        };
        let mut figures = vec![
            figure(
                "output",
                lang.pick("Output", "생산"),
                stages(&e.output),
                None,
            ),
            figure(
                "value_added",
                lang.pick("Value added", "부가가치"),
                stages(&e.value_added),
                None,
            ),
        ];
        if let Some(jobs) = e.account("jobs") {
            figures.push(figure(
                "jobs",
                match kind {
                    PhaseKind::OneOff => lang.pick("Work (job-years)", "취업(연인원)"),
                    PhaseKind::Recurring => lang.pick("Jobs (a full year)", "취업(연중 유지)"),
                },
                stages(jobs),
                Some(labour_unit(kind, lang)),
            ));
        }
        let imports = e.imports.sums();
        figures.push(HeadlineFigure {
            id: "leakage",
            title: lang
                .pick("Imports, with taxes on them", "수입(수입품세 포함)")
                .to_owned(),
            parts: [
                e.spending.imported.as_millions(),
                imports.type1(),
                imports.induced,
            ],
            unrounded: 0.0,
            names: [
                lang.pick("at once", "직접 수입"),
                lang.pick("as inputs", "중간재"),
                lang.pick("by households", "가계"),
            ]
            .map(str::to_owned),
            persons: None,
            band: band("leakage"),
        });
        figures
    }

    /// The headline as a table: a row a figure.
    pub(super) fn headline_table(&self, lang: Lang) -> Table {
        let scale = self.estimate.impact.scale(lang);
        let columns = vec![
            Column::text("phases", lang.pick("Phases", "단계")),
            Column::text("figure", lang.pick("Figure", "항목")),
            Column::number("direct", lang.pick("Direct", "직접"), "", 0),
            Column::number("indirect", lang.pick("Indirect", "간접"), "", 0),
            Column::number("type1", lang.pick("Type I", "1형 합계"), "", 0),
            Column::number("induced", lang.pick("Induced", "소득유발"), "", 0),
            Column::number("total", lang.pick("Total", "합계"), "", 0),
            Column::number("p5", lang.pick("5 %", "5%"), "", 0),
            Column::number("p95", lang.pick("95 %", "95%"), "", 0),
        ];
        let mut rows = Vec::new();
        for headline in self.headlines(lang) {
            for figure in &headline.figures {
                let measure = |value: f64| match figure.persons {
                    None => scale.measure(value),
                    Some(unit) => Cell::Measure(
                        value,
                        crate::report::Unit {
                            name: unit.to_owned(),
                            decimals: 0,
                        },
                    ),
                };
                let [direct, indirect, induced] = figure.parts;
                let band = |at: usize| figure.band.map_or(Cell::Empty, |b| measure(b[at]));
                rows.push(Row::new(vec![
                    headline.title.clone().into(),
                    figure.title.clone().into(),
                    measure(direct),
                    measure(indirect),
                    measure(figure.type1()),
                    measure(induced),
                    measure(figure.total()),
                    band(0),
                    band(1),
                ]));
            }
        }
        let mut table = Table { columns, rows };
        if self.estimate.uncertainty.is_none() {
            table.columns.truncate(7);
            table.rows.iter_mut().for_each(|r| r.cells.truncate(7));
        }
        table
    }

    /// Three sentences that may be quoted.
    pub fn quotes(&self, lang: Lang) -> Vec<Quote> {
        self.estimate.quotes(lang)
    }
}

impl Headline {
    /// A stable name: "one_off", "recurring".
    pub fn id(&self) -> &'static str {
        self.kind.id()
    }
}
