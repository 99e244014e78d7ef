import {
  add,
  type Captured,
  capture,
  concat,
  mul,
  noGrad,
  reshape,
  scope,
  type Tensor,
  tensor,
} from "wgrad";
import { mseLoss } from "wgrad/loss";
import { LinearRegression, meanSquaredError } from "wgrad/ml";
import { Newton, SGD } from "wgrad/optim";
import { normal, uniform } from "../../shared/random.ts";

export const STEPS = 60;
const ROUND = 12;
const NEWTON_STEPS = 3;

export interface Solved {
  /** The line from the normal equations. */
  readonly exact: { readonly slope: number; readonly intercept: number; readonly loss: number };
  /** Mean squared error before the first step and after each. */
  readonly descent: readonly number[];
  readonly newton: readonly number[];
  /** Condition number: ratio of the largest to the smallest curvature of the loss. */
  readonly condition: number;
}

/** Points around y = 0.7·x − 0.2 with x shifted by `shift`; the same on every visit. */
function samples(shift: number) {
  const draw = normal(uniform(5));
  const xs = Array.from({ length: 24 }, (_, i) => shift - 1 + (2 * i) / 23);
  return { xs, ys: xs.map((x) => 0.7 * x - 0.2 + 0.2 * draw()) };
}

/** Fits the line in three ways. Rejects with the signal's reason. */
export async function solve(
  { rate, shift }: { readonly rate: number; readonly shift: number },
  { signal, onRound }: { readonly signal: AbortSignal; readonly onRound: (so: Solved) => void },
): Promise<Solved> {
  const { xs, ys } = samples(shift);
  const X = { data: xs, shape: [xs.length, 1] as const };
  const fitted = await new LinearRegression().fit(X, ys);
  const loss = meanSquaredError(ys, await fitted.predict(X));
  const exact = { slope: Number(fitted.coef[0]), intercept: fitted.intercept, loss };
  const lines = [new Line(xs, ys), new Line(xs, ys)] as const;
  try {
    const newton = await lines[0].newton();
    signal.throwIfAborted();
    const so = { exact, newton, descent: [] as number[], condition: condition(xs) };
    await lines[1].descend(rate, (losses) => {
      signal.throwIfAborted();
      so.descent.push(...losses);
      onRound(so);
    });
    return so;
  } finally {
    for (const line of lines) line.dispose();
  }
}

/** λ₁/λ₂ of the Hessian 2/n·[Σx², Σx; Σx, n]. */
function condition(xs: readonly number[]): number {
  const mean = xs.reduce((sum, x) => sum + x, 0) / xs.length;
  const square = xs.reduce((sum, x) => sum + x * x, 0) / xs.length;
  const [middle, root] = [(square + 1) / 2, Math.hypot((square - 1) / 2, mean)];
  return (middle + root) / (middle - root);
}

/** An initially horizontal line, and its loss on the GPU. */
class Line {
  readonly #x: Tensor;
  readonly #y: Tensor;
  readonly #leaves: readonly [slope: Tensor, intercept: Tensor];

  constructor(xs: readonly number[], ys: readonly number[]) {
    this.#x = tensor([...xs]);
    this.#y = tensor([...ys]);
    const leaf = () => tensor([0], { requiresGrad: true, name: "line" });
    this.#leaves = [leaf(), leaf()];
  }

  #loss(): Tensor {
    const [slope, intercept] = this.#leaves;
    return mseLoss(add(mul(this.#x, slope), intercept), this.#y);
  }

  /** Losses of Newton's method, from the initial one on. */
  async newton(): Promise<number[]> {
    const optimizer = new Newton(this.#leaves, { maxIter: 1 });
    const losses: number[] = [];
    try {
      using first = scope(() => noGrad(() => this.#loss()));
      losses.push(await first.item());
      for (let step = 0; step < NEWTON_STEPS; step++) {
        await optimizer.step(() => {
          optimizer.zeroGrad();
          const loss = this.#loss();
          loss.backward();
          return loss;
        });
        losses.push(optimizer.report?.loss ?? Number.NaN);
      }
    } finally {
      optimizer.dispose();
    }
    return losses;
  }

  /** Gradient descent; yields losses as they are read, the first before any step. */
  async descend(rate: number, onLosses: (losses: number[]) => void): Promise<void> {
    const optimizer = new SGD(this.#leaves, { lr: rate });
    const step: Captured<[], Tensor> = capture(() => {
      optimizer.zeroGrad();
      const loss = this.#loss();
      loss.backward();
      optimizer.step();
      return reshape(loss, [1]);
    });
    try {
      for (let done = 0; done <= STEPS; done += ROUND) {
        const count = Math.min(ROUND, STEPS + 1 - done);
        const losses = Array.from({ length: count }, () => step());
        using row = noGrad(() => concat(losses));
        for (const loss of losses) loss.dispose();
        onLosses(Array.from(await row.read()));
      }
    } finally {
      step.dispose();
      optimizer.dispose();
    }
  }

  dispose(): void {
    for (const each of [this.#x, this.#y, ...this.#leaves]) each.dispose();
  }
}
