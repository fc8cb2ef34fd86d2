//! What regions make for each other: footprints, value added in trade, spill-over, and how far sectors are from final
//! demand.
//!
//! Of a table of several regions with flows Z, output x, A = Z x^-1, L = (I - A)^-1 and the final demand Y of each region
//! (a column each), where v is what output leaves after all products used (value added, and taxes on products where the
//! table has them apart), v_s that of the sectors of s alone and E_s the gross exports of s:
//!
//! ```text
//! footprint of an account e     F[o, d] = e_o L Y_d                       production-based: rows, consumption-based: columns
//! value added in exports        DVA_s   = v_s (I - A_ss)^-1 E_s           Koopman, Wang, Wei (2014); Borin, Mancini (2019)
//! - absorbed abroad (VAX)       v_s L sum_{d != s} Y_d                    Johnson, Noguera (2012)
//! - returned home               the rest of it
//! domestic, counted again       v_s L_ss E_s - DVA_s
//! foreign value added           FVA_s   = sum_{t != s} v_t L*_ts E_s      L* of A with what s sells abroad set to 0
//! foreign, counted again        sum_{t != s} v_t L_ts E_s - FVA_s
//! - crossing one border only    v_s (I - A_ss)^-1 (Y_s* + sum_r A_sr (I - A_rr)^-1 Y_rr)
//! upstreamness                  U       = x^-1 L x                        Antras, Chor, Fally, Hillberry (2012)
//! downstreamness                D'      = 1'L                             Antras, Chor (2013)
//! feedback of demand for s      (L_ss - (I - A_ss)^-1) Y_ss, spill-over sum_{t != s} L_ts Y_ss    Miller & Blair, ch. 3
//! ```
//!
//! The parts of exports add up to them: each won of exports is value added somewhere, or counted once more.

use super::Provenance;
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::model::Model;
use crate::table::{Account, AnyTable, Matrix, RegionName, SectorName, Table};
use nalgebra::{DMatrix, DVector};
use serde::{Deserialize, Serialize};

/// What the regions of a table make for each other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Trade {
    /// The table behind it.
    pub provenance: Provenance,
    /// The regions, G.
    pub regions: Vec<RegionName>,
    /// Value added first, then every account of the table.
    pub footprints: Vec<Footprint>,
    /// What is in the gross exports of each region, G; in the table's unit of money.
    pub exports: Vec<ExportContent>,
    /// What the final demand of each region for its own products sets off, G.
    pub spillovers: Vec<Spillover>,
    /// The position of each region in chains, means by output, G.
    pub positions: Vec<Position>,
    /// The sectors, n.
    pub sectors: Vec<SectorName>,
    /// The position of each sector, n; none of one that makes nothing.
    pub sector_positions: Vec<Option<Position>>,
}

/// What is made in each region for the final demand of each.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Footprint {
    /// What is counted; "value_added" in the table's unit of money, else an account in its own.
    pub account: Account,
    /// G x G: a row where it is made, a column for whose final demand.
    pub figures: Vec<Vec<f64>>,
}

impl Footprint {
    /// What is made in a region (production-based).
    pub fn production(&self, region: usize) -> f64 {
        self.figures[region].iter().sum()
    }

    /// What is made anywhere for the final demand of a region (consumption-based).
    pub fn consumption(&self, region: usize) -> f64 {
        self.figures.iter().map(|row| row[region]).sum()
    }

    /// What is made in a region for the final demand of others.
    pub fn exported(&self, region: usize) -> f64 {
        self.production(region) - self.figures[region][region]
    }

    /// What is made elsewhere for the final demand of a region.
    pub fn imported(&self, region: usize) -> f64 {
        self.consumption(region) - self.figures[region][region]
    }
}

/// What is in the gross exports of a region; its five parts add up to them.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ExportContent {
    /// Gross exports, of products for production and for final demand.
    pub exports: f64,
    /// Domestic value added that others absorb.
    pub absorbed_abroad: f64,
    /// Domestic value added that comes home in imports and is absorbed there.
    pub returned: f64,
    /// Domestic value added that crosses the border once more: counted before.
    pub domestic_again: f64,
    /// Value added of others.
    pub foreign: f64,
    /// Value added of others that crosses the border once more: counted before.
    pub foreign_again: f64,
    /// Of what others absorb, that which crosses one border only: made for their own use by those who buy it.
    pub one_border: f64,
}

