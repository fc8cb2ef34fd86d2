//! Sheets in the layouts of several offices, made up: two sectors, inputs 150 200 / 500 100 and output 1,000 and
//! 2,000.

mod odd;

use super::super::sheets::{self, Sheet};
use super::*;
use crate::table::{AnyTable, PriceBasis, Table};

fn sheet(name: &str, text: &str) -> Vec<Sheet> {
    sheets::of_bytes(name, text.as_bytes()).expect("a text")
}

fn table_of(sheets: &[Sheet], options: &Options) -> Result<(Table, Vec<Text>)> {
    let import = read(sheets, options)?.finish(options)?;
    let AnyTable::Flows(table) = import.table else {
        panic!("a table of flows");
    };
    Ok((*table, import.said))
}

fn of_year(year: i32) -> Options {
    Options {
        id: Some("own".to_owned()),
        year: Some(year),
        ..Options::default()
    }
}

#[track_caller]
fn table(text: &str) -> (Table, Vec<Text>) {
    table_of(&sheet("own.csv", text), &of_year(2020)).expect("a table")
}

/// Domestic flows at basic prices, with rows of imports and taxes, headings in two rows, totals and a column of
/// years: as Scotland publishes.
const ROWS_OF_IMPORTS: &str = "\
Industry by industry table at basic prices,,,,,,,,,,,,
,,All in £ millions,,,,,,,,,,
,,Uses by industry →,01,\"02.1, 02.4\",,Final consumption expenditure,,,Exports,,,
Year,SIC,Sales,Farming,Forestry,Total intermediate use,Households,NPISHs,Total,Non-resident households,Rest of world,Total final use,Total use for industry output
2019,01,Farming,150,500,650,280,20,300,10,40,350,\"1,000\"
2019,\"02.1, 02.4\",Forestry,200,100,300,1200,-,1200,100,400,1700,2000
2019,TDU,Total domestic use,350,600,950,1480,20,1500,110,440,2050,3000
2019,RUKImp,Imports from rest of UK,100,400,500,300,,300,,6,306,806
2019,RoWImp,Imports from rest of world,60,120,180,200,,200,,4,204,384
2019,TlSPrds,Taxes less subsidies on products,20,100,120,250,,250,,,250,370
2019,TlSPrdn,Taxes less subsidies on production,(10),30,20,,,,,,,
2019,CoE,Compensation of employees,200,600,800,,,,,,,
2019,GOS,Gross operating surplus,280,150,430,,,,,,,
2019,GVA,Gross value added,470,780,1250,,,,,,,
2019,TOut,Total output at basic prices,1000,2000,3000,,,,,,,
\"Source: made up, 2021\",,,,,,,,,,,,
";

#[test]
fn a_domestic_table_with_rows_of_imports_and_taxes_is_read_as_it_is() {
    let options = Options {
        id: Some("own".to_owned()),
        ..Options::default()
    };
    let (table, _) = table_of(&sheet("own.csv", ROWS_OF_IMPORTS), &options).expect("a table");
    let (meta, f) = (table.meta(), table.flows());
    assert_eq!((meta.year, meta.currency.as_str()), (2019, "GBP"));
    assert_eq!(meta.prices, PriceBasis::Basic);
    assert_eq!(table.sectors().get(1).code, "02.1, 02.4");
    assert_eq!(table.sectors().get(1).name.en, "Forestry");
    assert_eq!(f.domestic.dense().as_slice(), [150.0, 200.0, 500.0, 100.0]);
    assert!(f.imported.dense().iter().all(|v| *v == 0.0));
    let categories: Vec<&str> = meta.final_demand.iter().map(|c| c.id.as_str()).collect();
    assert_eq!(
        categories,
        ["household", "npishs", "exports", "rest_of_world"]
    );
    assert_eq!(meta.final_demand[2].role, FinalDemandRole::Exports);
    let roles: Vec<OtherInputRole> = meta.other_inputs.iter().map(|row| row.role).collect();
    let (imports, taxes) = (OtherInputRole::Imports, OtherInputRole::ProductTaxes);
    assert_eq!(roles, [imports, imports, taxes]);
    assert_eq!(
        f.other_inputs.row(1).iter().copied().collect::<Vec<_>>(),
        [60.0, 120.0]
    );
    assert_eq!(
        table.other_demand_for(FinalDemandRole::Household, imports),
        500.0
    );
    assert_eq!(
        table.other_demand_for(FinalDemandRole::Household, taxes),
        250.0
    );
    assert_eq!(
        table.other_demand_for(FinalDemandRole::Exports, imports),
        10.0
    );
    assert_eq!(table.value_added().as_slice(), [470.0, 780.0]);
    assert_eq!(table.output().as_slice(), [1_000.0, 2_000.0]);
}

