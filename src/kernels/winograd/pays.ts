import type { Geometry } from "../conv2d/geometry.ts";
import type { Chooser } from "../variants.ts";
import { tiling } from "./tiles.ts";

/** The part of a convolution that is computed. */
export type ConvPass = "forward" | "gradInput" | "gradWeight";

/** Minimum number of channels: with fewer, nearly all time is spent on transforming tiles. */
const FEW_CHANNELS = 8;
/** Maximum bytes of the transformed tiles of all images: 128 MiB, the smallest binding limit of an adapter. */
const MOST_BYTES = 2 ** 27;
/** Multiply-adds that an additional dispatch must save: what a card computes in the 1 to 2 µs that a dispatch takes. */
const WORTH_A_DISPATCH = 2 ** 23;

/**
 * Costs of Winograd's transforms, in multiply-adds of the other kernels. For the software adapter they were measured
 * (README, "How fast"). For a card the assumption is that it moves a byte in the time of 8 multiply-adds: 16 numbers per
 * channel and tile are written and read again, and the 9 numbers of each kernel become 16. With constant weights
 * (`Chooser.constantWeights`) these 16 are only read.
 */
const COSTS = {
  software: { channelOfTile: 130, window: 100, constant: 0, sum: 12, gradWeight: 2 },
  card: { channelOfTile: 8 * 128, window: 8 * 164, constant: 8 * 64, sum: 0, gradWeight: 1 },
} as const;

/** Whether Winograd can be used: 3 × 3 kernels, stride 1, no groups, and enough channels that it may pay off. */
export function canTile(g: Geometry, pass: ConvPass): boolean {
  const { batch, groups, kernel, stride, dilation, inC, outC } = g;
  const fits = [groups, ...kernel, ...stride, ...dilation].join() === "1,3,3,1,1,1,1";
  if (!fits || Math.min(inC, outC) < FEW_CHANNELS) return false;
  if (pass === "gradInput" && Math.max(...g.padding) > 3) return false; // the padding of dx, 2 − padding, would be below −1
  const { tiles } = tiling(batch, pass === "gradInput" ? g.input : g.output);
  return 16 * 4 * tiles * Math.max(inC, outC) <= MOST_BYTES;
}

/** Whether Winograd is probably the fastest candidate for a layer that it can be used for. */
export function tilesPay(
  g: Geometry,
  pass: ConvPass,
  { software, constantWeights = false }: Pick<Chooser, "software" | "constantWeights">,
): boolean {
  const { inC, outC, batch } = g;
  const { channelOfTile, sum, gradWeight, ...each } = COSTS[software ? "software" : "card"];
  const [height, width] = g.output;
  const { tiles } = tiling(batch, g.output);
  const windows = inC * outC;
  const without = 9 * windows * batch * height * width * (pass === "gradWeight" ? gradWeight : 1);
  const products = 16 * (inC + sum) * outC * tiles;
  const held = constantWeights && pass === "forward";
  const made =
    channelOfTile * (inC + outC) * tiles + (held ? each.constant : each.window) * windows;
  const dispatches = held || pass === "gradWeight" ? 2 : 3; // dispatches in addition to the one of the other kernels
  return without - products - made >= dispatches * WORTH_A_DISPATCH;
}
