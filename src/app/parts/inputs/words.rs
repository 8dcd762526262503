//! Text whose words of the field are explained where they stand first.

use yew::prelude::*;

use super::explained::Explained;
use crate::caption::WordsSeen;

/// What belongs to the word before it: no line begins with it.
const CLOSING: [char; 6] = [',', '.', ';', ':', ')', '?'];

/// The text; `scope` tells it from others on the page in which the same word is explained.
pub fn with_words(scope: &str, text: &str, seen: &mut WordsSeen) -> Html {
    let parts = seen.parts(text);
    let mut shown = Vec::new();
    let mut taken = 0;
    for (index, (part, word)) in parts.iter().enumerate() {
        let Some(word) = word else {
            shown.push(html! { { part[std::mem::take(&mut taken)..].to_owned() } });
            continue;
        };
        let after = parts.get(index + 1).filter(|(_, word)| word.is_none()).map_or("", |(part, _)| part);
        taken = usize::from(after.starts_with(CLOSING));
        let id = format!("word-{scope}-{}", word.key);
        shown.push(html! {
            <span class="closed-word">
                <Explained id={id.clone()} says={word.says} inline=true>
                    <button type="button" class="term word" aria-describedby={id}>{ (*part).to_owned() }</button>
                </Explained>
                { after[..taken].to_owned() }
            </span>
        });
    }
    html! { { for shown } }
}
