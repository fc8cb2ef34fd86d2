//! The words that lead to sectors: how they are compared and how they are kept.
//!
//! Shared with `build.rs`, which prepares those of the built-in tables: nothing here may use the crate.

use std::collections::{BTreeMap, HashSet};

/// Lower case, letters and digits only: how two spellings of one name are compared.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // Nearly all there is, syllables of Hangul included; the tables of Unicode are slow to ask.
            'a'..='z' | '0'..='9' | '\u{ac00}'..='\u{d7a3}' => folded.push(c),
            'A'..='Z' => folded.push(c.to_ascii_lowercase()),
            _ if c.is_alphanumeric() => folded.extend(c.to_lowercase()),
            _ => {}
        }
    }
    folded
}

/// A text of lines in alphabetical order, each a folded word, a tab and the positions of the sectors that
/// it leads to; it begins with a line end, so that every line has one on both sides.
///
/// `names` are the names of each sector; a sector's own name wins over an everyday word.
pub(crate) fn index<'a>(
    names: impl Iterator<Item = [&'a str; 2]>,
    aliases: impl Iterator<Item = (&'a str, usize)>,
) -> String {
    let mut by_word: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut add = |word: String, sector: usize| {
        let leads_to = by_word.entry(word).or_default();
        if !leads_to.contains(&sector) {
            leads_to.push(sector);
        }
    };
    let mut own = HashSet::new();
    for (sector, names) in names.enumerate() {
        for name in names {
            let name = fold(name);
            own.insert(name.clone());
            add(name, sector);
        }
    }
    for (alias, sector) in aliases {
        let alias = fold(alias);
        if !own.contains(&alias) {
            add(alias, sector);
        }
    }
    let mut text = String::from("\n");
    for (word, sectors) in by_word {
        let sectors: Vec<String> = sectors.iter().map(usize::to_string).collect();
        text.push_str(&format!("{word}\t{}\n", sectors.join(" ")));
    }
    text
}
