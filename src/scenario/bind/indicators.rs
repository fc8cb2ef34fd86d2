//! Indicators: further figures computed from parameters.

use super::Builder;
use crate::error::Result;
use crate::lang::{Text, said};
use crate::scenario::file::Input;

impl Builder<'_> {
    /// The figures of the indicators.
    pub(super) fn indicators(&mut self) -> Result<Vec<usize>> {
        let mut indicators = Vec::new();
        let mut names: Vec<Text> = Vec::new();
        for indicator in self.file.indicator.clone() {
            let (name, at) = (&indicator.name, &indicator.value);
            self.check_name(name, at, "indicator")?;
            if names.contains(name) {
                let (en, ko) = (&name.en, &name.ko);
                let message = said!("two indicators are named '{en}'", "'{ko}' 지표가 둘입니다");
                return Err(self.file.error_at(at, "indicator", message));
            }
            names.push(name.clone());
            let input = Input::from(indicator.value);
            indicators.push(self.add(&indicator.name.en, indicator.name.clone().into(), &input)?);
        }
        Ok(indicators)
    }
}
