//! Supplier tiers: the power series f + Ad f + Ad^2 f + ... one term at a time.
//!
//! Tier 0 is the demand itself, tier 1 what is bought to meet it, tier 2 what those suppliers buy
//! (Waugh 1950; Miller & Blair, ch. 2). What lies beyond the tiers shown is the rest, so that
//! tiers and rest add up to L f.

use super::ranking::by_size;
use super::{Impact, Receipt, SectorName};
use crate::analysis::structural_path::{Options, Paths};
use crate::error::Result;
use crate::lang::{Lang, Text};
use crate::model::{Demand, Model};
use crate::report::Scale;
use crate::report::{Block, Cell, Column, Document, Row, Table};
use crate::scenario::PhaseKind;
use serde::{Deserialize, Serialize};

/// Output by sector and tier.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Tiers {
    /// Output of tier 0, 1, ..., each by sector (n), in the unit of the demand.
    pub tiers: Vec<Vec<f64>>,
    /// What lies beyond them, by sector.
    pub rest: Vec<f64>,
    /// The sectors.
    pub sectors: Vec<SectorName>,
}

/// Industries that the AI hub is watched for, with the words that lead to their sectors.
pub const SEEDS: [(&str, &str, &[&str]); 5] = [
    ("semiconductors", "반도체", &["반도체"]),
    ("batteries", "배터리·전기장비", &["전기장비"]),
    ("telecom", "통신", &["통신서비스"]),
    (
        "software",
        "소프트웨어·보안",
        &["소프트웨어 개발 공급 및 기타 IT서비스"],
    ),
    ("power", "전력", &["전력 및 신재생에너지"]),
];

impl Tiers {
    /// The first `count` tiers of a demand (a vector f, n, or one that recipes meet a part of).
    pub fn of(model: &Model, demand: impl Into<Demand>, count: usize) -> Self {
        let demand = demand.into();
        let domestic = model.coefficients().domestic();
        let mut rest = model.output_for(&demand.of_average_columns()) + demand.output_by_recipe();
        let mut tier = demand.output();
        let mut next = demand.first_suppliers(domestic);
        let mut tiers = Vec::with_capacity(count);
        for _ in 0..count {
            rest -= &tier;
            tiers.push(tier.iter().copied().collect());
            let after = domestic * &next;
            tier = std::mem::replace(&mut next, after);
        }
        Tiers {
            tiers,
            rest: rest.iter().copied().collect(),
            sectors: SectorName::all(model.sectors()),
        }
    }

    /// Output of a sector in all tiers.
    pub fn total(&self, sector: usize) -> f64 {
        self.tiers.iter().map(|t| t[sector]).sum::<f64>() + self.rest[sector]
    }

    /// What a sector supplies to others' production: all but tier 0.
    pub fn supplied(&self, sector: usize) -> f64 {
        self.tiers.iter().skip(1).map(|t| t[sector]).sum::<f64>() + self.rest[sector]
    }

    /// Sectors by what they supply, the largest rise or fall first.
    pub fn ranked(&self) -> Vec<usize> {
        by_size(self.rest.len(), |sector| self.supplied(sector))
    }
}

/// The sectors of a model that belong to the watched industries.
pub fn seeds(model: &Model) -> Vec<(usize, Text)> {
    let mut found = Vec::new();
    for (en, ko, words) in SEEDS {
        for word in words {
            if let Ok(sector) = model.sectors().find(word) {
                found.push((sector, Text::new(en, ko)));
            }
        }
    }
    found
}

/// Supplier industries of an impact: the one-off and the recurring phases apart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Suppliers {
    /// The title of the impact.
    pub name: Text,
    /// What it was computed with.
    pub receipt: Receipt,
    /// Of each kind of phase there is.
    pub kinds: Vec<(PhaseKind, Tiers)>,
    /// The largest chains of suppliers of each kind, by output, where they were asked for.
    #[serde(default)]
    pub paths: Vec<(PhaseKind, Paths)>,
    /// Positions of the sectors that are watched, with the industry they stand for.
    pub seeds: Vec<(usize, Text)>,
}

/// How many tiers are shown one by one: demand itself and three rounds of suppliers.
pub const SHOWN: usize = 4;

