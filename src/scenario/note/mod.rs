//! What a reader must know of a result, as data: a stable code with its figures, and no sentence.
//!
//! Each is defined once, in the list below. How it is said in each language stands in `report::words`,
//! and a note that has no words there does not compile.

mod figures;

pub use figures::NoteFigure;
use figures::{Figures, Told};

use super::plan::ShareOrigin;
use super::schedule::YearMonth;
use super::sharing::Sharing;
use crate::lang::Text;
use crate::model::IncomeKind;
use crate::table::{
    AnyTable, Basket, FinalDemandRole, SectorName, ShareBasis, SplitBy, SplitError,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How a note is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum NoteKind {
    /// Taken for granted, by default or by the scenario.
    Assumption,
    /// May mislead if overlooked.
    Warning,
}

/// Why amounts of another year are taken as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoDeflator {
    /// The table's own are asked for, and it has none.
    TableHasNone,
    /// None is given, though the table has its own.
    TableHasOwn,
    /// None is given, and the table has none.
    NoneGiven,
}

/// A part of a purchaser's price that its producer does not get.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PricePart {
    /// What trade keeps.
    TradeMargin,
    /// What transport keeps.
    TransportMargin,
    /// A tax on top of the price before it.
    Vat,
    /// A tax that is a part of what is paid.
    ProductTax,
}

impl PricePart {
    /// Its name in figures: "trade margin".
    pub fn id(self) -> &'static str {
        match self {
            PricePart::TradeMargin => "trade margin",
            PricePart::TransportMargin => "transport margin",
            PricePart::Vat => "VAT",
            PricePart::ProductTax => "product tax",
        }
    }
}

