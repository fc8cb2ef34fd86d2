//! Cells that a total of nothing leaves nothing: of one sign, they are 0 for good.
//!
//! Multipliers would only run away to what makes them so, and hide those that contradict each other.

use super::{Balancing, Total};

/// A total of less than this share of the largest is the rounding of a difference.
const NOTHING: f64 = 1e-14;

impl Balancing {
    /// The same with these cells at 0; `None` where there are none.
    pub(super) fn with_nothing_where_nothing_can_be(&self) -> Option<Balancing> {
        let sizes = self.totals.iter().map(|total| total.value.abs());
        let nothing = NOTHING * sizes.fold(0.0, f64::max);
        let mut made: Option<Balancing> = None;
        loop {
            let of = made.as_ref().unwrap_or(self);
            let is = |total: &Total| total.give == 0.0 && total.value.abs() <= nothing;
            let found = of.totals.iter().position(|total| {
                is(total) && of.is_of_one_sign(total) && (total.value != 0.0 || of.has_cells(total))
            });
            let Some(at) = found else {
                return made;
            };
            let next = made.get_or_insert_with(|| self.clone());
            next.totals[at].value = 0.0;
            let members: Vec<usize> = next.totals[at].members().map(|(cell, _)| cell).collect();
            for cell in members {
                let cell = &mut next.cells[cell];
                (cell.prior, cell.least, cell.most) = (0.0, 0.0, 0.0);
            }
        }
    }

    fn has_cells(&self, total: &Total) -> bool {
        let mut cells = total.members().map(|(cell, _)| self.cells[cell]);
        cells.any(|cell| (cell.prior, cell.least, cell.most) != (0.0, 0.0, 0.0))
    }

    /// Whether what its cells add is never below 0, or never above, and may be 0.
    fn is_of_one_sign(&self, total: &Total) -> bool {
        let mut ends = total.members().map(|(cell, sign)| {
            let cell = self.cells[cell];
            match sign > 0.0 {
                true => (cell.least, cell.most),
                false => (-cell.most, -cell.least),
            }
        });
        let (mut up, mut down) = (true, true);
        ends.all(|(least, most)| {
            up &= least >= 0.0;
            down &= most <= 0.0;
            least <= 0.0 && most >= 0.0 && (up || down)
        })
    }
}
