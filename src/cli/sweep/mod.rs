//! `leontief sweep`: a scenario over a grid of its parameters.

mod part;

use super::input::{Subject, SubjectArgs, in_option};
use super::output::{Output, at_stop};
use super::progress::Progress;
use crate::error::{Error, Result};
use crate::impact::Impact;
use crate::lang::{Text, said};
use crate::report::Format;
use crate::report::data::Grid;
use crate::report::words::about;
use crate::scenario::Scenario;
use crate::table::AnyTable;
use crate::uncertainty::sweep::{Axis, Cells, GridCell};
use part::{Part, Run};
use sha2::{Digest, Sha256};
use std::path::Path;
use std::time::{Duration, Instant};

/// Pages and sheets are put together whole: a longer one is for programs, and goes out row by row.
const MOST_ON_A_PAGE: usize = 100_000;

const EXAMPLES: &str = "\
Examples:
  leontief sweep ai-hub --vary capex=1조..30조/10
  leontief sweep ai-hub --vary capex=1조..30조/10 --vary gpu_domestic=0..0.5/6 -o grid.csv
The parameters of a scenario: leontief presets ai-hub";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    #[command(flatten)]
    subject: SubjectArgs,
    /// Vary a parameter evenly, both ends included, as in capex=1조..30조/10; repeatable: all combinations
    #[arg(
        long,
        value_name = "NAME=FROM..TO/STEPS",
        required = true,
        help_heading = "Grid"
    )]
    vary: Vec<String>,
    /// How many cells to show; files hold all
    #[arg(long, value_name = "N", default_value_t = 200, help_heading = "Grid", value_parser = super::input::count)]
    top: usize,
    /// Go on with a sweep to the file of -o that was stopped, from the cells that are done
    #[arg(long, help_heading = "Grid")]
    resume: bool,
}

pub(super) fn run(args: &Args, out: &Output) -> Result<()> {
    if args.subject.scenario.is_none() {
        return Err(Error::invalid(said!(
            "a sweep varies the parameters of a scenario: leontief sweep ai-hub --vary capex=1조..30조/10",
            "매개변수를 바꿀 시나리오를 지정하십시오. 예: leontief sweep ai-hub --vary capex=1조..30조/10"
        )));
    }
    if args.resume && !out.path().is_some_and(is_kept) {
        return Err(Error::invalid(said!(
            "--resume goes on with a sweep to a file: name it with -o FILE",
            "--resume은 파일로 저장하던 분석을 이어서 계산합니다. -o FILE로 파일을 지정하십시오"
        )));
    }
    let mut axes = Vec::new();
    let mut vary = |table: &AnyTable, scenario: &Scenario| {
        axes = self::axes(args, table, scenario)?;
        fits_format(&axes, out.format)?;
        settings(args, &axes)
    };
    let subject = args.subject.open_varied(&mut vary, out)?;
    let impact = subject.impact()?;
    let Some(scenario) = subject.scenario() else {
        return Err(Error::invalid(said!(
            "a sweep varies the parameters of a scenario",
            "매개변수를 바꿀 시나리오를 지정하십시오"
        )));
    };
    let (table, model) = (&subject.table, &subject.model);
    let grid = grid_of(&axes);
    let cells = Cells::new(table, model, scenario, &impact, axes, 1.0)?;
    if cells.check_memory(&Text::default()).is_err() {
        cells.check_memory(&takes(&cells)?)?;
    }
    let run = run_of(args, &subject, &impact, grid, &cells)?;
    let (part, done) = work_out(args, &cells, &run, out)?;
    let sweep = cells.sweep(done);
    out.course.solved(&subject.model);
    let most = match out.format {
        Format::Table => args.top,
        // The grid goes out row by row, not as a document.
        Format::Csv | Format::Json | Format::Parquet => 0,
        _ => usize::MAX,
    };
    out.show(&sweep.document(out.lang, most), &Grid::of(&sweep))?;
    if let Some(part) = part {
        part.remove();
    }
    Ok(())
}

/// What is varied, each as the scenario has it.
fn axes(args: &Args, table: &AnyTable, scenario: &Scenario) -> Result<Vec<Axis>> {
    let currency = &table.meta().currency;
    let axis = |text: &String| {
        let axis = Axis::parse(text, currency).map_err(|error| in_option("--vary", error))?;
        axis.check(scenario)?;
        Ok(axis)
    };
    args.vary.iter().map(axis).collect()
}

/// What the scenario is set to before it is varied: none of it may be set by `--set` as well.
fn settings(args: &Args, axes: &[Axis]) -> Result<Vec<(String, String)>> {
    let settings: Vec<(String, String)> = axes.iter().map(Axis::setting).collect();
    let is_set = |name: &str| {
        let mut set = args.subject.set.iter().filter_map(|s| s.split_once('='));
        set.any(|(set, _)| set.trim() == name)
    };
    match settings.iter().find(|(name, _)| is_set(name)) {
        None => Ok(settings),
        Some((name, _)) => Err(Error::invalid(said!(
            "'{name}' is both set and varied: leave out one of --set and --vary",
            "'{name}'이(가) --set과 --vary에 모두 있습니다. 하나를 빼십시오"
        ))),
    }
}

/// How long a part of a sweep takes between two looks at what is done.
const PART: Duration = Duration::from_millis(300);

