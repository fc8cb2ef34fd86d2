//! One literal as it stands in a text, with its scale and its currency: `5,000억원`, `$3.2bn`, `40%`.

use super::{Currency, Quantity};
use crate::lang::{Text, excerpt, said};

/// What may stand behind a number.
pub(super) fn known_units() -> Text {
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
    pub(super) currency: Option<&'static str>,
    pub(super) scaled: bool,
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
