//! An experiment in the list of all: its question, a small picture of what it finds, and what it needs.

use std::rc::Rc;

use yew::prelude::*;

use crate::app::parts::plot::canvas::Canvas;
use crate::plot::Scene;
use crate::protocol::{ColumnKind, DataInfo};
use crate::report::{Listed, UserTableSupport};

/// Of a small picture, in CSS pixels.
const HEIGHT: u32 = 150;

pub fn experiment_item(listed: &Listed, address: String, picture: Option<&Rc<Scene>>, dark: bool) -> Html {
    html! {
        <li key={listed.slug.clone()} data-experiment={listed.slug.clone()}>
            <div>
                <a href={format!("#{address}")}>{ listed.question.clone() }</a>
                <p>{ listed.why.clone() }</p>
                <p class="needs">{ needs(listed) }</p>
            </div>
            <figure class="plot">
                if let Some(scene) = picture {
                    <Canvas scene={scene.clone()} {dark} height={HEIGHT} />
                    <figcaption class="plot-note">{ scene.title.clone() }</figcaption>
                }
            </figure>
        </li>
    }
}

/// What it runs on.
fn needs(listed: &Listed) -> String {
    let own = match &listed.user_table_support {
        UserTableSupport::WithTarget => "Your own table needs columns of numbers and one to predict.".into(),
        UserTableSupport::AnyTable => "Your own table needs a column of numbers.".into(),
        UserTableSupport::No(why) => why.to_string(),
    };
    if listed.data.is_empty() { own } else { format!("It comes with {}. {own}", listed.data.join(", ")) }
}

/// Why an experiment cannot use a table; `None` when it can.
pub fn why_not(listed: &Listed, info: Option<&crate::state::ByPtr<DataInfo>>) -> Option<String> {
    let info = info?;
    if let UserTableSupport::No(why) = &listed.user_table_support {
        return Some(why.to_string());
    }
    if info.positions > 1 {
        return Some("It takes one value per row and column, and these data have several positions.".into());
    }
    let numbers = info.columns.iter().filter(|column| column.kind == ColumnKind::Number).count();
    if numbers == 0 {
        return Some("It needs a column of numbers, and there is none.".into());
    }
    (listed.user_table_support == UserTableSupport::WithTarget && info.columns.len() < 2)
        .then(|| "It needs a column to predict beside those of numbers, and there is one column only.".into())
}
