import shader from "#shaders/loss/penalty.wgsl";
import { number, oneOf, required } from "../../core/kinds.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { NO_ROW } from "../optim/arena.ts";
import { pieces, sumPieces } from "./labels.ts";
import { modeOf, modes, type PenaltyOptions, penaltyPlan } from "./penalty_rows.ts";

/** The penalty: λ₁·|p| + λ₂·p², or 1 where |p| is above λ₁. */
export interface PenaltySumOptions extends PenaltyOptions {
  /** "elastic": λ₁·|p| + λ₂·p²; "nonzero": 1 where |p| is above λ₁. */
  readonly penalty: "elastic" | "nonzero";
}

/**
 * Σ penalty(p) over pieces of 4096 elements of an arena of parameters, without blocks of 64 whose `block_mode` is NO_ROW.
 * Padding is 0 and adds nothing. Throws `ShapeError` for an invalid arena.
 */
export const penalty = kernel(shader, ({ p, block_mode }, options: PenaltySumOptions) => {
  const { slots, ...plan } = penaltyPlan("loss/penalty", p, block_mode, options);
  const { count, grid, overrides } = pieces(plan.params.count);
  return {
    outputs: { y: [count] },
    ...plan,
    grid,
    overrides,
    slots: { ...slots, penalty: options.penalty },
  };
});

export const kinds = () => ({
  penalty: required(oneOf("elastic", "nonzero")),
  first: number,
  second: number,
  mode: number,
});

export const reference: Reference<typeof penalty> = ({ p, block_mode }, options) => {
  const { first = 0, second = 0 } = options;
  const cost = (value: number) =>
    options.penalty === "elastic"
      ? first * Math.abs(value) + second * value * value
      : Number(!(Math.abs(value) <= first));
  const y = sumPieces(p.data.length, (i) =>
    modeOf(block_mode, i, options) === NO_ROW ? 0 : cost(p.data[i] as number),
  );
  return { y };
};

const few = { shape: [192], fill: (i: number) => [0, 0.5, -0.5, 1e-30, 2, -0.25][i % 6] ?? 0 };
const skipping = modes(0, NO_ROW, 1);

export const cases: Case<typeof penalty>[] = [
  {
    name: "L1, one block",
    inputs: { p: [64] },
    options: { penalty: "elastic", first: 0.5 },
    tolerance: { length: 64 },
  },
  {
    name: "L2, two pieces and a block",
    inputs: { p: [8256] },
    options: { penalty: "elastic", second: 0.25 },
    tolerance: { length: 4096 },
  },
  {
    name: "elastic, a block left out",
    inputs: {
      p: { shape: [192], fill: (i) => (i >= 64 && i < 128 ? NaN : i % 5) },
      block_mode: skipping,
    },
    options: { penalty: "elastic", first: 0.5, second: 2 },
    tolerance: { length: 128 },
  },
  {
    name: "everything left out",
    inputs: { p: [64] },
    options: { penalty: "elastic", first: 1, mode: NO_ROW },
  },
  ...[0, 0.25, 0.5].map((first) => ({
    name: `a count of what is above ${first}`,
    inputs: { p: few, block_mode: skipping },
    options: { penalty: "nonzero", first } as const,
    tolerance: "exact" as const,
  })),
  {
    name: "safety: NaN in, NaN out",
    inputs: { p: { shape: [64], fill: (i) => (i === 63 ? NaN : 1) } },
    options: { penalty: "elastic", second: 1 },
  },
  {
    name: "safety: a count counts NaN",
    inputs: { p: { shape: [64], fill: (i) => (i % 2 ? NaN : 0) } },
    options: { penalty: "nonzero", first: 3 },
    tolerance: "exact",
  },
];
