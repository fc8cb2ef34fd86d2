//! Whether a table gives what its publisher prints: ours beside theirs, figure by figure.
//!
//! Each check has a code, as the validation of USEEIO models lists them: first the balances, then every
//! figure of the table's `published.csv`. A figure passes where ours is within half a unit of the last
//! digit printed, sums of multipliers of n rounded figures within n halves.

use super::checkup::{self, Checkup, IDENTITY_TOLERANCE};
use super::provenance::Provenance;
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::model::Model;
use crate::table::balance::TOLERANCE;
use crate::table::meta::Block;
use crate::table::{
    Account, AnyTable, Basket, FigureKind, FinalDemandRole, Printed, PublishedFigure, Regrouping,
    SectorName, SplitBy, concordances,
};
use nalgebra::DVector;
use serde::Serialize;

/// What was checked of a table.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Validation {
    /// The table.
    pub provenance: Provenance,
    /// Its accounts, as figures are counted in.
    pub accounts: Vec<Account>,
    /// The balances, then the published figures in the order of their file.
    pub checks: Vec<Check>,
    /// The blocks that needed an assumption, and how they were made.
    pub estimates: Vec<Block>,
}

/// One check.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Check {
    /// Its name, stable and unique within the table: "row_balance", "mean_output_multiplier".
    pub code: String,
    /// Whether ours is near enough.
    pub passes: bool,
    /// How many figures stand behind it; those below are of the one that is farthest off.
    pub figures: usize,
    /// The table's own.
    pub ours: f64,
    /// As printed; what a balance must be.
    pub published: f64,
    /// How far ours may be from it.
    pub allowed: f64,
    /// The decimals printed.
    pub decimals: u8,
    /// The sector that is farthest off, where each has a figure.
    pub sector: Option<SectorName>,
    /// What is checked.
    pub of: CheckOf,
    /// Who prints it; empty for balances.
    pub source: Text,
}

/// What is checked.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CheckOf {
    /// Each row's domestic uses less its output, as a share of what is tolerated.
    Rows,
    /// Each column's inputs less its output, as a share of what is tolerated.
    Columns,
    /// Imports by product and their uses, as a share of what is tolerated.
    Imports,
    /// GDP from its three sides: the spread, as a share of GDP.
    Gdp,
    /// v'L + m'L, which is 1.
    Identity,
    /// The number of faults that the table doctor finds.
    Faults,
    /// A published figure.
    Figure {
        /// What is worked out.
        kind: FigureKind,
        /// Of what.
        measure: String,
        /// The products demanded.
        demand: Vec<SectorName>,
        /// How much of them, in millions.
        amount: f64,
        /// The sectors that it is summed over; none for all.
        sectors: Vec<SectorName>,
        /// The concordance that the table was summed by first.
        groups: Option<String>,
        /// How many millions, or persons, make one.
        scale: f64,
    },
}

impl Validation {
    /// Lays a table beside what is published of it.
    ///
    /// ```
    /// use leontief::analysis::Validation;
    /// use leontief::table::{AnyTable, embedded, read::native::read_published};
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let published = read_published(embedded::find("kr-2023-33").expect("built in"))?;
    /// let validation = Validation::of(&table, &published)?;
    /// assert!(validation.passes());
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A published figure that names a measure, a sector or a concordance which the table does not have,
    /// or that needs flows where it has coefficients; a table that is not productive.
    pub fn of(table: &AnyTable, published: &[PublishedFigure]) -> Result<Self> {
        let mut checks = balances(&checkup::check(table));
        let whole = match published {
            [] => None,
            _ => Some(Economy::of(table.clone())?),
        };
        for figure in published {
            let check = || -> Result<Check> {
                match (&figure.groups, &whole) {
                    (None, Some(economy)) => economy.check(figure),
                    (Some(name), _) => {
                        let groups = grouping(name, table)?;
                        Economy::of(table.regrouped(&groups)?)?.check(figure)
                    }
                    (None, None) => Economy::of(table.clone())?.check(figure),
                }
            };
            checks.push(check().map_err(|why| about(&figure.code, &why))?);
        }
        Ok(Validation {
            provenance: Provenance::of(table.meta()),
            accounts: table.meta().accounts.clone(),
            checks,
            estimates: table.meta().estimated().cloned().collect(),
        })
    }

    /// Whether every check passes.
    pub fn passes(&self) -> bool {
        self.checks.iter().all(|check| check.passes)
    }
}

fn about(code: &str, why: &Error) -> Error {
    let Text { en, ko } = why.text();
    Error::invalid(said!(
        "published figure '{code}': {en}",
        "공표 수치 '{code}': {ko}"
    ))
}

