import { manualSeed, type Tensor, tensor } from "wgrad";
import { DataLoader, TensorDataset } from "wgrad/data";
import { crossEntropy } from "wgrad/loss";
import * as nn from "wgrad/nn";
import * as optim from "wgrad/optim";
import {
  EarlyStopping,
  EMA,
  evaluate,
  type Progress,
  type Stateful,
  saveCheckpoint,
  fit as train,
} from "wgrad/train";

type Batch = ReturnType<TensorDataset["batch"]>;

/** What the test uses of every optimiser; families differ in their options. */
type Made = (FirstOrder | optim.ClosureOptimizer) & { dispose(): void };
interface FirstOrder extends Stateful {
  zeroGrad(): void;
  step(): void;
}
type Options = Readonly<Record<string, unknown>>;
interface Maker<T> {
  new (parameters: readonly Tensor[], options?: Options): T;
  readonly signature: { readonly parameters: readonly (readonly [string, Known])[] };
}
/** A parameter's declaration in a signature: the options that it accepts, if it is an options object. */
interface Known {
  readonly known?: object;
}

/** One optimiser with its options. */
export interface Run {
  readonly name: string;
  readonly make: Maker<Made>;
  readonly options: Options;
  /** Steps before the break, and after it. */
  readonly half: number;
}

/** Options that give an optimiser moments or other memory. */
const everything = { lr: 0.01, momentum: 0.9, centered: true, amsgrad: true, weightDecay: 0.01 };

/** The given options that this optimiser accepts. */
function known({ signature }: Maker<Made>, options: Options): Options {
  const names = signature.parameters[1]?.[1].known ?? {};
  return Object.fromEntries(Object.entries(options).filter(([name]) => name in names));
}

/** Few iterations a batch, so that the memory carries over from batch to batch. */
const iterations = { lr: 0.05, maxIter: 2 };
const wolfe = { ...iterations, lineSearch: "strongWolfe" };

/** Every exported optimiser, with its defaults and with every option on. */
export const runs: readonly Run[] = Object.entries(optim as Readonly<Record<string, unknown>>)
  .filter((entry): entry is [string, Maker<Made>] => typeof entry[1] === "function")
  .flatMap(([name, make]): Run[] => {
    const full = `${name} with everything`;
    if (make.prototype instanceof optim.ClosureOptimizer) {
      return [
        { name, make, options: known(make, iterations), half: 3 },
        { name: full, make, options: known(make, wolfe), half: 3 },
      ];
    }
    if (!(make.prototype instanceof optim.Optimizer)) return [];
    return [
      { name, make, options: {}, half: 10 },
      { name: full, make, options: known(make, everything), half: 10 },
    ];
  });

/** A cycle of learning rates and momenta, which has state of its own. */
class Cycle implements Stateful {
  readonly #groups: readonly Record<string, unknown>[];
  #at = 0;

  constructor(optimizer: unknown) {
    const { groups = [] } = optimizer as { groups?: Record<string, unknown>[] };
    this.#groups = groups;
  }

  step(): void {
    const wave = Math.sin(++this.#at / 7);
    for (const group of this.#groups) {
      group.lr = 0.01 * (1.2 + wave);
      if (typeof group.momentum === "number" && group.momentum > 0) {
        group.momentum = 0.85 + 0.05 * wave;
      }
      if (Array.isArray(group.betas)) group.betas = [0.85 + 0.05 * wave, group.betas[1]];
    }
  }

  stateDict(): { at: number } {
    return { at: this.#at };
  }

  loadStateDict({ at }: { at: number }): void {
    this.#at = at;
  }
}

/** 24 pictures of three kinds of stripes; the noise depends on the index alone. */
function pictures(): TensorDataset {
  const x = Float32Array.from({ length: 24 * 36 }, (_, i) => {
    const [kind, column] = [Math.floor(i / 36) % 3, i % 6];
    return Math.sin(column * (kind + 1)) + 0.3 * Math.sin(i * 12.9898);
  });
  const y = Uint32Array.from({ length: 24 }, (_, i) => i % 3);
  return new TensorDataset(tensor(x, { shape: [24, 1, 6, 6] }), tensor(y));
}

/** A training with everything that has state: dropout, running statistics, shuffled batches, schedule, averages. */
export class Training {
  readonly model: nn.Module;
  readonly dataset = pictures();
  readonly parts: Readonly<Record<string, Stateful>>;
  readonly #data = new DataLoader(this.dataset, { batchSize: 7, seed: 11 });
  readonly #heldOut = new DataLoader(this.dataset, { batchSize: 12, shuffle: false });
  readonly #optimizer: Made;
  readonly #schedule: Cycle;
  readonly #average: EMA;
  readonly #stopping = new EarlyStopping({ patience: 1000, restoreBest: true });

  /** The seed decides the initial weights, and the dropout of a training that is not resumed. */
  constructor({ make, options }: Run, seed: number) {
    manualSeed(seed);
    // 33 parameters for optimisers that keep a matrix over them, or evaluate the loss once for each
    const small = make.prototype instanceof optim.ClosureOptimizer;
    const channels = small ? 2 : 4;
    this.model = new nn.Sequential(
      ...[new nn.Conv2d(1, channels, 3, { padding: 1 }), new nn.BatchNorm2d(channels)],
      ...[new nn.ReLU(), small ? new nn.GlobalAvgPool2d() : new nn.Identity(), new nn.Flatten()],
      ...[new nn.Dropout(0.3), new nn.Linear(small ? 2 : 144, 3)],
    );
    this.#optimizer = new make(this.model.parameters(), options);
    this.#schedule = new Cycle(this.#optimizer);
    this.#average = new EMA(this.model, { decay: 0.9 });
    this.parts = {
      ...{ model: this.model, optimizer: this.#optimizer, schedule: this.#schedule },
      ...{ data: this.#data, average: this.#average, stopping: this.#stopping },
    };
  }

  /** Trains up to this step, or is stopped on the way at `stopAt`; returns the losses. */
  async until(steps: number, stopAt?: number): Promise<readonly number[]> {
    const { model } = this;
    const loss = ({ x, y }: Batch) => crossEntropy(model.forward(x), y);
    const stop = new AbortController();
    const onStep = ({ step }: Progress) => {
      if (step + 1 === stopAt) stop.abort(); // the step after it is already in flight
    };
    const common = {
      ...{ model, data: this.#data, steps, schedule: this.#schedule, average: this.#average },
      ...{ earlyStopping: this.#stopping, onStep, signal: stop.signal, ahead: 1 },
      validate: () => evaluate(model, this.#heldOut, loss),
    };
    const optimizer = this.#optimizer;
    const { losses } = await (optimizer instanceof optim.ClosureOptimizer
      ? train({ ...common, step: (indices) => this.#minimise(optimizer, indices, loss) })
      : train({ ...common, loss, optimizer }));
    return losses;
  }

  /** A step of an optimiser that may evaluate the loss several times. */
  async #minimise(
    optimizer: optim.ClosureOptimizer,
    indices: Uint32Array<ArrayBuffer>,
    loss: (batch: Batch) => Tensor,
  ): Promise<number> {
    return optimizer.step(() => {
      this.model.zeroGrad();
      const value = loss(this.dataset.batch(indices));
      value.backward();
      return value;
    });
  }

  async save(): Promise<ArrayBuffer> {
    return saveCheckpoint(this.parts);
  }

  dispose(): void {
    const held = [this.#optimizer, this.#average, this.#stopping, this.dataset, this.model];
    for (const each of held) each.dispose();
  }
}
