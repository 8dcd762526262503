// Starts the page. The names of its two hashed files are attributes of this script's tag: see Trunk.toml.
import { comeSoon, fetchRest } from "./rest.js";

const { js, wasm, rest } = document.querySelector("script[data-wasm]").dataset;
const script = new URL(js, document.baseURI).href;
// How that looks which the first picture does without.
const dress = () => document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: "rest.css" }));
// A link that says what to show needs more than the first picture does.
const asks = location.hash.includes("?");
const more = rest !== undefined && asks && fetchRest(script, "high");
if (asks) dress();
const [{ default: init }] = await Promise.all([import(script), more]);
const program = await init({ module_or_path: new URL(wasm, document.baseURI) });
// What the browser loads for the first picture comes first.
const complete = () => {
  comeSoon(program, script);
  if (!asks) dress();
};
if (document.readyState === "complete") complete();
else addEventListener("load", complete, { once: true });
