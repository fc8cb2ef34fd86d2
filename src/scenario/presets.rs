//! The scenarios that are compiled in. To add one: a file under `presets/` and a line here.

use super::file::{Located, ScenarioFile, SourceText};
use crate::error::{Error, Result};
use crate::files::{self, Allowed};
use crate::lang::{Lang, Text, said};
use std::path::{Path, PathBuf};

/// A scenario that is compiled in.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Preset {
    /// The name it is asked for by.
    pub id: &'static str,
    /// The file as it is written, its comments in both languages: a line of Korean begins with `#ko`.
    pub text: &'static str,
    /// The CSV files that it names, by name.
    pub files: &'static [(&'static str, &'static str)],
}

/// All of them.
pub static PRESETS: &[Preset] = &[
    Preset {
        id: "ai-hub",
        text: include_str!("../../presets/ai-hub.toml"),
        files: &[(
            "ghg-83.csv",
            include_str!("../../examples/accounts/ghg-83.csv"),
        )],
    },
    Preset {
        id: "ai-hub-delayed",
        text: include_str!("../../presets/ai-hub-delayed.toml"),
        files: &[],
    },
    Preset {
        id: "ai-hub-replacement",
        text: include_str!("../../presets/ai-hub-replacement.toml"),
        files: &[],
    },
];

impl Preset {
    /// The file with its comments in one language.
    ///
    /// ```
    /// use leontief::{Lang, scenario::presets};
    /// let preset = presets::find("ai-hub").expect("built in");
    /// assert!(preset.text.contains("\n#ko"));
    /// assert!(!preset.commented(Lang::En).contains("\n#ko"));
    /// ```
    pub fn commented(&self, lang: Lang) -> String {
        let mut file = String::with_capacity(self.text.len());
        for line in self.text.lines() {
            let own = match (line.strip_prefix("#ko"), lang) {
                (Some(comment), Lang::Ko) => format!("#{comment}"),
                (None, Lang::En) => line.to_owned(),
                (None, Lang::Ko) if !line.starts_with('#') => line.to_owned(),
                _ => continue,
            };
            file.push_str(&own);
            file.push('\n');
        }
        file
    }
}

/// A preset by its name.
///
/// ```
/// use leontief::scenario::presets;
/// assert_eq!(presets::find("ai-hub").expect("built in").files.len(), 1);
/// assert!(presets::find("ai-hut").is_none());
/// ```
pub fn find(id: &str) -> Option<&'static Preset> {
    PRESETS.iter().find(|p| p.id == id)
}

/// Opens a scenario by a preset's name or a file's path, with all that it extends.
///
/// ```
/// use leontief::scenario::presets;
/// assert!(presets::open("ai-hub")?.phase.len() >= 2);
/// assert!(presets::open("ai-hut").is_err());
/// # Ok::<(), leontief::Error>(())
/// ```
///
/// # Errors
/// A name that is neither, a file that cannot be read, and all that [`ScenarioFile::parse`] refuses;
/// scenarios that extend each other in a circle.
pub fn open(name_or_path: &str) -> Result<ScenarioFile> {
    open_allowing(name_or_path, Allowed::new(&[]))
}

/// As [`open`], where the files that the scenario names may stand in further folders than its own and
/// the working folder.
///
/// # Errors
/// As [`open`]; also a file named in a scenario that lies elsewhere.
pub fn open_allowing(name_or_path: &str, mut allowed: Allowed) -> Result<ScenarioFile> {
    if find(name_or_path).is_none() {
        allowed.add(Path::new(name_or_path).parent().unwrap_or(Path::new("")));
    }
    // From the one that is asked for to the last that is extended, each with where it says so.
    let (mut file, mut folder) = open_within(name_or_path, Path::new(""), &allowed)?;
    let mut above: Vec<(ScenarioFile, Located<String>)> = Vec::new();
    while let Some(base) = file.extends.take() {
        if above.len() == DEPTH {
            let message = said!(
                "scenarios extend each other in a circle, or more than {DEPTH} deep",
                "시나리오의 extends가 순환하거나 {DEPTH}단계를 넘습니다"
            );
            return Err(named(&above, file.error_at(&base, "extends", message)));
        }
        let opened = open_within(&base.value, &folder, &allowed);
        above.push((file, base));
        (file, folder) = opened.map_err(|error| named(&above, error))?;
    }
    Ok(above
        .into_iter()
        .rev()
        .fold(file, |base, (own, _)| own.on_top_of(base)))
}