/// Spanish, codes without names, blank rows and columns, the headings of final demand above the codes, value added
/// before its parts: as Chile publishes; the names stand in a sheet of their own.
const SPANISH: &str = "\
,,,,,,,,,,,
,Matriz de insumo-producto,,,,,,,,,,
,\"Doméstica a precio básico, actividad por actividad\",,,,,,,,,,
,(miles de millones de pesos de 2013),,,,,,,,,,
,Actividad,,,,,,Consumo de hogares,,Exportaciones,,Producción precio básico
,,1,2,,Total,,,,,,
,1,150,500,,650,,300,,50,,1000
,2,200,100,,300,,1200,,500,,2000
,,,,,,,,,,,
,Total,350,600,,950,,1500,,550,,3000
,,,,,,,,,,,
,Importaciones precios cif,160,520,,680,,,,,,
,Impuestos sobre productos,15,90,,105,,,,,,
,Derechos de importación,5,10,,15,,,,,,
,Valor agregado,470,780,,1250,,,,,,
,Remuneraciones de asalariados,200,600,,800,,,,,,
,Excedente bruto de explotación,280,150,,430,,,,,,
,Impuestos netos sobre la producción,-10,30,,20,,,,,,
,Producción precios básicos,1000,2000,,3000,,,,,,
";

#[test]
fn spanish_labels_and_codes_whose_names_stand_in_another_sheet_are_read() {
    let mut sheets = sheet(
        "glosa.csv",
        "Código,Descripción\n1,Agropecuario\n2,Minería\n",
    );
    sheets.extend(sheet("mip.csv", SPANISH));
    let (table, said) = table_of(&sheets, &Options::default()).expect("a table");
    let meta = table.meta();
    assert_eq!((meta.year, meta.currency.as_str()), (2013, "XXX"));
    assert_eq!(table.sectors().get(0).name.en, "Agropecuario");
    // Billions are held in millions.
    assert_eq!(table.output().as_slice(), [1e6, 2e6]);
    assert_eq!(meta.other_inputs.len(), 3);
    assert_eq!(table.value_added().as_slice(), [470e3, 780e3]);
    assert!(
        said.iter().any(|said| said.en.contains("currency")),
        "{said:?}"
    );
}

#[test]
fn a_total_table_with_imports_as_a_negative_column_is_split_by_imports() {
    let (table, said) = table(
        "(백만원),,,,,,,,\n\
         코드,부문,1,2,중간수요계,민간소비,수출,(공제)수입,총산출\n\
         1,농업,150,500,650,400,50,-100,1000\n\
         2,제조업,200,100,300,1200,800,-300,2000\n\
         ,중간투입계,350,600,950,,,,\n\
         ,피용자보수,200,600,,,,,\n\
         ,영업잉여,450,800,,,,,\n\
         ,부가가치계,650,1400,,,,,\n\
         ,총투입계,1000,2000,,,,,\n",
    );
    let f = table.flows();
    assert_eq!(table.sectors().get(1).name.ko, "제조업");
    assert_eq!(table.meta().currency, "KRW");
    // Of product 1 100 of 150 + 500 + 400 used at home is imported.
    let share = 100.0 / 1_050.0;
    assert!((f.imported[(0, 1)] - 500.0 * share).abs() < 1e-9);
    assert!((f.domestic[(0, 1)] - 500.0 * (1.0 - share)).abs() < 1e-9);
    assert!(
        said.iter().any(|said| said.en.contains("split")),
        "{said:?}"
    );
    assert_eq!(table.value_added().as_slice(), [650.0, 1_400.0]);
}

#[test]
fn imports_that_no_line_tells_are_what_is_used_beyond_output() {
    let (table, _) = table(
        "US$ million,,,,,\n,Farms,Mines,Private consumption,Exports,Output\n\
         Farms,150,500,400,50,1000\nMines,200,100,1200,800,2000\n\
         Gross value added,650,1400,,,\n",
    );
    let f = table.flows();
    let imports = f.imported.column_sum() + f.imported_final_demand.column_sum();
    assert!((imports[0] - 100.0).abs() < 1e-9 && (imports[1] - 300.0).abs() < 1e-9);
    assert_eq!(table.meta().currency, "USD");
}

