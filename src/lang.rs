//! Korean and English: every text that is shown exists in both.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What an error says, in both languages with the same figures in it, as `format!` takes them by name:
/// `said!("there is no '{name}'", "'{name}'이(가) 없습니다")`.
///
/// A figure that needs an expression is named; one that only one of the languages says does not compile:
/// `said!("{n} sectors", "부문 {n}개", n = sectors.len())`.
macro_rules! said {
    ($en:literal, $ko:literal $(, $name:ident = $value:expr)+ $(,)?) => {
        $crate::lang::Text::new(
            format!($en $(, $name = $value)+),
            format!($ko $(, $name = $value)+),
        )
    };
    ($en:literal, $ko:literal $(, $value:expr)* $(,)?) => {
        $crate::lang::Text::new(format!($en $(, $value)*), format!($ko $(, $value)*))
    };
}
pub(crate) use said;

/// The language of names, headings, units and notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Korean.
    Ko,
}

impl Lang {
    /// The text of this language.
    pub fn pick<T>(self, en: T, ko: T) -> T {
        match self {
            Lang::En => en,
            Lang::Ko => ko,
        }
    }
}

/// A text in both languages. In files it is `{ en = "...", ko = "..." }`, or a plain string where
/// both are the same.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[serde(try_from = "TextForm")]
pub struct Text {
    /// English.
    pub en: String,
    /// Korean.
    pub ko: String,
}

// No `From<&str>`: one string does not become a text by itself, so that no message of one language
// passes for both.
impl Text {
    /// A text in both languages.
    pub fn new(en: impl Into<String>, ko: impl Into<String>) -> Self {
        Text {
            en: en.into(),
            ko: ko.into(),
        }
    }

    /// The same text in both languages: a code, a proper name, a user's own words.
    pub fn same(text: impl Into<String>) -> Self {
        let en = text.into();
        Text { ko: en.clone(), en }
    }

    /// Both languages in one line, as CSV files have them: "Youth|청년"; one text for both without
    /// the bar.
    ///
    /// ```
    /// use leontief::{Lang, Text};
    /// assert_eq!(Text::of_line("Youth|청년").get(Lang::Ko), "청년");
    /// assert_eq!(Text::of_line("CO2"), Text::same("CO2"));
    /// ```
    pub fn of_line(line: &str) -> Self {
        match line.split_once('|') {
            Some((en, ko)) => Text::new(en.trim(), ko.trim()),
            None => Text::same(line),
        }
    }

    /// Refuses a text that is longer than [`LONGEST_TEXT`].
    pub(crate) fn check_length(&self) -> Result<(), Text> {
        not_too_long(&self.en)?;
        not_too_long(&self.ko)
    }

    /// The same change made to both languages.
    ///
    /// ```
    /// use leontief::{Lang, Text};
    /// let text = Text::new("jobs", "취업자").map(|word| format!("{word}: 3"));
    /// assert_eq!(text.get(Lang::Ko), "취업자: 3");
    /// ```
    pub fn map(self, change: impl Fn(&str) -> String) -> Self {
        Text {
            en: change(&self.en),
            ko: change(&self.ko),
        }
    }

    /// Both languages in one string, for an error that goes through a library which carries one;
    /// [`Text::parted`] takes them apart.
    pub(crate) fn joined(self) -> String {
        if self.en == self.ko {
            return self.en;
        }
        format!("{}{BETWEEN}{}", self.en, self.ko)
    }

    /// A text that [`Text::joined`] made, or the same in both languages.
    pub(crate) fn parted(text: &str) -> Self {
        match text.split_once(BETWEEN) {
            Some((en, ko)) => Text::new(en, ko),
            None => Text::same(text),
        }
    }

    /// The text in a language.
    pub fn get(&self, lang: Lang) -> &str {
        lang.pick(&self.en, &self.ko)
    }
}

/// What a caller calls a thing of his own, a table, a sector, a phase: one string, or a pair of English and
/// Korean.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Name(pub(crate) Text);

impl From<&str> for Name {
    fn from(name: &str) -> Self {
        Name(Text::same(name))
    }
}

impl From<String> for Name {
    fn from(name: String) -> Self {
        Name(Text::same(name))
    }
}

impl From<(&str, &str)> for Name {
    fn from((en, ko): (&str, &str)) -> Self {
        Name(Text::new(en, ko))
    }
}

