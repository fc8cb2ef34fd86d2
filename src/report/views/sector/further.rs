//! What other questions say of the sector.

use super::super::import_stop::case_title;
use super::super::linkages::{figure_title, pairs_table};
use super::super::multiplier_form::effect_title;
use super::super::outage::{recovered, yardstick};
use super::super::sheet::{measure_title, unit_of};
use super::super::taxes;
use super::{Page, times_100};
use crate::analysis::linkages::Pairs;
use crate::analysis::sam::SamMultipliers;
use crate::analysis::sector::{MOST_IN_FULL, OutageSums, Rank, StopSums};
use crate::analysis::sheet::{FigureUnit, SheetColumn};
use crate::analysis::structural_path::Paths;
use crate::report::document::Unit;
use crate::report::words::sam_account;
use crate::report::{Cell, Column, Row, Scale, Table};
use crate::units::number;

/// The figure of the one sector of a column.
fn figure(column: &SheetColumn) -> Option<f64> {
    column.values.first().copied().flatten()
}

impl Page<'_> {
    /// A row a measure, a column an effect; the net multiplier beside them.
    pub(super) fn effects(&self) -> Table {
        let lang = self.lang;
        let all = &self.study.effects.columns;
        let effects = [
            "initial",
            "first_round",
            "industrial_support",
            "consumption",
            "total",
        ];
        let there = |stage: &&str| all.iter().any(|column| column.stage == *stage);
        let stages: Vec<&str> = effects.into_iter().filter(there).collect();
        let mut columns = vec![Column::text("measure", "")];
        let head = |stage: &&str| Column::number(stage, effect_title(stage, lang), "", 4);
        columns.extend(stages.iter().map(head));
        let net = lang.pick("Net multiplier", "순승수");
        columns.push(Column::number("net", net, "", 3));
        let measures = all.iter().filter(|column| column.stage == "total");
        let rows = measures.map(|measure| {
            let (unit, decimals) = unit_of(&measure.unit, &self.study.provenance, lang);
            let mut cells = vec![Cell::from(measure_title(measure, lang))];
            cells.extend(stages.iter().map(|stage| {
                let mut of = all
                    .iter()
                    .filter(|column| column.measure == measure.measure);
                let column = of.find(|column| column.stage == *stage);
                match column.and_then(figure) {
                    None => Cell::Empty,
                    Some(value) => Cell::Measure(
                        value,
                        Unit {
                            name: unit.clone(),
                            decimals: decimals + 1,
                        },
                    ),
                }
            }));
            let net = self.study.net.column(&measure.measure).and_then(figure);
            cells.push(net.map_or(Cell::Empty, Cell::Number));
            Row::new(cells)
        });
        Table {
            rows: rows.collect(),
            columns,
        }
    }

    pub(super) fn taxes(&self) -> Table {
        let lang = self.lang;
        let unit = self.study.provenance.ratio_unit(lang);
        let rows = self.study.taxes.columns.iter().filter_map(|column| {
            let id = column.measure.as_str();
            let mut names = self.study.tax_names.iter();
            let row = names.find(|(row, _)| row == id);
            let name = match (row, id) {
                (None, "all_taxes") => lang.pick("All taxes", "조세 합계").to_owned(),
                (row, id) => taxes::name(id, row.map(|(_, title)| title), lang),
            };
            let cells = vec![name.into(), Cell::Number(figure(column)?)];
            Some(match id {
                "all_taxes" => Row::total(cells),
                _ => Row::new(cells),
            })
        });
        Table {
            columns: vec![
                Column::text("tax", lang.pick("Tax", "조세")),
                Column::number("value", lang.pick("Type I", "1형"), &unit, 4).additive(),
            ],
            rows: rows.collect(),
        }
    }

    /// What others receive, by the loops of the matrix, and where it ends.
    pub(super) fn sam(&self, sam: &SamMultipliers) -> Table {
        let lang = self.lang;
        let unit = self.study.provenance.ratio_unit(lang);
        let head = |id: &str, en: &str, ko: &str| Column::number(id, lang.pick(en, ko), &unit, 4);
        let columns = vec![
            Column::text("account", lang.pick("Account", "계정")),
            head("initial", "The unit itself", "최초"),
            head("transfer", "Between sectors", "이전효과"),
            head("open_loop", "Open loops", "개방루프효과"),
            head("closed_loop", "Closed loops", "폐쇄루프효과"),
            head("total", "Total", "합계").sum_of([
                "initial",
                "transfer",
                "open_loop",
                "closed_loop",
            ]),
        ];
        let named = |account| sam_account(account, &[]).get(lang).to_owned();
        let mut received = vec![(lang.pick("Output", "생산").to_owned(), sam.output)];
        let factors = sam.factors.iter();
        received.extend(factors.map(|(account, effects)| (named(*account), *effects)));
        let households = lang.pick("Households", "가계").to_owned();
        received.push((households, sam.households));
        let mut rows: Vec<Row> = received
            .into_iter()
            .map(|(name, of)| {
                let parts = [
                    of.initial,
                    of.transfer,
                    of.open_loop,
                    of.closed_loop,
                    of.total(),
                ];
                let mut cells = vec![Cell::from(name)];
                cells.extend(parts.map(Cell::Number));
                Row::new(cells)
            })
            .collect();
        let leaks = [
            (
                lang.pick("Ends as taxes", "누출: 조세"),
                sam.leaks.government,
            ),
            (lang.pick("Ends as saving", "누출: 저축"), sam.leaks.saving),
            (
                lang.pick("Ends as imports", "누출: 수입"),
                sam.leaks.rest_of_world,
            ),
        ];
        rows.extend(leaks.into_iter().map(|(name, value)| {
            let mut cells = vec![Cell::from(name)];
            cells.extend([(); 4].map(|()| Cell::Empty));
            cells.push(value.into());
            Row::new(cells)
        }));
        Table { columns, rows }
    }

    pub(super) fn centralities(&self) -> Table {
        let counted = |id: &str| match id {
            "suppliers" | "users" => FigureUnit::Count,
            "in_strength" | "out_strength" => FigureUnit::Ratio,
            _ => FigureUnit::Share,
        };
        let shown = |rank: &Rank| match counted(&rank.measure) {
            FigureUnit::Share => times_100(rank),
            _ => rank.clone(),
        };
        let ranks: Vec<Rank> = self.study.centralities.iter().map(shown).collect();
        self.ranked(&ranks, |id| {
            let (unit, decimals) = unit_of(&counted(id), &self.study.provenance, self.lang);
            (figure_title(id, self.lang).to_owned(), unit, decimals)
        })
    }

    pub(super) fn important(&self, pairs: &Pairs) -> Table {
        let mut first = pairs.clone();
        first.pairs.truncate(self.top);
        pairs_table(&first, &self.study.provenance, self.lang)
    }

    pub(super) fn supplied_by(&self, chains: &Paths) -> Table {
        let lang = self.lang;
        let unit = self.study.provenance.ratio_unit(lang);
        let output = Column::number("output", lang.pick("Output", "생산"), &unit, 4);
        let own = lang.pick("The demand itself", "수요 자체(직접)");
        let all = lang.pick("Output, direct and indirect", "직접+간접 생산");
        self.chains(chains, output, [own, all], Cell::Number)
    }

    pub(super) fn works_for(&self, chains: &Paths) -> Table {
        let lang = self.lang;
        let output = self
            .scale
            .column("output", lang.pick("Its output", "해당 부문 생산"));
        let own = lang.pick(
            "Final demand for its own product",
            "해당 부문 생산물에 대한 최종수요",
        );
        let all = lang.pick("All its output", "해당 부문 총산출");
        self.chains(chains, output, [own, all], |value| self.money(value))
    }

    /// The largest chains; then the others, the demand itself and all of it.
    fn chains(
        &self,
        chains: &Paths,
        output: Column,
        [own, all]: [&str; 2],
        cell: impl Fn(f64) -> Cell,
    ) -> Table {
        let lang = self.lang;
        let row = |name: String, value: f64| {
            let share = match chains.total == 0.0 {
                true => Cell::Empty,
                false => Cell::Number(100.0 * value / chains.total),
            };
            vec![Cell::Text(name), cell(value), share]
        };
        let shown = &chains.paths[..self.top.min(chains.paths.len())];
        let mut rows: Vec<Row> = shown
            .iter()
            .map(|path| {
                let names = path.sectors.iter();
                let names = names.map(|at| self.study.sectors[*at].name.get(lang));
                let names: Vec<&str> = names.collect();
                Row::new(row(names.join(" ← "), path.value))
            })
            .collect();
        let listed: f64 = shown.iter().map(|path| path.value).sum();
        let rest = chains.total - chains.direct - listed;
        let others = lang.pick("All other chains", "그 밖의 경로").to_owned();
        rows.push(Row::new(row(others, rest)));
        rows.push(Row::new(row(own.to_owned(), chains.direct)));
        rows.push(Row::total(row(all.to_owned(), chains.total)));
        Table {
            columns: vec![
                Column::text("path", lang.pick("Chain", "공급경로")),
                output.additive().with_bar(),
                Column::number("share", lang.pick("Share", "비중"), "%", 2),
            ],
            rows,
        }
    }

    fn scale_of(&self, units: f64) -> Scale<'_> {
        let currency = &self.study.provenance.currency;
        Scale::new(self.lang, currency, [self.millions(units.abs())])
    }

    /// Static models, then day by day.
    pub(super) fn outage(&self, of: &OutageSums) -> Table {
        let lang = self.lang;
        let by_day = of.by_day.as_ref();
        let scale = self.scale_of(by_day.map_or(of.capacity_lost, |days| days.output));
        let row = |name: &str, output: f64| {
            Row::new(vec![
                Cell::from(name),
                Cell::Number(scale.money(self.millions(output))),
                Cell::Number(output / of.capacity_lost),
            ])
        };
        let yardsticks = of.yardsticks.iter();
        let mut rows: Vec<Row> = yardsticks
            .map(|of| row(yardstick(of.model, lang), of.output))
            .collect();
        if let Some(days) = by_day {
            let horizon = days.horizon;
            let name = lang.pick(
                format!("Day by day, over {horizon} days"),
                format!("일별 동태({horizon}일간)"),
            );
            let mut last = row(&name, days.output);
            last.strong = true;
            rows.push(last);
        }
        Table {
            columns: vec![
                Column::text("model", lang.pick("Model", "모형")),
                scale.column("output", lang.pick("Output lost", "생산 감소")),
                Column::number(
                    "per_unit",
                    lang.pick("Per unit of capacity lost", "상실 생산능력 1단위당"),
                    &scale.ratio_unit(),
                    2,
                ),
            ],
            rows,
        }
    }

    pub(super) fn said_of(&self, of: &OutageSums) -> Option<String> {
        let (lang, days) = (self.lang, of.by_day.as_ref()?);
        let scale = self.scale_of(days.output);
        let words = |units: f64| scale.in_words(self.millions(units));
        let (own, upstream, downstream) = (
            words(days.own),
            words(days.upstream),
            words(days.downstream),
        );
        let (value_added, unmet, worst) =
            (words(days.value_added), words(days.unmet), days.worst_day);
        let back = recovered(days.recovered, lang);
        Some(lang.pick(
            format!(
                "Day by day its own loss is {own}; others lose {upstream} as less is ordered and {downstream} as inputs \
                 are missing. Value added lost: {value_added}; final demand not met: {unmet}. Worst is day {worst}. {back}"
            ),
            format!(
                "일별 동태: 해당 부문 {own}, 타 부문은 주문 감소(후방)로 {upstream}, 투입 부족(전방)으로 {downstream} 감소. \
                 부가가치 감소 {value_added}, 미충족 최종수요 {unmet}. 가장 큰 날은 {worst}일째. {back}"
            ),
        ))
    }

    /// A row a case.
    pub(super) fn import_stop(&self, of: &StopSums) -> Table {
        let lang = self.lang;
        let sizes = of.cases.iter().map(|case| case.output.abs());
        let scale = self.scale_of(sizes.fold(of.amount, f64::max));
        let money = |units: f64| Cell::Number(scale.money(self.millions(units)));
        let rows = of.cases.iter().map(|case| {
            Row::new(vec![
                case_title(case.case, lang).into(),
                money(case.output),
                money(case.value_added),
            ])
        });
        Table {
            columns: vec![
                Column::text("case", lang.pick("Case", "경우")),
                scale.column("output", lang.pick("Output", "생산 변화")),
                scale.column("value_added", lang.pick("Value added", "부가가치 변화")),
            ],
            rows: rows.collect(),
        }
    }

    pub(super) fn said_of_stop(&self, of: &StopSums) -> String {
        let words = |units: f64| self.scale_of(units).in_words(self.millions(units));
        let (amount, imports) = (words(of.amount), words(of.imports));
        self.lang.pick(
            format!("{amount} of {imports} do not come. Bounds of a short stop, no forecast."),
            format!("수입 {imports} 중 {amount} 중단. 단기의 상·하한이며 예측이 아님."),
        )
    }

    /// What must be said of the parts above.
    pub(super) fn said_besides(&self) -> Vec<String> {
        let (study, lang) = (self.study, self.lang);
        let mut said = Vec::new();
        let mut say = |en: &str, ko: &str| said.push(lang.pick(en, ko).to_owned());
        if self.more("sector").is_some() {
            say(
                "Each figure is that of the command under it, with the same --table as here.",
                "각 수치는 아래 적힌 명령의 결과와 같음(같은 --table 지정 시).",
            );
        }
        if study
            .effects
            .columns
            .iter()
            .any(|c| c.stage == "consumption")
        {
            say(
                "Consumption: what households spend of what they earn, so that the total is Type II.",
                "소비: 가계가 소득을 지출하여 유발하는 효과로, 합계는 2형 승수임.",
            );
        }
        say(
            "Net multiplier: what final demand for its product sets off anywhere over what the sector itself makes; above \
             1 the others need it more than it needs them.",
            "순승수: 해당 부문 최종수요의 총유발효과를 그 부문의 실제 규모로 나눈 값으로, 1보다 크면 타 부문이 이 부문에 \
             더 의존함.",
        );
        if study.sam.is_some() {
            say(
                "Social accounting matrix: households are one account; closed loops are what comes back to sectors by way \
                 of factors and households.",
                "사회계정행렬: 가계는 하나의 계정이며, 폐쇄루프효과는 생산요소와 가계를 거쳐 부문으로 돌아오는 효과임.",
            );
        }
        if study.outage.is_some() {
            say(
                "Outage day by day: stocks, rationing (producers first) and overcapacity as the command has them by \
                 default.",
                "생산차질의 일별 동태: 재고, 배분(생산자 우선), 초과생산능력은 해당 명령의 기본값을 따름.",
            );
        }
        if !study.in_full {
            let most = number(MOST_IN_FULL as f64, 0);
            said.push(lang.pick(
                format!(
                    "A table of more than {most} sectors: what takes every cell of the inverse or goes from day to day is \
                     left to its own command (ranks of extraction, linkages --method network and influence, outage, \
                     fixed coefficients in an import stop, chains from all final demand)."
                ),
                format!(
                    "{most}개를 넘는 부문의 표이므로 역행렬 전체나 일별 계산이 필요한 항목(가상적 추출의 순위, linkages \
                     --method network·influence, outage, 수입 중단의 고정투입계수, 전 최종수요의 공급경로)은 개별 명령에서 \
                     제공함."
                ),
            ));
        }
        said
    }
}
