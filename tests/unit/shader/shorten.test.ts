import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { diskFolder, listFiles, listShaders } from "../../../src/shader/generate.ts";
import { link } from "../../../src/shader/link.ts";
import { shortNames } from "../../../src/shader/short_names.ts";
import { shorten } from "../../../src/shader/shorten.ts";

const root = resolve(import.meta.dirname, "../../../shaders");
const read = (file: string) => readFileSync(resolve(root, file), "utf8");
const files = listFiles(root);
const disk = diskFolder(root);
const all = new Map(files.map((file) => [file, read(file)]));
const named = shortNames([...all]);
const lean = (file: string) => named(file, shorten(read(file)));

const uncommented = (text: string) => text.replace(/\/\/.*$/gm, "").replace(/,\s*(?=[)}])/g, "");
const words = (text: string) => uncommented(text).match(/[A-Za-z_]\w*|\d[\w.]*|[^\s\w]/g) ?? [];
const isName = (word: string) => /^[A-Za-z_]/.test(word);
/** Whether a token is the name of a struct member, which may equal the name of a function. */
const isMember = (all: readonly string[], i: number) =>
  all[i - 1] === "." ||
  (all[i + 1] === ":" && /^[{,)]$/.test(all[i - 1] ?? "") && inStruct(all, i));

function inStruct(all: readonly string[], i: number): boolean {
  const open = all.lastIndexOf("{", i);
  return all[open - 2] === "struct";
}

/** The tokens of every function from its parameters on, and the tokens outside of functions. */
function functions(all: readonly string[]): { inside: string[][]; outside: string[] } {
  const inside: string[][] = [];
  const outside: string[] = [];
  for (let i = 0; i < all.length; i++) {
    outside.push(all[i] as string);
    if (all[i] !== "fn") continue;
    outside.push(all[++i] as string);
    const begin = i + 1;
    let depth = 0;
    do {
      i++;
      if (all[i] === "{") depth++;
      if (all[i] === "}") depth--;
    } while (all[i] !== "}" || depth > 0);
    inside.push(all.slice(begin, i + 1));
  }
  return { inside, outside };
}

/** A one-to-one renaming of names. */
class Renaming {
  readonly #there = new Map<string, string>();
  readonly #back = new Map<string, string>();

  expect(before: readonly string[], after: readonly string[]): void {
    expect(after.length).toBe(before.length);
    for (const [i, word] of before.entries()) {
      const other = after[i] as string;
      const kept = !isName(word) || before[i - 1] === "@" || isMember(before, i);
      const [there, back] = [this.#there.get(word) ?? other, this.#back.get(other) ?? word];
      const right = kept ? other === word : there === other && back === word;
      if (!right) expect.fail(`${word} became ${other}, where ${back} is ${there}`);
      if (kept) continue;
      this.#there.set(word, other);
      this.#back.set(other, word);
    }
  }
}

test.each(files)("%s shortened is the same but for names of values in functions", (file) => {
  const text = read(file);
  const [long, short] = [text, shorten(text)].map((each) => functions(words(each)));
  expect(short?.outside).toEqual(long?.outside);
  expect(short?.inside.length).toBe(long?.inside.length);
  for (const [f, before] of (long?.inside ?? []).entries()) {
    new Renaming().expect(before, short?.inside[f] ?? []);
  }
});

test("names that files have for each other are replaced one to one, the same in all files", () => {
  const renaming = new Renaming();
  const called = new Renaming(); // for files that code generated at run time calls: they keep their names
  for (const file of files) {
    const each = file.startsWith("elementwise/chain") ? called : renaming;
    each.expect(words(shorten(read(file))), words(lean(file)));
  }
});

test("every short name of a shader is declared in it or in what fills its slots", () => {
  const texts = new Map(files.map((file) => [file, lean(file)]));
  for (const path of listShaders(root)) {
    const { parts, slots } = link(path, { ...disk, read: (file) => all.get(file) });
    const choices = Object.values(slots).flatMap((each) => Object.values(each).flat());
    const used = new Set([...parts, ...choices].map(({ file }) => file));
    const text = [...used].map((file) => texts.get(file)).join("\n");
    const declared = text.matchAll(/^(?:fn|struct|alias|const|override|.*\bvar<.*>)\s*(\w+)/gm);
    const known = new Set([...declared].map(([, name]) => name));
    const short = [...text.matchAll(/(?<![.\w])[A-Z][a-z]*\b(?!:)/g)].map(([name]) => name);
    const unknown = short.filter((name) => !known.has(name));
    expect(unknown, path).toEqual([]);
  }
});

test("entry points, overrides and what code written at run time calls keep their names", () => {
  const text = files.map((file) => lean(file)).join("\n");
  const overrides = files.flatMap((file) => read(file).match(/^override \w+/gm) ?? []);
  for (const override of overrides) expect(text).toContain(`${override}:`);
  expect(lean("elementwise/point/activate.wgsl")).toMatch(
    /^fn point\(a:f32\)->f32\{return \w+\(a\);\}$/,
  );
  expect(lean("elementwise/chain_width/one.wgsl")).toMatch(
    /^alias Pack=f32;\nfn each\(a:Operands\)->Results\{/,
  );
  expect(lean("elementwise/activate.wgsl")).toMatch(/^@compute .*\nfn main\(/m);
});

test("every declaration begins a line, and nothing else does", () => {
  for (const file of files) {
    for (const line of lean(file).split("\n")) {
      expect(line, file).toMatch(
        /^(fn|struct|alias|const|override|var<|@group|@compute|enable) ?\S/,
      );
    }
  }
});

test("what is used before a function declares it, members and signs keep what they mean", () => {
  const text = `fn f(@builtin(workgroup_id) group: vec3u, total: f32,) -> f32 {
  let rows = rows(group.x) - -total; // a comment
  if (a == rows && group.y > 1u) { return a; }
  var x = group.x / 2u;
  return f32(x) -
    -total;
}

override WG: u32 = 64;`;
  expect(shorten(text)).toBe(
    "fn f(@builtin(workgroup_id)b:vec3u,c:f32)->f32{let rows=rows(b.x)- -c;" +
      "if(a==rows&&b.y>1u){return a;}var d=b.x/2u;return f32(d)- -c;}\noverride WG:u32=64;",
  );
});
