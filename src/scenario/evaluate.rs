//! A scenario worked out into a plan, once as written or for many draws at once.

use super::Tax;
use super::bind::no_parameter;
use super::note::Note;
use super::own_shares::OwnShares;
use super::plan::{Industry, Line, Phase, Plan, ShareOrigin};
use super::recipe::RecipeSplit;
use super::{BoundIndustry, BoundLine, BoundPhase, EventKind, Scenario};
use crate::error::{Error, Result};
use crate::lang::said;
use crate::scenario::amount::{Quantity, check_rate, check_size, not_finite};
use crate::scenario::formula::{Formula, Number};

/// More persons than there are.
const MOST_PERSONS: f64 = 1e10;

/// What one line of spending is demand for, in the table's unit: see [`Line`].
pub(crate) struct Split<'a, V> {
    pub(crate) amount: V,
    share_without_policy: V,
    domestic_share: V,
    pub(crate) domestic: V,
    pub(crate) imported: V,
    pub(crate) trade: Option<(usize, V)>,
    pub(crate) transport: Option<(usize, V)>,
    tax: V,
    pub(crate) recipe: Option<RecipeSplit<'a, V>>,
}

impl Scenario {
    /// Works out what is spent, with every figure as written.
    ///
    /// ```
    /// # use leontief::{AnyTable, Money, Scenario, scenario::PhaseKind};
    /// # let table = AnyTable::open("kr-2023-33")?;
    /// let hub = Scenario::builder("Hub")
    ///     .phase("Build", PhaseKind::OneOff)
    ///     .spend("건설", Money::units(1e12))
    ///     .build(&table)?;
    /// assert_eq!(hub.plan()?.phases[0].amount(), 1e6); // millions
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// With its place: an amount that is not money, a share outside `[0, 1]`, margins and taxes that
    /// take more than the whole price.
    pub fn plan(&self) -> Result<Plan> {
        self.plan_given(&[])
    }

    /// A variant: as [`Scenario::plan`], with some parameters and settings taken as given, and all that
    /// is worked out from them following. For a loop over many variants of a scenario that was checked
    /// once; [`impact::of_plan`](crate::impact::of_plan) then gives the effects of each.
    ///
    /// A value is in the unit of what it takes the place of: money in whole units of the currency, a
    /// share as a fraction. The share of income that households spend belongs to the
    /// [`Model`](crate::Model): given here, it changes no effect.
    ///
    /// ```
    /// use leontief::{AnyTable, Scenario, ScenarioFile, scenario::Overrides};
    /// let text = r#"
    ///     [parameters]
    ///     capex = "3조"
    ///     [[phase]]
    ///     name = "Build"
    ///     kind = "one-off"
    ///     [[phase.spending]]
    ///     item = "Halls"
    ///     what = "건설"
    ///     amount = "capex * 40%"
    /// "#;
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let file = ScenarioFile::parse("mine.toml", text)?;
    /// let scenario = Scenario::new(file, &table, &Overrides::default())?;
    /// let larger = scenario.plan_with(&[("capex", 5e12)])?;
    /// assert_eq!(scenario.plan()?.phases[0].amount(), 1.2e6); // millions of won
    /// assert_eq!(larger.phases[0].amount(), 2e6);
    /// assert!(scenario.plan_with(&[("opex", 1e12)]).is_err());
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A parameter or setting that the scenario does not have or that is given twice; a value that is
    /// not finite, an exchange rate that cannot be meant; then as [`Scenario::plan`].
    pub fn plan_with(&self, given: &[(&str, f64)]) -> Result<Plan> {
        let mut placed: Vec<(usize, f64)> = Vec::with_capacity(given.len());
        for &(name, value) in given {
            let Some(at) = self.figures.iter().position(|figure| figure.key == name) else {
                let keys = self.figures.iter().map(|figure| figure.key.as_str());
                return Err(no_parameter(
                    name,
                    keys.filter(|key| Formula::is_name(key)).collect(),
                ));
            };
            if placed.iter().any(|(other, _)| *other == at) {
                return Err(Error::invalid(said!(
                    "'{name}' is given twice",
                    "'{name}'의 값이 두 번 주어졌습니다"
                )));
            }
            let refused = |message| self.figure_error(at, message);
            if !value.is_finite() {
                return Err(refused(not_finite(value)));
            }
            if name == "fx" {
                check_rate("KRW", value).map_err(refused)?; // no other currency has one
            }
            placed.push((at, value));
        }
        self.plan_given(&placed)
    }

