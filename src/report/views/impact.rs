//! How an impact is shown.

use super::effects::{headline, per_unit, sectors_title};
use super::notes::{note_sections, warnings_in_short};
use super::provenance::split_in_short;
use crate::impact::{Driver, Impact, PhaseImpact};
use crate::lang::Lang;
use crate::model::ImportTreatment;
use crate::report::{Block, Cell, Column, Document, Row, Scale, Table, Unit};
use crate::scenario::PhaseKind;
use crate::uncertainty::{Ensemble, Estimate};

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

impl Estimate {
    /// The impact as a document, its figures settled ([`Estimate::settled`]), with how sure they are.
    pub fn document(&self, view: &View) -> Document {
        let settled = self.settled(self.impact.scale(view.lang));
        let ensemble = settled.uncertainty.as_ref();
        settled.impact.document_beside(&self.impact, ensemble, view)
    }
}

impl Impact {
    /// The impact as a document, its figures settled ([`Impact::settled`]).
    pub fn document(&self, view: &View) -> Document {
        self.settled(self.scale(view.lang))
            .document_beside(self, None, view)
    }

    /// The document of a settled impact; what rests on unrounded figures is of the `exact` one.
    fn document_beside(
        &self,
        exact: &Impact,
        ensemble: Option<&Ensemble>,
        view: &View,
    ) -> Document {
        let lang = view.lang;
        let scale = self.scale(lang);
        let mut doc = Document::new(self.name.get(lang), self.subtitle(lang));
        if view.by == By::Summary {
            return self.first_screen(exact, ensemble, doc, view);
        }
        if let Some(description) = &self.description {
            doc.section(
                "about",
                "",
                vec![Block::Text(description.get(lang).to_owned())],
            );
        }
        if self.receipt.driven_by == Driver::FinalDemand && self.spends() {
            let title = lang.pick("Where the money goes", "지출의 흐름");
            doc.section("money", title, self.money(scale));
        }
        self.exogenous_sections(exact, &mut doc, lang);
        for (kind, effects) in self.effects.present() {
            let mut table = headline(effects, kind, scale);
            self.mark_estimated(&mut table.columns, lang);
            let mut blocks = vec![Block::Table(table)];
            if view.by == By::Sector {
                let exact = exact.effects.get(kind).as_ref().unwrap_or(effects);
                blocks.push(Block::Text(per_unit(exact, scale)));
            }
            doc.section(kind.id(), &self.kind_title(kind, lang), blocks);
        }
        match view.by {
            By::Summary => {}
            By::Sector => {
                for (kind, effects) in self.effects.present() {
                    let (title, of_kind) = (sectors_title(effects, lang), self.of_kind(kind, lang));
                    let table = self.sectors_table(effects, kind, view.top.unwrap_or(10), scale);
                    doc.section(
                        &format!("sectors_{}", kind.id()),
                        &format!("{title}{of_kind}"),
                        vec![Block::Table(table)],
                    );
                }
            }
            By::Phase => {
                for (at, phase) in self.phases.iter().enumerate() {
                    let title = phase_title(phase, lang);
                    let mut table = headline(&phase.effects, phase.kind, scale);
                    self.mark_estimated(&mut table.columns, lang);
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
                    let id = format!("leakage_{}", leakage.kind.id());
                    let blocks = leakage.blocks(&self.sectors, view.top.unwrap_or(15), scale);
                    doc.section(&id, &leakage.title(lang), blocks);
                }
            }
        }
        self.finished(ensemble, doc, view)
    }

    /// The answer first, in sentences; then its figures, the sectors, and what must be known with it.
    fn first_screen(
        &self,
        exact: &Impact,
        ensemble: Option<&Ensemble>,
        mut doc: Document,
        view: &View,
    ) -> Document {
        let lang = view.lang;
        if self.receipt.driven_by == Driver::FinalDemand {
            // Rounded once: 54.46 is about 54, by way of 54.5 it would be 55.
            let quotes = exact.quotes_with(ensemble, lang);
            let answer = quotes.into_iter().map(|q| q.sentence).collect();
            doc.section("answer", "", vec![Block::Notes(answer)]);
        }
        if view.details {
            if let Some(description) = &self.description {
                let text = description.get(lang).to_owned();
                doc.section("about", "", vec![Block::Text(text)]);
            }
            if self.spends() {
                let title = lang.pick("Where the money goes", "지출의 흐름");
                doc.section("money", title, self.money(self.scale(lang)));
            }
        }
        if self.receipt.driven_by == Driver::FinalDemand && self.spends() {
            let title = self.periods(lang);
            doc.section("headline", &title, self.headline_by_kind(lang));
        }
        self.exogenous_sections(exact, &mut doc, lang);
        if self.spends() {
            let title = self.sectors_title(lang);
            doc.section("sectors", &title, self.sectors_side_by_side(view.top, lang));
        }
        self.finished(ensemble, doc, view)
    }

    /// Whether there is a phase at all: a scenario may only change what producers buy.
    fn spends(&self) -> bool {
        !self.phases.is_empty()
    }

