//! What the page needs to redo the sum when the reader moves a figure.
//!
//! Everything is linear in demand, so a few rows are enough: for a demand f, output is 1'L f, value
//! added v'L f, jobs e'L f, imported inputs 1'Am L f, labour income w'L f, and output of sector i is
//! row i of L times f. Households then spend h = s w'L f / (1 - s w'L c), which adds 1'L c h and so on
//! for each.

use crate::impact::{Impact, Labour};
use crate::lang::Text;
use crate::model::Model;
use crate::scenario::{Line, PhaseKind, Recipe};
use crate::table::{Coefficients, PrimaryInputRole};
use nalgebra::DVector;
use serde::{Deserialize, Serialize};

/// The rows of the model and the lines of the scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct Live {
    /// 1'L, n.
    pub output: Vec<f64>,
    /// v'L, n.
    pub value_added: Vec<f64>,
    /// e'L in persons per unit (million won) of demand, n.
    pub jobs: Vec<f64>,
    /// 1'Am L, n.
    pub imports: Vec<f64>,
    /// w'L, n, and what households do; `None` for an open model.
    pub households: Option<LiveHouseholds>,
    /// The sectors whose bars are drawn.
    pub sectors: Vec<LiveSector>,
    /// What is spent.
    pub phases: Vec<LivePhase>,
}

/// How households earn and spend.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct LiveHouseholds {
    /// s.
    pub share: f64,
    /// w'L, n.
    pub income: Vec<f64>,
    /// w'L c.
    pub income_again: f64,
    /// 1'L c.
    pub output: f64,
    /// v'L c.
    pub value_added: f64,
    /// e'L c.
    pub jobs: f64,
    /// 1'Am L c, and what households import themselves.
    pub imports: f64,
}

/// A sector.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct LiveSector {
    /// Its position.
    pub sector: usize,
    /// Its name.
    pub name: Text,
    /// Its row of L, n.
    pub row: Vec<f64>,
    /// Its entry of L c; 0 for an open model.
    pub households: f64,
    /// e: persons per unit of its output.
    pub jobs: f64,
}

/// A phase.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct LivePhase {
    /// Its name.
    pub name: Text,
    /// Once or every year.
    pub kind: PhaseKind,
    /// The chance that it happens.
    pub probability: f64,
    /// Persons against the table's labour coefficients: productivity growth.
    pub persons: f64,
    /// What is spent.
    pub lines: Vec<LiveLine>,
}

/// A line of spending, money in millions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct LiveLine {
    /// What it is called.
    pub item: Text,
    /// The position of its sector.
    pub sector: usize,
    /// The product, net of margins and taxes; with the capital income of a recipe.
    pub product: f64,
    /// The part of it that is bought at home.
    pub share: f64,
    /// Margins: position of the sector and amount.
    pub margins: Vec<(usize, f64)>,
    /// Taxes on the product.
    pub tax: f64,
    /// Whether the reader's domestic share of equipment moves it.
    pub equipment: bool,
    /// What the domestic product is made with, where a recipe says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipe: Option<LiveRecipe>,
}

/// A recipe, per unit paid for the domestic product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct LiveRecipe {
    /// Domestic inputs: position of the sector and amount.
    pub inputs: Vec<(usize, f64)>,
    /// Output: what is paid less capital income.
    pub output: f64,
    /// Value added.
    pub value_added: f64,
    /// Imported inputs.
    pub imports: f64,
    /// Persons per unit (million won).
    pub jobs: f64,
    /// Compensation of employees.
    pub income: f64,
}

/// Lines of which less than this is bought at home are equipment that could be.
const EQUIPMENT: f64 = 0.9;
/// Sectors with a row of their own, of each kind of phase and of households.
const SECTORS: usize = 20;

