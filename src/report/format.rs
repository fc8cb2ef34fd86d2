//! The formats that a result can be written in, and files.

use crate::error::{Error, Result};
use crate::lang::said;
use std::fmt;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::str::FromStr;

/// A format of output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[non_exhaustive]
pub enum Format {
    /// Aligned text for reading in a terminal.
    Table,
    /// Tidy comma-separated values, one a row, unrounded.
    Csv,
    /// The result itself, unrounded.
    Json,
    /// Tables in GitHub's Markdown.
    #[cfg_attr(feature = "cli", value(alias = "md"))]
    Markdown,
    /// An Excel workbook.
    Xlsx,
    /// A page with charts that needs nothing else, for a browser.
    Html,
    /// Tidy rows in columns, for data frames (`leontief sweep`).
    Parquet,
    /// A chart as a drawing.
    Svg,
    /// A chart as a picture.
    Png,
}

impl Format {
    /// All formats.
    pub const ALL: [Format; 9] = [
        Format::Table,
        Format::Csv,
        Format::Json,
        Format::Markdown,
        Format::Xlsx,
        Format::Html,
        Format::Parquet,
        Format::Svg,
        Format::Png,
    ];

    /// Its name: "markdown".
    pub fn name(self) -> &'static str {
        match self {
            Format::Table => "table",
            Format::Csv => "csv",
            Format::Json => "json",
            Format::Markdown => "markdown",
            Format::Xlsx => "xlsx",
            Format::Html => "html",
            Format::Parquet => "parquet",
            Format::Svg => "svg",
            Format::Png => "png",
        }
    }

    /// The usual ending of a file's name: "md".
    pub fn extension(self) -> &'static str {
        match self {
            Format::Table => "txt",
            Format::Markdown => "md",
            other => other.name(),
        }
    }

    /// Whether a terminal cannot show it.
    pub fn is_binary(self) -> bool {
        matches!(self, Format::Xlsx | Format::Png | Format::Parquet)
    }

    /// The format that a file's name asks for by its ending.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] if the name has no ending, or one of no known format.
    pub fn of_path(path: &Path) -> Result<Format> {
        let ending = path.extension().and_then(|e| e.to_str()).unwrap_or("");
        ending.parse().map_err(|_| {
            let known: Vec<String> = Format::ALL
                .iter()
                .map(|f| format!(".{}", f.extension()))
                .collect();
            Error::invalid(said!(
                "the ending of '{path}' does not say the format: use one of {known}, or name the format",
                "'{path}'의 확장자로 형식을 알 수 없습니다. {known} 중 하나를 쓰거나 --format으로 형식을 지정하십시오",
                path = path.display(),
                known = known.join(", ")
            ))
        })
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = Error;

    /// By name or by ending, in any case.
    fn from_str(text: &str) -> Result<Self> {
        let wanted = text.to_ascii_lowercase();
        let wanted = match wanted.as_str() {
            "htm" => "html",
            other => other,
        };
        Format::ALL
            .into_iter()
            .find(|f| f.name() == wanted || f.extension() == wanted)
            .ok_or_else(|| {
                let known = Format::ALL.map(Format::name).join(", ");
                Error::invalid(said!(
                    "unknown format '{text}': use one of {known}",
                    "'{text}' 형식을 알 수 없습니다. {known} 중 하나를 쓰십시오"
                ))
            })
    }
}

/// A result as indented JSON, ended with a newline. What is not a finite number becomes `null`.
///
/// # Errors
///
/// [`Error::Invalid`] if the value has map keys that are no texts.
pub fn json<T: serde::Serialize + ?Sized>(value: &T) -> Result<String> {
    let text = serde_json::to_string_pretty(value).map_err(|e| Error::unwritable("JSON", e))?;
    Ok(text + "\n")
}

/// Writes a file so that it is there whole or not at all: to a new file beside it first, which then
/// takes its name. What stood under the name stays if anything goes wrong. Pipes and devices, such as
/// `/dev/stdout`, are written to directly.
///
/// # Errors
///
/// [`Error::Io`] with the path that was asked for.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    write_with(path, &mut |to| to.write_all(bytes))
}

/// What writes a result, piece by piece.
pub type Writing<'a> = dyn FnMut(&mut dyn Write) -> std::io::Result<()> + 'a;

/// As [`write_file`], for what is too long to be held in memory at once.
///
/// # Errors
/// As [`write_file`]; also what `write` gives.
pub fn write_with(path: &Path, write: &mut Writing<'_>) -> Result<()> {
    let name = path.display();
    let written = match std::fs::metadata(path) {
        Ok(there) if there.is_dir() => Err(std::io::ErrorKind::IsADirectory.into()),
        Ok(there) if !there.is_file() => {
            let file = std::fs::OpenOptions::new().write(true).open(path);
            file.and_then(|file| buffered(file, write))
        }
        // The folder would let the name be taken by another file; the user said it is not to change.
        Ok(there) if there.permissions().readonly() => {
            return Err(Error::invalid(said!(
                "cannot write {name}: the file is read-only",
                "{name} 파일에 쓸 수 없습니다: 읽기 전용 파일입니다"
            )));
        }
        // A link keeps pointing to the file that is replaced.
        Ok(there) => std::fs::canonicalize(path)
            .and_then(|path| replace(&path, write, Some(there.permissions()))),
        Err(_) if path.is_symlink() => {
            return Err(Error::invalid(said!(
                "cannot write {name}: it is a link that leads to no file",
                "{name} 파일에 쓸 수 없습니다: 대상 파일이 없는 링크입니다"
            )));
        }
        Err(_) => replace(path, write, None),
    };
    written.map_err(|source| Error::Io {
        action: "write",
        path: path.to_owned(),
        source,
    })
}

