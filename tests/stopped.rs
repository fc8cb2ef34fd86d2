//! A run that is stopped by hand leaves nothing half-written, and a sweep goes on from what it had done.
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_leontief"));
    command.args(arguments).args(["--lang", "en"]);
    command.current_dir(folder).env_remove("RUST_BACKTRACE");
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Waits until it holds; a program that takes a minute to get there does not.
fn until(what: &str, holds: impl Fn() -> bool) {
    let since = Instant::now();
    while !holds() {
        assert!(since.elapsed() < Duration::from_secs(60), "not yet: {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// As Ctrl-C in a terminal does.
fn interrupt(child: Child) -> Output {
    let kill = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(kill.expect("kill").success());
    child.wait_with_output().expect("it ends")
}

fn length(file: &Path) -> u64 {
    fs::metadata(file).map_or(0, |about| about.len())
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> = entries
        .map(|entry| {
            entry
                .expect("readable")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}

const GRID: [&str; 6] = [
    "sweep",
    "ai-hub",
    "--vary",
    "capex=1조..30조/400",
    "--vary",
    "gpu_domestic=0..0.5/100",
];

fn sweep(folder: &Path, more: &[&str]) -> Command {
    program(folder, &[&GRID[..], more].concat())
}

/// A sweep that was stopped when it had done some of its cells.
fn stopped(folder: &Path, output: &str) -> Output {
    let child = sweep(folder, &["-o", output]).spawn().expect("started");
    let part = folder.join(format!("{output}.part"));
    until("cells that are done", || length(&part) > 20_000);
    interrupt(child)
}

#[test]
fn a_sweep_that_was_stopped_goes_on_to_the_same_bytes() {
    let (folder, other) = (
        tempfile::tempdir().expect("a folder"),
        tempfile::tempdir().expect("a folder"),
    );
    let whole = sweep(other.path(), &["-o", "grid.csv"])
        .output()
        .expect("run");
    assert!(whole.status.success(), "{whole:?}");
    assert_eq!(names(other.path()), ["grid.csv"]);

    let end = stopped(folder.path(), "grid.csv");
    let said = String::from_utf8_lossy(&end.stderr);
    assert_eq!(end.status.code(), Some(130), "{said}");
    assert!(
        said.contains("stopped: grid.csv.part keeps the cells that are done"),
        "{said}"
    );
    assert_eq!(names(folder.path()), ["grid.csv.part"]);

    // Not begun anew by mistake, and not gone on with as another run.
    let anew = sweep(folder.path(), &["-o", "grid.csv"])
        .output()
        .expect("run");
    let said = String::from_utf8_lossy(&anew.stderr);
    assert!(
        !anew.status.success() && said.contains("go on from them with --resume"),
        "{said}"
    );
    for (more, differs) in [
        (&["--set", "load_factor=0.5"][..], "its set of options is "),
        (&["--table", "kr-2020-83"], "its table is "),
        (&["--vary", "discount_rate=0.01..0.02/2"], "its grid is "),
    ] {
        let more = [more, &["-o", "grid.csv", "--resume"]].concat();
        let other = sweep(folder.path(), &more).output().expect("run");
        let said = String::from_utf8_lossy(&other.stderr);
        assert!(
            said.contains(&format!("is of another run: {differs}")),
            "{said}"
        );
    }

    // What was being written when it was stopped is worked out again.
    let part = folder.path().join("grid.csv.part");
    let mut bytes = fs::read(&part).expect("cells");
    bytes.truncate(bytes.len() - 3);
    fs::write(&part, &bytes).expect("written");
    let resumed = sweep(folder.path(), &["-o", "grid.csv", "--resume"])
        .output()
        .expect("run");
    let said = String::from_utf8_lossy(&resumed.stderr);
    assert!(resumed.status.success(), "{said}");
    assert!(
        said.contains(" of 40000 cells are done: the sweep goes on from grid.csv.part"),
        "{said}"
    );
    assert_eq!(names(folder.path()), ["grid.csv"]);
    let [once, in_two] =
        [other.path(), folder.path()].map(|f| fs::read(f.join("grid.csv")).expect("a grid"));
    assert!(once == in_two, "the bytes differ");
}

#[test]
fn a_sweep_goes_on_in_any_format_and_begins_where_there_is_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(stopped(folder.path(), "grid.json").status.code(), Some(130));
    let resumed = sweep(folder.path(), &["-o", "grid.json", "--resume"])
        .output()
        .expect("run");
    assert!(resumed.status.success());
    let new = sweep(folder.path(), &["-o", "new.json", "--resume"])
        .output()
        .expect("run");
    let said = String::from_utf8_lossy(&new.stderr);
    assert!(
        said.contains("there is no new.json.part: the sweep begins at its first cell"),
        "{said}"
    );
    assert_eq!(names(folder.path()), ["grid.json", "new.json"]);
    let [one, other] =
        ["grid.json", "new.json"].map(|name| fs::read(folder.path().join(name)).expect("a grid"));
    assert!(one == other, "the bytes differ");
    let nowhere = sweep(folder.path(), &["--resume"]).output().expect("run");
    assert!(String::from_utf8_lossy(&nowhere.stderr).contains("name it with -o FILE"));
}

#[test]
fn a_sweep_to_a_device_keeps_no_cells_beside_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let two = ["sweep", "ai-hub", "--vary", "capex=1조..2조/2"];
    let to_device = ["-o", "/dev/stdout", "--format", "csv"];
    let end = program(folder.path(), &[&two[..], &to_device].concat())
        .output()
        .expect("run");
    let (said, rows) = (
        String::from_utf8_lossy(&end.stderr),
        String::from_utf8_lossy(&end.stdout),
    );
    assert!(
        end.status.success() && rows.starts_with("scenario,"),
        "{said}"
    );
    let resumed = program(
        folder.path(),
        &[&two[..], &to_device, &["--resume"]].concat(),
    )
    .output()
    .expect("run");
    assert!(String::from_utf8_lossy(&resumed.stderr).contains("name it with -o FILE"));
    // A pipe under the name of the file of cells is not waited for.
    let made = Command::new("mkfifo")
        .arg(folder.path().join("g.csv.part"))
        .status();
    assert!(made.expect("mkfifo").success());
    let resumed = program(
        folder.path(),
        &[&two[..], &["-o", "g.csv", "--resume"]].concat(),
    )
    .output()
    .expect("run");
    assert!(String::from_utf8_lossy(&resumed.stderr).contains("g.csv.part is no file"));
}

#[test]
fn a_cell_that_cannot_be_worked_out_leaves_no_cells_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    let outside = [
        "sweep",
        "ai-hub",
        "--vary",
        "gpu_domestic=0..1.5/300",
        "-o",
        "grid.csv",
    ];
    let end = program(folder.path(), &outside).output().expect("run");
    assert!(!end.status.success());
    assert!(
        names(folder.path()).is_empty(),
        "{:?}",
        names(folder.path())
    );
}

#[test]
fn draws_that_are_stopped_leave_what_stood_there() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("all.csv"), "before").expect("written");
    let draws = [
        "impact",
        "ai-hub",
        "--draws",
        "60000",
        "--all-draws",
        "-o",
        "all.csv",
    ];
    let child = program(folder.path(), &draws).spawn().expect("started");
    // The file is begun when all is drawn.
    until("an unfinished file", || names(folder.path()).len() > 1);
    let end = interrupt(child);
    assert_eq!(end.status.code(), Some(130));
    assert_eq!(names(folder.path()), ["all.csv"]);
    assert_eq!(
        fs::read(folder.path().join("all.csv")).expect("there"),
        b"before"
    );
}

