//! What a table says of itself: `table.toml`.

use super::{Classification, SplitError};
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use serde::{Deserialize, Serialize};

/// The metadata of a table, as its `table.toml` holds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Meta {
    /// The name it is asked for by: "kr-2023-83".
    pub id: String,
    /// What kind of figures it holds.
    pub kind: Kind,
    /// Its title.
    pub title: Text,
    /// The year of flows and of prices.
    pub year: i32,
    /// The economy.
    pub country: Text,
    /// The classification of its sectors: "bok-2020-83".
    pub classification: String,
    /// ISO 4217 code of the currency.
    pub currency: String,
    /// Whole currency units in one unit of the files: 1,000,000 for million won.
    pub unit: f64,
    /// Its prices, for people.
    pub price_basis: Text,
    /// Whose prices they are; default producers'.
    #[serde(default)]
    pub prices: PriceBasis,
    /// The source line that every output shows.
    pub attribution: Text,
    /// What was changed against the source.
    pub modifications: Text,
    /// Where the figures come from.
    #[serde(default, rename = "source")]
    pub sources: Vec<Source>,
    /// The categories of final demand, in the order of the columns.
    #[serde(default)]
    pub final_demand: Vec<FinalDemandCategory>,
    /// The names of the regions that `sectors.csv` gives sectors, of a table of several.
    #[serde(default, rename = "region", skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<RegionName>,
    /// The primary inputs, in the order of the rows.
    #[serde(default, rename = "primary_input")]
    pub primary_inputs: Vec<PrimaryInput>,
    /// What sectors and final demand buy of which the product is not told, in the order of the rows of
    /// `other_inputs.csv`.
    #[serde(default, rename = "other_input", skip_serializing_if = "Vec::is_empty")]
    pub other_inputs: Vec<OtherInput>,
    /// The satellite accounts, in the order of the columns of `satellites.csv`.
    #[serde(default, rename = "account")]
    pub accounts: Vec<Account>,
    /// Where each block of figures comes from.
    #[serde(default, rename = "block")]
    pub blocks: Vec<Block>,
    /// Published totals that the sums of the table are compared with.
    #[serde(default)]
    pub known: Known,
    /// Which sectors trade and transport margins go to.
    #[serde(default)]
    pub roles: Roles,
    /// The table whose sectors were regrouped to these, where they were just now; no key of the file.
    #[serde(skip)]
    pub regrouped_from: Option<String>,
    /// How far its domestic and imported flows may be off, where they are estimated from their sum.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub split_error: Option<SplitError>,
}

/// The sectors with a part of their own in what buyers pay, by code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Roles {
    /// Where trade margins go (도소매): "52".
    pub trade: Option<String>,
    /// Where transport margins go (육상운송): "53".
    pub transport: Option<String>,
}

impl Roles {
    /// The first role of a code that is no sector: its key, and what is wrong.
    pub(super) fn fault(&self, sectors: &Classification) -> Option<(&'static str, Text)> {
        let roles = [("trade", &self.trade), ("transport", &self.transport)];
        roles.into_iter().find_map(|(key, code)| {
            let code = code.as_ref()?;
            match sectors.position(code) {
                Some(_) => None,
                None => Some((
                    key,
                    said!(
                        "'{code}' is not the code of a sector of this table",
                        "'{code}'은(는) 이 산업연관표의 부문 코드가 아닙니다"
                    ),
                )),
            }
        })
    }
}

/// Whose prices an amount, or a table, is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub enum PriceBasis {
    /// What the producer keeps: without taxes on the product.
    Basic,
    /// What the producer is paid: with taxes less subsidies on the product but for VAT.
    #[default]
    Producers,
    /// What the buyer pays: with margins and all taxes.
    Purchasers,
}

impl PriceBasis {
    /// As messages say it.
    pub fn name(self) -> Text {
        match self {
            PriceBasis::Basic => Text::new("basic prices", "기초가격"),
            PriceBasis::Producers => Text::new("producers' prices", "생산자가격"),
            PriceBasis::Purchasers => Text::new("purchasers' prices", "구매자가격"),
        }
    }
}

