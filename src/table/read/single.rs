//! A table as one file: a zip archive of the files of its folder, where the matrices are `.npy` members,
//! stored as they are, and texts are deflated.
//!
//! numpy reads the matrices as well: `numpy.load("big.zip")["domestic_flows"]`. Members are found by
//! the names of the folder's files and nothing is unpacked, so that no name in the archive is ever a path.

use super::native::{Contents, Folder};
use super::npy;
use super::watched::{Counted, Told};
use crate::error::{Error, Place, Result};
use crate::files;
use crate::lang::{Text, said};
use crate::memory;
use std::borrow::Cow;
use std::cell::RefCell;
use std::io::{BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

/// The member that says what the table's content hash is, and of which members it is so.
pub(crate) const HASH: &str = "content_hash.csv";

/// The longest text of an archive, in bytes, whatever the archive says of its length: descriptions of a
/// hundred thousand sectors.
const LONGEST_TEXT: u64 = 64 << 20;

/// A table in one file.
pub struct SingleFile {
    /// How messages name it.
    name: String,
    /// The length of the file: no member that is stored as it is can be longer.
    length: u64,
    archive: RefCell<ZipArchive<Box<dyn Seekable>>>,
}

trait Seekable: Read + Seek {}
impl<T: Read + Seek> Seekable for T {}

impl SingleFile {
    /// Opens a file; `None` where it is not an archive at all.
    ///
    /// # Errors
    /// What cannot be read, and an archive that is damaged or cut off.
    pub fn open(path: impl AsRef<Path>) -> Result<Option<Self>> {
        SingleFile::open_told(path, None)
    }

    /// As [`SingleFile::open`], told of while it is read.
    pub(in crate::table) fn open_told(
        path: impl AsRef<Path>,
        told: Option<Told>,
    ) -> Result<Option<Self>> {
        let path = path.as_ref();
        let Some((file, length)) = files::open(path, files::LONGEST_MATRIX)? else {
            return Ok(None);
        };
        let file: Box<dyn Seekable> = match told {
            Some(told) => Box::new(BufReader::new(Counted::new(file, length, told))),
            None => Box::new(BufReader::new(file)),
        };
        SingleFile::new(path.display().to_string(), length, file)
    }

    /// A file that is in memory, under a name for messages.
    ///
    /// # Errors
    /// As [`SingleFile::open`].
    pub fn from_bytes(name: &str, bytes: Vec<u8>) -> Result<Option<Self>> {
        let length = bytes.len() as u64;
        SingleFile::new(name.to_owned(), length, Box::new(Cursor::new(bytes)))
    }

    fn new(name: String, length: u64, mut file: Box<dyn Seekable>) -> Result<Option<Self>> {
        let io = |source| Error::Io {
            action: "read",
            path: PathBuf::from(&name),
            source,
        };
        let mut first = Vec::new();
        (&mut file).take(4).read_to_end(&mut first).map_err(io)?;
        if first != b"PK\x03\x04" {
            return Ok(None);
        }
        file.seek(SeekFrom::Start(0)).map_err(io)?;
        let archive = ZipArchive::new(file);
        let archive = archive.map_err(|error| Error::at(Place::file(&name), damaged(&error)))?;
        Ok(Some(SingleFile {
            name,
            length,
            archive: RefCell::new(archive),
        }))
    }

    /// Whether the archive holds a member.
    #[cfg(feature = "import")]
    pub(in crate::table) fn holds(&self, member: &str) -> bool {
        self.archive.borrow().index_for_name(member).is_some()
    }

    fn wrong(&self, member: &str, why: Text) -> Error {
        Error::at(Place::file(self.place(member)), why)
    }

    /// The text of a member.
    fn text(&self, member: &str) -> Result<Option<String>> {
        let mut archive = self.archive.borrow_mut();
        let mut file = match archive.by_name(member) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(self.wrong(member, damaged(&error))),
        };
        let mut bytes = Vec::new();
        let read = (&mut file).take(LONGEST_TEXT + 1).read_to_end(&mut bytes);
        read.map_err(|error| self.wrong(member, damaged(&ZipError::Io(error))))?;
        if bytes.len() as u64 > LONGEST_TEXT {
            let most = LONGEST_TEXT >> 20;
            return Err(self.wrong(
                member,
                said!(
                    "the text is longer than {most} MiB: keep matrices as .npy members, as leontief export writes them",
                    "글이 {most} MiB를 넘습니다. 행렬은 leontief export가 쓰는 것처럼 .npy 파일로 담으십시오"
                ),
            ));
        }
        let text = files::text(&bytes).map_err(|why| self.wrong(member, why))?;
        Ok(Some(text))
    }

    /// The content hash that the file says the table has, where the members are those of which it says so.
    fn said_hash(&self) -> Option<String> {
        let text = self.text(HASH).ok()??;
        let mut archive = self.archive.borrow_mut();
        let mut lines = text.lines().skip(1);
        let (_, hash) = lines.next()?.split_once(',')?;
        let is_hash = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
        let mut others = archive.len() - 1;
        for line in lines {
            let (member, crc) = line.split_once(',')?;
            let there = archive.by_name(member).ok()?.crc32();
            (crc == format!("{there:08x}")).then_some(())?;
            others = others.checked_sub(1)?;
        }
        (is_hash && others == 0).then(|| hash.to_owned())
    }
}

