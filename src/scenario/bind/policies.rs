//! Domestic-content policies.

use super::Builder;
use crate::error::Result;
use crate::lang::{Text, said};
use crate::scenario::file::Input;

impl Builder<'_> {
    /// Policies of the file, then those of the command line: sectors and the figures of their shares.
    pub(super) fn policies(&mut self) -> Result<Vec<(usize, usize)>> {
        let mut policies: Vec<(usize, usize)> = Vec::new();
        for policy in self.file.policy.clone() {
            let sector = self.sector(&policy.what)?;
            if policies.iter().any(|(s, _)| *s == sector) {
                let what = policy.what.value.as_str();
                let message = said!(
                    "there are two policies for '{what}'",
                    "'{what}'에 대한 정책이 둘입니다"
                );
                return Err(self.file.error_at(&policy.what, "policy", message));
            }
            let label = Text::same(format!("policy: {}", policy.what.value));
            policies.push((
                sector,
                self.add(&label.en.clone(), label.into(), &policy.domestic_share)?,
            ));
        }
        for (what, share) in &self.overrides.policies {
            let sector = self.table.sectors().find(what)?;
            let label = Text::same(format!("policy: {what}"));
            policies.push((
                sector,
                self.add(&label.en.clone(), label.into(), &Input::from(*share))?,
            ));
        }
        Ok(policies)
    }
}
