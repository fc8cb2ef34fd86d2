//! Tables above the size at which systems are solved by passes: through the program and the library.

use assert_cmd::Command;
use leontief::table::{CoefficientTable, write};
use leontief::{AnyTable, Model};
use nalgebra::{DMatrix, DVector};

const N: usize = 300;

/// Inputs of n sectors, none like another, .3 to .8 of output.
fn inputs() -> DMatrix<f64> {
    let mut a = DMatrix::from_fn(N, N, |i, j| {
        (((i * 7919 + j * 104_729 + i * j) % 1_009) as f64 / 1_009.0).powi(4)
    });
    for (j, mut column) in a.column_iter_mut().enumerate() {
        column *= (0.3 + 0.05 * (j % 11) as f64) / column.sum();
    }
    a
}

fn table() -> AnyTable {
    CoefficientTable::builder("large", 2023)
        .sectors((0..N).map(|i| (format!("s{i:03}"), format!("Sector {i}"))))
        .domestic(inputs())
        .jobs((0..N).map(|i| 2.0 + (i % 7) as f64))
        .build()
        .expect("a table")
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let AnyTable::Coefficients(table) = table() else {
        panic!("a table of coefficients");
    };
    for (name, text) in write::native::write_coefficients(&table).expect("written") {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    folder
}

fn impact(folder: &tempfile::TempDir, more: &[&str]) -> (String, String) {
    let done = Command::cargo_bin("leontief")
        .expect("built")
        .args(["impact", "--shock", "s017=1조", "--table"])
        .arg(folder.path())
        .args(more)
        .assert()
        .success();
    let output = done.get_output();
    [&output.stdout, &output.stderr]
        .map(|text| String::from_utf8_lossy(text).into_owned())
        .into()
}

#[test]
fn the_program_says_how_a_large_system_was_solved() {
    let folder = folder();
    let (_, said) = impact(&folder, &["--explain", "--lang", "en"]);
    assert!(
        said.contains("300 sectors, A held in double precision (0.7 MiB)"),
        "{said}"
    );
    assert!(
        said.contains("passes over A (GMRES), error at most "),
        "{said}"
    );
    assert!(
        said.contains("reading ") && said.contains(" s, model "),
        "{said}"
    );
    let (_, said) = impact(&folder, &["--explain", "--lang", "ko"]);
    assert!(
        said.contains("300개 부문") && said.contains("회 통과(GMRES)"),
        "{said}"
    );
    let (_, said) = impact(&folder, &["--by", "tier", "--explain", "--lang", "en"]);
    assert!(said.contains("passes over A (GMRES)"), "{said}");
    let (_, nothing) = impact(&folder, &["--lang", "en"]);
    assert!(!nothing.contains("GMRES"), "{nothing}");
}

#[test]
fn every_command_that_solves_says_how() {
    for arguments in [
        "impact ai-hub",
        "impact --shock 31=1조 --by tier",
        "sweep ai-hub --vary capex=1조..2조/2",
        "compare ai-hub ai-hub-delayed",
        "report ai-hub --format markdown",
        "plot waterfall ai-hub",
        "suppliers ai-hub",
        "multipliers",
        "sector 45",
        "inducement",
        "price --shock 45=+20%",
        "shortage 45",
        "regions --compare ai-hub",
    ] {
        let done = Command::cargo_bin("leontief")
            .expect("built")
            .args(arguments.split(' '))
            .args(["--explain", "--lang", "en"])
            .assert()
            .success();
        let said = String::from_utf8_lossy(&done.get_output().stderr).into_owned();
        for part in [
            " right-hand sides: ",
            "reading ",
            " s, results ",
            " s, showing ",
        ] {
            assert!(said.contains(part), "{arguments}: {said}");
        }
        #[cfg(target_os = "linux")]
        assert!(said.contains("; memory at most "), "{arguments}: {said}");
    }
}

#[test]
fn what_the_program_shows_is_what_factors_of_the_same_matrix_give() {
    let folder = folder();
    let (json, _) = impact(&folder, &["--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let mut shock = DVector::zeros(N);
    shock[17] = 1e6; // millions
    let system = DMatrix::identity(N, N) - inputs();
    let output = system.lu().solve(&shock).expect("productive");
    let jobs: f64 = output
        .iter()
        .enumerate()
        .map(|(i, x)| x * (2.0 + (i % 7) as f64) * 1e-3)
        .sum();
    let headline = &json["headline"]["recurring"];
    for (shown, expected) in [("output", output.sum()), ("jobs", jobs)] {
        let shown = headline[shown]["type1"].as_f64().expect("a figure");
        assert!((shown / expected - 1.0).abs() < 1e-9, "{shown} {expected}");
    }
}

#[test]
fn a_model_tells_how_it_solved_and_its_bound_holds() {
    let model = Model::new(&table()).expect("productive");
    let f = DVector::from_fn(N, |i, _| (i % 5) as f64);
    let x = model.output_for(&f);
    let solves = model.solves();
    assert!(
        !solves.factorised && (2..=15).contains(&solves.passes),
        "{solves:?}"
    );
    let exact = (DMatrix::identity(N, N) - inputs())
        .lu()
        .solve(&f)
        .expect("productive");
    let off = (&x - exact).lp_norm(1) / f.lp_norm(1);
    assert!(
        off <= solves.error + 1e-13 && solves.error <= 1e-12,
        "{off:e} {solves:?}"
    );
    // The inverse itself needs factors; what is asked after takes them.
    let inverse = model.leontief_inverse();
    assert!(((inverse * &f) - x).lp_norm(1) <= 1e-11 * f.lp_norm(1));
    assert!(model.solves().factorised);
}
