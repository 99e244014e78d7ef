import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseSync } from "vite";
import { describe, expect, expectTypeOf, test } from "vitest";
import type { Translation } from "../../../demos/words/translation.ts";
import { inlined, wordsOf } from "../../../scripts/inline_words.mjs";
import { fill } from "../../../scripts/words.mjs";
import { catalogue, namesOf, pageHtml, pageSources, usedBy } from "../../support/catalogue.ts";
import { isLanguage, said } from "../../support/natural_language.ts";
import { bracketed, outsideBrackets } from "../../support/pseudo_language.ts";

const root = resolve(import.meta.dirname, "../../..");
const head = readFileSync(resolve(root, "scripts/head.mjs"), "utf8");
const placeholders = (html: string) => [...html.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name);

/** Code for other libraries: their operator names and weight tables are not words of the page. */
const foreign = /^demos\/benchmark\/(libraries\/|inference\/(tfjs_graph|measure)\.ts)/;

/** Texts that programs read and visitors do not, and names that are the same in every language. */
const exceptions: Readonly<Record<string, RegExp>> = {
  "augmentation/settings.ts": /^[A-Z][a-z]+$/, // kinds, as the address of the page spells them
  "benchmark/table.ts": /^TensorFlow\.js$/,
  "kernels/figure.ts": /^NaN$/,
  "kmeans/groups/panel.ts": /^how many$/, // a key of the panel's job
  "optimisers/experiments.ts": /^(Newton|Momentum)$/, // keys of racers, whose titles are in the catalogue
  "optimisers/racers.ts": /^[A-Z]/,
  "shared/handle.ts": /px/, // CSS
  "shared/help.ts": /^(note|sorry) /, // classes
  "shared/start_again.ts": /^wgrad: device lost$/, // a key of the session's storage
};

