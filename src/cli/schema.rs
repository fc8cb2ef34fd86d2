//! `leontief schema`: the JSON Schema of scenario files and of results.

use super::output::Output;
use crate::analysis::{
    Decomposition, Extraction, ExtractionRanking, HouseholdForms, ImportStop, Inducement,
    Inoperability, Linkages, MultiplierForm, Multipliers, Outage, Sam, SamPaths, SectorStudy,
    Shortage, Trade, Trend, Update, aggregation,
    price::PriceStudy,
    regionalize::{Judged, Regionalized},
    supply_use::SupplyUseStudy,
};
use crate::error::Result;
use crate::impact::{comparison, tiers::Suppliers};
use crate::report::brief::Brief;
use crate::report::data::json::schema;
use crate::report::data::{
    Examined, Grid, Imported, Needed, Placed, Presets, Regions, Sectors, Tables, Validated,
};
use crate::report::format::json;
use crate::uncertainty::{Estimate, MultiplierDraws};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Of what: scenario files, or a result by the `kind` that its JSON says
    #[arg(long, value_enum, default_value_t = Of::Scenario)]
    of: Of,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
#[value(rename_all = "snake_case")]
enum Of {
    Scenario,
    Impact,
    Report,
    Suppliers,
    #[value(alias = "compare")]
    Comparison,
    Regions,
    Provinces,
    Multipliers,
    MultiplierForm,
    MultiplierDraws,
    Linkages,
    Trend,
    Inducement,
    Price,
    Sector,
    Shortage,
    ImportStop,
    Inoperability,
    Trade,
    Regionalized,
    RegionalizedJudged,
    Decomposition,
    Extraction,
    ExtractionRanking,
    Outage,
    Update,
    Sam,
    SamPaths,
    Households,
    SupplyUse,
    Imported,
    Sweep,
    Tables,
    Check,
    Plan,
    Validation,
    TableComparison,
    Sectors,
    Presets,
}

pub(super) fn run(args: &Args, out: &Output) -> Result<()> {
    let schema = match args.of {
        Of::Scenario => schemars::schema_for!(crate::scenario::ScenarioFile),
        Of::Impact => schema::<Estimate>("impact"),
        Of::Report => schema::<Brief>("report"),
        Of::Suppliers => schema::<Suppliers>("suppliers"),
        Of::Comparison => schema::<comparison::Comparison>("comparison"),
        Of::Regions => schema::<Placed<'static>>("regions"),
        Of::Provinces => schema::<Regions<'static>>("provinces"),
        Of::Multipliers => schema::<Multipliers>("multipliers"),
        Of::MultiplierForm => schema::<MultiplierForm>("multiplier_form"),
        Of::MultiplierDraws => schema::<MultiplierDraws>("multiplier_draws"),
        Of::Linkages => schema::<Linkages>("linkages"),
        Of::Trend => schema::<Trend>("trend"),
        Of::Inducement => schema::<Inducement>("inducement"),
        Of::Price => schema::<PriceStudy>("price"),
        Of::Sector => schema::<SectorStudy>("sector"),
        Of::Households => schema::<HouseholdForms>("households"),
        Of::Shortage => schema::<Shortage>("shortage"),
        Of::Inoperability => schema::<Inoperability>("inoperability"),
        Of::ImportStop => schema::<ImportStop>("import_stop"),
        Of::Trade => schema::<Trade>("trade"),
        Of::Regionalized => schema::<Regionalized>("regionalized"),
        Of::SupplyUse => schema::<SupplyUseStudy>("supply_use"),
        Of::Imported => schema::<Imported<'static>>("imported"),
        Of::RegionalizedJudged => schema::<Judged>("regionalized_judged"),
        Of::Decomposition => schema::<Decomposition>("decomposition"),
        Of::Extraction => schema::<Extraction>("extraction"),
        Of::ExtractionRanking => schema::<ExtractionRanking>("extraction_ranking"),
        Of::Outage => schema::<Outage>("outage"),
        Of::Update => schema::<Update>("update"),
        Of::Sam => schema::<Sam>("sam"),
        Of::SamPaths => schema::<SamPaths>("sam_paths"),
        Of::Sweep => schema::<Grid<'static>>("sweep"),
        Of::Tables => schema::<Tables<'static>>("tables"),
        Of::Check => schema::<Examined<'static>>("check"),
        Of::Plan => schema::<Needed<'static>>("plan"),
        Of::Validation => schema::<Validated<'static>>("validation"),
        Of::TableComparison => schema::<aggregation::Comparison>("table_comparison"),
        Of::Sectors => schema::<Sectors<'static>>("sectors"),
        Of::Presets => schema::<Presets>("presets"),
    };
    out.text(&json(&schema)?)
}
