//! Multipliers by sector: what a unit of final demand for a domestic product sets off (유발계수).
//!
//! With L = (I - Ad)^-1: output 1'L, value added v'L, imports 1'Am L, accounts e'L; the influence
//! index (영향력계수, power of dispersion) is the column sum of L over the mean column sum, the
//! sensitivity index (감응도계수, sensitivity of dispersion) the row sum over the mean row sum
//! (Miller & Blair, 3rd ed., ch. 6 and 12; Rasmussen 1957). Type II adds what households spend
//! of their labour income, so that L becomes the n x n part of the inverse closed for households.

use super::provenance::{Provenance, account_title};
use crate::error::{Error, Result};
use crate::lang::{Lang, said};
use crate::model::{Households, ImportTreatment, Model};
use crate::report::document::{Block, Cell, Column, Document, Row, Table};
use crate::scenario::Note;
use crate::table::{Account, PrimaryInputRole, Sector};
use nalgebra::DVector;
use serde::{Deserialize, Serialize};

/// Whether what households spend counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MultiplierType {
    /// Suppliers only: households are outside. BOK's inducement coefficients.
    #[default]
    Type1,
    /// With the spending of labour income, in all rounds.
    Type2,
}

/// The multipliers of every sector of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Multipliers {
    /// The table.
    pub provenance: Provenance,
    /// Type I or II.
    #[serde(rename = "type")]
    pub kind: MultiplierType,
    /// How imports enter the inverse.
    pub imports: ImportTreatment,
    /// The share of labour income that households spend; `None` for Type I.
    pub household_share: Option<f64>,
    /// The satellite accounts, in the order of [`SectorMultipliers::accounts`].
    pub accounts: Vec<Account>,
    /// One entry for each sector.
    pub sectors: Vec<SectorMultipliers>,
    /// What must be said of figures that the table does not bring: accounts of a file.
    #[serde(default)]
    pub notes: Vec<Note>,
}

/// What one unit of final demand for a sector's domestic product sets off, anywhere at home.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct SectorMultipliers {
    /// The sector.
    pub sector: Sector,
    /// Output per unit (생산유발계수).
    pub output: f64,
    /// Value added per unit (부가가치유발계수).
    pub value_added: f64,
    /// Imports per unit (수입유발계수); Type II with what households import themselves.
    pub imports: f64,
    /// Compensation of employees per unit, where the table has it.
    pub income: Option<f64>,
    /// Compensation of employees set off anywhere over that of the sector's own production: the
    /// income multiplier (Miller & Blair, 3rd ed., ch. 6). `None` where the sector pays none.
    pub income_ratio: Option<f64>,
    /// Net taxes on production per unit (생산세유발계수), where the table has them.
    pub production_taxes: Option<f64>,
    /// Accounts, each per **billion** of the currency (취업유발계수: persons per billion won).
    pub accounts: Vec<f64>,
    /// Each account set off anywhere over that of the sector's own production: jobs per job of its
    /// own (취업승수). `None` where the sector has none of its own.
    pub account_ratios: Vec<Option<f64>>,
    /// What one unit of the sector's own output takes and gives, before anybody supplies anything.
    pub own: OwnCoefficients,
    /// Whether the product is made at home. One that is not is imported in full: imports are 1 and all
    /// else is 0, and the indices' means leave it out.
    #[serde(default = "made")]
    pub made: bool,
    /// Influence index (영향력계수); the mean over all sectors is 1.
    pub influence: f64,
    /// Sensitivity index (감응도계수); the mean over all sectors is 1.
    pub sensitivity: f64,
}

/// The coefficients of a sector's own production: per unit of its output.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct OwnCoefficients {
    /// Value added.
    pub value_added: f64,
    /// Imported inputs.
    pub imports: f64,
    /// Compensation of employees, where the table has it.
    pub income: Option<f64>,
    /// Net taxes on production, where the table has them.
    pub production_taxes: Option<f64>,
    /// Accounts, each per **billion** of the currency.
    pub accounts: Vec<f64>,
}

