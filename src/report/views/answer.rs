//! The answer in three sentences that can be quoted: value added, work, imports. Each names what it is
//! about and the table, says what is only assumed, and is rounded to what is known.

use super::ensemble::FEWEST_FOR_A_BAND;
use crate::impact::ranking::Direction;
use crate::impact::{Effects, Impact};
use crate::lang::Lang;
use crate::report::Scale;
use crate::report::document::number;
use crate::report::words::spent_income;
use crate::scenario::{PhaseKind, ShareOrigin};
use crate::uncertainty::{Ensemble, Estimate};

/// A sentence that may be quoted, and what it takes for granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The sentence.
    pub sentence: String,
    /// Its assumptions.
    pub assumptions: Vec<String>,
}

/// Digits of results in sentences, and of what is spent.
const KNOWN: i32 = 2;
const GIVEN: i32 = 3;

/// An amount of millions rounded to so many digits, without zeros that say nothing: "2.4 trillion won".
fn in_words(millions: f64, digits: i32, scale: Scale) -> String {
    let said = scale.in_words(rounded(millions, digits));
    match said.split_once(' ') {
        Some((value, unit)) if value.contains('.') => {
            let value = value.trim_end_matches('0').trim_end_matches('.');
            format!("{value} {unit}")
        }
        _ => said,
    }
}

/// A number rounded to so many digits.
fn rounded(value: f64, digits: i32) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    let power = digits - 1 - value.abs().log10().floor() as i32;
    if power >= 0 {
        let unit = 10f64.powi(power);
        (value * unit).round() / unit
    } else {
        let unit = 10f64.powi(-power);
        (value / unit).round() * unit
    }
}

/// Nine draws in ten of a figure, where enough of them were drawn.
fn band(
    ensemble: Option<&Ensemble>,
    kind: PhaseKind,
    id: &str,
    say: impl Fn(f64) -> String,
    lang: Lang,
) -> String {
    let enough = ensemble.filter(|e| e.draws >= FEWEST_FOR_A_BAND);
    let Some(figure) = enough.and_then(|e| e.figure(Some(kind), id)) else {
        return String::new();
    };
    let [mut low, high] = [figure.spread.p5, figure.spread.p95].map(&say);
    // One unit is enough for both ends.
    if let (Some((value, unit)), Some((_, same))) = (low.split_once(' '), high.split_once(' '))
        && unit == same
    {
        low = value.to_owned();
    }
    lang.pick(
        format!(" ({low} to {high} in nine of ten draws)"),
        format!("(추출값의 90%는 {low}~{high})"),
    )
}

impl Estimate {
    /// Three sentences that may be quoted, with how sure they are.
    pub fn quotes(&self, lang: Lang) -> Vec<Quote> {
        self.impact.quotes_with(self.uncertainty.as_ref(), lang)
    }
}

impl Impact {
    /// Three sentences that may be quoted, as far as there is something to say.
    pub fn quotes(&self, lang: Lang) -> Vec<Quote> {
        self.quotes_with(None, lang)
    }

    /// The sentences, with the bands of an ensemble.
    pub(super) fn quotes_with(&self, ensemble: Option<&Ensemble>, lang: Lang) -> Vec<Quote> {
        if self.effects.present().next().is_none() {
            return Vec::new();
        }
        let mut quotes = vec![self.value_added_quote(ensemble, lang)];
        quotes.extend(self.jobs_quote(ensemble, lang));
        quotes.extend(self.imports_quote(lang));
        quotes
    }

    /// "in 2027–2029", "a year in 2030–2039", "in all".
    fn when(&self, kind: PhaseKind, lang: Lang) -> String {
        match (kind, self.span(kind)) {
            (PhaseKind::OneOff, Some(span)) => {
                lang.pick(format!(" in {span}"), format!("{span}년에 모두 "))
            }
            (PhaseKind::OneOff, None) => lang.pick(" in all".to_owned(), "모두 ".to_owned()),
            (PhaseKind::Recurring, Some(span)) => {
                lang.pick(format!(" a year in {span}"), format!("{span}년에 연 "))
            }
            (PhaseKind::Recurring, None) => lang.pick(" a year".to_owned(), "연 ".to_owned()),
        }
    }

