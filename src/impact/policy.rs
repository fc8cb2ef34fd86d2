//! A domestic-content policy: the scenario with it against the scenario without it.

use super::document::labour_unit;
use super::{Effects, Impact};
use crate::lang::Text;
use crate::report::Scale;
use crate::report::{Block, Cell, Column, Row, Table, Unit};
use crate::scenario::{Line, PhaseKind};
use serde::{Deserialize, Serialize};

/// What raising domestic shares changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct PolicyEffect {
    /// The lines that are raised.
    pub raised: Vec<Raised>,
    /// One-off phases in all, recurring phases in a full year.
    pub kinds: Vec<(PhaseKind, Figures, Figures)>,
}

/// A line whose domestic share is raised.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Raised {
    /// The line.
    pub item: Text,
    /// The position of the product's sector.
    pub sector: usize,
    /// The share without the policy.
    pub from: f64,
    /// The share with it.
    pub to: f64,
}

/// The figures that are compared, all stages; money in millions.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Figures {
    /// Demand for domestic products.
    pub domestic: f64,
    /// Output.
    pub output: f64,
    /// Value added.
    pub value_added: f64,
    /// All that is imported: at once, as inputs, by households.
    pub imports: f64,
    /// Job-years or jobs, by the kind of the phases.
    pub jobs: f64,
}

impl Figures {
    /// The figures of effects.
    pub fn of(effects: &Effects) -> Self {
        Figures {
            domestic: effects.spending.domestic.as_millions(),
            output: effects.output.sums().total(),
            value_added: effects.value_added.sums().total(),
            imports: effects.leakage(),
            jobs: effects.account("jobs").map_or(0.0, |j| j.sums().total()),
        }
    }
}

impl PolicyEffect {
    /// The impact `with` the policy against the one `without` it.
    pub fn of(with: &Impact, without: &Impact) -> Self {
        let lines = with.phases.iter().flat_map(|p| &p.lines);
        let raised = lines
            .flat_map(|line: &Line| {
                let own = line.share_without_policy.map(|from| Raised {
                    item: line.item.clone(),
                    sector: line.sector,
                    from,
                    to: line.domestic_share,
                });
                let inputs = line.recipe.iter().flat_map(|recipe| &recipe.inputs);
                let bought = inputs.filter_map(|input| {
                    let product = &with.sectors[input.product].name;
                    Some(Raised {
                        item: Text::new(
                            format!("{}, for {}", product.en, line.item.en),
                            format!("{}({} 투입)", product.ko, line.item.ko),
                        ),
                        sector: input.product,
                        from: input.share_without_policy?,
                        to: input.domestic_share(),
                    })
                });
                own.into_iter().chain(bought)
            })
            .collect();
        let kinds = [
            (PhaseKind::OneOff, &without.one_off, &with.one_off),
            (PhaseKind::Recurring, &without.recurring, &with.recurring),
        ];
        let kinds = kinds
            .into_iter()
            .filter_map(|(kind, base, policy)| {
                let (base, policy) = (base.as_ref()?, policy.as_ref()?);
                Some((kind, Figures::of(base), Figures::of(policy)))
            })
            .filter(|(_, base, policy)| base != policy)
            .collect();
        PolicyEffect { raised, kinds }
    }

    /// The comparison as blocks of a document.
    pub fn blocks(&self, scale: Scale) -> Vec<Block> {
        let lang = scale.lang();
        let raised: Vec<String> = self
            .raised
            .iter()
            .map(|r| {
                let (from, to) = (r.from * 100.0, r.to * 100.0);
                lang.pick(
                    format!("{}: bought at home {from:.1} % → {to:.1} %", r.item.en),
                    format!("{}: 국산 비율 {from:.1}% → {to:.1}%", r.item.ko),
                )
            })
            .collect();
        let mut blocks = vec![Block::Notes(raised)];
        for (kind, base, with) in &self.kinds {
            let figures = [
                (
                    lang.pick("Demand in Korea", "국내 수요"),
                    base.domestic,
                    with.domestic,
                ),
                (lang.pick("Output", "생산"), base.output, with.output),
                (
                    lang.pick("Value added", "부가가치"),
                    base.value_added,
                    with.value_added,
                ),
                (lang.pick("Imports", "수입"), base.imports, with.imports),
            ];
            let mut rows: Vec<Row> = figures
                .into_iter()
                .map(|(name, base, with)| {
                    Row::new(vec![
                        name.into(),
                        scale.measure(base),
                        scale.measure(with),
                        scale.measure(with - base),
                    ])
                })
                .collect();
            let persons = |value: f64| {
                let unit = Unit {
                    name: labour_unit(*kind, lang).to_owned(),
                    decimals: 0,
                };
                Cell::Measure(value, unit)
            };
            rows.push(Row::new(vec![
                lang.pick("Jobs", "취업").into(),
                persons(base.jobs),
                persons(with.jobs),
                persons(with.jobs - base.jobs),
            ]));
            let title = match kind {
                PhaseKind::OneOff => lang.pick("One-off phases, in all", "일회성 단계 합계"),
                PhaseKind::Recurring => lang.pick("Recurring, a full year", "반복 단계, 연간"),
            };
            let columns = vec![
                Column::text("figure", title),
                Column::number("without", lang.pick("Without", "정책 전"), "", 0),
                Column::number("with", lang.pick("With the policy", "정책 후"), "", 0),
                Column::number("difference", lang.pick("Difference", "차이"), "", 0),
            ];
            blocks.push(Block::Table(Table { columns, rows }));
        }
        blocks
    }
}
