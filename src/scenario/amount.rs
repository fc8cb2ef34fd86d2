//! Amounts as people write them: `1.5조`, `2조 5,000억`, `300억원`, `$3.2bn`, `KRW 40 million`.

use crate::error::{Error, Result};
use crate::units::Money;

/// A number that may stand for money: what a literal or a formula comes to, once or (`V`) over many
/// draws at a time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantity<V = f64> {
    /// The number; in whole won where it is money.
    pub value: V,
    /// The power of money in it: 0 for a plain number, 1 for won, -1 for "per won".
    pub money: i32,
}

impl Quantity {
    /// A plain number.
    pub const fn number(value: f64) -> Self {
        Quantity { value, money: 0 }
    }

    /// An amount in won.
    pub const fn won(value: f64) -> Self {
        Quantity { value, money: 1 }
    }
}

/// Reads an amount of money. A bare number is whole won; dollars need `fx`, won per dollar.
///
/// ```
/// use leontief::scenario::amount::parse;
/// assert_eq!(parse("1.5조", None)?.as_units(), 1.5e12);
/// assert_eq!(parse("2조 5,000억원", None)?.as_units(), 2.5e12);
/// assert_eq!(parse("300억", None)?.as_units(), 30e9);
/// assert_eq!(parse("KRW 40 million", None)?.as_units(), 40e6);
/// assert_eq!(parse("$2bn", Some(1_380.0))?.as_units(), 2.76e12);
/// assert_eq!(parse("1_000_000", None)?.as_units(), 1e6);
/// assert!(parse("1.5조조", None).is_err());
/// # Ok::<(), leontief::Error>(())
/// ```
///
/// # Errors
/// [`Error::Amount`] with the reason.
pub fn parse(text: &str, fx: Option<f64>) -> Result<Money> {
    let error = |reason: String| Error::Amount {
        text: text.to_owned(),
        reason: reason.into(),
    };
    let trimmed = text.trim();
    let (sign, rest) = match trimmed.strip_prefix(['-', '−']) {
        Some(rest) => (-1.0, rest.trim_start()),
        None => (
            1.0,
            trimmed.strip_prefix('+').unwrap_or(trimmed).trim_start(),
        ),
    };
    let (literal, used) = scan(rest).map_err(error)?;
    if !rest[used..].trim().is_empty() {
        return Err(error(format!(
            "'{}' is not a unit; {UNITS}",
            rest[used..].trim()
        )));
    }
    if literal.percent {
        return Err(error("a percentage is not an amount".to_owned()));
    }
    let won = literal.in_won(fx).map_err(error)?;
    if !won.value.is_finite() {
        return Err(error("it is too large".to_owned()));
    }
    Ok(Money::units(sign * won.value))
}

const UNITS: &str = "units are 원 만 억 조, k m bn tn, KRW or USD";

/// A literal as it stands in a text, before an exchange rate is applied.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Literal {
    pub(crate) value: f64,
    currency: Option<Currency>,
    scaled: bool,
    pub(crate) percent: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Currency {
    Won,
    Dollar,
}

impl Literal {
    /// The number of dollars, where it is an amount in dollars.
    pub(crate) fn dollars(self) -> Option<f64> {
        (self.currency == Some(Currency::Dollar)).then_some(self.value)
    }

    /// Money in won, or a plain number where neither a currency nor a scale is given.
    pub(crate) fn in_won(self, fx: Option<f64>) -> std::result::Result<Quantity, String> {
        match self.currency {
            Some(Currency::Dollar) => match fx {
                Some(rate) => Ok(Quantity::won(self.value * rate)),
                None => Err(
                    "it is in dollars: give the exchange rate in won per dollar \
                             (--fx 1380, or fx = 1380 under [scenario])"
                        .to_owned(),
                ),
            },
            Some(Currency::Won) => Ok(Quantity::won(self.value)),
            None if self.scaled => Ok(Quantity::won(self.value)),
            None => Ok(Quantity::number(self.value)),
        }
    }
}

