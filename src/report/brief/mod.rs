//! A report to hand over: the question, the answer in figures and sentences, pictures, method.
//!
//! A [`Brief`] gathers the results that the report shows, once; the page, the workbook, the text and
//! single pictures are all made from it, so that they cannot differ.

mod figures;
mod headline;
mod live;
mod method;

pub use crate::report::views::Quote;
pub use figures::{Figure, figures};
pub use headline::{Headline, HeadlineFigure};
pub use live::{Live, LiveHouseholds, LiveLine, LivePhase, LiveRecipe, LiveSector};
pub use method::{Item, Part, method};

use crate::error::Result;
use crate::impact::Impact;
use crate::impact::regional::{self, Comparison, Method};
use crate::impact::tiers::Suppliers;
use crate::impact::web::SupplyWeb;
use crate::lang::Lang;
use crate::model::Model;
use crate::report::views::{By, View};
use crate::report::{Block, Document};
use crate::scenario::{PhaseKind, Plan};
use crate::table::{AnyTable, embedded};
use crate::uncertainty::Estimate;
use serde::{Deserialize, Serialize};

/// All that a report shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct Brief {
    /// What follows, and how sure it is.
    #[serde(rename = "impact")]
    pub estimate: Estimate,
    /// Output by supplier tier.
    pub suppliers: Suppliers,
    /// Who buys from whom, of each kind of phase.
    pub webs: Vec<(PhaseKind, SupplyWeb)>,
    /// The scenario placed in each province, where one is given.
    pub provinces: Option<Comparison>,
    /// Other scenarios that it is set beside.
    pub beside: Vec<Impact>,
    /// The figures that the page computes with when the reader moves them.
    pub live: Live,
    /// The scenario as written: names and texts of its files.
    pub sources: Vec<(String, String)>,
    /// The command that gives this result again.
    pub command: String,
}

/// Sectors that stand alone in the supply web: of the demand, its suppliers, and theirs.
const WEB: [usize; 3] = [5, 7, 7];

impl Brief {
    /// Gathers a report on an impact. `plan` is what it was computed from, where it is a scenario's.
    ///
    /// # Errors
    /// The built-in regional tables do not read.
    pub fn new(
        table: &AnyTable,
        model: &Model,
        estimate: impl Into<Estimate>,
        plan: Option<&Plan>,
    ) -> Result<Self> {
        let estimate = estimate.into();
        let impact = &estimate.impact;
        let suppliers = Suppliers::of(model, impact);
        let webs = impact
            .effects
            .present()
            .map(|(kind, effects)| (kind, SupplyWeb::of(model, effects.demand(), &WEB)))
            .collect();
        let placed = impact.regional.is_some();
        let provinces = match plan.filter(|_| placed) {
            Some(plan) => {
                let regions = embedded::regions()?;
                let fits = regions.meta().classification == table.meta().classification;
                fits.then(|| regional::compare(table, model, plan, Method::Shares))
                    .transpose()?
            }
            None => None,
        };
        let live = Live::of(model, impact);
        Ok(Brief {
            estimate,
            suppliers,
            webs,
            provinces,
            beside: Vec::new(),
            live,
            sources: Vec::new(),
            command: String::new(),
        })
    }

    /// The same report with its figures settled, so that charts show what tables do.
    fn settled(&self, lang: Lang) -> Brief {
        let scale = self.estimate.impact.scale(lang);
        let estimate = self.estimate.settled(scale);
        Brief {
            suppliers: self.suppliers.settled(&estimate.impact, scale),
            estimate,
            ..self.clone()
        }
    }

    /// Every table of the result: what each of its views shows, once.
    pub(crate) fn tables(&self, lang: Lang) -> Document {
        let view = |by, top| View {
            lang,
            by,
            top,
            details: by == By::Sector,
        };
        let mut doc = self.estimate.document(&view(By::Sector, Some(usize::MAX)));
        let notes = |id: &str| matches!(id, "warnings" | "assumptions" | "source");
        for by in [By::Phase, By::Year, By::Leakage] {
            if by == By::Year && self.estimate.impact.years.is_empty() {
                continue;
            }
            for section in self.estimate.document(&view(by, None)).sections {
                if doc.sections.iter().all(|s| s.id != section.id) {
                    let ends = doc.sections.iter().position(|s| notes(&s.id));
                    let at = ends.unwrap_or(doc.sections.len());
                    doc.sections.insert(at, section);
                }
            }
        }
        doc
    }

    /// The report as a document, for formats without pictures: each picture is there as the table
    /// of its figures.
    pub fn document(&self, lang: Lang) -> Document {
        let result = self.tables(lang);
        let mut doc = Document::new(result.title.clone(), result.subtitle.clone());
        let mut summary = Vec::new();
        if let Some(description) = &self.estimate.impact.description {
            summary.push(Block::Text(description.get(lang).to_owned()));
        }
        let headline = self.headline_table(lang);
        // A scenario that spends nothing only changes what producers buy.
        if !headline.rows.is_empty() {
            summary.push(Block::Table(headline));
        }
        for quote in self.quotes(lang) {
            summary.push(Block::Text(quote.sentence));
            summary.push(Block::Notes(quote.assumptions));
        }
        let title = lang.pick("Summary", "요약");
        doc.section("summary", title, summary);
        for figure in figures(self, lang) {
            let mut blocks = vec![Block::Text(figure.description.clone())];
            blocks.push(Block::Table(figure.table.clone()));
            blocks.push(Block::Text(figure.source.clone()));
            doc.section(&figure.id, &figure.title, blocks);
        }
        // What they say is in the summary and among the versions.
        let said = |id: &str| matches!(id, "about" | "source");
        let others = result.sections.into_iter().filter(|s| !said(&s.id));
        doc.sections.extend(others);
        for part in method(self, lang) {
            let blocks = part
                .items
                .into_iter()
                .map(|item| match item {
                    Item::Text(text) => Block::Text(text),
                    Item::Formula(formula) => Block::Text(formula),
                    Item::List(list) => Block::Notes(list),
                })
                .collect();
            doc.section(&part.id, &part.title, blocks);
        }
        doc
    }
}
