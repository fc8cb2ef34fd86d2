//! Words stand in the report: before it in the street, Korean is said in errors only, and no option of the
//! command line is named.
//!
//! An error must be said by a library that is built without the report, so its words stand where it arises,
//! in `said!(...)` with both languages side by side. Everything else that a result says is worded in
//! `src/report/`; what is left below are names that are data. What an import did to make a table is part of
//! the table's own description (`modifications`, `blocks`), and said where it is done.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// The rooms before the report.
const ROOMS: [&str; 10] = [
    "units",
    "lang",
    "error",
    "files",
    "table",
    "model",
    "scenario",
    "analysis",
    "impact",
    "uncertainty",
];

/// Files that hold Korean outside of an error, and what it is. The list may only become shorter: an entry
/// whose words are gone fails the test.
const NAMES: &[(&str, &str)] = &[
    (
        "table/balancing/mod.rs",
        "an error of two parts, each put together before",
    ),
    (
        "table/update/mod.rs",
        "what is added to the title of the table that it makes",
    ),
    (
        "analysis/linkages/mod.rs",
        "what shares are called in an error",
    ),
    (
        "table/regroup.rs",
        "title and modifications of the table that it makes",
    ),
    ("error.rs", "how an error is put together"),
    ("files.rs", "the letters of Hangul"),
    (
        "impact/shock.rs",
        "the names of a shock and of its phase, which a scenario's author gives there",
    ),
    (
        "scenario/amount/literal.rs",
        "how amounts are written: 원, 억, 조",
    ),
    (
        "scenario/bind/mod.rs",
        "the name of a scenario without one, where its author gives one",
    ),
    ("scenario/file/schema.rs", "an example of an amount"),
    ("scenario/place.rs", "how `elsewhere` is written"),
    ("scenario/schedule.rs", "how durations are written"),
    (
        "table/builder.rs",
        "the account of jobs and the source of a table made in memory",
    ),
    (
        "table/builder/coefficients.rs",
        "the account of jobs of a table made in memory",
    ),
    (
        "table/import/bok/labels.rs",
        "what the sheets, rows and columns of the Bank of Korea are called",
    ),
    (
        "table/import/own/origin.rs",
        "words of titles that tell where products come from",
    ),
    (
        "table/import/sheets/number.rs",
        "what publishers write where no figure is given",
    ),
    (
        "table/import/own/words.rs",
        "what the rows and columns of a sheet are called",
    ),
    (
        "table/import/supply_use/labels.rs",
        "what rows and columns of supply and use tables are called",
    ),
    (
        "table/import/world/labels.rs",
        "what databases call rows and categories",
    ),
    ("table/meta.rs", "names of price bases"),
    (
        "table/read/toml.rs",
        "what serde says, put into Korean for errors",
    ),
    (
        "table/sector.rs",
        "words for land, which is no product; the letters of Hangul",
    ),
    (
        "table/titles.rs",
        "what the parts of a table are called where it does not say so itself",
    ),
    ("units/scale.rs", "units of money: 억, 조"),
];

/// Every file of a room but those of tests.
fn files(room: &str) -> Vec<PathBuf> {
    fn below(folder: &Path, all: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            match path.is_dir() {
                true => below(&path, all),
                false => all.push(path),
            }
        }
    }
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    let (file, folder) = (src.join(format!("{room}.rs")), src.join(room));
    if file.is_file() {
        all.push(file);
    }
    if folder.is_dir() {
        below(&folder, &mut all);
    }
    let of_tests = |path: &Path| path.ends_with("tests.rs") || path.iter().any(|of| of == "tests");
    all.retain(|path| !of_tests(path.strip_prefix(&src).expect("inside")));
    all.sort();
    all
}

/// A source without the tests at its foot.
fn without_tests(source: &str) -> &str {
    let foot = source.find("#[cfg(test)]\nmod ").filter(|at| {
        let rest = &source[*at..];
        let opens = rest.lines().nth(1).is_some_and(|line| line.ends_with('{'));
        opens && (*at == 0 || source[..*at].ends_with('\n'))
    });
    &source[..foot.unwrap_or(source.len())]
}

/// A piece of source that is a literal, a comment, or code.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Literal,
    Comment,
    Code,
}

