//! The totals of another year: `total,code,value[,user]`.

use super::bounds::{BoundedCell, Loose, LooseTotal};
use crate::error::{Error, Place, Result};
use crate::lang::{Text, said};
use crate::table::Table;
use crate::table::read::native::Records;
use nalgebra::{DMatrix, DVector};
use std::collections::HashMap;

/// What is known of another year: the output of every sector, and of the rest what there is.
#[derive(Debug, Clone, PartialEq)]
pub struct Totals {
    pub(super) year: i32,
    pub(super) source: String,
    pub(super) output: Vec<f64>,
    pub(super) value_added: Vec<Option<f64>>,
    pub(super) imports: Vec<Option<f64>>,
    /// Imports of all products, of supply and use tables.
    pub(super) imports_in_all: Option<f64>,
    import_taxes: Vec<Option<f64>>,
    pub(super) final_demand: Vec<Option<f64>>,
    pub(super) accounts: Vec<Vec<Option<f64>>>,
    /// Sectors with what all sectors together buy of their products, domestic and imported.
    pub(super) intermediate_demand: Vec<(usize, f64)>,
    cells: Vec<KnownCell>,
    pub(super) bounds: Vec<BoundedCell>,
    pub(super) loose: Vec<LooseTotal>,
}

/// A cell of the new table that is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct KnownCell {
    pub(super) is_imported: bool,
    pub(super) row: usize,
    /// Among the sectors, then the categories of final demand.
    pub(super) column: usize,
    pub(super) value: f64,
}

/// A total that was not given, and how it was come by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Derived {
    /// Value added: its old share of output.
    ValueAdded,
    /// Imports: as output of the sector grew; of one that makes nothing, as all output did.
    Imports,
    /// Imports of products of supply and use tables: in all, they grow as all output.
    ImportsInAll,
    /// Imports of products of supply and use tables: in all, they are what value added leaves of final demand.
    ImportsLeft,
    /// Taxes on imports: their old share of imports.
    ImportTaxes,
    /// Final demand: what output, imports and value added leave for it, in the old proportions.
    FinalDemand,
    /// Accounts: their old amount per output.
    Accounts,
}

/// All totals there are.
pub(super) struct Settled {
    pub(super) output: DVector<f64>,
    pub(super) value_added: DVector<f64>,
    pub(super) imports: DVector<f64>,
    pub(super) import_taxes: DVector<f64>,
    pub(super) final_demand: DVector<f64>,
    pub(super) accounts: Vec<DVector<f64>>,
}

/// What final demand may differ by from what the other totals leave for it, as a share of it.
const SUMS_AGREE: f64 = 1e-6;

/// What lines of totals name, by code.
pub(super) struct Names<'a> {
    pub(super) industries: HashMap<&'a str, usize>,
    pub(super) products: HashMap<&'a str, usize>,
    pub(super) categories: Vec<&'a str>,
    pub(super) accounts: Vec<&'a str>,
    /// Whether they are of supply and use tables, whose products are not their industries.
    pub(super) apart: bool,
}

/// Totals that supply and use tables are brought to.
const APART: [&str; 6] = [
    "output",
    "value_added",
    "intermediate_inputs",
    "imports",
    "final_demand",
    "jobs",
];

impl<'a> Names<'a> {
    fn of(table: &'a Table) -> Self {
        let sectors = || table.sectors().iter().enumerate();
        let codes = || sectors().map(|(at, sector)| (sector.code.as_str(), at));
        let meta = table.meta();
        Names {
            industries: codes().collect(),
            products: codes().collect(),
            categories: meta.final_demand.iter().map(|c| c.id.as_str()).collect(),
            accounts: meta.accounts.iter().map(|a| a.id.as_str()).collect(),
            apart: false,
        }
    }

    /// That no industry, or no product, has this code.
    fn unknown(&self, code: &str, is_product: bool) -> Text {
        match (self.apart, is_product) {
            (false, _) => said!(
                "'{code}' is not a sector code of the table",
                "'{code}'은(는) 표의 부문 코드가 아닙니다"
            ),
            (true, false) => said!(
                "'{code}' is no industry of the tables",
                "'{code}'은(는) 공급·사용표의 산업이 아닙니다"
            ),
            (true, true) => said!(
                "'{code}' is no product of the tables: a code of one, or none for the imports of all",
                "'{code}'은(는) 공급·사용표의 상품이 아닙니다. 상품 코드를 쓰고, 전체 수입은 비워 두십시오"
            ),
        }
    }
}

