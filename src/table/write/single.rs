//! A table as one file, as [`crate::table::read::single`] reads it.

use super::native::{Block, blocks, texts};
use crate::table::AnyTable;
use crate::table::read::npy;
use crate::table::read::single::HASH;
use std::io::{Error, Result, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Writes a table as one file: texts deflated, matrices as numpy's `.npy`, stored as they are and each
/// begun at a multiple of 64 bytes.
///
/// ```
/// use leontief::table::{read, write};
/// # use leontief::{Model, table::{FinalDemandRole::Household, PrimaryInputRole::*, Table}};
/// # // Miller & Blair (2022), Table 2.3: A = [.15 .25; .2 .05], x = (1000, 2000).
/// # let table = Table::builder("two", 2022)
/// #     .sectors([("1", "Agriculture"), ("2", "Manufacturing")])
/// #     .domestic_flows([[150.0, 500.0], [200.0, 100.0]])
/// #     .final_demand(Household, [350.0, 1700.0])
/// #     .value_added(Compensation, [250.0, 900.0])
/// #     .value_added(OperatingSurplus, [400.0, 500.0])
/// #     .jobs([300.0, 500.0])
/// #     .build()?;
/// let mut bytes = Vec::new();
/// write::single::write(&table, &mut bytes).expect("memory takes it");
/// let file = read::single::SingleFile::from_bytes("two.zip", bytes)?.expect("an archive");
/// let again = read::native::read(&file)?;
/// assert_eq!(again.coefficients().domestic().at(0, 1), 0.25);
/// # Ok::<(), leontief::Error>(())
/// ```
///
/// # Errors
/// What cannot be written.
pub fn write(table: &AnyTable, to: &mut dyn Write) -> Result<()> {
    let texts = texts(table.meta(), table.sectors(), table.deflators()).map_err(Error::other)?;
    let mut archive = ZipWriter::new_stream(to);
    let mut hash = format!("member,crc32\ncontent_hash,{}\n", table.content_hash());
    let deflated = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, text) in texts {
        archive.start_file(&name, deflated)?;
        archive.write_all(text.as_bytes())?;
        let crc = crc32fast::hash(text.as_bytes());
        hash.push_str(&format!("{name},{crc:08x}\n"));
    }
    for Block { name, figures, .. } in blocks(table) {
        let stored = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            // Beyond four gigabytes lengths take another field.
            .large_file(figures.nrows() * figures.ncols() >= 1 << 28)
            .with_alignment(64);
        archive.start_file(format!("{name}.npy"), stored)?;
        let mut counted = Counted {
            to: &mut archive,
            crc: crc32fast::Hasher::new(),
        };
        npy::write(&figures, &mut counted)?;
        let crc = counted.crc.finalize();
        hash.push_str(&format!("{name}.npy,{crc:08x}\n"));
    }
    archive.start_file(HASH, deflated)?;
    archive.write_all(hash.as_bytes())?;
    archive.finish()?.into_inner().flush()
}

/// Hands on what is written and keeps its checksum.
struct Counted<W> {
    to: W,
    crc: crc32fast::Hasher,
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        let written = self.to.write(bytes)?;
        self.crc.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> Result<()> {
        self.to.flush()
    }
}
