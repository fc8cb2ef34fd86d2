//! A scenario as a change of another: own keys win, and the places of the other's move behind its own.

use super::input::Input;
use super::places::Located;
use super::{DeflatorsFile, PhaseFile, RecipeFile, RecipeRef, ScenarioFile, SpendingFile};
use std::collections::BTreeMap;

impl ScenarioFile {
    /// This scenario as a change of another: its own keys win; parameters, phases and lines of the
    /// same name are changed, others are added.
    ///
    /// ```
    /// use leontief::{ScenarioFile, scenario::presets};
    /// let change = ScenarioFile::parse("mine.toml", "[parameters]\ncapex = '5조'\n")?;
    /// let mine = change.on_top_of(presets::open("ai-hub")?);
    /// assert_eq!(mine.parameters["capex"].value.text(), "5조");
    /// assert!(!mine.phase.is_empty()); // the preset's
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn on_top_of(mut self, base: ScenarioFile) -> ScenarioFile {
        let shift = self.sources.len();
        let mut base = base;
        base.move_origins(shift);
        self.sources.append(&mut base.sources);

        macro_rules! inherit {
            ($own:expr, $base:expr, $($field:ident)+) => {
                $(if $own.$field.is_none() { $own.$field = $base.$field; })+
            };
        }
        if self.scenario.groups.is_none() {
            self.scenario.groups_text = base.scenario.groups_text.take();
        }
        self.scenario.inherit_households(&mut base.scenario);
        inherit!(self.scenario, base.scenario, name description stand_in table groups imports scale financed_by
            taxes energy region fx price_year productivity_growth discount_rate discount_year
            split_error horizon);
        inherit!(self.draws, base.draws, count seed coefficient_spread coefficient_draws sobol);
        for (name, parameter) in base.parameters {
            self.parameters.entry(name).or_insert(parameter);
        }
        self.deflators.inherit(base.deflators);
        for (name, recipe) in base.recipe {
            let own = self.recipe.remove(&name).unwrap_or_default();
            self.recipe.insert(name, own.on_top_of(recipe));
        }
        let mut phases = base.phase;
        for own in std::mem::take(&mut self.phase) {
            let same = own
                .key()
                .and_then(|name| phases.iter().position(|p| p.is_called(name)));
            match same {
                Some(at) if own.drop.value => {
                    let gone = phases.remove(at);
                    // An industry that lives on the purchases of this phase goes with it.
                    if base
                        .industry
                        .as_ref()
                        .is_some_and(|i| gone.is_called(&i.phase.value))
                    {
                        base.industry = None;
                    }
                }
                Some(at) => {
                    let inherited = phases[at].clone();
                    phases[at] = own.on_top_of(inherited);
                }
                None => phases.push(own),
            }
        }
        self.phase = phases;
        if self.industry.is_none() {
            self.industry = base.industry;
        }
        let own = std::mem::take(&mut self.indicator);
        self.indicator = base.indicator;
        self.indicator
            .retain(|i| own.iter().all(|o| o.name.en != i.name.en));
        self.indicator.extend(own);
        for (own, base) in [(&mut self.policy, base.policy)] {
            if own.is_empty() {
                *own = base;
            }
        }
        if self.cap.is_empty() {
            self.cap = base.cap;
        }
        if self.trade_mix.is_empty() {
            self.trade_mix = base.trade_mix;
        }
        if self.supply_mix.is_empty() {
            self.supply_mix = base.supply_mix;
        }
        if self.people.is_empty() {
            self.people = base.people;
        }
        // What the other makes of sectors comes first, as it would by itself.
        let own = std::mem::replace(&mut self.group, base.group);
        let inherited = self.group.len();
        for group in own {
            let mut others = self.group[..inherited].iter_mut();
            match others.find(|g| g.code.value == group.code.value) {
                Some(same) => same.change_to(group),
                None => self.group.push(group),
            }
        }
        for account in base.account {
            if self.account.iter().all(|a| a.id.value != account.id.value) {
                self.account.push(account);
            }
        }
        for (sector, name) in base.watch {
            self.watch.entry(sector).or_insert(name);
        }
        // One tax has two readings: the own one goes before either.
        if self.prices.vat.is_none() && self.prices.product_tax.is_none() {
            inherit!(self.prices, base.prices, product_tax vat);
        }
        inherit!(self.prices, base.prices, trade_margin transport_margin);
        self
    }

