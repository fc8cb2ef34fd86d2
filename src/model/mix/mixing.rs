//! Mixes as they are made, one after the other.

use super::{BeforeAfter, Imported, Mix, MixDone, MixEffect};
use crate::error::{Error, Result};
use crate::lang::said;
use crate::memory;
use crate::model::Model;
use crate::table::{AnyTable, Flows, Imports, PrimaryInputRole, Storage, Table};
use nalgebra::{DMatrix, DVector};
use std::collections::BTreeMap;

/// What producers buy while it is changed, at the table's own output.
pub(crate) struct Mixing<'a> {
    table: &'a Table,
    /// The rows that are changed: what is bought of a product by each user, at home and abroad.
    domestic: BTreeMap<usize, DVector<f64>>,
    imported: BTreeMap<usize, DVector<f64>>,
    primary: DMatrix<f64>,
    /// Where the difference of prices goes; `None` in a table without operating surplus.
    surplus: Option<usize>,
    done: Vec<MixDone>,
}

impl<'a> Mixing<'a> {
    /// # Errors
    /// See [`super::mixed_table`].
    pub(crate) fn of(table: &'a AnyTable) -> Result<Self> {
        let what = said!("a supply or trade mix", "공급·수입 구성 변화");
        let flows = table.flows(what.clone())?;
        table.coefficients().need_products_of_imports(what)?;
        let f = flows.flows();
        let is_full = |storage| storage != Storage::Sparse;
        let full = [f.domestic.storage(), f.imported.storage()].map(is_full);
        let full = full.into_iter().filter(|full| *full).count();
        // Each as it is changed and per output.
        let what = said!("a supply or trade mix", "공급·수입 구성 변화에");
        memory::check_matrices(2 * full, flows.sectors().len(), &what)?;
        let inputs = &flows.meta().primary_inputs;
        Ok(Mixing {
            table: flows,
            domestic: BTreeMap::new(),
            imported: BTreeMap::new(),
            primary: f.primary_inputs.clone(),
            surplus: inputs
                .iter()
                .position(|i| i.role == PrimaryInputRole::OperatingSurplus),
            done: Vec::new(),
        })
    }

    /// Makes one more mix.
    ///
    /// # Errors
    /// See [`super::mixed_table`].
    pub(crate) fn change(&mut self, mix: &Mix) -> Result<()> {
        let done = match mix {
            Mix::Trade {
                product,
                imported,
                users,
            } => {
                let users = self.users(users.as_deref(), &[*product])?;
                self.trade(mix, *product, *imported, &users)?
            }
            Mix::Supply {
                from,
                to,
                share,
                price,
                users,
            } => {
                let users = self.users(users.as_deref(), &[*from, *to])?;
                self.supply(mix, [*from, *to], *share, *price, &users)?
            }
        };
        self.done.push(done);
        Ok(())
    }

    fn name(&self, sector: usize) -> String {
        self.table.sectors().get(sector).to_string()
    }

    fn is_made(&self, product: usize) -> bool {
        self.table.output()[product] > 0.0
    }

    /// Money of the table in millions.
    fn millions(&self, money: f64) -> f64 {
        money * (self.table.meta().unit / 1e6)
    }

    /// The users of a mix, each once; its products become rows that can be changed.
    fn users(&mut self, users: Option<&[usize]>, products: &[usize]) -> Result<Vec<usize>> {
        let n = self.table.sectors().len();
        let mut all: Vec<usize> = users.map_or_else(|| (0..n).collect(), <[usize]>::to_vec);
        all.sort_unstable();
        all.dedup();
        if let Some(beyond) = all.iter().chain(products).find(|at| **at >= n) {
            return Err(Error::invalid(said!(
                "there is no sector at position {beyond}: the table has {n}",
                "위치 {beyond}에 부문이 없습니다. 표의 부문은 {n}개입니다"
            )));
        }
        let f = self.table.flows();
        for product in products {
            let row = || f.domestic.row(*product);
            self.domestic.entry(*product).or_insert_with(row);
            let row = || f.imported.row(*product);
            self.imported.entry(*product).or_insert_with(row);
        }
        Ok(all)
    }

