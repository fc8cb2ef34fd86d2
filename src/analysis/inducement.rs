//! What each item of final demand sets off (최종수요 항목별 유발): the set that BOK prints.
//!
//! For an item with domestic final demand f (n): production L f, value added v^ L f, imports Am L f
//! and accounts e^ L f. Each as a *value* (유발액), as a *coefficient* (유발계수: the value over the
//! item's domestic final demand) and as a *dependence* (유발의존도: the item's share of all items).
//! Products that the item buys from abroad itself (Fm) set nothing off at home; they are stated
//! beside the induced imports and never mixed with them.
//!
//! The five items of the tables are also given as the three that Korean studies speak of: consumption
//! (소비: households and government), investment (투자: fixed capital, inventories and valuables) and
//! exports (수출). All is linear in f, so values and dependences of the three are sums of the five;
//! coefficients are over the demand of all of the three's items together.

use super::provenance::Provenance;
use crate::error::Result;
use crate::model::Model;
use crate::table::{Account, FinalDemandRole, OtherInputRole, Sector, Table};
use nalgebra::DVector;
use serde::{Deserialize, Serialize};

/// What every item of final demand sets off.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Inducement {
    /// The table.
    pub provenance: Provenance,
    /// The sectors of [`Induced::by_sector`].
    pub sectors: Vec<Sector>,
    /// The satellite accounts, in the order of [`Item::accounts`].
    pub accounts: Vec<Account>,
    /// The items that the table has, in the order of [`ROLES`].
    pub items: Vec<Item>,
    /// The same as three items, those of which the table has any part: consumption, investment and
    /// exports.
    pub groups: Vec<Item>,
    /// All of them together.
    pub total: Item,
}

/// The items in the order of print.
pub const ROLES: [FinalDemandRole; 5] = [
    FinalDemandRole::Household,
    FinalDemandRole::Government,
    FinalDemandRole::FixedCapital,
    FinalDemandRole::Inventories,
    FinalDemandRole::Exports,
];

/// One of the three items of final demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DemandGroup {
    /// Consumption of households and government (소비).
    Consumption,
    /// Fixed capital formation, inventories and valuables (투자).
    Investment,
    /// Exports (수출).
    Exports,
}

impl DemandGroup {
    /// The three, in the order of print.
    pub const ALL: [DemandGroup; 3] = [
        DemandGroup::Consumption,
        DemandGroup::Investment,
        DemandGroup::Exports,
    ];

    /// As files name it: "consumption".
    pub fn id(self) -> &'static str {
        match self {
            DemandGroup::Consumption => "consumption",
            DemandGroup::Investment => "investment",
            DemandGroup::Exports => "exports",
        }
    }

    /// Which of the three an item of the tables belongs to.
    pub fn of(role: FinalDemandRole) -> Self {
        match role {
            FinalDemandRole::Household | FinalDemandRole::Government => DemandGroup::Consumption,
            FinalDemandRole::FixedCapital | FinalDemandRole::Inventories => DemandGroup::Investment,
            FinalDemandRole::Exports => DemandGroup::Exports,
        }
    }
}

/// What one item of final demand sets off. Money in the table's unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Item {
    /// The item; `None` for the total and for one of the three.
    pub role: Option<FinalDemandRole>,
    /// The one of the three, in [`Inducement::groups`].
    pub group: Option<DemandGroup>,
    /// Its demand for domestic products, over which coefficients are taken.
    pub domestic_demand: f64,
    /// Its own purchases of imported products: not part of the induced imports.
    pub imported_demand: f64,
    /// Output, by producing sector.
    pub production: Induced,
    /// Value added, by producing sector.
    pub value_added: Induced,
    /// Imported inputs, by imported product; one entry more than sectors, the last, where the table has
    /// imports whose product is not told: those.
    pub imports: Induced,
    /// Taxes less subsidies on the products that sectors use, by using sector; `None` where the table does
    /// not set them apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product_taxes: Option<Induced>,
    /// Satellite accounts by sector, in the account's own unit; coefficients per billion of the
    /// currency.
    pub accounts: Vec<Induced>,
}

/// One thing that an item sets off.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Induced {
    /// In all (유발액).
    pub value: f64,
    /// Over the item's domestic final demand (유발계수); `None` where there is none.
    pub coefficient: Option<f64>,
    /// Share of all items (유발의존도); the shares add up to 1. `None` where nothing is induced.
    pub dependence: Option<f64>,
    /// The value by sector, n.
    pub by_sector: Vec<f64>,
}

