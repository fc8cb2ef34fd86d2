//! Other sectors than the table's own: shares of several made one, several summed.

use super::*;
use leontief::analysis::AggregationBias;
use leontief::scenario::NoteFigure;
use leontief::table::{Classification, CoefficientTable, Coefficients, Regrouping};

fn groups(text: &str) -> Regrouping {
    Regrouping::parse("groups.csv", text, economy().sectors()).expect("a concordance")
}

/// G is 40 % of sector 1 and 25 % of sector 3, which keep the rest. Rows of S Zd, then its columns:
/// g buys .4 (.4 x 200 + .25 x 400) + .25 (.4 x 500 + .25 x 0) = 122 of itself.
#[test]
fn an_industry_made_of_shares_is_taken_out_of_them() {
    let groups = groups("from,to,alpha\n3,G,25%\n1,G,0.4\n");
    let table = economy().regrouped(&groups).expect("flows");
    let codes: Vec<&str> = table.sectors().iter().map(|s| s.code.as_str()).collect();
    assert_eq!(codes, ["1", "2", "3", "G"]);
    let flows = table.flows(Text::same("a test")).expect("flows");
    let expected = dmatrix![
        72.0, 270.0, 225.0, 123.0;
        480.0, 300.0, 0.0, 320.0;
        180.0, 112.5, 0.0, 120.0;
        108.0, 217.5, 150.0, 122.0
    ];
    assert_relative_eq!(
        *flows.flows().domestic.dense(),
        expected,
        max_relative = 1e-12
    );
    let output = dvector![1200.0, 1500.0, 750.0, 1050.0];
    assert_relative_eq!(*flows.output(), output, max_relative = 1e-12);
    let jobs = flows.satellite("jobs").expect("jobs");
    assert_relative_eq!(
        *jobs,
        dvector![2400.0, 6000.0, 750.0, 1850.0],
        max_relative = 1e-12
    );
    let households = flows.domestic_demand_for(FinalDemandRole::Household);
    assert_relative_eq!(
        households,
        dvector![108.0, 108.0, 54.0, 90.0],
        max_relative = 1e-12
    );
    let wages = flows.primary_input(PrimaryInputRole::Compensation);
    assert_relative_eq!(
        wages.expect("wages"),
        dvector![120.0, 225.0, 150.0, 130.0],
        max_relative = 1e-12
    );
    assert!(
        leontief::table::balance::Balance::of(flows)
            .faults()
            .is_empty()
    );
}

#[test]
fn sectors_that_are_summed_lead_to_their_group_by_every_word() {
    let groups = groups("code,group,name_en,name_ko\n1,X,Goods,재화\n3,X,,\n");
    let table = economy().regrouped(&groups).expect("flows");
    let flows = table.flows(Text::same("a test")).expect("flows");
    // 2 stays and stands first; X uses of itself all that 1 and 3 use of each other.
    let expected = dmatrix![300.0, 800.0; 600.0, 1100.0];
    assert_relative_eq!(
        *flows.flows().domestic.dense(),
        expected,
        max_relative = 1e-12
    );
    for word in ["X", "Goods", "재화", "1", "Sector 3"] {
        assert_eq!(table.sectors().find(word).expect(word), 1, "{word}");
    }
    assert_eq!(table.sectors().find("2").expect("stays"), 0);
}

#[test]
fn one_regrouping_after_another_is_their_product() {
    let first = groups("code,group,share\n1,G,0.4\n3,G,0.25\n");
    let table = economy().regrouped(&first).expect("flows");
    let second = Regrouping::parse_group("H=G:50%+2", table.sectors()).expect("a group");
    let both = first.then(&second).expect("they fit");
    let (at_once, in_turn) = (
        economy().regrouped(&both).expect("flows"),
        table.regrouped(&second).expect("flows"),
    );
    let flows = |table: &AnyTable| {
        let flows = table.flows(Text::same("a test")).expect("flows");
        flows.flows().domestic.dense().clone()
    };
    assert_relative_eq!(flows(&at_once), flows(&in_turn), max_relative = 1e-12);
    // H is all of 2 and half of G: 1500 + 525 of output.
    let h = at_once.sectors().find("H").expect("H");
    let output = at_once.flows(Text::same("a test")).expect("flows").output()[h];
    assert_relative_eq!(output, 2025.0, max_relative = 1e-12);
}

