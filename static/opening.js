// The opening picture stands in index.html (src/prerender writes it). This script, which the build writes into index.html
// too, fetches the program behind it; until the live page takes its place, it keeps what the visitor does, and says what is
// missing when the program does not come.
(() => {
  // Milliseconds after which a program that has not come is worth a sentence.
  const LONG = 7000;
  const root = document.documentElement;

  let chosen = null;
  try {
    chosen = localStorage.getItem("normlab.theme");
  } catch {
    // Storage may be forbidden.
  }
  root.dataset.theme = chosen ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  // A link that says what to show has another picture than the opening one.
  root.dataset.opening = location.hash.includes("?") ? "hidden" : "shown";

  const opening = () => document.getElementById("opening");
  const page = () => document.getElementById("page");

  function say(text, retry) {
    const note = document.getElementById("opening-note");
    if (!note) return;
    note.querySelector("p").textContent = text;
    note.querySelector("button").hidden = !retry;
    note.hidden = false;
  }

  // What the visitor does before the program is there is done when it is.
  const kept = [];
  const OPERATED = "button, summary, a, select, textarea, input";
  function keep(event) {
    const element = event.target.closest?.(OPERATED);
    if (!element || !opening()?.contains(element)) return;
    const clicked = element.matches("button, summary, a, [type=checkbox], [type=radio]");
    if (clicked !== (event.type === "click")) return;
    if (element.matches("a")) event.preventDefault();
    kept.push({ element, kind: event.type, value: element.value });
    say("Still loading the program that computes. What you chose is kept, and done as soon as it is there.", false);
  }
  // A browser would leave the page for a file that is dropped.
  function refuse(event) {
    event.preventDefault();
    if (event.type === "drop") say("Still loading the program that reads files. Please drop the file again in a moment.", false);
  }
  const KINDS = [["click", keep], ["input", keep], ["change", keep], ["dragover", refuse], ["drop", refuse]];
  for (const [kind, does] of KINDS) addEventListener(kind, does, true);

  /** The element of the live page that stands where this one stands in the opening picture. */
  function twin(element) {
    const steps = [];
    for (let at = element; at !== opening(); at = at.parentElement) steps.push([...at.parentElement.children].indexOf(at));
    const found = steps.reduceRight((at, step) => at?.children[step], page());
    const same = found?.tagName === element.tagName && found.textContent === element.textContent;
    return same ? found : null;
  }

  function leave() {
    if (!opening()) return;
    for (const [kind, does] of KINDS) removeEventListener(kind, does, true);
    const focused = opening().contains(document.activeElement) ? twin(document.activeElement) : null;
    const todo = kept.map(({ element, kind, value }) => ({ element: twin(element), kind, value }));
    const scrolled = opening().querySelector(".choices")?.scrollTop ?? 0;
    opening().remove();
    document.getElementById("opening-note").remove();
    delete root.dataset.opening;
    page().querySelector(".choices")?.scrollTo(0, scrolled);
    focused?.focus({ preventScroll: true });
    for (const { element, kind, value } of todo) {
      if (kind === "click") {
        element?.click();
      } else if (element) {
        element.value = value;
        element.dispatchEvent(new Event(kind, { bubbles: true }));
      }
    }
  }
  // The page says when its first result is on the screen, or why there will be none.
  document.addEventListener("normlab:shown", leave);
  document.addEventListener("normlab:failed", (event) => say(event.detail, true));

  async function load(program) {
    const script = new URL(program.js, document.baseURI), wasm = new URL(program.wasm, document.baseURI);
    const name = (url) => url.pathname.split("/").pop();
    const scriptComes = import(script).catch(() => {
      throw `Its script ${name(script)} could not be loaded.`;
    });
    const moduleComes = fetch(wasm).catch(() => {
      throw `Its file ${name(wasm)} could not be loaded.`;
    }).then((response) => {
      if (!response.ok) throw `The server answered ${response.status} when asked for ${name(wasm)}.`;
      return WebAssembly.compileStreaming(response).catch(() => {
        throw `What the server sent as ${name(wasm)} is not the program.`;
      });
    });
    const [{ default: start }, module] = await Promise.all([scriptComes, moduleComes]);
    await start({ module_or_path: module });
  }

  addEventListener("DOMContentLoaded", async () => {
    document.querySelector("#opening-note button").onclick = () => location.reload();
    const late = setTimeout(() => say("The program that computes is taking long to load. Until it is there, this is a still picture.", true), LONG);
    try {
      await load(document.querySelector("meta[name=program]").dataset);
    } catch (reason) {
      const why = typeof reason === "string" ? reason : `It stopped: ${reason?.message ?? reason}`;
      return say(`The program that computes did not start, so this is a still picture. ${why}`, true);
    } finally {
      clearTimeout(late);
    }
    if (root.dataset.opening === "hidden") leave();
  });
})();
