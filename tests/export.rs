//! A table goes out as one file or as a folder, and comes back as it was.
#![cfg(feature = "cli")]

use assert_cmd::Command;
use std::collections::BTreeMap;
use std::path::Path;

fn run(folder: &Path, arguments: &[&str]) -> assert_cmd::assert::Assert {
    let mut command = Command::cargo_bin("leontief").expect("the program is built");
    for name in ["LANG", "LC_ALL", "LC_MESSAGES"] {
        command.env_remove(name);
    }
    command.current_dir(folder).args(arguments).assert()
}

fn printed(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments).success().get_output().stdout.clone();
    String::from_utf8(output).expect("text")
}

#[test]
fn one_file_and_a_folder_give_what_the_table_gives_hash_and_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    for (id, kind) in [("kr-2023-33", "flows"), ("kr-2022-33", "coefficients")] {
        let shock = |table: &str| {
            // Accounts of coefficients stand per billion in a file: their last bit may turn.
            let format = if kind == "flows" { "json" } else { "markdown" };
            let arguments = [
                "impact", "--shock", "12=1조", "--format", format, "--table", table,
            ];
            printed(folder, &arguments)
        };
        let due = shock(id);
        let (file, tree, back) = (
            format!("{id}.zip"),
            format!("{id}-tree/"),
            format!("{id}-back"),
        );
        run(folder, &["export", id, "-o", &file]).success();
        assert_eq!(shock(&file), due, "{kind}");
        // What it is called says nothing: it is known by its content.
        std::fs::copy(folder.join(&file), folder.join("table.of.mine")).expect("copied");
        assert_eq!(shock("table.of.mine"), due);
        // From one file to a folder, and its texts read to the same figures.
        run(folder, &["export", &file, "-o", &tree]).success();
        run(folder, &["export", &tree, "-o", &back]).success();
        let text = |name: &str, file: &str| {
            std::fs::read_to_string(folder.join(name).join(file)).expect("written")
        };
        let flows = format!("domestic_{kind}.csv");
        assert_eq!(text(&tree, &flows), text(&back, &flows));
        run(folder, &["check", &file]).success();
    }
}

#[test]
fn a_scenario_names_a_table_in_one_file_beside_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let own = folder.path().join("own");
    std::fs::create_dir(&own).expect("made");
    run(&own, &["export", "kr-2023-33", "-o", "korea.zip"]).success();
    let scenario = "[scenario]\nname = \"Test\"\ntable = \"korea.zip\"\n[[phase]]\nname = \"Build\"\n\
                    kind = \"one-off\"\n[[phase.spending]]\nwhat = \"건설\"\namount = \"1조\"\n";
    std::fs::write(own.join("s.toml"), scenario).expect("written");
    let printed = printed(folder.path(), &["impact", "own/s.toml"]);
    assert!(printed.contains("kr-2023-33"), "{printed}");
}

#[test]
fn what_cannot_be_written_or_read_says_what_there_is_and_leaves_what_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let refused = |arguments: &[&str], said: &str| {
        let output = run(folder, arguments).failure().get_output().stderr.clone();
        let error = String::from_utf8_lossy(&output).into_owned();
        assert!(error.contains(said), "'{said}' is not in: {error}");
    };
    refused(&["export", "kr-2023-33"], "-o table.zip");
    refused(&["export", "kr-2023-33", "-o", "t.ods"], ".ods");
    refused(
        &["export", "kr-2023-33", "-o", "t.ods", "--lang", "ko"],
        ".ods 파일로 쓸 수 없습니다",
    );
    run(folder, &["export", "kr-2023-33", "-o", "t.zip"]).success();
    let before = std::fs::read(folder.join("t.zip")).expect("written");
    refused(&["export", "t.zip", "-o", "t.zip"], "overwrite");
    assert_eq!(std::fs::read(folder.join("t.zip")).expect("there"), before);
    std::fs::write(folder.join("cut.zip"), &before[..before.len() / 2]).expect("written");
    for lang in ["en", "ko"] {
        let said = if lang == "en" {
            "copy it again"
        } else {
            "다시 복사"
        };
        refused(&["check", "cut.zip", "--lang", lang], said);
    }
    std::fs::write(folder.join("text.zip"), "code,a\n1,2\n").expect("written");
    refused(&["check", "text.zip"], "text.zip");
    let names: Vec<_> = std::fs::read_dir(folder).expect("a folder").collect();
    assert_eq!(names.len(), 3, "{names:?}");
}

