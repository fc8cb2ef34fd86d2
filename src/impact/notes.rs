//! What holds for every result and must be said with it.

use crate::model::{Households, ImportTreatment, IncomeKind, Model};
use crate::scenario::{EventKind, Note, Phase, PhaseKind, Plan, ShareOrigin};
use crate::table::{AnyTable, ShareBasis, Status};

pub(super) fn is_default_share(table: &AnyTable, model: &Model) -> bool {
    match (model.households(), table) {
        (Some(households), AnyTable::Flows(table)) => {
            households.earnings().share.is_none()
                || Households::default_share(table)
                    .is_ok_and(|default| default == households.share_spent())
        }
        _ => false,
    }
}

/// The share from which a product, or a phase, counts as largely imported.
pub(super) const MUCH_IMPORTED: f64 = 1.0 / 3.0;

/// A phase of which a third or more is imported at once, and the line most of it is.
fn mostly_imported(phase: &Phase) -> Option<Note> {
    let imported: f64 = phase.lines.iter().map(|l| l.imported).sum();
    let share = imported / phase.amount();
    let most = phase
        .lines
        .iter()
        .max_by(|a, b| a.imported.total_cmp(&b.imported))?;
    // Of amounts of both signs, which may sum to nothing, there is no share to speak of.
    (MUCH_IMPORTED..=1.0 + 1e-9)
        .contains(&share)
        .then(|| Note::MostlyImported {
            phase: phase.name.clone(),
            share,
            line: most.item.clone(),
            share_of_line: most.imported / imported,
        })
}

/// Which domestic shares are the table's own, and what each is the share of.
fn shares_of_table(table: &AnyTable, plan: &Plan) -> Option<Note> {
    let lines = || plan.phases.iter().flat_map(|p| &p.lines);
    let bases = [
        ShareBasis::FixedCapital,
        ShareBasis::Intermediate,
        ShareBasis::Household,
        ShareBasis::NotUsed,
        ShareBasis::NotMade,
    ];
    let count = |basis| lines().filter(|l| l.share_basis == Some(basis)).count();
    let by_basis: Vec<(ShareBasis, usize)> = bases
        .map(|basis| (basis, count(basis)))
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .collect();
    if by_basis.is_empty() {
        return None;
    }
    let rests_on = |basis| match basis {
        ShareBasis::Intermediate => Some("imported_flows"),
        ShareBasis::FixedCapital | ShareBasis::Household => Some("imported_final_demand"),
        ShareBasis::NotUsed | ShareBasis::NotMade => None,
    };
    let blocks = by_basis.iter().filter_map(|(basis, _)| rests_on(*basis));
    let mut blocks = blocks.filter_map(|block| table.meta().block(block));
    let estimated = blocks.any(|b| b.status == Status::Estimated);
    Some(Note::DomesticSharesOfTable {
        lines: by_basis.iter().map(|(_, count)| count).sum(),
        of: lines().count(),
        by_basis,
        estimated,
    })
}

/// What holds for every result and must be said with it.
pub(super) fn standard_notes(table: &AnyTable, model: &Model, plan: &Plan) -> Vec<Note> {
    let mut notes = Vec::new();
    notes.extend(shares_of_table(table, plan));
    notes.extend(unlikely_size(table, plan));
    notes.extend(plan.phases.iter().filter_map(mostly_imported));
    match model.households() {
        Some(households) => {
            let earnings = households.earnings();
            if earnings.of != IncomeKind::Compensation {
                notes.push(Note::HouseholdsEarn {
                    of: earnings.of,
                    mixed_share: earnings.mixed_share,
                    taxes: earnings.taxes,
                    contributions: earnings.contributions,
                });
            }
            notes.push(Note::InducedHouseholdShare {
                share: households.share_spent(),
                of: earnings.of,
                default: if is_default_share(table, model) {
                    ShareOrigin::Table
                } else {
                    ShareOrigin::Stated
                },
            });
        }
        None => notes.push(Note::HouseholdsOpen),
    }
    if model.coefficients().imports_not_told().is_some() {
        notes.push(Note::ImportsByUserOnly {
            table: table.meta().id.clone(),
        });
    }
    notes.push(match model.imports() {
        ImportTreatment::Domestic => Note::DomesticInverse,
        ImportTreatment::Competitive => Note::CompetitiveImports,
        ImportTreatment::Total => Note::TotalInverse,
    });
    if table.is_mixed() {
        notes.push(Note::InputsMixed {
            table: table.meta().id.clone(),
        });
    }
    for phase in plan.phases.iter().filter(|p| p.probability < 1.0) {
        notes.push(Note::ExpectedValue {
            phase: phase.name.clone(),
            probability: phase.probability,
        });
    }
    if plan.productivity_growth == 0.0 {
        notes.push(Note::NoProductivityGrowth {
            table_year: table.meta().year,
        });
    } else {
        notes.push(Note::ProductivityGrowth {
            rate: plan.productivity_growth,
            table_year: table.meta().year,
        });
    }
    if table.meta().estimated().next().is_some() {
        let blocks = table.meta().estimated().map(|b| b.name.clone()).collect();
        notes.push(Note::EstimatedBlocks {
            table: table.meta().id.clone(),
            blocks,
        });
    }
    if let Some(error) = &table.meta().split_error {
        notes.push(Note::SplitEstimated {
            table: table.meta().id.clone(),
            error: error.clone(),
        });
    }
    notes.push(Note::FixedPricesNoLimits);
    notes
}

/// The share of the table's GDP above which spending is rather a slip of unit than meant.
const HUGE_SHARE: f64 = 0.1;
/// The amount (in whole units of the currency) and the share of GDP below which it is.
const TINY_AMOUNT: f64 = 1_000.0;
const TINY_SHARE: f64 = 1e-10;

/// Says so where the size of what is spent looks like a slip of unit.
fn unlikely_size(table: &AnyTable, plan: &Plan) -> Option<Note> {
    let unit = table.meta().unit;
    let spent = |kind| -> f64 {
        let of_kind = plan.phases.iter().filter(|p| p.kind == kind);
        let lines = of_kind.flat_map(|p| &p.lines);
        // What a sector makes already is stated in no unit.
        let stated = lines.filter(|l| l.event != EventKind::Contribution);
        stated.map(|l| l.amount.abs()).sum::<f64>() * unit
    };
    let most = spent(PhaseKind::OneOff).max(spent(PhaseKind::Recurring));
    let gdp = match table {
        AnyTable::Flows(flows) => Some(flows.value_added().sum() * unit),
        _ => None,
    };
    let currency = table.meta().currency.clone();
    if let Some(gdp) = gdp.filter(|gdp| *gdp > 0.0 && most > HUGE_SHARE * gdp) {
        return Some(Note::HugeAmount {
            amount: most / 1e6,
            share: most / gdp,
            currency,
        });
    }
    let tiny = gdp.map_or(0.0, |gdp| TINY_SHARE * gdp).max(TINY_AMOUNT);
    (most > 0.0 && most < tiny).then(|| Note::TinyAmount {
        amount: most / 1e6,
        currency,
    })
}