/// An error of a scenario that another extends; one without a place has that where the nearest extends it.
fn named(above: &[(ScenarioFile, Located<String>)], error: Error) -> Error {
    match (error, above.last()) {
        (error @ (Error::Invalid(_) | Error::Io { .. }), Some((file, base))) => {
            file.error_at(base, "extends", error)
        }
        (other, _) => other,
    }
}

/// Scenarios may extend scenarios; this deep and no deeper.
const DEPTH: usize = 16;

/// One scenario as it stands, and the folder that what it names is looked for in.
fn open_within(
    name_or_path: &str,
    folder: &Path,
    allowed: &Allowed,
) -> Result<(ScenarioFile, PathBuf)> {
    let path = folder.join(name_or_path);
    Ok(match find(name_or_path) {
        Some(preset) => {
            let name = format!("presets/{}.toml", preset.id);
            let mut file = ScenarioFile::parse(&name, preset.text)?;
            let absent = |_: &str| {
                said!(
                    "no such file is compiled in",
                    "프로그램에 내장된 파일이 아닙니다"
                )
            };
            attach(&mut file, |csv| Ok(built_in(preset.files, csv)), absent)?;
            (file, folder.to_owned())
        }
        None => {
            allowed.check(&path)?;
            let text = files::read(&path, files::LONGEST_SCENARIO)?.ok_or_else(|| {
                let known: Vec<&str> = PRESETS.iter().map(|p| p.id).collect();
                let (name, known) = (path.display(), known.join(", "));
                Error::invalid(said!(
                    "there is no scenario file '{name}' and no preset of that name; presets are \
                         {known}",
                    "'{name}' 시나리오 파일이 없고 같은 이름의 프리셋도 없습니다. 프리셋: {known}"
                ))
            })?;
            let own = path.parent().unwrap_or(Path::new("")).to_owned();
            let mut file = ScenarioFile::parse(&path.display().to_string(), &text)?;
            if let Some(table) = &file.scenario.table
                && own.join(&table.value).exists()
            {
                let beside = own.join(&table.value);
                let outside = |message| file.error_at(table, "table", message);
                allowed.check(&beside).map_err(outside)?;
                let value = beside.display().to_string();
                file.scenario.table = Some(Located {
                    value,
                    ..table.clone()
                });
            }
            let read = |csv: &str| {
                let path = own.join(csv);
                allowed.check(&path)?;
                Ok(match files::read(&path, files::LONGEST_CSV)? {
                    Some(text) => Some((path.display().to_string(), text)),
                    // A preset that was printed to a file still finds its own.
                    None => PRESETS.iter().find_map(|p| built_in(p.files, csv)),
                })
            };
            let absent = |csv: &str| {
                let name = own.join(csv);
                let name = name.display();
                said!("there is no file {name}", "{name} 파일이 없습니다")
            };
            attach(&mut file, read, absent)?;
            (file, own)
        }
    })
}

/// A CSV file that is compiled in: what it is called in messages, and its text.
fn built_in(files: &[(&str, &str)], csv: &str) -> Option<(String, String)> {
    let (name, text) = files.iter().find(|(name, _)| *name == csv)?;
    Some((format!("presets/{name}"), (*text).to_owned()))
}

