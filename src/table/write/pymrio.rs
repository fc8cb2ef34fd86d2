//! A table as pymrio reads it: `pymrio.load_all("folder")`.
//!
//! Two regions: the economy itself, and `imports`, which sells its products and makes nothing with inputs of its own, so
//! that flows by origin, product and user are all there; exports are a category of final demand. A table of many countries
//! has theirs. Codes that are numbers would be read as numbers in one file and as texts in another, so that all of them stand
//! with a letter before them (`S01`) where any is one; `sectors.txt` has both. Source: pymrio's documentation, "Loading, saving and exporting data".

use crate::error::Result;
use crate::lang::Text;
use crate::table::Table;
use nalgebra::{DMatrix, DVector};
use std::fmt::Write;

/// The region that imports come from.
pub(in crate::table) const ABROAD: &str = "imports";

/// Labels of a row or a column.
type Pair = (String, String);

/// The files of the folder, each with its name in it; parts of value added, imports and taxes of which only the users are
/// told, and accounts are extensions.
///
/// Numbers are written in the shortest form that reads back as the same value.
///
/// ```
/// use leontief::table::write;
/// use leontief::{AnyTable, Text};
/// let table = AnyTable::open("kr-2023-33")?;
/// let files = write::pymrio::write(table.flows(Text::same("pymrio"))?)?;
/// let (_, z) = files.iter().find(|(name, _)| name == "Z.txt").expect("written");
/// assert!(z.starts_with("region\t\tSouth Korea\tSouth Korea"));
/// # Ok::<(), leontief::Error>(())
/// ```
///
/// # Errors
/// None so far.
pub fn write(table: &Table) -> Result<Vec<(String, String)>> {
    let world = World::of(table);
    let (flows, meta) = (table.flows(), table.meta());
    let mut files = vec![
        (
            "Z.txt".to_owned(),
            grid(["region", "sector"], &world.keys, &world.keys, &world.flows),
        ),
        (
            "Y.txt".to_owned(),
            grid(
                ["region", "category"],
                &world.keys,
                &world.categories,
                &world.demand,
            ),
        ),
        (
            "x.txt".to_owned(),
            one(
                "indout",
                &world.keys,
                world.output.iter().map(f64::to_string),
            ),
        ),
        ("unit.txt".to_owned(), {
            let unit = format!("M.{}", meta.currency);
            one("unit", &world.keys, world.keys.iter().map(|_| unit.clone()))
        }),
        ("sectors.txt".to_owned(), {
            let names = table.sectors().iter();
            let labels = labels(table);
            let line = |(s, label): (&crate::table::Sector, String)| {
                format!("{label}\t{}\t{}\t{}\n", s.code, s.name.en, s.name.ko)
            };
            let lines: String = names.zip(labels).map(line).collect();
            "sector\tcode\tname_en\tname_ko\n".to_owned() + &lines
        }),
        (
            "file_parameters.json".to_owned(),
            parameters(
                "\"systemtype\": \"IOSystem\"",
                &[("Z", 2, 2), ("Y", 2, 2), ("x", 2, 1), ("unit", 2, 1)],
            ),
        ),
    ];
    let money = format!("M.{}", meta.currency);
    let parts = meta.primary_inputs.iter().enumerate().map(|(row, part)| {
        (
            &part.title,
            money.as_str(),
            flows.primary_inputs.row(row).transpose(),
        )
    });
    let others = meta.other_inputs.iter().enumerate().map(|(row, other)| {
        (
            &other.title,
            money.as_str(),
            flows.other_inputs.row(row).transpose(),
        )
    });
    let counted = (meta.accounts.iter().zip(&flows.satellites))
        .map(|(account, values)| (&account.title, account.unit.en.as_str(), values.clone()));
    for (folder, name, rows) in [
        (
            "factor_inputs",
            "Factor inputs",
            parts.chain(others).collect::<Vec<_>>(),
        ),
        ("accounts", "Accounts", counted.collect()),
    ] {
        if !rows.is_empty() {
            files.extend(world.extension(folder, name, &rows));
        }
    }
    Ok(files)
}

