//! A table put together in memory, with a default for all that is not given.

use super::write::native;
use super::{
    Account, AnyTable, Classification, Deflators, FinalDemandCategory, FinalDemandRole, Flows,
    Imports, Kind, Meta, OtherInput, OtherInputRole, PriceBasis, PrimaryInput, PrimaryInputRole,
    Sector, Table, meta,
};
use crate::error::{Error, Result};
use crate::lang::{Name, Text, said};
use nalgebra::{DMatrix, DVector};
use std::collections::BTreeMap;

/// Figures of a block, row by row: a matrix, or rows in arrays or vectors.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cells(Vec<Vec<f64>>);

impl From<DMatrix<f64>> for Cells {
    fn from(matrix: DMatrix<f64>) -> Self {
        let rows = matrix.row_iter();
        Cells(rows.map(|row| row.iter().copied().collect()).collect())
    }
}

impl From<Vec<Vec<f64>>> for Cells {
    fn from(rows: Vec<Vec<f64>>) -> Self {
        Cells(rows)
    }
}

impl<const M: usize, const N: usize> From<[[f64; N]; M]> for Cells {
    fn from(rows: [[f64; N]; M]) -> Self {
        Cells(rows.map(Vec::from).into())
    }
}

/// What every table says of itself: its names, sectors and accounts.
#[derive(Debug, Clone)]
struct Description {
    meta: Meta,
    sectors: Vec<Sector>,
    aliases: Vec<(String, String)>,
    accounts: Vec<Vec<f64>>,
    deflators: Option<Deflators>,
}

impl Description {
    fn new(id: &str, year: i32, kind: Kind) -> Self {
        let meta = Meta {
            id: id.to_owned(),
            kind,
            title: Text::same(id),
            year,
            country: Text::default(),
            classification: id.to_owned(),
            currency: "KRW".to_owned(),
            unit: 1e6,
            price_basis: PriceBasis::Producers.name(),
            prices: PriceBasis::Producers,
            attribution: Text::new("own table", "자체 작성 표"),
            modifications: Text::new("none", "없음"),
            sources: Vec::new(),
            final_demand: Vec::new(),
            regions: Vec::new(),
            primary_inputs: Vec::new(),
            other_inputs: Vec::new(),
            accounts: Vec::new(),
            blocks: Vec::new(),
            known: meta::Known::default(),
            roles: meta::Roles::default(),
            regrouped_from: None,
            split_error: None,
        };
        Description {
            meta,
            sectors: Vec::new(),
            aliases: Vec::new(),
            accounts: Vec::new(),
            deflators: None,
        }
    }

    fn sectors<C: Into<String>, N: Into<Name>>(
        &mut self,
        sectors: impl IntoIterator<Item = (C, N)>,
    ) {
        let sector = |(code, name): (C, N)| Sector {
            code: code.into(),
            name: name.into().0,
            group: None,
        };
        self.sectors = sectors.into_iter().map(sector).collect();
    }

    fn account(
        &mut self,
        id: &str,
        title: Name,
        unit: Name,
        values: impl IntoIterator<Item = f64>,
    ) {
        self.meta.accounts.push(Account {
            id: id.to_owned(),
            title: title.0,
            unit: unit.0,
        });
        self.accounts.push(values.into_iter().collect());
    }

    /// A fault of what was given, under the name that its file has.
    fn fault(&self, field: &str, what: Text) -> Error {
        let (id, en, ko) = (&self.meta.id, what.en, what.ko);
        Error::invalid(said!(
            "table {id}: {field}: {en}",
            "산업연관표 {id}: {field}: {ko}"
        ))
    }

    fn vector(&self, field: &str, values: &[f64]) -> Result<DVector<f64>> {
        let (is, n) = (values.len(), self.sectors.len());
        if is == n {
            return Ok(DVector::from_column_slice(values));
        }
        let what = said!(
            "{is} values for {n} sectors",
            "{n}개 부문에 값이 {is}개입니다"
        );
        Err(self.fault(field, what))
    }

