//! Impacts side by side: figures, differences and ratios against one of them.

use super::notes::note_sections;
use super::{Effects, Impact, Receipt, Stages, Sums, Year, YearFigures};
use crate::error::{Error, Result};
use crate::impact::document::labour_unit;
use crate::lang::{Lang, Text, said};
use crate::report::Scale;
use crate::report::{Block, Cell, Column, Document, Row, Table, Unit};
use crate::scenario::{Note, PhaseKind};
use serde::{Deserialize, Serialize};

/// Two or more impacts side by side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Comparison {
    /// Which of the impacts the others are held against.
    pub base: usize,
    /// What is compared.
    pub compared: Vec<Compared>,
    /// Headline figures of each kind of phase, then those over all years.
    pub figures: Vec<ComparedFigure>,
    /// Year by year, where phases have dates: all years that any of them runs in.
    pub years: Vec<ComparedYear>,
    /// What makes the comparison less than fair.
    pub notes: Vec<Note>,
}

/// One of the impacts compared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Compared {
    /// The name it was asked for by.
    pub id: String,
    /// Its title.
    pub name: Text,
    /// What it was computed with.
    pub receipt: Receipt,
}

/// One figure of each impact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct ComparedFigure {
    /// Of which phases; `None` for figures over all years.
    pub kind: Option<PhaseKind>,
    /// A stable name: "value_added", of all stages, "value_added_type1", "cumulative_output_type1", "peak_year".
    pub id: String,
    /// The title.
    pub title: Text,
    /// What it is counted in.
    pub measure: Measure,
    /// Its value in each impact; `None` where an impact has no such phases.
    pub values: Vec<Option<f64>>,
}

/// What a figure is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Money, in millions of the currency.
    Money,
    /// Persons: job-years of one-off phases, jobs of recurring ones.
    Persons,
    /// A calendar year.
    Year,
}

/// One year of each impact; money in millions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct ComparedYear {
    /// The calendar year.
    pub year: i32,
    /// Output, all phases, of each impact.
    pub output: Vec<f64>,
    /// Value added, all phases.
    pub value_added: Vec<f64>,
    /// Value added of this year and all before.
    pub cumulative_value_added: Vec<f64>,
    /// Job-years of one-off phases.
    pub job_years: Vec<f64>,
    /// Jobs of recurring phases.
    pub jobs: Vec<f64>,
    /// Output, Type I: without what households add.
    #[serde(default)]
    pub output_type1: Vec<f64>,
    /// Value added, Type I.
    #[serde(default)]
    pub value_added_type1: Vec<f64>,
    /// Value added of this year and all before, Type I.
    #[serde(default)]
    pub cumulative_value_added_type1: Vec<f64>,
    /// Job-years, Type I.
    #[serde(default)]
    pub job_years_type1: Vec<f64>,
    /// Jobs, Type I.
    #[serde(default)]
    pub jobs_type1: Vec<f64>,
}

impl ComparedFigure {
    /// Whether it counts nothing of what households add.
    pub fn is_of_type1(&self) -> bool {
        let before_all = matches!(
            self.id.as_str(),
            "spending" | "imported" | "cumulative_spending" | "peak_year"
        );
        before_all || self.id.ends_with("_type1")
    }

    /// Each value less the base's.
    pub fn differences(&self, base: usize) -> Vec<Option<f64>> {
        let base = self.values[base];
        self.values.iter().map(|v| Some((*v)? - base?)).collect()
    }

    /// Each value over the base's; `None` where that is 0, and for years.
    pub fn ratios(&self, base: usize) -> Vec<Option<f64>> {
        let base = self.values[base].filter(|b| *b != 0.0 && self.measure != Measure::Year);
        self.values.iter().map(|v| Some((*v)? / base?)).collect()
    }
}

