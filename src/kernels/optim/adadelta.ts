import shader, { type AdadeltaRow } from "#shaders/optim/adadelta.wgsl";
import { type Case, kernel, type Reference } from "../kernel.ts";
import {
  arenaPlan,
  type CommonGroupOptions,
  checkNumbers,
  copyOf,
  forEachParameter,
  NO_ROW,
} from "./arena.ts";
import { commonCases, extreme, layout, withInputs } from "./arena_cases.ts";

/** One parameter group; PyTorch's names and defaults. */
export interface AdadeltaOptions extends CommonGroupOptions {
  /** Decay rate of the running averages; default 0.9. */
  readonly rho?: number;
  /** Added inside the roots; default 1e-6. */
  readonly eps?: number;
  /**
   * Whether updates are multiplied by the RMS of previous updates (the paper's second idea, PyTorch's Adadelta; default),
   * or only divided by the RMS of the gradients (its first idea): then lr is a learning rate, and should be small.
   */
  readonly rmsUpdates?: boolean;
}

/** The numbers of a parameter group at one step count, as the kernel reads them, computed in float64. Throws `ValueError`. */
export function adadeltaRow(options: AdadeltaOptions): AdadeltaRow {
  const { lr, rho = 0.9, eps = 1e-6, weightDecay = 0 } = options;
  const { rmsUpdates = true, maximize = false } = options;
  checkNumbers("adadelta", { lr, eps, weightDecay });
  checkNumbers("adadelta", { rho }, { below: 1 });
  const sign = maximize ? -1 : 1;
  return { lr, decay: weightDecay, eps, sign, rho, rest: 1 - rho, rms_updates: rmsUpdates ? 1 : 0 };
}

/**
 * Adadelta (Zeiler, 2012) over an arena of all parameters, after PyTorch's `Adadelta`; ε is inside the roots. p and v are
 * updated in place, and so is `acc` if it is given, for rows that use the RMS of the updates; v and acc are initially zero.
 * Rows come from `adadeltaRow`. Throws the errors of `arenaPlan`.
 */
export const adadelta = kernel(shader, ({ v, acc, ...inputs }) => {
  const [count = 0] = inputs.p;
  const plan = arenaPlan(shader, inputs, { v, acc });
  return {
    ...plan,
    slots: { ...plan.slots, updates: acc ? "buffer" : "none" },
    flops: (acc ? 17 : 11) * count,
    bytes: (acc ? 28 : 20) * count,
  };
});

export const reference: Reference<typeof adadelta> = (inputs) => {
  const p = copyOf(inputs.p);
  const v = copyOf(inputs.v);
  const acc = copyOf(inputs.acc);
  forEachParameter(shader, inputs, (i, row, gradient) => {
    const { lr, decay, eps, sign, rho, rest } = row;
    const g = sign * gradient + decay * (p[i] as number);
    v[i] = rho * (v[i] as number) + rest * g * g;
    let delta = g / Math.sqrt((v[i] as number) + eps);
    if (inputs.acc && row.rms_updates) {
      delta *= Math.sqrt((acc[i] as number) + eps);
      acc[i] = rho * (acc[i] as number) + rest * delta * delta;
    }
    p[i] = (p[i] as number) - lr * delta;
  });
  return { p, v, ...(inputs.acc && { acc }) };
};

function example(
  name: string,
  first: boolean,
  groups: AdadeltaOptions[],
  blocks = groups.map((_, k) => k),
): Case<typeof adadelta> {
  const { arena, common } = layout(shader, blocks, groups.map(adadeltaRow));
  const fill = (_: number, random: () => number) => (first ? 0 : 4 * random());
  const squares = { shape: arena, fill };
  const acc = groups.some(({ rmsUpdates = true }) => rmsUpdates) && { acc: squares };
  return { name, inputs: { ...common, v: squares, ...acc }, options: undefined };
}

const standard: AdadeltaOptions[] = [
  { lr: 1 },
  { lr: 0.1, rho: 0.5, eps: 0.1, weightDecay: 0.2 },
  { lr: 0.5, maximize: true, weightDecay: 0.5 },
];
const gradients: AdadeltaOptions[] = standard.map((group) => ({ ...group, rmsUpdates: false }));
const mixed: AdadeltaOptions[] = [{ lr: 1 }, { lr: 0.1, rmsUpdates: false }, { lr: 0.2, rho: 0 }];
const blocks = [2, NO_ROW, 0, 1, 1, 3, 0];

export const cases: Case<typeof adadelta>[] = [
  example("step 1", true, standard, blocks),
  example("later, skipped blocks", false, standard, blocks),
  example("RMS of the gradients only, step 1", true, gradients, blocks),
  example("RMS of the gradients only, later", false, gradients, blocks),
  example("both forms", false, mixed, blocks),
  ...commonCases(3, (name, at = blocks) => example(name, false, mixed, at)),
  withInputs(example("zero, tiny and huge gradients", true, [{ lr: 1 }], [0, 0]), {
    grads: extreme([0, 1e-15, -1e-8, 1e12, -1e18, 3]),
  }),
  withInputs(example("safety: NaN stays in its element", false, [{ lr: 1 }]), {
    grads: { shape: [64], fill: (i) => (i === 21 ? NaN : 1) },
  }),
];
