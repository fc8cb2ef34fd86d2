//! Total flows as domestic and imported ones, where no more is known than the imports of each product.
//!
//! Every purchase of a product at home is taken to be imported in the same share: imports over all of
//! its positive uses but exports (the start of the method that splits the built-in table of 83 sectors,
//! where blocks of a wider table correct it). Negative uses, by-products and falls of inventories, stay
//! domestic; only what imports exceed the use at home by is exported again.

use super::{Blocks, Draft};
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::table::FinalDemandRole;
use nalgebra::{DMatrix, DVector};

impl Draft {
    /// Splits what is known as a total only, by the imports of each product.
    ///
    /// # Errors
    /// Total flows without imports by product; more imports than there are uses.
    pub(super) fn split_by_imports(&mut self, blocks: &mut Blocks) -> Result<()> {
        let n = self.sectors.len();
        let flows_known = self.flows.domestic.is_some();
        let demand_known = (self.final_demand.iter())
            .all(|c| c.demand.total.is_none() || c.demand.domestic.is_some());
        if flows_known && demand_known {
            if self.flows.imported.is_none() {
                self.said.push(said!(
                    "No imports are in the files: all flows are taken as domestic",
                    "파일에 수입이 없어 모든 거래를 국산으로 봄"
                ));
                blocks.estimated(
                    "imported_flows",
                    said!("None are in the files.", "파일에 없음."),
                );
                self.flows.imported = Some(DMatrix::zeros(n, n));
            }
            return Ok(());
        }
        let imports = self.imports_by_product()?;
        let mut left = imports.clone();
        if let (true, Some(imported)) = (flows_known, &self.flows.imported) {
            left -= imported.column_sum();
        }
        for category in &self.final_demand {
            if let Some(imported) = &category.demand.imported {
                left -= imported;
            }
        }
        let open: Vec<usize> = (0..self.final_demand.len())
            .filter(|k| self.final_demand[*k].demand.domestic.is_none())
            .collect();
        let total = match flows_known {
            true => DMatrix::zeros(n, n),
            false => self
                .flows
                .total
                .clone()
                .unwrap_or_else(|| DMatrix::zeros(n, n)),
        };
        let mut imported = DMatrix::zeros(n, n);
        let mut bought: Vec<DVector<f64>> = open.iter().map(|_| DVector::zeros(n)).collect();
        for i in 0..n {
            let use_of = |k: usize| {
                self.final_demand[k]
                    .demand
                    .total
                    .as_ref()
                    .map_or(0.0, |t| t[i])
            };
            let is_export = |k: &usize| self.final_demand[*k].role == FinalDemandRole::Exports;
            let inputs: f64 = total.row(i).iter().map(|z| z.max(0.0)).sum();
            let home = open
                .iter()
                .filter(|k| !is_export(k))
                .map(|k| use_of(*k).max(0.0));
            let home = inputs + home.sum::<f64>();
            let abroad = open
                .iter()
                .filter(|k| is_export(k))
                .map(|k| use_of(*k).max(0.0));
            let abroad: f64 = abroad.sum();
            let needed = left[i];
            let at_home = needed.min(home);
            let again = needed - at_home;
            if !(needed >= -1e-6 * imports[i].abs().max(1.0))
                || !(again <= abroad + 1e-6 * imports[i].abs().max(1.0))
            {
                let (Text { en, ko }, uses) = (self.sector(i), home + abroad);
                return Err(Error::invalid(said!(
                    "imports of {en} are {needed}, and its uses that could be imported come to {uses}: they cannot \
                     be split",
                    "{ko}의 수입은 {needed}이나 수입품일 수 있는 사용액은 {uses}이므로 국산과 수입으로 나눌 수 없습니다"
                )));
            }
            let share = |part: f64, of: f64| {
                if of > 0.0 {
                    (part / of).clamp(0.0, 1.0)
                } else {
                    0.0
                }
            };
            let (at_home, again) = (share(at_home, home), share(again, abroad));
            for j in 0..n {
                imported[(i, j)] = at_home * total[(i, j)].max(0.0);
            }
            for (k, bought) in open.iter().zip(&mut bought) {
                let share = if is_export(k) { again } else { at_home };
                bought[i] = share * use_of(*k).max(0.0);
            }
        }
        if !flows_known {
            self.flows.domestic = Some(&total - &imported);
            self.flows.imported = Some(imported);
        }
        for (k, bought) in open.into_iter().zip(bought) {
            let demand = &mut self.final_demand[k].demand;
            demand.domestic = demand.total.as_ref().map(|total| total - &bought);
            demand.imported = Some(bought);
        }
        self.said.push(said!(
            "The split of flows into domestic and imported ones is estimated: every purchase of a product at home is \
             imported in the same share, imports over its use at home",
            "국산·수입 구분은 추정치임: 생산물마다 국내 사용액에 대한 수입의 비율을 모든 국내 사용처에 똑같이 적용함"
        ));
        let how = || {
            said!(
                "Estimated: each product is imported in one share of all its use at home, imports over that use.",
                "추정: 생산물별 수입액을 국내 사용액으로 나눈 비율을 모든 국내 사용처에 적용함."
            )
        };
        for block in [
            "domestic_flows",
            "imported_flows",
            "domestic_final_demand",
            "imported_final_demand",
        ] {
            if !(flows_known && block.ends_with("_flows")) {
                blocks.estimated(block, how());
            }
        }
        Ok(())
    }

    /// Imports by product, as given or as what is used beyond output.
    fn imports_by_product(&mut self) -> Result<DVector<f64>> {
        if let Some(imports) = &self.imports {
            return Ok(imports.clone());
        }
        let (Some(total), Some(output)) = (&self.flows.total, &self.output) else {
            return Err(self.lacking(said!("column of imports by product", "생산물별 수입")));
        };
        let demand = self.final_demand.iter();
        let demand = demand.filter_map(|c| c.demand.total.as_ref());
        let used = demand.fold(total.column_sum(), |sum, column| sum + column);
        let imports =
            (used - output).map(|imports| if imports.abs() < 1e-6 { 0.0 } else { imports });
        self.said.push(said!(
            "Derived: imports by product, all uses less output ({sum:.0} million in all)",
            "유도: 생산물별 수입(총수요에서 총산출을 뺀 값, 합계 {sum:.0}백만)",
            sum = imports.sum()
        ));
        Ok(imports)
    }
}
