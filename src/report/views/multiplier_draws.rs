//! How sure multipliers and the ranks of sectors by them are.

use super::ensemble::{FEWEST_FOR_A_BAND, how_drawn};
use super::provenance::split_in_short;
use super::sheet::{measure_name, unit_of};
use crate::analysis::sheet::FigureUnit;
use crate::lang::Lang;
use crate::report::words::spent_income;
use crate::report::{Block, Cell, Column, Document, Row, Table};
use crate::uncertainty::MultiplierDraws;
use crate::uncertainty::multipliers::DrawnMeasure;

impl MultiplierDraws {
    /// The first `top` sectors, as they stand, by one measure ("output"): their multiplier and its rank with their
    /// bands; then what ranks are worth by every measure.
    ///
    /// ```
    /// use leontief::analysis::MultiplierType;
    /// use leontief::uncertainty::{Draws, MultiplierDraws};
    /// use leontief::{AnyTable, Lang, Model};
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let model = Model::new(&table)?;
    /// let asked = Draws { count: 40, coefficient_spread: Some(0.1), ..Draws::default() };
    /// let drawn = MultiplierDraws::of(&table, &model, MultiplierType::Type1, &asked, 5, &|_| ())?;
    /// assert_eq!(drawn.document(Lang::Ko, "output", 3).title, "승수와 순위의 불확실성: 생산");
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn document(&self, lang: Lang, measure: &str, top: usize) -> Document {
        let title = lang.pick(
            "How sure multipliers and ranks are",
            "승수와 순위의 불확실성",
        );
        let Some(shown) = self.measure(measure).or(self.measures.first()) else {
            return Document::new(title, self.provenance.line(lang));
        };
        let mut document = Document::new(
            format!("{title}: {}", name(shown, lang)),
            self.provenance.line(lang),
        );
        document.section(
            "multipliers",
            "",
            vec![
                Block::Text(self.said(lang)),
                Block::Table(self.table(shown, top, lang)),
            ],
        );
        let ranks = lang.pick("What ranks are worth", "지표별 순위의 안정성");
        document.section("ranks", ranks, vec![Block::Table(self.ranks(lang))]);
        document.section("notes", "", vec![Block::Notes(self.remarks(lang))]);
        document
    }

    fn said(&self, lang: Lang) -> String {
        let drawn = how_drawn(
            (self.draws, self.seed),
            self.coefficient_spread,
            self.coefficient_sharing,
            self.split_error,
            lang,
        );
        let band = match self.draws < FEWEST_FOR_A_BAND {
            true => lang.pick(
                "Too few draws for a band: read the columns as what happened to be drawn.",
                "추출 횟수가 적어 구간으로 볼 수 없음: 각 열은 추출된 값일 뿐임.",
            ),
            false => lang.pick(
                "Nine in ten draws lie between 5 % and 95 %; rank 1 is the largest.",
                "추출값과 순위의 90%가 5%와 95% 사이에 있음. 1위가 가장 큼.",
            ),
        };
        format!("{drawn}. {band}")
    }

    fn table(&self, of: &DrawnMeasure, top: usize, lang: Lang) -> Table {
        let (unit, decimals) = unit_of(&of.unit, &self.provenance, lang);
        let number = |id: &str, title: &str| Column::number(id, title, &unit, decimals);
        let rank = |id: &str, title: &str| Column::number(id, title, "", 0);
        let among = self.among;
        let mut columns = super::provenance::sector_columns(lang);
        columns.extend([
            number("as_in_table", lang.pick("In the table", "표 기준")),
            number("median", lang.pick("Median", "중앙값")),
            number("p5", "5 %"),
            number("p95", "95 %"),
            rank("rank", lang.pick("Rank", "순위")),
            rank("rank_p5", lang.pick("Rank 5 %", "순위 5%")),
            rank("rank_p95", lang.pick("Rank 95 %", "순위 95%")),
            Column::number(
                "among_first",
                &lang.pick(
                    format!("Among first {among}"),
                    format!("{among}위 이내 확률"),
                ),
                "%",
                0,
            )
            .with_bar(),
        ]);
        let rows = self.sectors.iter().zip(&of.sectors).take(top);
        let rows = rows.map(|(sector, of)| {
            let mut cells = vec![sector.code.as_str().into(), sector.name.get(lang).into()];
            match of {
                None => cells.extend((0..8).map(|_| Cell::Empty)),
                Some(of) => {
                    let spread = of.spread;
                    let values = [spread.as_written, spread.median, spread.p5, spread.p95];
                    cells.extend(values.map(Cell::Number));
                    let ranks = [of.rank, of.rank_band[0], of.rank_band[1]];
                    cells.extend(ranks.map(|rank| Cell::Number(rank as f64)));
                    cells.push(Cell::Number(100.0 * of.among_first));
                }
            }
            Row::new(cells)
        });
        Table {
            columns,
            rows: rows.collect(),
        }
    }

