//! A small document for the tests of all formats: an AI data-centre hub with made-up figures.

use super::document::{Block, Cell, Column, Document, Row, Table, Unit};
use crate::lang::Lang;
use crate::units::Scale;

/// The hub in a language.
pub(super) fn hub(lang: Lang) -> Document {
    let mut document = Document::new(
        lang.pick("AI data-centre hub", "AI 데이터센터 허브"),
        lang.pick(
            "Bank of Korea 2023, 33 sectors · domestic inverse · basic prices of 2023",
            "한국은행 2023년 산업연관표 33부문 · 국산거래표 기준 · 2023년 기초가격",
        ),
    );
    document
        .section("headline", lang.pick("Headline", "요약"), headline(lang))
        .section(
            "sectors",
            lang.pick("By sector, at 2023 prices [total]", "부문별 효과 [전체]"),
            vec![Block::Table(sectors(lang))],
        )
        .section(
            "notes",
            lang.pick("Notes", "주의"),
            vec![Block::Notes(notes(lang))],
        );
    document
}

fn headline(lang: Lang) -> Vec<Block> {
    let column = |id, en, ko| Column::number(id, lang.pick(en, ko), "", 0);
    let table = Table {
        columns: vec![
            Column::text("measure", lang.pick("Effect", "효과")),
            column("direct", "Direct", "직접"),
            column("indirect", "Indirect", "간접"),
            column("induced", "Induced", "유발"),
            column("total", "Total", "합계"),
        ],
        rows: vec![
            row(
                lang.pick("Output", "생산"),
                &[4_211_300.0, 3_620_450.0, 1_702_110.0, 9_533_860.0],
                |v| Scale::new(lang, "KRW", [7e6]).measure(v),
            ),
            row(
                lang.pick("Value added", "부가가치"),
                &[1_632_020.0, 1_401_990.0, 850_470.0, 3_884_480.0],
                |v| Scale::new(lang, "KRW", [7e6]).measure(v),
            ),
            row(
                lang.pick("Jobs", "취업"),
                &[18_040.0, 12_630.2, 9_120.4, 39_790.6],
                |v| {
                    let name = lang.pick("job-years", "명·년").to_owned();
                    Cell::Measure(v, Unit { name, decimals: 0 })
                },
            ),
        ],
    };
    vec![
        Block::Text(
            lang.pick(
                "Of 7,000 bn won spent, 2,789 bn won leave the economy at once as imports; the rest is demand for domestic products.",
                "총지출 7조원 가운데 2조 7,890억원은 수입으로 바로 빠져나가고, 나머지가 국산품에 대한 수요가 된다.",
            )
            .to_owned(),
        ),
        Block::Table(table),
    ]
}

fn row(name: &str, values: &[f64], cell: impl Fn(f64) -> Cell) -> Row {
    let mut cells = vec![Cell::from(name)];
    cells.extend(values.iter().map(|&v| cell(v)));
    Row::new(cells)
}

fn sectors(lang: Lang) -> Table {
    let scale = Scale::new(lang, "KRW", [7e6]);
    let money = scale.money_unit();
    let lines = [
        ("19", "Construction", "건설", 1_904_200.4, 812_311.0, 10.9),
        (
            "11",
            "Computing, electronic and optical equipment",
            "컴퓨터, 전자 및 광학기기",
            1_410_777.3,
            420_200.0,
            2.21,
        ),
        (
            "12",
            "Electrical equipment",
            "전기장비",
            1_120_044.9,
            318_900.5,
            4.05,
        ),
        (
            "26",
            "Professional, scientific and technical services",
            "전문, 과학 및 기술 서비스",
            640_444.4,
            -2_100.2,
            8.4,
        ),
    ];
    let mut rows: Vec<Row> = lines
        .iter()
        .map(|&(code, en, ko, output, value_added, jobs)| {
            Row::new(vec![
                code.into(),
                lang.pick(en, ko).into(),
                scale.money(output).into(),
                scale.money(value_added).into(),
                if code == "26" {
                    Cell::Empty
                } else {
                    jobs.into()
                },
            ])
        })
        .collect();
    let output: f64 = lines.iter().map(|line| line.3).sum();
    let value_added: f64 = lines.iter().map(|line| line.4).sum();
    rows.push(Row::total(vec![
        Cell::Empty,
        lang.pick("Total", "합계").into(),
        scale.money(output).into(),
        scale.money(value_added).into(),
        Cell::Empty,
    ]));
    let number = |id, en, ko| {
        Column::number(id, lang.pick(en, ko), &money, scale.money_decimals()).additive()
    };
    Table {
        columns: vec![
            Column::text("code", lang.pick("Code", "코드")),
            Column::text("sector", lang.pick("Sector", "부문")),
            number("output", "Output", "생산").with_bar(),
            number("value_added", "Value added", "부가가치"),
            Column::number(
                "jobs_per_output",
                lang.pick("Jobs per output", "취업계수"),
                lang.pick("per bn won", "명/10억원"),
                2,
            ),
        ],
        rows,
    }
}

fn notes(lang: Lang) -> Vec<String> {
    [
        (
            "Sector 11: 62 % of this spending is imported (the table's own share of fixed capital formation); set `domestic_share` to change it.",
            "11 컴퓨터, 전자 및 광학기기: 지출의 62 %가 수입된다(고정자본형성의 수입 비중); `domestic_share`로 바꿀 수 있다.",
        ),
        (
            "Table year 2023, scenario 2027, no deflator given: amounts are taken as prices of 2023.",
            "산업연관표는 2023년, 시나리오는 2027년이나 디플레이터가 없어 금액을 2023년 가격으로 본다.",
        ),
    ]
    .iter()
    .map(|&(en, ko)| lang.pick(en, ko).to_owned())
    .collect()
}
