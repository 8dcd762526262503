//! The words of the map of methods.

use crate::engine::method::{BatchNorm, Mode, TrainingBatches};
use crate::engine::naming::Naming;
use crate::engine::{Center, Method, Scale, Shape};

/// What is subtracted and what is divided by, as the heading of a column.
pub fn statistics(center: Center, scale: Scale) -> (&'static str, &'static str) {
    (center.words().unwrap_or("nothing"), scale.words().unwrap_or("nothing"))
}

/// What a method is called on arrays of this shape, the name first; or why it does not fit them.
pub fn called(method: &Method, shape: Shape) -> Vec<String> {
    // In the map a batch is an array.
    let method = &match method {
        Method::BatchNorm(method) => Method::BatchNorm(BatchNorm { batches: TrainingBatches::Whole, ..method.clone() }),
        method => method.clone(),
    };
    let naming = method.recipe(shape).and_then(|recipe| Naming::of(&recipe, shape));
    let mut sentences = match naming {
        Ok(naming) => naming.sentences(),
        Err(why) => return vec![why.to_string()],
    };
    if matches!(method, Method::BatchNorm(BatchNorm { mode: Mode::Evaluation, .. })) {
        sentences =
            vec!["This is BatchNorm (evaluation): its place, with running statistics in those of the batch.".into()];
    }
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::Parameters;

    #[test]
    fn a_method_is_called_by_its_name_and_its_mode() {
        let shape = Shape { examples: 6, features: 4, positions: 1 };
        let mut batch = Method::from_slug("batch-norm").unwrap();
        assert_eq!(called(&batch, shape), ["This is BatchNorm (training)."]);
        batch.set("mode", "evaluation").unwrap();
        assert!(called(&batch, shape)[0].starts_with("This is BatchNorm (evaluation)"));
        let mut group = Method::from_slug("group-norm").unwrap();
        group.set("groups", "3").unwrap();
        assert!(called(&group, shape)[0].contains("1, 2, 4"), "{:?}", called(&group, shape));
        assert_eq!(statistics(Center::None, Scale::RootMeanSquare), ("nothing", "root mean square"));
    }
}
