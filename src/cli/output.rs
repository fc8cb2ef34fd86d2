//! Where results go and in which format and language.

use super::explain::Course;
use crate::error::{Error, Result};
use crate::files;
use crate::lang::{Lang, Text, said};
use crate::memory;
use crate::report::data::{self, Data};
use crate::report::format::{self, Format, Unfinished};
use crate::report::terminal::{self, Style};
use crate::report::words::Part;
use crate::report::{Document, html, markdown, xlsx};
use crate::table::AnyTable;
use crate::table::write::{native, single};
use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Arguments that every subcommand takes.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Output")]
pub(super) struct OutputArgs {
    /// Language of names, headings and units [default: from LANG]
    #[arg(long, global = true, value_enum, value_name = "ko|en")]
    lang: Option<LangArg>,
    /// Format of the result [default: by the ending of -o, else table]
    #[arg(long, global = true, value_enum)]
    format: Option<Format>,
    /// Write to a file, whole or not at all; - is standard output
    #[arg(short, long, global = true, value_name = "FILE")]
    output: Option<PathBuf>,
    /// In CSV, an apostrophe before texts that a spreadsheet would take for formulas
    #[arg(long, global = true)]
    csv_safe: bool,
    /// No boxes, bars or colours, as when piped
    #[arg(long, global = true)]
    plain: bool,
    /// Say on standard error how systems were solved (method, passes, bound of the error), time by part, memory
    #[arg(long, global = true)]
    explain: bool,
    /// Memory that the program may take, as in 16GiB: what needs more is refused at once [default: what the machine has free]
    #[arg(long, global = true, value_name = "SIZE", value_parser = super::input::bytes)]
    memory: Option<u64>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum LangArg {
    Ko,
    En,
}

/// Where results go.
pub(super) struct Output {
    pub(super) lang: Lang,
    pub(super) format: Format,
    path: Option<PathBuf>,
    csv_safe: bool,
    style: Style,
    pub(super) course: Course,
}

impl Output {
    /// Where results go; `any_name` where what is written is a text of its own kind (a scenario, a manual
    /// page), whatever the ending of the file.
    pub(super) fn new(args: &OutputArgs, any_name: bool) -> Result<Self> {
        if let Some(bytes) = args.memory {
            memory::limit_to(bytes);
        }
        let to_stdout = args.output.as_deref() == Some(Path::new("-"));
        let path = args.output.clone().filter(|_| !to_stdout);
        let lang = match args.lang {
            Some(LangArg::Ko) => Lang::Ko,
            Some(LangArg::En) => Lang::En,
            None => lang_of_environment(),
        };
        let format = match (args.format, path.as_ref().filter(|_| !any_name)) {
            (Some(format), _) => format,
            (None, Some(path)) if path.extension().is_some() => Format::of_path(path)?,
            (None, _) => Format::Table,
        };
        if format.is_binary() && args.output.is_none() {
            return Err(Error::invalid(said!(
                "{format} cannot be shown in a terminal: give a file with -o, as in -o result.{ending}",
                "{format} 형식은 터미널에 표시할 수 없습니다. -o result.{ending}처럼 -o로 파일을 지정하십시오",
                ending = format.extension()
            )));
        }
        // Said before anything is worked out.
        if format == Format::Parquet && !cfg!(feature = "parquet") {
            return Err(no_parquet());
        }
        if path.is_some() {
            clean_up_when_stopped();
        }
        let terminal = path.is_none() && std::io::stdout().is_terminal() && !args.plain;
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
        Ok(Output {
            lang,
            format,
            path,
            csv_safe: args.csv_safe,
            course: Course::begin(args.explain),
            style: Style {
                width: terminal_width(),
                color: terminal && !no_color,
                boxes: terminal,
                lang,
            },
        })
    }

    /// Shows a result in the format asked for: the document to people, the result itself to programs.
    pub(super) fn show<D: Data>(&self, document: &Document, result: &D) -> Result<()> {
        self.course.done(Part::Results);
        match self.format {
            Format::Json => self.stream(&mut |to| data::json::write(result, to)),
            Format::Csv | Format::Parquet => self.rows(result, self.format == Format::Parquet),
            _ => self.document(document),
        }
    }

    /// Writes the rows of a result whatever the format of documents: as Parquet, or as CSV.
    pub(super) fn rows<D: Data>(&self, result: &D, is_parquet: bool) -> Result<()> {
        self.course.done(Part::Results);
        if is_parquet {
            return self.bytes(&parquet(result)?);
        }
        let safe = self.csv_safe;
        self.stream(&mut |to| data::csv::write(result, to, safe).map_err(as_io))
    }

