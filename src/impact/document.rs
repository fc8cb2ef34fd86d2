//! How an impact is shown.

use super::notes::note_sections;
use super::ranking::{Direction, ranked};
use super::{
    Effects, Exogenous, Impact, PhaseImpact, SectorName, Stages, Sums, Year, YearFigures, regional,
};
use crate::lang::{Lang, Text};
use crate::model::ImportTreatment;
use crate::report::Scale;
use crate::report::{Block, Cell, Column, Document, Row, Table};
use crate::scenario::{Certainty, Line, Note, NoteKind, PhaseKind, ShareOrigin};

/// What is shown beside the headline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum By {
    /// Everything on one screen.
    #[default]
    Summary,
    /// The sectors that gain most.
    Sector,
    /// Each phase on its own.
    Phase,
    /// Each year.
    Year,
    /// What leaves the country, by product and tier.
    Leakage,
}

/// How much of an impact is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct View {
    /// The language.
    pub lang: Lang,
    /// What is shown beside the headline.
    pub by: By,
    /// How many sectors; `None` for as many as the view has room for.
    pub top: Option<usize>,
    /// Whether every line of spending is shown.
    pub details: bool,
}

impl Impact {
    /// The impact as a document, its figures settled ([`Impact::settled`]).
    pub fn document(&self, view: &View) -> Document {
        self.settled(self.scale(view.lang))
            .document_beside(self, view)
    }

    /// The document of a settled impact; what rests on unrounded figures is of the `exact` one.
    fn document_beside(&self, exact: &Impact, view: &View) -> Document {
        let lang = view.lang;
        let scale = self.scale(lang);
        let mut doc = Document::new(self.name.get(lang), self.subtitle(lang));
        if view.by == By::Summary {
            return self.first_screen(exact, doc, view);
        }
        if let Some(description) = &self.description {
            doc.section(
                "about",
                "",
                vec![Block::Text(description.get(lang).to_owned())],
            );
        }
        match &self.exogenous {
            Some(exogenous) => self.exogenous_section(&mut doc, exogenous, lang),
            None => {
                let title = lang.pick("Where the money goes", "지출의 흐름");
                doc.section("money", title, self.money(scale));
            }
        }
        for (kind, effects) in [
            (PhaseKind::OneOff, &self.one_off),
            (PhaseKind::Recurring, &self.recurring),
        ] {
            if let Some(effects) = effects {
                let id = kind_id(kind);
                let mut blocks = vec![Block::Table(headline(effects, kind, scale))];
                if view.by == By::Sector {
                    let exact = of_kind(exact, kind).unwrap_or(effects);
                    blocks.push(Block::Text(per_unit(exact, scale)));
                }
                doc.section(id, &self.kind_title(kind, lang), blocks);
            }
        }
        match view.by {
            By::Summary => {}
            By::Sector => {
                for (kind, effects) in [
                    (PhaseKind::OneOff, &self.one_off),
                    (PhaseKind::Recurring, &self.recurring),
                ] {
                    if let Some(effects) = effects {
                        let title = format!(
                            "{}{}",
                            sectors_title(effects, lang),
                            self.of_kind(kind, lang)
                        );
                        let table =
                            self.sectors_table(effects, kind, view.top.unwrap_or(10), scale);
                        doc.section(
                            &format!("sectors_{}", kind_id(kind)),
                            &title,
                            vec![Block::Table(table)],
                        );
                    }
                }
            }
            By::Phase => {
                for (at, phase) in self.phases.iter().enumerate() {
                    let title = phase_title(phase, lang);
                    let table = headline(&phase.effects, phase.kind, scale);
                    doc.section(
                        &format!("phase_{}", at + 1),
                        &title,
                        vec![Block::Table(table)],
                    );
                }
            }
            By::Year => {
                let blocks = if self.years.is_empty() {
                    vec![Block::Text(
                        lang.pick("No phase has dates.", "일정이 있는 단계가 없음.")
                            .to_owned(),
                    )]
                } else {
                    self.years_blocks(exact, scale)
                };
                doc.section("years", lang.pick("Year by year", "연도별"), blocks);
            }
            By::Leakage => {
                for leakage in &self.leakage {
                    let id = format!("leakage_{}", kind_id(leakage.kind));
                    let blocks = leakage.blocks(&self.sectors, view.top.unwrap_or(15), scale);
                    doc.section(&id, &leakage.title(lang), blocks);
                }
            }
        }
        self.finished(doc, view)
    }

