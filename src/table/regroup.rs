//! Other sectors than a table's own: sectors summed to wider ones, shares of several made one (재분류).
//!
//! With S (m x n), s_ki the share of sector i that becomes part of k and every column summing to 1:
//! S Z S', S F, V S', S x (Miller & Blair, 3rd ed., ch. 4). What a sector gives away goes with the same
//! share of all that it buys, sells and employs, so that each row and column still adds up. Flows are
//! regrouped and coefficients taken after: a summed table has multipliers of its own, not the means of
//! the finer ones.

use super::{
    AnyTable, Classification, CoefficientTable, Coefficients, Deflators, Flows, Imports, Matrix,
    Meta, Sector, Table,
};
use crate::error::{Error, Result};
use crate::lang::said;
use nalgebra::{DMatrix, DVector};

/// How far the shares of a sector may be from 1 in all.
pub(super) const TOLERANCE: f64 = 1e-9;

/// What the sectors of a table become.
///
/// ```
/// use leontief::{AnyTable, Text, table::Regrouping};
///
/// let table = AnyTable::open("kr-2023-83")?;
/// // A data-centre industry: 30 % of information services, 10 % of software, 5 % of other real estate.
/// let groups = Regrouping::parse("dc.csv", "from,to,share\n61,DC,30%\n62,DC,10%\n69,DC,5%\n", table.sectors())?;
/// let table = groups.of(table.flows(Text::same("regrouping"))?)?;
/// assert_eq!(table.sectors().len(), 84);
/// let industry = table.sectors().find("DC")?;
/// let model = leontief::Model::new(&AnyTable::from(table))?;
/// let multiplier = model.leontief_inverse().column(industry).sum();
/// assert_eq!(format!("{multiplier:.4}"), "1.6040");
/// # Ok::<(), leontief::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Regrouping {
    /// The new sectors, m.
    to: Vec<Sector>,
    /// Where each of the n sectors goes, and which share of it.
    shares: Vec<Vec<(usize, f64)>>,
}

impl Regrouping {
    /// Sector i of `from` becomes part of the sectors of `to` in the shares of `shares[i]`.
    ///
    /// ```
    /// use leontief::table::{Regrouping, Sector};
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
    /// let sector = |code: &str| Sector {
    ///     code: code.to_owned(),
    ///     name: leontief::Text::same("All"),
    ///     group: None,
    /// };
    /// // All of the first, and of the second the half.
    /// let shares = vec![vec![(0, 1.0)], vec![(0, 0.5), (1, 0.5)]];
    /// let by = Regrouping::new(table.sectors(), vec![sector("A"), sector("B")], shares)?;
    /// assert_eq!(by.sum(&vec![1000.0, 2000.0].into()).as_slice(), [2000.0, 1000.0]);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// Another number of shares than sectors; shares that are not in `(0, 1]` or do not sum to 1; a
    /// position beyond the end of `to`; a new sector that nothing becomes part of.
    pub fn new(
        from: &Classification,
        to: Vec<Sector>,
        shares: Vec<Vec<(usize, f64)>>,
    ) -> Result<Self> {
        let (n, m) = (from.len(), to.len());
        let within = |part: &(usize, f64)| part.0 < m && part.1 > 0.0 && part.1 <= 1.0 + TOLERANCE;
        if shares.len() != n || !shares.iter().flatten().all(within) {
            return Err(Error::invalid(said!(
                "to regroup, each of the {n} sectors needs shares above 0 of some of the {m} groups",
                "재분류하려면 {n}개 부문마다 {m}개 재분류 부문 중 일부에 대한 0보다 큰 비율이 필요합니다"
            )));
        }
        for (i, parts) in shares.iter().enumerate() {
            let sum: f64 = parts.iter().map(|(_, share)| share).sum();
            if (sum - 1.0).abs() > TOLERANCE {
                return Err(Error::invalid(said!(
                    "the shares of sector {sector} add up to {sum}, not to 1",
                    "{sector} 부문의 비율 합계가 1이 아니라 {sum}입니다",
                    sector = from.get(i)
                )));
            }
        }
        let reached = |k: usize| shares.iter().flatten().any(|(to, _)| *to == k);
        if let Some(empty) = (0..m).find(|k| !reached(*k)) {
            return Err(Error::invalid(said!(
                "no sector becomes part of {group}",
                "{group} 부문으로 재분류되는 부문이 없습니다",
                group = to[empty]
            )));
        }
        Ok(Regrouping { to, shares })
    }

