//! Where a number comes from: the computation that is told is that of the number in the table.

use normlab::caption::{arithmetic, origin, symbols};
use normlab::data::{DataCell, split};
use normlab::engine::{Conventions, Method};
use normlab::plot::number::{format4, full};
use normlab::protocol::{FitOn, RowsQuery, Traced};
use normlab::state::Action;

use crate::explorer::Explorer;

fn traced(explorer: &Explorer, row: u64, feature: usize) -> Traced {
    let column = explorer.query().columns[feature];
    explorer.session.trace(DataCell { row, column, position: 0 }).unwrap()
}

/// The value after the method, as the table has it.
fn after(explorer: &mut Explorer, row: u64, feature: usize) -> f64 {
    explorer.rows(&RowsQuery { from: row, count: 1, ..RowsQuery::default() }).rows[0].after[feature]
}

#[test]
fn the_told_result_is_that_of_the_table_for_every_method() {
    let mut explorer = Explorer::sample("wine");
    for method in Method::all() {
        for train in [false, true] {
            explorer.act(Action::ChooseMethod(method.info().slug));
            explorer.act(Action::SetFit(if train { FitOn::Train { share: 0.5, seed: 1 } } else { FitOn::All })).view();
            for (row, feature) in [(0, 0), (2, 12), (177, 5)] {
                let (found, expected) = (traced(&explorer, row, feature).trace, after(&mut explorer, row, feature));
                assert_eq!(found.output.to_bits(), expected.to_bits(), "{} at {row}, {feature}", method.info().slug);
                assert_eq!(found.replay().to_bits(), expected.to_bits());
                let last = arithmetic(&found, full).pop().unwrap();
                assert!(last.result == full(expected), "{last:?}: {expected}");
            }
        }
    }
}

#[test]
fn the_arithmetic_of_a_z_score_can_be_checked_with_a_calculator() {
    let mut explorer = Explorer::text("a,b\n2,1\n4,5\n6,9\n");
    explorer.act(Action::ChooseMethod("z-score")).view();
    let found = traced(&explorer, 2, 0);
    assert_eq!(
        origin(&found, format4),
        "a of row 3 is 6. Its mean and standard deviation come from all 3 values of a."
    );
    let lines = arithmetic(&found.trace, format4);
    let lines: Vec<_> = lines.iter().map(|line| (line.name, line.how.as_str(), line.result.as_str())).collect();
    assert_eq!(
        lines,
        [
            ("mean", "(2 + 4 + 6) / 3 = 12 / 3", "4"),
            ("variance", "((2 − 4)² + (4 − 4)² + (6 − 4)²) / 3 = 8 / 3, divisor n", "2.667"),
            ("scale", "√2.667", "1.633"),
            ("minus the centre", "6 − 4", "2"),
            ("divided by the scale", "2 / 1.633", "1.225"),
        ]
    );
    explorer.act(Action::ChooseMethod("layer-norm")).view();
    let found = traced(&explorer, 2, 0);
    assert!(origin(&found, format4).ends_with("come from both values of row 3."), "{}", origin(&found, format4));
}

#[test]
fn what_is_missing_or_constant_says_so() {
    let mut explorer = Explorer::text("a,b,c\n7,1,\n7,5,2\n7,9,3\n");
    explorer.act(Action::ChooseMethod("z-score")).view();
    let query = explorer.query();
    let index = |name: &str| explorer.info.columns.iter().position(|column| column.name == name).unwrap() as u32;
    let place = |name: &str| query.columns.iter().position(|column| *column == index(name));
    if let Some(c) = place("c") {
        let found = traced(&explorer, 0, c);
        assert!(origin(&found, format4).starts_with("c of row 1 is missing."));
        let last = arithmetic(&found.trace, format4).pop().unwrap();
        // The sign of the table.
        assert_eq!((last.how.as_str(), last.result.as_str()), ("a missing value stays missing", "\u{2013}"));
    } else {
        panic!("{:?}", query.columns);
    }
}

/// Statistics of more groups than are kept are found again.
#[test]
fn of_very_many_groups_the_one_that_is_asked_for_is_found_again() {
    let mut explorer = Explorer::generated("normal", &[("rows", "201000"), ("columns", "4")], 1);
    for slug in ["layer-norm", "rms-norm", "unit-length", "instance-norm"] {
        explorer.act(Action::ChooseMethod(slug)).view();
        for (row, feature) in [(0, 0), (123_456, 2), (200_999, 3)] {
            let (found, expected) = (traced(&explorer, row, feature).trace, after(&mut explorer, row, feature));
            assert_eq!(found.output.to_bits(), expected.to_bits(), "{slug} at {row}");
            assert_eq!(found.group.members[0], row as usize..row as usize + 1);
            assert_eq!(found.cell.example, row as usize);
        }
    }
}

