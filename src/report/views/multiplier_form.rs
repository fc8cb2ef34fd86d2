//! Multipliers in another form: ratios, rounds, net, growth-equalised, output-to-output, by effect.

use super::provenance::split_in_short;
use super::sheet::{measure_title, table};
use crate::analysis::multipliers::Form;
use crate::analysis::sheet::SheetColumn;
use crate::analysis::{MultiplierForm, MultiplierType};
use crate::lang::Lang;
use crate::report::words::spent_income;
use crate::report::{Block, Document};

impl MultiplierForm {
    /// A row a sector, in the order they stand in: a column a measure; by effect the effects of one `measure`
    /// ("jobs").
    ///
    /// ```
    /// use leontief::analysis::multipliers::{Form, MultiplierForm, MultiplierType};
    /// use leontief::{AnyTable, Lang, Model};
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let model = Model::new(&table)?;
    /// let net = MultiplierForm::of(&table, &model, MultiplierType::Type1, Form::Net)?;
    /// assert_eq!(net.document(Lang::Ko, "output").title, "순승수");
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn document(&self, lang: Lang, measure: &str) -> Document {
        let all = self.figures.columns.iter();
        let of_one = self.form == Form::ByEffect;
        let columns: Vec<&SheetColumn> = all
            .filter(|column| !of_one || column.measure == measure)
            .collect();
        let mut title = title(self.form, lang);
        if let (true, Some(column)) = (of_one, columns.first()) {
            title = format!("{title}: {}", measure_title(column, lang));
        }
        let mut document = Document::new(title, self.provenance.line(lang));
        let mut table = table(
            &self.figures,
            &columns,
            &self.provenance,
            lang,
            |column| match of_one {
                true => effect_title(&column.stage, lang).to_owned(),
                false => self.column_title(column, lang),
            },
        );
        if let Some(first) = table.columns.get_mut(2) {
            first.bar = !of_one;
        }
        let blocks = vec![Block::Table(table), Block::Notes(self.said(lang))];
        document.section("multipliers", "", blocks);
        document
    }

    /// Of taxes by the row of the table, of all else by the measure.
    fn column_title(&self, column: &SheetColumn, lang: Lang) -> String {
        if self.form != Form::ByTax {
            return measure_title(column, lang);
        }
        let id = column.measure.as_str();
        let row = self.taxes.iter().find(|(row, _)| row == id);
        match (row, id) {
            (None, "all_taxes") => lang.pick("All taxes", "조세 합계").to_owned(),
            (row, id) => super::taxes::name(id, row.map(|(_, title)| title), lang),
        }
    }

    /// What the form is, the table, and what stands behind its figures.
    fn said(&self, lang: Lang) -> Vec<String> {
        let kind = match (self.kind, self.household_share) {
            (MultiplierType::Type2, Some(share)) => lang.pick(
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
            ),
            _ => lang
                .pick(
                    "Type I: direct and indirect effects; households are outside the model.",
                    "1형 승수: 직접·간접 효과. 가계는 모형 밖에 있음.",
                )
                .to_owned(),
        };
        let mut said = vec![explained(self.form, lang), kind];
        said.push(self.provenance.attribution.get(lang).to_owned());
        said.extend(split_in_short([&self.provenance.split_error], lang));
        said.extend(
            self.notes
                .iter()
                .map(|note| note.text().get(lang).to_owned()),
        );
        said
    }
}

fn title(form: Form, lang: Lang) -> String {
    match form {
        Form::Ratio => lang.pick("Multipliers as ratios to the sector's own", "비율 승수"),
        Form::WithHouseholds => lang.pick(
            "Total multipliers, households counted as a sector",
            "총승수(가계를 한 부문으로 포함)",
        ),
        Form::Truncated(rounds) => {
            return lang.pick(
                format!("Multipliers up to round {rounds}"),
                format!("{rounds}차까지의 승수"),
            );
        }
        Form::Net => lang.pick("Net multipliers", "순승수"),
        Form::GrowthEqualised => lang.pick("Growth-equalised multipliers", "균등성장 승수"),
        Form::Elasticity => lang.pick("Elasticities to final demand", "최종수요 탄력성"),
        Form::OutputToOutput => lang.pick("Output-to-output multipliers", "산출 대 산출 승수"),
        Form::ByEffect => lang.pick("Multipliers by effect", "효과별 승수"),
        Form::ByTax => lang.pick("Multipliers of taxes by kind", "조세 종류별 유발계수"),
    }
    .to_owned()
}

