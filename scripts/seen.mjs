// Which functions the page calls until its first picture stands: it is opened in a browser, with a program in which every
// function leaves a mark, in a memory apart: what lies where in its own decides which keys of a map collide.
import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { FEATURES, isFunction } from "./wat.mjs";

const PAGE = 65536;
/** Milliseconds: for the whole, and for what follows the first picture without being asked for. */
const PATIENCE = 60_000, CALM = 2_000;
/** Script that has each answer of a worker come some milliseconds late, as where the machine is slow. */
const slowly = (late) => `globalThis.Worker = class extends Worker {
  set onmessage(hear) { super.onmessage = hear && ((event) => setTimeout(hear, ${late}, event)); } };`;
/** First pictures, which need not go the same ways: what is answered first, and what has room, differs; and a page says that
 * it computes only when it does so for a while. */
const VISITS = [["/#/explore", "1280,800"], ["/", "390,844"], ["/#/", "1920,1080"], ["/#/explore", "1280,800"],
  ["/#/explore", "1280,800", slowly(400)]];
const TYPES = { html: "text/html", css: "text/css", js: "text/javascript", wasm: "application/wasm", svg: "image/svg+xml" };

/** Names of the functions that are called, of the program in the present directory. */
export async function seenFunctions({ all, script, program }) {
  const functions = all.filter(isFunction);
  const marked = all.map((one) => (isFunction(one) ? withMark(one.text, functions.indexOf(one)) : one.text));
  marked.push(`(memory $marks ${Math.ceil(functions.length / PAGE)})`, '(export "marks" (memory $marks))');
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "normlab-first-picture-"));
  try {
    const text = path.join(directory, "marked.wat"), binary = path.join(directory, "marked.wasm");
    fs.writeFileSync(text, `(module\n${marked.join("\n")}\n)`);
    execFileSync("wasm-opt", [...FEATURES, "--enable-multimemory", text, "-o", binary]);
    const tell = `\nsetInterval(() => wasm && fetch("/seen", { method: "POST", headers: { "x-picture": shows() },
      body: new Uint8Array(wasm.marks.buffer, 0, ${functions.length}).slice() }), 250);
      const shows = () => globalThis.document?.querySelector("main .result canvas")?.width > 300 ? "yes" : "no";`;
    const glue = fs.readFileSync(script, "utf8"), replaced = { [`/${program}`]: fs.readFileSync(binary) };
    const seen = new Uint8Array(functions.length);
    for (const [index, [address, size, also = ""]] of VISITS.entries()) {
      replaced[`/${script}`] = glue + tell + also;
      await visit(replaced, seen, address, size, path.join(directory, `profile-${index}`));
    }
    return new Set(functions.filter((_, index) => seen[index]).map((one) => one.name));
  } finally {
    // A browser that has ended may still be writing; what it leaves is no reason to stop.
    await fs.promises.rm(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }).catch(() => {});
  }
}

/** The mark stands behind the declarations of locals. */
function withMark(text, at) {
  const lines = text.split("\n");
  const body = lines.findIndex((line, index) => index > 0 && !line.startsWith("  (local "));
  const mark = `  (i32.store8 $marks (i32.const ${at}) (i32.const 1))`;
  if (lines.length === 1) return `${text.slice(0, -1)}${mark})`;
  return [...lines.slice(0, body), mark, ...lines.slice(body)].join("\n");
}

/** Opens the page, and gathers the marks of page and worker until some time after the first picture. */
async function visit(replaced, seen, address, size, profile) {
  let shown;
  const picture = new Promise((resolve) => (shown = resolve));
  const server = http.createServer((request, response) => {
    if (request.url === "/seen") {
      if (request.headers["x-picture"] === "yes") shown();
      const parts = [];
      request.on("data", (part) => parts.push(part)).on("end", () => {
        Buffer.concat(parts).forEach((mark, index) => (seen[index] |= mark));
        response.end();
      });
      return;
    }
    const name = request.url === "/" ? "/index.html" : request.url.split("?")[0];
    const content = replaced[name] ?? (fs.existsSync(`.${name}`) && fs.readFileSync(`.${name}`));
    response.writeHead(content ? 200 : 404, { "content-type": TYPES[name.split(".").at(-1)] ?? "text/plain" }).end(content || "");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const browser = spawn(chromium(), ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-quic", `--window-size=${size}`,
    `--user-data-dir=${profile}`, `http://127.0.0.1:${server.address().port}${address}`], { stdio: "ignore" });
  const ended = new Promise((resolve) => browser.once("exit", resolve));
  try {
    const late = new Promise((_, refuse) => setTimeout(refuse, PATIENCE, new Error("no picture was seen")).unref());
    await Promise.race([picture, late, ended.then(() => Promise.reject(new Error("the browser ended")))]);
    await new Promise((resolve) => setTimeout(resolve, CALM));
  } finally {
    browser.kill();
    await ended;
    server.close();
    server.closeAllConnections();
  }
}

/** The command that starts Chromium, under one of its names. */
export function chromium() {
  const names = [process.env.CHROME, "chromium", "chromium-browser", "google-chrome"].filter(Boolean);
  const found = names.find((name) => {
    try {
      return execFileSync("sh", ["-c", `command -v "${name}"`], { stdio: "pipe" });
    } catch {
      return false;
    }
  });
  if (!found) throw new Error("Chromium not found");
  return found;
}
