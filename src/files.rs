//! Files as they are read: regular files of a bounded size, in an encoding that is certain, and no
//! others than the caller allows.

use crate::error::{Error, Remedy, Result};
use crate::lang::{Text, compose, said};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// The longest scenario file, in bytes.
pub const LONGEST_SCENARIO: u64 = 4 << 20;

/// The longest file of a table, of people or of accounts that is taken whole, in bytes.
pub const LONGEST_CSV: u64 = 512 << 20;

/// The longest matrix of a table that is read in pieces, in bytes: 20,000 sectors squared.
pub const LONGEST_MATRIX: u64 = 16 << 30;

/// What files that gzip packed begin with.
#[cfg(feature = "import")]
pub(crate) const GZIP: [u8; 2] = [0x1f, 0x8b];

/// The text of a file; `None` where there is none of that name.
///
/// UTF-8, with or without a byte order mark; UTF-16 with one; CP949 where the bytes are no UTF-8 and
/// read as Korean without a flaw. Hangul in parts (NFD, as macOS writes names) is composed.
///
/// ```
/// use leontief::files;
/// use std::path::Path;
/// let preset = files::read(Path::new("presets/ai-hub.toml"), files::LONGEST_SCENARIO)?;
/// assert!(preset.expect("it is there").contains("[scenario]"));
/// assert!(files::read(Path::new("presets/none.toml"), files::LONGEST_SCENARIO)?.is_none());
/// # Ok::<(), leontief::Error>(())
/// ```
///
/// # Errors
/// What is not a regular file (a device, a pipe, a folder), a file longer than `longest`, bytes that
/// are no text of these encodings, and what the system refuses.
pub fn read(path: &Path, longest: u64) -> Result<Option<String>> {
    let Some((file, length)) = open(path, longest)? else {
        return Ok(None);
    };
    let name = path.display();
    let mut bytes = Vec::with_capacity(length as usize);
    let read = file.take(longest + 1).read_to_end(&mut bytes);
    read.map_err(|source| unreadable(path, source))?;
    if bytes.len() as u64 > longest {
        return Err(too_long(path, longest));
    }
    match text(&bytes) {
        Ok(text) => Ok(Some(text)),
        Err(why) => {
            let (en, ko) = (why.en, why.ko);
            Err(Error::invalid(said!("{name}: {en}", "{name}: {ko}")))
        }
    }
}

/// Bytes as [`read`] takes them for text.
pub(crate) fn text(bytes: &[u8]) -> std::result::Result<String, Text> {
    decode(bytes).map(|text| compose(&text).into_owned())
}

/// A file to read from and its length in bytes; `None` where there is none
/// of that name.
///
/// # Errors
/// What is not a regular file, a file longer than `longest`, and what the system refuses.
pub(crate) fn open(path: &Path, longest: u64) -> Result<Option<(File, u64)>> {
    let about = match std::fs::metadata(path) {
        Ok(about) => about,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(path, error)),
    };
    // Looked at before it is opened: opening a pipe waits for its other end.
    if !about.is_file() {
        let name = path.display();
        let Text { en, ko } = if about.is_dir() {
            said!("a folder", "폴더")
        } else {
            said!("a device or a pipe", "장치 또는 파이프")
        };
        return Err(Error::invalid(said!(
            "cannot read {name}: it is {en}, not a regular file",
            "{name} 파일을 읽을 수 없습니다: 일반 파일이 아니라 {ko}입니다"
        )));
    }
    if about.len() > longest {
        return Err(too_long(path, longest));
    }
    let file = File::open(path).map_err(|source| unreadable(path, source))?;
    note_read(path);
    Ok(Some((file, about.len())))
}

/// The bytes of a text file without their byte order mark.
///
/// # Errors
/// What the system refuses.
pub(crate) fn without_mark(mut file: impl Read + Send) -> std::io::Result<impl Read + Send> {
    let mark = b"\xef\xbb\xbf";
    let mut first = Vec::new();
    loop {
        first.clear();
        (&mut file).take(3).read_to_end(&mut first)?;
        if first != mark {
            return Ok(std::io::Cursor::new(first).chain(file));
        }
    }
}

