//! EXIOBASE 3 and what pymrio saves: tab-separated `Z.txt` (or `A.txt` and `x.txt`), `Y.txt`, and extensions with
//! an `F.txt` each, in a folder or an archive. Rows and columns have a region and a sector as labels.
//!
//! Source: pymrio's documentation, "Loading, saving and exporting data"; EXIOBASE 3 (doi:10.5281/zenodo.3583070),
//! the archives `IOT_YYYY_ixi.zip` and `IOT_YYYY_pxp.zip`.

use super::files::{Files, ending};
use super::labelled::Labelled;
use super::labels::{self, Row};
#[cfg(feature = "parquet")]
use super::parquet;
use super::{Demand, Untold, World};
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::table::import::Options;
use crate::table::write::pymrio::ABROAD;
use crate::table::{Account, PriceBasis};
use nalgebra::DVector;
use std::collections::HashMap;
use std::path::Path;

/// So many rows of an extension are each an account; of one with more only what is known by name is taken.
const ACCOUNTS: usize = 24;

pub(super) fn recognises(files: &Files) -> Result<bool> {
    let flows = find(files, |stem| is(stem, "Z") || stem == "A");
    Ok(flows.is_some() && find(files, |stem| is(stem, "Y")).is_some())
}

/// "Z", or with words before it, as "trade_flows_Z"; not those of an extension, as "F_Y".
fn is(stem: &str, letter: &str) -> bool {
    match stem.rsplit_once('_') {
        None => stem == letter,
        Some((before, last)) => last == letter && before.len() > 1,
    }
}

/// The first file whose stem is wanted, text or Parquet.
fn find(files: &Files, wanted: impl Fn(&str) -> bool) -> Option<&str> {
    files.tables(wanted).next()
}

fn labelled(files: &Files, name: &str, labels: Option<usize>) -> Result<Labelled> {
    match ending(name) == "parquet" {
        true => of_parquet(files, name, parquet::labelled),
        false => files.read(name, |lines| Labelled::read(lines, '\t', labels)),
    }
}

/// What a Parquet file of a folder holds.
fn of_parquet<T>(files: &Files, name: &str, read: fn(&Path) -> Result<T>) -> Result<T> {
    let Some(path) = files.of_folder(name) else {
        let place = files.place(name);
        return Err(Error::invalid(said!(
            "{place}: a Parquet file is not read within an archive: unpack it and give the folder",
            "{place}: 압축 파일 안의 Parquet 파일은 읽지 않습니다. 압축을 풀고 폴더를 지정하십시오"
        )));
    };
    read(&path)
}

/// Without the crate that reads them there is a sentence in their place.
#[cfg(not(feature = "parquet"))]
mod parquet {
    use super::{Error, Labelled, Path, Result, said};

    fn without<T>(path: &Path) -> Result<T> {
        let place = path.display();
        Err(Error::invalid(said!(
            "{place}: Parquet files are read where leontief is built with its feature parquet; pymrio saves texts with \
             save_all(path, table_format='txt')",
            "{place}: Parquet 파일은 parquet 기능을 포함해 빌드한 leontief에서만 읽을 수 있습니다. pymrio에서 \
             save_all(path, table_format='txt')로 저장하면 텍스트가 됩니다"
        )))
    }

    pub(super) fn labelled(path: &Path) -> Result<Labelled> {
        without(path)
    }

    pub(super) fn pairs(path: &Path) -> Result<Vec<(String, String)>> {
        without(path)
    }
}