/// A number as it is written with all digits.
fn number(text: &str) -> f64 {
    const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    let plain = text.chars().filter(|c| !",()".contains(*c)).map(|c| match c {
        '−' | '⁻' => '-',
        c => RAISED.chars().position(|raised| raised == c).map_or(c, |digit| (b'0' + digit as u8) as char),
    });
    plain.collect::<String>().replace("×10", "e").parse().unwrap_or_else(|_| panic!("{text}"))
}

/// `a − b − c`
fn difference(text: &str) -> f64 {
    text.split(" − ").map(number).reduce(|a, b| a - b).unwrap()
}

/// What follows from what is written with all digits, far from zero too: there a mean does not fit into one number.
#[test]
fn with_all_digits_every_result_follows_from_its_operands() {
    let mut explorer = Explorer::text("a\n1000000000000000.125\n1000000000000000.5\n1000000000000001.75\n");
    for (slug, spread) in [("z-score", "variance"), ("robust", "their distance")] {
        explorer.act(Action::ChooseMethod(slug)).view();
        let lines = arithmetic(&traced(&explorer, 2, 0).trace, full);
        let line = |name: &str| lines.iter().find(|line| line.name == name).unwrap_or_else(|| panic!("{lines:?}"));
        let centred = line("minus the centre");
        let written = centred.how.trim_end_matches(", which rounding took from the centre");
        assert_eq!(difference(written), number(&centred.result), "{centred:?}");
        let (how, result) = (&line(spread).how, number(&line(spread).result));
        let found = if slug == "robust" {
            difference(how)
        } else {
            let (terms, _) = how.trim_start_matches('(').split_once(") / 3").unwrap();
            terms.split(" + ").map(|term| difference(term.trim_end_matches('²')).powi(2)).sum::<f64>() / 3.0
        };
        assert!((found - result).abs() <= 1e-15 * result, "{how} is {found}, not {result}");
    }
    // Where nothing is lost, nothing is written of it.
    let mut explorer = Explorer::sample("wine");
    explorer.act(Action::ChooseMethod("z-score")).view();
    let lines = arithmetic(&traced(&explorer, 2, 0).trace, full);
    assert!(lines.iter().all(|line| !line.how.contains("rounding")), "{lines:?}");
}

/// A missing value is no part of a group, whatever is left of that.
#[test]
fn a_missing_value_is_not_called_the_single_one_of_its_group() {
    let mut explorer = Explorer::text("a,b,c\n,1,\n,,\n7,,2\n7,9,3\n");
    explorer.act(Action::ChooseColumns(Some(["a", "b", "c"].map(String::from).into())));
    explorer.act(Action::ChooseMethod("layer-norm")).view();
    let said = |explorer: &Explorer, row, feature| origin(&traced(explorer, row, feature), format4);
    assert_eq!(
        said(&explorer, 0, 0),
        "a of row 1 is missing. The mean and standard deviation of row 1 come from its only value."
    );
    assert_eq!(
        said(&explorer, 1, 0),
        "a of row 2 is missing. There is no value in row 2 to compute its mean and standard deviation from."
    );
    assert_eq!(
        said(&explorer, 2, 1),
        "b of row 3 is missing. The mean and standard deviation of row 3 come from its 2 values that are not missing."
    );
    assert_eq!(
        said(&explorer, 0, 1),
        "b of row 1 is 1. Its mean and standard deviation come from it alone: it is the only value of row 1."
    );
    explorer.act(Action::ChooseMethod("rms-norm")).view();
    assert_eq!(said(&explorer, 2, 0), "a of row 3 is 7. Its root mean square comes from the 2 values of row 3.");
    explorer.state.conventions = Conventions::Keras;
    explorer.act(Action::ChooseMethod("z-score")).view();
    assert_eq!(
        said(&explorer, 0, 0),
        "a of row 1 is missing. Missing values are not left out here: the mean and standard deviation of a are missing as well."
    );
}

/// A method has no parameter that it does not have.
#[test]
fn rms_norm_has_no_beta_to_add() {
    let mut explorer = Explorer::sample("iris");
    let set = |key, text: &str| Action::SetMethod { key, text: text.into() };
    let names = |explorer: &Explorer| -> Vec<&str> {
        arithmetic(&traced(explorer, 3, 1).trace, format4).iter().map(|line| line.name).collect()
    };
    explorer.act(Action::ChooseMethod("rms-norm")).act(set("gamma", "2")).view();
    assert_eq!(names(&explorer).last(), Some(&"times gamma"), "{:?}", names(&explorer));
    let found = symbols(&traced(&explorer, 3, 1).trace, format4);
    assert!(!found.formulas.concat().contains('β') && found.symbols.iter().all(|one| one.sign != "β"), "{found:?}");
    let (trace, expected) = (traced(&explorer, 3, 1).trace, after(&mut explorer, 3, 1));
    assert_eq!(arithmetic(&trace, full).pop().unwrap().result, full(expected));
    explorer.act(Action::ChooseMethod("layer-norm")).act(set("gamma", "2")).view();
    assert_eq!(names(&explorer).last(), Some(&"plus beta"), "LayerNorm has one");
}

