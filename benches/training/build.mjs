// Makes one file of TensorFlow.js in the directory given.
import fs from "node:fs";
import path from "node:path";
import { build } from "esbuild";

const out = path.resolve(process.argv[2]);
const here = path.dirname(new URL(import.meta.url).pathname);
await build({
  stdin: {
    contents: `export * as tf from "@tensorflow/tfjs"; export { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";`,
    resolveDir: here,
  },
  outfile: path.join(out, "tf.js"),
  bundle: true,
  format: "esm",
  minify: true,
  platform: "browser",
  logLevel: "error",
  define: { "process.env.NODE_ENV": '"production"', global: "globalThis" },
});
const wasm = "tfjs-backend-wasm-simd.wasm";
fs.copyFileSync(path.join(here, "node_modules/@tensorflow/tfjs-backend-wasm/wasm-out", wasm), path.join(out, wasm));
