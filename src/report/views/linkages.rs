//! Linkages of sectors: their figures, the strongest pairs, and the map of key sectors.

use super::provenance::split_in_short;
use super::sheet::{self, unit_of};
use crate::analysis::linkages::{Method, Pairs};
use crate::analysis::sheet::{FigureUnit, SheetColumn};
use crate::analysis::{Linkages, Provenance};
use crate::lang::Lang;
use crate::report::chart::{Chart, Dot, Frame, Scatter, Width};
use crate::report::{Block, Cell, Column, Document, Row, Table};

impl Linkages {
    /// A row a sector, in the order they stand in; the pairs; on a page the map as well.
    ///
    /// ```
    /// use leontief::analysis::linkages::{Linkages, Method, Options};
    /// use leontief::{AnyTable, Lang, Model};
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let model = Model::new(&table)?;
    /// let linkages = Linkages::of(&table, &model, Method::Rasmussen, &Options::default())?;
    /// assert_eq!(linkages.document(Lang::Ko).title, "전후방연쇄효과: 영향력·감응도계수");
    /// assert!(linkages.map(Lang::Ko, false).expect("two axes").contains("<circle"));
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn document(&self, lang: Lang) -> Document {
        let mut document = Document::new(title(self.method, lang), self.provenance.line(lang));
        let mut blocks = vec![Block::Table(self.table(lang))];
        blocks.extend(self.map(lang, false).map(Block::Chart));
        document.section("linkages", "", blocks);
        if !self.pairs.pairs.is_empty() {
            let title = match self.method {
                Method::Influence => lang.pick(
                    "The coefficients that matter most",
                    "가장 중요한 투입계수(역행렬 중요계수)",
                ),
                _ => lang.pick("The strongest connections", "가장 강한 산업 간 연결"),
            };
            document.section(
                "pairs",
                title,
                vec![Block::Table(pairs_table(
                    &self.pairs,
                    &self.provenance,
                    lang,
                ))],
            );
        }
        document.section("notes", "", vec![Block::Notes(self.said(lang))]);
        document
    }

    fn table(&self, lang: Lang) -> Table {
        let numbers = self.figures.columns.iter().filter(|c| c.measure != "class");
        let columns: Vec<&SheetColumn> = numbers.collect();
        let provenance = &self.provenance;
        let mut table = sheet::table(&self.figures, &columns, provenance, lang, |column| {
            figure_title(&column.id(), lang).to_owned()
        });
        if let Some(first) = table.columns.get_mut(2) {
            first.bar = true;
        }
        if let Some(class) = self.figures.column("class") {
            let title = lang.pick("Class", "유형");
            table.columns.push(Column::text("class", title));
            for (row, class) in table.rows.iter_mut().zip(&class.values) {
                row.cells
                    .push(class.map_or(Cell::Empty, |class| class_title(class, lang).into()));
            }
        }
        table
    }

    /// The map of key sectors as an SVG picture, by itself or for a page; `None` for a method without two
    /// indices.
    pub fn map(&self, lang: Lang, standalone: bool) -> Option<String> {
        let axes = self.method.axes()?;
        let [backward, forward] = axes.map(|id| self.figures.column(id));
        let (backward, forward) = (backward?, forward?);
        let both = backward.values.iter().zip(&forward.values);
        let points = self.figures.sectors.iter().zip(both);
        let points = points.filter_map(|(sector, (backward, forward))| {
            Some(Dot {
                label: sector.name.get(lang).to_owned(),
                code: sector.code.clone(),
                name: sector.label(lang),
                at: [(*backward)?, (*forward)?],
            })
        });
        let map = Scatter {
            points: points.collect(),
            axes: [
                lang.pick("Backward linkage →", "후방연쇄효과 →").to_owned(),
                lang.pick("↑ Forward linkage", "↑ 전방연쇄효과").to_owned(),
            ],
            centre: 1.0,
            quadrants: [1.0, 2.0, 3.0, 4.0].map(|class| class_title(class, lang).to_owned()),
        };
        // "Linkages" is what the map is of: it needs no second word for that.
        let method = title(self.method, lang);
        let method = method.split_once(": ").map_or(method, |(_, what)| what);
        let frame = Frame {
            id: "key-sectors".to_owned(),
            lang,
            title: lang.pick(
                format!("Key sectors: {method}"),
                format!("주요 산업: {method}"),
            ),
            description: lang
                .pick(
                    "Sectors by backward and forward linkage, each over its mean; key sectors are above it in both.",
                    "부문별 후방·전방연쇄효과(평균 = 1). 둘 다 1을 넘으면 주요 산업.",
                )
                .to_owned(),
            unit: lang.pick("mean = 1", "평균 = 1").to_owned(),
            source: format!(
                "{} · {}",
                self.provenance.line(lang),
                self.provenance.attribution.get(lang)
            ),
            width: Width::Wide,
            standalone,
        };
        Some(map.draw(&frame))
    }

