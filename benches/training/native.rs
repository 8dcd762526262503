//! How long a step of training takes natively, on one thread: `cargo bench -p normlab-training`. Each line is a network, the
//! median in milliseconds, and the loss of the second step, between tabs.

#![allow(clippy::expect_used, clippy::print_stdout, reason = "it tells a terminal, and stops loudly")]

mod networks;

use std::time::Instant;

use networks::{WORKS, training};

const SAMPLES: usize = 15;
/// Milliseconds of a sample.
const MILLIS: f64 = 200.0;

fn main() {
    for work in WORKS {
        let mut training = training(work);
        let loss = (0..2).map(|_| training.step()).last().expect("two steps");
        let mut times: Vec<f64> = (0..SAMPLES)
            .map(|_| {
                let (start, mut steps) = (Instant::now(), 0);
                while start.elapsed().as_secs_f64() * 1000.0 < MILLIS {
                    training.step();
                    steps += 1;
                }
                start.elapsed().as_secs_f64() * 1000.0 / f64::from(steps)
            })
            .collect();
        times.sort_by(f64::total_cmp);
        println!("{}\t{:.4}\t{loss:.5}", work.id, times[SAMPLES / 2]);
    }
}
