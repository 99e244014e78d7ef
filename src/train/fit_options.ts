import { ValueError, WgradError } from "../core/errors.ts";
import { boolean, callback, either, number, oneOf, required, signalKind } from "../core/kinds.ts";
import { messageOf } from "../core/realm.ts";
import { options } from "../core/signature.ts";
import type { BatchLoader, LoaderState } from "../data/loader_options.ts";
import type { AnyModule } from "../nn/module/module.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { EarlyStopping } from "./early_stopping.ts";
import type { EpochLosses } from "./epoch_losses.ts";
import { loaderKind, modelKind, withMethods } from "./kinds.ts";
import type { Progress } from "./progress.ts";

/** The step that is about to run. */
export interface StepPlace {
  /** Number of the step, from 0. */
  readonly step: number;
  /** Total number of steps. */
  readonly steps: number;
  /** Number of the epoch, from 0. */
  readonly epoch: number;
}

/** An epoch that has ended. */
export interface EpochReport {
  /** Number of the epoch, from 1. */
  readonly epoch: number;
  /** Mean of the losses of its steps: of this run, and of earlier ones in `epochLosses`. */
  readonly loss: number;
  /** Result of `validate`, if it was called. */
  readonly metric: number | undefined;
  /** Whether early stopping counted it as an improvement. */
  readonly improved: boolean | undefined;
}

/** A learning-rate schedule whose `step` is called after steps, or after epochs with their metric. */
export interface FitSchedule {
  /** Called after a step, or after an epoch with its metric. */
  step(metric?: number): void;
  /** State for `loadStateDict` if steps are refused. */
  stateDict?(): object;
  /** Restores a state of `stateDict`. */
  loadStateDict?(state: never): void;
}

/** A training step defined by a loss: zero the gradients, loss, backward, clip, update, constrain. */
export interface LossStep<Batch> {
  /** Returns the loss, a scalar. */
  readonly loss: (batch: Batch) => Tensor;
  /** The optimiser whose `zeroGrad()` begins the step, and whose `step()` updates the parameters. */
  readonly optimizer: { zeroGrad(): void; step(): void };
  /** Called between backward and update: for clipping. */
  readonly clip?: () => void;
  /** Called after the update: for constraints on weights, such as `constrainMaxNorm`. */
  readonly constrain?: () => void;
}

/**
 * Your own training step. It queues the step and returns the loss, a scalar that has not been read; or, as for optimisers
 * that call a closure, a promise of it, which is awaited before the next step.
 */
export interface OwnStep {
  /** Queues the step on the samples with these indices; returns its loss. */
  readonly step: (indices: Uint32Array<ArrayBuffer>, place: StepPlace) => Tensor | Promise<number>;
}

/** Options of `fit` with a `loss` and with your own `step`. */
export interface FitCommon<Batch> {
  /** The model that is trained, in training mode. */
  readonly model: AnyModule;
  /** A DataLoader. Training continues from its position. */
  readonly data: BatchLoader<Batch>;
  /** Total number of epochs, counted from the loader's beginning: a resumed training runs the remaining steps. */
  readonly epochs?: number;
  /** Or the total number of steps. */
  readonly steps?: number;
  /** A function to call before every step, or a schedule whose `step()` is called after every step or epoch. */
  readonly schedule?: FitSchedule | ((place: StepPlace) => void);
  /** When a schedule's `step()` is called: after each step, or after each epoch with the metric. Default "step". */
  readonly scheduleEvery?: "step" | "epoch";
  /** An `EMA` or `SWA` that is updated after steps or epochs. */
  readonly average?: { update(): void };
  /** When `average` is updated: "step" suits `EMA`, "epoch" `SWA`. Default "step". */
  readonly averageEvery?: "step" | "epoch";
  /** Number of epochs before the first update of `average`. Default 0. */
  readonly averageFrom?: number;
  /** Measures the model in evaluation mode, for example with `evaluate`. */
  readonly validate?: () => number | Promise<number>;
  /** Number of epochs between validations. Default 1. */
  readonly validateEvery?: number;
  /** Losses of the current epoch, to be saved in checkpoints. Default: a new object, for the steps of this run. */
  readonly epochLosses?: EpochLosses;
  /** Observes the metric of every validation, or the mean loss of every epoch if there is no `validate`. */
  readonly earlyStopping?: EarlyStopping;
  /** Called for every step once its loss is known, in order. Awaited. */
  readonly onStep?: (progress: Progress) => void | Promise<void>;
  /** Called at the end of every epoch, when all its losses are known. Awaited. */
  readonly onEpoch?: (report: EpochReport) => void | Promise<void>;
  /** Ends the training after the steps in flight. */
  readonly signal?: AbortSignal;
  /** Maximum number of steps whose losses are in flight. Default 2. */
  readonly ahead?: number;
  /** Whether training continues when a loss is not a finite number. Default false. */
  readonly allowNonFinite?: boolean;
  /** Continues the training when the GPU device is lost: `new Recovery()`. Default: the error is thrown. */
  readonly recover?: FitRecovery;
}

/** The interface of `Recovery` that `fit` uses. */
export interface FitRecovery {
  /** Runs the steps by `train`, and again from the last checkpoint after each loss of the device. */
  run(
    options: FitCommon<unknown>,
    history: { readonly losses: number[]; readonly epochs: EpochReport[] },
    train: () => Promise<number>,
  ): Promise<void>;
  /** Called after each step, to take a checkpoint when one is due; `settle` waits for the losses in flight. */
  stepped(step: number, settle: () => Promise<void>): Promise<void>;
}

