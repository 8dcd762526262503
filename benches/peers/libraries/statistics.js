// simple-statistics and stdlib.
import * as simple from "/built/bundles/simple.js";
import { dmax, dmeanvar, dmin } from "/built/bundles/stdlib.js";

export function make(work, { x }) {
  const n = x.length;
  if (work === "summary") {
    const moments = new Float64Array(2);
    const strided = () => {
      dmeanvar(n, 0, x, 1, moments, 1);
      return [dmin(n, x, 1), dmax(n, x, 1), moments[0], Math.sqrt(moments[1])];
    };
    const named = () => [simple.min(x), simple.max(x), simple.mean(x), simple.standardDeviation(x)];
    return [
      { name: "simple-statistics", run: named },
      { name: "stdlib", run: strided },
    ];
  }
  // It has a definition of its own between two values.
  if (work === "quartiles") return [{ name: "simple-statistics", run: () => simple.quantile(x, [0.25, 0.5, 0.75]) }];
  return [];
}
