//! That no cells have the totals asked for, shown by totals that contradict each other.
//!
//! For any directions d_c, sum_c d_c t_c is sum_k x_k w_k with w_k = sum_c d_c w_ck, and so at most what the
//! cells reach within their signs and bounds (Farkas). Multipliers that rise without end tell the directions:
//! those that rise by most against those that fall by most.

use super::{Balancing, Total, Unbalanced};
use std::collections::BTreeMap;

/// A contradiction must be by more than this share of what is asked.
const CLEAR: f64 = 1e-9;

impl Balancing {
    /// The first total that its own cells cannot reach.
    pub(super) fn within_reach(&self, totals: &[Total]) -> Result<(), Unbalanced> {
        for at in (0..totals.len()).filter(|at| totals[*at].give == 0.0) {
            for direction in [1.0, -1.0] {
                let mut directions = vec![0.0; totals.len()];
                directions[at] = direction;
                if let Some((asked, reach)) = self.beyond(totals, &directions, &[at]) {
                    return Err(infeasible(&directions, asked, reach));
                }
            }
        }
        Ok(())
    }

    /// Totals that contradict each other, found by how their multipliers rose.
    pub(super) fn contradiction(&self, totals: &[Total], rise: &[f64]) -> Option<Unbalanced> {
        let hard: Vec<usize> = (0..totals.len())
            .filter(|c| totals[*c].give == 0.0)
            .collect();
        let mut levels: Vec<f64> = hard.iter().flat_map(|c| [rise[*c], -rise[*c]]).collect();
        levels.retain(|level| level.is_finite());
        levels.sort_by(f64::total_cmp);
        levels.dedup();
        // The widest gaps between levels part what runs away from what does not.
        let mut gaps: Vec<(f64, f64)> = levels
            .windows(2)
            .map(|pair| (pair[1] - pair[0], 0.5 * (pair[0] + pair[1])))
            .collect();
        gaps.sort_by(|a, b| b.0.total_cmp(&a.0));
        for (_, level) in gaps.into_iter().take(LEVELS) {
            let directions: Vec<f64> = (0..totals.len())
                .map(|c| {
                    let hard = totals[c].give == 0.0;
                    match (hard, rise[c] > level, rise[c] < -level) {
                        (true, true, false) => 1.0,
                        (true, false, true) => -1.0,
                        _ => 0.0,
                    }
                })
                .collect();
            if let Some((asked, reach)) = self.beyond(totals, &directions, &hard) {
                let smaller = self.smallest_part(totals, &directions);
                return smaller.or_else(|| Some(infeasible(&directions, asked, reach)));
            }
        }
        None
    }

    /// Of totals that contradict each other, the fewest that do so by themselves: those that hang together by
    /// cells which they add and take away alike.
    fn smallest_part(&self, totals: &[Total], directions: &[f64]) -> Option<Unbalanced> {
        let of: Vec<usize> = (0..totals.len())
            .filter(|c| directions[*c] != 0.0)
            .collect();
        let mut held: Vec<(usize, usize, f64)> = Vec::new();
        for &c in &of {
            let members = totals[c].members();
            held.extend(members.map(|(cell, sign)| (cell, c, sign * directions[c])));
        }
        held.sort_unstable_by_key(|(cell, c, _)| (*cell, *c));
        let mut part: Vec<usize> = (0..totals.len()).collect();
        for same in held.chunk_by(|a, b| a.0 == b.0) {
            if same.len() > 1 && same.iter().map(|(_, _, weight)| weight).sum::<f64>() == 0.0 {
                let one = root_of(&part, same[0].1);
                for (_, c, _) in same {
                    let other = root_of(&part, *c);
                    part[other] = one;
                }
            }
        }
        let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for &c in &of {
            parts.entry(root_of(&part, c)).or_default().push(c);
        }
        let mut parts: Vec<Vec<usize>> = parts.into_values().collect();
        parts.sort_by_key(Vec::len);
        parts.into_iter().find_map(|part| {
            let mut alone = vec![0.0; totals.len()];
            for &c in &part {
                alone[c] = directions[c];
            }
            let (asked, reach) = self.beyond(totals, &alone, &part)?;
            Some(infeasible(&alone, asked, reach))
        })
    }

    /// What totals come to in these directions, and what their cells reach, where it is less.
    fn beyond(&self, totals: &[Total], directions: &[f64], of: &[usize]) -> Option<(f64, f64)> {
        let mut weights: Vec<(usize, f64)> = Vec::new();
        let (mut asked, mut size) = (0.0, 0.0);
        for &c in of.iter().filter(|c| directions[**c] != 0.0) {
            asked += directions[c] * totals[c].value;
            size += totals[c].value.abs();
            let members = totals[c].members();
            weights.extend(members.map(|(cell, sign)| (cell, sign * directions[c])));
        }
        weights.sort_unstable_by_key(|(cell, _)| *cell);
        let mut reach = 0.0;
        for same in weights.chunk_by(|a, b| a.0 == b.0) {
            let weight: f64 = same.iter().map(|(_, weight)| weight).sum();
            let cell = self.cells[same[0].0];
            reach += match weight {
                0.0 => 0.0,
                w if w > 0.0 => w * cell.most,
                w => w * cell.least,
            };
            if reach == f64::INFINITY {
                return None;
            }
        }
        (asked - reach > CLEAR * size.max(reach.abs())).then_some((asked, reach))
    }
}

/// The total that stands for all that one hangs together with.
fn root_of(part: &[usize], mut at: usize) -> usize {
    while part[at] != at {
        at = part[at];
    }
    at
}

/// Gaps that are tried: each costs a pass over the cells.
const LEVELS: usize = 64;

fn infeasible(directions: &[f64], asked: f64, reach: f64) -> Unbalanced {
    let of = |sign: f64| -> Vec<usize> {
        (0..directions.len())
            .filter(|c| directions[*c] == sign)
            .collect()
    };
    Unbalanced::Infeasible {
        more: of(1.0),
        less: of(-1.0),
        asked,
        reach,
    }
}
