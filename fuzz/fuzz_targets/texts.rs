//! Amounts, formulas and names of sectors: any text gives an answer or a sentence. A text that begins with
//! `?` is a name: what is nearest to one is looked for among all, which takes a thousand times as long.
#![no_main]

use leontief::AnyTable;
use leontief::scenario::amount;
use leontief::scenario::formula::Formula;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static KOREA: LazyLock<AnyTable> =
    LazyLock::new(|| AnyTable::open("kr-2023-33").expect("a built-in table"));

fuzz_target!(|text: &str| {
    if let Some(name) = text.strip_prefix('?') {
        let _ = KOREA.sectors().find(name);
        return;
    }
    let won = amount::Currency::of("KRW").with_rate(Some(1_380.0));
    if let Ok(money) = won.and_then(|won| amount::parse(text, won)) {
        assert!(money.as_units().is_finite());
    }
    if let Ok(formula) = Formula::parse(text) {
        // As it was written, it is the same formula.
        assert_eq!(Formula::parse(formula.text()).as_ref(), Ok(&formula));
        let _ = formula.names();
    }
});