    /// The answer first, in sentences; then its figures, the sectors, and what must be known with it.
    fn first_screen(&self, exact: &Impact, mut doc: Document, view: &View) -> Document {
        let lang = view.lang;
        if self.exogenous.is_none() {
            // Rounded once: 54.46 is about 54, by way of 54.5 it would be 55.
            let answer = exact.quotes(lang).into_iter().map(|q| q.sentence).collect();
            doc.section("answer", "", vec![Block::Notes(answer)]);
        }
        if view.details {
            if let Some(description) = &self.description {
                let text = description.get(lang).to_owned();
                doc.section("about", "", vec![Block::Text(text)]);
            }
            let title = lang.pick("Where the money goes", "지출의 흐름");
            doc.section("money", title, self.money(self.scale(lang)));
        }
        match &self.exogenous {
            Some(exogenous) => self.exogenous_section(&mut doc, exogenous, lang),
            None => {
                let title = self.periods(lang);
                doc.section("headline", &title, self.headline_by_kind(lang));
            }
        }
        let title = self.sectors_title(lang);
        doc.section("sectors", &title, self.sectors_side_by_side(view.top, lang));
        self.finished(doc, view)
    }

    /// The sectors whose output is given, and all others: nothing is spent, and nothing of the output
    /// is direct demand.
    fn exogenous_section(&self, doc: &mut Document, exogenous: &Exogenous, lang: Lang) {
        let title = lang.pick("As an exogenous sector", "외생화 분석");
        let blocks = self.exogenous_blocks(exogenous, self.scale(lang));
        doc.section("exogenous", title, blocks);
    }

    /// What a scenario asks for beyond its effects: caps, policies, a new industry, people.
    fn studies(&self, doc: &mut Document, view: &View) {
        let lang = view.lang;
        let scale = self.scale(lang);
        if let Some(constrained) = &self.constrained {
            let title = lang.pick("Under the caps", "생산 상한의 영향");
            doc.section(
                "constrained",
                title,
                constrained.blocks(&self.sectors, scale),
            );
        }
        if let Some(policy) = &self.policy {
            let title = lang.pick(
                "What the domestic-content policy changes",
                "국산화 정책의 효과",
            );
            doc.section("policy", title, policy.blocks(scale));
        }
        if view.by == By::Summary && self.people.iter().any(|p| !p.illustrative) {
            // On one screen the people are a line each, and the industry waits to be asked for.
            let title = lang.pick("Whose jobs (Type II)", "취업자 구성(2형)");
            doc.section("people", title, self.people_in_short(lang));
        }
        if view.by == By::Summary {
            return;
        }
        if let Some(industry) = &self.industry {
            let title = lang.pick("As a new industry", "신산업으로서의 효과");
            doc.section("industry", title, industry.blocks(scale));
        }
        for (at, people) in self.people.iter().enumerate() {
            let title = lang.pick(
                format!("Whose jobs: {}", people.name.en),
                format!("취업자 구성: {}", people.name.ko),
            );
            doc.section(&format!("people_{}", at + 1), &title, people.blocks(lang));
        }
    }

    /// What every view ends with: the province, the scenario's figures, notes and source.
    fn finished(&self, mut doc: Document, view: &View) -> Document {
        let lang = view.lang;
        let scale = self.scale(lang);
        let short = view.by == By::Summary;
        if let Some(ensemble) = &self.uncertainty {
            doc.sections.extend(ensemble.sections(self, view));
        }
        self.studies(&mut doc, view);
        if short {
            let facts = self.region_in_short(lang).into_iter();
            let facts: Vec<String> = facts.chain(self.indicators_in_short(lang)).collect();
            if !facts.is_empty() {
                doc.section("facts", "", vec![Block::Notes(facts)]);
            }
        } else if let Some(regional) = &self.regional {
            doc.section(
                "region",
                lang.pick("What stays in the province (Type I)", "지역내 귀착(1형)"),
                regional.blocks(scale),
            );
        }
        if !short && !self.indicators.is_empty() {
            let rows = self
                .indicators
                .iter()
                .map(|i| {
                    let unit = crate::report::Unit {
                        name: i.unit.get(lang).to_owned(),
                        decimals: i.decimals,
                    };
                    Row::new(vec![i.name.get(lang).into(), Cell::Measure(i.value, unit)])
                })
                .collect();
            let columns = vec![
                Column::text("indicator", lang.pick("Figure", "지표")),
                Column::number("value", lang.pick("Value", "값"), "", 0),
            ];
            doc.section(
                "indicators",
                lang.pick("Figures of the scenario", "시나리오 지표"),
                vec![Block::Table(Table { columns, rows })],
            );
        }
        if view.details {
            doc.section(
                "lines",
                lang.pick("Spending, line by line", "지출 항목"),
                self.lines(scale),
            );
        }
        if short && !view.details {
            let warnings: Vec<Note> = self
                .notes
                .iter()
                // The heading says as much.
                .filter(|n| n.kind == NoteKind::Warning && n.code != "estimated_blocks")
                .cloned()
                .collect();
            doc.sections.extend(note_sections(&warnings, lang));
        } else {
            doc.sections.extend(note_sections(&self.notes, lang));
        }
        let ends = match short {
            true => {
                let more = lang.pick(
                    "More: --by sector|phase|year|tier|leakage, --top N, --lang ko.",
                    "자세히: --by sector|phase|year|tier|leakage, --top N.",
                );
                let mut ends = vec![format!("{} {more}", self.source_line(lang))];
                if !view.details {
                    ends.insert(0, self.assumptions_in_short(lang));
                }
                Block::Notes(ends)
            }
            false => Block::Text(self.source_line(lang)),
        };
        doc.section("source", "", vec![ends]);
        doc
    }

