//! What a run found.

use normlab_engine::moments;
use normlab_report::ReportArray;

/// A norm of responses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StyleNorm {
    Batch,
    Layer,
    Instance,
}

impl StyleNorm {
    pub const EACH: [Self; 3] = [Self::Batch, Self::Layer, Self::Instance];

    pub fn name(self) -> &'static str {
        match self {
            Self::Batch => "BatchNorm",
            Self::Layer => "LayerNorm",
            Self::Instance => "InstanceNorm",
        }
    }
}

/// Mean and standard deviation of each channel.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChannelStatistics {
    pub means: Vec<f64>,
    pub deviations: Vec<f64>,
}

/// The outcome so far; pictures are empty until they are there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StyleOutcome {
    pub content: Vec<f64>,
    pub style: Vec<f64>,
    /// The sum of the content's responses after InstanceNorm.
    pub normalized: Vec<f64>,
    /// The content with the channel statistics of the style.
    pub styled: Vec<f64>,
    pub of_content: ChannelStatistics,
    pub of_style: ChannelStatistics,
    /// Of the styled picture, filtered again.
    pub of_styled: ChannelStatistics,
    /// By how much the mean of a channel misses that of the style after AdaIN, at most, in standard deviations of the style's.
    pub mean_error: f64,
    /// Of each norm, how far its output moves when the statistics of every channel become others: root mean square.
    pub moved: Vec<f64>,
    /// The responses of the content and of the style.
    pub arrays: Vec<ReportArray>,
    pub is_done: bool,
}

impl StyleOutcome {
    /// The part of the difference of the standard deviations, as factors, that is left in the styled picture.
    pub fn left(&self) -> f64 {
        let distance = |one: &ChannelStatistics| -> f64 {
            let pairs = one.deviations.iter().zip(&self.of_style.deviations);
            pairs.map(|(one, style)| libm::log(one / style).abs()).sum()
        };
        let (before, after) = (distance(&self.of_content), distance(&self.of_styled));
        if before > 0.0 && after.is_finite() { after / before } else { 0.0 }
    }

    /// How the styled picture correlates with the content and with the style.
    pub fn correlations(&self) -> (f64, f64) {
        (correlation(&self.styled, &self.content), correlation(&self.styled, &self.style))
    }
}

fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let (of_a, of_b) = (moments(a), moments(b));
    let products = a.iter().zip(b).map(|(a, b)| (a - of_a.mean) * (b - of_b.mean));
    let mean = products.sum::<f64>() / a.len().max(1) as f64;
    let scale = of_a.sd * of_b.sd;
    if scale > 0.0 { mean / scale } else { 0.0 }
}
