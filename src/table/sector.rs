//! Sectors and how they are found: by code, by name in either language, by an everyday word.

use super::read::native::aliases;
use super::words::{self, fold};
use crate::error::{Error, Result};
use crate::lang::{Lang, Text, compose, said};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::sync::OnceLock;

/// A query longer than this, in bytes, is no misspelt name.
const LONGEST_QUERY: usize = 400;

/// What is paid for land, folded: no product of any industry.
const LAND: [&str; 12] = [
    "land",
    "landpurchase",
    "landacquisition",
    "landcost",
    "landcompensation",
    "토지",
    "토지비",
    "토지매입비",
    "토지보상비",
    "용지비",
    "용지보상비",
    "부지매입비",
];

/// One industry and its product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct Sector {
    /// The code in the classification: "31".
    pub code: String,
    /// The name.
    pub name: Text,
    /// The code of the wider sector that holds it, where the classification has one.
    pub group: Option<String>,
}

impl Sector {
    /// "31 Semiconductors" or "31 반도체"; once where the code is the name.
    pub fn label(&self, lang: Lang) -> String {
        label(&self.code, self.name.get(lang))
    }

    /// "Semiconductors (31)" or "반도체(31)"; once where the code is the name.
    pub fn title(&self, lang: Lang) -> String {
        title(&self.code, &self.name, lang)
    }
}

/// A code before its name, said once where they are the same.
fn label(code: &str, name: &str) -> String {
    match code == name {
        true => code.to_owned(),
        false => format!("{code} {name}"),
    }
}

/// A name with its code behind it, said once where they are the same.
fn title(code: &str, name: &Text, lang: Lang) -> String {
    match (name.get(lang), lang) {
        (name, _) if name == code => code.to_owned(),
        (name, Lang::En) => format!("{name} ({code})"),
        (name, Lang::Ko) => format!("{name}({code})"),
    }
}

impl fmt::Display for Sector {
    /// Both names: "31 Semiconductors (반도체)".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.label(Lang::En))?;
        if self.name.ko != self.name.en {
            write!(f, " ({})", self.name.ko)?;
        }
        Ok(())
    }
}

/// An ordered list of sectors that are looked up by key, never by position.
#[derive(Debug, Clone)]
pub struct Classification {
    table: String,
    sectors: Vec<Sector>,
    by_code: HashMap<String, usize>,
    /// [`words::index`] of names and aliases: looked through as it stands, as few words are asked for.
    words: Cow<'static, str>,
    aliases: OnceLock<Vec<(String, usize)>>,
    /// Where the aliases of a built-in table stand until they are asked for.
    unread: &'static str,
    /// The region of each sector, where the table is of several; else none.
    regions: Vec<String>,
}

impl Classification {
    /// Builds the list. `table` is the id that messages name; each alias leads to a code.
    ///
    /// ```
    /// use leontief::Text;
    /// use leontief::table::{Classification, Sector};
    /// let sector = |code: &str, name: &str| Sector {
    ///     code: code.to_owned(),
    ///     name: Text::same(name),
    ///     group: None,
    /// };
    /// let sectors = vec![sector("A", "Farming"), sector("B", "Industry")];
    /// let sectors = Classification::new("own", sectors, &[("rice".to_owned(), "A".to_owned())])?;
    /// assert_eq!(sectors.find("rice")?, 0);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A code that stands twice, an empty list, or an alias to a code that is not there.
    pub fn new(table: &str, sectors: Vec<Sector>, aliases: &[(String, String)]) -> Result<Self> {
        let mut new = Classification::prepared(table, sectors, "", "")?;
        let mut found = Vec::with_capacity(aliases.len());
        for (alias, code) in aliases {
            let &index = new.by_code.get(code).ok_or_else(|| {
                Error::invalid(said!(
                    "table {table}: alias '{alias}' leads to '{code}', which is not a sector",
                    "산업연관표 {table}: 검색어 '{alias}'이(가) 가리키는 '{code}' 부문이 없습니다"
                ))
            })?;
            found.push((alias.clone(), index));
        }
        let names = new.sectors.iter().map(|s| [&*s.name.en, &*s.name.ko]);
        let words = found.iter().map(|(alias, index)| (alias.as_str(), *index));
        new.words = Cow::Owned(words::index(names, words));
        new.aliases = OnceLock::from(found);
        Ok(new)
    }

