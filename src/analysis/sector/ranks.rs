//! A sector's figures among those of all sectors.

use super::further::Asked;
use super::{Place, Rank};
use crate::analysis::Multipliers;
use crate::analysis::extraction::{Extraction, ExtractionKind, ExtractionRanking};
use crate::analysis::linkages::{Linkages, Method, Options};
use crate::analysis::sheet::SheetColumn;
use crate::error::Result;
use crate::table::PrimaryInputRole;

impl Rank {
    /// A figure among those of all sectors that have one.
    fn of(measure: &str, value: f64, among: &[f64]) -> Self {
        let of = among.len();
        let place = Place {
            rank: 1 + among.iter().filter(|other| **other > value).count(),
            of,
            mean: among.iter().sum::<f64>() / of.max(1) as f64,
        };
        Rank {
            measure: measure.to_owned(),
            value,
            among: Some(place),
        }
    }

    /// The figure of a sector in a column; `None` where it has none.
    fn in_column(column: &SheetColumn, sector: usize) -> Option<Self> {
        let among: Vec<f64> = column.values.iter().flatten().copied().collect();
        Some(Rank::of(&column.id(), column.values[sector]?, &among))
    }
}

pub(super) fn of_multipliers(multipliers: &Multipliers, sector: usize) -> Vec<Rank> {
    let made: Vec<bool> = multipliers.sectors.iter().map(|s| s.made).collect();
    let rank = |measure: &str| {
        let values = multipliers.column(measure)?;
        let among = values.iter().zip(&made).filter(|(_, made)| **made);
        let among: Vec<f64> = among.map(|(value, _)| *value).collect();
        Some(Rank::of(measure, values[sector], &among))
    };
    let columns = multipliers.columns();
    columns.into_iter().filter_map(rank).collect()
}

impl Asked<'_> {
    /// Direct and total linkages, their indices and lengths; none of a sector that makes nothing.
    pub(super) fn linkages(&self) -> Result<Vec<Rank>> {
        let of = |method| Linkages::of(self.table, self.model, method, &Options::default());
        let (hirschman, lengths) = (of(Method::Hirschman)?, of(Method::Propagation)?);
        let rounds = lengths.figures.columns.iter();
        let columns = hirschman.figures.columns.iter();
        let columns = columns
            .filter(|column| column.measure != "class")
            .chain(rounds.filter(|column| column.stage == "rounds"));
        let ranks = columns.filter_map(|column| Rank::in_column(column, self.sector));
        Ok(ranks.collect())
    }

    /// Connections and centralities: walks through the network, longer than a solve.
    pub(super) fn centralities(&self) -> Result<Vec<Rank>> {
        if !self.in_full {
            return Ok(Vec::new());
        }
        let (method, options) = (Method::Network, Options::default());
        let network = Linkages::of(self.table, self.model, method, &options)?;
        let columns = network.figures.columns.iter();
        let ranks = columns.filter_map(|column| Rank::in_column(column, self.sector));
        Ok(ranks.collect())
    }

    /// What the others lose were it gone: of it alone a column of L, beside the loss by each other sector its
    /// diagonal.
    pub(super) fn extraction(&self) -> Result<Vec<Rank>> {
        let (kind, whole) = (ExtractionKind::Total, 1.0);
        if !self.in_full {
            let lost = Extraction::of(self.table, self.model, &[self.sector], kind, whole)?;
            return Ok(self.shares_lost(&lost));
        }
        let all = ExtractionRanking::of(self.table, self.model, kind, whole)?;
        let coefficients = self.model.coefficients();
        let made: Vec<usize> = (0..all.sectors.len())
            .filter(|at| coefficients.is_made(*at))
            .collect();
        let measures = all.measures.iter().filter(|of| of.before != 0.0);
        Ok(measures
            .map(|of| {
                let share = |at: usize| of.others[at] / of.before;
                let among: Vec<f64> = made.iter().map(|at| share(*at)).collect();
                Rank::of(&of.measure, share(self.sector), &among)
            })
            .collect())
    }

    /// The share of each measure that the others lose.
    pub(super) fn shares_lost(&self, of: &Extraction) -> Vec<Rank> {
        let coefficients = self.model.coefficients();
        let Some(x) = self.table.output() else {
            return Vec::new();
        };
        let money = [
            ("output", &of.output, x.sum()),
            (
                "value_added",
                &of.value_added,
                coefficients.value_added().dot(x),
            ),
            (
                "imports",
                &of.imports,
                coefficients.imports_per_output().dot(x),
            ),
        ];
        let income = coefficients.primary_input(PrimaryInputRole::Compensation);
        let income = income.map(|per_output| ("income", &of.income, per_output.dot(x)));
        let accounts = of.accounts.iter().zip(coefficients.accounts());
        let accounts = accounts.map(|((account, lost), (_, per_output))| {
            (account.id.as_str(), lost, per_output.dot(x))
        });
        let all = money.into_iter().chain(income).chain(accounts);
        all.filter(|(_, _, before)| *before != 0.0)
            .map(|(measure, lost, before)| Rank {
                measure: measure.to_owned(),
                value: (lost.iter().sum::<f64>() - lost[self.sector]) / before,
                among: None,
            })
            .collect()
    }
}