impl Folder for SingleFile {
    fn place(&self, file: &str) -> String {
        format!("{}: {file}", self.name)
    }

    fn file(&self, name: &str) -> Result<Option<Cow<'_, str>>> {
        Ok(self.text(name)?.map(Cow::Owned))
    }

    fn open(&self, name: &str) -> Result<Option<Contents<'_>>> {
        let member = name.replace(".csv", ".npy");
        let figures = {
            let mut archive = self.archive.borrow_mut();
            match archive.by_name(&member) {
                Err(ZipError::FileNotFound) => None,
                Err(error) => return Err(self.wrong(&member, damaged(&error))),
                Ok(mut file) => {
                    let stored = file.compression() == CompressionMethod::Stored;
                    if !stored || file.size() != file.compressed_size() || file.size() > self.length
                    {
                        return Err(self.wrong(
                            &member,
                            said!(
                                "the matrix is compressed: store it as it is (numpy.savez, not savez_compressed)",
                                "행렬이 압축되어 있습니다. 압축하지 않고 담으십시오(savez_compressed가 아니라 numpy.savez)"
                            ),
                        ));
                    }
                    let length = file.size();
                    memory::check_reading(length, &self.place(&member))?;
                    Some(npy::read(&self.place(&member), &mut file, length)?)
                }
            }
        };
        match figures {
            Some(figures) => Ok(Some(Contents::figures(figures))),
            None => Ok(self.file(name)?.map(Contents::from)),
        }
    }

    fn content_hash(&self) -> Option<String> {
        self.said_hash()
    }
}

