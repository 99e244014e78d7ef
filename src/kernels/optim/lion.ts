import shader, { type LionRow } from "#shaders/optim/lion.wgsl";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { arenaPlan, checkNumbers, copyOf, forEachParameter, NO_ROW, shrinkOf } from "./arena.ts";
import { commonCases, extreme, layout, withInputs } from "./arena_cases.ts";

/** One parameter group; the paper's names and defaults. */
export interface LionOptions {
  /** Learning rate, ≥ 0: the distance that every element moves in a step; default 1e-4. */
  readonly lr: number;
  /** Weight of the moment in the step, and its decay rate; default [0.9, 0.99]. */
  readonly betas?: readonly [number, number];
  /** λ, the weight decay: parameters are multiplied by 1 − lr · λ; default 0. */
  readonly weightDecay?: number;
  /** Whether the loss is maximised. */
  readonly maximize?: boolean;
}

/** A row, computed in float64. Throws `ValueError`. */
export function lionRow(options: LionOptions): LionRow {
  const { lr, betas = [0.9, 0.99], weightDecay = 0, maximize = false } = options;
  const [beta1, beta2] = betas;
  checkNumbers("lion", { lr, weightDecay });
  checkNumbers("lion", { "betas[0]": beta1, "betas[1]": beta2 }, { below: 1 });
  const shrink = shrinkOf(lr, weightDecay, true);
  const sign = maximize ? -1 : 1;
  return { lr, shrink, sign, beta1, rest1: 1 - beta1, beta2, rest2: 1 - beta2 };
}

/**
 * Lion (Chen et al., 2023, algorithm 2) over an arena of all parameters: every element moves by lr, or not at all if the
 * averaged gradient is 0. p and m are updated in place; m is initially zero. Rows come from `lionRow`. Throws the errors of
 * `arenaPlan`.
 */
export const lion = kernel(shader, ({ m, ...inputs }) => {
  const [count = 0] = inputs.p;
  return {
    ...arenaPlan(shader, inputs, { m }),
    flops: 12 * count,
    bytes: 20 * count,
  };
});

export const reference: Reference<typeof lion> = (inputs) => {
  const p = copyOf(inputs.p);
  const m = copyOf(inputs.m);
  forEachParameter(shader, inputs, (i, row, gradient) => {
    const { lr, shrink, sign, beta1, rest1, beta2, rest2 } = row;
    const before = m[i] as number;
    const c = beta1 * before + rest1 * sign * gradient;
    m[i] = beta2 * before + rest2 * sign * gradient;
    p[i] = shrink * (p[i] as number) - lr * Math.sign(c);
  });
  return { p, m };
};

/** Moments and gradients that are multiples of 1/8, so that no rounding decides a sign. */
function example(
  name: string,
  groups: LionOptions[],
  blocks = groups.map((_, k) => k),
): Case<typeof lion> {
  const { arena, common } = layout(shader, blocks, groups.map(lionRow));
  const grads = { shape: arena, fill: (i: number) => [1, -2, 0, 0.125, -7][i % 5] ?? 0 };
  const m = { shape: arena, fill: (i: number) => [0.25, 0, -1, 0.5][i % 4] ?? 0 };
  return { name, inputs: { ...common, grads, m }, options: undefined };
}

const groups: LionOptions[] = [
  { lr: 1e-4 },
  { lr: 0.1, betas: [0.5, 0.75], weightDecay: 0.2 },
  { lr: 0.1, betas: [0.75, 0.5], maximize: true },
];
const blocks = [2, NO_ROW, 0, 1, 1, 3, 0];

export const cases: Case<typeof lion>[] = [
  example("rows, skipped blocks", groups, blocks),
  ...commonCases(3, (name, at = blocks) => example(name, groups, at)),
  withInputs(example("zero, tiny and huge gradients, no moment", [{ lr: 0.1 }], [0, 0]), {
    grads: extreme([0, 1e-30, -1e-9, 1e12, -1e25, 3]),
    m: { shape: [128], fill: () => 0 },
  }),
  withInputs(example("safety: NaN and infinity stay in their elements", [{ lr: 0.1 }]), {
    grads: { shape: [64], fill: (i) => (i === 21 ? NaN : i === 40 ? -Infinity : 1) },
  }),
];
