//! A result as JSON: the envelope, what stands ready, then the result's own fields.

use super::{Data, MoneyUnit, Nothing, SCHEMA_VERSION};
use crate::error::Result;
use serde::Serialize;
use std::io::Write;

/// A result as it stands in JSON.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct Enveloped<'a, T, R = Nothing> {
    /// The version of this document's fields.
    pub schema_version: u32,
    /// What kind of result it is.
    pub kind: &'static str,
    /// The one unit of all money in the document, where it holds money.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub money: Option<MoneyUnit>,
    #[serde(flatten)]
    ready: Option<R>,
    #[serde(flatten)]
    result: &'a T,
}

/// A result as indented JSON, ended with a newline.
///
/// # Errors
/// None that can be caused from outside.
pub fn render<D: Data>(data: &D) -> Result<String> {
    crate::report::format::json(&enveloped(data))
}

/// As [`render`], piece by piece.
///
/// # Errors
/// What the writer refuses.
pub fn write<D: Data>(data: &D, mut to: impl Write) -> std::io::Result<()> {
    serde_json::to_writer_pretty(&mut to, &enveloped(data))?;
    to.write_all(b"\n")
}

fn enveloped<D: Data>(data: &D) -> Enveloped<'_, D, D::Ready> {
    Enveloped {
        schema_version: SCHEMA_VERSION,
        kind: data.kind(),
        money: data.money(),
        ready: data.ready(),
        result: data,
    }
}

/// The JSON Schema of a result as [`render`] writes it; `kind` is its [`Data::kind`].
pub fn schema<D>(kind: &'static str) -> schemars::Schema
where
    D: Data + schemars::JsonSchema + 'static,
    D::Ready: schemars::JsonSchema + 'static,
{
    let settings = schemars::generate::SchemaSettings::default().for_serialize();
    let mut schema = settings
        .into_generator()
        .into_root_schema_for::<Enveloped<'static, D, D::Ready>>();
    if let Some(of_kind) = schema.pointer_mut("/properties/kind") {
        *of_kind = serde_json::json!({ "const": kind });
    }
    schema
}
