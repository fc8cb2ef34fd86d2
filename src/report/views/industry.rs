//! How a new industry is shown.

use crate::impact::industry::{AtShare, Difference, IndustryImpact};
use crate::lang::Lang;
use crate::report::document::number;
use crate::report::{Block, Cell, Column, Row, Scale, Table, Unit};

type Pick = fn(&Difference) -> f64;

impl IndustryImpact {
    /// The industry as blocks of a document; its figures as they are shown ([`crate::Impact::settled`]).
    pub fn blocks(&self, scale: Scale) -> Vec<Block> {
        let lang = scale.lang();
        let mut blocks = vec![
            Block::Table(self.account(scale)),
            Block::Table(self.against_today(scale)),
            Block::Notes(self.beside(scale)),
        ];
        if !self.by_replaced_share.is_empty() {
            blocks.push(Block::Table(self.over_shares(scale)));
            blocks.extend(self.most_replaced(lang).map(Block::Text));
        }
        blocks.push(Block::Table(self.reconciled(scale)));
        let said = lang.pick(
            "As a buyer: what its purchases set off, as the phase's own result has it if it happens. As an industry: with its \
             own sales, all taken as new (the final-demand approach). Net: inside the system, less what its \
             sales to sectors displace or are paid from.",
            "구매자: 구입액의 파급(해당 단계의 결과와 같음). 산업: 자체 매출을 모두 새로운 것으로 더함(최종수요 방식). \
             순효과: 체계 내 포함. 산업에 대한 판매가 대체하거나 구매 산업이 부담하는 몫을 뺌.",
        );
        blocks.push(Block::Text(said.to_owned()));
        blocks
    }

    /// What it sells and what it buys.
    fn account(&self, scale: Scale) -> Table {
        let lang = scale.lang();
        let percent = |of: f64| Cell::Number(of / self.sales * 100.0);
        let account = [
            (lang.pick("Sales", "매출"), self.sales),
            (lang.pick("· abroad", "· 수출"), self.exports),
            (
                lang.pick("· to final users at home", "· 국내 최종수요"),
                self.final_sales,
            ),
            (
                lang.pick("· to sectors", "· 산업(중간수요)"),
                self.intermediate_sales,
            ),
            (
                lang.pick("Purchases at home", "국산 구입"),
                self.domestic_inputs,
            ),
            (
                lang.pick("Purchases of imports", "수입 구입"),
                self.imported_inputs,
            ),
            (
                lang.pick("Taxes on purchases", "구입 생산물세"),
                self.product_tax,
            ),
            (
                lang.pick("Its own value added", "자체 부가가치"),
                self.own_value_added,
            ),
            (
                lang.pick("· compensation of employees", "· 피용자보수"),
                self.compensation,
            ),
            (
                lang.pick(
                    "· surplus, before depreciation",
                    "· 영업잉여 등(감가상각 차감 전)",
                ),
                self.surplus,
            ),
            (
                lang.pick("·· of owners abroad", "·· 외국인 귀속"),
                self.foreign_surplus,
            ),
        ];
        let rows = account
            .into_iter()
            .map(|(name, value)| {
                Row::new(vec![name.into(), scale.money(value).into(), percent(value)])
            })
            .collect();
        let columns = vec![
            Column::text("account", self.name.get(lang)),
            scale.column("amount", lang.pick("A full year", "연간")),
            Column::number("of_sales", lang.pick("Of sales", "매출 대비"), "%", 1),
        ];
        Table { columns, rows }
    }

