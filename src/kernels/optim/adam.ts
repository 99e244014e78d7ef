import shader, { type AdamRow } from "#shaders/optim/adam.wgsl";
import { type Case, kernel, type Reference } from "../kernel.ts";
import {
  arenaPlan,
  checkNumbers,
  checkStep,
  copyOf,
  forEachParameter,
  NO_ROW,
  shrinkOf,
} from "./arena.ts";
import { commonCases, extreme, layout, withInputs } from "./arena_cases.ts";

/** Common options of Adam's family; PyTorch's names. */
export interface MomentOptions {
  /** Learning rate, ≥ 0; default 1e-3, for `NAdam` 2e-3. */
  readonly lr: number;
  /** Decay rates of the first and the second moment; default [0.9, 0.999]. */
  readonly betas?: readonly [number, number];
  /** Added to the square root; default 1e-8. */
  readonly eps?: number;
  /** λ, the weight decay; default 0. */
  readonly weightDecay?: number;
  /** Whether the parameters are multiplied by 1 − lr · λ, instead of adding λ · p to the gradient. */
  readonly decoupledWeightDecay?: boolean;
  /** Whether the loss is maximised. */
  readonly maximize?: boolean;
}

/** One parameter group; PyTorch's names, and its defaults for `Adam`. */
export interface AdamOptions extends MomentOptions {
  /** Whether to divide by the maximum second moment so far (Reddi, Kale and Kumar 2018). */
  readonly amsgrad?: boolean;
}

/** The coefficients of a member of the family, in float64: p ← shrink · p − (a · m + b · g) / (c · √v̂ + ε). */
type MomentRule = Pick<AdamRow, "rate" | "gradient_rate" | "root_scale" | "eps"> &
  Partial<Pick<AdamRow, "amsgrad">>;

/** A row for step `step`, counted from 1. Throws `ValueError`. */
export function momentRow(
  who: string,
  options: MomentOptions,
  step: number,
  rule: (beta1: number, beta2: number, eps: number) => MomentRule,
): AdamRow {
  const { lr, betas = [0.9, 0.999], eps = 1e-8, weightDecay = 0 } = options;
  const { decoupledWeightDecay = false, maximize = false } = options;
  const [beta1, beta2] = betas;
  checkNumbers(who, { lr, eps, weightDecay });
  checkNumbers(who, { "betas[0]": beta1, "betas[1]": beta2 }, { below: 1 });
  checkStep(who, step);
  const { rate, gradient_rate, root_scale, eps: added, amsgrad = 0 } = rule(beta1, beta2, eps);
  // not spread: spreading an object of numbers takes microseconds, in every training step
  return {
    rate,
    gradient_rate,
    root_scale,
    eps: added,
    decay: decoupledWeightDecay ? 0 : weightDecay,
    shrink: shrinkOf(lr, weightDecay, decoupledWeightDecay),
    sign: maximize ? -1 : 1,
    amsgrad,
    beta1,
    rest1: 1 - beta1,
    beta2,
    rest2: 1 - beta2,
  };
}

/** Adam's row: a = lr / (1 − β₁ᵗ), b = 0, c = 1 / √(1 − β₂ᵗ). Throws `ValueError`. */
export function adamRow(options: AdamOptions, step: number): AdamRow {
  const { lr, amsgrad = false } = options;
  return momentRow("adam", options, step, (beta1, beta2, eps) => ({
    rate: lr / (1 - beta1 ** step),
    gradient_rate: 0,
    root_scale: 1 / Math.sqrt(1 - beta2 ** step),
    eps,
    amsgrad: amsgrad ? 1 : 0,
  }));
}

/**
 * Adam (Kingma & Ba, 2015), AdamW (Loshchilov & Hutter, 2019), NAdam (Dozat, 2016) and RAdam (Liu et al., 2020) over an
 * arena of all parameters, after PyTorch: ε is outside the root of the corrected second moment. p, m and v are updated in
 * place, and so is `vmax` if it is given, for rows that use AMSGrad; the moments are initially zero. Rows come from
 * `adamRow`, `nadamRow` and `radamRow`. As in PyTorch's f32, the square of a gradient beyond 1.8e19 is infinite, and its
 * element no longer changes. Throws the errors of `arenaPlan`.
 */
export const adam = kernel(shader, ({ m, v, vmax, ...inputs }) => {
  const [count = 0] = inputs.p;
  const plan = arenaPlan(shader, inputs, { m, v, vmax });
  return {
    ...plan,
    slots: { ...plan.slots, peak: vmax ? "buffer" : "none" },
    flops: 18 * count,
    bytes: (vmax ? 36 : 28) * count,
  };
});

