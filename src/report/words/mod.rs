//! What results say in each language, each thing once.
//!
//! One file a subject; [`notes`] says every note. A sentence stands in both languages side by side, with
//! the same figures by name in each.

mod causes;
mod checkup;
mod draws;
mod events;
mod figures;
mod households;
mod industry;
mod labels;
mod mix;
mod names;
mod notes;
mod outage;
mod plan;
mod prices;
#[cfg(feature = "cli")]
mod progress;
mod sam;
#[cfg(feature = "cli")]
mod solves;
mod spending;
mod split;
mod validation;

pub(crate) use causes::unseen;
pub(crate) use households::{
    earn as households_earn, financed_by, income as household_income, spent_income, taken_from,
};
pub(crate) use labels::IMPORTS_NOT_TOLD;
pub(crate) use names::{block_title, heading};
#[cfg(feature = "cli")]
pub(crate) use progress::{about, how_far};
pub(crate) use sam::{account as sam_account, assumed as sam_assumed};
#[cfg(feature = "cli")]
pub(crate) use solves::{Part, how_long, how_solved};

use crate::lang::{Lang, Text};
use crate::units::Scale;

/// A sentence in both languages with the same figures by name: `say!("{share:.1} of {line}", "{line}의
/// {share:.1}", line, share)`. A [`Text`] is said in the language of the sentence. A figure that only one of
/// the sentences says does not compile.
macro_rules! say {
    ($en:literal, $ko:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        match ($(say!(@ $name $($value)?),)*) {
            ($($name,)*) => {
                use $crate::lang::Lang::{En, Ko};
                use $crate::report::words::Said;
                $crate::lang::Text::new(
                    format!($en $(, $name = Said::said(&$name, En))*),
                    format!($ko $(, $name = Said::said(&$name, Ko))*),
                )
            }
        }
    };
    (@ $name:ident) => { $name };
    (@ $name:ident $value:expr) => { $value };
}
use say;

/// What a sentence can hold.
trait Said {
    /// What it is in a language.
    type As<'a>
    where
        Self: 'a;

    fn said(&self, lang: Lang) -> Self::As<'_>;
}

impl Said for Text {
    type As<'a> = &'a str;
    fn said(&self, lang: Lang) -> &str {
        self.get(lang)
    }
}

impl<T: Said> Said for &T {
    type As<'a>
        = T::As<'a>
    where
        Self: 'a;
    fn said(&self, lang: Lang) -> T::As<'_> {
        (**self).said(lang)
    }
}

/// What is the same in every language.
macro_rules! same {
    ($($type:ty),*) => {$(
        impl Said for $type {
            type As<'a> = &'a $type;
            fn said(&self, _: Lang) -> &$type {
                self
            }
        }
    )*};
}
same!(
    f64,
    i32,
    usize,
    u64,
    String,
    crate::scenario::schedule::YearMonth
);

/// Names in a row.
fn list<'t>(names: impl IntoIterator<Item = &'t Text>) -> Text {
    let names: Vec<&Text> = names.into_iter().collect();
    let row = |lang| {
        names
            .iter()
            .map(|name| name.get(lang))
            .collect::<Vec<_>>()
            .join(", ")
    };
    Text::new(row(Lang::En), row(Lang::Ko))
}

/// An amount in millions of a currency, in the unit that suits it.
fn amount(millions: f64, currency: &str) -> Text {
    let [amount] = amounts([millions], millions, currency);
    amount
}

/// Amounts in millions of a currency, all in the unit that suits the main one.
fn amounts<const N: usize>(millions: [f64; N], main: f64, currency: &str) -> [Text; N] {
    let [en, ko] = [Lang::En, Lang::Ko].map(|lang| Scale::new(lang, currency, [main]));
    millions.map(|millions| Text::new(en.amount(millions), ko.amount(millions)))
}

/// An amount in millions of a currency, as a sentence about a sum has it: "5 trillion won".
fn sum(millions: f64, currency: &str) -> Text {
    let said = |lang| Scale::new(lang, currency, [millions]).in_words(millions);
    Text::new(said(Lang::En), said(Lang::Ko))
}
