//! The same numbers on every machine, and numbers of the distribution that was asked for.

use super::*;
use normlab_parameters::FieldValue;

fn make(slug: &str, settings: &[(&str, &str)], seed: u64) -> Dataset {
    let mut generator = Generator::from_slug(slug).expect(slug);
    for (key, text) in settings {
        generator.set(key, text).unwrap();
    }
    generator.generate(seed).unwrap()
}

fn column(dataset: &Dataset, index: usize) -> &[f64] {
    dataset.columns[index].numbers().unwrap()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn sd(values: &[f64]) -> f64 {
    let center = mean(values);
    (values.iter().map(|value| (value - center).powi(2)).sum::<f64>() / values.len() as f64).sqrt()
}

fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[(share * (sorted.len() - 1) as f64) as usize]
}

fn near(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance, "{found} is not {expected} within {tolerance}");
}

/// One large column: standard errors are below 0.01 standard deviations.
fn large(slug: &str, settings: &[(&str, &str)]) -> Vec<f64> {
    let settings = [&[("rows", "200000"), ("columns", "1")], settings].concat();
    column(&make(slug, &settings, 7), 0).to_vec()
}

#[test]
fn the_first_values_of_every_generator_bit_for_bit() {
    let found: Vec<String> = Generator::all()
        .iter()
        .map(|generator| {
            let dataset = generator.generate(42).unwrap();
            let last = dataset.columns.len() - 1;
            let bits =
                [(0, 0), (0, 1), (0, 2), (last, 0), (last, 1)].map(|(c, row)| column(&dataset, c)[row].to_bits());
            format!("{} {:016x?}", generator.info().slug, bits)
        })
        .collect();
    let expected = include_str!("first_values.txt");
    assert_eq!(found.join("\n"), expected.trim_end());
}

#[test]
fn slugs_are_unique_and_lead_back() {
    for generator in Generator::all() {
        assert_eq!(Generator::from_slug(generator.info().slug).as_ref(), Some(&generator));
    }
    assert_eq!(Generator::from_slug("nonsense"), None);
}

#[test]
fn every_default_is_allowed_and_chosen() {
    for generator in Generator::all() {
        let slug = generator.info().slug;
        for described in generator.parameters() {
            match described.value {
                FieldValue::Number { value, allowed } => {
                    assert!(allowed.accepts(value), "{slug} {:?}", described.field)
                }
                FieldValue::Integer { value, allowed } => {
                    assert!(allowed.accepts(value as f64), "{slug} {:?}", described.field)
                }
                _ => {}
            }
        }
        let dataset = generator.generate(1).unwrap();
        assert_eq!(dataset.default_features().len(), dataset.columns.len(), "{slug}");
        for column in &dataset.columns {
            assert_eq!(column.numbers().unwrap().len(), dataset.rows * column.positions, "{slug}");
            assert_eq!(column.positions, dataset.positions, "{slug}");
            assert!(column.numbers().unwrap().iter().all(|value| value.is_finite()), "{slug}");
        }
        assert_eq!(dataset, generator.generate(1).unwrap(), "{slug}");
        assert_ne!(dataset, generator.generate(2).unwrap(), "{slug}");
    }
}

#[test]
fn more_rows_and_columns_keep_the_first() {
    let (small, large) = (make("normal", &[("rows", "10"), ("columns", "1")], 5), make("normal", &[("rows", "20")], 5));
    assert_eq!(column(&small, 0), &column(&large, 0)[..10]);
}

#[test]
fn the_extremes_of_every_parameter_stay_finite() {
    for generator in Generator::all() {
        for described in generator.parameters() {
            let FieldValue::Number { allowed, .. } = described.value else { continue };
            let (low, high) = match allowed {
                Allowed::Between(low, high) | Allowed::Above(low, high) => (low, high),
                Allowed::Finite => panic!("{:?} has no limits", described.field),
            };
            for value in [low, high] {
                let mut changed = generator.clone();
                if changed.set(described.field.key, &value.to_string()).is_err() {
                    continue;
                }
                let Ok(dataset) = changed.generate(3) else { continue };
                let values = dataset.columns.iter().filter_map(Column::numbers).flatten();
                assert!(
                    values.into_iter().all(|v| v.is_finite()),
                    "{} {} {value}",
                    generator.info().slug,
                    described.field.key
                );
            }
        }
    }
}

#[test]
fn too_many_values_name_the_limit() {
    for (slug, settings) in [
        ("normal", [("rows", "1000000"), ("columns", "21")].as_slice()),
        ("constant-column", &[("rows", "1000000"), ("columns", "20")]),
        ("activations", &[("rows", "1000000"), ("channels", "4096"), ("positions", "65536")]),
    ] {
        let mut generator = Generator::from_slug(slug).unwrap();
        for (key, text) in settings {
            generator.set(key, text).unwrap();
        }
        let error = generator.generate(0).unwrap_err();
        assert!(error.to_string().contains("20000000"), "{error}");
    }
}