/// The concordance of a name, for the sectors of a table.
fn grouping(name: &str, table: &AnyTable) -> Result<Regrouping> {
    let found = concordances::find(name, &table.meta().classification, table.sectors())?;
    found.ok_or_else(|| {
        Error::invalid(said!(
            "there is no concordance '{name}' for its sectors",
            "이 표의 부문에 적용할 '{name}' 분류 연계표가 없습니다"
        ))
    })
}

/// What the table doctor finds, as checks.
fn balances(checkup: &Checkup) -> Vec<Check> {
    let check = |code: &str, of: CheckOf, ours: f64, published: f64, allowed: f64| Check {
        code: code.to_owned(),
        passes: (ours - published).abs() <= allowed,
        figures: 1,
        ours,
        published,
        allowed,
        decimals: 0,
        sector: None,
        of,
        source: Text::default(),
    };
    let mut checks = Vec::new();
    if let Some(balance) = &checkup.balance {
        let sides = [
            ("row_balance", CheckOf::Rows, Some(&balance.rows)),
            ("column_balance", CheckOf::Columns, Some(&balance.columns)),
            (
                "imports_balance",
                CheckOf::Imports,
                balance.imports.as_ref(),
            ),
        ];
        for (code, of, residuals) in sides {
            let Some(residuals) = residuals else { continue };
            let shares = residuals.iter().zip(&balance.tolerance);
            let worst = shares.fold(0.0, |worst: f64, (off, may)| worst.max((off / may).abs()));
            let mut check = check(code, of, worst, 0.0, 1.0);
            check.figures = residuals.len();
            checks.push(check);
        }
    }
    if let Some(gdp) = &checkup.gdp {
        let sides = [gdp.production, gdp.income, gdp.expenditure];
        let spread = sides.iter().fold(f64::MIN, |a, b| a.max(*b))
            - sides.iter().fold(f64::MAX, |a, b| a.min(*b));
        let share = match gdp.production {
            0.0 => spread,
            production => spread / production.abs(),
        };
        checks.push(check(
            "gdp_three_sides",
            CheckOf::Gdp,
            share,
            0.0,
            TOLERANCE,
        ));
    }
    if let Some((off, _)) = &checkup.identity {
        checks.push(check(
            "value_added_and_imports",
            CheckOf::Identity,
            1.0 + off,
            1.0,
            IDENTITY_TOLERANCE,
        ));
    }
    let faults = checkup.faults.len() as f64;
    checks.push(check("faults", CheckOf::Faults, faults, 0.0, 0.0));
    checks
}

/// A table and its model, to work published figures out.
struct Economy {
    table: AnyTable,
    model: Model,
}

impl Economy {
    fn of(table: AnyTable) -> Result<Self> {
        let model = Model::from_coefficients(table.coefficients())?;
        Ok(Economy { table, model })
    }

    fn check(&self, figure: &PublishedFigure) -> Result<Check> {
        let (demand, sectors) = (
            self.positions(&figure.demand)?,
            self.positions(&figure.sectors)?,
        );
        let n = match figure.figure {
            FigureKind::Multipliers => self.table.sectors().len() as f64,
            _ => 1.0,
        };
        let row = self.multipliers(figure)?;
        let mut worst: Option<(f64, &Printed, f64, f64)> = None;
        for printed in &figure.printed {
            let ours = match (&row, &printed.sector) {
                (Some(row), Some(code)) => row[self.position(code)?],
                (Some(row), None) => self.of_multipliers(figure, row, &demand)?,
                (None, _) => self.value(figure, &demand, &sectors)?,
            };
            let allowed = figure.tolerance.unwrap_or(n * printed.half_a_digit());
            // A whole unit of the last place of a double is no difference.
            let allowed = allowed + 1e-12 * printed.value.abs();
            let off = (ours - printed.value).abs() / allowed;
            if worst.is_none_or(|(most, ..)| off > most || off.is_nan()) {
                worst = Some((off, printed, ours, allowed));
            }
        }
        let (off, printed, ours, allowed) =
            worst.ok_or_else(|| Error::invalid(said!("no figure is given", "수치가 없습니다")))?;
        Ok(Check {
            code: figure.code.clone(),
            passes: off <= 1.0,
            figures: figure.printed.len(),
            ours,
            published: printed.value,
            allowed,
            decimals: printed.decimals,
            sector: match &printed.sector {
                Some(code) => Some(self.name(self.position(code)?)),
                None => None,
            },
            of: CheckOf::Figure {
                kind: figure.figure,
                measure: figure.measure.clone(),
                demand: demand.iter().map(|at| self.name(*at)).collect(),
                amount: figure.amount,
                sectors: sectors.iter().map(|at| self.name(*at)).collect(),
                groups: figure.groups.clone(),
                scale: figure.scale,
            },
            source: figure.source.clone(),
        })
    }