#[test]
fn what_is_no_concordance_is_refused_with_its_place() {
    let table = economy();
    let error = |text: &str| {
        let error = Regrouping::parse("groups.csv", text, table.sectors()).expect_err(text);
        error.to_string()
    };
    for (text, part) in [
        ("code,name\n1,x\n", "no column 'group'"),
        ("code,group\nQ,x\n", "'Q'"),
        ("code,group,share\n1,x,1.2\n", "groups.csv:2"),
        ("code,group,share\n1,x,0\n", "above 0"),
        ("code,group,share\n1,x,0.7\n1,y,0.7\n", "1.4"),
        ("code,group\n1,\n", "without a name"),
    ] {
        assert!(error(text).contains(part), "{text}: {}", error(text));
    }
    for text in ["1+2", "x=", "=1", "x=1:2", "x=1++2", "x=Q"] {
        let refused = Regrouping::parse_group(text, table.sectors());
        assert!(refused.is_err(), "{text}");
    }
}

/// 1 and 3 as one: A = [.2 .2667; .4 .3667], L = [1.58333 .66667; 1 2], column sums 2.58333 and 2.66667.
/// Apart they are 2.6 of sector 2, and (2000 x 2.8 + 1000 x 2.4) / 3000 = 2.66667 of the two.
#[test]
fn aggregation_bias_is_that_of_multipliers_weighted_by_output() {
    let groups = groups("code,group\n1,X\n3,X\n");
    let (table, regrouped) = (economy(), economy().regrouped(&groups).expect("flows"));
    let bias = AggregationBias::of(&table, &groups, &open_model(&regrouped));
    let bias = bias.expect("both are productive");
    assert_relative_eq!(bias.grouped[0], 2.0 + 7.0 / 12.0, max_relative = 1e-12);
    assert_relative_eq!(bias.grouped[1], 8.0 / 3.0, max_relative = 1e-12);
    assert_relative_eq!(bias.weighted[0], 2.6, max_relative = 1e-12);
    assert_relative_eq!(bias.weighted[1], 8.0 / 3.0, max_relative = 1e-12);
    let unlike = AggregationBias::of(&regrouped, &groups, &open_model(&table));
    assert!(unlike.is_err(), "tables the wrong way round");
    let note = bias.note(&table).expect("groups");
    assert_eq!(note.code(), "regrouped");
    let largest = 1.0 - (2.0 + 7.0 / 12.0) / 2.6;
    match &note.figures()["largest"] {
        NoteFigure::Number(n) => assert_relative_eq!(*n, largest, max_relative = 1e-12),
        other => panic!("{other:?}"),
    }
}

/// Coefficients and output are regrouped as the flows that they stand for.
#[test]
fn a_table_of_coefficients_with_output_is_regrouped_as_its_flows() {
    let whole = economy();
    let of = whole.coefficients();
    let accounts = of.accounts().iter().map(|(_, v)| v.clone()).collect();
    let sectors = Classification::new("c", whole.sectors().iter().cloned().collect(), &[]);
    let meta = whole.meta().clone();
    let bare = Coefficients::new(
        meta,
        sectors.expect("codes differ"),
        of.domestic().clone(),
        of.imported().clone(),
        of.value_added().clone(),
        accounts,
    );
    let bare = CoefficientTable::new(bare.expect("columns sum to 1"), String::new());
    let groups = groups("code,group,share\n1,G,0.4\n3,G,0.25\n");
    assert!(AnyTable::from(bare.clone()).regrouped(&groups).is_err());
    let output = whole.output().cloned();
    let bare = AnyTable::from(bare.with_output(output).expect("three outputs"));
    let (a, b) = (
        bare.regrouped(&groups).expect("with output"),
        whole.regrouped(&groups).expect("flows"),
    );
    let (a, b) = (a.coefficients(), b.coefficients());
    assert_relative_eq!(
        a.domestic().dense(),
        b.domestic().dense(),
        max_relative = 1e-12
    );
    assert_relative_eq!(
        a.imported().dense(),
        b.imported().dense(),
        max_relative = 1e-12
    );
    assert_relative_eq!(a.value_added(), b.value_added(), max_relative = 1e-12);
    let jobs = |of: &Coefficients| of.account("jobs").expect("jobs").clone();
    assert_relative_eq!(jobs(&a), jobs(&b), max_relative = 1e-12);
}
