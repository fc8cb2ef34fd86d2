//! A table of one's own, built in memory: the two sectors of Miller & Blair, Table 2.3.
//!
//! ```text
//! cargo run --example own_table
//! ```
//!
//! A table on disk is a folder of the same blocks: `AnyTable::open("path/to/folder")`.

use leontief::analysis::{MultiplierType, Multipliers};
use leontief::table::meta::Known;
use leontief::table::{
    Classification, FinalDemandCategory, FinalDemandRole, Flows, Kind, Meta, PrimaryInput,
    PrimaryInputRole, Sector, Table,
};
use leontief::{AnyTable, Model, Text};
use nalgebra::{DMatrix, DVector};

fn main() -> leontief::Result<()> {
    let meta = Meta {
        id: "miller-blair-2.3".to_owned(),
        kind: Kind::Flows,
        title: Text::new("Two sectors", "2부문"),
        year: 2022,
        country: Text::new("Textbook", "교과서"),
        classification: "two".to_owned(),
        currency: "USD".to_owned(),
        unit: 1e6,
        price_basis: Text::new("producers' prices", "생산자가격"),
        prices: Default::default(),
        attribution: Text::same("Miller & Blair (2022), Table 2.3"),
        modifications: Text::new("none", "없음"),
        sources: Vec::new(),
        final_demand: vec![FinalDemandCategory {
            id: "final".to_owned(),
            role: FinalDemandRole::Household,
            title: Text::new("Final demand", "최종수요"),
        }],
        primary_inputs: vec![PrimaryInput {
            id: "value_added".to_owned(),
            role: PrimaryInputRole::OperatingSurplus,
            title: Text::new("Value added", "부가가치"),
        }],
        accounts: Vec::new(),
        blocks: Vec::new(),
        known: Known::default(),
        roles: Default::default(),
    };
    let sector = |code: &str, en: &str, ko: &str| Sector {
        code: code.to_owned(),
        name: Text::new(en, ko),
        group: None,
    };
    let sectors = vec![
        sector("1", "Agriculture", "농업"),
        sector("2", "Manufacturing", "제조업"),
    ];
    let sectors = Classification::new(&meta.id, sectors, &[])?;
    let flows = Flows {
        // Rows supply, columns use.
        domestic: DMatrix::from_row_slice(2, 2, &[150.0, 500.0, 200.0, 100.0]),
        imported: DMatrix::zeros(2, 2),
        domestic_final_demand: DMatrix::from_row_slice(2, 1, &[350.0, 1700.0]),
        imported_final_demand: DMatrix::zeros(2, 1),
        primary_inputs: DMatrix::from_row_slice(1, 2, &[650.0, 1400.0]),
        output: DVector::from_vec(vec![1000.0, 2000.0]),
        imports: None,
        satellites: Vec::new(),
    };
    let table = AnyTable::Flows(Box::new(Table::new(meta, sectors, flows, String::new())?));

    let model = Model::new(&table)?;
    println!("L = {:.4}", model.leontief_inverse());

    let multipliers = Multipliers::of(&model, MultiplierType::Type1)?;
    for m in &multipliers.sectors {
        println!(
            "{:14} output multiplier {:.6}, influence {:.3}",
            m.sector.name.en, m.output, m.influence
        );
    }

    let demand = DVector::from_vec(vec![600.0, 1500.0]);
    let output = model.output_for(&demand);
    println!(
        "\nf = (600, 1500) needs x = ({:.4}, {:.4})",
        output[0], output[1]
    );
    Ok(())
}