    fn name(&self, at: usize) -> SectorName {
        SectorName::from(self.table.sectors().get(at))
    }

    fn position(&self, code: &str) -> Result<usize> {
        self.table.sectors().position(code).ok_or_else(|| {
            Error::invalid(said!(
                "'{code}' is not a sector",
                "'{code}' 부문이 없습니다"
            ))
        })
    }

    fn positions(&self, codes: &[String]) -> Result<Vec<usize>> {
        codes.iter().map(|code| self.position(code)).collect()
    }

    /// The multipliers that a figure is made of: persons and the like per billion.
    fn multipliers(&self, figure: &PublishedFigure) -> Result<Option<DVector<f64>>> {
        let made_of = matches!(
            figure.figure,
            FigureKind::Multiplier | FigureKind::MeanMultiplier | FigureKind::Multipliers
        );
        match made_of {
            true => {
                let per_output = self.per_output(&figure.measure)?;
                Ok(Some(self.model.inducement_row(&per_output)))
            }
            false => Ok(None),
        }
    }

    fn of_multipliers(
        &self,
        figure: &PublishedFigure,
        row: &DVector<f64>,
        demand: &[usize],
    ) -> Result<f64> {
        Ok(match figure.figure {
            FigureKind::Multiplier => {
                let basket = Basket::of(&self.table, demand, SplitBy::Output)?;
                basket
                    .parts()
                    .iter()
                    .map(|(at, share)| share * row[*at])
                    .sum()
            }
            _ => row.mean(),
        })
    }

    fn value(&self, figure: &PublishedFigure, demand: &[usize], sectors: &[usize]) -> Result<f64> {
        let measure = &figure.measure;
        let over = |v: &DVector<f64>| match sectors {
            [] => v.sum(),
            some => some.iter().map(|at| v[*at]).sum(),
        };
        Ok(match figure.figure {
            FigureKind::Total => over(&self.total(measure)?) / figure.scale,
            FigureKind::Share => {
                let all = self.total(measure)?;
                100.0 * over(&all) / all.sum()
            }
            FigureKind::InputShare => {
                let c = self.model.coefficients();
                let per_output = match measure.as_str() {
                    "domestic_inputs" => c.domestic().row_sum().transpose(),
                    "imported_inputs" => c.imports_per_output(),
                    "inputs" => c.domestic().row_sum().transpose() + c.imports_per_output(),
                    other => return Err(no_measure(other)),
                };
                let output = self.output()?;
                100.0 * per_output.dot(output) / output.sum()
            }
            FigureKind::Average => {
                // x = L f, so that v'L f = v'x.
                let output = self.output()?;
                let demand = output - self.model.coefficients().domestic() * output;
                self.per_output(measure)?.dot(output) / demand.sum()
            }
            _ => {
                let mut wanted = DVector::zeros(self.table.sectors().len());
                for (at, share) in Basket::of(&self.table, demand, SplitBy::Output)?.parts() {
                    wanted[*at] += figure.amount * share;
                }
                let output = self.model.output_for(&wanted);
                let unit = match self.is_money(measure) {
                    true => 1.0,
                    false => self.billion(),
                };
                over(&self.per_output(measure)?.component_mul(&output)) / unit / figure.scale
            }
        })
    }

    fn is_money(&self, measure: &str) -> bool {
        ["output", "value_added", "imports"].contains(&measure)
    }

    /// How many of the table's units make a billion.
    fn billion(&self) -> f64 {
        1e9 / self.table.meta().unit
    }

    /// Per unit of output; accounts per billion of it.
    fn per_output(&self, measure: &str) -> Result<DVector<f64>> {
        let c = self.model.coefficients();
        Ok(match measure {
            "output" => DVector::from_element(c.sectors().len(), 1.0),
            "value_added" => c.value_added().clone(),
            "imports" => c.imports_per_output(),
            account => c.account(account).ok_or_else(|| no_measure(account))? * self.billion(),
        })
    }

    fn output(&self) -> Result<&DVector<f64>> {
        self.table.needed_output(said!("this figure", "이 수치"))
    }