    fn said(&self, lang: Lang) -> Vec<String> {
        let mut said = vec![explained(self, lang)];
        if self.method.axes().is_some() {
            said.push(
                lang.pick(
                    "Class: key, both indices above 1; backward or forward, one of them; weak, neither.",
                    "유형: 핵심은 두 지수 모두 1 초과, 후방·전방은 하나만 1 초과, 독립은 모두 1 이하.",
                )
                .to_owned(),
            );
        }
        if self.options.weighted && matches!(self.method, Method::Rasmussen | Method::Hirschman) {
            said.push(
                lang.pick(
                    "Weighted: a unit of each product counts by its share of final demand; forward in Hirschman's by \
                     the share of primary inputs.",
                    "가중: 각 생산물 1단위를 최종수요 비중으로(허쉬만 방식의 전방은 본원적 투입 비중으로) 가중함.",
                )
                .to_owned(),
            );
        }
        said.push(self.provenance.attribution.get(lang).to_owned());
        said.extend(split_in_short([&self.provenance.split_error], lang));
        let notes = self.notes.iter();
        said.extend(notes.map(|note| note.text().get(lang).to_owned()));
        said
    }
}

/// A row a pair, its figures beside it.
pub(super) fn pairs_table(pairs: &Pairs, provenance: &Provenance, lang: Lang) -> Table {
    let mut columns = vec![
        Column::text("supplier", lang.pick("Supplier", "공급 부문")),
        Column::text("user", lang.pick("User", "수요 부문")),
    ];
    columns.extend(pairs.columns.iter().map(|(id, unit)| {
        let (unit, decimals) = unit_of(unit, provenance, lang);
        let decimals = match id.as_str() {
            "coefficient" | "change_of_output" => 4,
            _ => decimals,
        };
        Column::number(id, figure_title(id, lang), &unit, decimals)
    }));
    let rows = pairs.pairs.iter().map(|pair| {
        let mut cells: Vec<Cell> = vec![
            pair.supplier.label(lang).into(),
            pair.user.label(lang).into(),
        ];
        let values = pairs.columns.iter().zip(&pair.values);
        cells.extend(values.map(|((_, unit), value)| {
            Cell::Number(match unit {
                FigureUnit::Share => 100.0 * value,
                _ => *value,
            })
        }));
        Row::new(cells)
    });
    Table {
        rows: rows.collect(),
        columns,
    }
}

fn title(method: Method, lang: Lang) -> &'static str {
    match method {
        Method::Rasmussen => lang.pick(
            "Linkages: power and sensitivity of dispersion",
            "전후방연쇄효과: 영향력·감응도계수",
        ),
        Method::Hirschman => lang.pick(
            "Linkages: direct and total, backward and forward",
            "전후방연쇄효과: 직접·총 연쇄효과(레온티에프·고쉬)",
        ),
        Method::Pure => lang.pick("Pure linkages", "순수연쇄효과"),
        Method::Propagation => lang.pick("Average propagation lengths", "평균파급길이(APL)"),
        Method::Network => lang.pick("Sectors in the network of inputs", "투입 네트워크와 중심성"),
        Method::Influence => lang.pick(
            "Fields of influence and important coefficients",
            "영향력장과 중요 투입계수",
        ),
    }
}