    /// The list of a built-in table, whose words are prepared and whose `aliases.csv` is read when it is
    /// asked for.
    ///
    /// # Errors
    /// A code that stands twice, or an empty list.
    pub(super) fn prepared(
        table: &str,
        sectors: Vec<Sector>,
        words: &'static str,
        aliases: &'static str,
    ) -> Result<Self> {
        if sectors.is_empty() {
            return Err(Error::invalid(said!(
                "table {table} has no sectors",
                "산업연관표 {table}에 부문이 없습니다"
            )));
        }
        let mut by_code = HashMap::with_capacity(sectors.len());
        for (index, sector) in sectors.iter().enumerate() {
            sector.name.check_length()?;
            if by_code.insert(sector.code.clone(), index).is_some() {
                return Err(Error::invalid(said!(
                    "table {table}: sector code '{code}' stands twice",
                    "산업연관표 {table}: 부문 코드 '{code}'이(가) 두 번 나옵니다",
                    code = sector.code
                )));
            }
        }
        Ok(Classification {
            table: table.to_owned(),
            sectors,
            by_code,
            words: Cow::Borrowed(words),
            aliases: OnceLock::new(),
            unread: aliases,
            regions: Vec::new(),
        })
    }

    /// The same list with the code of the region of each sector, of a table of several: "KOR" of "KOR_C26".
    ///
    /// ```
    /// use leontief::Text;
    /// use leontief::table::{Classification, Sector};
    /// let sector = |code: &str| Sector { code: code.to_owned(), name: Text::same(code), group: None };
    /// let sectors = Classification::new("two", vec![sector("KOR_C26"), sector("JPN_C26")], &[])?;
    /// let sectors = sectors.with_regions(vec!["KOR".to_owned(), "JPN".to_owned()])?;
    /// assert_eq!((sectors.region(1), sectors.own_code(1)), (Some("JPN"), "C26"));
    /// assert_eq!(sectors.regions(), ["KOR", "JPN"]);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// Another number of regions than of sectors, or one without a code.
    pub fn with_regions(mut self, regions: Vec<String>) -> Result<Self> {
        let (is, n, table) = (regions.len(), self.len(), &self.table);
        if is != n {
            return Err(Error::invalid(said!(
                "table {table}: {is} regions for {n} sectors",
                "산업연관표 {table}: {n}개 부문에 지역이 {is}개입니다"
            )));
        }
        if let Some(at) = regions.iter().position(String::is_empty) {
            let code = &self.sectors[at].code;
            return Err(Error::invalid(said!(
                "table {table}: sector {code} has no region where others have one",
                "산업연관표 {table}: {code} 부문에만 지역이 없습니다"
            )));
        }
        self.regions = regions;
        Ok(self)
    }

    /// The code of the region of a sector, in a table of several.
    pub fn region(&self, index: usize) -> Option<&str> {
        self.regions.get(index).map(String::as_str)
    }

    /// The codes of the regions in the order in which they come; none in a table of one economy.
    pub fn regions(&self) -> Vec<&str> {
        let mut codes: Vec<&str> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        for region in &self.regions {
            if seen.insert(region.as_str()) {
                codes.push(region);
            }
        }
        codes
    }

    /// The code of a sector within its region: "C26" of "KOR_C26".
    pub fn own_code(&self, index: usize) -> &str {
        let code = self.sectors[index].code.as_str();
        let own = self
            .region(index)
            .and_then(|region| code.strip_prefix(region));
        own.and_then(|own| own.strip_prefix('_')).unwrap_or(code)
    }

    /// How many sectors there are.
    pub fn len(&self) -> usize {
        self.sectors.len()
    }

