//! Arguments that name tables, models, scenarios and shocks.

mod baskets;
mod draws;
mod events;
mod households;
mod model;
mod table;
mod values;

pub(super) use baskets::BasketArgs;
pub(super) use draws::{DrawArgs, goes_with};
pub(super) use households::HouseholdArgs;
pub(super) use model::{FinancedByArg, ModelArgs};
pub(super) use table::{Opened, TableArgs, open, open_of_year, open_unbalanced, told};
pub(super) use values::{
    bytes, count, count_or_none, in_option, multiplier_type, number, parse_share, seed, split_pair,
    year,
};

use super::output::Output;
use crate::error::{Error, Result};
use crate::files::{self, Allowed};
use crate::impact::{self, Impact, ShockShare};
use crate::lang::{Text, said};
use crate::model::mix::MixEffect;
use crate::model::{Households, Model};
use crate::report::words::Part;
use crate::scenario::account::Accounts;
use crate::scenario::amount::Currency;
use crate::scenario::file::{Header, Located};
use crate::scenario::profile::Profile;
use crate::scenario::scale::Scale;
use crate::scenario::{FinancedBy, Note, Overrides, Scenario, ScenarioFile, presets};
use crate::table::{AnyTable, Basket, FinalDemandRole};
use crate::units::Money;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use values::{amount_of, formula_pair};

/// Type II asked for in so many words: why a table cannot have it.
pub(super) fn can_be_closed(table: &AnyTable) -> Result<()> {
    let flows = table.flows(said!("household closure (Type II)", "가계 내생화(Type II)"))?;
    Households::usual_share(flows).map(|_| ())
}

/// A share that households spend, of a model that has none.
pub(super) fn no_households() -> Error {
    Error::invalid(said!(
        "--type 1 has no households: leave --household-share and --household-income out, or ask for --type 2",
        "--type 1에는 가계가 없습니다. --household-share와 --household-income을 빼거나 --type 2를 지정하십시오"
    ))
}

/// The accounts of `--accounts`.
pub(super) fn read_accounts(files: &[PathBuf], table: &AnyTable) -> Result<Vec<Accounts>> {
    let read = |path: &PathBuf| {
        let name = path.display().to_string();
        Accounts::parse(&name, &read_text(path)?, table)?.ok_or_else(|| other_sectors(&name, table))
    };
    files.iter().map(read).collect()
}

pub(super) fn add_accounts(model: &mut Model, accounts: &Accounts) -> Result<()> {
    for (account, per_unit) in &accounts.accounts {
        model.set_account(account.clone(), per_unit.clone())?;
    }
    Ok(())
}

pub(super) fn read_text(path: &Path) -> Result<String> {
    files::read_required(path, files::LONGEST_CSV)
}

/// What is wrong with a scenario whose groups those of the command line replaced may be that.
fn of_groups(why: Error, replaced: bool) -> Error {
    match replaced {
        true => Error::invalid(why.text().map(|why| format!("--groups: {why}"))),
        false => why,
    }
}

fn other_sectors(file: &str, table: &AnyTable) -> Error {
    let (id, classification) = (&table.meta().id, &table.meta().classification);
    Error::invalid(said!(
        "{file} is not for the sectors of {id} ({classification}), as its '# classification' says",
        "{file}의 '# classification'이 {id}의 부문분류({classification})와 다릅니다. 같은 분류의 파일을 쓰십시오"
    ))
}

