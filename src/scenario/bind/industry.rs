//! A new industry, whose purchases are a recurring phase.

use super::Builder;
use crate::error::Result;
use crate::lang::{Text, said};
use crate::scenario::PhaseKind;
use crate::scenario::file::IndustryFile;
use crate::scenario::{BoundIndustry, BoundPhase, Entry, Label};

impl Builder<'_> {
    pub(super) fn industry(
        &mut self,
        industry: &IndustryFile,
        phases: &[BoundPhase],
    ) -> Result<BoundIndustry> {
        // Of a pair of keys the one at fault is named, at its own line.
        let fail = |this: &Self, field: &str, message: Text| {
            let (buyers, phase) = (&industry.buyers, &industry.phase);
            let (origin, offset) = match (field, &industry.replaces, &industry.replaced_share) {
                ("buyers", _, _) => (buyers.origin, buyers.offset),
                ("replaces", Some(replaces), _) => (replaces.origin, replaces.offset),
                ("replaced_share", _, Some(share)) => (share.origin, share.offset),
                _ => (phase.origin, phase.offset),
            };
            let field = format!("industry.{field}");
            Err(this.file.error(origin, offset, &field, message))
        };
        self.check_name(&industry.name, &industry.phase, "industry")?;
        let named = industry.phase.value.as_str();
        let Some(phase) = phases
            .iter()
            .position(|p| p.name.en == named || p.name.ko == named)
        else {
            let names: Vec<&str> = phases.iter().map(|p| p.name.en.as_str()).collect();
            let message = said!(
                "there is no phase '{named}'; there are {names}",
                "'{named}' 단계가 없습니다. 단계: {names}",
                names = names.join(", ")
            );
            return fail(self, "phase", message);
        };
        if phases[phase].kind != PhaseKind::Recurring {
            let message = said!(
                "'{named}' is a one-off phase; the purchases of an industry are a recurring one",
                "'{named}'은(는) 일회성(one-off) 단계입니다. 신산업의 구매는 매년 반복되는(recurring) 단계여야 \
                 합니다"
            );
            return fail(self, "phase", message);
        }
        let mut buyers: Vec<(usize, f64)> = Vec::new();
        for (what, share) in &industry.buyers.value.0 {
            let sector = match self.table.sectors().find(what) {
                Ok(sector) => sector,
                Err(e) => return fail(self, "buyers", e.text()),
            };
            if !(0.0..=1.0).contains(share) {
                let message = said!(
                    "the share of '{what}' is {share}; it must be in 0..1",
                    "'{what}'의 비율이 {share}입니다. 0과 1 사이여야 합니다"
                );
                return fail(self, "buyers", message);
            }
            // Two names may lead to one sector of a wider table.
            match buyers.iter_mut().find(|(s, _)| *s == sector) {
                Some((_, sum)) => *sum += share,
                None => buyers.push((sector, *share)),
            }
        }
        let sum: f64 = buyers.iter().map(|(_, share)| share).sum();
        if sum > 1.0 + 1e-9 {
            let message = said!(
                "the shares of the buyers sum to {sum:.4}; at most 1 can be sold",
                "구매 부문 비율의 합이 {sum:.4}입니다. 1 이하여야 합니다"
            );
            return fail(self, "buyers", message);
        }
        let replaces = match &industry.replaces {
            Some(what) => Some(self.sector(what)?),
            None => None,
        };
        if industry.replaced_share.is_some() && replaces.is_none() {
            let message = said!(
                "which product is replaced is not said: replaces = \"...\"",
                "대체되는 품목이 지정되지 않았습니다. replaces = \"...\"를 쓰십시오"
            );
            return fail(self, "replaced_share", message);
        }
        if replaces.is_some() && industry.replaced_share.is_none() {
            let message = said!(
                "how much of the purchases replaces it is not said: replaced_share = ...",
                "대체하는 비율이 지정되지 않았습니다. replaced_share = ...를 쓰십시오"
            );
            return fail(self, "replaces", message);
        }
        if replaces.is_some() && buyers.is_empty() {
            let message = said!(
                "nobody is named who buys less of it: buyers = {{ ... }}",
                "대체되는 품목의 구매 부문이 지정되지 않았습니다. buyers = {{ ... }}를 쓰십시오"
            );
            return fail(self, "replaces", message);
        }
        let label = |entry| Label::of(&industry.name, entry);
        Ok(BoundIndustry {
            name: industry.name.clone(),
            phase,
            deflator: self.deflator(&industry.phase, None, self.file.scenario.price_year)?,
            sales: self.add("industry/sales", label(Entry::Sales), &industry.sales)?,
            exports: self.add_optional(
                "industry/exports",
                label(Entry::Exports),
                &industry.exports,
            )?,
            final_demand: self.add_optional(
                "industry/final_demand",
                label(Entry::FinalDemand),
                &industry.final_demand,
            )?,
            buyers,
            replaces,
            replaced_share: self.add_optional(
                "industry/replaced_share",
                label(Entry::ReplacedShare),
                &industry.replaced_share,
            )?,
            labour_share: self.add_optional(
                "industry/labour_share",
                label(Entry::LabourShare),
                &industry.labour_share,
            )?,
            foreign_ownership: self.add_optional(
                "industry/foreign_ownership",
                label(Entry::ForeignOwnership),
                &industry.foreign_ownership,
            )?,
            staff: self.add_optional("industry/staff", label(Entry::Staff), &industry.staff)?,
        })
    }
}
