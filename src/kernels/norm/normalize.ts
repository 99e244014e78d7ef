import shader from "#shaders/norm/normalize.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { size } from "../../core/shape.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import {
  checkShapes,
  forEachElement,
  type Norm,
  planesOf,
  walk,
  walkGrid,
  xhatAt,
} from "./geometry.ts";

/**
 * y = γ·x̂ + β with x̂ = (x − mean)·rstd, for x of any norm, stats[rows, 4] with (pivot, offset, rstd, variance) and
 * γ, β of one element per channel (layer norm: the shape of its axes). Neither, γ, or both may be given.
 * A row of infinite variance has x̂ = 0. Throws `ShapeError`.
 */
export const normalize = kernel(shader, ({ x, stats, gamma, beta }, { norm }: { norm: Norm }) => {
  const planes = planesOf("norm/normalize", x, norm);
  const expected = { stats: [planes.rows, 4], gamma: planes.affine, beta: planes.affine };
  checkShapes("norm/normalize", expected, { stats, gamma, beta });
  if (beta && !gamma) throw new ShapeError("norm/normalize: got beta alone; give gamma, of ones");
  const rows = walk(planes, "rows", 16);
  return {
    outputs: { y: x },
    params: { rows: rows.params },
    grid: walkGrid(rows),
    slots: { affine: gamma ? (beta ? "scale_shift" : "scale") : "none" },
    flops: 5 * size(x),
  };
});

export const reference: Reference<typeof normalize> = ({ x, stats, gamma, beta }, { norm }) => {
  const y = new Float64Array(x.data.length);
  forEachElement(planesOf("norm/normalize", x.shape, norm), (i, row, c) => {
    y[i] = xhatAt(x, stats, i, row) * (gamma?.data[c] ?? 1) + (beta?.data[c] ?? 0);
  });
  return { y };
};

/** Statistics as norm/stats could have made them: pivot, offset, rstd, variance. */
export const someStats = (rows: number) => ({
  shape: [rows, 4],
  fill: (i: number, random: () => number) =>
    [random() - 0.5, random() - 0.5, 0.5 + random(), 1][i % 4] as number,
});

const batch = { kind: "batch" } as const;
const instance = { kind: "instance" } as const;
const layer = { kind: "layer", axes: 1 } as const;
/** √3·2·(u − ½) has deviation 1. */
const far = (_: number, random: () => number) => 1e4 + 2 * Math.sqrt(3) * (random() - 0.5);
const farStats = [1e4 + 0.734375, -0.734375, 1, 1];

export const cases: Case<typeof normalize>[] = [
  {
    name: "one element",
    inputs: { x: [1, 1], stats: someStats(1), gamma: [1], beta: [1] },
    options: { norm: batch },
  },
  {
    name: "batch, no affine",
    inputs: { x: [3, 5, 7, 3], stats: someStats(5) },
    options: { norm: batch },
  },
  {
    name: "batch, γ and β",
    inputs: { x: [3, 5, 7, 13], stats: someStats(5), gamma: [5], beta: [5] },
    options: { norm: batch },
  },
  {
    name: "batch, planes of one element",
    inputs: { x: [129, 67], stats: someStats(67), gamma: [67], beta: [67] },
    options: { norm: batch },
  },
  {
    name: "batch, pieces of 1,024",
    inputs: { x: [3, 2, 61, 31], stats: someStats(2), gamma: [2], beta: [2] },
    options: { norm: batch },
  },
  {
    name: "instance, γ only",
    inputs: { x: [3, 5, 9, 9], stats: someStats(15), gamma: [5] },
    options: { norm: instance },
  },
  {
    name: "group of three channels",
    inputs: { x: [3, 6, 5, 5], stats: someStats(6), gamma: [6], beta: [6] },
    options: { norm: { kind: "group", groups: 2 } },
  },
  {
    name: "layer, rows of 5, one lane each",
    inputs: { x: [70, 5], stats: someStats(70), gamma: [5], beta: [5] },
    options: { norm: layer },
  },
  {
    name: "layer over two axes, rows of 1,100",
    inputs: { x: [2, 3, 11, 100], stats: someStats(6), gamma: [11, 100], beta: [11, 100] },
    options: { norm: { kind: "layer", axes: 2 } },
  },
  {
    name: "mean 1e4 times the deviation",
    inputs: {
      x: { shape: [4, 1024], fill: far },
      stats: { shape: [4, 4], fill: (i) => farStats[i % 4] as number },
    },
    options: { norm: layer },
  },
  {
    name: "NaN and infinity stay where they are, infinite variance gives β",
    inputs: {
      x: { shape: [3, 8], fill: (i) => [NaN, 1, Infinity, 3][i % 4] as number },
      stats: { shape: [3, 4], fill: (i) => [0, 1, i < 8 ? 1 : 0, 1][i % 4] as number },
    },
    options: { norm: layer },
  },
];

export const benches: Case<typeof normalize>[] = [
  {
    name: "batch 64×64×56×56",
    inputs: { x: [64, 64, 56, 56], stats: someStats(64), gamma: [64], beta: [64] },
    options: { norm: batch },
  },
  {
    name: "batch 64×8×14×14",
    inputs: { x: [64, 8, 14, 14], stats: someStats(8), gamma: [8], beta: [8] },
    options: { norm: batch },
  },
  {
    name: "batch 64×16×7×7",
    inputs: { x: [64, 16, 7, 7], stats: someStats(16), gamma: [16], beta: [16] },
    options: { norm: batch },
  },
  {
    name: "layer 4096×768",
    inputs: { x: [4096, 768], stats: someStats(4096), gamma: [768], beta: [768] },
    options: { norm: layer },
  },
];
