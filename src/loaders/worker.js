// Starts the worker: the program of the page once more, in a place where it computes. The name of the worker is the address of
// the program's script; the compiled program comes as the first message.
addEventListener("message", ({ data: module }) => {
  // What the page sends before the program listens would be lost: it is kept, and delivered then.
  const early = [];
  const keep = (event) => early.push(event);
  addEventListener("message", keep);
  import(self.name).then(({ default: start }) => start({ module_or_path: module })).then(() => {
    removeEventListener("message", keep);
    for (const { data } of early) dispatchEvent(new MessageEvent("message", { data }));
  }).catch(reportError); // The page hears of a failure through `onerror`.
}, { once: true });
