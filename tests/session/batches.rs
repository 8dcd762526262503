//! BatchNorm batch by batch: what is told is what the method does.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use normlab::caption::batches as words;
use normlab::engine::{Conventions, Method};
use normlab::figure::{walk_scenes, walk_tables};
use normlab::plot::Mark;
use normlab::protocol::{FitOn, RunningStats, decode, encode};
use normlab::session::{NoYield, QueryError};
use normlab::state::{Action, BatchSettings, Study};

use crate::explorer::Explorer;

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-12 * (1.0 + b.abs())
}

pub fn set(explorer: &mut Explorer, key: &'static str, text: &str) {
    explorer.act(Action::SetMethod { key, text: text.into() });
}

/// A page that shows BatchNorm and has the study open.
pub fn open(mut explorer: Explorer) -> Explorer {
    explorer.act(Action::ChooseMethod("batch-norm")).act(Action::SetStudy(Some(Study::Batches)));
    explorer
}

pub fn ask(explorer: &mut Explorer, yielder: &NoYield) -> Result<RunningStats, QueryError> {
    assert_eq!(explorer.state.study_shown(), Some(Study::Batches));
    let query = explorer.state.batches_query(&explorer.info).unwrap();
    let mut context = Context::from_waker(Waker::noop());
    match pin!(explorer.session.batches(&query, yielder)).poll(&mut context) {
        Poll::Ready(answer) => answer,
        Poll::Pending => panic!("a session without a browser never waits"),
    }
}

/// The answer as it crosses to the page, after a view as the page asks for it.
pub fn walk(explorer: &mut Explorer) -> RunningStats {
    explorer.view();
    let running_stats = ask(explorer, &NoYield::default()).unwrap();
    decode(&encode(&running_stats).unwrap()).unwrap()
}

/// REFERENCE: [1, 2, 3, 6] gives PyTorch a running mean of 0.3 and variance of 1.36667, Keras 0.03 and 1.025.
#[test]
fn one_batch_by_the_conventions_of_libraries() {
    let mut explorer = open(Explorer::text("a\n1\n2\n3\n6\n"));
    let running_stats = walk(&mut explorer);
    let [step] = running_stats.steps.as_slice() else { panic!("{running_stats:?}") };
    assert!(close(step.after.0, 0.3) && close(step.after.1, 0.9 + 1.4 / 3.0), "{step:?}");
    assert_eq!((running_stats.batches, running_stats.rows, step.count, step.before), (1, (4, 4), 4, (0.0, 1.0)));
    assert_eq!((running_stats.whole.0, running_stats.faded), (3.0, Some(22)));
    assert!(close(running_stats.whole.1, 14.0 / 3.0) && close(step.initial, 0.9));
    let told = words::step(&running_stats, step);
    assert_eq!(
        told[0],
        "Batch 1 of 1: 4 values, mean 3, variance 4.667. The starting value still has 90% of the weight."
    );
    assert_eq!(told[1], "Running mean: 0.9 \u{d7} 0 + 0.1 \u{d7} 3 = 0.3");
    assert_eq!(told[2], "Running variance: 0.9 \u{d7} 1 + 0.1 \u{d7} 4.667 = 1.367");
    assert_eq!(
        words::headline(&running_stats),
        "After 1 batch, the running mean of a is 0.3; the mean of its rows is 3. The starting values (mean 0, \
         variance 1) still have 90% of the weight."
    );
    // In training, too, the settings of the walk can be chosen.
    for (key, text) in [("momentum-of", "old"), ("momentum", "0.99"), ("running-variance", "biased")] {
        set(&mut explorer, key, text);
    }
    let running_stats = walk(&mut explorer);
    assert!(
        close(running_stats.steps[0].after.0, 0.03) && close(running_stats.steps[0].after.1, 1.025),
        "{running_stats:?}"
    );
    assert_eq!((running_stats.whole, running_stats.faded), ((3.0, 3.5), Some(230)));
    assert!(
        words::notes(&running_stats)[0].contains("of 4 values is on average 1/4 smaller"),
        "{:?}",
        words::notes(&running_stats)
    );
}

