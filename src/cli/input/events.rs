//! `--event`: what is given where it is not demand for a product; a scenario of one phase.

use super::SubjectArgs;
use super::values::{formula_pair, in_option};
use crate::error::{Error, Result};
use crate::lang::{Lang, Text, said};
use crate::scenario::{EventKind, PhaseKind, Scenario, ScenarioFile};
use crate::table::{AnyTable, Basket};

/// The words that lead to an event.
fn kind_of(word: &str) -> Option<EventKind> {
    let word = word.trim().to_lowercase().replace('-', "_");
    match word.as_str() {
        "income" => Some(EventKind::LabourIncome),
        "households" => Some(EventKind::HouseholdIncome),
        "pattern" => Some(EventKind::SpendingPattern),
        _ => EventKind::ALL.into_iter().find(|kind| kind.id() == word),
    }
}

/// An event as it is written: its kind, its sectors, its amount.
fn read(text: &str) -> Result<(EventKind, Option<String>, String)> {
    let is_jobs = |(word, _): &(&str, &str)| kind_of(word) == Some(EventKind::Jobs);
    let text = match text.split_once(':').filter(is_jobs) {
        Some(_) => counted(text.trim_end()),
        None => text,
    };
    let (head, amount) = match text.contains('=') {
        true => formula_pair(text, "--event", "KIND:SECTOR=AMOUNT")?,
        false => (text.trim().to_owned(), String::new()),
    };
    let (word, sector) = match head.split_once(':') {
        Some((word, sector)) => (word, Some(sector.trim())),
        None => (head.as_str(), None),
    };
    let sector = sector.filter(|sector| !sector.is_empty());
    let Some(kind) = kind_of(word) else {
        return Err(Error::invalid(said!(
            "--event '{text}': '{word}' is no event: write output, jobs, income, contribution, pattern or demand \
             with a sector, as in jobs:31=1000, or households=1조",
            "--event '{text}': '{word}'은(는) 사건의 종류가 아닙니다. jobs:31=1000처럼 output, jobs, income, \
             contribution, pattern, demand와 부문을 쓰거나 households=1조처럼 쓰십시오"
        )));
    };
    match (kind, sector, amount.is_empty()) {
        (EventKind::HouseholdIncome, None, false) => Ok((kind, None, amount)),
        (EventKind::HouseholdIncome, ..) => Err(Error::invalid(said!(
            "--event '{text}': income of households has an amount and no sector, as in households=1조",
            "--event '{text}': 가계소득은 부문 없이 households=1조처럼 금액만 쓰십시오"
        ))),
        (EventKind::Contribution, Some(sector), true) => {
            Ok((kind, Some(sector.to_owned()), "100%".to_owned()))
        }
        (_, Some(sector), false) => Ok((kind, Some(sector.to_owned()), amount)),
        _ => Err(Error::invalid(said!(
            "--event '{text}' must have the form KIND:SECTOR=AMOUNT, as in jobs:31=1000",
            "--event '{text}'은(는) jobs:31=1000과 같은 KIND:SECTOR=AMOUNT 형식이어야 합니다"
        ))),
    }
}

/// What ends in a number of persons without the word for them: "jobs:31=1000" of "jobs:31=1000명".
fn counted(amount: &str) -> &str {
    let units = ["명", "인", "persons", "people", "jobs"];
    let number = units.iter().find_map(|unit| amount.strip_suffix(unit));
    // What ends so and is no number is a name of a formula.
    let ends_a_number =
        |text: &&str| text.ends_with(|c: char| c.is_ascii_digit() || "천만억".contains(c));
    let number = number.map(str::trim_end).filter(ends_a_number);
    number.unwrap_or(amount)
}

/// How many events a result is named after.
const NAMED: usize = 3;

