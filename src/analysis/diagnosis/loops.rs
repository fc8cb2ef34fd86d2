//! Which sectors hold up a spectral radius.

use crate::table::{Coefficients, SectorName};
use nalgebra::DVector;

/// Steps of the power iteration: the sectors are sought, not the digits.
const STEPS: usize = 500;

/// What share of the loop the sectors that are named hold, and how many they are at most.
const HELD: f64 = 0.8;
const NAMED: usize = 6;

/// The sectors of the loop behind the spectral radius of Ad, those first that hold most of it: with the
/// eigenvectors u' |Ad| = r u' and |Ad| w = r w, sector i holds u_i w_i / u'w of it, which is what the radius
/// falls by, as a share, where all that i sells becomes so much less (the derivative of r to row i of Ad).
pub(in crate::analysis) fn sectors_of_the_loop(coefficients: &Coefficients) -> Vec<SectorName> {
    let a = coefficients.domestic();
    let n = a.nrows();
    let vector = |times: &dyn Fn(&DVector<f64>) -> DVector<f64>| {
        let mut v = DVector::from_element(n, 1.0);
        for _ in 0..STEPS {
            let next = (&v + times(&v)) * 0.5;
            v = &next / next.amax();
        }
        v
    };
    let buyers = vector(&|v| a.absolute_tr_mul(v));
    let sellers = vector(&|v| {
        let mut sum = DVector::zeros(n);
        a.for_each(|i, j, cell| sum[i] += cell.abs() * v[j]);
        sum
    });
    let held = buyers.component_mul(&sellers);
    let all = held.sum();
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|a, b| held[*b].total_cmp(&held[*a]));
    let mut sum = 0.0;
    let mut named = Vec::new();
    for at in order {
        if sum >= HELD * all || named.len() == NAMED {
            break;
        }
        sum += held[at];
        named.push(SectorName::from(coefficients.sectors().get(at)));
    }
    named
}
