//! A sound table is spoiled in one way at a time, and each is told by its cause.

use super::spoiled::Files;
use super::spoiled::{sound, spoiled};
use super::*;
use crate::analysis::checkup::check;
use crate::table::{AnyTable, FinalDemandRole};

/// The one cause that is found, with nothing else.
fn only(change: impl Fn(&mut Files)) -> Cause {
    let checkup = spoiled(change);
    let faults = &checkup.faults;
    assert_eq!((checkup.causes.len(), faults.len()), (1, 1), "{faults:#?}");
    checkup.causes[0].clone()
}

fn named(code: &str) -> SectorName {
    let table = sound();
    let at = table.sectors().position(code).expect("a sector");
    table.sectors().get(at).into()
}

fn row(code: &str, cells: Option<usize>) -> Place {
    let sector = named(code);
    Place::Row { sector, cells }
}

fn column(code: &str, cells: Option<usize>) -> Place {
    let sector = named(code);
    Place::Column { sector, cells }
}

fn cell(row: &str, column: &str) -> Place {
    let (row, column) = (Text::from(&named(row)), Text::from(&named(column)));
    Place::Cell { row, column }
}

/// A cause of another unit, with a factor that is not exact in binary.
fn assert_unit(cause: &Cause, in_block: Block, at: &Place, times: f64) {
    let Cause::OtherUnit {
        block,
        place,
        factor,
    } = cause
    else {
        panic!("{cause:?}");
    };
    assert_eq!((*block, place), (in_block, at));
    assert!((factor / times - 1.0).abs() < 1e-12, "{factor}");
}

#[test]
fn a_sound_table_has_no_cause_of_faults() {
    let checkup = spoiled(|_| {});
    assert!(checkup.is_clean() && checkup.causes.is_empty());
    for id in ["kr-2023-83", "kr-2020-165"] {
        let table = AnyTable::open(id).expect("built in");
        assert!(check(&table).is_clean());
    }
}

#[test]
fn a_block_in_another_unit_is_one_cause() {
    for (file, block) in [
        ("domestic_flows", Block::DomesticFlows),
        ("imported_flows", Block::ImportedFlows),
        ("domestic_final_demand", Block::DomesticFinalDemand),
        ("imported_final_demand", Block::ImportedFinalDemand),
        ("primary_inputs", Block::PrimaryInputs),
        ("output", Block::Output),
    ] {
        for by in [1e-3, 1e3, 1e-2] {
            let cause = only(|files| files.times(file, |_, _| true, by));
            assert_unit(&cause, block, &Place::All, by);
        }
    }
}

#[test]
fn a_block_with_the_wrong_sign_is_told_from_one_in_another_unit() {
    let cause = only(|files| files.times("imports", |_, _| true, -1.0));
    assert_unit(&cause, Block::Imports, &Place::All, -1.0);
    // Words come with the report.
    #[cfg(feature = "report")]
    assert!(cause.text().en.contains("sign"));
    let cause = only(|files| {
        files.times(
            "primary_inputs",
            |row, column| (row, column) == (2, 3),
            -1.0,
        )
    });
    let Cause::OtherUnit {
        block: Block::PrimaryInputs,
        place: Place::Cell { .. },
        factor,
    } = cause
    else {
        panic!("{cause:?}");
    };
    assert_eq!(factor, -1.0);
}

#[test]
fn a_row_a_thousandth_is_named_as_a_whole_and_in_part() {
    let cause = only(|files| files.times("domestic_flows", |row, _| row == 2, 1e-3));
    assert_unit(&cause, Block::DomesticFlows, &row("2", None), 1e-3);
    let cause = only(|files| {
        files.times(
            "domestic_flows",
            |row, column| row == 2 && column != 3,
            1e-3,
        )
    });
    assert_unit(&cause, Block::DomesticFlows, &row("2", Some(3)), 1e-3);
    let cause = only(|files| files.times("imported_flows", |row, _| row == 1, 1e-3));
    assert_unit(&cause, Block::ImportedFlows, &row("1", None), 1e-3);
    let cause = only(|files| files.times("domestic_final_demand", |row, _| row == 4, 1e-3));
    assert_unit(&cause, Block::DomesticFinalDemand, &row("4", None), 1e-3);
    let cause = only(|files| {
        for file in ["domestic_flows", "domestic_final_demand"] {
            files.times(file, |row, _| row == 2, 1e-3);
        }
    });
    assert!(
        matches!(&cause, Cause::OtherUnitInAll { sector, side: Side::Rows, factor } if sector.code == "2" && *factor == 1e-3),
        "{cause:?}"
    );
}