impl Totals {
    /// Totals of a year from a text with the columns `total,code,value`, in the unit of the table:
    ///
    /// | total | code | what |
    /// | --- | --- | --- |
    /// | `output` | sector | gross output; of every sector |
    /// | `value_added` | sector | all of its parts together |
    /// | `intermediate_inputs` | sector | in its place: all that it buys of other products, output less value added |
    /// | `intermediate_demand` | sector | what all sectors buy of its product, domestic and imported together |
    /// | `imports` | sector | imports of the product, with the taxes on them |
    /// | `import_taxes` | sector | the taxes among them |
    /// | `final_demand` | category of the table | domestic and imported products together |
    /// | an account's id | sector | as `jobs` |
    /// | `domestic_flows`, `imported_flows` | sector | one cell that is known: its user, a sector or a category, in a column `user` |
    ///
    /// In a column `looseness`, where there is one, `value_added`, `imports` and `final_demand` say how uncertain they are
    /// against the cells that they are the sum of: 1 as much as these are, 0 or nothing not at all.
    ///
    /// # Errors
    /// A line that is none of these, stands twice or has no number; a sector without output; a looseness of another
    /// total, below 0 or above 1000.
    pub fn parse(file: &str, text: &str, year: i32, table: &Table) -> Result<Self> {
        Totals::read(file, text, year, &Names::of(table))
    }

