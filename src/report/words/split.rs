//! What an estimated split into domestic and imported purchases may be off.

use super::say;
use crate::lang::{Lang, Text, said};
use crate::table::SplitError;

/// How far it was off where that is known, in full.
pub(super) fn estimated(table: &str, error: &SplitError) -> Text {
    say!(
        "{table} estimates how much of each purchase is imported. Where the answer is published ({measured_on}) the \
         estimate is off by {share:.3} in import shares on average, by {mean:.1} % in output multipliers ({worst:.1} % \
         at worst) and by {added:.3} in value-added multipliers ({added_worst:.3}).",
        "{table}의 거래별 국산·수입 구분은 추정치임. 정답이 공표된 경우({measured_on})의 추정 오차는 수입 비중 평균 \
         {share:.3}, 생산유발계수 평균 {mean:.1}%(최대 {worst:.1}%), 부가가치유발계수 평균 {added:.3}(최대 \
         {added_worst:.3})임.",
        table = table.to_owned(),
        measured_on = &error.measured_on,
        share = error.share,
        mean = error.output_multiplier.mean * 100.0,
        worst = error.output_multiplier.worst * 100.0,
        added = error.value_added_multiplier.mean,
        added_worst = error.value_added_multiplier.worst
    )
}

/// With which error it is drawn.
pub(super) fn drawn(share: f64, measured: f64, level: f64, stated: bool) -> Text {
    let why = match stated {
        true => Text::new("as stated (split_error)", "지정값(split_error)"),
        false => say!(
            "{measured:.3} as measured, times {level:.2}: the published blocks of this table leave less open",
            "측정 오차 {measured:.3} × {level:.2}. 이 표는 공표된 블록이 더 세분되어 오차의 여지가 작음",
            measured,
            level
        ),
    };
    say!(
        "The estimated split of purchases is drawn: import shares are off by {share:.4} on average ({why}); the published imports of each product and block, and all total flows, stay in every draw.",
        "추정된 국산·수입 구분도 추출함: 수입 비중의 평균 오차 {share:.4}({why}). 공표된 품목별·블록별 수입액과 총거래액은 모든 추출에서 그대로 유지됨.",
        share,
        why
    )
}

/// That it is not drawn.
pub(super) fn certain(table: &str) -> Text {
    said!(
        "The split of purchases into domestic and imported, which {table} only estimates, is taken as certain in the draws (split_error = 0).",
        "{table}에서 추정한 국산·수입 구분은 추출하지 않고 확정치로 봄(split_error = 0)."
    )
}

impl SplitError {
    /// The same in one line, of the multipliers alone.
    pub fn in_short(&self, lang: Lang) -> String {
        let multiplier = self.output_multiplier;
        let (mean, worst) = (multiplier.mean * 100.0, multiplier.worst * 100.0);
        lang.pick(
            format!(
                "The split into domestic and imported is estimated: output multipliers are off by {mean:.1} % on \
                 average, {worst:.1} % at worst, where that can be checked."
            ),
            format!(
                "국산·수입 구분은 추정치임: 검증 가능한 경우의 생산유발계수 오차는 평균 {mean:.1}%, 최대 {worst:.1}%."
            ),
        )
    }
}
