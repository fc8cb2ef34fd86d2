//! What is read from files by sector: profiles of people, satellite accounts.

use super::Builder;
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::scenario::account::Accounts;
use crate::scenario::note::Note;
use crate::scenario::profile::Profile;
use crate::table::{Account, AnyTable};

impl Builder<'_> {
    pub(super) fn profiles(&mut self) -> Result<Vec<Profile>> {
        let mut profiles = Vec::new();
        for people in self.file.people.clone() {
            let Some(text) = &people.text else {
                let message = not_read();
                return Err(self.file.error_at(&people.file, "people.file", message));
            };
            let name = people.name.clone();
            self.check_name(&name, &people.file, "people")?;
            if profiles.iter().any(|p: &Profile| p.name == name) {
                let (en, ko) = (&name.en, &name.ko);
                let message = said!(
                    "two splits of people are named '{en}'",
                    "'{ko}' 취업자 구분(people)이 둘입니다"
                );
                return Err(self.file.error_at(&people.file, "people", message));
            }
            let parsed = Profile::parse(&text.name, &text.text, name, &people.groups, self.table)
                .map_err(|e| match e {
                Error::Invalid(_) => self.file.error_at(&people.file, "people.groups", e),
                other => other,
            })?;
            match parsed {
                Some(profile) => profiles.push(Profile {
                    source: people.source.clone().or(profile.source),
                    illustrative: people.illustrative || profile.illustrative,
                    ..profile
                }),
                None => self.notes.push(other_sectors(&text.name, self.table)),
            }
        }
        Ok(profiles)
    }

    pub(super) fn accounts(&mut self) -> Result<Vec<Accounts>> {
        let mut accounts: Vec<Accounts> = Vec::new();
        let mut ids: Vec<String> = Vec::new();
        for file in self.file.account.clone() {
            if ids.contains(&file.id.value) {
                let message = said!(
                    "there are two accounts '{id}'",
                    "'{id}' 계정이 둘입니다",
                    id = file.id.value
                );
                return Err(self.file.error_at(&file.id, "account.id", message));
            }
            ids.push(file.id.value.clone());
            let Some(text) = &file.text else {
                let message = not_read();
                return Err(self.file.error_at(&file.file, "account.file", message));
            };
            let account = Account {
                id: file.id.value.clone(),
                title: file
                    .title
                    .clone()
                    .unwrap_or_else(|| Text::same(&file.id.value)),
                unit: file.unit.clone(),
            };
            let parsed =
                Accounts::parse_one(&text.name, &text.text, &account, file.per, self.table)
                    .map_err(|e| match e {
                        Error::Invalid(_) => self.file.error_at(&file.id, "account.id", e),
                        other => other,
                    })?;
            match parsed {
                Some(read) => accounts.push(Accounts {
                    source: file.source.clone().or(read.source),
                    illustrative: file.illustrative || read.illustrative,
                    ..read
                }),
                None => self.notes.push(other_sectors(&text.name, self.table)),
            }
        }
        Ok(accounts)
    }
}

/// A scenario that was not opened from its file, whose other files nobody has read.
fn not_read() -> Text {
    said!("the file has not been read", "파일을 읽지 않았습니다")
}

/// A file of figures by sector that does not fit the table.
fn other_sectors(file: &str, table: &AnyTable) -> Note {
    Note::OtherSectors {
        file: file.to_owned(),
        table: table.meta().id.clone(),
        classification: table.meta().classification.clone(),
    }
}
