//! How long a step takes with either norm, on the computer that it runs on.

use normlab_data::random::Stream;
use normlab_plot::number::digits;
use normlab_report::Table;
use normlab_training::{Layer, NormLayer, Pass, Phase, Training};

use super::LayerOrRms;
use super::outcome::COMPARED;
use crate::networks::{ClassificationTask, NetworkNorm};
use crate::{Refusal, Stopwatch, how_timed};

/// Times a norm by itself and a whole step of training.
pub async fn timing(
    settings: &LayerOrRms,
    task: &ClassificationTask,
    seed: u64,
    stopwatch: &Stopwatch<'_>,
) -> Result<Table, Refusal> {
    let (rows, width) = (task.train.len().min(settings.batch as usize), settings.width as usize);
    let [mut layer, mut rms] = COMPARED.map(|norm| NormPasses::new(norm, rows, width, seed));
    let of_norm = stopwatch.compare([&mut || layer.pass(), &mut || rms.pass()]).await?;
    // A step of length 0 is as much work as any other, and never diverges.
    let resting = LayerOrRms { rate: 0.0, ..settings.clone() };
    let [mut layer, mut rms] = COMPARED.map(|norm| resting.training(norm, task, seed));
    let of_step = stopwatch.compare([&mut || step(&mut layer), &mut || step(&mut rms)]).await?;
    let row = |name: &str, times: [f64; 2]| {
        let [layer, rms] = times;
        let saved = format!("{}%", digits(100.0 * (1.0 - rms / layer), 2));
        let [layer, rms] = times.map(|milliseconds| digits(1000.0 * milliseconds, 3));
        vec![name.to_owned(), layer, rms, saved]
    };
    Ok(Table {
        title: "Microseconds on this computer".into(),
        columns: ["", "LayerNorm", "RMSNorm", "saved"].map(String::from).to_vec(),
        rows: vec![
            row(&format!("norm of {rows} vectors, forward and backward"), of_norm),
            row("step of training", of_step),
        ],
        note: format!(
            "Measured after the run, in this browser: the next run gives other times, and another computer still others; all other \
             numbers here are the same everywhere. {} Zhang and Sennrich saved 7% to 64% of the time of their networks.",
            how_timed()
        ),
        ..Table::default()
    })
}

fn step(training: &mut Training<'_>) {
    training.step();
}

/// A norm layer between random numbers.
struct NormPasses {
    norm: Option<NormLayer>,
    parameters: Vec<f32>,
    d_parameters: Vec<f32>,
    input: Vec<f32>,
    output: Vec<f32>,
    d_input: Vec<f32>,
}

impl NormPasses {
    fn new(norm: NetworkNorm, rows: usize, width: usize, seed: u64) -> Self {
        let norm = norm.kind().and_then(|kind| NormLayer::new(kind, width, 1).ok());
        let n_parameters = norm.as_ref().map_or(0, Layer::n_parameters);
        let mut stream = Stream::new(seed, 0);
        let mut parameters = vec![0.0; n_parameters];
        if let Some(norm) = &norm {
            norm.initialize(&mut parameters, &mut stream);
        }
        let input: Vec<f32> = (0..rows * width).map(|_| stream.normal() as f32).collect();
        let (output, d_input) = (vec![0.0; input.len()], vec![0.0; input.len()]);
        Self { norm, parameters, d_parameters: vec![0.0; n_parameters], input, output, d_input }
    }

    /// Forward and backward, once.
    fn pass(&mut self) {
        let Self { norm, parameters, d_parameters, input, output, d_input } = self;
        if let Some(norm) = norm {
            norm.forward(parameters, input, output, Phase::Training);
            norm.backward(parameters, Pass { input, output, d_output: input }, d_parameters, Some(d_input));
        }
    }
}