/// All cells, kept beside the file that they go into as they are done.
fn work_out(
    args: &Args,
    cells: &Cells<'_>,
    run: &Run,
    out: &Output,
) -> Result<(Option<Part>, Vec<GridCell>)> {
    let count = cells.count();
    let (mut part, mut done) = match out.path().filter(|path| is_kept(path)) {
        None => (None, Vec::new()),
        Some(path) => {
            let resumed = match args.resume {
                true => Part::resume(path, run, cells)?,
                false => None,
            };
            let name = Part::beside(path);
            let name = name.display();
            let (part, done) = match resumed {
                Some((part, done)) => {
                    let before = done.len();
                    out.say(&said!(
                        "{before} of {count} cells are done: the sweep goes on from {name}",
                        "{count}칸 중 {before}칸이 계산되어 있습니다. {name}에서 이어서 계산합니다"
                    ));
                    (part, done)
                }
                None => {
                    if args.resume {
                        out.say(&said!(
                            "there is no {name}: the sweep begins at its first cell",
                            "{name} 파일이 없어 첫 칸부터 계산합니다"
                        ));
                    }
                    (Part::begin(path, run)?, Vec::new())
                }
            };
            at_stop(
                said!(
                    "stopped: {name} keeps the cells that are done; go on with --resume",
                    "중단했습니다. 계산된 칸은 {name}에 있으며 --resume으로 이어서 계산할 수 있습니다"
                )
                .get(out.lang),
            );
            (Some(part), done)
        }
    };
    let progress = Progress::of(said!("cells", "격자 계산"), out);
    let left = (count - done.len()) as u64;
    done.reserve_exact(count - done.len());
    let mut size = Cells::BLOCK;
    while done.len() < count {
        let since = Instant::now();
        let first = done.len();
        let some = match cells.some(first..first + size) {
            Ok(some) => some,
            Err(error) => {
                // It would end in the same way again.
                if let Some(part) = part {
                    part.remove();
                }
                return Err(error);
            }
        };
        if let Some(part) = &mut part {
            part.add(&some)?;
        }
        progress.add(some.len() as u64, left);
        done.extend(some);
        size = next_size(size, since.elapsed());
    }
    Ok((part, done))
}

/// Whether a path is that of a file, and not of a device or a pipe, which are written to directly.
fn is_kept(path: &Path) -> bool {
    path.metadata().map_or(true, |about| about.is_file())
}

/// How many cells come next: as many as take [`PART`] at the pace of the last ones, at most four times those.
fn next_size(size: usize, took: Duration) -> usize {
    let times = PART.as_secs_f64() / took.as_secs_f64().max(1e-6);
    let next = (size as f64 * times.clamp(0.25, 4.0)) as usize;
    next.next_multiple_of(Cells::BLOCK).max(Cells::BLOCK)
}

/// About how long all cells take, by a few of them.
fn takes(cells: &Cells<'_>) -> Result<Text> {
    let since = Instant::now();
    let (mut tried, mut size) = (0, Cells::BLOCK);
    while tried < cells.count() && since.elapsed() < PART {
        tried += cells.some(tried..tried + size)?.len();
        size *= 2;
    }
    let seconds = since.elapsed().as_secs_f64() * cells.count() as f64 / tried.max(1) as f64;
    let Text { en, ko } = about(Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX));
    Ok(said!(", which takes about {en},", "(약 {ko} 소요)"))
}

/// The axes as they stand in the file of a run.
fn grid_of(axes: &[Axis]) -> String {
    let axes = axes.iter().map(|axis| {
        let (first, last) = (axis.values.first(), axis.values.last());
        let [first, last] = [first, last].map(|value| value.copied().unwrap_or_default());
        format!("{}={first}..{last}/{}", axis.name, axis.values.len())
    });
    axes.collect::<Vec<_>>().join(" ")
}

/// What a run is of.
fn run_of(
    args: &Args,
    subject: &Subject,
    impact: &Impact,
    grid: String,
    cells: &Cells<'_>,
) -> Result<Run> {
    let mut scenario = Sha256::new();
    for source in subject.scenario().map_or(&[][..], |s| s.sources()) {
        scenario.update(source.text.len().to_le_bytes());
        scenario.update(&source.text);
    }
    // What no text of the scenario says: options, and the contents of files that they name.
    let mut options = Sha256::new();
    options.update(format!("{:?}", args.subject));
    options.update(crate::report::format::json(impact)?);
    // Enough to tell runs apart.
    let hex = |hash: Sha256| {
        let hash = hash.finalize();
        hash.iter().take(8).map(|b| format!("{b:02x}")).collect()
    };
    let figures: Vec<&str> = cells.figures().map(|figure| figure.id.as_str()).collect();
    Ok(vec![
        (
            said!("version of the program", "프로그램 버전"),
            env!("CARGO_PKG_VERSION").to_owned(),
        ),
        (said!("grid", "격자"), grid),
        (
            said!("table", "산업연관표"),
            subject.table.content_hash().to_owned(),
        ),
        (said!("scenario", "시나리오"), hex(scenario)),
        (said!("set of options", "옵션"), hex(options)),
        (said!("list of figures", "지표 목록"), figures.join(",")),
    ])
}

/// Whether the format holds so many cells.
fn fits_format(axes: &[Axis], format: Format) -> Result<()> {
    let cells = axes.iter().fold(1, |cells: usize, axis| {
        cells.saturating_mul(axis.values.len())
    });
    let whole = matches!(format, Format::Markdown | Format::Xlsx | Format::Html);
    if !whole || cells <= MOST_ON_A_PAGE {
        return Ok(());
    }
    Err(Error::invalid(said!(
        "a grid of {cells} cells is too long for {format}: {MOST_ON_A_PAGE} at most; -o sweep.csv or \
         -o sweep.json hold all",
        "격자의 칸이 {cells}개로 {format} 형식에는 너무 많습니다. {MOST_ON_A_PAGE}개까지 담을 수 있습니다. \
         -o sweep.csv 또는 -o sweep.json에는 모두 들어갑니다"
    )))
}
