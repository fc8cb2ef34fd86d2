//! Notes of an ensemble.

use super::say;
use crate::lang::{Text, said};
use crate::scenario::Sharing;

pub(super) fn independent(draws: usize, seed: u64, figures: usize) -> Text {
    said!(
        "{draws} draws (seed {seed}) of {figures} uncertain figures, each drawn on its own: no correlation \
         between them is assumed.",
        "불확실한 수치 {figures}개를 {draws}회 추출함(시드 {seed}). 수치 간 상관은 없다고 가정함."
    )
}

pub(super) fn event(phase: &Text, probability: f64) -> Text {
    say!(
        "\"{phase}\" happens in a draw or does not, with a probability of {percent:.0} %. The figures as \
         written count it at that weight instead: they are expected values, and no draw is like them.",
        "‘{phase}’은 추출마다 확률 {percent:.0}%로 실현되거나 실현되지 않음. 기준값은 이 확률을 가중치로 곱한 \
         기댓값이므로 개별 추출 결과와 다름.",
        phase,
        percent = probability * 100.0
    )
}

pub(super) fn coefficients(shared: Sharing, spread: f64, kept: f64) -> Text {
    say!(
        "Coefficients are drawn: positive cells of Ad and labour coefficients times lognormal factors of mean \
         1 and a spread of {spread} (standard deviation of the logarithm), {shared}. Value added takes up the \
         difference; a column keeps at least {kept:.0} % of its value added.",
        "투입계수 불확실성: Ad의 양(+)의 원소와 취업계수에 평균 1, 로그 표준편차 {spread}인 로그정규 배수를 \
         곱함({shared}). 차이는 부가가치가 흡수하며 각 열의 부가가치는 최소 {kept:.0}%를 유지함.",
        spread,
        shared = shared.title(),
        kept = kept * 100.0
    )
}

impl Sharing {
    /// Who has a factor, for a sentence: "one for all inputs of a sector".
    pub fn title(self) -> Text {
        match self {
            Sharing::Cell => Text::new("each cell its own", "원소별 독립"),
            Sharing::Column => Text::new(
                "one for all inputs of a sector (by column)",
                "수요부문(열)별 공통",
            ),
            Sharing::Row => Text::new(
                "one for all uses of a product (by row)",
                "공급부문(행)별 공통",
            ),
            Sharing::All => Text::new("one for all", "전체 공통"),
        }
    }
}

pub(super) fn at_bounds(figure: &Text, at_bound: usize, draws: usize) -> Text {
    say!(
        "\"{figure}\" was drawn outside 0..1 in {at_bound} of {draws} draws and put at the bound: a \
         distribution with bounds suits a share better.",
        "‘{figure}’은 {draws}회 중 {at_bound}회 0~1 범위를 벗어나 경계값으로 조정함: 비율에는 상·하한이 있는 분포가 \
         적절함.",
        figure,
        at_bound,
        draws
    )
}
