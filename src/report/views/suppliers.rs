//! Supplier industries tier by tier, and the largest chains of them.

use super::notes::warnings_in_short;
use super::provenance::split_in_short;
use super::sheet::measure_name;
use crate::analysis::structural_path::{PathNode, Paths};
use crate::impact::tiers::{Suppliers, Tiers};
use crate::lang::Lang;
use crate::report::{Block, Cell, Column, Document, Row, Scale, Table};
use crate::scenario::PhaseKind;

impl Suppliers {
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
                let mut blocks = vec![Block::Table(table)];
                blocks.extend(covered(paths, tiers, lang).map(Block::Text));
                doc.section(&format!("{id}_paths"), &title, blocks);
            }
        }
        doc.sections
            .extend(warnings_in_short(self.warnings.clone(), lang));
        let mut notes = vec![
            lang.pick(
                "Tier 0 is the demand itself, tier 1 what is bought to meet it, tier 2 what those \
                 suppliers buy, and so on; the tiers and the rest add up to direct + indirect output.",
                "0차는 수요 자체, 1차는 이를 충족하기 위한 구매, 2차는 그 공급자의 구매이며, 각 차수와 나머지의 합이 \
                 직접+간접 생산과 같음.",
            ),
            if self.watched.is_empty() {
                lang.pick(
                    "Ranked by what is supplied: tiers 1 and beyond.",
                    "1차 이후 공급액 기준 순위.",
                )
            } else {
                lang.pick(
                    "Ranked by what is supplied: tiers 1 and beyond. ★ marks the industries that the \
                     scenario watches.",
                    "1차 이후 공급액 기준 순위. ★는 시나리오에서 지정한 관심 산업.",
                )
            },
            self.receipt.attribution.get(lang),
        ];
        if !self.paths.is_empty() {
            let chains = lang.pick(
                "A chain A ← B ← C is read: the demand is for A, A buys from B, and B from C; the figure is \
                 what the last of them makes, or takes for it, along exactly this chain (structural path analysis); with \
                 all beyond, every chain that begins with it.",
                "공급경로 A ← B ← C는 A에 대한 수요로 A가 B에서, B가 C에서 구매함을 뜻하며, 수치는 해당 경로를 따라 \
                 마지막 산업에서 발생하는 값이고 '이후 경로 포함'은 이 경로로 시작하는 모든 경로의 합임(구조경로분석).",
            );
            notes.insert(2, chains);
        }
        let mut notes: Vec<String> = notes.into_iter().map(str::to_owned).collect();
        notes.extend(split_in_short([&self.receipt.split_error], lang));
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
        let marked = !self.watched.is_empty();
        if marked {
            columns.push(Column::text("watched", lang.pick("Watched", "관심 산업")));
        }
        let order = tiers.ranked();
        // Two industries that are watched can be of one sector.
        let watched = |sector: usize| -> Option<String> {
            let of_sector = self.watched.iter().filter(|(s, _)| *s == sector);
            let names: Vec<&str> = of_sector.map(|(_, name)| name.get(lang)).collect();
            (!names.is_empty()).then(|| format!("★ {}", names.join(", ")))
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
            if marked {
                cells.push(Cell::Text(mark));
            }
            cells
        };
        let mut rows: Vec<Row> = shown
            .iter()
            .map(|&sector| {
                let name = &tiers.sectors[sector];
                let mark = watched(sector).unwrap_or_default();
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

/// A row a chain, then what makes them add up to all of it: the demand itself and the other chains.
fn paths_table(paths: &Paths, tiers: &Tiers, scale: Scale) -> Table {
    let lang = scale.lang();
    let of = &paths.measure;
    let name = measure_name(&of.id, of.account.as_ref(), lang);
    let number = |id: &str, title: &str| match &of.account {
        None => scale.column(id, title),
        Some(account) => {
            let decimals = if paths.total.abs() < 100.0 { 2 } else { 0 };
            Column::number(id, title, account.unit.get(lang), decimals)
        }
    };
    let cell = |value: f64| match of.account {
        None => Cell::Number(scale.money(value)),
        Some(_) => Cell::Number(value),
    };
    let columns = vec![
        Column::text("path", lang.pick("Chain", "공급경로")),
        number(&of.id, &name).additive().with_bar(),
        Column::number("share", lang.pick("Share", "비중"), "%", 2),
        number("through", lang.pick("With all beyond", "이후 경로 포함")),
    ];
    let cells = |name: String, value: f64, through: Cell| {
        let share = if paths.total == 0.0 {
            Cell::Empty
        } else {
            Cell::Number(100.0 * value / paths.total)
        };
        vec![Cell::Text(name), cell(value), share, through]
    };
    let chain = |sectors: &[usize]| {
        let names: Vec<&str> = sectors
            .iter()
            .map(|&sector| tiers.sectors[sector].name.get(lang))
            .collect();
        names.join(" ← ")
    };
    let through = |sectors: &[usize]| {
        let at = |node: &PathNode| node.sectors.as_slice().cmp(sectors);
        match paths.nodes.binary_search_by(at) {
            Ok(at) => cell(paths.nodes[at].through),
            Err(_) => Cell::Empty,
        }
    };
    let mut rows: Vec<Row> = paths
        .paths
        .iter()
        .map(|path| {
            let through = through(&path.sectors);
            Row::new(cells(chain(&path.sectors), path.value, through))
        })
        .collect();
    rows.push(Row::new(cells(
        lang.pick("All other chains", "그 밖의 경로").to_owned(),
        paths.remainder - paths.direct,
        Cell::Empty,
    )));
    rows.push(Row::new(cells(
        lang.pick("The demand itself", "수요 자체(직접)").to_owned(),
        paths.direct,
        Cell::Empty,
    )));
    rows.push(Row::total(cells(
        lang.pick(
            format!("{name}, direct and indirect"),
            format!("직접+간접 {name}"),
        ),
        paths.total,
        Cell::Empty,
    )));
    Table { columns, rows }
}

/// How much of all the chains listed are, and where they lead.
fn covered(paths: &Paths, tiers: &Tiers, lang: Lang) -> Option<String> {
    let beyond = paths.total - paths.direct;
    if beyond == 0.0 {
        return None;
    }
    let listed = paths.total - paths.remainder;
    let share = 100.0 * listed / beyond;
    Some(match paths.measure.to {
        None => lang.pick(
            format!("These chains are {share:.1} % of what lies beyond the demand itself."),
            format!("위 경로는 수요 자체를 제외한 파급의 {share:.1}%임."),
        ),
        Some(to) => {
            let name = tiers.sectors[to].label(lang);
            lang.pick(
                format!(
                    "Chains to {name} alone: these are {share:.1} % of what reaches it beyond the demand for it."
                ),
                format!("{name} 부문에 이르는 경로만 표시: 해당 부문에 대한 수요 자체를 제외한 파급의 {share:.1}%임."),
            )
        }
    })
}