    /// The sectors whose output is given, and all others: nothing is spent, and nothing of the output
    /// is direct demand.
    fn exogenous_sections(&self, exact: &Impact, doc: &mut Document, lang: Lang) {
        let of_kinds = [
            (
                "exogenous",
                PhaseKind::Recurring,
                &self.exogenous,
                &exact.exogenous,
            ),
            (
                "exogenous_one_off",
                PhaseKind::OneOff,
                &self.exogenous_one_off,
                &exact.exogenous_one_off,
            ),
        ];
        for (id, kind, exogenous, exact) in of_kinds {
            if let (Some(exogenous), Some(exact)) = (exogenous, exact) {
                let title = lang.pick("As an exogenous sector", "외생화 분석");
                let of_kind = self.of_kind(kind, lang);
                let blocks = self.exogenous_blocks(exogenous, exact, kind, self.scale(lang));
                doc.section(id, &format!("{title}{of_kind}"), blocks);
            }
        }
    }

    /// What a scenario asks for beyond its effects: caps, policies, a new industry, people.
    fn studies(&self, doc: &mut Document, view: &View) {
        let lang = view.lang;
        let scale = self.scale(lang);
        if let Some(constrained) = self.constrained.as_ref().filter(|_| self.spends()) {
            let title = lang.pick("Under the caps", "생산 상한의 영향");
            doc.section(
                "constrained",
                title,
                constrained.blocks(&self.sectors, scale),
            );
        }
        if let Some(financing) = self.financing.as_ref().filter(|_| self.spends()) {
            let title = lang.pick("Gross and net", "총효과와 순효과");
            doc.section("financing", title, financing.blocks(scale));
        }
        if let Some(policy) = &self.policy {
            let title = lang.pick(
                "What the domestic-content policy changes",
                "국산화 정책의 효과",
            );
            doc.section("policy", title, policy.blocks(scale));
        }
        if let Some(mix) = &self.mix {
            let title = lang.pick(
                "What the mixes change for the whole economy",
                "공급·수입 구성 변화가 경제 전체에 미치는 효과",
            );
            let scale = mix.scale(lang, &self.receipt.currency);
            let top = view.top.unwrap_or(10);
            doc.section("mix", title, mix.blocks(&self.sectors, top, scale));
        }
        if view.by == By::Summary && self.people.iter().any(|p| !p.illustrative) {
            // On one screen the people are a line each, and the industry waits to be asked for.
            let title = lang.pick("Whose jobs (Type II)", "취업자 구성(2형)");
            doc.section("people", title, self.people_in_short(lang));
        }
        if let Some(energy) = &self.energy {
            let title = lang.pick("Energy use by industry", "산업별 에너지 사용");
            doc.section("energy", title, energy.blocks(lang));
        }
        if let Some(taxes) = &self.taxes {
            let title = lang.pick("Taxes by kind", "조세 종류별 효과");
            doc.section("taxes", title, taxes.blocks(scale));
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
    fn finished(&self, ensemble: Option<&Ensemble>, mut doc: Document, view: &View) -> Document {
        let lang = view.lang;
        let scale = self.scale(lang);
        let short = view.by == By::Summary;
        if let Some(ensemble) = ensemble {
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
                    let unit = Unit {
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
            let warnings = self.warnings().cloned().collect();
            doc.sections.extend(warnings_in_short(warnings, lang));
        } else {
            doc.sections.extend(note_sections(&self.notes, lang));
        }
        let ends = match short {
            true => {
                let more = lang.pick(
                    "More: --by sector|phase|year|tier|leakage, --top N, --lang ko.",
                    "자세히: --by sector|phase|year|tier|leakage, --top N.",
                );
                let mut ends = Vec::new();
                if !view.details {
                    let drawn = ensemble.and_then(|e| e.split_in_short(lang));
                    let split = split_in_short([&self.receipt.split_error], lang).into_iter();
                    ends.extend(split.map(|split| match &drawn {
                        Some(drawn) => format!("{split} {drawn}"),
                        None => split,
                    }));
                    ends.push(self.assumptions_in_short(lang));
                }
                ends.push(format!("{} {more}", self.source_line(lang)));
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
        let main = self.effects.present().map(|(_, effects)| {
            let spent = effects.spending.total.as_millions().abs();
            spent.max(effects.output.sums().type1().abs())
        });
        Scale::new(lang, &self.receipt.currency, main)
    }

    /// "One-off 2027–2029 (in all) and a full year from 2030".
    fn periods(&self, lang: Lang) -> String {
        let kinds = self.effects.present();
        let titles: Vec<String> = kinds.map(|(kind, _)| self.kind_title(kind, lang)).collect();
        titles.join("; ")
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
        match self.notes.iter().any(|n| n.code() == "no_deflator") {
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
        if !self.effects.are_both() {
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

    /// "Sectors that gain most (Type I)", or lose, by the kind that they are ranked by.
    fn sectors_title(&self, lang: Lang) -> String {
        let first = self.effects.present().next();
        first.map_or(String::new(), |(_, effects)| sectors_title(effects, lang))
    }
}

pub(super) fn phase_title(phase: &PhaseImpact, lang: Lang) -> String {
    let name = phase.name.get(lang);
    match phase.kind {
        PhaseKind::OneOff => lang.pick(format!("{name} (in all)"), format!("{name}(합계)")),
        PhaseKind::Recurring => lang.pick(format!("{name} (a year)"), format!("{name}(연간)")),
    }
}
