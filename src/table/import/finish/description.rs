//! What an imported table says of itself.

use super::{Blocks, Draft};
use crate::error::Result;
use crate::lang::{Text, said};
use crate::table::import::Options;
use crate::table::meta::Known;
use crate::table::words::fold;
use crate::table::{
    AnyTable, Classification, FinalDemandCategory, Kind, Meta, OtherInput, PrimaryInput,
    RegionName, Roles, Sector, embedded,
};

impl Draft {
    /// What the table says of itself, and its sectors; from the built-in table of the same classification
    /// where there is one.
    pub(super) fn description(
        &mut self,
        kind: Kind,
        options: &Options,
        blocks: &mut Blocks,
    ) -> Result<(Meta, Classification)> {
        let id = options.id.clone().or_else(|| self.id.clone());
        let id = id.unwrap_or_else(|| "own".to_owned());
        let year = self.year.unwrap_or_default();
        let known = match &self.classification {
            Some(classification) => known(classification)?,
            None => None,
        };
        let prices = self.prices.unwrap_or_default();
        let Text { en, ko } = prices.name();
        let price_basis = said!("{en} of {year}", "{year}년 {ko}");
        let names = self.names();
        let said_all = |pick: fn(&Text) -> &str| {
            let all = self
                .said
                .iter()
                .map(|said| format!(" {}.", pick(said).trim_end_matches('.')));
            all.collect::<String>()
        };
        let (en, ko) = (said_all(|t| &t.en), said_all(|t| &t.ko));
        let modifications = said!("Read from {names}.{en}", "{names}에서 읽음.{ko}");
        let (mut sectors, mut aliases) = (Vec::new(), Vec::new());
        for (code, name) in &self.sectors {
            let built_in = known.as_ref().and_then(|table| {
                let sectors = table.sectors();
                Some((sectors, sectors.position(code)?))
            });
            let mut sector = Sector {
                code: code.clone(),
                name: name.clone(),
                group: None,
            };
            if let Some((known, at)) = built_in {
                let same = known.get(at);
                sector.group.clone_from(&same.group);
                if fold(&same.name.ko) == fold(&name.ko) {
                    sector.name.clone_from(&same.name);
                }
                let words = known.aliases(at);
                aliases.extend(words.map(|word| (word.to_owned(), code.clone())));
            }
            sectors.push(sector);
        }
        let roles = known.as_ref().map(|table| table.meta().roles.clone());
        let meta = Meta {
            kind,
            title: self.title.clone().unwrap_or_else(|| Text::same(&id)),
            year,
            country: self.country.clone().unwrap_or_default(),
            classification: self.classification.clone().unwrap_or_else(|| id.clone()),
            currency: self.currency.clone().unwrap_or_else(|| "KRW".to_owned()),
            unit: 1e6,
            price_basis,
            prices,
            attribution: self
                .attribution
                .clone()
                .unwrap_or_else(|| said!("own table", "자체 작성 표")),
            modifications: shortened(modifications),
            sources: std::mem::take(&mut self.sources),
            final_demand: (self.final_demand.iter().enumerate())
                .map(|(at, c)| FinalDemandCategory {
                    id: c.id.clone(),
                    role: c.role,
                    title: c.title.clone(),
                    region: self.regions.as_ref().and_then(|regions| {
                        let region = regions.demand.get(at)?;
                        Some(regions.names[*region].0.clone())
                    }),
                })
                .collect(),
            regions: (self.regions.iter().flat_map(|regions| &regions.names))
                .map(|(code, title)| RegionName {
                    code: code.clone(),
                    title: title.clone(),
                })
                .collect(),
            primary_inputs: (self.primary_inputs.iter())
                .map(|p| PrimaryInput {
                    id: p.id.clone(),
                    role: p.role,
                    title: p.title.clone(),
                })
                .collect(),
            other_inputs: (self.other_inputs.iter())
                .map(|row| OtherInput {
                    id: row.id.clone(),
                    role: row.role,
                    title: row.title.clone(),
                })
                .collect(),
            accounts: self.accounts.iter().map(|c| c.account.clone()).collect(),
            blocks: std::mem::take(&mut blocks.0),
            known: Known::default(),
            roles: roles.unwrap_or_else(Roles::default),
            regrouped_from: None,
            split_error: None,
            id,
        };
        for (word, code) in std::mem::take(&mut self.words) {
            if !aliases.iter().any(|(known, _)| *known == word) {
                aliases.push((word, code));
            }
        }
        let mut sectors = Classification::new(&meta.id, sectors, &aliases)?;
        if let Some(regions) = &self.regions {
            let of = regions.sectors.iter();
            let of = of.map(|at| regions.names[*at].0.clone());
            sectors = sectors.with_regions(of.collect())?;
        }
        Ok((meta, sectors))
    }
}

/// The built-in table of a classification that the project knows.
fn known(classification: &str) -> Result<Option<AnyTable>> {
    let ids = embedded::of_classification(classification)?;
    ids.first().map(|id| AnyTable::open(id)).transpose()
}

/// A text that is not longer than texts of tables may be.
fn shortened(text: Text) -> Text {
    let most = crate::lang::LONGEST_TEXT;
    text.map(|text| match text.char_indices().nth(most - 4) {
        Some((at, _)) => format!("{}...", &text[..at]),
        None => text.to_owned(),
    })
}
