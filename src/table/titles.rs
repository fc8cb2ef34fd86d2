//! What the parts of a table are called where it does not say so itself.

use super::{FinalDemandRole, OtherInputRole, PrimaryInputRole};
use crate::lang::Text;

impl FinalDemandRole {
    /// What a category of this role is called.
    pub(crate) fn title(self) -> Text {
        match self {
            FinalDemandRole::Household => Text::new("Household consumption", "민간소비"),
            FinalDemandRole::Government => Text::new("Government consumption", "정부소비"),
            FinalDemandRole::FixedCapital => {
                Text::new("Gross fixed capital formation", "고정자본형성")
            }
            FinalDemandRole::Inventories => Text::new("Changes in inventories", "재고증감"),
            FinalDemandRole::Exports => Text::new("Exports", "수출"),
        }
    }
}

impl OtherInputRole {
    /// What a row of this role is called.
    pub(super) fn title(self) -> Text {
        match self {
            OtherInputRole::Imports => Text::new("Imports, product not told", "수입(품목 미상)"),
            OtherInputRole::ProductTaxes => {
                Text::new("Taxes less subsidies on products", "순생산물세")
            }
        }
    }
}

impl PrimaryInputRole {
    /// What a row of value added of this role is called.
    pub(super) fn title(self) -> Text {
        match self {
            PrimaryInputRole::Compensation => Text::new("Compensation of employees", "피용자보수"),
            PrimaryInputRole::OperatingSurplus => Text::new("Operating surplus", "영업잉여"),
            PrimaryInputRole::ConsumptionOfFixedCapital => {
                Text::new("Consumption of fixed capital", "고정자본소모")
            }
            PrimaryInputRole::NetProductionTaxes => {
                Text::new("Net taxes on production", "순생산세")
            }
        }
    }
}
