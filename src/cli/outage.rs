//! `leontief outage`: what is lost, day by day, while a part of what a sector makes cannot be made.

use super::input::{TableArgs, count, in_option, number, parse_share};
use super::output::Output;
use crate::analysis::Outage;
use crate::analysis::outage::{OutageOptions, Rationing};
use crate::error::Result;
use crate::model::Model;
use crate::report::Format;
use crate::table::Classification;

const EXAMPLES: &str = "\
Examples:
  leontief outage electricity --loss 10% --days 60
  leontief outage 31 --loss 50% --days 30 --recovery 60 -o semiconductors.svg
  leontief outage 45 --loss 10% --days 60 --rationing proportional --buffer 90";

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
    /// Over how many days after those it comes back, in equal steps
    #[arg(long, value_name = "DAYS", default_value_t = 0)]
    recovery: u32,
    /// How many days are gone through, from the first of the outage
    #[arg(long, value_name = "DAYS", default_value_t = 365)]
    horizon: u32,
    /// Who gets what where less is made than is asked for
    #[arg(long, value_enum, default_value_t = RationingArg::ProducersFirst)]
    rationing: RationingArg,
    /// Days of stock of what is stocked [default: 90], or of one product as 45=0; repeatable
    #[arg(long, value_name = "DAYS|SECTOR=DAYS")]
    stock: Vec<String>,
    /// Days that users can do without what is not stocked: services, electricity
    #[arg(long, value_name = "DAYS", default_value = "3", value_parser = number)]
    buffer: f64,
    /// The share of a stock below which its users make less
    #[arg(long, value_name = "SHARE", default_value = "80%", value_parser = parse_share)]
    critical: f64,
    /// Over how many days stocks are made good, at most
    #[arg(long, value_name = "DAYS", default_value = "60", value_parser = number)]
    restocking: f64,
    /// Up to how many times its usual output a sector can make, and in how many days
    #[arg(long, value_name = "TIMES[/DAYS]", default_value = "1.25/365")]
    overcapacity: String,
    /// How many sectors to show
    #[arg(long, value_name = "N", default_value_t = 15, value_parser = count)]
    top: usize,
    #[command(flatten)]
    table: TableArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum RationingArg {
    /// Use and stocks of producers, then final demand (Hallegatte 2008)
    ProducersFirst,
    /// Use of producers, then final demand, then stocks
    RestockingLast,
    /// All in one proportion (BoARIO)
    Proportional,
}

impl From<RationingArg> for Rationing {
    fn from(arg: RationingArg) -> Self {
        match arg {
            RationingArg::ProducersFirst => Rationing::ProducersFirst,
            RationingArg::RestockingLast => Rationing::RestockingLast,
            RationingArg::Proportional => Rationing::Proportional,
        }
    }
}

impl Args {
    fn options(&self, sectors: &Classification) -> Result<OutageOptions> {
        let mut options = OutageOptions::new(self.loss, self.days);
        options.recovery = self.recovery;
        options.horizon = self.horizon;
        options.rationing = self.rationing.into();
        options.buffer = self.buffer;
        options.critical = self.critical;
        options.restocking = self.restocking;
        for text in &self.stock {
            let of = |text: &str| number(text).map_err(|why| in_option("--stock", why));
            match text.split_once('=') {
                None => options.stock = of(text)?,
                Some((product, days)) => {
                    let product = sectors.find(product.trim())?;
                    options.stocks.push((product, of(days)?));
                }
            }
        }
        let of = |text: &str| number(text).map_err(|why| in_option("--overcapacity", why));
        match self.overcapacity.split_once('/') {
            None => options.overcapacity = of(&self.overcapacity)?,
            Some((times, days)) => {
                options.overcapacity = of(times)?;
                options.overcapacity_days = of(days)?;
            }
        }
        Ok(options)
    }
}

pub(super) fn run(args: &Args, out: &Output) -> Result<()> {
    let opened = args.table.open_regrouped(out)?;
    let table = &opened.table;
    let sector = table.sectors().find(&args.sector)?;
    let options = args.options(table.sectors())?;
    let model = Model::from_coefficients(table.coefficients())?;
    let outage = Outage::of(table, &model, sector, &options)?;
    out.course.solved(&model);
    match out.format {
        Format::Svg => out.text(&(outage.chart(out.lang, true) + "\n"))?,
        Format::Png => out.bytes(&super::plot::png(&outage.chart(out.lang, true), out)?)?,
        _ => out.show(&outage.document(out.lang, args.top), &outage)?,
    }
    opened.remark(None, out)
}
