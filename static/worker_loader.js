// Starts the worker: a classic script, so that `new Worker(url)` is enough. scripts/post-build.sh puts the hashed names in.
importScripts("./worker.js");
// What the page sends before the wasm is there would be lost: it is kept, and delivered then.
const early = [];
const keep = (event) => early.push(event);
addEventListener("message", keep);
wasm_bindgen({ module_or_path: "./worker_bg.wasm" }).then(() => {
  removeEventListener("message", keep);
  for (const { data, ports } of early) dispatchEvent(new MessageEvent("message", { data, ports }));
}, reportError); // The page hears of a failure through `onerror`.
