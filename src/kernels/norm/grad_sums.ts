import shader from "#shaders/norm/grad_sums.wgsl";
import { boolean, required } from "../../core/kinds.ts";
import { type Shape, size } from "../../core/shape.ts";
import { activationOf, activationOverrides } from "../elementwise/activations.ts";
import { inHalf } from "../half_cases.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { act, norm } from "../option_kinds.ts";
import { affineSlot, type NormActOptions, preActivation, twinOf } from "./fused.ts";
import { checkShapes, forEachElement, planesOf, xhatAt } from "./geometry.ts";
import { someStats } from "./normalize.ts";
import { packedCases } from "./packed_cases.ts";
import { aloneIf, varying, type Walk, walk } from "./walk.ts";

interface GradSumsOptions extends NormActOptions {
  /** False leaves the sums of channels to norm/grad_input, which writes them to `channels`. Default true. */
  readonly channels?: boolean | undefined;
}

/**
 * Sums over pieces that the gradients of a norm need, sums[m, 2] with (Σ g, Σ g·x̂): first [pieces, rows] with g = γ·dz
 * (batch norm: g = dz), then, if γ or β is given, `channels` is not false and the norm is not batch norm, [pieces, C] with
 * g = dz. Here dz = dy·act′(γ·x̂ + β + residual), and dy if there is no activation. Pass γ if the norm has it, and β if it
 * has no γ; pass β and the residual if they were added before an activation. A buffer `dz`, of x's shape, receives dz, the
 * gradient of the residual; norm/grad_input then takes it as dy.
 *
 * From the sums, norm/grad_affine computes dγ and dβ, and norm/grad_input computes dx. Throws `ShapeError`.
 */
export const normGradSums = kernel(shader, (inputs, options: GradSumsOptions) => {
  const { x, dy, stats, gamma, beta, residual, dz } = inputs;
  const { norm, act, coarse } = options;
  const who = "norm/grad_sums";
  const planes = planesOf(who, x, norm);
  const { affine } = planes;
  const expected = {
    dy: x,
    stats: [planes.rows, 4],
    gamma: affine,
    beta: affine,
    residual: x,
    dz: x,
  };
  checkShapes(who, expected, { dy, stats, gamma, beta, residual, dz });
  const rows = walk(planes, "rows", { perLane: "sums", coarse });
  const channels = walk(planes, "channels", { perLane: "sums", coarse });
  const both = (gamma ?? beta) !== undefined && !planes.batch && options.channels !== false;
  const [across, down = 1] = grid1d(Math.max(rows.workgroups, both ? channels.workgroups : 0));
  const activation = activationOf(act);
  const straight = activation.act === "identity"; // dz does not depend on z
  const scale = straight && planes.batch ? undefined : gamma;
  return {
    outputs: { sums: [rows.units + (both ? channels.units : 0), 2] },
    params: { rows: [rows.params, channels.params], first: rows.units },
    grid: [across, down, both ? 2 : 1],
    overrides: {
      ...activationOverrides(activation),
      ...varying(planes, both),
      ...aloneIf(rows, ...(both ? [channels] : [])),
    },
    slots: {
      pack: rows.pack,
      affine: affineSlot(scale, straight ? undefined : beta),
      residual: residual && !straight ? "given" : "none",
      upstream: dz ? "kept" : "dropped",
      act: activation.act,
    },
    flops: (both ? 2 : 1) * 7 * size(x),
  };
});

export const kinds = () => ({ channels: boolean, norm: required(norm), act, coarse: boolean });

export const reference: Reference<typeof normGradSums> = (inputs, options) => {
  const { norm, act, coarse } = options;
  const { x, dy, stats, gamma, beta } = inputs;
  const { grad } = twinOf(act);
  const planes = planesOf("norm/grad_sums", x.shape, norm);
  const rows = walk(planes, "rows", { perLane: "sums", coarse });
  const channels = walk(planes, "channels", { perLane: "sums", coarse });
  const both = (gamma ?? beta) !== undefined && !planes.batch && options.channels !== false;
  const sums = new Float64Array(2 * (rows.units + (both ? channels.units : 0)));
  const seen = { rows: new Uint32Array(planes.rows), channels: new Uint32Array(planes.channels) };
  const add = (set: Walk, first: number, row: number, j: number, g: number, xhat: number) => {
    const at = 2 * (first + Math.floor(j / set.piece) * set.count + row);
    sums[at] = (sums[at] as number) + g;
    sums[at + 1] = (sums[at + 1] as number) + g * xhat;
  };
  const dz = new Float64Array(x.data.length);
  forEachElement(planes, (i, row, c) => {
    const xhat = xhatAt(x, stats, i, row);
    const g = (dy.data[i] as number) * grad(preActivation(inputs, i, row, c));
    const weight = gamma && !planes.batch ? (gamma.data[c] as number) : 1;
    dz[i] = g;
    add(rows, 0, row, (seen.rows[row] as number)++, g * weight, xhat);
    if (both) add(channels, rows.units, c, (seen.channels[c] as number)++, g, xhat);
  });
  return { sums, ...(inputs.dz && { dz }) };
};

const batch = { kind: "batch" } as const;
const instance = { kind: "instance" } as const;
const layer = { kind: "layer", axes: 1 } as const;
const group = { kind: "group", groups: 2 } as const;

