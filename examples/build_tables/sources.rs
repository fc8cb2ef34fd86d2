//! Readers of `tables/source/`: the published figures as they stand, checked against the sums that
//! the Bank of Korea prints beside them. Nothing is estimated here.

use std::collections::HashMap;
use std::error::Error;
use std::fs::File;
use std::path::Path;

use nalgebra::{DMatrix, DVector};

use super::benchmark;
use super::files;
use super::flows::Flows;
use super::published;

pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Years for which the inducement coefficients (271Y112, 271Y113, 271Y115) are among the sources.
pub const YEARS: [u16; 4] = [2020, 2021, 2022, 2023];

/// Sums over 33 figures printed with 6 decimals can be off by 33 halves of the last digit, and by
/// one more half of the sum's own.
const PRINTED_SUM_TOLERANCE: f64 = 34.0 * 0.5e-6;

/// One sector of BOK's 2020-base classification.
#[derive(Debug, Clone)]
pub struct Sector {
    pub code: String,
    pub name_ko: String,
    pub name_en: String,
    /// Code of the wider sector that holds it, one level up; empty in the 33-sector classification.
    pub group: String,
}

/// A search word and the codes it leads to.
#[derive(Debug, Clone)]
pub struct Alias {
    pub alias: String,
    pub code_83: String,
    /// Empty where the word is wider than one of the 165 sectors.
    pub code_165: String,
}

/// What BOK publishes for a year at 33 sectors. Rows supply, columns use.
#[derive(Debug, Clone)]
pub struct Inducement {
    /// 생산유발계수, L = (I - Ad)^-1.
    pub production: DMatrix<f64>,
    /// 수입유발계수, Am L.
    pub imports: DMatrix<f64>,
    /// 취업유발계수, e^ L: full-time-equivalent persons per billion won.
    pub jobs: DMatrix<f64>,
}

/// The columns of final demand that the tables keep, in their order, with BOK's codes.
pub const FINAL_DEMAND: [(&str, &str); 7] = [
    ("household", "9111"),
    ("government", "9112"),
    ("fixed_capital_private", "9121"),
    ("fixed_capital_government", "9122"),
    ("inventories", "9131"),
    ("valuables", "9132"),
    ("exports", "9140"),
];

/// Position of exports among [`FINAL_DEMAND`].
pub const EXPORTS: usize = 6;

/// Which of so many categories are exports.
pub fn only_exports(categories: usize) -> Vec<bool> {
    (0..categories).map(|at| at == EXPORTS).collect()
}

/// The rows of primary inputs that the tables keep, in their order, with BOK's codes.
pub const PRIMARY_INPUTS: [(&str, &str); 4] = [
    ("compensation", "9610"),
    ("operating_surplus", "9621"),
    ("consumption_of_fixed_capital", "9622"),
    ("net_production_taxes", "9630"),
];

/// 271Y120, the table of total (domestic and imported) transactions at producers' prices, 83
/// sectors, million won. Rows supply, columns use: turned from the source, whose lines are users.
#[derive(Debug, Clone)]
pub struct TotalFlows {
    pub flows: DMatrix<f64>,
    /// 83 products by the seven columns of [`FINAL_DEMAND`].
    pub final_demand: DMatrix<f64>,
    /// The four rows of [`PRIMARY_INPUTS`] by 83 users.
    pub primary_inputs: DMatrix<f64>,
    pub output: DVector<f64>,
    pub imports_cif: DVector<f64>,
    pub import_taxes: DVector<f64>,
}

/// A province of the regional tables.
#[derive(Debug, Clone)]
pub struct Region {
    /// The name in the regional multipliers ("서울").
    pub source_name: String,
    pub code: String,
    pub name_ko: String,
    pub name_en: String,
    pub aliases: String,
}

/// Multipliers of one sector in one province: production, value added and jobs, each in the
/// region and in the rest of the country.
#[derive(Debug, Clone)]
pub struct RegionalMultiplier {
    pub region: String,
    pub sector: String,
    pub values: [f64; 6],
}

