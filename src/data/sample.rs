//! The bundled data sets. Each is a file in `static/data/` that goes through the same reader as anybody's own.

use super::csv::Read;
use super::{Column, Dataset, Image, Role, Values};

/// A bundled data set. The page fetches `file`, pushes it through [`super::csv::Reader`] and calls [`Sample::finish`].
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
    layout: Layout,
}

/// How the columns of the file become the data set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    /// As they are.
    Table,
    /// All columns but the last are pixels of one image, row by row; the last is the label.
    Images { feature: &'static str, height: usize, width: usize },
}

const UCI: &str = "UCI Machine Learning Repository, as distributed with scikit-learn";

/// Every sample, in the order of the page; the first is the default.
pub const ALL: &[Sample] = &[
    Sample {
        slug: "ctr-revenue",
        title: "Click-through rate and revenue",
        description: "200 made-up campaigns: a click-through rate from 0 to 1, a revenue from 0 to 1,000,000, and a response y.",
        file: "ctr_revenue.csv",
        licence: "MIT OR Apache-2.0",
        source: "Made for Normlab",
        label: Some("y"),
        classes: &[],
        layout: Layout::Table,
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
        layout: Layout::Table,
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
        layout: Layout::Table,
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
        layout: Layout::Table,
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
        layout: Layout::Table,
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
        layout: Layout::Images { feature: "pixel", height: 8, width: 8 },
    },
];

impl Sample {
    /// The sample of that slug.
    pub fn from_slug(slug: &str) -> Option<&'static Self> {
        ALL.iter().find(|sample| sample.slug == slug)
    }

    /// The data set from the file as it was read: named by the title, images put together, the label marked.
    ///
    /// A file that is not the bundled one (too few columns for the image) stays a plain table.
    pub fn finish(&self, read: Read) -> Dataset {
        let mut dataset = read.dataset;
        self.title.clone_into(&mut dataset.name);
        if let Layout::Images { feature, height, width } = self.layout {
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
