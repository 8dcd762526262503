// Starts the page. The names of its two hashed files are attributes of this script's tag: see Trunk.toml.
const { js, wasm } = document.querySelector("script[data-wasm]").dataset;
const { default: init } = await import(new URL(js, document.baseURI));
await init({ module_or_path: new URL(wasm, document.baseURI) });
