import * as words from "../words/en/shared/page.ts";
import { byId, make } from "./dom.ts";

/** The document's event after a setting has changed. */
export const CHANGED = "wgrad:settings";

/**
 * Puts "Show the code" into the element with this id: the program that does with wgrad what this page does, with its
 * present settings, to copy. It is written again when it is opened and when a setting changes.
 */
export function showCode(code: () => string, id = "code"): void {
  const shown = make("code", { attributes: { id: `${id}-text` } });
  const copy = make("button", {
    text: words.copy,
    attributes: { type: "button", id: `copy-${id}` },
  });
  const said = make("span", { class: "hint", attributes: { role: "status" } });
  const block = make("pre", { class: "code", attributes: { tabindex: "0" } }, shown);
  const details = make(
    "details",
    {},
    make("summary", { text: words.showCode }),
    make("p", {
      class: "hint",
      text: words.whatThisPageDoesWith,
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
      () => words.codeCopied,
      () => words.markTheLines,
    );
  });
  const host = byId(id);
  host.classList.add("program");
  host.replaceChildren(details);
}

/** Dispatches the event that a setting has changed. */
export function settingsChanged(): void {
  document.dispatchEvent(new Event(CHANGED));
}
