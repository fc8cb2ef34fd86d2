//! When: months, durations, and how spending is spread over calendar years.

use crate::lang::{Text, excerpt, said};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// The years that a scenario may speak of; another can only be a slip.
pub(crate) const YEARS: RangeInclusive<i32> = 1900..=2200;

/// A month of a year; a plain year is its January.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "YearMonthForm", into = "String")]
pub struct YearMonth {
    /// Months since January of year 0.
    months: i32,
}

impl YearMonth {
    /// January of a year.
    pub fn january(year: i32) -> Self {
        YearMonth {
            months: year.saturating_mul(12),
        }
    }

    /// The calendar year.
    pub fn year(self) -> i32 {
        self.months.div_euclid(12)
    }

    /// So many months later.
    ///
    /// ```
    /// use leontief::scenario::schedule::{Months, YearMonth};
    /// let begun = YearMonth::january(2027);
    /// let done = begun.plus(Months(18));
    /// assert_eq!((done.to_string().as_str(), done.year()), ("2028-07", 2028));
    /// assert_eq!(done.months_since(begun), 18);
    /// ```
    pub fn plus(self, duration: Months) -> Self {
        YearMonth {
            months: self.months.saturating_add(duration.0 as i32),
        }
    }

    /// The month before.
    pub(crate) fn minus_one(self) -> Self {
        YearMonth {
            months: self.months.saturating_sub(1),
        }
    }

    /// How many months after another, or before it.
    pub fn months_since(self, other: YearMonth) -> i32 {
        self.months - other.months
    }
}

impl fmt::Display for YearMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}", self.year(), self.months.rem_euclid(12) + 1)
    }
}

impl From<YearMonth> for String {
    fn from(month: YearMonth) -> String {
        month.to_string()
    }
}

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "a year (2027) or a month (\"2027-04\")\u{1f}연도(2027)나 연월(\"2027-04\")로 쓰십시오"
)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub(crate) enum YearMonthForm {
    Year(i32),
    Text(String),
}

impl TryFrom<YearMonthForm> for YearMonth {
    type Error = String;
    fn try_from(form: YearMonthForm) -> Result<Self, String> {
        match form {
            YearMonthForm::Year(year) if YEARS.contains(&year) => Ok(YearMonth::january(year)),
            YearMonthForm::Year(year) => Err(said!(
                "year {year} is not in 1900..2200",
                "연도 {year}은(는) 1900~2200년 범위를 벗어납니다"
            )
            .joined()),
            YearMonthForm::Text(text) => text.parse().map_err(Text::joined),
        }
    }
}

impl FromStr for YearMonth {
    type Err = Text;
    fn from_str(text: &str) -> Result<Self, Text> {
        let error = || {
            let text = excerpt(text);
            said!(
                "'{text}' is not a year or a month; write 2027 or \"2027-04\"",
                "'{text}'은(는) 연도나 연월이 아닙니다. 2027 또는 \"2027-04\" 형식으로 쓰십시오"
            )
        };
        let (year, month) = text.trim().split_once('-').unwrap_or((text.trim(), "1"));
        let year: i32 = year.parse().map_err(|_| error())?;
        let month: i32 = month.parse().map_err(|_| error())?;
        if !YEARS.contains(&year) || !(1..=12).contains(&month) {
            return Err(error());
        }
        Ok(YearMonth {
            months: year * 12 + month - 1,
        })
    }
}

/// A duration in whole months: "24 months", "2 years", "2년", or a number of years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(try_from = "MonthsForm", into = "String")]
pub struct Months(pub u32);

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "a duration: \"30 months\", \"2 years\" or 2 (years)\u{1f}기간은 \"30개월\", \"2년\" 또는 \
                 2(년)로 쓰십시오"
)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub(crate) enum MonthsForm {
    Years(u32),
    Text(String),
}

impl TryFrom<MonthsForm> for Months {
    type Error = String;
    fn try_from(form: MonthsForm) -> Result<Self, String> {
        match form {
            MonthsForm::Years(years) if years <= 100 => Ok(Months(years * 12)),
            MonthsForm::Years(years) => Err(said!(
                "{years} years is more than a century",
                "기간 {years}년은 100년을 넘습니다"
            )
            .joined()),
            MonthsForm::Text(text) => text.parse().map_err(Text::joined),
        }
    }
}

