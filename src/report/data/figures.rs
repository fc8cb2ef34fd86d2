//! The measures of effects by name, and their sums: what JSON states ready and rows and workbooks list.

use crate::impact::leakage::Gdp;
use crate::impact::{Effects, Impact, Stages, Sums};
use crate::lang::Text;
use crate::scenario::ByKind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A measure of effects: its name, its unit, its figures by sector and stage.
#[derive(Debug, Clone, Copy)]
pub struct Measured<'a> {
    /// A stable name: "output", "value_added", "compensation", "imports", "jobs".
    pub name: &'a str,
    /// What it is for people.
    pub title: Option<&'a Text>,
    /// What it is counted in.
    pub unit: Counted<'a>,
    /// By sector and stage.
    pub stages: &'a Stages,
}

/// What a measure is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted<'a> {
    /// Money, in millions.
    Money,
    /// Persons: job-years of one-off phases, jobs of recurring ones.
    Persons,
    /// An account's own unit.
    Unit(&'a Text),
}

/// All measures of effects: output, value added and its parts, imported inputs, accounts.
pub fn measures(effects: &Effects) -> Vec<Measured<'_>> {
    let money = |name, stages| Measured {
        name,
        title: None,
        unit: Counted::Money,
        stages,
    };
    let mut all = vec![
        money("output", &effects.output),
        money("value_added", &effects.value_added),
    ];
    let parts = effects.parts.iter();
    all.extend(parts.map(|(role, stages)| money(role.id(), stages)));
    all.push(money("imports", &effects.imports));
    for account in &effects.accounts {
        let of = &account.account;
        all.push(Measured {
            name: &of.id,
            title: Some(&of.title),
            unit: match of.id.as_str() {
                "jobs" | "employees" => Counted::Persons,
                _ => Counted::Unit(&of.unit),
            },
            stages: &account.effects,
        });
    }
    all
}

/// A figure by stage, with the two sums that are quoted.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct StageSums {
    /// Of the demand itself.
    pub direct: f64,
    /// Of the suppliers and theirs.
    pub indirect: f64,
    /// Of household spending.
    pub induced: f64,
    /// Direct and indirect: Type I, the headline.
    pub type1: f64,
    /// All three: Type II.
    pub type2: f64,
}

impl From<Sums> for StageSums {
    fn from(sums: Sums) -> Self {
        StageSums {
            direct: sums.direct,
            indirect: sums.indirect,
            induced: sums.induced,
            type1: sums.type1(),
            type2: sums.total(),
        }
    }
}

/// What is spent and where it goes first, in millions.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct SpendingSums {
    /// All of it.
    pub total: f64,
    /// Demand for domestic products, margins included.
    pub domestic: f64,
    /// Imported at once.
    pub imported: f64,
    /// Taxes on products.
    pub tax: f64,
    /// Paid for no product: income of capital.
    pub capital_income: f64,
    /// Of capital income and of the surplus of recipes, what belongs to owners abroad: no further part.
    pub income_abroad: f64,
}

/// The sums over all sectors of one kind of phase; money in millions.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct Headline {
    /// What is spent.
    pub spending: SpendingSums,
    /// All that is imported: at once (as direct), as inputs, by households.
    pub leakage: StageSums,
    /// Value added and the taxes on imports; missing where the table does not know these.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub gdp_at_market_prices: Option<Gdp>,
    /// By measure: `output`, `value_added` and its parts, `imports` (imported inputs), `product_taxes` where the
    /// table sets them apart, `jobs`,
    /// `employees`, other accounts by their ids.
    #[serde(flatten)]
    pub measures: BTreeMap<String, StageSums>,
}

impl Headline {
    /// The sums of effects of a kind of phase, with its GDP at market prices where that is known.
    pub fn of(effects: &Effects, gdp: Option<Gdp>) -> Self {
        let s = effects.spending;
        let imports = effects.imports.sums();
        Headline {
            spending: SpendingSums {
                total: s.total.as_millions(),
                domestic: s.domestic.as_millions(),
                imported: s.imported.as_millions(),
                tax: s.tax.as_millions(),
                capital_income: s.capital_income.as_millions(),
                income_abroad: s.income_abroad.as_millions(),
            },
            leakage: Sums {
                direct: s.imported.as_millions() + imports.direct,
                ..imports
            }
            .into(),
            gdp_at_market_prices: gdp,
            measures: {
                let mut measures = by_name(effects, |stages| stages.sums());
                if let Some(taxes) = effects.product_taxes {
                    measures.insert("product_taxes".to_owned(), taxes.into());
                }
                measures
            },
        }
    }
}

fn by_name(effects: &Effects, of: impl Fn(&Stages) -> Sums) -> BTreeMap<String, StageSums> {
    let mut named = BTreeMap::new();
    for measure in measures(effects) {
        let sums = of(measure.stages).into();
        // A user's account that takes the name of a measure does not take its place.
        named.entry(measure.name.to_owned()).or_insert(sums);
    }
    named
}

/// What stands ready beside an impact in JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct ReadyImpact {
    /// Sums over all sectors, for each kind of phase there is.
    pub headline: EachKind<Headline>,
    /// Figures of every sector, by its code.
    pub by_sector: BTreeMap<String, SectorFigures>,
}

/// Something of each kind of phase there is: a [`ByKind`] whose absent kind is left out of JSON.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct EachKind<T> {
    /// Of all one-off phases, in all; persons are job-years.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub one_off: Option<T>,
    /// Of all recurring phases, in a full year; persons are jobs.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub recurring: Option<T>,
}

impl<T> From<ByKind<Option<T>>> for EachKind<T> {
    fn from(kinds: ByKind<Option<T>>) -> Self {
        EachKind {
            one_off: kinds.one_off,
            recurring: kinds.recurring,
        }
    }
}

/// The figures of one sector.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct SectorFigures {
    /// Its name.
    pub name: Text,
    /// By measure, of each kind of phase.
    #[serde(flatten)]
    pub kinds: EachKind<BTreeMap<String, StageSums>>,
}

impl ReadyImpact {
    /// The sums and sectors of an impact.
    pub fn of(impact: &Impact) -> Self {
        let at = |sector: usize| {
            move |s: &Stages| Sums {
                direct: s.direct[sector],
                indirect: s.indirect[sector],
                induced: s.induced[sector],
            }
        };
        let sectors = impact.sectors.iter().enumerate().map(|(i, sector)| {
            let of = |effects: &Option<Effects>| effects.as_ref().map(|e| by_name(e, at(i)));
            let figures = SectorFigures {
                name: sector.name.clone(),
                kinds: impact.effects.as_ref().map(of).into(),
            };
            (sector.code.clone(), figures)
        });
        let headline = ByKind::of(|kind| {
            let effects = impact.effects.get(kind).as_ref()?;
            Some(Headline::of(effects, impact.gdp_at_market_prices(kind)))
        });
        ReadyImpact {
            headline: headline.into(),
            by_sector: sectors.collect(),
        }
    }
}
