import { isA } from "../core/realm.ts";
import type { LoadedBatch } from "../data/loader_options.ts";
import { freeTensors } from "../data/sets.ts";
import type { Engine } from "../scheduler/engine.ts";
import { transact } from "../scheduler/transaction.ts";
import { EpochLosses, isEndDue } from "./epoch_losses.ts";
import { evaluating } from "./evaluate.ts";
import {
  callbackFailed,
  type EpochReport,
  type FitOptions,
  type FitResult,
  type StepPlace,
} from "./fit_options.ts";
import { engineOf } from "./kinds.ts";
import { PendingSteps } from "./pending_steps.ts";
import { Pace } from "./progress.ts";
import { checkNow, lossOf, ofNumber, stepOf, whole } from "./step_loss.ts";

/** One call of `fit`: its loop over steps, and what is due after steps and epochs. */
export class Training<Batch> {
  readonly #options: FitOptions<Batch>;
  readonly #steps: number;
  readonly #engine: Engine;
  readonly #pace = new Pace();
  readonly #pending: PendingSteps;
  readonly #losses: number[] = [];
  readonly #epochs: EpochReport[] = [];
  readonly #epochLosses: EpochLosses;
  #ended: FitResult["ended"] | undefined;
  /** The last step and the last epoch that were reported to callbacks. */
  #told = { step: 0, epoch: 0 };

  constructor(options: FitOptions<Batch>, steps: number) {
    this.#epochLosses = options.epochLosses ?? new EpochLosses();
    this.#options = { ...options, epochLosses: this.#epochLosses };
    this.#steps = steps;
    this.#engine = engineOf(options.model);
    this.#pending = new PendingSteps(this.#engine.gpu);
  }

