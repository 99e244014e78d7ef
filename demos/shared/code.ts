import { byId, make } from "./dom.ts";

/** The event of the document after a setting has changed. */
export const CHANGED = "wgrad:settings";

/**
 * Puts "Show the code" into the element with id `code`: the lines of the library that this page runs, with its present
 * settings, to copy. They are written anew when it is opened and when a setting changes.
 */
export function showCode(code: () => string): void {
  const shown = make("code", { attributes: { id: "code-text" } });
  const copy = make("button", { text: "Copy", attributes: { type: "button", id: "copy-code" } });
  const said = make("span", { class: "hint", attributes: { role: "status" } });
  const block = make("pre", { class: "code", attributes: { tabindex: "0" } }, shown);
  const details = make(
    "details",
    {},
    make("summary", { text: "Show the code" }),
    make("p", {
      class: "hint",
      text: "What this page does, with your settings, as a program of its own. It runs in a page of any project that has wgrad installed.",
    }),
    make("div", { class: "buttons" }, copy, said),
    block,
  );
  const write = () => {
    said.textContent = "";
    if (details.open) shown.textContent = code();
  };
  details.addEventListener("toggle", write);
  document.addEventListener(CHANGED, write);
  copy.addEventListener("click", async () => {
    said.textContent = await navigator.clipboard.writeText(code()).then(
      () => "Copied.",
      () => "This browser does not allow it: mark the lines and copy them.",
    );
  });
  byId("code").replaceChildren(details);
}

/** Tells what shows settings that one has changed. */
export function settingsChanged(): void {
  document.dispatchEvent(new Event(CHANGED));
}
