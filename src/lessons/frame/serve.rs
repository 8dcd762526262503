//! Items for the page.

use normlab_report::{Fact, ItemId, PracticeItem, PracticeQuery, Prediction, Topic};

use super::{Chance, Template};
use crate::questions;

/// Streams of random numbers: what an item is made of, and which items a set has.
const ITEM: u64 = 1;
const SET: u64 = 2;
/// Questions at most in one answer.
const AT_MOST: usize = 200;

/// What the page asked for.
pub fn answer(query: &PracticeQuery) -> Vec<PracticeItem> {
    match query {
        PracticeQuery::Set { seed, topics, count } => set(*seed, topics, *count as usize),
        PracticeQuery::Items(ids) => ids.iter().take(AT_MOST).filter_map(item).collect(),
    }
}

/// The question of an id; `None` where there is no such template.
pub fn item(id: &ItemId) -> Option<PracticeItem> {
    let template = questions::all().iter().find(|template| template.slug == id.template)?;
    made(template, id.seed)
}

/// So many questions of these topics (none: of all), the same for everybody: every template once before one comes again.
pub fn set(seed: u32, topics: &[Topic], count: usize) -> Vec<PracticeItem> {
    let of_topic = |template: &&&Template| topics.is_empty() || topics.contains(&template.topic);
    let templates: Vec<&Template> = questions::all().iter().filter(of_topic).copied().collect();
    let mut chance = Chance::new(seed, SET);
    let mut items = Vec::new();
    while items.len() < count.min(AT_MOST) && !templates.is_empty() {
        let left = count.min(AT_MOST) - items.len();
        for index in chance.choose(templates.len(), left) {
            items.extend(made(templates[index], chance.whole(0, u64::from(u32::MAX)) as u32));
        }
    }
    items
}

fn made(template: &Template, seed: u32) -> Option<PracticeItem> {
    let draft = (template.make)(&mut Chance::new(seed, ITEM)).ok()?;
    let key = template.slug.to_owned();
    Some(PracticeItem {
        id: ItemId { template: key.clone(), seed },
        topic: template.topic,
        setting: draft.setting,
        data: draft.data,
        given: draft.given,
        picture: draft.picture,
        prediction: Prediction { key: key.clone(), prompt: draft.prompt, kind: draft.kind },
        fact: Fact { key, value: draft.answer, why: draft.why },
        exact: draft.exact,
        slips: draft.slips,
        trace: draft.trace,
        working: draft.working,
        open: draft.open,
        experiment: draft.experiment,
        spoken: template.spoken.into(),
        points: template.points.iter().map(|point| (*point).into()).collect(),
    })
}
