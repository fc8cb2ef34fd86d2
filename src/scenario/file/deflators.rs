//! `[deflators]`: how amounts of another year are brought to the prices of the table's.

use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// `deflators = "table"`, or `[deflators]` with `use = "table"` and series of the scenario's own.
///
/// A series holds price indices by year, of "all" sectors or of one: `all = { 2023 = 100, 2026 = 106 }`.
/// That of a line's sector comes first, then "all", then the table's own indices where they are asked
/// for, then no price change, which is warned about.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct DeflatorsFile {
    /// Whether the table's own indices are used; default none.
    pub origin: Option<DeflatorOrigin>,
    /// Series of the scenario's own, by "all" or a sector.
    pub series: BTreeMap<String, BTreeMap<String, f64>>,
}

/// Where price indices come from that the scenario does not give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub enum DeflatorOrigin {
    /// The table's own: [`crate::table::Deflators`].
    Table,
    /// Nowhere, whatever a scenario that is extended says.
    None,
}

/// The key of `[deflators]` that is not a series.
const USE: &str = "use";

impl<'de> Deserialize<'de> for DeflatorsFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = DeflatorsFile;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "\"table\", or a table of series: all = { 2023 = 100, 2026 = 106 }\u{1f}\"table\"이나 \
                     지수 계열(all = { 2023 = 100, 2026 = 106 })을 쓰십시오",
                )
            }
            fn visit_str<E: serde::de::Error>(
                self,
                word: &str,
            ) -> std::result::Result<DeflatorsFile, E> {
                let word = serde::de::value::StrDeserializer::<E>::new(word);
                Ok(DeflatorsFile {
                    origin: Some(DeflatorOrigin::deserialize(word)?),
                    series: BTreeMap::new(),
                })
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(
                self,
                mut map: A,
            ) -> std::result::Result<DeflatorsFile, A::Error> {
                let mut file = DeflatorsFile::default();
                while let Some(key) = map.next_key::<String>()? {
                    if key == USE {
                        file.origin = Some(map.next_value()?);
                    } else {
                        file.series.insert(key, map.next_value()?);
                    }
                }
                Ok(file)
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}
