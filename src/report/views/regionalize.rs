//! A region of a nation by location quotients, and how near they come to published multipliers.

use super::provenance::split_in_short;
use crate::analysis::regionalize::{Judged, Method, Regionalized};
use crate::impact::ranking::by_size;
use crate::lang::Lang;
use crate::report::{Block, Cell, Column, Document, Row, Table};

/// "AFLQ, delta 0.4".
fn named(method: Method) -> String {
    let name = method.quotient.name();
    match method.delta {
        Some(delta) => format!("{name}, \u{3b4} {delta}"),
        None => name.to_owned(),
    }
}

impl Regionalized {
    /// The region as a document, its `top` largest sectors.
    pub fn document(&self, lang: Lang, top: usize) -> Document {
        let region = self.region.get(lang);
        let title = lang.pick(
            format!("{region} and the rest of the country"),
            format!("지역화: {region} / 타지역"),
        );
        let mut doc = Document::new(title, self.provenance.line(lang));
        let ratio = |id: &str, title: &str| Column::number(id, title, "", 3);
        let columns = vec![
            Column::text("code", lang.pick("Code", "코드")),
            Column::text("sector", lang.pick("Sector", "부문")),
            Column::number("share", lang.pick("Of the nation", "전국 비중"), "%", 2).with_bar(),
            Column::number("lq", lang.pick("SLQ", "입지계수"), "", 2),
            ratio("inside", lang.pick("Output here", "지역내 생산")),
            ratio("outside", lang.pick("elsewhere", "타지역 생산")),
            ratio(
                "value_added",
                lang.pick("Value added here", "지역내 부가가치"),
            ),
            ratio(
                "value_added_outside",
                lang.pick("elsewhere", "타지역 부가가치"),
            ),
        ];
        let mut order = by_size(self.sectors.len(), |s| self.location_quotient[s]);
        let makes = |s: &usize| self.inside.output[*s] > 0.0;
        let not_made = order.iter().filter(|s| !makes(s)).count();
        order.retain(makes);
        order.truncate(top);
        let rows = order.into_iter().map(|s| {
            let numbers = [
                self.share[s] * 100.0,
                self.location_quotient[s],
                self.inside.output[s],
                self.outside.output[s],
                self.inside.value_added[s],
                self.outside.value_added[s],
            ];
            let sector = &self.sectors[s];
            let mut cells = vec![
                Cell::from(sector.code.as_str()),
                sector.name.get(lang).into(),
            ];
            cells.extend(numbers.map(Cell::Number));
            Row::new(cells)
        });
        let rows = rows.collect();
        doc.section(
            "sectors",
            lang.pick(
                "What a unit of final demand for the region's product sets off, most specialised sectors first",
                "지역 생산물 최종수요 1단위의 유발효과(특화 부문 순)",
            ),
            vec![Block::Table(Table { columns, rows })],
        );
        let (size, method) = (self.size * 100.0, named(self.method));
        let measure = match self.measure.as_str() {
            "output" => lang.pick("output", "산출"),
            "value_added" => lang.pick("value added", "부가가치"),
            "jobs" => lang.pick("jobs", "취업자"),
            "employees" => lang.pick("employees", "피용자"),
            other => other,
        };
        let mut notes = vec![
            lang.pick(
                format!(
                    "{region} makes {size:.2} % of the nation's output, shared out by {measure}. Estimated by \
                     {method}: the region's inputs per output are the nation's, and what its quotients leave open \
                     comes from the rest of the country, whose purchases come back (feedback included)."
                ),
                format!(
                    "{region}의 산출은 전국의 {size:.2}%({measure} 기준 배분). {method}로 추정: 지역의 투입구조는 전국과 \
                     같고, 입지계수로 자급하지 못하는 부분은 타지역에서 조달하며 타지역의 재구매(환류효과)를 포함함."
                ),
            ),
            lang.pick(
                "Abroad the region buys what the nation does of each product.".to_owned(),
                "해외 수입 비중은 품목별로 전국과 같다고 봄.".to_owned(),
            ),
        ];
        if not_made > 0 {
            notes.push(lang.pick(
                format!("Left out: sectors of which it makes nothing, {not_made} of them."),
                format!("지역 내 생산이 없는 {not_made}개 부문은 제외함."),
            ));
        }
        if !self.limited.is_empty() {
            let names: Vec<String> = self
                .limited
                .iter()
                .map(|cut| {
                    let place = match cut.inside {
                        true => region,
                        false => lang.pick("rest", "타지역"),
                    };
                    format!("{} ({place})", cut.sector.title(lang))
                })
                .collect();
            let (count, shown) = (
                names.len(),
                names.into_iter().take(8).collect::<Vec<_>>().join(", "),
            );
            notes.push(lang.pick(
                format!("Sales were cut to what is made, the other region selling the difference, in {count} cases: {shown}."),
                format!("생산을 넘는 판매를 {count}건 조정(차액은 상대 지역이 공급): {shown}."),
            ));
        }
        notes.push(self.provenance.attribution.get(lang).to_owned());
        notes.extend(split_in_short([&self.provenance.split_error], lang));
        doc.section("notes", "", vec![Block::Notes(notes)]);
        doc
    }
}