/// What is asked about: a scenario or shocks.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Scenario or shock")]
pub(super) struct SubjectArgs {
    /// A preset (see `leontief presets`) or a scenario file
    #[arg(value_name = "SCENARIO", help_heading = "Arguments")]
    pub(super) scenario: Option<String>,
    /// Final demand for a sector's product, as in 31=1.5조 or construction=300억; of several together, as in
    /// 50+51=5조, or of a --basket; repeatable
    #[arg(long, value_name = "SECTOR=AMOUNT", allow_hyphen_values = true)]
    pub(super) shock: Vec<String>,
    /// Gross output of a sector instead of demand (output-driven form); repeatable
    #[arg(
        long,
        value_name = "SECTOR=AMOUNT",
        allow_hyphen_values = true,
        conflicts_with_all = ["shock", "scenario"]
    )]
    pub(super) output_shock: Vec<String>,
    /// What is given where it is not demand: output:31=1조, jobs:31=1000, income:31=500억 (labour income),
    /// contribution:31 (of what it makes now), pattern:61=100억 (spent as the sector spends), demand:31=1조 or
    /// households=1조 (their income); repeatable
    #[arg(
        long,
        value_name = "KIND:SECTOR=AMOUNT",
        allow_hyphen_values = true,
        conflicts_with_all = ["shock", "output_shock", "scenario"]
    )]
    pub(super) event: Vec<String>,
    #[command(flatten)]
    pub(super) baskets: BasketArgs,
    /// Share of a shock that is bought at home: table, or a number [default: 1]
    #[arg(long, value_name = "table|SHARE", allow_hyphen_values = true)]
    pub(super) domestic_share: Option<String>,
    /// Won per dollar, for amounts in dollars on a table in won
    #[arg(long, value_name = "RATE", allow_hyphen_values = true, value_parser = number)]
    pub(super) fx: Option<f64>,
    /// Resize the scenario: its one-off spending to an amount, or all of it by a factor (50%, 2x)
    #[arg(long, value_name = "AMOUNT|FACTOR", allow_hyphen_values = true)]
    pub(super) scale: Option<String>,
    /// Set a parameter of the scenario, as in capex=3조; repeatable
    #[arg(long, value_name = "NAME=FORMULA", allow_hyphen_values = true)]
    pub(super) set: Vec<String>,
    /// Place everything in a province (전남, Jeonnam, ...), or none
    #[arg(long, value_name = "PROVINCE")]
    pub(super) region: Option<String>,
    /// Raise the domestic share of a product to at least this, as in 34=40%; repeatable
    #[arg(long, value_name = "SECTOR=SHARE", allow_hyphen_values = true)]
    pub(super) policy: Vec<String>,
    /// Output that a sector can add in a year, as in 45=2조 (45=0: none); repeatable
    #[arg(long, value_name = "SECTOR=AMOUNT", allow_hyphen_values = true)]
    pub(super) cap: Vec<String>,
    /// Set beside the gross effects the net ones, the money being taken from another use
    #[arg(long, value_enum, value_name = "USE")]
    pub(super) financed_by: Option<FinancedByArg>,
    /// Split jobs by groups of people, from a CSV of shares: code,GROUP,...; repeatable
    #[arg(long, value_name = "FILE.csv")]
    pub(super) people: Vec<PathBuf>,
    /// A folder whose files a scenario may name, besides its own and the working folder; repeatable
    #[arg(long, value_name = "DIR")]
    pub(super) allow_files: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) table: TableArgs,
    #[command(flatten)]
    pub(super) model: ModelArgs,
}

/// A subject, ready to be computed.
pub(super) struct Subject {
    pub(super) table: AnyTable,
    pub(super) model: Model,
    pub(super) what: What,
    caps: Vec<(usize, f64)>,
    profiles: Vec<Profile>,
    financed_by: Option<FinalDemandRole>,
    mix: Option<MixEffect>,
    notes: Vec<Note>,
}

pub(super) enum What {
    Scenario(Box<Scenario>),
    Shock(Vec<(usize, Money)>, ShockShare),
    Output(Vec<(usize, Money)>),
}

/// The parameters that are set of a scenario on a table, by name.
pub(super) type Vary<'a> = dyn FnMut(&AnyTable, &Scenario) -> Result<Vec<(String, String)>> + 'a;

impl SubjectArgs {
    /// A scenario with nothing changed but the table and the model.
    pub(super) fn scenario(name: &str, table: &TableArgs, model: &ModelArgs) -> Self {
        SubjectArgs {
            scenario: Some(name.to_owned()),
            table: table.clone(),
            model: model.clone(),
            ..SubjectArgs::default()
        }
    }

    pub(super) fn open(&self, out: &Output) -> Result<Subject> {
        self.opened(None, out)
    }

    /// As [`SubjectArgs::open`], with parameters of the scenario set after those of `--set`: which is asked of
    /// the table and the scenario as it stands.
    pub(super) fn open_varied(&self, vary: &mut Vary<'_>, out: &Output) -> Result<Subject> {
        self.opened(Some(vary), out)
    }

