//! How the visitor's own data were read, and the other ways.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::app::hooks::Own;
use crate::data::csv::{Delimiter, Dialect, ReadOptions};

pub fn reading(own: &Own, dialect: Option<Dialect>, notes: &[String], open: &Callback<Own>) -> Html {
    let change = {
        let (own, open) = (own.clone(), open.clone());
        move |options: ReadOptions| open.emit(Own { options, ..own.clone() })
    };
    let options = own.options.clone();
    let ondelimiter = {
        let (change, options) = (change.clone(), options.clone());
        Callback::from(move |event: Event| {
            let value = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
            let delimiter = value.and_then(|value| Delimiter::from_name(&value));
            change(ReadOptions { delimiter, ..options.clone() });
        })
    };
    let onheader = {
        let options = options.clone();
        Callback::from(move |event: Event| {
            let value = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
            let header = match value.as_deref() {
                Some("names") => Some(true),
                Some("data") => Some(false),
                _ => None,
            };
            change(ReadOptions { header, ..options.clone() });
        })
    };
    let found = |asked: bool, what: Option<&str>| match what {
        Some(what) if !asked => format!("found: {what}"),
        _ => "find out".into(),
    };
    let delimiter = dialect.map(|dialect| dialect.delimiter.name());
    let header = dialect.map(|dialect| if dialect.header { "names" } else { "data" });
    html! {
        <div class="reading" role="group" aria-label="How the data are read">
            <label class="setting">
                <span>{ "Separated by" }</span>
                <select name="delimiter" onchange={ondelimiter}>
                    <option value="" selected={options.delimiter.is_none()}>
                        { found(options.delimiter.is_some(), delimiter) }
                    </option>
                    for delimiter in Delimiter::ALL {
                        <option value={delimiter.name()} selected={options.delimiter == Some(*delimiter)}>
                            { delimiter.name() }
                        </option>
                    }
                </select>
            </label>
            <label class="setting">
                <span>{ "First line" }</span>
                <select name="header" onchange={onheader}>
                    <option value="" selected={options.header.is_none()}>{ found(options.header.is_some(), header) }</option>
                    <option value="names" selected={options.header == Some(true)}>{ "names" }</option>
                    <option value="data" selected={options.header == Some(false)}>{ "data" }</option>
                </select>
            </label>
            for note in notes { <p class="about">{ note }</p> }
        </div>
    }
}
