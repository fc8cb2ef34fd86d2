//! Other forms of multipliers: ratios, rounds, net, growth-equalised, output-to-output, by effect.
//!
//! With r a measure per unit of output, r'L what a unit of final demand for each product sets off of it
//! (Type II: with what households spend), f final demand and x output:
//!
//! | form | of sector j | source |
//! | --- | --- | --- |
//! | ratio | (r'L)_j / r_j | Miller & Blair, 3rd ed., ch. 6.2: Type I and Type II |
//! | with households | (r'L)_j, of output with what households earn as output of their own | ch. 6.2: the total multiplier; without it the "truncated" one |
//! | truncated | (r' + r'A + ... + r'A^k)_j | the power series, ch. 2.4 |
//! | net | (r'L)_j f_j / (r_j x_j) | Oosterhaven and Stelder 2002 |
//! | growth-equalised | (r'L)_j f_j / 1'f | Gray and others 1979: all final demand grows at one rate |
//! | elasticity | (r'L)_j f_j / sum over j | ch. 6.6 |
//! | output-to-output | (r'L)_j / l_jj | ch. 6.6 |
//! | by tax | (t'L)_j for each row t of taxes, and on imports by their rates | docs/taxes.md |
//! | by effect | r_j; (r'A)_j; (r'(L - I - A))_j; what households add | West and Jensen 1980, ABS 5246.0 |
//!
//! In Type II households are inside: the final demand of net multipliers, of elasticities and of the
//! growth-equalised ones is what is left without what they spend of their labour income.

use super::measures::with_households;
use super::{ImportForm, Measure, MultiplierType, measures, set_off};
use crate::analysis::provenance::Provenance;
use crate::analysis::sheet::{FigureUnit, Sheet};
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::model::{Earnings, Households, Model};
use crate::scenario::Note;
use crate::table::{AnyTable, SectorName};
use nalgebra::DVector;
use serde::{Deserialize, Serialize};

/// Which multiplier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Form {
    /// What is set off over what the sector's own production takes of it: jobs per job.
    Ratio,
    /// Of output with households' own, which is what they earn, as in the inverse of n + 1: Type II only.
    WithHouseholds,
    /// Up to so many rounds of suppliers; 0 is the demand itself.
    Truncated(usize),
    /// What final demand for a sector sets off over what the sector makes: above 1 where the others need it
    /// more than it needs them.
    Net,
    /// What the sector brings where all final demand grows at one rate, for each unit of growth in all.
    GrowthEqualised,
    /// By how many per cent the total of all sectors rises where final demand for one rises by one per cent.
    Elasticity,
    /// For each unit of *output* of the sector, whatever made it produce that.
    OutputToOutput,
    /// Initial, first round, industrial support and, in Type II, what households consume.
    ByEffect,
    /// Taxes by the kinds that the table tells, and all of them.
    ByTax,
}

impl Form {
    /// A stable name: "net".
    pub fn id(self) -> &'static str {
        match self {
            Form::Ratio => "ratio",
            Form::WithHouseholds => "with_households",
            Form::Truncated(_) => "truncated",
            Form::Net => "net",
            Form::GrowthEqualised => "growth_equalised",
            Form::Elasticity => "elasticity",
            Form::OutputToOutput => "output_to_output",
            Form::ByEffect => "by_effect",
            Form::ByTax => "by_tax",
        }
    }
}

/// Rounds beyond which nothing is left to add.
const MOST_ROUNDS: usize = 1_000;

/// The multipliers of every sector in another form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MultiplierForm {
    /// The table.
    pub provenance: Provenance,
    /// Type I or II.
    #[serde(rename = "type")]
    pub kind: MultiplierType,
    /// How imports enter the inverse.
    pub imports: ImportForm,
    /// The share of labour income that households spend; `None` for Type I.
    pub household_share: Option<f64>,
    /// Which income they earn, where it is not compensation of employees alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub households: Option<Earnings>,
    /// The form.
    pub form: Form,
    /// A column a measure, by effect one for each effect of a measure; sectors that make nothing have no
    /// figure.
    #[serde(flatten)]
    pub figures: Sheet,
    /// By tax, what the columns are called that are rows of the table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taxes: Vec<(String, Text)>,
    /// What must be said of figures that the table does not bring: accounts of a file.
    #[serde(default)]
    pub notes: Vec<Note>,
}

