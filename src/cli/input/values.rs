//! Values of options: numbers, amounts, pairs.

use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::scenario::amount;
use crate::scenario::amount::Currency;
use crate::scenario::formula::Formula;
use crate::units::Money;

/// How many rows to show: a whole number, at least 1.
pub(in crate::cli) fn count(text: &str) -> Result<usize> {
    match text.parse() {
        Ok(count) if count > 0 => Ok(count),
        _ => Err(Error::invalid(said!(
            "write a whole number from 1",
            "1 이상의 정수를 쓰십시오"
        ))),
    }
}

/// How often: a whole number, 0 for not at all.
pub(in crate::cli) fn count_or_none(text: &str) -> Result<usize> {
    text.parse().map_err(|_| {
        Error::invalid(said!(
            "write a whole number, 0 for none",
            "정수를 쓰십시오(0은 추출하지 않음)"
        ))
    })
}

/// A calendar year.
pub(in crate::cli) fn year(text: &str) -> Result<i32> {
    text.trim().parse().map_err(|_| {
        Error::invalid(said!(
            "'{text}' is not a year: write 2020,2023",
            "'{text}'은(는) 연도가 아닙니다. 2020,2023처럼 쓰십시오"
        ))
    })
}

/// The type of a multiplier: 1 or 2.
pub(in crate::cli) fn multiplier_type(text: &str) -> Result<u8> {
    match text {
        "1" => Ok(1),
        "2" => Ok(2),
        _ => Err(Error::invalid(said!("write 1 or 2", "1이나 2를 쓰십시오"))),
    }
}

/// The seed of draws: a whole number.
pub(in crate::cli) fn seed(text: &str) -> Result<u64> {
    text.parse().map_err(|_| {
        let most = u64::MAX;
        Error::invalid(said!(
            "write a whole number from 0 to {most}",
            "0에서 {most} 사이의 정수를 쓰십시오"
        ))
    })
}

/// A size of memory: 16GiB, 500MB.
pub(in crate::cli) fn bytes(text: &str) -> Result<u64> {
    let size = text.trim();
    let split = size.find(|c: char| c.is_alphabetic()).unwrap_or(size.len());
    let (number, unit) = size.split_at(split);
    let unit = match unit.to_ascii_lowercase().as_str() {
        "mb" => 1e6,
        "gb" => 1e9,
        "tb" => 1e12,
        "m" | "mib" => f64::from(1 << 20),
        "g" | "gib" => f64::from(1 << 30),
        "t" | "tib" => f64::from(1 << 30) * 1024.0,
        _ => 0.0,
    };
    let bytes = number.trim().parse::<f64>().unwrap_or(0.0) * unit;
    // A megabyte is less than the program itself, a million terabytes more than any machine has.
    if (1e6..=1e18).contains(&bytes) {
        return Ok(bytes as u64);
    }
    Err(Error::invalid(said!(
        "write a size of memory, as in 16GiB or 500MB",
        "16GiB나 500MB처럼 메모리 크기를 쓰십시오"
    )))
}

/// "name=value" in two.
pub(in crate::cli) fn split_pair(text: &str, what: Text, form: &str) -> Result<(String, String)> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() && !value.trim().is_empty() => {
            Ok((name.trim().to_owned(), value.trim().to_owned()))
        }
        _ => {
            let (en, ko) = (what.en, what.ko);
            Err(Error::invalid(said!(
                "{en} '{text}' must have the form {form}",
                "{ko} '{text}'은(는) {form} 형식이어야 합니다"
            )))
        }
    }
}

/// "name=formula" of an option in two; a formula that cannot be read is refused under the option's name.
pub(super) fn formula_pair(text: &str, option: &str, form: &str) -> Result<(String, String)> {
    let (name, formula) = split_pair(text, Text::same(option), form)?;
    match Formula::parse(&formula) {
        Ok(_) => Ok((name, formula)),
        Err(why) => Err(in_option(
            &format!("{option} {name}={formula}:"),
            why.into(),
        )),
    }
}

/// An error of what stands after an option, with the option before it.
pub(in crate::cli) fn in_option(option: &str, error: Error) -> Error {
    Error::invalid(error.text().map(|text| format!("{option} {text}")))
}

/// An amount of an option; dollars go by the rate of another option.
pub(super) fn amount_of(text: &str, currency: Currency) -> Result<Money> {
    amount::parse(text, currency).map_err(|error| {
        // What can be read with a rate lacks nothing else.
        let with_rate = currency.with_rate(Some(1380.0));
        match with_rate.and_then(|currency| amount::parse(text, currency)) {
            Ok(_) => Error::Amount {
                text: text.to_owned(),
                reason: said!(
                    "it is in dollars: give the exchange rate in won per dollar (--fx 1380)",
                    "달러 금액입니다. 원/달러 환율을 지정하십시오(--fx 1380)"
                ),
            },
            Err(_) => error,
        }
    })
}

/// A number or a percentage.
pub(in crate::cli) fn number(text: &str) -> Result<f64> {
    Ok(amount::number(text)?)
}

/// "0.4" or "40%".
pub(in crate::cli) fn parse_share(text: &str) -> Result<f64> {
    let share = amount::number(text)?;
    if (0.0..=1.0).contains(&share) {
        return Ok(share);
    }
    Err(Error::invalid(said!(
        "'{text}' is not a share: write 0.4 or 40%, in 0..1",
        "'{text}'은(는) 비율이 아닙니다. 0.4나 40%처럼 0에서 1 사이로 쓰십시오"
    )))
}
