// Times every network in a fresh Chromium, and prints a table beside what was measured natively.
//
//     node run.mjs ../../target/training [--works=mlp-none-64,recurrent] [--rounds=9]
//
// CHROMIUM names the browser where it is not on PATH.
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { chromium } from "playwright-core";

const TOLERANCE = 1e-3; // of the losses of the second step, relative
const here = path.dirname(new URL(import.meta.url).pathname);
const built = path.resolve(process.argv[2]);
const options = Object.fromEntries(process.argv.slice(3).map((one) => one.replace(/^--/, "").split("=")));
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };

function serve(request, response) {
  const url = request.url.split("?")[0];
  const file = url.startsWith("/built/") ? path.join(built, url.slice("/built/".length)) : path.join(here, url);
  if (url.includes("..") || !fs.existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, { "content-type": TYPES[path.extname(file)] ?? "application/octet-stream" });
  fs.createReadStream(file).pipe(response);
}

function browserPath() {
  const onPath = (name) => process.env.PATH.split(":").map((directory) => path.join(directory, name));
  const candidates = ["chromium", "chromium-browser", "google-chrome"].flatMap(onPath);
  return process.env.CHROMIUM ?? candidates.find((file) => fs.existsSync(file));
}

// Of a file of lines: id, milliseconds, loss.
function native(name) {
  const file = path.join(built, `${name}.tsv`);
  const lines = fs.existsSync(file) ? fs.readFileSync(file, "utf8").trim().split("\n") : [];
  return new Map(lines.map((line) => line.split("\t")).map(([id, ms, loss]) => [id, { ms: Number(ms), loss: Number(loss) }]));
}

async function inPage(address, ask) {
  const browser = await chromium.launch({ executablePath: browserPath(), args: ["--no-sandbox", "--disable-gpu"] });
  try {
    const page = await browser.newPage();
    page.on("pageerror", (error) => console.error(error.message));
    await page.goto(`${address}/index.html`);
    await page.waitForFunction(() => window.ready);
    return await ask(page);
  } finally {
    await browser.close();
  }
}

const server = http.createServer(serve);
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = `http://127.0.0.1:${server.address().port}`;
const [rust, torch] = [native("normlab"), native("torch")];
const chosen = [...rust.keys()].filter((id) => !options.works || options.works.split(",").some((one) => id.startsWith(one)));
const problems = [];
console.log("| network, norm, batch | Normlab, ms | TensorFlow.js wasm | TensorFlow.js cpu | Normlab natively, ms | PyTorch |");
console.log("|---|---:|---:|---:|---:|---:|");
for (const id of chosen) {
  const [ours, ...theirs] = await inPage(address, (page) =>
    page.evaluate(([id, rounds]) => window.measure(id, rounds), [id, Number(options.rounds ?? 9)]),
  );
  const natively = rust.get(id);
  const all = [...theirs, { name: "Normlab natively", ...natively }, { name: "PyTorch", ...torch.get(id) }];
  for (const { name, loss, error } of all) {
    if (error) problems.push(`${id}, ${name}: ${error}`);
    else if (loss !== undefined && !(Math.abs(loss / ours.loss - 1) <= TOLERANCE)) {
      problems.push(`${id}, ${name}: another loss in the second step, ${loss} for ${ours.loss}`);
    }
  }
  const times = (ms, unit) => (ms ? `${(ms / unit).toPrecision(3)} x` : "-");
  const cells = [ours.ms.toPrecision(3), ...theirs.map(({ ms }) => times(ms, ours.ms)), natively.ms.toPrecision(3)];
  console.log(`| ${id} | ${cells.join(" | ")} | ${times(torch.get(id)?.ms, natively.ms)} |`);
}
const growth = await inPage(address, (page) => page.evaluate(() => window.growth("mlp-batch-64")));
console.log(`\nMemory grew by ${growth} bytes in 10,000 steps.`);
server.close();
problems.forEach((problem) => console.log(problem));
process.exitCode = growth ? 1 : 0;
