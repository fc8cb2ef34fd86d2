//! The days of an outage, one after the other.

use super::{OutageDay, OutageOptions, Rationing, YEAR};
use crate::model::Model;
use nalgebra::{DMatrix, DVector};

/// Demand that production misses by less than this share is met.
const MET: f64 = 1e-12;

/// An economy by day.
pub(super) struct Economy {
    /// A, without what is below zero.
    inputs: DMatrix<f64>,
    /// x, n.
    pub(super) output: DVector<f64>,
    /// f, without what is below zero, n.
    pub(super) final_demand: DVector<f64>,
    /// What arrives without being made: withdrawals from stocks and scrap, n.
    arrives: DVector<f64>,
    /// v, n: value added per output.
    value_added: DVector<f64>,
    /// Days of stock of each product, n.
    stock_days: Vec<f64>,
    /// Days of its use that are needed of it to go on as planned, n.
    needed: Vec<f64>,
}

impl Economy {
    /// Of a year's output.
    pub(super) fn of(
        model: &Model,
        x: &DVector<f64>,
        stocked: &[bool],
        stock_days: &[f64],
        critical: f64,
    ) -> Self {
        let coefficients = model.coefficients();
        let f = model.final_demand_for(x) / YEAR;
        let output = x / YEAR;
        let mut arrives = f.map(|of| (-of).max(0.0));
        let mut inputs = DMatrix::zeros(x.len(), x.len());
        coefficients.domestic().for_each(|i, j, cell| {
            inputs[(i, j)] = cell.max(0.0);
            arrives[i] += (-cell).max(0.0) * output[j];
        });
        Economy {
            inputs,
            output,
            final_demand: f.map(|of| of.max(0.0)),
            arrives,
            value_added: coefficients.value_added().clone(),
            stock_days: stock_days.to_vec(),
            needed: stock_days
                .iter()
                .zip(stocked)
                .map(|(days, stocked)| match stocked {
                    true => (critical * days).max(1.0),
                    false => 1.0,
                })
                .collect(),
        }
    }
}

/// What is lost from day to day.
pub(super) struct Course {
    pub(super) output: DVector<f64>,
    pub(super) upstream: DVector<f64>,
    pub(super) downstream: DVector<f64>,
    pub(super) made_up: DVector<f64>,
    pub(super) unmet: DVector<f64>,
    pub(super) unmet_after: f64,
    pub(super) days: Vec<OutageDay>,
    pub(super) by_day: Vec<Vec<f64>>,
}

/// What the day before leaves.
struct State {
    /// S, n x n: what each user (column) holds of each product (row).
    stocks: DMatrix<f64>,
    /// Orders beyond use, to make stocks good, n x n.
    restocking: DMatrix<f64>,
    /// Output of the day before, n: what was used of each input is ordered again.
    made: DVector<f64>,
    /// Orders for each product, n: what was used, and to make stocks good.
    ordered: DVector<f64>,
    restocked: DVector<f64>,
    /// a, n.
    capacity: DVector<f64>,
}

/// The shares of orders, of restocking and of final demand that are delivered.
type Delivered = [f64; 3];

/// How `supply` is shared by what producers use, their restocking and final demand.
fn ration(rule: Rationing, supply: f64, used: f64, restocked: f64, wanted: f64) -> Delivered {
    let share = |of: f64, all: f64| match all > 0.0 {
        true => (of.max(0.0) / all).min(1.0),
        false => 1.0,
    };
    match rule {
        Rationing::FinalLast => {
            let orders = share(supply, used + restocked);
            [orders, orders, share(supply - used - restocked, wanted)]
        }
        Rationing::ProducersFirst => [
            share(supply, used),
            share(supply - used - wanted, restocked),
            share(supply - used, wanted),
        ],
        Rationing::Proportional => [share(supply, used + restocked + wanted); 3],
    }
}

impl Course {
    pub(super) fn of(economy: &Economy, sector: usize, options: &OutageOptions) -> Self {
        let n = economy.output.len();
        let zeros = || DVector::zeros(n);
        let mut course = Course {
            output: zeros(),
            upstream: zeros(),
            downstream: zeros(),
            made_up: zeros(),
            unmet: zeros(),
            unmet_after: 0.0,
            days: Vec::with_capacity(options.horizon as usize),
            by_day: Vec::with_capacity(options.horizon as usize),
        };
        let mut state = State::usual(economy);
        for day in 0..options.horizon {
            let out = options.out_on(day);
            course.go_on(economy, &mut state, sector, out, options);
            if day >= options.days + options.recovery {
                course.unmet_after += course.days.last().map_or(0.0, |today| today.unmet);
            }
        }
        course
    }