fn explained(form: Form, lang: Lang) -> String {
    match form {
        Form::Ratio => lang.pick(
            "What a unit of final demand sets off anywhere over what the sector's own production takes of it: jobs \
             for each job of its own, and so on.",
            "최종수요 1단위의 유발효과를 해당 부문의 직접분으로 나눈 비율(예: 자체 취업 1명당 유발 취업).",
        ),
        Form::WithHouseholds => lang.pick(
            "Output counts what households earn as the output of a sector of their own, as the column sums of the \
             inverse of n + 1 do; Type II without it is the truncated multiplier of Miller and Blair.",
            "가계소득을 가계 부문의 산출로 포함한 n+1 역행렬의 열합계. 이를 제외한 Type II 승수는 Miller·Blair의 \
             절단 승수에 해당함.",
        ),
        Form::Truncated(rounds) => {
            return lang.pick(
                format!("The demand itself and {rounds} rounds of suppliers; later rounds are left out."),
                format!("최종수요 자체와 공급자의 {rounds}차 파급까지만 포함하고 이후 파급은 제외함."),
            );
        }
        Form::Net => lang.pick(
            "What the sector's final demand sets off anywhere over what the sector itself makes (Oosterhaven and \
             Stelder): above 1, others depend on it more than it depends on them. Weighted by what sectors make \
             their mean is 1.",
            "해당 부문 최종수요의 총유발효과를 그 부문의 실제 규모로 나눈 값(Oosterhaven·Stelder). 1보다 크면 \
             타 부문이 이 부문에 더 의존함. 규모로 가중한 평균은 1임.",
        ),
        Form::GrowthEqualised => lang.pick(
            "What the sector brings where all final demand grows at one rate, for each unit of growth in all (Gray \
             and others): multiplier times the share of final demand. The sectors add up to the mean multiplier.",
            "모든 최종수요가 같은 비율로 늘 때 전체 증가 1단위당 해당 부문의 기여(승수 × 최종수요 비중, Gray 등). \
             부문별 합계는 평균 승수와 같음.",
        ),
        Form::Elasticity => lang.pick(
            "By how many per cent of one per cent the total of all sectors rises where final demand for the sector \
             rises by one per cent. The sectors add up to 100 %.",
            "해당 부문 최종수요가 1% 늘 때 전체 합계가 늘어나는 비율(1% 대비). 부문별 합계는 100%임.",
        ),
        Form::OutputToOutput => lang.pick(
            "For each unit of output of the sector, whatever brings it about, its own unit included: the multiplier \
             over the sector's own cell of the inverse. For output that is known, not for final demand.",
            "해당 부문 산출 1단위당(자체 1단위 포함) 효과: 승수를 역행렬의 자기 원소로 나눈 값. 최종수요가 아니라 \
             산출액이 주어질 때 사용함.",
        ),
        Form::ByTax => lang.pick(
            "Taxes less subsidies that a unit of final demand sets off, at the table's average rates: those on \
             production are a part of value added, those on products and imports come on top of it in GDP at market \
             prices.",
            "최종수요 1단위가 유발하는 조세(보조금 차감, 표의 평균 세율). 생산세는 부가가치의 일부이며, 생산물세와 \
             수입품세는 부가가치에 더해져 시장가격 국내총생산(GDP)이 됨.",
        ),
        Form::ByEffect => lang.pick(
            "Initial: of the sector's own output. First round: of its suppliers. Industrial support: of theirs, and \
             so on. Consumption: of what households spend. 1A = (initial + first round) / initial, 1B = (all but \
             consumption) / initial, 2A = all / initial, 2B = (all - initial) / initial, as Australian multipliers \
             have them.",
            "최초: 해당 부문의 산출. 1차: 직접 공급자. 산업지원: 그 이후의 공급자. 소비: 가계 소비 유발. \
             1A=(최초+1차)/최초, 1B=(소비 제외 합계)/최초, 2A=전체/최초, 2B=(전체-최초)/최초(호주 통계청 방식).",
        ),
    }
    .to_owned()
}

pub(super) fn effect_title(stage: &str, lang: Lang) -> &str {
    match stage {
        "initial" => lang.pick("Initial", "최초"),
        "first_round" => lang.pick("First round", "1차"),
        "industrial_support" => lang.pick("Industrial support", "산업지원"),
        "consumption" => lang.pick("Consumption", "소비"),
        "total" => lang.pick("Total", "합계"),
        "type_1a" => lang.pick("Type 1A", "1A형"),
        "type_1b" => lang.pick("Type 1B", "1B형"),
        "type_2a" => lang.pick("Type 2A", "2A형"),
        "type_2b" => lang.pick("Type 2B", "2B형"),
        other => other,
    }
}
