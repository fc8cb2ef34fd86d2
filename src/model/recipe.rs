//! Products made by a recipe: with inputs of their own instead of their sector's average column.
//!
//! Output y of a product that is made by a recipe buys a_d y at home and a_m y abroad and pays v y of
//! value added, 1'a_d + 1'a_m + v = 1; its suppliers have the columns that they always have:
//!
//! ```text
//! x = f + y + (L - I) f + L a_d y
//! ```
//!
//! f is demand met by average columns (n), y by recipes (n). Direct output is f + y; what a recipe buys
//! is the first round of suppliers. This is analysis by parts, or the bill of goods (Miller & Blair, 3rd
//! ed., ch. 14).

use crate::table::{Coefficients, Matrix, PrimaryInputRole};
use crate::units::Measures;
use nalgebra::DVector;
use serde::{Deserialize, Serialize};

/// Demand for domestic products, by who makes them; in the table's unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Demand {
    /// f: made with the average inputs of their sectors, n.
    pub average: DVector<f64>,
    /// Made by recipes, each product once.
    pub by_recipe: Vec<ByRecipe>,
}

/// What recipes make of one product, with their inputs; money in the table's unit.
///
/// Value added is what output leaves after inputs; its parts need not all be known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ByRecipe {
    /// The position of the product's sector.
    pub sector: usize,
    /// Gross output.
    pub output: f64,
    /// Domestic inputs by product, n.
    pub inputs: Vec<f64>,
    /// Imported inputs by product, n.
    pub imports: Vec<f64>,
    /// Value added by its parts.
    pub parts: Vec<(PrimaryInputRole, f64)>,
    /// Satellite accounts by their id: jobs, persons; those that are not named are zero.
    pub accounts: Vec<(String, f64)>,
    /// Paid with the product but for no product: income of capital (see the recipe's
    /// `capital_income`). No output, no value added.
    pub capital_income: f64,
    /// Of operating surplus and of capital income: what belongs to owners abroad.
    pub income_abroad: f64,
}

impl From<DVector<f64>> for Demand {
    fn from(average: DVector<f64>) -> Self {
        Demand {
            average,
            by_recipe: Vec::new(),
        }
    }
}

impl From<&DVector<f64>> for Demand {
    fn from(average: &DVector<f64>) -> Self {
        Demand::from(average.clone())
    }
}

impl From<&Demand> for Demand {
    fn from(demand: &Demand) -> Self {
        demand.clone()
    }
}

impl Demand {
    /// No demand for `n` products.
    pub fn none(n: usize) -> Self {
        Demand::from(DVector::zeros(n))
    }

    /// f + y: the output that is demanded, n.
    pub fn output(&self) -> DVector<f64> {
        let mut output = self.average.clone();
        for made in &self.by_recipe {
            output[made.sector] += made.output;
        }
        output
    }

    /// f + a_d y, n: what average columns have to meet. Output is y + L (f + a_d y).
    pub fn of_average_columns(&self) -> DVector<f64> {
        let mut demand = self.average.clone();
        for made in &self.by_recipe {
            demand += DVector::from_column_slice(&made.inputs);
        }
        demand
    }

    /// y, n.
    pub fn output_by_recipe(&self) -> DVector<f64> {
        let mut output = DVector::zeros(self.average.len());
        for made in &self.by_recipe {
            output[made.sector] += made.output;
        }
        output
    }

    /// Ad f + a_d y, n: what it takes from the first suppliers.
    pub fn first_suppliers(&self, domestic: &Matrix) -> DVector<f64> {
        let mut first = domestic * &self.average;
        for made in &self.by_recipe {
            first += DVector::from_column_slice(&made.inputs);
        }
        first
    }

    /// Am f + a_m y: imported inputs of the demand itself, by product as [`Coefficients::imports_of`] has
    /// them.
    pub fn direct_imports(&self, coefficients: &Coefficients) -> DVector<f64> {
        let mut imports = coefficients.imports_of(&self.average);
        for made in &self.by_recipe {
            for (sum, more) in imports.iter_mut().zip(&made.imports) {
                *sum += more;
            }
        }
        imports
    }

    /// Adds what a recipe makes to what recipes make of the same product.
    pub fn add_by_recipe(&mut self, made: ByRecipe) {
        match self.by_recipe.iter_mut().find(|m| m.sector == made.sector) {
            Some(sum) => sum.add(&made),
            None => self.by_recipe.push(made),
        }
    }

    /// Adds another demand.
    pub fn add(&mut self, other: &Demand) {
        self.average += &other.average;
        for made in &other.by_recipe {
            self.add_by_recipe(made.clone());
        }
    }

    /// All of it times a factor.
    pub fn scaled(&self, by: f64) -> Self {
        Demand {
            average: &self.average * by,
            by_recipe: self.by_recipe.iter().map(|m| m.scaled(by, by)).collect(),
        }
    }
}

impl ByRecipe {
    /// What output leaves after domestic and imported inputs.
    pub fn value_added(&self) -> f64 {
        self.output - self.inputs.iter().sum::<f64>() - self.imports.iter().sum::<f64>()
    }

    /// Its output, value added, imported inputs and jobs.
    pub fn measures(&self) -> Measures<f64> {
        Measures {
            output: self.output,
            value_added: self.value_added(),
            imports: self.imports.iter().sum(),
            jobs: self.account("jobs"),
        }
    }

    /// A part of value added; zero where it is not known.
    pub fn part(&self, role: PrimaryInputRole) -> f64 {
        let of_role = self.parts.iter().filter(|(r, _)| *r == role);
        of_role.map(|(_, amount)| amount).sum()
    }

    /// A satellite account; zero where it is not named.
    pub fn account(&self, id: &str) -> f64 {
        let named = self.accounts.iter().filter(|(of, _)| of == id);
        named.map(|(_, amount)| amount).sum()
    }

    /// All of it times a factor, and what counts persons times another.
    pub fn scaled(&self, by: f64, persons: f64) -> Self {
        let all = |v: &[f64]| v.iter().map(|x| x * by).collect();
        ByRecipe {
            sector: self.sector,
            output: self.output * by,
            inputs: all(&self.inputs),
            imports: all(&self.imports),
            parts: self.parts.iter().map(|(r, x)| (*r, x * by)).collect(),
            accounts: self
                .accounts
                .iter()
                .map(|(id, x)| {
                    let by = if crate::table::counts_persons(id) {
                        persons
                    } else {
                        by
                    };
                    (id.clone(), x * by)
                })
                .collect(),
            capital_income: self.capital_income * by,
            income_abroad: self.income_abroad * by,
        }
    }

    fn add(&mut self, other: &ByRecipe) {
        let add = |a: &mut [f64], b: &[f64]| a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
        self.output += other.output;
        add(&mut self.inputs, &other.inputs);
        add(&mut self.imports, &other.imports);
        for (role, amount) in &other.parts {
            match self.parts.iter_mut().find(|(r, _)| r == role) {
                Some((_, sum)) => *sum += amount,
                None => self.parts.push((*role, *amount)),
            }
        }
        for (id, amount) in &other.accounts {
            match self.accounts.iter_mut().find(|(of, _)| of == id) {
                Some((_, sum)) => *sum += amount,
                None => self.accounts.push((id.clone(), *amount)),
            }
        }
        self.capital_income += other.capital_income;
        self.income_abroad += other.income_abroad;
    }
}
