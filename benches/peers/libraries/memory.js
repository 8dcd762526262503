// Not a library: what memory alone takes. The numbers are read once to be written once; where the statistics depend on all of
// them, they are read once more before.
import start, * as engine from "/built/engine/pkg.js";

const TWICE = ["minmax", "zscore", "bntrain"];

export async function make(work, data) {
  const memory = (await start()).memory;
  const words = data.x.byteLength / 8;
  const [x, out] = [engine.alloc_f64(words), engine.alloc_f64(words)];
  new data.x.constructor(memory.buffer, x, data.x.length).set(data.x);
  const run = () => {
    if (TWICE.includes(work)) engine.read_at(x, words);
    engine.write_at(x, out, words);
  };
  return [{ name: "alone", run, unchecked: true }];
}
