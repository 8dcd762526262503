//! Arrays of a run, each of which can be opened in Explore.

use std::rc::Rc;

use js_sys::{Array, Uint8Array};
use web_sys::File;
use yew::prelude::*;

use super::choose_and_open::ChooseAndOpen;
use crate::app::hooks::{AppContext, UserFile, address as page_address};
use crate::report::Report;
use crate::state::address;

#[derive(Properties, PartialEq)]
pub struct ArraysProps {
    pub report: Rc<Report>,
    pub app: AppContext,
}

#[component]
pub fn Arrays(props: &ArraysProps) -> Html {
    let ArraysProps { report, app } = props;
    // Which file Explore was given; its address is known when Explore has it.
    let opened = use_state_eq(|| None::<String>);
    use_effect_with((app.user_file.clone(), (*opened).clone(), app.state.clone()), |(user_file, opened, state)| {
        let has_it = user_file.as_ref().is_some_and(|file| Some(&file.name) == opened.as_ref());
        if has_it {
            page_address::open(&address::encode(state));
        }
    });
    if report.arrays.is_empty() {
        return html! {};
    }
    let open = {
        let (report, app, opened) = (report.clone(), app.clone(), opened.setter());
        Callback::from(move |index: usize| {
            let Some(array) = report.arrays.get(index) else { return };
            let bytes = Array::of1(&Uint8Array::from(array.bytes.as_slice()));
            match File::new_with_u8_array_sequence(&bytes, &array.file_name) {
                Ok(file) => {
                    app.open.emit(UserFile::of_file(file));
                    opened.set(Some(array.file_name.clone()));
                }
                Err(error) => web_sys::console::error_1(&error),
            }
        })
    };
    let options: Vec<String> = report.arrays.iter().map(|array| array.title.clone()).collect();
    html! {
        <section class="arrays">
            <h2>{ "Activations" }</h2>
            <p class="about">{ "What a layer gave for the last batch: examples of units, or of channels with positions. Explore shows what a norm makes of it, and where every number comes from." }</p>
            <ChooseAndOpen label="Network and layer" {options} button="Open in Explore" {open} />
        </section>
    }
}
