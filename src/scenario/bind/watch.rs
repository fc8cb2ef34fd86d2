//! The industries that a scenario is watched for.

use super::Builder;
use crate::error::Result;
use crate::lang::Text;

impl Builder<'_> {
    /// The sectors of `[watch]`, each with the name it is watched by.
    pub(super) fn watched(&self) -> Result<Vec<(usize, Text)>> {
        let watch = self.file.watch.iter();
        watch
            .map(|(sector, name)| {
                let field = format!("watch.{sector}");
                self.check_name(&name.value, name, &field)?;
                let found = self.table.sectors().find(sector);
                let sector = found.map_err(|e| self.file.error_at(name, &field, e))?;
                Ok((sector, name.value.clone()))
            })
            .collect()
    }
}
