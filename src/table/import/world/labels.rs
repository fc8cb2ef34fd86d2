//! What databases call the categories of final demand and the rows of primary inputs.

use crate::table::{FinalDemandRole, PrimaryInputRole};

/// What a row under the flows is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Row {
    Part(PrimaryInputRole),
    ValueAdded,
    ProductTaxes,
    Output,
}

/// A category of final demand by its label or code: "HFCE", "P3_S14", "Gross fixed capital formation P.51".
pub(super) fn demand(label: &str) -> Option<FinalDemandRole> {
    use FinalDemandRole::{Exports, FixedCapital, Government, Household, Inventories};
    let codes = [
        ("HFCE", Household),
        ("NPISH", Household),
        ("DPABR", Household),
        ("DIRP", Household),
        ("NONRES", Household),
        ("P3_S14", Household),
        ("P3_S15", Household),
        ("GGFC", Government),
        ("P3_S13", Government),
        ("GFCF", FixedCapital),
        ("P51G", FixedCapital),
        ("INVNT", Inventories),
        ("P5M", Inventories),
        ("P52", Inventories),
        ("P53", Inventories),
        ("CONS_H", Household),
        ("CONS_NP", Household),
        ("CONS_G", Government),
        ("INVEN", Inventories),
    ];
    if let Some((_, role)) = codes.iter().find(|(code, _)| *code == label) {
        return Some(*role);
    }
    let label = label.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| label.contains(word));
    Some(match () {
        // Before government, which forms fixed capital as well.
        _ if has(&["fixed capital", "gross fixed", "고정자본"]) => FixedCapital,
        _ if has(&["government", "p.3g", "정부"]) => Government,
        _ if has(&[
            "household",
            "private consumption",
            "non-profit",
            "npish",
            "가계",
            "민간소비",
        ]) =>
        {
            Household
        }
        _ if has(&["inventor", "valuables", "stock", "재고", "귀중품"]) => Inventories,
        _ if has(&["export", "수출"]) => Exports,
        _ => return None,
    })
}

/// A row under the flows by its label or code: "VA", "D1", "Compensation of employees D.1".
pub(super) fn row(label: &str) -> Option<Row> {
    use PrimaryInputRole::{
        Compensation, ConsumptionOfFixedCapital, NetProductionTaxes, OperatingSurplus,
    };
    let codes = [
        ("VA", Row::ValueAdded),
        ("VALU", Row::ValueAdded),
        ("OUT", Row::Output),
        ("OUTPUT", Row::Output),
        ("GO", Row::Output),
        ("TLS", Row::ProductTaxes),
        ("TAXSUB", Row::ProductTaxes),
        ("D21X31", Row::ProductTaxes),
        ("D1", Row::Part(Compensation)),
        ("D29X39", Row::Part(NetProductionTaxes)),
        ("B2A3G", Row::Part(OperatingSurplus)),
    ];
    if let Some((_, row)) = codes.iter().find(|(code, _)| *code == label) {
        return Some(*row);
    }
    let label = label.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| label.contains(word));
    Some(match () {
        _ if has(&["value added", "value_added", "부가가치"]) => Row::ValueAdded,
        _ if has(&["compensation of employees", "wages", "피용자보수"]) => {
            Row::Part(Compensation)
        }
        _ if has(&["consumption of fixed capital", "고정자본소모"]) => {
            Row::Part(ConsumptionOfFixedCapital)
        }
        _ if has(&["operating surplus", "mixed income", "영업잉여"]) => {
            Row::Part(OperatingSurplus)
        }
        _ if has(&["on products"]) => Row::ProductTaxes,
        _ if has(&["taxes on production", "subsidies on production", "생산세"]) => {
            Row::Part(NetProductionTaxes)
        }
        _ => return None,
    })
}

/// The currency and the whole units of it in one: "M.EUR", "Mill USD", "1000 USD".
pub(super) fn money(label: &str) -> Option<(String, f64)> {
    let words = label.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let is_code = |word: &&&str| word.len() == 3 && word.bytes().all(|b| b.is_ascii_uppercase());
    let currency = words.iter().find(is_code)?;
    let is_one =
        |word: &&str, names: &[&str]| names.iter().any(|name| word.eq_ignore_ascii_case(name));
    let factor = words.iter().find_map(|word| match word {
        word if is_one(word, &["m", "mio", "mill", "mn", "million", "millions"]) => Some(1e6),
        word if is_one(word, &["bn", "billion", "billions"]) => Some(1e9),
        word if is_one(word, &["1000", "000", "k", "thousand", "thousands"]) => Some(1e3),
        _ => None,
    });
    Some(((*currency).to_owned(), factor.unwrap_or(1.0)))
}

/// A label as an id: "Final consumption by households" is "final_consumption_by_households".
pub(super) fn id(label: &str) -> String {
    let mut id = String::new();
    for c in label.chars() {
        match c.is_alphanumeric() {
            true => id.extend(c.to_lowercase()),
            false if !id.is_empty() && !id.ends_with('_') => id.push('_'),
            false => {}
        }
    }
    id.trim_end_matches('_').to_owned()
}
