import { DeviceLostError } from "../../../src/core/errors.ts";
import { crossEntropy } from "../../../src/loss/index.ts";
import type { Engine } from "../../../src/scheduler/engine.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { recoverDevice } from "../../../src/tensor/recover_device.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import {
  EpochLosses,
  loadCheckpoint,
  Recovery,
  saveCheckpoint,
  fit as train,
  type WeightAverageState,
} from "../../../src/train/index.ts";
import { type Batch, STEPS, stepOf, stepsOf, type Trainee, trainee } from "./trainee.ts";
import type { Trouble } from "./trouble.ts";

/** Steps between two checkpoints. */
const EVERY = 3;

/** Options of a training. */
export interface Run {
  readonly engine: Engine;
  readonly trouble: Trouble;
  readonly captured: boolean;
  /** Whether it continues by itself after its device is lost. */
  readonly recovers: boolean;
  /** Where `fit` keeps its checkpoints. */
  readonly persist?: string;
  /** A checkpoint from which a hand-written loop resumes. */
  readonly kept?: ArrayBuffer | undefined;
  /** Called with each checkpoint that a hand-written loop makes. */
  readonly onKept?: (file: ArrayBuffer) => void;
}

/** A training that runs until all steps are made; after an error it is called again. */
export interface Training {
  readonly trained: () => Trainee;
  /** Resumes from a checkpoint. */
  begin(): Promise<void>;
  /** Whether all steps are made. */
  work(): Promise<boolean>;
}

/** A hand-written loop with its own checkpoints. */
export function byHand(run: Run, given?: Trainee): Training {
  const { engine, trouble, captured, recovers, onKept } = run;
  let trained = given ?? trainee();
  const made = () => (captured ? capture(stepOf(trained)) : stepOf(trained));
  let step = made();
  let { kept } = run;
  const partsOf = ({ model, optimizer, data }: Trainee) => ({ model, optimizer, data });
  const begin = async () => {
    if (kept) await loadCheckpoint(kept, partsOf(trained));
  };
  const keep = async () => {
    kept = await saveCheckpoint(partsOf(trained));
    onKept?.(kept);
  };
  const again = async (error: unknown) => {
    if (!(recovers && error instanceof DeviceLostError)) throw error;
    await recoverDevice(engine);
    trained = trainee();
    step = made();
    await begin();
  };
  const one = async () => {
    const done = stepsOf(trained);
    if (recovers && done % EVERY === 0) await keep();
    const { data } = trained;
    const place = data.stateDict();
    try {
      trouble.at(done, "begin");
      trouble.at(done, "onStep");
      const { batch } = (await data.take()) as { batch: Batch };
      await stepOn(batch, step, () => trouble.at(done, "loss"));
    } catch (error) {
      data.loadStateDict(place);
      throw error;
    }
  };
  const work = async () => {
    if (stepsOf(trained) < STEPS) await one().catch(again);
    return stepsOf(trained) >= STEPS;
  };
  return { trained: () => trained, begin, work };
}

async function stepOn(
  { x, y }: Batch,
  step: (x: Tensor, y: Tensor) => Tensor,
  before: () => void,
): Promise<void> {
  try {
    before();
    using loss = scope(() => step(x, y));
    await loss.read();
  } finally {
    x.dispose();
    y.dispose();
  }
}

/** A training by `fit`, with all callbacks. */
export function byFit(run: Run, given?: Trainee): Training {
  const { trouble, captured, recovers, persist } = run;
  const trained = given ?? trainee();
  const { model, optimizer, data, dataset } = trained;
  const epochLosses = new EpochLosses();
  const keep = captured ? { optimizer } : {};
  const options = { checkpointEvery: EVERY, keep, ...(persist !== undefined && { persist }) };
  const recover = recovers || persist !== undefined ? new Recovery(options) : undefined;
  const common = {
    ...{ model, data, steps: STEPS, epochLosses, signal: trouble.signal },
    ...(recover && { recover }),
    schedule: ({ step }: { step: number }) => trouble.at(step, "schedule"),
    average: {
      update: () => {
        trained.average.update();
        trouble.at(stepsOf(trained) - 1, "average");
      },
      stateDict: () => trained.average.stateDict(),
      loadStateDict: (state: WeightAverageState) => trained.average.loadStateDict(state),
    },
    validate: () => {
      trouble.at(stepsOf(trained), "validate");
      return 0.5;
    },
    onEpoch: () => trouble.at(stepsOf(trained), "onEpoch"),
    onStep: ({ step }: { step: number }) => {
      trouble.at(step - 1, "onStep");
      trouble.at(step, "begin");
    },
  };
  const step = capture(stepOf(trained));
  // a loss before the first checkpoint starts the training over: its `fit` has begun by then
  const begin = (place: number) => {
    if (place === 0 && recovers) trouble.at(0, "begin");
  };
  const own = (indices: Uint32Array<ArrayBuffer>, { step: place }: { step: number }) => {
    begin(place);
    trouble.at(place, "loss");
    return scope(() => {
      const { x, y } = dataset.batch(indices);
      const value = step(x, y);
      for (const each of ["clip", "constrain"] as const) trouble.at(place, each);
      return value;
    });
  };
  const within = (name: "clip" | "constrain") => () => trouble.at(stepsOf(trained) - 1, name);
  const loss = ({ x, y }: Batch) => {
    const place = Math.max(stepsOf(trained) - 1, 0);
    begin(place);
    const value = crossEntropy(model.forward(x), y);
    trouble.at(place, "loss");
    return value;
  };
  const work = async () => {
    if (stepsOf(trained) === 0 && !recovers) trouble.at(0, "begin");
    const { ended } = captured
      ? await train({ ...common, step: own })
      : await train<Batch>({
          ...{ ...common, optimizer, loss },
          ...{ clip: within("clip"), constrain: within("constrain") },
        });
    return ended === "finished" || ended === "aborted";
  };
  return { trained: () => trained, begin: async () => undefined, work };
}