    /// A square block that must be given.
    fn needed(&self, field: &str, cells: Option<&Cells>) -> Result<DMatrix<f64>> {
        match cells {
            Some(_) => self.matrix(field, cells),
            None => Err(self.fault(field, said!("none are given", "값이 없습니다"))),
        }
    }

    /// A square block; zeros where none is given.
    fn matrix(&self, field: &str, cells: Option<&Cells>) -> Result<DMatrix<f64>> {
        let n = self.sectors.len();
        let Some(Cells(rows)) = cells else {
            return Ok(DMatrix::zeros(n, n));
        };
        if rows.len() != n {
            let m = rows.len();
            let what = said!("{m} rows for {n} sectors", "{n}개 부문에 행이 {m}개입니다");
            return Err(self.fault(field, what));
        }
        for (row, sector) in rows.iter().zip(&self.sectors) {
            let (is, code) = (row.len(), &sector.code);
            if is != n {
                let what = said!(
                    "the row of sector {code} has {is} values for {n} sectors",
                    "{code} 부문의 행에 값이 {is}개입니다. 부문은 {n}개입니다"
                );
                return Err(self.fault(field, what));
            }
        }
        let cells = rows.iter().flatten().copied();
        Ok(DMatrix::from_row_iterator(n, n, cells))
    }

    fn accounts(&self) -> Result<Vec<DVector<f64>>> {
        let accounts = self.meta.accounts.iter().zip(&self.accounts);
        accounts
            .map(|(account, values)| self.vector(&account.id, values))
            .collect()
    }

    fn classification(&self) -> Result<Classification> {
        Classification::new(&self.meta.id, self.sectors.clone(), &self.aliases)
    }
}

/// What both builders take.
macro_rules! described {
    () => {
        /// The sectors in the order of rows and columns: codes, and names in one language or both.
        pub fn sectors<C: Into<String>, N: Into<Name>>(
            mut self,
            sectors: impl IntoIterator<Item = (C, N)>,
        ) -> Self {
            self.described.sectors(sectors);
            self
        }

        /// A word that a sector is found by beside its name.
        pub fn alias(mut self, word: &str, code: &str) -> Self {
            let alias = (word.to_owned(), code.to_owned());
            self.described.aliases.push(alias);
            self
        }

        /// Its title; default the id.
        pub fn title(mut self, title: impl Into<Name>) -> Self {
            self.described.meta.title = title.into().0;
            self
        }

        /// ISO 4217 code of the currency, of which all money is in millions; default KRW.
        pub fn currency(mut self, code: &str) -> Self {
            self.described.meta.currency = code.to_owned();
            self
        }

        /// The table's own price indices; default none.
        pub fn deflators(mut self, deflators: Deflators) -> Self {
            self.described.deflators = Some(deflators);
            self
        }

        /// Whatever else the table says of itself: attribution, sources, known totals, which sectors trade
        /// and transport margins go to.
        pub fn describe(mut self, change: impl FnOnce(&mut Meta)) -> Self {
            change(&mut self.described.meta);
            self
        }
    };
}

mod coefficients;

pub use coefficients::CoefficientTableBuilder;

/// A row of other inputs: what it is, what sectors buy, what categories of final demand do.
type OtherRow = (OtherInput, Vec<f64>, Vec<(FinalDemandRole, f64)>);

/// A table of flows, put together in memory; money in millions. Made by [`Table::builder`].
#[derive(Debug, Clone)]
pub struct TableBuilder {
    described: Description,
    domestic: Option<Cells>,
    imported: Option<Cells>,
    final_demand: BTreeMap<FinalDemandRole, Vec<f64>>,
    imported_final_demand: BTreeMap<FinalDemandRole, Vec<f64>>,
    regions: Vec<String>,
    of_regions: Vec<(String, FinalDemandRole, Vec<f64>)>,
    value_added: BTreeMap<PrimaryInputRole, Vec<f64>>,
    other_inputs: Vec<OtherRow>,
    output: Option<Vec<f64>>,
    imports: Option<(Vec<f64>, Vec<f64>)>,
}

