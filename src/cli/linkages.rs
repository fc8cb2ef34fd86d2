//! `leontief linkages`: how sectors pull and push one another.

use super::input::TableArgs;
use super::output::Output;
use crate::analysis::linkages::{Linkages, Method, Options};
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::model::Model;
use crate::report::Format;

const EXAMPLES: &str = "\
Examples:
  leontief linkages --sort influence
  leontief linkages --method hirschman -o key-sectors.svg
  leontief linkages --method influence --pairs 20";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Which linkages
    #[arg(long, value_enum, default_value_t = MethodArg::Rasmussen)]
    method: MethodArg,
    /// A unit of each product counts by its share of final demand (rasmussen, hirschman)
    #[arg(long)]
    weighted: bool,
    /// What passes through sectors, by output, value_added, jobs or another account (network) [default: output]
    #[arg(long, value_name = "MEASURE")]
    by: Option<String>,
    /// The least input coefficient that counts as a connection (network) [default: 1%]
    #[arg(long, value_name = "SHARE", value_parser = super::input::parse_share)]
    connection: Option<f64>,
    /// The change of a sector's output that is tolerated (influence) [default: 1%]
    #[arg(long, value_name = "SHARE", value_parser = super::input::parse_share)]
    tolerated: Option<f64>,
    /// Up to which change of itself a coefficient is important (influence) [default: 20%]
    #[arg(long, value_name = "SHARE", value_parser = super::input::parse_share)]
    important: Option<f64>,
    /// The N strongest pairs of sectors (propagation, influence) [default: 20 with influence]
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "20", value_parser = super::input::count)]
    pairs: Option<usize>,
    /// Only this sector, by code, name or an everyday word; repeatable
    #[arg(long, value_name = "SECTOR")]
    sector: Vec<String>,
    /// Largest first by a column (influence, backward, pagerank, ...), or by code
    #[arg(long, value_name = "COLUMN")]
    sort: Option<String>,
    /// Show the first N sectors
    #[arg(long, value_name = "N", value_parser = super::input::count)]
    top: Option<usize>,
    #[command(flatten)]
    table: TableArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum MethodArg {
    /// Power and sensitivity of dispersion (영향력·감응도계수), with coefficients of variation
    Rasmussen,
    /// Direct and total, backward (Leontief) and forward (Ghosh)
    Hirschman,
    /// Pure backward, forward and total linkages, in money
    Pure,
    /// Average propagation lengths
    #[value(alias = "apl")]
    Propagation,
    /// Degrees, strengths, centralities, betweenness
    Network,
    /// Important coefficients, their fields of influence and tolerable limits
    #[value(alias = "field-of-influence")]
    Influence,
}

impl From<MethodArg> for Method {
    fn from(arg: MethodArg) -> Self {
        match arg {
            MethodArg::Rasmussen => Method::Rasmussen,
            MethodArg::Hirschman => Method::Hirschman,
            MethodArg::Pure => Method::Pure,
            MethodArg::Propagation => Method::Propagation,
            MethodArg::Network => Method::Network,
            MethodArg::Influence => Method::Influence,
        }
    }
}

impl Args {
    /// How linkages are worked out; an option of another method is a mistake.
    fn options(&self, method: Method) -> Result<Options> {
        let given = [
            (
                "weighted",
                self.weighted,
                &[Method::Rasmussen, Method::Hirschman][..],
            ),
            ("by", self.by.is_some(), &[Method::Network]),
            ("connection", self.connection.is_some(), &[Method::Network]),
            ("tolerated", self.tolerated.is_some(), &[Method::Influence]),
            ("important", self.important.is_some(), &[Method::Influence]),
            (
                "pairs",
                self.pairs.is_some(),
                &[Method::Propagation, Method::Influence],
            ),
        ];
        if let Some((option, _, of)) = given
            .iter()
            .find(|(_, is, of)| *is && !of.contains(&method))
        {
            let of: Vec<&str> = of.iter().map(|method| method.id()).collect();
            let methods = Text::new(of.join(" or "), of.join("·"));
            let Text { en, ko } = methods;
            return Err(Error::invalid(said!(
                "--{option} goes with --method {en}",
                "--{option}에는 --method {ko}을(를) 함께 지정하십시오"
            )));
        }
        let usual = Options::default();
        Ok(Options {
            weighted: self.weighted,
            measure: self.by.clone().unwrap_or(usual.measure),
            connection: self.connection.unwrap_or(usual.connection),
            tolerated: self.tolerated.unwrap_or(usual.tolerated),
            important: self.important.unwrap_or(usual.important),
            pairs: self.pairs.unwrap_or(match method {
                Method::Influence => 20,
                _ => 0,
            }),
        })
    }
}

pub(super) fn run(args: &Args, out: &Output) -> Result<()> {
    let opened = args.table.open_regrouped(out)?;
    let table = &opened.table;
    let method = Method::from(args.method);
    let options = args.options(method)?;
    let model = Model::from_coefficients(table.coefficients())?;
    let mut linkages = Linkages::of(table, &model, method, &options)?;
    linkages.notes = opened.notes(Some(&model))?;
    out.course.solved(&model);
    if matches!(out.format, Format::Svg | Format::Png) {
        return picture(&linkages, out);
    }
    if let Some(column) = &args.sort {
        linkages.figures = linkages.figures.sorted_by(column)?;
    }
    if !args.sector.is_empty() {
        let sectors = table.sectors();
        let place = |word: &String| {
            let code = &sectors.get(sectors.find(word)?).code;
            let mut places = linkages.figures.sectors.iter();
            Ok(places.position(|s| s.code == *code).unwrap_or_default())
        };
        let places: Vec<usize> = args.sector.iter().map(place).collect::<Result<_>>()?;
        linkages.figures = linkages.figures.only(&places)?;
    }
    if let Some(count) = args.top {
        linkages.figures = linkages.figures.first(count);
    }
    out.show(&linkages.document(out.lang), &linkages)
}

/// The map of key sectors.
fn picture(linkages: &Linkages, out: &Output) -> Result<()> {
    let map = linkages.map(out.lang, true).ok_or_else(|| {
        Error::invalid(said!(
            "there is no map of --method {method}: take rasmussen, hirschman or pure, or write a table, a page or data",
            "--method {method}에는 그림이 없습니다. rasmussen, hirschman, pure 중 하나를 쓰거나 표·웹페이지·데이터로 \
             쓰십시오",
            method = linkages.method.id()
        ))
    })?;
    match out.format {
        Format::Png => out.bytes(&super::plot::png(&map, out)?),
        _ => out.text(&(map + "\n")),
    }
}
