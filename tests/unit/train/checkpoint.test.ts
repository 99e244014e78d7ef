import { beforeEach, describe, expect, test } from "vitest";
import { decodeSafetensors, encodeSafetensors } from "../../../src/io/safetensors.ts";
import { manualSeed, randomState, setRandomState } from "../../../src/ops/random/random.ts";
import {
  CheckpointError,
  loadCheckpoint,
  readCheckpoint,
  saveCheckpoint,
} from "../../../src/train/checkpoint.ts";
import type { State } from "../../../src/train/state_tree.ts";
import { checkpointOf } from "../../support/files.ts";

/** An object with a state that loadStateDict checks before it changes. */
class Box {
  value: State;

  constructor(value: State) {
    this.value = value;
  }

  stateDict(): State {
    return this.value;
  }

  loadStateDict(state: State): void {
    if (typeof state !== typeof this.value) throw new Error(`expected a ${typeof this.value}`);
    this.value = state;
  }
}

const weights = () => ({ w: { shape: [2, 3], data: Float32Array.of(1, -0, NaN, 4, 1e-40, 6) } });
const file = () =>
  saveCheckpoint({
    model: new Box(weights()),
    schedule: new Box({ best: Infinity, worst: -Infinity, zero: -0, none: null, not: NaN }),
    order: Uint32Array.of(3, 1, 2),
    step: 30,
    note: 'a "note" with crc32 and ünïcode',
  });

beforeEach(() => manualSeed(7));

describe("a checkpoint", () => {
  test("gives back every state, plain data and the random state, to the bit", async () => {
    setRandomState({ seed: 9, draws: 41 });
    const bytes = await file();
    manualSeed(1);
    const [model, schedule] = [new Box({}), new Box({})];
    const { step, order, note } = await loadCheckpoint(bytes, { model, schedule });
    const bits = (box: Box) => {
      const { w } = box.value as ReturnType<typeof weights>;
      return [w.shape, ...new Uint32Array(w.data.buffer, w.data.byteOffset, w.data.length)];
    };
    expect(bits(model)).toEqual(bits(new Box(weights())));
    expect(schedule.value).toEqual({
      best: Infinity,
      worst: -Infinity,
      zero: -0,
      none: null,
      not: NaN,
    });
    expect([step, order, note]).toEqual([
      30,
      Uint32Array.of(3, 1, 2),
      'a "note" with crc32 and ünïcode',
    ]);
    expect(randomState()).toEqual({ seed: 9, draws: 41 });
  });

  test("is a safetensors file whose tensors have the names of their paths", async () => {
    const { tensors, metadata } = decodeSafetensors(await file());
    expect(Object.keys(tensors)).toEqual(["model.w", "order"]);
    expect(tensors["model.w"]?.shape).toEqual([2, 3]);
    expect(metadata.format).toBe("wgrad checkpoint");
    expect(readCheckpoint(await file()).parts).toEqual(["model", "schedule"]);
  });

  test("is damaged if any single byte of it is changed", async () => {
    const bytes = new Uint8Array(await file());
    for (let i = 0; i < bytes.length; i++) {
      const damaged = bytes.slice();
      damaged[i] = (damaged[i] as number) ^ 1;
      expect(() => readCheckpoint(damaged.buffer), `byte ${i}`).toThrow(/^checkpoint: /);
    }
  });

  test("is refused when it is cut anywhere, or longer than it says", async () => {
    const bytes = await file();
    for (const end of [0, 7, 8, 100, bytes.byteLength - 13, bytes.byteLength - 1]) {
      expect(() => readCheckpoint(bytes.slice(0, end)), `${end} bytes`).toThrow(/is it whole\?/);
    }
    const longer = new Uint8Array(bytes.byteLength + 4);
    longer.set(new Uint8Array(bytes));
    expect(() => readCheckpoint(longer.buffer)).toThrow(/it has \d+ bytes, expected/);
  });

  test("is refused when it is another file, naming what it is", () => {
    const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0).buffer;
    expect(() => readCheckpoint(png)).toThrow(
      /not the length of a header; is it a safetensors file/,
    );
    const tensors = { w: { shape: [1], data: Float32Array.of(1) } };
    const foreign = encodeSafetensors({ tensors, metadata: { format: "pt" } });
    expect(() => readCheckpoint(foreign)).toThrow(/format is 'pt', expected 'wgrad checkpoint'/);
    const newer = { format: "wgrad checkpoint", version: "2" };
    expect(() => readCheckpoint(encodeSafetensors({ tensors, metadata: newer }))).toThrow(
      /version 2, expected 1/,
    );
  });

  test("changes nothing when one of several parts refuses its state", async () => {
    const bytes = await file();
    const [model, schedule] = [new Box({ old: 1 }), new Box("text")];
    const before = randomState();
    const loading = loadCheckpoint(bytes, { model, schedule });
    await expect(loading).rejects.toThrow(/state of schedule does not fit: expected a string/);
    expect([model.value, schedule.value]).toEqual([{ old: 1 }, "text"]);
    expect(randomState()).toEqual(before);
  });

  test("says which state it lacks and which it has", async () => {
    const bytes = await file();
    const optimizer = new Box({});
    const step = new Box({});
    await expect(loadCheckpoint(bytes, { optimizer, step })).rejects.toThrow(
      /no state of optimizer, step, only of model, schedule/,
    );
  });

  test("refuses values that are no plain data", async () => {
    const save = (value: object) => saveCheckpoint({ value });
    await expect(save({ when: new Date() })).rejects.toThrow(
      /plain data at 'value.when', got Date/,
    );
    await expect(save({ f: () => 1 })).rejects.toThrow(/'value.f', got function/);
    await expect(save({ $tensor: 1 })).rejects.toThrow(/plain data at 'value'/);
  });

  test("keeps apart what has the same path", async () => {
    const one = Float32Array.of(1);
    const bytes = await saveCheckpoint({ "a.b": one, a: { b: Float32Array.of(2) }, z: one });
    expect(readCheckpoint(bytes).contents).toEqual({
      "a.b": one,
      a: { b: Float32Array.of(2) },
      z: one,
    });
  });
});

