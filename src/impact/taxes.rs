//! Taxes by the kinds that a table tells.
//!
//! Each row of a table that is a tax keeps its name: rows of primary inputs that are taxes less subsidies on production,
//! rows of taxes on products under a table at basic prices, and taxes on imports, which are known by product. With
//! t the row per unit of output
//!
//! ```text
//! on production, on products   t ∘ f, t ∘ (L - I) f, t ∘ induced output; and what households pay on what they buy
//! on imports                   r'm: the rate of each product, taxes over imports c.i.f. and taxes, times what is
//!                              imported at once, as inputs, and by households
//! ```
//!
//! so that all of them come to the net production taxes in value added, and to what makes GDP at market prices of
//! it. What a table does not tell apart is not split.

use super::leakage::Leakage;
use super::{Effects, Impact};
use crate::error::Result;
use crate::lang::Text;
use crate::model::ByRecipe;
use crate::scenario::PhaseKind;
use crate::table::{AnyTable, PrimaryInputRole, TaxBase, TaxRow};
use serde::{Deserialize, Serialize};

/// Taxes that follow, by kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct TaxImpact {
    /// One-off phases in all, recurring ones a year, as far as there are such phases.
    pub kinds: Vec<TaxesOfKind>,
}

/// Taxes of the phases of a kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct TaxesOfKind {
    /// Once, or every year.
    pub kind: PhaseKind,
    /// Each tax, in the order of the table's rows; money in millions.
    pub taxes: Vec<Tax>,
}

/// A tax, less subsidies of its kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Tax {
    /// The row of the table: "net_production_taxes"; "import_taxes"; "spending" for taxes on products that a
    /// scenario's lines set aside; "recipes" for what recipes pay on production where the table has several rows.
    pub id: String,
    /// Its title in the table; `None` where it is no row.
    pub title: Option<Text>,
    /// What it is levied on.
    pub on: TaxBase,
    /// On what is spent itself: on what is imported at once, or set aside.
    pub at_once: f64,
    /// In the production of what is demanded.
    pub direct: f64,
    /// In that of its suppliers.
    pub indirect: f64,
    /// Of what households add.
    pub induced: f64,
}

impl Tax {
    fn new(id: &str, title: Option<Text>, on: TaxBase) -> Self {
        Tax {
            id: id.to_owned(),
            title,
            on,
            at_once: 0.0,
            direct: 0.0,
            indirect: 0.0,
            induced: 0.0,
        }
    }

    /// What a row comes to of effects.
    fn of_row(row: &TaxRow, effects: &Effects) -> Self {
        let paid = row.per_output.iter();
        let of = |stage: &[f64]| -> f64 { paid.clone().zip(stage).map(|(t, x)| t * x).sum() };
        Tax {
            direct: of(effects.demand().average.as_slice()),
            indirect: of(&effects.output.indirect),
            induced: of(&effects.output.induced),
            ..Tax::new(&row.id, Some(row.title.clone()), row.on)
        }
    }

    /// Without households.
    pub fn type1(&self) -> f64 {
        self.at_once + self.direct + self.indirect
    }

    /// All of it.
    pub fn total(&self) -> f64 {
        self.type1() + self.induced
    }
}

impl Impact {
    /// Adds the taxes that follow, each kind that the table tells by its name.
    ///
    /// ```
    /// use leontief::{AnyTable, Model, Money, impact};
    ///
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let model = Model::new(&table)?;
    /// let shock = [(table.sectors().find("건설")?, Money::units(1e12))];
    /// let mut impact = impact::of_shock(&table, &model, &shock, impact::ShockShare::Domestic)?;
    /// impact.add_taxes(&table)?;
    /// let taxes = &impact.taxes.expect("asked").kinds[0].taxes;
    /// let ids: Vec<&str> = taxes.iter().map(|tax| tax.id.as_str()).collect();
    /// assert_eq!(ids, ["net_production_taxes", "import_taxes"]);
    /// // What makes GDP at market prices of value added.
    /// assert!((taxes[1].type1() - impact.leakage[0].taxes.expect("known").type1()).abs() < 1e-6);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A table that tells no tax.
    pub fn add_taxes(&mut self, table: &AnyTable) -> Result<()> {
        let kinds = self.effects.present().map(|(kind, effects)| {
            let leakage = self.leakage.iter().find(|of| of.kind == kind);
            TaxesOfKind {
                kind,
                taxes: taxes(table, effects, leakage),
            }
        });
        let kinds: Vec<_> = kinds.collect();
        if !kinds.is_empty() && kinds.iter().all(|of| of.taxes.is_empty()) {
            return Err(table.no_taxes());
        }
        self.taxes = Some(TaxImpact { kinds });
        Ok(())
    }
}

/// Each tax of effects.
fn taxes(table: &AnyTable, effects: &Effects, leakage: Option<&Leakage>) -> Vec<Tax> {
    let rows = table.tax_rows();
    let mut all = on_production(&rows, effects);
    all.extend(on_products(&rows, effects));
    if let Some((leakage, rates)) = leakage.zip(table.import_tax_rates())
        && let Some(taxes) = leakage.taxes
    {
        let on =
            |imports: &[f64]| -> f64 { imports.iter().zip(rates.iter()).map(|(m, r)| m * r).sum() };
        let direct = on(&effects.imports.direct);
        all.push(Tax {
            at_once: taxes.direct,
            direct,
            indirect: taxes.inputs - direct,
            induced: taxes.households,
            ..Tax::new("import_taxes", None, TaxBase::Imports)
        });
    }
    let set_aside = effects.spending.tax.as_millions();
    if set_aside != 0.0 {
        all.push(Tax {
            at_once: set_aside,
            ..Tax::new("spending", None, TaxBase::Products)
        });
    }
    all
}

/// Rows of primary inputs.
fn on_production(rows: &[TaxRow], effects: &Effects) -> Vec<Tax> {
    let role = PrimaryInputRole::NetProductionTaxes;
    let rows = rows.iter().filter(|row| row.on == TaxBase::Production);
    let mut all: Vec<Tax> = rows.map(|row| Tax::of_row(row, effects)).collect();
    let recipes = effects
        .by_recipe
        .iter()
        .map(|made: &ByRecipe| made.part(role));
    let recipes: f64 = recipes.sum();
    match all.as_mut_slice() {
        [only] => only.direct += recipes,
        _ if recipes != 0.0 => all.push(Tax {
            direct: recipes,
            ..Tax::new("recipes", None, TaxBase::Production)
        }),
        _ => {}
    }
    all
}

/// Rows of taxes on products, of which only the users are told.
fn on_products(rows: &[TaxRow], effects: &Effects) -> Vec<Tax> {
    let rows: Vec<&TaxRow> = rows
        .iter()
        .filter(|row| row.on == TaxBase::Products)
        .collect();
    let mut all: Vec<Tax> = rows.iter().map(|row| Tax::of_row(row, effects)).collect();
    // What households pay on what they buy themselves, in the table's proportions of its rows.
    let in_production: f64 = all.iter().map(|tax| tax.induced).sum();
    let paid = effects.product_taxes.map_or(0.0, |of| of.induced) - in_production;
    let by_households: f64 = rows.iter().map(|row| row.by_households).sum();
    if by_households != 0.0 {
        for (tax, row) in all.iter_mut().zip(&rows) {
            tax.induced += paid * row.by_households / by_households;
        }
    }
    all
}

#[cfg(test)]
pub(crate) mod tests;
