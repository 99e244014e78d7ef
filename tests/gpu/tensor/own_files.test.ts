import { describe, expect, test } from "vitest";
import { kernel, prepare, shader, wgslLibrary } from "../../../src/kernels/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { runKernel } from "../../../src/tensor/run_kernel.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { runCase } from "../../../src/testing/index.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();
const bindings = `struct Params { n: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>; // [n]
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // [n]
`;
const main = (value: string) => `@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x < params.n) { y[id.x] = ${value}; }
}`;
const plan = ({ x = [] }: Readonly<Record<string, readonly number[]>>) => {
  const n = x.reduce((a, b) => a * b, 1);
  return { outputs: { y: x }, params: { n }, grid: [Math.ceil(n / 64)] as const, flops: n };
};
const x = tensor(Float32Array.from({ length: 70 }, (_, i) => (i - 30) / 8));

describe("a kernel from strings", () => {
  test("uses the library's helpers and files of its own, each relative to who uses it", async () => {
    const text = `//! use wgrad/lib/tanh.wgsl\n//! use mine/half.wgsl\n${bindings}${main("half(tanh_of(x[id.x]))")}`;
    const tanh = /fn (\w+)\(/.exec(wgslLibrary["wgrad/lib/tanh.wgsl"] ?? "")?.[1] ?? "";
    const files = {
      ...wgslLibrary,
      "mine/half.wgsl": "//! use two.wgsl\nfn half(x: f32) -> f32 { return x / TWO; }",
      "mine/two.wgsl": "const TWO = 2.0;",
    };
    const given = shader(text.replace("tanh_of", tanh) as string, { name: "half", files });
    expect(given.parts.map(({ file }) => file)).toEqual([
      ...["wgrad/lib/nan.wgsl", "wgrad/lib/expm1.wgsl", "wgrad/lib/tanh.wgsl"],
      ...["mine/two.wgsl", "mine/half.wgsl"],
      "half.wgsl",
    ]);
    expect(given.workgroupSize).toEqual(["64"]);
    using y = scope(() => runKernel(kernel(given, plan), { x }, {}).y as Tensor);
    const want = [...(await x.read())].map((v) => Math.tanh(v) / 2);
    for (const [i, got] of (await y.read()).entries())
      expect(got).toBeCloseTo(want[i] as number, 6);
  });

  test("takes a file beside it with the path that the text writes", () => {
    const text = `//! use ./half.wgsl\n${bindings}${main("half(x[id.x])")}`;
    const half = "fn half(x: f32) -> f32 { return 0.5 * x; }";
    for (const path of ["./half.wgsl", "half.wgsl"]) {
      const given = shader(text, { name: "beside", files: { [path]: half } });
      expect(given.parts.map(({ file }) => file)).toEqual(["half.wgsl", "beside.wgsl"]);
    }
  });

  const acts = shader(
    `//! use wgrad/activation/* as act
struct Params { n: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>; // [n]
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // [n]
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x < params.n) { y[id.x] = act(x[id.x]); }
}`,
    { name: "acts", files: wgslLibrary },
  );
  const activated = kernel(acts, (inputs, { act }: { act: string }) => ({
    ...plan(inputs),
    slots: { act },
    ...(act === "elu" && { overrides: { ELU_ALPHA: 2 } }),
  }));

  test("has a slot, and overrides of what fills it", async () => {
    const run = async (act: string) => {
      using y = scope(() => runKernel(activated, { x }, { act }).y);
      return [...(await y.read())];
    };
    const values = [...(await x.read())];
    expect(await run("relu")).toEqual(values.map((v) => Math.max(v, 0)));
    const elu = values.map((v) => (v > 0 ? v : 2 * Math.expm1(v)));
    for (const [i, got] of (await run("elu")).entries())
      expect(got).toBeCloseTo(elu[i] as number, 5);
  });

  test("is proved by a case", async () => {
    const test = { name: "relu", inputs: { x: [3, 67] }, options: { act: "relu" } };
    const reference = ({ x }: { x: { data: ArrayLike<number> } }) => ({
      y: Float64Array.from(x.data, (v) => Math.max(v, 0)),
    });
    const module = { kernel: activated, reference, cases: [test] };
    expect(await runCase(engine.gpu.device, module, test)).toEqual([]);
  });

  test("a slot that is not filled, or with what is not there, is refused by name", async () => {
    const wrong = runKernel.bind(undefined, activated, { x }, { act: "cubic" });
    expect(wrong).toThrow(/expected slot 'act' to be one of .*relu.*, got cubic/);
    const open = prepare(engine.gpu.device, kernel(acts, plan as never), { x: [1] }, {} as never);
    await expect(open).rejects.toThrow(/expected slot 'act' .*, got none/);
  });

  test("choices may bring buffers", async () => {
    const text: string = `//! use last/* as last\n${bindings}${main("last(x[id.x], id.x)")}`;
    const bias = `@group(0) @binding(3) var<storage, read> b: array<f32>; // [n]
fn last(x: f32, i: u32) -> f32 { return x + b[i]; }`;
    const files = {
      "last/bias.wgsl": bias,
      "last/none.wgsl": "fn last(x: f32, i: u32) -> f32 { return x; }",
    };
    const given = kernel(shader(text, { files }), ({ x = [], b }) => ({
      ...plan({ x }),
      slots: { last: b ? "bias" : "none" },
    }));
    const b = tensor(new Float32Array(70).fill(3));
    using y = scope(() => runKernel(given, { x, b }, {}).y as Tensor);
    expect((await y.read())[0]).toBe(-30 / 8 + 3);
    using plain = scope(() => runKernel(given, { x }, {}).y as Tensor);
    expect((await plain.read())[0]).toBe(-30 / 8);
  });

  test("WGSL that does not compile names the file it is in, never one of the library", async () => {
    const text: string = `//! use deep/wrong.wgsl\n${bindings}${main("wrong(x[id.x])")}`;
    const files = { "deep/wrong.wgsl": "\nfn wrong(x: f32) -> f32 { return nonsense; }" };
    const { y } = runKernel(kernel(shader(text, { name: "user", files }), plan), { x }, {});
    const failed = await (y as Tensor).read().catch(String);
    expect(failed).toMatch(/user\.wgsl does not compile:\ndeep\/wrong\.wgsl:2:\d+: .*nonsense/);
    expect(failed).not.toContain("shaders/");
  });
});

test.each<[string, () => unknown, RegExp]>([
  [
    "a helper of the library without its texts",
    () => shader(`//! use wgrad/lib/tanh.wgsl\n${main("1")}`),
    /^shader: own[.\d]*\.wgsl:1: there is no wgrad\/lib\/tanh\.wgsl; pass \{ files: wgslLibrary \}/,
  ],
  [
    "an empty folder",
    () => shader(`//! use acts/* as act\n${main("1")}`),
    /^shader: own[.\d]*\.wgsl:1: there is no acts\/\*; pass its text: \{ files: \{ "acts\/one\.wgsl"/,
  ],
  [
    "what cannot be read in a file of its own",
    () =>
      shader(`//! use a.wgsl\n${main("1")}`, {
        files: { "a.wgsl": "\n@group(1) @binding(3) var<storage, read> z: array<f32>;" },
      }),
    /^shader: a\.wgsl:2: 'z' is at @group\(1\)/,
  ],
  [
    "an override within a line of such a file",
    () => shader(`//! use a.wgsl\n${main("1")}`, { files: { "a.wgsl": "\n  override K = 1;" } }),
    /^shader: a\.wgsl:2: expected 'override' at the beginning of a line/,
  ],
  [
    "a buffer that '//! inout' names and that is none",
    () => shader(`//! inout q\n${main("1")}`),
    /^shader: '\/\/! inout q' names no read_write buffer/,
  ],
  ["a name with a folder", () => shader(main("1"), { name: "norm/stats" }), /a name without \//],
  [
    "a path to a folder above",
    () => shader(main("1"), { files: { "../a.wgsl": "" } }),
    /texts by path/,
  ],
])("%s is refused", (_, work, message) => {
  expect(work).toThrow(message);
});
