//! What the dimensions of an array are, and which array of an archive it is.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::app::parts::inputs::explained::labelled;
use crate::app::parts::inputs::list::List;
use crate::app::parts::inputs::one_of::one_of;
use crate::app::parts::inputs::terms::sentence;
use crate::data::csv::ReadOptions;
use crate::data::npy::{DimensionRole, NpyReading};
use crate::state::Action;

pub fn axes(options: &ReadOptions, reading: &NpyReading, act: &Callback<Action>) -> Html {
    // The dimensions of another array are others.
    let other = |array| ReadOptions { array: Some(array), axes: None, ..options.clone() };
    html! {
        <>
            { one_of("Array", "array", &reading.arrays, reading.array, other, act) }
            for (dimension, size) in reading.shape.iter().enumerate() {
                { axis(options, reading, dimension, *size, act) }
            }
        </>
    }
}

/// What one dimension counts.
fn axis(options: &ReadOptions, reading: &NpyReading, dimension: usize, size: u64, act: &Callback<Action>) -> Html {
    let read = reading.axes.as_slice().get(dimension).copied();
    let onchange = {
        let (options, axes, act) = (options.clone(), reading.axes.clone(), act.clone());
        Callback::from(move |event: Event| {
            let select = event.target_dyn_into::<HtmlSelectElement>();
            if let Some(axis) = select.and_then(|select| DimensionRole::from_name(&select.value())) {
                let axes = Some(axes.with(dimension, axis));
                act.emit(Action::SetReading(ReadOptions { axes, ..options.clone() }));
            }
        })
    };
    let name = format!("dimension-{}", dimension + 1);
    labelled(&name, format!("Dimension {} ({size})", dimension + 1), sentence("dimension"), |described| {
        html! {
            <List name={name.clone()} {onchange} {described}>
                for &axis in DimensionRole::ALL {
                    <option value={axis.name()} selected={read == Some(axis)}>{ format!("{}s", axis.name()) }</option>
                }
            </List>
        }
    })
}
