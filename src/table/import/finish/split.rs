//! Total flows as domestic and imported ones, where no more is known than the imports of each product.
//!
//! In proportion, by [`Purchases::split`].

use super::{Blocks, Draft};
use crate::error::Result;
use crate::lang::said;
use crate::table::FinalDemandRole;
use crate::table::split::{Method, Purchases};
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
        let mut elsewhere = DVector::zeros(n);
        if let (true, Some(imported)) = (flows_known, &self.flows.imported) {
            elsewhere += imported.column_sum();
        }
        for category in &self.final_demand {
            if let Some(imported) = &category.demand.imported {
                elsewhere += imported;
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
        let demand = DMatrix::from_fn(n, open.len(), |i, k| {
            let total = self.final_demand[open[k]].demand.total.as_ref();
            total.map_or(0.0, |total| total[i])
        });
        let is_export = |k: &usize| self.final_demand[*k].role == FinalDemandRole::Exports;
        let exports: Vec<bool> = open.iter().map(is_export).collect();
        let purchases = Purchases {
            flows: &total,
            final_demand: &demand,
            exports: &exports,
            imports: &imports,
            bought_elsewhere: Some(&elsewhere),
        };
        let split = (purchases.split(&Method::Proportional))
            .map_err(|why| why.named(|product| self.sector(product)))?;
        let imported = split.flows;
        let bought = split.final_demand;
        if !flows_known {
            self.flows.domestic = Some(&total - &imported);
            self.flows.imported = Some(imported);
        }
        for (k, bought) in open.into_iter().zip(bought.column_iter()) {
            let bought = bought.into_owned();
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
        let used = self.flows.summed(DMatrix::column_sum);
        let (Some(used), Some(output)) = (used, &self.output) else {
            return Err(self.lacking(said!("column of imports by product", "생산물별 수입")));
        };
        let demand = self.final_demand.iter();
        let demand = demand.filter_map(|c| c.demand.summed(DVector::clone));
        let used = demand.fold(used, |sum, column| sum + column);
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