impl Comparison {
    /// Puts impacts side by side, each with the name it was asked for by; `base` is one of them.
    ///
    /// # Errors
    /// Fewer than two impacts, or two in different currencies.
    pub fn of(impacts: &[(String, Impact)], base: usize) -> Result<Self> {
        if impacts.len() < 2 || base >= impacts.len() {
            return Err(Error::invalid(said!(
                "a comparison needs two scenarios or more: leontief compare ai-hub ai-hub-delayed",
                "비교하려면 시나리오가 둘 이상 필요합니다. 예: leontief compare ai-hub ai-hub-delayed"
            )));
        }
        let currency = |i: usize| impacts[i].1.receipt.currency.as_str();
        if let Some(other) = (0..impacts.len()).find(|&i| currency(i) != currency(base)) {
            return Err(Error::invalid(said!(
                "{one} is in {of_one} and {two} in {of_two}: they cannot be held side by side",
                "{one}의 통화는 {of_one}, {two}의 통화는 {of_two}이므로 비교할 수 없습니다",
                one = impacts[base].0,
                of_one = currency(base),
                two = impacts[other].0,
                of_two = currency(other)
            )));
        }
        let mut figures = Vec::new();
        for kind in [PhaseKind::OneOff, PhaseKind::Recurring] {
            figures.extend(headline(impacts, kind));
        }
        if impacts.iter().any(|(_, impact)| !impact.years.is_empty()) {
            figures.extend(over_time(impacts));
        }
        Ok(Comparison {
            base,
            compared: impacts
                .iter()
                .map(|(id, impact)| Compared {
                    id: id.clone(),
                    name: impact.name.clone(),
                    receipt: impact.receipt.clone(),
                })
                .collect(),
            figures,
            years: years(impacts),
            notes: notes(impacts),
        })
    }

