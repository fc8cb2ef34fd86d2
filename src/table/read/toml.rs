//! What is wrong with a TOML file, in both languages.

use crate::error::{Error, Place};
use crate::lang::{Text, said};

/// A TOML error with the file, the line and what is wrong there.
pub(crate) fn toml_error(place: String, text: &str, error: &toml::de::Error) -> Error {
    let mut at = Place::file(place);
    if let Some(span) = error.span() {
        at = at.line(line_at(text, span.start));
    }
    Error::at(at, translated(error.message()))
}

/// The line, counted from 1, that a byte offset stands on.
pub(crate) fn line_at(text: &str, offset: usize) -> usize {
    let before = &text.as_bytes()[..offset.min(text.len())];
    1 + before.iter().filter(|b| **b == b'\n').count()
}

/// A message of the reader: one of this crate, which holds both languages, or one of serde's or of
/// TOML's, whose words stand in a Korean sentence where it is none of the everyday ones.
fn translated(message: &str) -> Text {
    if let Some((found, expected)) = parts(message, "invalid type: ", ", expected ") {
        let (wanted, found) = (Text::parted(expected), found_ko(found));
        let ko = match wanted.en == wanted.ko {
            true => format!("{found}은(는) 쓸 수 없습니다. {}", expected_ko(expected)),
            false => format!("{found}은(는) 쓸 수 없습니다. {}", wanted.ko),
        };
        let (en, _) = message.split_at(message.len() - expected.len());
        return Text::new(format!("{en}{}", wanted.en), ko);
    }
    let both = Text::parted(message);
    if both.en != both.ko {
        return both;
    }
    for (kind, ko) in [("field", "키"), ("variant", "값")] {
        if let Some((name, known)) = parts(message, &format!("unknown {kind} "), ", expected ") {
            let known = known.trim_start_matches("one of ").replace(" or ", ", ");
            let near = known
                .split(", ")
                .map(|known| (strsim::jaro_winkler(known, name), known))
                .filter(|(likeness, _)| *likeness > 0.85)
                .max_by(|a, b| a.0.total_cmp(&b.0));
            let near = near.map_or(Text::default(), |(_, near)| {
                said!("; did you mean {near}?", " 혹시 {near}입니까?")
            });
            return Text::new(
                format!("{message}{}", near.en),
                format!(
                    "알 수 없는 {ko} {name}입니다.{} 쓸 수 있는 {ko}: {known}",
                    near.ko
                ),
            );
        }
    }
    if let Some(name) = message.strip_prefix("missing field ") {
        return Text::new(message, format!("{name} 키가 없습니다"));
    }
    said!("{message}", "TOML로 읽을 수 없습니다: {message}")
}

/// What stands between a beginning and a middle, and after that.
fn parts<'a>(message: &'a str, begin: &str, middle: &str) -> Option<(&'a str, &'a str)> {
    message.strip_prefix(begin)?.split_once(middle)
}

/// What serde says it found: a kind, mostly with the value.
fn found_ko(found: &str) -> String {
    for (en, ko) in [
        ("boolean", "참·거짓 값"),
        ("integer", "정수"),
        ("floating point", "실수"),
        ("string", "문자열"),
        ("sequence", "목록"),
        ("map", "표"),
    ] {
        if let Some(value) = found.strip_prefix(en) {
            return format!("{ko}{value}");
        }
    }
    found.to_owned()
}

/// What serde says it expected.
fn expected_ko(expected: &str) -> String {
    let ko = match expected {
        "a string" => "문자열을",
        "a boolean" => "true나 false를",
        "a sequence" => "목록([ ... ])을",
        "a map" => "표({ ... })를",
        "f64" | "f32" => "수를",
        "i32" | "i64" | "u8" | "u32" | "u64" | "usize" => "정수를",
        _ => return format!("써야 하는 것: {expected}"),
    };
    format!("{ko} 쓰십시오")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_serde_says_is_said_in_korean() {
        for (en, ko) in [
            (
                "unknown variant `x`, expected `a` or `b`",
                "알 수 없는 값 `x`입니다. 쓸 수 있는 값: `a`, `b`",
            ),
            ("missing field `what`", "`what` 키가 없습니다"),
            (
                "invalid type: integer `3`, expected a string",
                "정수 `3`은(는) 쓸 수 없습니다. 문자열을 쓰십시오",
            ),
            (
                "unclosed table, expected `]`",
                "TOML로 읽을 수 없습니다: unclosed table, expected `]`",
            ),
        ] {
            assert_eq!(translated(en), Text::new(en, ko));
        }
        let misspelt = "unknown field `amout`, expected one of `what`, `amount`";
        let near = Text::new(
            format!("{misspelt}; did you mean `amount`?"),
            "알 수 없는 키 `amout`입니다. 혹시 `amount`입니까? 쓸 수 있는 키: `what`, `amount`",
        );
        assert_eq!(translated(misspelt), near);
        let joined = format!(
            "invalid type: boolean `true`, expected {}",
            Text::new("a number", "수를 쓰십시오").joined()
        );
        assert_eq!(
            translated(&joined),
            Text::new(
                "invalid type: boolean `true`, expected a number",
                "참·거짓 값 `true`은(는) 쓸 수 없습니다. 수를 쓰십시오"
            )
        );
    }
}
