// jax-js on its wasm device, compiled, arrays stay in its memory.
import { blockUntilReady, defaultDevice, init, jit, numpy as np } from "/built/bundles/jax.js";

await init("wasm");
defaultDevice("wasm");

const KEEP = { keepdims: true };

const normalized = (x, axis, eps) => {
  const d = x.ref.sub(np.mean(x, axis, KEEP));
  const variance = np.mean(np.square(d.ref), axis, KEEP);
  return d.div(np.sqrt(eps ? variance.add(eps) : variance));
};

const TABLE = {
  minmax: (x) => {
    const low = np.min(x.ref, 0, KEEP);
    const high = np.max(x.ref, 0, KEEP);
    return x.sub(low.ref).div(high.sub(low));
  },
  zscore: (x) => normalized(x, 0, 0),
};

// Each with its function of x and of the vectors it takes.
function layer(work, { n, channels, positions, groups, eps }) {
  const wide = (x, count) =>
    normalized(x.reshape([n, count, (channels / count) * positions]), 2, eps).reshape([n, channels, positions]);
  const affine = ["gamma", "beta"];
  return {
    layernorm: [affine, (x, gamma, beta) => normalized(x, 1, eps).mul(gamma).add(beta)],
    rmsnorm: [["gamma"], (x, gamma) => x.ref.div(np.sqrt(np.mean(np.square(x), 1, KEEP).add(eps))).mul(gamma)],
    bninfer: [
      [...affine, "mean", "variance"],
      (x, gamma, beta, mean, variance) =>
        x
          .sub(mean)
          .mul(gamma.div(np.sqrt(variance.add(eps))))
          .add(beta),
    ],
    bntrain: [affine, (x, gamma, beta) => normalized(x, [0, 2], eps).mul(gamma).add(beta)],
    groupnorm: [affine, (x, gamma, beta) => wide(x, groups).mul(gamma).add(beta)],
    instancenorm: [affine, (x, gamma, beta) => wide(x, channels).mul(gamma).add(beta)],
  }[work];
}

function variant(name, values, dtype, shape, call, vectors) {
  const compiled = jit(call);
  const x = np.array(values, { dtype }).reshape(shape);
  const run = async (first) => {
    const out = compiled(x.ref, ...vectors.map((one) => one.ref));
    if (first) return out.data();
    await blockUntilReady(out);
    out.dispose();
  };
  return { name, async: true, run };
}

export function make(work, data) {
  const { kind, x, rows, columns, n, channels, positions } = data;
  if (kind === "table") {
    return [
      variant("f64, resident", x, np.float64, [rows, columns], TABLE[work], []),
      variant("f32, resident", Float32Array.from(x), np.float32, [rows, columns], TABLE[work], []),
    ];
  }
  const shape = kind === "images" ? [n, channels, positions] : [rows, columns];
  const each = kind === "images" ? [1, channels, 1] : [1, columns];
  const [names, call] = layer(work, data);
  const vectors = names.map((name) => np.array(data[name]).reshape(each));
  return [variant("f32, resident", x, np.float32, shape, call, vectors)];
}