impl SubjectArgs {
    /// An event in words: "1000 jobs in Semiconductors (31)".
    fn named(&self, text: &str, table: &AnyTable) -> Result<Text> {
        let (kind, words, amount) = read(text)?;
        let sector = self.sectors_named(words.as_deref().unwrap_or_default(), table)?;
        let said = |lang: Lang| {
            let sector = sector.get(lang);
            match kind {
                EventKind::Output => lang.pick(
                    format!("Output of {sector} of {amount}"),
                    format!("{sector} 산출 {amount}"),
                ),
                EventKind::Jobs => lang.pick(
                    format!("{amount} jobs in {sector}"),
                    format!("{sector} 취업자 {amount}명"),
                ),
                EventKind::LabourIncome => lang.pick(
                    format!("Labour income of {sector} of {amount}"),
                    format!("{sector} 피용자보수 {amount}"),
                ),
                EventKind::HouseholdIncome => lang.pick(
                    format!("Income of households of {amount}"),
                    format!("가계소득 {amount}"),
                ),
                EventKind::SpendingPattern => lang.pick(
                    format!("{amount} spent as {sector} spends"),
                    format!("{sector} 투입구조에 따른 지출 {amount}"),
                ),
                EventKind::Contribution if amount == "100%" => lang.pick(
                    format!("What {sector} contributes"),
                    format!("{sector}의 기여"),
                ),
                EventKind::Contribution => lang.pick(
                    format!("What {amount} of {sector} contributes"),
                    format!("{sector} {amount}의 기여"),
                ),
                EventKind::Demand => lang.pick(
                    format!("Demand for {sector} of {amount}"),
                    format!("{sector} 최종수요 {amount}"),
                ),
            }
        };
        Ok(Text::new(said(Lang::En), said(Lang::Ko)))
    }

    /// The sectors that words lead to by their names, a basket by its own.
    fn sectors_named(&self, words: &str, table: &AnyTable) -> Result<Text> {
        let baskets = self.baskets.read()?;
        if words.is_empty() || baskets.iter().any(|(name, _)| name == words) {
            return Ok(Text::same(words));
        }
        // What is wrong with the words is said where the line is made.
        let Ok(basket) = Basket::parse(words, table, self.baskets.by()) else {
            return Ok(Text::same(words));
        };
        let titles = |lang| {
            let parts = basket.parts().iter();
            let titles: Vec<String> = parts
                .map(|(sector, _)| table.sectors().get(*sector).title(lang))
                .collect();
            titles.join(" + ")
        };
        Ok(Text::new(titles(Lang::En), titles(Lang::Ko)))
    }

    /// The scenario that events come to, for a table.
    pub(super) fn events(&self, table: &AnyTable) -> Result<ScenarioFile> {
        let baskets = self.baskets.read()?;
        let (en, ko) = ("Demand of one year", "1년간 수요");
        let mut named = Vec::new();
        for text in self.event.iter().take(NAMED) {
            named.push(self.named(text, table)?);
        }
        let more = self.event.len().saturating_sub(NAMED);
        let all = |lang: Lang| {
            let said: Vec<&str> = named.iter().map(|name| name.get(lang)).collect();
            let mut said = said.join(", ");
            if more > 0 {
                said += &lang.pick(format!(" and {more} more"), format!(" 외 {more}건"));
            }
            said
        };
        let name = Text::new(all(Lang::En), all(Lang::Ko));
        let mut phase = Scenario::builder(name).phase(Text::new(en, ko), PhaseKind::Recurring);
        for text in &self.event {
            let (kind, words, amount) = read(text)?;
            if let Some(words) = &words {
                let named = baskets.iter().find(|(name, _)| name == words);
                let sectors = named.map_or(words.as_str(), |(_, sectors)| sectors);
                // A sector that is not there is said of the option, not of the scenario that it comes to.
                let by = self.baskets.by();
                let basket = Basket::parse(sectors, table, by)
                    .map_err(|why| in_option(&format!("--event {text}:"), why))?;
                phase = phase.spend(sectors, amount);
                if basket.parts().len() > 1 {
                    phase = phase.set("split_by", by.id());
                }
            } else {
                phase = phase.household_income(amount);
            }
            phase = phase.set("event", kind.id());
            if kind == EventKind::Demand
                && let Some(share) = self.share_of_demand()?
            {
                phase = phase.set("domestic_share", share);
            }
        }
        phase.end().file()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jobs_are_counted_in_persons_and_names_stay_whole() {
        for (text, amount) in [
            ("jobs:31=1000명", "1000"),
            ("jobs:31=1,000 인", "1,000"),
            ("jobs:31=1000 persons", "1000"),
            ("jobs:31=250 jobs", "250"),
            ("jobs:31=1만명", "1만"),
            ("jobs:31=new_jobs", "new_jobs"),
        ] {
            assert_eq!(read(text).expect("an event").2, amount, "{text}");
        }
        assert!(read("output:31=1000명").is_err(), "money");
    }
}
