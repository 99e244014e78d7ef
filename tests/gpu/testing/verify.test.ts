import { describe, expect, test } from "vitest";
import { ValidationError, VerificationError } from "../../../src/core/errors.ts";
import { activate, cases, reference } from "../../../src/kernels/elementwise/activate.ts";
import type { KernelModule } from "../../../src/kernels/kernel.ts";
import { crossEntropy } from "../../../src/loss/cross_entropy.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { AdamW, clippedStep, SGD } from "../../../src/optim/index.ts";
import { init } from "../../../src/scheduler/engine.ts";
import { recordFunction } from "../../../src/scheduler/observe/place.ts";
import type { InitOptions } from "../../../src/scheduler/options.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { fromBuffer, tensor } from "../../../src/tensor/create.ts";
import { run } from "../../../src/tensor/run.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { stepwise } from "../../../src/testing/inspect/stepwise.ts";
import { verifier } from "../../../src/testing/inspect/verifier.ts";
import { allKernels } from "../../../src/testing/modules.ts";
import { initShared } from "../../support/shared_device.ts";

const plain = await initShared();
const { device } = plain.gpu;
const x = () => ops.uniform([6, 1, 6, 6], { low: -1 });

const networks = {
  "a perceptron": () => [
    new nn.Flatten(),
    new nn.Linear(36, 20),
    new nn.LayerNorm(20),
    new nn.GELU(),
    new nn.Dropout(0.2),
    new nn.Linear(20, 3),
  ],
  "convolutions with batch norm": () => [
    new nn.Conv2d(1, 4, 3, { padding: 1 }),
    new nn.BatchNorm2d(4),
    new nn.ReLU(),
    new nn.BasicBlock(4, 8, { stride: 2 }),
    new nn.MaxPool2d(3),
    new nn.Flatten(),
    new nn.Linear(8, 3),
  ],
};

describe("with its references beside it", () => {
  for (const [name, layers] of Object.entries(networks)) {
    for (const captured of [false, true]) {
      test(`${name} trains as without them, ${captured ? "captured" : "run"}`, async () => {
        const train = async (options: InitOptions) => {
          const engine = await init({ device, ...options });
          ops.manualSeed(2);
          const model = new nn.Sequential(...layers());
          const optimizer = captured
            ? new AdamW(model.parameters(), { lr: 0.01 })
            : new SGD(model.parameters(), { lr: 0.05, momentum: 0.9 });
          const work = (batch: Tensor, labels: Tensor) => {
            optimizer.zeroGrad();
            const loss = crossEntropy(model.forward(batch), labels);
            loss.backward();
            clippedStep(optimizer, 1).dispose();
            return loss;
          };
          const step = captured ? capture(work, { fuse: false }) : work;
          const losses: number[] = [];
          for (let i = 0; i < 3; i++) {
            using loss = scope(() => step(x(), tensor(Uint32Array.of(0, 1, 2, 0, 1, 2))));
            losses.push(await loss.item());
          }
          return { losses, submits: engine.counters().submits };
        };
        const verified = await train({ inspect: verifier() });
        expect(verified.submits).toBeGreaterThan(70); // one submit for each dispatch
        expect(verified.losses).toEqual((await train({})).losses);
      });
    }
  }

  /** A relu, under another name, that is off by a thousandth at 100 only. */
  const { shader } = activate;
  const spoiled = {
    ...activate,
    shader: {
      ...shader,
      path: "elementwise/spoiled.wgsl",
      parts: shader.parts.map(({ file, text }) => ({
        file,
        text: text.replace(
          "fn f(x: f32) -> f32 { return point(x); }",
          "fn f(x: f32) -> f32 { return point(x) + select(0.0, 0.001, x == 100.0); }",
        ),
      })),
    },
  };
  const module = { kernel: spoiled, reference, cases } as KernelModule;
  const kernels = [...allKernels(), { name: "elementwise/spoiled", family: "elementwise", module }];
  const act = (h: Tensor) => run(spoiled, { x: h }, { act: "relu" }).y;
  const values = [[-1, 2, 3], [4, 100, 6]]; // biome-ignore format: a matrix
  const message =
    /^elementwise\/spoiled of head, forward: x \(affine\[2, 3\]\) → y \(y\[2, 3\]\): expected what the reference.* got other numbers in y \(y\[2, 3\]\)\n.*1 of 6 elements differ\n.*\n.*\n.*y\[1, 1\] +got 100\.000\d* +expected 100\n/s;

  test("a kernel that differs from its reference is named, with tensor, element and place", async () => {
    await init({ device, inspect: verifier({ kernels }) });
    const head = (h: Tensor) => recordFunction("head", () => act(ops.mul(h, 1)));
    using good = act(tensor([1, 2, 3]));
    expect([...(await good.read())]).toEqual([1, 2, 3]);
    const bad = scope(() => ops.exp(head(tensor(values))));
    await expect(bad.read()).rejects.toThrow(VerificationError);
    const again = scope(() => head(tensor(values)));
    await expect(again.read()).rejects.toThrow(message);
    using after = act(tensor([1, 2])); // the engine is still usable
    expect([...(await after.read())]).toEqual([1, 2]);
    const step = capture((h: Tensor) => ops.sum(head(h)));
    const fine = step(tensor([[1, 2, 3], [4, 5, 6]])); // biome-ignore format: a matrix
    expect(await fine.item()).toBe(21);
    await expect(step(tensor(values)).item()).rejects.toThrow(message);
    step.dispose();
  });

  test("sums that must be rounded, or cancel, are no differences", async () => {
    await init({ device, inspect: verifier() });
    const tenths = ops.mul(ops.uniform([300], { low: -1e4, high: 1e4 }), 0.1);
    using sum = scope(() => ops.sum(ops.concat([tenths, ops.neg(tenths), tensor([1e-3])])));
    expect(Math.abs(await sum.item())).toBeLessThan(0.1);
    const index = tensor(Uint32Array.from({ length: 300 }, (_, i) => i % 3));
    using rows = scope(() => ops.bincount(index, 3, { weights: tenths }));
    expect((await rows.read()).length).toBe(3);
  });

  test("a kernel without a reference is named", async () => {
    await init({ device, inspect: verifier() });
    await expect(act(tensor([1])).read()).rejects.toThrow(/spoiled.*verifier\({ kernels }\)/);
  });
});

