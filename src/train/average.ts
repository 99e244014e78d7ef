import { Arena } from "../autograd/arena.ts";
import { ShapeError, ValueError } from "../core/errors.ts";
import { isHostArray } from "../core/host_array.ts";
import { boolean, number, record, required } from "../core/kinds.ts";
import { sameShape, show } from "../core/shape.ts";
import { checkArguments, options, signature } from "../core/signature.ts";
import { vectorAxpy as axpy } from "../kernels/vector/axpy.ts";
import type { AnyModule } from "../nn/module/module.ts";
import { assign, type StateDict } from "../nn/module/state.ts";
import { onRefusal } from "../scheduler/step/recording.ts";
import { tensor } from "../tensor/create.ts";
import { run } from "../tensor/run.ts";
import { keep, scope } from "../tensor/scope.ts";
import { Tensor } from "../tensor/tensor.ts";
import { modelKind } from "./kinds.ts";
import { exchange } from "./snapshot.ts";

/** An average of weights: plain data. */
export interface WeightAverageState {
  /** Number of averaged updates. */
  readonly updates: number;
  /** Averaged parameters by their names in the model's state dict. */
  readonly weights: StateDict;
}

const saved = /* @__PURE__ */ signature("loadStateDict", {
  state: options<WeightAverageState>({ updates: required(number), weights: required(record) }),
});

/** An arena of parameters, and their average in the same layout. */
interface AveragedArena {
  readonly arena: Arena;
  readonly average: Tensor;
}

/**
 * An average of a model's weights over the steps of its training, which often generalises better than the last weights. An
 * update is one dispatch. Buffers are not averaged: after `swap()` a model with batch norm keeps its running statistics,
 * unless you recompute them with a few batches in training mode.
 */
abstract class WeightAverage {
  readonly #who: string;
  readonly #model: AnyModule;
  readonly #arenas: readonly AveragedArena[];
  /** Each parameter and its part of the average. */
  readonly #parts: readonly (readonly [name: string, parameter: Tensor, part: Tensor])[];
  #updates = 0;