impl ExportContent {
    /// Domestic value added in exports, each won once.
    pub fn domestic(&self) -> f64 {
        self.absorbed_abroad + self.returned
    }

    /// All that is of imports or was counted before: participation in chains backward.
    pub fn backward(&self) -> f64 {
        self.domestic_again + self.foreign + self.foreign_again
    }

    /// Domestic value added that others send on: participation in chains forward.
    pub fn forward(&self) -> f64 {
        self.domestic() - self.one_border
    }
}

/// What the final demand of a region for its own products sets off.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Spillover {
    /// That demand, in the table's unit of money.
    pub demand: f64,
    /// Output of the region by its own chains alone.
    pub own: f64,
    /// Output of the region more, because others buy of it for what they deliver.
    pub feedback: f64,
    /// Output of all others.
    pub spillover: f64,
}

/// How many stages lie between production and its ends.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Position {
    /// To final demand: 1 where all is sold to it.
    pub upstreamness: f64,
    /// From value added: 1 where nothing is bought.
    pub downstreamness: f64,
}

/// The table by regions.
struct Regional<'a> {
    model: &'a Model,
    flows: &'a Matrix,
    /// Where the sectors of each region stand.
    of: Vec<Vec<usize>>,
    /// The region of each sector.
    region: Vec<usize>,
    /// n x G.
    demand: DMatrix<f64>,
    /// What output leaves after the products used, n.
    left: DVector<f64>,
}

impl Trade {
    /// What the regions of a table make for each other.
    ///
    /// ```
    /// use leontief::analysis::Trade;
    /// use leontief::table::{FinalDemandRole::Household, Table};
    ///
    /// let table = Table::builder("world", 2020)
    ///     .sectors([("KOR_1", "Korea: all"), ("JPN_1", "Japan: all")])
    ///     .regions(["KOR", "JPN"])
    ///     .domestic_flows([[30.0, 5.0], [10.0, 40.0]])
    ///     .final_demand_of("KOR", Household, [55.0, 10.0])
    ///     .final_demand_of("JPN", Household, [10.0, 90.0])
    ///     .build()?;
    /// let trade = Trade::of(&table)?;
    /// // Korea exports 5 to production and 10 to final demand of Japan; (1 - .1 - .3) / (1 - .3) of it is its own.
    /// let korea = &trade.exports[0];
    /// assert_eq!(korea.exports, 15.0);
    /// assert!((korea.domestic() - 15.0 * 0.6 / 0.7).abs() < 1e-12);
    /// // GDP is 60; what its final demand holds of the world's value added is all of that demand.
    /// let value_added = &trade.footprints[0];
    /// assert!((value_added.production(0) - 60.0).abs() < 1e-9);
    /// assert!((value_added.consumption(0) - 65.0).abs() < 1e-9);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A table of coefficients, of one economy, or with imports from beyond its regions.
    pub fn of(table: &AnyTable) -> Result<Self> {
        let model = Model::from_coefficients(table.coefficients())?;
        Self::of_model(table, &model)
    }

    /// The same with the open model of the table in the domestic form, where there is one already.
    ///
    /// # Errors
    /// As [`Trade::of`].
    pub fn of_model(table: &AnyTable, model: &Model) -> Result<Self> {
        // What has no regions needs another table, not its flows.
        check_regions(&table.meta().id, table.sectors().regions().len())?;
        let table = table.flows(said!("trade between regions", "지역간 교역"))?;
        let regional = Regional::of(table, model)?;
        let coefficients = model.coefficients();
        let outputs = model.outputs_for(&regional.demand);
        let value_added = Account {
            id: "value_added".to_owned(),
            title: said!("Value added", "부가가치"),
            unit: Text::same(&table.meta().currency),
        };
        let accounts = coefficients.accounts().iter();
        let counted = std::iter::once((&value_added, coefficients.value_added()))
            .chain(accounts.map(|(account, per_output)| (account, per_output)));
        let footprints = counted.map(|(account, per_output)| Footprint {
            account: account.clone(),
            figures: regional.by_origin(per_output, &outputs),
        });
        let meta = table.meta();
        let codes = table.sectors().regions().into_iter();
        let (positions, sector_positions) = regional.positions(table.output());
        Ok(Trade {
            provenance: Provenance::of(meta),
            footprints: footprints.collect(),
            exports: regional.exports(&outputs)?,
            spillovers: regional.spillovers()?,
            positions,
            sectors: SectorName::all(model.sectors()),
            sector_positions,
            regions: codes
                .map(|code| RegionName {
                    code: code.to_owned(),
                    title: meta.region_title(code),
                })
                .collect(),
        })
    }
}

