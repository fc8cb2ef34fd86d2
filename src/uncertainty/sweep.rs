//! Sweeps: a scenario worked out over a full grid of its parameters.

use super::draws::{Chance, Draws, Engine, Figure, in_parallel};
use super::lanes::{Lanes, WIDTH};
use crate::error::{Error, Result};
use crate::impact::{Impact, Receipt};
use crate::lang::{Text, excerpt, said};
use crate::model::Model;
use crate::scenario::Scenario;
use crate::scenario::formula::{Formula, Number};
use crate::table::AnyTable;
use serde::{Deserialize, Serialize};

/// More cells than this are not meant.
pub const MOST_CELLS: usize = 1_000_000;

/// One parameter and the values that it takes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Axis {
    /// The name of a parameter or setting of the scenario.
    pub name: String,
    /// Its values, evenly from the first to the last.
    pub values: Vec<f64>,
    /// Whether they are amounts of money, in whole units of the currency.
    pub money: bool,
    /// The last of them as written.
    pub(crate) last: String,
}

/// A scenario over a grid: every combination of the values of its axes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Sweep {
    /// The title of the scenario.
    pub name: Text,
    /// What it was computed with.
    pub receipt: Receipt,
    /// The parameters varied, the last one fastest.
    pub axes: Vec<Axis>,
    /// The figures of every cell.
    pub figures: Vec<Figure>,
    /// The cells.
    pub cells: Vec<GridCell>,
}

/// One cell of a grid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct GridCell {
    /// The value of each axis.
    pub parameters: Vec<f64>,
    /// The value of each figure, in its unit (money in millions).
    pub values: Vec<f64>,
}

impl Axis {
    /// Reads `capex=1조..30조/10`: ten values, evenly from 1 to 30 trillion won, both included;
    /// `currency` (ISO 4217) is the table's.
    ///
    /// ```
    /// use leontief::uncertainty::sweep::Axis;
    /// let axis = Axis::parse("gpu_domestic=0..0.5/6", "KRW")?;
    /// assert_eq!(axis.values, [0.0, 0.1, 0.2, 0.3, 0.4, 0.5]);
    /// assert!(Axis::parse("capex=1조..30/10", "KRW").is_err());
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A form that is not NAME=FROM..TO/STEPS, ends that are no numbers or of different units, a
    /// number of steps that is not 1 to a million.
    pub fn parse(text: &str, currency: &str) -> Result<Self> {
        let fail = |reason: Text| {
            let (text, en, ko) = (excerpt(text), reason.en, reason.ko);
            Error::invalid(said!(
                "'{text}': {en}; write NAME=FROM..TO/STEPS, as in capex=1조..30조/10",
                "'{text}': {ko}. 이름=시작..끝/단계 수 형식으로 쓰십시오. 예: capex=1조..30조/10"
            ))
        };
        let (name, range) = text
            .split_once('=')
            .ok_or_else(|| fail(said!("there is no =", "'='이 없습니다")))?;
        let (range, steps) = range.rsplit_once('/').ok_or_else(|| {
            fail(said!(
                "it does not say how many steps",
                "몇 단계인지 쓰지 않았습니다"
            ))
        })?;
        let (from, to) = range
            .split_once("..")
            .ok_or_else(|| fail(said!("it is not a range", "범위가 아닙니다")))?;
        let steps: usize = match steps.trim().parse() {
            Ok(steps) if (1..=MOST_CELLS).contains(&steps) => steps,
            _ => {
                let steps = steps.trim();
                return Err(fail(said!(
                    "'{steps}' is not a number of steps from 1 to a million",
                    "'{steps}'은(는) 단계 수가 아닙니다. 1에서 1,000,000 사이의 정수를 쓰십시오"
                )));
            }
        };
        let end = |text: &str| {
            let formula = Formula::parse(text.trim())?;
            formula.bind(&|_| None, currency)?.evaluate::<f64>(&[])
        };
        let (low, high) = (end(from).map_err(fail)?, end(to).map_err(fail)?);
        if low.money != high.money {
            return Err(fail(said!(
                "its ends are in different units",
                "범위 양 끝의 단위가 다릅니다"
            )));
        }
        if name.trim().is_empty() {
            return Err(fail(said!(
                "it names no parameter",
                "매개변수 이름이 없습니다"
            )));
        }
        // Weighing both ends gives exactly the last value, and decimals as they are written.
        let last = (steps - 1).max(1) as f64;
        let values = (0..steps)
            .map(|i| (low.value * (last - i as f64) + high.value * i as f64) / last)
            .collect();
        Ok(Axis {
            name: name.trim().to_owned(),
            values,
            money: low.money != 0,
            last: to.trim().to_owned(),
        })
    }