pub(super) fn read(files: &Files, options: &Options) -> Result<World> {
    let flows = find(files, |stem| is(stem, "Z"));
    let Some(name) = flows.or_else(|| find(files, |stem| stem == "A")) else {
        return Err(files.lacking("Z.txt"));
    };
    let mut of_flows = labelled(files, name, None)?;
    let before = of_flows.rows.first().map_or(2, Vec::len);
    let mut world = World {
        from: vec![files.place(name)],
        title: Text::same(title(files)),
        attribution: match is_exiobase(files) {
            true => said!(
                "EXIOBASE 3 (doi:10.5281/zenodo.3583070)",
                "EXIOBASE 3 (doi:10.5281/zenodo.3583070)"
            ),
            false => said!("As given in the files", "파일에 따름"),
        },
        year: files.year(name),
        prices: Some(PriceBasis::Basic),
        ..World::default()
    };
    let codes = codes(files)?;
    let code = |label: &String| codes.get(label).unwrap_or(label).clone();
    let pair = |labels: &[String]| match labels {
        [region, sector, ..] => (region.clone(), code(sector)),
        [only] => (String::new(), code(only)),
        [] => Default::default(),
    };
    world.label(
        of_flows.rows.iter().map(|row| pair(row)),
        &files.place(name),
    )?;
    // A national table that this program wrote is that of its country, whose imports come from the other region.
    let is_national = world.regions.len() == 2 && !codes.is_empty();
    let abroad = |(code, _): &(String, Text)| code == ABROAD;
    if is_national && options.country.is_none() && world.regions.iter().any(abroad) {
        world.home = world.regions.iter().position(|region| !abroad(region));
    }
    let n = world.keys.len();
    let all: Vec<usize> = (0..n).collect();
    // Columns may stand in another order than rows.
    let order = order_by(
        &world,
        of_flows.columns.iter().map(|c| pair(c)),
        &files.place(name),
    )?;
    // The figures as they stood in the file are gone before the next file is read.
    world.flows = std::mem::take(&mut of_flows.cells).pick(&all, &order);
    let units = of_flows
        .rows
        .iter()
        .find_map(|row| row.get(2).and_then(|unit| labels::money(unit)));
    let unit = match units {
        Some(unit) => Some(unit),
        None => of_file(files, "unit")?
            .into_values()
            .find_map(|unit| labels::money(&unit)),
    };
    if let Some((currency, unit)) = unit {
        (world.currency, world.unit) = (Some(currency), Some(unit));
    }
    if let Some(name) = find(files, |stem| stem == "x") {
        let x = labelled(files, name, Some(2))?;
        let order = order_by(
            &world,
            x.rows.iter().map(|row| pair(row)),
            &files.place(name),
        )?;
        world.output = Some(x.cells.column_of(0, &order));
    }
    if flows.is_none() {
        let Some(output) = &world.output else {
            return Err(files.lacking("x.txt"));
        };
        for (mut column, output) in world.flows.column_iter_mut().zip(output) {
            column *= *output;
        }
    }
    let Some(name) = find(files, |stem| is(stem, "Y")) else {
        return Err(files.lacking("Y.txt"));
    };
    let demand = labelled(files, name, Some(before))?;
    world.from.push(files.place(name));
    let order = order_by(
        &world,
        demand.rows.iter().map(|row| pair(row)),
        &files.place(name),
    )?;
    for (at, labels) in demand.columns.iter().enumerate() {
        let (region, category) = pair(labels);
        let values = demand.cells.column_of(at, &order);
        world.take_demand(&region, &category, None, values, &files.place(name))?;
    }
    // What is characterised counts the same once more.
    let extensions = files.tables(|stem| stem == "F");
    let extensions: Vec<&str> = extensions
        .filter(|name| !name.contains("impacts/"))
        .collect();
    let extensions = match extensions.is_empty() {
        true => files
            .tables(|stem| ["factor_input", "factor_inputs", "emissions"].contains(&stem))
            .collect(),
        false => extensions,
    };
    for name in extensions {
        world.take_extension(files, name, n, &pair)?;
    }
    Ok(world)
}