#[test]
fn pymrio_s_folder_comes_back_as_the_national_table() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let arguments = ["export", "kr-2020-33", "--as", "pymrio", "-o", "pymrio/"];
    run(folder, &arguments).success();
    let country = std::fs::read_to_string(folder.join("pymrio/Z.txt")).expect("written");
    let country = country.split('\t').nth(2).expect("a region").to_owned();
    run(
        folder,
        &[
            "import",
            "pymrio",
            "--country",
            &country,
            "--year",
            "2020",
            "--to",
            "back",
        ],
    )
    .success();
    run(folder, &["check", "back"]).success();
    for block in ["domestic_flows", "imported_flows", "output"] {
        let read = |table: &str| {
            std::fs::read_to_string(folder.join(table).join(format!("{block}.csv")))
                .expect("written")
        };
        run(
            folder,
            &["export", "kr-2020-33", "-o", &format!("own-{block}/")],
        )
        .success();
        assert_eq!(read("back"), read(&format!("own-{block}")), "{block}");
    }
    // A table of coefficients has no flows to write.
    let refused = run(
        folder,
        &["export", "kr-2022-33", "--as", "pymrio", "-o", "no/"],
    );
    refused.failure().code(1);
    assert!(!folder.join("no").exists());
}

#[test]
fn a_workbook_has_a_sheet_a_block_with_codes_names_and_figures() {
    use calamine::{Data, Reader, Xlsx, open_workbook};
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("korea.xlsx");
    let arguments = ["export", "kr-2023-33", "--lang", "ko", "-o", "korea.xlsx"];
    run(folder.path(), &arguments).success();
    let mut workbook: Xlsx<_> = open_workbook(&file).expect("a workbook");
    let sheet = workbook.worksheet_range("domestic_flows").expect("a sheet");
    assert_eq!(sheet.get((2, 0)), Some(&Data::String("01".to_owned())));
    assert_eq!(
        sheet.get((2, 1)),
        Some(&Data::String("농림수산품".to_owned()))
    );
    let table = leontief::AnyTable::open("kr-2023-33").expect("built in");
    let table = table.flows(leontief::Text::same("files")).expect("flows");
    let due = table.flows().domestic.at(11, 30);
    assert_eq!(sheet.get((13, 32)), Some(&Data::Float(due)));
    let contents = workbook.worksheet_range("차례").expect("contents");
    let has = |text: &str| {
        let mut cells = contents.used_cells();
        cells.any(|(.., cell)| cell.to_string().contains(text))
    };
    assert!(has("백만 KRW") && has("imported_final_demand") && has(table.content_hash()));
}

#[test]
fn matrix_market_files_hold_the_blocks_and_as_is_of_folders_only() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let mtx = [
        "export",
        "kr-2022-33",
        "--as",
        "matrix-market",
        "-o",
        "mtx/",
    ];
    run(folder, &mtx).success();
    let text =
        std::fs::read_to_string(folder.join("mtx/domestic_coefficients.mtx")).expect("written");
    assert!(
        text.starts_with("%%MatrixMarket matrix array real general\n% rows: 01 02"),
        "{text}"
    );
    assert_eq!(
        text.lines().filter(|line| !line.starts_with('%')).count(),
        1 + 33 * 33
    );
    assert!(folder.join("mtx/sectors.csv").exists());
    run(
        folder,
        &["export", "kr-2022-33", "--as", "pymrio", "-o", "x.zip"],
    )
    .failure()
    .code(1);
}

