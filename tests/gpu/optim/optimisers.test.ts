import { describe, expect, test } from "vitest";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { AdamW, clippedStep, NAdam, RMSprop, SGD } from "../../../src/optim/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import * as papers from "../../support/optim_papers.ts";
import { oneOfEach, optimiserCases } from "../../support/optimiser_cases.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

/** In blocks of 64: one full block, one nearly empty, one full and a bit of a second. */
const sizes = [64, 3, 70];
const centres = (n: number) => Float32Array.from({ length: n }, (_, i) => 3 + (i % 5) / 2);
/** Away from the centres: a first gradient near 0, divided by its own magnitude, would magnify its rounding. */
const start = (k: number) =>
  centres(sizes[k] as number).map((a, i) => a + (i % 3 ? 1 : -1) * (0.8 + ((7 * i + k) % 19) / 30));
const make = () => sizes.map((_, k) => nn.parameter(tensor(start(k))));
const dispose = (...owned: { dispose(): void }[]) => {
  for (const each of owned) each.dispose();
};
const read = (parameters: readonly Tensor[]) => Promise.all(parameters.map((p) => p.read()));

/**
 * Quadratic bowls with ripples and a term that couples all elements: with d = p − a, L = Σ (d² / 2 + sin(3p) / 10) + (Σ
 * d)² / (20n), so that dL/dp = d + 0.3 · cos(3p) + (mean of d) / 10. No p crosses 0, where a relative error would be
 * meaningless.
 */
function backward(p: Tensor): void {
  const d = ops.sub(p, tensor(centres(p.size)));
  const bowls = ops.add(ops.mul(ops.square(d), 0.5), ops.mul(ops.sin(ops.mul(p, 3)), 0.1));
  const tie = ops.mul(ops.square(ops.sum(d)), 1 / (20 * p.size));
  ops.add(ops.sum(bowls), tie).backward();
}

function gradient(p: readonly number[]): number[] {
  const a = centres(p.length);
  const d = p.map((x, i) => x - (a[i] as number));
  const mean = d.reduce((sum, x) => sum + x, 0) / p.length;
  return p.map((x, i) => (d[i] as number) + 0.3 * Math.cos(3 * x) + mean / 10);
}

/** Runs steps on the GPU; in step t the parameters for which `uses` is true have a gradient. */
function walk(
  optimizer: { zeroGrad(): void; step(): void },
  parameters: readonly Tensor[],
  uses: (t: number, k: number) => boolean = () => true,
  steps = 20,
): void {
  for (let t = 1; t <= steps; t++) {
    optimizer.zeroGrad();
    scope(() => {
      parameters.forEach((p, k) => {
        if (uses(t, k)) backward(p);
      });
      optimizer.step();
    });
  }
}

describe("twenty steps agree with the paper to 1e-5, and every step of them:", () => {
  test.each(optimiserCases)("$name", async ({ make: build, paper }) => {
    const parameters = make();
    const optimizer = build(parameters);
    const walks = sizes.map((n) => Array.from({ length: n }, paper));
    let expected = sizes.map((_, k) => Array.from(start(k)));
    let worst = 0;
    for (let t = 1; t <= 20; t++) {
      walk(optimizer, parameters, () => true, 1);
      expected = expected.map((p, k) => {
        const g = gradient(p);
        return p.map((x, i) => walks[k]?.[i]?.(x, g[i] as number, t) ?? NaN);
      });
      const got = await read(parameters);
      expected.forEach((p, k) => {
        p.forEach((x, i) => {
          const error = Math.abs((got[k]?.[i] as number) - x) / Math.abs(x);
          worst = error <= worst ? worst : error; // NaN stays NaN
        });
      });
    }
    expect(worst).toBeLessThan(1e-5);
    expect(expected[0]?.[1]).not.toBeCloseTo(start(0)[1] as number, 3); // the parameter has moved
    dispose(optimizer, ...parameters);
  });
});