fn explained(of: &Linkages, lang: Lang) -> String {
    let options = &of.options;
    match of.method {
        Method::Rasmussen => lang.pick(
            "Influence: column sum of L over the mean; sensitivity: row sum over the mean, one unit of every product \
             demanded. Variation: standard deviation of the cells over their mean; small where the effect spreads \
             over many sectors. For who uses a product, --method hirschman (Ghosh) is the better forward linkage."
                .to_owned(),
            "영향력계수: 역행렬 열합계의 평균 대비 비율. 감응도계수: 행합계의 평균 대비 비율(모든 부문 최종수요 1단위). \
             변이계수: 원소의 표준편차/평균으로, 작을수록 여러 부문에 고르게 파급됨. 수요처 기준의 전방연쇄는 고쉬 \
             역행렬을 쓰는 --method hirschman이 적절함."
                .to_owned(),
        ),
        Method::Hirschman => lang.pick(
            "Direct: inputs from sectors at home per unit of output, and the share of output that sectors at home \
             use. Total: column sums of the Leontief inverse, row sums of the Ghosh inverse."
                .to_owned(),
            "직접: 산출 1단위당 국산 중간투입, 산출 중 국내 중간수요 비중. 총: 레온티에프 역행렬 열합계, 고쉬 역행렬 행합계."
                .to_owned(),
        ),
        Method::Pure => lang.pick(
            "Backward: what the sector's production for final demand makes the others produce; forward: what the \
             others' makes it produce; own inputs and feedbacks taken out (Guilhoto, Sonis and Hewings). Total: both."
                .to_owned(),
            "후방: 해당 부문의 최종수요용 생산이 타 부문에 유발하는 생산. 전방: 타 부문의 최종수요용 생산이 해당 부문에 \
             유발하는 생산. 자체 투입과 환류는 제외함(Guilhoto·Sonis·Hewings). 총: 둘의 합."
                .to_owned(),
        ),
        Method::Propagation => lang.pick(
            "How many rounds it takes on average until what a unit of final demand sets off reaches the suppliers \
             (backward), or a change of primary cost reaches the users (forward), weighted by what arrives \
             (Dietzenbacher, Romero and Bosma)."
                .to_owned(),
            "최종수요의 파급이 공급자에 도달하기까지(후방), 본원적 투입비용의 변화가 수요자에 도달하기까지(전방) 걸리는 \
             평균 차수. 도달하는 크기로 가중함(Dietzenbacher·Romero·Bosma)."
                .to_owned(),
        ),
        Method::Network => lang.pick(
            format!(
                "Suppliers and users: other sectors, by input coefficients of at least {:.1} %. Strength: the sum \
                 of all input coefficients, those of the sector's own product among them. Katz-Bonacich (.5) and PageRank (.85): a walk from user to supplier that goes on with that chance. Betweenness: \
                 what passes through a sector, neither first nor last in its chain, over the total, by {}.",
                100.0 * options.connection,
                options.measure.replace('_', " ")
            ),
            format!(
                "공급·수요 연결: 투입계수 {:.1}% 이상인 타 부문 수. 강도: 자기 부문을 포함한 모든 투입계수의 합. Katz-Bonacich(.5)·PageRank(.85): 수요자에서 \
                 공급자로 그 확률로 이어지는 이동. 매개: 공급사슬의 처음도 끝도 아닌 자리에서 해당 부문을 지나는 양의 \
                 전체 대비 비율({} 기준).",
                100.0 * options.connection,
                sheet::measure_name(&options.measure, None, lang)
            ),
        ),
        Method::Influence => lang.pick(
            format!(
                "A coefficient is important where a change of up to {:.0} % of itself changes the output of some \
                 sector by {:.1} %, final demand as it is (tolerable limit). Field of influence: by how much all \
                 cells of the inverse grow together for each unit that it grows. Change of output: of all sectors \
                 together where it grows by {:.1} % of itself.",
                100.0 * options.important,
                100.0 * options.tolerated,
                100.0 * options.tolerated
            ),
            format!(
                "중요계수: 최종수요가 같을 때 자기 크기의 {:.0}% 이내 변화로 어느 부문의 산출이 {:.1}% 변하는 계수(허용한계). \
                 영향력장: 계수 1단위 증가당 역행렬 전체 원소의 증가 합. 산출 변화: 계수가 {:.1}% 커질 때 전 부문 산출의 \
                 변화율.",
                100.0 * options.important,
                100.0 * options.tolerated,
                100.0 * options.tolerated
            ),
        ),
    }
}

pub(super) fn class_title(class: f64, lang: Lang) -> &'static str {
    match class as u8 {
        1 => lang.pick("key", "핵심"),
        2 => lang.pick("backward", "후방"),
        3 => lang.pick("forward", "전방"),
        _ => lang.pick("weak", "독립"),
    }
}

pub(super) fn figure_title(id: &str, lang: Lang) -> &str {
    match id {
        "influence" => lang.pick("Influence", "영향력계수"),
        "influence_variation" => lang.pick("Variation of it", "영향력 변이계수"),
        "sensitivity" => lang.pick("Sensitivity", "감응도계수"),
        "sensitivity_variation" => lang.pick("Variation of it", "감응도 변이계수"),
        "backward_direct" => lang.pick("Direct backward", "직접 후방"),
        "forward_direct" => lang.pick("Direct forward", "직접 전방"),
        "backward" => lang.pick("Backward", "후방"),
        "forward" => lang.pick("Forward", "전방"),
        "total" => lang.pick("Total", "총"),
        "backward_index" => lang.pick("Backward index", "후방 지수"),
        "forward_index" => lang.pick("Forward index", "전방 지수"),
        "total_index" => lang.pick("Total index", "총 지수"),
        "backward_rounds" => lang.pick("Backward length", "후방 평균파급길이"),
        "forward_rounds" => lang.pick("Forward length", "전방 평균파급길이"),
        "suppliers" => lang.pick("Suppliers", "공급 연결"),
        "users" => lang.pick("Users", "수요 연결"),
        "in_strength" => lang.pick("In-strength", "투입 강도"),
        "out_strength" => lang.pick("Out-strength", "공급 강도"),
        "katz_bonacich" => lang.pick("Katz-Bonacich", "Katz-Bonacich"),
        "pagerank" => lang.pick("PageRank", "PageRank"),
        "eigenvector" => lang.pick("Eigenvector", "고유벡터"),
        "betweenness" => lang.pick("Betweenness", "매개중심성"),
        "important_inputs" => lang.pick("Important inputs", "중요 투입계수 수(열)"),
        "important_sales" => lang.pick("Important sales", "중요 투입계수 수(행)"),
        "strength" => lang.pick("Strength", "연결 강도"),
        "rounds" => lang.pick("Length", "파급길이"),
        "coefficient" => lang.pick("Coefficient", "투입계수"),
        "tolerable_change" => lang.pick("Tolerable change", "허용한계"),
        "field_of_influence" => lang.pick("Field of influence", "영향력장"),
        "change_of_output" => lang.pick("Change of output", "산출 변화"),
        other => other,
    }
}
