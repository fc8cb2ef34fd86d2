//! Leakage: what leaves the country, by product and by tier.
//!
//! Spending that is imported at once is tier 0; what it takes to meet the rest is imported tier by
//! tier, 1'Am Ad^(t-1) f for tier t (the power series of Miller & Blair, 3rd ed., ch. 2); what households buy
//! abroad of the income is a third part. Together they are all that leaves: 1'm + 1'Am L f + induced.

use super::Effects;
use super::ranking::by_size;
use crate::lang::Lang;
use crate::model::Model;
use crate::report::Scale;
use crate::report::{Block, Cell, Column, Row, Table};
use crate::scenario::PhaseKind;
use crate::table::AnyTable;
use nalgebra::DVector;
use serde::{Deserialize, Serialize};

/// What leaves, of all phases of one kind; money in millions, products in the order of the sectors.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Leakage {
    /// Once, or in a full year.
    pub kind: PhaseKind,
    /// Imported at once, by product, n.
    pub direct: Vec<f64>,
    /// Imported inputs of production (Type I), by product, n.
    pub inputs: Vec<f64>,
    /// Imported inputs of what households induce, and what they import themselves, by product, n.
    pub households: Vec<f64>,
    /// Imported at once (tier 0), as inputs of the first suppliers (tier 1), of theirs, ...
    pub tiers: Vec<f64>,
    /// Imported inputs beyond these tiers; households not counted.
    pub rest: f64,
    /// Duties, VAT and other taxes on these imports, which stay with the treasury; `None` where the
    /// table does not know them apart.
    #[serde(default)]
    pub taxes: Option<ImportTaxes>,
}

/// The taxes on products that are part of what imports cost; money in millions.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct ImportTaxes {
    /// On what is imported at once.
    pub direct: f64,
    /// On imported inputs of production (Type I).
    pub inputs: f64,
    /// On what households induce and import themselves.
    pub households: f64,
}

/// Gross domestic product at market prices: value added, the taxes on imports, and the taxes on products
/// that were set aside of the spending; money in millions.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Gdp {
    /// Without households.
    pub type1: f64,
    /// What households add.
    pub induced: f64,
    /// Both.
    pub type2: f64,
}

impl Leakage {
    /// What effects of the same kind come to as GDP at market prices; `None` where the table does not
    /// know the taxes on imports.
    pub fn gdp(&self, effects: &super::Effects) -> Option<Gdp> {
        let taxes = self.taxes?;
        let sums = effects.value_added.sums();
        let type1 = sums.type1() + taxes.type1() + effects.spending.tax.as_millions();
        let induced = sums.induced + taxes.households;
        Some(Gdp {
            type1,
            induced,
            type2: type1 + induced,
        })
    }
}

impl ImportTaxes {
    /// Without households: what makes GDP at market prices of value added (Type I).
    pub fn type1(&self) -> f64 {
        self.direct + self.inputs
    }

    /// All of them.
    pub fn total(&self) -> f64 {
        self.type1() + self.households
    }
}

/// Taxes in what the imports of each product cost, n: taxes over imports c.i.f. and taxes. `None` where
/// the table does not know them.
pub(super) fn import_tax_rates(table: &AnyTable) -> Option<Vec<f64>> {
    let AnyTable::Flows(flows) = table else {
        return None;
    };
    let imports = flows.flows().imports.as_ref()?;
    let costs = imports.cif.iter().zip(imports.taxes.iter());
    let rate = |(cif, taxes): (&f64, &f64)| match cif + taxes {
        0.0 => 0.0,
        all => taxes / all,
    };
    Some(costs.map(rate).collect())
}

/// Tiers shown one by one: spending itself and three rounds of production.
const TIERS: usize = 4;

impl Leakage {
    /// The leakage of effects whose spending imports `direct` (n) at once.
    pub fn of(model: &Model, kind: PhaseKind, effects: &Effects, direct: &DVector<f64>) -> Self {
        let n = direct.len();
        let c = model.coefficients();
        let per_output = c.imports_per_output();
        let imports = &effects.imports;
        let inputs: Vec<f64> = (0..n)
            .map(|i| imports.direct[i] + imports.indirect[i])
            .collect();
        let mut tiers = vec![direct.sum()];
        let mut rest: f64 = inputs.iter().sum();
        // The demand itself buys what it is made with; from its suppliers on columns are average.
        let demand = effects.demand();
        let mut here = demand.direct_imports(c.imported()).sum();
        let mut tier = demand.first_suppliers(c.domestic());
        while tiers.len() < TIERS {
            tiers.push(here);
            rest -= here;
            here = per_output.dot(&tier);
            tier = c.domestic() * tier;
        }
        Leakage {
            kind,
            direct: direct.iter().copied().collect(),
            inputs,
            households: imports.induced.clone(),
            tiers,
            rest,
            taxes: None,
        }
    }

