//! A scenario file against a table: names lead to sectors, formulas to figures, dates to years.

use super::account::Accounts;
use super::amount::{Quantity, check_rate, check_size};
use super::deflators::ByTable;
use super::file::{IndustryFile, Input, Located, PhaseFile, PhaseKind, ScenarioFile, SpendingFile};
use super::note::Note;
use super::prices::two_readings;
use super::profile::Profile;
use super::recipe::BoundRecipe;
use super::schedule::{self, Months, YEARS, YearMonth};
use super::timing::{self, Span};
use super::{
    BoundCap, BoundIndustry, BoundLine, BoundPhase, ELSEWHERE, Figure, Overrides, RESERVED,
    Scenario, Settings, formula,
};
use crate::error::{Error, Result};
use crate::lang::{Lang, Text, said};
use crate::table::{AnyTable, DomesticShare, ShareBasis, Use};
use crate::uncertainty::{Distribution, Shape};
use std::collections::BTreeMap;

/// Adds figures one by one, in an order in which each needs only those before it.
pub(super) struct Builder<'a> {
    pub(super) file: ScenarioFile,
    pub(super) table: &'a AnyTable,
    overrides: &'a Overrides,
    pub(super) figures: Vec<Figure>,
    /// What the figures come to, as written.
    values: Vec<Quantity>,
    by_name: BTreeMap<String, usize>,
    pub(super) notes: Vec<Note>,
    /// Of each sector, whether its product is made at home.
    pub(super) made: Vec<bool>,
    pub(super) by_table: ByTable,
    pub(super) recipes: Vec<BoundRecipe>,
    /// Of the phases with dates.
    spans: Vec<Span>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(
        mut file: ScenarioFile,
        table: &'a AnyTable,
        overrides: &'a Overrides,
    ) -> Result<Self> {
        for (name, formula) in &overrides.set {
            set(&mut file, name, formula)?;
        }
        let mut builder = Builder {
            file,
            table,
            overrides,
            figures: Vec::new(),
            values: Vec::new(),
            by_name: BTreeMap::new(),
            recipes: Vec::new(),
            made: table.made(),
            notes: Vec::new(),
            by_table: ByTable::new(),
            spans: Vec::new(),
        };
        builder.check_size()?;
        builder.add_named()?;
        Ok(builder)
    }

    /// Whether the scenario is of a size that somebody can have meant.
    fn check_size(&self) -> Result<()> {
        let file = &self.file;
        let lines = file.phase.iter().map(|p| p.spending.len()).sum();
        for (count, most, en, ko) in [
            (
                file.parameters.len(),
                super::MOST_PARAMETERS,
                "parameters",
                "매개변수",
            ),
            (file.phase.len(), super::MOST_PHASES, "phases", "단계"),
            (lines, super::MOST_LINES, "spending lines", "지출 항목"),
            (
                file.indicator.len(),
                super::MOST_INDICATORS,
                "indicators",
                "지표",
            ),
        ] {
            if count > most {
                let message = said!(
                    "the scenario has {count} {en}; at most {most} are worked out",
                    "시나리오의 {ko}이(가) {count}개입니다. {most}개까지 계산할 수 있습니다"
                );
                return Err(file.error(0, 0, "scenario", message));
            }
        }
        Ok(())
    }

    /// Settings and parameters, each after those it depends on.
    fn add_named(&mut self) -> Result<()> {
        let header = &self.file.scenario;
        let settings = [
            (
                "fx",
                &header.fx,
                Text::new("won per dollar", "원/달러 환율"),
            ),
            (
                "household_share",
                &header.household_share,
                Text::new("share of labour income spent", "노동소득 중 소비 비율"),
            ),
            (
                "productivity_growth",
                &header.productivity_growth,
                Text::new("growth of labour productivity", "노동생산성 증가율"),
            ),
            (
                "discount_rate",
                &header.discount_rate,
                Text::new("discount rate", "할인율"),
            ),
        ];
        let mut named: BTreeMap<String, Input> = self.file.parameters.clone();
        for (name, input) in &named {
            if RESERVED.contains(&name.as_str()) {
                let message = Text::new(
                    "it is a setting, not a parameter: write it under [scenario]",
                    "매개변수가 아니라 설정입니다. [scenario] 아래에 쓰십시오",
                );
                return Err(self.input_error(input, name, message));
            }
            if !formula::Formula::is_name(name) {
                let message = said!(
                    "no formula can use a parameter of this name: take letters, digits and _, a letter first",
                    "계산식에 쓸 수 없는 매개변수 이름입니다. 문자로 시작하여 문자, 숫자, _만 쓰십시오"
                );
                return Err(self.input_error(input, &format!("'{name}'"), message));
            }
        }
        for (name, input, label) in settings {
            if let Some(input) = input {
                let mut input = input.clone();
                input.name.get_or_insert(label);
                named.insert(name.to_owned(), input);
            }
        }
        for name in self.order(&named)? {
            let input = &named[name];
            let label = input.name.clone().unwrap_or_else(|| Text::same(name));
            let at = self.add(name, label, input)?;
            self.by_name.insert(name.to_owned(), at);
        }
        Ok(())
    }

    /// The names, each after those that its formulas use; won per dollar before all that it does not
    /// use itself, for amounts in dollars. A walk with a stack of its own: chains may be long.
    fn order<'n>(&self, named: &'n BTreeMap<String, Input>) -> Result<Vec<&'n str>> {
        let mut order = Vec::with_capacity(named.len());
        let mut is_done: BTreeMap<&str, bool> = BTreeMap::new();
        let all = named.get_key_value("fx").into_iter().chain(named);
        for (first, input) in all {
            if is_done.contains_key(first.as_str()) {
                continue;
            }
            is_done.insert(first, false);
            let mut path = vec![(first.as_str(), needed(input, named))];
            while let Some((name, needs)) = path.last_mut() {
                let name = *name;
                let Some(next) = needs.pop() else {
                    is_done.insert(name, true);
                    order.push(name);
                    path.pop();
                    continue;
                };
                match is_done.get(next) {
                    Some(true) => {}
                    Some(false) => {
                        let on_it = path.iter().map(|(name, _)| *name);
                        let circle: Vec<&str> = on_it.skip_while(|name| *name != next).collect();
                        let circle = circle.join(" -> ");
                        let message = said!(
                            "depends on itself: {circle} -> {next}",
                            "자기 자신을 다시 참조합니다: {circle} -> {next}"
                        );
                        return Err(self.input_error(&named[next], next, message));
                    }
                    None => {
                        is_done.insert(next, false);
                        path.push((next, needed(&named[next], named)));
                    }
                }
            }
        }
        Ok(order)
    }

    /// Adds a figure.
    pub(super) fn add(&mut self, key: &str, label: Text, input: &Input) -> Result<usize> {
        let by_name = &self.by_name;
        let slot = |name: &str| by_name.get(name).copied();
        let currency = self.table.meta().currency.as_str();
        let fail = |message: Text| self.input_error(input, key, message);
        let bound = input.value.bind(&slot, currency).map_err(|mut message| {
            if message.en.starts_with("there is no parameter") && !by_name.is_empty() {
                let near: Vec<&str> = by_name.keys().map(String::as_str).collect();
                let near = near.join(", ");
                message.en.push_str(&format!("; there are {near}"));
                message.ko.push_str(&format!(". 쓸 수 있는 이름: {near}"));
            }
            fail(message)
        })?;
        let value = bound.evaluate(&self.values).map_err(fail)?;
        if value.money == 1 {
            check_size(value.value).map_err(fail)?;
        }
        if key == "fx" {
            check_rate(currency, value.value).map_err(fail)?;
        }
        let constant = |formula: &formula::Formula| {
            let q = formula.bind(&slot, currency)?.evaluate(&self.values)?;
            if q.money == value.money {
                if q.money == 1 {
                    check_size(q.value)?;
                }
                Ok(q.value)
            } else {
                Err(Text::new(
                    "value and range are in different units",
                    "값과 범위의 단위가 다릅니다",
                ))
            }
        };
        let distribution = distribution(input, value.value, &constant).map_err(fail)?;
        self.values.push(value);
        self.figures.push(Figure {
            key: key.to_owned(),
            label,
            distribution,
            bound,
            origin: input.origin,
            offset: input.offset,
            literal: input.value.is_literal() && !input.value.is_percentage(),
        });
        Ok(self.figures.len() - 1)
    }

    /// What a figure comes to, as written.
    pub(super) fn written(&self, at: usize) -> f64 {
        self.values[at].value
    }

    pub(super) fn add_optional(
        &mut self,
        key: &str,
        label: Text,
        input: &Option<Input>,
    ) -> Result<Option<usize>> {
        input
            .as_ref()
            .map(|input| self.add(key, label, input))
            .transpose()
    }

    pub(super) fn build(mut self) -> Result<Scenario> {
        let header = self.file.scenario.clone();
        let settings = Settings {
            household_share: self.by_name.get("household_share").copied(),
            productivity_growth: self.by_name.get("productivity_growth").copied(),
            discount_rate: self.by_name.get("discount_rate").copied(),
        };
        self.check_deflators()?;
        self.check_prices()?;
        self.check_header(&settings)?;
        let named = self.named_recipes()?;
        let phase_files = self.file.phase.clone();
        if phase_files.is_empty() {
            return Err(self.file.error(
                0,
                0,
                "phase",
                Text::new(
                    "the scenario has no [[phase]]: nothing is spent",
                    "시나리오에 [[phase]]가 없어 지출이 없습니다",
                ),
            ));
        }
        let mut phases: Vec<BoundPhase> = Vec::new();
        for phase in &phase_files {
            let bound = self.phase(phase, &named)?;
            let same = |p: &BoundPhase| p.name.en == bound.name.en || p.name.ko == bound.name.ko;
            if phases.iter().any(same) {
                let message = Text::new(
                    format!("two phases are named '{}'", bound.name.en),
                    format!("'{}' 단계가 둘입니다", bound.name.ko),
                );
                let at = phase.name.clone().unwrap_or_default();
                return Err(self.file.error_at(&at, "name", message));
            }
            phases.push(bound);
        }
        self.notes.extend(timing::notes(&self.spans));
        let recipes = std::mem::take(&mut self.recipes);
        let lines: Vec<&BoundLine> = phases.iter().flat_map(|p| &p.lines).collect();
        self.recipe_notes(&recipes, &lines);
        let mut indicators = Vec::new();
        let purchasers = phases.iter().flat_map(|p| &p.lines).any(|l| l.purchasers);
        if self.file.prices.rates().next().is_some() && !purchasers {
            self.notes.push(Note::warning(
                "prices_change_nothing",
                "The rates of [prices] change nothing: no line is at purchasers' prices.",
                "[prices] 비율의 효과 없음: 구매자가격 항목이 없음.",
            ));
        }
        let mut names: Vec<Text> = Vec::new();
        for indicator in self.file.indicator.clone() {
            let (name, at) = (&indicator.name, &indicator.value);
            self.check_name(name, at, "indicator")?;
            if names.contains(name) {
                let message = Text::new(
                    format!("two indicators are named '{}'", name.en),
                    format!("'{}' 지표가 둘입니다", name.ko),
                );
                return Err(self.file.error_at(at, "indicator", message));
            }
            names.push(name.clone());
            let input = Input::from(indicator.value);
            indicators.push(self.add(&indicator.name.en, indicator.name.clone(), &input)?);
        }
        let mut policies: Vec<(usize, usize)> = Vec::new();
        for policy in self.file.policy.clone() {
            let sector = self.sector(&policy.what)?;
            if policies.iter().any(|(s, _)| *s == sector) {
                let what = policy.what.value.as_str();
                let message = said!(
                    "there are two policies for '{what}'",
                    "'{what}'에 대한 정책이 둘입니다"
                );
                return Err(self.file.error_at(&policy.what, "policy", message));
            }
            let label = Text::same(format!("policy: {}", policy.what.value));
            policies.push((
                sector,
                self.add(&label.en.clone(), label, &policy.domestic_share)?,
            ));
        }
        for (what, share) in &self.overrides.policies {
            let sector = self.table.sectors().find(what)?;
            let label = Text::same(format!("policy: {what}"));
            policies.push((
                sector,
                self.add(&label.en.clone(), label, &Input::from(*share))?,
            ));
        }
        let caps = self.caps()?;
        let industry = match self.file.industry.clone() {
            Some(industry) => Some(self.industry(&industry, &phases)?),
            None => None,
        };
        let profiles = self.profiles()?;
        let accounts = self.accounts()?;
        if let Some(&fx) = self.by_name.get("fx") {
            let rate = self.values[fx].value;
            self.notes.push(
                Note::assumption(
                    "exchange_rate",
                    format!("Amounts in dollars are at {rate} won per dollar."),
                    format!("달러 금액은 1달러 {rate}원으로 환산함."),
                )
                .with("rate", rate),
            );
        }
        self.say_deflated();
        let name = header
            .name
            .clone()
            .unwrap_or_else(|| Text::new("Scenario", "시나리오"));
        Ok(Scenario {
            name,
            description: header.description.clone(),
            table_year: self.table.meta().year,
            unit: self.table.meta().unit,
            figures: self.figures,
            settings,
            phases,
            recipes,
            indicators,
            policies,
            caps,
            industry,
            profiles,
            accounts,
            notes: self.notes,
            file: self.file,
        })
    }

    /// Caps of the file, each changed by one of the command line for the same sector.
    fn caps(&mut self) -> Result<Vec<BoundCap>> {
        let mut caps: Vec<BoundCap> = Vec::new();
        let mut changed = Vec::new();
        for (what, formula) in &self.overrides.caps {
            let sector = self.table.sectors().find(what)?;
            let fail = |e: Text| Error::invalid(e.map(|e| format!("--cap {what}={formula}: {e}")));
            let mut input = Input::from(Located::from(
                formula::Formula::parse(formula).map_err(fail)?,
            ));
            // It stands in no file.
            input.origin = usize::MAX;
            let key = format!("--cap {what}");
            changed.push((sector, self.add(&key, Text::same(&key), &input)?));
        }
        for cap in self.file.cap.clone() {
            let sector = self.sector(&cap.what)?;
            if caps.iter().any(|c| c.sector == sector) {
                let message = said!(
                    "the output of '{what}' is capped twice",
                    "'{what}'의 산출 상한이 두 번 지정되었습니다",
                    what = cap.what.value
                );
                return Err(self.file.error_at(&cap.what, "cap", message));
            }
            if changed.iter().any(|(s, _)| *s == sector) {
                continue;
            }
            let label = Text::same(format!("cap: {}", cap.what.value));
            let at = self.add(&label.en.clone(), label, &cap.extra)?;
            caps.push(self.cap(sector, at, &cap.what)?);
        }
        for (sector, at) in changed {
            caps.retain(|c| c.sector != sector);
            caps.push(self.cap(sector, at, &Located::default())?);
        }
        Ok(caps)
    }

    fn cap(&mut self, sector: usize, extra: usize, what: &Located<String>) -> Result<BoundCap> {
        let year = self.file.scenario.price_year;
        Ok(BoundCap {
            sector,
            extra,
            deflator: self.deflator(what, Some(sector), year)?,
        })
    }

    fn industry(
        &mut self,
        industry: &IndustryFile,
        phases: &[BoundPhase],
    ) -> Result<BoundIndustry> {
        // Of a pair of keys the one at fault is named, at its own line.
        let fail = |this: &Self, field: &str, message: Text| {
            let (buyers, phase) = (&industry.buyers, &industry.phase);
            let (origin, offset) = match (field, &industry.replaces, &industry.replaced_share) {
                ("buyers", _, _) => (buyers.origin, buyers.offset),
                ("replaces", Some(replaces), _) => (replaces.origin, replaces.offset),
                ("replaced_share", _, Some(share)) => (share.origin, share.offset),
                _ => (phase.origin, phase.offset),
            };
            let field = format!("industry.{field}");
            Err(this.file.error(origin, offset, &field, message))
        };
        self.check_name(&industry.name, &industry.phase, "industry")?;
        let named = industry.phase.value.as_str();
        let Some(phase) = phases
            .iter()
            .position(|p| p.name.en == named || p.name.ko == named)
        else {
            let names: Vec<&str> = phases.iter().map(|p| p.name.en.as_str()).collect();
            let message = said!(
                "there is no phase '{named}'; there are {names}",
                "'{named}' 단계가 없습니다. 단계: {names}",
                names = names.join(", ")
            );
            return fail(self, "phase", message);
        };
        if phases[phase].kind != PhaseKind::Recurring {
            let message = said!(
                "'{named}' is a one-off phase; the purchases of an industry are a recurring one",
                "'{named}'은(는) 일회성(one-off) 단계입니다. 신산업의 구매는 매년 반복되는(recurring) 단계여야 \
                 합니다"
            );
            return fail(self, "phase", message);
        }
        let mut buyers: Vec<(usize, f64)> = Vec::new();
        for (what, share) in &industry.buyers.value.0 {
            let sector = match self.table.sectors().find(what) {
                Ok(sector) => sector,
                Err(e) => return fail(self, "buyers", e.text()),
            };
            if !(0.0..=1.0).contains(share) {
                let message = said!(
                    "the share of '{what}' is {share}; it must be in 0..1",
                    "'{what}'의 비율이 {share}입니다. 0과 1 사이여야 합니다"
                );
                return fail(self, "buyers", message);
            }
            // Two names may lead to one sector of a wider table.
            match buyers.iter_mut().find(|(s, _)| *s == sector) {
                Some((_, sum)) => *sum += share,
                None => buyers.push((sector, *share)),
            }
        }
        let sum: f64 = buyers.iter().map(|(_, share)| share).sum();
        if sum > 1.0 + 1e-9 {
            let message = said!(
                "the shares of the buyers sum to {sum:.4}; at most 1 can be sold",
                "구매 부문 비율의 합이 {sum:.4}입니다. 1 이하여야 합니다"
            );
            return fail(self, "buyers", message);
        }
        let replaces = match &industry.replaces {
            Some(what) => Some(self.sector(what)?),
            None => None,
        };
        if industry.replaced_share.is_some() && replaces.is_none() {
            let message = said!(
                "which product is replaced is not said: replaces = \"...\"",
                "대체되는 품목이 지정되지 않았습니다. replaces = \"...\"를 쓰십시오"
            );
            return fail(self, "replaced_share", message);
        }
        if replaces.is_some() && industry.replaced_share.is_none() {
            let message = said!(
                "how much of the purchases replaces it is not said: replaced_share = ...",
                "대체하는 비율이 지정되지 않았습니다. replaced_share = ...를 쓰십시오"
            );
            return fail(self, "replaces", message);
        }
        if replaces.is_some() && buyers.is_empty() {
            let message = said!(
                "nobody is named who buys less of it: buyers = {{ ... }}",
                "대체되는 품목의 구매 부문이 지정되지 않았습니다. buyers = {{ ... }}를 쓰십시오"
            );
            return fail(self, "replaces", message);
        }
        let label = |en: &str, ko: &str| {
            Text::new(
                format!("{}: {en}", industry.name.en),
                format!("{}: {ko}", industry.name.ko),
            )
        };
        Ok(BoundIndustry {
            name: industry.name.clone(),
            phase,
            deflator: self.deflator(&industry.phase, None, self.file.scenario.price_year)?,
            sales: self.add("industry/sales", label("sales", "매출"), &industry.sales)?,
            exports: self.add_optional(
                "industry/exports",
                label("share exported", "수출 비율"),
                &industry.exports,
            )?,
            final_demand: self.add_optional(
                "industry/final_demand",
                label("share sold to final users", "최종수요 판매 비율"),
                &industry.final_demand,
            )?,
            buyers,
            replaces,
            replaced_share: self.add_optional(
                "industry/replaced_share",
                label("share that replaces", "대체 비율"),
                &industry.replaced_share,
            )?,
            labour_share: self.add_optional(
                "industry/labour_share",
                label("labour share", "노동소득 비율"),
                &industry.labour_share,
            )?,
            foreign_ownership: self.add_optional(
                "industry/foreign_ownership",
                label("foreign ownership", "외국인 지분"),
                &industry.foreign_ownership,
            )?,
            staff: self.add_optional(
                "industry/staff",
                label("staff", "자체 종사자"),
                &industry.staff,
            )?,
        })
    }

    fn profiles(&mut self) -> Result<Vec<Profile>> {
        let mut profiles = Vec::new();
        for people in self.file.people.clone() {
            let Some(text) = &people.text else {
                let message = not_read();
                return Err(self.file.error_at(&people.file, "people.file", message));
            };
            let name = people.name.clone();
            self.check_name(&name, &people.file, "people")?;
            if profiles.iter().any(|p: &Profile| p.name == name) {
                let message = Text::new(
                    format!("two splits of people are named '{}'", name.en),
                    format!("'{}' 취업자 구분(people)이 둘입니다", name.ko),
                );
                return Err(self.file.error_at(&people.file, "people", message));
            }
            let parsed = Profile::parse(&text.name, &text.text, name, &people.groups, self.table)
                .map_err(|e| match e {
                Error::Invalid(_) => self.file.error_at(&people.file, "people.groups", e),
                other => other,
            })?;
            match parsed {
                Some(profile) => profiles.push(Profile {
                    source: people.source.clone().or(profile.source),
                    illustrative: people.illustrative || profile.illustrative,
                    ..profile
                }),
                None => self.notes.push(other_sectors(&text.name, self.table)),
            }
        }
        Ok(profiles)
    }

    fn accounts(&mut self) -> Result<Vec<Accounts>> {
        let mut accounts: Vec<Accounts> = Vec::new();
        let mut ids: Vec<String> = Vec::new();
        for file in self.file.account.clone() {
            if ids.contains(&file.id.value) {
                let message = said!(
                    "there are two accounts '{id}'",
                    "'{id}' 계정이 둘입니다",
                    id = file.id.value
                );
                return Err(self.file.error_at(&file.id, "account.id", message));
            }
            ids.push(file.id.value.clone());
            let Some(text) = &file.text else {
                let message = not_read();
                return Err(self.file.error_at(&file.file, "account.file", message));
            };
            let account = crate::table::Account {
                id: file.id.value.clone(),
                title: file
                    .title
                    .clone()
                    .unwrap_or_else(|| Text::same(&file.id.value)),
                unit: file.unit.clone(),
            };
            let parsed =
                Accounts::parse_one(&text.name, &text.text, &account, file.per, self.table)
                    .map_err(|e| match e {
                        Error::Invalid(_) => self.file.error_at(&file.id, "account.id", e),
                        other => other,
                    })?;
            match parsed {
                Some(read) => accounts.push(Accounts {
                    source: file.source.clone().or(read.source),
                    illustrative: file.illustrative || read.illustrative,
                    ..read
                }),
                None => self.notes.push(other_sectors(&text.name, self.table)),
            }
        }
        Ok(accounts)
    }

    fn phase(
        &mut self,
        phase: &PhaseFile,
        recipes: &BTreeMap<String, usize>,
    ) -> Result<BoundPhase> {
        let Some(name) = phase.name.clone() else {
            // The first of its lines is the nearest place that is known.
            let at = phase.spending.iter().find_map(|l| l.what.clone());
            let message = Text::new(
                "a [[phase]] has no name",
                "[[phase]]에 이름(name)이 없습니다",
            );
            return Err(self
                .file
                .error_at(&at.unwrap_or_default(), "phase", message));
        };
        let fail = |this: &Self, field: &str, message: Text| {
            let field = format!("{}: {field}", name.value.en);
            this.file.error_at(&name, &field, message)
        };
        self.check_name(&name.value, &name, "name")?;
        if phase.drop.value {
            let others = self.file.phase.iter().filter(|p| !p.drop.value);
            let names = others.filter_map(|p| Some(p.name.as_ref()?.value.en.as_str()));
            let message = nothing_to_drop(said!("phase", "단계"), names);
            let field = format!("{}: drop", name.value.en);
            return Err(self.file.error_at(&phase.drop, &field, message));
        }
        let Some(kind) = phase.kind else {
            return Err(fail(
                self,
                "kind",
                said!(
                    "it is missing: one-off or recurring",
                    "지정되지 않았습니다. one-off(일회성)나 recurring(매년)을 쓰십시오"
                ),
            ));
        };
        let key = name.value.en.clone();
        let label = |what: Text| {
            Text::new(
                format!("{}: {}", name.value.en, what.en),
                format!("{}: {}", name.value.ko, what.ko),
            )
        };
        let probability = self.add_optional(
            &format!("{key}/probability"),
            label(Text::new("probability", "확률")),
            &phase.probability,
        )?;
        let region = self.region(phase.region.as_ref())?;
        let schedule = self.schedule(&name.value, phase, kind)?;
        if phase.spending.is_empty() {
            return Err(fail(
                self,
                "spending",
                said!("the phase spends nothing", "단계에 지출 항목이 없습니다"),
            ));
        }
        let mut lines: Vec<BoundLine> = Vec::new();
        for line in &phase.spending {
            if line.drop.value {
                let others = phase.spending.iter().filter(|l| !l.drop.value);
                let others = others.filter_map(SpendingFile::key);
                let message = nothing_to_drop(said!("line", "항목"), others);
                let field = format!("{}: drop", line.key().unwrap_or(&key));
                return Err(self.file.error_at(&line.drop, &field, message));
            }
            let same = |l: &&SpendingFile| l.item.is_some() && l.item == line.item;
            if let (Some(item), Some(what)) = (&line.item, &line.what)
                && phase.spending.iter().filter(same).count() > 1
            {
                let message = Text::new(
                    format!("two lines are called '{}'", item.en),
                    format!("'{}' 항목이 둘입니다", item.ko),
                );
                return Err(self.file.error_at(what, &format!("{key}: item"), message));
            }
            let bound = self.line(&key, kind, line, region.as_deref(), &name, recipes)?;
            lines.push(bound);
        }
        let elsewhere = |l: &BoundLine| l.region.as_deref() == Some(ELSEWHERE[0]);
        if lines.iter().any(elsewhere) && lines.iter().all(|l| l.region.is_none() || elsewhere(l)) {
            let (en, ko) = (&name.value.en, &name.value.ko);
            self.notes.push(Note::warning(
                "elsewhere_without_province",
                format!(
                    "{en}: lines are made \"elsewhere\", but the phase is in no province: it is not \
                     split by region."
                ),
                format!("{ko}: ‘타지역’ 항목이 있으나 사업 지역이 없어 지역별로 나누지 않음."),
            )
            .with("phase", en));
        }
        Ok(BoundPhase {
            name: name.value.clone(),
            kind,
            schedule,
            probability,
            region,
            lines,
        })
    }

    /// Calendar years with the share of spending (one-off) or of the year that it runs (recurring).
    fn schedule(
        &mut self,
        name: &Text,
        phase: &PhaseFile,
        kind: PhaseKind,
    ) -> Result<Vec<(i32, f64)>> {
        if let (PhaseKind::Recurring, Some(profile)) = (kind, &phase.profile) {
            let message = said!(
                "a recurring phase spends the same every year: a profile goes with kind = \"one-off\"",
                "매년 반복되는 단계(recurring)의 지출은 해마다 같습니다. profile은 kind = \"one-off\"에만 쓰십시오"
            );
            return Err(self.file.error_at(profile, "profile", message));
        }
        let Some(start) = phase.start.as_ref() else {
            let fail = |field: &str, origin: usize, offset: usize| {
                let message = said!(
                    "without a start there are no dates: add start = ..., or leave it out",
                    "시작(start)이 없으면 날짜를 정할 수 없습니다. start = ...를 추가하거나 이 키를 빼십시오"
                );
                Err(self.file.error(origin, offset, field, message))
            };
            return match (&phase.duration, &phase.profile, &phase.delay) {
                (Some(l), _, _) => fail("duration", l.origin, l.offset),
                (_, Some(l), _) => fail("profile", l.origin, l.offset),
                (_, _, Some(l)) => fail("delay", l.origin, l.offset),
                (None, None, None) => Ok(Vec::new()),
            };
        };
        let delay = phase.delay.as_ref().map_or(Months(0), |d| d.value);
        let begins = start.value.plus(delay);
        let duration = phase.duration.as_ref().map(|d| d.value);
        if let Some(zero) = phase.duration.as_ref().filter(|d| d.value == Months(0)) {
            let message = said!(
                "a phase lasts at least a month",
                "단계의 기간은 1개월 이상이어야 합니다"
            );
            return Err(self.file.error_at(zero, "duration", message));
        }
        // What moves the phase too far is named, at its own line: not the start beside it.
        let too_late = |from: YearMonth, latest: YearMonth, message: Text| {
            Err(match (&phase.delay, &phase.duration) {
                (Some(delay), _) if from < latest && begins >= latest => {
                    self.file.error_at(delay, "delay", message)
                }
                (_, Some(duration)) if begins < latest => {
                    self.file.error_at(duration, "duration", message)
                }
                _ => self.file.error_at(start, "start", message),
            })
        };
        let mut span = Span {
            name: name.clone(),
            kind,
            begins,
            ends: begins.plus(duration.unwrap_or(Months(12))),
            cut: None,
        };
        let schedule = match kind {
            PhaseKind::OneOff => {
                let profile = phase.profile.clone().unwrap_or_default().value;
                profile.by_year(begins, duration.unwrap_or(Months(12)))
            }
            PhaseKind::Recurring => {
                let horizon = self.file.scenario.horizon;
                let end = match (duration, horizon) {
                    (Some(duration), _) => begins.plus(duration),
                    (None, Some(year)) => YearMonth::january(year.saturating_add(1)),
                    (None, None) => begins.plus(Months(120)),
                };
                if end <= begins {
                    let last = horizon.unwrap_or_default();
                    let message = said!(
                        "it starts in {begins}, after the horizon {last} at which it ends",
                        "{begins}에 시작하여 분석 종료 연도(horizon) {last}년보다 늦습니다"
                    );
                    return too_late(start.value, end, message);
                }
                span.ends = end;
                let by_horizon = horizon.filter(|_| duration.is_none() && delay != Months(0));
                span.cut = by_horizon.map(|year| (year, delay.0 as i32));
                schedule::running_by_year(begins, end)
            }
        };
        match schedule.last() {
            Some((last, _)) if !YEARS.contains(last) => {
                let end = YEARS.end();
                let message = said!(
                    "the phase runs to {last}; years end with {end}",
                    "단계가 {last}년까지 이어집니다. 연도는 {end}년까지 쓸 수 있습니다"
                );
                too_late(start.value, YearMonth::january(end + 1), message)
            }
            _ => {
                self.spans.push(span);
                Ok(schedule)
            }
        }
    }

    fn line(
        &mut self,
        phase: &str,
        kind: PhaseKind,
        line: &SpendingFile,
        phase_region: Option<&str>,
        phase_name: &Located<Text>,
        recipes: &BTreeMap<String, usize>,
    ) -> Result<BoundLine> {
        let Some(what) = &line.what else {
            let message = Text::new(
                "a [[phase.spending]] does not say what is bought: what = \"...\"",
                "[[phase.spending]]에 무엇을 사는지 쓰지 않았습니다: what = \"...\"",
            );
            return Err(self.file.error_at(phase_name, phase, message));
        };
        let sector = self.sector(what)?;
        let name = &self.table.sectors().get(sector).name;
        let item = line.item.clone().unwrap_or_else(|| name.clone());
        self.check_name(&item, what, "item")?;
        let Some(amount) = &line.amount else {
            let message = Text::new("the line has no amount", "항목에 금액(amount)이 없습니다");
            return Err(self.file.error_at(what, "amount", message));
        };
        let key = |field: &str| format!("{phase}/{}/{field}", item.en);
        let label = |en: &str, ko: &str| {
            Text::new(format!("{}: {en}", item.en), format!("{}: {ko}", item.ko))
        };
        let amount = self.add(&key("amount"), label("amount", "금액"), amount)?;
        let domestic_share = self.add_optional(
            &key("domestic_share"),
            label("domestic share", "국산 비율"),
            &line.domestic_share,
        )?;
        let splits = self.splits(line, what, &item, phase)?;
        let recipe = self.recipe_of(line, sector, &item, &key("recipe"), recipes)?;
        // A recipe is a producer at home, whatever the table has.
        let made = self.made[sector] || recipe.is_some();
        if !made && domestic_share.is_some() {
            self.notes.push(not_made(self.table, sector));
        }
        let table_share = match self.table {
            // A recipe is a domestic producer's.
            _ if recipe.is_some() => Some(DomesticShare {
                value: 1.0,
                basis: ShareBasis::NotUsed,
            }),
            AnyTable::Flows(table) => Some(table.domestic_share(
                sector,
                match kind {
                    PhaseKind::OneOff => Use::FixedCapital,
                    PhaseKind::Recurring => Use::Intermediate,
                },
            )),
            AnyTable::Coefficients(_) => None,
        };
        if table_share.is_none() && domestic_share.is_none() {
            let message = said!(
                "table {id} holds no flows and so no import shares: give the line a domestic_share",
                "산업연관표 {id}에는 거래표가 없어 수입 비율을 알 수 없습니다. 항목에 domestic_share를 지정하십시오",
                id = self.table.meta().id
            );
            return Err(self.file.error_at(what, "domestic_share", message));
        }
        let region = match &line.region {
            Some(region) => self.line_region(region)?,
            None => phase_region.map(str::to_owned),
        };
        let price_year = line.price_year.or(self.file.scenario.price_year);
        Ok(BoundLine {
            item,
            sector,
            amount,
            domestic_share,
            table_share,
            made,
            purchasers: splits.purchasers,
            trade: splits.trade,
            transport: splits.transport,
            tax: splits.tax,
            recipe,
            deflator: self.deflator(what, Some(sector), price_year)?,
            region,
            source: line.source.clone(),
            certainty: line.certainty,
            note: line.note.clone(),
        })
    }

    /// Whether what the scenario says as a whole can be meant.
    fn check_header(&self, settings: &Settings) -> Result<()> {
        let header = &self.file.scenario;
        if let Some(name) = &header.name {
            let at = self.file.place_of("[scenario]");
            self.check_name(name, &at, "name")?;
        }
        if let Some(region) = &header.region {
            self.check_region(region)?;
        }
        if header.discount_year.is_some() && settings.discount_rate.is_none() {
            let at = self.file.place_of("discount_year");
            let message = said!(
                "nothing is discounted without a rate: add discount_rate = ..., or leave it out",
                "할인율 없이는 할인하지 않습니다. discount_rate = ...를 추가하거나 이 키를 빼십시오"
            );
            return Err(self.file.error_at(&at, "discount_year", message));
        }
        Ok(())
    }

    /// Whether a name can be read, in both languages.
    pub(super) fn check_name<T>(&self, name: &Text, at: &Located<T>, field: &str) -> Result<()> {
        if name.en.trim().is_empty() || name.ko.trim().is_empty() {
            return Err(self.file.error_at(
                at,
                field,
                Text::new("the name is empty", "이름이 비어 있습니다"),
            ));
        }
        Ok(())
    }

    /// Whether the rates of `[prices]` can be meant, used or not.
    fn check_prices(&self) -> Result<()> {
        let slot = |name: &str| self.by_name.get(name).copied();
        if let (Some(vat), Some(_)) = (&self.file.prices.vat, &self.file.prices.product_tax) {
            return Err(self.input_error(vat, "prices.vat", two_readings()));
        }
        let mut sum = 0.0;
        for (field, input) in self.file.prices.rates() {
            let rate = input
                .value
                .bind(&slot, &self.table.meta().currency)
                .and_then(|bound| bound.evaluate(&self.values))
                .map_err(|message| self.input_error(input, field, message))?;
            if rate.money != 0 {
                return Err(self.input_error(
                    input,
                    field,
                    Text::new(
                        "it must be a share, not money",
                        "금액이 아니라 비율이어야 합니다",
                    ),
                ));
            }
            if !(0.0..=1.0).contains(&rate.value) {
                let share = rate.value;
                let message = said!(
                    "it is {share}; a share must be in 0..1",
                    "{share}입니다. 비율은 0과 1 사이여야 합니다"
                );
                return Err(self.input_error(input, field, message));
            }
            sum += match field {
                "prices.vat" => rate.value / (1.0 + rate.value),
                _ => rate.value,
            };
            if sum > 1.0 {
                let message = Text::new(
                    "margins and product tax take more than the whole price",
                    "마진과 생산물세의 합이 가격 전체를 넘습니다",
                );
                return Err(self.input_error(input, field, message));
            }
        }
        Ok(())
    }

    fn sector(&self, what: &Located<String>) -> Result<usize> {
        self.sector_at(what, "what")
    }

    pub(super) fn sector_at(&self, what: &Located<String>, field: &str) -> Result<usize> {
        self.table
            .sectors()
            .find(&what.value)
            .map_err(|e| self.file.error_at(what, field, e))
    }

    /// The region of a line. What is made elsewhere in the country stays so wherever the scenario is
    /// placed.
    fn line_region(&self, own: &Located<String>) -> Result<Option<String>> {
        if ELSEWHERE.contains(&own.value.as_str()) {
            return Ok(Some(ELSEWHERE[0].to_owned()));
        }
        self.region(Some(own))
    }

    /// The region that holds for a phase or line: the one that everything is placed in, its own or
    /// the scenario's.
    fn region(&self, own: Option<&Located<String>>) -> Result<Option<String>> {
        let regions = crate::table::embedded::regions()?;
        if let Some(own) = own {
            self.check_region(own)?;
        }
        if let Some(region) = &self.overrides.region {
            regions.find(region)?;
            return Ok(Some(region.clone()));
        }
        let region = own.or(self.file.scenario.region.as_ref());
        Ok(region.map(|region| region.value.clone()))
    }

    /// Whether there is such a province.
    fn check_region(&self, region: &Located<String>) -> Result<()> {
        if ELSEWHERE.contains(&region.value.as_str()) {
            let message = said!(
                "'{region}' is no province to be in; only a line can be made there: write it under its \
                 [[phase.spending]]",
                "'{region}'은(는) 지역이 아니며 항목에만 지정할 수 있습니다. 해당 [[phase.spending]] 아래에 \
                 쓰십시오",
                region = region.value
            );
            return Err(self.file.error_at(region, "region", message));
        }
        crate::table::embedded::regions()?
            .find(&region.value)
            .map_err(|e| self.file.error_at(region, "region", e))?;
        Ok(())
    }

    pub(super) fn input_error(&self, input: &Input, key: &str, message: impl Into<Text>) -> Error {
        self.file.error(input.origin, input.offset, key, message)
    }
}

