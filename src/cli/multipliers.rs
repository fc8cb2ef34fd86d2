//! `leontief multipliers`: what a unit of final demand for each sector sets off.

use super::input::{
    BasketArgs, DrawArgs, HouseholdArgs, Opened, TableArgs, add_accounts, can_be_closed, in_option,
    no_households, read_accounts,
};
use super::output::Output;
use super::progress::Progress;
use crate::analysis::multipliers::{Form as MultiplierOf, MultiplierForm};
use crate::analysis::{HouseholdForms, MultiplierType, Multipliers, Trend};
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::model::{Closure, ImportTreatment, Model};
use crate::scenario::Note;
use crate::scenario::account::Accounts;
use crate::table::{AnyTable, Basket, SectorName, embedded};
use crate::uncertainty::{Draws, MultiplierDraws};
use std::path::PathBuf;

/// The sectors of the built-in tables that `--trend` compares.
const TREND: &str = "bok-2020-33";

#[derive(Debug, Clone, Copy, PartialEq, clap::ValueEnum)]
enum Form {
    /// (I - Ad)^-1, BOK's inducement coefficients
    Domestic,
    /// (I - (I - m)A)^-1, m imports over domestic use
    Competitive,
    /// (I - A + M^)^-1, M^ imports over output, as BOK's manual has it
    CompetitiveBok,
    /// (I - A)^-1
    Total,
}

/// Which multiplier.
#[derive(Debug, Clone, Copy, PartialEq, clap::ValueEnum)]
enum FormArg {
    /// What is set off over the sector's own: jobs per job (Type I, Type II)
    Ratio,
    /// Type II with what households earn as output of their own
    WithHouseholds,
    /// What a sector's final demand sets off over what the sector makes (Oosterhaven and Stelder)
    Net,
    /// All final demand growing at one rate (Gray and others)
    GrowthEqualised,
    /// Per cent of the total for one per cent of final demand
    Elasticity,
    /// For each unit of output instead of final demand
    OutputToOutput,
}

#[derive(Debug, Clone, Copy, PartialEq, clap::ValueEnum)]
enum By {
    /// Initial, first round, industrial support, consumption
    Effect,
    /// Taxes by the kinds that the table tells
    Tax,
}

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Only this sector, by code, name or an everyday word; repeatable
    #[arg(long, value_name = "SECTOR")]
    sector: Vec<String>,
    /// 1: suppliers only, as BOK's coefficients; 2: with what households spend
    #[arg(long = "type", value_name = "1|2", default_value_t = 1, value_parser = super::input::multiplier_type)]
    ty: u8,
    /// Share of labour income that households spend, with --type 2 [default: the table's]
    #[arg(long, value_name = "SHARE", value_parser = super::input::number)]
    household_share: Option<f64>,
    #[command(flatten)]
    households: HouseholdArgs,
    /// How imports enter the inverse [default: domestic]
    #[arg(long, value_enum)]
    imports: Option<Form>,
    /// Another form of multipliers
    #[arg(long, value_enum, conflicts_with_all = ["by", "rounds", "basket", "basket_by"])]
    form: Option<FormArg>,
    /// Multipliers up to so many rounds of suppliers
    #[arg(long, value_name = "N", conflicts_with_all = ["by", "basket", "basket_by"], value_parser = super::input::count)]
    rounds: Option<usize>,
    /// Split by effect (initial, first round, industrial support and, with --type 2, consumption), or taxes by kind
    #[arg(long, value_enum, conflicts_with_all = ["basket", "basket_by"])]
    by: Option<By>,
    /// What the effects of --by, or the ranks of --draws, are of: output, value_added, imports, income, jobs or
    /// another account [default: output]
    #[arg(long, value_name = "MEASURE")]
    measure: Option<String>,
    /// Satellite accounts (energy, emissions) from a CSV: code,<id [unit]>,...; repeatable
    #[arg(long, value_name = "FILE.csv")]
    accounts: Vec<PathBuf>,
    /// Largest first by output, value_added, imports, income, production_taxes, an account (jobs),
    /// influence or sensitivity; or by code
    #[arg(long, value_name = "COLUMN")]
    sort: Option<String>,
    /// Show the first N sectors
    #[arg(long, value_name = "N", value_parser = super::input::count)]
    top: Option<usize>,
    /// 2020 to 2023 side by side at 33 sectors, in current prices and in those of 2020, and why jobs per billion
    /// won changed
    #[arg(long, conflicts_with_all = ["table", "ty", "basket", "basket_by", "household_share", "household_income", "imports", "form", "rounds", "by", "accounts", "sort", "top"])]
    trend: bool,
    #[command(flatten)]
    baskets: BasketArgs,
    #[command(flatten)]
    table: TableArgs,
    #[command(flatten)]
    draws: DrawArgs,
    /// How often a sector is among the first N, with --draws
    #[arg(
        long,
        value_name = "N",
        default_value_t = 10,
        requires = "draws",
        value_parser = super::input::count,
        help_heading = "Uncertainty"
    )]
    among: usize,
}

