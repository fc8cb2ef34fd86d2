//! Figures: a formula bound to those before it, with the distribution that it is drawn from.

use super::Builder;
use crate::error::Result;
use crate::lang::{Text, said};
use crate::scenario::amount::{check_rate, check_size};
use crate::scenario::distribution::{Distribution, Shape};
use crate::scenario::file::Input;
use crate::scenario::formula::Formula;
use crate::scenario::{Figure, Label};

impl Builder<'_> {
    /// Adds a figure.
    pub(super) fn add(&mut self, key: &str, label: Label, input: &Input) -> Result<usize> {
        let by_name = &self.by_name;
        let slot = |name: &str| by_name.get(name).copied();
        let currency = self.table.meta().currency.as_str();
        let fail = |message: Text| self.input_error(input, key, message);
        let bound = input.value.bind(&slot, currency).map_err(|mut message| {
            if message.en.starts_with("there is no parameter") && !by_name.is_empty() {
                let near: Vec<&str> = by_name.keys().map(String::as_str).collect();
                let near = near.join(", ");
                let (en, ko) = (&message.en, &message.ko);
                message = said!("{en}; there are {near}", "{ko}. 쓸 수 있는 이름: {near}");
            }
            fail(message)
        })?;
        let value = bound.evaluate(&self.values).map_err(fail)?;
        if value.money == 1 {
            check_size(value.value).map_err(fail)?;
        }
        if key == "fx" {
            check_rate(currency, value.value).map_err(fail)?;
        }
        let constant = |formula: &Formula| {
            let q = formula.bind(&slot, currency)?.evaluate(&self.values)?;
            if q.money == value.money {
                if q.money == 1 {
                    check_size(q.value)?;
                }
                Ok(q.value)
            } else {
                Err(said!(
                    "value and range are in different units",
                    "값과 범위의 단위가 다릅니다"
                ))
            }
        };
        let distribution = distribution(input, value.value, &constant).map_err(fail)?;
        self.values.push(value);
        self.figures.push(Figure {
            key: key.to_owned(),
            label,
            distribution,
            bound,
            origin: input.origin,
            offset: input.offset,
            literal: input.value.is_literal() && !input.value.is_percentage(),
        });
        Ok(self.figures.len() - 1)
    }

    /// What a figure comes to, as written.
    pub(super) fn written(&self, at: usize) -> f64 {
        self.values[at].value
    }

    pub(super) fn add_optional(
        &mut self,
        key: &str,
        label: Label,
        input: &Option<Input>,
    ) -> Result<Option<usize>> {
        input
            .as_ref()
            .map(|input| self.add(key, label, input))
            .transpose()
    }
}

/// The distribution of a figure, from its keys.
fn distribution(
    input: &Input,
    value: f64,
    constant: &dyn Fn(&Formula) -> std::result::Result<f64, Text>,
) -> std::result::Result<Option<Distribution>, Text> {
    let Some(shape) = input.shape else {
        // A range alone is a triangle around the value: how a published range is mostly meant.
        return match &input.range {
            Some(_) if input.sd.is_some() || input.values.is_some() || input.weights.is_some() => {
                Err(said!(
                    "a range with sd, values or weights: name the shape that is meant",
                    "range를 sd, values, weights와 함께 쓰려면 분포 형태(shape)를 지정하십시오"
                ))
            }
            Some([low, high]) => {
                Distribution::triangular(constant(low)?, value, constant(high)?).map(Some)
            }
            None if input.sd.is_some() || input.values.is_some() || input.weights.is_some() => {
                Err(said!(
                    "a distribution needs its shape: normal, lognormal or discrete",
                    "분포 형태(shape)를 normal, lognormal, discrete 중에서 지정하십시오"
                ))
            }
            None => Ok(None),
        };
    };
    let given = [
        ("range", input.range.is_some()),
        ("sd", input.sd.is_some()),
        ("values", input.values.is_some()),
        ("weights", input.weights.is_some()),
    ];
    let needed: &[&str] = match shape {
        Shape::Uniform | Shape::Triangular | Shape::Pert => &["range"],
        Shape::Normal | Shape::Lognormal => &["sd"],
        Shape::Discrete => &["values", "weights"],
    };
    if let Some((key, _)) = given
        .iter()
        .find(|(k, given)| *given && !needed.contains(k))
    {
        let (en, ko) = (needed.join(" and "), needed.join(", "));
        return Err(said!(
            "{key} does not go with the shape, which takes {en}",
            "{key}은(는) 이 분포 형태에 쓰이지 않습니다. 필요한 항목: {ko}"
        ));
    }
    let missing = |key: &str| {
        said!(
            "the shape needs {key}",
            "이 분포 형태에는 {key}이(가) 필요합니다"
        )
    };
    let range = || -> std::result::Result<(f64, f64), Text> {
        let [low, high] = input
            .range
            .as_ref()
            .ok_or_else(|| missing("range = [low, high]"))?;
        Ok((constant(low)?, constant(high)?))
    };
    let sd = || input.sd.as_ref().ok_or_else(|| missing("sd"));
    match shape {
        Shape::Uniform => {
            let (low, high) = range()?;
            if !(low..=high).contains(&value) {
                return Err(said!(
                    "the value {value} is outside its range {low}..{high}",
                    "값 {value}이(가) 범위 {low}..{high} 밖에 있습니다"
                ));
            }
            Distribution::uniform(low, high)
        }
        Shape::Triangular => {
            range().and_then(|(low, high)| Distribution::triangular(low, value, high))
        }
        Shape::Pert => range().and_then(|(low, high)| Distribution::pert(low, value, high)),
        Shape::Normal => Distribution::normal(value, constant(sd()?)?),
        Shape::Lognormal => {
            // The spread is of the logarithm: a plain number, whatever the value is.
            let sd: f64 = sd()?
                .text()
                .parse()
                .map_err(|_| said!("sd must be a plain number", "sd는 단위 없는 수여야 합니다"))?;
            Distribution::lognormal(value, sd)
        }
        Shape::Discrete => {
            let values = input.values.clone();
            let values = values.ok_or_else(|| missing("values = [...]"))?;
            let outside = values.iter().all(|v| *v < value) || values.iter().all(|v| *v > value);
            if outside && !values.is_empty() {
                return Err(said!(
                    "the value {value} is outside its values",
                    "값 {value}이(가) values의 범위 밖에 있습니다"
                ));
            }
            Distribution::discrete(values, input.weights.as_deref().unwrap_or(&[]))
        }
    }
    .map(Some)
}