/// A source cut into pieces, in their order.
fn pieces(source: &str) -> Vec<(Kind, Range<usize>)> {
    let bytes = source.as_bytes();
    let mut pieces = Vec::new();
    let (mut at, mut code) = (0, 0);
    while at < bytes.len() {
        let rest = &source[at..];
        let (kind, length) = if rest.starts_with("//") {
            (Kind::Comment, rest.find('\n').unwrap_or(rest.len()))
        } else if rest.starts_with("r#\"") {
            (
                Kind::Literal,
                rest.find("\"#").map_or(rest.len(), |end| end + 2),
            )
        } else if rest.starts_with('"') {
            (Kind::Literal, literal(rest, '"'))
        } else if rest.starts_with('\'') && is_char(rest) {
            (Kind::Literal, literal(rest, '\''))
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        pieces.push((Kind::Code, code..at));
        pieces.push((kind, at..at + length));
        at += length;
        code = at;
    }
    pieces.push((Kind::Code, code..source.len()));
    pieces
}

/// Whether a quotation mark begins a character, and no lifetime.
fn is_char(rest: &str) -> bool {
    let mut chars = rest.chars().skip(1);
    match chars.next() {
        Some('\\') => true,
        Some(_) => chars.next() == Some('\''),
        None => false,
    }
}

/// The length of a literal, with its quotation marks.
fn literal(rest: &str, mark: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == mark => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// Literals with Korean that are not inside a `said!(...)`: their lines.
fn korean_outside_errors(source: &str) -> Vec<(usize, String)> {
    let pieces = pieces(source);
    let mut found = Vec::new();
    // How many parentheses are open since `said!(`; 0 outside.
    let mut depth = 0;
    for (kind, range) in pieces {
        let text = &source[range.clone()];
        match kind {
            Kind::Code => {
                let mut rest = text;
                while let Some(at) = match depth {
                    0 => rest.find("said!(").map(|at| at + "said!".len()),
                    _ => rest.find(['(', ')']),
                } {
                    match &rest[at..=at] {
                        "(" => depth += 1,
                        _ => depth -= 1,
                    }
                    rest = &rest[at + 1..];
                }
            }
            Kind::Literal => {
                let hangul = text.chars().any(|c| ('가'..='힣').contains(&c));
                // Both languages in one string go through serde, which carries one; they are an error's.
                if hangul && depth == 0 && !text.contains("\\u{1f}") {
                    let line = source[..range.start].matches('\n').count() + 1;
                    found.push((line, text.to_owned()));
                }
            }
            Kind::Comment => {}
        }
    }
    found
}

/// An option of the command line in a text: `--top`.
fn option(text: &str) -> Option<&str> {
    let letter = |c: char| c.is_ascii_alphanumeric() || c == '-';
    text.match_indices("--").find_map(|(at, _)| {
        let stands_alone = !text[..at].ends_with(letter);
        let rest = &text[at + 2..];
        let named = rest.starts_with(|c: char| c.is_ascii_lowercase());
        let end = rest.find(|c| !letter(c)).unwrap_or(rest.len());
        (stands_alone && named).then(|| &text[at..at + 2 + end])
    })
}

#[test]
fn before_the_report_korean_is_said_in_errors_only() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    let mut met = vec![false; NAMES.len()];
    for path in ROOMS.iter().flat_map(|room| files(room)) {
        let name = path.strip_prefix(&src).expect("inside").to_string_lossy();
        let name = name.replace('\\', "/");
        let source = fs::read_to_string(&path).expect("text");
        let found = korean_outside_errors(without_tests(&source));
        match NAMES.iter().position(|(file, _)| *file == name) {
            Some(at) => met[at] = !found.is_empty(),
            None => wrong.extend(
                found
                    .into_iter()
                    .map(|(line, text)| format!("src/{name}:{line}: {text}")),
            ),
        }
    }
    assert!(
        wrong.is_empty(),
        "words that belong into src/report/words, or an error's that belong into said!(...):\n{}",
        wrong.join("\n")
    );
    for ((file, what), met) in NAMES.iter().zip(met) {
        assert!(met, "{file} holds no {what} any more: strike it from NAMES");
    }
}

#[test]
fn the_library_names_no_option_of_the_command_line() {
    let mut wrong = Vec::new();
    for path in ROOMS.iter().flat_map(|room| files(room)) {
        let source = fs::read_to_string(&path).expect("text");
        let source = without_tests(&source);
        for (kind, range) in pieces(source) {
            let found = option(&source[range.clone()]).filter(|_| kind != Kind::Code);
            if let Some(option) = found {
                let line = source[..range.start].matches('\n').count() + 1;
                wrong.push(format!("{}:{line}: {option}", path.display()));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "options belong to cli:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn words_are_found_where_they_are() {
    let source = "let a = said!(\"x {n}\", \"가 {n}\", n = f(\"나\"));\nlet b: &'a str = \"다\"; // 라\n\
                  let c = ('마', \"en\\u{1f}바\");\n";
    let found = korean_outside_errors(source);
    let found: Vec<(usize, &str)> = found.iter().map(|(l, t)| (*l, t.as_str())).collect();
    assert_eq!(found, [(2, "\"다\""), (3, "'마'")]);
    assert_eq!(option("see (--top-most 3)"), Some("--top-most"));
    assert_eq!(option("a--b, ---, -- x"), None);
}
