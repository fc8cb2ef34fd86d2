//! Mistakes in a few lines or cells.

use super::off::{Off, Trace};
use super::wholes::{FACTORS, Sums, sums};
use super::{Block, Cause, Lines, Place, Side, name};
use crate::lang::Text;
use crate::table::{Matrix, Table};

/// So many totals that are off are looked at, the largest.
const LOOKED_AT: usize = 200;

/// Looks for mistakes in lines and cells, each of which explains what it left.
pub(super) fn explain(table: &Table, off: &mut Off, causes: &mut Vec<Cause>) {
    let sums = sums(table);
    swaps(table, &sums, off, causes);
    for side in [Side::Rows, Side::Columns, Side::Imports] {
        for at in off.list(side).into_iter().take(LOOKED_AT) {
            // A cause of another total may have explained it.
            if off.is_off(side, at)
                && let Some(cause) = cause_of(table, &sums, off, side, at)
            {
                causes.push(cause);
            }
        }
    }
}

/// What two blocks and more were exchanged in together, by file: the names of two sectors in it.
const TOGETHER: [&[Block]; 4] = [
    &[],
    &[Block::DomesticFlows, Block::DomesticFinalDemand],
    &[
        Block::DomesticFlows,
        Block::ImportedFlows,
        Block::PrimaryInputs,
        Block::OtherInputs,
    ],
    &[Block::ImportedFlows, Block::ImportedFinalDemand],
];

/// Two sectors whose figures are exchanged: each total is off by the difference, with opposite signs.
fn swaps(table: &Table, sums: &[Sums], off: &mut Off, causes: &mut Vec<Cause>) {
    let sets = sums.iter().map(|sums| vec![sums.block]);
    let sets: Vec<Vec<Block>> = sets
        .chain(TOGETHER.iter().map(|set| set.to_vec()))
        .filter(|set| !set.is_empty())
        .collect();
    for side in [Side::Rows, Side::Columns, Side::Imports] {
        let list: Vec<usize> = off.list(side).into_iter().take(LOOKED_AT).collect();
        for (k, &a) in list.iter().enumerate() {
            let opposite = |b: &&usize| off.is_just(side, **b, -off.at(side, a));
            let Some(&b) = list[k + 1..].iter().find(opposite) else {
                continue;
            };
            if !off.is_off(side, a) {
                continue;
            }
            let Some((blocks, lines, trace)) = sets
                .iter()
                .flat_map(|set| exchanges(sums, set, a, b))
                .find(|(_, _, trace)| {
                    trace.first().is_some_and(|(of, ..)| *of == side)
                        && off.clone().partly_explained_by(trace, true)
                })
            else {
                continue;
            };
            off.partly_explained_by(&trace, true);
            causes.push(Cause::Swapped {
                blocks,
                lines,
                first: name(table, a.min(b)),
                second: name(table, a.max(b)),
            });
        }
    }
}

/// What is left where two sectors of some blocks are exchanged: in rows and columns, or in either.
fn exchanges(sums: &[Sums], set: &[Block], a: usize, b: usize) -> Vec<(Vec<Block>, Lines, Trace)> {
    let of = |sides: &[Side]| -> (Vec<Block>, Trace) {
        let mut trace = Trace::new();
        let mut blocks = Vec::new();
        for sums in sums.iter().filter(|sums| set.contains(&sums.block)) {
            for (side, values) in sums.of.iter().filter(|(side, _)| sides.contains(side)) {
                let more = values[a] - values[b];
                trace.extend([(*side, a, more), (*side, b, -more)]);
                if !blocks.contains(&sums.block) {
                    blocks.push(sums.block);
                }
            }
        }
        // Several blocks add to one total.
        let mut joined: Trace = Vec::new();
        for (side, at, amount) in trace {
            match joined.iter_mut().find(|(s, k, _)| (*s, *k) == (side, at)) {
                Some((.., sum)) => *sum += amount,
                None => joined.push((side, at, amount)),
            }
        }
        (blocks, joined)
    };
    let all = [Side::Rows, Side::Columns, Side::Imports];
    let ways = [
        (&all[..], Lines::Both),
        (&all[..1], Lines::Rows),
        (&all[1..2], Lines::Columns),
        (&all[2..], Lines::Rows),
    ];
    let mut found = Vec::new();
    for (sides, lines) in ways {
        let (blocks, trace) = of(sides);
        let of_one = trace.iter().all(|(side, ..)| *side == trace[0].0);
        let lines = match lines {
            Lines::Both
                if of_one
                    && trace
                        .first()
                        .is_some_and(|(side, ..)| *side == Side::Columns) =>
            {
                Lines::Columns
            }
            Lines::Both if of_one || set == [Block::Output] => Lines::Rows,
            lines => lines,
        };
        // What moves output moves both of its totals.
        if trace.is_empty() || (set.contains(&Block::Output) && sides.len() == 1) {
            continue;
        }
        // Columns first where the trace is sought by them.
        let mut turned = trace.clone();
        turned.reverse();
        found.push((blocks.clone(), lines, trace));
        found.push((blocks, lines, turned));
    }
    found
}

