//! Korean and English: every text that is shown exists in both.

use serde::{Deserialize, Serialize};

/// The language of names, headings, units and notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(from = "TextForm")]
pub struct Text {
    /// English.
    pub en: String,
    /// Korean.
    pub ko: String,
}

impl Text {
    /// A text in both languages.
    pub fn new(en: impl Into<String>, ko: impl Into<String>) -> Self {
        Text {
            en: en.into(),
            ko: ko.into(),
        }
    }

    /// The same text in both languages: a code, a proper name.
    pub fn same(text: impl Into<String>) -> Self {
        let en = text.into();
        Text { ko: en.clone(), en }
    }

    /// Both languages in one line, as CSV files have them: "Youth|청년"; one text for both without
    /// the bar.
    pub fn of_line(line: &str) -> Self {
        match line.split_once('|') {
            Some((en, ko)) => Text::new(en.trim(), ko.trim()),
            None => Text::same(line),
        }
    }

    /// The same change made to both languages.
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

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Text::same(text)
    }
}

impl From<&String> for Text {
    fn from(text: &String) -> Self {
        Text::same(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Text::same(text)
    }
}

impl From<crate::Error> for Text {
    /// What the error says, in both languages.
    fn from(error: crate::Error) -> Self {
        error.text()
    }
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

/// A sentence in both languages with the same figures in it, as `format!` takes them by name:
/// `said!("there is no '{name}'", "'{name}'이(가) 없습니다")`.
macro_rules! said {
    ($en:literal, $ko:literal $(, $value:expr)* $(,)?) => {
        $crate::lang::Text::new(format!($en $(, $value)*), format!($ko $(, $value)*))
    };
}
pub(crate) use said;

/// What stands between the languages of [`Text::joined`]: a character that no file may hold.
const BETWEEN: char = '\u{1f}';

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "expected a text, or one for each language: { en = \"...\", ko = \"...\" }"
)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(crate) enum TextForm {
    Plain(String),
    Both { en: String, ko: String },
}

impl From<TextForm> for Text {
    fn from(form: TextForm) -> Self {
        match form {
            TextForm::Plain(text) => Text::same(text),
            TextForm::Both { en, ko } => Text { en, ko },
        }
    }
}
