//! Amounts as people write them: `1.5조`, `2조 5,000억`, `300억원`, `$3.2bn`, `KRW 40 million`.
//!
//! Own code: libraries of numbers read neither 조 and 억 nor a scale with a currency, and guess where a comma can be
//! read in two ways; here that is refused with both readings.

use crate::error::{Error, Result};
use crate::lang::{Text, excerpt, said};
use crate::units::Money;

mod literal;

use literal::known_units;
pub(crate) use literal::{Literal, begins_with_currency, scan};

/// A number that may stand for money: what a literal or a formula comes to, once or (`V`) over many
/// draws at a time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantity<V = f64> {
    /// The number; in whole units of the currency where it is money.
    pub value: V,
    /// The power of money in it: 0 for a plain number, 1 for won, -1 for "per won".
    pub money: i32,
}

impl Quantity {
    /// A plain number.
    pub const fn number(value: f64) -> Self {
        Quantity { value, money: 0 }
    }

    /// An amount in whole units of the currency.
    pub const fn amount(value: f64) -> Self {
        Quantity { value, money: 1 }
    }
}

/// The largest amount that is read or worked out, in whole units of any currency: thousands of times what
/// the world produces in a year, in won. Beyond it a million is lost in the last digit of a sum, and what
/// is settled to the last digit shown never settles.
pub const CEILING: f64 = 1e21;

/// The largest ratio that an amount is multiplied by: an exchange rate, a deflator, a resizing.
pub const LARGEST_RATIO: f64 = 1e6;

/// What amounts are counted in: the currency of the table, and won per dollar where that is won.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Currency<'a> {
    code: &'a str,
    fx: Option<f64>,
}

impl<'a> Currency<'a> {
    /// A currency (ISO 4217), without an exchange rate.
    pub fn of(code: &'a str) -> Self {
        Currency { code, fx: None }
    }

    /// With an exchange rate in won per dollar, where one is given.
    ///
    /// # Errors
    /// A rate that is not above 0 or above [`LARGEST_RATIO`]; a rate for a table that is not in won.
    pub fn with_rate(self, fx: Option<f64>) -> Result<Self> {
        if let Some(rate) = fx {
            check_rate(self.code, rate)?;
        }
        Ok(Currency { fx, ..self })
    }
}

/// Whether won per dollar can be meant for a table in a currency.
pub(crate) fn check_rate(currency: &str, rate: f64) -> std::result::Result<(), Text> {
    if currency != "KRW" {
        return Err(said!(
            "an exchange rate is won per dollar, for tables in won, and this one is in {currency}: leave it \
             out and write amounts in {currency}, or import the table in won, by the rate of its year \
             (docs/import.md)",
            "환율은 원화 표에서 쓰는 원/달러 환율인데 이 표의 통화는 {currency}입니다. 환율을 빼고 금액을 \
             {currency}로 쓰거나, 표를 기준연도 환율로 환산한 원화 표로 불러오십시오(docs/import.md)"
        ));
    }
    if !(rate > 0.0 && rate <= LARGEST_RATIO) {
        return Err(said!(
            "an exchange rate of {rate} cannot be meant: a dollar costs more than 0 won and at most a \
             million, as in 1380",
            "환율 {rate}은(는) 쓸 수 없습니다. 1달러는 0원보다 크고 백만 원 이하여야 합니다(예: 1380)"
        ));
    }
    Ok(())
}

/// Reads an amount of money. A bare number, or one with a scale only (`3bn`, `1.5조`), is in the
/// table's currency; dollars on a table in won need its rate.
///
/// ```
/// use leontief::scenario::amount::{Currency, parse};
/// let won = Currency::of("KRW");
/// assert_eq!(parse("1.5조", won)?.as_units(), 1.5e12);
/// assert_eq!(parse("2조 5,000억원", won)?.as_units(), 2.5e12);
/// assert_eq!(parse("300억", won)?.as_units(), 30e9);
/// assert_eq!(parse("KRW 40 million", won)?.as_units(), 40e6);
/// assert_eq!(parse("$2bn", won.with_rate(Some(1_380.0))?)?.as_units(), 2.76e12);
/// assert_eq!(parse("$2bn", Currency::of("USD"))?.as_units(), 2e9);
/// assert!(parse("1조원", Currency::of("USD")).is_err());
/// assert!(parse("1.5조조", won).is_err());
/// # Ok::<(), leontief::Error>(())
/// ```
///
/// # Errors
/// [`Error::Amount`] with the reason: no number, a notation with two readings, a percentage, another
/// currency than the table's, more than [`CEILING`].
pub fn parse(text: &str, currency: Currency) -> Result<Money> {
    let error = |reason: Text| Error::Amount {
        text: excerpt(text),
        reason,
    };
    let (sign, rest) = signed(text);
    let literal = whole(rest).map_err(error)?;
    if literal.percent {
        return Err(error(said!(
            "a percentage is not an amount",
            "백분율은 금액이 아닙니다"
        )));
    }
    let amount = literal.in_currency(currency).map_err(error)?.value;
    check_size(amount).map_err(error)?;
    Ok(Money::units(sign * amount))
}

