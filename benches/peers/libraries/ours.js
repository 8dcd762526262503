// Normlab's engine: numbers stay in its memory, the output's room is used again.
import start, * as engine from "/built/engine/pkg.js";
import { columnSums } from "../page/reference.js";

const memory = (await start()).memory;

function resident(array) {
  const single = array instanceof Float32Array;
  const address = single ? engine.alloc_f32(array.length) : engine.alloc_f64(array.length);
  const view = () => new array.constructor(memory.buffer, address, array.length);
  view().set(array);
  return { address, view };
}

const QUESTIONS = {
  histogram: (x, { bins }) => engine.hist_at(x.address, 1e6, bins),
  summary: (x) => engine.summary_at(x.address, 1e6),
  quartiles: (x) => engine.quantiles_at(x.address, 1e6),
};

function normalization(work, data) {
  const [x, out] = [resident(data.x), resident(data.x)];
  const vectors = ["gamma", "beta", "mean", "variance"].map((name) => data[name] && resident(data[name]).address);
  const [gamma, beta, mean, variance] = vectors;
  const { rows, columns, n, channels, positions, groups, eps } = data;
  const table = [x.address, out.address, rows, columns];
  const images = [x.address, out.address, n, channels, positions];
  const calls = {
    minmax: () => engine.minmax_at(...table),
    zscore: () => engine.zscore_at(...table),
    layernorm: () => engine.layernorm_at(...table, gamma, beta, eps),
    rmsnorm: () => engine.rmsnorm_at(...table, gamma, eps),
    bninfer: () => engine.bninfer_at(...images, gamma, beta, mean, variance, eps),
    bntrain: () => engine.bntrain_at(...images, gamma, beta, eps),
    groupnorm: () => engine.groupnorm_at(...images, groups, gamma, beta, eps),
    instancenorm: () => engine.instancenorm_at(...images, gamma, beta, eps),
  };
  return { name: "resident", run: calls[work], result: () => out.view() };
}

export function make(work, data) {
  if (work === "parse") {
    const result = (values) => columnSums(values, data.columns);
    return [{ name: "bytes to numbers", run: () => engine.parse_csv(data.x), result }];
  }
  if (work in QUESTIONS) {
    const x = resident(data.x);
    return [{ name: "resident", run: () => QUESTIONS[work](x, data) }];
  }
  return [normalization(work, data)];
}
