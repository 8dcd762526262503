//! How the picked output moves with the values of its group: in words, and as arithmetic.

use yew::prelude::*;

use super::outcome::outcome;
use crate::caption::GradientExplanation;

pub fn gradient(explanation: &GradientExplanation) -> Html {
    let GradientExplanation { summary, lines, notes } = explanation;
    html! {
        <div class="depth-gradient">
            <p class="cap">{ summary }</p>
            if !lines.is_empty() {
                <ol class="arithmetic">
                    for line in lines {
                        <li>
                            <span class="step-name">{ line.name }</span>
                            <span class="how">{ &line.how }</span>
                            <span class="outcome">{ outcome(line) }</span>
                        </li>
                    }
                </ol>
            }
            for note in notes {
                <p class="cap">{ note }</p>
            }
        </div>
    }
}
