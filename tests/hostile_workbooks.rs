//! Workbooks that are damaged, odd or meant to do harm: each is read rightly or refused by a sentence in both languages,
//! at once and with little memory. The limits stand in docs/limits.md.
#![cfg(feature = "cli")]

use calamine::{Reader, Xlsb};
use leontief::Lang;
use leontief::table::import::{self, Import, Options};
use rust_xlsxwriter::{Format, Workbook, Worksheet};
use std::io::{Cursor, Read, Write};
use std::time::{Duration, Instant};

/// Two sectors, output 1,000 and 2,000, value added 650 and 1,400.
const ROWS: [&str; 6] = [
    "US$ million,,,,",
    ",Farms,Mines,Exports,Output",
    "Farms,150,500,350,1000",
    "Mines,200,100,1700,2000",
    "Gross value added,650,1400,,",
    "Output,1000,2000,,",
];

fn options() -> Options {
    let mut options = Options::default();
    options.year = Some(2020);
    options
}

/// What is read of a file, in two seconds.
#[track_caller]
fn read(name: &str, bytes: Vec<u8>) -> leontief::Result<Import> {
    let start = Instant::now();
    let import = import::of_bytes(&[(name.to_owned(), bytes)], &options());
    let took = start.elapsed();
    assert!(took < Duration::from_secs(4), "{name}: {took:?}");
    import
}

#[track_caller]
fn is_right(bytes: Vec<u8>) -> Import {
    let import = read("x", bytes).expect("a table");
    let table = import
        .table
        .flows(leontief::Text::same("flows"))
        .expect("flows");
    assert_eq!(table.output().as_slice(), [1_000.0, 2_000.0]);
    assert_eq!(
        table.flows().domestic.dense().as_slice(),
        [150.0, 200.0, 500.0, 100.0]
    );
    import
}

/// Refused with these words in English, and in Korean.
#[track_caller]
fn refused(bytes: Vec<u8>, words: &str) -> String {
    let error = read("x", bytes).expect_err("refused");
    let (en, ko) = (error.say(Lang::En), error.say(Lang::Ko));
    assert!(en.contains(words), "'{words}' is not in: {en}");
    assert!(ko.chars().any(|c| ('가'..='힣').contains(&c)), "{ko}");
    assert!(en.len() < 1_300, "{en}");
    en
}

fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file(*name, options).expect("memory");
        archive.write_all(bytes).expect("memory");
    }
    archive.finish().expect("memory").into_inner()
}

/// The cells of [`ROWS`] as a sheet of a workbook.
fn sheet_xml() -> String {
    let mut xml = String::new();
    for (i, row) in ROWS.iter().enumerate() {
        xml.push_str(&format!("<row r=\"{}\">", i + 1));
        for (j, cell) in row.split(',').enumerate() {
            let at = format!("{}{}", char::from(b'A' + j as u8), i + 1);
            match cell.parse::<f64>() {
                Ok(number) => xml.push_str(&format!("<c r=\"{at}\" s=\"0\"><v>{number}</v></c>")),
                Err(_) if cell.is_empty() => {}
                Err(_) => xml.push_str(&format!(
                    "<c r=\"{at}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>"
                )),
            }
        }
        xml.push_str("</row>");
    }
    xml
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A workbook of one sheet: what stands before its cells, the cells, and other members.
fn xlsx(before: &str, cells: &str, others: &[(&str, &[u8])]) -> Vec<u8> {
    let workbook = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><sheets><sheet name=\"IO\" sheetId=\"1\" r:id=\"rId1\"/>\
         </sheets></workbook>"
    );
    let relations = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" \
         Type=\"{RELATIONS}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
    );
    let sheet =
        format!("{before}<worksheet xmlns=\"{MAIN}\"><sheetData>{cells}</sheetData></worksheet>");
    let package = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" \
         Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let mut members: Vec<(&str, &[u8])> = vec![
        ("_rels/.rels", package.as_bytes()),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ];
    members.extend(others);
    archive(&members)
}

/// A sheet of [`ROWS`] as a program writes it.
fn fill(sheet: &mut Worksheet) {
    for (i, row) in ROWS.iter().enumerate() {
        for (j, cell) in row.split(',').enumerate() {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write_number(i as u32, j as u16, number),
                Err(_) => sheet.write_string(i as u32, j as u16, cell),
            }
            .expect("a cell");
        }
    }
}

