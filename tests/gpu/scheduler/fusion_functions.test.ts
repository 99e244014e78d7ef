import { describe, expect, test } from "vitest";
import {
  type Activation,
  activations,
  hostilePoints,
} from "../../../src/kernels/elementwise/activations.ts";
import { binary } from "../../../src/kernels/elementwise/binary.ts";
import { binaryGrad } from "../../../src/kernels/elementwise/binary_grad.ts";
import { floatOps } from "../../../src/kernels/elementwise/binary_ops.ts";
import { unary } from "../../../src/kernels/elementwise/unary.ts";
import { unaryGrad } from "../../../src/kernels/elementwise/unary_grad.ts";
import { type UnaryOp, unaryOps } from "../../../src/kernels/elementwise/unary_ops.ts";
import * as ops from "../../../src/ops/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { run } from "../../../src/tensor/run.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { fusedDispatches, leaf, type Step, values } from "../../support/fusion.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

describe("every function can be part of a chain", () => {
  const hostile = tensor(Float32Array.from([...hostilePoints, ...hostilePoints.toReversed()]));
  const other = values(5, hostile.size);

  test("activations and their derivatives", async () => {
    const step: Step = (x, dy) =>
      (Object.keys(activations) as Activation[]).flatMap((act) => {
        const leafX = leaf(x as Tensor);
        const y = ops.neg(ops.activation(ops.neg(leafX), { act }));
        y.backward(dy as Tensor);
        return [y, leafX.grad as Tensor];
      });
    const kinds = Object.keys(activations).length;
    expect(await fusedDispatches(step, hostile, other)).toBeLessThanOrEqual(2 * kinds);
  });

  test("operations on pairs and their derivatives", async () => {
    const step: Step = (a, b) =>
      floatOps.flatMap((op) => {
        const { c } = run(binary, { a: a as Tensor, b: b as Tensor }, { op });
        const grads = (["a", "b"] as const).map((of) => {
          const { dop } = run(binaryGrad, { dc: c, a: a as Tensor, b: b as Tensor }, { op, of });
          return ops.mul(dop, 0.5);
        });
        return [ops.mul(c, 2), ...grads];
      });
    const kinds = floatOps.length;
    expect(await fusedDispatches(step, hostile, other)).toBeLessThanOrEqual(2 * kinds);
  });

  test("operations on one operand and their derivatives, clamps and choices", async () => {
    const step: Step = (x, dy) => [
      ...(Object.keys(unaryOps) as UnaryOp[]).flatMap((op) => {
        const { y } = run(unary, { x: x as Tensor }, { op });
        const { dx } = run(unaryGrad, { x: x as Tensor, dy: dy as Tensor }, { op });
        return [ops.mul(y, 2), ops.mul(dx, 3)];
      }),
      ...[x, dy].map((each) => {
        const inner = leaf(each as Tensor);
        const y = ops.where(inner, ops.clamp(inner, { min: -0.5, max: 0.25 }), dy as Tensor);
        ops.sum(y).backward();
        return inner.grad as Tensor;
      }),
    ];
    const kinds = Object.keys(unaryOps).length;
    expect(await fusedDispatches(step, hostile, other)).toBeLessThanOrEqual(2 * kinds + 6);
  });
});
