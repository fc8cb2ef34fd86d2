//! What titles and labels tell of a block: where its products come from, and which way it lies.

use super::words::{Role, column, row};
use crate::table::OtherInputRole;
use crate::table::words::fold;

/// Where the products of a block come from, as its title says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    Domestic,
    Imported,
    /// Both together.
    Total,
}

/// What a title says of where products come from; `None` where it says nothing.
pub(super) fn origin(title: &str) -> Option<Origin> {
    const DOMESTIC: [&str; 10] = [
        "domestic",
        "doméstic",
        "domestique",
        "intérieur",
        "nacional",
        "국산",
        "inländisch",
        "国産",
        "国内",
        "=dom",
    ];
    const IMPORTED: [&str; 9] = [
        "import",
        "importad",
        "importé",
        "수입",
        "einfuhr",
        "importiert",
        "輸入",
        "进口",
        "=imp",
    ];
    const TOTAL: [&str; 7] = [
        "=total",
        "totalflows",
        "totaltransactions",
        "totaluse",
        "총거래",
        "국산수입",
        "総計",
    ];
    let folded = fold(title);
    let parts: Vec<String> = title.split_whitespace().map(fold).collect();
    let says = |words: &[&str]| {
        words.iter().any(|word| match word.strip_prefix('=') {
            Some(whole) => parts.iter().any(|part| part == whole),
            None => folded.contains(word),
        })
    };
    match (says(&DOMESTIC), says(&IMPORTED), says(&TOTAL)) {
        (true, true, _) | (_, _, true) => Some(Origin::Total),
        (true, false, _) => Some(Origin::Domestic),
        (false, true, _) => Some(Origin::Imported),
        (false, false, false) => None,
    }
}

/// Whether what a line is tells on which side of a square it stands: users beside it, inputs under it.
pub(super) fn side(label: &[String]) -> Option<bool> {
    let user = matches!(
        column(label),
        Some(Role::Demand(_) | Role::NonProfit | Role::AllDemand)
    );
    let input = matches!(
        row(label),
        Some(
            Role::Part(_)
                | Role::ValueAdded
                | Role::Jobs
                | Role::Other(OtherInputRole::ProductTaxes)
        )
    );
    (user != input).then_some(user)
}