    fn opened(&self, vary: Option<&mut Vary<'_>>, out: &Output) -> Result<Subject> {
        match (
            &self.scenario,
            self.shock.is_empty(),
            self.output_shock.is_empty(),
        ) {
            (Some(_), false, _) => Err(Error::invalid(said!(
                "a scenario and --shock at once: ask for one after the other, or add a line to the scenario",
                "시나리오와 --shock을 함께 쓸 수 없습니다. 따로 실행하거나 시나리오에 항목을 추가하십시오"
            ))),
            (Some(name), true, _) => self.open_scenario(name, self.scale.as_deref(), vary, out),
            (None, _, _) if !self.event.is_empty() => {
                let opened = self.table.open_regrouped(out)?;
                let file = self.events(&opened.table)?;
                self.bound(file, opened, false, self.scale.as_deref(), vary, out)
            }
            (None, _, _) => {
                if self.shock.is_empty() && self.output_shock.is_empty() {
                    return Err(Error::invalid(said!(
                        "nothing is asked about: name a scenario (leontief impact ai-hub) or a shock \
                         (leontief impact --shock construction=5조)",
                        "분석 대상이 없습니다. 시나리오(leontief impact ai-hub)나 충격(leontief impact --shock \
                         건설=5조)을 지정하십시오"
                    )));
                }
                if self.scale.is_some()
                    || !self.set.is_empty()
                    || self.region.is_some()
                    || !self.policy.is_empty()
                {
                    return Err(Error::invalid(said!(
                        "--scale, --set, --region and --policy go with a scenario, not with a shock",
                        "--scale, --set, --region, --policy는 시나리오에만 쓸 수 있고 충격에는 쓸 수 없습니다"
                    )));
                }
                let opened = self.table.open_regrouped(out)?;
                let model = self.model.model(&opened.table)?;
                let mut notes = opened.notes(Some(&model))?;
                let table = opened.table;
                out.course.done(Part::Model);
                let mut shocks = |given: &[String]| self.shocks(given, &table, &mut notes);
                let what = if self.output_shock.is_empty() {
                    What::Shock(shocks(&self.shock)?, self.share()?)
                } else {
                    if self.domestic_share.is_some() {
                        return Err(Error::invalid(said!(
                            "an output shock is of domestic output: --domestic-share does not go with it",
                            "산출 충격은 국내 산출의 변화이므로 --domestic-share와 함께 쓸 수 없습니다"
                        )));
                    }
                    What::Output(shocks(&self.output_shock)?)
                };
                let caps = self.caps(&table)?;
                Ok(Subject {
                    caps,
                    profiles: self.profiles(&table)?,
                    financed_by: self.financed_by().and_then(FinancedBy::role),
                    mix: None,
                    notes: {
                        notes.extend(self.account_notes(&table)?);
                        notes
                    },
                    table,
                    model,
                    what,
                })
            }
        }
    }

    /// Another scenario, opened with the same table and model.
    pub(super) fn other(&self, name: &str, out: &Output) -> Result<Subject> {
        self.open_scenario(name, None, None, out)
    }

    fn open_scenario(
        &self,
        name: &str,
        scale: Option<&str>,
        vary: Option<&mut Vary<'_>>,
        out: &Output,
    ) -> Result<Subject> {
        if self.baskets.is_asked() {
            return Err(Error::invalid(said!(
                "--basket and --basket-by go with --shock; a line of a scenario has what = \"50+51\" and split_by",
                "--basket과 --basket-by는 --shock과 함께 쓰는 옵션입니다. 시나리오 항목에서는 what = \"50+51\"과 \
                 split_by를 쓰십시오"
            )));
        }
        if self.domestic_share.is_some() {
            return Err(Error::invalid(said!(
                "--domestic-share goes with --shock; a scenario gives each line its own domestic_share",
                "--domestic-share는 --shock과 함께 쓰는 옵션입니다. 시나리오에서는 항목마다 domestic_share를 \
                 쓰십시오"
            )));
        }
        if !self.event.is_empty() {
            return Err(Error::invalid(said!(
                "--event is a scenario of its own; a line of a scenario has event = \"jobs\"",
                "--event는 별도의 시나리오입니다. 시나리오 항목에서는 event = \"jobs\"처럼 쓰십시오"
            )));
        }
        let mut file = presets::open_allowing(name, Allowed::new(&self.allow_files))?;
        let table = match &self.table.table {
            Some(name) => self.table.named(name, out)?,
            None => file.open_ungrouped_by(&|name| self.table.named(name, out))?,
        };
        let replaced = !self.table.groups.is_empty() && file.regroups();
        if replaced {
            file.clear_groups();
        }
        let regrouped = match file.regroup(&table)? {
            Some(regrouped) => Some(regrouped),
            None => self.table.regroup(&table)?,
        };
        let mut opened = Opened::of(table, regrouped);
        let mixed = file.mixed(&opened.table);
        if let Some((mixed, effect)) = mixed.map_err(|why| of_groups(why, replaced))? {
            opened.mix(mixed, effect);
        }
        self.bound(file, opened, replaced, scale, vary, out)
    }

