import {
  type Counters,
  type Engine,
  type KernelTime,
  manualSeed,
  recordFunction,
  scope,
  type Tensor,
} from "wgrad";
import { batches } from "wgrad/data";
import { crossEntropy } from "wgrad/loss";
import { type ResNet, resNet } from "wgrad/models";
import { Profile, timeKernels } from "wgrad/train";
import type { Clothes } from "./data.ts";
import { type Evaluation, evaluate } from "./evaluate.ts";
import { gradientNorms, type LayerGradient } from "./gradients.ts";
import { makeOptimiser, rateAt } from "./optimiser.ts";
import { type PerStep, perStep } from "./per_step.ts";
import { type Settings, totalSteps } from "./settings.ts";

/** Callbacks of a training; all of them are optional. */
export interface Watcher {
  /** Called when the loss of another step is known. */
  stepped(): void;
  evaluated(evaluation: Evaluation): void;
  gradients(layers: readonly LayerGradient[]): void;
  /** Called with a profile of the step, or undefined if the adapter has no timestamps. */
  profiled(profile: Profile | undefined): void;
  /** Called with the cost of a step, once the first steps have warmed everything up. */
  counted(cost: PerStep): void;
}

/** Steps that the host may queue ahead of the last loss read. */
const AHEAD = 3;

/** Steps before the first evaluation. */
const FIRST_LOOK = 10;

const PROFILE_EVERY = 4; // segments: kernels are timed in one of them
const PROFILED = 4; // steps that are timed in it
const REMEMBERED = 32; // timed steps whose times are kept

/** A training from new weights to its end. It does not depend on the page. */
export class Trainer {
  readonly settings: Settings;
  readonly total: number;
  readonly model: ResNet;
  /** Loss of every step so far. */
  readonly losses: number[] = [];
  /** Seconds of training without pauses. */
  seconds = 0;
  /** Speed of the training without evaluations. */
  imagesPerSecond = 0;
  readonly #engine: Engine;
  readonly #clothes: Clothes;
  readonly #watcher: Watcher;
  readonly #optimiser: ReturnType<typeof makeOptimiser>;
  readonly #indices: Iterator<Uint32Array<ArrayBuffer>>;
  readonly #reading: Promise<void>[] = [];
  /** The last timed steps. */
  #timed: KernelTime[][] = [];
  #queued = 0;
  #segments = 0;
  #gate: { promise: Promise<void>; open: () => void } | undefined;
  #stopped = false;
  /** Time at which the last pause began, and total length of all earlier pauses, in milliseconds. */
  #pausedAt = 0;
  #pausedFor = 0;

