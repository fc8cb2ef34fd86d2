//! A scenario over a grid of its parameters.

use super::labour_unit;
use super::provenance::split_in_short;
use crate::lang::Lang;
use crate::report::{Block, Cell, Column, Document, Row, Scale, Table};
use crate::scenario::PhaseKind;
use crate::uncertainty::Sweep;
use crate::uncertainty::draws::Figure;
use crate::uncertainty::sweep::Axis;

impl Axis {
    /// How its amounts are shown: the size of the values decides, not that of what follows.
    fn scale<'a>(&self, lang: Lang, currency: &'a str) -> Scale<'a> {
        Scale::new(lang, currency, self.values.iter().map(|v| v / 1e6))
    }

    fn column(&self, lang: Lang, currency: &str) -> Column {
        if self.money {
            return self.scale(lang, currency).column(&self.name, &self.name);
        }
        let most = self
            .values
            .iter()
            .fold(0.0, |most: f64, v| most.max(v.abs()));
        let decimals = match most {
            v if v >= 1000.0 => 0,
            v if v >= 10.0 => 1,
            _ => 3,
        };
        Column::number(&self.name, &self.name, "", decimals)
    }
}

impl Sweep {
    /// How all amounts are shown: fit for the largest cell and the smallest.
    fn scale(&self, lang: Lang) -> Scale<'_> {
        let spending = self.figures.iter().enumerate();
        let spending = spending.filter(|(_, f)| f.money && f.id == "spending");
        let main = spending.flat_map(|(at, _)| self.cells.iter().map(move |cell| cell.values[at]));
        Scale::new(lang, &self.receipt.currency, main)
    }

    /// The grid as a document, a row for each cell, at most `most` of them.
    pub fn document(&self, lang: Lang, most: usize) -> Document {
        let scale = self.scale(lang);
        let title = lang.pick(
            format!("Sweep: {}", self.name.en),
            format!("모수 변화 분석: {}", self.name.ko),
        );
        let mut doc = Document::new(title, self.receipt.table_heading(lang));
        let closed = self.receipt.household_share.is_some();
        for kind in [Some(PhaseKind::OneOff), Some(PhaseKind::Recurring), None] {
            // Type I first; of all stages only where households add to it.
            let figures = |of_type1: bool| -> Vec<(usize, &Figure)> {
                let of_kind = self.figures.iter().enumerate();
                let mut figures = of_kind.filter(|(_, f)| f.kind == kind).peekable();
                if figures.peek().is_none() {
                    return Vec::new();
                }
                figures
                    .filter(|(_, f)| match f.id.as_str() {
                        "spending" | "imported" => of_type1,
                        id if kind.is_none() && !id.starts_with("value_added_discounted") => {
                            of_type1
                        }
                        id => id.ends_with("_type1") == of_type1,
                    })
                    .collect()
            };
            let (id, title) = match kind {
                Some(PhaseKind::OneOff) => (
                    "one_off",
                    lang.pick("One-off phases, in all", "일회성 단계 합계"),
                ),
                Some(PhaseKind::Recurring) => ("recurring", lang.pick("A full year", "연간")),
                None => (
                    "indicators",
                    lang.pick("Figures of the scenario", "시나리오 지표"),
                ),
            };
            let mut blocks = Vec::new();
            for of_type1 in [true, false] {
                let figures = figures(of_type1);
                if !figures.is_empty() && (of_type1 || closed) {
                    blocks.push(Block::Table(self.grid(&figures, most, scale)));
                }
            }
            if !blocks.is_empty() {
                doc.section(id, title, blocks);
            }
        }
        let mut notes = vec![
            lang.pick(
                "All other figures are as written.",
                "다른 수치는 시나리오 값 그대로임.",
            )
            .to_owned(),
        ];
        if closed {
            let said = lang.pick(
                "Type I counts direct and indirect effects; Type II adds what households spend of their income.",
                "1형은 직접·간접효과, 2형은 소득유발효과를 더한 것임.",
            );
            notes.push(said.to_owned());
        }
        if self.cells.len() > most {
            let (all, shown) = (self.cells.len(), most);
            notes.push(lang.pick(
                format!("{shown} of {all} cells are shown; -o sweep.csv writes all."),
                format!("{all}개 조합 중 {shown}개를 표시함. 전체는 -o sweep.csv로 저장."),
            ));
        }
        notes.extend(split_in_short([&self.receipt.split_error], lang));
        notes.push(self.receipt.attribution.get(lang).to_owned());
        doc.section("notes", "", vec![Block::Notes(notes)]);
        doc
    }

    /// These figures of every cell, at most `most` of them.
    fn grid(&self, figures: &[(usize, &Figure)], most: usize, scale: Scale) -> Table {
        let lang = scale.lang();
        let currency = self.receipt.currency.as_str();
        let axes = self.axes.iter();
        let mut columns: Vec<Column> = axes.map(|axis| axis.column(lang, currency)).collect();
        columns.extend(figures.iter().map(|(_, f)| {
            let (title, unit) = (f.title.text(), f.unit.text());
            let title = title.get(lang);
            match (f.money, f.kind) {
                (true, _) => scale.column(&f.id, title),
                (false, Some(kind)) => Column::number(&f.id, title, labour_unit(kind, lang), 0),
                (false, None) => Column::number(&f.id, title, unit.get(lang), 1),
            }
        }));
        let rows = self
            .cells
            .iter()
            .take(most)
            .map(|cell| {
                let parameters = self.axes.iter().zip(&cell.parameters).map(|(axis, value)| {
                    Cell::Number(if axis.money {
                        axis.scale(lang, currency).money(value / 1e6)
                    } else {
                        *value
                    })
                });
                let values = figures.iter().map(|(at, figure)| {
                    let value = cell.values[*at];
                    Cell::Number(if figure.money {
                        scale.money(value)
                    } else {
                        value
                    })
                });
                Row::new(parameters.chain(values).collect())
            })
            .collect();
        Table { columns, rows }
    }
}
