//! The factors of two years, and their states.

use super::{Measure, Prices, positions};
use crate::error::{Error, Result};
use crate::lang::said;
use crate::model::Model;
use crate::table::{Account, AnyTable, Coefficients, Table};
use nalgebra::{DMatrix, DVector};

/// The factors of the earlier and the later year, in the order of the earlier table.
pub(super) struct Years {
    years: [Year; 2],
    coefficients: Coefficients,
    account: Option<Account>,
    has_intensity: bool,
}

/// The factors of one year.
struct Year {
    inputs: DMatrix<f64>,
    domestic: DMatrix<f64>,
    /// F / c and Fd / c, n x k.
    mix: DMatrix<f64>,
    domestic_mix: DMatrix<f64>,
    /// c / y.
    categories: DVector<f64>,
    level: f64,
    intensity: DVector<f64>,
}

impl Years {
    pub(super) fn of(
        old: &AnyTable,
        new: &AnyTable,
        measure: &Measure,
        prices: Prices,
    ) -> Result<Self> {
        let what = || said!("a decomposition over time", "시점 간 요인분해");
        let order = positions(old, new)?;
        let (old_flows, new_flows) = (old.flows(what())?, new.flows(what())?);
        let (from, to) = (old.meta(), new.meta());
        if (&from.currency, from.unit) != (&to.currency, to.unit) {
            let (one, other) = (&from.id, &to.id);
            return Err(Error::invalid(said!(
                "tables {one} and {other} are in different units of money",
                "산업연관표 {one}와(과) {other}의 통화 단위가 다릅니다"
            )));
        }
        for table in [old, new] {
            table.coefficients().need_products_of_imports(what())?;
        }
        let Some(categories) = from.categories_in(to) else {
            let (one, other) = (&from.id, &to.id);
            return Err(Error::invalid(said!(
                "tables {one} and {other} do not have the same categories of final demand",
                "산업연관표 {one}와(과) {other}의 최종수요 항목이 다릅니다"
            )));
        };
        let n = order.len();
        let price = match prices {
            Prices::Current => DVector::from_element(n, 1.0),
            Prices::Constant => constant(new, from.year, &order)?,
        };
        let same_order: Vec<usize> = (0..n).collect();
        let same_categories: Vec<usize> = (0..categories.len()).collect();
        let ones = DVector::from_element(n, 1.0);
        let account = match measure {
            Measure::Account(id) => Some(find_account(old, id)?),
            _ => None,
        };
        let years = [
            Year::of(old_flows, &same_order, &same_categories, &ones, measure)?,
            Year::of(new_flows, &order, &categories, &price, measure)?,
        ];
        Ok(Years {
            years,
            coefficients: old.coefficients(),
            account,
            has_intensity: matches!(measure, Measure::ValueAdded | Measure::Account(_)),
        })
    }

    pub(super) fn account(&self) -> Option<&Account> {
        self.account.as_ref()
    }

    pub(super) fn has_intensity(&self) -> bool {
        self.has_intensity
    }

    /// A, domestic and imported inputs together.
    pub(super) fn inputs(&self, technology: usize) -> &DMatrix<f64> {
        &self.years[technology].inputs
    }

    pub(super) fn intensity(&self, of: usize) -> &DVector<f64> {
        &self.years[of].intensity
    }

    /// S o A.
    pub(super) fn domestic(&self, technology: usize, sources: usize) -> DMatrix<f64> {
        let of = &self.years[technology];
        let other = &self.years[sources];
        if technology == sources {
            return of.domestic.clone();
        }
        shared(&of.inputs, &of.domestic, &other.inputs, &other.domestic)
    }

    /// The final demand for domestic and for imported products, n each.
    pub(super) fn demand(
        &self,
        sources: usize,
        mix: usize,
        categories: usize,
        level: usize,
    ) -> (DVector<f64>, DVector<f64>) {
        let (of, other) = (&self.years[mix], &self.years[sources]);
        let domestic = match sources == mix {
            true => of.domestic_mix.clone(),
            false => shared(&of.mix, &of.domestic_mix, &other.mix, &other.domestic_mix),
        };
        let sizes = &self.years[categories].categories * self.years[level].level;
        let home = &domestic * &sizes;
        let all = &of.mix * &sizes;
        let imported = all - &home;
        (home, imported)
    }

    /// The model of a matrix of domestic inputs.
    pub(super) fn model(&self, domestic: DMatrix<f64>) -> Result<Model> {
        let imported = self.coefficients.imported().clone();
        Model::from_coefficients(self.coefficients.with_inputs(domestic.into(), imported))
    }
}

