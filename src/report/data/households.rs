//! Type II by definitions of income, as rows.

use super::impact::sector;
use super::multipliers::{money, ratio};
use super::{Data, MoneyUnit, Nothing, Row, Sink};
use crate::analysis::HouseholdForms;
use crate::error::Result;
use crate::units::Measures;

impl Data for HouseholdForms {
    type Ready = Nothing;

    fn kind(&self) -> &'static str {
        "households"
    }

    fn money(&self) -> Option<MoneyUnit> {
        Some(money(&self.provenance))
    }

    /// The multipliers of each sector, Type I and by definition of income, jobs per billion; then what each
    /// definition comes to.
    fn rows(&self, sink: &mut Sink) -> Result<()> {
        let (money, ratio) = (money(&self.provenance).label(), ratio(&self.provenance));
        let billion = format!("persons/billion {}", self.provenance.currency);
        let base = Row {
            table: &self.provenance.table,
            ..Row::default()
        };
        let mut write = |item: &str, stage: &str, of: &Measures<Vec<f64>>| -> Result<()> {
            let jobs = self.provenance.units_per_billion();
            for (measure, values, unit, factor) in [
                ("output", &of.output, ratio.as_str(), 1.0),
                ("value_added", &of.value_added, &ratio, 1.0),
                ("imports", &of.imports, &ratio, 1.0),
                ("jobs", &of.jobs, &billion, jobs),
            ] {
                for (at, value) in values.iter().enumerate() {
                    sink(&Row {
                        sector: sector(&self.sectors, at),
                        item,
                        measure,
                        stage,
                        value: value * factor,
                        unit,
                        ..base
                    })?;
                }
            }
            Ok(())
        };
        write("", "type1", &self.type1)?;
        for form in &self.forms {
            write(form.earnings.of.id(), "type2", &form.type2)?;
        }
        for (at, form) in self.forms.iter().enumerate() {
            for (measure, value, unit) in [
                ("household_income", form.income, money.as_str()),
                ("household_share", form.share_spent, "share"),
                ("spent_again", form.again, "share"),
                ("mean_type2_over_type1", self.mean_ratio(at), "ratio"),
            ] {
                sink(&Row {
                    item: form.earnings.of.id(),
                    measure,
                    value,
                    unit,
                    ..base
                })?;
            }
        }
        Ok(())
    }
}