impl Judged {
    /// The errors of each method as a document.
    pub fn document(&self, lang: Lang) -> Document {
        let title = lang.pick(
            "Location quotients beside BOK's regional multipliers",
            "입지계수법과 한국은행 지역 유발계수의 비교",
        );
        let mut doc = Document::new(title, self.provenance.line(lang));
        let percent = |id: &str, title: &str| Column::number(id, title, "%", 1);
        let columns = vec![
            Column::text("method", lang.pick("Quotient", "입지계수")),
            Column::text("delta", lang.pick("Delta", "delta")),
            percent(
                "inside_weighted",
                lang.pick("Output here, off by", "지역내 생산 오차"),
            ),
            percent("inside_bias", lang.pick("bias", "편의")),
            percent("inside", lang.pick("sectors alike", "부문 단순평균")),
            Column::number(
                "outside",
                lang.pick("Output elsewhere, off by", "타지역 생산 오차"),
                "",
                3,
            ),
            Column::number(
                "value_added",
                lang.pick("Value added here, off by", "지역내 부가가치 오차"),
                "",
                3,
            ),
            percent("jobs", lang.pick("Jobs here, off by", "지역내 취업 오차")),
        ];
        let best = self.best().map(|best| best.method);
        let rows = self.methods.iter().map(|error| {
            let delta = error
                .method
                .delta
                .map(|d| format!("{d:.2}"))
                .unwrap_or_default();
            let numbers = [
                error.inside_weighted * 100.0,
                error.inside_bias * 100.0,
                error.inside * 100.0,
                error.outside,
                error.value_added,
                error.jobs * 100.0,
            ];
            let mut cells = vec![Cell::from(error.method.quotient.name()), delta.into()];
            cells.extend(numbers.map(Cell::Number));
            let mut row = Row::new(cells);
            row.strong = Some(error.method) == best;
            row
        });
        let rows = rows.collect();
        doc.section("methods", "", vec![Block::Table(Table { columns, rows })]);
        let (regions, compared) = (self.regions, self.compared);
        let best = best.map(named).unwrap_or_default();
        let default = named(Method::default());
        let notes = vec![
            lang.pick(
                format!(
                    "Nearest by output: {best}. Used where none is asked for: {default}. {regions} provinces, \
                     {compared} multipliers of sectors that there are."
                ),
                format!("지역내 생산 오차가 가장 작은 방법: {best}. 기본값: {default}. {regions}개 시도, 존재 부문 승수 {compared}개."),
            ),
            lang.pick(
                "Off by: mean of the difference either way, over the published figure where in %; the first two and \
                 jobs weighted by output."
                    .to_owned(),
                "오차: 차이의 절댓값 평균(%는 공표값 대비). 앞의 두 열과 취업은 산출액 가중.".to_owned(),
            ),
            self.provenance.attribution.get(lang).to_owned(),
        ];
        doc.section("notes", "", vec![Block::Notes(notes)]);
        doc
    }
}
