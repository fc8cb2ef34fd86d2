//! What databases call the categories of final demand and the rows of primary inputs.

use crate::table::{FinalDemandRole, OtherInputRole, PrimaryInputRole};

/// What a row under the flows is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::table::import) enum Row {
    Part(PrimaryInputRole),
    ValueAdded,
    Other(OtherInputRole),
    Output,
    /// What others come to.
    Total,
}

/// A category of final demand by its label or code: "HFCE", "P3_S14", "Gross fixed capital formation P.51".
pub(in crate::table::import) fn demand(label: &str) -> Option<FinalDemandRole> {
    use FinalDemandRole::{Exports, FixedCapital, Government, Household, Inventories};
    let codes = [
        ("HFCE", Household),
        ("NPISH", Household),
        ("NPS", Household),
        ("P3", Household),
        ("P5", FixedCapital),
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
        ("INV", Inventories),
        ("P33", Household),
        ("CONS_ABR", Household),
        ("EXP", Exports),
        ("EXPO", Exports),
        ("CONS_NONRES", Exports),
        ("P6", Exports),
    ];
    // As the long-run tables of WIOD mark what is no industry: "xCONS_h".
    let code = label.strip_prefix('x').unwrap_or(label).to_uppercase();
    if let Some((_, role)) = codes.iter().find(|(known, _)| *known == code) {
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
pub(in crate::table::import) fn row(label: &str) -> Option<Row> {
    use PrimaryInputRole::{
        Compensation, ConsumptionOfFixedCapital, NetProductionTaxes, OperatingSurplus,
    };
    let (taxes, untold) = (
        Row::Other(OtherInputRole::ProductTaxes),
        Row::Other(OtherInputRole::Imports),
    );
    let codes = [
        ("VA", Row::ValueAdded),
        ("B1G", Row::ValueAdded),
        ("P1", Row::Output),
        ("VALU", Row::ValueAdded),
        // The OECD's edition of 2016 has taxes on products in it.
        ("VA+TAXSUB", Row::ValueAdded),
        ("OUT", Row::Output),
        ("OUTPUT", Row::Output),
        ("GO", Row::Output),
        ("TLS", taxes),
        ("TAXSUB", taxes),
        ("D21X31", taxes),
        ("TXSP", taxes),
        ("TXS_INT_FNL", taxes),
        ("TXS_IMP_FNL", taxes),
        // What WIOD charges beside products: margins of carriers abroad, cif and fob apart, travellers.
        ("EXP_ADJ", untold),
        ("PURR", untold),
        ("OP_RES", untold),
        ("OP_NRES", untold),
        ("PURNR", untold),
        ("INTTTM", untold),
        ("MRG_INT", untold),
        ("II_FOB", Row::Total),
        ("II", Row::Total),
        ("TTL_INT_FNL", Row::Total),
        ("D1", Row::Part(Compensation)),
        ("D29X39", Row::Part(NetProductionTaxes)),
        ("B2A3G", Row::Part(OperatingSurplus)),
        ("B2A3N", Row::Part(OperatingSurplus)),
        ("P51C", Row::Part(ConsumptionOfFixedCapital)),
        ("D29", Row::Part(NetProductionTaxes)),
        ("D39", Row::Part(NetProductionTaxes)),
        ("LABR", Row::Part(Compensation)),
        ("OTXS", Row::Part(NetProductionTaxes)),
        ("GOPS", Row::Part(OperatingSurplus)),
    ];
    let code = label.strip_prefix('x').unwrap_or(label).to_uppercase();
    if let Some((_, row)) = codes.iter().find(|(known, _)| *known == code) {
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
        _ if has(&["on products"]) => taxes,
        _ if has(&["taxes on production", "subsidies on production", "생산세"]) => {
            Row::Part(NetProductionTaxes)
        }
        _ if has(&[
            "fob adjustment",
            "direct purchases abroad",
            "purchases on the domestic territory",
            "transport margins",
        ]) =>
        {
            untold
        }
        _ if has(&["intermediate consumption", "intermediate input"]) => Row::Total,
        _ if label == "total" || has(&["output at basic prices", "total output"]) => Row::Output,
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
