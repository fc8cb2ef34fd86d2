//! A sound table, and what is found when its files are changed: for tests.

use crate::analysis::checkup::{Checkup, check};
use crate::table::read::native;
use crate::table::{AnyTable, FinalDemandRole, PrimaryInputRole, Table, write};
use std::collections::BTreeMap;

/// The cells of a file: a line of codes, then a code and figures a line.
pub(super) type Cells = Vec<Vec<String>>;

/// The files of a table, as they are changed.
pub(super) struct Files(BTreeMap<String, Cells>);

impl Files {
    pub(super) fn cells(&mut self, file: &str) -> &mut Cells {
        let name = format!("{file}.csv");
        self.0.get_mut(&name).expect("the file is there")
    }

    pub(super) fn value(&mut self, file: &str, row: usize, column: usize) -> f64 {
        self.cells(file)[row][column].parse().expect("a number")
    }

    pub(super) fn set(&mut self, file: &str, row: usize, column: usize, value: f64) {
        self.cells(file)[row][column] = value.to_string();
    }

    /// Multiplies figures; rows and columns count from 1.
    pub(super) fn times(&mut self, file: &str, of: impl Fn(usize, usize) -> bool, by: f64) {
        let (rows, columns) = (self.cells(file).len(), self.cells(file)[0].len());
        for row in 1..rows {
            for column in (1..columns).filter(|column| of(row, *column)) {
                let value = self.value(file, row, column) * by;
                self.set(file, row, column, value);
            }
        }
    }

    /// Exchanges the figures of two rows, not their codes.
    pub(super) fn exchange_rows(&mut self, file: &str, a: usize, b: usize) {
        let cells = self.cells(file);
        for column in 1..cells[a].len() {
            let one = cells[a][column].clone();
            cells[a][column] = std::mem::replace(&mut cells[b][column], one);
        }
    }

    pub(super) fn exchange_columns(&mut self, file: &str, a: usize, b: usize) {
        let cells = self.cells(file);
        for row in cells.iter_mut().skip(1) {
            row.swap(a, b);
        }
    }

    pub(super) fn transpose(&mut self, file: &str) {
        let given = self.cells(file).clone();
        for (row, line) in self.cells(file).iter_mut().enumerate().skip(1) {
            for (column, cell) in line.iter_mut().enumerate().skip(1) {
                cell.clone_from(&given[column][row]);
            }
        }
    }
}

/// Four sectors with imports by product, which no two figures have alike.
pub(super) fn sound() -> AnyTable {
    let domestic = [
        [1_100.0, 7_030.0, 240.0, 310.0],
        [3_000.0, 4_250.0, 520.0, 1_270.0],
        [905.0, 660.0, 1_310.0, 2_040.0],
        [420.0, 1_530.0, 870.0, 610.0],
    ];
    let imported = [
        [130.0, 1_720.0, 11.0, 57.0],
        [240.0, 2_310.0, 83.0, 172.0],
        [17.0, 95.0, 61.0, 290.0],
        [29.0, 114.0, 47.0, 36.0],
    ];
    Table::builder("four", 2022)
        .sectors([
            ("1", "Farms"),
            ("2", "Mills"),
            ("3", "Trade"),
            ("4", "Offices"),
        ])
        .domestic_flows(domestic)
        .imported_flows(imported)
        .final_demand(
            FinalDemandRole::Household,
            [2_050.0, 9_100.0, 8_330.0, 3_700.0],
        )
        .final_demand(
            FinalDemandRole::FixedCapital,
            [110.0, 6_400.0, 950.0, 15_200.0],
        )
        .final_demand(FinalDemandRole::Exports, [870.0, 5_700.0, 1_480.0, 640.0])
        .imported_final_demand(FinalDemandRole::Household, [410.0, 1_900.0, 130.0, 77.0])
        .imported_final_demand(FinalDemandRole::FixedCapital, [3.0, 2_600.0, 21.0, 140.0])
        .value_added(
            PrimaryInputRole::Compensation,
            [1_900.0, 6_300.0, 7_200.0, 9_100.0],
        )
        .value_added(
            PrimaryInputRole::OperatingSurplus,
            [3_969.0, 6_231.0, 5_333.0, 9_085.0],
        )
        .imports([2_331.0, 7_305.0, 614.0, 443.0], [0.0; 4])
        .build()
        .expect("a table")
}

/// A table whose files are changed before it is examined.
pub(super) fn spoiled(change: impl Fn(&mut Files)) -> Checkup {
    let table = sound();
    let flows = table.flows(crate::Text::same("files")).expect("flows");
    let mut files = write::native::write(flows).expect("files");
    let of_cells = |text: &str| -> Cells {
        let lines = text.lines();
        lines
            .map(|line| line.split(',').map(str::to_owned).collect())
            .collect()
    };
    let figures = files
        .iter()
        .filter(|(name, _)| name.ends_with(".csv") && *name != "sectors.csv");
    let mut changed = Files(
        figures
            .map(|(name, text)| (name.clone(), of_cells(text)))
            .collect(),
    );
    change(&mut changed);
    for (name, cells) in changed.0 {
        let lines: Vec<String> = cells.iter().map(|cells| cells.join(",")).collect();
        files.retain(|(known, _)| *known != name);
        files.push((name, lines.join("\n") + "\n"));
    }
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        std::fs::write(folder.path().join(&name), text).expect("written");
    }
    check(&native::read_unbalanced(&native::Directory::new(folder.path())).expect("read"))
}
