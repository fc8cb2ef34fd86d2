//! Figures by sector, column by column: the answer to a question that every sector has its own figures to.

use crate::error::{Error, Result};
use crate::lang::said;
use crate::table::{Account, SectorName};
use serde::{Deserialize, Serialize};

/// Columns of figures, one figure a sector in each.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Sheet {
    /// The sectors, m.
    pub sectors: Vec<SectorName>,
    /// The columns, m figures each.
    pub columns: Vec<SheetColumn>,
}

/// One figure of every sector.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SheetColumn {
    /// What is measured: "output", "jobs".
    pub measure: String,
    /// Which part of it: "first_round"; empty for all of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub stage: String,
    /// What it is counted in.
    pub unit: FigureUnit,
    /// A figure a sector; `None` where the sector has none.
    pub values: Vec<Option<f64>>,
}

/// What a figure of a sector is counted in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FigureUnit {
    /// Money per unit of money.
    Ratio,
    /// An account per **billion** of the currency.
    PerBillion(Account),
    /// Money, in the table's unit.
    Money,
    /// An account, in its own unit.
    Amount(Account),
    /// So many times something of the same kind.
    Times,
    /// An index whose mean is 1.
    Index,
    /// A share: 0.2 is 20 %.
    Share,
    /// Rounds of production.
    Rounds,
    /// A number of things.
    Count,
}

impl Sheet {
    /// A sheet without columns.
    pub(crate) fn of(sectors: Vec<SectorName>) -> Self {
        let columns = Vec::new();
        Sheet { sectors, columns }
    }

    /// Adds a column, a figure a sector.
    pub(crate) fn add(
        &mut self,
        (measure, stage): (&str, &str),
        unit: FigureUnit,
        values: impl IntoIterator<Item = Option<f64>>,
    ) {
        self.columns.push(SheetColumn {
            measure: measure.to_owned(),
            stage: stage.to_owned(),
            unit,
            values: values.into_iter().collect(),
        });
    }

    /// The column of a name: its measure, with its stage behind it ("jobs", "jobs_first_round").
    pub fn column(&self, id: &str) -> Option<&SheetColumn> {
        self.columns.iter().find(|column| column.id() == id)
    }

    /// The same, the largest of a column first and those without a figure last; "code" sorts by the codes.
    ///
    /// # Errors
    /// A column that is not there, with those that are.
    pub fn sorted_by(&self, id: &str) -> Result<Self> {
        let mut order: Vec<usize> = (0..self.sectors.len()).collect();
        if id == "code" {
            order.sort_by(|a, b| self.sectors[*a].code.cmp(&self.sectors[*b].code));
            return Ok(self.picked(&order));
        }
        let column = self.column(id).ok_or_else(|| {
            let known: Vec<String> = self.columns.iter().map(SheetColumn::id).collect();
            Error::invalid(said!(
                "there is no column '{id}' to sort by; there are code, {known}",
                "정렬 기준으로 쓸 '{id}' 열이 없습니다. 쓸 수 있는 열: code, {known}",
                known = known.join(", ")
            ))
        })?;
        let value = |at: usize| column.values[at].unwrap_or(f64::NEG_INFINITY);
        order.sort_by(|a, b| value(*b).total_cmp(&value(*a)));
        Ok(self.picked(&order))
    }

    /// The sectors at some positions alone, in that order.
    ///
    /// # Errors
    /// A position that is not there.
    pub fn only(&self, positions: &[usize]) -> Result<Self> {
        check_positions(positions, self.sectors.len())?;
        Ok(self.picked(positions))
    }

    /// The first `count` sectors alone.
    pub fn first(&self, count: usize) -> Self {
        let order: Vec<usize> = (0..self.sectors.len().min(count)).collect();
        self.picked(&order)
    }

    fn picked(&self, order: &[usize]) -> Self {
        let columns = self.columns.iter().map(|column| SheetColumn {
            values: order.iter().map(|at| column.values[*at]).collect(),
            ..column.clone()
        });
        Sheet {
            columns: columns.collect(),
            sectors: order.iter().map(|at| self.sectors[*at].clone()).collect(),
        }
    }
}

impl SheetColumn {
    /// Its name: the measure, with the stage behind it where there is one.
    pub fn id(&self) -> String {
        match self.stage.as_str() {
            "" => self.measure.clone(),
            stage => format!("{}_{stage}", self.measure),
        }
    }
}

/// Refuses positions that `n` sectors do not have.
pub(crate) fn check_positions(positions: &[usize], n: usize) -> Result<()> {
    match positions.iter().find(|at| **at >= n) {
        None => Ok(()),
        Some(at) => Err(Error::invalid(said!(
            "there is no sector at position {at}: there are {n}, from 0",
            "위치 {at}에 부문이 없습니다. 부문은 {n}개이고 위치는 0부터 셉니다"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Text;

    fn sheet() -> Sheet {
        let name = |code: &str| SectorName {
            code: code.to_owned(),
            name: Text::same(code),
        };
        let mut sheet = Sheet::of(vec![name("b"), name("a"), name("c")]);
        let values = [Some(1.0), None, Some(2.0)];
        sheet.add(("output", ""), FigureUnit::Ratio, values);
        sheet.add(("output", "own"), FigureUnit::Ratio, [Some(3.0); 3]);
        sheet
    }

    fn codes(sheet: &Sheet) -> Vec<&str> {
        sheet.sectors.iter().map(|s| s.code.as_str()).collect()
    }

    #[test]
    fn what_has_no_figure_is_last() {
        let sorted = sheet().sorted_by("output").expect("a column");
        assert_eq!(codes(&sorted), ["c", "b", "a"]);
        assert_eq!(sorted.columns[0].values, [Some(2.0), Some(1.0), None]);
        let by_code = sorted.sorted_by("code").expect("codes");
        assert_eq!(codes(&by_code.first(2)), ["a", "b"]);
    }

    #[test]
    fn a_column_or_a_position_that_is_not_there_is_refused_with_those_that_are() {
        let error = sheet().sorted_by("height").expect_err("none").to_string();
        assert!(error.contains("code, output, output_own"), "{error}");
        assert!(sheet().only(&[3]).is_err());
        assert_eq!(codes(&sheet().only(&[2, 0]).expect("there")), ["c", "b"]);
    }
}
