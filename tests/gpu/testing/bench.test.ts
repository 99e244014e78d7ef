import { expect, test } from "vitest";
import { kernel, shader } from "../../../src/kernels/index.ts";
import { bench, shareOfRoofline } from "../../../src/testing/index.ts";
import { initShared } from "../../support/shared_device.ts";

const { device } = (await initShared()).gpu;

/** A kernel of a user's, whose slot is a factor. */
const scaled = kernel(
  shader(
    `//! use factor/* as factor
struct Params { n: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>; // [n]
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // [n]
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x < params.n) { y[id.x] = factor() * x[id.x]; }
}`,
    {
      name: "scaled",
      files: {
        "factor/two.wgsl": "fn factor() -> f32 { return 2.0; }",
        "factor/half.wgsl": "fn factor() -> f32 { return 0.5; }",
      },
    },
  ),
  ({ x }, { factor }: { factor: "two" | "half" }) => {
    const n = x.reduce((a, b) => a * b, 1);
    const grid = [Math.ceil(n / 64)] as const;
    return { outputs: { y: x }, params: { n }, grid, flops: n, slots: { factor } };
  },
);
const module = {
  kernel: scaled,
  reference: ({ x }: { x: { data: ArrayLike<number> } }, { factor }: { factor: string }) => ({
    y: Float64Array.from(x.data, (v) => v * (factor === "two" ? 2 : 0.5)),
  }),
  cases: [],
};
const item = (factor: "two" | "half") => ({
  name: factor,
  module,
  case: { name: factor, inputs: { x: [1000] }, options: { factor } },
});

test("a kernel of a user's is timed, each way to fill its slot in turns", async () => {
  const options = { rounds: 3, sampleMs: 1, timestamps: false };
  const timings = await bench(device, [item("two"), item("half")], options);
  expect(timings.map(({ name, by }) => [name, by])).toEqual([
    ["two", "clock"],
    ["half", "clock"],
  ]);
  for (const { ms, spread, gflops, bandwidth, dispatches } of timings) {
    expect(ms).toBeGreaterThan(0);
    expect(spread[0]).toBeLessThanOrEqual(ms);
    expect(spread[1]).toBeGreaterThanOrEqual(ms);
    expect(gflops).toBeCloseTo(1000 / ms / 1e6, 9); // one operation an element
    expect(bandwidth).toBeCloseTo(8000 / ms / 1e6, 9); // reads and writes 1000 elements of 4 bytes
    expect(dispatches % 3).toBe(0);
    const { share, bound } = shareOfRoofline(
      { gflops, bandwidth },
      { gflops: 10 * gflops, bandwidth: 2 * bandwidth, by: "clock" },
    );
    expect([share, bound]).toEqual([expect.closeTo(0.5, 9), "memory"]);
  }
});

test("what a user's plan gets wrong is thrown by bench, too", async () => {
  const wrong = { ...item("two"), case: { ...item("two").case, options: { factor: "three" } } };
  await expect(bench(device, [wrong])).rejects.toThrow(
    /expected slot 'factor' to be one of .*half.*two|two.*half/,
  );
});