/// All of one year times the domestic shares of another; where one of them has a negative part, or the other has none
/// of it, the domestic part of the first.
fn shared(
    all: &DMatrix<f64>,
    domestic: &DMatrix<f64>,
    other_all: &DMatrix<f64>,
    other_domestic: &DMatrix<f64>,
) -> DMatrix<f64> {
    let share = |all: f64, domestic: f64| {
        let share = domestic / all;
        (0.0..=1.0).contains(&share).then_some(share)
    };
    DMatrix::from_fn(all.nrows(), all.ncols(), |i, j| {
        let at = (i, j);
        let own = share(all[at], domestic[at]);
        match (own, share(other_all[at], other_domestic[at])) {
            (Some(_), Some(other)) => all[at] * other,
            _ => domestic[at],
        }
    })
}

impl Year {
    fn of(
        table: &Table,
        order: &[usize],
        categories: &[usize],
        price: &DVector<f64>,
        measure: &Measure,
    ) -> Result<Self> {
        let flows = table.flows();
        let (n, k) = (order.len(), categories.len());
        let output = DVector::from_fn(n, |j, _| flows.output[order[j]] / price[j]);
        let per = output.map(|x| if x > 0.0 { 1.0 / x } else { 0.0 });
        let square = |of: &crate::table::Matrix| {
            DMatrix::from_fn(n, n, |i, j| of.at(order[i], order[j]) / price[i] * per[j])
        };
        let tall = |of: &DMatrix<f64>| {
            DMatrix::from_fn(n, k, |i, c| of[(order[i], categories[c])] / price[i])
        };
        let domestic = square(&flows.domestic);
        let inputs = &domestic + square(&flows.imported);
        let at_home = tall(&flows.domestic_final_demand);
        let all = &at_home + tall(&flows.imported_final_demand);
        let sizes = DVector::from_fn(k, |c, _| all.column(c).abs().sum());
        let per_size = sizes.map(|size| if size > 0.0 { 1.0 / size } else { 0.0 });
        let level = all.sum();
        if !(level > 0.0) {
            let id = &table.meta().id;
            return Err(Error::invalid(said!(
                "final demand of table {id} comes to {level}: there is no level to compare",
                "산업연관표 {id}의 최종수요 합계가 {level}이어서 수준을 비교할 수 없습니다"
            )));
        }
        let by_category = DMatrix::from_diagonal(&per_size);
        let intensity = match measure {
            Measure::Output | Measure::Imports => DVector::from_element(n, 1.0),
            // What is left of output at these prices: double deflation.
            Measure::ValueAdded => {
                let others = DVector::from_fn(n, |j, _| {
                    flows.other_inputs.column(order[j]).sum() / price[j] * per[j]
                });
                let made = per.map(|per| if per > 0.0 { 1.0 } else { 0.0 });
                made - inputs.row_sum().transpose() - others
            }
            Measure::Account(id) => {
                let missing = || no_account(&table.meta().id, id);
                let totals = table.satellite(id).ok_or_else(missing)?;
                DVector::from_fn(n, |j, _| totals[order[j]] * per[j])
            }
        };
        Ok(Year {
            mix: &all * &by_category,
            domestic_mix: at_home * by_category,
            categories: sizes / level,
            level,
            inputs,
            domestic,
            intensity,
        })
    }
}

/// The price of each sector's output in a table's year against an earlier one.
fn constant(table: &AnyTable, base: i32, order: &[usize]) -> Result<DVector<f64>> {
    let year = table.meta().year;
    let lacking = || {
        let id = &table.meta().id;
        Error::invalid(said!(
            "table {id} has no deflators of {base} and {year}: leave prices current",
            "산업연관표 {id}에 {base}년과 {year}년의 디플레이터가 없습니다. 경상가격으로 분석하십시오"
        ))
    };
    let deflators = table.deflators().ok_or_else(lacking)?;
    let years = deflators.years();
    if !(years.contains(&base) && years.contains(&year)) {
        return Err(lacking());
    }
    Ok(DVector::from_fn(order.len(), |i, _| {
        deflators.factor(Some(order[i]), base, year)
    }))
}

fn find_account(table: &AnyTable, id: &str) -> Result<Account> {
    let account = table.meta().accounts.iter().find(|a| a.id == id);
    account
        .cloned()
        .ok_or_else(|| no_account(&table.meta().id, id))
}

fn no_account(table: &str, id: &str) -> Error {
    Error::invalid(said!(
        "'{id}' is no measure of table {table}: output, value_added, imports or an account that both tables have",
        "'{id}'은(는) 산업연관표 {table}의 측정 항목이 아닙니다: output, value_added, imports 또는 두 표에 있는 계정"
    ))
}
