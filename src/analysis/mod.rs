//! Questions about the table itself, one file each: pure functions of a table or a model.

pub mod price;