impl Table {
    /// A table of flows of one's own, by its id and the year of its flows and prices.
    ///
    /// Needed are the sectors and the domestic flows. What is left out: nothing is imported; output is what
    /// is sold, and value added what is left of output after the inputs, as operating surplus.
    ///
    /// ```
    /// use leontief::table::{FinalDemandRole, Table};
    /// use leontief::Model;
    ///
    /// // Miller & Blair (2022), Table 2.3: rows supply, columns use.
    /// let table = Table::builder("two", 2022)
    ///     .sectors([("1", "Agriculture"), ("2", "Manufacturing")])
    ///     .domestic_flows([[150.0, 500.0], [200.0, 100.0]])
    ///     .final_demand(FinalDemandRole::Household, [350.0, 1700.0])
    ///     .build()?;
    /// let l = Model::new(&table)?.leontief_inverse();
    /// assert!((l[(0, 0)] - 1.2541).abs() < 5e-5);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn builder(id: &str, year: i32) -> TableBuilder {
        TableBuilder {
            described: Description::new(id, year, Kind::Flows),
            domestic: None,
            imported: None,
            final_demand: BTreeMap::new(),
            imported_final_demand: BTreeMap::new(),
            regions: Vec::new(),
            of_regions: Vec::new(),
            value_added: BTreeMap::new(),
            other_inputs: Vec::new(),
            output: None,
            imports: None,
        }
    }
}

impl TableBuilder {
    described!();

    /// Zd, n x n: what each row sells to each column of its domestic product.
    pub fn domestic_flows(mut self, flows: impl Into<Cells>) -> Self {
        self.domestic = Some(flows.into());
        self
    }

    /// Zm, n x n: what each column uses of the imported product of each row; default none.
    pub fn imported_flows(mut self, flows: impl Into<Cells>) -> Self {
        self.imported = Some(flows.into());
        self
    }

    /// A column of final demand for domestic products, n.
    pub fn final_demand(
        mut self,
        role: FinalDemandRole,
        demand: impl IntoIterator<Item = f64>,
    ) -> Self {
        let demand = demand.into_iter().collect();
        self.final_demand.insert(role, demand);
        self
    }

    /// A column of final demand for imported products, n; default none.
    pub fn imported_final_demand(
        mut self,
        role: FinalDemandRole,
        demand: impl IntoIterator<Item = f64>,
    ) -> Self {
        let demand = demand.into_iter().collect();
        self.imported_final_demand.insert(role, demand);
        self
    }