fn made() -> bool {
    true
}

impl Multipliers {
    /// The multipliers of a model, by solves; the inverse is not formed.
    ///
    /// ```
    /// use leontief::analysis::{MultiplierType, Multipliers};
    /// let table = leontief::AnyTable::open("kr-2023-33")?;
    /// let model = leontief::Model::new(&table)?;
    /// let all = Multipliers::of(&model, MultiplierType::Type1)?;
    /// // BOK, 2023: agriculture 1.964069, and 1.038462 times the average.
    /// assert!((all.sectors[0].output - 1.964069).abs() < 3e-6);
    /// assert!((all.sectors[0].influence - 1.038462).abs() < 3e-6);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// Type II of an open model.
    pub fn of(model: &Model, kind: MultiplierType) -> Result<Self> {
        let coefficients = model.coefficients();
        let provenance = Provenance::of(coefficients.meta());
        let households = match kind {
            MultiplierType::Type1 => None,
            MultiplierType::Type2 => Some(model.households().ok_or_else(|| {
                Error::invalid(said!(
                    "table {table}: Type II multipliers need a model closed for households",
                    "산업연관표 {table}: Type II 승수를 구하려면 가계를 내생화한 모형이 필요합니다",
                    table = provenance.table
                ))
            })?),
        };
        let spending = households.and_then(|_| model.household_spending_row());
        let induced = |per_output: &DVector<f64>| match kind {
            MultiplierType::Type1 => model.inducement_row(per_output),
            MultiplierType::Type2 => model
                .inducement_row_type2(per_output)
                .unwrap_or_else(|| model.inducement_row(per_output)),
        };
        let ones = DVector::from_element(model.sectors().len(), 1.0);
        let import_row = coefficients.imports_per_output();
        // What is not made at home is imported: 1 of imports, and nothing else.
        let made: Vec<bool> = (0..ones.len()).map(|j| coefficients.is_made(j)).collect();
        let among_made = |mut row: DVector<f64>| {
            row.iter_mut().zip(&made).for_each(|(v, made)| {
                if !made {
                    *v = 0.0;
                }
            });
            row
        };
        let output = among_made(induced(&ones));
        let value_added = induced(coefficients.value_added());
        let mut imports = induced(&import_row);
        if let (Some(households), Some(spending)) = (households, &spending) {
            imports += spending * households.imported_basket().sum();
        }
        imports.iter_mut().zip(&made).for_each(|(v, made)| {
            if !made {
                *v = 1.0;
            }
        });
        let wages = coefficients.primary_input(PrimaryInputRole::Compensation);
        let income = wages.map(induced);
        let taxes = coefficients.primary_input(PrimaryInputRole::NetProductionTaxes);
        let production_taxes = taxes.map(induced);
        let at = |row: Option<&DVector<f64>>, j: usize| row.map(|row| row[j]);
        let ratio = |all: Option<f64>, own: Option<f64>| match (all, own) {
            (Some(all), Some(own)) if own != 0.0 => Some(all / own),
            _ => None,
        };
        let per_billion = provenance.units_per_billion();
        // Of the sector's own production, and set off anywhere.
        let accounts: Vec<(DVector<f64>, DVector<f64>)> = coefficients
            .accounts()
            .iter()
            .map(|(_, per_unit)| (per_unit * per_billion, induced(per_unit) * per_billion))
            .collect();
        let sensitivity = over_mean(&among_made(row_sums(model, kind)), &made);
        let influence = over_mean(&output, &made);
        let sectors = model
            .sectors()
            .iter()
            .enumerate()
            .map(|(j, sector)| SectorMultipliers {
                sector: sector.clone(),
                output: output[j],
                value_added: value_added[j],
                imports: imports[j],
                income: at(income.as_ref(), j),
                income_ratio: ratio(at(income.as_ref(), j), at(wages, j)),
                production_taxes: at(production_taxes.as_ref(), j),
                accounts: accounts.iter().map(|(_, all)| all[j]).collect(),
                account_ratios: accounts
                    .iter()
                    .map(|(own, all)| ratio(Some(all[j]), Some(own[j])))
                    .collect(),
                own: OwnCoefficients {
                    value_added: coefficients.value_added()[j],
                    imports: import_row[j],
                    income: at(wages, j),
                    production_taxes: at(taxes, j),
                    accounts: accounts.iter().map(|(own, _)| own[j]).collect(),
                },
                made: made[j],
                influence: influence[j],
                sensitivity: sensitivity[j],
            })
            .collect();
        Ok(Multipliers {
            provenance,
            kind,
            imports: model.imports(),
            household_share: households.map(Households::share_spent),
            accounts: coefficients
                .accounts()
                .iter()
                .map(|(account, _)| account.clone())
                .collect(),
            sectors,
            notes: Vec::new(),
        })
    }