    /// How all amounts are shown: fit for the largest and the smallest of the scenarios compared.
    fn scale(&self, lang: Lang) -> Scale<'_> {
        let spent = self.figures.iter().filter(|f| f.id == "spending");
        let main = spent.flat_map(|f| f.values.iter().flatten().copied());
        Scale::new(lang, &self.compared[self.base].receipt.currency, main)
    }

    /// The comparison of these impacts as a document; their figures settled ([`Impact::settled`]) in one
    /// unit, so that each is the one that stands in its own result and parts add up.
    pub fn document(&self, impacts: &[(String, Impact)], lang: Lang) -> Document {
        let scale = self.scale(lang);
        let settled: Vec<(String, Impact)> = impacts
            .iter()
            .map(|(id, impact)| (id.clone(), impact.settled(scale)))
            .collect();
        let mut shown = self.clone();
        if let Ok(settled) = Comparison::of(&settled, self.base) {
            // Present values are no sums of what is shown, and years that are alike when rounded have one
            // peak all the same.
            for (figure, settled) in shown.figures.iter_mut().zip(settled.figures) {
                let as_it_is = figure.id.starts_with("value_added_discounted")
                    || figure.measure == Measure::Year;
                if !as_it_is {
                    figure.values = settled.values;
                }
            }
            shown.years = settled.years;
        }
        shown.document_beside(self, scale)
    }

    /// The document of figures as shown; ratios are of the `exact` ones.
    fn document_beside(&self, exact: &Comparison, scale: Scale) -> Document {
        let lang = scale.lang();
        let ids: Vec<&str> = self.compared.iter().map(|c| c.id.as_str()).collect();
        let title = lang.pick(
            format!("Comparison: {}", ids.join(", ")),
            format!("비교: {}", ids.join(", ")),
        );
        let base = &self.compared[self.base];
        let subtitle = lang.pick(format!("against {}", base.id), format!("기준: {}", base.id));
        let mut doc = Document::new(title, subtitle);
        let named = self.compared.iter().map(|c| {
            let table = &c.receipt.table;
            format!("{}: {} ({table})", c.id, c.name.get(lang))
        });
        let mut blocks = vec![Block::Notes(named.collect())];
        let closed = self.closed();
        if closed {
            let said = lang.pick(
                "Type I counts direct and indirect effects; Type II adds what households spend of their income.",
                "1형은 직접·간접효과, 2형은 소득유발효과를 더한 것임.",
            );
            blocks.push(Block::Text(said.to_owned()));
        }
        doc.section("compared", "", blocks);
        for (kind, id, title) in [
            (
                Some(PhaseKind::OneOff),
                "one_off",
                lang.pick("One-off phases, in all", "일회성 단계 합계"),
            ),
            (
                Some(PhaseKind::Recurring),
                "recurring",
                lang.pick("Recurring phases, a full year", "반복 단계, 연간"),
            ),
            (None, "over_time", lang.pick("Over all years", "전 기간")),
        ] {
            let figures: Vec<(&ComparedFigure, &ComparedFigure)> = self
                .figures
                .iter()
                .zip(&exact.figures)
                .filter(|(f, _)| f.kind == kind && (closed || f.is_of_type1()))
                .collect();
            if !figures.is_empty() {
                let table = self.figures_table(&figures, scale);
                doc.section(id, title, vec![Block::Table(table)]);
            }
        }
        if !self.years.is_empty() {
            self.years_sections(&mut doc, scale);
        }
        doc.sections.extend(note_sections(&self.notes, lang));
        let source = base.receipt.attribution.get(lang).to_owned();
        doc.section("source", "", vec![Block::Text(source)]);
        doc
    }

    /// Whether households add to any of the impacts.
    fn closed(&self) -> bool {
        let mut receipts = self.compared.iter().map(|c| &c.receipt);
        receipts.any(|r| r.household_share.is_some())
    }

    /// The impacts that are held against the base.
    fn others(&self) -> impl Iterator<Item = (usize, &Compared)> {
        let all = self.compared.iter().enumerate();
        all.filter(|(at, _)| *at != self.base)
    }

    /// Figures as shown, each with the exact one.
    fn figures_table(&self, figures: &[(&ComparedFigure, &ComparedFigure)], scale: Scale) -> Table {
        let lang = scale.lang();
        let mut columns = vec![Column::text("figure", lang.pick("Figure", "지표"))];
        let number = |id: String, title: String| Column::number(&id, &title, "", 0);
        for (at, compared) in self.compared.iter().enumerate() {
            columns.push(number(format!("value_{}", at + 1), compared.id.clone()));
        }
        let several = self.compared.len() > 2;
        for (at, other) in self.others() {
            let of = if several {
                format!(": {}", other.id)
            } else {
                String::new()
            };
            let difference = lang.pick("Difference", "차이");
            columns.push(number(
                format!("difference_{}", at + 1),
                format!("{difference}{of}"),
            ));
            columns.push(Column::number(
                &format!("ratio_{}", at + 1),
                &format!("{}{of}", lang.pick("Ratio", "비율")),
                "",
                3,
            ));
        }
        let rows = figures
            .iter()
            .map(|(figure, exact)| {
                let shown = |value: Option<f64>, unit: &str| match (value, figure.measure) {
                    (None, _) => Cell::Empty,
                    (Some(v), Measure::Money) => scale.measure(v),
                    (Some(v), _) => Cell::Measure(
                        v,
                        Unit {
                            name: unit.to_owned(),
                            decimals: 0,
                        },
                    ),
                };
                let unit = match (figure.measure, figure.id.as_str(), figure.kind) {
                    (Measure::Persons, "job_years" | "job_years_type1", _) => {
                        labour_unit(PhaseKind::OneOff, lang)
                    }
                    (Measure::Persons, _, Some(kind)) => labour_unit(kind, lang),
                    _ => "",
                };
                let year =
                    |v: Option<f64>| v.map_or(Cell::Empty, |v| Cell::Text(format!("{v:.0}")));
                let mut cells = vec![Cell::from(figure.title.get(lang))];
                cells.extend(figure.values.iter().map(|v| match figure.measure {
                    Measure::Year => year(*v),
                    _ => shown(*v, unit),
                }));
                let differences = figure.differences(self.base);
                let ratios = exact.ratios(self.base);
                for (at, _) in self.others() {
                    cells.push(match figure.measure {
                        Measure::Year => year(differences[at]),
                        _ => shown(differences[at], unit),
                    });
                    cells.push(ratios[at].map_or(Cell::Empty, Cell::Number));
                }
                Row::new(cells)
            })
            .collect();
        Table { columns, rows }
    }

    fn years_sections(&self, doc: &mut Document, scale: Scale) {
        let lang = scale.lang();
        type Values = fn(&ComparedYear) -> &Vec<f64>;
        let measures: [(&str, &str, Option<PhaseKind>, [Values; 2]); 5] = [
            (
                "output",
                lang.pick("Output", "생산"),
                None,
                [|y| &y.output_type1, |y| &y.output],
            ),
            (
                "value_added",
                lang.pick("Value added", "부가가치"),
                None,
                [|y| &y.value_added_type1, |y| &y.value_added],
            ),
            (
                "cumulative_value_added",
                lang.pick("Value added, cumulative", "부가가치 누계"),
                None,
                [
                    |y| &y.cumulative_value_added_type1,
                    |y| &y.cumulative_value_added,
                ],
            ),
            (
                "job_years",
                lang.pick("Jobs of one-off phases", "일회성 단계 취업"),
                Some(PhaseKind::OneOff),
                [|y| &y.job_years_type1, |y| &y.job_years],
            ),
            (
                "jobs",
                lang.pick("Jobs of recurring phases", "반복 단계 취업"),
                Some(PhaseKind::Recurring),
                [|y| &y.jobs_type1, |y| &y.jobs],
            ),
        ];
        let closed = self.closed();
        for (id, title, persons, [type1, all]) in measures {
            let nothing = |y: &ComparedYear| type1(y).iter().all(|v| *v == 0.0);
            if self.years.iter().all(nothing) {
                continue;
            }
            let first = match closed {
                true => lang.pick("Year (Type I)", "연도(1형)"),
                false => lang.pick("Year", "연도"),
            };
            let table = |first: &str, values: Values| {
                Block::Table(self.years_table([id, first], persons, values, scale))
            };
            let mut blocks = vec![table(first, type1)];
            if closed {
                let first = lang.pick("With households (Type II)", "소득유발 포함(2형)");
                blocks.push(table(first, all));
            }
            let title = format!("{} · {title}", lang.pick("Year by year", "연도별"));
            doc.section(&format!("years_{id}"), &title, blocks);
        }
    }

    /// A figure of every year: of each impact, then the others less the base.
    fn years_table(
        &self,
        [id, first]: [&str; 2],
        persons: Option<PhaseKind>,
        values: impl Fn(&ComparedYear) -> &Vec<f64>,
        scale: Scale,
    ) -> Table {
        let lang = scale.lang();
        let (unit, decimals) = match persons {
            Some(kind) => (labour_unit(kind, lang).to_owned(), 0),
            None => (scale.money_unit(), scale.money_decimals()),
        };
        let mut columns = vec![Column::text("year", first)];
        for (at, compared) in self.compared.iter().enumerate() {
            let id = format!("{id}_{}", at + 1);
            columns.push(Column::number(&id, &compared.id, &unit, decimals));
        }
        for (at, other) in self.others() {
            let of = lang.pick(
                format!("{} less base", other.id),
                format!("{} 차이", other.id),
            );
            let id = format!("{id}_difference_{}", at + 1);
            columns.push(Column::number(&id, &of, &unit, decimals));
        }
        let shown = |v: f64| match persons {
            Some(_) => Cell::Number(v),
            None => Cell::Number(scale.money(v)),
        };
        let rows = self
            .years
            .iter()
            .map(|y| {
                let values = values(y);
                let mut cells = vec![Cell::Text(y.year.to_string())];
                cells.extend(values.iter().map(|v| shown(*v)));
                let less = |(at, _)| shown(values[at] - values[self.base]);
                cells.extend(self.others().map(less));
                Row::new(cells)
            })
            .collect();
        Table { columns, rows }
    }
}

