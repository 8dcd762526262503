//! The visitor's own data in the address: name, how they are read, and as much of the content as travels.

use super::escape::escape;
use super::pair_reader::PairReader;
use crate::data::csv::{Decimal, Delimiter, ReadOptions, Treatment};
use crate::data::npy::{DimensionRole, DimensionRoles};
use crate::data::{Checksum, pack};
use crate::state::{FileIdentity, UserFileInfo};

/// What is done only on request: key, word, and where it is kept.
type Flag = (&'static str, &'static str, fn(&mut ReadOptions) -> &mut bool);

const FLAGS: &[Flag] = &[
    ("rows", "as-columns", |options| &mut options.transposed),
    ("percent", "as-fraction", |options| &mut options.percent_as_fraction),
    ("true", "as-1", |options| &mut options.words_as_numbers),
    ("sentinels", "missing", |options| &mut options.sentinels_missing),
    ("infinite", "missing", |options| &mut options.infinite_missing),
];

pub fn encode(user_file: &UserFileInfo, put: &mut impl FnMut(&str, String)) {
    put("name", escape(&user_file.name));
    if let Some(delimiter) = user_file.reading.delimiter {
        put("delimiter", delimiter.name().into());
    }
    if let Some(header) = user_file.reading.header {
        put("header", if header { "names" } else { "data" }.into());
    }
    if let Some(decimal) = user_file.reading.decimal {
        put("decimal", if decimal == Decimal::Comma { "comma" } else { "point" }.into());
    }
    for (key, treatment) in [("marked", user_file.reading.marked), ("words", user_file.reading.words)] {
        if let Some(treatment) = treatment {
            put(key, treatment.name().into());
        }
    }
    if let Some(line) = user_file.reading.first_line {
        put("line", line.to_string());
    }
    for (key, word, flag) in FLAGS {
        if *flag(&mut user_file.reading.clone()) {
            put(key, (*word).into());
        }
    }
    if let Some(sheet) = &user_file.reading.sheet {
        put("sheet", escape(sheet));
    }
    if let Some(array) = &user_file.reading.array {
        put("array", escape(array));
    }
    if let Some(axes) = &user_file.reading.axes {
        put("dimensions", axes.to_string());
    }
    match &user_file.identity {
        FileIdentity::Nothing => {}
        FileIdentity::Checksum(check) => put("check", check.to_string()),
        FileIdentity::Packed(packed) => put("pack", packed.to_string()),
    }
}

pub fn decode(reader: &mut PairReader) -> UserFileInfo {
    let mut user_file = UserFileInfo::named(reader.take("name").unwrap_or_else(|| "data".into()));
    user_file.reading = reading(reader);
    if let Some(text) = reader.take("check") {
        match Checksum::from_hex(&text) {
            Some(check) => user_file.identity = FileIdentity::Checksum(check),
            None => reader.complain("check", &text, "allowed: 16 hexadecimal digits"),
        }
    }
    if let Some(packed) = reader.take("pack") {
        if pack::split(&packed).is_some() {
            user_file.identity = FileIdentity::Packed(packed.into());
        } else {
            reader.complain("pack", &packed, "data that are whole; these were cut off or changed on their way");
        }
    }
    user_file
}

fn reading(reader: &mut PairReader) -> ReadOptions {
    let mut options = ReadOptions::default();
    if let Some(name) = reader.take("delimiter") {
        options.delimiter = Delimiter::from_name(&name);
        if options.delimiter.is_none() {
            let names: Vec<_> = Delimiter::ALL.iter().map(|delimiter| delimiter.name()).collect();
            reader.complain("delimiter", &name, &format!("allowed: {}", names.join(", ")));
        }
    }
    match reader.take("header").as_deref() {
        Some("names") => options.header = Some(true),
        Some("data") => options.header = Some(false),
        None => {}
        Some(other) => reader.complain("header", other, "allowed: names, data"),
    }
    match reader.take("decimal").as_deref() {
        Some("point") => options.decimal = Some(Decimal::Point),
        Some("comma") => options.decimal = Some(Decimal::Comma),
        None => {}
        Some(other) => reader.complain("decimal", other, "allowed: point, comma"),
    }
    options.marked = treatment(reader, "marked");
    options.words = treatment(reader, "words");
    if let Some(text) = reader.take("line") {
        options.first_line = text.parse().ok().filter(|line| *line > 0);
        if options.first_line.is_none() {
            reader.complain("line", &text, "allowed: a whole number from 1");
        }
    }
    for (key, word, flag) in FLAGS {
        match reader.take(key) {
            Some(text) if text == *word => *flag(&mut options) = true,
            Some(text) => reader.complain(key, &text, &format!("allowed: {word}")),
            None => {}
        }
    }
    options.sheet = reader.take("sheet");
    options.array = reader.take("array");
    if let Some(text) = reader.take("dimensions") {
        options.axes = DimensionRoles::from_text(&text);
        if options.axes.is_none() {
            let names: Vec<_> = DimensionRole::ALL.iter().map(|axis| axis.name()).collect();
            let allowed =
                format!("allowed: up to {} of {}, with commas between", DimensionRoles::AT_MOST, names.join(", "));
            reader.complain("dimensions", &text, &allowed);
        }
    }
    options
}

fn treatment(reader: &mut PairReader, key: &str) -> Option<Treatment> {
    let name = reader.take(key)?;
    let treatment = Treatment::from_name(&name);
    if treatment.is_none() {
        reader.complain(key, &name, "allowed: read, missing, text");
    }
    treatment
}
