// The networks that are timed, in TensorFlow.js: those of `networks.rs`, number for number. Pictures have their channels last.

const INPUTS = 64;
const CLASSES = 10;
const WIDTH = 64;
const HIDDEN = 5;
const BLOCKS = 48;
const TIME = { steps: 32, inputs: 2, units: 48 };
const CONVOLUTIONS = [
  { inputs: 1, outputs: 8 },
  { inputs: 8, outputs: 16 },
];
const RATE = 1e-3;
const MOMENTUM = 0.9;
const EPS = 1e-5;
const NEW = 0.1; // what a batch weighs in the running statistics

function numbers(seed, count, factor = 1) {
  let state = Math.imul(seed, 2654435761) >>> 0;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return factor * (state / 2 ** 31 - 1);
  });
}

// `place(i, j)` is where the number stands that is row i, column j in Normlab.
function placed(values, rows, columns, place) {
  const out = new Float32Array(values.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out[place(i, j)] = values[i * columns + j];
  return out;
}

// The training of a network, before its first step: `step()` returns the loss before it.
export function trainer(tf, id) {
  const [name, norm, size] = id.match(/^(.*)-([a-z]+)-(\d+)$/).slice(1);
  const batch = Number(size);
  let seed = 0;
  const variables = [];
  const variable = (values, shape) => {
    const made = tf.variable(tf.tensor(values, shape));
    variables.push(made);
    return made;
  };
  const weights = (inputs, outputs, shape = [inputs, outputs], place = undefined) => {
    const values = numbers(++seed, inputs * outputs, Math.sqrt(3 / inputs));
    return variable(place ? placed(values, inputs, outputs, place) : values, shape);
  };
  const zeros = (count) => variable(new Float32Array(count), [count]);

  const linear = (inputs, outputs, place = undefined) => {
    const [w, b] = [weights(inputs, outputs, undefined, place), zeros(outputs)];
    return (x) => x.matMul(w).add(b);
  };
  const batchNorm = (features) => {
    const [gamma, beta] = [variable(new Float32Array(features).fill(1), [features]), zeros(features)];
    const running = { mean: tf.variable(tf.zeros([features]), false), variance: tf.variable(tf.ones([features]), false) };
    return (x) => {
      const { mean, variance } = tf.moments(x, [...x.shape.keys()].slice(0, -1));
      const n = x.size / features;
      running.mean.assign(running.mean.mul(1 - NEW).add(mean.mul(NEW)));
      running.variance.assign(running.variance.mul(1 - NEW).add(variance.mul((NEW * n) / (n - 1))));
      return tf.batchNorm(x, mean, variance, beta, gamma, EPS);
    };
  };
  const layerNorm = (features) => {
    const [gamma, beta] = [variable(new Float32Array(features).fill(1), [features]), zeros(features)];
    return (x) => {
      const { mean, variance } = tf.moments(x, -1, true);
      return x.sub(mean).mul(variance.add(EPS).rsqrt()).mul(gamma).add(beta);
    };
  };
  const same = (x) => x;
  const normOf = (features) => ({ none: () => same, batch: batchNorm, layer: layerNorm })[norm](features);
  const relu = (x) => x.relu();

  const NETWORKS = {
    mlp: () => [...Array(HIDDEN)].flatMap(() => [linear(WIDTH, WIDTH), normOf(WIDTH), relu]),
    recurrent: () => {
      const { steps, inputs, units } = TIME;
      const joined = numbers(++seed, (inputs + units) * units, Math.sqrt(3 / (inputs + units)));
      const w = variable(joined.slice(0, inputs * units), [inputs, units]);
      const u = variable(joined.slice(inputs * units), [units, units]);
      const normalize = norm === "none" ? ((b) => (a) => a.add(b))(zeros(units)) : layerNorm(units);
      return [
        (x) => {
          let state = tf.zeros([batch, units]);
          for (const one of tf.unstack(x.reshape([batch, steps, inputs]), 1)) {
            state = normalize(one.matMul(w).add(state.matMul(u))).tanh();
          }
          return state;
        },
      ];
    },
    convolution: () => {
      const layers = CONVOLUTIONS.flatMap(({ inputs, outputs }) => {
        const place = (row, out) => ((row % 9) * inputs + Math.floor(row / 9)) * outputs + out;
        const w = weights(inputs * 9, outputs, [3, 3, inputs, outputs], place);
        const b = zeros(outputs);
        return [(x) => tf.conv2d(x, w, 1, "same").add(b), normOf(outputs), relu, (x) => tf.avgPool(x, 2, 2, "valid")];
      });
      return [(x) => x.reshape([batch, 8, 8, 1]), ...layers, (x) => x.reshape([batch, WIDTH])];
    },
    residual: (place) => {
      const block = () => {
        const before = place === "pre" ? layerNorm(WIDTH) : same;
        const [first, second] = [linear(WIDTH, WIDTH), linear(WIDTH, WIDTH)];
        const after = place === "post" ? layerNorm(WIDTH) : same;
        return (x) => after(x.add(second(first(before(x)).relu())));
      };
      const blocks = [linear(INPUTS, WIDTH), ...[...Array(BLOCKS)].map(block)];
      return place === "pre" ? [...blocks, layerNorm(WIDTH)] : blocks;
    },
  };
  const layers = name === "residual" ? NETWORKS.residual(norm) : NETWORKS[name]();
  // The last activations of pictures are channel by channel in Normlab: 16 channels of 4 positions.
  const flattened = (i, j) => ((i % 4) * 16 + Math.floor(i / 4)) * CLASSES + j;
  const width = name === "recurrent" ? TIME.units : WIDTH;
  layers.push(linear(width, CLASSES, name === "convolution" ? flattened : undefined));

  const x = tf.tensor(numbers(1000, batch * INPUTS), [batch, INPUTS]);
  const classes = tf.oneHot([...Array(batch).keys()].map((row) => row % CLASSES), CLASSES).cast("float32");
  const optimizer = tf.train.momentum(RATE, MOMENTUM);
  const loss = () => tf.losses.softmaxCrossEntropy(classes, layers.reduce((at, layer) => layer(at), x));
  return {
    step() {
      const value = optimizer.minimize(loss, true, variables);
      const [number] = value.dataSync();
      value.dispose();
      return number;
    },
  };
}
