//! What stands beside the result, in the address: `with=robust`, `with=batch-norm,mode=evaluation`, and with rows of its
//! own to be fitted on `with=z-score,fit=train,share=0.5,split=2`.

use super::changed::changed;
use super::escape::{escape, unescape};
use super::pair_reader::{PairReader, refused};
use super::{DEFAULT_SHARE, SHARE};
use crate::parameters::Parameters;
use crate::protocol::FitOn;
use crate::state::{AppState, WithChoice};

pub const KEY: &str = "with";

pub fn encode(with: &WithChoice, state: &AppState) -> String {
    let slug = with.method.info().slug;
    let usual = state.usual(slug).map(|usual| usual.describe_all()).unwrap_or_default();
    let mut text = slug.to_owned();
    let mut put = |key: &str, value: &str| text += &format!(",{key}={}", escape(value));
    for (key, value) in changed(&with.method.describe_all(), &usual) {
        put(&key, &value);
    }
    match with.fit {
        Some(FitOn::All) => put("fit", "all"),
        Some(FitOn::Train { share, seed }) => {
            put("fit", "train");
            if share != DEFAULT_SHARE {
                put("share", &share.to_string());
            }
            put("split", &seed.to_string());
        }
        Some(FitOn::Saved(_)) | None => {}
    }
    text
}

pub(super) fn decode(reader: &mut PairReader, state: &AppState) -> Option<WithChoice> {
    let text = reader.take_raw(KEY)?;
    let mut parts = text.split(',');
    let slug = unescape(parts.next().unwrap_or_default());
    let Some(method) = state.usual(&slug) else {
        reader.complain(KEY, &slug, "no such method");
        return None;
    };
    let mut with = WithChoice::of(method);
    let (mut share, mut seed) = (DEFAULT_SHARE, 1);
    let pairs = parts.filter_map(|part| part.split_once('=')).map(|(key, value)| (unescape(key), unescape(value)));
    let refused = refused(pairs.collect(), &mut |key, value| {
        match key {
            "fit" => match value {
                "all" => with.fit = Some(FitOn::All),
                "train" => with.fit = Some(FitOn::Train { share, seed }),
                _ => return Err("allowed: all, train".into()),
            },
            "share" => share = SHARE.read(value).ok_or_else(|| format!("allowed: {}", SHARE.describe()))?,
            "split" => seed = value.parse().map_err(|_| "allowed: a whole number".to_string())?,
            _ => with.method.set(key, value).map_err(|error| error.to_string())?,
        }
        Ok(())
    });
    for (key, value, why) in refused {
        reader.complain(&format!("{KEY}={slug},{key}"), &value, &why);
    }
    if let Some(FitOn::Train { .. }) = with.fit {
        with.fit = Some(FitOn::Train { share, seed });
    }
    Some(with)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Method;
    use crate::state::Action;
    use crate::state::address;

    fn round(text: &str) -> AppState {
        let (state, complaints) = address::decode(&format!("#/explore?{text}"));
        assert!(complaints.is_empty(), "{text}: {complaints:?}");
        assert_eq!(address::encode(&state), format!("/explore?{text}"));
        state
    }

    #[test]
    fn what_stands_beside_travels() {
        assert_eq!(round("with=robust").with, Method::from_slug("robust").map(WithChoice::of));
        round("method=batch-norm&eps=0.1&with=batch-norm,mode=evaluation,momentum=0.5&view=strip");
        round("method=batch-norm&library=keras&with=batch-norm,mode=evaluation,momentum=0.5");
        let with = round("fit=train&split=1&with=z-score,fit=all").with.unwrap();
        assert_eq!(with.fit, Some(FitOn::All));
        let with = round("with=z-score,divisor=n-1,fit=train,share=0.5,split=2").with.unwrap();
        assert_eq!(with.fit, Some(FitOn::Train { share: 0.5, seed: 2 }));
        for method in Method::all() {
            round(&format!("data=wine&with={}", method.info().slug));
        }
    }

    #[test]
    fn what_is_not_understood_is_told_of() {
        let decode = |text: &str| address::decode(&format!("/explore?{text}"));
        let (state, complaints) = decode("with=nonsense");
        assert_eq!((state, complaints.len()), (AppState::default(), 1));
        let (state, complaints) = decode("with=robust,low=-5,fit=none,share=9,split=x,what");
        assert_eq!(state.with, Method::from_slug("robust").map(WithChoice::of));
        assert_eq!(complaints.len(), 4, "{complaints:?}");
    }

    #[test]
    fn other_data_keep_it_and_a_library_changes_it() {
        let state = round("with=layer-norm").after(Action::ChooseData(crate::state::DataChoice::Sample("wine")));
        assert_eq!(address::encode(&state), "/explore?data=wine&with=layer-norm");
        let shape = crate::engine::Shape { examples: 9, features: 64, positions: 1 };
        let keras = state.after(Action::SetConventions(crate::engine::Conventions::Keras, shape, Default::default()));
        assert_eq!(address::encode(&keras), "/explore?data=wine&library=keras&with=layer-norm");
    }
}
