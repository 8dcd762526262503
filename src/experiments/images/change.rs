//! Pictures of another contrast and brightness.

use normlab_data::random::Stream;
use normlab_plot::number::format4;
use normlab_training::Examples;

use crate::networks::ClassificationTask;

/// Streams of random numbers: those of networks count from 0.
const STREAM: u64 = 1 << 37;

/// What is done to every pixel: times the contrast, plus the brightness. Pixels go from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PictureChange {
    pub contrast: f64,
    pub brightness: f64,
}

impl PictureChange {
    /// After `the pictures`: `get contrast 0.3 and brightness 0`.
    pub fn said(self) -> String {
        if self == (Self { contrast: 1.0, brightness: 0.0 }) {
            return "stay as they are".into();
        }
        format!("get contrast {} and brightness {}", format4(self.contrast), format4(self.brightness))
    }

    pub fn pixel(self, pixel: f32) -> f32 {
        (self.contrast * f64::from(pixel) + self.brightness) as f32
    }

    pub fn examples(self, examples: &Examples) -> Examples {
        Examples { x: examples.x.iter().map(|pixel| self.pixel(*pixel)).collect(), ..examples.clone() }
    }
}

/// The same pictures with another label: half of them, by chance, have their pixels times `contrast`, and the label is 0 for these
/// and 1 for the others.
pub fn label_contrast(task: &mut ClassificationTask, contrast: f64, seed: u64) {
    let mut stream = Stream::new(seed, STREAM);
    for examples in [&mut task.train, &mut task.test] {
        let rows = examples.len();
        examples.class.fill(1);
        for row in stream.choose(rows, rows / 2) {
            examples.class[row] = 0;
            let change = PictureChange { contrast, brightness: 0.0 };
            examples.x[row * examples.width..][..examples.width]
                .iter_mut()
                .for_each(|pixel| *pixel = change.pixel(*pixel));
        }
    }
    task.classes = 2;
}
