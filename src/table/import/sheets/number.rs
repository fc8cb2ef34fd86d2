//! Numbers as people write them.

use crate::lang::{Text, said};

/// How the numbers of a text are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::table::import) enum Style {
    /// 1,234.5
    #[default]
    Point,
    /// 1.234,5
    Comma,
}

/// The number of a text; `None` where it says that there is none: "", "-".
///
/// Taken are thousands separated by commas or blanks, parentheses or a triangle for what is below zero,
/// full-width digits, and an exponent; with decimal commas, points between thousands. What does not
/// keep to it is refused: "1,23" is neither 123 nor 1.23.
pub(super) fn read(text: &str, style: Style) -> Result<Option<f64>, Text> {
    let plain = plain(text);
    let plain = plain.trim();
    if matches!(plain, "" | "-") {
        return Ok(None);
    }
    let refused = || {
        let shown: String = text.trim().chars().take(40).collect();
        if plain.ends_with('%') {
            return said!(
                "'{shown}' is a per cent and no amount: write coefficients as plain numbers (12.5% as 0.125) and flows in \
                 money",
                "'{shown}'은(는) 백분율이며 금액이 아닙니다. 계수는 소수(12.5%는 0.125)로, 거래액은 금액으로 쓰십시오"
            );
        }
        match style {
            Style::Point => said!(
                "'{shown}' is not a number: write it as 1234.5 or 1,234.5; leave the cell empty where there is none",
                "'{shown}'은(는) 수가 아닙니다. 1234.5 또는 1,234.5처럼 쓰고, 값이 없으면 비워 두십시오"
            ),
            Style::Comma => said!(
                "'{shown}' is not a number as the others of this file, which have decimal commas: write it as 1234,5 \
                 or 1.234,5",
                "'{shown}'은(는) 소수점이 쉼표인 이 파일의 다른 값과 같은 형식의 수가 아닙니다. 1234,5 또는 1.234,5처럼 \
                 쓰십시오"
            ),
        }
    };
    let (sign, digits) = sign(plain).ok_or_else(refused)?;
    let (mantissa, exponent) = match digits.find(['e', 'E']) {
        Some(at) => digits.split_at(at),
        None => (digits, ""),
    };
    let (point, separator) = match style {
        Style::Point => ('.', ','),
        Style::Comma => (',', '.'),
    };
    let (whole, decimals) = match mantissa.split_once(point) {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (mantissa, None),
    };
    let whole = grouped(whole, separator).ok_or_else(refused)?;
    let mut written = whole;
    if let Some(decimals) = decimals {
        let only_digits = decimals.bytes().all(|b| b.is_ascii_digit());
        if !only_digits || (written.is_empty() && decimals.is_empty()) {
            return Err(refused());
        }
        written.push('.');
        written.push_str(decimals);
    } else if written.is_empty() {
        return Err(refused());
    }
    written.push_str(exponent);
    match written.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(Some(sign * value)),
        _ => Err(refused()),
    }
}

/// What a publisher's marks make of a text that is no plain number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Marked {
    /// A number with a mark of a footnote or of its state beside it: "1,234 1)", "123p", "123*".
    Figure(f64),
    /// No number is given: "..", "n.a.", "x" for what is confidential.
    NotGiven,
}

/// A text with a publisher's marks; `None` where it is nothing of that kind, or could be two numbers: "1,2341)".
pub(super) fn marked(text: &str, style: Style) -> Option<Marked> {
    const NOT_GIVEN: [&str; 22] = [
        "..",
        "...",
        "…",
        ".",
        ":",
        "/",
        "n.a.",
        "n.a",
        "na",
        "n/a",
        "n.d.",
        "nd",
        "x",
        "c",
        "(c)",
        "z",
        "*",
        "**",
        "--",
        "---",
        "비공개",
        "해당없음",
    ];
    const SIGNS: &[char] = &[
        '*', '†', '‡', '§', '#', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹', '⁰', 'ᵖ', 'ʳ', 'ᵉ',
    ];
    // b, k and m could be billions, thousands and millions.
    const STATES: &[char] = &['p', 'r', 's', 'e', 'f', 'u', 'd', 'n'];
    let plain = plain(text);
    let plain = plain.trim();
    if NOT_GIVEN.contains(&plain.to_lowercase().as_str()) {
        return Some(Marked::NotGiven);
    }
    let number = |text: &str| match read(text, style) {
        Ok(Some(number)) => Some(Marked::Figure(number)),
        _ => None,
    };
    let bare = plain.trim_matches(SIGNS).trim();
    if bare.len() < plain.len() {
        return number(bare);
    }
    // "1,234 1)", "1,234 (a)", "1,234 [2]": apart from the figure, or in brackets of their own.
    if let Some(inner) = bare.strip_suffix([')', ']']) {
        let at = inner.rfind(|c: char| !c.is_alphanumeric())?;
        let (before, mark) = inner.split_at(at);
        let apart = mark.starts_with(['(', '[', ' ']);
        let short = (2..=3).contains(&mark.chars().count());
        return number(before.trim()).filter(|_| apart && short);
    }
    let before = bare.strip_suffix(STATES)?;
    let apart = before.ends_with(' ');
    let told = bare.ends_with(['p', 'r', 's']);
    number(before.trim()).filter(|_| apart || told)
}

