//! What the reader of an ensemble must know.

use super::engine::{Engine, Part};
use crate::scenario::Note;
use crate::uncertainty::coefficients::KEPT;

impl Engine<'_> {
    pub(super) fn notes(&self, parts: &[Part]) -> Vec<Note> {
        let mut notes = Vec::new();
        let (count, seed) = (self.draws.count, self.draws.seed);
        if !self.uncertain.is_empty() {
            let figures = self.uncertain.len();
            notes.push(Note::assumption(
                "independent_draws",
                format!(
                    "{count} draws (seed {seed}) of {figures} uncertain figures, each drawn on its own: no \
                     correlation between them is assumed."
                ),
                format!(
                    "불확실한 수치 {figures}개를 {count}회 추출함(시드 {seed}). 수치 간 상관은 없다고 가정함."
                ),
            )
            .with("draws", count)
            .with("seed", seed as f64)
            .with("uncertain_figures", figures));
        }
        for phase in self.events() {
            let percent = phase.probability * 100.0;
            notes.push(Note::assumption(
                "event_in_draws",
                format!(
                    "\"{}\" happens in a draw or does not, with a probability of {percent:.0} %. The figures as \
                     written count it at that weight instead: they are expected values, and no draw is like \
                     them.",
                    phase.name.en
                ),
                format!(
                    "‘{}’은 추출마다 확률 {percent:.0}%로 실현되거나 실현되지 않음. 기준값은 이 확률을 가중치로 \
                     곱한 기댓값이므로 개별 추출 결과와 다름.",
                    phase.name.ko
                ),
            )
            .with("phase", &phase.name)
            .with("probability", phase.probability));
        }
        if let Some(spread) = self.draws.coefficient_spread.filter(|s| *s > 0.0) {
            let kept = KEPT * 100.0;
            let sharing = self.draws.coefficient_sharing.title();
            notes.push(Note::assumption(
                "coefficients_drawn",
                format!(
                    "Coefficients are drawn: positive cells of Ad and labour coefficients times lognormal \
                     factors of mean 1 and a spread of {spread} (standard deviation of the logarithm), {}. \
                     Value added takes up the difference; a column keeps at least {kept:.0} % of its value added.",
                    sharing.en
                ),
                format!(
                    "투입계수 불확실성: Ad의 양(+)의 원소와 취업계수에 평균 1, 로그 표준편차 {spread}인 로그정규 \
                     배수를 곱함({}). 차이는 부가가치가 흡수하며 각 열의 부가가치는 최소 {kept:.0}%를 유지함.",
                    sharing.ko
                ),
            )
            .with("shared", self.draws.coefficient_sharing.id())
            .with("spread", spread)
            .with("least_value_added_kept", KEPT));
        }
        if let Some(scenario) = self.scenario {
            for (at, figure) in self.shares.iter().enumerate() {
                let times: usize = parts.iter().map(|p| p.clamped[at]).sum();
                if times > 0 {
                    let label = &scenario.figures[*figure].label;
                    notes.push(Note::warning(
                        "draws_at_bounds",
                        format!(
                            "\"{}\" was drawn outside 0..1 in {times} of {count} draws and put at the bound: \
                             a distribution with bounds suits a share better.",
                            label.en
                        ),
                        format!(
                            "‘{}’은 {count}회 중 {times}회 0~1 범위를 벗어나 경계값으로 조정함: 비율에는 \
                             상·하한이 있는 분포가 적절함.",
                            label.ko
                        ),
                    )
                    .with("figure", label)
                    .with("draws_at_bound", times)
                    .with("draws", count));
                }
            }
        }
        notes
    }
}
