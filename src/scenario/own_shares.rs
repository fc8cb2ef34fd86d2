//! The table's own shares of domestic origin that a scenario takes, where they are drawn.

use super::formula::Number;
#[cfg(feature = "ensembles")]
use super::{
    Scenario,
    recipe::{Bought, InputShare},
};
use crate::table::{DomesticShare, ShareBasis};

/// Domestic shares of the table that are drawn; all others are as in the table.
#[derive(Debug, Clone)]
pub(crate) struct OwnShares<V> {
    /// By product and what the share is taken from.
    pub(crate) products: Vec<((usize, ShareBasis), V)>,
    /// By product and user: what more of an input is imported, per unit of the user's output.
    pub(crate) inputs: Vec<((usize, usize), V)>,
}

impl<V> Default for OwnShares<V> {
    fn default() -> Self {
        OwnShares {
            products: Vec::new(),
            inputs: Vec::new(),
        }
    }
}

impl<V: Number> OwnShares<V> {
    /// The domestic share of a product.
    pub(crate) fn of(&self, product: usize, share: DomesticShare) -> V {
        let drawn = self.products.iter();
        let mut drawn = drawn.filter(|(of, _)| *of == (product, share.basis));
        let drawn = drawn.next().map(|(_, value)| *value);
        drawn.unwrap_or_else(|| V::constant(share.value))
    }

    /// What a user buys of a product at home per unit of its output, `domestic` in the table.
    pub(crate) fn domestic_input(&self, product: usize, user: usize, domestic: f64) -> V {
        let drawn = self.inputs.iter().find(|(of, _)| *of == (product, user));
        let as_in_table = V::constant(domestic);
        drawn.map_or(as_in_table, |(_, more)| as_in_table - *more)
    }
}

/// The shares of the table that a scenario or a shock takes, whatever it says itself.
#[cfg(feature = "ensembles")]
#[derive(Debug, Clone, Default)]
pub(crate) struct TakenShares {
    /// By product and what the share is taken from.
    pub(crate) products: Vec<(usize, ShareBasis)>,
    /// Of the columns that recipes start from, by product and user.
    pub(crate) inputs: Vec<(usize, usize)>,
}

#[cfg(feature = "ensembles")]
impl Scenario {
    /// The table's own shares that it takes.
    pub(crate) fn own_shares(&self) -> TakenShares {
        let (mut products, mut inputs) = (Vec::new(), Vec::new());
        for line in self.phases.iter().flat_map(|phase| &phase.lines) {
            if let (None, Some(share)) = (line.domestic_share, line.table_share) {
                products.push((line.sector, share.basis));
            }
        }
        for recipe in &self.recipes {
            for input in &recipe.inputs {
                match input.bought {
                    Bought::Column { user, .. } => inputs.push((input.product, user)),
                    Bought::Stated {
                        domestic: InputShare::Own(share),
                        ..
                    } => products.push((input.product, share.basis)),
                    Bought::Stated { .. } => {}
                }
            }
        }
        products.sort_unstable_by_key(|(product, basis)| (*product, basis.id()));
        products.dedup();
        inputs.sort_unstable();
        inputs.dedup();
        TakenShares { products, inputs }
    }
}