    /// The names of the columns that hold numbers: "output", ..., the accounts' ids, "sensitivity".
    pub fn columns(&self) -> Vec<&str> {
        let income = self.sectors.iter().any(|s| s.income.is_some());
        let taxes = self.sectors.iter().any(|s| s.production_taxes.is_some());
        ["output", "value_added", "imports"]
            .into_iter()
            .chain(income.then_some("income"))
            .chain(taxes.then_some("production_taxes"))
            .chain(self.accounts.iter().map(|a| a.id.as_str()))
            .chain(["influence", "sensitivity"])
            .collect()
    }

    /// A column by its name, one value a sector; `None` where there is no such column.
    pub fn column(&self, name: &str) -> Option<Vec<f64>> {
        let account = self.accounts.iter().position(|a| a.id == name);
        self.sectors
            .iter()
            .map(|s| match (name, account) {
                ("output", _) => Some(s.output),
                ("value_added", _) => Some(s.value_added),
                ("imports", _) => Some(s.imports),
                ("income", _) => s.income,
                ("production_taxes", _) => s.production_taxes,
                ("influence", _) => Some(s.influence),
                ("sensitivity", _) => Some(s.sensitivity),
                (_, Some(at)) => s.accounts.get(at).copied(),
                _ => None,
            })
            .collect()
    }

    /// The same, the largest of a column first; equal ones in the order they had. "code" sorts by
    /// the codes, smallest first.
    ///
    /// # Errors
    /// A column that is not there, with those that are.
    pub fn sorted_by(&self, column: &str) -> Result<Self> {
        let mut order: Vec<usize> = (0..self.sectors.len()).collect();
        if column == "code" {
            order.sort_by(|&a, &b| {
                let code = |i: usize| &self.sectors[i].sector.code;
                code(a).cmp(code(b))
            });
        } else {
            let values = self.column(column).ok_or_else(|| {
                Error::invalid(said!(
                    "there is no column '{column}' to sort by; there are code, {known}",
                    "정렬 기준으로 쓸 '{column}' 열이 없습니다. 쓸 수 있는 열: code, {known}",
                    known = self.columns().join(", ")
                ))
            })?;
            order.sort_by(|&a, &b| values[b].total_cmp(&values[a]));
        }
        Ok(self.picked(order))
    }

    /// The sectors of some codes alone, in the order of the codes. Indices stay as they are: the
    /// mean is that of all sectors.
    ///
    /// # Errors
    /// A code that is not there.
    pub fn only<S: AsRef<str>>(&self, codes: &[S]) -> Result<Self> {
        let positions = codes
            .iter()
            .map(|code| {
                self.sectors
                    .iter()
                    .position(|s| s.sector.code == code.as_ref())
                    .ok_or_else(|| {
                        Error::invalid(said!(
                            "table {table} has no sector of code '{code}'",
                            "산업연관표 {table}에 코드가 '{code}'인 부문이 없습니다",
                            table = self.provenance.table,
                            code = code.as_ref()
                        ))
                    })
            })
            .collect::<Result<Vec<usize>>>()?;
        Ok(self.picked(positions))
    }

