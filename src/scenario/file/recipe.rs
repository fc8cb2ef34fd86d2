//! `[recipe.NAME]`, and the recipe of a line.

use super::Certainty;
use super::input::Input;
use super::places::Located;
use crate::lang::Text;
use serde::de::value::MapAccessDeserializer;
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::fmt;

/// `[recipe.NAME]`, or the `recipe = { ... }` of a line: what each unit paid for a domestic product buys
/// and pays. Shares are of what is paid; what they leave is operating surplus.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RecipeFile {
    /// Its name for people; default its key.
    pub name: Option<Text>,
    /// A sector whose column it starts from: inputs, value added, staff.
    pub like: Option<Located<String>>,
    /// Inputs of that column that are not bought; their share is operating surplus.
    pub without: Option<Vec<Located<String>>>,
    /// Products bought, with their shares; an entry takes the place of the column's. Two names that lead
    /// to one sector, as they may on a wider table, add up.
    #[serde(default)]
    pub inputs: BTreeMap<String, Input>,
    /// The domestic part of an input; default the table's, in intermediate use.
    #[serde(default)]
    pub domestic_shares: BTreeMap<String, Input>,
    /// The share paid to employees; default the column's, else 0.
    pub compensation: Option<Input>,
    /// The share that is consumption of fixed capital; default the column's, else 0.
    pub depreciation: Option<Input>,
    /// The share of taxes less subsidies on production; default the column's, else 0.
    pub taxes: Option<Input>,
    /// The share that buys nothing: income of capital; default 0.
    pub capital_income: Option<Input>,
    /// The part of operating surplus and of capital income that belongs to owners abroad; default 0.
    pub foreign_ownership: Option<Input>,
    /// Own staff, persons per billion paid; default compensation at the pay of the sector.
    pub jobs: Option<Input>,
    /// Other accounts at the producer, in their units per billion paid; default 0.
    #[serde(default)]
    pub accounts: BTreeMap<String, Input>,
    /// Where the shares come from.
    pub source: Option<Text>,
    /// How certain they are: A to D, or "assumption".
    pub certainty: Option<Certainty>,
    /// A remark.
    pub note: Option<Text>,
}

/// The recipe of a line: the name of a `[recipe.NAME]`, or one of its own.
#[derive(Debug, Clone)]
pub enum RecipeRef {
    /// By name.
    Named(Located<String>),
    /// Written on the line.
    Own(Box<RecipeFile>),
}

impl<'de> Deserialize<'de> for RecipeRef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct Either(RecipeRef);
        impl<'de> Deserialize<'de> for Either {
            fn deserialize<D: Deserializer<'de>>(d: D) -> std::result::Result<Self, D::Error> {
                d.deserialize_any(EitherVisitor).map(Either)
            }
        }
        struct EitherVisitor;
        impl<'de> serde::de::Visitor<'de> for EitherVisitor {
            type Value = RecipeRef;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "the name of a recipe, or a table { inputs = { ... }, ... }\u{1f}투입구조의 이름이나 \
                     { inputs = { ... }, ... } 형식으로 쓰십시오",
                )
            }
            fn visit_str<E: serde::de::Error>(self, v: &str) -> std::result::Result<RecipeRef, E> {
                Ok(RecipeRef::Named(Located::from(v.to_owned())))
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(
                self,
                map: A,
            ) -> std::result::Result<RecipeRef, A::Error> {
                let own = RecipeFile::deserialize(MapAccessDeserializer::new(map))?;
                Ok(RecipeRef::Own(Box::new(own)))
            }
        }
        let located = Located::<Either>::deserialize(deserializer)?;
        Ok(match located.value.0 {
            RecipeRef::Named(name) => RecipeRef::Named(Located {
                value: name.value,
                offset: located.offset,
                origin: located.origin,
            }),
            own => own,
        })
    }
}
