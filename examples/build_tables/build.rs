//! From the published figures to the built-in tables: pure functions, files in memory.
//!
//! | table | what is published | what is derived or estimated here |
//! | --- | --- | --- |
//! | `kr-2023-33` | inducement coefficients at 33 sectors; totals by product at 83 | Ad, Am by inversion; flows; imports by category of final demand |
//! | `kr-2020-33`, `kr-2022-33` | inducement coefficients | Ad, Am, v, e |
//! | `kr-2023-83` | total flows, imports by product | the domestic/import split ([`split`]), jobs ([`jobs`]) |
//! | `kr-2020-regions` | regional multipliers | nothing |

// By path, so that tests/rebuild_tables.rs can include this file with its modules.
#[path = "jobs.rs"]
mod jobs;
#[path = "sources.rs"]
pub mod sources;
#[path = "split.rs"]
pub mod split;

use std::collections::BTreeMap;
use std::ops::{AddAssign, SubAssign};

use nalgebra::{DMatrix, DVector};

use sources::{
    EXPORTS, FINAL_DEMAND, Inducement, PRIMARY_INPUTS, Result, Sector, Sources, TotalFlows,
};

/// Decimals of amounts and coefficients in the files.
const FLOW_DECIMALS: usize = 6;
const COEFFICIENT_DECIMALS: usize = 9;
const DEFLATOR_DECIMALS: usize = 4;

/// Import coefficients below this are rounding of the published ones (6 decimals).
const IMPORT_COEFFICIENT_FLOOR: f64 = 1e-6;

/// A value-added coefficient below this is rounding of the published ones: there is none.
const NO_VALUE_ADDED: f64 = 1e-5;

/// Largest difference (million won) allowed in a row or column that must balance.
const BALANCE_TOLERANCE: f64 = 0.01;

/// The files and what is worth knowing about how they came about.
pub struct Built {
    /// Path below `tables/` ("kr-2023-33/output.csv") and contents.
    pub files: Vec<(String, String)>,
    pub split: split::Report,
    /// What was dropped, adjusted or stands out, for people to read.
    pub notes: Vec<String>,
}

/// Builds all tables.
pub fn build(sources: &Sources) -> Result<Built> {
    let mut files = Vec::new();
    let mut notes = Vec::new();

    for year in [2020, 2022] {
        let id = format!("kr-{year}-33");
        classification_files(&id, sources, true, &mut files, &mut notes)?;
        coefficient_files(
            &id,
            sources,
            &sources.inducement[&year],
            &mut files,
            &mut notes,
        )?;
        files.push(deflator_file(&id, &sources.sectors_33, sources)?);
    }

    classification_files("kr-2023-33", sources, true, &mut files, &mut notes)?;
    let table_33 = table_33(sources, &mut notes)?;
    table_33.write("kr-2023-33", &mut files)?;
    files.push(deflator_file("kr-2023-33", &sources.sectors_33, sources)?);

    classification_files("kr-2023-83", sources, false, &mut files, &mut notes)?;
    let (table_83, key, report) = table_83(sources, &table_33, &mut notes)?;
    table_83.write("kr-2023-83", &mut files)?;
    files.push(deflator_file("kr-2023-83", &sources.sectors_83, sources)?);
    files.push((
        "kr-2023-83/jobs_key.csv".into(),
        jobs_key_file(&sources.sectors_83, &table_83, &key)?,
    ));

    classification_files("kr-2020-regions", sources, false, &mut files, &mut notes)?;
    region_files(sources, &mut files)?;

    Ok(Built {
        files,
        split: report,
        notes,
    })
}

// ---------------------------------------------------------------------------------------------
// Coefficients
// ---------------------------------------------------------------------------------------------

/// Coefficients per unit of output, from the inducement coefficients that BOK publishes.
struct Coefficients {
    /// Ad = I - L^-1. Its small negative entries are BOK's own: by-products and scrap are entered
    /// as negative inputs.
    domestic: DMatrix<f64>,
    /// Am = (Am L) L^-1.
    imported: DMatrix<f64>,
    /// e, persons per billion won, since E = e^ L.
    jobs: DVector<f64>,
}

