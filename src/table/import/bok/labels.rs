//! What the rows, columns and sheets of the Bank of Korea are called, by code and by name.
//!
//! Codes are those of the tables since 2015: four digits from 9000 on are no sectors. Files that were
//! worked on often keep the names alone.

use crate::lang::{Text, said};
use crate::table::{FinalDemandRole, PriceBasis, PrimaryInputRole};

/// What a column of a transactions table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// Purchases of a category of final demand: its place in [`CATEGORIES`].
    Category(usize),
    /// 중간수요계
    IntermediateDemand,
    /// 최종수요계
    FinalDemand,
    /// 총수요계
    TotalDemand,
    /// 총산출
    Output,
    /// 수입
    ImportsCif,
    /// 생산물세(수입)
    ImportTaxes,
    /// 수입계
    Imports,
    /// 도소매마진, 화물운임: what purchasers' prices have in them.
    Margin,
    /// 총공급계
    TotalSupply,
}

/// What a row of a transactions table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Row {
    /// A primary input: its place in [`PARTS`].
    Part(usize),
    /// 순생산물세: taxes less subsidies on the products used, beside a table at basic prices.
    ProductTaxes,
    /// 중간투입계
    IntermediateInputs,
    /// 부가가치계
    ValueAdded,
    /// 총투입계
    TotalInput,
}

/// Categories of final demand: code, a word that the name holds, id, role.
const CATEGORIES: [(&str, &str, &str, FinalDemandRole); 8] = [
    ("9111", "민간소비", "household", FinalDemandRole::Household),
    (
        "9112",
        "정부소비",
        "government",
        FinalDemandRole::Government,
    ),
    (
        "9121",
        "민간고정자본",
        "fixed_capital_private",
        FinalDemandRole::FixedCapital,
    ),
    (
        "9122",
        "정부고정자본",
        "fixed_capital_government",
        FinalDemandRole::FixedCapital,
    ),
    ("9131", "재고", "inventories", FinalDemandRole::Inventories),
    ("9132", "귀중품", "valuables", FinalDemandRole::Inventories),
    ("9140", "수출", "exports", FinalDemandRole::Exports),
    (
        "9120",
        "고정자본형성",
        "fixed_capital",
        FinalDemandRole::FixedCapital,
    ),
];

/// The id, title and role of a category.
pub(super) fn category(at: usize) -> (&'static str, Text, FinalDemandRole) {
    let (_, _, id, role) = CATEGORIES[at];
    let title = match id {
        "household" => said!("Household consumption", "민간소비지출"),
        "government" => said!("Government consumption", "정부소비지출"),
        "fixed_capital_private" => said!("Private fixed capital formation", "민간고정자본형성"),
        "fixed_capital_government" => {
            said!("Government fixed capital formation", "정부고정자본형성")
        }
        "inventories" => said!("Changes in inventories", "재고증감"),
        "valuables" => said!("Net acquisition of valuables", "귀중품 순취득"),
        "exports" => said!("Exports", "수출"),
        _ => said!("Gross fixed capital formation", "총고정자본형성"),
    };
    (id, title, role)
}

/// Primary inputs: code, a word that the name holds, id, role.
const PARTS: [(&str, &str, &str, PrimaryInputRole); 4] = [
    (
        "9610",
        "피용자보수",
        "compensation",
        PrimaryInputRole::Compensation,
    ),
    (
        "9621",
        "영업잉여",
        "operating_surplus",
        PrimaryInputRole::OperatingSurplus,
    ),
    (
        "9622",
        "고정자본소모",
        "consumption_of_fixed_capital",
        PrimaryInputRole::ConsumptionOfFixedCapital,
    ),
    (
        "9630",
        "생산세",
        "net_production_taxes",
        PrimaryInputRole::NetProductionTaxes,
    ),
];

/// The id, title and role of a primary input.
pub(super) fn part(at: usize) -> (&'static str, Text, PrimaryInputRole) {
    let (_, _, id, role) = PARTS[at];
    let title = match id {
        "compensation" => said!("Compensation of employees", "피용자보수"),
        "operating_surplus" => said!("Operating surplus", "영업잉여"),
        "consumption_of_fixed_capital" => said!("Consumption of fixed capital", "고정자본소모"),
        _ => said!("Taxes less subsidies on production", "순생산세"),
    };
    (id, title, role)
}

