// Program and script call each other by names of one or two letters: `__wbg_setAttribute_9e7d603908f63705` says much to
// people and nothing to a browser, and its digits cannot be compressed. What the script never calls is no longer offered.
//
//     node shorten.mjs app.js app_bg.wasm
import fs from "node:fs";

const [IMPORTS, EXPORTS] = [2, 7];
const [FUNCTION, TABLE, MEMORY, GLOBAL] = [0, 1, 2, 3];
const [scriptFile, programFile] = process.argv.slice(2);
const script = fs.readFileSync(scriptFile, "utf8");
const program = fs.readFileSync(programFile);

// Reading and writing the binary format: numbers are seven bits a byte, names have their length before them.
let at = 8;
function number() {
  for (let value = 0, factor = 1; ; factor *= 128) {
    const byte = program[at++];
    value += (byte & 127) * factor;
    if (byte < 128) return value;
  }
}
function bytes(value) {
  return value < 128 ? [value] : [(value & 127) | 128, ...bytes(value >>> 7)];
}
function name() {
  const length = number();
  return program.toString("utf8", at, (at += length));
}
function limits() {
  const flags = number();
  number();
  if (flags & 1) number();
}

function importedThing(kind) {
  const start = at;
  if (kind === FUNCTION) number();
  else if (kind === TABLE) at++, limits();
  else if (kind === MEMORY) limits();
  else if (kind === GLOBAL) at += 2;
  else throw new Error(`${programFile} imports something of kind ${kind}, which is not known here`);
  return program.subarray(start, at);
}

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const names = new Map();
function shorten(long) {
  if (!names.has(long)) {
    const index = names.size, [high, low] = [Math.floor(index / letters.length), index % letters.length];
    names.set(long, (high ? letters[high - 1] : "") + letters[low]);
  }
  const short = names.get(long);
  return [short.length, ...Buffer.from(short)];
}

const isCalled = (exported) => new RegExp(`\\bwasm\\.${exported}\\b`).test(script);

const parts = [program.subarray(0, at)];
while (at < program.length) {
  const start = at, section = program[at++], length = number(), end = at + length;
  if (section !== IMPORTS && section !== EXPORTS) {
    parts.push(program.subarray(start, (at = end)));
    continue;
  }
  const entries = [];
  for (let left = number(); left > 0; left--) {
    if (section === IMPORTS) {
      entries.push([...shorten(name()), ...shorten(name()), program[at++], ...importedThing(program[at - 1])]);
    } else {
      const exported = name(), entry = [program[at++], ...bytes(number())];
      if (isCalled(exported)) entries.push([...shorten(exported), ...entry]);
    }
  }
  const content = [...bytes(entries.length), ...entries.flat()];
  parts.push(Buffer.from([section, ...bytes(content.length), ...content]));
}

// In the script they are properties: `wasm.name`, `name: function`, and the module's own name in quotes.
const long = [...names.keys()].map((name) => name.replace(/[./]/g, "\\$&")).join("|");
const replaced = new Set();
const replace = (_, before, name, after) => (replaced.add(name), before + names.get(name) + after);
const shortened = script
  .replace(new RegExp(`(\\bwasm\\.)(${long})(\\b)`, "g"), replace)
  .replace(new RegExp(`(^\\s*"?)(${long})("?:\\s)`, "gm"), replace);
for (const name of names.keys()) {
  if (!replaced.has(name)) throw new Error(`${scriptFile} does not offer ${name}`);
}
fs.writeFileSync(scriptFile, shortened);
fs.writeFileSync(programFile, Buffer.concat(parts));
