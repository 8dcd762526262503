//! Page and worker: the same program in two places.

fn main() {
    if normlab::worker::is_here() { normlab::worker::start() } else { normlab::app::start() }
}
