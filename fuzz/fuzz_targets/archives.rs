//! Tables in one file: any bytes are refused by a sentence, or are a table whose model is finite.
#![no_main]

use leontief::Model;
use leontief::table::read::{native, single::SingleFile};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(Some(file)) = SingleFile::from_bytes("fuzz.zip", bytes.to_vec()) else {
        return;
    };
    let Ok(table) = native::read(&file) else {
        return;
    };
    if let Ok(model) = Model::new(&table) {
        let inverse = model.leontief_inverse();
        assert!((0..table.sectors().len()).all(|i| inverse[(i, i)].is_finite()));
    }
});
