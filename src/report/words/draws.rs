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
    match shared {
        Sharing::Dirichlet => {
            return say!(
                "Coefficients are drawn: each column of domestic inputs, imports and primary inputs whole, from a \
                 Dirichlet distribution with the table's column as mean and a coefficient of variation of {spread}, on \
                 average of its cells by their size; labour coefficients by lognormal factors. Columns add up to 1 in \
                 every draw, rows do not keep their totals; negative cells stay.",
                "투입계수 불확실성: 국산 중간투입·수입·본원투입으로 이루어진 각 열을 디리클레 분포에서 통째로 추출함(평균은 \
                 표의 열, 변동계수는 크기로 가중한 평균 {spread}). 취업계수에는 로그정규 배수를 곱함. 열 합계는 항상 1이며 행 \
                 합계는 유지되지 않음. 음(-)의 원소는 그대로 둠.",
                spread
            );
        }
        Sharing::Balanced => {
            return say!(
                "Coefficients are drawn: positive cells of industries' inputs, imports and value added times lognormal \
                 factors of a spread of {spread}, then rows and columns are scaled back to the table's totals (RAS): \
                 output, final demand, what each product sells to industries, imported inputs, compensation and other \
                 value added in all stay; labour coefficients by lognormal factors. Negative cells stay.",
                "투입계수 불확실성: 산업별 중간투입·수입·부가가치의 양(+)의 원소에 로그 표준편차 {spread}인 로그정규 배수를 \
                 곱한 뒤 RAS로 표의 행·열 합계에 맞춤. 산출액, 최종수요, 품목별 중간수요, 수입 중간재·피용자보수·기타 부가가치 \
                 총액은 유지됨. 취업계수에는 로그정규 배수를 곱함. 음(-)의 원소는 그대로 둠.",
                spread
            );
        }
        _ => {}
    }
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
            Sharing::Dirichlet => {
                Text::new("columns drawn whole (Dirichlet)", "열별 디리클레 추출")
            }
            Sharing::Balanced => Text::new(
                "rows and columns keep their totals (RAS)",
                "행·열 합계 유지(RAS)",
            ),
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
