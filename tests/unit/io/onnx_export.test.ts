import * as ort from "onnxruntime-web";
import { describe, expect, test } from "vitest";
import { exportOnnx } from "../../../src/io/onnx/index.ts";
import { readModel } from "../../../src/io/onnx/messages.ts";
import * as nn from "../../../src/nn/index.ts";
import { add, mul } from "../../../src/ops/elementwise/elementwise.ts";
import type { OpCase, OpCases } from "../../../src/ops/op_case.ts";
import { uniform } from "../../../src/ops/random/random.ts";
import { cumprod } from "../../../src/ops/reduce/prod.ts";
import { sum } from "../../../src/ops/reduce/reduce.ts";
import { reshape } from "../../../src/ops/shape/reshape.ts";
import { init } from "../../../src/scheduler/engine.ts";
import { tensor } from "../../../src/tensor/create.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { opInput } from "../../../src/testing/run_op_case.ts";
import { silentDevice } from "../../support/silent_device.ts";

ort.env.wasm.numThreads = 1;
ort.env.logLevel = "fatal";
await init({ device: silentDevice() });

const files = import.meta.glob<{ cases: OpCases }>("../../../src/ops/**/*_cases.ts", {
  eager: true,
});

/** Operations that exportOnnx refuses: random draws, training, augmentation, and what ONNX has no operator for. */
const refused =
  /^(randint|randperm|multinomial|uniform|normal|dropout[123]?d?|alphaDropout|stochasticDepth|rrelu|scatterAdd|indexAdd|bincount|nonzero|cumprod|oneHot|takeAlongDim|\w+WithIndices|arange|linspace|eye|full|ones|zeros|adjust(Brightness|Contrast|Saturation|Hue|Sharpness)|posterize|autocontrast|equalize|gaussianBlur)$/;

/** Operations all of whose cases are refused: windows of different sizes, and an odd power. */
const unwritten = /^(adaptiveMaxPool1d|lpPool2d)$/;

/** Cases where onnxruntime or ONNX gives other results, and why. */
const different: readonly (readonly [name: RegExp, why: string])[] = [
  [/safety: mean 1e4 times the deviation/, "its variance is E[x²] − E[x]², in one pass"],
  [/^(std|variance|norm).*1e\+?30/, "squares overflow"],
  [/^topk: .*(long|thousand)/, "NaN is not the largest"],
  [/^adaptiveAvgPool2d.*NaN/, "windows of different sizes are products, in which 0 · NaN is NaN"],
  [/NaN|infinit|special numbers|radix|no times/, "special numbers and empty tensors are its own"],
  [/integers/, "integers are int64, where these wrap at 32 bits"],
  [/^einsum.*ellipses that broadcast/, "its ellipses do not broadcast"],
];

const cases = Object.values(files).flatMap((file) =>
  Object.entries(file.cases).flatMap(([name, list]) =>
    refused.test(name) ? [] : [[name, list] as const],
  ),
);

/** A module whose forward is the case's function. */
class Operation extends nn.Module<Tensor[], Tensor | readonly Tensor[]> {
  readonly #run: OpCase["run"];

  constructor(run: OpCase["run"]) {
    super();
    this.#run = run;
  }

  override forward(...inputs: Tensor[]): Tensor | readonly Tensor[] {
    return this.#run(...inputs);
  }
}

const operation = (run: OpCase["run"]) => new Operation(run).eval();

/** Outputs of onnxruntime for a case, and its references. */
async function ran(each: OpCase, opset?: number) {
  const hosts = each.inputs.map(opInput);
  const inputs = hosts.map(({ shape, data }) => tensor(data, { shape }));
  const file = await exportOnnx(operation(each.run), inputs, {
    dynamicBatch: false,
    ...(opset && { opset }),
  });
  const session = await ort.InferenceSession.create(file);
  const feeds = session.inputNames.map((name) => {
    const { data, shape } = hosts[Number(name.split("_")[1] ?? 0)] as (typeof hosts)[number];
    if (data instanceof Float32Array) return [name, new ort.Tensor("float32", data, shape)];
    return [name, new ort.Tensor("int64", BigInt64Array.from(data as Int32Array, BigInt), shape)];
  });
  const results = await session.run(Object.fromEntries(feeds));
  const wanted = each.reference(...hosts);
  const lists = typeof wanted[0] === "number" || wanted.length === 0 ? [wanted] : wanted;
  const got = session.outputNames.map((name) => Array.from(results[name]?.data ?? [], Number));
  await session.release();
  return { got, lists: lists as readonly ArrayLike<number>[] };
}

