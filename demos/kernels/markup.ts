import { make } from "../shared/dom.ts";

/** A tag with its attributes, or text up to the next tag. */
const piece = /<(\/?)([\w-]+)([^>]*)>|[^<]+/g;

/** The nodes of HTML in which every tag is closed, those without an end tag by "/>". No text becomes markup by the browser: trusted types forbid that. */
export function nodesOf(html: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  const open: (DocumentFragment | HTMLElement)[] = [fragment];
  for (const [text, slash, tag = "", attributes = ""] of html.matchAll(piece)) {
    const host = open.at(-1) ?? fragment;
    if (!tag) {
      if (text.trim()) host.append(text.replace(/\s+/g, " "));
    } else if (slash) open.pop();
    else {
      const given = [...attributes.matchAll(/([\w-]+)(?:="([^"]*)")?/g)];
      const node = make(tag as "div", {
        attributes: Object.fromEntries(given.map(([, name = "", value = ""]) => [name, value])),
      });
      host.append(node);
      if (!attributes.endsWith("/")) open.push(node);
    }
  }
  return fragment;
}