fn of_kind(impact: &Impact, kind: PhaseKind) -> Option<&Effects> {
    match kind {
        PhaseKind::OneOff => impact.one_off.as_ref(),
        PhaseKind::Recurring => impact.recurring.as_ref(),
    }
}

fn headline(impacts: &[(String, Impact)], kind: PhaseKind) -> Vec<ComparedFigure> {
    if impacts.iter().all(|(_, i)| of_kind(i, kind).is_none()) {
        return Vec::new();
    }
    type Value = fn(&Effects) -> f64;
    fn jobs(e: &Effects) -> Sums {
        e.account("jobs").map(Stages::sums).unwrap_or_default()
    }
    let spent: [(&str, Text, Measure, Value); 2] = [
        (
            "spending",
            Text::new("Spent", "지출"),
            Measure::Money,
            |e| e.spending.total.as_millions(),
        ),
        (
            "imported",
            Text::new("Imported at once", "직접 수입"),
            Measure::Money,
            |e| e.spending.imported.as_millions(),
        ),
    ];
    let type1: [(&str, Text, Measure, Value); 4] = [
        (
            "output",
            Text::new("Output", "생산"),
            Measure::Money,
            |e| e.output.sums().type1(),
        ),
        (
            "value_added",
            Text::new("Value added", "부가가치"),
            Measure::Money,
            |e| e.value_added.sums().type1(),
        ),
        (
            "imports",
            Text::new("Imported inputs", "수입유발"),
            Measure::Money,
            |e| e.imports.sums().type1(),
        ),
        ("jobs", Text::new("Jobs", "취업"), Measure::Persons, |e| {
            jobs(e).type1()
        }),
    ];
    let all: [Value; 4] = [
        |e| e.output.sums().total(),
        |e| e.value_added.sums().total(),
        |e| e.imports.sums().total(),
        |e| jobs(e).total(),
    ];
    let figure = |id: &str, title: Text, measure: Measure, value: Value| ComparedFigure {
        kind: Some(kind),
        id: id.to_owned(),
        title,
        measure,
        values: impacts
            .iter()
            .map(|(_, impact)| of_kind(impact, kind).map(value))
            .collect(),
    };
    let closed = closed(impacts);
    let mut figures: Vec<ComparedFigure> = spent
        .into_iter()
        .map(|(id, title, measure, value)| figure(id, title, measure, value))
        .collect();
    for (id, title, measure, value) in &type1 {
        let id = format!("{id}_type1");
        figures.push(figure(&id, of_type1(title, closed), *measure, *value));
    }
    for ((id, title, measure, _), value) in type1.iter().zip(all) {
        figures.push(figure(id, with_households(title), *measure, value));
    }
    figures
}

