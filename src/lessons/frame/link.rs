//! The address of Explore with the data and settings of an item.

use base64ct::{Base64UrlUnpadded, Encoding};
use normlab_data::{Checksum, SavedFit, npy, pack};
use normlab_engine::trace::ArrayIndex;
use normlab_engine::{Fitted, Method};
use normlab_parameters::Parameters;

use super::Grid;

/// What Explore is opened with.
pub struct ExploreLink {
    /// Whether data are positions of an array, which a table of text cannot hold.
    array: bool,
    bytes: Vec<u8>,
    pairs: Vec<(String, String)>,
}

/// A method on data.
pub fn explore(grid: &Grid, method: &Method) -> ExploreLink {
    let mut pairs = vec![("method".to_owned(), method.info().slug.to_owned())];
    let usual = Method::from_slug(method.info().slug).map(|usual| usual.describe_all()).unwrap_or_default();
    for now in method.describe_all() {
        if !usual.contains(&now) {
            pairs.push((now.field.key.into(), now.value.text()));
        }
    }
    let array = grid.array.dim().2 > 1;
    let bytes = if array {
        npy::file("<f8", grid.array.shape(), grid.array.iter().flat_map(|value| value.to_le_bytes()))
    } else {
        csv(grid).into_bytes()
    };
    let link = ExploreLink { array, bytes, pairs };
    match grid.marked {
        Some(cell) => link.pointing(cell),
        None => link,
    }
}

impl ExploreLink {
    /// By statistics that were found in other data.
    #[must_use]
    pub fn fitted(mut self, grid: &Grid, method: &Method, fitted: &Fitted, rows: usize) -> Self {
        let saved = SavedFit::new(method, Some(fitted), &grid.columns, "the training rows", rows as u64);
        self.pairs.push(("fit".into(), "saved".into()));
        self.pairs.push(("saved".into(), Base64UrlUnpadded::encode_string(saved.to_json().as_bytes())));
        self
    }

    #[must_use]
    pub fn with(mut self, key: &str, text: &str) -> Self {
        self.pairs.push((key.into(), text.into()));
        self
    }

    fn pointing(self, cell: ArrayIndex) -> Self {
        let position = if self.array { format!(".{}", cell.position + 1) } else { String::new() };
        self.with("pick", &format!("{}.{}{position}", cell.example + 1, cell.feature + 1))
    }

    /// As it stands behind `#`.
    pub fn address(self) -> String {
        let name = if self.array { "practice.npy" } else { "practice.csv" };
        let packed = pack::join(Checksum::of(&self.bytes), &stored(&self.bytes)).unwrap_or_default();
        let header = if self.array { "" } else { "&delimiter=comma&header=names" };
        let pairs: String = self.pairs.iter().map(|(key, text)| format!("&{key}={text}")).collect();
        format!("/explore?data=file&name={name}{header}&pack={packed}{pairs}")
    }
}

fn csv(grid: &Grid) -> String {
    let mut text = grid.columns.join(",");
    for row in grid.array.outer_iter() {
        let cells: Vec<String> = row.iter().map(f64::to_string).collect();
        text.push('\n');
        text.push_str(&cells.join(","));
    }
    text.push('\n');
    text
}

/// Raw DEFLATE (RFC 1951, section 3.2.4) that compresses nothing: blocks of at most 65,535 bytes, the last one marked.
fn stored(bytes: &[u8]) -> Vec<u8> {
    let blocks: Vec<&[u8]> = bytes.chunks(usize::from(u16::MAX)).collect();
    let mut out = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        let length = block.len() as u16;
        out.push(u8::from(index + 1 == blocks.len()));
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend(*block);
    }
    out
}