/// The file or folder that is being written and does not have its name yet.
static UNFINISHED: std::sync::Mutex<Option<PathBuf>> = std::sync::Mutex::new(None);

/// Removes what is being written, before the program is stopped.
#[cfg(feature = "cli")]
pub(crate) fn remove_unfinished() {
    // The lock is kept: nothing more is begun.
    let unfinished = UNFINISHED.lock();
    if let Some(path) = unfinished.as_ref().ok().and_then(|path| path.as_ref()) {
        let _ = match path.is_dir() {
            true => std::fs::remove_dir_all(path),
            false => std::fs::remove_file(path),
        };
    }
    std::mem::forget(unfinished);
}

/// Keeps note of the file or folder that is being written, as long as it lives.
pub(crate) struct Unfinished;

impl Unfinished {
    pub(crate) fn note(path: &Path) -> Self {
        if let Ok(mut unfinished) = UNFINISHED.lock() {
            *unfinished = Some(path.to_owned());
        }
        Unfinished
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if let Ok(mut unfinished) = UNFINISHED.lock() {
            *unfinished = None;
        }
    }
}

fn buffered(to: impl Write, write: &mut Writing<'_>) -> std::io::Result<()> {
    let mut to = std::io::BufWriter::new(to);
    write(&mut to)?;
    to.flush()
}

fn replace(
    path: &Path,
    write: &mut Writing<'_>,
    permissions: Option<std::fs::Permissions>,
) -> std::io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if !folder.is_dir() {
        let message = format!("there is no folder {}", folder.display());
        return Err(std::io::Error::new(std::io::ErrorKind::NotFound, message));
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(".leontief-");
    // As any new file: what the user's umask leaves.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let file = builder.tempfile_in(folder)?;
    let _unfinished = Unfinished::note(file.path());
    buffered(file.as_file(), write)?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    file.as_file().sync_all()?;
    file.persist(path).map_err(|e| e.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_known_by_name_and_by_ending() {
        for format in Format::ALL {
            assert_eq!(format.name().parse::<Format>().unwrap(), format);
            let path = format!("a/b.c/report.{}", format.extension().to_uppercase());
            assert_eq!(Format::of_path(Path::new(&path)).unwrap(), format);
        }
        assert_eq!(Format::of_path(Path::new("a.htm")).unwrap(), Format::Html);
        let error = "excel".parse::<Format>().unwrap_err().to_string();
        assert!(
            error.contains("'excel'") && error.contains("xlsx"),
            "{error}"
        );
        let error = Format::of_path(Path::new("report"))
            .unwrap_err()
            .to_string();
        assert!(error.contains(".xlsx"), "{error}");
    }

    mod files {
        use super::super::*;
        use std::fs;

        fn names(folder: &Path) -> Vec<String> {
            let entries = fs::read_dir(folder).unwrap();
            entries
                .map(|e| e.unwrap().file_name().into_string().unwrap())
                .collect()
        }

        #[test]
        fn a_file_is_replaced_as_a_whole() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("report.csv");
            write_file(&path, b"first").unwrap();
            write_file(&path, b"second").unwrap();
            assert_eq!(fs::read(&path).unwrap(), b"second");
            assert_eq!(names(folder.path()), ["report.csv"]);
        }

        #[test]
        fn a_failure_leaves_nothing_and_names_the_file() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("missing").join("report.csv");
            let error = write_file(&path, b"text").unwrap_err();
            assert!(matches!(&error, Error::Io { action: "write", path: p, .. } if *p == path));
            assert!(names(folder.path()).is_empty());
            // A folder stands where the file should go.
            let error = write_file(folder.path(), b"text").unwrap_err();
            assert!(error.to_string().starts_with("cannot write "), "{error}");
            assert!(names(folder.path()).is_empty());
        }

        #[cfg(unix)]
        #[test]
        fn links_and_permissions_stay() {
            use std::os::unix::fs::{PermissionsExt, symlink};
            let folder = tempfile::tempdir().unwrap();
            let (path, link) = (folder.path().join("report.csv"), folder.path().join("link"));
            write_file(&path, b"first").unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
            symlink(&path, &link).unwrap();
            write_file(&link, b"second").unwrap();
            assert!(link.is_symlink());
            assert_eq!(fs::read(&path).unwrap(), b"second");
            assert_eq!(
                fs::metadata(&path).unwrap().permissions().mode() & 0o777,
                0o640
            );
        }

        #[test]
        fn json_is_indented_and_ended() {
            let text = json(&std::collections::BTreeMap::from([("a", [0.1])])).unwrap();
            assert_eq!(text, "{\n  \"a\": [\n    0.1\n  ]\n}\n");
        }
    }
}
