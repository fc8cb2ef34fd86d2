//! Where the figures of an analysis come from: what every document says under its tables.

use crate::lang::{Lang, Text};
use crate::table::{self, Account, Meta, Status};
use serde::{Deserialize, Serialize};

/// The table behind an answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Provenance {
    /// Its id: "kr-2023-33".
    pub table: String,
    /// Its title.
    pub title: Text,
    /// The year of flows and prices.
    pub year: i32,
    /// ISO 4217 code of the currency.
    pub currency: String,
    /// Whole currency units in one unit of the table: 1,000,000 for million won.
    pub unit: f64,
    /// The source line.
    pub attribution: Text,
    /// How certain its least certain block is, where it says so.
    #[serde(default)]
    pub status: Option<Status>,
    /// The names of its blocks that needed an assumption.
    pub estimated: Vec<String>,
}

impl Provenance {
    /// What a table's metadata say of it.
    pub fn of(meta: &Meta) -> Self {
        Provenance {
            table: meta.id.clone(),
            title: meta.title.clone(),
            year: meta.year,
            currency: meta.currency.clone(),
            unit: meta.unit,
            attribution: meta.attribution.clone(),
            status: meta.status(),
            estimated: meta.estimated().map(|block| block.name.clone()).collect(),
        }
    }

    /// How many of the table's units make a billion of its currency: 1,000 for million won.
    pub fn units_per_billion(&self) -> f64 {
        1e9 / self.unit
    }

    /// "Korea 2023, 33 sectors (kr-2023-33, from published figures)".
    pub fn line(&self, lang: Lang) -> String {
        table::heading(&self.title, &self.table, self.status, lang)
    }

    /// Which of the named columns rest on estimated blocks, as a note; `None` where none does.
    /// Each column comes with the blocks it is computed from.
    pub fn estimates(&self, lang: Lang, columns: &[(String, Vec<&str>)]) -> Option<String> {
        let resting: Vec<String> = columns
            .iter()
            .filter_map(|(column, blocks)| {
                let names: Vec<&str> = blocks
                    .iter()
                    .filter(|block| self.estimated.iter().any(|e| e == *block))
                    .map(|block| block_title(block, lang))
                    .collect();
                (!names.is_empty()).then(|| format!("{column} ({})", names.join(", ")))
            })
            .collect();
        let intro = lang.pick("Rests on estimated figures: ", "추정치에 근거한 항목: ");
        (!resting.is_empty()).then(|| format!("{intro}{}", resting.join("; ")))
    }

    /// The currency as units name it: "won" or "원" for KRW, the code for any other.
    pub fn currency_name(&self, lang: Lang) -> &str {
        crate::units::currency_name(&self.currency, lang)
    }

    /// The unit of what one unit of money brings in money: "won/won", "원/원".
    pub fn ratio_unit(&self, lang: Lang) -> String {
        format!("{0}/{0}", self.currency_name(lang))
    }

    /// The unit of a satellite account's multipliers: "persons/bn won", "명/10억원".
    pub fn per_billion(&self, account: &Account, lang: Lang) -> String {
        let billion = crate::units::billion(&self.currency, lang);
        format!("{}/{billion}", account.unit.get(lang))
    }
}

/// What a satellite account's multiplier is called: 취업유발계수 for jobs, 고용유발계수 for employees.
pub(super) fn account_title(account: &Account, lang: Lang) -> String {
    match (account.id.as_str(), lang) {
        ("jobs", Lang::En) => "Jobs".to_owned(),
        ("jobs", Lang::Ko) => "취업유발계수".to_owned(),
        ("employees", Lang::En) => "Employees".to_owned(),
        ("employees", Lang::Ko) => "고용유발계수".to_owned(),
        (_, Lang::En) => account.title.en.clone(),
        (_, Lang::Ko) => format!("{} 유발계수", account.title.ko),
    }
}

/// What a block of a table is called.
pub(crate) fn block_title(name: &str, lang: Lang) -> &str {
    match name {
        "domestic_flows" | "domestic_coefficients" => lang.pick("domestic inputs", "국산 투입"),
        "imported_flows" | "import_coefficients" => lang.pick("imported inputs", "수입 투입"),
        "domestic_final_demand" => lang.pick("domestic final demand", "국산 최종수요"),
        "imported_final_demand" => lang.pick("imported final demand", "수입 최종수요"),
        "output" => lang.pick("output", "총산출"),
        "imports" => lang.pick("imports", "수입"),
        "primary_inputs" | "value_added_coefficients" => lang.pick("value added", "부가가치"),
        "satellites" | "satellite_coefficients" => lang.pick("accounts by sector", "부문별 계정"),
        "deflators" => lang.pick("deflators", "디플레이터"),
        other => other,
    }
}