/// The mistake that one total shows.
fn cause_of(table: &Table, sums: &[Sums], off: &mut Off, side: Side, at: usize) -> Option<Cause> {
    let f = table.flows();
    empty(table, sums, off, side, at)
        .or_else(|| of_output(table, off, side, at))
        .or_else(|| of_cells(table, off, side, at))
        .or_else(|| match side {
            Side::Rows => of_flows(table, Block::DomesticFlows, &f.domestic, off, side, at),
            Side::Imports => of_flows(table, Block::ImportedFlows, &f.imported, off, side, at),
            Side::Columns => of_flows(table, Block::DomesticFlows, &f.domestic, off, side, at)
                .or_else(|| of_flows(table, Block::ImportedFlows, &f.imported, off, side, at)),
        })
        .or_else(|| of_sums(table, sums, off, side, at))
        .or_else(|| of_all(table, sums, off, side, at))
}

/// A sector that makes something and sells, or uses, nothing.
fn empty(table: &Table, sums: &[Sums], off: &mut Off, side: Side, at: usize) -> Option<Cause> {
    let output = table.flows().output[at];
    let of = sums.iter().filter(|sums| sums.block != Block::Output);
    let mut of = of.flat_map(|sums| sums.of.iter().filter(|(of, _)| *of == side));
    let nothing = side != Side::Imports && of.all(|(_, values)| values[at] == 0.0);
    if !nothing || !off.partly_explained_by(&vec![(side, at, -output)], false) {
        return None;
    }
    Some(Cause::EmptyLine {
        sector: name(table, at),
        side,
        output,
    })
}

/// Output in another unit: sales and costs agree on it.
fn of_output(table: &Table, off: &mut Off, side: Side, at: usize) -> Option<Cause> {
    if side == Side::Imports {
        return None;
    }
    let output = table.flows().output[at];
    let factor = FACTORS.into_iter().find(|factor| {
        let left = output / factor - output;
        off.is(Side::Rows, at, left)
            && off.is(Side::Columns, at, left)
            && off.partly_explained_by(
                &vec![(Side::Rows, at, left), (Side::Columns, at, left)],
                false,
            )
    })?;
    Some(Cause::OtherUnit {
        block: Block::Output,
        place: Place::Row {
            sector: name(table, at),
            cells: None,
        },
        factor,
    })
}

/// One cell in another unit or with another sign.
fn of_cells(table: &Table, off: &mut Off, side: Side, at: usize) -> Option<Cause> {
    let (f, meta) = (table.flows(), table.meta());
    let n = f.output.len();
    let label = |at: usize| Text::from(&name(table, at));
    let mut tried = |trace: Trace, block: Block, row: Text, column: Text, factor: f64| {
        let whole = trace
            .iter()
            .all(|(side, at, amount)| !off.has(*side) || off.is(*side, *at, *amount));
        (whole && off.partly_explained_by(&trace, false)).then_some(Cause::OtherUnit {
            block,
            place: Place::Cell { row, column },
            factor,
        })
    };
    for factor in FACTORS {
        let by = 1.0 - 1.0 / factor;
        let blocks = [
            (Block::DomesticFlows, &f.domestic, Side::Rows),
            (Block::ImportedFlows, &f.imported, Side::Imports),
        ];
        for (block, flows, sold) in blocks {
            for other in 0..n {
                let (i, j) = match side {
                    Side::Columns => (other, at),
                    _ if side == sold => (at, other),
                    _ => break,
                };
                let left = by * flows.at(i, j);
                let trace = vec![
                    (side, at, left),
                    match side {
                        Side::Columns => (sold, i, left),
                        _ => (Side::Columns, j, left),
                    },
                ];
                if let Some(cause) = tried(trace, block, label(i), label(j), factor) {
                    return Some(cause);
                }
            }
        }
        let demand = match side {
            Side::Rows => Some((Block::DomesticFinalDemand, &f.domestic_final_demand)),
            Side::Imports => Some((Block::ImportedFinalDemand, &f.imported_final_demand)),
            Side::Columns => None,
        };
        if let Some((block, values)) = demand {
            // A row with one figure is the figure.
            for (column, category) in meta.final_demand.iter().enumerate() {
                let trace = vec![(side, at, by * values[(at, column)])];
                let title = category.title.clone();
                if let Some(cause) = tried(trace, block, label(at), title, factor) {
                    return Some(cause);
                }
            }
        }
        if side == Side::Columns {
            let parts = meta.primary_inputs.iter().map(|part| &part.title);
            let others = meta.other_inputs.iter().map(|part| &part.title);
            let rows = [
                (
                    Block::PrimaryInputs,
                    &f.primary_inputs,
                    parts.collect::<Vec<_>>(),
                ),
                (Block::OtherInputs, &f.other_inputs, others.collect()),
            ];
            for (block, values, titles) in rows {
                for (row, title) in titles.into_iter().enumerate() {
                    let trace = vec![(side, at, by * values[(row, at)])];
                    if let Some(cause) = tried(trace, block, title.clone(), label(at), factor) {
                        return Some(cause);
                    }
                }
            }
        }
    }
    None
}