    pub(super) fn read(file: &str, text: &str, year: i32, names: &Names) -> Result<Self> {
        let first = text.lines().find(|line| !line.starts_with('#'));
        let has = |column: &str| first.is_some_and(|h| h.split(',').any(|c| c.trim() == column));
        let mut columns = vec!["total", "code", "value"];
        columns.extend(
            ["user", "looseness"]
                .into_iter()
                .filter(|column| has(column)),
        );
        let records = Records::parse(file.to_owned(), text, &columns)?;
        let at = |name: &str| columns.iter().position(|column| *column == name);
        let (user_at, looseness_at) = (at("user"), at("looseness"));
        let mut totals = Totals::empty(year, file, names);
        let mut output: Vec<Option<f64>> = vec![None; names.industries.len()];
        let mut inputs: Vec<(usize, usize, f64)> = Vec::new();
        let mut seen: HashMap<Vec<String>, usize> = HashMap::new();
        for (line, fields) in records.rows {
            let fields: Vec<String> = fields.iter().map(|f| f.trim().to_owned()).collect();
            let fail = |field: &str, message: Text| {
                Error::at(Place::file(file).line(line).field(field), message)
            };
            let (total, code, value) = (&fields[0], &fields[1], &fields[2]);
            let given = |at: Option<usize>| fields.get(at?).filter(|field| !field.is_empty());
            let user = given(user_at);
            let value: f64 = value
                .parse()
                .ok()
                .filter(|v: &f64| v.is_finite())
                .ok_or_else(|| {
                    fail(
                        "value",
                        said!(
                            "'{value}' is not a finite number",
                            "'{value}'은(는) 유한한 수가 아닙니다"
                        ),
                    )
                })?;
            let key = [total.as_str(), code, user.map_or("", String::as_str)].map(str::to_owned);
            if let Some(before) = seen.insert(key.into(), line) {
                return Err(fail(
                    "code",
                    said!(
                        "{total} of '{code}' stands on line {before} as well",
                        "'{code}'의 {total}이(가) {before}행에도 있습니다"
                    ),
                ));
            }
            let category = |code: &str| names.categories.iter().position(|id| *id == code);
            let known = |of: &HashMap<&str, usize>, is_product: bool| {
                let at = of.get(code.as_str()).copied();
                at.ok_or_else(|| fail("code", names.unknown(code, is_product)))
            };
            let sector = || known(&names.industries, false);
            let product = || known(&names.products, true);
            if names.apart && !APART.contains(&total.as_str()) {
                let all = APART.join(", ");
                return Err(fail(
                    "total",
                    said!(
                        "'{total}' is no total that supply and use tables are brought to: {all}",
                        "'{total}'은(는) 공급·사용표의 합계 항목이 아닙니다: {all}"
                    ),
                ));
            }
            if names.apart && given(looseness_at).is_some() {
                return Err(fail(
                    "looseness",
                    said!(
                        "every total of supply and use tables must hold: leave the looseness out",
                        "공급·사용표의 합계는 모두 반드시 충족해야 하므로 looseness를 비워 두십시오"
                    ),
                ));
            }
            if let (Some(user), false) = (
                user,
                matches!(total.as_str(), "domestic_flows" | "imported_flows"),
            ) {
                return Err(fail(
                    "user",
                    said!(
                        "only domestic_flows and imported_flows have a user, '{user}'",
                        "user('{user}')는 domestic_flows와 imported_flows에만 씁니다"
                    ),
                ));
            }
            if let Some(looseness) = given(looseness_at) {
                let number = looseness.parse().ok();
                let number = number.filter(|v: &f64| (0.0..=1000.0).contains(v));
                let loose = match total.as_str() {
                    "value_added" => Some((Loose::ValueAdded, sector()?)),
                    "imports" => Some((Loose::Imports, product()?)),
                    "final_demand" => category(code).map(|at| (Loose::FinalDemand, at)),
                    _ => None,
                };
                let (Some((of, at)), Some(looseness)) = (loose, number) else {
                    return Err(fail(
                        "looseness",
                        said!(
                            "'{looseness}': value_added, imports and final_demand can be loose, by a number from 0 (must hold) over 1 (as uncertain as their cells) to 1000",
                            "'{looseness}': value_added, imports, final_demand만 느슨하게 둘 수 있으며, 0(반드시 충족)에서 1(셀만큼 불확실)을 거쳐 1000까지의 수로 씁니다"
                        ),
                    ));
                };
                totals.loose.push(LooseTotal { of, at, looseness });
            }
            match total.as_str() {
                "output" if value < 0.0 => {
                    return Err(fail(
                        "value",
                        said!(
                            "the output of '{code}' is {value}: it cannot be below zero",
                            "'{code}'의 총산출이 {value}입니다. 0보다 작을 수 없습니다"
                        ),
                    ));
                }
                "output" => output[sector()?] = Some(value),
                "value_added" => totals.value_added[sector()?] = Some(value),
                "intermediate_inputs" => inputs.push((line, sector()?, value)),
                "intermediate_demand" => totals.intermediate_demand.push((product()?, value)),
                "imports" if names.apart && code.is_empty() => totals.imports_in_all = Some(value),
                "imports" => totals.imports[product()?] = Some(value),
                "import_taxes" => totals.import_taxes[product()?] = Some(value),
                "final_demand" => {
                    let at = category(code).ok_or_else(|| {
                        let known = names.categories.join(", ");
                        fail(
                            "code",
                            said!(
                                "'{code}' is no category of final demand of the table: {known}",
                                "'{code}'은(는) 표의 최종수요 항목이 아닙니다: {known}"
                            ),
                        )
                    })?;
                    totals.final_demand[at] = Some(value);
                }
                "domestic_flows" | "imported_flows" => {
                    let user = user.map_or("", String::as_str);
                    let column = (names.industries.get(user).copied())
                        .or_else(|| category(user).map(|at| names.industries.len() + at));
                    let column = column.ok_or_else(|| fail("user", said!(
                        "'{user}' is neither a sector nor a category of final demand: a known cell has its user in \
                         the column user",
                        "'{user}'은(는) 부문도 최종수요 항목도 아닙니다. 알려진 셀의 수요처를 user 열에 쓰십시오"
                    )))?;
                    totals.cells.push(KnownCell {
                        is_imported: total == "imported_flows",
                        row: product()?,
                        column,
                        value,
                    });
                }
                account => {
                    let at = names.accounts.iter().position(|id| *id == account);
                    let at = at.ok_or_else(|| fail("total", said!(
                        "'{account}' is no total: output, value_added, intermediate_inputs, intermediate_demand, \
                         imports, import_taxes, final_demand, domestic_flows, imported_flows or an account of the table",
                        "'{account}'은(는) 합계 항목이 아닙니다: output, value_added, intermediate_inputs, \
                         intermediate_demand, imports, import_taxes, final_demand, domestic_flows, imported_flows \
                         또는 표의 계정"
                    )))?;
                    totals.accounts[at][sector()?] = Some(value);
                }
            }
        }
        let mut codes = vec![""; names.industries.len()];
        for (code, at) in &names.industries {
            codes[*at] = code;
        }
        let missing = (0..codes.len()).filter(|i| output[*i].is_none());
        let missing: Vec<&str> = missing.map(|i| codes[i]).collect();
        if !missing.is_empty() {
            let (count, shown) = (missing.len(), missing[..missing.len().min(8)].join(", "));
            return Err(Error::at(
                Place::file(file),
                said!(
                    "the output of every sector is needed, and {count} have none: {shown}",
                    "모든 부문의 총산출(output)이 필요하나 {count}개 부문에 없습니다: {shown}"
                ),
            ));
        }
        totals.output = output.into_iter().flatten().collect();
        for (line, sector, inputs) in inputs {
            let value_added = &mut totals.value_added[sector];
            if value_added.is_some() {
                let code = codes[sector];
                return Err(Error::at(
                    Place::file(file).line(line).field("total"),
                    said!(
                        "of '{code}' value_added is given as well, which is output less intermediate_inputs: give one",
                        "'{code}'의 value_added도 있습니다. 부가가치는 총산출에서 중간투입을 뺀 값이므로 하나만 쓰십시오"
                    ),
                ));
            }
            *value_added = Some(totals.output[sector] - inputs);
        }
        Ok(totals)
    }