impl MultiplierForm {
    /// The multipliers of a model of a table in a form.
    ///
    /// ```
    /// use leontief::analysis::multipliers::{Form, MultiplierForm};
    /// use leontief::analysis::MultiplierType;
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
    /// // Two sectors: A = [.15 .25; .2 .05], f = (350, 1700), x = (1000, 2000); multipliers 1.518, 1.452.
    /// let net = MultiplierForm::of(&table, &model, MultiplierType::Type1, Form::Net)?;
    /// let output = &net.figures.column("output").expect("measured").values;
    /// assert!((output[0].expect("made") - 0.53135).abs() < 1e-5); // 1.518152 x 350 / 1000
    /// assert!((output[1].expect("made") - 1.23432).abs() < 1e-5); // 1.452145 x 1700 / 2000
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// Type II, or with households, of an open model; a form that needs output of a table without; more than a
    /// thousand rounds.
    pub fn of(table: &AnyTable, model: &Model, kind: MultiplierType, form: Form) -> Result<Self> {
        let provenance = Provenance::of(model.coefficients().meta());
        let households = kind.households(model)?;
        let n = model.sectors().len();
        let made: Vec<bool> = (0..n).map(|j| model.coefficients().is_made(j)).collect();
        let work = Work {
            table,
            model,
            kind,
            households,
            measures: measures(model),
        };
        let mut figures = Sheet::of(SectorName::all(model.sectors()));
        match form {
            Form::ByEffect => work.by_effect(&mut figures),
            Form::ByTax => work.by_tax(&mut figures)?,
            form => {
                for (measure, values) in work.measures.iter().zip(work.of(form)?) {
                    let unit = match form {
                        Form::Ratio | Form::Net => FigureUnit::Times,
                        Form::Elasticity => FigureUnit::Share,
                        _ => measure.unit.clone(),
                    };
                    figures.add((&measure.id, ""), unit, values);
                }
            }
        }
        for column in &mut figures.columns {
            let values = column.values.iter_mut().zip(&made);
            values.for_each(|(value, made)| *value = value.filter(|v| *made && v.is_finite()));
        }
        Ok(MultiplierForm {
            provenance,
            kind,
            imports: model.imports().into(),
            household_share: households.map(Households::share_spent),
            households: households.and_then(Households::stated_earnings),
            form,
            figures,
            taxes: match form {
                Form::ByTax => {
                    let rows = table.tax_rows().into_iter();
                    rows.map(|row| (row.id, row.title)).collect()
                }
                _ => Vec::new(),
            },
            notes: Vec::new(),
        })
    }
}

/// What all forms are worked out from.
struct Work<'a> {
    table: &'a AnyTable,
    model: &'a Model,
    kind: MultiplierType,
    households: Option<&'a Households>,
    measures: Vec<Measure>,
}

type Values = Vec<Option<f64>>;

