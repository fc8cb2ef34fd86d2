//! Shocks: demand for, or output of, single sectors.

use super::{Driver, Exogenous, Impact, of_plan};
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::model::Model;
use crate::scenario::builder::not_made;
use crate::scenario::{Line, Note, Phase, PhaseKind, Plan, ShareOrigin};
use crate::table::{AnyTable, Use};
use crate::units::Money;

/// How a shock is meant.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum ShockShare {
    /// Demand for the domestic product, as a multiplication by an inducement coefficient is.
    #[default]
    Domestic,
    /// The table's share of domestic origin in intermediate use; the rest is imported.
    Table,
    /// A stated share.
    Stated(f64),
}

/// What follows from shocks to final demand: `(sector, amount)`.
///
/// ```
/// use leontief::{AnyTable, Model, Money, impact};
///
/// let table = AnyTable::open("kr-2023-33")?;
/// let model = Model::new(&table)?;
/// let construction = table.sectors().find("19")?;
/// let shock = [(construction, Money::units(5e12))];
/// let impact = impact::of_shock(&table, &model, &shock, impact::ShockShare::Domestic)?;
/// let effects = impact.recurring.as_ref().expect("a shock has effects");
/// // As the published column of construction says: 2.058383 x 5 trillion won.
/// assert_eq!((effects.output.sums().type1() / 1e3 * 10.0).round() / 10.0, 10_291.9);
/// # Ok::<(), leontief::Error>(())
/// ```
///
/// A product that is not made at home (a sector without output) is imported in full, whatever the share;
/// the result warns of it.
///
/// # Errors
/// A sector that the table does not have; a share outside `[0, 1]`, or one that the table does not have; a
/// model of other sectors; see [`super::effects()`].
pub fn of_shock(
    table: &AnyTable,
    model: &Model,
    shocks: &[(usize, Money)],
    share: ShockShare,
) -> Result<Impact> {
    let unit = table.meta().unit;
    let made = table.made();
    let mut notes = Vec::new();
    let mut lines = Vec::new();
    for (sector, amount) in shocks {
        check_sector(table, *sector)?;
        let share = match share {
            ShockShare::Domestic => 1.0,
            ShockShare::Stated(share) if (0.0..=1.0).contains(&share) => share,
            ShockShare::Stated(share) => {
                return Err(Error::invalid(said!(
                    "a domestic share of {share} is not in 0..1",
                    "국산 비율이 {share}입니다. 0과 1 사이여야 합니다"
                )));
            }
            ShockShare::Table => {
                table
                    .flows(said!("the table's own import shares", "표의 수입 비율"))?
                    .domestic_share(*sector, Use::Intermediate)
                    .value
            }
        };
        let share = if made[*sector] {
            share
        } else {
            notes.push(not_made(table, *sector));
            0.0
        };
        let amount = amount.as_units() / unit;
        lines.push(shock_line(table, *sector, amount, share));
    }
    notes.push(match share {
        ShockShare::Domestic => Note::assumption(
            "shock_domestic",
            "The shock is demand for domestic products: nothing of it is imported at once \
             (--domestic-share changes that).",
            "충격은 국산품에 대한 수요임: 직접 수입되는 부분은 없음(--domestic-share로 변경 가능).",
        ),
        ShockShare::Table => Note::assumption(
            "shock_share_of_table",
            "Of the shock, the table's own share of intermediate use is bought at home.",
            "충격 중 국산 비율은 산업연관표의 중간수요 국산 비율을 적용함.",
        ),
        ShockShare::Stated(share) => Note::assumption(
            "shock_share_stated",
            format!("Of the shock, a share of {share} is bought at home (--domestic-share)."),
            format!("충격 중 국산 비율은 {share}로 지정함(--domestic-share)."),
        )
        .with("share", share),
    });
    shock_impact(table, model, lines, Driver::FinalDemand, notes)
}

