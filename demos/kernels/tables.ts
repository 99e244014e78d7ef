import { make } from "../shared/dom.ts";

type Cell = string | number | Node;

/** A table in a box that scrolls sideways where it is too wide. The first `texts` columns are text, the others numbers. */
export function table(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  { texts = 1, kind = "" }: { readonly texts?: number; readonly kind?: string } = {},
): HTMLElement {
  const cell = (tag: "th" | "td", content: Cell, i: number) =>
    make(
      tag,
      i < texts ? {} : { class: "number" },
      content instanceof Node ? content : `${content}`,
    );
  const body = rows.map((row) =>
    make("tr", {}, ...row.map((content, i) => cell("td", content, i))),
  );
  const top = make("tr", {}, ...head.map((text, i) => cell("th", text, i)));
  return make(
    "div",
    { class: `scroll ${kind}`, attributes: { tabindex: "0" } }, // for the arrow keys
    make("table", {}, make("thead", {}, top), make("tbody", {}, ...body)),
  );
}

/** A card with a heading. */
export function card(title: string, ...children: readonly (Node | string)[]): HTMLElement {
  return make("section", { class: "card" }, make("h2", { text: title }), ...children);
}
