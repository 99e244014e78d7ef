import type { Gpu } from "../gpu/gpu.ts";
import type { EpochLosses } from "./epoch_losses.ts";
import type { FitCommon, PendingStep } from "./fit_options.ts";

/** Steps that are queued and whose losses are in flight, in order. */
export class PendingSteps {
  readonly #gpu: Gpu;
  readonly #steps: PendingStep[] = [];
  #refusals = 0;

  constructor(gpu: Gpu) {
    this.#gpu = gpu;
  }

  get length(): number {
    return this.#steps.length;
  }

  /** The step whose loss is reported next. */
  get first(): PendingStep {
    return this.#steps[0] as PendingStep;
  }

  add(step: PendingStep): void {
    step.loss.catch(() => undefined); // settling the step reports the error
    this.#steps.push(step);
  }

  /** Removes the first step, whose loss was reported. */
  shift(): void {
    this.#steps.shift();
  }

  /**
   * Whether the GPU refused a pending step. Its loss may not have been rejected yet, but the state is already that before the
   * step, and later commands use it.
   */
  refused(): boolean {
    if (this.length === 0) this.#refusals = this.#gpu.refusals;
    return this.#gpu.refusals !== this.#refusals;
  }

  /** Waits for all steps. Refused steps become the next ones again, and the schedule does not count them. */
  async goBack(data: FitCommon<unknown>["data"], epochLosses: EpochLosses): Promise<void> {
    const ends = await Promise.allSettled(this.#steps.map(({ loss }) => loss));
    const at = ends.findIndex(({ status }) => status === "rejected");
    const refused = at < 0 ? [] : this.#steps.slice(at);
    this.#steps.length = 0;
    const [first] = refused;
    if (!first) return;
    data.loadStateDict(first.before);
    first.reschedule?.();
    epochLosses.forget(refused.length);
  }
}
