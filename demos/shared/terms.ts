import type { TermName } from "../words/en/glossary/index.ts";
import * as words from "../words/en/shared/page.ts";
import type { Term } from "../words/term.ts";
import { make } from "./dom.ts";

/** Pixels between a term and its explanation, and between that and the edge of the window. */
const GAP = 6;

let made = 0;

/** The explanation of a term; the glossary is loaded when the first term is opened. */
async function meaning(name: TermName): Promise<Term> {
  const { glossary } = await import("../words/en/glossary/index.ts");
  return glossary[name];
}

/**
 * A term that can be pressed: it opens two sentences and a formula beside itself, and closes by Escape or a press
 * elsewhere. `text`: its text on the page, by default the term.
 */
export function term(name: TermName, text: string = words.termTitle(name)): HTMLElement {
  if (!("popover" in HTMLElement.prototype)) return named(name, text);
  const id = `term-${++made}`;
  const button = make("button", {
    class: "term",
    text,
    attributes: { type: "button", popovertarget: id },
  });
  const card = make(
    "span",
    {
      class: "term-card",
      attributes: { id, popover: "", role: "note", "aria-label": words.termTitle(name) },
    },
    make("strong", { text: words.termTitle(name) }),
  );
  let filled: Promise<void> | undefined;
  const fill = () => {
    filled ??= explain(card, name).catch(() => {
      filled = undefined; // a failed load may be retried
    });
    return filled;
  };
  for (const event of ["pointerenter", "focus"]) button.addEventListener(event, fill);
  card.addEventListener("toggle", () => {
    place(card, button);
    void fill().then(() => place(card, button));
  });
  return make("span", {}, button, card);
}

async function explain(card: HTMLElement, name: TermName): Promise<void> {
  const { text, formula } = await meaning(name);
  card.append(make("span", { text }));
  if (formula) card.append(make("span", { class: "term-formula", text: formula }));
}

/** For browsers without popovers: the explanation becomes the title of the text. */
function named(name: TermName, text: string): HTMLElement {
  const host = make("span", { text });
  void meaning(name).then(({ text: sentences, formula }) => {
    host.title = [sentences, formula].filter(Boolean).join(" ");
  });
  return host;
}

/** Makes terms of the HTML elements with `data-term`; a test checks that all of them are in the glossary. */
export function markTerms(): void {
  for (const mark of document.querySelectorAll<HTMLElement>("[data-term]")) {
    const name = mark.dataset.term as TermName;
    const shown = term(name, mark.textContent ?? name);
    const after = mark.nextSibling;
    mark.replaceWith(shown);
    // a line would otherwise break between a button and the comma after it
    if (!(after instanceof Text)) continue;
    const [, close = "", rest = ""] = /^([^\s\p{L}]*)(.*)$/su.exec(after.data) ?? [];
    if (!close) continue;
    const together = make("span", { class: "together" });
    shown.replaceWith(together);
    together.append(shown, close);
    after.data = rest;
  }
}

/** Positions it below the term, or above if there is no room, and within the window. */
function place(card: HTMLElement, button: HTMLElement): void {
  const at = button.getBoundingClientRect();
  const { width, height } = card.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const below = at.bottom + GAP;
  const top = below + height > clientHeight ? Math.max(GAP, at.top - GAP - height) : below;
  const left = Math.max(GAP, Math.min(at.left, clientWidth - width - GAP));
  card.style.setProperty("left", `${left}px`);
  card.style.setProperty("top", `${top}px`);
}
