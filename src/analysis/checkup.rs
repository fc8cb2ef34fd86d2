//! The table doctor: whether the figures of a table hold together.
//!
//! A table of flows is right when each sector's uses of its product and its own inputs both add up
//! to its output, when GDP is the same from all three sides, and when v'L + m'L = 1.

use super::diagnosis;
pub use super::diagnosis::{Block, Cause, Lines, Place, Side};
use crate::lang::Text;
use crate::model::{Model, spectral_radius_of};
use crate::table::balance::{Balance, Gdp, TOLERANCE};
use crate::table::{AnyTable, Coefficients, FinalDemandRole, Sector, SectorName, Table};
use nalgebra::DVector;
use serde::Serialize;

/// How far v'L + m'L may be from 1 anywhere.
pub const IDENTITY_TOLERANCE: f64 = 1e-5;

/// Value added per unit of output that rounding of published coefficients can make of nothing.
const NEGLIGIBLE: f64 = 1e-6;

/// The spectral radius from which the sectors behind it are named: what final demand sets off goes round ten
/// times and more.
const NEARLY_CLOSED: f64 = 0.9;

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
    /// The condition number of I - Ad in the 1-norm, where the table is productive: the largest column sum of
    /// |I - Ad| times that of L, which is exact where L is nowhere negative. Its decimal logarithm is how many
    /// of 16 digits a solve may lose.
    pub condition: Option<f64>,
    /// The mistakes that explain the faults, the widest first; their sentences begin `faults`.
    pub causes: Vec<Cause>,
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
    /// A mistake that explains what is off.
    Caused(Cause),
    /// GDP is not the same from its three sides.
    GdpDiffers(Gdp),
    /// A sum is far from the published total.
    FarFromTotal(KnownTotal),
    /// Inputs cost more than all that is made with them: coefficients above 1.
    InputAboveOutput {
        /// How many.
        count: usize,
        /// The one that is farthest above 1.
        largest: Flow,
        /// What its sector makes.
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
        condition: None,
        causes: Vec::new(),
        negative_value_added: Vec::new(),
        remarks: Vec::new(),
        faults: Vec::new(),
    };
    let closes = match table {
        AnyTable::Flows(table) => check_flows(table, &mut checkup),
        AnyTable::Coefficients(_) => Closes::Yes,
    };
    check_coefficients(&coefficients, closes, &mut checkup);
    checkup
}

/// Whether totals are met, so that what follows from them is no fault of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Closes {
    Yes,
    No,
    /// No, and the causes that were found explain all of it.
    Explained,
}

/// What flows show, before any coefficient is formed.
fn check_flows(table: &Table, checkup: &mut Checkup) -> Closes {
    let balance = Balance::of(table);
    let found = diagnosis::of(table, &balance);
    let faults = found.left.faults();
    let closes = match (balance.faults().is_empty(), faults.is_empty()) {
        (true, _) => Closes::Yes,
        (false, true) => Closes::Explained,
        (false, false) => Closes::No,
    };
    let caused = found.causes.iter().cloned().map(Finding::Caused);
    checkup.faults.extend(caused);
    checkup.causes = found.causes;
    let alike = found.alike.into_iter().map(Finding::Caused);
    checkup.remarks.extend(alike);
    let refused = faults.into_iter().map(|f| Finding::Refused(f.message));
    checkup.faults.extend(refused);
    let gdp = Gdp::of(table);
    if closes == Closes::Yes {
        check_gdp(&gdp, checkup);
    }
    check_totals(table, &gdp, closes, checkup);
    remark_no_output(table, checkup);
    remark_signs(table, checkup);
    remark_scrap(table, checkup);
    if closes != Closes::Explained {
        check_inputs(table, checkup);
    }
    checkup.balance = Some(balance);
    checkup.gdp = Some(gdp);
    closes
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
fn check_totals(table: &Table, gdp: &Gdp, closes: Closes, checkup: &mut Checkup) {
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
        // With the cause of what is off mended the sum is another.
        if (computed / published - 1.0).abs() > 0.01 && closes != Closes::Explained {
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
    let mut above = Vec::new();
    for i in 0..n {
        for j in 0..n {
            let input = flows.domestic.at(i, j) + flows.imported.at(i, j);
            if flows.output[j] > 0.0 && input > flows.output[j] {
                above.push((input / flows.output[j], input, i, j));
            }
        }
    }
    let farthest = above.iter().max_by(|a, b| a.0.total_cmp(&b.0));
    if let Some(&(_, value, i, j)) = farthest {
        checkup.faults.push(Finding::InputAboveOutput {
            count: above.len(),
            largest: Flow {
                row: table.sectors().get(i).into(),
                column: table.sectors().get(j).into(),
                value,
            },
            output: flows.output[j],
        });
    }
}

/// What coefficients show, and the model made of them.
fn check_coefficients(coefficients: &Coefficients, closes: Closes, checkup: &mut Checkup) {
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
    let radius = checkup.spectral_radius;
    let nearly_closed = radius >= NEARLY_CLOSED && closes != Closes::Explained;
    let closed = || Cause::NearClosedLoop {
        radius,
        sectors: diagnosis::sectors_of_the_loop(coefficients),
    };
    let model = match Model::from_coefficients(coefficients.clone()) {
        Ok(model) => model,
        // With the cause of it mended the table is another.
        Err(_) if closes == Closes::Explained => return,
        Err(error) => {
            if nearly_closed {
                checkup.causes.push(closed());
                checkup.faults.push(Finding::Caused(closed()));
            }
            return checkup.faults.push(Finding::Refused(error.text()));
        }
    };
    if nearly_closed {
        checkup.remarks.push(Finding::Caused(closed()));
    }
    let rows = &model.rows().type1;
    checkup.condition = Some(condition(coefficients, &rows.output));
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
    // Columns that do not close leave it as far from 1.
    if worst.0.abs() > IDENTITY_TOLERANCE && closes == Closes::Yes {
        checkup.faults.push(Finding::IdentityFails {
            sector: worst.1.clone(),
            sum: 1.0 + worst.0,
        });
    }
    checkup.identity = Some(worst);
}

/// The condition number of I - Ad in the 1-norm, from the column sums of L.
fn condition(coefficients: &Coefficients, multipliers: &DVector<f64>) -> f64 {
    let a = coefficients.domestic();
    let mut sums = a.absolute_tr_mul(&DVector::from_element(a.nrows(), 1.0));
    for (at, sum) in sums.iter_mut().enumerate() {
        let own = a.at(at, at);
        *sum += (1.0 - own).abs() - own.abs();
    }
    sums.amax() * multipliers.amax()
}