    /// The wider sectors that the sectors name as their group, as `wider` names and orders them:
    /// `kr-2023-83` to the sectors of `kr-2023-33`.
    ///
    /// ```
    /// use leontief::AnyTable;
    /// use leontief::table::Regrouping;
    /// let (fine, wide) = (AnyTable::open("kr-2023-83")?, AnyTable::open("kr-2023-33")?);
    /// let by = Regrouping::by_group(fine.sectors(), wide.sectors())?;
    /// let output = by.sum(fine.output().expect("flows"));
    /// // Million won that rounding leaves, of trillions.
    /// assert!((output - wide.output().expect("flows")).amax() < 50.0);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A sector without a group, or with one that is not in `wider`; a wider sector that is no group.
    pub fn by_group(from: &Classification, wider: &Classification) -> Result<Self> {
        let shares = from
            .iter()
            .map(|sector| {
                let group = sector.group.as_deref().ok_or_else(|| {
                    Error::invalid(said!(
                        "sector {sector} has no group to be summed to",
                        "{sector} 부문에 통합할 상위 부문(group)이 없습니다"
                    ))
                })?;
                let at = wider.position(group).ok_or_else(|| {
                    Error::invalid(said!(
                        "sector {sector} belongs to '{group}', which is not among the wider sectors",
                        "{sector} 부문의 상위 부문 '{group}'이(가) 통합 분류에 없습니다"
                    ))
                })?;
                Ok(vec![(at, 1.0)])
            })
            .collect::<Result<_>>()?;
        Regrouping::new(from, wider.iter().cloned().collect(), shares)
    }

    /// First this, then another of what it makes.
    ///
    /// # Errors
    /// Another that is not of the sectors that this one makes.
    pub fn then(&self, other: &Regrouping) -> Result<Self> {
        if other.shares.len() != self.to.len() {
            return Err(Error::invalid(said!(
                "the second regrouping is of {n} sectors, the first makes {m}",
                "둘째 재분류는 {n}개 부문을 대상으로 하나 첫째 재분류의 결과는 {m}개 부문입니다",
                n = other.shares.len(),
                m = self.to.len()
            )));
        }
        let through = |parts: &Vec<(usize, f64)>| {
            let mut sum: Vec<(usize, f64)> = Vec::new();
            for (by, share) in parts {
                for (to, onward) in &other.shares[*by] {
                    match sum.iter_mut().find(|(at, _)| at == to) {
                        Some((_, all)) => *all += share * onward,
                        None => sum.push((*to, share * onward)),
                    }
                }
            }
            sum
        };
        Ok(Regrouping {
            to: other.to.clone(),
            shares: self.shares.iter().map(through).collect(),
        })
    }

    /// The new sectors, m.
    pub fn sectors(&self) -> &[Sector] {
        &self.to
    }

    /// Where sector `from` of the table goes: positions among [`Regrouping::sectors`] and shares, which sum
    /// to 1.
    pub fn shares(&self, from: usize) -> &[(usize, f64)] {
        &self.shares[from]
    }

    /// Whether it leads from the sectors of one table to as many as another has.
    pub(crate) fn check(&self, from: &Classification, to: &Classification) -> Result<()> {
        let (n, m) = (self.shares.len(), self.to.len());
        if (from.len(), to.len()) == (n, m) {
            return Ok(());
        }
        Err(Error::invalid(said!(
            "the regrouping is of {n} sectors to {m}, and the tables have {from} and {to}",
            "재분류는 {n}개 부문을 {m}개로 묶으나 표의 부문은 각각 {from}개와 {to}개입니다",
            from = from.len(),
            to = to.len()
        )))
    }

    /// S v: a vector by sector (n) by new sector (m).
    ///
    /// # Panics
    /// If `v` does not have n entries.
    pub fn sum(&self, v: &DVector<f64>) -> DVector<f64> {
        assert_eq!(v.len(), self.shares.len(), "one entry a sector");
        let mut sum = DVector::zeros(self.to.len());
        for (value, parts) in v.iter().zip(&self.shares) {
            for (to, share) in parts {
                sum[*to] += value * share;
            }
        }
        sum
    }

    /// S B: the rows of a block (n x k) by new sector (m x k).
    fn rows(&self, block: &DMatrix<f64>) -> DMatrix<f64> {
        let mut sum = DMatrix::zeros(self.to.len(), block.ncols());
        for (row, parts) in block.row_iter().zip(&self.shares) {
            for (to, share) in parts {
                let mut into = sum.row_mut(*to);
                into += row * *share;
            }
        }
        sum
    }