    /// How the amounts of this impact are shown: one currency and unit for all of it, fit for what is
    /// spent and produced in each kind of phase.
    pub fn scale(&self, lang: Lang) -> Scale<'_> {
        let main = self.kinds().into_iter().map(|(_, effects)| {
            let spent = effects.spending.total.as_millions().abs();
            spent.max(effects.output.sums().type1().abs())
        });
        Scale::new(lang, &self.receipt.currency, main)
    }

    /// "One-off 2027–2029 (in all) and a full year from 2030".
    fn periods(&self, lang: Lang) -> String {
        let both = self.one_off.is_some() && self.recurring.is_some();
        let kind = if self.one_off.is_some() {
            PhaseKind::OneOff
        } else {
            PhaseKind::Recurring
        };
        if !both {
            return self.kind_title(kind, lang);
        }
        [PhaseKind::OneOff, PhaseKind::Recurring]
            .map(|kind| self.kind_title(kind, lang))
            .join(lang.pick("; ", "; "))
    }

    fn subtitle(&self, lang: Lang) -> String {
        let r = &self.receipt;
        let inverse = match r.imports {
            ImportTreatment::Domestic => lang.pick("domestic inverse", "국산(비경쟁수입형)"),
            ImportTreatment::Competitive => lang.pick("competitive imports", "경쟁수입형"),
            ImportTreatment::Total => lang.pick("total form", "총거래형"),
        };
        let closure = match r.household_share {
            Some(_) => lang.pick("Types I and II", "1형·2형"),
            None => lang.pick("Type I", "1형"),
        };
        format!("{} · {inverse} · {closure}", r.table_heading(lang))
    }

    /// "prices of 2023", or that amounts of other years were not brought there.
    pub(crate) fn prices(&self, lang: Lang) -> String {
        let year = self.receipt.table_year;
        match self.notes.iter().any(|n| n.code == "no_deflator") {
            true => lang.pick(
                format!("amounts as given, not brought to prices of {year}"),
                format!("{year}년 가격으로 환산하지 않은 금액"),
            ),
            false => lang.pick(format!("prices of {year}"), format!("{year}년 가격")),
        }
    }

    /// The line that says where the figures come from and how to get them again.
    pub fn source_line(&self, lang: Lang) -> String {
        let r = &self.receipt;
        format!(
            "{}. {}: {} {}. leontief {}.",
            r.attribution.get(lang),
            r.table,
            lang.pick("content hash", "내용 해시"),
            &r.table_hash[..r.table_hash.len().min(12)],
            r.version
        )
    }

    /// "Build: one-off, 2027–2029, in all" or "Operation: recurring, a full year".
    pub(crate) fn kind_title(&self, kind: PhaseKind, lang: Lang) -> String {
        let names: Vec<&str> = self
            .phases
            .iter()
            .filter(|p| p.kind == kind)
            .map(|p| p.name.get(lang))
            .collect();
        let names = names.join(" + ");
        match (kind, self.span(kind)) {
            (PhaseKind::OneOff, Some(span)) => {
                format!(
                    "{names} · {}",
                    lang.pick(
                        format!("one-off, {span}, in all"),
                        format!("일회성, {span}년 합계")
                    )
                )
            }
            (PhaseKind::OneOff, None) => {
                format!("{names} · {}", lang.pick("one-off, in all", "일회성 합계"))
            }
            (PhaseKind::Recurring, Some(span)) => {
                format!(
                    "{names} · {}",
                    lang.pick(format!("a full year ({span})"), format!("연간({span}년)"))
                )
            }
            (PhaseKind::Recurring, None) => {
                format!("{names} · {}", lang.pick("a full year", "연간"))
            }
        }
    }

    /// " of the one-off phases", where there are phases of both kinds.
    fn of_kind(&self, kind: PhaseKind, lang: Lang) -> String {
        if self.one_off.is_none() || self.recurring.is_none() {
            return String::new();
        }
        match kind {
            PhaseKind::OneOff => lang.pick(" · one-off phases, in all", " · 일회성 단계 합계"),
            PhaseKind::Recurring => {
                lang.pick(" · recurring phases, a full year", " · 반복 단계, 연간")
            }
        }
        .to_owned()
    }

    pub(crate) fn span(&self, kind: PhaseKind) -> Option<String> {
        let years = self
            .phases
            .iter()
            .filter(|p| p.kind == kind)
            .flat_map(|p| p.schedule.iter().map(|(year, _)| *year));
        let (first, last) = (years.clone().min()?, years.max()?);
        Some(if first == last {
            first.to_string()
        } else {
            format!("{first}–{last}")
        })
    }

    /// Spent, imported at once, taxed; and what of the rest stays as value added.
    fn money(&self, scale: Scale) -> Vec<Block> {
        let lang = scale.lang();
        let number = |id: &str, title: &str| scale.column(id, title);
        let has_tax = self
            .phases
            .iter()
            .any(|p| p.effects.spending.tax.as_units() != 0.0);
        let has_capital_income = self
            .phases
            .iter()
            .any(|p| p.effects.spending.capital_income.as_units() != 0.0);
        let mut columns = vec![
            Column::text("phase", lang.pick("Phase", "단계")),
            number("spending", lang.pick("Spent", "지출")).sum_of([
                "imported",
                "product_tax",
                "capital_income",
                "domestic",
            ]),
            number("imported", lang.pick("Imported at once", "직접 수입")),
        ];
        if has_tax {
            columns.push(number(
                "product_tax",
                lang.pick("Product taxes", "생산물세"),
            ));
        }
        if has_capital_income {
            columns.push(number(
                "capital_income",
                lang.pick("Capital income", "자본소득"),
            ));
        }
        columns.push(
            number("domestic", lang.pick("Demand at home", "국내 수요"))
                .sum_of(["imported_inputs", "value_added_type1"]),
        );
        columns.push(number(
            "imported_inputs",
            lang.pick("of it: imported inputs", "중간재 수입"),
        ));
        columns.push(number(
            "value_added_type1",
            lang.pick("of it: value added", "부가가치"),
        ));
        let rows = self
            .phases
            .iter()
            .map(|phase| {
                let s = phase.effects.spending;
                let money = |m: f64| Cell::Number(scale.money(m));
                let mut cells = vec![
                    Cell::Text(phase_title(phase, lang)),
                    money(s.total.as_millions()),
                    money(s.imported.as_millions()),
                ];
                if has_tax {
                    cells.push(money(s.tax.as_millions()));
                }
                if has_capital_income {
                    cells.push(money(s.capital_income.as_millions()));
                }
                cells.push(money(s.domestic.as_millions()));
                cells.push(money(phase.effects.imports.sums().type1()));
                cells.push(money(phase.effects.value_added.sums().type1()));
                Row::new(cells)
            })
            .collect();
        vec![Block::Table(Table { columns, rows })]
    }

    /// "Sectors that gain most (Type I)", or lose, by the kind that they are ranked by.
    fn sectors_title(&self, lang: Lang) -> String {
        let first = self.kinds().into_iter().next();
        first.map_or(String::new(), |(_, effects)| sectors_title(effects, lang))
    }

    fn sectors_table(&self, effects: &Effects, kind: PhaseKind, top: usize, scale: Scale) -> Table {
        let lang = scale.lang();
        let measures = measures(effects, kind, scale);
        let mut columns = vec![
            Column::text("code", lang.pick("Code", "코드")),
            Column::text("sector", lang.pick("Sector", "부문")),
        ];
        columns.extend(measures.iter().map(|m| m.column.clone()));
        columns[2].bar = true;
        let order = ranked(&effects.output);
        let mut rows = sector_rows(&measures, &self.sectors, &order, top, scale);
        // What households add stands beside what is set off without them.
        if effects.output.sums().induced != 0.0 {
            let output = &measures[0];
            let mut column = output.column.clone();
            column.id = "output_induced".to_owned();
            column.title = lang
                .pick("Output households add", "소득유발 생산")
                .to_owned();
            columns.push(column);
            let induced = |of: &[usize]| -> f64 {
                let stages = &effects.output.induced;
                output.scaled(scale, of.iter().map(|s| stages[*s]).sum())
            };
            let (first, rest) = order.split_at(top.min(order.len()));
            let mut cells: Vec<f64> = first.iter().map(|s| induced(&[*s])).collect();
            if !rest.is_empty() {
                cells.push(induced(rest));
            }
            cells.push(induced(&order));
            let cells = cells.into_iter().map(Cell::Number);
            rows.iter_mut()
                .zip(cells)
                .for_each(|(row, cell)| row.cells.push(cell));
        }
        Table { columns, rows }
    }

    /// Every year: Type I, then what households add; then, of the `exact` figures, peaks and present values.
    fn years_blocks(&self, exact: &Impact, scale: Scale) -> Vec<Block> {
        let lang = scale.lang();
        let closed = self.receipt.household_share.is_some();
        let mut blocks = vec![Block::Table(self.years_table(scale))];
        if closed {
            blocks.push(Block::Table(self.years_of_households(scale)));
        }
        let peak = exact.peak(|y| y.one_off.output_type1 + y.recurring.output_type1);
        if let Some(peak) = peak {
            let of = |en: &str, ko: &str, year: Option<i32>| match year {
                Some(year) => lang.pick(format!(", {en} {year}"), format!(", {ko} {year}년")),
                None => String::new(),
            };
            let one_off = exact.peak(|y| y.one_off.jobs_type1);
            let recurring = exact.peak(|y| y.recurring.jobs_type1);
            let peak = format!(
                "{}{}{}",
                lang.pick(format!("output {peak}"), format!("생산 {peak}년")),
                of("job-years", "인년", one_off),
                of("jobs", "상시 취업", recurring)
            );
            blocks.push(Block::Text(lang.pick(
                format!(
                    "Peak year (Type I): {peak}. Job-years of one-off phases add up over years; jobs of \
                     recurring phases are the same jobs year after year and are not summed."
                ),
                format!(
                    "정점 연도(1형): {peak}. 일회성 단계의 인년은 연도별로 합산되며, 반복 단계의 일자리는 매년 \
                     같은 일자리이므로 합산하지 않음."
                ),
            )));
        }
        if let Some((rate, base)) = self.receipt.discount {
            let value = |f: fn(&YearFigures) -> f64| -> String {
                let years = exact.years.iter();
                let sum = years.map(|y| (f(&y.one_off) + f(&y.recurring)) * y.discount_factor);
                scale.amount(sum.sum())
            };
            let (spending, output, value_added) = (
                value(|f| f.spending),
                value(|f| f.output_type1),
                value(|f| f.value_added_type1),
            );
            let percent = rate * 100.0;
            let mut said = lang.pick(
                format!(
                    "Discounted to {base} at {percent:.1} % a year (Type I): spent {spending}, output {output}, \
                     value added {value_added}."
                ),
                format!(
                    "{base}년 현재가치(할인율 {percent:.1}%, 1형): 지출 {spending}, 생산 {output}, 부가가치 \
                     {value_added}."
                ),
            );
            if closed {
                let output = value(|f| f.of_households().output);
                let value_added = value(|f| f.of_households().value_added);
                said += &lang.pick(
                    format!(" Households add {output} of output and {value_added} of value added."),
                    format!(" 소득유발 추가분: 생산 {output}, 부가가치 {value_added}."),
                );
            }
            blocks.push(Block::Text(said));
        }
        blocks
    }

    fn years_table(&self, scale: Scale) -> Table {
        let lang = scale.lang();
        let money = |id: &str, title: &str| scale.column(id, title).additive();
        let columns = vec![
            Column::text("year", lang.pick("Year (Type I)", "연도(1형)")),
            money("spending", lang.pick("Spent", "지출")),
            money("output", lang.pick("Output", "생산")).with_bar(),
            money("value_added", lang.pick("Value added", "부가가치")),
            money("imports", lang.pick("Imports", "수입")),
            scale
                .column("output_cumulative", lang.pick("Output so far", "누적 생산"))
                .so_far("output"),
            scale
                .column(
                    "value_added_cumulative",
                    lang.pick("Value added so far", "누적 부가가치"),
                )
                .so_far("value_added"),
            job_years_of_year(lang),
            jobs_of_year(lang),
        ];
        let both = |y: &Year, f: fn(&YearFigures) -> f64| f(&y.one_off) + f(&y.recurring);
        let output = self.cumulative(|y| both(y, |f| f.output_type1));
        let value_added = self.cumulative(|y| both(y, |f| f.value_added_type1));
        let mut rows = Vec::new();
        let mut sums = [0.0; 5];
        for (at, y) in self.years.iter().enumerate() {
            let money = [
                both(y, |f| f.spending),
                both(y, |f| f.output_type1),
                both(y, |f| f.value_added_type1),
                both(y, |f| f.imports_type1),
            ]
            .map(|v| scale.money(v));
            let job_years = y.one_off.jobs_type1;
            let figures = money.into_iter().chain([job_years]);
            sums.iter_mut().zip(figures).for_each(|(sum, f)| *sum += f);
            let mut cells = vec![Cell::Text(y.year.to_string())];
            cells.extend(money.map(Cell::Number));
            let so_far = [output[at], value_added[at]];
            cells.extend(so_far.map(|v| Cell::Number(scale.money(v))));
            cells.extend([job_years, y.recurring.jobs_type1].map(Cell::Number));
            rows.push(Row::new(cells));
        }
        let mut cells = vec![Cell::from(lang.pick("Sum", "합계"))];
        let [money @ .., job_years] = sums;
        cells.extend(money.map(Cell::Number));
        cells.extend([
            Cell::Empty,
            Cell::Empty,
            Cell::Number(job_years),
            Cell::Empty,
        ]);
        rows.push(Row::total(cells));
        Table { columns, rows }
    }

    /// What households add in each year.
    fn years_of_households(&self, scale: Scale) -> Table {
        let lang = scale.lang();
        let money = |id: &str, title: &str| scale.column(id, title).additive();
        let columns = vec![
            Column::text(
                "year",
                lang.pick("Households add (Type II)", "소득유발 추가분(2형)"),
            ),
            money("output", lang.pick("Output", "생산")),
            money("value_added", lang.pick("Value added", "부가가치")),
            money("imports", lang.pick("Imports", "수입")),
            job_years_of_year(lang),
            jobs_of_year(lang),
        ];
        let mut sums = [0.0; 4];
        let mut rows: Vec<Row> = Vec::new();
        for y in &self.years {
            let (once, again) = (y.one_off.of_households(), y.recurring.of_households());
            let figures = [
                scale.money(once.output + again.output),
                scale.money(once.value_added + again.value_added),
                scale.money(once.imports + again.imports),
                once.jobs,
            ];
            sums.iter_mut().zip(figures).for_each(|(sum, f)| *sum += f);
            let mut cells = vec![Cell::Text(y.year.to_string())];
            cells.extend(figures.map(Cell::Number));
            cells.push(Cell::Number(again.jobs));
            rows.push(Row::new(cells));
        }
        let mut cells = vec![Cell::from(lang.pick("Sum", "합계"))];
        cells.extend(sums.map(Cell::Number));
        cells.push(Cell::Empty);
        rows.push(Row::total(cells));
        Table { columns, rows }
    }

    /// Every line of spending: a table a phase, the sectors by code, then what the codes mean and what
    /// is said of the lines.
    fn lines(&self, scale: Scale) -> Vec<Block> {
        let lang = scale.lang();
        let mut blocks = Vec::new();
        for phase in self.phases.iter().filter(|p| !p.lines.is_empty()) {
            blocks.push(Block::Text(phase_title(phase, lang)));
            blocks.push(Block::Table(lines_table(phase, &self.sectors, scale)));
            blocks.extend(super::recipe::blocks(phase, &self.sectors, scale));
        }
        let mut sectors: Vec<usize> = self
            .phases
            .iter()
            .flat_map(|p| p.lines.iter().map(|l| l.sector))
            .collect();
        sectors.sort_unstable();
        sectors.dedup();
        let names: Vec<String> = sectors
            .iter()
            .map(|&s| Text::from(&self.sectors[s]).get(lang).to_owned())
            .collect();
        let codes = format!("{}: {}", lang.pick("Codes", "코드"), names.join("; "));
        blocks.push(Block::Notes(vec![codes]));
        blocks.push(Block::Notes(self.line_sources(lang)));
        blocks
    }

    fn line_sources(&self, lang: Lang) -> Vec<String> {
        let lines = self.phases.iter().flat_map(|p| &p.lines);
        lines
            .filter_map(|line| {
                let said = [&line.source, &line.note].into_iter().flatten();
                let said: Vec<&str> = said.map(|text| text.get(lang)).collect();
                (!said.is_empty()).then(|| format!("{}: {}", line.item.get(lang), said.join(" · ")))
            })
            .collect()
    }
}

