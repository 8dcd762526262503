// Starts the program of the experiments, which is loaded only now: it answers the messages of the page. The name of the worker is the
// address of the page's script: the program is beside it, and a new build is a new address.
const address = (file) => new URL(`${file}?${self.name.split("/").pop()}`, self.name);

// What the page sends before the program listens would be lost: it is kept, and delivered then.
const early = [];
const keep = ({ data }) => early.push(data);
addEventListener("message", keep);

(async () => {
  try {
    const program = await import(address("experiments.js"));
    await program.default({ module_or_path: address("experiments_bg.wasm") });
  } catch {
    // What came instead must not be remembered, or the next try would find it again.
    const files = ["experiments.js", "experiments_bg.wasm"].map((file) => fetch(address(file), { cache: "reload" }));
    await Promise.allSettled(files);
    return postMessage("missing");
  }
  removeEventListener("message", keep);
  for (const data of early) dispatchEvent(new MessageEvent("message", { data }));
})();
