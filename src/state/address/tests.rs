//! Every state travels, and any address opens.

use proptest::prelude::*;

use super::pair_reader::COMPLAINTS;
use super::{DEFAULT_SHARE, absent, decode, encode, holds};
use crate::data::csv::{Decimal, Delimiter, ReadOptions, Treatment};
use crate::data::generator::Generator;
use crate::data::{Checksum, DataCell, Edit, SavedFit, npy, pack, sample};
use crate::engine::{Conventions, Method, Shape};
use crate::parameters::Options;
use crate::plot::{AxisScale, View};
use crate::protocol::{AxisPolicy, FitOn, Pick, When};
use crate::state::{
    Action, AppState, BatchSettings, CompareChoice, DataChoice, FeatureLayout, FileIdentity, Study, UserFileInfo,
};

fn round(state: &AppState) {
    let address = encode(state);
    let (again, complaints) = decode(&address);
    assert!(complaints.is_empty(), "{address}: {complaints:?}");
    assert_eq!(encode(&again), address);
    assert_eq!(AppState { remembered: state.remembered.clone(), ..again }, *state, "{address}");
}

#[test]
fn the_first_page_has_the_shortest_address() {
    assert_eq!(encode(&AppState::default()), "/explore");
    assert_eq!(decode("").0, AppState::default());
    assert_eq!(decode("#/explore").0, AppState::default());
}

/// One mistake is one notice.
#[test]
fn what_belongs_to_unknown_data_is_not_complained_about() {
    let (state, complaints) = decode("/explore?data=ouliers&seed=3&g.rows=50&method=min-max");
    assert_eq!(complaints, ["\u{201c}data=ouliers\u{201d} was not understood (no such data set)."]);
    assert_eq!(state.method.info().slug, "min-max");
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
        .after(Action::SetConventions(
            Conventions::Keras,
            Shape { examples: 9, features: 64, positions: 1 },
            Default::default(),
        ))
        .after(Action::ChooseData(DataChoice::UserFile(UserFileInfo::named("a b, c&d=1#?.csv"))))
        .after(Action::ChooseColumns(Some(vec!["x,y".into(), "50%".into(), "\u{1f377}".into()])))
        .after(Action::ChooseMethod("batch-norm"))
        .after(Action::SetMethod { key: "mode", text: "evaluation".into() })
        .after(Action::SetMethod { key: "momentum", text: "0.25".into() })
        .after(Action::SetFit(FitOn::Train { share: 0.5, seed: 3 }))
        .after(Action::SetView(View::Density))
        .after(Action::SetLayout(FeatureLayout::Each))
        .after(Action::SetAxes(AxisPolicy::Same))
        .after(Action::SetScale(AxisScale::SymLog))
        .after(Action::SetZoom(true))
        .after(Action::SetPair(Some(("x,y".into(), "50%".into()))))
        .after(Action::SetBins(Some(30)))
        .after(Action::SetColor(Some("species".into())))
        .after(Action::Pick(Some(Pick::Range { column: 3, when: When::After, from: -1.5, to: 0.0 })));
    assert!(encode(&state).contains("momentum=0.25"));
    round(&state);
}

#[test]
fn what_is_compared_travels() {
    let set = |choice| AppState::default().after(Action::SetCompare(Box::new(choice)));
    let all = CompareChoice {
        methods: None,
        own_axes: true,
        zoom: true,
        feature: Some("a,b&c".into()),
        pair: Some(("z-score", "layer-norm")),
    };
    let state = set(all.toggled("min-max").toggled("robust"));
    assert_eq!(
        encode(&state),
        "/explore?compare=z-score,max-abs,layer-norm,rms-norm,unit-length&compare-axes=own&compare-zoom=98\
         &compare-feature=a%2Cb%26c&against=z-score,layer-norm"
    );
    round(&state);
    let none = set(CompareChoice::default().with_methods(&[]));
    assert_eq!(encode(&none), "/explore?compare=none");
    round(&none);
    round(&none.after(Action::ChooseMethod("custom")));
}

#[test]
fn a_comparison_that_is_not_understood_is_the_usual_one_and_told_of() {
    let address = "#/explore?compare=nonsense&compare-axes=x&compare-zoom=5&against=z-score&compare-feature=";
    let (state, complaints) = decode(address);
    assert_eq!(state, AppState::default());
    assert_eq!(complaints.len(), 4, "{complaints:?}");
    let (state, complaints) = decode("/explore?compare=robust,nonsense,z-score,robust&against=x,z-score");
    assert_eq!(state.compare.methods(), ["z-score", "robust"]);
    assert_eq!(complaints.len(), 2, "{complaints:?}");
    assert_eq!(decode("/explore?compare=").0, AppState::default());
}