fn title(files: &Files) -> String {
    let name = files.path().file_stem().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

fn is_exiobase(files: &Files) -> bool {
    let name = title(files).to_lowercase();
    name.contains("exiobase")
        || name.starts_with("iot_")
        || files.find(|stem| stem == "products").is_some()
}

/// A file of two columns at the top of the folder: what stands last in each line, by what stands first.
fn of_file(files: &Files, wanted: &str) -> Result<HashMap<String, String>> {
    let name = files
        .tables(|stem| stem == wanted)
        .find(|name| !name.contains('/'));
    match name.or_else(|| find(files, |stem| stem == wanted)) {
        Some(name) => pairs(files, name),
        None => Ok(HashMap::new()),
    }
}

fn pairs(files: &Files, name: &str) -> Result<HashMap<String, String>> {
    if ending(name) == "parquet" {
        return Ok(of_parquet(files, name, parquet::pairs)?
            .into_iter()
            .collect());
    }
    files.read(name, |mut lines| {
        let mut pairs = HashMap::new();
        while let Some(line) = lines.next()? {
            if let (Some((first, _)), Some((_, last))) =
                (line.split_once('\t'), line.rsplit_once('\t'))
            {
                pairs.insert(first.trim().to_owned(), last.trim().to_owned());
            }
        }
        Ok(pairs)
    })
}

/// The codes of the sectors by their labels, where the folder is one that this program wrote: its `sectors.txt` has a
/// line a sector, label and code first.
fn codes(files: &Files) -> Result<HashMap<String, String>> {
    let Some(name) = files.find(|stem| stem == "sectors") else {
        return Ok(HashMap::new());
    };
    files.read(name, |mut lines| {
        let mut codes = HashMap::new();
        let mut is_own = false;
        while let Some(line) = lines.next()? {
            let mut fields = line.split('\t');
            let (label, code) = (fields.next(), fields.next());
            match (label, code) {
                (Some("sector"), Some("code")) => is_own = true,
                (Some(label), Some(code)) if is_own => {
                    codes.insert(label.to_owned(), code.to_owned());
                }
                _ => return Ok(HashMap::new()),
            }
        }
        Ok(codes)
    })
}

/// Where each row of the world stands among labels, each of which must be there.
fn order_by(
    world: &World,
    labels: impl Iterator<Item = (String, String)>,
    place: &str,
) -> Result<Vec<usize>> {
    let places = world.places();
    let mut order = vec![usize::MAX; world.keys.len()];
    for (from, (region, sector)) in labels.enumerate() {
        if let Some(to) = places.get(&(region.as_str(), sector.as_str())) {
            order[*to] = from;
        }
    }
    match order.iter().position(|from| *from == usize::MAX) {
        None => Ok(order),
        Some(at) => {
            let (region, sector) = world.keys[at];
            let (region, sector) = (&world.regions[region].0, &world.sectors[sector].0);
            Err(Error::invalid(said!(
                "{place}: {region} {sector} is missing",
                "{place}: {region} {sector}이(가) 없습니다"
            )))
        }
    }
}

impl World {
    /// Takes a category of final demand by its code and, where it has one beside, its name; where it stands.
    ///
    /// # Errors
    /// A region that makes nothing, a category of an unknown kind.
    pub(super) fn take_demand(
        &mut self,
        region: &str,
        category: &str,
        name: Option<&str>,
        values: DVector<f64>,
        place: &str,
    ) -> Result<usize> {
        let Some(region) = self.regions.iter().position(|(code, _)| code == region) else {
            return Err(Error::invalid(said!(
                "{place}: final demand of '{region}', which makes nothing in the table",
                "{place}: 생산 부문이 없는 지역 '{region}'의 최종수요가 있습니다"
            )));
        };
        let role = labels::demand(category).or_else(|| labels::demand(name?));
        let Some(role) = role else {
            let sum = values.sum();
            return Err(Error::invalid(said!(
                "{place}: what kind of final demand is '{category}' ({sum})? Known are household, government, fixed \
                 capital, inventories and exports",
                "{place}: 최종수요 항목 '{category}'({sum})을(를) 알 수 없습니다. 가계, 정부, 고정자본형성, 재고, 수출이 \
                 이름에 있어야 합니다"
            )));
        };
        self.demand.push(Demand {
            region,
            id: labels::id(category),
            title: Text::same(name.unwrap_or(category)),
            role,
            values,
        });
        Ok(self.demand.len() - 1)
    }

    /// A row under the flows, with what each category of final demand so far has of it; parts of one kind are added up.
    pub(super) fn take_row(&mut self, row: Row, values: DVector<f64>, bought: Vec<f64>) {
        let add = |to: &mut Option<DVector<f64>>, values: DVector<f64>| {
            *to = Some(match to.take() {
                Some(sum) => sum + values,
                None => values,
            });
        };
        match row {
            Row::ValueAdded => add(&mut self.value_added, values),
            Row::Other(role) => match self.others.iter_mut().find(|row| row.role == role) {
                Some(row) => {
                    row.values += values;
                    row.bought.resize(row.bought.len().max(bought.len()), 0.0);
                    for (sum, more) in row.bought.iter_mut().zip(bought) {
                        *sum += more;
                    }
                }
                None => self.others.push(Untold {
                    role,
                    values,
                    bought,
                }),
            },
            Row::Output => self.output = Some(values),
            Row::Total => {}
            Row::Part(role) => match self
                .primary_inputs
                .iter_mut()
                .find(|(known, _)| *known == role)
            {
                Some((_, sum)) => *sum += values,
                None => self.primary_inputs.push((role, values)),
            },
        }
    }

    /// Rows of an extension: parts of value added, people, greenhouse gases, and all of a short one.
    fn take_extension(
        &mut self,
        files: &Files,
        name: &str,
        n: usize,
        pair: &dyn Fn(&[String]) -> (String, String),
    ) -> Result<()> {
        let rows = labelled(files, name, None)?;
        let place = files.place(name);
        if rows.columns.len() != n {
            return Ok(());
        }
        let order = order_by(self, rows.columns.iter().map(|c| pair(c)), &place)?;
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let units = match files
            .tables(|stem| stem == "unit")
            .find(|unit| unit.starts_with(folder) && !folder.is_empty())
        {
            Some(unit) => pairs(files, unit)?,
            None => HashMap::new(),
        };
        // Of a long extension only what is known is taken.
        let takes_all = rows.rows.len() <= ACCOUNTS;
        let mut left = 0;
        for (at, labels) in rows.rows.iter().enumerate() {
            let known = known(labels);
            if known.is_none() && !takes_all {
                left += 1;
                continue;
            }
            let values = rows.cells.row_of(at, &order);
            let label = labels.first().map_or("", String::as_str);
            let unit = units.get(label).map(String::as_str);
            let unit = unit.or_else(|| {
                labels
                    .last()
                    .filter(|_| labels.len() > 1)
                    .map(String::as_str)
            });
            match known {
                Some(Known::Row(row)) => self.take_row(row, values, Vec::new()),
                Some(Known::Jobs) => {
                    let persons = if unit.is_some_and(|unit| unit.contains("1000")) {
                        1e3
                    } else {
                        1.0
                    };
                    let (title, unit) = (said!("Jobs", "취업자"), said!("persons", "명"));
                    self.take_account("jobs", title, unit, values * persons);
                }
                Some(Known::CarbonDioxide) => {
                    let tonnes = if unit.is_some_and(|unit| unit.starts_with("kg")) {
                        1e-3
                    } else {
                        1.0
                    };
                    let title = said!("Carbon dioxide", "이산화탄소");
                    self.take_account("co2", title, Text::same("t"), values * tonnes);
                }
                None => {
                    let (id, title) = (labels::id(label), Text::same(label));
                    self.take_account(&id, title, Text::same(unit.unwrap_or("1")), values);
                }
            }
        }
        self.from.push(place);
        if left > 0 {
            self.said.push(said!(
                "{left} rows of {name} are left out: only value added, people employed and carbon dioxide are taken of \
                 an extension with more than {ACCOUNTS} rows",
                "{name}의 {left}개 행은 제외함. 행이 {ACCOUNTS}개를 넘는 확장표에서는 부가가치, 취업자, 이산화탄소만 \
                 읽음"
            ));
        }
        Ok(())
    }

    /// Adds to an account, which is begun where there is none of that id.
    pub(super) fn take_account(&mut self, id: &str, title: Text, unit: Text, values: DVector<f64>) {
        match self
            .accounts
            .iter_mut()
            .find(|(account, _)| account.id == id)
        {
            Some((_, sum)) => *sum += values,
            None => {
                let id = id.to_owned();
                self.accounts.push((Account { id, title, unit }, values));
            }
        }
    }
}

/// A row that is known by its name.
enum Known {
    Row(Row),
    Jobs,
    CarbonDioxide,
}

fn known(labels: &[String]) -> Option<Known> {
    let label = labels.first()?;
    let is_one = |names: &[&str]| names.iter().any(|name| label.eq_ignore_ascii_case(name));
    let people = label.starts_with("Employment people") || is_one(&["employment", "jobs"]);
    Some(match labels::row(label) {
        Some(row) if !matches!(row, Row::Output | Row::Total) => Known::Row(row),
        _ if people => Known::Jobs,
        _ if label.starts_with("CO2 - ") => Known::CarbonDioxide,
        _ => return None,
    })
}
