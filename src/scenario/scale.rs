//! What a scenario is resized to: its one-off spending to an amount, or all of it by a factor.

use super::amount::{self, Currency, LARGEST_RATIO};
use super::plan::Plan;
use super::{Scenario, ScenarioFile};
use crate::error::{Error, Result};
use crate::lang::said;
use crate::units::Money;

/// "3조", "50%", "2x".
#[derive(Debug, Clone, Copy)]
pub(crate) enum Scale {
    Factor(f64),
    To(Money),
}

impl Scale {
    /// Reads one; `amount` reads an amount.
    pub(crate) fn parse(text: &str, amount: impl Fn(&str) -> Result<Money>) -> Result<Self> {
        let text = text.trim();
        let factor = match text.strip_suffix(['x', 'X']) {
            Some(times) => amount::number(times)?,
            None if text.ends_with('%') => amount::number(text)?,
            None => {
                let amount = amount(text)?;
                if amount.as_units() >= 1.0 {
                    return Ok(Scale::To(amount));
                }
                return Err(Error::invalid(said!(
                    "'{text}': the spending to resize to must be above 0",
                    "'{text}': 조정할 지출액은 0보다 커야 합니다"
                )));
            }
        };
        if factor > 0.0 && factor <= LARGEST_RATIO {
            return Ok(Scale::Factor(factor));
        }
        Err(Error::invalid(said!(
            "'{text}': write an amount (3조) or a factor above 0 (50%, 2x), at most a million",
            "'{text}': 금액(3조)이나 0보다 크고 백만 이하인 배수(50%, 2x)를 쓰십시오"
        )))
    }

    /// What the amounts of a plan, in the table's unit, are to be multiplied by.
    fn factor(self, plan: &Plan, unit: f64) -> Result<f64> {
        match self {
            Scale::Factor(factor) => Ok(factor),
            Scale::To(amount) => plan.factor_to(amount.as_units() / unit),
        }
    }
}

impl ScenarioFile {
    /// What it is to be resized to, dollars by a rate.
    pub(super) fn scale(&self, currency: &str, rate: Option<f64>) -> Result<Option<Scale>> {
        let Some(at) = &self.scenario.scale else {
            return Ok(None);
        };
        let currency = Currency::of(currency).with_rate(rate)?;
        let scale = Scale::parse(&at.value, |text| amount::parse(text, currency));
        let scale = scale.map_err(|why| self.error_at(at, "scale", why))?;
        Ok(Some(scale))
    }
}

impl Scenario {
    /// The same, of the size that it asks for: what it spends as written is what the factor is worked out from.
    pub(super) fn resized(mut self, scale: Option<Scale>) -> Result<Self> {
        if let Some(scale) = scale {
            let factor = scale.factor(&self.plan()?, self.unit);
            let factor = factor.map_err(|why| match &self.file.scenario.scale {
                Some(at) => self.file.led_to_by(at, "scale", why),
                None => why,
            });
            self.factor = Some(factor?);
        }
        Ok(self)
    }
}