    /// Shows what is for reading alone.
    pub(super) fn document(&self, document: &Document) -> Result<()> {
        match self.format {
            Format::Markdown => self.text(&markdown::render(document)),
            Format::Xlsx => self.bytes(&xlsx::render(document)?),
            Format::Html => self.text(&html::document(document, self.lang)),
            Format::Svg | Format::Png => Err(Error::invalid(said!(
                "there is no chart of this: write it as .html, .xlsx, .md, .csv or .json; charts are made by `leontief \
                 plot` (of a report, as in leontief plot waterfall ai-hub -o chart.svg), `leontief linkages` and \
                 `leontief outage`",
                "이 결과에는 그림이 없습니다. .html, .xlsx, .md, .csv, .json으로 쓰십시오. 그림은 `leontief plot`(보고서의 그림, \
                 예: leontief plot waterfall ai-hub -o chart.svg), `leontief linkages`, `leontief outage`로 만듭니다"
            ))),
            _ => self.text(&terminal::render(document, &self.style)),
        }
    }

    /// Shows on standard output what is said of the file or folder that is written.
    pub(super) fn in_terminal(&self, document: &Document) -> Result<()> {
        let text = terminal::render(document, &self.style);
        to_stdout(&mut |to| to.write_all(text.as_bytes()))
    }

    /// The file or folder that results go to; standard output where there is none.
    pub(super) fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Writes a workbook.
    pub(super) fn workbook(&self, sheets: &Document) -> Result<()> {
        self.bytes(&xlsx::render(sheets)?)
    }

    /// Writes a text.
    pub(super) fn text(&self, text: &str) -> Result<()> {
        self.bytes(text.as_bytes())
    }

    /// Writes bytes to the file or to standard output.
    pub(super) fn bytes(&self, bytes: &[u8]) -> Result<()> {
        self.stream(&mut |to| to.write_all(bytes))
    }

    /// Writes piece by piece to the file or to standard output.
    pub(super) fn stream(&self, write: &mut format::Writing<'_>) -> Result<()> {
        let Some(path) = &self.path else {
            return to_stdout(write);
        };
        if files::was_read(path) {
            let name = path.display();
            return Err(Error::invalid(said!(
                "-o {name} would overwrite a file that was read: give another name",
                "-o {name}: 입력으로 읽은 파일을 덮어쓰게 됩니다. 다른 이름을 지정하십시오"
            )));
        }
        format::write_with(path, write)
    }
}

impl Output {
    /// Whether `-o` names a table, which is a folder or a zip, and not a file of results.
    pub(super) fn is_of_a_table(&self) -> bool {
        self.path.as_deref().is_some_and(names_a_table)
    }

    /// Writes a table to where `-o` says: a new folder, or one file by its ending .zip.
    pub(super) fn table(&self, table: &AnyTable) -> Result<()> {
        match self.path.as_deref().and_then(Path::extension) {
            Some(ending) if ending.eq_ignore_ascii_case("zip") => {
                self.stream(&mut |to| single::write(table, to))
            }
            Some(ending) => {
                let ending = ending.to_string_lossy();
                Err(Error::invalid(said!(
                    "a table is not written as .{ending} here: -o FOLDER is a folder, -o x.zip one file, of which leontief \
                     export makes others",
                    "여기서는 산업연관표를 .{ending} 파일로 쓸 수 없습니다. -o 폴더 또는 -o x.zip으로 쓰고, 다른 형식은 leontief \
                     export로 만드십시오"
                )))
            }
            None => self.folder(&native::files(table)?),
        }
    }

    /// Writes files to the folder of `-o`, all or none of them.
    pub(super) fn folder(&self, files: &[(String, String)]) -> Result<()> {
        let Some(folder) = &self.path else {
            return Err(Error::invalid(said!(
                "a table is a folder of files: name it with -o FOLDER",
                "산업연관표는 여러 파일로 된 폴더입니다. -o로 폴더를 지정하십시오"
            )));
        };
        if folder.exists() {
            let name = folder.display();
            return Err(Error::invalid(said!(
                "-o {name} is there already: give the name of a new folder",
                "-o {name}: 이미 있습니다. 새 폴더의 이름을 지정하십시오"
            )));
        }
        self.folder_at(folder, files)
    }

