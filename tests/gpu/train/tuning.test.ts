import { describe, expect, test } from "vitest";
import { crossEntropy } from "../../../src/loss/cross_entropy.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { AdamW } from "../../../src/optim/index.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import { compare } from "../../../src/testing/compare.ts";
import {
  exportTuning,
  importTuning,
  loadTuning,
  saveTuning,
  type TuneProgress,
  tune,
} from "../../../src/train/index.ts";
import { initShared } from "../../support/shared_device.ts";

const product = () => ops.matmul(tensor(new Float32Array(256), { shape: [16, 16] }), square());
const square = () =>
  tensor(
    Float32Array.from({ length: 256 }, (_, i) => i % 7),
    { shape: [16, 16] },
  );
const KEY = "matmul/NN/m16n16k16";

/** A training step of a small network, on an engine of its own. */
async function trained() {
  const engine = await initShared();
  ops.manualSeed(3);
  const model = new nn.Sequential(
    new nn.Conv2d(2, 4, 3, { padding: 1 }),
    new nn.ReLU(),
    new nn.Flatten(),
    new nn.Linear(4 * 36, 16),
    new nn.Linear(16, 3),
  );
  const optimizer = new AdamW(model.parameters(), { lr: 0.01 });
  const x = ops.uniform([5, 2, 6, 6], { low: -1 });
  const y = tensor(Uint32Array.from([0, 1, 2, 2, 1]));
  const step = () => {
    optimizer.zeroGrad();
    const loss = crossEntropy(model.forward(x), y);
    loss.backward();
    optimizer.step();
    return loss;
  };
  const losses = async (run: () => ReturnType<typeof step>, n: number) => {
    const found: number[] = [];
    for (let i = 0; i < n; i++) {
      using loss = run();
      found.push(await loss.item());
    }
    return found;
  };
  return { engine, step, losses, model };
}

describe("tune", () => {
  test("measures all that a training step asks for, and the step trains on, to rounding", async () => {
    const plain = await trained();
    const expected = await plain.losses(() => scope(plain.step), 6);
    const { engine, step, losses } = await trained();
    const before = await losses(() => scope(step), 2);
    const seen: TuneProgress[] = [];
    const live = engine.counters().allocatedBytes;
    const report = await tune(step, { budgetMs: 8_000, onProgress: (p) => seen.push(p) });
    expect(engine.counters().allocatedBytes).toBeLessThanOrEqual(live);
    const keys = report.problems.map(({ key }) => key);
    expect(keys.map((key) => key.replace(/\/[a-z]\d.*/, "")).sort()).toEqual([
      ...["conv2d/forward", "conv2d/grad_weight"],
      ...["matmul/NN", "matmul/NN", "matmul/NT", "matmul/NT", "matmul/TN", "matmul/TN"],
    ]);
    for (const { key, outcome, candidates, usual, chosen, calls } of report.problems) {
      expect(calls, key).toBe(1);
      expect(candidates[0]).toMatchObject({ name: usual });
      expect(candidates.map(({ name }) => name)).toContain(chosen);
      expect(engine.tuned.get(key) ?? usual).toBe(chosen);
      expect(chosen === usual).toBe(outcome !== "faster");
      if (outcome !== "faster" && outcome !== "kept") continue;
      const raced = candidates.filter(({ rounds }) => rounds > 0);
      for (const { rounds } of raced) expect(rounds, key).toBeGreaterThanOrEqual(5);
      if (outcome === "faster") expect(raced.map(({ name }) => name)).toContain(chosen);
      for (const { milliseconds, ratio, error } of candidates) {
        expect(error).toBeUndefined();
        expect(milliseconds).toBeGreaterThan(0);
        expect(ratio).toBeGreaterThan(0);
      }
    }
    const outcomes = new Set(report.problems.map(({ outcome }) => outcome));
    expect(outcomes.has("kept") || outcomes.has("faster")).toBe(true);
    const { name: adapter, software } = engine.gpu.adapter;
    expect(report).toMatchObject({ adapter, software });
    expect(seen.map(({ done }) => done)).toEqual([...keys.keys(), keys.length]);
    expect(seen.map(({ key }) => key)).toEqual([...keys, undefined]);
    const after = await losses(() => scope(step), 4);
    expect([...before, ...after]).toEqual(expected.map((loss) => expect.closeTo(loss, 4)));
  });

  test("takes a captured step, which takes a winner when it is captured again", async () => {
    const engine = await initShared();
    const step = capture(product);
    step().dispose();
    const [question] = step.questions();
    expect(question?.key).toBe(KEY);
    const others = question?.candidates.slice(1).map(({ name }) => name) ?? [];
    const kernel = () => /matmul\/\w+/.exec(step.explain())?.[0];
    using usual = product();
    const expected = await usual.read();
    const kernels = new Set([kernel()]);
    for (const name of others) {
      engine.tuned.set(KEY, name);
      const before = kernel();
      step().dispose();
      expect(kernel()).toBe(before);
      step.dispose();
      using c = step();
      kernels.add(kernel());
      const { report } = compare(name, await c.read(), expected, c.shape, { length: 16 });
      expect(report).toBe("");
    }
    expect(others.length).toBeGreaterThan(0);
    expect(kernels.size).toBe(others.length + 1);
    const report = await tune(step, { budgetMs: 10_000 });
    expect(report.problems.map(({ key }) => key)).toEqual([KEY]);
    step.dispose();
  });

  test("goes by timestamps where a card has them, rounded as they are", async () => {
    const engine = await initShared();
    const timed = engine.gpu.device.features.has("timestamp-query");
    Object.assign(engine.gpu, { adapter: { name: "a card", software: false } });
    const { by, adapter, problems } = await tune(product, { budgetMs: 10_000 });
    expect({ by, adapter }).toEqual({ by: timed ? "timestamps" : "clock", adapter: "a card" });
    expect(problems).toHaveLength(1);
    for (const { milliseconds, ratio } of problems[0]?.candidates ?? []) {
      expect(milliseconds).toBeGreaterThan(0);
      expect(ratio).toBeGreaterThan(0);
    }
  });

  test("is stopped by its signal, and then everything is as it was", async () => {
    const engine = await initShared();
    engine.tuned.set(KEY, "mine");
    const bytes = engine.counters().allocatedBytes;
    const why = new Error("enough");
    await expect(tune(product, { signal: AbortSignal.abort(why) })).rejects.toBe(why);
    const control = new AbortController();
    const work = tune(product, { signal: control.signal, onProgress: () => control.abort(why) });
    await expect(work).rejects.toBe(why);
    expect([...engine.tuned]).toEqual([[KEY, "mine"]]);
    expect(engine.counters().allocatedBytes).toBe(bytes);
  });

  test("leaves what it has no time for as it was, and says so", async () => {
    const engine = await initShared();
    const { candidates } = (await tune(product, { budgetMs: 1e-6 })).problems[0] ?? {};
    const other = candidates?.at(-1)?.name ?? "";
    engine.tuned.set(KEY, other);
    const { problems } = await tune(product, { budgetMs: 1e-6 });
    expect(problems).toMatchObject([{ key: KEY, outcome: "no time", chosen: other }]);
    expect(problems[0]?.candidates.every(({ rounds }) => rounds === 0)).toBe(true);
    expect(engine.tuned.get(KEY)).toBe(other);
  });

  test("refuses numbers that cannot be, an asynchronous step, and a captured one that never ran", async () => {
    await initShared();
    await expect(tune(product, { budgetMs: 0 })).rejects.toThrow("expected budgetMs > 0, got 0");
    await expect(tune(product, { margin: 5 })).rejects.toThrow("expected margin in 0..1, got 5");
    await expect(tune(async () => product())).rejects.toThrow("got an asynchronous one");
    await expect(tune(capture(product))).rejects.toThrow("call or prepare() it first");
  });
});