/// Reads a plain number or a percentage, as shares, rates, factors and years are written: `0.4`,
/// `40%`, `1,380`, `-5 %`.
///
/// ```
/// use leontief::scenario::amount::number;
/// assert_eq!(number("40%")?, 0.4);
/// # Ok::<(), leontief::Error>(())
/// ```
///
/// # Errors
/// A sentence that says why it is none.
pub fn number(text: &str) -> std::result::Result<f64, Text> {
    let (sign, rest) = signed(text);
    let literal = whole(rest).map_err(|why| match rest.chars().any(char::is_alphabetic) {
        // What is wrong with a unit of money is no help where none is wanted.
        true => said!(
            "'{0}' is not a number: write a plain number or a percentage, as in 0.4 or 40%",
            "'{0}'은(는) 수가 아닙니다. 0.4나 40%처럼 수나 백분율을 쓰십시오",
            excerpt(text)
        ),
        false => why,
    })?;
    if literal.scaled || literal.currency.is_some() {
        return Err(said!(
            "'{0}' is money, and a plain number or a percentage is wanted, as in 0.4 or 40%",
            "'{0}'은(는) 금액입니다. 0.4나 40%처럼 수나 백분율을 쓰십시오",
            excerpt(text)
        ));
    }
    if !literal.value.is_finite() {
        return Err(said!(
            "'{0}' is too large",
            "'{0}'은(는) 너무 큽니다",
            excerpt(text)
        ));
    }
    Ok(sign * literal.value)
}

/// Whether an amount is below [`CEILING`].
pub(crate) fn check_size(amount: f64) -> std::result::Result<(), Text> {
    if amount.abs() <= CEILING {
        return Ok(());
    }
    Err(said!(
        "it is too large: no amount above 10^21 of a currency can be meant, which is more than all the \
         world produces in a thousand years",
        "너무 큰 금액입니다. 10의 21제곱을 넘는 금액은 쓸 수 없습니다(세계 총생산 수천 년 치보다 큼)"
    ))
}

/// That a number of a file is infinite or none at all.
pub(super) fn not_finite(value: f64) -> Text {
    said!(
        "{value} is not a finite number",
        "{value}은(는) 유한한 수가 아닙니다"
    )
}

/// The sign that a text begins with, and what follows.
fn signed(text: &str) -> (f64, &str) {
    let text = text.trim();
    match text.strip_prefix(['-', '−']) {
        Some(rest) => (-1.0, rest.trim_start()),
        None => (1.0, text.strip_prefix('+').unwrap_or(text).trim_start()),
    }
}

