//! The table doctor: whether the figures of a table hold together.
//!
//! A table of flows is right when each sector's uses of its product and its own inputs both add up
//! to its output, when GDP is the same from all three sides, and when v'L + m'L = 1.

use crate::lang::Text;
use crate::model::{Model, spectral_radius_of};
use crate::table::balance::{Balance, Gdp, TOLERANCE};
use crate::table::{AnyTable, Coefficients, FinalDemandRole, Sector, SectorName, Table};
use serde::Serialize;

/// How far v'L + m'L may be from 1 anywhere.
pub const IDENTITY_TOLERANCE: f64 = 1e-5;

/// Value added per unit of output that rounding of published coefficients can make of nothing.
const NEGLIGIBLE: f64 = 1e-6;

/// What was found in a table.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Checkup {
    /// The table's id.
    pub table: String,
    /// Row and column residuals, where the table has flows.
    pub balance: Option<Balance>,
    /// GDP from its three sides, where the table has flows.
    pub gdp: Option<Gdp>,
    /// Sums beside the totals that the publisher states.
    pub known_totals: Vec<KnownTotal>,
    /// Spectral radius of Ad; the table is productive below 1.
    pub spectral_radius: f64,
    /// The largest |v'L + m'L - 1| and its sector, where the table is productive.
    pub identity: Option<(f64, String)>,
    /// Sectors whose inputs cost more than their output is worth, by code, with their value added per
    /// unit of output.
    pub negative_value_added: Vec<(String, f64)>,
    /// What is worth knowing and no fault: negative by-products, sectors without output.
    #[cfg_attr(feature = "report", schemars(with = "Vec<Text>"))]
    pub remarks: Vec<Finding>,
    /// What is wrong; empty for a good table.
    #[cfg_attr(feature = "report", schemars(with = "Vec<Text>"))]
    pub faults: Vec<Finding>,
}

/// Something found in a table; money in its unit.
#[derive(Debug, Clone, PartialEq, Serialize)]
// Without the report there are no words: it is then its figures.
#[cfg_attr(feature = "report", serde(into = "Text"))]
#[non_exhaustive]
pub enum Finding {
    /// What keeps the table from being read, or a model from being made of it.
    Refused(Text),
    /// The row and the column of a sector are the sums of all others: a total that was taken for a sector.
    SumOfOthers(Sector),
    /// Two sectors sell and buy the same, cell by cell.
    Alike(Sector, Sector),
    /// Rows and columns of the domestic flows are exchanged: with them back the table balances.
    Transposed,
    /// Figures of a sector are in another unit than the rest.
    OtherUnit {
        /// The sector.
        sector: Sector,
        /// What is: "output", "sales" or "costs".
        what: &'static str,
        /// How many times too large.
        factor: f64,
    },
    /// GDP is not the same from its three sides.
    GdpDiffers(Gdp),
    /// A sum is far from the published total.
    FarFromTotal(KnownTotal),
    /// An input costs more than all that is made with it.
    InputAboveOutput {
        /// The code of the product bought.
        row: String,
        /// The code of the sector that buys it.
        column: String,
        /// What it pays.
        input: f64,
        /// What it makes.
        output: f64,
    },
    /// v'L + m'L is not 1.
    IdentityFails {
        /// The sector in which it is farthest from 1.
        sector: String,
        /// What it is there.
        sum: f64,
    },
    /// A sector makes nothing.
    NoOutput(Sector),
    /// Domestic flows below zero.
    NegativeFlows {
        /// How many.
        count: usize,
        /// The largest of them.
        largest: Flow,
    },
    /// Imports above the whole flow, whose domestic part is negative.
    ImportsAboveFlow {
        /// How many.
        count: usize,
        /// By how much at most.
        largest: Flow,
    },
    /// Used goods of a product are sold on balance.
    ScrapSold {
        /// The sector's code.
        sector: String,
        /// Its domestic fixed capital formation.
        value: f64,
    },
    /// Inputs cost more than what is made.
    NegativeValueAdded {
        /// The sector.
        sector: Sector,
        /// Value added per unit of output.
        per_output: f64,
    },
}

