//! Spending lines.

use super::Builder;
use crate::error::Result;
use crate::lang::{Text, said};
use crate::scenario::BoundLine;
use crate::scenario::file::{Located, SpendingFile};
use crate::scenario::note::Note;
use crate::scenario::{Entry, EventKind, Label, PhaseKind, Place};
use crate::table::{AnyTable, Basket, DomesticShare, ShareBasis, SplitBy, Use};
use std::collections::BTreeMap;

impl Builder<'_> {
    /// A line of the file: one of the scenario, or one for each product where it names several.
    pub(super) fn line(
        &mut self,
        phase: &str,
        kind: PhaseKind,
        line: &SpendingFile,
        phase_region: Option<&Place>,
        phase_name: &Located<Text>,
        recipes: &BTreeMap<String, usize>,
    ) -> Result<Vec<BoundLine>> {
        let given = line.event.as_ref().filter(|event| !event.value.is_demand());
        let event = given.map_or(EventKind::Demand, |event| event.value);
        if let Some(given) = given {
            self.check_event(line, given)?;
            if event == EventKind::HouseholdIncome {
                return self.household_income(phase, line, given, phase_region);
            }
        }
        let Some(what) = &line.what else {
            let message = said!(
                "a [[phase.spending]] does not say what is bought: what = \"...\"",
                "[[phase.spending]]에 무엇을 사는지 쓰지 않았습니다: what = \"...\""
            );
            return Err(self.file.error_at(phase_name, phase, message));
        };
        let basket = self.basket(line, what)?;
        let several = basket.parts().len() > 1;
        let item = match (&line.item, basket.parts()) {
            (Some(item), _) => item.clone(),
            (None, [(sector, _)]) => self.table.sectors().get(*sector).name.clone(),
            (None, _) => Text::same(&what.value),
        };
        self.check_name(&item, what, "item")?;
        if event == EventKind::SpendingPattern {
            return self.spending_pattern(phase, line, &item, what, basket.parts(), phase_region);
        }
        let Some(amount) = &line.amount else {
            let message = said!("the line has no amount", "항목에 금액(amount)이 없습니다");
            return Err(self.file.error_at(what, "amount", message));
        };
        let key = |field: &str| format!("{phase}/{}/{field}", item.en);
        let label = |entry| Label::of(&item, entry);
        let amount = self.add(&key("amount"), label(Entry::Amount), amount)?;
        let domestic_share = self.add_optional(
            &key("domestic_share"),
            label(Entry::DomesticShare),
            &line.domestic_share,
        )?;
        let splits = self.splits(line, what, &item, phase)?;
        if several && line.recipe.is_some() {
            let message = said!(
                "a recipe makes one product, and '{what}' are several: give each a line of its own",
                "투입구조는 한 품목에 대한 것이나 '{what}'은(는) 여러 품목입니다. 품목마다 항목을 나누십시오",
                what = what.value
            );
            return Err(self.file.error_at(what, "recipe", message));
        }
        self.notes
            .extend(Note::shared_among(item.clone(), &basket, self.table));
        let region = match &line.region {
            Some(region) => self.line_region(region)?,
            None => phase_region.cloned(),
        };
        let price_year = line.price_year.or(self.file.scenario.price_year);
        let mut lines = Vec::with_capacity(basket.parts().len());
        for (sector, part) in basket.parts() {
            let (sector, part) = (*sector, *part);
            let recipe = self.recipe_of(line, sector, &item, &key("recipe"), recipes)?;
            // A recipe is a producer at home, whatever the table has.
            let made = self.made[sector] || recipe.is_some();
            if !made && domestic_share.is_some() {
                self.notes.push(not_made(self.table, sector));
            }
            let of_event = self.output_per_event(event, sector, &item, what)?;
            // Of existing industries each contributes its own.
            let part = of_event
                * if event == EventKind::Contribution {
                    1.0
                } else {
                    part
                };
            let table_share = match recipe {
                None if event.gives_output() => Some(DomesticShare {
                    value: 1.0,
                    basis: ShareBasis::NotUsed,
                }),
                // A recipe is a domestic producer's.
                Some(_) => Some(DomesticShare {
                    value: 1.0,
                    basis: ShareBasis::NotUsed,
                }),
                None => self.table_share(sector, kind),
            };
            if table_share.is_none() && domestic_share.is_none() {
                let message = said!(
                    "table {id} holds no flows and so no import shares: give the line a domestic_share",
                    "산업연관표 {id}에는 거래표가 없어 수입 비율을 알 수 없습니다. 항목에 domestic_share를 지정하십시오",
                    id = self.table.meta().id
                );
                return Err(self.file.error_at(what, "domestic_share", message));
            }
            lines.push(BoundLine {
                item: match several {
                    true => self.part_of(&item, sector),
                    false => item.clone(),
                },
                sector,
                event,
                amount,
                part,
                spent: None,
                domestic_share,
                table_share,
                made,
                purchasers: splits.purchasers,
                trade: splits.trade,
                transport: splits.transport,
                tax: splits.tax,
                recipe,
                deflator: match event {
                    EventKind::Jobs | EventKind::Contribution => 1.0,
                    _ => self.deflator(what, Some(sector), price_year)?,
                },
                region: region.clone(),
                source: line.source.clone(),
                certainty: line.certainty,
                note: line.note.clone(),
            });
        }
        Ok(lines)
    }

    /// The product of a line, or several with what each gets of its amount.
    fn basket(&self, line: &SpendingFile, what: &Located<String>) -> Result<Basket> {
        if let (Some(split), false) = (&line.split_by, what.value.contains('+')) {
            let message = said!(
                "'{what}' is one product: split_by goes with several, as in what = \"50+51\"",
                "'{what}'은(는) 한 품목입니다. split_by는 what = \"50+51\"처럼 여러 품목일 때 쓰십시오",
                what = what.value
            );
            return Err(self.file.error_at(split, "split_by", message));
        }
        let by = line
            .split_by
            .as_ref()
            .map_or(SplitBy::Output, |by| by.value);
        Basket::parse(&what.value, self.table, by).map_err(|e| self.file.error_at(what, "what", e))
    }

    /// The table's own share of domestic origin.
    fn table_share(&self, sector: usize, kind: PhaseKind) -> Option<DomesticShare> {
        let used = match kind {
            PhaseKind::OneOff => Use::FixedCapital,
            PhaseKind::Recurring => Use::Intermediate,
        };
        match self.table {
            AnyTable::Flows(table) => Some(table.domestic_share(sector, used)),
            AnyTable::Coefficients(_) => None,
        }
    }
}

/// That a line is demand for a product that nobody makes at home.
pub(crate) fn not_made(table: &AnyTable, sector: usize) -> Note {
    Note::NotMadeAtHome {
        sector: table.sectors().get(sector).into(),
        table: table.meta().id.clone(),
    }
}
