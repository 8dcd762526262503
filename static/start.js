// Loads the program and starts it, in the page and in its worker. The build writes this script into index.html. `normlab` is what
// others use of it: static/opening.js and src/loaders.
self.normlab = (() => {
  const { js, wasm } = document.querySelector("meta[name=program]").dataset;
  const [script, binary] = [js, wasm].map((file) => new URL(file, document.baseURI));

  const name = (url) => url.pathname.split("/").pop();
  // What has not come yet.
  let awaited = [name(script), name(binary)];
  const come = (url) => (awaited = awaited.filter((one) => one !== name(url)));

  async function loadScript() {
    try {
      return await import(script);
    } catch {
      throw `Its script ${name(script)} could not be loaded.`;
    } finally {
      come(script);
    }
  }

  async function loadProgram() {
    const response = await fetch(binary).catch(() => {
      throw `Its file ${name(binary)} could not be loaded.`;
    });
    if (!response.ok) throw `The server answered ${response.status} when asked for ${name(binary)}.`;
    const module = await WebAssembly.compileStreaming(response).catch(() => {
      throw `What the server sent as ${name(binary)} is not the program.`;
    });
    come(binary);
    return module;
  }

  // What a worker runs first. Its name is the address of the program's script; the compiled program comes as its first message.
  // Files that it will want are asked for now: src/web_worker takes them from `prefetched`.
  function loadInWorker(files) {
    self.prefetched = new Map(files.map((file) => [file, fetch(file)]));
    for (const response of self.prefetched.values()) response.catch(() => {});
    const script = import(self.name);
    script.catch(() => {});
    addEventListener("message", ({ data: module }) => {
      // What the page sends before the program listens would be lost: it is kept, and delivered then.
      const early = [];
      const keep = (event) => early.push(event);
      addEventListener("message", keep);
      script.then(({ default: start }) => start({ module_or_path: module })).then(() => {
        removeEventListener("message", keep);
        for (const { data } of early) dispatchEvent(new MessageEvent("message", { data }));
      }).catch(reportError); // The page hears of a failure through `onerror`.
    }, { once: true });
  }

  function emptyWorker(files) {
    // A worker that comes from an address has no Content-Security-Policy but what the host sends with it, and one from a blob
    // has that of the page. Its address is not given back: some browsers read it only later.
    const loader = new Blob([`(${loadInWorker})(${JSON.stringify(files)})`], { type: "text/javascript" });
    return new Worker(URL.createObjectURL(loader), { name: script.href });
  }

  // An address that does not say what to show shows the first data set.
  function firstFiles() {
    if (document.documentElement.dataset.opening === "hidden") return [];
    return [new URL(document.querySelector("meta[name=first-data]").content, document.baseURI).href];
  }

  let module = null;
  let firstWorker = null;
  return {
    /** What the start waits for, in words. */
    awaited: () => awaited.join(" and "),

    /** Starts the page; throws a sentence when what it needs does not come. */
    async start() {
      const loaded = Promise.all([loadScript(), loadProgram()]);
      try {
        firstWorker = emptyWorker(firstFiles());
      } catch {
        // In a frame that allows none; the program says so when it wants one.
      }
      let page;
      [page, module] = await loaded;
      awaited = ["its worker and the data"];
      await page.default({ module_or_path: module });
    },

    /** A worker that runs the program once more, where it computes: the first one is on its way before the program is there. */
    startWorker() {
      const worker = firstWorker ?? emptyWorker([]);
      firstWorker = null;
      worker.postMessage(module);
      return worker;
    },
  };
})();
