import { describe, expect, test } from "vitest";
import { ShapeError } from "../../../src/core/errors.ts";
import { repetition } from "../../../src/kernels/loss/elements.ts";
import * as pointwise from "../../../src/kernels/loss/pointwise.ts";
import * as pointwiseGrad from "../../../src/kernels/loss/pointwise_grad.ts";
import type { PointwiseLoss } from "../../../src/kernels/loss/pointwise_losses.ts";
import { gradientDefect, numericalGradient, upstreamFor } from "../../../src/testing/gradcheck.ts";

type Operand = pointwiseGrad.LossOperand;

const host = (data: readonly number[]) => ({ shape: [data.length], data });
const any = host([-2.3, -0.71, 0.13, 0.4, 0.83, 1.7, 3.1]);
const other = host([0.31, 0.45, -1.6, 0.9, 0.11, 1.55, -0.2]);
const unit = host([0.03, 0.2, 0.45, 0.55, 0.7, 0.85, 0.97]);
const signs = host([1, -1, 1, 1, -1, -1, 1]);
const counts = host([0, 1, 2, 5, 3, 1, 9]);
const above = host([0.2, 0.7, 1.3, 2, 0.5, 0.9, 1.1]);

/** For each loss: its constants, then x, t and v, whose gradients are checked where they have one. */
const table: readonly [PointwiseLoss, { a?: number; b?: number }, ...(typeof any)[]][] = [
  ["l1", {}, any, other],
  ["mse", {}, any, other],
  ["smooth_l1", { a: 0.6 }, any, other],
  ["smooth_l1", { a: 0 }, any, other],
  ["huber", { a: 0.6 }, any, other],
  ["bce", {}, unit, above],
  ["bce_logits", {}, any, unit, above],
  ["kl_div", {}, any, above],
  ["kl_div_log", {}, any, other],
  ["focal", { a: 0.25, b: 2 }, any, unit],
  ["focal", { a: -1, b: 0.5 }, any, unit],
  ["focal", { a: 0.7, b: 0 }, any, unit],
  ["hinge", {}, any, signs],
  ["squared_hinge", {}, any, signs],
  ["soft_margin", {}, any, signs],
  ["hinge_embedding", { a: 0.5 }, any, signs],
  ["margin_ranking", { a: 0.2 }, any, other, signs],
  ["cosine_embedding", { a: 0.1 }, other, signs],
  ["poisson_nll_log", { b: 1 }, any, counts],
  ["poisson_nll", { a: 0.01, b: 1 }, above, counts],
  ["gaussian_nll", { a: 0.01, b: 0.9 }, any, other, above],
];
/** Losses that have a gradient for their target or third operand, which is no label. */
const ofTarget = new Set<PointwiseLoss>([
  ...(["l1", "mse", "smooth_l1", "huber", "bce", "bce_logits", "kl_div", "kl_div_log"] as const),
  ...(["margin_ranking", "gaussian_nll"] as const),
]);
const ofThird = new Set<PointwiseLoss>(["bce_logits", "gaussian_nll"]);

describe.each(table)("%s %o", (loss, numbers, x = any, t = other, v) => {
  const operands: Operand[] = [
    "x",
    ...(ofTarget.has(loss) ? (["t"] as const) : []),
    ...(ofThird.has(loss) ? (["v"] as const) : []),
  ];
  test.each(operands)("its gradient by %s agrees with central differences", (of) => {
    const weight = { shape: [1], data: [0.7] };
    const inputs = { x, t, weight, ...(v && { v }) };
    const options = { loss, ...numbers };
    const dy = { shape: [7], data: upstreamFor(7) };
    const { dop } = pointwiseGrad.reference({ ...inputs, dy }, { ...options, of, scale: 0.5 });
    const forward = (data: Float64Array) =>
      Float64Array.from(
        pointwise.reference({ ...inputs, [of]: { shape: [7], data } }, options).y,
        (y) => y / 2,
      );
    const point = { x, t, v: v ?? x }[of].data;
    expect(gradientDefect(`d${of}`, dop, numericalGradient(forward, point, dy.data))).toBe("");
  });
});

describe("operands that repeat", () => {
  test.each([
    [[], [2, 3, 4], { step: 1, length: 1 }],
    [[4], [2, 3, 4], { step: 1, length: 4 }],
    [[3, 1], [2, 3, 4], { step: 4, length: 3 }],
    [[2, 3, 1], [2, 3, 4], { step: 4, length: 6 }],
    [[2, 1, 1], [2, 3, 4], { step: 12, length: 2 }],
    [[2, 3, 4], [2, 3, 4], { step: 1, length: 24 }],
    [[2, 1, 4], [2, 3, 4], undefined],
    [[5], [2, 3, 4], undefined],
    [[1, 2, 3, 4], [2, 3, 4], undefined],
  ])("%o over %o", (small, x, expected) => {
    expect(repetition(small, x)).toEqual(expected);
  });
});

describe("plans refuse", () => {
  const plan = (x: number[], t: number[], rest: { v?: number[]; weight?: number[] } = {}) =>
    pointwise.pointwiseLoss.plan({ x, t, ...rest }, { loss: "mse" });

  test("shapes that do not fit, and nothing", () => {
    expect(() => plan([2, 3], [3])).toThrow("expected a target [2, 3]");
    expect(() => plan([0, 3], [0, 3])).toThrow(ShapeError);
    expect(() => plan([2, 3], [2, 3], { weight: [2] })).toThrow("expected weight to repeat");
    expect(() => plan([2, 3, 4], [2, 3, 4], { v: [2, 1, 4] })).toThrow("expand it");
    const { pointwiseLossGrad: grad } = pointwiseGrad;
    expect(() => grad.plan({ x: [6], t: [6], dy: [3] }, { loss: "mse" })).toThrow("dy [] or [6]");
  });
});
