//! What a layer is.

use normlab_data::random::Stream;

use crate::time_record::TimeRecord;

/// Whether a network learns or is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// BatchNorm uses the statistics of the batch, and remembers them.
    Training,
    /// Training with BatchNorm frozen, as in fine-tuning: it uses what it remembers, and remembers nothing new.
    TrainingFrozen,
    /// BatchNorm uses what it remembers; in a [recurrent layer](crate::Recurrent), of each step of time.
    Evaluation,
    /// The same, but in a recurrent layer BatchNorm uses what it remembers of all steps of time together.
    EvaluationShared,
    /// BatchNorm uses the batch that is asked, and remembers nothing of it: as if `eval()` had been forgotten.
    EvaluationByBatch,
}

/// What went through a layer, and the gradient of the loss by what came out: `examples x inputs` and `examples x outputs`
/// numbers, an example after the other.
#[derive(Clone, Copy, Debug)]
pub struct Pass<'a> {
    pub input: &'a [f32],
    pub output: &'a [f32],
    pub d_output: &'a [f32],
}

/// A layer: examples of `inputs` numbers become examples of `outputs` numbers. Its parameters lie with those of the whole
/// network, and it is handed its own.
pub trait Layer {
    /// What it is, as `BatchNorm`.
    fn name(&self) -> &'static str;

    /// Numbers of an example that go in.
    fn inputs(&self) -> usize;

    /// Numbers of an example that come out.
    fn outputs(&self) -> usize;

    /// How many positions a channel of what comes out has, one after the other; 1 where every number is a unit of its own.
    fn positions(&self) -> usize {
        1
    }

    /// How many parameters it learns.
    fn n_parameters(&self) -> usize {
        0
    }

    /// Whether its initial parameters are random numbers: such layers are counted, and each draws from a stream of its own.
    fn is_random(&self) -> bool {
        false
    }

    /// Sets the parameters to where training starts.
    fn initialize(&self, _parameters: &mut [f32], _stream: &mut Stream) {}

    /// What a layer that goes through sequences found in each step of time, of the last examples; `None` of other layers.
    fn time_record(&self) -> Option<TimeRecord> {
        None
    }

    /// Computes the output of some examples.
    fn forward(&mut self, parameters: &[f32], input: &[f32], output: &mut [f32], phase: Phase);

    /// Sets the gradients by the parameters and, where it is asked for, by the input, of the last forward in training.
    fn backward(&mut self, parameters: &[f32], pass: Pass<'_>, d_parameters: &mut [f32], d_input: Option<&mut [f32]>);
}
