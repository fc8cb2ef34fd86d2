//! Tables: a folder of any texts is refused by a sentence, or its model answers with what can be.
//!
//! The input is a list of files, each begun by a line "== NAME"; what is not named is that of a small
//! table of coefficients.
#![no_main]

use leontief::Model;
use leontief::analysis::checkup;
use leontief::table::read::native::{self, Folder};
use libfuzzer_sys::fuzz_target;
use std::borrow::Cow;
use std::collections::BTreeMap;

const SMALL: &str = include_str!("../corpus/tables/small");

struct Texts<'a>(BTreeMap<&'a str, &'a str>);

impl<'a> Texts<'a> {
    fn add(&mut self, all: &'a str) {
        for part in all.split("== ").skip(1) {
            if let Some((name, text)) = part.split_once('\n') {
                self.0.insert(name.trim(), text);
            }
        }
    }
}

impl Folder for Texts<'_> {
    fn place(&self, file: &str) -> String {
        file.to_owned()
    }

    fn file(&self, name: &str) -> leontief::Result<Option<Cow<'_, str>>> {
        Ok(self.0.get(name).map(|text| Cow::Borrowed(*text)))
    }
}

fuzz_target!(|all: &str| {
    let mut texts = Texts(BTreeMap::new());
    texts.add(SMALL);
    texts.add(all);
    let Ok(table) = native::read(&texts) else {
        return;
    };
    let _ = checkup::check(&table);
    if let Ok(model) = Model::new(&table) {
        let n = table.sectors().len();
        let inverse = model.leontief_inverse();
        assert!((0..n).all(|i| inverse[(i, i)].is_finite()));
    }
});
