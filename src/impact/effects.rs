//! Effects of a demand: by sector, by stage (direct, indirect, induced).

use crate::error::{Error, Result};
use crate::model::Model;
use crate::table::{Account, PrimaryInputRole};
use crate::units::Money;
use nalgebra::DVector;
use serde::{Deserialize, Serialize};

/// Effects by sector (n each), money in millions, accounts in their unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Effects {
    /// What is spent and where it goes first.
    pub spending: Spending,
    /// Gross output by producing sector.
    pub output: Stages,
    /// Value added by producing sector.
    pub value_added: Stages,
    /// The parts of value added, where the table has them.
    pub parts: Vec<(PrimaryInputRole, Stages)>,
    /// Imported inputs by product; in the induced stage also what households import themselves.
    pub imports: Stages,
    /// The satellite accounts: jobs first of all.
    pub accounts: Vec<AccountEffects>,
}

/// Where spending goes first.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Spending {
    /// All of it.
    pub total: Money,
    /// Demand for domestic products, margins included: what the model takes on.
    pub domestic: Money,
    /// Imported at once.
    pub imported: Money,
    /// Taxes on products.
    pub tax: Money,
}

/// A satellite account's effects.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AccountEffects {
    /// Which.
    pub account: Account,
    /// Its effects by sector.
    pub effects: Stages,
}

/// A figure by sector and stage.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Stages {
    /// Of the demand itself.
    pub direct: Vec<f64>,
    /// Of the suppliers and theirs.
    pub indirect: Vec<f64>,
    /// Of household spending; all zero in an open model.
    pub induced: Vec<f64>,
}

/// The sums of [`Stages`] over sectors.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Sums {
    /// Of the demand itself.
    pub direct: f64,
    /// Of the suppliers and theirs.
    pub indirect: f64,
    /// Of household spending.
    pub induced: f64,
}

impl Sums {
    /// Direct and indirect: what Type I counts.
    pub fn type1(self) -> f64 {
        self.direct + self.indirect
    }

    /// All three.
    pub fn total(self) -> f64 {
        self.direct + self.indirect + self.induced
    }
}

impl Stages {
    pub(super) fn new(direct: DVector<f64>, indirect: DVector<f64>, induced: DVector<f64>) -> Self {
        let vec = |v: DVector<f64>| v.data.into();
        Stages {
            direct: vec(direct),
            indirect: vec(indirect),
            induced: vec(induced),
        }
    }

    /// The three sums over sectors.
    pub fn sums(&self) -> Sums {
        Sums {
            direct: self.direct.iter().sum(),
            indirect: self.indirect.iter().sum(),
            induced: self.induced.iter().sum(),
        }
    }

    /// Direct and indirect of one sector: what Type I counts.
    pub fn type1(&self, sector: usize) -> f64 {
        self.direct[sector] + self.indirect[sector]
    }

    /// All stages of one sector.
    pub fn of(&self, sector: usize) -> f64 {
        self.direct[sector] + self.indirect[sector] + self.induced[sector]
    }

    fn scaled(&self, by: f64) -> Self {
        let scale = |v: &[f64]| v.iter().map(|x| x * by).collect();
        Stages {
            direct: scale(&self.direct),
            indirect: scale(&self.indirect),
            induced: scale(&self.induced),
        }
    }

    fn add(&mut self, other: &Stages) {
        let add = |a: &mut Vec<f64>, b: &[f64]| a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
        add(&mut self.direct, &other.direct);
        add(&mut self.indirect, &other.indirect);
        add(&mut self.induced, &other.induced);
    }
}

impl Effects {
    /// A satellite account by its id: "jobs".
    pub fn account(&self, id: &str) -> Option<&Stages> {
        self.accounts
            .iter()
            .find(|a| a.account.id == id)
            .map(|a| &a.effects)
    }

    /// All that leaves the country: imported at once, as inputs, and by households; in millions.
    pub fn leakage(&self) -> f64 {
        self.spending.imported.as_millions() + self.imports.sums().total()
    }

    /// All of it times a factor: a share of a year, a probability.
    pub fn scaled(&self, by: f64) -> Self {
        self.scaled_with_labour(by, by)
    }

