//! JSON Schema of what serde reads by hand.

use super::input::{Parameter, ParameterForm};
use super::places::Located;
use super::{DeflatorOrigin, DeflatorsFile, Portion, RecipeFile, RecipeRef};
use crate::scenario::formula::Formula;
use crate::scenario::schedule::{Months, Profile, YearMonth};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;
use std::collections::BTreeMap;

impl<T: JsonSchema> JsonSchema for Located<T> {
    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
    fn inline_schema() -> bool {
        T::inline_schema()
    }
}

impl JsonSchema for Formula {
    fn schema_name() -> Cow<'static, str> {
        "Formula".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "a number, an amount (\"1.5조\", \"$3bn\") or a formula of parameters",
            "type": ["number", "string"]
        })
    }
}

impl JsonSchema for Parameter {
    fn schema_name() -> Cow<'static, str> {
        "Input".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let formula = generator.subschema_for::<Formula>();
        let table = generator.subschema_for::<ParameterForm>();
        json_schema!({ "anyOf": [formula, table] })
    }
}

macro_rules! as_form {
    ($($type:ty => $form:ty, $name:literal);+ $(;)?) => {$(
        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }
            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                <$form>::json_schema(generator)
            }
        }
    )+};
}
as_form! {
    YearMonth => crate::scenario::schedule::YearMonthForm, "YearMonth";
    Months => crate::scenario::schedule::MonthsForm, "Duration";
    Profile => crate::scenario::schedule::ProfileForm, "Profile";
    Portion => super::mix::PortionForm, "Portion";
}

impl JsonSchema for DeflatorsFile {
    fn schema_name() -> Cow<'static, str> {
        "Deflators".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let origin = generator.subschema_for::<DeflatorOrigin>();
        let series = generator.subschema_for::<BTreeMap<String, f64>>();
        json_schema!({
            "description": "\"table\" for the table's own price indices; or series by year, of \"all\" \
                            sectors or of one, and use = \"table\"",
            "anyOf": [
                origin,
                {
                    "type": "object",
                    "properties": { "use": origin },
                    "additionalProperties": series
                }
            ]
        })
    }
}

impl schemars::JsonSchema for RecipeRef {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "RecipeRef".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let own = generator.subschema_for::<RecipeFile>();
        schemars::json_schema!({ "anyOf": [{ "type": "string" }, own] })
    }
}
