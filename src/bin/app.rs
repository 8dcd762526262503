//! Page and worker: the same program in two places.

fn main() {
    if normlab::worker::is_here() { normlab::worker::start() } else { normlab::app::start(lazy::pages) }
}

/// Parts of the program that the build splits off: calling one loads its file.
mod lazy {
    #![allow(unsafe_code, reason = "the macro links to what loads the file")]

    use normlab::app::{RenderPage, render_other_page};
    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    /// The pages other than Explore.
    #[wasm_split(pages, fallible)]
    pub fn pages() -> Result<RenderPage, SplitLoaderError> {
        Ok(render_other_page)
    }
}