fn written(change: &dyn Fn(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    fill(sheet);
    change(sheet);
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn bombs_are_counted_while_they_are_unpacked_whatever_they_declare() {
    is_right(xlsx("", &sheet_xml(), &[]));
    // Blanks that come to more than a gibibyte, said to be 16 bytes.
    let mut bomb = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    bomb.start_file("xl/workbook.xml", options).expect("memory");
    let blanks = vec![b' '; 1 << 20];
    for _ in 0..1_025 {
        bomb.write_all(&blanks).expect("memory");
    }
    let mut bytes = bomb.finish().expect("memory").into_inner();
    let central = (bytes.windows(4).rposition(|w| w == b"PK\x01\x02")).expect("a directory");
    bytes[central + 24..central + 28].copy_from_slice(&16_u32.to_le_bytes());
    bytes[22..26].copy_from_slice(&16_u32.to_le_bytes());
    let error = read("bomb.xlsx", bytes.clone()).expect_err("refused");
    assert!(error.to_string().contains("unpacked") || error.to_string().contains("damaged"));
    // One inside of a workbook is bytes like others, and inside of an archive no workbook at all.
    is_right(xlsx("", &sheet_xml(), &[("xl/media/inner.zip", &bytes)]));
    refused(archive(&[("inner.xlsx", &bytes)]), "no workbook");
    let names: Vec<String> = (0..10_001).map(|at| format!("xl/media/{at}")).collect();
    let members: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    refused(xlsx("", &sheet_xml(), &members), "10000 parts");
}

#[test]
fn names_that_lead_elsewhere_lead_nowhere() {
    let outside = std::env::temp_dir().join("leontief-slip.txt");
    let slips: Vec<String> = [
        "../../../../tmp/leontief-slip.txt",
        "/tmp/leontief-slip.txt",
        "..\\..\\slip",
    ]
    .map(str::to_owned)
    .into();
    let members: Vec<(&str, &[u8])> = slips
        .iter()
        .map(|name| (name.as_str(), &b"x"[..]))
        .collect();
    is_right(xlsx("", &sheet_xml(), &members));
    assert!(!outside.exists());
}

#[test]
fn entities_of_a_document_are_not_expanded_nor_fetched() {
    let mut laughs = String::from("<!DOCTYPE lolz [<!ENTITY a0 \"ha\">");
    for at in 1..30 {
        let before = format!("&a{};", at - 1).repeat(10);
        laughs.push_str(&format!("<!ENTITY a{at} \"{before}\">"));
    }
    laughs.push_str("<!ENTITY file SYSTEM \"file:///etc/passwd\">]>");
    for entity in ["&a29;", "&file;"] {
        let cells = sheet_xml().replace("Gross value added", entity);
        match read("x", xlsx(&laughs, &cells, &[])) {
            // Read as a text without a meaning, or not at all.
            Ok(import) => assert!(!format!("{import:?}").contains("root:")),
            Err(error) => {
                let said = error.to_string();
                assert!(said.len() < 1_300 && !said.contains("root:"), "{said}");
            }
        }
        let strings = format!("{laughs}<sst xmlns=\"{MAIN}\"><si><t>{entity}</t></si></sst>");
        let others = [("xl/sharedStrings.xml", strings.as_bytes())];
        let _ = read("x", xlsx("", &sheet_xml(), &others));
        let ods = format!("{laughs}<office:document-content>{entity}</office:document-content>");
        let _ = read("x", archive(&[("content.xml", ods.as_bytes())]));
    }
}

#[test]
fn a_column_of_formulas_that_nobody_computed_is_not_left_out() {
    // Without a value, as programs write them that do not compute.
    let cells = sheet_xml().replace(
        "<c r=\"E3\" s=\"0\"><v>1000</v></c>",
        "<c r=\"E3\"><f>SUM(B3:D3)</f></c>",
    );
    let said = refused(xlsx("", &cells, &[]), "never computed");
    assert!(said.contains("IO: E3"), "{said}");
    for empty in ["<v></v>", "<v/>"] {
        let formula = format!("<c r=\"B3\"><f>100+50</f>{empty}</c>");
        let cells = sheet_xml().replace("<c r=\"B3\" s=\"0\"><v>150</v></c>", &formula);
        let said = refused(xlsx("", &cells, &[]), "never computed");
        assert!(said.contains("IO: B3"), "{said}");
    }
    let label = sheet_xml().replace(
        "<c r=\"A3\" t=\"inlineStr\"><is><t>Farms</t></is></c>",
        "<c r=\"A3\" t=\"str\"><f>HYPERLINK(\"http://x\",\"Farms\")</f><v>Farms</v></c>",
    );
    is_right(xlsx("", &label, &[]));
    let cells = sheet_xml().replace("US$ million", "=cmd|'/c calc'!A0 US$ million");
    let import = is_right(xlsx("", &cells, &[]));
    assert!(import.table.meta().title.en.starts_with("=cmd|"));
}

#[test]
fn what_a_sheet_says_of_its_size_and_its_styles_counts_for_nothing() {
    let cells = sheet_xml();
    let sheet = format!(
        "<worksheet xmlns=\"{MAIN}\"><dimension ref=\"A1:XFD1048576\"/><sheetData>{cells}</sheetData></worksheet>"
    );
    let whole = xlsx("", "", &[]);
    let mut members = Vec::new();
    let mut from = zip::ZipArchive::new(Cursor::new(&whole)).expect("an archive");
    for at in 0..from.len() {
        let mut member = from.by_index(at).expect("a member");
        let name = member.name().expect("a name").into_owned();
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).expect("bytes");
        if name.ends_with("sheet1.xml") {
            bytes = sheet.clone().into_bytes();
        }
        members.push((name, bytes));
    }
    let members: Vec<(&str, &[u8])> = (members.iter())
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    is_right(archive(&members));
    for style in ["-1", "99999999999999999999", "4294967295", "x"] {
        let cells = cells.replace("s=\"0\"", &format!("s=\"{style}\""));
        let _ = read("x", xlsx("", &cells, &[]));
    }
    for at in ["A0", "A-1", "3", "", "XFE3"] {
        let cells = cells.replace("r=\"B3\"", &format!("r=\"{at}\""));
        let _ = read("x", xlsx("", &cells, &[]));
    }
    for far in ["B1048577", "XFE3"] {
        let cells = cells.replace("r=\"B3\"", &format!("r=\"{far}\""));
        refused(xlsx("", &cells, &[]), "beyond the last row or column");
    }
}

#[test]
fn a_text_that_a_cell_names_and_there_is_none_of_is_no_end_of_the_program() {
    for index in ["7", "-1", "99999999999999999999", ""] {
        let cells = sheet_xml().replace(
            "<c r=\"A3\" t=\"inlineStr\"><is><t>Farms</t></is></c>",
            &format!("<c r=\"A3\" t=\"s\"><v>{index}</v></c>"),
        );
        let strings = format!("<sst xmlns=\"{MAIN}\"><si><t>Farms</t></si></sst>");
        let others = [("xl/sharedStrings.xml", strings.as_bytes())];
        // Without its name a sector is none: nothing is read in its place.
        if let Ok(import) = read("x", xlsx("", &cells, &others)) {
            let sectors = import.table.sectors();
            assert_eq!(sectors.get(0).name.en, "Farms", "{index}");
        }
    }
}

#[test]
fn archives_that_end_early_hold_a_name_twice_or_ask_for_a_password_are_refused() {
    let whole = xlsx("", &sheet_xml(), &[]);
    for end in (4..whole.len()).step_by(61) {
        assert!(read("x", whole[..end].to_vec()).is_err(), "{end}");
    }
    // Two sheets of one name: the second has another output.
    let second = sheet_xml().replace("<v>1000</v>", "<v>9000</v>");
    let second = format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{second}</sheetData></worksheet>");
    let mut twice = xlsx(
        "",
        &sheet_xml(),
        &[("xl/worksheets/sheet9.xml", second.as_bytes())],
    );
    let name = b"xl/worksheets/sheet9.xml";
    for at in 0..twice.len() - name.len() {
        if twice[at..].starts_with(name) {
            twice[at + 19] = b'1';
        }
    }
    refused(twice, "twice");
    let locked: Vec<u8> = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]
        .into_iter()
        .chain([0; 1_024])
        .chain("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes))
        .chain([0; 512])
        .collect();
    refused(locked, "password");
    refused(
        [0xd0, 0xcf, 0x11, 0xe0]
            .into_iter()
            .chain([0; 4_096])
            .collect(),
        "damaged",
    );
}

#[test]
fn what_can_be_seen_is_read_before_what_is_hidden_and_merged_figures_are_refused() {
    let two = |break_it: bool| {
        let mut book = Workbook::new();
        let hidden = book.add_worksheet();
        fill(hidden);
        hidden.set_name("old").expect("a name").set_hidden(true);
        hidden.write_number(2, 1, 149).expect("a cell");
        hidden.write_number(2, 3, 351).expect("a cell");
        let seen = book.add_worksheet();
        fill(seen);
        seen.set_name("new").expect("a name").set_active(true);
        if break_it {
            seen.write_string(2, 1, "15o").expect("a cell");
        }
        book.save_to_buffer().expect("a workbook")
    };
    let import = is_right(two(false));
    assert!(
        import
            .said
            .iter()
            .any(|said| said.en.contains("not read: old")),
        "{:?}",
        import.said
    );
    let said = refused(two(true), "15o");
    assert!(said.contains("new: B3"), "{said}");
    let merged = written(&|sheet| {
        let format = Format::new();
        sheet.merge_range(2, 1, 3, 1, "", &format).expect("merged");
        sheet.write_number(2, 1, 150).expect("a cell");
    });
    let said = refused(merged, "merged, to B4");
    assert!(said.contains("Sheet1: B3"), "{said}");
    // Titles may be.
    is_right(written(&|sheet| {
        sheet
            .merge_range(0, 0, 0, 4, "US$ million", &Format::new())
            .expect("merged");
    }));
}

/// A record of a binary workbook: its type, its length in sevens of bits, its bytes.
fn record(into: &mut Vec<u8>, kind: u16, bytes: &[u8]) {
    match kind {
        0..0x80 => into.push(kind as u8),
        _ => into.extend([(kind & 0x7f) as u8 | 0x80, (kind >> 7) as u8]),
    }
    let mut length = bytes.len();
    while length >= 0x80 {
        into.push((length & 0x7f) as u8 | 0x80);
        length >>= 7;
    }
    into.push(length as u8);
    into.extend(bytes);
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut bytes = (units.len() as u32).to_le_bytes().to_vec();
    bytes.extend(units.into_iter().flat_map(u16::to_le_bytes));
    bytes
}

/// [`ROWS`] as a binary workbook: numbers real, compact and computed, texts shared and in place.
fn xlsb(visible: bool) -> Vec<(&'static str, Vec<u8>)> {
    let mut sheet = Vec::new();
    record(&mut sheet, 129, &[]);
    record(
        &mut sheet,
        148,
        &[0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0],
    );
    record(&mut sheet, 145, &[]);
    let mut texts = Vec::new();
    for (i, row) in ROWS.iter().enumerate() {
        let mut header = (i as u32).to_le_bytes().to_vec();
        header.resize(17, 0);
        record(&mut sheet, 0, &header);
        for (j, cell) in row.split(',').enumerate() {
            let mut bytes = (j as u32).to_le_bytes().to_vec();
            bytes.extend([0; 4]);
            match cell.parse::<f64>() {
                Ok(number) if j == 1 => {
                    bytes.extend(((number as u32) << 2 | 2).to_le_bytes());
                    record(&mut sheet, 2, &bytes);
                }
                Ok(number) if j == 4 => {
                    bytes.extend(number.to_le_bytes());
                    bytes.extend([0; 10]);
                    record(&mut sheet, 9, &bytes);
                }
                Ok(number) => {
                    bytes.extend(number.to_le_bytes());
                    record(&mut sheet, 5, &bytes);
                }
                Err(_) if cell.is_empty() => record(&mut sheet, 1, &bytes),
                Err(_) if i == 1 => {
                    bytes.extend(wide(cell));
                    record(&mut sheet, 6, &bytes);
                }
                Err(_) => {
                    bytes.extend((texts.len() as u32).to_le_bytes());
                    texts.push(cell);
                    record(&mut sheet, 7, &bytes);
                }
            }
        }
    }
    record(&mut sheet, 146, &[]);
    record(&mut sheet, 130, &[]);
    let mut shared = Vec::new();
    let n = (texts.len() as u32).to_le_bytes();
    record(&mut shared, 159, &[n, n].concat());
    for text in texts {
        let mut bytes = vec![0];
        bytes.extend(wide(text));
        record(&mut shared, 19, &bytes);
    }
    record(&mut shared, 160, &[]);
    let mut workbook = Vec::new();
    record(&mut workbook, 131, &[]);
    record(&mut workbook, 143, &[]);
    let mut bytes = u32::from(!visible).to_le_bytes().to_vec();
    bytes.extend(1_u32.to_le_bytes());
    bytes.extend(wide("rId1"));
    bytes.extend(wide("IO"));
    record(&mut workbook, 156, &bytes);
    record(&mut workbook, 144, &[]);
    record(&mut workbook, 157, &[0; 26]);
    record(&mut workbook, 132, &[]);
    let relations = format!(
        "<?xml version=\"1.0\"?><Relationships><Relationship Id=\"rId1\" Type=\"{RELATIONS}/worksheet\" \
         Target=\"worksheets/sheet1.bin\"/></Relationships>"
    );
    vec![
        ("xl/workbook.bin", workbook),
        ("xl/_rels/workbook.bin.rels", relations.into_bytes()),
        ("xl/worksheets/sheet1.bin", sheet),
        ("xl/sharedStrings.bin", shared),
    ]
}

fn of_members(members: &[(&'static str, Vec<u8>)]) -> Vec<u8> {
    let members: Vec<(&str, &[u8])> = (members.iter())
        .map(|(name, bytes)| (*name, bytes.as_slice()))
        .collect();
    archive(&members)
}

#[test]
fn a_binary_workbook_is_read_as_another_reader_reads_it_and_ends_no_program_when_it_is_damaged() {
    let whole = of_members(&xlsb(true));
    is_right(whole.clone());
    let mut other: Xlsb<_> = Xlsb::new(Cursor::new(&whole)).expect("a workbook");
    let range = other.worksheet_range("IO").expect("a sheet");
    assert_eq!(range.get_value((2, 1)), Some(&calamine::Data::Int(150)));
    assert_eq!(
        range.get_value((3, 4)),
        Some(&calamine::Data::Float(2_000.0))
    );
    assert_eq!(
        range.get_value((4, 0)),
        Some(&calamine::Data::String("Gross value added".into()))
    );
    let import = is_right(of_members(&xlsb(false)));
    assert!(
        import.said.iter().any(|said| said.en.contains("is hidden")),
        "{:?}",
        import.said
    );
    let mut state = 20_201_127_u64;
    let mut draw = move |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below.max(1)
    };
    for round in 0..600 {
        let mut members = xlsb(true);
        let bytes = &mut members[[0, 2, 3][round % 3]].1;
        for _ in 0..=draw(3) {
            let at = draw(bytes.len());
            match draw(3) {
                0 => bytes[at] = [0, 1, 0x7f, 0x80, 0xff][draw(5)],
                1 => bytes.truncate(at.max(1)),
                _ => bytes.insert(at, 0xff),
            }
        }
        let _ = read("x", of_members(&members));
    }
}

#[test]
fn a_workbook_of_old_is_read_and_ends_the_program_with_a_sentence_when_it_is_damaged() {
    let whole = include_bytes!("workbooks/two-sectors.xls");
    is_right(whole.to_vec());
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("x.xls");
    let mut state = 20_201_128_u64;
    let mut draw = move |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below.max(1)
    };
    for _ in 0..60 {
        let mut bytes = whole.to_vec();
        for _ in 0..=draw(3) {
            let at = draw(2_200);
            bytes[at] = [0, 1, 0x7f, 0x80, 0xff][draw(5)];
        }
        std::fs::write(&path, bytes).expect("written");
        let mut command = assert_cmd::Command::cargo_bin("leontief").expect("the program");
        command
            .arg("import")
            .arg(&path)
            .args(["--year", "2020", "--lang", "en"]);
        let found = command.output().expect("it runs");
        let said = String::from_utf8_lossy(&found.stderr).into_owned();
        assert!(matches!(found.status.code(), Some(0 | 1)), "{said}");
        assert!(!said.contains("panicked"), "{said}");
    }
}