/// Implicit deflators of output (2020 = 100) of the 33 sectors, and what carries them on.
#[derive(Debug, Clone)]
pub struct Deflators {
    /// Years that BOK's accounts at constant prices reach.
    pub years: Vec<String>,
    /// One row of indices for each of the 33 sectors; `None` for 33 (기타), which has none.
    pub by_group: Vec<Option<Vec<f64>>>,
    /// Output of the 33 sectors in the same years, million won.
    pub output: Vec<Option<Vec<f64>>>,
    /// Growth after those years, in per cent: group (`*`: all others), year, growth.
    pub after: Vec<(String, String, f64)>,
}

/// Everything under `tables/source/`.
#[derive(Debug, Clone)]
pub struct Sources {
    pub sectors_33: Vec<Sector>,
    pub sectors_83: Vec<Sector>,
    pub sectors_165: Vec<Sector>,
    /// For each of the 83 sectors, the position of its group among the 33.
    pub group: Vec<usize>,
    /// For each of the 33 sectors, the position of its group among the 13.
    pub group_13: Vec<usize>,
    /// For each of the 165 sectors, the position of its group among the 83.
    pub group_165: Vec<usize>,
    /// BOK's benchmark table of 2020.
    pub benchmark: Flows,
    /// t CO2-eq of the 33 sectors by year; none for 33 (기타).
    pub ghg: ByYear,
    pub inducement: HashMap<u16, Inducement>,
    /// Multipliers of each sector as printed, as files of the tables.
    pub published: Vec<files::File>,
    pub deflators: Deflators,
    pub total: TotalFlows,
    pub basic_sectors: Vec<Alias>,
    pub aliases: Vec<Alias>,
    pub regions: Vec<Region>,
    pub regional: Vec<RegionalMultiplier>,
}

impl Sources {
    /// Reads and checks all source files in `folder`.
    pub fn read(folder: &Path) -> Result<Self> {
        let sectors_33 = sectors(folder, "sectors_33.csv", None)?;
        let sectors_83 = sectors(folder, "sectors_83.csv", Some("code_33"))?;
        let sectors_165 = sectors(folder, "sectors_165.csv", Some("code_83"))?;
        let group = positions("sectors_83.csv", &sectors_83, &sectors_33)?;
        let group_165 = positions("sectors_165.csv", &sectors_165, &sectors_83)?;

        let mut inducement = HashMap::new();
        for year in YEARS {
            let read = |letter: char| {
                inducement_matrix(folder, &format!("{letter}{year}_33.csv"), &sectors_33)
            };
            inducement.insert(
                year,
                Inducement {
                    production: read('L')?,
                    imports: read('M')?,
                    jobs: read('E')?,
                },
            );
        }

        Ok(Self {
            deflators: deflators(folder, &sectors_33)?,
            total: total_flows(folder, "Z2023_83.csv", &sectors_83)?,
            basic_sectors: basic_sectors(folder, &sectors_165)?,
            aliases: aliases(folder, &sectors_83, &sectors_165)?,
            benchmark: benchmark::read(folder, &sectors_165)?,
            ghg: by_year(folder, "ghg_33.csv", "tco2e_", &sectors_33)?,
            published: published::files(folder, &sectors_33)?,
            regions: regions(folder, "regions.csv")?,
            regional: regional_multipliers(
                folder,
                "regional_multipliers_2020_83.csv",
                &sectors_83,
            )?,
            inducement,
            group,
            group_13: groups_13(folder, &sectors_33)?,
            group_165,
            sectors_33,
            sectors_83,
            sectors_165,
        })
    }

    /// The position of the large sector that holds one of any level.
    pub fn group_33(&self, sector: &Sector) -> Option<usize> {
        // Codes of 165 sectors have three digits.
        let held = match sector.code.len() {
            3 => self.sectors_83.iter().find(|s| s.code == sector.group)?,
            _ => sector,
        };
        // The 33 sectors are their own groups.
        let code = match held.group.as_str() {
            "" => held.code.as_str(),
            group => group,
        };
        self.sectors_33.iter().position(|s| s.code == code)
    }

