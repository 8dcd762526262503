//! Arrays as NumPy writes them, damaged ones, and hostile ones.

use std::io::Cursor;

use proptest::prelude::*;

use super::*;
use crate::Image;

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../../tests/fixtures/npy/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn read_cut(bytes: &[u8], axes: Option<&str>, cut: usize) -> Result<NpyRead, NpyError> {
    let axes = axes.map(|text| DimensionRoles::from_text(text).unwrap());
    let mut reader = NpyReader::new(axes, bytes.len() as u64);
    for chunk in bytes.chunks(cut) {
        reader.push(chunk)?;
    }
    reader.finish("a.npy")
}

fn read(bytes: &[u8]) -> Result<NpyRead, NpyError> {
    read_cut(bytes, None, 1 << 20)
}

fn from_archive(bytes: &[u8], array: Option<&str>, axes: Option<&str>) -> Result<NpyRead, NpyError> {
    let axes = axes.map(|text| DimensionRoles::from_text(text).unwrap());
    let mut reader = ArchiveReader::open(&Cursor::new(bytes), bytes.len() as u64, array, axes.as_ref())?;
    let range = reader.range();
    for chunk in bytes[range.start as usize..range.end as usize].chunks(61) {
        reader.push(chunk)?;
    }
    reader.finish("a.npz")
}

/// A file with this header.
fn with_header(dict: &str, values: &[u8]) -> Vec<u8> {
    [b"\x93NUMPY\x01\0", &(dict.len() as u16).to_le_bytes()[..], dict.as_bytes(), values].concat()
}

fn numbers(read: &NpyRead) -> Vec<&[f64]> {
    read.dataset.columns.iter().map(|column| column.numbers().unwrap()).collect()
}

fn notes(read: &NpyRead) -> String {
    read.notes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// The value of the fixtures at each place of a shape `(2, 3, 4)` as features of two examples.
fn three_features(value: impl Fn(usize) -> f64) -> Vec<Vec<f64>> {
    let place = |feature: usize, at: usize| at / 4 * 12 + feature * 4 + at % 4;
    (0..3).map(|feature| (0..8).map(|at| value(place(feature, at))).collect()).collect()
}

#[test]
fn every_type_holds_the_same_numbers() {
    let archive = fixture("types.npz");
    for kind in ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"] {
        for order in ["little", "big"] {
            let read = from_archive(&archive, Some(&format!("{kind}_{order}")), None).unwrap();
            assert_eq!(numbers(&read), three_features(|place| place as f64), "{kind} {order}");
        }
    }
    let read = from_archive(&archive, Some("bool_ncl"), None).unwrap();
    assert_eq!(numbers(&read), three_features(|place| (place % 2) as f64));
}

#[test]
fn every_shape_is_read_in_both_orders() {
    let archive = fixture("types.npz");
    for order in ["", "_fortran"] {
        let read = |name: &str| from_archive(&archive, Some(&format!("f4_{name}{order}")), None).unwrap();
        let all: Vec<f64> = (0..24).map(f64::from).collect();
        let n = read("n");
        assert_eq!((n.dataset.rows, n.dataset.positions, numbers(&n)), (24, 1, vec![&all[..]]));
        assert_eq!(n.dataset.columns[0].name, "value");
        let nc = read("nc");
        let names: Vec<_> = nc.dataset.columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!((nc.dataset.rows, names), (6, vec!["feature 1", "feature 2", "feature 3", "feature 4"]));
        assert_eq!(numbers(&nc)[1], [1.0, 5.0, 9.0, 13.0, 17.0, 21.0]);
        let ncl = read("ncl");
        assert_eq!((ncl.dataset.rows, ncl.dataset.positions, ncl.dataset.image), (2, 4, None));
        assert_eq!(numbers(&ncl), three_features(|place| place as f64));
        let nchw = read("nchw");
        assert_eq!((nchw.dataset.positions, nchw.dataset.image), (4, Some(Image { height: 2, width: 2 })));
        assert_eq!(nchw.dataset.columns[2].name, "channel 3");
        assert_eq!(numbers(&nchw), three_features(|place| place as f64));
        assert_eq!(notes(&nchw), "Axes read as examples (2), features (3), height (2), width (2).");
    }
}