/// What a column is, by its code or else by its name.
pub(super) fn column(code: &str, label: &str) -> Option<Column> {
    if let Some(at) = CATEGORIES.iter().position(|c| c.0 == code) {
        return Some(Column::Category(at));
    }
    let name = bare(label);
    let has = |word: &str| name.contains(word);
    Some(match code {
        "9090" => Column::IntermediateDemand,
        "9190" => Column::FinalDemand,
        "9290" => Column::TotalDemand,
        "9310" => Column::Output,
        "9321" => Column::ImportsCif,
        "9322" => Column::ImportTaxes,
        "9329" => Column::Imports,
        "9331" | "9332" => Column::Margin,
        "9390" => Column::TotalSupply,
        _ if has("중간수요") => Column::IntermediateDemand,
        _ if has("최종수요") => Column::FinalDemand,
        _ if has("총수요") => Column::TotalDemand,
        _ if has("총공급") => Column::TotalSupply,
        _ if has("총산출") || has("산출액") => Column::Output,
        _ if has("마진") || has("운임") => Column::Margin,
        _ if has("수입계") || has("총수입") => Column::Imports,
        _ if has("관세") || has("수입상품세") || (has("생산물세") && has("수입")) => {
            Column::ImportTaxes
        }
        _ if name == "수입" || name == "수입액" => Column::ImportsCif,
        _ => Column::Category(CATEGORIES.iter().position(|c| has(c.1))?),
    })
}

/// What a row is, by its code or else by its name.
pub(super) fn row(code: &str, label: &str) -> Option<Row> {
    if let Some(at) = PARTS.iter().position(|p| p.0 == code) {
        return Some(Row::Part(at));
    }
    let name = bare(label);
    let has = |word: &str| name.contains(word);
    Some(match code {
        "9590" => Row::IntermediateInputs,
        "9690" => Row::ValueAdded,
        "9790" => Row::TotalInput,
        _ if has("중간투입") || name == "소계" || name == "열합" => Row::IntermediateInputs,
        _ if has("생산물세") => Row::ProductTaxes,
        _ if has("부가가치") => Row::ValueAdded,
        _ if has("총투입") => Row::TotalInput,
        _ => Row::Part(PARTS.iter().position(|p| has(p.1))?),
    })
}

/// A name without blanks and without what stands in parentheses at its end.
pub(super) fn bare(label: &str) -> String {
    let bare: String = label.chars().filter(|c| !c.is_whitespace()).collect();
    match bare.find(['(', '（']) {
        // 생산물세(수입) is another thing than 생산물세.
        Some(at) if at > 0 && !bare.contains("(수입)") => bare[..at].to_owned(),
        _ => bare,
    }
}

/// What is counted in a table of employment, by the name of a column.
pub(super) fn account(label: &str, full_time: bool) -> Option<crate::table::Account> {
    let name = bare(label);
    let counted = |id: &str, title: Text| {
        let title = match full_time {
            true => {
                let Text { en, ko } = title;
                said!("{en} (full-time equivalents)", "{ko}(전업환산)")
            }
            false => title,
        };
        crate::table::Account {
            id: id.to_owned(),
            title,
            unit: said!("persons", "명"),
        }
    };
    if name.contains("피용자") || name.contains("임금근로자") || name.contains("고용") {
        return Some(counted("employees", said!("Employees", "피용자")));
    }
    name.contains("취업")
        .then(|| counted("jobs", said!("Employment", "취업자")))
}

/// What is counted in coefficients of inducement.
pub(super) fn induced_account(induced: Induced, full_time: bool) -> Option<crate::table::Account> {
    match induced {
        Induced::Jobs => account("취업자", full_time),
        Induced::Employees => account("피용자", full_time),
        _ => None,
    }
}

/// Which figures a sheet holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Figures {
    /// 거래표
    Transactions(Origin),
    /// 투입계수
    Coefficients(Origin),
    /// 유발계수
    Inducement(Induced),
    /// 최종수요항목별 유발액
    Items(Induced),
    /// 취업자수 및 피용자수
    Employment,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    Total,
    Domestic,
    Imported,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Induced {
    Output,
    Imports,
    ValueAdded,
    Jobs,
    Employees,
}

