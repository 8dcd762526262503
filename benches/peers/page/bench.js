// Measures one work of one data set with several libraries, which take turns; see ../README.md.
import { makeData } from "./data.js";
import { reference } from "./reference.js";

const LEAST_MS = 20; // of a sample: as many calls as that takes
const QUIET_MS = 300;
const WORTH_A_WARM_UP_MS = 300;
const SLOW_MS = 3000;
const TOLERANCE = 0.01; // single precision over a million rows misses by 0.002

const median = (values) => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};
// What the library before left to the browser, as garbage of a million rows, is swept in the background: that is waited for.
const quiet = () => new Promise((done) => setTimeout(done, QUIET_MS));
const round = (value) => Number(value.toPrecision(5));

async function sample(variant, calls) {
  const start = performance.now();
  for (let i = 0; i < calls; i++) {
    const running = variant.run();
    if (variant.async) await running;
  }
  return (performance.now() - start) / calls;
}

// The greatest difference from the reference, relative where that is above 1.
function error(result, expected) {
  if (result?.length !== expected.length) throw new Error(`${result?.length} numbers, expected ${expected.length}`);
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(result[i] - expected[i]) / Math.max(1, Math.abs(expected[i]));
    if (!(difference <= TOLERANCE)) throw new Error(`${result[i]} at ${i}, expected ${expected[i]}`);
    worst = Math.max(worst, difference);
  }
  return worst;
}

async function check(variant, expected) {
  const output = await variant.run(true);
  if (variant.unchecked) return;
  variant.error = error(variant.result ? await variant.result(output) : output, expected);
}

// Warms up, and finds how many calls a sample takes.
async function prepare(variant) {
  const calls = (ms) => Math.min(400, Math.max(1, Math.ceil(LEAST_MS / Math.max(ms, 0.01))));
  let ms = await sample(variant, 1);
  for (let turn = 0; turn < 2 && ms < SLOW_MS; turn++) ms = await sample(variant, calls(ms));
  Object.assign(variant, { calls: calls(ms), ms, times: [], ratios: [] });
}

async function variantsOf(libraries, work, data, skipped) {
  const variants = [];
  for (const library of libraries) {
    try {
      const { make } = await import(`../libraries/${library}.js`);
      for (const one of await make(work, data)) variants.push({ ...one, library });
    } catch (cause) {
      skipped.push({ library, why: String(cause) });
    }
  }
  return variants;
}

// Every library once a round, in an order turned by one each round; a copy of the same bytes right before each.
async function takeTurns(variants, copy, rounds, end) {
  for (let turn = 0; turn < rounds && performance.now() < end; turn++) {
    for (let i = 0; i < variants.length; i++) {
      const variant = variants[(i + turn) % variants.length];
      if (variant.ms > SLOW_MS && turn >= 3) continue;
      globalThis.gc?.();
      await quiet();
      copy.run();
      const copying = await sample(copy, Math.max(1, copy.calls >> 1));
      copy.times.push(copying);
      if (variant.ms < WORTH_A_WARM_UP_MS) await sample(variant, 1);
      const ms = await sample(variant, variant.calls);
      variant.times.push(ms);
      variant.ratios.push(ms / copying);
    }
  }
}

function quartiles(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return [0.25, 0.75].map((share) => round(sorted[Math.round((sorted.length - 1) * share)]));
}

window.measure = async (set, work, { libraries, rounds, seconds }) => {
  const data = await makeData(set);
  const expected = reference(work, data);
  const skipped = [];
  const target = data.x.slice();
  const copy = { run: () => target.set(data.x) };
  await prepare(copy);

  const variants = [];
  for (const variant of await variantsOf(libraries, work, data, skipped)) {
    try {
      await check(variant, expected);
      await prepare(variant);
      variants.push(variant);
      console.log(`${variant.library} ${variant.name}: ${variant.ms.toFixed(3)} ms, error ${variant.error}`);
    } catch (cause) {
      skipped.push({ library: `${variant.library} ${variant.name}`, why: String(cause) });
    }
  }
  copy.times = [];
  await takeTurns(variants, copy, rounds, performance.now() + seconds * 1000);

  const measured = variants.filter(({ times }) => times.length > 0);
  return {
    copyMs: round(median(copy.times)),
    skipped,
    variants: measured.map(({ library, name, times, ratios, error }) => ({
      library,
      name,
      ms: round(median(times)),
      ratio: round(median(ratios)),
      quartiles: quartiles(ratios),
      samples: times.length,
      error,
    })),
  };
};
window.ready = true;
