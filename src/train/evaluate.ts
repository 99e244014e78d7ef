import { noGrad } from "../autograd/mode.ts";
import type { DataLoader } from "../data/loader.ts";
import type { AnyModule } from "../nn/module.ts";
import { scope } from "../tensor/scope.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** Batches whose result may be on its way. */
const AHEAD = 3;

/** Runs `work` with the model in evaluation mode; then every module has the mode it had, whatever happened. */
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
 * The mean of a measure over one epoch of the loader, in evaluation mode and without gradients. `measure` gives the mean
 * over its batch as a scalar, for example a loss; batches count by their samples.
 */
export async function evaluate<Batch>(
  model: AnyModule,
  data: DataLoader<Batch>,
  measure: (batch: Batch) => Tensor,
): Promise<number> {
  return evaluating(model, async () => {
    let sum = 0;
    let samples = 0;
    const reading: Promise<void>[] = [];
    for (let i = 0; i < data.batchesPerEpoch; i++) {
      const indices = data.next();
      const value = scope(() => noGrad(() => measure(data.dataset.batch(indices))));
      const added = value.item().then((mean) => {
        sum += mean * indices.length;
        samples += indices.length;
      });
      reading.push(added.finally(() => value.dispose()));
      if (reading.length > AHEAD) await reading.shift();
    }
    await Promise.all(reading);
    return sum / samples;
  });
}