    /// What a user buys of a product, at home and abroad.
    fn bought(&self, product: usize, user: usize) -> [f64; 2] {
        [&self.domestic, &self.imported].map(|rows| rows[&product][user])
    }

    fn set(&mut self, product: usize, user: usize, [at_home, abroad]: [f64; 2]) {
        for (rows, to) in [(&mut self.domestic, at_home), (&mut self.imported, abroad)] {
            if let Some(row) = rows.get_mut(&product) {
                row[user] = to;
            }
        }
    }

    /// What users buy of a product in all, at home and abroad; `None` where that is nothing.
    fn in_all(&self, product: usize, users: impl Iterator<Item = usize>) -> Option<[f64; 2]> {
        let bought = users.map(|user| self.bought(product, user));
        let [at_home, abroad] = bought.fold([0.0, 0.0], |sum, of| [sum[0] + of[0], sum[1] + of[1]]);
        (at_home + abroad > 0.0 && at_home >= 0.0 && abroad >= 0.0).then_some([at_home, abroad])
    }

    fn needed(&self, product: usize, users: &[usize]) -> Result<[f64; 2]> {
        self.in_all(product, users.iter().copied()).ok_or_else(|| {
            let name = self.name(product);
            Error::invalid(said!(
                "the users buy nothing of {name}: there is nothing to change; name a product that they buy, or \
                 other users",
                "사용 부문의 {name} 구매액이 없어 바꿀 것이 없습니다. 구매하는 품목이나 다른 사용 부문을 지정하십시오"
            ))
        })
    }

    fn trade(
        &mut self,
        mix: &Mix,
        product: usize,
        imported: Imported,
        users: &[usize],
    ) -> Result<MixDone> {
        let regions = self.table.sectors().regions();
        if !regions.is_empty() && self.table.flows().imported.sum() == 0.0 {
            return Err(Error::invalid(said!(
                "this table of several regions has no imports from beyond them: the same product of another region \
                 is another sector, so replace the one by the other in a supply mix",
                "여러 지역으로 된 이 표에는 지역 밖에서 들어오는 수입이 없습니다. 다른 지역의 같은 품목은 별개의 부문이므로 \
                 공급 구성 변화로 대체하십시오"
            )));
        }
        let [at_home, abroad] = self.needed(product, users)?;
        let bought = at_home + abroad;
        let before = abroad / bought;
        let after = match imported {
            Imported::To(share) => share,
            Imported::By(points) => before + points,
        };
        // All of it in points is all of it.
        let whole = after.clamp(0.0, 1.0);
        let after = if (after - whole).abs() <= 1e-12 {
            whole
        } else {
            after
        };
        if !(0.0..=1.0).contains(&after) {
            let (name, before, after) = (self.name(product), before * 100.0, after * 100.0);
            return Err(Error::invalid(said!(
                "the imported share of {name} is {before:.1} % and would be {after:.1} %: it must be from 0 to 100 %",
                "{name}의 수입 비율이 {before:.1}%에서 {after:.1}%가 됩니다. 0~100%여야 합니다"
            )));
        }
        if after < before && !self.is_made(product) {
            let name = self.name(product);
            return Err(Error::invalid(said!(
                "{name} is not made at home, so that nobody can buy it there: its imported share stays 100 %",
                "{name} 부문은 국내 생산이 없어 국산으로 살 수 없습니다. 수입 비율은 100%여야 합니다"
            )));
        }
        for user in users {
            let [at_home, abroad] = self.bought(product, *user);
            let all = at_home + abroad;
            let abroad = match after < before {
                true => abroad * (after / before),
                false if before < 1.0 => all - at_home * ((1.0 - after) / (1.0 - before)),
                false => abroad,
            };
            self.set(product, *user, [all - abroad, abroad]);
        }
        Ok(MixDone {
            mix: mix.clone(),
            bought: self.millions(bought),
            imported_before: before,
            imported_after: after,
            saved: 0.0,
        })
    }

