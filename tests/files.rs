//! What the program reads and writes: no file but those meant, none that is no file, none half-written,
//! and no input overwritten.

use assert_cmd::Command;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        Desk {
            folder: tempfile::tempdir().expect("a folder"),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("read")
    }

    /// The program, in this folder.
    fn run(&self, arguments: &[&str]) -> assert_cmd::assert::Assert {
        let mut command = Command::cargo_bin("leontief").expect("the program is built");
        for name in ["LANG", "LC_ALL", "LC_MESSAGES", "NO_COLOR", "COLUMNS"] {
            command.env_remove(name);
        }
        command.current_dir(self.folder.path()).args(arguments);
        command.timeout(std::time::Duration::from_secs(60)).assert()
    }

    /// Refused with these words, in English and in Korean.
    #[track_caller]
    fn refused(&self, arguments: &[&str], en: &str, ko: &str) {
        for (lang, words) in [("en", en), ("ko", ko)] {
            let all = [arguments, &["--lang", lang]].concat();
            let result = self.run(&all).code(1).stdout("");
            let said = String::from_utf8(result.get_output().stderr.clone()).expect("UTF-8");
            assert!(said.contains(words), "'{words}' is not in: {said}");
            assert!(!said.contains('\u{1b}'), "{said:?}");
        }
    }
}

const SCENARIO: &str = "[scenario]\nname = \"Mine\"\ntable = \"kr-2023-33\"\n[[phase]]\nname = \"Build\"\n\
                        kind = \"one-off\"\n[[phase.spending]]\nwhat = \"건설\"\namount = \"1조\"\n";

fn extending(what: &str) -> String {
    format!("extends = {what:?}\n[scenario]\nname = \"x\"\n")
}

#[test]
fn an_output_never_overwrites_what_was_read() {
    let desk = Desk::new();
    desk.write("me.toml", SCENARIO);
    desk.write("age.csv", "code,young,old\n*,0.4,0.6\n");
    let (en, ko) = ("would overwrite a file that was read", "덮어쓰게 됩니다");
    desk.refused(
        &["impact", "me.toml", "-o", "me.toml", "--format", "table"],
        en,
        ko,
    );
    let people = ["impact", "me.toml", "--people", "age.csv", "-o", "age.csv"];
    desk.refused(&people, en, ko);
    fs::hard_link(desk.path("me.toml"), desk.path("same.csv")).expect("linked");
    desk.refused(&["impact", "me.toml", "-o", "same.csv"], en, ko);
    assert_eq!(desk.read("me.toml"), SCENARIO);
    let copied = concat!(env!("CARGO_MANIFEST_DIR"), "/tables/kr-2022-33");
    for file in fs::read_dir(copied).expect("a table") {
        let file = file.expect("a file");
        desk.write(
            &format!("T/{}", file.file_name().to_string_lossy()),
            fs::read(file.path()).expect("read"),
        );
    }
    let over = [
        "multipliers",
        "--table",
        "T",
        "-o",
        "T/domestic_coefficients.csv",
    ];
    desk.refused(&over, en, ko);
}

#[test]
fn a_dash_is_standard_output() {
    let desk = Desk::new();
    let result = desk.run(&["sectors", "-o", "-"]).success();
    assert!(!result.get_output().stdout.is_empty());
    assert!(!desk.path("-").exists());
    let result = desk
        .run(&["multipliers", "-o", "-", "--format", "csv"])
        .success();
    assert!(result.get_output().stdout.contains(&b','));
}

#[test]
fn texts_of_their_own_kind_go_to_a_file_of_any_name() {
    let desk = Desk::new();
    desk.run(&["presets", "ai-hub", "-o", "mine.toml"])
        .success();
    assert!(desk.read("mine.toml").contains("[[phase]]"));
    desk.run(&["man", "-o", "leontief.1"]).success();
    assert!(desk.read("leontief.1").contains(".TH"));
    desk.run(&["completions", "bash", "-o", "leontief.bash"])
        .success();
    desk.run(&["impact", "mine.toml", "-o", "mine.json"])
        .success();
}

