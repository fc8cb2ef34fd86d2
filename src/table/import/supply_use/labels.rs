//! What rows and columns beside products and industries are.

use super::grid::Label;
use crate::table::import::world::labels as world;
use crate::table::{FinalDemandRole, OtherInputRole, PrimaryInputRole};

/// What the tables are called in Korean.
pub(super) const SUPPLY: &str = "공급표";
/// The same.
pub(super) const USE: &str = "사용표";
/// A use table of domestic products alone.
pub(super) const DOMESTIC: &str = "국산";

/// A column of a supply table that is no industry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extra {
    Total,
    Imports,
    Margins,
    Taxes,
    Subsidies,
}

/// A column of a use table that is no industry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Total,
    Demand(FinalDemandRole),
    /// Imports, below zero beside what uses them (BEA).
    Imports,
}

/// A row of a use table that is no product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Row {
    /// A total, or what stands elsewhere already.
    Left,
    Of(world::Row),
}

/// Sums, by code: of Eurostat and of BEA.
const TOTALS: [&str; 22] = [
    "TOTAL",
    "TOT",
    "CPA_TOTAL",
    "TS_BP",
    "TS_PP",
    "TU",
    "TFU",
    "T001",
    "T004",
    "T005",
    "T006",
    "T007",
    "T008",
    "T013",
    "T014",
    "T015",
    "T016",
    "T017",
    "T018",
    "T019",
    "VABAS",
    "VAPRO",
];

/// Sums of Eurostat whose codes a user may also give to products and industries.
const SHORT_TOTALS: [&str; 5] = ["P1", "P2", "P3", "P5", "P5G"];

/// Whether a label that only one table has is a sum.
fn is_sum(label: &Label) -> bool {
    is_total(label) || SHORT_TOTALS.contains(&label.code.to_uppercase().as_str())
}

/// Whether a label is a sum, wherever it stands.
pub(super) fn is_total(label: &Label) -> bool {
    let code = label.code.as_str();
    let known = TOTALS.contains(&code.to_uppercase().as_str());
    let begins = |text: &str| {
        let text = text.to_lowercase();
        ["total", "sum of", "합계", "총계"]
            .iter()
            .any(|word| text.starts_with(word))
    };
    known || begins(code) || begins(&label.name)
}

/// Code or name has one of the words.
fn has(label: &Label, words: &[&str]) -> bool {
    let text = format!("{} {}", label.code, label.name).to_lowercase();
    words.iter().any(|word| text.contains(word))
}

pub(super) fn extra(label: &Label) -> Option<Extra> {
    match label.code.to_uppercase().as_str() {
        "MCIF" | "MADJ" | "P7" => return Some(Extra::Imports),
        "TRADE" | "TRANS" | "OTTM" | "TTM" => return Some(Extra::Margins),
        "MDTY" | "TOP" | "D21X31" | "D21" => return Some(Extra::Taxes),
        "SUB" | "D31" => return Some(Extra::Subsidies),
        _ => {}
    }
    Some(match () {
        () if is_sum(label) => Extra::Total,
        () if has(label, &["margin", "마진"]) => Extra::Margins,
        () if has(label, &["tax", "dut", "세"]) => Extra::Taxes,
        () if has(label, &["subsid"]) => Extra::Subsidies,
        () if has(label, &["import", "cif", "수입"]) => Extra::Imports,
        () => return None,
    })
}

pub(super) fn column(label: &Label) -> Option<Column> {
    use FinalDemandRole::{Exports, FixedCapital, Government, Household, Inventories};
    if is_sum(label) {
        return Some(Column::Total);
    }
    let code = label.code.to_uppercase();
    // BEA's: F06C00 consumption, F06E00 equipment ... of government.
    let bea = code
        .strip_prefix('F')
        .filter(|rest| rest.len() >= 3 && rest.as_bytes()[..2].iter().all(u8::is_ascii_digit));
    if let Some(rest) = bea {
        return Some(match &rest.as_bytes()[..2] {
            b"01" => Column::Demand(Household),
            b"02" => Column::Demand(FixedCapital),
            b"03" => Column::Demand(Inventories),
            b"04" => Column::Demand(Exports),
            b"05" => Column::Imports,
            _ if rest.as_bytes()[2] == b'C' => Column::Demand(Government),
            _ => Column::Demand(FixedCapital),
        });
    }
    if matches!(code.as_str(), "P6" | "P6_FOB") {
        return Some(Column::Demand(Exports));
    }
    if code == "P7" || has(label, &["import", "수입"]) {
        return Some(Column::Imports);
    }
    world::demand(&label.code)
        .or_else(|| world::demand(&label.name))
        .map(Column::Demand)
}

pub(super) fn row(label: &Label) -> Option<Row> {
    let part = |role| Some(Row::Of(world::Row::Part(role)));
    let code = label.code.to_uppercase();
    match code.as_str() {
        "V001" | "V00100" => return part(PrimaryInputRole::Compensation),
        "V002" | "V00200" | "T00OTOP" => return part(PrimaryInputRole::NetProductionTaxes),
        "V003" | "V00300" => return part(PrimaryInputRole::OperatingSurplus),
        "T00TOP" | "T00SUB" => {
            return Some(Row::Of(world::Row::Other(OtherInputRole::ProductTaxes)));
        }
        "B1G" => return Some(Row::Of(world::Row::ValueAdded)),
        "P7" => return Some(Row::Left),
        _ => {}
    }
    let of = world::row(&label.code).or_else(|| world::row(&label.name));
    match of {
        Some(of) if !is_sum(label) || of == world::Row::ValueAdded => Some(Row::Of(of)),
        _ if is_sum(label) || has(label, &["output", "import", "산출", "수입"]) => {
            Some(Row::Left)
        }
        _ => None,
    }
}