impl Inducement {
    /// What the items of a table set off, by the domestic inverse.
    ///
    /// ```
    /// use leontief::analysis::Inducement;
    /// let table = leontief::AnyTable::open("kr-2023-33")?;
    /// let all = Inducement::of(table.flows(leontief::Text::same("inducement by item"))?)?;
    /// // BOK, 2023: 1.827 of output and .752 of value added per won of final demand.
    /// assert!((all.total.production.coefficient.unwrap() - 1.8269).abs() < 5e-5);
    /// assert!((all.total.value_added.coefficient.unwrap() - 0.7524).abs() < 5e-5);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A table that is not productive.
    pub fn of(table: &Table) -> Result<Self> {
        let model = Model::from_coefficients(table.coefficients())?;
        Ok(Self::of_model(table, &model))
    }

    /// The same with the open model of the table in the domestic form, where there is one already.
    ///
    /// ```
    /// use leontief::{AnyTable, Model, Text, analysis::Inducement};
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let model = Model::from_coefficients(table.coefficients())?;
    /// let all = Inducement::of_model(table.flows(Text::same("inducement"))?, &model);
    /// assert!((all.total.production.coefficient.unwrap() - 1.8269).abs() < 5e-5);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn of_model(table: &Table, model: &Model) -> Self {
        let provenance = Provenance::of(table.meta());
        let imported = |roles: &[FinalDemandRole]| -> f64 {
            let of = |role: &FinalDemandRole| {
                table.imported_demand_for(*role).sum()
                    + table.other_demand_for(*role, OtherInputRole::Imports)
            };
            roles.iter().map(of).sum()
        };
        let total = item(
            model,
            &provenance,
            &table.domestic_final_demand_total(),
            imported(&ROLES),
        );
        let there = |role: &FinalDemandRole| {
            let categories = &table.meta().final_demand;
            categories.iter().any(|category| category.role == *role)
        };
        let of = |roles: &[FinalDemandRole]| {
            let mut demand = DVector::zeros(table.sectors().len());
            for role in roles {
                demand += table.domestic_demand_for(*role);
            }
            with_dependence(item(model, &provenance, &demand, imported(roles)), &total)
        };
        let roles: Vec<FinalDemandRole> = ROLES.into_iter().filter(there).collect();
        let items = roles.iter().map(|role| Item {
            role: Some(*role),
            ..of(&[*role])
        });
        let groups = DemandGroup::ALL.into_iter().filter_map(|group| {
            let in_it = |role: &&FinalDemandRole| DemandGroup::of(**role) == group;
            let roles: Vec<FinalDemandRole> = roles.iter().filter(in_it).copied().collect();
            (!roles.is_empty()).then(|| Item {
                group: Some(group),
                ..of(&roles)
            })
        });
        Inducement {
            sectors: table.sectors().iter().cloned().collect(),
            accounts: table.meta().accounts.clone(),
            items: items.collect(),
            groups: groups.collect(),
            total: with_dependence(total.clone(), &total),
            provenance,
        }
    }

    /// The items, then the total, then of the three those that are no item of their own: consumption
    /// and investment.
    pub fn rows(&self) -> impl Iterator<Item = &Item> {
        let more = self
            .groups
            .iter()
            .filter(|item| item.group != Some(DemandGroup::Exports));
        self.items.iter().chain([&self.total]).chain(more)
    }
}

fn item(
    model: &Model,
    provenance: &Provenance,
    demand: &DVector<f64>,
    imported_demand: f64,
) -> Item {
    let coefficients = model.coefficients();
    let output = model.output_for(demand);
    let domestic_demand = demand.sum();
    let induced = |by_sector: DVector<f64>, scale: f64| {
        let value = by_sector.sum();
        Induced {
            value,
            coefficient: (domestic_demand != 0.0).then(|| value / domestic_demand * scale),
            dependence: None,
            by_sector: by_sector.iter().copied().collect(),
        }
    };
    Item {
        role: None,
        group: None,
        domestic_demand,
        imported_demand,
        value_added: induced(coefficients.value_added().component_mul(&output), 1.0),
        imports: induced(coefficients.imports_of(&output), 1.0),
        product_taxes: coefficients
            .product_taxes()
            .map(|taxes| induced(taxes.component_mul(&output), 1.0)),
        accounts: coefficients
            .accounts()
            .iter()
            .map(|(_, per_unit)| {
                induced(
                    per_unit.component_mul(&output),
                    provenance.units_per_billion(),
                )
            })
            .collect(),
        production: induced(output, 1.0),
    }
}