    fn supply(
        &mut self,
        mix: &Mix,
        [from, to]: [usize; 2],
        share: f64,
        price: f64,
        users: &[usize],
    ) -> Result<MixDone> {
        if from == to {
            let name = self.name(from);
            return Err(Error::invalid(said!(
                "{name} cannot be replaced by itself: name another product",
                "{name}을(를) 자기 자신으로 대체할 수 없습니다. 다른 품목을 지정하십시오"
            )));
        }
        if !(0.0..=1.0).contains(&share) {
            return Err(Error::invalid(said!(
                "a share of {share} is replaced: it must be from 0 to 1",
                "대체 비율이 {share}입니다. 0 이상 1 이하여야 합니다"
            )));
        }
        if !(price > 0.0 && price <= 1e6) {
            return Err(Error::invalid(said!(
                "the price of what is bought instead is {price}: it must be above 0 and at most 1,000,000",
                "대체 품목의 가격비가 {price}입니다. 0보다 크고 1,000,000 이하여야 합니다"
            )));
        }
        let [at_home, abroad] = self.needed(from, users)?;
        let bought = at_home + abroad;
        // Of a product that nobody buys yet, what there is of it at home.
        let mean = match self.in_all(to, 0..self.table.sectors().len()) {
            _ if !self.is_made(to) => 1.0,
            Some([at_home, abroad]) => abroad / (at_home + abroad),
            None => 0.0,
        };
        let (mut instead, mut instead_abroad) = (0.0, 0.0);
        for user in users {
            let of_from = self.bought(from, *user);
            let less = share * (of_from[0] + of_from[1]);
            self.set(from, *user, of_from.map(|bought| bought * (1.0 - share)));
            let [at_home, abroad] = self.bought(to, *user);
            let own = at_home >= 0.0 && abroad >= 0.0 && at_home + abroad > 0.0;
            let imported = if own {
                abroad / (at_home + abroad)
            } else {
                mean
            };
            let more = price * less;
            let bought_now = [at_home + (1.0 - imported) * more, abroad + imported * more];
            self.set(to, *user, bought_now);
            instead += more;
            instead_abroad += imported * more;
            self.take_up(*user, less - more)?;
        }
        Ok(MixDone {
            mix: mix.clone(),
            bought: self.millions(bought),
            imported_before: abroad / bought,
            imported_after: if instead > 0.0 {
                instead_abroad / instead
            } else {
                mean
            },
            saved: self.millions(share * bought * (1.0 - price)),
        })
    }

    /// What a user saves is operating surplus; in a table without it, each part of value added alike.
    fn take_up(&mut self, user: usize, saved: f64) -> Result<()> {
        if saved == 0.0 {
            return Ok(());
        }
        if let Some(row) = self.surplus {
            self.primary[(row, user)] += saved;
            return Ok(());
        }
        let before = self.primary.column(user).sum();
        if before <= 0.0 {
            let name = self.name(user);
            return Err(Error::invalid(said!(
                "{name} has no value added that could take up the difference of prices: leave it out of the users, \
                 or take a price of 1",
                "{name} 부문에는 가격 차이를 반영할 부가가치가 없습니다. 사용 부문에서 빼거나 가격비를 1로 하십시오"
            )));
        }
        let mut column = self.primary.column_mut(user);
        column *= (before + saved) / before;
        Ok(())
    }

