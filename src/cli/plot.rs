//! `leontief plot`: one chart of a report as a picture.

use super::impact::UncertaintyArgs;
use super::input::SubjectArgs;
use super::output::Output;
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::report::Format;
use crate::report::brief::{Figure, figures};
use crate::report::chart::Width;

const EXAMPLES: &str = "\
Examples:
  leontief plot waterfall ai-hub -o waterfall.svg
  leontief plot tornado ai-hub --draws 2000 -o tornado.png
  leontief plot map ai-hub --region 전남 -o map.svg --lang ko";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Which chart
    #[arg(value_enum)]
    what: What,
    #[command(flatten)]
    subject: SubjectArgs,
    #[command(flatten)]
    uncertainty: UncertaintyArgs,
    /// Of which phases, where there are both [default: one-off]
    #[arg(long, value_enum, help_heading = "View")]
    of: Option<Of>,
    /// For a phone or a narrow column
    #[arg(long, help_heading = "View")]
    narrow: bool,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum What {
    /// From spending to value added
    Waterfall,
    /// Jobs by sector
    Jobs,
    /// Output by sector
    Sectors,
    /// Sectors by phases
    Heatmap,
    /// Output by supplier tier
    Tiers,
    /// Who supplies whom
    Sankey,
    /// Output by year
    Years,
    /// Jobs by year
    YearsJobs,
    /// Value added by year with its uncertainty
    Fan,
    /// What value added depends on
    Tornado,
    /// What part of the variance of value added each source explains
    Sobol,
    /// What would stay in each province
    Map,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Of {
    OneOff,
    Recurring,
}

impl What {
    fn id(self) -> &'static str {
        match self {
            What::Waterfall => "waterfall",
            What::Jobs => "jobs",
            What::Sectors => "sectors",
            What::Heatmap => "heatmap",
            What::Tiers => "tiers",
            What::Sankey => "sankey",
            What::Years => "years",
            What::YearsJobs => "years_jobs",
            What::Fan => "fan",
            What::Tornado => "tornado",
            What::Sobol => "sobol",
            What::Map => "map",
        }
    }

    /// What a result lacks that has no such chart.
    fn needs(self) -> Text {
        match self {
            What::Years | What::YearsJobs => said!(
                "phases with dates (start = ...)",
                "날짜가 있는 단계(start = ...)"
            ),
            What::Heatmap => said!("two phases or more", "둘 이상의 단계"),
            What::Fan | What::Tornado => said!(
                "draws (--draws N), a scenario with uncertain figures and, for the fan, dates",
                "추출(--draws N)과 불확실한 수치가 있는 시나리오(fan은 날짜도)"
            ),
            What::Sobol => said!(
                "draws with the variance split (--draws N --sobol) and something uncertain",
                "분산을 분해한 추출(--draws N --sobol)과 불확실한 수치"
            ),
            What::Map => said!(
                "a province (--region ...) and a table of 83 sectors",
                "지역(--region ...)과 83부문 산업연관표"
            ),
            _ => said!(
                "demand in Korea, of the phases asked for",
                "지정한 단계의 국내 수요"
            ),
        }
    }
}

pub(super) fn run(args: &Args, out: &Output) -> Result<()> {
    let brief = super::report::brief(&args.subject.open(out)?, &args.uncertainty, out)?;
    let mut figures = figures(&brief, out.lang);
    let id = args.what.id();
    let wanted: Vec<String> = match args.of {
        None => vec![
            id.to_owned(),
            format!("{id}_one_off"),
            format!("{id}_recurring"),
        ],
        Some(Of::OneOff) => vec![format!("{id}_one_off"), id.to_owned()],
        Some(Of::Recurring) => vec![format!("{id}_recurring"), id.to_owned()],
    };
    let at = |id: &String| figures.iter().position(|f| f.id == *id);
    let at = wanted.iter().find_map(at).ok_or_else(|| {
        let (chart, needs) = (id.replace('_', "-"), args.what.needs());
        let (en, ko) = (needs.en, needs.ko);
        Error::invalid(said!(
            "there is no {chart} chart of this: it needs {en}",
            "{chart} 그림을 그릴 수 없습니다. 필요한 것: {ko}"
        ))
    })?;
    // By itself a picture must say what it is of.
    let figure: &mut Figure = &mut figures[at];
    figure.title = format!(
        "{}: {}",
        brief.estimate.impact.name.get(out.lang),
        figure.title
    );
    let width = if args.narrow {
        Width::Narrow
    } else {
        Width::Wide
    };
    match out.format {
        Format::Svg | Format::Table => out.text(&(figure.svg(width, true) + "\n")),
        Format::Png => out.bytes(&png(&figure.svg(width, true), out)?),
        other => Err(Error::invalid(said!(
            "a chart is written as svg or png, not as {other}; its figures are in `leontief report`",
            "그림은 svg나 png로만 쓸 수 있고 {other}(으)로는 쓸 수 없습니다. 수치는 `leontief report`에 있습니다"
        ))),
    }
}

#[cfg(feature = "png")]
pub(super) fn png(svg: &str, out: &Output) -> Result<Vec<u8>> {
    crate::report::chart::png::render(svg, out.lang)
}

#[cfg(not(feature = "png"))]
pub(super) fn png(_: &str, _: &Output) -> Result<Vec<u8>> {
    Err(Error::invalid(said!(
        "this build has no PNG (feature `png`): write the chart as .svg",
        "이 빌드는 PNG를 지원하지 않습니다(기능 `png`). .svg로 쓰십시오"
    )))
}