export const reference: Reference<typeof adam> = (inputs) => {
  const p = copyOf(inputs.p);
  const m = copyOf(inputs.m);
  const v = copyOf(inputs.v);
  const vmax = copyOf(inputs.vmax);
  forEachParameter(shader, inputs, (i, row, gradient) => {
    const old = p[i] as number;
    const g = row.sign * gradient + row.decay * old;
    m[i] = row.beta1 * (m[i] as number) + row.rest1 * g;
    v[i] = row.beta2 * (v[i] as number) + row.rest2 * g * g;
    let second = v[i] as number;
    if (inputs.vmax && row.amsgrad) {
      second = Math.max(vmax[i] as number, second);
      vmax[i] = second;
    }
    const step = row.rate * (m[i] as number) + row.gradient_rate * g;
    p[i] = row.shrink * old - step / (Math.sqrt(second) * row.root_scale + row.eps);
  });
  return { p, m, v, ...(inputs.vmax && { vmax }) };
};

function example(
  name: string,
  step: number,
  groups: AdamOptions[],
  blocks = groups.map((_, k) => k),
): Case<typeof adam> {
  const packed = groups.map((group) => adamRow(group, step));
  const { arena, common } = layout(shader, blocks, packed);
  const zeros = { shape: arena, fill: () => 0 };
  const squares = { shape: arena, fill: (_: number, random: () => number) => random() * 4 };
  const [m, v] = step === 1 ? [zeros, zeros] : [arena, squares];
  const vmax = groups.some(({ amsgrad }) => amsgrad) ? { vmax: v } : {};
  return { name, inputs: { ...common, m, v, ...vmax }, options: undefined };
}

const groups: AdamOptions[] = [
  { lr: 1e-3 },
  { lr: 0.1, betas: [0.5, 0.9], eps: 1e-3, weightDecay: 0.1 },
  { lr: 0.1, weightDecay: 0.1, decoupledWeightDecay: true },
  { lr: 0.01, weightDecay: 0.5, maximize: true },
];
const blocks = [3, NO_ROW, 0, 2, 1, 4, 1, 0];
const amsgrad: AdamOptions[] = [{ lr: 0.1, amsgrad: true }, { lr: 0.1 }];

const mixed = (i: number) => (i % 7) / 8;

export const cases: Case<typeof adam>[] = [
  example("step 1", 1, groups, blocks),
  example("step 2, skipped blocks", 2, groups, blocks),
  example("step 1000", 1000, groups, blocks),
  example("no averaging, β = 0", 3, [{ lr: 0.1, betas: [0, 0] }]),
  ...commonCases(4, (name, at = blocks) => example(name, 2, groups, at)),
  withInputs(example("rows that also step along the gradient", 2, groups, blocks), {
    rows: { shape: [4, 12], fill: mixed },
  }),
  example("AMSGrad, step 1", 1, amsgrad),
  example("AMSGrad in one of two groups", 2, amsgrad, [0, 1, NO_ROW, 0]),
  {
    ...example("every block skipped, AMSGrad", 2, amsgrad, [NO_ROW, 2]),
    tolerance: "exact",
  },
  ...[1, 1000].map((step) => {
    const name = `zero, tiny and huge gradients, step ${step}`;
    const grads = extreme([0, 1e-30, 1e-12, -1e-8, 1e12, -1e18, 3]);
    return withInputs(example(name, step, [{ lr: 0.1 }], [0, 0]), { grads });
  }),
  withInputs(example("safety: NaN and infinity stay in their elements", 5, [{ lr: 0.1 }]), {
    grads: { shape: [64], fill: (i) => (i === 21 ? NaN : 1) },
    v: { shape: [64], fill: (i) => (i === 40 ? Infinity : 1) },
  }),
  withInputs(example("safety: AMSGrad keeps NaN", 5, [{ lr: 0.1, amsgrad: true }]), {
    grads: { shape: [64], fill: (i) => (i === 21 ? NaN : 1) },
    vmax: { shape: [64], fill: (i) => (i === 40 ? NaN : i === 41 ? Infinity : i % 3) },
  }),
];

export const benches: Case<typeof adam>[] = [
  example("1,048,576 parameters", 10, [{ lr: 1e-3 }], new Array(2 ** 14).fill(0)),
];
