//! Results as one page that needs nothing else: style, script, pictures and data are in the file.

mod blocks;

use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::report::Document;
use crate::report::brief::{Brief, Figure, Headline, HeadlineFigure, Item, figures, method};
use crate::report::chart::svg::escape;
use crate::report::chart::{BLUE, ORANGE, SKY, Width};
use crate::report::document::{number, round_to_sum};
use crate::scenario::NoteKind;
use std::fmt::Write;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("live.js");

/// What the page may do: show what is in it, and reach nothing outside of it.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; \
                      img-src data: blob:; font-src data:; base-uri 'none'; form-action 'none'";

/// Colours of direct, indirect and induced.
const PARTS: [&str; 3] = [BLUE, SKY, ORANGE];

/// The report as a page in one language.
///
/// # Errors
/// [`Error::Invalid`] if the result cannot be written as JSON.
pub fn render(brief: &Brief, lang: Lang) -> Result<String> {
    let mut page = Page {
        brief,
        lang,
        html: String::new(),
    };
    page.write()?;
    Ok(page.html)
}

/// Any result as a page of its tables and notes.
///
/// ```
/// use leontief::{AnyTable, Lang, analysis::SectorStudy, report::html};
/// let table = AnyTable::open("kr-2023-33")?;
/// let study = SectorStudy::of(&table, table.sectors().find("전력")?)?;
/// let page = html::document(&study.document(Lang::Ko, 5), Lang::Ko);
/// assert_eq!(page.matches("<table>").count(), 18);
/// # Ok::<(), leontief::Error>(())
/// ```
pub fn document(document: &Document, lang: Lang) -> String {
    let mut html = String::new();
    head(&mut html, &document.title, lang);
    let _ = write!(
        html,
        "<header>\n<p class=\"eyebrow\">{}</p>\n<h1>{}</h1>\n</header>\n<main>\n",
        escape(&document.subtitle),
        escape(&document.title)
    );
    for section in &document.sections {
        html.push_str("<section class=\"chapter\">\n");
        if !section.title.is_empty() {
            let _ = writeln!(html, "<h2>{}</h2>", escape(&section.title));
        }
        blocks::blocks(&mut html, section);
        html.push_str("</section>\n");
    }
    html.push_str("</main>\n</body>\n</html>\n");
    html
}

/// All up to where the body begins.
fn head(html: &mut String, title: &str, lang: Lang) {
    let _ = write!(
        html,
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"generator\" content=\"leontief {}\">\n\
         <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n",
        lang.pick("en", "ko"),
        env!("CARGO_PKG_VERSION"),
        escape(title)
    );
}

struct Page<'a> {
    brief: &'a Brief,
    lang: Lang,
    html: String,
}