/// Job-years of one-off phases in a year.
fn job_years_of_year(lang: Lang) -> Column {
    let (title, unit) = (
        lang.pick("One-off phases", "일회성 단계"),
        labour_unit(PhaseKind::OneOff, lang),
    );
    Column::number("job_years", title, unit, 0).additive()
}

/// Jobs of recurring phases in a year: no sum over years.
fn jobs_of_year(lang: Lang) -> Column {
    let (title, unit) = (
        lang.pick("Recurring phases", "반복 단계"),
        labour_unit(PhaseKind::Recurring, lang),
    );
    Column::number("jobs", title, unit, 0)
}

impl regional::RegionalImpact {
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
            regional::Method::Shares => lang.pick(
                format!(
                    "In-region shares of BOK's {} regional tables applied to the national result; without \
                     induced effects.",
                    self.year
                ),
                format!("한국은행 {}년 지역산업연관표의 지역내 비중을 전국 결과에 적용. 소비 유발효과 제외.", self.year),
            ),
            regional::Method::Multipliers => lang.pick(
                format!("BOK's {0} regional multipliers as published: prices and structure of {0}.", self.year),
                format!("한국은행 {0}년 지역산업연관표 승수를 그대로 적용({0}년 가격·구조).", self.year),
            ),
        };
        vec![Block::Table(Table { columns, rows }), Block::Text(method)]
    }
}

