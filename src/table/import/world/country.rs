//! One country's own table out of a table of many.

use super::World;
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::table::FinalDemandRole;
use crate::table::import::draft::{Category, Draft, Origins};
use nalgebra::{DMatrix, DVector};

impl World {
    /// The region of a code or name.
    ///
    /// # Errors
    /// A country that is not there.
    pub(super) fn region(&self, country: &str) -> Result<usize> {
        let is_it = |(known, name): &(String, Text)| {
            let same = |text: &str| text.eq_ignore_ascii_case(country);
            same(known) || same(&name.en) || name.ko == country
        };
        self.regions.iter().position(is_it).ok_or_else(|| {
            let known: Vec<&str> = self.regions.iter().map(|(code, _)| code.as_str()).collect();
            let (files, known) = (self.from.join(", "), known.join(", "));
            Error::invalid(said!(
                "{files}: there is no country '{country}'; there are {known}",
                "{files}: '{country}' 국가가 없습니다. 있는 국가: {known}"
            ))
        })
    }

    /// One country's own table: what its sectors and its final demand buy of each product at home and abroad;
    /// what others buy of it are its exports.
    pub(super) fn country(&self, region: usize) -> Draft {
        let home: Vec<usize> = (0..self.keys.len())
            .filter(|i| self.keys[*i].0 == region)
            .collect();
        // Where each product stands among the country's own; those that it does not make come after.
        let mut sectors: Vec<usize> = home.iter().map(|i| self.keys[*i].1).collect();
        for (_, sector) in &self.keys {
            if !sectors.contains(sector) {
                sectors.push(*sector);
            }
        }
        let mut place = vec![0; self.sectors.len()];
        for (at, sector) in sectors.iter().enumerate() {
            place[*sector] = at;
        }
        let n = sectors.len();
        let own = |values: &DVector<f64>| {
            let mut own = DVector::zeros(n);
            for (at, i) in home.iter().enumerate() {
                own[at] = values[*i];
            }
            own
        };
        let (mut domestic, mut imported) = (DMatrix::zeros(n, n), DMatrix::zeros(n, n));
        let mut exports = DVector::zeros(n);
        for (j, (buyer, _)) in self.keys.iter().enumerate() {
            let column = self.flows.column(j);
            if *buyer != region {
                for (at, i) in home.iter().enumerate() {
                    exports[at] += column[*i];
                }
                continue;
            }
            let to = place[self.keys[j].1];
            for (value, (seller, product)) in column.iter().zip(&self.keys) {
                match *seller == region {
                    true => domestic[(place[*product], to)] += value,
                    false => imported[(place[*product], to)] += value,
                }
            }
        }
        let mut final_demand = Vec::new();
        let mut ids = Vec::new();
        for (at, demand) in self.demand.iter().enumerate() {
            if demand.region != region {
                exports += own(&demand.values);
                continue;
            }
            let (mut here, mut abroad) = (DVector::zeros(n), DVector::zeros(n));
            for (value, (seller, product)) in demand.values.iter().zip(&self.keys) {
                match *seller == region {
                    true => here[place[*product]] += value,
                    false => abroad[place[*product]] += value,
                }
            }
            ids.push((at, demand.id.clone()));
            final_demand.push(Category {
                id: demand.id.clone(),
                title: demand.title.clone(),
                role: demand.role,
                demand: Origins {
                    total: None,
                    domestic: Some(here),
                    imported: Some(abroad),
                },
            });
        }
        // A country may have a column of exports to where the table does not reach.
        let beyond = final_demand
            .iter()
            .position(|c: &Category| c.role == FinalDemandRole::Exports);
        match beyond.map(|at| &mut final_demand[at].demand.domestic) {
            Some(Some(domestic)) => *domestic += exports,
            _ => final_demand.push(Category {
                id: "exports".to_owned(),
                title: said!("Exports", "수출"),
                role: FinalDemandRole::Exports,
                demand: Origins {
                    total: None,
                    domestic: Some(exports),
                    imported: Some(DVector::zeros(n)),
                },
            }),
        }
        let (code, name) = &self.regions[region];
        let mut draft = Draft {
            title: Some(match self.home {
                Some(_) => self.title.clone(),
                None => Text::new(
                    format!("{}: {}", name.en, self.title.en),
                    format!("{}: {}", name.ko, self.title.ko),
                ),
            }),
            country: Some(name.clone()),
            sectors: sectors.iter().map(|s| self.sectors[*s].clone()).collect(),
            flows: Origins {
                total: None,
                domestic: Some(domestic),
                imported: Some(imported),
            },
            final_demand,
            other_inputs: self.untold(own, &ids),
            primary_inputs: self.parts(own),
            value_added: self.value_added.as_ref().map(own),
            output: self.output.as_ref().map(own),
            accounts: self.counted(own),
            ..self.draft()
        };
        draft.words = self.words.clone();
        draft
            .words
            .retain(|(_, code)| draft.sectors.iter().any(|(known, _)| known == code));
        if self.home.is_some() {
            return draft;
        }
        draft.said.push(said!(
            "{code} is taken out of a table of {all} countries: what others buy of it are its exports",
            "{all}개국 표에서 {code}을(를) 분리함. 다른 나라의 구매는 수출로 처리함",
            all = self.regions.len()
        ));
        draft
    }
}
