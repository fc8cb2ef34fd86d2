//! One street: each room of `src/` uses those before it and none after it.
//!
//! units, lang, error, files, memory < table < model < scenario < analysis < impact < uncertainty < report < cli
//!
//! Read from the paths that begin with `crate::` in every file; comments and tests at the foot of a
//! file do not count, and `lib.rs` and `main.rs` stand outside: they open the rooms.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms in their order; those of one step may use each other.
const STREET: [&[&str]; 9] = [
    &["units", "lang", "error", "files", "memory"],
    &["table"],
    &["model"],
    &["scenario"],
    &["analysis"],
    &["impact"],
    &["uncertainty"],
    &["report"],
    &["cli"],
];

/// Where a room stands; `None` for what is no room.
fn step(room: &str) -> Option<usize> {
    STREET.iter().position(|rooms| rooms.contains(&room))
}

/// A path that begins in another room.
#[derive(Debug, PartialEq)]
struct Edge {
    line: usize,
    /// What follows `crate::`, up to the first name that is not a room's.
    name: String,
    room: String,
}

/// The source without what a reader of edges does not count: comments and the tests at the foot.
fn counted(source: &str) -> String {
    let lines: Vec<&str> = source.lines().collect();
    let foot = lines.windows(2).position(|pair| {
        pair[0] == "#[cfg(test)]" && pair[1].starts_with("mod ") && pair[1].ends_with('{')
    });
    let code = lines.into_iter().take(foot.unwrap_or(usize::MAX));
    code.map(|line| match line.trim_start().starts_with("//") {
        true => "",
        false => line,
    })
    .collect::<Vec<_>>()
    .join("\n")
}

/// The first names of what stands behind `crate::`: one, or those of a group in braces.
fn first_names(rest: &str) -> Vec<String> {
    let word = |text: &str| -> String {
        let letter = |c: &char| c.is_alphanumeric() || *c == '_';
        text.trim_start().chars().take_while(letter).collect()
    };
    if !rest.starts_with('{') {
        return vec![word(rest)];
    }
    let (mut depth, mut names, mut starts) = (0, Vec::new(), Vec::new());
    for (at, c) in rest.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        if depth == 1 && (c == '{' || c == ',') {
            starts.push(at + 1);
        }
    }
    names.extend(starts.into_iter().map(|at| word(&rest[at..])));
    names.retain(|name| !name.is_empty());
    names
}

/// The paths of a source that begin at the crate's root; `roots` are `crate::` and what stands for it.
fn edges(source: &str, roots: &[&str], reexports: &BTreeMap<String, String>) -> Vec<Edge> {
    let code = counted(source);
    let mut edges = Vec::new();
    for root in roots {
        for (at, _) in code.match_indices(root) {
            let line = code[..at].matches('\n').count() + 1;
            for name in first_names(&code[at + root.len()..]) {
                let room = match step(&name) {
                    Some(_) => Some(name.clone()),
                    None => reexports.get(&name).cloned(),
                };
                edges.extend(room.map(|room| Edge { line, name, room }));
            }
        }
    }
    edges
}

/// Names that `lib.rs` hands on, each with its room.
fn reexports(lib: &str) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for line in lib.lines().filter_map(|l| l.strip_prefix("pub use ")) {
        let Some((room, names)) = line.trim_end_matches(';').split_once("::") else {
            continue;
        };
        let names = names.trim_matches(['{', '}']).split(',');
        all.extend(names.map(|name| (name.trim().to_owned(), room.to_owned())));
    }
    all
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut all: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .flat_map(|path| match path.is_dir() {
            true => files(&path),
            false => vec![path],
        })
        .collect();
    all.sort();
    all
}

#[test]
fn no_room_uses_one_that_comes_after_it() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let lib = fs::read_to_string(home.join("src/lib.rs")).expect("lib.rs");
    let reexports = reexports(&lib);
    assert_eq!(reexports.get("Impact").map(String::as_str), Some("impact"));
    let mut against = Vec::new();
    let mut read = 0;
    for path in files(&home.join("src")) {
        let name = path.strip_prefix(home).expect("inside").to_string_lossy();
        let name = name.replace('\\', "/");
        let inside = name.trim_start_matches("src/");
        let room = inside.split(['/', '.']).next().unwrap_or_default();
        // A file of tests is the foot of another; lib.rs and main.rs open the rooms.
        let Some(own) = step(room).filter(|_| !name.ends_with("/tests.rs")) else {
            let outside = ["src/lib.rs", "src/main.rs"].contains(&name.as_str());
            assert!(
                outside || name.ends_with("/tests.rs"),
                "{name} is in no room of the street: name it in STREET"
            );
            continue;
        };
        read += 1;
        // At the door of a room `super` is the crate.
        let door = inside == format!("{room}.rs") || inside == format!("{room}/mod.rs");
        let roots: &[&str] = match door {
            true => &["crate::", "super::"],
            false => &["crate::"],
        };
        let source = fs::read_to_string(&path).expect("text");
        for edge in edges(&source, roots, &reexports) {
            if step(&edge.room).is_none_or(|other| other <= own) {
                continue;
            }
            against.push(format!(
                "{name}:{}: {room} uses {} (crate::{}), which comes after it",
                edge.line, edge.room, edge.name
            ));
        }
    }
    assert!(read > 50, "only {read} files were read");
    let order: Vec<String> = STREET.iter().map(|rooms| rooms.join(", ")).collect();
    assert!(
        against.is_empty(),
        "edges against the order {}:\n{}",
        order.join(" < "),
        against.join("\n")
    );
}

/// Longer than this a file holds more than one subject.
const LONGEST: usize = 600;

#[test]
fn no_file_holds_more_than_one_subject() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let sources = files(&src).into_iter();
    let sources = sources.filter(|path| path.extension().is_some_and(|e| e == "rs"));
    let lengths = sources.map(|path| {
        let text = fs::read_to_string(&path).expect("text");
        (path, text.lines().count())
    });
    let long: Vec<String> = lengths
        .filter(|(_, lines)| *lines > LONGEST)
        .map(|(path, lines)| format!("{}: {lines}", path.display()))
        .collect();
    assert!(
        long.is_empty(),
        "files of more than {LONGEST} lines, to be parted by subject:\n{}",
        long.join("\n")
    );
}

#[test]
fn an_edge_is_found_however_it_is_written() {
    let reexports = reexports("pub use lang::{Lang, Text};\npub use impact::Impact;\n");
    let source = "//! See [`crate::cli`].\nuse crate::{Lang, Impact,\n    report::{Block, Cell}, model};\n\
                  fn f() -> crate::table::Table { $crate::lang::said!() }\n// crate::cli\n#[cfg(test)]\n\
                  mod tests {\n    use crate::cli;\n}\n";
    let found = edges(source, &["crate::"], &reexports);
    let found: Vec<(usize, &str)> = found.iter().map(|e| (e.line, e.room.as_str())).collect();
    let expected = [
        (2, "lang"),
        (2, "impact"),
        (2, "report"),
        (2, "model"),
        (4, "table"),
        (4, "lang"),
    ];
    assert_eq!(found, expected);
}
