//! A table of several regions that is held already, as a world: one country is taken out of it as out of a database's files.

use super::{Demand, Untold, World};
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::table::Table;
use nalgebra::DVector;

/// A text without what stands before it in a world's table: "Computers" of "Korea: Computers".
fn without(title: &Text, region: &Text) -> Text {
    let bare = |title: &str, region: &str| {
        let bare = title
            .strip_prefix(region)
            .and_then(|rest| rest.strip_prefix(": "));
        bare.unwrap_or(title).to_owned()
    };
    Text::new(bare(&title.en, &region.en), bare(&title.ko, &region.ko))
}

impl World {
    /// The world that a table is of.
    ///
    /// # Errors
    /// A table of one economy, or one that imports from beyond its regions.
    pub(super) fn of_table(table: &Table) -> Result<World> {
        let (meta, sectors, flows) = (table.meta(), table.sectors(), table.flows());
        let id = &meta.id;
        if sectors.region(0).is_none() {
            return Err(Error::invalid(said!(
                "table {id} is of one economy: its sectors have no regions (column region of sectors.csv)",
                "산업연관표 {id}은(는) 한 경제의 표로, 부문에 지역이 없습니다(sectors.csv의 region 열)"
            )));
        }
        let beyond = flows.imported.sum() + flows.imported_final_demand.sum();
        if beyond != 0.0 {
            return Err(Error::invalid(said!(
                "table {id} imports from beyond its regions ({beyond} million in all): one of them cannot be taken out",
                "산업연관표 {id}에 지역 밖으로부터의 수입(합계 {beyond}백만)이 있어 한 지역을 분리할 수 없습니다"
            )));
        }
        let mut world = World {
            from: vec![id.clone()],
            title: meta.title.clone(),
            attribution: meta.attribution.clone(),
            year: Some(meta.year),
            currency: Some(meta.currency.clone()),
            unit: Some(meta.unit),
            prices: Some(meta.prices),
            output: Some(table.output().clone()),
            ..World::default()
        };
        let region = |at: usize| sectors.region(at).unwrap_or_default().to_owned();
        let labels = (0..sectors.len()).map(|at| (region(at), sectors.own_code(at).to_owned()));
        world.label(labels, id)?;
        for (code, name) in &mut world.regions {
            *name = meta.region_title(code);
        }
        for at in 0..sectors.len() {
            let (region, sector) = world.keys[at];
            let (code, name) = &mut world.sectors[sector];
            if name.en == *code {
                *name = without(&sectors.get(at).name, &world.regions[region].1);
            }
            for word in sectors.aliases(at) {
                world.words.push((word.to_owned(), code.clone()));
            }
        }
        world.flows = flows.domestic.dense().clone_owned();
        for (at, category) in meta.final_demand.iter().enumerate() {
            let code = category.region.as_deref().unwrap_or_default();
            let Some(region) = world.regions.iter().position(|(known, _)| known == code) else {
                let category = &category.id;
                return Err(Error::invalid(said!(
                    "table {id}: final demand '{category}' has no region (region under [[final_demand]] in table.toml)",
                    "산업연관표 {id}: 최종수요 '{category}'에 지역이 없습니다(table.toml의 [[final_demand]] region)"
                )));
            };
            let own = category
                .id
                .strip_prefix(code)
                .and_then(|own| own.strip_prefix('_'));
            world.demand.push(Demand {
                region,
                id: own.unwrap_or(&category.id).to_owned(),
                title: without(&category.title, &world.regions[region].1),
                role: category.role,
                values: flows.domestic_final_demand.column(at).into_owned(),
            });
        }
        for (part, values) in meta
            .primary_inputs
            .iter()
            .zip(flows.primary_inputs.row_iter())
        {
            let values: DVector<f64> = values.transpose();
            match world
                .primary_inputs
                .iter_mut()
                .find(|(role, _)| *role == part.role)
            {
                Some((_, sum)) => *sum += values,
                None => world.primary_inputs.push((part.role, values)),
            }
        }
        for (at, row) in meta.other_inputs.iter().enumerate() {
            world.others.push(Untold {
                role: row.role,
                values: flows.other_inputs.row(at).transpose(),
                bought: flows.other_final_demand.row(at).iter().copied().collect(),
            });
        }
        let accounts = meta
            .accounts
            .iter()
            .cloned()
            .zip(flows.satellites.iter().cloned());
        world.accounts = accounts.collect();
        Ok(world)
    }
}