impl Suppliers {
    /// The suppliers of an impact.
    pub fn of(model: &Model, impact: &Impact) -> Self {
        let kinds = [
            (PhaseKind::OneOff, &impact.one_off),
            (PhaseKind::Recurring, &impact.recurring),
        ];
        let kinds = kinds
            .into_iter()
            .filter_map(|(kind, effects)| Some((kind, effects.as_ref()?)))
            .map(|(kind, effects)| (kind, Tiers::of(model, effects.demand(), SHOWN)))
            .collect();
        Suppliers {
            name: impact.name.clone(),
            receipt: impact.receipt.clone(),
            kinds,
            paths: Vec::new(),
            seeds: seeds(model),
        }
    }

    /// The same with the `limit` largest chains of suppliers of the impact; the demand itself is none.
    ///
    /// # Errors
    /// As [`Paths::of`].
    pub fn with_paths(mut self, model: &Model, impact: &Impact, limit: usize) -> Result<Self> {
        let options = Options {
            min_depth: 1,
            least_share: 1e-5,
            limit,
            ..Options::default()
        };
        self.paths = impact
            .kinds()
            .into_iter()
            .map(|(kind, effects)| {
                let paths = Paths::of_output(model, &effects.demand(), &options)?;
                Ok((kind, paths))
            })
            .collect::<Result<_>>()?;
        Ok(self)
    }

    /// How all amounts are shown: fit for the output of each kind of phase.
    fn scale(&self, lang: Lang) -> Scale<'_> {
        let outputs = self.kinds.iter().map(|(_, tiers)| {
            let all = tiers.tiers.iter().chain([&tiers.rest]);
            all.flatten().sum()
        });
        Scale::new(lang, &self.receipt.currency, outputs)
    }

    /// The suppliers as a document, the first `top` of each kind and all that are watched.
    pub fn document(&self, lang: Lang, top: usize) -> Document {
        let title = lang.pick(
            format!("Suppliers of: {}", self.name.en),
            format!("공급산업: {}", self.name.ko),
        );
        let subtitle = self.receipt.table_heading(lang);
        let scale = self.scale(lang);
        let mut doc = Document::new(title, subtitle);
        for (kind, tiers) in &self.kinds {
            let (id, title) = match kind {
                PhaseKind::OneOff => (
                    "one_off",
                    lang.pick("One-off phases, in all", "일회성 단계 합계"),
                ),
                PhaseKind::Recurring => ("recurring", lang.pick("A full year", "연간")),
            };
            doc.section(id, title, vec![Block::Table(self.table(tiers, scale, top))]);
            if let Some((_, paths)) = self.paths.iter().find(|(of, _)| of == kind) {
                let title = lang.pick(
                    format!("{title}: largest chains of suppliers"),
                    format!("{title}: 주요 공급경로"),
                );
                let table = paths_table(paths, tiers, scale);
                doc.section(&format!("{id}_paths"), &title, vec![Block::Table(table)]);
            }
        }
        let mut notes = vec![
            lang.pick(
                "Tier 0 is the demand itself, tier 1 what is bought to meet it, tier 2 what those \
                 suppliers buy, and so on; the tiers and the rest add up to direct + indirect output.",
                "0차는 수요 자체, 1차는 이를 충족하기 위한 구매, 2차는 그 공급자의 구매이며, 각 차수와 나머지의 합이 \
                 직접+간접 생산과 같음.",
            ),
            lang.pick(
                "Ranked by what is supplied: tiers 1 and beyond. ★ marks the industries that the AI hub \
                 is watched for.",
                "1차 이후 공급액 기준 순위. ★는 AI 허브 관련 관심 산업.",
            ),
            self.receipt.attribution.get(lang),
        ];
        if !self.paths.is_empty() {
            let chains = lang.pick(
                "A chain A ← B ← C is read: the demand is for A, A buys from B, and B from C; the figure is \
                 what the last of them produces along exactly this chain (structural path analysis).",
                "공급경로 A ← B ← C는 A에 대한 수요로 A가 B에서, B가 C에서 구매함을 뜻하며, 금액은 해당 경로를 따라 \
                 마지막 산업이 생산하는 금액임(구조경로분석).",
            );
            notes.insert(2, chains);
        }
        let notes = notes.into_iter().map(str::to_owned).collect();
        doc.section("notes", "", vec![Block::Notes(notes)]);
        doc
    }

    fn table(&self, tiers: &Tiers, scale: Scale, top: usize) -> Table {
        let lang = scale.lang();
        let money = |id: String, title: String| scale.column(&id, &title).additive();
        let mut columns = vec![
            Column::text("code", lang.pick("Code", "코드")),
            Column::text("sector", lang.pick("Industry", "산업")),
        ];
        // Tier 0 is the demand itself, not supplied to meet it.
        let supplied: Vec<String> = (1..tiers.tiers.len())
            .map(|tier| format!("tier_{tier}"))
            .chain(["rest".to_owned()])
            .collect();
        columns.push(
            money("supplied".into(), lang.pick("Supplied", "공급").into())
                .with_bar()
                .sum_of(supplied.iter().map(String::as_str)),
        );
        for tier in 0..tiers.tiers.len() {
            let title = lang.pick(format!("Tier {tier}"), format!("{tier}차"));
            columns.push(money(format!("tier_{tier}"), title));
        }
        columns.push(money("rest".into(), lang.pick("Rest", "나머지").into()));
        columns.push(Column::text("watched", lang.pick("Watched", "관심 산업")));
        let order = tiers.ranked();
        let watched = |sector: usize| {
            self.seeds
                .iter()
                .find(|(s, _)| *s == sector)
                .map(|(_, name)| name)
        };
        let (shown, others): (Vec<usize>, Vec<usize>) = order
            .iter()
            .enumerate()
            .map(|(rank, &sector)| (rank < top || watched(sector).is_some(), sector))
            .fold(
                (Vec::new(), Vec::new()),
                |(mut yes, mut no), (is_shown, sector)| {
                    if is_shown {
                        yes.push(sector)
                    } else {
                        no.push(sector)
                    }
                    (yes, no)
                },
            );
        let sum = |of: &[usize], value: &dyn Fn(usize) -> f64| {
            Cell::Number(scale.money(of.iter().map(|s| value(*s)).sum()))
        };
        let numbers = |of: &[usize]| -> Vec<Cell> {
            let mut cells = vec![sum(of, &|s| tiers.supplied(s))];
            cells.extend(tiers.tiers.iter().map(|tier| sum(of, &|s| tier[s])));
            cells.push(sum(of, &|s| tiers.rest[s]));
            cells
        };
        let row = |code: &str, name: String, of: &[usize], mark: String| {
            let mut cells = vec![Cell::from(code), Cell::Text(name)];
            cells.extend(numbers(of));
            cells.push(Cell::Text(mark));
            cells
        };
        let mut rows: Vec<Row> = shown
            .iter()
            .map(|&sector| {
                let name = &tiers.sectors[sector];
                let mark = watched(sector).map_or(String::new(), |n| format!("★ {}", n.get(lang)));
                Row::new(row(
                    &name.code,
                    name.name.get(lang).to_owned(),
                    &[sector],
                    mark,
                ))
            })
            .collect();
        if !others.is_empty() {
            let name = lang.pick(
                format!("{} other industries", others.len()),
                format!("기타 {}개 산업", others.len()),
            );
            rows.push(Row::new(row("", name, &others, String::new())));
        }
        rows.push(Row::total(row(
            "",
            lang.pick("All", "합계").to_owned(),
            &order,
            String::new(),
        )));
        Table { columns, rows }
    }
}

