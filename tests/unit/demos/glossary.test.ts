import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { racers } from "../../../demos/optimisers/racers.ts";
import { glossary } from "../../../demos/words/en/glossary/index.ts";
import type { Term } from "../../../demos/words/term.ts";

const demos = resolve(import.meta.dirname, "../../../demos");
const files = readdirSync(demos, { recursive: true, encoding: "utf8" });
const read = (ending: string) =>
  files
    .filter((file) => file.endsWith(ending) && !file.startsWith("words/en/glossary"))
    .map((file) => readFileSync(resolve(demos, file), "utf8"))
    .join("\n");
const marked = [...`${read(".html")}\n${read("html.ts")}`.matchAll(/data-term=\\?"([^"\\]*)/g)].map(
  ([, name = ""]) => name,
);
const called = [...read(".ts").matchAll(/\bterm\("([^"]*)"/g)].map(([, name = ""]) => name);

describe("the glossary of the pages", () => {
  test("has every term that a page marks", () => {
    expect(marked.length).toBeGreaterThan(20);
    expect(marked.filter((name) => !Object.hasOwn(glossary, name))).toEqual([]);
  });

  test("has the rule of every optimiser that races", () => {
    expect(racers.map(({ name }) => name).filter((name) => !Object.hasOwn(glossary, name))).toEqual(
      [],
    );
  });

  test("has no term that no page explains", () => {
    const used = new Set([...marked, ...called, ...racers.map(({ name }) => name)]);
    expect(Object.keys(glossary).filter((name) => !used.has(name))).toEqual([]);
  });

  test.each(Object.entries<Term>(glossary))("%s: two sentences", (_, { text }) => {
    expect(text).toMatch(/^\p{Lu}.*\.$/u);
    const sentences = text.split(/(?<=[.)]) (?=\p{Lu})/u).length;
    expect(sentences).toBeLessThanOrEqual(3);
    expect(text.length).toBeLessThan(260);
  });
});