/** x, dy and statistics of a norm with this number of rows. */
const about = (x: Shape, rows: number) => ({ x, dy: x, stats: someStats(rows) });

/** A residual, and a buffer for its gradient. */
const shortcut = (x: Shape) => ({ residual: x, dz: x });

export const cases: Case<typeof normGradSums>[] = [
  { name: "one element", inputs: about([1, 1], 1), options: { norm: batch } },
  {
    name: "batch, planes of 35",
    inputs: about([5, 7, 5, 7], 7),
    options: { norm: batch },
    tolerance: { length: 175 },
  },
  {
    name: "batch, planes of one element, cut across",
    inputs: about([2100, 5], 5),
    options: { norm: batch },
    tolerance: { length: 2100 },
  },
  {
    name: "batch, long rows in pieces",
    inputs: about([5, 2, 131, 31], 2),
    options: { norm: batch },
    tolerance: { length: 20305 },
  },
  {
    name: "instance without γ",
    inputs: about([2, 5, 9, 9], 10),
    options: { norm: instance },
    tolerance: { length: 81 },
  },
  {
    name: "instance with γ",
    inputs: { ...about([3, 5, 9, 9], 15), gamma: [5] },
    options: { norm: instance },
    tolerance: { length: 243 },
  },
  {
    name: "instance with β alone",
    inputs: { ...about([3, 5, 9, 9], 15), beta: [5] },
    options: { norm: instance },
    tolerance: { length: 243 },
  },
  {
    name: "group with γ",
    inputs: { ...about([3, 6, 5, 5], 6), gamma: [6] },
    options: { norm: group },
    tolerance: { length: 75 },
  },
  {
    name: "group without γ",
    inputs: about([3, 6, 5, 5], 6),
    options: { norm: group },
    tolerance: { length: 75 },
  },
  {
    name: "layer, rows of 5",
    inputs: { ...about([70, 5], 70), gamma: [5] },
    options: { norm: layer },
    tolerance: { length: 70 },
  },
  {
    name: "layer over two axes, long columns",
    inputs: { ...about([2100, 3, 5], 2100), gamma: [3, 5] },
    options: { norm: { kind: "layer", axes: 2 } },
    tolerance: { length: 2100 },
  },
  {
    name: "layer, one row of 20,001",
    inputs: { ...about([1, 20001], 1), gamma: [20001] },
    options: { norm: layer },
    tolerance: { length: 20001 },
  },
  {
    name: "layer, rows alone",
    inputs: { ...about([70, 5], 70), gamma: [5], beta: [5] },
    options: { norm: layer, act: "silu", channels: false },
    tolerance: { length: 70 },
  },
  {
    name: "safety: a NaN spoils its row and its channel only",
    inputs: {
      x: [3, 4, 3, 3],
      dy: { shape: [3, 4, 3, 3], fill: (i, random) => (i === 40 ? NaN : random()) },
      stats: someStats(6),
      gamma: [4],
    },
    options: { norm: group },
    tolerance: { length: 27 },
  },
  {
    name: "batch, relu(γ·x̂ + β)",
    inputs: { ...about([5, 7, 5, 7], 7), gamma: [7], beta: [7] },
    options: { norm: batch, act: "relu" },
    tolerance: { length: 175 },
  },
  {
    name: "batch, relu(γ·x̂ + β + residual), dz kept",
    inputs: { ...about([5, 7, 5, 7], 7), gamma: [7], beta: [7], ...shortcut([5, 7, 5, 7]) },
    options: { norm: batch, act: "relu" },
    tolerance: { length: 175 },
  },
  {
    name: "group, silu(γ·x̂ + residual), dz kept",
    inputs: { ...about([3, 6, 5, 5], 6), gamma: [6], ...shortcut([3, 6, 5, 5]) },
    options: { norm: group, act: "silu" },
    tolerance: { length: 75 },
  },
  {
    name: "layer, leaky_relu of slope −2, no γ",
    inputs: about([9, 300], 9),
    options: { norm: layer, act: { act: "leaky_relu", slope: -2 } },
    tolerance: { length: 300 },
  },
  {
    name: "rms, silu(γ·x̂)",
    inputs: { ...about([9, 77], 9), gamma: [77] },
    options: { norm: { kind: "rms", axes: 1 }, act: "silu" },
    tolerance: { length: 77 },
  },
  ...packedCases.map(({ name, x, norm, coarse, rows, affine, length }, i) => ({
    name,
    inputs: {
      ...about(x, rows),
      ...(i % 5 !== 4 && { gamma: affine }),
      ...(i % 5 !== 4 && i % 2 && { beta: affine }),
      ...(i % 4 === 1 && shortcut(x)),
    },
    options: { norm, coarse, act: i % 2 ? ("silu" as const) : ("identity" as const) },
    tolerance: { length },
  })),
];

export const halfCases = inHalf(cases, { storage: "f16" });

export const benches: Case<typeof normGradSums>[] = [
  { name: "batch 64×64×56×56", inputs: about([64, 64, 56, 56], 64), options: { norm: batch } },
  { name: "batch 64×8×14×14", inputs: about([64, 8, 14, 14], 8), options: { norm: batch } },
  { name: "batch 64×16×7×7", inputs: about([64, 16, 7, 7], 16), options: { norm: batch } },
  {
    name: "layer 4096×768",
    inputs: { ...about([4096, 768], 4096), gamma: [768] },
    options: { norm: layer },
  },
];
