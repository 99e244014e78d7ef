import { resolve } from "node:path";
import type { IndexHtmlTransformResult } from "vite";
import { describe, expect, test } from "vitest";
import { commonHead } from "../../../scripts/head.mjs";
import { sourceAddress } from "../../../scripts/repository.mjs";

const filename = resolve(import.meta.dirname, "../../../demos/svm/index.html");

/** The HTML of a lab's masthead for a repository. */
function masthead(repository: unknown): string {
  const hook = commonHead(repository).transformIndexHtml;
  const handler = typeof hook === "object" ? hook.handler : undefined;
  const html = "<header></header>";
  const made = handler?.call({} as never, html, { path: "/svm/", filename });
  return (made as Extract<IndexHtmlTransformResult, { html: string }>).html;
}

describe("links of the pages to their source", () => {
  test.each([
    ["https://example.org/group/wgrad", "https://example.org/group/wgrad/tree/HEAD/demos/svm"],
    ["git+https://example.org/a/wgrad.git", "https://example.org/a/wgrad/tree/HEAD/demos/svm"],
    ["github:a/wgrad", "https://github.com/a/wgrad/tree/HEAD/demos/svm"],
    ["a/wgrad", "https://github.com/a/wgrad/tree/HEAD/demos/svm"],
    [
      { type: "git", url: "https://example.org/a/b.git" },
      "https://example.org/a/b/tree/HEAD/demos/svm",
    ],
  ])("%j", (repository, address) => {
    expect(sourceAddress(repository, "demos/svm")).toBe(address);
    expect(masthead(repository)).toContain(` · <a href="${address}">{{source}}</a>`);
  });

  test("there is none where package.json names no repository", () => {
    expect(sourceAddress(undefined, "demos/svm")).toBeUndefined();
    expect(masthead(undefined)).not.toContain("{{source}}");
  });

  test.each([
    ["javascript:alert(1)"],
    [{}],
    [7],
    [null],
    ['https://x.org/a"><script>'],
    ["git@x.org:a/b.git"],
  ])("%j is refused", (repository) => {
    expect(() => sourceAddress(repository, "demos/svm")).toThrow(
      "package.json: expected an https address",
    );
  });
});
