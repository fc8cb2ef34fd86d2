//! What rows and columns of an input-output sheet are called: in English, Korean, Spanish, German, Japanese
//! and Chinese, and by the codes of the European System of Accounts.

use crate::table::words::fold;
use crate::table::{FinalDemandRole, OtherInputRole, PriceBasis, PrimaryInputRole};

/// What a line beside or under the square is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A column of final demand.
    Demand(FinalDemandRole),
    /// Consumption of non-profit institutions serving households.
    NonProfit,
    /// Final demand in one column.
    AllDemand,
    /// A row of value added.
    Part(PrimaryInputRole),
    /// Value added in all.
    ValueAdded,
    /// A row of which only the users are told; `Imports` of a column: imports by product.
    Other(OtherInputRole),
    /// Gross output.
    Output,
    /// Persons in work.
    Jobs,
    /// A sum of other lines.
    Total,
    /// Nothing that the table takes.
    Ignored,
}

/// The roles that a map can give, as it names them: of columns, of rows.
pub(super) const NAMES: [(&str, Role); 18] = [
    ("household", Role::Demand(FinalDemandRole::Household)),
    ("non_profit", Role::NonProfit),
    ("government", Role::Demand(FinalDemandRole::Government)),
    ("fixed_capital", Role::Demand(FinalDemandRole::FixedCapital)),
    ("inventories", Role::Demand(FinalDemandRole::Inventories)),
    ("exports", Role::Demand(FinalDemandRole::Exports)),
    ("final_demand", Role::AllDemand),
    ("compensation", Role::Part(PrimaryInputRole::Compensation)),
    (
        "operating_surplus",
        Role::Part(PrimaryInputRole::OperatingSurplus),
    ),
    (
        "consumption_of_fixed_capital",
        Role::Part(PrimaryInputRole::ConsumptionOfFixedCapital),
    ),
    (
        "net_production_taxes",
        Role::Part(PrimaryInputRole::NetProductionTaxes),
    ),
    ("value_added", Role::ValueAdded),
    ("imports", Role::Other(OtherInputRole::Imports)),
    ("product_taxes", Role::Other(OtherInputRole::ProductTaxes)),
    ("output", Role::Output),
    ("jobs", Role::Jobs),
    ("total", Role::Total),
    ("ignore", Role::Ignored),
];

impl Role {
    /// As a map names it.
    pub(super) fn name(self) -> &'static str {
        let named = NAMES.iter().find(|(_, role)| *role == self);
        named.map_or("", |(name, _)| name)
    }

    /// Whether it can be a column.
    pub(super) fn is_column(self) -> bool {
        !matches!(
            self,
            Role::Part(_)
                | Role::ValueAdded
                | Role::Jobs
                | Role::Other(OtherInputRole::ProductTaxes)
        )
    }

    /// Whether it can be a row.
    pub(super) fn is_row(self) -> bool {
        !matches!(self, Role::Demand(_) | Role::NonProfit | Role::AllDemand)
    }
}

