//! Where spending is: a province, found once, or elsewhere at home.

use crate::error::{Error, Result};
use crate::table::embedded;
use serde::{Deserialize, Serialize};

/// What a line says that is made at home, but outside its province.
pub const ELSEWHERE: [&str; 2] = ["elsewhere", "타지역"];

/// Where a phase or a line is. Two spellings of a province are one place; files hold the one written.
///
/// ```
/// use leontief::scenario::Place;
///
/// let [short, long] = ["전남", "South Jeolla"].map(Place::find);
/// assert_eq!(short?.region(), long?.region());
/// assert!(Place::find("elsewhere")?.is_elsewhere());
/// assert!(Place::find("Atlantis").is_err());
/// # Ok::<(), leontief::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(
    feature = "report",
    derive(schemars::JsonSchema),
    schemars(with = "String")
)]
pub struct Place {
    written: String,
    /// The position in the built-in regions; `None` elsewhere.
    region: Option<usize>,
}

impl Place {
    /// A province by its code, its name in either language or an alias; "elsewhere" and "타지역" are the
    /// rest of the country.
    ///
    /// # Errors
    /// A name that no region has, with the names there are.
    pub fn find(written: &str) -> Result<Self> {
        if ELSEWHERE.contains(&written) {
            return Ok(Place {
                written: ELSEWHERE[0].to_owned(),
                region: None,
            });
        }
        let region = embedded::regions()?.position(written)?;
        Ok(Place {
            written: written.to_owned(),
            region: Some(region),
        })
    }

    /// As it is written.
    pub fn name(&self) -> &str {
        &self.written
    }

    /// The position of the province in the built-in regions; `None` elsewhere.
    pub fn region(&self) -> Option<usize> {
        self.region
    }

    /// Whether it is the rest of the country.
    pub fn is_elsewhere(&self) -> bool {
        self.region.is_none()
    }
}

impl TryFrom<String> for Place {
    type Error = Error;

    fn try_from(written: String) -> Result<Self> {
        Place::find(&written)
    }
}

impl From<Place> for String {
    fn from(place: Place) -> Self {
        place.written
    }
}