/// Whether households add to any of the impacts.
fn closed(impacts: &[(String, Impact)]) -> bool {
    let mut receipts = impacts.iter().map(|(_, i)| &i.receipt);
    receipts.any(|r| r.household_share.is_some())
}

/// A figure of Type I, where there is another.
fn of_type1(title: &Text, closed: bool) -> Text {
    if closed {
        Text::new(
            format!("{} (Type I)", title.en),
            format!("{}(1형)", title.ko),
        )
    } else {
        title.clone()
    }
}

fn with_households(title: &Text) -> Text {
    Text::new(
        format!("{} (Type II)", title.en),
        format!("{}(2형)", title.ko),
    )
}

/// A figure of both kinds of phases.
fn both(year: &Year, of: fn(&YearFigures) -> f64) -> f64 {
    of(&year.one_off) + of(&year.recurring)
}

/// The year that all are discounted to, where any is: the earliest of theirs, so that a delay counts.
fn present(impacts: &[(String, Impact)]) -> Option<i32> {
    let years = impacts.iter().filter_map(|(_, i)| i.receipt.discount);
    years.map(|(_, year)| year).min()
}

/// Figures over all years of each impact: sums, the peak, the present value.
fn over_time(impacts: &[(String, Impact)]) -> Vec<ComparedFigure> {
    let figure =
        |id: &str, title: Text, measure: Measure, value: &dyn Fn(&Impact) -> Option<f64>| {
            ComparedFigure {
                kind: None,
                id: id.to_owned(),
                title,
                measure,
                values: impacts
                    .iter()
                    .map(|(_, i)| if i.years.is_empty() { None } else { value(i) })
                    .collect(),
            }
        };
    let sum = |i: &Impact, of: &dyn Fn(&Year) -> f64| Some(i.years.iter().map(of).sum::<f64>());
    let closed = closed(impacts);
    type Of = fn(&YearFigures) -> f64;
    let mut figures = vec![figure(
        "cumulative_spending",
        Text::new("Spent, all years", "지출 누계"),
        Measure::Money,
        &|i| sum(i, &|y| both(y, |f| f.spending)),
    )];
    let sums: [(&str, Text, Measure, [Of; 2]); 3] = [
        (
            "cumulative_output",
            Text::new("Output, all years", "생산 누계"),
            Measure::Money,
            [|f| f.output_type1, |f| f.output],
        ),
        (
            "cumulative_value_added",
            Text::new("Value added, all years", "부가가치 누계"),
            Measure::Money,
            [|f| f.value_added_type1, |f| f.value_added],
        ),
        (
            "job_years",
            Text::new("Job-years of one-off phases", "일회성 단계 인년"),
            Measure::Persons,
            [|f| f.jobs_type1, |f| f.jobs],
        ),
    ];
    let of_all_years = |measure: Measure, of: Of| {
        move |y: &Year| match measure {
            // Jobs of recurring phases are the same jobs year after year.
            Measure::Persons => of(&y.one_off),
            _ => both(y, of),
        }
    };
    let present = present(impacts);
    let discounted = |to: i32, i: &Impact, of: Of| {
        let rate = i.receipt.discount.map_or(0.0, |(rate, _)| rate);
        let factor = |y: &Year| (1.0 + rate).powi(to - y.year);
        Some(i.years.iter().map(|y| both(y, of) * factor(y)).sum())
    };
    let present_value = |to: i32| {
        Text::new(
            format!("Value added, present value of {to}"),
            format!("부가가치 현재가치({to}년)"),
        )
    };
    for (id, title, measure, [of, _]) in &sums {
        let of = of_all_years(*measure, *of);
        let id = format!("{id}_type1");
        figures.push(figure(&id, of_type1(title, closed), *measure, &|i| {
            sum(i, &of)
        }));
    }
    let peak = |i: &Impact| i.peak(|y| both(y, |f| f.output_type1));
    figures.push(figure(
        "peak_year",
        of_type1(&Text::new("Peak year of output", "생산 정점 연도"), closed),
        Measure::Year,
        &|i| peak(i).map(f64::from),
    ));
    let in_peak = |i: &Impact, of: Of| {
        let at = peak(i)?;
        i.years.iter().find(|y| y.year == at).map(|y| both(y, of))
    };
    let title = Text::new("Output in the peak year", "정점 연도 생산");
    figures.push(figure(
        "peak_output_type1",
        of_type1(&title, closed),
        Measure::Money,
        &|i| in_peak(i, |f| f.output_type1),
    ));
    if let Some(to) = present {
        figures.push(figure(
            "value_added_discounted_type1",
            of_type1(&present_value(to), closed),
            Measure::Money,
            &|i| discounted(to, i, |f| f.value_added_type1),
        ));
    }
    for (id, title, measure, [_, of]) in &sums {
        let of = of_all_years(*measure, *of);
        figures.push(figure(id, with_households(title), *measure, &|i| {
            sum(i, &of)
        }));
    }
    figures.push(figure(
        "peak_output",
        with_households(&title),
        Measure::Money,
        &|i| in_peak(i, |f| f.output),
    ));
    if let Some(to) = present {
        figures.push(figure(
            "value_added_discounted",
            with_households(&present_value(to)),
            Measure::Money,
            &|i| discounted(to, i, |f| f.value_added),
        ));
    }
    figures
}

