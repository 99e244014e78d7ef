import { callBack } from "../core/caller.ts";
import { checkedAsync } from "../core/signature.ts";
import { checkFit, type FitOptions, type FitResult, fitKind } from "./fit_options.ts";
import { Training } from "./training.ts";

/**
 * Trains a model: steps over the loader's batches until `epochs` or `steps` are reached, with one submit per step and a few
 * losses in flight, so that neither CPU nor GPU waits for the other. Modules keep their modes (a frozen batch norm stays
 * frozen).
 *
 * At any time, also in callbacks, `saveCheckpoint({ model, optimizer, schedule, data, epochLosses, … })` is consistent:
 * after loading it, `fit` with the same options continues with the same bits. `epochLosses` is needed if epochs are
 * observed.
 *
 * Throws `ValueError` for invalid options, `CallbackError` if a callback, `schedule`, `clip`, `constrain`, `average` or
 * `validate` throws, and the errors of the step. Then the steps in flight are finished, modules have their previous modes,
 * and everything remains usable: the loader is positioned before the first step that has not run or that the GPU
 * refused. A step with its `loss`, `clip`, `constrain`, `average` and schedule is made as a whole: if one of them
 * throws, parameters, moments, step counts, running statistics and random numbers are as before it, and the next call
 * of `fit` makes it with the same bits; gradients are as `zeroGrad` leaves them. If your own `step` returns a promise,
 * what it has awaited has run.
 *
 * @example
 * ```ts
 * import { tensor } from "wgrad";
 * import { ArrayDataset, DataLoader } from "wgrad/data";
 * import { mseLoss } from "wgrad/loss";
 * import * as nn from "wgrad/nn";
 * import { SGD } from "wgrad/optim";
 * import { fit } from "wgrad/train";
 * const model = new nn.Linear(1, 1);
 * const optimizer = new SGD(model.parameters(), { lr: 0.1 });
 * const set = new ArrayDataset([[0], [1], [2], [3]], [[1], [3], [5], [7]]); // y = 2 x + 1
 * const data = new DataLoader(set, { batchSize: "full" });
 * const { steps } = await fit({ model, optimizer, data, epochs: 200, loss: ({ x, y }) => mseLoss(model.forward(x), y) });
 * console.log(steps, Math.round(await model.forward(tensor([[10]])).item())); // 200 21
 * ```
 */
export const fit = /* @__PURE__ */ checkedAsync(
  "fit",
  { options: fitKind },
  <Batch>(options: FitOptions<Batch>): Promise<FitResult> => {
    const steps = checkFit(options);
    return callBack(() => new Training(options, steps).run());
  },
);
