//! Random numbers that depend on the seed, the figure and the draw number alone.
//!
//! ChaCha is counter-based: each figure has a stream of its own, in which draw number d has a fixed
//! place. So a draw is the same whichever thread, block or machine works it out.

use super::lanes::{Lanes, WIDTH};
use crate::scenario::distribution::{Distribution, standard_normal};
use rand::Rng;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// Streams from here on belong to the coefficients, one a draw; below, to events, one a phase; below these, to
/// the split of the table, one a draw; and the first to figures.
const COEFFICIENTS: u64 = 1 << 63;
const EVENTS: u64 = 1 << 62;
const SPLIT: u64 = 1 << 61;
/// Of each of these a second one, for what is drawn twice.
const SECOND: u64 = 1 << 60;
/// And those of bootstrap samples, one each.
const RESAMPLE: u64 = 1 << 59;

/// All random numbers of one seed.
#[derive(Debug, Clone)]
pub(super) struct Streams {
    rng: ChaCha8Rng,
    /// [`SECOND`], or nothing.
    half: u64,
}

impl Streams {
    pub(super) fn new(seed: u64) -> Self {
        Streams {
            rng: ChaCha8Rng::seed_from_u64(seed),
            half: 0,
        }
    }

    /// As many numbers again, that have nothing to do with the first.
    pub(super) fn second(&self) -> Self {
        Streams {
            half: SECOND,
            ..self.clone()
        }
    }

    /// Uniform numbers in (0, 1) for a figure in the draws of a block.
    pub(super) fn uniform(&self, figure: usize, block: usize) -> Lanes {
        self.numbers(figure as u64, block)
    }

    /// Uniform numbers in (0, 1) that say whether a phase happens in the draws of a block.
    pub(super) fn event(&self, phase: usize, block: usize) -> Lanes {
        self.numbers(EVENTS | phase as u64, block)
    }

    fn numbers(&self, stream: u64, block: usize) -> Lanes {
        let mut rng = self.stream(stream);
        // A number takes two words of 32 bits.
        rng.set_word_pos(2 * WIDTH as u128 * block as u128);
        let mut lanes = Lanes::ZERO;
        for lane in &mut lanes.0 {
            *lane = ((rng.next_u64() >> 11) as f64 + 0.5) * 2f64.powi(-53);
        }
        lanes
    }

    /// The source of random numbers for the coefficients of one draw.
    pub(super) fn coefficients(&self, draw: usize) -> ChaCha8Rng {
        self.stream(COEFFICIENTS | draw as u64)
    }

    /// The source of random numbers for the split of the table in one draw.
    pub(super) fn split(&self, draw: usize) -> ChaCha8Rng {
        self.stream(SPLIT | draw as u64)
    }

    /// The source of random numbers for a bootstrap sample.
    pub(super) fn resample(&self, number: usize) -> ChaCha8Rng {
        self.stream(RESAMPLE | number as u64)
    }

    fn stream(&self, stream: u64) -> ChaCha8Rng {
        let mut rng = self.rng.clone();
        rng.set_stream(stream | self.half);
        rng
    }
}

/// A distribution ready to be drawn from often.
#[derive(Debug, Clone)]
pub(super) enum Sampler {
    /// Its quantile function is quick as it is.
    Direct(Distribution),
    /// A PERT by a table of its distribution function.
    Pert(Box<PertTable>),
}

impl Sampler {
    pub(super) fn new(distribution: &Distribution) -> Self {
        match *distribution {
            Distribution::Pert { low, mode, high } if low < high => {
                Sampler::Pert(Box::new(PertTable::new(low, mode, high)))
            }
            _ => Sampler::Direct(distribution.clone()),
        }
    }

    pub(super) fn quantiles(&self, u: Lanes) -> Lanes {
        match self {
            Sampler::Direct(distribution) => u.map(|u| distribution.quantile(u)),
            Sampler::Pert(table) => u.map(|u| table.quantile(u)),
        }
    }
}

