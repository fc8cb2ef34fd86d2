//! Mistakes with whole blocks.

use super::off::{Off, Trace};
use super::{Block, Cause, Lines, Place, Side, name};
use crate::table::Table;
use nalgebra::DVector;

/// The factors by which a unit is mistaken; -1 is a sign that was exchanged.
pub(super) const FACTORS: [f64; 13] = [
    1e3, 1e-3, 1e6, 1e-6, 1e2, 1e-2, 1e1, 1e-1, 1e4, 1e-4, 1e8, 1e-8, -1.0,
];

/// What a block adds to the totals of each sector.
pub(super) struct Sums {
    pub(super) block: Block,
    pub(super) of: Vec<(Side, DVector<f64>)>,
}

/// All blocks with what they add to the totals; of output and imports it is taken off.
pub(super) fn sums(table: &Table) -> Vec<Sums> {
    let f = table.flows();
    let across = |block: &nalgebra::DMatrix<f64>| block.row_sum().transpose();
    let mut sums = vec![
        Sums {
            block: Block::DomesticFlows,
            of: vec![
                (Side::Rows, f.domestic.column_sum()),
                (Side::Columns, f.domestic.row_sum().transpose()),
            ],
        },
        Sums {
            block: Block::Output,
            of: vec![(Side::Rows, -&f.output), (Side::Columns, -&f.output)],
        },
        Sums {
            block: Block::DomesticFinalDemand,
            of: vec![(Side::Rows, f.domestic_final_demand.column_sum())],
        },
        Sums {
            block: Block::PrimaryInputs,
            of: vec![(Side::Columns, across(&f.primary_inputs))],
        },
        Sums {
            block: Block::OtherInputs,
            of: vec![(Side::Columns, across(&f.other_inputs))],
        },
    ];
    let mut imported = vec![(Side::Columns, f.imported.row_sum().transpose())];
    if let Some(imports) = &f.imports {
        imported.push((Side::Imports, f.imported.column_sum()));
        sums.push(Sums {
            block: Block::ImportedFinalDemand,
            of: vec![(Side::Imports, f.imported_final_demand.column_sum())],
        });
        sums.push(Sums {
            block: Block::Imports,
            of: vec![(Side::Imports, -(&imports.cif + &imports.taxes))],
        });
    }
    sums.push(Sums {
        block: Block::ImportedFlows,
        of: imported,
    });
    sums
}

fn trace(of: &[(Side, DVector<f64>)], by: f64) -> Trace {
    let each = of.iter().flat_map(|(side, values)| {
        let values = values.iter().enumerate();
        values.map(move |(at, value)| (*side, at, by * value))
    });
    each.collect()
}

/// Looks for one mistake that explains all.
pub(super) fn explain(table: &Table, off: &mut Off, causes: &mut Vec<Cause>) {
    let sums = sums(table);
    for block in &sums {
        for factor in FACTORS {
            if off.explained_by(&trace(&block.of, 1.0 - 1.0 / factor)) {
                causes.push(Cause::OtherUnit {
                    block: block.block,
                    place: Place::All,
                    factor,
                });
            }
        }
        if let Some(cause) = exchanged(block, off) {
            causes.push(cause);
        }
    }
    doubled(table, off, causes);
    imports_among_domestic(table, off, causes);
    coefficients_for_flows(table, off, causes);
    for block in &sums {
        other_order(table, block, off, causes);
    }
}

/// With rows and columns of flows exchanged, sales are what was taken for purchases.
fn exchanged(block: &Sums, off: &mut Off) -> Option<Cause> {
    if !matches!(block.block, Block::DomesticFlows | Block::ImportedFlows) {
        return None;
    }
    let of = |wanted: Side| block.of.iter().find(|(side, _)| *side == wanted);
    let (_, bought) = of(Side::Columns)?;
    let (side, sold) = of(Side::Rows).or(of(Side::Imports))?;
    let more = sold - bought;
    let exchanged = [(*side, more.clone()), (Side::Columns, -more)];
    let block = block.block;
    off.explained_by(&trace(&exchanged, 1.0))
        .then_some(Cause::Transposed { block })
}

/// A total among categories or inputs, or one that stands twice.
fn doubled(table: &Table, off: &mut Off, causes: &mut Vec<Cause>) {
    let (f, meta) = (table.flows(), table.meta());
    let categories = || meta.final_demand.iter().map(|category| &category.title);
    let mut items = Vec::new();
    for (at, title) in categories().enumerate() {
        let column = f.domestic_final_demand.column(at).into_owned();
        let rest = f.domestic_final_demand.column_sum() - &column;
        items.push((Block::DomesticFinalDemand, Side::Rows, title, column, rest));
        let column = f.imported_final_demand.column(at).into_owned();
        let rest = f.imported_final_demand.column_sum() - &column;
        items.push((
            Block::ImportedFinalDemand,
            Side::Imports,
            title,
            column,
            rest,
        ));
    }
    for (at, part) in meta.primary_inputs.iter().enumerate() {
        let row = f.primary_inputs.row(at).transpose();
        let rest = f.primary_inputs.row_sum().transpose() - &row;
        items.push((Block::PrimaryInputs, Side::Columns, &part.title, row, rest));
    }
    for (at, part) in meta.other_inputs.iter().enumerate() {
        let row = f.other_inputs.row(at).transpose();
        let rest = f.other_inputs.row_sum().transpose() - &row;
        items.push((Block::OtherInputs, Side::Columns, &part.title, row, rest));
    }
    // The sums first: where two are the same, both explain it.
    let is_sum = |values: &DVector<f64>, rest: &DVector<f64>| {
        (values - rest).amax() <= super::SAME * values.amax()
    };
    items.sort_by_key(|(_, _, _, values, rest)| !is_sum(values, rest));
    for (block, side, title, values, rest) in items {
        if off.has(side) && off.explained_by(&trace(&[(side, values.clone())], 1.0)) {
            causes.push(Cause::Doubled {
                block,
                item: title.clone(),
                is_sum: is_sum(&values, &rest),
            });
        }
    }
}