    /// Amounts of each kind of phase joined, each of them said by `say`; each is given a sign where some
    /// rise and some fall.
    fn chunks(
        &self,
        value: impl Fn(PhaseKind, &Effects) -> f64,
        say: impl Fn(PhaseKind, f64, &str) -> String,
        lang: Lang,
    ) -> (Direction, String) {
        let kinds: Vec<_> = self.effects.present().collect();
        let values: Vec<f64> = kinds.iter().map(|(kind, e)| value(*kind, e)).collect();
        let direction = Direction::of(values.iter().copied());
        let said: Vec<String> = kinds
            .iter()
            .zip(&values)
            .map(|((kind, _), value)| {
                let sign = match direction {
                    Direction::Mixed if *value < 0.0 => "−",
                    Direction::Mixed => "+",
                    _ => "",
                };
                say(*kind, value.abs(), sign)
            })
            .collect();
        (direction, said.join(lang.pick(" and ", ", ")))
    }

    fn value_added_quote(&self, ensemble: Option<&Ensemble>, lang: Lang) -> Quote {
        let (name, table) = (self.name.get(lang), &self.receipt.table);
        let scale = self.scale(lang);
        let (spends, spent) = self.chunks(
            |_, e| e.spending.total.as_millions(),
            |kind, v, sign| {
                let money = format!("{sign}{}", in_words(v, GIVEN, scale));
                lang.pick(
                    format!("{money}{}", self.when(kind, lang)),
                    format!("{}{money}", self.when(kind, lang)),
                )
            },
            lang,
        );
        let money = |v: f64| in_words(v, KNOWN, scale);
        let (moves, value_added) = self.chunks(
            |_, e| e.value_added.sums().type1(),
            |kind, v, sign| {
                let band = band(ensemble, kind, "value_added_type1", money, lang);
                let when = match kind {
                    PhaseKind::OneOff => lang.pick(" in all", "모두 "),
                    PhaseKind::Recurring => lang.pick(" a year", "연 "),
                };
                lang.pick(
                    format!("about {sign}{}{when}{band}", money(v)),
                    format!("{when}약 {sign}{}{band}", money(v)),
                )
            },
            lang,
        );
        let net = self.net_words(money, lang);
        let resized = self.notes.iter().any(|n| n.code() == "resized");
        let stand_in = match &self.stand_in {
            Some(why) if !resized => lang.pick(
                format!(" (a stand-in: {})", why.en),
                format!("(실제 규모가 아닌 가정치: {})", why.ko),
            ),
            _ => String::new(),
        };
        let sentence = match lang {
            Lang::En => {
                let spent = match spends {
                    Direction::Rise => format!("spending of {spent}"),
                    Direction::Fall => format!("that {spent} less is spent"),
                    Direction::Mixed => format!("that spending changes by {spent}"),
                };
                let verb = match moves {
                    Direction::Rise => "rise",
                    Direction::Fall => "fall",
                    Direction::Mixed => "change",
                };
                format!(
                    "“{name}” assumes {spent}{stand_in}; by table {table}, GDP before taxes on imports would \
                     {verb} by {value_added}, suppliers included, gross of what else the money could do{net}."
                )
            }
            Lang::Ko => {
                let spent = match spends {
                    Direction::Rise => format!("{spent} 지출"),
                    Direction::Fall => format!("{spent} 지출 감소"),
                    Direction::Mixed => format!("{spent}의 지출 변화"),
                };
                let verb = match moves {
                    Direction::Rise => "늘어난다",
                    Direction::Fall => "줄어든다",
                    Direction::Mixed => "변한다",
                };
                format!(
                    "‘{name}’에서 가정한 {spent}{stand_in}에 대해, 산업연관표 {table}에 따르면 국내 부가가치(수입품세 \
                     제외 GDP)가 공급망을 포함하여 {value_added} {verb}(재원의 다른 용도를 빼지 않은 총효과{net})."
                )
            }
        };
        let mut assumptions = vec![self.table_words(lang)];
        assumptions.push(
            lang.pick(
                "direct effects and suppliers (Type I); prices and input coefficients stay as they were, no capacity \
                 limits; gross, not net of other uses of the money",
                "직접·간접효과(1형). 가격·투입계수 고정, 생산능력 제약 없음. 재원의 다른 용도를 고려하지 않은 총효과",
            )
            .to_owned(),
        );
        if let Some(share) = self.receipt.household_share {
            let income = spent_income(self.receipt.households.as_ref());
            let induced = |e: &Effects| e.value_added.sums().induced;
            let (_, more) = self.chunks(
                |_, e| induced(e),
                |_, v, sign| format!("{sign}{}", money(v)),
                lang,
            );
            assumptions.push(lang.pick(
                format!(
                    "what households add by spending {:.1} % of {income} is not in it: about {more} of value added \
                     (Type II)",
                    share * 100.0,
                    income = income.en
                ),
                format!(
                    "가계가 {income}의 {:.1}%를 소비하여 추가로 유발하는 부가가치 약 {more}(2형)은 제외",
                    share * 100.0,
                    income = income.ko
                ),
            ));
        }
        Quote {
            sentence,
            assumptions,
        }
    }

