import { describe, expect, test } from "vitest";
import { seeded } from "../../../src/core/rng.ts";
import { type Shape, size } from "../../../src/core/shape.ts";
import type { HostTensor } from "../../../src/kernels/kernel.ts";
import { type NormGrouping, planesOf } from "../../../src/kernels/norm/geometry.ts";
import { reference as gradAffine } from "../../../src/kernels/norm/grad_affine.ts";
import { reference as gradInput } from "../../../src/kernels/norm/grad_input.ts";
import {
  normGradSums as gradSums,
  reference as gradSumsOf,
} from "../../../src/kernels/norm/grad_sums.ts";
import { reference as inference } from "../../../src/kernels/norm/inference.ts";
import { normMerge as merge, reference as mergeOf } from "../../../src/kernels/norm/merge.ts";
import { reference as normalize } from "../../../src/kernels/norm/normalize.ts";
import { normStats as stats, reference as statsOf } from "../../../src/kernels/norm/stats.ts";
import { gradientDefect, numericalGradient, upstreamFor } from "../../../src/testing/gradcheck.ts";

const tensor = (shape: Shape, data: ArrayLike<number>): HostTensor => ({ shape, data });

function uniform(shape: Shape, seed: number): HostTensor {
  const random = seeded(seed);
  return tensor(
    shape,
    Float64Array.from({ length: size(shape) }, () => random() * 4 - 2),
  );
}

/** Statistics of the rows of x; if the kernel returns partial statistics, they are merged. */
function wholeStats(x: HostTensor, norm: NormGrouping): HostTensor {
  const shape = stats.plan({ x: x.shape }, { norm }).outputs.stats;
  const found = tensor(shape, statsOf({ x }, { norm }).stats);
  if (shape.length === 2) return found;
  const merged = merge.plan({ pieces: shape }, {}).outputs.stats;
  return tensor(merged, mergeOf({ pieces: found }, { centred: norm.kind !== "rms" }).stats);
}

interface Affine {
  readonly gamma?: HostTensor;
  readonly beta?: HostTensor;
}

/** dx, dγ and dβ: the references of the kernels run one after the other, as backward runs them. */
function backward(
  x: HostTensor,
  dy: HostTensor,
  given: HostTensor,
  { gamma }: Affine,
  norm: NormGrouping,
) {
  const inputs = { x, dy, stats: given, ...(gamma && { gamma }) };
  const shapes = {
    x: x.shape,
    dy: dy.shape,
    stats: given.shape,
    ...(gamma && { gamma: gamma.shape }),
  };
  const sums = tensor(
    gradSums.plan(shapes, { norm }).outputs.sums,
    gradSumsOf(inputs, { norm }).sums,
  );
  const { dx } = gradInput({ ...inputs, sums }, { norm });
  const affine = gamma || norm.kind === "batch";
  return { dx, ...(affine && gradAffine({ sums }, { norm, shape: x.shape })) };
}

const norms: { name: string; shape: Shape; norm: NormGrouping }[] = [
  { name: "batch norm", shape: [3, 4, 2, 3], norm: { kind: "batch" } },
  { name: "batch norm of [N, C]", shape: [19, 3], norm: { kind: "batch" } },
  { name: "instance norm", shape: [2, 3, 3, 3], norm: { kind: "instance" } },
  { name: "group norm", shape: [3, 6, 2, 2], norm: { kind: "group", groups: 2 } },
  { name: "layer norm", shape: [5, 7], norm: { kind: "layer", axes: 1 } },
  { name: "layer norm over two axes", shape: [2, 3, 2, 5], norm: { kind: "layer", axes: 2 } },
  { name: "RMS norm", shape: [5, 7], norm: { kind: "rms", axes: 1 } },
];

describe.each(norms)("$name: the backward reference is the derivative", ({ shape, norm }) => {
  const x = uniform(shape, 1);
  const { affine } = planesOf("test", shape, norm);
  const gamma = uniform(affine, 2);
  const beta = uniform(affine, 3);
  const dy = tensor(shape, upstreamFor(x.data.length));
  const forward = (x: HostTensor, affine: Affine) =>
    normalize({ x, stats: wholeStats(x, norm), ...affine }, { norm }).y;
  const analytic = backward(x, dy, wholeStats(x, norm), { gamma, beta }, norm);

  test("of x, with γ and β", () => {
    const numerical = numericalGradient(
      (data) => forward(tensor(shape, data), { gamma, beta }),
      x.data,
      dy.data,
    );
    expect(gradientDefect("dx", analytic.dx, numerical)).toBe("");
  });

  test("of x, without γ and β", () => {
    const numerical = numericalGradient(
      (data) => forward(tensor(shape, data), {}),
      x.data,
      dy.data,
    );
    const { dx } = backward(x, dy, wholeStats(x, norm), {}, norm);
    expect(gradientDefect("dx", dx, numerical)).toBe("");
  });

  test("of γ and β", () => {
    const ofGamma = (data: Float64Array) => forward(x, { gamma: tensor(affine, data), beta });
    const ofBeta = (data: Float64Array) => forward(x, { gamma, beta: tensor(affine, data) });
    const dgamma = numericalGradient(ofGamma, gamma.data, dy.data);
    const dbeta = numericalGradient(ofBeta, beta.data, dy.data);
    expect(gradientDefect("dgamma", analytic.dgamma ?? [], dgamma)).toBe("");
    expect(gradientDefect("dbeta", analytic.dbeta ?? [], dbeta)).toBe("");
  });
});