    /// As [`Scenario::plan`], with some figures (by their position) taken as given.
    pub(crate) fn plan_given(&self, given: &[(usize, f64)]) -> Result<Plan> {
        let values = self.values(given)?;
        let number = |at: Option<usize>, default: f64| at.map_or(default, |at| values[at].value);
        let mut notes = self.notes.clone();
        let phases = self
            .phases
            .iter()
            .map(|phase| self.phase(phase, &values))
            .collect::<Result<Vec<_>>>()?;
        let productivity_growth = number(self.settings.productivity_growth, 0.0);
        let discount_rate = number(self.settings.discount_rate, 0.0);
        self.check_rates(&values)?;
        let latest = phases
            .iter()
            .flat_map(|p| p.schedule.iter())
            .map(|(year, _)| *year)
            .max();
        let idle = [
            (productivity_growth, "productivity_growth"),
            (discount_rate, "discount_rate"),
        ];
        for (_, key) in idle
            .iter()
            .filter(|(rate, _)| *rate != 0.0 && latest.is_none())
        {
            notes.push(Note::RateChangesNothing {
                key: (*key).to_owned(),
            });
        }
        let by_jobs = |line: &Line| line.event == EventKind::Jobs;
        if productivity_growth != 0.0
            && latest.is_some()
            && phases.iter().flat_map(|p| &p.lines).any(by_jobs)
        {
            notes.push(Note::JobsOfTableYear {
                table_year: self.table_year,
                rate: productivity_growth,
            });
        }
        if let Some(latest) = latest.filter(|year| *year > self.table_year) {
            notes.push(Note::BeyondTableYear {
                table_year: self.table_year,
                latest_year: latest,
            });
        }
        let caps = self
            .caps
            .iter()
            .map(|cap| {
                if values[cap.extra].value < 0.0 {
                    let message = said!(
                        "output that a sector can add cannot be below zero",
                        "산출 증가 상한은 0 이상이어야 합니다"
                    );
                    return Err(self.figure_error(cap.extra, message));
                }
                let extra = self.money(cap.extra, &values)? / self.unit;
                Ok((cap.sector, extra * cap.deflator))
            })
            .collect::<Result<_>>()?;
        let industry = match &self.industry {
            Some(bound) => Some(self.industry(bound, &values, &phases, &mut notes)?),
            None => None,
        };
        for (sector, at) in &self.policies {
            let raises = |l: &Line| {
                let inputs = l.recipe.iter().flat_map(|r| &r.inputs);
                (l.sector == *sector && l.share_origin == ShareOrigin::Policy)
                    || inputs
                        .filter(|i| i.product == *sector)
                        .any(|i| i.share_without_policy.is_some())
            };
            if !phases.iter().flat_map(|p| &p.lines).any(raises) {
                notes.push(Note::PolicyChangesNothing {
                    policy: self.figures[*at].key.clone(),
                });
            }
        }
        let gives_output = |line: &Line| line.event.gives_output();
        let driven = phases.iter().flat_map(|p| &p.lines).any(gives_output);
        let plan = Plan {
            caps,
            imports: driven.then(|| self.imports()),
            industry,
            phases,
            indicators: self.indicators.iter().map(|at| values[*at].value).collect(),
            household_share: self.settings.household_share.map(|at| values[at].value),
            productivity_growth,
            discount_rate,
            notes,
        };
        match self.factor {
            None => Ok(plan),
            Some(factor) => plan.scaled(factor),
        }
    }