    /// The same with the taxes in it told apart, each product at the table's own rate: taxes over
    /// imports c.i.f. and taxes.
    pub fn with_taxes(mut self, table: &AnyTable) -> Self {
        let Some(rates) = import_tax_rates(table) else {
            return self;
        };
        let taxes = |values: &[f64]| values.iter().zip(&rates).map(|(v, rate)| v * rate).sum();
        self.taxes = Some(ImportTaxes {
            direct: taxes(&self.direct),
            inputs: taxes(&self.inputs),
            households: taxes(&self.households),
        });
        self
    }

    /// All that leaves as a product.
    pub fn product(&self, product: usize) -> f64 {
        self.direct[product] + self.inputs[product] + self.households[product]
    }

    /// All that leaves.
    pub fn total(&self) -> f64 {
        (0..self.direct.len()).map(|p| self.product(p)).sum()
    }

    /// The leakage as blocks of a document: the `top` products, then the tiers.
    pub fn blocks(&self, sectors: &[super::SectorName], top: usize, scale: Scale) -> Vec<Block> {
        let lang = scale.lang();
        let money = |id: &str, title: &str| scale.column(id, title).additive();
        let columns = vec![
            Column::text("code", lang.pick("Code", "코드")),
            Column::text("product", lang.pick("Imported product", "수입 품목")),
            money("imported", lang.pick("Imported at once", "직접 수입")),
            money("inputs", lang.pick("As inputs", "중간재 수입")),
            money("households", lang.pick("By households", "가계소비")),
            money("leakage", lang.pick("In all", "합계"))
                .with_bar()
                .sum_of(["imported", "inputs", "households"]),
        ];
        let n = self.direct.len();
        let order = by_size(n, |product| self.product(product));
        let (shown, others) = order.split_at(top.min(n));
        let row = |code: &str, name: String, of: &[usize]| -> Vec<Cell> {
            let sum = |v: &[f64]| Cell::Number(scale.money(of.iter().map(|p| v[*p]).sum()));
            let all: f64 = of.iter().map(|p| self.product(*p)).sum();
            vec![
                code.into(),
                name.into(),
                sum(&self.direct),
                sum(&self.inputs),
                sum(&self.households),
                scale.money(all).into(),
            ]
        };
        let mut rows: Vec<Row> = shown
            .iter()
            .map(|&p| {
                let name = sectors[p].name.get(lang).to_owned();
                Row::new(row(&sectors[p].code, name, &[p]))
            })
            .collect();
        if !others.is_empty() {
            let name = lang.pick(
                format!("{} other products", others.len()),
                format!("기타 {}개 품목", others.len()),
            );
            rows.push(Row::new(row("", name, others)));
        }
        let all = lang.pick("All products", "전 품목").to_owned();
        rows.push(Row::total(row("", all, &order)));
        let products = Block::Table(Table { columns, rows });

        let columns = vec![
            Column::text("tier", lang.pick("Where it is imported", "수입 단계")),
            money("tier_leakage", lang.pick("Imports", "수입")),
        ];
        let tier_name = |tier: usize| match tier {
            0 => lang
                .pick("Tier 0: spending itself", "0차: 지출 자체")
                .to_owned(),
            t => lang.pick(
                format!(
                    "Tier {t}: inputs of {}",
                    if t == 1 {
                        "first producers"
                    } else {
                        "their suppliers"
                    }
                ),
                format!(
                    "{t}차: {}",
                    if t == 1 {
                        "직접 생산자의 투입"
                    } else {
                        "공급자의 투입"
                    }
                ),
            ),
        };
        let mut rows: Vec<Row> = self
            .tiers
            .iter()
            .enumerate()
            .map(|(t, value)| Row::new(vec![tier_name(t).into(), scale.money(*value).into()]))
            .collect();
        let households: f64 = self.households.iter().sum();
        for (name, value) in [
            (lang.pick("Beyond", "그 이후"), self.rest),
            (
                lang.pick("Households (induced)", "가계소비 유발"),
                households,
            ),
        ] {
            rows.push(Row::new(vec![name.into(), scale.money(value).into()]));
        }
        rows.push(Row::total(vec![
            lang.pick("All", "합계").into(),
            scale.money(self.total()).into(),
        ]));
        let mut blocks = vec![products, Block::Table(Table { columns, rows })];
        blocks.extend(self.taxes.map(|taxes| {
            let [all, treasury, abroad] =
                [self.total(), taxes.total(), self.total() - taxes.total()].map(|v| scale.amount(v));
            Block::Text(lang.pick(
                format!(
                    "Of these {all}, {treasury} are duties, VAT and other taxes on imports, which the \
                     treasury gets (at the table's rate of each product); {abroad} leave the country."
                ),
                format!(
                    "{all} 중 {treasury}은 관세·부가가치세 등 수입품세로 정부에 귀속되며(품목별 산업연관표 \
                     세율 적용), {abroad}이 해외로 유출됨."
                ),
            ))
        }));
        blocks
    }

    /// "One-off phases, in all" or "A full year".
    pub fn title(&self, lang: Lang) -> String {
        match self.kind {
            PhaseKind::OneOff => {
                lang.pick("Imports: one-off phases, in all", "수입: 일회성 단계 합계")
            }
            PhaseKind::Recurring => lang.pick("Imports: a full year", "수입: 연간"),
        }
        .to_owned()
    }
}