impl Work<'_> {
    fn set_off(&self) -> Vec<DVector<f64>> {
        set_off(self.model, self.kind, &self.measures)
    }

    /// A column a measure.
    fn of(&self, form: Form) -> Result<Vec<Values>> {
        let measures = self.measures.iter();
        Ok(match form {
            Form::Truncated(rounds) => {
                if rounds > MOST_ROUNDS {
                    return Err(Error::invalid(said!(
                        "multipliers of {rounds} rounds: at most {MOST_ROUNDS}",
                        "승수의 파급 차수({rounds})는 {MOST_ROUNDS} 이하여야 합니다"
                    )));
                }
                let rows = measures.map(|measure| self.truncated(measure, rounds));
                rows.map(|row| all(&row)).collect()
            }
            Form::Ratio => {
                let both = self.set_off().into_iter().zip(measures);
                both.map(|(row, measure)| over(&row, &measure.own))
                    .collect()
            }
            Form::WithHouseholds => self.with_households()?,
            Form::OutputToOutput => {
                let mut diagonal = self.model.inverse_diagonal();
                if let Some((households, spending)) =
                    super::measures::spending(self.model, self.kind)
                {
                    diagonal += households.output_per_spending().component_mul(&spending);
                }
                let rows = self.set_off();
                rows.iter().map(|row| over(row, &diagonal)).collect()
            }
            Form::Net => {
                let (x, f) = self.demand()?;
                let both = self.set_off().into_iter().zip(measures);
                both.map(|(row, measure)| {
                    over(&row.component_mul(&f), &measure.own.component_mul(x))
                })
                .collect()
            }
            Form::GrowthEqualised => {
                let (_, f) = self.demand()?;
                let grown = f.sum();
                let rows = self.set_off();
                rows.iter()
                    .map(|row| all(&(row.component_mul(&f) / grown)))
                    .collect()
            }
            Form::Elasticity => {
                let (_, f) = self.demand()?;
                let rows = self.set_off();
                let share = |row: &DVector<f64>| {
                    let brought = row.component_mul(&f);
                    let total = brought.sum();
                    all(&(brought / total))
                };
                rows.iter().map(share).collect()
            }
            Form::ByEffect | Form::ByTax => Vec::new(),
        })
    }

    /// Output, and the final demand that brings it about: in Type II without what households spend.
    fn demand(&self) -> Result<(&DVector<f64>, DVector<f64>)> {
        let x = self
            .table
            .needed_output(said!("this form of multipliers", "이 형태의 승수"))?;
        let mut f = self.model.final_demand_for(x);
        if let Some(households) = self.households {
            let spent = households.share_spent() * households.income().dot(x);
            f -= households.domestic_basket() * spent;
        }
        Ok((x, f))
    }

    /// r' + r'A + ... round by round; in Type II a round of households' spending is one too.
    fn truncated(&self, measure: &Measure, rounds: usize) -> DVector<f64> {
        let a = self.model.coefficients().domestic();
        let mut round = measure.own.clone();
        let mut per_spending = measure.per_spending;
        let mut sum = round.clone();
        for _ in 0..rounds {
            let mut next = a.tr_mul(&round);
            if let Some(households) = self.households {
                next += households.income() * (households.share_spent() * per_spending);
                per_spending = households.domestic_basket().dot(&round);
            }
            sum += &next;
            round = next;
        }
        sum
    }

    fn with_households(&self) -> Result<Vec<Values>> {
        let Some((households, spending)) = super::measures::spending(self.model, self.kind) else {
            return Err(Error::invalid(said!(
                "multipliers with households' own output are of Type II: close the model for households",
                "가계 부문 자체를 포함한 승수는 Type II에만 있습니다. 가계를 내생화한 모형을 쓰십시오"
            )));
        };
        let mut rows = self.set_off();
        // The row of households sells labour: their output is all that they earn, spent again or not.
        let income = households.income();
        let earned = self.model.inducement_row(income)
            + spending * income.dot(households.output_per_spending());
        if let Some(output) = rows.first_mut() {
            *output += earned;
        }
        Ok(rows.iter().map(all).collect())
    }

    /// For each measure its effects, all of them, and the four ratios of Australian practice.
    fn by_effect(&self, figures: &mut Sheet) {
        let a = self.model.coefficients().domestic();
        let type1 = set_off(self.model, MultiplierType::Type1, &self.measures);
        let total = with_households(self.model, self.kind, &self.measures, type1.clone());
        let both = self.measures.iter().zip(type1).zip(total);
        for ((measure, type1), total) in both {
            let id = measure.id.as_str();
            let first = a.tr_mul(&measure.own);
            let support = &type1 - &measure.own - &first;
            let mut add = |stage, unit: &FigureUnit, row: Values| {
                figures.add((id, stage), unit.clone(), row);
            };
            let unit = &measure.unit;
            add("initial", unit, all(&measure.own));
            add("first_round", unit, all(&first));
            add("industrial_support", unit, all(&support));
            if self.households.is_some() {
                add("consumption", unit, all(&(&total - &type1)));
            }
            add("total", unit, all(&total));
            let own = &measure.own;
            let times = &FigureUnit::Times;
            add("type_1a", times, over(&(own + &first), own));
            add("type_1b", times, over(&type1, own));
            if self.households.is_some() {
                add("type_2a", times, over(&total, own));
                add("type_2b", times, over(&(&total - own), own));
            }
        }
    }
}

