import { describe, expect, test } from "vitest";
import { DataLoader, TensorDataset } from "../../../src/data/index.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { SGD } from "../../../src/optim/index.ts";
import { type Engine, init } from "../../../src/scheduler/engine.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { Recovery, fit as train } from "../../../src/train/index.ts";
import { usedHeap } from "../../support/chaos/heap.ts";

/*
 * Memory must not grow with captured steps, nor with recoveries from a lost device. `npm run fuzz -- soak` makes
 * 100,000 steps and 2,000 recoveries, npm test a few of each.
 */

const env = import.meta.env as Readonly<Record<string, string | undefined>>;
const STEPS = Number(env.VITE_SOAK_STEPS ?? 200);
const RECOVERIES = Number(env.VITE_SOAK_RECOVERIES ?? 4);
const tells = env.VITE_SOAK_STEPS !== undefined;
/** Bytes by which the heap may differ between two measurements. */
const NOISE = 2 ** 20;

/** The smallest possible training, and its captured step. */
function trainee() {
  ops.manualSeed(1);
  const x = tensor([1, 2, -1, 0.5, 3, 1, 0, -2], { shape: [4, 2] });
  const dataset = new TensorDataset(x, tensor([1, 0, 2, 1]));
  const model = new nn.Linear(2, 1);
  const optimizer = new SGD(model.parameters(), { lr: 1e-3, momentum: 0.9 });
  const step = capture((x: Tensor, y: Tensor) => {
    optimizer.zeroGrad();
    const loss = ops.mean(ops.square(ops.sub(ops.reshape(model.forward(x), [4]), y)));
    loss.backward();
    optimizer.step();
    return loss;
  });
  return { dataset, model, optimizer, step };
}

/** What must not grow: bytes of buffers, and the heap after garbage collection. */
async function look(engine: Engine) {
  await engine.finish();
  const { liveBytes, allocatedBytes, buffersCreated, bindGroupsCreated } = engine.counters();
  return { liveBytes, allocatedBytes, buffersCreated, bindGroupsCreated, heap: await usedHeap() };
}

function tell(what: string, done: number, start: number, heap: number): void {
  if (!tells) return;
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  console.info(`${done} ${what} in ${seconds} s; heap ${(heap / 2 ** 20).toFixed(2)} MiB`);
}

describe("nothing grows", () => {
  test(
    `with ${STEPS} captured steps`,
    async () => {
      const engine = await init();
      const { dataset, model, optimizer, step } = trainee();
      const [x, y] = dataset.tensors;
      const start = performance.now();
      const part = Math.ceil(STEPS / 10);
      let before: Awaited<ReturnType<typeof look>> | undefined;
      for (let done = 0; done < STEPS; ) {
        for (const end = Math.min(STEPS, done + part); done < end; done++) {
          step(x, y).dispose();
          if (done % 100 === 99) await engine.finish();
          else await engine.flush();
        }
        const now = await look(engine);
        tell("steps", done, start, now.heap);
        // the first part is warm-up: buffers that stay free for a while are released
        if (before && done > 2 * part) {
          expect({ ...now, heap: 0 }).toEqual({ ...before, heap: 0 });
          expect(now.heap - before.heap).toBeLessThan(NOISE);
        } else before = now;
      }
      expect(optimizer.steps).toBe(STEPS);
      for (const each of [step, optimizer, model, dataset]) each.dispose();
    },
    60_000 + 50 * STEPS,
  );

  test(
    `with ${RECOVERIES} recoveries`,
    async () => {
      const engine = await init();
      const { dataset, model, optimizer, step } = trainee();
      const data = new DataLoader(dataset, { batchSize: 4, seed: 1 });
      const start = performance.now();
      const recover = new Recovery({ checkpointEvery: 1, keep: { optimizer } });
      const looks: Awaited<ReturnType<typeof look>>[] = [];
      const part = Math.ceil(RECOVERIES / 8);
      await train({
        ...{ model, data, recover, steps: RECOVERIES + 1 },
        step: (indices) =>
          scope(() => {
            const { x, y } = dataset.batch(indices);
            return step(x, y);
          }),
        onStep: async ({ step: done }) => {
          if (done > RECOVERIES) return;
          if (done % part === 0) {
            looks.push(await look(engine));
            tell("recoveries", recover.losses, start, looks.at(-1)?.heap ?? 0);
          }
          engine.gpu.device.destroy();
        },
      });
      expect(recover.losses).toBe(RECOVERIES);
      expect(optimizer.steps).toBe(RECOVERIES + 1);
      const [first, last] = [looks[1], looks.at(-1)] as const;
      expect(last?.liveBytes).toBe(first?.liveBytes);
      expect(last?.allocatedBytes).toBe(first?.allocatedBytes);
      expect(Number(last?.heap) - Number(first?.heap)).toBeLessThan(NOISE);
      for (const name of ["buffersCreated", "bindGroupsCreated"] as const) {
        const counts = looks.map((each) => each[name]);
        const made = counts.slice(1).map((count, i) => count - Number(counts[i]));
        expect(new Set(made.slice(1)).size, name).toBe(1);
      }
      for (const each of [step, optimizer, model, dataset]) each.dispose();
    },
    60_000 + 5000 * RECOVERIES,
  );
});