    /// B S': the columns of a block by new sector.
    fn columns(&self, block: &DMatrix<f64>) -> DMatrix<f64> {
        self.rows(&block.transpose()).transpose()
    }

    /// A table with the new sectors. Names, codes and everyday words of a sector that went into one group lead
    /// there.
    ///
    /// ```
    /// use leontief::table::{Regrouping, Sector};
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
    /// let sector = |code: &str| Sector {
    ///     code: code.to_owned(),
    ///     name: leontief::Text::same("All"),
    ///     group: None,
    /// };
    /// let by = Regrouping::new(table.sectors(), vec![sector("A")], vec![vec![(0, 1.0)]; 2])?;
    /// let all = by.of(table.flows(leontief::Text::same("flows"))?)?;
    /// assert_eq!((all.flows().domestic.at(0, 0), all.output()[0]), (950.0, 3000.0));
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A table of other sectors; a code that stands twice among the new ones.
    pub fn of(&self, table: &Table) -> Result<Table> {
        let (mut meta, sectors) = self.described(table.meta(), table.sectors())?;
        let f = table.flows();
        let flows = Flows {
            domestic: self.columns(&self.rows(f.domestic.dense())).into(),
            imported: self.columns(&self.rows(f.imported.dense())).into(),
            domestic_final_demand: self.rows(&f.domestic_final_demand),
            imported_final_demand: self.rows(&f.imported_final_demand),
            primary_inputs: self.columns(&f.primary_inputs),
            other_inputs: self.columns(&f.other_inputs),
            other_final_demand: f.other_final_demand.clone(),
            output: self.sum(&f.output),
            imports: f.imports.as_ref().map(|imports| Imports {
                cif: self.sum(&imports.cif),
                taxes: self.sum(&imports.taxes),
            }),
            satellites: f.satellites.iter().map(|v| self.sum(v)).collect(),
        };
        if let (Some(left), Some(measured)) = (&mut meta.split_error, &table.meta().split_error) {
            left.bring_to((&flows, &sectors), (f, table.sectors()), measured);
        }
        // What was within its tolerance sector by sector may be beyond it in sum.
        let regrouped = Table::of_blocks(meta, sectors, flows, table.content_hash().to_owned())?;
        let deflators = table.deflators();
        Ok(regrouped.with_deflators(self.deflators(deflators, table.meta().year, table.output())))
    }

    /// The same of coefficients and the output that they are of: flows A x^ are regrouped, and coefficients
    /// taken of them.
    fn of_coefficients(
        &self,
        table: &CoefficientTable,
        output: &DVector<f64>,
    ) -> Result<CoefficientTable> {
        let old = table.coefficients();
        let (meta, sectors) = self.described(old.meta(), old.sectors())?;
        let all = self.sum(output);
        let per_output = all.map(|x| if x > 0.0 { 1.0 / x } else { 0.0 });
        let block = |a: &Matrix| {
            let flows = self.columns(&self.rows(a.per_column(output).dense()));
            Matrix::from(flows).per_column(&per_output)
        };
        let vector = |v: &DVector<f64>| {
            self.sum(&v.component_mul(output))
                .component_mul(&per_output)
        };
        let coefficients = Coefficients::with_other_inputs(
            meta,
            sectors,
            block(old.domestic()),
            block(old.imported()),
            vector(old.value_added()),
            old.other_inputs().iter().map(|(_, v)| vector(v)).collect(),
            old.accounts().iter().map(|(_, v)| vector(v)).collect(),
        )?;
        let deflators = self.deflators(table.deflators.as_ref(), old.meta().year, output);
        Ok(
            CoefficientTable::new(coefficients, table.content_hash.clone())
                .with_output(Some(all))?
                .with_deflators(deflators),
        )
    }

