import shader from "#shaders/optim/adam.wgsl";
import type { Shape } from "../../core/shape.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import {
  arenaPlan,
  checkNumbers,
  checkStep,
  copyOf,
  forEachParameter,
  layout,
  NO_GROUP,
} from "./arena.ts";

/** One parameter group; PyTorch's names, and its defaults for `Adam`. */
export interface AdamOptions {
  readonly lr: number;
  /** Decay of the first and the second moment; default [0.9, 0.999]. */
  readonly betas?: readonly [number, number];
  /** Added to the root; default 1e-8. */
  readonly eps?: number;
  /** λ; default 0. */
  readonly weightDecay?: number;
  /** AdamW: shrink the parameters by 1 − lr · λ, rather than add λ · p to the gradient. */
  readonly decoupled?: boolean;
  /** Climb instead of descend. */
  readonly maximize?: boolean;
}

/**
 * A group's numbers for step `step`, counted from 1: (lr / (1 − β₁ᵗ), λ, shrink, sign) (β₁, 1 − β₁, β₂, 1 − β₂)
 * (1 / √(1 − β₂ᵗ), ε, 0, 0), computed in float64. Throws `ValueError`.
 */
export function packAdamGroup(options: AdamOptions, step: number): number[] {
  const { lr, betas = [0.9, 0.999], eps = 1e-8, weightDecay = 0 } = options;
  const { decoupled = false, maximize = false } = options;
  const [beta1, beta2] = betas;
  checkNumbers("adam", { lr, eps, weightDecay });
  checkNumbers("adam", { "betas[0]": beta1, "betas[1]": beta2 }, { below: 1 });
  checkStep("adam", step);
  const rate = lr / (1 - beta1 ** step);
  const shrink = decoupled ? 1 - lr * weightDecay : 1;
  return [
    ...[rate, decoupled ? 0 : weightDecay, shrink, maximize ? -1 : 1],
    ...[beta1, 1 - beta1, beta2, 1 - beta2],
    ...[1 / Math.sqrt(1 - beta2 ** step), eps, 0, 0],
  ];
}

/**
 * Adam (Kingma & Ba, 2015) and AdamW (Loshchilov & Hutter, 2019) over an arena of all parameters, after PyTorch's
 * `Adam` and `AdamW`: ε is outside the root of the corrected second moment. p, m and v are updated in place; m and v
 * start as zeros. Groups [groups, 12] come from `packAdamGroup`. As in PyTorch's f32, the square of a gradient beyond
 * 1.8e19 is infinite, and its element stops. Throws `ShapeError` as `arenaPlan` does.
 */
export const adam = kernel(shader, ({ m, v, ...inputs }) => {
  const [count = 0] = inputs.p;
  return {
    ...arenaPlan("optim/adam", inputs, { m, v }, 12),
    flops: 16 * count,
    bytes: 28 * count,
  };
});

export const reference: Reference<typeof adam> = (inputs) => {
  const p = copyOf(inputs.p);
  const m = copyOf(inputs.m);
  const v = copyOf(inputs.v);
  forEachParameter(inputs, (i, group) => {
    const [rate = 0, decay = 0, shrink = 0, sign = 0] = group;
    const [beta1 = 0, rest1 = 0, beta2 = 0, rest2 = 0, correction = 0, eps = 0] = group.slice(4);
    const old = p[i] as number;
    const g = sign * (inputs.grads.data[i] as number) + decay * old;
    m[i] = beta1 * (m[i] as number) + rest1 * g;
    v[i] = beta2 * (v[i] as number) + rest2 * g * g;
    const root = Math.sqrt(v[i] as number) * correction;
    p[i] = shrink * old - (rate * (m[i] as number)) / (root + eps);
  });
  return { p, m, v };
};

function example(
  name: string,
  step: number,
  groups: AdamOptions[],
  blocks = groups.map((_, k) => k),
): Case<typeof adam> {
  const packed = groups.map((group) => packAdamGroup(group, step));
  const { arena, common } = layout(blocks, packed);
  const zeros = { shape: arena, fill: () => 0 };
  const squares = { shape: arena, fill: (_: number, random: () => number) => random() * 4 };
  const [m, v] = step === 1 ? [zeros, zeros] : [arena, squares];
  return { name, inputs: { ...common, m, v }, options: undefined };
}

const groups: AdamOptions[] = [
  { lr: 1e-3 },
  { lr: 0.1, betas: [0.5, 0.9], eps: 1e-3, weightDecay: 0.1 },
  { lr: 0.1, weightDecay: 0.1, decoupled: true },
  { lr: 0.01, weightDecay: 0.5, maximize: true },
];
const blocks = [3, NO_GROUP, 0, 2, 1, 4, 1, 0];

const extreme = (shape: Shape) => ({
  shape,
  fill: (i: number) => [0, 1e-30, 1e-12, -1e-8, 1e12, -1e18, 3][i % 7] ?? 0,
});

export const cases: Case<typeof adam>[] = [
  example("step 1", 1, groups, blocks),
  example("step 2, skipped blocks", 2, groups, blocks),
  example("step 1000", 1000, groups, blocks),
  example("no averaging, β = 0", 3, [{ lr: 0.1, betas: [0, 0] }]),
  { ...example("every block skipped", 2, groups, [NO_GROUP, 4, 0xffff]), tolerance: "exact" },
  ...[1, 1000].map((step) => {
    const test = example(
      `zero, tiny and huge gradients, step ${step}`,
      step,
      [{ lr: 0.1 }],
      [0, 0],
    );
    return { ...test, inputs: { ...test.inputs, grads: extreme([128]) } };
  }),
  {
    name: "NaN and infinity stay in their elements",
    inputs: {
      ...example("", 5, [{ lr: 0.1 }]).inputs,
      grads: { shape: [64], fill: (i) => (i === 21 ? NaN : 1) },
      v: { shape: [64], fill: (i) => (i === 40 ? Infinity : 1) },
    },
    options: undefined,
  },
];

export const benches: Case<typeof adam>[] = [
  example("1,048,576 parameters", 10, [{ lr: 1e-3 }], new Array(2 ** 14).fill(0)),
];
