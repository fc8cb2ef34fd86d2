//! The endogenous accounts as a system: sectors, factors, households.

use super::{SamAccount, SamEffects, SamLeaks, SamMultipliers, SamOptions, check_part};
use crate::error::{Error, Result};
use crate::lang::said;
use crate::memory;
use crate::model::ImportTreatment::Domestic;
use crate::model::households::explodes;
use crate::model::{Closure, IncomeKind, LARGEST_MULTIPLIER, Model};
use crate::table::{AnyTable, FinalDemandRole, OtherInputRole, PrimaryInputRole, Table};
use nalgebra::{DMatrix, DVector};

/// S and what M follows from. Accounts are numbered: n sectors, f factors, households.
pub(super) struct System {
    /// 1 - t - c: what taxes on income leave.
    pub(super) kept: f64,
    pub(super) share_spent: f64,
    /// d'V L c.
    pub(super) again: f64,
    pub(super) factors: Vec<Factor>,
    /// c, n.
    pub(super) basket: DVector<f64>,
    pub(super) model: Model,
    /// L c, n.
    pub(super) made_for_basket: DVector<f64>,
    /// d'V L, n.
    pub(super) income: DVector<f64>,
    /// What a unit of an account pays to exogenous ones.
    leaks: Vec<LeakRow>,
}

/// A factor of production.
pub(super) struct Factor {
    pub(super) account: SamAccount,
    /// A row of V: per unit of output, n.
    pub(super) earned: DVector<f64>,
    /// Its part of d.
    pub(super) to_households: f64,
    /// The row of V L, n.
    pub(super) in_all: DVector<f64>,
    /// The same of V L c.
    pub(super) of_basket: f64,
}

/// What accounts pay to one exogenous account, per unit of what they receive.
struct LeakRow {
    sectors: DVector<f64>,
    factors: Vec<f64>,
    households: f64,
}

impl System {
    pub(super) fn of(any: &AnyTable, table: &Table, assumed: SamOptions) -> Result<Self> {
        let open = Model::with(any, Domestic, Closure::Open)?;
        System::of_model(any, table, &open, assumed)
    }

    /// The same with the open model of the table in the domestic form.
    pub(super) fn of_model(
        any: &AnyTable,
        table: &Table,
        open: &Model,
        assumed: SamOptions,
    ) -> Result<Self> {
        check_part(assumed.capital_share)?;
        let earnings = assumed.earnings;
        // Its factors, or what passes over A have found, are shared.
        let mut closed = open.clone();
        closed.close_for(any, Closure::Earning(earnings))?;
        let Some(households) = closed.households() else {
            return Err(Error::invalid(said!(
                "a social accounting matrix needs households",
                "사회계정행렬에는 가계가 필요합니다"
            )));
        };
        let (kept, share_spent) = (earnings.kept(), households.share_spent());
        let n = table.sectors().len();
        let coefficients = closed.coefficients();
        let part = |role| {
            let part = coefficients.primary_input(role).cloned();
            part.unwrap_or_else(|| DVector::zeros(n))
        };
        let labour = part(PrimaryInputRole::Compensation);
        let mixed = households.income() / kept - &labour;
        let surplus = part(PrimaryInputRole::OperatingSurplus) - &mixed;
        let capital = &surplus + part(PrimaryInputRole::ConsumptionOfFixedCapital);
        let x = table.output();
        let distributed = match capital.dot(x) {
            earned if earned > 0.0 => assumed.capital_share * surplus.dot(x) / earned,
            _ => 0.0,
        };
        let mut factors = vec![(SamAccount::Labour, labour, 1.0)];
        if earnings.of != IncomeKind::Compensation {
            factors.push((SamAccount::MixedIncome, mixed, 1.0));
        }
        factors.push((SamAccount::Capital, capital, distributed));
        let spent = share_spent * kept;
        let basket = households.domestic_basket() * spent;

        // What leaves: to government, the capital account, the rest of the world.
        let bought = Bought::of(table);
        let imports_not_told = spent * households.imports_not_told();
        let imported = spent * households.imported_basket();
        let import_taxes = bought.taxes_of(&imported);
        let taxes = 1.0 - kept + spent * households.product_taxes() + import_taxes;
        let abroad = imported.sum() - import_taxes + imports_not_told;
        let none = vec![0.0; factors.len()];
        let leaks = vec![
            LeakRow {
                sectors: table.per_output(&bought.taxes),
                factors: none.clone(),
                households: taxes,
            },
            LeakRow {
                sectors: DVector::zeros(n),
                factors: factors.iter().map(|(_, _, got)| 1.0 - got).collect(),
                households: kept - spent,
            },
            LeakRow {
                sectors: table.per_output(&bought.abroad),
                factors: none,
                households: abroad,
            },
        ];
        // Its solver is that of the open model: households stand beside it.
        System::solved(closed, [kept, share_spent], factors, basket, leaks)
    }

