//! Small economies built in memory, for the tests of the library.
#![allow(dead_code, reason = "each test program uses a part of it")]

use leontief::table::{
    Account, AnyTable, Classification, FinalDemandCategory, FinalDemandRole, Flows, Kind, Meta,
    PrimaryInput, PrimaryInputRole, Sector, Table,
};
use leontief::{Model, Text};
use nalgebra::{DMatrix, DVector};

pub fn open(id: &str) -> AnyTable {
    AnyTable::open(id).expect("a built-in table")
}

pub fn model(table: &AnyTable) -> Model {
    Model::new(table).expect("a productive table")
}

pub fn unit(n: usize, at: usize) -> DVector<f64> {
    let mut unit = DVector::zeros(n);
    unit[at] = 1.0;
    unit
}

/// An economy as a textbook prints it. Final demand has a column for each role, primary inputs a
/// row for each; nothing is imported unless [`Economy::imported`] says so.
pub struct Economy {
    pub flows: DMatrix<f64>,
    pub imported: DMatrix<f64>,
    pub demand: Vec<(FinalDemandRole, DVector<f64>)>,
    pub imported_demand: Vec<DVector<f64>>,
    pub inputs: Vec<(PrimaryInputRole, DVector<f64>)>,
    pub output: DVector<f64>,
    pub accounts: Vec<(&'static str, DVector<f64>)>,
}

impl Economy {
    /// What is not used as an input is final demand, and what is not bought is operating surplus.
    pub fn new(flows: DMatrix<f64>, output: DVector<f64>) -> Self {
        let n = output.len();
        Economy {
            demand: vec![(FinalDemandRole::Household, &output - flows.column_sum())],
            imported: DMatrix::zeros(n, n),
            imported_demand: vec![DVector::zeros(n)],
            inputs: vec![(
                PrimaryInputRole::OperatingSurplus,
                &output - flows.row_sum().transpose(),
            )],
            flows,
            output,
            accounts: Vec::new(),
        }
    }

    /// With `wages` taken out of the operating surplus.
    pub fn wages(mut self, wages: DVector<f64>) -> Self {
        self.inputs[0].1 -= &wages;
        self.inputs.push((PrimaryInputRole::Compensation, wages));
        self
    }

    /// With totals of an account: "jobs".
    pub fn account(mut self, id: &'static str, totals: DVector<f64>) -> Self {
        self.accounts.push((id, totals));
        self
    }

    pub fn meta(&self) -> Meta {
        let text = Text::same("textbook");
        Meta {
            id: "textbook".to_owned(),
            kind: Kind::Flows,
            title: text.clone(),
            year: 2000,
            country: text.clone(),
            classification: "textbook".to_owned(),
            currency: "KRW".to_owned(),
            unit: 1e6,
            price_basis: text.clone(),
            prices: Default::default(),
            attribution: text.clone(),
            modifications: text.clone(),
            sources: Vec::new(),
            final_demand: self
                .demand
                .iter()
                .enumerate()
                .map(|(at, (role, _))| FinalDemandCategory {
                    id: format!("f{at}"),
                    role: *role,
                    title: text.clone(),
                    region: None,
                })
                .collect(),
            regions: Vec::new(),
            primary_inputs: self
                .inputs
                .iter()
                .enumerate()
                .map(|(at, (role, _))| PrimaryInput {
                    id: format!("v{at}"),
                    role: *role,
                    title: text.clone(),
                })
                .collect(),
            other_inputs: Vec::new(),
            accounts: self
                .accounts
                .iter()
                .map(|(id, _)| Account {
                    id: (*id).to_owned(),
                    title: text.clone(),
                    unit: Text::same("persons"),
                })
                .collect(),
            blocks: Vec::new(),
            known: Default::default(),
            roles: Default::default(),
            regrouped_from: None,
            split_error: None,
        }
    }

    pub fn sectors(&self) -> Classification {
        let sectors = (1..=self.output.len())
            .map(|code| Sector {
                code: code.to_string(),
                name: Text::same(format!("Sector {code}")),
                group: None,
            })
            .collect();
        Classification::new("textbook", sectors, &[]).expect("codes differ")
    }

    pub fn try_table(&self) -> leontief::Result<AnyTable> {
        let rows: Vec<_> = self.inputs.iter().map(|(_, row)| row.transpose()).collect();
        let columns: Vec<_> = self.demand.iter().map(|(_, f)| f.clone()).collect();
        let flows = Flows {
            domestic: self.flows.clone().into(),
            imported: self.imported.clone().into(),
            domestic_final_demand: DMatrix::from_columns(&columns),
            imported_final_demand: DMatrix::from_columns(&self.imported_demand),
            primary_inputs: DMatrix::from_rows(&rows),
            other_inputs: DMatrix::zeros(0, self.output.len()),
            other_final_demand: DMatrix::zeros(0, self.demand.len()),
            output: self.output.clone(),
            imports: None,
            satellites: self.accounts.iter().map(|(_, v)| v.clone()).collect(),
        };
        let table = Table::new(self.meta(), self.sectors(), flows, String::new())?;
        Ok(AnyTable::Flows(Box::new(table)))
    }

    pub fn table(&self) -> AnyTable {
        self.try_table().expect("a sound economy")
    }
}

/// A folder on disk in the project's format.
pub struct Folder {
    pub path: tempfile::TempDir,
}

impl Folder {
    /// The files of a table of flows.
    pub fn of(table: &AnyTable) -> Self {
        let flows = table
            .flows(Text::same("the test"))
            .expect("a table of flows");
        let path = tempfile::tempdir().expect("a folder for the test");
        for (name, text) in leontief::table::write::native::write(flows).expect("files") {
            std::fs::write(path.path().join(name), text).expect("a file");
        }
        Folder { path }
    }

    /// Miller & Blair's two sectors with an account of jobs.
    pub fn two_sectors() -> Self {
        let flows = nalgebra::dmatrix![150.0, 500.0; 200.0, 100.0];
        let economy = Economy::new(flows, nalgebra::dvector![1000.0, 2000.0]);
        let jobs = nalgebra::dvector![300.0, 500.0];
        Folder::of(&economy.account("jobs", jobs).table())
    }

    pub fn name(&self) -> &str {
        self.path.path().to_str().expect("a path in UTF-8")
    }

    pub fn read(&self, file: &str) -> String {
        std::fs::read_to_string(self.path.path().join(file)).expect("a file")
    }

    pub fn write(&self, file: &str, contents: impl AsRef<[u8]>) {
        std::fs::write(self.path.path().join(file), contents).expect("a file");
    }

    /// Changes the cell of a row and a column, by their codes.
    pub fn change(&self, file: &str, row: &str, column: &str, change: impl Fn(f64) -> f64) {
        let text = self.read(file);
        let mut lines: Vec<Vec<String>> = text
            .lines()
            .map(|line| line.split(',').map(str::to_owned).collect())
            .collect();
        let at = lines[0].iter().position(|c| c == column).expect("a column");
        let line = lines.iter().position(|l| l[0] == row).expect("a row");
        let value: f64 = lines[line][at].parse().expect("a number");
        lines[line][at] = change(value).to_string();
        let lines: Vec<String> = lines.iter().map(|line| line.join(",")).collect();
        self.write(file, lines.join("\n") + "\n");
    }
}
