//! What part of the variance of the headline figures each source of uncertainty explains.

use crate::lang::Lang;
use crate::report::document::Section;
use crate::report::{Block, Cell, Column, Row, Table};
use crate::scenario::PhaseKind;
use crate::uncertainty::Ensemble;
use crate::uncertainty::sobol::{SobolFigure, SobolIndex, SobolSource};

/// Figures beside value added, as far as there are such.
const BESIDE: [&str; 3] = ["output_type1", "jobs_type1", "leakage_type1"];

impl Ensemble {
    /// The Sobol indices of a kind of phase, `of` which the title says; none where there are none.
    pub(super) fn sobol_section(&self, kind: PhaseKind, of: &str, lang: Lang) -> Option<Section> {
        let sobol = self.sobol.as_ref()?;
        let main = sobol.figure(Some(kind), "value_added_type1")?;
        let beside: Vec<&SobolFigure> = BESIDE
            .iter()
            .filter_map(|id| sobol.figure(Some(kind), id))
            .collect();
        let title = lang.pick(
            "What part of the variance of value added (Type I) each explains",
            "부가가치(1형) 분산의 요인별 기여",
        );
        let mut blocks = vec![Block::Table(main_table(main, lang))];
        if !beside.is_empty() {
            blocks.push(Block::Table(beside_table(main, &beside, lang)));
        }
        blocks.push(Block::Text(said(main, sobol.evaluations, lang)));
        Some(Section {
            id: format!("sobol_{}", kind.id()),
            title: format!("{title} · {of}"),
            blocks,
        })
    }
}

/// A source whose total index is less than this is counted, not shown: it would read as 0.
const LEAST_SHOWN: f64 = 0.005;

/// The sources that are more than nothing in two digits; they come first.
fn shown(figure: &SobolFigure) -> &[SobolSource] {
    let more = |source: &SobolSource| source.total.value >= LEAST_SHOWN;
    let count = figure.sources.partition_point(more);
    &figure.sources[..count]
}

/// Both indices of each source with their intervals.
fn main_table(figure: &SobolFigure, lang: Lang) -> Table {
    let number = |id: &str, title: &str| Column::number(id, title, "", 2);
    let columns = vec![
        Column::text("source", lang.pick("Source", "불확실성 요인")),
        number("first_order", lang.pick("By itself (S)", "1차 지수(S)")),
        number("first_order_low", "2.5 %"),
        number("first_order_high", "97.5 %"),
        number("total", lang.pick("With others (T)", "총효과 지수(T)")).with_bar(),
        number("total_low", "2.5 %"),
        number("total_high", "97.5 %"),
    ];
    let cells = |index: SobolIndex| [index.value, index.low, index.high].map(Cell::Number);
    let mut rows: Vec<Row> = shown(figure)
        .iter()
        .map(|source| {
            let mut row = vec![source.label.text().get(lang).into()];
            row.extend(cells(source.first_order));
            row.extend(cells(source.total));
            Row::new(row)
        })
        .collect();
    let mut sum = vec![lang.pick("Sum", "합계").into()];
    sum.extend(cells(figure.first_order));
    sum.extend([Cell::Empty, Cell::Empty, Cell::Empty]);
    rows.push(Row::total(sum));
    Table { columns, rows }
}

/// Both indices of each source for other figures, in the order of the first table.
fn beside_table(main: &SobolFigure, beside: &[&SobolFigure], lang: Lang) -> Table {
    let mut columns = vec![Column::text(
        "source",
        lang.pick("Other figures", "다른 지표"),
    )];
    for figure in beside {
        let title = figure.title.text();
        let title = title.get(lang);
        columns.push(Column::number(
            &format!("{}_first_order", figure.id),
            &format!("{title}: S"),
            "",
            2,
        ));
        columns.push(Column::number(
            &format!("{}_total", figure.id),
            &format!("{title}: T"),
            "",
            2,
        ));
    }
    // What moves only another figure comes last.
    let mut named: Vec<_> = shown(main).iter().map(|s| (&s.key, &s.label)).collect();
    for source in beside.iter().flat_map(|figure| shown(figure)) {
        if !named.iter().any(|(key, _)| **key == source.key) {
            named.push((&source.key, &source.label));
        }
    }
    let rows = named
        .into_iter()
        .map(|(key, label)| {
            let mut row = vec![label.text().get(lang).into()];
            for figure in beside {
                let found = figure.sources.iter().find(|s| s.key == *key);
                let both = found.map_or([0.0; 2], |s| [s.first_order.value, s.total.value]);
                row.extend(both.map(Cell::Number));
            }
            Row::new(row)
        })
        .collect();
    Table { columns, rows }
}

fn said(figure: &SobolFigure, evaluations: usize, lang: Lang) -> String {
    let count = crate::units::number(evaluations as f64, 0);
    let percent = |v: f64| 100.0 * v;
    let of = figure.interactions;
    let (share, low, high) = (percent(of.value), percent(of.low), percent(of.high));
    let others = figure.sources.len() - shown(figure).len();
    let others = match others {
        0 => String::new(),
        _ => lang.pick(
            format!(" Sources not shown (T below {LEAST_SHOWN}): {others}."),
            format!(" 표에 없는 요인(T가 {LEAST_SHOWN} 미만): {others}개."),
        ),
    };
    lang.pick(
        format!(
            "Sobol indices: the share of the variance that a source explains by itself (S), and by itself and \
             together with others (T). What sources do only together is {share:.0} % of the variance ({low:.0} to \
             {high:.0} %). Ranges are 95 % bootstrap intervals; an estimate may come out a little below 0 or above \
             1.{others} {count} draws (Saltelli; Jansen)."
        ),
        format!(
            "소볼 지수: 각 요인이 단독으로 설명하는 분산 비중(1차 지수 S)과 다른 요인과의 상호작용을 포함한 비중(총효과 \
             지수 T). 상호작용으로만 설명되는 부분은 분산의 {share:.0}%({low:.0}~{high:.0}%). 구간은 95% 부트스트랩 \
             구간이며 추정치는 0보다 약간 작거나 1보다 약간 클 수 있음.{others} {count}회 계산(Saltelli·Jansen 추정량)."
        ),
    )
}
