//! The concordances that are compiled in: from BOK's sectors to wider ones. To add one: a file under
//! `tables/concordance/` and a line here.

use super::{Classification, Regrouping};
use crate::error::Result;

/// From a classification to another, by the short names of both.
struct Concordance {
    from: &'static str,
    to: &'static str,
    text: &'static str,
}

macro_rules! concordance {
    ($from:literal, $to:literal, $file:literal) => {
        Concordance {
            from: $from,
            to: $to,
            text: include_str!(concat!("../../tables/concordance/", $file)),
        }
    };
}

static CONCORDANCES: [Concordance; 6] = [
    concordance!("bok-165", "bok-83", "bok-165-to-83.csv"),
    concordance!("bok-165", "bok-33", "bok-165-to-33.csv"),
    concordance!("bok-83", "bok-33", "bok-83-to-33.csv"),
    concordance!("bok-83", "ksic", "bok-83-to-ksic.csv"),
    concordance!("bok-33", "bok-13", "bok-33-to-13.csv"),
    concordance!("bok-33", "bok-6", "bok-33-to-6.csv"),
];

/// The names that sectors can be regrouped to: "bok-83", "bok-33", "ksic", "bok-13", "bok-6".
pub fn names() -> Vec<&'static str> {
    let mut names = Vec::new();
    for concordance in &CONCORDANCES {
        if !names.contains(&concordance.to) {
            names.push(concordance.to);
        }
    }
    names
}

/// The regrouping of the sectors `from`, which are of a classification ("bok-2020-83"), to the wider ones of a
/// name ("bok-6"), in one step or over others. `None` where there is no way.
///
/// ```
/// use leontief::{AnyTable, table::concordances};
///
/// let table = AnyTable::open("kr-2020-165")?;
/// let groups = concordances::find("bok-6", &table.meta().classification, table.sectors())?;
/// assert_eq!(groups.expect("over 33 sectors").sectors().len(), 7); // 기타 (33) stands apart
/// # Ok::<(), leontief::Error>(())
/// ```
///
/// # Errors
/// Sectors that are not those of the classification.
pub fn find(to: &str, classification: &str, from: &Classification) -> Result<Option<Regrouping>> {
    let short = classification.replacen("bok-2020-", "bok-", 1);
    let mut ways: Vec<&Concordance> = CONCORDANCES.iter().filter(|c| c.from == short).collect();
    ways.sort_by_key(|way| way.to != to);
    for way in ways {
        let first = Regrouping::parse(way.to, way.text, from)?;
        if way.to == to {
            return Ok(Some(first));
        }
        let between = Classification::new(way.to, first.sectors().to_vec(), &[])?;
        if let Some(second) = find(to, way.to, &between)? {
            return first.then(&second).map(Some);
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::AnyTable;

    #[test]
    fn every_way_ends_in_whole_sectors() {
        let table = AnyTable::open("kr-2020-165").expect("built in");
        for (to, sectors) in [
            ("bok-83", 83),
            ("bok-33", 33),
            ("bok-13", 13),
            ("bok-6", 7),
            ("ksic", 20),
        ] {
            let found = find(to, "bok-2020-165", table.sectors()).expect("its sectors");
            let groups = found.expect(to);
            assert_eq!(groups.sectors().len(), sectors, "{to}");
            assert!((0..165).all(|from| groups.shares(from) == [(groups.shares(from)[0].0, 1.0)]));
        }
        let wider = AnyTable::open("kr-2020-83").expect("built in");
        assert!(
            find("bok-165", "bok-2020-83", wider.sectors())
                .expect("no way")
                .is_none()
        );
        let names = names();
        assert_eq!(names, ["bok-83", "bok-33", "ksic", "bok-13", "bok-6"]);
    }
}