    /// Whether the yearly rates can be meant.
    pub(crate) fn check_rates<V: Number>(&self, values: &[Quantity<V>]) -> Result<()> {
        let rates = [
            self.settings.productivity_growth,
            self.settings.discount_rate,
        ];
        for at in rates.into_iter().flatten() {
            let absurd = |rate: f64| !(-0.5..=1.0).contains(&rate);
            if let Some(rate) = values[at].value.find(absurd) {
                return Err(self.figure_error(
                    at,
                    said!(
                        "a yearly rate of {rate} cannot be meant",
                        "연율 {rate}은(는) 있을 수 없는 값입니다"
                    ),
                ));
            }
        }
        Ok(())
    }

    fn phase(&self, phase: &BoundPhase, values: &[Quantity]) -> Result<Phase> {
        let probability = match phase.probability {
            None => 1.0,
            Some(at) => self.share(at, values)?,
        };
        Ok(Phase {
            name: phase.name.clone(),
            kind: phase.kind,
            schedule: phase.schedule.clone(),
            probability,
            region: phase.region.clone(),
            lines: phase
                .lines
                .iter()
                .map(|l| self.line(l, values))
                .collect::<Result<_>>()?,
        })
    }

    fn industry(
        &self,
        bound: &BoundIndustry,
        values: &[Quantity],
        phases: &[Phase],
        notes: &mut Vec<Note>,
    ) -> Result<Industry> {
        let share = |at: Option<usize>| at.map_or(Ok(0.0), |at| self.share(at, values));
        let sales = self.money(bound.sales, values)? / self.unit * bound.deflator;
        if sales <= 0.0 {
            let million = sales * self.unit / 1e6;
            let message = said!(
                "it comes to {million:.0} million; a new industry must sell something",
                "매출이 {million:.0}백만입니다. 신산업의 매출은 0보다 커야 합니다"
            );
            return Err(self.figure_error(bound.sales, message));
        }
        let (exports, final_demand) = (share(bound.exports)?, share(bound.final_demand)?);
        if exports + final_demand > 1.0 + 1e-9 {
            let at = bound.final_demand.or(bound.exports).unwrap_or(bound.sales);
            let message = said!(
                "exports ({exports}) and final_demand ({final_demand}) are more than all that is sold",
                "수출(exports {exports})과 최종수요(final_demand {final_demand})의 합이 전체 매출을 넘습니다"
            );
            return Err(self.figure_error(at, message));
        }
        let lines = phases[bound.phase].lines.iter();
        let bought: f64 = lines.map(|l| l.amount - l.capital_income()).sum();
        if bought > sales {
            notes.push(Note::BuysMoreThanItSells {
                industry: bound.name.clone(),
                bought,
                sales,
            });
        }
        Ok(Industry {
            name: bound.name.clone(),
            phase: bound.phase,
            sales,
            exports,
            final_demand,
            buyers: bound.buyers.clone(),
            replaces: match bound.replaces {
                Some(product) => Some((product, share(bound.replaced_share)?)),
                None => None,
            },
            labour_share: match bound.labour_share {
                Some(at) => Some(self.share(at, values)?),
                None => None,
            },
            foreign_ownership: share(bound.foreign_ownership)?,
            staff: match bound.staff {
                Some(at) => Some(self.persons(at, values)?),
                None => None,
            },
        })
    }

    /// A number of persons.
    fn persons(&self, at: usize, values: &[Quantity]) -> Result<f64> {
        let Quantity { value, money } = values[at];
        if money != 0 || !(0.0..=MOST_PERSONS).contains(&value) {
            return Err(self.figure_error(
                at,
                said!(
                    "it must be a number of persons, from 0 to 10 billion",
                    "0에서 100억 사이의 인원수여야 합니다"
                ),
            ));
        }
        Ok(value)
    }

    /// A number of persons, more or fewer.
    fn head_count<V: Number>(&self, at: usize, values: &[Quantity<V>]) -> Result<V> {
        let Quantity { value, money } = values[at];
        let absurd = |v: f64| !(-MOST_PERSONS..=MOST_PERSONS).contains(&v);
        if money != 0 || value.find(absurd).is_some() {
            return Err(self.figure_error(
                at,
                said!(
                    "it must be a number of persons, at most 10 billion",
                    "100억 이하의 인원수여야 합니다"
                ),
            ));
        }
        Ok(value)
    }

