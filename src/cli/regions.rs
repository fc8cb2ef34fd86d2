//! `leontief regions`: the provinces, or where a scenario would keep most at home.

use super::input::SubjectArgs;
use super::output::Output;
use crate::error::{Error, Result};
use crate::impact::regional::{self, Comparison, Method};
use crate::lang::said;
use crate::report::data::{ListedRegion, Placed, Regions};
use crate::report::{Block, Column, Document, Row, Table};
use crate::table::embedded;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Place the scenario in each province in turn and rank them
    #[arg(long)]
    compare: bool,
    /// Regional multipliers as published (2020 prices and structure), not their in-region shares
    #[arg(long, requires = "compare")]
    multipliers: bool,
    #[command(flatten)]
    subject: SubjectArgs,
}

pub(super) fn run(args: &Args, out: &Output) -> Result<()> {
    let lang = out.lang;
    if args.compare {
        let subject = args.subject.open(out)?;
        let Some(scenario) = subject.scenario() else {
            return Err(Error::invalid(said!(
                "--compare ranks a scenario: leontief regions --compare ai-hub",
                "--compare에는 시나리오가 필요합니다. 예: leontief regions --compare ai-hub"
            )));
        };
        let method = if args.multipliers {
            Method::Multipliers
        } else {
            Method::Shares
        };
        let plan = scenario.plan()?;
        let comparison: Comparison =
            regional::compare(&subject.table, &subject.model, &plan, method)?;
        out.course.solved(&subject.model);
        let placed = Placed {
            name: scenario.name(),
            table: &subject.table.meta().id,
            comparison: &comparison,
        };
        return out.show(&comparison.document(scenario.name(), lang), &placed);
    }
    if args.subject.scenario.is_some() {
        return Err(Error::invalid(said!(
            "to rank the provinces for a scenario, add --compare",
            "시나리오에 대해 지역을 비교하려면 --compare를 추가하십시오"
        )));
    }
    let regions = embedded::regions()?;
    let listed: Vec<ListedRegion> = regions
        .iter()
        .map(|r| ListedRegion {
            code: &r.code,
            name: &r.name,
            aliases: &r.aliases,
            sectors: (0..regions.sectors().len()).filter(|&s| r.has(s)).count(),
        })
        .collect();
    let columns = vec![
        Column::text("code", lang.pick("Code", "코드")),
        Column::text("name_ko", "한국어"),
        Column::text("name_en", "English"),
        Column::text("aliases", lang.pick("Also", "다른 이름")),
        Column::number("sectors", lang.pick("Sectors there", "존재 부문"), "", 0),
    ];
    let rows = listed
        .iter()
        .map(|r| {
            Row::new(vec![
                r.code.into(),
                r.name.ko.as_str().into(),
                r.name.en.as_str().into(),
                r.aliases.join(", ").into(),
                (r.sectors as f64).into(),
            ])
        })
        .collect();
    let mut doc = Document::new(
        lang.pick("Provinces", "시도"),
        regions.meta().title.get(lang),
    );
    doc.section("regions", "", vec![Block::Table(Table { columns, rows })]);
    doc.section(
        "source",
        "",
        vec![Block::Text(regions.meta().attribution.get(lang).to_owned())],
    );
    let listed = Regions {
        table: &regions.meta().id,
        regions: listed,
    };
    out.show(&doc, &listed)
}
