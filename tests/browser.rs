//! What needs a browser but no whole page: run by `make test` in headless Chromium.

#![allow(clippy::unwrap_used, reason = "a test fails loudly")]
#![cfg(target_arch = "wasm32")]

#[path = "training/checksum.rs"]
mod checksum;

use std::future::ready;

use ndarray::Array3;
use normlab::app::{RenderPage, render_other_page};
use normlab::data::{Generator, csv};
use normlab::engine::method::MinMax;
use normlab::engine::{Method, Real};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn the_page_renders_into_its_element() {
    // Not into the body: the test runner reports there.
    let root = gloo_utils::document().create_element("div").unwrap();
    gloo_utils::body().append_child(&root).unwrap();
    normlab::app::start_in(root.clone(), || ready(Ok::<RenderPage, ()>(render_other_page)));
    // Yew renders in a microtask.
    JsFuture::from(js_sys::Promise::resolve(&JsValue::NULL)).await.unwrap();
    let heading = root.query_selector("main h1").unwrap();
    assert!(heading.is_some_and(|heading| heading.text_content().is_some_and(|text| !text.is_empty())));
}

/// The numbers of `tests/training.rs`.
#[wasm_bindgen_test]
fn a_hundred_steps_of_training_have_the_same_bits_as_natively() {
    for (kind, optimizer, expected) in checksum::cases() {
        assert_eq!(checksum::after_a_hundred_steps(kind, optimizer), expected, "{kind:?}");
    }
    assert_eq!(checksum::after_a_hundred_steps_of_convolutions(), checksum::OF_CONVOLUTIONS);
    let (found, expected) = checksum::recurrent_after_a_hundred_steps();
    assert_eq!(found, expected);
}

/// Here numbers are read by SIMD, natively digit by digit: both must be what std parses.
#[wasm_bindgen_test]
fn numbers_are_what_std_parses() {
    let mut state = 88_172_645_463_325_252_u64;
    // Marsaglia's xorshift.
    let mut random = |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    };
    for line_end in ["\n", "\r\n"] {
        let (mut text, mut expected) = (format!("x,y{line_end}"), Vec::new());
        for index in 0..20_000 {
            let mut number = if random(2) == 1 { "-".to_owned() } else { String::new() };
            (0..=random(9)).for_each(|_| number.push(char::from(b'0' + random(10) as u8)));
            let n_decimals = random(10);
            number.push_str(if n_decimals > 0 { "." } else { "" });
            (0..n_decimals).for_each(|_| number.push(char::from(b'0' + random(10) as u8)));
            expected.push(number.parse::<f64>().unwrap().to_bits());
            text.push_str(&number);
            text.push_str(if index % 2 == 0 { "," } else { line_end });
        }
        let found = csv::parse_numbers(text.as_bytes()).unwrap();
        assert!(found.iter().map(|value| value.to_bits()).eq(expected), "{line_end:?}");
    }
}

/// Every other character between digits, before and behind them.
#[wasm_bindgen_test]
fn what_is_no_number_is_not_read_as_one() {
    let others =
        (1..128_u8).filter(|byte| !byte.is_ascii_digit() && !b"\t\n\r \"+,-.;|".contains(byte)).map(char::from);
    for other in others.chain(['ä', '\u{660}', '\u{3000}']) {
        for field in [format!("1{other}2"), format!("{other}12"), format!("12{other}"), format!("-{other}1")] {
            let text = format!("x,y\n{}{field},5\n{}", "1,2\n".repeat(40), "3,-4\n".repeat(40));
            let expected = field.trim_ascii().parse::<f64>().is_ok();
            assert_eq!(csv::parse_numbers(text.as_bytes()).is_ok(), expected, "{field:?}");
        }
    }
}

/// The values that `src/data/generator/tests.rs` pins natively.
#[wasm_bindgen_test]
fn generators_make_the_same_numbers_here() {
    let pinned = include_str!("../src/data/generator/first_values.txt");
    for (generator, line) in Generator::all().iter().zip(pinned.lines()) {
        let dataset = generator.generate(42).unwrap();
        let first = dataset.columns[0].numbers().unwrap()[0];
        assert!(line.starts_with(&format!("{} [{:016x},", generator.info().slug, first.to_bits())), "{line}");
    }
}

/// The greatest and least of numbers side by side are found by other instructions here than natively, whose answers to
/// missing values differ.
fn ends_are_hit<T: Real>() {
    let value = |row: usize, column: usize| if (row + 3 * column) % 5 == 1 { f64::NAN } else { row as f64 - 4.5 };
    for (rows, columns) in (1..12).flat_map(|columns| [2, 3, 7, 70].map(|rows| (rows, columns))) {
        let x = Array3::from_shape_fn((rows, columns, 1), |(row, column, _)| T::from_f64(value(row, column)));
        let normalized = Method::MinMax(MinMax::default()).run(x.view(), None).unwrap().values;
        for column in 0..columns {
            let there = |row: &usize| !value(*row, column).is_nan();
            let (first, last) = ((0..rows).find(there).unwrap(), (0..rows).rfind(there).unwrap());
            let at = |row: usize| Real::to_f64(normalized[[row, column, 0]]);
            let ends = if first == last { (0.0, 0.0) } else { (0.0, 1.0) };
            assert_eq!((at(first), at(last)), ends, "column {column} of {columns}, {rows} rows");
            assert!((0..rows).all(|row| at(row).is_nan() != there(&row)), "column {column} of {columns}, {rows} rows");
        }
    }
}

#[wasm_bindgen_test]
fn missing_values_are_passed_over_here_too() {
    ends_are_hit::<f32>();
    ends_are_hit::<f64>();
}
