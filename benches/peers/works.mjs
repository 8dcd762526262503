// What is measured, and what the table says of it.

// `bar`: the ratio to copying that Normlab's engine is to meet.
const NORMALIZING = ["ours", "memory", "plain", "tfjs", "jax", "onnx"];
const TABLE = [...NORMALIZING, "mlmatrix"];
const COLUMN = ["ours", "plain", "d3", "statistics"];
const CSV = ["ours", "plain", "csv"];

const work = (name, set, work, libraries, bar) => ({ id: `${set}.${work}`, name, set, work, libraries, bar });

export const WORKS = [
  work("min-max, 100,000 x 10, f64", "table1e5", "minmax", TABLE, 2.2),
  work("z-score, 100,000 x 10, f64", "table1e5", "zscore", TABLE, 3),
  work("min-max, 1,000,000 x 10, f64", "table1e6", "minmax", TABLE, 1.25),
  work("z-score, 1,000,000 x 10, f64", "table1e6", "zscore", TABLE, 1.25),
  work("LayerNorm, 4096 x 768, f32", "activations", "layernorm", NORMALIZING, 2.5),
  work("RMSNorm, 4096 x 768, f32", "activations", "rmsnorm", NORMALIZING, 2),
  work("BatchNorm evaluation, 256 x 64 x 28 x 28, f32", "images", "bninfer", NORMALIZING, 1),
  work("BatchNorm training, same", "images", "bntrain", NORMALIZING, 1.5),
  work("GroupNorm, same", "images", "groupnorm", NORMALIZING, 1.2),
  work("InstanceNorm, same", "images", "instancenorm", NORMALIZING, 1.2),
  work("histogram, 1,000,000 values, 50 bins", "column", "histogram", COLUMN, 6),
  work("min, max, mean, sd of 1,000,000", "column", "summary", COLUMN, 1.8),
  work("quartiles of 1,000,000", "column", "quartiles", COLUMN, 59),
  work("CSV, 10 MB", "csv10", "parse", CSV, 28),
  work("CSV, 100 MB", "csv100", "parse", CSV, 12),
];

export const NAMES = {
  plain: "plain JavaScript",
  tfjs: "TensorFlow.js",
  jax: "jax-js",
  onnx: "ONNX Runtime",
  mlmatrix: "ml-matrix",
};
