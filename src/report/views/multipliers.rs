//! What a unit of final demand for each product sets off.

use super::provenance::{account_title, split_in_short};
use crate::analysis::multipliers::{ImportForm, SectorMultipliers};
use crate::analysis::{MultiplierType, Multipliers};
use crate::lang::Lang;
use crate::report::words::spent_income;
use crate::report::{Block, Cell, Column, Document, Row, Table};

impl Multipliers {
    /// One table: a row a sector, in the order they stand in.
    ///
    /// ```
    /// use leontief::{AnyTable, Lang, Model, analysis::{MultiplierType, Multipliers}};
    /// let model = Model::new(&AnyTable::open("kr-2023-33")?)?;
    /// let all = Multipliers::of(&model, MultiplierType::Type1)?;
    /// let document = all.sorted_by("jobs")?.first(5).document(Lang::Ko);
    /// assert_eq!(document.title, "부문별 유발계수");
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn document(&self, lang: Lang) -> Document {
        let per_unit = self.provenance.ratio_unit(lang);
        let mean = lang.pick("mean = 1", "평균 = 1");
        let mut columns = vec![
            Column::text("code", lang.pick("Code", "코드")),
            Column::text("sector", lang.pick("Sector", "부문")),
            Column::number("output", title("output", lang), &per_unit, 3).with_bar(),
            Column::number("value_added", title("value_added", lang), &per_unit, 3),
            Column::number("imports", title("imports", lang), &per_unit, 3),
        ];
        columns.extend(self.accounts.iter().map(|account| {
            let unit = self.provenance.per_billion(account, lang);
            Column::number(&account.id, &account_title(account, lang), &unit, 1)
        }));
        columns.push(Column::number(
            "influence",
            title("influence", lang),
            mean,
            3,
        ));
        columns.push(Column::number(
            "sensitivity",
            title("sensitivity", lang),
            mean,
            3,
        ));
        let rows = self
            .sectors
            .iter()
            .map(|s| {
                let mut cells: Vec<Cell> = vec![
                    s.sector.code.as_str().into(),
                    s.sector.name.get(lang).into(),
                    s.output.into(),
                    s.value_added.into(),
                    s.imports.into(),
                ];
                cells.extend(s.accounts.iter().map(|&value| Cell::from(value)));
                cells.extend([s.influence.into(), s.sensitivity.into()]);
                Row::new(cells)
            })
            .collect();
        let mut document = Document::new(
            lang.pick("Multipliers by sector", "부문별 유발계수"),
            self.provenance.line(lang),
        );
        let table = Block::Table(Table { columns, rows });
        document.section(
            "multipliers",
            "",
            vec![table, Block::Notes(self.notes(lang))],
        );
        let title = lang.pick(
            "Income and taxes set off, and the sector's own part",
            "소득·생산세 유발과 해당 부문의 직접분",
        );
        document.section("own", title, vec![Block::Table(self.own_table(lang))]);
        document
    }