    /// Never: an empty classification cannot be built.
    pub fn is_empty(&self) -> bool {
        self.sectors.is_empty()
    }

    /// The sectors in the order of rows and columns.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Sector> {
        self.sectors.iter()
    }

    /// The sector at a position.
    pub fn get(&self, index: usize) -> &Sector {
        &self.sectors[index]
    }

    /// The position of a code, exactly as written.
    pub fn position(&self, code: &str) -> Option<usize> {
        self.by_code.get(code).copied()
    }

    /// The everyday words that lead to a sector.
    pub fn aliases(&self, index: usize) -> impl Iterator<Item = &str> {
        let all = self.aliases.get_or_init(|| {
            let read = aliases("aliases.csv", self.unread).unwrap_or_default();
            let of = |(word, code): (String, String)| Some((word, self.position(&code)?));
            read.into_iter().filter_map(of).collect()
        });
        all.iter()
            .filter(move |(_, to)| *to == index)
            .map(|(word, _)| word.as_str())
    }

    /// Finds a sector by its code ("31", "1" for "01"), its exact name in either language, or an
    /// alias; case, spaces and punctuation do not matter. The code of a wider sector finds what it
    /// holds, where that is one: "45" is 450 among the 165 sectors.
    ///
    /// ```
    /// let table = leontief::AnyTable::open("kr-2023-83")?;
    /// let sectors = table.sectors();
    /// assert_eq!(sectors.find("반도체")?, sectors.find("31")?);
    /// let error = sectors.find("반도채").unwrap_err(); // a slip: the error says what may be meant
    /// assert!(error.to_string().contains("반도체"));
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::UnknownSector`] with the sectors that may have been meant, also where a name fits
    /// several.
    pub fn find(&self, query: &str) -> Result<usize> {
        let composed = compose(query);
        let query = composed.trim();
        if let Some(index) = self.position(query) {
            return Ok(index);
        }
        match self.held_by(query).as_slice() {
            [] => {}
            &[index] => return Ok(index),
            several => return Err(self.unknown(query, several.to_vec(), true)),
        }
        if let Some(index) = self.by_number(query) {
            return Ok(index);
        }
        match self.led_to(&fold(query)).as_deref() {
            Some(&[index]) => Ok(index),
            Some(several) => Err(self.unknown(query, several.to_vec(), true)),
            None if LAND.contains(&fold(query).as_str()) => Err(Error::invalid(said!(
                "'{query}' is no product: paying for land changes its owner and sets off no production. Leave it \
                 out; what is bought with it has sectors of its own (agents' fees: real estate services; levelling: \
                 civil engineering)",
                "'{query}'은(는) 생산물이 아닙니다. 토지 취득·보상은 소유권 이전으로 생산을 유발하지 않으므로 지출에서 \
                 제외하십시오. 중개수수료(부동산서비스)나 부지조성(토목건설)은 해당 부문으로 지정하십시오"
            ))),
            None => {
                let mut near = self.search(query);
                near.truncate(4);
                Err(self.unknown(query, near, false))
            }
        }
    }

    /// Sectors whose name or alias resembles the query, best first: what holds the words of the
    /// query, then what is spelt alike.
    ///
    /// Nothing resembles a query longer than any name.
    ///
    /// ```
    /// let table = leontief::AnyTable::open("kr-2023-83")?;
    /// let best = table.sectors().search("semicond")[0];
    /// assert_eq!(table.sectors().get(best).code, "31");
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn search(&self, query: &str) -> Vec<usize> {
        let wanted = fold(query);
        if wanted.is_empty() || query.len() > LONGEST_QUERY {
            return Vec::new();
        }
        let mut best: HashMap<usize, f64> = HashMap::new();
        for (word, leads_to) in self.words.lines().filter_map(|line| line.split_once('\t')) {
            let score = if word == wanted {
                3.0
            } else if word.contains(&wanted) {
                // The nearer in length, the nearer in meaning; a beginning counts more.
                let share = wanted.len() as f64 / word.len() as f64;
                1.5 + 0.5 * share + if word.starts_with(&wanted) { 0.5 } else { 0.0 }
            } else {
                let by_letter = strsim::jaro_winkler(&letters(word), &letters(&wanted));
                let typed_wrong = if by_letter >= 0.9 { by_letter } else { 0.0 };
                strsim::jaro_winkler(word, &wanted).max(typed_wrong)
            };
            if score >= 0.8 {
                for index in positions(leads_to) {
                    let entry = best.entry(index).or_insert(0.0);
                    *entry = entry.max(score);
                }
            }
        }
        let mut found: Vec<(usize, f64)> = best.into_iter().collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found.into_iter().map(|(index, _)| index).collect()
    }

    /// The sectors that a folded word leads to.
    fn led_to(&self, word: &str) -> Option<Vec<usize>> {
        let line = format!("\n{word}\t");
        let at = memchr::memmem::find(self.words.as_bytes(), line.as_bytes())?;
        let rest = self.words.get(at + line.len()..)?;
        rest.lines().next().map(|line| positions(line).collect())
    }

    /// The sectors of a wider one, by its code.
    fn held_by(&self, group: &str) -> Vec<usize> {
        let sectors = self.sectors.iter().enumerate();
        let held = sectors.filter(|(_, sector)| sector.group.as_deref() == Some(group));
        held.map(|(index, _)| index).collect()
    }

    /// "1" for "01": a number without its leading zeros, where that is unambiguous.
    fn by_number(&self, query: &str) -> Option<usize> {
        if query.is_empty() || !query.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let bare = |code: &str| code.trim_start_matches('0').to_owned();
        let mut matches = (0..self.len()).filter(|&i| bare(&self.sectors[i].code) == bare(query));
        let first = matches.next()?;
        matches.next().is_none().then_some(first)
    }

    fn unknown(&self, query: &str, candidates: Vec<usize>, ambiguous: bool) -> Error {
        Error::UnknownSector {
            query: query.to_owned(),
            table: self.table.clone(),
            candidates: candidates
                .into_iter()
                .map(|i| self.sectors[i].to_string())
                .collect(),
            ambiguous,
        }
    }
}

