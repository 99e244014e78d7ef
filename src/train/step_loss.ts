import { ValueError } from "../core/errors.ts";
import { describe } from "../core/signature.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** The number that a step's promise resolves to. Throws `ValueError` if it is not a number. */
export async function ofNumber(loss: unknown): Promise<number> {
  if (typeof loss === "number") return loss;
  throw new ValueError(
    `fit: expected a step that gives a tensor or a promise of a number, got a promise of ${describe(loss)}; ` +
      "return the loss without async, or await loss.item()",
  );
}

/** Throws `ValueError` for the result of an optimiser's step that needs a closure. */
export function checkStepped(result: unknown): void {
  if (!(result instanceof Promise)) return;
  result.catch(() => undefined); // it rejects because the closure is missing
  throw new ValueError(
    "fit: expected an optimiser whose step() takes nothing, got one that calls a closure; " +
      "pass step: () => optimizer.step(closure) instead of loss and optimizer",
  );
}

/** Reads a loss in the same submit as its step. */
export async function lossOf(value: Tensor): Promise<number> {
  try {
    return await value.item();
  } finally {
    value.dispose();
  }
}
