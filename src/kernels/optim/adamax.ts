import shader, { type AdamaxRow } from "#shaders/optim/adamax.wgsl";
import { type Case, kernel, type Reference } from "../kernel.ts";
import {
  arenaPlan,
  type CommonGroupOptions,
  checkNumbers,
  checkStep,
  copyOf,
  forEachParameter,
  NO_ROW,
} from "./arena.ts";
import { commonCases, extreme, layout, withInputs } from "./arena_cases.ts";

/** One parameter group; PyTorch's names and defaults. */
export interface AdamaxOptions extends CommonGroupOptions {
  /** Decay rates of the first moment and of the maximum gradient; default [0.9, 0.999]. */
  readonly betas?: readonly [number, number];
  /** Added to the gradient's magnitude; default 1e-8. */
  readonly eps?: number;
}

/** A row for step `step`, counted from 1, computed in float64. Throws `ValueError`. */
export function adamaxRow(options: AdamaxOptions, step: number): AdamaxRow {
  const { lr, betas = [0.9, 0.999], eps = 1e-8, weightDecay = 0, maximize = false } = options;
  const [beta1, beta2] = betas;
  checkNumbers("adamax", { lr, eps, weightDecay });
  checkNumbers("adamax", { "betas[0]": beta1, "betas[1]": beta2 }, { below: 1 });
  checkStep("adamax", step);
  const rate = lr / (1 - beta1 ** step);
  const sign = maximize ? -1 : 1;
  return { rate, decay: weightDecay, eps, sign, beta1, rest1: 1 - beta1, beta2 };
}

/**
 * Adamax (Kingma & Ba, 2015, section 7) over an arena of all parameters, after PyTorch's `Adamax`: ε is added to |g| before
 * the maximum. p, m and u are updated in place; m and u are initially zero. Rows come from `adamaxRow`. Throws the errors
 * of `arenaPlan`.
 */
export const adamax = kernel(shader, ({ m, u, ...inputs }) => {
  const [count = 0] = inputs.p;
  return {
    ...arenaPlan(shader, inputs, { m, u }),
    flops: 13 * count,
    bytes: 28 * count,
  };
});

export const reference: Reference<typeof adamax> = (inputs) => {
  const p = copyOf(inputs.p);
  const m = copyOf(inputs.m);
  const u = copyOf(inputs.u);
  forEachParameter(shader, inputs, (i, row, gradient) => {
    const g = row.sign * gradient + row.decay * (p[i] as number);
    m[i] = row.beta1 * (m[i] as number) + row.rest1 * g;
    u[i] = Math.max(row.beta2 * (u[i] as number), Math.abs(g) + row.eps);
    p[i] = (p[i] as number) - (row.rate * (m[i] as number)) / (u[i] as number);
  });
  return { p, m, u };
};

function example(
  name: string,
  step: number,
  groups: AdamaxOptions[],
  blocks = groups.map((_, k) => k),
): Case<typeof adamax> {
  const packed = groups.map((group) => adamaxRow(group, step));
  const { arena, common } = layout(shader, blocks, packed);
  const zeros = { shape: arena, fill: () => 0 };
  const u = { shape: arena, fill: (_: number, random: () => number) => 2 * random() };
  const moments = step === 1 ? { m: zeros, u: zeros } : { m: arena, u };
  return { name, inputs: { ...common, ...moments }, options: undefined };
}

const groups: AdamaxOptions[] = [
  { lr: 2e-3 },
  { lr: 0.1, betas: [0.5, 0.7], eps: 0.1, weightDecay: 0.2 },
  { lr: 0.1, maximize: true, weightDecay: 0.5 },
];
const blocks = [2, NO_ROW, 0, 1, 1, 3, 0];

export const cases: Case<typeof adamax>[] = [
  example("step 1", 1, groups, blocks),
  example("step 1000, skipped blocks", 1000, groups, blocks),
  ...commonCases(3, (name, at = blocks) => example(name, 2, groups, at)),
  withInputs(example("zero, tiny and huge gradients", 1, [{ lr: 0.1 }], [0, 0]), {
    grads: extreme([0, 1e-30, -1e-9, 1e12, -1e25, 3]),
  }),
  withInputs(example("safety: NaN and infinity stay in their elements", 2, [{ lr: 0.1 }]), {
    grads: { shape: [64], fill: (i) => (i === 21 ? NaN : 1) },
    u: { shape: [64], fill: (i) => (i === 40 ? NaN : i === 41 ? Infinity : i % 3) },
  }),
];