    /// Income and taxes set off; direct coefficients, and what is set off over the sector's own.
    fn own_table(&self, lang: Lang) -> Table {
        let currency = self.provenance.currency_name(lang);
        let per_unit = format!("{currency}/{currency}");
        let times = lang.pick("times", "배");
        let mut columns = vec![
            Column::text("code", lang.pick("Code", "코드")),
            Column::text("sector", lang.pick("Sector", "부문")),
            Column::number(
                "own_value_added",
                lang.pick("Own value added", "부가가치율"),
                &per_unit,
                3,
            ),
        ];
        let income = self.sectors.iter().any(|s| s.own.income.is_some());
        if income {
            let ratio = lang.pick("Income over own", "소득승수비");
            columns.extend([
                Column::number("income", title("income", lang), &per_unit, 3),
                Column::number("income_ratio", ratio, times, 2),
            ]);
        }
        let taxes = self.sectors.iter().any(|s| s.production_taxes.is_some());
        if taxes {
            let title = title("production_taxes", lang);
            columns.push(Column::number("production_taxes", title, &per_unit, 3));
        }
        let on_products = self.sectors.iter().any(|s| s.product_taxes.is_some());
        if on_products {
            let title = title("product_taxes", lang);
            columns.push(Column::number("product_taxes", title, &per_unit, 3));
        }
        for account in &self.accounts {
            let name = account_title(account, lang);
            let unit = self.provenance.per_billion(account, lang);
            let own = lang.pick(
                format!("Own {}", name.to_lowercase()),
                format!("{name}(직접)"),
            );
            let ratio = lang.pick(format!("{name} per own"), format!("{name}승수비"));
            columns.extend([
                Column::number(&format!("own_{}", account.id), &own, &unit, 1),
                Column::number(&format!("{}_ratio", account.id), &ratio, times, 2),
            ]);
        }
        let row = |s: &SectorMultipliers| {
            let mut cells: Vec<Cell> = vec![
                s.sector.code.as_str().into(),
                s.sector.name.get(lang).into(),
                s.own.value_added.into(),
            ];
            if income {
                cells.extend([s.income, s.income_ratio].map(optional));
            }
            if taxes {
                cells.push(optional(s.production_taxes));
            }
            if on_products {
                cells.push(optional(s.product_taxes));
            }
            for (own, ratio) in s.own.accounts.iter().zip(&s.account_ratios) {
                cells.extend([Cell::from(*own), optional(*ratio)]);
            }
            Row::new(cells)
        };
        Table {
            columns,
            rows: self.sectors.iter().map(row).collect(),
        }
    }

    /// What a reader must know: the table, its source, Type I or II, imports, estimates.
    pub fn notes(&self, lang: Lang) -> Vec<String> {
        let kind = match self.household_share {
            None => lang
                .pick(
                    "Type I: direct and indirect effects; households are outside the model.",
                    "1형 승수: 직접·간접 효과. 가계는 모형 밖에 있음.",
                )
                .to_owned(),
            Some(share) => lang.pick(
                format!(
                    "Type II: households spend {:.1} % of {}; indices are of \
                     the inverse closed for households.",
                    100.0 * share,
                    spent_income(self.households.as_ref()).en
                ),
                format!(
                    "2형 승수: 가계가 {}의 {:.1}%를 소비함. 영향력·감응도계수도 가계를 \
                     내생화한 역행렬 기준임.",
                    spent_income(self.households.as_ref()).ko,
                    100.0 * share
                ),
            ),
        };
        let imports = match self.imports {
            ImportForm::Domestic => lang.pick(
                "Domestic inverse (I - Ad)^-1: imported inputs do not propagate.",
                "국산거래표 기준 역행렬 (I - Ad)^-1 (비경쟁수입형).",
            ),
            ImportForm::Competitive => lang.pick(
                "Competitive imports: inverse (I - (I - m)A)^-1 with average import shares.",
                "경쟁수입형 역행렬 (I - (I - m)A)^-1 (품목별 평균 수입 비중).",
            ),
            ImportForm::CompetitiveBok => lang.pick(
                "Competitive imports as BOK's manual writes them: (I - A + M^)^-1 with M^ imports over output; the \
                 unit of demand itself is met at home only in the product's share of supply.",
                "경쟁수입형 역행렬 (I - A + M^)^-1 (M^: 산출 대비 수입 비율). 최종수요 1단위 자체도 총공급 중 국산 \
                 비율만큼만 국내에서 충족됨.",
            ),
            ImportForm::Total => lang.pick(
                "Total inverse (I - A)^-1, as if every input were made at home: an upper bound.",
                "총거래 기준 역행렬 (I - A)^-1 (모든 투입을 국산으로 보는 상한).",
            ),
        };
        let columns: Vec<(String, Vec<&str>)> = self
            .columns()
            .into_iter()
            .map(|column| {
                let account = self.accounts.iter().find(|a| a.id == column);
                let title = match account {
                    Some(account) => account_title(account, lang),
                    None => title(column, lang).to_owned(),
                };
                (title, rests_on(column, self.kind))
            })
            .collect();
        let mut notes = vec![
            self.provenance.line(lang),
            self.provenance.attribution.get(lang).to_owned(),
            kind,
            imports.to_owned(),
        ];
        notes.extend(self.provenance.estimates(lang, &columns));
        notes.extend(split_in_short([&self.provenance.split_error], lang));
        let imported: Vec<String> = self
            .sectors
            .iter()
            .filter(|s| !s.made)
            .map(|s| s.sector.label(lang))
            .collect();
        if !imported.is_empty() {
            let sectors = imported.join(", ");
            notes.push(lang.pick(
                format!(
                    "Not made at home in this table: {sectors}. Demand for it is imported in full: 1 of \
                     imports, and no output, value added or jobs."
                ),
                format!(
                    "국내 산출이 없는 부문: {sectors}. 수요 전액이 수입되므로 수입유발계수는 1, 나머지는 0임."
                ),
            ));
        }
        notes.extend(
            self.notes
                .iter()
                .map(|note| note.text().get(lang).to_owned()),
        );
        notes
    }
}

