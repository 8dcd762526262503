//! Fitted parameters as a file: what was learnt yesterday, for the data of today.
//!
//! ```json
//! { "normlab": 1, "method": "z-score", "settings": {"divisor": "n"}, "formula": "(x - center) / scale",
//!   "fitted_on": {"data": "wine", "rows": 178},
//!   "features": [{"name": "alcohol", "count": 178, "missing": 0, "center": 13.0, "scale": 0.81}] }
//! ```
//!
//! `center` and `scale` are what scikit-learn calls `mean_` and `scale_` (z-score), `center_` and `scale_` (robust),
//! `data_min_` and `data_range_` (min-max), and 0 and `scale_` (max-abs); of BatchNorm in evaluation, the running mean and
//! the square root of running variance and eps. Other fields are there where they are not 0, and make the result the same
//! to the last bit: `center_low` is what rounding took from the centre.

mod file;

use std::fmt::Write;

use serde::{Deserialize, Serialize};

use self::file::{SavedFile, quoted};
use normlab_engine::{Finer, Fitted, GroupStatistics, Method, Shape};
use normlab_parameters::{FieldValue, Parameters};

const VERSION: u64 = 1;
/// Whether a method fits features does not depend on how many there are.
const ONE: Shape = Shape { examples: 1, features: 1, positions: 1 };

/// A method with its settings and, where it fits features over examples, what it found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavedFit {
    /// Slug, and settings as (key, text).
    pub method: String,
    pub settings: Vec<(String, String)>,
    /// What was fitted, and on how many rows.
    pub data: String,
    pub rows: u64,
    pub features: Vec<SavedFeature>,
}

/// The statistics of a feature that had a value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SavedFeature {
    pub name: String,
    count: u64,
    missing: u64,
    center: f64,
    scale: f64,
    center_low: f64,
    /// The smallest and the largest value, where the method needs them.
    range: Option<(f64, f64)>,
    constant: bool,
    /// For extreme magnitudes: centre, its rest and scale in units of 2^exponent.
    reduced: Option<(i32, [f64; 3])>,
}

impl SavedFit {
    /// What was found, with the name of each feature.
    pub fn new(method: &Method, fitted: Option<&Fitted>, names: &[String], data: &str, rows: u64) -> Self {
        let settings = method.parameters();
        let groups = fitted.map_or(&[][..], |fitted| &fitted.groups).iter().zip(names);
        let features = groups.filter(|(group, _)| group.center.is_finite() && group.scale.is_finite());
        Self {
            method: method.info().slug.into(),
            settings: settings.iter().map(|one| (one.field.key.into(), one.value.text())).collect(),
            data: data.into(),
            rows,
            features: features.map(|(group, name)| SavedFeature::new(name, group)).collect(),
        }
    }

    /// The method with these settings.
    ///
    /// # Errors
    /// Which of them is not known or not allowed.
    pub fn method(&self) -> Result<Method, String> {
        let mut method = Method::from_slug(&self.method)
            .ok_or_else(|| format!("there is no method \u{201c}{}\u{201d}", self.method))?;
        // A setting may be there only because of another.
        for _ in 0..2 {
            for (key, text) in &self.settings {
                let _ = method.set(key, text);
            }
        }
        for (key, text) in &self.settings {
            method.set(key, text).map_err(|error| format!("{}: {error}", method.info().name))?;
        }
        Ok(method)
    }

    /// The feature of that name.
    pub fn feature(&self, name: &str) -> Option<&SavedFeature> {
        self.features.iter().find(|feature| feature.name == name)
    }

    /// As a file.
    pub fn to_json(&self) -> String {
        let method = self.method();
        let described = method.as_ref().map(Method::parameters).unwrap_or_default();
        let settings = described.iter().map(|one| {
            let text = one.value.text();
            let plain =
                matches!(one.value, FieldValue::Number { .. } | FieldValue::Integer { .. } | FieldValue::Switch(_));
            format!("{}: {}", quoted(one.field.key), if plain { text } else { quoted(&text) })
        });
        let mut out = format!(
            "{{\n\"normlab\": 1,\n\"method\": {},\n\"settings\": {{{}}},\n\"formula\": {},\n\
             \"fitted_on\": {{\"data\": {}, \"rows\": {}}},\n\"features\": [",
            quoted(&self.method),
            settings.collect::<Vec<_>>().join(", "),
            quoted(match method {
                _ if !self.features.is_empty() => "(x - center) / scale",
                Ok(method) if method.shares_examples() => "by the statistics of the data at hand",
                _ => "every row by its own statistics",
            }),
            quoted(&self.data),
            self.rows
        );
        for (index, feature) in self.features.iter().enumerate() {
            out.push_str(if index == 0 { "\n" } else { ",\n" });
            feature.write(&mut out);
        }
        out.push_str("\n]\n}\n");
        out
    }

