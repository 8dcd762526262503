//! What every question promises.

use std::collections::BTreeSet;

use normlab_experiments::ExperimentTable;
use normlab_report::{FactValue, Guess, ItemId, PredictionKind, Topic, is_right, perfect, told};

use crate::checks::{INSTANCES, items};
use crate::{all, item, set};

#[test]
fn there_are_thirty_questions_and_ten_of_each_topic() {
    let slugs: BTreeSet<_> = all().iter().map(|template| template.slug).collect();
    assert_eq!(slugs.len(), all().len(), "each slug once");
    assert!(all().len() >= 30, "{} questions", all().len());
    for topic in Topic::ALL {
        let count = all().iter().filter(|template| template.topic == topic).count();
        assert!(count >= 10, "{count} questions on {}", topic.name());
    }
}

#[test]
fn a_slug_is_the_name_of_its_file() {
    for template in all() {
        let file = format!("{}/questions/{}.rs", env!("CARGO_MANIFEST_DIR"), template.slug.replace('-', "_"));
        assert!(std::path::Path::new(&file).exists(), "{file}");
    }
}

#[test]
fn every_template_has_a_thousand_instances() {
    for template in all() {
        let mut found = BTreeSet::new();
        for seed in 0..3 * INSTANCES {
            let item = item(&ItemId { template: template.slug.into(), seed }).unwrap();
            found.insert(format!("{:?} {:?} {}", item.data, item.given, item.prediction.prompt));
        }
        assert!(found.len() >= 1000, "{}: {} instances", template.slug, found.len());
    }
}

#[test]
fn the_same_seed_has_the_same_bits() {
    for template in all() {
        for (one, other) in items(template).zip(items(template)).take(20) {
            // Written so, a number is read again to the bit.
            assert_eq!(format!("{one:?}"), format!("{other:?}"), "{}", one.id.text());
        }
    }
}

#[test]
fn a_perfect_answer_has_no_gap_and_a_known_mistake_is_wrong() {
    for item in all().iter().flat_map(|template| items(template)) {
        let best = perfect(&item);
        let id = item.id.text();
        assert_eq!(Guess::read(&item.prediction.kind, &best.text()).as_ref(), Some(&best), "{id}");
        assert!(is_right(&item, &best), "{id}: {best:?}");
        let said = told(&item, &best);
        assert!(said.len() == 1 && (said[0].contains("right") || said[0].contains("so it is")), "{id}: {said:?}");
        for slip in &item.slips {
            let guess = Guess::Number(slip.answer);
            assert!(!is_right(&item, &guess), "{id}: {slip:?} is right");
            assert!(told(&item, &guess).len() == 2, "{id}: {slip:?}");
        }
    }
}

#[test]
fn of_a_count_every_digit_is_to_be_right() {
    let exact = all().iter().flat_map(|template| items(template).take(50)).filter(|item| item.exact);
    let mut seen = 0;
    for item in exact {
        let FactValue::Number(count) = item.fact.value else { panic!("{}: no count", item.id.text()) };
        let guess = Guess::Number(count + 1.0);
        assert!(!is_right(&item, &guess), "{}", item.id.text());
        assert!(!told(&item, &guess)[0].contains("right"), "{}", item.id.text());
        seen += 1;
    }
    assert!(seen > 0);
}

#[test]
fn no_two_options_are_both_right_and_none_is_said_twice() {
    for item in all().iter().flat_map(|template| items(template)) {
        let id = item.id.text();
        match (&item.prediction.kind, &item.fact.value) {
            (PredictionKind::Choice(options), FactValue::Choice(right)) => {
                assert!(*right < options.len(), "{id}");
                assert_eq!(options.iter().collect::<BTreeSet<_>>().len(), options.len(), "{id}: {options:?}");
            }
            (PredictionKind::Order(names), FactValue::Order(values)) => {
                assert_eq!(names.len(), values.len(), "{id}");
                let differ = |a: &f64, b: &f64| (a - b).abs() > 0.01 * a.abs().max(b.abs());
                for (index, value) in values.iter().enumerate() {
                    assert!(values[..index].iter().all(|other| differ(value, other)), "{id}: {values:?} are too near");
                }
            }
            (PredictionKind::Curve { labels, most, .. }, FactValue::Curve(heights)) => {
                assert_eq!(labels.len(), heights.len(), "{id}");
                assert!(heights.iter().all(|height| (0.0..=f64::from(*most)).contains(height)), "{id}: {heights:?}");
            }
            (PredictionKind::Cells { rows, columns }, FactValue::Cells(cells)) => {
                assert_eq!(
                    (*rows as usize, *columns as usize),
                    (item.data.rows.len(), item.data.columns.len()),
                    "{id}"
                );
                assert!(!cells.is_empty() && cells.is_sorted_by(|one, next| one < next), "{id}");
            }
            (PredictionKind::Number { .. }, FactValue::Number(number)) => assert!(number.is_finite(), "{id}"),
            (PredictionKind::Sign(_), FactValue::Sign(number)) => assert!(number.is_finite(), "{id}"),
            other => panic!("{id}: {other:?} do not belong together"),
        }
    }
}

