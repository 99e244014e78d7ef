import { describe, expect, test } from "vitest";
import { ShaderError, ShapeError } from "../../../src/core/errors.ts";
import { activate, kernel, prepare, shader } from "../../../src/kernels/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { runKernel } from "../../../src/tensor/run_kernel.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { runCase } from "../../../src/testing/index.ts";
import { initShared } from "../../support/shared_device.ts";

const other = await initShared();
const engine = await initShared();

const by = (factor: string, extra = "") =>
  shader(
    `override WG: u32 = 64;
struct Params { n: u32, by: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>; // [n]
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // [n]
${extra}@compute @workgroup_size(WG)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x < params.n) { y[id.x] = x[id.x] * ${factor}; }
}`,
    { name: "scale" },
  );
type Scale = ReturnType<typeof by>;
const planOf =
  (more: object = {}) =>
  ({ x = [] }: Readonly<Record<string, readonly number[]>>, { factor }: { factor: number }) => {
    const n = x.reduce((a, b) => a * b, 1);
    if (n === 13) throw new ShapeError("scale: expected no 13 elements, got 13");
    const grid = [Math.ceil(n / 64)] as const;
    return { outputs: { y: x }, params: { n, by: factor }, grid, flops: n, ...more };
  };
const scale = (given: Scale = by("params.by"), more?: object) => kernel(given, planOf(more));
const x = tensor(
  Float32Array.from({ length: 130 }, (_, i) => i - 60),
  { shape: [2, 65] },
);

describe("a kernel from a string", () => {
  test("runs on tensors", async () => {
    using y = scope(() => runKernel(scale(), { x }, { factor: -3 }).y as Tensor);
    expect(y.shape).toEqual([2, 65]);
    expect([...(await y.read())]).toEqual([...(await x.read())].map((v) => v * -3));
  });

  test("so does one of the library, with slots", async () => {
    using y = scope(() => runKernel(activate, { x }, { act: "relu" }).y);
    expect([...(await y.read())]).toEqual([...(await x.read())].map((v) => Math.max(v, 0)));
  });

  test("is captured with the operations around it", async () => {
    const step = capture((a: Tensor) =>
      ops.sum(runKernel(scale(), { x: ops.add(a, 1) }, { factor: 2 }).y as Tensor),
    );
    for (const start of [1, 2]) {
      using y = step(tensor([start, 5]));
      expect(await y.item()).toBe(2 * (start + 1 + 6));
    }
    step.dispose();
  });

  test("runs on the engine of its tensors", async () => {
    const there = tensor([1, 2], { engine: other });
    const { y } = runKernel(scale(), { x: there }, { factor: 4 });
    expect(y?.engine).toBe(other);
    expect([...((await y?.read()) ?? [])]).toEqual([4, 8]);
  });

  test("updates what '//! inout' names in place", async () => {
    const bump = kernel(
      shader(`//! inout p
@group(0) @binding(1) var<storage, read_write> p: array<f32>;
@compute @workgroup_size(4) fn main(@builtin(local_invocation_index) i: u32) { p[i] += f32(i); }`),
      () => ({ outputs: {}, params: {}, grid: [1], flops: 4 }),
    );
    const p = tensor([1, 1, 1, 1]);
    expect(runKernel(bump, { p }, {})).toEqual({});
    expect([...(await p.read())]).toEqual([1, 2, 3, 4]);
  });

  test("is prepared for buffers, with other overrides, and tested by cases", async () => {
    const prepared = await prepare(
      ...([engine.gpu.device, scale(), { x: [130] }, { factor: 1 }] as const),
      { overrides: { WG: 32 } },
    );
    expect(prepared.bindings.map(({ name }) => name)).toEqual(["x", "y"]);
    prepared.destroy();
    const cases = [{ name: "one", inputs: { x: [5, 7] }, options: { factor: 1.5 } }] as const;
    const run = (given: Scale, factor: number) =>
      runCase(
        engine.gpu.device,
        {
          kernel: scale(given),
          reference: ({ x: { data } }) => ({ y: Float64Array.from(data, (v) => v * factor) }),
          cases,
        },
        cases[0],
      );
    expect(await run(by("params.by"), 1.5)).toEqual([]);
    expect((await run(by("params.by"), 2)).join()).toMatch(/y\[5, 7\]: 35 of 35 elements differ/);
    // other source under the same name is another shader
    expect((await run(by("1.0"), 1.5)).join()).toMatch(/35 of 35 elements differ/);
  });

  test("says its workgroup size", () => {
    expect(by("1.0").workgroupSize).toEqual(["WG"]);
  });
});

