//! Groups as they are written down: in a file, in one line, by a name that is built in.

use super::regroup::TOLERANCE;
use super::{AnyTable, Classification, Regrouping, Sector, concordances};
use crate::error::{Error, Place, Result};
use crate::lang::{Text, said};
use crate::table::read::concordance;
use std::collections::HashMap;

impl Regrouping {
    /// A concordance: `code,group` with, where they are wanted, `share` (of the sector that goes there;
    /// 1 where there is none), `name_en` and `name_ko` of the group.
    ///
    /// A sector may stand in several lines with a share in each; what it does not give away, and a sector
    /// that does not stand in the file, stays as it is. Groups come after the sectors that stay, in
    /// the order of the file. `from,to,alpha` is read as well.
    ///
    /// # Errors
    /// With line and column: a column that is missing, a code that is not one of `from`, a share that is
    /// no number in `(0, 1]`; shares of a sector above 1.
    pub fn parse(file: &str, text: &str, from: &Classification) -> Result<Self> {
        let mut members = Members::of(from);
        for row in concordance::read(file, text)? {
            let concordance::Row {
                line,
                code,
                group,
                share,
                name_en: en,
                name_ko: ko,
            } = row;
            let fail = |field: &str, message: Text| {
                Error::at(Place::file(file).line(line).field(field), message)
            };
            let sector = match from.position(code.trim()) {
                Some(sector) => sector,
                None => from
                    .find(&code)
                    .map_err(|unknown| fail("code", unknown.text()))?,
            };
            let name = match (en.trim(), ko.trim()) {
                ("", "") => None,
                ("", one) | (one, "") => Some(Text::same(one)),
                (en, ko) => Some(Text::new(en, ko)),
            };
            if group.trim().is_empty() {
                return Err(fail(
                    "group",
                    said!(
                        "sector {sector} is to become part of a group without a name",
                        "{sector} 부문이 속할 재분류 부문의 이름이 비어 있습니다",
                        sector = from.get(sector)
                    ),
                ));
            }
            let share = match share.trim() {
                "" => 1.0,
                text => share_of(text).map_err(|message| fail("share", message))?,
            };
            members
                .add(sector, group.trim(), name, share)
                .map_err(|message| fail("share", message))?;
        }
        members.regrouping()
    }

    /// One group written in a line: `construction=50+51`, `DC=61:30%+62:10%+69:5%`.
    ///
    /// # Errors
    /// Another form; a sector that is not one of `from`; a share that is no number in `(0, 1]`.
    pub fn parse_group(text: &str, from: &Classification) -> Result<Self> {
        let form = || {
            Error::invalid(said!(
                "'{text}' must have the form NAME=SECTOR+SECTOR, with shares where only a part is meant: \
                 DC=61:30%+62:10%",
                "'{text}'은(는) 이름=부문+부문 형식이어야 하며, 일부만 뗄 때는 DC=61:30%+62:10%처럼 비율을 씁니다"
            ))
        };
        let (name, parts) = text.split_once('=').ok_or_else(form)?;
        let mut members = Members::of(from);
        for part in parts.split('+') {
            let (word, share) = match part.rsplit_once(':') {
                Some((word, share)) => (word, share_of(share.trim()).map_err(Error::invalid)?),
                None => (part, 1.0),
            };
            if name.trim().is_empty() || word.trim().is_empty() {
                return Err(form());
            }
            members
                .add(from.find(word)?, name.trim(), None, share)
                .map_err(Error::invalid)?;
        }
        members.regrouping()
    }

    /// Groups that stand in no file: built in for the sectors of a table ("bok-33"), or one in a line
    /// ("construction=50+51").
    ///
    /// ```
    /// use leontief::{AnyTable, table::Regrouping};
    /// let table = AnyTable::open("kr-2020-83")?;
    /// assert_eq!(Regrouping::named("bok-33", &table)?.sectors().len(), 33);
    /// assert_eq!(Regrouping::named("construction=50+51", &table)?.sectors().len(), 82);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A name that is neither, with those that are built in for the table; as [`Regrouping::parse_group`].
    pub fn named(groups: &str, table: &AnyTable) -> Result<Self> {
        let (id, classification) = (&table.meta().id, &table.meta().classification);
        if let Some(built_in) = concordances::find(groups, classification, table.sectors())? {
            return Ok(built_in);
        }
        if groups.contains('=') {
            return Regrouping::parse_group(groups, table.sectors());
        }
        let there = |name: &&str| {
            let found = concordances::find(name, classification, table.sectors());
            matches!(found, Ok(Some(_)))
        };
        let known: Vec<&str> = concordances::names().into_iter().filter(there).collect();
        let known = match known.is_empty() {
            true => "-".to_owned(),
            false => known.join(", "),
        };
        Err(Error::invalid(said!(
            "'{groups}' is no file, and no groups that are built in for the sectors of {id} ({classification}): {known}",
            "'{groups}' 파일이 없고, {id}({classification})에 내장된 재분류도 아닙니다. 내장된 재분류: {known}"
        )))
    }
}