#[test]
fn codes_of_the_european_system_of_accounts_are_known() {
    let (table, _) = table(
        "Mio EUR,,,,,,\n,A,B,P3_S14,P51G,P6,P1 output\n\
         A,150,500,200,100,50,1000\nB,200,100,1000,200,500,2000\n\
         P7,160,520,500,0,10,\nD21X31,20,100,250,,,\n\
         D1,200,600,,,,\nD29X39,-10,30,,,,\nP51C,80,50,,,,\nB2A3N,200,100,,,,\nP1 output,1000,2000,,,,\n",
    );
    let roles: Vec<FinalDemandRole> = (table.meta().final_demand.iter()).map(|c| c.role).collect();
    use FinalDemandRole::{Exports, FixedCapital, Household};
    assert_eq!(roles, [Household, FixedCapital, Exports]);
    assert_eq!(table.meta().primary_inputs.len(), 4);
    assert_eq!(table.meta().other_inputs.len(), 2);
}

#[test]
fn a_square_with_output_alone_is_a_table() {
    let (table, said) = table(",a,b,Output\na,150,500,1000\nb,200,100,2000\n");
    assert_eq!(
        table.domestic_final_demand_total().as_slice(),
        [350.0, 1_700.0]
    );
    assert_eq!(table.value_added().as_slice(), [650.0, 1_400.0]);
    assert!(
        said.iter()
            .any(|said| said.en.contains("Final demand is not in the sheet"))
    );
}

#[test]
fn coefficients_beside_flows_are_not_taken_for_them() {
    let mut sheets = sheet("inverse.csv", ",a,b\na,1.25,.33\nb,.26,1.12\n");
    sheets.extend(sheet(
        "coefficients.csv",
        ",a,b\na,.15,.25\nb,.2,.05\nGross value added,.65,.7\n",
    ));
    sheets.extend(sheet(
        "flows.csv",
        ",a,b,Exports,Output\na,150,500,350,1000\nb,200,100,1700,2000\n",
    ));
    let (table, said) = table_of(&sheets, &of_year(2020)).expect("a table");
    assert_eq!(table.flows().domestic[(1, 0)], 200.0);
    assert!(
        said[0].en.contains("flows.csv") && said[0].en.contains("inverse.csv"),
        "{said:?}"
    );
    let mut wanted = of_year(2020);
    wanted.sheet = Some("nowhere".to_owned());
    let error = table_of(&sheets, &wanted)
        .expect_err("no such sheet")
        .to_string();
    assert!(
        error.contains("no sheet 'nowhere'") && error.contains("inverse.csv"),
        "{error}"
    );
}

#[test]
fn a_total_that_is_no_sum_is_refused_with_its_place_and_both_figures() {
    let text = ROWS_OF_IMPORTS.replace("Total domestic use,350,600", "Total domestic use,350,605");
    let error = table_of(&sheet("own.csv", &text), &of_year(2019))
        .expect_err("off")
        .to_string();
    for said in ["own.csv:7", "Total domestic use", "605", "600"] {
        assert!(error.contains(said), "{said}: {error}");
    }
}

#[test]
fn a_line_of_which_it_is_not_clear_what_it_is_is_asked_for_and_a_map_answers() {
    let text = "GBP million,,,,\n,a,b,Sold elsewhere,Output\na,150,500,350,1000\nb,200,100,1700,2000\n\
                Other things,650,1400,,\n";
    let sheets = sheet("own.csv", text);
    let error = table_of(&sheets, &of_year(2020))
        .expect_err("not clear")
        .to_string();
    for said in ["D 'Sold elsewhere'", "5 'Other things'", "(import map)"] {
        assert!(error.contains(said), "{said}: {error}");
    }
    let map = suggest(&sheets, &of_year(2020)).expect("a map");
    assert!(
        map.contains("# D = \"?\" # Sold elsewhere (2050): not clear"),
        "{map}"
    );
    let answered = map
        .replace("# D = \"?\"", "D = \"exports\"")
        .replace("# 5 = \"?\"", "5 = \"operating_surplus\"");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("map.toml");
    std::fs::write(&path, answered).expect("written");
    let mut options = of_year(2020);
    options.map = Some(path);
    let (table, _) = table_of(&sheets, &options).expect("a table");
    assert_eq!(
        table
            .domestic_demand_for(FinalDemandRole::Exports)
            .as_slice(),
        [350.0, 1_700.0]
    );
    assert_eq!(table.value_added().as_slice(), [650.0, 1_400.0]);
}

