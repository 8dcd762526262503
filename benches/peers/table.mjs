// What was measured, as a table.
//
//     node table.mjs ../../target/peers/results.json
import fs from "node:fs";
import { NAMES, WORKS } from "./works.mjs";

const digits = (ratio) => (ratio < 10 ? ratio.toFixed(2) : ratio < 100 ? ratio.toFixed(1) : ratio.toFixed(0));
const nameOf = ({ library, name }) => NAMES[library] ?? name.split(",")[0];

// The best variant of each library, best first.
function bestOfEach(variants) {
  const best = new Map();
  for (const one of variants.toSorted((a, b) => a.ratio - b.ratio))
    if (!best.has(nameOf(one))) best.set(nameOf(one), one);
  return [...best.values()];
}

function row({ id, variants }) {
  const { name, bar } = WORKS.find((work) => work.id === id);
  const ours = variants.find(({ library }) => library === "ours");
  const memory = variants.find(({ library }) => library === "memory");
  const peers = variants.filter((one) => one !== ours && one !== memory);
  const [best, ...others] = bestOfEach(peers).map(
    (one) => `${nameOf(one)} ${digits(one.ratio)}`,
  );
  const ratio = ours ? digits(ours.ratio) : "";
  const met = ours && ours.ratio <= bar ? "yes" : "no";
  const cells = [name, ratio, bar, met, memory ? digits(memory.ratio) : "", best ?? "", others.join("; ")];
  return `| ${cells.join(" | ")} |`;
}

const spread = ({ variants }) => {
  const ours = variants.find(({ library }) => library === "ours");
  return ours ? (ours.quartiles[1] - ours.quartiles[0]) / ours.ratio : 0;
};

export function table({ date, processor, cores, works }) {
  const spreads = works.map(spread).sort((a, b) => a - b);
  const skipped = works.flatMap(({ id, skipped }) =>
    skipped.map(({ library, why }) => `${id}: ${library}: ${why.split("\n")[0]}`),
  );
  return [
    `${date.slice(0, 10)}, Chromium ${works[0]?.browser}, ${processor}, ${cores} cores; times as ratios to copying the same bytes.`,
    `Between the quartiles of the samples of Normlab there are ${(100 * spreads[spreads.length >> 1]).toFixed(0)}% (median of the rows).`,
    "",
    "| work | Normlab | bar | at the bar | memory alone | best other | others |",
    "|---|---:|---:|---|---:|---|---|",
    ...works.map(row),
    ...(skipped.length ? ["", "Left out:", ...skipped] : []),
  ].join("\n");
}

if (process.argv[1] === new URL(import.meta.url).pathname)
  console.log(table(JSON.parse(fs.readFileSync(process.argv[2]))));
