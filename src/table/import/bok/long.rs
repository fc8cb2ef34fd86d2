//! A line a figure: what ECOS gives for download and its open interface answers (`StatisticSearch`).
//!
//! The first item is what supplies or is induced, the second what buys; which of them is which is told by
//! the codes behind the sectors (value added stands among inputs), not by their order alone. A year is a
//! column of its own in some downloads.

use super::grid::{Grid, Lie, Other, lies_down};
use super::labels;
use crate::lang::Text;
use crate::table::import::sheets::Sheet;
use std::collections::{BTreeMap, HashMap};

/// How far down the header may stand.
const HEADER_ROWS: usize = 10;

/// The columns of a sheet with a line a figure.
struct Columns {
    header: usize,
    /// Code and name of the table.
    table: [Option<usize>; 2],
    /// Codes and names of the two items.
    codes: [Option<usize>; 2],
    names: [Option<usize>; 2],
    unit: Option<usize>,
    time: Option<usize>,
    /// The columns of figures, with their year where it heads them.
    values: Vec<(usize, Option<i32>)>,
}

impl Columns {
    fn of(sheet: &Sheet) -> Option<Self> {
        (0..sheet.height().min(HEADER_ROWS)).find_map(|header| {
            let found = |names: &[&str]| {
                (0..sheet.width(header)).find(|column| {
                    let title = labels::bare(&sheet.text(header, *column)).to_uppercase();
                    names.contains(&title.as_str())
                })
            };
            let codes = labels::ITEM_CODES.map(|names| found(&names));
            let names = labels::ITEM_NAMES.map(|names| found(&names));
            let value = found(&labels::VALUE);
            let values: Vec<(usize, Option<i32>)> = match value {
                Some(column) => vec![(column, None)],
                None => (0..sheet.width(header))
                    .filter_map(|column| {
                        let text = sheet.text(header, column);
                        Some((column, Some(labels::year_alone(&text)?)))
                    })
                    .collect(),
            };
            let both = (0..2).all(|k| codes[k].or(names[k]).is_some());
            (both && !values.is_empty()).then(|| Columns {
                header,
                table: [found(&labels::TABLE_CODE), found(&labels::TABLE_NAME)],
                codes,
                names,
                unit: found(&labels::UNIT),
                time: found(&labels::TIME),
                values,
            })
        })
    }
}

/// The years that a sheet has figures of.
pub(in crate::table::import) fn years(sheet: &Sheet) -> Vec<i32> {
    let Some(columns) = Columns::of(sheet) else {
        return Vec::new();
    };
    let mut years: Vec<i32> = columns
        .values
        .iter()
        .filter_map(|(_, year)| *year)
        .collect();
    if let Some(time) = columns.time {
        let times = (columns.header + 1..sheet.height())
            .filter_map(|row| labels::year_alone(&sheet.text(row, time)));
        years.extend(times);
    }
    years.sort_unstable();
    years.dedup();
    years
}

/// The items of one side: their codes and names in the order of the lines.
#[derive(Default)]
struct Items {
    at: HashMap<String, usize>,
    all: Vec<(String, String)>,
}

impl Items {
    fn place(&mut self, code: &str, name: &str) -> usize {
        let key = if code.is_empty() { name } else { code };
        if let Some(at) = self.at.get(key) {
            return *at;
        }
        self.at.insert(key.to_owned(), self.all.len());
        self.all.push((code.to_owned(), name.to_owned()));
        self.all.len() - 1
    }
}