    fn solved(
        model: Model,
        [kept, share_spent]: [f64; 2],
        factors: Vec<(SamAccount, DVector<f64>, f64)>,
        basket: DVector<f64>,
        leaks: Vec<LeakRow>,
    ) -> Result<Self> {
        let earned: Vec<_> = factors.iter().map(|(_, row, _)| row.clone()).collect();
        let in_all = model.inducement_rows(&DMatrix::from_columns(&earned));
        let made_for_basket = model.output_for(&basket);
        let mut income = DVector::zeros(basket.len());
        let factors = factors.into_iter().enumerate();
        let factors: Vec<Factor> = factors
            .map(|(at, (account, earned, to_households))| {
                let in_all = in_all.column(at).into_owned();
                income += &in_all * to_households;
                Factor {
                    account,
                    of_basket: earned.dot(&made_for_basket),
                    in_all,
                    earned,
                    to_households,
                }
            })
            .collect();
        let again = factors.iter().map(|of| of.to_households * of.of_basket);
        let again: f64 = again.sum();
        if !(again < 1.0 - 1.0 / LARGEST_MULTIPLIER) {
            return Err(Error::invalid(explodes(again)));
        }
        Ok(System {
            kept,
            share_spent,
            again,
            factors,
            basket,
            model,
            made_for_basket,
            income,
            leaks,
        })
    }

    /// Sectors.
    pub(super) fn n(&self) -> usize {
        self.basket.len()
    }

    /// Endogenous accounts.
    pub(super) fn len(&self) -> usize {
        self.n() + self.factors.len() + 1
    }

    pub(super) fn account(&self, at: usize) -> SamAccount {
        match at.checked_sub(self.n()) {
            None => SamAccount::Sector(at),
            Some(of) => match self.factors.get(of) {
                Some(factor) => factor.account,
                None => SamAccount::Households,
            },
        }
    }

    /// The number of an account, where it is endogenous.
    pub(super) fn position(&self, account: SamAccount) -> Option<usize> {
        (0..self.len()).find(|at| self.account(*at) == account)
    }

    /// Column `at` of S: each account that it pays, and what.
    pub(super) fn each_payment(&self, at: usize, mut paid: impl FnMut(usize, f64)) {
        let n = self.n();
        let households = self.len() - 1;
        let mut pay = |to: usize, value: f64| {
            if value != 0.0 {
                paid(to, value);
            }
        };
        if at < n {
            let inputs = self.model.coefficients().domestic().column(at);
            inputs.iter().enumerate().for_each(|(i, v)| pay(i, *v));
            let factors = self.factors.iter().enumerate();
            factors.for_each(|(k, factor)| pay(n + k, factor.earned[at]));
        } else if at == households {
            self.basket.iter().enumerate().for_each(|(i, v)| pay(i, *v));
        } else {
            pay(households, self.factors[at - n].to_households);
        }
    }

