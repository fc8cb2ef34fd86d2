//! A table of one's own, built in memory: the two sectors of Miller & Blair, Table 2.3.
//!
//! ```text
//! cargo run --example own_table
//! ```
//!
//! A table on disk is a folder of the same blocks: `AnyTable::open("path/to/folder")`.

use leontief::Model;
use leontief::analysis::{MultiplierType, Multipliers};
use leontief::table::{FinalDemandRole, Table};

fn main() -> leontief::Result<()> {
    // Rows supply, columns use. Value added is what is left of output: 650 and 1,400.
    let table = Table::builder("miller-blair-2.3", 2022)
        .sectors([("1", "Agriculture"), ("2", "Manufacturing")])
        .domestic_flows([[150.0, 500.0], [200.0, 100.0]])
        .final_demand(FinalDemandRole::Household, [350.0, 1700.0])
        .currency("USD")
        .build()?;

    let model = Model::new(&table)?;
    println!("L = {:.4}", model.leontief_inverse());

    let multipliers = Multipliers::of(&model, MultiplierType::Type1)?;
    for m in &multipliers.sectors {
        println!(
            "{:14} output multiplier {:.6}, influence {:.3}",
            m.sector.name.en, m.output, m.influence
        );
    }

    let output = model.output_for(&vec![600.0, 1500.0].into());
    println!(
        "\nf = (600, 1500) needs x = ({:.4}, {:.4})",
        output[0], output[1]
    );
    Ok(())
}