describe("one by one", () => {
  const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;
  const layer = (h: Tensor) => recordFunction("stem", () => ops.relu(h));

  test("what WebGPU refuses names kernel, tensors and place", async () => {
    await init({ device, inspect: stepwise() });
    const buffer = device.createBuffer({ size: 16, usage: STORAGE | COPY_SRC | COPY_DST });
    using input = fromBuffer(buffer, [4], { name: "mine" });
    buffer.destroy();
    await expect(layer(input).read()).rejects.toThrow(ValidationError);
    await expect(layer(input).read()).rejects.toThrow(
      /^elementwise\/activate of stem, forward: x \(mine\[4\]\) → y \(relu\[4\]\): WebGPU refused it: .*destroyed/,
    );
    const step = capture((h: Tensor) => ops.add(layer(h), 1));
    const good = device.createBuffer({ size: 16, usage: STORAGE | COPY_SRC | COPY_DST });
    using y = step(fromBuffer(good, [4]));
    expect([...(await y.read())]).toEqual([1, 1, 1, 1]);
    step.dispose();
  });

  test("memory that is refused and internal errors name them, too", async () => {
    const [push, pop] = [device.pushErrorScope.bind(device), device.popErrorScope.bind(device)];
    const planted = async (filter: GPUErrorFilter, error: GPUError) => {
      await init({ device, inspect: stepwise() });
      using input = tensor([1, 2]);
      await input.read();
      const open: GPUErrorFilter[] = [];
      device.pushErrorScope = (each) => {
        open.push(each);
        push(each);
      };
      device.popErrorScope = () => {
        const found = pop();
        return open.pop() === filter ? found.then(() => error) : found;
      };
      try {
        return String(
          await layer(input)
            .read()
            .then(
              () => "nothing",
              (thrown: Error) => thrown,
            ),
        );
      } finally {
        Object.assign(device, { pushErrorScope: push, popErrorScope: pop });
      }
    };
    const where =
      "elementwise/activate of stem, forward: x \\(tensor\\[2\\]\\) → y \\(relu\\[2\\]\\): ";
    expect(await planted("out-of-memory", new GPUOutOfMemoryError("planted"))).toMatch(
      new RegExp(`^OutOfMemoryError: ${where}.*smaller batch.*planted`),
    );
    expect(await planted("internal", new GPUInternalError("planted"))).toMatch(
      new RegExp(`^ValidationError: ${where}WebGPU had an internal error: planted`),
    );
    using fine = layer(tensor([-1, 2]));
    expect([...(await fine.read())]).toEqual([0, 2]);
  });
});