/// What follows from given *outputs* of sectors: `(sector, output)`; what they use of themselves is
/// counted in these outputs, not on top of them.
///
/// # Errors
/// A sector that the table does not have, or that has no output in it; outputs that cannot be given
/// together; see [`super::effects()`].
pub fn of_output_shock(
    table: &AnyTable,
    model: &Model,
    shocks: &[(usize, Money)],
) -> Result<Impact> {
    let unit = table.meta().unit;
    let outputs: Vec<(usize, f64)> = shocks
        .iter()
        .map(|(sector, amount)| (*sector, amount.as_units() / unit))
        .collect();
    let made = table.made();
    for (sector, _) in &outputs {
        check_sector(table, *sector)?;
        if !made[*sector] {
            return Err(Error::invalid(said!(
                "sector {sector} has no output in {id}: nobody at home can be given one",
                "{sector} 부문은 {id}에 산출이 없어 산출 충격을 줄 수 없습니다",
                sector = table.sectors().get(*sector),
                id = table.meta().id
            )));
        }
    }
    let demand = model.demand_for_outputs(&outputs)?;
    let lines = outputs
        .iter()
        .map(|(sector, _)| shock_line(table, *sector, demand[*sector], 1.0))
        .collect();
    let note = Note::assumption(
        "output_shock",
        "The shock is to gross output (column j of L over l_jj): what the sector uses of its own \
         product is part of the output given, so the direct effect is the final demand left over.",
        "충격은 총산출에 대한 것임(L의 j열을 l_jj로 나눔): 자기 생산물 투입분은 주어진 산출에 포함되며, \
         직접효과는 남는 최종수요임.",
    );
    shock_impact(table, model, lines, Driver::Output, vec![note])
}

fn check_sector(table: &AnyTable, sector: usize) -> Result<()> {
    let n = table.sectors().len();
    if sector < n {
        return Ok(());
    }
    Err(Error::invalid(said!(
        "a shock is to the sector at position {sector}, and {id} has {n}, from 0: `Classification::find` gives \
         the position of a code or a name",
        "충격 부문의 위치가 {sector}이나 {id}의 부문은 {n}개이고 위치는 0부터 셉니다. 코드나 이름의 위치는 \
         `Classification::find`로 구하십시오",
        id = table.meta().id
    )))
}

fn shock_line(table: &AnyTable, sector: usize, amount: f64, share: f64) -> Line {
    Line {
        item: table.sectors().get(sector).name.clone(),
        sector,
        amount,
        domestic_share: share,
        share_origin: ShareOrigin::Stated,
        share_basis: None,
        share_without_policy: None,
        domestic: amount * share,
        imported: amount * (1.0 - share),
        trade: None,
        transport: None,
        tax: 0.0,
        recipe: None,
        region: None,
        source: None,
        certainty: None,
        note: None,
    }
}

fn shock_impact(
    table: &AnyTable,
    model: &Model,
    lines: Vec<Line>,
    driver: Driver,
    notes: Vec<Note>,
) -> Result<Impact> {
    let phase = Phase {
        name: Text::new("Demand of one year", "1년간 수요"),
        kind: PhaseKind::Recurring,
        schedule: Vec::new(),
        probability: 1.0,
        region: None,
        lines,
    };
    let plan = Plan {
        phases: vec![phase],
        indicators: Vec::new(),
        household_share: None,
        productivity_growth: 0.0,
        discount_rate: 0.0,
        caps: Vec::new(),
        industry: None,
        notes,
    };
    let given = plan.phases[0].lines.iter().map(|l| l.sector).collect();
    let mut impact = of_plan(table, model, &plan)?;
    impact.name = Text::new("Shock to final demand", "최종수요 충격");
    if driver == Driver::Output {
        impact.name = Text::new("Shock to gross output", "총산출 충격");
        impact.receipt.driven_by = driver;
        impact.exogenous = impact
            .recurring
            .as_ref()
            .map(|effects| Exogenous::of(effects, given));
    }
    Ok(impact)
}
