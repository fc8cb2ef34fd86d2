//! `[[trade_mix]]` and `[[supply_mix]]`: what producers buy, and where, once it is no more as in the table.

use super::ScenarioFile;
use super::places::Located;
use crate::error::Result;
use crate::lang::{Text, said};
use crate::model::mix::{Imported, Mix, MixEffect, Mixing};
use crate::scenario::{MOST_MIXES, amount};
use crate::table::AnyTable;
use serde::{Deserialize, Deserializer};
use std::cmp::Reverse;

/// A number or a percentage that is certain.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Portion(pub f64);

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "expected a number such as 0.4, or a percentage such as \"40%\"; a mix is certain and takes no \
                 formula and no distribution\u{1f}0.4와 같은 수나 \"40%\"와 같은 백분율로 쓰십시오. 구성 변화는 확정값이며 \
                 계산식이나 분포를 쓸 수 없습니다"
)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub(super) enum PortionForm {
    Number(f64),
    Text(String),
}

impl<'de> Deserialize<'de> for Portion {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let number = match PortionForm::deserialize(deserializer)? {
            PortionForm::Number(number) => number,
            PortionForm::Text(text) => {
                amount::number(&text).map_err(|why| serde::de::Error::custom(why.joined()))?
            }
        };
        Ok(Portion(number))
    }
}

/// `[[trade_mix]]`: producers buy another part of a product abroad. Mixes are made in the order in which they are
/// written, of both kinds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct TradeMixFile {
    /// The product.
    pub what: Located<String>,
    /// The share of all that they buy of it, at home and abroad, which is imported.
    pub imported: Option<Portion>,
    /// Or by how much that share changes, in points: "-10%".
    pub change: Option<Portion>,
    /// Who buys so; default all producers.
    pub users: Option<Located<Vec<String>>>,
}

/// `[[supply_mix]]`: producers replace a part of one product by another. Mixes are made in the order in which they
/// are written, of both kinds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SupplyMixFile {
    /// The product that is bought less.
    pub from: Located<String>,
    /// The product that is bought instead.
    pub to: Located<String>,
    /// How much of what they buy of the first.
    pub share: Portion,
    /// Money paid for the second for one of the first; default 1. Value added takes up the difference.
    pub price: Option<Portion>,
    /// Who buys so; default all producers.
    pub users: Option<Located<Vec<String>>>,
}

/// A mix of either kind, as it is written.
enum Asked<'a> {
    Trade(&'a TradeMixFile),
    Supply(&'a SupplyMixFile),
}

impl Asked<'_> {
    /// Where it is said what is wrong with it.
    fn at(&self) -> &Located<String> {
        match self {
            Asked::Trade(mix) => &mix.what,
            Asked::Supply(mix) => &mix.from,
        }
    }

    fn key(&self) -> &'static str {
        match self {
            Asked::Trade(_) => "trade_mix",
            Asked::Supply(_) => "supply_mix",
        }
    }
}

fn move_users(users: &mut Option<Located<Vec<String>>>, by: usize) {
    if let Some(users) = users {
        users.origin += by;
    }
}

impl TradeMixFile {
    pub(super) fn move_origins(&mut self, by: usize) {
        self.what.origin += by;
        move_users(&mut self.users, by);
    }
}

impl SupplyMixFile {
    pub(super) fn move_origins(&mut self, by: usize) {
        self.from.origin += by;
        self.to.origin += by;
        move_users(&mut self.users, by);
    }
}

