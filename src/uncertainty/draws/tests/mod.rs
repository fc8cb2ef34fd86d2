//! Ensembles of a scenario that has every key that can be uncertain.

mod coefficients;
mod each_draw;
mod given;
mod sobol;
mod split;
mod spread;

use super::*;
use crate::impact;
use crate::model::{Closure, ImportTreatment};
use crate::scenario::{NoteFigure, Overrides, PhaseKind, ScenarioFile};
use crate::uncertainty::ensemble::Spread;

/// Every key that can be uncertain, and every way in which a line is split.
const TRIAL: &str = r#"
[scenario]
name = "Trial"
horizon = 2033
productivity_growth = { value = 0.01, range = [0.0, 0.02] }
household_share = { value = 0.7, shape = "uniform", range = [0.6, 0.8] }
discount_rate = { value = 0.045, range = [0.03, 0.06] }

[parameters]
capex = { value = "7조", shape = "pert", range = ["6조", "10조"] }
gpu_domestic = { value = 0.05, range = [0.0, 0.15] }
mw = { value = 300, shape = "lognormal", sd = 0.1 }
tariff = { value = "150원", shape = "uniform", range = ["120원", "180원"] }
staff = { value = 300, shape = "discrete", values = [200, 300, 500], weights = [1, 2, 1] }

[[phase]]
name = "Build"
kind = "one-off"
start = 2027
duration = "3 years"
probability = { value = 0.9, shape = "pert", range = [0.6, 1.0] }
[[phase.spending]]
item = "Servers"
what = "34"
amount = "capex * 60%"
domestic_share = "gpu_domestic"
price = "purchasers"
trade_margin = 0.08
transport_margin = { value = 0.01, range = [0.005, 0.02] }
product_tax = 0.02
[[phase.spending]]
item = "Buildings"
what = "50"
amount = "capex * 25%"
domestic_share = 1.0
[[phase.spending]]
item = "Electrical"
what = "37"
amount = "capex * 15%"

[[phase]]
name = "Roads"
kind = "one-off"
[[phase.spending]]
what = "51"
amount = { value = "3000억", shape = "normal", sd = "200억" }

[[phase]]
name = "Operation"
kind = "recurring"
start = 2030
[[phase.spending]]
what = "45"
amount = "mw * 8760 * 1000 * tariff"
domestic_share = 1.0
[[phase.spending]]
what = "62"
amount = "staff * 1억"

[[indicator]]
name = "Power"
value = "mw * 8.76"
unit = "GWh"

[[policy]]
what = "37"
domestic_share = { value = 0.8, range = [0.6, 1.0] }
"#;

struct Trial {
    table: AnyTable,
    model: Model,
    scenario: Scenario,
    impact: Impact,
}

/// Draws that take the split of the table as certain.
fn certain_split() -> Draws {
    Draws {
        split_error: Some(0.0),
        ..Draws::default()
    }
}

fn open(text: &str) -> Trial {
    let table = AnyTable::open("kr-2023-83").expect("built in");
    let file = ScenarioFile::parse("trial.toml", text).expect("readable");
    let scenario = Scenario::new(file, &table, &Overrides::default()).expect("valid");
    let closure = scenario.closure().expect("a share");
    let model = Model::with(&table, ImportTreatment::Domestic, closure).expect("productive");
    let impact = impact::of_scenario(&table, &model, &scenario).expect("an impact");
    Trial {
        table,
        model,
        scenario,
        impact,
    }
}

impl Trial {
    fn engine<'a>(&'a self, draws: &'a Draws) -> Engine<'a> {
        let scenario = Some(&self.scenario);
        Engine::new(&self.table, &self.model, scenario, &self.impact, draws).expect("uncertain")
    }

    fn run(&self, draws: Draws) -> (Ensemble, Vec<Note>) {
        self.engine(&draws).run(&|_| ()).expect("an ensemble")
    }
}

fn figure<'a>(ensemble: &'a Ensemble, kind: PhaseKind, id: &str) -> &'a Spread {
    let found = ensemble
        .figures
        .iter()
        .find(|f| f.kind == Some(kind) && f.id == id);
    &found.expect("the figure").spread
}