/// That a table is one of several regions.
fn check_regions(id: &str, regions: usize) -> Result<()> {
    if regions >= 2 {
        return Ok(());
    }
    Err(Error::invalid(said!(
        "table {id} is of one economy: trade is between the regions of a table of several, as leontief import makes \
         of the tables of the OECD, EXIOBASE or WIOD (docs/trade.md)",
        "산업연관표 {id}은(는) 한 경제의 표입니다. 교역 분석에는 OECD, EXIOBASE, WIOD 등 여러 지역의 표가 필요합니다 \
         (docs/trade.md)"
    )))
}

impl<'a> Regional<'a> {
    fn of(table: &'a Table, model: &'a Model) -> Result<Self> {
        let (meta, sectors, flows) = (table.meta(), table.sectors(), table.flows());
        let (id, codes) = (&meta.id, sectors.regions());
        let beyond = flows.imported.sum() + flows.imported_final_demand.sum();
        if beyond != 0.0 {
            return Err(Error::invalid(said!(
                "table {id} imports from beyond its regions ({beyond} million in all), so that not all value added is in it",
                "산업연관표 {id}에 지역 밖으로부터의 수입(합계 {beyond}백만)이 있어 모든 부가가치가 표 안에 있지 않습니다"
            )));
        }
        let place = |code: &str| codes.iter().position(|known| *known == code);
        let n = sectors.len();
        let region: Vec<usize> = (0..n).filter_map(|at| place(sectors.region(at)?)).collect();
        let mut of = vec![Vec::new(); codes.len()];
        for (at, region) in region.iter().enumerate() {
            of[*region].push(at);
        }
        let mut demand = DMatrix::zeros(n, codes.len());
        for (at, category) in meta.final_demand.iter().enumerate() {
            let Some(region) = category.region.as_deref().and_then(place) else {
                let category = &category.id;
                return Err(Error::invalid(said!(
                    "table {id}: final demand '{category}' has no region (region under [[final_demand]] in table.toml)",
                    "산업연관표 {id}: 최종수요 '{category}'에 지역이 없습니다(table.toml의 [[final_demand]] region)"
                )));
            };
            let mut column = demand.column_mut(region);
            column += flows.domestic_final_demand.column(at);
        }
        let coefficients = model.coefficients();
        let used = coefficients.domestic().row_sum();
        let left = DVector::from_fn(n, |at, _| match coefficients.is_made(at) {
            true => 1.0 - used[at],
            false => 0.0,
        });
        Ok(Regional {
            model,
            flows: &flows.domestic,
            of,
            region,
            demand,
            left,
        })
    }

    /// e_o X_d: what is counted by where it is made, of the outputs for each region's final demand.
    fn by_origin(&self, per_output: &DVector<f64>, outputs: &DMatrix<f64>) -> Vec<Vec<f64>> {
        let made = |origin: &Vec<usize>, for_region: usize| -> f64 {
            origin
                .iter()
                .map(|i| per_output[*i] * outputs[(*i, for_region)])
                .sum()
        };
        let regions = 0..self.of.len();
        self.of
            .iter()
            .map(|origin| regions.clone().map(|d| made(origin, d)).collect())
            .collect()
    }

