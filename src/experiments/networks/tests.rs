use normlab_report::ReportArray;

use crate::tests::{run, short};

/// Shape and values of an array of a report.
pub fn opened(array: &ReportArray) -> (Vec<usize>, Vec<f32>) {
    let start = array.bytes.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    let header = String::from_utf8_lossy(&array.bytes[10..start]);
    let shape = header.split(['(', ')']).nth(1).unwrap().split(", ").filter_map(|size| size.parse().ok()).collect();
    let values = array.bytes[start..].chunks_exact(4).map(|bytes| f32::from_le_bytes(bytes.try_into().unwrap()));
    (shape, values.collect())
}

#[test]
fn every_experiment_on_networks_offers_its_activations() {
    let on_networks = [
        ("learning-rates", vec![64, 64]),
        ("batch-sizes", vec![2, 64]),
        ("other-examples", vec![8, 8, 8]),
        ("pre-norm", vec![64, 32]),
        ("depth", vec![64, 32]),
        ("evaluation-mode", vec![32, 64]),
        ("images", vec![2, 8, 64]),
        ("style", vec![2, 10, 96 * 96]),
        ("recurrent", vec![64, 48]),
        ("rms-norm", vec![64, 64]),
    ];
    for (slug, expected) in on_networks {
        let (shape, values) = opened(run(short(slug)).unwrap().arrays.first().expect(slug));
        assert_eq!((values.len(), shape), (expected.iter().product(), expected), "{slug}");
    }
}