/// What a sheet holds, by its name and the lines above its figures.
pub(super) fn figures(titles: &str) -> Option<Figures> {
    let title: String = titles.chars().filter(|c| !c.is_whitespace()).collect();
    let has = |word: &str| title.contains(word);
    let origin = |word: &str| {
        if has(&format!("국산{word}")) {
            Origin::Domestic
        } else if has(&format!("수입{word}")) {
            Origin::Imported
        } else {
            Origin::Total
        }
    };
    let induced = || {
        Some(if has("부가가치유발") {
            Induced::ValueAdded
        } else if has("수입유발") {
            Induced::Imports
        } else if has("취업유발") {
            Induced::Jobs
        } else if has("고용유발") {
            Induced::Employees
        } else if has("생산유발") {
            Induced::Output
        } else {
            return None;
        })
    };
    if has("유발액") || has("유발인원") {
        return induced().map(Figures::Items);
    }
    if has("유발계수") {
        return induced().map(Figures::Inducement);
    }
    if has("투입계수") {
        return Some(Figures::Coefficients(origin("투입계수")));
    }
    if has("거래표") {
        return Some(Figures::Transactions(origin("거래표")));
    }
    for (code, figures) in OF_CODES {
        if title.to_uppercase().contains(code) {
            return Some(figures);
        }
    }
    ((has("취업자") && has("피용자")) || has("고용표")).then_some(Figures::Employment)
}

/// Tables of ECOS by their codes, where a file is named by one alone.
const OF_CODES: [(&str, Figures); 4] = [
    ("271Y112", Figures::Inducement(Induced::Output)),
    ("271Y113", Figures::Inducement(Induced::Imports)),
    ("271Y115", Figures::Inducement(Induced::Jobs)),
    ("271Y120", Figures::Transactions(Origin::Total)),
];

/// Whose prices, by the lines above the figures.
pub(super) fn prices(titles: &str) -> Option<PriceBasis> {
    [
        ("기초가격", PriceBasis::Basic),
        ("생산자가격", PriceBasis::Producers),
        ("구매자가격", PriceBasis::Purchasers),
    ]
    .into_iter()
    .find_map(|(word, prices)| titles.contains(word).then_some(prices))
}

/// Won in one unit of the figures, by the lines above them.
pub(super) fn unit(titles: &str) -> Option<f64> {
    let title: String = titles.chars().filter(|c| !c.is_whitespace()).collect();
    [
        ("십억원", 1e9),
        ("백만원", 1e6),
        ("억원", 1e8),
        ("천원", 1e3),
        ("조원", 1e12),
    ]
    .into_iter()
    .find_map(|(word, unit)| title.contains(word).then_some(unit))
}

/// Whether employment is counted in full-time equivalents.
pub(super) fn full_time(titles: &str) -> bool {
    titles.contains("전업환산")
}

/// The year in a text like "2020년".
pub(super) fn year(text: &str) -> Option<i32> {
    text.match_indices('년').find_map(|(at, _)| {
        let digits = text[..at].trim_end();
        let from = digits.len().checked_sub(4)?;
        let year: i32 = digits.get(from..)?.parse().ok()?;
        (1900..2200).contains(&year).then_some(year)
    })
}

/// Whether a row of employment is the sum of the others.
pub(super) fn is_sum(label: &str) -> bool {
    matches!(bare(label).as_str(), "계" | "합계" | "총계" | "전산업")
}

/// Whether a code is that of a sector: those of four digits from 9000 on are of totals, of final demand, of
/// supply and of value added.
pub(super) fn is_sector(code: &str) -> bool {
    let digits = (1..=4).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit());
    digits && !(code.len() == 4 && code.starts_with('9'))
}

/// Whether what is no sector stands among the uses: final demand, its totals, output, imports.
pub(super) fn is_use(code: &str, label: &str) -> bool {
    let name = bare(label);
    let code = code.parse::<u32>().unwrap_or(0);
    match code {
        9_000..=9_499 | 9_802 => true,
        9_500..=9_999 => false,
        _ => {
            matches!(name.as_str(), "행합" | "감응도계수")
                || row("", label).is_none() && column("", label).is_some()
        }
    }
}

/// Whether what is no sector stands among the inputs: value added, its parts and totals.
pub(super) fn is_input(code: &str, label: &str) -> bool {
    let name = bare(label);
    let code = code.parse::<u32>().unwrap_or(0);
    match code {
        9_500..=9_799 | 9_801 => true,
        9_000..=9_499 | 9_802 => false,
        _ => matches!(name.as_str(), "열합" | "영향력계수") || row("", label).is_some(),
    }
}

