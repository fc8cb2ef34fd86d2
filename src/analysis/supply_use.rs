//! Supply and use tables: who makes what beside its own product, and the symmetric table of a model.

use crate::error::Result;
use crate::lang::Text;
use crate::table::supply_use::{Negatives, SupplyUse, Transformation, Transformed};
use crate::table::update::{Derived, Totals, UpdatedSupplyUse, UseBlock};
use crate::table::{AnyTable, FinalDemandRole, SectorName};
use serde::{Deserialize, Serialize};

/// What a pair of tables holds, and what a model made of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SupplyUseStudy {
    /// The title of the tables.
    pub title: Text,
    /// The id of the symmetric table.
    pub table: String,
    /// ISO 4217 code of the currency; money is in millions of it.
    pub currency: String,
    /// Products.
    pub products: usize,
    /// Industries.
    pub industries: usize,
    /// The model.
    pub model: Transformation,
    /// Output of all industries.
    pub output: f64,
    /// The part of it that industries make beside what each makes most of.
    pub secondary_share: f64,
    /// Who makes what.
    pub makes: Vec<Made>,
    /// Flows that the model made negative, the largest first.
    pub negatives: Vec<NegativeFlow>,
    /// What was put to operating surplus because inputs do not sum to output: rounding, and Almon's procedure.
    pub adjusted: f64,
    /// What was put to changes in inventories because uses of a product do not sum to what is made of it.
    pub rounding: f64,
    /// Uses of products that no industry makes, in a row of their own.
    pub unmade: f64,
    /// How the tables were brought to the totals of another year, where they were.
    #[serde(default)]
    pub update: Option<SupplyUseUpdate>,
}

/// How supply and use tables were brought to the totals of another year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SupplyUseUpdate {
    /// The year of the totals.
    pub year: i32,
    /// Where they are from.
    pub source: String,
    /// Totals that were not given, and how many of each kind.
    pub derived: Vec<(Derived, usize)>,
    /// Sweeps over all totals until they were met.
    pub sweeps: usize,
    /// Of each block the cell that was moved by the largest factor.
    pub moved: Vec<Moved>,
}

/// A cell of supply and use tables before and after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct Moved {
    /// The block.
    pub block: UseBlock,
    /// The product.
    pub product: SectorName,
    /// The industry, or the category of final demand by its id.
    pub column: SectorName,
    /// Whether it is a category of final demand.
    pub is_final_demand: bool,
    /// In the old tables.
    pub before: f64,
    /// In the new ones.
    pub after: f64,
    /// After over before.
    pub factor: f64,
}

/// What an industry makes of a product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct Made {
    /// The product.
    pub product: SectorName,
    /// The industry.
    pub industry: SectorName,
    /// How much.
    pub output: f64,
    /// Of all that is made of the product: the market share.
    pub market_share: f64,
    /// Of all that the industry makes: its product mix.
    pub product_mix: f64,
    /// Whether the industry makes more of another product.
    pub secondary: bool,
}

/// A flow below zero.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct NegativeFlow {
    /// Who supplies.
    pub row: SectorName,
    /// Who uses.
    pub column: SectorName,
    /// The flow.
    pub value: f64,
}

impl SupplyUseStudy {
    /// The symmetric table of a model, and what there is to know of it.
    ///
    /// # Errors
    /// As [`SupplyUse::transform`].
    pub fn of(
        tables: &SupplyUse,
        model: Transformation,
        negatives: Negatives,
    ) -> Result<(Self, AnyTable)> {
        let Transformed {
            table,
            negatives,
            adjusted,
            unmade,
            rounding,
            ..
        } = tables.transform(model, negatives)?;
        let (shares, mix) = (tables.market_shares(), tables.product_mix());
        let mut makes = Vec::new();
        for (j, industry) in tables.industries.iter().enumerate() {
            let own = tables.supply.column(j).max();
            for (i, product) in tables.products.iter().enumerate() {
                let output = tables.supply[(i, j)];
                if output != 0.0 {
                    makes.push(Made {
                        product: name(product),
                        industry: name(industry),
                        output: output * tables.millions,
                        market_share: shares[(i, j)],
                        product_mix: mix[(i, j)],
                        secondary: output < own,
                    });
                }
            }
        }
        let names = SectorName::all(table.sectors());
        let flow = |n: &crate::table::supply_use::Negative| NegativeFlow {
            row: names[n.row].clone(),
            column: names[n.column].clone(),
            value: n.value,
        };
        let study = SupplyUseStudy {
            title: tables.title.clone(),
            table: table.meta().id.clone(),
            currency: tables.currency.clone(),
            products: tables.products.len(),
            industries: tables.industries.len(),
            model,
            output: tables.supply.sum() * tables.millions,
            secondary_share: tables.secondary_share(),
            makes,
            negatives: negatives.iter().map(flow).collect(),
            adjusted,
            rounding,
            unmade,
            update: None,
        };
        Ok((study, table))
    }

    /// With how its tables were brought to the totals of another year.
    pub fn with_update(mut self, totals: &Totals, updated: &UpdatedSupplyUse) -> Self {
        let tables = &updated.tables;
        let n = tables.industries.len();
        let of_role = |role: FinalDemandRole| SectorName {
            code: role.id().to_owned(),
            name: role.title(),
        };
        let moved = updated.moved.iter().map(|cell| Moved {
            block: cell.block,
            product: name(&tables.products[cell.product]),
            column: match tables.industries.get(cell.column) {
                Some(industry) => name(industry),
                None => of_role(tables.final_demand[cell.column - n].0),
            },
            is_final_demand: cell.column >= n,
            before: cell.before * tables.millions,
            after: cell.after * tables.millions,
            factor: cell.factor(),
        });
        self.update = Some(SupplyUseUpdate {
            year: totals.year(),
            source: totals.source().to_owned(),
            derived: updated.derived.clone(),
            sweeps: updated.sweeps,
            moved: moved.collect(),
        });
        self
    }
}

fn name((code, name): &(String, Text)) -> SectorName {
    SectorName {
        code: code.clone(),
        name: name.clone(),
    }
}