  /** Number of steps queued since the loader's beginning. */
  get #queued(): number {
    const { epoch, position, batchesPerEpoch } = this.#options.data;
    return epoch * batchesPerEpoch + position;
  }

  async run(): Promise<FitResult> {
    const { model, earlyStopping, recover } = this.#options;
    const history = { losses: this.#losses, epochs: this.#epochs };
    const train = () => this.#train();
    await (recover ? recover.run(this.#options as FitOptions<unknown>, history, train) : train());
    const ended = this.#ended ?? "finished";
    const wanted = earlyStopping?.restoreBest === true && ended !== "aborted";
    const restored = wanted && earlyStopping.restore(model);
    return { ended, steps: this.#queued, losses: this.#losses, epochs: this.#epochs, restored };
  }

  /** Runs the remaining steps; returns the total number. */
  async #train(): Promise<number> {
    const { data } = this.#options;
    this.#ended = undefined;
    try {
      if (isEndDue(this.#epochLosses, data)) await this.#endEpoch();
      while (!this.#isOver()) await this.#advance();
      await this.#settle(0);
    } finally {
      data.stop();
      await this.#pending.goBack(data, this.#epochLosses);
    }
    return this.#queued;
  }

  #isOver(): boolean {
    const { signal, earlyStopping } = this.#options;
    if (earlyStopping?.stopped) this.#ended ??= "stopped early";
    if (signal?.aborted) this.#ended ??= "aborted";
    return this.#ended !== undefined || this.#queued >= this.#steps;
  }

  /** Queues one step, and does everything that is due after it. */
  async #advance(): Promise<void> {
    const { data, schedule, scheduleEvery = "step", ahead = 2, recover } = this.#options;
    const place = { step: this.#queued, steps: this.#steps, epoch: data.epoch };
    if (typeof schedule === "function") await this.#call("schedule", () => schedule(place));
    const before = data.stateDict();
    const byStep = typeof schedule === "object" && scheduleEvery === "step" ? schedule : undefined;
    const rates = byStep?.stateDict?.();
    const reschedule = rates && (() => byStep?.loadStateDict?.(rates as never));
    const { samples, loss, isQueued } = await this.#begin(place, reschedule);
    this.#pending.add({ place, before, reschedule, samples, loss });
    this.#epochLosses.add(loss);
    if (!isQueued) transact(this.#engine, () => this.#follow(place));
    if (this.#pending.refused()) await this.#settle(0);
    await this.#settle(ahead);
    if (data.position === 0) await this.#endEpoch();
    await recover?.stepped(this.#queued, () => this.#settle(0));
  }

  /** The rest of a step: updates the average, if it is due, and a schedule that counts steps. */
  #follow({ epoch }: StepPlace): void {
    const { data, average, averageEvery = "step", averageFrom = 0, schedule } = this.#options;
    const { scheduleEvery = "step" } = this.#options;
    if (average && epoch >= averageFrom && (averageEvery === "step" || data.position === 0)) {
      this.#callNow("average", () => average.update());
    }
    if (typeof schedule === "object" && scheduleEvery === "step") {
      this.#callNow("schedule", () => schedule.step());
    }
  }

  /** Begins a step on the next batch; if that throws, the same batch remains the next one. */
  async #begin(place: StepPlace, reschedule: (() => void) | undefined) {
    const { data } = this.#options;
    const before = data.stateDict();
    try {
      const { samples, made } = await this.#made(place);
      if (!isA(made, "Promise")) return { samples, loss: lossOf(made), isQueued: true };
      return { samples, loss: ofNumber(await made), isQueued: false }; // a step that gives a promise ends before the next begins
    } catch (error) {
      data.loadStateDict(before);
      reschedule?.();
      throw error;
    }
  }

  /** Takes the next batch and runs a step on it. */
  async #made(place: StepPlace) {
    const options = this.#options;
    const engine = this.#engine;
    const follow = () => this.#follow(place);
    if ("step" in options) {
      while (this.#pending.refused()) await this.#settle(0);
      const indices = options.data.next();
      const made = whole(engine, () => options.step(indices, place), follow);
      return { samples: indices.length, made };
    }
    const { batch, indices } = (await options.data.take()) as LoadedBatch<Batch>; // never undefined: loaderKind refuses streams
    try {
      while (this.#pending.refused()) await this.#settle(0);
      const made = whole(engine, () => stepOf(options, batch, this.#callNow), follow);
      return { samples: indices?.length ?? 0, made };
    } finally {
      freeTensors(batch);
    }
  }

  /** Waits until at most `left` losses are in flight, and reports the others. */
  async #settle(left: number): Promise<void> {
    const { data, onStep, allowNonFinite = false } = this.#options;
    while (this.#pending.length > left) {
      const { place, samples, loss: promise } = this.#pending.first;
      const loss = await promise;
      this.#pending.shift();
      this.#pace.stepped(samples);
      this.#losses.push(loss);
      if (!Number.isFinite(loss) && !allowNonFinite) this.#ended ??= "diverged";
      const step = place.step + 1;
      const progress = {
        ...{ step, steps: this.#steps, epoch: Math.floor(step / data.batchesPerEpoch), loss },
        secondsLeft: this.#pace.secondsLeft(this.#steps - step),
        samplesPerSecond: this.#pace.samplesPerSecond(),
      };
      if (!onStep || step <= this.#told.step) continue;
      await this.#call("onStep", () => onStep(progress));
      this.#told.step = step;
    }
  }

  async #endEpoch(): Promise<void> {
    const { data, earlyStopping, onEpoch, schedule, scheduleEvery, validate } = this.#options;
    const byEpoch = typeof schedule === "object" && scheduleEvery === "epoch";
    if (!(earlyStopping || onEpoch || validate || byEpoch)) {
      this.#epochLosses.reset();
      return;
    }
    await this.#settle(0);
    const loss = await this.#epochLosses.mean();
    const metric = await this.#pace.pause(() => this.#validate());
    const observed = validate ? metric : loss;
    const improved =
      observed === undefined ? undefined : earlyStopping?.observe(observed, this.#options.model);
    if (byEpoch) await this.#call("schedule", () => schedule.step(observed ?? loss));
    this.#epochLosses.reset();
    const report = { epoch: data.epoch, loss, metric, improved };
    this.#epochs.push(report);
    if (!onEpoch || data.epoch <= this.#told.epoch) return;
    await this.#call("onEpoch", () => onEpoch(report));
    this.#told.epoch = data.epoch;
  }

  async #validate(): Promise<number | undefined> {
    const { data, model, validate, validateEvery = 1 } = this.#options;
    if (!validate || data.epoch % validateEvery !== 0) return undefined;
    return this.#call("validate", () => evaluating(model, validate));
  }

  async #call<R>(name: string, work: () => R | Promise<R>): Promise<R> {
    try {
      return await work();
    } catch (error) {
      throw callbackFailed(name, this.#queued, error);
    }
  }

  /** Calls what belongs to a step that is being queued. */
  readonly #callNow = (name: string, work: () => unknown): void => {
    let result: unknown;
    try {
      result = work();
    } catch (error) {
      throw callbackFailed(name, this.#queued, error);
    }
    checkNow(name, result);
  };
}