    /// Row `at` of M: what it receives of a unit paid into each account.
    pub(super) fn row(&self, at: usize) -> DVector<f64> {
        let n = self.n();
        let households = self.len() - 1;
        // Without the last link, of households back to sectors; then what a unit of their income brings.
        let (mut row, of_income) = if at < n {
            let mut unit = DVector::zeros(n);
            unit[at] = 1.0;
            (self.model.inducement_row(&unit), self.made_for_basket[at])
        } else if at == households {
            (self.income.clone(), self.again)
        } else {
            let factor = &self.factors[at - n];
            (factor.in_all.clone(), factor.of_basket)
        };
        row = row.resize_vertically(self.len(), 0.0);
        let rounds = 1.0 / (1.0 - self.again);
        if at == households {
            row *= rounds;
            for (k, factor) in self.factors.iter().enumerate() {
                row[n + k] = factor.to_households * rounds;
            }
            row[households] = rounds;
            return row;
        }
        let spent = of_income * rounds;
        for j in 0..n {
            row[j] += spent * self.income[j];
        }
        for (k, factor) in self.factors.iter().enumerate() {
            row[n + k] = spent * factor.to_households;
        }
        if at >= n {
            row[at] += 1.0;
        }
        row[households] = spent;
        row
    }

    /// The same with every payment by its size, which bounds what any chain of them comes to; `None` where all
    /// are positive as it is.
    pub(super) fn by_size(&self) -> Result<Option<Self>> {
        let coefficients = self.model.coefficients();
        let mut any = false;
        let what = said!("paths between accounts", "계정 간 구조경로");
        memory::check_matrices(2, self.n(), &what)?;
        let mut sized = coefficients.domestic().dense().clone();
        sized.iter_mut().for_each(|v| {
            any |= *v < 0.0;
            *v = v.abs();
        });
        let factors = self.factors.iter().map(|factor| {
            any |= factor.earned.iter().any(|v| *v < 0.0) || factor.to_households < 0.0;
            let earned = factor.earned.abs();
            (factor.account, earned, factor.to_households.abs())
        });
        let factors: Vec<_> = factors.collect();
        any |= self.basket.iter().any(|v| *v < 0.0);
        if !any {
            return Ok(None);
        }
        let coefficients = coefficients.with_inputs(sized.into(), coefficients.imported().clone());
        let made = Model::from_coefficients(coefficients).and_then(|model| {
            System::solved(
                model,
                [self.kept, self.share_spent],
                factors,
                self.basket.abs(),
                Vec::new(),
            )
        });
        made.map(Some).map_err(|_| {
            Error::invalid(said!(
                "paths cannot be searched for in this table: its negative entries (by-products, losses) are as large \
                 as its payments",
                "이 표에서는 경로를 탐색할 수 없습니다. 음(-)의 항목(부산물, 적자)이 지급액만큼 큽니다"
            ))
        })
    }