    /// Writes files to a new folder, all or none of them.
    pub(super) fn folder_at(&self, folder: &Path, files: &[(String, String)]) -> Result<()> {
        let failed = |source| Error::Io {
            action: "write",
            path: folder.to_owned(),
            source,
        };
        let beside = folder.parent().filter(|p| !p.as_os_str().is_empty());
        let mut builder = tempfile::Builder::new();
        builder.prefix(".leontief-");
        // As a folder that is made by hand, not for its owner alone.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
        let unfinished = builder
            .tempdir_in(beside.unwrap_or(Path::new(".")))
            .map_err(failed)?;
        let _unfinished = Unfinished::note(unfinished.path());
        for (name, text) in files {
            let path = unfinished.path().join(name);
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder).map_err(failed)?;
            }
            std::fs::write(path, text).map_err(failed)?;
        }
        std::fs::rename(unfinished.path(), folder).map_err(failed)?;
        // It has another name now, and there is nothing to take away.
        let _ = unfinished.keep();
        Ok(())
    }

    /// Says something on standard error.
    pub(super) fn say(&self, text: &Text) {
        self.remark(text.get(self.lang));
    }

    /// Says something of what was written on standard error.
    pub(super) fn remark(&self, text: &str) {
        let _ = writeln!(std::io::stderr(), "{text}");
    }
}

/// Writes piece by piece to standard output.
fn to_stdout(write: &mut format::Writing<'_>) -> Result<()> {
    let mut stdout = std::io::BufWriter::new(std::io::stdout().lock());
    match write(&mut stdout).and_then(|()| stdout.flush()) {
        // A reader that has seen enough (head, less) is no error.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        Err(source) => Err(Error::Io {
            action: "write",
            path: PathBuf::from("standard output"),
            source,
        }),
        Ok(()) => Ok(()),
    }
}

/// What the system said, where it was the system.
fn as_io(error: Error) -> std::io::Error {
    match error {
        Error::Io { source, .. } => source,
        other => std::io::Error::other(other),
    }
}

/// The language asked for, before (or where) the arguments can be understood.
pub(super) fn lang_of(args: &[OsString]) -> Lang {
    let mut args = args.iter().filter_map(|a| a.to_str());
    while let Some(arg) = args.next() {
        let value = match arg {
            "--" => break,
            "--lang" => args.next(),
            _ => arg.strip_prefix("--lang="),
        };
        match value {
            Some("ko") => return Lang::Ko,
            Some("en") => return Lang::En,
            _ => {}
        }
    }
    lang_of_environment()
}

/// What is said where the program is stopped.
static LAST_WORDS: Mutex<Option<String>> = Mutex::new(None);

/// Has something said where the program is stopped by hand or by the system.
pub(super) fn at_stop(said: &str) {
    if let Ok(mut last) = LAST_WORDS.lock() {
        *last = Some(said.to_owned());
    }
}

/// Stopped by hand or by the system: what was being written is taken away first. Only where a file is
/// written, as it takes a thread of its own.
fn clean_up_when_stopped() {
    let stopped = ctrlc::set_handler(|| {
        format::remove_unfinished();
        if let Some(said) = LAST_WORDS.lock().ok().and_then(|said| said.clone()) {
            let _ = writeln!(std::io::stderr(), "\r\x1b[K{said}");
        }
        std::process::exit(130);
    });
    if let Err(error) = stopped {
        let _ = writeln!(std::io::stderr(), "leontief: {error}");
    }
}

/// Korean where the environment speaks Korean.
fn lang_of_environment() -> Lang {
    let set = |name: &str| std::env::var(name).ok().filter(|v| !v.is_empty());
    let locale = set("LC_ALL")
        .or_else(|| set("LC_MESSAGES"))
        .or_else(|| set("LANG"));
    match locale {
        Some(locale) if locale.to_ascii_lowercase().starts_with("ko") => Lang::Ko,
        _ => Lang::En,
    }
}

fn terminal_width() -> usize {
    let columns = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
    let width = columns.or_else(|| {
        let size = terminal_size::terminal_size()?;
        Some(usize::from(size.0.0))
    });
    width.unwrap_or(100).clamp(60, 200)
}

#[cfg(feature = "parquet")]
fn parquet<D: Data>(result: &D) -> Result<Vec<u8>> {
    data::parquet::render(result)
}

#[cfg(not(feature = "parquet"))]
fn parquet<D: Data>(_: &D) -> Result<Vec<u8>> {
    Err(no_parquet())
}

fn no_parquet() -> Error {
    Error::invalid(said!(
        "this program was built without Parquet: cargo install --path . --features parquet, \
         or write -o result.csv, which holds the same rows",
        "Parquet 없이 빌드된 프로그램입니다. cargo install --path . --features parquet로 다시 설치하거나, \
         내용이 같은 CSV(-o result.csv)로 쓰십시오"
    ))
}

/// A name without an ending is that of a folder.
fn names_a_table(path: &Path) -> bool {
    path.extension()
        .is_none_or(|ending| ending.eq_ignore_ascii_case("zip"))
}

impl OutputArgs {
    /// Whether `-o` names a table.
    pub(super) fn is_of_a_table(&self) -> bool {
        self.output.as_deref().is_some_and(names_a_table)
    }
}