/// The positions of sectors in a line of [`words::index`].
fn positions(line: &str) -> impl Iterator<Item = usize> {
    line.split(' ').filter_map(|position| position.parse().ok())
}

/// Hangul syllables taken apart into letters: one wrong vowel is one letter of six, not one syllable
/// of two.
fn letters(word: &str) -> String {
    let mut letters = String::with_capacity(3 * word.len());
    for c in word.chars() {
        if !('가'..='힣').contains(&c) {
            letters.push(c);
            continue;
        }
        let syllable = u32::from(c) - u32::from('가');
        let (initial, medial, end) = (syllable / 588, syllable % 588 / 28, syllable % 28);
        letters.extend(char::from_u32(0x1100 + initial));
        letters.extend(char::from_u32(0x1161 + medial));
        if end > 0 {
            letters.extend(char::from_u32(0x11a7 + end));
        }
    }
    letters
}

/// The name of a sector in a result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct SectorName {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Text,
}

impl SectorName {
    /// The names of all sectors, in their order.
    pub fn all(sectors: &Classification) -> Vec<Self> {
        sectors.iter().map(SectorName::from).collect()
    }

    /// "31 Semiconductors" or "31 반도체"; once where the code is the name.
    pub fn label(&self, lang: Lang) -> String {
        label(&self.code, self.name.get(lang))
    }

    /// "Semiconductors (31)" or "반도체(31)"; once where the code is the name.
    pub fn title(&self, lang: Lang) -> String {
        title(&self.code, &self.name, lang)
    }
}

impl From<&Sector> for SectorName {
    fn from(sector: &Sector) -> Self {
        SectorName {
            code: sector.code.clone(),
            name: sector.name.clone(),
        }
    }
}

