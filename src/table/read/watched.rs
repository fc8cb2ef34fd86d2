//! Reading that is told of while it goes on: tables of gigabytes take a while.

use super::native::{Contents, Directory, Folder};
use crate::error::Result;
use std::borrow::Cow;
use std::io::{Read, Seek, SeekFrom};
use std::sync::Arc;

/// What is told of bytes read: how many more, and of how many in all, from any thread.
pub type Told = Arc<dyn Fn(u64, u64) + Send + Sync>;

/// The most that is read before it is told of, in bytes.
const AT_ONCE: usize = 8 << 20;

/// What counts the bytes that are read through it.
pub(in crate::table) struct Counted<R> {
    from: R,
    of: u64,
    told: Told,
}

impl<R> Counted<R> {
    /// Of so many bytes in all.
    pub(in crate::table) fn new(from: R, of: u64, told: Told) -> Self {
        Counted { from, of, told }
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        let most = to.len().min(AT_ONCE);
        let read = self.from.read(&mut to[..most])?;
        (self.told)(read as u64, self.of);
        Ok(read)
    }
}

impl<R: Seek> Seek for Counted<R> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.from.seek(to)
    }
}

/// A folder whose matrices are told of while they are read.
pub(in crate::table) struct Watched {
    folder: Directory,
    of: u64,
    told: Told,
}

impl Watched {
    /// All is what the CSV files of the folder are long.
    pub(in crate::table) fn new(folder: Directory, told: Told) -> Self {
        let of = folder.length();
        Watched { folder, of, told }
    }
}

impl Folder for Watched {
    fn place(&self, file: &str) -> String {
        self.folder.place(file)
    }

    fn file(&self, name: &str) -> Result<Option<Cow<'_, str>>> {
        self.folder.file(name)
    }

    fn open(&self, name: &str) -> Result<Option<Contents<'_>>> {
        let contents = self.folder.open(name)?;
        Ok(contents.map(|contents| {
            contents.read_through(|from| Counted::new(from, self.of, self.told.clone()))
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::read::native;
    use crate::table::{AnyTable, write};
    use std::sync::atomic::{AtomicU64, Ordering};

    /// What is told of opening a table, all of it.
    fn told_of(path: &std::path::Path) -> (AnyTable, u64, u64) {
        let (sum, all) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
        let (more, in_all) = (sum.clone(), all.clone());
        let told: Told = Arc::new(move |read, of| {
            more.fetch_add(read, Ordering::Relaxed);
            in_all.store(of, Ordering::Relaxed);
        });
        let table = AnyTable::open_watched(&path.display().to_string(), told).expect("a table");
        let read = |of: Arc<AtomicU64>| of.load(Ordering::Relaxed);
        (table, read(sum), read(all))
    }

    #[test]
    fn a_folder_is_told_of_up_to_its_length() {
        let folder = tempfile::tempdir().expect("a folder");
        let korea = AnyTable::open("kr-2023-33").expect("built in");
        let flows = korea.flows(crate::Text::same("files")).expect("flows");
        for (name, text) in write::native::write(flows).expect("written") {
            std::fs::write(folder.path().join(name), text).expect("written");
        }
        let (table, read, of) = told_of(folder.path());
        assert_eq!(
            table.content_hash(),
            native::read(&Directory::new(folder.path()))
                .expect("read")
                .content_hash()
        );
        let matrices = ["domestic_flows", "imported_flows"].map(|name| {
            let file = folder.path().join(format!("{name}.csv"));
            std::fs::metadata(file).expect("there").len()
        });
        assert!(read > matrices.iter().sum() && read <= of, "{read} of {of}");
    }

    #[cfg(feature = "files")]
    #[test]
    fn a_file_is_told_of_as_it_is_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("k.zip");
        let korea = AnyTable::open("kr-2023-33").expect("built in");
        let mut bytes = Vec::new();
        write::single::write(&korea, &mut bytes).expect("memory");
        std::fs::write(&path, &bytes).expect("written");
        let (table, read, of) = told_of(&path);
        assert_eq!(table.content_hash(), korea.content_hash());
        assert_eq!(of, bytes.len() as u64);
        assert!(read > 2 * 33 * 33 * 8, "{read} of {of}");
    }
}