/// A question whose answer is always the same is known after the first time.
#[test]
fn answers_differ_and_do_not_stand_in_the_question() {
    for template in all() {
        let answers: BTreeSet<String> = items(template).map(|item| format!("{:?}", item.fact.value)).collect();
        assert!(answers.len() >= 2, "{}: {answers:?}", template.slug);
        let read_off = items(template).filter(|item| match item.fact.value {
            FactValue::Number(number) if !item.exact && number != 0.0 && number.abs() != 1.0 => {
                let text = normlab_plot::number::format4(number);
                let words = |letter: char| !letter.is_ascii_digit() && !"., \u{2212}".contains(letter);
                item.prediction.prompt.split(words).any(|word| word.trim_matches([' ', ',', '.']) == text)
            }
            _ => false,
        });
        let read_off = read_off.count();
        assert!(read_off < 30, "{}: {read_off} answers stand in the question", template.slug);
    }
}

#[test]
fn every_item_says_why_and_where_it_can_be_seen() {
    for item in all().iter().flat_map(|template| items(template).take(50)) {
        let id = item.id.text();
        for text in [&item.setting, &item.prediction.prompt, &item.fact.why, &item.spoken, &item.open] {
            assert!(!text.is_empty(), "{id}");
        }
        assert!(item.trace.is_some() || !item.working.is_empty(), "{id}: there should be some arithmetic");
        assert!(item.points.len() >= 3, "{id}");
    }
}

#[test]
fn a_trace_gives_the_answer() {
    for item in all().iter().flat_map(|template| items(template).take(50)) {
        if let (Some(trace), FactValue::Number(answer)) = (&item.trace, &item.fact.value)
            && item.working.is_empty()
        {
            assert!((trace.output - answer).abs() <= 1e-12, "{}: {} and {answer}", item.id.text(), trace.output);
        }
    }
}

#[test]
fn a_set_is_the_same_for_everybody_and_of_the_chosen_topics() {
    let ids =
        |seed, topics: &[Topic]| -> Vec<ItemId> { set(seed, topics, 10).into_iter().map(|item| item.id).collect() };
    assert_eq!(ids(21, &[]), ids(21, &[]));
    assert_ne!(ids(21, &[]), ids(22, &[]));
    for topic in Topic::ALL {
        let items = set(5, &[topic], 10);
        assert!(items.len() == 10 && items.iter().all(|item| item.topic == topic), "{}", topic.name());
        let templates: BTreeSet<_> = items.iter().map(|item| &item.id.template).collect();
        assert_eq!(templates.len(), 10, "each template once");
    }
    assert_eq!(item(&ItemId { template: "no-such".into(), seed: 1 }), None);
}

#[test]
fn experiments_of_items_are_there_and_take_the_settings() {
    let items = all().iter().map(|template| items(template).next().unwrap());
    let linked: Vec<_> = items.filter(|item| !item.experiment.is_empty()).collect();
    assert!(linked.len() >= 15, "{} questions lead to an experiment", linked.len());
    for item in linked {
        let state = item.experiment.strip_prefix("/experiment/").unwrap();
        let (slug, query) = state.split_once('?').unwrap_or((state, ""));
        let experiment = normlab_experiments::from_slug(slug).unwrap_or_else(|| panic!("{state}"));
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let (data, settings): (Vec<_>, Vec<_>) =
            pairs.map(|(key, text)| (key.to_owned(), text.to_owned())).partition(|(key, _)| key == "data");
        let described = experiment.describe(&settings, &ExperimentTable::default());
        assert_eq!(described.unknown, Vec::<String>::new(), "{state}");
        for (_, slug) in data {
            assert!(described.description.data.iter().any(|(known, _)| *known == slug), "{state}");
        }
    }
}
