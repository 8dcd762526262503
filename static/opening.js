// The opening picture stands in index.html (src/prerender writes it). This script, which the build writes into index.html
// too, starts the program behind it; until the live page takes its place, it keeps what the visitor does, and says what is
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
  root.dataset.opening = /^#\/(experiment|practice|present)|\?/.test(location.hash) ? "hidden" : "shown";

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
    if (element.type === "file") return say(LATER, false);
    kept.push({ element, kind: event.type, value: element.value });
    say("Still loading the program that computes. What you chose is kept, and done as soon as it is there.", false);
  }
  // A browser would leave the page for a file that is dropped.
  const LATER = "Still loading the program that reads files. Please open the file again in a moment.";
  function refuse(event) {
    event.preventDefault();
    if (event.type === "drop") say(LATER, false);
  }
  const KINDS = [["click", keep], ["input", keep], ["change", keep], ["dragover", refuse], ["drop", refuse]];
  for (const [kind, does] of KINDS) addEventListener(kind, does, true);
  function stopKeeping() {
    for (const [kind, does] of KINDS) removeEventListener(kind, does, true);
  }

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
    clearTimeout(late);
    stopKeeping();
    const focused = opening().contains(document.activeElement) ? twin(document.activeElement) : null;
    const todo = kept.map(({ element, kind, value }) => ({ element: twin(element), kind, value }));
    const scrolled = opening().querySelector(".choices")?.scrollTop ?? 0;
    for (const id of ["opening", "opening-note", "opening-other"]) document.getElementById(id).remove();
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

  let late = 0;
  function fail(text, retry = true) {
    clearTimeout(late);
    stopKeeping();
    say(text, retry);
    document.getElementById("opening-other").textContent = "";
  }
  // A host that lets every origin have its files works even there.
  const SANDBOX = "This page is shown in a frame whose sandbox keeps it from loading the program that computes, so this is "
    + "a still picture: open the page in a tab of its own, or give the frame allow-same-origin.";

  // The page says when its first result is on the screen, or why there will be none.
  document.addEventListener("normlab:shown", leave);
  document.addEventListener("normlab:failed", (event) => fail(event.detail));

  addEventListener("DOMContentLoaded", async () => {
    document.querySelector("#opening-note button").onclick = () => location.reload();
    late = setTimeout(() => say(`The program that computes is taking long: ${normlab.awaited()} did not come yet. `
      + "Until then, this is a still picture.", true), LONG);
    try {
      await normlab.start();
    } catch (reason) {
      if (self.origin === "null" && location.protocol !== "file:") return fail(SANDBOX, false);
      const why = typeof reason === "string" ? reason : `It stopped: ${reason?.message ?? reason}`;
      return fail(`The program that computes did not start, so this is a still picture. ${why}`);
    }
    if (root.dataset.opening === "hidden") leave();
  });
})();
