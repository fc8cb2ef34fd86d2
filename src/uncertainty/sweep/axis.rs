//! A parameter that a sweep varies.

use crate::error::{Error, Result};
use crate::lang::{Text, excerpt, said};
use crate::scenario::Scenario;
use crate::scenario::formula::Formula;
use serde::{Deserialize, Serialize};

/// More steps of one parameter than this are not meant.
pub const MOST_STEPS: usize = 1_000_000;

/// One parameter and the values that it takes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Axis {
    /// The name of a parameter or setting of the scenario.
    pub name: String,
    /// Its values, evenly from the first to the last.
    pub values: Vec<f64>,
    /// Whether they are amounts of money, in whole units of the currency.
    pub money: bool,
    /// The last of them as written.
    pub(crate) last: String,
}

impl Axis {
    /// Reads `capex=1조..30조/10`: ten values, evenly from 1 to 30 trillion won, both included;
    /// `currency` (ISO 4217) is the table's.
    ///
    /// ```
    /// use leontief::uncertainty::sweep::Axis;
    /// let axis = Axis::parse("gpu_domestic=0..0.5/6", "KRW")?;
    /// assert_eq!(axis.values, [0.0, 0.1, 0.2, 0.3, 0.4, 0.5]);
    /// assert!(Axis::parse("capex=1조..30/10", "KRW").is_err());
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A form that is not NAME=FROM..TO/STEPS, ends that are no numbers or of different units, a
    /// number of steps that is not 1 to a million.
    pub fn parse(text: &str, currency: &str) -> Result<Self> {
        let fail = |reason: Text| {
            let (text, en, ko) = (excerpt(text), reason.en, reason.ko);
            Error::invalid(said!(
                "'{text}': {en}; write NAME=FROM..TO/STEPS, as in capex=1조..30조/10",
                "'{text}': {ko}. 이름=시작..끝/단계 수 형식으로 쓰십시오. 예: capex=1조..30조/10"
            ))
        };
        let (name, range) = text
            .split_once('=')
            .ok_or_else(|| fail(said!("there is no =", "'='이 없습니다")))?;
        let (range, steps) = range.rsplit_once('/').ok_or_else(|| {
            fail(said!(
                "it does not say how many steps",
                "몇 단계인지 쓰지 않았습니다"
            ))
        })?;
        let (from, to) = range
            .split_once("..")
            .ok_or_else(|| fail(said!("it is not a range", "범위가 아닙니다")))?;
        let steps: usize = match steps.trim().parse() {
            Ok(steps) if (1..=MOST_STEPS).contains(&steps) => steps,
            _ => {
                let steps = steps.trim();
                return Err(fail(said!(
                    "'{steps}' is not a number of steps from 1 to a million",
                    "'{steps}'은(는) 단계 수가 아닙니다. 1에서 1,000,000 사이의 정수를 쓰십시오"
                )));
            }
        };
        let end = |text: &str| {
            let formula = Formula::parse(text.trim())?;
            formula.bind(&|_| None, currency)?.evaluate::<f64>(&[])
        };
        let (low, high) = (end(from).map_err(fail)?, end(to).map_err(fail)?);
        if low.money != high.money {
            return Err(fail(said!(
                "its ends are in different units",
                "범위 양 끝의 단위가 다릅니다"
            )));
        }
        if name.trim().is_empty() {
            return Err(fail(said!(
                "it names no parameter",
                "매개변수 이름이 없습니다"
            )));
        }
        // Weighing both ends gives exactly the last value, and decimals as they are written.
        let last = (steps - 1).max(1) as f64;
        let values = (0..steps)
            .map(|i| (low.value * (last - i as f64) + high.value * i as f64) / last)
            .collect();
        Ok(Axis {
            name: name.trim().to_owned(),
            values,
            money: low.money != 0,
            last: to.trim().to_owned(),
        })
    }

    /// The name and a value of it, to be set before the scenario is checked: what is not there is
    /// refused then, and a setting that the file leaves out is there to be varied.
    pub fn setting(&self) -> (String, String) {
        (self.name.clone(), self.last.clone())
    }

    /// Whether the range is of the parameter's kind in the scenario, where it has the parameter.
    ///
    /// # Errors
    /// Money where a plain number stands, or the other way round.
    pub fn check(&self, scenario: &Scenario) -> Result<()> {
        let at = scenario.figures().iter().position(|f| f.key == self.name);
        let Some(at) = at else {
            return Ok(());
        };
        let money = scenario.values::<f64>(&[])?[at].money != 0;
        if money == self.money {
            return Ok(());
        }
        let name = &self.name;
        Err(Error::invalid(if money {
            said!(
                "'{name}' is an amount of money, such as 3조, in the scenario, and its range is not",
                "'{name}'은(는) 시나리오에서 금액(예: 3조)이나 지정한 범위는 금액이 아닙니다"
            )
        } else {
            said!(
                "'{name}' is a plain number in the scenario, and its range is not",
                "'{name}'은(는) 시나리오에서 금액이 아닌 수이나 지정한 범위는 금액입니다"
            )
        }))
    }
}
