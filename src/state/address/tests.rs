//! Every state travels, and any address opens.

use proptest::prelude::*;

use super::decode::COMPLAINTS;
use super::{DEFAULT_SHARE, decode, encode};
use crate::data::generator::Generator;
use crate::data::sample;
use crate::engine::Method;
use crate::plot::{Scale, View};
use crate::protocol::{Axes, Fit};
use crate::state::{Action, AppState, DataChoice, Layout};

fn round(state: &AppState) {
    let address = encode(state);
    let (again, complaints) = decode(&address);
    assert!(complaints.is_empty(), "{address}: {complaints:?}");
    assert_eq!(encode(&again), address);
    assert_eq!(AppState { shelf: state.shelf.clone(), ..again }, *state, "{address}");
}

#[test]
fn the_first_page_has_the_shortest_address() {
    assert_eq!(encode(&AppState::default()), "/explore");
    assert_eq!(decode("").0, AppState::default());
    assert_eq!(decode("#/explore").0, AppState::default());
}

#[test]
fn every_choice_travels() {
    let mut state = AppState::default();
    for sample in sample::ALL {
        round(&state.after(Action::ChooseData(DataChoice::Sample(sample.slug))));
    }
    for generator in Generator::all() {
        state = state.after(Action::ChooseData(DataChoice::Generated { generator, seed: 99 }));
        round(&state);
    }
    for method in Method::all() {
        state = state.after(Action::ChooseMethod(method.info().slug));
        round(&state);
    }
    let state = state
        .after(Action::ChooseData(DataChoice::Own { name: "a b, c&d=1#?.csv".into() }))
        .after(Action::ChooseColumns(Some(vec!["x,y".into(), "50%".into(), "\u{1f377}".into()])))
        .after(Action::ChooseMethod("batch-norm"))
        .after(Action::SetMethod { key: "mode", text: "evaluation".into() })
        .after(Action::SetMethod { key: "momentum", text: "0.25".into() })
        .after(Action::SetFit(Fit::Train { share: 0.5, seed: 3 }))
        .after(Action::SetView(View::Density))
        .after(Action::SetLayout(Layout::Each))
        .after(Action::SetAxes(Axes::Same))
        .after(Action::SetScale(Scale::SymLog))
        .after(Action::SetZoom(true))
        .after(Action::SetPair(Some(("x,y".into(), "50%".into()))))
        .after(Action::SetBins(Some(30)))
        .after(Action::SetColor(Some("species".into())));
    assert!(encode(&state).contains("momentum=0.25"));
    round(&state);
}

#[test]
fn the_address_is_readable() {
    let state = AppState::default()
        .after(Action::ChooseData(DataChoice::Sample("wine")))
        .after(Action::ChooseColumns(Some(vec!["alcohol".into(), "proline".into()])))
        .after(Action::ChooseMethod("min-max"))
        .after(Action::SetMethod { key: "low", text: "-1".into() });
    assert_eq!(encode(&state), "/explore?data=wine&cols=alcohol,proline&method=min-max&low=-1");
}

#[test]
fn nonsense_is_named_and_the_rest_opens() {
    let (state, complaints) = decode("#/explore?data=wine&method=magic&bins=9000&eps=7&fit=train&share=2&wat=1");
    assert_eq!(state.data, DataChoice::Sample("wine"));
    assert_eq!(state.fit, Fit::Train { share: DEFAULT_SHARE, seed: 1 });
    let all = complaints.join("\n");
    for part in ["method=magic", "bins=9000", "eps=7", "share=2", "wat=1"] {
        assert!(all.contains(part), "{part} in {all}");
    }
}

#[test]
fn a_huge_address_opens() {
    let (state, complaints) = decode(&format!("#/explore?data=wine&{}", "x=\u{e9}&".repeat(50_000)));
    assert_eq!(state.data, DataChoice::Sample("wine"));
    assert!(complaints.len() <= COMPLAINTS + 1);
    assert!(complaints.iter().map(String::len).sum::<usize>() < 2000);
}

proptest! {
    #[test]
    fn any_address_gives_a_state_that_travels(address in ".{0,200}") {
        round(&decode(&address).0);
    }

    #[test]
    fn any_pairs_give_a_state_that_travels(
        pairs in proptest::collection::vec(
            ("(data|seed|method|eps|low|high|fit|share|split|cols|bins|view|axes|layout|color|mode|g.rows|name)",
             "(wine|normal|file|robust|batch-norm|evaluation|train|[0-9.e-]{1,6}|[%,a-z0-9&]{0,8})"), 0..9)
    ) {
        let text: Vec<_> = pairs.iter().map(|(key, value)| format!("{key}={value}")).collect();
        round(&decode(&format!("#/explore?{}", text.join("&"))).0);
    }
}