fn unreadable(path: &Path, source: std::io::Error) -> Error {
    Error::Io {
        action: "read",
        path: path.to_owned(),
        source,
    }
}

fn too_long(path: &Path, longest: u64) -> Error {
    let (name, most) = (path.display(), longest >> 20);
    Error::invalid(said!(
        "cannot read {name}: it is longer than {most} MiB",
        "{name} 파일을 읽을 수 없습니다: 크기가 {most} MiB를 넘습니다"
    ))
}

/// As [`read`], of a file that must be there.
///
/// # Errors
/// As [`read`]; also a file that is missing.
pub fn read_required(path: &Path, longest: u64) -> Result<String> {
    read(path, longest)?.ok_or_else(|| Error::Io {
        action: "read",
        path: path.to_owned(),
        source: std::io::Error::new(std::io::ErrorKind::NotFound, "there is no such file"),
    })
}

/// Bytes as text, where the encoding is certain.
fn decode(bytes: &[u8]) -> std::result::Result<Cow<'_, str>, Text> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return decode(rest);
    }
    let utf16 = match bytes {
        [0xff, 0xfe, rest @ ..] => Some((encoding_rs::UTF_16LE, rest)),
        [0xfe, 0xff, rest @ ..] => Some((encoding_rs::UTF_16BE, rest)),
        _ => None,
    };
    if let Some((encoding, rest)) = utf16 {
        return encoding
            .decode_without_bom_handling_and_without_replacement(rest)
            .ok_or_else(no_text);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Cow::Borrowed(text));
    }
    encoding_rs::EUC_KR
        .decode_without_bom_handling_and_without_replacement(bytes)
        .filter(|text| text.chars().all(is_korean_text))
        .ok_or_else(no_text)
}

/// What a Korean text in CP949 consists of: bytes that are taken for it by mistake give other scripts.
fn is_korean_text(c: char) -> bool {
    c.is_ascii_graphic()
        || matches!(c, ' ' | '\t' | '\r' | '\n')
        || matches!(c, '가'..='힣' | 'ㄱ'..='ㆎ' | '\u{3000}'..='\u{303f}' | '\u{ff01}'..='\u{ff5e}')
        || "·…–—‘’“”×÷±°㎡㎥㎞㎏→".contains(c)
}

fn no_text() -> Text {
    said!(
        "the text is neither UTF-8, UTF-16 with a byte order mark nor Korean CP949: save it as UTF-8 \
         (in Excel, 'CSV UTF-8')",
        "UTF-8, BOM이 있는 UTF-16, CP949 중 어느 것도 아닙니다. UTF-8로 저장하십시오(엑셀에서는 'CSV UTF-8')"
    )
}

/// The files that were read, by identity, for outputs to keep off.
static FILES_READ: Mutex<BTreeSet<Identity>> = Mutex::new(BTreeSet::new());

/// A file itself, whatever names lead to it.
#[cfg(unix)]
type Identity = (u64, u64);
#[cfg(not(unix))]
type Identity = PathBuf;

#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    let about = std::fs::metadata(path).ok()?;
    Some((about.dev(), about.ino()))
}

#[cfg(not(unix))]
fn identity(path: &Path) -> Option<Identity> {
    std::fs::canonicalize(path).ok()
}

fn note_read(path: &Path) {
    if let (Some(identity), Ok(mut all)) = (identity(path), FILES_READ.lock()) {
        all.insert(identity);
    }
}

/// Whether this file was read by this program, under this name or another.
#[cfg(feature = "cli")]
pub(crate) fn was_read(path: &Path) -> bool {
    let all = FILES_READ.lock();
    identity(path).is_some_and(|identity| all.is_ok_and(|all| all.contains(&identity)))
}

/// The folders that files named in a scenario may stand in. A scenario may come from anybody: without
/// this it could have any file of the machine read.
#[derive(Debug, Clone, Default)]
pub struct Allowed {
    folders: Vec<PathBuf>,
}

