//! Distributions of uncertain figures.
//!
//! Every draw goes through the quantile function, so that a draw is a pure function of a uniform
//! number: the same seed and draw number give the same figure anywhere. Only that function needs `statrs`, and
//! with it the feature `ensembles`: bounds are checked and means are known without.

use crate::lang::{Text, said};
use serde::{Deserialize, Serialize};
#[cfg(feature = "ensembles")]
use statrs::distribution::{Beta, ContinuousCDF, Normal};

/// A distribution of a figure, checked when it is made.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Distribution {
    /// The same chance everywhere between two bounds.
    Uniform {
        /// Lower bound.
        low: f64,
        /// Upper bound.
        high: f64,
    },
    /// Rises to a mode and falls again.
    Triangular {
        /// Lower bound.
        low: f64,
        /// The most likely value.
        mode: f64,
        /// Upper bound.
        high: f64,
    },
    /// A smooth triangular: a beta distribution with mean (low + 4 mode + high) / 6.
    Pert {
        /// Lower bound.
        low: f64,
        /// The most likely value.
        mode: f64,
        /// Upper bound.
        high: f64,
    },
    /// Normal.
    Normal {
        /// Mean.
        mean: f64,
        /// Standard deviation.
        sd: f64,
    },
    /// Lognormal: the logarithm is normal.
    Lognormal {
        /// Median.
        median: f64,
        /// Standard deviation of the logarithm.
        sd: f64,
    },
    /// One of several values.
    Discrete {
        /// The values.
        values: Vec<f64>,
        /// Their chances up to each value, the last being 1.
        cumulative: Vec<f64>,
    },
}

/// The name of a distribution in a scenario file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub enum Shape {
    /// [`Distribution::Uniform`].
    Uniform,
    /// [`Distribution::Triangular`].
    Triangular,
    /// [`Distribution::Pert`].
    Pert,
    /// [`Distribution::Normal`].
    Normal,
    /// [`Distribution::Lognormal`].
    Lognormal,
    /// [`Distribution::Discrete`].
    Discrete,
}

impl Distribution {
    /// Between two bounds.
    ///
    /// ```
    /// use leontief::scenario::Distribution;
    /// assert_eq!(Distribution::uniform(2.0, 6.0)?.mean(), 4.0);
    /// assert!(Distribution::uniform(6.0, 2.0).is_err());
    /// # Ok::<(), leontief::Text>(())
    /// ```
    ///
    /// # Errors
    /// Bounds the wrong way round or not finite.
    pub fn uniform(low: f64, high: f64) -> Result<Self, Text> {
        ordered(low, low, high)?;
        Ok(Distribution::Uniform { low, high })
    }

    /// With a mode.
    ///
    /// ```
    /// use leontief::scenario::Distribution;
    /// assert_eq!(Distribution::triangular(0.0, 1.0, 5.0)?.mean(), 2.0);
    /// # Ok::<(), leontief::Text>(())
    /// ```
    ///
    /// # Errors
    /// Bounds the wrong way round, a mode outside them, or values that are not finite.
    pub fn triangular(low: f64, mode: f64, high: f64) -> Result<Self, Text> {
        ordered(low, mode, high)?;
        Ok(Distribution::Triangular { low, mode, high })
    }

    /// With a mode, smooth.
    ///
    /// ```
    /// use leontief::scenario::Distribution;
    /// assert_eq!(Distribution::pert(0.0, 1.0, 8.0)?.mean(), 2.0);
    /// # Ok::<(), leontief::Text>(())
    /// ```
    ///
    /// # Errors
    /// As [`Distribution::triangular`].
    pub fn pert(low: f64, mode: f64, high: f64) -> Result<Self, Text> {
        ordered(low, mode, high)?;
        Ok(Distribution::Pert { low, mode, high })
    }

    /// Around a mean.
    ///
    /// ```
    /// use leontief::scenario::Distribution;
    /// assert_eq!(Distribution::normal(3.0, 1.0)?.mean(), 3.0);
    /// assert!(Distribution::normal(3.0, -1.0).is_err());
    /// # Ok::<(), leontief::Text>(())
    /// ```
    ///
    /// # Errors
    /// A standard deviation that is negative or not finite.
    pub fn normal(mean: f64, sd: f64) -> Result<Self, Text> {
        spread(sd)?;
        finite(mean, said!("mean", "평균"))?;
        Ok(Distribution::Normal { mean, sd })
    }