/// A figure of the headline: its column and its stages.
pub(super) struct Measure<'a> {
    pub(super) column: Column,
    pub(super) stages: &'a Stages,
    money: bool,
}

impl Measure<'_> {
    /// A value in the unit of the column.
    pub(super) fn scaled(&self, scale: Scale, value: f64) -> f64 {
        if self.money {
            scale.money(value)
        } else {
            value
        }
    }
}

pub(super) fn measures<'a>(
    effects: &'a Effects,
    kind: PhaseKind,
    scale: Scale,
) -> Vec<Measure<'a>> {
    let lang = scale.lang();
    let money = |id: &str, title: &str, stages| Measure {
        column: scale.column(id, title).additive(),
        stages,
        money: true,
    };
    let mut all = vec![
        money("output", lang.pick("Output", "생산"), &effects.output),
        money(
            "value_added",
            lang.pick("Value added", "부가가치"),
            &effects.value_added,
        ),
        money(
            "imports",
            lang.pick("Imported inputs", "수입"),
            &effects.imports,
        ),
    ];
    for account in &effects.accounts {
        let (title, unit) = match account.account.id.as_str() {
            "jobs" => (
                lang.pick("Jobs", "취업").to_owned(),
                labour_unit(kind, lang).to_owned(),
            ),
            _ => {
                let a = &account.account;
                (a.title.get(lang).to_owned(), a.unit.get(lang).to_owned())
            }
        };
        all.push(Measure {
            column: Column::number(&account.account.id, &title, &unit, 0).additive(),
            stages: &account.effects,
            money: false,
        });
    }
    all
}