/// Cells of a PERT's table.
const CELLS: usize = 256;

/// The beta distribution of a PERT, tabulated: its quantile function has no closed form, and is
/// a hundred times slower by root finding. Within a cell the density is taken as linear, at the
/// ends as the power that it is.
#[derive(Debug, Clone)]
pub(super) struct PertTable {
    low: f64,
    width: f64,
    /// a and b of the beta distribution.
    shape: [f64; 2],
    /// Chance up to each node.
    below: Vec<f64>,
    /// Density at each node, a unit of it being a chance of 1 a cell.
    density: Vec<f64>,
}

impl PertTable {
    fn new(low: f64, mode: f64, high: f64) -> Self {
        let width = high - low;
        let a = 1.0 + 4.0 * (mode - low) / width;
        let b = 1.0 + 4.0 * (high - mode) / width;
        let density = |x: f64| x.powf(a - 1.0) * (1.0 - x).powf(b - 1.0);
        let cell = 1.0 / CELLS as f64;
        let mut below = vec![0.0];
        let mut sum = 0.0;
        for i in 0..CELLS {
            // Three-point Gauss-Legendre.
            let middle = (i as f64 + 0.5) * cell;
            let aside = 0.5 * cell * 0.6_f64.sqrt();
            sum += (5.0 * density(middle - aside)
                + 8.0 * density(middle)
                + 5.0 * density(middle + aside))
                / 18.0;
            below.push(sum);
        }
        below.iter_mut().for_each(|b| *b /= sum);
        let density = (0..=CELLS)
            .map(|i| density(i as f64 * cell) / sum)
            .collect();
        PertTable {
            low,
            width,
            shape: [a, b],
            below,
            density,
        }
    }

    fn quantile(&self, u: f64) -> f64 {
        let at = self.below[1..CELLS].partition_point(|b| *b <= u);
        let (from, to) = (self.below[at], self.below[at + 1]);
        let part = ((u - from) / (to - from)).clamp(0.0, 1.0);
        let place = if at == 0 {
            part.powf(1.0 / self.shape[0])
        } else if at == CELLS - 1 {
            1.0 - (1.0 - part).powf(1.0 / self.shape[1])
        } else {
            // The densities at both ends, scaled to the chance of the cell: part = p t + (q - p) t²/2.
            let (p, q) = (self.density[at], self.density[at + 1]);
            let (p, q) = (2.0 * p / (p + q), 2.0 * q / (p + q));
            2.0 * part / (p + (p * p + 2.0 * (q - p) * part).sqrt())
        };
        self.low + self.width * (at as f64 + place) / CELLS as f64
    }
}

/// Each power of two below a chance of one half is cut into 2^CUT cells.
const CUT: u32 = 6;

/// The quantile function of what rises with a standard normal, tabulated: thousands of coefficients are drawn
/// from it a draw.
///
/// Within a cell it is a straight line. The nearer an end, the narrower the cells, as those of numbers
/// with a floating point are: a chance's own exponent and first digits say which cell it is in.
#[derive(Debug, Clone)]
pub(super) struct Quantiles {
    /// Where the line of each cell would begin at a chance of 0, and its slope; those below the median
    /// first, then those above it by their chance from the top. The unit of chance is 2^-33.
    cells: Vec<[f64; 2]>,
}

impl Quantiles {
    /// Of exp(sd Z - sd²/2): less half the variance, its mean is 1, not its median.
    pub(super) fn lognormal(sd: f64) -> Self {
        Quantiles::of(|z| (sd * z - 0.5 * sd * sd).exp())
    }

    /// Of Z itself.
    pub(super) fn normal() -> Self {
        Quantiles::of(|z| z)
    }