    /// Both approaches, and what they differ by.
    fn against_today(&self, scale: Scale) -> Table {
        let lang = scale.lang();
        let (a, b) = (&self.included, &self.as_final_demand);
        let money = |name: &str, pick: &dyn Fn(&Difference) -> f64| {
            let (a, b) = (pick(a), pick(b));
            let mut cells = vec![name.into()];
            cells.extend([a, b, a - b].map(|v| scale.measure(v)));
            Row::new(cells)
        };
        let picked: [(&str, Pick); 5] = [
            (lang.pick("Its own output", "자체 산출"), |d| {
                d.own_output
            }),
            (
                lang.pick("Output of other sectors", "타 부문 생산"),
                |d| d.other_output,
            ),
            (
                lang.pick("Its own value added", "자체 부가가치"),
                |d| d.own_value_added,
            ),
            (
                lang.pick("Value added of others", "타 부문 부가가치"),
                |d| d.other_value_added,
            ),
            (value_added_in_all(lang), Difference::value_added),
        ];
        let mut rows: Vec<Row> = picked
            .iter()
            .map(|(name, pick)| money(name, pick))
            .collect();
        rows.push(money(
            lang.pick(
                "· stays at home, before depreciation",
                "· 국내 귀속(감가상각 차감 전)",
            ),
            &|d| d.national_income,
        ));
        if a.gdp().is_some() && b.gdp().is_some() {
            rows.push(money(gdp(lang), &|d| d.gdp().unwrap_or_default()));
        }
        rows.push(money(
            lang.pick("Imported inputs", "중간재 수입"),
            &|d| d.imports,
        ));
        let mut cells = vec![lang.pick("Jobs in other sectors", "타 부문 취업").into()];
        cells.extend([a.jobs, b.jobs, a.jobs - b.jobs].map(|v| persons(v, lang)));
        rows.push(Row::new(cells));
        let number = |id: &str, title: &str| Column::number(id, title, "", 0);
        let columns = vec![
            Column::text(
                "figure",
                lang.pick("Against today (Type I)", "현재 대비(1형)"),
            ),
            number("included", lang.pick("Inside the system", "체계 내 포함")),
            number(
                "as_final_demand",
                lang.pick("As final demand", "최종수요 방식"),
            ),
            number("difference", lang.pick("Difference", "차이")),
        ];
        Table { columns, rows }
    }

    /// What stands right under the figures, because they rest on it.
    fn beside(&self, scale: Scale) -> Vec<String> {
        let lang = scale.lang();
        let mut said = Vec::new();
        if self.intermediate_sales != 0.0 {
            let (unreplaced, others) = (
                scale.amount(self.unreplaced),
                scale.amount(self.included.other_value_added),
            );
            said.push(lang.pick(
                format!(
                    "Value added of others rests on buyers' prices staying as they are: the {unreplaced} that \
                     they pay for it and that replace nothing come out of their own value added and are part \
                     of these {others}. Sales that replace a product take demand from its producers; only \
                     sales abroad and to final users are new."
                ),
                format!(
                    "타 부문 부가가치는 구매 산업의 산출가격이 변하지 않는다는 가정에 따름: 기존 투입을 대체하지 않는 \
                     구매액 {unreplaced}은 구매 산업의 부가가치에서 차감되어 {others}에 반영됨. 대체하는 구매는 기존 \
                     공급자의 수요를 줄이며, 수출과 최종수요 판매만 새로운 수요임."
                ),
            ));
        }
        said.push(
            lang.pick(
                "Value added carries net taxes on home products, not those on imports; with those and the \
                 taxes on its purchases it is GDP at market prices. What stays at home is without the surplus \
                 of owners abroad and before depreciation: it is no net income.",
                "부가가치는 국산품에 대한 순생산물세를 포함하고 수입품세는 제외함. 수입품세와 구입 생산물세를 더하면 \
                 시장가격 GDP임. 국내 귀속은 외국인 귀속 잉여를 제외한 감가상각 차감 전 금액으로 순소득이 아님.",
            )
            .to_owned(),
        );
        said
    }

    /// The key results over what buyers replace.
    fn over_shares(&self, scale: Scale) -> Table {
        let lang = scale.lang();
        let with_taxes = self.included.gdp().is_some();
        let money = |id: &str, title: &str| scale.column(id, title);
        let mut columns = vec![
            Column::text(
                "replaced_share",
                lang.pick("Replaced, of what buyers pay", "구매액 중 대체 비율"),
            ),
            money(
                "other_output",
                lang.pick("Output of others", "타 부문 생산"),
            ),
            money(
                "other_value_added",
                lang.pick("Value added of others", "타 부문 부가가치"),
            ),
            money("value_added", value_added_in_all(lang)),
        ];
        if with_taxes {
            columns.push(money("gdp", gdp(lang)));
        }
        columns.extend([
            money(
                "national_income",
                lang.pick("Stays at home, gross", "국내 귀속(총)"),
            ),
            money("imports", lang.pick("Imported inputs", "중간재 수입")),
            Column::number(
                "jobs",
                lang.pick("Jobs of others", "타 부문 취업"),
                lang.pick("jobs", "명"),
                0,
            ),
        ]);
        let rows = self
            .by_replaced_share
            .iter()
            .map(|at| {
                let share = percent(at.share, lang);
                let beyond = self
                    .most_replaced_share
                    .is_some_and(|most| at.share > most + 1e-9);
                let said = match (at.own, beyond) {
                    (true, false) => lang.pick(" (as written)", "(시나리오 값)"),
                    (true, true) => lang.pick(" (as written: all bought)", "(시나리오 값: 전액)"),
                    (false, true) => lang.pick(" (more than is bought)", "(구입액 초과)"),
                    (false, false) => "",
                };
                let mut cells = vec![Cell::Text(format!("{share}{said}"))];
                match &at.included {
                    None => cells.resize(columns.len(), Cell::Text("–".to_owned())),
                    Some(d) => {
                        let money = [d.other_output, d.other_value_added, d.value_added()];
                        let taxed = d.gdp().filter(|_| with_taxes);
                        let money = money.into_iter().chain(taxed);
                        let money = money.chain([d.national_income, d.imports]);
                        cells.extend(money.map(|v| Cell::Number(scale.money(v))));
                        cells.push(Cell::Number(d.jobs));
                    }
                }
                Row {
                    strong: at.own,
                    ..Row::new(cells)
                }
            })
            .collect();
        Table { columns, rows }
    }

