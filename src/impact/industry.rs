//! A new industry: inside the Leontief system, and by the simpler final-demand approach.
//!
//! *Complete inclusion* (Miller & Blair, 3rd ed., ch. 14; [`crate::model::new_industry`]): what
//! it buys per unit of its sales is a new column, what it sells to sectors a new row, and the
//! system is solved with and without it. *Final demand*: its purchases are a demand
//! like any other, its own sales are added, and nobody's inputs change.
//!
//! Sectors that buy from it and replace nothing spend more per unit of their output: their own value
//! added falls by as much, so that every column still adds up to 1. Final use of the new product
//! abroad and at home is new demand. How far that goes rests on what the buyers replace, so the system
//! is solved for several shares of it. Type I; as if the phase happens.

use super::leakage::import_tax_rates;
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::model::new_industry::{Included, NewIndustry, include};
use crate::model::{ByRecipe, Model};
use crate::scenario::plan::Industry;
use crate::scenario::{Note, Phase};
use crate::table::{AnyTable, PrimaryInputRole};
use crate::units::Measures;
use nalgebra::{DMatrix, DVector};
use serde::{Deserialize, Serialize};

/// What a new industry does in a full year; money in millions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct IndustryImpact {
    /// What it is.
    pub name: Text,
    /// Its sales as planned.
    pub sales: f64,
    /// Its purchases from domestic producers.
    pub domestic_inputs: f64,
    /// Its purchases of imports.
    pub imported_inputs: f64,
    /// Taxes on the products it buys.
    pub product_tax: f64,
    /// Its own value added: sales less all purchases.
    pub own_value_added: f64,
    /// Compensation of its employees.
    pub compensation: f64,
    /// The rest of its value added.
    pub surplus: f64,
    /// The part of the surplus that belongs to owners abroad, with what suppliers by recipe pay them.
    pub foreign_surplus: f64,
    /// Sales abroad.
    pub exports: f64,
    /// Sales to final users at home.
    pub final_sales: f64,
    /// Sales to sectors.
    pub intermediate_sales: f64,
    /// Persons it employs itself, where the scenario says so.
    #[serde(default)]
    pub staff: Option<f64>,
    /// With it inside the system.
    pub included: Difference,
    /// What buyers pay for it that replaces nothing, with it inside the system: it comes out of their
    /// own value added, as their prices stay.
    #[serde(default)]
    pub unreplaced: f64,
    /// By the final-demand approach.
    pub as_final_demand: Difference,
    /// Inside the system, for several shares of what buyers pay for it that replace another product;
    /// empty where nothing is replaced.
    #[serde(default)]
    pub by_replaced_share: Vec<AtShare>,
    /// The largest share that every buyer can replace, 1 at most: he buys no more of the other product.
    #[serde(default)]
    pub most_replaced_share: Option<f64>,
    /// What must be said of it.
    pub notes: Vec<Note>,
}

/// The economy with the new industry against the economy without it.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Difference {
    /// Output of the new industry.
    pub own_output: f64,
    /// Output of all other sectors.
    pub other_output: f64,
    /// Value added of the new industry.
    pub own_value_added: f64,
    /// Value added of all other sectors.
    pub other_value_added: f64,
    /// Imported inputs, its own among them, with duties and VAT on them.
    pub imports: f64,
    /// Taxes on products that are in no value added: those in what imports cost, and those set aside
    /// on its own purchases; `None` where the table does not know the taxes on imports.
    #[serde(default)]
    pub product_taxes: Option<f64>,
    /// Jobs in all other sectors, without its own staff.
    pub jobs: f64,
    /// Value added that stays, before depreciation: without the surplus of owners abroad.
    pub national_income: f64,
}

/// The economy with a new industry, where its sales replace another product for a share.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct AtShare {
    /// The share of what buyers pay for it that replaces the other product.
    pub share: f64,
    /// Whether it is the scenario's own share.
    pub own: bool,
    /// Against today; `None` where buyers buy less of the other product than that (of the scenario's own
    /// share what they can).
    pub included: Option<Difference>,
}

/// The shares for which a new industry is worked out beside the scenario's own.
pub const SHARES: [f64; 5] = [0.0, 0.25, 0.5, 0.75, 1.0];

/// Suppliers of a new industry that are made up by recipes.
struct Suppliers {
    made: Measures<f64>,
    import_taxes: f64,
}

