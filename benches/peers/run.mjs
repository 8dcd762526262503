// Measures every work in a fresh Chromium each, and prints the table.
//
//     node run.mjs ../../target/peers [--works=table1e5,csv10.parse] [--libraries=ours,plain] [--rounds=9] [--seconds=90]
//
// `seconds` end a work's rounds early. CHROMIUM names the browser where it is not on PATH.
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";
import { table } from "./table.mjs";
import { WORKS } from "./works.mjs";

const here = path.dirname(new URL(import.meta.url).pathname);
const built = path.resolve(process.argv[2]);
const options = Object.fromEntries(process.argv.slice(3).map((one) => one.replace(/^--/, "").split("=")));
const chosen = (list, matches) => !list || list.split(",").some(matches);
const works = WORKS.filter(({ id }) => chosen(options.works, (one) => id === one || id.startsWith(`${one}.`)));

const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
};

// This directory, and at /built/ what was built.
function serve(request, response) {
  const url = request.url.split("?")[0];
  const file = url.startsWith("/built/") ? path.join(built, url.slice("/built/".length)) : path.join(here, url);
  if (url.includes("..") || !fs.existsSync(file)) return response.writeHead(404).end();
  const type = TYPES[path.extname(file)] ?? "application/octet-stream";
  response.writeHead(200, { "content-type": type, "cache-control": "no-store" });
  fs.createReadStream(file).pipe(response);
}

function browserPath() {
  const onPath = (name) => process.env.PATH.split(":").map((directory) => path.join(directory, name));
  const candidates = ["chromium", "chromium-browser", "google-chrome"].flatMap(onPath);
  return process.env.CHROMIUM ?? candidates.find((file) => fs.existsSync(file));
}

async function measure(address, { id, set, work, libraries }) {
  const browser = await chromium.launch({
    executablePath: browserPath(),
    args: ["--no-sandbox", "--disable-gpu", "--js-flags=--expose-gc"],
  });
  try {
    const page = await browser.newPage();
    page.on("console", (message) => console.error(`${id}: ${message.text()}`));
    page.on("pageerror", (error) => console.error(`${id}: ${error.message}`));
    await page.goto(`${address}/page/index.html`);
    await page.waitForFunction(() => window.ready);
    const taken = libraries.filter((library) => chosen(options.libraries, (one) => one === library));
    const how = { libraries: taken, rounds: Number(options.rounds ?? 9), seconds: Number(options.seconds ?? 90) };
    const crash = new Promise((_, reject) => page.on("crash", () => reject(new Error("the page crashed"))));
    const result = await Promise.race([
      page.evaluate(([set, work, how]) => window.measure(set, work, how), [set, work, how]),
      crash,
    ]);
    return { ...result, id, browser: browser.version(), load: os.loadavg()[0] };
  } finally {
    await browser.close();
  }
}

const server = http.createServer(serve);
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const results = { date: new Date().toISOString(), processor: os.cpus()[0].model, cores: os.cpus().length, works: [] };
for (const work of works) {
  results.works.push(await measure(`http://127.0.0.1:${server.address().port}`, work));
  fs.writeFileSync(path.join(built, "results.json"), JSON.stringify(results, null, 1));
}
server.close();
console.log(table(results));