    /// The first `count` sectors alone.
    pub fn first(&self, count: usize) -> Self {
        self.picked((0..self.sectors.len().min(count)).collect())
    }

    fn picked(&self, positions: Vec<usize>) -> Self {
        Multipliers {
            sectors: positions
                .into_iter()
                .map(|i| self.sectors[i].clone())
                .collect(),
            provenance: self.provenance.clone(),
            accounts: self.accounts.clone(),
            notes: self.notes.clone(),
            ..*self
        }
    }

    /// One table: a row a sector, in the order they stand in.
    ///
    /// ```
    /// use leontief::{AnyTable, Lang, Model, analysis::{MultiplierType, Multipliers}};
    /// let model = Model::new(&AnyTable::open("kr-2023-33")?)?;
    /// let all = Multipliers::of(&model, MultiplierType::Type1)?;
    /// let document = all.sorted_by("jobs")?.first(5).document(Lang::Ko);
    /// assert_eq!(document.title, "부문별 유발계수");
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn document(&self, lang: Lang) -> Document {
        let per_unit = self.provenance.ratio_unit(lang);
        let mean = lang.pick("mean = 1", "평균 = 1");
        let mut columns = vec![
            Column::text("code", lang.pick("Code", "코드")),
            Column::text("sector", lang.pick("Sector", "부문")),
            Column::number("output", title("output", lang), &per_unit, 3).with_bar(),
            Column::number("value_added", title("value_added", lang), &per_unit, 3),
            Column::number("imports", title("imports", lang), &per_unit, 3),
        ];
        columns.extend(self.accounts.iter().map(|account| {
            let unit = self.provenance.per_billion(account, lang);
            Column::number(&account.id, &account_title(account, lang), &unit, 1)
        }));
        columns.push(Column::number(
            "influence",
            title("influence", lang),
            mean,
            3,
        ));
        columns.push(Column::number(
            "sensitivity",
            title("sensitivity", lang),
            mean,
            3,
        ));
        let rows = self
            .sectors
            .iter()
            .map(|s| {
                let mut cells: Vec<Cell> = vec![
                    s.sector.code.as_str().into(),
                    s.sector.name.get(lang).into(),
                    s.output.into(),
                    s.value_added.into(),
                    s.imports.into(),
                ];
                cells.extend(s.accounts.iter().map(|&value| Cell::from(value)));
                cells.extend([s.influence.into(), s.sensitivity.into()]);
                Row::new(cells)
            })
            .collect();
        let mut document = Document::new(
            lang.pick("Multipliers by sector", "부문별 유발계수"),
            self.provenance.line(lang),
        );
        let table = Block::Table(Table { columns, rows });
        document.section(
            "multipliers",
            "",
            vec![table, Block::Notes(self.notes(lang))],
        );
        let title = lang.pick(
            "Income and taxes set off, and the sector's own part",
            "소득·생산세 유발과 해당 부문의 직접분",
        );
        document.section("own", title, vec![Block::Table(self.own_table(lang))]);
        document
    }