/// What kind of figures a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Flows, from which coefficients follow.
    Flows,
    /// Coefficients only.
    Coefficients,
    /// Multipliers of regions.
    Regions,
}

/// A publication that figures are taken from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The publisher's code of the table: "271Y112".
    pub code: String,
    /// Its title.
    pub title: Text,
    /// The file under `tables/source` that holds it.
    #[serde(default)]
    pub file: String,
}

/// How certain a block of figures is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// As the statistical office publishes it.
    Published,
    /// Follows from published figures by arithmetic alone.
    Derived,
    /// Needed an assumption.
    Estimated,
}

/// Where a block of figures (a CSV file of the table) comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// The file without its ending: "imported_flows"; one column of it, where that is another thing:
    /// "satellites.employees".
    pub name: String,
    /// How certain it is.
    pub status: Status,
    /// How it was made.
    pub how: Text,
}

/// A column of final demand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FinalDemandCategory {
    /// The column header.
    pub id: String,
    /// What it is in the national accounts.
    pub role: FinalDemandRole,
    /// Its title.
    pub title: Text,
    /// The code of the region whose demand it is, in a table of several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
}

/// A region of a table of several, as of many countries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RegionName {
    /// Its code: "KOR".
    pub code: String,
    /// Its name.
    pub title: Text,
}

/// The items of final demand by which BOK prints inducement (최종수요 항목별).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FinalDemandRole {
    /// Household consumption (민간소비).
    Household,
    /// Government consumption (정부소비).
    Government,
    /// Fixed capital formation (고정자본형성).
    FixedCapital,
    /// Changes in inventories and acquisition of valuables (재고증감·귀중품).
    Inventories,
    /// Exports (수출).
    Exports,
}

impl FinalDemandRole {
    /// As files name it: "fixed_capital".
    pub fn id(self) -> &'static str {
        match self {
            FinalDemandRole::Household => "household",
            FinalDemandRole::Government => "government",
            FinalDemandRole::FixedCapital => "fixed_capital",
            FinalDemandRole::Inventories => "inventories",
            FinalDemandRole::Exports => "exports",
        }
    }
}

/// A row of primary inputs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PrimaryInput {
    /// The row header.
    pub id: String,
    /// What it is in the national accounts.
    pub role: PrimaryInputRole,
    /// Its title.
    pub title: Text,
}

/// The four parts of value added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PrimaryInputRole {
    /// Compensation of employees (피용자보수).
    Compensation,
    /// Operating surplus (영업잉여).
    OperatingSurplus,
    /// Consumption of fixed capital (고정자본소모).
    ConsumptionOfFixedCapital,
    /// Net taxes on production (순생산세: taxes less subsidies).
    NetProductionTaxes,
}

impl PrimaryInputRole {
    /// As files name it: "operating_surplus".
    pub fn id(self) -> &'static str {
        match self {
            PrimaryInputRole::Compensation => "compensation",
            PrimaryInputRole::OperatingSurplus => "operating_surplus",
            PrimaryInputRole::ConsumptionOfFixedCapital => "consumption_of_fixed_capital",
            PrimaryInputRole::NetProductionTaxes => "net_production_taxes",
        }
    }
}

/// A row under a table of which only the users are told, not the products: no part of value added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OtherInput {
    /// The row header.
    pub id: String,
    /// What it is in the national accounts.
    pub role: OtherInputRole,
    /// Its title.
    pub title: Text,
}

/// What a row of [`OtherInput`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OtherInputRole {
    /// Imported products, together (수입, 품목 미상).
    Imports,
    /// Taxes less subsidies on the products that are used (순생산물세), beside a table at basic prices.
    ProductTaxes,
}

impl OtherInputRole {
    /// As files name it: "product_taxes".
    pub fn id(self) -> &'static str {
        match self {
            OtherInputRole::Imports => "imports",
            OtherInputRole::ProductTaxes => "product_taxes",
        }
    }
}

/// A satellite account: something counted by sector that is not money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// The column header. "jobs" (취업자) and "employees" (피용자) are known to the reports.
    pub id: String,
    /// Its title.
    pub title: Text,
    /// Its unit: "persons", "t CO2-eq".
    pub unit: Text,
}

