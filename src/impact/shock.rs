//! Shocks: demand for, or output of, single sectors.

use super::notes::MUCH_IMPORTED;
use super::{Driver, Exogenous, Impact, of_plan};
use crate::error::{Error, Result};
use crate::lang::{Lang, Text, said};
use crate::model::Model;
use crate::scenario::bind::not_made;
use crate::scenario::{EventKind, Line, Note, Phase, PhaseKind, Plan, ShareOrigin};
use crate::table::{AnyTable, Use};
use crate::units::Money;
use crate::units::Scale;

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
/// let effects = impact.effects.recurring.as_ref().expect("a shock has effects");
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
        let mut basis = None;
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
                let own = table
                    .flows(said!("the table's own import shares", "표의 수입 비율"))?
                    .domestic_share(*sector, Use::Intermediate);
                basis = Some(own.basis);
                own.value
            }
        };
        let share = if made[*sector] {
            share
        } else {
            notes.push(not_made(table, *sector));
            0.0
        };
        let amount = amount.as_units() / unit;
        let mut line = shock_line(table, *sector, amount, share);
        if basis.is_some() {
            (line.share_origin, line.share_basis) = (ShareOrigin::Table, basis);
        }
        lines.push(line);
    }
    notes.push(match share {
        ShockShare::Domestic => Note::ShockDomestic,
        ShockShare::Table => Note::ShockShareOfTable,
        ShockShare::Stated(share) => Note::ShockShareStated { share },
    });
    let mut impact = shock_impact(table, model, lines, Driver::FinalDemand, notes)?;
    if share == ShockShare::Domestic {
        impact.notes.extend(all_domestic(table, shocks));
    }
    impact.notes.extend(falls(table, shocks));
    Ok(impact)
}

/// The share of a product's intermediate use that is imported, where the table has flows.
fn imported_share(table: &AnyTable, sector: usize) -> f64 {
    match table {
        AnyTable::Flows(flows) => 1.0 - flows.domestic_share(sector, Use::Intermediate).value,
        AnyTable::Coefficients(_) => 0.0,
    }
}

/// Rises taken as wholly domestic although much of the product is imported.
fn all_domestic(table: &AnyTable, shocks: &[(usize, Money)]) -> Vec<Note> {
    let rises = shocks.iter().filter(|(_, amount)| amount.as_units() > 0.0);
    rises
        .filter_map(|(sector, _)| {
            let imported_share = imported_share(table, *sector);
            (imported_share >= MUCH_IMPORTED).then(|| Note::ShockAllDomestic {
                sector: table.sectors().get(*sector).into(),
                imported_share,
            })
        })
        .collect()
}

/// A fall of demand is no failing supply: said of every fall, as a warning where the product is
/// largely imported and an import that stops may be meant.
fn falls(table: &AnyTable, shocks: &[(usize, Money)]) -> Option<Note> {
    let falls = || shocks.iter().filter(|(_, amount)| amount.as_units() < 0.0);
    falls().next()?;
    let imported = falls().any(|(sector, _)| imported_share(table, *sector) >= MUCH_IMPORTED);
    Some(match imported {
        true => Note::FallOfImportedProduct,
        false => Note::FallOfDemand,
    })
}

/// "Demand for Construction (19): +5 trillion won", the first few of several shocks.
fn name(table: &AnyTable, shocks: &[(usize, f64)], driver: Driver) -> Text {
    const NAMED: usize = 3;
    let one = |lang: Lang| {
        let scale = Scale::new(lang, &table.meta().currency, shocks.iter().map(|(_, v)| *v));
        let named = shocks.iter().take(NAMED).map(|(sector, amount)| {
            let product = table.sectors().get(*sector);
            let sign = if *amount < 0.0 { "−" } else { "+" };
            let money = scale.in_words(amount.abs());
            format!("{} {sign}{money}", product.title(lang))
        });
        let mut said = named.collect::<Vec<_>>().join(", ");
        if shocks.len() > NAMED {
            let more = shocks.len() - NAMED;
            said.push_str(&lang.pick(format!(" and {more} more"), format!(" 외 {more}개")));
        }
        match driver {
            Driver::FinalDemand => {
                lang.pick(format!("Demand for {said}"), format!("최종수요: {said}"))
            }
            Driver::Output => lang.pick(format!("Output of {said}"), format!("총산출: {said}")),
        }
    };
    Text::new(one(Lang::En), one(Lang::Ko))
}

/// What follows from given *outputs* of sectors: `(sector, output)`; what they use of themselves is
/// counted in these outputs, not on top of them.
///
/// ```
/// use leontief::{AnyTable, Model, Money, impact};
/// let table = AnyTable::open("kr-2023-33")?;
/// let model = Model::new(&table)?;
/// let construction = table.sectors().find("건설")?;
/// let impact = impact::of_output_shock(&table, &model, &[(construction, Money::units(1e12))])?;
/// // The sector makes just that, what others buy of it included.
/// let made = impact.effects.recurring.expect("a shock has effects").output.type1(construction);
/// assert!((made - 1e6).abs() < 1e-3);
/// # Ok::<(), leontief::Error>(())
/// ```
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
    let note = Note::OutputShock;
    let mut impact = shock_impact(table, model, lines, Driver::Output, vec![note])?;
    impact.name = name(table, &outputs, Driver::Output);
    Ok(impact)
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
        event: EventKind::Demand,
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
        imports: None,
        industry: None,
        notes,
    };
    let given = plan.phases[0].lines.iter().map(|l| l.sector).collect();
    let demand: Vec<(usize, f64)> = {
        let lines = plan.phases[0].lines.iter();
        lines.map(|l| (l.sector, l.amount)).collect()
    };
    let mut impact = of_plan(table, model, &plan)?;
    impact.name = name(table, &demand, driver);
    if driver == Driver::Output {
        impact.receipt.driven_by = driver;
        impact.exogenous = impact
            .effects
            .recurring
            .as_ref()
            .map(|effects| Exogenous::of(effects, given));
    }
    Ok(impact)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notes(table: &str, sector: &str, won: f64) -> (Text, Vec<Note>) {
        let table = AnyTable::open(table).expect("built in");
        let model = Model::new(&table).expect("productive");
        let sector = table.sectors().find(sector).expect("a sector");
        let shock = [(sector, Money::units(won))];
        let impact = of_shock(&table, &model, &shock, ShockShare::Domestic).expect("an impact");
        (impact.name, impact.notes)
    }

    #[test]
    fn a_shock_is_named_by_its_sector_and_amount() {
        let (name, said) = notes("kr-2023-33", "19", 5e12);
        assert!(
            name.en.contains("(19) +5") && name.en.contains("trillion won"),
            "{name:?}"
        );
        assert!(name.ko.contains("(19) +5조원"), "{name:?}");
        assert!(said.iter().all(|n| n.code() != "shock_all_domestic"));
    }

    #[test]
    fn a_shock_to_what_is_largely_imported_warns_that_all_is_taken_as_domestic() {
        let (_, said) = notes("kr-2023-83", "34", 1e12);
        assert!(said.iter().any(|n| n.code() == "shock_all_domestic"));
    }

    #[test]
    fn a_fall_points_from_demand_to_questions_of_supply() {
        let (_, said) = notes("kr-2023-33", "02", -8.14e11);
        let fall = said
            .iter()
            .find(|n| n.code() == "fall_of_demand")
            .expect("said");
        assert_eq!(
            fall.kind(),
            crate::scenario::NoteKind::Warning,
            "mining is largely imported"
        );
    }
}