/// The literal that a whole text is.
fn whole(text: &str) -> std::result::Result<Literal, Text> {
    let (literal, used) = scan(text)?;
    let rest = text[used..].trim();
    if rest.is_empty() {
        return Ok(literal);
    }
    let (Text { en, ko }, rest) = (known_units(), excerpt(rest));
    Err(said!(
        "'{rest}' is not a unit; {en}",
        "'{rest}'은(는) 단위가 아닙니다. {ko}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn won() -> Currency<'static> {
        Currency::of("KRW")
    }

    fn at(rate: f64) -> Currency<'static> {
        won().with_rate(Some(rate)).expect("a rate")
    }

    #[test]
    fn amounts_as_people_write_them() {
        let cases = [
            ("1.5조", 1.5e12),
            ("300억", 3e10),
            ("300 억 원", 3e10),
            ("2조 5000억", 2.5e12),
            ("2조5,000억원", 2.5e12),
            ("5천만원", 5e7),
            ("3백억", 3e10),
            ("1,234,567", 1_234_567.0),
            ("5_000", 5_000.0),
            ("7tn", 7e12),
            ("7 tn KRW", 7e12),
            ("KRW 2.5bn", 2.5e9),
            ("₩100", 100.0),
            ("12k", 12e3),
            ("1e9", 1e9),
            ("-40억", -4e9),
        ];
        for (text, amount) in cases {
            assert_eq!(parse(text, won()).expect(text).as_units(), amount, "{text}");
        }
        assert_eq!(parse("5.9M USD", at(1000.0)).expect("fx").as_units(), 5.9e9);
    }

    #[test]
    fn what_is_not_an_amount_says_why() {
        for (text, reason) in [
            ("", "does not begin with a number"),
            ("조", "does not begin with a number"),
            ("5억 2조", "units must fall"),
            ("3 apples", "'apples' is not a unit"),
            ("$5", "exchange rate"),
            ("5%", "percentage"),
            ("1,5조", "read as 1.5 or as 15:"),
            ("12,34억", "read as 12.34 or as 1234:"),
            ("1.500,5억", "read as 1500.5 or as 1.5005:"),
            ("1.500,500", "read as 1500.500 or as 1.500500:"),
            ("1234,567", "read as 1234.567 or as 1234567:"),
            ("1,2,3", "not a number"),
            ("1.234.567", "not a number"),
            ("€5m", "the table in KRW"),
            ("1e22", "too large"),
            ("1.2.3", "not a number"),
            ("1e999", "too large"),
            ("NaN", "does not begin with a number"),
        ] {
            let message = parse(text, won()).expect_err(text).to_string();
            assert!(message.contains(reason), "{text}: {message}");
        }
    }

    #[test]
    fn a_plain_number_is_refused_as_a_plain_number() {
        for text in ["abc", "0.4abc", "nan", "inf", "-x"] {
            let error = number(text).expect_err(text).en;
            assert!(
                error.ends_with("write a plain number or a percentage, as in 0.4 or 40%"),
                "{error}"
            );
        }
        assert!(number("2조").expect_err("money").en.contains("is money"));
        assert!(number("1,5").expect_err("unclear").en.contains("1,5"));
    }

    #[test]
    fn an_amount_is_in_the_currency_of_the_table_or_refused() {
        let dollars = Currency::of("USD");
        for text in [
            "$3bn",
            "3bn",
            "USD 3bn",
            "30억 달러",
            "30억달러",
            "3,000,000,000",
        ] {
            assert_eq!(parse(text, dollars).expect(text).as_units(), 3e9, "{text}");
        }
        for text in ["1조원", "KRW 3bn", "₩5", "3bn won"] {
            let message = parse(text, dollars).expect_err(text).to_string();
            assert!(message.contains("in KRW and the table in USD"), "{message}");
        }
        assert_eq!(
            parse("€5m", Currency::of("EUR")).expect("euros").as_units(),
            5e6
        );
        let message = dollars.with_rate(Some(1380.0)).expect_err("a rate");
        assert!(message.to_string().contains("this one is in USD"));
        for rate in [0.0, -1.0, 1e7, f64::NAN, f64::INFINITY] {
            assert!(won().with_rate(Some(rate)).is_err(), "{rate}");
        }
    }

    #[test]
    fn a_number_or_a_percentage_is_read_the_same_way_everywhere() {
        for (text, value) in [
            ("0.4", 0.4),
            ("40%", 0.4),
            ("40 %", 0.4),
            ("-5%", -0.05),
            ("+20%", 0.2),
            ("1,380", 1380.0),
            ("1.500", 1.5),
        ] {
            assert_eq!(number(text), Ok(value), "{text}");
        }
        for text in ["", "40억", "$3", "0,4", "forty", "1e999"] {
            assert!(number(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,24}") {
            let _ = parse(&text, at(1380.0));
        }

        #[test]
        fn numbers_come_back(value in 0.0..1e15f64) {
            // A Money counts in millions: the last bit may go on the way.
            let back = parse(&value.to_string(), won()).expect("a number").as_units();
            prop_assert!((back - value).abs() <= 1e-15 * value, "{back} for {value}");
        }
    }
}
