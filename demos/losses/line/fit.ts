import {
  add,
  type Captured,
  capture,
  concat,
  mean,
  mul,
  noGrad,
  reshape,
  sub,
  type Tensor,
  tensor,
} from "wgrad";
import { Adam } from "wgrad/optim";
import { type NumberLoss, numberLosses, type Shape } from "../curves/families.ts";
import type { Place } from "./points.ts";

/** Steps between two updates of the picture. */
const ROUND = 8;
/** Learning rates of the first and the last step, linear in between. */
const RATES = [0.2, 0.002] as const;

export interface FittedLine {
  readonly slope: number;
  readonly intercept: number;
  /** Mean loss over the points, with the line's own loss. */
  readonly loss: number;
}

export type Lines = Readonly<Record<NumberLoss, FittedLine>>;

export const lineNames = Object.keys(numberLosses) as NumberLoss[];

/** A line y = slope·x + intercept for each loss, trained together; each gets the gradient of its own loss only. */
export class LineFit {
  readonly #leaves: readonly Tensor[];
  readonly #optimizer: Adam;
  readonly #step: Captured<[x: Tensor, y: Tensor], Tensor>;

  /** Lines begin horizontal, or where a previous training ended. */
  constructor(shape: Shape, from?: Lines) {
    const leaf = (value = 0) => tensor([value], { requiresGrad: true, name: "line" });
    const lines = lineNames.map((name) => ({
      slope: leaf(from?.[name].slope),
      intercept: leaf(from?.[name].intercept),
      loss: numberLosses[name].loss(shape),
    }));
    this.#leaves = lines.flatMap(({ slope, intercept }) => [slope, intercept]);
    const optimizer = new Adam(this.#leaves, { lr: RATES[0] });
    this.#optimizer = optimizer;
    this.#step = capture((x: Tensor, y: Tensor) => {
      optimizer.zeroGrad();
      const losses = lines.map(({ slope, intercept, loss }) =>
        mean(loss(sub(add(mul(x, slope), intercept), y))),
      );
      losses.reduce((a, b) => add(a, b)).backward();
      optimizer.step();
      return noGrad(() => concat([...this.#leaves, ...losses.map((each) => reshape(each, [1]))]));
    });
  }

  /** Makes steps; calls back with the lines after some of them. Rejects with the signal's reason. */
  async run(
    places: readonly Place[],
    steps: number,
    {
      signal,
      onRound,
    }: { readonly signal: AbortSignal; readonly onRound: (lines: Lines, step: number) => void },
  ): Promise<Lines> {
    using x = tensor(places.map(([at]) => at));
    using y = tensor(places.map(([, at]) => at));
    let lines: Lines | undefined;
    for (let step = 0; step < steps; ) {
      for (const end = Math.min(step + ROUND, steps); step < end; step++) {
        const share = steps > 1 ? step / (steps - 1) : 1;
        this.#optimizer.lr = RATES[0] + share * (RATES[1] - RATES[0]);
        const row = this.#step(x, y);
        if (step + 1 === end) lines = asLines(await row.read());
        row.dispose();
      }
      signal.throwIfAborted();
      if (lines) onRound(lines, step);
    }
    return lines as Lines;
  }

  dispose(): void {
    for (const each of [this.#step, this.#optimizer, ...this.#leaves]) each.dispose();
  }
}

function asLines(row: ArrayLike<number>): Lines {
  const n = lineNames.length;
  return Object.fromEntries(
    lineNames.map((name, i) => [
      name,
      { slope: row[2 * i], intercept: row[2 * i + 1], loss: row[2 * n + i] },
    ]),
  ) as Lines;
}
