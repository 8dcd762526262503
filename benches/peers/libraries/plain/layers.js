// The norm layers. Lengths of groups are multiples of 4.

const sums = { first: 0, second: 0 };

// Adds sum and sum of squares of the differences to `shift`, four at a time.
function add(x, from, length, shift) {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let q0 = 0;
  let q1 = 0;
  let q2 = 0;
  let q3 = 0;
  for (let k = from, end = from + length; k < end; k += 4) {
    const a = x[k] - shift;
    const b = x[k + 1] - shift;
    const c = x[k + 2] - shift;
    const d = x[k + 3] - shift;
    s0 += a;
    s1 += b;
    s2 += c;
    s3 += d;
    q0 += a * a;
    q1 += b * b;
    q2 += c * c;
    q3 += d * d;
  }
  sums.first += s0 + s1 + s2 + s3;
  sums.second += q0 + q1 + q2 + q3;
}

const clear = () => Object.assign(sums, { first: 0, second: 0 });

function spread(count, shift, eps) {
  const d = sums.first / count;
  return { mean: shift + d, slope: 1 / Math.sqrt(sums.second / count - d * d + eps) };
}

function line(x, out, from, length, slope, offset) {
  for (let k = from, end = from + length; k < end; k++) out[k] = x[k] * slope + offset;
}

export function layerNorm({ x, rows, columns, gamma, beta, eps }, out) {
  for (let r = 0, from = 0; r < rows; r++, from += columns) {
    clear();
    add(x, from, columns, x[from]);
    const { mean, slope } = spread(columns, x[from], eps);
    for (let j = 0; j < columns; j++) out[from + j] = (x[from + j] - mean) * slope * gamma[j] + beta[j];
  }
}

export function rmsNorm({ x, rows, columns, gamma, eps }, out) {
  for (let r = 0, from = 0; r < rows; r++, from += columns) {
    clear();
    add(x, from, columns, 0);
    const slope = 1 / Math.sqrt(sums.second / columns + eps);
    for (let j = 0; j < columns; j++) out[from + j] = x[from + j] * slope * gamma[j];
  }
}

export function groupNorm({ x, n, channels, positions, gamma, beta, eps }, groups, out) {
  const together = channels / groups;
  const length = together * positions;
  for (let group = 0, from = 0; group < n * groups; group++, from += length) {
    clear();
    add(x, from, length, x[from]);
    const { mean, slope } = spread(length, x[from], eps);
    for (let i = 0; i < together; i++) {
      const channel = (group % groups) * together + i;
      const a = slope * gamma[channel];
      line(x, out, from + i * positions, positions, a, beta[channel] - mean * a);
    }
  }
}

export function batchTraining({ x, n, channels, positions, gamma, beta, eps }, out) {
  for (let channel = 0; channel < channels; channel++) {
    const shift = x[channel * positions];
    clear();
    for (let i = 0; i < n; i++) add(x, (i * channels + channel) * positions, positions, shift);
    const { mean, slope } = spread(n * positions, shift, eps);
    const a = slope * gamma[channel];
    const b = beta[channel] - mean * a;
    for (let i = 0; i < n; i++) line(x, out, (i * channels + channel) * positions, positions, a, b);
  }
}

export function batchEvaluation({ x, n, channels, positions, gamma, beta, mean, variance, eps }, out) {
  const slopes = Float64Array.from(gamma, (value, channel) => value / Math.sqrt(variance[channel] + eps));
  const offsets = Float64Array.from(beta, (value, channel) => value - mean[channel] * slopes[channel]);
  for (let run = 0; run < n * channels; run++) {
    line(x, out, run * positions, positions, slopes[run % channels], offsets[run % channels]);
  }
}
