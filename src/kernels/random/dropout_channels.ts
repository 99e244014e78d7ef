import shader from "#shaders/random/dropout_channels.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { unitInterval } from "../../core/rng.ts";
import { type Shape, show, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { checkProbability } from "./dropout.ts";
import { type Stream, streamKey, words } from "./stream.ts";

interface Options extends Stream {
  /** Probability of dropping a channel of an image, in 0..1. */
  readonly p: number;
}

/** x [N, C, ...] as N·C planes. Throws `ShapeError` unless it has at least two axes. */
function planesOf(x: Shape) {
  const [n = 0, c = 0, ...plane] = x;
  if (x.length < 2) {
    throw new ShapeError(
      `random/dropout_channels: expected x [N, C, ...], got ${show(x)}; use dropout for single elements`,
    );
  }
  return { planes: n * c, cells: size(plane) };
}

/** Number of elements for which a thread makes one draw. */
const CELLS = 4;

/**
 * y[n, c, ...] = x[n, c, ...]/(1 − p) where u[n, c] ≥ p, else 0: channel dropout (Tompson et al. 2015), where u are the
 * numbers of random/uniform for [N, C] from the same stream. The same options, applied to dy, give dx. p = 1 drops
 * everything; a dropped NaN becomes 0. Throws `ShapeError`, `ValueError`.
 */
export const dropoutChannels = kernel(shader, ({ x }, options: Options) => {
  const { p } = options;
  checkProbability("random/dropout_channels", p);
  const { planes, cells } = planesOf(x);
  const lanes = Math.max(Math.ceil(cells / CELLS), 1);
  return {
    outputs: { y: x },
    params: {
      ...{ key: streamKey("random/dropout_channels", options), planes, cells, lanes },
      ...{ threshold: Math.ceil(p * 2 ** 24), scale: p < 1 ? 1 / (1 - p) : 0 },
    },
    grid: grid1d(Math.ceil((planes * lanes) / 64)),
    flops: size(x),
  };
});

export const reference: Reference<typeof dropoutChannels> = ({ x }, options) => {
  const { planes, cells } = planesOf(x.shape);
  const bits = words(options, planes);
  const kept = (value: number, i: number) => {
    const u = unitInterval(bits[Math.floor(i / cells)] as number);
    return u >= options.p ? value / (1 - options.p) : 0;
  };
  return { y: Float64Array.from(x.data, kept) };
};

const ones = (...shape: number[]) => ({ shape, fill: () => 1 });

export const cases: Case<typeof dropoutChannels>[] = [
  { name: "one element", inputs: { x: [1, 1] }, options: { p: 0.5, seed: 1 } },
  {
    name: "p = 0.5 keeps the reference's planes of 35",
    inputs: { x: ones(9, 7, 5, 7) },
    options: { p: 0.5, seed: 1, offset: 2 },
    tolerance: "exact",
  },
  { name: "planes of one cell", inputs: { x: [13, 11] }, options: { p: 0.3, seed: 2 } },
  {
    name: "planes of 4 and a thread each",
    inputs: { x: [3, 5, 2, 2] },
    options: { p: 0.7, seed: 3 },
  },
  { name: "planes of 257", inputs: { x: [2, 5, 257] }, options: { p: 0.25, seed: 4 } },
  { name: "volumes", inputs: { x: [2, 3, 2, 3, 5] }, options: { p: 0.5, seed: 0xffffffff } },
  {
    name: "p = 0 keeps all",
    inputs: { x: [3, 3, 3] },
    options: { p: 0, seed: 5 },
    tolerance: "exact",
  },
  {
    name: "p = 1 drops all",
    inputs: { x: [3, 3, 3] },
    options: { p: 1, seed: 5 },
    tolerance: "exact",
  },
  {
    name: "p is the first number drawn: u ≥ p keeps it",
    inputs: { x: ones(3, 2, 3) },
    options: { p: unitInterval(words({ seed: 11 }, 1)[0] as number), seed: 11 },
  },
  {
    name: "NaN is kept or dropped with its plane",
    inputs: { x: { shape: [8, 8, 3], fill: () => NaN } },
    options: { p: 0.5, seed: 3 },
  },
  { name: "no cells", inputs: { x: [2, 3, 0] }, options: { p: 0.5, seed: 1 } },
];

export { kinds } from "./dropout.ts";
