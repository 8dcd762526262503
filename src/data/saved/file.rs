//! The file as it is read: what is missing or makes no sense is named.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor};

use super::SavedFeature;

/// A text as JSON writes it.
pub(super) fn quoted(text: &str) -> String {
    // A text always has a form in JSON.
    serde_json::to_string(text).unwrap_or_default()
}

#[derive(Deserialize)]
pub(super) struct SavedFile {
    pub normlab: Option<u64>,
    pub method: Option<String>,
    pub settings: Option<SettingsInFile>,
    pub fitted_on: Option<FittedOn>,
    pub features: Option<Vec<FeatureInFile>>,
}

#[derive(Default, Deserialize)]
pub(super) struct FittedOn {
    pub data: Option<String>,
    pub rows: Option<u64>,
}

#[derive(Deserialize)]
pub(super) struct FeatureInFile {
    name: Option<String>,
    count: Option<u64>,
    missing: Option<u64>,
    center: Option<f64>,
    scale: Option<f64>,
    center_low: Option<f64>,
    data_min: Option<f64>,
    data_max: Option<f64>,
    constant: Option<bool>,
    exponent: Option<i32>,
    reduced: Option<[f64; 3]>,
}

impl FeatureInFile {
    /// The feature, which is the one of this number in the file.
    pub(super) fn checked(self, number: usize) -> Result<SavedFeature, String> {
        let name = self.name.ok_or_else(|| format!("feature {number} has no \"name\""))?;
        let lacks = |key: &str| format!("feature {number}, {name}, has no number as \"{key}\"");
        let scale = self.scale.ok_or_else(|| lacks("scale"))?;
        if scale <= 0.0 {
            return Err(format!("feature {number}, {name}, has the scale {scale}; allowed: more than 0"));
        }
        let reduced = self.exponent.filter(|exponent| exponent.abs() <= 1100).zip(self.reduced);
        if reduced.is_some_and(|(_, [.., scale])| scale <= 0.0) {
            return Err(format!("feature {number}, {name}: the scale of \"reduced\" is not more than 0"));
        }
        Ok(SavedFeature {
            count: self.count.unwrap_or(0),
            missing: self.missing.unwrap_or(0),
            center: self.center.ok_or_else(|| lacks("center"))?,
            scale,
            center_low: self.center_low.unwrap_or(0.0),
            range: self.data_min.zip(self.data_max),
            constant: self.constant == Some(true),
            reduced,
            name,
        })
    }
}

/// SettingsInFile as (key, text), in the order of the file.
pub(super) struct SettingsInFile(pub Vec<(String, String)>);

impl<'de> Deserialize<'de> for SettingsInFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(SettingsVisitor)
    }
}

struct SettingsVisitor;

impl<'de> Visitor<'de> for SettingsVisitor {
    type Value = SettingsInFile;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("settings by name")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<SettingsInFile, A::Error> {
        let mut settings = Vec::new();
        while let Some((key, SettingText(text))) = map.next_entry()? {
            settings.push((key, text));
        }
        Ok(SettingsInFile(settings))
    }
}

/// A number, a word, true or false.
struct SettingText(String);

impl<'de> Deserialize<'de> for SettingText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SettingTextVisitor)
    }
}

struct SettingTextVisitor;

impl Visitor<'_> for SettingTextVisitor {
    type Value = SettingText;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, a word, true or false")
    }

    fn visit_bool<E: Error>(self, on: bool) -> Result<SettingText, E> {
        Ok(SettingText(on.to_string()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<SettingText, E> {
        Ok(SettingText(number.to_string()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<SettingText, E> {
        Ok(SettingText(number.to_string()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<SettingText, E> {
        Ok(SettingText(number.to_string()))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<SettingText, E> {
        Ok(SettingText(text.into()))
    }
}