impl<'a> Grid<'a> {
    /// The grids of a sheet with a line a figure, one for each table of a year; none of another sheet.
    pub(in crate::table::import) fn long(sheet: &'a Sheet, year: Option<i32>) -> Vec<Self> {
        let Some(columns) = Columns::of(sheet) else {
            return Vec::new();
        };
        let text = |row: usize, column: Option<usize>| {
            column.map_or_else(String::new, |column| sheet.label(row, column))
        };
        let mut grids = Vec::new();
        for (value, headed) in &columns.values {
            if headed.is_some() && year.is_some() && *headed != year {
                continue;
            }
            let mut tables: BTreeMap<String, Vec<usize>> = BTreeMap::new();
            for row in columns.header + 1..sheet.height() {
                let time = columns
                    .time
                    .map(|time| labels::year_alone(&sheet.text(row, time)));
                if year.is_some() && time.is_some_and(|time| time != year) {
                    continue;
                }
                let about = [columns.table[0], columns.table[1], columns.unit];
                let about = about.map(|column| text(row, column)).join("\n");
                tables.entry(about).or_default().push(row);
            }
            for (about, lines) in tables {
                let time = columns
                    .time
                    .and_then(|time| labels::year_alone(&sheet.text(*lines.first()?, time)));
                let grid = Grid::of_lines(sheet, &columns, *value, &about, &lines);
                grids.extend(grid.map(|grid| Grid {
                    year: headed.or(time),
                    ..grid
                }));
            }
        }
        grids
    }

    fn of_lines(
        sheet: &'a Sheet,
        columns: &Columns,
        value: usize,
        about: &str,
        lines: &[usize],
    ) -> Option<Self> {
        let text = |row: usize, column: Option<usize>| {
            column.map_or_else(String::new, |column| sheet.label(row, column))
        };
        let mut items = [Items::default(), Items::default()];
        let mut line = HashMap::with_capacity(lines.len());
        for row in lines {
            let at = [0, 1].map(|k| {
                let (code, name) = (text(*row, columns.codes[k]), text(*row, columns.names[k]));
                items[k].place(&code, &name)
            });
            line.insert((at[0], at[1]), *row);
        }
        let pairs = |k: usize| items[k].all.iter().map(|(c, n)| (c.as_str(), n.as_str()));
        let down = lies_down(pairs(0), pairs(1));
        let [first, second] = items;
        let (supply, demand) = if down {
            (second, first)
        } else {
            (first, second)
        };
        let line = match down {
            true => line
                .into_iter()
                .map(|((i, j), row)| ((j, i), row))
                .collect(),
            false => line,
        };
        let titles = format!("{}\n{about}", sheet.title());
        let figures = labels::figures(&titles)?;
        // Codes of ECOS are its own: what is on both sides and has the name of no total is a sector.
        let is_sector = |side: &Items, at: usize| {
            let (code, name) = &side.all[at];
            let digits = !code.is_empty() && code.bytes().all(|b| b.is_ascii_digit());
            match digits && code.len() <= 4 {
                true => labels::is_sector(code),
                false => !labels::is_use("", name) && !labels::is_input("", name),
            }
        };
        let (mut rows, mut found, mut sectors) = (Vec::new(), Vec::new(), Vec::new());
        for (at, (code, name)) in supply.all.iter().enumerate() {
            let key = if code.is_empty() { name } else { code };
            if let Some(column) = demand.at.get(key)
                && is_sector(&supply, at)
            {
                rows.push(at);
                found.push(*column);
                let code = if code.is_empty() { name } else { code };
                sectors.push((code.clone(), Text::same(name.as_str())));
            }
        }
        if sectors.len() < 2 {
            return None;
        }
        let others = |side: &Items, taken: &[usize]| {
            let left = side
                .all
                .iter()
                .enumerate()
                .filter(|(at, _)| !taken.contains(at));
            let other = |(at, (code, label)): (usize, &(String, String))| Other {
                at,
                code: code.clone(),
                label: label.clone(),
            };
            left.map(other).collect::<Vec<Other>>()
        };
        Some(Grid {
            sheet,
            lie: Lie::Long {
                line,
                column: value,
            },
            figures,
            titles,
            year: None,
            other_rows: others(&supply, &rows),
            other_columns: others(&demand, &found),
            sectors,
            rows,
            columns: found,
            years: Vec::new(),
        })
    }
}