/// Direct, indirect, Type I, induced, total; one column a measure.
fn headline(effects: &Effects, kind: PhaseKind, scale: Scale) -> Table {
    let lang = scale.lang();
    let measures = measures(effects, kind, scale);
    let mut columns = vec![Column::text("effect", lang.pick("Effect", "효과"))];
    columns.extend(measures.iter().map(|m| m.column.clone()));
    let rows = effect_rows(&measures, effects.output.sums().induced != 0.0, scale);
    Table { columns, rows }
}

/// The stages of each measure, a row a stage: direct, indirect, Type I; induced, Type II.
pub(super) fn effect_rows(measures: &[Measure], induced: bool, scale: Scale) -> Vec<Row> {
    let lang = scale.lang();
    let row = |name: &str, value: fn(&Sums) -> f64| {
        let cell = |m: &Measure| Cell::Number(m.scaled(scale, value(&m.stages.sums())));
        let mut cells = vec![Cell::from(name)];
        cells.extend(measures.iter().map(cell));
        cells
    };
    let mut rows = vec![
        Row::new(row(lang.pick("Direct", "직접"), |s| s.direct)),
        Row::new(row(
            lang.pick("Indirect (suppliers)", "간접(공급망)"),
            |s| s.indirect,
        )),
        Row::total(row(
            lang.pick("Type I: direct + indirect", "1형: 직접+간접"),
            |s| s.type1(),
        )),
    ];
    if induced {
        rows.push(Row::new(row(
            lang.pick("Induced (households)", "소득유발(가계소비)"),
            |s| s.induced,
        )));
        rows.push(Row::running_total(row(
            lang.pick("Type II: with induced", "2형: 소득유발 포함"),
            |s| s.total(),
        )));
    }
    rows
}