    /// Output of the 33 sectors in a year between the tables of 2020 and of 2023. That of 33 (기타) is not
    /// known, and stands on the line between its outputs of those years.
    pub fn output_of(
        &self,
        year: u16,
        of_2020: &DVector<f64>,
        of_2023: &DVector<f64>,
    ) -> Result<DVector<f64>> {
        let years = &self.deflators.years;
        let at = years.iter().position(|y| *y == year.to_string());
        let at = at.ok_or_else(|| format!("output_33.csv: no year {year}"))?;
        let passed = f64::from(year - 2020) / 3.0;
        let rows = self.deflators.output.iter().enumerate();
        let output = rows.map(|(sector, row)| match row {
            Some(row) => row[at],
            None => (of_2020[sector] + passed * (of_2023[sector] - of_2020[sector])).round(),
        });
        Ok(DVector::from_iterator(of_2020.len(), output))
    }

    /// Greenhouse gases of the 33 sectors in a year, t CO2-eq; 33 (기타) has none.
    pub fn ghg_of(&self, year: u16) -> Result<DVector<f64>> {
        let (years, rows) = &self.ghg;
        let at = years.iter().position(|y| *y == year.to_string());
        let at = at.ok_or_else(|| format!("ghg_33.csv: no year {year}"))?;
        let totals = rows
            .iter()
            .map(|row| row.as_ref().map_or(0.0, |row| row[at]));
        Ok(DVector::from_iterator(rows.len(), totals))
    }
}

