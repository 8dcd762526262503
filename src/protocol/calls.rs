//! Every call: its name on the wire, its lane, its query and its answer.

use super::{
    BatchesQuery, Call, CallKind, CallLane, CompareQuery, DataSource, Highlight, HighlightQuery, LoadedData,
    MethodComparison, RowsPage, RowsQuery, RunningStats, Save, TraceQuery, Traced, UserTableQuery, ViewQuery,
    ViewResult, WhatIfQuery, WhatIfResult,
};
use normlab_report::UserTable;

macro_rules! calls {
    ($($name:literal, $lane:ident: $query:ty => $answer:ty;)+) => {
        $(
            impl Call for $query {
                const NAME: &'static str = $name;
                const LANE: CallLane = CallLane::$lane;
                type Answer = $answer;
            }
        )+

        /// All of them.
        pub const CALLS: &[CallKind] = &[$(CallKind::of::<$query>()),+];
    };
}

calls! {
    "load", Load: DataSource => LoadedData;
    "view", View: ViewQuery => ViewResult;
    "rows", Detail: RowsQuery => RowsPage;
    "highlight", Detail: HighlightQuery => Highlight;
    "trace", Detail: TraceQuery => Traced;
    "compare", Study: CompareQuery => MethodComparison;
    "batches", Study: BatchesQuery => RunningStats;
    "what-if", Study: WhatIfQuery => WhatIfResult;
    "user-table", Data: UserTableQuery => UserTable;
    // The answer is the address of the file inside the browser.
    "save", Save: Save => String;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overtakes<C: Call, Earlier: Call>() -> bool {
        CallKind::of::<C>().overtakes(CallKind::of::<Earlier>())
    }

    #[test]
    fn no_two_calls_are_called_alike() {
        for (index, kind) in CALLS.iter().enumerate() {
            assert!(CALLS[..index].iter().all(|other| other.name != kind.name), "{}", kind.name);
        }
    }

    #[test]
    fn the_newest_of_a_kind_wins() {
        assert!(overtakes::<ViewQuery, ViewQuery>() && overtakes::<RowsQuery, RowsQuery>());
        assert!(overtakes::<CompareQuery, CompareQuery>() && overtakes::<UserTableQuery, UserTableQuery>());
        assert!(!overtakes::<CompareQuery, WhatIfQuery>() && !overtakes::<RowsQuery, TraceQuery>());
        assert!(!overtakes::<Save, Save>(), "each file is wanted");
    }

    #[test]
    fn a_view_overtakes_what_takes_long_about_the_one_before_it() {
        assert!(overtakes::<ViewQuery, BatchesQuery>() && overtakes::<ViewQuery, Save>());
        assert!(!overtakes::<ViewQuery, RowsQuery>() && !overtakes::<ViewQuery, UserTableQuery>());
        assert!(!overtakes::<ViewQuery, DataSource>(), "a view waits for the data");
        assert!(CALLS.iter().all(|earlier| CallKind::of::<DataSource>().overtakes(*earlier)));
    }
}
