//! Prepares the built-in tables: matrices as packed numbers, the words that lead to sectors, the SHA-256
//! of every file. What the program then reads is compared with the files, bit for bit, in
//! `src/table/embedded.rs`.
//!
//! Packed: each figure is its digits as a whole number over a power of ten that is one for the file, the
//! number in zigzag and in groups of seven bits, least first. Nearly half of what the text takes, less
//! than deflated text, and no more to read than a loop.

use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[path = "src/table/words.rs"]
mod words;

/// The folders under `tables/`, in the order in which they are listed.
const TABLES: [&str; 8] = [
    "kr-2023-83",
    "kr-2023-33",
    "kr-2022-33",
    "kr-2021-33",
    "kr-2020-165",
    "kr-2020-83",
    "kr-2020-33",
    "kr-2020-regions",
];

/// Files that hold figures alone, each with how many of its columns are codes.
const FIGURES: [(&str, usize); 13] = [
    ("domestic_flows.csv", 1),
    ("imported_flows.csv", 1),
    ("domestic_final_demand.csv", 1),
    ("imported_final_demand.csv", 1),
    ("primary_inputs.csv", 1),
    ("output.csv", 1),
    ("imports.csv", 1),
    ("satellites.csv", 1),
    ("domestic_coefficients.csv", 1),
    ("import_coefficients.csv", 1),
    ("value_added_coefficients.csv", 1),
    ("satellite_coefficients.csv", 1),
    ("multipliers.csv", 2),
];

fn main() {
    let home = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("set by cargo"));
    let out = PathBuf::from(env::var("OUT_DIR").expect("set by cargo"));
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/table/words.rs");
    let mut prepared = Prepared {
        out: &out,
        names: HashMap::new(),
    };
    let mut tables = String::from("static TABLES: &[Embedded] = &[\n");
    for id in TABLES {
        let folder = home.join("tables").join(id);
        println!("cargo::rerun-if-changed=tables/{id}");
        tables.push_str(&prepared.table(id, &folder));
    }
    tables.push_str("];\n");
    fs::write(out.join("tables.rs"), tables).expect("OUT_DIR can be written to");
}

/// What has been written to `OUT_DIR`, by content: tables of one classification share files.
struct Prepared<'a> {
    out: &'a Path,
    names: HashMap<Vec<u8>, String>,
}

impl Prepared<'_> {
    /// The expression that includes some bytes.
    fn included(&mut self, how: &str, bytes: Vec<u8>) -> String {
        let number = self.names.len();
        let name = self.names.entry(bytes).or_insert_with_key(|bytes| {
            let name = format!("{number}");
            fs::write(self.out.join(&name), bytes).expect("OUT_DIR can be written to");
            name
        });
        format!("{how}!(concat!(env!(\"OUT_DIR\"), \"/{name}\"))")
    }

    /// A table as an expression.
    fn table(&mut self, id: &str, folder: &Path) -> String {
        let read = |name: &str| fs::read_to_string(folder.join(name)).expect(name);
        let meta = read("table.toml");
        let kind = ["flows", "coefficients", "regions"]
            .into_iter()
            .find(|kind| meta.contains(&format!("\nkind = \"{kind}\"\n")))
            .expect("a kind in table.toml");
        let kind = format!("{}{}", kind[..1].to_uppercase(), &kind[1..]);
        let mut table = format!("Embedded {{ id: {id:?}, kind: Kind::{kind}, files: &[\n");
        let mut files: Vec<String> = fs::read_dir(folder)
            .expect("a folder under tables/")
            .map(|entry| entry.expect("an entry").file_name())
            .map(|name| name.into_string().expect("a name in UTF-8"))
            .collect();
        files.sort();
        let mut hash = Sha256::new();
        for name in files {
            let text = read(&name);
            // Published figures are no part of the table.
            if !name.starts_with("published") {
                hash.update(name.as_bytes());
                hash.update(Sha256::digest(text.as_bytes()));
            }
            let held = match FIGURES.iter().find(|(file, _)| *file == name) {
                Some((_, codes)) => {
                    let (columns, decimals, packed) = pack(&name, &text, *codes);
                    let packed = self.included("include_bytes", packed);
                    format!(
                        "Figures {{ columns: {columns}, decimals: {decimals}, packed: {packed} }}"
                    )
                }
                None => format!("Text({})", self.included("include_str", text.into_bytes())),
            };
            writeln!(table, "    File {{ name: {name:?}, held: Held::{held} }},").expect("memory");
        }
        let words = sector_words(&read("sectors.csv"), &read("aliases.csv"));
        let words = self.included("include_str", words.into_bytes());
        let hash: String = hash.finalize().iter().map(|b| format!("{b:02x}")).collect();
        writeln!(table, "], hash: {hash:?}, words: {words} }},").expect("memory");
        table
    }
}

/// The figures of a file: how many columns, how many decimals, and all of them packed, row by row.
fn pack(name: &str, text: &str, codes: usize) -> (usize, usize, Vec<u8>) {
    let rows: Vec<Vec<&str>> = text
        .lines()
        .skip(1)
        .map(|line| line.split(',').skip(codes).collect())
        .collect();
    let decimals_of = |figure: &&str| figure.split_once('.').map_or(0, |(_, after)| after.len());
    let decimals = rows.iter().flatten().map(decimals_of).max().unwrap_or(0);
    let mut packed = Vec::new();
    for figure in rows.iter().flatten() {
        let zeros = "0".repeat(decimals - decimals_of(figure));
        let digits = figure.replacen('.', "", 1) + &zeros;
        let whole: i64 = digits
            .parse()
            .unwrap_or_else(|_| panic!("{name}: {figure}"));
        // Then it is exact as a float, and the quotient is the float nearest to the figure.
        assert!(
            whole.unsigned_abs() < 1 << 53 && decimals <= 22,
            "{name}: {figure}"
        );
        let mut rest = ((whole << 1) ^ (whole >> 63)) as u64;
        while rest >= 0x80 {
            packed.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        packed.push(rest as u8);
    }
    (rows.first().map_or(0, Vec::len), decimals, packed)
}

fn sector_words(sectors: &str, aliases: &str) -> String {
    let records = |text: &str| -> Vec<csv::StringRecord> {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        reader
            .records()
            .map(|record| record.expect("CSV"))
            .collect()
    };
    let (sectors, aliases) = (records(sectors), records(aliases));
    // code,name_ko,name_en,group and alias,code
    let at = |code: &str| {
        sectors
            .iter()
            .position(|s| &s[0] == code)
            .expect("an alias leads to a sector")
    };
    words::index(
        sectors.iter().map(|s| [&s[2], &s[1]]),
        aliases.iter().map(|a| (&a[0], at(&a[1]))),
    )
}
