//! The table doctor: whether the figures of a table hold together.
//!
//! A table of flows is right when each sector's uses of its product and its own inputs both add up
//! to its output, when GDP is the same from all three sides, and when v'L + m'L = 1.

use crate::lang::{Lang, Text};
use crate::model::{Model, spectral_radius};
use crate::table::balance::{Balance, Gdp, TOLERANCE};
use crate::table::{AnyTable, Coefficients, FinalDemandRole, Table};
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
    pub remarks: Vec<Text>,
    /// What is wrong; empty for a good table.
    pub faults: Vec<Text>,
}

impl Checkup {
    /// Whether nothing is wrong.
    pub fn is_clean(&self) -> bool {
        self.faults.is_empty()
    }
}

/// A sum of the table beside the published total.
#[derive(Debug, Clone, Serialize)]
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

impl KnownTotal {
    /// What it is, for people.
    pub fn title(&self) -> Text {
        let ko = match self.name {
            "output" => "총산출",
            "value added" => "부가가치",
            "total supply" => "총공급",
            "jobs" => "취업자",
            other => other,
        };
        Text::new(self.name, ko)
    }
}

/// Examines a table; see [`Checkup`].
pub fn check(table: &AnyTable) -> Checkup {
    let coefficients = table.coefficients();
    let mut checkup = Checkup {
        table: table.meta().id.clone(),
        balance: None,
        gdp: None,
        known_totals: Vec::new(),
        spectral_radius: spectral_radius(coefficients.domestic()),
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
    let faults = balance.faults();
    checkup.faults.extend(faults.into_iter().map(|f| f.message));
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
        let (production, income, expenditure) = (gdp.production, gdp.income, gdp.expenditure);
        checkup.faults.push(Text::new(
            format!(
                "GDP differs by side: production {production:.0}, income {income:.0}, expenditure \
                 {expenditure:.0}"
            ),
            format!(
                "GDP 세 면이 일치하지 않음: 생산 {production:.0}, 소득 {income:.0}, 지출 \
                 {expenditure:.0}"
            ),
        ));
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
        let title = total.title();
        checkup.known_totals.push(total);
        if (computed / published - 1.0).abs() > 0.01 {
            let times = computed / published;
            checkup.faults.push(Text::new(
                format!(
                    "{} is {computed:.0} in all, {times:.3} times the published {published:.0}: a wrong \
                     unit?",
                    title.en
                ),
                format!(
                    "{} 합계({computed:.0})가 공표치({published:.0})의 {times:.3}배임: 단위 오류로 보임",
                    title.ko
                ),
            ));
        }
    }
}

