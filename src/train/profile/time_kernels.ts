import { ValueError } from "../../core/errors.ts";
import { callback } from "../../core/kinds.ts";
import { checkedAsync } from "../../core/signature.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import type { Engine } from "../../scheduler/engine.ts";
import { type KernelTime, kernelTimes, Timer } from "../../scheduler/observe/timer.ts";
import { engineKind } from "../../tensor/kinds.ts";

/**
 * Runs `work`, which may be asynchronous, and flushes; returns the duration of each dispatch and its place in the step.
 * Every dispatch gets its own pass, and browsers round times to about 0.1 ms by default; `profile` repeats a step and
 * averages them.
 *
 *     const times = await timeKernels(engine, () => step(x, y));
 *
 * Throws `ValueError` without timestamp-query, or while another call is running.
 */
export const timeKernels = /* @__PURE__ */ checkedAsync(
  "timeKernels",
  { engine: engineKind, work: callback },
  async (engine: Engine, work: () => unknown): Promise<KernelTime[]> => {
    await engine.flush();
    checkTimestamps(engine.gpu);
    if (engine.timing) {
      throw new ValueError(
        "timeKernels: expected one call at a time, got a second; await the first",
      );
    }
    const timers: Timer[] = [];
    engine.timing = (device) => timers[timers.push(new Timer(device)) - 1] as Timer;
    try {
      await work();
      await engine.flush();
    } catch (error) {
      for (const timer of timers) timer.destroy();
      throw error;
    } finally {
      engine.timing = undefined;
    }
    const reading = Promise.all(timers.map((timer) => timer.read()));
    const stamped = await reading.catch(async (error) => {
      throw await engine.gpu.reason(error);
    });
    return kernelTimes(stamped.flat());
  },
);

function checkTimestamps(gpu: Gpu): void {
  if (gpu.device.features.has("timestamp-query")) return;
  throw new ValueError(
    `timeKernels: expected the feature timestamp-query, which ${gpu.adapter.name} lacks; ` +
      "time whole steps with performance.now()",
  );
}
