//! A national table parted into a region and the rest of the country.
//!
//! Both regions have the nation's inputs per unit of output. With t and u the trade coefficients of the region
//! and of the rest, A the nation's domestic inputs, x^r = share * x and x^s = x - x^r:
//!
//! ```text
//! Z^rr = (t o A) x^r,  Z^sr = ((1 - t) o A) x^r,  Z^ss = (u o A) x^s,  Z^rs = ((1 - u) o A) x^s
//! ```
//!
//! so that all four sum to the nation's flows (Miller & Blair, 3rd ed., ch. 3 and 8; Jahn, 2017, on consistency).
//! A region cannot sell industries more than it makes: where quotients say so, its sales of the product are cut
//! in proportion to what it makes and the other region sells the difference. What it does not sell to
//! industries is its part of each category of final demand.

use super::Method;
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::table::meta::{Block, RegionName, Status};
use crate::table::{
    Classification, Deflators, FinalDemandCategory, FinalDemandRole, Flows, Imports, Meta, Sector,
    SizedRegion, Table,
};
use nalgebra::{DMatrix, DVector};

/// A region and the rest of its country.
#[derive(Debug, Clone)]
pub struct TwoRegions {
    nation: Table,
    region: SizedRegion,
    method: Method,
    share: DVector<f64>,
    z: Blocks,
    limited: Vec<Limited>,
}

/// A product of which quotients let a region sell more than it makes.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Limited {
    /// The product.
    pub sector: usize,
    /// Whether it is the region that would, or the rest.
    pub inside: bool,
    /// What was left out of its sales to industries, in the table's unit of money.
    pub amount: f64,
}

/// Intermediate flows from, to: r the region, s the rest.
#[derive(Debug, Clone)]
struct Blocks {
    rr: DMatrix<f64>,
    rs: DMatrix<f64>,
    sr: DMatrix<f64>,
    ss: DMatrix<f64>,
}

impl TwoRegions {
    /// Parts a table by the share of each sector that a region has, n.
    ///
    /// ```
    /// use leontief::analysis::regionalize::{Method, TwoRegions};
    /// use leontief::{AnyTable, Text, table::RegionalSizes};
    ///
    /// let table = AnyTable::open("kr-2020-83")?;
    /// let nation = table.flows(Text::same("regions"))?;
    /// let sizes = RegionalSizes::built_in(table.sectors())?;
    /// let share = sizes.share("Ulsan", nation)?;
    /// let both = TwoRegions::of(nation, sizes.region("Ulsan")?, share, Method::default())?.table()?;
    /// // 83 sectors there and 83 elsewhere, which make what the nation makes: 3.71 % of it in Ulsan.
    /// assert_eq!(both.sectors().len(), 166);
    /// let there: f64 = both.output().iter().take(83).sum();
    /// assert_eq!(format!("{:.4}", there / nation.output().sum()), "0.0371");
    /// assert!((both.output().sum() / nation.output().sum() - 1.0).abs() < 1e-12);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// Another number of shares than sectors; a share outside `[0, 1]`; a region that makes nothing, or all.
    pub fn of(
        table: &Table,
        region: SizedRegion,
        share: DVector<f64>,
        method: Method,
    ) -> Result<Self> {
        let (x, n) = (table.output(), table.sectors().len());
        if share.len() != n || !share.iter().all(|s| (0.0..=1.0).contains(s)) {
            return Err(Error::invalid(said!(
                "the region needs a share from 0 to 1 of each of the {n} sectors",
                "지역에는 {n}개 부문마다 0 이상 1 이하의 비율이 필요합니다"
            )));
        }
        if region.code.eq_ignore_ascii_case(REST) {
            return Err(Error::invalid(said!(
                "a region cannot be called '{REST}', as the rest of the country is: give it another name",
                "지역 이름으로 '{REST}'을(를) 쓸 수 없습니다(타지역의 코드와 같음). 다른 이름을 쓰십시오"
            )));
        }
        let own = x.component_mul(&share);
        let rest = x - &own;
        if !(own.sum() > 0.0 && rest.sum() > 0.0) {
            return Err(Error::invalid(said!(
                "the region makes nothing, or all that the nation makes: there are not two regions",
                "지역의 산출이 0이거나 전국 전체입니다. 두 지역으로 나눌 수 없습니다"
            )));
        }
        let per_output = x.map(|x| if x > 0.0 { 1.0 / x } else { 0.0 });
        let inputs = table.flows().domestic.per_column(&per_output);
        let flows = table.flows().domestic.dense();
        let part = |sizes: &DVector<f64>, at_home: bool| {
            let t = method.trade_coefficients(sizes, x, &inputs);
            DMatrix::from_fn(n, n, |i, j| {
                let kept = if at_home { t[(i, j)] } else { 1.0 - t[(i, j)] };
                kept * flows[(i, j)] * sizes[j] * per_output[j]
            })
        };
        let mut z = Blocks {
            rr: part(&own, true),
            sr: part(&own, false),
            ss: part(&rest, true),
            rs: part(&rest, false),
        };
        let mut limited = Vec::new();
        for i in 0..n {
            // More than its output only where the nation's stocks of it fall.
            let most = 1.0_f64.max(flows.row(i).sum() * per_output[i]);
            for inside in [true, false] {
                let can = most * if inside { own[i] } else { rest[i] };
                if let Some(amount) = z.limit(i, inside, can) {
                    limited.push(Limited {
                        sector: i,
                        inside,
                        amount,
                    });
                }
            }
        }
        Ok(TwoRegions {
            nation: table.clone(),
            region,
            method,
            share,
            z,
            limited,
        })
    }