const OUTPUT: &[&str] = &[
    "output",
    "producción",
    "produccion",
    "productionvalue",
    "총산출",
    "산출액",
    "총투입",
    "生産額",
    "总产出",
    "总投入",
    "produktionswert",
];
const TOTAL: &[&str] = &[
    "total",
    "=sum",
    "합계",
    "소계",
    "총계",
    "insgesamt",
    "合計",
    "合计",
    "小計",
];
const IMPORTS: &[&str] = &["import", "수입", "einfuhr", "輸入", "进口", "=p7"];
/// Differences that a template works out beside the figures.
const CHECKS: &[&str] = &["check", "검산", "=difference", "=차이"];
const DUTIES: &[&str] = &[
    "dutie",
    "duty",
    "derechos",
    "tariff",
    "customs",
    "관세",
    "taxesonimport",
    "수입세",
    "수입품세",
    "関税",
];
const EXPORTS: &[&str] = &[
    "export",
    "수출",
    "ausfuhr",
    "輸出",
    "出口",
    "nonresident",
    "=p6",
];
const NON_PROFIT: &[&str] = &[
    "npish",
    "nonprofit",
    "ipsfl",
    "finesdelucro",
    "비영리",
    "=p3s15",
    "organisationenohneerwerbszweck",
];
const HOUSEHOLD: &[&str] = &[
    "household",
    "hogares",
    "privateconsumption",
    "personalconsumption",
    "민간소비",
    "가계",
    "privatehaushalt",
    "privaterhaushalt",
    "privatefinalconsumption",
    "=pfce",
    "家計",
    "民間消費",
    "居民消费",
    "=p3s14",
    "=pce",
    "consumoprivado",
];
const GOVERNMENT: &[&str] = &[
    "government",
    "gobierno",
    "정부",
    "publicconsumption",
    "consumopúblico",
    "政府",
    "desstaates",
    "=p3s13",
];
const INVENTORIES: &[&str] = &[
    "inventor",
    "stock",
    "existencias",
    "재고",
    "vorrat",
    "在庫",
    "存货",
    "=p52",
    "valuables",
    "objetosvaliosos",
    "귀중품",
    "=p53",
];
const FIXED_CAPITAL: &[&str] = &[
    "fixedcapital",
    "capitalfijo",
    "고정자본형성",
    "총고정자본",
    "capitalformation",
    "formacióndecapital",
    "investment",
    "inversión",
    "투자",
    "固定資本形成",
    "固定资本形成",
    "anlageinvestition",
    "gfcf",
    "=p51",
    "=p51g",
    "=p5",
];
const ALL_DEMAND: &[&str] = &[
    "finaldemand",
    "finaluse",
    "demandafinal",
    "최종수요",
    "最終需要",
    "最终使用",
    "letzteverwendung",
];
const PRODUCT_TAXES: &[&str] = &[
    "onproducts",
    "sobreproductos",
    "sobrelosproductos",
    "생산물세",
    "producttax",
    "valueaddedtax",
    "=vat",
    "=iva",
    "gütersteuern",
    "=d21",
    "=d21x31",
    "=d21d31",
];
const PRODUCTION_TAXES: &[&str] = &[
    "onproduction",
    "sobrelaproducci",
    "생산세",
    "indirecttax",
    "othertaxes",
    "taxeslesssubsid",
    "produktionsabgaben",
    "補助金",
    "subsid",
    "補助",
    "生产税",
    "間接税",
    "=d29",
    "=d29x39",
    "=d29d39",
];
const COMPENSATION: &[&str] = &[
    "compensation",
    "wages",
    "salaries",
    "remuneraci",
    "sueldosysalarios",
    "피용자보수",
    "임금",
    "급여",
    "arbeitnehmerentgelt",
    "雇用者所得",
    "劳动者报酬",
    "=d1",
];
const FIXED_CAPITAL_USED: &[&str] = &[
    "consumptionoffixedcapital",
    "depreciation",
    "consumodecapitalfijo",
    "고정자본소모",
    "감가상각",
    "abschreibung",
    "資本減耗",
    "资本形成折旧",
    "固定资产折旧",
    "=k1",
    "=p51c",
];
const SURPLUS: &[&str] = &[
    "surplus",
    "mixedincome",
    "excedente",
    "ingresomixto",
    "영업잉여",
    "혼합소득",
    "betriebsüberschuss",
    "営業余剰",
    "营业盈余",
    "profit",
    "=b2",
    "=b3",
    "=b2a3g",
    "=b2a3n",
    "=b2n",
    "=b3n",
    "=b2g",
    "=b3g",
];
const VALUE_ADDED: &[&str] = &[
    "valueadded",
    "valoragregado",
    "valorañadido",
    "부가가치",
    "wertschöpfung",
    "付加価値",
    "增加值",
    "=gva",
    "=b1g",
    "=b1",
];
const JOBS: &[&str] = &[
    "employment",
    "=jobs",
    "jobsfte",
    "personsemployed",
    "employedpersons",
    "personsinwork",
    "취업자",
    "고용인원",
    "empleo",
    "ocupad",
    "erwerbstätige",
    "従業者",
    "=emp",
];