/// Why nothing is dropped by `drop = true`.
fn nothing_to_drop<'a>(what: Text, others: impl Iterator<Item = &'a str>) -> Text {
    let others: Vec<&str> = others.collect();
    let (en, ko) = (what.en, what.ko);
    let message = said!(
        "drop = true is for a {en} of the scenario that this one extends, which has none of this name",
        "drop = true는 extends로 물려받은 시나리오의 {ko}을(를) 제외하는 것인데, 이 이름의 {ko}이(가) 없습니다"
    );
    match others.as_slice() {
        [] => message,
        names => {
            let (names, en, ko) = (names.join(", "), message.en, message.ko);
            said!("{en}; there are {names}", "{ko}. 있는 이름: {names}")
        }
    }
}

/// A scenario that was not opened from its file, whose other files nobody has read.
fn not_read() -> Text {
    said!("the file has not been read", "파일을 읽지 않았습니다")
}

/// A file of figures by sector that does not fit the table.
fn other_sectors(file: &str, table: &AnyTable) -> Note {
    let (id, classification) = (&table.meta().id, &table.meta().classification);
    Note::warning(
        "other_sectors",
        format!("{file} is left out: its sectors are not those of {id} ({classification})."),
        format!("{file}은(는) 제외함: 부문분류가 {id}({classification})와 다름."),
    )
    .with("file", file)
    .with("table", id)
}

