//! Notes of prices: deflators, margins and taxes.

use super::{list, say};
use crate::lang::{Text, said};
use crate::scenario::{NoDeflator, PricePart};

pub(super) fn no_deflator(price_year: i32, table_year: i32, why: NoDeflator) -> Text {
    let why = match why {
        NoDeflator::TableHasNone => Text::new(
            "it has no deflators of its own",
            "표에 자체 디플레이터가 없어",
        ),
        NoDeflator::TableHasOwn => Text::new(
            "no deflator is given (deflators = \"table\" takes the table's own)",
            "디플레이터가 지정되지 않아(deflators = \"table\"로 지정하면 표의 디플레이터 적용)",
        ),
        NoDeflator::NoneGiven => Text::new("no deflator is given", "디플레이터가 없어"),
    };
    say!(
        "Amounts are in prices of {price_year}, the table is of {table_year}, and {why}: no price change is \
         assumed.",
        "금액은 {price_year}년 가격, 산업연관표는 {table_year}년 기준이나 {why} 가격 변동이 없다고 가정함.",
        price_year,
        table_year,
        why
    )
}

pub(super) fn deflated_by_table(
    price_year: i32,
    table_year: i32,
    (least, greatest): (f64, f64),
    how: Option<&Text>,
) -> Text {
    let factors = match format!("{least:.3}") == format!("{greatest:.3}") {
        true => said!("times {least:.3}", "{least:.3}배"),
        false => said!(
            "times {least:.3} to {greatest:.3} by sector",
            "부문별 {least:.3}~{greatest:.3}배"
        ),
    };
    say!(
        "Amounts in prices of {price_year} are brought to {table_year} by the table's own deflators, \
         {factors}.{how}",
        "{price_year}년 가격 금액은 표의 부문별 디플레이터로 {table_year}년 가격으로 환산함({factors}).{how}",
        price_year,
        table_year,
        factors,
        how = how.map_or(Text::default(), |how| say!(" {how}", " {how}", how))
    )
}

/// Parts of a price, with their rates where they have one.
pub(super) fn parts<'r>(parts: impl Iterator<Item = (PricePart, Option<&'r str>)>) -> Text {
    let named = parts.map(|(part, rate)| {
        let rate = rate.map_or(String::new(), |rate| format!(" {rate}"));
        let part = match part {
            PricePart::TradeMargin => Text::new("trade margin", "상업마진"),
            PricePart::TransportMargin => Text::new("transport margin", "운송마진"),
            PricePart::Vat => Text::new("VAT", "부가가치세"),
            PricePart::ProductTax => Text::new("product tax", "생산물세"),
        };
        say!("{part}{rate}", "{part}{rate}", part, rate)
    });
    list(&named.collect::<Vec<_>>())
}
