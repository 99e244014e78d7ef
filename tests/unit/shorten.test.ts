import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { shorten } from "../../src/shader/shorten.ts";

const root = resolve(import.meta.dirname, "../../shaders");
const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((path) =>
  path.endsWith(".wgsl"),
);
const uncommented = (text: string) => text.replace(/\/\/.*$/gm, "").trimEnd();
const words = (text: string) => uncommented(text).match(/[A-Za-z_]\w*|\d[\w.]*|[^\s\w]/g) ?? [];
const isName = (word: string) => /^[A-Za-z_]/.test(word);

/** The words of every function from its parameters on, and the words around them. */
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

test.each(files)("%s shortened is the same but for names of values in functions", (file) => {
  const text = readFileSync(resolve(root, file), "utf8");
  const [long, short] = [text, shorten(text)].map((each) => functions(words(each)));
  expect(short?.outside).toEqual(long?.outside);
  expect(short?.inside.length).toBe(long?.inside.length);
  for (const [f, before] of (long?.inside ?? []).entries()) {
    const after = short?.inside[f] ?? [];
    expect(after.length).toBe(before.length);
    // one to one, so that no name catches another
    const [there, back] = [new Map<string, string>(), new Map<string, string>()];
    for (const [i, word] of before.entries()) {
      const other = after[i] as string;
      const kept = !isName(word) || before[i - 1] === "." || before[i - 1] === "@";
      if (kept) expect(other).toBe(word);
      else {
        expect(there.get(word) ?? other, `${word} in ${before.join(" ")}`).toBe(other);
        expect(back.get(other) ?? word, `${other} in ${after.join(" ")}`).toBe(word);
        there.set(word, other);
        back.set(other, word);
      }
    }
  }
  expect(shorten(text).split("\n").length, "lines").toBe(uncommented(text).split("\n").length);
});

test("what is used before a function declares it, members and signs keep what they mean", () => {
  const text = `fn f(@builtin(workgroup_id) group: vec3u, total: f32) -> f32 {
  let rows = rows(group.x) - -total; // a comment
  if (a == rows && group.y > 1u) { return a; }
  var x = group.x;
  return f32(x);
}`;
  expect(shorten(text)).toBe(`fn f(@builtin(workgroup_id)b:vec3u,c:f32)->f32{
let rows=rows(b.x)- -c;
if(a==rows&&b.y>1u){return a;}
var d=b.x;
return f32(d);
}`);
});
