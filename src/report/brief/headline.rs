//! The answer on the first screen: four figures with their parts, and three sentences to quote.

use super::{Brief, kind_id, kinds};
use crate::impact::document::labour_unit;
use crate::impact::{Effects, Stages};
use crate::lang::Lang;
use crate::report::document::{number, round_to_sum};
use crate::report::{Cell, Column, Row, Scale, Table};
use crate::scenario::{PhaseKind, ShareOrigin};

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

/// A sentence that may be quoted, and what it takes for granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The sentence.
    pub sentence: String,
    /// Its assumptions.
    pub assumptions: Vec<String>,
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
        let name = self.impact.name.get(lang);
        lang.pick(
            format!("{name}: what does it do for the economy?"),
            format!("{name}: 경제적 파급효과"),
        )
    }

    /// The headline of each kind of phase.
    pub fn headlines(&self, lang: Lang) -> Vec<Headline> {
        let settled = self.impact.settled(self.impact.scale(lang));
        kinds(&settled)
            .map(|(kind, effects)| Headline {
                kind,
                title: self.impact.kind_title(kind, lang),
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
        if let Some((_, exact)) = kinds(&self.impact).find(|(k, _)| *k == kind) {
            let exact = self.headline_figures(kind, exact, lang);
            for (figure, exact) in figures.iter_mut().zip(exact) {
                figure.unrounded = exact.total();
            }
        }
        figures
    }

    fn headline_figures(&self, kind: PhaseKind, e: &Effects, lang: Lang) -> Vec<HeadlineFigure> {
        let band = |id: &str| {
            let ensemble = self.impact.uncertainty.as_ref()?;
            let figure = ensemble
                .figures
                .iter()
                .find(|f| f.kind == Some(kind) && f.id == id)?;
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
                lang.pick("GDP (value added)", "GDP(부가가치)"),
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
            title: lang.pick("Imports leaking out", "수입으로 유출").to_owned(),
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
        let scale = self.impact.scale(lang);
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
        if self.impact.uncertainty.is_none() {
            table.columns.truncate(7);
            table.rows.iter_mut().for_each(|r| r.cells.truncate(7));
        }
        table
    }

    /// Three sentences that may be quoted.
    pub fn quotes(&self, lang: Lang) -> Vec<Quote> {
        let headlines = self.headlines(lang);
        let mut quotes = Vec::new();
        quotes.extend(headlines.first().map(|h| self.output_quote(h, lang)));
        quotes.extend(self.jobs_quote(&headlines, lang));
        quotes.extend(headlines.first().map(|h| self.import_quote(h, lang)));
        quotes
    }

    fn table_words(&self, lang: Lang) -> String {
        let r = &self.impact.receipt;
        lang.pick(
            format!("input-output table: {}", r.table_title.en),
            format!("{} 기준", r.table_title.ko),
        )
    }

    fn output_quote(&self, headline: &Headline, lang: Lang) -> Quote {
        let scale = self.impact.scale(lang);
        let figure = |id: &str| headline.figures.iter().find(|f| f.id == id);
        let say = |id: &str, value: fn(&HeadlineFigure) -> f64| {
            figure(id).map_or(String::new(), |f| f.say(value(f), scale))
        };
        let spent = scale.in_words(headline.spending);
        let (output, value_added) = (
            say("output", HeadlineFigure::type1),
            say("value_added", HeadlineFigure::type1),
        );
        let when = match (headline.kind, self.impact.span(headline.kind)) {
            (PhaseKind::Recurring, _) => lang.pick(" a year".to_owned(), "연간 ".to_owned()),
            (PhaseKind::OneOff, Some(span)) => {
                lang.pick(format!(" in {span}"), format!("{span}년에 "))
            }
            (PhaseKind::OneOff, None) => String::new(),
        };
        let mut sentence = lang.pick(
            format!(
                "Spending {spent}{when} brings {output} of output and {value_added} of value added at home, \
                 directly and at suppliers"
            ),
            format!(
                "{when}{spent}을 지출하면 직접효과와 공급망을 통한 간접효과로 국내 생산 {output}, 부가가치 \
                 {value_added}이 유발된다"
            ),
        );
        let induced = figure("value_added").map_or(0.0, |f| f.parts[2]);
        if induced > 0.0 {
            let total = say("value_added", HeadlineFigure::total);
            sentence.push_str(&lang.pick(
                format!("; with what households then spend, value added is {total}"),
                format!("(가계소비 유발효과를 포함하면 부가가치 {total})"),
            ));
        }
        sentence.push('.');
        let mut assumptions = vec![self.table_words(lang)];
        assumptions.push(
            lang.pick(
                "prices and input coefficients stay as they were, no capacity limits; gross, not net of other uses \
                 of the money",
                "가격·투입계수 고정, 생산능력 제약 없음. 재원의 다른 용도를 고려하지 않은 총효과",
            )
            .to_owned(),
        );
        if let (true, Some(share)) = (induced > 0.0, self.impact.receipt.household_share) {
            assumptions.push(lang.pick(
                format!(
                    "households spend {:.1} % of what employees earn",
                    share * 100.0
                ),
                format!("가계는 피용자보수의 {:.1}%를 소비", share * 100.0),
            ));
        }
        Quote {
            sentence,
            assumptions,
        }
    }

    fn jobs_quote(&self, headlines: &[Headline], lang: Lang) -> Option<Quote> {
        let names = |kind: PhaseKind| {
            let phases = self.impact.phases.iter().filter(|p| p.kind == kind);
            let names: Vec<&str> = phases.map(|p| p.name.get(lang)).collect();
            names.join(lang.pick(" and ", "·"))
        };
        let jobs = |kind: PhaseKind| {
            let headline = headlines.iter().find(|h| h.kind == kind)?;
            let jobs = headline.figures.iter().find(|f| f.id == "jobs")?;
            Some(number(jobs.type1(), 0))
        };
        let sentence = match (jobs(PhaseKind::OneOff), jobs(PhaseKind::Recurring)) {
            (Some(years), Some(jobs)) => {
                let (once, again) = (names(PhaseKind::OneOff), names(PhaseKind::Recurring));
                lang.pick(
                    format!(
                        "The one-off phases ({once}) take {years} job-years of work in all; {jobs} jobs are held in \
                         a full year ({again})."
                    ),
                    format!(
                        "{once} 단계에서 모두 {years}인년, {again} 단계에서 연간 {jobs}명의 취업이 유발된다."
                    ),
                )
            }
            (Some(years), None) => lang.pick(
                format!("It takes {years} job-years of work in all."),
                format!("모두 {years}인년의 취업이 유발된다."),
            ),
            (None, Some(jobs)) => lang.pick(
                format!("{jobs} jobs are held in a full year."),
                format!("연간 {jobs}명의 취업이 유발된다."),
            ),
            (None, None) => return None,
        };
        let r = &self.impact.receipt;
        let growth = r.productivity_growth * 100.0;
        let assumptions = vec![
            lang.pick(
                format!(
                    "full-time equivalents at the labour coefficients of {}, direct and indirect, without \
                     household spending",
                    r.table_year
                ),
                format!(
                    "{}년 취업계수에 따른 전업환산 기준, 직접+간접효과(가계소비 유발 제외)",
                    r.table_year
                ),
            ),
            if growth == 0.0 {
                lang.pick(
                    "no productivity growth after that year",
                    "이후 노동생산성 증가는 반영하지 않음",
                )
                .to_owned()
            } else {
                lang.pick(
                    format!("labour productivity grows by {growth:.1} % a year"),
                    format!("노동생산성 연 {growth:.1}% 증가 반영"),
                )
            },
            lang.pick(
                "job-years and lasting jobs are different things and are not added",
                "인년(연인원)과 상시 일자리는 성격이 달라 합산하지 않음",
            )
            .to_owned(),
        ];
        Some(Quote {
            sentence,
            assumptions,
        })
    }

    fn import_quote(&self, headline: &Headline, lang: Lang) -> Quote {
        let effects = match headline.kind {
            PhaseKind::OneOff => &self.impact.one_off,
            PhaseKind::Recurring => &self.impact.recurring,
        };
        let (at_once, inputs) = effects.as_ref().map_or((0.0, 0.0), |e| {
            (e.spending.imported.as_millions(), e.imports.sums().type1())
        });
        let percent = |v: f64| {
            if headline.spending == 0.0 {
                0.0
            } else {
                v / headline.spending * 100.0
            }
        };
        let scale = self.impact.scale(lang);
        // The two parts shown add up to the whole shown.
        let whole = percent(at_once + inputs);
        let parts = round_to_sum(&[percent(at_once), percent(inputs)], whole, 1);
        let (now, then) = (number(parts[0], 1), number(parts[1], 1));
        let all = number(whole, 1);
        let sentence = lang.pick(
            format!(
                "Of every {} spent, {all} go abroad: {now} at once for imported products, {then} for imported \
                 inputs of domestic suppliers.",
                scale.units(100)
            ),
            format!(
                "지출의 {all}%는 수입으로 유출된다(직접 수입 {now}%, 국내 공급업체의 수입 중간재 {then}%)."
            ),
        );
        let lines = || {
            let phases = self.impact.phases.iter();
            phases
                .filter(|p| p.kind == headline.kind)
                .flat_map(|p| &p.lines)
        };
        let stated = lines()
            .filter(|l| l.share_origin != ShareOrigin::Table)
            .count();
        let count = lines().count();
        let shares = match stated {
            0 => lang.pick(
                "domestic shares as in the table".to_owned(),
                "국산 비율은 모두 산업연관표 값".to_owned(),
            ),
            all if all == count => lang.pick(
                "domestic shares as stated for each line".to_owned(),
                "국산 비율은 모두 지정값".to_owned(),
            ),
            _ => lang.pick(
                format!(
                    "domestic shares: {stated} of {count} lines as the scenario states them, the others as in the \
                     table"
                ),
                format!("국산 비율: {count}개 항목 중 {stated}개는 시나리오 설정값, 나머지는 산업연관표 값"),
            ),
        };
        let assumptions = vec![
            shares,
            lang.pick(
                format!(
                    "imported inputs at the average import coefficients of {}",
                    self.impact.receipt.table_year
                ),
                format!(
                    "중간재 수입은 {}년 평균 수입투입계수 적용",
                    self.impact.receipt.table_year
                ),
            ),
        ];
        Quote {
            sentence,
            assumptions,
        }
    }
}

impl Headline {
    /// A stable name: "one_off", "recurring".
    pub fn id(&self) -> &'static str {
        kind_id(self.kind)
    }
}
