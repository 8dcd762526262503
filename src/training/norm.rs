//! The norm layers: the engine's recipes forward, the engine's gradient backward.

use ndarray::{ArrayView3, ArrayViewMut3};
use normlab_engine::{
    Affine, AffineGradient, Center, Dependence, Divisor, Error, Fitted, Grouping, Momentum, NonFinite, Recipe,
    RunningStatistics, Scale, Shape,
};

use crate::layer::{Layer, Pass, Phase};

/// Which numbers share statistics, and what is done with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NormKind {
    Batch,
    Layer,
    Rms,
    /// So many groups of neighbouring features.
    Group(usize),
    Instance,
}

impl NormKind {
    /// The recipe for examples of so many features and positions, with gamma 1 and beta 0 for every feature.
    ///
    /// # Errors
    /// [`Error::Parameter`] when the groups do not divide the features.
    fn recipe(self, features: usize, positions: usize) -> Result<Recipe, Error> {
        let deviation = Scale::StandardDeviation(Divisor::N);
        let (grouping, center, scale) = match self {
            Self::Batch => (Grouping::FEATURE, Center::Mean, deviation),
            Self::Layer => (Grouping::EXAMPLE, Center::Mean, deviation),
            Self::Rms => (Grouping::EXAMPLE, Center::None, Scale::RootMeanSquare),
            Self::Group(groups) => (Grouping::channel_groups(groups), Center::Mean, deviation),
            Self::Instance => (Grouping::INSTANCE, Center::Mean, deviation),
        };
        let recipe = Recipe {
            eps: 1e-5,
            affine: Some(Affine { gamma: vec![1.0; features], beta: vec![0.0; features] }),
            // A run that diverges becomes NaN, and is no error.
            non_finite: NonFinite::Propagate,
            ..Recipe::new(grouping, center, scale)
        };
        recipe.check(Shape { examples: 1, features, positions })?;
        Ok(recipe)
    }

    /// As the literature calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Batch => "BatchNorm",
            Self::Layer => "LayerNorm",
            Self::Rms => "RMSNorm",
            Self::Group(_) => "GroupNorm",
            Self::Instance => "InstanceNorm",
        }
    }
}

/// A norm layer over examples of `features x positions` numbers, positions next to each other:
/// `y = (x - centre) / scale * gamma + beta`, with a gamma and a beta for each feature (RMSNorm: no beta). eps is 1e-5.
///
/// Backward: [`Fitted::gradient`].
#[derive(Clone, Debug)]
pub struct NormLayer {
    kind: NormKind,
    features: usize,
    positions: usize,
    recipe: Recipe,
    momentum: Momentum,
    stored: Divisor,
    running: RunningStatistics,
    fitted: Option<(Fitted, Dependence)>,
    gradient: AffineGradient,
    unused: Vec<f32>,
}

impl NormLayer {
    /// With the running statistics of PyTorch: momentum 0.1 for the new batch, unbiased variance.
    ///
    /// # Errors
    /// [`Error::Parameter`] when the groups do not divide the features.
    pub fn new(kind: NormKind, features: usize, positions: usize) -> Result<Self, Error> {
        Ok(Self {
            kind,
            features,
            positions,
            recipe: kind.recipe(features, positions)?,
            momentum: Momentum::New(0.1),
            stored: Divisor::NMinusOne,
            running: RunningStatistics::new(features),
            fitted: None,
            gradient: AffineGradient::default(),
            unused: Vec::new(),
        })
    }

    /// The same layer with other running statistics: how a batch moves them, and which variance they store.
    #[must_use]
    pub fn with_momentum(self, momentum: Momentum, stored: Divisor) -> Self {
        Self { momentum, stored, ..self }
    }

    /// What BatchNorm remembers.
    pub fn running(&self) -> &RunningStatistics {
        &self.running
    }

    fn shape(&self, numbers: usize) -> (usize, usize, usize) {
        (numbers / (self.features * self.positions), self.features, self.positions)
    }

    fn set_affine(&mut self, parameters: &[f32]) {
        let (gamma, beta) = parameters.split_at(self.features);
        if let Some(affine) = &mut self.recipe.affine {
            affine.gamma.iter_mut().zip(gamma).for_each(|(to, from)| *to = f64::from(*from));
            affine.beta.iter_mut().zip(beta).for_each(|(to, from)| *to = f64::from(*from));
        }
    }

