import { bin, deviation, extent, mean, quantile } from "/built/bundles/d3.js";

export function make(work, { x, bins }) {
  const biased = Math.sqrt((x.length - 1) / x.length);
  const variants = {
    // Its bins end at round numbers, so that they are about as many, and others.
    histogram: { run: () => bin().thresholds(bins)(x), unchecked: true },
    summary: { run: () => [...extent(x), mean(x), deviation(x) * biased] },
    quartiles: { run: () => [0.25, 0.5, 0.75].map((share) => quantile(x, share)) },
  };
  return [{ name: "d3-array", ...variants[work] }];
}