    /// All totals of another table, for a table of the same sectors and categories of final demand: what the
    /// method is tried with where the answer is known.
    ///
    /// # Errors
    /// Other sectors, categories of final demand or units.
    pub fn of_table(of: &Table, table: &Table) -> Result<Self> {
        let mut totals = Totals::empty(of.meta().year, &of.meta().id, &Names::of(table));
        let (from, to) = (of.meta(), table.meta());
        let order: Option<Vec<usize>> = (table.sectors().iter())
            .map(|sector| of.sectors().position(&sector.code))
            .collect();
        let same = of.sectors().len() == table.sectors().len()
            && (&from.currency, from.unit) == (&to.currency, to.unit);
        let (Some(order), Some(categories), true) = (order, to.categories_in(from), same) else {
            let (one, other) = (&from.id, &to.id);
            return Err(Error::invalid(said!(
                "the totals of {one} are not those of {other}: sectors, categories of final demand and the unit of \
                 money must be the same",
                "{one}의 합계를 {other}에 쓸 수 없습니다. 부문, 최종수요 항목, 통화 단위가 같아야 합니다"
            )));
        };
        let flows = of.flows();
        let ordered = |v: &DVector<f64>| -> Vec<f64> { order.iter().map(|i| v[*i]).collect() };
        let some =
            |v: &DVector<f64>| -> Vec<Option<f64>> { ordered(v).into_iter().map(Some).collect() };
        totals.output = ordered(&flows.output);
        totals.value_added = some(&of.value_added());
        totals.imports =
            some(&(flows.imported.column_sum() + flows.imported_final_demand.column_sum()));
        if let Some(imports) = &flows.imports {
            totals.import_taxes = some(&imports.taxes);
        }
        let others = flows.other_final_demand.row_sum();
        totals.final_demand = (categories.into_iter())
            .map(|k| {
                let bought = flows.domestic_final_demand.column(k).sum()
                    + flows.imported_final_demand.column(k).sum();
                Some(bought + others.get(k).copied().unwrap_or(0.0))
            })
            .collect();
        for (at, account) in to.accounts.iter().enumerate() {
            if let Some(known) = of.satellite(&account.id) {
                totals.accounts[at] = some(known);
            }
        }
        Ok(totals)
    }

    fn empty(year: i32, source: &str, names: &Names) -> Self {
        let (n, m) = (names.industries.len(), names.products.len());
        Totals {
            year,
            source: source.to_owned(),
            output: vec![0.0; n],
            value_added: vec![None; n],
            imports: vec![None; m],
            imports_in_all: None,
            import_taxes: vec![None; m],
            final_demand: vec![None; names.categories.len()],
            accounts: vec![vec![None; n]; names.accounts.len()],
            intermediate_demand: Vec::new(),
            cells: Vec::new(),
            bounds: Vec::new(),
            loose: Vec::new(),
        }
    }

    /// The year that they are of.
    pub fn year(&self) -> i32 {
        self.year
    }

    /// The file or the table that they are from.
    pub fn source(&self) -> &str {
        &self.source
    }

    pub(super) fn cells(&self) -> &[KnownCell] {
        &self.cells
    }

