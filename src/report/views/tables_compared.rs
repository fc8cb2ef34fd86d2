//! How two tables differ.

use super::provenance::{sector_cells, sector_columns, split_in_short};
use crate::analysis::Comparison;
use crate::lang::Lang;
use crate::report::{Block, Cell, Column, Document, Row, Table};

impl Comparison {
    /// The `count` largest differences of cells and of each multiplier, and the totals.
    pub fn document(&self, lang: Lang, count: usize) -> Document {
        let mut document = Document::new(
            lang.pick("Two tables compared", "두 산업연관표 비교"),
            format!("{} – {}", self.left.line(lang), self.right.line(lang)),
        );
        let rows = self.cells.iter().take(count).map(|cell| {
            let mut cells = sector_cells(&cell.row, lang);
            cells.extend(sector_cells(&cell.column, lang));
            cells.extend(differences(cell.left, cell.right));
            Row::new(cells)
        });
        let columns = vec![
            Column::text("row", lang.pick("Supplier", "투입")),
            Column::text("row_name", lang.pick("Name", "부문명")),
            Column::text("column", lang.pick("User", "수요")),
            Column::text("column_name", lang.pick("Name", "부문명")),
        ];
        document.section(
            "coefficients",
            lang.pick("Domestic input coefficients", "국산투입계수"),
            vec![self.block(columns, rows.collect(), "", 6, lang)],
        );
        let mut measures: Vec<&str> = self
            .multipliers
            .iter()
            .map(|d| d.measure.as_str())
            .collect();
        measures.dedup();
        for measure in measures {
            let rows = self.multipliers.iter().filter(|d| d.measure == measure);
            let rows = rows.take(count).map(|d| {
                let mut cells = sector_cells(&d.sector, lang);
                cells.extend(differences(d.left, d.right));
                Row::new(cells)
            });
            document.section(
                &format!("multipliers_{measure}"),
                &measure_title(measure, lang),
                vec![self.block(sector_columns(lang), rows.collect(), "", 6, lang)],
            );
        }
        let rows = self.totals.iter().map(|total| {
            let mut cells = vec![Cell::from(total_title(&total.measure, lang))];
            cells.extend(differences(total.left, total.right));
            Row::new(cells)
        });
        if !self.totals.is_empty() {
            let columns = vec![Column::text("total", lang.pick("Sum", "합계 항목"))];
            document.section(
                "totals",
                lang.pick("Totals (in the tables' own units)", "합계(각 표의 단위)"),
                vec![self.block(columns, rows.collect(), "", 3, lang)],
            );
        }
        let errors = [&self.left.split_error, &self.right.split_error];
        let mut notes = split_in_short(errors, lang);
        notes.push(self.left.attribution.get(lang).to_owned());
        if self.right.attribution != self.left.attribution {
            notes.push(self.right.attribution.get(lang).to_owned());
        }
        notes.push(
            lang.pick(
                "Largest differences first; difference = first less second.",
                "차이가 큰 순서. 차이 = 첫째 표 - 둘째 표.",
            )
            .to_owned(),
        );
        document.section("notes", "", vec![Block::Notes(notes)]);
        document
    }

    fn block(
        &self,
        mut columns: Vec<Column>,
        rows: Vec<Row>,
        unit: &str,
        decimals: u8,
        lang: Lang,
    ) -> Block {
        columns.extend([
            Column::number("left", &self.left.table, unit, decimals),
            Column::number("right", &self.right.table, unit, decimals),
            Column::number(
                "difference",
                lang.pick("Difference", "차이"),
                unit,
                decimals,
            ),
        ]);
        Block::Table(Table { columns, rows })
    }
}

fn differences(left: f64, right: f64) -> [Cell; 3] {
    [left.into(), right.into(), (left - right).into()]
}

fn measure_title(measure: &str, lang: Lang) -> String {
    let title = match measure {
        "output" => lang.pick("Output multipliers", "생산유발계수"),
        "value_added" => lang.pick("Value-added multipliers", "부가가치유발계수"),
        "imports" => lang.pick("Import multipliers", "수입유발계수"),
        "income" => lang.pick("Income multipliers", "소득유발계수"),
        "jobs" => lang.pick("Jobs per billion", "취업유발계수(10억 단위당)"),
        "influence" => lang.pick("Influence index", "영향력계수"),
        "sensitivity" => lang.pick("Sensitivity index", "감응도계수"),
        other => other,
    };
    title.to_owned()
}

fn total_title(measure: &str, lang: Lang) -> String {
    let title = match measure {
        "output" => lang.pick("Output", "총산출"),
        "domestic_inputs" => lang.pick("Domestic inputs", "국산 중간투입"),
        "imported_inputs" => lang.pick("Imported inputs", "수입 중간투입"),
        "value_added" => lang.pick("Value added", "부가가치"),
        "domestic_final_demand" => lang.pick("Domestic final demand", "국산 최종수요"),
        "imported_final_demand" => lang.pick("Imported final demand", "수입 최종수요"),
        "jobs" => lang.pick("Jobs", "취업자"),
        other => other,
    };
    title.to_owned()
}
