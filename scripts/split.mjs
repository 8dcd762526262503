// The program in two parts: what the first picture needs, and the rest, which follows while the visitor looks at it.
// Which functions are in the first part is measured: the page is opened in a browser, and every function that is called
// until the first picture stands belongs to it. See static/rest.js for how the rest comes. Where the compiler would build one
// into the other, `#[inline(never)]` in the sources keeps apart what the first picture needs and what it does without.
//
//     node split.mjs app.js app_bg.wasm app_rest.wasm
//
// In the directory of the whole page; needs wasm-dis and wasm-opt (binaryen), and Chromium.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { seenFunctions } from "./seen.mjs";
import { FEATURES, elements, isFunction, key, mentions, signature } from "./wat.mjs";

const [script, program, rest] = process.argv.slice(2);
const text = execFileSync("wasm-dis", [...FEATURES, program], { maxBuffer: 1 << 30 }).toString();
const all = elements(text);
const seen = await seenFunctions({ all, script, program });

const functions = all.filter(isFunction);
const later = new Map(functions.filter((one) => !seen.has(one.name)).map((one) => [one.key, one]));
const namespace = all.find((one) => one.isImport).text.match(/\(import "(\w+)"/)[1];

// A function of the rest stands in the table of functions, at a place of its own where it had none. Until the rest is there, a
// stand-in takes its calls, sees to it that the rest comes, and passes the call on through the table.
const table = all.find((one) => one.kind === "table" && one.text.includes("funcref"));
const [, tableName, length] = table.text.match(/\(table (\S+) (\d+)/);
const segment = all.find((one) => one.kind === "elem");
const first = Number(segment.text.match(/\(i32\.const (\d+)\)/)[1]);
const listed = segment.text.match(/ func (.*)\)$/)[1].split(" ").map((name) => key("func", name));
const place = new Map();
for (const [index, one] of listed.entries()) if (!place.has(one)) place.set(one, first + index);

const kept = all.filter((one) => !later.has(one.key));
const neededEarly = new Set([...listed, ...kept.flatMap((one) => mentions(one.text))]);
let end = Number(length);
for (const one of later.keys()) {
  if (neededEarly.has(one) && !place.has(one)) place.set(one, end++);
}

function types(one) {
  const { params, results } = signature(one.text);
  const result = results.length > 0 ? [`(result ${results.join(" ")})`] : [];
  return [...params.map((type) => `(param ${type})`), ...result].join(" ");
}

function standIn(one) {
  const values = signature(one.text).params.map((_, index) => `(local.get ${index})`);
  const pass = `(call_indirect ${tableName} ${types(one)} ${values.join(" ")} (i32.const ${place.get(one.key)}))`;
  return `(func ${one.name} ${types(one)} (call $rest) ${pass})`;
}

// What the rest uses of the first part, by short names.
const restText = [...later.values()].map((one) => one.text).join("\n");
const memory = all.find((one) => one.kind === "memory");
const used = new Set([...mentions(restText), table.key, memory.key]);
const shared = all.filter((one) => used.has(one.key) && !later.has(one.key))
  .map((one, index) => ({ one, as: `_${index.toString(36)}` }));

const exported = ({ one, as }) => `(export "${as}" (${one.kind} ${one.name}))`;
const imported = ({ one, as }) => `(import "${namespace}" "${as}" ${importedThing(one)})`;
function importedThing(one) {
  if (one.kind === "func") return `(func ${one.name} ${types(one)})`;
  if (one === table) return `(table ${tableName} ${end} funcref)`;
  // A global without its first value.
  return one.text.trim().replace(/ \([a-z0-9]+\.const [^)]*\)\)$/, ")");
}

// Imports stand before everything else.
const lastImport = all.findLastIndex((one) => one.isImport);
const primary = all.flatMap((one, index) => {
  if (one === table) return [`(table ${tableName} ${end} ${end} funcref)`];
  if (later.has(one.key)) return neededEarly.has(one.key) ? [standIn(one)] : [];
  return index === lastImport ? [one.text, `(import "${namespace}" "rest" (func $come))`] : [one.text];
});
primary.push(
  "(global $arrived (mut i32) (i32.const 0))",
  "(func $rest (if (i32.eqz (global.get $arrived)) (then (call $come))))",
  '(export "arrived" (global $arrived))',
  ...shared.map(exported),
);

const places = [...place];
for (const [index, one] of listed.entries()) {
  if (place.get(one) !== first + index) places.push([one, first + index]);
}
const secondary = [
  ...all.filter((one) => one.kind === "type").map((one) => one.text),
  ...shared.map(imported),
  `(import "${namespace}" "arrived" (global $arrived (mut i32)))`,
  ...runs(places.filter(([one]) => later.has(one)))
    .map(([at, names]) => `(elem (table ${tableName}) (i32.const ${at}) func ${names.join(" ")})`),
  "(start $arrive)",
  "(func $arrive (global.set $arrived (i32.const 1)))",
  restText,
];

/** Neighbouring places together, with the names of the functions there. */
function runs(places) {
  const found = [];
  for (const [one, at] of places.sort((a, b) => a[1] - b[1])) {
    const name = later.get(one).name, last = found.at(-1);
    if (last && last[0] + last[1].length === at) last[1].push(name);
    else found.push([at, [name]]);
  }
  return found;
}

function assemble(lines, file) {
  fs.writeFileSync(`${file}.wat`, `(module\n${lines.join("\n")}\n)`);
  execFileSync("wasm-opt", [...FEATURES, "--remove-unused-module-elements", "--reorder-functions", `${file}.wat`, "-o", file]);
  fs.unlinkSync(`${file}.wat`);
}
const glue = fs.readFileSync(script, "utf8").replace(/const import0 = \{\n(\s*)__proto__: null,/, (found, space) =>
  `${found}\n${space}rest: () => comeNow(wasm, import.meta.url),`);
if (!glue.includes("comeNow")) throw new Error(`${script} does not offer imports as it used to`);

// Should anything have gone wrong so far, the program is still whole.
assemble(secondary, rest);
assemble(primary, program);
fs.writeFileSync(script, `import { comeNow } from "./rest.js";\n${glue}`);
console.log(`${seen.size} of ${functions.length} functions are needed for the first picture`);