#[cfg(unix)]
#[test]
fn links_lead_to_files_read_only_stays_and_other_names_keep_their_text() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let desk = Desk::new();
    desk.write("old.csv", "old");
    symlink("old.csv", desk.path("link.csv")).expect("linked");
    desk.run(&["sectors", "-o", "link.csv"]).success();
    assert!(desk.path("link.csv").is_symlink());
    assert_ne!(desk.read("old.csv"), "old");
    for (name, to) in [("nowhere.csv", "none.csv"), ("round.csv", "round.csv")] {
        symlink(to, desk.path(name)).expect("linked");
        desk.refused(
            &["sectors", "-o", name],
            "leads to no file",
            "대상 파일이 없는 링크",
        );
    }
    desk.write("kept.csv", "kept");
    fs::set_permissions(desk.path("kept.csv"), fs::Permissions::from_mode(0o444)).expect("set");
    desk.refused(&["sectors", "-o", "kept.csv"], "read-only", "읽기 전용");
    assert_eq!(desk.read("kept.csv"), "kept");
    desk.write("one.csv", "both");
    fs::hard_link(desk.path("one.csv"), desk.path("other.csv")).expect("linked");
    desk.run(&["sectors", "-o", "one.csv"]).success();
    assert_eq!(desk.read("other.csv"), "both");
}

#[cfg(unix)]
#[test]
fn what_is_no_regular_file_is_refused_at_once() {
    let desk = Desk::new();
    let pipe = desk.path("pipe.toml");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.is_ok_and(|status| status.success()));
    fs::create_dir(desk.path("folder.toml")).expect("made");
    let sparse = fs::File::create(desk.path("sparse.toml")).expect("made");
    sparse.set_len(1 << 30).expect("sparse");
    let allow = ["--allow-files", "/"];
    for (name, en, ko) in [
        ("/dev/zero", "a device or a pipe", "장치 또는 파이프"),
        ("pipe.toml", "a device or a pipe", "장치 또는 파이프"),
        ("folder.toml", "a folder", "폴더"),
        ("sparse.toml", "longer than 4 MiB", "4 MiB"),
    ] {
        desk.refused(&["impact", name], en, ko);
        desk.write("me.toml", extending(name));
        desk.refused(&[&["impact", "me.toml"], &allow[..]].concat(), en, ko);
        if name != "sparse.toml" {
            let shock = ["impact", "--shock", "31=1조", "--people", name];
            desk.refused(&shock, en, ko);
            desk.refused(&["impact", "--shock", "31=1조", "--accounts", name], en, ko);
        }
    }
    desk.write("T/table.toml", "");
    fs::remove_file(desk.path("T/table.toml")).expect("removed");
    std::os::unix::fs::symlink("/dev/zero", desk.path("T/table.toml")).expect("linked");
    desk.refused(&["check", "T"], "a device or a pipe", "장치 또는 파이프");
}

#[test]
fn a_scenario_reads_files_of_its_own_folder_and_no_other() {
    let (desk, elsewhere) = (Desk::new(), Desk::new());
    elsewhere.write("secret.csv", "aws_secret,ABCDEF\n1,2\n");
    elsewhere.write("base.toml", SCENARIO);
    let outside = elsewhere.folder.path().display().to_string();
    let (en, ko) = ("allow its folder (--allow-files DIR)", "밖에 있습니다");
    let secret = format!("{outside}/secret.csv");
    let naming = |file: &str| format!("{SCENARIO}[[people]]\nname = \"p\"\nfile = {file:?}\n");
    desk.write("me.toml", naming(&secret));
    desk.refused(&["impact", "me.toml"], en, ko);
    desk.write("me.toml", naming("../../../../../../../proc/self/environ"));
    desk.refused(&["impact", "me.toml"], en, ko);
    desk.write("me.toml", extending(&format!("{outside}/base.toml")));
    desk.refused(&["impact", "me.toml"], en, ko);
    // Asked for, it is read.
    desk.run(&["impact", "me.toml", "--allow-files", &outside])
        .success();
    // What is read and does not fit is not said back at length.
    let long = format!("code{}\n", "x".repeat(5_000));
    desk.write("long.csv", long);
    desk.write("me.toml", naming("long.csv"));
    let result = desk.run(&["impact", "me.toml"]).code(1);
    assert!(result.get_output().stderr.len() < 1_000);
}

