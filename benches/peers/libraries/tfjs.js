// TensorFlow.js on its wasm backend: single precision, one thread, tensors stay in its memory.
import { setWasmPaths, tf } from "/built/bundles/tf.js";

tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
const none = "/built/bundles/none.wasm";
setWasmPaths({
  "tfjs-backend-wasm.wasm": none,
  "tfjs-backend-wasm-simd.wasm": "/built/bundles/tfjs-backend-wasm-simd.wasm",
  "tfjs-backend-wasm-threaded-simd.wasm": none,
});
await tf.setBackend("wasm");
await tf.ready();

// Its BatchNorm takes channels last.
const place = ({ channels, positions }, k) => {
  const [image, channel, position] = [
    Math.floor(k / (channels * positions)),
    Math.floor(k / positions) % channels,
    k % positions,
  ];
  return (image * positions + position) * channels + channel;
};

function channelsLast(data) {
  const out = new Float32Array(data.x.length);
  for (let k = 0; k < out.length; k++) out[place(data, k)] = data.x[k];
  return out;
}

const normalized = (x, axis, eps) => {
  const { mean, variance } = tf.moments(x, axis, true);
  return x.sub(mean).mul(variance.add(eps).rsqrt());
};

const TABLE = {
  minmax: (x) => {
    const low = x.min(0, true);
    return x.sub(low).div(x.max(0, true).sub(low));
  },
  zscore: (x) => {
    const { mean, variance } = tf.moments(x, 0, true);
    return x.sub(mean).div(variance.sqrt());
  },
};
const ROWS = {
  layernorm: (x, { gamma, beta }, eps) => normalized(x, 1, eps).mul(gamma).add(beta),
  rmsnorm: (x, { gamma }, eps) => x.mul(x.square().mean(1, true).add(eps).rsqrt()).mul(gamma),
};
const BATCH = {
  bninfer: (x, { gamma, beta, mean, variance }, eps) => tf.batchNorm(x, mean, variance, beta, gamma, eps),
  bntrain: (x, { gamma, beta }, eps) => {
    const { mean, variance } = tf.moments(x, [0, 1, 2]);
    return tf.batchNorm(x, mean, variance, beta, gamma, eps);
  },
};

function grouped(data, groups) {
  const { n, channels, positions } = data;
  const each = [1, channels, 1];
  return (x, { gamma, beta }, eps) =>
    normalized(x.reshape([n, groups, (channels / groups) * positions]), 2, eps)
      .reshape([n, channels, positions])
      .mul(gamma.reshape(each))
      .add(beta.reshape(each));
}

function plan(work, data) {
  const { kind, x, rows, columns, n, channels, side, positions, groups } = data;
  if (kind === "table") return { values: Float32Array.from(x), shape: [rows, columns], call: TABLE[work] };
  if (kind === "activations") return { values: x, shape: [rows, columns], call: ROWS[work] };
  if (work in BATCH) {
    const result = (out) => out.map((_, k) => out[place(data, k)]);
    return { values: channelsLast(data), shape: [n, side, side, channels], call: BATCH[work], result };
  }
  return { values: x, shape: [n, channels, positions], call: grouped(data, work === "groupnorm" ? groups : channels) };
}

export function make(work, data) {
  const { values, shape, call, result } = plan(work, data);
  const x = tf.tensor(values, shape);
  const vectors = {};
  for (const name of ["gamma", "beta", "mean", "variance"]) if (data[name]) vectors[name] = tf.tensor1d(data[name]);
  const run = (first) => {
    const out = tf.tidy(() => call(x, vectors, data.eps));
    const numbers = first && out.dataSync();
    out.dispose();
    return numbers;
  };
  return [{ name: "wasm, resident", run, result }];
}