    /// The name and a value of it, to be set before the scenario is checked: what is not there is
    /// refused then, and a setting that the file leaves out is there to be varied.
    pub fn setting(&self) -> (String, String) {
        (self.name.clone(), self.last.clone())
    }

    /// Whether the range is of the parameter's kind in the scenario, where it has the parameter.
    ///
    /// # Errors
    /// Money where a plain number stands, or the other way round.
    pub fn check(&self, scenario: &Scenario) -> Result<()> {
        let at = scenario.figures().iter().position(|f| f.key == self.name);
        let Some(at) = at else {
            return Ok(());
        };
        let money = scenario.values::<f64>(&[])?[at].money != 0;
        if money == self.money {
            return Ok(());
        }
        let name = &self.name;
        Err(Error::invalid(if money {
            said!(
                "'{name}' is an amount of money, such as 3조, in the scenario, and its range is not",
                "'{name}'은(는) 시나리오에서 금액(예: 3조)이나 지정한 범위는 금액이 아닙니다"
            )
        } else {
            said!(
                "'{name}' is a plain number in the scenario, and its range is not",
                "'{name}'은(는) 시나리오에서 금액이 아닌 수이나 지정한 범위는 금액입니다"
            )
        }))
    }
}

impl Sweep {
    /// Works a scenario out over the grid of the axes. The scenario was checked with
    /// [`Axis::setting`] of each; `impact` is its impact as written, `scale` what amounts are
    /// multiplied by.
    ///
    /// ```
    /// use leontief::uncertainty::sweep::{Axis, Sweep};
    /// # use leontief::{AnyTable, Model, Scenario, impact, scenario::PhaseKind};
    /// # let table = AnyTable::open("kr-2023-33")?;
    /// # let model = Model::new(&table)?;
    /// let hub = Scenario::builder("Hub")
    ///     .parameter("capex", "1조")
    ///     .parameter("share", 0.5)
    ///     .phase("Build", PhaseKind::OneOff)
    ///     .spend("건설", "capex * share")
    ///     .build(&table)?;
    /// let written = impact::of_scenario(&table, &model, &hub)?;
    /// let axes = vec![Axis::parse("capex=1조..3조/3", "KRW")?, Axis::parse("share=0..1/2", "KRW")?];
    /// let sweep = Sweep::of(&table, &model, &hub, &written, axes, 1.0)?;
    /// assert_eq!(sweep.cells.len(), 6);
    /// assert_eq!(sweep.cells[5].parameters, [3e12, 1.0]);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// No axes or one twice; more than [`MOST_CELLS`]; a cell that cannot be worked out, named by its values.
    pub fn of(
        table: &AnyTable,
        model: &Model,
        scenario: &Scenario,
        impact: &Impact,
        axes: Vec<Axis>,
        scale: f64,
    ) -> Result<Self> {
        let mut places = Vec::with_capacity(axes.len());
        for axis in &axes {
            let name = &axis.name;
            let at = scenario.figures().iter().position(|f| f.key == *name);
            let at = at.ok_or_else(|| {
                Error::invalid(said!(
                    "there is no parameter '{name}' to vary",
                    "'{name}' 매개변수가 없습니다"
                ))
            })?;
            if places.contains(&at) {
                return Err(Error::invalid(said!(
                    "'{name}' is varied twice",
                    "'{name}'을(를) 두 번 바꾸도록 지정했습니다"
                )));
            }
            places.push(at);
        }
        let count = axes
            .iter()
            .try_fold(1_usize, |count, axis| count.checked_mul(axis.values.len()))
            .filter(|count| *count <= MOST_CELLS);
        let Some(count) = count.filter(|_| !axes.is_empty()) else {
            return Err(Error::invalid(if axes.is_empty() {
                said!(
                    "nothing is varied: name a parameter and its range, as in capex=1조..30조/10",
                    "바꿀 매개변수가 없습니다. 이름과 범위를 쓰십시오. 예: capex=1조..30조/10"
                )
            } else {
                said!(
                    "the grid has more than {MOST_CELLS} cells: take fewer steps",
                    "격자의 칸이 {MOST_CELLS}개를 넘습니다. 단계 수를 줄이십시오"
                )
            }));
        };
        let draws = Draws {
            sectors: 0,
            scale,
            // A cell is not drawn.
            split_error: Some(0.0),
            ..Draws::default()
        };
        let engine = Engine::new(table, model, Some(scenario), impact, &draws)?;
        let headline = engine.headline();
        let parameters = |cell: usize| -> Vec<f64> {
            let mut rest = cell;
            let mut values: Vec<f64> = axes
                .iter()
                .rev()
                .map(|axis| {
                    let value = axis.values[rest % axis.values.len()];
                    rest /= axis.values.len();
                    value
                })
                .collect();
            values.reverse();
            values
        };
        let blocks = in_parallel(count.div_ceil(WIDTH), |block| {
            let first = block * WIDTH;
            let used = WIDTH.min(count - first);
            let cells: Vec<Vec<f64>> = (first..first + used).map(parameters).collect();
            let given: Vec<(usize, Lanes)> = places
                .iter()
                .enumerate()
                .map(|(axis, at)| {
                    let mut lanes = Lanes::constant(cells[0][axis]);
                    for (lane, cell) in lanes.0.iter_mut().zip(&cells) {
                        *lane = cell[axis];
                    }
                    (*at, lanes)
                })
                .collect();
            let worked_out = engine.record(&given, Chance::default());
            let record = match worked_out {
                Ok(record) if record.clamped.iter().all(|c| *c == 0) => record,
                // A draw outside is put at the bound; a cell outside was asked for and is refused.
                other => {
                    for (lane, cell) in cells.iter().enumerate() {
                        let alone: Vec<(usize, Lanes)> = given
                            .iter()
                            .map(|(at, values)| (*at, Lanes::constant(values.0[lane])))
                            .collect();
                        engine
                            .record(&alone, Chance::default())
                            .map_err(|e| in_cell(e, &axes, cell))?;
                    }
                    other?
                }
            };
            let cells = cells.into_iter().enumerate().map(|(lane, parameters)| {
                let value = |(at, _): &(usize, Figure)| record.columns[*at].0[lane];
                GridCell {
                    parameters,
                    values: headline.iter().map(value).collect(),
                }
            });
            Ok(cells.collect())
        });
        let cells = blocks.into_iter().collect::<Result<Vec<Vec<GridCell>>>>()?;
        Ok(Sweep {
            name: impact.name.clone(),
            receipt: impact.receipt.clone(),
            cells: cells.into_iter().flatten().collect(),
            figures: headline.into_iter().map(|(_, figure)| figure).collect(),
            axes,
        })
    }
}