pub(super) fn run(args: &Args, out: &Output) -> Result<()> {
    args.check()?;
    let draws = args.draws.over(None)?;
    let earnings = match args.households.all() {
        true => None,
        false => args.households.earnings(args.household_share)?,
    };
    if args.trend {
        return trend(args, out);
    }
    if args.households.all() {
        return all_households(args, out);
    }
    let spends = args.household_share.is_some() || args.households.has_income();
    let kind = match args.ty {
        2 => MultiplierType::Type2,
        _ if spends || earnings.is_some() => return Err(no_households()),
        _ => MultiplierType::Type1,
    };
    let opened = args.table.open_regrouped(out)?;
    let table = &opened.table;
    let share = args.households.share(args.household_share, table)?;
    let closure = match (kind, share) {
        (MultiplierType::Type1, _) => Closure::Open,
        (MultiplierType::Type2, None) => Closure::Default,
        (MultiplierType::Type2, Some(share)) => Closure::Share(share),
    };
    let closure = earnings.map_or(closure, Closure::Earning);
    if let Some(draws) = draws {
        return drawn(args, &draws, &opened, kind, closure, out);
    }
    if let Some(form) = args.form() {
        return of_form(args, &opened, form, kind, closure, out);
    }
    let (mut multipliers, model) = match args.imports {
        Some(Form::CompetitiveBok) if closure != Closure::Open || !args.accounts.is_empty() => {
            return Err(Error::invalid(said!(
                "--imports competitive-bok gives Type I multipliers of the table's own accounts: leave --type 2 and \
                 --accounts out, or take --imports competitive",
                "--imports competitive-bok은 표 자체 계정의 Type I 승수만 제공합니다. --type 2와 --accounts를 빼거나 \
                 --imports competitive를 쓰십시오"
            )));
        }
        Some(Form::CompetitiveBok) => (Multipliers::competitive_bok(table)?, None),
        form => {
            let (multipliers, model) = of_model(args, table, form, kind, closure)?;
            (multipliers, Some(model))
        }
    };
    multipliers
        .notes
        .splice(0..0, opened.notes(model.as_ref())?);
    if let Some(model) = &model {
        out.course.solved(model);
    }
    let mut baskets = Vec::new();
    for (name, sectors) in args.baskets.read()? {
        let basket = Basket::parse(&sectors, table, args.baskets.by())?;
        let note = Note::shared_among(Text::same(&name), &basket, table);
        multipliers.notes.extend(note);
        baskets.push((basket, name));
    }
    let all = multipliers.clone();
    if !args.sector.is_empty() {
        multipliers = multipliers.only(&codes(&args.sector, table)?)?;
    }
    if let Some(column) = &args.sort {
        multipliers = multipliers.sorted_by(column)?;
    }
    if let Some(count) = args.top {
        multipliers = multipliers.first(count);
    }
    for (basket, name) in baskets {
        multipliers.sectors.push(all.of_basket(&basket, name)?);
    }
    out.show(&multipliers.document(out.lang), &multipliers)
}

impl Args {
    /// What the command line cannot say of its options.
    fn check(&self) -> Result<()> {
        if self.measure.is_some() && self.by.is_none() && self.draws.draws.is_none() {
            return Err(Error::invalid(said!(
                "--measure goes with --by effect or --draws",
                "--measure는 --by effect나 --draws와 함께 쓰십시오"
            )));
        }
        let others = [
            (self.trend, "--trend"),
            (self.households.all(), "--households all"),
            (self.form.is_some(), "--form"),
            (self.rounds.is_some(), "--rounds"),
            (self.by.is_some(), "--by"),
            (self.baskets.is_asked(), "--basket"),
            (
                self.imports == Some(Form::CompetitiveBok),
                "--imports competitive-bok",
            ),
        ];
        let beside_households = [
            (self.trend, "--trend"),
            (self.form.is_some(), "--form"),
            (self.rounds.is_some(), "--rounds"),
            (self.by.is_some(), "--by"),
            (self.baskets.is_asked(), "--basket"),
            (!self.accounts.is_empty(), "--accounts"),
        ];
        let asked = beside_households.into_iter().find(|(asked, _)| *asked);
        if let (true, Some((_, other))) = (self.households.all(), asked) {
            return Err(Error::invalid(said!(
                "--households all has output, value added, imports and jobs as they are: leave {other} out, or choose one \
                 of compensation, mixed and disposable",
                "--households all은 생산·부가가치·수입·취업의 기본 승수만 제공합니다. {other}을(를) 빼거나 compensation, mixed, \
                 disposable 중 하나를 지정하십시오"
            )));
        }
        match others.into_iter().find(|(asked, _)| *asked) {
            Some((_, other)) if self.draws.draws.is_some() => Err(Error::invalid(said!(
                "--draws is of multipliers of Type I or II as they are: leave {other} out",
                "--draws는 기본 형태의 1형·2형 승수에만 쓸 수 있습니다. {other}을(를) 빼십시오"
            ))),
            _ => Ok(()),
        }
    }

