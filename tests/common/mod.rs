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
                })
                .collect(),
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
            domestic: self.flows.clone(),
            imported: self.imported.clone(),
            domestic_final_demand: DMatrix::from_columns(&columns),
            imported_final_demand: DMatrix::from_columns(&self.imported_demand),
            primary_inputs: DMatrix::from_rows(&rows),
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