    /// The code of the region of each sector, n, of a table of several; their final demand is given by
    /// [`TableBuilder::final_demand_of`].
    ///
    /// ```
    /// use leontief::table::{FinalDemandRole::Household, Table};
    ///
    /// let table = Table::builder("world", 2020)
    ///     .sectors([("KOR_1", "Korea: all"), ("JPN_1", "Japan: all")])
    ///     .regions(["KOR", "JPN"])
    ///     .domestic_flows([[30.0, 5.0], [10.0, 40.0]])
    ///     .final_demand_of("KOR", Household, [55.0, 10.0])
    ///     .final_demand_of("JPN", Household, [10.0, 90.0])
    ///     .build()?;
    /// assert_eq!(table.sectors().regions(), ["KOR", "JPN"]);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn regions<R: Into<String>>(mut self, regions: impl IntoIterator<Item = R>) -> Self {
        self.regions = regions.into_iter().map(Into::into).collect();
        self
    }

    /// A column of final demand of one region of several, n: what it buys of the products of all.
    pub fn final_demand_of(
        mut self,
        region: &str,
        role: FinalDemandRole,
        demand: impl IntoIterator<Item = f64>,
    ) -> Self {
        let demand = demand.into_iter().collect();
        self.of_regions.push((region.to_owned(), role, demand));
        self
    }

    /// A part of value added, n. Where compensation of employees is given, households are in the model
    /// as well (Type II).
    pub fn value_added(
        mut self,
        role: PrimaryInputRole,
        values: impl IntoIterator<Item = f64>,
    ) -> Self {
        let values = values.into_iter().collect();
        self.value_added.insert(role, values);
        self
    }

    /// Imports, or taxes less subsidies on products, of which only the users are told: what sectors buy, n,
    /// and what categories of final demand do. No part of value added.
    ///
    /// ```
    /// use leontief::Model;
    /// use leontief::table::{FinalDemandRole::Household, OtherInputRole, Table};
    ///
    /// let table = Table::builder("two", 2022)
    ///     .sectors([("1", "Agriculture"), ("2", "Manufacturing")])
    ///     .domestic_flows([[150.0, 500.0], [200.0, 100.0]])
    ///     .final_demand(Household, [350.0, 1700.0])
    ///     .other_inputs(OtherInputRole::Imports, [100.0, 400.0], [(Household, 600.0)])
    ///     .build()?;
    /// // .1 and .2 per unit of output: 1.2541 x .1 + .2640 x .2 for a unit of the first.
    /// let model = Model::new(&table)?;
    /// let imports = &model.rows().type1.imports;
    /// assert!((imports[0] - 0.178218).abs() < 1e-6);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn other_inputs(
        mut self,
        role: OtherInputRole,
        sectors: impl IntoIterator<Item = f64>,
        final_demand: impl IntoIterator<Item = (FinalDemandRole, f64)>,
    ) -> Self {
        let input = OtherInput::of(role);
        let (sectors, demand) = (sectors.into_iter(), final_demand.into_iter());
        self.other_inputs
            .push((input, sectors.collect(), demand.collect()));
        self
    }

    /// x, n: gross output; default what is sold at home and abroad.
    pub fn output(mut self, output: impl IntoIterator<Item = f64>) -> Self {
        self.output = Some(output.into_iter().collect());
        self
    }

    /// Imports by product, n each: at the border, and the taxes on them. Default unknown.
    pub fn imports(
        mut self,
        cif: impl IntoIterator<Item = f64>,
        taxes: impl IntoIterator<Item = f64>,
    ) -> Self {
        self.imports = Some((cif.into_iter().collect(), taxes.into_iter().collect()));
        self
    }

    /// Persons in work by sector, n: the account that reports know as jobs.
    pub fn jobs(self, persons: impl IntoIterator<Item = f64>) -> Self {
        self.account("jobs", ("Jobs", "취업자"), ("persons", "명"), persons)
    }

    /// Something counted by sector that is not money, n totals: its id, title and unit.
    pub fn account(
        mut self,
        id: &str,
        title: impl Into<Name>,
        unit: impl Into<Name>,
        totals: impl IntoIterator<Item = f64>,
    ) -> Self {
        self.described
            .account(id, title.into(), unit.into(), totals);
        self
    }

    /// The table. Its content hash is that of the files it would be written as
    /// ([`write`](crate::table::write::native::write)): written and read, it is the same table.
    ///
    /// # Errors
    /// As [`Table::new`]: a block of the wrong shape, named as its file is; figures that do not add up.
    pub fn build(mut self) -> Result<AnyTable> {
        let n = self.described.sectors.len();
        let mut classification = self.described.classification()?;
        if !self.regions.is_empty() {
            classification = classification.with_regions(std::mem::take(&mut self.regions))?;
        }
        let domestic = self
            .described
            .needed("domestic_flows", self.domestic.as_ref())?;
        let imported = self
            .described
            .matrix("imported_flows", self.imported.as_ref())?;
        let mut roles: Vec<FinalDemandRole> = self.final_demand.keys().copied().collect();
        roles.extend(self.imported_final_demand.keys());
        let others = self.other_inputs.iter().flat_map(|(_, _, demand)| demand);
        roles.extend(others.map(|(role, _)| *role));
        roles.sort();
        roles.dedup();
        let (mut at_home, mut abroad) = (Vec::new(), Vec::new());
        for role in &roles {
            for (file, given, columns) in [
                ("domestic_final_demand", &self.final_demand, &mut at_home),
                (
                    "imported_final_demand",
                    &self.imported_final_demand,
                    &mut abroad,
                ),
            ] {
                let field = format!("{file}.{}", role.id());
                columns.push(match given.get(role) {
                    Some(values) => self.described.vector(&field, values)?,
                    None => DVector::zeros(n),
                });
            }
        }
        let mut categories: Vec<FinalDemandCategory> =
            roles.iter().copied().map(FinalDemandCategory::of).collect();
        for (region, role, values) in &self.of_regions {
            let category = FinalDemandCategory::of(*role).in_region(region);
            let field = format!("domestic_final_demand.{}", category.id);
            at_home.push(self.described.vector(&field, values)?);
            abroad.push(DVector::zeros(n));
            categories.push(category);
        }
        let domestic_final_demand = columns(n, &at_home);
        let output = match &self.output {
            Some(output) => self.described.vector("output", output)?,
            None => domestic.column_sum() + domestic_final_demand.column_sum(),
        };
        let q = self.other_inputs.len();
        let mut other_inputs = DMatrix::zeros(q, n);
        let mut other_final_demand = DMatrix::zeros(q, categories.len());
        for (row, (input, sectors, demand)) in self.other_inputs.iter().enumerate() {
            let field = format!("other_inputs.{}", input.id);
            let sectors = self.described.vector(&field, sectors)?;
            other_inputs.set_row(row, &sectors.transpose());
            for (role, value) in demand {
                if let Some(column) = roles.iter().position(|of| of == role) {
                    other_final_demand[(row, column)] += value;
                }
            }
        }
        let mut parts = Vec::new();
        for (role, values) in &self.value_added {
            let field = format!("primary_inputs.{}", role.id());
            parts.push(self.described.vector(&field, values)?);
        }
        let mut kinds: Vec<PrimaryInputRole> = self.value_added.keys().copied().collect();
        if kinds.is_empty() {
            kinds.push(PrimaryInputRole::OperatingSurplus);
            let inputs = domestic.row_sum() + imported.row_sum();
            parts.push(&output - inputs.transpose() - other_inputs.row_sum().transpose());
        }
        let imports = match &self.imports {
            Some((cif, taxes)) => Some(Imports {
                cif: self.described.vector("imports.imports_cif", cif)?,
                taxes: self.described.vector("imports.import_taxes", taxes)?,
            }),
            None => None,
        };
        let flows = Flows {
            domestic: domestic.into(),
            imported: imported.into(),
            domestic_final_demand,
            imported_final_demand: columns(n, &abroad),
            primary_inputs: columns(n, &parts).transpose(),
            other_inputs,
            other_final_demand,
            output,
            imports,
            satellites: self.described.accounts()?,
        };
        let meta = &mut self.described.meta;
        meta.final_demand = categories;
        meta.primary_inputs = kinds.into_iter().map(PrimaryInput::of).collect();
        let others = self.other_inputs.into_iter();
        meta.other_inputs = others.map(|(input, _, _)| input).collect();
        let table = Table::new(self.described.meta, classification, flows, String::new())?;
        let mut table = table.with_deflators(self.described.deflators);
        table.content_hash = native::hash(&table)?;
        Ok(AnyTable::from(table))
    }
}