#[test]
fn a_column_a_thousandth_is_named_as_a_whole_and_in_part() {
    let cause = only(|files| files.times("domestic_flows", |_, column| column == 3, 1e-3));
    assert_unit(&cause, Block::DomesticFlows, &column("3", None), 1e-3);
    let cause =
        only(|files| files.times("domestic_flows", |row, column| column == 3 && row < 4, 1e-3));
    assert_unit(&cause, Block::DomesticFlows, &column("3", Some(3)), 1e-3);
    let cause = only(|files| files.times("primary_inputs", |_, column| column == 1, 1e-3));
    assert_unit(&cause, Block::PrimaryInputs, &column("1", None), 1e-3);
}

#[test]
fn two_rows_a_thousandth_are_two_causes_and_nothing_else() {
    let checkup =
        spoiled(|files| files.times("domestic_flows", |row, _| row == 1 || row == 3, 1e-3));
    assert_eq!(checkup.causes.len(), checkup.faults.len());
    let mut rows: Vec<String> = Vec::new();
    for cause in &checkup.causes {
        let Cause::OtherUnit {
            place: Place::Row {
                sector,
                cells: None,
            },
            ..
        } = cause
        else {
            panic!("{:?}", checkup.causes);
        };
        rows.push(sector.code.clone());
    }
    rows.sort();
    assert_eq!(rows, ["1", "3"]);
}

#[test]
fn a_cell_in_another_unit_or_with_another_sign_is_named() {
    let cause =
        only(|files| files.times("domestic_flows", |row, column| (row, column) == (2, 4), 1e3));
    assert_unit(&cause, Block::DomesticFlows, &cell("2", "4"), 1e3);
    let cause = only(|files| {
        files.times(
            "domestic_flows",
            |row, column| (row, column) == (1, 3),
            -1.0,
        )
    });
    assert_unit(&cause, Block::DomesticFlows, &cell("1", "3"), -1.0);
    let cause =
        only(|files| files.times("imported_flows", |row, column| (row, column) == (2, 2), 0.1));
    assert_unit(&cause, Block::ImportedFlows, &cell("2", "2"), 0.1);
    // A slip of the pen is no unit: it is said as a cell, with no cause.
    let checkup = spoiled(|files| files.set("domestic_flows", 2, 4, 1_720.0));
    assert!(checkup.causes.is_empty());
    assert_eq!(checkup.faults.len(), 1);
    #[cfg(feature = "report")]
    assert!(
        checkup.faults[0]
            .text()
            .en
            .contains("row 2, column 4 is off by +450")
    );
}

#[test]
fn output_of_one_sector_in_another_unit_is_told_from_its_sales() {
    let cause = only(|files| files.times("output", |row, _| row == 3, 1e-3));
    assert_unit(&cause, Block::Output, &row("3", None), 1e-3);
}

#[test]
fn flows_that_are_transposed_are_one_cause() {
    for (file, block) in [
        ("domestic_flows", Block::DomesticFlows),
        ("imported_flows", Block::ImportedFlows),
    ] {
        assert_eq!(
            only(|files| files.transpose(file)),
            Cause::Transposed { block }
        );
    }
}

#[test]
fn two_lines_that_are_exchanged_are_named_with_their_block() {
    let swapped = |block, lines, first, second| Cause::Swapped {
        blocks: vec![block],
        lines,
        first: named(first),
        second: named(second),
    };
    let cause = only(|files| files.exchange_columns("domestic_flows", 1, 3));
    assert_eq!(
        cause,
        swapped(Block::DomesticFlows, Lines::Columns, "1", "3")
    );
    let cause = only(|files| files.exchange_rows("domestic_flows", 2, 4));
    assert_eq!(cause, swapped(Block::DomesticFlows, Lines::Rows, "2", "4"));
    let cause = only(|files| {
        files.exchange_rows("domestic_flows", 2, 4);
        files.exchange_columns("domestic_flows", 2, 4);
    });
    assert_eq!(cause, swapped(Block::DomesticFlows, Lines::Both, "2", "4"));
    let cause = only(|files| files.exchange_columns("primary_inputs", 2, 3));
    assert_eq!(
        cause,
        swapped(Block::PrimaryInputs, Lines::Columns, "2", "3")
    );
    let cause = only(|files| files.exchange_rows("domestic_final_demand", 1, 2));
    assert_eq!(
        cause,
        swapped(Block::DomesticFinalDemand, Lines::Rows, "1", "2")
    );
    let cause = only(|files| files.exchange_rows("output", 1, 4));
    assert_eq!(cause, swapped(Block::Output, Lines::Rows, "1", "4"));
    let cause = only(|files| files.exchange_columns("imported_flows", 1, 2));
    assert_eq!(
        cause,
        swapped(Block::ImportedFlows, Lines::Columns, "1", "2")
    );
}

