import {
  concat,
  full,
  indexSelect,
  mean,
  mul,
  noGrad,
  reshape,
  scope,
  sqrt,
  square,
  sum,
  type Tensor,
  tensor,
  variance,
} from "wgrad";
import { normal, uniform } from "../../shared/random.ts";
import { type BatchShape, type NormName, normalised, placeOf, sharing } from "../norms.ts";

/** Four samples of four channels of 3 × 3 numbers. */
export const SHAPE: BatchShape = [4, 4, 3, 3];
export const COUNT = SHAPE.reduce((a, b) => a * b);

/** Offsets of the samples and the channels of the batch, and the deviation within a channel. */
const samples = [-0.9, 0, 0.4, 1.1];
const channels = [-0.6, 0, 0.5, 1];
const spreads = [0.3, 0.6, 0.9, 1.2];

/** A batch, drawn by a seed, whose samples and channels differ. */
export function numbersOf(seed: number): number[] {
  const draw = normal(uniform(seed));
  return Array.from({ length: COUNT }, (_, i) => {
    const { n, c } = placeOf(i, SHAPE);
    return Number(samples[n]) + Number(channels[c]) + Number(spreads[c]) * draw();
  });
}

export interface Asked {
  readonly norm: NormName;
  readonly groups: number;
  readonly gamma: number;
  readonly beta: number;
  /** The element looked at. */
  readonly at: number;
}

export interface Blocks {
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Gradient of the chosen element of y with respect to x. */
  readonly slopes: readonly number[];
  /** Indices of the elements that are normalised together with the chosen one. */
  readonly shared: readonly number[];
  /** Their mean, and their deviation or root mean square, by which they are divided. */
  readonly mean: number;
  readonly size: number;
}

/** Normalises a batch, and computes the gradient of one element of the result. */
export async function measureBlocks(x: readonly number[], asked: Asked): Promise<Blocks> {
  const shared = sharing(asked.norm, asked.at, SHAPE, asked.groups);
  using row = scope(() => measured(x, asked, shared));
  const data = Array.from(await row.read());
  const [y, slopes] = [data.slice(0, COUNT), data.slice(COUNT, 2 * COUNT)];
  const [average = 0, size = 0] = data.slice(2 * COUNT);
  return { x, y, slopes, shared, mean: average, size };
}

function measured(
  values: readonly number[],
  { norm, groups, gamma, beta, at }: Asked,
  shared: readonly number[],
): Tensor {
  const x = tensor([...values], { shape: [...SHAPE], requiresGrad: true });
  const y = normalised(norm, x, {
    groups,
    weight: (shape) => full([...shape], gamma),
    bias: (shape) => full([...shape], beta),
  });
  const chosen = values.map((_, i) => Number(i === at));
  sum(mul(y, tensor(chosen, { shape: [...SHAPE] }))).backward();
  const slopes = x.grad as Tensor;
  return noGrad(() => {
    const index = tensor([...shared], { dtype: "u32" });
    const own = indexSelect(reshape(x, [COUNT]), 0, index);
    const spread = norm === "rms" ? mean(square(own)) : variance(own, { correction: 0 });
    const parts = [y, slopes, mean(own), sqrt(spread)].map((each) => reshape(each, [each.size]));
    const joined = concat(parts);
    slopes.dispose(); // the gradient of a leaf is not freed by the scope
    return joined;
  });
}