    fn of(value: impl Fn(f64) -> f64 + Copy) -> Self {
        let nodes: Vec<(f64, f64)> = (0..=32 << CUT)
            .map(|i| {
                let (power, part) = (i >> CUT, i & ((1 << CUT) - 1));
                let chance = 2f64.powi(power) * (1.0 + f64::from(part) / f64::from(1 << CUT));
                (chance, standard_normal(chance * 2f64.powi(-33)))
            })
            .collect();
        let cells = [1.0, -1.0].iter().flat_map(|sign| {
            nodes.windows(2).map(move |ends| {
                let [(from, first), (to, last)] = [ends[0], ends[1]];
                let (first, last) = (value(sign * first), value(sign * last));
                let slope = (last - first) / (to - from);
                [first - slope * from, slope]
            })
        });
        Quantiles {
            cells: cells.collect(),
        }
    }

    /// The value of 32 random bits.
    #[inline]
    pub(super) fn draw(&self, bits: u32) -> f64 {
        let above = bits >> 31;
        let from_end = if above == 1 { !bits } else { bits };
        let chance = f64::from(2 * from_end + 1);
        // Exponent and first digits of a number from 1 on, whose exponent is stored as 1023.
        let cell = (chance.to_bits() >> (52 - CUT)) as usize - (1023 << CUT);
        let [start, slope] = self.cells[((above as usize) << (5 + CUT)) + cell];
        start + slope * chance
    }