impl ScenarioFile {
    /// A table, already regrouped, with the mixes that the scenario asks for, in the order in which they are written
    /// (those of a scenario that it extends first), and what they change for the whole economy; `None` where it asks
    /// for none.
    ///
    /// ```
    /// use leontief::{AnyTable, Model, Scenario, ScenarioFile, impact, scenario::Overrides};
    /// let text = "[[trade_mix]]\nwhat = '02'\nimported = '100%'\nusers = ['11']\n";
    /// let file = ScenarioFile::parse("mine.toml", text)?;
    /// let (table, effect) = file.mixed(&AnyTable::open("kr-2023-33")?)?.expect("it asks for one");
    /// let change: f64 = effect.output.changes().sum();
    /// assert_eq!(change.round(), -71_749.0); // what was bought at home is not made; millions of won
    /// // The scenario is worked out on that table.
    /// let model = Model::new(&table)?;
    /// let scenario = Scenario::new(file, &table, &Overrides::default())?;
    /// let mut impact = impact::of_scenario(&table, &model, &scenario)?;
    /// impact.add_mix(&model, effect);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// With file and line: an unknown sector, neither or both of `imported` and `change`, too many of them; as
    /// [`mixed_table`](crate::model::mix::mixed_table).
    pub fn mixed(&self, table: &AnyTable) -> Result<Option<(AnyTable, MixEffect)>> {
        let asked = self.mixes();
        let Some(last) = asked.last() else {
            return Ok(None);
        };
        let count = asked.len();
        if count > MOST_MIXES {
            let message = said!(
                "there are {count} supply and trade mixes, and may be {MOST_MIXES}",
                "공급·수입 구성 변화가 {count}개입니다. {MOST_MIXES}개까지 쓸 수 있습니다"
            );
            return Err(self.error_at(last.at(), last.key(), message));
        }
        let at = |of: &Asked<'_>, why| self.error_at(of.at(), of.key(), why);
        let mut mixing = Mixing::of(table).map_err(|why| at(&asked[0], why))?;
        for of in &asked {
            let mix = self.mix(of, table)?;
            mixing.change(&mix).map_err(|why| at(of, why))?;
        }
        mixing.table().map(Some).map_err(|why| at(last, why))
    }

    /// Whether it asks for a mix.
    pub(crate) fn mixes_inputs(&self) -> bool {
        !(self.trade_mix.is_empty() && self.supply_mix.is_empty())
    }

    /// All mixes in the order in which they are written.
    fn mixes(&self) -> Vec<Asked<'_>> {
        let trade = self.trade_mix.iter().map(Asked::Trade);
        let mut asked: Vec<_> = trade
            .chain(self.supply_mix.iter().map(Asked::Supply))
            .collect();
        asked.sort_by_key(|of| (Reverse(of.at().origin), of.at().offset));
        asked
    }

    fn mix(&self, asked: &Asked<'_>, table: &AnyTable) -> Result<Mix> {
        let sector = |at: &Located<String>, key: &str| {
            let found = table.sectors().find(&at.value);
            found.map_err(|unknown| self.error_at(at, &format!("{}.{key}", asked.key()), unknown))
        };
        let users = |users: &Option<Located<Vec<String>>>| {
            let Some(users) = users else {
                return Ok(None);
            };
            let fail = |why: Text| self.error_at(users, &format!("{}.users", asked.key()), why);
            if users.value.is_empty() {
                return Err(fail(said!(
                    "nobody is named: leave it out for all producers",
                    "사용 부문이 없습니다. 모든 생산 부문이면 이 키를 빼십시오"
                )));
            }
            let found = users.value.iter().map(|word| table.sectors().find(word));
            let found: Result<Vec<usize>> = found.collect();
            found.map(Some).map_err(|unknown| fail(unknown.text()))
        };
        Ok(match asked {
            Asked::Trade(mix) => Mix::Trade {
                product: sector(&mix.what, "what")?,
                imported: match (mix.imported, mix.change) {
                    (Some(Portion(share)), None) => Imported::To(share),
                    (None, Some(Portion(points))) => Imported::By(points),
                    _ => {
                        let message = said!(
                            "it takes imported = \"60%\" or change = \"-10%\", one of them",
                            "imported = \"60%\"와 change = \"-10%\" 중 하나를 쓰십시오"
                        );
                        return Err(self.error_at(&mix.what, asked.key(), message));
                    }
                },
                users: users(&mix.users)?,
            },
            Asked::Supply(mix) => Mix::Supply {
                from: sector(&mix.from, "from")?,
                to: sector(&mix.to, "to")?,
                share: mix.share.0,
                price: mix.price.map_or(1.0, |price| price.0),
                users: users(&mix.users)?,
            },
        })
    }

    /// Whether a table has been given the mixes that the scenario asks for.
    pub(crate) fn check_mixed(&self, table: &AnyTable) -> Result<()> {
        let asked = self.mixes();
        let Some(first) = asked.first().filter(|_| !table.is_mixed()) else {
            return Ok(());
        };
        let id = &table.meta().id;
        let message = said!(
            "the scenario changes what producers buy, and table {id} is as it was: `ScenarioFile::open_table` opens \
             its table so, `ScenarioFile::mixed` changes any",
            "시나리오는 투입 구성을 바꾸지만 산업연관표 {id}은(는) 그대로입니다. `ScenarioFile::open_table`로 표를 열거나 \
             `ScenarioFile::mixed`로 바꾸십시오"
        );
        Err(self.error_at(first.at(), first.key(), message))
    }
}