#[test]
fn the_walk_ends_where_evaluation_is() {
    for fit in [FitOn::All, FitOn::Train { share: 0.5, seed: 3 }] {
        let mut explorer = open(Explorer::sample("wine"));
        set(&mut explorer, "mode", "evaluation");
        set(&mut explorer, "batch", "20");
        let view = explorer.act(Action::SetFit(fit.clone())).view();
        for (index, feature) in view.features.iter().enumerate().take(4) {
            let feature = Some(feature.name.clone());
            explorer.act(Action::SetBatches(BatchSettings { passes: 1, feature }));
            let running_stats = walk(&mut explorer);
            let (group, last) = (&view.groups.first[index], running_stats.steps.last().unwrap());
            assert!(close(group.center, last.after.0), "{group:?} {last:?}");
            assert!(close(group.scale, (last.after.1 + 1e-5).sqrt()), "{group:?} {last:?}");
            assert_eq!(running_stats.shape.examples as u64, view.fitted_rows);
            // The samples are those of the table, by the running values.
            let rows = explorer.rows(&normlab::protocol::RowsQuery { count: 178, ..Default::default() }).rows;
            for sample in &running_stats.samples {
                let row = &rows[sample.row as usize - 1];
                assert_eq!(sample.value, row.before[index]);
                assert!(close(sample.evaluation, row.after[index]), "{sample:?} {row:?}");
            }
        }
    }
}

#[test]
fn training_and_evaluation_side_by_side() {
    let mut explorer = open(Explorer::text("a\n1\n3\n10\n14\n7\n"));
    set(&mut explorer, "batch", "2");
    set(&mut explorer, "eps", "0");
    let running_stats = walk(&mut explorer);
    assert_eq!((running_stats.batches, running_stats.rows, running_stats.samples.len()), (3, (2, 1), 3));
    let [first, second, last] = running_stats.samples.as_slice() else { panic!() };
    assert_eq!((first.row, first.batch, first.value, first.training), (1, 1, 1.0, -1.0));
    assert_eq!((second.training, last.row, last.batch, last.training), (1.0, 5, 3, 0.0));
    let (mean, variance) = running_stats.steps[2].after;
    for sample in &running_stats.samples {
        assert!(close(sample.evaluation, (sample.value - mean) / variance.sqrt()), "{sample:?}");
    }
    // Outputs -1, 1, -1, 1, 0: mean 0 and variance 4/5.
    assert!(
        close(running_stats.training.mean, 0.0) && close(running_stats.training.sd, 0.8_f64.sqrt()),
        "{:?}",
        running_stats.training
    );
    assert!(close(running_stats.evaluation.mean, (7.0 - mean) / variance.sqrt()), "{:?}", running_stats.evaluation);
    assert!(words::outputs(&running_stats).contains("all rows as one batch"), "{}", words::outputs(&running_stats));
    set(&mut explorer, "gamma", "3");
    set(&mut explorer, "beta", "2");
    let running_stats = walk(&mut explorer);
    assert_eq!((running_stats.samples[0].training, running_stats.samples[2].training), (-1.0, 2.0));
}

#[test]
fn passes_bring_the_running_values_nearer() {
    let mut explorer = open(Explorer::sample("iris"));
    let once = walk(&mut explorer);
    assert_eq!((once.batches, once.rows, once.total()), (5, (32, 22), 5));
    explorer.act(Action::SetBatches(BatchSettings { passes: 20, feature: None }));
    let often = walk(&mut explorer);
    assert_eq!((often.batches, often.steps.len()), (5, 100));
    assert_eq!(often.steps[..5], once.steps[..]);
    let again: Vec<_> = often.steps.iter().map(|step| step.mean).collect();
    assert_eq!(again[..5], again[95..]);
    let off =
        |running_stats: &RunningStats| (running_stats.steps.last().unwrap().after.0 - running_stats.whole.0).abs();
    assert!(off(&often) < off(&once) / 10.0, "{} {}", off(&often), off(&once));
    assert!(often.steps[21].initial < 0.1 && often.steps[20].initial > 0.1);
    assert_eq!(often.faded, Some(22));
    assert!(words::headline(&often).starts_with("After 100 batches in 20 passes,"), "{}", words::headline(&often));
    assert!(words::step(&often, &often.steps[7])[0].starts_with("Batch 8 of 100 (number 3 of pass 2): 32 values"));
    assert!(
        words::step(&often, &often.steps[21])[0].ends_with("The starting value still has 0.9²² = 9.8% of the weight.")
    );
    assert!(words::detail(&often).contains("less than 10% of the weight after 22 batches; one pass has 5."));
    assert!(words::notes(&once).iter().any(|note| note.contains("only 22 rows")), "{:?}", words::notes(&once));
}