    /// Draws them all, two from each 64 bits; each has its place in the stream.
    pub(super) fn fill(&self, rng: &mut impl Rng, values: &mut [f64]) {
        for two in values.chunks_mut(2) {
            let bits = rng.next_u64();
            for (value, bits) in two.iter_mut().zip([bits, bits >> 32]) {
                *value = self.draw(bits as u32);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn a_number_depends_on_seed_figure_and_draw_alone() {
        let streams = Streams::new(7);
        let block = streams.uniform(3, 5);
        assert_eq!(block, streams.uniform(3, 5));
        assert_ne!(block, streams.uniform(4, 5));
        assert_ne!(block, streams.uniform(3, 6));
        assert_ne!(block, Streams::new(8).uniform(3, 5));
        assert!(block.0.iter().all(|u| *u > 0.0 && *u < 1.0));
    }

    /// The numbers of a figure in its first blocks, one after the other.
    fn of_figure(streams: &Streams, figure: usize, blocks: usize) -> Vec<f64> {
        (0..blocks)
            .flat_map(|block| streams.uniform(figure, block).0)
            .collect()
    }

    /// Correlation of what stands `lag` places apart in two streams.
    fn correlation(a: &[f64], b: &[f64], lag: usize) -> f64 {
        let pairs = a.iter().zip(&b[lag..]);
        let count = pairs.len() as f64;
        // Uniform numbers: mean 1/2, variance 1/12.
        pairs.map(|(a, b)| (a - 0.5) * (b - 0.5)).sum::<f64>() * 12.0 / count
    }

    #[test]
    fn no_number_is_drawn_twice_by_any_figure_block_or_coefficient() {
        let mut seen = std::collections::HashSet::new();
        never_twice(&Streams::new(7), &mut seen);
        never_twice(&Streams::new(7).second(), &mut seen);
    }

    fn never_twice(streams: &Streams, seen: &mut std::collections::HashSet<u64>) {
        // The 53 bits that a number is made of.
        for figure in 0..8 {
            for number in of_figure(streams, figure, 64) {
                assert!(
                    seen.insert((number * 2f64.powi(53)) as u64),
                    "figure {figure}"
                );
            }
        }
        for phase in 0..8 {
            for block in 0..64 {
                for number in streams.event(phase, block).0 {
                    assert!(
                        seen.insert((number * 2f64.powi(53)) as u64),
                        "event {phase}"
                    );
                }
            }
        }
        for draw in 0..64 {
            let sources = [
                streams.coefficients(draw),
                streams.split(draw),
                streams.resample(draw),
            ];
            for mut rng in sources {
                for place in 0..512 {
                    assert!(
                        seen.insert(rng.next_u64() >> 11),
                        "draw {draw}, place {place}"
                    );
                }
            }
        }
    }

    #[test]
    fn streams_are_uncorrelated_at_every_lag_within_and_across_blocks() {
        let streams = Streams::new(7);
        let figures: Vec<Vec<f64>> = (0..4).map(|f| of_figure(&streams, f, 512)).collect();
        // A correlation of n independent pairs has a standard deviation of 1 / sqrt(n).
        let chance = 5.0 / ((512 * WIDTH) as f64).sqrt();
        for (at, a) in figures.iter().enumerate() {
            for (other, b) in figures.iter().enumerate() {
                let lags = (usize::from(at == other)..4).chain([8, WIDTH / 2, WIDTH, 2 * WIDTH]);
                for lag in lags {
                    let found = correlation(a, b, lag);
                    assert!(
                        found.abs() < chance,
                        "{at} and {other} at lag {lag}: {found}"
                    );
                }
            }
        }
    }

    #[test]
    fn the_table_of_a_pert_is_its_quantile_function() {
        for (low, mode, high) in [(28.0, 42.5, 50.0), (0.0, 0.0, 1.0), (0.0, 0.05, 0.15)] {
            let exact = Distribution::pert(low, mode, high).expect("valid");
            let table = PertTable::new(low, mode, high);
            for u in [1e-6, 1e-3, 0.05, 0.31, 0.5, 0.77, 0.95, 0.999] {
                let error = (table.quantile(u) - exact.quantile(u)) / (high - low);
                assert!(error.abs() < 1e-4, "{low}..{high} at {u}: {error}");
            }
        }
    }

    #[test]
    fn multipliers_are_lognormal() {
        let m = Quantiles::lognormal(0.2);
        let n = 1 << 18;
        let (mut sum, mut squares, mut mean) = (0.0, 0.0, 0.0);
        for i in 0..n {
            let factor = m.draw(i << 14 | 1 << 13);
            let log = factor.ln() + 0.02;
            sum += log;
            squares += log * log;
            mean += factor;
        }
        let n = f64::from(n);
        assert!((sum / n).abs() < 1e-6, "{}", sum / n);
        assert_relative_eq!((squares / n).sqrt(), 0.2, max_relative = 1e-4);
        // A factor leaves what it is drawn for as it is, on average.
        assert_relative_eq!(mean / n, 1.0, epsilon = 1e-5);
        assert_eq!(Quantiles::lognormal(0.0).draw(123), 1.0);
        // The normal itself has mean 0 and a standard deviation of 1.
        let normal = Quantiles::normal();
        let drawn = (0..1u32 << 18).map(|i| normal.draw(i << 14 | 1 << 13));
        let (sum, squares) = drawn.fold((0.0, 0.0), |(s, q), z| (s + z, q + z * z));
        assert!((sum / n).abs() < 1e-6);
        assert_relative_eq!((squares / n).sqrt(), 1.0, max_relative = 1e-4);
        // Far out as near the middle, and never downwards.
        for (sd, tolerance) in [(0.2, 1e-5), (2.0, 4e-4)] {
            let m = Quantiles::lognormal(sd);
            let bits = (0..4096).map(|i: u32| (i << 20) | ((i * i) >> 6));
            let ends = (0..2000).chain(u32::MAX - 2000..=u32::MAX);
            let mut bits: Vec<u32> = bits.chain(ends).collect();
            bits.sort_unstable();
            let mut last = 0.0;
            for bits in bits {
                let u = (f64::from(bits) + 0.5) * 2f64.powi(-32);
                let exact = (sd * standard_normal(u) - 0.5 * sd * sd).exp();
                let drawn = m.draw(bits);
                assert_relative_eq!(drawn, exact, max_relative = tolerance);
                assert!(drawn >= last);
                last = drawn;
            }
        }
    }
}
