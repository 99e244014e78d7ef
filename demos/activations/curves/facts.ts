import {
  type ActivationOptions,
  abs,
  activation,
  concat,
  less,
  mean,
  noGrad,
  normal,
  reshape,
  scope,
  std,
  sum,
  where,
} from "wgrad";
import { bySeed } from "../../shared/by_seed.ts";
import { FLAT } from "./flat.ts";

/** Number of normal samples that the figures are computed from. */
const SAMPLES = 4096;

/** Figures of an activation applied to normal numbers. */
export interface Facts {
  readonly mean: number;
  readonly deviation: number;
  /** Mean slope. */
  readonly slope: number;
  /** Share of slopes whose absolute value is below FLAT. */
  readonly flat: number;
}

/** Applies an activation to numbers of mean 0 and deviation 1. */
export async function factsOf(options: ActivationOptions): Promise<Facts> {
  using row = bySeed(1, () =>
    scope(() => {
      const x = normal([SAMPLES]);
      x.requiresGrad = true;
      const y = activation(x, options);
      sum(y).backward();
      return noGrad(() => {
        const slopes = x.grad ?? x;
        const flat = mean(where(less(abs(slopes), FLAT), 1, 0));
        const facts = [mean(y), std(y), mean(slopes), flat].map((each) => reshape(each, [1]));
        slopes.dispose(); // the gradient of a leaf is not freed by the scope
        return concat(facts);
      });
    }),
  );
  const [average = 0, deviation = 0, slope = 0, flat = 0] = await row.read();
  return { mean: average, deviation, slope, flat };
}
