import { describe, expect, test } from "vitest";
import { ShapeError, ValueError } from "../../../src/core/errors.ts";
import { activate, matmulNaive, prepare } from "../../../src/kernels/index.ts";
import { sharedDevice } from "../../support/shared_device.ts";

const device = await sharedDevice();

describe("prepare refuses, in its own name,", () => {
  const prepared = (...args: readonly unknown[]) =>
    Reflect.apply(prepare, undefined, [device, activate, ...args]) as Promise<unknown>;

  test.each([
    ["no shapes", [{}], "expected inputs x for elementwise/activate.wgsl, got no x"],
    ["no inputs", [], "expected an object as inputs, got nothing"],
    ["a number as shape", [{ x: 5 }], "expected a shape such as [2, 3] as x, got 5"],
    ["half an element", [{ x: [0.5] }, { act: "relu" }], "expected a shape such as [2, 3] as x"],
    ["an unknown input", [{ x: [4], z: [4] }, { act: "relu" }], "got 'z'; leave it out"],
    ["no activation", [{ x: [4] }, {}], "expected"],
    ["an unknown override", [{ x: [4] }, { act: "relu" }, { overrides: { XY: 4 } }], "got 'XY'"],
    ["an unknown slot", [{ x: [4] }, { act: "relu" }, { dtypes: { s: "f16" } }], "got 's'"],
    ["an unknown option", [{ x: [4] }, { act: "relu" }, { dtype: {} }], "did you mean 'dtypes'"],
  ])("%s", async (_, args, words) => {
    await expect(prepared(...args)).rejects.toThrow(/^prepare: /);
    await expect(prepared(...args)).rejects.toThrow(words);
  });

  test("what is no device, or no kernel", async () => {
    const call = (...args: readonly unknown[]) =>
      Reflect.apply(prepare, undefined, args) as Promise<unknown>;
    await expect(call({}, activate, { x: [4] })).rejects.toThrow(ValueError);
    await expect(call({}, activate, { x: [4] })).rejects.toThrow(
      /^prepare: expected a GPUDevice as device, got an object/,
    );
    await expect(call(device, "activate", { x: [4] })).rejects.toThrow(
      /^prepare: expected a kernel of wgrad\/kernels as kernel, got "activate"/,
    );
  });

  test("shapes that do not fit each other", async () => {
    const call = prepare(device, matmulNaive, { a: [2, 3], b: [2, 3] }, {});
    await expect(call).rejects.toThrow(ShapeError);
    await expect(call).rejects.toThrow(/^prepare: expected equal inner sizes/);
  });

  test("buffers that are missing, too small or none, when it is encoded", async () => {
    const relu = await prepare(device, activate, { x: [4] }, { act: "relu" });
    const pass = device.createCommandEncoder().beginComputePass();
    const encode = (...args: readonly unknown[]) => Reflect.apply(relu.encode, relu, args);
    expect(() => encode(pass, {})).toThrow(
      /expected a buffer of at least 16 bytes .* as x, got none/,
    );
    expect(() => encode(pass, { x: 5 })).toThrow(ShapeError);
    expect(() => encode(pass)).toThrow(/^encode: expected an object as buffers, got nothing/);
    expect(() => encode(device, {})).toThrow(/^encode: expected a GPUComputePassEncoder as pass/);
    relu.destroy();
  });
});
