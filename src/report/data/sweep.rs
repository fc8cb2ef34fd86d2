//! A grid of scenarios as rows: a figure of a cell each, the parameters in columns of their own.

use super::ensemble::measure_and_stage;
use super::row::kind_name;
use super::{COLUMNS, Data, MoneyUnit, Nothing, Row, Sink, million};
use crate::error::{Error, Result};
use crate::impact::Receipt;
use crate::lang::Text;
use crate::uncertainty::sweep::{Axis, Sweep};
use serde::Serialize;
use serde::ser::{SerializeMap, SerializeSeq, Serializer};

/// A sweep as it stands in files.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct Grid<'a> {
    /// The title of the scenario.
    name: &'a Text,
    /// What it was computed with.
    receipt: &'a Receipt,
    /// The parameters varied.
    parameters: Vec<Parameter<'a>>,
    /// An object for each figure of each cell: the parameters by name, `kind`, `measure`, `stage`,
    /// `value`, `unit`.
    #[cfg_attr(
        feature = "report",
        schemars(with = "Vec<std::collections::BTreeMap<String, serde_json::Value>>")
    )]
    rows: Rows<'a>,
}

/// A parameter that varies.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct Parameter<'a> {
    /// Its name in the scenario.
    name: &'a str,
    /// Its unit, where it is money: "million KRW".
    unit: String,
    /// Its values.
    values: Vec<f64>,
}

#[derive(Debug, Clone, Copy)]
struct Rows<'a>(&'a Sweep);

impl<'a> Grid<'a> {
    /// The rows of a sweep.
    pub fn of(sweep: &'a Sweep) -> Self {
        let parameter = |axis: &'a Axis| Parameter {
            name: &axis.name,
            unit: if axis.money {
                million(&sweep.receipt.currency)
            } else {
                String::new()
            },
            values: axis.values.iter().map(|v| in_unit(axis, *v)).collect(),
        };
        Grid {
            name: &sweep.name,
            receipt: &sweep.receipt,
            parameters: sweep.axes.iter().map(parameter).collect(),
            rows: Rows(sweep),
        }
    }
}

/// Money is in millions like all else.
fn in_unit(axis: &Axis, value: f64) -> f64 {
    if axis.money { value / 1e6 } else { value }
}

impl Rows<'_> {
    fn each(self, sink: &mut Sink) -> Result<()> {
        let sweep = self.0;
        let money = million(&sweep.receipt.currency);
        let figures = sweep.figures.iter();
        let units: Vec<String> = figures
            .map(|figure| match figure.money {
                true => money.clone(),
                false => figure.unit.text().en,
            })
            .collect();
        for cell in &sweep.cells {
            let parameters: Vec<f64> = sweep
                .axes
                .iter()
                .zip(&cell.parameters)
                .map(|(axis, value)| in_unit(axis, *value))
                .collect();
            let figures = sweep.figures.iter().zip(&units);
            for ((figure, unit), value) in figures.zip(&cell.values) {
                let (measure, stage) = match figure.kind {
                    Some(_) => measure_and_stage(&figure.id),
                    None => ("indicator", ""),
                };
                sink(&Row {
                    scenario: &sweep.name.en,
                    table: &sweep.receipt.table,
                    kind: figure.kind,
                    item: if figure.kind.is_none() {
                        &figure.id
                    } else {
                        ""
                    },
                    measure,
                    stage,
                    value: *value,
                    unit,
                    parameters: &parameters,
                    ..Row::default()
                })?;
            }
        }
        Ok(())
    }
}

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let names = names(self.0);
        let count = self.0.cells.len() * self.0.figures.len();
        let mut rows = serializer.serialize_seq(Some(count))?;
        let mut failed = None;
        let done = self.each(&mut |row| {
            let object = Object { names: &names, row };
            rows.serialize_element(&object).map_err(|error| {
                let said = Error::unwritable("JSON", &error);
                failed = Some(error);
                said
            })
        });
        match (done, failed) {
            (_, Some(error)) => Err(error),
            (Err(error), None) => Err(serde::ser::Error::custom(error)),
            (Ok(()), None) => rows.end(),
        }
    }
}

struct Object<'a, 'r> {
    names: &'a [String],
    row: &'a Row<'r>,
}

impl Serialize for Object<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, value) in self.names.iter().zip(self.row.parameters) {
            map.serialize_entry(name, value)?;
        }
        map.serialize_entry("kind", self.row.kind.map_or("", kind_name))?;
        map.serialize_entry("item", self.row.item)?;
        map.serialize_entry("measure", self.row.measure)?;
        map.serialize_entry("stage", self.row.stage)?;
        map.serialize_entry("value", &self.row.value)?;
        map.serialize_entry("unit", self.row.unit)?;
        map.end()
    }
}

/// The names of the columns of parameters: a name that a column has already is set apart.
fn names(sweep: &Sweep) -> Vec<String> {
    let name = |axis: &Axis| match COLUMNS.contains(&axis.name.as_str()) {
        true => format!("set_{}", axis.name),
        false => axis.name.clone(),
    };
    sweep.axes.iter().map(name).collect()
}

impl Data for Grid<'_> {
    type Ready = Nothing;

    fn kind(&self) -> &'static str {
        "sweep"
    }

    fn money(&self) -> Option<MoneyUnit> {
        Some(MoneyUnit::millions(&self.receipt.currency))
    }

    fn parameters(&self) -> Vec<String> {
        names(self.rows.0)
    }

    fn rows(&self, sink: &mut Sink) -> Result<()> {
        self.rows.each(sink)
    }
}
