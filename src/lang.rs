//! Korean and English: every text that is shown exists in both.

use serde::{Deserialize, Serialize};

/// The language of names, headings, units and notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
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

    /// The text in a language.
    pub fn get(&self, lang: Lang) -> &str {
        lang.pick(&self.en, &self.ko)
    }
}

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
