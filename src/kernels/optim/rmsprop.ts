import shader, { type RmspropRow } from "#shaders/optim/rmsprop.wgsl";
import type { Shape } from "../../core/shape.ts";
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
export interface RmspropOptions extends CommonGroupOptions {
  /** Decay rate of the running averages; default 0.99. */
  readonly alpha?: number;
  /** Added to the square root; default 1e-8. */
  readonly eps?: number;
  /** μ, the momentum; default 0. */
  readonly momentum?: number;
  /** Whether to divide by the standard deviation of the gradients. Default false. */
  readonly centered?: boolean;
}

/** A row for step `step`, counted from 1, computed in float64. Throws `ValueError`. */
export function rmspropRow(options: RmspropOptions, step: number): RmspropRow {
  const { lr, alpha = 0.99, eps = 1e-8, weightDecay = 0, momentum = 0 } = options;
  checkNumbers("rmsprop", { lr, eps, weightDecay, momentum });
  checkNumbers("rmsprop", { alpha }, { below: 1 });
  checkStep("rmsprop", step);
  return {
    lr,
    decay: weightDecay,
    eps,
    sign: options.maximize ? -1 : 1,
    momentum: { carry: step === 1 ? 0 : momentum, keep: 1, mu: momentum, nesterov: 0 },
    alpha,
    rest: 1 - alpha,
    centred: options.centered ? 1 : 0,
  };
}

/**
 * RMSprop over an arena of all parameters, after PyTorch's `RMSprop`; ε is outside the root. p and v are updated in place,
 * and so are `mean` (for the centred form) and `buf` (for momentum) if they are given. v and mean are initially zero. Rows
 * come from `rmspropRow`. Throws the errors of `arenaPlan`.
 */
export const rmsprop = kernel(shader, ({ v, mean, buf, ...inputs }) => {
  const [count = 0] = inputs.p;
  const arenas = 5 + (mean ? 2 : 0) + (buf ? 2 : 0);
  const plan = arenaPlan(shader, inputs, { v, mean, buf });
  return {
    ...plan,
    slots: { ...plan.slots, centre: mean ? "buffer" : "none", velocity: buf ? "buffer" : "none" },
    flops: (11 + (mean ? 5 : 0) + (buf ? 3 : 0)) * count,
    bytes: 4 * arenas * count,
  };
});

export const reference: Reference<typeof rmsprop> = (inputs) => {
  const p = copyOf(inputs.p);
  const v = copyOf(inputs.v);
  const mean = copyOf(inputs.mean);
  const buf = copyOf(inputs.buf);
  forEachParameter(shader, inputs, (i, row, gradient) => {
    const { lr, decay, eps, sign, alpha, rest, centred } = row;
    const { carry, mu } = row.momentum;
    const g = sign * gradient + decay * (p[i] as number);
    v[i] = alpha * (v[i] as number) + rest * g * g;
    let square = v[i] as number;
    if (inputs.mean && centred) {
      mean[i] = alpha * (mean[i] as number) + rest * g;
      square = Math.max(square - (mean[i] as number) ** 2, 0);
    }
    let step = g / (Math.sqrt(square) + eps);
    if (inputs.buf && mu !== 0) {
      step += carry === 0 ? 0 : carry * (buf[i] as number);
      buf[i] = step;
    }
    p[i] = (p[i] as number) - lr * step;
  });
  return { p, v, ...(inputs.mean && { mean }), ...(inputs.buf && { buf }) };
};

const squares = (shape: Shape) => ({
  shape,
  fill: (_: number, random: () => number) => 1 + random() * 3,
});
/** Means small enough that v − mean² does not cancel. */
const means = (shape: Shape) => ({ shape, fill: (i: number) => ((i % 9) - 4) / 10 });

function example(
  name: string,
  step: number,
  groups: RmspropOptions[],
  blocks = groups.map((_, k) => k),
): Case<typeof rmsprop> {
  const packed = groups.map((group) => rmspropRow(group, step));
  const { arena, common } = layout(shader, blocks, packed);
  const zeros = { shape: arena, fill: () => 0 };
  const v = step === 1 ? zeros : squares(arena);
  const mean = step === 1 ? zeros : means(arena);
  const centred = groups.some(({ centered }) => centered);
  const buf = step === 1 ? { shape: arena, fill: () => NaN } : arena;
  const momentum = groups.some((group) => group.momentum);
  const inputs = { ...common, v, ...(centred && { mean }), ...(momentum && { buf }) };
  return { name, inputs, options: undefined };
}

const plain: RmspropOptions[] = [
  { lr: 0.01 },
  { lr: 0.1, alpha: 0.9, eps: 1e-3, weightDecay: 0.1 },
  { lr: 1e-3, maximize: true },
];
const centred: RmspropOptions[] = plain.map((group) => ({ ...group, centered: true }));
const moving = (groups: RmspropOptions[]) => groups.map((group) => ({ ...group, momentum: 0.9 }));
const mixed: RmspropOptions[] = [
  { lr: 0.01, centered: true },
  { lr: 0.1, alpha: 0.9, eps: 1e-3, weightDecay: 0.1, momentum: 0.9 },
  { lr: 1e-3, maximize: true, momentum: 0.5, centered: true },
];
const blocks = [2, NO_ROW, 0, 1, 1, 3, 0];

export const cases: Case<typeof rmsprop>[] = [
  example("step 1", 1, plain, blocks),
  example("step 1000, skipped blocks", 1000, plain, blocks),
  example("momentum, step 1: the buffer held NaN", 1, moving(plain), blocks),
  example("momentum, step 1000", 1000, moving(plain), blocks),
  example("centred, step 1000", 1000, centred, blocks),
  example("centred with momentum, step 1000", 1000, moving(centred), blocks),
  example("rows of every kind, step 2", 2, mixed, blocks),
  ...commonCases(3, (name, at = blocks) => example(name, 2, mixed, at)),
  withInputs(example("zero, tiny and huge gradients", 1, [{ lr: 0.01 }], [0, 0]), {
    grads: extreme([0, 1e-20, -1e-12, 1e12, -1e18, 3]),
  }),
  withInputs(
    example(
      "constant gradient, nothing left about the mean",
      2,
      [{ lr: 1e-3, alpha: 0, eps: 1, centered: true }],
      [0, 0],
    ),
    { grads: { shape: [128], fill: () => 0.1 } },
  ),
  withInputs(
    example("a mean beyond the squares", 1000, [{ lr: 1e-3, eps: 1, centered: true }], [0]),
    { v: { shape: [64], fill: () => 0.01 }, mean: { shape: [64], fill: () => 2 } },
  ),
  withInputs(
    example("squares just above the mean's", 2, [{ lr: 1e-3, eps: 0.1, centered: true }]),
    {
      grads: { shape: [64], fill: () => 1 },
      v: { shape: [64], fill: () => 1.25 },
      mean: { shape: [64], fill: () => 1 },
    },
  ),
  withInputs(example("safety: NaN stays in its element", 2, moving(centred), [0]), {
    grads: { shape: [64], fill: (i) => (i === 21 ? NaN : 1) },
  }),
];
