//! What the layers of PyTorch make of an array, and what Normlab does.

use std::io::Cursor;

use normlab::data::npy::ArchiveReader;
use normlab::data::{Column, Dataset};
use normlab::protocol::{Row, RowsQuery};
use normlab::state::Action;

use crate::explorer::Explorer;

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/fixtures/npy/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// What a layer of PyTorch gave.
fn output(layer: &str) -> Dataset {
    let archive = fixture("layers.npz");
    let opened = ArchiveReader::open(&Cursor::new(&archive), archive.len() as u64, Some(layer), None);
    let mut reader = opened.unwrap_or_else(|error| panic!("{layer}: {error}"));
    let range = reader.range();
    reader.push(&archive[range.start as usize..range.end as usize]).unwrap();
    reader.finish(layer).unwrap().dataset
}

/// The file that `numpy.save` made.
fn opened() -> Explorer {
    Explorer::file("npy/activations.npy")
}

/// Every value after the method, by feature, as the table shows it.
fn after(explorer: &mut Explorer) -> Vec<Vec<f64>> {
    explorer.view();
    let page = explorer.rows(&RowsQuery { count: 100, ..RowsQuery::default() });
    let features = explorer.info.columns.len();
    let of = |feature: usize| {
        let row = |row: &Row| {
            let places = page.columns.places.iter().zip(row.after.clone());
            places.filter(|((column, _), _)| *column as usize == feature).map(|(_, value)| value).collect::<Vec<_>>()
        };
        page.rows.iter().flat_map(row).collect()
    };
    (0..features).map(of).collect()
}

#[test]
fn an_array_that_numpy_wrote_is_normalized_as_by_pytorch() {
    let mut explorer = opened();
    assert_eq!((explorer.info.rows, explorer.info.positions, explorer.info.image), (4, 9, Some((3, 3))));
    let told: Vec<&str> = explorer.info.remarks.iter().map(|remark| remark.text.as_str()).collect();
    assert_eq!(told, ["Axes read as examples (4), features (6), height (3), width (3)."]);
    for (layer, method, settings) in [
        ("batch_norm", "batch-norm", &[][..]),
        ("layer_norm", "layer-norm", &[]),
        ("layer_norm_features", "layer-norm", &[("over", "channels")]),
        ("group_norm", "group-norm", &[("groups", "3")]),
        ("instance_norm", "instance-norm", &[]),
        ("rms_norm", "rms-norm", &[("eps", "1e-5")]),
    ] {
        explorer.act(Action::ChooseMethod(method));
        for (key, text) in settings {
            explorer.act(Action::SetMethod { key, text: (*text).into() });
        }
        let expected = output(layer);
        let found = after(&mut explorer);
        let expected: Vec<&[f64]> = expected.columns.iter().filter_map(Column::numbers).collect();
        assert_eq!((found.len(), found[0].len()), (expected.len(), expected[0].len()), "{layer}");
        for (found, expected) in found.iter().flatten().zip(expected.into_iter().flatten()) {
            // PyTorch computes in float32.
            let allowed = 16.0 * f64::from(f32::EPSILON) * expected.abs().max(1.0);
            assert!((found - expected).abs() <= allowed, "{layer}: {found} is not {expected}");
        }
    }
}

#[test]
fn the_bundled_activations_after_batchnorm_are_what_batchnorm_makes_of_those_before() {
    let mut before = Explorer::sample("activations-before");
    before.act(Action::ChooseMethod("batch-norm"));
    let (normed, file) = (before.view(), Explorer::sample("activations-after").view());
    assert_eq!(normed.shape, file.shape);
    for (normed, file) in normed.features.iter().zip(&file.features) {
        let pairs = [
            (normed.after.min, file.before.min),
            (normed.after.max, file.before.max),
            (normed.after.median, file.before.median),
        ];
        for (found, expected) in pairs {
            assert!((found - expected).abs() < 1e-5, "{}: {found} is not {expected}", normed.name);
        }
    }
    let means: Vec<f64> = normed.features.iter().map(|feature| feature.before.mean).collect();
    assert!(means.iter().any(|mean| *mean > 4.0) && means.iter().any(|mean| mean.abs() < 0.3), "{means:?}");
}

#[test]
fn arrays_that_cannot_be_read_are_named_beside_those_that_can() {
    let archive = std::fs::read(format!("{}/tests/fixtures/cases/44-many.npz", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let mut reader = ArchiveReader::open(&Cursor::new(&archive), archive.len() as u64, None, None).unwrap();
    let range = reader.range();
    reader.push(&archive[range.start as usize..range.end as usize]).unwrap();
    let read = reader.finish("many").unwrap();
    let told: Vec<String> = read.notes.iter().map(ToString::to_string).collect();
    let left_out = told.iter().find(|note| note.starts_with("Not read from the archive: ")).unwrap();
    for part in [
        "\u{201c}labels\u{201d} (texts)",
        "\u{201c}obj\u{201d} (Python objects)",
        "\u{201c}empty\u{201d} (nothing in it)",
    ] {
        assert!(left_out.contains(part), "{part}: {left_out}");
    }
}