/// The records of a file, with or without a header line.
pub fn records(folder: &Path, file: &str) -> Result<Vec<csv::StringRecord>> {
    let path = folder.join(file);
    let reader = File::open(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(reader)
        .records()
        .map(|record| record.map_err(|error| format!("{file}: {error}").into()))
        .collect()
}

/// The records below a header, each as its fields in the order of `columns`.
fn columns<const N: usize>(
    folder: &Path,
    file: &str,
    columns: [&str; N],
) -> Result<Vec<[String; N]>> {
    let records = records(folder, file)?;
    let (header, rows) = records
        .split_first()
        .ok_or_else(|| format!("{file}: the file is empty"))?;
    let mut at = [0; N];
    for (at, name) in at.iter_mut().zip(columns) {
        *at = header
            .iter()
            .position(|field| field == name)
            .ok_or_else(|| format!("{file}: no column '{name}'"))?;
    }
    Ok(rows
        .iter()
        .map(|row| at.map(|at| row.get(at).unwrap_or_default().to_owned()))
        .collect())
}

/// Years, and a row of figures for each sector that has one.
pub type ByYear = (Vec<String>, Vec<Option<Vec<f64>>>);

/// A file of a row a sector and a column a year, its header `<prefix><year>`.
fn by_year(folder: &Path, file: &str, prefix: &str, sectors: &[Sector]) -> Result<ByYear> {
    let records = records(folder, file)?;
    let (header, rows) = records
        .split_first()
        .ok_or_else(|| format!("{file}: the file is empty"))?;
    let years = header.iter().skip(1);
    let years = years.map(|year| year.trim_start_matches(prefix).to_owned());
    let years: Vec<String> = years.collect();
    let row = |sector: &Sector| -> Result<Option<Vec<f64>>> {
        let found = rows.iter().find(|row| row.get(0) == Some(&sector.code));
        found
            .map(|row| (1..=years.len()).map(|at| number(file, row, at)).collect())
            .transpose()
    };
    let rows = sectors.iter().map(row).collect::<Result<_>>()?;
    Ok((years, rows))
}

/// Deflators and output by year, and the series that carry prices on.
fn deflators(folder: &Path, sectors: &[Sector]) -> Result<Deflators> {
    let (years, by_group) = by_year(folder, "output_deflators_33.csv", "", sectors)?;
    let (years_of_output, output) = by_year(folder, "output_33.csv", "million_won_", sectors)?;
    if years != years_of_output {
        return Err("output_33.csv: its years are not those of output_deflators_33.csv".into());
    }
    let file = "prices_after_2023.csv";
    let after = columns(folder, file, ["groups_33", "year", "growth_percent"])?
        .into_iter()
        .map(|[group, year, growth]| {
            let growth = growth
                .parse()
                .map_err(|_| format!("{file}: {group}, {year}: '{growth}' is not a number"))?;
            Ok((group, year, growth))
        })
        .collect::<Result<_>>()?;
    Ok(Deflators {
        years,
        by_group,
        output,
        after,
    })
}

fn number(file: &str, record: &csv::StringRecord, at: usize) -> Result<f64> {
    let line = record.position().map_or(0, csv::Position::line);
    let field = record
        .get(at)
        .ok_or_else(|| format!("{file}, line {line}: no field {}", at + 1))?;
    field.trim().parse().map_err(|_| {
        format!(
            "{file}, line {line}, field {}: '{field}' is not a number",
            at + 1
        )
        .into()
    })
}

/// The sectors of a level; `group` is the column with the code of the wider sector.
fn sectors(folder: &Path, file: &str, group: Option<&str>) -> Result<Vec<Sector>> {
    let last = group.unwrap_or("code");
    let rows = columns(folder, file, ["code", "name_ko", "name_en", last])?;
    Ok(rows
        .into_iter()
        .map(|[code, name_ko, name_en, wider]| Sector {
            code,
            name_ko,
            name_en,
            group: if group.is_some() {
                wider
            } else {
                String::new()
            },
        })
        .collect())
}

/// The position of each sector's group among the sectors one level up.
fn positions(file: &str, sectors: &[Sector], wider: &[Sector]) -> Result<Vec<usize>> {
    let position = |sector: &Sector| {
        let found = wider.iter().position(|wide| wide.code == sector.group);
        let Sector { code, group, .. } = sector;
        found.ok_or_else(|| format!("{file}: sector {code} has the unknown group {group}").into())
    };
    sectors.iter().map(position).collect()
}

/// The groups of `tables/concordance/bok-33-to-13.csv`, whose codes count from 1.
fn groups_13(folder: &Path, sectors: &[Sector]) -> Result<Vec<usize>> {
    let file = "../concordance/bok-33-to-13.csv";
    let rows = columns(folder, file, ["code", "group"])?;
    let group = |sector: &Sector| {
        let row = rows.iter().find(|[code, _]| *code == sector.code);
        let group = row.and_then(|[_, group]| group.parse::<usize>().ok());
        let group = group.and_then(|group| group.checked_sub(1));
        group.ok_or_else(|| format!("{file}: no group of {}", sector.code).into())
    };
    sectors.iter().map(group).collect()
}

/// The names of BOK's basic sectors. The first three digits of their code are those of the sector of 165.
fn basic_sectors(folder: &Path, sectors: &[Sector]) -> Result<Vec<Alias>> {
    let file = "basic_sectors.csv";
    columns(folder, file, ["code", "name_ko", "code_83"])?
        .into_iter()
        .map(|[code, alias, code_83]| {
            let holds = |s: &&Sector| code.starts_with(&s.code) && s.group == code_83;
            match sectors.iter().find(holds) {
                Some(sector) => Ok(Alias {
                    alias,
                    code_83,
                    code_165: sector.code.clone(),
                }),
                None => Err(format!("{file}: {code} is in no sector of {code_83}").into()),
            }
        })
        .collect()
}

/// Our own search words.
fn aliases(folder: &Path, sectors_83: &[Sector], sectors_165: &[Sector]) -> Result<Vec<Alias>> {
    let file = "aliases.csv";
    columns(folder, file, ["alias", "code_83", "code_165"])?
        .into_iter()
        .map(|[alias, code_83, code_165]| {
            if alias.trim() != alias || alias.is_empty() {
                return Err(format!("{file}: '{alias}' is empty or has blanks around it").into());
            }
            let known = match code_165.as_str() {
                "" => sectors_83.iter().any(|sector| sector.code == code_83),
                _ => (sectors_165.iter())
                    .any(|sector| sector.code == code_165 && sector.group == code_83),
            };
            if !known {
                return Err(format!(
                    "{file}: '{alias}' leads to the unknown sector '{code_83}' ('{code_165}')"
                )
                .into());
            }
            Ok(Alias {
                alias,
                code_83,
                code_165,
            })
        })
        .collect()
}

/// A block with a code before each row and above each column, by the codes asked for.
pub fn labelled(
    folder: &Path,
    file: &str,
    rows: &[&str],
    columns: &[&str],
) -> Result<DMatrix<f64>> {
    let records = records(folder, file)?;
    let (header, lines) = records
        .split_first()
        .ok_or_else(|| format!("{file}: the file is empty"))?;
    let mut block = DMatrix::zeros(rows.len(), columns.len());
    for (i, row) in rows.iter().enumerate() {
        let line = lines.iter().find(|line| line.get(0) == Some(row));
        let line = line.ok_or_else(|| format!("{file}: no line '{row}'"))?;
        for (j, column) in columns.iter().enumerate() {
            let at = header.iter().position(|field| field == *column);
            let at = at.ok_or_else(|| format!("{file}: no column '{column}'"))?;
            block[(i, j)] = number(file, line, at)?;
        }
    }
    Ok(block)
}

/// A matrix of inducement coefficients. A line of the source is a *demand* sector, hence a column;
/// after the values stands their sum, and a last line holds the sums by input sector.
fn inducement_matrix(folder: &Path, file: &str, sectors: &[Sector]) -> Result<DMatrix<f64>> {
    let n = sectors.len();
    let records = records(folder, file)?;
    let line = |name: &str| {
        records
            .iter()
            .find(|record| record.get(0) == Some(name))
            .ok_or_else(|| format!("{file}: no line for '{name}'"))
    };

    let mut matrix = DMatrix::zeros(n, n);
    for (demand, sector) in sectors.iter().enumerate() {
        let record = line(&sector.name_ko)?;
        for input in 0..n {
            matrix[(input, demand)] = number(file, record, 1 + input)?;
        }
        let printed = number(file, record, 1 + n)?;
        let sum = matrix.column(demand).sum();
        if (sum - printed).abs() > PRINTED_SUM_TOLERANCE {
            return Err(format!(
                "{file}: column {} adds up to {sum}, printed {printed}",
                sector.code
            )
            .into());
        }
    }
    let sums = line("행합")?;
    for (input, sector) in sectors.iter().enumerate() {
        let (sum, printed) = (matrix.row(input).sum(), number(file, sums, 1 + input)?);
        if (sum - printed).abs() > PRINTED_SUM_TOLERANCE {
            return Err(format!(
                "{file}: row {} adds up to {sum}, printed {printed}",
                sector.code
            )
            .into());
        }
    }
    Ok(matrix)
}

/// The 83-sector table. Every total that BOK prints in it must hold to the million won.
fn total_flows(folder: &Path, file: &str, sectors: &[Sector]) -> Result<TotalFlows> {
    let n = sectors.len();
    let records = records(folder, file)?;
    let header = records
        .first()
        .ok_or_else(|| format!("{file}: the file is empty"))?;
    let line_of: HashMap<&str, &csv::StringRecord> = records[1..]
        .iter()
        .filter_map(|record| Some((record.get(0)?, record)))
        .collect();
    let column_of: HashMap<&str, usize> = header
        .iter()
        .enumerate()
        .map(|(at, code)| (code, at))
        .collect();

    // Cell of a purchaser's line and a product's column, by their codes.
    let cell = |line: &str, column: &str| -> Result<f64> {
        let record = line_of
            .get(line)
            .ok_or_else(|| format!("{file}: no line '{line}'"))?;
        let at = column_of
            .get(column)
            .ok_or_else(|| format!("{file}: no column '{column}'"))?;
        number(file, record, *at)
    };
    let products = |line: &str| -> Result<DVector<f64>> {
        let cells = sectors
            .iter()
            .map(|sector| cell(line, &sector.code))
            .collect::<Result<Vec<f64>>>()?;
        Ok(DVector::from_vec(cells))
    };
    let inputs = |column: &str| -> Result<DVector<f64>> {
        let cells = sectors
            .iter()
            .map(|sector| cell(&sector.code, column))
            .collect::<Result<Vec<f64>>>()?;
        Ok(DVector::from_vec(cells))
    };

    let mut flows = DMatrix::zeros(n, n);
    for (user, sector) in sectors.iter().enumerate() {
        flows.set_column(user, &products(&sector.code)?);
    }
    let mut final_demand = DMatrix::zeros(n, FINAL_DEMAND.len());
    for (at, (_, code)) in FINAL_DEMAND.iter().enumerate() {
        final_demand.set_column(at, &products(code)?);
    }
    let mut primary_inputs = DMatrix::zeros(PRIMARY_INPUTS.len(), n);
    for (at, (_, code)) in PRIMARY_INPUTS.iter().enumerate() {
        primary_inputs.set_row(at, &inputs(code)?.transpose());
    }
    let output = products("9310")?;
    let (imports_cif, import_taxes) = (products("9321")?, products("9322")?);

    let same = |what: &str, sum: DVector<f64>, printed: DVector<f64>| -> Result<()> {
        for (at, sector) in sectors.iter().enumerate() {
            if (sum[at] - printed[at]).abs() > 0.5 {
                return Err(format!(
                    "{file}: {what} of sector {} add up to {}, printed {}",
                    sector.code, sum[at], printed[at]
                )
                .into());
            }
        }
        Ok(())
    };
    let imports = &imports_cif + &import_taxes;
    let total_demand = flows.column_sum() + final_demand.column_sum();
    same("intermediate uses", flows.column_sum(), products("9090")?)?;
    same("final uses", final_demand.column_sum(), products("9190")?)?;
    same("all uses", total_demand, products("9290")?)?;
    same("imports", imports.clone(), products("9329")?)?;
    same("supplies", &output + imports, products("9390")?)?;
    same("uses and supplies", products("9290")?, products("9390")?)?;
    same("intermediate inputs", flows.row_sum_tr(), inputs("9590")?)?;
    same(
        "primary inputs",
        primary_inputs.row_sum_tr(),
        inputs("9690")?,
    )?;
    same(
        "inputs",
        flows.row_sum_tr() + primary_inputs.row_sum_tr(),
        inputs("9790")?,
    )?;
    same("inputs and output", output.clone(), inputs("9790")?)?;

    Ok(TotalFlows {
        flows,
        final_demand,
        primary_inputs,
        output,
        imports_cif,
        import_taxes,
    })
}

fn regions(folder: &Path, file: &str) -> Result<Vec<Region>> {
    let rows = columns(
        folder,
        file,
        ["region_ko", "code", "name_ko", "name_en", "aliases"],
    )?;
    let mut regions: Vec<Region> = rows
        .into_iter()
        .map(|[source_name, code, name_ko, name_en, aliases]| Region {
            source_name,
            code,
            name_ko,
            name_en,
            aliases,
        })
        .collect();
    regions.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(regions)
}

fn regional_multipliers(
    folder: &Path,
    file: &str,
    sectors: &[Sector],
) -> Result<Vec<RegionalMultiplier>> {
    let names = [
        "region_ko",
        "code",
        "production_in",
        "production_out",
        "value_added_in",
        "value_added_out",
        "jobs_in",
        "jobs_out",
    ];
    columns(folder, file, names)?
        .into_iter()
        .map(|[region, sector, fields @ ..]: [String; 8]| {
            if !sectors.iter().any(|known| known.code == sector) {
                return Err(format!("{file}: unknown sector '{sector}' in {region}").into());
            }
            let mut values = [0.0; 6];
            for (value, field) in values.iter_mut().zip(&fields) {
                *value = field.parse().map_err(|_| {
                    format!("{file}: {region}, {sector}: '{field}' is not a number")
                })?;
            }
            Ok(RegionalMultiplier {
                region,
                sector,
                values,
            })
        })
        .collect()
}