    /// A scenario checked against its table; `replaced` where the groups of the command line take the place of
    /// its own.
    fn bound(
        &self,
        mut file: ScenarioFile,
        opened: Opened,
        replaced: bool,
        scale: Option<&str>,
        vary: Option<&mut Vary<'_>>,
        out: &Output,
    ) -> Result<Subject> {
        let table = &opened.table;
        // What is asked for here is a scenario that extends the one that is named: one way to the result.
        let asked = ScenarioFile {
            scenario: Header {
                financed_by: self.financed_by().map(Located::nowhere),
                scale: self.size(scale, &file, table)?,
                ..self.model.keys(&file.scenario, table)?
            },
            ..ScenarioFile::default()
        };
        file = asked.on_top_of(file);
        let mut overrides = Overrides::default();
        if let Some(fx) = self.fx {
            overrides.set.push(("fx".to_owned(), fx.to_string()));
        }
        for set in &self.set {
            overrides
                .set
                .push(formula_pair(set, "--set", "NAME=FORMULA")?);
        }
        match self.region.as_deref() {
            Some("none") => file.clear_regions(),
            region => overrides.region = region.map(str::to_owned),
        }
        for policy in &self.policy {
            let (what, share) = split_pair(policy, Text::same("--policy"), "SECTOR=SHARE")?;
            overrides.policies.push((what, parse_share(&share)?));
        }
        for cap in &self.cap {
            overrides
                .caps
                .push(formula_pair(cap, "--cap", "SECTOR=AMOUNT")?);
        }
        let of_groups = |why| of_groups(why, replaced);
        if let Some(vary) = vary {
            let as_it_stands = Scenario::new(file.clone(), table, &overrides).map_err(of_groups)?;
            overrides.set.extend(vary(table, &as_it_stands)?);
        }
        let scenario = Scenario::new(file, table, &overrides).map_err(of_groups)?;
        out.course.done(Part::Reading);
        let model = self.model.with_accounts(scenario.model(table)?, table)?;
        let mut notes = match opened.unmixed() {
            None => opened.notes(Some(&model))?,
            Some(before) => opened.notes(Some(&scenario.model(before)?))?,
        };
        notes.extend(replaced.then_some(Note::ScenarioGroupsReplaced));
        notes.extend(self.account_notes(table)?);
        out.course.done(Part::Model);
        let mix = opened.mix.map(|(_, effect)| effect);
        Ok(Subject {
            // Those of a scenario are part of it.
            caps: Vec::new(),
            profiles: self.profiles(table)?,
            financed_by: None,
            mix,
            notes,
            table: opened.table,
            model,
            what: What::Scenario(Box::new(scenario)),
        })
    }

    /// What a scenario is resized to; dollars go by its own rate where none is given.
    fn size(
        &self,
        scale: Option<&str>,
        file: &ScenarioFile,
        table: &AnyTable,
    ) -> Result<Option<Located<String>>> {
        let Some(text) = scale else {
            return Ok(None);
        };
        let rate = self.fx.or(file.scenario.fx.as_ref().map(|_| 1.0));
        let currency = Currency::of(&table.meta().currency).with_rate(rate)?;
        Scale::parse(text, |text| amount_of(text, currency))
            .map_err(|why| in_option("--scale", why))?;
        Ok(Some(Located::nowhere(text.to_owned())))
    }

    fn financed_by(&self) -> Option<FinancedBy> {
        self.financed_by.map(FinancedBy::from)
    }