/// A flow from one sector to another.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Flow {
    /// The product.
    pub row: SectorName,
    /// The sector that uses it.
    pub column: SectorName,
    /// Its value.
    pub value: f64,
}

impl Checkup {
    /// Whether nothing is wrong.
    pub fn is_clean(&self) -> bool {
        self.faults.is_empty()
    }
}

/// A sum of the table beside the published total.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct KnownTotal {
    /// What it is.
    pub name: &'static str,
    /// The table's own sum.
    pub computed: f64,
    /// As published.
    pub published: f64,
}

/// Examines a table; see [`Checkup`].
///
/// ```
/// let table = leontief::AnyTable::open("kr-2023-33")?;
/// assert!(leontief::analysis::checkup::check(&table).is_clean());
/// # Ok::<(), leontief::Error>(())
/// ```
pub fn check(table: &AnyTable) -> Checkup {
    let coefficients = table.coefficients();
    let mut checkup = Checkup {
        table: table.meta().id.clone(),
        balance: None,
        gdp: None,
        known_totals: Vec::new(),
        spectral_radius: spectral_radius_of(coefficients.domestic()),
        identity: None,
        negative_value_added: Vec::new(),
        remarks: Vec::new(),
        faults: Vec::new(),
    };
    if let AnyTable::Flows(table) = table {
        check_flows(table, &mut checkup);
    }
    check_coefficients(&coefficients, &mut checkup);
    checkup
}

/// What flows show, before any coefficient is formed.
fn check_flows(table: &Table, checkup: &mut Checkup) {
    let balance = Balance::of(table);
    checkup
        .faults
        .extend(super::diagnosis::causes(table, &balance));
    let faults = balance.faults();
    let refused = faults.into_iter().map(|f| Finding::Refused(f.message));
    checkup.faults.extend(refused);
    let gdp = Gdp::of(table);
    check_gdp(&gdp, checkup);
    check_totals(table, &gdp, checkup);
    remark_no_output(table, checkup);
    remark_signs(table, checkup);
    remark_scrap(table, checkup);
    check_inputs(table, checkup);
    checkup.balance = Some(balance);
    checkup.gdp = Some(gdp);
}

/// Whether GDP is the same from its three sides.
fn check_gdp(gdp: &Gdp, checkup: &mut Checkup) {
    let spread = gdp.production.max(gdp.income).max(gdp.expenditure)
        - gdp.production.min(gdp.income).min(gdp.expenditure);
    if spread > TOLERANCE * gdp.production.abs() {
        checkup.faults.push(Finding::GdpDiffers(*gdp));
    }
}

/// Whether sums are near the totals that the publisher states.
fn check_totals(table: &Table, gdp: &Gdp, checkup: &mut Checkup) {
    let flows = table.flows();
    let known = table.meta().known;
    let imports = flows.imports.as_ref().map(|i| i.cif.sum() + i.taxes.sum());
    let sums = [
        ("output", Some(flows.output.sum()), known.output),
        ("value added", Some(gdp.income), known.value_added),
        (
            "total supply",
            imports.map(|m| m + flows.output.sum()),
            known.total_supply,
        ),
        (
            "jobs",
            table.satellite("jobs").map(|jobs| jobs.sum()),
            known.jobs,
        ),
    ];
    for (name, computed, published) in sums {
        let (Some(computed), Some(published)) = (computed, published) else {
            continue;
        };
        let total = KnownTotal {
            name,
            computed,
            published,
        };
        if (computed / published - 1.0).abs() > 0.01 {
            let far = Finding::FarFromTotal(total.clone());
            checkup.faults.push(far);
        }
        checkup.known_totals.push(total);
    }
}

/// Sectors without output.
fn remark_no_output(table: &Table, checkup: &mut Checkup) {
    let flows = table.flows();
    for i in 0..table.sectors().len() {
        if flows.output[i] == 0.0 {
            let sector = table.sectors().get(i).clone();
            checkup.remarks.push(Finding::NoOutput(sector));
        }
    }
}