/// The wines stand in the order of their cultivars.
#[test]
fn batches_of_sorted_rows_hold_less_variance_than_all() {
    let mut explorer = open(Explorer::sample("wine"));
    let running_stats = walk(&mut explorer);
    let mean = running_stats.steps.iter().map(|step| step.variance).sum::<f64>() / 6.0;
    assert!(
        close(running_stats.within, mean) && mean < 0.5 * running_stats.whole.1,
        "{mean} {:?}",
        running_stats.whole
    );
    let notes = words::notes(&running_stats).join(" ");
    assert!(notes.contains("neighbouring rows are alike"), "{notes}");
    let mut explorer = open(Explorer::generated("normal", &[("rows", "2000"), ("columns", "1")], 1));
    for (key, text) in [("batch", "4"), ("running-variance", "biased")] {
        set(&mut explorer, key, text);
        let notes = words::notes(&walk(&mut explorer)).join(" ");
        assert!(!notes.contains("alike"), "{notes}");
    }
}

#[test]
fn a_last_batch_of_one_row_is_where_libraries_differ() {
    let mut explorer = open(Explorer::text("a,b\n1,5\n2,6\n3,9\n4,2\n5,1\n"));
    set(&mut explorer, "batch", "2");
    let running_stats = walk(&mut explorer);
    let alone = words::alone(&running_stats);
    assert!(alone.starts_with("The last batch here is a single row, for 5 = 2 \u{d7} 2 + 1:"), "{alone}");
    let expected = [
        ("Normlab, Keras, Flax, ONNX", "no error; whatever the value, the output is 0"),
        (
            "PyTorch",
            "stops with \u{201c}Expected more than 1 value per channel when training, got input size torch.Size([1, 2])\u{201d}",
        ),
    ];
    let expected = expected.map(|(name, does)| (name.to_string(), does.to_string()));
    assert_eq!(words::libraries(&running_stats), expected);
    // The same in evaluation: it is training that stops.
    set(&mut explorer, "mode", "evaluation");
    set(&mut explorer, "beta", "4");
    let running_stats = walk(&mut explorer);
    assert!(
        words::libraries(&running_stats)[0].1.ends_with("the output is 4"),
        "{:?}",
        words::libraries(&running_stats)
    );
    assert_eq!(running_stats.samples.last().unwrap().training, 4.0);
    set(&mut explorer, "batch", "1");
    let running_stats = walk(&mut explorer);
    assert!(words::alone(&running_stats).starts_with("Every batch here is a single row:"));
    assert!(running_stats.steps.iter().all(|step| step.count == 1 && step.variance == 0.0));
    set(&mut explorer, "batch", "5");
    assert!(words::alone(&walk(&mut explorer)).starts_with("No batch here"));
}

/// PyTorch stops at a batch of one row; the running values are those before it.
#[test]
fn the_walk_goes_as_far_as_the_chosen_library() {
    let mut explorer = open(Explorer::text("a,b\n1,5\n2,6\n3,9\n4,2\n5,1\n"));
    explorer.state.conventions = Conventions::PyTorch;
    set(&mut explorer, "batch", "2");
    let running_stats = walk(&mut explorer);
    assert_eq!((running_stats.steps.len(), running_stats.total()), (2, 3));
    assert_eq!(
        words::refusal(&running_stats).unwrap(),
        "PyTorch stops at batch 3 in training: \u{201c}Expected more than 1 value per channel when training, got input \
         size torch.Size([1, 2])\u{201d}. The running values stay as they are there."
    );
    assert!(words::headline(&running_stats).starts_with("After 2 batches,"), "{}", words::headline(&running_stats));
    assert_eq!(words::libraries(&running_stats)[0].0, "PyTorch");
    assert!(
        !words::notes(&running_stats).iter().any(|note| note.contains("as much as a whole one")),
        "it was not taken"
    );
    let last = running_stats.samples.last().unwrap();
    let (mean, variance) = running_stats.steps[1].after;
    assert!(last.training.is_nan() && close(last.evaluation, (5.0 - mean) / (variance + 1e-5).sqrt()), "{last:?}");
    set(&mut explorer, "batch", "1");
    let running_stats = walk(&mut explorer);
    assert!(running_stats.steps.is_empty() && running_stats.refused.as_ref().unwrap().0 == 1, "{running_stats:?}");
    assert!(words::headline(&running_stats).is_empty() && walk_scenes(&running_stats, None)[0].marks.len() == 3);
    explorer.state.conventions = Conventions::Keras;
    let running_stats = walk(&mut explorer);
    assert_eq!((running_stats.steps.len(), &running_stats.refused), (5, &None));
    // A missing value is there for good.
    let mut explorer = open(Explorer::text("a\n1\n2\n\"\"\n4\n5\n7\n"));
    set(&mut explorer, "batch", "2");
    assert!(walk(&mut explorer).steps[2].after.0.is_finite());
    explorer.state.conventions = Conventions::Flax;
    let running_stats = walk(&mut explorer);
    assert!(running_stats.steps[0].after.0.is_finite() && running_stats.steps[2].after.0.is_nan(), "{running_stats:?}");
    assert!(words::notes(&running_stats).iter().any(|note| note.starts_with("With Flax, a missing value")));
}