    /// (I - A_ss)^-1 b of the sectors of a region.
    fn alone(&self, region: usize, b: &DVector<f64>) -> Result<DVector<f64>> {
        let (of, a) = (&self.of[region], self.model.coefficients().domestic());
        let own = DMatrix::from_fn(of.len(), of.len(), |i, j| {
            f64::from(u8::from(i == j)) - a.at(of[i], of[j])
        });
        own.lu().solve(b).ok_or_else(singular)
    }

    /// What is in the gross exports of each region.
    fn exports(&self, outputs: &DMatrix<f64>) -> Result<Vec<ExportContent>> {
        let (n, g) = (self.region.len(), self.of.len());
        let a = self.model.coefficients().domestic().dense();
        // Value added of each region in a unit of each product.
        let by_origin = DMatrix::from_fn(n, g, |i, t| match self.region[i] == t {
            true => self.left[i],
            false => 0.0,
        });
        let content = self.model.inducement_rows(&by_origin);
        // What each region makes alone for its final demand of its own products.
        let mut alone: DVector<f64> = DVector::zeros(n);
        let mut sold: DVector<f64> = DVector::zeros(n);
        for (s, of) in self.of.iter().enumerate() {
            let own = DVector::from_iterator(of.len(), of.iter().map(|i| self.demand[(*i, s)]));
            for (i, x) in of.iter().zip(self.alone(s, &own)?.iter()) {
                alone[*i] = *x;
            }
        }
        self.flows.for_each(|i, j, flow| {
            if self.region[i] != self.region[j] {
                sold[i] += flow;
            }
        });
        let abroad = |i: usize, s: usize| -> f64 {
            (0..g)
                .filter(|d| *d != s)
                .map(|d| self.demand[(i, d)])
                .sum()
        };
        let exports_of = |(s, of): (usize, &Vec<usize>)| -> Result<ExportContent> {
            let size = of.len();
            let pick = |of_sector: &dyn Fn(usize) -> f64| {
                DVector::from_iterator(size, of.iter().map(|i| of_sector(*i)))
            };
            let left = pick(&|i| self.left[i]);
            let exports = pick(&|i| sold[i] + abroad(i, s));
            let made = self.alone(s, &exports)?;
            let domestic = left.dot(&made);
            let domestic_content = pick(&|i| content[(i, s)]).dot(&exports);
            let foreign_rows = pick(&|i| content.row(i).sum() - content[(i, s)]);
            let foreign_content = foreign_rows.dot(&exports);
            let absorbed_abroad: f64 = (0..g)
                .filter(|d| *d != s)
                .map(|d| {
                    of.iter()
                        .map(|i| self.left[*i] * outputs[(*i, d)])
                        .sum::<f64>()
                })
                .sum();
            // L*_ts E_s = L_ts L_ss^-1 (I - A_ss)^-1 E_s, without a second inverse.
            let mut units = DMatrix::zeros(n, size);
            for (column, i) in of.iter().enumerate() {
                units[(*i, column)] = 1.0;
            }
            let inverse = self.model.outputs_for(&units).select_rows(of);
            let once = inverse.lu().solve(&made).ok_or_else(singular)?;
            let foreign = foreign_rows.dot(&once);
            let for_own_use = pick(&|i| {
                let inputs = (0..n).filter(|j| self.region[*j] != s);
                abroad(i, s) + inputs.map(|j| a[(i, j)] * alone[j]).sum::<f64>()
            });
            Ok(ExportContent {
                exports: exports.sum(),
                absorbed_abroad,
                returned: domestic - absorbed_abroad,
                domestic_again: domestic_content - domestic,
                foreign,
                foreign_again: foreign_content - foreign,
                one_border: left.dot(&self.alone(s, &for_own_use)?),
            })
        };
        self.of.iter().enumerate().map(exports_of).collect()
    }

    fn spillovers(&self) -> Result<Vec<Spillover>> {
        let own = DMatrix::from_fn(self.region.len(), self.of.len(), |i, s| {
            match self.region[i] == s {
                true => self.demand[(i, s)],
                false => 0.0,
            }
        });
        let outputs = self.model.outputs_for(&own);
        let of_region = |(s, of): (usize, &Vec<usize>)| {
            let demand = DVector::from_iterator(of.len(), of.iter().map(|i| own[(*i, s)]));
            let alone = self.alone(s, &demand)?.sum();
            let here: f64 = of.iter().map(|i| outputs[(*i, s)]).sum();
            Ok(Spillover {
                demand: demand.sum(),
                own: alone,
                feedback: here - alone,
                spillover: outputs.column(s).sum() - here,
            })
        };
        self.of.iter().enumerate().map(of_region).collect()
    }