/// Cells whose domestic or imported part is negative.
fn remark_signs(table: &Table, checkup: &mut Checkup) {
    let flows = table.flows();
    let n = table.sectors().len();
    let (mut negative, mut imported_above) = (Vec::new(), Vec::new());
    for i in 0..n {
        for j in 0..n {
            if flows.domestic[(i, j)] < 0.0 {
                negative.push((flows.domestic[(i, j)], i, j));
            }
            let all = flows.domestic[(i, j)] + flows.imported[(i, j)];
            if flows.imported[(i, j)] < -0.5 || flows.imported[(i, j)] > all.max(0.0) + 0.5 {
                imported_above.push((flows.imported[(i, j)] - all, i, j));
            }
        }
    }
    let largest = |cells: &[(f64, usize, usize)]| {
        let largest = cells.iter().max_by(|a, b| a.0.abs().total_cmp(&b.0.abs()));
        largest.map(|&(value, i, j)| Flow {
            row: table.sectors().get(i).into(),
            column: table.sectors().get(j).into(),
            value,
        })
    };
    if let Some(largest) = largest(&negative) {
        let count = negative.len();
        checkup
            .remarks
            .push(Finding::NegativeFlows { count, largest });
    }
    if let Some(largest) = largest(&imported_above) {
        let count = imported_above.len();
        checkup
            .remarks
            .push(Finding::ImportsAboveFlow { count, largest });
    }
}

/// Products whose used goods are sold on balance.
fn remark_scrap(table: &Table, checkup: &mut Checkup) {
    let fixed = table.domestic_demand_for(FinalDemandRole::FixedCapital);
    for i in 0..table.sectors().len() {
        if fixed[i] < 0.0 {
            checkup.remarks.push(Finding::ScrapSold {
                sector: table.sectors().get(i).code.clone(),
                value: fixed[i],
            });
        }
    }
}

/// Whether one input alone costs more than all that is made with it.
fn check_inputs(table: &Table, checkup: &mut Checkup) {
    let flows = table.flows();
    let n = table.sectors().len();
    let code = |i: usize| table.sectors().get(i).code.clone();
    for i in 0..n {
        for j in 0..n {
            let input = flows.domestic[(i, j)] + flows.imported[(i, j)];
            if flows.output[j] > 0.0 && input > flows.output[j] {
                checkup.faults.push(Finding::InputAboveOutput {
                    row: code(i),
                    column: code(j),
                    input,
                    output: flows.output[j],
                });
            }
        }
    }
}

/// What coefficients show, and the model made of them.
fn check_coefficients(coefficients: &Coefficients, checkup: &mut Checkup) {
    for (sector, v) in coefficients
        .sectors()
        .iter()
        .zip(coefficients.value_added())
    {
        if *v < -NEGLIGIBLE {
            checkup.negative_value_added.push((sector.code.clone(), *v));
            checkup.remarks.push(Finding::NegativeValueAdded {
                sector: sector.clone(),
                per_output: *v,
            });
        }
    }
    let model = match Model::from_coefficients(coefficients.clone()) {
        Ok(model) => model,
        Err(error) => return checkup.faults.push(Finding::Refused(error.text())),
    };
    let rows = &model.rows().type1;
    let mut in_all = &rows.value_added + &rows.imports;
    if let Some(taxes) = coefficients.product_taxes() {
        in_all += model.inducement_row(&taxes);
    }
    let mut worst = (0.0, String::new());
    for (i, sum) in in_all.iter().enumerate() {
        let used = coefficients.domestic().column(i).iter().any(|v| *v != 0.0)
            || coefficients.value_added()[i] != 0.0;
        if used && (sum - 1.0).abs() >= f64::abs(worst.0) {
            worst = (sum - 1.0, coefficients.sectors().get(i).to_string());
        }
    }
    if worst.0.abs() > IDENTITY_TOLERANCE {
        checkup.faults.push(Finding::IdentityFails {
            sector: worst.1.clone(),
            sum: 1.0 + worst.0,
        });
    }
    checkup.identity = Some(worst);
}