#[test]
fn many_batches_are_thinned_but_all_count() {
    let mut explorer = open(Explorer::generated("normal", &[("rows", "20000"), ("columns", "2")], 1));
    set(&mut explorer, "batch", "4");
    set(&mut explorer, "mode", "evaluation");
    let center = explorer.view().groups.first[0].center;
    let running_stats = walk(&mut explorer);
    let numbers: Vec<_> = running_stats.steps.iter().map(|step| step.number).collect();
    assert_eq!((running_stats.batches, numbers.len(), numbers[99], numbers[499]), (5000, 500, 100, 5000));
    let gaps: Vec<_> = numbers[99..].windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(gaps.iter().all(|gap| (12..=13).contains(gap)), "{gaps:?}");
    assert!(close(running_stats.steps[499].after.0, center));
    assert!(words::notes(&running_stats).iter().any(|note| note.contains("Of 5,000 batches, 500 are drawn")));
    // Long work can be stopped.
    explorer.view();
    let yielder = NoYield::default();
    yielder.yields_left.set(Some(5));
    assert_eq!(ask(&mut explorer, &yielder), Err(QueryError::Cancelled));
}

#[test]
fn missing_values_are_left_out() {
    let mut explorer = open(Explorer::text("a,b\n,1\n,2\n4,3\n,4\n6,5\n8,6\n"));
    set(&mut explorer, "batch", "2");
    let running_stats = walk(&mut explorer);
    let counts: Vec<_> = running_stats.steps.iter().map(|step| step.count).collect();
    assert_eq!((counts, running_stats.whole), (vec![0, 1, 2], (6.0, 4.0)));
    let told = words::step(&running_stats, &running_stats.steps[0]);
    assert_eq!(
        told,
        ["Batch 1 of 3 contains no values.", "The running mean stays 0.", "The running variance stays 1."]
    );
    assert!(running_stats.samples[0].training.is_nan() && running_stats.samples[0].evaluation.is_nan());
    let [mean, _] = walk_scenes(&running_stats, Some(2));
    let Mark::Points { points, .. } = &mean.marks[0] else { panic!("{:?}", mean.marks) };
    assert_eq!(*points, [(2.0, 4.0), (3.0, 7.0)], "a batch without values has no point");
}

#[test]
fn the_pictures_show_the_answer() {
    let mut explorer = open(Explorer::sample("wine"));
    let running_stats = walk(&mut explorer);
    for (scene, (start, whole)) in
        walk_scenes(&running_stats, Some(3)).iter().zip([(0.0, running_stats.whole.0), (1.0, running_stats.whole.1)])
    {
        let [
            Mark::Points { points: own, key: a, .. },
            Mark::Line { points: all, key: b, .. },
            Mark::Line { points, key: c, .. },
            Mark::Rule { at, label, .. },
        ] = scene.marks.as_slice()
        else {
            panic!("{:?}", scene.marks)
        };
        assert_eq!((own.len(), points.len(), points[0]), (6, 7, (0.0, start)));
        assert_eq!(*all, [(0.0, whole), (6.0, whole)]);
        assert_eq!((*at, label.as_str()), (3.0, "batch 3"));
        assert!(a.role != b.role && b.role != c.role && a.role != c.role);
        let (low, high) = scene.y.range();
        assert!(own.iter().chain(points).all(|(_, value)| (low..=high).contains(value)), "{low} {high}");
        assert_eq!(scene.x.label, "batches taken");
    }
    let [mean, variance] = walk_tables(&running_stats);
    assert_eq!(mean.rows[5], ["6", "18", "13.3", "6.087", "0.5314"]);
    assert_eq!(variance.headers, ["batch", "values", "variance", "running variance", "weight of the start"]);
    assert_eq!((variance.rows.len(), variance.rows[0][3].as_str()), (6, "0.9259"));
}