#[test]
fn own_data_travel_with_how_they_are_read() {
    let reading = ReadOptions {
        delimiter: Some(Delimiter::Semicolon),
        header: Some(false),
        decimal: Some(Decimal::Comma),
        marked: Some(Treatment::Missing),
        words: Some(Treatment::Text),
        first_line: Some(3),
        transposed: true,
        percent_as_fraction: true,
        words_as_numbers: true,
        sentinels_missing: true,
        infinite_missing: true,
        sheet: Some("a&b".into()),
        array: Some("conv1/out".into()),
        axes: npy::DimensionRoles::from_text("example,position,feature"),
        size: None,
    };
    let own = AppState::default().after(Action::OpenUserFile { name: "my data.csv".into(), awaited: false });
    assert_eq!(encode(&own), "/explore?data=file&name=my%20data.csv");
    let read = own.after(Action::SetReading(reading));
    assert!(
        encode(&read).ends_with("&delimiter=semicolon&header=data&decimal=comma&marked=missing&words=text&line=3&rows=as-columns&percent=as-fraction&true=as-1&sentinels=missing&infinite=missing&sheet=a%26b&array=conv1%2Fout&dimensions=example,position,feature"),
        "{}",
        encode(&read)
    );
    round(&read);
    let identity = |identity| Action::UserFileIdentified { name: "my data.csv".into(), identity };
    let named = read.after(identity(FileIdentity::Checksum(Checksum(0x0012_3456_789a_bcde))));
    assert!(encode(&named).ends_with("&check=00123456789abcde"), "{}", encode(&named));
    round(&named);
    let packed = pack::join(Checksum(7), b"compressed").unwrap();
    let carried = named.after(identity(FileIdentity::Packed(packed.clone().into())));
    assert!(encode(&carried).ends_with(&format!("&pack={packed}")), "{}", encode(&carried));
    round(&carried);
    let other = named.after(Action::UserFileIdentified { name: "other".into(), identity: FileIdentity::Nothing });
    assert_eq!(other, named, "of other data nothing is learnt");
}

#[test]
fn damaged_own_data_are_named_and_the_rest_opens() {
    let (state, complaints) = decode(
        "#/explore?data=file&name=a&pack=Zm9v%21&check=12&header=maybe&delimiter=x&dimensions=feature,time&method=robust",
    );
    let DataChoice::UserFile(own) = &state.data else { panic!("{:?}", state.data) };
    assert_eq!(*own, UserFileInfo::named("a"));
    assert_eq!(state.method.info().slug, "robust");
    let all = complaints.join("\n");
    for part in ["pack=Zm9v", "check=12", "header=maybe", "delimiter=x", "dimensions=feature,time"] {
        assert!(all.contains(part), "{part} in {all}");
    }
}

#[test]
fn a_saved_fit_travels_when_it_is_small() {
    let text = |features: usize, name: &str| {
        let one =
            |index| format!(r#"{{"name": "{name}{index}", "center": 0.1, "scale": 1e-300, "center_low": 1e-18}}"#);
        let all: Vec<_> = (0..features).map(one).collect();
        format!(
            r#"{{"normlab": 1, "method": "robust", "settings": {{"low": 10, "high": 90, "unit-variance": true}},
                "fitted_on": {{"data": "a&b", "rows": 7}}, "features": [{}]}}"#,
            all.join(",")
        )
    };
    let using = |text: &str| AppState::default().after(Action::UseFit(SavedFit::from_json(text).unwrap().into()));
    let state = using(&text(13, "x,"));
    assert_eq!(state.method.info().slug, "robust");
    round(&state);
    assert!(encode(&state).len() < 3500, "{}", encode(&state).len());
    assert_eq!(absent(&state), None);
    let long = using(&text(500, "x"));
    assert!(!encode(&long).contains("saved="), "a long one does not");
    let long = long.after(Action::OpenUserFile { name: "mine.csv".into(), awaited: false });
    let lacks = absent(&long).unwrap();
    assert!(lacks.contains("needs \u{201c}mine.csv\u{201d}; the saved statistics"), "{lacks}");
    let other = state.after(Action::ChooseMethod("min-max"));
    assert_eq!(other.fit, FitOn::All, "what another method found is nothing to this one");
    let (state, complaints) = decode("#/explore?method=robust&fit=saved&saved=e30");
    assert_eq!((state.fit, complaints.len()), (FitOn::All, 1));
    assert!(complaints[0].contains("no \"normlab\""), "{complaints:?}");
}