/// The table with the regions that pymrio knows.
struct World {
    keys: Vec<Pair>,
    flows: DMatrix<f64>,
    categories: Vec<Pair>,
    demand: DMatrix<f64>,
    output: DVector<f64>,
    /// How many of the keys make something.
    made: usize,
}

impl World {
    fn of(table: &Table) -> Self {
        let (flows, meta) = (table.flows(), table.meta());
        let n = table.sectors().len();
        let codes = || table.sectors().iter().map(|s| s.code.as_str());
        let ids = || meta.final_demand.iter().map(|c| c.id.as_str());
        if flows.imported.sum() == 0.0
            && flows.imported_final_demand.sum() == 0.0
            && let (Some(keys), Some(categories)) =
                (codes().map(split).collect(), ids().map(split).collect())
        {
            return World {
                keys,
                categories,
                flows: flows.domestic.dense().clone(),
                demand: flows.domestic_final_demand.clone(),
                output: flows.output.clone(),
                made: n,
            };
        }
        let home = match meta.country.en.as_str() {
            "" => "home",
            country => country,
        };
        let of = |region: &str| {
            labels(table)
                .into_iter()
                .map(|label| (region.to_owned(), label))
                .collect::<Vec<_>>()
        };
        let mut both = DMatrix::zeros(2 * n, 2 * n);
        both.view_mut((0, 0), (n, n))
            .copy_from(flows.domestic.dense());
        both.view_mut((n, 0), (n, n))
            .copy_from(flows.imported.dense());
        let k = meta.final_demand.len();
        let mut demand = DMatrix::zeros(2 * n, k);
        demand
            .rows_mut(0, n)
            .copy_from(&flows.domestic_final_demand);
        demand
            .rows_mut(n, n)
            .copy_from(&flows.imported_final_demand);
        let categories = meta.final_demand.iter();
        let categories = categories.map(|category| (home.to_owned(), category.title.en.clone()));
        let sold = both.column_sum() + demand.column_sum();
        World {
            keys: of(home).into_iter().chain(of(ABROAD)).collect(),
            categories: categories.collect(),
            output: DVector::from_fn(2 * n, |i, _| if i < n { flows.output[i] } else { sold[i] }),
            flows: both,
            demand,
            made: n,
        }
    }

    fn extension(
        &self,
        folder: &str,
        name: &str,
        rows: &[(&Text, &str, DVector<f64>)],
    ) -> [(String, String); 3] {
        let titles: Vec<&str> = rows.iter().map(|(title, ..)| title.en.as_str()).collect();
        let mut f = head("region", 1, self.keys.iter().map(|(region, _)| region));
        f += &head("sector", 1, self.keys.iter().map(|(_, sector)| sector));
        f += &head("stressor", 1, self.keys.iter().map(|_| ""));
        let mut units = "stressor\tunit\n".to_owned();
        for (title, (_, unit, values)) in titles.iter().zip(rows) {
            let _ = writeln!(units, "{}\t{}", clean(title), clean(unit));
            f += &clean(title);
            for at in 0..self.keys.len() {
                let value = if at < self.made { values[at] } else { 0.0 };
                let _ = write!(f, "\t{value}");
            }
            f.push('\n');
        }
        let of = format!("\"systemtype\": \"Extension\",\n    \"name\": \"{name}\"");
        [
            (format!("{folder}/F.txt"), f),
            (format!("{folder}/unit.txt"), units),
            (
                format!("{folder}/file_parameters.json"),
                parameters(&of, &[("F", 1, 2), ("unit", 1, 1)]),
            ),
        ]
    }
}

/// The codes as labels that nobody takes for numbers.
fn labels(table: &Table) -> Vec<String> {
    let codes = || table.sectors().iter().map(|s| s.code.as_str());
    let before = match codes().any(|code| code.parse::<f64>().is_ok()) {
        true => "S",
        false => "",
    };
    codes().map(|code| format!("{before}{code}")).collect()
}

/// "KOR_C26" is C26 of KOR.
fn split(code: &str) -> Option<Pair> {
    let (region, sector) = code.split_once('_')?;
    Some((region.to_owned(), sector.to_owned()))
}