    fn table_words(&self, lang: Lang) -> String {
        let table = self.receipt.titled();
        lang.pick(
            format!("input-output table: {}", table.en),
            format!("{} 기준", table.ko),
        )
    }

    fn jobs_quote(&self, ensemble: Option<&Ensemble>, lang: Lang) -> Option<Quote> {
        let (name, r) = (self.name.get(lang), &self.receipt);
        let jobs = |e: &Effects| e.account("jobs").map(|jobs| jobs.sums().type1());
        self.effects.present().find_map(|(_, e)| jobs(e))?;
        let count = |v: f64| number(rounded(v, KNOWN), 0);
        let (moves, said) = self.chunks(
            |_, e| jobs(e).unwrap_or(0.0),
            |kind, v, sign| {
                let band = band(ensemble, kind, "jobs_type1", count, lang);
                match kind {
                    PhaseKind::OneOff => lang.pick(
                        format!("about {sign}{} job-years in all{band}", count(v)),
                        format!("모두 약 {sign}{}인년{band}", count(v)),
                    ),
                    PhaseKind::Recurring => lang.pick(
                        format!(
                            "about {sign}{} jobs{band} held through a full year",
                            count(v)
                        ),
                        format!("연중 유지되는 일자리 약 {sign}{}명{band}", count(v)),
                    ),
                }
            },
            lang,
        );
        let both = self.effects.are_both();
        let apart = match both {
            true => lang.pick(
                " (a job-year is a year's work of one person; the two are not added)",
                "(인년은 한 사람의 1년 근로로, 둘은 합산하지 않음)",
            ),
            false => "",
        };
        let sentence = match lang {
            Lang::En => {
                let what = match moves {
                    Direction::Rise => "supports work at home",
                    Direction::Fall => "cuts work at home",
                    Direction::Mixed => "changes work at home",
                };
                format!(
                    "By table {}, “{name}” {what}, suppliers included: {said}{apart}.",
                    r.table
                )
            }
            Lang::Ko => {
                let verb = match moves {
                    Direction::Rise => "유발된다",
                    Direction::Fall => "줄어든다",
                    Direction::Mixed => "변한다",
                };
                format!(
                    "‘{name}’에 따른 국내 취업은 산업연관표 {}에 따르면 공급망을 포함하여 {said}이 {verb}{apart}.",
                    r.table
                )
            }
        };
        let growth = r.productivity_growth * 100.0;
        let assumptions = vec![
            lang.pick(
                format!(
                    "full-time equivalents at the labour coefficients of {}, direct and indirect, without \
                     household spending",
                    r.table_year
                ),
                format!(
                    "{}년 취업계수에 따른 전업환산 기준, 직접+간접효과(가계소비 유발 제외)",
                    r.table_year
                ),
            ),
            if growth == 0.0 {
                lang.pick(
                    "no productivity growth after that year",
                    "이후 노동생산성 증가는 반영하지 않음",
                )
                .to_owned()
            } else {
                lang.pick(
                    format!("labour productivity grows by {growth:.1} % a year"),
                    format!("노동생산성 연 {growth:.1}% 증가 반영"),
                )
            },
        ];
        Some(Quote {
            sentence,
            assumptions,
        })
    }