/// An error with the cell that it happened in.
fn in_cell(error: Error, axes: &[Axis], cell: &[f64]) -> Error {
    let at: Vec<String> = axes
        .iter()
        .zip(cell)
        .map(|(axis, value)| format!("{}={value}", axis.name))
        .collect();
    let at = at.join(", ");
    let with_cell = |message: Text| {
        let (en, ko) = (message.en, message.ko);
        said!("{en} (at {at})", "{ko} ({at}일 때)")
    };
    match error {
        Error::Data { place, message } => Error::at(place, with_cell(message)),
        other => Error::invalid(with_cell(other.text())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Overrides, ScenarioFile};

    const TEXT: &str = r#"
[scenario]
name = "Grid"
household_share = 0.7
[parameters]
capex = "1조"
domestic = { value = 0.5, range = [0.2, 0.8] }
[[phase]]
name = "Build"
kind = "one-off"
start = 2027
[[phase.spending]]
item = "Chips"
what = "31"
amount = "capex"
domestic_share = "domestic"
"#;

    struct Trial {
        table: AnyTable,
        model: Model,
        scenario: Scenario,
        impact: Impact,
    }

    fn open(set: &[(&str, &str)]) -> Result<Trial> {
        let table = AnyTable::open("kr-2023-83")?;
        let set = set.iter().map(|(n, f)| ((*n).to_owned(), (*f).to_owned()));
        let overrides = Overrides {
            set: set.collect(),
            ..Overrides::default()
        };
        let scenario = Scenario::new(ScenarioFile::parse("grid.toml", TEXT)?, &table, &overrides)?;
        let model = Model::with(&table, scenario.imports(), scenario.closure()?)?;
        let impact = crate::impact::of_scenario(&table, &model, &scenario)?;
        Ok(Trial {
            table,
            model,
            scenario,
            impact,
        })
    }

    fn sweep(axes: &[&str]) -> Result<Sweep> {
        let axes = axes
            .iter()
            .map(|a| Axis::parse(a, "KRW"))
            .collect::<Result<Vec<_>>>()?;
        let settings: Vec<(&str, &str)> = axes
            .iter()
            .map(|a| (a.name.as_str(), a.last.as_str()))
            .collect();
        let t = open(&settings)?;
        Sweep::of(&t.table, &t.model, &t.scenario, &t.impact, axes, 1.0)
    }

    #[test]
    fn every_cell_is_the_impact_with_its_values_set() {
        let grid = sweep(&[
            "capex=1조..3조/3",
            "domestic=0..0.5/6",
            "household_share=0.6..0.8/3",
        ])
        .expect("a grid");
        assert_eq!(grid.cells.len(), 54);
        assert_eq!(grid.cells[0].parameters, [1e12, 0.0, 0.6]);
        assert_eq!(grid.cells[53].parameters, [3e12, 0.5, 0.8]);
        let figure = |id: &str| {
            grid.figures
                .iter()
                .position(|f| f.id == id)
                .expect("the figure")
        };
        for cell in [&grid.cells[7], &grid.cells[40]] {
            let [capex, domestic, share] = cell.parameters[..] else {
                panic!("three parameters");
            };
            let set = [
                ("capex", format!("{}억", capex / 1e8)),
                ("domestic", domestic.to_string()),
                ("household_share", share.to_string()),
            ];
            let set: Vec<(&str, &str)> = set.iter().map(|(n, f)| (*n, f.as_str())).collect();
            let impact = open(&set).expect("valid").impact;
            let effects = impact.effects.one_off.as_ref().expect("one-off");
            for (id, value) in [
                ("spending", effects.spending.total.as_millions()),
                ("output", effects.output.sums().total()),
                ("value_added_type1", effects.value_added.sums().type1()),
                (
                    "jobs",
                    effects.account("jobs").expect("jobs").sums().total(),
                ),
            ] {
                approx::assert_relative_eq!(cell.values[figure(id)], value, max_relative = 1e-10);
            }
        }
        let json = serde_json::to_string(&grid).expect("JSON");
        assert_eq!(serde_json::from_str::<Sweep>(&json).expect("read"), grid);
        #[cfg(feature = "report")]
        for most in [5, usize::MAX] {
            let document = grid.document(crate::Lang::Ko, most);
            let crate::report::Block::Table(table) = &document.sections[0].blocks[0] else {
                panic!("a table");
            };
            assert_eq!(table.rows.len(), most.min(54));
            assert!(
                table
                    .rows
                    .iter()
                    .all(|r| r.cells.len() == table.columns.len())
            );
        }
    }

    #[test]
    fn what_cannot_be_swept_is_refused() {
        let refused = |axes: &[&str]| sweep(axes).expect_err("refused").to_string();
        assert!(refused(&["capx=1조..3조/3"]).contains("did you mean capex?"));
        assert!(refused(&["capex=1조..3조/1000", "domestic=0..1/1001"]).contains("1000000 cells"));
        assert!(refused(&["domestic=0..1/2", "domestic=0..1/2"]).contains("twice"));
        assert!(refused(&["domestic=-1..1/5"]).contains("at domestic=-1"));
        assert!(refused(&[]).contains("nothing is varied"));
        for (text, reason) in [
            ("capex", "no ="),
            ("capex=1조..3조", "how many steps"),
            ("capex=1조/3", "not a range"),
            ("capex=1조..3조/0", "number of steps"),
            ("capex=1조..3조/x", "number of steps"),
            ("capex=1조..3/3", "different units"),
            ("capex=a..b/3", "no parameter 'a'"),
            ("=1..3/3", "names no parameter"),
            ("capex=$1bn..$2bn/3", "exchange rate"),
        ] {
            let message = Axis::parse(text, "KRW").expect_err(text).to_string();
            assert!(message.contains(reason), "{text}: {message}");
        }
        let scenario = open(&[]).expect("valid").scenario;
        let axis = Axis::parse("capex=1..3/3", "KRW").expect("a range");
        assert!(
            axis.check(&scenario)
                .expect_err("kinds")
                .to_string()
                .contains("an amount of money")
        );
        assert!(
            Axis::parse("domestic=0..1/3", "KRW")
                .expect("a range")
                .check(&scenario)
                .is_ok()
        );
    }
}
