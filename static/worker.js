// Starts the worker: the program of the page once more, in a place where it computes. The name of its script is behind the
// question mark, so that a new build is a new address; the compiled program comes as the first message.
const script = new URL(location.search.slice(1), location).href;

addEventListener("message", ({ data: module }) => {
  // What the page sends before the program listens would be lost: it is kept, and delivered then.
  const early = [];
  const keep = (event) => early.push(event);
  addEventListener("message", keep);
  import(script).then(({ default: start }) => start({ module_or_path: module })).then(() => {
    removeEventListener("message", keep);
    for (const { data } of early) dispatchEvent(new MessageEvent("message", { data }));
  }).catch(reportError); // The page hears of a failure through `onerror`.
}, { once: true });
