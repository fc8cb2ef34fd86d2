//! Values of keys: figures with their distributions, shares by name, years.

use super::Certainty;
use super::places::Located;
use crate::lang::{Text, said};
use crate::scenario::amount;
use crate::scenario::distribution::Shape;
use crate::scenario::formula::Formula;
use crate::scenario::schedule::YEARS;
use crate::table::split_error::LARGEST_SHARE_ERROR;
use serde::de::value::MapAccessDeserializer;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// A named figure.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Parameter {
    /// Its value in the scenario itself: a number, an amount or a formula of other parameters.
    #[serde(skip)]
    pub value: Formula,
    /// The distribution it is drawn from.
    pub shape: Option<Shape>,
    /// The bounds of uniform, triangular (mode = value) and pert (mode = value).
    #[serde(skip)]
    pub range: Option<[Formula; 2]>,
    /// The standard deviation of normal (mean = value), or of the logarithm (median = value).
    #[serde(skip)]
    pub sd: Option<Formula>,
    /// The values of a discrete distribution.
    pub values: Option<Vec<f64>>,
    /// Their weights.
    pub weights: Option<Vec<f64>>,
    /// Its name for people.
    pub name: Option<Text>,
    /// Its unit, for people.
    pub unit: Option<Text>,
    /// Where it comes from.
    pub source: Option<Text>,
    /// How certain it is: A to D, or "assumption".
    pub certainty: Option<Certainty>,
    /// A remark.
    pub note: Option<Text>,
    /// Where it stands: byte offset and source.
    #[serde(skip)]
    pub offset: usize,
    #[serde(skip)]
    pub(crate) origin: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub(super) struct ParameterForm {
    value: Located<Formula>,
    shape: Option<Shape>,
    range: Option<[Formula; 2]>,
    sd: Option<Formula>,
    values: Option<Vec<f64>>,
    weights: Option<Vec<f64>>,
    name: Option<Text>,
    unit: Option<Text>,
    source: Option<Text>,
    certainty: Option<Certainty>,
    note: Option<Text>,
}

/// A figure of a line or a phase: a number, an amount, a formula, or a table with a distribution as
/// a parameter has it.
pub type Input = Parameter;

impl From<Located<Formula>> for Parameter {
    fn from(value: Located<Formula>) -> Self {
        Parameter {
            value: value.value,
            shape: None,
            range: None,
            sd: None,
            values: None,
            weights: None,
            name: None,
            unit: None,
            source: None,
            certainty: None,
            note: None,
            offset: value.offset,
            origin: value.origin,
        }
    }
}

impl From<ParameterForm> for Parameter {
    fn from(form: ParameterForm) -> Self {
        Parameter {
            shape: form.shape,
            range: form.range,
            sd: form.sd,
            values: form.values,
            weights: form.weights,
            name: form.name,
            unit: form.unit,
            source: form.source,
            certainty: form.certainty,
            note: form.note,
            ..Parameter::from(form.value)
        }
    }
}

impl<'de> Deserialize<'de> for Parameter {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        // The place comes from the span around the value; what is inside is a bare formula or a
        // table with a distribution.
        struct Either(Parameter);
        impl<'de> Deserialize<'de> for Either {
            fn deserialize<D: Deserializer<'de>>(d: D) -> std::result::Result<Self, D::Error> {
                d.deserialize_any(EitherVisitor).map(Either)
            }
        }
        struct EitherVisitor;
        impl<'de> serde::de::Visitor<'de> for EitherVisitor {
            type Value = Parameter;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "a number, an amount, a formula, or a table { value = ..., shape = ..., range = [...] }\u{1f}수, \
                     금액, 계산식이나 { value = ..., shape = ..., range = [...] } 형식으로 쓰십시오",
                )
            }
            fn visit_i64<E: serde::de::Error>(self, v: i64) -> std::result::Result<Parameter, E> {
                self.visit_f64(v as f64)
            }
            fn visit_f64<E: serde::de::Error>(self, v: f64) -> std::result::Result<Parameter, E> {
                if !v.is_finite() {
                    return Err(E::custom(amount::not_finite(v).joined()));
                }
                self.visit_str(&v.to_string())
            }
            fn visit_str<E: serde::de::Error>(self, v: &str) -> std::result::Result<Parameter, E> {
                let formula = Formula::parse(v).map_err(|e| E::custom(e.joined()))?;
                Ok(Parameter::from(Located::from(formula)))
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(
                self,
                map: A,
            ) -> std::result::Result<Parameter, A::Error> {
                ParameterForm::deserialize(MapAccessDeserializer::new(map)).map(Parameter::from)
            }
        }
        let located = Located::<Either>::deserialize(deserializer)?;
        Ok(Parameter {
            offset: located.offset,
            ..located.value.0
        })
    }
}

