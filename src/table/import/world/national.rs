//! Tables of one country with what is imported apart: as those of a world of two, the country and where its imports come
//! from, which makes nothing with inputs of its own. One way then leads to its table.

use super::World;
use super::flat::Flat;
use crate::error::Result;

/// The region that products come from which are imported.
pub(super) const ABROAD: &str = "imports";

/// The table of a country: rows of its products are of the region `home`, those of imported ones of [`ABROAD`].
///
/// # Errors
/// As [`World::of_block`].
pub(super) fn world(mut flat: Flat, home: &str, about: World, place: &str) -> Result<World> {
    flat.square(home, ABROAD);
    let mut world = World::of_block(&flat.block(place)?, about, place)?;
    world.home = world.regions.iter().position(|(code, _)| code == home);
    Ok(world)
}
