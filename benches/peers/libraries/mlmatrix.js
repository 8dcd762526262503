// ml-matrix; making the matrix is not counted.
import { Matrix } from "/built/bundles/mlmatrix.js";

export function make(work, { x, rows, columns }) {
  const matrix = Matrix.from1DArray(rows, columns, x);
  const zScore = () => {
    const mean = matrix.mean("column");
    const sd = matrix.standardDeviation("column", { unbiased: false, mean });
    return matrix.clone().subRowVector(mean).divRowVector(sd);
  };
  const run = work === "zscore" ? zScore : () => matrix.scaleColumns({ min: 0, max: 1 });
  return [{ name: "ml-matrix", run, result: (out) => Float64Array.from(out.to1DArray()) }];
}