#[test]
fn axes_can_be_reassigned() {
    let archive = fixture("types.npz");
    for order in ["", "_fortran"] {
        let read = |axes| from_archive(&archive, Some(&format!("f4_ncl{order}")), Some(axes)).unwrap();
        // As transformers lay out tokens: batch, time, feature.
        let tokens = read("example,position,feature");
        assert_eq!((tokens.dataset.rows, tokens.dataset.positions, tokens.dataset.columns.len()), (2, 3, 4));
        assert_eq!(numbers(&tokens)[1], [1.0, 5.0, 9.0, 13.0, 17.0, 21.0]);
        // Every token an example.
        let examples = read("example,example,feature");
        assert_eq!((examples.dataset.rows, examples.dataset.positions), (6, 1));
        assert_eq!(numbers(&examples)[3], [3.0, 7.0, 11.0, 15.0, 19.0, 23.0]);
        let images = read("example,position,position");
        assert_eq!(images.dataset.image, Some(Image { height: 3, width: 4 }));
        assert_eq!(numbers(&images)[0], (0..24).map(f64::from).collect::<Vec<_>>());
        let turned = read("position,feature,example");
        assert_eq!((turned.dataset.rows, turned.dataset.positions), (4, 2));
        assert_eq!(numbers(&turned)[1], [4.0, 16.0, 5.0, 17.0, 6.0, 18.0, 7.0, 19.0]);
    }
    let other = from_archive(&archive, Some("f4_nc"), Some("example,feature,position")).unwrap();
    assert_eq!(other.reading.axes.to_string(), "example,feature");
    assert!(notes(&other).contains("are of an array of 3 dimensions"), "{}", notes(&other));
    for text in ["", "example,time", "example,example,example,example,example"] {
        assert_eq!(DimensionRoles::from_text(text), None, "{text}");
    }
}

#[test]
fn it_does_not_matter_where_the_chunks_are_cut() {
    for name in ["activations.npy", "int64.npy", "halves.npy"] {
        let bytes = fixture(name);
        let whole = format!("{:?}", read(&bytes).unwrap());
        for cut in [1, 2, 3, 7, 100, 129] {
            assert_eq!(format!("{:?}", read_cut(&bytes, None, cut).unwrap()), whole, "{name} {cut}");
        }
    }
}

#[test]
fn half_precision_and_missing_values() {
    let read = read(&fixture("halves.npy")).unwrap();
    let found = numbers(&read)[0];
    // As NumPy prints them as float64.
    assert_eq!(found[..4], [0.099_975_585_937_5, -0.0, 65504.0, 5.960_464_477_539_063e-8]);
    assert!(found[4].is_nan());
    assert_eq!((found[5], read.dataset.columns[0].n_missing()), (0.333_251_953_125, 1));
}

#[test]
fn whole_numbers_that_were_rounded_are_counted() {
    let read = read(&fixture("int64.npy")).unwrap();
    let notes = notes(&read);
    assert!(notes.contains("3 whole numbers are beyond 2^53"), "{notes}");
    assert!(notes.contains("9007199254740993 at [0, 1], read as 9007199254740992"), "{notes}");
    let exact = with_header("{'descr': '<u8', 'fortran_order': False, 'shape': (1,)}", &(1_u64 << 63).to_le_bytes());
    assert_eq!(super::tests::read(&exact).unwrap().notes.len(), 1, "2^63 is exact");
}

#[test]
fn what_is_infinite_is_named_by_its_indices() {
    let error = read(&fixture("infinite.npy")).unwrap_err().to_string();
    assert!(error.contains("at [1, 1, 0, 1] is -inf"), "{error}");
}

#[test]
fn what_is_no_array_of_numbers_says_what_it_is() {
    let archive = zip(fixture("hostile.zip"));
    for (name, parts) in [
        ("object.npy", ["Python objects (type \u{201c}|O\u{201d})", "astype"]),
        ("record.npy", ["records of several fields", "x[\"name\"]"]),
        ("text.npy", ["texts", "<U2"]),
        ("bytes.npy", ["texts", "|S2"]),
        ("complex.npy", ["complex numbers", "x.real"]),
        ("date.npy", ["dates", "M8[D]"]),
        ("void.npy", ["bytes without a meaning", "x.float()"]),
        ("scalar.npy", ["a single number without dimensions", "1 to 4"]),
        ("empty.npy", ["nothing in it", "(0, 16)"]),
        ("five.npy", ["5 dimensions, (1, 1, 2, 1, 1)", "reshape"]),
    ] {
        let error = read(&archive(name)).unwrap_err().to_string();
        for part in parts {
            assert!(error.contains(part), "{name}: {part:?} is not in {error:?}");
        }
    }
}

/// Content of the files of an archive, by another reader than the one that is tested.
fn zip(bytes: Vec<u8>) -> impl Fn(&str) -> Vec<u8> {
    let archive = rawzip::ZipArchive::from_slice(bytes).unwrap();
    move |name| {
        let mut entries = archive.entries();
        while let Some(entry) = entries.next_entry().unwrap() {
            if entry.file_path().as_ref() == name.as_bytes() {
                let packed = archive.get_entry(entry.wayfinder()).unwrap();
                return miniz_oxide::inflate::decompress_to_vec(packed.data()).unwrap();
            }
        }
        panic!("no {name}")
    }
}