/// Exports a table in a form and gives back the folder of files that it is read back as.
fn read_back(folder: &Path, table: &str, to: &str) -> Vec<(String, String)> {
    let back = format!("{}-back/", to.trim_end_matches('/').replace('.', "-"));
    run(folder, &["export", table, "-o", to]).success();
    run(folder, &["export", to, "-o", &back]).success();
    let files = std::fs::read_dir(folder.join(&back)).expect("a folder");
    let text = |entry: std::fs::DirEntry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        (name, std::fs::read_to_string(entry.path()).expect("a text"))
    };
    let mut files: Vec<_> = files.map(|entry| text(entry.expect("a file"))).collect();
    files.sort();
    files
}

#[test]
fn every_form_that_holds_all_of_a_table_reads_back_as_the_same_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    for id in ["kr-2023-33", "kr-2022-33"] {
        let due = read_back(folder, id, &format!("{id}-csv/"));
        assert!(due.len() > 6, "{due:?}");
        for form in [format!("{id}.zip"), format!("{id}.xlsx")] {
            let back = read_back(folder, id, &form);
            let names = |files: &[(String, String)]| -> Vec<String> {
                files.iter().map(|(name, _)| name.clone()).collect()
            };
            assert_eq!(names(&back), names(&due), "{form}");
            for ((name, is), (_, due)) in back.iter().zip(&due) {
                // Accounts of coefficients stand per billion in a file: their last bit may turn.
                let may_turn = name == "satellite_coefficients.csv";
                assert!(may_turn || is == due, "{form}: {name}");
            }
        }
    }
    // A workbook is examined and planned for as the folder that it holds.
    run(folder, &["check", "kr-2023-33.xlsx"]).success();
    run(folder, &["check", "--plan", "kr-2023-33.xlsx"]).success();
}

/// A block of a folder by the codes of its rows and columns.
fn grid(folder: &Path, block: &str) -> BTreeMap<(String, String), f64> {
    let text = std::fs::read_to_string(folder.join(format!("{block}.csv"))).expect(block);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head = reader.headers().expect("a header").clone();
    let mut cells = BTreeMap::new();
    for record in reader.records() {
        let record = record.expect("a row");
        for (column, value) in head.iter().zip(&record).skip(1) {
            let value: f64 = value.parse().expect("a number");
            cells.insert((record[0].to_owned(), column.to_owned()), value);
        }
    }
    cells
}

/// The figures of a Matrix Market file, column by column, zeros included.
fn market(folder: &Path, block: &str) -> Vec<f64> {
    let text = std::fs::read_to_string(folder.join(format!("{block}.mtx"))).expect(block);
    let is_sparse = text.starts_with("%%MatrixMarket matrix coordinate");
    let mut lines = text.lines().filter(|line| !line.starts_with('%'));
    let numbers = |line: &str| -> Vec<f64> {
        let numbers = line.split(' ').map(|n| n.parse().expect("a number"));
        numbers.collect()
    };
    let size = numbers(lines.next().expect("a size"));
    let (m, n) = (size[0] as usize, size[1] as usize);
    let mut figures = vec![0.0; m * n];
    for (at, line) in lines.enumerate() {
        match (is_sparse, numbers(line).as_slice()) {
            (true, [i, j, value]) => figures[(*j as usize - 1) * m + *i as usize - 1] = *value,
            (false, [value]) => figures[at] = *value,
            other => panic!("{other:?}"),
        }
    }
    figures
}

