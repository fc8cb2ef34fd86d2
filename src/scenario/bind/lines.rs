//! Spending lines.

use super::Builder;
use crate::error::Result;
use crate::lang::{Text, said};
use crate::scenario::BoundLine;
use crate::scenario::file::{Located, SpendingFile};
use crate::scenario::note::Note;
use crate::scenario::{Entry, Label, PhaseKind, Place};
use crate::table::{AnyTable, DomesticShare, ShareBasis, Use};
use std::collections::BTreeMap;

impl Builder<'_> {
    pub(super) fn line(
        &mut self,
        phase: &str,
        kind: PhaseKind,
        line: &SpendingFile,
        phase_region: Option<&Place>,
        phase_name: &Located<Text>,
        recipes: &BTreeMap<String, usize>,
    ) -> Result<BoundLine> {
        let Some(what) = &line.what else {
            let message = said!(
                "a [[phase.spending]] does not say what is bought: what = \"...\"",
                "[[phase.spending]]에 무엇을 사는지 쓰지 않았습니다: what = \"...\""
            );
            return Err(self.file.error_at(phase_name, phase, message));
        };
        let sector = self.sector(what)?;
        let name = &self.table.sectors().get(sector).name;
        let item = line.item.clone().unwrap_or_else(|| name.clone());
        self.check_name(&item, what, "item")?;
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
        let recipe = self.recipe_of(line, sector, &item, &key("recipe"), recipes)?;
        // A recipe is a producer at home, whatever the table has.
        let made = self.made[sector] || recipe.is_some();
        if !made && domestic_share.is_some() {
            self.notes.push(not_made(self.table, sector));
        }
        let table_share = match self.table {
            // A recipe is a domestic producer's.
            _ if recipe.is_some() => Some(DomesticShare {
                value: 1.0,
                basis: ShareBasis::NotUsed,
            }),
            AnyTable::Flows(table) => Some(table.domestic_share(
                sector,
                match kind {
                    PhaseKind::OneOff => Use::FixedCapital,
                    PhaseKind::Recurring => Use::Intermediate,
                },
            )),
            AnyTable::Coefficients(_) => None,
        };
        if table_share.is_none() && domestic_share.is_none() {
            let message = said!(
                "table {id} holds no flows and so no import shares: give the line a domestic_share",
                "산업연관표 {id}에는 거래표가 없어 수입 비율을 알 수 없습니다. 항목에 domestic_share를 지정하십시오",
                id = self.table.meta().id
            );
            return Err(self.file.error_at(what, "domestic_share", message));
        }
        let region = match &line.region {
            Some(region) => self.line_region(region)?,
            None => phase_region.cloned(),
        };
        let price_year = line.price_year.or(self.file.scenario.price_year);
        Ok(BoundLine {
            item,
            sector,
            amount,
            domestic_share,
            table_share,
            made,
            purchasers: splits.purchasers,
            trade: splits.trade,
            transport: splits.transport,
            tax: splits.tax,
            recipe,
            deflator: self.deflator(what, Some(sector), price_year)?,
            region,
            source: line.source.clone(),
            certainty: line.certainty,
            note: line.note.clone(),
        })
    }
}

/// That a line is demand for a product that nobody makes at home.
pub(crate) fn not_made(table: &AnyTable, sector: usize) -> Note {
    Note::NotMadeAtHome {
        sector: table.sectors().get(sector).into(),
        table: table.meta().id.clone(),
    }
}