/// What all ways of working a new industry out have in common; its own purchases for its sales as planned.
struct Study<'a> {
    model: &'a Model,
    /// Domestic products it buys, n.
    bought: DVector<f64>,
    sales: f64,
    imported: f64,
    value_added: f64,
    /// Surplus that belongs to owners abroad.
    foreign_surplus: f64,
    /// Taxes on products that it pays: set aside, and in its imports.
    product_taxes: Option<f64>,
    suppliers: Suppliers,
    /// Taxes on the imports of each product over what it costs, n.
    tax_rates: Option<DVector<f64>>,
    persons: f64,
    /// What each sector buys of it per unit of its own output, n.
    row: DVector<f64>,
    /// Final demand for the existing products, n, and for its own beyond what sectors buy.
    demand: DVector<f64>,
    own_demand: f64,
}

/// What buyers buy less of one product, per unit of their own output.
struct Replaced {
    product: usize,
    domestic: DVector<f64>,
    imported: DVector<f64>,
}

impl Difference {
    /// Value added of the new industry and of all others: net taxes on home products are in it, those on
    /// imports are not.
    pub fn value_added(&self) -> f64 {
        self.own_value_added + self.other_value_added
    }

    /// The change of GDP at market prices: value added and the taxes on products that are in none.
    pub fn gdp(&self) -> Option<f64> {
        Some(self.value_added() + self.product_taxes?)
    }
}

impl Study<'_> {
    /// What buyers buy less of `product` if it is replaced by a share of what they pay: at most all of
    /// it, split into domestic and imported as their purchases are.
    fn replacing(&self, product: usize, share: f64) -> Replaced {
        let c = self.model.coefficients();
        let less = |of: &DMatrix<f64>| {
            DVector::from_fn(self.row.len(), |buyer, _| {
                let all = self.bought_by(product, buyer);
                if all > 0.0 {
                    (self.row[buyer] * share).min(all) * of[(product, buyer)] / all
                } else {
                    0.0
                }
            })
        };
        Replaced {
            product,
            domestic: less(c.domestic()),
            imported: less(c.imported()),
        }
    }

    /// What a sector buys of a product at home and abroad, per unit of its output.
    fn bought_by(&self, product: usize, buyer: usize) -> f64 {
        let c = self.model.coefficients();
        (c.domestic()[(product, buyer)] + c.imported()[(product, buyer)]).max(0.0)
    }

    /// The largest share that every buyer can replace.
    fn most_replaced(&self, product: usize) -> f64 {
        let buyers = (0..self.row.len()).filter(|buyer| self.row[*buyer] > 0.0);
        buyers
            .map(|buyer| self.bought_by(product, buyer) / self.row[buyer])
            .fold(1.0, f64::min)
    }

    /// The economy with it against the economy without, and what buyers pay that replaces nothing.
    fn included(&self, replaced: Option<&Replaced>) -> Result<(Difference, f64)> {
        let n = self.row.len();
        let mut less_domestic = DMatrix::zeros(n, n);
        let mut less_imported = DVector::zeros(n);
        let mut less_taxes = DVector::zeros(n);
        if let Some(replaced) = replaced {
            let row = -replaced.domestic.transpose();
            less_domestic.set_row(replaced.product, &row);
            less_imported.copy_from(&replaced.imported);
            if let Some(rates) = &self.tax_rates {
                less_taxes = &replaced.imported * rates[replaced.product];
            }
        }
        // What buyers spend more on inputs per unit of output is missing in their value added.
        let squeezed = &self.row + less_domestic.row_sum().transpose() - &less_imported;
        let new = NewIndustry {
            inputs: &self.bought / self.sales,
            sales: self.row.clone(),
            own_use: 0.0,
            replaced: Some(less_domestic),
        };
        let Included { output, own_output } =
            include(self.model, &new, &self.demand, self.own_demand)?;
        let before = self.model.output_for(&self.demand);
        let (change, scale) = (&output - &before, own_output / self.sales);
        let unreplaced = squeezed.dot(&output);
        let suppliers = self.suppliers.made.scaled(scale, scale);
        let others = self.model.measures_of(&change).scaled(1.0, self.persons) + suppliers;
        let other_value_added = others.value_added - unreplaced;
        let imports = others.imports - less_imported.dot(&output) + self.imported * scale;
        let product_taxes = self.product_taxes.and_then(|own| {
            let others = self.taxes_on_imports(&change)? - less_taxes.dot(&output);
            Some(others + (self.suppliers.import_taxes + own) * scale)
        });
        let difference = Difference {
            own_output,
            other_output: others.output,
            own_value_added: self.value_added * scale,
            other_value_added,
            imports,
            product_taxes,
            jobs: others.jobs,
            national_income: other_value_added + (self.value_added - self.foreign_surplus) * scale,
        };
        Ok((difference, unreplaced))
    }

    /// Its purchases as a demand like any other, and its own sales beside them.
    fn as_final_demand(&self) -> Difference {
        let output = self.model.output_for(&self.bought);
        let of = self.model.measures_of(&output).scaled(1.0, self.persons) + self.suppliers.made;
        let product_taxes = self.product_taxes.and_then(|own| {
            Some(self.taxes_on_imports(&output)? + self.suppliers.import_taxes + own)
        });
        Difference {
            own_output: self.sales,
            other_output: of.output,
            own_value_added: self.value_added,
            other_value_added: of.value_added,
            imports: of.imports + self.imported,
            product_taxes,
            jobs: of.jobs,
            national_income: of.value_added + self.value_added - self.foreign_surplus,
        }
    }

    fn taxes_on_imports(&self, output: &DVector<f64>) -> Option<f64> {
        let rates = self.tax_rates.as_ref()?;
        Some((self.model.coefficients().imported() * output).dot(rates))
    }
}

