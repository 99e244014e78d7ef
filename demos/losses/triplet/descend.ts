import { concat, noGrad, reshape, scope, type Tensor, tensor } from "wgrad";
import { tripletMarginLoss } from "wgrad/loss";
import { SGD } from "wgrad/optim";
import type { Point } from "../../shared/handle.ts";

export const roles = ["anchor", "positive", "negative"] as const;
export type Role = (typeof roles)[number];
export type Triplet = Readonly<Record<Role, Point>>;

export interface TripletState {
  readonly loss: number;
  readonly points: Triplet;
  readonly gradients: Triplet;
}

/** Learning rate of a descent. */
const RATE = 0.05;

/**
 * The loss of a triplet with its gradients, before the first step of gradient descent and after each, up to `steps`
 * steps or until the loss is 0. Rejects with the signal's reason.
 */
export async function descend(
  start: Triplet,
  {
    margin,
    swap,
    steps,
  }: { readonly margin: number; readonly swap: boolean; readonly steps: number },
  {
    signal,
    onStep,
  }: { readonly signal: AbortSignal; readonly onStep: (state: TripletState, step: number) => void },
): Promise<TripletState> {
  const leaves = roles.map((role) =>
    tensor([...start[role]], { shape: [1, 2], requiresGrad: true, name: role }),
  ) as [Tensor, Tensor, Tensor];
  const optimizer = new SGD(leaves, { lr: RATE });
  try {
    for (let step = 0; ; step++) {
      using row = scope(() => {
        optimizer.zeroGrad();
        const loss = tripletMarginLoss(...leaves, { margin, swap });
        loss.backward();
        const grads = leaves.map(({ grad }) => grad as Tensor);
        return noGrad(() =>
          concat([loss, ...leaves, ...grads].map((each) => reshape(each, [each.size]))),
        );
      });
      const state = asState(await row.read());
      signal.throwIfAborted();
      onStep(state, step);
      if (step >= steps || state.loss === 0) return state;
      optimizer.step();
    }
  } finally {
    for (const each of [optimizer, ...leaves]) each.dispose();
  }
}

function asState(row: ArrayLike<number>): TripletState {
  const pair = (at: number): Point => [Number(row[at]), Number(row[at + 1])];
  const triplet = (at: number) =>
    Object.fromEntries(roles.map((role, i) => [role, pair(at + 2 * i)])) as Record<Role, Point>;
  return { loss: Number(row[0]), points: triplet(1), gradients: triplet(7) };
}
