//! The cells of a sweep that are done, in a file beside the one that they are for: what a sweep that was
//! stopped goes on from.
//!
//! `grid.csv.part` says in its first lines what run it is of, one thing a line, and holds after an empty line
//! the figures of the cells in their order, eight bytes each (f64, the least significant first). What a cell
//! was given follows from its place.

use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::uncertainty::sweep::{Cells, GridCell};
use std::fs::{File, OpenOptions};
use std::io::{BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// What a run is of, each thing with its name: two runs are the same where these are.
pub(super) type Run = Vec<(Text, String)>;

/// The most that is said of a run, in bytes.
const LONGEST_HEADER: u64 = 64 << 10;

/// The file of the cells that are done.
pub(super) struct Part {
    path: PathBuf,
    file: File,
}

impl Part {
    /// Where the cells are kept that go into a file.
    pub(super) fn beside(output: &Path) -> PathBuf {
        let mut name = output.as_os_str().to_owned();
        name.push(".part");
        PathBuf::from(name)
    }

    /// Begins a file.
    ///
    /// # Errors
    /// A file that is there already: it may hold hours of work.
    pub(super) fn begin(output: &Path, run: &Run) -> Result<Self> {
        let path = Part::beside(output);
        let file = OpenOptions::new().write(true).create_new(true).open(&path);
        let mut part = match file {
            Ok(file) => Part { path, file },
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                let name = path.display();
                return Err(Error::invalid(said!(
                    "{name} keeps the cells of a sweep that was stopped: go on from them with --resume, or delete it",
                    "{name}에 중단된 분석의 결과가 있습니다. --resume으로 이어서 계산하거나 파일을 삭제하십시오"
                )));
            }
            Err(source) => return Err(failed("write", &path, source)),
        };
        let lines: String = (run.iter())
            .map(|(name, value)| format!("{}: {value}\n", name.en))
            .collect();
        part.write(format!("{lines}\n").as_bytes())?;
        Ok(part)
    }

    /// Goes on with a file, from the cells that it holds; `None` where there is none.
    ///
    /// # Errors
    /// A file of another run, with what is different.
    pub(super) fn resume(
        output: &Path,
        run: &Run,
        cells: &Cells<'_>,
    ) -> Result<Option<(Self, Vec<GridCell>)>> {
        let path = Part::beside(output);
        // A pipe under this name would be waited for.
        if path.metadata().is_ok_and(|about| !about.is_file()) {
            let name = path.display();
            return Err(Error::invalid(said!(
                "{name} is no file: give -o another name",
                "{name}은(는) 파일이 아닙니다. -o에 다른 이름을 쓰십시오"
            )));
        }
        let mut file = match OpenOptions::new().read(true).write(true).open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(failed("read", &path, source)),
        };
        let unreadable = |source| failed("read", &path, source);
        let mut start = Vec::new();
        let read = (&mut file).take(LONGEST_HEADER).read_to_end(&mut start);
        read.map_err(unreadable)?;
        let end = start.windows(2).position(|two| two == b"\n\n");
        let header = String::from_utf8_lossy(&start[..end.unwrap_or(0)]);
        let mut lines = header.lines();
        for (name, value) in run {
            let line = lines.next().unwrap_or_default();
            let found = line.strip_prefix(name.en.as_str());
            let found = found.and_then(|rest| rest.strip_prefix(": "));
            if found != Some(value) {
                return Err(of_another_run(&path, name, found, value));
            }
        }
        let width = 8 * cells.figures().count();
        let body = end.map_or(0, |end| end + 2) as u64;
        let length = file.metadata().map_err(unreadable)?.len() - body;
        // A cell that was being written is worked out again, and with it those of its block.
        let whole = length.checked_div(width as u64).unwrap_or(0) as usize;
        let done = match whole >= cells.count() {
            true => cells.count(),
            false => whole - whole % Cells::BLOCK,
        };
        file.seek(SeekFrom::Start(body)).map_err(unreadable)?;
        let number = |eight: &[u8]| f64::from_le_bytes(std::array::from_fn(|at| eight[at]));
        let (mut from, mut bytes) = (BufReader::new(&file), vec![0; width]);
        let mut known = Vec::with_capacity(cells.count());
        for cell in 0..done {
            from.read_exact(&mut bytes).map_err(unreadable)?;
            known.push(cells.known(cell, bytes.chunks_exact(8).map(number).collect()));
        }
        let end = body + (done * width) as u64;
        let cut = file
            .set_len(end)
            .and_then(|()| file.seek(SeekFrom::Start(end)));
        cut.map_err(|source| failed("write", &path, source))?;
        Ok(Some((Part { path, file }, known)))
    }

    /// Adds cells that are done.
    pub(super) fn add(&mut self, cells: &[GridCell]) -> Result<()> {
        let values = cells.iter().flat_map(|cell| &cell.values);
        let bytes: Vec<u8> = values.flat_map(|value| value.to_le_bytes()).collect();
        self.write(&bytes)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        let written = self.file.write_all(bytes);
        written.map_err(|source| failed("write", &self.path, source))
    }

    /// Takes the file away: nothing is to go on from it.
    pub(super) fn remove(self) {
        // The result is there: what is left over is no reason to fail.
        let _ = std::fs::remove_file(&self.path);
    }
}

fn failed(action: &'static str, path: &Path, source: std::io::Error) -> Error {
    Error::Io {
        action,
        path: path.to_owned(),
        source,
    }
}

fn of_another_run(path: &Path, name: &Text, found: Option<&str>, value: &str) -> Error {
    let path = path.display();
    let Text { en, ko } = name;
    let found = found.unwrap_or("-");
    Error::invalid(said!(
        "{path} is of another run: its {en} is {found}, here it is {value}; delete it, or give -o another name",
        "{path}은(는) 다른 실행의 파일입니다. {ko}: 파일 {found}, 현재 {value}. 파일을 삭제하거나 -o에 다른 이름을 쓰십시오"
    ))
}
