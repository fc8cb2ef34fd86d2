//! What tables, their blocks and the certainty of figures are called.

use crate::impact::Receipt;
use crate::lang::{Lang, Text};
use crate::scenario::Certainty;
use crate::table::Status;

impl Status {
    /// Whose figures they are, as a heading says it behind the table's id.
    pub fn in_heading(self, lang: Lang) -> &'static str {
        match self {
            Status::Published => lang.pick("as published", "공표치"),
            Status::Derived => lang.pick("from published figures", "공표치에서 산출"),
            Status::Estimated => lang.pick("partly estimated", "일부 추정"),
        }
    }

    /// As a block of figures is marked with it.
    #[cfg(feature = "cli")]
    pub(crate) fn of_block(self, lang: Lang) -> &'static str {
        match self {
            Status::Published => lang.pick("published", "공표"),
            Status::Derived => lang.pick("derived", "산출"),
            Status::Estimated => lang.pick("ESTIMATED", "추정"),
        }
    }
}

/// "Korea 2023, 83 sectors (kr-2023-83, partly estimated)": a table as headings name it.
pub(crate) fn heading(title: &Text, id: &str, status: Option<Status>, lang: Lang) -> String {
    let title = title.get(lang);
    match status {
        Some(status) => format!("{title} ({id}, {})", status.in_heading(lang)),
        None => format!("{title} ({id})"),
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
        "satellites.employees" => lang.pick("employees by sector", "부문별 피용자"),
        "deflators" => lang.pick("deflators", "디플레이터"),
        other => other,
    }
}

impl Certainty {
    /// As reports show it: the letter, or the word.
    pub fn name(self) -> Text {
        match self {
            Certainty::A => Text::same("A"),
            Certainty::B => Text::same("B"),
            Certainty::C => Text::same("C"),
            Certainty::D => Text::same("D"),
            Certainty::Assumption => Text::new("assumption", "가정"),
        }
    }
}

impl Receipt {
    /// The table as headings name it: title, id, and whose figures it holds.
    pub fn table_heading(&self, lang: Lang) -> String {
        heading(&self.titled(), &self.table, self.table_status, lang)
    }

    /// The title of the table, and that its inputs are changed where mixes do that.
    pub(crate) fn titled(&self) -> Text {
        let title = self.table_title.clone();
        match self.mixed {
            false => title,
            true => Text::new(
                format!("{}, inputs changed by mixes", title.en),
                format!("{}, 투입 구성 변경", title.ko),
            ),
        }
    }
}