    fn move_origins(&mut self, by: usize) {
        let header = &mut self.scenario;
        for input in [
            &mut header.household_share,
            &mut header.fx,
            &mut header.productivity_growth,
            &mut header.discount_rate,
        ] {
            move_input(input, by);
        }
        move_located(&mut header.table, by);
        move_located(&mut header.groups, by);
        move_located(&mut header.region, by);
        move_located(&mut header.households, by);
        move_located(&mut header.income_tax, by);
        move_located(&mut header.contributions, by);
        move_located(&mut header.mixed_share, by);
        move_located(&mut header.household_income, by);
        move_located(&mut header.financed_by, by);
        move_located(&mut header.scale, by);
        move_located(&mut header.taxes, by);
        move_located(&mut header.energy, by);
        move_located(&mut self.draws.count, by);
        move_located(&mut self.draws.coefficient_spread, by);
        move_located(&mut self.draws.coefficient_draws, by);
        for parameter in self.parameters.values_mut() {
            parameter.origin += by;
        }
        for group in &mut self.group {
            group.code.origin += by;
            group.of.origin += by;
        }
        for mix in &mut self.trade_mix {
            mix.move_origins(by);
        }
        for mix in &mut self.supply_mix {
            mix.move_origins(by);
        }
        for recipe in self.recipe.values_mut() {
            recipe.move_origins(by);
        }
        for phase in &mut self.phase {
            phase.drop.origin += by;
            move_located(&mut phase.name, by);
            move_located(&mut phase.start, by);
            move_located(&mut phase.duration, by);
            move_located(&mut phase.profile, by);
            move_located(&mut phase.delay, by);
            move_located(&mut phase.region, by);
            move_input(&mut phase.probability, by);
            for line in &mut phase.spending {
                line.drop.origin += by;
                move_located(&mut line.what, by);
                move_located(&mut line.split_by, by);
                move_located(&mut line.event, by);
                move_located(&mut line.region, by);
                if let Some(recipe) = &mut line.recipe {
                    recipe.move_origins(by);
                }
                for input in [
                    &mut line.amount,
                    &mut line.domestic_share,
                    &mut line.trade_margin,
                    &mut line.transport_margin,
                    &mut line.product_tax,
                    &mut line.vat,
                ] {
                    move_input(input, by);
                }
            }
        }
        for indicator in &mut self.indicator {
            indicator.value.origin += by;
        }
        for policy in &mut self.policy {
            policy.what.origin += by;
            policy.domestic_share.origin += by;
        }
        for cap in &mut self.cap {
            cap.what.origin += by;
            cap.extra.origin += by;
        }
        for people in &mut self.people {
            people.file.origin += by;
        }
        for account in &mut self.account {
            account.id.origin += by;
            account.file.origin += by;
        }
        for input in [
            &mut self.prices.trade_margin,
            &mut self.prices.transport_margin,
            &mut self.prices.product_tax,
            &mut self.prices.vat,
        ] {
            move_input(input, by);
        }
        for name in self.watch.values_mut() {
            name.origin += by;
        }
        if let Some(industry) = &mut self.industry {
            industry.phase.origin += by;
            industry.sales.origin += by;
            industry.buyers.origin += by;
            move_located(&mut industry.replaces, by);
            for input in [
                &mut industry.exports,
                &mut industry.final_demand,
                &mut industry.replaced_share,
                &mut industry.labour_share,
                &mut industry.foreign_ownership,
                &mut industry.staff,
            ] {
                move_input(input, by);
            }
        }
    }
}