    /// Income and taxes set off; direct coefficients, and what is set off over the sector's own.
    fn own_table(&self, lang: Lang) -> Table {
        let currency = self.provenance.currency_name(lang);
        let per_unit = format!("{currency}/{currency}");
        let times = lang.pick("times", "배");
        let mut columns = vec![
            Column::text("code", lang.pick("Code", "코드")),
            Column::text("sector", lang.pick("Sector", "부문")),
            Column::number(
                "own_value_added",
                lang.pick("Own value added", "부가가치율"),
                &per_unit,
                3,
            ),
        ];
        let income = self.sectors.iter().any(|s| s.own.income.is_some());
        if income {
            let ratio = lang.pick("Income over own", "소득승수비");
            columns.extend([
                Column::number("income", title("income", lang), &per_unit, 3),
                Column::number("income_ratio", ratio, times, 2),
            ]);
        }
        let taxes = self.sectors.iter().any(|s| s.production_taxes.is_some());
        if taxes {
            let title = title("production_taxes", lang);
            columns.push(Column::number("production_taxes", title, &per_unit, 3));
        }
        for account in &self.accounts {
            let name = account_title(account, lang);
            let unit = self.provenance.per_billion(account, lang);
            let own = lang.pick(
                format!("Own {}", name.to_lowercase()),
                format!("{name}(직접)"),
            );
            let ratio = lang.pick(format!("{name} per own"), format!("{name}승수비"));
            columns.extend([
                Column::number(&format!("own_{}", account.id), &own, &unit, 1),
                Column::number(&format!("{}_ratio", account.id), &ratio, times, 2),
            ]);
        }
        let row = |s: &SectorMultipliers| {
            let mut cells: Vec<Cell> = vec![
                s.sector.code.as_str().into(),
                s.sector.name.get(lang).into(),
                s.own.value_added.into(),
            ];
            if income {
                cells.extend([s.income, s.income_ratio].map(optional));
            }
            if taxes {
                cells.push(optional(s.production_taxes));
            }
            for (own, ratio) in s.own.accounts.iter().zip(&s.account_ratios) {
                cells.extend([Cell::from(*own), optional(*ratio)]);
            }
            Row::new(cells)
        };
        Table {
            columns,
            rows: self.sectors.iter().map(row).collect(),
        }
    }

    /// What a reader must know: the table, its source, Type I or II, imports, estimates.
    pub fn notes(&self, lang: Lang) -> Vec<String> {
        let kind = match self.household_share {
            None => lang
                .pick(
                    "Type I: direct and indirect effects; households are outside the model.",
                    "1형 승수: 직접·간접 효과. 가계는 모형 밖에 있음.",
                )
                .to_owned(),
            Some(share) => lang.pick(
                format!(
                    "Type II: households spend {:.1} % of compensation of employees; indices are of \
                     the inverse closed for households.",
                    100.0 * share
                ),
                format!(
                    "2형 승수: 가계가 피용자보수의 {:.1}%를 소비함. 영향력·감응도계수도 가계를 \
                     내생화한 역행렬 기준임.",
                    100.0 * share
                ),
            ),
        };
        let imports = match self.imports {
            ImportTreatment::Domestic => lang.pick(
                "Domestic inverse (I - Ad)^-1: imported inputs do not propagate.",
                "국산거래표 기준 역행렬 (I - Ad)^-1 (비경쟁수입형).",
            ),
            ImportTreatment::Competitive => lang.pick(
                "Competitive imports: inverse (I - (I - m)A)^-1 with average import shares.",
                "경쟁수입형 역행렬 (I - (I - m)A)^-1 (품목별 평균 수입 비중).",
            ),
            ImportTreatment::Total => lang.pick(
                "Total inverse (I - A)^-1, as if every input were made at home: an upper bound.",
                "총거래 기준 역행렬 (I - A)^-1 (모든 투입을 국산으로 보는 상한).",
            ),
        };
        let columns: Vec<(String, Vec<&str>)> = self
            .columns()
            .into_iter()
            .map(|column| {
                let account = self.accounts.iter().find(|a| a.id == column);
                let title = match account {
                    Some(account) => account_title(account, lang),
                    None => title(column, lang).to_owned(),
                };
                (title, rests_on(column, self.kind))
            })
            .collect();
        let mut notes = vec![
            self.provenance.line(lang),
            self.provenance.attribution.get(lang).to_owned(),
            kind,
            imports.to_owned(),
        ];
        notes.extend(self.provenance.estimates(lang, &columns));
        let imported: Vec<String> = self
            .sectors
            .iter()
            .filter(|s| !s.made)
            .map(|s| s.sector.label(lang))
            .collect();
        if !imported.is_empty() {
            let sectors = imported.join(", ");
            notes.push(lang.pick(
                format!(
                    "Not made at home in this table: {sectors}. Demand for it is imported in full: 1 of \
                     imports, and no output, value added or jobs."
                ),
                format!(
                    "국내 산출이 없는 부문: {sectors}. 수요 전액이 수입되므로 수입유발계수는 1, 나머지는 0임."
                ),
            ));
        }
        notes.extend(self.notes.iter().map(|note| note.text.get(lang).to_owned()));
        notes
    }
}