/// "0.3" or "30%", in `(0, 1]`.
fn share_of(text: &str) -> std::result::Result<f64, Text> {
    let number = match text.strip_suffix('%') {
        Some(percent) => percent.trim().parse::<f64>().map(|p| p / 100.0),
        None => text.parse(),
    };
    match number {
        Ok(share) if share > 0.0 && share <= 1.0 => Ok(share),
        _ => Err(said!(
            "'{text}' is no share: write 0.3 or 30%, above 0 and at most 1",
            "'{text}'은(는) 비율이 아닙니다. 0.3이나 30%처럼 0보다 크고 1 이하인 수를 쓰십시오"
        )),
    }
}

/// How many groups more there may be than sectors: a table of them has to be held.
pub(crate) const MOST_MORE_GROUPS: usize = 1_000;

/// Which sectors become part of each group, in which share: as they are added, one by one.
pub(crate) struct Members<'a> {
    from: &'a Classification,
    groups: Vec<(String, Option<Text>)>,
    /// The positions of groups by their code.
    by_code: HashMap<String, usize>,
    parts: Vec<(usize, usize, f64)>,
    /// What each sector has not given away, n.
    left: Vec<f64>,
}

impl<'a> Members<'a> {
    pub(crate) fn of(from: &'a Classification) -> Self {
        Members {
            from,
            groups: Vec::new(),
            by_code: HashMap::new(),
            parts: Vec::new(),
            left: vec![1.0; from.len()],
        }
    }

    /// Adds a share of a sector to a group; the first name of a group is its name, without one it is called by
    /// its code.
    ///
    /// # Errors
    /// A share that is not in `(0, 1]`; more than is left of the sector; too many groups.
    pub(crate) fn add(
        &mut self,
        sector: usize,
        group: &str,
        name: Option<Text>,
        share: f64,
    ) -> std::result::Result<(), Text> {
        // What is not told from nothing is nothing.
        if !(share > TOLERANCE && share <= 1.0) {
            return Err(said!(
                "the share of sector {sector} is {share}; it must be above 0 and at most 1",
                "{sector} 부문의 비율이 {share}입니다. 0보다 크고 1 이하여야 합니다",
                sector = self.from.get(sector)
            ));
        }
        self.left[sector] -= share;
        if self.left[sector] < -TOLERANCE {
            return Err(said!(
                "more than all of sector {sector} is given to groups: its shares add up to {sum}",
                "{sector} 부문의 비율 합계가 1을 넘습니다: {sum}",
                sector = self.from.get(sector),
                sum = 1.0 - self.left[sector]
            ));
        }
        let known = self.by_code.get(group).copied();
        let at = known.unwrap_or(self.groups.len());
        if known.is_none() {
            let most = self.from.len() + MOST_MORE_GROUPS;
            if at == most {
                return Err(said!(
                    "there are more than {most} groups of {n} sectors",
                    "{n}개 부문의 재분류 부문이 {most}개를 넘습니다",
                    n = self.from.len()
                ));
            }
            self.by_code.insert(group.to_owned(), at);
            self.groups.push((group.to_owned(), None));
        }
        if let Some(name) = name {
            self.groups[at].1.get_or_insert(name);
        }
        self.parts.push((sector, at, share));
        Ok(())
    }

    /// Sectors that stay, or of which something stays, first; then the groups.
    pub(crate) fn regrouping(self) -> Result<Regrouping> {
        let n = self.from.len();
        let mut to: Vec<Sector> = Vec::new();
        let mut shares: Vec<Vec<(usize, f64)>> = vec![Vec::new(); n];
        for (i, sector) in self.from.iter().enumerate() {
            if self.left[i] > TOLERANCE {
                shares[i].push((to.len(), self.left[i]));
                to.push(sector.clone());
            }
        }
        let groups: Vec<usize> = self
            .groups
            .into_iter()
            .map(|(code, name)| {
                // A group of the code of a sector that stays is that sector, with others joined to it.
                let at = to.iter().position(|sector| sector.code == code);
                at.unwrap_or_else(|| {
                    let name = name.unwrap_or_else(|| Text::same(&code));
                    let group = None;
                    to.push(Sector { code, name, group });
                    to.len() - 1
                })
            })
            .collect();
        for (sector, group, share) in self.parts {
            let at = groups[group];
            match shares[sector].iter_mut().find(|(to, _)| *to == at) {
                Some((_, all)) => *all += share,
                None => shares[sector].push((at, share)),
            }
        }
        Regrouping::new(self.from, to, shares)
    }
}
