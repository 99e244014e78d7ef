import { describe, expect, test } from "vitest";
import { parameter } from "../../src/nn/index.ts";
import * as ops from "../../src/ops/index.ts";
import { BFGS, type ClosureOptimizer, LBFGS, Newton, NonlinearCG } from "../../src/optim/index.ts";
import { capture } from "../../src/tensor/capture.ts";
import { tensor } from "../../src/tensor/create.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { closureOf, leaf } from "../support/closures.ts";
import { initShared } from "../support/shared_device.ts";

await initShared();

describe("a recording that is given up while its replay is queued still runs:", () => {
  test("for another shape of the arguments", async () => {
    const step = capture((x: Tensor) => ops.add(ops.mul(x, 3), ops.sum(x)), { maxShapes: 1 });
    const [two, three] = [tensor([1, 2]), tensor([1, 2, 3])];
    const results = [two, three, two, three, two].map((x) => step(x));
    const read = await Promise.all(results.map(async (y) => [...(await y.read())]));
    expect(read).toEqual([
      [6, 9],
      [9, 12, 15],
      [6, 9],
      [9, 12, 15],
      [6, 9],
    ]);
    step.dispose();
  });

  test("for one state too many of what the step goes by", async () => {
    const leaves = [1, 2, 4, 8, 16].map((value) => leaf([value]));
    const x = tensor([1]);
    const step = capture((given: Tensor) => {
      const trained = leaves.filter((each) => each.requiresGrad);
      return trained.reduce((sum, each) => ops.add(sum, each), given);
    });
    const ways = Array.from({ length: 32 }, (_, way) => way);
    const results = [...ways, 0].map((way) => {
      for (const [i, each] of leaves.entries()) each.requiresGrad = ((way >> i) & 1) === 1;
      return step(x);
    });
    const read = await Promise.all(results.map((y) => y.item()));
    expect(read).toEqual([...ways, 0].map((way) => 1 + way));
    step.dispose();
  });
});

describe("an optimiser by closure leaves frozen parameters alone, and trains them once they are thawed:", () => {
  const makers: Readonly<Record<string, (p: Tensor[]) => ClosureOptimizer>> = {
    LBFGS: (p) => new LBFGS(p, { lineSearch: "strongWolfe" }),
    BFGS: (p) => new BFGS(p),
    NonlinearCG: (p) => new NonlinearCG(p),
    Newton: (p) => new Newton(p),
  };
  test.each(Object.entries(makers))("%s", async (_, make) => {
    const [a, b] = [parameter(leaf([3, -2])), parameter(leaf([5]))];
    b.requiresGrad = false;
    const optimizer = make([a, b]);
    // |a − 1|² + |b − 2|², whose only minimum is (1, 1, 2)
    const loss = () =>
      ops.add(ops.sum(ops.square(ops.sub(a, 1))), ops.sum(ops.square(ops.sub(b, 2))));
    const near = async (t: Tensor, value: number) => {
      for (const each of await t.read()) expect(each).toBeCloseTo(value, 4);
    };
    await optimizer.step(closureOf(optimizer, loss));
    await near(a, 1);
    expect([...(await b.read())]).toEqual([5]);
    b.requiresGrad = true;
    await optimizer.step(closureOf(optimizer, loss));
    await near(b, 2);
    await near(a, 1);
    b.requiresGrad = false; // the gradient of the last step is still there
    const before = [...(await b.read())];
    await optimizer.step(closureOf(optimizer, () => ops.sum(ops.square(ops.sub(a, b)))));
    expect([...(await b.read())]).toEqual(before);
    await near(a, before[0] as number);
    optimizer.dispose();
  });
});
