//! What comes first: by size, whether it rises or falls, with headings that say which.

use super::Stages;

/// Whether figures rise, fall, or some do and some do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// All but a trace rise.
    Rise,
    /// All but a trace fall.
    Fall,
    /// Some rise and some fall.
    Mixed,
}

/// The part of all changes up to which those against the direction are a trace: by-products make
/// one sector fall a little where all others rise.
const TRACE: f64 = 0.01;

impl Direction {
    /// The direction of a list of changes.
    ///
    /// ```
    /// use leontief::impact::ranking::Direction;
    /// assert_eq!(Direction::of([3.0, -0.01]), Direction::Rise);
    /// assert_eq!(Direction::of([-3.0, 0.0]), Direction::Fall);
    /// assert_eq!(Direction::of([3.0, -2.0]), Direction::Mixed);
    /// ```
    pub fn of(changes: impl IntoIterator<Item = f64>) -> Self {
        let (mut up, mut down) = (0.0, 0.0);
        for change in changes {
            if change > 0.0 {
                up += change;
            } else {
                down -= change;
            }
        }
        let all: f64 = up + down;
        if down <= TRACE * all {
            Direction::Rise
        } else if up <= TRACE * all {
            Direction::Fall
        } else {
            Direction::Mixed
        }
    }
}

/// Positions of `n` figures by size, the largest rise or fall first; equal ones in their order.
///
/// ```
/// use leontief::impact::ranking::by_size;
/// assert_eq!(by_size(4, |at| [-1.0, -5.0, 2.0, -2.0][at]), [1, 2, 3, 0]);
/// ```
pub fn by_size(n: usize, value: impl Fn(usize) -> f64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|&a, &b| value(b).abs().total_cmp(&value(a).abs()).then(a.cmp(&b)));
    order
}

/// Sectors by what is set off directly and at suppliers (Type I), the largest rise or fall first.
///
/// ```
/// use leontief::impact::{Stages, ranking::ranked};
/// let stages = Stages {
///     direct: vec![1.0, 0.0, 0.0],
///     indirect: vec![0.5, 3.0, 0.2],
///     induced: vec![0.0, 0.0, 9.0], // households do not count
/// };
/// assert_eq!(ranked(&stages), [1, 0, 2]);
/// ```
pub fn ranked(stages: &Stages) -> Vec<usize> {
    by_size(stages.direct.len(), |sector| stages.type1(sector))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fall_ranks_by_its_size() {
        assert_eq!(by_size(4, |i| [-1.0, -5.0, 2.0, -2.0][i]), [1, 2, 3, 0]);
    }
}
