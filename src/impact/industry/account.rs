//! The account of a new industry: what it buys, whom it sells to, what it pays its employees.

use crate::error::{Error, Result};
use crate::lang::said;
use crate::model::{ByRecipe, Demand, Model};
use crate::scenario::plan::Industry;
use crate::scenario::{Note, Phase};
use crate::table::{AnyTable, PrimaryInputRole};
use nalgebra::DVector;

/// What it buys for its sales as planned.
pub(super) struct Purchases {
    /// Of domestic producers; suppliers with recipes stand between the industry and theirs.
    pub(super) at_home: Demand,
    /// Of imported products, n.
    pub(super) imports: DVector<f64>,
    /// Taxes on products that are set aside.
    pub(super) tax: f64,
}

impl Purchases {
    /// Those of its budget, over `n` sectors.
    pub(super) fn of(phase: &Phase, n: usize) -> Self {
        Purchases {
            at_home: phase.demand(n),
            imports: phase.imported(n),
            tax: phase.tax(),
        }
    }

    pub(super) fn domestic(&self) -> f64 {
        self.at_home.output().sum()
    }

    pub(super) fn imported(&self) -> f64 {
        self.imports.sum()
    }

    /// What its suppliers by recipe come to.
    pub(super) fn by_recipe(&self, amount: impl Fn(&ByRecipe) -> f64) -> f64 {
        self.at_home.by_recipe.iter().map(amount).sum()
    }

    /// Paid for no product.
    pub(super) fn capital_income(&self) -> f64 {
        self.by_recipe(|made| made.capital_income)
    }

    /// Paid by suppliers by recipe to owners abroad.
    pub(super) fn income_abroad(&self) -> f64 {
        self.by_recipe(|made| made.income_abroad)
    }
}

/// What it sells, by who buys it.
pub(super) struct Sales {
    pub(super) all: f64,
    pub(super) exports: f64,
    /// To final users at home, with what no buyer is named for.
    pub(super) final_use: f64,
    /// To the sectors that are named, each with its sales.
    pub(super) buyers: Vec<(usize, f64)>,
    to_sectors: f64,
}

impl Sales {
    /// The sales of an industry as planned, with what must be said of them.
    pub(super) fn of(industry: &Industry, notes: &mut Vec<Note>) -> Self {
        let all = industry.sales;
        let left = all * (1.0 - industry.exports - industry.final_demand).max(0.0);
        let named: f64 = industry.buyers.iter().map(|(_, share)| share).sum();
        let to_sectors = left * named;
        let unsold = left - to_sectors;
        if unsold > 1e-9 * all {
            notes.push(Note::UnsoldToFinalUsers {
                industry: industry.name.clone(),
                share: unsold / all,
            });
        }
        if to_sectors == 0.0 && !industry.buyers.is_empty() {
            notes.push(Note::BuyersChangeNothing {
                industry: industry.name.clone(),
            });
        }
        let buyers = industry.buyers.iter();
        Sales {
            all,
            exports: all * industry.exports,
            final_use: all * industry.final_demand + unsold,
            buyers: buyers
                .map(|(sector, share)| (*sector, left * share))
                .collect(),
            to_sectors,
        }
    }

    /// To sectors.
    pub(super) fn to_sectors(&self) -> f64 {
        self.to_sectors
    }
}

/// Its own value added, by who earns it.
pub(super) struct ValueAdded {
    pub(super) all: f64,
    pub(super) compensation: f64,
    pub(super) surplus: f64,
    /// The part of the surplus that belongs to owners abroad, with what suppliers by recipe pay them.
    pub(super) foreign_surplus: f64,
}

impl ValueAdded {
    /// What sales leave after purchases; income of capital is paid out of it and is no purchase.
    pub(super) fn of(bought: &Purchases, sold: &Sales, labour_share: f64, foreign: f64) -> Self {
        let all = sold.all - bought.domestic() - bought.imported() - bought.tax;
        let compensation = all * labour_share;
        let surplus = all - compensation;
        let own_surplus = (surplus - bought.capital_income()).max(0.0);
        ValueAdded {
            all,
            compensation,
            surplus,
            foreign_surplus: own_surplus * foreign + bought.income_abroad(),
        }
    }
}

/// The sectors that buy of it, in today's economy.
pub(super) struct Buyers {
    /// What each sector buys of it per unit of its own output, n.
    pub(super) row: DVector<f64>,
    /// Today's final demand for the existing products, n; none where no sector buys.
    pub(super) demand: DVector<f64>,
}

impl Buyers {
    /// Those of its sales to sectors.
    ///
    /// # Errors
    /// A table without outputs, or a buyer without output.
    pub(super) fn of(table: &AnyTable, model: &Model, sold: &Sales) -> Result<Self> {
        let n = model.sectors().len();
        let (mut row, mut demand) = (DVector::zeros(n), DVector::zeros(n));
        if sold.to_sectors > 0.0 {
            let flows = table.flows(said!(
                "sales of a new industry to sectors",
                "신산업의 부문별 판매"
            ))?;
            demand = model.final_demand_for(flows.output());
            for &(buyer, sales) in &sold.buyers {
                let x = flows.output()[buyer];
                if x <= 0.0 {
                    return Err(Error::invalid(said!(
                        "sector {sector} has no output and cannot buy from the new industry",
                        "{sector} 부문은 산출이 없어 신산업의 생산물을 구매할 수 없습니다",
                        sector = model.sectors().get(buyer)
                    )));
                }
                row[buyer] = sales / x;
            }
        }
        Ok(Buyers { row, demand })
    }
}

/// The part of its value added that is paid to employees: as stated, or as in the whole economy.
pub(super) fn labour_share(
    table: &AnyTable,
    model: &Model,
    industry: &Industry,
    notes: &mut Vec<Note>,
) -> f64 {
    let name = industry.name.clone();
    match (industry.labour_share, compensation_share(model, table)) {
        (Some(stated), _) => stated,
        (None, Some(share)) => {
            notes.push(Note::LabourShareOfEconomy {
                industry: name,
                share,
            });
            share
        }
        (None, None) => {
            notes.push(Note::LabourShareUnknown { industry: name });
            0.0
        }
    }
}

/// Compensation over value added of the whole economy, where the table has both.
fn compensation_share(model: &Model, table: &AnyTable) -> Option<f64> {
    let AnyTable::Flows(flows) = table else {
        return None;
    };
    let c = model.coefficients();
    let w = c.primary_input(PrimaryInputRole::Compensation)?;
    Some(w.dot(flows.output()) / c.value_added().dot(flows.output()))
}
