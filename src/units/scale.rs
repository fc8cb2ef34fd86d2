//! Amounts of money as they are shown: one currency, one unit and one precision a result.
//!
//! Own code: the compact form of ICU counts in 억 and 조 as well, but chooses a unit for each number by itself, so that
//! figures of one column could not be compared by eye nor add up as shown.

use super::number;
use crate::lang::Lang;

/// How a result shows its amounts: in its currency, in one unit chosen by the size of its main
/// figures, to one precision.
///
/// English counts in thousand, million, billion and trillion, Korean in 만, 백만, 억 and 조; both
/// show the same precision, four to five figures of the largest amount and three of the smallest
/// main one.
///
/// ```
/// use leontief::Lang;
/// use leontief::units::Scale;
/// let hub = Scale::new(Lang::En, "KRW", [6_430_000.0]);
/// assert_eq!(hub.amount(6_430_000.0), "6,430.0 bn won");
/// let festival = Scale::new(Lang::Ko, "KRW", [271.4]);
/// assert_eq!(festival.amount(271.4), "271.4백만원");
/// let plant = Scale::new(Lang::En, "USD", [3_000.0]);
/// assert_eq!(plant.amount(3_000.0), "3,000.0 million USD");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale<'a> {
    lang: Lang,
    currency: &'a str,
    /// The unit is ten to this power of the currency.
    power: i32,
    decimals: u8,
}

/// Below which amount (a power of ten) a unit (another) is used, smallest first; the last has no end.
/// Trillions wait for six figures of billions, so that what suppliers get of a large programme still
/// shows.
const ENGLISH: [(i32, i32); 5] = [(4, 0), (7, 3), (10, 6), (14, 9), (i32::MAX, 12)];
const KOREAN: [(i32, i32); 5] = [(5, 0), (8, 4), (10, 6), (14, 8), (i32::MAX, 12)];

/// The unit for amounts up to this size, in whole units of the currency.
fn power_for(lang: Lang, size: f64) -> i32 {
    let units = lang.pick(ENGLISH, KOREAN);
    let fits = units
        .iter()
        .find(|(below, _)| size < 10f64.powi((*below).min(300)));
    fits.map_or(12, |(_, power)| *power)
}

impl<'a> Scale<'a> {
    /// The scale of a result in a currency (ISO 4217) with these main figures, in millions.
    pub fn new(lang: Lang, currency: &'a str, main: impl IntoIterator<Item = f64>) -> Self {
        let sizes: Vec<f64> = main
            .into_iter()
            .map(|millions| millions.abs() * 1e6)
            .filter(|size| *size > 0.0 && size.is_finite())
            .collect();
        let largest = sizes.iter().copied().fold(0.0, f64::max);
        let smallest = sizes.iter().copied().fold(f64::INFINITY, f64::min);
        if sizes.is_empty() {
            return Scale {
                lang,
                currency,
                power: lang.pick(9, 8),
                decimals: lang.pick(1, 0),
            };
        }
        let english = power_for(Lang::En, largest);
        let digits = |size: f64| size.log10().floor() as i32 - english;
        // 6,430.0 and 643.0, 64.30, 6.430; and three figures of the smallest main one.
        let decimals = (3 - digits(largest))
            .max(1)
            .max(2 - digits(smallest))
            .min(3);
        let power = power_for(lang, largest);
        Scale {
            lang,
            currency,
            power,
            decimals: (power - (english - decimals)).max(0) as u8,
        }
    }

    /// The language.
    pub fn lang(self) -> Lang {
        self.lang
    }

    /// The unit of money: "bn won", "억원", "million USD", "백만 달러".
    pub fn money_unit(self) -> String {
        let size = match (self.lang, self.power) {
            (Lang::En, 3) => "thousand ",
            (Lang::En, 6) => "million ",
            (Lang::En, 9) => "bn ",
            (Lang::En, 12) => "tn ",
            (Lang::Ko, 4) => "만",
            (Lang::Ko, 6) => "백만",
            (Lang::Ko, 8) => "억",
            (Lang::Ko, 12) => "조",
            _ => "",
        };
        let name = self.currency();
        let gap = match self.lang {
            Lang::Ko if self.power > 0 && name != "원" => " ",
            _ => "",
        };
        format!("{size}{gap}{name}")
    }

    /// Decimals of money.
    pub fn money_decimals(self) -> u8 {
        self.decimals
    }

