import { inspect } from "node:util";
import { describe, expect, test, vi } from "vitest";
import { ValueError } from "../../../src/core/errors.ts";
import { type Engine, init } from "../../../src/scheduler/engine.ts";
import type { Storage } from "../../../src/scheduler/storage.ts";
import { Tensor } from "../../../src/tensor/tensor.ts";

/** A tensor without a GPU. */
function pretended(name?: string): Tensor {
  const storage = { bytes: 16, root: {}, retain() {}, release() {} } as unknown as Storage;
  return new Tensor({ engine: {} as Engine, storage, shape: [2, 2], dtype: "f32", name });
}

describe("a tensor", () => {
  test("is shown with its name, shape and dtype", () => {
    const t = pretended("weight");
    expect(`${t}`).toBe("weight[2, 2] f32");
    expect(inspect(t)).toBe("Tensor weight[2, 2] f32");
    expect(inspect({ t })).toBe("{ t: Tensor weight[2, 2] f32 }");
    expect(Object.prototype.toString.call(t)).toBe("[object Tensor]");
    expect(Object.keys(t).slice(0, 3)).toEqual(["name", "shape", "dtype"]); // Chrome's console shows these first
    t.dispose();
    expect(`${t}`).toBe("weight[2, 2] f32 (disposed)");
  });

  test("is one by instanceof", () => {
    expect(pretended()).toBeInstanceOf(Tensor);
    expect({ shape: [2] }).not.toBeInstanceOf(Tensor);
  });

  test("frees itself at the end of using", () => {
    const t = pretended();
    {
      using same = t;
      expect(same.disposed).toBe(false);
    }
    expect(t.disposed).toBe(true);
  });
});

describe("before init()", () => {
  test("every function that needs the engine says so, in its own name", async () => {
    vi.resetModules(); // another test file of this process may have started an engine
    const { NotInitializedError } = await import("../../../src/core/errors.ts");
    const { currentEngine } = await import("../../../src/scheduler/engine.ts");
    const { tensor } = await import("../../../src/tensor/create.ts");
    expect(() => tensor([1])).toThrow(NotInitializedError);
    expect(() => tensor([1])).toThrow(/^tensor: expected a running engine, got none; .*init\(\)/);
    expect(() => currentEngine()).toThrow(/^currentEngine: expected a running engine, got none/);
  });

  test.each([
    ["an adapter's name", "gpu", "init: expected an object of options as options"],
    [
      "an unknown option",
      { maxByte: 5 },
      "init: expected options device, .*did you mean 'maxBytes'",
    ],
    ["an adapter as device", { device: {} }, "init: expected a GPUDevice as device, got an object"],
    ["no memory", { maxBytes: 0 }, "init: expected a number > 0 as maxBytes, got 0"],
    ["text where a function is wanted", { inspect: "all" }, 'as inspect, got "all"'],
    ["a queue of half a command", { maxQueued: 0.5 }, "an integer ≥ 1 as maxQueued, got 0.5"],
  ])("init refuses %s", async (_, options, words) => {
    const start = init(options as Parameters<typeof init>[0]);
    await expect(start).rejects.toThrow(ValueError);
    await expect(start).rejects.toThrow(new RegExp(words));
  });
});
