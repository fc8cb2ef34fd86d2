//! Others' files: any bytes are refused by a sentence, or are a table whose figures are finite.
//!
//! At every "\n== " a new file begins.
#![no_main]

use leontief::table::AnyTable;
use leontief::table::import::{self, Options};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut files = Vec::new();
    let mut rest = bytes;
    while let Some(at) = rest.windows(4).position(|four| four == b"\n== ") {
        files.push(rest[..at].to_vec());
        rest = &rest[at + 4..];
        if files.len() == 8 {
            break;
        }
    }
    files.push(rest.to_vec());
    let named: Vec<(String, Vec<u8>)> = (files.into_iter().enumerate())
        .map(|(k, file)| (format!("{k}.csv"), file))
        .collect();
    let mut options = Options::default();
    options.year = Some(2020);
    if let Ok(import) = import::of_bytes(&named, &options) {
        let finite = match &import.table {
            AnyTable::Flows(table) => table.output().iter().all(|x| x.is_finite()),
            AnyTable::Coefficients(table) => table
                .coefficients()
                .value_added()
                .iter()
                .all(|x| x.is_finite()),
        };
        assert!(finite);
    }
});