#[test]
fn hostile_headers_are_refused_before_anything_is_allocated() {
    let huge = u64::MAX;
    let deep = "(".repeat(60_000);
    for (dict, part) in [
        (format!("{{'descr': '<f4', 'fortran_order': False, 'shape': ({huge}, {huge})}}"), "more values than any file"),
        (format!("{{'descr': '<f8', 'fortran_order': False, 'shape': ({huge},)}}"), "more values than any file"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000, 1000)}".into(), "cut off"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}".into(), "Expected: shape"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}".into(), "Found: \u{201c}(-1,)"),
        ("{'descr': '<f4', 'fortran_order': 1, 'shape': (1,)}".into(), "True or False"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': 3}".into(), "Expected: shape"),
        ("{'descr': '<f4', 'fortran_order': False}".into(), "Expected: the shape"),
        ("{'fortran_order': False, 'shape': (1,)}".into(), "Expected: the type"),
        ("{'descr': <f4, 'fortran_order': False, 'shape': (1,)}".into(), "Expected: descr"),
        ("{'descr': '<x9', 'fortran_order': False, 'shape': (1,)}".into(), "Expected: descr"),
        ("[1, 2, 3]".into(), "Expected: {'descr'"),
        ("{1: 2}".into(), "Expected: {'descr'"),
        (String::new(), "Expected: {'descr'"),
        ("{'descr': '<f4".into(), "Expected: {'descr'"),
        (format!("{{'descr': {deep}"), "Expected: {'descr'"),
        (format!("{{'descr': {deep}, 'shape': (1,)}}"), "Expected: descr"),
    ] {
        let error = read(&with_header(&dict, &[0; 64])).unwrap_err().to_string();
        assert!(error.contains(part), "{dict:.80}: {part:?} is not in {error:?}");
    }
    for (bytes, part) in [
        (&b"\x93NUMPX\x01\0"[..], "Expected: \u{201c}\\x93NUMPY"),
        (b"\x93NUMPY\x09\x03", "version 9.3"),
        (b"\x93NUMPY\x02\0\xff\xff\xff\xff", "4294967295 bytes long"),
        (b"\x93NUMPY\x01\0\x10\0{", "the end of the file"),
        (b"\x93NUM", "the end of the file"),
        (b"", "the end of the file"),
    ] {
        let error = read(bytes).unwrap_err().to_string();
        assert!(error.contains(part), "{part:?} is not in {error:?}");
    }
}

#[test]
fn what_would_not_fit_is_refused_before_anything_is_allocated() {
    let of = |shape: &str| with_header(&format!("{{'descr': '|u1', 'fortran_order': False, 'shape': {shape}}}"), &[]);
    let refused = |shape: &str| {
        let mut reader = NpyReader::new(None, 1 << 40);
        reader.push(&of(shape)).unwrap_err().to_string()
    };
    let large = refused("(1000000, 64, 32)");
    for part in ["(1000000, 64, 32) takes about", "GB of memory", "3.0 GB are the limit"] {
        assert!(large.contains(part), "{large}");
    }
    assert!(NpyReader::new(None, 1 << 20).push(&of("(1000, 64)")).is_ok());
    let early = NpyReader::new(None, 64_000).push(&of("(1000, 64)"));
    assert!(
        matches!(early, Err(NpyError::Truncated { expected: 64_000, .. })),
        "as soon as the header says so: {early:?}"
    );
    // More columns than can be looked at are positions until somebody says otherwise.
    let mut wide = of("(2, 30000)");
    wide.extend([7; 60_000]);
    assert_eq!(read(&wide).unwrap().dataset.positions, 30_000);
    let error = read_cut(&wide, Some("example,feature"), 1 << 20).unwrap_err().to_string();
    assert!(error.contains("30000 features with its axes read as examples, features"), "{error}");
}

#[test]
fn what_is_cut_off_and_what_comes_after_is_told() {
    let bytes = fixture("activations.npy");
    let error = read(&bytes[..bytes.len() - 1]).unwrap_err().to_string();
    assert!(error.contains("(4, 6, 3, 3) takes 864 bytes. Found: 863"), "{error}");
    let mut reader = NpyReader::new(None, bytes.len() as u64);
    reader.push(&bytes[..bytes.len() - 1]).unwrap();
    assert!(
        matches!(reader.finish("a"), Err(NpyError::Truncated { found: 863, .. })),
        "the file shrank while it was read"
    );
    let two = [&bytes[..], &bytes[..]].concat();
    let read = read(&two).unwrap();
    assert!(notes(&read).contains(&format!("{} more bytes", bytes.len())), "{}", notes(&read));
}

