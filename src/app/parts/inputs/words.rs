//! Text whose words of the field are explained where they stand first.

use yew::prelude::*;

use super::explained::Explained;
use crate::caption::WordsSeen;

/// The text; `scope` tells it from others on the page in which the same word is explained.
pub fn with_words(scope: &str, text: &str, seen: &mut WordsSeen) -> Html {
    let parts = seen.parts(text).into_iter().map(|(part, word)| match word {
        Some(word) => {
            let id = format!("word-{scope}-{}", word.key);
            html! {
                <Explained id={id.clone()} says={word.says} inline=true>
                    <button type="button" class="term word" aria-describedby={id}>{ part.to_owned() }</button>
                </Explained>
            }
        }
        None => html! { { part.to_owned() } },
    });
    html! { { for parts } }
}
