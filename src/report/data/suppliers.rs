//! Suppliers as rows: output by sector and tier, and the largest chains.

use super::impact::{by_sector, sector};
use super::row::kind_name;
use super::studies::beyond;
use super::{Data, MoneyUnit, Row, Sink, million};
use crate::analysis::structural_path::Paths;
use crate::error::Result;
use crate::impact::tiers::Suppliers;
use crate::lang::Text;
use crate::scenario::PhaseKind;
use crate::table::SectorName;
use serde::Serialize;

/// Chains of suppliers as diagrams take them; none where no chains were asked for.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct Sankeys {
    /// Of each kind of phase.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sankey: Vec<PathSankey>,
}

/// Nodes and the links between them, by their places among the nodes.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct PathSankey {
    /// Of which phases: "one-off" or "recurring".
    pub phases: &'static str,
    /// What is measured: "output", "jobs".
    pub measure: String,
    /// Its unit.
    pub unit: String,
    /// The beginnings of the chains that are listed.
    pub nodes: Vec<SankeyNode>,
    /// From each to those that it buys from.
    pub links: Vec<SankeyLink>,
}

/// A sector in one place of a chain.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct SankeyNode {
    /// The codes of the chain: "50 < 26 < 17".
    pub id: String,
    /// The name of its last sector.
    pub name: Text,
    /// Steps from the demand.
    pub depth: usize,
    /// Of the last sector alone.
    pub value: f64,
    /// With all that lies beyond.
    pub through: f64,
}

/// What passes from a node to one beyond it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct SankeyLink {
    /// The buyer, by its place among the nodes.
    pub source: usize,
    /// The supplier.
    pub target: usize,
    /// All that lies at the supplier and beyond.
    pub value: f64,
}

/// The codes of a chain.
pub(super) fn chain(sectors: &[SectorName], of: &[usize]) -> String {
    let code = |at: &usize| sector(sectors, *at).map_or("", |(code, _)| code);
    let codes: Vec<&str> = of.iter().map(code).collect();
    codes.join(" < ")
}

impl Suppliers {
    fn sankey(&self, kind: PhaseKind, paths: &Paths) -> PathSankey {
        let tiers = self.kinds.iter().find(|(of, _)| *of == kind);
        let sectors = tiers.map_or(&[][..], |(_, tiers)| &tiers.sectors);
        let of = &paths.measure;
        let name = |at: usize| {
            sectors
                .get(at)
                .map_or_else(|| Text::same(""), |s| s.name.clone())
        };
        let node = |of: &[usize]| paths.nodes.iter().position(|node| node.sectors == of);
        PathSankey {
            phases: kind_name(kind),
            measure: of.id.clone(),
            unit: match &of.account {
                Some(account) => account.unit.en.clone(),
                None => million(&self.receipt.currency),
            },
            nodes: paths
                .nodes
                .iter()
                .map(|node| SankeyNode {
                    id: chain(sectors, &node.sectors),
                    name: name(node.sectors.last().copied().unwrap_or_default()),
                    depth: node.sectors.len() - 1,
                    value: node.value,
                    through: node.through,
                })
                .collect(),
            links: paths
                .nodes
                .iter()
                .enumerate()
                .filter_map(|(target, of)| {
                    let (_, buyer) = of.sectors.split_last()?;
                    Some(SankeyLink {
                        source: node(buyer)?,
                        target,
                        value: of.through,
                    })
                })
                .collect(),
        }
    }
}

impl Data for Suppliers {
    type Ready = Sankeys;

    fn kind(&self) -> &'static str {
        "suppliers"
    }

    fn money(&self) -> Option<MoneyUnit> {
        Some(MoneyUnit::millions(&self.receipt.currency))
    }

    fn ready(&self) -> Option<Self::Ready> {
        let paths = self.paths.iter();
        let sankey = paths
            .map(|(kind, paths)| self.sankey(*kind, paths))
            .collect();
        Some(Sankeys { sankey })
    }

    fn rows(&self, sink: &mut Sink) -> Result<()> {
        let money = million(&self.receipt.currency);
        let base = Row {
            scenario: &self.name.en,
            table: &self.receipt.table,
            unit: &money,
            ..Row::default()
        };
        for (kind, tiers) in &self.kinds {
            let row = Row {
                kind: Some(*kind),
                measure: "output",
                ..base
            };
            let named = tiers.tiers.iter().enumerate();
            let named = named.map(|(tier, values)| (tier.to_string(), values));
            let rest = (beyond(tiers.tiers.len()), &tiers.rest);
            for (tier, values) in named.chain([rest]) {
                by_sector(&tiers.sectors, values, Row { tier: &tier, ..row }, sink)?;
            }
            let of_kind = self.paths.iter().filter(|(k, _)| k == kind);
            for (_, paths) in of_kind {
                let of = &paths.measure;
                let unit = of
                    .account
                    .as_ref()
                    .map_or(money.as_str(), |a| a.unit.en.as_str());
                let (path_of, through_of) =
                    (format!("{}_of_path", of.id), format!("{}_through", of.id));
                let row = Row { unit, ..row };
                for node in &paths.nodes {
                    let last = node.sectors.last();
                    sink(&Row {
                        sector: last.and_then(|at| sector(&tiers.sectors, *at)),
                        item: &chain(&tiers.sectors, &node.sectors),
                        measure: &through_of,
                        tier: &(node.sectors.len() - 1).to_string(),
                        value: node.through,
                        ..row
                    })?;
                }
                for path in &paths.paths {
                    let last = path.sectors.last();
                    sink(&Row {
                        sector: last.and_then(|at| sector(&tiers.sectors, *at)),
                        item: &chain(&tiers.sectors, &path.sectors),
                        measure: &path_of,
                        tier: &(path.sectors.len().saturating_sub(1)).to_string(),
                        value: path.value,
                        ..row
                    })?;
                }
                sink(&Row {
                    measure: &format!("{}_of_other_paths", of.id),
                    value: paths.remainder,
                    ..row
                })?;
                if let Some(value) = paths.covered() {
                    sink(&Row {
                        measure: &format!("{}_covered", of.id),
                        unit: "share",
                        value,
                        ..row
                    })?;
                }
            }
        }
        Ok(())
    }
}
