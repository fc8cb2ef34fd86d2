//! Concordances: which sectors become part of which groups, `code,group[,share][,name_en][,name_ko]`.

use super::native::grid as csv;
use crate::error::{Error, Place, Result};
use crate::lang::{excerpt, said};

/// A line of a concordance; what the file has no column for is empty.
pub(crate) struct Row {
    pub(crate) line: usize,
    pub(crate) code: String,
    pub(crate) group: String,
    pub(crate) share: String,
    pub(crate) name_en: String,
    pub(crate) name_ko: String,
}

/// What a column may be called; the first is its name in messages.
const CODE: [&str; 3] = ["code", "from", "sector"];
const GROUP: [&str; 2] = ["group", "to"];
const SHARE: [&str; 3] = ["share", "weight", "alpha"];

/// The lines of a concordance.
///
/// # Errors
/// A file without a column of codes or of groups, or that is no CSV file.
pub(crate) fn read(file: &str, text: &str) -> Result<Vec<Row>> {
    let mut reader = csv::csv_reader(text);
    let header = csv::header(&mut reader, file, text)?;
    let column = |names: &[&str]| {
        let named = |h: &String| names.contains(&h.to_lowercase().as_str());
        header.iter().position(named)
    };
    let needed = |names: &[&str]| {
        column(names).ok_or_else(|| {
            Error::at(
                Place::file(file).line(1),
                said!(
                    "there is no column '{c}': write code,group or code,group,share; the header is {header}",
                    "'{c}' 열이 없습니다. code,group이나 code,group,share로 쓰십시오. 머리글: {header}",
                    c = names[0],
                    header = excerpt(&header.join(","))
                ),
            )
        })
    };
    let (code, group) = (needed(&CODE)?, needed(&GROUP)?);
    let optional = [column(&SHARE), column(&["name_en"]), column(&["name_ko"])];
    let rows = reader.records().map(|record| {
        let record = record.map_err(|e| csv::csv_error(file, text, &e))?;
        let field = |at: Option<usize>| at.map_or("", |at| record[at].trim()).to_owned();
        let [share, name_en, name_ko] = optional.map(field);
        Ok(Row {
            line: csv::line_of(text, &record),
            code: field(Some(code)),
            group: field(Some(group)),
            share,
            name_en,
            name_ko,
        })
    });
    rows.collect()
}
