//! `leontief price`: what dearer products do to all prices.

use super::input::{TableArgs, split_pair};
use super::output::Output;
use crate::analysis::price::{Given, PriceStudy};
use crate::error::{Error, Result};
use crate::lang::said;
use crate::model::{Closure, ImportTreatment, Model};

const EXAMPLES: &str = "\
Examples:
  leontief price --shock 45=+20%
  leontief price --import-price 06=+30% --cost 53=+2%";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// A price change, as in 45=+20% (electricity 20 % dearer); repeatable
    #[arg(long, value_name = "SECTOR=PERCENT", allow_hyphen_values = true)]
    shock: Vec<String>,
    /// A change of the price of an imported product, as in 06=+30%; repeatable
    #[arg(long, value_name = "PRODUCT=PERCENT", allow_hyphen_values = true)]
    import_price: Vec<String>,
    /// A change of a sector's primary cost (wages, profit, taxes), as a part of its price, as in
    /// 53=+2%; repeatable
    #[arg(long, value_name = "SECTOR=PERCENT", allow_hyphen_values = true)]
    cost: Vec<String>,
    /// How many sectors to show
    #[arg(long, value_name = "N", default_value_t = 15, value_parser = super::input::count)]
    top: usize,
    #[command(flatten)]
    table: TableArgs,
}

pub(super) fn run(args: &Args, out: &Output) -> Result<()> {
    let opened = args.table.open_regrouped(out)?;
    let table = &opened.table;
    let model = Model::with(table, ImportTreatment::Domestic, Closure::Open)?;
    let changes = |given: &[String]| {
        given
            .iter()
            .map(|shock| {
                let (sector, text) = split_pair(
                    shock,
                    said!("a price change", "가격 변화"),
                    "SECTOR=PERCENT",
                )?;
                Ok((table.sectors().find(&sector)?, parse_change(&text)?))
            })
            .collect::<Result<Vec<_>>>()
    };
    if args.shock.is_empty() && args.import_price.is_empty() && args.cost.is_empty() {
        return Err(Error::invalid(said!(
            "no price change is given: --shock 45=+20%, --import-price 06=+30% or --cost 53=+2%",
            "가격 변화가 지정되지 않았습니다. --shock 45=+20%, --import-price 06=+30%, --cost 53=+2% 중 하나를 쓰십시오"
        )));
    }
    let given = Given {
        prices: changes(&args.shock)?,
        imports: changes(&args.import_price)?,
        costs: changes(&args.cost)?,
    };
    let study = PriceStudy::with(table, &model, given)?;
    out.course.solved(&model);
    out.show(&study.document(out.lang, args.top), &study)?;
    opened.remark(Some(&model), out)
}

/// "+20%", "-5 %" or "0.2".
fn parse_change(text: &str) -> Result<f64> {
    let change = crate::scenario::amount::number(text);
    if !text.trim_end().ends_with('%') && change.as_ref().is_ok_and(|n| n.abs() > 1.0) {
        return Err(Error::invalid(said!(
            "'{text}' is not clear: write {percent}% for per cent, or a fraction such as 0.2",
            "'{text}'의 뜻이 분명하지 않습니다. 백분율이면 {percent}%로, 비율이면 0.2처럼 쓰십시오",
            percent = text.trim().trim_start_matches('+')
        )));
    }
    match change {
        Ok(change) if (-1.0..=100.0).contains(&change) => Ok(change),
        Ok(change) if change > 100.0 => Err(Error::invalid(said!(
            "a price change of '{text}' cannot be meant: at most 10,000 %",
            "가격 변화율 '{text}'은(는) 쓸 수 없습니다. 10,000% 이하여야 합니다"
        ))),
        Ok(change) => Err(Error::invalid(said!(
            "a price change of {percent} % cannot be: prices do not fall below zero",
            "가격 변화율 {percent}%는 쓸 수 없습니다. 가격은 0 아래로 내려가지 않습니다",
            percent = change * 100.0
        ))),
        Err(_) => Err(Error::invalid(said!(
            "'{text}' is not a price change: write +20% or -5%",
            "'{text}'은(는) 가격 변화율이 아닙니다. +20%나 -5%처럼 쓰십시오"
        ))),
    }
}
