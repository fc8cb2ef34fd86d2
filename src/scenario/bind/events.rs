//! Events: lines whose amount is not demand for a product, brought to the demand that they come to.
//!
//! What gives outputs is the mixed model: with K the sectors of a phase whose output is given, final demand is
//! f = L_KK^-1 x_K, so that what K buys of K is part of x_K. It is linear: a line brings its column of L_KK^-1.

use super::Builder;
use crate::error::{Error, Result};
use crate::lang::{Lang, Text, said};
use crate::model::{Closure, Households, Model, given_output};
use crate::scenario::file::{Input, Located, SpendingFile};
use crate::scenario::note::Note;
use crate::scenario::{BoundLine, Entry, EventKind, Label, MOST_LINES, Place};
use crate::table::{FinalDemandRole, OtherInputRole, PrimaryInputRole};
use nalgebra::DVector;

/// What a unit of money buys of a product.
#[derive(Clone, Copy)]
pub(super) struct Purchase {
    pub(super) product: usize,
    pub(super) domestic: f64,
    pub(super) imported: f64,
}

impl Purchase {
    fn all(&self) -> f64 {
        self.domestic + self.imported
    }

    /// Itself, or what is bought at home and abroad apart where one is below zero: a share is in 0..1.
    fn with_shares(self) -> Vec<Purchase> {
        if (0.0..=1.0).contains(&(self.domestic / self.all())) {
            return vec![self];
        }
        let part = |domestic, imported| Purchase {
            domestic,
            imported,
            ..self
        };
        let parts = [part(self.domestic, 0.0), part(0.0, self.imported)];
        parts.into_iter().filter(|p| p.all() != 0.0).collect()
    }
}

