// Times one network in Normlab and on two backends of TensorFlow.js, which take turns: `measure(id, rounds)`.
import { setWasmPaths, tf } from "/built/tf.js";
import init, { Trainer } from "/built/normlab/pkg.js";
import { trainer } from "./networks.js";

const SAMPLE_MS = 200;
const CHECKED_STEPS = 2;
const LONG = 10_000; // steps, after which memory must not have grown

tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
setWasmPaths("/built/");
const program = await init();

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

async function variants(id) {
  const ours = new Trainer(id);
  const made = [{ name: "Normlab", use: async () => {}, steps: (count) => ours.steps(count) }];
  for (const backend of ["wasm", "cpu"]) {
    const use = () => tf.setBackend(backend);
    await use();
    const theirs = trainer(tf, id);
    const steps = (count) => {
      let loss = NaN;
      for (let step = 0; step < count; step++) loss = theirs.step();
      return loss;
    };
    made.push({ name: `TensorFlow.js, ${backend}`, use, steps });
  }
  return made;
}

function sample(variant) {
  const start = performance.now();
  let steps = 0;
  while (performance.now() - start < SAMPLE_MS) {
    variant.steps(1);
    steps++;
  }
  return (performance.now() - start) / steps;
}

window.measure = async (id, rounds) => {
  const all = await variants(id);
  for (const variant of all) {
    await variant.use();
    try {
      Object.assign(variant, { loss: variant.steps(CHECKED_STEPS), times: [] });
    } catch (error) {
      variant.error = error.message;
    }
  }
  const taken = all.filter(({ error }) => !error);
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < taken.length; turn++) {
      const variant = taken[(round + turn) % taken.length];
      await variant.use();
      variant.times.push(sample(variant));
      await new Promise((done) => setTimeout(done, 50));
    }
  }
  return all.map(({ name, loss, times, error }) => ({ name, loss, error, ms: times && median(times) }));
};

// How many bytes the memory of the program grew by in 10,000 steps, after the first ones.
window.growth = (id) => {
  const ours = new Trainer(id);
  ours.steps(CHECKED_STEPS);
  const before = program.memory.buffer.byteLength;
  ours.steps(LONG);
  return program.memory.buffer.byteLength - before;
};
window.ready = true;