    /// Reads such a file.
    ///
    /// # Errors
    /// What is wrong in it, and where.
    pub fn from_json(text: &str) -> Result<Self, String> {
        let file: SavedFile = serde_json::from_str(text).map_err(|error| error.to_string())?;
        match file.normlab {
            Some(VERSION) => {}
            Some(other) => return Err(format!("it is of version {other}; this page reads version {VERSION}")),
            None => return Err("there is no \"normlab\": 1 in it".into()),
        }
        let features = file.features.ok_or("there is no list of \"features\" in it")?;
        let fitted_on = file.fitted_on.unwrap_or_default();
        let saved = Self {
            method: file.method.ok_or("there is no \"method\" in it")?,
            settings: file.settings.ok_or("there are no \"settings\" in it")?.0,
            data: fitted_on.data.unwrap_or_else(|| "other data".into()),
            rows: fitted_on.rows.unwrap_or(0),
            features: (1..).zip(features).map(|(number, one)| one.checked(number)).collect::<Result<_, _>>()?,
        };
        let method = saved.method()?;
        if !saved.features.is_empty() && !method.fits_features(ONE) {
            return Err(format!(
                "{} does not fit each feature over examples, so it can have no \"features\"",
                method.info().name
            ));
        }
        Ok(saved)
    }
}

impl SavedFeature {
    fn new(name: &str, group: &GroupStatistics) -> Self {
        let finer = group.finer();
        let (center, low, scale) = finer.reduced;
        let range = (group.min.is_finite() && group.max.is_finite()).then_some((group.min, group.max));
        Self {
            name: name.into(),
            count: group.count as u64,
            missing: group.missing as u64,
            center: group.center,
            scale: group.scale,
            center_low: finer.center_low,
            range,
            constant: group.constant,
            reduced: (finer.exponent != 0).then_some((finer.exponent, [center, low, scale])),
        }
    }

    /// As the engine has it.
    pub fn group(&self) -> GroupStatistics {
        let (exponent, [center, low, scale]) = self.reduced.unwrap_or((0, [self.center, self.center_low, self.scale]));
        let (min, max) = self.range.unwrap_or((f64::NAN, f64::NAN));
        let mut group = GroupStatistics::known(self.count as usize, self.center, self.scale);
        (group.missing, group.min, group.max, group.constant) = (self.missing as usize, min, max, self.constant);
        group.with_finer(Finer { center_low: self.center_low, reduced: (center, low, scale), exponent })
    }