/// Sectors without output.
fn remark_no_output(table: &Table, checkup: &mut Checkup) {
    let flows = table.flows();
    for i in 0..table.sectors().len() {
        if flows.output[i] == 0.0 {
            let sector = table.sectors().get(i);
            checkup.remarks.push(Text::new(
                format!("sector {sector} has no output: nothing of its product is made at home"),
                format!("{sector} 부문은 산출이 없음: 국내에서 생산되지 않는 품목임"),
            ));
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
    let worst = |cells: &[(f64, usize, usize)]| {
        cells
            .iter()
            .max_by(|a, b| a.0.abs().total_cmp(&b.0.abs()))
            .map(|&(value, i, j)| {
                let (row, column) = (table.sectors().get(i), table.sectors().get(j));
                Text::new(
                    format!(
                        "row {}, column {}: {value:.0}",
                        row.label(Lang::En),
                        column.label(Lang::En)
                    ),
                    format!(
                        "{}행 {}열: {value:.0}",
                        row.label(Lang::Ko),
                        column.label(Lang::Ko)
                    ),
                )
            })
            .unwrap_or_default()
    };
    if !negative.is_empty() {
        let (count, worst) = (negative.len(), worst(&negative));
        checkup.remarks.push(Text::new(
            format!(
                "{count} negative domestic flows, of what a sector received on balance rather than bought \
                 (by-products and scrap; insurance claims above premiums), largest {}",
                worst.en
            ),
            format!(
                "음(-)의 국산 거래 {count}개(구입액보다 수취액이 큰 경우: 부산물·잔폐물, 보험료를 초과한 보험금 \
                 등), 최대 {}",
                worst.ko
            ),
        ));
    }
    if !imported_above.is_empty() {
        let (count, worst) = (imported_above.len(), worst(&imported_above));
        checkup.remarks.push(Text::new(
            format!(
                "0 <= Ad <= A fails in {count} cells (imports above the whole flow, whose domestic part is \
                 negative), largest {}",
                worst.en
            ),
            format!(
                "0 ≤ Ad ≤ A를 벗어난 칸 {count}개(국산 거래가 음수여서 수입이 전체 거래액을 초과), 최대 {}",
                worst.ko
            ),
        ));
    }
}

/// Products whose used goods are sold on balance.
fn remark_scrap(table: &Table, checkup: &mut Checkup) {
    let fixed = table.domestic_demand_for(FinalDemandRole::FixedCapital);
    for i in 0..table.sectors().len() {
        if fixed[i] < 0.0 {
            let (code, value) = (&table.sectors().get(i).code, fixed[i]);
            checkup.remarks.push(Text::new(
                format!(
                    "sector {code}: negative domestic fixed capital formation ({value:.0}): scrap and used \
                     goods sold on balance"
                ),
                format!("{code} 부문: 국산 고정자본형성이 음수({value:.0}), 잔폐물·중고품의 순매각"),
            ));
        }
    }
}

/// Whether one input alone costs more than all that is made with it.
fn check_inputs(table: &Table, checkup: &mut Checkup) {
    let flows = table.flows();
    let n = table.sectors().len();
    let code = |i: usize| table.sectors().get(i).code.as_str();
    for i in 0..n {
        for j in 0..n {
            let input = flows.domestic[(i, j)] + flows.imported[(i, j)];
            if flows.output[j] > 0.0 && input > flows.output[j] {
                let (row, column, output) = (code(i), code(j), flows.output[j]);
                checkup.faults.push(Text::new(
                    format!(
                        "domestic_flows + imported_flows: row {row}, column {column} is {input:.0}, \
                         more than the output of {column} ({output:.0})"
                    ),
                    format!(
                        "domestic_flows + imported_flows: {row}행 {column}열의 값({input:.0})이 \
                         {column} 부문의 총산출({output:.0})을 초과함"
                    ),
                ));
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
            let inputs = 100.0 * (1.0 - v);
            checkup.remarks.push(Text::new(
                format!(
                    "sector {sector}: negative value added, {v:.4} per unit of output. Its inputs cost \
                     {inputs:.1} % of what it makes: it runs at a loss or on subsidies, or a by-product is \
                     entered in its column. Demand for it lowers value added there"
                ),
                format!(
                    "{sector} 부문: 부가가치가 음수(산출 1단위당 {v:.4}). 중간투입이 산출의 {inputs:.1}%로, 적자·\
                     보조금 부문이거나 부산물이 해당 열에 계상된 경우임. 이 부문의 수요는 자체 부가가치를 줄임"
                ),
            ));
        }
    }
    let model = match Model::from_coefficients(coefficients.clone()) {
        Ok(model) => model,
        Err(error) => return checkup.faults.push(error.text()),
    };
    let rows = &model.rows().type1;
    let in_all = &rows.value_added + &rows.imports;
    let mut worst = (0.0, String::new());
    for (i, sum) in in_all.iter().enumerate() {
        let used = coefficients.domestic().column(i).iter().any(|v| *v != 0.0)
            || coefficients.value_added()[i] != 0.0;
        if used && (sum - 1.0).abs() >= f64::abs(worst.0) {
            worst = (sum - 1.0, coefficients.sectors().get(i).to_string());
        }
    }
    if worst.0.abs() > IDENTITY_TOLERANCE {
        let (sum, sector) = (1.0 + worst.0, &worst.1);
        checkup.faults.push(Text::new(
            format!("v'L + m'L is {sum:.6} in sector {sector}, not 1"),
            format!("{sector} 부문의 v'L + m'L이 1이 아닌 {sum:.6}임"),
        ));
    }
    checkup.identity = Some(worst);
}
