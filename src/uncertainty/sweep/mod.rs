//! Sweeps: a scenario worked out over a full grid of its parameters.

mod axis;

pub use axis::{Axis, MOST_STEPS};

use super::draws::{Chance, Draws, Engine, Figure, in_parallel};
use super::lanes::{Lanes, WIDTH};
use crate::error::{Error, Result};
use crate::impact::{Impact, Receipt};
use crate::lang::{Text, said};
use crate::memory;
use crate::model::Model;
use crate::scenario::Scenario;
use crate::scenario::formula::Number;
use crate::table::AnyTable;
use serde::{Deserialize, Serialize};
use std::ops::Range;

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
    /// As [`Cells::new`] and [`Cells::some`]; a grid that does not fit into memory ([`crate::memory`]).
    pub fn of(
        table: &AnyTable,
        model: &Model,
        scenario: &Scenario,
        impact: &Impact,
        axes: Vec<Axis>,
        scale: f64,
    ) -> Result<Self> {
        let cells = Cells::new(table, model, scenario, impact, axes, scale)?;
        cells.check_memory(&Text::default())?;
        let all = cells.some(0..cells.count())?;
        Ok(cells.sweep(all))
    }
}

/// The cells of a grid before they are worked out: for runs that are long, that are told of, or that go on
/// where others ended.
pub struct Cells<'a> {
    engine: Engine<'a>,
    /// Where the figures told of stand in a record.
    headline: Vec<(usize, Figure)>,
    axes: Vec<Axis>,
    /// The figure of the scenario that each axis varies.
    places: Vec<usize>,
    count: usize,
}

impl<'a> Cells<'a> {
    /// Cells are worked out so many at a time: a part of a grid begins at a multiple of it.
    pub const BLOCK: usize = WIDTH;

    /// The cells of a grid; as [`Sweep::of`], with nothing worked out yet.
    ///
    /// # Errors
    /// No axes or one twice; a name that is none of the scenario's; more cells than can be counted.
    pub fn new(
        table: &'a AnyTable,
        model: &'a Model,
        scenario: &'a Scenario,
        impact: &'a Impact,
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
        if axes.is_empty() {
            return Err(Error::invalid(said!(
                "nothing is varied: name a parameter and its range, as in capex=1조..30조/10",
                "바꿀 매개변수가 없습니다. 이름과 범위를 쓰십시오. 예: capex=1조..30조/10"
            )));
        }
        let count = axes
            .iter()
            .try_fold(1_usize, |count, axis| count.checked_mul(axis.values.len()))
            .ok_or_else(|| {
                Error::invalid(said!(
                    "the grid has more cells than can be counted: take fewer steps",
                    "격자의 칸이 셀 수 없을 만큼 많습니다. 단계 수를 줄이십시오"
                ))
            })?;
        let draws = Draws {
            sectors: 0,
            scale,
            // A cell is not drawn.
            split_error: Some(0.0),
            ..Draws::default()
        };
        let engine = Engine::new(table, model, Some(scenario), impact, &draws)?;
        Ok(Cells {
            headline: engine.headline(),
            engine,
            axes,
            places,
            count,
        })
    }

    /// How many cells there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The figures of every cell.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        self.headline.iter().map(|(_, figure)| figure)
    }

    /// The memory that all cells take, in bytes.
    pub fn bytes(&self) -> u64 {
        // Two blocks of numbers a cell, each with what it costs to set one aside.
        let block = |numbers: usize| (8 * numbers as u64 + 8).next_multiple_of(16);
        let cell =
            size_of::<GridCell>() as u64 + block(self.axes.len()) + block(self.headline.len());
        (self.count as u64).saturating_mul(cell)
    }

    /// Refuses a grid that does not fit into memory; `takes` is said of it (" (about 3 h)").
    ///
    /// # Errors
    /// With the number of cells and what they need.
    pub fn check_memory(&self, takes: &Text) -> Result<()> {
        let count = self.count;
        let (takes_en, takes_ko) = (&takes.en, &takes.ko);
        memory::check(self.bytes(), |_| {
            [
                said!(
                    "a grid of {count} cells{takes_en}",
                    "칸이 {count}개인 격자{takes_ko}에"
                ),
                said!("take fewer steps", "단계 수를 줄이거나"),
            ]
        })
    }

    /// The value of each axis in a cell.
    fn parameters(&self, cell: usize) -> Vec<f64> {
        let mut rest = cell;
        let mut values: Vec<f64> = self
            .axes
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
    }

    /// A cell whose figures are known, n for [`Cells::figures`].
    pub fn known(&self, cell: usize, values: Vec<f64>) -> GridCell {
        GridCell {
            parameters: self.parameters(cell),
            values,
        }
    }

    /// Works out the cells of a range that begins at a multiple of [`Cells::BLOCK`], on all cores; each is
    /// the same to the last bit in whatever parts a grid is worked out.
    ///
    /// # Errors
    /// A cell that cannot be worked out, named by its values.
    pub fn some(&self, range: Range<usize>) -> Result<Vec<GridCell>> {
        let end = range.end.min(self.count);
        let blocks = end.saturating_sub(range.start).div_ceil(WIDTH);
        let blocks = in_parallel(blocks, |block| {
            let first = range.start + block * WIDTH;
            self.block(first..end.min(first + WIDTH))
        });
        let mut cells = Vec::with_capacity(end.saturating_sub(range.start));
        for block in blocks {
            cells.extend(block?);
        }
        Ok(cells)
    }

    fn block(&self, range: Range<usize>) -> Result<Vec<GridCell>> {
        let cells: Vec<Vec<f64>> = range.map(|cell| self.parameters(cell)).collect();
        let given: Vec<(usize, Lanes)> = self
            .places
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
        let worked_out = self.engine.record(&given, Chance::default());
        let record = match worked_out {
            Ok(record) if record.clamped.iter().all(|c| *c == 0) => record,
            // A draw outside is put at the bound; a cell outside was asked for and is refused.
            other => {
                for (lane, cell) in cells.iter().enumerate() {
                    let alone: Vec<(usize, Lanes)> = given
                        .iter()
                        .map(|(at, values)| (*at, Lanes::constant(values.0[lane])))
                        .collect();
                    self.engine
                        .record(&alone, Chance::default())
                        .map_err(|e| in_cell(e, &self.axes, cell))?;
                }
                other?
            }
        };
        let cells = cells.into_iter().enumerate().map(|(lane, parameters)| {
            let value = |(at, _): &(usize, Figure)| record.columns[*at].0[lane];
            GridCell {
                parameters,
                values: self.headline.iter().map(value).collect(),
            }
        });
        Ok(cells.collect())
    }

    /// The sweep of all its cells, in their order.
    pub fn sweep(self, cells: Vec<GridCell>) -> Sweep {
        Sweep {
            name: self.engine.impact.name.clone(),
            receipt: self.engine.impact.receipt.clone(),
            cells,
            figures: self
                .headline
                .into_iter()
                .map(|(_, figure)| figure)
                .collect(),
            axes: self.axes,
        }
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
        let many = refused(&["capex=1조..3조/1000000", "domestic=0..1/1000000"]);
        assert!(
            many.starts_with("a grid of 1000000000000 cells needs "),
            "{many}"
        );
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