/// Published coefficients have six decimals: half a unit of the last.
const HALF_A_UNIT: f64 = 0.5e-6;

fn coefficients(id: &str, published: &Inducement, notes: &mut Vec<String>) -> Result<Coefficients> {
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

fn coefficient_files(
    id: &str,
    sources: &Sources,
    published: &Inducement,
    files: &mut Vec<(String, String)>,
    notes: &mut Vec<String>,
) -> Result<()> {
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
    write(
        "satellite_coefficients",
        matrix_file("code", &codes, &["jobs"], &column(&jobs), d),
    )
}

// ---------------------------------------------------------------------------------------------
// Flows
// ---------------------------------------------------------------------------------------------

/// A table of flows, million won; jobs in persons.
struct Flows {
    sectors: Vec<Sector>,
    domestic: DMatrix<f64>,
    imported: DMatrix<f64>,
    domestic_final: DMatrix<f64>,
    imported_final: DMatrix<f64>,
    primary_inputs: DMatrix<f64>,
    output: DVector<f64>,
    imports_cif: DVector<f64>,
    import_taxes: DVector<f64>,
    jobs: DVector<f64>,
}

impl Flows {
    /// Rounds to the decimals of the files, checks the balance of what will stand there, writes.
    fn write(&self, id: &str, files: &mut Vec<(String, String)>) -> Result<()> {
        let d = FLOW_DECIMALS;
        let table = Flows {
            sectors: self.sectors.clone(),
            domestic: rounded(&self.domestic, d),
            imported: rounded(&self.imported, d),
            domestic_final: rounded(&self.domestic_final, d),
            imported_final: rounded(&self.imported_final, d),
            primary_inputs: rounded(&self.primary_inputs, d),
            output: self.output.clone(),
            imports_cif: self.imports_cif.clone(),
            import_taxes: self.import_taxes.clone(),
            jobs: self.jobs.clone(),
        };
        table
            .check_balance()
            .map_err(|error| format!("{id}: {error}"))?;

        let codes = codes(&table.sectors);
        let categories = FINAL_DEMAND.map(|(name, _)| name);
        let parts = PRIMARY_INPUTS.map(|(name, _)| name);
        let imports =
            DMatrix::from_columns(&[table.imports_cif.clone(), table.import_taxes.clone()]);
        let mut write = |name: &str, contents: Result<String>| -> Result<()> {
            files.push((format!("{id}/{name}.csv"), contents?));
            Ok(())
        };
        write(
            "domestic_flows",
            matrix_file("code", &codes, &codes, &table.domestic, d),
        )?;
        write(
            "imported_flows",
            matrix_file("code", &codes, &codes, &table.imported, d),
        )?;
        write(
            "domestic_final_demand",
            matrix_file("code", &codes, &categories, &table.domestic_final, d),
        )?;
        write(
            "imported_final_demand",
            matrix_file("code", &codes, &categories, &table.imported_final, d),
        )?;
        write(
            "primary_inputs",
            matrix_file("part", &parts, &codes, &table.primary_inputs, d),
        )?;
        write(
            "output",
            matrix_file("code", &codes, &["output"], &column(&table.output), d),
        )?;
        write(
            "imports",
            matrix_file(
                "code",
                &codes,
                &["imports_cif", "import_taxes"],
                &imports,
                d,
            ),
        )?;
        write(
            "satellites",
            matrix_file("code", &codes, &["jobs"], &column(&table.jobs), d),
        )
    }

    /// Supply equals use, at home and from abroad, and inputs equal output.
    fn check_balance(&self) -> Result<()> {
        let inputs = self.domestic.row_sum_tr()
            + self.imported.row_sum_tr()
            + self.primary_inputs.row_sum_tr();
        let domestic_uses = self.domestic.column_sum() + self.domestic_final.column_sum();
        let imported_uses = self.imported.column_sum() + self.imported_final.column_sum();
        let imports = &self.imports_cif + &self.import_taxes;
        let pairs = [
            ("inputs", inputs, &self.output),
            ("uses of the domestic product", domestic_uses, &self.output),
            ("uses of the imported product", imported_uses, &imports),
        ];
        for (what, sum, due) in pairs {
            for (at, sector) in self.sectors.iter().enumerate() {
                let gap = sum[at] - due[at];
                if gap.abs() > BALANCE_TOLERANCE {
                    return Err(format!(
                        "sector {}: {what} are off by {gap} million won",
                        sector.code
                    )
                    .into());
                }
            }
        }
        Ok(())
    }
}

/// kr-2023-33: published coefficients times the outputs of the 83-sector table.
fn table_33(sources: &Sources, notes: &mut Vec<String>) -> Result<Flows> {
    let n = sources.sectors_33.len();
    let total = grouped(&sources.total, &sources.group, n);
    let output = &total.output;
    let Coefficients {
        domestic,
        imported,
        jobs,
    } = coefficients("kr-2023-33", &sources.inducement[&2023], notes)?;
    let (mut domestic, mut imported) = (
        times_columns(&domestic, output),
        times_columns(&imported, output),
    );

    // Value added is what inputs leave of output, and differs from the published parts by the
    // rounding of the coefficients: the parts are scaled to it pro rata. A sector without value
    // added (33, 기타) has no parts, and its inputs add up to its output already.
    let mut primary_inputs = total.primary_inputs.clone();
    let mut largest = (0.0_f64, 0);
    for j in 0..n {
        let left = output[j] - domestic.column(j).sum() - imported.column(j).sum();
        let published = primary_inputs.column(j).sum();
        if published > 0.0 {
            primary_inputs.column_mut(j).scale_mut(left / published);
        }
        let change = (left - published) / output[j];
        if change.abs() > largest.0.abs() {
            largest = (change, j);
        }
    }
    notes.push(format!(
        "kr-2023-33: value added by coefficients differs from the published one by at most {:.2e} of output (sector {})",
        largest.0, sources.sectors_33[largest.1].code
    ));

    // Construction (19): its coefficients give 1,620 million won of imports, 1,550 are published.
    // The excess, also rounding, is domestic; it would make imported final demand negative.
    let imports = &total.imports_cif + &total.import_taxes;
    for i in 0..n {
        let (used, without_exports) = (
            imported.row(i).sum(),
            total.final_demand.row(i).sum() - total.final_demand[(i, EXPORTS)],
        );
        if used > imports[i] && without_exports > 0.0 {
            let excess = imported.row(i) * (1.0 - imports[i] / used);
            notes.push(format!("kr-2023-33: product {}: {:.3} million won of imports above the published ones are domestic", i + 1, excess.sum()));
            domestic.row_mut(i).add_assign(&excess);
            imported.row_mut(i).sub_assign(&excess);
        }
    }

    let (domestic_final, imported_final) = split_final_demand(
        "kr-2023-33",
        &total.final_demand,
        &(output - domestic.column_sum()),
        &(imports - imported.column_sum()),
        notes,
    )?;
    Ok(Flows {
        sectors: sources.sectors_33.clone(),
        jobs: jobs.component_mul(output) / 1000.0,
        domestic,
        imported,
        domestic_final,
        imported_final,
        primary_inputs,
        output: total.output,
        imports_cif: total.imports_cif,
        import_taxes: total.import_taxes,
    })
}

/// kr-2023-83: published total flows, split into domestic and imported ones to agree with the
/// 33-sector table, and jobs shared out inside its sectors.
fn table_83(
    sources: &Sources,
    table_33: &Flows,
    notes: &mut Vec<String>,
) -> Result<(Flows, jobs::Jobs, split::Report)> {
    let total = &sources.total;
    let imports = &total.imports_cif + &total.import_taxes;
    let final_use = total.final_demand.column_sum() - total.final_demand.column(EXPORTS);
    let estimate = split::split(&split::Known {
        flows: &total.flows,
        final_use: &final_use,
        imports: &imports,
        group: &sources.group,
        group_flows: &table_33.imported,
        group_final: &table_33.imported_final.column_sum(),
    })?;
    let domestic = &total.flows - &estimate.flows;
    let (domestic_final, imported_final) = split_final_demand(
        "kr-2023-83",
        &total.final_demand,
        &(&total.output - domestic.column_sum()),
        &(&imports - estimate.flows.column_sum()),
        notes,
    )?;
    let key = jobs::estimate(
        &sources.sectors_83,
        &sources.group,
        &sources.regional,
        total,
        &over_columns(&domestic, &total.output),
        &table_33.jobs,
    )?;
    let flows = Flows {
        sectors: sources.sectors_83.clone(),
        domestic,
        imported: estimate.flows,
        domestic_final,
        imported_final,
        primary_inputs: total.primary_inputs.clone(),
        output: total.output.clone(),
        imports_cif: total.imports_cif.clone(),
        import_taxes: total.import_taxes.clone(),
        jobs: key.jobs.clone(),
    };
    Ok((flows, key, estimate.report))
}

/// Final demand by category, domestic and imported.
///
/// Exports carry no imports. Over the other categories of a product the imported part is spread
/// with one share, imported / (final demand without exports): both are negative where a fall of
/// inventories outweighs the rest, and the share still lies in [0, 1]. What the rounding of
/// coefficients leaves between the published categories and `domestic` + `imported` goes to the
/// domestic part of the largest category (in size) of the product.
fn split_final_demand(
    id: &str,
    total: &DMatrix<f64>,
    domestic: &DVector<f64>,
    imported: &DVector<f64>,
    notes: &mut Vec<String>,
) -> Result<(DMatrix<f64>, DMatrix<f64>)> {
    let mut domestic_final = total.clone();
    let mut imported_final = DMatrix::zeros(total.nrows(), total.ncols());
    let mut largest = (0.0_f64, 0);
    for i in 0..total.nrows() {
        let without_exports = total.row(i).sum() - total[(i, EXPORTS)];
        let share = if imported[i].abs() < 1e-3 {
            0.0
        } else {
            imported[i] / without_exports
        };
        if !share.is_finite() {
            return Err(format!(
                "{id}: product {} has imports for final demand but no such demand",
                i + 1
            )
            .into());
        }
        if !(0.0..=1.0).contains(&share) {
            notes.push(format!(
                "{id}: product {}: share of imports in final demand {share:.6} ({:.3} of {without_exports:.3} million won)",
                i + 1,
                imported[i]
            ));
        }
        for k in (0..total.ncols()).filter(|&k| k != EXPORTS) {
            imported_final[(i, k)] = share * total[(i, k)];
            domestic_final[(i, k)] -= imported_final[(i, k)];
        }
        let rest = domestic[i] - domestic_final.row(i).sum();
        let category = total.row(i).transpose().iamax();
        domestic_final[(i, category)] += rest;
        if rest.abs() > largest.0.abs() {
            largest = (rest, i);
        }
    }
    notes.push(format!(
        "{id}: rounding put into the largest category of final demand: at most {:.3} million won (product {})",
        largest.0,
        largest.1 + 1
    ));
    Ok((domestic_final, imported_final))
}

/// The 83-sector totals summed to groups.
fn grouped(table: &TotalFlows, group: &[usize], groups: usize) -> TotalFlows {
    let sum = DMatrix::from_fn(groups, group.len(), |at, sector| {
        f64::from(u8::from(group[sector] == at))
    });
    TotalFlows {
        flows: &sum * &table.flows * sum.transpose(),
        final_demand: &sum * &table.final_demand,
        primary_inputs: &table.primary_inputs * sum.transpose(),
        output: &sum * &table.output,
        imports_cif: &sum * &table.imports_cif,
        import_taxes: &sum * &table.import_taxes,
    }
}

// ---------------------------------------------------------------------------------------------
// Classifications, regions, the key for jobs
// ---------------------------------------------------------------------------------------------

/// `sectors.csv` and `aliases.csv`.
///
/// Search words come from the names of BOK's basic sectors and from our own list; tables of 33
/// sectors also take the names of the 83. A word that is the name of a sector is not repeated, and
/// a word that leads to two sectors of the table is left out.
fn classification_files(
    id: &str,
    sources: &Sources,
    large: bool,
    files: &mut Vec<(String, String)>,
    notes: &mut Vec<String>,
) -> Result<()> {
    let sectors = if large {
        &sources.sectors_33
    } else {
        &sources.sectors_83
    };
    let lines = sectors
        .iter()
        .map(|s| vec![s.code.as_str(), &s.name_ko, &s.name_en, &s.group]);
    files.push((
        format!("{id}/sectors.csv"),
        lines_file(&["code", "name_ko", "name_en", "group"], lines)?,
    ));

    let code_in_table = |code_83: &str| -> String {
        let group = || {
            sources
                .sectors_83
                .iter()
                .find(|sector| sector.code == code_83)
                .map(|sector| sector.group.clone())
        };
        if large {
            group().unwrap_or_default()
        } else {
            code_83.to_owned()
        }
    };
    let names_83 = sources
        .sectors_83
        .iter()
        .flat_map(|s| [(&s.name_ko, &s.code), (&s.name_en, &s.code)]);
    let words = sources
        .basic_sectors
        .iter()
        .chain(&sources.aliases)
        .map(|alias| (&alias.alias, &alias.code_83));
    let candidates = words.chain(names_83.filter(|_| large));

    // Lower-cased word -> word as written, codes that it leads to.
    let mut found: BTreeMap<String, (String, Vec<String>)> = BTreeMap::new();
    for (word, code_83) in candidates {
        let (_, codes) = found
            .entry(word.to_lowercase())
            .or_insert_with(|| (word.clone(), Vec::new()));
        let code = code_in_table(code_83);
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    for sector in sectors {
        for name in [&sector.name_ko, &sector.name_en] {
            if let Some((word, codes)) = found.remove(&name.to_lowercase())
                && codes != [sector.code.clone()]
            {
                notes.push(format!(
                    "{id}: '{word}' is the name of sector {}; not taken as an alias of {}",
                    sector.code,
                    codes.join(", ")
                ));
            }
        }
    }
    found.retain(|_, (word, codes)| {
        if codes.len() > 1 {
            notes.push(format!(
                "{id}: alias '{word}' leads to sectors {} and is left out",
                codes.join(", ")
            ));
        }
        codes.len() == 1
    });
    let mut lines: Vec<(&str, &str)> = found
        .values()
        .map(|(word, codes)| (codes[0].as_str(), word.as_str()))
        .collect();
    lines.sort_unstable();
    let lines = lines.into_iter().map(|(code, word)| vec![word, code]);
    files.push((
        format!("{id}/aliases.csv"),
        lines_file(&["alias", "code"], lines)?,
    ));
    Ok(())
}

/// kr-2020-regions: the published multipliers, provinces by their codes.
fn region_files(sources: &Sources, files: &mut Vec<(String, String)>) -> Result<()> {
    let regions = sources
        .regions
        .iter()
        .map(|r| vec![r.code.as_str(), &r.name_ko, &r.name_en, &r.aliases]);
    files.push((
        "kr-2020-regions/regions.csv".into(),
        lines_file(&["code", "name_ko", "name_en", "aliases"], regions)?,
    ));

    let mut lines = Vec::new();
    for region in &sources.regions {
        for sector in &sources.sectors_83 {
            let line = sources
                .regional
                .iter()
                .find(|line| line.region == region.source_name && line.sector == sector.code)
                .ok_or_else(|| {
                    format!(
                        "no regional multipliers for sector {} in {}",
                        sector.code, region.source_name
                    )
                })?;
            let mut fields = vec![region.code.clone(), sector.code.clone()];
            fields.extend(
                line.values
                    .iter()
                    .map(|&value| decimal(value, FLOW_DECIMALS)),
            );
            lines.push(fields);
        }
    }
    if lines.len() != sources.regional.len() {
        return Err(format!(
            "{} regional lines, {} of them used",
            sources.regional.len(),
            lines.len()
        )
        .into());
    }
    let header = [
        "region",
        "code",
        "production_in",
        "production_out",
        "value_added_in",
        "value_added_out",
        "jobs_in",
        "jobs_out",
    ];
    files.push((
        "kr-2020-regions/multipliers.csv".into(),
        lines_file(&header, lines)?,
    ));
    Ok(())
}

/// How jobs came about, sector by sector: the table's own record of the estimate.
fn jobs_key_file(sectors: &[Sector], table: &Flows, key: &jobs::Jobs) -> Result<String> {
    let per_billion = DVector::from_fn(sectors.len(), |j, _| {
        1000.0 * table.jobs[j] / table.output[j]
    });
    let columns = DMatrix::from_columns(&[
        key.multiplier_2020.clone(),
        key.from_multiplier.clone(),
        key.from_compensation.clone(),
        key.key.clone(),
        per_billion,
        table.jobs.clone(),
    ]);
    let header = [
        "multiplier_2020",
        "from_multiplier",
        "from_compensation",
        "key",
        "jobs_per_billion_won",
        "jobs",
    ];
    matrix_file("code", &codes(sectors), &header, &columns, FLOW_DECIMALS)
}

// ---------------------------------------------------------------------------------------------
// Matrices and files
// ---------------------------------------------------------------------------------------------

/// `deflators.csv`: the implicit output deflator of the group that holds a sector, carried on by the
/// growth of other series; `*` is all output at current prices over all at prices of the first year.
fn deflator_file(id: &str, sectors: &[Sector], sources: &Sources) -> Result<(String, String)> {
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
        // The 33 sectors are their own groups.
        let group = if sector.group.is_empty() {
            &sector.code
        } else {
            &sector.group
        };
        let at = sources.sectors_33.iter().position(|s| s.code == *group);
        let own = at.and_then(|at| deflators.by_group[at].clone());
        rows.push((sector.code.as_str(), group.as_str(), own));
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

fn codes(sectors: &[Sector]) -> Vec<&str> {
    sectors.iter().map(|sector| sector.code.as_str()).collect()
}

fn column(vector: &DVector<f64>) -> DMatrix<f64> {
    DMatrix::from_columns(std::slice::from_ref(vector))
}

/// A x^: coefficients to flows.
fn times_columns(coefficients: &DMatrix<f64>, output: &DVector<f64>) -> DMatrix<f64> {
    DMatrix::from_fn(coefficients.nrows(), coefficients.ncols(), |i, j| {
        coefficients[(i, j)] * output[j]
    })
}

/// Z x^-1: flows to coefficients.
fn over_columns(flows: &DMatrix<f64>, output: &DVector<f64>) -> DMatrix<f64> {
    DMatrix::from_fn(flows.nrows(), flows.ncols(), |i, j| {
        flows[(i, j)] / output[j]
    })
}

fn rounded(matrix: &DMatrix<f64>, decimals: usize) -> DMatrix<f64> {
    let unit = if decimals == FLOW_DECIMALS { 1e6 } else { 1e9 };
    matrix.map(|cell| (cell * unit).round() / unit)
}

/// A number with at most so many decimals: no trailing zeros, no "-0".
fn decimal(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" {
        "0".to_owned()
    } else {
        text.to_owned()
    }
}

/// A matrix with its row and column labels.
fn matrix_file<R: AsRef<str>, C: AsRef<str>>(
    corner: &str,
    rows: &[R],
    columns: &[C],
    matrix: &DMatrix<f64>,
    decimals: usize,
) -> Result<String> {
    let header: Vec<&str> = std::iter::once(corner)
        .chain(columns.iter().map(AsRef::as_ref))
        .collect();
    let lines = rows.iter().enumerate().map(|(i, label)| {
        let cells = matrix
            .row(i)
            .iter()
            .map(|&cell| decimal(cell, decimals))
            .collect::<Vec<String>>();
        std::iter::once(label.as_ref().to_owned())
            .chain(cells)
            .collect::<Vec<String>>()
    });
    lines_file(&header, lines)
}

fn lines_file<F: AsRef<[u8]>>(
    header: &[&str],
    lines: impl IntoIterator<Item = Vec<F>>,
) -> Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header)?;
    for line in lines {
        writer.write_record(line)?;
    }
    let bytes = writer.into_inner().map_err(|error| error.to_string())?;
    Ok(String::from_utf8(bytes)?)
}