/// Whether an account counts persons, to whom labour productivity applies.
pub(crate) fn counts_persons(account: &str) -> bool {
    matches!(account, "jobs" | "employees")
}

/// Published totals in the table's unit (jobs: persons), to find wrong units on load.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Known {
    /// Gross output.
    pub output: Option<f64>,
    /// Gross value added at basic prices.
    pub value_added: Option<f64>,
    /// Total supply: output and imports with their taxes.
    pub total_supply: Option<f64>,
    /// Persons in work.
    pub jobs: Option<f64>,
}

impl Meta {
    /// Where each category of final demand of this table stands in another one; `None` where that has not the same.
    pub(crate) fn categories_in(&self, other: &Meta) -> Option<Vec<usize>> {
        let place = |id: &str| other.final_demand.iter().position(|of| of.id == id);
        let places = self.final_demand.iter().map(|of| place(&of.id));
        let places: Vec<usize> = places.collect::<Option<_>>()?;
        (places.len() == other.final_demand.len()).then_some(places)
    }

    /// Whether every role is of a sector, and whether the error of the split can be meant.
    ///
    /// # Errors
    /// A code that is no sector; an error that is no fraction.
    pub(super) fn check(&self, sectors: &Classification) -> Result<()> {
        let split_error = self.split_error.as_ref();
        let faults = [
            ("roles", self.roles.fault(sectors)),
            ("split_error", split_error.and_then(|e| e.fault(sectors))),
            ("final_demand", self.region_fault(sectors)),
        ];
        match faults
            .into_iter()
            .find_map(|(of, fault)| Some((of, fault?)))
        {
            None => Ok(()),
            Some((of, (key, why))) => {
                let (id, en, ko) = (&self.id, why.en, why.ko);
                Err(Error::invalid(said!(
                    "table {id}: {of}.{key}: {en}",
                    "산업연관표 {id}: {of}.{key}: {ko}"
                )))
            }
        }
    }

    /// The first category of final demand of a region in which nothing is made.
    fn region_fault(&self, sectors: &Classification) -> Option<(&'static str, Text)> {
        let known = sectors.regions();
        let mut of = self
            .final_demand
            .iter()
            .filter_map(|category| category.region.as_deref());
        let region = of.find(|region| !known.contains(region))?;
        Some((
            "region",
            said!(
                "'{region}' is the region of no sector of this table",
                "'{region}' 지역의 부문이 이 산업연관표에 없습니다"
            ),
        ))
    }

    /// The name of a region of a table of several: its code where it has none.
    pub fn region_title(&self, code: &str) -> Text {
        let named = self.regions.iter().find(|region| region.code == code);
        named.map_or_else(|| Text::same(code), |region| region.title.clone())
    }

    /// Makes millions the unit of money, that of published totals with it; returns the factor that
    /// takes figures of the old unit there.
    pub(super) fn hold_in_millions(&mut self) -> f64 {
        let factor = self.unit / 1e6;
        self.unit = 1e6;
        for total in [
            &mut self.known.output,
            &mut self.known.value_added,
            &mut self.known.total_supply,
        ]
        .into_iter()
        .flatten()
        {
            *total *= factor;
        }
        factor
    }

    /// The block of a name.
    pub fn block(&self, name: &str) -> Option<&Block> {
        self.blocks.iter().find(|b| b.name == name)
    }

    /// The blocks that needed an assumption.
    pub fn estimated(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(|b| b.status == Status::Estimated)
    }

    /// How certain the least certain of the blocks is that every result rests on: inputs, output, value
    /// added and accounts, but for single accounts with a block of their own. `None` for a table that
    /// does not say.
    pub fn status(&self) -> Option<Status> {
        let special = [
            "domestic_final_demand",
            "imported_final_demand",
            "deflators",
        ];
        let general = |b: &&Block| !special.contains(&b.name.as_str()) && !b.name.contains('.');
        self.blocks.iter().filter(general).map(|b| b.status).max()
    }
}