impl From<Text> for Name {
    fn from(name: Text) -> Self {
        Name(name)
    }
}

impl From<crate::Error> for Text {
    /// What the error says, in both languages.
    fn from(error: crate::Error) -> Self {
        error.text()
    }
}

/// Hangul in parts (NFD, as macOS has it in names) as syllables: 반 is 반. The arithmetic is that of
/// the Unicode Standard, sec. 3.12.
pub fn compose(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| ('\u{1100}'..='\u{1112}').contains(&c)) {
        return Cow::Borrowed(text);
    }
    let offset = |c: char, first: u32, count: u32| {
        let at = u32::from(c).wrapping_sub(first);
        (at < count).then_some(at)
    };
    let mut composed = String::with_capacity(text.len());
    for c in text.chars() {
        let last = composed.chars().next_back();
        let joined = last.and_then(|last| {
            let syllable = match offset(last, 0x1100, 19) {
                Some(lead) => 0xac00 + (lead * 21 + offset(c, 0x1161, 21)?) * 28,
                None => {
                    let open = offset(last, 0xac00, 11_172).filter(|at| at % 28 == 0)?;
                    0xac00 + open + 1 + offset(c, 0x11a8, 27)?
                }
            };
            char::from_u32(syllable)
        });
        if joined.is_some() {
            composed.pop();
        }
        composed.push(joined.unwrap_or(c));
    }
    Cow::Owned(composed)
}

/// The longest text of a scenario or a table, in characters: a name, a note, a source.
pub const LONGEST_TEXT: usize = 4_000;

fn not_too_long(text: &str) -> Result<(), Text> {
    // Bytes are counted first: they are never fewer.
    if text.len() <= LONGEST_TEXT || text.chars().count() <= LONGEST_TEXT {
        return Ok(());
    }
    let begins = excerpt(text);
    Err(said!(
        "the text that begins '{begins}' is longer than {LONGEST_TEXT} characters",
        "'{begins}'(으)로 시작하는 글이 {LONGEST_TEXT}자를 넘습니다"
    ))
}

/// How many characters of what a user wrote are said back to him.
const EXCERPT: usize = 60;

/// What is said back of a text that was read: its beginning, with control characters shown as what
/// they are, so that neither a file's content nor an escape sequence goes out with a message.
pub(crate) fn excerpt(text: &str) -> String {
    let mut short = String::new();
    for (at, c) in text.chars().enumerate() {
        if at == EXCERPT {
            short.push('…');
            break;
        }
        if is_control(c) {
            short.extend(c.escape_unicode());
        } else {
            short.push(c);
        }
    }
    short
}

/// Whether a character steers the terminal or the direction of a line instead of being shown.
pub(crate) fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{2028}' | '\u{2029}'
        )
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What stands between the languages of [`Text::joined`]: a character that no file may hold.
const BETWEEN: char = '\u{1f}';

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "expected a text, or one for each language: { en = \"...\", ko = \"...\" }\u{1f}글이나 \
                 언어별 글 { en = \"...\", ko = \"...\" }을 쓰십시오"
)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub(crate) enum TextForm {
    Plain(String),
    Both { en: String, ko: String },
}

impl TryFrom<TextForm> for Text {
    type Error = String;
    fn try_from(form: TextForm) -> Result<Self, String> {
        let text = match form {
            TextForm::Plain(text) => Text::same(text),
            TextForm::Both { en, ko } => Text { en, ko },
        };
        text.check_length().map_err(Text::joined)?;
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hangul_in_parts_is_hangul() {
        let parts = "\u{1107}\u{1161}\u{11ab}\u{1103}\u{1169}\u{110e}\u{1166} gpu \u{1100}";
        assert_eq!(compose(parts), "반도체 gpu \u{1100}");
        assert!(matches!(compose("반도체"), Cow::Borrowed("반도체")));
    }

    #[test]
    fn a_text_has_at_most_four_thousand_characters() {
        assert!(Text::same("가".repeat(LONGEST_TEXT)).check_length().is_ok());
        let error = Text::same("가".repeat(LONGEST_TEXT + 1)).check_length();
        let error = error.expect_err("too long");
        assert!(error.en.contains("longer than 4000") && error.ko.contains("4000자"));
    }
}
