//! What dearer products do to the prices of all sectors and of what households, investors and
//! foreigners buy: the price model ([`crate::model::price`]) on a table.

use super::provenance::{AmongFields, Provenance};
use crate::error::{Error, Result};
use crate::lang::said;
use crate::model::{ImportTreatment, Model, price};
use crate::table::{AnyTable, FinalDemandRole, SectorName};
use nalgebra::DVector;
use serde::{Deserialize, Serialize};

/// Price changes that follow from given ones; shares of the base price.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PriceStudy {
    /// The table.
    #[serde(flatten, with = "AmongFields")]
    pub provenance: Provenance,
    /// The sectors.
    pub sectors: Vec<SectorName>,
    /// What was given: position and change.
    pub given: Vec<(usize, f64)>,
    /// Changes of the prices of imported products that were given: position and change.
    #[serde(default)]
    pub given_imports: Vec<(usize, f64)>,
    /// Changes of primary cost that were given, as parts of the price: position and change.
    #[serde(default)]
    pub given_costs: Vec<(usize, f64)>,
    /// The change of every sector's price, n.
    pub prices: Vec<f64>,
    /// The change of the price of each item of final demand, imports in it included as far as their
    /// prices are given; empty where the table has no flows.
    pub baskets: Vec<(FinalDemandRole, f64)>,
    /// The change of the price of all gross output; `None` where the table has no flows.
    pub output: Option<f64>,
    /// The part of that which the sectors bring whose price is not given: what Korean studies print
    /// (물가파급효과, others weighted by output over all output). `None` without given prices.
    #[serde(default)]
    pub through_others: Option<f64>,
    /// The change of the price of the output of those other sectors alone.
    #[serde(default)]
    pub others: Option<f64>,
}

/// Price changes that are given, each by position and as a share (0.2 is 20 % dearer).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Given {
    /// Of sectors: their price comes out as given.
    pub prices: Vec<(usize, f64)>,
    /// Of imported products.
    pub imports: Vec<(usize, f64)>,
    /// Of primary cost per unit of output, as a part of the price: all who use the sector pay for it.
    pub costs: Vec<(usize, f64)>,
}

impl PriceStudy {
    /// The changes that follow from given prices, import prices and costs together. Sectors whose
    /// price is given keep it whatever their costs do.
    ///
    /// ```
    /// use leontief::analysis::price::{Given, PriceStudy};
    /// # use leontief::{Model, table::{FinalDemandRole::Household, PrimaryInputRole::*, Table}};
    /// # // Miller & Blair (2022), Table 2.3: A = [.15 .25; .2 .05], x = (1000, 2000).
    /// # let table = Table::builder("two", 2022)
    /// #     .sectors([("1", "Agriculture"), ("2", "Manufacturing")])
    /// #     .domestic_flows([[150.0, 500.0], [200.0, 100.0]])
    /// #     .final_demand(Household, [350.0, 1700.0])
    /// #     .value_added(Compensation, [250.0, 900.0])
    /// #     .value_added(OperatingSurplus, [400.0, 500.0])
    /// #     .jobs([300.0, 500.0])
    /// #     .build()?;
    /// # let model = Model::new(&table)?;
    /// // Primary cost of agriculture rises by a tenth of its price.
    /// let given = Given { costs: vec![(0, 0.1)], ..Given::default() };
    /// let study = PriceStudy::with(&table, &model, given)?;
    /// assert!((study.prices[0] - 0.12541).abs() < 1e-5 && (study.prices[1] - 0.03300).abs() < 1e-5);
    /// let (_, households) = study.baskets[0];
    /// assert!((households - 0.048780).abs() < 1e-6);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// Nothing given, or a sector given twice; a model that does not set imported inputs apart as they are
    /// bought (see [`PriceStudy::of`]).
    pub fn with(table: &AnyTable, model: &Model, given: Given) -> Result<Self> {
        if given.prices.is_empty() && given.imports.is_empty() && given.costs.is_empty() {
            return Err(Error::invalid(said!(
                "no price change is given: neither a price, nor an import price, nor a cost",
                "가격 변화가 지정되지 않았습니다. 가격, 수입가격, 비용 중 하나를 지정하십시오"
            )));
        }
        let n = model.sectors().len();
        let vector = |pairs: &[(usize, f64)]| -> Result<DVector<f64>> {
            let mut v = DVector::zeros(n);
            for (at, (sector, change)) in pairs.iter().enumerate() {
                if pairs[..at].iter().any(|(other, _)| other == sector) {
                    let name = model.sectors().get(*sector);
                    return Err(Error::invalid(said!(
                        "sector {name} is given twice",
                        "{name} 부문이 두 번 지정되었습니다"
                    )));
                }
                v[*sector] = *change;
            }
            Ok(v)
        };
        let imports = vector(&given.imports)?;
        if !given.imports.is_empty() {
            let what = said!("a price of imports", "수입가격 변화");
            model.coefficients().need_products_of_imports(what)?;
        }
        let pushed = price::from_import_prices(model, &imports).prices
            + price::from_costs(model, &vector(&given.costs)?).prices;
        // What is missing to the given prices is added on top of what costs already bring.
        let missing: Vec<(usize, f64)> = given
            .prices
            .iter()
            .map(|(sector, change)| (*sector, change - pushed[*sector]))
            .collect();
        let mut study = Self::of(table, model, &missing)?;
        for (price, pushed) in study.prices.iter_mut().zip(pushed.iter()) {
            *price += pushed;
        }
        let prices = DVector::from_column_slice(&study.prices);
        if let AnyTable::Flows(flows) = table {
            for (role, change) in &mut study.baskets {
                let domestic = flows.domestic_demand_for(*role);
                let imported = flows.imported_demand_for(*role);
                let all = flows.demand_in_all(*role);
                *change = (prices.dot(&domestic) + imports.dot(&imported)) / all;
            }
            study.output = Some(prices.dot(flows.output()) / flows.output().sum());
            study.weigh_others(flows.output(), &given.prices);
        }
        study.given = given.prices;
        study.given_imports = given.imports;
        study.given_costs = given.costs;
        Ok(study)
    }