impl Allowed {
    /// The working folder and the folders given.
    pub fn new(folders: &[PathBuf]) -> Self {
        let mut allowed = Allowed::default();
        for folder in folders.iter().map(PathBuf::as_path).chain([Path::new(".")]) {
            allowed.add(folder);
        }
        allowed
    }

    /// Allows one folder more, with all that is in it.
    pub fn add(&mut self, folder: &Path) {
        let folder = if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        };
        if let Ok(folder) = std::fs::canonicalize(folder) {
            self.folders.push(folder);
        }
    }

    /// Whether a path may be read: links are followed first. What does not exist may be asked for, so
    /// that its absence is what is said, as long as no `..` leads out of sight.
    ///
    /// # Errors
    /// A path outside of all folders.
    pub fn check(&self, path: &Path) -> std::result::Result<(), Text> {
        let real = std::fs::canonicalize(path).or_else(|_| {
            let parent = path.parent().filter(|p| !p.as_os_str().is_empty());
            std::fs::canonicalize(parent.unwrap_or(Path::new(".")))
        });
        if real.is_ok_and(|real| self.folders.iter().any(|f| real.starts_with(f))) {
            return Ok(());
        }
        let Text { en, ko } = Remedy::AllowFiles.text();
        Err(said!(
            "it lies outside of the scenario's folder and the working folder: allow its folder {en}",
            "시나리오 폴더와 작업 폴더 밖에 있습니다. 해당 폴더를 허용하십시오{ko}"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_that_are_certain_are_read_and_others_refused_with_the_remedy() {
        let said = "반도체, 조선·해양";
        let of = |bytes: &[u8]| decode(bytes).map(|t| t.into_owned()).map_err(|e| e.ko);
        assert_eq!(of(said.as_bytes()).as_deref(), Ok(said));
        let bom = ["\u{feff}".as_bytes(), said.as_bytes()].concat();
        assert_eq!(of(&bom).as_deref(), Ok(said));
        let utf16: Vec<u8> = said.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(of(&[&[0xff, 0xfe], &*utf16].concat()).as_deref(), Ok(said));
        let cp949 = encoding_rs::EUC_KR.encode(said).0;
        assert_eq!(of(&cp949).as_deref(), Ok(said));
        for bytes in [
            &[0xff, 0xfe, 0x00][..],
            &[0xe9, b' '],
            &[0x80, 0x81],
            &[b'a', 0xc3, 0xa9, 0xff],
        ] {
            assert!(
                of(bytes).is_err_and(|e| e.contains("UTF-8로 저장")),
                "{bytes:?}"
            );
        }
    }

    #[test]
    fn what_is_no_regular_file_or_too_long_is_not_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let said = |path: &Path| read(path, 10).expect_err("refused").to_string();
        assert!(said(folder.path()).contains("a folder"));
        #[cfg(unix)]
        assert!(said(Path::new("/dev/zero")).contains("a device"));
        let long = folder.path().join("long");
        std::fs::write(&long, "12345678901").expect("written");
        assert!(said(&long).contains("longer than"));
        assert!(matches!(read(&folder.path().join("none"), 10), Ok(None)));
    }

    #[test]
    fn files_outside_of_the_allowed_folders_are_refused_through_links_too() {
        let (inside, outside) = (tempfile::tempdir(), tempfile::tempdir());
        let (inside, outside) = (inside.expect("a folder"), outside.expect("a folder"));
        let secret = outside.path().join("secret.csv");
        std::fs::write(&secret, "code,a\n").expect("written");
        let mut allowed = Allowed::default();
        allowed.add(inside.path());
        assert!(allowed.check(&secret).is_err());
        assert!(allowed.check(&inside.path().join("none.csv")).is_ok());
        assert!(allowed.check(&inside.path().join("../secret.csv")).is_err());
        #[cfg(unix)]
        {
            let link = inside.path().join("link.csv");
            std::os::unix::fs::symlink(&secret, &link).expect("linked");
            assert!(allowed.check(&link).is_err());
        }
        allowed.add(outside.path());
        assert!(allowed.check(&secret).is_ok());
    }
}
