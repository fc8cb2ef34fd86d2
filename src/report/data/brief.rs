//! A report's data: those of its impact, and of the scenarios beside it.

use super::figures::ReadyImpact;
use super::{Data, MoneyUnit, Sink, impact};
use crate::error::Result;
use crate::report::brief::Brief;

impl Data for Brief {
    type Ready = ReadyImpact;

    fn kind(&self) -> &'static str {
        "report"
    }

    fn money(&self) -> Option<MoneyUnit> {
        self.estimate.money()
    }

    fn ready(&self) -> Option<ReadyImpact> {
        self.estimate.ready()
    }

    fn rows(&self, sink: &mut Sink) -> Result<()> {
        self.estimate.rows(sink)?;
        for of in &self.beside {
            impact::rows(of, &of.name.en, sink)?;
        }
        self.suppliers.rows(sink)
    }
}