    fn line(&self, line: &BoundLine, values: &[Quantity]) -> Result<Line> {
        let split = self.split(line, values, &OwnShares::default())?;
        check_size(split.amount * self.unit)
            .map_err(|message| self.figure_error(line.amount, message))?;
        let share_origin = match (line.domestic_share, line.table_share) {
            _ if split.domestic_share > split.share_without_policy => ShareOrigin::Policy,
            _ if line.event.gives_output() => ShareOrigin::Stated,
            (None, Some(_)) if line.recipe.is_some() => ShareOrigin::Recipe,
            (None, Some(_)) => ShareOrigin::Table,
            _ => ShareOrigin::Stated,
        };
        Ok(Line {
            item: line.item.clone(),
            sector: line.sector,
            event: line.event,
            amount: split.amount,
            domestic_share: split.domestic_share,
            share_origin,
            share_basis: line
                .table_share
                .map(|share| share.basis)
                .filter(|_| share_origin == ShareOrigin::Table),
            share_without_policy: (share_origin == ShareOrigin::Policy)
                .then_some(split.share_without_policy),
            domestic: split.domestic,
            imported: split.imported,
            trade: split.trade,
            transport: split.transport,
            tax: split.tax,
            recipe: line
                .recipe
                .as_ref()
                .zip(split.recipe)
                .map(|(used, split)| self.made_by(used, split)),
            region: line.region.clone(),
            source: line.source.clone(),
            certainty: line.certainty,
            note: line.note.clone(),
        })
    }