/// Vectors of n side by side, of which there may be none.
pub(super) fn columns(n: usize, columns: &[DVector<f64>]) -> DMatrix<f64> {
    match columns {
        [] => DMatrix::zeros(n, 0),
        columns => DMatrix::from_columns(columns),
    }
}

impl FinalDemandCategory {
    /// The category that is named as its role is.
    fn of(role: FinalDemandRole) -> Self {
        FinalDemandCategory {
            id: role.id().to_owned(),
            role,
            title: role.title(),
            region: None,
        }
    }

    /// The same of a region of several: "KOR_household".
    fn in_region(self, region: &str) -> Self {
        let Text { en, ko } = self.title;
        FinalDemandCategory {
            id: format!("{region}_{}", self.id),
            title: Text::new(format!("{region}: {en}"), format!("{region}: {ko}")),
            region: Some(region.to_owned()),
            ..self
        }
    }
}

impl OtherInput {
    /// The row that is named as its role is.
    fn of(role: OtherInputRole) -> Self {
        OtherInput {
            id: role.id().to_owned(),
            role,
            title: role.title(),
        }
    }
}

impl PrimaryInput {
    /// The primary input that is named as its role is.
    fn of(role: PrimaryInputRole) -> Self {
        PrimaryInput {
            id: role.id().to_owned(),
            role,
            title: role.title(),
        }
    }
}