#[test]
fn a_recipe_that_does_nothing_says_so() {
    let mut explorer = Explorer::sample("iris");
    explorer.act(Action::ChooseMethod("custom"));
    for key in ["center", "divide"] {
        explorer.act(Action::SetMethod { key, text: "none".into() });
    }
    explorer.view();
    let found = traced(&explorer, 0, 0);
    assert_eq!(
        origin(&found, format4),
        "sepal length (cm) of row 1 is 5.1. Nothing is subtracted from it, and it is not divided."
    );
    let lines = arithmetic(&found.trace, format4);
    let [only] = lines.as_slice() else { panic!("{lines:?}") };
    assert_eq!((only.name, only.how.as_str(), only.result.as_str()), ("result", "the value as it is", "5.1"));
}

/// Some of 115,008 values are drawn on the line: of all pixels, not of one again and again.
#[test]
fn the_line_of_a_large_group_shows_all_of_its_kinds() {
    let mut explorer = Explorer::sample("digits");
    let view = explorer.act(Action::ChooseMethod("batch-norm")).view();
    let traced = explorer.session.trace(DataCell { row: 3, column: view.query.columns[0], position: 3 }).unwrap();
    let mut members: Vec<_> = traced.members.iter().map(|value| *value as u32).collect();
    members.sort_unstable();
    members.dedup();
    assert!(members.len() > 12, "of the 17 shades of grey {members:?}");
}

#[test]
fn values_that_were_not_fitted_are_not_said_to_share() {
    let mut explorer = Explorer::sample("wine");
    let (share, seed) = (0.75, 1);
    explorer.act(Action::SetFit(FitOn::Train { share, seed })).view();
    let taken = split::train_rows(178, share, seed);
    let count = taken.iter().filter(|taken| **taken).count();
    for (row, taken) in taken.iter().enumerate() {
        let said = origin(&traced(&explorer, row as u64, 0), format4);
        let from = format!("come from {count} values of alcohol in the training rows");
        let end = if *taken { "." } else { ", and this is not one of them." };
        assert!(said.ends_with(&format!("{from}{end}")), "row {}: {said}", row + 1);
    }
    // Statistics of its own row are nobody else's.
    explorer.act(Action::ChooseMethod("layer-norm")).view();
    assert!(origin(&traced(&explorer, 0, 0), format4).ends_with("come from all 13 values of row 1."));
}

/// Of 178 values, the median is between the 89th and the 90th, and the lower quartile a quarter of the way from the 45th to
/// the 46th, also where two neighbours are the same.
#[test]
fn quantiles_say_where_they_are() {
    let mut explorer = Explorer::sample("wine");
    explorer.act(Action::ChooseMethod("robust")).view();
    let ash = traced(&explorer, 3, 2).trace;
    let lines = arithmetic(&ash, format4);
    let how = |name: &str| lines.iter().find(|line| line.name == name).unwrap().how.clone();
    assert_eq!(how("median"), "between places 89 and 90 in ascending order: both are 2.36");
    assert_eq!(how("lower quantile"), "25%: between places 45 and 46 in ascending order: both are 2.21");
    assert!(how("upper quantile").starts_with("75%: between places 133 and 134 in ascending order"));
}

/// By hand: the mean of 2, 4, 9 is 5, which is not their median.
#[test]
fn a_deviation_is_one_from_the_mean_whatever_is_subtracted() {
    let mut explorer = Explorer::text("a,b\n2,1\n4,5\n9,9\n");
    explorer.act(Action::ChooseMethod("custom"));
    for (key, text) in [("center", "median"), ("divide", "sd")] {
        explorer.act(Action::SetMethod { key, text: text.into() });
    }
    explorer.view();
    let trace = traced(&explorer, 0, 0).trace;
    let lines = arithmetic(&trace, format4);
    let line = lines.iter().find(|line| line.name == "mean of the group").unwrap();
    assert_eq!((line.how.as_str(), line.result.as_str()), ("of the 3 values of the group", "5"));
    let told = symbols(&trace, format4);
    assert!(told.formulas.iter().any(|formula| formula.contains("<mi data-s=\"u\">μ</mi><mo>=</mo>")), "{told:?}");
}

/// The variance is 1e600 and more: it is told in units that say so, here as in the arithmetic.
#[test]
fn symbols_say_their_units() {
    let mut explorer = Explorer::text("a\n1e300\n2\n3\n");
    explorer.act(Action::ChooseMethod("z-score")).view();
    let told = symbols(&traced(&explorer, 0, 0).trace, format4);
    let variance = told.symbols.iter().find(|symbol| symbol.key == "v").unwrap();
    assert!(variance.number.contains(" \u{d7} 2^"), "{variance:?}");
    let number = variance.number.split(" \u{d7} 2^").map(|part| part.parse::<f64>().unwrap()).collect::<Vec<_>>();
    // The variance of 1e300, 0, 0 is 2/9 of 1e600.
    let log10 = number[0].log10() + number[1] * 2.0_f64.log10();
    assert!((log10 - (600.0 + (2.0_f64 / 9.0).log10())).abs() < 1e-3, "{number:?}");
}
