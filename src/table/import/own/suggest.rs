//! A map as a text: what is believed of each line, to be corrected.

use super::about::Found;
use super::lines::{Line, Reading};
use crate::table::PriceBasis;
use std::fmt::Write;

/// The map of a reading.
pub(super) fn text(reading: &Reading, found: &Found, imports: Option<&str>) -> String {
    let (sheet, square) = (reading.sheet, &reading.square);
    let mut text = String::new();
    let n = square.len();
    let (rows, columns) = reading.off();
    let said = |off: Option<f64>| match off {
        Some(off) => format!("{:.4} %", 100.0 * off),
        None => "unknown".to_owned(),
    };
    let _ = writeln!(
        text,
        "# What leontief believes of {}: {n} sectors.",
        sheet.title()
    );
    let _ = writeln!(
        text,
        "# Largest difference from output, over the largest output: rows {}, columns {}.",
        said(rows),
        said(columns)
    );
    let _ = writeln!(
        text,
        "# Correct the roles where they are wrong, and read it as the map of an import."
    );
    let _ = writeln!(text, "sheet = {}", quoted(sheet.name()));
    let names = [
        sheet.row_name(square.label_row),
        sheet.column_name(square.label_column),
    ];
    let [code_row, code_column] = match sheet.is_transposed() {
        true => [&names[1], &names[0]],
        false => [&names[0], &names[1]],
    };
    let _ = writeln!(text, "code_row = {code_row}");
    let _ = writeln!(text, "code_column = {}", quoted(code_column));
    if sheet.is_transposed() {
        text.push_str("transposed = true # users stand in rows, suppliers in columns\n");
    }
    if let Some(name) = imports {
        let _ = writeln!(text, "imports_sheet = {}", quoted(name));
    }
    let set = |text: &mut String, key: &str, value: Option<String>| {
        let _ = match value {
            Some(value) => writeln!(text, "{key} = {value}"),
            None => writeln!(text, "# {key} ="),
        };
    };
    set(&mut text, "year", found.year.map(|year| year.to_string()));
    set(&mut text, "currency", found.currency.as_deref().map(quoted));
    set(&mut text, "unit", found.unit.map(|unit| unit.to_string()));
    let prices = found.prices.map(|prices| match prices {
        PriceBasis::Basic => "\"basic\"".to_owned(),
        PriceBasis::Producers => "\"producers\"".to_owned(),
        PriceBasis::Purchasers => "\"purchasers\"".to_owned(),
    });
    set(&mut text, "prices", prices);
    const COLUMNS: &str = "\n# household, non_profit, government, fixed_capital, inventories, exports, final_demand, \
                           imports,\n# output, total, ignore\n";
    const ROWS: &str = "\n# compensation, operating_surplus, consumption_of_fixed_capital, net_production_taxes, \
                        value_added,\n# imports, product_taxes, output, jobs, total, ignore\n";
    let [columns, rows] = match sheet.is_transposed() {
        true => ["[rows]\n", "[columns]\n"],
        false => ["[columns]\n", "[rows]\n"],
    };
    text.push_str(COLUMNS);
    text.push_str(columns);
    for line in &reading.columns {
        push(&mut text, &sheet.column_name(line.at), line);
    }
    text.push_str(ROWS);
    text.push_str(rows);
    for line in &reading.rows {
        push(&mut text, &sheet.row_name(line.at), line);
    }
    text
}

fn push(text: &mut String, key: &str, line: &Line) {
    let label = line.label.join(" / ");
    let (sum, role) = (line.values.sum(), line.role.map_or("?", |role| role.name()));
    let _ = match line.role {
        Some(_) => writeln!(text, "{key} = \"{role}\" # {label} ({sum:.0})"),
        None => writeln!(text, "# {key} = \"?\" # {label} ({sum:.0}): not clear"),
    };
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
