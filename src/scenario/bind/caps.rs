//! Sectors whose output cannot rise freely.

use super::Builder;
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::scenario::BoundCap;
use crate::scenario::file::{Input, Located};
use crate::scenario::formula::Formula;

impl Builder<'_> {
    /// Caps of the file, each changed by an override of the same sector.
    pub(super) fn caps(&mut self) -> Result<Vec<BoundCap>> {
        let mut caps: Vec<BoundCap> = Vec::new();
        let mut changed = Vec::new();
        for (what, formula) in &self.overrides.caps {
            let sector = self.table.sectors().find(what)?;
            let fail = |e: Text| Error::invalid(e.map(|e| format!("{what}={formula}: {e}")));
            let mut input = Input::from(Located::from(Formula::parse(formula).map_err(fail)?));
            // It stands in no file.
            input.origin = usize::MAX;
            let key = format!("cap: {what}");
            changed.push((sector, self.add(&key, Text::same(&key).into(), &input)?));
        }
        for cap in self.file.cap.clone() {
            let sector = self.sector(&cap.what)?;
            if caps.iter().any(|c| c.sector == sector) {
                let message = said!(
                    "the output of '{what}' is capped twice",
                    "'{what}'의 산출 상한이 두 번 지정되었습니다",
                    what = cap.what.value
                );
                return Err(self.file.error_at(&cap.what, "cap", message));
            }
            if changed.iter().any(|(s, _)| *s == sector) {
                continue;
            }
            let label = Text::same(format!("cap: {}", cap.what.value));
            let at = self.add(&label.en.clone(), label.into(), &cap.extra)?;
            caps.push(self.cap(sector, at, &cap.what)?);
        }
        for (sector, at) in changed {
            caps.retain(|c| c.sector != sector);
            caps.push(self.cap(sector, at, &Located::default())?);
        }
        Ok(caps)
    }

    fn cap(&mut self, sector: usize, extra: usize, what: &Located<String>) -> Result<BoundCap> {
        let year = self.file.scenario.price_year;
        Ok(BoundCap {
            sector,
            extra,
            deflator: self.deflator(what, Some(sector), year)?,
        })
    }
}