describe("the catalogue of the pages' words", () => {
  test("every word for TypeScript is used, and every word used is there", () => {
    const there = catalogue
      .filter(({ path }) => !/\/html\.ts$|\/glossary\//.test(path))
      .flatMap((file) => namesOf(file).map((name) => `${file.path}:${name}`));
    const used = new Set(pageSources.flatMap(usedBy));
    expect(there.length).toBeGreaterThan(1000);
    expect(there.filter((word) => !used.has(word))).toEqual([]);
    expect([...used].filter((word) => !there.includes(word) && !/glossary/.test(word))).toEqual([]);
  });

  test("every word of a page's html.ts is used by its HTML, and every placeholder has a word", () => {
    const file = (folder: string) =>
      catalogue.filter(({ path }) => path === `demos/words/en/${folder}/html.ts`).flatMap(namesOf);
    const shared = file("shared");
    expect([...new Set(placeholders(head))].sort()).toEqual([...shared].sort());
    expect(pageHtml.length).toBeGreaterThan(10);
    for (const { folder, text, path } of pageHtml) {
      const used = new Set(placeholders(text));
      expect([...used].sort(), path).toEqual([...file(folder)].sort());
    }
  });

  test("a missing word and one too many are named when a page is filled", () => {
    const html = "<p>{{hello}}</p>";
    expect(fill(html, { hello: "Hi" }, {}, "p")).toBe("<p>Hi</p>");
    expect(fill(html, {}, { hello: "Hi", others: "…" }, "p")).toBe("<p>Hi</p>");
    expect(() => fill(html, {}, {}, "demos/x/index.html")).toThrow(
      "demos/x/index.html: expected a word for {{hello}}",
    );
    expect(() => fill(html, { hello: "Hi", more: "!" }, {}, "p")).toThrow("got none for more");
  });
});

describe("built pages have their words inlined", () => {
  const words = wordsOf(
    "words.ts",
    [
      'export const stop = "Stop";',
      'export const steps = (n: number, of: string) => n === 1 ? "One" : n + " of " + of;',
      'export const twice = (text: string) => text + ", " + text;',
      'const kept = "kept"; export const more = (n: number) => kept + n;',
    ].join("\n"),
  );
  const built = (code: string) =>
    inlined(parseSync("page.ts", code).program, code, new Map([["words", words]]));

  test.each([
    ["say(words.stop);", 'say("Stop");'],
    ["say(words.twice(text));", 'say(((text) + ", " + (text)));'],
    ["say(words.twice(words.stop));", 'say(words.twice("Stop"));'], // inlined, the value would be computed twice
    ["say(words.steps(1, of()));", 'say(((1) === 1 ? "One" : (1) + " of " + (of())));'],
    ["say(words.steps(n(), of));", "say(words.steps(n(), of));"],
    ["say(words.more(1), words.gone);", "say(words.more(1), words.gone);"],
    ["say(words.steps(...both), other.stop);", "say(words.steps(...both), other.stop);"],
    ["[1].map(words.twice);", "[1].map(words.twice);"],
  ])("%s", (code, expected) => {
    expect(built(code)).toBe(expected);
  });
});

describe("another language", () => {
  interface English {
    readonly stop: "Stop";
    readonly steps: (count: number) => string;
  }

  test("has all words of its English file, functions of the same values, and no others", () => {
    const steps = (count: number) => `${count} Schritte`;
    const german = { stop: "Halt", steps } as const;
    expectTypeOf<Translation<typeof german, English>>().toEqualTypeOf(german);
    // @ts-expect-error a word is missing
    expectTypeOf<Translation<Omit<typeof german, "stop">, English>>();
    // @ts-expect-error a word too many
    expectTypeOf<Translation<typeof german & { readonly more: string }, English>>();
    // @ts-expect-error its function takes another type
    expectTypeOf<Translation<{ stop: "Halt"; steps: (of: Date) => string }, English>>();
  });

  test("made of brackets: all texts of a file are in brackets, and text outside of them is found", () => {
    const code = 'export const a = "A";\nexport const b = (n: number) => n + " of";\n';
    expect(bracketed("a.ts", code)).toBe(
      'export const a = "⟦" + ("A") + "⟧";\nexport const b = (n: number) => "⟦" + (n + " of") + "⟧";\n',
    );
    expect(outsideBrackets(["⟦Two ", "words⟧", " and ⟦one⟧", "3 m"])).toEqual(["and"]);
  });
});

describe("the catalogue has all words", () => {
  test.each(pageHtml)("$path", ({ text }) => {
    const body = text.replace(/<!--.*?-->|<!doctype html>/gs, "");
    const nodes = body
      .split(/<[^>]*>/)
      .filter((node) => /\p{L}/u.test(node.replace(/\{\{\w+\}\}/g, "")));
    const attributes = [
      ...body.matchAll(/\s(?:title|alt|placeholder|aria-label|content|label)="([^"]*)"/g),
    ]
      .map(([, value = ""]) => value)
      .filter((value) => /\p{L}/u.test(value.replace(/^\{\{\w+\}\}$/, "")));
    expect([...nodes, ...attributes]).toEqual([]);
  });

  test("in TypeScript", () => {
    const outside = pageSources
      .filter(({ path }) => !foreign.test(path))
      .flatMap(({ path, text }) =>
        said(path, text)
          .filter(
            (each) => isLanguage(each) && !exceptions[path.replace("demos/", "")]?.test(each.text),
          )
          .map((each) => `${path}:${each.line}: ${each.text}`),
      );
    expect(outside.join("\n")).toBe("");
  });

  test.each([
    ['const a = make("p", { text: "Two words" });', true],
    ["const a = `$" + "{n} of these`;", true],
    ['button.setAttribute("aria-label", "Take it away");', true],
    ["throw new Error(`?steps=$" + "{n}: expected a whole number`);", true],
    ['throw new Error("expected weights with a gradient");', false],
    ['const a = make("p", { class: "hint wide" });', false],
    ['import a from "Some words";', false],
    ['node.querySelector("main section");', false],
    ['if (event.key === "Enter") a();', false],
  ])("%s", (code, expected) => {
    expect(said("a.ts", code).some(isLanguage)).toBe(expected);
  });
});
