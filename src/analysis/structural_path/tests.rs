use super::*;
use crate::lang::Text;
use crate::table::{AnyTable, Classification, Coefficients, Sector};
use approx::assert_relative_eq;
use nalgebra::{DMatrix, dmatrix, dvector};

/// Miller & Blair, Table 2.3.
fn two_sectors() -> Model {
    let open = AnyTable::open("kr-2022-33").expect("built in");
    let mut meta = open.meta().clone();
    meta.accounts.clear();
    meta.roles = Default::default();
    let sectors = ["1", "2"].map(|code| Sector {
        code: code.to_owned(),
        name: Text::new(code, code),
        group: None,
    });
    let sectors = Classification::new("two", sectors.to_vec(), &[]).expect("two sectors");
    let a = dmatrix![0.15, 0.25; 0.20, 0.05];
    let (none, v) = (DMatrix::zeros(2, 2), dvector![0.65, 0.70]);
    let two = Coefficients::new(meta, sectors, a, none, v, Vec::new()).expect("coefficients");
    Model::from_coefficients(two).expect("productive")
}

fn of(limit: usize, least_share: f64, min_depth: usize, max_depth: usize) -> Options {
    Options {
        min_depth,
        max_depth,
        least_share,
        limit,
    }
}

/// All paths one by one, as the definition says.
fn by_hand(model: &Model, f: &DVector<f64>, r: &DVector<f64>, depth: usize) -> Vec<Path> {
    let a = model.coefficients().domestic();
    let mut chains: Vec<(Vec<usize>, f64)> = (0..f.len()).map(|j| (vec![j], f[j])).collect();
    let mut paths = Vec::new();
    for _ in 0..=depth {
        let mut longer = Vec::new();
        for (sectors, carried) in chains {
            let last = sectors[sectors.len() - 1];
            for i in 0..f.len() {
                longer.push(([&sectors[..], &[i]].concat(), carried * a[(i, last)]));
            }
            let value = carried * r[last];
            paths.push(Path { sectors, value });
        }
        chains = longer;
    }
    paths.sort_by(|a, b| b.value.abs().total_cmp(&a.value.abs()));
    paths
}

#[test]
fn two_sectors_worked_by_hand() {
    let (f, ones) = (dvector![350.0, 1700.0], dvector![1.0, 1.0]);
    let found = Paths::of(&two_sectors(), &f, &ones, &of(5, 1e-3, 0, 4)).expect("paths");
    let listed: Vec<(&[usize], f64)> = found
        .paths
        .iter()
        .map(|path| (&path.sectors[..], path.value))
        .collect();
    assert_eq!(listed[0], (&[1][..], 1700.0));
    assert_eq!(listed[1], (&[1, 0][..], 425.0)); // .25 x 1700
    assert_eq!(listed[2], (&[0][..], 350.0));
    // .05 x 1700 = 85 = .20 x .25 x 1700: one step or two.
    assert_relative_eq!(listed[3].1, 85.0, epsilon = 1e-9);
    assert_relative_eq!(listed[4].1, 85.0, epsilon = 1e-9);
    assert_relative_eq!(found.total, 3000.0, epsilon = 1e-9);
    assert_relative_eq!(found.remainder, 355.0, epsilon = 1e-9);
}

#[test]
fn an_indicator_weighs_the_last_sector() {
    let (f, labour) = (dvector![0.0, 1500.0], dvector![0.30, 0.25]);
    let found = Paths::of(&two_sectors(), &f, &labour, &of(2, 1e-3, 1, 4)).expect("paths");
    assert_eq!(found.paths[0].sectors, [1, 0]);
    assert_relative_eq!(found.paths[0].value, 0.30 * 0.25 * 1500.0, epsilon = 1e-9);
    // .25 x .20 x .25 x 1500 = 18.75 = .25 x .05 x 1500; a jot above .30 x .15 x .25 x 1500.
    assert_relative_eq!(found.paths[1].value, 18.75, epsilon = 1e-9);
}

#[test]
fn the_search_finds_what_a_full_listing_finds() {
    let (f, r) = (dvector![600.0, -1500.0], dvector![0.3, -0.7]);
    let all = by_hand(&two_sectors(), &f, &r, 6);
    let found = Paths::of(&two_sectors(), &f, &r, &of(60, 1e-9, 0, 6)).expect("paths");
    assert_eq!(found.paths.len(), 60);
    for (own, listed) in found.paths.iter().zip(&all) {
        assert_relative_eq!(own.value.abs(), listed.value.abs(), epsilon = 1e-9);
    }
}

#[test]
fn a_real_table_with_by_products_hides_no_path() {
    let model = Model::new(&AnyTable::open("kr-2023-33").expect("built in")).expect("model");
    let mut f = DVector::zeros(33);
    f[model.sectors().find("19").expect("construction")] = 1e6;
    let ones = DVector::from_element(33, 1.0);
    let all = by_hand(&model, &f, &ones, 2);
    let found = Paths::of(&model, &f, &ones, &of(200, 1e-6, 0, 2)).expect("paths");
    assert_eq!(found.paths.len(), 200);
    for (own, listed) in found.paths.iter().zip(&all) {
        assert_relative_eq!(own.value.abs(), listed.value.abs(), epsilon = 1e-6);
    }
    let sum: f64 = found.paths.iter().map(|p| p.value).sum();
    assert_relative_eq!(sum + found.remainder, found.total, max_relative = 1e-12);
}