/// L 1, n: each sector's output where one unit of every product is demanded (Type II with what
/// households then buy).
fn row_sums(model: &Model, kind: MultiplierType) -> DVector<f64> {
    let ones = DVector::from_element(model.sectors().len(), 1.0);
    let sums = model.output_for(&ones);
    match (kind, model.households()) {
        (MultiplierType::Type2, Some(households)) => {
            let induced = households.induced_by(&sums).output;
            sums + induced
        }
        _ => sums,
    }
}

/// Sums over their mean among the sectors that make something.
fn over_mean(sums: &DVector<f64>, made: &[bool]) -> DVector<f64> {
    let count = made.iter().filter(|made| **made).count();
    sums * (count as f64 / sums.sum())
}

fn optional(value: Option<f64>) -> Cell {
    value.map_or(Cell::Empty, Cell::from)
}

fn title(column: &str, lang: Lang) -> &str {
    match column {
        "output" => lang.pick("Output", "생산유발계수"),
        "value_added" => lang.pick("Value added", "부가가치유발계수"),
        "imports" => lang.pick("Imports", "수입유발계수"),
        "income" => lang.pick("Labour income", "피용자보수유발계수"),
        "production_taxes" => lang.pick("Production taxes", "생산세유발계수"),
        "influence" => lang.pick("Influence", "영향력계수"),
        "sensitivity" => lang.pick("Sensitivity", "감응도계수"),
        other => other,
    }
}

