//! A scene in the opening picture: drawn for several widths, of which the style sheet shows the nearest.

use yew::prelude::*;

use crate::plot::{Scene, inline_svg};

/// Widths in CSS pixels, as plots have them on usual screens: those of 390 and 1280 (with a scroll bar and without) and 1920
/// pixels exactly, others within some percent. `static/css/opening.css` has the same.
const WIDTHS: [u32; 9] = [142, 150, 157, 332, 400, 407, 470, 547, 703];

/// In a narrow place pictures are less high, so that both of a pair are seen at once; the style sheet has the same rule for
/// the live ones.
const NARROW: u32 = 378;

fn height_at(width: u32, height: u32) -> u32 {
    if width < NARROW { height * 2 / 3 } else { height }
}

pub fn still(scene: &Scene, height: u32) -> Html {
    let pictures = WIDTHS.iter().map(|width| {
        html! {
            <div class={format!("width-{width}")} aria-hidden="true">
                { Html::from_html_unchecked(inline_svg(scene, *width, height_at(*width, height)).into()) }
            </div>
        }
    });
    html! {
        <div class="picture">
            <div class="still" role="img" aria-label={format!("{}. {}", scene.title, scene.description)}>
                { for pictures }
            </div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_live_pictures_have_the_same_heights() {
        let sheet = include_str!("../../../../static/css/result.css");
        let rule = format!(
            "@container (width < {NARROW}px) {{\n  .picture > canvas {{\n    height: calc(var(--height) * 2 / 3 - var(--lower, 0px));"
        );
        assert!(sheet.contains(&rule));
    }

    #[test]
    fn the_style_sheet_shows_each_width() {
        let sheet = include_str!("../../../../static/css/opening.css");
        assert_eq!(sheet.matches(".width-").count(), WIDTHS.len());
        for width in WIDTHS {
            assert!(sheet.contains(&format!(".width-{width} {{")), "{width}");
        }
    }
}
