//! What flows through a layer of a network.

use super::{Generate, GeneratorInfo, feature};
use crate::Dataset;
use crate::random::Stream;
use normlab_engine::Error;
use normlab_parameters::{Allowed, Field, Fields, Parameters};

/// Values of shape `(N, C, L)` that differ by channel and by example:
/// `value = (channel_shift + example_shift + z) * exp(channel_scale + example_scale)`, where z is standard normal, one a
/// value, and the four others are normal with mean 0 and the standard deviations given, one a channel or an example.
///
/// BatchNorm and InstanceNorm take away what differs by channel, LayerNorm and InstanceNorm what differs by example.
#[derive(Clone, Debug, PartialEq)]
pub struct Activations {
    rows: u64,
    channels: u64,
    positions: u64,
    channel_shift: f64,
    channel_scale: f64,
    example_shift: f64,
    example_scale: f64,
}

impl Default for Activations {
    fn default() -> Self {
        Self {
            rows: 32,
            channels: 8,
            positions: 16,
            channel_shift: 2.0,
            channel_scale: 0.5,
            example_shift: 1.0,
            example_scale: 0.5,
        }
    }
}

impl Parameters for Activations {
    fn fields<F: Fields>(&mut self, fields: &mut F) {
        let rows = Field { key: "rows", label: "Examples", help: "N, the size of the batch." };
        fields.integer(rows, Allowed::Between(1.0, super::MAX_ROWS as f64), &mut self.rows);
        let channels = Field { key: "channels", label: "Channels", help: "C, the features of a layer." };
        fields.integer(channels, Allowed::Between(1.0, 4096.0), &mut self.channels);
        let positions =
            Field { key: "positions", label: "Positions", help: "L, time steps or pixels; 1 for a plain layer." };
        fields.integer(positions, Allowed::Between(1.0, 65536.0), &mut self.positions);
        let spread = Allowed::Between(0.0, 100.0);
        let exponent = Allowed::Between(0.0, 5.0);
        let help = "How much the means of channels differ; 0 makes them alike.";
        fields.number(
            Field { key: "channel-shift", label: "Shift of channels", help },
            spread,
            &mut self.channel_shift,
        );
        let help = "How much the scales of channels differ, as a logarithm; 0 makes them alike.";
        fields.number(
            Field { key: "channel-scale", label: "Scale of channels", help },
            exponent,
            &mut self.channel_scale,
        );
        let help = "How much the means of examples differ; 0 makes them alike.";
        fields.number(
            Field { key: "example-shift", label: "Shift of examples", help },
            spread,
            &mut self.example_shift,
        );
        let help = "How much the scales of examples differ, as a logarithm; 0 makes them alike.";
        fields.number(
            Field { key: "example-scale", label: "Scale of examples", help },
            exponent,
            &mut self.example_scale,
        );
    }
}

impl Generate for Activations {
    const INFO: GeneratorInfo = GeneratorInfo {
        slug: "activations",
        name: "Activations of a layer",
        summary: "Channels and examples of different mean and scale: each normalization removes a different part.",
    };

    fn generate(&self, seed: u64) -> Result<Dataset, Error> {
        super::check_values(self.rows, self.channels, self.positions)?;
        let mut stream = Stream::new(seed, Stream::ROWS);
        let examples: Vec<_> = (0..self.rows)
            .map(|_| (self.example_shift * stream.normal(), self.example_scale * stream.normal()))
            .collect();
        let columns = (0..self.channels).map(|channel| {
            let mut stream = Stream::new(seed, channel);
            let (shift, scale) = (self.channel_shift * stream.normal(), self.channel_scale * stream.normal());
            let mut values = Vec::with_capacity((self.rows * self.positions) as usize);
            for &(example_shift, example_scale) in &examples {
                let (shift, factor) = (shift + example_shift, libm::exp(scale + example_scale));
                values.extend((0..self.positions).map(|_| (shift + stream.normal()) * factor));
            }
            feature(format!("channel {}", channel + 1), values).with_positions(self.positions as usize)
        });
        let columns = columns.collect();
        let table = Dataset::table(Self::INFO.name, self.rows as usize, columns);
        Ok(Dataset { positions: self.positions as usize, ..table })
    }
}