impl Work<'_> {
    /// Each tax that the table tells, then all of them.
    fn by_tax(&self, figures: &mut Sheet) -> Result<()> {
        let taxes = super::taxes::measures(self.table, self.model);
        if taxes.is_empty() {
            return Err(self.table.no_taxes());
        }
        let rows = set_off(self.model, self.kind, &taxes);
        for (tax, row) in taxes.iter().zip(&rows) {
            figures.add((&tax.id, ""), tax.unit.clone(), all(row));
        }
        let sum = rows.iter().sum::<DVector<f64>>();
        figures.add(("all_taxes", ""), FigureUnit::Ratio, all(&sum));
        Ok(())
    }
}

fn all(row: &DVector<f64>) -> Values {
    row.iter().map(|v| Some(*v)).collect()
}

/// Each over its own, where that is not 0.
fn over(row: &DVector<f64>, by: &DVector<f64>) -> Values {
    let both = row.iter().zip(by.iter());
    both.map(|(v, by)| (*by != 0.0).then(|| v / by)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Closure, ImportTreatment};
    use crate::table::{FinalDemandRole::*, PrimaryInputRole::*, Table};
    use approx::assert_relative_eq;
    use nalgebra::{DMatrix, dmatrix};

    /// Miller & Blair, Table 2.3: wages (.25, .45) per unit of output, jobs (.30, .25).
    fn two_sectors() -> AnyTable {
        Table::builder("two", 2022)
            .sectors([("1", "Agriculture"), ("2", "Manufacturing")])
            .domestic_flows([[150.0, 500.0], [200.0, 100.0]])
            .final_demand(Household, [50.0, 700.0])
            .final_demand(Exports, [300.0, 1000.0])
            .value_added(Compensation, [250.0, 900.0])
            .value_added(OperatingSurplus, [400.0, 500.0])
            .jobs([300.0, 500.0])
            .build()
            .expect("two sectors")
    }

    fn form(table: &AnyTable, kind: MultiplierType, form: Form) -> MultiplierForm {
        let closure = match kind {
            MultiplierType::Type1 => Closure::Open,
            MultiplierType::Type2 => Closure::Share(0.5),
        };
        let model = Model::with(table, ImportTreatment::Domestic, closure).expect("productive");
        MultiplierForm::of(table, &model, kind, form).expect("a form")
    }

    fn column(of: &MultiplierForm, id: &str) -> Vec<f64> {
        let column = of.figures.column(id).expect("a column");
        column.values.iter().map(|v| v.expect("made")).collect()
    }

    /// The inverse of n + 1 of the two sectors (Miller & Blair, ch. 2.5: a row of wages, a column of what
    /// households buy of a unit of them): half of wages is spent, 50 : 700 on the two products.
    fn closed() -> DMatrix<f64> {
        let a = dmatrix![
            0.15, 0.25, 0.5 * 50.0 / 750.0;
            0.20, 0.05, 0.5 * 700.0 / 750.0;
            0.25, 0.45, 0.0
        ];
        (DMatrix::identity(3, 3) - a)
            .try_inverse()
            .expect("regular")
    }

    #[test]
    fn net_multipliers_weighted_by_what_sectors_make_are_one() {
        let table = two_sectors();
        let net = form(&table, MultiplierType::Type1, Form::Net);
        // L = [.95 .25; .20 .85] / .7575; f = (350, 1700).
        let output = column(&net, "output");
        assert_relative_eq!(output[0], 1.15 / 0.7575 * 0.350, epsilon = 1e-12);
        assert_relative_eq!(output[1], 1.10 / 0.7575 * 0.850, epsilon = 1e-12);
        let jobs = column(&net, "jobs");
        assert_relative_eq!(jobs[0], 0.335 / 0.7575 * 350.0 / 300.0, epsilon = 1e-12);
        for kind in [MultiplierType::Type1, MultiplierType::Type2] {
            let net = form(&table, kind, Form::Net);
            for (measure, weights) in [("output", [1000.0, 2000.0]), ("jobs", [300.0, 500.0])] {
                let of = column(&net, measure);
                let mean = (of[0] * weights[0] + of[1] * weights[1]) / (weights[0] + weights[1]);
                assert_relative_eq!(mean, 1.0, epsilon = 1e-12);
            }
        }
    }

    #[test]
    fn in_type_2_what_households_spend_is_no_final_demand() {
        // 1150 of wages, half spent: 575, of which 50 / 750 on the first product.
        let net = form(&two_sectors(), MultiplierType::Type2, Form::Net);
        let l = closed();
        let first = (l[(0, 0)] + l[(1, 0)]) * (350.0 - 575.0 * 50.0 / 750.0) / 1000.0;
        assert_relative_eq!(column(&net, "output")[0], first, epsilon = 1e-12);
    }

    #[test]
    fn with_households_the_output_multiplier_is_the_whole_column_of_the_closed_inverse() {
        let table = two_sectors();
        let total = column(
            &form(&table, MultiplierType::Type2, Form::WithHouseholds),
            "output",
        );
        let l = closed();
        assert_relative_eq!(total[0], l.column(0).sum(), epsilon = 1e-12);
        assert_relative_eq!(total[1], l.column(1).sum(), epsilon = 1e-12);
        // Without what households earn it is the truncated one.
        let truncated = column(&form(&table, MultiplierType::Type2, Form::Ratio), "output");
        assert_relative_eq!(total[0] - truncated[0], l[(2, 0)], epsilon = 1e-12);
        let model = Model::with(&table, ImportTreatment::Domestic, Closure::Open).expect("open");
        let open = MultiplierForm::of(&table, &model, MultiplierType::Type1, Form::WithHouseholds);
        assert!(open.is_err());
    }

    #[test]
    fn rounds_add_up_one_by_one() {
        let table = two_sectors();
        // 1'A = (.35, .30), 1'A^2 = (.1125, .1025).
        let two = column(
            &form(&table, MultiplierType::Type1, Form::Truncated(2)),
            "output",
        );
        assert_relative_eq!(two[0], 1.4625, epsilon = 1e-12);
        assert_relative_eq!(two[1], 1.4025, epsilon = 1e-12);
        let none = column(
            &form(&table, MultiplierType::Type1, Form::Truncated(0)),
            "jobs",
        );
        assert_relative_eq!(none[0], 300.0, epsilon = 1e-9);
        // The second round of Type II has what the wages of the first sector's own output buy.
        let spent = column(
            &form(&table, MultiplierType::Type2, Form::Truncated(2)),
            "output",
        );
        assert_relative_eq!(spent[0], 1.4625 + 0.5 * 0.25, epsilon = 1e-12);
        let l = closed();
        let long = column(
            &form(&table, MultiplierType::Type2, Form::Truncated(400)),
            "output",
        );
        assert_relative_eq!(long[1], l[(0, 1)] + l[(1, 1)], epsilon = 1e-12);
        let model = Model::new(&table).expect("productive");
        let many = Form::Truncated(1001);
        assert!(MultiplierForm::of(&table, &model, MultiplierType::Type1, many).is_err());
    }

    #[test]
    fn output_to_output_takes_the_sector_s_own_feedback_out() {
        let table = two_sectors();
        // (.95 + .20) / .95 and (.25 + .85) / .85.
        let of = form(&table, MultiplierType::Type1, Form::OutputToOutput);
        let output = column(&of, "output");
        assert_relative_eq!(output[0], 1.15 / 0.95, epsilon = 1e-12);
        assert_relative_eq!(output[1], 1.10 / 0.85, epsilon = 1e-12);
        let of = form(&table, MultiplierType::Type2, Form::OutputToOutput);
        let l = closed();
        let first = (l[(0, 0)] + l[(1, 0)]) / l[(0, 0)];
        assert_relative_eq!(column(&of, "output")[0], first, epsilon = 1e-12);
    }

    #[test]
    fn growth_at_one_rate_brings_the_mean_multiplier_and_elasticities_add_up_to_one() {
        let table = two_sectors();
        let grown = column(
            &form(&table, MultiplierType::Type1, Form::GrowthEqualised),
            "output",
        );
        assert_relative_eq!(grown[0], 1.15 / 0.7575 * 350.0 / 2050.0, epsilon = 1e-12);
        assert_relative_eq!(grown.iter().sum::<f64>(), 3000.0 / 2050.0, epsilon = 1e-12);
        for kind in [MultiplierType::Type1, MultiplierType::Type2] {
            let shares = column(&form(&table, kind, Form::Elasticity), "jobs");
            assert_relative_eq!(shares.iter().sum::<f64>(), 1.0, epsilon = 1e-12);
        }
    }

    #[test]
    fn effects_add_up_and_their_ratios_are_of_the_first() {
        let of = form(&two_sectors(), MultiplierType::Type2, Form::ByEffect);
        let part = |stage: &str| column(&of, &format!("jobs_{stage}"))[0];
        // .30; .15 x .30 + .20 x .25 = .095; .335 / .7575 in all.
        assert_relative_eq!(part("initial"), 300.0, epsilon = 1e-9);
        assert_relative_eq!(part("first_round"), 95.0, epsilon = 1e-9);
        let type1 = 335.0 / 0.7575;
        assert_relative_eq!(part("industrial_support"), type1 - 395.0, epsilon = 1e-9);
        let l = closed();
        let all = 300.0 * l[(0, 0)] + 250.0 * l[(1, 0)];
        assert_relative_eq!(part("consumption"), all - type1, epsilon = 1e-9);
        assert_relative_eq!(part("total"), all, epsilon = 1e-9);
        assert_relative_eq!(part("type_1a"), 395.0 / 300.0, epsilon = 1e-12);
        assert_relative_eq!(part("type_1b"), type1 / 300.0, epsilon = 1e-12);
        assert_relative_eq!(part("type_2a"), all / 300.0, epsilon = 1e-12);
        assert_relative_eq!(part("type_2b"), all / 300.0 - 1.0, epsilon = 1e-12);
        let open = form(&two_sectors(), MultiplierType::Type1, Form::ByEffect);
        assert!(open.figures.column("jobs_consumption").is_none());
    }

    #[test]
    fn ratios_are_those_that_multipliers_have_beside_them() {
        let table = AnyTable::open("kr-2023-33").expect("built in");
        let model = Model::new(&table).expect("productive");
        for kind in [MultiplierType::Type1, MultiplierType::Type2] {
            let plain = super::super::Multipliers::of(&model, kind).expect("multipliers");
            let of = MultiplierForm::of(&table, &model, kind, Form::Ratio).expect("ratios");
            let jobs = of.figures.column("jobs").expect("counted");
            for (sector, ratio) in plain.sectors.iter().zip(&jobs.values) {
                let (theirs, ours) = (sector.account_ratios[0], *ratio);
                assert_eq!(theirs.is_some(), ours.is_some());
                assert_relative_eq!(
                    theirs.unwrap_or(0.0),
                    ours.unwrap_or(0.0),
                    max_relative = 1e-12
                );
            }
            let income = of.figures.column("income").expect("paid");
            for (sector, ratio) in plain.sectors.iter().zip(&income.values) {
                let (theirs, ours) = (sector.income_ratio, *ratio);
                assert_relative_eq!(
                    theirs.unwrap_or(0.0),
                    ours.unwrap_or(0.0),
                    max_relative = 1e-12
                );
            }
        }
    }
}
