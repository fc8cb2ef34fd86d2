//! Energy use by industry: `code,name_en,name_ko,sectors,energy_tj,electricity_gwh`, with remarks
//! (`# year: 2019`) that say of which year and whose it is.

use super::native::grid as csv;
use crate::error::{Error, Place, Result};
use crate::lang::{Text, said};

/// An industry of the file.
pub(crate) struct Row {
    pub(crate) code: String,
    pub(crate) name: Text,
    /// The codes of its sectors.
    pub(crate) sectors: Vec<String>,
    /// Figures in the order of [`FIGURES`].
    pub(crate) figures: [f64; 2],
}

/// The columns that hold figures.
const FIGURES: [&str; 2] = ["energy_tj", "electricity_gwh"];

/// The industries of a file.
///
/// # Errors
/// With line and column: a column that is missing, a figure that is no number of 0 or more.
pub(crate) fn read(file: &str, text: &str) -> Result<Vec<Row>> {
    let mut reader = csv::csv_reader(text);
    let header = csv::header(&mut reader, file, text)?;
    let column = |name: &str| {
        header.iter().position(|h| h == name).ok_or_else(|| {
            Error::at(
                Place::file(file),
                said!("there is no column '{name}'", "'{name}' 열이 없습니다"),
            )
        })
    };
    let [code, en, ko, sectors] = ["code", "name_en", "name_ko", "sectors"].map(&column);
    let (code, en, ko, sectors) = (code?, en?, ko?, sectors?);
    let [energy, electricity] = FIGURES.map(&column);
    let figures = [energy?, electricity?];
    let rows = reader.records().map(|record| {
        let record = record.map_err(|e| csv::csv_error(file, text, &e))?;
        let line = csv::line_of(text, &record);
        let figure = |at: usize| match record[figures[at]].trim().parse::<f64>() {
            Ok(figure) if figure >= 0.0 && figure.is_finite() => Ok(figure),
            _ => Err(Error::at(
                Place::file(file).line(line).field(FIGURES[at]),
                said!(
                    "'{found}' is no quantity of 0 or more",
                    "'{found}'은(는) 0 이상의 수량이 아닙니다",
                    found = &record[figures[at]]
                ),
            )),
        };
        Ok(Row {
            code: record[code].trim().to_owned(),
            name: Text::new(record[en].trim(), record[ko].trim()),
            sectors: record[sectors]
                .split('+')
                .map(|s| s.trim().to_owned())
                .collect(),
            figures: [figure(0)?, figure(1)?],
        })
    });
    rows.collect()
}

/// A remark of the file: `# key: value`.
///
/// # Errors
/// None of that key.
pub(crate) fn remark<'t>(file: &str, text: &'t str, key: &str) -> Result<&'t str> {
    let remarks = text.lines().filter_map(|line| line.strip_prefix('#'));
    let mut pairs = remarks.filter_map(|remark| remark.split_once(':'));
    let found = pairs.find(|(name, _)| name.trim() == key);
    found.map(|(_, value)| value.trim()).ok_or_else(|| {
        Error::at(
            Place::file(file),
            said!(
                "there is no remark '# {key}: ...'",
                "'# {key}: ...' 설명 줄이 없습니다"
            ),
        )
    })
}