impl IndustryImpact {
    /// Works a new industry out; `phase` is its budget of purchases, `persons` the factor that brings
    /// the table's labour coefficients to the years of the phase.
    ///
    /// # Errors
    /// Sales of nothing; buyers on a table without outputs, or a buyer without output; a system with
    /// it that is not productive.
    pub fn of(
        table: &AnyTable,
        model: &Model,
        industry: &Industry,
        phase: &Phase,
        persons: f64,
    ) -> Result<Self> {
        let n = model.sectors().len();
        let sales = industry.sales;
        if sales.is_nan() || sales <= 0.0 {
            return Err(Error::invalid(said!(
                "a new industry must sell something",
                "신산업의 매출은 0보다 커야 합니다"
            )));
        }
        let mut notes = Vec::new();
        let bought = phase.demand(n);
        // Suppliers with recipes stand between the industry and theirs.
        let by_recipe = |amount: &dyn Fn(&ByRecipe) -> f64| -> f64 {
            bought.by_recipe.iter().map(amount).sum()
        };
        let (domestic, domestic_inputs) = (bought.of_average_columns(), bought.output().sum());
        let capital_income = by_recipe(&|made| made.capital_income);
        let (imports, tax) = (phase.imported(n), phase.tax());
        let imported = imports.sum();
        // Income of capital is paid out of value added: it is no purchase.
        let own_value_added = sales - domestic_inputs - imported - tax;

        let to_sectors = sales * (1.0 - industry.exports - industry.final_demand).max(0.0);
        let named: f64 = industry.buyers.iter().map(|(_, share)| share).sum();
        let intermediate_sales = to_sectors * named;
        let unsold = to_sectors - intermediate_sales;
        if unsold > 1e-9 * sales {
            notes.push(Note::UnsoldToFinalUsers {
                industry: industry.name.clone(),
                share: unsold / sales,
            });
        }
        if intermediate_sales == 0.0 && !industry.buyers.is_empty() {
            notes.push(Note::BuyersChangeNothing {
                industry: industry.name.clone(),
            });
        }
        let exports = sales * industry.exports;
        let final_sales = sales * industry.final_demand + unsold;

        // What each buyer spends on it, per unit of its output.
        let mut row = DVector::zeros(n);
        let mut demand = DVector::zeros(n);
        if intermediate_sales > 0.0 {
            let flows = table.flows(said!(
                "sales of a new industry to sectors",
                "신산업의 부문별 판매"
            ))?;
            demand = model.final_demand_for(flows.output());
            for &(buyer, share) in &industry.buyers {
                let x = flows.output()[buyer];
                if x <= 0.0 {
                    return Err(Error::invalid(said!(
                        "sector {sector} has no output and cannot buy from the new industry",
                        "{sector} 부문은 산출이 없어 신산업의 생산물을 구매할 수 없습니다",
                        sector = model.sectors().get(buyer)
                    )));
                }
                row[buyer] = to_sectors * share / x;
            }
        }

        let economy = compensation_share(model, table);
        let labour_share = match (industry.labour_share, economy) {
            (Some(stated), _) => stated,
            (None, Some(average)) => {
                notes.push(Note::LabourShareOfEconomy {
                    industry: industry.name.clone(),
                    share: average,
                });
                average
            }
            (None, None) => {
                notes.push(Note::LabourShareUnknown {
                    industry: industry.name.clone(),
                });
                0.0
            }
        };
        let compensation = own_value_added * labour_share;
        let surplus = own_value_added - compensation;
        let own_surplus = (surplus - capital_income).max(0.0);
        let foreign_surplus =
            own_surplus * industry.foreign_ownership + by_recipe(&|made| made.income_abroad);
        let tax_rates = import_tax_rates(table).map(DVector::from_vec);
        let taxes_on = |imports: &DVector<f64>| tax_rates.as_ref().map(|rates| rates.dot(imports));
        let made = bought.by_recipe.iter().map(ByRecipe::measures);
        let study = Study {
            model,
            bought: domestic,
            sales,
            imported,
            value_added: own_value_added,
            foreign_surplus,
            product_taxes: taxes_on(&imports).map(|in_imports| in_imports + tax),
            suppliers: Suppliers {
                made: made.sum::<Measures<f64>>().scaled(1.0, persons),
                import_taxes: by_recipe(&|made| {
                    let imports = DVector::from_column_slice(&made.imports);
                    taxes_on(&imports).unwrap_or_default()
                }),
            },
            tax_rates,
            persons,
            row,
            demand,
            own_demand: exports + final_sales,
        };
        let replaced = industry.replaces.filter(|_| intermediate_sales > 0.0);
        let own = replaced.map(|(product, share)| study.replacing(product, share));
        let (included, unreplaced) = study.included(own.as_ref())?;
        let mut by_replaced_share = Vec::new();
        if let Some((product, own_share)) = replaced {
            notes.extend(replaces_all_bought(
                &study, industry, product, own_share, table,
            )?);
            let most = study.most_replaced(product);
            let mut shares = SHARES.to_vec();
            if !shares.iter().any(|s| (s - own_share).abs() < 1e-9) {
                shares.push(own_share);
                shares.sort_by(f64::total_cmp);
            }
            for share in shares {
                let own = (share - own_share).abs() < 1e-9;
                by_replaced_share.push(AtShare {
                    share,
                    own,
                    included: if own {
                        Some(included)
                    } else if share <= most + 1e-9 {
                        Some(study.included(Some(&study.replacing(product, share)))?.0)
                    } else {
                        None
                    },
                });
            }
        }
        if unreplaced.abs() > 1e-9 * sales {
            notes.push(Note::BuyersPricesStay {
                industry: industry.name.clone(),
                unreplaced,
                other_value_added: included.other_value_added,
                currency: table.meta().currency.clone(),
            });
        }
        notes.push(Note::IncomeBeforeDepreciation {
            industry: industry.name.clone(),
            national_income: included.national_income,
        });
        Ok(IndustryImpact {
            name: industry.name.clone(),
            sales,
            domestic_inputs,
            imported_inputs: imported,
            product_tax: tax,
            own_value_added,
            compensation,
            surplus,
            foreign_surplus,
            exports,
            final_sales,
            intermediate_sales,
            staff: industry.staff,
            included,
            unreplaced,
            as_final_demand: study.as_final_demand(),
            by_replaced_share,
            most_replaced_share: replaced.map(|(product, _)| study.most_replaced(product)),
            notes,
        })
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

/// A warning for each buyer who buys less of the replaced product than his purchases would replace.
fn replaces_all_bought(
    study: &Study,
    industry: &Industry,
    product: usize,
    share: f64,
    table: &AnyTable,
) -> Result<Vec<Note>> {
    let flows = table.flows(said!(
        "sales of a new industry to sectors",
        "신산업의 부문별 판매"
    ))?;
    let output = flows.output();
    let sectors = study.model.sectors();
    let mut notes = Vec::new();
    for &(buyer, _) in &industry.buyers {
        let (all, wanted) = (study.bought_by(product, buyer), study.row[buyer] * share);
        if wanted <= all {
            continue;
        }
        notes.push(Note::ReplacesAllBought {
            sector: sectors.get(buyer).into(),
            product: sectors.get(product).into(),
            bought: all * output[buyer],
            asked: wanted * output[buyer],
            currency: table.meta().currency.clone(),
        });
    }
    Ok(notes)
}