    /// All of it times a factor, and what counts persons times another.
    pub(super) fn scaled_with_labour(&self, by: f64, persons: f64) -> Self {
        let s = self.spending;
        Effects {
            spending: Spending {
                total: s.total * by,
                domestic: s.domestic * by,
                imported: s.imported * by,
                tax: s.tax * by,
            },
            output: self.output.scaled(by),
            value_added: self.value_added.scaled(by),
            parts: self
                .parts
                .iter()
                .map(|(role, stages)| (*role, stages.scaled(by)))
                .collect(),
            imports: self.imports.scaled(by),
            accounts: self
                .accounts
                .iter()
                .map(|a| {
                    let by = if is_labour(&a.account) { persons } else { by };
                    AccountEffects {
                        account: a.account.clone(),
                        effects: a.effects.scaled(by),
                    }
                })
                .collect(),
        }
    }

    /// Adds the effects of another phase of the same kind.
    pub(super) fn add(&mut self, other: &Effects) {
        self.spending.total += other.spending.total;
        self.spending.domestic += other.spending.domestic;
        self.spending.imported += other.spending.imported;
        self.spending.tax += other.spending.tax;
        self.output.add(&other.output);
        self.value_added.add(&other.value_added);
        for ((_, own), (_, other)) in self.parts.iter_mut().zip(&other.parts) {
            own.add(other);
        }
        self.imports.add(&other.imports);
        for (own, other) in self.accounts.iter_mut().zip(&other.accounts) {
            own.effects.add(&other.effects);
        }
    }
}

/// Accounts that labour productivity applies to.
fn is_labour(account: &Account) -> bool {
    matches!(account.id.as_str(), "jobs" | "employees")
}

/// Effects of a demand `f` (n) for domestic products, with `imported` (n) leaving at once, in the
/// table's unit (millions).
///
/// # Errors
/// Demand that is not finite; negative output from demand that is nowhere negative, which no
/// productive table gives.
pub fn effects(
    model: &Model,
    f: &DVector<f64>,
    imported: &DVector<f64>,
    tax: f64,
) -> Result<Effects> {
    if f.iter().chain(imported.iter()).any(|v| !v.is_finite()) || !tax.is_finite() {
        return Err(Error::invalid("demand holds a value that is not finite"));
    }
    let c = model.coefficients();
    let output = model.output_for(f);
    let scale = f.amax().max(1.0);
    if f.iter().all(|v| *v >= 0.0)
        && let Some(worst) = (0..output.len()).find(|&i| output[i] < -0.01 * scale)
    {
        return Err(Error::invalid(format!(
            "demand that is nowhere negative gives sector {} a negative output of {:.1}: the table's \
             by-products (negative inputs) outweigh its other uses",
            model.sectors().get(worst),
            output[worst]
        )));
    }
    let indirect = &output - f;
    let (induced, household_imports) = match model.households() {
        Some(households) => {
            let induced = households.induced_by(&output);
            (induced.output, induced.imported)
        }
        None => (DVector::zeros(f.len()), DVector::zeros(f.len())),
    };
    let stages = |per_output: &DVector<f64>| {
        Stages::new(
            per_output.component_mul(f),
            per_output.component_mul(&indirect),
            per_output.component_mul(&induced),
        )
    };
    let imports = Stages::new(
        c.imported() * f,
        c.imported() * &indirect,
        c.imported() * &induced + household_imports,
    );
    let domestic = f.sum();
    let money = Money::from_millions;
    Ok(Effects {
        spending: Spending {
            total: money(domestic + imported.sum() + tax),
            domestic: money(domestic),
            imported: money(imported.sum()),
            tax: money(tax),
        },
        value_added: stages(c.value_added()),
        parts: c
            .primary_inputs()
            .iter()
            .map(|(role, v)| (*role, stages(v)))
            .collect(),
        imports,
        accounts: c
            .accounts()
            .iter()
            .map(|(account, v)| AccountEffects {
                account: account.clone(),
                effects: stages(v),
            })
            .collect(),
        output: Stages::new(f.clone(), indirect, induced),
    })
}
