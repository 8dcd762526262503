//! The worker.

fn main() {
    normlab::worker::start();
}