describe("a checkpoint whose sum is right and that saveCheckpoint did not write is refused by name", () => {
  const tensor = (dtype: string) => ({ a: { dtype, shape: [1], data_offsets: [0, 4] } });

  test.each([
    [{ parts: "null" }, "expected parts to be an array of names of its state, got null"],
    [{ parts: '["model"]' }, "expected parts to be an array of names of its state"],
    [{ parts: '["toString"]' }, "expected parts to be an array of names of its state"],
    [{ state: "null" }, "expected its state to be an object, got null"],
    [{ state: "[]" }, "expected its state to be an object"],
    [{ state: '{"$number":"NaN"}' }, "expected its state to be an object, got NaN"],
    [{ state: '{"a":{"$number":"1e999"}}' }, "expected NaN, Infinity, -Infinity or -0"],
    [{ state: '{"a":{"$tensor":"__proto__"}}' }, "expected a tensor '__proto__'"],
    [{ state: '{"a":{"$array":null}}' }, "expected a tensor 'null'"],
    [{ state: "[".repeat(200_000) }, "its state cannot be read"],
    [{ state: `${"[".repeat(100_000)}${"]".repeat(100_000)}` }, "its state cannot be read"],
    [{ random: "null" }, "expected random to have integers seed and draws, got null"],
    [{ random: '{"seed":"0","draws":0}' }, "expected random to have integers seed and draws"],
  ])("%o", async (metadata, message) => {
    const bytes = checkpointOf(metadata);
    expect(() => readCheckpoint(bytes)).toThrow(CheckpointError);
    expect(() => readCheckpoint(bytes)).toThrow(message);
    await expect(loadCheckpoint(bytes, {})).rejects.toThrow(CheckpointError);
  });

  test.each(["__proto__", "constructor", "toString", ""])("elements of %j", (dtype) => {
    const bytes = checkpointOf({}, tensor(dtype), [0, 0, 0, 0]);
    expect(() => readCheckpoint(bytes)).toThrow(CheckpointError);
    expect(() => readCheckpoint(bytes)).toThrow(`'a' is ${dtype}, expected F32, F16`);
  });

  test("a random state that cannot be changes nothing", async () => {
    const bytes = checkpointOf({
      ...{ random: '{"seed":-1,"draws":0}', parts: '["box"]', state: '{"box":1}' },
    });
    const box = new Box(0);
    const before = randomState();
    await expect(loadCheckpoint(bytes, { box })).rejects.toThrow(/random state cannot be read/);
    expect([box.value, randomState()]).toEqual([0, before]);
  });

  test("300,000 names are refused before they are parsed", () => {
    const entry = { dtype: "F32", shape: [0], data_offsets: [0, 0] };
    const names = Array.from({ length: 300_000 }, (_, i) => [`k${i}`, entry] as const);
    const bytes = checkpointOf({}, Object.fromEntries(names));
    const start = performance.now();
    expect(() => readCheckpoint(bytes)).toThrow(/more than 400000 names and values/);
    expect(performance.now() - start).toBeLessThan(1000); // 5 s when the strings were parsed before they were counted
  });

  test("an exception in a part's loadStateDict is not reported as a reason", async () => {
    const part = {
      stateDict: () => ({}),
      loadStateDict: (state: never) => (state as { a: { b: { c: number } } }).a.b.c,
    };
    const bytes = checkpointOf({ parts: '["part"]', state: '{"part":{}}' });
    await expect(loadCheckpoint(bytes, { part })).rejects.toThrow(
      "the state of part does not fit: it is not one that it saved; the file is damaged, or of another version",
    );
  });
});