/// A table of coefficients large enough that its folder takes a while to write.
fn large_table(folder: &Path) {
    const N: usize = 700;
    let table = leontief::table::CoefficientTable::builder("large", 2023)
        .sectors((0..N).map(|i| (format!("s{i:03}"), format!("Sector {i}"))))
        .domestic(nalgebra::DMatrix::from_fn(N, N, |i, j| {
            ((i * 7919 + j * 104_729) % 1_009) as f64 / (1_009 * N) as f64
        }))
        .build()
        .expect("a table");
    fs::create_dir(folder).expect("made");
    let leontief::AnyTable::Coefficients(table) = table else {
        panic!("a table of coefficients");
    };
    for (name, text) in leontief::table::write::native::write_coefficients(&table).expect("written")
    {
        fs::write(folder.join(name), text).expect("written");
    }
}

#[test]
fn a_folder_that_is_being_written_is_taken_away() {
    let folder = tempfile::tempdir().expect("a folder");
    large_table(&folder.path().join("large"));
    let begun = || {
        names(folder.path())
            .iter()
            .any(|name| name.starts_with(".leontief-"))
    };
    for _ in 0..50 {
        let mut child = program(folder.path(), &["export", "large", "-o", "x/"])
            .spawn()
            .expect("started");
        while !begun() && child.try_wait().expect("asked").is_none() {
            std::thread::sleep(Duration::from_micros(200));
        }
        let end = interrupt(child);
        match end.status.code() {
            // It had its name sooner than it was stopped.
            Some(0 | 130) if folder.path().join("x").is_dir() => {
                fs::remove_dir_all(folder.path().join("x")).expect("there");
            }
            code => {
                assert_eq!(code, Some(130));
                assert_eq!(names(folder.path()), ["large"]);
                return;
            }
        }
    }
    panic!("never stopped while it wrote");
}