    /// The region.
    pub fn region(&self) -> &SizedRegion {
        &self.region
    }

    /// By which quotient.
    pub fn method(&self) -> Method {
        self.method
    }

    /// The share of each sector that the region has, n.
    pub fn share(&self) -> &DVector<f64> {
        &self.share
    }

    /// The nation's table.
    pub fn nation(&self) -> &Table {
        &self.nation
    }

    /// Where sales were cut to what there is.
    pub fn limited(&self) -> &[Limited] {
        &self.limited
    }

    /// The part of domestic final demand for each product that the region meets, n.
    fn demand_share(&self) -> DVector<f64> {
        let f = self.nation.domestic_final_demand_total();
        let sold = self.z.rr.column_sum() + self.z.rs.column_sum();
        DVector::from_fn(f.len(), |i, _| {
            let own = self.nation.output()[i] * self.share[i] - sold[i];
            match f[i].abs() > 1e-9 * self.nation.output()[i] {
                true => (own / f[i]).clamp(0.0, 1.0),
                false => self.share[i],
            }
        })
    }

    /// The share of the nation's value added that the region has.
    fn income_share(&self) -> f64 {
        let v = self.nation.value_added();
        v.dot(&self.share) / v.sum()
    }

    /// The interregional table: first all sectors of the region, then those of the rest, `KR-46_31` and
    /// `rest_31`. What is imported from abroad stands in the rows of the region that imports it; final imports are
    /// shared by value added.
    ///
    /// # Errors
    /// None for a table that balances.
    pub fn table(&self) -> Result<Table> {
        self.built(true)
    }