    /// The step that amounts are rounded to, in millions: the last decimal shown.
    #[cfg(feature = "report")]
    pub(crate) fn step_in_millions(self) -> f64 {
        10f64.powi(self.power - i32::from(self.decimals) - 6)
    }

    /// Millions in the unit shown.
    pub fn money(self, millions: f64) -> f64 {
        // Powers of ten up to 22 are exact: 1,000 million are 1 billion, not 1.0000000000000002.
        match 6 - self.power {
            up @ 0.. => millions * 10f64.powi(up),
            down => millions / 10f64.powi(-down),
        }
    }

    /// An amount without its unit: "6,430.0".
    pub fn figure(self, millions: f64) -> String {
        number(self.money(millions), self.decimals)
    }

    /// An amount with its unit: "6,430.0 bn won", "64,300억원".
    pub fn amount(self, millions: f64) -> String {
        let unit = self.money_unit();
        let gap = self.gap(&unit);
        format!("{}{gap}{unit}", self.figure(millions))
    }

    /// The currency as it is named in the language: "won", "원", "USD", "달러".
    pub fn currency(self) -> &'a str {
        currency_name(self.currency, self.lang)
    }

    /// So many whole units of the currency: "100 won", "100원".
    pub fn units(self, count: u32) -> String {
        let name = self.currency();
        format!("{count}{}{name}", self.gap(name))
    }

    /// The unit of what a unit of money brings in money: "won/won".
    pub fn ratio_unit(self) -> String {
        format!("{0}/{0}", self.currency())
    }

    /// A billion, by which jobs and the like are counted: "bn won", "10억원".
    pub fn billion(self) -> String {
        billion(self.currency, self.lang)
    }

    /// What stands between a number and a unit: Korean words follow at once.
    fn gap(self, unit: &str) -> &'static str {
        let latin = unit.starts_with(|c: char| c.is_ascii());
        if self.lang == Lang::Ko && !latin {
            ""
        } else {
            " "
        }
    }

    /// An amount as it is said, whatever the unit of the tables: "7.35 trillion won", "7조 3,540억원",
    /// "271.4 million won", "2억 7,140만원".
    pub fn in_words(self, millions: f64) -> String {
        let sign = if millions < 0.0 { "−" } else { "" };
        let size = millions.abs() * 1e6;
        let name = self.currency();
        let text = match self.lang {
            Lang::En => english_words(size, name),
            Lang::Ko => korean_words(size, name),
        };
        format!("{sign}{text}")
    }
}

fn english_words(size: f64, name: &str) -> String {
    for (of, word) in [
        (1e12, " trillion"),
        (1e9, " billion"),
        (1e6, " million"),
        (1e3, " thousand"),
        (1.0, ""),
    ] {
        let decimals = match size / of {
            v if v >= 9.9995 && of < 1e12 => 1,
            _ => 2,
        };
        // What rounds up to a thousand of a unit is one of the next.
        if size / of >= 0.999_995 {
            return format!("{}{word} {name}", number(size / of, decimals));
        }
    }
    format!("{} {name}", number(size, 2))
}

/// At most two units that follow each other: 조 and 억, 억 and 만.
fn korean_words(size: f64, name: &str) -> String {
    let to = match size {
        v if v >= 99.995e8 => 1e8,
        v if v >= 99.995e4 => 1e4,
        v if v >= 1.0 => 1.0,
        v => return format!("{} {name}", number(v, 2)),
    };
    let mut rest = (size / to).round() * to;
    let mut parts = Vec::new();
    for (of, word) in [(1e12, "조"), (1e8, "억"), (1e4, "만"), (1.0, "")] {
        let count = (rest / of).floor();
        if count >= 1.0 {
            parts.push(format!("{}{word}", number(count, 0)));
            rest -= count * of;
        }
        if of == to {
            break;
        }
    }
    let gap = if name == "원" { "" } else { " " };
    format!("{}{gap}{name}", parts.join(" "))
}

/// The name of a currency (ISO 4217) in texts: "won" for KRW, the code for others; in Korean the
/// names that everyone uses.
pub fn currency_name(code: &str, lang: Lang) -> &str {
    match (lang, code) {
        (Lang::En, "KRW") => "won",
        (Lang::Ko, "KRW") => "원",
        (Lang::Ko, "USD") => "달러",
        (Lang::Ko, "EUR") => "유로",
        (Lang::Ko, "JPY") => "엔",
        (Lang::Ko, "CNY") => "위안",
        (_, code) => code,
    }
}

