import { expect, test } from "vitest";
import page from "../../../demos/kernels/index.html?raw";
import { nodesOf } from "../../../demos/kernels/markup.ts";

/** Elements and texts in their order and depth, as text. */
function tree(node: Node): string {
  const { childNodes, nodeType } = node;
  if (nodeType === Node.TEXT_NODE) return node.nodeValue?.replace(/\s+/g, " ").trim() ?? "";
  const inside = [...childNodes].map(tree).filter(Boolean).join("\n");
  return node instanceof Element
    ? `${(node.cloneNode() as Element).outerHTML}(\n${inside}\n)`
    : inside;
}

test("the page of a project's kernels has the nodes that a browser makes of the page's HTML", () => {
  const [main = ""] = /<main.*<\/main>/s.exec(page) ?? [];
  const parsed = document.createElement("template");
  parsed.innerHTML = main;
  expect(main).toContain("<progress");
  expect(tree(nodesOf(main))).toBe(tree(parsed.content));
});