describe("one dispatch for all parameters gives the bits of one for each:", () => {
  test.each(oneOfEach)("$name", async ({ make: build }) => {
    const [together, alone] = [make(), make()];
    const fused = build(together);
    const single = alone.map((p) => build([p]));
    walk(fused, together, undefined, 5);
    for (const [k, p] of alone.entries()) walk(single[k] as SGD, [p], undefined, 5);
    expect(await read(together)).toEqual(await read(alone));
    dispose(fused, ...single, ...together, ...alone);
  });
});

describe("a parameter without a gradient is left alone, moments too; one with some counts its own steps:", () => {
  test.each(oneOfEach)("$name", async ({ make: build }) => {
    const [ours, theirs] = [make(), make()];
    const optimizer = build(ours);
    const before = await optimizer.stateDict();
    walk(optimizer, ours, (t, k) => k === 0 || (k === 1 && t % 3 === 2), 7); // parameter 1 in steps 2 and 5
    const after = await optimizer.stateDict();
    expect(await ours[2]?.read()).toEqual(start(2));
    expect(after.parameters[2]).toEqual(before.parameters[2]);
    const single = build(theirs.slice(1, 2));
    walk(single, theirs.slice(1, 2), undefined, 2);
    expect(await ours[1]?.read()).toEqual(await theirs[1]?.read());
    expect(after.parameters[1]).toEqual((await single.stateDict()).parameters[0]);
    expect(after.parameters.map(({ steps }) => steps)).toEqual([7, 2, 0]);
    dispose(optimizer, single, ...ours, ...theirs);
  });

  test("frozen before, thawed and frozen again: trained only in between, as if nothing had been", async () => {
    const [ours, theirs] = [make(), make()];
    const [first] = ours as [Tensor];
    first.requiresGrad = false;
    const optimizer = new AdamW(ours, { lr: 0.1 });
    walk(optimizer, ours, (_, k) => k > 0, 2);
    expect(await first.read()).toEqual(start(0));
    first.requiresGrad = true; // PyTorch's way to unfreeze a layer: the optimiser stays the same
    walk(optimizer, ours, undefined, 3);
    const alone = new AdamW(theirs.slice(0, 1), { lr: 0.1 });
    walk(alone, theirs.slice(0, 1), undefined, 3);
    expect(await first.read()).toEqual(await theirs[0]?.read());
    first.requiresGrad = false;
    const [frozen, state] = [await first.read(), await optimizer.stateDict()];
    walk(optimizer, ours, (_, k) => k > 0, 3);
    expect(await first.read()).toEqual(frozen);
    expect((await optimizer.stateDict()).parameters[0]).toEqual(state.parameters[0]);
    dispose(optimizer, alone, ...ours, ...theirs);
  });

  test("frozen between backward and step: its gradient is there, and nothing is done with it", async () => {
    const parameters = make();
    const [first] = parameters as [Tensor];
    const optimizer = new SGD(parameters, { lr: 0.1, momentum: 0.9 });
    parameters.forEach(backward);
    first.requiresGrad = false;
    const norm = clippedStep(optimizer, Infinity);
    const others = parameters.slice(1).flatMap((p) => (p.grad ? [p.grad.read()] : []));
    const squares = (await Promise.all(others)).flatMap((g) => Array.from(g, (x) => x * x));
    const expected = Math.sqrt(squares.reduce((sum, x) => sum + x, 0));
    expect(Math.abs((await norm.item()) - expected)).toBeLessThan(1e-5 * expected);
    expect(await first.read()).toEqual(start(0));
    expect((await optimizer.stateDict()).parameters.map(({ steps }) => steps)).toEqual([0, 1, 1]);
    dispose(optimizer, norm, ...parameters);
  });

  test("frozen parameters are accepted; results, and leaves without requiresGrad that were never parameters, are not", () => {
    const parameters = make();
    for (const p of parameters) p.requiresGrad = false;
    dispose(new SGD(parameters));
    expect(() => new SGD([tensor([1])])).toThrow(
      /SGD: expected f32 leaves that require a gradient/,
    );
    const [first] = parameters as [Tensor];
    first.requiresGrad = true;
    const result = ops.mul(first, 2);
    expect(() => new SGD([first, result])).toThrow(/parameters rather than results/);
    dispose(result, ...parameters);
  });
});

