import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Plan } from "../../../src/kernels/kernel.ts";
import { diskFolder } from "../../../src/shader/generate.ts";
import { link } from "../../../src/shader/link.ts";
import { reflect } from "../../../src/shader/reflect.ts";
import { BUDGET, chosenCases, emulate } from "../../../src/testing/races/emulate.ts";
import { findRaces } from "../../../src/testing/races/find_races.ts";
import { kernelModule } from "../../../src/testing/run_case.ts";

const structs = "copies no structs in workgroup memory";
const words = "has no exact 32-bit arithmetic";
const vectors = "gives other bits for vectors, and so cannot tell NaN or large numbers in them";
const unknown = "gives other numbers than Chrome, for a reason that was not looked into";
const conditions = "throws at a select whose condition is a vector or a member of a struct";
const operand =
  "throws at an operand that it does not evaluate, for a reason that was not looked into";
const indices = "stops or strays at one of its index computations";

/**
 * Kernels whose values the emulator gets wrong, and why; Chrome proves those values. What the emulator does run of them
 * must be free of races all the same.
 */
const notEmulated: Readonly<Record<string, string>> = {
  "augment/blur": words,
  "augment/boxes": operand,
  "augment/colour": conditions,
  "augment/geometry": operand,
  "augment/operation": operand,
  "augment/tone": words,
  "conv2d/depthwise": indices,
  "conv2d/depthwise_grad_input": indices,
  "conv2d/depthwise_grad_input_strided": indices,
  "conv2d/depthwise_grad_weight": indices,
  "conv2d/forward": indices,
  "conv2d/gemm": indices,
  "conv2d/grad_input": indices,
  "conv2d/grad_input_gemm": indices,
  "conv2d/grad_weight": indices,
  "conv2d/grad_weight_gemm": indices,
  "data/image_columns": words,
  "elementwise/activate_grad_bias": indices,
  "elementwise/fill": unknown,
  "loss/batch_hard": words,
  "loss/cross_entropy": structs,
  "loss/focal_softmax": structs,
  "loss/soft_cross_entropy": structs,
  "loss/top_k_hits": unknown,
  "neighbors/least": words,
  "norm/normalize": indices,
  "optim/adam": vectors,
  "optim/adamax": vectors,
  "optim/clip_grads": vectors,
  "optim/grad_norm": vectors,
  "optim/lion": vectors,
  "packed/expand": words,
  "random/alpha_dropout": words,
  "random/dropout": words,
  "random/dropout_channels": words,
  "random/integers": words,
  "random/normal": words,
  "random/pick": words,
  "random/rrelu": words,
  "random/uniform": words,
  "reduce/argmax": words,
  "sample/grid": conditions,
  "sample/grid_parts": conditions,
  "sample/grid_slope": conditions,
  "softmax/softmax": structs,
  "sort/keys": words,
  "winograd/grad_output": indices,
  "winograd/input": indices,
  "winograd/output": indices,
};

const modules = import.meta.glob<Record<string, unknown>>("../../../src/kernels/*/*.ts", {
  eager: true,
});
const kernels = Object.entries(modules).flatMap(([path, exports]) => {
  const found = kernelModule(exports);
  const name = path.replace("../../../src/kernels/", "").replace(".ts", "");
  return found ? [{ name, ...found }] : [];
});
beforeAll(() => {
  vi.spyOn(console, "error").mockImplementation(() => {}); // the emulator logs what it cannot compute
});
afterAll(() => vi.restoreAllMocks());

describe("invocations of a workgroup do not race", () => {
  test.each(kernels.map((each) => [each.name, each] as const))(
    "%s",
    (name, tested) => {
      const results = findRaces(tested);
      const races = results.flatMap((result) => result.races).join("\n");
      expect(
        races,
        `${name}: add the barrier that is missing, or make the control flow uniform`,
      ).toBe("");
      const wrong = results.map((result) => result.differs).join("");
      if (name in notEmulated) {
        expect(wrong, `${name} is emulated now: take it off the list`).not.toBe("");
      } else expect(wrong, `${name}, as emulated`).toBe("");
    },
    120_000,
  ); // interpreting a large kernel on a busy machine takes half a minute

  test("kernels without a small case are few and known", () => {
    const large = kernels.filter((each) => chosenCases(each).length === 0);
    expect(
      large.map(({ name }) => name),
      `give it a case of ${BUDGET} operations`,
    ).toEqual([]);
  });

  test("kernels whose values are not compared exist", () => {
    const list = Object.entries(notEmulated).map(([name, reason]) => `  ${name}: it ${reason}`);
    console.log(`the emulator's values are not compared for\n${list.join("\n")}`);
    const names = kernels.map(({ name }) => name);
    expect(Object.keys(notEmulated).filter((name) => !names.includes(name))).toEqual([]);
  });
});

describe("the detector", () => {
  const text = `//! use lib/workgroup_sum.wgsl
struct Params { length: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;       // [length]
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // [1]
@compute @workgroup_size(WG)
fn main(@builtin(local_invocation_index) lane: u32) {
  let sum = workgroup_sum(lane, select(0.0, x[lane], lane < params.length));
  if (lane == 0u) { y[0] = sum; }
}
`;
  const disk = diskFolder("shaders");
  const sum = (edit: (text: string) => string) => {
    const shader = reflect(
      "sum.wgsl",
      link("sum.wgsl", {
        ...disk,
        read: (path) => (path === "sum.wgsl" ? text : edit(disk.read(path) ?? "")),
      }),
    );
    const plan: Plan = {
      outputs: { y: [1] },
      params: { length: 5 },
      grid: [1],
      flops: 0,
      slots: {},
    };
    const inputs = { x: { shape: [5], data: [1, 2, 3, 4, 5] } };
    return emulate({ shader, plan, overrides: { WG: 8 }, inputs });
  };

  test("runs a tree sum with its barriers", () => {
    const { defects, buffers } = sum((text) => text);
    expect(defects).toEqual([]);
    expect(buffers.y?.[0]).toBe(15);
  });

  test("finds a barrier that was taken out of the loop", () => {
    const barrier = /(\+ stride\]; \}\n) *workgroupBarrier\(\);\n/;
    const { defects } = sum((text) => text.replace(barrier, "$1"));
    expect(defects.join("\n")).toMatch(/partial_sums, byte \d+: .* race/);
  });

  test("finds a barrier that not every invocation reaches", () => {
    const divergent = (text: string) =>
      text.replace("partial_sums[lane] = value;", "if (lane == 3u) { return value; }");
    expect(sum(divergent).defects.join("\n")).toContain("Barrier divergence");
  });
});
