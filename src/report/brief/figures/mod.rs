//! The pictures of a report: results turned into charts, each with the table of its figures.
//!
//! One file a picture.

mod beside;
mod certainty;
mod heatmap;
mod map;
mod sankey;
mod sectors;
mod sobol;
mod tiers;
mod waterfall;
mod years;

use crate::impact::Effects;
use crate::lang::Lang;
use crate::report::brief::Brief;
use crate::report::chart::{Chart, Frame, Width};
use crate::report::{Column, Scale, Table};
use crate::scenario::PhaseKind;

/// A chart with what belongs to it.
pub struct Figure {
    /// A stable name: "waterfall", with "_one_off" or "_recurring" where there is one of each.
    pub id: String,
    /// The chapter it belongs to: "money", "jobs", "supply", "time", "certainty", "place", "compare".
    pub chapter: &'static str,
    /// The title.
    pub title: String,
    /// What it shows and how to read it.
    pub description: String,
    /// The units.
    pub unit: String,
    /// Table, year and source.
    pub source: String,
    /// The figures behind it.
    pub table: Table,
    lang: Lang,
    chart: Box<dyn Chart>,
}

impl Figure {
    /// The chart as an SVG element; standalone with title, unit and source in it.
    pub fn svg(&self, width: Width, standalone: bool) -> String {
        let suffix = match width {
            Width::Wide => "wide",
            Width::Narrow => "narrow",
        };
        self.chart.draw(&Frame {
            id: format!("{}-{suffix}", self.id.replace('_', "-")),
            lang: self.lang,
            title: self.title.clone(),
            description: format!("{} ({})", self.description, self.unit),
            unit: self.unit.clone(),
            source: self.source.clone(),
            width,
            standalone,
        })
    }
}

/// All pictures that a result has, in the order of reading.
pub fn figures(brief: &Brief, lang: Lang) -> Vec<Figure> {
    let brief = &brief.settled(lang);
    let maker = Maker {
        brief,
        lang,
        scale: brief.estimate.impact.scale(lang),
        both: brief.estimate.impact.effects.present().count() > 1,
    };
    let mut all = Vec::new();
    let of_kinds = |make: &dyn Fn(PhaseKind, &Effects) -> Option<Figure>| -> Vec<Figure> {
        brief
            .estimate
            .impact
            .effects
            .present()
            .filter_map(|(kind, effects)| make(kind, effects))
            .collect()
    };
    all.extend(of_kinds(&|kind, e| Some(maker.waterfall(kind, e))));
    all.extend(of_kinds(&|kind, e| maker.jobs(kind, e)));
    all.extend(of_kinds(&|kind, e| Some(maker.sectors(kind, e))));
    all.extend(maker.heatmap());
    all.extend(of_kinds(&|kind, _| maker.tiers(kind)));
    all.extend(of_kinds(&|kind, _| maker.sankey(kind)));
    all.extend(maker.years_output());
    all.extend(maker.years_jobs());
    all.extend(maker.fan());
    all.extend(of_kinds(&|kind, _| maker.tornado(kind)));
    all.extend(of_kinds(&|kind, _| maker.sobol(kind)));
    all.extend(maker.map());
    all.extend(maker.beside());
    all
}

struct Maker<'a> {
    brief: &'a Brief,
    lang: Lang,
    scale: Scale<'a>,
    both: bool,
}

impl Maker<'_> {
    fn source(&self) -> String {
        let r = &self.brief.estimate.impact.receipt;
        format!(
            "{} · {} · {}",
            r.attribution.get(self.lang),
            r.table_heading(self.lang),
            self.brief.estimate.impact.prices(self.lang)
        )
    }

    fn id(&self, id: &str, kind: PhaseKind) -> String {
        if self.both {
            format!("{id}_{}", kind.id())
        } else {
            id.to_owned()
        }
    }

    /// The title with the phases it is about.
    fn title(&self, title: &str, kind: PhaseKind) -> String {
        if !self.both {
            return title.to_owned();
        }
        let of = match kind {
            PhaseKind::OneOff => self.lang.pick("one-off phases, in all", "일회성 단계 합계"),
            PhaseKind::Recurring => self
                .lang
                .pick("a full year of operation", "연간(반복 단계)"),
        };
        match self.lang {
            Lang::En => format!("{title}: {of}"),
            Lang::Ko => format!("{title}: {of}"),
        }
    }

    fn money_column(&self, id: &str, title: &str) -> Column {
        self.scale.column(id, title)
    }

    fn stage_names(&self) -> [&'static str; 3] {
        self.lang.pick(
            ["Direct", "Indirect (suppliers)", "Induced (households)"],
            ["직접", "간접(공급망)", "소득유발(가계소비)"],
        )
    }

    fn name(&self, sector: usize) -> String {
        self.brief.estimate.impact.sectors[sector]
            .name
            .get(self.lang)
            .to_owned()
    }
}