    /// What a line's spending is demand for: for one value of each figure, or for many draws at once.
    ///
    /// # Errors
    /// As [`Scenario::plan`].
    pub(crate) fn split<'a, V: Number>(
        &'a self,
        line: &'a BoundLine,
        values: &[Quantity<V>],
        own: &OwnShares<V>,
    ) -> Result<Split<'a, V>> {
        let given = match line.event {
            EventKind::Jobs => self.head_count(line.amount, values)?,
            EventKind::Contribution => self.share(line.amount, values)?,
            _ => self.money(line.amount, values)? / V::constant(self.unit),
        };
        let mut amount = given * V::constant(line.part * line.deflator);
        if let Some(at) = line.spent {
            amount = amount * values[at].value;
        }
        let share_without_policy = match (line.domestic_share, line.table_share) {
            (Some(at), _) => self.share(at, values)?,
            // Without either a line is refused when the scenario is built.
            (None, None) => V::constant(1.0),
            (None, Some(share)) => own.of(line.sector, share),
        };
        let share_without_policy = if line.made {
            share_without_policy
        } else {
            V::constant(0.0)
        };
        let mut domestic_share = share_without_policy;
        for (sector, at) in &self.policies {
            let least = self.share(*at, values)?;
            if *sector == line.sector && line.made {
                domestic_share = domestic_share.max(least);
            }
        }
        let margin = |pair: Option<(usize, usize)>| -> Result<Option<(usize, V)>> {
            pair.map(|(sector, at)| Ok((sector, amount * self.share(at, values)?)))
                .transpose()
        };
        let (trade, transport) = (margin(line.trade)?, margin(line.transport)?);
        let none = V::constant(0.0);
        let tax = match line.tax {
            Some(Tax::OfPaid(at)) => amount * self.share(at, values)?,
            Some(Tax::OnTop(at)) => {
                let rate = self.share(at, values)?;
                amount * rate / (V::constant(1.0) + rate)
            }
            None => none,
        };
        let margins = trade
            .iter()
            .chain(&transport)
            .fold(none, |sum, (_, m)| sum + *m);
        let product = amount - margins - tax;
        // Of the same sign as the amount, or nothing at all, to rounding.
        let room = amount * amount * V::constant(1e-12);
        if line.purchasers && (product * amount + room).find(|v| v < 0.0).is_some() {
            let message = said!(
                "margins and product tax take more than the whole price",
                "마진과 생산물세의 합이 가격 전체를 넘습니다"
            );
            return Err(self.figure_error(line.amount, message));
        }
        let domestic = product * domestic_share;
        let recipe = line
            .recipe
            .as_ref()
            .map(|used| self.recipe_split(used, domestic, values, own))
            .transpose()?;
        Ok(Split {
            amount,
            share_without_policy,
            domestic_share,
            domestic: recipe.as_ref().map_or(domestic, |made| made.output),
            imported: product * (V::constant(1.0) - domestic_share),
            trade,
            transport,
            tax,
            recipe,
        })
    }

    /// A figure that must be a share.
    pub(crate) fn share<V: Number>(&self, at: usize, values: &[Quantity<V>]) -> Result<V> {
        let Quantity { value, money } = values[at];
        if money != 0 {
            let message = said!(
                "it must be a share, not money",
                "금액이 아니라 비율이어야 합니다"
            );
            return Err(self.figure_error(at, message));
        }
        match value.find(|v| !(0.0..=1.0).contains(&v)) {
            None => Ok(value),
            Some(v) => Err(self.figure_error(
                at,
                said!(
                    "it is {v}; a share must be in 0..1",
                    "{v}입니다. 비율은 0과 1 사이여야 합니다"
                ),
            )),
        }
    }

    /// A figure that must be money, in won; a bare number stands for won.
    pub(crate) fn money<V: Number>(&self, at: usize, values: &[Quantity<V>]) -> Result<V> {
        match values[at] {
            Quantity { value, money: 1 } => Ok(value),
            Quantity { value, money: 0 } if self.figures[at].literal => Ok(value),
            _ => Err(self.figure_error(
                at,
                said!(
                    "the formula does not come to an amount of money; give a price its unit, as in 15억원",
                    "계산식의 결과가 금액이 아닙니다. 단가에 15억원처럼 단위를 붙이십시오"
                ),
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::scenario::{Overrides, ScenarioFile};
    use crate::{AnyTable, Lang, Scenario};

    const TEXT: &str = r#"
[scenario]
fx = 1300
[parameters]
capex = "$2bn"
share = "40%"
[[phase]]
name = "Build"
kind = "one-off"
[[phase.spending]]
item = "Halls"
what = "건설"
amount = "capex * share"
"#;

    fn scenario(set: &[(&str, &str)]) -> Scenario {
        let table = AnyTable::open("kr-2023-33").expect("built in");
        let file = ScenarioFile::parse("mine.toml", TEXT).expect("readable");
        let set = set
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_string()));
        let overrides = Overrides {
            set: set.collect(),
            ..Overrides::default()
        };
        Scenario::new(file, &table, &overrides).expect("valid")
    }

    #[test]
    fn a_variant_spends_what_the_scenario_set_to_it_spends() {
        let base = scenario(&[]);
        for (given, set, millions) in [
            (vec![("capex", 5e12)], vec![("capex", "5조")], 2e6),
            (vec![("share", 0.25)], vec![("share", "25%")], 6.5e5),
            (vec![("fx", 1_500.0)], vec![("fx", "1500")], 1.2e6),
            (
                vec![("fx", 1_000.0), ("share", 0.1)],
                vec![("fx", "1000"), ("share", "10%")],
                2e5,
            ),
        ] {
            let variant = base.plan_with(&given).expect("a plan");
            assert_eq!(variant.phases[0].amount(), millions, "{given:?}");
            let anew = scenario(&set).plan().expect("a plan");
            assert_eq!(variant.phases, anew.phases, "{given:?}");
        }
    }

    #[test]
    fn a_variant_that_cannot_be_meant_is_refused() {
        let base = scenario(&[]);
        for (given, why) in [
            (vec![("capx", 1e12)], "did you mean capex?"),
            (vec![("discount_rate", 0.05)], "There are fx, capex, share"),
            (
                vec![("share", 0.1), ("share", 0.2)],
                "'share' is given twice",
            ),
            (
                vec![("share", f64::NAN)],
                "mine.toml:6: share: NaN is not a finite number",
            ),
            (
                vec![("fx", -1.0)],
                "mine.toml:3: fx: an exchange rate of -1 cannot be meant",
            ),
            (vec![("capex", 1e30)], "too large"),
        ] {
            let error = base.plan_with(&given).expect_err("refused").say(Lang::En);
            assert!(error.contains(why), "{given:?}: {error}");
        }
    }
}
