//! The bundled data sets. Each is a file in `static/data/` that goes through the same reader as anybody's own.

use super::{Column, Dataset, Image, Role, Values};

/// A bundled data set. The page fetches `file`, pushes it through [`super::Reader`] and calls [`Sample::finish`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// In the address, forever: `ctr-revenue`.
    pub slug: &'static str,
    /// On the page.
    pub title: &'static str,
    /// One sentence.
    pub description: &'static str,
    /// Name of the file in `static/data/`.
    pub file: &'static str,
    pub licence: &'static str,
    pub source: &'static str,
    /// The column one would predict: never chosen by default.
    pub label: Option<&'static str>,
    /// What the values 0, 1, 2... of the label mean; empty when they mean themselves.
    pub classes: &'static [&'static str],
    layout: SampleLayout,
}

/// How the columns of the file become the data set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SampleLayout {
    /// As the file has them.
    Table,
    /// All columns but the last are pixels of one image, row by row; the last is the label.
    Images { feature: &'static str, height: usize, width: usize },
}

const NORMLAB: &str = "MIT OR Apache-2.0";
const UCI: &str = "UCI Machine Learning Repository, as distributed with scikit-learn";

/// Every sample, in the order of the page; the first is the default.
pub const ALL: &[Sample] = &[
    Sample {
        slug: "ctr-revenue",
        title: "Click-through rate and revenue",
        description: "200 made-up campaigns: a click-through rate, which is a share, a revenue of up to 1,000,000, and a response y.",
        file: "ctr_revenue.csv",
        licence: NORMLAB,
        source: "Made for Normlab",
        label: Some("y"),
        classes: &[],
        layout: SampleLayout::Table,
    },
    Sample {
        slug: "wine",
        title: "Wine",
        description: "Chemical analysis of 178 wines from three growers in one region of Italy, 13 measurements each.",
        file: "wine.csv",
        licence: "CC BY 4.0",
        source: UCI,
        label: Some("target"),
        classes: &["grower 1", "grower 2", "grower 3"],
        layout: SampleLayout::Table,
    },
    Sample {
        slug: "iris",
        title: "Iris",
        description: "Length and width of sepals and petals of 150 iris flowers of three species.",
        file: "iris.csv",
        licence: "CC BY 4.0",
        source: UCI,
        label: Some("target"),
        classes: &["setosa", "versicolor", "virginica"],
        layout: SampleLayout::Table,
    },
    Sample {
        slug: "penguins",
        title: "Penguins",
        description: "344 penguins of three species near Palmer Station, Antarctica, with a few missing values and text columns.",
        file: "penguins.csv",
        licence: "CC0",
        source: "palmerpenguins (Horst, Hill and Gorman)",
        label: Some("species"),
        classes: &[],
        layout: SampleLayout::Table,
    },
    Sample {
        slug: "breast-cancer",
        title: "Breast cancer (Wisconsin)",
        description: "30 measurements of cell nuclei in 569 tissue samples, malignant or benign.",
        file: "breast_cancer.csv",
        licence: "CC BY 4.0",
        source: UCI,
        label: Some("target"),
        classes: &["malignant", "benign"],
        layout: SampleLayout::Table,
    },
    Sample {
        slug: "digits",
        title: "Handwritten digits",
        description: "1,797 handwritten digits as images of 8 by 8 pixels, each pixel from 0 (white) to 16 (black).",
        file: "digits.csv",
        licence: "CC BY 4.0",
        source: UCI,
        label: Some("digit"),
        classes: &[],
        layout: SampleLayout::Images { feature: "pixel", height: 8, width: 8 },
    },
    Sample {
        slug: "activations-before",
        title: "Activations before BatchNorm",
        description: "What a small network makes of 64 handwritten digits: the 8 channels of its first convolution, 6 by 6 each, as \
                      they reach its BatchNorm layer.",
        file: "activations_before.npy",
        licence: NORMLAB,
        source: "Made for Normlab",
        label: None,
        classes: &[],
        layout: SampleLayout::Table,
    },
    Sample {
        slug: "activations-after",
        title: "Activations after BatchNorm",
        description: "The same 64 digits as they leave the BatchNorm layer, in training mode without gamma and beta: what BatchNorm \
                      makes of the activations before it.",
        file: "activations_after.npy",
        licence: NORMLAB,
        source: "Made for Normlab",
        label: None,
        classes: &[],
        layout: SampleLayout::Table,
    },
];

