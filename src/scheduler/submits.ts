import { ValidationError } from "../core/errors.ts";
import { inErrorScope } from "../gpu/error_scope.ts";
import type { Gpu } from "../gpu/gpu.ts";
import type { Command } from "./command.ts";
import type { Encoded } from "./encode.ts";

/** Maximum number of submits in flight before `flush()` waits. */
const MAX_IN_FLIGHT = 3;

/** Gives command buffers to the device's queue, and learns whether the device accepts them. */
export class Submits {
  readonly #gpu: Gpu;
  #inFlight: Promise<unknown>[] = [];
  /** Number of bind groups that had been made when the device last accepted a submit. */
  #accepted = 0;
  /** The first error since a submit was last waited for. */
  #error: GPUError | null | undefined;

  constructor(gpu: Gpu) {
    this.#gpu = gpu;
  }

  /**
   * Submits these commands. WebGPU reports errors later, and the next submit depends on this one: resolves when the device
   * has accepted it, and rejects with `ValidationError` if it has not. Does not wait, which would cost a round trip to the
   * GPU process for each step, if the submit cannot be refused: when it reads nothing back, no bind group was made since the
   * last accepted one, and no buffer is the caller's, who could have destroyed it; the engine destroys none before the submit
   * (`BufferPool.hold`). Should it be refused all the same, one of the next submits rejects.
   */
  async submit(commands: readonly Command[], [commandBuffer, refused]: Encoded): Promise<void> {
    const { device, counters } = this.#gpu;
    const [, answer] = inErrorScope(device, "validation", () =>
      device.queue.submit([commandBuffer]),
    );
    const answered = answer.then((error) => {
      this.#error ??= error;
    });
    const made = counters.bindGroupsCreated;
    let waits = !!this.#error || made !== this.#accepted;
    for (const each of commands) {
      waits ||= each.storages.some(({ foreign }) => foreign);
      if (each.kind !== "readback") continue;
      each.map();
      waits = true;
    }
    if (waits) {
      this.#accepted = made; // a refusal makes all bind groups be made anew
      await answered;
      const error = this.#error;
      this.#error = undefined;
      if (error) {
        throw new ValidationError(
          `wgrad: expected WebGPU to accept a submit, got: ${((await refused) ?? error).message}; please report it`,
        );
      }
    }
    counters.submits++;
  }

  /** Waits until at most two submits are unfinished. Rejects with `DeviceLostError`. */
  async throttle(): Promise<void> {
    const done = this.#gpu.device.queue.onSubmittedWorkDone().catch(() => {});
    if (this.#inFlight.push(done) >= MAX_IN_FLIGHT) await this.#inFlight.shift();
    this.#gpu.checkAlive();
  }
}