    /// Goes through a day on which `out` of the sector's capacity is.
    fn go_on(
        &mut self,
        economy: &Economy,
        state: &mut State,
        sector: usize,
        out: f64,
        options: &OutageOptions,
    ) {
        let (x, f) = (&economy.output, &economy.final_demand);
        let n = x.len();
        let demand = state.demand(economy);
        let plan = DVector::from_fn(n, |j, _| {
            let left = if j == sector { 1.0 - out } else { 1.0 };
            demand[j].min(left * state.capacity[j] * x[j])
        });
        let made = state.production(economy, &plan);
        let mut today = OutageDay {
            capacity_lost: out * x[sector],
            ..OutageDay::default()
        };
        let delivered: Vec<Delivered> = (0..n)
            .map(|i| {
                let supply = made[i] + economy.arrives[i];
                let (used, restocked) = (state.ordered[i], state.restocked[i]);
                ration(options.rationing, supply, used, restocked, f[i])
            })
            .collect();
        let mut lost = Vec::with_capacity(n);
        for j in 0..n {
            let loss = x[j] - made[j];
            self.output[j] += loss;
            self.made_up[j] += (-loss).max(0.0);
            let (up, down) = (x[j] - plan[j], plan[j] - made[j]);
            if j == sector {
                today.own += loss;
            } else {
                self.upstream[j] += up;
                self.downstream[j] += down;
                today.upstream += up;
                today.downstream += down;
            }
            let unmet = f[j] * (1.0 - delivered[j][2]);
            self.unmet[j] += unmet;
            today.unmet += unmet;
            today.value_added += loss * economy.value_added[j];
            lost.push(loss);
        }
        state.take(economy, &plan, &made, &delivered, options.restocking);
        state.adapt(&state.demand(economy), options);
        self.days.push(today);
        self.by_day.push(lost);
    }
}

impl State {
    /// Every stock as it should be, every order as usual.
    fn usual(economy: &Economy) -> Self {
        let (a, x) = (&economy.inputs, &economy.output);
        let n = x.len();
        State {
            stocks: DMatrix::from_fn(n, n, |i, j| economy.stock_days[i] * a[(i, j)] * x[j]),
            restocking: DMatrix::zeros(n, n),
            made: x.clone(),
            ordered: a * x,
            restocked: DVector::zeros(n),
            capacity: DVector::from_element(n, 1.0),
        }
    }

    /// D, n: what is to be made.
    fn demand(&self, economy: &Economy) -> DVector<f64> {
        let all = &self.ordered + &self.restocked + &economy.final_demand - &economy.arrives;
        all.map(|of| of.max(0.0))
    }

    /// y, n: what the stocks allow of a plan.
    fn production(&self, economy: &Economy, plan: &DVector<f64>) -> DVector<f64> {
        let n = plan.len();
        let stocks = self.stocks.as_slice().chunks_exact(n);
        let columns = economy.inputs.as_slice().chunks_exact(n).zip(stocks);
        let made = columns.zip(plan.iter()).map(|((a, stocks), plan)| {
            let mut made = *plan;
            for ((a, stock), needed) in a.iter().zip(stocks).zip(&economy.needed) {
                if *a > 0.0 {
                    made = made.min(stock / (a * needed));
                }
            }
            made
        });
        DVector::from_iterator(n, made)
    }

    /// Takes deliveries in, what is used out, and orders for the next day.
    fn take(
        &mut self,
        economy: &Economy,
        plan: &DVector<f64>,
        made: &DVector<f64>,
        delivered: &[Delivered],
        restocking: f64,
    ) {
        self.ordered.fill(0.0);
        self.restocked.fill(0.0);
        let n = plan.len();
        let columns = economy.inputs.as_slice().chunks_exact(n);
        let stocks = self.stocks.as_mut_slice().chunks_exact_mut(n);
        let restocking_of = self.restocking.as_mut_slice().chunks_exact_mut(n);
        let held = stocks.zip(restocking_of);
        let (ordered, restocked_of) = (self.ordered.as_mut_slice(), self.restocked.as_mut_slice());
        for (j, (a, (stocks, more))) in columns.zip(held).enumerate() {
            let (plan, before, made) = (plan[j], self.made[j], made[j]);
            for (i, a) in a.iter().copied().enumerate() {
                if a == 0.0 {
                    continue;
                }
                let [used, restocked, _] = delivered[i];
                let arrives = a * before * used + more[i] * restocked;
                let held = (stocks[i] - a * made + arrives).max(0.0);
                let days = economy.stock_days[i];
                let wanted = days * a * plan - held;
                stocks[i] = held;
                more[i] = wanted.max(0.0) / days.min(restocking);
                ordered[i] += a * made;
                restocked_of[i] += more[i];
            }
        }
        self.made.copy_from(made);
    }

    /// Builds up overcapacity where more is asked for than was made, and lets it go elsewhere.
    fn adapt(&mut self, demand: &DVector<f64>, options: &OutageOptions) {
        let most = options.overcapacity;
        for (j, capacity) in self.capacity.iter_mut().enumerate() {
            let short = match demand[j] > 0.0 {
                true => (demand[j] - self.made[j]) / demand[j],
                false => 0.0,
            };
            let change = match short.abs() > MET {
                true => (most - *capacity) * short,
                false => 1.0 - *capacity,
            };
            *capacity = (*capacity + change / options.overcapacity_days).max(1.0);
        }
    }
}