/// Puts the CSV files that a scenario names beside it; groups may be a name that is no file's.
fn attach(
    file: &mut ScenarioFile,
    read: impl Fn(&str) -> std::result::Result<Option<(String, String)>, Text>,
    absent: impl Fn(&str) -> Text,
) -> Result<()> {
    if let Some(groups) = &file.scenario.groups {
        let found = read(&groups.value).map_err(|why| file.error_at(groups, "groups", why))?;
        file.scenario.groups_text = found.map(|(name, text)| SourceText { name, text });
    }
    let mut texts = Vec::new();
    let people = file.people.iter().map(|p| &p.file);
    let accounts = file.account.iter().map(|a| &a.file);
    for csv in people.chain(accounts) {
        let found = read(&csv.value).and_then(|found| found.ok_or_else(|| absent(&csv.value)));
        let (name, text) = found.map_err(|message| file.error_at(csv, "file", message))?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::account::Accounts;
    use crate::table::AnyTable;

    #[test]
    fn every_file_that_is_compiled_in_fits_the_default_table() {
        let table = AnyTable::open("kr-2023-83").expect("built in");
        for (name, text) in PRESETS.iter().flat_map(|p| p.files) {
            let accounts = Accounts::parse(name, text, &table);
            let accounts = accounts.expect(name).expect("fits");
            assert!(accounts.illustrative && accounts.source.is_some(), "{name}");
        }
    }

    #[test]
    fn what_presets_say_of_their_figures_is_said_in_korean_too() {
        for preset in PRESETS {
            let file = open(preset.id).expect("built in");
            let parameters = file.parameters.values().chain(&file.scenario.fx);
            let lines = file.phase.iter().flat_map(|p| &p.spending);
            let said: Vec<&Text> = parameters
                .flat_map(|p| [&p.source, &p.note])
                .chain(lines.flat_map(|l| [&l.source, &l.note]))
                .chain(file.indicator.iter().flat_map(|i| [&i.source, &i.note]))
                .flatten()
                .collect();
            assert!(said.len() > 60, "{}: {}", preset.id, said.len());
            for text in said {
                // What is a citation and nothing else, a site or a number, stays as it is.
                let cites = |word: &str| word.contains(['.', '/']);
                let citation = text
                    .en
                    .split([' ', ',', ';'])
                    .all(|w| w.is_empty() || cites(w));
                let hangul = text.ko.contains(|c| ('가'..='힣').contains(&c));
                assert!(hangul || (citation && text.ko == text.en), "{text:?}");
            }
        }
    }

    #[test]
    fn a_preset_says_the_same_with_comments_in_either_language() {
        let hangul = |line: &str| line.contains(|c| ('가'..='힣').contains(&c));
        for preset in PRESETS {
            let figures = |text: &str| text.parse::<toml::Table>().expect(preset.id);
            let [en, ko] = [Lang::En, Lang::Ko].map(|lang| preset.commented(lang));
            assert_eq!(figures(&en), figures(preset.text));
            assert_eq!(figures(&ko), figures(preset.text));
            let comments = |text: &str| -> Vec<String> {
                let lines = text.lines().filter(|l| l.starts_with('#') && l.len() > 1);
                lines.map(str::to_owned).collect()
            };
            assert!(comments(&ko).iter().all(|line| hangul(line)), "{ko}");
            // Each English remark is followed by its Korean.
            let mut blocks = 0;
            let lines: Vec<&str> = preset.text.lines().collect();
            for (at, line) in lines.iter().enumerate() {
                let english = |line: &str| line.starts_with('#') && !line.starts_with("#ko");
                let next = lines.get(at + 1).copied().unwrap_or_default();
                if english(line) && !english(next) {
                    assert!(
                        next.starts_with("#ko"),
                        "{}: no Korean after {line}",
                        preset.id
                    );
                    blocks += 1;
                }
            }
            assert!(blocks > 0, "{}", preset.id);
        }
    }

    #[test]
    fn a_preset_that_is_printed_to_a_file_finds_its_csv_files() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("mine.toml");
        let text = "[[phase]]\nname = \"B\"\nkind = \"one-off\"\n[[account]]\nid = \"ghg\"\n\
                    unit = \"t\"\nfile = \"ghg-83.csv\"\n";
        std::fs::write(&path, text).expect("written");
        let open = || open(&path.display().to_string()).map(|f| f.account[0].text.clone());
        let built_in = open().expect("found").expect("attached");
        assert_eq!(built_in.name, "presets/ghg-83.csv");
        // A file of the user's own wins.
        std::fs::write(folder.path().join("ghg-83.csv"), "code,a\n*,1\n").expect("written");
        assert_eq!(
            open().expect("found").expect("attached").text,
            "code,a\n*,1\n"
        );
    }
}
