//! Amounts as people write them: `1.5조`, `2조 5,000억`, `300억원`, `$3.2bn`, `KRW 40 million`.

use crate::error::{Error, Result};
use crate::lang::{Text, excerpt, said};
use crate::units::Money;

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
             out and write amounts in {currency}",
            "환율은 원화 표에서 쓰는 원/달러 환율인데 이 표의 통화는 {currency}입니다. 환율을 빼고 금액을 \
             {currency}로 쓰십시오"
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

fn known_units() -> Text {
    said!(
        "units are 원 만 억 조, k m bn tn, KRW or USD",
        "쓸 수 있는 단위는 원 만 억 조, k m bn tn, KRW, USD입니다"
    )
}

/// How currencies are written before and after a number.
const BEFORE: [(&str, &str); 11] = [
    ("$", "USD"),
    ("US$", "USD"),
    ("₩", "KRW"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("KRW", "KRW"),
    ("USD", "USD"),
    ("EUR", "EUR"),
    ("JPY", "JPY"),
    ("CNY", "CNY"),
    ("GBP", "GBP"),
];
const AFTER: [(&str, &str); 14] = [
    ("원", "KRW"),
    ("won", "KRW"),
    ("KRW", "KRW"),
    ("달러", "USD"),
    ("dollars", "USD"),
    ("USD", "USD"),
    ("유로", "EUR"),
    ("euros", "EUR"),
    ("EUR", "EUR"),
    ("엔", "JPY"),
    ("JPY", "JPY"),
    ("위안", "CNY"),
    ("CNY", "CNY"),
    ("GBP", "GBP"),
];

/// Whether an amount may begin here with its currency: "KRW 40bn", "$3bn", "€5m".
pub(crate) fn begins_with_currency(text: &str) -> bool {
    BEFORE.iter().any(|(mark, _)| {
        let rest = text.strip_prefix(mark).unwrap_or_default();
        match mark.starts_with(|c: char| c.is_ascii_alphabetic()) {
            true => rest.starts_with([' ', '$']) || (*mark == "US$" && !rest.is_empty()),
            false => text.starts_with(mark),
        }
    })
}

/// A literal as it stands in a text, before an exchange rate is applied.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Literal {
    pub(crate) value: f64,
    currency: Option<&'static str>,
    scaled: bool,
    pub(crate) percent: bool,
}

impl Literal {
    /// The number of dollars, where it is an amount in dollars and the table is in won.
    pub(crate) fn dollars(self, table: &str) -> Option<f64> {
        (table == "KRW" && self.currency == Some("USD")).then_some(self.value)
    }

    /// Money in the table's currency, or a plain number where neither a currency nor a scale is given.
    pub(crate) fn in_currency(self, table: Currency) -> std::result::Result<Quantity, Text> {
        let code = table.code;
        match self.currency {
            None if !self.scaled => Ok(Quantity::number(self.value)),
            None => Ok(Quantity::amount(self.value)),
            Some(own) if own == code => Ok(Quantity::amount(self.value)),
            Some("USD") if code == "KRW" => match table.fx {
                Some(rate) => Ok(Quantity::amount(self.value * rate)),
                None => Err(said!(
                    "it is in dollars: give the exchange rate in won per dollar (fx = 1380 under [scenario])",
                    "달러 금액입니다. 원/달러 환율을 지정하십시오([scenario]의 fx = 1380)"
                )),
            },
            Some(own) => Err(said!(
                "it is in {own} and the table in {code}: write it in {code}, or without a currency (3bn) \
                 where {code} is meant; the program exchanges dollars for won only",
                "금액의 통화는 {own}이고 표의 통화는 {code}입니다. {code} 금액으로 고치거나, {code}로 쓴 것이면 \
                 통화 표시를 빼십시오(예: 3bn). 환산은 원화 표의 달러 금액에만 적용됩니다"
            )),
        }
    }
}

/// Reads one literal at the beginning of a text; returns it and how many bytes it took.
pub(crate) fn scan(text: &str) -> std::result::Result<(Literal, usize), Text> {
    let mut at = 0;
    let mut currency = None;
    for (prefix, which) in BEFORE {
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
        if let Some(after) = rest[spaces(rest)..].strip_prefix('%') {
            if literal.scaled || literal.currency.is_some() {
                return Err(said!(
                    "money and a percentage in one number",
                    "금액과 백분율이 한 수에 있습니다"
                ));
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
            return Err(said!(
                "the units must fall, as in 2조 5,000억",
                "단위는 '2조 5,000억'처럼 큰 것부터 써야 합니다"
            ));
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
    for (suffix, which) in AFTER {
        if word.eq_ignore_ascii_case(suffix) {
            if literal.currency.is_some_and(|c| c != which) {
                return Err(said!("two currencies", "통화가 두 가지입니다"));
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

/// A number with its length. A comma separates thousands and a point begins decimals; what can be
/// read in two ways (`1,5`, `12,34`, `1.500,5`) is refused with both.
fn scan_number(text: &str) -> std::result::Result<(f64, usize), Text> {
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
        let Text { en, ko } = known_units();
        return Err(said!(
            "it does not begin with a number; {en}",
            "수로 시작하지 않습니다. {ko}"
        ));
    }
    let not_a_number = |digits: &str| {
        said!(
            "'{0}' is not a number",
            "'{0}'은(는) 수가 아닙니다",
            excerpt(digits)
        )
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((&digits, ""));
    if decimals.contains('.') {
        return Err(not_a_number(&digits));
    }
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let grouped = groups.all(|group| group.len() == 3)
        && (!whole.contains(',') || (1..=3).contains(&first.len()));
    if !grouped || decimals.contains(',') {
        let plain: String = digits.chars().filter(|c| *c != ',').collect();
        let european: String = digits
            .chars()
            .filter(|c| *c != '.')
            .map(|c| if c == ',' { '.' } else { c })
            .collect();
        if european.matches('.').count() > 1 {
            return Err(not_a_number(&digits));
        }
        return Err(said!(
            "'{0}' can be read as {european} or as {plain}: a comma separates thousands in threes, as in \
             1,500, and a point begins decimals, as in 1.5",
            "'{0}'은(는) {european}로도 {plain}로도 읽힙니다. 쉼표는 세 자리마다(예: 1,500), 소수점은 마침표로(예: \
             1.5) 쓰십시오",
            excerpt(&digits)
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
    let value: f64 = digits.parse().map_err(|_| not_a_number(&digits))?;
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
            && (after.is_empty() || AFTER.iter().any(|(word, _)| *word == after))
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