    fn write(&self, out: &mut String) {
        // Writing into a string does not fail; these digits are read back to the last bit.
        let _ = write!(
            out,
            "{{\"name\": {}, \"count\": {}, \"missing\": {}, \"center\": {:?}, \"scale\": {:?}",
            quoted(&self.name),
            self.count,
            self.missing,
            self.center,
            self.scale
        );
        if self.center_low != 0.0 {
            let _ = write!(out, ", \"center_low\": {:?}", self.center_low);
        }
        if let Some((min, max)) = self.range {
            let _ = write!(out, ", \"data_min\": {min:?}, \"data_max\": {max:?}");
        }
        if self.constant {
            out.push_str(", \"constant\": true");
        }
        if let Some((exponent, [center, low, scale])) = self.reduced {
            let _ = write!(out, ", \"exponent\": {exponent}, \"reduced\": [{center:?}, {low:?}, {scale:?}]");
        }
        out.push('}');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array3;
    use proptest::prelude::*;

    /// Yesterday's fit through a file, on the data of today, against the fit itself.
    fn compare(method: &Method, x: &Array3<f64>) {
        let names: Vec<String> = (0..x.dim().1).map(|index| format!("\u{e9} \"{index}\"")).collect();
        let Ok(fitted) = method.fit(x.view()) else { return };
        let saved = SavedFit::new(method, Some(&fitted), &names, "here", x.dim().0 as u64);
        let text = saved.to_json();
        let again = SavedFit::from_json(&text).unwrap_or_else(|why| panic!("{why}: {text}"));
        assert_eq!(again, saved, "{text}");
        if again.features.len() < names.len() {
            return;
        }
        let groups = names.iter().map(|name| again.feature(name).unwrap().group()).collect();
        let today = x.mapv(|value| value * 1.5 - 2.0);
        let direct = fitted.transform(today.view());
        let mut out = Array3::zeros(x.dim());
        again.method().unwrap().apply_into(groups, today.view(), out.view_mut()).unwrap();
        let bits = |values: &Array3<f64>| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&direct.unwrap()), bits(&out), "{text}");
    }

    fn methods() -> Vec<Method> {
        let mut all: Vec<Method> = Method::all().into_iter().filter(Method::shares_examples).collect();
        for (slug, settings) in [
            ("min-max", &[("low", "-1"), ("clip", "true")][..]),
            ("z-score", &[("divisor", "n-1")]),
            ("robust", &[("low", "10"), ("high", "90"), ("unit-variance", "true")]),
            ("custom", &[("center", "median"), ("divide", "rms"), ("eps", "0.1"), ("gamma", "3")]),
            ("batch-norm", &[("mode", "evaluation"), ("batch", "3"), ("gamma", "2")]),
        ] {
            let mut method = Method::from_slug(slug).unwrap();
            settings.iter().for_each(|(key, text)| method.set(key, text).unwrap());
            all.push(method);
        }
        all
    }

    proptest! {
        #[test]
        fn a_saved_fit_gives_the_same_bits(
            values in proptest::collection::vec(prop_oneof![
                -1e3..1e3_f64, -1e300..1e300_f64, Just(0.1), Just(1e15), Just(f64::NAN), Just(5e-324), -1e-300..1e-300_f64,
            ], 12..13)
        ) {
            let x = Array3::from_shape_vec((6, 2, 1), values).unwrap();
            for method in methods() {
                compare(&method, &x);
            }
        }

        #[test]
        fn any_text_is_a_fit_or_refused(text in ".{0,60}") {
            let _ = SavedFit::from_json(&text);
        }
    }

    #[test]
    fn what_is_wrong_with_a_file_is_named() {
        let x = Array3::from_shape_fn((6, 1, 1), |(n, _, _)| (n * n) as f64);
        let method = Method::from_slug("z-score").unwrap();
        let names = ["a".to_string()];
        let good = SavedFit::new(&method, method.fit(x.view()).ok().as_ref(), &names, "here", 6).to_json();
        assert!(SavedFit::from_json(&good).is_ok());
        for (from, to, part) in [
            ("\"normlab\": 1", "\"normlab\": 2", "version 2"),
            ("\"normlab\": 1", "\"other\": 1", "no \"normlab\""),
            ("z-score", "magic", "no method"),
            ("z-score", "layer-norm", "no parameter divisor"),
            ("\"n\"", "\"m\"", "divisor is m"),
            ("\"scale\"", "\"skale\"", "feature 1, a, has no number as \"scale\""),
            ("\"scale\": ", "\"scale\": -", "more than 0"),
            ("\"center\": ", "\"center\": NaN, \"x\": ", "line 8"),
            ("\"features\"", "\"futures\"", "no list"),
        ] {
            let error = SavedFit::from_json(&good.replacen(from, to, 1)).unwrap_err();
            assert!(error.contains(part), "{from}: {error}");
        }
        // Statistics of all features together are those of no feature.
        let whole =
            good.replacen("z-score", "custom", 1).replacen("\"divisor\": \"n\"", "\"features\": \"together\"", 1);
        let error = SavedFit::from_json(&whole).unwrap_err();
        assert!(error.contains("does not fit each feature"), "{error}");
        let rows = SavedFit::new(&Method::from_slug("layer-norm").unwrap(), None, &names, "here", 6);
        assert!(rows.to_json().contains("every row by its own"));
        assert_eq!(SavedFit::from_json(&rows.to_json()), Ok(rows));
    }
}
