//! Impacts side by side.

use super::effects::labour_unit;
use super::notes::note_sections;
use super::provenance::split_in_short;
use crate::impact::Impact;
use crate::impact::comparison::{Compared, ComparedFigure, ComparedYear, Comparison, Measure};
use crate::lang::Lang;
use crate::report::{Block, Cell, Column, Document, Row, Scale, Table, Unit};
use crate::scenario::PhaseKind;

impl Comparison {
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
            shown.mixes = settled.mixes;
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
            let mixed = match c.receipt.mixed {
                true => lang.pick(", inputs changed by mixes", ", 투입 구성 변경"),
                false => "",
            };
            format!("{}: {} ({table}{mixed})", c.id, c.name.get(lang))
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
        if !self.mixes.is_empty() {
            let figures: Vec<_> = self.mixes.iter().zip(&exact.mixes).collect();
            let title = lang.pick(
                "What mixes change for the whole economy, a year",
                "공급·수입 구성 변화에 따른 경제 전체의 변화(연간)",
            );
            let table = self.figures_table(&figures, scale);
            doc.section("mixes", title, vec![Block::Table(table)]);
        }
        if !self.years.is_empty() {
            self.years_sections(&mut doc, scale);
        }
        doc.sections.extend(note_sections(&self.notes, lang));
        let errors = self.compared.iter().map(|c| &c.receipt.split_error);
        let mut ends = split_in_short(errors, lang);
        ends.push(base.receipt.attribution.get(lang).to_owned());
        doc.section("source", "", vec![Block::Notes(ends)]);
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
                let mut cells = vec![Cell::from(figure.title.text().get(lang))];
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
