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
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::model::ByRecipe;
use crate::scenario::PhaseKind;
use crate::table::{AnyTable, FinalDemandRole, OtherInputRole, PrimaryInputRole};
use nalgebra::DVector;
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

/// What a tax is levied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub enum TaxBase {
    /// Production: a part of value added.
    Production,
    /// Products that are bought.
    Products,
    /// Products that are imported.
    Imports,
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

    /// What a row per output comes to of effects.
    fn of_row(mut self, per_output: &DVector<f64>, effects: &Effects) -> Self {
        let of = |stage: &[f64]| -> f64 { per_output.iter().zip(stage).map(|(t, x)| t * x).sum() };
        self.direct = of(effects.demand().average.as_slice());
        self.indirect = of(&effects.output.indirect);
        self.induced = of(&effects.output.induced);
        self
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
        if kinds.iter().all(|of| of.taxes.is_empty()) {
            let id = &table.meta().id;
            return Err(Error::invalid(said!(
                "table {id} tells no taxes: it has no row of taxes on production or products, and no taxes on imports",
                "산업연관표 {id}에는 조세 항목이 없습니다(생산세·생산물세 행, 수입품세 모두 없음)"
            )));
        }
        self.taxes = Some(TaxImpact { kinds });
        Ok(())
    }
}

/// Each tax of effects.
fn taxes(table: &AnyTable, effects: &Effects, leakage: Option<&Leakage>) -> Vec<Tax> {
    let mut all = on_production(table, effects);
    all.extend(on_products(table, effects));
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
fn on_production(table: &AnyTable, effects: &Effects) -> Vec<Tax> {
    let role = PrimaryInputRole::NetProductionTaxes;
    let base = TaxBase::Production;
    let AnyTable::Flows(flows) = table else {
        return Vec::new();
    };
    let rows = flows.meta().primary_inputs.iter();
    let rows = rows.zip(flows.flows().primary_inputs.row_iter());
    let of_role = rows.filter(|(input, _)| input.role == role);
    let mut all: Vec<Tax> = of_role
        .map(|(input, row)| {
            let per_output = flows.per_output(&row.transpose());
            Tax::new(&input.id, Some(input.title.clone()), base).of_row(&per_output, effects)
        })
        .collect();
    let recipes = effects
        .by_recipe
        .iter()
        .map(|made: &ByRecipe| made.part(role));
    let recipes: f64 = recipes.sum();
    match all.as_mut_slice() {
        [only] => only.direct += recipes,
        _ if recipes != 0.0 => all.push(Tax {
            direct: recipes,
            ..Tax::new("recipes", None, base)
        }),
        _ => {}
    }
    all
}

/// Rows of taxes on products, of which only the users are told.
fn on_products(table: &AnyTable, effects: &Effects) -> Vec<Tax> {
    let coefficients = table.coefficients();
    let role = OtherInputRole::ProductTaxes;
    let rows = table.meta().other_inputs.iter().enumerate();
    let rows = rows.zip(coefficients.other_inputs());
    let rows = rows.filter(|((_, input), _)| input.role == role);
    let mut all: Vec<(Tax, f64)> = rows
        .map(|((at, input), (_, per_output))| {
            let tax = Tax::new(&input.id, Some(input.title.clone()), TaxBase::Products);
            (
                tax.of_row(per_output, effects),
                paid_by_households(table, at),
            )
        })
        .collect();
    // What households pay on what they buy themselves, in the table's proportions of its rows.
    let in_production: f64 = all.iter().map(|(tax, _)| tax.induced).sum();
    let paid = effects.product_taxes.map_or(0.0, |of| of.induced) - in_production;
    let by_households: f64 = all.iter().map(|(_, paid)| paid).sum();
    if by_households != 0.0 {
        for (tax, share) in &mut all {
            tax.induced += paid * *share / by_households;
        }
    }
    all.into_iter().map(|(tax, _)| tax).collect()
}

/// What household consumption of the table pays of a row.
fn paid_by_households(table: &AnyTable, row: usize) -> f64 {
    let AnyTable::Flows(flows) = table else {
        return 0.0;
    };
    let categories = flows.meta().final_demand.iter().enumerate();
    let households = categories.filter(|(_, of)| of.role == FinalDemandRole::Household);
    let paid = households.map(|(column, _)| flows.flows().other_final_demand[(row, column)]);
    paid.sum()
}

#[cfg(test)]
mod tests;
