import { expect, test } from "vitest";
import { type Shape, size } from "../../../src/core/shape.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { SGD } from "../../../src/optim/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { compare } from "../../../src/testing/compare.ts";
import { upstreamFor } from "../../../src/testing/gradcheck.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

/**
 * A layer or block, and the same computation as single operations; `saved` is the number of dispatches that fusion
 * saves in a step.
 */
interface Twin {
  readonly name: string;
  readonly block: () => nn.Module;
  readonly plain: (block: never, x: Tensor) => Tensor;
  readonly saved: number;
}

const act = ops.silu;
const options = { activation: "silu" } as const;
const norms: readonly nn.NormKind[] = ["batch", "group", "instance", "layer"];

const basic = (b: nn.BasicBlock, x: Tensor) => {
  const h = act(b.bn1.forward(b.conv1.forward(x)));
  const f = b.bn2.forward(b.conv2.forward(h));
  return act(ops.add(b.downsample?.forward(x) ?? x, f));
};
const twins: readonly Twin[] = [
  ...norms.map((norm) => ({
    name: `basic, ${norm} norm`,
    block: () => new nn.BasicBlock(4, 4, { ...options, norm }),
    plain: basic,
    saved: 5, // two activations forward and backward, one addition
  })),
  {
    name: "basic with a projection",
    block: () => new nn.BasicBlock(4, 6, { ...options, stride: 2 }),
    plain: basic,
    saved: 5,
  },
  {
    name: "bottleneck",
    block: () => new nn.Bottleneck(4, 8, { ...options, groups: 2, width: 4 }),
    plain: (b: nn.Bottleneck, x) => {
      const reduced = act(b.bn1.forward(b.conv1.forward(x)));
      const f = b.bn3.forward(b.conv3.forward(act(b.bn2.forward(b.conv2.forward(reduced)))));
      return act(ops.add(b.downsample?.forward(x) ?? x, f));
    },
    saved: 7,
  },
  {
    name: "convolution, bias and relu",
    block: () => new nn.Conv2d(4, 3, 3, { act: "relu" }),
    plain: (conv: nn.Conv2d, x) => ops.relu(ops.conv2d(x, conv.weight, { bias: conv.bias })),
    saved: 2, // the activation, and the separate sum of the bias
  },
  {
    name: "linear, bias and gelu",
    block: () => new nn.Linear(6, 5, { act: "gelu" }),
    plain: (layer: nn.Linear, x) => ops.gelu(ops.linear(x, layer.weight, layer.bias)),
    saved: 2,
  },
  {
    name: "pre-activation",
    block: () => new nn.PreActivationBlock(4, 4, options),
    plain: (b: nn.PreActivationBlock, x) => {
      const h = act(b.bn1.forward(x));
      return ops.add(x, b.conv2.forward(act(b.bn2.forward(b.conv1.forward(h)))));
    },
    saved: 4,
  },
];

const values = (shape: Shape, seed: number) =>
  tensor(Float32Array.from(upstreamFor(size(shape), seed)), { shape });

/** Result, every gradient by name, and the number of dispatches. */
async function step(block: nn.Module, forward: (x: Tensor) => Tensor) {
  block.zeroGrad();
  using x = values([3, 4, 5, 6], 1);
  x.requiresGrad = true;
  await engine.flush();
  const before = engine.counters().dispatches;
  using y = scope(() => {
    const out = forward(x);
    out.backward(values(out.shape, 2));
    return out;
  });
  await engine.flush();
  const dispatches = engine.counters().dispatches - before;
  const all: [string, Tensor | null][] = [
    ["y", y],
    ["dx", x.grad],
    ...block.namedParameters().map(([name, p]): [string, Tensor | null] => [name, p.grad]),
  ];
  const read = all.map(async ([name, t]) => [name, (await t?.read()) ?? []] as const);
  const found = new Map(await Promise.all(read));
  x.grad?.dispose();
  return { found, dispatches };
}

for (const { name, block: make, plain, saved } of twins) {
  test(`${name}: the fused block is its parts, result and gradients, in ${saved} dispatches less`, async () => {
    ops.manualSeed(4);
    const block = make();
    const optimizer = new SGD(block.parameters()); // with an optimiser, gradients are written into its arena
    const fused = await step(block, (x) => block.forward(x));
    const parts = await step(block, (x) => plain(block as never, x));
    for (const [part, want] of parts.found) {
      const got = fused.found.get(part) ?? [];
      // two orders of rounding to f32, sums over 90 elements
      const tolerance = { atol: 2e-6, rtol: 2e-6, length: 90 };
      expect(compare(part, got, want, [want.length], tolerance).report).toBe("");
    }
    expect(fused.dispatches).toBe(parts.dispatches - saved);
    optimizer.dispose();
    block.dispose();
  });
}