fn years(impacts: &[(String, Impact)]) -> Vec<ComparedYear> {
    let mut all: Vec<i32> = impacts
        .iter()
        .flat_map(|(_, i)| i.years.iter().map(|y| y.year))
        .collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter()
        .map(|year| {
            let each = |of: &dyn Fn(&Year) -> f64| -> Vec<f64> {
                let found = impacts
                    .iter()
                    .map(|(_, i)| i.years.iter().find(|y| y.year == year));
                found.map(|y| y.map_or(0.0, of)).collect()
            };
            let so_far = |of: fn(&YearFigures) -> f64| -> Vec<f64> {
                let sum = |i: &Impact| {
                    let years = i.years.iter().filter(|y| y.year <= year);
                    years.map(|y| both(y, of)).sum()
                };
                impacts.iter().map(|(_, i)| sum(i)).collect()
            };
            ComparedYear {
                year,
                output: each(&|y| both(y, |f| f.output)),
                value_added: each(&|y| both(y, |f| f.value_added)),
                cumulative_value_added: so_far(|f| f.value_added),
                job_years: each(&|y| y.one_off.jobs),
                jobs: each(&|y| y.recurring.jobs),
                output_type1: each(&|y| both(y, |f| f.output_type1)),
                value_added_type1: each(&|y| both(y, |f| f.value_added_type1)),
                cumulative_value_added_type1: so_far(|f| f.value_added_type1),
                job_years_type1: each(&|y| y.one_off.jobs_type1),
                jobs_type1: each(&|y| y.recurring.jobs_type1),
            }
        })
        .collect()
}

