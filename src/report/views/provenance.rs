//! Where the figures of an analysis come from, and how its sectors and accounts are named.

use crate::analysis::Provenance;
use crate::lang::Lang;
use crate::report::words::{block_title, heading};
use crate::report::{Cell, Column};
use crate::table::{Account, Sector, SplitError};

impl Provenance {
    /// "Korea 2023, 33 sectors (kr-2023-33, from published figures)".
    pub fn line(&self, lang: Lang) -> String {
        heading(&self.title, &self.table, self.status, lang)
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

/// How far results are off where a table's split into domestic and imported flows is estimated, each said once.
pub(super) fn split_in_short<'a>(
    errors: impl IntoIterator<Item = &'a Option<SplitError>>,
    lang: Lang,
) -> Vec<String> {
    let said = errors.into_iter().flatten().map(|e| e.in_short(lang));
    let mut said: Vec<String> = said.collect();
    said.dedup();
    said
}

pub(super) fn sector_columns(lang: Lang) -> Vec<Column> {
    vec![
        Column::text("code", lang.pick("Code", "코드")),
        Column::text("sector", lang.pick("Sector", "부문")),
    ]
}

pub(super) fn sector_cells(sector: &Sector, lang: Lang) -> Vec<Cell> {
    vec![sector.code.as_str().into(), sector.name.get(lang).into()]
}