/// A row or a column of flows in another unit, as a whole or in some of its cells; or as a whole so many times
/// what it should be that it and nearly all totals that it crosses are met by one factor.
fn of_flows(
    table: &Table,
    block: Block,
    flows: &Matrix,
    off: &mut Off,
    side: Side,
    at: usize,
) -> Option<Cause> {
    let is_row = side != Side::Columns;
    let line = match is_row {
        true => flows.row(at),
        false => flows.column(at),
    };
    let crossing = match (is_row, block) {
        (true, _) => Side::Columns,
        (false, Block::DomesticFlows) => Side::Rows,
        (false, _) => Side::Imports,
    };
    let filled = line.iter().filter(|cell| **cell != 0.0).count();
    let place = |cells: Option<usize>| {
        let sector = name(table, at);
        match is_row {
            true => Place::Row { sector, cells },
            false => Place::Column { sector, cells },
        }
    };
    let all = || (0..line.len()).filter(|other| line[*other] != 0.0);
    let whole = |by: f64, cells: &mut dyn Iterator<Item = usize>| {
        let crossed: Trace = cells
            .map(|other| (crossing, other, by * line[other]))
            .collect();
        let sum = crossed.iter().map(|(.., amount)| amount).sum();
        let mut trace = vec![(side, at, sum)];
        trace.extend(crossed);
        trace
    };
    for factor in FACTORS {
        let by = 1.0 - 1.0 / factor;
        if off.partly_explained_by(&whole(by, &mut all()), false) {
            let cells = None;
            return Some(Cause::OtherUnit {
                block,
                place: place(cells),
                factor,
            });
        }
        if !off.has(crossing) {
            continue;
        }
        let hit: Vec<usize> = all()
            .filter(|other| {
                off.is_off(crossing, *other) && off.is(crossing, *other, by * line[*other])
            })
            .collect();
        if hit.len() >= 2
            && hit.len() < filled
            && off.partly_explained_by(&whole(by, &mut hit.iter().copied()), false)
        {
            let cells = Some(hit.len());
            return Some(Cause::OtherUnit {
                block,
                place: place(cells),
                factor,
            });
        }
    }
    // Its own total says the factor, so that those it crosses have to bear it out, in three cells at least.
    let by = off.at(side, at) / line.sum();
    let factor = 1.0 / (1.0 - by);
    let borne_out = off.has(crossing) && filled >= 3 && factor.is_finite() && factor > 0.0;
    let met = |other: &usize| off.is(crossing, *other, by * line[*other]);
    (borne_out
        && all().filter(met).count() * 10 >= filled * 9
        && off.partly_explained_by(&whole(by, &mut all()), false))
    .then(|| Cause::OtherUnit {
        block,
        place: place(None),
        factor,
    })
}

/// All figures of a sector in a block that adds to this total alone.
fn of_sums(table: &Table, sums: &[Sums], off: &mut Off, side: Side, at: usize) -> Option<Cause> {
    let alone = sums
        .iter()
        .filter(|sums| matches!(&sums.of[..], [(of, _)] if *of == side));
    for sums in alone {
        let value = sums.of[0].1[at];
        let met = |factor: &f64| {
            off.partly_explained_by(&vec![(side, at, value * (1.0 - 1.0 / factor))], false)
        };
        if let Some(factor) = FACTORS.into_iter().find(met) {
            let sector = name(table, at);
            let cells = None;
            let place = match side {
                Side::Columns => Place::Column { sector, cells },
                _ => Place::Row { sector, cells },
            };
            return Some(Cause::OtherUnit {
                block: sums.block,
                place,
                factor,
            });
        }
    }
    None
}

/// All that a sector sells, or all that it uses, in another unit.
fn of_all(table: &Table, sums: &[Sums], off: &mut Off, side: Side, at: usize) -> Option<Cause> {
    let f = table.flows();
    let of = sums
        .iter()
        .filter(|sums| !matches!(sums.block, Block::Output | Block::Imports));
    let of = of.flat_map(|sums| sums.of.iter().filter(|(of, _)| *of == side));
    let sum: f64 = of.map(|(_, values)| values[at]).sum();
    for factor in FACTORS {
        let by = 1.0 - 1.0 / factor;
        let mut trace = vec![(side, at, by * sum)];
        match side {
            Side::Rows => trace
                .extend((0..f.output.len()).map(|j| (Side::Columns, j, by * f.domestic.at(at, j)))),
            Side::Imports => trace
                .extend((0..f.output.len()).map(|j| (Side::Columns, j, by * f.imported.at(at, j)))),
            Side::Columns => {
                trace.extend(
                    (0..f.output.len()).map(|i| (Side::Rows, i, by * f.domestic.at(i, at))),
                );
                trace.extend(
                    (0..f.output.len()).map(|i| (Side::Imports, i, by * f.imported.at(i, at))),
                );
            }
        }
        if off.partly_explained_by(&trace, false) {
            return Some(Cause::OtherUnitInAll {
                sector: name(table, at),
                side,
                factor,
            });
        }
    }
    None
}
