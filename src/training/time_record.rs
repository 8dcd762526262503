//! What goes on inside of a recurrent layer, step of time by step of time.

/// A recurrent layer, step of time by step of time. Standard deviations are over examples and units.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TimeRecord {
    /// Of the sums, before norm and function.
    pub sums: Vec<f64>,
    /// Of the states that come of them.
    pub states: Vec<f64>,
    /// Of BatchNorm: the standard deviation that it remembers of each step, as the root of the mean variance of all units.
    pub remembered: Vec<f64>,
    /// The one that it remembers of all steps together.
    pub shared: Option<f64>,
    /// How far the mean that it remembers of each step is from that of all steps together, in standard deviations of these, on
    /// average over the units.
    pub mean_distance: Vec<f64>,
}