    fn imports_quote(&self, lang: Lang) -> Option<Quote> {
        let (name, r) = (self.name.get(lang), &self.receipt);
        let (mut said, mut incomes) = (Vec::new(), Vec::new());
        for (kind, e) in self.effects.present() {
            let spent = e.spending.total.as_millions();
            if spent == 0.0 {
                continue;
            }
            let percent = |v: f64| number(v / spent * 100.0, 0);
            let imported = e.spending.imported.as_millions() + e.imports.sums().type1();
            let all = percent(imported);
            let of = match (kind, spent < 0.0) {
                (PhaseKind::OneOff, false) => lang.pick("of the one-off spending", "일회성 지출의"),
                (PhaseKind::OneOff, true) => {
                    lang.pick("of the fall in one-off spending", "일회성 지출 감소의")
                }
                (PhaseKind::Recurring, false) => lang.pick("of the yearly spending", "연간 지출의"),
                (PhaseKind::Recurring, true) => {
                    lang.pick("of the fall in yearly spending", "연간 지출 감소의")
                }
            };
            let income = e.spending.capital_income.as_millions();
            if income != 0.0 {
                let income = percent(income);
                incomes.push(lang.pick(format!("{income} % {of}"), format!("{of} {income}%")));
            }
            said.push(lang.pick(format!("about {all} % {of}"), format!("{of} 약 {all}%")));
        }
        if said.is_empty() {
            return None;
        }
        let said = said.join(lang.pick(" and ", ", "));
        // What is paid for no product buys nothing: it sets off neither output nor jobs.
        let incomes = match incomes.join(lang.pick(" and ", ", ")) {
            none if none.is_empty() => none,
            some => lang.pick(
                format!("; {some} is income of capital, in neither value added nor jobs"),
                format!("({some}는 자본소득으로 부가가치·취업에 포함하지 않음)"),
            ),
        };
        let sentence = lang.pick(
            format!(
                "By table {}, imports and their taxes take {said} of “{name}”{incomes}.",
                r.table
            ),
            format!(
                "산업연관표 {}에 따르면 ‘{name}’에서는 {said}가 수입(수입품세 포함)에 쓰인다{incomes}.",
                r.table
            ),
        );
        let lines = || self.phases.iter().flat_map(|p| &p.lines);
        let by_table = lines()
            .filter(|l| l.share_origin == ShareOrigin::Table)
            .count();
        let count = lines().count();
        let shares = match by_table {
            all if all == count => lang.pick(
                "domestic shares as in the table".to_owned(),
                "국산 비율은 모두 산업연관표 값".to_owned(),
            ),
            0 => lang.pick(
                "domestic shares as stated for each line".to_owned(),
                "국산 비율은 모두 지정값".to_owned(),
            ),
            _ => lang.pick(
                format!(
                    "domestic shares: {} of {count} lines as the scenario states them, the others as in the table",
                    count - by_table
                ),
                format!(
                    "국산 비율: {count}개 항목 중 {}개는 시나리오 설정값, 나머지는 산업연관표 값",
                    count - by_table
                ),
            ),
        };
        let assumptions = vec![
            shares,
            lang.pick(
                format!(
                    "imported inputs at the average import coefficients of {}",
                    r.table_year
                ),
                format!("중간재 수입은 {}년 평균 수입투입계수 적용", r.table_year),
            ),
        ];
        Some(Quote {
            sentence,
            assumptions,
        })
    }

    /// What is assumed everywhere, in one sentence, and where the rest is said.
    pub(super) fn assumptions_in_short(&self, lang: Lang) -> String {
        let r = &self.receipt;
        let count = self.notes.len();
        let growth = match r.productivity_growth {
            0.0 => String::new(),
            g => lang.pick(
                format!(", productivity {:+.1} % a year", g * 100.0),
                format!("(노동생산성 연 {:+.1}%)", g * 100.0),
            ),
        };
        lang.pick(
            format!(
                "Assumed: prices, coefficients and jobs per output of {0}{growth}, no capacity limits, gross \
                 effects; {1}. All {count} notes, every line's source: --details.",
                r.table_year,
                first_clause(&r.price_basis.en)
            ),
            format!(
                "가정: {0}년 가격·투입계수·취업계수 고정{growth}, 생산능력 제약 없음, 총효과. 금액은 {1}. 전체 유의사항·가정 \
                 {count}건과 항목별 출처: --details.",
                r.table_year,
                first_clause(&r.price_basis.ko)
            ),
        )
    }
}

