import { expect, test } from "vitest";
import { noGrad } from "../../../src/autograd/mode.ts";
import { seeded } from "../../../src/core/rng.ts";
import { type Shape, size } from "../../../src/core/shape.ts";
import { forwardReference } from "../../../src/kernels/conv2d/forward_cases.ts";
import {
  type ForwardOptions,
  type Geometry,
  geometry,
  outputShape,
} from "../../../src/kernels/conv2d/geometry.ts";
import { layerClass } from "../../../src/kernels/conv2d/layer.ts";
import { convolveGradInput, convolveGradWeight } from "../../../src/kernels/conv2d/reference.ts";
import type { HostTensor } from "../../../src/kernels/kernel.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { SGD } from "../../../src/optim/index.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { compare } from "../../../src/testing/compare.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();
const PASSES = ["forward", "grad_input", "grad_weight"];

/** Makes every pass of this layer use this kernel from now on. */
function choose(g: Geometry, way: "winograd" | "direct"): void {
  for (const pass of PASSES) engine.tuned.set(`conv2d/${pass}/${layerClass(g)}`, way);
}

/** Seeded numbers in [−1, 1). */
function host(shape: Shape, seed: number): HostTensor & { data: Float32Array<ArrayBuffer> } {
  const random = seeded(seed);
  return { shape, data: Float32Array.from({ length: size(shape) }, () => 2 * random() - 1) };
}

interface Layer {
  readonly x: Shape;
  readonly weight: Shape;
  readonly options: ForwardOptions & { readonly bias?: boolean };
}

/** y, dx, dweight and dbias for a non-uniform upstream gradient, and the number of dispatches. */
async function run({ x, weight, options: { bias, ...options } }: Layer) {
  const inputs = [host(x, 1), host(weight, 2), ...(bias ? [host([weight[0] ?? 0], 3)] : [])];
  const before = engine.counters().dispatches;
  const leaves = inputs.map(({ data, shape }) => tensor(data, { shape, requiresGrad: true }));
  const [image, kernel, b] = leaves as [Tensor, Tensor, Tensor?];
  const y = ops.conv2d(image, kernel, { ...options, bias: b });
  y.backward(tensor(host(y.shape, 9).data, { shape: y.shape }));
  const read = [y, ...leaves.map(({ grad }) => grad as Tensor)].map((t) => t.read());
  const data = await Promise.all(read);
  return { inputs, data, dispatches: engine.counters().dispatches - before };
}

/** The same in float64, for layers without an activation. */
function exact({ x, weight, options: { bias, ...options } }: Layer, inputs: HostTensor[]) {
  const [image, kernel, b] = inputs as [HostTensor, HostTensor, HostTensor?];
  const g = geometry("test", x, weight, options);
  const dy = host(outputShape(g), 9);
  const { y } = forwardReference({ x: image, weight: kernel, ...(b && { bias: b }) }, options);
  const results = [y, convolveGradInput(g, dy, kernel), convolveGradWeight(g, dy, image)];
  const terms = [9 * g.inC, 9 * g.outC, g.batch * g.output[0] * g.output[1]];
  return results.map((data, i) => ({ data, length: terms[i] as number }));
}

const layers: [name: string, layer: Layer][] = [
  ["one pixel inside padding 1", { x: [1, 8, 1, 1], weight: [8, 8, 3, 3], options: { padding: 1 } }],
  ["a window as large as the input", { x: [3, 9, 3, 3], weight: [8, 9, 3, 3], options: {} }],
  ["odd sizes, 17 and 13 channels", { x: [2, 17, 7, 9], weight: [13, 17, 3, 3], options: { padding: 1 } }],
  ["bias", { x: [2, 8, 6, 5], weight: [12, 8, 3, 3], options: { padding: 1, bias: true } }],
  ["padding 2", { x: [1, 8, 5, 6], weight: [8, 8, 3, 3], options: { padding: 2 } }],
  ["padding 3 above, none on the left", { x: [2, 8, 4, 7], weight: [9, 8, 3, 3], options: { padding: [3, 0] } }],
  ["same", { x: [2, 8, 5, 8], weight: [8, 8, 3, 3], options: { padding: "same" } }],
  ["64 channels", { x: [2, 64, 8, 8], weight: [64, 64, 3, 3], options: { padding: 1 } }],
]; // biome-ignore format: one layer a line

for (const [name, layer] of layers) {
  test(`by tiles, ${name}: result and gradients are those of float64`, async () => {
    const g = geometry("test", layer.x, layer.weight, layer.options);
    choose(g, "winograd");
    const { inputs, data, dispatches } = await run(layer);
    expect(dispatches).toBeGreaterThanOrEqual(12);
    exact(layer, inputs).forEach((expected, i) => {
      const shape = [data[i]?.length ?? 0];
      const { report } = compare(name, data[i] ?? [], expected.data, shape, {
        length: expected.length,
      });
      expect(report).toBe("");
    });
  });
}

