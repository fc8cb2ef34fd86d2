//! Industries by the divisions of ISIC Rev. 4 (NACE Rev. 2) that their codes name, and the everyday words of the built-in
//! tables that lead to them: "반도체" is C26 in a table of the OECD.
//!
//! Source: United Nations, ISIC Rev. 4; the division in which most of each of the Bank of Korea's 83 sectors lies,
//! `tables/concordance/bok-83-to-isic.csv`, drawn up here by the names of both.

use crate::lang::Text;
use crate::table::AnyTable;
use std::collections::HashMap;
use std::ops::RangeInclusive;

/// The built-in table whose words they are.
const WORDS_OF: &str = "kr-2023-83";

/// So few codes that name divisions do so by chance.
const LEAST: usize = 10;

/// Sectors of that table and their divisions.
const DIVISIONS: &str = include_str!("../../../../tables/concordance/bok-83-to-isic.csv");

/// The industries that offices make of divisions, with names.
const INDUSTRIES: &str = include_str!("../../../../tables/concordance/isic-industries.csv");

/// The divisions of each section.
const SECTIONS: [(char, RangeInclusive<u32>); 21] = [
    ('A', 1..=3),
    ('B', 5..=9),
    ('C', 10..=33),
    ('D', 35..=35),
    ('E', 36..=39),
    ('F', 41..=43),
    ('G', 45..=47),
    ('H', 49..=53),
    ('I', 55..=56),
    ('J', 58..=63),
    ('K', 64..=66),
    ('L', 68..=68),
    ('M', 69..=75),
    ('N', 77..=82),
    ('O', 84..=84),
    ('P', 85..=85),
    ('Q', 86..=88),
    ('R', 90..=93),
    ('S', 94..=96),
    ('T', 97..=98),
    ('U', 99..=99),
];

/// The divisions that a code names: "C26", "C10T12", "C10-C12", "J59_60", "D01T02" (all begin with D in older tables of the
/// OECD), "F", "R_S".
fn divisions(code: &str) -> Option<RangeInclusive<u32>> {
    let mut parts = code.split(['T', '_', '-']).filter(|part| !part.is_empty());
    let of = |part: &str| {
        let digits = part.trim_start_matches(|c: char| c.is_ascii_uppercase());
        match (digits, part.len() - digits.len()) {
            ("", 1) => {
                let section = SECTIONS
                    .iter()
                    .find(|(section, _)| part.starts_with(*section));
                section.map(|(_, divisions)| divisions.clone())
            }
            // Of three digits, the first two.
            (digits, 0 | 1) if (2..=3).contains(&digits.len()) => {
                let division = digits.get(..2)?.parse().ok()?;
                Some(division..=division)
            }
            _ => None,
        }
    };
    // The section T is nothing between two others.
    if code == "T" {
        return of_section('T');
    }
    let first = of(parts.next()?)?;
    let last = parts.try_fold(first.clone(), |_, part| of(part))?;
    (code.starts_with(|c: char| c.is_ascii_uppercase()) && first.start() <= last.end())
        .then(|| *first.start()..=*last.end())
}

fn of_section(section: char) -> Option<RangeInclusive<u32>> {
    let found = SECTIONS.iter().find(|(known, _)| *known == section);
    found.map(|(_, divisions)| divisions.clone())
}

/// The divisions of codes, where nearly all name some, as those of a classification by ISIC do; else none.
fn known<'a>(codes: &[&'a str]) -> Vec<(&'a str, RangeInclusive<u32>)> {
    let known = codes
        .iter()
        .filter_map(|code| Some((*code, divisions(code)?)));
    let known: Vec<_> = known.collect();
    match known.len() < LEAST || known.len() * 10 < codes.len() * 9 {
        true => Vec::new(),
        false => known,
    }
}

/// Gives sectors whose names are their codes those of the industries that the codes name.
pub(super) fn name(sectors: &mut [(String, Text)]) {
    let codes: Vec<&str> = sectors.iter().map(|(code, _)| code.as_str()).collect();
    let mut reader = csv::Reader::from_reader(INDUSTRIES.as_bytes());
    let mut names: HashMap<RangeInclusive<u32>, Text> = HashMap::new();
    for record in reader.records().flatten() {
        let (divisions, en, ko) = (&record[0], &record[1], &record[2]);
        let (first, last) = divisions.split_once('-').unwrap_or((divisions, divisions));
        if let (Ok(first), Ok(last)) = (first.parse(), last.parse()) {
            names.insert(first..=last, Text::new(en, ko));
        }
    }
    // Of two parts of one division neither is the whole.
    let known = known(&codes);
    let named: Vec<(usize, Text)> = codes
        .iter()
        .enumerate()
        .filter_map(|(at, code)| {
            let (_, of) = known.iter().find(|(known, _)| known == code)?;
            let alone = known.iter().filter(|(_, other)| other == of).count() == 1;
            names
                .get(of)
                .filter(|_| alone)
                .map(|name| (at, name.clone()))
        })
        .collect();
    for (at, name) in named {
        let (code, known) = &mut sectors[at];
        if known.en == *code {
            *known = name;
        }
    }
}

