//! How far an estimated split of purchases into domestic and imported ones may be off.

use crate::lang::{Text, said};
use crate::table::{Classification, Flows, Regrouping};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// How far the estimate of a table's domestic and imported flows was off where the answer is published:
/// `[split_error]` of its `table.toml`.
///
/// What stays known of the imported flows: the imports of each product, and their sums over the blocks of a
/// wider classification, which are published. The block of a sector is its `group`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SplitError {
    /// Import shares of purchases between industries: mean of |estimated - published|, weighted by the
    /// purchase.
    pub share: f64,
    /// Output multipliers, of |estimated / published - 1|.
    pub output_multiplier: MeanAndWorst,
    /// Value-added multipliers, of |estimated - published|.
    pub value_added_multiplier: MeanAndWorst,
    /// What shares are off in this table, of what they are off where it was measured: finer sectors in finer
    /// blocks leave less open.
    pub level: f64,
    /// What it was measured on.
    pub measured_on: Text,
    /// The block of each sector, where it is not its `group`: what regrouping leaves of blocks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<String>,
}

/// The mean and the worst of absolute errors.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MeanAndWorst {
    /// Of all sectors alike.
    pub mean: f64,
    /// Of one sector.
    pub worst: f64,
}

/// No import share can be off by more on average.
pub const LARGEST_SHARE_ERROR: f64 = 0.5;

impl SplitError {
    /// What import shares of this table are off on average, weighted by the purchase.
    ///
    /// ```
    /// # use leontief::AnyTable;
    /// let table = AnyTable::open("kr-2023-83")?;
    /// let error = table.meta().split_error.as_ref().expect("its split is estimated");
    /// // Measured .012 with 33 sectors in 13 groups, and .68 of it with 83 in 33.
    /// assert!((error.expected_share() - 0.012 * 0.68).abs() < 1e-12);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn expected_share(&self) -> f64 {
        self.share * self.level
    }

    /// The block of each sector, by number; a sector without one is a block of its own.
    pub fn blocks(&self, sectors: &Classification) -> Vec<usize> {
        let mut known = HashMap::new();
        let names = sectors.iter().enumerate().map(|(at, sector)| {
            let own = self.blocks.get(at).or(sector.group.as_ref());
            own.cloned().ok_or(at)
        });
        names
            .map(|name| {
                let next = known.len();
                *known.entry(name).or_insert(next)
            })
            .collect()
    }

    /// What is wrong with it, and in which key.
    pub(super) fn fault(&self, sectors: &Classification) -> Option<(&'static str, Text)> {
        let n = sectors.len();
        if !self.blocks.is_empty() && self.blocks.len() != n {
            let message = said!(
                "it names {count} blocks for {n} sectors",
                "부문은 {n}개인데 블록은 {count}개입니다",
                count = self.blocks.len()
            );
            return Some(("blocks", message));
        }
        let off = [
            ("share", self.share, LARGEST_SHARE_ERROR),
            ("output_multiplier", self.output_multiplier.mean, 1.0),
            ("output_multiplier", self.output_multiplier.worst, 10.0),
            (
                "value_added_multiplier",
                self.value_added_multiplier.mean,
                1.0,
            ),
            (
                "value_added_multiplier",
                self.value_added_multiplier.worst,
                1.0,
            ),
            ("level", self.level, 10.0),
        ];
        let outside = |(_, value, most): &(&str, f64, f64)| !(0.0..=*most).contains(value);
        off.into_iter().find(outside).map(|(key, value, most)| {
            (
                key,
                said!(
                    "{value} cannot be meant: it must be 0 to {most}, errors as fractions",
                    "{value}은(는) 쓸 수 없습니다. 오차는 비율로 쓰며 0 이상 {most} 이하여야 합니다"
                ),
            )
        })
    }

    /// Brings it to the level of regrouped flows, `before` and `after` with the sectors of each: where fewer
    /// purchases are open, as much less is off of all.
    pub(super) fn bring_to(
        &mut self,
        (after, new): (&Flows, &Classification),
        (before, old): (&Flows, &Classification),
        measured: &SplitError,
    ) {
        let was_open = open(before, &measured.blocks(old));
        if was_open > 0.0 {
            self.level *= open(after, &self.blocks(new)) / was_open;
        }
    }

    /// What is left of it when sectors are regrouped: blocks that a new sector reaches across are known in
    /// sum only. `None` where no block is split any more, so that all flows are sums of published ones.
    pub(super) fn regrouped(&self, regrouping: &Regrouping, from: &Classification) -> Option<Self> {
        let blocks = self.blocks(from);
        let new = regrouping.sectors().len();
        // Blocks that a new sector joins, by the smallest number among them.
        let mut joined: Vec<usize> = (0..blocks.len()).collect();
        let mut first_of = vec![usize::MAX; new];
        loop {
            let mut settled = true;
            for (sector, block) in blocks.iter().enumerate() {
                for (to, _) in regrouping.shares(sector) {
                    let least = joined[*block].min(first_of[*to]);
                    settled &= joined[*block] == least && first_of[*to] == least;
                    (joined[*block], first_of[*to]) = (least, least);
                }
            }
            if settled {
                break;
            }
        }
        let mut counted = vec![0; blocks.len()];
        first_of.iter().for_each(|block| counted[*block] += 1);
        counted.iter().any(|count| *count > 1).then(|| SplitError {
            blocks: first_of.iter().map(|block| block.to_string()).collect(),
            ..self.clone()
        })
    }
}

