// Reads an Excel workbook, in a worker of its own: the program for that is loaded only now, and what takes too much memory
// or time can be ended without losing anything else. What is behind the question mark makes a new build a new address.
const failed = (reason) => postMessage(["failed", reason]);

addEventListener("message", async ({ data: [file, sheet] }) => {
  let program;
  try {
    program = await import(`./xlsx.js${location.search}`);
    await program.default({ module_or_path: new URL(`xlsx_bg.wasm${location.search}`, location) });
  } catch {
    return failed("What reads workbooks could not be loaded. Is the network there? Otherwise save the sheet as CSV.");
  }
  try {
    program.read(new Uint8Array(await file.arrayBuffer()), sheet, (...told) => postMessage(told));
    postMessage(["done"]);
  } catch (error) {
    // The reason is a text; anything else is the program's own failure, such as of memory.
    failed(typeof error === "string" ? error : undefined);
  }
}, { once: true });
