//! `leontief extract`: what the economy would be without a sector.

use super::input::TableArgs;
use super::output::Output;
use crate::analysis::{Extraction, ExtractionKind, ExtractionRanking};
use crate::error::{Error, Result};
use crate::lang::said;
use crate::model::Model;

const EXAMPLES: &str = "\
Examples:
  leontief extract 31                                   what hangs on semiconductors
  leontief extract 31 32 --share 50%                    half of two sectors together
  leontief extract --all --by jobs --table kr-2023-33   every sector by itself, ranked
  leontief extract 45 --kind forward                    its sales to producers, supply-driven";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The sectors that are taken out, together
    #[arg(value_name = "SECTOR", required_unless_present = "all")]
    sectors: Vec<String>,
    /// Every sector by itself, ranked by what is lost
    #[arg(long, conflicts_with = "sectors")]
    all: bool,
    /// What of it is taken out: all that is bought of it, its purchases at home, or its sales to producers
    #[arg(long, value_enum, default_value_t = KindArg::Total)]
    kind: KindArg,
    /// Which share of that, as 50% or 0.5
    #[arg(
        long,
        value_name = "SHARE",
        default_value = "1",
        allow_hyphen_values = true
    )]
    share: String,
    /// With --all, the measure that ranks: output, value_added, imports, income or an account [default: output]
    #[arg(long, value_name = "MEASURE")]
    by: Option<String>,
    /// With --all, rank by what the other sectors lose
    #[arg(long)]
    others: bool,
    /// How many sectors to show
    #[arg(long, value_name = "N", default_value_t = 15, value_parser = super::input::count)]
    top: usize,
    #[command(flatten)]
    table: TableArgs,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum KindArg {
    Total,
    Backward,
    Forward,
}

impl From<KindArg> for ExtractionKind {
    fn from(kind: KindArg) -> Self {
        match kind {
            KindArg::Total => ExtractionKind::Total,
            KindArg::Backward => ExtractionKind::Backward,
            KindArg::Forward => ExtractionKind::Forward,
        }
    }
}

pub(super) fn run(args: &Args, out: &Output) -> Result<()> {
    let opened = args.table.open_regrouped(out)?;
    let table = &opened.table;
    let share = share(&args.share)?;
    let kind = ExtractionKind::from(args.kind);
    if !args.all && (args.by.is_some() || args.others) {
        return Err(Error::invalid(said!(
            "--by and --others rank every sector by itself: add --all, or leave them out",
            "--by와 --others는 모든 부문을 하나씩 비교하는 순위에 쓰입니다. --all을 지정하거나 두 옵션을 빼십시오"
        )));
    }
    let model = Model::from_coefficients(table.coefficients())?;
    if args.all {
        let ranking = ExtractionRanking::of(table, &model, kind, share)?;
        let by = args.by.as_deref().unwrap_or("output");
        if ranking.measure(by).is_none() {
            let known: Vec<&str> = ranking
                .measures
                .iter()
                .map(|of| of.measure.as_str())
                .collect();
            let known = known.join(", ");
            return Err(Error::invalid(said!(
                "--by '{by}' is no measure of the table: {known}",
                "--by '{by}'은(는) 표의 측정 항목이 아닙니다: {known}"
            )));
        }
        out.course.solved(&model);
        let document = ranking.document(out.lang, args.top, by, args.others);
        out.show(&document, &ranking)?;
    } else {
        let sectors = args.sectors.iter().map(|word| table.sectors().find(word));
        let sectors: Vec<usize> = sectors.collect::<Result<_>>()?;
        let extraction = Extraction::of(table, &model, &sectors, kind, share)?;
        out.course.solved(&model);
        out.show(&extraction.document(out.lang, args.top), &extraction)?;
    }
    opened.remark(None, out)
}

/// "50%" or "0.5".
fn share(text: &str) -> Result<f64> {
    let trimmed = text.trim();
    let (number, of) = match trimmed.strip_suffix('%') {
        Some(number) => (number.trim_end(), 100.0),
        None => (trimmed, 1.0),
    };
    number.parse::<f64>().map(|share| share / of).map_err(|_| {
        Error::invalid(said!(
            "--share '{text}' is no share: write it as 50% or 0.5",
            "--share '{text}'은(는) 비율이 아닙니다. 50% 또는 0.5처럼 쓰십시오"
        ))
    })
}
