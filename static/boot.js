// Starts the page. The names of its two hashed files are attributes of this script's tag: see Trunk.toml.
import { comeSoon, fetchRest } from "./rest.js";

const { js, wasm, rest } = document.querySelector("script[data-wasm]").dataset;
const script = new URL(js, document.baseURI).href;
// A link that says what to show needs more than the first picture does.
const more = rest !== undefined && location.hash.includes("?") && fetchRest(script, "high");
const [{ default: init }] = await Promise.all([import(script), more]);
const program = await init({ module_or_path: new URL(wasm, document.baseURI) });
// What the browser loads for the first picture comes first.
if (document.readyState === "complete") comeSoon(program, script);
else addEventListener("load", () => comeSoon(program, script), { once: true });