#[test]
fn what_rounding_leaves_open_is_closed_and_said_and_more_than_that_is_refused() {
    // Row 1 and column 1 are 1 short of output, column 2 is 1 over.
    let text = ",a,b,c,Household consumption,Exports,Output\na,150,500,2,300,49,1002\nb,200,101,4,1200,499,2004\n\
                c,1,2,3,40,54,100\nCompensation of employees,250,900,50,,,\nOperating surplus,400,502,41,,,\n";
    let (table, said) = table(text);
    let household = table.domestic_demand_for(FinalDemandRole::Household);
    assert_eq!(household.as_slice(), [301.0, 1_200.0, 40.0]);
    assert_eq!(table.value_added().as_slice(), [651.0, 1_401.0, 91.0]);
    let of_it = said
        .iter()
        .any(|said| said.en.contains("3 rows and columns") && said.en.contains("1 at most"));
    assert!(of_it, "{said:?}");
    let wrong = text.replace("a,150,500,2,300", "a,150,500,2,250");
    let error = table_of(&sheet("own.csv", &wrong), &of_year(2020));
    assert!(error.expect_err("off by 51").to_string().contains("row a"));
}

#[test]
fn a_sheet_with_persons_in_work_has_an_account_of_jobs() {
    let (table, _) = table(
        ",a,b,Household consumption,Output\na,150,500,350,1000\nb,200,100,1700,2000\n\
         Compensation of employees,250,900,,\nOperating surplus,400,500,,\nOutput,1000,2000,,\nJobs,300,500,,\n",
    );
    assert_eq!(
        table.satellite("jobs").expect("jobs").as_slice(),
        [300.0, 500.0]
    );
    let said = table
        .meta()
        .primary_inputs
        .iter()
        .map(|p| p.role.id())
        .collect::<Vec<_>>();
    assert_eq!(said, ["compensation", "operating_surplus"]);
}

#[test]
fn totals_with_codes_of_their_own_are_no_sectors() {
    // As Japan publishes: inner sectors in all are line 70 both ways; imports are negative.
    let (table, _) = table(
        "産業連関表（生産者価格評価）,,,,,,,,,,\n（単位：百万円）,,,,,,,,,,\n\
         ,,01,02,70,71,73,80,81,87,97\n\
         ,,農業,製造業,内生部門計,民間消費支出,国内総固定資本形成,輸出,需要合計,（控除）輸入計,国内生産額\n\
         01,農業,100,300,400,600,50,50,1100,-100,1000\n\
         02,製造業,200,800,1000,1000,500,300,2800,-300,2500\n\
         70,内生部門計,300,1100,1400,,,,,,\n\
         91,雇用者所得,200,700,900,,,,,,\n\
         92,営業余剰,350,400,750,,,,,,\n\
         93,資本減耗引当,100,200,300,,,,,,\n\
         94,間接税,60,120,180,,,,,,\n\
         95,（控除）補助金,-10,-20,-30,,,,,,\n\
         96,粗付加価値部門計,700,1400,2100,,,,,,\n\
         97,国内生産額,1000,2500,3500,,,,,,\n",
    );
    assert_eq!(table.sectors().len(), 2);
    assert_eq!(table.sectors().get(1).name.en, "製造業");
    assert_eq!(
        (table.meta().currency.as_str(), table.meta().prices),
        ("JPY", PriceBasis::Producers)
    );
    assert_eq!(table.value_added().as_slice(), [700.0, 1_400.0]);
    let f = table.flows();
    let imports = f.imported.column_sum() + f.imported_final_demand.column_sum();
    assert!((imports[0] - 100.0).abs() < 1e-9 && (imports[1] - 300.0).abs() < 1e-9);
}

