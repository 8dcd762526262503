//! Axes on which one unit is as long to the side as it is up: circles are round, and right angles are right.

use std::borrow::Cow;

use super::scene::{Axis, Scene};

/// The scene with the shorter of its axes made longer at both ends, if it is to be [`Scene::square`] where `plot` says that its
/// plot lies: left, top, right and bottom.
pub(super) fn squared(scene: &Scene, plot: impl FnOnce(&Scene) -> (i32, i32, i32, i32)) -> Cow<'_, Scene> {
    if !scene.square {
        return Cow::Borrowed(scene);
    }
    let mut scene = Scene { square: false, ..scene.clone() };
    let (left, top, right, bottom) = plot(&scene);
    let length = |axis: &Axis| axis.range().1 - axis.range().0;
    let unit = (f64::from(right - left) / length(&scene.x)).min(f64::from(bottom - top) / length(&scene.y));
    let longer = |axis: &Axis, pixels: i32| {
        let (low, high) = axis.range();
        let (middle, half) = (low / 2.0 + high / 2.0, f64::from(pixels) / unit / 2.0);
        axis.clone().within(middle - half, middle + half)
    };
    (scene.x, scene.y) = (longer(&scene.x, right - left), longer(&scene.y, bottom - top));
    Cow::Owned(scene)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Theme, layout};

    #[test]
    fn one_unit_is_as_long_to_the_side_as_up() {
        let axis = |label: &str, half: f64| Axis::new(label, 5.0 - half, 5.0 + half);
        for (width, height) in [(600, 200), (200, 400)] {
            let scene = Scene { x: axis("x", 2.0), y: axis("y", 3.0), square: true, ..Scene::default() };
            let at = layout(&scene, (width, height), &Theme::light(), 1.0);
            let across = at.to_x(6.0) - at.to_x(4.0);
            let up = at.to_y(4.0) - at.to_y(6.0);
            assert!((across / up - 1.0).abs() < 0.05, "{across} {up}");
            assert!(at.holds(3.0, 2.0) && at.holds(7.0, 8.0), "nothing is cut off");
        }
    }
}