  constructor(engine: Engine, clothes: Clothes, settings: Settings, watcher: Watcher) {
    this.#engine = engine;
    this.#clothes = clothes;
    this.#watcher = watcher;
    this.settings = settings;
    this.total = totalSteps(settings, clothes.train.length);
    manualSeed(settings.seed);
    const { block, norm, activation, width, shortcut, stemStride, depth, stages } = settings;
    const layers = Array.from({ length: stages }, () => depth);
    this.model = resNet({ block, norm, activation, width, shortcut, stemStride, layers });
    this.#optimiser = makeOptimiser(this.model, settings);
    this.#indices = endless(clothes.train, settings);
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  get paused(): boolean {
    return this.#gate !== undefined;
  }

  /** Seconds of a clock that stops while the training is paused. */
  clock(): number {
    const until = this.#gate ? this.#pausedAt : performance.now();
    return (until - this.#pausedFor) / 1000;
  }

  pause(): void {
    if (this.#gate) return;
    this.#pausedAt = performance.now();
    let open = () => {};
    const promise = new Promise<void>((resolve) => {
      open = resolve;
    });
    this.#gate = { promise, open };
  }

  resume(): void {
    if (!this.#gate) return;
    this.#pausedFor += performance.now() - this.#pausedAt;
    this.#gate.open();
    this.#gate = undefined;
  }

  /** Ends the training after the steps in flight; `run()` then resolves to undefined. */
  stop(): void {
    this.#stopped = true;
    this.resume();
  }

  /** Trains to the end and resolves to the evaluation on all held-out images; undefined if it was stopped. */
  async run(): Promise<Evaluation | undefined> {
    await this.#look(this.settings.glance);
    while (this.#queued < this.total && !this.#stopped) {
      await this.#profiledSteps();
      await this.#segment(Math.min(this.#nextLook(), this.total));
      if (this.#queued < this.total) await this.#look(this.settings.glance);
    }
    return this.#look(this.settings.heldOut);
  }

  dispose(): void {
    this.#optimiser.dispose();
    this.model.dispose();
  }

  /** The first evaluation is early, because until then the pictures would show predictions of untrained weights. */
  #nextLook(): number {
    const { every } = this.settings;
    return this.#queued === 0
      ? Math.min(FIRST_LOOK, every)
      : (Math.floor(this.#queued / every) + 1) * every;
  }

  /** Makes steps up to `end`, then waits for them all: in between only steps run, so that counters can be compared. */
  async #segment(end: number): Promise<void> {
    const first = this.#queued;
    const before = this.#engine.counters();
    let start = performance.now();
    let seconds = 0;
    while (this.#queued < end && !this.#stopped) {
      const gate = this.#gate; // the gate may be opened while the steps in flight end
      if (gate) {
        await this.#drain();
        seconds += (performance.now() - start) / 1000;
        await gate.promise;
        start = performance.now();
        continue;
      }
      this.#read(this.#step());
      if (this.#reading.length > AHEAD) await this.#reading.shift();
    }
    await this.#drain();
    seconds += (performance.now() - start) / 1000;
    this.#count(this.#queued - first, seconds, before);
  }

  #count(steps: number, seconds: number, before: Counters): void {
    this.seconds += seconds;
    if (steps === 0) return;
    this.imagesPerSecond = (steps * this.settings.batch) / seconds;
    if (this.#segments++ > 0)
      this.#watcher.counted(perStep(before, this.#engine.counters(), steps));
  }

  /** Queues one step; returns its loss, which has not been computed yet. */
  #step(): Tensor {
    const indices: Uint32Array<ArrayBuffer> = this.#indices.next().value;
    this.#optimiser.lr = rateAt(this.#queued++, this.total, this.settings.learningRate);
    return scope(() => {
      const { x, y } = recordFunction("pictures", () => this.#clothes.dataset.batch(indices));
      this.#optimiser.zeroGrad();
      const logits = this.model.forward(x);
      const loss = recordFunction("loss", () => crossEntropy(logits, y));
      loss.backward();
      this.#optimiser.step();
      return loss;
    });
  }

  /** Reads a loss in the same submit as its step, without waiting for it here. */
  #read(loss: Tensor): void {
    const reading = loss.item().then((value) => {
      this.losses.push(value);
      this.#watcher.stepped();
    });
    this.#reading.push(reading.finally(() => loss.dispose()));
  }

  async #drain(): Promise<void> {
    await Promise.all(this.#reading.splice(0));
  }

  /** Makes some steps with timestamps around every dispatch now and then; the arithmetic is the same. */
  async #profiledSteps(): Promise<void> {
    if (this.#segments === 0 || this.#segments % PROFILE_EVERY !== 1) return;
    const { device, adapter } = this.#engine.gpu;
    if (!device.features.has("timestamp-query")) {
      this.#watcher.profiled(undefined);
      return;
    }
    const start = performance.now();
    for (let i = 0; i < PROFILED && this.#queued < this.total && !this.#gate; i++) {
      const losses: Tensor[] = [];
      this.#timed.push(await timeKernels(this.#engine, () => losses.push(this.#step())));
      for (const loss of losses) this.#read(loss);
      await this.#drain();
    }
    this.#timed = this.#timed.slice(-REMEMBERED);
    this.seconds += (performance.now() - start) / 1000;
    if (this.#timed.length > 0)
      this.#watcher.profiled(new Profile(this.#timed, { adapter, model: this.model }));
  }

  /** Evaluates some held-out images and reports gradients and predictions; undefined if it was stopped. */
  async #look(images: number): Promise<Evaluation | undefined> {
    if (this.#stopped) return undefined;
    const start = performance.now();
    await this.#showGradients();
    const heldOut = this.#clothes.heldOut.slice(0, images);
    const evaluation = await evaluate(this.model, this.#clothes, heldOut, () => this.#stopped);
    this.seconds += (performance.now() - start) / 1000;
    if (evaluation) this.#watcher.evaluated(evaluation);
    return evaluation;
  }

  async #showGradients(): Promise<void> {
    if (this.#queued > 0) this.#watcher.gradients(await gradientNorms(this.model));
  }
}

/** Batches of one epoch after the other, each epoch in another order. */
function* endless(
  images: Uint32Array<ArrayBuffer>,
  { batch, seed }: Settings,
): Generator<Uint32Array<ArrayBuffer>, never> {
  for (let epoch = 0; ; epoch++)
    yield* batches(images, epoch, { batchSize: batch, seed, dropLast: true });
}
