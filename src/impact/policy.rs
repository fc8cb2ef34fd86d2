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

/// The figures that are compared, of all stages and of Type I; money in millions.
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
    /// Output, Type I: without what households add.
    #[serde(default)]
    pub output_type1: f64,
    /// Value added, Type I.
    #[serde(default)]
    pub value_added_type1: f64,
    /// What is imported at once and as inputs of production (Type I).
    #[serde(default)]
    pub imports_type1: f64,
    /// Persons, Type I.
    #[serde(default)]
    pub jobs_type1: f64,
}

impl Figures {
    /// The figures of effects.
    pub fn of(effects: &Effects) -> Self {
        let jobs = effects.account("jobs").map(|j| j.sums());
        let jobs = jobs.unwrap_or_default();
        Figures {
            domestic: effects.spending.domestic.as_millions(),
            output: effects.output.sums().total(),
            value_added: effects.value_added.sums().total(),
            imports: effects.leakage(),
            jobs: jobs.total(),
            output_type1: effects.output.sums().type1(),
            value_added_type1: effects.value_added.sums().type1(),
            imports_type1: effects.leakage_type1(),
            jobs_type1: jobs.type1(),
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
            let persons = |value: f64| {
                let unit = Unit {
                    name: labour_unit(*kind, lang).to_owned(),
                    decimals: 0,
                };
                Cell::Measure(value, unit)
            };
            let row = |name: &str, [base, with]: [f64; 2], cell: &dyn Fn(f64) -> Cell| {
                let mut cells = vec![name.into()];
                cells.extend([base, with, with - base].map(cell));
                Row::new(cells)
            };
            let money = |value: f64| scale.measure(value);
            let mut rows = vec![
                row(
                    lang.pick("Demand in Korea", "국내 수요"),
                    [base.domestic, with.domestic],
                    &money,
                ),
                row(
                    lang.pick("Output (Type I)", "생산(1형)"),
                    [base.output_type1, with.output_type1],
                    &money,
                ),
                row(
                    lang.pick("Value added (Type I)", "부가가치(1형)"),
                    [base.value_added_type1, with.value_added_type1],
                    &money,
                ),
                row(
                    lang.pick("Imports (Type I)", "수입(1형)"),
                    [base.imports_type1, with.imports_type1],
                    &money,
                ),
                row(
                    lang.pick("Jobs (Type I)", "취업(1형)"),
                    [base.jobs_type1, with.jobs_type1],
                    &persons,
                ),
            ];
            if [base, with].iter().any(|f| f.output != f.output_type1) {
                rows.extend([
                    row(
                        lang.pick("Output (Type II)", "생산(2형)"),
                        [base.output, with.output],
                        &money,
                    ),
                    row(
                        lang.pick("Value added (Type II)", "부가가치(2형)"),
                        [base.value_added, with.value_added],
                        &money,
                    ),
                    row(
                        lang.pick("Imports (Type II)", "수입(2형)"),
                        [base.imports, with.imports],
                        &money,
                    ),
                    row(
                        lang.pick("Jobs (Type II)", "취업(2형)"),
                        [base.jobs, with.jobs],
                        &persons,
                    ),
                ]);
            }
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
