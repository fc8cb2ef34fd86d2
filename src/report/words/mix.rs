//! What must be said of mixes of inputs.

use super::list;
use crate::lang::{Text, said};
use crate::table::SectorName;

/// Sectors whose value added falls below 0.
pub(super) fn value_added_below_zero(sectors: &[SectorName]) -> Text {
    let names = list(sectors.iter().map(|sector| &sector.name));
    let (en, ko) = (names.en, names.ko);
    said!(
        "Value added of {en} falls below 0: what is bought instead costs more than is earned there. A smaller share, a \
         lower price, or users without them.",
        "{ko} 부문의 부가가치가 0보다 작아짐: 대체 품목의 비용이 부가가치보다 큼. 대체 비율이나 가격비를 낮추거나 사용 부문에서 \
         제외할 것."
    )
}