    /// What a table says of itself once it has the new sectors, and those.
    fn described(&self, meta: &Meta, sectors: &Classification) -> Result<(Meta, Classification)> {
        let (n, m) = (sectors.len(), self.to.len());
        let mut meta = meta.clone();
        if self.shares.len() != n {
            return Err(Error::invalid(said!(
                "table {id} has {n} sectors, the regrouping is of {other}",
                "{id}의 부문은 {n}개이나 재분류의 대상은 {other}개 부문입니다",
                id = meta.id,
                other = self.shares.len()
            )));
        }
        meta.regrouped_from = Some(meta.id.clone());
        meta.id = format!("{}-to-{m}", meta.id);
        meta.classification = format!("{}-to-{m}", meta.classification);
        meta.title.en = format!("{}, regrouped to {m} sectors", meta.title.en);
        meta.title.ko = format!("{}, {m}부문으로 재분류", meta.title.ko);
        meta.modifications.en = format!("{} Regrouped to {m} sectors.", meta.modifications.en);
        meta.modifications.ko = format!("{} {m}부문으로 재분류함.", meta.modifications.ko);
        for role in [&mut meta.roles.trade, &mut meta.roles.transport] {
            let sector = role.as_deref().and_then(|code| sectors.position(code));
            *role = sector.map(|at| self.to[self.largest(at)].code.clone());
        }
        let split_error = meta.split_error.take();
        meta.split_error = split_error.and_then(|error| error.regrouped(self, sectors));
        let regions = self.regions(sectors);
        let mut sectors = Classification::new(&meta.id, self.to.clone(), &self.words(sectors))?;
        match regions {
            Some(regions) => sectors = sectors.with_regions(regions)?,
            None => {
                meta.regions.clear();
                for category in &mut meta.final_demand {
                    category.region = None;
                }
            }
        }
        Ok((meta, sectors))
    }

    /// The region of each new sector, where all of them are of one each.
    fn regions(&self, sectors: &Classification) -> Option<Vec<String>> {
        let mut regions: Vec<Option<&str>> = vec![None; self.to.len()];
        for (from, shares) in self.shares.iter().enumerate() {
            let region = sectors.region(from)?;
            for (to, _) in shares {
                match regions[*to] {
                    Some(other) if other != region => return None,
                    _ => regions[*to] = Some(region),
                }
            }
        }
        let regions = regions.into_iter();
        regions.map(|region| region.map(str::to_owned)).collect()
    }

    /// Where most of a sector goes.
    fn largest(&self, from: usize) -> usize {
        let parts = self.shares[from].iter();
        let most = parts.max_by(|a, b| a.1.total_cmp(&b.1));
        most.map_or(0, |(to, _)| *to)
    }

    /// Indices of the new sectors: those of their parts, weighted by the output of the table's year.
    fn deflators(
        &self,
        old: Option<&Deflators>,
        year: i32,
        output: &DVector<f64>,
    ) -> Option<Deflators> {
        let old = old?;
        let (n, m) = (self.shares.len(), self.to.len());
        let weights = self.sum(output);
        let years = old.years();
        let first = *years.start();
        let columns: Vec<DVector<f64>> = years
            .map(|of| {
                let moved = DVector::from_fn(n, |i, _| output[i] * old.factor(Some(i), year, of));
                let sums = self.sum(&moved);
                DVector::from_fn(m + 1, |k, _| match k < m && weights[k] > 0.0 {
                    true => 100.0 * sums[k] / weights[k],
                    false => 100.0 * old.factor(None, year, of),
                })
            })
            .collect();
        Deflators::new(first, DMatrix::from_columns(&columns))
    }

    /// The words that led to a sector, its names and its code, leading to the one that it became part of;
    /// each word once a sector. A code that is also one of the new ones means the new one.
    fn words(&self, from: &Classification) -> Vec<(String, String)> {
        let new_code = |word: &str| self.to.iter().any(|sector| sector.code == word);
        let mut words: Vec<(String, String)> = from
            .iter()
            .enumerate()
            .filter(|(i, _)| self.shares[*i].len() == 1)
            .flat_map(|(i, sector)| {
                let code = &self.to[self.largest(i)].code;
                [&sector.name.en, &sector.name.ko, &sector.code]
                    .into_iter()
                    .map(String::as_str)
                    .chain(from.aliases(i))
                    .filter(|word| !new_code(word))
                    .map(|word| (word.to_owned(), code.clone()))
                    .collect::<Vec<_>>()
            })
            .collect();
        words.sort();
        words.dedup();
        words
    }
}

impl AnyTable {
    /// The same economy with other sectors.
    ///
    /// # Errors
    /// [`Error::NeedsFlows`] of a table of coefficients without output; as [`Regrouping::of`].
    pub fn regrouped(&self, regrouping: &Regrouping) -> Result<AnyTable> {
        match (self, self.output()) {
            (AnyTable::Coefficients(table), Some(output)) => {
                Ok(regrouping.of_coefficients(table, output)?.into())
            }
            _ => {
                let table = self.flows(said!("regrouping", "부문 재분류"))?;
                Ok(regrouping.of(table)?.into())
            }
        }
    }
}
