import { beforeEach, describe, expect, test } from "vitest";
import { DeviceLostError, ValueError } from "../../../src/core/errors.ts";
import { KMeans, PCA } from "../../../src/ml/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { currentEngine, init } from "../../../src/scheduler/engine.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import { withRecovery } from "../../../src/train/index.ts";
import { lendUntilLost } from "../../support/shared_device.ts";
import { uncaught } from "../../support/uncaught.ts";

const X = Array.from({ length: 60 }, (_, i) => [
  Math.sin(1.3 * i) + (i % 3) * 2,
  Math.cos(0.7 * i) - (i % 3),
]);

/** Destroys the device and waits until pending work has been rejected. */
async function lose(): Promise<void> {
  const { device } = currentEngine().gpu;
  device.destroy();
  await device.lost;
}

lendUntilLost();
beforeEach(async () => {
  await init();
});

describe("withRecovery", () => {
  test.each([
    ["KMeans", () => new KMeans({ nClusters: 3, randomState: 1 }).fit(X)],
    ["PCA", () => new PCA({ nComponents: 2 }).fit(X)],
  ])("fits again on another device, with the same result: %s", async (_, learn) => {
    const numbers = JSON.stringify(await learn());
    const reports: number[] = [];
    let begun = 0;
    const leftovers = await uncaught(async () => {
      const fitted = withRecovery(
        async () => {
          const fitting = learn();
          fitting.catch(() => undefined); // the rejection is reported where `fitting` is awaited
          if (++begun <= 2) await lose();
          return fitting;
        },
        {
          onRecover: ({ error, attempt }) => {
            expect(error).toBeInstanceOf(DeviceLostError);
            reports.push(attempt);
          },
        },
      );
      expect(JSON.stringify(await fitted)).toBe(numbers);
    });
    expect([begun, reports, leftovers]).toEqual([3, [1, 2], []]);
  });

  test("begins on another device where the engine's is lost already", async () => {
    await lose();
    expect(await withRecovery(() => tensor([1, 2]).read())).toEqual(Float32Array.of(1, 2));
  });

  test("puts back what is named in keep, and draws the same numbers", async () => {
    using x = scope(() => ops.add(tensor([1, 2, 3]), 1));
    using other = tensor([4]);
    await other.read();
    const seen: number[][] = [];
    const work = async () => {
      const drawn = scope(() => ops.add(x, ops.uniform([3])));
      seen.push([...(await drawn.read())]);
      drawn.dispose();
      if (seen.length === 1) await lose();
      return x.read();
    };
    expect([...(await withRecovery(work, { keep: [x] }))]).toEqual([2, 3, 4]);
    expect(seen[1]).toEqual(seen[0]);
    await expect(other.read()).rejects.toThrow(/tensor\[1\] f32, which was lost/);
    await expect(withRecovery(() => other.read())).rejects.toThrow(/which was lost/);
    await expect(withRecovery(() => x.read(), { keep: [other] })).rejects.toThrow(/was lost/);
  });

  test("gives up after its tries, and says what was lost", async () => {
    let begun = 0;
    const work = async () => {
      begun++;
      await lose();
      return tensor([1]).read();
    };
    await expect(withRecovery(work, { tries: 2 })).rejects.toThrow(
      /^withRecovery: expected at most 2 losses of the GPU device, got 3; what the work had done is lost/,
    );
    expect(begun).toBe(3);
    await expect(withRecovery(work, { tries: 0 })).rejects.toThrow(DeviceLostError);
  });

  test("rejects with what the work rejects with, once", async () => {
    let begun = 0;
    const work = async () => {
      begun++;
      throw new RangeError("mine");
    };
    await expect(withRecovery(work)).rejects.toThrow("mine");
    expect(begun).toBe(1);
    await expect(withRecovery(work, { device: () => currentEngine().gpu.device })).rejects.toThrow(
      ValueError,
    );
  });
});

test("an onLost that throws is the page's error alone: all else tells of the loss", async () => {
  const engine = await init();
  engine.onLost = () => {
    throw new RangeError("mine");
  };
  const leftovers = await uncaught(async () => {
    const reading = tensor([1]).read();
    engine.gpu.device.destroy();
    await expect(reading).rejects.toThrow(DeviceLostError);
    await expect(engine.finish()).rejects.toThrow(DeviceLostError);
  });
  expect(leftovers.map(String)).toEqual(["RangeError: mine"]);
});