impl Builder<'_> {
    /// Whether a line says nothing that goes with demand for a product only.
    pub(super) fn check_event(
        &self,
        line: &SpendingFile,
        event: &Located<EventKind>,
    ) -> Result<()> {
        let id = event.value.id();
        let fail = |field: &str, message| Err(self.file.error_at(event, field, message));
        let keys = [
            ("domestic_share", line.domestic_share.is_some()),
            ("price", line.price.is_some()),
            ("trade_margin", line.trade_margin.is_some()),
            ("transport_margin", line.transport_margin.is_some()),
            ("product_tax", line.product_tax.is_some()),
            ("vat", line.vat.is_some()),
            ("recipe", line.recipe.is_some()),
        ];
        if let Some((key, _)) = keys.iter().find(|(_, given)| *given) {
            let message = said!(
                "{key} goes with demand for a product, and the line is an event '{id}': leave it out, or drop event",
                "{key}은(는) 품목 수요에만 쓸 수 있으나 이 항목은 사건 '{id}'입니다. 이 키나 event를 빼십시오"
            );
            return fail(key, message);
        }
        if event.value == EventKind::HouseholdIncome && line.what.is_some() {
            let message = said!(
                "income of households is spent on what households buy: leave what out",
                "가계소득은 가계의 소비 구성에 따라 지출됩니다. what을 빼십시오"
            );
            return fail("what", message);
        }
        Ok(())
    }

    /// The output of a sector per unit of what an event gives: an amount in the table's unit, a person, a share.
    pub(super) fn output_per_event(
        &mut self,
        event: EventKind,
        sector: usize,
        item: &Text,
        what: &Located<String>,
    ) -> Result<f64> {
        let named = self.table.sectors().get(sector).to_string();
        let id = self.table.meta().id.clone();
        let fail = |message| Err(self.file.error_at(what, event.id(), message));
        if event != EventKind::Demand && !self.made[sector] {
            return fail(said!(
                "sector {named} has no output in {id}: none of it is made at home",
                "{named} 부문은 {id}에 산출이 없어 국내에서 생산되지 않습니다"
            ));
        }
        let coefficients = self.table.coefficients();
        let (per_output, needs) = match event {
            EventKind::Jobs => (
                coefficients.account("jobs").map(|jobs| jobs[sector]),
                said!("jobs", "취업자 수"),
            ),
            EventKind::LabourIncome => (
                coefficients
                    .primary_input(PrimaryInputRole::Compensation)
                    .map(|pay| pay[sector]),
                said!("compensation of employees", "피용자보수"),
            ),
            EventKind::Contribution => {
                let output = self.table.needed_output(said!(
                    "the contribution of an existing industry",
                    "기존 산업의 기여"
                ))?;
                return Ok(output[sector]);
            }
            _ => return Ok(1.0),
        };
        match per_output {
            Some(per) if per > 0.0 && per.is_finite() => {
                let line = item.clone();
                let sector = self.table.sectors().get(sector).into();
                self.notes.push(match event {
                    // Jobs are counted per billion everywhere.
                    EventKind::Jobs => Note::OutputByJobs {
                        line,
                        sector,
                        per_billion: per / self.table.meta().unit * 1e9,
                        currency: self.table.meta().currency.clone(),
                    },
                    _ => Note::OutputByLabourIncome {
                        line,
                        sector,
                        share: per,
                    },
                });
                Ok(1.0 / per)
            }
            found => {
                let (en, ko) = (needs.en, needs.ko);
                fail(match found {
                    None => said!(
                        "table {id} has no {en}: give the output itself (event = \"output\")",
                        "산업연관표 {id}에 {ko}이(가) 없습니다. 산출을 직접 지정하십시오(event = \"output\")"
                    ),
                    Some(_) => said!(
                        "sector {named} has no {en} in {id}: give its output (event = \"output\")",
                        "{id}의 {named} 부문에는 {ko}이(가) 없습니다. 산출을 지정하십시오(event = \"output\")"
                    ),
                })
            }
        }
    }

    /// Lines that bring the final demand of the outputs that lines of a phase give.
    pub(super) fn driven(
        &mut self,
        lines: Vec<BoundLine>,
        at: &Located<Text>,
    ) -> Result<Vec<BoundLine>> {
        let mut given: Vec<usize> = Vec::new();
        let gives = lines.iter().filter(|line| line.event.gives_output());
        let many = gives.clone().count();
        for line in gives {
            if !given.contains(&line.sector) {
                given.push(line.sector);
            }
        }
        if given.is_empty() {
            return Ok(lines);
        }
        if many * given.len() > MOST_LINES {
            let message = said!(
                "outputs of {sectors} sectors are given at once: that is too many, regroup the table first",
                "산출이 지정된 부문이 {sectors}개로 너무 많습니다. 먼저 산업연관표를 재분류하십시오",
                sectors = given.len()
            );
            return Err(self.file.error_at(at, "event", message));
        }
        let factors = given_output::demand_per_output(self.open_model()?, &given)
            .map_err(|e| self.file.error_at(at, "event", e))?;
        if !self
            .notes
            .iter()
            .any(|note| matches!(note, Note::OutputShock))
        {
            self.notes.push(Note::OutputShock);
        }
        let mut all = Vec::with_capacity(lines.len());
        for line in lines {
            let of = given.iter().position(|sector| *sector == line.sector);
            let Some(of) = of.filter(|_| line.event.gives_output()) else {
                all.push(line);
                continue;
            };
            for (to, sector) in given.iter().enumerate() {
                let factor = factors[(to, of)];
                if factor != 0.0 {
                    all.push(BoundLine {
                        item: match to == of {
                            true => line.item.clone(),
                            false => self.part_of(&line.item, *sector),
                        },
                        sector: *sector,
                        part: line.part * factor,
                        ..line.clone()
                    });
                }
            }
        }
        Ok(all)
    }

    /// The open model in the scenario's form of imports, made once.
    fn open_model(&mut self) -> Result<&Model> {
        let model = match self.model.take() {
            Some(model) => model,
            None => {
                let imports = self.file.scenario.imports.unwrap_or_default();
                Model::with(self.table, imports, Closure::Open)?
            }
        };
        Ok(self.model.insert(model))
    }

    /// A part of a line by its product: "Servers: Wholesale and retail trade".
    pub(super) fn part_of(&self, item: &Text, sector: usize) -> Text {
        let product = &self.table.sectors().get(sector).name;
        let named = |lang| format!("{}: {}", item.get(lang), product.get(lang));
        Text::new(named(Lang::En), named(Lang::Ko))
    }

    /// Income of households, by what they buy.
    pub(super) fn household_income(
        &mut self,
        phase: &str,
        line: &SpendingFile,
        event: &Located<EventKind>,
        region: Option<&Place>,
    ) -> Result<Vec<BoundLine>> {
        let fail = |this: &Self, why: Error| this.file.error_at(event, event.value.id(), why);
        let flows = self
            .table
            .flows(said!("what households buy", "가계의 소비 구성"))
            .map_err(|why| fail(self, why))?;
        let role = FinalDemandRole::Household;
        let categories = self.table.meta().final_demand.iter();
        let mut named = categories.filter(|category| category.role == role);
        let item = match (&line.item, named.next()) {
            (Some(item), _) => item.clone(),
            (None, Some(category)) => category.title.clone(),
            (None, None) => Text::same(event.value.id()),
        };
        let all = flows.demand_in_all(role);
        let mut share = 1.0;
        let spent = self.by_name.get("household_share").copied();
        if spent.is_none() {
            share = Households::default_share(flows).map_err(|why| fail(self, why))?;
        }
        if !(all > 0.0 && share > 0.0 && share.is_finite()) {
            let message = said!(
                "households consume nothing in table {id}, or nothing of what they earn",
                "산업연관표 {id}에 민간소비가 없거나 소득 중 소비 비율이 0입니다",
                id = self.table.meta().id
            );
            return Err(self.file.error_at(event, event.value.id(), message));
        }
        let basket = purchases(
            &(flows.domestic_demand_for(role) / all),
            &(flows.imported_demand_for(role) / all),
            share,
        );
        let untold = [OtherInputRole::Imports, OtherInputRole::ProductTaxes]
            .map(|of| flows.other_demand_for(role, of) / all)
            .iter()
            .sum();
        self.notes.push(Note::HouseholdIncomeSpent {
            line: item.clone(),
            share: spent.map_or(share, |at| self.written(at)),
            untold,
        });
        let place = Located {
            value: item.en.clone(),
            offset: event.offset,
            origin: event.origin,
        };
        self.bundle(
            phase,
            line,
            &item,
            &place,
            event.value,
            spent,
            region,
            basket,
        )
    }

    /// Purchases as sectors make them, without their production.
    pub(super) fn spending_pattern(
        &mut self,
        phase: &str,
        line: &SpendingFile,
        item: &Text,
        what: &Located<String>,
        parts: &[(usize, f64)],
        region: Option<&Place>,
    ) -> Result<Vec<BoundLine>> {
        let coefficients = self.table.coefficients();
        let n = self.table.sectors().len();
        let mut like = DVector::zeros(n);
        for (sector, part) in parts {
            like[*sector] += part;
        }
        let domestic = coefficients.domestic() * &like;
        let imported = coefficients.imports_of(&like);
        let taxes = coefficients.product_taxes().map_or(0.0, |t| t.dot(&like));
        let all = domestic.sum() + imported.sum() + taxes;
        if !(all > 0.0 && all.is_finite()) {
            let message = said!(
                "'{what}' buys nothing in table {id}: there is no pattern of its spending",
                "산업연관표 {id}에서 '{what}' 부문의 중간투입이 없어 지출 구성을 알 수 없습니다",
                what = what.value,
                id = self.table.meta().id
            );
            return Err(self.file.error_at(what, "what", message));
        }
        let basket = purchases(&domestic, &imported.rows(0, n).into_owned(), 1.0 / all);
        let bought: f64 = basket.iter().map(|p| p.domestic + p.imported).sum();
        self.notes.push(Note::SpentLikeSector {
            line: item.clone(),
            what: Text::same(&what.value),
            untold: (1.0 - bought).max(0.0),
        });
        let kind = EventKind::SpendingPattern;
        self.bundle(phase, line, item, what, kind, None, region, basket)
    }

    /// One amount spent on a bundle of products, each with its own share of domestic origin.
    #[allow(clippy::too_many_arguments)]
    fn bundle(
        &mut self,
        phase: &str,
        line: &SpendingFile,
        item: &Text,
        place: &Located<String>,
        event: EventKind,
        spent: Option<usize>,
        region: Option<&Place>,
        basket: Vec<Purchase>,
    ) -> Result<Vec<BoundLine>> {
        let Some(amount) = &line.amount else {
            let message = said!("the line has no amount", "항목에 금액(amount)이 없습니다");
            return Err(self.file.error_at(place, "amount", message));
        };
        // Each product is a line of its own.
        self.bought_by_events += basket.len();
        if self.bought_by_events > MOST_LINES {
            let message = said!(
                "the events of the scenario buy more than {MOST_LINES} products, each counted where it is bought: \
                 that is too many",
                "시나리오의 사건이 구매하는 품목이 모두 {MOST_LINES}개를 넘습니다. 사건의 수를 줄이십시오"
            );
            return Err(self.file.error_at(place, event.id(), message));
        }
        let key = |field: &str| format!("{phase}/{}/{field}", item.en);
        let amount = self.add(&key("amount"), Label::of(item, Entry::Amount), amount)?;
        let region = match &line.region {
            Some(region) => self.line_region(region)?,
            None => region.cloned(),
        };
        let price_year = line.price_year.or(self.file.scenario.price_year);
        let mut lines = Vec::with_capacity(basket.len());
        for bought in basket.into_iter().flat_map(Purchase::with_shares) {
            let (made, all) = (self.made[bought.product], bought.all());
            let share = if made { bought.domestic / all } else { 0.0 };
            let item = self.part_of(item, bought.product);
            let code = &self.table.sectors().get(bought.product).code;
            let share_key = key(&format!("domestic_share/{code}"));
            let label = Label::of(&item, Entry::DomesticShare);
            lines.push(BoundLine {
                sector: bought.product,
                event,
                amount,
                part: all,
                spent,
                domestic_share: Some(self.add(&share_key, label, &Input::from(share))?),
                table_share: None,
                made,
                purchasers: false,
                trade: None,
                transport: None,
                tax: None,
                recipe: None,
                deflator: self.deflator(place, Some(bought.product), price_year)?,
                region: region.clone(),
                source: line.source.clone(),
                certainty: line.certainty,
                note: line.note.clone(),
                item,
            });
        }
        Ok(lines)
    }
}

/// What is bought of each product, times a factor; what there is none of is left out.
fn purchases(domestic: &DVector<f64>, imported: &DVector<f64>, times: f64) -> Vec<Purchase> {
    let bought = domestic.iter().zip(imported.iter()).enumerate();
    bought
        .map(|(product, (domestic, imported))| Purchase {
            product,
            domestic: domestic * times,
            imported: imported * times,
        })
        .filter(|p| p.domestic != 0.0 || p.imported != 0.0)
        .collect()
}
