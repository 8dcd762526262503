//! What opens where nobody has chosen a view: a heat map where histograms would be a wall, with one group outlined.

use normlab::caption::outlined;
use normlab::plot::{Shade, View};
use normlab::protocol::{Pick, When};
use normlab::state::address::{decode, encode};
use normlab::state::{Action, FeatureLayout, SharedGroup};

use crate::explorer::Explorer;

fn activations() -> Explorer {
    Explorer::generated("activations", &[], 1)
}

fn said(explorer: &mut Explorer) -> String {
    let view = explorer.view();
    outlined(&view, SharedGroup::at_rest(When::After, &view).unwrap().members()).unwrap()
}

#[test]
fn many_features_and_arrays_open_as_a_heat_map() {
    for (mut explorer, opens) in [
        (Explorer::sample("ctr-revenue"), View::Histogram),
        (Explorer::sample("iris"), View::Histogram),
        (Explorer::sample("wine"), View::Heat),
        (Explorer::sample("digits"), View::Heat),
        (activations(), View::Heat),
    ] {
        assert_eq!(explorer.view().query.plot_options.view, opens, "{}", explorer.info.name);
    }
}

#[test]
fn what_somebody_has_chosen_decides() {
    let range = Pick::Range { column: 1, when: When::Before, from: 1.0, to: 2.0 };
    let said = [
        Action::SetView(View::Histogram),
        Action::SetBins(Some(20)),
        Action::SetLayout(FeatureLayout::Each),
        Action::SetColor(Some("cultivar".into())),
        Action::Pick(Some(range)),
        Action::ChooseColumns(Some(vec!["alcohol".into(), "proline".into()])),
    ];
    for action in said {
        let mut explorer = Explorer::sample("wine");
        explorer.act(action.clone());
        assert_eq!(explorer.query().plot_options.view, View::Histogram, "{action:?}");
        // The address says it as well.
        let (state, complaints) = decode(&encode(&explorer.state));
        assert!(complaints.is_empty());
        assert_eq!(state.view_for(&explorer.info), View::Histogram, "{action:?}");
    }
    let mut explorer = Explorer::sample("wine");
    explorer.act(Action::SetView(View::Strip));
    assert!(encode(&explorer.state).ends_with("view=strip"));
    explorer.act(Action::ResetView);
    assert_eq!((explorer.query().plot_options.view, explorer.state.view), (View::Heat, None));
    assert!(!encode(&explorer.state).contains("view="));
}

#[test]
fn one_group_is_outlined_and_a_sentence_says_which_values_it_has() {
    let mut wine = Explorer::sample("wine");
    assert_eq!(
        said(&mut wine),
        "Outlined: the 178 values of alcohol, which share one mean and one standard deviation. "
    );
    assert_eq!(
        said(wine.act(Action::ChooseMethod("layer-norm"))),
        "Outlined: the 13 values of row 90, which share one mean and one standard deviation. "
    );
    assert_eq!(
        said(wine.act(Action::ChooseMethod("instance-norm"))),
        "Outlined: the only value of row 90, alcohol, which shares statistics with no other. "
    );
    let mut activations = activations();
    activations.act(Action::ChooseMethod("group-norm")).act(Action::SetMethod { key: "groups", text: "2".into() });
    let sentence = said(&mut activations);
    assert!(sentence.contains(" to channel"), "{sentence}");
    let view = activations.view();
    let group = SharedGroup::at_rest(When::After, &view).unwrap();
    let [rows, features, positions] = group.members();
    assert_eq!(group.shade(rows.start, features.start, positions.start), Shade::Same);
    assert!(sentence.contains(&(rows.len() * features.len() * positions.len()).to_string()), "{sentence}");
    assert!(SharedGroup::at_rest(When::After, &wine.act(Action::SetView(View::Strip)).view()).is_none());
}