    /// The changes that follow from `given`: (position, change as a share).
    ///
    /// ```
    /// use leontief::analysis::price::PriceStudy;
    /// use leontief::{AnyTable, Model};
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let electricity = table.sectors().find("전력")?;
    /// let study = PriceStudy::of(&table, &Model::new(&table)?, &[(electricity, 0.2)])?;
    /// assert!((study.prices[electricity] - 0.2).abs() < 1e-12); // as given
    /// let (all, others) = (study.output.expect("flows"), study.through_others.expect("given"));
    /// assert!(0.0 < others && others < all && all < 0.2);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A sector given twice. A model in the competitive or total form: prices go from seller to buyer, so
    /// that what a sector pays at home and abroad must be apart as it buys it. The total form has no
    /// imports whose price could be given, and would make imports dearer with home products; the
    /// competitive form gives every buyer the same import share.
    pub fn of(table: &AnyTable, model: &Model, given: &[(usize, f64)]) -> Result<Self> {
        if model.imports() != ImportTreatment::Domestic {
            return Err(Error::invalid(said!(
                "prices need imported inputs apart from domestic ones, as each sector buys them: take the model \
                 in the domestic form, not the competitive or the total one",
                "가격 분석에는 부문별 국산 투입과 수입 투입의 구분이 필요합니다. 경쟁수입형이나 총거래형이 아닌 \
                 비경쟁수입형(국산 투입계수) 모형을 쓰십시오"
            )));
        }
        let change = price::from_prices(model, given)?;
        let mut study = PriceStudy {
            provenance: Provenance::of(table.meta()),
            sectors: SectorName::all(model.sectors()),
            given: given.to_vec(),
            given_imports: Vec::new(),
            given_costs: Vec::new(),
            prices: change.prices.iter().copied().collect(),
            baskets: Vec::new(),
            output: None,
            through_others: None,
            others: None,
        };
        if let AnyTable::Flows(flows) = table {
            use FinalDemandRole::{Exports, FixedCapital, Government, Household};
            for role in [Household, Government, FixedCapital, Exports] {
                let domestic = flows.domestic_demand_for(role);
                let all = domestic.sum() + flows.imported_demand_for(role).sum();
                if all > 0.0 {
                    study
                        .baskets
                        .push((role, change.prices.dot(&domestic) / all));
                }
            }
            study.output = Some(change.of_basket(flows.output()));
            study.weigh_others(flows.output(), given);
        }
        Ok(study)
    }

    /// What the sectors bring whose price is not given.
    fn weigh_others(&mut self, output: &DVector<f64>, given: &[(usize, f64)]) {
        let other = |at: &usize| given.iter().all(|(sector, _)| sector != at);
        let (mut change, mut weight) = (0.0, 0.0);
        for at in (0..self.prices.len()).filter(other) {
            change += self.prices[at] * output[at];
            weight += output[at];
        }
        if !given.is_empty() && weight > 0.0 {
            self.through_others = Some(change / output.sum());
            self.others = Some(change / weight);
        }
    }
}
