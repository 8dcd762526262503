//! The page.

fn main() {
    normlab::app::start();
}