    fn normalize(&self, x: ArrayView3<'_, f32>, out: ArrayViewMut3<'_, f32>, phase: Phase) -> Result<Fitted, Error> {
        if self.uses_running(phase) {
            let fitted = self.running.fitted(self.recipe.clone(), Shape::of(&x))?;
            fitted.transform_into(x, out)?;
            return Ok(fitted);
        }
        self.recipe.normalize_into(x, out)
    }

    fn uses_running(&self, phase: Phase) -> bool {
        self.kind == NormKind::Batch
            && matches!(phase, Phase::Evaluation | Phase::EvaluationShared | Phase::TrainingFrozen)
    }

    /// Takes the statistics of the batch that another layer has just normalized into its own running ones.
    pub(crate) fn remember_batch_of(&mut self, other: &Self) {
        if let (NormKind::Batch, Some((fitted, Dependence::OnInput))) = (self.kind, &other.fitted) {
            self.remember(fitted);
        }
    }

    /// Takes the statistics of a batch into the running ones.
    fn remember(&mut self, fitted: &Fitted) {
        let stored = |count: usize, biased: f64| match self.stored {
            Divisor::N => biased,
            Divisor::NMinusOne => biased * count as f64 / Divisor::NMinusOne.of(count),
        };
        let of_group = fitted.groups.iter().map(|group| Some((group.center, stored(group.count, group.dispersion))));
        self.running.update_with(of_group, self.momentum);
    }
}

impl Layer for NormLayer {
    fn name(&self) -> &'static str {
        self.kind.name()
    }

    fn inputs(&self) -> usize {
        self.features * self.positions
    }

    fn outputs(&self) -> usize {
        self.features * self.positions
    }

    fn positions(&self) -> usize {
        self.positions
    }

    fn n_parameters(&self) -> usize {
        if self.kind == NormKind::Rms { self.features } else { 2 * self.features }
    }

    fn initialize(&self, parameters: &mut [f32], _: &mut normlab_data::random::Stream) {
        let (gamma, beta) = parameters.split_at_mut(self.features);
        gamma.fill(1.0);
        beta.fill(0.0);
    }

    fn forward(&mut self, parameters: &[f32], input: &[f32], output: &mut [f32], phase: Phase) {
        self.set_affine(parameters);
        self.fitted = None;
        let shape = self.shape(input.len());
        let views = (ArrayView3::from_shape(shape, input), ArrayViewMut3::from_shape(shape, &mut *output));
        if let (Ok(x), Ok(out)) = views
            && let Ok(fitted) = self.normalize(x, out, phase)
        {
            let uses_running = self.uses_running(phase);
            if self.kind == NormKind::Batch && phase == Phase::Training {
                self.remember(&fitted);
            }
            self.fitted = Some((fitted, if uses_running { Dependence::Constant } else { Dependence::OnInput }));
            return;
        }
        // The engine refuses a gamma or beta that is not finite: the run has diverged.
        output.fill(f32::NAN);
    }

    fn backward(&mut self, _: &[f32], pass: Pass<'_>, d_parameters: &mut [f32], d_input: Option<&mut [f32]>) {
        let shape = self.shape(pass.input.len());
        let d_input = match d_input {
            Some(d_input) => d_input,
            None => {
                self.unused.resize(pass.input.len(), 0.0);
                &mut self.unused[..]
            }
        };
        let arrays = (
            ArrayView3::from_shape(shape, pass.input),
            ArrayView3::from_shape(shape, pass.d_output),
            ArrayViewMut3::from_shape(shape, &mut *d_input),
        );
        if let (Ok(x), Ok(dy), Ok(dx)) = arrays
            && let Some((fitted, dependence)) = &self.fitted
            && fitted.gradient_into(x, dy, *dependence, dx, &mut self.gradient).is_ok()
        {
            let (d_gamma, d_beta) = d_parameters.split_at_mut(self.features);
            d_gamma.iter_mut().zip(&self.gradient.gamma).for_each(|(to, from)| *to = *from as f32);
            d_beta.iter_mut().zip(&self.gradient.beta).for_each(|(to, from)| *to = *from as f32);
            return;
        }
        d_input.fill(f32::NAN);
        d_parameters.fill(f32::NAN);
    }
}