/// That a line is demand for a product that nobody makes at home.
pub(crate) fn not_made(table: &AnyTable, sector: usize) -> Note {
    let sector = table.sectors().get(sector);
    Note::warning(
        "not_made_at_home",
        format!(
            "{} has no output in {}: its product is not made at home, and all of this spending is imported, \
             whatever domestic share is asked for.",
            sector.label(Lang::En),
            table.meta().id
        ),
        format!(
            "{}은(는) {}에 산출이 없어 국내에서 생산되지 않음. 지정한 국산 비율과 관계없이 지출 전액을 수입으로 봄.",
            sector.label(Lang::Ko),
            table.meta().id
        ),
    )
    .with("sector", &sector.code)
}

/// Changes a parameter or a setting of a scenario to another formula; its distribution is dropped.
fn set(file: &mut ScenarioFile, name: &str, formula: &str) -> Result<()> {
    let formula = formula::Formula::parse(formula)
        .map_err(|e| Error::invalid(e.map(|e| format!("--set {name}={formula}: {e}"))))?;
    let input = Input::from(Located::from(formula));
    let header = &mut file.scenario;
    let setting = match name {
        "fx" => Some(&mut header.fx),
        "household_share" => Some(&mut header.household_share),
        "productivity_growth" => Some(&mut header.productivity_growth),
        "discount_rate" => Some(&mut header.discount_rate),
        _ => None,
    };
    if let Some(setting) = setting {
        *setting = Some(input);
        return Ok(());
    }
    let Some(parameter) = file.parameters.get_mut(name) else {
        let mut known: Vec<&str> = file.parameters.keys().map(String::as_str).collect();
        known.extend(RESERVED);
        let likeness = |known: &&str| strsim::jaro_winkler(known, name);
        let near = known
            .iter()
            .copied()
            .max_by(|a, b| likeness(a).total_cmp(&likeness(b)))
            .filter(|near| likeness(near) > 0.8)
            .map_or(said!(".", "."), |near| {
                said!(": did you mean {near}?", ". 혹시 {near}입니까?")
            });
        let (known, en, ko) = (known.join(", "), near.en, near.ko);
        return Err(Error::invalid(said!(
            "there is no parameter '{name}' to set{en} There are {known}",
            "'{name}' 매개변수가 없습니다{ko} 쓸 수 있는 이름: {known}"
        )));
    };
    *parameter = Input {
        name: parameter.name.clone(),
        unit: parameter.unit.clone(),
        ..input
    };
    Ok(())
}

