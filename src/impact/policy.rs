//! A domestic-content policy: the scenario with it against the scenario without it.

use super::{Effects, Impact};
use crate::lang::Text;
use crate::scenario::{Line, PhaseKind};
use crate::units::{Measures, OfType1};
use serde::{Deserialize, Serialize};

/// What raising domestic shares changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PolicyEffect {
    /// The lines that are raised.
    pub raised: Vec<Raised>,
    /// One-off phases in all, recurring phases in a full year.
    pub kinds: Vec<(PhaseKind, Figures, Figures)>,
}

/// A line whose domestic share is raised.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Raised {
    /// The line, or an input of its recipe.
    #[cfg_attr(feature = "report", schemars(with = "Text"))]
    pub item: RaisedItem,
    /// The position of the product's sector.
    pub sector: usize,
    /// The share without the policy.
    pub from: f64,
    /// The share with it.
    pub to: f64,
}

/// What has its domestic share raised. In files it is its text in both languages.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(from = "Text", into = "Text")]
#[non_exhaustive]
pub enum RaisedItem {
    /// A line, or what a file had.
    Line(Text),
    /// An input of the recipe of a line.
    Input {
        /// The product.
        product: Text,
        /// The line.
        line: Text,
    },
}

impl From<Text> for RaisedItem {
    fn from(item: Text) -> Self {
        RaisedItem::Line(item)
    }
}

/// Without the report there are no words: an input goes by its line and its product.
#[cfg(not(feature = "report"))]
impl From<RaisedItem> for Text {
    fn from(item: RaisedItem) -> Self {
        match item {
            RaisedItem::Line(line) => line,
            RaisedItem::Input { product, line } => Text::new(
                format!("{}: {}", line.en, product.en),
                format!("{}: {}", line.ko, product.ko),
            ),
        }
    }
}

/// Two are the same if they say the same, however they came.
impl PartialEq for RaisedItem {
    fn eq(&self, other: &RaisedItem) -> bool {
        Text::from(self.clone()) == Text::from(other.clone())
    }
}

/// The figures that are compared; money in millions, imports are all that is imported, jobs are job-years
/// or jobs by the kind of the phases.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Figures {
    /// Demand for domestic products.
    pub domestic: f64,
    /// Of all stages.
    #[serde(flatten)]
    pub total: Measures<f64>,
    /// Of Type I: without what households add.
    #[serde(flatten, with = "OfType1")]
    pub type1: Measures<f64>,
}

impl Figures {
    /// The figures of effects.
    pub fn of(effects: &Effects) -> Self {
        Figures {
            domestic: effects.spending.domestic.as_millions(),
            total: effects.total(),
            type1: effects.type1(),
        }
    }

    /// Each figure with that of another, summed.
    pub(super) fn plus(&self, other: &Figures) -> Figures {
        self.zip_map(other, |a, b| a + b)
    }

    /// Each figure less that of another.
    pub(super) fn minus(&self, other: &Figures) -> Figures {
        self.zip_map(other, |a, b| a - b)
    }

    fn zip_map(&self, other: &Figures, of: fn(f64, f64) -> f64) -> Figures {
        Figures {
            domestic: of(self.domestic, other.domestic),
            total: self.total.zip_map(other.total, of),
            type1: self.type1.zip_map(other.type1, of),
        }
    }
}

impl PolicyEffect {
    /// The impact `with` the policy against the one `without` it.
    pub fn of(with: &Impact, without: &Impact) -> Self {
        let lines = with.phases.iter().flat_map(|p| &p.lines);
        let raised = lines
            .flat_map(|line: &Line| {
                let own = line.share_without_policy.map(|from| Raised {
                    item: RaisedItem::Line(line.item.clone()),
                    sector: line.sector,
                    from,
                    to: line.domestic_share,
                });
                let inputs = line.recipe.iter().flat_map(|recipe| &recipe.inputs);
                let bought = inputs.filter_map(|input| {
                    Some(Raised {
                        item: RaisedItem::Input {
                            product: with.sectors[input.product].name.clone(),
                            line: line.item.clone(),
                        },
                        sector: input.product,
                        from: input.share_without_policy?,
                        to: input.domestic_share(),
                    })
                });
                own.into_iter().chain(bought)
            })
            .collect();
        let kinds = with
            .effects
            .present()
            .filter_map(|(kind, policy)| {
                let base = without.effects.get(kind).as_ref()?;
                Some((kind, Figures::of(base), Figures::of(policy)))
            })
            .filter(|(_, base, policy)| base != policy)
            .collect();
        PolicyEffect { raised, kinds }
    }
}