#[test]
fn nodes_carry_what_happens_there_and_all_that_lies_beyond() {
    let (f, labour) = (dvector![100.0, 0.0], dvector![0.30, 0.25]);
    let found = Paths::of(&two_sectors(), &f, &labour, &of(4, 1e-3, 1, 4)).expect("paths");
    // e'L = (.335, .2875) / .7575; 100 -> .20 of sector 2 -> .25 of sector 1.
    let row = [0.335 / 0.7575, 0.2875 / 0.7575];
    let node = |sectors: &[usize]| {
        let mut nodes = found.nodes.iter();
        nodes.find(|node| node.sectors == sectors).expect("a node")
    };
    assert_relative_eq!(node(&[0]).value, 30.0, epsilon = 1e-12);
    assert_relative_eq!(node(&[0]).through, 100.0 * row[0], epsilon = 1e-9);
    assert_relative_eq!(node(&[0]).through, found.total, epsilon = 1e-9);
    assert_relative_eq!(node(&[0, 1]).value, 20.0 * 0.25, epsilon = 1e-12);
    assert_relative_eq!(node(&[0, 1]).through, 20.0 * row[1], epsilon = 1e-9);
    assert_relative_eq!(found.direct, 30.0, epsilon = 1e-12);
    // What a node has and what its suppliers carry is what goes through it.
    let beyond = 15.0 * row[0] + 20.0 * row[1];
    assert_relative_eq!(
        node(&[0]).value + beyond,
        node(&[0]).through,
        epsilon = 1e-9
    );
}

#[test]
fn paths_to_one_sector_are_all_that_reaches_it() {
    let demand = Demand::from(dvector![100.0, 0.0]);
    let to = |to, depth| {
        let options = of(1000, 1e-9, 0, depth);
        Paths::of_measure(&two_sectors(), &demand, "output", to, &options).expect("paths")
    };
    let found = to(Some(1), 30);
    assert!(
        found
            .paths
            .iter()
            .all(|path| path.sectors.last() == Some(&1))
    );
    // l_21 = .20 / .7575.
    assert_relative_eq!(found.total, 20.0 / 0.7575, epsilon = 1e-9);
    assert!(found.covered().expect("a total") > 0.9999);
    let both = to(Some(0), 8).total + found.total;
    assert_relative_eq!(both, to(None, 8).total, epsilon = 1e-9);
    let options = of(5, 0.1, 0, 3);
    let refused = |measure, to| Paths::of_measure(&two_sectors(), &demand, measure, to, &options);
    assert!(refused("output", Some(2)).is_err());
    assert!(refused("beauty", None).is_err());
}

#[test]
fn a_recipe_counts_by_what_it_takes_itself() {
    let model = Model::new(&AnyTable::open("kr-2023-33").expect("built in")).expect("model");
    let mut demand = Demand::none(33);
    let mut inputs = vec![0.0; 33];
    (inputs[11], inputs[16]) = (30.0, 10.0);
    demand.add_by_recipe(ByRecipe {
        sector: 18,
        output: 100.0,
        inputs,
        imports: vec![0.0; 33],
        parts: Vec::new(),
        accounts: vec![("jobs".to_owned(), 7.0)],
        capital_income: 0.0,
        income_abroad: 0.0,
    });
    let options = of(5, 1e-6, 0, 8);
    let jobs = Paths::of_measure(&model, &demand, "jobs", None, &options).expect("paths");
    let per_output = model.coefficients().account("jobs").expect("counted");
    let row = model.inducement_row(per_output);
    let all = 7.0 + 30.0 * row[11] + 10.0 * row[16];
    assert_relative_eq!(jobs.total, all, max_relative = 1e-9);
    assert_relative_eq!(jobs.direct, 7.0, max_relative = 1e-12);
    assert_eq!(jobs.paths[0].sectors, [18]);
    assert_relative_eq!(jobs.paths[0].value, 7.0, max_relative = 1e-12);
    assert_relative_eq!(jobs.nodes[0].through, all, max_relative = 1e-9);
    let next = jobs
        .nodes
        .iter()
        .find(|node| node.sectors == [18, 11])
        .expect("a node");
    assert_relative_eq!(next.value, 30.0 * per_output[11], max_relative = 1e-9);
}

#[test]
fn what_cannot_be_searched_is_refused() {
    let (model, ones) = (two_sectors(), dvector![1.0, 1.0]);
    let refused = |f: &DVector<f64>, options| {
        Paths::of(&model, f, &ones, &options)
            .expect_err("refused")
            .to_string()
    };
    let f = dvector![1.0, 1.0];
    assert!(refused(&dvector![1.0], of(5, 0.1, 0, 3)).contains("2 sectors"));
    assert!(refused(&dvector![1.0, f64::NAN], of(5, 0.1, 0, 3)).contains("finite"));
    assert!(refused(&f, of(5, 0.0, 0, 3)).contains("above 0"));
    assert!(refused(&f, of(5, f64::NAN, 0, 3)).contains("above 0"));
    assert!(refused(&f, of(5, 0.1, 0, 101)).contains("at most 100"));
    let none = Paths::of(&model, &dvector![0.0, 0.0], &ones, &of(5, 0.1, 0, 3)).expect("none");
    assert!(none.paths.is_empty() && none.total == 0.0 && none.remainder == 0.0);
}