impl Live {
    /// The figures of a model and an impact computed with it.
    pub fn of(model: &Model, impact: &Impact) -> Self {
        let c = model.coefficients();
        let n = c.sectors().len();
        let vec = |v: &DVector<f64>| -> Vec<f64> { v.iter().copied().collect() };
        let rows = model.rows();
        let households = model.households().zip(rows.households.as_ref());
        let households = households.map(|(h, of)| LiveHouseholds {
            share: h.share_spent(),
            income: vec(&of.income),
            income_again: of.again,
            output: of.per_spending.output,
            value_added: of.per_spending.value_added,
            jobs: of.per_spending.jobs,
            imports: of.per_spending.imports,
        });
        let kept = model.households().map_or(1.0, |h| h.earnings().kept());
        let phases: Vec<LivePhase> = impact
            .phases
            .iter()
            .map(|p| phase(p, impact.receipt.labour(), c, kept))
            .collect();
        let spent = model.households().map(|h| h.output_per_spending());
        let sectors = drawn(impact, spent)
            .into_iter()
            .map(|sector| {
                let mut unit = DVector::zeros(n);
                unit[sector] = 1.0;
                LiveSector {
                    sector,
                    name: impact.sectors[sector].name.clone(),
                    row: vec(&model.inducement_row(&unit)),
                    households: spent.map_or(0.0, |lc| lc[sector]),
                    jobs: rows.per_output.jobs[sector],
                }
            })
            .collect();
        Live {
            output: vec(&rows.type1.output),
            value_added: vec(&rows.type1.value_added),
            jobs: vec(&rows.type1.jobs),
            imports: vec(&rows.type1.imports),
            households,
            sectors,
            phases,
        }
    }
}

/// A phase; of pay households keep the share `kept`.
fn phase(
    phase: &crate::impact::PhaseImpact,
    labour: Labour,
    c: &Coefficients,
    kept: f64,
) -> LivePhase {
    let lines: Vec<LiveLine> = phase
        .lines
        .iter()
        .map(|line| LiveLine {
            item: line.item.clone(),
            sector: line.sector,
            product: line.domestic + line.imported + line.capital_income(),
            share: line.domestic_share,
            margins: line.trade.iter().chain(&line.transport).copied().collect(),
            tax: line.tax,
            equipment: phase.kind == PhaseKind::OneOff
                && line.imported != 0.0
                && line.domestic_share < EQUIPMENT
                && c.is_made(line.sector),
            recipe: line.recipe.as_ref().map(|r| live_recipe(line, r, kept)),
        })
        .collect();
    LivePhase {
        name: phase.name.clone(),
        kind: phase.kind,
        probability: phase.probability,
        persons: labour.of_phase(phase.kind, &phase.schedule),
        lines,
    }
}

/// A line's recipe, per unit paid for the domestic product.
fn live_recipe(line: &Line, recipe: &Recipe, kept: f64) -> LiveRecipe {
    let paid = line.domestic + recipe.capital_income;
    let per = |amount: f64| if paid == 0.0 { 0.0 } else { amount / paid };
    let sum = |amounts: &mut dyn Iterator<Item = f64>| per(amounts.sum());
    let parts = || recipe.parts.iter();
    let income = parts().filter(|(role, _)| *role == PrimaryInputRole::Compensation);
    let jobs = recipe.accounts.iter().filter(|(id, _)| id == "jobs");
    LiveRecipe {
        inputs: recipe
            .inputs
            .iter()
            .map(|i| (i.product, per(i.domestic)))
            .collect(),
        output: per(line.domestic),
        value_added: sum(&mut parts().map(|(_, amount)| *amount)),
        imports: sum(&mut recipe.inputs.iter().map(|i| i.imported)),
        jobs: sum(&mut jobs.map(|(_, amount)| *amount)),
        income: sum(&mut income.map(|(_, amount)| *amount * kept)),
    }
}

