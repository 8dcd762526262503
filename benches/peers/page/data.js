// The data sets; every library gets the same numbers.
import { normalArray } from "./random.js";

const EPS = 1e-5;

// A table, row after row.
function table(rows) {
  const columns = 10;
  const x = normalArray(rows * columns, 7, Float64Array);
  for (let i = 0; i < x.length; i++) x[i] = x[i] * (0.5 + (i % columns)) + ((i % columns) - 5) * 3;
  return { kind: "table", x, rows, columns };
}

// Gamma and beta of so many features.
const affine = (features) => ({
  gamma: Float32Array.from({ length: features }, (_, i) => 0.5 + i / (2 * features)),
  beta: Float32Array.from({ length: features }, (_, i) => i / features - 0.5),
});

function activations() {
  const [rows, columns] = [4096, 768];
  const x = normalArray(rows * columns, 11, Float32Array).map((value) => value * 1.7 + 0.3);
  return { kind: "activations", x, rows, columns, eps: EPS, ...affine(columns) };
}

// Images, channel after channel, with the running statistics that BatchNorm uses in evaluation.
function images() {
  const [n, channels, side] = [256, 64, 28];
  const positions = side * side;
  const x = normalArray(n * channels * positions, 13, Float32Array);
  const center = (channel) => (channel - 32) / 16;
  const spread = (channel) => 0.5 + channel / 32;
  for (let i = 0; i < x.length; i++) {
    const channel = Math.floor(i / positions) % channels;
    x[i] = x[i] * spread(channel) + center(channel);
  }
  const mean = Float32Array.from({ length: channels }, (_, channel) => center(channel));
  const variance = Float32Array.from({ length: channels }, (_, channel) => spread(channel) ** 2);
  return { kind: "images", x, n, channels, side, positions, groups: 32, eps: EPS, mean, variance, ...affine(channels) };
}

async function csv(name) {
  const x = new Uint8Array(await (await fetch(`/built/tables/${name}.csv`)).arrayBuffer());
  return { kind: "csv", x, columns: 10, text: new TextDecoder().decode(x) };
}

const SETS = {
  table1e5: () => table(1e5),
  table1e6: () => table(1e6),
  activations,
  images,
  column: () => ({ kind: "column", x: normalArray(1e6, 17, Float64Array), bins: 50 }),
  csv10: () => csv("csv10"),
  csv100: () => csv("csv100"),
};

export const makeData = (set) => SETS[set]();
