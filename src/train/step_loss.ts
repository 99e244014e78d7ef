import { isTrained } from "../autograd/arena.ts";
import { ValueError } from "../core/errors.ts";
import { isA } from "../core/realm.ts";
import { describe } from "../core/signature.ts";
import type { Engine } from "../scheduler/engine.ts";
import { transact } from "../scheduler/transaction.ts";
import { scope } from "../tensor/scope.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkLoss } from "./evaluate.ts";
import type { LossStep } from "./fit_options.ts";

/** The number that a step's promise resolves to. Throws `ValueError` if it is not a number. */
export async function ofNumber(loss: unknown): Promise<number> {
  if (typeof loss === "number") return loss;
  throw new ValueError(
    `fit: expected a step that gives a tensor or a promise of a number, got a promise of ${describe(loss)}; ` +
      "return the loss without async, or await loss.item()",
  );
}

/** Throws `ValueError` for the result of an optimiser's step that needs a closure. */
function checkStepped(result: unknown): void {
  if (!isA(result, "Promise")) return;
  result.catch(() => undefined); // the step rejects because the closure is missing
  throw new ValueError(
    "fit: expected an optimiser whose step() takes nothing, got one that calls a closure; " +
      "pass step: () => optimizer.step(closure) instead of loss and optimizer",
  );
}

/** Throws `ValueError` for an optimiser, of another model perhaps, whose parameters got no gradient: nothing would train. */
function checkReached(optimizer: object): void {
  const { groups } = optimizer as { readonly groups?: readonly { parameters?: Tensor[] }[] };
  const reached = ({ parameters }: { parameters?: Tensor[] }) =>
    parameters?.some(isTrained) ?? true;
  if (!groups || groups.some(reached)) return;
  throw new ValueError(
    "fit: expected a loss that gives the optimiser's parameters gradients, got one that gives none of them any; make the " +
      "optimiser of model.parameters(), and unfreeze what it trains",
  );
}

/** Throws `ValueError` if a callback that is called while a step is queued returned a promise. */
export function checkNow(name: string, result: unknown): void {
  if (!isA(result, "Promise")) return;
  result.catch(() => undefined);
  throw new ValueError(
    `fit: expected ${name} to do its work at once, got one that gives a promise; write it without async: the step that it ` +
      "belongs to is only queued",
  );
}

/** Queues a step from its loss; `call` calls a function of the user's. */
export function stepOf<Batch>(
  { loss, optimizer, clip, constrain }: LossStep<Batch>,
  batch: Batch,
  call: (name: string, work: () => unknown) => void,
): Tensor {
  return scope(() => {
    optimizer.zeroGrad();
    const value = checkLoss("fit", loss(batch));
    value.backward();
    checkReached(optimizer);
    if (clip) call("clip", clip);
    checkStepped(optimizer.step());
    if (constrain) call("constrain", constrain);
    return value;
  });
}

/**
 * Calls `step` and then `follow` as a whole: if either throws, nothing that they queued runs. If `step` returns a
 * promise, it has not ended: `follow` is not called, and the promise is returned.
 */
export function whole(
  engine: Engine,
  step: () => Tensor | Promise<number>,
  follow: () => void,
): Tensor | Promise<number> {
  return transact(engine, () => {
    const made = step();
    if (isA(made, "Promise")) return made;
    const loss = checkLoss("fit", made);
    try {
      follow();
    } catch (error) {
      loss.dispose();
      throw error;
    }
    return loss;
  });
}

/** Reads a loss in the same submit as its step. */
export async function lossOf(value: Tensor): Promise<number> {
  try {
    return await value.item();
  } finally {
    value.dispose();
  }
}
