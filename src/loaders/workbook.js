// Reads an Excel workbook, in a worker of its own: the program for that is loaded only now, and what takes too much memory
// or time can be ended without losing anything else. The name of the worker is the address of the page's script: the program is
// beside it, and a new build is a new address.
const failed = (reason) => postMessage(["failed", reason]);
const address = (file) => new URL(`${file}?${self.name.split("/").pop()}`, self.name);

addEventListener("message", async ({ data: [file, sheet] }) => {
  let program;
  try {
    program = await import(address("xlsx.js"));
    await program.default({ module_or_path: address("xlsx_bg.wasm") });
  } catch {
    // What came instead must not be remembered, or the next try would find it again.
    const files = ["xlsx.js", "xlsx_bg.wasm"].map((file) => fetch(address(file), { cache: "reload" }));
    await Promise.allSettled(files);
    return postMessage(["missing"]);
  }
  try {
    program.read(new Uint8Array(await file.arrayBuffer()), sheet, (...told) => postMessage(told));
    postMessage(["done"]);
  } catch (error) {
    // The reason is a text; anything else is the program's own failure, such as of memory.
    failed(typeof error === "string" ? error : undefined);
  }
}, { once: true });
