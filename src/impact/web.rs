//! Who buys from whom, tier by tier: the supply web behind an impact.
//!
//! Tier k of the power series is t(k) = Ad^k f; what product i is bought for sector j's part of tier
//! k is Ad(i, j) t(k)(j), so the purchases of a tier add up to the next tier. Small sectors are taken
//! together; nothing is left out.

use super::ranking::by_size;
use crate::model::{Demand, Model};
use nalgebra::DVector;
use serde::{Deserialize, Serialize};

/// Purchases between neighbouring tiers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SupplyWeb {
    /// The nodes of tier 0, 1, ..., largest first, the rest last.
    pub tiers: Vec<Vec<WebNode>>,
    /// Purchases of the nodes of each tier from those of the next, in the unit of the demand.
    pub purchases: Vec<Purchase>,
}

/// A sector in a tier, or the rest of the tier.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct WebNode {
    /// The position of the sector; `None` for all that are not nodes of their own.
    pub sector: Option<usize>,
    /// Output in this tier.
    pub output: f64,
}

/// What a node of one tier buys from a node of the next.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Purchase {
    /// The buyer's tier.
    pub tier: usize,
    /// The buyer, among the nodes of its tier.
    pub buyer: usize,
    /// The supplier, among the nodes of the next tier.
    pub supplier: usize,
    /// How much.
    pub amount: f64,
}

impl SupplyWeb {
    /// The web of a demand (a vector f, n, or one that recipes meet a part of): in tier k the
    /// `largest[k]` sectors stand alone.
    ///
    /// ```
    /// use leontief::impact::web::SupplyWeb;
    /// use nalgebra::DVector;
    /// # use leontief::{Model, table::{FinalDemandRole::Household, PrimaryInputRole::*, Table}};
    /// # // Miller & Blair (2022), Table 2.3: A = [.15 .25; .2 .05], x = (1000, 2000).
    /// # let table = Table::builder("two", 2022)
    /// #     .sectors([("1", "Agriculture"), ("2", "Manufacturing")])
    /// #     .domestic_flows([[150.0, 500.0], [200.0, 100.0]])
    /// #     .final_demand(Household, [350.0, 1700.0])
    /// #     .value_added(Compensation, [250.0, 900.0])
    /// #     .value_added(OperatingSurplus, [400.0, 500.0])
    /// #     .jobs([300.0, 500.0])
    /// #     .build()?;
    /// # let model = Model::new(&table)?;
    /// let web = SupplyWeb::of(&model, DVector::from(vec![1.0, 0.0]), &[1, 2]);
    /// let bought = &web.tiers[1][0]; // the largest of tier 1
    /// assert_eq!((bought.sector, bought.output), (Some(1), 0.2));
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn of(model: &Model, demand: impl Into<Demand>, largest: &[usize]) -> Self {
        let demand = demand.into();
        let domestic = model.coefficients().domestic();
        let mut web = SupplyWeb {
            tiers: Vec::new(),
            purchases: Vec::new(),
        };
        let mut tier = demand.output();
        let mut next = demand.first_suppliers(domestic);
        // For each sector its node in the tier.
        let mut before: Option<(DVector<f64>, Vec<usize>)> = None;
        // Of the demand itself, what is bought with average columns; the rest by recipes.
        let mut by_recipe = demand.by_recipe.as_slice();
        for &count in largest {
            let (nodes, node_of) = nodes(&tier, count);
            if let Some((bought_for, buyers)) = &before {
                let at = web.tiers.len() - 1;
                let (rows, columns) = (web.tiers[at].len(), nodes.len());
                let mut amounts = vec![0.0; rows * columns];
                for j in 0..tier.len() {
                    for i in 0..tier.len() {
                        amounts[buyers[j] * columns + node_of[i]] +=
                            domestic[(i, j)] * bought_for[j];
                    }
                }
                for made in std::mem::take(&mut by_recipe) {
                    for (i, input) in made.inputs.iter().enumerate() {
                        amounts[buyers[made.sector] * columns + node_of[i]] += input;
                    }
                }
                let purchases = amounts.into_iter().enumerate();
                web.purchases.extend(purchases.map(|(k, amount)| Purchase {
                    tier: at,
                    buyer: k / columns,
                    supplier: k % columns,
                    amount,
                }));
            }
            web.tiers.push(nodes);
            let after = domestic * &next;
            let made = std::mem::replace(&mut tier, std::mem::replace(&mut next, after));
            let average = if web.tiers.len() == 1 {
                demand.average.clone()
            } else {
                made
            };
            before = Some((average, node_of));
        }
        web
    }
}

/// The largest sectors of a tier and the rest, and for each sector its node.
fn nodes(tier: &DVector<f64>, count: usize) -> (Vec<WebNode>, Vec<usize>) {
    let mut order = by_size(tier.len(), |i| tier[i]);
    order.retain(|&i| tier[i] != 0.0);
    order.truncate(count);
    let mut nodes: Vec<WebNode> = order
        .iter()
        .map(|&i| WebNode {
            sector: Some(i),
            output: tier[i],
        })
        .collect();
    let rest = nodes.len();
    let mut node_of = vec![rest; tier.len()];
    order
        .iter()
        .enumerate()
        .for_each(|(at, &i)| node_of[i] = at);
    let alone: f64 = nodes.iter().map(|n| n.output).sum();
    nodes.push(WebNode {
        sector: None,
        output: tier.sum() - alone,
    });
    (nodes, node_of)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::AnyTable;
    use approx::assert_relative_eq;

    #[test]
    fn purchases_add_up_to_the_next_tier() {
        let table = AnyTable::open("kr-2023-33").unwrap();
        let model = Model::new(&table).unwrap();
        let mut f = DVector::zeros(33);
        (f[18], f[9], f[24]) = (5e6, 2e6, 1e6);
        let web = SupplyWeb::of(&model, &f, &[2, 6, 6]);
        assert_eq!(web.tiers[0].len(), 3, "two sectors and the rest");
        assert_eq!(web.tiers[0][0].sector, Some(18));
        let ad = model.coefficients().domestic().dense();
        let sum = |tier: usize| -> f64 { web.tiers[tier].iter().map(|n| n.output).sum() };
        assert_relative_eq!(sum(1), (ad * &f).sum(), max_relative = 1e-12);
        assert_relative_eq!(sum(2), (ad * ad * &f).sum(), max_relative = 1e-12);
        for tier in [0, 1] {
            for (at, node) in web.tiers[tier + 1].iter().enumerate() {
                let bought: f64 = web
                    .purchases
                    .iter()
                    .filter(|p| p.tier == tier && p.supplier == at)
                    .map(|p| p.amount)
                    .sum();
                assert_relative_eq!(bought, node.output, epsilon = 1e-6);
            }
        }
        // One cell by hand: what construction itself buys from the largest supplier.
        let first = web.tiers[1][0].sector.unwrap();
        let purchase = web
            .purchases
            .iter()
            .find(|p| p.tier == 0 && p.buyer == 0 && p.supplier == 0)
            .unwrap();
        assert_relative_eq!(purchase.amount, ad[(first, 18)] * 5e6, max_relative = 1e-12);
    }
}