#[test]
fn a_table_is_looked_for_beside_the_scenario() {
    let desk = Desk::new();
    let copied = concat!(env!("CARGO_MANIFEST_DIR"), "/tables/kr-2022-33");
    for file in fs::read_dir(copied).expect("a table") {
        let file = file.expect("a file");
        desk.write(
            &format!("in/T/{}", file.file_name().to_string_lossy()),
            fs::read(file.path()).expect("read"),
        );
    }
    desk.write(
        "in/me.toml",
        SCENARIO.replace("kr-2023-33", "T") + "domestic_share = 0.9\n",
    );
    desk.run(&["impact", "in/me.toml"]).success();
}

#[test]
fn escapes_and_turns_of_direction_do_not_reach_the_terminal() {
    let desk = Desk::new();
    desk.write(
        "me.toml",
        extending("\u{1b}[31m\u{202e}x.toml").replace("\\u{1b}", "\\u001b"),
    );
    let result = desk.run(&["impact", "me.toml"]).code(1);
    let said = String::from_utf8_lossy(&result.get_output().stderr).into_owned();
    assert!(!said.contains(['\u{1b}', '\u{202e}']), "{said:?}");
    let scenario = SCENARIO.replace("\"Mine\"", "\"a\\u001b[31m\\u202Eb\"");
    desk.write("me.toml", scenario);
    for format in ["table", "markdown"] {
        let result = desk
            .run(&["impact", "me.toml", "--format", format])
            .success();
        let shown = String::from_utf8_lossy(&result.get_output().stdout).into_owned();
        assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{format}");
    }
}

#[test]
fn a_page_states_what_it_may_do_and_names_no_folder() {
    let desk = Desk::new();
    desk.write("me.toml", SCENARIO);
    let whole = desk.path("me.toml").display().to_string();
    desk.run(&["report", &whole, "-o", "me.html"]).success();
    let page = desk.read("me.html");
    assert!(page.contains("Content-Security-Policy") && page.contains("default-src 'none'"));
    let folder = desk
        .folder
        .path()
        .file_name()
        .expect("a name")
        .to_string_lossy();
    assert!(!page.contains(&*folder), "the page names {folder}");
}

#[test]
fn names_that_a_spreadsheet_would_work_out_stand_behind_an_apostrophe_on_request() {
    let desk = Desk::new();
    desk.write("me.toml", SCENARIO.replace("\"Build\"", "\"=cmd|x\""));
    let csv = |safe: &[&str]| {
        let all = [&["impact", "me.toml", "--format", "csv"], safe].concat();
        let result = desk.run(&all).success();
        String::from_utf8(result.get_output().stdout.clone()).expect("UTF-8")
    };
    assert!(csv(&[]).contains(",=cmd|x"));
    let safe = csv(&["--csv-safe"]);
    assert!(safe.contains(",'=cmd|x") && !safe.contains(",=cmd|x"));
}