/// The sectors that can come to the top: those that are large now, those that are bought from or could
/// be, and those that households buy from.
fn drawn(impact: &Impact, households: Option<&DVector<f64>>) -> Vec<usize> {
    let mut drawn: Vec<usize> = Vec::new();
    for (_, effects) in impact.effects.present() {
        let order = crate::impact::ranking::ranked(&effects.output);
        drawn.extend(order.into_iter().take(SECTORS));
        if let Some(jobs) = effects.account("jobs") {
            let order = crate::impact::ranking::ranked(jobs);
            drawn.extend(order.into_iter().take(SECTORS));
        }
    }
    let lines = impact.phases.iter().flat_map(|p| &p.lines);
    drawn.extend(lines.map(|l| l.sector));
    if let Some(lc) = households {
        let order = crate::impact::ranking::by_size(lc.len(), |sector| lc[sector]);
        drawn.extend(order.into_iter().take(SECTORS));
    }
    drawn.sort_unstable();
    drawn.dedup();
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Overrides, Scenario, presets};
    use crate::table::AnyTable;
    use crate::units::Measures;
    use approx::assert_relative_eq;

    /// As `effects` of `live.js` sums, with nothing moved: Type I, then all stages; imports of inputs.
    fn summed(live: &Live, kind: PhaseKind) -> [Measures<f64>; 2] {
        let (mut type1, mut total) = (Measures::default(), Measures::default());
        for phase in live.phases.iter().filter(|p| p.kind == kind) {
            let (mut demand, mut made, mut income) = (Vec::new(), Measures::<f64>::default(), 0.0);
            for line in &phase.lines {
                let paid = phase.probability * line.product * line.share;
                match &line.recipe {
                    None => demand.push((line.sector, paid)),
                    Some(recipe) => {
                        let inputs = recipe.inputs.iter();
                        demand.extend(inputs.map(|(sector, input)| (*sector, paid * input)));
                        let per = Measures {
                            output: recipe.output,
                            value_added: recipe.value_added,
                            imports: recipe.imports,
                            jobs: recipe.jobs,
                        };
                        made += per.scaled(paid, paid);
                        income += paid * recipe.income;
                    }
                }
                let margins = line.margins.iter();
                demand.extend(margins.map(|(at, amount)| (*at, phase.probability * amount)));
            }
            let dot = |row: &Vec<f64>| -> f64 { demand.iter().map(|(at, v)| row[*at] * v).sum() };
            let rows = Measures {
                output: &live.output,
                value_added: &live.value_added,
                imports: &live.imports,
                jobs: &live.jobs,
            };
            let first = (rows.map(dot) + made).scaled(1.0, phase.persons);
            type1 += first;
            total += first;
            if let Some(h) = &live.households {
                let spent = h.share * (dot(&h.income) + income) / (1.0 - h.share * h.income_again);
                let per_spent = Measures {
                    output: h.output,
                    value_added: h.value_added,
                    imports: h.imports,
                    jobs: h.jobs,
                };
                total += per_spent.scaled(spent, spent * phase.persons);
            }
        }
        [type1, total]
    }

    #[test]
    fn the_page_sums_to_the_effects_that_the_report_shows() {
        let table = AnyTable::open("kr-2023-83").expect("built in");
        let model = Model::new(&table).expect("productive");
        let every_key = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/examples/scenarios/every-key.toml"
        );
        for name in ["ai-hub", every_key] {
            let file = presets::open(name).expect("readable");
            let scenario = Scenario::new(file, &table, &Overrides::default()).expect("valid");
            let impact = crate::impact::of_scenario(&table, &model, &scenario).expect("an impact");
            let live = Live::of(&model, &impact);
            for (kind, effects) in impact.effects.present() {
                let sums = effects.sums();
                let shown = [sums.map(|s| s.type1()), sums.map(|s| s.total())];
                for (mut page, shown) in summed(&live, kind).into_iter().zip(shown) {
                    for (page, shown) in page.pairs(&shown) {
                        assert_relative_eq!(*page, *shown, max_relative = 1e-9);
                    }
                }
            }
        }
    }
}
