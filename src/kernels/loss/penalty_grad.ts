import shader from "#shaders/loss/penalty_grad.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { number } from "../../core/kinds.ts";
import { sameShape, show, size } from "../../core/shape.ts";
import { type Case, grid256, kernel, type Reference } from "../kernel.ts";
import { NO_ROW } from "../optim/arena.ts";
import { modeOf, modes, type PenaltyOptions, penaltyPlan } from "./penalty_rows.ts";

/**
 * Gradient of the elastic `penalty` from dy, one number, into an arena of gradients: written in blocks of 64 with mode 0,
 * added in blocks with mode 1; other blocks are not changed. |p| has the derivative 0 at 0. Throws `ShapeError` for shapes
 * that do not fit.
 */
export const penaltyGrad = kernel(
  shader,
  ({ p, dy, block_mode, grads }, options: PenaltyOptions) => {
    const plan = penaltyPlan("loss/penalty_grad", p, block_mode, options);
    if (!sameShape(p, grads) || size(dy) !== 1) {
      throw new ShapeError(
        `loss/penalty_grad: expected grads ${show(p)} and dy [], got ${show(grads)} and ${show(dy)}; pass an arena as large as p, and one number`,
      );
    }
    return { outputs: {}, ...plan, grid: grid256(plan.params.count) };
  },
);

export const kinds = () => ({ first: number, second: number, mode: number });

export const reference: Reference<typeof penaltyGrad> = ({ p, dy, block_mode, grads }, options) => {
  const { first = 0, second = 0 } = options;
  const result = Float64Array.from(grads.data, (old, i) => {
    const mode = modeOf(block_mode, i, options);
    const value = p.data[i] as number;
    const pull = (dy.data[0] as number) * (first * Math.sign(value) + 2 * second * value);
    if (mode > 1) return old;
    return mode === 1 ? old + pull : pull;
  });
  return { grads: result };
};

const withZeros = (count: number) => ({
  shape: [count],
  fill: (i: number, random: () => number) => (i % 5 ? random() * 4 - 2 : 0),
});
const dirty = (count: number) => ({ shape: [count], fill: (i: number) => (i < 64 ? NaN : i / 64) });

export const cases: Case<typeof penaltyGrad>[] = [
  {
    name: "L1, written over NaN",
    inputs: { p: withZeros(64), dy: [], grads: dirty(64) },
    options: { first: 0.5 },
  },
  {
    name: "L2, added",
    inputs: { p: withZeros(192), dy: [1], grads: [192] },
    options: { second: 0.25, mode: 1 },
  },
  {
    name: "elastic: written, left alone, added, left alone",
    inputs: { p: withZeros(256), dy: [], grads: dirty(256), block_mode: modes(0, NO_ROW, 1, 2) },
    options: { first: 0.5, second: 2 },
  },
  {
    name: "safety: ±1e4 and NaN",
    inputs: {
      p: { shape: [64], fill: (i) => [1e4, -1e4, NaN, 0][i % 4] ?? 0 },
      dy: [],
      grads: [64],
    },
    options: { first: 1, second: 1 },
  },
];