fn named(labels: &[String], words: &[&str]) -> bool {
    labels.iter().any(|label| {
        words.iter().any(|word| match word.strip_prefix('=') {
            Some(whole) => label == whole,
            None => label.contains(word),
        })
    })
}

/// The parts of a label as they are compared.
fn folded(label: &[String]) -> Vec<String> {
    label.iter().map(|part| fold(part)).collect()
}

/// Whether a label says that its line is a sum.
pub(super) fn is_total(label: &[String]) -> bool {
    let label = folded(label);
    named(&label, TOTAL)
        || label
            .iter()
            .any(|part| part.ends_with('계') && part != "통계")
}

/// Whether a label among those of sectors ends them: "Total".
pub(super) fn ends_sectors(label: &str) -> bool {
    let label = fold(label);
    const WHOLE: [&str; 8] = [
        "sum",
        "합계",
        "소계",
        "계",
        "중간수요계",
        "중간투입계",
        "合計",
        "合计",
    ];
    label.starts_with("total") || WHOLE.contains(&label.as_str())
}

/// What a column is by its label, the most particular heading last; the one above it counts where it
/// tells of exports.
pub(super) fn column(label: &[String]) -> Option<Role> {
    let all = folded(label);
    let own = &all[all.len().saturating_sub(1)..];
    if named(&all, EXPORTS) {
        return Some(Role::Demand(FinalDemandRole::Exports));
    }
    of(own, &COLUMNS).or_else(|| of(&all, &COLUMNS))
}

/// What a row is by its label.
pub(super) fn row(label: &[String]) -> Option<Role> {
    of(&folded(label), &ROWS)
}

fn of(label: &[String], roles: &[(&[&str], Role)]) -> Option<Role> {
    let of_it = roles.iter().find(|(words, _)| named(label, words));
    of_it.map(|(_, role)| *role)
}

/// The most particular first.
const COLUMNS: [(&[&str], Role); 10] = [
    (CHECKS, Role::Ignored),
    (OUTPUT, Role::Output),
    (IMPORTS, Role::Other(OtherInputRole::Imports)),
    (NON_PROFIT, Role::NonProfit),
    (GOVERNMENT, Role::Demand(FinalDemandRole::Government)),
    (HOUSEHOLD, Role::Demand(FinalDemandRole::Household)),
    (INVENTORIES, Role::Demand(FinalDemandRole::Inventories)),
    (FIXED_CAPITAL, Role::Demand(FinalDemandRole::FixedCapital)),
    (ALL_DEMAND, Role::AllDemand),
    (
        &[
            "총수요",
            "gesamteverwendung",
            "totaldemand",
            "totaluse",
            "総需要",
        ],
        Role::Total,
    ),
];

const ROWS: [(&[&str], Role); 11] = [
    (CHECKS, Role::Ignored),
    (DUTIES, Role::Other(OtherInputRole::ProductTaxes)),
    (PRODUCT_TAXES, Role::Other(OtherInputRole::ProductTaxes)),
    (
        PRODUCTION_TAXES,
        Role::Part(PrimaryInputRole::NetProductionTaxes),
    ),
    (COMPENSATION, Role::Part(PrimaryInputRole::Compensation)),
    (
        FIXED_CAPITAL_USED,
        Role::Part(PrimaryInputRole::ConsumptionOfFixedCapital),
    ),
    (SURPLUS, Role::Part(PrimaryInputRole::OperatingSurplus)),
    (VALUE_ADDED, Role::ValueAdded),
    (JOBS, Role::Jobs),
    (OUTPUT, Role::Output),
    (IMPORTS, Role::Other(OtherInputRole::Imports)),
];