#[test]
fn what_was_saved_has_no_rows_to_walk() {
    let mut explorer = open(Explorer::sample("wine"));
    set(&mut explorer, "mode", "evaluation");
    let fit = r#"{"normlab": 1, "method": "batch-norm", "settings": {"mode": "evaluation"},
        "fitted_on": {"data": "wine", "rows": 7}, "features": [{"name": "alcohol", "center": 1, "scale": 2}]}"#;
    explorer.act(Action::UseFit(normlab::data::SavedFit::from_json(fit).unwrap().into())).view();
    let Err(QueryError::Because(why)) = ask(&mut explorer, &NoYield::default()) else { panic!() };
    assert!(why.contains("no batches to show"), "{why}");
    assert!(matches!(explorer.state.method, Method::BatchNorm(_)));
}

#[test]
fn a_column_that_is_not_shown_is_not_walked() {
    let mut explorer = open(Explorer::sample("wine"));
    explorer.view();
    explorer.act(Action::ChooseColumns(Some(vec!["proline".into()])));
    explorer.act(Action::SetBatches(BatchSettings { passes: 1, feature: Some("alcohol".into()) }));
    let running_stats = walk(&mut explorer);
    assert_eq!(running_stats.feature, "proline", "the first of those that are chosen");
    let mut query = explorer.state.batches_query(&explorer.info).unwrap();
    query.column = 0;
    let mut context = Context::from_waker(Waker::noop());
    let answer = pin!(explorer.session.batches(&query, &NoYield::default())).poll(&mut context);
    assert_eq!(answer, Poll::Ready(Err(QueryError::Cancelled)));
}

#[test]
fn positions_count_as_values() {
    let mut explorer = open(Explorer::generated("activations", &[], 1));
    set(&mut explorer, "batch", "1");
    let running_stats = walk(&mut explorer);
    assert_eq!(
        (running_stats.shape.positions, running_stats.steps[0].count, running_stats.samples[0].position),
        (16, 16, 9)
    );
    assert!(
        words::alone(&running_stats).contains("still has 16 values of each feature"),
        "{}",
        words::alone(&running_stats)
    );
    assert!(words::libraries(&running_stats).is_empty() && running_stats.steps[0].variance > 0.0);
}

/// Where a missing value spreads, no share of the start means anything any more.
#[test]
fn running_values_that_are_nan_are_not_said_to_weigh_anything() {
    let mut explorer = open(Explorer::text("a,b\n1,5\n,6\n3,7\n4,9\n"));
    set(&mut explorer, "batch", "2");
    explorer.state.conventions = Conventions::PyTorch;
    explorer.view();
    let running_stats = walk(&mut explorer);
    let last = running_stats.steps.last().unwrap();
    assert!(last.after.0.is_nan(), "{last:?}");
    let said = words::headline(&running_stats);
    assert!(said.ends_with("A missing value has spread to it, and it stays so."), "{said}");
    assert!(!words::step(&running_stats, last)[0].contains("starting value"));
}

/// The same weights in the words of another library: the number follows.
#[test]
fn what_momentum_weighs_can_be_told_the_other_way_round() {
    let mut explorer = open(Explorer::sample("wine"));
    let before = walk(&mut explorer);
    let found = |explorer: &Explorer| {
        let Method::BatchNorm(method) = &explorer.state.method else { panic!() };
        method.momentum
    };
    set(&mut explorer, "momentum-of", "old");
    assert_eq!(found(&explorer), 0.9);
    let after = walk(&mut explorer);
    for (a, b) in before.steps.iter().zip(&after.steps) {
        assert!(close(a.after.0, b.after.0) && close(a.after.1, b.after.1), "{a:?} {b:?}");
    }
    set(&mut explorer, "momentum-of", "old");
    assert_eq!(found(&explorer), 0.9, "chosen again it stays");
    set(&mut explorer, "momentum-of", "nonsense");
    set(&mut explorer, "momentum-of", "new");
    assert_eq!(found(&explorer), 0.1, "a short number, not 0.09999999999999998");
    // What weighed something before all batches count the same is found again.
    for of in ["old", "cumulative", "old"] {
        set(&mut explorer, "momentum-of", of);
    }
    assert_eq!(found(&explorer), 0.9);
    for of in ["cumulative", "new"] {
        set(&mut explorer, "momentum-of", of);
    }
    assert_eq!(found(&explorer), 0.1);
}
