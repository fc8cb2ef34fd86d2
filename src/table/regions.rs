//! Multipliers of regions: what stays in a province and what goes to the rest of the country.

use super::{Classification, Meta};
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use nalgebra::DVector;

/// A region and its multipliers by demand sector.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Region {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Text,
    /// Other spellings: "전라남도", "South Jeolla".
    pub aliases: Vec<String>,
    /// Output per unit of final demand for the region's product.
    pub production: InOut,
    /// Value added per unit of final demand for the region's product.
    pub value_added: InOut,
    /// Persons per billion of final demand for the region's product.
    pub jobs: InOut,
}

impl Region {
    /// Whether the sector exists in the region at all.
    pub fn has(&self, sector: usize) -> bool {
        let own = &self.production;
        !(own.inside[sector] == 1.0
            && own.outside[sector] == 0.0
            && self.value_added.inside[sector] == 0.0)
    }
}

/// A multiplier in the region and in the rest of the country, n each, by demand sector.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct InOut {
    /// In the region.
    pub inside: DVector<f64>,
    /// In the rest of the country.
    pub outside: DVector<f64>,
}

impl InOut {
    /// The share that stays in the region, by demand sector; `None` where there is no effect at all.
    ///
    /// ```
    /// let regions = leontief::table::embedded::regions()?;
    /// let seoul = regions.find("Seoul")?;
    /// let services = regions.sectors().find("65")?;
    /// let share = seoul.production.share_inside(services).expect("there is some");
    /// assert!(share > 0.5 && share < 1.0);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn share_inside(&self, sector: usize) -> Option<f64> {
        let all = self.inside[sector] + self.outside[sector];
        (all > 0.0).then(|| self.inside[sector] / all)
    }
}

/// The regions of a country, all over one classification.
#[derive(Debug, Clone)]
pub struct Regions {
    pub(crate) meta: Meta,
    pub(crate) sectors: Classification,
    pub(crate) regions: Vec<Region>,
}

impl Regions {
    /// What the figures say of themselves: their year, their source.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// The sectors of the multipliers.
    pub fn sectors(&self) -> &Classification {
        &self.sectors
    }

    /// The regions in the order of the source.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Region> {
        self.regions.iter()
    }

    /// A region by its position.
    pub fn get(&self, at: usize) -> Option<&Region> {
        self.regions.get(at)
    }

    /// Finds a region by its code, its name in either language or an alias.
    ///
    /// ```
    /// let regions = leontief::table::embedded::regions()?;
    /// assert_eq!(regions.find("전남")?.name.ko, "전라남도");
    /// assert!(regions.find("평양").is_err());
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A name that no region has, with the names there are.
    pub fn find(&self, query: &str) -> Result<&Region> {
        self.position(query).map(|at| &self.regions[at])
    }

    /// The position of a region, as [`Regions::find`] finds it.
    ///
    /// # Errors
    /// As [`Regions::find`].
    pub fn position(&self, query: &str) -> Result<usize> {
        let wanted = super::words::fold(query);
        self.regions
            .iter()
            .position(|r| {
                r.code == query.trim()
                    || [&r.name.en, &r.name.ko]
                        .into_iter()
                        .chain(&r.aliases)
                        .any(|name| super::words::fold(name) == wanted)
            })
            .ok_or_else(|| {
                let names = |name: fn(&Text) -> String| {
                    let names: Vec<String> = self.regions.iter().map(|r| name(&r.name)).collect();
                    names.join(", ")
                };
                let en = names(|name| format!("{} ({})", name.en, name.ko));
                let ko = names(|name| format!("{} ({})", name.ko, name.en));
                Error::invalid(said!(
                    "unknown region '{query}'; there are {en}",
                    "'{query}' 지역을 찾을 수 없습니다. 지역: {ko}"
                ))
            })
    }
}