#[test]
fn every_form_holds_a_table_of_83_sectors_and_one_of_regions() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let world = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/tables/three-countries-2020.csv"
    );
    run(folder, &["import", world, "--to", "world"]).success();
    run(folder, &["regionalize", "--region", "Ulsan", "-o", "ulsan"]).success();
    for table in ["kr-2023-83", "world", "ulsan"] {
        let due = read_back(folder, table, &format!("{table}-csv/"));
        for form in ["zip", "xlsx"] {
            let back = read_back(folder, table, &format!("{table}.{form}"));
            assert_eq!(back, due, "{table}.{form}");
        }
        let own = folder.join(format!("{table}-csv"));
        let blocks = ["domestic_flows", "imported_final_demand", "primary_inputs"];
        // A figure a row: those other than zero.
        let rows = format!("{table}.csv");
        run(folder, &["export", table, "-o", &rows]).success();
        let rows = std::fs::read_to_string(folder.join(rows)).expect("written");
        let mut rows = csv::Reader::from_reader(rows.as_bytes());
        let mut cells: BTreeMap<String, BTreeMap<(String, String), f64>> = BTreeMap::new();
        for row in rows.records() {
            let row = row.expect("a row");
            // Of primary inputs the column has the sector.
            let key = match &row[10] {
                "primary_inputs" => (row[9].to_owned(), row[6].to_owned()),
                _ => (row[6].to_owned(), row[9].to_owned()),
            };
            let value = row[15].parse().expect("a number");
            cells
                .entry(row[10].to_owned())
                .or_default()
                .insert(key, value);
        }
        let market_folder = format!("{table}-mtx/");
        let as_market = ["--as", "matrix-market", "-o", &market_folder];
        run(folder, &[&["export", table], &as_market[..]].concat()).success();
        for block in blocks {
            let due = grid(&own, block);
            let filled = due.iter().filter(|(_, value)| **value != 0.0);
            let filled: BTreeMap<_, _> = filled.map(|(key, v)| (key.clone(), *v)).collect();
            assert_eq!(
                cells.remove(block).unwrap_or_default(),
                filled,
                "{table}: {block}"
            );
            let sum: f64 = due.values().sum();
            let market = market(&folder.join(&market_folder), block);
            assert_eq!(market.len(), due.len(), "{table}: {block}");
            let off = market.iter().sum::<f64>() - sum;
            assert!(off.abs() <= 1e-12 * sum.abs(), "{table}: {block}: {off}");
        }
        // For pymrio and back: of a national table its country, of several regions all of them.
        let py = format!("{table}-py");
        let layout = ["--as", "pymrio", "-o", &format!("{py}/")];
        run(folder, &[&["export", table], &layout[..]].concat()).success();
        let year = if table == "world" { "2020" } else { "2023" };
        let back = format!("{table}-again");
        run(folder, &["import", &py, "--year", year, "--to", &back]).success();
        for block in ["domestic_flows", "imported_flows"] {
            let (is, due) = (grid(&folder.join(&back), block), grid(&own, block));
            assert!(is.keys().eq(due.keys()), "{table}: {block}");
            for (key, value) in &due {
                let off = is[key] - value;
                assert!(
                    off.abs() <= 1e-9 * value.abs().max(1.0),
                    "{table}: {block}: {key:?}"
                );
            }
        }
    }
}

#[test]
fn a_figure_a_row_adds_up_to_the_table() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    run(folder, &["export", "kr-2023-33", "-o", "korea.csv"]).success();
    let text = std::fs::read_to_string(folder.join("korea.csv")).expect("written");
    let mut lines = csv::Reader::from_reader(text.as_bytes());
    let (mut flows, mut cell) = (0.0, None);
    for record in lines.records() {
        let record = record.expect("a row");
        let value: f64 = record[15].parse().expect("a number");
        if &record[10] == "domestic_flows" {
            flows += value;
            if (&record[6], &record[9]) == ("12", "31") {
                cell = Some(value);
            }
        }
    }
    let table = leontief::AnyTable::open("kr-2023-33").expect("built in");
    let table = table.flows(leontief::Text::same("files")).expect("flows");
    let due = &table.flows().domestic;
    assert!((flows / due.sum() - 1.0).abs() < 1e-12);
    assert_eq!(cell, Some(due.at(11, 30)));
}
