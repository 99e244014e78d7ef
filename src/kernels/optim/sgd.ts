import shader, { type SgdRow } from "#shaders/optim/sgd.wgsl";
import { ValueError } from "../../core/errors.ts";
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
import { commonCases, extreme, layout } from "./arena_cases.ts";

/** One parameter group; PyTorch's names and defaults. */
export interface SgdOptions {
  /** Learning rate, ≥ 0; default 1e-3. */
  readonly lr: number;
  /** μ, the momentum; 0 (default) uses the gradient itself. */
  readonly momentum?: number;
  /** τ: gradients are added to the buffer with factor 1 − τ, except the first, with factor 1; default 0. */
  readonly dampening?: number;
  /** Nesterov's momentum; requires a momentum and no dampening. */
  readonly nesterov?: boolean;
  /** λ, the weight decay; default 0. */
  readonly weightDecay?: number;
  /** Whether the parameters are multiplied by 1 − lr · λ, instead of adding λ · p to the gradient. */
  readonly decoupledWeightDecay?: boolean;
  /** Whether the loss is maximised. */
  readonly maximize?: boolean;
}

/** A row for step `step`, counted from 1, computed in float64. Throws `ValueError`. */
export function sgdRow(options: SgdOptions, step: number): SgdRow {
  const { lr, momentum = 0, dampening = 0, weightDecay = 0 } = options;
  const { nesterov = false, decoupledWeightDecay = false, maximize = false } = options;
  checkNumbers("sgd", { lr, momentum, weightDecay });
  checkStep("sgd", step);
  if (nesterov && (momentum === 0 || dampening !== 0)) {
    throw new ValueError(
      `sgd: expected a momentum > 0 and no dampening for nesterov, got ${momentum} and ${dampening}; set momentum`,
    );
  }
  const carry = step === 1 ? 0 : momentum; // in the first step the buffer becomes the gradient
  const keep = carry === 0 ? 1 : 1 - dampening;
  return {
    lr,
    decay: decoupledWeightDecay ? 0 : weightDecay,
    shrink: shrinkOf(lr, weightDecay, decoupledWeightDecay),
    sign: maximize ? -1 : 1,
    momentum: { carry, keep, mu: momentum, nesterov: nesterov ? 1 : 0 },
  };
}

/**
 * Stochastic gradient descent over an arena of all parameters, after PyTorch's `SGD`: p and, for momentum, buf are updated
 * in place; without `buf` or momentum, a row uses the gradient itself. Rows come from `sgdRow`; the content of buf before
 * step 1 is not used. Throws the errors of `arenaPlan`.
 */
export const sgd = kernel(shader, ({ buf, ...inputs }) => {
  const [count = 0] = inputs.p;
  const plan = arenaPlan(shader, inputs, { buf });
  return {
    ...plan,
    slots: { ...plan.slots, velocity: buf ? "buffer" : "none" },
    flops: (buf ? 9 : 5) * count,
    bytes: 4 * (buf ? 5 : 3) * count,
  };
});

export const reference: Reference<typeof sgd> = (inputs) => {
  const p = copyOf(inputs.p);
  const buf = copyOf(inputs.buf);
  forEachParameter(shader, inputs, (i, row, gradient) => {
    const { lr, decay, shrink, sign } = row;
    const { carry, keep, mu, nesterov } = row.momentum;
    const old = p[i] as number;
    const g = sign * gradient + decay * old;
    let step = g;
    if (inputs.buf && mu !== 0) {
      const b = (carry === 0 ? 0 : carry * (buf[i] as number)) + keep * g;
      buf[i] = b;
      step = nesterov ? g + mu * b : b;
    }
    p[i] = shrink * old - lr * step;
  });
  return { p, ...(inputs.buf && { buf }) };
};

function example(
  name: string,
  step: number,
  groups: SgdOptions[],
  blocks = groups.map((_, k) => k),
): Case<typeof sgd> {
  const packed = groups.map((group) => sgdRow(group, step));
  const { arena, common } = layout(shader, blocks, packed);
  const buf = step === 1 ? { shape: arena, fill: () => NaN } : arena;
  const momentum = groups.some((group) => group.momentum !== undefined);
  return { name, inputs: { ...common, ...(momentum && { buf }) }, options: undefined };
}

export const cases: Case<typeof sgd>[] = [
  ...commonCases(2, (name, at) => example(name, 2, [{ lr: 0.1, momentum: 0.9 }, { lr: 0.1 }], at)),
  example("plain", 1, [{ lr: 0.1 }]),
  example(
    "weight decay, coupled, decoupled, climbing; skipped blocks",
    7,
    [
      { lr: 0.1, weightDecay: 0.01 },
      { lr: 0.5, weightDecay: 0.1, decoupledWeightDecay: true },
      { lr: 1e-3, maximize: true, weightDecay: 0.5 },
    ],
    [2, NO_ROW, 0, 1, 1, 3, 0],
  ),
  example("momentum, step 1: the buffer held NaN", 1, [
    { lr: 0.1, momentum: 0.9, dampening: 0.5 },
    { lr: 0.1, momentum: 0.9, nesterov: true },
  ]),
  example(
    "momentum, step 1000",
    1000,
    [
      { lr: 0.1, momentum: 0.9, dampening: 0.5, weightDecay: 0.1 },
      { lr: 0.1, momentum: 0.9, nesterov: true, maximize: true },
      { lr: 0.1, momentum: 0.99, weightDecay: 0.01, decoupledWeightDecay: true },
      { lr: 0.1 },
    ],
    [3, 0, NO_ROW, 1, 2, 2, NO_ROW],
  ),
  ...[{ lr: 1e-3 }, { lr: 1e-3, momentum: 0.9, nesterov: true }].map((group) => {
    const test = example(
      `zero, tiny and huge gradients, ${group.momentum ?? 0}`,
      2,
      [group],
      [0, 0],
    );
    return {
      ...test,
      inputs: { ...test.inputs, grads: extreme([0, 1e-30, -1e-12, 1e12, -1e25, 3]) },
    };
  }),
  example("nothing", 1, [{ lr: 0.1 }], []),
];
