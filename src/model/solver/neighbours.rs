//! Neighbours settled among themselves: the blocks of I - A along its diagonal, factorised.
//!
//! Sectors that stand beside each other trade with each other: those of a country in a table of many, kindred
//! industries in one of a single country. M, of the blocks alone, takes that out (block Jacobi), and passes over A
//! have only what links the blocks left to settle.

use super::krylov::Direction;
use super::lu::Factors;
use crate::table::Matrix;
use crate::table::matrix::{SMALL, in_ranges};
use nalgebra::{DMatrix, DVector};
use std::ops::Range;

/// The share of what its sectors buy that a block must hold to be worth its factors.
const WORTH: f64 = 1.0 / 3.0;

/// The blocks, each a range of sectors. A sector in none of them stands alone: M has its one there.
#[derive(Debug)]
pub(super) struct Neighbours {
    blocks: Vec<(Range<usize>, Factors)>,
}

impl Neighbours {
    /// The blocks of I - A that are worth it, where `inputs` (n) are the column sums of |A|; none of a small one.
    pub(super) fn of(a: &Matrix, inputs: &DVector<f64>) -> Self {
        let ranges = match a.ncols() > SMALL {
            true => cut(a),
            false => Vec::new(),
        };
        let factorised = in_ranges(ranges.len(), |some| {
            let blocks = ranges[some].iter().filter_map(|block| {
                let mut system = DMatrix::identity(block.len(), block.len());
                let mut inside = 0.0;
                for j in block.clone() {
                    let mut column = system.column_mut(j - block.start);
                    a.each_in(j, block.clone(), |i, cell| {
                        column[i - block.start] -= cell;
                        inside += cell.abs();
                    });
                }
                let bought = inputs.rows(block.start, block.len()).sum();
                let factors = (inside > WORTH * bought).then(|| Factors::of_block(system))?;
                Some((block.clone(), factors?))
            });
            blocks.collect::<Vec<_>>()
        });
        Neighbours {
            blocks: factorised.into_iter().flatten().collect(),
        }
    }

    /// How many blocks there are.
    pub(super) fn blocks(&self) -> usize {
        self.blocks.len()
    }

    /// M^-1 X, or of the transposed system M'^-1 X.
    pub(super) fn settle(&self, direction: Direction, mut x: DMatrix<f64>) -> DMatrix<f64> {
        let settled = in_ranges(self.blocks.len(), |some| {
            let blocks = self.blocks[some].iter().map(|(block, factors)| {
                let here = x.rows(block.start, block.len()).into_owned();
                match direction {
                    Direction::Demand => factors.solve(here),
                    Direction::Cost => factors.solve_transposed(here),
                }
            });
            blocks.collect::<Vec<_>>()
        });
        for ((block, _), here) in self.blocks.iter().zip(settled.into_iter().flatten()) {
            x.rows_mut(block.start, block.len()).copy_from(&here);
        }
        x
    }
}

/// Cuts the sectors into blocks of about 2 sqrt(n), where least crosses the cut. To factorise blocks of that size
/// costs about as much as one pass over all n^2 cells.
fn cut(a: &Matrix) -> Vec<Range<usize>> {
    let n = a.ncols();
    let size = 2 * n.isqrt();
    let crossing = crossing(a, size / 2);
    let mut blocks = Vec::new();
    let mut start = 0;
    while n - start > size + size / 2 {
        // Neither block is left with less than half the size.
        let cuts = start + size / 2..(start + 2 * size).min(n - size / 2);
        let end = cuts.min_by(|p, q| crossing[*p].total_cmp(&crossing[*q]));
        let end = end.unwrap_or(n);
        blocks.push(start..end);
        start = end;
    }
    blocks.push(start..n);
    blocks
}

/// How much is sold across each cut, by sectors before it to sectors from it on and the other way round, where
/// they are no farther from each other than `width`.
fn crossing(a: &Matrix, width: usize) -> Vec<f64> {
    let n = a.ncols();
    let changes = in_ranges(n, |columns| {
        let mut changes = vec![0.0; n + 1];
        for j in columns {
            let near = j.saturating_sub(width)..(j + width).min(n);
            a.each_in(j, near, |i, cell| {
                changes[i.min(j) + 1] += cell.abs();
                changes[i.max(j) + 1] -= cell.abs();
            });
        }
        changes
    });
    let mut sum = 0.0;
    (0..n)
        .map(|p| {
            sum += changes.iter().map(|changes| changes[p]).sum::<f64>();
            sum
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Countries of 37 to 90 sectors that buy at home and a hundredth abroad.
    fn countries() -> (Matrix, Vec<Range<usize>>) {
        let sizes = [70, 37, 80, 60, 90, 45, 65, 80, 50];
        let mut ends = sizes.iter().scan(0, |end, size| {
            *end += size;
            Some(*end)
        });
        let ends: Vec<usize> = ends.by_ref().collect();
        let home = |i: usize| ends.partition_point(|end| *end <= i);
        let n = ends[ends.len() - 1];
        let cells = DMatrix::from_fn(n, n, |i, j| {
            let cell = ((i * 7919 + j * 104_729) % 1_009) as f64 / 1_009.0;
            cell / n as f64 * if home(i) == home(j) { 2.0 } else { 0.02 }
        });
        let ranges = ends.iter().zip(sizes).map(|(end, size)| end - size..*end);
        (Matrix::from(cells), ranges.collect())
    }

    #[test]
    fn cuts_fall_between_countries() {
        let (a, countries) = countries();
        let starts: Vec<usize> = countries.iter().map(|range| range.start).collect();
        let blocks = cut(&a);
        assert_eq!(
            (blocks[0].start, blocks[blocks.len() - 1].end),
            (0, a.ncols())
        );
        assert!(blocks.windows(2).all(|pair| pair[0].end == pair[1].start));
        let between = |block: &&Range<usize>| starts.contains(&block.start);
        assert_eq!(
            blocks.iter().filter(between).count(),
            blocks.len(),
            "{blocks:?}"
        );
    }

    #[test]
    fn what_crosses_a_cut_is_counted_in_both_directions() {
        // 1 buys 2 of 0; 0 buys 4 of 2; 2 buys 8 of 1.
        let mut cells = DMatrix::zeros(3, 3);
        (cells[(0, 1)], cells[(2, 0)], cells[(1, 2)]) = (2.0, -4.0, 8.0);
        let crossing = crossing(&Matrix::from(cells), 3);
        assert_eq!(crossing, [0.0, 2.0 + 4.0, 4.0 + 8.0]);
    }

    #[test]
    fn settling_solves_each_block_in_both_directions() {
        let (a, _) = countries();
        let inputs = a.absolute_tr_mul(&DVector::from_element(a.ncols(), 1.0));
        let neighbours = Neighbours::of(&a, &inputs);
        assert!(neighbours.blocks() > 5);
        let n = a.ncols();
        let mut alone = DMatrix::identity(n, n);
        for (block, _) in &neighbours.blocks {
            for (i, j) in block
                .clone()
                .flat_map(|i| block.clone().map(move |j| (i, j)))
            {
                alone[(i, j)] -= a.at(i, j);
            }
        }
        let b = DMatrix::from_fn(n, 2, |i, k| ((i * i + 3 * k) % 13) as f64 - 4.0);
        let down = &alone * neighbours.settle(Direction::Demand, b.clone());
        let across = alone.tr_mul(&neighbours.settle(Direction::Cost, b.clone()));
        let amax = |left: DMatrix<f64>| left.amax();
        assert!(amax(down - &b) < 1e-12 && amax(across - &b) < 1e-12);
    }
}
