//! What programs print and people paste.

use crate::explorer::read;
use crate::written::{assert_notes, file, shown, text};

#[track_caller]
fn assert_read(print: &str, right: &[&str]) {
    let read = text(print);
    let found = shown(&read);
    let columns: Vec<&str> = found.lines().map(|line| line.split_once(": ").unwrap().1).collect();
    assert_eq!(columns, right, "{print:?}");
}

#[test]
fn lists_of_python() {
    let list = file("x22-python-list.txt");
    assert_eq!(shown(&list), "column 1: 1 2 3.5 8");
    assert_notes(&list, &["Read as a printed list of 4 values."]);
    assert!(!list.reading.dialect.header);
    assert_eq!(shown(&file("x23-python-matrix.txt")), "column 1: 1 3.5 2\ncolumn 2: 2 8 9");
    assert_read("x = [1, -2.5, 3e2, None, nan]\n", &["1 -2.5 300 NaN NaN"]);
    assert_read("[(1, 2), (3, 4),]", &["1 3", "2 4"]);
    assert_read("[['a', 1], ['b, c', 2]]", &["\"a\" \"b, c\"", "1 2"]);
    assert_read("[True, False, True]", &["1 0 1"]);
}

#[test]
fn arrays_of_numpy_and_pytorch() {
    let tensor = file("x25-torch-print.txt");
    assert_eq!(shown(&tensor), "column 1: 0.1887 -0.0798 1.7772\ncolumn 2: 0.3797 0.0421 0.6875");
    assert_notes(&tensor, &["3 rows of 2 values"]);
    assert_read("[[1. 2.]\n [3. 4.]]", &["1 3", "2 4"]);
    assert_read("[0.1 0.2 0.3\n 0.4]", &["0.1 0.2 0.3 0.4"]);
    assert_read("array([[1.5, 2. ],\n       [3. , 4. ]], dtype=float32)", &["1.5 3", "2 4"]);
    assert_read(
        "tensor([1., 2.], device='cuda:0', dtype=torch.float16, grad_fn=<AddBackward0>, requires_grad=True)",
        &["1 2"],
    );
    assert_read("tensor([[[1., 2.], [3., 4.]]])", &["1 3", "2 4"]);
}

#[test]
fn vectors_and_matrices_of_r() {
    assert_read(" [1]  1.5  2.0  3.5\n [4]  8.0   NA\n", &["1.5 2 3.5 8 NaN"]);
    assert_read("c(1, 2.5, NA)", &["1 2.5 NaN"]);
    assert_read("x <- c(1, 2, 4)", &["1 2 4"]);
    assert_read("     [,1] [,2]\n[1,]    1  2.5\n[2,]    3  4.0\n", &["1 3", "2.5 4"]);
    assert_eq!(shown(&text("      a   b\n[1,]  1 2.5\n[2,]  3 4.0\n")), "a: 1 3\nb: 2.5 4");
}

#[test]
fn vectors_and_matrices_of_julia_and_matlab() {
    assert_read("3-element Vector{Float64}:\n 1.0\n 2.5\n 8.0\n", &["1 2.5 8"]);
    assert_read("2\u{d7}2 Matrix{Float64}:\n 1.0  2.0\n 3.5  8.0\n", &["1 3.5", "2 8"]);
    assert_read("[1.0 2.0; 3.5 8.0]", &["1 3.5", "2 8"]);
    assert_read("x =\n\n     1     2\n     3     4\n\n", &["1 3", "2 4"]);
    assert_read("x =\n\n   1.0e+03 *\n\n    0.0010    1.2340\n    0.0020    2.5000\n", &["1 2", "1234 2500"]);
    assert_read("A = [1, 2; 3, 4];", &["1 3", "2 4"]);
}

#[test]
fn what_is_left_out_too_deep_or_ragged_is_said() {
    for (print, part) in [
        ("[0. 1. 2. ... 997. 998. 999.]", "numbers are left out"),
        ("tensor([[1., 2., ..., 3.],\n [1., 2., ..., 3.]])", "numbers are left out"),
        ("9\u{d7}9 Matrix{Float64}:\n 1.0 \u{2026} 2.0\n", "numbers are left out"),
        ("[[[1, 2], [3, 4]], [[5, 6], [7, 8]]]", "more than two dimensions"),
        ("[[1, 2],\n [3, 4],\n [5]]", "Line 3 has 1 field; expected 2"),
        ("[{\"a\": 1}, {\"a\": 2}]", "a JSON file"),
        ("matrix(c(1, 2, 3, 4), nrow = 2)", "Paste what R prints of it"),
    ] {
        let error = read(print.as_bytes()).unwrap_err().to_string();
        assert!(error.contains(part), "{print:?}: {error}");
    }
    // A table may well have names in brackets.
    assert_eq!(shown(&text("[a],[b]\n1,2\n3,4\n")), "[a]: 1 3\n[b]: 2 4");
    assert_eq!(shown(&text("[1],b\n1,2\n3,4\n")), "[1]: 1 3\nb: 2 4");
    assert_eq!(shown(&text("c (cm),b\n1,2\n3,4\n")), "c (cm): 1 3\nb: 2 4");
}

#[test]
fn a_print_may_be_long() {
    let long = format!("[{}]", (0..200_000).map(|value| value.to_string()).collect::<Vec<_>>().join(", "));
    assert_eq!(text(&long).dataset.rows, 200_000);
}