#[test]
fn parameters_that_contradict_each_other() {
    let mut uniform = Generator::from_slug("uniform").unwrap();
    uniform.set("low", "2").unwrap();
    assert!(uniform.generate(0).unwrap_err().to_string().contains("high end"));
    let mut outliers = Generator::from_slug("outliers").unwrap();
    outliers.set("outliers", "201").unwrap();
    assert!(outliers.generate(0).unwrap_err().to_string().contains("200"));
}

#[test]
fn normal_moments() {
    let values = large("normal", &[("mean", "5"), ("sd", "2")]);
    near(mean(&values), 5.0, 0.02);
    near(sd(&values), 2.0, 0.02);
    let share = values.iter().filter(|v| (*v - 5.0).abs() < 2.0).count() as f64 / values.len() as f64;
    near(share, 0.6827, 0.004);
    let fourth = values.iter().map(|v| ((v - 5.0) / 2.0).powi(4)).sum::<f64>() / values.len() as f64;
    near(fourth, 3.0, 0.1);
}

#[test]
fn uniform_moments() {
    let values = large("uniform", &[("low", "-1"), ("high", "3")]);
    near(mean(&values), 1.0, 0.02);
    near(sd(&values), 4.0 / 12_f64.sqrt(), 0.02);
    assert!(values.iter().all(|v| (-1.0..=3.0).contains(v)));
}

#[test]
fn skewed_moments() {
    let values = large("lognormal", &[("log-mean", "1"), ("log-sd", "0.5")]);
    near(mean(&values), 1.125_f64.exp(), 0.03);
    near(quantile(&values, 0.5), 1_f64.exp(), 0.02);
    let values = large("exponential", &[("mean", "3")]);
    near(mean(&values), 3.0, 0.03);
    near(sd(&values), 3.0, 0.06);
    near(quantile(&values, 0.5), 3.0 * 2_f64.ln(), 0.03);
}

#[test]
fn two_groups() {
    let values = large("bimodal", &[("distance", "10"), ("share", "0.25")]);
    near(values.iter().filter(|v| **v > 0.0).count() as f64 / values.len() as f64, 0.25, 0.005);
    near(mean(&values), -2.5, 0.05);
    near(sd(&values), (1.0 + 100.0 * 0.1875_f64).sqrt(), 0.05);
}

#[test]
fn heavy_tails() {
    let values = large("student-t", &[("df", "2")]);
    near(quantile(&values, 0.5), 0.0, 0.02);
    // Quartiles of t with 2 degrees of freedom: sqrt(2) / 2 / sqrt(1 - 1/4) = 0.8165.
    near(quantile(&values, 0.75), 0.8165, 0.02);
    near(quantile(&values, 0.975), 4.3027, 0.1);
    let values = large("student-t", &[("df", "10"), ("scale", "2")]);
    near(sd(&values), 2.0 * 1.25_f64.sqrt(), 0.04);
}

#[test]
fn a_pair_correlates() {
    let dataset = make("correlated-pair", &[("rows", "100000"), ("correlation", "-0.6")], 1);
    let (x, y) = (column(&dataset, 0), column(&dataset, 1));
    let products = x.iter().zip(y).map(|(x, y)| x * y).sum::<f64>() / x.len() as f64;
    near((products - mean(x) * mean(y)) / (sd(x) * sd(y)), -0.6, 0.01);
    near(sd(y), 10.0, 0.1);
}

#[test]
fn outliers_are_counted_and_far() {
    let dataset = make("outliers", &[("outliers", "5"), ("distance", "50"), ("mean", "2"), ("sd", "3")], 1);
    for index in 0..2 {
        let far: Vec<_> = column(&dataset, index).iter().filter(|v| (*v - 2.0).abs() > 30.0).collect();
        assert_eq!(far, [&152.0; 5]);
    }
}

#[test]
fn constant_and_scales() {
    let dataset = make("constant-column", &[("value", "3.5")], 1);
    assert!(column(&dataset, 2).iter().all(|&v| v == 3.5));
    assert_eq!(dataset.columns[2].name, "constant");
    let dataset = make("two-scales", &[("rows", "10000")], 1);
    near(mean(column(&dataset, 1)) / mean(column(&dataset, 0)), 1e6, 5e4);
}

#[test]
fn activations_differ_by_channel_and_example() {
    let none = [("channel-shift", "0"), ("channel-scale", "0"), ("example-shift", "0"), ("example-scale", "0")];
    let plain = make("activations", &[&[("rows", "100"), ("positions", "100")], none.as_slice()].concat(), 1);
    near(mean(column(&plain, 0)), 0.0, 0.05);
    near(sd(column(&plain, 0)), 1.0, 0.05);
    let by_channel = make("activations", &[&none[1..], &[("channel-shift", "100")]].concat(), 1);
    let means: Vec<_> = (0..8).map(|channel| mean(column(&by_channel, channel))).collect();
    assert!(sd(&means) > 20.0, "{means:?}");
    let by_example =
        make("activations", &[&none[..2], &[("example-shift", "100"), ("example-scale", "0")]].concat(), 1);
    let means: Vec<_> = column(&by_example, 0).chunks(16).map(mean).collect();
    assert!(sd(&means) > 20.0, "{means:?}");
    assert_eq!((by_example.rows, by_example.positions, by_example.columns.len()), (32, 16, 8));
}