/// A total table with imported flows beside it.
fn imports_among_domestic(table: &Table, off: &mut Off, causes: &mut Vec<Cause>) {
    let f = table.flows();
    let flows = [
        (Side::Rows, f.imported.column_sum()),
        (Side::Columns, f.imported.row_sum().transpose()),
    ];
    let mut with_demand = flows.clone();
    with_demand[0].1 += f.imported_final_demand.column_sum();
    if off.explained_by(&trace(&with_demand, 1.0)) || off.explained_by(&trace(&flows, 1.0)) {
        causes.push(Cause::ImportsAmongDomestic);
    }
}

/// Coefficients in the place of flows: column sums below 1, that times output are what lacks.
fn coefficients_for_flows(table: &Table, off: &mut Off, causes: &mut Vec<Cause>) {
    let f = table.flows();
    let blocks = [
        (Block::DomesticFlows, &f.domestic, Side::Rows),
        (Block::ImportedFlows, &f.imported, Side::Imports),
    ];
    for (block, flows, side) in blocks {
        let per_unit = flows.row_sum().transpose();
        let costs = &per_unit - per_unit.component_mul(&f.output);
        let sales = flows.column_sum() - flows * &f.output;
        if off.explained_by(&trace(&[(Side::Columns, costs), (side, sales)], 1.0)) {
            causes.push(Cause::CoefficientsForFlows { block });
        }
    }
}

/// Figures of a block in another order: those that would be right are the same, at other sectors.
fn other_order(table: &Table, block: &Sums, off: &mut Off, causes: &mut Vec<Cause>) {
    let sides: Vec<usize> = (0..block.of.len())
        .filter(|at| off.has(block.of[*at].0))
        .collect();
    let sets: Vec<Vec<usize>> = match sides.len() {
        0 => return,
        1 => vec![sides],
        _ => vec![sides.clone(), vec![sides[0]], vec![sides[1]]],
    };
    for set in sets {
        let mut all = Trace::new();
        let mut moved = Vec::new();
        for &at in &set {
            let (side, values) = &block.of[at];
            let n = values.len();
            let is: Vec<f64> = values.iter().copied().collect();
            let due: Vec<f64> = (0..n).map(|at| is[at] - off.at(*side, at)).collect();
            let (mut first, mut second) = (is.clone(), due.clone());
            first.sort_by(f64::total_cmp);
            second.sort_by(f64::total_cmp);
            let near = |(a, b): (&f64, &f64)| (a - b).abs() <= (super::SAME * a.abs()).max(1.0);
            if !first.iter().zip(&second).all(near) {
                all.clear();
                break;
            }
            let off_here: Vec<usize> = (0..n).filter(|at| off.is_off(*side, *at)).collect();
            // Totals that are met were not moved.
            if off_here.is_empty() {
                all.clear();
                break;
            }
            all.extend((0..n).map(|at| (*side, at, is[at] - due[at])));
            moved.extend(off_here);
        }
        moved.sort_unstable();
        moved.dedup();
        if moved.len() < 2 || all.is_empty() || !off.explained_by(&all) {
            continue;
        }
        let lines = match (set.len(), block.of[set[0]].0) {
            (2, _) if block.block != Block::Output => Lines::Both,
            (1, Side::Columns) => Lines::Columns,
            _ => Lines::Rows,
        };
        causes.push(match moved[..] {
            [a, b] => Cause::Swapped {
                blocks: vec![block.block],
                lines,
                first: name(table, a),
                second: name(table, b),
            },
            _ => Cause::OtherOrder {
                block: block.block,
                lines,
                sectors: moved.len(),
            },
        });
        return;
    }
}

/// What is still off in most sectors, always on one side: something lacks, or is too much.
pub(super) fn missing(table: &Table, off: &mut Off, causes: &mut Vec<Cause>) {
    let n = table.sectors().len();
    let value_added = table.flows().primary_inputs.sum();
    for side in [Side::Rows, Side::Columns, Side::Imports] {
        let list = off.list(side);
        let below = list.iter().filter(|at| off.at(side, **at) < 0.0).count();
        // A few on the other side are as many as rounding and statistical discrepancies make.
        let one_sided = below * 20 <= list.len() || (list.len() - below) * 20 <= list.len();
        if list.len() < 3 || list.len() * 2 < n || !one_sided {
            continue;
        }
        let amount: f64 = list.iter().map(|at| off.at(side, *at)).sum();
        let due = value_added - amount;
        causes.push(Cause::Missing {
            side,
            sectors: list.len(),
            amount,
            share: (side == Side::Columns && due > 0.0).then(|| value_added / due),
        });
        for at in list {
            let amount = off.at(side, at);
            off.take(side, at, amount);
        }
    }
}