/// "producers' prices of 2023", without what a table says further of them.
fn first_clause(text: &str) -> &str {
    let ends = [text.find([';', ',']), text.find(". ")];
    let end = ends.into_iter().flatten().min();
    text[..end.unwrap_or(text.len())].trim_end_matches('.')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Block;
    use crate::report::views::{By, View};
    use crate::units::Money;
    use crate::{AnyTable, Model, impact};

    #[test]
    fn sentences_are_rounded_once_wherever_they_stand() {
        // v'L of sector 19 of 2023 is .796073: of 68.41 bn won, 54.459. By way of the 54.5 that the table
        // beside it shows, the sentence would say 55.
        let table = AnyTable::open("kr-2023-33").expect("built in");
        let model = Model::new(&table).expect("productive");
        let shock = [(18, Money::units(68.41e9))];
        let impact = impact::of_shock(&table, &model, &shock, impact::ShockShare::Domestic);
        let impact = impact.expect("an impact");
        let view = View {
            lang: Lang::En,
            by: By::Summary,
            top: None,
            details: false,
        };
        let document = impact.document(&view);
        let answer = document.sections.iter().find(|s| s.id == "answer");
        let quotes = impact.quotes(Lang::En).into_iter().map(|q| q.sentence);
        let quotes: Vec<String> = quotes.collect();
        assert!(quotes[0].contains("about 54 billion won"), "{}", quotes[0]);
        assert_eq!(
            answer.expect("the answer").blocks,
            [Block::Notes(quotes)],
            "the screen says what the page says"
        );
    }

    #[test]
    fn figures_in_sentences_are_rounded_to_what_is_known() {
        assert_eq!(rounded(2_360_824.0, KNOWN), 2_400_000.0);
        assert_eq!(rounded(-0.012_34, KNOWN), -0.012);
        assert_eq!(rounded(0.0, KNOWN), 0.0);
        assert_eq!(
            first_clause("producers' prices of 2023; imports c.i.f."),
            "producers' prices of 2023"
        );
        assert_eq!(
            first_clause("2023년 생산자가격. 부가가치는"),
            "2023년 생산자가격"
        );
    }
    fn sentences(table: &str, sector: &str, won: f64, lang: Lang) -> Vec<String> {
        use crate::{AnyTable, Model, Money, impact};
        let table = AnyTable::open(table).expect("built in");
        let model = Model::new(&table).expect("productive");
        let sector = table.sectors().find(sector).expect("a sector");
        let shock = [(sector, Money::units(won))];
        let share = impact::ShockShare::Domestic;
        let impact = impact::of_shock(&table, &model, &shock, share).expect("an impact");
        impact
            .quotes(lang)
            .into_iter()
            .map(|q| q.sentence)
            .collect()
    }

    #[test]
    fn each_sentence_names_its_subject_and_the_table() {
        for lang in [Lang::En, Lang::Ko] {
            let said = sentences("kr-2023-33", "19", 5e12, lang);
            assert_eq!(said.len(), 3);
            for sentence in said {
                assert!(
                    sentence.contains("kr-2023-33") && sentence.contains("(19)"),
                    "{sentence}"
                );
            }
        }
    }

    #[test]
    fn a_fall_is_said_to_fall() {
        let said = sentences("kr-2023-33", "22", -3e12, Lang::En);
        assert!(
            said[0].contains("less is spent") && said[0].contains("would fall by about"),
            "{said:?}"
        );
        assert!(said[1].contains("cuts work"), "{said:?}");
        assert!(
            said[2].contains("of the fall in yearly spending"),
            "{said:?}"
        );
        let said = sentences("kr-2023-33", "22", -3e12, Lang::Ko);
        assert!(
            said[0].contains("줄어든다") && said[1].contains("줄어든다"),
            "{said:?}"
        );
    }
}
