//! What a table needs, as rows.

use super::{Data, Nothing, Row, Sink};
use crate::error::Result;
use crate::table::plan::{Item, Need, Plan, State};
use serde::Serialize;

/// What a table needs, what is there of it, and what to put.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct Needed<'a> {
    /// Whether nothing is missing or wrong.
    pub ready: bool,
    /// What was looked at, as it was named.
    pub path: &'a str,
    /// The needs.
    pub items: Vec<NeededItem<'a>>,
    /// What is derived, assumed or left out.
    pub said: &'a [crate::lang::Text],
}

/// A need with its reason and remedy.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct NeededItem<'a> {
    /// The need.
    #[serde(flatten)]
    pub item: &'a Item,
    /// What it is needed for.
    pub why: crate::lang::Text,
    /// What to put where it is missing.
    pub put: Option<crate::lang::Text>,
}

impl<'a> Needed<'a> {
    /// What a plan says.
    pub fn of(plan: &'a Plan) -> Self {
        let items = plan.items.iter().map(|item| NeededItem {
            item,
            why: item.need.why(),
            put: (item.state == State::Missing).then(|| item.need.put(plan.native)),
        });
        Needed {
            ready: plan.is_ready(),
            path: &plan.path,
            items: items.collect(),
            said: &plan.said,
        }
    }
}

impl Data for Needed<'_> {
    type Ready = Nothing;

    fn kind(&self) -> &'static str {
        "plan"
    }

    /// A need a row: 1 where it is met, 0 where it is missing or wrong.
    fn rows(&self, sink: &mut Sink) -> Result<()> {
        for needed in &self.items {
            let lacks = matches!(needed.item.state, State::Missing | State::Wrong);
            // Several files, and several keys, are each one.
            let item = match needed.item.need {
                Need::File | Need::Key => &needed.item.place,
                need => need.id(),
            };
            sink(&Row {
                table: self.path,
                item,
                measure: "met",
                value: f64::from(u8::from(!lacks)),
                unit: "count",
                ..Row::default()
            })?;
        }
        Ok(())
    }
}
