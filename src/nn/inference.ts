import { noGrad } from "../autograd/mode.ts";
import { ValueError } from "../core/errors.ts";
import { boolean, count, number } from "../core/kinds.ts";
import { checked, options as optionsKind } from "../core/signature.ts";
import { Merger, Tracer } from "../ops/merge.ts";
import { withMergeHook } from "../ops/merge_hook.ts";
import { touches } from "../scheduler/step/commands.ts";
import { constantsFirst } from "../scheduler/step/constants.ts";
import { Recording, recordInto } from "../scheduler/step/recording.ts";
import type { Storage } from "../scheduler/storage.ts";
import { type Captured, type CaptureOptions, captured } from "../tensor/capture.ts";
import { scope, tensorsIn } from "../tensor/scope.ts";
import type { StepResult } from "../tensor/step_result.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { notComputed } from "../tensor/trace.ts";
import { moduleKind } from "./kinds.ts";
import type { Module } from "./module/module.ts";

/** Options of `inference`; see `CaptureOptions`. */
export type InferenceOptions = Omit<CaptureOptions, "fuse">;

/**
 * A model's forward in evaluation mode, captured without everything that only training needs: no gradients are recorded;
 * batch norm with running statistics, activations and residual additions run in the kernel of the preceding convolution or
 * matrix product; results that depend on parameters alone are computed once, and again when a parameter has changed (by an
 * optimiser or `loadStateDict`). For 3 × 3 convolutions a transformed copy of the weights, 16/9 as large, is kept if
 * Winograd's convolution is faster. Results are those of `model.eval()` within rounding: scale · s + shift in place of γ·(s
 * − mean)·rstd + β.
 *
 *     const predict = nn.inference(model.eval());
 *     const logits = predict(x); // the caller's to dispose of
 *     console.log(predict.plan().dispatches);
 *
 * Arguments and results are those of the model's forward; all arguments must be tensors; see `capture` for `prepare`,
 * `plan`, `explain` and `dispose`. The forward runs twice as JavaScript when it is recorded. Throws `ValueError` while the
 * model, or a part of it, is in training mode.
 *
 * @example
 * ```ts
 * import { zeros } from "wgrad";
 * import * as nn from "wgrad/nn";
 * const model = new nn.Sequential(new nn.Conv2d(3, 8, 3), new nn.BatchNorm2d(8), new nn.ReLU());
 * const predict = nn.inference(model.eval());
 * console.log(predict(zeros([1, 3, 8, 8])).shape); // [1, 8, 6, 6]
 * ```
 */
export const inference = /* @__PURE__ */ checked(
  "inference",
  {
    model: moduleKind,
    options: /* @__PURE__ */ optionsKind<InferenceOptions>({
      ...{ maxShapes: count, copy: boolean, maxBytes: number },
    }),
  },
  inferring,
);

function inferring<Args extends readonly Tensor[], R extends StepResult>(
  model: Module<Args, R>,
  options: InferenceOptions = {},
): Captured<Args, R> {
  const forward = (...args: Args): R =>
    noGrad(() => {
      checkMode(model);
      const readOnce = readers(() => model.forward(...args)).map((reads) => reads === 1);
      return withMergeHook(new Merger(readOnce), () => model.forward(...args));
    });
  return captured(forward, options, { who: "inference", order: constantsFirst });
}

function checkMode<Args extends readonly unknown[], R>(model: Module<Args, R>): void {
  const training = model.namedModules().find(([, module]) => module.training);
  if (!training) return;
  const [path, module] = training;
  throw new ValueError(
    `inference: expected a model in evaluation mode, got ${path || module.constructor.name} in training mode; ` +
      "call model.eval() first",
  );
}

/** Number of commands that read each result of the operations in `forward`, which is recorded separately and does not run. */
function readers(forward: () => StepResult): number[] {
  const recording = new Recording();
  const tracer = new Tracer();
  try {
    return recordInto(recording, () =>
      scope(() => {
        const outputs = tensorsIn(withMergeHook(tracer, forward));
        const reads = new Map<Storage, number>();
        const read = ({ root }: Storage) => reads.set(root, (reads.get(root) ?? 0) + 1);
        for (const { storage } of outputs) read(storage);
        for (const command of recording.commands) {
          if (command.kind === "dispatch" || command.kind === "copy")
            touches(command).reads.forEach(read);
        }
        return tracer.results.map(({ storage }) => reads.get(storage.root) ?? 0);
      }),
    );
  } finally {
    recording.rewind();
    for (const command of recording.commands) {
      if (command.kind === "readback") command.map(notComputed());
      for (const each of command.storages) each.dequeue();
    }
  }
}