    /// Around a median, skewed to the right; `sd` is that of the logarithm.
    ///
    /// ```
    /// use leontief::scenario::Distribution;
    /// // The mean lies above the median: e^(.5 x .5 / 2).
    /// assert!((Distribution::lognormal(1.0, 0.5)?.mean() - 1.1331).abs() < 5e-5);
    /// # Ok::<(), leontief::Text>(())
    /// ```
    ///
    /// # Errors
    /// A median that is not above 0, or an `sd` that is negative or not finite.
    pub fn lognormal(median: f64, sd: f64) -> Result<Self, Text> {
        spread(sd)?;
        if !(median > 0.0 && median.is_finite()) {
            return Err(said!(
                "the median of a lognormal is {median}; it must be above 0",
                "로그정규분포의 중앙값이 {median}입니다. 0보다 커야 합니다"
            ));
        }
        // The farthest that a draw of 53 bits lies from the middle, in standard deviations.
        const FARTHEST: f64 = 8.5;
        finite(
            median * (sd * FARTHEST).exp(),
            said!(
                "largest draw of the lognormal",
                "로그정규분포의 최대 추출값"
            ),
        )?;
        Ok(Distribution::Lognormal { median, sd })
    }

    /// One of several values, with weights of any scale (equal ones where none are given).
    ///
    /// ```
    /// use leontief::scenario::Distribution;
    /// assert_eq!(Distribution::discrete(vec![1.0, 5.0], &[3.0, 1.0])?.mean(), 2.0);
    /// # Ok::<(), leontief::Text>(())
    /// ```
    ///
    /// # Errors
    /// No values, or weights that are negative, all zero or of another number.
    pub fn discrete(values: Vec<f64>, weights: &[f64]) -> Result<Self, Text> {
        if values.is_empty() || values.iter().any(|v| !v.is_finite()) {
            return Err(said!(
                "a discrete distribution needs finite values",
                "이산분포의 값은 유한한 수여야 합니다"
            ));
        }
        let equal = vec![1.0; values.len()];
        let weights = if weights.is_empty() { &equal } else { weights };
        let sum: f64 = weights.iter().sum();
        if weights.len() != values.len()
            || weights.iter().any(|w| !(*w >= 0.0))
            || !(sum > 0.0 && sum.is_finite())
        {
            let n = values.len();
            return Err(said!(
                "{n} values need as many weights, all finite, none negative and not all zero",
                "값이 {n}개이므로 가중치도 {n}개여야 합니다. 가중치와 그 합은 유한하고 음수가 없으며 \
                 모두 0이 아니어야 합니다"
            ));
        }
        let mut up_to = 0.0;
        let cumulative = weights
            .iter()
            .map(|w| {
                up_to += w / sum;
                up_to
            })
            .collect();
        Ok(Distribution::Discrete { values, cumulative })
    }

    /// The value below which a share `u` in `(0, 1)` of all draws lies.
    ///
    /// ```
    /// use leontief::scenario::Distribution;
    /// // Half of a symmetric triangle lies below its mode.
    /// let d = Distribution::triangular(0.0, 2.0, 4.0)?;
    /// assert_eq!(d.quantile(0.5), 2.0);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    #[cfg(feature = "ensembles")]
    pub fn quantile(&self, u: f64) -> f64 {
        match self {
            Distribution::Uniform { low, high } => low + u * (high - low),
            Distribution::Triangular { low, high, .. } | Distribution::Pert { low, high, .. }
                if low == high =>
            {
                *low
            }
            Distribution::Triangular { low, mode, high } => {
                let width = high - low;
                let rising = (mode - low) / width;
                if u < rising {
                    low + (u * width * (mode - low)).sqrt()
                } else {
                    high - ((1.0 - u) * width * (high - mode)).sqrt()
                }
            }
            Distribution::Pert { low, mode, high } => {
                let width = high - low;
                let a = 1.0 + 4.0 * (mode - low) / width;
                let b = 1.0 + 4.0 * (high - mode) / width;
                match Beta::new(a, b) {
                    Ok(beta) => low + width * beta.inverse_cdf(u),
                    // Not reached: a and b are in 1..=5 by construction.
                    Err(_) => *mode,
                }
            }
            Distribution::Normal { mean, sd } => mean + sd * standard_normal(u),
            Distribution::Lognormal { median, sd } => median * (sd * standard_normal(u)).exp(),
            Distribution::Discrete { values, cumulative } => {
                let at = cumulative
                    .iter()
                    .position(|c| u < *c)
                    .unwrap_or(values.len() - 1);
                values[at]
            }
        }
    }

