//! A social accounting matrix and its multipliers, as rows.

use super::impact::sector;
use super::multipliers::{money, ratio};
use super::{Data, MoneyUnit, Nothing, Row, Sink};
use crate::analysis::sam::{SamAccount, SamEffects, SamMultipliers};
use crate::analysis::{Sam, SamPaths};
use crate::error::Result;
use crate::table::SectorName;

/// The code of a sector, or the name of another account.
fn code(account: SamAccount, sectors: &[SectorName]) -> &str {
    match account {
        SamAccount::Sector(at) => sectors.get(at).map_or("", |sector| sector.code.as_str()),
        other => other.id(),
    }
}

impl Data for Sam {
    type Ready = Nothing;

    fn kind(&self) -> &'static str {
        "sam"
    }

    fn money(&self) -> Option<MoneyUnit> {
        Some(money(&self.provenance))
    }

    /// The flows, from the account of `stage` to that of `item`; then of a unit paid into each account (a sector,
    /// or that of `item`) what sectors, factors and households receive by stage, and where it ends.
    fn rows(&self, sink: &mut Sink) -> Result<()> {
        let (money, ratio) = (money(&self.provenance).label(), ratio(&self.provenance));
        let base = Row {
            table: &self.provenance.table,
            unit: &money,
            ..Row::default()
        };
        for (to, received) in self.accounts.iter().zip(&self.flows) {
            for (from, value) in self.accounts.iter().zip(received) {
                sink(&Row {
                    item: to.id(),
                    measure: "flow",
                    stage: from.id(),
                    value: *value,
                    ..base
                })?;
            }
        }
        for of in &self.multipliers {
            let (sector, item) = match of.account {
                SamAccount::Sector(at) => (sector(&self.sectors, at), ""),
                other => (None, other.id()),
            };
            let base = Row {
                sector,
                item,
                unit: &ratio,
                ..base
            };
            received(of, base, sink)?;
        }
        for (measure, value) in [
            ("household_share", self.share_spent),
            ("capital_share", self.assumed.capital_share),
            ("spent_again", self.again),
        ] {
            sink(&Row {
                measure,
                value,
                unit: "share",
                ..base
            })?;
        }
        Ok(())
    }
}

/// What a unit paid into an account makes others receive, by stage, and where it ends.
pub(super) fn received(of: &SamMultipliers, base: Row, sink: &mut Sink) -> Result<()> {
    let mut received: Vec<(&str, &SamEffects)> = vec![("output", &of.output)];
    let factors = of.factors.iter();
    received.extend(factors.map(|(account, effects)| (account.id(), effects)));
    received.push(("households", &of.households));
    for (measure, effects) in received {
        for (stage, value) in [
            ("initial", effects.initial),
            ("transfer", effects.transfer),
            ("open_loop", effects.open_loop),
            ("closed_loop", effects.closed_loop),
            ("total", effects.total()),
        ] {
            sink(&Row {
                measure,
                stage,
                value,
                ..base
            })?;
        }
    }
    for (stage, value) in [
        ("government", of.leaks.government),
        ("saving_investment", of.leaks.saving),
        ("rest_of_world", of.leaks.rest_of_world),
    ] {
        sink(&Row {
            measure: "leak",
            stage,
            value,
            ..base
        })?;
    }
    Ok(())
}

impl Data for SamPaths {
    type Ready = Nothing;

    fn kind(&self) -> &'static str {
        "sam_paths"
    }

    fn money(&self) -> Option<MoneyUnit> {
        Some(money(&self.provenance))
    }

    /// Each path, its accounts in `item`; all other paths; the global influence.
    fn rows(&self, sink: &mut Sink) -> Result<()> {
        let ratio = ratio(&self.provenance);
        let base = Row {
            table: &self.provenance.table,
            unit: &ratio,
            ..Row::default()
        };
        for path in &self.paths {
            let codes = path.accounts.iter().map(|of| code(*of, &self.sectors));
            let codes: Vec<&str> = codes.collect();
            let item = codes.join(" > ");
            for (measure, value, unit) in [
                ("direct_influence", path.direct, ratio.as_str()),
                ("path_multiplier", path.multiplier, "factor"),
                ("total_influence", path.total, &ratio),
            ] {
                sink(&Row {
                    item: &item,
                    measure,
                    value,
                    unit,
                    ..base
                })?;
            }
        }
        let ends = [self.from, self.to].map(|of| code(of, &self.sectors));
        let item = ends.join(" > ");
        for (measure, value) in [
            ("influence_of_other_paths", self.remainder),
            ("global_influence", self.global),
        ] {
            sink(&Row {
                item: &item,
                measure,
                value,
                ..base
            })?;
        }
        Ok(())
    }
}
