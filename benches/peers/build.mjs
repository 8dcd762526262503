// Makes what the page loads, in the directory given: the libraries as one file each, models for ONNX Runtime, CSV files.
//
//     node build.mjs ../../target/peers
import fs from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { writeTables } from "./csv.mjs";
import { models } from "./onnx.mjs";

const out = path.resolve(process.argv[2]);
const here = path.dirname(new URL(import.meta.url).pathname);
const installed = (file) => path.join(here, "node_modules", file);
const LIBRARIES = {
  d3: `export { bin, deviation, extent, mean, quantile } from "d3-array"; export { csvParseRows } from "d3-dsv";`,
  jax: `export * from "@jax-js/jax";`,
  mlmatrix: `export { Matrix } from "ml-matrix";`,
  papa: `import Papa from "papaparse"; export default Papa;`,
  simple: `export * from "simple-statistics";`,
  stdlib: `export { default as dmeanvar } from "@stdlib/stats-base-dmeanvar";
           export { default as dmin } from "@stdlib/stats-base-dmin";
           export { default as dmax } from "@stdlib/stats-base-dmax";`,
  tf: `export * as tf from "@tensorflow/tfjs"; export { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";`,
  udsv: `export { inferSchema, initParser } from "udsv";`,
};

for (const [name, contents] of Object.entries(LIBRARIES)) {
  await build({
    stdin: { contents, resolveDir: here },
    outfile: path.join(out, "bundles", `${name}.js`),
    bundle: true,
    format: "esm",
    minify: true,
    platform: "browser",
    logLevel: "error",
    legalComments: "none",
    define: { "process.env.NODE_ENV": '"production"', global: "globalThis" },
  });
}

// These load their own wasm, from beside them.
const COPIED = [
  "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm",
  "onnxruntime-web/dist/ort.wasm.min.mjs",
  "onnxruntime-web/dist/ort-wasm-simd-threaded.mjs",
  "onnxruntime-web/dist/ort-wasm-simd-threaded.wasm",
];
for (const file of COPIED) fs.copyFileSync(installed(file), path.join(out, "bundles", path.basename(file)));

fs.mkdirSync(path.join(out, "models"), { recursive: true });
for (const [name, bytes] of Object.entries(models())) fs.writeFileSync(path.join(out, "models", `${name}.onnx`), bytes);
writeTables(path.join(out, "tables"));
