//! From the inducement coefficients that BOK publishes to coefficients per unit of output.

use nalgebra::{DMatrix, DVector};

use super::files::{COEFFICIENT_DECIMALS, File, codes, column, matrix_file, rounded};
use super::sources::{Inducement, Result, Sources};

/// Import coefficients below this are rounding of the published ones (6 decimals).
const IMPORT_COEFFICIENT_FLOOR: f64 = 1e-6;

/// A value-added coefficient below this is rounding of the published ones: there is none.
const NO_VALUE_ADDED: f64 = 1e-5;

/// Coefficients per unit of output, from the inducement coefficients that BOK publishes.
pub struct Coefficients {
    /// Ad = I - L^-1. Its small negative entries are BOK's own: by-products and scrap are entered
    /// as negative inputs.
    pub domestic: DMatrix<f64>,
    /// Am = (Am L) L^-1.
    pub imported: DMatrix<f64>,
    /// e, persons per billion won, since E = e^ L.
    pub jobs: DVector<f64>,
}

/// Published coefficients have six decimals: half a unit of the last.
const HALF_A_UNIT: f64 = 0.5e-6;

pub fn coefficients(
    id: &str,
    published: &Inducement,
    notes: &mut Vec<String>,
) -> Result<Coefficients> {
    let n = published.production.nrows();
    let jobs = jobs_coefficients(published);
    let inverse = with_digits_of_jobs(published, &jobs)
        .try_inverse()
        .ok_or("the production inducement coefficients are singular")?;
    let mut imported = &published.imports * &inverse;
    for cell in imported.iter_mut() {
        if cell.abs() < IMPORT_COEFFICIENT_FLOOR {
            *cell = 0.0;
        }
    }
    let mut domestic = DMatrix::identity(n, n) - inverse;
    for j in 0..n {
        let left = 1.0 - domestic.column(j).sum() - imported.column(j).sum();
        if left.abs() < NO_VALUE_ADDED {
            let cells = spread_evenly(&mut domestic, &mut imported, j, left);
            notes.push(format!(
                "{id}: sector {}: {left:.2e} per won of rounding spread over its {cells} inputs",
                j + 1
            ));
        }
    }
    Ok(Coefficients {
        domestic,
        imported,
        jobs,
    })
}

/// e, n: by least squares over each row of E = e^ L, whose rounding counts less that way than in
/// E_ii / L_ii alone.
fn jobs_coefficients(published: &Inducement) -> DVector<f64> {
    let (inverse, jobs) = (&published.production, &published.jobs);
    DVector::from_fn(inverse.nrows(), |i, _| {
        inverse.row(i).dot(&jobs.row(i)) / inverse.row(i).norm_squared()
    })
}

/// L, n x n, with the decimals that the employment inducement coefficients know more of it.
///
/// E = e^ L is published with six decimals as L is. Where e_i is above 1 person per billion won,
/// E_ij / e_i has the smaller rounding: L_ij is that, within what rounds to the published L_ij.
fn with_digits_of_jobs(published: &Inducement, jobs: &DVector<f64>) -> DMatrix<f64> {
    let rounded = &published.production;
    DMatrix::from_fn(rounded.nrows(), rounded.ncols(), |i, j| {
        let cell = rounded[(i, j)];
        if jobs[i] > 1.0 {
            (published.jobs[(i, j)] / jobs[i]).clamp(cell - HALF_A_UNIT, cell + HALF_A_UNIT)
        } else {
            cell
        }
    })
}

/// Adds to the inputs of sector `j` in all, by the same amount in each that is positive: no single
/// coefficient then moves by more than a small part of the rounding. Returns how many those are.
fn spread_evenly(
    domestic: &mut DMatrix<f64>,
    imported: &mut DMatrix<f64>,
    j: usize,
    amount: f64,
) -> usize {
    let positive = |block: &DMatrix<f64>| block.column(j).iter().filter(|c| **c > 0.0).count();
    let cells = positive(domestic) + positive(imported);
    for cell in domestic
        .column_mut(j)
        .iter_mut()
        .chain(imported.column_mut(j).iter_mut())
        .filter(|cell| **cell > 0.0)
    {
        *cell += amount / cells as f64;
    }
    cells
}

/// The files of a table of coefficients: million won, persons, t CO2-eq.
pub fn coefficient_files(
    year: u16,
    sources: &Sources,
    output: &DVector<f64>,
    files: &mut Vec<File>,
    notes: &mut Vec<String>,
) -> Result<()> {
    let id = &format!("kr-{year}-33");
    let published = &sources.inducement[&year];
    let Coefficients {
        domestic,
        imported,
        jobs,
    } = coefficients(id, published, notes)?;
    let (mut domestic, imported) = (
        rounded(&domestic, COEFFICIENT_DECIMALS),
        rounded(&imported, COEFFICIENT_DECIMALS),
    );
    // From the rounded ones, so that Ad + Am + v = 1 holds in the files to the last digit.
    let mut value_added =
        (domestic.row_sum_tr() + imported.row_sum_tr()).map(|inputs| 1.0 - inputs);
    // A sector without value added (33, 기타): its inputs add up to 1 but for the ninth decimals,
    // which go to its largest input.
    for j in 0..value_added.len() {
        if value_added[j].abs() < NO_VALUE_ADDED {
            let largest = domestic.column(j).iamax();
            domestic[(largest, j)] += value_added[j];
            value_added[j] = 0.0;
        }
    }

    let codes = codes(&sources.sectors_33);
    let mut write = |name: &str, contents: Result<String>| -> Result<()> {
        files.push((format!("{id}/{name}.csv"), contents?));
        Ok(())
    };
    let d = COEFFICIENT_DECIMALS;
    write(
        "domestic_coefficients",
        matrix_file("code", &codes, &codes, &domestic, d),
    )?;
    write(
        "import_coefficients",
        matrix_file("code", &codes, &codes, &imported, d),
    )?;
    write(
        "value_added_coefficients",
        matrix_file("code", &codes, &["value_added"], &column(&value_added), d),
    )?;
    let ghg = sources.ghg_of(year)?;
    let ghg = DVector::from_fn(ghg.len(), |j, _| 1000.0 * ghg[j] / output[j]);
    let accounts = DMatrix::from_columns(&[jobs, ghg]);
    write(
        "satellite_coefficients",
        matrix_file("code", &codes, &["jobs", "ghg"], &accounts, d),
    )?;
    write(
        "output",
        matrix_file("code", &codes, &["output"], &column(output), d),
    )
}