/// Reads one literal at the beginning of a text; returns it and how many bytes it took.
pub(crate) fn scan(text: &str) -> std::result::Result<(Literal, usize), String> {
    let mut at = 0;
    let mut currency = None;
    for (prefix, which) in [
        ("$", Currency::Dollar),
        ("₩", Currency::Won),
        ("USD", Currency::Dollar),
        ("KRW", Currency::Won),
        ("US$", Currency::Dollar),
    ] {
        if text
            .get(..prefix.len())
            .is_some_and(|p| p.eq_ignore_ascii_case(prefix))
        {
            currency = Some(which);
            at = prefix.len() + spaces(&text[prefix.len()..]);
        }
    }
    let mut literal = Literal {
        value: 0.0,
        currency,
        scaled: false,
        percent: false,
    };
    let mut smallest = f64::INFINITY;
    loop {
        let (number, digits) = scan_number(&text[at..])?;
        at += digits;
        let rest = &text[at..];
        if let Some(after) = rest.strip_prefix('%') {
            if literal.scaled || literal.currency.is_some() {
                return Err("money and a percentage in one number".to_owned());
            }
            literal.percent = true;
            literal.value = number / 100.0;
            return Ok((literal, text.len() - after.len()));
        }
        let gap = spaces(rest);
        let word = leading_word(&rest[gap..]);
        let (scale, korean, used) = scan_scale(word);
        let scaled = used > 0;
        if scaled && scale >= smallest {
            return Err("the units must fall, as in 2조 5,000억".to_owned());
        }
        smallest = scale;
        literal.value += number * scale;
        literal.scaled |= scaled;
        if scaled {
            at += gap + used;
        }
        // "2조 5000억": a smaller part may follow a Korean unit.
        let next = spaces(&text[at..]);
        if korean && text[at + next..].starts_with(|c: char| c.is_ascii_digit()) {
            at += next;
            continue;
        }
        break;
    }
    let gap = spaces(&text[at..]);
    let word = leading_word(&text[at + gap..]);
    for (suffix, which) in [
        ("원", Currency::Won),
        ("won", Currency::Won),
        ("KRW", Currency::Won),
        ("달러", Currency::Dollar),
        ("dollars", Currency::Dollar),
        ("USD", Currency::Dollar),
    ] {
        if word.eq_ignore_ascii_case(suffix) {
            if literal.currency.is_some_and(|c| c != which) {
                return Err("two currencies".to_owned());
            }
            literal.currency = Some(which);
            at += gap + word.len();
        }
    }
    Ok((literal, at))
}

fn spaces(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\u{a0}']).len()
}

/// The run of letters that a text begins with.
fn leading_word(text: &str) -> &str {
    let end = text
        .find(|c: char| !c.is_alphabetic() && c != '_')
        .unwrap_or(text.len());
    &text[..end]
}

fn scan_number(text: &str) -> std::result::Result<(f64, usize), String> {
    let bytes = text.as_bytes();
    let mut end = 0;
    while end < bytes.len()
        && (bytes[end].is_ascii_digit() || matches!(bytes[end], b',' | b'_' | b'.'))
    {
        end += 1;
    }
    // A sign that ends a sentence or a list is not part of the number.
    while end > 0 && matches!(bytes[end - 1], b',' | b'_') {
        end -= 1;
    }
    let mut digits = text[..end].to_owned();
    if !digits.bytes().any(|b| b.is_ascii_digit()) {
        return Err(format!("it does not begin with a number; {UNITS}"));
    }
    let whole = digits.split('.').next().unwrap_or_default();
    let grouped = whole.split(',').skip(1).all(|group| group.len() == 3);
    if !grouped {
        return Err(format!(
            "'{digits}': a comma separates thousands; write a decimal point as ."
        ));
    }
    digits.retain(|c| c != ',' && c != '_');
    // 1e9, but not the e of a word.
    if let Some(exponent) = text[end..].strip_prefix(['e', 'E']) {
        let signed = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        let length = signed.bytes().take_while(u8::is_ascii_digit).count();
        if length > 0 {
            let used = 1 + exponent.len() - signed.len() + length;
            digits.push_str(&text[end..end + used]);
            end += used;
        }
    }
    let value: f64 = digits
        .parse()
        .map_err(|_| format!("'{digits}' is not a number"))?;
    Ok((value, end))
}

/// The scale that a word begins with: its factor, whether it is Korean, and its length in bytes.
fn scan_scale(word: &str) -> (f64, bool, usize) {
    let mut rest = word;
    let mut factor = 1.0;
    for (digit, value) in [("십", 10.0), ("백", 100.0), ("천", 1000.0)] {
        if let Some(after) = rest.strip_prefix(digit) {
            factor = value;
            rest = after;
            break;
        }
    }
    for (unit, value) in [("만", 1e4), ("억", 1e8), ("조", 1e12)] {
        if let Some(after) = rest.strip_prefix(unit)
            && matches!(after, "" | "원" | "달러")
        {
            return (factor * value, true, word.len() - after.len());
        }
    }
    if factor > 1.0 && rest == "원" {
        return (factor, true, word.len() - rest.len());
    }
    let factor = match word.to_ascii_lowercase().as_str() {
        "k" | "thousand" => 1e3,
        "m" | "mn" | "million" => 1e6,
        "b" | "bn" | "billion" => 1e9,
        "t" | "tn" | "trillion" => 1e12,
        _ => return (1.0, false, 0),
    };
    (factor, false, word.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
        for (text, won) in cases {
            assert_eq!(parse(text, None).expect(text).as_units(), won, "{text}");
        }
        assert_eq!(
            parse("5.9M USD", Some(1000.0)).expect("fx").as_units(),
            5.9e9
        );
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
            ("1,5조", "comma separates thousands"),
            ("1.2.3", "not a number"),
            ("1e999", "too large"),
            ("NaN", "does not begin with a number"),
        ] {
            let message = parse(text, None).expect_err(text).to_string();
            assert!(message.contains(reason), "{text}: {message}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,24}") {
            let _ = parse(&text, Some(1380.0));
        }

        #[test]
        fn numbers_come_back(value in 0.0..1e15f64) {
            // A Money counts in millions: the last bit may go on the way.
            let back = parse(&value.to_string(), won()).expect("a number").as_units();
            prop_assert!((back - value).abs() <= 1e-15 * value, "{back} for {value}");
        }
    }
}