impl FromStr for Months {
    type Err = Text;
    fn from_str(text: &str) -> Result<Self, Text> {
        let error = || {
            let text = excerpt(text);
            said!(
                "'{text}' is not a duration; write \"30 months\", \"2 years\" or 2 (years)",
                "'{text}'은(는) 기간이 아닙니다. \"30개월\", \"2년\" 또는 2(년)로 쓰십시오"
            )
        };
        let text = text.trim();
        let digits = text
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(text.len());
        let number: f64 = text[..digits].parse().map_err(|_| error())?;
        let months = match text[digits..].trim().to_lowercase().as_str() {
            "month" | "months" | "m" | "개월" => number,
            "" | "year" | "years" | "y" | "년" => number * 12.0,
            _ => return Err(error()),
        };
        if months.fract() != 0.0 || months > 1200.0 {
            return Err(said!(
                "'{text}' must be a whole number of months, at most a century",
                "'{text}'은(는) 100년 이내의 정수 개월이어야 합니다"
            ));
        }
        Ok(Months(months as u32))
    }
}

impl fmt::Display for Months {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} months", self.0)
    }
}

impl From<Months> for String {
    fn from(months: Months) -> String {
        months.to_string()
    }
}

/// How a one-off phase's spending is spread over its duration.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(try_from = "ProfileForm", into = "ProfileForm")]
pub enum Profile {
    /// The same every month.
    #[default]
    Even,
    /// Most at the beginning: the share spent by time t in `[0, 1]` is 1 - (1 - t)^2.
    FrontLoaded,
    /// Slow, fast, slow: 3t^2 - 2t^3.
    SCurve,
    /// Given shares of equal parts of the duration (of its years, if there are as many).
    Shares(Vec<f64>),
}

#[derive(Serialize, Deserialize)]
#[serde(
    untagged,
    expecting = "even, front-loaded, s-curve or a list of shares\u{1f}even, front-loaded, s-curve 또는 비율 \
                 목록을 쓰십시오"
)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub(crate) enum ProfileForm {
    Name(String),
    Shares(Vec<f64>),
}

impl TryFrom<ProfileForm> for Profile {
    type Error = String;
    fn try_from(form: ProfileForm) -> Result<Self, String> {
        match form {
            ProfileForm::Name(name) => match name.as_str() {
                "even" => Ok(Profile::Even),
                "front-loaded" => Ok(Profile::FrontLoaded),
                "s-curve" => Ok(Profile::SCurve),
                name => {
                    let name = excerpt(name);
                    Err(said!(
                        "profile '{name}' is not known; it is even, front-loaded, s-curve or a list of shares",
                        "profile '{name}'을(를) 알 수 없습니다. even, front-loaded, s-curve 또는 비율 목록을 쓰십시오"
                    )
                    .joined())
                }
            },
            ProfileForm::Shares(shares) => {
                let sum: f64 = shares.iter().sum();
                if shares.is_empty() {
                    Err(said!(
                        "a profile needs at least one share; they sum to 1",
                        "profile에는 비율이 하나 이상 있어야 하며 합이 1이어야 합니다"
                    )
                    .joined())
                } else if shares.iter().any(|s| !(0.0..=1.0).contains(s)) {
                    Err(said!(
                        "each share of a profile must be in 0..1",
                        "profile의 각 비율은 0과 1 사이여야 합니다"
                    )
                    .joined())
                } else if (sum - 1.0).abs() > 1e-6 {
                    Err(said!(
                        "the shares of a profile must sum to 1; these sum to {sum}",
                        "profile의 비율은 합이 1이어야 하나 현재 합은 {sum}입니다"
                    )
                    .joined())
                } else {
                    Ok(Profile::Shares(shares))
                }
            }
        }
    }
}

impl From<Profile> for ProfileForm {
    fn from(profile: Profile) -> Self {
        match profile {
            Profile::Even => ProfileForm::Name("even".to_owned()),
            Profile::FrontLoaded => ProfileForm::Name("front-loaded".to_owned()),
            Profile::SCurve => ProfileForm::Name("s-curve".to_owned()),
            Profile::Shares(shares) => ProfileForm::Shares(shares),
        }
    }
}

impl Profile {
    /// The share spent by time `t`, the duration being 1.
    fn spent_by(&self, t: f64) -> f64 {
        let t = t.clamp(0.0, 1.0);
        match self {
            Profile::Even => t,
            Profile::FrontLoaded => 1.0 - (1.0 - t) * (1.0 - t),
            Profile::SCurve => t * t * (3.0 - 2.0 * t),
            Profile::Shares(shares) => {
                let position = t * shares.len() as f64;
                let whole = (position.floor() as usize).min(shares.len());
                let started = shares.get(whole).copied().unwrap_or(0.0);
                shares[..whole].iter().sum::<f64>() + started * position.fract()
            }
        }
    }

