// The program comes in two parts: what the first picture needs, and the rest. Who calls a function of the rest before it is
// there waits until it has come; mostly it comes while the visitor looks at the first picture. See scripts/split.mjs.

const address = (script) => script.replace(/\.js$/, "_rest.wasm");
const letter = (module) => WebAssembly.Module.imports(module)[0].module;
const add = (module, program) => new WebAssembly.Instance(module, { [letter(module)]: program });

let fetched = null;

/** Fetches the rest. Should that fail, who needs it tries again. */
export async function fetchRest(script, priority) {
  fetched ??= await WebAssembly.compileStreaming(fetch(address(script), { priority })).catch(() => null);
}

/** Adds the rest while nobody waits for it. */
export async function comeSoon(program, script) {
  if (!program.arrived) return; // It is in one part.
  await fetchRest(script, "low");
  if (fetched && !program.arrived.value) add(fetched, program);
}

/** Adds the rest before anything else happens. */
export function comeNow(program, script) {
  if (fetched) return add(fetched, program);
  const request = new XMLHttpRequest();
  // An address of its own: a browser would have this request wait for the one under way, whose answer nobody here can take.
  request.open("GET", `${address(script)}?now`, false);
  // A page can be made to wait for a text only: this one has a character for each byte.
  request.overrideMimeType("text/plain; charset=x-user-defined");
  request.send();
  add(new WebAssembly.Module(Uint8Array.from(request.responseText, (character) => character.charCodeAt(0))), program);
}