impl PhaseFile {
    fn key(&self) -> Option<&str> {
        self.name.as_ref().map(|n| n.value.en.as_str())
    }

    fn is_called(&self, name: &str) -> bool {
        self.name
            .as_ref()
            .is_some_and(|n| n.value.en == name || n.value.ko == name)
    }

    fn on_top_of(mut self, base: PhaseFile) -> PhaseFile {
        macro_rules! inherit {
            ($($field:ident)+) => { $(if self.$field.is_none() { self.$field = base.$field; })+ };
        }
        inherit!(kind start duration profile delay probability region);
        self.name = base.name;
        let mut lines = base.spending;
        for own in std::mem::take(&mut self.spending) {
            let same = own
                .key()
                .and_then(|name| lines.iter().position(|l| l.is_called(name)));
            match same {
                Some(at) if own.drop.value => {
                    lines.remove(at);
                }
                Some(at) => {
                    let inherited = lines[at].clone();
                    lines[at] = own.on_top_of(inherited);
                }
                None => lines.push(own),
            }
        }
        self.spending = lines;
        self
    }
}

impl SpendingFile {
    fn is_called(&self, name: &str) -> bool {
        self.key() == Some(name) || self.item.as_ref().is_some_and(|item| item.ko == name)
    }

    fn on_top_of(mut self, base: SpendingFile) -> SpendingFile {
        macro_rules! inherit {
            ($($field:ident)+) => { $(if self.$field.is_none() { self.$field = base.$field; })+ };
        }
        if self.vat.is_none() && self.product_tax.is_none() {
            inherit!(product_tax vat);
        }
        // How several products share goes with them.
        if self.what.is_none() {
            inherit!(split_by);
        }
        // What an amount is goes with it.
        if self.amount.is_none() {
            inherit!(event);
        }
        inherit!(item what amount domestic_share price trade_margin transport_margin
            recipe price_year region source certainty note);
        self
    }
}

impl RecipeRef {
    fn move_origins(&mut self, by: usize) {
        match self {
            RecipeRef::Named(name) => name.origin += by,
            RecipeRef::Own(file) => file.move_origins(by),
        }
    }
}

impl RecipeFile {
    fn move_origins(&mut self, by: usize) {
        move_located(&mut self.like, by);
        for without in self.without.iter_mut().flatten() {
            without.origin += by;
        }
        let maps = [
            &mut self.inputs,
            &mut self.domestic_shares,
            &mut self.accounts,
        ];
        for input in maps.into_iter().flat_map(BTreeMap::values_mut) {
            input.origin += by;
        }
        for input in [
            &mut self.compensation,
            &mut self.depreciation,
            &mut self.taxes,
            &mut self.capital_income,
            &mut self.foreign_ownership,
            &mut self.jobs,
        ] {
            move_input(input, by);
        }
    }

    /// This recipe as a change of another of the same name: its own keys win.
    fn on_top_of(mut self, base: RecipeFile) -> RecipeFile {
        macro_rules! inherit {
            ($($field:ident)+) => { $(if self.$field.is_none() { self.$field = base.$field; })+ };
        }
        inherit!(name like without compensation depreciation taxes capital_income foreign_ownership
            jobs source certainty note);
        for (own, base) in [
            (&mut self.inputs, base.inputs),
            (&mut self.domestic_shares, base.domestic_shares),
            (&mut self.accounts, base.accounts),
        ] {
            if own.is_empty() {
                *own = base;
            }
        }
        self
    }
}

impl DeflatorsFile {
    /// Takes over what a scenario that is extended says and this one does not.
    fn inherit(&mut self, base: DeflatorsFile) {
        self.origin = self.origin.or(base.origin);
        for (sector, series) in base.series {
            self.series.entry(sector).or_insert(series);
        }
    }
}

fn move_input(input: &mut Option<Input>, by: usize) {
    if let Some(input) = input {
        input.origin += by;
    }
}

fn move_located<T>(located: &mut Option<Located<T>>, by: usize) {
    if let Some(located) = located {
        located.origin += by;
    }
}
