//! A table of coefficients put together in memory.

use super::{Cells, Description};
use crate::error::Result;
use crate::lang::Name;
use crate::table::write::native;
use crate::table::{AnyTable, CoefficientTable, Coefficients, Deflators, Kind, Meta};

/// A table of coefficients, put together in memory. Made by [`CoefficientTable::builder`].
#[derive(Debug, Clone)]
pub struct CoefficientTableBuilder {
    described: Description,
    domestic: Option<Cells>,
    imported: Option<Cells>,
    value_added: Option<Vec<f64>>,
}

impl CoefficientTable {
    /// A table of coefficients of one's own, by its id and the year of its prices.
    ///
    /// Needed are the sectors and the domestic coefficients. What is left out: no imported inputs, and value
    /// added as what is left of 1.
    ///
    /// ```
    /// use leontief::Model;
    /// use leontief::table::CoefficientTable;
    ///
    /// let table = CoefficientTable::builder("two", 2022)
    ///     .sectors([("1", "Agriculture"), ("2", "Manufacturing")])
    ///     .domestic([[0.15, 0.25], [0.2, 0.05]])
    ///     .build()?;
    /// let l = Model::new(&table)?.leontief_inverse();
    /// assert!((l[(0, 0)] - 1.2541).abs() < 5e-5);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn builder(id: &str, year: i32) -> CoefficientTableBuilder {
        CoefficientTableBuilder {
            described: Description::new(id, year, Kind::Coefficients),
            domestic: None,
            imported: None,
            value_added: None,
        }
    }
}

impl CoefficientTableBuilder {
    described!();

    /// Ad, n x n: what a unit of each column's output uses of the domestic product of each row.
    pub fn domestic(mut self, coefficients: impl Into<Cells>) -> Self {
        self.domestic = Some(coefficients.into());
        self
    }

    /// Am, n x n: the same of imported products; default none.
    pub fn imported(mut self, coefficients: impl Into<Cells>) -> Self {
        self.imported = Some(coefficients.into());
        self
    }

    /// v, n: value added per unit of output; default what is left of 1.
    pub fn value_added(mut self, coefficients: impl IntoIterator<Item = f64>) -> Self {
        self.value_added = Some(coefficients.into_iter().collect());
        self
    }

    /// Persons in work per billion of output, n: the account that reports know as jobs.
    pub fn jobs(self, per_billion: impl IntoIterator<Item = f64>) -> Self {
        self.account("jobs", ("Jobs", "취업자"), ("persons", "명"), per_billion)
    }

    /// Something counted by sector that is not money, n, per billion of output: its id, title and unit.
    pub fn account(
        mut self,
        id: &str,
        title: impl Into<Name>,
        unit: impl Into<Name>,
        per_billion: impl IntoIterator<Item = f64>,
    ) -> Self {
        self.described
            .account(id, title.into(), unit.into(), per_billion);
        self
    }

    /// The table. Its content hash is that of the files it would be written as.
    ///
    /// # Errors
    /// As [`Coefficients::new`]: a block of the wrong shape, named as its file is; a column that does not add
    /// up to 1.
    pub fn build(self) -> Result<AnyTable> {
        let Self { described, .. } = &self;
        let classification = described.classification()?;
        let domestic = described.needed("domestic_coefficients", self.domestic.as_ref())?;
        let imported = described.matrix("import_coefficients", self.imported.as_ref())?;
        let value_added = match &self.value_added {
            Some(values) => described.vector("value_added_coefficients", values)?,
            None => (domestic.row_sum() + imported.row_sum())
                .transpose()
                .map(|inputs| 1.0 - inputs),
        };
        // Money is held in millions: a thousandth of a billion's.
        let accounts = described.accounts()?.into_iter().map(|a| a * 1e-3);
        let coefficients = Coefficients::new(
            described.meta.clone(),
            classification,
            domestic,
            imported,
            value_added,
            accounts.collect(),
        )?;
        let mut table = CoefficientTable::new(coefficients, String::new())
            .with_deflators(self.described.deflators);
        table.content_hash = native::hash_of_coefficients(&table)?;
        Ok(AnyTable::from(table))
    }
}