#[test]
fn figures_that_slipped_by_a_line_are_in_another_order() {
    let cause = only(|files| {
        for at in [2, 3, 4] {
            files.exchange_rows("output", 1, at);
        }
    });
    assert_eq!(
        cause,
        Cause::OtherOrder {
            block: Block::Output,
            lines: Lines::Rows,
            sectors: 4
        }
    );
}

#[test]
fn a_total_that_was_taken_for_a_sector_is_named() {
    let checkup = spoiled(|files| {
        let totals = [
            [1_100.0, 7_030.0, 8_130.0, 0.0],
            [3_000.0, 4_250.0, 7_250.0, 0.0],
            [4_100.0, 11_280.0, 15_380.0, 0.0],
        ];
        for (i, line) in totals.iter().enumerate() {
            for (j, value) in line.iter().enumerate() {
                files.set("domestic_flows", i + 1, j + 1, *value);
            }
        }
        for j in 1..=4 {
            files.set("domestic_flows", 4, j, 0.0);
        }
    });
    let (sector, lines) = (named("3"), Lines::Both);
    assert_eq!(checkup.causes[0], Cause::SumOfOthers { sector, lines });
}

#[test]
fn a_total_in_the_row_of_a_sector_alone_is_named() {
    let cause = only(|files| {
        for j in 1..=4 {
            let others = (1..=3).map(|i| files.value("domestic_flows", i, j));
            let sum = others.sum();
            files.set("domestic_flows", 4, j, sum);
        }
    });
    let (sector, lines) = (named("4"), Lines::Rows);
    assert_eq!(cause, Cause::SumOfOthers { sector, lines });
    let cause = only(|files| {
        for i in 1..=4 {
            let others = (2..=4).map(|j| files.value("domestic_flows", i, j));
            let sum = others.sum();
            files.set("domestic_flows", i, 1, sum);
        }
    });
    let (sector, lines) = (named("1"), Lines::Columns);
    assert_eq!(cause, Cause::SumOfOthers { sector, lines });
}

#[test]
fn a_line_by_any_factor_is_named_where_all_that_it_crosses_bear_it_out() {
    let cause = only(|files| files.times("domestic_flows", |_, column| column == 3, 2.5));
    let Cause::OtherUnit { factor, .. } = &cause else {
        panic!("{cause:?}");
    };
    assert!((factor - 2.5).abs() < 1e-6);
    assert_unit(&cause, Block::DomesticFlows, &column("3", None), *factor);
    #[cfg(feature = "report")]
    assert!(cause.text().en.contains("2.5000 times") && !cause.text().en.contains("unit"));
    // One cell is no line.
    let checkup =
        spoiled(|files| files.times("domestic_flows", |row, column| (row, column) == (2, 3), 2.5));
    assert!(checkup.causes.is_empty(), "{:?}", checkup.causes);
}

#[test]
fn a_total_among_categories_and_among_inputs_is_named() {
    let cause = only(|files| {
        for row in 1..=4 {
            let sum = files.value("domestic_final_demand", row, 1)
                + files.value("domestic_final_demand", row, 2);
            let own = files.value("domestic_final_demand", row, 3);
            let output = files.value("output", row, 1);
            // Exports are a total of the others now, and output is without them.
            files.set("domestic_final_demand", row, 3, sum);
            files.set("output", row, 1, output - own);
            let last = files.cells("primary_inputs").len() - 1;
            let surplus = files.value("primary_inputs", last, row);
            files.set("primary_inputs", last, row, surplus - own);
        }
    });
    assert!(
        matches!(
            cause,
            Cause::Doubled {
                block: Block::DomesticFinalDemand,
                is_sum: true,
                ..
            }
        ),
        "{cause:?}"
    );
    let cause = only(|files| {
        for column in 1..=4 {
            let (pay, surplus) = (
                files.value("primary_inputs", 1, column),
                files.value("primary_inputs", 2, column),
            );
            files.set("primary_inputs", 1, column, pay + surplus);
            files.set("primary_inputs", 2, column, pay + surplus);
        }
    });
    assert!(
        matches!(
            cause,
            Cause::Doubled {
                block: Block::PrimaryInputs,
                is_sum: true,
                ..
            }
        ),
        "{cause:?}"
    );
}

#[test]
fn imports_among_domestic_flows_are_one_cause() {
    let cause = only(|files| {
        for row in 1..=4 {
            for column in 1..=4 {
                let sum = files.value("domestic_flows", row, column)
                    + files.value("imported_flows", row, column);
                files.set("domestic_flows", row, column, sum);
            }
        }
    });
    assert_eq!(cause, Cause::ImportsAmongDomestic);
}