describe("tuning is kept", () => {
  const other = (text: string, change: object) =>
    JSON.stringify({ ...(JSON.parse(text) as object), ...change });

  test("as JSON, for this adapter and this version only", async () => {
    const engine = await initShared();
    engine.tuned.set("b/n4", "two").set("a/n4", "one");
    const text = exportTuning();
    expect(JSON.parse(text)).toEqual({
      adapter: engine.gpu.adapter.name,
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      choices: { "a/n4": "one", "b/n4": "two" },
    });
    const fresh = await initShared();
    fresh.tuned.set("c/n4", "three");
    expect(importTuning(other(text, { adapter: "another" }))).toBe(false);
    expect(importTuning(other(text, { version: "0.0.1" }))).toBe(false);
    expect([...fresh.tuned]).toEqual([["c/n4", "three"]]);
    expect(importTuning(text)).toBe(true);
    expect(exportTuning(fresh)).toBe(text);
    expect(exportTuning(engine)).toBe(text);
  });

  test("and what is no such JSON is refused", async () => {
    await initShared();
    const text = exportTuning();
    for (const wrong of ["", "null", "[]", "{}", other(text, { choices: { a: 1 } })]) {
      expect(() => importTuning(wrong)).toThrow(/importTuning: expected .*exportTuning\(\)/);
    }
  });

  test("in the browser's database", async () => {
    const store = { database: "wgrad-tuning-test" };
    const engine = await initShared();
    expect(await loadTuning(store)).toBe(false);
    engine.tuned.set(KEY, "mine");
    await saveTuning(store);
    const fresh = await initShared();
    expect(await loadTuning(store)).toBe(true);
    expect([...fresh.tuned]).toEqual([[KEY, "mine"]]);
    fresh.tuned.set(KEY, "yours");
    await saveTuning(store);
    expect(await loadTuning({ ...store, engine })).toBe(true);
    expect([...engine.tuned]).toEqual([[KEY, "yours"]]);
    indexedDB.deleteDatabase(store.database);
  });
});
