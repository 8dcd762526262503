// What every library must come to: plain, slow, in double precision.

// Mean and variance of the values at the places that `each` goes through.
function moments(x, each) {
  let [count, sum, squares] = [0, 0, 0];
  each((k) => {
    count++;
    sum += x[k];
  });
  const mean = sum / count;
  each((k) => (squares += (x[k] - mean) ** 2));
  return { mean, variance: squares / count };
}

function extremes(x, each) {
  let [low, high] = [Infinity, -Infinity];
  each((k) => {
    if (x[k] < low) low = x[k];
    if (x[k] > high) high = x[k];
  });
  return [low, high];
}

const every =
  (count, from = 0, step = 1) =>
  (visit) => {
    for (let i = 0; i < count; i++) visit(from + i * step);
  };

function columns({ x, rows, columns }, lineOf) {
  const out = new Float64Array(x.length);
  for (let j = 0; j < columns; j++) {
    const each = every(rows, j, columns);
    const [center, scale] = lineOf(x, each);
    each((k) => (out[k] = (x[k] - center) / scale));
  }
  return out;
}

function rows({ x, rows, columns, eps, gamma, beta }, centered) {
  const out = new Float64Array(x.length);
  for (let r = 0; r < rows; r++) {
    const each = every(columns, r * columns);
    const { mean, variance } = moments(x, each);
    const center = centered ? mean : 0;
    const scale = Math.sqrt(variance + (mean - center) ** 2 + eps);
    each((k) => {
      const feature = k - r * columns;
      out[k] = ((x[k] - center) / scale) * gamma[feature] + (centered ? beta[feature] : 0);
    });
  }
  return out;
}

// Runs of `together` channels of an image are a group; or, for BatchNorm, a channel of all images.
function imageGroups({ n, channels, positions }, together) {
  if (together) {
    const length = together * positions;
    return Array.from({ length: (n * channels) / together }, (_, group) => every(length, group * length));
  }
  return Array.from({ length: channels }, (_, channel) => (visit) => {
    for (let i = 0; i < n; i++) every(positions, (i * channels + channel) * positions)(visit);
  });
}

function images(data, together, statistics) {
  const { x, channels, positions, eps, gamma, beta } = data;
  const out = new Float64Array(x.length);
  for (const [group, each] of imageGroups(data, together).entries()) {
    const { mean, variance } = statistics ? statistics(group) : moments(x, each);
    const scale = Math.sqrt(variance + eps);
    each((k) => {
      const channel = Math.floor(k / positions) % channels;
      out[k] = ((x[k] - mean) / scale) * gamma[channel] + beta[channel];
    });
  }
  return out;
}

function histogram({ x, bins }) {
  const [low, high] = extremes(x, every(x.length));
  const counts = new Float64Array(bins);
  for (const value of x) counts[Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins))]++;
  return counts;
}

function summary({ x }) {
  const { mean, variance } = moments(x, every(x.length));
  return [...extremes(x, every(x.length)), mean, Math.sqrt(variance)];
}

function quartiles({ x }) {
  const sorted = x.toSorted();
  return [0.25, 0.5, 0.75].map((share) => {
    const place = (sorted.length - 1) * share;
    const below = Math.floor(place);
    return sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]);
  });
}

// Sums of the columns and how many rows there are, of numbers row after row.
export function columnSums(values, columns) {
  const sums = new Float64Array(columns + 1);
  for (let i = 0; i < values.length; i++) sums[i % columns] += values[i];
  sums[columns] = values.length / columns;
  return sums;
}

const parsed = ({ text, columns }) => {
  const lines = text.trimEnd().split("\n").slice(1);
  const values = new Float64Array(lines.length * columns);
  lines.forEach((line, i) => values.set(line.split(",").map(Number), i * columns));
  return columnSums(values, columns);
};

const WORKS = {
  minmax: (data) =>
    columns(data, (x, each) => {
      const [low, high] = extremes(x, each);
      return [low, high - low];
    }),
  zscore: (data) =>
    columns(data, (x, each) => {
      const { mean, variance } = moments(x, each);
      return [mean, Math.sqrt(variance)];
    }),
  layernorm: (data) => rows(data, true),
  rmsnorm: (data) => rows(data, false),
  bninfer: (data) => images(data, 0, (c) => ({ mean: data.mean[c], variance: data.variance[c] })),
  bntrain: (data) => images(data, 0),
  groupnorm: (data) => images(data, data.channels / data.groups),
  instancenorm: (data) => images(data, 1),
  histogram,
  summary,
  quartiles,
  parse: parsed,
};

export const reference = (work, data) => WORKS[work](data);
