import { batchNorm, groupNorm, instanceNorm, layerNorm, rmsNorm, type Tensor } from "wgrad";
import * as words from "../words/en/normalisation/page.ts";

interface Named {
  readonly name: string;
  /** The elements that share statistics. */
  readonly shared: string;
}

/** Norms for a batch [N, C, H, W]. */
export const norms = {
  batch: { name: words.batchNorm, shared: words.oneChannelOfAllSamples },
  group: { name: words.groupNorm, shared: words.groupOfChannelsOfOne },
  instance: { name: words.instanceNorm, shared: words.oneChannelOfOneSample },
  layer: { name: words.layerNorm, shared: words.allChannelsOfOneSample },
  rms: { name: words.rmsNorm, shared: words.allChannelsWithoutMean },
} as const satisfies Readonly<Record<string, Named>>;

export type NormName = keyof typeof norms;

export const normNames = Object.keys(norms) as NormName[];

/** Names to choose from. */
export const titles = Object.fromEntries(
  normNames.map((key) => [key, norms[key].name]),
) as Readonly<Record<NormName, string>>;

export interface Affine {
  readonly groups: number;
  /** γ and β of every channel. */
  readonly weight: (shape: readonly number[]) => Tensor;
  readonly bias: (shape: readonly number[]) => Tensor;
}

/** x [N, C, H, W], normalised. RMS norm has no β. */
export function normalised(kind: NormName, x: Tensor, { groups, weight, bias }: Affine): Tensor {
  const [channels = 1, ...sides] = x.shape.slice(1);
  const perChannel = () => ({ weight: weight([channels]), bias: bias([channels]) });
  const all = [channels, ...sides];
  switch (kind) {
    case "batch":
      return batchNorm(x, { ...perChannel(), training: true });
    case "group":
      return groupNorm(x, groups, perChannel());
    case "instance":
      return instanceNorm(x, perChannel());
    case "layer":
      return layerNorm(x, all, { weight: weight(all), bias: bias(all) });
    case "rms":
      return rmsNorm(x, all, { weight: weight(all) });
  }
}

/** Index of an element in a batch. */
export interface Place {
  readonly n: number;
  readonly c: number;
  readonly h: number;
  readonly w: number;
}

export type BatchShape = readonly [n: number, c: number, h: number, w: number];

/** Index of the i-th element in memory order. */
export function placeOf(i: number, [, c, h, w]: BatchShape): Place {
  return {
    n: Math.floor(i / (c * h * w)),
    c: Math.floor(i / (h * w)) % c,
    h: Math.floor(i / w) % h,
    w: i % w,
  };
}

/** The elements that share statistics with one, including itself. */
export function sharing(
  kind: NormName,
  at: number,
  shape: BatchShape,
  groups: number,
): readonly number[] {
  const own = placeOf(at, shape);
  const size = shape[1] / groups;
  const sameSample = (n: number) => n === own.n;
  const with_: Readonly<Record<NormName, (place: Place) => boolean>> = {
    batch: ({ c }) => c === own.c,
    group: ({ n, c }) => sameSample(n) && Math.floor(c / size) === Math.floor(own.c / size),
    instance: ({ n, c }) => sameSample(n) && c === own.c,
    layer: ({ n }) => sameSample(n),
    rms: ({ n }) => sameSample(n),
  };
  const count = shape.reduce((a, b) => a * b);
  return Array.from({ length: count }, (_, i) => i).filter((i) => with_[kind](placeOf(i, shape)));
}