/// What a sheet without a title holds, by what stands behind its sectors.
pub(super) fn figures_of_totals<'a>(
    others: impl Iterator<Item = (&'a str, &'a str)>,
) -> Option<Figures> {
    let (mut output, mut value_added) = (false, false);
    for (code, label) in others {
        output |= column(code, label) == Some(Column::Output);
        value_added |= row(code, label) == Some(Row::ValueAdded);
        if bare(label) == "영향력계수" {
            return Some(Figures::Inducement(Induced::Output));
        }
    }
    (output && value_added).then_some(Figures::Transactions(Origin::Total))
}

/// How columns of a table with a line a figure are headed: by the open interface, and in downloads.
pub(super) const TABLE_CODE: [&str; 2] = ["STAT_CODE", "통계표코드"];
pub(super) const TABLE_NAME: [&str; 3] = ["STAT_NAME", "통계표", "통계명"];
pub(super) const UNIT: [&str; 2] = ["UNIT_NAME", "단위"];
pub(super) const TIME: [&str; 5] = ["TIME", "시점", "시간", "기간", "연도"];
pub(super) const VALUE: [&str; 5] = ["DATA_VALUE", "값", "데이터값", "원자료", "통계값"];

/// How the codes of the first and of the second item are headed.
pub(super) const ITEM_CODES: [[&str; 3]; 2] = [
    ["ITEM_CODE1", "항목코드1", "통계항목코드1"],
    ["ITEM_CODE2", "항목코드2", "통계항목코드2"],
];

/// How their names are headed.
pub(super) const ITEM_NAMES: [[&str; 6]; 2] = [
    [
        "ITEM_NAME1",
        "항목명1",
        "통계항목명1",
        "계정항목1",
        "항목1",
        "분류1",
    ],
    [
        "ITEM_NAME2",
        "항목명2",
        "통계항목명2",
        "계정항목2",
        "항목2",
        "분류2",
    ],
];

/// A year that stands alone: "2023", "2023년".
pub(super) fn year_alone(text: &str) -> Option<i32> {
    let digits = text.trim().trim_end_matches('년');
    let year: i32 = digits.parse().ok().filter(|_| digits.len() == 4)?;
    (1900..2200).contains(&year).then_some(year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_are_known_by_their_titles() {
        for (title, figures) in [
            (
                "투입산출표_총거래표(2020년 가격)",
                Figures::Transactions(Origin::Total),
            ),
            (
                "A표_수입거래표(생산자가격)",
                Figures::Transactions(Origin::Imported),
            ),
            ("국산 거래표", Figures::Transactions(Origin::Domestic)),
            ("국산투입계수(Ad)", Figures::Coefficients(Origin::Domestic)),
            ("총투입계수(A)", Figures::Coefficients(Origin::Total)),
            ("부가가치유발계수", Figures::Inducement(Induced::ValueAdded)),
            (
                "최종수요항목별 수입유발액",
                Figures::Items(Induced::Imports),
            ),
            ("부속표_취업자수 및 피용자수", Figures::Employment),
        ] {
            assert_eq!(super::figures(title), Some(figures), "{title}");
        }
        assert_eq!(super::figures("매출 2020"), None);
    }

    #[test]
    fn columns_and_rows_are_known_by_their_names_as_well_as_by_their_codes() {
        for (code, label, is) in [
            ("9090", "중간수요계", Column::IntermediateDemand),
            ("9321", "수입", Column::ImportsCif),
            ("9322", "생산물세(수입)", Column::ImportTaxes),
            ("9329", "수입계", Column::Imports),
            ("9121", "민간고정 자본형성", Column::Category(2)),
            (
                "9111",
                "민간소비지출 (가계 및 가계봉사 비영리단체)",
                Column::Category(0),
            ),
            ("9140", "수출", Column::Category(6)),
        ] {
            assert_eq!(column(code, ""), Some(is), "{code}");
            assert_eq!(column("", label), Some(is), "{label}");
        }
        assert_eq!(row("", "국산중간투입계"), Some(Row::IntermediateInputs));
        assert_eq!(row("", "생산세(보조금공제)"), Some(Row::Part(3)));
        assert_eq!(row("9621", ""), Some(Row::Part(1)));
        assert_eq!(row("", "영향력계수"), None);
    }

    #[test]
    fn years_and_units_are_read_from_the_lines_above() {
        assert_eq!(year("투입산출표(2020년 가격)"), Some(2020));
        assert_eq!(year("작년"), None);
        assert_eq!(unit("단위 : 백만원"), Some(1e6));
        assert_eq!(unit("(단위: 십억 원)"), Some(1e9));
    }
}