/// Code and name in one: "19 Construction".
impl From<&SectorName> for Text {
    fn from(sector: &SectorName) -> Text {
        Text::new(sector.label(Lang::En), sector.label(Lang::Ko))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Classification {
        let sector = |code: &str, en: &str, ko: &str| Sector {
            code: code.into(),
            name: Text::new(en, ko),
            group: None,
        };
        let sectors = vec![
            sector("01", "Crops", "작물"),
            sector("31", "Semiconductors", "반도체"),
            sector("34", "Computers and peripherals", "컴퓨터 및 주변기기"),
        ];
        let alias = |word: &str, code: &str| (word.to_owned(), code.to_owned());
        let aliases = [alias("GPU", "34"), alias("chip", "31"), alias("chip", "34")];
        Classification::new("test", sectors, &aliases).expect("three sectors")
    }

    #[test]
    fn a_code_that_is_the_name_is_said_once() {
        let named = SectorName::from(small().get(1));
        assert_eq!(named.label(Lang::En), "31 Semiconductors");
        assert_eq!(named.title(Lang::En), "Semiconductors (31)");
        assert_eq!(named.title(Lang::Ko), "반도체(31)");
        let own = |en: &str, ko: &str| Sector {
            code: "DC".into(),
            name: Text::new(en, ko),
            group: None,
        };
        let alike = own("DC", "DC");
        assert_eq!([alike.label(Lang::En), alike.title(Lang::Ko)], ["DC", "DC"]);
        assert_eq!(alike.to_string(), "DC");
        assert_eq!(Text::from(&SectorName::from(&alike)), Text::same("DC"));
        // In one of the languages only.
        let half = own("DC", "데이터센터");
        assert_eq!(half.title(Lang::En), "DC");
        assert_eq!(half.title(Lang::Ko), "데이터센터(DC)");
        assert_eq!(half.to_string(), "DC (데이터센터)");
    }

    #[test]
    fn finds_by_code_name_and_alias() {
        let c = small();
        for query in ["31", "반도체", "semiconductors", " Semi-conductors "] {
            assert_eq!(c.find(query).expect(query), 1);
        }
        assert_eq!(c.find("1").expect("leading zero"), 0);
        assert_eq!(c.find("gpu").expect("alias"), 2);
    }

    #[test]
    fn the_code_of_a_wider_sector_is_not_a_code_that_lost_its_zero() {
        let sector = |code: &str, group: &str| Sector {
            code: code.into(),
            name: Text::same(code),
            group: Some(group.into()),
        };
        let sectors = ["011", "012", "061", "110", "610"].map(|code| sector(code, &code[..2]));
        let c = Classification::new("test", sectors.to_vec(), &[]).expect("five sectors");
        assert_eq!(c.find("61").expect("61 holds one"), 4);
        assert_eq!(c.find("11").expect("not 011"), 3);
        let message = c.find("01").expect_err("two sectors").to_string();
        assert!(
            message.contains("011") && message.contains("012"),
            "{message}"
        );
        assert_eq!(c.find("12").expect("no group 12: 012"), 1);
    }

    #[test]
    fn unknown_and_ambiguous_names_say_what_was_probably_meant() {
        let c = small();
        let message = c.find("반도채").expect_err("misspelt").to_string();
        assert!(
            message.contains("did you mean 31 Semiconductors (반도체)"),
            "{message}"
        );
        let message = c.find("chip").expect_err("two sectors").to_string();
        assert!(message.contains("fits several"), "{message}");
        assert!(c.find("").is_err());
        assert!(c.find("quidditch").is_err());
    }

    #[test]
    fn land_is_no_product_and_no_near_name_is_offered_for_it() {
        for query in ["land", "Land purchase", "토지", "용지 보상비"] {
            let error = small().find(query).expect_err("no product");
            assert!(error.to_string().contains("is no product"), "{error}");
            assert!(error.say(Lang::Ko).contains("생산물이 아닙니다"), "{error}");
        }
    }

    #[test]
    fn refuses_duplicate_codes() {
        let s = small().get(0).clone();
        assert!(Classification::new("t", vec![s.clone(), s], &[]).is_err());
    }
}
