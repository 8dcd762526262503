//! Activations of a run, to be opened in Explore.

use normlab_data::npy;
use normlab_report::ReportArray;
use normlab_training::{Network, Training};

/// What each layer with this name (as [`Network::names`] has it) gave for the batch of the last step, of all networks that
/// have not diverged: a file each, examples down and units across.
pub fn activations<'a>(
    networks: impl Iterator<Item = (&'static str, &'a Training<'a>)>,
    layer: &str,
) -> Vec<ReportArray> {
    let whole = networks.filter(|(_, training)| training.diverged().is_none());
    whole.flat_map(|(name, training)| of_network(&training.network, layer, name)).collect()
}

fn of_network(network: &Network, layer: &str, run: &str) -> Vec<ReportArray> {
    let nodes = network.names().enumerate().filter(|(_, name)| *name == layer);
    let array = |(index, (node, _)): (usize, (usize, &str))| {
        let (values, units) = (network.activation(node + 1), network.width_of(node + 1));
        let title = format!("{run}, {layer} {}", index + 1);
        ReportArray {
            file_name: format!("{}.npy", title.to_lowercase().replace([',', ' '], "-").replace("--", "-")),
            title,
            bytes: npy::file(
                "<f4",
                &[values.len() / units.max(1), units],
                values.iter().flat_map(|value| value.to_le_bytes()),
            ),
        }
    };
    nodes.enumerate().map(array).collect()
}