    /// The positions of regions and of sectors.
    fn positions(&self, output: &DVector<f64>) -> (Vec<Position>, Vec<Option<Position>>) {
        let stages = self.model.output_for(output);
        let down = self
            .model
            .inducement_row(&DVector::from_element(output.len(), 1.0));
        let of_sector = |i: usize| {
            (output[i] != 0.0).then(|| Position {
                upstreamness: stages[i] / output[i],
                downstreamness: down[i],
            })
        };
        let of_region = |of: &Vec<usize>| {
            let sum =
                |of_sector: &dyn Fn(usize) -> f64| of.iter().map(|i| of_sector(*i)).sum::<f64>();
            let all = sum(&|i| output[i]);
            Position {
                upstreamness: sum(&|i| stages[i]) / all,
                downstreamness: sum(&|i| down[i] * output[i]) / all,
            }
        };
        (
            self.of.iter().map(of_region).collect(),
            (0..output.len()).map(of_sector).collect(),
        )
    }
}

fn singular() -> Error {
    Error::invalid(said!(
        "the chains within a region have no solution: some of its sectors use all of what they make",
        "지역 내 연쇄의 해가 없습니다. 일부 부문이 산출 전부를 스스로 사용합니다"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::FinalDemandRole::{FixedCapital, Household};
    use crate::table::PrimaryInputRole::OperatingSurplus;

    /// Three regions, of two, one and one sectors, with flows that are in no way symmetric.
    fn world() -> AnyTable {
        let table = Table::builder("world", 2020)
            .sectors([("A_1", "a"), ("A_2", "b"), ("B_1", "c"), ("C_1", "d")])
            .regions(["A", "A", "B", "C"])
            .domestic_flows([
                [10.0, 20.0, 1.0, 2.0],
                [30.0, 15.0, 3.0, 0.0],
                [5.0, 8.0, 40.0, 11.0],
                [4.0, 0.0, 12.0, 25.0],
            ])
            .final_demand_of("A", Household, [50.0, 120.0, 9.0, 2.0])
            .final_demand_of("A", FixedCapital, [7.0, 20.0, 3.0, 1.0])
            .final_demand_of("B", Household, [6.0, 10.0, 60.0, 5.0])
            .final_demand_of("C", Household, [4.0, 2.0, 14.0, 51.0])
            .value_added(OperatingSurplus, [51.0, 157.0, 94.0, 62.0])
            .jobs([5.0, 7.0, 11.0, 3.0]);
        table.build().expect("it adds up")
    }

    /// The inverse of a matrix, by the textbook.
    fn inverse(a: &DMatrix<f64>) -> DMatrix<f64> {
        (DMatrix::identity(a.nrows(), a.nrows()) - a)
            .try_inverse()
            .expect("productive")
    }

    /// Its flows would not help.
    #[test]
    fn a_table_of_coefficients_of_one_economy_is_told_that_it_has_no_regions() {
        let table = AnyTable::open("kr-2022-33").expect("built in");
        assert!(table.flows(Text::same("a test")).is_err(), "coefficients");
        let why = Trade::of(&table).expect_err("one economy").to_string();
        assert!(why.contains("one economy"), "{why}");
    }

    #[test]
    fn the_parts_of_exports_are_those_of_their_definitions() {
        let table = world();
        let trade = Trade::of(&table).expect("regions");
        let a = table.coefficients().domestic().dense().clone_owned();
        let l = inverse(&a);
        let flows = table.flows(Text::same("a test")).expect("flows");
        let of: [&[usize]; 3] = [&[0, 1], &[2], &[3]];
        let z = flows.flows().domestic.dense();
        let y = &flows.flows().domestic_final_demand;
        let demand: [&[usize]; 3] = [&[0, 1], &[2], &[3]];
        let v: Vec<f64> = (0..4).map(|j| 1.0 - a.column(j).sum()).collect();
        for (s, own) in of.iter().enumerate() {
            let exports = DVector::from_fn(4, |i, _| {
                if !own.contains(&i) {
                    return 0.0;
                }
                let used = (0..4).filter(|j| !own.contains(j)).map(|j| z[(i, j)]);
                let bought = (0..4).filter(|c| !demand[s].contains(c)).map(|c| y[(i, c)]);
                used.sum::<f64>() + bought.sum::<f64>()
            });
            // A with what s sells abroad set to nothing.
            let kept = DMatrix::from_fn(4, 4, |i, j| match own.contains(&i) && !own.contains(&j) {
                true => 0.0,
                false => a[(i, j)],
            });
            let once = inverse(&kept) * &exports;
            let all = &l * &exports;
            let sum = |x: &DVector<f64>, at_home: bool| -> f64 {
                (0..4)
                    .filter(|i| own.contains(i) == at_home)
                    .map(|i| v[i] * x[i])
                    .sum()
            };
            let content = &trade.exports[s];
            let is = |a: f64, b: f64| assert!((a - b).abs() < 1e-10, "{s}: {a} {b}");
            is(content.exports, exports.sum());
            is(content.domestic(), sum(&once, true));
            is(content.domestic() + content.domestic_again, sum(&all, true));
            is(content.foreign, sum(&once, false));
            is(content.foreign + content.foreign_again, sum(&all, false));
            is(content.domestic() + content.backward(), content.exports);
            // By the footprints of value added: what others absorb of it.
            is(content.absorbed_abroad, trade.footprints[0].exported(s));
            assert!(content.returned > 0.0 && content.one_border < content.absorbed_abroad);
        }
    }

    #[test]
    fn footprints_by_production_and_by_consumption_are_the_same_in_all() {
        let trade = Trade::of(&world()).expect("regions");
        let jobs = &trade.footprints[1];
        assert_eq!(jobs.account.id, "jobs");
        for (region, made) in [12.0, 11.0, 3.0].into_iter().enumerate() {
            assert!((jobs.production(region) - made).abs() < 1e-10);
        }
        let all: f64 = (0..3).map(|region| jobs.consumption(region)).sum();
        assert!((all - 26.0).abs() < 1e-10);
        // What final demand holds of value added is all of it, in every region.
        for (region, bought) in [212.0, 81.0, 71.0].into_iter().enumerate() {
            assert!((trade.footprints[0].consumption(region) - bought).abs() < 1e-10);
        }
    }

    #[test]
    fn a_region_that_sells_nothing_abroad_has_neither_exports_nor_feedback() {
        let table = Table::builder("world", 2020)
            .sectors([("A_1", "a"), ("B_1", "b")])
            .regions(["A", "B"])
            .domestic_flows([[10.0, 0.0], [20.0, 30.0]])
            .final_demand_of("A", Household, [90.0, 5.0])
            .final_demand_of("B", Household, [0.0, 45.0]);
        let trade = Trade::of(&table.build().expect("it adds up")).expect("regions");
        assert_eq!(trade.exports[0], ExportContent::default());
        let spill = &trade.spillovers[0];
        // 90 / (1 - .1) of its own; B delivers .2 of that, and .3 of what it makes to itself.
        assert!((spill.own - 100.0).abs() < 1e-10 && spill.feedback.abs() < 1e-10);
        assert!((spill.spillover - 20.0 / 0.7).abs() < 1e-10);
        // All that A makes is used once by itself: 10 of 100; its buyers are final demand.
        assert!((trade.positions[0].upstreamness - 1.0 / 0.9).abs() < 1e-10);
        assert!(
            (trade.positions[0].downstreamness - (1.0 / 0.9) * (1.0 + 0.2 / 0.7)).abs() < 1e-10
        );
    }

    #[test]
    fn a_table_of_one_economy_has_no_trade_between_regions() {
        let table = AnyTable::open("kr-2023-33").expect("built in");
        let error = Trade::of(&table).expect_err("one economy").to_string();
        assert!(error.contains("one economy"), "{error}");
    }
}
