import shader, { type AdagradRow } from "#shaders/optim/adagrad.wgsl";
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
export interface AdagradKernelOptions extends CommonGroupOptions {
  /** Step t uses the rate lr / (1 + (t − 1) · lrDecay); default 0. */
  readonly lrDecay?: number;
  /** Added to the square root; default 1e-10. */
  readonly eps?: number;
}

/** A row for step `step`, counted from 1, computed in float64. Throws `ValueError`. */
export function adagradRow(options: AdagradKernelOptions, step: number): AdagradRow {
  const { lr, lrDecay = 0, eps = 1e-10, weightDecay = 0, maximize = false } = options;
  checkNumbers("adagrad", { lr, lrDecay, eps, weightDecay });
  checkStep("adagrad", step);
  const rate = lr / (1 + (step - 1) * lrDecay);
  return { rate, decay: weightDecay, eps, sign: maximize ? -1 : 1 };
}

/**
 * Adagrad (Duchi, Hazan & Singer, 2011) over an arena of all parameters, after PyTorch's `Adagrad`; ε is outside the root.
 * p and sum are updated in place. Rows come from `adagradRow`. Throws the errors of `arenaPlan`.
 */
export const adagrad = kernel(shader, ({ sum, ...inputs }) => {
  const [count = 0] = inputs.p;
  return {
    ...arenaPlan(shader, inputs, { sum }),
    flops: 9 * count,
    bytes: 20 * count,
  };
});

export const reference: Reference<typeof adagrad> = (inputs) => {
  const p = copyOf(inputs.p);
  const sum = copyOf(inputs.sum);
  forEachParameter(shader, inputs, (i, { rate, decay, eps, sign }, gradient) => {
    const g = sign * gradient + decay * (p[i] as number);
    sum[i] = (sum[i] as number) + g * g;
    p[i] = (p[i] as number) - (rate * g) / (Math.sqrt(sum[i] as number) + eps);
  });
  return { p, sum };
};

function example(
  name: string,
  step: number,
  groups: AdagradKernelOptions[],
  blocks = groups.map((_, k) => k),
): Case<typeof adagrad> {
  const packed = groups.map((group) => adagradRow(group, step));
  const { arena, common } = layout(shader, blocks, packed);
  const fill = (_: number, random: () => number) => (step === 1 ? 0 : 4 * random());
  return { name, inputs: { ...common, sum: { shape: arena, fill } }, options: undefined };
}

const groups: AdagradKernelOptions[] = [
  { lr: 0.01 },
  { lr: 0.1, lrDecay: 0.5, eps: 0.1, weightDecay: 0.2 },
  { lr: 0.1, maximize: true, weightDecay: 0.5 },
];
const blocks = [2, NO_ROW, 0, 1, 1, 3, 0];

export const cases: Case<typeof adagrad>[] = [
  example("step 1", 1, groups, blocks),
  example("step 1000, skipped blocks", 1000, groups, blocks),
  ...commonCases(3, (name, at = blocks) => example(name, 2, groups, at)),
  withInputs(example("zero, tiny and huge gradients", 1, [{ lr: 0.1 }], [0, 0]), {
    grads: extreme([0, 1e-15, -1e-12, 1e12, -1e18, 3]),
  }),
  withInputs(example("safety: NaN stays in its element", 2, [{ lr: 0.1 }]), {
    grads: { shape: [64], fill: (i) => (i === 21 ? NaN : 1) },
  }),
  example("nothing", 1, [{ lr: 0.1 }], []),
];
