//! How recipes are shown: what a phase's lines that are made by one pay for.

use crate::impact::{PhaseImpact, SectorName};
use crate::report::{Block, Cell, Column, Row, Scale, Table};
use crate::scenario::{Line, Recipe};
use crate::table::PrimaryInputRole;

/// Inputs shown one by one; smaller ones are taken together.
const SHOWN: usize = 10;

/// A table for each recipe that lines of a phase are made by.
pub(super) fn blocks(phase: &PhaseImpact, sectors: &[SectorName], scale: Scale) -> Vec<Block> {
    let lang = scale.lang();
    let made: Vec<(&Line, &Recipe)> = phase
        .lines
        .iter()
        .filter_map(|line| Some((line, line.recipe.as_ref()?)))
        .collect();
    let mut blocks = Vec::new();
    let mut done: Vec<&Recipe> = Vec::new();
    for (_, recipe) in &made {
        if done.iter().any(|d| d.name == recipe.name) {
            continue;
        }
        done.push(recipe);
        let of: Vec<(&Line, &Recipe)> = made
            .iter()
            .filter(|(_, r)| r.name == recipe.name)
            .copied()
            .collect();
        let items: Vec<&str> = of.iter().map(|(line, _)| line.item.get(lang)).collect();
        let (name, items) = (recipe.name.get(lang), items.join(", "));
        blocks.push(Block::Text(lang.pick(
            format!("Recipe \"{name}\": {items}"),
            format!("투입구조 ‘{name}’: {items}"),
        )));
        blocks.push(Block::Table(table(&of, sectors, scale)));
        let said = [&recipe.source, &recipe.note].into_iter().flatten();
        let said: Vec<String> = said.map(|text| text.get(lang).to_owned()).collect();
        if !said.is_empty() {
            blocks.push(Block::Notes(said));
        }
    }
    blocks
}

/// What lines made by one recipe pay for: products by size, then value added and capital income.
fn table(of: &[(&Line, &Recipe)], sectors: &[SectorName], scale: Scale) -> Table {
    let lang = scale.lang();
    let mut bought = vec![[0.0; 2]; sectors.len()];
    for input in of.iter().flat_map(|(_, recipe)| &recipe.inputs) {
        bought[input.product][0] += input.domestic;
        bought[input.product][1] += input.imported;
    }
    let sum = |amount: &dyn Fn(&Line, &Recipe) -> f64| -> f64 {
        of.iter().map(|(line, recipe)| amount(line, recipe)).sum()
    };
    let paid = sum(&|line, recipe| line.domestic + recipe.capital_income);
    let columns = vec![
        Column::text("code", lang.pick("Code", "코드")),
        Column::text("part", lang.pick("Paid for", "지급 대상")),
        scale
            .column("amount", lang.pick("Amount", "금액"))
            .additive()
            .with_bar(),
        scale
            .column("imported", lang.pick("of it: imported", "이 중 수입"))
            .additive(),
        Column::number("share", lang.pick("Share", "비중"), "%", 1),
    ];
    let cells = |code: &str, name: &str, amount: f64, imported: Option<f64>| -> Vec<Cell> {
        let share = if paid == 0.0 { 0.0 } else { amount / paid };
        vec![
            code.into(),
            name.into(),
            scale.money(amount).into(),
            imported.map_or(Cell::Empty, |v| scale.money(v).into()),
            (share * 100.0).into(),
        ]
    };
    let all = |[home, abroad]: [f64; 2]| home + abroad;
    let mut order: Vec<usize> = (0..sectors.len())
        .filter(|&p| bought[p] != [0.0; 2])
        .collect();
    order.sort_by(|&a, &b| all(bought[b]).abs().total_cmp(&all(bought[a]).abs()));
    let (shown, others) = order.split_at(SHOWN.min(order.len()));
    let mut rows: Vec<Row> = shown
        .iter()
        .map(|&p| {
            let name = sectors[p].name.get(lang);
            Row::new(cells(
                &sectors[p].code,
                name,
                all(bought[p]),
                Some(bought[p][1]),
            ))
        })
        .collect();
    if !others.is_empty() {
        let name = lang.pick(
            format!("{} other products", others.len()),
            format!("기타 {}개 품목", others.len()),
        );
        let amount = others.iter().map(|&p| all(bought[p])).sum();
        let imported = others.iter().map(|&p| bought[p][1]).sum();
        rows.push(Row::new(cells("", &name, amount, Some(imported))));
    }
    use PrimaryInputRole::{
        Compensation, ConsumptionOfFixedCapital, NetProductionTaxes, OperatingSurplus,
    };
    let parts = [
        (
            Compensation,
            lang.pick("Compensation of employees", "피용자보수"),
        ),
        (OperatingSurplus, lang.pick("Operating surplus", "영업잉여")),
        (
            ConsumptionOfFixedCapital,
            lang.pick("Consumption of fixed capital", "고정자본소모"),
        ),
        (
            NetProductionTaxes,
            lang.pick("Taxes less subsidies on production", "순생산세"),
        ),
    ];
    for (role, name) in parts {
        let amount = sum(&|_, recipe| {
            let of_role = recipe.parts.iter().filter(|(r, _)| *r == role);
            of_role.map(|(_, amount)| amount).sum()
        });
        if amount != 0.0 {
            rows.push(Row::new(cells("", name, amount, None)));
        }
    }
    let capital_income = sum(&|_, recipe| recipe.capital_income);
    if capital_income != 0.0 {
        let name = lang.pick("Capital income (buys nothing)", "자본소득(생산 유발 없음)");
        rows.push(Row::new(cells("", name, capital_income, None)));
    }
    let imported = order.iter().map(|&p| bought[p][1]).sum();
    rows.push(Row::total(cells(
        "",
        lang.pick("All", "합계"),
        paid,
        Some(imported),
    )));
    let abroad = sum(&|_, recipe| recipe.income_abroad);
    if abroad != 0.0 {
        let name = lang.pick("of it: to owners abroad", "이 중 해외 소유주 귀속");
        rows.push(Row::new(cells("", name, abroad, None)));
    }
    Table { columns, rows }
}