test.each(["silu", "relu"] as const)(
  "by tiles with bias and %s: as the direct kernels do",
  async (act) => {
    const layer: Layer = {
      x: [2, 8, 6, 7],
      weight: [12, 8, 3, 3],
      options: { padding: 1, bias: true, act },
    };
    const g = geometry("test", layer.x, layer.weight, layer.options);
    choose(g, "direct");
    const direct = await run(layer);
    choose(g, "winograd");
    const tiles = await run(layer);
    tiles.data.forEach((data, i) => {
      const { report } = compare(`result ${i}`, data, direct.data[i] ?? [], [data.length], {
        length: 108,
      });
      expect(report).toBe("");
    });
  },
);

test("sums by tiles are less than twice as far from exact ones as plain sums", async () => {
  const layer: Layer = { x: [1, 128, 8, 8], weight: [32, 128, 3, 3], options: { padding: 1 } };
  const g = geometry("test", layer.x, layer.weight, layer.options);
  const errors = async (way: "winograd" | "direct") => {
    choose(g, way);
    const { inputs, data } = await run(layer);
    return exact(layer, inputs).map(({ data: expected }, i) => {
      const differences = Array.from(
        expected,
        (value, at) => (data[i]?.[at] ?? Number.NaN) - value,
      );
      return Math.sqrt(differences.reduce((sum, d) => sum + d * d, 0) / differences.length);
    });
  };
  const [tiles, direct] = [await errors("winograd"), await errors("direct")];
  console.log("root mean square errors by tiles and of plain sums", tiles, direct);
  tiles.forEach((error, i) => {
    expect(error, ["y", "dx", "dweight"][i]).toBeLessThan(2 * (direct[i] ?? 0));
  });
});

test("transposed convolution goes by tiles, too", async () => {
  const g = geometry("test", [2, 9, 8, 7], [10, 9, 3, 3], { padding: 1 });
  const results = async (way: "winograd" | "direct") => {
    choose(g, way);
    const [x, weight] = [host([2, 10, 8, 7], 1), host([10, 9, 3, 3], 2)];
    const leaves = [x, weight].map(({ data, shape }) =>
      tensor(data, { shape, requiresGrad: true }),
    );
    const [image, kernel] = leaves as [Tensor, Tensor];
    const y = ops.convTranspose2d(image, kernel, { padding: 1 });
    y.backward(tensor(host(y.shape, 9).data, { shape: y.shape }));
    return Promise.all([y, image.grad, kernel.grad].map(async (t) => t?.read() ?? []));
  };
  const [tiles, direct] = [await results("winograd"), await results("direct")];
  tiles.forEach((data, i) => {
    const { report } = compare(`result ${i}`, data, direct[i] ?? [], [data.length], {
      length: 112,
    });
    expect(report).toBe("");
  });
});

test("a captured step by tiles trains as running it does, to the last bit", async () => {
  choose(geometry("test", [2, 8, 6, 6], [8, 8, 3, 3], { padding: 1 }), "winograd");
  const train = async (replay: boolean) => {
    ops.manualSeed(3);
    const layer = new nn.Conv2d(8, 8, 3, { padding: 1 });
    const optimizer = new SGD(layer.parameters(), { lr: 0.1 });
    const x = tensor(host([2, 8, 6, 6], 1).data, { shape: [2, 8, 6, 6] });
    const step = (image: Tensor) => {
      optimizer.zeroGrad();
      const loss = ops.mean(ops.square(ops.tanh(layer.forward(image))));
      loss.backward();
      optimizer.step();
      return loss;
    };
    const run = replay ? capture(step) : (image: Tensor) => scope(() => step(image));
    const losses: number[] = [];
    for (let i = 0; i < 4; i++) losses.push(...(await run(x).read()));
    return { losses, weights: await (layer.parameters()[0] as Tensor).read() };
  };
  const [eager, replayed] = [await train(false), await train(true)];
  expect(replayed).toEqual(eager);
  expect(eager.losses[3]).toBeLessThan(eager.losses[0] ?? 0);
});

test("inference transforms windows once, and again when the weight has changed", async () => {
  const g = geometry("test", [2, 8, 6, 6], [8, 8, 3, 3], { padding: 1 });
  engine.tuned.set(`conv2d/forward/${layerClass(g)}/constant`, "winograd");
  choose(g, "direct");
  const layer = new nn.Conv2d(8, 8, 3, { padding: 1 }).eval();
  const predict = nn.inference(layer);
  const x = tensor(host([2, 8, 6, 6], 1).data, { shape: [2, 8, 6, 6] });
  const dispatches: number[] = [];
  for (const seed of [undefined, undefined, 5, undefined]) {
    if (seed) nn.assign(layer.parameters()[0] as Tensor, host([8, 8, 3, 3], seed).data);
    await engine.flush();
    const before = engine.counters().dispatches;
    const y = await predict(x).read();
    dispatches.push(engine.counters().dispatches - before);
    const direct = noGrad(() => layer.forward(x));
    const { report } = compare("y", y, await direct.read(), direct.shape, { length: 72 });
    expect(report).toBe("");
  }
  expect(dispatches).toEqual([4, 3, 4, 3]);
  predict.dispose();
});
