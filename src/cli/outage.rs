//! `leontief outage`: what is lost, day by day, while a part of what a sector makes cannot be made.

use super::input::{TableArgs, count, in_option, number, parse_share, split_pair};
use super::output::Output;
use crate::analysis::Outage;
use crate::analysis::inoperability::{Inoperability, InoperabilityOptions, InoperabilitySide};
use crate::analysis::outage::{OutageOptions, Rationing};
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::model::Model;
use crate::report::data::Data;
use crate::report::{Document, Format};
use crate::table::Classification;

const EXAMPLES: &str = "\
Examples:
  leontief outage electricity --loss 10% --days 60
  leontief outage 31 --loss 50% --days 30 --recovery 60 -o semiconductors.svg
  leontief outage 45 --loss 10% --days 60 --rationing proportional --buffer 90
  leontief outage 45 --loss 10% --days 180 --method inoperability --recovery 60";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The sector whose output is down
    #[arg(value_name = "SECTOR")]
    sector: String,
    /// The share of its capacity that is out, as 10% or 0.1
    #[arg(long, value_name = "SHARE", value_parser = parse_share)]
    loss: f64,
    /// For how many days
    #[arg(long, value_name = "DAYS")]
    days: u32,
    /// Over how many days after those it comes back: in equal steps [default: 0], by inoperability to a hundredth
    /// [default: 60]; there of single sectors too, as 31=90, repeatable
    #[arg(long, value_name = "DAYS")]
    recovery: Vec<String>,
    /// What goes on besides: stocks and rationing, or shares that spread and heal (DIIM)
    #[arg(long, value_enum, default_value_t = MethodArg::Ario)]
    method: MethodArg,
    /// By inoperability: to buyers, who lack the product, or to suppliers, of whom less is ordered [default: supply]
    #[arg(long, value_enum)]
    side: Option<SideArg>,
    /// By inoperability, the share is missing of its imports and not of its output
    #[arg(long)]
    imports: bool,
    /// By inoperability, a further sector that is struck, as 31=5%; repeatable
    #[arg(long, value_name = "SECTOR=SHARE")]
    also: Vec<String>,
    /// By inoperability on the demand side, a share of the final demand for a product that is missing, as 20=10%;
    /// repeatable
    #[arg(long, value_name = "SECTOR=SHARE")]
    demand: Vec<String>,
    /// How many days are gone through, from the first of the outage
    #[arg(long, value_name = "DAYS", default_value_t = 365)]
    horizon: u32,
    /// Who gets what where less is made than is asked for [default: producers-first]
    #[arg(long, value_enum)]
    rationing: Option<RationingArg>,
    /// Days of stock that users have of what is stocked [default: 90], or of one product as 45=0; by inoperability days
    /// of its own output that a sector has [default: 0]; repeatable
    #[arg(long, value_name = "DAYS|SECTOR=DAYS")]
    stock: Vec<String>,
    /// Days that users can do without what is not stocked: services, electricity [default: 3]
    #[arg(long, value_name = "DAYS", value_parser = number)]
    buffer: Option<f64>,
    /// The share of a stock below which its users make less, of what is stocked [default: 80%]
    #[arg(long, value_name = "SHARE", value_parser = parse_share)]
    critical: Option<f64>,
    /// Over how many days stocks are made good, at most [default: 60]
    #[arg(long, value_name = "DAYS", value_parser = number)]
    restocking: Option<f64>,
    /// Up to how many times its usual output a sector can make, and in how many days [default: 1.25/365]
    #[arg(long, value_name = "TIMES[/DAYS]")]
    overcapacity: Option<String>,
    /// How many sectors to show
    #[arg(long, value_name = "N", default_value_t = 15, value_parser = count)]
    top: usize,
    #[command(flatten)]
    table: TableArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum RationingArg {
    /// Use of producers, then final demand, then stocks
    ProducersFirst,
    /// Use and stocks of producers, final demand last (Hallegatte 2008)
    FinalLast,
    /// All in one proportion (BoARIO)
    Proportional,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum MethodArg {
    /// Stocks, rationing, overcapacity (ARIO)
    Ario,
    /// The dynamic inoperability model (DIIM)
    Inoperability,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum SideArg {
    Supply,
    Demand,
}

impl From<SideArg> for InoperabilitySide {
    fn from(arg: SideArg) -> Self {
        match arg {
            SideArg::Supply => InoperabilitySide::Supply,
            SideArg::Demand => InoperabilitySide::Demand,
        }
    }
}

impl From<RationingArg> for Rationing {
    fn from(arg: RationingArg) -> Self {
        match arg {
            RationingArg::FinalLast => Rationing::FinalLast,
            RationingArg::ProducersFirst => Rationing::ProducersFirst,
            RationingArg::Proportional => Rationing::Proportional,
        }
    }
}

/// How long an inoperability takes to heal where nothing is given.
const HEALS_IN: f64 = 60.0;

impl Args {
    fn options(&self, sectors: &Classification) -> Result<OutageOptions> {
        let mut options = OutageOptions::new(self.loss, self.days);
        if let Some(text) = self.recovery.last() {
            options.recovery = text.trim().parse().map_err(|_| {
                Error::invalid(said!(
                    "--recovery '{text}' is no number of days: write 60",
                    "--recovery '{text}'은(는) 일수가 아닙니다. 60처럼 쓰십시오"
                ))
            })?;
        }
        options.horizon = self.horizon;
        if let Some(rationing) = self.rationing {
            options.rationing = rationing.into();
        }
        options.buffer = self.buffer.unwrap_or(options.buffer);
        options.critical = self.critical.unwrap_or(options.critical);
        options.restocking = self.restocking.unwrap_or(options.restocking);
        if let Some(days) = days("--stock", &self.stock, sectors, &mut options.stocks)? {
            options.stock = days;
        }
        let of = |text: &str| number(text).map_err(|why| in_option("--overcapacity", why));
        if let Some(text) = &self.overcapacity {
            match text.split_once('/') {
                None => options.overcapacity = of(text)?,
                Some((times, days)) => {
                    options.overcapacity = of(times)?;
                    options.overcapacity_days = of(days)?;
                }
            }
        }
        Ok(options)
    }

    fn inoperability(
        &self,
        sector: usize,
        sectors: &Classification,
    ) -> Result<InoperabilityOptions> {
        let mut options = InoperabilityOptions::new(sector, self.loss, self.days, HEALS_IN);
        options.side = self.side.map_or(options.side, InoperabilitySide::from);
        if self.imports {
            options.imports = std::mem::take(&mut options.struck);
        }
        options.horizon = self.horizon;
        let recovery = days(
            "--recovery",
            &self.recovery,
            sectors,
            &mut options.recoveries,
        )?;
        options.recovery = recovery.unwrap_or(options.recovery);
        let stock = days("--stock", &self.stock, sectors, &mut options.stocks)?;
        options.stock = stock.unwrap_or(options.stock);
        let lists = [
            ("--also", &self.also, &mut options.struck),
            ("--demand", &self.demand, &mut options.demand),
        ];
        for (option, given, list) in lists {
            for text in given {
                let (product, share) = split_pair(text, Text::same(option), "31=5%")?;
                let share = parse_share(&share).map_err(|why| in_option(option, why))?;
                list.push((sectors.find(&product)?, share));
            }
        }
        Ok(options)
    }

    /// The first option given that is of the other method.
    fn of_the_other_method(&self) -> Option<&'static str> {
        let given = match self.method {
            MethodArg::Ario => vec![
                ("--side", self.side.is_some()),
                ("--imports", self.imports),
                ("--also", !self.also.is_empty()),
                ("--demand", !self.demand.is_empty()),
            ],
            MethodArg::Inoperability => vec![
                ("--rationing", self.rationing.is_some()),
                ("--buffer", self.buffer.is_some()),
                ("--critical", self.critical.is_some()),
                ("--restocking", self.restocking.is_some()),
                ("--overcapacity", self.overcapacity.is_some()),
            ],
        };
        given.into_iter().find_map(|(name, is)| is.then_some(name))
    }
}

/// Days of all sectors, the last given, and of single ones, as 45=0, into `single`.
fn days(
    option: &str,
    given: &[String],
    sectors: &Classification,
    single: &mut Vec<(usize, f64)>,
) -> Result<Option<f64>> {
    let of = |text: &str| number(text).map_err(|why| in_option(option, why));
    let mut all = None;
    for text in given {
        match text.split_once('=') {
            None => all = Some(of(text)?),
            Some((sector, days)) => single.push((sectors.find(sector.trim())?, of(days)?)),
        }
    }
    Ok(all)
}

pub(super) fn run(args: &Args, out: &Output) -> Result<()> {
    if let Some(option) = args.of_the_other_method() {
        let (here, other) = match args.method {
            MethodArg::Ario => ("ario", "inoperability"),
            MethodArg::Inoperability => ("inoperability", "ario"),
        };
        return Err(Error::invalid(said!(
            "{option} is no part of --method {here}: leave it out, or ask for --method {other}",
            "{option}은(는) --method {here}에 해당하지 않습니다. 빼거나 --method {other}를 지정하십시오"
        )));
    }
    let opened = args.table.open_regrouped(out)?;
    let table = &opened.table;
    let sector = table.sectors().find(&args.sector)?;
    let model = Model::from_coefficients(table.coefficients())?;
    match args.method {
        MethodArg::Ario => {
            let options = args.options(table.sectors())?;
            let outage = Outage::of(table, &model, sector, &options)?;
            out.course.solved(&model);
            show(
                &outage,
                |alone| outage.chart(out.lang, alone),
                || outage.document(out.lang, args.top),
                out,
            )?;
        }
        MethodArg::Inoperability => {
            let options = args.inoperability(sector, table.sectors())?;
            let found = Inoperability::of(table, &model, &options)?;
            out.course.solved(&model);
            show(
                &found,
                |alone| found.chart(out.lang, alone),
                || found.document(out.lang, args.top),
                out,
            )?;
        }
    }
    opened.remark(None, out)
}

/// The chart where a picture is asked for, else all of it.
fn show<D: Data>(
    data: &D,
    chart: impl Fn(bool) -> String,
    document: impl Fn() -> Document,
    out: &Output,
) -> Result<()> {
    match out.format {
        Format::Svg => out.text(&(chart(true) + "\n")),
        Format::Png => out.bytes(&super::plot::png(&chart(true), out)?),
        _ => out.show(&document(), data),
    }
}