/// The names among `all` that an input's formulas use, the first of them last.
fn needed<'n>(input: &'n Input, all: &'n BTreeMap<String, Input>) -> Vec<&'n str> {
    let mut names: Vec<&str> = formulas(input)
        .flat_map(formula::Formula::names)
        .filter(|name| all.contains_key(*name))
        .collect();
    names.reverse();
    names
}

fn formulas(input: &Input) -> impl Iterator<Item = &formula::Formula> {
    let range = input.range.iter().flatten();
    std::iter::once(&input.value)
        .chain(range)
        .chain(input.sd.as_ref())
}

/// The distribution of a figure, from its keys.
fn distribution(
    input: &Input,
    value: f64,
    constant: &dyn Fn(&formula::Formula) -> std::result::Result<f64, Text>,
) -> std::result::Result<Option<Distribution>, Text> {
    let Some(shape) = input.shape else {
        // A range alone is a triangle around the value: how a published range is mostly meant.
        return match &input.range {
            Some(_) if input.sd.is_some() || input.values.is_some() || input.weights.is_some() => {
                Err(Text::new(
                    "a range with sd, values or weights: name the shape that is meant",
                    "range를 sd, values, weights와 함께 쓰려면 분포 형태(shape)를 지정하십시오",
                ))
            }
            Some([low, high]) => {
                Distribution::triangular(constant(low)?, value, constant(high)?).map(Some)
            }
            None if input.sd.is_some() || input.values.is_some() || input.weights.is_some() => {
                Err(Text::new(
                    "a distribution needs its shape: normal, lognormal or discrete",
                    "분포 형태(shape)를 normal, lognormal, discrete 중에서 지정하십시오",
                ))
            }
            None => Ok(None),
        };
    };
    let given = [
        ("range", input.range.is_some()),
        ("sd", input.sd.is_some()),
        ("values", input.values.is_some()),
        ("weights", input.weights.is_some()),
    ];
    let needed: &[&str] = match shape {
        Shape::Uniform | Shape::Triangular | Shape::Pert => &["range"],
        Shape::Normal | Shape::Lognormal => &["sd"],
        Shape::Discrete => &["values", "weights"],
    };
    if let Some((key, _)) = given
        .iter()
        .find(|(k, given)| *given && !needed.contains(k))
    {
        let (en, ko) = (needed.join(" and "), needed.join(", "));
        return Err(said!(
            "{key} does not go with the shape, which takes {en}",
            "{key}은(는) 이 분포 형태에 쓰이지 않습니다. 필요한 항목: {ko}"
        ));
    }
    let missing = |key: &str| {
        said!(
            "the shape needs {key}",
            "이 분포 형태에는 {key}이(가) 필요합니다"
        )
    };
    let range = || -> std::result::Result<(f64, f64), Text> {
        let [low, high] = input
            .range
            .as_ref()
            .ok_or_else(|| missing("range = [low, high]"))?;
        Ok((constant(low)?, constant(high)?))
    };
    let sd = || input.sd.as_ref().ok_or_else(|| missing("sd"));
    match shape {
        Shape::Uniform => {
            let (low, high) = range()?;
            if !(low..=high).contains(&value) {
                return Err(said!(
                    "the value {value} is outside its range {low}..{high}",
                    "값 {value}이(가) 범위 {low}..{high} 밖에 있습니다"
                ));
            }
            Distribution::uniform(low, high)
        }
        Shape::Triangular => {
            range().and_then(|(low, high)| Distribution::triangular(low, value, high))
        }
        Shape::Pert => range().and_then(|(low, high)| Distribution::pert(low, value, high)),
        Shape::Normal => Distribution::normal(value, constant(sd()?)?),
        Shape::Lognormal => {
            // The spread is of the logarithm: a plain number, whatever the value is.
            let sd: f64 = sd()?.text().parse().map_err(|_| {
                Text::new("sd must be a plain number", "sd는 단위 없는 수여야 합니다")
            })?;
            Distribution::lognormal(value, sd)
        }
        Shape::Discrete => {
            let values = input.values.clone();
            let values = values.ok_or_else(|| missing("values = [...]"))?;
            let outside = values.iter().all(|v| *v < value) || values.iter().all(|v| *v > value);
            if outside && !values.is_empty() {
                return Err(said!(
                    "the value {value} is outside its values",
                    "값 {value}이(가) values의 범위 밖에 있습니다"
                ));
            }
            Distribution::discrete(values, input.weights.as_deref().unwrap_or(&[]))
        }
    }
    .map(Some)
}
