//! `leontief presets`: the scenarios that are built in, or the file of one.

use super::output::Output;
use crate::error::{Error, Result};
use crate::lang::said;
use crate::report::data::{ListedPreset, Presets};
use crate::report::format::Format;
use crate::report::{Block, Column, Document, Row, Table};
use crate::scenario::presets::{self, PRESETS};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Print the file of this one, with comments in the language of --lang
    #[arg(value_name = "NAME")]
    name: Option<String>,
}

impl Args {
    /// Whether a scenario's own text is asked for, which may go to a file of any name.
    pub(super) fn prints_a_file(&self) -> bool {
        self.name.is_some()
    }
}

pub(super) fn run(args: &Args, out: &Output) -> Result<()> {
    if let Some(name) = &args.name {
        let preset = presets::find(name).ok_or_else(|| {
            let known: Vec<&str> = PRESETS.iter().map(|p| p.id).collect();
            Error::invalid(said!(
                "there is no preset '{name}'; there are {known}",
                "'{name}' 프리셋이 없습니다. 프리셋: {known}",
                known = known.join(", ")
            ))
        })?;
        if out.format != Format::Table {
            return Err(Error::invalid(said!(
                "a preset is a TOML file: leave --format out",
                "프리셋은 TOML 파일입니다. --format을 빼십시오"
            )));
        }
        return out.text(&preset.commented(out.lang));
    }
    let lang = out.lang;
    let mut listed = Vec::new();
    for preset in PRESETS {
        let header = presets::open(preset.id)?.scenario;
        listed.push(ListedPreset {
            id: preset.id,
            name: header.name.unwrap_or_default(),
            description: header.description.unwrap_or_default(),
        });
    }
    let columns = vec![
        Column::text("id", lang.pick("Preset", "프리셋")),
        Column::text("name", lang.pick("What it is", "이름")),
    ];
    let rows = listed
        .iter()
        .map(|l| Row::new(vec![l.id.into(), l.name.get(lang).into()]))
        .collect();
    let mut doc = Document::new(lang.pick("Built-in scenarios", "내장 시나리오"), "");
    let hint = lang.pick(
        "leontief presets NAME prints the file, to be changed and run: leontief presets ai-hub > mine.toml",
        "leontief presets NAME: 파일 출력(수정하여 실행 가능). 예: leontief presets ai-hub > mine.toml",
    );
    doc.section(
        "presets",
        "",
        vec![
            Block::Table(Table { columns, rows }),
            Block::Text(hint.to_owned()),
        ],
    );
    out.show(&doc, &Presets { presets: listed })
}
