//! The table: any window in any order.

use normlab::data::{DataCell, Edit};
use normlab::engine::Method;
use normlab::engine::method::GroupNorm;
use normlab::protocol::{RowsQuery, Sort, SortBy};
use normlab::state::Action;

use crate::explorer::Explorer;

fn sorted(by: SortBy, descending: bool) -> RowsQuery {
    RowsQuery { count: 10, sort: Some(Sort { by, descending }), ..RowsQuery::default() }
}

/// Numbers of the rows in the order of the table.
fn numbers(explorer: &mut Explorer, query: &RowsQuery) -> Vec<u64> {
    explorer.rows(query).rows.iter().map(|row| row.number).collect()
}

#[test]
fn any_column_sorts_and_what_is_missing_comes_last() {
    let mut explorer = Explorer::text("a,b,kind,y\n3,1,z,1\n,2,a,0\n1,5,,1\n3,-4,m,0\n");
    explorer.act(Action::ChooseColumns(Some(vec!["a".into(), "b".into()]))).view();
    assert_eq!(explorer.first_rows().columns.labels, ["kind", "y"]);
    assert_eq!(explorer.first_rows().columns.places, [(0, 0), (1, 0)]);
    let cases = [
        (SortBy::Before(0), [3, 1, 4, 2], [1, 4, 3, 2]),
        (SortBy::After(1), [4, 1, 2, 3], [3, 2, 1, 4]),
        (SortBy::Label(0), [2, 4, 1, 3], [1, 4, 2, 3]),
        (SortBy::Label(1), [2, 4, 1, 3], [1, 3, 2, 4]),
        (SortBy::Label(7), [1, 2, 3, 4], [1, 2, 3, 4]),
    ];
    for (by, ascending, descending) in cases {
        assert_eq!(numbers(&mut explorer, &sorted(by, false)), ascending, "{by:?}");
        assert_eq!(numbers(&mut explorer, &sorted(by, true)), descending, "{by:?}");
    }
    assert_eq!(numbers(&mut explorer, &RowsQuery { count: 10, ..RowsQuery::default() }), [1, 2, 3, 4]);
}

#[test]
fn an_order_follows_edits_and_the_method() {
    let mut explorer = Explorer::text("a,b\n1,9\n2,8\n3,1\n");
    explorer.view();
    let (before, after) = (sorted(SortBy::Before(0), false), sorted(SortBy::After(0), false));
    assert_eq!(numbers(&mut explorer, &before), [1, 2, 3]);
    explorer.act(Action::Edit(Edit::Set { cell: DataCell { row: 0, column: 0, position: 0 }, value: 7.0 })).view();
    assert_eq!(numbers(&mut explorer, &before), [2, 3, 1]);
    assert_eq!(numbers(&mut explorer, &after), [2, 3, 1]);
    // Each row of its own: 2 of (2, 8) is less than 7 of (7, 9).
    explorer.act(Action::ChooseMethod("unit-length")).view();
    assert_eq!(numbers(&mut explorer, &after), [2, 1, 3]);
    explorer.act(Action::Edit(Edit::RemoveRows { rows: vec![1] })).view();
    assert_eq!(numbers(&mut explorer, &before), [2, 1]);
}

#[test]
fn a_row_is_found_in_any_order_and_windows_end_with_the_data() {
    let mut explorer = Explorer::sample("wine");
    explorer.view();
    for sort in [None, sorted(SortBy::Before(3), true).sort] {
        for row in [0, 50, 177] {
            let page = explorer.rows(&RowsQuery { count: 9, sort, row: Some(row), ..RowsQuery::default() });
            assert!(page.rows.iter().any(|one| one.number == row + 1), "{row}");
            assert_eq!(page.rows.len(), 9);
            let same = explorer.rows(&RowsQuery { from: page.from, count: 9, sort, row: None });
            assert_eq!(same.rows, page.rows);
        }
    }
    let page = explorer.rows(&RowsQuery { from: 999, count: 5, ..RowsQuery::default() });
    assert_eq!((page.from, page.rows.len(), page.total), (173, 5, 178));
    let page = explorer.rows(&RowsQuery { from: 0, count: 500, ..RowsQuery::default() });
    assert_eq!((page.from, page.rows.len()), (0, 178));
    assert_eq!(explorer.rows(&RowsQuery { row: Some(u64::MAX), count: 5, ..RowsQuery::default() }).from, 173);
}

#[test]
fn without_a_result_for_these_columns_only_the_values_before_are_there() {
    let mut explorer = Explorer::sample("wine");
    explorer.view();
    let mut query = explorer.query();
    (query.columns, query.method) = (vec![0, 1], Method::GroupNorm(GroupNorm { groups: 7, ..GroupNorm::default() }));
    assert!(crate::explorer::ask(&mut explorer.session, &query, &Default::default()).is_err());
    let page = explorer.rows(&RowsQuery { count: 5, ..RowsQuery::default() });
    assert!(page.rows.iter().all(|row| row.before.len() == 2 && row.after.iter().all(|value| value.is_nan())));
}
