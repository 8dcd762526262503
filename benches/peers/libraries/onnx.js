// ONNX Runtime on wasm, one thread; takes typed arrays and gives some, the models of ../onnx.mjs.
import * as ort from "/built/bundles/ort.wasm.min.mjs";

ort.env.wasm.numThreads = 1;
ort.env.wasm.wasmPaths = "/built/bundles/";

const single = (values, shape) => new ort.Tensor("float32", values, shape);

async function variant(model, feeds) {
  const options = { executionProviders: ["wasm"], graphOptimizationLevel: "all" };
  const session = await ort.InferenceSession.create(`/built/models/${model}.onnx`, options);
  return { name: model, async: true, run: async () => (await session.run(feeds())).Y.data };
}

function table(work, { x, rows, columns }) {
  const rounded = Float32Array.from(x);
  const shape = [rows, columns];
  const narrow = () => ({ X: single(rounded, shape) });
  const variants = [
    variant(`${work}64`, () => ({ X: new ort.Tensor("float64", x, shape) })),
    variant(`${work}32`, narrow),
  ];
  if (work === "zscore") variants.push(variant("mvn", narrow));
  return variants;
}

export async function make(work, data) {
  if (data.kind === "table") return Promise.all(table(work, data));
  const { kind, x, rows, columns, n, channels, side, gamma, beta, mean, variance } = data;
  const shape = kind === "images" ? [n, channels, side, side] : [rows, columns];
  const vector = (values) => single(values, [values.length]);
  const vectors = { g: vector(gamma) };
  if (work !== "rmsnorm") vectors.b = vector(beta);
  if (work === "bninfer") Object.assign(vectors, { m: vector(mean), v: vector(variance) });
  const models = work === "rmsnorm" ? ["rmsnorm", "simplified"] : [work];
  return Promise.all(models.map((model) => variant(model, () => ({ X: single(x, shape), ...vectors }))));
}
