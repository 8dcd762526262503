// Careful JavaScript without a library, on typed arrays; the output's room is used again.
import { columnSums } from "../page/reference.js";
import { histogram, quartilesBySelection, quartilesBySorting, summary } from "./plain/column.js";
import { parseBytes, parseText } from "./plain/csv.js";
import { batchEvaluation, batchTraining, groupNorm, layerNorm, rmsNorm } from "./plain/layers.js";
import { minMaxColumn, minMaxRows, zScoreColumn, zScoreRows } from "./plain/table.js";

function table(work, { x, rows, columns }) {
  const out = new Float64Array(x.length);
  const byRows = (work === "zscore" ? zScoreRows : minMaxRows)(columns);
  const column = work === "zscore" ? zScoreColumn : minMaxColumn;
  const apart = Array.from({ length: columns }, (_, j) =>
    Float64Array.from({ length: rows }, (_, i) => x[i * columns + j]),
  );
  const apartOut = apart.map((values) => values.slice());
  return [
    { name: "row by row", run: () => byRows(x, out) },
    {
      name: "columns held apart",
      run: () => apart.forEach((values, j) => column(values, apartOut[j])),
      result: () => x.map((_, k) => apartOut[k % columns][Math.floor(k / columns)]),
    },
  ];
}

function layer(work, data) {
  const out = new Float32Array(data.x.length);
  const { groups, channels } = data;
  const works = {
    layernorm: () => layerNorm(data, out),
    rmsnorm: () => rmsNorm(data, out),
    bninfer: () => batchEvaluation(data, out),
    bntrain: () => batchTraining(data, out),
    groupnorm: () => groupNorm(data, groups, out),
    instancenorm: () => groupNorm(data, channels, out),
  };
  return [{ name: "one pass of statistics", run: works[work], result: () => out }];
}

export function make(work, data) {
  const { x, bins, text, columns } = data;
  const counts = new Uint32Array(bins ?? 0);
  const sums = (values) => columnSums(values, columns);
  switch (work) {
    case "minmax":
    case "zscore":
      return table(work, data);
    case "histogram":
      return [{ name: "loop", run: () => histogram(x, counts) }];
    case "summary":
      return [{ name: "one pass", run: () => summary(x) }];
    case "quartiles": {
      const room = x.slice();
      return [
        { name: "sorting", run: () => quartilesBySorting(x, room) },
        { name: "selecting", run: () => quartilesBySelection(x, room) },
      ];
    }
    case "parse": {
      const room = new Float64Array(Math.ceil(x.length / 2));
      return [
        { name: "bytes to numbers", run: () => parseBytes(x, room), result: sums },
        { name: "split text", run: () => parseText(text, columns, room), result: sums },
      ];
    }
    default:
      return layer(work, data);
  }
}
