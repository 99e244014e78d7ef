import {
  add,
  type Captured,
  capture,
  concat,
  noGrad,
  scope,
  sigmoid,
  sum,
  type Tensor,
  tensor,
} from "wgrad";
import { SGD } from "wgrad/optim";
import { type ScoreLoss, type Shape, scoreLosses } from "../curves/families.ts";

export const STEPS = 100;
/** Number of steps that are read back together. */
const ROUND = 10;

export const descentNames = Object.keys(scoreLosses) as ScoreLoss[];

/** Probability of the true class before the first step and after each. */
export type Descents = Readonly<Record<ScoreLoss, readonly number[]>>;

/** One score for each loss, moved by gradient descent on that loss. Rejects with the signal's reason. */
export async function descend(
  { start, rate, shape }: { readonly start: number; readonly rate: number; readonly shape: Shape },
  { signal, onRound }: { readonly signal: AbortSignal; readonly onRound: (so: Descents) => void },
): Promise<Descents> {
  const scores = descentNames.map(() => tensor([start], { requiresGrad: true, name: "score" }));
  const optimizer = new SGD(scores, { lr: rate });
  const probabilities = () => scope(() => noGrad(() => sigmoid(concat(scores))));
  const step: Captured<[], Tensor> = capture(() => {
    optimizer.zeroGrad();
    const losses = descentNames.map((name, i) =>
      sum(scoreLosses[name].loss(shape)(scores[i] as Tensor)),
    );
    losses.reduce((a, b) => add(a, b)).backward();
    optimizer.step();
    return probabilities();
  });
  const so = Object.fromEntries(descentNames.map((name) => [name, [] as number[]])) as Record<
    ScoreLoss,
    number[]
  >;
  try {
    for (let done = 0; done <= STEPS; done += ROUND) {
      const rows = done === 0 ? [probabilities()] : Array.from({ length: ROUND }, () => step());
      for (const row of rows) {
        const values = await row.read();
        descentNames.forEach((name, i) => {
          so[name].push(Number(values[i]));
        });
        row.dispose();
      }
      signal.throwIfAborted();
      onRound(so);
    }
    return so;
  } finally {
    for (const each of [step, optimizer, ...scores]) each.dispose();
  }
}
