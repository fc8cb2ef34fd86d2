//! `--event`: what is given where it is not demand for a product; a scenario of one phase.

use super::SubjectArgs;
use super::values::{formula_pair, in_option};
use crate::error::{Error, Result};
use crate::lang::{Text, said};
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

impl SubjectArgs {
    /// The scenario that events come to, for a table.
    pub(super) fn events(&self, table: &AnyTable) -> Result<ScenarioFile> {
        let baskets = self.baskets.read()?;
        let (en, ko) = ("Demand of one year", "1년간 수요");
        let mut phase =
            Scenario::builder(self.event.join(", ")).phase(Text::new(en, ko), PhaseKind::Recurring);
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