/// ASCII for what only looks otherwise: full-width digits, long minus signs, hard blanks.
fn plain(text: &str) -> String {
    let plain = text.chars().map(|c| match c {
        '０'..='９' => char::from(b'0' + (u32::from(c) - u32::from('０')) as u8),
        '．' => '.',
        '，' => ',',
        '（' => '(',
        '）' => ')',
        '－' | '\u{2212}' | '\u{2013}' | '\u{2014}' => '-',
        '＋' => '+',
        '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{3000}' => ' ',
        c => c,
    });
    plain.collect()
}

/// The sign and what follows it: "-5", "(5)", "△5", "▲5".
fn sign(text: &str) -> Option<(f64, &str)> {
    if let Some(inner) = text.strip_prefix('(') {
        return Some((-1.0, inner.strip_suffix(')')?.trim()));
    }
    if let Some(rest) = text.strip_prefix(['-', '△', '▲']) {
        return Some((-1.0, rest.trim_start()));
    }
    Some((1.0, text.strip_prefix('+').unwrap_or(text)))
}

/// Digits without what separates their thousands: none at all, or one at every third digit.
fn grouped(whole: &str, separator: char) -> Option<String> {
    let between = if whole.contains(separator) {
        separator
    } else {
        ' '
    };
    let mut groups = whole.split(between);
    let first = groups.next()?;
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 || !(1..=3).contains(&first.len()) {
            return None;
        }
        digits.push_str(group);
    }
    digits.bytes().all(|b| b.is_ascii_digit()).then_some(digits)
}

/// How the numbers among these texts are written: with decimal commas only where some of them can be read
/// in no other way and none in the usual way alone.
pub(super) fn style<'a>(texts: impl Iterator<Item = &'a str>) -> Style {
    let (mut only_comma, mut only_point) = (false, false);
    for text in texts {
        if !text.contains([',', '.']) || !text.bytes().any(|b| b.is_ascii_digit()) {
            continue;
        }
        let reads = |style| matches!(read(text, style), Ok(Some(_)));
        match (reads(Style::Point), reads(Style::Comma)) {
            (true, false) => only_point = true,
            (false, true) => only_comma = true,
            _ => {}
        }
    }
    match only_comma && !only_point {
        true => Style::Comma,
        false => Style::Point,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(text: &str) -> Option<Option<f64>> {
        read(text, Style::Point).ok()
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, value) in [
            ("1,234 ", 1_234.0),
            (" -1,201,076 ", -1_201_076.0),
            ("(5.2)", -5.2),
            ("△1,000", -1_000.0),
            ("−3", -3.0),
            ("1 234 567", 1_234_567.0),
            ("１２３", 123.0),
            ("1.5E-4", 1.5e-4),
            (".5", 0.5),
            ("+7", 7.0),
            ("1234567.25", 1_234_567.25),
        ] {
            assert_eq!(point(text), Some(Some(value)), "{text}");
        }
        for nothing in ["", "  ", "-", " – ", "\u{3000}"] {
            assert_eq!(point(nothing), Some(None), "{nothing:?}");
        }
    }

    #[test]
    fn what_could_be_two_numbers_or_none_is_refused() {
        for text in [
            "1,23",
            "12,34,567",
            "1,2345",
            "5%",
            "n.a.",
            "1.2.3",
            "(5",
            "--5",
            "1e",
            "e5",
            "inf",
            "NaN",
            ".",
            "1 23",
            "0x10",
            "1e999",
            "#REF!",
        ] {
            assert_eq!(point(text), None, "{text}");
        }
    }

    #[test]
    fn marks_of_publishers_are_no_part_of_a_figure_and_what_could_be_two_numbers_stays_refused() {
        let of = |text| marked(text, Style::Point);
        for (text, value) in [
            ("1,234 1)", 1_234.0),
            ("1,234 (a)", 1_234.0),
            ("1,234(1)", 1_234.0),
            ("123p", 123.0),
            ("123 (p)", 123.0),
            ("123 e", 123.0),
            ("-5.5*", -5.5),
            ("(5.2) 1)", -5.2),
            ("7²", 7.0),
            ("*7", 7.0),
        ] {
            assert_eq!(of(text), Some(Marked::Figure(value)), "{text}");
        }
        for text in ["..", "n.a.", "x", "X", ":", "…"] {
            assert_eq!(of(text), Some(Marked::NotGiven), "{text}");
        }
        for text in [
            "1,2341)", "1e", "5m", "5b", "12 34 1)", "oops", "1,23 p", "5%", "#REF!", "1 2", "(5",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn decimal_commas_are_read_only_where_the_file_keeps_to_them() {
        let of = |texts: &[&str]| style(texts.iter().copied());
        assert_eq!(of(&["1,5", "1.234,25", "7"]), Style::Comma);
        assert_eq!(of(&["1,5", "0.25"]), Style::Point);
        assert_eq!(of(&["1,234", "1.234"]), Style::Point);
        assert_eq!(of(&["01", "a,b"]), Style::Point);
        let comma = |text| read(text, Style::Comma).ok().flatten();
        assert_eq!(comma("1.234,5"), Some(1_234.5));
        assert_eq!(comma("1,234"), Some(1.234));
        assert_eq!(comma("0.25"), None);
    }
}