/// A million of a currency as a unit: "million won", "백만 원".
pub fn million(currency: &str, lang: Lang) -> String {
    let name = currency_name(currency, lang);
    lang.pick(format!("million {name}"), format!("백만 {name}"))
}

/// A billion of a currency as a unit: "bn won", "10억원".
pub fn billion(currency: &str, lang: Lang) -> String {
    let name = currency_name(currency, lang);
    let gap = if name == "원" { "" } else { " " };
    lang.pick(format!("bn {name}"), format!("10억{gap}{name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(lang: Lang, size: f64) -> Scale<'static> {
        Scale::new(lang, "KRW", [size / 1e6])
    }

    #[test]
    fn the_unit_follows_the_size_and_shows_three_figures_or_more() {
        for (size, en, ko) in [
            (1_234.0, "1,234.0 won", "1,234.0원"),
            (50e3, "50.00 thousand won", "50,000원"),
            (3.5e6, "3,500.0 thousand won", "350.00만원"),
            (50e6, "50.00 million won", "5,000만원"),
            (271.4e6, "271.4 million won", "271.4백만원"),
            (3e9, "3,000.0 million won", "3,000.0백만원"),
            (50e9, "50.00 bn won", "500.0억원"),
            (1e12, "1,000.0 bn won", "10,000억원"),
            (6.43e12, "6,430.0 bn won", "64,300억원"),
            (30e12, "30,000.0 bn won", "300,000억원"),
            (1_000e12, "1,000.0 tn won", "1,000.0조원"),
        ] {
            assert_eq!(of(Lang::En, size).amount(size / 1e6), en);
            assert_eq!(of(Lang::Ko, size).amount(size / 1e6), ko);
        }
    }

    #[test]
    fn both_languages_show_the_same_precision() {
        for exponent in 3..16 {
            for first in [1.0, 2.5, 9.9] {
                let size = first * 10f64.powi(exponent);
                let step = |lang| {
                    let scale = of(lang, size);
                    scale.power - i32::from(scale.decimals)
                };
                let (en, ko) = (step(Lang::En), step(Lang::Ko));
                // Won are not cut into tenths in Korean.
                assert!(en == ko || (ko == 0 && en < 3), "{size}: {en} {ko}");
            }
        }
    }

    #[test]
    fn the_smallest_main_figure_shows_three_figures_beside_the_largest() {
        let scale = Scale::new(Lang::En, "KRW", [100e6, 50e3]);
        assert_eq!(scale.amount(100e6), "100.000 tn won");
        assert_eq!(scale.amount(50e3), "0.050 tn won");
    }

    #[test]
    fn another_currency_is_named_with_no_word_of_won() {
        for (code, en, ko) in [
            ("USD", "1,500.0 million USD", "1,500.0백만 달러"),
            ("CHF", "1,500.0 million CHF", "1,500.0백만 CHF"),
        ] {
            let scale = |lang| Scale::new(lang, code, [1_500.0]);
            assert_eq!(scale(Lang::En).amount(1_500.0), en);
            assert_eq!(scale(Lang::Ko).amount(1_500.0), ko);
        }
        let ko = Scale::new(Lang::Ko, "USD", [1.0]);
        assert_eq!(ko.units(100), "100달러");
        assert_eq!(ko.in_words(1_250.0), "12억 5,000만 달러");
        let francs = Scale::new(Lang::Ko, "CHF", [1.0]);
        assert_eq!(francs.units(100), "100 CHF");
    }

    #[test]
    fn money_in_words() {
        for (millions, en, ko) in [
            (7_354_000.0, "7.35 trillion won", "7조 3,540억원"),
            (999_996.0, "1.00 trillion won", "1조원"),
            (123_450.0, "123.5 billion won", "1,235억원"),
            (271.4, "271.4 million won", "2억 7,140만원"),
            (12.0, "12.0 million won", "1,200만원"),
            (0.5, "500.0 thousand won", "50만원"),
            (-2_000_000.0, "−2.00 trillion won", "−2조원"),
        ] {
            assert_eq!(of(Lang::En, 1e12).in_words(millions), en);
            assert_eq!(of(Lang::Ko, 1e12).in_words(millions), ko);
        }
    }

    #[test]
    fn nothing_and_what_is_no_number_have_a_unit() {
        for main in [vec![], vec![0.0], vec![f64::NAN, f64::INFINITY]] {
            let scale = Scale::new(Lang::En, "KRW", main);
            assert_eq!(scale.amount(0.0), "0.0 bn won");
        }
    }
}
