//! Arithmetic operations of both norms, counted while they are done: each sum, difference, product, quotient and root is one.

/// Does operations on numbers, and counts them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OperationCounter {
    pub operations: u64,
}

impl OperationCounter {
    fn each(&mut self, a: &[f64], b: impl Fn(usize) -> f64, f: fn(f64, f64) -> f64) -> Vec<f64> {
        self.operations += a.len() as u64;
        a.iter().enumerate().map(|(index, a)| f(*a, b(index))).collect()
    }

    fn one(&mut self, value: f64) -> f64 {
        self.operations += 1;
        value
    }

    /// The sum, by one operation less than there are numbers, times 1 / n, which is known.
    fn mean(&mut self, values: &[f64]) -> f64 {
        self.operations += values.len() as u64;
        values.iter().sum::<f64>() / values.len() as f64
    }
}

/// What a forward pass leaves for the backward pass.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Normalized {
    pub output: Vec<f64>,
    normalized: Vec<f64>,
    /// 1 over the scale.
    reciprocal: f64,
}

/// A norm of one vector: LayerNorm with a beta, RMSNorm without.
#[derive(Clone, Copy, Debug)]
pub struct CountedNorm<'a> {
    pub gamma: &'a [f64],
    pub beta: Option<&'a [f64]>,
}

impl CountedNorm<'_> {
    /// `(x - mean) / sqrt(mean of squares + eps) * gamma + beta`; without mean and beta in RMSNorm.
    pub fn forward(self, x: &[f64], eps: f64, counter: &mut OperationCounter) -> Normalized {
        let centred = match self.beta {
            Some(_) => {
                let mean = counter.mean(x);
                counter.each(x, |_| mean, |x, mean| x - mean)
            }
            None => x.to_vec(),
        };
        let squares = counter.each(&centred, |index| centred[index], |a, b| a * b);
        let mean = counter.mean(&squares);
        let sum = counter.one(mean + eps);
        let root = counter.one(sum.sqrt());
        let reciprocal = counter.one(1.0 / root);
        let normalized = counter.each(&centred, |_| reciprocal, |a, b| a * b);
        let mut output = counter.each(&normalized, |index| self.gamma[index], |a, b| a * b);
        if let Some(beta) = self.beta {
            output = counter.each(&output, |index| beta[index], |a, b| a + b);
        }
        Normalized { output, normalized, reciprocal }
    }

    /// The gradient by x, `(g - y mean(g y) - mean(g)) / scale` with `g = dy gamma` and y before gamma; those by gamma and beta are
    /// added to sums over examples. Without mean(g) and beta in RMSNorm.
    pub fn backward(
        self,
        known: &Normalized,
        d_output: &[f64],
        (d_gamma, d_beta): (&mut Vec<f64>, &mut Vec<f64>),
        counter: &mut OperationCounter,
    ) -> Vec<f64> {
        let y = &known.normalized;
        let products = counter.each(d_output, |index| y[index], |a, b| a * b);
        *d_gamma = counter.each(d_gamma, |index| products[index], |a, b| a + b);
        let g = counter.each(d_output, |index| self.gamma[index], |a, b| a * b);
        let along = counter.each(&g, |index| y[index], |a, b| a * b);
        let along = counter.mean(&along);
        let taken = counter.each(y, |_| along, |a, b| a * b);
        let mut left = counter.each(&g, |index| taken[index], |a, b| a - b);
        if self.beta.is_some() {
            *d_beta = counter.each(d_beta, |index| d_output[index], |a, b| a + b);
            let mean = counter.mean(&g);
            left = counter.each(&left, |_| mean, |a, b| a - b);
        }
        counter.each(&left, |_| known.reciprocal, |a, b| a * b)
    }
}

/// Operations for one vector: forward and backward.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NormOperations {
    pub forward: u64,
    pub backward: u64,
}

impl NormOperations {
    pub fn total(self) -> u64 {
        self.forward + self.backward
    }
}

/// Counts for vectors of so many numbers: LayerNorm, RMSNorm.
pub fn of_norms(width: usize) -> [NormOperations; 2] {
    let (gamma, beta) = (vec![1.0; width], vec![0.0; width]);
    let x: Vec<f64> = (0..width).map(|index| index as f64).collect();
    [Some(&beta[..]), None].map(|beta| {
        let norm = CountedNorm { gamma: &gamma, beta };
        let (mut forward, mut backward) = (OperationCounter::default(), OperationCounter::default());
        let known = norm.forward(&x, 1e-5, &mut forward);
        let mut sums = (vec![0.0; width], vec![0.0; width]);
        norm.backward(&known, &x, (&mut sums.0, &mut sums.1), &mut backward);
        NormOperations { forward: forward.operations, backward: backward.operations }
    })
}

/// Of a linear layer between vectors of this width, for one example: products and sums with the weights, the gradients of weights
/// and input, and the bias.
pub fn of_linear(width: usize) -> u64 {
    let width = width as u64;
    6 * width * width + 2 * width
}
