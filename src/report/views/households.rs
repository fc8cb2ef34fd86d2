//! Type II multipliers by what households are taken to earn.

use crate::analysis::HouseholdForms;
use crate::lang::Lang;
use crate::report::words::{household_income, households_earn};
use crate::report::{Block, Cell, Column, Document, Row, Scale, Table};

impl HouseholdForms {
    /// What each definition comes to, then output multipliers by sector side by side.
    pub fn document(&self, lang: Lang) -> Document {
        let millions = |v: f64| v * self.provenance.unit / 1e6;
        let most = self.forms.iter().map(|form| millions(form.income));
        let scale = Scale::new(lang, &self.provenance.currency, most);
        let title = lang.pick(
            "Type II by what households earn",
            "가계소득의 정의에 따른 2형 승수",
        );
        let mut doc = Document::new(title, self.provenance.line(lang));
        let names: Vec<String> = self
            .forms
            .iter()
            .map(|form| household_income(form.earnings.of).get(lang).to_owned())
            .collect();
        let columns = vec![
            Column::text("income", lang.pick("Income", "가계소득")),
            scale.column("household_income", lang.pick("In the table", "표의 소득")),
            Column::number(
                "household_share",
                lang.pick("Spent of it", "소비 비율"),
                "",
                4,
            ),
            Column::number(
                "spent_again",
                lang.pick("Spent again", "재지출 비율"),
                "",
                4,
            ),
            Column::number(
                "mean_type2_over_type1",
                lang.pick("Mean II / I", "평균 2형/1형"),
                "",
                4,
            ),
        ];
        let rows = self.forms.iter().zip(&names).enumerate();
        let rows = rows.map(|(at, (form, name))| {
            Row::new(vec![
                Cell::Text(name.clone()),
                Cell::Number(scale.money(millions(form.income))),
                Cell::Number(form.share_spent),
                Cell::Number(form.again),
                Cell::Number(self.mean_ratio(at)),
            ])
        });
        let rows = rows.collect();
        doc.section("forms", "", vec![Block::Table(Table { columns, rows })]);
        let mut columns = vec![
            Column::text("code", lang.pick("Code", "코드")),
            Column::text("sector", lang.pick("Sector", "부문")),
            Column::number("type1", lang.pick("Type I", "1형"), "", 4),
        ];
        for (form, name) in self.forms.iter().zip(&names) {
            let title = lang.pick(format!("II: {name}"), format!("2형: {name}"));
            columns.push(Column::number(form.earnings.of.id(), &title, "", 4));
        }
        let rows = self.sectors.iter().enumerate().map(|(at, sector)| {
            let mut cells = vec![
                Cell::Text(sector.code.clone()),
                Cell::Text(sector.name.get(lang).to_owned()),
                Cell::Number(self.type1.output[at]),
            ];
            cells.extend(self.forms.iter().map(|f| Cell::Number(f.type2.output[at])));
            Row::new(cells)
        });
        let rows = rows.collect();
        let title = lang.pick("Output multipliers", "생산유발계수");
        doc.section(
            "sectors",
            title,
            vec![Block::Table(Table { columns, rows })],
        );
        let widest = self.forms.last().map(|form| form.earnings);
        let notes = widest
            .iter()
            .map(|of| households_earn(of).get(lang).to_owned());
        doc.section("notes", "", vec![Block::Notes(notes.collect())]);
        doc
    }
}
