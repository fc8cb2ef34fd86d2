//! How a model's systems were solved, and how long each part took.

use super::{list, say};
use crate::lang::{Text, said};
use crate::model::Model;
use crate::table::Storage;
use std::time::Duration;

/// A part of what a command does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The table and the scenario.
    Reading,
    /// The model: whether it can be solved, and how.
    Model,
    /// What was asked.
    Results,
    /// Tables, pages, files.
    Showing,
}

/// The method, the passes, the bound of the error.
pub fn how_solved(model: &Model) -> Text {
    let (solves, inputs) = (model.solves(), model.coefficients().domestic());
    let held = match inputs.storage() {
        Storage::Double => said!("in double precision", "배정도"),
        Storage::Single => said!("in single precision", "단정도"),
        Storage::Sparse => said!("its cells other than zero", "0이 아닌 값만"),
    };
    let table = say!(
        "{sectors} sectors, A held {held} ({mib:.1} MiB)",
        "{sectors}개 부문, 투입계수행렬 A는 {held}로 보관({mib:.1} MiB)",
        sectors = model.sectors().len(),
        held,
        mib = inputs.bytes() as f64 / (1 << 20) as f64
    );
    let asked = solves.right_hand_sides;
    let method = match solves.blocks {
        0 => said!("GMRES", "GMRES"),
        blocks => said!(
            "GMRES, preconditioned by {blocks} blocks along the diagonal",
            "GMRES, 대각 블록 {blocks}개로 예조건화"
        ),
    };
    let by_passes = say!(
        "{passes} passes over A ({method}), error at most {error:.1e} of the right-hand side",
        "A를 {passes}회 통과({method}), 오차는 우변의 {error:.1e} 이하",
        passes = solves.passes,
        method,
        error = solves.error
    );
    let by_factors = said!(
        "I - A factorised once (LU), error of rounding only",
        "I - A를 한 번 분해(LU), 오차는 반올림 수준"
    );
    let how = match (solves.passes > 0, solves.factorised) {
        (false, _) => by_factors,
        (true, false) => by_passes,
        (true, true) => say!(
            "{by_passes}; then {by_factors}",
            "{by_passes}, 이후 {by_factors}",
            by_passes,
            by_factors
        ),
    };
    say!(
        "{table}. {asked} right-hand sides: {how}.",
        "{table}. 우변 {asked}개: {how}.",
        table,
        asked,
        how
    )
}

/// How long each part took, and the most memory there was in use, in bytes, where the system tells.
pub fn how_long(parts: &[(Part, Duration)], peak: Option<u64>) -> Text {
    let parts: Vec<Text> = (parts.iter())
        .map(|(part, took)| {
            let name = match part {
                Part::Reading => said!("reading", "읽기"),
                Part::Model => said!("model", "모형"),
                Part::Results => said!("results", "계산"),
                Part::Showing => said!("showing", "출력"),
            };
            let seconds = took.as_secs_f64();
            say!(
                "{name} {seconds:.3} s",
                "{name} {seconds:.3}초",
                name,
                seconds
            )
        })
        .collect();
    let parts = list(&parts);
    match peak {
        None => parts,
        Some(peak) => say!(
            "{parts}; memory at most {mib:.1} MiB",
            "{parts}. 최대 메모리 {mib:.1} MiB",
            parts,
            mib = peak as f64 / (1 << 20) as f64
        ),
    }
}