    /// The mean.
    ///
    /// ```
    /// use leontief::scenario::Distribution;
    /// assert_eq!(Distribution::triangular(0.0, 0.5, 1.0)?.mean(), 0.5);
    /// assert_eq!(Distribution::pert(0.0, 1.0, 8.0)?.mean(), 2.0);
    /// assert_eq!(Distribution::discrete(vec![1.0, 5.0], &[3.0, 1.0])?.mean(), 2.0);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn mean(&self) -> f64 {
        match self {
            Distribution::Uniform { low, high } => (low + high) / 2.0,
            Distribution::Triangular { low, mode, high } => (low + mode + high) / 3.0,
            Distribution::Pert { low, mode, high } => (low + 4.0 * mode + high) / 6.0,
            Distribution::Normal { mean, .. } => *mean,
            Distribution::Lognormal { median, sd } => median * (sd * sd / 2.0).exp(),
            Distribution::Discrete { values, cumulative } => {
                let mut before = 0.0;
                values
                    .iter()
                    .zip(cumulative)
                    .map(|(value, upto)| {
                        let chance = upto - before;
                        before = *upto;
                        value * chance
                    })
                    .sum()
            }
        }
    }
}

/// The quantile of the standard normal distribution.
#[cfg(feature = "ensembles")]
pub(crate) fn standard_normal(u: f64) -> f64 {
    Normal::standard().inverse_cdf(u)
}

fn ordered(low: f64, mode: f64, high: f64) -> Result<(), Text> {
    if !(low.is_finite() && high.is_finite() && low <= high) {
        return Err(said!(
            "the range {low}..{high} must go from low to high",
            "범위 {low}..{high}은(는) 작은 값에서 큰 값 순이어야 합니다"
        ));
    }
    finite(high - low, said!("width of the range", "범위의 폭"))?;
    if !(low..=high).contains(&mode) {
        return Err(said!(
            "the value {mode} is outside its range {low}..{high}",
            "값 {mode}이(가) 범위 {low}..{high} 밖에 있습니다"
        ));
    }
    Ok(())
}

fn spread(sd: f64) -> Result<(), Text> {
    if sd >= 0.0 && sd.is_finite() {
        Ok(())
    } else {
        Err(said!(
            "the standard deviation is {sd}; it must be 0 or more",
            "표준편차가 {sd}입니다. 0 이상이어야 합니다"
        ))
    }
}

fn finite(value: f64, Text { en, ko }: Text) -> Result<(), Text> {
    if value.is_finite() {
        Ok(())
    } else {
        Err(said!(
            "the {en} is not a finite number",
            "{ko}이(가) 유한한 수가 아닙니다"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(feature = "ensembles")]
    use approx::assert_relative_eq;

    #[cfg(feature = "ensembles")]
    #[test]
    fn the_mean_of_even_quantiles_is_the_mean() {
        let all = [
            Distribution::uniform(1.0, 3.0),
            Distribution::triangular(0.0, 0.05, 0.15),
            Distribution::pert(28.0, 42.5, 50.0),
            Distribution::normal(5.0, 2.0),
            Distribution::lognormal(10.0, 0.3),
            Distribution::discrete(vec![1.0, 5.0], &[3.0, 1.0]),
            Distribution::triangular(2.0, 2.0, 2.0),
        ];
        for distribution in all {
            let d = distribution.expect("valid");
            let n = 20_000;
            let mean = (0..n)
                .map(|i| d.quantile((f64::from(i) + 0.5) / f64::from(n)))
                .sum::<f64>()
                / f64::from(n);
            assert_relative_eq!(mean, d.mean(), max_relative = 1e-3);
        }
    }

    #[test]
    fn what_cannot_be_is_refused() {
        assert!(Distribution::uniform(2.0, 1.0).is_err());
        assert!(Distribution::triangular(0.0, 2.0, 1.0).is_err());
        assert!(Distribution::normal(0.0, -1.0).is_err());
        assert!(Distribution::lognormal(0.0, 1.0).is_err());
        assert!(Distribution::discrete(vec![1.0], &[0.0]).is_err());
        assert!(Distribution::uniform(f64::NAN, 1.0).is_err());
    }

    #[test]
    fn every_number_of_a_distribution_and_its_sum_is_finite() {
        let infinite = f64::INFINITY;
        let two = || vec![1.0, 2.0];
        assert!(Distribution::discrete(two(), &[infinite, 1.0]).is_err());
        assert!(Distribution::discrete(two(), &[f64::MAX, f64::MAX]).is_err());
        assert!(Distribution::discrete(two(), &[f64::NAN, 1.0]).is_err());
        assert!(Distribution::normal(infinite, 1.0).is_err());
        assert!(Distribution::uniform(-f64::MAX, f64::MAX).is_err());
        assert!(Distribution::triangular(-f64::MAX, 0.0, f64::MAX).is_err());
        assert!(Distribution::pert(-f64::MAX, 0.0, f64::MAX).is_err());
        // The largest logarithm that a draw of 53 bits can come to, times sd, must have an exponential.
        assert!(Distribution::lognormal(1.0, 100.0).is_err());
        assert!(Distribution::lognormal(1.0, 10.0).is_ok());
    }
}