#[test]
fn korean_text_in_old_encodings_and_in_parts_is_read() {
    let desk = Desk::new();
    // 건설 is the only Korean in it.
    let scenario = SCENARIO.replace("1조", "1000000000000");
    let utf16: Vec<u8> = scenario.encode_utf16().flat_map(u16::to_le_bytes).collect();
    desk.write("utf16.toml", [&[0xff, 0xfe], &*utf16].concat());
    let (before, after) = scenario.split_once("건설").expect("it is there");
    let with = |what: &[u8]| [before.as_bytes(), what, after.as_bytes()].concat();
    desk.write("cp949.toml", with(&[0xb0, 0xc7, 0xbc, 0xb3]));
    let parts = "\u{1100}\u{1165}\u{11ab}\u{1109}\u{1165}\u{11af}";
    desk.write("parts.toml", scenario.replace("건설", parts));
    desk.write("plain.toml", &scenario);
    let csv = |name: &str| {
        let result = desk.run(&["impact", name, "--format", "csv"]).success();
        result.get_output().stdout.clone()
    };
    let plain = csv("plain.toml");
    for name in ["utf16.toml", "cp949.toml", "parts.toml"] {
        assert!(csv(name) == plain, "{name}");
    }
    desk.run(&["impact", "--shock", &format!("{parts}=1조")])
        .success();
    desk.write(
        "latin.toml",
        [before.as_bytes(), &[0xe9, 0xff], after.as_bytes()].concat(),
    );
    desk.refused(
        &["impact", "latin.toml"],
        "save it as UTF-8",
        "UTF-8로 저장",
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_or_no_standard_error_is_a_failure_and_no_panic() {
    let full = || {
        fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .expect("linux")
    };
    let program = assert_cmd::cargo::cargo_bin("leontief");
    for arguments in [&["--help"][..], &["sectors"], &["nonsense"]] {
        let status = std::process::Command::new(&program)
            .args(arguments)
            .stdout(full())
            .stderr(full())
            .status();
        let code = status.expect("it runs").code();
        assert!(matches!(code, Some(1 | 2)), "{arguments:?}: {code:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_stopped_program_leaves_nothing_behind() {
    let program = assert_cmd::cargo::cargo_bin("leontief");
    let desk = Desk::new();
    for signal in ["-INT", "-TERM"] {
        for wait in [20, 120, 400] {
            let mut child = std::process::Command::new(&program)
                .args(["sweep", "ai-hub", "--vary", "capex_per_mw=80억..200억/200"])
                .args(["--vary", "it_mw=100..1000/200", "-o", "grid.csv"])
                .current_dir(desk.folder.path())
                .stderr(std::process::Stdio::null())
                .spawn()
                .expect("it runs");
            std::thread::sleep(std::time::Duration::from_millis(wait));
            let id = child.id().to_string();
            let _ = std::process::Command::new("kill")
                .args([signal, &id])
                .status();
            let _ = child.wait();
            // What a sweep goes on from is no unfinished file: tests/stopped.rs.
            let _ = fs::remove_file(desk.path("grid.csv.part"));
            let left: Vec<_> = fs::read_dir(desk.folder.path())
                .expect("a folder")
                .collect();
            let grid = desk.path("grid.csv");
            let whole = |path: &Path| fs::read_to_string(path).is_ok_and(|t| t.ends_with('\n'));
            assert!(
                left.is_empty() || (left.len() == 1 && whole(&grid)),
                "{left:?}"
            );
            let _ = fs::remove_file(grid);
        }
    }
}

#[test]
fn a_regrouped_table_is_a_folder_that_every_command_reads() {
    let desk = Desk::new();
    let dc = "DC=61:30%+62:10%+69:5%";
    desk.run(&["regroup", "kr-2023-83", dc, "-o", "dc"])
        .success();
    let asked = [
        "multipliers",
        "--sector",
        "DC",
        "--format",
        "json",
        "--table",
    ];
    let json = |arguments: &[&str]| {
        let result = desk.run(&[&asked, arguments].concat()).success();
        String::from_utf8(result.get_output().stdout.clone()).expect("UTF-8")
    };
    let output = |json: &str| -> f64 {
        let read: serde_json::Value = serde_json::from_str(json).expect("JSON");
        read["sectors"][0]["output"].as_f64().expect("a number")
    };
    let (written, at_once) = (json(&["dc"]), json(&["kr-2023-83", "--groups", dc]));
    assert!((output(&written) - output(&at_once)).abs() < 1e-9);
    // What is there is not overwritten, and a table needs a folder.
    let (en, ko) = ("is there already", "이미 있습니다");
    desk.refused(&["regroup", "kr-2023-83", "bok-6", "-o", "dc"], en, ko);
    let (en, ko) = ("name it with -o FOLDER", "-o로 폴더를");
    desk.refused(&["regroup", "kr-2023-83", "bok-6"], en, ko);
}

/// What the ending of `-o` says: none a folder, .zip one file, one of a format what was done, and no folder of that name.
#[test]
fn a_table_that_is_made_is_a_folder_or_a_zip_and_never_a_folder_named_as_a_file() {
    let desk = Desk::new();
    let update = ["update", "kr-2020-33", "--totals", "kr-2023-33", "-o"];
    let regroup = ["regroup", "kr-2023-33", "kr=01+02", "-o"];
    for (command, name) in [(&update[..], "updated.zip"), (&regroup, "regrouped.zip")] {
        desk.run(&[command, &[name]].concat()).success();
        assert!(desk.path(name).is_file(), "{name}");
        desk.run(&["multipliers", "--top", "1", "--table", name])
            .success();
    }
    desk.run(&[&update[..], &["update.json"]].concat())
        .success();
    let json = fs::read(desk.path("update.json")).expect("a file");
    let read: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
    assert_eq!(read["kind"], "update");
    let (en, ko) = ("not written as .xlsx", ".xlsx 파일로 쓸 수 없습니다");
    desk.refused(&[&regroup[..], &["x.xlsx"]].concat(), en, ko);
    assert!(!desk.path("x.xlsx").exists());
}

#[test]
fn a_scenario_brings_its_groups_from_beside_it_and_those_of_an_option_replace_them() {
    let desk = Desk::new();
    let phase =
        "[[phase]]\nname = \"Build\"\nkind = \"one-off\"\n[[phase.spending]]\namount = \"1조\"\n";
    let text = |groups: &str| {
        format!(
            "[scenario]\ngroups = \"{groups}\"\n[[group]]\ncode = \"AB\"\nof = [\"A\", \"17\"]\n{phase}what = \"전력\"\n"
        )
    };
    desk.write("in/mine.toml", text("mine.csv"));
    desk.write("in/mine.csv", "code,group\n45,A\n46,A\n");
    let impact = |more: &[&str]| {
        let asked = ["impact", "in/mine.toml", "--format", "json"];
        let result = desk.run(&[&asked, more].concat()).success();
        let json = String::from_utf8(result.get_output().stdout.clone()).expect("UTF-8");
        let impact: leontief::Impact = serde_json::from_str(&json).expect("a result");
        let codes = impact.notes.iter().map(|n| n.code().to_owned());
        (impact.sectors.len(), codes.collect::<Vec<_>>())
    };
    let (sectors, notes) = impact(&[]);
    assert_eq!(sectors, 81);
    assert_eq!(notes.iter().filter(|code| *code == "regrouped").count(), 1);
    assert_eq!(impact(&["--table", "kr-2020-83"]).0, 81);
    let (sectors, notes) = impact(&["--groups", "bok-33"]);
    assert_eq!(sectors, 33);
    assert!(notes.contains(&"scenario_groups_replaced".to_owned()));
    desk.write("in/mine.toml", text("none.csv"));
    let (en, ko) = (
        "in/mine.toml:2: groups: 'none.csv' is no file",
        "파일이 없고",
    );
    desk.refused(&["impact", "in/mine.toml"], en, ko);
    desk.write("in/mine.toml", text("../other.csv"));
    desk.write("other.csv", "code,group\n45,A\n");
    desk.run(&["impact", "in/mine.toml", "--table", "kr-2023-83"])
        .success();
    desk.write("in/mine.toml", text("/etc/passwd"));
    desk.refused(
        &["impact", "in/mine.toml"],
        "in/mine.toml:2: groups: ",
        "in/mine.toml:2: groups: ",
    );
}