    /// By every measure: how like those of the table the ranks of a draw are, and how wide bands are.
    fn ranks(&self, lang: Lang) -> Table {
        let among = self.among;
        let columns = vec![
            Column::text("measure", lang.pick("Measure", "지표")),
            Column::number(
                "rank_correlation",
                lang.pick(
                    "Rank correlation of a draw with the table",
                    "추출과 표의 순위상관",
                ),
                "",
                3,
            ),
            Column::number(
                "kept",
                &lang.pick(
                    format!("First {among} that stay so in a draw"),
                    format!("상위 {among}개 유지 비율"),
                ),
                "%",
                0,
            ),
            Column::number(
                "band",
                lang.pick(
                    "Half of the 5-95 % band, median sector",
                    "90% 구간의 절반(중앙값 부문)",
                ),
                "%",
                1,
            ),
        ];
        let rows = self.measures.iter().map(|measure| {
            let made = || measure.sectors.iter().flatten();
            let first = || made().filter(|of| of.rank <= among);
            let kept: f64 = first().map(|of| of.among_first).sum();
            let mut halves: Vec<f64> = made()
                .map(|of| 50.0 * (of.spread.p95 - of.spread.p5) / of.spread.as_written.abs())
                .filter(|half| half.is_finite())
                .collect();
            halves.sort_by(f64::total_cmp);
            let middle = halves.get(halves.len() / 2);
            Row::new(vec![
                name(measure, lang).into(),
                measure.rank_correlation.into(),
                match first().count() {
                    0 => Cell::Empty,
                    count => Cell::Number(100.0 * kept / count as f64),
                },
                middle.map_or(Cell::Empty, |half| Cell::Number(*half)),
            ])
        });
        Table {
            columns,
            rows: rows.collect(),
        }
    }

    fn remarks(&self, lang: Lang) -> Vec<String> {
        let mut said: Vec<String> = Vec::new();
        said.extend(self.household_share.map(|share| {
            lang.pick(
                format!(
                    "Type II: households spend {:.1} % of {}.",
                    100.0 * share,
                    spent_income(self.households.as_ref()).en
                ),
                format!(
                    "2형 승수: 가계가 {}의 {:.1}%를 소비함.",
                    spent_income(self.households.as_ref()).ko,
                    100.0 * share
                ),
            )
        }));
        said.push(
            lang.pick(
                "Accounts of a sector (jobs, employees, emissions) are drawn with one factor; taxes on production \
                 as its other value added.",
                "부문별 계정(취업·고용·배출 등)은 같은 배수로, 생산세는 기타 부가가치와 같은 비율로 추출함.",
            )
            .to_owned(),
        );
        said.extend((self.notes.iter()).map(|note| note.text().get(lang).to_owned()));
        said.push(self.provenance.attribution.get(lang).to_owned());
        said.extend(split_in_short([&self.provenance.split_error], lang));
        said
    }
}

fn name(measure: &DrawnMeasure, lang: Lang) -> String {
    match (&measure.unit, measure.measure.as_str()) {
        (_, "influence") => lang.pick("Influence", "영향력계수").to_owned(),
        (_, "sensitivity") => lang.pick("Sensitivity", "감응도계수").to_owned(),
        (FigureUnit::PerBillion(account), id) => measure_name(id, Some(account), lang),
        (_, id) => measure_name(id, None, lang),
    }
}
