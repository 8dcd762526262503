// Tables, row after row: the loops are written out for the number of columns, so that what is kept of each is a variable.

const written = (columns, code) => Array.from({ length: columns }, (_, j) => code(j)).join("\n");

export function zScoreRows(columns) {
  return new Function(
    "x",
    "out",
    `const n = x.length, rows = n / ${columns};
    ${written(columns, (j) => `const first${j} = x[${j}]; let s${j} = 0, q${j} = 0;`)}
    for (let k = 0; k < n; k += ${columns}) {
      ${written(columns, (j) => `const d${j} = x[k + ${j}] - first${j}; s${j} += d${j}; q${j} += d${j} * d${j};`)}
    }
    ${written(columns, (j) => `const mean${j} = first${j} + s${j} / rows;`)}
    ${written(columns, (j) => `const slope${j} = 1 / Math.sqrt((q${j} - s${j} * s${j} / rows) / rows);`)}
    for (let k = 0; k < n; k += ${columns}) {
      ${written(columns, (j) => `out[k + ${j}] = (x[k + ${j}] - mean${j}) * slope${j};`)}
    }
    return out;`,
  );
}

export function minMaxRows(columns) {
  return new Function(
    "x",
    "out",
    `const n = x.length;
    ${written(columns, (j) => `let low${j} = Infinity, high${j} = -Infinity;`)}
    for (let k = 0; k < n; k += ${columns}) {
      ${written(columns, (j) => `const v${j} = x[k + ${j}];`)}
      ${written(columns, (j) => `if (v${j} < low${j}) low${j} = v${j}; if (v${j} > high${j}) high${j} = v${j};`)}
    }
    ${written(columns, (j) => `const slope${j} = 1 / (high${j} - low${j});`)}
    for (let k = 0; k < n; k += ${columns}) {
      ${written(columns, (j) => `out[k + ${j}] = (x[k + ${j}] - low${j}) * slope${j};`)}
    }
    return out;`,
  );
}

export function zScoreColumn(x, out) {
  const n = x.length;
  const first = x[0];
  let [s0, s1, s2, s3, q0, q1, q2, q3] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let k = 0; k < n; k += 4) {
    const [a, b] = [x[k] - first, x[k + 1] - first];
    const [c, d] = [x[k + 2] - first, x[k + 3] - first];
    s0 += a;
    s1 += b;
    s2 += c;
    s3 += d;
    q0 += a * a;
    q1 += b * b;
    q2 += c * c;
    q3 += d * d;
  }
  const s = s0 + s1 + s2 + s3;
  const mean = first + s / n;
  const slope = 1 / Math.sqrt((q0 + q1 + q2 + q3 - (s * s) / n) / n);
  for (let k = 0; k < n; k++) out[k] = (x[k] - mean) * slope;
}

export function minMaxColumn(x, out) {
  const n = x.length;
  let [low0, low1, high0, high1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let k = 0; k < n; k += 2) {
    low0 = Math.min(low0, x[k]);
    low1 = Math.min(low1, x[k + 1]);
    high0 = Math.max(high0, x[k]);
    high1 = Math.max(high1, x[k + 1]);
  }
  const low = Math.min(low0, low1);
  const slope = 1 / (Math.max(high0, high1) - low);
  for (let k = 0; k < n; k++) out[k] = (x[k] - low) * slope;
}
