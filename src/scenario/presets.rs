//! The scenarios that are compiled in. To add one: a file under `presets/` and a line here.

use super::file::{ScenarioFile, SourceText};
use crate::error::{Error, Place, Result};
use std::path::Path;

/// A scenario that is compiled in.
#[derive(Debug, Clone, Copy)]
pub struct Preset {
    /// The name it is asked for by.
    pub id: &'static str,
    /// The file as it is written.
    pub text: &'static str,
    /// The CSV files that it names, by name.
    pub files: &'static [(&'static str, &'static str)],
}

/// All of them.
pub static PRESETS: &[Preset] = &[
    Preset {
        id: "ai-hub",
        text: include_str!("../../presets/ai-hub.toml"),
        files: &[
            (
                "ghg-83.csv",
                include_str!("../../examples/accounts/ghg-83.csv"),
            ),
            (
                "people-age.csv",
                include_str!("../../examples/people/age.csv"),
            ),
            (
                "people-skill.csv",
                include_str!("../../examples/people/skill.csv"),
            ),
        ],
    },
    Preset {
        id: "ai-hub-delayed",
        text: include_str!("../../presets/ai-hub-delayed.toml"),
        files: &[],
    },
];

/// A preset by its name.
pub fn find(id: &str) -> Option<&'static Preset> {
    PRESETS.iter().find(|p| p.id == id)
}

/// Opens a scenario by a preset's name or a file's path, with all that it extends.
///
/// # Errors
/// A name that is neither, a file that cannot be read, and all that [`ScenarioFile::parse`] refuses;
/// scenarios that extend each other in a circle.
pub fn open(name_or_path: &str) -> Result<ScenarioFile> {
    open_within(name_or_path, Path::new(""), 0)
}

/// Scenarios may extend scenarios; this deep and no deeper.
const DEPTH: usize = 16;

fn open_within(name_or_path: &str, folder: &Path, depth: usize) -> Result<ScenarioFile> {
    let path = folder.join(name_or_path);
    let (mut file, folder) =
        match find(name_or_path) {
            Some(preset) => {
                let name = format!("presets/{}.toml", preset.id);
                let mut file = ScenarioFile::parse(&name, preset.text)?;
                attach(&mut file, |csv| {
                    let found = preset.files.iter().find(|(name, _)| *name == csv);
                    found
                        .map(|(name, text)| (format!("presets/{name}"), (*text).to_owned()))
                        .ok_or_else(|| "no such file is compiled in".to_owned())
                })?;
                (file, folder.to_owned())
            }
            None => {
                let text = std::fs::read_to_string(&path).map_err(|source| {
                if source.kind() == std::io::ErrorKind::NotFound {
                    let known: Vec<&str> = PRESETS.iter().map(|p| p.id).collect();
                    return Error::invalid(format!(
                        "there is no scenario file '{}' and no preset of that name; presets are {}",
                        path.display(),
                        known.join(", ")
                    ));
                }
                Error::Io { action: "read", path: path.clone(), source }
            })?;
                let own = path.parent().unwrap_or(Path::new("")).to_owned();
                let mut file = ScenarioFile::parse(&path.display().to_string(), &text)?;
                attach(&mut file, |csv| {
                    let path = own.join(csv);
                    match (std::fs::read_to_string(&path), compiled_in(csv)) {
                        (Ok(text), _) => Ok((path.display().to_string(), text)),
                        // A preset that was printed and saved still finds the files that it names.
                        (Err(_), Some(found)) if !path.exists() => Ok(found),
                        (Err(e), _) => Err(format!("cannot read {}: {e}", path.display())),
                    }
                })?;
                (file, own)
            }
        };
    let Some(base) = file.extends.take() else {
        return Ok(file);
    };
    if depth == DEPTH {
        return Err(Error::at(
            Place::file(name_or_path).field("extends"),
            "scenarios extend each other in a circle, or too deeply",
        ));
    }
    let base_file = open_within(&base.value, &folder, depth + 1).map_err(|e| match e {
        Error::Invalid(message) => file.error(0, base.offset, "extends", message),
        other => other,
    })?;
    Ok(file.on_top_of(base_file))
}

/// A CSV file of a preset, by its name.
fn compiled_in(csv: &str) -> Option<(String, String)> {
    let mut files = PRESETS.iter().flat_map(|preset| preset.files);
    let (name, text) = files.find(|(name, _)| *name == csv)?;
    Some((format!("presets/{name}"), (*text).to_owned()))
}

/// Puts the CSV files that a scenario names beside it.
fn attach(
    file: &mut ScenarioFile,
    read: impl Fn(&str) -> std::result::Result<(String, String), String>,
) -> Result<()> {
    let mut texts = Vec::new();
    let people = file.people.iter().map(|p| (p.origin, &p.file));
    let accounts = file.account.iter().map(|a| (a.origin, &a.file));
    for (origin, csv) in people.chain(accounts) {
        let (name, text) =
            read(&csv.value).map_err(|message| file.error(origin, csv.offset, "file", message))?;
        texts.push(SourceText { name, text });
    }
    let mut texts = texts.into_iter();
    for people in &mut file.people {
        people.text = texts.next();
    }
    for account in &mut file.account {
        account.text = texts.next();
    }
    Ok(())
}