describe("what is wrong with a kernel from a string is said before anything runs:", () => {
  const run = (more: object) => runKernel(scale(by("1.0"), more), { x }, { factor: 1 });

  test.each<[string, () => unknown, RegExp]>([
    [
      "no output",
      () => run({ outputs: {} }),
      /^runKernel: expected outputs y of the plan, got none/,
    ],
    [
      "another output",
      () => run({ outputs: { z: [1] } }),
      /outputs y of the plan, got z; name what/,
    ],
    [
      "a param too few",
      () => run({ params: { n: 1 } }),
      /expected params n, by of the plan, got n;/,
    ],
    [
      "a param that its type does not hold",
      () => run({ params: { n: 1.5, by: 1 } }),
      /^runKernel: params\.n expects u32, got 1\.5; correct the kernel's plan/,
    ],
    [
      "a param that is no number",
      () => run({ params: { n: 1, by: undefined } }),
      /params\.by expects f32, got undefined/,
    ],
    [
      "a shape that is none",
      () => run({ outputs: { y: [2, -1] } }),
      /expected a shape such as \[2, 3\] as output y of the plan, got \[2, -1\]/,
    ],
    [
      "an unknown slot",
      () => run({ slots: { act: "relu" } }),
      /expected slots of the plan among none, got 'act'/,
    ],
    [
      "an unknown override",
      () => run({ overrides: { TILE: 8 } }),
      /expected overrides of the plan among WG, got 'TILE'/,
    ],
    [
      "an override that is no number",
      () => run({ overrides: { WG: "64" } }),
      /expected a finite number as override WG of the plan, got "64"/,
    ],
    ["no grid", () => run({ grid: 3 }), /expected a grid of 1 to 3 numbers .*, got 3/],
    [
      "no input",
      () => runKernel(scale(), {} as never, { factor: 1 }),
      /^runKernel: expected inputs x .*got no x/,
    ],
    [
      "an unknown input",
      () => runKernel(scale(), { x, b: x } as never, { factor: 1 }),
      /among x, got 'b'/,
    ],
    [
      "no tensor",
      () => runKernel(scale(), { x: 3 as never }, { factor: 1 }),
      /expected a tensor as x, got 3/,
    ],
    [
      "what the plan refuses",
      () => runKernel(scale(), { x: tensor(new Float32Array(13)) }, { factor: 1 }),
      /^runKernel: expected no 13 elements/,
    ],
    [
      "integers",
      () => runKernel(scale(), { x: tensor(Int32Array.of(1)) }, { factor: 1 }),
      /expected f32, got .* i32 as 'x'/,
    ],
    [
      "use",
      () => shader("\n//! use lib/tanh.wgsl"),
      /^shader: own.*:2: there is no lib\/tanh\.wgsl; pass its text/,
    ],
    [
      "what cannot be read",
      () => shader("fn main() {}"),
      /^shader: own[.\d]*\.wgsl:1: expected one entry point/,
    ],
    [
      "an override within a line",
      () => by("1.0", " override K: u32 = 1;\n"),
      /^shader: scale[.\d]*\.wgsl:6: expected 'override' at the beginning of a line, got/,
    ],
  ])("%s", (_, work, message) => {
    expect(work).toThrow(message);
  });

  test("and arrayLength, with its line: a tensor of three numbers is bound as four", () => {
    const sums = (length: string) =>
      shader(
        `struct Params { n: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read_write> y: array<f32>;
@compute @workgroup_size(1)
fn main() { // not by arrayLength
  for (var i = 0u; i < ${length}; i++) { y[0] += x[i]; }
}`,
        { name: "sums" },
      );
    const plan = () => ({ outputs: { y: [1] }, params: { n: 3 }, grid: [1] as const, flops: 3 });
    expect(() => kernel(sums("arrayLength(&x)"), plan)).toThrow(
      /^kernel: sums\.wgsl:7: expected sizes from params, got arrayLength, .*; add the number to Params/,
    );
    expect(() => kernel(sums("params.n"), plan)).not.toThrow();
  });

  test("and nothing else that waits for the GPU fails with it", async () => {
    const waits = ops.mul(x, 2);
    for (const n of [1.5, -1, 2 ** 32]) {
      expect(() => run({ params: { n, by: 1 } })).toThrow(ShaderError);
    }
    expect([...(await waits.read())]).toEqual([...(await x.read())].map((v) => 2 * v));
  });

  test("and WGSL that does not compile, with its line", async () => {
    const { y } = runKernel(scale(by("nonsense")), { x }, { factor: 1 });
    const failed = (y as Tensor).read();
    await expect(failed).rejects.toThrow(ShaderError);
    await expect(failed).rejects.toThrow(/scale\.\d\.wgsl:8:\d+: unresolved value 'nonsense'/);
  });
});