fn damaged(error: &ZipError) -> Text {
    said!(
        "the archive is damaged or cut off ({error}): copy it again, or write it anew with leontief export",
        "압축 파일이 손상되었거나 중간에 끊겼습니다({error}). 다시 복사하거나 leontief export로 새로 쓰십시오"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::read::native;
    use crate::table::{AnyTable, write};
    use proptest::prelude::*;
    use std::io::Write;
    use std::sync::LazyLock;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    fn written(table: &AnyTable) -> Vec<u8> {
        let mut bytes = Vec::new();
        write::single::write(table, &mut bytes).expect("memory");
        bytes
    }

    fn read(bytes: Vec<u8>) -> Result<AnyTable> {
        let file = SingleFile::from_bytes("t.zip", bytes)?.expect("an archive");
        native::read(&file)
    }

    /// The archive with its members changed: renamed, with other contents, compressed, or left out.
    fn changed(
        bytes: &[u8],
        change: impl Fn(&mut String, &mut Vec<u8>, &mut bool) -> bool,
    ) -> Vec<u8> {
        let mut from = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
        let mut to = ZipWriter::new(Cursor::new(Vec::new()));
        for at in 0..from.len() {
            let mut member = from.by_index(at).expect("a member");
            let mut deflate = member.compression() == CompressionMethod::Deflated;
            let (mut name, mut contents) =
                (member.name().expect("a name").into_owned(), Vec::new());
            member.read_to_end(&mut contents).expect("memory");
            if change(&mut name, &mut contents, &mut deflate) {
                let method = match deflate {
                    true => CompressionMethod::Deflated,
                    false => CompressionMethod::Stored,
                };
                let options = SimpleFileOptions::default().compression_method(method);
                to.start_file(name, options).expect("memory");
                to.write_all(&contents).expect("memory");
            }
        }
        to.finish().expect("memory").into_inner()
    }

    #[track_caller]
    fn refused(bytes: Vec<u8>, said: &[&str]) {
        let error = read(bytes).map(|_| ()).expect_err("refused").to_string();
        assert!(said.iter().all(|said| error.contains(said)), "{error}");
    }

    #[test]
    fn a_table_comes_back_as_it_was_with_its_hash() {
        for id in ["kr-2023-33", "kr-2022-33"] {
            let table = AnyTable::open(id).expect("built in");
            let bytes = written(&table);
            let again = read(bytes.clone()).expect("as written");
            assert_eq!(again.content_hash(), table.content_hash());
            assert_eq!(
                (again.meta(), again.deflators()),
                (table.meta(), table.deflators())
            );
            assert_eq!(
                again.coefficients().domestic(),
                table.coefficients().domestic()
            );
            assert_eq!(again.output(), table.output());
            assert_eq!(
                again.coefficients().accounts().len(),
                table.coefficients().accounts().len()
            );
            assert_eq!(
                again.sectors().find("반도체").ok(),
                table.sectors().find("반도체").ok()
            );
            // Matrices begin at a multiple of 64 bytes, for who maps the file.
            let mut archive = ZipArchive::new(Cursor::new(&bytes)).expect("an archive");
            for at in 0..archive.len() {
                let member = archive.by_index(at).expect("a member");
                let start = member.data_start().expect("known");
                let name = member.name().expect("a name");
                assert!(
                    !name.ends_with(".npy") || start.is_multiple_of(64),
                    "{name}"
                );
            }
        }
    }

    #[test]
    fn a_hash_that_is_not_of_what_is_there_is_not_taken_over() {
        let table = AnyTable::open("kr-2023-33").expect("built in");
        let bytes = written(&table);
        let other = changed(&bytes, |name, contents, _| {
            if name == "satellites.npy" {
                let last = contents.len() - 8;
                contents[last..].copy_from_slice(&12.5_f64.to_le_bytes());
            }
            true
        });
        let other = read(other).expect("a table");
        assert_ne!(other.content_hash(), table.content_hash());
        assert_eq!(other.content_hash().len(), 64);
        let without = changed(&bytes, |name, _, _| name != HASH);
        assert_ne!(
            read(without).expect("a table").content_hash(),
            table.content_hash()
        );
    }

    #[test]
    fn a_text_matrix_in_an_archive_is_read_as_well() {
        let table = AnyTable::open("kr-2023-33").expect("built in");
        let flows = table.flows(Text::same("files")).expect("flows");
        let files = write::native::write(flows).expect("files");
        let mut to = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in files {
            to.start_file(name, SimpleFileOptions::default())
                .expect("memory");
            to.write_all(text.as_bytes()).expect("memory");
        }
        let bytes = to.finish().expect("memory").into_inner();
        let again = read(bytes).expect("a table");
        assert_eq!(again.output(), table.output());
    }

    #[test]
    fn what_is_damaged_missing_or_of_another_kind_is_said_with_its_member() {
        let bytes = written(&AnyTable::open("kr-2023-33").expect("built in"));
        for cut in [5, bytes.len() / 2, bytes.len() - 1] {
            let error = SingleFile::from_bytes("t.zip", bytes[..cut].to_vec());
            let error = error.err().expect("cut off").to_string();
            assert!(
                error.contains("t.zip") && error.contains("copy it again"),
                "{error}"
            );
        }
        assert!(matches!(
            SingleFile::from_bytes("t", b"code,a\n".to_vec()),
            Ok(None)
        ));
        let of = |wanted: &'static str,
                  change: fn(&mut String, &mut Vec<u8>, &mut bool) -> bool| {
            changed(&bytes, move |name, contents, deflate| {
                match name == wanted {
                    true => change(name, contents, deflate),
                    false => true,
                }
            })
        };
        let flows = "domestic_flows.npy";
        refused(
            of(flows, |_, _, _| false),
            &["t.zip: domestic_flows.csv", "missing"],
        );
        refused(
            of("table.toml", |_, _, _| false),
            &["t.zip: table.toml", "missing"],
        );
        refused(
            of(flows, |_, _, deflate| {
                *deflate = true;
                true
            }),
            &[flows, "numpy.savez"],
        );
        refused(
            of(flows, |_, contents, _| {
                contents.truncate(500);
                true
            }),
            &[flows, "damaged"],
        );
        refused(
            of("output.npy", |_, contents, _| {
                *contents = npy::header(32, 1, false);
                contents.extend([0; 256]);
                true
            }),
            &["output.csv", "32 x 1 figures where the table has 33 x 1"],
        );
        refused(
            of("table.toml", |_, contents, _| {
                *contents = vec![b'#'; LONGEST_TEXT as usize + 1];
                true
            }),
            &["table.toml", "longer than 64 MiB"],
        );
        // Names that lead out of a folder are no files of a table, and nothing is unpacked.
        refused(
            of("table.toml", |name, _, _| {
                *name = "../table.toml".to_owned();
                true
            }),
            &["missing"],
        );
        // A byte of a matrix that is not what was written.
        let mut spoilt = bytes.clone();
        let at = spoilt
            .windows(6)
            .position(|w| w == b"\x93NUMPY")
            .expect("a matrix")
            + 4_000;
        spoilt[at] ^= 1;
        refused(spoilt, &[".npy", "damaged"]);
    }

    proptest! {
        #[test]
        fn bytes_that_turn_are_refused_or_leave_a_table(
            turned in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
            cut in prop::option::of(any::<prop::sample::Index>()),
            near_the_end in any::<bool>(),
        ) {
            static BYTES: LazyLock<Vec<u8>> =
                LazyLock::new(|| written(&AnyTable::open("kr-2022-33").expect("built in")));
            let mut bytes = BYTES.clone();
            // The directory of the archive, at its end, is where most can go wrong.
            let from = if near_the_end { bytes.len() - 1_500 } else { 0 };
            for (at, to) in turned {
                let at = from + at.index(bytes.len() - from);
                bytes[at] = to;
            }
            if let Some(cut) = cut {
                bytes.remove(cut.index(bytes.len()));
            }
            if let Ok(Some(file)) = SingleFile::from_bytes("t.zip", bytes)
                && let Ok(table) = native::read(&file)
            {
                prop_assert_eq!(table.sectors().len(), 33);
            }
        }
    }
}