#[test]
fn of_an_archive_the_first_array_that_can_be_read_is_chosen() {
    let several = fixture("several.npz");
    let read = from_archive(&several, None, None).unwrap();
    assert_eq!((read.reading.arrays.join(" "), read.reading.array), ("x y".into(), 0));
    assert_eq!(from_archive(&several, Some("y"), None).unwrap().dataset.rows, 4);
    for (name, array, part) in [
        ("several.npz", Some("names"), "texts"),
        ("several.npz", Some("z"), "no array \u{201c}z\u{201d} that can be read; its arrays are: x, y."),
        (
            "objects.npz",
            None,
            "None of its 2 arrays can be read here. The first, \u{201c}a\u{201d}: Its values are Python",
        ),
    ] {
        let error = from_archive(&fixture(name), array, None).unwrap_err().to_string();
        assert!(error.contains(part), "{part:?} is not in {error:?}");
    }
}

/// The archive of one array with a field of its directory changed: at an offset from the beginning of the entry.
fn with_entry(offset: usize, bytes: &[u8]) -> Vec<u8> {
    let mut archive = fixture("layers.npz");
    let entry = memchr::memmem::find(&archive, b"PK\x01\x02").unwrap() + offset;
    archive[entry..entry + bytes.len()].copy_from_slice(bytes);
    archive
}

#[test]
fn hostile_archives_are_refused() {
    let mut content = fixture("layers.npz");
    content[200] ^= 0x55;
    let whole = fixture("layers.npz");
    for (what, archive, part) in [
        ("encrypted", with_entry(8, &[1]), "is encrypted"),
        ("bzip2", with_entry(10, &[12]), "packed by method 12"),
        ("a bomb", with_entry(24, &[0xf0; 4]), "cannot hold the 4042322160 that"),
        ("too short", with_entry(24, &[0xff, 0, 0, 0]), "more is in it"),
        ("wrong checksum", with_entry(16, &[1, 2, 3, 4]), "checksum is wrong"),
        ("changed", content, "damaged"),
        ("cut off", whole[..whole.len() / 2].to_vec(), "damaged"),
        ("nothing", b"PK\x03\x04".to_vec(), "damaged"),
    ] {
        let error = from_archive(&archive, Some("x"), None).unwrap_err().to_string();
        assert!(error.contains(part), "{what}: {part:?} is not in {error:?}");
    }
    let empty = [b"PK\x05\x06", &[0; 18][..]].concat();
    assert_eq!(from_archive(&empty, None, None), Err(NpyError::NoArrays));
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes);
        let _ = from_archive(&bytes, None, None);
        let _ = read(&[MAGIC, &[1, 0, 40, 0], &bytes[..]].concat());
    }

    #[test]
    fn any_dict_is_read_or_refused(dict in "[{}()\\[\\]'\":,<>|fiu0-9a-zA-Z_ \u{e9}]{0,80}", values in 0..40_usize) {
        let _ = read(&with_header(&dict, &vec![0; values]));
        let inside = format!("{{'descr': '<f4', 'fortran_order': False, 'shape': ({dict}), {dict}}}");
        let _ = read(&with_header(&inside, &vec![0; values]));
    }

    #[test]
    fn any_shape_is_read_or_refused(shape in proptest::collection::vec(0..7_u64, 0..6), fortran: bool, bytes in 0..600_usize) {
        let dict = format!("{{'descr': '|i1', 'fortran_order': {}, 'shape': {}}}",
            if fortran { "True" } else { "False" }, super::error::PythonShape(&shape));
        let read = read(&with_header(&dict, &vec![1; bytes]));
        let values: u64 = shape.iter().product();
        let fits = (1..=4).contains(&shape.len()) && values > 0 && values <= bytes as u64;
        prop_assert_eq!(read.is_ok(), fits);
        if let Ok(read) = read {
            // Every place was written exactly once.
            let all = numbers(&read).concat();
            prop_assert_eq!((all.len() as u64, all.iter().sum::<f64>() as u64), (values, values));
        }
    }

    #[test]
    fn any_change_of_a_file_is_read_or_refused(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        for name in ["activations.npy", "several.npz", "layers.npz"] {
            let mut bytes = fixture(name);
            for (index, byte) in &changes {
                let at = index.index(bytes.len());
                bytes[at] = *byte;
            }
            let _ = read(&bytes);
            let _ = from_archive(&bytes, None, None);
        }
    }
}

#[test]
fn what_is_written_is_read_again() {
    let values = [1.5_f32, -0.0, f32::MAX, 2e-45, 7.0, 0.1];
    let bytes = super::file("<f4", &[3, 2], values.iter().flat_map(|value| value.to_le_bytes()));
    assert_eq!((bytes.len() - 24) % 64, 0);
    let read = read(&bytes).unwrap();
    let column = |from: usize| values.iter().skip(from).step_by(2).map(|value| f64::from(*value)).collect::<Vec<_>>();
    assert_eq!(numbers(&read), [column(0), column(1)]);
}