/**
 * Options of `fit`: either a `loss` and an `optimizer`, or your own `step`.
 *
 * @example
 * ```ts
 * import { ArrayDataset, DataLoader } from "wgrad/data";
 * import { mseLoss } from "wgrad/loss";
 * import * as nn from "wgrad/nn";
 * import { Adam } from "wgrad/optim";
 * import { fit } from "wgrad/train";
 * const model = new nn.Linear(1, 1);
 * const optimizer = new Adam(model.parameters(), { lr: 0.1 });
 * const data = new DataLoader(new ArrayDataset([[0], [1], [2]], [[1], [3], [5]]));
 * const { ended } = await fit({ model, optimizer, data, epochs: 3, loss: ({ x, y }) => mseLoss(model.forward(x), y) });
 * console.log(ended); // finished
 * ```
 */
export type FitOptions<Batch> = FitCommon<Batch> & (LossStep<Batch> | OwnStep);

/** Result of a training. */
export interface FitResult {
  /** "finished": all steps ran. "aborted": by the signal. "stopped early": by early stopping. "diverged": a loss was not finite. */
  readonly ended: "finished" | "aborted" | "stopped early" | "diverged";
  /** Number of steps since the loader's beginning. */
  readonly steps: number;
  /** Losses of all steps of this run. */
  readonly losses: readonly number[];
  /** Reports of all epochs that ended in this run. */
  readonly epochs: readonly EpochReport[];
  /** Whether the best weights were restored. */
  readonly restored: boolean;
}

/** A callback of yours threw `cause`. Model, optimiser and loader remain usable. */
export class CallbackError extends WgradError {
  override name = "CallbackError";
}

/** The error of a callback after this many steps, as `fit` throws it. */
export function callbackFailed(name: string, steps: number, cause: unknown): CallbackError {
  return new CallbackError(`fit: ${name} threw after ${steps} steps: ${messageOf(cause)}`, {
    cause,
  });
}

/** A step that is queued. */
export interface PendingStep {
  readonly place: StepPlace;
  /** Position of the loader before it. */
  readonly before: LoaderState;
  /** Restores the schedule to its state before it. */
  readonly reschedule: (() => void) | undefined;
  readonly samples: number;
  readonly loss: Promise<number>;
}

/** Every option of `fit`. */
type AllOptions = FitCommon<unknown> & Partial<LossStep<unknown>> & Partial<OwnStep>;

export const fitKind = /* @__PURE__ */ options<AllOptions>({
  model: required(modelKind),
  data: required(loaderKind),
  epochs: number,
  steps: number,
  loss: { ...callback, advice: "write (batch) => mseLoss(model.forward(batch.x), batch.y)" },
  optimizer: {
    ...withMethods("an optimiser", "zeroGrad", "step"),
    advice: "make one: new Adam(model.parameters(), { lr: 0.001 })",
  },
  ...{ clip: callback, constrain: callback, step: callback },
  schedule: either(callback, withMethods("a schedule", "step")),
  scheduleEvery: oneOf("step", "epoch"),
  average: withMethods("an average", "update"),
  averageEvery: oneOf("step", "epoch"),
  averageFrom: number,
  validate: callback,
  validateEvery: number,
  epochLosses: withMethods("an EpochLosses", "add", "mean", "reset"),
  earlyStopping: withMethods("an EarlyStopping", "observe", "restore"),
  ...{ onStep: callback, onEpoch: callback },
  signal: signalKind,
  ahead: number,
  allowNonFinite: boolean,
  recover: { ...withMethods("a Recovery", "run", "stepped"), advice: "pass new Recovery()" },
});

/** Total number of steps. Throws `ValueError` for invalid options. */
export function checkFit<Batch>(given: FitOptions<Batch>): number {
  const { model, data, epochs, steps, validateEvery = 1, ahead = 2, averageFrom = 0 } = given;
  const { loss, optimizer, step, clip, constrain }: Partial<LossStep<Batch> & OwnStep> = given;
  if (!(step || (loss && optimizer))) {
    throw new ValueError(
      "fit: expected loss and optimizer, or step, got " +
        `${loss ? "loss alone" : optimizer ? "optimizer alone" : "none of them"}; pass both, or a step`,
    );
  }
  if (step && (clip || constrain)) {
    const name = clip ? "clip" : "constrain";
    throw new ValueError(
      `fit: expected ${name} beside loss and optimizer, got it beside step; call it in step`,
    );
  }
  if ((epochs === undefined) === (steps === undefined)) {
    throw new ValueError(
      "fit: expected either epochs or steps, got both or neither; pass one of them",
    );
  }
  const counts = { epochs: epochs ?? 0, steps: steps ?? 0, ahead, averageFrom };
  for (const [name, count] of Object.entries(counts)) {
    if (Number.isInteger(count) && count >= 0) continue;
    throw new ValueError(`fit: expected ${name} an integer ≥ 0, got ${count}; pass a whole number`);
  }
  if (!(Number.isInteger(validateEvery) && validateEvery >= 1)) {
    throw new ValueError(
      `fit: expected validateEvery an integer ≥ 1, got ${validateEvery}; it counts epochs`,
    );
  }
  checkTrains(model);
  return steps ?? (epochs ?? 0) * data.batchesPerEpoch;
}

/** Throws unless the model is in training mode, or frozen with a part that is. */
function checkTrains(model: AnyModule): void {
  if (model.training || (model.frozen && model.namedModules().some(([, part]) => part.training))) {
    return;
  }
  const [got, advice] = model.frozen
    ? ["a frozen one of which no part trains", "call nn.unfreeze() on a part of it, then train()"]
    : ["one in evaluation mode", "call model.train()"];
  throw new ValueError(`fit: expected a model in training mode, got ${got}; ${advice}`);
}