/// A row a chain, then what makes them add up to all output: the demand itself and the other chains.
fn paths_table(paths: &Paths, tiers: &Tiers, scale: Scale) -> Table {
    let lang = scale.lang();
    let columns = vec![
        Column::text("path", lang.pick("Chain", "공급경로")),
        scale
            .column("output", lang.pick("Output", "생산"))
            .additive()
            .with_bar(),
        Column::number("share", lang.pick("Share", "비중"), "%", 2),
    ];
    let cells = |name: String, value: f64| {
        let share = if paths.total == 0.0 {
            Cell::Empty
        } else {
            Cell::Number(100.0 * value / paths.total)
        };
        vec![Cell::Text(name), Cell::Number(scale.money(value)), share]
    };
    let chain = |sectors: &[usize]| {
        let names: Vec<&str> = sectors
            .iter()
            .map(|&sector| tiers.sectors[sector].name.get(lang))
            .collect();
        names.join(" ← ")
    };
    let demand: f64 = tiers.tiers[0].iter().sum();
    let mut rows: Vec<Row> = paths
        .paths
        .iter()
        .map(|path| Row::new(cells(chain(&path.sectors), path.value)))
        .collect();
    rows.push(Row::new(cells(
        lang.pick("All other chains", "그 밖의 경로").to_owned(),
        paths.remainder - demand,
    )));
    rows.push(Row::new(cells(
        lang.pick("The demand itself", "수요 자체(직접)").to_owned(),
        demand,
    )));
    rows.push(Row::total(cells(
        lang.pick("All output, direct and indirect", "직접+간접 생산")
            .to_owned(),
        paths.total,
    )));
    Table { columns, rows }
}
