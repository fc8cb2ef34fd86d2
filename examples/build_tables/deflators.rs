//! `deflators.csv` of a table.

use nalgebra::DMatrix;

use super::files::{File, matrix_file};
use super::sources::{Result, Sector, Sources};

const DEFLATOR_DECIMALS: usize = 4;

/// `deflators.csv`: the implicit output deflator of the group that holds a sector, carried on by the
/// growth of other series; `*` is all output at current prices over all at prices of the first year.
pub fn deflator_file(id: &str, sectors: &[Sector], sources: &Sources) -> Result<File> {
    let deflators = &sources.deflators;
    let (mut current, mut constant) = (
        vec![0.0; deflators.years.len()],
        vec![0.0; deflators.years.len()],
    );
    for (index, output) in deflators.by_group.iter().zip(&deflators.output) {
        if let (Some(index), Some(output)) = (index, output) {
            for year in 0..deflators.years.len() {
                current[year] += output[year];
                constant[year] += output[year] / index[year] * 100.0;
            }
        }
    }
    let whole = current.iter().zip(&constant).map(|(c, k)| c / k * 100.0);
    let whole: Vec<f64> = whole.collect();

    let mut later: Vec<&str> = deflators.after.iter().map(|(_, y, _)| y.as_str()).collect();
    later.sort_unstable();
    later.dedup();
    let growth = |group: &str, year: &str| -> Result<f64> {
        let of = |group: &str| {
            let found = deflators
                .after
                .iter()
                .find(|(g, y, _)| g == group && y == year);
            found.map(|(_, _, growth)| *growth)
        };
        let growth = of(group).or_else(|| of("*"));
        growth.ok_or_else(|| format!("prices_after_2023.csv: no growth of {year}").into())
    };
    let mut rows = Vec::new();
    for sector in sectors {
        let at = sources.group_33(sector);
        let group = at.map_or("*", |at| sources.sectors_33[at].code.as_str());
        let own = at.and_then(|at| deflators.by_group[at].clone());
        rows.push((sector.code.as_str(), group, own));
    }
    rows.push(("*", "*", None));
    let mut names = Vec::new();
    let mut cells = Vec::new();
    for (code, group, own) in &rows {
        let mut indices = own.clone().unwrap_or_else(|| whole.clone());
        for year in &later {
            let last = indices.last().copied().unwrap_or(100.0);
            indices.push(last * (1.0 + growth(group, year)? / 100.0));
        }
        names.push(*code);
        cells.extend(indices);
    }
    let mut years: Vec<&str> = deflators.years.iter().map(String::as_str).collect();
    years.extend(later);
    let cells = DMatrix::from_row_slice(names.len(), years.len(), &cells);
    let contents = matrix_file("code", &names, &years, &cells, DEFLATOR_DECIMALS)?;
    Ok((format!("{id}/deflators.csv"), contents))
}