impl From<f64> for Parameter {
    fn from(value: f64) -> Self {
        Parameter::from(Located::from(Formula::number(value)))
    }
}

/// Shares by name, each a number or a percentage.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Shares(#[serde(deserialize_with = "shares")] pub BTreeMap<String, f64>);

fn shares<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> std::result::Result<BTreeMap<String, f64>, D::Error> {
    let shares = BTreeMap::<String, Share>::deserialize(deserializer)?;
    let number = |share: Share| share.number().map_err(serde::de::Error::custom);
    shares
        .into_iter()
        .map(|(name, share)| Ok((name, number(share)?)))
        .collect()
}

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "expected a share: a number such as 0.4, or a percentage such as \"40%\"\u{1f}비율은 0.4와 같은 \
                 수나 \"40%\"와 같은 백분율로 쓰십시오"
)]
enum Share {
    Number(f64),
    Text(String),
}

impl Share {
    /// The share, or why it is none, in both languages.
    fn number(self) -> std::result::Result<f64, String> {
        match self {
            Share::Number(share) => Ok(share),
            Share::Text(text) => amount::number(&text).map_err(|why| why.joined()),
        }
    }
}

/// A year of a scenario, refused where it can only be a slip.
pub(super) fn year<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> std::result::Result<Option<i32>, D::Error> {
    let year = i32::deserialize(deserializer)
        .map_err(|_| {
            said!(
                "a year is a whole number, as in 2030",
                "연도는 2030과 같은 정수입니다"
            )
        })
        .map_err(|message| serde::de::Error::custom(message.joined()))?;
    if YEARS.contains(&year) {
        Ok(Some(year))
    } else {
        let (first, last) = (YEARS.start(), YEARS.end());
        let message = said!(
            "year {year} is not in {first}..{last}",
            "연도 {year}은(는) {first}~{last}년 범위를 벗어납니다"
        );
        Err(serde::de::Error::custom(message.joined()))
    }
}

/// A share in 0..1: a number or a percentage.
pub(super) fn share<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> std::result::Result<Option<Located<f64>>, D::Error> {
    let read = Located::<Share>::deserialize(deserializer)?;
    let share = read.value.number().map_err(serde::de::Error::custom)?;
    if !(0.0..=1.0).contains(&share) {
        let message = said!(
            "{share} is not a share: write 0.4 or \"40%\", in 0..1",
            "{share}은(는) 비율이 아닙니다. 0.4나 \"40%\"처럼 0에서 1 사이로 쓰십시오"
        );
        return Err(serde::de::Error::custom(message.joined()));
    }
    Ok(Some(Located {
        value: share,
        offset: read.offset,
        origin: read.origin,
    }))
}

/// A mean error of import shares.
pub(super) fn share_error<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> std::result::Result<Option<f64>, D::Error> {
    match f64::deserialize(deserializer) {
        Ok(error) if (0.0..=LARGEST_SHARE_ERROR).contains(&error) => Ok(Some(error)),
        _ => Err(serde::de::Error::custom(
            said!(
                "what import shares are off on average is a number from 0 to {LARGEST_SHARE_ERROR}, as in 0.01",
                "수입 비중의 평균 오차는 0.01과 같은 0 이상 {LARGEST_SHARE_ERROR} 이하의 수입니다"
            )
            .joined(),
        )),
    }
}

/// Decimals of a figure, no more than it can have.
pub(super) fn decimals<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> std::result::Result<u8, D::Error> {
    match u8::deserialize(deserializer) {
        Ok(decimals @ 0..=9) => Ok(decimals),
        _ => Err(serde::de::Error::custom(
            said!(
                "decimals are a whole number in 0..9",
                "소수 자릿수는 0에서 9 사이의 정수입니다"
            )
            .joined(),
        )),
    }
}
