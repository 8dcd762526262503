//! How the visitor's own data were read, and how else they can be.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::axes::axes;
use crate::app::parts::inputs::explained::labelled;
use crate::app::parts::inputs::list::List;
use crate::app::parts::inputs::one_of::one_of;
use crate::app::parts::inputs::terms::sentence;
use crate::data::csv::{self, Decimal, Delimiter, OtherReading, ReadOptions, Treatment};
use crate::data::{Reading, Remark};
use crate::state::Action;

/// Slug and words of an option.
type OptionWords = (&'static str, &'static str);

const HEADERS: [OptionWords; 2] = [("names", "names"), ("data", "data")];
const DECIMALS: [OptionWords; 2] = [("point", "point: 1.5"), ("comma", "comma: 1,5")];
const MARKED: [OptionWords; 3] = [("read", "read as numbers"), ("missing", "missing"), ("text", "keep as text")];
const WORDS: [OptionWords; 2] = [("missing", "missing"), ("text", "keep as text")];

pub fn reading(options: &ReadOptions, reading: Option<&Reading>, remarks: &[Remark], act: &Callback<Action>) -> Html {
    let fields = match reading {
        Some(Reading::Array(array)) => axes(options, array, act),
        Some(Reading::Table(table)) => table_ways(options, Some(table), act),
        None => table_ways(options, None, act),
    };
    html! {
        <div class="reading" role="group" aria-label="How the data are read">
            { fields }
            for remark in remarks {
                <p class="about" dir="auto">
                    { remark.text.clone() }
                    { " " }
                    { other_reading(remark.other.as_ref(), act) }
                </p>
            }
        </div>
    }
}

/// The button that reads data otherwise.
fn other_reading(other: Option<&OtherReading>, act: &Callback<Action>) -> Html {
    let Some(other) = other else { return Html::default() };
    let onclick = {
        let options = other.options.clone();
        act.reform(move |_: MouseEvent| Action::SetReading(options.clone()))
    };
    html! { <button type="button" class="quiet" {onclick}>{ other.label.clone() }</button> }
}

/// How a table of text can be read.
fn table_ways(options: &ReadOptions, reading: Option<&csv::CsvReading>, act: &Callback<Action>) -> Html {
    let change = |set: fn(&mut ReadOptions, Option<&str>)| {
        let (options, act) = (options.clone(), act.clone());
        Callback::from(move |event: Event| {
            let value = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
            let mut options = options.clone();
            set(&mut options, value.as_deref().filter(|value| !value.is_empty()));
            act.emit(Action::SetReading(options));
        })
    };
    let delimiters: Vec<OptionWords> =
        Delimiter::ALL.iter().map(|delimiter| (delimiter.name(), delimiter.name())).collect();
    let header = |header: bool| HEADERS[usize::from(!header)].0;
    let decimal = |decimal: Decimal| DECIMALS[usize::from(decimal == Decimal::Comma)].0;
    let sheets = reading.map_or_else(Default::default, |reading| sheets(reading, options, act));
    html! {
        <>
            { sheets }
            if reading.is_none_or(|reading| reading.sheets.is_empty()) {
                { reading_choice("Separated by", "delimiter", &delimiters, options.delimiter.map(Delimiter::name),
                    reading.map(|reading| reading.dialect.delimiter.name()),
                    change(|options, value| options.delimiter = value.and_then(Delimiter::from_name))) }
            }
            { reading_choice("First line", "header", &HEADERS, options.header.map(header),
                reading.map(|reading| header(reading.dialect.header)),
                change(|options, value| options.header = value.map(|value| value == HEADERS[0].0))) }
            { first_line(options, act) }
            { transposed(options, act) }
            if reading.is_none_or(|reading| reading.sheets.is_empty()) {
                { reading_choice("Decimal mark", "decimal", &DECIMALS, options.decimal.map(decimal),
                    reading.map(|reading| decimal(reading.dialect.decimal)),
                    change(|options, value| options.decimal = value.map(|value| {
                        if value == DECIMALS[1].0 { Decimal::Comma } else { Decimal::Point }
                    }))) }
            }
            if let Some(marked) = reading.and_then(|reading| reading.marked) {
                { reading_choice("Thousands separators", "marked", &MARKED, options.marked.map(Treatment::name), Some(marked.name()),
                    change(|options, value| options.marked = value.and_then(Treatment::from_name))) }
            }
            if let Some(words) = reading.and_then(|reading| reading.words) {
                { reading_choice("Text among numbers", "words", &WORDS, options.words.map(Treatment::name), Some(words.name()),
                    change(|options, value| options.words = value.and_then(Treatment::from_name))) }
            }
        </>
    }
}

/// The line where the table begins: its number, or nothing to find it.
fn first_line(options: &ReadOptions, act: &Callback<Action>) -> Html {
    let onchange = {
        let (options, act) = (options.clone(), act.clone());
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            let first_line = input.value().trim().parse().ok().filter(|line: &u64| *line > 0);
            act.emit(Action::SetReading(ReadOptions { first_line, ..options.clone() }));
        })
    };
    let value = options.first_line.map(|line| line.to_string()).unwrap_or_default();
    labelled("line", "Starts on line", sentence("line"), |described| {
        html! {
            <input type="number" name="line" min="1" step="1" placeholder="detected" {value} {onchange} aria-describedby={described} />
        }
    })
}

fn transposed(options: &ReadOptions, act: &Callback<Action>) -> Html {
    let onchange = {
        let (options, act) = (options.clone(), act.clone());
        Callback::from(move |_: Event| {
            act.emit(Action::SetReading(ReadOptions { transposed: !options.transposed, ..options.clone() }))
        })
    };
    labelled("transposed", "Swap rows and columns", sentence("transposed"), |described| {
        html! {
            <input type="checkbox" name="transposed" checked={options.transposed} {onchange} aria-describedby={described} />
        }
    })
}

/// A list of options, with what is done unless somebody chooses.
fn reading_choice(
    label: &'static str,
    name: &'static str,
    options: &[OptionWords],
    asked: Option<&str>,
    found: Option<&str>,
    onchange: Callback<Event>,
) -> Html {
    let words = options.iter().find(|(slug, _)| Some(*slug) == found).map(|(_, words)| *words);
    let open = match words.filter(|_| asked.is_none()) {
        Some(words) => format!("{words} (detected)"),
        None => "detect".into(),
    };
    labelled(name, label, sentence(name), |described| {
        html! {
            <List {name} {onchange} {described}>
                <option value="" selected={asked.is_none()}>{ open }</option>
                for &(slug, words) in options {
                    <option value={slug} selected={asked == Some(slug)}>{ words }</option>
                }
            </List>
        }
    })
}

/// Of a workbook with several sheets, which.
fn sheets(reading: &csv::CsvReading, options: &ReadOptions, act: &Callback<Action>) -> Html {
    let choose = |sheet| ReadOptions { sheet: Some(sheet), ..options.clone() };
    one_of("Sheet", "sheet", &reading.sheets, reading.sheet, choose, act)
}