#[test]
fn decimal_commas_and_german_labels_are_read() {
    let (table, _) = table(
        "Inländische Produktion zu Herstellungspreisen - Mrd. EUR;;;;;;\n\
         ;;CPA 01;CPA 02;Insgesamt;Konsumausgaben privater Haushalte im Inland;Exporte;Gesamte Verwendung von Gütern\n\
         CPA 01;Landwirtschaft;150,5;500,0;650,5;300,0;49,5;1000,0\n\
         CPA 02;Bergbau;200,0;100,0;300,0;1200,0;500,0;2000,0\n\
         ;Vorleistungen der Produktionsbereiche;350,5;600,0;950,5;;;\n\
         ;Importe;160,0;520,0;680,0;200,0;;\n\
         ;Gütersteuern abzügl. Gütersubventionen;20,0;100,0;120,0;;;\n\
         ;Arbeitnehmerentgelt im Inland;199,5;600,0;;;;\n\
         ;Sonstige Produktionsabgaben;-10,0;30,0;;;;\n\
         ;Abschreibungen;80,0;50,0;;;;\n\
         ;Nettobetriebsüberschuss;200,0;100,0;;;;\n\
         ;Bruttowertschöpfung;469,5;780,0;;;;\n\
         ;Produktionswert;1000,0;2000,0;;;;\n",
    );
    assert_eq!(table.output().as_slice(), [1e6, 2e6]);
    assert_eq!(table.meta().currency, "EUR");
    assert_eq!(table.meta().primary_inputs.len(), 4);
    assert_eq!(table.meta().other_inputs.len(), 2);
}

#[test]
fn the_use_table_of_the_united_states_and_the_table_of_india_are_read() {
    let (table, _) = table(
        "The Use of Commodities by Industries,,,,,,,,,\n(Millions of dollars),,,,,,,,,\n\
         Commodities/Industries,Name,11,21,Total Intermediate,Personal consumption expenditures,Private fixed investment,\
         Exports of goods and services,Imports of goods and services,Total Final Uses,Total Commodity Output\n\
         11,Agriculture,150,500,650,300,35,60,-45,350,1000\n\
         21,Mining,200,100,300,1300,310,400,-310,1700,2000\n\
         T005,Total Intermediate,350,600,950,,,,,,\n\
         V001,Compensation of employees,250,900,1150,,,,,,\n\
         V002,\"Taxes on production and imports, less subsidies\",50,100,150,,,,,,\n\
         V003,Gross operating surplus,350,400,750,,,,,,\n\
         T006,Total Value Added,650,1400,2050,,,,,,\n\
         T008,Total Industry Output,1000,2000,3000,,,,,,\n",
    );
    let roles = table
        .meta()
        .primary_inputs
        .iter()
        .map(|p| p.role.id())
        .collect::<Vec<_>>();
    assert_eq!(
        roles,
        ["compensation", "net_production_taxes", "operating_surplus"]
    );
    let india = "Transactions 2015-16 (Rs. lakh),,,,,,,,,\n\
                 No.,Sector,1,2,Inter-Industry Use (IIUSE),Private Final Consumption Expenditure (PFCE),\
                 Gross Fixed Capital Formation (GFCF),Change in Stocks (CIS),Exports (EXP),Less Imports (IMP),Total Output\n\
                 1,Agriculture,150,500,650,300,30,5,60,-45,1000\n\
                 2,Industry,200,100,300,1300,310,0,400,-310,2000\n\
                 ,Net Indirect Taxes (NIT),10,60,70,,,,,,\n,GVA,640,1340,1980,,,,,,\n,Output,1000,2000,3000,,,,,,\n";
    let (table, _) = table_of(&sheet("india.csv", india), &of_year(2015)).expect("a table");
    assert_eq!(table.meta().currency, "INR");
    // A lakh is a tenth of a million.
    assert_eq!(table.output().as_slice(), [100.0, 200.0]);
    // Taxes stand beside value added, not in it.
    assert_eq!(table.value_added().as_slice(), [65.0, 140.0]);
}

#[test]
fn the_title_is_the_first_text_unless_it_is_a_name_that_nothing_stands_beside() {
    let options = of_year(2019);
    let title = |text: &str| {
        let table = table_of(&sheet("own.csv", text), &options).expect("a table");
        table.0.meta().title.en.clone()
    };
    let scotland = "Industry by industry table at basic prices";
    assert_eq!(title(ROWS_OF_IMPORTS), scotland);
    let square = "Code,Name,1,2,Output\n1,a,150,500,1000\n2,b,200,100,2000\n";
    assert_eq!(
        title(&format!("Title,Mine,,,\nYear,2019,,,\n{square}")),
        "Mine"
    );
    assert_eq!(title(&format!("Title,,,,\nYear,2019,,,\n{square}")), "own");
}