    /// Of a unit paid into each account.
    pub(super) fn multipliers(&self) -> Vec<SamMultipliers> {
        let n = self.n();
        let rounds = 1.0 / (1.0 - self.again);
        let ones = DVector::from_element(n, 1.0);
        let mut rows = vec![ones];
        rows.extend(self.leaks.iter().map(|row| row.sectors.clone()));
        let rows = self.model.inducement_rows(&DMatrix::from_columns(&rows));
        let made = self.made_for_basket.sum();
        // What ends where of a unit of income of households, in one round.
        let of_income: Vec<f64> = (self.leaks.iter())
            .map(|row| {
                let factors = row.factors.iter().zip(&self.factors);
                let factors = factors.map(|(leak, factor)| leak * factor.of_basket);
                row.sectors.dot(&self.made_for_basket) + factors.sum::<f64>() + row.households
            })
            .collect();
        let leaks = |first: &dyn Fn(usize, &LeakRow) -> f64, income: f64| {
            let each = |at: usize| {
                let row = &self.leaks[at];
                first(at, row) + income * of_income[at]
            };
            SamLeaks {
                government: each(0),
                saving: each(1),
                rest_of_world: each(2),
            }
        };
        let earned = |of: &dyn Fn(usize, &Factor) -> SamEffects| -> Vec<(SamAccount, SamEffects)> {
            let factors = self.factors.iter().enumerate();
            factors
                .map(|(k, factor)| (factor.account, of(k, factor)))
                .collect()
        };
        let effects = |initial, transfer, open_loop, closed_loop| SamEffects {
            initial,
            transfer,
            open_loop,
            closed_loop,
        };
        let mut all = Vec::with_capacity(self.len());
        for j in 0..n {
            let income = self.income[j] * rounds;
            all.push(SamMultipliers {
                account: SamAccount::Sector(j),
                output: effects(1.0, rows[(j, 0)] - 1.0, 0.0, made * income),
                factors: earned(&|_, of| effects(0.0, 0.0, of.in_all[j], of.of_basket * income)),
                households: effects(0.0, 0.0, self.income[j], self.again * income),
                leaks: leaks(
                    &|at, row| {
                        let factors = row.factors.iter().zip(&self.factors);
                        let factors = factors.map(|(leak, factor)| leak * factor.in_all[j]);
                        rows[(j, 1 + at)] + factors.sum::<f64>()
                    },
                    income,
                ),
            });
        }
        for (k, factor) in self.factors.iter().enumerate() {
            let got = factor.to_households;
            let more = got * self.again * rounds;
            all.push(SamMultipliers {
                account: factor.account,
                output: effects(0.0, 0.0, made * got, made * more),
                factors: earned(&|at, of| {
                    let own = if at == k { 1.0 } else { 0.0 };
                    effects(own, 0.0, 0.0, of.of_basket * got * rounds)
                }),
                households: effects(0.0, 0.0, got, more),
                leaks: leaks(&|_, row| row.factors[k], got * rounds),
            });
        }
        let more = self.again * rounds;
        all.push(SamMultipliers {
            account: SamAccount::Households,
            output: effects(0.0, 0.0, made, made * more),
            factors: earned(&|_, of| effects(0.0, 0.0, of.of_basket, of.of_basket * more)),
            households: effects(1.0, 0.0, 0.0, more),
            leaks: leaks(&|_, _| 0.0, rounds),
        });
        all
    }
}

/// What sectors pay to government and abroad, and how much of imports is taxes.
pub(super) struct Bought {
    /// Taxes less subsidies on production, on products and on imports, n.
    pub(super) taxes: DVector<f64>,
    /// Imports without the taxes on them, n.
    pub(super) abroad: DVector<f64>,
    /// The part of imports of a product that is taxes, n.
    of_imports: DVector<f64>,
}

impl Bought {
    pub(super) fn of(table: &Table) -> Self {
        let (flows, n) = (table.flows(), table.sectors().len());
        let of_imports = table
            .import_tax_rates()
            .unwrap_or_else(|| DVector::zeros(n));
        let on_imports = flows.imported.tr_mul(&of_imports);
        let mut taxes = on_imports.clone();
        let mut abroad = flows.imported.row_sum().transpose() - on_imports;
        for (row, input) in flows
            .primary_inputs
            .row_iter()
            .zip(&table.meta().primary_inputs)
        {
            if input.role == PrimaryInputRole::NetProductionTaxes {
                taxes += row.transpose();
            }
        }
        for (row, input) in flows
            .other_inputs
            .row_iter()
            .zip(&table.meta().other_inputs)
        {
            match input.role {
                OtherInputRole::ProductTaxes => taxes += row.transpose(),
                OtherInputRole::Imports => abroad += row.transpose(),
            }
        }
        Bought {
            taxes,
            abroad,
            of_imports,
        }
    }

    /// The taxes in purchases of imports by product, n.
    pub(super) fn taxes_of(&self, imported: &DVector<f64>) -> f64 {
        self.of_imports.dot(imported)
    }

    /// What final demand of a role pays: for domestic products, in taxes, abroad.
    pub(super) fn by(&self, table: &Table, role: FinalDemandRole) -> [f64; 3] {
        let imported = table.imported_demand_for(role);
        let on_imports = self.taxes_of(&imported);
        let other = |of| table.other_demand_for(role, of);
        [
            table.domestic_demand_for(role).sum(),
            on_imports + other(OtherInputRole::ProductTaxes),
            imported.sum() - on_imports + other(OtherInputRole::Imports),
        ]
    }
}
