//! A use table as offices print it, brought to basic prices, domestic and imported products apart.
//!
//! Of product i uses at purchasers' prices are what is made and imported of it, margins and taxes less
//! subsidies: p_i = q_i + m_i + t_i + z_i. Taxes are taken out of all uses but exports, and margins out of all
//! uses, in proportion; margins are put to the products that have theirs below zero (trade, transport) in
//! proportion to them, for each user. Imports are spread over all uses but exports in proportion; what they
//! do not hold is re-exported (Eurostat, 2008, ch. 5 and 8).

use super::{ProductTaxes, SupplyUse, over};
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::table::{FinalDemandRole, PrimaryInputRole};
use nalgebra::{DMatrix, DVector};

/// Supply and use tables as printed; m products, n industries, k categories of final demand.
#[derive(Debug, Clone, Default)]
pub struct Printed {
    /// The products, m.
    pub products: Vec<(String, Text)>,
    /// The industries, n.
    pub industries: Vec<(String, Text)>,
    /// Domestic supply at basic prices, m x n.
    pub supply: DMatrix<f64>,
    /// Imports, m; none where they are not told.
    pub imports: Option<DVector<f64>>,
    /// Trade and transport margins, m, below zero for the products that they are.
    pub margins: Option<DVector<f64>>,
    /// Taxes less subsidies on products, m.
    pub taxes: Option<DVector<f64>>,
    /// Use by industries, at the prices that supply with margins and taxes sums to, m x n.
    pub uses: DMatrix<f64>,
    /// Use by final demand, m x k.
    pub final_uses: DMatrix<f64>,
    /// What each category of final demand is, k.
    pub roles: Vec<FinalDemandRole>,
    /// Domestic products alone at basic prices, m x n and m x k, where they are printed.
    pub domestic: Option<(DMatrix<f64>, DMatrix<f64>)>,
    /// Taxes less subsidies on products by user, n and k, of a use table at basic prices.
    pub taxes_by_user: Option<(DVector<f64>, DVector<f64>)>,
    /// Value added by part, n each.
    pub value_added: Vec<(PrimaryInputRole, DVector<f64>)>,
}

impl Printed {
    /// The tables at basic prices.
    ///
    /// # Errors
    /// A product of which more or less is used than is supplied; margins that do not sum to nothing.
    pub fn at_basic_prices(&self) -> Result<SupplyUse> {
        let (m, n, k) = (self.products.len(), self.industries.len(), self.roles.len());
        let q = self.supply.column_sum();
        let none = DVector::zeros(m);
        let imports = self.imports.as_ref().unwrap_or(&none);
        let margins = self.margins.as_ref().unwrap_or(&none);
        let taxes = self.taxes.as_ref().unwrap_or(&none);
        // All users side by side.
        let mut used = DMatrix::zeros(m, n + k);
        used.view_mut((0, 0), (m, n)).copy_from(&self.uses);
        used.view_mut((0, n), (m, k)).copy_from(&self.final_uses);
        let exports: Vec<usize> = (0..k)
            .filter(|c| self.roles[*c] == FinalDemandRole::Exports)
            .map(|c| n + c)
            .collect();
        let supplied = &q + imports + margins + taxes;
        super::balanced(
            &self.products,
            &supplied,
            &used.column_sum(),
            said!("product", "상품"),
        )?;
        let sum = margins.sum();
        if sum.abs() > 1e-3 * margins.amax() * m as f64 {
            return Err(Error::invalid(said!(
                "margins sum to {sum}, not to nothing: the products that they are (trade, transport) have them below \
                 zero",
                "유통마진의 합계가 0이 아니라 {sum}입니다. 도소매·운수 상품에는 음수로 들어가야 합니다"
            )));
        }
        let printed_domestic = self.domestic.as_ref().map(|(u, y)| {
            let mut both = DMatrix::zeros(m, n + k);
            both.view_mut((0, 0), (m, n)).copy_from(u);
            both.view_mut((0, n), (m, k)).copy_from(y);
            both
        });
        let at_home = |i: usize, c: usize| {
            if exports.contains(&c) {
                0.0
            } else {
                used[(i, c)]
            }
        };
        let mut paid: DVector<f64> = DVector::zeros(n + k);
        let mut moved: DVector<f64> = DVector::zeros(n + k);
        let mut basic = used.clone();
        for i in 0..m {
            let (all, home): (f64, f64) =
                (used.row(i).sum(), (0..n + k).map(|c| at_home(i, c)).sum());
            for c in 0..n + k {
                let tax = match home > 0.0 {
                    true => taxes[i] * at_home(i, c) / home,
                    false => over(taxes[i] * used[(i, c)], all),
                };
                let margin = margins[i].max(0.0) * over(used[(i, c)], all);
                basic[(i, c)] -= tax + margin;
                paid[c] += tax;
                moved[c] += margin;
            }
        }
        let carried: f64 = margins.iter().map(|t| t.min(0.0)).sum();
        for i in (0..m).filter(|i| margins[*i] < 0.0) {
            for c in 0..n + k {
                basic[(i, c)] += moved[c] * margins[i] / carried;
            }
        }
        let domestic = match printed_domestic {
            Some(printed) => printed,
            None => self.split(&basic, imports, &exports),
        };
        let abroad = &basic - &domestic;
        let demand = |c: usize| {
            let (domestic, abroad) = (domestic.column(n + c), abroad.column(n + c));
            (self.roles[c], domestic.into_owned(), abroad.into_owned())
        };
        if let Some((of, final_of)) = &self.taxes_by_user {
            for c in 0..n + k {
                paid[c] += if c < n { of[c] } else { final_of[c - n] };
            }
        }
        let by_role = (0..k).map(|c| (self.roles[c], paid[n + c])).collect();
        let has_taxes = self.taxes.is_some() || self.taxes_by_user.is_some();
        Ok(SupplyUse {
            products: self.products.clone(),
            industries: self.industries.clone(),
            supply: self.supply.clone(),
            domestic: domestic.columns(0, n).into_owned(),
            imported: abroad.columns(0, n).into_owned(),
            final_demand: (0..k).map(demand).collect(),
            value_added: self.value_added.clone(),
            product_taxes: has_taxes.then(|| ProductTaxes {
                industries: paid.rows(0, n).into_owned(),
                final_demand: by_role,
            }),
            jobs: None,
            id: "supply-use".to_owned(),
            year: 0,
            modifications: Text::default(),
            title: Text::default(),
            currency: "KRW".to_owned(),
            millions: 1.0,
        })
    }

    /// The domestic part of uses: imports spread over all but exports, at most all of those.
    fn split(
        &self,
        basic: &DMatrix<f64>,
        imports: &DVector<f64>,
        exports: &[usize],
    ) -> DMatrix<f64> {
        let mut domestic = basic.clone();
        for i in 0..basic.nrows() {
            let abroad: f64 = exports.iter().map(|c| basic[(i, *c)]).sum();
            let home = basic.row(i).sum() - abroad;
            let share = match home > 0.0 {
                true => (imports[i] / home).min(1.0),
                false => 0.0,
            };
            let again = over(imports[i] - share * home, abroad);
            for c in 0..basic.ncols() {
                let part = if exports.contains(&c) { again } else { share };
                domestic[(i, c)] -= part * basic[(i, c)];
            }
        }
        domestic
    }
}