/// A chapter of the page: its anchor and its heading.
type Chapter = (&'static str, &'static str, &'static str);

const CHAPTERS: [Chapter; 7] = [
    ("money", "Where the money goes", "자금의 흐름"),
    ("jobs", "Who gains", "산업별 효과"),
    ("supply", "The supply chain", "공급망"),
    ("time", "Year by year", "연도별 효과"),
    ("certainty", "How sure the figures are", "불확실성"),
    ("place", "Where it stays", "지역별 귀착"),
    ("compare", "Beside other scenarios", "시나리오 비교"),
];

impl Page<'_> {
    fn pick(&self, en: &'static str, ko: &'static str) -> &'static str {
        self.lang.pick(en, ko)
    }

    fn put(&mut self, html: &str) {
        self.html.push_str(html);
    }

    fn write(&mut self) -> Result<()> {
        let lang = self.lang;
        let title = self.brief.question(lang);
        let description = self.brief.estimate.impact.description.as_ref();
        let about = description.map_or("", |d| d.get(lang)).to_owned();
        let figures = figures(self.brief, lang);
        head(&mut self.html, &title, lang);
        let skip = self.pick("Skip to the results", "결과로 건너뛰기");
        let _ = writeln!(self.html, "<a class=\"skip\" href=\"#headline\">{skip}</a>");
        self.header(&title, &about);
        self.put("<main>\n");
        self.headlines();
        self.quotes();
        self.contents(&figures);
        for (id, en, ko) in CHAPTERS {
            let of: Vec<&Figure> = figures.iter().filter(|f| f.chapter == id).collect();
            if of.is_empty() {
                continue;
            }
            let _ = writeln!(
                self.html,
                "<section id=\"{id}\" class=\"chapter\">\n<h2>{}</h2>",
                lang.pick(en, ko)
            );
            for figure in of {
                self.figure(figure);
            }
            self.put("</section>\n");
        }
        self.live();
        self.tables();
        self.appendix();
        self.put("</main>\n");
        let _ = writeln!(
            self.html,
            "<footer><p>{}</p></footer>",
            escape(&self.brief.estimate.impact.source_line(lang))
        );
        self.data()?;
        self.put("</body>\n</html>\n");
        Ok(())
    }

    fn header(&mut self, title: &str, about: &str) {
        let lang = self.lang;
        let r = &self.brief.estimate.impact.receipt;
        let eyebrow = format!(
            "{} · {}",
            lang.pick("Input-output impact analysis", "산업연관분석 보고서"),
            r.table_heading(lang)
        );
        let _ = write!(
            self.html,
            "<header>\n<p class=\"eyebrow\">{}</p>\n<h1>{}</h1>\n",
            escape(&eyebrow),
            escape(title)
        );
        if !about.is_empty() {
            let _ = writeln!(self.html, "<p class=\"lead\">{}</p>", escape(about));
        }
        self.put("</header>\n");
    }

    fn headlines(&mut self) {
        let lang = self.lang;
        let scale = self.brief.estimate.impact.scale(lang);
        let headlines = self.brief.headlines(lang);
        let title = self.pick("Headline", "핵심 결과");
        let _ = writeln!(
            self.html,
            "<section id=\"headline\">\n<h2 class=\"quiet\">{title}</h2>"
        );
        for headline in &headlines {
            let spent = self.pick("Spending", "지출");
            let _ = writeln!(
                self.html,
                "<h3>{}</h3>\n<p class=\"spent\">{spent}: <b>{}</b></p>\n<div class=\"cards\">",
                escape(&headline.title),
                scale.in_words(headline.spending)
            );
            for figure in &headline.figures {
                self.card(headline, figure);
            }
            self.put("</div>\n");
        }
        if headlines.is_empty() {
            let none = self.pick("Nothing is spent.", "지출이 없음.");
            let _ = writeln!(self.html, "<p>{none}</p>");
        }
        let note = if self.brief.estimate.impact.receipt.household_share.is_some() {
            self.pick(
                "The large figures are direct and indirect effects (Type I): the demand itself, suppliers and theirs. \
                 What households add by spending the income (Type II) stands beside them and is not in them. One-off work is counted in job-years, lasting jobs in jobs; they are \
                 not added.",
                "큰 수치는 직접+간접효과(1형: 수요 자체와 공급망). 소득을 얻은 가계의 소비가 추가로 유발하는 부분(2형)은 \
                 따로 표시하며 포함하지 않음. 일회성 단계의 \
                 취업은 인년, 상시 일자리는 명으로 세며 합산하지 않음.",
            )
        } else {
            self.pick(
                "Direct: the demand itself. Indirect: suppliers and theirs (Type I; household spending is not counted). \
                 One-off work is counted in job-years, lasting jobs in jobs; they are not added.",
                "직접: 수요 자체. 간접: 공급망(1형, 가계소비 제외). 일회성 단계의 취업은 인년, 상시 일자리는 명으로 세며 \
                 합산하지 않음.",
            )
        };
        let _ = writeln!(self.html, "<p class=\"small\">{note}</p>\n</section>");
    }

    fn card(&mut self, headline: &Headline, figure: &HeadlineFigure) {
        let lang = self.lang;
        let scale = self.brief.estimate.impact.scale(lang);
        let total = figure.type1();
        let (unit, decimals) = match figure.persons {
            None => (scale.money_unit(), scale.money_decimals()),
            Some(unit) => (unit.to_owned(), 0),
        };
        let shown = |v: f64| {
            if figure.persons.is_none() {
                scale.money(v)
            } else {
                v
            }
        };
        let _ = write!(
            self.html,
            "<div class=\"card\" data-kind=\"{}\" data-figure=\"{}\" data-value=\"{}\">\n\
             <p class=\"label\">{}</p>\n<p class=\"number\">{}</p>\n",
            headline.id(),
            figure.id,
            figure.unrounded,
            escape(&figure.title),
            number_with_unit(&figure.say(total, scale))
        );
        // A bar of parts, each as long as its size: of a fall, too.
        let largest = figure.parts.iter().map(|p| p.abs()).sum::<f64>();
        if largest > 0.0 {
            self.put("<svg class=\"parts\" viewBox=\"0 0 100 4\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
            let mut x = 0.0;
            for (part, color) in figure.parts.iter().zip(PARTS) {
                let w = part.abs() / largest * 100.0;
                let _ = write!(
                    self.html,
                    "<rect x=\"{x:.2}\" width=\"{w:.2}\" height=\"4\" fill=\"{color}\"/>"
                );
                x += w;
            }
            self.put("</svg>\n");
        }
        // As in the tables: the sums are rounded, the parts made to fit.
        let round = |v: f64| round_to_sum(&[v], v, decimals)[0];
        let [direct, indirect, _] = figure.parts.map(shown);
        let (type1, whole) = (round(shown(total)), round(shown(figure.total())));
        let mut rounded = round_to_sum(&[direct, indirect], type1, decimals);
        rounded.push(whole - type1);
        self.put("<dl>");
        for ((name, value), color) in figure.names.iter().zip(&rounded).zip(PARTS) {
            if color == PARTS[2] {
                continue;
            }
            let _ = write!(
                self.html,
                "<div><dt><i style=\"background:{color}\"></i>{}</dt><dd>{}</dd></div>",
                escape(name),
                number(*value, decimals)
            );
        }
        if figure.parts[2] != 0.0 {
            let label = self.pick("households add", "소득유발 추가");
            let _ = write!(
                self.html,
                "<div class=\"type1\"><dt><i style=\"background:{}\"></i>{label}</dt><dd>{}</dd></div>",
                PARTS[2],
                number(rounded[2], decimals)
            );
        }
        let _ = write!(self.html, "</dl>\n<p class=\"unit\">{unit}</p>\n");
        if let Some([low, high]) = figure.band {
            let label = self.pick("5–95 % of draws", "5~95% 구간");
            let _ = writeln!(
                self.html,
                "<p class=\"band\">{label} <span>{} – {}</span></p>",
                number(shown(low), decimals),
                number(shown(high), decimals)
            );
        }
        self.put("</div>\n");
    }

    fn quotes(&mut self) {
        let quotes = self.brief.quotes(self.lang);
        if quotes.is_empty() {
            return;
        }
        let title = self.pick("In three sentences", "인용 문장");
        let assumes = self.pick("Assumes", "가정");
        let _ = writeln!(
            self.html,
            "<section id=\"quotes\">\n<h2>{title}</h2>\n<ol class=\"quotes\">"
        );
        for quote in quotes {
            let assumptions: Vec<String> = quote.assumptions.iter().map(|a| escape(a)).collect();
            let _ = writeln!(
                self.html,
                "<li><p class=\"quote\">{}</p><p class=\"small\"><b>{assumes}</b> {}.</p></li>",
                escape(&quote.sentence),
                assumptions.join("; ")
            );
        }
        self.put("</ol>\n</section>\n");
    }

    fn contents(&mut self, figures: &[Figure]) {
        let lang = self.lang;
        let label = self.pick("Contents", "차례");
        let _ = write!(self.html, "<nav aria-label=\"{label}\"><ul>");
        for (id, en, ko) in CHAPTERS {
            if figures.iter().any(|f| f.chapter == id) {
                let _ = write!(
                    self.html,
                    "<li><a href=\"#{id}\">{}</a></li>",
                    lang.pick(en, ko)
                );
            }
        }
        for (id, en, ko) in [
            ("live", "Try other figures", "조건 바꿔 보기"),
            ("tables", "Tables", "상세 표"),
            ("appendix", "Method and data", "방법과 자료"),
        ] {
            let class = if id == "live" {
                " class=\"scripted\""
            } else {
                ""
            };
            let _ = write!(
                self.html,
                "<li{class}><a href=\"#{id}\">{}</a></li>",
                lang.pick(en, ko)
            );
        }
        self.put("</ul></nav>\n");
    }

    fn figure(&mut self, figure: &Figure) {
        let unit = self.pick("Unit", "단위");
        let table = self.pick("Figures as a table", "표로 보기");
        let id = figure.id.replace('_', "-");
        let _ = write!(
            self.html,
            "<figure id=\"{id}\" data-figure=\"{}\">\n<figcaption><h3>{}</h3><p>{}</p>\
             <p class=\"unit\">{unit}: {}</p></figcaption>\n",
            figure.id,
            escape(&figure.title),
            escape(&figure.description),
            escape(&figure.unit)
        );
        let _ = write!(
            self.html,
            "<div class=\"wide\">{}</div>\n<div class=\"narrow\">{}</div>\n\
             <p class=\"source\">{}</p>\n<details><summary>{table}</summary>",
            figure.svg(Width::Wide, false),
            figure.svg(Width::Narrow, false),
            escape(&figure.source)
        );
        blocks::table(&mut self.html, &figure.table, &figure.title);
        self.put("</details>\n</figure>\n");
    }

    fn live(&mut self) {
        let title = self.pick("Try other figures", "조건 바꿔 보기");
        let about = self.pick(
            "Move the sliders: the page works the model out again with its own coefficients. Everything else stays as \
             the scenario has it. The figures above and below do not move.",
            "막대를 움직이면 이 문서에 담긴 계수로 모형을 다시 계산한다. 나머지는 시나리오 값을 유지하며, 이 부분을 제외한 \
             문서의 수치는 바뀌지 않는다.",
        );
        let scale = self.brief.estimate.impact.scale(self.lang);
        let reset = self.pick("Back to the scenario", "시나리오 값으로");
        let _ = writeln!(
            self.html,
            "<section id=\"live\" class=\"chapter\" data-unit=\"{}\" data-per-million=\"{}\" data-decimals=\"{}\" hidden>\n<h2>{title}</h2>\n<p>{about}</p>\n\
             <div id=\"live-inputs\"></div>\n<p><button type=\"button\" id=\"live-reset\">{reset}</button></p>\n\
             <div id=\"live-results\"></div>\n</section>",
            escape(&scale.money_unit()),
            scale.money(1.0),
            scale.money_decimals()
        );
    }

    fn tables(&mut self) {
        let lang = self.lang;
        let doc = self.brief.tables(lang);
        let title = self.pick("Tables", "상세 표");
        let _ = writeln!(
            self.html,
            "<section id=\"tables\" class=\"chapter\">\n<h2>{title}</h2>"
        );
        for section in &doc.sections {
            if matches!(
                section.id.as_str(),
                "about" | "warnings" | "assumptions" | "source"
            ) {
                continue;
            }
            let long = ["sectors_", "lines", "leakage_"]
                .iter()
                .any(|id| section.id.starts_with(id));
            if long {
                let _ = write!(
                    self.html,
                    "<details class=\"long\"><summary><h3>{}</h3></summary>",
                    escape(&section.title)
                );
            } else if !section.title.is_empty() {
                let _ = writeln!(self.html, "<h3>{}</h3>", escape(&section.title));
            }
            blocks::blocks(&mut self.html, section);
            if long {
                self.put("</details>\n");
            }
        }
        self.put("</section>\n");
    }

    fn appendix(&mut self) {
        let lang = self.lang;
        let title = self.pick("Method and data", "방법과 자료");
        let _ = writeln!(
            self.html,
            "<section id=\"appendix\" class=\"chapter\">\n<h2>{title}</h2>"
        );
        for (kind, title) in [
            (NoteKind::Warning, self.pick("Warnings", "유의사항")),
            (NoteKind::Assumption, self.pick("Assumptions", "가정")),
        ] {
            let of_kind = self
                .brief
                .estimate
                .impact
                .notes
                .iter()
                .filter(|n| n.kind() == kind);
            let notes: Vec<String> = of_kind.map(|n| n.text().get(lang).to_owned()).collect();
            if !notes.is_empty() {
                let _ = writeln!(self.html, "<h3>{title}</h3>");
                blocks::notes(&mut self.html, &notes);
            }
        }
        for part in method(self.brief, lang) {
            let _ = writeln!(
                self.html,
                "<h3 id=\"{}\">{}</h3>",
                part.id,
                escape(&part.title)
            );
            for item in &part.items {
                match item {
                    Item::Text(text) => {
                        let _ = writeln!(self.html, "<p>{}</p>", escape(text));
                    }
                    Item::Formula(formula) => {
                        let _ = writeln!(
                            self.html,
                            "<p class=\"formula\">{}</p>",
                            formula_html(formula)
                        );
                    }
                    Item::List(list) => blocks::notes(&mut self.html, list),
                }
            }
        }
        if !self.brief.command.is_empty() {
            let title = self.pick("To get this result again", "재현 방법");
            let _ = writeln!(
                self.html,
                "<h3>{title}</h3>\n<pre tabindex=\"0\"><code>{}</code></pre>",
                escape(&self.brief.command)
            );
        }
        if !self.brief.sources.is_empty() {
            let title = self.pick("The scenario as written", "시나리오 원문");
            let _ = writeln!(self.html, "<h3>{title}</h3>");
            for (name, text) in &self.brief.sources {
                let _ = writeln!(
                    self.html,
                    "<details class=\"scenario\"><summary>{}</summary>\n<pre tabindex=\"0\"><code>{}</code></pre></details>",
                    escape(name),
                    escape(text)
                );
            }
        }
        self.put("</section>\n");
    }

    /// The result itself, unrounded, and the script that reads it.
    fn data(&mut self) -> Result<()> {
        let brief = script_json(self.brief)?;
        let _ = writeln!(
            self.html,
            "<script type=\"application/json\" id=\"brief\">{brief}</script>\n<script>\n{SCRIPT}</script>"
        );
        Ok(())
    }
}

