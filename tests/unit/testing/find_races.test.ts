import { describe, expect, test } from "vitest";
import { type InputShapes, kernel, shader, wgslLibrary } from "../../../src/kernels/index.ts";
import { findRaces } from "../../../src/testing/races/index.ts";

/** A kernel that sums each row, with the library's workgroup_sum or a replacement for it. */
const sums = (helper = "//! use wgrad/lib/workgroup_sum.wgsl\n", place = "lane") => {
  const text: string = `${helper}struct Params { cols: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>; // [rows, cols]
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // [rows]
@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  var mine = 0.0;
  for (var i = lane; i < params.cols; i += WG) { mine += x[group.x * params.cols + i]; }
  let sum = workgroup_sum(${place}, mine);
  if (lane == 0u) { y[group.x] = sum; }
}`;
  const plan = ({ x }: InputShapes<never> & { x?: readonly number[] }) => {
    const [rows = 0, cols = 0] = x ?? [];
    return {
      ...{ outputs: { y: [rows] }, params: { cols }, grid: [rows] as const },
      ...{ overrides: { WG: 8 }, flops: rows * cols },
    };
  };
  return kernel(shader(text, { name: "sums", files: wgslLibrary }), plan as never);
};
const reference = ({
  x,
}: Readonly<Record<string, { shape: readonly number[]; data: ArrayLike<number> }>>) => {
  const [rows = 0, cols = 0] = x?.shape ?? [];
  const row = (r: number) =>
    Array.from({ length: cols }, (_, c) => x?.data[r * cols + c] as number);
  return { y: Array.from({ length: rows }, (_, r) => row(r).reduce((a, b) => a + b, 0)) };
};
const cases = [
  { name: "one", inputs: { x: [1, 1] }, options: {} },
  { name: "a row and a bit", inputs: { x: [2, 13] }, options: {} },
];
const own = (between: string) => `override WG: u32 = 8;
var<workgroup> parts: array<f32, WG>;
fn workgroup_sum(lane: u32, value: f32) -> f32 {
  parts[lane] = value;
  ${between}
  var sum = 0.0;
  for (var i = 0u; i < WG; i++) { sum += parts[i]; }
  return sum;
}
`;

describe("findRaces", () => {
  test("finds nothing in a kernel with its barriers, and the emulator's values agree", () => {
    for (const each of [sums(), sums(own("workgroupBarrier();"))]) {
      const found = findRaces({ kernel: each, reference, cases } as never);
      expect(found).toEqual(cases.map(({ name }) => ({ name, races: [], differs: "" })));
    }
  });

  test("finds a barrier that is missing, and one that not all reach", () => {
    const races = (between: string) =>
      findRaces({ kernel: sums(own(between)), reference, cases } as never)
        .flatMap((each) => each.races)
        .join("\n");
    expect(races("")).toMatch(/parts, byte \d+: .* race/);
    expect(races("if (lane == 3u) { return 0.0; }\n  workgroupBarrier();")).toContain(
      "Barrier divergence",
    );
  });

  test.each(["f32", "vec2f", "mat2x2f", "bool"])(
    "finds a missing barrier around one %s that lanes share, in every workgroup",
    (type) => {
      const shared = (between: string) => `override WG: u32 = 8;
var<workgroup> one: ${type};
fn workgroup_sum(lane: u32, value: f32) -> f32 {
  if (lane == 0u) { one = ${type}(); }
  ${between}
  let copy = one;
  return select(value, 0.0, lane > 0u);
}
`;
      const found = (between: string) =>
        findRaces({ kernel: sums(shared(between)), reference, cases } as never).map(
          ({ races }) => races,
        );
      for (const races of found("workgroupBarrier();")) expect(races).toEqual([]);
      for (const races of found("")) expect(races[0]).toMatch(/^one, byte 0: .* race$/);
    },
  );

  const stored = (statements: string) => `override WG: u32 = 8;
var<workgroup> one: vec4f;
var<workgroup> met: bool;
fn workgroup_sum(lane: u32, value: f32) -> f32 {
  ${statements}
  return value;
}
`;
  const racesOf = (statements: string) =>
    findRaces({ kernel: sums(stored(statements)), reference, cases } as never).flatMap(
      ({ races }) => races,
    );

  test("components of one vector are one place in memory", () => {
    expect(racesOf("if (lane == 0u) { one.y = value; one[2] += value; }")).toEqual([]);
    expect(racesOf("one[lane % 4u] = value;")[0]).toMatch(/^one, byte 0: write .* write .* race$/);
  });

  test("workgroupUniformLoad is a load between two barriers", () => {
    const set = "if (lane == 0u) { met = value > 0.0; }";
    const load = "workgroupUniformLoad(&met)";
    expect(racesOf(`${set} // not; here\n let seen = ${load};`)).toEqual([]);
    expect(racesOf(`${set} if (${load}) { return value; } ${set}`)).toEqual([]);
    expect(racesOf(`${set} if (met) { return value; }`)[0]).toMatch(/^met, byte 0: .* race$/);
    expect(racesOf(`let seen = ${load}; ${set} let again = met;`)[0]).toMatch(/^met/);
  });

  test("finds a race that only the second workgroup has", () => {
    const [one, two] = findRaces({
      kernel: sums(own("workgroupBarrier();"), "lane * (1u - group.x)"),
      reference,
      cases,
    } as never);
    expect(one?.races).toEqual([]); // this case has one workgroup
    expect(two?.races[0]).toMatch(/^parts, byte 0: write .* race$/);
  });

  test("says where values differ", () => {
    const wrong = () => ({ y: [0, 0] });
    const [, found] = findRaces({ kernel: sums(), reference: wrong, cases } as never);
    expect(found?.races).toEqual([]);
    expect(found?.differs).toMatch(/y.*differ/);
  });

  test("asks for a small case", () => {
    const large = [{ name: "large", inputs: { x: [100, 100] }, options: {} }];
    expect(() => findRaces({ kernel: sums(), reference, cases: large } as never)).toThrow(
      /^findRaces: expected a case of at most 6000 operations of sums.*\.wgsl, got 1 larger/,
    );
  });
});
