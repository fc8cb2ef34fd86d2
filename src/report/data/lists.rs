//! What there is to choose from, as data: tables, sectors, provinces, presets.

use super::{Data, Nothing, Row, Sink};
use crate::error::Result;
use crate::lang::Text;
use crate::table::Meta;
use serde::Serialize;

/// The sectors of a table.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct Sectors<'a> {
    /// The table's id.
    pub table: &'a str,
    /// Its sectors, or those that were searched for.
    pub sectors: Vec<ListedSector<'a>>,
}

/// A sector and the words that lead to it.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct ListedSector<'a> {
    /// Its position in the table, from 0.
    pub position: usize,
    /// Its code.
    pub code: &'a str,
    /// Its name.
    pub name: &'a Text,
    /// The wider sector that holds it.
    pub group: Option<&'a str>,
    /// Everyday words that lead to it.
    pub words: Vec<&'a str>,
}

/// The provinces.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct Regions<'a> {
    /// The id of the table of regional multipliers.
    pub table: &'a str,
    /// The provinces.
    pub regions: Vec<ListedRegion<'a>>,
}

/// A province.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct ListedRegion<'a> {
    /// Its code.
    pub code: &'a str,
    /// Its name.
    pub name: &'a Text,
    /// Other names that lead to it.
    pub aliases: &'a [String],
    /// How many sectors exist there.
    pub sectors: usize,
}

/// The presets.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct Presets {
    /// One by one.
    pub presets: Vec<ListedPreset>,
}

/// A preset.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct ListedPreset {
    /// The name it is asked for by.
    pub id: &'static str,
    /// Its title.
    pub name: Text,
    /// A sentence or two.
    pub description: Text,
}

/// Tables and what is known of them, each with the number of its sectors.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct Tables<'a> {
    /// One by one.
    pub tables: Vec<ListedTable<'a>>,
}

/// A table.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct ListedTable<'a> {
    /// How many sectors it has.
    pub sectors: usize,
    /// What is known of it.
    #[serde(flatten)]
    pub meta: &'a Meta,
}

impl Data for Sectors<'_> {
    type Ready = Nothing;

    fn kind(&self) -> &'static str {
        "sectors"
    }

    /// The position of each sector, with its group in `item`; then each word that leads to it.
    fn rows(&self, sink: &mut Sink) -> Result<()> {
        for sector in &self.sectors {
            let row = Row {
                table: self.table,
                sector: Some((sector.code, sector.name)),
                value: sector.position as f64,
                unit: "position",
                ..Row::default()
            };
            sink(&Row {
                item: sector.group.unwrap_or(""),
                measure: "sector",
                ..row
            })?;
            for word in &sector.words {
                sink(&Row {
                    item: word,
                    measure: "word",
                    ..row
                })?;
            }
        }
        Ok(())
    }
}

impl Data for Regions<'_> {
    type Ready = Nothing;

    fn kind(&self) -> &'static str {
        "provinces"
    }

    /// How many sectors each province has; code and both names are the province's.
    fn rows(&self, sink: &mut Sink) -> Result<()> {
        for region in &self.regions {
            sink(&Row {
                table: self.table,
                region: &region.name.en,
                sector: Some((region.code, region.name)),
                measure: "sectors",
                value: region.sectors as f64,
                unit: "count",
                ..Row::default()
            })?;
        }
        Ok(())
    }
}

impl Data for Presets {
    type Ready = Nothing;

    fn kind(&self) -> &'static str {
        "presets"
    }

    fn rows(&self, sink: &mut Sink) -> Result<()> {
        for (at, preset) in self.presets.iter().enumerate() {
            sink(&Row {
                scenario: &preset.name.en,
                item: preset.id,
                measure: "preset",
                value: at as f64,
                unit: "position",
                ..Row::default()
            })?;
        }
        Ok(())
    }
}

impl Data for Tables<'_> {
    type Ready = Nothing;

    fn kind(&self) -> &'static str {
        "tables"
    }

    /// The number of sectors of each, and how many whole units of its currency its unit of money is.
    fn rows(&self, sink: &mut Sink) -> Result<()> {
        for ListedTable { sectors, meta } in &self.tables {
            let row = Row {
                table: &meta.id,
                year: Some(meta.year),
                ..Row::default()
            };
            sink(&Row {
                measure: "sectors",
                value: *sectors as f64,
                unit: "count",
                ..row
            })?;
            sink(&Row {
                measure: "unit_of_money",
                value: meta.unit,
                unit: &meta.currency,
                ..row
            })?;
        }
        Ok(())
    }
}
