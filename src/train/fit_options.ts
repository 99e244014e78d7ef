import { ValueError, WgradError } from "../core/errors.ts";
import { boolean, callback, either, number, oneOf, required, signalKind } from "../core/kinds.ts";
import { options } from "../core/signature.ts";
import type { BatchLoader, LoaderState } from "../data/loader_options.ts";
import type { AnyModule } from "../nn/module/module.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { EarlyStopping } from "./early_stopping.ts";
import type { EpochLosses } from "./epoch_losses.ts";
import { loaderKind, modelKind, withMethods } from "./kinds.ts";
import type { Progress } from "./progress.ts";

/** Which step is about to be made. */
export interface StepPlace {
  /** From 0. */
  readonly step: number;
  /** In all. */
  readonly steps: number;
  /** From 0. */
  readonly epoch: number;
}

/** An epoch that has ended. */
export interface EpochReport {
  /** From 1. */
  readonly epoch: number;
  /** Mean of the losses of its steps: of this run, and of those before it that `epochLosses` knows. */
  readonly loss: number;
  /** What `validate` gave, if it was asked. */
  readonly metric: number | undefined;
  /** Whether early stopping took it for an improvement. */
  readonly improved: boolean | undefined;
}

/** A learning-rate schedule that is told of steps, or of epochs and their metric. */
export interface Schedule {
  /** Called after a step, or after an epoch with its metric. */
  step(metric?: number): void;
  /** What `loadStateDict` goes back to where steps were refused. */
  stateDict?(): object;
  /** Goes back to what `stateDict` gave. */
  loadStateDict?(state: never): void;
}

/** A step from a loss: zero the gradients, loss, backward, clip, update, constrain. */
export interface LossStep<Batch> {
  /** A scalar. */
  readonly loss: (batch: Batch) => Tensor;
  /** Whose `zeroGrad()` begins the step, and whose `step()` updates the parameters. */
  readonly optimizer: { zeroGrad(): void; step(): void };
  /** Called between backward and update: for clipping. */
  readonly clip?: () => void;
  /** Called after the update: for constraints on weights, such as `constrainMaxNorm`. */
  readonly constrain?: () => void;
}

/**
 * A step of your own on these samples. It queues the step and gives the loss, a scalar that has not been read; or, as with
 * optimisers that call a closure, a promise of it, which is awaited before the next step.
 */
export interface OwnStep {
  /** Queues the step on the samples of these indices; gives its loss. */
  readonly step: (indices: Uint32Array<ArrayBuffer>, place: StepPlace) => Tensor | Promise<number>;
}

/** Options that `fit` takes whether it makes the steps from a `loss` or you give the `step`. */
export interface FitCommon<Batch> {
  /** The model that is trained, in training mode. */
  readonly model: AnyModule;
  /** A DataLoader. Where it stands is where the training goes on. */
  readonly data: BatchLoader<Batch>;
  /** When to end, counted from the loader's beginning: a resumed training makes the steps that are left. */
  readonly epochs?: number;
  /** Or when to end in steps. */
  readonly steps?: number;
  /** A function is called before every step; a schedule's `step()` after every step or epoch. */
  readonly schedule?: Schedule | ((place: StepPlace) => void);
  /** When to call a schedule's `step()`: after an epoch it is given the metric. Default "step". */
  readonly scheduleEvery?: "step" | "epoch";
  /** Updated after steps or epochs: `EMA`, `SWA`. */
  readonly average?: { update(): void };
  /** When `average` is updated: "step" suits `EMA`, "epoch" `SWA`. Default "step". */
  readonly averageEvery?: "step" | "epoch";
  /** Epochs before the first update of `average`. Default 0. */
  readonly averageFrom?: number;
  /** Measures the model in evaluation mode; `evaluate` helps. */
  readonly validate?: () => number | Promise<number>;
  /** Epochs between validations. Default 1. */
  readonly validateEvery?: number;
  /** Losses of the present epoch, to be saved in checkpoints. Default: new ones, which know the steps of this run. */
  readonly epochLosses?: EpochLosses;
  /** Observes the metric of every validation, or the mean loss of every epoch where there is no `validate`. */
  readonly earlyStopping?: EarlyStopping;
  /** Called for every step once its loss is known, in order. Awaited. */
  readonly onStep?: (progress: Progress) => void | Promise<void>;
  /** Called at the end of every epoch, when all its losses are known. Awaited. */
  readonly onEpoch?: (report: EpochReport) => void | Promise<void>;
  /** Ends the training after the steps on their way. */
  readonly signal?: AbortSignal;
  /** Steps whose loss may still be on its way. Default 2. */
  readonly ahead?: number;
  /** Go on when a loss is not a finite number. Default false. */
  readonly allowNonFinite?: boolean;
  /** Goes on by itself when the GPU device is lost: `new Recovery()`. Default: the loss is thrown. */
  readonly recover?: FitRecovery;
}