/// Whole currency units in one unit of the figures, as a text around the table says it.
pub(super) fn unit(text: &str) -> Option<f64> {
    const UNITS: [(&[&str], f64); 8] = [
        (
            &["miles de millones", "billion", "십억", "mrd", "10億"],
            1e9,
        ),
        (
            &[
                "백만", "million", "millones", " mio ", "百万", "£m", "€m", "$m",
            ],
            1e6,
        ),
        (&["억", "億", "亿"], 1e8),
        (&["조원", "兆"], 1e12),
        (&["万元", "万円", "만원"], 1e4),
        (&["천원", "thousand", "miles de", "千"], 1e3),
        (&["crore"], 1e7),
        (&["lakh"], 1e5),
    ];
    let text = format!(" {} ", text.to_lowercase());
    let found = UNITS
        .iter()
        .find(|(words, _)| words.iter().any(|w| text.contains(w)));
    found.map(|(_, unit)| *unit)
}

/// A unit as a cell of its own says it: "million", "1000000".
pub(super) fn unit_told(text: &str) -> Option<f64> {
    let number = text.replace(',', "").parse::<f64>().ok();
    number.filter(|unit| *unit > 0.0).or_else(|| unit(text))
}

/// Whether a heading is that of a column of units.
pub(super) fn is_unit_heading(text: &str) -> bool {
    let text = text.trim_end_matches([':', '：']).trim().to_lowercase();
    [
        "unit", "units", "단위", "unidad", "einheit", "unité", "単位", "单位",
    ]
    .contains(&text.as_str())
}

/// What a cell left of another names: title, year, currency, unit, prices.
pub(super) const ABOUT: [&[&str]; 5] = [
    &["title", "제목", "표제목", "título"],
    &["year", "연도", "기준연도", "año"],
    &["currency", "통화", "moneda"],
    &["unit", "단위", "unidad"],
    &["prices", "가격", "가격기준", "precios"],
];

/// The currency of a text, where it names one that is but one.
pub(super) fn currency(text: &str) -> Option<&'static str> {
    const CURRENCIES: [(&[&str], &str); 13] = [
        (
            &["krw", "백만원", "십억원", "억원", "백만 원", "won"],
            "KRW",
        ),
        (&["gbp", "£", "pounds"], "GBP"),
        (&["eur", "euro", "euros", "€"], "EUR"),
        (&["jpy", "円", "yen"], "JPY"),
        (&["cny", "元", "yuan", "rmb"], "CNY"),
        (&["inr", "rupee", "₹", "crore", "lakh"], "INR"),
        (&["usd", "us$", "us dollar", "u.s. dollar"], "USD"),
        (&["clp"], "CLP"),
        (&["cad"], "CAD"),
        (&["aud"], "AUD"),
        (&["chf"], "CHF"),
        (&["sek"], "SEK"),
        (&["brl", "reais"], "BRL"),
    ];
    let text = text.to_lowercase();
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
    let says = |word: &&&str| match word.chars().all(|c| c.is_ascii_lowercase()) {
        true => words.contains(*word),
        false => text.contains(**word),
    };
    let found = CURRENCIES
        .iter()
        .find(|(names, _)| names.iter().any(|name| says(&name)));
    found.map(|(_, code)| *code)
}

/// Whose prices a text around the table says that it is in.
pub(super) fn prices(text: &str) -> Option<PriceBasis> {
    let text = fold(text);
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if says(&[
        "basicprice",
        "preciobásico",
        "preciosbásicos",
        "기초가격",
        "herstellungspreis",
    ]) {
        return Some(PriceBasis::Basic);
    }
    if says(&[
        "producersprice",
        "producerprice",
        "생산자가격",
        "生産者価格",
    ]) {
        return Some(PriceBasis::Producers);
    }
    says(&["purchasersprice", "purchaserprice", "구매자가격"]).then_some(PriceBasis::Purchasers)
}