    /// The table at its own final demand, and what has changed.
    ///
    /// # Errors
    /// See [`super::mixed_table`].
    pub(crate) fn table(self) -> Result<(AnyTable, MixEffect)> {
        let old = self.table.flows();
        let value_added = |of: &DMatrix<f64>| of.row_sum().transpose();
        let (v_before, v_after) = (value_added(&old.primary_inputs), value_added(&self.primary));
        let below_zero = (0..v_after.len()).filter(|at| v_after[*at] < 0.0 && v_before[*at] >= 0.0);
        let below_zero = below_zero.collect();
        let mut flows = Flows {
            domestic: old.domestic.with_rows(&self.domestic),
            imported: old.imported.with_rows(&self.imported),
            primary_inputs: self.primary,
            ..old.clone()
        };
        let (sectors, hash) = (self.table.sectors(), self.table.content_hash());
        let mut meta = self.table.meta().clone();
        meta.known = Default::default();
        let of_blocks =
            |flows: Flows| Table::of_blocks(meta.clone(), sectors.clone(), flows, hash.to_owned());
        // Its rows do not add up yet: its coefficients are what is wanted.
        let coefficients = of_blocks(flows.clone())?.coefficients();
        let demand = self.table.domestic_final_demand_total();
        let output = Model::from_coefficients(coefficients)?.output_for(&demand);
        let ratio = output.zip_map(&old.output, |new, x| match x > 0.0 {
            // What nobody buys any more is not made, whichever side of 0 it is solved to.
            true if new.abs() > 1e-12 * x => new / x,
            _ => 0.0,
        });
        if let Some(below) = ratio.iter().position(|r| *r < 0.0) {
            let name = sectors.get(below).to_string();
            return Err(Error::invalid(said!(
                "output of {name} would fall below 0 at the table's final demand: change less of what is bought",
                "표의 최종수요에서 {name} 부문의 산출이 0보다 작아집니다. 변화를 줄이십시오"
            )));
        }
        flows.domestic = flows.domestic.per_column(&ratio);
        flows.imported = flows.imported.per_column(&ratio);
        for block in [&mut flows.primary_inputs, &mut flows.other_inputs] {
            for (mut column, by) in block.column_iter_mut().zip(ratio.iter()) {
                column *= *by;
            }
        }
        for account in &mut flows.satellites {
            account.component_mul_assign(&ratio);
        }
        flows.output = old.output.component_mul(&ratio);
        flows.imports = imports(old, &flows);
        let unit = meta.unit / 1e6;
        let figures = |of: &dyn Fn(&Flows) -> DVector<f64>, unit: f64| BeforeAfter {
            before: (of(old) * unit).as_slice().to_vec(),
            after: (of(&flows) * unit).as_slice().to_vec(),
        };
        let accounts = meta.accounts.iter().enumerate();
        let effect = MixEffect {
            mixes: self.done,
            output: figures(&|f| f.output.clone(), unit),
            value_added: figures(&|f| value_added(&f.primary_inputs), unit),
            imports: figures(&|f| f.imported.row_sum().transpose(), unit),
            accounts: accounts
                .map(|(at, of)| (of.clone(), figures(&|f| f.satellites[at].clone(), 1.0)))
                .collect(),
            below_zero,
        };
        let table = of_blocks(flows)?
            .with_deflators(self.table.deflators().cloned())
            .mixed_from(self.table);
        Ok((table.into(), effect))
    }
}

/// Imports by product at the border and the taxes on them, of what is imported more or less at the rate that they had.
fn imports(old: &Flows, new: &Flows) -> Option<Imports> {
    let more = new.imported.column_sum() - old.imported.column_sum();
    old.imports.as_ref().map(|of| {
        let all = &of.cif + &of.taxes;
        let taxes = more.zip_zip_map(&of.taxes, &all, |more, taxes, all| match all > 0.0 {
            true => more * (taxes / all),
            false => 0.0,
        });
        Imports {
            cif: &of.cif + &more - &taxes,
            taxes: &of.taxes + taxes,
        }
    })
}
