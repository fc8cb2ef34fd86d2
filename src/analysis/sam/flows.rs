//! The matrix itself, sectors together.

use super::SamAccount::{self, *};
use super::system::{Bought, System};
use crate::table::{FinalDemandRole, PrimaryInputRole, Table};

/// The accounts and what each (row) receives of each (column).
pub(super) fn of(table: &Table, system: &System) -> (Vec<SamAccount>, Vec<Vec<f64>>) {
    let mut accounts = vec![Activities];
    accounts.extend(system.factors.iter().map(|factor| factor.account));
    accounts.extend([Households, Government, SavingInvestment, RestOfWorld]);
    let count = accounts.len();
    let at = |account: SamAccount| accounts.iter().position(|a| *a == account).unwrap_or(0);
    let mut flows = vec![vec![0.0; count]; count];
    let mut pay = |from: SamAccount, to: SamAccount, value: f64| {
        flows[at(to)][at(from)] += value;
    };
    let x = table.output();
    let bought = Bought::of(table);
    pay(Activities, Activities, table.flows().domestic.sum());
    pay(Activities, Government, bought.taxes.sum());
    pay(Activities, RestOfWorld, bought.abroad.sum());
    let mut income = 0.0;
    for factor in &system.factors {
        let earned = factor.earned.dot(x);
        pay(Activities, factor.account, earned);
        pay(factor.account, Households, earned * factor.to_households);
        income += earned * factor.to_households;
        let kept = earned * (1.0 - factor.to_households);
        pay(factor.account, SavingInvestment, kept);
    }
    // The rest of operating surplus, which households get whatever is produced.
    let part = |role| table.primary_input(role).map_or(0.0, |row| row.sum());
    let all = part(PrimaryInputRole::Compensation) + part(PrimaryInputRole::OperatingSurplus);
    let distributed = all - income;
    pay(SavingInvestment, Households, distributed);
    for (account, roles) in [
        (Households, &[FinalDemandRole::Household][..]),
        (Government, &[FinalDemandRole::Government]),
        (
            SavingInvestment,
            &[FinalDemandRole::FixedCapital, FinalDemandRole::Inventories],
        ),
        (RestOfWorld, &[FinalDemandRole::Exports]),
    ] {
        for role in roles {
            let [home, taxes, abroad] = bought.by(table, *role);
            pay(account, Activities, home);
            pay(account, Government, taxes);
            pay(account, RestOfWorld, abroad);
        }
    }
    let taxed = 1.0 - system.kept;
    pay(Households, Government, taxed * all);
    for account in [Households, Government, RestOfWorld] {
        let of = at(account);
        let received: f64 = flows[of].iter().sum();
        let paid: f64 = flows.iter().map(|row| row[of]).sum();
        flows[at(SavingInvestment)][of] += received - paid;
    }
    (accounts, flows)
}
