//! The figures of notes: how each kind of figure stands in a file.

use super::{PricePart, SectorName, ShareBasis, ShareOrigin, SplitBy, SplitError};
use crate::lang::Text;
use crate::scenario::sharing::Sharing;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Figures by name.
pub(super) type Figures = BTreeMap<String, NoteFigure>;

/// A figure of a note.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum NoteFigure {
    /// A number: a share, a year, an amount in millions.
    Number(f64),
    /// A code or a name.
    Text(String),
}

/// What puts itself among the figures of a note.
pub(super) trait Told {
    fn tell(&self, name: &str, figures: &mut Figures);
}

/// Figures that are one number or one text.
macro_rules! one_figure {
    ($($type:ty: |$value:ident| $figure:expr;)*) => {$(
        impl Told for $type {
            fn tell(&self, name: &str, figures: &mut Figures) {
                let $value = self;
                figures.insert(name.to_owned(), $figure);
            }
        }
    )*};
}

one_figure! {
    crate::table::FinalDemandRole: |v| NoteFigure::Text(v.id().to_owned());
    crate::model::IncomeKind: |v| NoteFigure::Text(v.id().to_owned());
    f64: |value| NoteFigure::Number(*value);
    i32: |value| NoteFigure::Number((*value).into());
    usize: |count| NoteFigure::Number(*count as f64);
    u64: |seed| NoteFigure::Number(*seed as f64);
    String: |text| NoteFigure::Text(text.clone());
    // A name: its English form, whatever the language of the output.
    Text: |name| NoteFigure::Text(name.en.clone());
    SectorName: |sector| NoteFigure::Text(sector.code.clone());
    SplitBy: |by| NoteFigure::Text(by.id().to_owned());
    Sharing: |sharing| NoteFigure::Text(sharing.id().to_owned());
    ShareOrigin: |origin| NoteFigure::Text(origin.id().to_owned());
    // Ids stand in a row, lines are counted.
    Vec<SectorName>: |sectors| row(sectors.iter().map(|sector| sector.code.clone()));
    Vec<String>: |ids| NoteFigure::Text(ids.join(", "));
    Vec<Text>: |lines| NoteFigure::Number(lines.len() as f64);
    Vec<PricePart>: |parts| row(parts.iter().map(|part| part.id().to_owned()));
    Vec<(PricePart, String)>: |parts| row(parts.iter().map(|(part, rate)| format!("{} {rate}", part.id())));
}

/// Ids in a row.
fn row(ids: impl Iterator<Item = String>) -> NoteFigure {
    NoteFigure::Text(ids.collect::<Vec<_>>().join(", "))
}

impl<T: Told> Told for Option<T> {
    fn tell(&self, name: &str, figures: &mut Figures) {
        if let Some(value) = self {
            value.tell(name, figures);
        }
    }
}

/// Each sector is a figure of its own, with its share.
impl Told for Vec<(SectorName, f64)> {
    fn tell(&self, _: &str, figures: &mut Figures) {
        for (sector, share) in self {
            share.tell(&format!("share_{}", sector.code), figures);
        }
    }
}

/// Each measure is a figure of its own.
impl Told for SplitError {
    fn tell(&self, _: &str, figures: &mut Figures) {
        let (output, value_added) = (self.output_multiplier, self.value_added_multiplier);
        self.share.tell("share", figures);
        output.mean.tell("output_multiplier", figures);
        output.worst.tell("output_multiplier_worst", figures);
        value_added.mean.tell("value_added_multiplier", figures);
        value_added
            .worst
            .tell("value_added_multiplier_worst", figures);
        self.measured_on.tell("measured_on", figures);
    }
}

/// Each basis is a figure of its own, with its count.
impl Told for Vec<(ShareBasis, usize)> {
    fn tell(&self, _: &str, figures: &mut Figures) {
        for (basis, count) in self {
            count.tell(basis.id(), figures);
        }
    }
}