impl Sample {
    /// The sample of that slug.
    pub fn from_slug(slug: &str) -> Option<&'static Self> {
        ALL.iter().find(|sample| sample.slug == slug)
    }

    /// Whether these may be what its file holds, and not what a server sent in its place.
    pub fn is_of(&self, dataset: &Dataset) -> bool {
        match self.layout {
            SampleLayout::Table => self.label.is_none_or(|label| dataset.column_index(label).is_some()),
            SampleLayout::Images { height, width, .. } => dataset.columns.len() == height * width + 1,
        }
    }

    /// The data set from the file as it was read: named by the title, images put together, the label marked.
    ///
    /// A file that is not the bundled one (too few columns for the image) stays a plain table.
    pub fn finish(&self, mut dataset: Dataset) -> Dataset {
        self.title.clone_into(&mut dataset.name);
        if let SampleLayout::Images { feature, height, width } = self.layout {
            images(&mut dataset, feature, Image { height, width }, self.label);
        }
        for column in &mut dataset.columns {
            if column.is_numeric() && Some(column.name.as_str()) == self.label {
                column.role = Role::Label;
            }
        }
        dataset
    }
}

/// Makes the first `height * width` columns the positions of one feature.
fn images(dataset: &mut Dataset, feature: &str, image: Image, label: Option<&str>) {
    let positions = image.height * image.width;
    if dataset.columns.len() != positions + 1 || !dataset.columns.iter().all(Column::is_numeric) {
        return;
    }
    let pixels: Vec<&[f64]> = dataset.columns[..positions].iter().filter_map(Column::numbers).collect();
    let values = (0..dataset.rows).flat_map(|row| pixels.iter().map(move |pixel| pixel[row])).collect();
    let digits = match dataset.columns.pop().map(|column| column.values) {
        Some(Values::Number(numbers)) => numbers,
        _ => Vec::new(),
    };
    dataset.columns = vec![
        Column::number(feature, values).with_role(Role::Feature).with_positions(positions),
        Column::number(label.unwrap_or("label"), digits),
    ];
    dataset.positions = positions;
    dataset.image = Some(image);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Reader;
    use crate::csv::ReadOptions;

    fn load(slug: &str) -> Dataset {
        let sample = Sample::from_slug(slug).expect(slug);
        let path = format!("{}/../../static/data/{}", env!("CARGO_MANIFEST_DIR"), sample.file);
        let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let mut reader = Reader::new(&bytes, bytes.len() as u64, ReadOptions::default());
        for chunk in bytes.chunks(1000) {
            reader.push(chunk).unwrap();
        }
        let dataset = reader.finish(sample.file).unwrap().dataset;
        assert!(sample.is_of(&dataset), "{slug}");
        sample.finish(dataset)
    }

    fn shape(dataset: &Dataset) -> (usize, usize, usize) {
        (dataset.rows, dataset.columns.len(), dataset.positions)
    }

    fn mean(dataset: &Dataset, name: &str) -> f64 {
        let column = &dataset.columns[dataset.column_index(name).expect(name)];
        let present: Vec<_> = column.numbers().unwrap().iter().filter(|value| !value.is_nan()).collect();
        present.iter().copied().sum::<f64>() / present.len() as f64
    }

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() <= 1e-6 * expected.abs(), "{found} is not {expected}");
    }

    #[test]
    fn every_sample_is_read_and_its_label_is_not_chosen() {
        for sample in ALL {
            let dataset = load(sample.slug);
            assert_eq!(dataset.name, sample.title);
            let features = dataset.default_features();
            assert!(!features.is_empty(), "{}", sample.slug);
            let Some(label) = sample.label else { continue };
            let label = dataset.column_index(label).expect(sample.slug);
            assert!(!features.contains(&label), "{}", sample.slug);
            if let (false, Some(numbers)) = (sample.classes.is_empty(), dataset.columns[label].numbers()) {
                let largest = numbers.iter().copied().fold(0.0, f64::max);
                assert_eq!(largest as usize + 1, sample.classes.len(), "{}", sample.slug);
            }
        }
    }

    #[test]
    fn what_a_server_sends_in_place_of_a_sample_is_none() {
        let mut other = load("wine");
        other.columns.retain(|column| column.name == "alcohol");
        assert!(ALL.iter().all(|sample| sample.label.is_none() || !sample.is_of(&other)));
    }

    #[test]
    fn slugs_are_unique_and_the_first_is_the_default() {
        assert_eq!(ALL[0].slug, "ctr-revenue");
        for sample in ALL {
            assert_eq!(Sample::from_slug(sample.slug), Some(sample));
        }
        assert_eq!(Sample::from_slug("nonsense"), None);
    }

    #[test]
    fn ctr_revenue() {
        let dataset = load("ctr-revenue");
        assert_eq!(shape(&dataset), (200, 3, 1));
        assert_eq!(dataset.columns.iter().map(|c| c.name.as_str()).collect::<Vec<_>>(), ["ctr", "revenue", "y"]);
        assert_eq!(dataset.default_features(), [0, 1]);
    }

    #[test]
    fn wine_iris_and_breast_cancer() {
        let wine = load("wine");
        assert_eq!(shape(&wine), (178, 14, 1));
        // As scikit-learn documents them.
        near(mean(&wine, "alcohol"), 13.000_617_977_528_09);
        near(mean(&wine, "proline"), 746.893_258_426_966_3);
        let iris = load("iris");
        assert_eq!(shape(&iris), (150, 5, 1));
        near(mean(&iris, "petal length (cm)"), 3.758);
        let cells = load("breast-cancer");
        assert_eq!(shape(&cells), (569, 31, 1));
        near(mean(&cells, "mean radius"), 14.127_291_739_894_552);
        assert_eq!(cells.default_features().len(), 30);
    }

    #[test]
    fn penguins_with_missing_values_and_text() {
        let dataset = load("penguins");
        assert_eq!(shape(&dataset), (344, 8, 1));
        let missing: Vec<_> = dataset.columns.iter().map(Column::n_missing).collect();
        assert_eq!(missing, [0, 0, 2, 2, 2, 2, 11, 0]);
        let text: Vec<_> = dataset.columns.iter().filter(|c| !c.is_numeric()).map(|c| c.name.as_str()).collect();
        assert_eq!(text, ["species", "island", "sex"]);
        let Values::Text(species) = &dataset.columns[0].values else { panic!() };
        assert_eq!(
            species.dictionary.iter().map(AsRef::as_ref).collect::<Vec<&str>>(),
            ["Adelie", "Gentoo", "Chinstrap"]
        );
        near(mean(&dataset, "body_mass_g"), 4_201.754_385_964_912);
    }

    #[test]
    fn activations_are_images_of_several_channels() {
        for slug in ["activations-before", "activations-after"] {
            let dataset = load(slug);
            assert_eq!(shape(&dataset), (64, 8, 36));
            assert_eq!(dataset.image, Some(Image { height: 6, width: 6 }));
            assert_eq!((dataset.default_features().len(), dataset.columns[7].name.as_str()), (8, "channel 8"));
        }
    }

    #[test]
    fn digits_are_images() {
        let dataset = load("digits");
        assert_eq!(shape(&dataset), (1797, 2, 64));
        assert_eq!(dataset.image, Some(Image { height: 8, width: 8 }));
        assert_eq!(dataset.default_features(), [0]);
        let pixels = dataset.columns[0].numbers().unwrap();
        assert_eq!(pixels[..8], [0.0, 0.0, 5.0, 13.0, 9.0, 1.0, 0.0, 0.0]);
        near(mean(&dataset, "pixel"), 4.884_164_579_855_314);
        assert_eq!(dataset.columns[1].numbers().unwrap()[..4], [0.0, 1.0, 2.0, 3.0]);
        let array = dataset.array(&[0, 1], None);
        assert_eq!(array.dim(), (1797, 2, 64));
        assert_eq!((array[(0, 0, 3)], array[(3, 1, 63)]), (13.0, 3.0));
    }
}