/// A label that keeps to its field.
fn clean(label: &str) -> String {
    label.replace(['\t', '\n', '\r', '"'], " ")
}

fn head<T: AsRef<str>>(name: &str, before: usize, labels: impl Iterator<Item = T>) -> String {
    let mut line = name.to_owned() + &"\t".repeat(before - 1);
    for label in labels {
        line.push('\t');
        line += &clean(label.as_ref());
    }
    line.push('\n');
    line
}

fn grid(names: [&str; 2], rows: &[Pair], columns: &[Pair], cells: &DMatrix<f64>) -> String {
    let mut text = head(names[0], 2, columns.iter().map(|(region, _)| region));
    text += &head(names[1], 2, columns.iter().map(|(_, label)| label));
    text += &head("region\tsector", 1, columns.iter().map(|_| ""));
    for ((region, sector), row) in rows.iter().zip(cells.row_iter()) {
        let _ = write!(text, "{}\t{}", clean(region), clean(sector));
        for value in row.iter() {
            let _ = write!(text, "\t{value}");
        }
        text.push('\n');
    }
    text
}

fn one(name: &str, rows: &[Pair], values: impl Iterator<Item = String>) -> String {
    let mut text = format!("region\tsector\t{name}\n");
    for ((region, sector), value) in rows.iter().zip(values) {
        let _ = writeln!(text, "{}\t{}\t{value}", clean(region), clean(sector));
    }
    text
}

/// What pymrio looks for: the files, how many columns and lines of labels each has.
fn parameters(kind: &str, files: &[(&str, usize, usize)]) -> String {
    let file = |(name, columns, lines): &(&str, usize, usize)| {
        format!(
            "        \"{name}\": {{\"name\": \"{name}.txt\", \"nr_index_col\": \"{columns}\", \"nr_header\": \"{lines}\"}}"
        )
    };
    let files: Vec<String> = files.iter().map(file).collect();
    format!(
        "{{\n    \"files\": {{\n{}\n    }},\n    {kind}\n}}\n",
        files.join(",\n")
    )
}

#[cfg(all(test, feature = "import"))]
mod tests {
    use super::*;
    use crate::table::import::{self, Options};
    use crate::table::{AnyTable, FinalDemandRole::*, PrimaryInputRole::*};

    fn two() -> Table {
        let table = Table::builder("two", 2022)
            .sectors([("1", "Agriculture"), ("2", "Manufacturing")])
            .domestic_flows([[150.0, 500.0], [200.0, 100.0]])
            .imported_flows([[10.0, 20.0], [40.0, 80.0]])
            .final_demand(Household, [300.0, 1400.0])
            .final_demand(FixedCapital, [20.0, 100.0])
            .final_demand(Exports, [30.0, 200.0])
            .imported_final_demand(Household, [7.0, 0.0])
            .imported_final_demand(FixedCapital, [0.0, 9.0])
            .imported_final_demand(Exports, [0.0, 3.0])
            .value_added(Compensation, [250.0, 900.0])
            .value_added(OperatingSurplus, [350.0, 400.0])
            .jobs([300.0, 500.0])
            .build()
            .expect("it adds up");
        table.flows(Text::same("files")).expect("flows").clone()
    }

    #[test]
    fn what_is_written_reads_back_with_imports_by_product_and_exports() {
        let table = two();
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in write(&table).expect("files") {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, text).expect("a file");
        }
        let mut options = Options::default();
        (options.year, options.country) = (Some(2022), Some("home".to_owned()));
        let again = import::open(&[folder.path()], &options)
            .expect("as written")
            .table;
        let AnyTable::Flows(again) = again else {
            panic!("flows");
        };
        let (a, b) = (table.flows(), again.flows());
        assert_eq!(
            (&a.domestic, &a.imported, &a.output),
            (&b.domestic, &b.imported, &b.output)
        );
        assert_eq!(a.domestic_final_demand, b.domestic_final_demand);
        assert_eq!(a.imported_final_demand, b.imported_final_demand);
        assert_eq!(
            (&a.primary_inputs, &a.satellites),
            (&b.primary_inputs, &b.satellites)
        );
    }
}
