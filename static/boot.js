// Starts the page. The names of its two hashed files are attributes of this script's tag: see Trunk.toml.
import { comeSoon } from "./rest.js";

const { js, wasm } = document.querySelector("script[data-wasm]").dataset;
const script = new URL(js, document.baseURI).href;
const { default: init } = await import(script);
const program = await init({ module_or_path: new URL(wasm, document.baseURI) });
// What the browser loads for the first picture comes first.
if (document.readyState === "complete") comeSoon(program, script);
else addEventListener("load", () => comeSoon(program, script), { once: true });