/// "Sectors that gain most (Type I)", or lose.
fn sectors_title(effects: &Effects, lang: Lang) -> String {
    let output = &effects.output;
    let direction = Direction::of((0..output.direct.len()).map(|s| output.type1(s)));
    let type1 = lang.pick(" (Type I)", "(1형)");
    format!("{}{type1}", direction.sectors(lang))
}

/// The first `top` sectors of an order, the others together, and all; behind the code and the name a
/// cell a measure, of direct and indirect effects.
pub(super) fn sector_rows(
    measures: &[Measure],
    sectors: &[SectorName],
    order: &[usize],
    top: usize,
    scale: Scale,
) -> Vec<Row> {
    let lang = scale.lang();
    let row = |code: &str, name: &str, of: &[usize]| {
        let cell = |m: &Measure| {
            let sum = of.iter().map(|s| m.stages.type1(*s)).sum();
            Cell::Number(m.scaled(scale, sum))
        };
        let mut cells = vec![Cell::from(code), Cell::from(name)];
        cells.extend(measures.iter().map(cell));
        cells
    };
    let (first, rest) = order.split_at(top.min(order.len()));
    let mut rows: Vec<Row> = first
        .iter()
        .map(|&s| Row::new(row(&sectors[s].code, sectors[s].name.get(lang), &[s])))
        .collect();
    if !rest.is_empty() {
        let name = lang.pick(
            format!("{} other sectors", rest.len()),
            format!("기타 {}개 부문", rest.len()),
        );
        rows.push(Row::new(row("", &name, rest)));
    }
    let all = lang.pick("All sectors", "전 부문");
    rows.push(Row::total(row("", all, order)));
    rows
}

