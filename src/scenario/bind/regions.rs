//! Where a scenario, a phase or a line is.

use super::Builder;
use crate::error::Result;
use crate::lang::said;
use crate::scenario::ELSEWHERE;
use crate::scenario::file::Located;

impl Builder<'_> {
    /// The region of a line. What is made elsewhere in the country stays so wherever the scenario is
    /// placed.
    pub(super) fn line_region(&self, own: &Located<String>) -> Result<Option<String>> {
        if ELSEWHERE.contains(&own.value.as_str()) {
            return Ok(Some(ELSEWHERE[0].to_owned()));
        }
        self.region(Some(own))
    }

    /// The region that holds for a phase or line: the one that everything is placed in, its own or
    /// the scenario's.
    pub(super) fn region(&self, own: Option<&Located<String>>) -> Result<Option<String>> {
        let regions = crate::table::embedded::regions()?;
        if let Some(own) = own {
            self.check_region(own)?;
        }
        if let Some(region) = &self.overrides.region {
            regions.find(region)?;
            return Ok(Some(region.clone()));
        }
        let region = own.or(self.file.scenario.region.as_ref());
        Ok(region.map(|region| region.value.clone()))
    }

    /// Whether there is such a province.
    pub(super) fn check_region(&self, region: &Located<String>) -> Result<()> {
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
        crate::table::embedded::regions()?
            .find(&region.value)
            .map_err(|e| self.file.error_at(region, "region", e))?;
        Ok(())
    }
}