/// What published sums leave open of purchases between industries: the sum of z s (1 - s) over those of z of
/// which a share s is imported, but for the only one of a block.
fn open(flows: &Flows, blocks: &[usize]) -> f64 {
    let mut of_block = HashMap::<(usize, usize), (usize, f64)>::new();
    let imported = flows.imported.dense().iter();
    let cells = flows.domestic.dense().iter().zip(imported);
    for (at, (d, m)) in cells
        .enumerate()
        .filter(|(_, (d, m))| **d > 0.0 && **m > 0.0)
    {
        let (user, supplier) = (at / blocks.len(), at % blocks.len());
        let (count, sum) = of_block
            .entry((blocks[supplier], blocks[user]))
            .or_default();
        *count += 1;
        *sum += d * (m / (d + m));
    }
    let open = of_block.into_values().filter(|(count, _)| *count > 1);
    let mut sums: Vec<f64> = open.map(|(_, sum)| sum).collect();
    // The same to the last digit, in whatever order the map has them.
    sums.sort_by(f64::total_cmp);
    sums.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Result;
    use crate::table::{AnyTable, concordances};

    fn error() -> (AnyTable, SplitError) {
        let table = AnyTable::open("kr-2023-83").expect("built in");
        let error = table.meta().split_error.clone().expect("estimated");
        (table, error)
    }

    #[test]
    fn sums_of_published_blocks_have_no_split_error() -> Result<()> {
        let (table, _) = error();
        for name in ["bok-33", "bok-13", "bok-6"] {
            let groups = concordances::find(name, &table.meta().classification, table.sectors())?;
            let groups = groups.expect("built in");
            assert_eq!(table.regrouped(&groups)?.meta().split_error, None, "{name}");
        }
        Ok(())
    }

    #[test]
    fn where_one_block_is_split_shares_are_off_by_its_part() -> Result<()> {
        let (table, before) = error();
        let blocks = before.blocks(table.sectors());
        // Chemicals stay apart, all else is summed to its block.
        let chemicals = table.sectors().position("17").expect("a sector");
        let mut to = Vec::new();
        let mut last = None;
        let mut shares = Vec::new();
        for (at, sector) in table.sectors().iter().enumerate() {
            if blocks[at] == blocks[chemicals] || last != Some(blocks[at]) {
                to.push(sector.clone());
            }
            last = Some(blocks[at]);
            shares.push(vec![(to.len() - 1, 1.0)]);
        }
        let groups = Regrouping::new(table.sectors(), to, shares)?;
        let after = table.regrouped(&groups)?;
        let error = after.meta().split_error.as_ref().expect("still estimated");
        assert!(
            error.level > 0.0 && error.level < 0.3 * before.level,
            "{}",
            error.level
        );
        Ok(())
    }

    #[test]
    fn a_sector_across_blocks_joins_them() -> Result<()> {
        let (table, before) = error();
        let blocks = before.blocks(table.sectors());
        assert_eq!(blocks.iter().max(), Some(&32));
        // 01 is of block 01, 30 of block 10 or so: one sector of both leaves their sum known, no more.
        let groups = Regrouping::parse_group("XX=01+30:50%", table.sectors())?;
        let after = table.regrouped(&groups)?;
        let error = after.meta().split_error.as_ref().expect("still estimated");
        let new = error.blocks(after.sectors());
        assert_eq!(new.len(), 83);
        assert_eq!(new.iter().max(), Some(&31), "one block less");
        let at = |code: &str| new[after.sectors().position(code).expect(code)];
        assert_eq!(at("XX"), at("02"));
        assert_eq!(at("XX"), at("30"));
        assert_ne!(at("XX"), at("50"));
        // Nearly all purchases are as open as before.
        assert!(
            (error.level / before.level - 1.0).abs() < 0.1,
            "{}",
            error.level
        );
        Ok(())
    }
}