fn with_dependence(mut item: Item, total: &Item) -> Item {
    let share = |induced: &mut Induced, all: &Induced| {
        induced.dependence = (all.value != 0.0).then(|| induced.value / all.value);
    };
    share(&mut item.production, &total.production);
    share(&mut item.value_added, &total.value_added);
    share(&mut item.imports, &total.imports);
    if let (Some(taxes), Some(all)) = (&mut item.product_taxes, &total.product_taxes) {
        share(taxes, all);
    }
    for (account, all) in item.accounts.iter_mut().zip(&total.accounts) {
        share(account, all);
    }
    item
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::AnyTable;
    use approx::assert_relative_eq;

    fn of(table: &str) -> (Box<Table>, Inducement) {
        let AnyTable::Flows(table) = AnyTable::open(table).expect("built in") else {
            panic!("a table of flows");
        };
        let inducement = Inducement::of(&table).expect("productive");
        (table, inducement)
    }

    #[test]
    fn items_share_out_all_that_the_table_holds() {
        for id in ["kr-2023-33", "kr-2023-83"] {
            let (table, all) = of(id);
            let jobs = table.satellite("jobs").expect("jobs").sum();
            type Measure = fn(&Item) -> &Induced;
            let sums: [(Measure, f64); 4] = [
                (|i| &i.production, table.output().sum()),
                (|i| &i.value_added, table.value_added().sum()),
                (|i| &i.imports, table.flows().imported.sum()),
                (|i| &i.accounts[0], jobs),
            ];
            for (measure, sum) in sums {
                let value: f64 = all.items.iter().map(|i| measure(i).value).sum();
                assert_relative_eq!(value, sum, max_relative = 1e-9);
                assert_relative_eq!(measure(&all.total).value, sum, max_relative = 1e-9);
                let shares: f64 = all.items.iter().filter_map(|i| measure(i).dependence).sum();
                assert_relative_eq!(shares, 1.0, epsilon = 1e-12);
            }
            for item in all.rows() {
                let parts = [&item.value_added, &item.imports];
                let both: f64 = parts.iter().filter_map(|m| m.coefficient).sum();
                assert_relative_eq!(both, 1.0, epsilon = 1e-8);
                let by_sector: f64 = item.production.by_sector.iter().sum();
                assert_relative_eq!(by_sector, item.production.value, max_relative = 1e-12);
            }
        }
    }

    #[test]
    fn the_three_are_sums_of_the_five_and_their_coefficients_are_over_the_demand_of_all_their_parts()
     {
        let (_, all) = of("kr-2023-33");
        assert_eq!(all.groups.len(), 3);
        for of_group in &all.groups {
            let part = |i: &&Item| i.role.map(DemandGroup::of) == of_group.group;
            let parts: Vec<&Item> = all.items.iter().filter(part).collect();
            let sum = |figure: &dyn Fn(&Item) -> f64| parts.iter().map(|i| figure(i)).sum::<f64>();
            let count = [1, 2][usize::from(of_group.group != Some(DemandGroup::Exports))];
            assert_eq!(parts.len(), count);
            let demand = sum(&|i| i.domestic_demand);
            assert_relative_eq!(of_group.domestic_demand, demand, max_relative = 1e-12);
            let imported = sum(&|i| i.imported_demand);
            assert_relative_eq!(of_group.imported_demand, imported, max_relative = 1e-12);
            type Measure = fn(&Item) -> &Induced;
            let measures: [Measure; 2] = [|i| &i.production, |i| &i.imports];
            for measure in measures {
                let (own, value) = (measure(of_group), sum(&|i| measure(i).value));
                assert_relative_eq!(own.value, value, max_relative = 1e-10);
                let shares = sum(&|i| measure(i).dependence.expect("induced"));
                assert_relative_eq!(own.dependence.expect("induced"), shares, epsilon = 1e-12);
                let coefficient = own.coefficient.expect("demand");
                assert_relative_eq!(coefficient, value / demand, max_relative = 1e-10);
            }
        }
    }

    #[test]
    fn own_imports_are_not_induced_imports() {
        let (table, all) = of("kr-2023-33");
        let household = &all.items[0];
        let own = table.imported_demand_for(FinalDemandRole::Household).sum();
        assert_relative_eq!(household.imported_demand, own);
        let output = DVector::from_column_slice(&household.production.by_sector);
        let inputs = (table.coefficients().imported() * output).sum();
        assert_relative_eq!(household.imports.value, inputs, max_relative = 1e-12);
        // Exports carry few imports of their own, and induce more of them than any other item.
        let exports = all.items.last().expect("items");
        assert_eq!(exports.role, Some(FinalDemandRole::Exports));
        assert!(exports.imported_demand < 0.01 * exports.imports.value);
        let most = all
            .items
            .iter()
            .map(|i| i.imports.value)
            .fold(0.0, f64::max);
        assert_eq!(exports.imports.value, most);
    }

    #[test]
    fn json_keeps_every_digit() {
        let (_, all) = of("kr-2023-33");
        let text = serde_json::to_string(&all).expect("JSON");
        let read: Inducement = serde_json::from_str(&text).expect("read");
        assert_eq!(read, all);
    }
}
