//! The bar chart beside a table that has columns with bars.

use super::super::document::{Cell, Kind, Table};
use super::super::width::width;
use super::{column_format, column_number, heading};
use rust_xlsxwriter::{
    Chart, ChartAxisLabelPosition, ChartFormat, ChartLegendPosition, ChartSolidFill, ChartType,
    Color, Worksheet, XlsxError,
};

/// The colours of bars, Okabe and Ito's: every kind of colour vision tells them apart.
const SERIES: [Color; 7] = [
    Color::RGB(0x0072B2),
    Color::RGB(0x56B4E9),
    Color::RGB(0xE69F00),
    Color::RGB(0x009E73),
    Color::RGB(0xCC79A7),
    Color::RGB(0xB8BEC4),
    Color::RGB(0xD55E00),
];
/// Bars in a chart; what follows in a longer table is not drawn.
const MOST_BARS: usize = 40;

/// A bar chart of the columns that may have bars, and its height in pixels: in parts where they share
/// a unit, side by side where they do not.
pub(super) fn chart(
    table: &Table,
    sheet: &Worksheet,
    first_row: u32,
) -> std::result::Result<Option<(Chart, u32)>, XlsxError> {
    let columns: Vec<usize> = (0..table.columns.len())
        .filter(|&at| table.columns[at].bar)
        .collect();
    let Some(&at) = columns.first() else {
        return Ok(None);
    };
    let (from, to) = longest_run(table);
    let to = to.min(from + MOST_BARS);
    if from == to {
        return Ok(None);
    }
    let (from, bars) = (first_row + from as u32, (to - from) as u32);
    let last = from + bars - 1;
    let name = sheet.name();
    let name = name.as_str();
    let column = &table.columns[at];
    let one_unit = columns
        .iter()
        .all(|&at| table.columns[at].unit == column.unit);
    let stacked = columns.len() > 1 && one_unit;
    let mut chart = if stacked {
        Chart::new(ChartType::BarStacked)
    } else {
        Chart::new_bar()
    };
    for (&at, color) in columns.iter().zip(SERIES.into_iter().cycle()) {
        let values = column_number(at)?;
        let series = chart
            .add_series()
            .set_values((name, from, values, last, values))
            .set_gap(40);
        series
            .set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(color)));
        if stacked {
            series.set_overlap(100);
        }
        if let Some(names) = names_column(table) {
            let names = column_number(names)?;
            series.set_categories((name, from, names, last, names));
        }
        if columns.len() > 1 {
            let heading = if one_unit {
                table.columns[at].title.clone()
            } else {
                heading(&table.columns[at]).replace('\n', " ")
            };
            series.set_name(&heading);
        }
    }
    if columns.len() == 1 {
        chart.title().set_name(&heading(column).replace('\n', " "));
        chart.legend().set_hidden();
    } else {
        chart.legend().set_position(ChartLegendPosition::Top);
        if one_unit && !column.unit.is_empty() {
            chart.x_axis().set_name(&column.unit);
        }
    }
    // The first row on top, as in the table. The numbers then stay below and the names left of the
    // bars, also where some are negative. (The vertical axis of a bar chart is `y` here.)
    chart
        .y_axis()
        .set_reverse()
        .set_label_position(ChartAxisLabelPosition::Low);
    chart
        .x_axis()
        .set_num_format(column_format(column))
        .set_label_position(ChartAxisLabelPosition::High);
    let each = if stacked { 1 } else { columns.len() as u32 };
    let height = 110 + 24 * bars * each;
    chart.set_width(640).set_height(height);
    Ok(Some((chart, height)))
}

/// The widest column of names before the numbers.
pub(super) fn names_column(table: &Table) -> Option<usize> {
    let widest = |at: &usize| {
        let cells = table.rows.iter().map(|row| match row.cells.get(*at) {
            Some(Cell::Text(text)) => width(text),
            _ => 0,
        });
        cells.max()
    };
    let keys = table
        .columns
        .iter()
        .take_while(|c| c.kind == Kind::Text)
        .count();
    (0..keys).max_by_key(widest)
}

/// The longest run of rows that are no totals, as a range.
pub(super) fn longest_run(table: &Table) -> (usize, usize) {
    let mut longest = (0, 0);
    let mut from = 0;
    let ends = table.rows.iter().enumerate().filter(|(_, row)| row.total);
    for end in ends.map(|(at, _)| at).chain([table.rows.len()]) {
        if end.saturating_sub(from) > longest.1 - longest.0 {
            longest = (from, end);
        }
        from = end + 1;
    }
    longest
}
