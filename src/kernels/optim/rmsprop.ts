import shader from "#shaders/optim/rmsprop.wgsl";
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

/** One parameter group; PyTorch's names and defaults. */
export interface RmspropOptions {
  readonly lr: number;
  /** Decay of the running averages; default 0.99. */
  readonly alpha?: number;
  /** Added to the root; default 1e-8. */
  readonly eps?: number;
  /** λ, added to the gradient times p; default 0. */
  readonly weightDecay?: number;
  /** μ; default 0. */
  readonly momentum?: number;
  /** Climb instead of descend. */
  readonly maximize?: boolean;
}

/**
 * A group's numbers for step `step`, counted from 1: (lr, λ, ε, sign) (α, 1 − α, 0, 0) (carry, keep, μ, nesterov),
 * computed in float64. Throws `ValueError`.
 */
export function packRmspropGroup(options: RmspropOptions, step: number): number[] {
  const { lr, alpha = 0.99, eps = 1e-8, weightDecay = 0, momentum = 0 } = options;
  checkNumbers("rmsprop", { lr, eps, weightDecay, momentum });
  checkNumbers("rmsprop", { alpha }, { below: 1 });
  checkStep("rmsprop", step);
  return [
    ...[lr, weightDecay, eps, options.maximize ? -1 : 1],
    ...[alpha, 1 - alpha, 0, 0],
    ...[step === 1 ? 0 : momentum, 1, momentum, 0],
  ];
}

/**
 * RMSprop over an arena of all parameters, after PyTorch's `RMSprop`; ε is outside the root. p and v are updated in
 * place, and so are `mean` (which makes it the centred kind) and `buf` (which gives it momentum) where they are
 * brought. v and mean start as zeros. Groups [groups, 12] come from `packRmspropGroup`. Throws `ShapeError` as
 * `arenaPlan` does.
 */
export const rmsprop = kernel(shader, ({ v, mean, buf, ...inputs }) => {
  const [count = 0] = inputs.p;
  const arenas = 5 + (mean ? 2 : 0) + (buf ? 2 : 0);
  return {
    ...arenaPlan("optim/rmsprop", inputs, { v, mean, buf }, 12),
    slots: { centre: mean ? "buffer" : "none", velocity: buf ? "buffer" : "none" },
    flops: (11 + (mean ? 5 : 0) + (buf ? 3 : 0)) * count,
    bytes: 4 * arenas * count,
  };
});

export const reference: Reference<typeof rmsprop> = (inputs) => {
  const p = copyOf(inputs.p);
  const v = copyOf(inputs.v);
  const mean = copyOf(inputs.mean);
  const buf = copyOf(inputs.buf);
  forEachParameter(inputs, (i, group) => {
    const [lr = 0, decay = 0, eps = 0, sign = 0, alpha = 0, rest = 0, , , carry = 0] = group;
    const g = sign * (inputs.grads.data[i] as number) + decay * (p[i] as number);
    v[i] = alpha * (v[i] as number) + rest * g * g;
    let square = v[i] as number;
    if (inputs.mean) {
      mean[i] = alpha * (mean[i] as number) + rest * g;
      square = Math.max(square - (mean[i] as number) ** 2, 0);
    }
    let step = g / (Math.sqrt(square) + eps);
    if (inputs.buf) {
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
/** Small enough that v − mean² does not cancel. */
const means = (shape: Shape) => ({ shape, fill: (i: number) => ((i % 9) - 4) / 10 });

function example(
  name: string,
  step: number,
  groups: RmspropOptions[],
  states: { centred?: boolean; momentum?: boolean },
  blocks = groups.map((_, k) => k),
): Case<typeof rmsprop> {
  const packed = groups.map((group) => packRmspropGroup(group, step));
  const { arena, common } = layout(blocks, packed);
  const zeros = { shape: arena, fill: () => 0 };
  const v = step === 1 ? zeros : squares(arena);
  const mean = step === 1 ? zeros : means(arena);
  const inputs = { ...common, v, ...(states.centred && { mean }) };
  const buf = step === 1 ? { shape: arena, fill: () => NaN } : arena;
  return { name, inputs: { ...inputs, ...(states.momentum && { buf }) }, options: undefined };
}

const groups: RmspropOptions[] = [
  { lr: 0.01 },
  { lr: 0.1, alpha: 0.9, eps: 1e-3, weightDecay: 0.1, momentum: 0.9 },
  { lr: 1e-3, maximize: true, momentum: 0.5 },
];
const blocks = [2, NO_GROUP, 0, 1, 1, 3, 0];

const withGradients = (
  test: Case<typeof rmsprop>,
  fill: (i: number) => number,
): Case<typeof rmsprop> => ({
  ...test,
  inputs: { ...test.inputs, grads: { shape: [128], fill } },
});

export const cases: Case<typeof rmsprop>[] = [
  example("step 1", 1, groups, {}, blocks),
  example("step 1000, skipped blocks", 1000, groups, {}, blocks),
  example("momentum, step 1: the buffer held NaN", 1, groups, { momentum: true }, blocks),
  example("momentum, step 1000", 1000, groups, { momentum: true }, blocks),
  example("centred, step 1000", 1000, groups, { centred: true }, blocks),
  example(
    "centred with momentum, step 1000",
    1000,
    groups,
    { centred: true, momentum: true },
    blocks,
  ),
  {
    ...example("every block skipped", 2, [{ lr: 0.1 }], { centred: true, momentum: true }, [
      NO_GROUP,
      1,
    ]),
    tolerance: "exact",
  },
  withGradients(
    example("zero, tiny and huge gradients", 1, [{ lr: 0.01 }], {}, [0, 0]),
    (i) => [0, 1e-20, -1e-12, 1e12, -1e18, 3][i % 6] ?? 0,
  ),
  withGradients(
    example(
      "constant gradient, nothing left about the mean",
      2,
      [{ lr: 1e-3, alpha: 0, eps: 1 }],
      { centred: true },
      [0, 0],
    ),
    () => 0.1,
  ),
];
