//! What the figures of a scenario are called, as data: how it is said in each language, `report` knows.

use crate::lang::Text;
use serde::{Deserialize, Serialize};

/// A key of a scenario whose value is a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Entry {
    /// Won per dollar.
    Fx,
    /// The share of labour income that households spend.
    HouseholdShare,
    /// The growth of labour productivity.
    ProductivityGrowth,
    /// The discount rate.
    DiscountRate,
    /// What the table's split into domestic and imported purchases may be off.
    SplitError,
    /// The table's coefficients, where they are drawn.
    Coefficients,
    /// Whether a phase happens.
    Event,
    /// The probability of a phase.
    Probability,
    /// The amount of a line.
    Amount,
    /// The share of a line that is made at home.
    DomesticShare,
    /// What trade keeps of a purchaser's price.
    TradeMargin,
    /// What transport keeps of it.
    TransportMargin,
    /// The rate of value added tax.
    Vat,
    /// The part of a price that is tax on the product.
    ProductTax,
    /// The share of an input of a recipe that its column tells.
    Share,
    /// Compensation of employees in a recipe.
    Compensation,
    /// Consumption of fixed capital in a recipe.
    Depreciation,
    /// Net taxes on production in a recipe.
    Taxes,
    /// What of a payment is income of capital.
    CapitalIncome,
    /// The share of surplus that belongs to owners abroad.
    ForeignOwnership,
    /// Own staff per billion paid.
    Jobs,
    /// The sales of an industry.
    Sales,
    /// The share of them exported.
    Exports,
    /// The share of them sold to final users.
    FinalDemand,
    /// The share of them that replaces another product.
    ReplacedShare,
    /// The share of an industry's value added that its labour earns.
    LabourShare,
    /// The staff of an industry.
    Staff,
    /// Something by its name: a parameter, a product, an account.
    Named(Text),
}

impl Entry {
    /// The entry that a setting under `[scenario]` is.
    pub(crate) fn of_setting(key: &str) -> Option<Entry> {
        let settings = [
            Entry::Fx,
            Entry::HouseholdShare,
            Entry::ProductivityGrowth,
            Entry::DiscountRate,
        ];
        settings.into_iter().find(|entry| entry.key() == key)
    }

    /// The key as scenarios write it, or the English name.
    pub fn key(&self) -> &str {
        match self {
            Entry::Fx => "fx",
            Entry::HouseholdShare => "household_share",
            Entry::ProductivityGrowth => "productivity_growth",
            Entry::DiscountRate => "discount_rate",
            Entry::SplitError => "split_error",
            Entry::Coefficients => "coefficients",
            Entry::Event => "event",
            Entry::Probability => "probability",
            Entry::Amount => "amount",
            Entry::DomesticShare => "domestic_share",
            Entry::TradeMargin => "trade_margin",
            Entry::TransportMargin => "transport_margin",
            Entry::Vat => "vat",
            Entry::ProductTax => "product_tax",
            Entry::Share => "share",
            Entry::Compensation => "compensation",
            Entry::Depreciation => "depreciation",
            Entry::Taxes => "taxes",
            Entry::CapitalIncome => "capital_income",
            Entry::ForeignOwnership => "foreign_ownership",
            Entry::Jobs => "jobs",
            Entry::Sales => "sales",
            Entry::Exports => "exports",
            Entry::FinalDemand => "final_demand",
            Entry::ReplacedShare => "replaced_share",
            Entry::LabourShare => "labour_share",
            Entry::Staff => "staff",
            Entry::Named(name) => &name.en,
        }
    }
}

/// What a figure of a scenario is called: "Servers: domestic share". In files it is its text in both
/// languages, with keys where the library is built without the report, which has the words.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(from = "Text", into = "Text")]
#[non_exhaustive]
pub struct Label {
    /// The line, phase, recipe or industry that it belongs to.
    pub of: Option<Text>,
    /// What it is there.
    pub entry: Entry,
}

impl Label {
    /// What belongs to a line, phase, recipe or industry.
    pub(crate) fn of(name: &Text, entry: Entry) -> Self {
        Label {
            of: Some(name.clone()),
            entry,
        }
    }
}

impl From<Entry> for Label {
    fn from(entry: Entry) -> Self {
        Label { of: None, entry }
    }
}

impl From<Text> for Label {
    fn from(name: Text) -> Self {
        Label {
            of: None,
            entry: Entry::Named(name),
        }
    }
}

/// Without the report there are no words: an entry goes by its key.
#[cfg(not(feature = "report"))]
impl From<Label> for Text {
    fn from(label: Label) -> Self {
        let entry = match label.entry {
            Entry::Named(name) => name,
            entry => Text::same(entry.key()),
        };
        match label.of {
            Some(of) => Text::new(
                format!("{}: {}", of.en, entry.en),
                format!("{}: {}", of.ko, entry.ko),
            ),
            None => entry,
        }
    }
}

/// Two labels are the same if they say the same, however they came.
impl PartialEq for Label {
    fn eq(&self, other: &Label) -> bool {
        Text::from(self.clone()) == Text::from(other.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_written_as_its_text_and_read_back_the_same() {
        let label = Label::of(&Text::new("Servers", "서버"), Entry::DomesticShare);
        let json = serde_json::to_value(&label).expect("JSON");
        #[cfg(feature = "report")]
        assert_eq!(
            json,
            serde_json::json!({ "en": "Servers: domestic share", "ko": "서버: 국산 비율" })
        );
        assert_eq!(serde_json::from_value::<Label>(json).expect("read"), label);
        assert_ne!(Label::of(&Text::same("Servers"), Entry::Amount), label);
    }
}