/// What differs in how the impacts were computed, and so is no effect of the scenarios.
fn notes(impacts: &[(String, Impact)]) -> Vec<Note> {
    let differ = |of: &dyn Fn(&Receipt) -> String| -> Option<String> {
        let said: Vec<String> = impacts.iter().map(|(_, i)| of(&i.receipt)).collect();
        let alike = said.iter().all(|s| *s == said[0]);
        let named = impacts
            .iter()
            .zip(&said)
            .map(|((id, _), s)| format!("{id} {s}"));
        (!alike).then(|| named.collect::<Vec<_>>().join(", "))
    };
    let share = |r: &Receipt| match r.household_share {
        Some(share) => format!("Type II ({share:.3})"),
        None => "Type I".to_owned(),
    };
    let discount = |r: &Receipt| match r.discount {
        Some((rate, _)) => format!("{:.1} %", rate * 100.0),
        None => "0 %".to_owned(),
    };
    let parts = [
        (
            differ(&|r| format!("{} {}", r.table, &r.table_hash[..r.table_hash.len().min(8)])),
            "computed_with_different_tables",
            "They are computed with different tables",
            "서로 다른 산업연관표를 사용함",
        ),
        (
            differ(&|r| format!("{:?}", r.imports).to_lowercase()),
            "imports_treated_differently",
            "Imports are treated differently",
            "수입 처리 방식이 다름",
        ),
        (
            differ(&share),
            "households_closed_differently",
            "Households are closed differently",
            "가계 내생화 방식이 다름",
        ),
        (
            differ(&|r| format!("{:.2} %", r.productivity_growth * 100.0)),
            "productivity_grows_differently",
            "Labour productivity grows differently",
            "노동생산성 증가율이 다름",
        ),
        (
            differ(&discount),
            "discounted_differently",
            "They are discounted at different rates",
            "할인율이 다름",
        ),
    ];
    parts
        .into_iter()
        .filter_map(|(differs, code, en, ko)| {
            let differs = differs?;
            Some(
                Note::warning(
                    code,
                    format!("{en}: {differs}."),
                    format!("{ko}: {differs}."),
                )
                .with("differs", differs),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Model;
    use crate::scenario::{Overrides, Scenario, ScenarioFile};
    use crate::table::AnyTable;
    use approx::assert_relative_eq;

    fn impact(table: &AnyTable, text: &str) -> Impact {
        let file = ScenarioFile::parse("trial.toml", text).expect("readable");
        let scenario = Scenario::new(file, table, &Overrides::default()).expect("valid");
        let model = Model::new(table).expect("productive");
        crate::impact::of_scenario(table, &model, &scenario).expect("an impact")
    }

    fn text(amount: &str, start: i32, delay: &str) -> String {
        format!(
            "[scenario]\nname = \"X\"\ndiscount_rate = 0.05\n[[phase]]\nname = \"Build\"\n\
             kind = \"one-off\"\nstart = {start}\nduration = \"2 years\"\n{delay}\n[[phase.spending]]\n\
             what = \"건설\"\namount = \"{amount}\"\n"
        )
    }

    #[test]
    fn a_delay_shifts_years_and_costs_present_value_only() {
        let table = AnyTable::open("kr-2023-33").expect("built in");
        let on_time = impact(&table, &text("1조", 2027, ""));
        let delayed = impact(&table, &text("1조", 2027, "delay = \"12 months\""));
        let twice = impact(&table, &text("2조", 2027, ""));
        let impacts = [
            ("a".to_owned(), on_time),
            ("b".to_owned(), delayed),
            ("c".to_owned(), twice),
        ];
        let comparison = Comparison::of(&impacts, 0).expect("three");
        let figure = |id: &str| {
            let found = comparison.figures.iter().find(|f| f.id == id);
            found.expect("the figure")
        };
        let output = figure("output_type1");
        assert_eq!(output.differences(0)[1], Some(0.0));
        assert_relative_eq!(
            output.ratios(0)[2].expect("a ratio"),
            2.0,
            max_relative = 1e-12
        );
        let present = figure("value_added_discounted_type1").ratios(0);
        assert_relative_eq!(
            present[1].expect("a ratio"),
            1.0 / 1.05,
            max_relative = 1e-12
        );
        assert_eq!(figure("peak_year").ratios(0)[1], None);
        let years: Vec<i32> = comparison.years.iter().map(|y| y.year).collect();
        assert_eq!(years, [2027, 2028, 2029]);
        let [first, second, last] = &comparison.years[..] else {
            panic!("three years");
        };
        assert_eq!(first.output[1], 0.0);
        assert_eq!(second.output[0], second.output[1]);
        assert_eq!(last.output[0], 0.0);
        assert_relative_eq!(
            last.cumulative_value_added[0],
            last.cumulative_value_added[1],
            max_relative = 1e-12
        );
        assert!(comparison.notes.is_empty());
        let json = serde_json::to_string(&comparison).expect("JSON");
        assert_eq!(
            serde_json::from_str::<Comparison>(&json).expect("read"),
            comparison
        );
        for section in comparison.document(&impacts, Lang::Ko).sections {
            for block in section.blocks {
                if let Block::Table(table) = block {
                    let full = |row: &Row| row.cells.len() == table.columns.len();
                    assert!(table.rows.iter().all(full), "{}", section.id);
                }
            }
        }
        assert!(Comparison::of(&impacts[..1], 0).is_err());
        assert!(Comparison::of(&impacts, 3).is_err());
    }

    #[test]
    fn different_tables_are_warned_of() {
        let open = |id: &str| AnyTable::open(id).expect("built in");
        let impacts = [
            (
                "a".to_owned(),
                impact(&open("kr-2023-33"), &text("1조", 2027, "")),
            ),
            (
                "b".to_owned(),
                impact(
                    &open("kr-2023-83"),
                    &text("1조", 2027, "").replace("건설", "50"),
                ),
            ),
        ];
        let comparison = Comparison::of(&impacts, 1).expect("two");
        let said: Vec<&str> = comparison
            .notes
            .iter()
            .map(|n| n.text.en.as_str())
            .collect();
        assert!(
            said.iter()
                .any(|s| s.contains("different tables") && s.contains("kr-2023-33")),
            "{said:?}"
        );
    }
}