/** What `fit` asks of a `Recovery`. */
export interface FitRecovery {
  /** Makes the steps by `train`, again from the last checkpoint after each loss of the device. */
  run(
    options: FitCommon<unknown>,
    history: { readonly losses: number[]; readonly epochs: EpochReport[] },
    train: () => Promise<number>,
  ): Promise<void>;
  /** Called after each step, to keep a checkpoint when one is due; `settle` waits for the losses on their way. */
  stepped(step: number, settle: () => Promise<void>): Promise<void>;
}

/** Options of `fit`: a `loss` and an `optimizer`, of which it makes the steps, or a `step` of your own. */
export type FitOptions<Batch> = FitCommon<Batch> & (LossStep<Batch> | OwnStep);

/** How a training went. */
export interface FitResult {
  /** All steps were made; the signal asked for the end; patience ran out; a loss was not finite. */
  readonly ended: "finished" | "aborted" | "stopped early" | "diverged";
  /** Steps made since the loader's beginning. */
  readonly steps: number;
  /** Loss of every step of this run. */
  readonly losses: readonly number[];
  /** A report for each epoch that ended in this run. */
  readonly epochs: readonly EpochReport[];
  /** Whether the model has its best weights back. */
  readonly restored: boolean;
}

/** Something of yours that `fit` called threw: `cause`. Model, optimiser and loader can be used on. */
export class CallbackError extends WgradError {
  override name = "CallbackError";
}

/** What a callback threw after so many steps, as `fit` throws it. */
export function callbackFailed(name: string, steps: number, cause: unknown): CallbackError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new CallbackError(`fit: ${name} threw after ${steps} steps: ${reason}`, { cause });
}

/** A step that is queued. */
export interface Pending {
  readonly place: StepPlace;
  /** Where the loader stood before it. */
  readonly before: LoaderState;
  /** Takes the schedule back to before it. */
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
  loss: callback,
  optimizer: withMethods("an optimiser", "zeroGrad", "step"),
  clip: callback,
  constrain: callback,
  step: callback,
  schedule: either(callback, withMethods("a schedule", "step")),
  scheduleEvery: oneOf("step", "epoch"),
  average: withMethods("an average", "update"),
  averageEvery: oneOf("step", "epoch"),
  averageFrom: number,
  validate: callback,
  validateEvery: number,
  epochLosses: withMethods("an EpochLosses", "add", "mean", "reset"),
  earlyStopping: withMethods("an EarlyStopping", "observe", "restore"),
  onStep: callback,
  onEpoch: callback,
  signal: signalKind,
  ahead: number,
  allowNonFinite: boolean,
  recover: { ...withMethods("a Recovery", "run", "stepped"), advice: "pass new Recovery()" },
});

/** Steps in all. Throws `ValueError` for options that cannot be. */
export function checkFit<Batch>(given: FitOptions<Batch>): number {
  const { model, data, epochs, steps, validateEvery = 1, ahead = 2, averageFrom = 0 } = given;
  const { loss, optimizer, step, clip, constrain }: Partial<LossStep<Batch> & OwnStep> = given;
  if (!(step || (loss && optimizer))) {
    throw new ValueError(
      "fit: expected loss and optimizer, or step, got " +
        `${loss ? "loss alone" : optimizer ? "optimizer alone" : "none of them"}; say how to make a step`,
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
      "fit: expected either epochs or steps, got both or neither; say when to end",
    );
  }
  const counts = { epochs: epochs ?? 0, steps: steps ?? 0, ahead, averageFrom };
  for (const [name, count] of Object.entries(counts)) {
    if (Number.isInteger(count) && count >= 0) continue;
    throw new ValueError(`fit: expected ${name} an integer ≥ 0, got ${count}`);
  }
  if (!(Number.isInteger(validateEvery) && validateEvery >= 1)) {
    throw new ValueError(`fit: expected validateEvery an integer ≥ 1, got ${validateEvery}`);
  }
  checkTrains(model);
  return steps ?? (epochs ?? 0) * data.batchesPerEpoch;
}

/** Of a frozen model, which is in evaluation mode for good, a part may train. */
function checkTrains(model: AnyModule): void {
  if (model.training || (model.frozen && model.namedModules().some(([, part]) => part.training))) {
    return;
  }
  const [got, advice] = model.frozen
    ? ["a frozen one of which no part trains", "call nn.unfreeze() on a part of it, then train()"]
    : ["one in evaluation mode", "call model.train()"];
  throw new ValueError(`fit: expected a model in training mode, got ${got}; ${advice}`);
}