    /// What is given and what follows from it.
    pub(super) fn settled(&self, table: &Table) -> Result<(Settled, Vec<(Derived, usize)>)> {
        let old = table.flows();
        let n = table.sectors().len();
        let output = DVector::from_column_slice(&self.output);
        let growth = output.sum() / old.output.sum();
        let grown = |i: usize| match old.output[i] > 0.0 {
            true => output[i] / old.output[i],
            false => growth,
        };
        let mut derived = Vec::new();
        let mut filled = |kind: Derived, given: &[Option<f64>], old: &dyn Fn(usize) -> f64| {
            let lacking = given.iter().filter(|v| v.is_none()).count();
            if lacking > 0 {
                derived.push((kind, lacking));
            }
            let of = given.iter().enumerate();
            let all = of.map(|(i, value)| value.unwrap_or_else(|| old(i)));
            DVector::from_iterator(given.len(), all)
        };
        let old_value_added = table.value_added();
        let value_added = filled(Derived::ValueAdded, &self.value_added, &|i| {
            old_value_added[i] * grown(i)
        });
        let old_imports = old.imported.column_sum() + old.imported_final_demand.column_sum();
        let imports = filled(Derived::Imports, &self.imports, &|i| {
            old_imports[i] * grown(i)
        });
        let import_taxes = match &old.imports {
            Some(known) => filled(
                Derived::ImportTaxes,
                &self.import_taxes,
                &|i| match old_imports[i] == 0.0 {
                    true => 0.0,
                    false => imports[i] * known.taxes[i] / old_imports[i],
                },
            ),
            None => DVector::zeros(n),
        };
        let accounts = old.satellites.iter().zip(&self.accounts);
        let accounts = accounts
            .map(|(old, given)| filled(Derived::Accounts, given, &|i| old[i] * grown(i)))
            .collect();
        // Output and imports are bought by sectors and by final demand.
        let left = output.sum() + imports.sum() - (output.sum() - value_added.sum());
        let has_others = old.other_inputs.nrows() > 0;
        let sums = |block: &DMatrix<f64>| block.row_sum().transpose();
        let mut then = sums(&old.domestic_final_demand) + sums(&old.imported_final_demand);
        if has_others {
            then += sums(&old.other_final_demand);
        }
        let final_demand = self.final_demand_of(&then, left, growth, has_others)?;
        let lacking = self.final_demand.iter().filter(|v| v.is_none()).count();
        if lacking > 0 {
            derived.push((Derived::FinalDemand, lacking));
        }
        // One line a kind, though accounts are several.
        let mut kinds: Vec<(Derived, usize)> = Vec::new();
        for (kind, count) in derived {
            match kinds.iter_mut().find(|(of, _)| *of == kind) {
                Some((_, all)) => *all += count,
                None => kinds.push((kind, count)),
            }
        }
        let settled = Settled {
            output,
            value_added,
            imports,
            import_taxes,
            final_demand,
            accounts,
        };
        Ok((settled, kinds))
    }

    /// Final demand by category: as given, and what is `left` for those that are not in their old proportions.
    pub(super) fn final_demand_of(
        &self,
        then: &DVector<f64>,
        left: f64,
        growth: f64,
        has_others: bool,
    ) -> Result<DVector<f64>> {
        let given: f64 = self.final_demand.iter().flatten().sum();
        let open = |k: &usize| self.final_demand[*k].is_none();
        let of_open: f64 = (0..then.len()).filter(open).map(|k| then[k]).sum();
        let rest = left - given;
        let by = match (has_others, self.final_demand.iter().any(Option::is_none)) {
            // What other inputs take of output and imports is not known beforehand.
            (true, _) => growth,
            // What does not agree is settled by what is loose.
            (false, false) if !self.loose.is_empty() => 1.0,
            (false, false) if rest.abs() > SUMS_AGREE * left.abs() => {
                let (left, given) = (left.round(), given.round());
                return Err(Error::invalid(said!(
                    "final demand comes to {given}, but value added and imports come to {left}, and they must be the \
                     same: mend a total, or leave out a category of final demand, which then takes the rest",
                    "최종수요 합계는 {given}이나 부가가치와 수입의 합은 {left}로, 서로 같아야 합니다. 합계를 고치거나 \
                     최종수요 항목 하나를 빼십시오. 뺀 항목이 나머지를 받습니다"
                )));
            }
            (false, false) if given == 0.0 => 1.0,
            (false, false) => 1.0 + rest / given,
            (false, true) if of_open != 0.0 => rest / of_open,
            (false, true) => {
                return Err(Error::invalid(said!(
                    "the categories of final demand that are left out come to nothing in the old table: give them",
                    "생략한 최종수요 항목의 합이 기준 표에서 0이므로 값을 주어야 합니다"
                )));
            }
        };
        let all_given = self.final_demand.iter().all(Option::is_some);
        Ok(DVector::from_fn(then.len(), |k, _| {
            match self.final_demand[k] {
                Some(value) if all_given && !has_others => value * by,
                Some(value) => value,
                None => then[k] * by,
            }
        }))
    }
}