/// Defines [`Note`]: for each its meaning, its kind, its name and code, its figures, and after a semicolon
/// what only the sentence needs.
macro_rules! notes {
    ($(
        $(#[$meaning:meta])*
        $kind:ident $note:ident $code:literal
        $({ $($figure:ident: $type:ty),* $(; $($aside:ident: $aside_type:ty),+)? })?
    )*) => {
        /// Something the reader must know.
        ///
        /// Programs read [`code`](Note::code) and [`figures`](Note::figures), which stay the same when the
        /// sentence is put better; people read what `report` makes of it. Shares are fractions, money is in
        /// millions, sectors go by their code, phases and lines by their name.
        #[derive(Debug, Clone, Serialize, Deserialize)]
        #[serde(from = "NoteRecord", into = "NoteRecord")]
        #[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
        #[non_exhaustive]
        // A figure is what its name says, in the units above.
        #[allow(missing_docs)]
        pub enum Note {
            $($(#[$meaning])* $note $({ $($figure: $type,)* $($($aside: $aside_type),+)? })?,)*
            /// A note of a result that was read from a file, with the sentence that it came with.
            Read {
                code: String,
                kind: NoteKind,
                figures: BTreeMap<String, NoteFigure>,
                text: Option<Text>,
            },
        }

        impl Note {
            /// What it says, as a name that does not change: "mostly_imported".
            ///
            /// ```
            /// use leontief::lang::Text;
            /// use leontief::scenario::{Note, NoteFigure, NoteKind};
            ///
            /// let note = Note::ExpectedValue { phase: Text::new("Second hall", "2동"), probability: 0.5 };
            /// assert_eq!((note.code(), note.kind()), ("expected_value", NoteKind::Assumption));
            /// assert_eq!(note.figures()["probability"], NoteFigure::Number(0.5));
            /// assert_eq!(note.figures()["phase"], NoteFigure::Text("Second hall".to_owned()));
            /// ```
            pub fn code(&self) -> &str {
                match self {
                    $(Note::$note { .. } => $code,)*
                    Note::Read { code, .. } => code,
                }
            }

            /// Assumption or warning.
            pub fn kind(&self) -> NoteKind {
                match self {
                    $(Note::$note { .. } => NoteKind::$kind,)*
                    Note::Read { kind, .. } => *kind,
                }
            }

            /// Its figures by name.
            pub fn figures(&self) -> BTreeMap<String, NoteFigure> {
                let mut told = Figures::default();
                match self {
                    $(Note::$note $({ $($figure,)* .. })? => {
                        $($($figure.tell(stringify!($figure), &mut told);)*)?
                    })*
                    Note::Read { figures, .. } => told.clone_from(figures),
                }
                told
            }
        }
    };
}

notes! {
    // What is spent.

    /// A line is demand for a product that nobody makes at home.
    Warning NotMadeAtHome "not_made_at_home" { sector: SectorName; table: String }
    /// A phase of which a third or more is imported at once, and the line most of it is.
    Warning MostlyImported "mostly_imported" { phase: Text, share: f64, line: Text, share_of_line: f64 }
    /// Of how many lines the domestic share is the table's own, and what each is the share of.
    Assumption DomesticSharesOfTable "domestic_shares_of_table"
        { lines: usize, of: usize, by_basis: Vec<(ShareBasis, usize)>; estimated: bool }
    /// More is spent than fixed prices can be assumed for: a slip of unit.
    Warning HugeAmount "huge_amount" { amount: f64, share: f64; currency: String }
    /// Less is spent than can be meant: a slip of unit.
    Warning TinyAmount "tiny_amount" { amount: f64; currency: String }
    /// All amounts are multiplied by a factor.
    Assumption Resized "resized" { factor: f64 }
    /// A phase is counted at its probability.
    Assumption ExpectedValue "expected_value" { phase: Text, probability: f64 }
    /// A plant runs before what it is built by ends.
    Warning RunsBeforeBuilt "runs_before_built" { phase: Text, built_by: Text; begins: YearMonth, last: YearMonth }
    /// A delay of so many months before a fixed horizon; counted are the months that are left.
    Warning HorizonCuts "horizon_cuts" { phase: Text, months: i32, horizon: i32; counted: i32 }
    /// Lines are made elsewhere, than a province that is not named.
    Warning ElsewhereWithoutProvince "elsewhere_without_province" { phase: Text }
    /// A yearly rate, and no phase has a start.
    Warning RateChangesNothing "rate_changes_nothing" { key: String }
    /// A domestic-content policy that no line is below.
    Warning PolicyChangesNothing "policy_changes_nothing" { policy: String }
    /// A recipe that no line is made by.
    Warning RecipeChangesNothing "recipe_changes_nothing" { recipe: Text }
    /// The lines that a recipe makes.
    Assumption MadeByRecipe "made_by_recipe" { recipe: Text, lines: Vec<Text> }
    /// Accounts that a recipe says nothing of.
    Assumption RecipeAccountsZero "recipe_accounts_zero" { recipe: Text; accounts: Vec<String> }

    /// Output by the jobs that a line gives.
    Assumption OutputByJobs "output_by_jobs"
        { line: Text, sector: SectorName, per_billion: f64; currency: String }
    /// Output by the labour income that a line gives.
    Assumption OutputByLabourIncome "output_by_labour_income" { line: Text, sector: SectorName, share: f64 }
    /// Persons are given as of the table's year, and labour productivity grows.
    Warning JobsOfTableYear "jobs_of_table_year" { table_year: i32, rate: f64 }
    /// What households spend of the income that a line gives, and what of that is not told by product.
    Assumption HouseholdIncomeSpent "household_income_spent" { line: Text, share: f64, untold: f64 }
    /// A line is spent as a sector spends, and what of that is not told by product.
    Assumption SpentLikeSector "spent_like_sector" { line: Text, what: Text, untold: f64 }

    // At which prices.

    /// Amounts in dollars, at so many won.
    Assumption ExchangeRate "exchange_rate" { rate: f64 }
    /// Amounts brought to the table's year by a series of the scenario.
    Assumption Deflated "deflated" { price_year: i32, table_year: i32, deflator: String, factor: f64 }
    /// Amounts of another year that nothing brings to the table's.
    Warning NoDeflator "no_deflator" { price_year: i32, table_year: i32; why: NoDeflator }
    /// Amounts brought to the table's year by its own series.
    Assumption DeflatedByTable "deflated_by_table"
        { price_year: i32, table_year: i32, least: f64, greatest: f64; how: Option<Text> }
    /// A year that the table's series do not reach, and the one that stands for it.
    Warning DeflatorsEnd "deflators_end" { year: i32, nearest: i32; first: i32, last: i32 }
    /// How a tax that is set aside is read.
    Assumption TaxesSetAside "taxes_set_aside"
    /// A product tax at the rate of VAT.
    Warning ProductTaxOrVat "product_tax_or_vat" { line: Text }
    /// Parts of a purchaser's price taken from `[prices]`, each with its rate.
    Assumption PurchasersRatesDefault "purchasers_rates_default" { line: Text, rates: Vec<(PricePart, String)> }
    /// What is spent on several products together, shared among them.
    Assumption SharedAmong "shared_among" { what: Text, by: SplitBy, shares: Vec<(SectorName, f64)> }
    /// Parts of a purchaser's price without a rate.
    Warning PurchasersRatesMissing "purchasers_rates_missing" { line: Text, rates: Vec<PricePart> }
    /// Rates of `[prices]`, and no line is at purchasers' prices.
    Warning PricesChangeNothing "prices_change_nothing"

    // Figures that a user brings.

    /// Accounts that only illustrate the method.
    Warning IllustrativeAccounts "illustrative_accounts" { accounts: Vec<String>, source: Text }
    /// Accounts of the user's.
    Assumption AccountsBrought "accounts_brought" { accounts: Vec<String>, source: Text }
    /// Jobs by group with shares that only illustrate the method.
    Warning IllustrativePeople "illustrative_people" { profile: Text }
    /// A file of figures by other sectors than the table's.
    Warning OtherSectors "other_sectors" { file: String, table: String; classification: String }

    // What a result rests on.

    /// The money is taken from another use: gross and net effects.
    Assumption FinancedBy "financed_by" { by: FinalDemandRole }
    /// Of income given to households only what they spend is taken from another use.
    Warning FinancedIncomeSpent "financed_income_spent"
    /// Which income households earn, other than compensation of employees alone.
    Assumption HouseholdsEarn "households_earn"
        { of: IncomeKind, mixed_share: Option<f64>, taxes: f64, contributions: f64 }
    /// The share of their income that households spend, and whether it is the table's or was stated.
    Assumption InducedHouseholdShare "induced_household_share"
        { share: f64, default: ShareOrigin; of: IncomeKind }
    /// What households spend is not counted.
    Assumption HouseholdsOpen "households_open"
    /// Imported inputs do not propagate.
    Assumption DomesticInverse "domestic_inverse"
    /// The table tells imported inputs by user only: every product is taken to be imported in the average share
    /// of its use.
    Assumption ImportsByUserOnly "imports_by_user_only" { table: String }
    /// Producers' inputs are those that mixes of the scenario made of a table's.
    Assumption InputsMixed "inputs_mixed" { table: String }
    /// Sectors that pay more for what they buy instead than they earn.
    Warning ValueAddedBelowZero "value_added_below_zero" { sectors: Vec<SectorName> }
    /// Every use of a product is imported in its average share.
    Assumption CompetitiveImports "competitive_imports"
    /// Every input is taken as made at home.
    Warning TotalInverse "total_inverse"
    /// Jobs by the labour coefficients of the table's year.
    Assumption NoProductivityGrowth "no_productivity_growth" { table_year: i32 }
    /// Jobs with labour productivity that grows at a yearly rate.
    Assumption ProductivityGrowth "productivity_growth" { rate: f64, table_year: i32 }
    /// Sectors were regrouped first: by how much the output multipliers of the groups differ from those of their
    /// sectors, weighted by output.
    Assumption Regrouped "regrouped"
        { table: String, sectors: usize, groups: usize, mean: f64, largest: f64, group: SectorName }
    /// The groups of the scenario give way to others that were asked for.
    Assumption ScenarioGroupsReplaced "scenario_groups_replaced"
    /// Blocks of the table that are estimated.
    Warning EstimatedBlocks "estimated_blocks" { table: String, blocks: Vec<String> }
    /// The table's split of flows into domestic and imported ones is estimated, and how far it was off where
    /// that is known.
    Warning SplitEstimated "split_estimated" { table: String, error: SplitError }
    /// The scenario runs on beyond the table's year.
    Warning BeyondTableYear "beyond_table_year" { table_year: i32, latest_year: i32 }
    /// What input-output analysis assumes.
    Assumption FixedPricesNoLimits "fixed_prices_no_limits"
    /// No split by province: the table has other sectors than the regional multipliers.
    Warning ProvinceLeftOut "province_left_out" { table: String }

    // Shocks.

    /// Demand for domestic products.
    Assumption ShockDomestic "shock_domestic"
    /// The table's share of intermediate use.
    Assumption ShockShareOfTable "shock_share_of_table"
    /// A stated share.
    Assumption ShockShareStated "shock_share_stated" { share: f64 }
    /// A rise taken as wholly domestic, though much of the product is imported.
    Warning ShockAllDomestic "shock_all_domestic" { sector: SectorName, imported_share: f64 }
    /// A fall of demand is no failing supply.
    Assumption FallOfDemand "fall_of_demand"
    /// The same of a product that is largely imported: an import that stops may be meant.
    Warning FallOfImportedProduct "fall_of_demand"
    /// A shock to gross output.
    Assumption OutputShock "output_shock"

    // Caps.

    /// The caps are above all demand.
    Assumption CapsHoldNothingBack "caps_hold_nothing_back"
    /// What a capped sector would have to add in the worst year, can add, and lacks.
    Warning CapExceeded "cap_exceeded"
        { sector: SectorName, wished: f64, cap: f64, short: f64, year: Option<i32>; currency: String }
    /// More is short than the programme itself asks for.
    Warning CapShortOfInputs "cap_short_of_inputs"
    /// Other results are without the caps.
    Assumption CapsApart "caps_apart"
    /// Caps are compared with demand times its probability.
    Warning CapsAgainstExpectedDemand "caps_against_expected_demand"

    // A new industry.

    /// It buys more than it sells.
    Warning BuysMoreThanItSells "buys_more_than_it_sells" { industry: Text, bought: f64, sales: f64 }
    /// The share of its sales that no buyer is named for.
    Assumption UnsoldToFinalUsers "unsold_to_final_users" { industry: Text, share: f64 }
    /// Buyers of what is all exported or consumed.
    Warning BuyersChangeNothing "buyers_change_nothing" { industry: Text }
    /// Its compensation is the economy's share of value added.
    Assumption LabourShareOfEconomy "labour_share_of_economy" { industry: Text, share: f64 }
    /// Nobody says what its employees are paid.
    Warning LabourShareUnknown "labour_share_unknown" { industry: Text }
    /// A buyer buys less of the replaced product than is asked.
    Warning ReplacesAllBought "replaces_all_bought"
        { sector: SectorName, product: SectorName, bought: f64, asked: f64; currency: String }
    /// What its buyers pay for it, that replaces nothing.
    Assumption BuyersPricesStay "buyers_prices_stay"
        { industry: Text, unreplaced: f64, other_value_added: f64; currency: String }
    /// What stays at home is before depreciation.
    Assumption IncomeBeforeDepreciation "income_before_depreciation" { industry: Text, national_income: f64 }

    // Impacts side by side: what each was computed with.

    /// Tables.
    Warning DifferentTables "computed_with_different_tables" { differs: String }
    /// Treatments of imports.
    Warning DifferentImports "imports_treated_differently" { differs: String }
    /// Closures of households.
    Warning DifferentHouseholds "households_closed_differently" { differs: String }
    /// Uses that the money is taken from: "-" where none is told.
    Warning DifferentFinancing "financed_differently" { differs: String }
    /// Growth of labour productivity.
    Warning DifferentProductivity "productivity_grows_differently" { differs: String }
    /// Discount rates.
    Warning DifferentDiscount "discounted_differently" { differs: String }

    // Draws.

    /// Uncertain figures, each drawn on its own.
    Assumption IndependentDraws "independent_draws" { draws: usize, seed: u64, uncertain_figures: usize }
    /// A phase that happens in a draw or does not.
    Assumption EventInDraws "event_in_draws" { phase: Text, probability: f64 }
    /// Coefficients drawn with a spread.
    Assumption CoefficientsDrawn "coefficients_drawn" { shared: Sharing, spread: f64, least_value_added_kept: f64 }
    /// The table's estimated split of purchases drawn: what import shares are off on average, and whether that
    /// was stated or measured.
    Assumption SplitDrawn "split_drawn" { share: f64, measured: f64, level: f64; stated: bool }
    /// The same taken as certain.
    Assumption SplitCertain "split_certain" { table: String }
    /// A share that was drawn outside 0..1.
    Warning DrawsAtBounds "draws_at_bounds" { figure: Text, draws_at_bound: usize, draws: usize }
}

impl Note {
    /// What each product of a basket gets; `None` where it is one product.
    pub(crate) fn shared_among(what: Text, basket: &Basket, table: &AnyTable) -> Option<Note> {
        let named = |(at, share): &(usize, f64)| (table.sectors().get(*at).into(), *share);
        (basket.parts().len() > 1).then(|| Note::SharedAmong {
            what,
            by: basket.by(),
            shares: basket.parts().iter().map(named).collect(),
        })
    }
}

/// Two notes are the same if they have the same code and figures, however they came.
impl PartialEq for Note {
    fn eq(&self, other: &Note) -> bool {
        (self.code(), self.kind(), self.figures()) == (other.code(), other.kind(), other.figures())
    }
}

/// A note as it stands in files.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "report", schemars(rename = "Note"))]
pub(crate) struct NoteRecord {
    /// What it says, as a name that does not change: `mostly_imported`.
    pub(crate) code: String,
    /// Assumption or warning.
    pub(crate) kind: NoteKind,
    /// The figures of the sentence by name: shares as fractions, money in millions, sectors by code,
    /// phases and lines by their English name.
    #[serde(default)]
    pub(crate) figures: BTreeMap<String, NoteFigure>,
    /// The sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "report", schemars(required))]
    pub(crate) text: Option<Text>,
}

impl Note {
    /// As it stands in files, with its sentence where there is one.
    pub(crate) fn record(&self, text: Option<Text>) -> NoteRecord {
        NoteRecord {
            code: self.code().to_owned(),
            kind: self.kind(),
            figures: self.figures(),
            text,
        }
    }
}

/// Without the report there are no words but those that a note was read with.
#[cfg(not(feature = "report"))]
impl From<Note> for NoteRecord {
    fn from(note: Note) -> Self {
        let text = match &note {
            Note::Read { text, .. } => text.clone(),
            _ => None,
        };
        note.record(text)
    }
}

impl From<NoteRecord> for Note {
    fn from(record: NoteRecord) -> Self {
        Note::Read {
            code: record.code,
            kind: record.kind,
            figures: record.figures,
            text: record.text,
        }
    }
}
