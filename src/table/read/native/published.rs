//! `published.csv`, and the multipliers by sector in `published_multipliers.csv`.

use super::Folder;
use super::grid::{Fields, Records, number};
use crate::error::{Error, Place, Result};
use crate::lang::{Text, excerpt, said};
use crate::table::{FigureKind, Printed, PublishedFigure};
use std::collections::HashSet;

const FILE: &str = "published.csv";
const BY_SECTOR: &str = "published_multipliers.csv";
const COLUMNS: [&str; 12] = [
    "code",
    "figure",
    "measure",
    "demand",
    "amount",
    "sectors",
    "groups",
    "scale",
    "value",
    "tolerance",
    "source_en",
    "source_ko",
];

/// The figures that are published of a table; none where its folder holds no `published.csv`.
///
/// # Errors
/// With line and column: an unknown kind of figure, a code that stands twice, what is no number;
/// multipliers by sector without their file.
pub fn read_published(folder: &dyn Folder) -> Result<Vec<PublishedFigure>> {
    let Some(text) = folder.file(FILE)? else {
        return Ok(Vec::new());
    };
    let mut figures = Vec::new();
    let mut codes = HashSet::new();
    let place = folder.place(FILE);
    Records::each(&place, &text, &COLUMNS, |line, record| {
        let at = Place::file(&place).line(line);
        let figure = figure(folder, &at, &record)?;
        if !codes.insert(figure.code.clone()) {
            return Err(Error::at(
                at.field("code"),
                said!(
                    "'{code}' stands twice",
                    "'{code}'이(가) 두 번 나옵니다",
                    code = excerpt(&figure.code)
                ),
            ));
        }
        figures.push(figure);
        Ok(())
    })?;
    Ok(figures)
}

fn figure(folder: &dyn Folder, at: &Place, record: &Fields<'_>) -> Result<PublishedFigure> {
    let field = |column: &str| {
        let position = COLUMNS.iter().position(|c| *c == column);
        position.map_or("", |position| record[position].trim())
    };
    let several = |column: &str| -> Vec<String> {
        let parts = field(column).split('+').map(|part| part.trim().to_owned());
        parts.filter(|part| !part.is_empty()).collect()
    };
    let optional = |column: &str| match field(column) {
        "" => Ok(None),
        text => number(text)
            .map(Some)
            .map_err(|why| Error::at(at.clone().field(column), why)),
    };
    let kind = FigureKind::ALL
        .into_iter()
        .find(|kind| kind.id() == field("figure"))
        .ok_or_else(|| {
            Error::at(
                at.clone().field("figure"),
                said!(
                    "'{text}' is no kind of figure: use one of {known}",
                    "'{text}'은(는) 알 수 없는 수치 종류입니다. {known} 중 하나를 쓰십시오",
                    text = excerpt(field("figure")),
                    known = FigureKind::ALL.map(FigureKind::id).join(", ")
                ),
            )
        })?;
    let measure = field("measure").to_owned();
    let printed = match kind {
        FigureKind::Multipliers => by_sector(folder, at, &measure)?,
        _ => vec![
            printed(None, field("value"))
                .map_err(|why| Error::at(at.clone().field("value"), why))?,
        ],
    };
    Ok(PublishedFigure {
        code: field("code").to_owned(),
        figure: kind,
        measure,
        demand: several("demand"),
        amount: optional("amount")?.unwrap_or(1.0),
        sectors: several("sectors"),
        groups: Some(field("groups"))
            .filter(|name| !name.is_empty())
            .map(str::to_owned),
        scale: optional("scale")?.unwrap_or(1.0),
        printed,
        tolerance: optional("tolerance")?,
        source: Text::new(field("source_en"), field("source_ko")),
    })
}

/// The column of a measure in the file of multipliers by sector.
fn by_sector(folder: &dyn Folder, at: &Place, measure: &str) -> Result<Vec<Printed>> {
    let text = folder.file(BY_SECTOR)?.ok_or_else(|| {
        Error::at(
            at.clone().field("figure"),
            said!(
                "multipliers by sector stand in {BY_SECTOR}, which is missing",
                "부문별 승수를 담은 {BY_SECTOR} 파일이 없습니다"
            ),
        )
    })?;
    let mut all = Vec::new();
    let place = folder.place(BY_SECTOR);
    Records::each(&place, &text, &["code", measure], |line, record| {
        let printed = printed(Some(record[0].trim().to_owned()), record[1].trim())
            .map_err(|why| Error::at(Place::file(&place).line(line).field(measure), why))?;
        all.push(printed);
        Ok(())
    })?;
    Ok(all)
}

fn printed(sector: Option<String>, text: &str) -> std::result::Result<Printed, Text> {
    let decimals = text.split_once('.').map_or(0, |(_, after)| after.len());
    Ok(Printed {
        sector,
        value: number(text)?,
        decimals: u8::try_from(decimals).unwrap_or(u8::MAX),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::borrow::Cow;

    struct Files(&'static str, Option<&'static str>);

    impl Folder for Files {
        fn place(&self, file: &str) -> String {
            file.to_owned()
        }

        fn file(&self, name: &str) -> Result<Option<Cow<'_, str>>> {
            Ok(match name {
                FILE => Some(Cow::Borrowed(self.0)),
                _ => self.1.map(Cow::Borrowed),
            })
        }
    }

    const HEADER: &str = "code,figure,measure,demand,amount,sectors,groups,scale,value,tolerance,source_en,source_ko\n";

    #[test]
    fn decimals_are_those_printed_and_a_column_gives_one_a_sector() {
        let text = format!(
            "{HEADER}a,effect,jobs,50+51,5000,29,,,1450,,A,가\nb,multipliers,output,,,,,,,0.1,B,나\n"
        );
        let files = Files(text.leak(), Some("code,output\n1,1.20\n2,3\n"));
        let read = read_published(&files).expect("figures");
        assert_eq!(read[0].demand, ["50", "51"]);
        assert_eq!((read[0].amount, read[0].printed[0].decimals), (5000.0, 0));
        assert_eq!(read[1].tolerance, Some(0.1));
        let printed = &read[1].printed;
        assert_eq!((printed[0].value, printed[0].decimals), (1.2, 2));
        assert_eq!(printed[1].sector.as_deref(), Some("2"));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line_and_column() {
        for (line, said) in [
            ("a,sum,jobs,,,,,,1,,A,가", "published.csv:2: figure"),
            ("a,total,jobs,,,,,,much,,A,가", "published.csv:2: value"),
            ("a,total,jobs,,x,,,,1,,A,가", "published.csv:2: amount"),
            (
                "a,multipliers,jobs,,,,,,,,A,가",
                "published_multipliers.csv",
            ),
            (
                "a,total,jobs,,,,,,1,,A,가\na,total,jobs,,,,,,1,,A,가",
                "published.csv:3: code",
            ),
        ] {
            let files = Files(format!("{HEADER}{line}\n").leak(), None);
            let error = read_published(&files).expect_err(line).to_string();
            assert!(error.contains(said), "{error}");
        }
    }
}
