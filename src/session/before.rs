//! The data as they are, where nothing comes of a method.

use super::axes;
use super::categories::Categories;
use super::light::Bars;
use super::picture::Drawing;
use super::view::{known, side};
use super::{Loaded, NoView, Pace, Session};
use crate::engine::Shape;
use crate::protocol::{Comparison, Feature, ViewQuery};

impl Session {
    /// What `query` shows of the data before its method, after [`Session::view`] refused it: a comparison without a side
    /// after. `None` where the last result is of the same columns, and can stay.
    ///
    /// # Errors
    /// [`NoView::Stale`] when overtaken; [`NoView::Because`] when nothing can be shown of the data either.
    pub async fn before(&mut self, query: &ViewQuery, pace: &impl Pace) -> Result<Option<Comparison>, NoView> {
        let loaded = self.loaded.as_mut().ok_or(NoView::Stale)?;
        let columns = loaded.numeric(&query.columns)?;
        loaded.choose(&columns, pace).await?;
        let (edited, warnings) = (loaded.edited(), loaded.applied.refusals());
        let categories = query.picture.color.and_then(|index| Categories::of(&loaded.dataset, index as usize));
        let Loaded { chosen, scratch, info, bars, .. } = loaded;
        let Some(chosen) = chosen else { return Err(NoView::Stale) };
        let (n, c, l) = chosen.before.dim();
        if chosen.after.dim() == (n, c, l) {
            return Ok(None);
        }
        chosen.train = None;
        chosen.drawn = None;
        let named = columns.iter().zip(&chosen.summaries).map(|(&column, before)| Feature {
            name: info.columns[column].name.clone(),
            before: *before,
            after: *before,
            held_out: None,
        });
        let features: Vec<Feature> = named.collect();
        let drawing = Drawing::new(query, categories.as_ref(), &features, &chosen.before, None);
        let summaries = features.iter().map(|feature| &feature.before).collect();
        let known = known(&chosen.before, summaries, query.picture.zoom, scratch, pace).await?;
        let [ranges, _] = axes::ranges(query, &known, &known);
        let before = side(&drawing, &chosen.before, &known, ranges, pace).await?;
        let view = Comparison {
            query: query.clone(),
            shape: Shape { examples: n, features: c, positions: l },
            before,
            image: info.image,
            drawn: drawing.drawn as u64,
            categories: categories.map(|categories| categories.names).unwrap_or_default(),
            edited,
            warnings,
            features,
            ..Comparison::default()
        };
        *bars = Bars::of(&view);
        Ok(Some(view))
    }
}