describe("groups", () => {
  /**
   * The path of parameter k by the paper's formula; options such as `betas` may change between steps if the function
   * says so.
   */
  function byPaper(k: number, walkOf: () => papers.Walk, steps: number): number[] {
    const walks = Array.from({ length: sizes[k] as number }, walkOf);
    let p = Array.from(start(k));
    for (let t = 1; t <= steps; t++) {
      const g = gradient(p);
      p = p.map((x, i) => (walks[i] as papers.Walk)(x, g[i] as number, t));
    }
    return p;
  }

  function close(got: ArrayLike<number> | undefined, expected: readonly number[]): void {
    expected.forEach((x, i) => {
      expect(Math.abs((got?.[i] as number) - x)).toBeLessThan(1e-5 * Math.abs(x));
    });
  }

  test("of different kinds share a dispatch: plain, with momentum, centred", async () => {
    const parameters = make();
    const [a, b, c] = parameters as [Tensor, Tensor, Tensor];
    const common = { lr: 0.005 };
    const kinds = [{}, { momentum: 0.7 }, { centered: true, alpha: 0.9 }];
    const optimizer = new RMSprop(
      [a, b, c].map((p, k) => ({ parameters: [p], ...kinds[k] })),
      common,
    );
    walk(optimizer, parameters, undefined, 10);
    const got = await read(parameters);
    kinds.forEach((kind, k) => {
      close(
        got[k],
        byPaper(k, () => papers.rmsprop({ ...common, ...kind }), 10),
      );
    });
    dispose(optimizer, ...parameters);
  });

  test("may change between steps: a momentum switched on, betas that move", async () => {
    const [p, q] = make() as [Tensor, Tensor];
    const [sgd, nadam] = [new SGD([p], { lr: 0.01 }), new NAdam([q], { lr: 0.01 })];
    walk(sgd, [p], undefined, 3);
    walk(nadam, [q], undefined, 3);
    for (const group of sgd.groups) group.momentum = 0.9;
    for (const group of nadam.groups) group.betas = [0.5, 0.999];
    walk(sgd, [p], undefined, 3);
    walk(nadam, [q], undefined, 3);
    const momentum = () => {
      const [plain, moving] = [papers.sgd({ lr: 0.01 }), papers.sgd({ lr: 0.01, momentum: 0.9 })];
      return (x: number, g: number, t: number) => (t <= 3 ? plain : moving)(x, g, t);
    };
    close(await p.read(), byPaper(0, momentum, 6));
    close(
      await q.read(),
      byPaper(1, () => changingNadam((t) => (t <= 3 ? 0.9 : 0.5)), 6),
    );
    dispose(sgd, nadam, p, q);
  });

  /** NAdam at lr 0.01 with a β₁ that depends on the step, and the product of the momenta used so far. */
  function changingNadam(beta: (t: number) => number): papers.Walk {
    let [m, v, product] = [0, 0, 1];
    return (p, g, t) => {
      const mu = (i: number) => beta(t) * (1 - 0.96 ** (i * 4e-3) / 2);
      m = beta(t) * m + (1 - beta(t)) * g;
      v = 0.999 * v + 0.001 * g ** 2;
      product *= mu(t);
      const step = (mu(t + 1) * m) / (1 - product * mu(t + 1)) + ((1 - mu(t)) * g) / (1 - product);
      return p - (0.01 * step) / (Math.sqrt(v / (1 - 0.999 ** t)) + 1e-8);
    };
  }
});
