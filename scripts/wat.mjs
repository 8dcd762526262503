// A program as text, the way wasm-dis writes it: one element after the other, each beginning at the start of a line.

export const FEATURES = ["simd", "bulk-memory", "nontrapping-float-to-int", "sign-ext", "mutable-globals", "multivalue",
  "reference-types"].map((feature) => `--enable-${feature}`);

/** The elements of the module: { kind, name, key, isImport, text }. An import has kind and name of what it imports. */
export function elements(text) {
  const found = [];
  let lines = [];
  for (const line of text.split("\n").slice(1)) {
    if (line.startsWith(" (") || lines.length > 0) lines.push(line);
    const whole = lines.length === 1 ? balanced(line) : line === " )";
    if (lines.length > 0 && whole) {
      found.push(element(lines.join("\n")));
      lines = [];
    }
  }
  if (lines.length > 0) throw new Error("the text of the program is not as expected");
  return found;
}

function element(text) {
  const kind = text.match(/^ \((\w+)/)[1];
  const named = kind === "import" ? text.match(/\((?:func|table|memory|global) (\$\S+)/) : text.match(/^ \(\w+ (\$[^\s)]+)/);
  const name = named?.[1].replace(/\)+$/, "");
  const what = kind === "import" ? text.match(/\((func|table|memory|global) \$/)[1] : kind;
  return { kind: what, name, key: name && key(what, name), isImport: kind === "import", text };
}

/** Texts in quotes hold no brackets that count. */
function balanced(line) {
  const bare = line.replace(/"(?:[^"\\]|\\.)*"/g, "");
  return bare.split("(").length === bare.split(")").length;
}

export const isFunction = (one) => one.kind === "func" && !one.isImport;

const MENTIONS = [
  ["func", /\((?:call|return_call|ref\.func) (\$[^\s()]+)/g],
  ["func", /\(func (\$[^\s()]+)\)/g],
  ["global", /\(global(?:\.[gs]et)? (\$[^\s()]+)/g],
  ["table", /\((?:table(?:\.\w+)?|call_indirect|return_call_indirect) (\$[^\s()]+)/g],
];

/** What a text mentions, as keys of elements. Functions, globals and tables have names of their own each. */
export function mentions(text) {
  return MENTIONS.flatMap(([kind, pattern]) => [...text.matchAll(pattern)].map((match) => key(kind, match[1])));
}

export function key(kind, name) {
  return `${kind} ${name}`;
}

/** Types of parameters and results of a function or of an import of one. */
export function signature(text) {
  const head = text.slice(text.indexOf("(func")).split("\n")[0];
  const params = [...head.matchAll(/\(param (?:\$\S+ )?([^)]*)\)/g)].flatMap((match) => match[1].split(" "));
  const results = [...head.matchAll(/\(result ([^)]*)\)/g)].flatMap((match) => match[1].split(" "));
  return { params, results };
}
