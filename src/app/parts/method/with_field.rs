//! What stands beside the result.

use std::rc::Rc;

use yew::prelude::*;

use crate::app::parts::inputs::field::setting_field;
use crate::engine::Method;
use crate::parameters::{Described, Field, FieldValue};
use crate::protocol::DataInfo;
use crate::state::{Action, AppState, ByPtr};

/// Values of the options that are no methods.
const BEFORE: &str = "";
const KEPT: &str = "kept";
const KEEP: &str = "keep";

const FIELD: Field = Field {
    key: "with",
    label: "Compare with",
    help: "What stands at the left: the values before, another method, or this one with other settings.",
};

/// The choice of what stands at the left, and a button that changes the sides.
pub fn with_field(state: &Rc<AppState>, info: &ByPtr<DataInfo>, act: &Callback<Action>) -> Html {
    let here = state.method.info().slug;
    let with = state.with.as_ref().map(|with| with.method.info().slug);
    let mut options = vec![(BEFORE, "values before"), (KEEP, "this method as set now")];
    if with == Some(here) {
        options.insert(1, (KEPT, "this method, set otherwise"));
    }
    let methods = Method::all().into_iter().map(|method| method.info());
    options.extend(methods.filter(|other| other.slug != here).map(|other| (other.slug, other.name)));
    let chosen = with.map_or(BEFORE, |slug| if slug == here { KEPT } else { slug });
    let set = {
        let (state, info) = (state.clone(), info.clone());
        act.reform(move |(_, chosen): (&str, String)| {
            let with = match chosen.as_str() {
                KEPT => state.with.clone(),
                KEEP => Some(state.kept_as_it_is()),
                slug => state.with_method(slug, &info),
            };
            Action::SetWith(with.map(Box::new))
        })
    };
    let swap = act.reform(|_: MouseEvent| Action::SwapWith);
    html! {
        <div class="with">
            { setting_field(&Described { field: FIELD, value: FieldValue::Choice { chosen, options } }, "", &set) }
            if with.is_some() {
                <button type="button" onclick={swap} aria-label="Swap sides" title="Swap sides: settings are those of the right side">
                    { "\u{21c4}" }
                </button>
            }
        </div>
    }
}