/// The blocks of the table that a column is computed from.
fn rests_on(column: &str, kind: MultiplierType) -> Vec<&'static str> {
    let own: &[&str] = match column {
        "output" | "influence" | "sensitivity" => &[],
        "value_added" | "income" | "production_taxes" => {
            &["primary_inputs", "value_added_coefficients"]
        }
        "imports" => &["imported_flows", "import_coefficients"],
        _ => &["satellites", "satellite_coefficients"],
    };
    let mut blocks = vec!["domestic_flows", "domestic_coefficients"];
    blocks.extend(own);
    if kind == MultiplierType::Type2 {
        blocks.push("domestic_final_demand");
        if column == "imports" {
            blocks.push("imported_final_demand");
        }
        if column != "value_added" {
            blocks.push("primary_inputs");
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Closure;
    use crate::table::AnyTable;
    use approx::assert_relative_eq;
    use nalgebra::DMatrix;

    fn of(table: &str, kind: MultiplierType) -> (Model, Multipliers) {
        let table = AnyTable::open(table).expect("built in");
        let model = Model::new(&table).expect("productive");
        let multipliers = Multipliers::of(&model, kind).expect("multipliers");
        (model, multipliers)
    }

    #[test]
    fn solves_agree_with_the_inverse() {
        let (model, m) = of("kr-2023-33", MultiplierType::Type1);
        let inverse = model.leontief_inverse();
        let mean = inverse.sum() / 33.0;
        for (j, s) in m.sectors.iter().enumerate() {
            assert_relative_eq!(s.output, inverse.column(j).sum(), epsilon = 1e-12);
            assert_relative_eq!(s.sensitivity, inverse.row(j).sum() / mean, epsilon = 1e-12);
            assert_relative_eq!(s.value_added + s.imports, 1.0, epsilon = 1e-9);
        }
    }

    #[test]
    fn type_2_agrees_with_the_system_of_n_and_one() {
        let (model, m) = of("kr-2023-33", MultiplierType::Type2);
        let households = model.households().expect("closed by default");
        let n = 33;
        let mut a = DMatrix::zeros(n + 1, n + 1);
        a.view_mut((0, 0), (n, n))
            .copy_from(model.coefficients().domestic());
        a.view_mut((0, n), (n, 1))
            .copy_from(households.domestic_basket());
        let income = households.income().transpose() * households.share_spent();
        a.view_mut((n, 0), (1, n)).copy_from(&income);
        let closed = (DMatrix::identity(n + 1, n + 1) - a)
            .try_inverse()
            .expect("regular");
        let inner = closed.view((0, 0), (n, n));
        let imported = model.coefficients().imports_per_output();
        let own = households.imported_basket().sum();
        for (j, s) in m.sectors.iter().enumerate() {
            assert_relative_eq!(s.output, inner.column(j).sum(), epsilon = 1e-10);
            let imports = inner.column(j).dot(&imported) + own * closed[(n, j)];
            assert_relative_eq!(s.imports, imports, epsilon = 1e-10);
            let sensitivity = inner.row(j).sum() / (inner.sum() / n as f64);
            assert_relative_eq!(s.sensitivity, sensitivity, epsilon = 1e-10);
        }
    }

    #[test]
    fn type_2_of_an_open_model_is_refused() {
        let table = AnyTable::open("kr-2022-33").expect("built in");
        let model =
            Model::with(&table, ImportTreatment::Domestic, Closure::Open).expect("productive");
        let error = Multipliers::of(&model, MultiplierType::Type2).expect_err("open");
        assert!(error.to_string().contains("kr-2022-33"), "{error}");
    }

    #[test]
    fn sorting_and_picking_move_whole_rows() {
        let (_, m) = of("kr-2023-33", MultiplierType::Type1);
        let sorted = m.sorted_by("jobs").expect("a column");
        let jobs = sorted.column("jobs").expect("a column");
        assert!(jobs.windows(2).all(|w| w[0] >= w[1]));
        assert_eq!(sorted.sorted_by("code").expect("codes"), m);
        let two = m.only(&["19", "04"]).expect("codes");
        assert_eq!(two.sectors, [m.sectors[18].clone(), m.sectors[3].clone()]);
        assert_eq!(sorted.first(3).sectors, sorted.sectors[..3]);
        let message = m.sorted_by("height").expect_err("none").to_string();
        assert!(message.contains("value_added"), "{message}");
        assert!(m.only(&["99"]).is_err());
    }

    #[test]
    fn the_document_says_what_is_estimated_and_shared() {
        let (_, m) = of("kr-2023-83", MultiplierType::Type2);
        let document = m.document(Lang::Ko);
        let [Block::Table(table), Block::Notes(notes)] = &document.sections[0].blocks[..] else {
            panic!("a table and its notes");
        };
        let titles: Vec<&str> = table.columns.iter().map(|c| c.title.as_str()).collect();
        assert_eq!(
            titles,
            [
                "코드",
                "부문",
                "생산유발계수",
                "부가가치유발계수",
                "수입유발계수",
                "취업유발계수",
                "영향력계수",
                "감응도계수"
            ]
        );
        assert_eq!(table.columns[5].unit, "명/10억원");
        assert_eq!(table.rows.len(), 83);
        let notes = notes.join("\n");
        for part in ["한국은행", "72.2%", "추정치", "취업유발계수 (국산 투입"] {
            assert!(notes.contains(part), "{part} in {notes}");
        }
        let (_, published) = of("kr-2023-33", MultiplierType::Type1);
        let notes = published.notes(Lang::En).join("\n");
        assert!(!notes.contains("estimated"), "{notes}");
    }

    #[test]
    fn json_keeps_every_digit() {
        let (_, m) = of("kr-2023-33", MultiplierType::Type2);
        let text = serde_json::to_string(&m).expect("JSON");
        assert_eq!(serde_json::from_str::<Multipliers>(&text).expect("read"), m);
    }
}