  constructor(who: string, model: AnyModule) {
    this.#who = who;
    this.#model = model;
    const named = model.namedParameters();
    if (named.length === 0) {
      throw new ValueError(
        `${who}: expected a model with parameters, got one without; average a model that is trained`,
      );
    }
    this.#arenas = Arena.of(named.map(([, p]) => p)).map((arena) => {
      const { engine, length } = arena;
      return {
        arena,
        average: keep(tensor(new Float32Array(length), { engine, name: "average" })),
      };
    });
    this.#parts = named.map(([name, p]) => [name, p, this.#part(p)]);
  }

  /** Number of updates so far. */
  get updates(): number {
    return this.#updates;
  }

  /** Adds the model's current weights to the average; the first update copies them. */
  update(): void {
    const share = this.#updates === 0 ? 1 : this.share(this.#updates);
    this.#updates++;
    onRefusal(() => this.#updates--);
    scope(() => {
      for (const { arena, average } of this.#arenas) {
        run(axpy, { x: arena.values(), y: average }, { keep: 1 - share, factor: share });
      }
    });
  }

  /** Exchanges the model's weights and their average; a second call exchanges them back. Evaluate between the two calls. */
  swap(): void {
    this.#checkUpdated("swap");
    for (const [, parameter, part] of this.#parts) exchange(parameter, part);
  }

  /** The model's state dict with averaged parameters, for another model of the same architecture. */
  async averaged(): Promise<StateDict> {
    this.#checkUpdated("averaged");
    const [own, { weights }] = await Promise.all([this.#model.stateDict(), this.stateDict()]);
    return { ...own, ...weights };
  }

  /** The averages and the number of updates: plain data, read from the GPU. */
  async stateDict(): Promise<WeightAverageState> {
    const updates = this.#updates;
    if (updates === 0) return { updates, weights: {} };
    const entries = this.#parts.map(async ([name, { shape }, part]) => {
      return [name, { shape, data: await part.read() }] as const;
    });
    return { updates, weights: Object.fromEntries(await Promise.all(entries)) };
  }

  /** Loads a saved average. Throws `ValueError` or `ShapeError` unless it fits; then nothing changes. */
  loadStateDict(state: WeightAverageState): void {
    checkArguments(saved, arguments);
    const { updates, weights } = state;
    if (!Number.isInteger(updates) || updates < 0) {
      throw new ValueError(
        `${this.#who}: expected updates an integer ≥ 0, got ${updates}; the state is damaged`,
      );
    }
    for (const [name, { shape, size }] of updates === 0 ? [] : this.#parts) {
      const { shape: got, data } = weights[name] ?? {};
      const isShape = Array.isArray(got);
      if (isShape && isHostArray(data) && sameShape(got, shape) && data.length === size) continue;
      throw new ShapeError(
        `${this.#who}: ${name} expects ${show(shape)}, got ${isShape ? show(got) : "nothing"}; ` +
          "average the same model",
      );
    }
    for (const [name, { size }, part] of this.#parts) {
      const { data } = (updates > 0 && weights[name]) || { data: new Float32Array(size) };
      assign(part, data);
    }
    this.#updates = updates;
  }

  /** Frees the average. */
  dispose(): void {
    for (const [, , part] of this.#parts) part.dispose();
    for (const { average } of this.#arenas) average.dispose();
  }

  /** The weight of an update when `updates` were made before it. */
  protected abstract share(updates: number): number;

  #checkUpdated(what: string): void {
    if (this.#updates > 0) return;
    throw new ValueError(
      `${this.#who}: expected an update before ${what}(), got none; call update() after optimizer.step()`,
    );
  }

  /** A parameter's part of the average: at its place in the arena. */
  #part({ engine, storage, shape, dtype, name }: Tensor): Tensor {
    const home = this.#arenas.find(({ arena }) => arena.holds(storage));
    const part = engine.allocate(name, shape);
    if (home) engine.moveInto(part, home.average.storage, storage.offset);
    return keep(new Tensor({ engine, storage: part, shape, dtype, name: `${name}.average` }));
  }
}

/** Options of an `EMA`. */
export interface EMAOptions {
  /** Decay rate d; default 0.999. */
  readonly decay?: number;
  /**
   * Whether the decay rate at update t is min(decay, (1 + t) / (10 + t)), so that the first weights lose influence quickly;
   * default false.
   */
  readonly warmUp?: boolean;
}

/**
 * Exponential moving average, ā ← d·ā + (1 − d)·w (Polyak and Juditsky 1992; its use in training: Tarvainen and Valpola
 * 2017). Update it after every step.
 *
 * @example
 * ```ts
 * import { tensor } from "wgrad";
 * import * as nn from "wgrad/nn";
 * import { EMA } from "wgrad/train";
 * const model = new nn.Linear(1, 1, { bias: false });
 * nn.assign(model.weight, Float32Array.of(0));
 * const average = new EMA(model, { decay: 0.9 });
 * average.update();
 * nn.assign(model.weight, Float32Array.of(1)); // as a step of training would
 * average.update();
 * average.swap(); // predict with the mean; another swap() goes back to training
 * console.log(await model.forward(tensor([[1]])).item()); // 0.1
 * ```
 */
export class EMA extends WeightAverage {
  static readonly signature = /* @__PURE__ */ signature("EMA", {
    model: modelKind,
    options: options<EMAOptions>({ decay: number, warmUp: boolean }),
  });

  /** Decay rate d, in [0, 1). */
  readonly decay: number;
  readonly #warmUp: boolean;

  /** Throws `ValueError`. */
  constructor(model: AnyModule, given: EMAOptions = {}) {
    checkArguments(EMA.signature, arguments);
    const { decay = 0.999, warmUp = false } = given;
    if (!(decay >= 0 && decay < 1)) {
      throw new ValueError(`EMA: expected decay in [0, 1), got ${decay}; 0.999 is common`);
    }
    super("EMA", model);
    this.decay = decay;
    this.#warmUp = warmUp;
  }

  protected override share(updates: number): number {
    const early = (1 + updates) / (10 + updates);
    return 1 - (this.#warmUp ? Math.min(this.decay, early) : this.decay);
  }
}

/**
 * The mean of the weights at all updates: stochastic weight averaging (Izmailov et al. 2018). Update it once per epoch late
 * in the training, at a learning rate that stays high.
 */
export class SWA extends WeightAverage {
  static readonly signature = /* @__PURE__ */ signature("SWA", { model: modelKind });

  constructor(model: AnyModule) {
    checkArguments(SWA.signature, arguments);
    super("SWA", model);
  }

  protected override share(updates: number): number {
    return 1 / (updates + 1);
  }
}
