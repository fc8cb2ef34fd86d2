//! Leakage: what leaves the country, by product and by tier.
//!
//! Spending that is imported at once is tier 0; what it takes to meet the rest is imported tier by
//! tier, 1'Am Ad^(t-1) f for tier t (the power series of Miller & Blair, 3rd ed., ch. 2); what households buy
//! abroad of the income is a third part. Together they are all that leaves: 1'm + 1'Am L f + induced.

use super::{Effects, Impact};
use crate::model::Model;
use crate::scenario::PhaseKind;
use crate::table::AnyTable;
use nalgebra::DVector;
use serde::{Deserialize, Serialize};

/// What leaves, of all phases of one kind; money in millions, products in the order of the sectors, and
/// after them, where the table has such, imports whose product is not told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Leakage {
    /// Once, or in a full year.
    pub kind: PhaseKind,
    /// Imported at once, by product, n.
    pub direct: Vec<f64>,
    /// Imported inputs of production (Type I), by product, n.
    pub inputs: Vec<f64>,
    /// Imported inputs of what households induce, and what they import themselves, by product, n.
    pub households: Vec<f64>,
    /// Imported at once (tier 0), as inputs of the first suppliers (tier 1), of theirs, ...
    pub tiers: Vec<f64>,
    /// Imported inputs beyond these tiers; households not counted.
    pub rest: f64,
    /// Duties, VAT and other taxes on these imports, which stay with the treasury; `None` where the
    /// table does not know them apart.
    #[serde(default)]
    pub taxes: Option<ImportTaxes>,
}

/// The taxes on products that are part of what imports cost; money in millions.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ImportTaxes {
    /// On what is imported at once.
    pub direct: f64,
    /// On imported inputs of production (Type I).
    pub inputs: f64,
    /// On what households induce and import themselves.
    pub households: f64,
}

/// Gross domestic product at market prices: value added, the taxes on imports and on products used, and the taxes on products
/// that were set aside of the spending; money in millions.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Gdp {
    /// Without households.
    pub type1: f64,
    /// What households add.
    pub induced: f64,
    /// Both.
    pub type2: f64,
}

impl Impact {
    /// GDP at market prices of a kind of phase; `None` where there is none, or where the table does not
    /// know the taxes on imports.
    ///
    /// ```
    /// # use leontief::{AnyTable, Model, Money, Scenario, impact, scenario::PhaseKind};
    /// # let table = AnyTable::open("kr-2023-33")?;
    /// # let model = Model::new(&table)?;
    /// let hub = Scenario::builder("Hub")
    ///     .phase("Build", PhaseKind::OneOff)
    ///     .spend("건설", Money::units(1e12))
    ///     .build(&table)?;
    /// let impact = impact::of_scenario(&table, &model, &hub)?;
    /// let gdp = impact.gdp_at_market_prices(PhaseKind::OneOff).expect("taxes on imports are known");
    /// let built = impact.effects.one_off.as_ref().expect("it builds");
    /// // More than value added: taxes on imports come on top.
    /// let taxes = impact.leakage[0].taxes.expect("known");
    /// assert!((gdp.type1 - built.type1().value_added - taxes.type1()).abs() < 1e-6);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn gdp_at_market_prices(&self, kind: PhaseKind) -> Option<Gdp> {
        let (_, effects) = self.effects.present().find(|(k, _)| *k == kind)?;
        let on_imports = self.leakage.iter().find(|l| l.kind == kind)?.taxes;
        let on_products = effects.product_taxes;
        if on_imports.is_none() && on_products.is_none() {
            return None;
        }
        let (on_imports, on_products) = (
            on_imports.unwrap_or_default(),
            on_products.unwrap_or_default(),
        );
        let sums = effects.value_added.sums();
        let type1 = sums.type1()
            + on_imports.type1()
            + on_products.type1()
            + effects.spending.tax.as_millions();
        let induced = sums.induced + on_imports.households + on_products.induced;
        Some(Gdp {
            type1,
            induced,
            type2: type1 + induced,
        })
    }
}

impl ImportTaxes {
    /// Without households: what makes GDP at market prices of value added (Type I).
    pub fn type1(&self) -> f64 {
        self.direct + self.inputs
    }

    /// All of them.
    pub fn total(&self) -> f64 {
        self.type1() + self.households
    }
}

/// Tiers shown one by one: spending itself and three rounds of production.
const TIERS: usize = 4;

impl Leakage {
    /// The leakage of effects whose spending imports `direct` (n) at once.
    pub fn of(model: &Model, kind: PhaseKind, effects: &Effects, direct: &DVector<f64>) -> Self {
        let c = model.coefficients();
        let per_output = &model.rows().per_output.imports;
        let imports = &effects.imports;
        let inputs: Vec<f64> = (0..imports.direct.len())
            .map(|i| imports.direct[i] + imports.indirect[i])
            .collect();
        let mut tiers = vec![direct.sum()];
        let mut rest: f64 = inputs.iter().sum();
        // The demand itself buys what it is made with; from its suppliers on columns are average.
        let demand = effects.demand();
        let mut here = demand.direct_imports(c).sum();
        let mut tier = demand.first_suppliers(c.domestic());
        while tiers.len() < TIERS {
            tiers.push(here);
            rest -= here;
            here = per_output.dot(&tier);
            tier = c.domestic() * tier;
        }
        let mut at_once: Vec<f64> = direct.iter().copied().collect();
        at_once.resize(inputs.len(), 0.0);
        Leakage {
            kind,
            direct: at_once,
            inputs,
            households: imports.induced.clone(),
            tiers,
            rest,
            taxes: None,
        }
    }

    /// The same with the taxes in it told apart, each product at the table's own rate: taxes over
    /// imports c.i.f. and taxes.
    pub fn with_taxes(mut self, table: &AnyTable) -> Self {
        let Some(rates) = table.import_tax_rates() else {
            return self;
        };
        let taxes = |values: &[f64]| {
            values
                .iter()
                .zip(rates.iter())
                .map(|(v, rate)| v * rate)
                .sum()
        };
        self.taxes = Some(ImportTaxes {
            direct: taxes(&self.direct),
            inputs: taxes(&self.inputs),
            households: taxes(&self.households),
        });
        self
    }

    /// All that leaves as a product.
    pub fn product(&self, product: usize) -> f64 {
        self.direct[product] + self.inputs[product] + self.households[product]
    }

    /// All that leaves.
    pub fn total(&self) -> f64 {
        (0..self.direct.len()).map(|p| self.product(p)).sum()
    }
}
