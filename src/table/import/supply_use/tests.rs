use super::*;
use crate::table::FinalDemandRole;

fn files(texts: &[(&str, &str)]) -> Vec<(String, Vec<u8>)> {
    let owned = texts
        .iter()
        .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
    owned.collect()
}

fn read_all(texts: &[(&str, &str)]) -> Result<SupplyUseImport> {
    of_bytes(&files(texts), &Options::default())
}

/// Eurostat's blocks: codes and names, totals, margins and taxes beside supply, final uses at purchasers' prices.
/// The figures are those of `margins_and_taxes_are_taken_out_of_each_use`.
const SUPPLY: &str = "Supply table at basic prices,,,,,,,,\n\
    ,,A,G,P1,P7,OTTM,D21X31,TS_PP\n\
    ,,Makers,Traders,Total,Imports cif,Trade and transport margins,Taxes less subsidies on products,Total supply\n\
    CPA_A,Goods,100,0,100,20,24,12,156\n\
    CPA_G,Trade,0,80,80,:,-24,4,60\n\
    TOTAL,Total,100,80,180,20,0,16,216\n";
const USE: &str = "Use table at purchasers' prices,,,,,,,,\n\
    ,,A,G,P2,P3_S14,P6,TFU,TU\n\
    ,,Makers,Traders,Total,Households,Exports,Final uses,Total use\n\
    CPA_A,Goods,26,10,36,84,36,120,156\n\
    CPA_G,Trade,8,2,10,30,20,50,60\n\
    P2,Total,34,12,46,114,56,170,216\n\
    D1,Compensation of employees,40,50,90,,,,\n\
    B2A3G,Operating surplus,26,18,44,,,,\n\
    P1,Output,100,80,180,,,,\n";

#[test]
fn eurostats_blocks_are_read_with_their_totals_left_out() {
    let read = read_all(&[("supply.csv", SUPPLY), ("use.csv", USE)]).expect("read");
    let tables = &read.tables;
    assert_eq!(
        tables.products[0],
        ("CPA_A".to_owned(), Text::same("Goods"))
    );
    assert_eq!(tables.industries[1].1.en, "Traders");
    assert_eq!(tables.industry_output().as_slice(), [100.0, 80.0]);
    assert!((tables.imported[(0, 0)] - 20.0 * 26.0 / 120.0).abs() < 1e-9);
    assert_eq!(tables.value_added.len(), 2);
    let roles: Vec<FinalDemandRole> = tables.final_demand.iter().map(|(role, ..)| *role).collect();
    assert_eq!(
        roles,
        [FinalDemandRole::Household, FinalDemandRole::Exports]
    );
    assert_eq!(read.said.len(), 2);
}

/// BEA's: make has industries in rows, imports are a column below zero, codes are BEA's; a third product without
/// an industry of its name.
#[test]
fn beas_make_and_use_are_read_by_their_codes() {
    let make = "Make,,,,,\n,,111CA,22,Other,T008\nIOCode,Name,Farms,Utilities,Noncomparable imports,Total\n\
                111CA,Farms,90,0,0,90\n22,Utilities,10,100,0,110\nT007,Total,100,100,...,200\n";
    let uses = "Use,,,,,,,,\n,,111CA,22,T001,F010,F040,F050,T019\n\
                IOCode,Name,Farms,Utilities,Total,Consumption,Exports,Imports,Total\n\
                111CA,Farms,12,8,20,85,5,-10,100\n22,Utilities,10,7,17,63,20,---,100\n\
                Other,Noncomparable imports,3,0,3,2,0,-5,0\n\
                V001,Compensation of employees,40,60,100,,,,\nV002,Taxes on production and imports,5,5,10,,,,\n\
                V003,Gross operating surplus,20,30,50,,,,\nT018,Total industry output,90,110,200,,,,\n";
    let read =
        read_all(&[("IOMake_Summary.csv", make), ("IOUse_Summary.csv", uses)]).expect("read");
    let tables = &read.tables;
    assert_eq!(tables.products.len(), 3);
    assert_eq!(tables.supply[(0, 1)], 10.0);
    // Imports of 10 over 105 used at home.
    assert!((tables.imported[(0, 0)] - 12.0 * 10.0 / 105.0).abs() < 1e-9);
    assert_eq!(tables.imported[(2, 0)], 3.0);
    let d = crate::table::supply_use::Transformation::FixedProductSales;
    let made = tables
        .transform(d, Default::default())
        .expect("industry by industry");
    assert_eq!(made.unmade, 5.0);
}

/// USEEIO's: V and U with regions in the codes, domestic use beside.
#[test]
fn useeio_files_are_read_with_their_domestic_use() {
    let v = ",11/US,22/US\n11/US,90,0\n22/US,10,100\n";
    let u = ",11/US,22/US,F01000/US,F05000/US\n11/US,12,8,90,-10\n22/US,10,7,83,0\nV00100/US,68,95,0,0\n";
    let d = ",11/US,22/US,F01000/US\n11/US,9,8,83\n22/US,10,7,83\n";
    let read = read_all(&[("V.csv", v), ("U.csv", u), ("U_d.csv", d)]).expect("read");
    assert_eq!(read.tables.products[0].0, "11");
    assert_eq!(read.tables.imported[(0, 0)], 3.0);
    assert_eq!(read.tables.final_demand[0].2[0], 7.0);
}

#[test]
fn what_is_not_understood_is_refused_with_its_cell() {
    let message = |texts: &[(&str, &str)]| read_all(texts).expect_err("refused").to_string();
    let odd = USE.replace("P3_S14", "ODD").replace("Households", "Odd");
    let said = message(&[("supply.csv", SUPPLY), ("use.csv", &odd)]);
    assert!(said.contains("'ODD'") && said.contains("use.csv"), "{said}");
    assert!(message(&[("use.csv", USE)]).contains("supply"));
    assert!(message(&[("supply.csv", SUPPLY)]).contains("use table"));
    let off = USE.replace("26,10,36", "96,10,36");
    assert!(message(&[("supply.csv", SUPPLY), ("use.csv", &off)]).contains("CPA_A"));
    let word = USE.replace("26,10,36", "x,10,36");
    assert!(message(&[("supply.csv", SUPPLY), ("use.csv", &word)]).contains("use.csv"));
    let twice = USE.replace("CPA_G", "CPA_A");
    assert!(message(&[("supply.csv", SUPPLY), ("use.csv", &twice)]).contains("twice"));
}