    /// Where some of the shares cannot be: what can.
    fn most_replaced(&self, lang: Lang) -> Option<String> {
        let most = self.most_replaced_share?;
        let cut = |at: &AtShare| at.share > most + 1e-9;
        self.by_replaced_share.iter().any(cut).then(|| {
            let most = percent(most, lang);
            lang.pick(
                format!(
                    "One of its buyers spends on the replaced product no more than {most} of what he pays for \
                     the new one: no larger share can be replaced by all of them."
                ),
                format!("구매 산업 전부가 대체할 수 있는 최대 비율은 {most}임(기존 품목 구입액 한도)."),
            )
        })
    }

    /// The three figures of its operation: each row adds up.
    fn reconciled(&self, scale: Scale) -> Table {
        let lang = scale.lang();
        let (net, simple) = (&self.included, &self.as_final_demand);
        let row = |name: &str, others: f64, own: f64, net: f64| {
            let industry = others + own;
            let cells = [others, own, industry, net - industry, net];
            let mut row: Vec<Cell> = vec![name.into()];
            row.extend(cells.map(|v| scale.measure(v)));
            Row::new(row)
        };
        let mut rows = vec![
            row(
                lang.pick("Output", "생산"),
                simple.other_output,
                simple.own_output,
                net.other_output + net.own_output,
            ),
            row(
                lang.pick("Value added", "부가가치"),
                simple.other_value_added,
                simple.own_value_added,
                net.value_added(),
            ),
        ];
        if let (Some(taxes), Some(net)) = (simple.product_taxes, net.gdp()) {
            rows.push(row(
                gdp(lang),
                simple.other_value_added + taxes,
                simple.own_value_added,
                net,
            ));
        }
        rows.push(row(
            lang.pick("Imported inputs", "중간재 수입"),
            simple.imports,
            0.0,
            net.imports,
        ));
        let own = self.staff.unwrap_or_default();
        let jobs = [
            simple.jobs,
            own,
            simple.jobs + own,
            net.jobs - simple.jobs,
            net.jobs + own,
        ];
        let mut cells: Vec<Cell> = vec![lang.pick("Jobs", "취업").into()];
        cells.extend(jobs.map(|v| persons(v, lang)));
        if self.staff.is_none() {
            cells[2] = Cell::Text(lang.pick("not stated", "미기재").to_owned());
        }
        rows.push(Row::new(cells));
        let number = |id: &str, title: &str| Column::number(id, title, "", 0);
        let columns = vec![
            Column::text(
                "figure",
                lang.pick(
                    "Three figures, a full year (Type I)",
                    "세 가지 수치, 연간(1형)",
                ),
            ),
            number("as_buyer", lang.pick("As a buyer", "구매자")),
            number("own", lang.pick("+ its own", "+ 자체")),
            number("as_industry", lang.pick("= as an industry", "= 산업")),
            number("displaced", lang.pick("+ displaced", "+ 대체·부담")),
            number("net", lang.pick("= net", "= 순효과")),
        ];
        Table { columns, rows }
    }
}

fn value_added_in_all(lang: Lang) -> &'static str {
    lang.pick("Value added in all", "부가가치 합계")
}

fn gdp(lang: Lang) -> &'static str {
    lang.pick("GDP at market prices", "시장가격 GDP")
}

/// "50 %", "37.5 %".
fn percent(share: f64, lang: Lang) -> String {
    let percent = share * 100.0;
    let whole = (percent - percent.round()).abs() < 1e-9;
    let percent = number(percent, if whole { 0 } else { 1 });
    lang.pick(format!("{percent} %"), format!("{percent}%"))
}

fn persons(value: f64, lang: Lang) -> Cell {
    let unit = Unit {
        name: lang.pick("jobs", "명").to_owned(),
        decimals: 0,
    };
    Cell::Measure(value, unit)
}