/** Throws unless onnxruntime's outputs equal the references, except in the cases listed in `different`. */
async function compareAll(name: string, list: readonly OpCase[], opset?: number): Promise<void> {
  const known = (each: OpCase) =>
    different.some(([pattern]) => pattern.test(`${name}: ${each.name}`));
  const compared = list.filter((each) => !known(each));
  let refusals = 0;
  for (const each of compared) {
    try {
      const { got, lists } = await ran(each, opset);
      for (const [k, wanted] of lists.entries()) {
        const top = Math.max(1e-3, ...Array.from(wanted, Math.abs).filter(Number.isFinite));
        const wrong = Array.from(wanted).findIndex((n, i) => {
          const own = got[k]?.[i] ?? Number.NaN;
          return !(own === n || Object.is(own, n) || Math.abs(own - n) <= 1e-5 * top);
        });
        expect(wrong, `${each.name}: ${got[k]?.[wrong]}, expected ${wanted[wrong]}`).toBe(-1);
      }
    } catch (error) {
      // the refusal must name the option that cannot be exported
      expect(String(error), each.name).toMatch(/^ValueError: exportOnnx: expected operations/);
      refusals++;
    }
  }
  const all = compared.length > 0 && refusals === compared.length;
  expect(all, `whether every case of ${name} is refused`).toBe(unwritten.test(name));
}

describe("onnxruntime makes of a written operation what its reference does", () => {
  test.each(cases)("%s", (name, list) => compareAll(name, list));

  /** Operations that are exported differently for different opsets. */
  const changing =
    /^(gelu|hardswish|mean|max|variance|layerNorm|groupNorm|pad|split|norm|any|clamp)$/;
  const changed = cases.filter(([name]) => changing.test(name));
  test.each([13, 18, 20, 21])("in opset %i", async (opset) => {
    for (const [name, list] of changed) await compareAll(name, list, opset);
  });

  test("modes of gridSample have other names from opset 20 on, and there is none before 16", async () => {
    const [[, list] = ["", []]] = cases.filter(([name]) => name === "gridSample");
    await compareAll("gridSample", list, 20);
    await expect(ran(list[0] as OpCase, 15)).rejects.toThrow(/gridSample.*before opset 16/s);
  });
});

describe("exportOnnx", () => {
  const x = tensor(new Float32Array(12), { shape: [2, 3, 2] });

  test("lists all that cannot be written, by layer and operation, before anything is read", async () => {
    class Odd extends nn.Module {
      readonly inner = operation((h) => cumprod(h, 0));
      override forward(h: Tensor): Tensor {
        return add(mul(this.inner.forward(h) as Tensor, uniform([2, 3, 2])), cumprod(h));
      }
    }
    await expect(exportOnnx(new Odd().eval(), x)).rejects.toThrow(
      "exportOnnx: expected operations that ONNX has, got 3 that it has not:\n" +
        "  inner: cumprod has no counterpart in ONNX\n" +
        "  the model itself: uniform has no counterpart in ONNX\n" +
        "  the model itself: cumprod has no counterpart in ONNX\n" +
        "replace them in the model",
    );
  });

  test("gives a file whose first size is free, and shapes that follow it", async () => {
    const model = operation((h) => reshape(h, [-1, 2]));
    const { nodes, inputs, outputs, opset } = readModel(await exportOnnx(model, x), {});
    expect(opset).toBe(17);
    expect(inputs).toEqual([{ name: "input", type: "float", shape: ["batch", 3, 2] }]);
    expect(outputs).toEqual([{ name: "output", type: "float", shape: ["batch", 2] }]);
    const shape = nodes.find(({ op }) => op === "Constant")?.attributes.get("value")?.tensor;
    expect(shape).toMatchObject({ data: Float64Array.of(-1, 2) });
  });

  test("refuses a model that depends on the batch, unless its size is fixed", async () => {
    const model = operation((h) => mul(sum(h), h.shape[0] as number));
    await expect(exportOnnx(model, x)).rejects.toThrow(
      "exportOnnx: expected a model that does the same for every size of the batch, got one where Constant in the " +
        "model itself depends on it; pass dynamicBatch: false",
    );
    const { inputs } = readModel(await exportOnnx(model, x, { dynamicBatch: false }), {});
    expect(inputs[0]?.shape).toEqual([2, 3, 2]);
  });

  test("names inputs and outputs as it is told, or as the model does", async () => {
    const two = operation((a, b) => [add(a, b), a]);
    const portsOf = async (...args: Parameters<typeof exportOnnx>) => {
      const { inputs, outputs } = readModel(await exportOnnx(...args), {});
      return [...inputs, ...outputs].map(({ name }) => name);
    };
    expect(await portsOf(two, [x, x])).toEqual(["input_0", "input_1", "output_0", "output_1"]);
    const names = { inputNames: ["a", "b"], outputNames: ["sum", "same"], opset: 21 };
    expect(await portsOf(two, [x, x], names)).toEqual(["a", "b", "sum", "same"]);
    await expect(exportOnnx(two, [x, x], { inputNames: ["a", "a"] })).rejects.toThrow(
      'exportOnnx: expected 2 different names as inputNames, which no parameter or input has, got "a", "a"; pass inputNames',
    );
  });

  test("refuses a model in training mode", async () => {
    const model = new nn.Sequential(new nn.ReLU());
    await expect(exportOnnx(model, x)).rejects.toThrow(
      "exportOnnx: expected a model in evaluation mode, got Sequential in training mode; call model.eval() first",
    );
  });
});
