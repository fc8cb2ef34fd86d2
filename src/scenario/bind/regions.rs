//! Where a scenario, a phase or a line is.

use super::Builder;
use crate::error::Result;
use crate::lang::said;
use crate::scenario::file::Located;
use crate::scenario::{ELSEWHERE, Place};

impl Builder<'_> {
    /// Where a line is. What is made elsewhere in the country stays so wherever the scenario is placed.
    pub(super) fn line_region(&self, own: &Located<String>) -> Result<Option<Place>> {
        if ELSEWHERE.contains(&own.value.as_str()) {
            return Place::find(&own.value).map(Some);
        }
        self.region(Some(own))
    }

    /// The province that holds for a phase or line: the one that everything is placed in, its own or
    /// the scenario's.
    pub(super) fn region(&self, own: Option<&Located<String>>) -> Result<Option<Place>> {
        let own = own.map(|own| self.province(own)).transpose()?;
        if let Some(region) = &self.overrides.region {
            return Place::find(region).map(Some);
        }
        let of_scenario = self.file.scenario.region.as_ref();
        match own {
            Some(own) => Ok(Some(own)),
            None => of_scenario.map(|region| self.province(region)).transpose(),
        }
    }

    /// A province, which elsewhere is not.
    pub(super) fn province(&self, region: &Located<String>) -> Result<Place> {
        if ELSEWHERE.contains(&region.value.as_str()) {
            let message = said!(
                "'{region}' is no province to be in; only a line can be made there: write it under its \
                 [[phase.spending]]",
                "'{region}'은(는) 지역이 아니며 항목에만 지정할 수 있습니다. 해당 [[phase.spending]] 아래에 \
                 쓰십시오",
                region = region.value
            );
            return Err(self.file.error_at(region, "region", message));
        }
        Place::find(&region.value).map_err(|e| self.file.error_at(region, "region", e))
    }
}