describe.each(norms)(
  "$name and an activation: the backward reference is the derivative",
  (each) => {
    const { shape, norm } = each;
    const act = "gelu";
    const { affine } = planesOf("test", shape, norm);
    const [x, gamma, beta] = [uniform(shape, 1), uniform(affine, 2), uniform(affine, 3)];
    const residual = uniform(shape, 4);
    const dy = tensor(shape, upstreamFor(x.data.length));
    const inputs = { x, dy, stats: wholeStats(x, norm), gamma, beta };
    const shapes = { x: shape, dy: shape, stats: inputs.stats.shape, gamma: affine, beta: affine };
    const sumsShape = gradSums.plan(shapes, { norm, act }).outputs.sums;
    const along = (f: (x: HostTensor) => ArrayLike<number>, at: HostTensor) =>
      numericalGradient((data) => f(tensor(at.shape, data)), at.data, dy.data);

    test("of x, γ and β, from z computed again", () => {
      const y = (changed: Partial<Record<"x" | "gamma" | "beta", HostTensor>>) => {
        const at = { x, gamma, beta, ...changed };
        return normalize({ ...at, stats: wholeStats(at.x, norm) }, { norm, act }).y;
      };
      const sums = tensor(sumsShape, gradSumsOf(inputs, { norm, act }).sums);
      const { dx } = gradInput({ ...inputs, sums }, { norm, act });
      const { dgamma, dbeta } = gradAffine({ sums }, { norm, shape });
      expect(
        gradientDefect(
          "dx",
          dx,
          along((x) => y({ x }), x),
        ),
      ).toBe("");
      expect(
        gradientDefect(
          "dgamma",
          dgamma,
          along((gamma) => y({ gamma }), gamma),
        ),
      ).toBe("");
      expect(
        gradientDefect(
          "dbeta",
          dbeta,
          along((beta) => y({ beta }), beta),
        ),
      ).toBe("");
    });

    test("of x and the residual, from dz kept", () => {
      const y = (x: HostTensor, residual: HostTensor) =>
        normalize({ x, gamma, beta, residual, stats: wholeStats(x, norm) }, { norm, act }).y;
      const found = gradSumsOf({ ...inputs, residual, dz: x }, { norm, act });
      const [sums, dz] = [tensor(sumsShape, found.sums), tensor(shape, found.dz ?? [])];
      const { dx } = gradInput({ x, dy: dz, stats: inputs.stats, gamma, sums }, { norm });
      expect(
        gradientDefect(
          "dx",
          dx,
          along((x) => y(x, residual), x),
        ),
      ).toBe("");
      expect(
        gradientDefect(
          "dresidual",
          dz.data,
          along((r) => y(x, r), residual),
        ),
      ).toBe("");
    });
  },
);

test("rows cut into pieces have the gradient of whole ones", () => {
  const norm: NormGrouping = { kind: "layer", axes: 1 };
  const x = uniform([1, 16390], 1);
  const dy = tensor(x.shape, upstreamFor(16390));
  const pieces = stats.plan({ x: x.shape }, { norm }).outputs.stats[0];
  expect(pieces).toBeGreaterThan(1);
  const n = 16390;
  const values = Array.from(x.data);
  const mean = values.reduce((a, b) => a + b) / n;
  const rstd = 1 / Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / n + 1e-5);
  const xhat = values.map((v) => (v - mean) * rstd);
  const g = Array.from(dy.data);
  const meanG = g.reduce((a, b) => a + b) / n;
  const meanGX = g.reduce((a, b, i) => a + b * (xhat[i] as number), 0) / n;
  const expected = xhat.map((h, i) => rstd * ((g[i] as number) - meanG - h * meanGX));
  const { dx } = backward(x, dy, wholeStats(x, norm), {}, norm);
  expect(gradientDefect("dx", dx, expected, 1e-12)).toBe("");
});

test("batch norm in evaluation: dx, dγ and dβ from running statistics", () => {
  const norm: NormGrouping = { kind: "batch" };
  const x = uniform([3, 4, 2, 3], 1);
  const gamma = uniform([4], 2);
  const beta = uniform([4], 3);
  const dy = tensor(x.shape, upstreamFor(x.data.length));
  const running_var = tensor([4], [0.5, 1, 2, 0]);
  const found = inference({ running_mean: uniform([4], 4), running_var }, {});
  const given = tensor([4, 4], found.stats);
  const y = (x: HostTensor, gamma: HostTensor, beta: HostTensor) =>
    normalize({ x, stats: given, gamma, beta }, { norm }).y;
  const slope = tensor([4, 4], found.slope);
  const { y: dx } = normalize({ x: dy, stats: slope, gamma }, { norm });
  const { dgamma = [], dbeta = [] } = backward(x, dy, given, { gamma }, norm);
  const byX = numericalGradient((d) => y(tensor(x.shape, d), gamma, beta), x.data, dy.data);
  const byGamma = numericalGradient((d) => y(x, tensor([4], d), beta), gamma.data, dy.data);
  const byBeta = numericalGradient((d) => y(x, gamma, tensor([4], d)), beta.data, dy.data);
  expect(gradientDefect("dx", dx, byX)).toBe("");
  expect(gradientDefect("dgamma", dgamma, byGamma)).toBe("");
  expect(gradientDefect("dbeta", dbeta, byBeta)).toBe("");
});
