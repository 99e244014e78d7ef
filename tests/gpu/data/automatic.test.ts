import { describe, expect, test } from "vitest";
import {
  Compose,
  GaussianBlur,
  OneOf,
  RandAugment,
  RandomAutocontrast,
  RandomEqualize,
  TrivialAugmentWide,
} from "../../../src/data/transforms/index.ts";
import { manualSeed } from "../../../src/ops/random/random.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import text from "../../golden/automatic.jsonl?raw";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

interface Known {
  readonly of: "RandAugment" | "TrivialAugmentWide";
  readonly name: string;
  /** In units of 1e-5. */
  readonly y: readonly number[];
}

/** Every result that torchvision can give, made by tests/golden/automatic.py, which has the formula of the picture. */
const known: readonly Known[] = text
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

const CELLS = 288;
const MANY = 2048;

const pictures = (n: number) =>
  tensor(
    Float32Array.from({ length: n * CELLS }, (_, e) => ((((e % CELLS) * 37) % 101) + 20.5) / 255),
    { shape: [n, 1, 16, 18] },
  );

const values = (x: Tensor) => x.read() as Promise<Float32Array>;

/** Equal pictures count as one, with the names of all operations that give it. */
function possible(of: Known["of"]) {
  const all = known.filter((each) => each.of === of);
  const weights = new Map<string, number>();
  for (const { name, y } of all) {
    const chance = 1 / 14 / all.filter((each) => each.name === name).length;
    weights.set(y.join(), (weights.get(y.join()) ?? 0) + chance);
  }
  return [...weights].map(([y, chance]) => ({ y: y.split(",").map(Number), chance }));
}

/**
 * One pixel may differ: after a rotation by 135° it lies halfway between two, and the last bit decides which is
 * nearest.
 */
const isLike = (got: Float32Array, y: readonly number[]) =>
  y.filter((v, p) => Math.abs((got[p] as number) * 1e5 - v) >= 2).length <= 1;

describe("every picture is one that torchvision can give, with the same frequency (χ² at 99.9 %, fixed seed):", () => {
  for (const [of, transform, bound] of [
    ["RandAugment", new RandAugment({ numOps: 1 }), 45.3], // 20 degrees of freedom
    ["TrivialAugmentWide", new TrivialAugmentWide({ numMagnitudeBins: 2 }), 42.3], // 18 degrees of freedom
  ] as const) {
    test(of, async () => {
      manualSeed(12);
      using x = pictures(MANY);
      using y = transform.forward(x);
      const got = await values(y);
      const all = possible(of);
      const counts = new Array<number>(all.length).fill(0);
      for (let n = 0; n < MANY; n++) {
        const which = all.findIndex((each) =>
          isLike(got.subarray(n * CELLS, (n + 1) * CELLS), each.y),
        );
        expect(which, `picture ${n}`).toBeGreaterThanOrEqual(0);
        counts[which] = (counts[which] as number) + 1;
      }
      const chi = all.reduce(
        (sum, { chance }, k) =>
          sum + ((counts[k] as number) - MANY * chance) ** 2 / (MANY * chance),
        0,
      );
      expect(chi).toBeLessThan(bound);
    });
  }
});

test("two operations are two dispatches; every replay draws others and makes nothing", async () => {
  using x = pictures(4);
  const augment = new RandAugment();
  const step = capture((images: Tensor) => augment.forward(images));
  const seen = new Set<string>();
  for (let i = 0; i < 3; i++) {
    using y = scope(() => step(x));
    seen.add([...(await values(y))].join());
  }
  expect(step.plan().dispatches).toBe(2);
  const before = engine.counters();
  using y = step(x);
  seen.add([...(await values(y))].join());
  const after = engine.counters();
  expect(seen.size).toBe(4);
  for (const name of ["buffersCreated", "pipelinesCompiled", "bindGroupsCreated"] as const) {
    expect(after[name] - before[name], name).toBe(0);
  }
  expect(after.submits - before.submits).toBe(1);
  step.dispose();
});

test("one of blur, autocontrast and equalizing, and both of these in one dispatch", async () => {
  using x = pictures(64);
  manualSeed(2);
  const kinds = new Set<string>();
  using one = new OneOf([
    new GaussianBlur(3, { sigma: 1 }),
    new RandomAutocontrast(1),
    new RandomEqualize(1),
  ]).forward(x);
  const got = await values(one);
  for (let n = 0; n < 64; n++) kinds.add([...got.subarray(n * CELLS, (n + 1) * CELLS)].join());
  expect(kinds.size).toBe(3);
  const both = new Compose([new RandomAutocontrast(1), new RandomEqualize(1)]);
  const step = capture((images: Tensor) => both.forward(images));
  using _ = step(x);
  expect(step.plan().dispatches).toBe(1);
  step.dispose();
});

test("invalid arguments are refused by name", () => {
  expect(() => new GaussianBlur(4)).toThrow(
    "GaussianBlur: expected an odd kernelSize up to 63, got 4",
  );
  expect(() => new RandAugment({ magnitude: 31 })).toThrow("RandAugment: expected magnitude below");
  expect(() => new TrivialAugmentWide({ numMagnitudeBins: 1 })).toThrow(
    "TrivialAugmentWide: expected at least 2 numMagnitudeBins",
  );
  using x = pictures(1);
  expect(() => new GaussianBlur(37).forward(x)).toThrow(/GaussianBlur.forward: .*smaller window/);
});
