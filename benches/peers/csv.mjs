// CSV files of 10 and 100 MB: ten columns of numbers, a header, the same bytes every time.
import fs from "node:fs";
import path from "node:path";
import { normals, random } from "./page/random.js";

const SIZES = { csv10: 10e6, csv100: 100e6 };
const HEADER = "c0,c1,c2,c3,c4,c5,c6,c7,c8,c9\n";

export function writeTables(directory) {
  fs.mkdirSync(directory, { recursive: true });
  for (const [name, size] of Object.entries(SIZES)) {
    const file = path.join(directory, `${name}.csv`);
    if (!fs.existsSync(file)) fs.writeFileSync(file, table(size));
  }
}

function table(size) {
  const uniform = random(12345);
  const normal = normals(uniform);
  const parts = [HEADER];
  for (let length = HEADER.length; length < size; length += parts.at(-1).length) parts.push(row(normal, uniform));
  return parts.join("");
}

// Eight columns of six decimals, one of whole numbers, one of up to twelve digits.
function row(normal, uniform) {
  const decimals = Array.from({ length: 8 }, (_, j) => (normal() * (0.5 + j) + (j - 5) * 3).toFixed(6));
  return `${decimals.join(",")},${Math.floor(uniform() * 1e5)},${(uniform() * 1000).toFixed(9)}\n`;
}
