//! Arrays of NumPy: what PyTorch's layer makes of one stands on the page; axes and arrays can be chosen; hostile ones leave
//! the earlier data.

use crate::explore::{
    choose, choose_method, drop_made, features, statistic, statistics, wait_for_features, wait_for_text,
};
use crate::harness::Page;

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/npy/");
const CHANNELS: [&str; 6] = ["channel 1", "channel 2", "channel 3", "channel 4", "channel 5", "channel 6"];

fn upload(page: &Page, name: &str) {
    page.find_input("input[type=file]").upload(&format!("{FIXTURES}{name}"));
}

/// Mean and standard deviation of each channel after PyTorch's LayerNorm.
fn expected(statistic: &str) -> Vec<f64> {
    let text = std::fs::read_to_string(format!("{FIXTURES}layer_norm.json")).unwrap();
    serde_json::from_str::<serde_json::Value>(&text).unwrap()[statistic]
        .as_array()
        .unwrap()
        .iter()
        .map(|value| value.as_f64().unwrap())
        .collect()
}

/// The parts of a file of nothing but this header.
fn header(dict: &str) -> String {
    let bytes = [b"\x93NUMPY\x01\0", &(dict.len() as u16).to_le_bytes()[..], dict.as_bytes()].concat();
    format!("[Uint8Array.from({bytes:?})]")
}

#[test]
fn an_array_that_numpy_saved_is_normalized_as_by_pytorch_and_a_hostile_one_leaves_it() {
    let page = Page::open("");
    upload(&page, "activations.npy");
    wait_for_features(&page, &CHANNELS);
    wait_for_text(&page, ".reading .about", "Axes read as examples (4), features (6), height (3), width (3).");
    choose_method(&page, "layer-norm");
    for column in ["mean", "sd"] {
        for (channel, expected) in CHANNELS.into_iter().zip(expected(column)) {
            let found = statistic(&page, channel, true, column);
            assert!((found - expected).abs() < 1e-5, "{column} of {channel}: {found} is not {expected}");
        }
    }
    let (shown, address) = (statistics(&page), page.address());
    for (name, bytes, part) in [
        ("huge.npy", header("{'descr': '<f4', 'fortran_order': False, 'shape': (9999999, 9999999)}"), "was cut off"),
        ("objects.npy", header("{'descr': '|O', 'fortran_order': False, 'shape': (3,)}"), "Python objects"),
        ("version.npy", "[Uint8Array.from([147, 78, 85, 77, 80, 89, 7, 0])]".into(), "version 7.0"),
        ("broken.npz", "['PK\\x03\\x04', 'x.npy']".into(), "The archive is damaged"),
    ] {
        drop_made(&page, name, &bytes);
        wait_for_text(&page, ".notice.problem", part);
        page.wait_for("the address is that of what is shown", |page| page.address() == address);
        assert_eq!(statistics(&page), shown, "{name}");
    }
    upload(&page, "infinite.npy");
    wait_for_text(&page, ".notice.problem", "at [1, 1, 0, 1] is -inf");
    assert_eq!(statistics(&page), shown);
}

#[test]
fn what_the_dimensions_are_can_be_reassigned_and_travels() {
    let page = Page::open("");
    upload(&page, "activations.npy");
    wait_for_features(&page, &CHANNELS);
    // The rows of the image become features.
    choose(&page, "select[name=dimension-2]", "position");
    choose(&page, "select[name=dimension-3]", "feature");
    wait_for_features(&page, &CHANNELS[..3]);
    wait_for_text(&page, ".reading .about", "examples (4), height (6), features (3), width (3)");
    page.wait_for("the address says so", |page| {
        page.address().contains("dimensions=example,position,feature,position")
    });
    // So small a file is in the link.
    page.reload();
    wait_for_features(&page, &CHANNELS[..3]);
}

#[test]
fn of_an_archive_any_array_can_be_chosen() {
    let page = Page::open("");
    upload(&page, "layers.npz");
    wait_for_features(&page, &CHANNELS);
    choose(&page, "select[name=array]", "batch_norm");
    page.wait_for("that of the normalized", |page| statistic(page, "channel 6", false, "mean").abs() < 1e-6);
    page.wait_for("the address says so", |page| page.address().contains("array=batch_norm"));
    upload(&page, "objects.npz");
    wait_for_text(&page, ".notice.problem", "None of its 2 arrays can be read here");
    assert_eq!(features(&page), CHANNELS);
}

#[test]
fn the_bundled_activations_come_as_an_array() {
    let page = Page::open("explore?data=activations-before&method=batch-norm");
    page.wait_for("eight channels", |page| features(page).len() == 8);
    let normed = statistic(&page, "channel 2", true, "median");
    page.go("explore?data=activations-after&method=batch-norm");
    page.wait_for("those after the layer", |page| {
        (statistic(page, "channel 2", false, "median") - normed).abs() < 1e-5
    });
}
