import { describe, expect, test, vi } from "vitest";
import { DisposedError, ShapeError, ValueError } from "../../../src/core/errors.ts";
import { add, square, sum } from "../../../src/ops/index.ts";
import { fromBuffer, tensor } from "../../../src/tensor/create.ts";
import { print } from "../../../src/tensor/print.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

describe("what tensor() is given is what is read:", () => {
  test.each([
    ["numbers", [0.5, -2], {}, Float32Array.of(0.5, -2)],
    ["Float64Array", Float64Array.of(1.5, 3), {}, Float32Array.of(1.5, 3)],
    ["Uint8ClampedArray", Uint8ClampedArray.of(1, 255), {}, Uint32Array.of(1, 255)],
    ["Int16Array", Int16Array.of(-7, 9), {}, Int32Array.of(-7, 9)],
    ["BigInt64Array", BigInt64Array.of(-7n, 9n), {}, Int32Array.of(-7, 9)],
    ["pixels as floats", Uint8Array.of(3, 200), { dtype: "f32" }, Float32Array.of(3, 200)],
  ] as const)("%s", async (_, data, options, read) => {
    using t = tensor(data, options);
    expect(await t.read()).toEqual(read);
  });

  test("integers cannot require a gradient", () => {
    expect(() => tensor([1], { dtype: "i32", requiresGrad: true })).toThrow(ValueError);
    expect(() => tensor(Uint8Array.of(1), { requiresGrad: true })).toThrow(/got u32; choose "f32"/);
  });

  test("dtypes of PyTorch are refused with the name they have here", () => {
    const options = { dtype: "float32" } as unknown as { dtype: "f32" };
    expect(() => tensor([1], options)).toThrow(/"f32".*as dtype, got "float32"; float32 is "f32"/);
  });
});

describe("fromBuffer", () => {
  const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;

  test("keeps its options", () => {
    const usage = STORAGE | COPY_SRC | COPY_DST;
    const buffer = engine.gpu.device.createBuffer({ size: 16, usage });
    using t = fromBuffer(buffer, [4], { requiresGrad: true, name: "mine" });
    expect([t.requiresGrad, t.name]).toEqual([true, "mine"]);
  });

  test("refuses a buffer it could not read", () => {
    const buffer = engine.gpu.device.createBuffer({ size: 16, usage: STORAGE });
    expect(() => fromBuffer(buffer, [4])).toThrow(ValueError);
    expect(() => fromBuffer(buffer, [4])).toThrow(/usage STORAGE \| COPY_SRC.*\(140\), got 128/);
  });
});

describe("methods of a tensor refuse, in their own name:", () => {
  const scalar = () => sum(square(tensor([1, 2], { requiresGrad: true })));

  test.each([
    ["text", "x"],
    ["a number", 1],
    ["null", null],
  ])("backward of %s", (_, upstream) => {
    const loss = scalar();
    expect(() => loss.backward(upstream as never)).toThrow(ValueError);
    expect(() => loss.backward(upstream as never)).toThrow(
      /^backward: expected a tensor as upstream/,
    );
    loss.backward(); // the refused call did not use up the graph
  });

  test("an upstream gradient of another shape, or disposed", () => {
    const loss = square(tensor([1, 2], { requiresGrad: true }));
    expect(() => loss.backward(tensor([1, 2, 3]))).toThrow(ShapeError);
    expect(() => loss.backward(tensor([1, 2, 3]))).toThrow(/^backward: /);
    const gone = tensor([1, 2]);
    gone.dispose();
    expect(() => loss.backward(gone)).toThrow(DisposedError);
    expect(() => loss.backward()).toThrow(/^backward: /);
  });

  test("item and read of a disposed tensor, item of many", async () => {
    const gone = tensor([1]);
    gone.dispose();
    await expect(gone.item()).rejects.toThrow(/^item: expected a live tensor/);
    await expect(gone.read()).rejects.toThrow(/^read: expected a live tensor/);
    await expect(tensor([1, 2]).item()).rejects.toThrow(
      /^item: expected one element, got tensor\[2/,
    );
  });

  test("tensors of another engine, by name", async () => {
    const a = tensor([1, 2], { name: "mine" });
    const other = await initShared();
    const b = tensor([1], { name: "theirs", engine: other });
    expect(() => add(a, b)).toThrow(ValueError);
    expect(() => add(a, b)).toThrow(
      /^add: .*one engine, got mine\[2\] f32 .* theirs\[1\] f32 of another/,
    );
  });
});

test("print writes the first values to the console, and gives the text", async () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
  using t = tensor([[1, 2], [3, 4.5]], { name: "weight", requiresGrad: true }); // biome-ignore format: rows
  const text = await print(t);
  expect(text).toBe(
    "tensor([[1.0000, 2.0000],\n        [3.0000, 4.5000]], " +
      'shape: [2, 2], dtype: "f32", name: "weight", requiresGrad: true)',
  );
  expect(log.mock.calls).toEqual([[text]]);
  log.mockRestore();
  await expect(print(3 as never)).rejects.toThrow(/^print: expected a tensor as tensor, got 3/);
});