#[test]
fn coefficients_in_the_place_of_flows_are_one_cause() {
    let cause = only(|files| {
        for column in 1..=4 {
            let output = files.value("output", column, 1);
            files.times("domestic_flows", |_, at| at == column, 1.0 / output);
        }
    });
    assert_eq!(
        cause,
        Cause::CoefficientsForFlows {
            block: Block::DomesticFlows
        }
    );
}

#[test]
fn what_lacks_in_most_sectors_is_one_cause_with_its_amount() {
    let checkup = spoiled(|files| files.times("primary_inputs", |row, _| row == 1, 0.0));
    let [
        Cause::Missing {
            side: Side::Columns,
            sectors: 4,
            amount,
            share: Some(share),
        },
    ] = checkup.causes[..]
    else {
        panic!("{:?}", checkup.causes);
    };
    assert_eq!((amount, checkup.faults.len()), (-24_500.0, 1));
    let table = sound();
    let value_added = table
        .flows(Text::same(""))
        .expect("flows")
        .value_added()
        .sum();
    assert!((share - (value_added - 24_500.0) / value_added).abs() < 1e-12);
    let checkup =
        spoiled(|files| files.times("domestic_final_demand", |_, column| column == 3, 0.0));
    assert!(
        matches!(checkup.causes[..], [Cause::Missing { side: Side::Rows, sectors: 4, amount, .. }] if amount == -8_690.0),
        "{:?}",
        checkup.causes
    );
}

#[test]
fn a_sector_that_sells_or_uses_nothing_is_named() {
    let checkup = spoiled(|files| {
        for file in ["domestic_flows", "domestic_final_demand"] {
            files.times(file, |row, _| row == 1, 0.0);
        }
    });
    assert!(checkup.causes.iter().any(|cause| matches!(
        cause,
        Cause::EmptyLine { sector, side: Side::Rows, .. } if sector.code == "1"
    )));
    let checkup = spoiled(|files| {
        for file in ["domestic_flows", "imported_flows", "primary_inputs"] {
            files.times(file, |_, column| column == 4, 0.0);
        }
    });
    assert!(checkup.causes.iter().any(|cause| matches!(
        cause,
        Cause::EmptyLine { sector, side: Side::Columns, .. } if sector.code == "4"
    )));
}

#[test]
fn lines_that_are_alike_are_named() {
    let checkup = spoiled(|files| {
        for column in 1..=4 {
            let value = files.value("domestic_flows", 1, column);
            files.set("domestic_flows", 3, column, value);
        }
    });
    assert!(checkup.causes.contains(&Cause::Alike {
        lines: Lines::Rows,
        first: named("1"),
        second: named("3"),
    }));
}

#[test]
fn the_sectors_of_a_loop_that_is_nearly_closed_are_named() {
    // Farms and mills buy nearly all that they make of each other; trade and offices are apart.
    let table = Table::builder("loop", 2022)
        .sectors([("1", "Farms"), ("2", "Mills"), ("3", "Trade")])
        .domestic_flows([[0.0, 970.0, 1.0], [980.0, 0.0, 1.0], [1.0, 2.0, 10.0]])
        .final_demand(FinalDemandRole::Household, [29.0, 19.0, 500.0])
        .build()
        .expect("a table");
    let checkup = check(&table);
    assert!(checkup.is_clean());
    let found = checkup.remarks.iter().find_map(|remark| match remark {
        crate::analysis::checkup::Finding::Caused(Cause::NearClosedLoop { radius, sectors }) => {
            Some((*radius, sectors.clone()))
        }
        _ => None,
    });
    let (radius, sectors) = found.expect("the loop is remarked on");
    let mut codes: Vec<&str> = sectors.iter().map(|sector| sector.code.as_str()).collect();
    codes.sort_unstable();
    assert!(radius > 0.97 && radius < 0.98);
    assert_eq!(codes, ["1", "2"]);
    // With A = [0 .97 ...; .98 0 ...] the multipliers are about 1 / (1 - .975).
    assert!(
        checkup
            .condition
            .is_some_and(|condition| condition > 60.0 && condition < 100.0)
    );
}

#[cfg(feature = "report")]
#[test]
fn every_cause_is_said_in_both_languages() {
    let cause = only(|files| {
        files.times(
            "domestic_flows",
            |row, column| row == 2 && column != 3,
            1e-3,
        )
    });
    let text = cause.text();
    assert_eq!(
        text.en,
        "domestic_flows, row 2 Mills, 3 of its cells: 0.001 times what it should be, so in another unit; divided by 0.001 \
         the totals are met"
    );
    assert!(text.ko.contains("0.001배") && text.ko.contains("2 Mills 행"));
}