    /// A measure by sector: supply, exports and imports by product.
    fn total(&self, measure: &str) -> Result<DVector<f64>> {
        let flows = || self.table.flows(said!("this figure", "이 수치"));
        let imports = || -> Result<DVector<f64>> {
            let imports = flows()?.flows().imports.as_ref();
            let imports = imports.ok_or_else(|| no_measure("imports"))?;
            Ok(&imports.cif + &imports.taxes)
        };
        Ok(match measure {
            "output" => self.output()?.clone(),
            "imports" => imports()?,
            "total_supply" => imports()? + self.output()?,
            "exports" => {
                let table = flows()?;
                table.domestic_demand_for(FinalDemandRole::Exports)
                    + table.imported_demand_for(FinalDemandRole::Exports)
            }
            other => {
                let unit = if self.is_money(other) {
                    1.0
                } else {
                    self.billion()
                };
                self.per_output(other)?.component_mul(self.output()?) / unit
            }
        })
    }
}

fn no_measure(measure: &str) -> Error {
    Error::invalid(said!(
        "the table has no '{measure}'",
        "이 표에는 '{measure}' 항목이 없습니다"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::FinalDemandRole::Household;
    use crate::table::PrimaryInputRole::{Compensation, OperatingSurplus};
    use crate::table::Table;

    /// Miller & Blair (2022), Table 2.3: A = [.15 .25; .2 .05], x = (1000, 2000).
    fn two() -> AnyTable {
        Table::builder("two", 2022)
            .sectors([("1", "Agriculture"), ("2", "Manufacturing")])
            .domestic_flows([[150.0, 500.0], [200.0, 100.0]])
            .final_demand(Household, [350.0, 1700.0])
            .value_added(Compensation, [250.0, 900.0])
            .value_added(OperatingSurplus, [400.0, 500.0])
            .jobs([300.0, 500.0])
            .build()
            .expect("it balances")
    }

    fn figure(figure: FigureKind, measure: &str, demand: &str, printed: &[f64]) -> PublishedFigure {
        let several = printed.len() > 1;
        let printed = printed.iter().enumerate().map(|(at, value)| Printed {
            sector: several.then(|| (at + 1).to_string()),
            value: *value,
            decimals: 6,
        });
        PublishedFigure {
            code: figure.id().to_owned(),
            figure,
            measure: measure.to_owned(),
            demand: demand.chars().map(|c| c.to_string()).collect(),
            amount: 100.0,
            sectors: Vec::new(),
            groups: None,
            scale: 1.0,
            printed: printed.collect(),
            tolerance: None,
            source: Text::default(),
        }
    }

    /// By hand: L = [.95 .25; .2 .85] / .7575, e = (.3, .25) persons a million.
    #[test]
    fn each_kind_of_figure_is_what_it_is_by_hand() {
        let mut in_second = figure(FigureKind::Effect, "jobs", "12", &[20.902090]);
        in_second.sectors = vec!["2".to_owned()];
        let mut share = figure(FigureKind::Share, "jobs", "", &[37.5]);
        share.sectors = vec!["1".to_owned()];
        let figures = [
            figure(FigureKind::Total, "value_added", "", &[2050.0]),
            share,
            figure(FigureKind::InputShare, "domestic_inputs", "", &[31.666667]),
            figure(FigureKind::Average, "output", "", &[1.463415]),
            // In the shares of their output, a third and two.
            figure(FigureKind::Multiplier, "output", "12", &[1.474147]),
            figure(FigureKind::MeanMultiplier, "output", "", &[1.485149]),
            in_second,
            figure(
                FigureKind::Multipliers,
                "jobs",
                "",
                &[442.244224, 379.537954],
            ),
        ];
        let validation = Validation::of(&two(), &figures).expect("all can be worked out");
        let failed = validation.checks.iter().find(|check| !check.passes);
        assert!(failed.is_none(), "{failed:?}");
        assert_eq!(validation.checks.len(), 5 + figures.len());
    }

    #[test]
    fn a_figure_a_digit_off_fails_and_names_the_sector() {
        let off = figure(
            FigureKind::Multipliers,
            "jobs",
            "",
            &[442.244224, 379.537957],
        );
        let validation = Validation::of(&two(), &[off]).expect("worked out");
        assert!(!validation.passes());
        let last = validation.checks.last().expect("a check");
        assert_eq!(last.sector.as_ref().expect("the worst").code, "2");
    }

    #[test]
    fn a_figure_that_the_table_cannot_give_is_named() {
        for (measure, demand, said) in [("ghg", "1", "'ghg'"), ("output", "9", "'9'")] {
            let figure = figure(FigureKind::Multiplier, measure, demand, &[1.0]);
            let error = Validation::of(&two(), &[figure])
                .expect_err(said)
                .to_string();
            assert!(
                error.contains("'multiplier'") && error.contains(said),
                "{error}"
            );
        }
    }
}
