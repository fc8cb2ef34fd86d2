//! What draws come to: quantiles, means, rank correlations.

use super::ensemble::Spread;

/// The distribution of a figure over its draws.
///
/// Quantiles lie on a straight line between the two draws around them (Hyndman & Fan, type 7).
pub(super) fn spread(draws: Vec<f64>, as_written: f64) -> Spread {
    let n = draws.len() as f64;
    // Deviations from a value near all of them: no digits are lost, and draws that are all the same
    // have exactly their own mean and no error.
    let around = draws[0];
    let (mut sum, mut squares) = (0.0, 0.0);
    for value in &draws {
        let off = value - around;
        sum += off;
        squares += off * off;
    }
    let variance = if draws.len() > 1 {
        ((squares - sum * sum / n) / (n - 1.0)).max(0.0)
    } else {
        0.0
    };
    let count = draws.len();
    let mut rest = draws;
    // From the top down: what is above a quantile needs no second look.
    let p95 = quantile(&mut rest, count, 0.95);
    let median = quantile(&mut rest, count, 0.5);
    let p5 = quantile(&mut rest, count, 0.05);
    Spread {
        as_written,
        median,
        p5,
        p95,
        mean: around + sum / n,
        standard_error: (variance / n).sqrt(),
    }
}

/// A quantile of `count` draws whose lowest are in `lowest`, of which only those up to it are kept.
fn quantile(lowest: &mut Vec<f64>, count: usize, share: f64) -> f64 {
    let place = share * (count - 1) as f64;
    let at = place.floor() as usize;
    let next = (at + 1).min(count - 1).min(lowest.len() - 1);
    let (_, above, _) = lowest.select_nth_unstable_by(next, f64::total_cmp);
    let above = *above;
    lowest.truncate(next + 1);
    let below = if at < next {
        lowest[..next]
            .iter()
            .copied()
            .fold(f64::NEG_INFINITY, f64::max)
    } else {
        above
    };
    if above == below {
        below
    } else {
        below + (place - at as f64) * (above - below)
    }
}

/// The ranks of draws, those of equal draws averaged, less their mean.
pub(super) fn ranks(draws: &[f64]) -> Vec<f64> {
    let mut order: Vec<(f64, u32)> = draws.iter().copied().zip(0..).collect();
    // Equal draws share a rank, so their order does not matter.
    order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let middle = (draws.len() as f64 - 1.0) / 2.0;
    let mut ranks = vec![0.0; draws.len()];
    let mut from = 0;
    while from < order.len() {
        let same = order[from..]
            .iter()
            .take_while(|(value, _)| *value == order[from].0)
            .count()
            .max(1);
        let rank = from as f64 + (same - 1) as f64 / 2.0 - middle;
        for (_, at) in &order[from..from + same] {
            ranks[*at as usize] = rank;
        }
        from += same;
    }
    ranks
}

/// Spearman's correlation, from [`ranks`]; 0 where one of both does not vary.
pub(super) fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let dot = |a: &[f64], b: &[f64]| -> f64 { a.iter().zip(b).map(|(a, b)| a * b).sum() };
    let size = (dot(a, a) * dot(b, b)).sqrt();
    if size > 0.0 { dot(a, b) / size } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn the_spread_of_a_hundred_and_one_numbers() {
        // 0..=100 in some order: quantiles, mean and standard error by hand.
        let draws: Vec<f64> = (0..101).map(|i| f64::from(i * 37 % 101)).collect();
        let s = spread(draws.clone(), 7.0);
        assert_eq!(
            [s.p5, s.median, s.p95, s.as_written],
            [5.0, 50.0, 95.0, 7.0]
        );
        assert_relative_eq!(s.mean, 50.0, epsilon = 1e-12);
        // Variance of 0..=100 is (101² - 1) / 12 over 101/100.
        let variance: f64 = (101.0 * 101.0 - 1.0) / 12.0 * 101.0 / 100.0;
        assert_relative_eq!(s.standard_error, (variance / 101.0).sqrt(), epsilon = 1e-12);
        let s = spread(vec![1.0, 2.0], 0.0);
        assert_relative_eq!(s.median, 1.5);
        assert_relative_eq!(s.p95, 1.95, epsilon = 1e-12);
        let s = spread(vec![0.1; 7], 0.1);
        assert_eq!(
            [s.p5, s.median, s.p95, s.mean, s.standard_error],
            [0.1, 0.1, 0.1, 0.1, 0.0]
        );
        assert_eq!(spread(vec![3.0], 3.0).p5, 3.0);
    }

    #[test]
    fn ranks_of_equal_draws_are_shared() {
        assert_eq!(ranks(&[5.0, 1.0, 5.0, 9.0]), [0.0, -1.5, 0.0, 1.5]);
        let up = ranks(&[1.0, 2.0, 3.0]);
        let down = ranks(&[9.0, 4.0, 1.0]);
        assert_relative_eq!(correlation(&up, &down), -1.0);
        assert_eq!(correlation(&up, &ranks(&[2.0, 2.0, 2.0])), 0.0);
    }
}
