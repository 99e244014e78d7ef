import type { Engine } from "../../../src/scheduler/engine.ts";
import type { Short } from "../short_of_memory.ts";
import { killGpu } from "./gpu_process.ts";
import type { Hit } from "./hit.ts";
import { LAST_EPOCH } from "./trainee.ts";

/** Callbacks of `fit`; a hand-written loop calls them in the step, once all of the step is queued. */
const callbacks = [
  ...["onStep", "schedule", "onEpoch", "validate", "clip", "constrain", "average"],
] as const;

/** Places where a training calls `at`: before a step, in its loss, or in a callback of this name. */
export type Place = "begin" | "loss" | (typeof callbacks)[number];

/** An error that the test itself throws. */
export class Thrown extends Error {}

/** Makes the fault happen, once, when its step is reached. */
export class Trouble {
  readonly #hit: Hit | undefined;
  readonly #engine: Engine;
  readonly #short: Short | undefined;
  readonly #controller = new AbortController();
  readonly #reload: () => void;
  /** Time at which the fault happened; undefined before. */
  when: number | undefined;

  /** `reload` is called when the page must be reloaded. */
  constructor(
    hit: Hit | undefined,
    engine: Engine,
    short?: Short,
    reload: () => void = () => undefined,
  ) {
    this.#reload = reload;
    this.#hit = hit;
    this.#engine = engine;
    this.#short = short;
    calm(short);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get happened(): boolean {
    return this.when !== undefined;
  }

  /** The place from which this fault is triggered. */
  get #place(): Place {
    const { fault, nth = 0, at = 0, way } = this.#hit ?? {};
    if (fault === "loss") return "loss";
    if (fault !== "callback") return "begin";
    return way?.startsWith("fit") ? (callbacks[(nth + at) % callbacks.length] as Place) : "onStep";
  }

  /**
   * Called before a step, in it, and in the callbacks after it. For a callback at the end of an epoch, the first one
   * from the hit's step on counts, or the last one.
   */
  at(step: number, place: Place): void {
    const { at = -1, fault } = this.#hit ?? {};
    const ofEpochs = place === "onEpoch" || place === "validate";
    const due = ofEpochs ? step > Math.min(at, LAST_EPOCH - 1) : step === at;
    if (this.happened || at < 0 || !due || place !== this.#place) return;
    if (fault) this.happen();
  }

  /** Makes the fault happen now. */
  happen(): void {
    const { fault = "loss", nth = 1, at } = this.#hit ?? {};
    this.when = performance.now();
    if (fault === "loss" || fault === "callback") throw new Thrown(`thrown at step ${at}`);
    if (fault === "abort") this.#controller.abort(new Thrown("aborted"));
    if (fault === "device") this.#engine.gpu.device.destroy();
    if (fault === "process") void killGpu();
    if (fault === "reload") this.#reload();
    const short = this.#short;
    if ((fault !== "submit" && fault !== "buffer") || !short) return;
    this.#engine.trim().catch(() => undefined); // empties the pool, so that buffers must be created
    if (fault === "submit") short.refuseSubmit = once(1 + (nth % 3), short);
    if (fault === "buffer") short.refuse = once(nth, short);
  }
}

/** Stops refusing anything. */
export function calm(short: Short | undefined): void {
  if (!short) return;
  short.refuse = () => false;
  short.refuseSubmit = () => false;
}

/** A function that is true at its nth call only. */
function once(nth: number, short: Short): () => boolean {
  let asked = 0;
  return () => {
    if (++asked !== nth) return false;
    calm(short);
    return true;
  };
}