    fn measure(&self) -> &str {
        self.measure.as_deref().unwrap_or("output")
    }

    /// The form of multipliers, where it is another than effects per unit of final demand.
    fn form(&self) -> Option<MultiplierOf> {
        match (self.form, self.rounds, self.by) {
            (Some(form), _, _) => Some(match form {
                FormArg::Ratio => MultiplierOf::Ratio,
                FormArg::WithHouseholds => MultiplierOf::WithHouseholds,
                FormArg::Net => MultiplierOf::Net,
                FormArg::GrowthEqualised => MultiplierOf::GrowthEqualised,
                FormArg::Elasticity => MultiplierOf::Elasticity,
                FormArg::OutputToOutput => MultiplierOf::OutputToOutput,
            }),
            (None, Some(rounds), _) => Some(MultiplierOf::Truncated(rounds)),
            (None, None, Some(By::Effect)) => Some(MultiplierOf::ByEffect),
            (None, None, Some(By::Tax)) => Some(MultiplierOf::ByTax),
            (None, None, None) => None,
        }
    }
}

/// How sure multipliers and ranks are.
fn drawn(
    args: &Args,
    draws: &Draws,
    opened: &Opened,
    kind: MultiplierType,
    closure: Closure,
    out: &Output,
) -> Result<()> {
    let table = &opened.table;
    let (model, notes) = model(args, table, args.imports, kind, closure)?;
    let bar = Progress::of(said!("drawing", "추출 중"), out);
    let progress = |more: usize| bar.add(more as u64, draws.count as u64);
    let mut drawn = MultiplierDraws::of(table, &model, kind, draws, args.among, &progress)?;
    drop(bar);
    drawn.notes.splice(0..0, opened.notes(Some(&model))?);
    drawn.notes.extend(notes);
    out.course.solved(&model);
    // Ranks are read from the first on.
    drawn = (drawn.sorted_by(args.measure())).map_err(|why| in_option("--measure:", why))?;
    if let Some(column) = &args.sort {
        drawn = (drawn.sorted_by(column)).map_err(|why| in_option("--sort:", why))?;
    }
    if !args.sector.is_empty() {
        drawn = drawn.only(&positions(&args.sector, table, &drawn.sectors)?)?;
    }
    let top = args.top.unwrap_or(usize::MAX);
    out.show(&drawn.document(out.lang, args.measure(), top), &drawn)
}

/// Multipliers in another form.
fn of_form(
    args: &Args,
    opened: &Opened,
    form: MultiplierOf,
    kind: MultiplierType,
    closure: Closure,
    out: &Output,
) -> Result<()> {
    let table = &opened.table;
    if args.imports == Some(Form::CompetitiveBok) {
        return Err(Error::invalid(said!(
            "--imports competitive-bok has no other forms of multipliers: take --imports competitive",
            "--imports competitive-bok에는 다른 형태의 승수가 없습니다. --imports competitive를 쓰십시오"
        )));
    }
    if form == MultiplierOf::WithHouseholds && kind == MultiplierType::Type1 {
        return Err(Error::invalid(said!(
            "--form with-households counts what households spend: add --type 2",
            "--form with-households는 가계 소비를 포함합니다. --type 2를 함께 지정하십시오"
        )));
    }
    let (model, notes) = model(args, table, args.imports, kind, closure)?;
    let mut of = MultiplierForm::of(table, &model, kind, form)?;
    of.notes = opened.notes(Some(&model))?;
    of.notes.extend(notes);
    out.course.solved(&model);
    if form == MultiplierOf::ByEffect {
        let mut known: Vec<&str> = of
            .figures
            .columns
            .iter()
            .map(|c| c.measure.as_str())
            .collect();
        known.dedup();
        if !known.contains(&args.measure()) {
            return Err(Error::invalid(said!(
                "--measure {asked}: the table has {known}",
                "--measure {asked}: 쓸 수 있는 지표는 {known}입니다",
                asked = args.measure(),
                known = known.join(", ")
            )));
        }
    }
    if let Some(column) = &args.sort {
        of.figures = of.figures.sorted_by(column)?;
    }
    if !args.sector.is_empty() {
        let positions = positions(&args.sector, table, &of.figures.sectors)?;
        of.figures = of.figures.only(&positions)?;
    }
    if let Some(count) = args.top {
        of.figures = of.figures.first(count);
    }
    out.show(&of.document(out.lang, args.measure()), &of)
}