#[test]
fn a_library_travels_with_the_defaults_that_it_has() {
    let shape = Shape { examples: 9, features: 64, positions: 1 };
    for (library, slug, _) in Conventions::ALL {
        let mut state = AppState::default().after(Action::SetConventions(*library, shape, Default::default()));
        for method in Method::all() {
            state = state.after(Action::ChooseMethod(method.info().slug));
            round(&state);
            round(&state.after(Action::SetMethod { key: "eps", text: "0.5".into() }));
            assert!(!encode(&state).contains("eps"), "a default is left out: {}", encode(&state));
        }
        assert_eq!(encode(&state).contains(&format!("library={slug}")), *library != Conventions::Normlab);
    }
    // What has no effect in training is the library's still when evaluation follows.
    let (state, complaints) = decode("#/explore?method=batch-norm&library=keras");
    assert!(complaints.is_empty(), "{complaints:?}");
    let state = state.after(Action::SetMethod { key: "mode", text: "evaluation".into() });
    assert!(
        encode(&state).starts_with("/explore?method=batch-norm&library=keras&mode=evaluation"),
        "{}",
        encode(&state)
    );
    round(&state);
    let Method::BatchNorm(method) = &state.method else { panic!("{state:?}") };
    assert_eq!((method.eps, method.momentum), (1e-3, 0.99));
    // As many groups as the data allow are no default of the library alone.
    let group = Method::from_slug("group-norm").unwrap();
    let state = AppState::default().after(Action::UseMethod(group)).after(Action::SetConventions(
        Conventions::Flax,
        shape,
        Default::default(),
    ));
    assert_eq!(encode(&state), "/explore?method=group-norm&library=flax&groups=32");
    round(&state);
    let (_, complaints) = decode("#/explore?library=theano");
    assert!(complaints[0].contains("library=theano"), "{complaints:?}");
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

fn edit_of(text: &str) -> Edit {
    let (state, complaints) = decode(&format!("/explore?edits={text}"));
    assert!(complaints.is_empty() && state.edits.len() == 1, "{text}: {complaints:?}");
    state.edits[0].clone()
}

#[test]
fn edits_travel_to_the_bit() {
    let set = |row, column, position, value| Edit::Set { cell: DataCell { row, column, position }, value };
    let paste =
        Edit::Paste { row: 3, places: vec![(1, 0), (2, 6)], rows: vec![vec![1.0, f64::NAN], vec![-0.0, 1e300]] };
    let cases = [
        ("4.2=1.5", set(3, 1, 0, 1.5)),
        ("4.2.7=-2e-7", set(3, 1, 6, -2e-7)),
        ("1.1=0.1", set(0, 0, 0, 0.1)),
        ("4.2=-", set(3, 1, 0, f64::NAN)),
        ("a9", Edit::AddRow { at: 8 }),
        ("d3,7-9", Edit::RemoveRows { rows: vec![2, 6, 7, 8] }),
        ("n2=price%20%3D%3B%2C", Edit::Rename { column: 1, name: "price =;,".into() }),
        ("p4=2,3.7=1,-,-0,1e300", paste),
    ];
    let mut state = AppState::default();
    for (text, edit) in cases {
        assert_eq!(edit_of(text), edit, "{text}");
        assert_eq!(encode(&AppState::default().after(Action::Edit(edit.clone()))), format!("/explore?edits={text}"));
        state = state.after(Action::Edit(edit));
        round(&state);
    }
    assert!(holds(&state.edits));
}

#[test]
fn edits_that_are_not_understood_are_named_and_the_others_made() {
    let (state, complaints) =
        decode("/explore?edits=4.2=1.5;x;4.0=1;1.1=inf;d1-2000000;d9-1;p1=1,2=3;n0=a;a0;a7;\u{e9};4.2=1.5e999");
    assert_eq!(state.edits.len(), 2, "{:?}", state.edits);
    assert!(complaints.iter().any(|complaint| complaint.contains("edits=x")), "{complaints:?}");
}

#[test]
fn edits_that_are_too_many_are_said_to_be_left_out() {
    let set = |row| Edit::Set { cell: DataCell { row, column: 0, position: 0 }, value: 0.123_456_789 };
    let state = AppState { edits: (0..400).map(set).collect::<Vec<_>>().into(), ..AppState::default() };
    assert!(!holds(&state.edits));
    let address = encode(&state);
    assert!(address.len() < 100, "{address}");
    let (opened, complaints) = decode(&address);
    assert!(opened.edits.is_empty());
    assert!(complaints[0].contains("400 changes"), "{complaints:?}");
}

#[test]
fn nonsense_is_named_and_the_rest_opens() {
    let (state, complaints) = decode("#/explore?data=wine&method=magic&bins=9000&eps=7&fit=train&share=2&wat=1");
    assert_eq!(state.data, DataChoice::Sample("wine"));
    assert_eq!(state.fit, FitOn::Train { share: DEFAULT_SHARE, seed: 1 });
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
    fn any_edits_give_a_state_that_travels(
        parts in proptest::collection::vec("[adnp]?[0-9]{1,2}[.,=-]?[0-9]{0,2}=?[0-9.,e-]{0,6}|[a-z0-9.;,=%-]{0,9}", 0..9)
    ) {
        let address = encode(&decode(&format!("#/explore?edits={}", parts.join(";"))).0);
        round(&decode(&address).0);
    }

    #[test]
    fn any_pairs_give_a_state_that_travels(
        pairs in proptest::collection::vec(
            ("(compare|compare-axes|compare-zoom|compare-feature|against|data|seed|method|library|eps|low|high|fit|share|split|cols|bins|view|axes|layout|color|mode|g.rows|name|edits|check|pack|header|delimiter|decimal|marked|words|sheet|pick)",
             "([0-9a-f]{16}|[A-Za-z0-9_-]{11,30}|names|comma|wine|normal|file|robust|batch-norm|rms-norm|robust,z-score|own|98|evaluation|train|scikit-learn|pytorch|keras|[0-9.e-]{1,6}|[1-9]{1,2}[ab.][0-9]{1,3}[~.]?[0-9]{0,4}|[%,a-z0-9&]{0,8})"), 0..9)
    ) {
        let text: Vec<_> = pairs.iter().map(|(key, value)| format!("{key}={value}")).collect();
        round(&decode(&format!("#/explore?{}", text.join("&"))).0);
    }
}

/// How running statistics are gathered has no effect on a view in training, and is kept all the same.
#[test]
fn batch_by_batch_travels_in_either_mode() {
    let set = |state: &AppState, key, text: &str| state.after(Action::SetMethod { key, text: text.into() });
    let mut state = AppState::default().after(Action::ChooseMethod("batch-norm"));
    assert_eq!(encode(&state), "/explore?method=batch-norm");
    state = set(&set(&state, "batch", "8"), "momentum", "0.01").after(Action::SetStudy(Some(Study::Batches)));
    assert_eq!(encode(&state), "/explore?method=batch-norm&momentum=0.01&batch=8&study=batches");
    round(&state);
    state = set(&set(&state, "momentum-of", "cumulative"), "mode", "evaluation");
    round(&state);
    state = state.after(Action::SetBatches(BatchSettings { passes: 7, feature: Some("a&b, c".into()) }));
    assert!(encode(&state).ends_with("&study=batches&passes=7&walk=a%26b%2C%20c"), "{}", encode(&state));
    round(&state);
    // An old address named all settings of evaluation.
    let old =
        "/explore?method=batch-norm&mode=evaluation&momentum-of=new&momentum=0.1&running-variance=unbiased&batch=32";
    let (opened, complaints) = decode(old);
    assert!(complaints.is_empty(), "{complaints:?}");
    assert_eq!(encode(&opened), "/explore?method=batch-norm&mode=evaluation");
    let (state, complaints) = decode("/explore?passes=0");
    assert!(state.batches.passes == 1 && complaints[0].contains("passes=0"), "{complaints:?}");
    let other = AppState { batches: BatchSettings { passes: 7, feature: Some("a".into()) }, ..AppState::default() };
    let other = other.after(Action::ChooseData(DataChoice::Sample("wine")));
    assert_eq!(other.batches, BatchSettings { passes: 7, feature: None }, "other data have other features");
}

#[test]
fn what_is_wrong_is_one_sentence() {
    let told = |address: &str| decode(address).1;
    assert_eq!(told("/explore?wat=1"), ["\u{201c}wat=1\u{201d} was not understood (z-score has no such setting)."]);
    let [low] = &told("/explore?method=min-max&low=x")[..] else { panic!() };
    assert!(low.contains("(low is x; allowed: ") && low.ends_with(").") && !low.contains(".)"), "{low}");
    // BatchNorm has it, also where the page does not show it.
    let [momentum] = &told("/explore?method=batch-norm&momentum=x")[..] else { panic!() };
    assert!(momentum.contains("(momentum is x; allowed: "), "{momentum}");
}
