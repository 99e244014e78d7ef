import { make } from "./dom.ts";
import { glossary, type TermName } from "./glossary/index.ts";
import type { Term } from "./glossary/term.ts";

/** Pixels between a term and what explains it, and between that and the edge of the window. */
const GAP = 6;

let made = 0;

/**
 * A term to press: it opens two sentences and a formula beside itself, and closes by Escape or a press elsewhere. `text`:
 * what stands on the page, by default the term itself.
 */
export function term(name: TermName, text: string = name): HTMLElement {
  const { text: sentences, formula }: Term = glossary[name];
  if (!("popover" in HTMLElement.prototype)) {
    return make("span", { text, title: [sentences, formula].filter(Boolean).join(" ") });
  }
  const id = `term-${++made}`;
  const button = make("button", {
    class: "term",
    text,
    attributes: { type: "button", popovertarget: id },
  });
  const card = make(
    "span",
    { class: "term-card", attributes: { id, popover: "", role: "note", "aria-label": name } },
    make("strong", { text: name }),
    make("span", { text: sentences }),
    ...(formula ? [make("span", { class: "term-formula", text: formula })] : []),
  );
  card.addEventListener("toggle", () => place(card, button));
  return make("span", {}, button, card);
}

/** Makes terms of what the page's HTML marks with `data-term`; throws for one that the glossary does not have. */
export function markTerms(): void {
  for (const mark of document.querySelectorAll<HTMLElement>("[data-term]")) {
    const name = mark.dataset.term ?? "";
    if (!isTerm(name)) throw new Error(`data-term="${name}": expected a term of shared/glossary`);
    mark.replaceWith(term(name, mark.textContent ?? name));
  }
}

export function isTerm(name: string): name is TermName {
  return Object.hasOwn(glossary, name);
}

/** Below the term, or above it where there is no room, and within the window. */
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
