//! What the parser of arguments refuses, said in Korean; in English it says so itself.

use crate::error::{Error, Remedy, fit};
use crate::lang::Lang;
use clap::error::{ContextKind, ErrorKind};
use std::error::Error as _;
use std::fmt::Write;

/// The whole message for standard error, with what was probably meant and how the command is used.
/// `None` where there is nothing to be said in Korean: help, the version, a failure to write them.
pub(super) fn in_korean(error: &clap::Error) -> Option<String> {
    let mut message = format!("오류: {}\n", sentence(error)?);
    let known = said(error, ContextKind::ValidValue).or(said(error, ContextKind::ValidSubcommand));
    if let Some(known) = known {
        let _ = writeln!(message, "  [쓸 수 있는 값: {known}]");
    }
    for kind in [
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
    ] {
        if let Some(meant) = said(error, kind) {
            let _ = writeln!(message, "\n  혹시 '{meant}'을(를) 뜻하십니까?");
        }
    }
    if let Some(usage) = said(error, ContextKind::Usage) {
        let usage = usage.trim_start_matches("Usage:").trim();
        let _ = writeln!(message, "\n사용법: {usage}");
    }
    message.push_str("\n자세한 내용은 '--help'로 볼 수 있습니다.\n");
    Some(fit(&message))
}

/// What a way out that the library names is here.
fn option(remedy: Remedy, lang: Lang) -> &'static str {
    match remedy {
        Remedy::AllowFiles => "(--allow-files DIR)",
        Remedy::CoefficientSpread => "(--coefficient-spread 0.1)",
        Remedy::Map => lang.pick(
            "(leontief import FILE --suggest writes one, --map reads it)",
            "(leontief import FILE --suggest로 초안을 쓰고 --map으로 읽음)",
        ),
        Remedy::Memory => "(--memory 64GiB)",
        Remedy::Year => "(--year 2020)",
        Remedy::Check => lang.pick(
            "`leontief check` shows all",
            "`leontief check --lang ko`로 전부 볼 수 있습니다",
        ),
    }
}

/// An error of the library, with the command or the option that shows the way out.
pub(super) fn with_options(error: &Error, lang: Lang) -> String {
    let said = Remedy::ALL.iter().fold(error.say(lang), |said, remedy| {
        said.replace(remedy.text().get(lang), option(*remedy, lang))
    });
    match error {
        Error::UnknownSector { candidates, .. } if candidates.is_empty() => lang.pick(
            format!("{said}; `leontief sectors` lists them"),
            format!("{said}. 부문 목록은 `leontief sectors --lang ko`로 볼 수 있습니다"),
        ),
        _ => said,
    }
}

/// What is wrong.
fn sentence(error: &clap::Error) -> Option<String> {
    let of = |kind| said(error, kind).unwrap_or_default();
    let (arg, value) = (of(ContextKind::InvalidArg), of(ContextKind::InvalidValue));
    let command = of(ContextKind::InvalidSubcommand);
    let sentence = match error.kind() {
        ErrorKind::UnknownArgument => format!("'{arg}'은(는) 알 수 없는 옵션이나 값입니다"),
        ErrorKind::InvalidSubcommand => format!("'{command}'은(는) 알 수 없는 명령입니다"),
        ErrorKind::InvalidValue if value.is_empty() => {
            format!("'{arg}'에 값이 없습니다. 값을 지정하십시오")
        }
        ErrorKind::InvalidValue => {
            format!("'{value}'은(는) '{arg}'에 쓸 수 없는 값입니다")
        }
        ErrorKind::ValueValidation => {
            let why = error.source().map(|why| match why.downcast_ref::<Error>() {
                Some(own) => own.say(Lang::Ko),
                None => why.to_string(),
            });
            let why = why.unwrap_or_default();
            format!("'{value}'은(는) '{arg}'에 쓸 수 없는 값입니다: {why}")
        }
        ErrorKind::NoEquals => format!("'{arg}'의 값은 =를 붙여 쓰십시오"),
        ErrorKind::TooManyValues => {
            format!("'{arg}'에 값 '{value}'이(가) 더 있습니다. 값의 수를 줄이십시오")
        }
        ErrorKind::TooFewValues => {
            let (least, given) = (of(ContextKind::MinValues), of(ContextKind::ActualNumValues));
            format!("'{arg}'에는 값이 {least}개 이상 필요하나 {given}개뿐입니다")
        }
        ErrorKind::WrongNumberOfValues => {
            let wanted = of(ContextKind::ExpectedNumValues);
            let given = of(ContextKind::ActualNumValues);
            format!("'{arg}'에는 값이 {wanted}개 필요하나 {given}개입니다")
        }
        ErrorKind::ArgumentConflict => match of(ContextKind::PriorArg) {
            other if other.is_empty() || other == arg => {
                format!("'{arg}'은(는) 한 번만 쓸 수 있습니다")
            }
            other => format!("'{arg}'은(는) '{other}'와(과) 함께 쓸 수 없습니다"),
        },
        ErrorKind::MissingRequiredArgument => format!("필요한 인수가 없습니다: {arg}"),
        ErrorKind::MissingSubcommand => format!("'{command}'에 하위 명령이 없습니다"),
        ErrorKind::InvalidUtf8 => "UTF-8이 아닌 인수가 있습니다".to_owned(),
        _ => return None,
    };
    Some(sentence)
}

/// A part of the error as plain text; several are divided by commas.
fn said(error: &clap::Error, kind: ContextKind) -> Option<String> {
    let text = error.get(kind)?.to_string();
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_library_tells_to_do_is_said_as_an_option_or_a_command() {
        for remedy in Remedy::ALL {
            let error = Error::invalid(remedy.text().map(|way| format!("no: {way}")));
            for lang in [Lang::En, Lang::Ko] {
                let own = option(remedy, lang);
                assert_eq!(with_options(&error, lang), format!("no: {own}"));
                assert!(own.contains("--") || own.contains("`leontief"));
            }
        }
    }
}
