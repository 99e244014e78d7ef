import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { mutate, mutationsOf } from "../../../src/testing/mutations.ts";
import explained from "../../mutate/explained.json";

const changes = (code: string) =>
  mutationsOf(code).map((each) => `${each.kind} ${mutate(code, each).trim()}`);

describe("mutations of a shader", () => {
  test("change one operator, constant, index or barrier each", () => {
    expect(changes("let a = b[i] < -2u;")).toEqual([
      "index let a = b[(i) + 1] < -2u;",
      "operator let a = b[i] <= -2u;",
      "operator let a = b[i] < 2u;",
      "constant let a = b[i] < -3u;",
    ]);
    expect(changes("let c = v.x * 0.5;")).toEqual([
      "index let c = v.y * 0.5;",
      "operator let c = v.x / 0.5;",
      "constant let c = v.x * (0.5 * 1.05);",
    ]);
    expect(changes("a > 1e-37")).toEqual(["operator a >= 1e-37", "constant a > (1e-37 * 1.05)"]);
    expect(changes("a += 1; workgroupBarrier();")).toEqual([
      "operator a -= 1; workgroupBarrier();",
      "constant a += 2; workgroupBarrier();",
      "barrier a += 1;",
    ]);
  });

  test("reach into brackets within brackets", () => {
    expect(changes("x[y[i]]")).toEqual(["index x[(y[i]) + 1]", "index x[y[(i) + 1]]"]);
  });

  test("leave comments, bindings, types, sizes and overrides alone", () => {
    const code = `// a + b
override WG: u32 = 64;
struct Params { a: array<vec4u, 2> }
@group(0) @binding(1) var<storage, read> x: array<f32>; // [2 + 3]
var<workgroup> tile: array<f32, 64>;
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u) {}`;
    expect(changes(code)).toEqual([]);
  });

  test("know their line", () => {
    expect(mutationsOf("\n\nlet a = b + c;").map(({ line }) => line)).toEqual([3]);
  });

  test("that nothing can notice are explained where they still are", () => {
    const stale = explained.filter(({ file, code, from, to }) => {
      const text = readFileSync(`shaders/${file}`, "utf8");
      const lines = text.split("\n").map((line) => line.trim());
      return !mutationsOf(text).some(
        (each) => lines[each.line - 1] === code && each.from === from && each.to === to,
      );
    });
    expect(stale).toEqual([]);
  });
});
