//! Multipliers by the names of their columns: one of them, sorted by one, those of some sectors.

use super::Multipliers;
use crate::error::{Error, Result};
use crate::lang::said;

impl Multipliers {
    /// The names of the columns that hold numbers: "output", ..., the accounts' ids, "sensitivity".
    pub fn columns(&self) -> Vec<&str> {
        let income = self.sectors.iter().any(|s| s.income.is_some());
        let taxes = self.sectors.iter().any(|s| s.production_taxes.is_some());
        let on_products = self.sectors.iter().any(|s| s.product_taxes.is_some());
        ["output", "value_added", "imports"]
            .into_iter()
            .chain(income.then_some("income"))
            .chain(taxes.then_some("production_taxes"))
            .chain(on_products.then_some("product_taxes"))
            .chain(self.accounts.iter().map(|a| a.id.as_str()))
            .chain(["influence", "sensitivity"])
            .collect()
    }

    /// A column by its name, one value a sector; `None` where there is no such column.
    ///
    /// ```
    /// use leontief::analysis::{MultiplierType, Multipliers};
    /// use leontief::{AnyTable, Model};
    /// let model = Model::new(&AnyTable::open("kr-2023-33")?)?;
    /// let all = Multipliers::of(&model, MultiplierType::Type1)?;
    /// let output = all.column("output").expect("every table has it");
    /// assert!((output[model.sectors().find("건설")?] - 2.058383).abs() < 1e-5);
    /// assert!(all.columns().contains(&"jobs") && all.column("joy").is_none());
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn column(&self, name: &str) -> Option<Vec<f64>> {
        let account = self.accounts.iter().position(|a| a.id == name);
        self.sectors
            .iter()
            .map(|s| match (name, account) {
                ("output", _) => Some(s.output),
                ("value_added", _) => Some(s.value_added),
                ("imports", _) => Some(s.imports),
                ("income", _) => s.income,
                ("production_taxes", _) => s.production_taxes,
                ("product_taxes", _) => s.product_taxes,
                ("influence", _) => Some(s.influence),
                ("sensitivity", _) => Some(s.sensitivity),
                (_, Some(at)) => s.accounts.get(at).copied(),
                _ => None,
            })
            .collect()
    }

    /// The same, the largest of a column first; equal ones in the order they had. "code" sorts by
    /// the codes, smallest first.
    ///
    /// ```
    /// use leontief::analysis::{MultiplierType, Multipliers};
    /// use leontief::{AnyTable, Model};
    /// let model = Model::new(&AnyTable::open("kr-2023-33")?)?;
    /// let sorted = Multipliers::of(&model, MultiplierType::Type1)?.sorted_by("output")?;
    /// assert!(sorted.sectors[0].output >= sorted.sectors[1].output);
    /// assert_eq!(sorted.first(3).sectors.len(), 3);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A column that is not there, with those that are.
    pub fn sorted_by(&self, column: &str) -> Result<Self> {
        let mut order: Vec<usize> = (0..self.sectors.len()).collect();
        if column == "code" {
            order.sort_by(|&a, &b| {
                let code = |i: usize| &self.sectors[i].sector.code;
                code(a).cmp(code(b))
            });
        } else {
            let values = self.column(column).ok_or_else(|| {
                Error::invalid(said!(
                    "there is no column '{column}' to sort by; there are code, {known}",
                    "정렬 기준으로 쓸 '{column}' 열이 없습니다. 쓸 수 있는 열: code, {known}",
                    known = self.columns().join(", ")
                ))
            })?;
            order.sort_by(|&a, &b| values[b].total_cmp(&values[a]));
        }
        Ok(self.picked(order))
    }

    /// The sectors of some codes alone, in the order of the codes. Indices stay as they are: the
    /// mean is that of all sectors.
    ///
    /// ```
    /// use leontief::analysis::{MultiplierType, Multipliers};
    /// use leontief::{AnyTable, Model};
    /// let model = Model::new(&AnyTable::open("kr-2023-33")?)?;
    /// let all = Multipliers::of(&model, MultiplierType::Type1)?;
    /// let construction = model.sectors().get(model.sectors().find("건설")?).code.clone();
    /// let one = all.only(&[construction])?;
    /// assert_eq!(one.sectors.len(), 1);
    /// assert!((one.sectors[0].output - 2.058383).abs() < 1e-5);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A code that is not there.
    pub fn only<S: AsRef<str>>(&self, codes: &[S]) -> Result<Self> {
        let positions = codes
            .iter()
            .map(|code| {
                self.sectors
                    .iter()
                    .position(|s| s.sector.code == code.as_ref())
                    .ok_or_else(|| {
                        Error::invalid(said!(
                            "table {table} has no sector of code '{code}'",
                            "산업연관표 {table}에 코드가 '{code}'인 부문이 없습니다",
                            table = self.provenance.table,
                            code = code.as_ref()
                        ))
                    })
            })
            .collect::<Result<Vec<usize>>>()?;
        Ok(self.picked(positions))
    }

    /// The first `count` sectors alone.
    pub fn first(&self, count: usize) -> Self {
        self.picked((0..self.sectors.len().min(count)).collect())
    }

    fn picked(&self, positions: Vec<usize>) -> Self {
        Multipliers {
            sectors: positions
                .into_iter()
                .map(|i| self.sectors[i].clone())
                .collect(),
            provenance: self.provenance.clone(),
            accounts: self.accounts.clone(),
            notes: self.notes.clone(),
            ..*self
        }
    }
}