/// The lines of a phase; columns that no line needs are left out.
fn lines_table(phase: &PhaseImpact, sectors: &[SectorName], scale: Scale) -> Table {
    let lang = scale.lang();
    let money = |id: &str, title: &str| scale.column(id, title);
    let lines = &phase.lines;
    // Purchasers' prices: what is split off before the product is bought.
    let split = lines
        .iter()
        .any(|l| l.trade.is_some() || l.transport.is_some() || l.tax != 0.0);
    let income = lines.iter().any(|l| l.capital_income() != 0.0);
    let certain = lines.iter().any(|l| l.certainty.is_some());
    let mut columns = vec![
        Column::text("item", lang.pick("Item", "항목")),
        Column::text("code", lang.pick("Code", "코드")),
        money("amount", lang.pick("Amount", "금액")).additive(),
    ];
    if split {
        columns[2] = columns[2].clone().sum_of([
            "trade_margin",
            "transport_margin",
            "product_tax",
            "domestic",
            "capital_income",
            "imported",
        ]);
        columns.extend([
            money("trade_margin", lang.pick("Trade", "상업마진")).additive(),
            money("transport_margin", lang.pick("Transport", "운송마진")).additive(),
            money("product_tax", lang.pick("Tax", "생산물세")).additive(),
            money("domestic", lang.pick("Bought at home", "국산 구입")).additive(),
        ]);
    }
    if income {
        let title = lang.pick("Capital income", "자본소득");
        columns.push(money("capital_income", title).additive());
    }
    columns.extend([
        money("imported", lang.pick("Imported", "직접 수입")).additive(),
        Column::number("domestic_share", lang.pick("Domestic", "국산"), "%", 1),
        Column::text("share_origin", lang.pick("Share from", "비중 출처")),
    ]);
    if certain {
        columns.push(Column::text("certainty", lang.pick("Certainty", "신뢰도")));
    }
    let margin = |m: Option<(usize, f64)>| m.map_or(0.0, |(_, amount)| amount);
    let amounts = |l: &Line| -> Vec<f64> {
        let mut amounts = vec![l.amount];
        if split {
            amounts.extend([margin(l.trade), margin(l.transport), l.tax, l.domestic]);
        }
        if income {
            amounts.push(l.capital_income());
        }
        amounts.push(l.imported);
        amounts
    };
    let mut sums = vec![0.0; 2 + if split { 4 } else { 0 } + usize::from(income)];
    let mut rows = Vec::new();
    for line in lines {
        let amounts = amounts(line);
        for (sum, amount) in sums.iter_mut().zip(&amounts) {
            *sum += amount;
        }
        let mut cells = vec![
            line.item.get(lang).into(),
            sectors[line.sector].code.as_str().into(),
        ];
        cells.extend(amounts.iter().map(|v| Cell::Number(scale.money(*v))));
        cells.push((line.domestic_share * 100.0).into());
        cells.push(
            match line.share_origin {
                ShareOrigin::Stated => lang.pick("scenario", "시나리오"),
                ShareOrigin::Table => lang.pick("table", "산업연관표"),
                ShareOrigin::Policy => lang.pick("policy", "정책"),
                ShareOrigin::Recipe => lang.pick("recipe", "투입구조"),
            }
            .into(),
        );
        if certain {
            let name = line.certainty.map(Certainty::name);
            cells.push(name.map_or(Cell::from(""), |name| name.get(lang).into()));
        }
        rows.push(Row::new(cells));
    }
    let mut cells = vec![lang.pick("All", "합계").into(), Cell::Empty];
    cells.extend(sums.iter().map(|v| Cell::Number(scale.money(*v))));
    cells.resize(columns.len(), Cell::Empty);
    rows.push(Row::total(cells));
    Table { columns, rows }
}

/// What one unit of the currency of demand at home does.
fn per_unit(effects: &Effects, scale: Scale) -> String {
    let lang = scale.lang();
    let demand = effects.spending.domestic.as_millions();
    if demand == 0.0 {
        return lang
            .pick(
                "There is no demand for domestic products.",
                "국산품 수요가 없음.",
            )
            .to_owned();
    }
    let (output, value_added) = (effects.output.sums(), effects.value_added.sums());
    let imports = effects.imports.sums();
    let jobs = effects.account("jobs").map_or(0.0, |j| j.sums().type1()) / demand * 1e3;
    lang.pick(
        format!(
            "Each {} of demand at home (Type I): output {:.3}, value added {:.3}, imports {:.3}; {jobs:.1} \
             full-time jobs per {}.",
            scale.currency(),
            output.type1() / demand,
            value_added.type1() / demand,
            imports.type1() / demand,
            scale.billion()
        ),
        format!(
            "국내 수요 {}당(1형): 생산 {:.3}, 부가가치 {:.3}, 수입 {:.3}. {}당 취업 {jobs:.1}명(전업환산).",
            scale.units(1),
            output.type1() / demand,
            value_added.type1() / demand,
            imports.type1() / demand,
            scale.billion()
        ),
    )
}

fn phase_title(phase: &PhaseImpact, lang: Lang) -> String {
    let name = phase.name.get(lang);
    match phase.kind {
        PhaseKind::OneOff => lang.pick(format!("{name} (in all)"), format!("{name}(합계)")),
        PhaseKind::Recurring => lang.pick(format!("{name} (a year)"), format!("{name}(연간)")),
    }
}

fn of_kind(impact: &Impact, kind: PhaseKind) -> Option<&Effects> {
    match kind {
        PhaseKind::OneOff => impact.one_off.as_ref(),
        PhaseKind::Recurring => impact.recurring.as_ref(),
    }
}

fn kind_id(kind: PhaseKind) -> &'static str {
    match kind {
        PhaseKind::OneOff => "one_off",
        PhaseKind::Recurring => "recurring",
    }
}

/// What persons are in a phase: job-years of one-off work, jobs of recurring work.
pub fn labour_unit(kind: PhaseKind, lang: Lang) -> &'static str {
    match kind {
        PhaseKind::OneOff => lang.pick("job-years", "인년"),
        PhaseKind::Recurring => lang.pick("jobs", "명"),
    }
}

/// A name that is the same in both languages of a result, for callers that need one.
impl From<&SectorName> for Text {
    fn from(sector: &SectorName) -> Text {
        Text::new(
            format!("{} {}", sector.code, sector.name.en),
            format!("{} {}", sector.code, sector.name.ko),
        )
    }
}
