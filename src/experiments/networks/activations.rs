//! Activations of a run, to be opened in Explore.

use normlab_data::npy;
use normlab_report::ReportArray;
use normlab_training::{Network, Training};

/// What each layer with this name (as [`Network::names`] has it) gave for the batch of the last step, of all networks that
/// have not diverged: a file each, examples x units, or examples x channels x positions.
pub fn activations<'a>(
    networks: impl Iterator<Item = (&'static str, &'a Training<'a>)>,
    layer: &str,
) -> Vec<ReportArray> {
    let whole = networks.filter(|(_, training)| training.diverged().is_none());
    whole.flat_map(|(name, training)| of_network(&training.network, layer, name)).collect()
}

fn of_network(network: &Network, layer: &str, run: &str) -> Vec<ReportArray> {
    let nodes = network.names().enumerate().filter(|(_, name)| *name == layer);
    let of_node = |(index, (node, _)): (usize, (usize, &str))| {
        array(format!("{run}, {layer} {}", index + 1), network.activation(node + 1), network.shape_of(node + 1))
    };
    nodes.enumerate().map(of_node).collect()
}

/// Values of examples of so many units (or channels) and positions as a file.
pub fn array(title: String, values: &[f32], (units, positions): (usize, usize)) -> ReportArray {
    let examples = values.len() / (units * positions).max(1);
    let shape = [examples, units, positions];
    let n_axes = if positions == 1 { 2 } else { 3 };
    ReportArray {
        file_name: format!("{}.npy", title.to_lowercase().replace([',', ' '], "-").replace("--", "-")),
        bytes: npy::file("<f4", &shape[..n_axes], values.iter().flat_map(|value| value.to_le_bytes())),
        title,
    }
}
