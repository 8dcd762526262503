// Normlab's engine: numbers stay in its memory, the output's room is used again.
import start, * as engine from "/built/engine/pkg.js";
import { columnSums } from "../page/reference.js";

const memory = (await start()).memory;

function resident(array) {
  const room = { Float32Array: engine.alloc_f32, Float64Array: engine.alloc_f64, Uint8Array: engine.alloc_u8 };
  const address = room[array.constructor.name](array.length);
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
    const bytes = resident(data.x);
    const result = (count) => columnSums(new Float64Array(memory.buffer, engine.parsed(), count), data.columns);
    return [{ name: "bytes to numbers", run: () => engine.parse_csv_at(bytes.address, data.x.length), result }];
  }
  if (work in QUESTIONS) {
    const x = resident(data.x);
    return [{ name: "resident", run: () => QUESTIONS[work](x, data) }];
  }
  return [normalization(work, data)];
}