    fn profiles(&self, table: &AnyTable) -> Result<Vec<Profile>> {
        self.people
            .iter()
            .map(|path| {
                let file = path.display().to_string();
                let stem = path.file_stem().unwrap_or(path.as_os_str());
                let name = Text::same(stem.to_string_lossy());
                Profile::parse(&file, &read_text(path)?, name, &BTreeMap::new(), table)?
                    .ok_or_else(|| other_sectors(&file, table))
            })
            .collect()
    }

    fn account_notes(&self, table: &AnyTable) -> Result<Vec<Note>> {
        let accounts = read_accounts(&self.model.accounts, table)?;
        Ok(accounts.iter().flat_map(Accounts::notes).collect())
    }

    fn share(&self) -> Result<ShockShare> {
        match self.domestic_share.as_deref() {
            None => Ok(ShockShare::Domestic),
            Some("table") => Ok(ShockShare::Table),
            Some(share) => parse_share(share).map(ShockShare::Stated),
        }
    }

    /// What amounts on the command line are in.
    fn currency<'t>(&self, table: &'t AnyTable) -> Result<Currency<'t>> {
        Currency::of(&table.meta().currency).with_rate(self.fx)
    }

    /// What is asked for by sector; of several together it is noted what each gets.
    fn shocks(
        &self,
        given: &[String],
        table: &AnyTable,
        notes: &mut Vec<Note>,
    ) -> Result<Vec<(usize, Money)>> {
        let baskets = self.baskets.read()?;
        let mut shocks = Vec::new();
        for (words, amount) in self.amounts(given, table)? {
            let named = baskets.iter().find(|(name, _)| *name == words);
            let sectors = named.map_or(words.as_str(), |(_, sectors)| sectors);
            let basket = Basket::parse(sectors, table, self.baskets.by())?;
            for (sector, share) in basket.parts() {
                shocks.push((*sector, amount * *share));
            }
            notes.extend(Note::shared_among(Text::same(words), &basket, table));
        }
        Ok(shocks)
    }

    /// The share of an event's demand that is bought at home.
    fn share_of_demand(&self) -> Result<Option<f64>> {
        Ok(match self.share()? {
            ShockShare::Domestic => Some(1.0),
            ShockShare::Stated(share) => Some(share),
            ShockShare::Table => None,
        })
    }

    fn caps(&self, table: &AnyTable) -> Result<Vec<(usize, f64)>> {
        let unit = table.meta().unit;
        let caps = self.amounts(&self.cap, table)?;
        caps.iter()
            .map(|(word, amount)| Ok((table.sectors().find(word)?, amount.as_units() / unit)))
            .collect()
    }

    /// What is written as SECTOR=AMOUNT.
    fn amounts(&self, given: &[String], table: &AnyTable) -> Result<Vec<(String, Money)>> {
        let currency = self.currency(table)?;
        given
            .iter()
            .map(|shock| {
                let (words, text) = split_pair(shock, said!("a shock", "충격"), "SECTOR=AMOUNT")?;
                Ok((words, amount_of(&text, currency)?))
            })
            .collect()
    }
}

impl Subject {
    /// The scenario, where it is one.
    pub(super) fn scenario(&self) -> Option<&Scenario> {
        match &self.what {
            What::Scenario(scenario) => Some(scenario),
            _ => None,
        }
    }

    /// What follows.
    pub(super) fn impact(&self) -> Result<Impact> {
        let mut impact = self.impact_of_what()?;
        if !self.caps.is_empty() {
            impact.constrain(&self.model, &self.caps)?;
        }
        if let Some(mix) = &self.mix {
            impact.add_mix(&self.model, mix.clone());
        }
        if let Some(by) = self.financed_by {
            impact.finance(&self.table, &self.model, by)?;
        }
        for profile in &self.profiles {
            impact.add_people(profile);
        }
        impact.notes.extend(self.notes.iter().cloned());
        Ok(impact)
    }

    fn impact_of_what(&self) -> Result<Impact> {
        match &self.what {
            What::Scenario(scenario) => impact::of_scenario(&self.table, &self.model, scenario),
            What::Shock(shocks, share) => {
                impact::of_shock(&self.table, &self.model, shocks, *share)
            }
            What::Output(shocks) => impact::of_output_shock(&self.table, &self.model, shocks),
        }
    }
}