    /// The shares spent in each calendar year, which sum to 1.
    ///
    /// ```
    /// use leontief::scenario::schedule::{Months, Profile, YearMonth};
    /// let start = YearMonth::january(2027).plus(Months(9));
    /// assert_eq!(Profile::Even.by_year(start, Months(12)), [(2027, 0.25), (2028, 0.75)]);
    /// ```
    pub fn by_year(&self, start: YearMonth, duration: Months) -> Vec<(i32, f64)> {
        let length = f64::from(duration.0.max(1));
        let end = start.plus(Months(duration.0.max(1)));
        let last = YearMonth {
            months: end.months - 1,
        }
        .year();
        (start.year()..=last)
            .map(|year| {
                let at =
                    |year: i32| f64::from(YearMonth::january(year).months_since(start)) / length;
                (year, self.spent_by(at(year + 1)) - self.spent_by(at(year)))
            })
            .collect()
    }
}

/// The share of each calendar year in which a recurring phase runs, from `start` up to `end`
/// (exclusive): 1 for a full year.
///
/// ```
/// use leontief::scenario::schedule::{Months, YearMonth, running_by_year};
/// let start = YearMonth::january(2030).plus(Months(6));
/// assert_eq!(running_by_year(start, YearMonth::january(2032)), [(2030, 0.5), (2031, 1.0)]);
/// ```
pub fn running_by_year(start: YearMonth, end: YearMonth) -> Vec<(i32, f64)> {
    if end <= start {
        return Vec::new();
    }
    let last = YearMonth {
        months: end.months - 1,
    }
    .year();
    (start.year()..=last)
        .map(|year| {
            let from = YearMonth::january(year).max(start);
            let to = YearMonth::january(year + 1).min(end);
            (year, f64::from(to.months_since(from)) / 12.0)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    fn month(text: &str) -> YearMonth {
        text.parse().expect(text)
    }

    #[test]
    fn shares_by_calendar_year_worked_by_hand() {
        // Eighteen months from July 2027: a third and two thirds when even.
        let even = Profile::Even.by_year(month("2027-07"), Months(18));
        assert_eq!(even.len(), 2);
        assert_relative_eq!(even[0].1, 1.0 / 3.0);
        // S-curve at a third: 3/9 - 2/27 = 7/27.
        let s = Profile::SCurve.by_year(month("2027-07"), Months(18));
        assert_relative_eq!(s[0].1, 7.0 / 27.0, epsilon = 1e-12);
        // Front-loaded at a third: 1 - 4/9.
        let front = Profile::FrontLoaded.by_year(month("2027-07"), Months(18));
        assert_relative_eq!(front[0].1, 5.0 / 9.0, epsilon = 1e-12);
        let given = Profile::Shares(vec![0.2, 0.5, 0.3]).by_year(month("2027"), Months(36));
        let shares: Vec<f64> = given.iter().map(|(_, s)| *s).collect();
        assert_relative_eq!(shares[..], [0.2, 0.5, 0.3][..], epsilon = 1e-12);
    }

    #[test]
    fn a_recurring_phase_counts_the_months_it_runs() {
        let years = running_by_year(month("2029-03"), month("2032"));
        assert_eq!(years.len(), 3);
        assert_relative_eq!(years[0].1, 10.0 / 12.0);
        assert_eq!(years[2], (2031, 1.0));
        assert!(running_by_year(month("2029"), month("2029")).is_empty());
    }

    #[test]
    fn durations_and_months_as_written() {
        assert_eq!("24 months".parse(), Ok(Months(24)));
        assert_eq!("2년".parse(), Ok(Months(24)));
        assert_eq!("1.5 years".parse(), Ok(Months(18)));
        assert!("2 weeks".parse::<Months>().is_err());
        assert!("2027-13".parse::<YearMonth>().is_err());
        assert_eq!(month("2027-04").to_string(), "2027-04");
    }

    proptest! {
        #[test]
        fn a_schedule_sums_to_one(start in 2000i32..2100, m in 1u32..12, length in 1u32..240) {
            let start = YearMonth { months: start * 12 + m as i32 - 1 };
            for profile in [Profile::Even, Profile::FrontLoaded, Profile::SCurve,
                            Profile::Shares(vec![0.1, 0.6, 0.3])] {
                let sum: f64 = profile.by_year(start, Months(length)).iter().map(|(_, s)| s).sum();
                prop_assert!((sum - 1.0).abs() < 1e-12);
            }
        }
    }
}