/// Words that lead to codes, where nearly all codes name divisions; else none.
pub(super) fn words<'a>(codes: impl Iterator<Item = &'a str>) -> Vec<(String, String)> {
    let known = known(&codes.collect::<Vec<_>>());
    if known.is_empty() {
        return Vec::new();
    }
    let Ok(table) = AnyTable::open(WORDS_OF) else {
        return Vec::new();
    };
    let sectors = table.sectors();
    let mut words = Vec::new();
    for line in DIVISIONS.lines().skip(1) {
        let Some((sector, division)) = line.split_once(',') else {
            continue;
        };
        let division: Option<u32> = division.trim().parse().ok();
        let to = known
            .iter()
            .find(|(_, of)| division.is_some_and(|division| of.contains(&division)));
        if let (Some((code, _)), Some(at)) = (to, sectors.position(sector)) {
            let name = &sectors.get(at).name;
            let names = [name.en.as_str(), name.ko.as_str()];
            let all = names.into_iter().chain(sectors.aliases(at));
            words.extend(all.map(|word| (word.to_owned(), (*code).to_owned())));
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_every_office_name_their_divisions() {
        for (code, of) in [
            ("C26", 26..=26),
            ("C10T12", 10..=12),
            ("C10-C12", 10..=12),
            ("C10-12", 10..=12),
            ("J59_J60", 59..=60),
            ("J58T60", 58..=60),
            ("D01T02", 1..=2),
            ("A01_02", 1..=2),
            ("F", 41..=43),
            ("R_S", 90..=96),
            ("T", 97..=98),
            ("C302T309", 30..=30),
        ] {
            assert_eq!(divisions(code), Some(of), "{code}");
        }
        for code in ["AtB", "15t16", "farms", "c1", ""] {
            assert_eq!(divisions(code), None, "{code}");
        }
    }

    #[test]
    fn every_sector_of_the_built_in_table_but_the_rest_has_a_division() {
        let table = AnyTable::open(WORDS_OF).expect("built in");
        let listed: Vec<&str> = (DIVISIONS.lines().skip(1))
            .filter_map(|l| l.split(',').next())
            .collect();
        let sectors = table.sectors().iter().map(|s| s.code.as_str());
        assert_eq!(
            sectors.filter(|code| *code != "83").collect::<Vec<_>>(),
            listed
        );
    }

    #[test]
    fn industries_have_their_names_and_parts_of_one_do_not() {
        let codes = [
            "A01_02", "A03", "B05_06", "C10T12", "C20", "C26", "C27", "D", "F", "H49", "C24A",
            "C24B",
        ];
        let mut sectors: Vec<(String, Text)> = codes
            .map(|code| (code.to_owned(), Text::same(code)))
            .to_vec();
        sectors[9].1 = Text::same("Trains");
        name(&mut sectors);
        assert_eq!(
            (sectors[5].1.en.as_str(), sectors[5].1.ko.as_str()),
            (
                "Computers, electronic and optical products",
                "컴퓨터·전자 및 광학기기"
            )
        );
        assert_eq!(sectors[8].1.en, "Construction");
        // What has a name keeps it, and each of two parts its code.
        assert_eq!(
            (sectors[9].1.en.as_str(), sectors[10].1.en.as_str()),
            ("Trains", "C24A")
        );
    }

    #[test]
    fn words_lead_to_the_industry_of_their_division() {
        let codes = [
            "A01_02", "A03", "B05_06", "C10T12", "C20", "C26", "C27", "D", "F", "G", "J62_63", "K",
        ];
        let words = words(codes.into_iter());
        let of = |word: &str| {
            words
                .iter()
                .find(|(known, _)| known == word)
                .map(|(_, code)| code.as_str())
        };
        assert_eq!(
            (of("반도체"), of("Civil engineering"), of("작물")),
            (Some("C26"), Some("F"), Some("A01_02"))
        );
        // What no code of the table is of leads nowhere.
        assert_eq!(of("의약품"), None);
    }
}