fn optional(value: Option<f64>) -> Cell {
    value.map_or(Cell::Empty, Cell::from)
}

pub(super) fn title(column: &str, lang: Lang) -> &str {
    match column {
        "output" => lang.pick("Output", "생산유발계수"),
        "value_added" => lang.pick("Value added", "부가가치유발계수"),
        "imports" => lang.pick("Imports", "수입유발계수"),
        "income" => lang.pick("Labour income", "피용자보수유발계수"),
        "production_taxes" => lang.pick("Production taxes", "생산세유발계수"),
        "product_taxes" => lang.pick("Taxes on products", "순생산물세유발계수"),
        "influence" => lang.pick("Influence", "영향력계수"),
        "sensitivity" => lang.pick("Sensitivity", "감응도계수"),
        other => other,
    }
}

/// The blocks of the table that a column is computed from.
pub(super) fn rests_on(column: &str, kind: MultiplierType) -> Vec<&'static str> {
    let own: &[&str] = match column {
        "output" | "influence" | "sensitivity" => &[],
        "value_added" | "income" | "production_taxes" => {
            &["primary_inputs", "value_added_coefficients"]
        }
        "imports" => &["imported_flows", "import_coefficients"],
        "employees" => &["satellites", "satellites.employees"],
        _ => &["satellites", "satellite_coefficients"],
    };
    let mut blocks = vec!["domestic_flows", "domestic_coefficients"];
    blocks.extend(own);
    if kind == MultiplierType::Type2 {
        blocks.push("domestic_final_demand");
        if column == "imports" {
            blocks.push("imported_final_demand");
        }
        if column != "value_added" {
            blocks.push("primary_inputs");
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Model;
    use crate::table::AnyTable;

    fn of(table: &str, kind: MultiplierType) -> Multipliers {
        let table = AnyTable::open(table).expect("built in");
        let model = Model::new(&table).expect("productive");
        Multipliers::of(&model, kind).expect("multipliers")
    }

    #[test]
    fn the_document_says_what_is_estimated_and_shared() {
        let m = of("kr-2023-83", MultiplierType::Type2);
        let document = m.document(Lang::Ko);
        let [Block::Table(table), Block::Notes(notes)] = &document.sections[0].blocks[..] else {
            panic!("a table and its notes");
        };
        let titles: Vec<&str> = table.columns.iter().map(|c| c.title.as_str()).collect();
        assert_eq!(
            titles,
            [
                "코드",
                "부문",
                "생산유발계수",
                "부가가치유발계수",
                "수입유발계수",
                "취업유발계수",
                "고용유발계수",
                "영향력계수",
                "감응도계수"
            ]
        );
        assert_eq!(table.columns[5].unit, "명/10억원");
        assert_eq!(table.rows.len(), 83);
        let notes = notes.join("\n");
        for part in ["한국은행", "72.2%", "추정치", "취업유발계수 (국산 투입"] {
            assert!(notes.contains(part), "{part} in {notes}");
        }
        let published = of("kr-2023-33", MultiplierType::Type1);
        let notes = published.notes(Lang::En).join("\n");
        // Employees of 2023 alone; all else is published or follows from it.
        let estimated: Vec<&str> = (notes.lines())
            .filter(|n| n.contains("estimated"))
            .collect();
        assert_eq!(
            estimated,
            ["Rests on estimated figures: Employees (employees by sector)"]
        );
    }
}
