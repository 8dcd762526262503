//! Which values are drawn one by one, where there are too many to draw all.

use ndarray::Array3;

use super::feature_values;
use normlab_engine::{Summary, sort};
use normlab_plot::Shown;

/// So many points are drawn in one picture, of all features together.
const POINTS_AT_MOST: usize = 10_000;
/// So many of one feature.
const OF_ONE: usize = 5_000;

/// Places among `examples * positions` values, ascending: all of them, or some evenly over the rows, and always those
/// of the least and greatest value of each of these features. The same for the same data, whatever is done to them.
pub fn places(before: &Array3<f64>, features: &[usize], summaries: &[Summary]) -> Vec<u32> {
    some(before, features, summaries, (POINTS_AT_MOST / features.len().max(1)).clamp(200, OF_ONE))
}

/// As [`places`], at most so many.
pub fn some(before: &Array3<f64>, features: &[usize], summaries: &[Summary], most: usize) -> Vec<u32> {
    let (examples, _, positions) = before.dim();
    let all = examples * positions;
    if all <= most {
        return (0..all as u32).collect();
    }
    let mut gathered = Vec::new();
    let mut ends = Vec::new();
    for (feature, summary) in features.iter().filter_map(|&feature| Some((feature, summaries.get(feature)?))) {
        let values = feature_values(before, feature, &mut gathered);
        for end in [summary.min, summary.max] {
            ends.extend(values.iter().position(|value| *value == end));
        }
    }
    let even = most.saturating_sub(ends.len()).max(1);
    // One of each part, not always at the same place in it: that could be the same position of every row.
    let one = |part: usize| {
        let (from, to) = (part * all / even, (part + 1) * all / even);
        from + (part.wrapping_mul(0x9e37_79b1) >> 7) % (to - from)
    };
    let mut places: Vec<u32> = (0..even).map(one).chain(ends).map(|place| place as u32).collect();
    sort(&mut places);
    places.dedup();
    places
}

/// So many rows of a heat map, and so many columns: what a screen has room for.
const GRID: (usize, usize) = (200, 1024);
/// So many images.
const IMAGES: usize = 32;
/// So many pixels of an image at most.
const PIXELS: usize = 16_384;

/// Places for a heat map: some rows, evenly over the data, each at the same positions.
pub fn grid((examples, features, positions): (usize, usize, usize)) -> Vec<u32> {
    let rows = evenly(examples, GRID.0);
    let columns: Vec<usize> = evenly(positions, (GRID.1 / features.max(1)).max(1)).collect();
    rows.flat_map(|row| columns.iter().map(move |position| (row * positions + position) as u32)).collect()
}

/// Places of the first examples, with all their positions.
pub fn first((examples, _, positions): (usize, usize, usize)) -> Vec<u32> {
    let rows = 0..examples.min(IMAGES);
    rows.flat_map(|row| (0..positions.min(PIXELS)).map(move |position| (row * positions + position) as u32)).collect()
}

/// At most so many of these, evenly.
fn evenly(all: usize, most: usize) -> impl Iterator<Item = usize> {
    let count = all.min(most);
    (0..count).map(move |index| index * all / count.max(1))
}

/// The shown values of every category (or of all, without categories), with their places among the values of it.
pub fn by_category(places: &[u32], positions: usize, codes: Option<(&[usize], usize)>) -> Vec<Vec<Shown>> {
    let positions = positions.max(1) as u32;
    let Some((codes, categories)) = codes else {
        return vec![places.iter().map(|&place| Shown { place, row: place / positions }).collect()];
    };
    let mut shown = vec![Vec::new(); categories];
    // How many rows of each category came before.
    let mut before = vec![0_u32; categories];
    let mut open = places.iter().copied().peekable();
    for (row, &code) in codes.iter().enumerate() {
        let row = row as u32;
        while let Some(place) = open.next_if(|place| place / positions == row) {
            shown[code].push(Shown { place: before[code] * positions + place % positions, row });
        }
        before[code] += 1;
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use normlab_engine::summarize;

    fn array(rows: usize, positions: usize) -> (Array3<f64>, Vec<Summary>) {
        let array = Array3::from_shape_fn((rows, 1, positions), |(row, _, position)| {
            ((row * positions + position) * 7919 % (rows * positions)) as f64
        });
        let values: Vec<f64> = array.iter().copied().collect();
        (array, vec![summarize(&values, &mut Vec::new())])
    }

    #[test]
    fn few_values_are_all_drawn() {
        let (array, summaries) = array(178, 1);
        assert_eq!(places(&array, &[0], &summaries), (0..178).collect::<Vec<u32>>());
    }

    #[test]
    fn of_many_values_some_are_drawn_evenly_and_always_the_ends() {
        let (array, summaries) = array(20_011, 3);
        let places = places(&array, &[0], &summaries);
        assert!(places.len() <= 5_000 && places.len() > 4_990, "{}", places.len());
        assert!(places.is_sorted_by(|a, b| a < b));
        let values: Vec<f64> = array.iter().copied().collect();
        let has = |wanted: f64| places.iter().any(|place| values[*place as usize] == wanted);
        assert!(has(summaries[0].min) && has(summaries[0].max));
        let widest = places.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap();
        assert!(widest <= 2 * 60_033 / 4_998 + 1, "{widest}");
        for position in 0..3 {
            let count = places.iter().filter(|place| *place % 3 == position).count();
            assert!((1_400..1_950).contains(&count), "position {position}: {count}");
        }
    }

    #[test]
    fn a_grid_has_the_same_positions_in_each_row() {
        let places = grid((1000, 64, 100));
        assert_eq!(places.len(), 200 * 16);
        assert_eq!(places[..17], [0, 6, 12, 18, 25, 31, 37, 43, 50, 56, 62, 68, 75, 81, 87, 93, 500]);
        assert_eq!(grid((2, 1, 3)), [0, 1, 2, 3, 4, 5]);
        assert_eq!((first((1797, 1, 64)).len(), first((2, 1, 3)).len()), (32 * 64, 6));
        assert!(grid((0, 1, 1)).is_empty());
    }

    #[test]
    fn categories_count_their_own_places() {
        let shown = by_category(&[0, 2, 5, 6, 7], 2, Some((&[1, 0, 1, 0], 2)));
        let pair = |shown: &Shown| (shown.place, shown.row);
        assert_eq!(shown[0].iter().map(pair).collect::<Vec<_>>(), [(0, 1), (2, 3), (3, 3)]);
        assert_eq!(shown[1].iter().map(pair).collect::<Vec<_>>(), [(0, 0), (3, 2)]);
        let all = by_category(&[3, 4], 2, None);
        assert_eq!(all[0].iter().map(pair).collect::<Vec<_>>(), [(3, 1), (4, 2)]);
    }
}