/// The multipliers of the model that was asked for, and that.
fn of_model(
    args: &Args,
    table: &AnyTable,
    form: Option<Form>,
    kind: MultiplierType,
    closure: Closure,
) -> Result<(Multipliers, Model)> {
    let (model, notes) = model(args, table, form, kind, closure)?;
    let mut multipliers = Multipliers::of(&model, kind)?;
    multipliers.notes = notes;
    Ok((multipliers, model))
}

/// The model that was asked for, and what must be said of its accounts.
fn model(
    args: &Args,
    table: &AnyTable,
    form: Option<Form>,
    kind: MultiplierType,
    closure: Closure,
) -> Result<(Model, Vec<Note>)> {
    if kind == MultiplierType::Type2 && !matches!(closure, Closure::Share(_)) {
        can_be_closed(table)?;
    }
    let imports = match form {
        Some(Form::Competitive) => ImportTreatment::Competitive,
        Some(Form::Total) => ImportTreatment::Total,
        _ => ImportTreatment::Domestic,
    };
    let mut model = Model::with(table, imports, closure)?;
    let accounts = read_accounts(&args.accounts, table)?;
    for accounts in &accounts {
        add_accounts(&mut model, accounts)?;
    }
    Ok((model, accounts.iter().flat_map(Accounts::notes).collect()))
}

/// Type II by every definition of what households earn.
fn all_households(args: &Args, out: &Output) -> Result<()> {
    let imports = match args.imports {
        Some(Form::Competitive) => ImportTreatment::Competitive,
        Some(Form::Total) => ImportTreatment::Total,
        None | Some(Form::Domestic) => ImportTreatment::Domestic,
        Some(Form::CompetitiveBok) => {
            return Err(Error::invalid(said!(
                "--imports competitive-bok gives Type I multipliers only",
                "--imports competitive-bok은 Type I 승수만 제공합니다"
            )));
        }
    };
    let opened = args.table.open_regrouped(out)?;
    let given = args.households.given(args.household_share);
    let mut forms = HouseholdForms::of(&opened.table, imports, given)?;
    if let Some(column) = &args.sort {
        forms = (forms.sorted_by(column)).map_err(|why| in_option("--sort:", why))?;
    }
    if !args.sector.is_empty() {
        forms = forms.only(&positions(&args.sector, &opened.table, &forms.sectors)?)?;
    }
    if let Some(count) = args.top {
        let shown: Vec<usize> = (0..forms.sectors.len().min(count)).collect();
        forms = forms.only(&shown)?;
    }
    out.show(&forms.document(out.lang), &forms)?;
    opened.remark(None, out)
}

fn trend(args: &Args, out: &Output) -> Result<()> {
    let mut ids = embedded::of_classification(TREND)?;
    ids.sort();
    let tables = ids
        .iter()
        .map(|id| AnyTable::open(id))
        .collect::<Result<Vec<_>>>()?;
    let mut trend = Trend::of(&tables.iter().collect::<Vec<_>>())?;
    if let (false, Some(table)) = (args.sector.is_empty(), tables.first()) {
        trend = trend.only(&codes(&args.sector, table)?)?;
    }
    out.show(&trend.document(out.lang), &trend)
}

/// The codes of the sectors that words lead to.
fn codes(words: &[String], table: &AnyTable) -> Result<Vec<String>> {
    let sectors = table.sectors();
    words
        .iter()
        .map(|word| Ok(sectors.get(sectors.find(word)?).code.clone()))
        .collect()
}

/// Where the sectors that words lead to stand among those of a result, whatever its order.
fn positions(words: &[String], table: &AnyTable, among: &[SectorName]) -> Result<Vec<usize>> {
    let codes = codes(words, table)?;
    let position = |code: &String| among.iter().position(|s| s.code == *code);
    Ok(codes.iter().filter_map(position).collect())
}