    /// The same; `words` says whether the nation's words are to lead to its sectors.
    pub(super) fn built(&self, words: bool) -> Result<Table> {
        let nation = self.nation.flows();
        let n = self.share.len();
        let (own, rest) = (&self.share, self.share.map(|s| 1.0 - s));
        let stacked = |of: &dyn Fn(&DVector<f64>) -> DVector<f64>| {
            let (a, b) = (of(own), of(&rest));
            DVector::from_fn(2 * n, |i, _| if i < n { a[i] } else { b[i - n] })
        };
        let by_share = |v: &DVector<f64>| stacked(&|share| v.component_mul(share));
        let columns = |m: &DMatrix<f64>| {
            DMatrix::from_fn(m.nrows(), 2 * n, |i, j| match j < n {
                true => m[(i, j)] * own[j],
                false => m[(i, j - n)] * rest[j - n],
            })
        };
        let mut domestic = DMatrix::zeros(2 * n, 2 * n);
        domestic.view_mut((0, 0), (n, n)).copy_from(&self.z.rr);
        domestic.view_mut((0, n), (n, n)).copy_from(&self.z.rs);
        domestic.view_mut((n, 0), (n, n)).copy_from(&self.z.sr);
        domestic.view_mut((n, n), (n, n)).copy_from(&self.z.ss);
        let mut imported = DMatrix::zeros(2 * n, 2 * n);
        let abroad = nation.imported.dense();
        for j in 0..n {
            for i in 0..n {
                imported[(i, j)] = abroad[(i, j)] * own[j];
                imported[(n + i, n + j)] = abroad[(i, j)] * rest[j];
            }
        }
        let (met, income) = (self.demand_share(), self.income_share());
        let rows = |m: &DMatrix<f64>, part: &dyn Fn(usize) -> f64| {
            DMatrix::from_fn(2 * n, m.ncols(), |i, k| match i < n {
                true => m[(i, k)] * part(i),
                false => m[(i - n, k)] * (1.0 - part(i - n)),
            })
        };
        let domestic_final_demand = rows(&nation.domestic_final_demand, &|i| met[i]);
        let imported_final_demand = rows(&nation.imported_final_demand, &|_| income);
        let imports = nation.imports.as_ref().map(|imports| {
            let all = imported.column_sum() + imported_final_demand.column_sum();
            let part = |of: &DVector<f64>| {
                DVector::from_fn(2 * n, |i, _| {
                    let sum = all[i % n] + all[i % n + n];
                    let share = match sum != 0.0 {
                        true => all[i] / sum,
                        false if i < n => income,
                        false => 1.0 - income,
                    };
                    of[i % n] * share
                })
            };
            Imports {
                cif: part(&imports.cif),
                taxes: part(&imports.taxes),
            }
        });
        let flows = Flows {
            domestic: domestic.into(),
            imported: imported.into(),
            domestic_final_demand,
            imported_final_demand,
            primary_inputs: columns(&nation.primary_inputs),
            other_inputs: columns(&nation.other_inputs),
            other_final_demand: nation.other_final_demand.clone(),
            output: by_share(&nation.output),
            imports,
            satellites: nation.satellites.iter().map(by_share).collect(),
        };
        let code = &self.region.code;
        let rest_name = said!("Rest of the country", "타지역");
        let places = [(code.as_str(), &self.region.name), (REST, &rest_name)];
        let mut meta = self.described(
            format!("{}-{code}-and-rest", self.nation.meta().id),
            Text::new(
                format!("{} / {}", self.region.name.en, rest_name.en),
                format!("{} / {}", self.region.name.ko, rest_name.ko),
            ),
            |sector| format!("{code}_{sector}"),
        );
        for category in &mut meta.final_demand {
            category.region = None;
        }
        meta.regions = places
            .map(|(code, title)| RegionName {
                code: code.to_owned(),
                title: title.clone(),
            })
            .into();
        let sectors = self.sectors(&meta.id, &places, words)?;
        let table = Table::new(meta, sectors, flows, self.nation.content_hash().to_owned())?;
        Ok(table.with_deflators(self.deflators(2)))
    }

    /// The region's own table, with the nation's sectors: what it buys from the rest stands with imports, what
    /// the rest's industries buy of it is a category of final demand, `other_regions`. Its other final demand is
    /// of the whole country.
    ///
    /// # Errors
    /// None for a table that balances.
    pub fn alone(&self) -> Result<Table> {
        let nation = self.nation.flows();
        let (n, own) = (self.share.len(), &self.share);
        let columns = |m: &DMatrix<f64>| DMatrix::from_fn(m.nrows(), n, |i, j| m[(i, j)] * own[j]);
        let (met, income) = (self.demand_share(), self.income_share());
        let k = nation.domestic_final_demand.ncols();
        let sold = self.z.rs.column_sum();
        let demand = DMatrix::from_fn(n, k + 1, |i, c| match c < k {
            true => nation.domestic_final_demand[(i, c)] * met[i],
            false => sold[i],
        });
        let imported = DMatrix::from_fn(n, k + 1, |i, c| match c < k {
            true => nation.imported_final_demand[(i, c)] * income,
            false => 0.0,
        });
        let other = &nation.other_final_demand;
        let by_share = |v: &DVector<f64>| v.component_mul(own);
        let flows = Flows {
            domestic: self.z.rr.clone().into(),
            imported: (columns(nation.imported.dense()) + &self.z.sr).into(),
            domestic_final_demand: demand,
            imported_final_demand: imported,
            primary_inputs: columns(&nation.primary_inputs),
            other_inputs: columns(&nation.other_inputs),
            other_final_demand: DMatrix::from_fn(other.nrows(), k + 1, |i, c| match c < k {
                true => other[(i, c)] * income,
                false => 0.0,
            }),
            output: by_share(&nation.output),
            imports: None,
            satellites: nation.satellites.iter().map(by_share).collect(),
        };
        let mut meta = self.described(
            format!("{}-{}", self.nation.meta().id, self.region.code),
            self.region.name.clone(),
            str::to_owned,
        );
        meta.known = crate::table::meta::Known::default();
        meta.classification = self.nation.meta().classification.clone();
        meta.final_demand.push(FinalDemandCategory {
            id: "other_regions".to_owned(),
            role: FinalDemandRole::Exports,
            title: said!("Sales to other regions' industries", "타지역 중간수요"),
            region: None,
        });
        let sectors = self.nation.sectors().clone();
        let table = Table::new(meta, sectors, flows, self.nation.content_hash().to_owned())?;
        Ok(table.with_deflators(self.deflators(1)))
    }