/// JSON inside a script element, where no `<` may start a tag.
fn script_json<T: serde::Serialize>(value: &T) -> Result<String> {
    let json = serde_json::to_string(value).map_err(|e| Error::unwritable("JSON", e))?;
    Ok(json
        .replace('<', "\\u003c")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029"))
}

/// "7.35 trillion won" with the words smaller than the number.
fn number_with_unit(text: &str) -> String {
    let mut html = String::new();
    let mut in_words = false;
    for c in text.chars() {
        let digit = c.is_ascii_digit() || matches!(c, ',' | '.' | '−');
        if digit == in_words && c != ' ' {
            html.push_str(if digit { "</span>" } else { "<span>" });
            in_words = !digit;
        }
        html.push_str(&escape(&c.to_string()));
    }
    if in_words {
        html.push_str("</span>");
    }
    html
}

/// A formula with letters in italics and d, m as indices of A.
fn formula_html(formula: &str) -> String {
    let mut html = String::new();
    let mut word = String::new();
    let flush = |word: &mut String, html: &mut String| {
        match word.as_str() {
            "" => {}
            "Ad" => html.push_str("<var>A</var><sub>d</sub>"),
            "Am" => html.push_str("<var>A</var><sub>m</sub>"),
            "Lc" => html.push_str("<var>Lc</var>"),
            one if one.chars().count() == 1 && one.is_ascii() => {
                let _ = write!(html, "<var>{one}</var>");
            }
            other => html.push_str(&escape(other)),
        }
        word.clear();
    };
    for c in formula.chars() {
        if c.is_alphabetic() {
            word.push(c);
        } else {
            flush(&mut word, &mut html);
            html.push_str(&escape(&c.to_string()));
        }
    }
    flush(&mut word, &mut html);
    html
}

#[cfg(test)]
mod tests;
