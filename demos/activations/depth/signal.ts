import {
  type ActivationOptions,
  abs,
  activation,
  concat,
  lessEqual,
  linear,
  max,
  mean,
  mul,
  noGrad,
  normal,
  reshape,
  scope,
  std,
  sum,
  type Tensor,
  where,
} from "wgrad";
import { bySeed } from "../../shared/by_seed.ts";
import { type Start, weights } from "./starts.ts";

const WIDTH = 64;
const BATCH = 64;

/** Figures of each layer, first layer first. */
export interface Layers {
  /** Standard deviation of the layer's outputs over units and samples. */
  readonly signal: readonly number[];
  /** Standard deviation of the gradient of its weights. */
  readonly gradient: readonly number[];
  /** Share of units that are 0 for all samples. */
  readonly dead: readonly number[];
}

export interface Stack {
  readonly options: ActivationOptions;
  readonly start: Start;
  readonly depth: number;
  readonly seed: number;
}

/** Sends a batch of normal numbers forward through layers of 64 units, and a normal gradient backward. */
export async function propagate(stack: Stack): Promise<Layers> {
  using rows = bySeed(stack.seed, () => scope(() => measured(stack)));
  const data = Array.from(await rows.read());
  const part = (k: number) => data.slice(k * stack.depth, (k + 1) * stack.depth);
  return { signal: part(0), dead: part(1), gradient: part(2) };
}

function measured({ options, start, depth }: Stack): Tensor {
  let h = normal([BATCH, WIDTH]);
  const leaves: Tensor[] = [];
  const [signals, dead]: [Tensor[], Tensor[]] = [[], []];
  for (let layer = 0; layer < depth; layer++) {
    const w = noGrad(() => weights(start, WIDTH, h));
    w.requiresGrad = true;
    leaves.push(w);
    h = activation(linear(h, w), options);
    const out = h;
    signals.push(noGrad(() => std(out)));
    dead.push(noGrad(() => shareOfZeros(max(abs(out), { axes: [0] }))));
  }
  sum(mul(h, normal([BATCH, WIDTH]))).backward();
  return noGrad(() => {
    const gradients = leaves.map(({ grad }) => std(grad as Tensor));
    return concat([...signals, ...dead, ...gradients].map((each) => reshape(each, [1])));
  });
}

/** of the layer's outputs, which are ≥ 0 */
const shareOfZeros = (x: Tensor) => mean(where(lessEqual(x, 0), 1, 0));