    fn described(&self, id: String, of: Text, code: impl Fn(&str) -> String) -> Meta {
        let mut meta = self.nation.meta().clone();
        let (name, delta) = (self.method.quotient.name(), self.method.delta);
        let method = match delta {
            Some(delta) => format!("{name}, delta {delta}"),
            None => name.to_owned(),
        };
        let changed = said!("Regionalized by {method}.", "{method}로 지역화함.");
        meta.classification = format!("{}-regions", meta.classification);
        meta.id = id;
        meta.title = Text::new(
            format!("{}: {}", meta.title.en, of.en),
            format!("{}: {}", meta.title.ko, of.ko),
        );
        meta.modifications = Text::new(
            format!("{} {}", meta.modifications.en, changed.en),
            format!("{} {}", meta.modifications.ko, changed.ko),
        );
        let blocks = [
            "domestic_flows",
            "imported_flows",
            "output",
            "primary_inputs",
        ];
        meta.blocks = blocks
            .map(|name| Block {
                name: name.to_owned(),
                status: Status::Estimated,
                how: changed.clone(),
            })
            .into();
        meta.split_error = None;
        for role in [&mut meta.roles.trade, &mut meta.roles.transport] {
            *role = role.as_deref().map(&code);
        }
        meta
    }

    /// The nation's sectors in each place; its words lead to a sector with the place's name before them.
    fn sectors(&self, id: &str, places: &[(&str, &Text)], words: bool) -> Result<Classification> {
        let nation = self.nation.sectors();
        let (mut sectors, mut aliases) = (Vec::new(), Vec::new());
        for (code, place) in places {
            for (at, sector) in nation.iter().enumerate() {
                let own = format!("{code}_{}", sector.code);
                for word in nation.aliases(at).filter(|_| words) {
                    aliases.push((format!("{} {word}", place.en), own.clone()));
                    aliases.push((format!("{} {word}", place.ko), own.clone()));
                }
                sectors.push(Sector {
                    code: own,
                    name: Text::new(
                        format!("{}: {}", place.en, sector.name.en),
                        format!("{}: {}", place.ko, sector.name.ko),
                    ),
                    group: None,
                });
            }
        }
        let n = nation.len();
        let regions = places
            .iter()
            .flat_map(|(code, _)| vec![(*code).to_owned(); n]);
        Classification::new(id, sectors, &aliases)?.with_regions(regions.collect())
    }

    /// The nation's price indices, for each of so many regions.
    fn deflators(&self, regions: usize) -> Option<Deflators> {
        let old = self.nation.deflators()?;
        let n = self.share.len();
        let indices = old.indices();
        let rows = DMatrix::from_fn(regions * n + 1, indices.ncols(), |i, year| {
            indices[(if i < regions * n { i % n } else { n }, year)]
        });
        Deflators::new(*old.years().start(), rows)
    }
}

/// What the codes of the rest of the country begin with.
const REST: &str = "rest";

impl Blocks {
    /// Cuts a region's sales of a product to industries to what it can sell; what was cut, if anything.
    fn limit(&mut self, i: usize, inside: bool, can: f64) -> Option<f64> {
        let (own, other) = match inside {
            true => ([&mut self.rr, &mut self.rs], [&mut self.sr, &mut self.ss]),
            false => ([&mut self.sr, &mut self.ss], [&mut self.rr, &mut self.rs]),
        };
        let sold: f64 = own.iter().map(|block| block.row(i).sum()).sum();
        if sold <= can || sold <= 0.0 {
            return None;
        }
        let kept = can / sold;
        for (own, other) in own.into_iter().zip(other) {
            for j in 0..own.ncols() {
                let flow = own[(i, j)];
                own[(i, j)] = flow * kept;
                other[(i, j)] += flow - flow * kept;
            }
        }
        // What is left of rounding is no cut.
        let amount = sold - can;
        (amount > 1e-9 * sold).then_some(amount)
    }
}
