import { noGrad } from "../autograd/mode.ts";
import { callBack } from "../core/caller.ts";
import { dispose } from "../core/dispose.ts";
import { ValueError } from "../core/errors.ts";
import { callback } from "../core/kinds.ts";
import { isA } from "../core/realm.ts";
import { checkedAsync, describe } from "../core/signature.ts";
import type { BatchLoader } from "../data/loader_options.ts";
import { freeTensors } from "../data/sets.ts";
import type { AnyModule } from "../nn/module/module.ts";
import { isTensor } from "../tensor/kinds.ts";
import { scope } from "../tensor/scope.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { loaderKind, modelKind } from "./kinds.ts";

/** Maximum number of batches whose results are in flight. */
const AHEAD = 3;

/** Runs `work` with the model in evaluation mode; afterwards every module has its previous mode, also after an error. */
export async function evaluating<R>(model: AnyModule, work: () => R | Promise<R>): Promise<R> {
  const modes = model.namedModules().map(([, module]) => [module, module.training] as const);
  model.eval();
  try {
    return await work();
  } finally {
    for (const [module, training] of modes) module.training = training;
  }
}

/**
 * The mean of a measure over one epoch of the loader, in evaluation mode and without gradients. `measure` returns the mean
 * over its batch as a scalar, for example a loss; batches are weighted by their number of samples.
 *
 * @example
 * ```ts
 * import { ArrayDataset, DataLoader } from "wgrad/data";
 * import * as nn from "wgrad/nn";
 * import { accuracy, evaluate } from "wgrad/train";
 * const model = new nn.Identity();
 * const set = new ArrayDataset([[0, 1], [3, 2]], [1, 1], { dtypes: { y: "u32" } });
 * const data = new DataLoader(set, { batchSize: "full" });
 * console.log(await evaluate(model, data, ({ x, y }) => accuracy(model.forward(x), y))); // 0.5
 * ```
 */
export const evaluate = /* @__PURE__ */ checkedAsync(
  "evaluate",
  { model: modelKind, data: loaderKind, measure: callback },
  <Batch>(
    model: AnyModule,
    data: BatchLoader<Batch>,
    measure: (batch: Batch) => Tensor,
  ): Promise<number> => callBack(() => meanOver(model, data, measure)),
);

function meanOver<Batch>(
  model: AnyModule,
  data: BatchLoader<Batch>,
  measure: (batch: Batch) => Tensor,
): Promise<number> {
  return evaluating(model, async () => {
    let sum = 0;
    let samples = 0;
    const reading: Promise<void>[] = [];
    using _ = { [dispose]: () => data.stop() };
    for (let i = 0; i < data.batchesPerEpoch; i++) {
      const taken = await data.take();
      if (!taken) break;
      const count = taken.indices?.length ?? 0;
      const value = measured(taken.batch, measure);
      const added = value.item().then((mean) => {
        sum += mean * count;
        samples += count;
      });
      reading.push(added.finally(() => value.dispose()));
      if (reading.length > AHEAD) await reading.shift();
    }
    await Promise.all(reading);
    return sum / samples;
  });
}

/** The measure of a batch; frees the batch. */
function measured<Batch>(batch: Batch, measure: (batch: Batch) => Tensor): Tensor {
  try {
    return scope(() => noGrad(() => checkLoss("evaluate", measure(batch))));
  } finally {
    freeTensors(batch);
  }
}

/** The tensor returned by a user's function. Throws `ValueError` for other values, including a promise. */
export function checkLoss(who: string, value: unknown): Tensor {
  if (isTensor(value)) return value;
  if (isA(value, "Promise")) value.catch(() => undefined); // the promise is not awaited: avoid an unhandled rejection
  throw new ValueError(
    `${who}: expected a function that returns a tensor, the loss, got ${describe(value)}; ` +
      "return it as it is, without async or await: it is read later",
  );
}
